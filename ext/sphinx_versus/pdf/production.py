"""Volumes become PDFs: what is needed is written, typeset here or by other processes, and told where it came from."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx.builders import Builder
from sphinx.util.osutil import ensuredir

from ..site.reporting import report
from .book import Volume, main_text
from .diagnostics import Origins
from .imprint import Imprint, source_date
from .jobs import AHEAD, Job
from .pages import Pages, write_if_changed
from .register import index_markup
from .typesetter.compiler import Remark, Typesetter
from .workers import Workers

ROUNDS = 3
"""How often a volume is set: missing characters are found one round at a time."""


class Production:
    """Makes the PDFs of volumes; what the typesetter reads is below ``work``."""

    def __init__(self, builder: Builder, pages: Pages, imprint: Imprint, typesetter: Typesetter, work: Path) -> None:
        self._builder = builder
        self._pages = pages
        self._imprint = imprint
        self._typesetter = typesetter
        self._work = work
        self._origins = Origins(builder.env, Path(builder.confdir) / "conf.py", work)
        self._missing: dict[str, str] = {}
        """The characters that no font has, with their numbers."""

    def run(self, volumes: Iterable[Volume], workers: Workers | None) -> Iterator[Job]:
        """Make the PDFs; while processes typeset the first ones, the pages of some more are written."""
        begun: deque[Job] = deque()
        ahead = AHEAD * workers.number if workers else 0
        for volume in volumes:
            begun.append(self._begin(volume, workers))
            if len(begun) > ahead:
                yield self._finished(begun.popleft())
        while begun:
            yield self._finished(begun.popleft())

    def _begin(self, volume: Volume, workers: Workers | None) -> Job:
        """Write what the typesetter begins with, and let a process typeset it unless it is as it was."""
        self._pages.write(volume.docnames)
        index = self._write_index(volume) if volume.bound else ""
        main = self._work / "volumes" / f"{volume.name}.typ"
        write_if_changed(main, main_text(volume, self._pages.sheets, index))
        target = Path(self._builder.outdir) / f"{volume.name}.pdf"
        stubs = [columns for name in volume.docnames for columns in self._pages.sheets[name].stubs]
        job = Job(volume, main, target, stubs, self._inputs(volume))
        if workers is not None and not job.is_current(self._digest(job)):
            job.draft = workers.typeset(main, job.inputs, stubs)
        return job

    def _finished(self, job: Job) -> Job:
        if (now := self._inputs(job.volume)) != job.inputs:  # a character was missed meanwhile
            job.inputs, job.draft = now, None
        digest = self._digest(job)
        if job.is_current(digest):
            return job
        pdf, heard = self._set(job)
        if pdf:
            ensuredir(job.target.parent)
            job.target.write_bytes(pdf)
        else:
            job.target.unlink(missing_ok=True)
        job.stamp.write_text(digest if pdf and not heard else "", encoding="utf-8")
        return job

    def _set(self, job: Job) -> tuple[bytes, bool]:
        """The PDF, and whether anything was said about it."""
        volume, pdf = job.volume, b""
        heard: list[Remark] = []
        draft = job.draft.result() if job.draft else None
        for _round in range(ROUNDS):
            pdf, heard = draft or self._typesetter.typeset(job.main, self._inputs(volume), job.stubs)
            draft = None
            glyphs = {remark.glyph: remark for remark in heard if remark.glyph}
            if not glyphs:
                break
            self._missing.update((glyph, " ".join(f"U+{ord(one):04X}" for one in glyph)) for glyph in glyphs)
            report(*self._origins.of_glyphs(glyphs, volume))
        if not pdf and heard and all(remark.about_standard for remark in heard):
            pdf, _more = self._typesetter.typeset(job.main, self._inputs(volume), job.stubs, standard="")
        report(*(self._origins.of_remark(remark, volume) for remark in heard))
        return pdf, bool(heard) or bool(self._missing)

    def _inputs(self, volume: Volume) -> dict[str, str]:
        return dict(self._imprint.inputs(volume, self._pages.sheets, self._missing))

    def _write_index(self, volume: Volume) -> str:
        places = {place for name in volume.docnames for place in self._pages.sheets[name].labels}
        text = index_markup(self._builder.env, self._builder, places)
        name = f"volumes/{volume.name}-index.typ"
        write_if_changed(self._work / name, text)
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
        yield from sorted((self._work / "style").iterdir())
        yield job.main
        index = job.main.with_name(f"{job.main.stem}-index.typ")
        if index.is_file():
            yield index
        for docname in job.volume.docnames:
            yield self._pages.file(docname)
            yield from (self._pages.image(uri) for uri in sorted(self._pages.sheets[docname].images))
