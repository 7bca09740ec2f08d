"""What a value means: read by the type of its criterion, so that values are compared and sorted by meaning and not by spelling.

A meaning has a ``key``, which equal values have in common, and an ``exact`` form for machines, by which values are sorted; it is
empty where there is no order.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import cached_property, partial
from itertools import combinations, islice, product
from typing import NamedTuple

from ..problems import Hint, nearest
from .fields import PartialDate, ValueType, comparable
from .model import Criterion, Extent, Fact, Option, Technology

ANSWERS = ("yes", "partial", "no")
"""The values of a criterion of type ``yes-no``."""
INFINITE = "Infinity"
"""What stands for an unlimited number where machines read it, as JavaScript writes it."""
_MOST_COMPARED = 100
"""So many facts that are so under conditions of their own are compared each with each."""
_EXACT = Context(prec=5000)
"""More digits than a value may have, with those of a prefix."""
_ROUNDED = Context(prec=28)
_MOST_DIGITS = 30
"""A number that is multiplied for a record has at most so many digits before or behind its point."""
PREFIXES: Mapping[str, Decimal] = {
    **{f"{letter}i": Decimal(1024) ** power for power, letter in enumerate("KMGTPE", 1)},
    **{
        letter: Decimal(10) ** power
        for letter, power in zip(
            "fpnµumkKMGTPEZY", (-15, -12, -9, -6, -6, -3, 3, 3, 6, 9, 12, 15, 18, 21, 24), strict=True
        )
    },
}
"""The prefixes of units, the longer ones first, with what they multiply a unit by."""
BARE = ("k", "K", "M", "G", "T")
"""The prefixes that may follow a number without a unit."""
COUNTS = {word: Decimal(1000) ** power for power, word in enumerate(("thousand", "million", "billion", "trillion"), 1)}
"""The words that may follow a number before its unit."""
SIGNS: Mapping[str, str] = {
    **{sign: sign for sign in ("<", ">", "≤", "≥", "≈")},
    **dict.fromkeys(("less than", "fewer than", "under"), "<"),
    **dict.fromkeys(("more than", "over"), ">"),
    **dict.fromkeys(("<=", "at most", "up to"), "≤"),
    **dict.fromkeys((">=", "at least"), "≥"),
    **dict.fromkeys(("~", "about", "approximately", "around", "ca.", "circa"), "≈"),
}
"""The words and signs before a number, with the sign that they mean."""
_SECONDS = {"s": 1, "sec": 1, "min": 60, "h": 3600, "d": 86_400, "week": 604_800, "year": 31_557_600}
_SECONDS |= {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
"""How many seconds units of time have; a year has 365.25 days. With more than two letters they may have an s for the plural."""
_AMOUNT = r"[+-]?(?:[0-9]+(?:[\u0020\u00a0\u202f,_'’][0-9]{3})*(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
_NUMBER = re.compile(
    rf"(?P<sign>{'|'.join(map(re.escape, sorted(SIGNS, key=len, reverse=True)))})?\s*"
    rf"(?P<low>{_AMOUNT})(?:\s*(?:-|\u2212|–|—|…|\.\.\.?|to)\s*(?P<high>{_AMOUNT})|\s*(?:±|\+/?-)\s*(?P<margin>{_AMOUNT}))?\s*(?P<unit>[^\W\d_].*|[%°€$£×].*|:\s*[0-9].*)?",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?<=\d)\+(?![\w.])|(?<=[^\W\d_])\+\Z")
"""The sign behind a number or its unit that says: or more."""
_VERSION = re.compile(r"[≤ ]*(?P<name>[^\d]*)(?P<numbers>[0-9]{1,9}(?:\.[0-9]{1,9})*)")
_GROUPING = re.compile(r"[\u0020\u00a0\u202f,_'’]")
_POWER = re.compile(r"(?<=[0-9])\s?[×x*·]\s?10(?=\^|[⁺⁻⁰¹²³⁴-⁹])\^?([+\u2212-]?[0-9]{1,3}|[⁺⁻]?[⁰¹²³⁴-⁹]{1,3})")
"""A power of ten behind a number, with a caret or raised digits."""
_PLAIN_DIGITS = str.maketrans("⁺⁻\u2212⁰¹²³⁴⁵⁶⁷⁸⁹", "+--0123456789")
_UNLIMITED = frozenset({"unlimited", "∞"})
TIMES, RATIO = "×", ":1"
"""The units of a factor, such as ``0.5×`` (of what may follow), and of a ratio, such as ``3:1``."""
_QUALIFIED = re.compile(r"(?P<word>[^()]*[^()\s])\s*(?P<qualifier>\([^()]+\))")
"""An entry of a list with words in brackets behind it."""
_RATIO = re.compile(r":([1-9][0-9]{0,9})")
_EXPECTED_NUMBER = (
    "expected digits such as 1200 or 3.5 (the unit belongs to the criterion), 1–5, ≤ 5, 5+, 5 ± 1, about 5 or unlimited"
)


class Plain(NamedTuple):
    """A value that means what it says."""

    text: str
    exact: str = ""

    @property
    def key(self) -> Hashable:
        """The text."""
        return self.text


class Moment(NamedTuple):
    """A date; one that is less exact is another one."""

    date: PartialDate

    @property
    def key(self) -> Hashable:
        """The date."""
        return self.date

    @property
    def exact(self) -> str:
        """The date as in ISO 8601."""
        return str(self.date)


@dataclass(frozen=True)
class Quantity:
    """A number, a bound or a range; no amounts mean that it is unlimited."""

    sign: str = ""
    """One of ``<``, ``>``, ``≤``, ``≥`` and ``≈``, or nothing."""
    amounts: tuple[str, ...] = ()
    """The digits as typed, without what groups them."""
    unit: str = ""
    factor: Decimal = Decimal(1)
    """How many units of the criterion this unit is, times the divisor."""
    divisor: Decimal = Decimal(1)
    margin: str = ""
    """The digits behind ±."""
    remark: str = ""
    """The words in brackets behind it, with these."""

    @cached_property
    def numbers(self) -> tuple[Decimal, ...]:
        """The amounts in the unit of the criterion."""
        if ratio := _RATIO.fullmatch(self.unit):
            return tuple(Decimal(amount) / Decimal(ratio[1]) for amount in self.amounts)
        return tuple(map(self._in_unit, self.amounts))

    def _in_unit(self, amount: str) -> Decimal:
        number = _times(Decimal(amount), self.factor)
        return number if self.divisor == 1 else _ROUNDED.divide(number, self.divisor)

    @property
    def key(self) -> Hashable:
        """The numbers with their sign; what is about a number is no other number."""
        return "" if self.sign == "≈" else self.sign, self.numbers

    @property
    def exact(self) -> str:
        """The number, or the lower end of a range."""
        return _digits(self.numbers[0]) if self.amounts else INFINITE

    @property
    def upper(self) -> str:
        """The upper end of a range; empty for one number, and without a limit."""
        low, high = self.interval
        return _digits(high) if low != high and low.is_finite() and high.is_finite() else ""

    @cached_property
    def interval(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest number that it may be."""
        if not self.amounts:
            return Decimal(INFINITE), Decimal(INFINITE)
        low, high = self.numbers[0], self.numbers[-1]
        if self.margin:
            margin = abs(self._in_unit(self.margin))
            return low - margin, high + margin
        return (
            -Decimal(INFINITE) if self.sign in {"<", "≤"} else low,
            Decimal(INFINITE) if self.sign in {">", "≥"} else high,
        )

    def contains(self, other: "Quantity") -> bool:
        """Whether another quantity lies within this bound or range."""
        (low, high), (least, greatest) = self.interval, other.interval
        if (self.sign == "<" and greatest == high and other.sign != "<") or (
            self.sign == ">" and least == low and other.sign != ">"
        ):
            return False
        return low <= least and greatest <= high


