"""Directives of this site's reference: what they show follows from the code and from the files in ``docs/snippets``.

An entry has the same fields everywhere (Type, Default, Required, Example, Result, Errors, Rebuilds). Entries that a page lacks, or that
nothing has any more, are warnings of the build.
"""

from __future__ import annotations

import inspect
import re
import textwrap
import types
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin, get_type_hints

import click
import yaml
from docutils import nodes
from docutils.parsers.rst import directives
from pydantic import BaseModel
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import ExtensionMetadata

from sphinx_versus.catalogue import fields, model
from sphinx_versus.catalogue.fields import Choice, Loss
from sphinx_versus.cli.commands import main
from sphinx_versus.config import VALUES
from sphinx_versus.directives import DIRECTIVES, base
from sphinx_versus.directives.base import Option
from sphinx_versus.problems import PAGE, Code

SNIPPETS = Path(__file__).parent.parent / "snippets"
EXAMPLES = Path(__file__).parent.parent / "problems" / "examples.yaml"
PROBLEMS = "reference/problems"


# -- examples

TAB = "``````{{tab-item}} {label}\n:sync: {label}\n\n`````{language}\n{text}`````\n``````\n"
"""A tab with the source of an example."""


def rst(markdown: str) -> str:
    """The directives and roles of a Markdown text in reStructuredText."""
    text = re.sub(r"^```\{([\w:-]+)\}(.*)\n((?:.*\n)*?)```$", _rst_directive, markdown, flags=re.MULTILINE)
    text = re.sub(r"(?<=[^\s(])(?=\{[\w:-]+\}`)", r"\\ ", text)
    return re.sub(r"\{([\w:-]+)\}`", r":\1:`", text)


def _rst_directive(match: re.Match[str]) -> str:
    lines: list[str] = []
    for line in match[3].splitlines():
        # An argument ends, and a list within a list begins and ends, with an empty line.
        if (lines and lines[-1] and _indent(lines[-1]) != _indent(line)) or not (lines or line.startswith((":", " "))):
            lines.append("")
        lines.append(line)
    body = re.sub(r"(?m)^(?=.)", "   ", "".join(f"{line}\n" for line in lines))
    return f".. {match[1]}::{match[2]}\n{body}"


def _indent(line: str) -> int | None:
    item = re.match(r" *(?=- )", line)
    return len(item[0]) if item else None


class Example(SphinxDirective):
    """A snippet in Markdown and in reStructuredText, and beside it what it shows."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"no-result": directives.flag}

    def run(self) -> list[nodes.Node]:
        (name,) = self.arguments
        path = SNIPPETS / f"{name}.md"
        self.env.note_dependency(path)
        markdown = path.read_text(encoding="utf-8")
        written = (("Markdown", "md", markdown), ("reStructuredText", "rst", rst(markdown)))
        tabs = "\n".join(
            TAB.format(label=label, language=language, text=f"{text.rstrip()}\n") for label, language, text in written
        )
        source = f"```````{{tab-set}}\n:sync-group: syntax\n\n{tabs}\n```````\n"
        parts = [nodes.container("", *self.parse_text_to_nodes(source), classes=["example-source"])]
        if "no-result" not in self.options:
            # The words of the result are those of other pages: readers who search them want those.
            shown = self.parse_text_to_nodes(markdown)
            parts.append(nodes.container("", *shown, classes=["example-result", "no-search"]))
        return [nodes.container("", *parts, classes=["example"])]


# -- entries


def fields_of(values: Mapping[str, str]) -> str:
    """A list of fields in Markdown; an empty value has none."""
    return "".join(f"  :{name}: {value}\n" for name, value in values.items() if value)


class Entries(SphinxDirective):
    """Entries made of Markdown; each term gets an anchor."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        try:
            shown = self.parse_text_to_nodes(self.text(self.arguments[0]))
        except ValueError as error:
            raise self.error(str(error)) from error
        owner = nodes.make_id(self.arguments[0])
        for term in (term for node in shown for term in node.findall(nodes.term)):
            word = next(term.findall(nodes.literal)).astext()
            term["ids"].append(f"{owner}-{nodes.make_id(word.split()[0])}")
        return shown

    def text(self, name: str) -> str:
        """The entries in Markdown; raises ``ValueError`` when some are missing."""
        raise NotImplementedError


