"""What is kept from run to run changes nothing but the time that a run takes."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from conftest import CATALOGUE, write_files
from sphinx_versus.catalogue import snapshot as snapshot_module
from sphinx_versus.catalogue.files import RecordFile
from sphinx_versus.catalogue.loader import Parsed, load, parse
from sphinx_versus.catalogue.snapshot import RECORDS, Snapshot, edition, keep, read_kept


class Folder:
    """A data folder, and the folder where things are kept."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data, self.store = root / "data", root / "store"
        self.parsed: list[str] = []

    def snapshot(self, *, fresh: bool = False) -> Snapshot:
        """Look at the data as a build does: the problems are wanted always, and what files hold is kept."""
        self.parsed.clear()
        found = Snapshot(self.data, self.store, fresh=fresh)
        assert isinstance(found.problems, list)
        return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The small catalogue; what is parsed is noted by the name of the file."""
    write_files(tmp_path, CATALOGUE)
    folder = Folder(tmp_path)

    def noting(file: RecordFile, content: bytes | str) -> Parsed:
        folder.parsed.append(Path(file.path).name)
        return parse(file, content)

    monkeypatch.setattr(snapshot_module, "parse", noting)
    return folder


def told(value: Any) -> Any:
    """Everything that there is in a value, places included, which take no part in comparisons."""
    if isinstance(value, BaseModel):
        return [type(value).__name__, told(dict(value))]
    if dataclasses.is_dataclass(value):
        return [type(value).__name__, *(told(getattr(value, field.name)) for field in dataclasses.fields(value))]
    if isinstance(value, Mapping):
        return [(told(key), told(entry)) for key, entry in value.items()]
    return [told(entry) for entry in value] if isinstance(value, tuple | list) else value


def assert_as_loaded(folder: Folder, found: Snapshot) -> None:
    catalogue, problems = load(folder.data)
    assert told(found.problems) == told(problems)
    assert told(found.catalogue) == told(catalogue)


ALL = ["criteria.yaml", "sources.yaml", "alpha.yaml", "beta.yaml", "gamma.yaml", "alpha-vs-beta.yaml"]


def test_nothing_is_parsed_twice(folder: Folder) -> None:
    assert_as_loaded(folder, folder.snapshot())
    assert folder.parsed == ALL
    again = folder.snapshot()
    assert_as_loaded(folder, again)
    assert folder.parsed == []


def test_one_edit_parses_one_file(folder: Folder) -> None:
    before = folder.snapshot()
    path = folder.data / "technologies" / "beta.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("name: Beta", "name: Bette"), encoding="utf-8")
    after = folder.snapshot()
    assert_as_loaded(folder, after)
    assert folder.parsed == ["beta.yaml"]
    assert after.catalogue.titles == {"alpha-vs-beta": "Alpha vs Bette"}
    assert after.digest != before.digest


def test_a_new_time_alone_is_no_change(folder: Folder) -> None:
    before = folder.snapshot()
    for path in folder.data.rglob("*.yaml"):
        path.write_bytes(path.read_bytes())
    assert folder.snapshot().digest == before.digest
    assert folder.parsed == []


def test_a_fresh_run_parses_everything(folder: Folder) -> None:
    folder.snapshot()
    folder.snapshot(fresh=True)
    assert folder.parsed == ALL


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "gone", "edition", "other pickle", "folder"])
def test_a_damaged_store_is_made_anew(folder: Folder, damage: str) -> None:
    folder.snapshot()
    path = folder.store / RECORDS
    content = path.read_bytes()
    middle = len(content) // 2
    flipped = bytes([content[middle] ^ 1])
    path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage == "other pickle":
        path.write_bytes(b"\x80\x05K\x01.")
    elif damage != "gone":
        damaged = {
            "cut": content[:middle],
            "flipped": content[:middle] + flipped + content[middle + 1 :],
            "edition": b"\0" + content[1:],
            "empty": b"",
        }
        path.write_bytes(damaged[damage])
    assert_as_loaded(folder, folder.snapshot())
    if damage != "folder":
        assert path.read_bytes() == content or folder.parsed == []


def test_a_store_of_another_edition_is_not_trusted(tmp_path: Path) -> None:
    keep(tmp_path / "x", edition(), "kept")
    assert read_kept(tmp_path / "x", edition()) == "kept"
    assert read_kept(tmp_path / "x", bytes(32)) is None
    assert [path.name for path in tmp_path.iterdir()] == ["x"], "nothing else is left behind"


def test_a_file_that_changes_meanwhile(folder: Folder) -> None:
    """What is kept goes by what was really read, and the next run sees the change."""
    found = Snapshot(folder.data, folder.store)
    path = folder.data / "technologies" / "beta.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("name: Beta", "name: Bette"), encoding="utf-8")
    assert found.catalogue.technologies["beta"].name == "Bette"
    assert found.digest == ""
    path.write_text(before, encoding="utf-8")
    assert_as_loaded(folder, folder.snapshot())


def test_a_folder_that_is_not_there(folder: Folder) -> None:
    shutil.rmtree(folder.data)
    missing = folder.snapshot()
    assert [problem.code.value for problem in missing.problems] == ["no-catalogue"]
    folder.data.mkdir()
    assert folder.snapshot().problems == []


# -- any edits -------------------------------------------------------------------------------------------------------------

NAMES = [name.removeprefix("data/") for name in CATALOGUE]
REPLACED = [
    ("Alpha", "Omega"),
    ("beta", "gamma"),
    ("orm", "licence"),
    ("yes", "perhaps"),
    ("partial", "no"),
    ("alpha-home", "nowhere"),
    ("web-framework", "database"),
    ("It is", "<b>It</b> is {fact}`alpha/none` and"),
    ("summary:", "sumary:"),
    ("facts:", "# a remark\nfacts:"),
    ("{", "["),
    ("\n", "\r\n"),
]
EDITS = st.one_of(
    st.tuples(st.just("replace"), st.sampled_from(NAMES), st.sampled_from(REPLACED)),
    st.tuples(st.just("restore"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("empty"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(["delta", "Beta", "index"])),
    st.tuples(st.just("copy"), st.sampled_from(NAMES), st.sampled_from(["delta", "gamma-vs-beta"])),
    st.tuples(st.just("misplace"), st.sampled_from(NAMES), st.sampled_from(["x/y.yaml", "a.yml", ".hidden.yaml"])),
)


def edit(data: Path, kind: str, name: str, how: Any) -> None:
    path = data / name
    if kind == "restore":
        write_files(data.parent, {f"data/{name}": CATALOGUE[f"data/{name}"]})
    elif not path.exists():
        return
    elif kind == "replace":
        path.write_text(path.read_text(encoding="utf-8").replace(*how), encoding="utf-8", newline="")
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "delete":
        path.unlink()
    elif kind == "rename":
        path.rename(path.with_stem(how))
    else:
        target = path.with_stem(how) if kind == "copy" else path.parent / how
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)


@settings(max_examples=20)
@given(st.lists(EDITS, min_size=1, max_size=6))
def test_after_any_edits_it_is_as_if_loaded_from_nothing(edits: list[tuple[str, str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(write_files(Path(name), CATALOGUE))
        folder.snapshot()
        for one in edits:
            edit(folder.data, *one)
            assert_as_loaded(folder, folder.snapshot())
            assert_as_loaded(folder, folder.snapshot())
