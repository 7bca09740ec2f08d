"""The steps in which a site is built in parts: archives of earlier steps in, an archive or the finished site out."""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sphinx.util.docutils import docutils_namespace, patch_docutils

from ..catalogue.digest import digest
from ..environment.output_files import file_digest, files_of
from ..problems import shown_path
from .archive import SUFFIX, about, pack, renew, unpack
from .builders import StepApplication
from .plan import BASE, JOIN, PART, Step
from .step_build import ANSWERS, ENVIRONMENT, StepBuild, UnchangedError

DOCTREES, PAGES = "doctrees", "html"


class Job(NamedTuple):
    """What is built: folders, the builder's name, values that replace those of ``conf.py``, and whether warnings are errors."""

    source: Path
    conf: Path
    archives: Path
    """The folder of the archives."""
    output: Path
    """The folder of the finished site."""
    builder: str
    define: Mapping[str, str]
    strict: bool


class CannotBuildError(Exception):
    """A step that ended without a result."""


class Result(NamedTuple):
    """What a step wrote, or left as it was."""

    path: Path
    is_new: bool = True


def run(job: Job, step: Step) -> Result:
    """Build one step."""
    builds = {BASE: make_base, PART: make_part, JOIN: join}
    with work_folder(job, step) as work:
        return builds[step.role](job, step, work)


@contextmanager
def work_folder(job: Job, step: Step) -> Iterator[Path]:
    """A folder for the files of a step; that of the join is beside the site, and what a killed run left in it goes."""
    if step.role != JOIN:
        with tempfile.TemporaryDirectory(prefix=f"versus-{step}-") as name:
            yield Path(name)
        return
    work = beside(job.output, "next")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def make_base(job: Job, step: Step, work: Path) -> Result:
    """Build the base into an archive; archives of parts that would become the same are from now on of this base."""
    paths = {path.name.removesuffix(SUFFIX): path for path in job.archives.glob(f"*-of-*{SUFFIX}")}
    before = [found for name, path in paths.items() if (found := built_before(path, work / "before" / name))]
    build = StepBuild(step, {}, before)
    built(job, build, work)
    files = [(path.relative_to(work).as_posix(), path) for path in files_of(work / DOCTREES)]
    target, id_ = job.archives / f"{step}{SUFFIX}", identity(files)
    pack(target, {"state": build.state, "id": id_}, files)
    for part in build.unchanged:
        renew(paths[part.name], {**about(paths[part.name]), "state": build.state, "base": id_})
    return Result(target)


def make_part(job: Job, step: Step, work: Path) -> Result:
    """Build a part into an archive; leave one that would become the same."""
    base, target = about(take_base(job, work, with_pages=False)), job.archives / f"{step}{SUFFIX}"
    before = built_before(target, work / "before")
    build = StepBuild(step, base["state"], [before] if before else [])
    try:
        app = built(job, build, work)
    except UnchangedError:
        renew(target, {**about(target), "state": build.state, "base": base["id"]})
        return Result(target, is_new=False)
    (work / ANSWERS).write_text(json.dumps(build.answers(app.env)), encoding="utf-8")
    files = [(ANSWERS, work / ANSWERS), (ENVIRONMENT, work / DOCTREES / ENVIRONMENT)]
    index = work / PAGES / app.builder.searchindex_filename  # type: ignore[attr-defined]
    files += [(index.name, index)] * index.is_file()
    files += [(f"{PAGES}/{name}", work / PAGES / name) for name in build.files]
    pack(target, {"state": build.state, "base": base["id"], **build.about(app.env)}, files)
    return Result(target)


def built_before(archive: Path, folder: Path) -> Path | None:
    """The folder with what is known of a part that was built before, without its pages; there may be none, or half of one."""
    try:
        unpack(archive, folder, lambda name: "" if name.startswith(f"{PAGES}/") else name)
    except OSError:
        return None
    return folder if (folder / ENVIRONMENT).is_file() else None


