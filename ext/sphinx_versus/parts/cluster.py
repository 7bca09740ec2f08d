"""All steps in one command: parts are built by workers of Dask, on this machine or on others. The only module that knows Dask.

Machines share no folder. The sources and the base go from the client to the workers, archives of parts from the workers to the client,
and none of them through the scheduler. Each step is the command ``versus part`` in a process of its own.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from dask.system import CPU_COUNT
from distributed import CancelledError, Client, LocalCluster, as_completed, get_worker

from ..environment.output_files import replace_file
from ..problems import shown_path
from .archive import SUFFIX, about
from .place import Sources, pack_sources, place_of, unpacked
from .plan import BASE, JOIN, PART, Step
from .steps import CannotBuildError, Job, check_place

SAME_EVERYWHERE = ("sphinx-versus", "sphinx", "docutils", "myst-parser")
"""The packages whose versions are compared by name; all else from which pages follow is a digest in the base."""
PASSED_ON = ("SOURCE_DATE_EPOCH",)
"""The variables of the client's environment with which workers build."""
WAIT = 120
"""For so many seconds there may be no worker: one that ended is started again by its nanny."""
ATTEMPTS = 5
"""How often workers get the sources and the base when those that had them ended."""


class Site(NamedTuple):
    """How the steps of a site are called on each machine."""

    place: Path
    options: Sequence[str]
    variables: Mapping[str, str]


class Ended(NamedTuple):
    """A step that ended: whether it did what it should, what it printed, and the archive of a part."""

    is_done: bool
    printed: str
    archive: bytes = b""


