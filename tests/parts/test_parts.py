"""A site that is built in parts has the bytes of the single build."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from outputs import assert_same_output, output_of
from parted import SITE, SMALL, Parts
from sphinx_versus.parts.archive import about


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> tuple[Parts, dict[str, bytes]]:
    site = Parts(tmp_path_factory.mktemp("parts"))
    site.write(SITE).build()
    assert site.warnings == ""
    output = output_of(site)
    site.step("base", "-W")
    return site, output


SIXTHS = ["4/6", "2/6", "6/6", "1/6", "3/6", "5/6"]


@pytest.mark.parametrize("order", [["1/1"], ["2/2", "1/2"], ["2/3", "3/3", "1/3"], SIXTHS])
def test_a_site_in_parts_is_that_of_the_single_build(single: tuple[Parts, dict[str, bytes]], order: list[str]) -> None:
    site, output = single
    assert_same_output(site.in_parts(*order), output)


def test_a_single_build_loads_nothing_of_parts(tmp_path: Path) -> None:
    site = Parts(tmp_path).write(SMALL)
    code = "import sys; from sphinx.cmd.build import main; status = main(sys.argv[1:]); print(status, *sorted(sys.modules))"
    words = [sys.executable, "-c", code, "-q", "-c", ".", "docs", "_build/html"]
    done = subprocess.run(words, cwd=site.root, capture_output=True, text=True, check=True)
    status, *modules = done.stdout.split()
    assert status == "0"
    assert [name for name in modules if name.startswith(("sphinx_versus.parts", "distributed", "dask"))] == []
    assert "sphinx_versus.components.table" in modules


# -- what is refused, and what stays whole


@pytest.fixture
def small(tmp_path: Path) -> Parts:
    return Parts(tmp_path).write(SMALL)


@pytest.fixture(scope="module")
def small_built(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The base and the only part of the small site; tests leave both as they are."""
    site = Parts(tmp_path_factory.mktemp("small")).write(SMALL)
    site.step("base")
    site.step("1/1")
    return site


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "conf.py",
            "navigation = 0",
            "navigation = 500",
            "each page shows the tree of the whole site; set versus_full",
        ),
        (
            "conf.py",
            "navigation = 0",
            "navigation = 0\nnumfig = True",
            "figures and tables are numbered through; remove",
        ),
        ("docs/index.md", "{toctree}", "{toctree}\n:numbered:", 'the list of contents of "index" is numbered; remove'),
        (
            "conf.py",
            "navigation = 0",
            'navigation = 0\nversus_pages = {"technology": ""}',
            'there are no pages of each technology; set the docname of "technology" in versus_pages',
        ),
    ],
)
def test_what_all_pages_show_together_is_not_built_in_parts(
    small: Parts, file: str, old: str, new: str, message: str
) -> None:
    printed = small.edit(file, old, new).step("base", status=1)
    assert f"conf.py:1:1: ERROR: [not-in-parts] {message}" in printed
    assert not (small.root / "parts").exists()


def test_a_page_that_is_not_utf_8_ends_a_step_in_a_line(small: Parts) -> None:
    (small.root / "docs/latin.md").write_bytes("# Prüfung\n".encode("latin-1"))
    printed = small.step("base", status=1)
    assert "Error: a page is no text in UTF-8: 'utf-8' codec can't decode byte 0xfc in position 4" in printed
    assert "Traceback" not in printed


def test_other_formats_are_not_built_in_parts(small: Parts) -> None:
    printed = small.step("base", "-b", "epub", status=1)
    assert '[not-in-parts] the builder "epub" makes no site of parts; expected one of: html, dirhtml' in printed


def test_a_site_without_versus_is_not_built_in_parts(small: Parts) -> None:
    printed = small.edit("conf.py", ', "sphinx_versus"', "").step("base", status=1)
    assert "[not-in-parts] the extension sphinx_versus is not loaded" in printed