def join(job: Job, step: Step, work: Path) -> Result:
    """Build the site from the archives, beside the one that is there, and put it in its place when it is whole."""
    check_place(job)
    base = about(take_base(job, work, with_pages=True))
    parts = find_parts(job.archives)
    for path in parts:
        if about(path)["base"] != base["id"]:
            raise CannotBuildError(f"{path} was built from another base; build it again")
        name = path.name.removesuffix(SUFFIX)
        unpack(path, work, lambda file, name=name: file if file.startswith(f"{PAGES}/") else f"{name}/{file}")  # type: ignore[misc]
    restore(job.output)
    built(job, StepBuild(step, base["state"], [work / path.name.removesuffix(SUFFIX) for path in parts]), work)
    swap(work / PAGES, job.output)
    return Result(job.output)


def take_base(job: Job, work: Path, *, with_pages: bool) -> Path:
    """Unpack the base: its environment, and the trees of its pages for the step that writes them."""
    path = job.archives / f"{BASE}{SUFFIX}"
    if not path.is_file():
        raise CannotBuildError(f"there is no {path}; build it by: versus part base")
    unpack(path, work, lambda name: name if with_pages or not name.endswith(".doctree") else "")
    return path


def find_parts(folder: Path) -> list[Path]:
    """The archives of all parts, which must be complete and of one number of parts."""
    found = {step: path for path in folder.glob(f"*{SUFFIX}") if (step := Step.parse(path.name.removesuffix(SUFFIX)))}
    parts = {step: path for step, path in found.items() if step.role == PART}
    counts = {step.count for step in parts}
    if len(counts) > 1:
        numbers = " and ".join(map(str, sorted(counts)))
        raise CannotBuildError(f"{folder} has parts of {numbers}; remove those that are not wanted")
    count = max(counts, default=1)
    missing = [str(number) for number in range(1, count + 1) if Step(PART, number, count) not in parts]
    if missing:
        raise CannotBuildError(f"{folder} lacks parts: {', '.join(missing)} of {count if counts else 'any number'}")
    return [parts[step] for step in sorted(parts, key=lambda step: step.number)]


def built(job: Job, build: StepBuild, work: Path) -> StepApplication:
    """Run Sphinx; any error, and with ``strict`` any warning, ends the step without a result."""
    folders = (job.source, job.conf, work / PAGES, work / DOCTREES)
    options = {"status": None, "warning": sys.stderr, "warningiserror": job.strict}
    with docutils_namespace(), patch_docutils(job.conf):
        app = StepApplication(build, *folders, job.builder, {**job.define}, **options)
        app.build()
    if app.statuscode:
        raise CannotBuildError("there were problems; nothing was written")
    return app


def identity(files: Sequence[tuple[str, Path]]) -> str:
    """A digest of the files of an archive."""
    return digest([(name, file_digest(path)) for name, path in files])


def check_place(job: Job) -> None:
    """Refuse to put a site in the place of a folder that holds anything else."""
    output = job.output
    held = next((path for path in (job.conf, job.source, job.archives) if path.is_relative_to(output)), None)
    if held or (output / ".git").exists():
        raise CannotBuildError(
            f"{shown_path(str(output))} holds {held or 'a repository'} and would be replaced; name another folder"
        )
    if output.exists() and any(output.iterdir()) and not (output / ".buildinfo").is_file():
        raise CannotBuildError(
            f"{shown_path(str(output))} is not empty and no site of Sphinx; name another folder, or remove it"
        )


def beside(output: Path, name: str) -> Path:
    """A folder beside the site: for the ``next`` one, and for the one ``before`` while another one takes its place."""
    return output.with_name(f".{output.name}-{name}")


def restore(output: Path) -> None:
    """Put back the site of before when a run ended in the middle of :func:`swap`."""
    if not output.exists() and beside(output, "before").is_dir():
        beside(output, "before").rename(output)


def swap(new: Path, output: Path) -> None:
    """Put a finished site in the place of the one that is there."""
    old = beside(output, "before")
    shutil.rmtree(old, ignore_errors=True)
    if output.exists():
        output.rename(old)
    try:
        new.rename(output)
    except OSError:
        restore(output)
        raise
    shutil.rmtree(old, ignore_errors=True)
