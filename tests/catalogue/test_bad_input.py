"""Bad input and the exact lines that are said about it: at least one case for every code that data can cause."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import write_files
from sphinx_versus.catalogue.loader import Loaded, load
from sphinx_versus.catalogue.rules import advice
from sphinx_versus.problems import Code

GOOD: Mapping[str, str] = {
    "criteria.yaml": """\
        licence:
          name: Licence
          definition: The licence of the code.
        database-support:
          name: Database support
          definition: Which databases it can use.
          kinds: [web-framework]
        orm:
          name: Database layer
          definition: Whether a database layer is built in.
          type: yes-no
        size:
          name: Size
          definition: The size of the package.
          type: number
        first-release:
          name: First release
          definition: When it was first open to the public.
          type: date
        """,
    "sources.yaml": """\
        django-home:
          title: Django
          publisher: Django Software Foundation
          url: https://www.djangoproject.com/
          kind: primary
          accessed: 2026-11-01
          quote: Django makes it easier to build better web apps more quickly and with less code.
        flask-home:
          title: Flask
          publisher: Pallets
          kind: primary
          accessed: 2026-11-01
        """,
    "technologies/django.yaml": """\
        name: Django
        kind: web-framework
        summary: A framework with everything.
        facts:
          licence: {value: BSD-3-Clause, sources: [django-home]}
          orm: {value: yes}
        misconceptions:
          django-is-slow:
            claim: Django is slow.
            correction: It is as fast as its queries.
        """,
    "technologies/flask.yaml": """\
        name: Flask
        kind: web-framework
        summary: >-
          A framework with a small core,
          see [its pages](https://flask.palletsprojects.com/).
        homepage: https://flask.palletsprojects.com/
        facts:
          licence:
            value: BSD-3-Clause
            sources: [flask-home]
            as_of: 2026-04
          database-support:
            value: Extensions
            note: Through extensions.
          orm: {value: no}
          size: {value: 12}
          first-release: {value: 2010-04}
        misconceptions:
          flask-is-small:
            claim: Flask is for small applications.
            correction: Only its core is small.
            sources: [flask-home]
        """,
    "comparisons/django-vs-flask.yaml": """\
        technologies: [django, flask]
        relation: alternatives
        summary: One brings everything, the other one little.
        criteria:
          - group: Data
            rows: [orm, database-support]
          - group: Project
            rows: [licence]
        misconceptions:
          they-are-one:
            claim: They are one.
            correction: They are two.
            about: [django, flask]
        verdict:
          summary: How much do you want to decide?
          choose:
            django:
              - {when: you want everything, because: [orm]}
            flask:
              - when: you want little
                because: [licence]
        reviewed: 2026-11-22
        """,
}

TECHNOLOGY, COMPARISON = "technologies/flask.yaml", "comparisons/django-vs-flask.yaml"
CRITERIA, SOURCES = "criteria.yaml", "sources.yaml"


class Case(NamedTuple):
    """One file of the good catalogue edited or replaced, and the lines that are said about the whole."""

    file: str
    old: str
    """A text of the file; empty to replace all of it."""
    new: str
    expected: list[str]


def bad(file: str, old: str, new: str, *expected: str) -> Case:
    return Case(file, old, new, [*expected])


PUBLISHED = "published.yaml"
PUBLIC = """\
comparisons:
  - django-vs-flask
technologies: [django, flask]
"""

CASES: list[Case] = [
    # What is valid, but most likely a mistake
    bad(
        SOURCES,
        "url: https://www.djangoproject.com/",
        "url: https://a\u2100b.example/",
        'data/sources.yaml:4:8: [invalid-value] "https://a\u2100b.example/" is not a web address; expected https://… or http://…',
    ),
    bad(
        TECHNOLOGY,
        "kind: web-framework",
        f"kind: web-framework\ndefaults: {{sources: [{', '.join(f's{number}' for number in range(21))}]}}",
        'data/technologies/flask.yaml:3:21: [too-large] "sources" has 21 entries; expected at most 20',
    ),
    bad(
        TECHNOLOGY,
        "orm: {value: no}",
        "orm: {value: no, not_applicable: true, note: X.}",
        'data/technologies/flask.yaml:15:20: [invalid-value] "not_applicable" beside the value "no"; remove one of them',
    ),
    bad(
        TECHNOLOGY,
        "orm: {value: no}",
        "orm: {value: False}",
        'data/technologies/flask.yaml:15:16: [invalid-value] "False" is not a value of "orm"; did you mean "no"?',
    ),
    bad(
        CRITERIA,
        "type: yes-no",
        "type: yes-no\n  values: {a: A}",
        'data/criteria.yaml:12:3: [invalid-value] "values" means nothing to the type "yes-no"; expected the type one-of or list',
    ),
    bad(
        TECHNOLOGY,
        "kind: web-framework",
        "kind: web-framework\nsynonyms: [Django]",
        'data/technologies/flask.yaml:3:12: [duplicate-title] "Django" is the name of "django"; remove it',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name:Flask",
        'data/technologies/flask.yaml:1:1: [yaml-syntax] "name:Flask" has no blank behind its colon; write "name: Flask"',
    ),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: Through issue #12 of its tracker.",
        'data/technologies/flask.yaml:14:25: [yaml-syntax] "#12 of its tracker." is a comment, which cuts off the text before it; put the text into quotation marks, or the comment on a line of its own',
    ),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: Through extensions in C # and others.",
        'data/technologies/flask.yaml:14:35: [yaml-syntax] "# and others." is a comment, which cuts off the text before it; put the text into quotation marks, or the comment on a line of its own',
    ),
    bad(TECHNOLOGY, "value: Extensions", "value: Extensions # many"),
    bad(TECHNOLOGY, "note: Through extensions.", "note: Through extensions. # as of 2026"),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: “Through extensions.”",
        "data/technologies/flask.yaml:14:11: [yaml-syntax] “…” are no quotation marks of YAML, and would be shown; put ' or \" in their place; or around them, to show them",
    ),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: “Through: extensions.”",
        'data/technologies/flask.yaml:14:19: [yaml-syntax] a text that contains ": " stands without quotes; write \' or " for its quotation marks',
    ),
    bad(TECHNOLOGY, "note: Through extensions.", "note: '“Through extensions.”'"),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: Through [extensions](https://example.org/a b",
        "data/technologies/flask.yaml:14:30: [broken-markdown] the address of a link is never closed; close it with ), and write %20 for a blank in it",
    ),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: Through [extensions] (https://example.org).",
        "data/technologies/flask.yaml:14:30: [broken-markdown] a blank between the words and the address of a link; write ](…) without it",
    ),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: Through [extensions (https://example.org) and more.",
        "data/technologies/flask.yaml:14:19: [broken-markdown] the words of a link are never closed; close them with ] in front of the address",
    ),
    bad(TECHNOLOGY, "note: Through extensions.", "note: 'Through extensions [see (https://example.org)].'"),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: Through `extensions.",
        "data/technologies/flask.yaml:14:19: [broken-markdown] a backtick is never closed; close it with another one, or write \\` for the sign itself",
    ),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: Through **extensions.",
        "data/technologies/flask.yaml:14:19: [broken-markdown] bold text is never closed; close it with ** right behind its last word, or write \\*\\* for the signs",
    ),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: Through extensions**.",
        "data/technologies/flask.yaml:14:29: [broken-markdown] bold text is never closed; close it with ** right behind its last word, or write \\*\\* for the signs",
    ),
    bad(TECHNOLOGY, "note: Through extensions.", r"note: Through 2 ** 3, \*\*x, \` and `f(**x)`."),
    bad(
        TECHNOLOGY,
        "value: Extensions",
        "value:",
        'data/technologies/flask.yaml:13:5: [missing-key] "value" has no value; leave out the key when the answer is not known',
    ),
    bad(
        TECHNOLOGY,
        "value: Extensions",
        f"value: {'ab ' * 68}",
        f'data/technologies/flask.yaml:13:12: [too-long-for-layout] the value "{"ab " * 67}ab" has 203 characters; expected at most 200; it is shown as it is',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: django",
        'data/technologies/flask.yaml:1:7: [duplicate-title] "django" is the name of "django" as well; merge the two records, or rename one',
    ),
    bad(
        TECHNOLOGY,
        "as_of: 2026-04",
        "as_of: 2096-04",
        'data/technologies/flask.yaml:11:12: [invalid-value] "2096-04" is in the future; expected a date that has come',
    ),
    bad(
        SOURCES,
        "accessed: 2026-11-01",
        "accessed: 2096-11-01",
        'data/sources.yaml:6:13: [invalid-value] "2096-11-01" is in the future; expected a date that has come',
    ),
    bad(
        SOURCES,
        "accessed: 2026-11-01",
        "accessed: 2026-11-01\n  verified: 2096-11-01",
        'data/sources.yaml:7:13: [invalid-value] "2096-11-01" is in the future; expected a date that has come',
    ),
    bad(
        TECHNOLOGY,
        "kind: web-framework",
        "kind: web-framework\nreleases: [{version: '1', date: 2096, supported_until: 2099}]",
        'data/technologies/flask.yaml:3:33: [invalid-value] "2096" is in the future; expected a date that has come',
    ),
    bad(
        COMPARISON,
        "reviewed: 2026-11-22",
        "reviewed: 2096-11-22",
        'data/comparisons/django-vs-flask.yaml:22:11: [invalid-value] "2096-11-22" is in the future; expected a date that has come',
    ),
    bad(
        SOURCES,
        "publisher: Pallets",
        "publisher: Pallets\n  url: https://www.djangoproject.com",
        'data/sources.yaml:11:8: [duplicate-entry] "flask-home" has the address of "django-home"; cite "django-home", which may have a list of quotations; or give one an edition',
    ),
    bad(
        "comparisons/express.yaml",
        "",
        "name: Express\nkind: web-framework\nsummary: One.\nfacts:\n  licence: {value: MIT}\n",
        'data/comparisons/express.yaml:1:1: [unexpected-file] "express" is a technology, by its keys; move it to "technologies/express.yaml"',
    ),
    bad(
        "technologies/a-vs-b.yaml",
        "",
        "technologies: [django, flask]\nrelation: alternatives\n",
        'data/technologies/a-vs-b.yaml:1:1: [unexpected-file] "a-vs-b" is a comparison, by its keys; move it to "comparisons/a-vs-b.yaml"',
    ),
    bad(
        CRITERIA,
        "licence:\n",
        "docs:\n  title: Docs\n  publisher: Django\n  kind: primary\n  accessed: 2026-01-01\nlicence:\n",
        'data/criteria.yaml:1:1: [unexpected-file] "docs" is a source, by its keys; move it to "sources.yaml"',
    ),
    bad(
        TECHNOLOGY,
        "kind: web-framework",
        "kind:web-framework",
        'data/technologies/flask.yaml:2:1: [yaml-syntax] "kind:web-framework" has no blank behind its colon; write "kind: web-framework"',
    ),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        'note: "Through extensions.\n    version: "1.2"',
        "data/technologies/flask.yaml:14:11: [yaml-syntax] a quotation mark is never closed; close it",
    ),
    # The mistake and its own line
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "orm: {value: no}",
        'data/technologies/flask.yaml:15:1: [yaml-syntax] "orm" is indented by 0 blanks, unlike the keys around it; expected 2',
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        " orm: {value: no}",
        'data/technologies/flask.yaml:15:2: [yaml-syntax] "orm" is indented by 1 blank, unlike the keys around it; expected 0 or 2',
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "    orm: {value: no}",
        'data/technologies/flask.yaml:15:5: [unknown-key] "orm" is not a key here; move it to the left, to make it an entry of "facts"',
    ),
    bad(
        TECHNOLOGY,
        "  first-release: {value: 2010-04}",
        "first-release: {value: 2010-04}",
        'data/technologies/flask.yaml:17:1: [unknown-key] "first-release" is not a key here; indent it, to make it an entry of "facts"',
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  - orm: {value: no}",
        'data/technologies/flask.yaml:15:3: [yaml-syntax] an entry of a list, "- ", stands among keys; remove "- ", or indent it',
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        '  orm: {value: "no" engine}',
        "data/technologies/flask.yaml:15:21: [yaml-syntax] \"engine}\" stands behind the end of the value; a text that begins with a quotation needs quotes around all of it: '…'",
    ),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: [Extensions](https://example.org) of others.",
        'data/technologies/flask.yaml:14:23: [yaml-syntax] "(https://example.org) of othe…" stands behind the end of the value; a text that begins with a link or a list needs quotes around all of it: "…"',
    ),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: {technology}`django` has none.",
        'data/technologies/flask.yaml:14:23: [yaml-syntax] "`django` has none." stands behind the end of the value; a text that begins with a role or braces needs quotes around all of it: "…"',
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "<<<<<<< HEAD\n  orm: {value: no}\n=======\n  orm: {value: yes}\n>>>>>>> other",
        "data/technologies/flask.yaml:15:1: [merge-conflict] a merge conflict is left here; keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>",
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  orm: {value: no}\n=======\n  orm: {value: yes}\n>>>>>>> other",
        "data/technologies/flask.yaml:16:1: [merge-conflict] a merge conflict is left here; keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>",
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  orm: {value: no}\n>>>>>>> other",
        "data/technologies/flask.yaml:16:1: [merge-conflict] a merge conflict is left here; keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>",
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "<<<<<<< HEAD\n  orm: {value: no}\n||||||| base\n  orm: {value: x}\n=======\n  orm: {value: yes}\n>>>>>>> other",
        "data/technologies/flask.yaml:15:1: [merge-conflict] a merge conflict is left here; keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>",
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  orm:\n  value: no\n  note: Beside.",
        'data/technologies/flask.yaml:16:3: [wrong-type] "value" belongs to "orm"; indent it deeper than that',
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  orm:\n    value: no\n    first-release:\n      value: 2010",
        'data/technologies/flask.yaml:17:5: [unknown-key] "first-release" is not a key here; move it to the left, to make it an entry of "facts"',
    ),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: Through extensions of :technology:`django`.",
        'data/technologies/flask.yaml:14:33: [broken-markdown] ":technology:" is no role here; write {technology}`django`',
    ),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: Through extensions of {technology} `django`.",
        'data/technologies/flask.yaml:14:33: [broken-markdown] "{technology}" is no role here; write {technology}`django`',
    ),
    bad(
        TECHNOLOGY,
        "note: Through extensions.",
        "note: Through [extensions][list].",
        'data/technologies/flask.yaml:14:19: [broken-markdown] "list" is not defined as the address of a link; write [words](address), or define it: [list]: address',
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  orm:\n    value: no\n    statements:\n      - value: yes\n      -when: later",
        'data/technologies/flask.yaml:19:7: [yaml-syntax] "-when" has no blank behind its hyphen; write "- when"',
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  orm:\n    value: no\n    statements:\n      - value: yes\n      when: later",
        'data/technologies/flask.yaml:19:7: [yaml-syntax] the key "when" is among the entries of a list, which begin in column 7; indent it deeper, as a part of the last entry, or less, to end the list',
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  orm:\n  \u00a0 value: no",
        "data/technologies/flask.yaml:16:3: [yaml-syntax] a no-break space (U+00A0), which is no blank to YAML; write a blank",
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  orm:\n    value:\u00a0no",
        "data/technologies/flask.yaml:16:11: [yaml-syntax] a no-break space (U+00A0), which is no blank to YAML; write a blank",
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  orm: {value: no, statements: [{value: yes}]}",
        'data/technologies/flask.yaml:15:33: [missing-key] nothing says when "yes" is the value; say when it is so: when, as_of, version, since, until, or preview: true; or which other sources say so',
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  orm: {value: no, statements: [{value: yes, sources: [flask-home]}, {value: no, sources: [flask-home]}]}",
        'data/technologies/flask.yaml:15:91: [duplicate-entry] these are the sources of "yes" already; keep one of the two values',
    ),
    bad(
        TECHNOLOGY,
        "kind: web-framework",
        "kind: web-framework\nreleases: [{version: '3', date: 2024-11, supported_until: 2023-10}, {version: '3'}]",
        'data/technologies/flask.yaml:3:59: [invalid-value] the support of "3" ends before its date, 2024-11; expected a later date',
        'data/technologies/flask.yaml:3:79: [duplicate-entry] "3" is listed already; remove one of the two',
    ),
    bad(
        CRITERIA,
        "type: number",
        "type: text\n  unit: ms",
        'data/criteria.yaml:16:9: [invalid-value] "ms" is the unit of a criterion that has no numbers; add type: number',
    ),
    bad(
        TECHNOLOGY,
        "misconceptions:\n  flask-is-small:\n    claim: Flask is for small applications.\n    correction: Only its core is small.\n    sources: [flask-home]",
        "  misconceptions:\n    flask-is-small:\n      claim: Flask is for small applications.\n      correction: Only its core is small.",
        'data/technologies/flask.yaml:18:3: [unknown-key] "misconceptions" is a key of the record; indent it as "facts"',
    ),
    # Files
    bad(
        "technologies/express.yml",
        "",
        "name: Express\n",
        'data/technologies/express.yml:1:1: [unexpected-file] "express.yml" does not end in ".yaml"; rename it to "express.yaml"',
    ),
    bad(
        "technologies/node.YAML",
        "",
        "name: Node\n",
        'data/technologies/node.YAML:1:1: [unexpected-file] "node.YAML" does not end in ".yaml"; rename it to "node.yaml"',
    ),
    bad(
        "technology/express.yaml",
        "",
        "name: Express\n",
        'data/technology:1:1: [unexpected-file] "technology" is not a folder of the catalogue; did you mean "technologies"?',
    ),
    bad(
        "technologies/js/express.yaml",
        "",
        "name: Express\n",
        'data/technologies/js/express.yaml:1:1: [unexpected-file] "express.yaml" lies in a folder below "technologies"; records lie side by side',
    ),
    bad(
        "criterias.yaml",
        "",
        "licence: {}\n",
        'data/criterias.yaml:1:1: [unexpected-file] "criterias.yaml" is not a file of the catalogue; did you mean "criteria.yaml"?',
    ),
    bad(
        TECHNOLOGY,
        "",
        "",
        "data/technologies/flask.yaml:1:1: [missing-key] the file is empty; write the record, or remove the file",
    ),
    bad(
        TECHNOLOGY,
        "",
        "# nothing yet\n",
        "data/technologies/flask.yaml:1:1: [missing-key] the file is empty; write the record, or remove the file",
    ),
    bad(
        TECHNOLOGY,
        "",
        "- a list\n",
        "data/technologies/flask.yaml:1:1: [wrong-type] expected keys and values at the top of the file",
    ),
    bad(
        TECHNOLOGY,
        "",
        "only words\n",
        "data/technologies/flask.yaml:1:1: [wrong-type] expected keys and values at the top of the file",
    ),
    bad(
        SOURCES,
        "",
        "- a list\n",
        "data/sources.yaml:1:1: [wrong-type] expected keys and values at the top of the file",
    ),
    bad(
        "technologies/index.yaml",
        "",
        "name: Index\nkind: web-framework\nsummary: A page.\n",
        'data/technologies/index.yaml:1:1: [invalid-id] "index" is the name of the page that lists the records; rename the file',
    ),
    bad(
        "technologies/Express_JS.yaml",
        "",
        "name: Express\nkind: web-framework\nsummary: A framework.\n",
        'data/technologies/Express_JS.yaml:1:1: [invalid-id] "Express_JS" is not in kebab-case; rename the file to "express-js.yaml"',
    ),
    # YAML
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: Flask: micro",
        'data/technologies/flask.yaml:1:12: [yaml-syntax] a text that contains ": " stands without quotes; put quotes around it',
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  orm: {value: no, note: Not: at all}",
        'data/technologies/flask.yaml:15:29: [yaml-syntax] a text that contains ": " stands without quotes; put quotes around it; or a comma is missing before a key',
    ),
    bad(
        TECHNOLOGY,
        "correction: Only its core is small.",
        "correction: 'Only Flask's core is small.'",
        "data/technologies/flask.yaml:21:28: [yaml-syntax] an apostrophe ends a text in single quotation marks; write it twice ('') or put the text in double quotation marks",
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  orm: {value: no, note: 'It isn't'}",
        "data/technologies/flask.yaml:15:33: [yaml-syntax] an apostrophe ends a text in single quotation marks; write it twice ('') or put the text in double quotation marks",
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: 'Flask",
        "data/technologies/flask.yaml:1:7: [yaml-syntax] a quotation mark is never closed; close it",
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        'name: "Flask" micro',
        "data/technologies/flask.yaml:1:15: [yaml-syntax] \"micro\" stands behind the end of the value; a text that begins with a quotation needs quotes around all of it: '…'",
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        'name: "C:\\Flask"',
        "data/technologies/flask.yaml:1:10: [yaml-syntax] a backslash before a character that needs none; use single quotation marks, or write two backslashes",
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: @flask",
        'data/technologies/flask.yaml:1:7: [yaml-syntax] "@" cannot begin a text; a text that starts with "@" needs quotes',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: *flask",
        'data/technologies/flask.yaml:1:7: [yaml-syntax] anchors and aliases are not used in records; a text that starts with "&" or "*" needs quotes',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: &flask Flask",
        'data/technologies/flask.yaml:1:7: [yaml-syntax] anchors and aliases are not used in records; a text that starts with "&" or "*" needs quotes',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: !flask",
        'data/technologies/flask.yaml:1:7: [yaml-syntax] tags are not used in records; a text that starts with "!" needs quotes',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: **Flask**",
        'data/technologies/flask.yaml:1:7: [yaml-syntax] "*" cannot begin a text; a text that starts with "*" needs quotes',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: [Flask",
        'data/technologies/flask.yaml:1:7: [yaml-syntax] the bracket "[" is never closed; close it with ]',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: {Flask",
        'data/technologies/flask.yaml:1:7: [yaml-syntax] the brace "{" is never closed; close it with }',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: - Flask",
        'data/technologies/flask.yaml:1:7: [yaml-syntax] a list may not begin here with "- "; begin it on a line of its own',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name Flask",
        'data/technologies/flask.yaml:1:1: [yaml-syntax] "name Flask" has no colon; write "name: …"',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "? [name]\n: Flask",
        "data/technologies/flask.yaml:1:3: [yaml-syntax] a list or mapping stands where a key is expected; a text with brackets or braces at its start needs quotes",
    ),
    bad(
        TECHNOLOGY,
        "    value: BSD",
        "\tvalue: BSD",
        "data/technologies/flask.yaml:9:1: [yaml-syntax] a tab; indent with blanks",
    ),
    bad(
        TECHNOLOGY,
        "facts:\n",
        "facts:\n---\n",
        'data/technologies/flask.yaml:8:1: [yaml-syntax] a second document begins here; remove "---": a file holds one',
    ),
    bad(
        COMPARISON,
        "  - group: Project\n",
        " - group: Project\n",
        'data/comparisons/django-vs-flask.yaml:7:2: [yaml-syntax] an entry of a list, "- ", stands among keys; remove "- ", or indent it',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: Flask\x07",
        "data/technologies/flask.yaml:1:12: [invalid-character] the character U+0007 cannot be part of a record; remove it",
    ),
    bad(
        SOURCES,
        "  publisher: Pallets\n",
        "  publisher Pallets\n",
        'data/sources.yaml:10:3: [yaml-syntax] a key without a colon; write "key: value"; the further lines of a text are indented deeper than its key',
    ),
    bad(
        TECHNOLOGY,
        "kind: web-framework\n",
        "kind: web-framework\nname: Flask again\nfacts:\n  more: {value: 1}\n",
        'data/technologies/flask.yaml:3:1: [duplicate-key] "name" is already given in line 1; remove or rename one of them',
        'data/technologies/flask.yaml:5:3: [unknown-criterion] "more" is not a criterion; expected one of: database-support, first-release, licence, orm, size',
        'data/technologies/flask.yaml:10:1: [duplicate-key] "facts" is already given in line 4; remove or rename one of them',
    ),
    # The form of a record
    bad(
        TECHNOLOGY,
        "homepage:",
        "home_page:",
        'data/technologies/flask.yaml:6:1: [unknown-key] "home_page" is not a key here; did you mean "homepage"?',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: Flask\nid: flask",
        'data/technologies/flask.yaml:2:1: [unknown-key] "id" is not a key here; the id is the name of the file, or the key that holds the record',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        'name: Flask\n"@id": flask',
        'data/technologies/flask.yaml:2:1: [unknown-key] "@id" is not a key here; no key starts with @',
    ),
    bad(
        TECHNOLOGY,
        "    as_of: 2026-04",
        "    as-of: 2026-04",
        'data/technologies/flask.yaml:11:5: [unknown-key] "as-of" is not a key here; did you mean "as_of"?',
    ),
    bad(
        COMPARISON,
        "relation: alternatives\n",
        "",
        'data/comparisons/django-vs-flask.yaml:1:1: [missing-key] "relation" is missing; expected one of: alternatives, complements, layers, successor, confused-terms',
    ),
    bad(
        COMPARISON,
        "        because: [licence]\n",
        "",
        'data/comparisons/django-vs-flask.yaml:20:9: [missing-key] "because" is missing',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name:",
        'data/technologies/flask.yaml:1:1: [missing-key] "name" has no value',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: ''",
        'data/technologies/flask.yaml:1:7: [missing-key] "name" is empty; write a text, or remove the key',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: ~",
        'data/technologies/flask.yaml:1:1: [missing-key] "name" has no value',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: |",
        'data/technologies/flask.yaml:1:7: [missing-key] "name" is empty; write a text, or remove the key',
    ),
    bad(
        COMPARISON,
        "    flask:\n      - when: you want little\n        because: [licence]\n",
        "    flask: []\n",
        'data/comparisons/django-vs-flask.yaml:16:3: [one-sided] "choose" says nothing of "flask"; add a condition for every side',
    ),
    bad(
        TECHNOLOGY,
        "sources: [flask-home]\n    as_of",
        "sources: [flask-home, ~]\n    as_of",
        'data/technologies/flask.yaml:10:27: [missing-key] entry 2 of "sources" has no value',
    ),
    bad(
        TECHNOLOGY,
        "homepage: https://flask.palletsprojects.com/",
        "synonyms:",
        'data/technologies/flask.yaml:6:1: [missing-key] "synonyms" has no value',
    ),
    bad(
        COMPARISON,
        "technologies: [django, flask]",
        "technologies: [django]",
        'data/comparisons/django-vs-flask.yaml:1:15: [invalid-value] "technologies" has too few entries (1); expected at least 2',
    ),
    bad(
        COMPARISON,
        "    rows: [licence]",
        "    rows: []",
        'data/comparisons/django-vs-flask.yaml:8:11: [missing-key] "rows" has too few entries (0); expected at least 1',
    ),
    bad(
        COMPARISON,
        "  summary: How much",
        "  overview: How much",
        'data/comparisons/django-vs-flask.yaml:15:3: [unknown-key] "overview" is not a key here; expected one of: answer, question, summary, use',
    ),
    bad(
        TECHNOLOGY,
        "name: Flask",
        "name: [Flask]",
        'data/technologies/flask.yaml:1:7: [wrong-type] "name" is a list; expected a text',
    ),
    bad(
        TECHNOLOGY,
        "    note: Through extensions.",
        "    note: [Through extensions.]",
        'data/technologies/flask.yaml:14:11: [wrong-type] "note" is a list; expected a text',
    ),
    bad(
        COMPARISON,
        "technologies: [django, flask]",
        "technologies: django",
        'data/comparisons/django-vs-flask.yaml:1:15: [wrong-type] "technologies" is a text; expected a list, as in [django]',
    ),
    bad(
        COMPARISON,
        "relation: alternatives",
        "relation: [alternatives]",
        'data/comparisons/django-vs-flask.yaml:2:11: [wrong-type] "relation" is a list; expected a text',
    ),
    bad(
        TECHNOLOGY,
        "  orm: {value: no}",
        "  orm: no",
        'data/technologies/flask.yaml:15:8: [wrong-type] "orm" is a text; expected keys and values, as in {value: no}',
    ),
    bad(
        TECHNOLOGY,
        "facts:\n",
        "facts: []\nmore:\n",
        'data/technologies/flask.yaml:7:8: [wrong-type] "facts" is a list; expected keys and values',
        'data/technologies/flask.yaml:8:1: [unknown-key] "more" is not a key here; expected one of: defaults, links, logo, releases, repository, sources, status, synonyms',
    ),
    bad(
        COMPARISON,
        "reviewed: 2026-11-22",
        "reviewed: [2026-11-22]",
        'data/comparisons/django-vs-flask.yaml:22:11: [wrong-type] "reviewed" is a list; expected a text',
    ),
    bad(
        COMPARISON,
        "relation: alternatives",
        "relation: alternative",
        'data/comparisons/django-vs-flask.yaml:2:11: [invalid-value] "alternative" is not a value of "relation"; did you mean "alternatives"?',
    ),
    bad(
        COMPARISON,
        "reviewed: 2026-11-22",
        "reviewed: 2026-11",
        'data/comparisons/django-vs-flask.yaml:22:11: [invalid-value] "2026-11" is not a full date; expected a day such as 2026-11-22',
    ),
    bad(
        COMPARISON,
        "reviewed: 2026-11-22",
        "reviewed: 2026-02-30",
        'data/comparisons/django-vs-flask.yaml:22:11: [invalid-value] "2026-02-30" is not a date; there is no day 30 in that month',
    ),
    bad(
        COMPARISON,
        "reviewed: 2026-11-22",
        "reviewed: 22 November 2026",
        'data/comparisons/django-vs-flask.yaml:22:11: [invalid-value] "22 November 2026" is not a date; did you mean "2026-11-22"?',
    ),
    bad(
        TECHNOLOGY,
        "as_of: 2026-04",
        "as_of: 2026-00",
        'data/technologies/flask.yaml:11:12: [invalid-value] "2026-00" is not a date; months and days count from 01',
    ),
    bad(
        TECHNOLOGY,
        "homepage: https:",
        "homepage: ftp:",
        'data/technologies/flask.yaml:6:11: [invalid-value] "ftp://flask.palletsprojects.com/" is not a web address; expected https://… or http://…',
    ),
    bad(
        SOURCES,
        "https://www.djangoproject.com/",
        "https://[::1",
        'data/sources.yaml:4:8: [invalid-value] "https://[::1" is not a web address; expected https://… or http://…',
    ),
    bad(
        SOURCES,
        "https://www.djangoproject.com/",
        "https://",
        'data/sources.yaml:4:8: [invalid-value] "https://" is not a web address; expected https://… or http://…',
    ),
    bad(
        TECHNOLOGY,
        "    as_of: 2026-04",
        "    judgement: maybe\n    note: A guess.",
        'data/technologies/flask.yaml:11:16: [invalid-value] "maybe" is neither true nor false; expected true or false',
    ),
    bad(
        TECHNOLOGY,
        "    as_of: 2026-04",
        "    judgement: [yes]\n    note: A guess.",
        'data/technologies/flask.yaml:11:16: [wrong-type] "judgement" is a list; expected a text',
    ),
    bad(
        SOURCES,
        "kind: primary",
        "kind: official",
        'data/sources.yaml:5:9: [invalid-value] "official" is not a value of "kind"; expected one of: primary, secondary',
    ),
    bad(
        CRITERIA,
        "type: yes-no",
        "type: boolean",
        'data/criteria.yaml:11:9: [invalid-value] "boolean" is not a value of "type"; did you mean "yes-no"?',
    ),
    bad(
        CRITERIA,
        "database-support:",
        "databaseSupport:",
        'data/criteria.yaml:4:1: [invalid-id] "databaseSupport" is not in kebab-case; did you mean "database-support"?',
    ),
    bad(
        TECHNOLOGY,
        "flask-is-small:",
        "Flask_is_small:",
        'data/technologies/flask.yaml:19:3: [invalid-id] "Flask_is_small" is not in kebab-case; did you mean "flask-is-small"?',
    ),
    bad(
        COMPARISON,
        "technologies: [django, flask]",
        "technologies: [Django, flask]",
        'data/comparisons/django-vs-flask.yaml:1:16: [invalid-id] "Django" is not in kebab-case; did you mean "django"?',
    ),
    bad(
        TECHNOLOGY,
        "flask-is-small:",
        "django-is-slow:",
        'data/technologies/flask.yaml:19:3: [duplicate-id] "django-is-slow" is already the id of a misconception of the technology "django"; rename one of them',
    ),
    bad(
        COMPARISON,
        "they-are-one:",
        "flask-is-small:",
        'data/comparisons/django-vs-flask.yaml:10:3: [duplicate-id] "flask-is-small" is already the id of a misconception of the technology "flask"; rename one of them',
    ),
    bad(
        SOURCES,
        "less code.",
        "less code, which nobody who has worked with it for a while would deny in earnest.",
        "data/sources.yaml:7:10: [quote-too-long] the quotation has 29 words; expected at most 25 words; the page shows the beginning",
    ),
    bad(
        SOURCES,
        "  quote: Django makes",
        "  quote:\n    - Short.\n    - And the one that makes it longer than it should ever have been, say, Django makes",
        "data/sources.yaml:9:7: [quote-too-long] the quotation has 29 words; expected at most 25 words; the page shows the beginning",
    ),
    # Prose
    bad(
        TECHNOLOGY,
        "its pages](https://flask",
        "its <b>pages</b>](https://flask",
        "data/technologies/flask.yaml:5:12: [unsafe-prose] raw HTML in a record: <b>; write Markdown instead",
    ),
    bad(
        TECHNOLOGY,
        "its pages](https:",
        "its pages](JaVaScript:",
        'data/technologies/flask.yaml:5:19: [unsafe-prose] a link with the scheme "JaVaScript" in a record; expected https://…, http://… or mailto:…',
    ),
    bad(
        TECHNOLOGY,
        "its pages](https://flask.palletsprojects.com/)",
        "its pages](../../secret.txt)",
        'data/technologies/flask.yaml:5:19: [unsafe-prose] a link to the path "../../secret.txt" in a record; link to a full address, to a label (#…), or with a role such as {comparison}',
    ),
    bad(
        TECHNOLOGY,
        "    note: Through extensions.",
        "    note: |\n      Through\n      ```{include} /etc/passwd\n      ```",
        'data/technologies/flask.yaml:16:10: [unsafe-prose] the directive "include" in a record; expected one of: admonition, attention, box-diagram, caution, danger, epigraph, error, hint, important, list-table, note, pull-quote, … (or write an authored page)',
    ),
    bad(
        TECHNOLOGY,
        "    note: Through extensions.",
        "    note: Through {download}`extensions <x>`.",
        'data/technologies/flask.yaml:14:19: [unsafe-prose] the role "download" in a record; only an authored page may use it',
    ),
    bad(
        TECHNOLOGY,
        "summary: >-\n",
        "summary: |\n  # A heading\n\n",
        "data/technologies/flask.yaml:4:3: [unsafe-prose] a heading in a record's text; split the text, or write an authored page",
    ),
    bad(
        TECHNOLOGY,
        "correction: Only",
        "correction: ![core](core.png) Only",
        'data/technologies/flask.yaml:21:17: [yaml-syntax] "!" cannot begin a text; a text that starts with "!" needs quotes',
    ),
    bad(
        TECHNOLOGY,
        "    note: Through extensions.",
        "    note: |\n      Through extensions.[^1]\n\n      [^1]: Such as others.",
        "data/technologies/flask.yaml:15:26: [unsafe-prose] a footnote in a record: [^1]; cite with {source}, or say it in the sentence",
    ),
    bad(
        TECHNOLOGY,
        "kind: web-framework",
        "kind: web-framework\nlogo: {file: flask.svg, alt: A flask}",
        'data/technologies/flask.yaml:3:14: [unknown-image] "flask.svg" is not an image in the data folder; there are none yet',
    ),
    bad(
        TECHNOLOGY,
        "    note: Through extensions.",
        "    note: Through {technolgy}`flask` and {gh-user}`somebody`.",
        'data/technologies/flask.yaml:14:19: [unknown-role] "technolgy" is not a role; did you mean "technology"?',
    ),
    bad(
        TECHNOLOGY,
        "    note: Through extensions.",
        '    note: See {pep}`wsgi`, {rfc}`1#x"` and {cwe}`a`, but {rfc}`9110#section-9` and {cve}`2020-10735`.',
        'data/technologies/flask.yaml:14:15: [invalid-argument] "wsgi" is no PEP number; expected digits, and perhaps # with an anchor',
        'data/technologies/flask.yaml:14:28: [invalid-argument] "1#x"" is no RFC number; expected digits, and perhaps # with an anchor',
        'data/technologies/flask.yaml:14:44: [invalid-argument] "a" is no CWE number; expected digits, and perhaps # with an anchor',
    ),
    bad(
        TECHNOLOGY,
        "    note: Through extensions.",
        "    note: See {row}`django-vs-flask` and {row}`licence`.",
        'data/technologies/flask.yaml:14:15: [invalid-argument] "django-vs-flask" does not name a row; expected "comparison/criterion", such as "django-vs-flask/…"',
        'data/technologies/flask.yaml:14:42: [invalid-argument] "licence" does not name a row; expected "comparison/criterion", such as "…/licence"',
    ),
    bad(
        TECHNOLOGY,
        "  see [its pages]",
        "  TODO: more, [its pages]",
        'data/technologies/flask.yaml:5:3: [unfinished] "TODO: more, [its pages](https://flask.palletsprojects.com/)." is still to be written',
    ),
    bad(
        COMPARISON,
        "group: Data",
        "group: TODO a heading",
        'data/comparisons/django-vs-flask.yaml:5:12: [unfinished] "TODO a heading" is still to be written',
    ),
    # References
    bad(
        COMPARISON,
        "technologies: [django, flask]",
        "technologies: [djanga, flask]",
        'data/comparisons/django-vs-flask.yaml:1:16: [unknown-technology] "djanga" is not a technology; did you mean "django"?',
    ),
    bad(
        TECHNOLOGY,
        "  database-support:",
        "  databse-support:",
        'data/technologies/flask.yaml:12:3: [unknown-criterion] "databse-support" is not a criterion; did you mean "database-support"?',
    ),
    bad(
        COMPARISON,
        "rows: [licence]",
        "rows: [license]",
        'data/comparisons/django-vs-flask.yaml:8:12: [unknown-criterion] "license" is not a criterion; did you mean "licence"?',
    ),
    bad(
        TECHNOLOGY,
        "sources: [flask-home]\n    as_of",
        "sources: [flask-home, flask-hom]\n    as_of",
        'data/technologies/flask.yaml:10:27: [unknown-source] "flask-hom" is not a source; did you mean "flask-home"?',
    ),
    bad(
        COMPARISON,
        "reviewed:",
        "related: [django-vs-flaks]\nreviewed:",
        'data/comparisons/django-vs-flask.yaml:22:11: [unknown-comparison] "django-vs-flaks" is not a comparison; did you mean "django-vs-flask"?',
    ),
    bad(
        COMPARISON,
        "reviewed:",
        "related: [django-vs-flask]\nreviewed:",
        'data/comparisons/django-vs-flask.yaml:22:11: [duplicate-entry] "django-vs-flask" is this comparison itself; remove it',
    ),
    bad(
        CRITERIA,
        "kinds: [web-framework]",
        "kinds: [web-framework, web-server]",
        'data/criteria.yaml:7:26: [unknown-kind] "web-server" is not the kind of any technology; expected one of: web-framework',
    ),
    bad(
        TECHNOLOGY,
        "    note: Through extensions.",
        "    note: As {technology}`djanjo` and {comparison}`the pair <django-vs-flas>`.",
        'data/technologies/flask.yaml:14:27: [unknown-technology] "djanjo" is not a technology; did you mean "django"?',
        'data/technologies/flask.yaml:14:62: [unknown-comparison] "django-vs-flas" is not a comparison; did you mean "django-vs-flask"?',
    ),
    bad(
        TECHNOLOGY,
        "    note: Through extensions.",
        "    note: >-\n      See {misconception}`flask-is-smal`,\n      {fact}`flask/orn`, {criterion}`licens`\n      and {source}`flask-home, django-hom`.",
        'data/technologies/flask.yaml:15:27: [unknown-misconception] "flask-is-smal" is not a misconception; did you mean "flask-is-small"?',
        'data/technologies/flask.yaml:16:14: [unknown-fact] "flask/orn" is not a fact (technology/criterion); did you mean "flask/orm"?',
        'data/technologies/flask.yaml:16:38: [unknown-criterion] "licens" is not a criterion; did you mean "licence"?',
        'data/technologies/flask.yaml:17:32: [unknown-source] "django-hom" is not a source; did you mean "django-home"?',
    ),
    bad(
        TECHNOLOGY,
        "    note: Through extensions.",
        "    note: See {row}`django-vs-flask/licenc`.",
        'data/technologies/flask.yaml:14:37: [unknown-criterion] "licenc" is not a criterion; did you mean "licence"?',
    ),
    # The rules
    bad(
        TECHNOLOGY,
        "kind: web-framework",
        "kind: library",
        'data/technologies/flask.yaml:2:7: [unknown-kind] "library" is not a kind that a criterion is for; expected one of: web-framework',
    ),
    bad(
        TECHNOLOGY,
        "orm: {value: no}",
        "orm: {value: partial}",
        'data/technologies/flask.yaml:15:16: [needs-note] "partial" without a note; say in what way: note: …',
    ),
    bad(
        TECHNOLOGY,
        "orm: {value: no}",
        "orm: {value: No}",
        'data/technologies/flask.yaml:15:16: [invalid-value] "No" is not a value of "orm"; did you mean "no"?',
    ),
    bad(
        TECHNOLOGY,
        "orm: {value: no}",
        "orm: {value: false}",
        'data/technologies/flask.yaml:15:16: [invalid-value] "false" is not a value of "orm"; did you mean "no"?',
    ),
    bad(
        TECHNOLOGY,
        "orm: {value: no}",
        "orm: {sources: [flask-home]}",
        "data/technologies/flask.yaml:15:3: [needs-note] neither a value nor a note; add value: …, or note: … with what was looked for",
    ),
    bad(
        TECHNOLOGY,
        "orm: {value: no}",
        "orm: {value: no, judgement: true}",
        "data/technologies/flask.yaml:15:3: [needs-note] no note: a judgement needs its ground; add note: …",
    ),
    bad(
        TECHNOLOGY,
        "size: {value: 12}",
        "size: {value: 12 MB}",
        'data/technologies/flask.yaml:16:17: [invalid-value] "12 MB" is not a value of "size"; expected digits such as 1200 or 3.5 (the unit belongs to the criterion), 1–5, ≤ 5, 5+, 5 ± 1, about 5 or unlimited',
    ),
    bad(
        TECHNOLOGY,
        "size: {value: 12}",
        'size: {value: "1,20"}',
        'data/technologies/flask.yaml:16:17: [invalid-value] "1,20" is not a value of "size"; did you mean "1.20"?',
    ),
    bad(
        TECHNOLOGY,
        "first-release: {value: 2010-04}",
        "first-release: {value: April 2010}",
        'data/technologies/flask.yaml:17:26: [invalid-value] "April 2010" is not a value of "first-release"; did you mean "2010-04"?',
    ),
    bad(
        COMPARISON,
        "reviewed:",
        "facts:\n  flask:\n    orm: {value: no}\nreviewed:",
        "data/comparisons/django-vs-flask.yaml:24:5: [needs-reason] an override without a reason; add reason: …",
    ),
    bad(
        COMPARISON,
        "reviewed:",
        "facts:\n  flask:\n    size: {value: 13, reason: Counted anew.}\nreviewed:",
        'data/comparisons/django-vs-flask.yaml:24:5: [not-shown] "size" is not a row of this comparison; expected one of: database-support, licence, orm',
    ),
    bad(
        COMPARISON,
        "reviewed:",
        "facts:\n  express:\n    orm: {value: no, reason: It has none.}\nreviewed:",
        'data/comparisons/django-vs-flask.yaml:23:3: [not-compared] "express" is not a side of this comparison; expected one of: django, flask',
    ),
    bad(
        COMPARISON,
        "reviewed:",
        "facts:\n  flask:\n    orm: {value: perhaps, reason: It has none.}\nreviewed:",
        'data/comparisons/django-vs-flask.yaml:24:18: [invalid-value] "perhaps" is not a value of "orm"; expected one of: no, partial, yes',
    ),
    bad(
        COMPARISON,
        "technologies: [django, flask]",
        "technologies: [django, flask, django]",
        'data/comparisons/django-vs-flask.yaml:1:31: [duplicate-entry] "django" stands twice in this list; remove one of them',
    ),
    bad(
        COMPARISON,
        "rows: [licence]",
        "rows: [licence, orm]",
        'data/comparisons/django-vs-flask.yaml:8:21: [duplicate-entry] "orm" is already a row of this comparison; remove it',
    ),
    bad(
        COMPARISON,
        "rows: [licence]",
        "rows: [licence, licence]",
        'data/comparisons/django-vs-flask.yaml:8:21: [duplicate-entry] "licence" stands twice in this list; remove one of them',
    ),
    bad(
        COMPARISON,
        "group: Project",
        "group: Data",
        'data/comparisons/django-vs-flask.yaml:7:12: [duplicate-entry] "Data" is already the heading of a group; merge the two groups',
    ),
    bad(
        COMPARISON,
        "    about: [django, flask]",
        "    about: [django, express]",
        'data/comparisons/django-vs-flask.yaml:13:21: [not-compared] "express" is not a side of this comparison; expected one of: django, flask',
    ),
    bad(
        TECHNOLOGY,
        "    correction: Only",
        "    about: [django]\n    correction: Only",
        'data/technologies/flask.yaml:21:13: [not-compared] "django" is not the technology of this record; expected one of: flask',
    ),
    bad(
        COMPARISON,
        "    flask:\n      - when",
        "    express:\n      - when",
        'data/comparisons/django-vs-flask.yaml:19:5: [not-compared] "express" is not a side of this comparison; expected one of: django, flask',
    ),
    bad(
        COMPARISON,
        "    rows: [licence]",
        "    rows: [licence, licence]\n  - {group: More, rows: [size, size]}",
        'data/comparisons/django-vs-flask.yaml:8:21: [duplicate-entry] "licence" stands twice in this list; remove one of them',
        'data/comparisons/django-vs-flask.yaml:9:32: [duplicate-entry] "size" stands twice in this list; remove one of them',
    ),
    bad(
        COMPARISON,
        "because: [orm]",
        "because: [ormm]",
        'data/comparisons/django-vs-flask.yaml:18:47: [not-shown] "ormm" is not a row of this comparison; did you mean "orm"?',
    ),
    bad(
        COMPARISON,
        "because: [orm]",
        "because: [size]",
        'data/comparisons/django-vs-flask.yaml:18:47: [not-shown] "size" is not a row of this comparison; expected one of: database-support, licence, orm',
    ),
    bad(
        COMPARISON,
        "relation: alternatives",
        "relation: layers",
        'data/comparisons/django-vs-flask.yaml:16:3: [may-not-choose] "choose" in a comparison whose relation is "layers"; write "use" and say when each is used',
    ),
    bad(
        COMPARISON,
        "reviewed:",
        "  use:\n    django:\n      - {when: always, because: [orm]}\n    flask:\n      - {when: always, because: [orm]}\nreviewed:",
        'data/comparisons/django-vs-flask.yaml:16:3: [choose-and-use] the verdict has both "choose" and "use"; keep one of them',
    ),
    bad(
        COMPARISON,
        "  choose:",
        "  answer: {django: brings much, flsk: brings little}\n  choose:",
        'data/comparisons/django-vs-flask.yaml:16:33: [not-compared] "flsk" is not a side of this comparison; did you mean "flask"?',
    ),
    bad(
        COMPARISON,
        "  choose:",
        "  answer: {django: brings much}\n  choose:",
        'data/comparisons/django-vs-flask.yaml:16:3: [one-sided] "answer" says nothing of "flask"; add a line for every side',
    ),
    bad(
        COMPARISON,
        "reviewed:",
        "topics: {size: {title: Size, leads: {flask: Small.}, body: Text.}}\nreviewed:",
        'data/comparisons/django-vs-flask.yaml:22:30: [one-sided] "leads" says nothing of "django"; add a line for every side',
    ),
    bad(
        COMPARISON,
        "reviewed:",
        "topics: {size: {title: Size, leads: {django: Big., flaks: Small.}, body: Text.}}\nreviewed:",
        'data/comparisons/django-vs-flask.yaml:22:52: [not-compared] "flaks" is not a side of this comparison; did you mean "flask"?',
    ),
    # Texts that are longer than their place
    bad(
        COMPARISON,
        "  choose:",
        f"  question: {'q' * 76}\n  choose:",
        f'data/comparisons/django-vs-flask.yaml:16:13: [too-long-for-layout] the question "{"q" * 76}" has 76 characters; expected at most 75; it is shown as it is',
    ),
    bad(
        COMPARISON,
        "  choose:",
        f"  answer: {{django: {'a' * 51}, flask: {'a' * 50}}}\n  choose:",
        f'data/comparisons/django-vs-flask.yaml:16:20: [too-long-for-layout] the answer "{"a" * 51}" has 51 characters; expected at most 50; it is shown as it is',
    ),
    bad(
        COMPARISON,
        "      - when: you want little",
        f"      - when: '**{'r' * 91}**'",
        f'data/comparisons/django-vs-flask.yaml:20:16: [too-long-for-layout] the reason "{"r" * 91}" has 91 characters; expected at most 90; it is shown as it is',
    ),
    bad(
        COMPARISON,
        "reviewed:",
        f"topics: {{size: {{title: Size, leads: {{django: Big., flask: {'l' * 81}}}, body: Text.}}}}\nreviewed:",
        f'data/comparisons/django-vs-flask.yaml:22:59: [too-long-for-layout] the lead "{"l" * 81}" has 81 characters; expected at most 80; it is shown as it is',
    ),
    bad(
        TECHNOLOGY,
        "correction: Only its core is small.",
        f"correction: '`{'f' * 120}`. And more.'",
        f'data/technologies/flask.yaml:21:18: [too-long-for-layout] the first sentence "{"f" * 120}." has 121 characters; expected at most 120; it is shown as it is',
    ),
    bad(
        COMPARISON,
        "    flask:\n      - when: you want little\n        because: [licence]\n",
        "",
        'data/comparisons/django-vs-flask.yaml:16:3: [one-sided] "choose" says nothing of "flask"; add a condition for every side',
    ),
    bad(
        COMPARISON,
        "  summary: How much do you want to decide?\n  choose:\n    django:\n      - {when: you want everything, because: [orm]}\n    flask:\n      - when: you want little\n        because: [licence]\n",
        "  {}\n",
        'data/comparisons/django-vs-flask.yaml:14:1: [missing-key] "verdict" says nothing; add a summary or conditions, or remove it',
    ),
    bad(
        CRITERIA,
        "licence:",
        "licence2: What?\nlicence3:\nlicence:",
        'data/criteria.yaml:1:1: [wrong-type] "licence2" is a text; expected keys and values',
        'data/criteria.yaml:2:1: [missing-key] "licence3" has no value; expected keys and values',
    ),
    bad(
        TECHNOLOGY,
        "facts:",
        "misconceptions: [small]\nfacts:",
        'data/technologies/flask.yaml:7:17: [wrong-type] "misconceptions" is a list; expected keys and values, as in {an-id: {claim: …, correction: …}}',
        'data/technologies/flask.yaml:19:1: [duplicate-key] "misconceptions" is already given in line 7; remove or rename one of them',
    ),
    bad(
        CRITERIA,
        "kinds: [web-framework]",
        "kinds: []\nserver:\n  name: Server\n  definition: A server.\n  kinds: [server]",
        'data/criteria.yaml:11:11: [unknown-kind] "server" is not the kind of any technology; expected one of: web-framework',
    ),
    bad(
        COMPARISON,
        "reviewed:",
        "facts:\n  flask:\n    orn: {value: no, reason: It has none.}\nreviewed:",
        'data/comparisons/django-vs-flask.yaml:24:5: [unknown-criterion] "orn" is not a criterion; did you mean "orm"?',
    ),
    # Published addresses
    bad(
        PUBLISHED,
        "",
        PUBLIC + "redirect: {}\n",
        'data/published.yaml:4:1: [unknown-key] "redirect" is not a key here; did you mean "redirects"?',
    ),
    bad(
        PUBLISHED,
        "",
        PUBLIC.replace("flask]", "flask, django]"),
        'data/published.yaml:3:31: [duplicate-entry] "django" stands twice in this list; remove one of them',
    ),
    bad(
        PUBLISHED,
        "",
        "comparisons:\n  - django-vs-flask\n  - django-vs-rails\n  - a-vs-b\ntechnologies: [flasks]\n",
        'data/published.yaml:3:5: [lost-address] "django-vs-rails" is published, and has no page any more; add "django-vs-rails: django-vs-flask" to the comparisons under "redirects", or remove it if nobody needs the URL',
        'data/published.yaml:4:5: [lost-address] "a-vs-b" is published, and has no page any more; add "a-vs-b: …" to the comparisons under "redirects", or remove it if nobody needs the URL',
        'data/published.yaml:5:16: [lost-address] "flasks" is published, and has no page any more; did you mean "flask"? Or add "flasks: flask" to the technologies under "redirects", or remove it if nobody needs the URL',
    ),
    bad(
        PUBLISHED,
        "",
        "redirects:\n  comparisons:\n    old: django-vs-flasks\n  technologies: {older: flusk}\n",
        'data/published.yaml:3:10: [unknown-comparison] "django-vs-flasks" is not a comparison; did you mean "django-vs-flask"?',
        'data/published.yaml:4:25: [unknown-technology] "flusk" is not a technology; did you mean "flask"?',
    ),
    bad(
        PUBLISHED,
        "",
        PUBLIC
        + "redirects:\n  technologies:\n    flask: django\n    a: b\n    b: c\n    c: django\n    x: y\n    y: x\n",
        'data/published.yaml:6:5: [invalid-redirect] "flask" has a page, and is led to "django"; remove the redirect',
        'data/published.yaml:7:8: [invalid-redirect] "a" is led to "b", which is led on; write "a: django"',
        'data/published.yaml:8:8: [invalid-redirect] "b" is led to "c", which is led on; write "b: django"',
        'data/published.yaml:10:8: [invalid-redirect] "x" is led to "y" and from there round in a circle; let one of them lead to a page',
        'data/published.yaml:11:8: [invalid-redirect] "y" is led to "x" and from there round in a circle; let one of them lead to a page',
    ),
    bad(
        "published.yml",
        "",
        PUBLIC,
        'data/published.yml:1:1: [unexpected-file] "published.yml" does not end in ".yaml"; rename it to "published.yaml"',
    ),
]


class _Folder:
    """The good catalogue in a temporary folder, to be spoilt."""

    def __init__(self, root: Path) -> None:
        self.root = root
        write_files(root / "data", GOOD)

    def spoil(self, file: str, old: str, new: str) -> None:
        path = self.root / "data" / file
        text = path.read_text(encoding="utf-8") if old else ""
        assert old in text
        write_files(self.root / "data", {file: text.replace(old, new, 1) if old else new})

    def load(self) -> Loaded:
        return load(self.root / "data")

    def said(self) -> list[str]:
        return [str(problem).replace(f"{self.root}/", "") for problem in self.load().problems]


@pytest.fixture
def folder(tmp_path: Path) -> _Folder:
    return _Folder(tmp_path)


def test_the_good_catalogue_is_good(folder: _Folder) -> None:
    assert folder.said() == []


@pytest.mark.parametrize("case", CASES, ids=[f"{number:02} {case.new[:40]!r}" for number, case in enumerate(CASES)])
def test_bad_input(folder: _Folder, case: Case) -> None:
    folder.spoil(case.file, case.old, case.new)
    assert folder.said() == case.expected


TESTED_ELSEWHERE = {
    Code.UNCLOSED,
    Code.BUILD_WARNING,
    Code.UNKNOWN_OPTION,
    Code.INVALID_OPTION,
    Code.NO_COMPARISON_HERE,
    Code.NOT_ON_A_PAGE,
    Code.INVALID_CONFIG,
    Code.INVALID_TEMPLATE,
    Code.INTERNAL,
    Code.MISSING_GLYPH,
    Code.NOT_IN_PARTS,
    Code.NOT_TYPESET,
    Code.NOT_WRITTEN,
    Code.PARTS_DIFFER,
    Code.NO_VERDICT,
    Code.UNKNOWN_GROUP,
    Code.FILE_OF_OTHERS,
    Code.PAGE_CONFLICT,
    Code.CIRCULAR_CONTENTS,
    Code.UNSUPPORTED_LANGUAGE,
    Code.INTERNAL,
}
"""What directives, roles, the configuration and the PDF can cause: `tests/site/` and `tests/pdf/`."""

TESTED_BELOW = {
    *(Code.NO_CATALOGUE, Code.UNREADABLE_FILE, Code.DUPLICATE_COMPARISON, Code.DUPLICATE_TITLE),
    *(
        Code.TOO_LARGE,
        Code.MORE_PROBLEMS,
        Code.RESERVED_NAME,
        Code.SPARSE_SOURCE,
        Code.OUTDATED_FACTS,
        Code.NOT_APPLICABLE,
    ),
}
"""What takes more than one edited text: here, and in ``test_limits.py``."""


def test_every_code_has_a_case() -> None:
    said = {line.partition("[")[2].partition("]")[0] for case in CASES for line in case.expected}
    covered = {code for code in Code if code.value in said}
    assert covered | TESTED_BELOW | TESTED_ELSEWHERE == set(Code)
    assert not covered & TESTED_ELSEWHERE


# -- what takes more than one edited text


def test_a_criterion_for_other_kinds(folder: _Folder) -> None:
    """A kind that some criteria are for is right, and each fact that does not apply is wrong."""
    folder.spoil(CRITERIA, "type: number", "type: number\n  kinds: [library]")
    folder.spoil(TECHNOLOGY, "kind: web-framework", "kind: library")
    assert folder.said() == [
        'data/technologies/flask.yaml:12:3: [not-applicable] "database-support" does not apply to Flask, whose kind is "library"; it applies to: web-framework'
    ]


def test_a_misspelt_kind_is_one_mistake(folder: _Folder) -> None:
    """Of a kind that criteria know by another spelling, neither facts nor criteria are reported."""
    for id_ in ("django", "flask"):
        folder.spoil(f"technologies/{id_}.yaml", "kind: web-framework", "kind: web-framwork")
    for type_ in ("number", "date"):
        folder.spoil(CRITERIA, f"type: {type_}", f"type: {type_}\n  kinds: [web-framework]")
    what = "is not a kind that a criterion is for, here and in 1 more record"
    assert folder.said() == [
        f'data/technologies/django.yaml:2:7: [unknown-kind] "web-framwork" {what}; did you mean "web-framework"?'
    ]


@pytest.mark.parametrize("place", ["flask.yaml", "tecnologies/flask.yaml", "technologies/web/flask.yaml"])
def test_a_record_at_another_place_is_one_mistake(folder: _Folder, place: str) -> None:
    """What refers to the record is right, and its published address is not lost."""
    target = folder.root / "data" / place
    target.parent.mkdir(exist_ok=True)
    (folder.root / "data" / TECHNOLOGY).rename(target)
    (folder.root / "data" / "published.yaml").write_text("technologies: [django, flask]\n", encoding="utf-8")
    (line,) = folder.said()
    assert line.startswith(f"data/{place.replace('tecnologies/flask.yaml', 'tecnologies')}:1:1: [unexpected-file] ")
    assert 'move it to "technologies/flask.yaml" if it is a record' in line or "/" in place


@pytest.mark.parametrize("name", ["criterias.yaml", "Criteria.yaml", "criteria.yml"])
def test_a_misspelt_list_is_one_mistake(folder: _Folder, name: str) -> None:
    (folder.root / "data" / CRITERIA).rename(folder.root / "data" / name)
    (line,) = folder.said()
    assert line.startswith(f"data/{name}:1:1: [unexpected-file] ")
    assert line.endswith(('did you mean "criteria.yaml"?', 'rename it to "criteria.yaml"'))


def test_a_misspelt_folder_is_one_mistake(folder: _Folder) -> None:
    (folder.root / "data/technologies").rename(folder.root / "data/technology")
    assert folder.said() == [
        'data/technology:1:1: [unexpected-file] "technology" is not a folder of the catalogue; did you mean "technologies"?'
    ]


def test_a_record_that_is_there_twice_is_one_mistake(folder: _Folder) -> None:
    text = (folder.root / "data" / TECHNOLOGY).read_text(encoding="utf-8")
    folder.spoil(TECHNOLOGY, "", text + text)
    line = text.count("\n") + 1
    assert folder.said() == [
        f"data/technologies/flask.yaml:{line}:1: [duplicate-key] the record begins once more; remove one of the two"
    ]


def test_a_copy_is_the_one_that_is_wrong(folder: _Folder) -> None:
    text = (folder.root / "data" / TECHNOLOGY).read_text(encoding="utf-8")
    folder.spoil("technologies/flask-2.yaml", "", text)
    assert {line.partition(":")[0] for line in folder.said()} == {"data/technologies/flask-2.yaml"}


def test_a_name_in_the_wrong_case_is_one_mistake(folder: _Folder) -> None:
    (folder.root / "data" / TECHNOLOGY).rename(folder.root / "data/technologies/Flask.yaml")
    folder.spoil("technologies/django.yaml", "summary: ", "summary: See {fact}`flask/orm`. ")
    assert folder.said() == [
        'data/technologies/Flask.yaml:1:1: [invalid-id] "Flask" is not in kebab-case; rename the file to "flask.yaml"'
    ]


def test_a_kind_without_technologies_is_one_mistake(folder: _Folder) -> None:
    for type_ in ("number", "date"):
        folder.spoil(CRITERIA, f"type: {type_}", f"type: {type_}\n  kinds: [library]")
    (told,) = folder.said()
    assert '[unknown-kind] "library" is not the kind of any technology, here and in 1 more record; ' in told


@pytest.mark.parametrize("name", [CRITERIA, SOURCES])
def test_a_list_of_records_in_the_place_of_one(folder: _Folder, name: str) -> None:
    """What refers to the records in it is not reported as well."""
    (folder.root / "data" / name).rename(folder.root / "data" / "technologies" / "many.yaml")
    (told,) = folder.said()
    type_ = "criterion" if name == CRITERIA else "source"
    assert told == (
        f'data/technologies/many.yaml:1:1: [unexpected-file] "many" is a {type_}, by its keys; move it to "{name.rpartition("/")[2]}"'
    )


def test_what_a_comment_cuts_off_is_one_mistake(folder: _Folder) -> None:
    """Although what stands behind it may break the YAML."""
    folder.spoil(TECHNOLOGY, "note: Through extensions.", "note: Through issue #5\n      and others.")
    assert [one.partition("] ")[2][:24] for one in folder.said()] == ['"#5" is a comment, which']
    folder.spoil(TECHNOLOGY, "note: Through issue #5\n      and others.", "sources: [a b #5]")
    assert [one.partition("] ")[2][:25] for one in folder.said()] == ['"#5]" is a comment, which']


def test_no_folder(tmp_path: Path) -> None:
    [problem] = load(tmp_path / "nothing").problems
    assert (problem.code, problem.place.path) == (Code.NO_CATALOGUE, str(tmp_path / "nothing"))


def test_an_address_is_enough_of_a_source(folder: _Folder) -> None:
    text = """
        flask-home: {url: https://example.org/a/}
        django-home: {title: D, kind: primary, publisher: D, accessed: soon}
        """
    catalogue, problems = load(write_files(folder.root / "data", {"sources.yaml": text}))
    assert [problem.code for problem in problems] == [Code.INVALID_VALUE]
    assert catalogue.sources["flask-home"].label == "example.org/a"
    assert [problem.text for problem in advice(catalogue)] == [
        '[sparse-source] "flask-home" has no title and no publisher and no kind and no accessed; readers judge a source by these fields'
    ]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    write_files(tmp_path, {"data": "name: Flask"})
    assert [problem.code for problem in load(tmp_path / "data").problems] == [Code.NO_CATALOGUE]


def test_bytes_that_are_not_utf8(folder: _Folder) -> None:
    path = folder.root / "data" / TECHNOLOGY
    path.write_bytes(b"\xef\xbb\xbfname: Flask\nkind: web-framework\nsummary: \xc3\xa9 caf\xe9 \xff\nhomepage: \xfe\n")
    assert folder.said() == [
        "data/technologies/flask.yaml:3:15: [invalid-character] the byte 0xe9 is not UTF-8, nor are 2 others; save the file as UTF-8"
    ]
    technology = load(folder.root / "data").catalogue.technologies["flask"]
    assert (str(technology.summary), technology.homepage) == ("é caf\ufffd \ufffd", None)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_another_encoding(folder: _Folder, encoding: str) -> None:
    path = folder.root / "data" / TECHNOLOGY
    path.write_bytes(f"\ufeff{path.read_text()}".encode(encoding))
    assert folder.said() == [
        "data/technologies/flask.yaml:1:1: [unreadable-file] the file is UTF-16 or UTF-32; save it as UTF-8"
    ]


def test_a_folder_in_place_of_a_file(folder: _Folder) -> None:
    (folder.root / "data/technologies/express.yaml").mkdir()
    (folder.root / "data/sources.yaml").unlink()
    (folder.root / "data/sources.yaml").mkdir()
    assert folder.said() == [
        "data/sources.yaml:1:1: [unreadable-file] cannot be read: Is a directory",
        "data/technologies/express.yaml:1:1: [unreadable-file] cannot be read: Is a directory",
    ]


def test_the_same_technologies_in_another_order(folder: _Folder) -> None:
    text = GOOD[COMPARISON].replace("[django, flask]", "[flask, django]", 1).replace("they-are-one", "both-are-one")
    folder.spoil("comparisons/flask-vs-django.yaml", "", text)
    assert folder.said() == [
        'data/comparisons/flask-vs-django.yaml:1:1: [duplicate-comparison] "flask-vs-django" compares the same technologies as "django-vs-flask"; merge the two records, or give one of them a title of its own'
    ]


def test_two_comparisons_with_one_title(folder: _Folder) -> None:
    folder.spoil("technologies/tornado.yaml", "", "name: Tornado\nkind: web-framework\nsummary: Another one.\n")
    other = GOOD[COMPARISON].replace("flask", "tornado").replace("they-are-one", "both-are-one")
    folder.spoil(
        "comparisons/django-vs-tornado.yaml",
        "",
        other.replace("relation:", "title: Django vs flask\n        relation:", 1),
    )
    assert folder.said() == [
        'data/comparisons/django-vs-tornado.yaml:2:8: [duplicate-title] "Django vs flask" is the title of "django-vs-flask" as well; give one of them a title of its own'
    ]


def test_a_row_that_no_side_can_answer(folder: _Folder) -> None:
    server = "server:\n  name: Server\n  definition: A server.\n  kinds: [server, proxy]\nlicence:"
    folder.spoil(CRITERIA, "licence:", server)
    folder.spoil("technologies/nginx.yaml", "", "name: nginx\nkind: server\nsummary: A server.\n")
    folder.spoil("technologies/squid.yaml", "", "name: Squid\nkind: proxy\nsummary: A proxy.\n")
    folder.spoil(COMPARISON, "rows: [licence]", "rows: [licence, server]")
    assert folder.said() == [
        'data/comparisons/django-vs-flask.yaml:8:21: [not-applicable] "server" applies to no side of this comparison; it applies to: server, proxy'
    ]


def test_a_misconception_may_name_its_own_technology(folder: _Folder) -> None:
    folder.spoil(TECHNOLOGY, "    claim:", "    about: [flask]\n    claim:")
    assert folder.said() == []


def test_everything_at_once_from_top_to_bottom(folder: _Folder) -> None:
    folder.spoil(TECHNOLOGY, "name: Flask", "nam: Flask")
    folder.spoil(TECHNOLOGY, "kind: web-framework", "kind: [web]")
    folder.spoil(SOURCES, "kind: primary", "kind: official")
    folder.spoil(COMPARISON, "because: [licence]", "because: [licens]")
    folder.spoil("technologies/broken.yaml", "", "name: [")
    assert [line.split("] ")[0] for line in folder.said()] == [
        "data/comparisons/django-vs-flask.yaml:21:19: [not-shown",
        "data/sources.yaml:5:9: [invalid-value",
        "data/technologies/broken.yaml:1:8: [yaml-syntax",
        "data/technologies/flask.yaml:1:1: [unknown-key",
        "data/technologies/flask.yaml:2:7: [wrong-type",
    ]


@pytest.mark.parametrize("file", [CRITERIA, SOURCES, TECHNOLOGY, COMPARISON])
@pytest.mark.parametrize("text", ["name: [", "- a list", "key: @", "a: {" * 300])
def test_an_unreadable_file_is_the_only_problem(folder: _Folder, file: str, text: str) -> None:
    referring = "See {technology}`flask`, {misconception}`flask-is-small`, {fact}`flask/size` and {source}`flask-home`."
    folder.spoil("technologies/django.yaml", "A framework with everything.", referring)
    folder.spoil(CRITERIA, "kinds: [web-framework]", "kinds: [web-framework, other]")
    folder.spoil("technologies/other.yaml", "", "name: Other\nkind: other\nsummary: Another one.\n")
    assert folder.said() == []
    folder.spoil(file, "", text)
    assert len(folder.said()) == 1


@pytest.mark.parametrize("name", ["flask.yml", "Flask.yaml", "flask.YAML", "more/flask.yaml"])
def test_a_misnamed_file_is_the_only_problem(folder: _Folder, name: str) -> None:
    folder.spoil("technologies/django.yaml", "A framework with everything.", "See {misconception}`flask-is-small`.")
    (folder.root / "data" / TECHNOLOGY).unlink()
    folder.spoil(f"technologies/{name}", "", GOOD[TECHNOLOGY])
    assert len(folder.said()) == 1


def test_a_misnamed_list_is_the_only_problem(folder: _Folder) -> None:
    path = folder.root / "data" / SOURCES
    path.rename(path.with_suffix(".yml"))
    assert [line.split("] ")[0] for line in folder.said()] == ["data/sources.yml:1:1: [unexpected-file"]


def test_a_broken_criterion_is_the_only_problem(folder: _Folder) -> None:
    folder.spoil(CRITERIA, "name: Database layer", "name: [Database layer]")
    assert len(folder.said()) == 1
    assert set(folder.load().catalogue.criteria) == {"licence", "database-support", "size", "first-release"}


def test_a_broken_technology_is_the_only_problem(folder: _Folder) -> None:
    folder.spoil(TECHNOLOGY, "name: Flask\n", "")
    loaded = folder.load()
    assert len(loaded.problems) == 1
    assert set(loaded.catalogue.technologies) == {"django"}
    assert not loaded.catalogue.comparisons, "a comparison without one of its sides cannot be shown"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 12", "valeu: 12"),
        ("value: 12", "value: twelve"),
        ("{value: 12}", "12"),
        ("size:", "si_ze:"),
        ("{value: 12}", "{value: [1, 2], as_of: never, sources: {}}"),
    ],
)
def test_a_broken_fact_leaves_the_rest(folder: _Folder, old: str, new: str) -> None:
    folder.spoil(TECHNOLOGY, old, new)
    loaded = folder.load()
    flask = loaded.catalogue.technologies["flask"]
    assert loaded.problems
    assert set(flask.facts) == {"licence", "database-support", "orm", "first-release"}
    assert set(flask.misconceptions) == {"flask-is-small"}
    assert set(loaded.catalogue.comparisons) == {"django-vs-flask"}


def test_a_broken_misconception_leaves_the_rest(folder: _Folder) -> None:
    folder.spoil(TECHNOLOGY, "    claim:", "    myth:")
    flask = folder.load().catalogue.technologies["flask"]
    assert not flask.misconceptions
    assert len(flask.facts) == 5


def test_a_broken_override_leaves_the_rest(folder: _Folder) -> None:
    overrides = """\
        facts:
          flask:
            orm: {value: no}
            licence: {value: MIT, reason: It was changed.}
            database-support: {value: [1], reason: One, sources: [nowhere, nowhere]}
          django: none
        reviewed:"""
    folder.spoil(COMPARISON, "reviewed:", overrides.replace("        ", ""))
    [comparison] = folder.load().catalogue.comparisons.values()
    assert {side: set(facts) for side, facts in comparison.facts.items()} == {"flask": {"licence"}}


def test_hidden_files_are_an_editors_own(folder: _Folder) -> None:
    folder.spoil("technologies/.#flask.yaml", "", "name: [")
    folder.spoil(".cache/some.yaml", "", "name: [")
    assert folder.said() == []


@pytest.mark.parametrize("file", [CRITERIA, SOURCES])
def test_an_empty_list_is_a_list(tmp_path: Path, file: str) -> None:
    write_files(tmp_path / "data", {file: "# nothing yet\n"})
    assert load(tmp_path / "data").problems == []


def test_an_empty_folder_is_a_catalogue(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert load(tmp_path / "data").problems == []


def test_windows_line_ends_and_byte_order_mark_change_nothing(folder: _Folder) -> None:
    path = folder.root / "data" / TECHNOLOGY
    before = folder.load().catalogue
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert folder.load() == (before, [])
    assert folder.load().catalogue.technologies["flask"].summary.place(0).line == 4


@pytest.mark.parametrize("text", ["# nothing yet\n", PUBLIC, PUBLIC + "redirects:\n  technologies: {rails: django}\n"])
def test_published_addresses_that_are_kept(folder: _Folder, text: str) -> None:
    folder.spoil(PUBLISHED, "", text)
    assert folder.said() == []


def test_a_broken_record_loses_no_published_address(folder: _Folder) -> None:
    folder.spoil(PUBLISHED, "", "comparisons: [django-vs-flask, flask-vs-django]\ntechnologies: [django, flask]\n")
    folder.spoil(TECHNOLOGY, "name: Flask\n", "")
    assert len(folder.said()) == 1
