"""Links to the lists in the sidebar, and the data for the script of the picker. Write phase, web pages only.

They are below the theme's search field. With a theme that has no list of sidebar templates, or no search field among them, there
are none. The data are a classic script with one assignment, so that a page opened as a file can load it too; it is
loaded when a reader first uses the picker.
"""

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.jinja2glue import BuiltinTemplateLoader, SphinxFileSystemLoader

from ..catalogue.pairs import Existence, pair_id
from ..components.node_helpers import TABLE
from ..components.picker import labels
from ..environment.domain import ObjectKey, domain_of, showing_only
from ..environment.output_files import makes_web_pages
from ..environment.project import project_of

TEMPLATES = Path(__file__).parent.parent / "templates" / "html"
TEMPLATE = "versus-picker.html"
SEARCH_FIELDS = ("sidebar/search.html", "searchbox.html", "search-field.html", "search-button-field.html")
"""The names that themes give to the template of their search field."""
DATA = "_static/versus-pairs.js"
ANY_ID = "any-id"


def offers_picker(app: Sphinx) -> bool:
    """Whether the sidebars of a site offer it: where pages are made of records, so that their pairs have addresses."""
    settings = project_of(app.env).settings
    return makes_web_pages(app.builder) and settings.makes_pages and "picker" in settings.tools


def add_templates(app: Sphinx) -> None:
    """``builder-inited``: add a folder of templates; as a part of ``templates_path`` it would change the configuration."""
    templates = getattr(app.builder, "templates", None)
    if isinstance(templates, BuiltinTemplateLoader):
        templates.loaders.append(SphinxFileSystemLoader(TEMPLATES))


def add_picker(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    """Add the picker after the search field of a page, with links to the lists that the site has."""
    sidebars = list(context.get("sidebars") or ())
    position = next((number for number, name in enumerate(sidebars, 1) if name in SEARCH_FIELDS), 0)
    if not position or not offers_picker(app):
        return
    sidebars.insert(position, TEMPLATE)
    pages = {project_of(app.env).settings.docname(kind): label for kind, label in labels().items()}
    address = app.builder.get_relative_uri
    links = [(address(pagename, page), label) for page, label in pages.items() if page in app.env.found_docs]
    context |= {"sidebars": sidebars, "versus_picker": {"links": links}}


def write_pairs(app: Sphinx) -> None:
    """Write the technologies, and the addresses of their pairs by the numbers of the technologies.

    A pair is the two numbers in the order of the address's pattern, or followed by another address.
    """
    project, builder = project_of(app.env), app.builder
    is_shown = domain_of(app.env).showing or offers_picker(app)
    if not makes_web_pages(builder) or "picker" not in project.settings.tools or not is_shown:
        return
    docname = project.settings.docname("comparison", ANY_ID)
    pattern = builder.get_target_uri(docname).replace(ANY_ID, "{}") if docname else ""
    technologies = dict(sorted(project.catalogue.technologies.items()))
    numbers = {id_: number for number, id_ in enumerate(technologies)}
    pairs: list[list[Any]] = []
    for pair, meeting in project.catalogue.meetings.items():
        is_round_up = meeting.existence is Existence.ROUND_UP  # whose table is shown with these two
        address = _address(app, (TABLE if is_round_up else "comparison", meeting.comparison))
        address = showing_only(builder, address, [technologies[side].name for side in pair] if is_round_up else ())
        ordered = [order for order in (pair, pair[::-1]) if address == pattern.replace("{}", pair_id(order))]
        if address:
            more = [] if ordered else [address]
            pairs.append([*(numbers[side] for side in (ordered or [pair])[0]), *more])
    data = {
        "technologies": [
            {
                "id": id_,
                "name": record.name,
                "kind": record.kind,
                "also": list(record.synonyms),
                "url": _address(app, ("technology", id_)),
            }
            for id_, record in technologies.items()
        ],
        "pattern": pattern,
        "pairs": sorted(pairs, key=lambda pair: (min(pair[:2]), max(pair[:2]))),
    }
    project.own_files.write(DATA, f"globalThis.versusPairs={json.dumps(data, separators=(',', ':'))};\n".encode())


def _address(app: Sphinx, key: ObjectKey) -> str:
    """The address of an object's home; empty without one."""
    if (home := domain_of(app.env).home(key)) is None:
        return ""
    docname, shown = home
    return app.builder.get_target_uri(docname) + (f"#{shown.anchor}" if shown.anchor else "")