@dataclass(frozen=True)
class Chosen:
    """Values that the criterion names: one, those of a list in the order of the criterion, or technologies as they are written."""

    options: tuple[Option, ...]
    exact: str = ""
    """Of one value its place in the order, such as ``#0001``, which is no number that readers could ask for."""

    @cached_property
    def key(self) -> Hashable:
        """The ids as a set."""
        return frozenset(option.id for option in self.options)


@dataclass(frozen=True)
class Listed:
    """A list of words that the criterion does not name."""

    words: tuple[str, ...]
    exact: str = ""

    @cached_property
    def key(self) -> Hashable:
        """The words as a set, whatever their case, without what qualifies them."""
        return frozenset(map(bare, self.words))


class Score(NamedTuple):
    """A number on the scale of its criterion, which knows what each step means."""

    digits: str
    highest: str

    @property
    def key(self) -> Hashable:
        """The number."""
        return Decimal(self.digits)

    @property
    def exact(self) -> str:
        """The number."""
        return _digits(Decimal(self.digits))


class Version(NamedTuple):
    """Numbers with full stops between them, of which 3.10 comes behind 3.9, and words before and behind them."""

    text: str
    name: str
    numbers: tuple[int, ...]
    rest: str

    @property
    def key(self) -> Hashable:
        """The numbers, of which zeros at the end say nothing, and the words; those in brackets are a remark."""
        length = max((place for place, number in enumerate(self.numbers, 1) if number), default=0)
        words = comparable(re.sub(r"\([^()]*\)\s*\Z", "", self.rest))
        return comparable(self.name), self.numbers[:length], words

    @property
    def exact(self) -> str:
        """What puts versions in order as a text, and is no number that readers could ask for; one before its release comes first."""
        rest = re.sub(r"[\s.-]", "", self.rest.casefold())
        is_early = re.match(r"(?:a|alpha|b|beta|dev|pre|preview|rc)(?:\d|\Z)", rest)
        return "#" + ".".join(f"{number:09}" for number in self.numbers) + (f" {rest}" if is_early else "!")


