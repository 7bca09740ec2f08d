"""``versus build``: all steps at once, by processes of this machine or by workers that share nothing with it but a network."""

from __future__ import annotations

import os
import re
import resource
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner

from conftest import Site, write_files
from machines import machines, typed_line
from outputs import assert_same_output, output_of
from parted import SITE, SMALL
from sphinx_versus.cli.commands import main
from sphinx_versus.parts.place import pack_sources, unpacked

MINUTES = 60.0
BUILD = [sys.executable, "-m", "sphinx_versus.cli", "build"]
LATER = {"data/technologies/alpha.yaml": SMALL["data/technologies/alpha.yaml"].replace("MIT", "BSD")}


class Project(Site):
    """A site whose folder of temporary files is its own, so that no other run is where workers unpack it."""

    @property
    def variables(self) -> dict[str, str]:
        folder = self.root.with_name("temporary")
        folder.mkdir(exist_ok=True)
        return {**os.environ, "TMPDIR": str(folder), "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}

    def start(self, *arguments: str, **options: object) -> subprocess.Popen[str]:  # type: ignore[override]
        """Start the command, in the folder of the project."""
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        command = [*BUILD, *arguments]
        return subprocess.Popen(command, cwd=self.root, env=self.variables, **streams, **options)  # type: ignore[call-overload, no-any-return]

    def run(self, *arguments: str, status: int = 0, **options: object) -> str:
        """Run the command; return what it printed."""
        process = self.start(*arguments, **options)
        printed, _nothing = process.communicate(timeout=10 * MINUTES)
        assert process.returncode == status, printed
        return printed

    def single(self) -> dict[str, bytes]:
        """The site of the single build, in a process of its own as the parts are: other tests leave settings of Sphinx behind."""
        twin = Site.__new__(Site)
        twin.root = self.root.with_name("single")
        shutil.rmtree(twin.root, ignore_errors=True)
        shutil.copytree(self.root, twin.root, ignore=shutil.ignore_patterns("_build"))
        folders = ["-d", f"{twin.root}/trees", f"{twin.root}/docs", f"{twin.root}/_build/html"]
        subprocess.run([sys.executable, "-m", "sphinx", "-q", "-c", str(twin.root), *folders], check=True)
        return output_of(twin)


@pytest.fixture
def small(tmp_path: Path) -> Project:
    project = Project(tmp_path / "project")
    project.write(SMALL)
    return project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small site, built in parts; tests copy it."""
    project = Project(tmp_path_factory.mktemp("built") / "project")
    project.write(SMALL).write({"docs/other.md": "# Other\n"}).edit("docs/index.md", "criteria\n", "criteria\nother\n")
    printed = project.run("--parts", "2", "-W")
    names = [f"parts/{name}.tar.gz" for name in ("1-of-2", "2-of-2", "base")]
    assert sorted(re.findall(r"^wrote _build/(.*)", printed, re.MULTILINE)) == ["html", *names]
    assert_same_output(output_of(project), project.single())
    return project


@pytest.fixture
def copy(built: Project, tmp_path: Path) -> Project:
    """The small site, built in parts."""
    project = Project.__new__(Project)
    project.root = shutil.copytree(built.root, tmp_path / "project")
    return project


def test_parts_that_would_become_the_same_are_kept(built: Project) -> None:
    assert re.findall(r"^(\w+).* \S+/(.*?)(?:\.tar|$)", built.run("--parts", "2", "-W"), re.MULTILINE) == [
        ("wrote", "base"),
        ("unchanged", "1-of-2"),
        ("unchanged", "2-of-2"),
        ("wrote", "html"),
    ]
    built.edit("docs/other.md", "# Other\n", "# Other\n\nText.\n")  # of which no part shows anything
    assert "of-2" not in "".join(re.findall("wrote.*", built.run("--parts", "2")))
    built.edit("data/technologies/gamma.yaml", "Apache-2.0", "BSD")
    assert re.findall(r"wrote \S+/(\d)-of-2", built.run("--parts", "2")) == ["2"]
    assert_same_output(output_of(built), built.single())


def test_another_number_of_parts_takes_their_place(copy: Project) -> None:
    copy.run("--parts", "1")
    assert sorted(path.name for path in (copy.root / "_build/parts").iterdir()) == ["1-of-1.tar.gz", "base.tar.gz"]


def test_a_warning_is_printed_once_and_no_site_is_changed(copy: Project) -> None:
    before = output_of(copy)
    copy.edit("data/technologies/alpha.yaml", "a framework with everything", "of {ref}`no-label`")
    printed = copy.run("--parts", "2", "-W", status=1)
    assert printed.count("no-label") == 1
    assert re.search(
        r"^data/technologies/alpha\.yaml:\d+:\d+: WARNING: undefined label: 'no-label'", printed, re.MULTILINE
    )
    assert re.search(r"^Error: parts were not built: [\d/, ]+; _build/html is as it was$", printed, re.MULTILINE)
    assert output_of(copy) == before
    copy.edit("data/technologies/alpha.yaml", "kind: web-framework", "kind: web-framework\nno-key: 1")
    printed = copy.run("--parts", "2", "-W", status=1)
    assert printed.count("no-key") == 1
    assert "Error: the base was not built; _build/html is as it was" in printed
    assert output_of(copy) == before
    assert "WARNING" in copy.run("--parts", "2")


def test_dask_is_asked_for_where_it_is_missing(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root)
    monkeypatch.delitem(sys.modules, "sphinx_versus.parts.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = CliRunner().invoke(main, ["build", "--parts", "2"])
    assert 'the package "distributed": pip install "sphinx-versus[cluster]"' in result.output
    assert result.exit_code == 1


def test_what_is_sent_of_a_project(tmp_path: Path) -> None:
    files = ["conf.py", "docs/index.md", ".well-known/a.txt", ".git/HEAD", "_build/x", "venv/pyvenv.cfg", "venv/lib.py"]
    root = write_files(tmp_path / "project", dict.fromkeys([*files, "cache/CACHEDIR.TAG", "out/index.html"], "text"))
    (root / "empty").mkdir()
    (root / "link").symlink_to(write_files(tmp_path / "data", {"record.yaml": "a: b"}))
    (root / "docs/again").symlink_to(root)
    sources = pack_sources(root, {root / "out"})
    place = tmp_path / "place"
    with unpacked(place, sources) as folder:
        found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
        assert found == [
            *(".well-known", ".well-known/a.txt", "conf.py", "docs", "docs/index.md"),
            *("empty", "link", "link/record.yaml"),
        ]
        (folder / "conf.py").write_text("other")
    with unpacked(place, sources) as folder:
        assert (folder / "conf.py").read_text() == "other"  # not unpacked once more
    (root / "conf.py").write_text("new")
    with unpacked(place, pack_sources(root, {root / "out"})) as folder:
        assert (folder / "conf.py").read_text() == "new"
    place.chmod(0o777)
    with pytest.raises(PermissionError, match="not a folder that only you can change"), unpacked(place, sources):
        pass


def test_a_project_is_below_the_working_directory(small: Project, tmp_path: Path) -> None:
    project = Project.__new__(Project)
    project.root = tmp_path / "elsewhere"
    project.root.mkdir()
    printed = project.run("--parts", "2", "--conf", "../project", status=1)
    assert f"is not below {project.root}, which is what workers get" in " ".join(printed.split())


def test_a_full_disk_leaves_the_site_as_it_was(copy: Project) -> None:
    before = output_of(copy)
    copy.write(LATER)
    limit: Callable[[], None] = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))  # noqa: E731
    assert "File too large" in copy.run("--parts", "2", status=1, preexec_fn=limit)
    assert output_of(copy) == before
    assert not [path for path in (copy.root / "_build").rglob("*") if path.name.startswith(".html")]
    copy.run("--parts", "2")
    assert_same_output(output_of(copy), copy.single())


@pytest.mark.parametrize("sign", ["base.tar.gz", ".html-next/html/index.html"])
def test_a_killed_build_leaves_the_site_as_it_was_and_no_process(copy: Project, sign: str) -> None:
    before = output_of(copy)
    copy.write(LATER)
    (copy.root / "_build/parts/base.tar.gz").unlink()
    process = copy.start("--parts", "2")
    wait_for(lambda: [*(copy.root / "_build").rglob(Path(sign).name)] and matches(copy.root / "_build", sign), process)
    children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate()
    assert output_of(copy) == before
    gone, alive = psutil.wait_procs(children, timeout=MINUTES)
    assert len(gone) >= 1
    assert alive == []
    copy.run("--parts", "2")
    assert_same_output(output_of(copy), copy.single())


def matches(folder: Path, name: str) -> bool:
    return any(path.as_posix().endswith(name) for path in folder.rglob(Path(name).name))


def wait_for(happened: Callable[[], object], process: subprocess.Popen[str] | None = None) -> None:
    """Wait until something happened, while a process runs."""
    end = time.monotonic() + 10 * MINUTES
    while not happened():
        assert time.monotonic() < end
        assert process is None or process.poll() is None, process.communicate()
        time.sleep(0.02)


# -- several machines

GUIDE = (Path(__file__).parents[2] / "docs" / "how-to" / "build-in-parts.md").read_text(encoding="utf-8")


def typed(beginning: str) -> list[str]:
    """The commands of the guide that begin so."""
    return re.findall(rf"^\$ ({beginning}.*)$", GUIDE, re.MULTILINE)


@contextmanager
def ending(processes: list[subprocess.Popen[bytes]]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """End processes, those that are added meanwhile as well, the last one first."""
    try:
        yield processes
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            with suppress(subprocess.TimeoutExpired):  # a worker waits for its step
                process.wait(timeout=MINUTES / 2)
            process.kill()
            process.wait()


def test_machines_that_share_no_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """As the guide has it typed: a scheduler, two workers, the site of the single build in six parts; a third worker is of another time."""
    base = tmp_path_factory.mktemp("machines")
    project = Project(base / "project")
    project.write(SITE)
    single = project.single()
    (base / "old/sphinx-0.1.dist-info").mkdir(parents=True)
    (base / "old/sphinx-0.1.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: sphinx\nVersion: 0.1\n")
    [scheduler], workers, [build] = (
        typed("dask scheduler --host"),
        typed("dask worker tcp:"),
        typed("versus build .* tcp:"),
    )
    addresses = [re.findall(r"--host (\S+)", line)[0] for line in (scheduler, *workers)]
    log = base / "log"
    log.mkdir()
    with machines([*addresses, "10.0.0.9"], project.root) as [first, *others]:
        started = [first.start(scheduler, log / "scheduler")]
        lines = [*workers, workers[0].replace(addresses[1], "10.0.0.9")]
        with ending(started):
            for number, (machine, line) in enumerate(zip(others[:2], lines, strict=False)):
                started.append(machine.start(line, log / f"worker{number}"))
                assert subprocess.run(
                    machine.command("test", "-e", str(project.root / "conf.py")), check=False
                ).returncode
            command = first.command(*typed_line(build, {"TMPDIR": project.variables["TMPDIR"]}), "-W")
            printed = run(command, project)
            assert len(re.findall(r"wrote \S+-of-6", printed)) == 6
            assert_same_output(output_of(project), single)
            late = {"PYTHONPATH": f"{base}/old:{os.environ.get('PYTHONPATH', '')}"}
            again = [*command[:-1], "--parts", "5"]
            client = subprocess.Popen(
                again, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            wait_for(lambda: steps_below(client.pid), client)  # the base: all that were there are accepted
            started.append(others[2].start(lines[2], log / "worker2", late))
            printed, _nothing = client.communicate(timeout=10 * MINUTES)
            assert client.returncode == 1
    assert re.search(
        r"Error: the worker \S+10\.0\.0\.9\S+ has sphinx 0\.1, and this machine \S+; install the same", printed
    )
    assert_same_output(output_of(project), single)


def run(command: list[str], project: Project, status: int = 0) -> str:
    done = subprocess.run(command, cwd=project.root, env=project.variables, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_killed_worker_and_a_scheduler_that_asks_for_a_certificate(small: Project, tmp_path: Path) -> None:
    """As the guide has it typed, but on this machine alone. All that had the sources ends, and they are sent once more."""
    folder = tmp_path / "dask"
    folder.mkdir()
    [settings] = re.findall(r"^distributed:\n.*?^```", GUIDE, re.DOTALL | re.MULTILINE)
    (folder / "tls.yaml").write_text(settings.removesuffix("```").replace("/etc/site", str(folder)))
    subprocess.run(shlex.split(typed("openssl")[0]), cwd=folder, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    lines = (
        typed("dask scheduler --protocol")[0] + f" --port {port}",
        *typed("dask worker tls:"),
        *typed("versus build .* tls:"),
    )
    here = [re.sub(r"10\.0\.0\.\d", "127.0.0.1", line).replace(":8786", f":{port}") for line in lines]
    environment = {**project_environment(small), "DASK_CONFIG": str(folder)}
    scheduler, worker, build = (typed_line(line.replace("--parts 6", "--parts 2"), environment) for line in here)
    with ending([]) as processes:
        for name, command in (("scheduler.log", scheduler), ("worker.log", worker)):
            with (folder / name).open("wb") as log:
                processes.append(subprocess.Popen(command, stdout=log, stderr=log))
        printed = run([name for name in build if not name.startswith("DASK_CONFIG")], small, status=1)
        assert f"Error: tls://127.0.0.1:{port} needs certificates, and the configuration of Dask names none" in printed
        printed = run([name.replace("tls://", "tcp://") for name in build], small, status=1)
        assert f"Error: tcp://127.0.0.1:{port} cannot be used: encryption required" in printed
        assert "Traceback" not in printed
        client = subprocess.Popen(build, cwd=small.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        wait_for(lambda: steps_below(processes[1].pid), client)
        step = steps_below(processes[1].pid)[0]
        step.parent().kill()
        step.wait(MINUTES)
        printed, _nothing = client.communicate(timeout=10 * MINUTES)
        assert client.returncode == 0, printed
    assert_same_output(output_of(small), small.single())


def project_environment(project: Project) -> dict[str, str]:
    return {name: project.variables[name] for name in ("TMPDIR", "NO_COLOR", "PYTHONDONTWRITEBYTECODE")}


def steps_below(pid: int) -> list[psutil.Process]:
    """The processes of steps that a process and its children started."""
    with suppress(psutil.Error):
        found = psutil.Process(pid).children(recursive=True)
        return [process for process in found if "sphinx_versus.cli.attended" in process.cmdline()]
    return []
