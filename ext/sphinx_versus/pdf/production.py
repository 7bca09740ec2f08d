"""Volumes become PDFs: what is needed is written, typeset here or by other processes, and messages get their places."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from sphinx.builders import Builder

from ..characters import IGNORABLE, code_point
from ..environment.output_files import replace_file
from ..environment.reporting import report
from ..problems import Code, Problem, in_order
from .book import Part, Volume, main_text
from .diagnostics import Origins
from .imprint import Imprint, places_of, source_date
from .jobs import AHEAD, Job, stamp_of
from .pages import Pages, failed
from .register import index_markup
from .typesetter.compiler import Remark, Typesetter
from .work_folder import STAMP, VOLUMES, Edition, remove_others, write_if_changed
from .workers import Workers

ROUNDS = 3
"""How often a volume is set: missing characters are found one round at a time."""


class Production:
    """Makes the PDFs of volumes; what the typesetter reads is below ``work``."""

    def __init__(
        self,
        builder: Builder,
        pages: Pages,
        imprint: Imprint,
        typesetter: Typesetter,
        work: Path,
        style: Iterable[Path],
    ) -> None:
        self._builder = builder
        self._pages = pages
        self._imprint = imprint
        self._typesetter = typesetter
        self._work = work
        self._style = tuple(style)
        self._kept = set(self._style)
        """The files of this build in the folder of what the typesetter reads."""
        self._origins = Origins(builder.env, Path(builder.confdir) / "conf.py", work)
        self._missing: dict[str, str] = {}
        """The characters that no font has, with what is shown instead."""

    def run(self, volumes: Iterable[Volume], workers: Workers | None) -> Iterator[Job]:
        """Make the PDFs; while processes typeset the first ones, the pages of some more are written."""
        begun: deque[Job] = deque()
        ahead = AHEAD * workers.number if workers else 0
        for volume in volumes:
            begun.append(self._job(volume))
            self._guarded(begun[-1], lambda job: self._begin(job, workers))
            if len(begun) > ahead:
                yield self._guarded(begun.popleft(), self._finish)
        while begun:
            yield self._guarded(begun.popleft(), self._finish)

    def remove_others(self) -> None:
        """Remove the PDFs of volumes that are not made any more, and what they were made of; after all others are made."""
        pages = self._pages
        kept = {*map(pages.file, pages.sheets), *map(pages.image, pages.images)}
        remove_others(self._work, self._kept | kept)

    def _job(self, volume: Volume) -> Job:
        main = self._work / VOLUMES / f"{volume.name}.typ"
        self._kept |= {main, main.with_suffix(STAMP), _index_of(main)}
        return Job(volume, main, Path(self._builder.outdir) / f"{volume.name}.pdf")

    def _guarded(self, job: Job, step: Callable[[Job], None]) -> Job:
        """Take a step with a volume; what goes wrong costs this volume and no other."""
        try:
            if not job.is_lost:
                step(job)
        except OSError as error:
            self._lose(job, Problem(self._origins.of(job.volume), Code.NOT_TYPESET, str(error), self._loss(job)))
        except Exception as error:  # noqa: BLE001 (the other volumes are made)
            self._lose(job, failed(self._origins.of(job.volume), error, self._loss(job)))
        return job

    def _lose(self, job: Job, *problems: Problem) -> None:
        job.is_lost = True
        report(*in_order(problems), level="ERROR")

    def _loss(self, job: Job) -> str:
        kept = "; the one of an earlier build stays" if job.target.is_file() else ""
        return f"{job.volume.name}.pdf is not written{kept}"

    def _begin(self, job: Job, workers: Workers | None) -> None:
        """Write what the typesetter begins with, and let a process typeset it unless it is as it was."""
        self._pages.write(job.volume.editions)
        preface = Edition(job.volume.preface)
        # A title alone is no preface, and no place to refer to.
        if preface.docname and self._pages.sheets[preface].bare:
            job.volume = replace(job.volume, preface="")
        self._prepare(job)
        if workers is not None and not job.is_current(self._digest(job)):
            job.draft = workers.typeset(job.main, job.inputs, job.stubs)

    def _prepare(self, job: Job) -> None:
        """Write the file that the typesetter begins with, from the pages as they are now."""
        volume, sheets = job.volume, self._pages.sheets
        index = self._write_index(volume) if volume.bound else ""
        write_if_changed(self._work, job.main, main_text(volume, sheets, index).encode(errors="replace"))
        job.stubs = [columns for edition in volume.editions for columns in sheets[edition].stubs]
        job.inputs, job.replaced, job.draft = self._inputs(volume), self._pages.replaced, None

    def _finish(self, job: Job) -> None:
        if job.replaced != self._pages.replaced:
            self._prepare(job)
        if (now := self._inputs(job.volume)) != job.inputs:  # a character was missed meanwhile
            job.inputs, job.draft = now, None
        digest = self._digest(job)
        if job.is_current(digest):
            return
        editions = job.volume.editions
        if editions and all(map(self._pages.is_replaced, editions)):
            message = f"no page of {job.volume.name} can be typeset"
            self._lose(job, Problem(self._origins.of(job.volume), Code.NOT_TYPESET, message, self._loss(job)))
            return
        pdf, is_clean = self._set(job)
        if pdf:
            replace_file(job.target, pdf)
        write_if_changed(self._work, job.stamp, stamp_of(digest, pdf) if pdf and is_clean else b"")

    def _set(self, job: Job) -> tuple[bytes, bool]:
        """The PDF, and whether nothing was reported about it."""
        pdf, heard = job.draft.result() if job.draft else self._typeset(job)
        glyphs = self._note_glyphs(job, heard)
        rounds = 1
        while (glyphs and rounds < ROUNDS) or (not pdf and self._replace_pages(job, heard)):
            pdf, heard = self._typeset(job)
            glyphs = self._note_glyphs(job, heard)
            rounds += 1
        if not pdf and all(remark.about_standard for remark in heard if remark.is_error):
            pdf, _more = self._typeset(job, standard="")
        heard = heard or [Remark("no PDF, and no reason")] * (not pdf)
        found = [self._origins.of_remark(remark, job.volume, self._result(job, remark, pdf)) for remark in heard]
        if pdf:
            report(*in_order(found))
        else:
            self._lose(job, *found)
        is_whole = not any(map(self._pages.is_replaced, job.volume.editions))
        return pdf, is_whole and not (heard or self._missing)

    def _typeset(self, job: Job, **standard: str) -> tuple[bytes, list[Remark]]:
        return self._typesetter.typeset(job.main, self._inputs(job.volume), job.stubs, **standard)

    def _result(self, job: Job, remark: Remark, pdf: bytes) -> str:
        """What became of a volume about which something was reported."""
        if not pdf:
            return self._loss(job)
        accessible = ", but not as an accessible one" if remark.about_standard else ""
        return f"{job.volume.name}.pdf is written{accessible}"

    def _note_glyphs(self, job: Job, heard: Iterable[Remark]) -> bool:
        """Report the characters that no font has, and let their numbers be shown; whether there are any."""
        glyphs = {remark.glyph: remark for remark in heard if remark.glyph}
        self._missing.update((glyph, _shown_for(glyph)) for glyph in glyphs)
        visible = {glyph: remark for glyph, remark in glyphs.items() if self._missing[glyph]}
        report(*self._origins.of_glyphs(visible, job.volume))
        return bool(glyphs)

    def _replace_pages(self, job: Job, heard: Iterable[Remark]) -> bool:
        """Put remarks in the place of the pages at which the typesetter stopped; a volume of one page is lost with it."""
        volume = job.volume
        editions = [one for one in volume.editions if not self._pages.is_replaced(one)]
        if len(volume.editions) < 2:
            return False
        errors = [one for one in heard if one.is_error and not one.about_standard]
        bad = {edition: [one for one in errors if one.file == edition.file] for edition in editions}
        if errors and not any(bad.values()):  # the typesetter stopped in the style, wherever it was called
            bad = {edition: self._errors_of_page(volume, edition) for edition in editions}
            if all(bad.values()):  # it is no matter of the pages
                return False
        for edition in [one for one in editions if bad[one]]:
            result = f"a remark takes the place of the page in {volume.name}.pdf"
            report(*in_order(self._origins.of_remark(remark, volume, result) for remark in bad[edition]))
            self._pages.replace(edition)
        if any(bad.values()):
            self._prepare(job)
        return any(bad.values())

    def _errors_of_page(self, volume: Volume, edition: Edition) -> list[Remark]:
        """What the typesetter reports about one page of a volume; without a better place, at the page."""
        alone = replace(volume, preface="", parts=(Part(edition.docname, after=edition.after),), bound=False)
        main = self._work / VOLUMES / f"{volume.name}-alone.typ"
        write_if_changed(self._work, main, main_text(alone, self._pages.sheets, "").encode(errors="replace"))
        _pdf, heard = self._typesetter.typeset(main, self._inputs(alone), standard="")
        main.unlink()
        return [replace(one, file=edition.file, line=1) for one in heard if one.is_error]

    def _inputs(self, volume: Volume) -> dict[str, str]:
        return dict(self._imprint.inputs(volume, self._pages.sheets, self._missing))

    def _write_index(self, volume: Volume) -> str:
        sheets = [self._pages.sheets[edition] for edition in volume.editions]
        text = index_markup(self._builder.env, self._builder, places_of(sheets))
        name = f"{VOLUMES}/{volume.name}-index.typ"
        write_if_changed(self._work, self._work / name, text.encode(errors="replace"))
        return name if text else ""

    def _digest(self, job: Job) -> str:
        """Changes when anything changes of which the PDF is made."""
        found = hashlib.sha256(json.dumps(job.inputs, sort_keys=True).encode())
        found.update(repr(source_date(fixed=True)).encode())
        for path in self._files(job):
            found.update(path.read_bytes())
        return found.hexdigest()

    def _files(self, job: Job) -> Iterator[Path]:
        """The files of which a PDF is made."""
        yield from self._style
        yield job.main
        if (index := _index_of(job.main)).is_file():
            yield index
        for edition in job.volume.editions:
            yield self._pages.file(edition)
            yield from (self._pages.image(uri) for uri in sorted(self._pages.sheets[edition].images))


def _index_of(main: Path) -> Path:
    """The general index of a volume, beside the file that the typesetter begins with."""
    return main.with_name(f"{main.stem}-index.typ")


def _shown_for(glyph: str) -> str:
    """The numbers of characters that no font has; nothing of those that need no glyph."""
    return " ".join(code_point(one) for one in glyph if not IGNORABLE.match(one))
