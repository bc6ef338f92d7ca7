"""Reads files of rapid7/recog: patterns, what they say, and examples.

The XML is not trusted: declarations of types and entities are refused, and sizes are limited.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from huginn_cffi.base.errors import HuginnError, named
from huginn_cffi.base.files import read_at_most

MOST_BYTES = 16 << 20
"""Limit for a file."""
MOST_FINGERPRINTS = 20_000
"""Limit for a file."""


class RecogError(HuginnError, ValueError):
    """A file that is not one of recog's; the message names file and line."""


@dataclass(slots=True)
class RecogFingerprint:
    """A pattern of a file."""

    number: int
    """In its file."""
    pattern: str
    params: dict[str, tuple[int, str]] = field(default_factory=dict)
    """By name: the number of a group and a value, of which one counts."""
    examples: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Texts that fit, each with what it says."""


@dataclass(frozen=True, slots=True)
class RecogFile:
    """What the file is matched with (``dhcp_vendor_class``), and its patterns."""

    name: str
    matches: str
    fingerprints: list[RecogFingerprint]


def is_xml(path: str) -> bool:
    """Whether a file begins as XML does; also one that cannot be read, which `read_recog` reports."""
    try:
        with Path(path).open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    except OSError:
        return True


def read_recog(path: Path) -> RecogFile:
    """All of a file. Raises `RecogError`."""
    data = read_at_most(path, MOST_BYTES, RecogError)
    reading = _RecogReading(named(str(path)))
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise RecogError(f"{reading.name}:{error.lineno}: not XML: {expat.ErrorString(error.code)}") from None
    if reading.matches is None:
        raise RecogError(f"{reading.name}:1: no fingerprints of recog")
    return RecogFile(path.name, reading.matches, reading.found)


class _RecogReading:
    def __init__(self, name: str) -> None:
        self.name = name
        self.matches: str | None = None
        self.found: list[RecogFingerprint] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._open: RecogFingerprint | None = None
        self._example: dict[str, str] | None = None
        self._texts: list[str] = []

    def _fail(self, message: str) -> RecogError:
        return RecogError(f"{self.name}:{self.parser.CurrentLineNumber}: {message}")

    def _refuse(self, *of: object) -> None:
        raise self._fail("declares a type of document or an entity, which no file of recog does")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.matches is None:
            if name != "fingerprints":
                raise self._fail(f"begins with <{name[:40]}>, not with <fingerprints>")
            self.matches = attributes.get("matches") or attributes.get("protocol", "")
        elif name == "fingerprint":
            if len(self.found) >= MOST_FINGERPRINTS:
                raise self._fail(f"more than {MOST_FINGERPRINTS} fingerprints")
            if "pattern" not in attributes:
                raise self._fail("a fingerprint without a pattern")
            self._open = RecogFingerprint(len(self.found), attributes["pattern"])
            self.found.append(self._open)
        elif self._open is not None and name == "param":
            position = attributes.get("pos", "0")
            if not (position.isascii() and position.isdigit() and len(position) < 4):
                raise self._fail("pos is no number")
            self._open.params[attributes.get("name", "")] = (int(position), attributes.get("value", ""))
        elif self._open is not None and name == "example":
            self._example, self._texts = attributes, []

    def _text(self, data: str) -> None:
        if self._example is not None:
            self._texts.append(data)

    def _end(self, name: str) -> None:
        if name == "fingerprint":
            self._open = None
        elif name == "example" and self._open is not None and self._example is not None:
            text = _decoded("".join(self._texts), self._example)
            if text is not None:
                values = {key: value for key, value in self._example.items() if not key.startswith("_")}
                self._open.examples.append((text, values))
            self._example = None


def _decoded(text: str, attributes: dict[str, str]) -> str | None:
    if "_filename" in attributes:
        return None
    if attributes.get("_encoding") != "base64":
        return text
    try:
        return base64.b64decode(text, validate=False).decode("utf-8", "surrogateescape")
    except binascii.Error:
        return None
