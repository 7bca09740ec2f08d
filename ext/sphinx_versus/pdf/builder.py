"""The builder ``versus-pdf``: what Sphinx asks of it, and what it takes to make volumes. Write phase."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Set
from contextlib import ExitStack
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.display import status_iterator

from ..config import Settings, conf_place
from ..environment.output_files import name_key
from ..environment.reporting import report
from ..problems import Code, Place, Problem
from .book import Shelf, Volume
from .imprint import Imprint, source_date
from .jobs import Job
from .pages import Pages
from .palette import for_print
from .production import Production
from .typesetter.compiler import FONTS, Fonts, NoTypesetterError, Typesetter, find_fonts
from .work_folder import NAME, write_if_changed
from .workers import Workers

STYLE = Path(__file__).parent / "style"


class VersusPdfBuilder(Builder):
    """Writes the whole book, a PDF per comparison, a volume per kind, or all of them."""

    name = "versus-pdf"
    format = "typst"
    epilog = "The PDFs are in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]  # noqa: RUF012
    allow_parallel = False
    lost = 0
    """How many PDFs could not be written."""
    jobs = 1
    """How many volumes may be typeset at a time: Sphinx's ``-j``."""

    def init(self) -> None:
        self.settings = Settings.of(self.config, Path(self.confdir))
        self.work = Path(self.outdir) / NAME
        fonts = find_fonts(self.settings.pdf_fonts, self.settings.pdf_font_path)
        try:
            self.typesetter = Typesetter(self.work, fonts, source_date())
        except NoTypesetterError as error:
            message, hint = "versus-pdf needs the typesetter", "pip install 'sphinx-versus[pdf]'"
            report(Problem(Place(f"{self.confdir}/conf.py"), Code.NOT_WRITTEN, message, hint), level="ERROR")
            raise SystemExit(1) from error  # for any other error Sphinx prints where in the code it was raised
        self.fonts = self._checked(fonts)

    def _checked(self, fonts: Fonts) -> Fonts:
        """The fonts, with ours in the place of those that are not there; folders that are not there are reported."""
        for folder in self.settings.pdf_font_path:
            if not os.path.isdir(folder):  # noqa: PTH112 (a name that no system takes is no error)
                place = conf_place(Path(self.confdir), "versus_pdf_font_path")
                message = f'versus_pdf_font_path: there is no folder "{folder}"'
                report(Problem(place, Code.INVALID_CONFIG, message, "expected a folder with files of fonts"))
        there = self.typesetter.families
        for use, family in self.settings.pdf_fonts.items():
            if family not in there:
                fonts = find_fonts({**self.settings.pdf_fonts, use: FONTS[use]}, self.settings.pdf_font_path)
                place = conf_place(Path(self.confdir), "versus_pdf_fonts")
                hint = "name its folder in versus_pdf_font_path; there are: " + ", ".join(sorted(there))
                report(
                    Problem(
                        place, Code.INVALID_CONFIG, f'versus_pdf_fonts: there is no font "{family}" for {use}', hint
                    )
                )
        return fonts

    def get_outdated_docs(self) -> str:
        return "all volumes"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: Set[str]) -> None:
        files = {path.name: path.read_bytes() for path in sorted(STYLE.glob("*.typ"))}
        files["palette.json"] = json.dumps(for_print()).encode()
        try:
            for name, content in files.items():
                write_if_changed(self.work, self.work / "style" / name, content)
        except OSError as error:
            self.lost += 1
            place, hint = Place(str(self.work / "style")), "no PDF is written"
            message = f"cannot be written: {error.strerror}"
            report(Problem(place, Code.NOT_WRITTEN, message, hint), level="ERROR")
        self.style = tuple(self.work / "style" / name for name in files)

    def write_documents(self, docnames: Set[str]) -> None:
        is_stopped = bool(self.lost)
        volumes = [] if is_stopped else list(self._volumes())
        pages = Pages(self, self.work, self.typesetter)
        imprint = Imprint(self.config, self.settings.pdf_paper, self.fonts)
        production = Production(self, pages, imprint, self.typesetter, self.work, self.style)
        with ExitStack() as stack:
            workers = stack.enter_context(self._workers()) if self.jobs > 1 and len(volumes) > 1 else None
            self._watch(production.run(volumes, workers), len(volumes))
        if not is_stopped:
            production.remove_others()

    def _volumes(self) -> Iterator[Volume]:
        """The wanted volumes; one whose file would be that of another, such as of a kind ``mixed``, is an error."""
        taken: dict[str, Volume] = {}
        for volume in self._wanted_volumes():
            first = taken.setdefault(name_key(volume.name), volume)
            if first is volume:
                yield volume
                continue
            self.lost += 1
            place = conf_place(Path(self.confdir), "versus_pdf_volumes")
            message = f'the PDF "{volume.title}" would be the same file as "{first.title}": "{volume.name}.pdf"'
            hint = "rename a kind, a record or the project; it is not written"
            report(Problem(place, Code.PAGE_CONFLICT, message, hint), level="ERROR")

    def _wanted_volumes(self) -> Iterator[Volume]:
        shelf = Shelf(self.env, self.settings.pdf_exclude)
        if "book" in self.settings.pdf_volumes:
            yield shelf.book()
        if "kinds" in self.settings.pdf_volumes:
            yield from shelf.of_kinds()
        if "comparisons" in self.settings.pdf_volumes:
            yield from shelf.of_comparisons()

    def _workers(self) -> Workers:
        return Workers(self.work, self.fonts, source_date(), self.jobs)

    def _watch(self, jobs: Iterator[Job], number: int) -> None:
        """Produce the volumes with a progress line."""
        verbosity = int(self.config.verbosity)
        for job in status_iterator(
            jobs, "typesetting volumes... ", "darkgreen", number, verbosity, lambda job: job.volume.name
        ):
            self.lost += job.is_lost


def note_jobs(app: Sphinx) -> None:
    """``builder-inited``: the builder learns how many processes it may use."""
    if isinstance(app.builder, VersusPdfBuilder):
        app.builder.jobs = app.parallel


def note_lost(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: a build that could not write a PDF has failed, as one with warnings need not have."""
    if isinstance(app.builder, VersusPdfBuilder) and app.builder.lost:
        app.statuscode = 1


def setup(app: Sphinx) -> None:
    """Register the builder."""
    app.add_builder(VersusPdfBuilder)
    app.connect("builder-inited", note_jobs)
    app.connect("build-finished", note_lost)
