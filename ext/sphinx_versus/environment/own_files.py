"""The files that the extension writes beside the pages of a web site, and files that the system does not take.

A hidden file of the output names those of ours, each with a digest, so that the next build removes those that are not made any
more. What the site or another extension puts in the same place stays, whether it does so before or behind this extension. It is
known by its name, where the configuration has it, or else by what happened: a file belongs to others when it was not in the list
and is none that would be written, or when it changed while the build ran and this extension did not write it.
"""

import errno
import logging
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.dirhtml import DirectoryHTMLBuilder

from ..catalogue.files import read_file
from ..catalogue.loader import content_digest
from ..problems import Code, Place, Problem
from .output_files import folders_of, given_files, inside, makes_web_pages, name_key, remove, replace_file
from .reporting import report

LIST = ".versus-files"
"""The file that holds, one a line, the files of ours in an output folder, each with a digest of its content."""
MOST_NAMES = 20  # so many files are named in a message
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}  # errors of a whole file system
CLOSED = {errno.EACCES, errno.EPERM}
"""Errors of a folder that may not be written; a file that may not be read has the same."""


class OutputErrors(logging.Handler):
    """Files of one build that the system does not take, because it is full or closed: one error, and a status that shows it.

    Sphinx warns of its own files and ends as if all were well, so its warnings are read. What was not written is written by the
    next build, because the state of the output folder is void.
    """

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self._application = app
        self._is_reported = False
        self.lost = False  # whether a file of the output is missing or not whole

    def note(self, path: str | os.PathLike[str], error: OSError) -> bool:
        """Report that a file was not written; ``False`` when the error is about this file alone."""
        if error.errno in FULL | CLOSED:
            self._report(path, error.strerror or str(error))
        return error.errno in FULL | CLOSED

    def emit(self, record: logging.LogRecord) -> None:
        """Read a warning of Sphinx's builders; those of other processes are plain text."""
        if record.name.startswith("sphinx.sphinx.builders"):
            message, errors = record.getMessage(), [one for one in record.args or () if isinstance(one, OSError)]
            self.lost |= bool(errors)
            words = [words for words in map(os.strerror, FULL) if words in message]
            words += [error.strerror or "" for error in errors if error.errno in CLOSED]
            if words:
                self._report(self._application.outdir, words[0])

    def _report(self, path: str | os.PathLike[str], words: str) -> None:
        self.lost = True
        if not self._is_reported:
            self._is_reported, self._application.statuscode = True, 1
            message, hint = (
                f"cannot be written: {words}",
                "when that is put right, the next build writes what is missing",
            )
            report(Problem(Place(os.fspath(path)), Code.NOT_WRITTEN, message, hint), level="ERROR")


