"""Hostile texts, made by rules: each follows from the seed and its number, so that a failure names both and can be repeated.

A text is grown from a grammar of MyST whose leaves are addresses in disguise, HTML, templates and names of files, and is then
often mutated. Nothing in it harms a reader of this code: what acts sets ``window.__owned``, asks ``canary.invalid`` or shows
the word of a file called ``secret``.
"""

from __future__ import annotations

import html
import random
from collections.abc import Callable
from functools import cached_property
from urllib.parse import quote

from hostile.vocabulary import Vocabulary, vocabulary
from sphinx_versus.catalogue.fields import MAX_NAME

SECRET = "zxqjvkword"
"""What the files hold that no record may show."""
HOST = "canary.invalid"
ACT = "window.__owned=1"
"""What a script does that should not run."""

SCHEMES = (
    *("javascript", "data", "vbscript", "file", "path", "project", "inv", "http", "https", "mailto", "ftp", "blob"),
    *("about", "tel", "view-source", "wiki", "doc", "std", "myst", "ms-its", "jar", "x"),
)
EVENTS = ("click", "error", "load", "focus", "mouseover", "toggle", "begin", "animationstart", "pointerenter", "input")
ELEMENTS = (
    *("a", "script", "img", "iframe", "object", "embed", "svg", "math", "style", "link", "meta", "base", "form"),
    *("input", "button", "details", "video", "audio", "body", "table", "template", "noscript", "textarea", "title"),
    *("div", "p", "b", "br", "select", "marquee", "portal", "x-y", "foreignObject", "animate", "use", "frameset"),
)
ATTRIBUTES = ("href", "src", "style", "srcdoc", "action", "formaction", "xlink:href", "data", "class", "id", "srcset")
CLASSES = ("versus-table", "versus-matrix", "versus-row", "vs-table", "versus-claim", "admonition", "raw-html", "x")
OPTIONS = (
    *("class", "name", "file", "url", "encoding", "alt", "target", "width", "height", "align", "format", "literal"),
    *("start-line", "emphasize-lines", "lineno-start", "header-rows", "stub-columns", "widths", "glob", "maxdepth"),
    *(
        "color",
        "label",
        "no-wrap",
        "number-lines",
        "code",
        "parser",
        "dedent",
        "diff",
        "pyobject",
        "input",
        "relative-docs",
    ),
)
SPACES = "\t\n\x0b\x0c\r \x00\x1b\xa0\xad\u180e\u200b\u200d\u2028\u2029\u202e\u2066\u2060\u3000\ufeff\ue000\ue001\ufffd"
MARKS = "*_`~^$#|<>[](){}!\\&;:@%=+-.\"'/?,0aA\n"
ENTITIES = {":": ("&colon;", "&#58;", "&#x3a;", "&#0000058"), "/": ("&sol;", "&#47;"), "(": ("&lpar;",)}
MORE_SPACES = ("&Tab;", "&NewLine;", "&nbsp;", "&ZeroWidthSpace;", "&#0;", "&#x1b;")


