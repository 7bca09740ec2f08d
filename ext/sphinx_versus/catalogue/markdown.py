"""Markdown as text: its plain words, its first sentence, the limits of its tables, and how plain text is written in it."""

import re
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as parse_table
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from ..characters import cleaned

MOST_CHARACTERS = 10_000
"""The longest text; a longer one is shown without its Markdown."""


@cache
def parser() -> MarkdownIt:
    """What parses the texts of records to look at them; pages are made by the parser of MyST."""
    made = MarkdownIt("commonmark").enable("table").disable("text_join")  # so that entities are tokens of their own
    made.use(myst_role_plugin).use(colon_fence_plugin).use(footnote_plugin, inline=False, move_to_end=False)
    # Addresses as typed, and links with a dangerous scheme as links, so that they can be reported.
    made.validateLink = lambda url: True  # type: ignore[method-assign]
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    limit_tables(made)
    return made


# -- tables ----------------------------------------------------------------------------------------------------------------

MOST_CELLS = 1_000
"""How many cells the tables of a text may have: the parser fills short rows up, to thousands of times what was typed."""
MOST_COLUMNS = 50
"""How many columns a table may have: formats of plain text divide 100 characters among them."""
MOST_WIDTH = 100
"""The greatest width of a column, in percent or in characters, and of a table."""
NO_ROWS = "a table without rows"
TOO_MANY_CELLS = f"tables with more than {MOST_CELLS:,} cells"
TOO_MANY_COLUMNS = f"a table with more than {MOST_COLUMNS} columns"
TOO_WIDE = f"a width that is not between 1 and {MOST_WIDTH}"
_WIDTHS = re.compile(r"^[ \t]*:?widths?[ \t]*:(.*)$", re.MULTILINE)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d*)?(?!\d)|\.\d+")
_CELLS = "versus-cells"
"""Where the parser's environment keeps how many cells there were so far."""