class OwnFiles:
    """The files of ours in one output folder, from the beginning of a build to its end."""

    def __init__(self, app: Sphinx, errors: OutputErrors) -> None:
        self._application, self._errors = app, errors
        self.folder = Path(app.outdir)
        self.has_list = makes_web_pages(app.builder)
        """Whether there are pages for a browser; an EPUB has all files of its folder, and may have no list."""
        content = read_file(str(self.folder / LIST)) if self.has_list else b""
        lines = content.decode(errors="replace").splitlines() if isinstance(content, bytes) else []
        entries = (line.partition(" ") for line in lines)
        self.before = {name: digest for digest, blank, name in entries if blank and "\0" not in name}
        """The digests of the files of the last build by name, as the list has them: it may be damaged, or another's."""
        self._looks = {name: _look(self.folder / name) for name in self.before}
        self._now: dict[str, str] = {}
        self._announced: set[str] = set()
        self._taken: list[str] = []
        self._stuck: set[str] = set()
        self._folders: set[str] = set()

    @cached_property
    def _given(self) -> set[str]:
        """The keys of the files that the configuration puts into the output."""
        return {*map(name_key, given_files(self._application))}

    def make_way(self, docnames: Iterable[str]) -> None:
        """Note which folders the site needs, and remove our files of the last build in the place of one."""
        given = given_files(self._application)  # others may add to them before files are written
        last = "/index" if isinstance(self._application.builder, DirectoryHTMLBuilder) else ""
        files = (*given, *(docname + last for docname in docnames))
        parents = {file.rpartition("/")[0] for file in files}  # a hundred thousand pages are in a few folders
        self._folders = {name_key(folder) for parent in parents for folder in (parent, *folders_of(parent))}
        for name in filter(self.is_folder, self.before):
            self.remove(name)
        if self.has_list and self.is_folder(LIST):
            self.has_list = False
            self._taken.append(LIST)
            remove(self.folder, [LIST] if self.before else [])

    def is_folder(self, name: str) -> bool:
        """Whether a page or a file of the site needs a folder in the place of a file."""
        return name_key(name) in self._folders

    def announce(self, names: Iterable[str]) -> None:
        """Put the names of files into the list before they are written, so that a build that is killed leaves none unknown."""
        new = {*names} - self.before.keys() - self._announced
        self._announced |= new
        if new and self.has_list:
            self._write_list({**dict.fromkeys(self._announced, "-"), **self.before})

    def write(self, name: str, content: bytes, *, quietly: bool = False) -> None:
        """Write a file as a whole unless it is there, or one of others is; ``quietly``: when the site has one, it is meant."""
        self.announce([name])
        if self._is_of_others(name, content):
            self._taken += [name] * (not quietly or self.is_folder(name))
            return
        self._now[name] = content_digest(content)
        path, look = self.folder / name, self._looks.get(name)
        # One that is as the list has it is not read, for there may be thousands.
        is_listed = (
            look and stat.S_ISREG(look[0]) and look[1] == len(content) and self.before.get(name) == self._now[name]
        )
        if not (look == _look(path) if is_listed else read_file(str(path)) == content):
            self._replace(name, content)
        self._looks[name] = _look(path)

    def remove(self, name: str) -> None:
        """Delete a file of the last build if it is as it was written, and its folders when nothing else is in them."""
        path = inside(self.folder, name)
        content = read_file(str(path)) if path else None
        if path and isinstance(content, bytes) and content_digest(content) == self.before[name]:
            remove(self.folder, [name])
            self._looks[name] = _look(path)

    def finish(self) -> None:
        """Remove what is not made any more, report what belongs to others, and keep the list for the next build."""
        for name in self.before.keys() - self._now.keys():
            self.remove(name)
        if self.has_list:
            ours = (name for name in self._now if _look(self.folder / name) == self._looks[name])
            self._write_list({name: self._now[name] for name in ours})
        if self._taken:
            names = sorted(self._taken)
            more = f" and {len(names) - MOST_NAMES} more" * (len(names) > MOST_NAMES)
            message = f"files of the site or another extension stay in the place of ours: {', '.join(names[:MOST_NAMES])}{more}"
            hint = "remove them where they are written, and from the output, if those of Versus are wanted"
            report(Problem(Place(f"{self._application.confdir}/conf.py"), Code.FILE_OF_OTHERS, message, hint))

    def _is_of_others(self, name: str, content: bytes) -> bool:
        path = self.folder / name
        if self.is_folder(name) or name_key(name) in self._given:
            return True
        look = _look(path)
        if not path.is_file() or (found := read_file(str(path))) == content:  # a link may lead to a file
            return False
        if name in self._looks:
            return look != self._looks[name]
        with suppress(UnicodeDecodeError):
            return not isinstance(found, bytes) or bool(found.decode())
        return False  # what is no text is damaged by a crash of the system

    def _replace(self, name: str, content: bytes) -> None:
        """Replace a file; what is in its way is reported, as Sphinx does for pages."""
        path = inside(self.folder, name)
        try:
            if path is None:
                raise NotADirectoryError(None, "a link leads out of the output folder")
            replace_file(path, content)
        except OSError as error:
            if not self._errors.note(self.folder / name, error) and name not in self._stuck:
                self._stuck.add(name)
                place, message = Place(str(self.folder / name)), f"cannot be written: {error.strerror}"
                report(Problem(place, Code.FILE_OF_OTHERS, message, "remove what is in its way"))

    def _write_list(self, files: Mapping[str, str]) -> None:
        content = "".join(f"{digest} {name}\n" for name, digest in sorted(files.items())).encode()
        if files and read_file(str(self.folder / LIST)) != content:
            self._replace(LIST, content)
        elif not files:
            with suppress(OSError):
                (self.folder / LIST).unlink(missing_ok=True)


def _look(path: Path) -> tuple[int, ...] | None:
    """What changes when a file is written: its mode, size, time and inode; ``None`` when there is none."""
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    return status.st_mode, status.st_size, status.st_mtime_ns, status.st_ino
