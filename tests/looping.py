"""Tests over all records, pages or codes: one test with a loop, whose message names what does not hold; and work that is counted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
Check = Callable[[T], None]


def each(values: Iterable[T], name: Callable[[T], object] = str) -> Callable[[Check[T]], Callable[[], None]]:
    """Make a check of one value a test of them all; every value that fails is reported with its name."""
    known = [*values]

    def of_all(check: Check[T]) -> Callable[[], None]:
        def test() -> None:
            assert known
            failures = []
            for value in known:
                try:
                    check(value)
                except AssertionError as failure:
                    failure.add_note(f"of {name(value)}")
                    failures.append(failure)
            if failures:
                raise ExceptionGroup(f"{len(failures)} of {len(known)} fail", failures)

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return of_all


def calls(work: Callable[[], object]) -> int:
    """How many functions some work calls: a measure that does not depend on the machine."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
