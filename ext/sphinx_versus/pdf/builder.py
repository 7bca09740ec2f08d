"""The builder ``versus-pdf``: pages become Typst's markup, volumes become PDFs. Write phase, in one process."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.display import status_iterator
from sphinx.util.fileutil import copy_asset_file
from sphinx.util.i18n import format_date
from sphinx.util.osutil import ensuredir

from ..catalogue.dates import PartialDate
from ..problems import Code, Place, Problem, in_order
from ..render import words
from ..render.words import _
from ..site.project import project_of
from ..site.reporting import report
from . import diagnostics
from .book import Shelf, Volume, main_text
from .compiler import FONTS, NoTypesetterError, Remark, Typesetter, find_fonts
from .formulas import Formulas
from .handlers import HANDLERS
from .jobs import AHEAD, Job
from .palette import for_print
from .register import index_markup
from .settings import PdfSettings
from .workers import Workers
from .writer import Sheet, Writer

logger = logging.getLogger(__name__)
STYLE = Path(__file__).parent / "style"
ROUNDS = 3
"""How often a volume is set: missing characters are found one round at a time."""


class VersusPdfBuilder(Builder):
    """Writes the whole book, a PDF per comparison, a volume per kind, or all of them."""

    name = "versus-pdf"
    format = "typst"
    epilog = "The PDFs are in %(outdir)s."
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]  # noqa: RUF012
    allow_parallel = False
    jobs = 1
    """How many volumes may be typeset at a time: Sphinx's ``-j``."""

    def init(self) -> None:
        self.settings = PdfSettings.of(self.config, Path(self.confdir))
        self.fonts = find_fonts(self.settings.fonts, self.settings.font_path)
        self.work = Path(self.outdir) / "_typst"
        self.sheets: dict[str, Sheet] = {}
        self._unknown: set[str] = set()
        self._missing: dict[str, str] = {}
        try:
            self.typesetter = Typesetter(self.work, self.fonts, source_date())
        except NoTypesetterError as error:
            raise ExtensionError("versus-pdf needs the typesetter: pip install 'sphinx-versus[pdf]'") from error
        self._formulas = Formulas(self.typesetter.accepts)
        self._check_fonts()

    def _check_fonts(self) -> None:
        there = self.typesetter.families
        for use, family in self.settings.fonts.items():
            if family not in there:
                self.fonts = find_fonts({**self.settings.fonts, use: FONTS[use]}, self.settings.font_path)
                place = Place(str(Path(self.confdir) / "conf.py"))
                hint = "name its folder in versus_pdf_font_path; there are: " + ", ".join(sorted(there))
                report(Problem(place, Code.INVALID_CONFIG, f'there is no font "{family}" for {use}', hint))

    # -- what Sphinx asks

    def get_outdated_docs(self) -> str:
        return "all volumes"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: Set[str]) -> None:
        ensuredir(self.work / "style")
        for path in sorted(STYLE.glob("*.typ")):
            copy_asset_file(path, self.work / "style", force=True)
        (self.work / "style" / "palette.json").write_text(json.dumps(for_print()), encoding="utf-8")

    def write_documents(self, docnames: Set[str]) -> None:
        volumes = list(self._volumes())
        wanted = sorted({docname for volume in volumes for docname in volume.docnames})
        for docname in status_iterator(wanted, "typesetting pages... ", "darkgreen", len(wanted), self.app_verbosity):
            self._write_sheet(docname)
        self._copy_images()
        with ExitStack() as stack:
            jobs = self._jobs(volumes, stack)
            for job in status_iterator(
                jobs,
                "typesetting volumes... ",
                "darkgreen",
                len(volumes),
                self.app_verbosity,
                lambda one: one.volume.name,
            ):
                self._finish(job)

    def _jobs(self, volumes: Sequence[Volume], stack: ExitStack) -> Iterator[Job]:
        """A job for each volume; with several processes some more are begun before the first has to be ready."""
        workers = None
        if self.jobs > 1 and len(volumes) > 1:
            workers = stack.enter_context(Workers(self.work, self.fonts, source_date(), self.jobs))
        begun: deque[Job] = deque()
        for volume in volumes:
            begun.append(self._begin(volume, workers))
            if workers is None or len(begun) > AHEAD * self.jobs:
                yield begun.popleft()
        yield from begun

    @property
    def app_verbosity(self) -> int:
        """How much Sphinx shows."""
        return int(self.config.verbosity)

    # -- pages

    def _volumes(self) -> Iterator[Volume]:
        shelf = Shelf(self.env, self.settings.exclude)
        if "book" in self.settings.volumes:
            yield shelf.book()
        if "kinds" in self.settings.volumes:
            yield from shelf.of_kinds()
        if "comparisons" in self.settings.volumes:
            yield from shelf.of_comparisons()

    def _write_sheet(self, docname: str) -> None:
        tree = self.env.get_doctree(docname)
        for toctree in list(tree.findall(addnodes.toctree)):
            toctree.parent.remove(toctree)
        tree = self.env.get_and_resolve_doctree(docname, self, doctree=tree, tags=self.tags)
        self.post_process_images(tree)
        sheet = Writer(docname, self, HANDLERS).write(tree)
        write_if_changed(self.work / "pages" / f"{docname}.typ", sheet.text)
        sheet.text = ""
        self.sheets[docname] = sheet

    def _copy_images(self) -> None:
        for source, name in self.images.items():
            ensuredir(self.work / "images")
            copy_asset_file(Path(self.srcdir) / source, self.work / "images" / name, force=True)

    # -- what the handlers ask

    def formula(self, tex: str, node: nodes.Node) -> str | None:
        """See :class:`~sphinx_versus.pdf.writer.Press`."""
        found = self._formulas.translated(tex)
        if found is None:
            self.complain(f"the formula {tex!r} cannot be translated; its source is shown", node)
        return found

    def unknown(self, node: nodes.Node) -> None:
        """See :class:`~sphinx_versus.pdf.writer.Press`."""
        name = type(node).__name__
        if name not in self._unknown:
            self._unknown.add(name)
            self.complain(f"the node {name!r} is unknown to the PDF; its text is kept", node)

    def complain(self, message: str, node: nodes.Node) -> None:
        """See :class:`~sphinx_versus.pdf.writer.Press`."""
        found: nodes.Node | None = node
        while found is not None and not (found.source and found.line):
            found = found.parent
        place = Place(found.source or "", found.line or 1) if found is not None else Place("")
        report(Problem(place, Code.NOT_TYPESET, message))

    # -- volumes

    def _begin(self, volume: Volume, workers: Workers | None) -> Job:
        """Write what the typesetter begins with, and let a process typeset it unless it is as it was."""
        index = self._write_index(volume) if volume.bound else ""
        main = self.work / "volumes" / f"{volume.name}.typ"
        write_if_changed(main, main_text(volume, self.sheets, index))
        job = Job(volume, main, Path(self.outdir) / f"{volume.name}.pdf", self._inputs(volume))
        if workers is not None and not job.is_current(self._digest(job)):
            job.draft = workers.typeset(main, job.inputs)
        return job

    def _finish(self, job: Job) -> None:
        if (now := self._inputs(job.volume)) != job.inputs:  # a character was missed meanwhile
            job.inputs, job.draft = now, None
        digest = self._digest(job)
        if job.is_current(digest):
            return
        pdf, heard = self._set(job)
        if pdf:
            ensuredir(job.target.parent)
            stubs = [columns for name in job.volume.docnames for columns in self.sheets[name].stubs]
            job.target.write_bytes(_with_row_headers(pdf, stubs))
        else:
            job.target.unlink(missing_ok=True)
        job.stamp.write_text(digest if pdf and not heard else "", encoding="utf-8")

    def _set(self, job: Job) -> tuple[bytes, bool]:
        """The PDF, and whether anything was said about it."""
        volume, pdf = job.volume, b""
        heard: list[Remark] = []
        draft = job.draft.result() if job.draft else None
        for _round in range(ROUNDS):
            pdf, heard = draft or self.typesetter.typeset(job.main, self._inputs(volume))
            draft = None
            glyphs = {remark.glyph: remark for remark in heard if remark.glyph}
            if not glyphs:
                break
            self._note_missing(glyphs, volume)
        if not pdf and heard and all(remark.about_standard for remark in heard):
            pdf, _more = self.typesetter.typeset(job.main, self._inputs(volume), standard="")
        for remark in heard:
            report(diagnostics.not_typeset(self._place(remark, volume), remark, f"{volume.name}.pdf"))
        return pdf, bool(heard) or bool(self._missing)

    def _note_missing(self, glyphs: Mapping[str, Remark], volume: Volume) -> None:
        """Report characters where a person wrote them, one problem for each line; their numbers take their place."""
        found: dict[Place, str] = {}
        for glyph, remark in glyphs.items():
            self._missing[glyph] = " ".join(f"U+{ord(one):04X}" for one in glyph)
            place = diagnostics.first_place(glyph, self._sources(volume)) or self._place(remark, volume)
            first = next((one for one in found if (one.path, one.line) == (place.path, place.line)), place)
            found[first] = found.get(first, "") + glyph
        report(*in_order(diagnostics.missing_glyphs(place, text) for place, text in found.items()))

    def _sources(self, volume: Volume) -> Iterator[Path]:
        """The files that a person wrote and of which a volume is made: its pages, then all records."""
        for docname in volume.docnames:
            yield Path(self.env.doc2path(docname))
        yield from sorted(project_of(self.env).settings.data.rglob("*.yaml"))
        yield Path(self.confdir) / "conf.py"

    def _place(self, remark: Remark, volume: Volume) -> Place:
        if remark.file and (self.work / remark.file).is_file():
            if found := diagnostics.origin(self.work / remark.file, remark.line):
                return found
            docname = remark.file.removeprefix("pages/").removesuffix(".typ")
            if docname in self.env.found_docs:
                return Place(str(self.env.doc2path(docname)))
        return Place(str(self.env.doc2path(volume.docnames[0])) if volume.docnames else "")

    def _write_index(self, volume: Volume) -> str:
        text = index_markup(self.env, self, {place for name in volume.docnames for place in self.sheets[name].labels})
        name = f"volumes/{volume.name}-index.typ"
        write_if_changed(self.work / name, text)
        return name if text else ""

    # -- the settings of a volume

    def _inputs(self, volume: Volume) -> Mapping[str, str]:
        """What the style reads: settings as JSON, and the places that are not in the volume."""
        config = self.config
        lang, _sep, region = (config.language or "en").replace("-", "_").partition("_")
        settings: dict[str, Any] = {
            "title": volume.title,
            "subtitle": volume.subtitle,
            "author": [config.author] if config.author not in {"", "unknown", "Author name not set"} else [],
            "keywords": list(volume.keywords),
            "lang": lang,
            "region": region or None,
            "paper": self.settings.paper,
            "fonts": dict(self.fonts.families),
            "colophon": list(self._colophon()),
            "foot": f"{config.project} {config.release}".strip() if volume.title != config.project else config.release,
            "words": {"page": _("p."), "contents": _("Contents")},
            "missing": self._missing,
        }
        return {"config": json.dumps(settings), "absent": json.dumps(self._absent(volume), sort_keys=True)}

    def _colophon(self) -> Iterator[str]:
        config = self.config
        if config.release:
            yield _("Version %s") % config.release
        yield config.today or self._today()
        if config.copyright and not config.copyright.isspace():
            yield f"© {config.copyright}".replace("© ©", "©")

    def _today(self) -> str:
        config = self.config
        if config.today_fmt:
            return format_date(config.today_fmt, language=config.language or "en")
        day = datetime.datetime.fromtimestamp(source_date(), datetime.UTC).date()
        return words.date(PartialDate(day.year, day.month, day.day), config.language or "en")

    def _absent(self, volume: Volume) -> dict[str, str]:
        """The places to which the volume refers and which are elsewhere: their addresses, when the site has one."""
        sheets = [self.sheets[docname] for docname in volume.docnames]
        there = {place for sheet in sheets for place in sheet.labels}
        wanted = {place for sheet in sheets for place in sheet.references} - there
        return {place: self._address(place) for place in wanted}

    def _address(self, place: str) -> str:
        if not self.config.html_baseurl:
            return ""
        docname, _sep, anchor = place.partition("--")
        suffix = self.config.html_link_suffix or self.config.html_file_suffix or ".html"
        return f"{self.config.html_baseurl.rstrip('/')}/{docname}{suffix}" + (f"#{anchor}" if anchor else "")

    def _digest(self, job: Job) -> str:
        """Changes when anything changes of which the PDF is made."""
        volume, main = job.volume, job.main
        found = hashlib.sha256(json.dumps(job.inputs, sort_keys=True).encode())
        found.update(repr((source_date(fixed=True), sorted(self.images.items()))).encode())
        pages = [self.work / "pages" / f"{docname}.typ" for docname in volume.docnames]
        index = main.with_name(f"{main.stem}-index.typ")
        for path in [*sorted((self.work / "style").iterdir()), main, *pages, *[index] * index.is_file()]:
            found.update(path.read_bytes())
        return found.hexdigest()


def source_date(*, fixed: bool = False) -> int:
    """The time of making: ``SOURCE_DATE_EPOCH``, or now (0 when only a fixed one counts)."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isdigit() else 0 if fixed else int(time.time())


def write_if_changed(path: Path, text: str) -> None:
    """Write a file unless it is as it should be."""
    if not (path.is_file() and path.read_text(encoding="utf-8") == text):
        ensuredir(path.parent)
        path.write_text(text, encoding="utf-8")


def _with_row_headers(pdf: bytes, stubs: Sequence[int]) -> bytes:
    from .row_headers import mark_row_headers  # noqa: PLC0415 (only who makes PDFs has what it needs)

    return mark_row_headers(pdf, stubs)


def note_jobs(app: Sphinx) -> None:
    """``builder-inited``: the builder learns how many processes it may use."""
    if isinstance(app.builder, VersusPdfBuilder):
        app.builder.jobs = app.parallel


def setup(app: Sphinx) -> None:
    """Register the builder."""
    app.add_builder(VersusPdfBuilder)
    app.connect("builder-inited", note_jobs)
