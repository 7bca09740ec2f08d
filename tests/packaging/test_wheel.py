"""What other projects get: the built distribution, installed beside nothing but its dependencies."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[2]
SITE = Path(__file__).parent / "site"
UV = (sys.executable, "-m", "uv")
UNREACHABLE = ("client error (Connect)", "network was disabled", "operation timed out")
IN_CI = os.environ.get("CI", "").lower() not in {"", "0", "false"}

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that knows nothing of this checkout."""
    unwanted = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def succeed(*command: str | Path, cwd: Path) -> str:
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source distribution and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    succeed(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def wheel(distributions: Path) -> Path:
    (wheel,) = distributions.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an environment in which only the wheel was installed."""
    folder = tmp_path_factory.mktemp("environment")
    programs = folder / "bin"
    # Two seconds; pip takes more than half a minute for the same.
    succeed(*UV, "venv", "--quiet", "--clear", "--python", sys.executable, folder, cwd=folder)
    install = (*UV, "pip", "install", "--python", programs / "python")
    pinned = run(*install, "--require-hashes", "-r", ROOT / "requirements" / "runtime.txt", cwd=folder)
    if pinned.returncode and not IN_CI and any(sign in pinned.stderr for sign in UNREACHABLE):
        pytest.skip("the package index cannot be reached")
    assert pinned.returncode == 0, pinned.stdout + pinned.stderr
    succeed(*install, "--no-deps", wheel, cwd=folder)
    return programs


@pytest.fixture(scope="module")
def html(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of another project, built strictly."""
    folder = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(SITE, folder / "source")
    options = ("-b", "html", "-n", "-W", "--keep-going")
    succeed(environment / "sphinx-build", *options, "source", "html", cwd=folder)
    return folder / "html"


def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def test_wheel_holds_the_whole_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = ROOT / "ext" / "sphinx_versus"
    files = {path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert names == {path.relative_to(package.parent).as_posix() for path in files}


@pytest.mark.parametrize("part", ["py.typed", "static/", "templates/"])
def test_wheel_holds_what_is_not_python(wheel: Path, part: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert any(name.startswith(f"sphinx_versus/{part}") for name in archive.namelist())


def test_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = archive.read(metadata).decode().splitlines()
        assert any(name.endswith("/licenses/LICENSE") for name in archive.namelist())
    assert {"Name: sphinx-versus", "License-Expression: BSD-3-Clause", "Requires-Python: >=3.11"} <= {*lines}
    assert {"Classifier: Framework :: Sphinx :: Extension", "Classifier: Typing :: Typed"} <= {*lines}


def test_addresses_that_a_package_index_shows_are_written_by_one_command(distributions: Path, tmp_path: Path) -> None:
    (path,) = distributions.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        archive.extractall(tmp_path, filter="data")
    (project,) = tmp_path.iterdir()
    repository, site = "https://example.org/team/versus", "https://example.org/versus/"
    succeed(sys.executable, ROOT / "tools" / "public_address.py", repository, site, cwd=project)
    succeed(sys.executable, "-m", "build", "--no-isolation", "--wheel", cwd=project)
    (built,) = project.glob("dist/*.whl")
    with zipfile.ZipFile(built) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        fields, _blank, readme = archive.read(metadata).decode().partition("\n\n")
    assert "Project-URL: Documentation, https://example.org/versus/\n" in fields
    assert f"Project-URL: Issues, {repository}/issues" in fields
    targets = re.findall(r"(!?)\[[^\]]+\]\(([^)]+)\)", readme)
    pictures = [target for mark, target in targets if mark]
    assert len(pictures) == 2
    assert all(target.startswith(f"{repository}/raw/main/docs/pictures/") for target in pictures)
    assert all(target.startswith(f"{repository}/") for _mark, target in targets)


def test_source_distribution_holds_what_was_written_and_nothing_that_was_made(distributions: Path) -> None:
    (path,) = distributions.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "Makefile", "conf.py", "pyproject.toml", "tests/packaging/test_wheel.py"} <= names
    made = {"_build", "dist", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
    assert not [name for name in names if made & {*name.split("/")} or name.startswith(".venv")]


@pytest.mark.network
def test_dependencies_are_complete(environment: Path, tmp_path: Path) -> None:
    succeed(*UV, "pip", "check", "--python", environment / "python", cwd=tmp_path)


@pytest.mark.network
def test_command_works(environment: Path, tmp_path: Path) -> None:
    assert "Usage: versus" in succeed(environment / "versus", "--help", cwd=tmp_path)


@pytest.mark.network
@pytest.mark.parametrize("page", ["index.html", "in-restructuredtext.html"])
def test_table_is_on_pages_of_both_markups(html: Path, page: str) -> None:
    table = soup(html / page).select_one("table.vs-table")
    assert table is not None
    header, *rows = ([cell.get_text(" ", strip=True) for cell in row(["th", "td"])] for row in table("tr"))
    assert header[1:] == ["Alpha 1.0", "Beta 2.0"]
    (licence,) = (cells for cells in rows if "Licence" in cells[0])
    assert "MIT" in licence[1]
    assert "Apache-2.0" in licence[2]


@pytest.mark.network
@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("comparisons/alpha-vs-beta", "you want a grant of patents"),
        ("technologies/alpha", "The first of two."),
        ("comparisons/index", "Two frameworks that differ in their licence."),
        ("technologies/index", "Beta"),
        ("misconceptions", "It is as fast as Beta."),
        ("criteria", "The licence of the code."),
    ],
)
def test_records_have_pages(html: Path, page: str, words: str) -> None:
    body = soup(html / f"{page}.html").select_one("div.body")
    assert body is not None
    assert words in body.get_text(" ")


@pytest.mark.network
def test_style_comes_along(html: Path) -> None:
    links = [link.get("href", "") for link in soup(html / "index.html")("link", rel="stylesheet")]
    styles = [str(link) for link in links if "versus" in str(link)]
    assert "_static/versus.css" in {style.partition("?")[0] for style in styles}
    assert all((html / style.partition("?")[0]).is_file() for style in styles)
