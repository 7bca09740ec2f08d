"""Hostile texts through the path of prose, many on one page, without a build per text; and the smallest text of each fault."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives, roles
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import additional_nodes, docutils_namespace, patch_docutils, register_node

from conftest import CATALOGUE, INDEX, Site
from hostile import judge
from hostile.grammar import SECRET
from hostile.vocabulary import EXTENSIONS

MYST = (
    *("alert", "amsmath", "attrs_block", "attrs_image", "attrs_inline", "colon_fence", "deflist", "dollarmath"),
    *("fieldlist", "gfm_autolink", "html_admonition", "html_image", "linkify", "replacements", "section_ref"),
    *("smartquotes", "strikethrough", "substitution", "tasklist"),
)
"""All syntax that MyST knows; a test keeps the list complete."""
CONF = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
extensions = ["myst_parser", "sphinx_versus", "hostile.probe", *(f"sphinx.ext.{{name}}" for name in {EXTENSIONS!r})]
project = "Test"
html_theme = "basic"
exclude_patterns = ["_build", "secret.*", "**/secret.*"]
myst_enable_extensions = {list(MYST)!r}
myst_heading_anchors = 7
myst_substitutions = {{
    "owned": "<script>window.__owned=1</script>",
    "secret": "```{{include}} ../secret.txt\\n```",
    "html": "```{{raw}} html\\n<script>window.__owned=1</script>\\n```",
}}
extlinks = {{"wiki": ("https://canary.invalid/%s", "%s")}}
suppress_warnings = ["config.cache"]
"""
PAGE = "# Page\n\n```{hostile-texts}\n```\n"
FOLDERS = ("", "docs", "docs/technologies", "docs/comparisons", "data", "data/technologies", "docs/data")
NAMES = ("secret.txt", "secret.md", "secret.png", "secret.csv", "secret.py", "secret.typ")


def plant_secrets(root: Path) -> None:
    """Put files that no record may show at many places, one above the project too."""
    for folder in (root.parent, *(root / name for name in FOLDERS)):
        folder.mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            (folder / name).write_text(f"{SECRET}\n", encoding="utf-8")


class Finding(NamedTuple):
    """A text that broke a rule."""

    fault: str
    text: str

    @property
    def kind(self) -> str:
        """The fault without its details; of an address its scheme is left."""
        head, mark, rest = re.match(r"([^'\"]*)(['\"]?)(.*)", self.fault, re.DOTALL).groups()  # type: ignore[union-attr]
        return head + rest.partition(":")[0].lower() if mark and "address" in head else head


class Bench:
    """A site that is built once, and a page of it that is read and written again and again."""

    def __init__(self, root: Path, conf: str = CONF) -> None:
        self.root = root
        site = Site(root).write({**CATALOGUE, **INDEX, "docs/page.md": PAGE})
        (root / "conf.py").write_text(conf, encoding="utf-8")
        plant_secrets(root)
        with docutils_namespace(), patch_docutils(root):
            streams = {"status": io.StringIO(), "warning": io.StringIO()}
            folders = (root / "docs", root, root / "_build/html", root / "_build/doctrees")
            self.app = Sphinx(*map(str, folders), "html", **streams)
            self.app.build()
            self._names = dict(directives._directives), dict(roles._roles)
            self._nodes = set(additional_nodes)
        self.site = site
        self.warnings = ""

    def show(self, texts: Sequence[str], *, bare: bool = False) -> list[tuple[list[str], str]]:
        """What is wrong with the tree that each text became, and its HTML."""
        app = self.app
        app.config.hostile_texts, app.config.hostile_bare = list(texts), bare
        log = io.StringIO()
        logging.setup(app, io.StringIO(), log)
        with docutils_namespace(), patch_docutils(self.root):
            directives._directives.update(self._names[0])
            roles._roles.update(self._names[1])
            for node in self._nodes:
                register_node(node)
            app.emit("env-purge-doc", app.env, "page")
            app.env.clear_doc("page")
            app.env._pickled_doctree_cache.clear()  # which a build fills, and reading alone leaves as it is
            app.builder.read_doc("page", _cache=False)
            tree = app.env.get_doctree("page")
            faults = [list(judge.node_faults(shown)) for shown in _containers(tree)]
            resolved = app.env.get_and_resolve_doctree("page", app.builder, doctree=tree, tags=app.tags)
            pages = list(self._written(resolved))
        self.warnings = log.getvalue()
        assert len(faults) == len(pages) == len(texts), "a text is gone"
        return list(zip(faults, pages, strict=True))

    def _written(self, resolved: nodes.document) -> Iterator[str]:
        resolved.settings = self.app.builder.docsettings
        translator = self.app.builder.create_translator(resolved, self.app.builder)
        for shown in _containers(resolved):
            start = len(translator.body)
            shown.walkabout(translator)
            yield "".join(translator.body[start:])

    def findings(self, texts: Sequence[str]) -> Iterator[Finding]:
        """What is wrong with any of the texts; those that end the reading of a page are looked for one by one."""
        try:
            shown = self.show(texts)
        except Exception as error:  # noqa: BLE001 (any is a finding)
            if len(texts) == 1:
                yield Finding(f"exception {type(error).__name__}: {error}", texts[0])
                return
            middle = len(texts) // 2
            yield from self.findings(texts[:middle])
            yield from self.findings(texts[middle:])
            return
        for text, (in_tree, html) in zip(texts, shown, strict=True):
            faults = dict.fromkeys([*in_tree, *judge.html_faults(html)])
            yield from (Finding(fault, text) for fault in faults)
        if taken := self._files_taken():
            yield from self._who_takes_files(texts, taken)

    def _files_taken(self) -> list[str]:
        env = self.app.env
        return [name for store in (env.images, env.dlfiles) for name, (users, _) in store.items() if "page" in users]

    def _who_takes_files(self, texts: Sequence[str], taken: Sequence[str]) -> Iterator[Finding]:
        for text in texts:
            self.show([text])
            yield from (Finding(f"file {name}", text) for name in self._files_taken())

    def shrunk(self, finding: Finding, tries: int = 120) -> Finding:
        """A shorter text with the same kind of fault."""
        kinds: Callable[[str], list[Finding]] = lambda text: [  # noqa: E731
            one for one in self.findings([text]) if one.kind == finding.kind
        ]
        size = max(1, len(finding.text) // 2)
        while size and tries > 0:
            for start in range(0, len(finding.text), size):
                shorter = finding.text[:start] + finding.text[start + size :]
                tries -= 1
                if tries < 0:
                    break
                if shorter.strip() and (found := kinds(shorter)):
                    finding = found[0]
                    break
            else:
                size //= 2
        return finding


def _containers(tree: nodes.document) -> list[nodes.container]:
    return list(tree.findall(lambda node: isinstance(node, nodes.container) and "number" in node))