class TableError(Exception):
    """A table that a text may not have; ``line`` is counted from 0 in what is parsed."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message, self.line = message, line


def limit_tables(parser: MarkdownIt) -> None:
    """Let a parser raise :class:`TableError` for a table that is too large, before it is made, or that has no rows."""
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent or not parse_table(state, start, end, silent=True):
        return parse_table(state, start, end, silent)
    rule = state.src[state.bMarks[start + 1] + state.tShift[start + 1] : state.eMarks[start + 1]]
    columns = rule.strip().strip("|").count("|") + 1
    last = next((line for line in range(start, end) if state.isEmpty(line)), end)
    state.env[_CELLS] = state.env.get(_CELLS, 0) + columns * (last - start - 1)
    if columns > MOST_COLUMNS or state.env[_CELLS] > MOST_CELLS:
        raise TableError(TOO_MANY_COLUMNS if columns > MOST_COLUMNS else TOO_MANY_CELLS, start)
    parse_table(state, start, end, silent)
    if state.tokens[-2].type == "thead_close":
        raise TableError(NO_ROWS, start)
    return True


def is_too_wide(width: object) -> bool:
    """Whether a width as docutils keeps it, a number or one with a unit, is over the limit or nothing at all."""
    number = _NUMBER.match(str(width)[:5])
    return not (number and 0 < float(number[0]) <= MOST_WIDTH)


def has_wide_option(options: str) -> bool:
    """Whether the options of a directive, as they are written, give such a width."""
    words = (word for given in _WIDTHS.findall(options) for word in re.split(r"[\s,'\"\[\]]+", given))
    return any(word[0].isdigit() and is_too_wide(word) for word in words if word)


# -- words -----------------------------------------------------------------------------------------------------------------


def role_parts(content: str) -> tuple[str, str]:
    """The words of a role and its target; without a target in angle brackets the content is both.

    A regular expression would look for the bracket from each blank again.
    """
    words, bracket, target = content.removesuffix(">").rpartition("<")
    if bracket and content.endswith(">") and ">" not in target:
        return words.rstrip(), target
    return content, content


_LINE = r"""[A-Za-z("'“][A-Za-z0-9 ,.;:()'"/%?“”…-]*[A-Za-z0-9.)?”]"""
PLAIN_LINES = re.compile(rf"{_LINE}(?:\n{_LINE})*")
"""A paragraph in which Markdown has nothing to find."""


def plain_text(markdown: str) -> str:
    """The words of a text on one line, without its markup; of a role what stands in front of its target."""
    if PLAIN_LINES.fullmatch(short := markdown[:MOST_CHARACTERS]):
        return " ".join(short.split())
    try:
        tokens = parser().parse(short)
    except Exception:  # noqa: BLE001 (reported when the text was examined)
        return " ".join(markdown.split())
    blocks = (token.children or () for token in tokens if token.type == "inline")
    return cleaned(" ".join(" ".join("".join(map(_words, inline)) for inline in blocks).split()))


def _words(token: Token) -> str:
    if token.type == "myst_role":
        return role_parts(token.content)[0]
    return " " if token.type in {"softbreak", "hardbreak"} else token.content if token.type != "html_inline" else ""


_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&#39;"}
"""What has a meaning in HTML is written as an entity: a backslash means nothing within a tag."""
_ANYWHERE = re.compile(r"""[\\`*_{}\[\]!|~$^<>&"'%]""")
"""Signs with a meaning; a percent sign has one where an extension makes a link of an address."""
_AT_THE_START = re.compile(r"\A\W+|\A\d+[.)]")
_CLOSING = re.compile(r"(?<=\s)#")
"""Number signs after a blank end a heading."""
_TYPOGRAPHIC = re.compile(r"--|\.\.|,,|\?\?|\+-|\(\w+\)")
"""What typographic extensions replace, quotation marks aside."""


def escaped(plain: str) -> str:
    """A plain text as Markdown on one line; it is shown as typed, but for typographic replacements."""
    line = " ".join(plain.split())
    start = _AT_THE_START.match(line)
    head = start[0] if start else ""
    tail = _CLOSING.sub(r"\\#", _ANYWHERE.sub(_escape, line[len(head) :]))
    return re.sub(r"[^\w\s]|_", _escape, head) + tail


def _escape(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0]) or (f"\\{found[0]}" if found[0].isascii() else found[0])


def verbatim(plain: str) -> str:
    """A plain text as Markdown that shows it exactly as typed, by the role ``versus:verbatim`` where nothing less will do."""
    line = " ".join(plain.split())
    if escaped(line) == line and not _TYPOGRAPHIC.search(line):
        return line
    inside = f" {line} " if line.startswith("`") or line.endswith("`") else line  # the role takes the blanks away
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    return f"{{versus:verbatim}}{fence}{inside}{fence}"


# -- the first sentence ----------------------------------------------------------------------------------------------------

_ABBREVIATION = re.compile(
    r"(?i:al|approx|ca|cf|corp|dr|e\.g|eds|i\.e|inc|jr|ltd|mrs?|ms|prof|resp|sr|st|viz|vs)|(\w\.)*[A-Z]"
)
"""What ends in a full stop and does not end a sentence, initials among it."""
_BEFORE_NUMBER = re.compile(r"(?i:ch|ed|eq|fig|no|nr|pp?|sec|v|vol)")
"""What does not end one where a number follows."""
MOST_IN_SENTENCE = 1_000
"""So many characters a first sentence may have: a text that has none within them is not divided."""
_ROLE = re.compile(r"\{[^\s{}`]+\}$")
"""The name of a role before its content."""
_ADDRESS = re.compile(r"<[^<>\s]+>|https?://\S+|(?<=\])\([^()\s]*\)")
_GROUPS = (
    re.compile(r"\[[^][]*\]"),
    re.compile(r"\([^()]*\)"),
    re.compile(r'"[^"]*"|“[^”]*”|«[^»]*»|„[^“”]*[“”]'),
    re.compile(r"(?<![\w*])\*\*(?=\S)[^*]+\*\*|(?<![\w*])\*(?=\S)[^*]+\*|(?<!\w)_(?=\S)[^_]+_(?!\w)"),
)
"""Links, parentheses, quotations and emphasis: no sentence ends within them."""
_STOPS = ".!?…。\uff01\uff1f"
_AFTER_STOPS = "\"'”\u2019»)]*_"
_STOP = re.compile(f"[{_STOPS}]")
_END = re.compile(rf"""(?<![.!?…])[.!?…]++[{re.escape(_AFTER_STOPS)}]*+(?=\s+(?P<next>\S+))|[。\uff01\uff1f]""")
_OPENING = "\"'“\u2018„«([*_`{"
_BLOCK = re.compile(r"\s*(?:[-+>|#]|\*\s|\d+[.)]\s|`{3}|~{3}|:{3}| {4})")
"""How a text begins that is no paragraph."""
_DEFINITION = re.compile(r"^ {0,3}\[[^]\n]+\]:", re.MULTILINE)
"""A definition that a link or a footnote elsewhere in the text needs."""