def run_step(site: Site, step: Step, folder: Path, archives: Path, *more: str, **variables: str) -> Ended:
    """Run a step in a process of its own."""
    name = f"{step.number}/{step.count}" if step.role == PART else step.role
    command = ["part", name, *site.options, "--archives", str(archives), *more]
    with subprocess.Popen(  # noqa: S603 (ourselves)
        [sys.executable, "-m", "sphinx_versus.cli.attended", *command],
        cwd=folder,
        env={**os.environ, **site.variables, **variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as process:
        assert process.stderr
        printed = process.stderr.read()
    if process.returncode and not printed:
        printed = f"Error: the step {name} ended with status {process.returncode}\n"
    return Ended(process.returncode == 0, printed.replace(f"{folder}{os.sep}", ""))


def build_part(site: Site, sources: Sources, base: bytes, step: Step) -> Ended:
    """On a worker: build a part, in a folder that Dask removes if the worker is killed."""
    with tempfile.TemporaryDirectory(dir=get_worker().local_directory) as name:
        archives = Path(name, "archives")
        archives.mkdir()
        (archives / f"{BASE}{SUFFIX}").write_bytes(base)
        with unpacked(site.place, sources) as folder:
            ended = run_step(site, step, folder, archives, TMPDIR=name)
        return ended._replace(archive=(archives / f"{step}{SUFFIX}").read_bytes() if ended.is_done else b"")


class Output:
    """What steps print, each line once: several parts may show a text with the same mistake; and which files are there."""

    def __init__(self, print_: Callable[[str], None], wrote: Callable[[Path, bool], None]) -> None:
        self._print, self.wrote = print_, wrote
        self._printed: set[str] = set()

    def print(self, printed: str) -> None:
        """Print the lines of a step that no other step printed."""
        for line in printed.splitlines(keepends=True):
            if line not in self._printed:
                self._printed.add(line)
                self._print(line)


def build_site(job: Job, root: Path, count: int, scheduler: str, output: Output) -> None:
    """Build the site of the project in a folder: the base and the join here, so many parts on workers."""
    check_place(job)
    for path in (job.source, job.conf):
        if not path.is_relative_to(root):
            raise CannotBuildError(
                f"{path} is not below {root}, which is what workers get; run this in a folder above both"
            )
    sources = pack_sources(root, {job.archives, job.output})
    with connected(scheduler, count) as client, unpacked(place := place_of(root), sources) as folder:
        pages, conf = (folder / path.relative_to(root) for path in (job.source, job.conf))
        options = ["--source", str(pages), "--conf", str(conf), "--builder", job.builder, *["-W"] * job.strict]
        options += [word for name, value in job.define.items() for word in ("-D", f"{name}={value}")]
        site = Site(place, options, {name: os.environ[name] for name in PASSED_ON if name in os.environ})
        refuse_others(client)  # before anything is built
        here(site, Step(BASE), folder, job, output)
        build_parts(client, site, sources, job, count, output)
        for path in job.archives.glob(f"*-of-*{SUFFIX}"):
            if not path.name.endswith(f"-of-{count}{SUFFIX}"):
                path.unlink()  # of another number of parts, which the join would refuse
        here(site, Step(JOIN), folder, job, output)


def here(site: Site, step: Step, folder: Path, job: Job, output: Output) -> None:
    """Run the base or the join on this machine."""
    ended = run_step(site, step, folder, job.archives, "--output", str(job.output))
    output.print(ended.printed)
    if not ended.is_done:
        raise CannotBuildError(f"the {step} was not built; {shown_path(str(job.output))} is as it was")
    output.wrote(job.output if step.role == JOIN else job.archives / f"{step}{SUFFIX}", True)


@contextmanager
def connected(scheduler: str, count: int) -> Iterator[Client]:
    """A client of a scheduler, or of one in this process that ends with it; steps are processes in any case."""
    if not scheduler:
        threads = min(count, CPU_COUNT)
        options = {"n_workers": 1, "threads_per_worker": threads, "processes": False, "memory_limit": 0}
        # It serves pages about itself in any case: to this machine, and at a port that nobody has.
        with LocalCluster(**options, dashboard_address="127.0.0.1:0") as cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client(scheduler, direct_to_workers=True)
    except TypeError as error:
        words = f"{scheduler} needs certificates, and the configuration of Dask names none here"
        raise CannotBuildError(words) from error
    except RuntimeError as error:  # the configuration wants encryption
        raise CannotBuildError(f"{scheduler} cannot be used: {error}; write tls:// for tcp://") from error
    except (OSError, ValueError) as error:
        raise CannotBuildError(f"no scheduler answers at {scheduler}: {error}") from error
    with client:
        yield client


def refuse_others(client: Client) -> None:
    """Refuse machines with other versions."""
    versions = client.get_versions(packages=SAME_EVERYWHERE)
    wanted = versions["client"]["packages"]
    machines = {
        "the scheduler": versions["scheduler"],
        **{f"the worker {name}": one for name, one in versions["workers"].items()},
    }
    for name, machine in machines.items():
        found = (machine or {}).get("packages", {})
        for package in ("python", *SAME_EVERYWHERE):
            if found.get(package) != wanted[package]:
                has = f"{package} {found.get(package) or 'not at all'}"
                raise CannotBuildError(
                    f"{name} has {has}, and this machine {wanted[package]}; install the same versions on all"
                )


def build_parts(client: Client, site: Site, sources: Sources, job: Job, count: int, output: Output) -> None:
    """Have those parts built that are not of the base that is there now; all, also when one of them fails."""
    base = job.archives / f"{BASE}{SUFFIX}"
    current, failed = about(base)["id"], []
    paths = {Step(PART, number, count): job.archives / f"{number}-of-{count}{SUFFIX}" for number in range(1, count + 1)}
    kept = [step for step, path in paths.items() if is_of(path, current)]
    for step in kept:
        output.wrote(paths[step], False)
    for step, ended in ended_steps(client, site, sources, base.read_bytes(), paths.keys() - {*kept}):
        output.print(ended.printed)
        if ended.is_done:
            replace_file(paths[step], ended.archive)
            output.wrote(paths[step], True)
        else:
            failed.append(f"{step.number}/{step.count}")
    if failed:
        raise CannotBuildError(
            f"parts were not built: {', '.join(sorted(failed))}; {shown_path(str(job.output))} is as it was"
        )


def ended_steps(
    client: Client, site: Site, sources: Sources, base: bytes, steps: Set[Step]
) -> Iterator[tuple[Step, Ended]]:
    """Steps as they end on workers."""
    left = {*steps}
    for _attempt in range(ATTEMPTS):
        if not left:
            return
        try:
            data = client.scatter([sources, base], broadcast=True, direct=True, hash=False, timeout=WAIT)
        except TimeoutError:
            raise CannotBuildError(f"the scheduler at {client.scheduler.address} has no worker") from None
        except OSError:  # a worker ended meanwhile
            continue
        tasks = {client.submit(build_part, site, *data, step, pure=False): step for step in sorted(left, key=str)}
        for task in as_completed(tasks):
            try:
                ended = client.gather(task, direct=True)
            except CancelledError:  # all that had the sources or the base ended
                continue
            except Exception as error:
                refuse_others(client)
                raise CannotBuildError(f"a worker failed: {type(error).__name__}: {error}") from error
            refuse_others(client)
            task.release()
            left.discard(tasks[task])
            yield tasks[task], ended
    if left:
        raise CannotBuildError("workers end again and again")


def is_of(path: Path, base: str) -> bool:
    """Whether an archive is there and of a base."""
    try:
        return bool(about(path)["base"] == base)
    except OSError:
        return False
