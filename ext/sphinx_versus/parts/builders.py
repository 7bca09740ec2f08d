"""The builders of the steps: each is Sphinx's own builder of HTML, which writes fewer pages. Write phase."""

from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from sphinx.application import Sphinx
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import js_index

from ..config import conf_place
from ..environment.output_files import files_of
from ..problems import Code, Problem
from .plan import BASE, JOIN, PART
from .step_build import StepBuild, fail

BUILDERS: Mapping[str, type[StandaloneHTMLBuilder]] = {"html": StandaloneHTMLBuilder, "dirhtml": DirectoryHTMLBuilder}


class StepBuilder(StandaloneHTMLBuilder):
    """A builder of HTML in one of the steps."""

    step_build: ClassVar[StepBuild]

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Prepare for the pages of the step, whichever are outdated."""
        super().prepare_writing(self.step_build.pages)

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the pages of the step."""
        super().write_documents(self.step_build.pages)


class ArchivedBuilder(StepBuilder):
    """A builder whose output goes into an archive: there is none of an earlier build, so which files it has is not noted."""

    def get_outdated_docs(self) -> Iterable[str]:  # type: ignore[override]
        """Any page, so that Sphinx goes on to write; the step knows which."""
        return [self.config.root_doc]


class BaseBuilder(ArchivedBuilder):
    """Writes no page: the join writes those of the base, when it knows all others."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write nothing; static files are there for listeners that want them."""

    def finish(self) -> None:
        """Leave out what exists once on a site."""


class PartBuilder(ArchivedBuilder):
    """Writes the pages of a part, their images and an index of their words."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the pages, and note which files came with them."""
        before = {*files_of(Path(self.outdir))}
        super().write_documents(docnames)
        self.copy_image_files()
        after = {*files_of(Path(self.outdir))} - before
        self.step_build.files = sorted(path.relative_to(self.outdir).as_posix() for path in after)

    def finish(self) -> None:
        """Write the words of the pages, and nothing else that exists once on a site."""
        self.step_build.check_headings(Path(self.confdir))
        if self.step_build.pages:
            self.dump_search_index()


class JoinBuilder(StepBuilder):
    """Writes the pages of the base, and what exists once on a site."""

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Make sure that what the parts wrote is right, before anything else is written."""
        self.step_build.check_answers(self.env, Path(self.confdir))
        super().prepare_writing(docnames)

    def load_indexer(self, docnames: Set[str]) -> None:
        """Put the words of all parts where Sphinx looks for the last build's index, from which it keeps those of other pages."""
        paths = [path for part in self.step_build.parts if (path := part / self.searchindex_filename).is_file()]
        if paths:
            Path(self.outdir, self.searchindex_filename).touch()
            usual, self.indexer_format = self.indexer_format, Joined(paths)
            super().load_indexer(docnames)
            self.indexer_format = usual


class Joined(NamedTuple):
    """The indices of files in the place of one, as a format of Sphinx."""

    paths: Sequence[Path]

    def load(self, stream: object) -> dict[str, Any]:
        """The words of all files."""
        return joined(map(index_in, self.paths))


def index_in(path: Path) -> Mapping[str, Any]:
    """The search index of a file, as Sphinx loads it."""
    with path.open(encoding="utf-8") as stream:
        found: Mapping[str, Any] = js_index.load(stream)
    return found


def joined(indices: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """One search index of several, one after the other: with the words of pages, without objects and entries."""
    found: dict[str, Any] = {name: [] for name in ("docnames", "filenames", "titles")}
    found |= {"terms": {}, "titleterms": {}, "alltitles": {}}
    for index in indices:
        found["envversion"] = index["envversion"]
        first = len(found["docnames"])
        for name in ("docnames", "filenames", "titles"):
            found[name] += index[name]
        for name in ("terms", "titleterms"):
            for word, pages in index[name].items():
                numbers = [pages] if isinstance(pages, int) else pages
                found[name].setdefault(word, []).extend(first + number for number in numbers)
        for title, places in index["alltitles"].items():
            found["alltitles"].setdefault(title, []).extend((first + number, anchor) for number, anchor in places)
    return found


class StepApplication(Sphinx):
    """Sphinx for one step."""

    def __init__(self, step_build: StepBuild, *arguments: Any, **options: Any) -> None:
        self.step_build = step_build
        super().__init__(*arguments, **options)

    def preload_builder(self, name: str) -> None:
        """When extensions are loaded and before the configuration is complete: put the builder of the step in place."""
        super().preload_builder(name)
        place = conf_place(Path(self.confdir), "extensions")
        if "sphinx_versus" not in self.extensions:
            fail(
                [Problem(place, Code.NOT_IN_PARTS, "the extension sphinx_versus is not loaded", "add it to extensions")]
            )
        elif name not in BUILDERS:
            hint = f"expected one of: {', '.join(BUILDERS)}"
            fail([Problem(place, Code.NOT_IN_PARTS, f'the builder "{name}" makes no site of parts', hint)])
        else:
            kinds: Mapping[str, type[StepBuilder]] = {BASE: BaseBuilder, PART: PartBuilder, JOIN: JoinBuilder}
            kind = kinds[self.step_build.step.role]
            builder = type(kind.__name__, (kind, BUILDERS[name]), {"name": name, "step_build": self.step_build})
            self.add_builder(builder, override=True)
            self.step_build.install(self)
