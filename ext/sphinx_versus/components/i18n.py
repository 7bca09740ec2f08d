"""The words that readers see, how values and dates are written, and the language of a site in the forms of others.

All words can be translated. As a language Sphinx takes any text, such as ``pt_BR``, ``zh-cn``, ``sr@latin`` or ``zh_TW.Big5``,
and so do the functions here; what a library does not know falls back to English.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from sphinx.locale import get_translation, get_translator

from ..catalogue.fields import CriterionStatus, PartialDate, Relation, TechnologyStatus, ValueType, kind_heading
from ..catalogue.model import Criterion, Extent, Release, Statement
from ..catalogue.values import TIMES, Chosen, Listed, Meaning, Moment, Quantity, Score, joined, meaning_of
from ..catalogue.views import Cell, State

CATALOGUE = "sphinx_versus"
"""The name of the catalogues that translate the words of Versus."""
FALLBACK = "en"
MOST_VERSIONS = 3
MOST_CONDITIONS = 3
"""So many values under conditions stand in a list of differences."""
MOST_NAMED = 12
"""So many technologies are named of those that a misconception is about."""
SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva"}
"""Scripts by the words that follow an ``@``."""
_NAME = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:[-_](?P<script>[A-Za-z]{4}))?(?:[-_](?P<region>[A-Za-z]{2}|\d{3}))?"
    r"(?:\.[\w-]+)?(?:@(?P<modifier>\w+))?"
)
_translated = get_translation(CATALOGUE)


def _(message: str) -> str:
    """The message in the language of the site."""
    return str(_translated(message))


def ngettext(one: str, many: str, number: int) -> str:
    """The message with its number, in the form that the language of the site has for this number."""
    return get_translator(CATALOGUE).ngettext(one, many, number) % number


@lru_cache(maxsize=1024)
def date(value: PartialDate, language: str) -> str:
    """A date as exactly as it is known: "2005", "July 2005" or "July 21, 2005" in English."""
    day = datetime.date(value.year, value.month or 1, value.day or 1)
    if value.is_full:
        return str(format_date(day, "long", locale=locale_of(language)))
    return str(format_skeleton("yMMMM" if value.month else "y", day, locale=locale_of(language)))


@lru_cache(maxsize=1024)
def short_date(value: PartialDate, language: str) -> str:
    """A date to the month, for places with little room: "2005" or "Jul 2005" in English."""
    day = datetime.date(value.year, value.month or 1, 1)
    return str(format_skeleton("yMMM" if value.month else "y", day, locale=locale_of(language)))


def value(criterion: Criterion, cell: Cell, language: str) -> str:
    """The short answer of a cell, in words also where it is absent, partial or unknown: not everybody reads a sign."""
    if cell.state is State.DEPENDS and cell.fact:
        return depending(criterion, cell.fact.present, language)
    if cell.state is not State.VALUE or cell.fact is None or cell.fact.value is None:
        words = state(cell.state)
    else:
        words = meaning(criterion, meaning_of(criterion, cell.fact.value), language)
    return listed([words, *extent(cell.fact)]) if criterion.asks_version and cell.known and cell.fact else words


def depending(criterion: Criterion, statements: Sequence[Statement], language: str) -> str:
    """A value that is the same under all conditions, with these; else that it depends on them."""
    words = {(stated_value(criterion, one, language), *extent(one)) for one in statements}
    conditions = [one.when for one in statements if one.when]
    if len(words) > 1 or len(conditions) < len(statements):
        return state(State.DEPENDS)
    ((shown, *versions),) = words
    several = "; ".join([*conditions[:MOST_CONDITIONS], *["…"] * (len(conditions) > MOST_CONDITIONS)])
    return f"{shown} ({listed([several, *versions])})"


def stated_value(criterion: Criterion, of: Statement, language: str) -> str:
    """The value of a statement in words."""
    if of.value is None:
        return state(State.NOT_APPLICABLE if of.not_applicable else State.UNKNOWN)
    if criterion.type is ValueType.YES_NO:
        return state(State(of.value))
    return meaning(criterion, meaning_of(criterion, of.value), language)


def value_or_conditions(criterion: Criterion, cell: Cell, language: str) -> str:
    """The same where the words stand alone: what depends on conditions is told with the first of these."""
    words = value(criterion, cell, language)
    if words != state(State.DEPENDS) or cell.fact is None:
        return words
    first = [statement(criterion, one, language) for one in cell.fact.statements[:MOST_CONDITIONS]]
    return listed([*first, *["…"] * (len(cell.fact.statements) > MOST_CONDITIONS)])


def state(of: State) -> str:
    """The word for what is known of an answer."""
    return {
        State.NOT_ASSESSED: _("Not assessed"),
        State.UNKNOWN: _("Unknown"),
        State.DEPENDS: _("Depends"),
        State.NOT_APPLICABLE: _("Not applicable"),
        State.YES: _("Yes"),
        State.PARTIAL: _("Partial"),
        State.NO: _("No"),
        State.VALUE: "",
    }[of]


def meaning(criterion: Criterion, found: Meaning, language: str) -> str:
    """A value as readers of a language write it."""
    match found:
        case Moment():
            return date(found.date, language)
        case Quantity():
            return quantity(found, language)
        case Chosen():
            return joined(option.words for option in found.options)
        case Listed():
            return joined(found.words)
        case Score():
            words = {"score": number(found.digits, language), "highest": number(found.highest, language)}
            means = criterion.scale.get(found.exact, "")
            return _("%(score)s of %(highest)s") % words + (f" ({means})" if means else "")
    return found.text


def quantity(found: Quantity, language: str) -> str:
    """A number with its sign and unit, a range, or that there is no limit; and what qualifies it."""
    if found.remark:
        return f"{quantity(replace(found, remark=''), language)} {found.remark}"
    if not found.amounts:
        return _("Unlimited")
    digits = "–".join(number(amount, language) for amount in found.amounts)
    if found.margin:
        digits = f"{digits} ± {number(found.margin, language)}"
    if found.unit in CURRENCIES and str(locale_of(language).currency_formats["standard"].pattern).startswith("¤"):
        digits, unit = f"{found.unit}{digits}", ""
    else:
        unit = found.unit
    signed = _("about %s") % digits if found.sign == "≈" else f"{found.sign} {digits}".strip()
    return f"{signed}{unit}" if unit == TIMES or unit.startswith(":") else f"{signed} {unit}".strip()


CURRENCIES = frozenset("$£€¥₹")
"""Units that many languages write before the number."""
MOST_DIGITS = 24
"""With an exponent, a number that would have more of them is shorter."""


@lru_cache(maxsize=1024)
def number(digits: str, language: str) -> str:
    """A number with the signs of a language between its groups and before its fraction; a long one with an exponent as it is."""
    if "e" in digits.lower():
        plain = f"{Decimal(digits):f}"
        if len(plain) > MOST_DIGITS:
            return digits
        digits = plain
    locale = locale_of(language)
    fraction = "." * ("." in digits) + "0" * len(digits.partition(".")[2])
    pattern = re.sub(r"\.[0#]+", fraction, str(locale.decimal_formats[None].pattern))
    with localcontext(prec=len(digits)):  # with fewer, no more than so many digits can be written
        return str(format_decimal(Decimal(digits), pattern, locale))


def extent(of: Extent) -> list[str]:
    """For which versions a value is so, and how it was obtained."""
    parts = [
        _("since %s") % _at_latest(of.since) if of.since else "",
        _("until %s") % of.until if of.until else "",
        _("preview") if of.preview else "",
        of.method or "",
    ]
    return [part for part in parts if part]


def _at_latest(version: str) -> str:
    sign = next((one for one in ("≤", "<=") if version.startswith(one)), "")
    return f"≤ {version.removeprefix(sign).lstrip()}" if sign else version


def statement(criterion: Criterion, of: Statement, language: str) -> str:
    """A further value of a fact, with its condition before it; without one, it is what other sources say."""
    words = stated_value(criterion, of, language)
    version = _("version %s") % of.version if of.version else ""
    condition = listed(filter(None, [of.when, version, date(of.as_of, language) if of.as_of else ""]))
    versions = extent(of)
    if not condition and not versions and of.sources:
        condition = _("Another source") if len(of.sources) == 1 else _("Other sources")
    return (f"{condition}: " if condition else "") + listed([words, *versions])


def relation(of: Relation | None) -> str:
    """The relation of a comparison as a reader would say it; of a derived pair nobody has said how they relate."""
    if of is None:
        return _("Side by side")
    return {
        Relation.ALTERNATIVES: _("Alternatives"),
        Relation.COMPLEMENTS: _("Used together"),
        Relation.LAYERS: _("One builds on the other"),
        Relation.SUCCESSOR: _("One succeeds the other"),
        Relation.CONFUSED_TERMS: _("Terms that are often confused"),
    }[of]


def choose(relation: Relation) -> str:
    """The heading over the conditions of one side; ``%s`` is its name."""
    if relation.may_choose:
        return _("Choose %s if …")
    return _("It is %s when …") if relation is Relation.CONFUSED_TERMS else _("Use %s when …")


def choose_over(relation: Relation, name: str, others: Iterable[str]) -> str:
    """The same for one side against the others."""
    if relation.may_choose:
        return _("Choose %(name)s over %(others)s if …") % {"name": name, "others": _(" and ").join(others)}
    return choose(relation) % name


def kind(id_: str) -> str:
    """A kind as a heading: "web-framework" becomes "Web framework"."""
    return kind_heading(id_)


def discontinued(status: TechnologyStatus) -> str:
    """That a technology is discontinued; empty for any other."""
    return _("Discontinued") if status is TechnologyStatus.DISCONTINUED else ""


def unsettled(status: CriterionStatus) -> str:
    """That what a criterion asks for is experimental or deprecated; empty for what is expected to stay."""
    return {CriterionStatus.EXPERIMENTAL: _("experimental"), CriterionStatus.DEPRECATED: _("deprecated")}.get(
        status, ""
    )


def release(of: Release, language: str) -> str:
    """The version of a release, its date and the end of its support."""
    words = _("Version %s") % of.version + (f" ({date(of.date, language)})" if of.date else "")
    end = _("supported until %s") % date(of.supported_until, language) if of.supported_until else ""
    return listed(filter(None, [words, end]))


def myth(claim: str) -> str:
    """The claim of a misconception where nothing else says that it is false."""
    return _("Myth: %s") % claim


def versions(found: Sequence[str]) -> str:
    """The versions of facts, the most frequent first; of many the first."""
    by_number = [version for version, _count in Counter(found).most_common()]
    return " / ".join(by_number[:MOST_VERSIONS]) + " …" * (len(by_number) > MOST_VERSIONS)


def and_more(number: int) -> str:
    """The words behind the first of so many names; empty when all are named."""
    return _("and %d more") % (number - MOST_NAMED) if number > MOST_NAMED else ""


def listed(words: Iterable[str]) -> str:
    """Words in a row with commas."""
    return ", ".join(words)


class Language(NamedTuple):
    """A language by its parts, written as in ISO 639, 15924 and 3166; empty where nothing is said."""

    language: str
    script: str = ""
    region: str = ""
    variant: str = ""


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
    """The name of a language by BCP 47, as web pages have it."""
    found = parsed(name)
    return "-".join(filter(None, found)) if found else name.replace("_", "-")


@lru_cache(maxsize=8)
def locale_of(name: str) -> Locale:
    """How dates are written in a language."""
    return known_locale(name) or Locale(FALLBACK)


def known_locale(name: str) -> Locale | None:
    """How dates are written in a language; ``None`` when the library does not know it."""
    found = parsed(name)
    if found is None:
        return None
    language, script, region, _variant = found
    for parts in ((language, script, region), (language, script), (language, region), (language,)):
        try:
            return Locale.parse("_".join(filter(None, parts)))
        except (UnknownLocaleError, ValueError):
            continue
    return None


def for_typesetting(name: str) -> tuple[str, str | None]:
    """The language and the region (two letters) that the typesetter takes."""
    found = parsed(name) or Language(FALLBACK)
    return found.language, found.region if found.region.isalpha() else None
