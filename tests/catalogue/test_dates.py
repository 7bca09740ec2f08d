"""Dates that are as exact as their source."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_versus.catalogue.fields import PartialDate


@pytest.mark.parametrize("text", ["2005", "2005-07", "2005-07-21", "0001", "9999-12-31", "2024-02-29"])
def test_a_date_is_written_as_it_was_read(text: str) -> None:
    assert str(PartialDate.parse(text)) == text
    assert str(PartialDate.parse(f" {text} ")) == text


@pytest.mark.parametrize(
    ("text", "middle"),
    [
        ("2005", 2005.5),
        ("2005-01", 2005 + 0.5 / 12),
        ("2005-12", 2005 + 11.5 / 12),
        ("2005-01-01", 2005 + 0.5 / 31 / 12),
    ],
)
def test_the_middle_of_a_date_is_that_of_what_is_known(text: str, middle: float) -> None:
    assert PartialDate.parse(text).middle == pytest.approx(middle)


def test_middles_are_in_the_order_of_days() -> None:
    days = ["2004-12-31", "2005-01-01", "2005-01-31", "2005-02-01", "2005-02-28", "2005-12-31"]
    middles = [PartialDate.parse(day).middle for day in days]
    assert middles == sorted(middles)
    assert len(set(middles)) == len(middles)


@pytest.mark.parametrize("text", ["2005-07-21", "2005-07", "2005"])
def test_a_date_is_full_when_the_day_is_known(text: str) -> None:
    assert PartialDate.parse(text).is_full is (len(text) == 10)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        *((text, "expected a date") for text in ("", "soon", "05", "2005-07-21T10:00", "-2005")),
        ("\uff12\uff10\uff10\uff15", "expected a date"),
        ("20050721", "expected a date"),
        ("2005-13", "there is no month 13; months are 01 to 12"),
        ("2005-02-29", "there is no day 29 in that month"),
        ("2005-04-31", "there is no day 31"),
        ("0000", "there is no year 0"),
        ("2005-00", "count from 01"),
        ("2005-07-00", "count from 01"),
        ("2005-00-07", "count from 01"),
    ],
)
def test_what_is_no_date(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        PartialDate.parse(text)


@given(st.dates(), st.dates())
def test_full_dates_are_in_the_order_of_the_calendar(one: datetime.date, other: datetime.date) -> None:
    assert (PartialDate.parse(str(one)) < PartialDate.parse(str(other))) is (one < other)


def test_a_month_begins_with_itself() -> None:
    texts = ["2004-12-31", "2005", "2005-01", "2005-01-01", "2005-02", "2006"]
    assert [str(date) for date in sorted(map(PartialDate.parse, reversed(texts)))] == texts
