"""Makes the built site known here, and remembers which tests failed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browsing import FAILED, address, html, open_page, tabs

__all__ = ["address", "html", "open_page", "tabs"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report