Meaning = Plain | Moment | Quantity | Chosen | Listed | Score | Version


def meaning_of(criterion: Criterion, value: str) -> Meaning:
    """What a value of a criterion means; ``ValueError`` says what was expected."""
    try:
        return _meaning_of(criterion, value)
    except ValueError:
        raise
    except Exception as error:  # whatever it is, it costs this value only
        raise ValueError(f"expected it in other words: {type(error).__name__}: {error}") from error


def _meaning_of(criterion: Criterion, value: str) -> Meaning:
    match criterion.type:
        case ValueType.YES_NO if value not in ANSWERS:
            first = re.split(r"[\W_]", value.casefold())[0]
            meant = {"true": "yes", "false": "no"}.get(value.casefold())
            if first in ANSWERS and len(value) > len(first):
                raise ValueError(f'did you mean "{first}"? say the rest in the note')
            raise ValueError(f'did you mean "{meant}"?' if meant else nearest(value, ANSWERS))
        case ValueType.DATE:
            return Moment(PartialDate.parse(value))
        case ValueType.NUMBER:
            return _quantity(value, criterion.unit or "")
        case ValueType.ONE_OF if criterion.values:
            option = _entry(criterion, value)
            return Chosen((option,), f"#{criterion.ranks[option.id]:04}")
        case ValueType.LIST | ValueType.TECHNOLOGIES:
            return _list(criterion, value)
        case ValueType.SCORE if criterion.scale:
            return _score(criterion, value)
    return _version(value) if criterion.type is ValueType.VERSION else Plain(value)


def comparison_key(criterion: Criterion, fact: Extent) -> Hashable:
    """What two known facts have in common that do not differ."""
    assert fact.value is not None
    key = meaning_of(criterion, fact.value).key
    return (key, fact.since, fact.until, fact.preview) if criterion.asks_version else key


def differ(criterion: Criterion, facts: Iterable[Fact]) -> bool:
    """Whether two of some facts surely differ.

    Facts with a value do if these differ. Values under conditions alone do if they differ under a condition that both name, or if each
    fact has one that the other has not.
    """
    known = dict.fromkeys(frozenset(_keys_by_condition(criterion, fact).items()) for fact in facts)
    found: dict[str, Hashable] = {}
    if any(found.setdefault(condition, key) != key for keys in known for condition, key in keys):
        return True
    several = [{key for _, key in keys} for keys in islice(filter(None, known), _MOST_COMPARED)]
    return any(not one <= other and not other <= one for one, other in combinations(several, 2))


def _keys_by_condition(criterion: Criterion, fact: Fact) -> dict[str, Hashable]:
    """The value of a fact, without a condition, or those that it has today under conditions, as :func:`comparison_key` has them."""
    if fact.value is not None:
        return {"": comparison_key(criterion, fact)}
    current = (one for one in fact.statements if one.when and not one.is_dated and one.value is not None)
    return {comparable(one.when or ""): comparison_key(criterion, one) for one in current}


def misfit(criterion: Criterion, value: str | None) -> str | Hint:
    """What was expected, when a value does not fit its criterion; an unknown one always fits."""
    try:
        if value is not None:
            meaning_of(criterion, value)
            if criterion.type is ValueType.TEXT:
                return _NO_VALUE.get(value.casefold(), "")
    except ValueError as error:
        instead = _NO_VALUE.get((value or "").casefold(), "")
        return instead or (error.args[0] if isinstance(error.args[0], Hint) else str(error))
    return ""


