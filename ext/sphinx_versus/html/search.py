"""Search with Pagefind (``versus_search``): marks on the pages, the page of the search, and the index. Write phase and after it.

Pagefind's program gets the pages when all are written, one after the other in their order, so that the same pages always make
the same files. Its package for Python sends the same messages, but waits for a tenth of a second after each page.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from html import escape
from importlib import import_module
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.locale import _ as sphinx_translation
from sphinx.util.display import progress_message

from ..catalogue.digest import digest
from ..catalogue.files import read_file
from ..catalogue.loader import content_digest
from ..components.i18n import _
from ..config import PAGEFIND, SEARCHES, conf_place
from ..environment.output_files import file_digest
from ..environment.project import has_pages, project_of
from ..environment.reporting import report
from ..problems import Code, Place, Problem
from .assets import STATIC

FOLDER = "_pagefind"
STATE = f"{FOLDER}/pages.txt"  # a digest of what the index was made from
SCRIPT = "versus-pagefind.js"
NO_INDEX = b"// The search of this site is Pagefind.\n"  # in the place of Sphinx's, which some themes load on each page
NEEDED = re.compile(r"pagefind\.js|pagefind-entry\.json|.+\.(?:pagefind|pf_\w+)")
"""The files of an index without those of Pagefind's own user interfaces."""
LEFT_OUT = (
    *(".headerlink", ".vs-bar", ".vs-src", ".vs-n", ".vs-tools", ".vs-copy", ".vs-gopen", ".vs-open .vs-hid"),
    *("th .vs-ev", ".vs-legend"),
)
"""The selectors of what is on a page and not searched, as in ``versus-search.js``."""
FORM = re.compile(r"(</?)(?:form|label)\b")
"""Elements that Pagefind does not read; ours contain tables and conditions."""
KEYWORDS = """\
<span hidden data-words="{0}" data-pagefind-index-attrs="data-words" data-pagefind-weight="10" \
data-pagefind-meta="keywords:{0}"></span>"""
"""Words by which a page is found: as some of its own that weigh more, and whole, so that a query that has all of them comes first."""
NO_SCRIPT = "Please activate JavaScript to enable the search\n    functionality."  # as Sphinx's catalogues have it
PAGE = """\
<h1>{title}</h1>
<form class="versus-search" action="" method="get" role="search">\
<label>{label} <input type="search" name="q" autocomplete="off"></label> <button type="submit">{title}</button></form>
<div id="search-results" data-index="{index}" data-more="{more}" data-file="{file}" data-failed="{failed}">
<p>{no_script}</p>
</div>"""


def find_program() -> Path | None:
    """The program of Pagefind, if the extra is installed."""
    try:
        found: Path | None = import_module("pagefind.service").get_executable()
    except (ImportError, FileNotFoundError):
        return None
    return found


def is_searched(env: BuildEnvironment, docname: str) -> bool:
    """Whether the words of a page are searched: not those that Sphinx's search leaves out."""
    return not {"no-search", "nosearch"} & env.metadata.get(docname, {}).keys()


def start_writing(app: Sphinx, builder: Builder) -> None:
    """``write-started``: have Sphinx make no index, and copy the script before the page needs its checksum."""
    if not isinstance(builder, StandaloneHTMLBuilder) or not has_pages(builder):
        return
    if app.config.versus_search == PAGEFIND:
        builder.search = False
        project_of(app.env).own_files.write(f"_static/{SCRIPT}", (STATIC / SCRIPT).read_bytes(), quietly=True)
    else:
        place, message = conf_place(Path(app.confdir), "versus_search"), f'versus_search = "{PAGEFIND}" needs Pagefind'
        report(Problem(place, Code.INVALID_CONFIG, message, "pip install 'sphinx-versus[pagefind]'"))


def offer_page(app: Sphinx) -> tuple[()]:
    """``html-collect-pages``: there is a page of the search all the same, and pages link to it."""
    if has_pages(app.builder):
        app.builder.search = True  # type: ignore[attr-defined]
    return ()


def mark_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> str | None:
    """``html-page-context``, last: mark what is searched; the page of the search is an ordinary page, in any theme."""
    if not has_pages(app.builder):
        return None
    offer_page(app)
    if pagename == "search" and doctree is None:
        context |= search_page(context)
        app.builder.add_js_file(SCRIPT, defer="defer")  # type: ignore[attr-defined]
        return "page.html"
    if doctree is not None and is_searched(app.env, pagename):
        metas = (node["content"] for node in doctree.findall(nodes.meta) if node.get("name") == "keywords")
        words = ", ".join([*metas, *(node.astext() for node in doctree.findall(nodes.substitution_definition))])
        context["body"] = (
            f"<div data-pagefind-body>{context['body']}{KEYWORDS.format(escape(words)) * bool(words)}</div>"
        )
    return None


