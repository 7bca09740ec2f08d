"""Makes the browser known here."""

from browsing import browser

__all__ = ["browser"]
