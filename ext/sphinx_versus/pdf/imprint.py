"""The data of a volume about itself and about places elsewhere; the style reads it."""

from __future__ import annotations

import datetime
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sphinx.config import Config
from sphinx.util.i18n import format_date

from ..catalogue.fields import PartialDate
from ..components import i18n
from ..components.i18n import _, for_typesetting
from .book import Volume
from .typesetter.compiler import Fonts
from .work_folder import Edition
from .writer import Sheet


class Imprint:
    """Titles, dates, language, fonts and links of volumes, from the configuration."""

    def __init__(self, config: Config, paper: str, fonts: Fonts) -> None:
        self._config = config
        self._paper = paper
        self._fonts = fonts

    def inputs(self, volume: Volume, sheets: Mapping[Edition, Sheet], missing: Mapping[str, str]) -> Mapping[str, str]:
        """The settings of a volume as JSON, the characters without a letter, and the places that are not in it."""
        settings = {**self._settings(volume), "missing": missing}
        there = [sheets[edition] for edition in volume.editions]
        places = {name: json.dumps(found, sort_keys=True) for name, found in self._places(there).items()}
        return {"config": json.dumps(settings), **places}

    def _settings(self, volume: Volume) -> dict[str, Any]:
        config = self._config
        lang, region = for_typesetting(config.language or "en")
        return {
            "title": volume.title,
            "subtitle": volume.subtitle,
            "author": [config.author] if config.author not in {"", "unknown", "Author name not set"} else [],
            "keywords": list(volume.keywords),
            "lang": lang,
            "region": region,
            "paper": self._paper,
            "fonts": dict(self._fonts.families),
            "colophon": list(self._colophon()),
            "foot": f"{config.project} {config.release}".strip() if volume.title != config.project else config.release,
            "words": {"page": _("p."), "contents": _("Contents")},
        }

    def _colophon(self) -> Iterator[str]:
        config = self._config
        if config.release:
            yield _("Version %s") % config.release
        yield config.today or self._today()
        if config.copyright and not config.copyright.isspace():
            yield f"© {config.copyright}".replace("© ©", "©")

    def _today(self) -> str:
        config = self._config
        if config.today_fmt:
            return format_date(config.today_fmt, language=config.language or "en")
        day = datetime.datetime.fromtimestamp(source_date(), datetime.UTC).date()
        return i18n.date(PartialDate(day.year, day.month, day.day), config.language or "en")

    def _places(self, sheets: Sequence[Sheet]) -> Mapping[str, Mapping[str, str]]:
        """Where references lead that would lead nowhere: to another place in the volume, else to an address of the site."""
        places = places_of(sheets)
        wanted = {place for sheet in sheets for place in sheet.references}
        moved = {place: places[place] for place in wanted & places.keys() if places[place] != place}
        return {"moved": moved, "absent": {place: self._address(place) for place in wanted - places.keys()}}

    def _address(self, place: str) -> str:
        config = self._config
        if not config.html_baseurl:
            return ""
        docname, _sep, anchor = place.partition("--")
        suffix = config.html_link_suffix or config.html_file_suffix or ".html"
        return f"{config.html_baseurl.rstrip('/')}/{docname}{suffix}" + (f"#{anchor}" if anchor else "")


def source_date(*, fixed: bool = False) -> int:
    """The time of making: ``SOURCE_DATE_EPOCH``, or now (0 when only a fixed one counts)."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isdigit() else 0 if fixed else int(time.time())


def places_of(sheets: Iterable[Sheet]) -> Mapping[str, str]:
    """The places to which references may lead, each with the place in these pages that has it."""
    there = {place: place for sheet in sheets for place in sheet.labels}
    moved = {place: to for sheet in sheets for place, to in sheet.moved.items() if to in there}
    return {**moved, **there}
