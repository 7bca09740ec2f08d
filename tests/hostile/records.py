"""Hostile records: every field that holds words holds a hostile text, in every style in which YAML writes one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from hostile.grammar import HOST, Hostile

KINDS = ("web-framework", "database")
RELATIONS = ("alternatives", "complements", "layers", "successor", "confused-terms")
ESCAPES = {"\\": "\\\\", '"': '\\"', "\0": "\\0", "\x1b": "\\e", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u2028": "\\L"}


def quoted(text: str) -> str:
    """A text in double quotes as YAML writes it."""

    def written(char: str) -> str:
        if char in ESCAPES:
            return ESCAPES[char]
        code = ord(char)
        if " " <= char <= "~" or (char.isprintable() and code < 0x10000):
            return char
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

    return '"' + "".join(map(written, text)) + '"'


class Clean(Hostile):
    """Harmless texts in the place of hostile ones, so that the two sites have the same shape."""

    def plain(self) -> str:
        return f"Words {self.randint(1, 99)}"

    def prose(self) -> str:
        return f"Some *words* `{self.randint(1, 99)}`."

    def address(self) -> str:
        return f"https://{HOST}/"

    def word(self) -> str:
        return "x"


SIGNS = (
    *("\0", "\x07", "\b", "\x0b", "\x0c", "\r", "\x1b", "\x7f", "\x85", "\x9b"),  # controls
    *(
        "\u200e",
        "\u200f",
        "\u061c",
        "\u202a",
        "\u202b",
        "\u202c",
        "\u202d",
        "\u202e",
        "\u2066",
        "\u2067",
        "\u2068",
        "\u2069",
    ),
    *(
        "\xad",
        "\u034f",
        "\u115f",
        "\u17b4",
        "\u180e",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u2060",
        "\u2062",
        "\u3164",
        "\ufeff",
    ),
    *("\u2028", "\u2029", "\u00a0", "\u2007", "\u202f", "\u3000"),  # breaks and blanks
    *(
        "\u0301",
        "\u20dd",
        "\u0489",
        "\ufe0f",
        "\U000e0041",
        "\U000e0100",
        "e" + "\u0301" * 40,
        "👩\u200d💻",
        "\u05d0",
        "\u0e33",
    ),
    *("\ue000", "\ue001", "\uf8ff", "\U000f0000", "\U0010fffd"),  # of private use
    *("\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\ufff9", "\ufffc", "\ufffd", "\u0378"),
)
"""Characters of each class that an output may stumble over."""


class Signs(Hostile):
    """Texts with all of these characters, in prose some as entities and encoded in addresses too."""

    def plain(self) -> str:
        short = (sign for sign in SIGNS if len(sign) < 10)  # a name has at most 200 characters
        return f"{self.randint(0, 999)} " + " ".join(f"x{sign}" for sign in short)

    def prose(self) -> str:
        signs = self.sample(SIGNS, 6)
        entities = " ".join(f"x&#{ord(sign[-1])};y&#x{ord(sign[-1]):X};" for sign in signs)
        links = " ".join(f"<https://{HOST}/{quote(sign)}> www.{HOST}/{quote(sign)}" for sign in signs)
        return f'{self.plain()}\n\n*{entities}* [x](https://{HOST}/ "{entities}")\n\n{links}\n'

    def address(self) -> str:
        return f"https://{HOST}/" + "/".join(SIGNS)

    def word(self) -> str:
        return self.choice(SIGNS)


class Records:
    """Files of a data folder, so many records of each sort; the same numbers make the same files."""

    def __init__(self, seed: object, technologies: int, texts: type[Hostile] = Hostile, prefix: str = "") -> None:
        self.seed = seed
        self.texts = texts
        self.technologies = [f"{prefix}tool-{number}" for number in range(technologies)]
        self.criteria = [f"{prefix}row-{number}" for number in range(2 * technologies)]
        self.sources = [f"{prefix}source-{number}" for number in range(2 * technologies)]
        self.pairs = [
            (one, self.technologies[(number * 7 + 1) % technologies])
            for number, one in enumerate(self.technologies[: max(2, technologies // 2)])
        ]

    def __len__(self) -> int:
        """Count the records: criteria, sources, technologies, their misconceptions, and comparisons."""
        return len(self.criteria) + len(self.sources) + 3 * len(self.technologies) + len(self.pairs)

    def files(self) -> Mapping[str, str]:
        """The files by name."""
        return dict(self._files())

    def _files(self) -> Iterator[tuple[str, str]]:
        yield "data/criteria.yaml", "".join(self._criterion(id_) for id_ in self.criteria)
        yield "data/sources.yaml", "".join(self._source(id_) for id_ in self.sources)
        for id_ in self.technologies:
            yield f"data/technologies/{id_}.yaml", self._technology(id_)
        for left, right in self.pairs:
            if left != right:
                yield f"data/comparisons/{left}-vs-{right}.yaml", self._comparison(left, right)

    def _rng(self, id_: str) -> Hostile:
        return self.texts(f"{self.seed} {id_}")

    def _plain(self, rng: Hostile) -> str:
        return quoted(rng.plain())

    def _prose(self, rng: Hostile) -> str:
        return quoted(rng.prose())

    def _criterion(self, id_: str) -> str:
        rng = self._rng(id_)
        return (
            f"{id_}:\n  name: {self._plain(rng)}\n  definition: {self._prose(rng)}\n"
            f"  group: {self._plain(rng)}\n  unit: {self._plain(rng)}\n"
        )

    def _source(self, id_: str) -> str:
        rng = self._rng(id_)
        address = rng.choice((f"https://{HOST}/{rng.word()}", f"https://{HOST}/{rng.address()}", rng.address()))
        return (
            f"{id_}:\n  title: {self._plain(rng)}\n  publisher: {self._plain(rng)}\n  url: {quoted(address)}\n"
            f"  kind: primary\n  accessed: 2026-11-01\n  edition: {self._plain(rng)}\n  quote: {self._plain(rng)}\n"
        )

    def _technology(self, id_: str) -> str:
        rng = self._rng(id_)
        rows = rng.sample(self.criteria, 3)
        facts = "".join(self._fact(rng, row) for row in rows)
        misconceptions = "".join(self._misconception(rng, f"{id_}-is-{word}") for word in ("slow", "old"))
        home = rng.choice((f"https://{HOST}/", rng.address()))
        return (
            f"name: {self._plain(rng)}\nkind: {rng.choice(KINDS)}\nsummary: {self._prose(rng)}\n"
            f"homepage: {quoted(home)}\nsynonyms: [{self._plain(rng)}, {self._plain(rng)}]\n"
            f"sources: [{rng.choice(self.sources)}]\nfacts:\n{facts}misconceptions:\n{misconceptions}"
        )

    def _misconception(self, rng: Hostile, id_: str) -> str:
        return (
            f"  {id_}:\n    claim: {self._plain(rng)}\n    correction: {self._prose(rng)}\n"
            f"    why_believed: {self._prose(rng)}\n"
        )

    def _fact(self, rng: Hostile, row: str) -> str:
        return (
            f"  {row}:\n    value: {self._plain(rng)}\n    note: {self._prose(rng)}\n    version: {self._plain(rng)}\n"
            f"    sources: [{rng.choice(self.sources)}]\n" + f"    disputed: {self._prose(rng)}\n" * rng.often(0.3)
        )

    def _comparison(self, left: str, right: str) -> str:
        rng = self._rng(f"{left}-vs-{right}")
        rows = rng.sample(self.criteria, 3)
        relation = rng.choice(RELATIONS)
        verb = "choose" if relation in {"alternatives", "successor"} else "use"
        return (
            f"technologies: [{left}, {right}]\nrelation: {relation}\n"
            f"title: {self._plain(rng)}\nsummary: {self._prose(rng)}\nsynonyms: [{self._plain(rng)}]\n"
            f"criteria:\n  - {{group: {self._plain(rng)}, rows: [{', '.join(rows)}]}}\n"
            f"facts:\n  {left}:\n    {rows[0]}: {{value: {self._plain(rng)}, reason: {self._prose(rng)}}}\n"
            f"topics:\n  first: {{title: {self._plain(rng)}, body: {self._prose(rng)}}}\n"
            f"verdict:\n  summary: {self._prose(rng)}\n  {verb}:\n"
            f"    {left}: [{{when: {self._prose(rng)}, because: [{rows[0]}]}}]\n"
            f"    {right}: [{{when: {self._prose(rng)}, because: [{rows[1]}]}}]\n"
            f"reviewed: 2026-11-22\n"
        )