class Hostile(random.Random):
    """One source of hostile texts."""

    def __init__(self, seed: object) -> None:
        super().__init__(str(seed))
        self.budget = 24
        """How many constructs a text may still have; what is grown beyond it is a leaf."""

    @cached_property
    def names(self) -> Vocabulary:
        """Roles and directives."""
        return vocabulary()

    def often(self, probability: float) -> bool:
        return self.random() < probability

    # -- characters and words

    def disguised(self, text: str) -> str:
        """The same word for a parser that is too kind."""
        return text if self.often(0.4) else self.choice(self._DISGUISES)(self, text)

    def _cases(self, text: str) -> str:
        return "".join(self.choice([char.lower(), char.upper()]) for char in text)

    def _entities(self, text: str) -> str:
        def encoded(char: str) -> str:
            code = ord(char)
            forms = (char, f"&#{code};", f"&#x{code:x};", f"&#{code:07d}", f"&#X{code:X};", html.escape(char))
            return self.choice(ENTITIES.get(char, ()) + forms)

        return "".join(map(encoded, text))

    def _percents(self, text: str) -> str:
        coded = "".join(f"%{byte:02X}" if self.often(0.4) else chr(byte) for byte in text.encode("utf-8", "replace"))
        return quote(coded) if self.often(0.2) else coded

    def _escapes(self, text: str) -> str:
        forms = ("\\u{:04x}", "\\x{:02x}", "\\{}", "\\{:o}", "&amp;#{};")
        return "".join(
            self.choice(forms[:2] + forms[3:]).format(ord(char)) if self.often(0.3) else char for char in text
        )

    def _full_width(self, text: str) -> str:
        return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" and self.often(0.5) else char for char in text)

    def _interrupted(self, text: str) -> str:
        at = self.randint(0, len(text))
        return text[:at] + self.choice([*SPACES, *MORE_SPACES]) + text[at:]

    def _backslashes(self, text: str) -> str:
        return "".join("\\" + char if self.often(0.3) else char for char in text)

    _DISGUISES: tuple[Callable[[Hostile, str], str], ...] = (
        *(lambda _self, text: text.upper(), lambda _self, text: text.capitalize()),
        *(_cases, _entities, _percents, _escapes, _full_width, _interrupted, _backslashes),
        lambda self, text: self.disguised(self.disguised(text)),
    )

    def word(self) -> str:
        """Something without a meaning."""
        words = ("here", "a", "x y", "Ünï", "日本", "…", "C++", "<T>", "a*b", "_", "", "--", "'q'", "(c)", "0", "שלום")
        return self.choice(words)

    def file(self) -> str:
        """The way to a file outside of the pages, or one of the system."""
        up = self.choice(("../", "..\\", "./../", "%2e%2e/", "..//", "&period;&period;/")) * self.randint(0, 4)
        name = self.choice(("secret.txt", "secret.md", "secret.png", "secret.csv", "secret.py", "data/secret.txt"))
        system = ("/etc/passwd", "/dev/zero", "/proc/self/environ", "C:\\secret.txt", "~/secret.txt")
        return self.choice((up + name, up + name, up + name, "/" + name, *system))

    def address(self) -> str:
        """Where a link might lead."""
        target = self.choice(
            (
                *(
                    self.file(),
                    self.file(),
                    f"//{HOST}/x",
                    f"{HOST}",
                    ACT,
                    f"alert('{HOST}')",
                    f"text/html,<script>{ACT}</script>",
                ),
                *("text/html;base64,d2luZG93Ll9fb3duZWQ9MQ==", "#x", "index", "technologies/index.md", "", "*:*:*#*"),
                *(f"user@{HOST}", f"image/svg+xml,<svg onload='{ACT}'>", "?x=1", "[::1]/", "x y", "{{ owned }}"),
            )
        )
        if self.often(0.3):
            scheme = self.choice(SCHEMES)
            scheme = self.choice((scheme, scheme.upper(), scheme.capitalize()))
            return f"{scheme}:{self.choice(('', '/', '//', '../'))}{self.choice((self.file(), ACT, 'index', '#x'))}"
        if self.often(0.25):
            return self.choice(("//", "///", "\\\\", "/\\", "..", "#", "?", "", ".", "/")) + target
        colon = self.choice((":", ":", ":", ":", ":/", "://", ":///", "&colon;", "%3A", "\uff1a", ":\t", " :", ""))
        return self.disguised(self.choice(SCHEMES)) + colon + target

    # -- HTML

    def tag(self) -> str:
        """An element that acts, complete or cut off."""
        name = self.choice(ELEMENTS)
        shown = self.disguised(name) if self.often(0.3) else name
        attributes = "".join(self._attribute() for _ in range(self.randint(0, 3)))
        inner = ACT if name in {"script", "style"} else self.word()
        form = self.choice(
            (
                "<{0}{1}>{2}</{0}>",
                *("<{0}{1}/>", "<{0}{1}>", "</{0}{1}>", "<{0}{1}", "<<{0}{1}>>{2}", "<!--><{0}{1}>{2}-->"),
                *("<![CDATA[<{0}{1}>{2}]]>", "<?{0}{1}?>", "<!{0}{1}>", '"><{0}{1}>{2}', "]]><{0}{1}>{2}</{0}>"),
                *("</script><{0}{1}>{2}", "</title></textarea></style><{0}{1}>", "&lt;{0}{1}&gt;{2}"),
            )
        )
        return form.format(shown, attributes, inner)

    def _attribute(self) -> str:
        if self.often(0.5):
            name, value = "on" + self.choice(EVENTS), self.choice((ACT, "alert(1)", f"document.title='{ACT}'"))
        else:
            name, value = self.choice(ATTRIBUTES), self.choice((self.address(), f"x:url(//{HOST})", *CLASSES))
        gap = self.choice((" ", "\t", "/", "\n", "\x0c", " "))
        mark = self.choice(('"', "'", "", "`"))
        return f"{gap}{self.disguised(name) if self.often(0.2) else name}={mark}{value}{mark}"

    def template(self) -> str:
        """What a template engine or a format string would take up."""
        return self.choice(
            (
                *("{{ owned }}", "{{owned}}", "{{ secret }}", "{{ html }}", "{{ env.config }}", "{{ 7*7 }}"),
                *(
                    "{% include 'secret.txt' %}",
                    "{% raw %}",
                    "{# x",
                    "{{ ''.__class__.__mro__ }}",
                    "{{ env.srcdir|listdir }}",
                ),
                *(
                    "%(html)s",
                    "%s%n",
                    "{0.__class__}",
                    "${HOME}",
                    "$(id)",
                    "`id`",
                    '#read("/secret.txt")',
                    "|owned|",
                    "|today|",
                    "#{1+1}",
                ),
            )
        )

    def typesetting(self) -> str:
        """What the languages of typesetters take for a command."""
        return self.choice(
            (
                *(
                    '#read("../secret.txt")',
                    '#include "secret.typ"',
                    '#eval("1")',
                    "#panic()",
                    "#{",
                    "]",
                    "@x",
                    "<x>",
                    "//",
                    "/*",
                ),
                *(
                    r"\input{secret}",
                    r"\write18{id}",
                    r"\end{document}",
                    "%",
                    "#import sys: *",
                    "#let x = y",
                    '#image("secret.png")',
                ),
                *(".so /etc/passwd", "'\\\" x", ".. include:: secret.txt"),
            )
        )

    def formula(self) -> str:
        """TeX that does more than formulas do."""
        inner = self.choice(
            (
                *(rf"\href{{javascript:{ACT}}}{{x}}", r"\input{/etc/passwd}", r"\write18{id}", r"\def\x{\x\x}\x"),
                *(r"\htmlClass{x}{y}", r"\begin{align}", "x^2", r"\unicode{60}", r"\require{html}", "</script>"),
            )
        )
        left, right = self.choice((("$", "$"), ("$$", "$$"), (r"\(", r"\)"), (r"\[", r"\]"), ("", "")))
        return left + inner + right

    # -- inline

    def inline(self, depth: int = 0) -> str:
        """Part of a line."""
        self.budget -= 1
        if depth > 4 or self.budget < 0:
            return self.choice((self.word, self.tag, self.template))()
        return self.choice(self._INLINE)(self, depth + 1)

    def line(self, depth: int = 0) -> str:
        """A few parts on one line."""
        return " ".join(self.inline(depth) for _ in range(self.choice((1, 1, 1, 2, 3)))).replace("\n", " ")

    def _link(self, depth: int) -> str:
        address = self.address()
        shown = self.choice((address, f"<{address}>", f'{address} "{self.word()}"', f"<{address}> '{self.tag()}'"))
        return f"[{self.inline(depth) if self.often(0.7) else ''}]({shown})"

    def _image(self, depth: int) -> str:
        source = self.choice((self.file(), self.address(), f"https://{HOST}/x.png"))
        return f'![{self.inline(depth)}]({source} "{self.word()}")'

    def _reference(self, depth: int) -> str:
        label = self.choice(("x", "X", self.word(), "^x", "@x"))
        definition = f"[{label}]: {self.choice((self.address(), '<' + self.address() + '>'))}"
        use = self.choice((f"[{self.inline(depth)}][{label}]", f"[{label}][]", f"[{label}]", f"![a][{label}]"))
        return self.choice((f"{use}\n\n{definition}\n", f"{definition}\n\n{use}\n"))

    def _autolink(self, _depth: int) -> str:
        bare = (f"www.{HOST}", f"{HOST}/x", f"x@{HOST}", f"http://{HOST}/{self.tag()}", self.address())
        return self.choice((f"<{self.address()}>", self.choice(bare), f"<{self.choice(bare)}>"))

    def _role(self, depth: int) -> str:
        name = self.choice(self.names.roles)
        if self.often(0.15):
            name = self.disguised(name)
        if self.often(0.1):
            name = self.choice(("versus", "std", "py", "rst", "external", "external+x:std")) + ":" + name
        content = self.choice(
            (self.file(), self.address(), self.tag(), self.formula(), self.word(), "raw-html", "!x", "~x")
        )
        if self.often(0.4):
            content = f"{self.inline(depth)} <{content}>"
        mark = self.choice(("`", "`", "``"))
        return f"{{{name}}}{mark}{content}{mark}"

    def _own_role(self, _depth: int) -> str:
        name = self.choice(("technology", "comparison", "misconception", "criterion", "row", "fact", "source"))
        target = self.choice(
            ("alpha", "alpha/orm", "alpha-home", "alpha-vs-beta/orm", self.word(), self.file(), self.tag())
        )
        return f"{{{self.choice(('', 'versus:'))}{name}}}`{self.choice((target, f'{self.word()} <{target}>'))}`"

    def _span(self, depth: int) -> str:
        left, right = self.choice(
            (("*", "*"), ("**", "**"), ("`", "`"), ("``", "``"), ("~~", "~~"), ("_", "_"), ("[", "]"), ("", "")),
        )
        return f"{left}{self.inline(depth)}{right}{self.attributes() if self.often(0.5) else ''}"

    def attributes(self) -> str:
        """Attributes in braces."""
        one = self.choice(
            (
                *(f".{self.choice(CLASSES)}", "#x", f"{self.choice(OPTIONS)}={self.word() or 'x'}"),
                *(f'on{self.choice(EVENTS)}="{ACT}"', f'style="background:url(//{HOST})"', f'href="{self.address()}"'),
                *(
                    "l=html",
                    "emphasize-lines=1-9",
                    "lineno-start=1",
                    "width=100%",
                    "% comment",
                    ".external",
                    ".raw-html",
                ),
            )
        )
        return "{" + " ".join((one,) * self.choice((1, 1, 2))) + "}"

    def _footnote(self, depth: int) -> str:
        label = self.choice(("1", "x", self.word(), "^"))
        return f"{self.word()}[^{label}]\n\n[^{label}]: {self.inline(depth)}\n"

    def _symbol(self, _depth: int) -> str:
        return self.choice(
            ("[@x]", "@x", "§", "#x", "(x)=", "\\", "&copy;", "&#x110000;", "&#0;", ":x:", "x_", "`x`_", "+++")
        )

    def _noise(self, _depth: int) -> str:
        return self.choice(
            (self.choice(SPACES) * self.randint(1, 3), "\U000e0041", "é" * 3, "e\u0301" * 9, "\U0001d4b3", "W" * 300)
        )

    def _encoded(self, _depth: int) -> str:
        sign = self.choice(SPACES)
        forms = (
            f"&#{ord(sign)};",
            f"&#x{ord(sign):x};",
            f"<https://{HOST}/{quote(sign)}>",
            f"www.{HOST}/{quote(sign)}",
        )
        return self.choice(forms)

    _INLINE: tuple[Callable[[Hostile, int], str], ...] = (
        *(_link, _link, _link, _image, _reference, _reference, _autolink, _role, _role, _role, _own_role, _span, _span),
        *(_footnote, _symbol, _noise, _encoded),
        *(lambda self, _: self.tag(), lambda self, _: self.tag(), lambda self, _: self.template()),
        *(
            lambda self, _: self.formula(),
            lambda self, _: self.typesetting(),
            lambda self, _: self.word(),
            lambda self, _: self.word(),
        ),
    )

    # -- blocks

    def block(self, depth: int = 0) -> str:
        """Lines that end with one."""
        self.budget -= 2
        if depth > 3 or self.budget < 0:
            return self.line(depth) + "\n"
        return self.choice(self._BLOCKS)(self, depth + 1).rstrip("\n") + "\n"

    def blocks(self, depth: int) -> str:
        """A few blocks."""
        return "\n".join(self.block(depth) for _ in range(self.choice((1, 1, 2))))

    def _directive(self, depth: int) -> str:
        name = self.choice(self.names.directives)
        if self.often(0.1):
            name = self.disguised(name)
        if self.often(0.5):
            name = self.choice(self._LIKELY)
        if name.endswith("-diagram"):
            return self._diagram(name, depth)
        argument = self.choice(
            ("", "", self.word(), self.file(), self.address(), "html", "html", self.line(depth), "versus-table")
        )
        body = self.choice(
            (self.blocks, self.blocks, lambda _depth: self.tag(), lambda _depth: self.formula(), self._rows)
        )(depth)
        fence = self.choice(("```", "````", ":::", "::::", "~~~")) + self.choice(("", "", "`" if depth else ""))
        return f"{fence}{{{name}}} {argument}\n{self._options()}{body.rstrip()}\n{fence}\n"

    def _diagram(self, name: str, depth: int) -> str:
        """A diagram of the project's own, most of which are right."""
        body = f"- {self.inline(depth)}\n  - {self.block(depth)}"
        if name == "sequence-diagram":
            body = f"A -> B: {self.inline(depth)}\nB -> {self.word()}: {self.inline(depth)}"
        options = f":alt: {self.inline(depth)}\n:caption: {self.inline(depth)}\n:class: {self.choice(CLASSES)}\n"
        argument = f" A, B, {self.word()}" if name == "sequence-diagram" else ""
        return f"````{{{name}}}{argument}\n{options}{self._options()}\n{body.rstrip()}\n````\n"

    _LIKELY = (
        *("box-diagram", "sequence-diagram"),
        *("note", "admonition", "list-table", "table", "glossary", "epigraph", "rubric", "seealso", "raw", "include"),
        *(
            "eval-rst",
            "figure",
            "image",
            "csv-table",
            "literalinclude",
            "code-block",
            "math",
            "versionadded",
            "parsed-literal",
        ),
    )

    def _options(self) -> str:
        pairs = [
            (
                self.choice(OPTIONS),
                self.choice((*CLASSES, self.file(), self.address(), self.word(), "1", "1-99999", "html")),
            )
            for _ in range(self.choice((0, 0, 1, 1, 2)))
        ]
        if pairs and self.often(0.3):
            return "---\n" + "".join(f"{key}: {value}\n" for key, value in pairs) + "---\n"
        return "".join(f":{key}: {value}\n" for key, value in pairs) + "\n" * bool(pairs)

    def _rows(self, depth: int) -> str:
        cell = lambda: self.choice(("", self.word(), self.inline(depth).replace("\n", " ")))  # noqa: E731
        return "".join(f"* - {cell()}\n  - {cell()}\n" for _ in range(self.randint(1, 3)))

    def _restructured(self, depth: int) -> str:
        name = self.choice((*self._LIKELY, self.choice(self.names.directives)))
        role = self.choice(self.names.roles)
        body = self.choice(
            (
                f".. {name}:: {self.choice((self.file(), 'html', self.word()))}\n   :file: {self.file()}\n\n   {self.tag()}\n",
                f".. role:: x(raw)\n   :format: html\n\n:x:`{self.tag()}`\n",
                f":{role}:`{self.address()}`\n\n.. _a: {self.address()}\n\n`b <{self.address()}>`_ a_\n",
                f".. |owned| raw:: html\n\n   {self.tag()}\n\n|owned| |today|\n",
                f"| line\n\n-o  option\n\n>>> x\n\n.. [1] note\n.. [x] cited\n\n:field: {self.inline(depth)}\n",
                ".. sidebar:: x\n\n   .. topic:: y\n\n      z\n\n.. compound::\n\n   x\n\n.. header:: x\n\n.. meta::\n   :x: y\n",
            )
        )
        return f"```{{eval-rst}}\n{body}```\n"

    def _fence(self, _depth: int) -> str:
        mark = self.choice(("```", "~~~", "````"))
        info = self.choice(
            ("", "html", "python", "{code-block}", "math", "mermaid", "=html", self.tag(), "{}", self.attributes())
        )
        return f"{mark}{info}\n{self.choice((self.tag, self.file, self.template))()}\n{mark}\n"

    def _list(self, depth: int) -> str:
        mark = self.choice(("- ", "* ", "1. ", "99999999. ", "- [ ] ", "- [x] ", ": ", "> ", "> [!NOTE]\n> ", "    "))
        text = self.block(depth).rstrip("\n")
        return mark + text.replace("\n", "\n" + (mark if mark.startswith(">") else " " * len(mark))) + "\n"

    def _table(self, depth: int) -> str:
        cell = self.line(depth)
        return f"| {cell} | b |\n|:--|--:|\n| {self.line(depth)} | {self.word()} |\n{self.attributes() if self.often(0.2) else ''}"

    def _definition(self, depth: int) -> str:
        return f"{self.line(depth)}\n: {self.line(depth)}\n: {self.word()}\n"

    def _field(self, depth: int) -> str:
        return f":{self.choice((self.word(), 'return', 'type', self.tag()))}: {self.line(depth)}\n"

    def _heading(self, depth: int) -> str:
        text = self.line(depth)
        return self.choice((f"{'#' * self.randint(1, 6)} {text}\n", f"{text}\n===\n", f"{text}\n---\n"))

    def _front(self, _depth: int) -> str:
        key = self.choice(("myst", "html_meta", "substitutions", "orphan", "tocdepth", "versus-technology"))
        return f"---\n{key}: {self.choice((self.tag(), self.template(), 'x', '{html_meta: {x: y}}'))}\n---\n"

    def _target(self, _depth: int) -> str:
        name = self.choice(("x", "technology-alpha", "versus-table", "row-orm", self.word(), self.tag(), "secret"))
        return f"({name})=\n"

    def _marks(self, depth: int) -> str:
        return (
            self.choice(
                ("+++ {'x': 1}", "%", "% comment", "***", "---", "\\", ">", "", "{{ owned }}", "$$", "-", "x\n\n>")
            )
            + "\n"
        )

    def _html_block(self, depth: int) -> str:
        return self.choice(
            (
                f"<div>\n\n{self.block(depth)}\n</div>\n",
                f"{self.tag()}\n{self.tag()}\n",
                f'<img src="{self.file()}" class="x" onerror="{ACT}">\n',
                f'<div class="admonition">\n<p class="title">{self.word()}</p>\n{self.tag()}\n</div>\n',
                f"<!-- {self.tag()} --!>{self.tag()}-->\n",
            )
        )

    def _amsmath(self, _depth: int) -> str:
        return f"\\begin{{align}}\n{self.formula()}\n\\end{{align}}\n"

    def _attributed(self, depth: int) -> str:
        return f"{self.attributes()}\n{self.block(depth)}"

    def _deep(self, _depth: int) -> str:
        self.budget = 0
        many = self.randint(20, 80)
        return self.choice(
            (
                "".join(f"{'`' * (3 + many - number)}{{note}}\n" for number in range(many)),
                *(">" * many + " x\n", "[" * many + "x" + "](y)" * many + "\n", "*" * many + "x" + "*" * many + "\n"),
                *(
                    "".join("  " * number + "- x\n" for number in range(many)),
                    "<b>" * many + "\n",
                    "[x](#y) " * many + "\n",
                ),
            )
        )

    _BLOCKS: tuple[Callable[[Hostile, int], str], ...] = (
        *(_directive, _directive, _directive, _restructured, _fence, _list, _list, _table, _definition, _field),
        *(_heading, _front, _target, _marks, _html_block, _amsmath, _attributed),
        *(lambda self, depth: self.line(depth) + "\n", lambda self, depth: self.line(depth) + "\n"),
    )

    # -- whole texts

    def prose(self) -> str:
        """A text for a field that holds Markdown."""
        self.budget = 24
        if self.often(0.004):
            return self._deep(0)
        text = self.line() if self.often(0.45) else self.blocks(0)
        while self.often(0.25):
            text = self.choice(self._MUTATIONS)(self, text)
        return text if text.strip() else "x"

    def plain(self) -> str:
        """A text for a field that is shown as typed: on one line, or with breaks of every sort inside."""
        self.budget = 6
        text = self.line() if self.often(0.7) else self.block(2)
        form = self.choice(
            (
                "{}",
                "{}",
                "{}",
                "C++ & <T> {}",
                "x\r\r{}",
                "x\n\n{}\n",
                "x\u2028{}",
                "{} — \u2018x\u2019...",
                "a  {}",
                "\u202e{}",
            )
        )
        made = form.replace("{}", text).strip()[: MAX_NAME - 2].strip()  # a name may be no longer, and has a letter
        return made if any(map(str.isalnum, made)) else f"{made} x".strip()

    def _splice(self, text: str) -> str:
        budget, self.budget = self.budget, 8
        other = self.line() if self.often(0.5) else self.block(1)
        self.budget = budget
        at = self.randint(0, len(text))
        return text[:at] + other[self.randint(0, len(other)) :]

    def _insert(self, text: str) -> str:
        at = self.randint(0, len(text))
        return text[:at] + self.choice(MARKS + SPACES) * self.choice((1, 1, 3)) + text[at:]

    def _delete(self, text: str) -> str:
        at = self.randint(0, len(text))
        return text[:at] + text[at + self.randint(1, 3) :]

    def _repeat(self, text: str) -> str:
        return (text + self.choice(("", " ", "\n", "\n\n"))) * 2

    def _wrap(self, text: str) -> str:
        name = self.choice(("note", "admonition", "epigraph", "list-table", "table"))
        return f"`````{{{name}}} {self.word()}\n{text}\n`````\n"

    def _quote(self, text: str) -> str:
        mark = self.choice(("> ", "  ", "- ", "    "))
        return "".join(mark + line + "\n" for line in text.split("\n"))

    _MUTATIONS: tuple[Callable[[Hostile, str], str], ...] = (
        *(_splice, _splice, _insert, _insert, _delete, _repeat, _wrap, _quote),
        lambda self, text: self._interrupted(text),
    )