TYPES: Mapping[Any, str] = {
    base.ids: "IDs, separated by commas or blanks",
    base.words: "texts, separated by commas",
    base.classes: "names of classes, separated by commas",
    base.number: f"whole number from 1 to {base.MOST:,}",
    base.flag: "flag: the option alone, without a value",
    base.word: "text",
    str: "text",
}
"""What an option takes, by what reads it."""


def type_of_option(option: Option) -> str:
    """What an option takes, in words."""
    if words := TYPES.get(option.read):
        return words
    known = inspect.getclosurevars(option.read).nonlocals.get("by_name", ())
    return "one of " + ", ".join(f"`{one}`" for one in known) if known else ""


def option_entries(name: str, body: str) -> str:
    """The options of a directive; the body says of each what it does, with an example, a result and the problems."""
    known = DIRECTIVES[name].options_read if name in DIRECTIVES else COMMON
    entries = dict(re.findall(r"^`([\w-]+)`\n: ((?:.*\n?)*?)(?=^`[\w-]+`\n: |\Z)", body, re.MULTILINE))
    if wrong := known.keys() ^ entries.keys():
        raise ValueError(f"options of {name} that are missing or unknown: {', '.join(sorted(wrong))}")
    return "\n".join(f"`{option}`\n: {with_fields(entries[option], known[option])}" for option in entries)


def with_fields(entry: str, option: Option) -> str:
    """An entry with the fields that follow from the code, unless it has others; all in the same order."""
    default = "" if option.default in ("", (), False) else f"`{option.default}`"
    given = dict(re.findall(r"^  :(\w+): (.*)$", entry, re.MULTILINE))
    made = {"Type": type_of_option(option), "Default": default, "Required": "no"} | given
    return f"{entry.partition('  :')[0].rstrip()}\n\n{fields_of(made)}"


COMMON: Mapping[str, Option] = {"class": Option(base.classes, ()), "name": Option(base.word)}
"""The options of every directive."""


class Options(Entries):
    """The options of a directive."""

    def text(self, name: str) -> str:
        return "```{rubric} Options\n```\n\n" + option_entries(name, "\n".join(self.content) + "\n")


# -- records

ALIASES: Mapping[str, Any] = {
    "list of IDs": fields.Ids,
    "ID": fields.Identifier,
    "list of kinds": fields.Kinds,
    "kind, such as `web-framework`": fields.TechnologyKind,
    "text, or list of texts": fields.Quotes,
    "whole number": fields.Step,
    "short text": fields.Name,
    "prose": fields.Markdown,
    "day, such as `2026-11-22`": fields.FullDate,
    "date: `2026`, `2026-11` or `2026-11-22`": fields.AnyDate,
    "`true` or `false`": fields.Flag,
    "web address": fields.Address,
    "path of an image in the data folder": fields.ImageFile,
    "text": fields.Text,
    "short text, which may be a sign such as `%`": fields.Unit,
}
PAGES: Mapping[str, str] = {
    "Fact": "fact.md",
    "Override": "comparison.md#overrides",
    "Misconception": "misconception.md",
    "Link": "technology.md#links",
    "Logo": "technology.md#logo",
    "Release": "technology.md#releases",
    "Defaults": "technology.md#defaults",
    "Statement": "fact.md#statements",
    "Option": "criterion.md#values",
    "RowGroup": "comparison.md#groups-of-rows",
    "Topic": "comparison.md#topics",
    "Verdict": "comparison.md#verdict",
    "Condition": "comparison.md#conditions",
    "SidesWanted": "comparison.md#sides",
    "Redirects": "published.md#redirects",
}
"""Where each part of a record has its own fields."""
COSTS: Mapping[Loss | None, str] = {
    None: "leaves out the field",
    Loss.NEEDED: "keeps the record",
    Loss.ESSENTIAL: "leaves out the {record}",
    Loss.WHOLE: "leaves out the whole field",
}
"""What Versus does with a wrong value, after it has reported it."""
NAMES: Mapping[str, str] = {"SidesWanted": "question", "RowGroup": "row group", "Option": "value"}