def search_page(context: Mapping[str, Any]) -> dict[str, str]:
    """Title, body and tags of the page of the search."""
    texts = {
        "title": sphinx_translation("Search"),
        "no_script": sphinx_translation(NO_SCRIPT),
        "label": _("Search this site"),
        "index": context["pathto"](f"{FOLDER}/pagefind.js", resource=True),
        "more": _("Show more results"),
        "file": _("The search needs a web server: it does not work on pages that are opened as files."),
        "failed": _("The search could not be loaded."),
    }
    body = PAGE.format(**{name: escape(text) for name, text in texts.items()})
    return {"title": texts["title"], "body": body, "metatags": '<meta name="robots" content="noindex" />'}


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: write the index of the pages, if it is not there already."""
    project, program = project_of(app.env), find_program()
    if exception or not program or not has_pages(app.builder) or not project.makes_whole_site:
        return
    own_files, builder, docnames = project.own_files, app.builder, sorted(app.env.found_docs)
    pages = {name: Path(builder.get_outfilename(name)) for name in docnames if is_searched(app.env, name)}  # type: ignore[attr-defined]
    inputs = [program, Path(__file__), *pages.values()]
    state = digest([[*pages], [file_digest(path) for path in inputs]]).encode()
    before = {name: known for name, known in own_files.before.items() if name.startswith(f"{FOLDER}/")}
    files = {name: content for name in before if isinstance(content := read_file(f"{app.outdir}/{name}"), bytes)}
    if files.get(STATE) != state or any(content_digest(files.get(name, b"")) != before[name] for name in before):
        try:
            with progress_message("indexing pages with Pagefind"):
                files = {**index_files(builder, program, pages), STATE: state}
        except (OSError, ValueError) as error:
            app.statuscode = 1
            place, message = Place(str(program)), f"Pagefind made no index: {error}"
            report(Problem(place, Code.NOT_WRITTEN, message, "the site has no search"), level="ERROR")
            return
    own_files.write("searchindex.js", NO_INDEX, quietly=True)
    own_files.announce(files)
    for name, content in files.items():
        own_files.write(name, content)


def index_files(builder: Builder, program: Path, pages: Mapping[str, Path]) -> dict[str, bytes]:
    """The files of the index by name, made by the program from the pages as they were written."""
    with Popen([program, "--service"], stdin=PIPE, stdout=PIPE) as process:  # noqa: S603 (the program of the extra)
        number = ask(process, "NewIndex", config={"exclude_selectors": LEFT_OUT})["index_id"]
        for docname, path in pages.items():
            content = FORM.sub(r"\1div", path.read_text(builder.config.html_output_encoding))
            ask(process, "AddFile", index_id=number, url=builder.get_target_uri(docname), file_contents=content)
        found = ask(process, "GetFiles", index_id=number)["files"]
    return {f"{FOLDER}/{one['path']}": b64decode(one["content"]) for one in found if NEEDED.fullmatch(one["path"])}


def ask(process: Popen[bytes], type_: str, **values: Any) -> Mapping[str, Any]:
    """Send one message to the program, and read its answer."""
    assert process.stdin
    assert process.stdout
    message = {"message_id": 0, "payload": {"type": type_, **values}}
    process.stdin.write(b64encode(json.dumps(message).encode()) + b",")
    process.stdin.flush()
    answer = bytearray()
    while not answer.endswith(b","):
        if not (part := process.stdout.read1()):  # type: ignore[attr-defined]
            raise BrokenPipeError("the program ended")
        answer += part
    found: Mapping[str, Any] = json.loads(b64decode(answer[:-1]))["payload"]
    if found["type"] == "Error":
        raise ValueError(found["message"])
    return found


def setup(app: Sphinx) -> None:
    """``config-inited``: connect; without the extra the setting is that of Sphinx, so that pages change when the extra comes."""
    app.connect("write-started", start_writing)
    if find_program() is None:
        app.config.versus_search = SEARCHES[0]
        return
    app.connect("html-collect-pages", offer_page)
    app.connect("html-page-context", mark_page, priority=950)  # behind all that change the page
    app.connect("build-finished", write_index, priority=996)  # when pages that are gone have been removed
