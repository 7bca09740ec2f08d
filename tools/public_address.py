"""Write the public addresses of the project where a package index shows them: ``[project.urls]``, and the links and pictures of the README.

``python tools/public_address.py REPOSITORY SITE``: the addresses of the repository and of the site, once there are such. Nothing
else needs them: in the repository itself relative links work.
"""

import re
import sys
from pathlib import Path

NOTE = re.compile(r"# \[project\.urls\] is missing.*\n")
LINK = re.compile(r"(!?)\[([^\]]+)\]\((?![a-z]+:)([^)#]+)(#[^)]*)?\)")
"""A link or a picture in Markdown with a relative address."""


def with_urls(pyproject: str, repository: str, site: str) -> str:
    """The text of ``pyproject.toml`` with a table of addresses."""
    table = f"""[project.urls]
Documentation = "{site}/"
Repository = "{repository}"
Changelog = "{repository}/blob/main/CHANGELOG.md"
Issues = "{repository}/issues"

"""
    return NOTE.sub("", pyproject).replace(
        "[project.optional-dependencies]", f"{table}[project.optional-dependencies]", 1
    )


def with_absolute_links(readme: str, repository: str) -> str:
    """The text of a README that can be read anywhere: pictures are raw files, and other links pages of the repository."""

    def absolute(found: re.Match[str]) -> str:
        mark, text, path, anchor = found.groups()
        return f"{mark}[{text}]({repository}/{'raw' if mark else 'blob'}/main/{path}{anchor or ''})"

    return LINK.sub(absolute, readme)


def main(repository: str, site: str, folder: Path = Path()) -> None:
    """Change both files in a folder."""
    repository, site = repository.rstrip("/"), site.rstrip("/")
    pyproject, readme = folder / "pyproject.toml", folder / "README.md"
    if "\n[project.urls]" in pyproject.read_text(encoding="utf-8"):
        sys.exit("pyproject.toml has [project.urls] already; change the addresses by hand")
    pyproject.write_text(with_urls(pyproject.read_text(encoding="utf-8"), repository, site), encoding="utf-8")
    readme.write_text(with_absolute_links(readme.read_text(encoding="utf-8"), repository), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3 or not all(address.startswith("https://") for address in sys.argv[1:]):
        sys.exit("usage: python tools/public_address.py https://REPOSITORY https://SITE")
    main(*sys.argv[1:])