_NO_VALUE = {
    **dict.fromkeys(("n/a", "na", "n.a.", "not applicable"), "write not_applicable: true, and say why in the note"),
    **dict.fromkeys(
        ("unknown", "?", "-", "–", "none yet", "tbd", "tba"), "leave value out, and say in the note what was looked for"
    ),
}
"""By words that are no value what to write instead."""


def odd_words(criterion: Criterion, value: str) -> list[str]:
    """The words of a list that a criterion does not name."""
    known = criterion.option_by_word if criterion.type is ValueType.LIST else None
    return [word for word in listed_words(value) if known and not {comparable(word), bare(word)} & known.keys()]


def is_later(one: str, other: str) -> bool:
    """Whether a version or date is surely later than another one; a date and a version cannot be compared."""
    first, second = (_date_in(words) for words in (one, other))
    if first and second:
        return second.is_before(first)
    version, earlier = (_VERSION.fullmatch(words) for words in (one, other))
    if first or second or not version or not earlier or version["name"] != earlier["name"]:
        return False
    pairs = zip(*(map(int, found["numbers"].split(".")) for found in (version, earlier)), strict=False)
    return next((mine > theirs for mine, theirs in pairs if mine != theirs), False)


def _date_in(words: str) -> PartialDate | None:
    try:
        return PartialDate.parse(words.lstrip("≤ "))
    except ValueError:
        return None


def is_within(found: Meaning, asked: Meaning) -> bool:
    """Whether a value is what is wanted: the same, a list with all of the wanted words, or a number within a bound or range."""
    if isinstance(found, Quantity) and isinstance(asked, Quantity):
        return asked.contains(found)
    if isinstance(found.key, frozenset) and isinstance(asked.key, frozenset):
        return asked.key <= found.key
    return found.key == asked.key


# -- numbers


def _quantity(value: str, unit: str) -> Quantity:
    if found := _QUALIFIED.fullmatch(value):
        return replace(_quantity(found["word"], unit), remark=found["qualifier"])
    if value.casefold() in _UNLIMITED:
        return Quantity()
    plain, is_more = _MORE.subn("", _with_plain_signs(value, unit))
    match = _NUMBER.fullmatch(plain)
    pointed = re.sub(r"(?<=\d),(?=\d)", ".", value)
    if match is None and pointed != value and _NUMBER.fullmatch(_with_plain_signs(pointed, unit)):
        raise ValueError(f'did you mean "{pointed}"?')
    # A sign of which a letter only looks like one of its means nothing.
    meant = SIGNS.get((match["sign"] or "").casefold(), "") if match else ""
    if match is None or (match["sign"] and (is_more or not meant)):
        raise ValueError(_EXPECTED_NUMBER)
    sign = "≥" if is_more else meant
    amounts = tuple(_GROUPING.sub("", amount) for amount in match.group("low", "high") if amount)
    if match["margin"] and sign:
        raise ValueError(_EXPECTED_NUMBER)
    if len(amounts) == 2 and (sign or Decimal(amounts[0]) >= Decimal(amounts[1])):
        raise ValueError("expected a range from the smaller number to the larger one, without a sign before it")
    typed = match["unit"] or ""
    typed = "%" if typed in {"percent", "per cent"} else typed
    if unit.startswith(TIMES):
        typed = re.sub(r"^[xX](?!\w)", TIMES, typed)
    elif typed.startswith(":"):
        typed = typed.replace(" ", "")
    count, _blank, rest = typed.partition(" ")
    if count in COUNTS or (typed in BARE and typed != unit):
        factor = COUNTS.get(count) or PREFIXES[typed]
        amounts = tuple(_product(amount, factor) for amount in amounts)
        typed = rest.strip() or unit
    return Quantity(sign, amounts, typed or unit, *_factor(typed, unit), _GROUPING.sub("", match["margin"] or ""))


def _with_plain_signs(value: str, unit: str) -> str:
    """A number with a hyphen for its minus sign and ``e`` for a power of ten, and without the currency before it, if that is the unit."""
    value = _POWER.sub(lambda one: f"e{one[1].translate(_PLAIN_DIGITS)}", value)
    value = re.sub(r"(?<!\w)\u2212(?=[\d.])", "-", value)
    is_currency = len(unit) == 1 and unicodedata.category(unit) == "Sc"
    return re.sub(rf"(?<!\d)(?<!\d\s){re.escape(unit)}\s?(?=\d)", "", value) if is_currency else value


