"""Writes the guide's table of configuration values, which follows from the dataclass that defines them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sphinx_versus.config import VALUES

TABLE = Path(__file__).parent.parent / "docs" / "reference" / "settings.inc"
REBUILDS: Mapping[str, str] = {
    "env": "reads all pages again",
    "html": "writes all pages again",
    "": "needs no page to be read again",
}


def configuration_table() -> str:
    """The table as MyST text, with a link to the section of each value."""
    rows = ["| Value | Meaning |\n|---|---|\n"]
    for name, value in VALUES.items():
        link = f"[`{name}`](#config-{name.replace('_', '-')})"
        default = f'"{value.default}"' if isinstance(value.default, str) else repr(value.default).replace("'", '"')
        form = f"Default: `{default}`. Expected: {value.form.expected}. A change {REBUILDS[value.rebuild]}."
        rows.append(f"| {link} | {value.help} {form} |\n")
    return "".join(rows)


if __name__ == "__main__":
    TABLE.write_text(configuration_table(), encoding="utf-8")