def test_a_list_of_contents_is_on_a_page_of_the_base(small: Parts) -> None:
    template = "# {{ title }}\n\n```{toctree}\nother\n```\n"
    small.write({"templates/versus/technology.md.jinja": template, "docs/other.md": "# Other\n"})
    small.edit("conf.py", "navigation = 0", 'navigation = 0\ntemplates_path = ["templates"]').step("base")
    assert '[not-in-parts] the page "technologies/alpha" has a list of contents' in small.step("1/1", status=1)


def test_a_heading_on_a_page_of_another_part_is_not_known(small: Parts) -> None:
    link = "a [heading](project:/technologies/beta.md#facts)"
    small.edit("data/technologies/alpha.yaml", "a framework with everything", link)
    small.edit("conf.py", "navigation = 0", "navigation = 0\nmyst_heading_anchors = 3").step("base")
    printed = small.step("2/3", status=1)
    assert '[not-in-parts] pages of this part show headings of "technologies/beta", of another part; link' in printed


def test_an_answer_that_was_wrong_is_found_and_no_site_is_changed(small: Parts) -> None:
    """The template of the site titles a page by more than the record, which no part can know of another one."""
    template = (
        "# {{ title }} {% if technologies[0] == 'alpha' %}of {{ range(3)|random }}{{ range(9999)|random }}{% endif %}\n"
    )
    small.write(
        {
            "templates/versus/technology.md.jinja": template,
            "_build/html/index.html": "before",
            "_build/html/.buildinfo": "",
        }
    )
    small.edit("conf.py", "navigation = 0", 'navigation = 0\ntemplates_path = ["templates"]')
    for step in ("base", "1/3", "2/3", "3/3"):
        small.step(step)
    printed = small.step("join", status=1)
    assert "data/technologies/alpha.yaml:1:1: ERROR: [parts-differ] the part " in printed
    assert 'was wrong about the title "Alpha of ' in printed
    assert small.output("index.html") == "before"
    assert [path.name for path in (small.root / "_build").iterdir()] == ["html"]


def test_steps_of_different_states_do_not_fit(small_built: Parts, tmp_path: Path) -> None:
    site = Parts.__new__(Parts)
    site.root = shutil.copytree(small_built.root, tmp_path / "site")
    printed = site.step("join", status=1)
    assert (
        "[parts-differ] the folder of the pages changed since the base was built; build all steps from the same"
        in printed
    )
    small = small_built
    record = (small.root / "data/technologies/alpha.yaml").read_bytes()
    small.edit("data/technologies/alpha.yaml", "MIT", "BSD")
    try:
        assert "[parts-differ] the records changed since the base was built" in small.step("1/1", status=1)
    finally:
        small.write({"data/technologies/alpha.yaml": record})
    assert "[parts-differ] the configuration changed since" in small.step("join", "-D", "html_title=x", status=1)
    assert "[parts-differ] the configuration changed since" in small.step(
        "join", "-D", "myst_heading_anchors=2", status=1
    )


