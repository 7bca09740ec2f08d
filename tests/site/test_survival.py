"""What a build keeps for the next one may be damaged or another's: it is replaced, and nothing outside the output is touched."""

from __future__ import annotations

import builtins
import errno
import io
import json
import os
import pickle
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sphinx.errors import ExtensionError

from conftest import CATALOGUE, INDEX, Site
from edits import differences, files_of
from sphinx_versus.environment.output_files import inside

PAGE = "comparisons/alpha-vs-beta"
FOREIGN = pickle.dumps({"a": 1})
NOT_TEXT = b"\xff\xfe\x00\x80" * 40
OTHER_FORM = json.dumps([[1], {"files": 2}, None]).encode()
OTHER_VALUES = json.dumps({"reading": 1, "surroundings": [], "files": {"a": ["b"]}}).encode()
NO_SIGNATURES = json.dumps({"reading": "", "surroundings": "", "files": {"a": [], "\ud800": None}}).encode()
CUT_OFF = None
DAMAGES = [
    ("html.doctrees/environment.pickle", CUT_OFF),
    ("html.doctrees/environment.pickle", FOREIGN),
    ("html.doctrees/index.doctree", CUT_OFF),
    (f"html.doctrees/{PAGE}.doctree", FOREIGN),
    ("html.doctrees/versus-records.pickle", FOREIGN),
    ("html.doctrees/versus-records.pickle", NOT_TEXT),
    ("html.doctrees/versus-output-*.json", OTHER_VALUES),
    ("html.doctrees/versus-output-*.json", b"[" * 100_000),
    ("html.doctrees/versus-output-*.json", NO_SIGNATURES),
    ("html.doctrees/versus-output-*.json", OTHER_FORM),
    ("html/.versus-files", NOT_TEXT),
    ("html/.buildinfo", NOT_TEXT),
    ("html/searchindex.js", CUT_OFF),
    ("html/searchindex.js", b"Search.setIndex({})"),
    ("html/comparisons/beta-vs-alpha.html", b""),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that was built, and what a good build leaves, in another folder."""
    site = Site(tmp_path_factory.mktemp("survival"))
    site.write({**CATALOGUE, **INDEX}).build()
    assert site.warnings == ""
    shutil.copytree(site.root / "_build", site.root / "_whole")
    return site


def whole(site: Site) -> dict[str, bytes]:
    """Put back what the good build left; its output by name."""
    shutil.rmtree(site.root / "_build")
    shutil.copytree(site.root / "_whole", site.root / "_build")
    return files_of(site.root, "html")


@pytest.mark.parametrize(("name", "content"), DAMAGES)
def test_a_damaged_file_is_replaced(built: Site, name: str, content: bytes | None) -> None:
    expected, folder = whole(built), built.root / "_build"
    path = next(folder.glob(name), folder / name)
    path.write_bytes(path.read_bytes()[:1000] if content is None else content)
    for page in ("index", PAGE):  # they are written again, so that all that is kept of them is needed
        (folder / "html" / f"{page}.html").unlink()
    built.build()
    assert built.warnings == ""
    assert files_of(built.root, "html") == expected


def test_all_files_at_once(built: Site) -> None:
    expected = whole(built)
    for path in (built.root / "_build").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\xff\x00")
    assert files_of(built.build().root, "html") == expected


def test_nothing_outside_the_output_is_removed(built: Site) -> None:
    expected, folder = whole(built), built.root / "_build"
    kept = [built.root / "kept.html", built.root / "elsewhere" / "kept.html"]
    for path in kept:
        path.parent.mkdir(exist_ok=True)
        shutil.copy(folder / "html/comparisons/beta-vs-alpha.html", path)
    (folder / "html/link").symlink_to(built.root / "elsewhere")
    names = ["../../kept.html", str(kept[0]), "link/kept.html", "..", ".", "", "a/..", "a\0b", "_static/versus.css"]
    with (folder / "html/.versus-files").open("a", encoding="utf-8") as file:
        file.writelines(f"0123456789abcdef {name}\n" for name in names)
    state = next((folder / "html.doctrees").glob("versus-output-*.json"))
    known = json.loads(state.read_text(encoding="utf-8"))
    known["files"] |= dict.fromkeys(names[:-1])
    state.write_text(json.dumps(known), encoding="utf-8")
    built.build()
    assert built.warnings == ""
    assert all(path.is_file() for path in kept)
    (folder / "html/link").unlink()
    assert files_of(built.root, "html") == expected


def test_a_redirect_leads_out_of_no_folder(site: Site) -> None:
    old = {"../../evil": "alpha-vs-beta", "..": "alpha-vs-beta", "/tmp/evil": "alpha-vs-beta", "a/b": "alpha-vs-beta"}
    site.write({**CATALOGUE, **INDEX, "data/published.yaml": f"redirects: {{comparisons: {json.dumps(old)}}}\n"})
    site.build()
    assert {path.name for path in site.root.iterdir()} == {"conf.py", "data", "docs", "_build"}
    assert not [path for path in site.root.rglob("*") if path.stem == "evil"]


def test_names_within_a_folder(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("/")
    assert inside(tmp_path, "a/b.html") == tmp_path / "a" / "b.html"
    assert inside(tmp_path, "a/../b.html") is not None
    for name in ("../b", "/etc/passwd", "..", ".", "", "a/..", "out/etc/passwd", "a\0/b"):
        assert inside(tmp_path, name) is None, name


# -- what is no file, in the places of what is kept


def fifo(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir(parents=True)


def link_to_nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def read_only(path: Path) -> None:
    path.write_bytes(NOT_TEXT)
    path.chmod(0o400)


THINGS = {"pipe": fifo, "folder": folder, "broken link": link_to_nowhere, "read-only": read_only}
STATE = [
    "html.doctrees/environment.pickle",
    f"html.doctrees/{PAGE}.doctree",
    "html.doctrees/versus-records.pickle",
    "html.doctrees/versus-output-*.json",
]
OUTPUT = [
    "html/.versus-files",
    "html/.buildinfo",
    "html/searchindex.js",
    "html/objects.inv",
    f"html/{PAGE}.html",
    "html/comparisons/beta-vs-alpha.html",
    "html/_static/versus-pairs.js",
    "html/_static/versus.css",
]


@pytest.mark.parametrize("thing", THINGS)
def test_what_is_no_file_is_replaced(built: Site, thing: str) -> None:
    """All of them at once: a build that waits for one of them never ends."""
    expected, build = whole(built), built.root / "_build"
    for name in STATE + OUTPUT * (thing != "folder"):
        path = next(build.glob(name), build / name)
        path.unlink(missing_ok=True)
        THINGS[thing](path)
    built.build()
    assert built.warnings == ""
    assert files_of(built.root, "html") == expected


@pytest.mark.parametrize("name", STATE + OUTPUT)
def test_a_link_out_of_the_output_is_not_followed(built: Site, name: str) -> None:
    expected, build, kept = whole(built), built.root / "_build", built.root / "kept.txt"
    kept.write_text("kept", encoding="utf-8")
    path = next(build.glob(name), build / name)
    path.unlink(missing_ok=True)
    path.symlink_to(kept)
    built.build()
    assert kept.read_text(encoding="utf-8") == "kept"
    assert files_of(built.root, "html") == expected


def test_what_others_keep_beside_the_environment_stays(built: Site) -> None:
    """Any folder may be given for the environment, even the one of the site."""
    expected, trees = whole(built), built.root / "_build/html.doctrees"
    kept = [trees / "model.pickle/weights", trees / "own.doctree/weights"]
    for path in kept:
        path.parent.mkdir()
        path.write_bytes(b"w")
    (trees / "project").symlink_to(built.root / "data")
    os.mkfifo(trees / "pipe")
    built.build()
    assert [path.read_bytes() for path in kept] == [b"w", b"w"]
    assert (trees / "project").is_symlink()
    assert (trees / "pipe").exists()
    assert files_of(built.root, "html") == expected


def test_a_folder_of_trees_that_is_a_link(built: Site) -> None:
    expected, build, kept = whole(built), built.root / "_build", built.root / "elsewhere"
    shutil.rmtree(kept, ignore_errors=True)
    (build / "html.doctrees/comparisons").rename(kept)
    (build / "html.doctrees/comparisons").symlink_to(kept)
    before = {path: path.read_bytes() for path in kept.iterdir()}
    built.build()
    assert {path: path.read_bytes() for path in kept.iterdir()} == before
    assert files_of(built.root, "html") == expected


# -- a full disk, a folder that may not be written


def fail_to_write(monkeypatch: pytest.MonkeyPatch, number: int, *, below: str) -> None:
    """Let nothing be written in a folder of the output, whoever opens the file."""
    real = io.open

    def deny(file: object, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if below in str(file) and set(mode) & set("wxa"):
            raise OSError(number, os.strerror(number), str(file))
        return real(file, mode, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(io, "open", deny)
    monkeypatch.setattr(builtins, "open", deny)


@pytest.mark.parametrize(
    ("below", "number"),
    [
        ("_build/html/", errno.ENOSPC),
        ("_build/html/comparisons/", errno.EACCES),
        ("/versus-output-", errno.ENOSPC),
        ("/_static/", errno.EROFS),
    ],
)
def test_a_full_disk_is_one_error(built: Site, monkeypatch: pytest.MonkeyPatch, below: str, number: int) -> None:
    whole(built)
    try:
        built.edit("data/technologies/alpha.yaml", "name: Alpha", "name: Full")
        fail_to_write(monkeypatch, number, below=below)
        with suppress(OSError):  # Sphinx lets an error at the copy of a source end the build
            built.build()
        monkeypatch.undo()
        errors = [line for line in built.warnings.splitlines() if ": ERROR: " in line]
        assert [f"[not-written] cannot be written: {os.strerror(number)}" in error for error in errors] == [True]
        assert built.app.statuscode == 1
        built.build()
        assert built.warnings == ""
        assert built.app.statuscode == 0
        assert "Full" in built.output(f"{PAGE}.html")
        assert differences(built) == []
    finally:
        monkeypatch.undo()
        built.edit("data/technologies/alpha.yaml", "name: Full", "name: Alpha")


def test_links_of_others_stay(small_site: Site) -> None:
    """Beside the environment, and behind a link in the output."""
    state, output, elsewhere = (small_site.root / name for name in ("_build/html.doctrees", "_build/html", "elsewhere"))
    small_site.build()
    (output / "comparisons").rename(elsewhere)
    (output / "comparisons").symlink_to(elsewhere)
    page = elsewhere / "alpha-vs-beta.html"
    page.unlink()
    page.symlink_to(small_site.root / "somewhere")
    (state / "versus-notes").symlink_to(small_site.root / "data")
    small_site.edit("data/technologies/alpha.yaml", "name: Alpha", "name: Alfa").build()
    assert page.is_symlink()
    assert (state / "versus-notes").is_symlink()


# -- a build that fails or is killed, and what others put into the output since

STOPPING = """
    import os, pathlib

    extensions = ["myst_parser", "sphinx_versus"]
    html_theme = "basic"
    project = "Test"
    version = "1"
    versus_pdf_folder = "pdfs"

    def stop(app, doctree, docname):
        if docname == "technologies/gamma" and pathlib.Path(app.confdir, "fails").exists():
            raise RuntimeError
        if docname == "technologies/gamma" and pathlib.Path(app.confdir, "is-killed").exists():
            os._exit(9)

    def setup(app):
        app.connect("doctree-resolved", stop)
    """
PDF = f"pdfs/{PAGE}.pdf"
FACT = ("data/technologies/gamma.yaml", "value: Apache-2.0", "value: GPL")
NAME = ("data/technologies/gamma.yaml", "name: Gamma", "name: Third")


@pytest.fixture
def stopped(small_site: Site) -> Callable[..., Site]:
    """Build a site, edit a technology, and stop the next build when it comes to its page."""
    small_site.write({"conf.py": STOPPING, PDF: "x"}).build()

    def build(how: str, edit: tuple[str, str, str], *removed: str) -> Site:
        small_site.write({how: ""}).edit(*edit)
        for name in removed:
            small_site.remove(name)
        if how == "fails":
            with pytest.raises(ExtensionError):
                small_site.build()
        elif (child := os.fork()) == 0:
            try:
                small_site.build()
            finally:
                os._exit(0)
        else:
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        return small_site.remove(how).remove(f"data/{PAGE}.yaml")

    return build


@pytest.mark.parametrize(("how", "edit"), [("fails", FACT), ("fails", NAME), ("is-killed", FACT)])
def test_what_others_put_there_after_a_build_that_did_not_end_stays(
    stopped: Callable[..., Site], how: str, edit: tuple[str, str, str]
) -> None:
    """Of the page, which the build did not write, or wrote before it failed."""
    site = stopped(how, edit).write({f"_build/html/{PAGE}.html": "by hand"}).build()
    assert site.output(f"{PAGE}.html") == "by hand"


@pytest.mark.parametrize("how", ["fails", "is-killed"])
@pytest.mark.parametrize(("edit", "removed"), [(NAME, []), (FACT, [PDF])])
def test_what_a_build_that_did_not_end_wrote_goes_with_its_page(
    stopped: Callable[..., Site], how: str, edit: tuple[str, str, str], removed: list[str]
) -> None:
    """The page is written with all others, or because its PDF is gone."""
    site = stopped(how, edit, *removed)
    site.write({PDF: "x"}).build()
    assert not (site.root / f"_build/html/{PAGE}.html").exists()
    assert differences(site) == []


def test_a_template_that_cannot_be_read_is_that_of_versus(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    small_site.write({"t/versus/comparison.md.jinja": "Mine.\n", "t/versus/components/table.html.jinja": "Mine.\n"})
    read, opened = Path.read_bytes, os.access

    def read_bytes(path: Path) -> bytes:
        if path.is_relative_to(small_site.root / "t"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "versus" and opened(path, mode))
    small_site.build(templates_path=["t"])
    assert "[unreadable-file] cannot be read; the templates of Versus are used" in small_site.warnings
    assert "Traceback" not in small_site.warnings
