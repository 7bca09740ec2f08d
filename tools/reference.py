"""Writes what the guide has from the code: its page of problems and its table of configuration values."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from pathlib import Path

from sphinx_versus.config import VALUES
from sphinx_versus.problems import Code

GUIDE = Path(__file__).parent.parent / "docs" / "guide"
INTRODUCTION = """\
# Problems

Whatever is wrong in the data or in the use of a directive or role is told in one form, by `versus check` and by a build
alike: file, line and column, a code in brackets, what is wrong, and what was expected.

```text
data/technologies/flask.yaml:12:5: [unknown-key] "valeu" is not a key here; did you mean "value"?
```

All problems are told, sorted by file and line, never just the first. What is wrong is left out, [as little as
possible](records.md#what-a-mistake-costs), and the rest of the site is built. Control characters are shown as escapes such as
`\\x1b`, in the names of files as well. With the option `-W` of `sphinx-build` each problem makes the build fail.

This page explains the codes; `versus explain` followed by a code prints the same in a terminal. A warning of a build has the
type `versus` and the code as its subtype, so `suppress_warnings` in `conf.py` can name it, as in `versus.not-on-a-page`.
"""
REBUILDS: Mapping[str, str] = {
    "env": "reads all pages again",
    "html": "writes all pages again",
    "": "needs no page to be read again",
}
_GROUP = re.compile(r"    # -- (?P<title>.+)")
_MEMBER = re.compile(r"    (?P<name>[A-Z][A-Z_]*) = \(")


def problems_page() -> str:
    """The page of problems as MyST text."""
    parts = [INTRODUCTION]
    for title, codes in code_groups().items():
        parts.append(f"## {title[:1].upper()}{title[1:]}\n")
        parts += [f"### `{code.value}`\n\n{code.meaning}\n\nWhat to do: {code.remedy}\n" for code in codes]
    return "\n".join(parts)


def code_groups() -> dict[str, list[Code]]:
    """The codes under the comments that divide them in the enumeration's source."""
    groups: dict[str, list[Code]] = {}
    codes: list[Code] = []
    for line in inspect.getsource(Code).splitlines():
        if group := _GROUP.match(line):
            codes = groups.setdefault(group["title"], [])
        elif member := _MEMBER.match(line):
            codes.append(Code[member["name"]])
    return groups


def configuration_table() -> str:
    """The table of configuration values as MyST text, with a link to the section of each."""
    rows = ["| Value | What it sets | Default | Expected | A change |\n|---|---|---|---|---|\n"]
    for name, value in VALUES.items():
        link = f"[`{name}`](#config-{name.replace('_', '-')})"
        default = f'"{value.default}"' if isinstance(value.default, str) else repr(value.default).replace("'", '"')
        rows.append(f"| {link} | {value.help} | `{default}` | {value.form.expected} | {REBUILDS[value.rebuild]} |\n")
    return "".join(rows)


if __name__ == "__main__":
    (GUIDE / "problems.md").write_text(problems_page(), encoding="utf-8")
    (GUIDE / "configuration.inc").write_text(configuration_table(), encoding="utf-8")
