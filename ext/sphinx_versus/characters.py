"""Characters that texts of records cannot hold, and how a message shows them.

Standard library only. What is shown cannot drive the terminal that it is printed on, and stays on its line.
"""

import re

_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
"""All controls but tab and line feed: XML forbids most of them, and terminals obey them."""
_BREAKS = "\u2028\u2029\ufeff"
"""Line ends that editors do not show, and the byte order mark."""
_ORDER = "\u202a-\u202e\u2066-\u2069"
"""They change the order of all that follows on a line. The marks U+200E, U+200F and U+061C act on their own place only."""
_UNASSIGNED = "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 15)
)
"""Surrogates, private use (some mark places in our own output) and code points that are no characters."""
_PRIVATE_PLANES = "\U000f0000-\U0010ffff"

FORBIDDEN = re.compile(f"[^\t\n -~](?<=[{_CONTROL}{_BREAKS}{_ORDER}{_UNASSIGNED}{_PRIVATE_PLANES}])")
"""A character that no text of a record may hold. Most are of ASCII, which is passed over ten times faster than the others."""
REPLACEMENT = "\ufffd"
"""What stands in its place."""

UNDECODED = "surrogateescape"
"""The error handler of :meth:`bytes.decode` that makes forbidden characters of bytes which are not UTF-8."""
BYTE = re.compile("[\udc80-\udcff]")
"""Such a byte, which is the lower half of the character's number."""

IGNORABLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""A character that nothing is shown for where a font lacks it (Unicode's Default_Ignorable_Code_Point)."""

_NOT_IN_URI = re.compile(r"""["<>\\^`{|}]|%(?![0-9A-Fa-f]{2})""")
_HOST = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_HIDDEN = re.compile(f"[\t\n\u061c\u200e\u200f]|{FORBIDDEN.pattern}")
_NAMED = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}


def cleaned(text: str) -> str:
    """The text with each forbidden character replaced by one other."""
    return FORBIDDEN.sub(REPLACEMENT, text)


def as_uri(address: str) -> str:
    """A web address with escapes for what none may hold (RFC 3986), as browsers write them; letters of all scripts stay."""
    path, sign, fragment = address.partition("#")
    fragment = fragment.replace("#", "%23")
    escaped = _NOT_IN_URI.sub(lambda found: f"%{ord(found[0]):02X}", f"{path}{sign}{fragment}")
    host = _HOST.match(escaped)  # which may be one of version 6 of the protocol, between brackets
    end = host.end() if host else 0
    return escaped[:end] + escaped[end:].replace("[", "%5B").replace("]", "%5D")


def code_point(character: str) -> str:
    """The number of a character as in U+0007."""
    return f"U+{ord(character):04X}"


def printable(text: str) -> str:
    """The text on one line, with escapes for what a terminal would obey or not show."""
    return _HIDDEN.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    if found[0] in _NAMED:
        return _NAMED[found[0]]
    number = ord(found[0]) & 0xFF if BYTE.match(found[0]) else ord(found[0])  # in the name of a file
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
