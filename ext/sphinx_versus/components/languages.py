"""The language of a site, in the forms in which libraries and formats want it.

Sphinx takes any text, such as ``pt_BR``, ``zh-cn``, ``sr@latin`` or ``zh_TW.Big5``, and so do the functions here. What a library
does not know falls back to English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

FALLBACK = "en"
SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva"}
"""Scripts by the words that follow an ``@``."""
_NAME = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:[-_](?P<script>[A-Za-z]{4}))?(?:[-_](?P<region>[A-Za-z]{2}|\d{3}))?"
    r"(?:\.[\w-]+)?(?:@(?P<modifier>\w+))?"
)


class Language(NamedTuple):
    """A language by its parts, written as in ISO 639, 15924 and 3166; empty where nothing is said."""

    language: str
    script: str = ""
    region: str = ""
    variant: str = ""

    @property
    def tag(self) -> str:
        """The name by BCP 47, as web pages have it."""
        return "-".join(filter(None, self))


def parsed(name: str) -> Language | None:
    """The parts of a language's name; ``None`` when it is none."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    modifier = (match["modifier"] or "").lower()
    script = match["script"] or SCRIPTS.get(modifier, "")
    variant = modifier if modifier not in SCRIPTS and re.fullmatch(r"[a-z0-9]{5,8}", modifier) else ""
    return Language(match["language"].lower(), script.title(), (match["region"] or "").upper(), variant)


def tag(name: str) -> str:
    """The name of a language by BCP 47."""
    found = parsed(name)
    return found.tag if found else name.replace("_", "-")


@lru_cache(maxsize=8)
def locale_of(name: str) -> Locale:
    """How dates are written in a language."""
    return known_locale(name) or Locale(FALLBACK)


def known_locale(name: str) -> Locale | None:
    """How dates are written in a language; ``None`` when the library does not know it."""
    for candidate in _candidates(parsed(name)):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _candidates(found: Language | None) -> Iterator[str]:
    """Names of locales, the most exact one first."""
    if found:
        language, script, region, _variant = found
        for parts in ((language, script, region), (language, script), (language, region), (language,)):
            yield "_".join(filter(None, parts))


def for_typesetting(name: str) -> tuple[str, str | None]:
    """The language and the region (two letters) that the typesetter takes."""
    found = parsed(name) or Language(FALLBACK)
    return found.language, found.region if found.region.isalpha() else None
