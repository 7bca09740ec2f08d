"""What comes later: files that pages missed, better images, another version of an extension; the output is that of a build from nothing."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Mapping

import pytest

from conftest import CATALOGUE, INDEX, Site
from outputs import assert_same_output, fresh_output, output_of

MISSED: Mapping[str, tuple[str, str, str]] = {
    "rst-include": (".. include:: later.txt", "later.txt", "Words."),
    "rst-csv": (".. csv-table::\n   :file: later.csv", "later.csv", "a,b"),
    "rst-raw": (".. raw:: html\n   :file: later.htm", "later.htm", "<b>x</b>"),
    "rst-literal": (".. literalinclude:: later.py", "later.py", "x = 1"),
    "rst-image": (".. image:: later.png", "later.png", "x"),
    "rst-any-image": (".. image:: anyone.*", "anyone.png", "x"),
    "rst-download": (":download:`later.zip`", "later.zip", "x"),
    "md-include": ("```{include} later.txt2\n```", "later.txt2", "Words."),
    "md-csv": ("```{csv-table}\n:file: later2.csv\n```", "later2.csv", "a,b"),
    "md-literal": ("```{literalinclude} later2.py\n```", "later2.py", "x = 1"),
    "rst-better-image": (".. image:: pic.*", "pic.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "rst-image-of-the-language": (".. image:: lang.png", "lang.de.png", "y"),
}
"""By page its text, a file that comes later, and what is in it."""
THERE = {"docs/pic.png": "x", "docs/lang.png": "x"}


def page(name: str, text: str) -> dict[str, str]:
    """A page with a text, in the markup that its name begins with."""
    if name.startswith("md"):
        return {f"docs/{name}.md": f"---\norphan: true\n---\n# Page\n\n{text}\n"}
    return {f"docs/{name}.rst": f":orphan:\n\nPage\n====\n\n{text}\n"}


@pytest.mark.filterwarnings("ignore:.*BuildEnvironment.app")  # of MyST's include
def test_pages_follow_what_they_missed(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX, **THERE})
    for name, (text, _path, _content) in MISSED.items():
        site.write(page(name, text))
    site.build(language="de")
    site.write({f"docs/{path}": content for _text, path, content in MISSED.values()}).build(language="de")
    assert set(site.read) == set(MISSED)
    ours = output_of(site)
    ours.pop("_images/pic.png")  # one of the files that Sphinx may copy, and no page shows it any more
    assert_same_output(ours, fresh_output(site, language="de"))
    site.build(language="de")
    assert site.read == []


EXTENSIONS: Mapping[str, Mapping[str, str]] = {
    "a package": {"own/__init__.py": "from .inner import setup", "own/inner.py": "{}"},
    "what is loaded late": {"own/__init__.py": "def setup(app):\n    app.connect('source-read', late)\ndef late(*args):\n    from .inner import setup\n    setup(args[0], args)\n", "own/inner.py": "{}"},
    "a module of a package": {"group/own.py": "from .inner import setup", "group/inner.py": "{}"},
    "a module beside another": {"own.py": "from inner import setup", "inner.py": "{}"},
}  # fmt: skip
SETUP = """
    def change(app, docname, source):
        source[0] += "\\n\\nVERSION\\n"

    def setup(app, event=None):
        change(*event) if event else app.connect("source-read", change)
    """


@pytest.mark.parametrize("form", EXTENSIONS)
def test_all_modules_of_an_own_extension_count(site: Site, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    files = EXTENSIONS[form]
    name = "group.own" if "group/own.py" in files else "own"
    inner = next(path for path, text in files.items() if text == "{}")
    config = Site.CONF.replace('"sphinx_versus"', f'"sphinx_versus", "{name}"')
    conf = f"import sys\nsys.path.insert(0, {str(site.root / 'extensions')!r})\n{config}"

    def write(version: str) -> None:
        code = textwrap.dedent(SETUP).replace("VERSION", version)
        site.write({f"extensions/{path}": text.format(code) if text == "{}" else text for path, text in files.items()})
        for module in [one for one in sys.modules if one.partition(".")[0] in {"own", "group", "inner"}]:
            del sys.modules[module]

    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(sys, "path", [*sys.path])
    site.write({"conf.py": conf, **CATALOGUE, **INDEX})
    write("One.")
    assert "One." in site.build().output("index.html")
    write("Two.")
    assert "Two." in site.build().output("index.html"), inner
    site.build()
    assert site.read == []


def test_pages_of_modules_follow_what_surrounds_them(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(site.root)])
    conf = Site.CONF.replace('"sphinx_versus"', '"sphinx_versus", "sphinx.ext.autodoc", "sphinx.ext.viewcode"')
    api = ":orphan:\n\nAPI\n===\n\n.. automodule:: shown_module\n   :members:\n"
    module = 'def shown():\n    """Words."""\n'
    site.write({"conf.py": conf, **CATALOGUE, **INDEX, "docs/api.rst": api, "shown_module.py": module}).build()
    assert site.warnings == ""
    site.build(html_theme="alabaster")
    assert "alabaster" in site.output("_modules/shown_module.html")
    site.remove("docs/api.rst").build(html_theme="alabaster")
    assert not (site.root / "_build/html/_modules").exists()
