"""Writes the template of messages, from which translators make a catalogue of the words of Versus."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

PACKAGE = Path(__file__).parent.parent / "ext" / "sphinx_versus"
TEMPLATE = PACKAGE / "locale" / "sphinx_versus.pot"
METHODS = [("environment/incremental.py", "ignore"), ("**.py", "python"), ("**.jinja", "jinja2"), ("**.html", "jinja2")]
"""How messages are found in a file; what is ignored has a message of Sphinx."""
SINCE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
"""The same in every template: only a change of words is a change."""


def message_template() -> str:
    """The template as gettext has it: each message with the files that use it."""
    catalogue = Catalog(
        project="sphinx-versus",
        copyright_holder="the Versus authors",
        msgid_bugs_address="",
        creation_date=SINCE,
        revision_date=SINCE,
    )
    for name, _line, message, comments, context in extract_from_dir(PACKAGE, METHODS):
        catalogue.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    written = io.BytesIO()
    write_po(written, catalogue, sort_output=True, include_lineno=False)
    return written.getvalue().decode()


if __name__ == "__main__":
    TEMPLATE.write_text(message_template(), encoding="utf-8")
