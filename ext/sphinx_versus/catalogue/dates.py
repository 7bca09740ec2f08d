"""Dates that are as exact as their source: a year, a month or a day."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A calendar date of which the day, or month and day, may be unknown (0).

    Written as in ISO 8601: ``2005``, ``2005-07`` or ``2005-07-21``.
    """

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raise ``ValueError`` for anything else."""
        match = _FORM.fullmatch(text.strip())
        if not match:
            raise ValueError("expected a date such as 2026, 2026-11 or 2026-11-22")
        year, month, day = (int(part or 0) for part in match.groups())
        if match[2] == "00" or match[3] == "00":
            raise ValueError("months and days count from 01")
        try:
            datetime.date(year, month or 1, day or 1)
        except ValueError:
            raise ValueError("there is no such day in the calendar") from None
        return cls(year, month, day)

    def __reduce__(self) -> tuple[type[PartialDate], tuple[int, int, int]]:  # there are thousands in the cache
        return PartialDate, (self.year, self.month, self.day)

    @property
    def is_full(self) -> bool:
        """Whether the day is known."""
        return bool(self.day)

    def __str__(self) -> str:
        parts = [f"{self.year:04}", f"{self.month:02}", f"{self.day:02}"]
        return "-".join(parts[: 1 + bool(self.month) + bool(self.day)])