def _factor(typed: str, unit: str) -> tuple[Decimal, Decimal]:
    """How many units of the criterion a typed unit is, which may have another prefix or be another one of time; and a divisor."""
    if typed in {"", unit} or (unit == RATIO and _RATIO.fullmatch(typed)):
        return Decimal(1), Decimal(1)
    if (seconds := _seconds(typed)) and (own_seconds := _seconds(unit)):
        return seconds, own_seconds
    prefixes = {**PREFIXES, "": Decimal(1)}
    for (own, size), (other, multiple) in product(prefixes.items(), repeat=2):
        base = unit.removeprefix(own)
        if base and unit.startswith(own) and typed == other + base:
            return _EXACT.divide(multiple, size), Decimal(1)
    are_words = " " in typed and " " not in unit
    raise ValueError(
        _EXPECTED_NUMBER if are_words or not unit else f'expected the unit "{unit}" or none, or another prefix of it'
    )


def _seconds(unit: str) -> Decimal | None:
    """How many seconds a unit of time has; none of another unit."""
    if seconds := _SECONDS.get(unit) or (_SECONDS.get(unit.removesuffix("s")) if len(unit) > 3 else None):
        return Decimal(seconds)
    return PREFIXES.get(unit[:-1]) if unit.endswith("s") else None


def _times(number: Decimal, factor: Decimal) -> Decimal:
    """A product; what is not multiplied keeps all of its digits."""
    return number if factor == 1 else _EXACT.multiply(number, factor)


def multiplied(value: str, factor: Decimal, digits: int = 0) -> str:
    """A number with all its amounts multiplied, also of a bound, a range and what stands behind ±; what is no number is as it is.

    They are rounded to so many significant digits, if any; long ones have an exponent. What stands in brackets behind it stays.
    """
    if found := _QUALIFIED.fullmatch(value):
        return f"{multiplied(found['word'], factor, digits)} {found['qualifier']}"
    plain, is_more = _MORE.subn("", _with_plain_signs(value, ""))
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return value
    for part in ("margin", "high", "low"):
        if match[part]:
            try:
                product = _EXACT.multiply(Decimal(_GROUPING.sub("", match[part])), factor)
            except ArithmeticError:
                return value
            product = Context(prec=digits).plus(product) if digits else product
            is_long = abs(product.adjusted()) > _MOST_DIGITS
            words = f"{product.normalize():e}".replace("e+", "e") if is_long else _digits(product)
            plain = plain[: match.start(part)] + words + plain[match.end(part) :]
    return plain + "+" * bool(is_more)


def _product(amount: str, factor: Decimal) -> str:
    """A number times a factor, with an exponent if it had one."""
    product = _times(Decimal(amount), factor)
    return f"{product.normalize():e}".replace("e+", "e") if "e" in amount.lower() else _digits(product)


def _digits(number: Decimal) -> str:
    """A number in digits, without zeros at the end of a fraction."""
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _score(criterion: Criterion, value: str) -> Score:
    lowest, highest = criterion.bounds
    if meant := criterion.step_by_word.get(comparable(value)):
        raise ValueError(f'did you mean "{meant}"?')
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", value) or not int(lowest) <= Decimal(value) <= int(highest):
        raise ValueError(f"expected a number from {lowest} to {highest}")
    return Score(value, highest)


def _version(value: str) -> Version:
    found = re.fullmatch(r"(?P<name>[^\d]*?)v?(?P<numbers>[0-9]{1,9}(?:\.[0-9]{1,9})*)(?P<rest>(?!\d).*)", value)
    if found is None:
        raise ValueError("expected a version such as 3.10 or 22.04 LTS")
    return Version(value, found["name"], tuple(map(int, found["numbers"].split("."))), found["rest"])


# -- what a criterion names


def _option(criterion: Criterion, value: str) -> Option:
    option = criterion.option_by_word.get(comparable(value))
    if option is None:
        raise ValueError(Hint(value, partial(nearest_option, criterion, value)))
    return option


def nearest_option(criterion: Criterion, value: str) -> str:
    """Which of the values that a criterion names was probably meant, in words."""
    return nearest(value, [option.words for option in criterion.values.values()])


