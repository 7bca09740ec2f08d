"""What a page of the documentation has its reader do: files to write, and commands with their output."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

TAB = re.compile(r"^:::\{tab-item\} ([^\n]+)\n(.*?)^:::$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,})(?:console\n|\{code-block\} \w+\n *:caption: (?P<caption>[^\n]+)\n(?: *:[^\n]+\n)*\n)"
    r"(?P<code>.*?)^(?P=indent)(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)

SETS_UP = ("mkdir", "cd", "python3 -m venv", ". .venv", "pip install", "deactivate", "rm -r")
"""Commands around a site, which are left out here."""


class File(NamedTuple):
    """A file whose content the page shows."""

    name: str
    text: str
    is_added: bool
    """Whether the text is added to the file, and not the whole of it."""

    def write(self, folder: Path) -> None:
        """Write the file below a folder, or add to it."""
        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if self.is_added else ""
        path.write_text(before + self.text, encoding="utf-8")


class Command(NamedTuple):
    """A command behind a shell prompt."""

    line: str
    output: str
    """What the page shows below it; ``…`` stands for anything."""

    def prints(self, text: str) -> bool:
        """Whether the output is as the page shows it."""
        pattern = ".*".join(map(re.escape, self.output.strip().split("…")))
        return bool(re.fullmatch(pattern, text.strip(), re.DOTALL))


def steps(page: Path, without: str = "Markdown") -> Iterator[File | Command]:
    """The files and commands of a page in their order, without a tab; the prompt of Linux and macOS is ``$``."""
    text = TAB.sub(lambda tab: "" if tab[1] == without else tab[0], page.read_text(encoding="utf-8"))
    for block in BLOCK.finditer(text):
        code = re.sub(f"^{block['indent']}", "", block["code"], flags=re.MULTILINE)
        if block["caption"]:
            name = block["caption"].removeprefix("Add to ")
            yield File(name, code, is_added=name != block["caption"])
        else:
            for part in code.removeprefix("$ ").split("\n$ "):
                line, _, output = part.partition("\n")
                yield Command(line, output)


def follow(page: Path, folder: Path, run: Callable[[str], str]) -> None:
    """Do in a folder what a page has its reader do, and nothing else; ``run`` returns what a command prints."""
    for step in steps(page):
        if isinstance(step, File):
            step.write(folder)
        elif not step.line.startswith(SETS_UP) and not step.prints(printed := run(step.line)):
            raise ValueError(f"{page.name}: {step.line} prints\n{printed}")
