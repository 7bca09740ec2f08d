"""The configuration values ``versus_pdf_…``, checked once and frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from ..problems import Code, Place, Problem, nearest
from ..site.reporting import report
from .typesetter.compiler import FONTS

VOLUMES = ("book", "comparisons", "kinds")
PAPERS = ("a4", "a5", "us-letter", "iso-b5")
VALUES: Mapping[str, Any] = {
    "versus_pdf_volumes": ["book"],
    "versus_pdf_exclude": [],
    "versus_pdf_paper": "a4",
    "versus_pdf_fonts": {},
    "versus_pdf_font_path": [],
    "versus_pdf_folder": "",
}


@dataclass(frozen=True)
class PdfSettings:
    """What a site may set about its PDFs; what does not fit is left at its default."""

    volumes: tuple[str, ...]
    exclude: tuple[str, ...]
    paper: str
    fonts: Mapping[str, str]
    font_path: tuple[Path, ...]

    @classmethod
    def of(cls, config: Config, confdir: Path) -> PdfSettings:
        """Read the values."""
        return cls(
            tuple(name for name in VOLUMES if name in _listed(config.versus_pdf_volumes)),
            tuple(_listed(config.versus_pdf_exclude)),
            config.versus_pdf_paper if config.versus_pdf_paper in PAPERS else PAPERS[0],
            {use: str(family) for use, family in dict(config.versus_pdf_fonts).items() if use in FONTS},
            tuple(confdir / folder for folder in _listed(config.versus_pdf_font_path)),
        )


def _listed(given: object) -> list[str]:
    """A list of texts; one text, as a command line gives it, is split at commas."""
    if isinstance(given, str):
        return [word.strip() for word in given.split(",") if word.strip()]
    return [str(one) for one in given] if isinstance(given, list | tuple) else []


def problems_of(config: Config, conf_py: str) -> Iterator[Problem]:
    """What is wrong with the values."""
    place = Place(conf_py)
    known = {
        "versus_pdf_volumes": (_listed(config.versus_pdf_volumes), VOLUMES),
        "versus_pdf_paper": ([config.versus_pdf_paper], PAPERS),
        "versus_pdf_fonts": (list(config.versus_pdf_fonts), tuple(FONTS)),
    }
    for name, (given, fitting) in known.items():
        for one in given:
            if one not in fitting:
                yield Problem(place, Code.INVALID_CONFIG, f"{name} has {one!r}", nearest(str(one), fitting))


def check_config(app: Sphinx, config: Config) -> None:
    """``config-inited``: report what does not fit."""
    report(*problems_of(config, str(Path(app.confdir) / "conf.py")))


def setup(app: Sphinx) -> None:
    """Register the values. Pages are not read again for them; what they change is made anew in every build."""
    kinds: Mapping[type, tuple[type, ...]] = {list: (list, tuple, str), dict: (dict,), str: (str,)}
    for name, default in VALUES.items():
        app.add_config_value(name, default, "", types=frozenset(kinds[type(default)]))
    app.connect("config-inited", check_config)
