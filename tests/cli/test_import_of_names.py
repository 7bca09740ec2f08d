"""What ``versus import`` makes of names and texts of a table that are of programmers, of Markdown, or said twice."""

from __future__ import annotations

FACTS = "technology: server\ncriterion: feature\nkind: tool\ncreate: [technologies, criteria]\n"
