"""Names that hostile texts use: every role and directive that docutils has in any language, and that Sphinx and MyST register."""

from __future__ import annotations

import importlib
import io
import pkgutil
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

from docutils.parsers.rst import directives, languages, roles
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

EXTENSIONS = (
    *("autodoc", "autosummary", "doctest", "extlinks", "graphviz", "ifconfig", "inheritance_diagram", "intersphinx"),
    "todo",
)
"""Sphinx's own extensions with directives or roles that run code, read files or lead elsewhere."""

CONF = f"""
extensions = ["myst_parser", *(f"sphinx.ext.{{name}}" for name in {EXTENSIONS!r})]
extlinks = {{"wiki": ("https://canary.invalid/%s", "%s")}}
"""


class Vocabulary(NamedTuple):
    """The names, sorted."""

    roles: tuple[str, ...]
    directives: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """Collect the names from docutils' languages and from a Sphinx application."""
    found_roles, found_directives = {"eval-rst"}, {"eval-rst"}
    for module in pkgutil.iter_modules(languages.__path__):
        language = importlib.import_module(f"{languages.__name__}.{module.name}")
        found_roles |= {*language.roles, *language.roles.values()}
        found_directives |= {*language.directives, *language.directives.values()}
    registered = _registered()
    return Vocabulary(
        tuple(sorted(found_roles | set(registered.roles))), tuple(sorted(found_directives | set(registered.directives)))
    )


def _registered() -> Vocabulary:
    """The names that an application registers, those of domains with and without the domain."""
    with tempfile.TemporaryDirectory() as folder, docutils_namespace(), patch_docutils(folder):
        (Path(folder) / "conf.py").write_text(CONF, encoding="utf-8")
        (Path(folder) / "index.md").write_text("# Home\n", encoding="utf-8")
        app = Sphinx(folder, folder, f"{folder}/out", f"{folder}/trees", "html", status=io.StringIO(), warning=None)
        found_roles = {*roles._roles, *roles._role_registry}
        found_directives = {*directives._directives, *directives._directive_registry}
        for domain in app.env.domains.sorted():
            found_roles |= {name for role in domain.roles for name in (role, f"{domain.name}:{role}")}
            found_directives |= {name for one in domain.directives for name in (one, f"{domain.name}:{one}")}
    return Vocabulary(tuple(found_roles), tuple(found_directives))
