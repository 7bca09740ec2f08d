"""The records: what is kept, what is filled in, and that nothing can be changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from sphinx_versus.catalogue import model
from sphinx_versus.catalogue.fields import Choice, PartialDate, Relation, ValueType, kebab_case
from sphinx_versus.catalogue.loader import Loaded
from sphinx_versus.catalogue.model import Comparison, Criterion, Fact, Source, Technology, Verdict
from sphinx_versus.catalogue.prose import Prose

SOURCE = {"@id": "x", "title": "A", "publisher": "B", "kind": "primary", "accessed": "2026-11-01"}
TECHNOLOGY: dict[str, Any] = {
    "@id": "flask",
    "name": "Flask",
    "kind": "web-framework",
    "summary": "A framework.",
}
COMPARISON: dict[str, Any] = {
    "@id": "a-vs-b",
    "technologies": ["a", "b"],
    "relation": "layers",
    "summary": "A and B.",
    "criteria": [{"group": "One", "rows": ["c", "d"]}, {"group": "Two", "rows": ["e"]}],
    "reviewed": "2026-11-22",
}


def test_a_record_from_plain_values() -> None:
    flask = Technology.model_validate({**TECHNOLOGY, "facts": {"orm": {"value": "no", "as_of": "2026"}}})
    assert flask.id == "flask"
    assert flask.summary == Prose("A framework.")
    assert flask.facts["orm"].value == "no"
    assert flask.facts["orm"].as_of == PartialDate(2026)


def test_records_are_frozen() -> None:
    flask = Technology.model_validate(TECHNOLOGY)
    with pytest.raises(ValidationError, match="frozen"):
        flask.name = "Django"  # type: ignore[misc]


def test_entries_get_their_keys_as_ids() -> None:
    entries = {"claim": "A", "correction": "B"}
    flask = Technology.model_validate({**TECHNOLOGY, "misconceptions": {"it-is-small": entries}})
    assert flask.misconceptions["it-is-small"].id == "it-is-small"
    pair = Comparison.model_validate({**COMPARISON, "topics": {"why": {"title": "Why", "body": "So."}}})
    assert pair.topics["why"].id == "why"


def test_the_rows_of_a_comparison() -> None:
    assert Comparison.model_validate(COMPARISON).rows == ("c", "d", "e")


@pytest.mark.parametrize(("quote", "kept"), [("One.", ("One.",)), (["One.", "Two."], ("One.", "Two.")), ([], ())])
def test_one_quotation_or_several(quote: Any, kept: tuple[str, ...]) -> None:
    assert Source.model_validate({**SOURCE, "quote": quote}).quote == kept


def test_a_quotation_has_at_most_25_words() -> None:
    assert Source.model_validate({**SOURCE, "quote": "word " * 25}).quote
    with pytest.raises(ValidationError, match="the quotation has 26 words"):
        Source.model_validate({**SOURCE, "quote": "word " * 26})


def test_blanks_in_a_text_are_one_blank() -> None:
    assert Source.model_validate({**SOURCE, "title": " A\n  b\t c "}).title == "A b c"
    assert Source.model_validate({**SOURCE, "title": "20\N{NO-BREAK SPACE}000"}).title == "20\N{NO-BREAK SPACE}000"


@pytest.mark.parametrize(
    ("typed", "value"), [("true", True), ("True", True), ("FALSE", False), (True, True), (False, False)]
)
def test_flags(typed: Any, value: bool) -> None:
    assert Fact.model_validate({"value": "x", "note": "y", "judgement": typed}).judgement is value


@pytest.mark.parametrize("typed", ["yes", "1", "", [], {}, None])
def test_what_is_no_flag(typed: Any) -> None:
    with pytest.raises(ValidationError):
        Fact.model_validate({"value": "x", "note": "y", "judgement": typed})


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://example.org", True),
        ("http://example.org:8080/a/b?c=d&e=(f)#[g]", True),
        ("https://exämple.org/ü", True),
        ("HTTPS://example.org", False),
        ("https://", False),
        ("https:///path", False),
        ("https://[::1]/", False),
        ("https://example.org/a b", False),
        ("https://example.org/<b>", False),
        ("ftp://example.org", False),
        ("javascript://example.org", False),
        ("example.org", False),
        ("https://example.org\\@example.com/", False),
        ("https://example.org/a\\b", False),
    ],
)
def test_addresses(address: str, good: bool) -> None:
    if good:
        assert Technology.model_validate({**TECHNOLOGY, "homepage": address}).homepage == address.replace(
            "[g]", "%5Bg%5D"
        )
    else:
        with pytest.raises(ValidationError, match="is not a web address"):
            Technology.model_validate({**TECHNOLOGY, "homepage": address})


@pytest.mark.parametrize(
    "value",
    [{"value": "x"}, {"note": "Nothing was found."}, {"value": "x", "judgement": "true", "note": "y"}],
)
def test_facts_that_explain_themselves(value: Any) -> None:
    assert Fact.model_validate(value)


@pytest.mark.parametrize("value", [{}, {"sources": ["a"]}, {"value": "x", "judgement": "true"}])
def test_facts_that_need_a_note(value: Any) -> None:
    with pytest.raises(ValidationError, match="no"):
        Fact.model_validate(value)


@pytest.mark.parametrize(
    ("typed", "kebab"),
    [
        ("Django_vs Flask", "django-vs-flask"),
        ("databaseSupport", "database-support"),
        ("HTTP2", "http2"),
        ("webAPI", "webapi"),
        ("--a--b--", "a-b"),
        ("Ünicode", "nicode"),
        ("日本", ""),
    ],
)
def test_kebab_case(typed: str, kebab: str) -> None:
    assert kebab_case(typed) == kebab


def test_an_id_without_letters_gets_a_general_hint() -> None:
    with pytest.raises(ValidationError) as caught:
        Technology.model_validate({**TECHNOLOGY, "@id": "日本"})
    assert caught.value.errors()[0]["ctx"]["hint"] == "expected lower-case letters, digits and hyphens"


def test_only_alternatives_and_successors_leave_a_choice() -> None:
    assert {relation for relation in Relation if relation.may_choose} == {
        Relation.ALTERNATIVES,
        Relation.SUCCESSOR,
    }


@pytest.mark.parametrize("member", [member for choice in Choice.__subclasses__() for member in choice], ids=str)
def test_every_choice_has_a_meaning(member: Choice) -> None:
    assert member.meaning
    assert type(member)(str(member)) is member  # type: ignore[call-arg]


def test_the_type_of_a_criterion_is_text_unless_said() -> None:
    assert Criterion.model_validate({"@id": "x", "name": "X", "definition": "What?"}).type is ValueType.TEXT


def test_the_conditions_of_a_verdict() -> None:
    condition = {"when": "always", "because": ["c"]}
    assert list(Verdict.model_validate({"choose": {"a": [condition]}}).conditions) == ["a"]
    assert list(Verdict.model_validate({"use": {"b": [condition]}}).conditions) == ["b"]
    assert Verdict().conditions == {}


def test_every_field_of_every_record_is_documented() -> None:
    records = [one for one in vars(model).values() if isinstance(one, type) and issubclass(one, BaseModel)]
    undocumented = [
        f"{record.__name__}.{name}"
        for record in records
        for name, field in record.model_fields.items()
        if not field.description
    ]
    assert undocumented == []


@pytest.mark.parametrize("name", sorted(Technology.model_fields))
def test_an_id_may_have_the_name_of_a_field(catalogue: Callable[[Mapping[str, str]], Loaded], name: str) -> None:
    id_ = name.replace("_", "-")
    files = {
        "criteria.yaml": f"{id_}: {{name: N, definition: D}}\n",
        "technologies/a.yaml": f"name: A\nkind: x\nfacts:\n  {id_}: {{value: x}}\n",
    }
    loaded = catalogue(files)
    assert loaded.problems == []
    assert [*loaded.catalogue.technologies["a"].facts] == [id_]