def _list(criterion: Criterion, value: str) -> Chosen | Listed:
    words = listed_words(value)
    if not words:
        raise ValueError("expected words with commas between them")
    if value.startswith("[") and value.endswith("]"):
        raise ValueError("expected words with commas between them, without brackets around all")
    if (not criterion.values and criterion.type is ValueType.LIST) or _is_empty(criterion, value):
        return Listed(words)
    chosen = {comparable(option.words): option for option in (_entry(criterion, word) for word in words)}.values()
    if criterion.type is ValueType.TECHNOLOGIES:
        return Chosen(tuple(chosen))
    return Chosen(tuple(sorted(chosen, key=lambda option: criterion.ranks[option.id])))


def _is_empty(criterion: Criterion, value: str) -> bool:
    """Whether a value says that a list is known to have no entry."""
    return comparable(value) == "none" and "none" not in criterion.option_by_word


def _entry(criterion: Criterion, word: str) -> Option:
    """The value that an entry names, with what qualifies it behind its label."""
    found = _QUALIFIED.fullmatch(word)
    if found is None or comparable(word) in criterion.option_by_word:
        return _option(criterion, word)
    option = _option(criterion, found["word"])
    return option.model_copy(update={"label": f"{option.words} {found['qualifier']}"})


def entries_of(criterion: Criterion, value: str) -> list[str]:
    """What a value names, as readers see it, without what qualifies it; none of a value that names nothing."""
    match meaning_of(criterion, value):
        case Chosen(options=options):
            return [*dict.fromkeys(criterion.values[option.id].words for option in options)]
        case Listed(words=words):
            return [*dict.fromkeys(found["word"] if (found := _QUALIFIED.fullmatch(word)) else word for word in words)]
    return []


def bare(word: str) -> str:
    """A word of a list as it is compared: without what qualifies it, which is in brackets behind it."""
    found = _QUALIFIED.fullmatch(word)
    return comparable(found["word"] if found else word)


def listed_words(value: str) -> tuple[str, ...]:
    """The words of a list, each once."""
    return tuple(dict.fromkeys(split_list(value)))


_BETWEEN = {sign: re.compile(rf"(?:\([^()]*\)|\[[^\[\]]*\]|[^{sign}])+") for sign in ",;"}


def split_list(value: str) -> list[str]:
    """The words of a list, between which are commas outside of brackets, or semicolons where any word has a comma.

    A semicolon at the end says as well that commas separate nothing.
    """
    has_semicolons = value.rstrip().endswith(";") or len(_BETWEEN[";"].findall(value)) > 1
    between = _BETWEEN[";" if has_semicolons else ","]
    return [word for part in between.findall(value) if (word := part.strip(" \t\n,;"))]


def joined(words: Iterable[str]) -> str:
    """Words as readers see them: with commas between them, or semicolons where a word has a comma."""
    found = [*words]
    return ("; " if any(len(split_list(word)) > 1 for word in found) else ", ").join(found)


def typed_list(words: Iterable[str]) -> str:
    """A list as it is typed in a record: in words with commas, semicolons outside of brackets become commas."""
    found = [*words]
    if all(len(split_list(word)) < 2 for word in found):
        return joined(found)
    return "; ".join(",".join(_BETWEEN[";"].findall(word)) for word in found) + ";" * (len(found) == 1)


# -- technologies as values


def with_technologies(
    criteria: Mapping[str, Criterion], technologies: Mapping[str, Technology]
) -> dict[str, Criterion]:
    """The criteria, of which those whose values are technologies name all of these, with their names as labels."""
    asked = [one for one in criteria.values() if one.type is ValueType.TECHNOLOGIES]
    words = {id_: one.name for id_, one in technologies.items()} if asked else {}
    named = {id_: Option.model_validate({"@id": id_, "label": name}) for id_, name in words.items()}
    return {**criteria, **{one.id: one.model_copy(update={"values": named}) for one in asked}}


def naming_only(criterion: Criterion, facts: Iterable[Fact]) -> Criterion:
    """The criterion; of technologies it names those in the facts, so that who shows these depends on no others."""
    if criterion.type is not ValueType.TECHNOLOGIES:
        return criterion
    given = [one.value for fact in facts for one in (fact, *fact.statements) if one.value is not None]
    meanings = (meaning_of(criterion, value) for value in given)
    chosen = {option.id for meaning in meanings if isinstance(meaning, Chosen) for option in meaning.options}
    return criterion.model_copy(update={"values": {id_: criterion.values[id_] for id_ in sorted(chosen)}})


def absent_technologies(criterion: Criterion, value: str) -> list[str]:
    """The words of a value that should be technologies, and are none."""
    known = criterion.option_by_word.keys()
    return [word for word in listed_words(value) if not {comparable(word), bare(word)} & known]
