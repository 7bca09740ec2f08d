"""What a build keeps for the next one may be damaged or another's: it is replaced, and nothing outside the output is touched."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import pytest

from conftest import CATALOGUE, INDEX, Site
from edits import files_of
from sphinx_versus.site.output_files import inside

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
    ("html/.versus-redirects", NOT_TEXT),
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
    with (folder / "html/.versus-redirects").open("a", encoding="utf-8") as file:
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