def type_in_words(hint: Any) -> str:
    """What a field takes."""
    if get_origin(hint) is Annotated:
        marks = hint.__metadata__
        aliases = sorted(ALIASES.items(), key=lambda one: -len(one[1].__metadata__))
        fit = (words for words, alias in aliases if _begins_with(hint, marks, alias))
        return next(fit, "") or type_in_words(hint.__origin__)
    arguments = [one for one in get_args(hint) if one is not type(None)]
    if get_origin(hint) in (Union, types.UnionType):
        return " or ".join(map(type_in_words, arguments))
    if get_origin(hint) is tuple:
        return f"list of {plural(type_in_words(arguments[0]))}"
    if arguments:
        key, value = map(type_in_words, arguments)
        return f"for each {key}, {value}" if " by " in value else f"{plural(value)} by {key}"
    if issubclass(hint, Choice):
        return "one of " + ", ".join(f"`{one}`" for one in hint)
    return f"[{name_of(hint)}]({PAGES[hint.__name__]})"


def name_of(record: type) -> str:
    """What a record is called."""
    return NAMES.get(record.__name__, record.__name__.lower())


def plural(words: str) -> str:
    """The name of several values; a list stays one, and the name of a link is what its brackets hold."""
    if re.search(r"\bby\b|^list\b|[^s]s\]", words):
        return words
    return (
        re.sub(r"(?<=ss)(?=\]|$)", "es", words, count=1)
        if re.search(r"ss(?=\]|$)", words)
        else re.sub(r"(?<=\w)(?=\]|$)", "s", words, count=1)
    )


def _begins_with(hint: Any, marks: tuple[Any, ...], alias: Any) -> bool:
    same = alias.__origin__ == hint.__origin__
    return same and marks[: len(alias.__metadata__)] == alias.__metadata__


def record_entries(record: type[BaseModel]) -> str:
    """The fields of a record, from its model."""
    return "\n".join(_record_entries(record))


def _record_entries(record: type[BaseModel]) -> Iterator[str]:
    hints = get_type_hints(record, include_extras=True)
    losses = record.losses() if issubclass(record, model.Record) else {}
    for name, field in record.model_fields.items():
        if name == "id" or (record is model.Override and name in model.Fact.model_fields):
            continue
        is_required = field.is_required() or losses.get(name) is Loss.NEEDED
        loss = Loss.ESSENTIAL if field.is_required() else losses.get(name)
        default = field.default.value if isinstance(field.default, Enum) else field.default
        made = {
            "Type": type_in_words(hints[name]),
            "Default": f"`{default}`" if isinstance(default, str) and default and not is_required else "",
            "Required": "yes" if is_required else "no",
            "Errors": f"Versus {COSTS[loss].format(record=name_of(record))}.",
        }
        yield f"`{name}`\n: {field.description}\n\n{fields_of(made)}"


class RecordFields(Entries):
    """The fields of a record or of a part of one."""

    def text(self, name: str) -> str:
        return record_entries(getattr(model, name))


# -- settings and commands

REBUILDS: Mapping[str, str] = {"env": "reads and writes all pages", "html": "writes all pages", "": "nothing by itself"}
OWN_REBUILDS: Mapping[str, str] = {"versus_derived_pairs": "the pages that show something of a pair"}


CODE = re.compile(r"\{'.*\}|\(\".*?\"\)|\"[^\"]*\"|\b(?:True|False)\b|(?<!\S)--[a-z-]+")
"""What is typed, within plain words; typographic quotation marks and dashes would change it."""


def coded(words: str) -> str:
    """Plain words in which what is typed is code."""
    return CODE.sub(r"`\g<0>`", words)


class Setting(Entries):
    """The fields of a setting."""

    def text(self, name: str) -> str:
        value = VALUES[name]
        default = f'"{value.default}"' if isinstance(value.default, str) else repr(value.default).replace("'", '"')
        rebuilds = OWN_REBUILDS.get(name, REBUILDS[value.rebuild])
        expected = coded(value.form.expected)
        made = {"Type": expected, "Default": f"`{default}`", "Required": "no", "Rebuilds": rebuilds}
        return fields_of({**made, "Errors": "{problem}`invalid-config`"}).replace("\n  :", "\n:").strip()


