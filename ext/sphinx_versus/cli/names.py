"""Ids of technologies: from names as people write them, and whether a word can be one."""

import os
import re
import unicodedata
from collections.abc import Collection

import rich_click as click

from ..catalogue import fields
from ..catalogue.catalogue import Catalogue
from ..characters import FORBIDDEN

_SIGNS = (
    (re.compile(r"\+\+"), "pp"),  # C++: cpp
    (re.compile(r"(?<=\w)\+"), "-plus"),
    (re.compile(r"(?<=\w)#"), "sharp"),  # C#: csharp
    (re.compile(r"(?<=\w)\*"), "-star"),
    (re.compile(r"(?<![\w.])\.(?=\w)"), "dot"),  # .NET: dotnet
    (re.compile(r"&"), "-and-"),
    (re.compile(r"@"), "-at-"),
)
"""Signs of which a name may consist, and what ids commonly have in their place."""


def id_of(name: str) -> str:
    """The id that a name suggests; empty when it has no letter or digit."""
    for sign, words in _SIGNS:
        name = sign.sub(words, name)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def shortened_id(id_: str, most: int) -> str:
    """An id of at most so many characters, without a part of a word at its end."""
    return id_ if len(id_) <= most else id_[: most + 1].rpartition("-")[0] or id_[:most]


def identify(catalogue: Catalogue, name: str) -> str:
    """The id of a technology that is named by its id or name, known or new."""
    known = {technology.name.casefold(): id_ for id_, technology in catalogue.technologies.items()}
    id_ = known.get(name.casefold()) or (name if name in catalogue.technologies else id_of(name))
    if FORBIDDEN.search(name):
        raise click.ClickException(f'"{name}" has a character that no name can have')
    if not id_:
        raise click.ClickException(
            f'"{name}" has no letter or digit that an id could be made of; choose one: --id "{name}=…"'
        )
    if reason := unusable(id_):
        raise click.ClickException(f'"{id_}" cannot be an id: {reason}; choose another one: --id "{name}=…"')
    return id_


def unusable(id_: str) -> str:
    """Why a technology or comparison cannot have this id; empty when it can."""
    if reason := unfit(id_):
        return reason
    if id_ == "index":
        return "it is the page that lists the others"
    if fields.is_reserved(id_):
        return "Windows reserves this name"
    return ""


def unfit(id_: str) -> str:
    """Why a word is not an id of anything; empty when it is one."""
    if not re.fullmatch(fields.ID_PATTERN, id_):
        usual = fields.kebab_case(id_)
        return "expected lower-case letters, digits and hyphens" + f', such as "{usual}"' * bool(usual)
    return f"it has more than {fields.MAX_ID} characters" if len(id_) > fields.MAX_ID else ""


def as_typed(name: str) -> str:
    """A name in a locale without Unicode, in which the bytes of the terminal come as they are."""
    try:
        return os.fsencode(name).decode() if FORBIDDEN.search(name) else name
    except UnicodeError:
        return name


def listed(words: Collection[str]) -> str:
    """Words as a list in a sentence: ``A``, ``A and B``, ``A, B and C``."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
