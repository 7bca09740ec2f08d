"""Makes the reader of single pages known here."""

from reading import reader

__all__ = ["reader"]
