"""The guide's table of configuration values, made from the dataclass that defines them.

``python -m sphinx_versus.cli.configuration_table`` prints it.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..config import VALUES

REBUILDS: Mapping[str, str] = {
    "env": "reads all pages again",
    "html": "writes all pages again",
    "": "needs no page to be read again",
}


def configuration_table() -> str:
    """The table as MyST text, with a link to the section of each value."""
    rows = [
        f"| [`{name}`](#config-{name.replace('_', '-')}) | {value.help} | `{_shown(value.default)}` | {value.form.expected} "
        f"| {REBUILDS[value.rebuild]} |\n"
        for name, value in VALUES.items()
    ]
    return "| Value | What it sets | Default | Expected | A change |\n|---|---|---|---|---|\n" + "".join(rows)


def _shown(default: object) -> str:
    return f'"{default}"' if isinstance(default, str) else repr(default).replace("'", '"')


if __name__ == "__main__":
    print(configuration_table(), end="")
