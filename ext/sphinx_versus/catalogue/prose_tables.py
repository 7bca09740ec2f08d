"""The limits of tables in prose, which hold for the data core and for the pages: one rule of the parser of Markdown."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as parse_table

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
TABLE_HINTS = {
    NO_ROWS: "write at least one row below the heading",
    TOO_MANY_CELLS: "larger tables belong on an authored page",
    TOO_MANY_COLUMNS: "larger tables belong on an authored page",
    TOO_WIDE: "give the shares of the columns in percent",
}
"""What to do about what is wrong with a table."""
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
    columns = _line(state, start + 1).strip().strip("|").count("|") + 1
    last = next((line for line in range(start, end) if state.isEmpty(line)), end)
    state.env[_CELLS] = state.env.get(_CELLS, 0) + columns * (last - start - 1)
    if columns > MOST_COLUMNS or state.env[_CELLS] > MOST_CELLS:
        raise TableError(TOO_MANY_COLUMNS if columns > MOST_COLUMNS else TOO_MANY_CELLS, start)
    parse_table(state, start, end, silent)
    if state.tokens[-2].type == "thead_close":
        raise TableError(NO_ROWS, start)
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def is_too_wide(width: object) -> bool:
    """Whether a width as docutils keeps it, a number or one with a unit, is over the limit or nothing at all."""
    number = _NUMBER.match(str(width)[:5])
    return not (number and 0 < float(number[0]) <= MOST_WIDTH)


def has_wide_option(options: str) -> bool:
    """Whether the options of a directive, as they are written, give such a width."""
    words = (word for given in _WIDTHS.findall(options) for word in re.split(r"[\s,'\"\[\]]+", given))
    return any(word[0].isdigit() and is_too_wide(word) for word in words if word)
