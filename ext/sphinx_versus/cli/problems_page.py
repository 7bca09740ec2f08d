"""The guide's page of problems, made from the enumeration of their codes.

``python -m sphinx_versus.cli.problems_page`` prints it.
"""

from __future__ import annotations

import inspect
import re

from ..problems import Code

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
_GROUP = re.compile(r"    # -- (?P<title>.+)")
_MEMBER = re.compile(r"    (?P<name>[A-Z][A-Z_]*) = \(")


def problems_page() -> str:
    """The whole page as MyST text."""
    return "\n".join([INTRODUCTION, *(_section(title, codes) for title, codes in code_groups().items())])


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


def _section(title: str, codes: list[Code]) -> str:
    heading = f"## {title[:1].upper()}{title[1:]}\n"
    return "\n".join([heading, *map(_entry, codes)])


def _entry(code: Code) -> str:
    return f"### `{code.value}`\n\n{code.meaning}\n\nWhat to do: {code.remedy}\n"


if __name__ == "__main__":
    print(problems_page(), end="")
