"""The files of a build, and what a build from nothing would make of the same sources."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

from conftest import Site


def output_of(site: Site, builder: str = "html") -> dict[str, bytes]:
    """Every file of the output by name."""
    folder = site.root / "_build" / builder
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".buildinfo")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def fresh_output(site: Site, builder: str = "html", **overrides: object) -> dict[str, bytes]:
    """The output of a build from nothing of the same sources, somewhere else."""
    twin = Site.__new__(Site)
    twin.root = site.root.parent / "fresh"
    shutil.rmtree(twin.root, ignore_errors=True)
    shutil.copytree(site.root, twin.root, ignore=shutil.ignore_patterns("_build"))
    return output_of(twin.build(builder, **overrides), builder)


def assert_same_output(ours: Mapping[str, bytes], fresh: Mapping[str, bytes]) -> None:
    """The same files, and the same bytes in each."""
    assert set(ours) == set(fresh)
    assert [name for name in sorted(fresh) if fresh[name] != ours[name]] == []