def first_sentence(text: str) -> tuple[str, str]:
    """Divide Markdown into its first sentence and what follows it; what cannot be divided is all first."""
    begin = len(text) - len(text.lstrip("\n"))
    end = begin + _end_of_first(text[begin:])
    return text[:end].rstrip(), text[end:].lstrip(" \n")


@lru_cache(4096)
def _end_of_first(text: str) -> int:
    if _BLOCK.match(text) or _DEFINITION.search(text):
        return len(text)
    paragraph = re.split(r"\n[ \t]*\n", text, maxsplit=1)[0]
    # as long as before, without full stops where no sentence ends; one may begin with an address
    masked = _ADDRESS.sub(lambda found: "X" * len(found[0]), _without_code(paragraph[: MOST_IN_SENTENCE + 1]))
    for group in _GROUPS:
        masked = group.sub(_without_inner_stops, masked)
    ends = (found.end() for found in _END.finditer(masked) if _ends_sentence(masked, found))
    return next((end for end in ends if end <= MOST_IN_SENTENCE), len(paragraph))


def code_spans(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where code is, between a run of backticks and the next run of the same length; and the runs that begin none."""
    runs = [found.span() for found in re.finditer(r"`+", text)]
    spans, left, done = [], [], 0
    for number, (start, end) in enumerate(runs):
        start += text[:start].endswith("\\")  # noqa: PLW2901 (the first backtick is a sign itself)
        if done <= start < end:
            close = next((one for one in runs[number + 1 :] if one[1] - one[0] == end - start), None)
            if close:
                done = close[1]
                spans.append((start, done))
            else:
                left.append((start, end))
    return spans, left


def _without_code(text: str) -> str:
    """The text without its code and roles."""
    parts, done = [], 0
    for start, end in code_spans(text)[0]:
        role = _ROLE.search(text[done:start])
        begin = done + role.start() if role else start
        parts += [text[done:begin], "X" * (end - begin)]
        done = end
    return "".join([*parts, text[done:]])


def _without_inner_stops(found: re.Match[str]) -> str:
    """A group without the full stops that words of it follow."""
    inner = found[0].rstrip(_STOPS + _AFTER_STOPS)
    return _STOP.sub("x", inner) + found[0][len(inner) :]


def _ends_sentence(masked: str, found: re.Match[str]) -> bool:
    following = (found["next"] or "").lstrip(_OPENING)
    if following[:1].islower():
        return False
    if not found[0].startswith("."):
        return True
    word = re.split(r"[\s(\[“„\"]", masked[: found.start()])[-1]
    return not (_ABBREVIATION.fullmatch(word) or (following[:1].isdigit() and _BEFORE_NUMBER.fullmatch(word)))
