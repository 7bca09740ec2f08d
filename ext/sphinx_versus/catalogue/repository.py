"""Where the records are kept in public, and the addresses there: of a line of a record, and of a prefilled issue.

Checked when the configuration is ready. A site that named a repository for its theme need not name it again.
"""

import os
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from ..problems import closest, nearest
from .prose import is_web_address

KEYS = ("address", "branch", "data", "service")
FILES: Mapping[str, str] = {"github": "{0}/blob/{1}/{2}", "gitlab": "{0}/-/blob/{1}/{2}"}
ISSUES: Mapping[str, tuple[str, str, str]] = {
    "github": ("/issues/new", "title", "body"),
    "gitlab": ("/-/issues/new", "issue[title]", "issue[description]"),
}
"""Where a new issue is written, and the names of its two fields."""


@dataclass(frozen=True)
class Repository:
    """``data`` is the path of the data folder within the repository."""

    address: str
    branch: str
    data: str
    service: str

    def line(self, path: str, line: int) -> str:
        """The address of a file below the data folder, and of a line in it unless that is 0."""
        found = FILES[self.service].format(self.address, quote(self.branch), quote(posixpath.join(self.data, path)))
        return f"{found}#L{line}" if line else found

    def issue(self, title: str, body: str) -> str:
        """The address of a new issue that is already begun."""
        place, title_field, body_field = ISSUES[self.service]
        return f"{self.address}{place}?{urlencode({title_field: title, body_field: body}, safe='/:,()[]')}"


def repository_of(given: object, data: str) -> Repository | None:
    """The repository that is configured; ``data`` is where the data folder is, unless the configuration names another place."""
    parts = {"address": given} if isinstance(given, str) and given else given
    if not isinstance(parts, Mapping) or any(misfits(parts)):
        return None
    address = str(parts["address"]).removesuffix(".git").rstrip("/")
    service = str(parts.get("service") or _service(address))
    return Repository(address, str(parts.get("branch") or "main"), str(parts.get("data") or data).strip("/"), service)


def misfits(given: object) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the value: the part, its text as it stands in the value, and what was expected."""
    if given is None or given is False or given == "":
        return
    parts = {"address": given} if isinstance(given, str) else given
    if not isinstance(parts, Mapping):
        yield repr(given), "", "expected a mapping such as {'address': 'https://github.com/owner/name'}, or False"
        return
    for key, value in parts.items():
        if key not in KEYS:
            is_meant = "address" not in parts and not closest(str(key), KEYS)
            hint = 'did you mean "address", which is missing?' if is_meant else nearest(str(key), KEYS)
            yield repr(key), str(key), hint
        elif not isinstance(value, str):
            yield f"{key!r}: {value!r}", str(key), "expected a text"
    address, service = str(parts.get("address") or ""), str(parts.get("service") or "")
    if not address and parts.keys() - {*KEYS}:
        return  # the key is another, which is reported
    if not address.startswith(("https://", "http://")) or not is_web_address(address):
        hint = "expected the address of a repository, such as https://github.com/owner/name"
        yield f"'address': {address!r}", address, hint
    elif service and service not in FILES:
        yield f"'service': {service!r}", service, nearest(service, FILES)
    elif not service and not _service(address):
        hint = "add 'service': 'github' or 'gitlab', whichever software runs there"
        yield f"'address': {address!r}", address, hint


def _service(address: str) -> str:
    host = urlsplit(address).hostname or ""
    return next((service for service in FILES if service in host.split(".")), "")


def repository_of_theme(
    options: Mapping[str, Any], context: Mapping[str, Any], srcdir: Path, data: Path
) -> Mapping[str, str] | None:
    """What a theme knows of a repository: by the options of sphinx-basic-ng, or by the variables that others share."""
    service = next((name for name in FILES if context.get(f"{name}_user") and context.get(f"{name}_repo")), "")
    if address := options.get("source_repository"):
        branch, below = options.get("source_branch"), options.get("source_directory")
    elif service:
        host = str(context.get(f"{service}_url") or f"https://{service}.com").rstrip("/")
        address = f"{host}/{context[f'{service}_user']}/{context[f'{service}_repo']}"
        branch = context.get(f"{service}_version")
        below = context.get("doc_path") or context.get("conf_py_path")
    else:
        return None
    to_data = Path(os.path.relpath(data, srcdir)).as_posix()
    path = posixpath.normpath(posixpath.join(str(below or "").strip("/"), to_data))
    found = {"address": str(address), "branch": str(branch or "main"), "data": path}
    return None if path.startswith("..") or any(misfits(found)) else found
