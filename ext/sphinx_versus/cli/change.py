"""``versus set`` and ``versus rename``: many changes of records at once, which keep comments and layout."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import rich_click as click

from ..catalogue.document import Location
from ..catalogue.fields import PartialDate, ValueType
from ..catalogue.files import FOLDERS
from ..catalogue.model import Defaults, Fact
from ..catalogue.published import lists_of
from ..config import Settings
from ..problems import nearest
from .data import counted, published_text
from .editing import Changes, RecordText, Value
from .files import CONF, settings_of, source_folder, technologies_here
from .id_uses import rename_links, rename_on_page, rename_roles, renamed_values, uses
from .names import unusable
from .output import Choice

FIELDS = [*Fact.model_fields]
SHARED = [*Defaults.model_fields]
TYPES = ["technology", "criterion", "source", "comparison"]


# -- set -------------------------------------------------------------------------------------------------------------------


def _field(_context: click.Context, _argument: click.Parameter, name: str) -> str:
    if name not in FIELDS:
        raise click.BadParameter(f'"{name}" is not a field of facts; {nearest(name, FIELDS)}')
    return name


def _conditions(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    found = {}
    for condition in given:
        name, equals, value = condition.partition("=")
        if not equals or name not in FIELDS:
            hint = f"write --where {name}=…" if name in FIELDS else nearest(name, FIELDS)
            raise click.BadParameter(f'"{condition}" is not FIELD=VALUE; {hint}')
        found[name] = value
    return found


@click.command("set")
@click.argument("technology", shell_complete=technologies_here)
@click.argument("field", callback=_field)
@click.argument("value")
@click.option("--as-of", default="", metavar="DATE", help="Set the date of what changes as well.")
@click.option(
    "--where",
    multiple=True,
    metavar="FIELD=VALUE",
    callback=_conditions,
    help="Only facts with this value; may be repeated.",
)
@click.option(
    "--criterion", "criteria", multiple=True, metavar="ID", help="Only the fact for this criterion; may be repeated."
)
@CONF
def set_(  # noqa: PLR0913, PLR0917 (one for each option)
    technology: str,
    field: str,
    value: str,
    as_of: str,
    where: Mapping[str, str],
    criteria: Sequence[str],
    conf: Path,
) -> None:
    """Set FIELD to VALUE in facts of TECHNOLOGY and its defaults; comments and layout stay.

    Without --criterion, all facts change that name the field, and the defaults when they do. An empty VALUE empties the
    field; sources are ids with commas between them.
    """
    settings = settings_of(conf)
    changes = Changes(settings.data, settings.derived_pairs)
    known = changes.catalogue.defined["technology"]
    if technology not in known:
        raise click.ClickException(f'"{technology}" is not a technology; {nearest(technology, known)}')
    text = changes.text("technology", technology)
    if not isinstance(text.tree, dict):
        raise click.ClickException(f'the record of "{technology}" cannot be changed; versus check says why')
    found = [*_targets(text.tree, field, where, criteria)]
    _set(text, found, field, _typed(field, value))
    if as_of:
        _set_date(text, found, as_of)
    if not found:
        hint = "" if where or criteria else "; --criterion sets it in the fact with that id"
        message = (
            f'"{field}" is in no fact of "{technology}" that fits, and not in its defaults{hint}; nothing was written'
        )
        raise click.ClickException(message)
    changes.check()
    changes.write()
    click.echo(f"{counted(len(found), 'place')} set")


def _targets(tree: Any, field: str, where: Mapping[str, str], criteria: Sequence[str]) -> Iterator[Location]:
    """The facts that are to change, and the defaults."""
    facts = tree.get("facts") or {}
    if unknown := [id_ for id_ in criteria if id_ not in facts]:
        raise click.ClickException(f'there is no fact for "{unknown[0]}"; {nearest(unknown[0], facts)}')
    defaults = tree.get("defaults") or {}
    if not criteria and field in defaults and _fits(defaults, where):
        yield ("defaults",)
    for id_, fact in facts.items():
        is_chosen = id_ in criteria if criteria else isinstance(fact, dict) and field in fact
        if is_chosen and isinstance(fact, dict) and _fits(fact, where):
            yield "facts", id_


def _fits(fact: Mapping[str, Any], where: Mapping[str, str]) -> bool:
    def fits(found: object, value: str) -> bool:
        return value in found if isinstance(found, list) else (found or "") == value

    return all(fits(fact.get(name), value) for name, value in where.items())


def _typed(field: str, value: str) -> Value:
    if field == "sources":
        return [id_ for id_ in value.replace(",", " ").split() if id_]
    return value or None


def _set(text: RecordText, found: Sequence[Location], field: str, value: Value) -> None:
    """Set a field of facts and of the defaults, whose fields have an order of their own."""
    for is_shared, order in ((False, FIELDS), (True, SHARED)):
        locations = [(*location, field) for location in found if (location[0] == "defaults") is is_shared]
        if locations:
            text.set_all(locations, value, order)


def _set_date(text: RecordText, found: Sequence[Location], as_of: str) -> None:
    """Set the date of what changed; a fact without one has that of the defaults, where it is the same."""
    try:
        PartialDate.parse(as_of)
    except ValueError as error:
        raise click.ClickException(f'"{as_of}" is not a date; {error}') from None
    facts, defaults = text.tree.get("facts") or {}, text.tree.get("defaults") or {}
    has_same = ("defaults",) in found or defaults.get("as_of") == as_of
    _set(text, [at for at in found if at == ("defaults",) or not has_same or "as_of" in facts[at[1]]], "as_of", as_of)


# -- rename ----------------------------------------------------------------------------------------------------------------


@click.command()
@click.argument("type_", type=Choice(TYPES), metavar="technology|criterion|source|comparison")
@click.argument("old")
@click.argument("new")
@CONF
def rename(type_: str, old: str, new: str, conf: Path) -> None:
    """Rename an id from OLD to NEW, wherever records and pages use it.

    Published ids get a redirect. All files are written, or none.
    """
    settings = settings_of(conf)
    changes = Changes(settings.data, settings.derived_pairs)
    known = changes.catalogue.defined[type_]
    if type_ == "comparison" and old in changes.catalogue.derived:
        raise click.ClickException(f'"{old}" is a pair without a record, so its id is that of its technologies')
    if old not in known:
        raise click.ClickException(f'"{old}" is not a {type_}; {nearest(old, known)}')
    if reason := unusable(new):
        raise click.ClickException(f'"{new}" cannot be an id: {reason}')
    if new in changes.catalogue.of_type[type_]:
        raise click.ClickException(f'"{new}" is the id of a {type_} already')
    is_page = type_ in FOLDERS.values()
    moved = (settings.docname(type_, old), settings.docname(type_, new)) if is_page else ("", "")
    _rename_in_records(changes, (type_, old, new), moved)
    _rename_on_pages(changes, settings, conf, (type_, old, new), moved)
    if is_page:
        changes.move(type_, old, new)
        _redirect(changes, type_, old, new)
    changes.check()
    changes.write()


def _rename_in_records(changes: Changes, names: tuple[str, str, str], moved: tuple[str, str]) -> None:
    type_, old, new = names
    asked = changes.catalogue.criteria.values()
    naming = [one.id for one in asked if one.type is ValueType.TECHNOLOGIES]
    for file, text in changes.texts("criterion", "source", "technology", "comparison"):
        text.text = rename_roles(text.text, type_, old, new)
        if moved[0]:
            lines = (rename_links(line, "", moved, in_toctree=False) for line in text.text.split("\n"))
            text.text = "\n".join(lines)
        if found := uses(text.tree, file.type, type_, old):
            text.rename(found, new)
        if type_ == "technology":
            for location, value in [*renamed_values(text.tree, file.type, naming, old, new)]:
                text.set(location, value)


def _rename_on_pages(
    changes: Changes, settings: Settings, conf: Path, names: tuple[str, str, str], moved: tuple[str, str]
) -> None:
    """Rename an id on the pages, and the page of the record itself."""
    type_, old, new = names
    folder = source_folder(conf)
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        is_page = path.suffix in {".md", ".rst"} and not any(part.startswith(("_", ".")) for part in inside.parts)
        if not is_page or path.is_relative_to(settings.data):
            continue
        docname, before = inside.with_suffix("").as_posix(), path.read_bytes()
        decoded = before.decode(errors="surrogateescape")
        text = rename_on_page(decoded, type_, old, new, docname, moved if moved[0] else None)
        content = text.encode(errors="surrogateescape")
        if docname == moved[0]:
            changes.move_page(path, folder / f"{moved[1]}{path.suffix}", content)
        elif content != before:
            changes.pages[path] = content


def _redirect(changes: Changes, type_: str, old: str, new: str) -> None:
    """Publish the new id beside the old one, which leads there now; so does what led to the old one."""
    lists: list[tuple[str, Sequence[str], Mapping[str, str]]] = []
    for kind, listed, ids, redirects in lists_of(changes.catalogue.published):
        if listed != type_ or (old not in ids and old not in redirects.values()):
            lists.append((kind, ids, redirects))
            continue
        led = {one: new if target == old else target for one, target in redirects.items() if one != new}
        lists.append((kind, [*ids, new], {**led, old: new}))
    if lists:
        changes.text("published").text = published_text(lists)