def test_archives_are_whole_complete_and_of_one_base(small_built: Parts) -> None:
    folder = small_built.root / "parts"
    kept = {path: path.read_bytes() for path in folder.iterdir()}
    base, part = folder / "base.tar.gz", folder / "1-of-1.tar.gz"
    try:
        part.rename(folder / "2-of-3.tar.gz")
        assert "lacks parts: 1, 3 of 3" in small_built.step("join", status=1)
        (folder / "1-of-2.tar.gz").write_bytes(kept[part])
        assert "has parts of 2 and 3; remove those that are not wanted" in small_built.step("join", status=1)
        for path in folder.glob("*-of-*"):
            path.unlink()
        assert "lacks parts" in small_built.step("join", status=1)
        whole = kept[part]
        damaged = bytearray(whole)
        damaged[len(whole) * 7 // 10] ^= 1
        for content in (whole[:-200], whole[:-4], bytes(damaged), b"else", kept[base]):
            part.write_bytes(content)
            message = small_built.step("join", status=1)
            assert "1-of-1.tar.gz: not the whole archive of this step; build it again" in message
        part.unlink()
        os.mkfifo(part)
        assert "1-of-1.tar.gz: not the whole archive of this step" in small_built.step("join", status=1)
        part.unlink()
        base.write_bytes(whole)
        assert "base.tar.gz: not the whole archive of this step" in small_built.step("join", status=1)
        base.write_bytes(kept[base])
        part.write_bytes(kept[part])
        base.unlink()
        assert "there is no" in small_built.step("1/1", status=1)
        small_built.step("base", "-D", "html_title=Other")
        assert "was built from another base; build it again" in small_built.step("join", status=1)
    finally:
        for path, content in kept.items():
            path.write_bytes(content)


def test_each_message_is_printed_once_and_by_the_step_that_can_know(small: Parts) -> None:
    small.edit("data/technologies/gamma.yaml", "licence: {value: Apache-2.0}", "licenze: {value: Apache-2.0}")
    small.write({"docs/stray.md": "# Stray\n\n{technology}`no-such`\n"})
    base, part, join = (small.step(step) for step in ("base", "1/1", "join"))
    assert "unknown-criterion" in base
    assert "unknown-technology" in base
    assert "any toctree" not in base
    assert "WARNING" not in part
    assert join.count("WARNING") == 1
    assert "stray.md: WARNING: document isn't included in any toctree" in join
    (small.root / "_build/html/index.html").write_text("before")
    assert "nothing was written" in small.step("join", "-W", status=1)
    assert small.output("index.html") == "before"
    (small.root / "parts/base.tar.gz").unlink()
    assert "nothing was written" in small.step("base", "-W", status=1)
    assert [path.name for path in (small.root / "parts").iterdir()] == ["1-of-1.tar.gz"]


def test_a_site_that_was_on_its_way_is_put_back(small_built: Parts) -> None:
    """A run that is killed between the two renames leaves the old site beside its place."""
    before = small_built.root / "_build/.html-before"
    before.mkdir(parents=True)
    (before / "old.html").write_text("old")
    (before / ".buildinfo").write_text("")
    small_built.write({"_build/.html-next/html/half.html": "half"})
    small_built.step("join", "-D", "html_title=Other", status=1)
    assert small_built.output("old.html") == "old"
    small_built.step("join")
    assert not (small_built.root / "_build/html/old.html").exists()
    assert [path.name for path in (small_built.root / "_build").iterdir()] == ["html"]


def test_folders_as_pages(small: Parts) -> None:
    output = output_of(small.build("dirhtml"), "dirhtml")
    for step in ("base", "1/1", "join"):
        small.step(step, "-b", "dirhtml")
    assert_same_output(output_of(small), output)


def test_a_site_takes_the_place_of_a_site_only(small_built: Parts) -> None:
    output = small_built.root / "_build/html"
    shutil.rmtree(output, ignore_errors=True)
    small_built.write({"_build/html/notes.txt": "mine"})
    assert "_build/html is not empty and no site of Sphinx; name another folder" in small_built.step("join", status=1)
    small_built.write({"_build/html/.buildinfo": "", "_build/html/.git/HEAD": "main"})
    assert "_build/html holds a repository and would be replaced" in small_built.step("join", status=1)
    assert (output / "notes.txt").read_text() == "mine"
    assert "would be replaced; name another folder" in small_built.step(
        "join", "--output", str(small_built.root), status=1
    )
    shutil.rmtree(output)


def test_what_is_no_step_is_refused(small: Parts) -> None:
    assert '"3/2" is no step; expected "base", a part such as "2/3", or "join"' in small.step("3/2", status=2)


# -- the workflow of the guide

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "build-in-parts.md"


def test_the_workflow_of_the_guide_makes_the_site(small: Parts) -> None:
    """Each job starts with nothing but the sources, and gets and leaves what its steps say."""
    output = output_of(small.build())
    [workflow] = re.findall(r"^name: Site\n.*?^```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    jobs, artifacts = yaml.safe_load(workflow.removesuffix("```"))["jobs"], dict[str, dict[str, bytes]]()
    for job in jobs.values():
        assert not job.get("needs") or job["needs"] in jobs
        for part in job.get("strategy", {}).get("matrix", {}).get("part", [0]):
            shutil.rmtree(small.root / "parts", ignore_errors=True)
            for step in yaml.safe_load(yaml.safe_dump(job["steps"]).replace("${{ matrix.part }}", str(part))):
                run_step(small, step, artifacts)
    assert_same_output(output_of(small), output)


def run_step(site: Parts, step: Mapping[str, Any], artifacts: dict[str, dict[str, bytes]]) -> None:
    options = step.get("with", {})
    if step.get("run", "").startswith("versus part "):
        site.step(*step["run"].split()[2:])
    elif "download-artifact" in step.get("uses", ""):
        for name in [options["name"]] if "name" in options else artifacts:
            site.write({f"parts/{file}": content for file, content in artifacts[name].items()})
    elif "upload-artifact" in step.get("uses", "") and options["name"] != "site":
        path = site.root / "parts" / Path(options["path"]).name
        artifacts[options["name"]] = {path.name: path.read_bytes()}


# -- parts that are kept


def test_parts_are_built_again_when_something_that_they_show_changed(small: Parts) -> None:
    small.write({"docs/other.md": "# Other\n"}).edit("docs/index.md", "criteria\n", "criteria\nother\n")

    def built_after(*edit: str) -> set[str]:
        """The parts that an edit changes; the site is that of the single build afterwards."""
        small.edit(*edit).step("base")
        folder = small.root / "parts"
        kept = {n for n in "123" if about(folder / f"{n}-of-3.tar.gz")["base"] == about(folder / "base.tar.gz")["id"]}
        printed = "".join(small.step(part) for part in ("1/3", "2/3", "3/3"))
        assert {*re.findall(r"unchanged: \S+/(\d)-of-3", printed)} == kept
        small.step("join")
        joined = output_of(small)
        shutil.rmtree(small.root / "_build/html")
        assert_same_output(joined, output_of(small.build()))
        return {*re.findall(r"wrote \S+/(\d)-of-3", printed)}

    for part in ("base", "1/3", "2/3", "3/3"):
        small.step(part)
    small.edit("docs/other.md", "# Other\n", "# Other\n\nText.\n")  # of which no part shows anything
    assert built_after("data/technologies/gamma.yaml", "Apache-2.0", "BSD") == {"2"}
    assert built_after("data/technologies/beta.yaml", "Beta is a small", "A small") == {"1", "3"}
    assert built_after("docs/other.md", "Text", "Words") == set()
    for edit in (("docs/other.md", "# Other\n", "# Another\n"), ("conf.py", 'version = "1"', 'version = "2"')):
        small.edit(*edit).step("base")
        assert "wrote" in small.step("1/3")
    assert "unchanged" in small.step("1/3")


def test_a_part_with_a_warning_is_built_in_each_run(small: Parts) -> None:
    small.edit("data/technologies/alpha.yaml", "a framework with everything", "of {ref}`no-label`").step("base")
    assert all("undefined label" in small.step("1/1") for _ in range(2))
    small.step("1/1", "-W", status=1)


def test_half_a_part_is_built_again(small: Parts) -> None:
    small.step("base")
    small.step("1/1")
    path = small.root / "parts/1-of-1.tar.gz"
    path.write_bytes(path.read_bytes()[:3000])
    assert "wrote" in small.step("1/1")
    assert "unchanged: " in small.step("1/1")


@pytest.mark.usefixtures("pagefind")
def test_the_join_makes_the_index_of_pagefind(small: Parts) -> None:
    small.edit("conf.py", 'version = "1"', 'version = "1"\nversus_search = "pagefind"').build()
    whole = output_of(small)
    assert "_pagefind/pagefind.js" in whole
    small.step("base", "-W")
    assert_same_output(small.in_parts("2/2", "1/2"), whole)