class Command(Entries):
    """How a command is called, with its flags."""

    def text(self, name: str) -> str:
        command = main.commands[name]
        context = click.Context(command, info_name=name, parent=click.Context(main, info_name="versus"))
        usage = " ".join(command.get_usage(context).removeprefix("Usage: ").split())
        words = coded(inspect.cleandoc(command.help or ""))
        return "\n".join(
            [
                f"{words}\n\n```text\n{usage}\n```\n",
                *(flag_entry(one) for one in command.params if isinstance(one, click.Option)),
            ]
        )


def flag_entry(flag: click.Option) -> str:
    """A flag of a command; the usage and the help name the arguments."""
    names = ", ".join(f"`{one}`" for one in (*flag.opts, *flag.secondary_opts))
    words, default = _without_default(flag.help or "")
    choices = getattr(flag.type, "choices", ())
    made = {
        "Type": "one of " + ", ".join(f"`{one}`" for one in choices) if choices else _type_of_flag(flag),
        "Default": default,
        "Required": "yes" if flag.required else "no",
        "Repeat": "yes" if flag.multiple else "",
    }
    return f"{names}\n: {coded(words)}\n\n{fields_of(made)}"


def _type_of_flag(flag: click.Option) -> str:
    if flag.is_flag:
        return "no value"
    return f"`{flag.metavar}`" if flag.metavar else flag.type.name.partition(" ")[0]


def _without_default(words: str) -> tuple[str, str]:
    """A help text, and the default that it names."""
    if found := re.search(r"\s*\(default:? ([^)]+)\)|;? may be repeated", words):
        rest, default = _without_default(words.replace(found[0], "").strip())
        return rest, found[1] or default
    return words, ""


# -- problems


class ProblemRole(SphinxRole):
    """The code of a problem, with a link to its section."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        Code(self.text)
        target = {"refdomain": "doc", "reftype": "myst", "reftarget": PROBLEMS, "reftargetid": self.text}
        reference = addnodes.pending_xref("", nodes.literal("", self.text), refexplicit=True, **target)
        self.set_source_info(reference)
        reference["refdoc"] = self.env.docname
        return [reference], []


class Problems(SphinxDirective):
    """Every code of the package's page of problems, with its message and the lines that cause and fix it."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(EXAMPLES)
        return self.parse_text_to_nodes(problem_sections(), allow_section_headings=True)


def problem_sections() -> str:
    """The page of problems in the package without its title, each code with its example."""
    examples = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))["examples"]
    text = PAGE.read_text(encoding="utf-8").partition("\n\n")[2]
    entry = re.compile(r"^### `(.+)`\n(?:(?!##).*\n?)*", re.MULTILINE)

    def complete(match: re.Match[str]) -> str:
        heading, _, rest = match[0].rstrip().partition("\n")
        return f"{heading}\n\n```{{index}} ! {match[1]}\n```\n{rest}\n\n{problem_example(examples.get(match[1]))}"

    return entry.sub(complete, text)


def problem_example(example: Mapping[str, str] | None) -> str:
    """The message of a problem, and the lines with it and without."""
    if example is None:
        return ""
    versions = "".join(
        f"````{{code-block}} text\n:caption: '{label}: {example['file']}'\n\n{lines}\n````\n\n"
        for label, words in (("Wrong", example["wrong"]), ("Right", example.get("fixed", example["right"])))
        if (lines := textwrap.dedent(words).strip("\n"))
    )
    return f"```{{code-block}} text\n:class: message\n\n{example['message']}\n```\n\n`````{{container}} example versions\n{versions}`````\n\n"


# -- search


class Keywords(SphinxTransform):
    """Make the keywords of a page main entries of the index: the search has those first."""

    default_priority = 500

    def apply(self, **_options: Any) -> None:
        for meta in self.document.findall(nodes.meta):
            if meta.get("name") == "keywords":
                words = (word.strip() for word in meta["content"].split(","))
                self.document.insert(0, addnodes.index(entries=[("single", word, "", "main", None) for word in words]))
                return


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives and the role."""
    kinds = {
        "example": Example,
        "options": Options,
        "record": RecordFields,
        "setting": Setting,
        "command": Command,
        "problems": Problems,
    }
    for name, directive in kinds.items():
        app.add_directive(name, directive)
    app.add_transform(Keywords)
    app.add_role("problem", ProblemRole())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
