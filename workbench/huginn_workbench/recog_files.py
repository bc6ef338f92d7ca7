"""Reads files of rapid7/recog: patterns, their values, and examples.

The XML is untrusted: document type and entity declarations are refused, and sizes are limited.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from huginn_cffi import HuginnError
from huginn_workbench.recog_regex import RegexError
from huginn_workbench.wording import named
from sigcompiler.csv_rows import rows_of

MOST_BYTES = 16 << 20
"""Limit of a file's size."""
MOST_FINGERPRINTS = 20_000
"""Limit of the fingerprints in a file."""


class RecogError(HuginnError, ValueError):
    """A file that is not one of recog's; the message names file and line."""


@dataclass(slots=True)
class RecogFingerprint:
    """A pattern of a file."""

    number: int
    """Its position among the patterns of the file, from 0."""
    pattern: str
    params: dict[str, tuple[int, str]] = field(default_factory=dict)
    """By name: the number of a group, or a constant value."""
    examples: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Texts that fit, each with the expected values."""


@dataclass(frozen=True, slots=True)
class RecogFile:
    """The kind of text that the file matches (``dhcp_vendor_class``), and its patterns."""

    name: str
    matches: str
    fingerprints: list[RecogFingerprint]


def is_xml(path: str) -> bool:
    """Whether a file begins like XML. Also true if it cannot be read, so that `read_recog` reports this."""
    try:
        with Path(path).open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    except OSError:
        return True


def read_recog(path: Path) -> RecogFile:
    """Read a file. Raises `RecogError`."""
    reading = _RecogReading(named(str(path)))
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise RecogError(f"{reading.name}: {error.strerror}") from None
    if len(data) > MOST_BYTES:
        raise RecogError(f"{reading.name}: has more than {MOST_BYTES >> 20} MiB")
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
        raise self._fail("declares a type of document or an entity, which files of recog never do")

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


WORDS = rows_of(Path(__file__).with_name("recog.csv"))


def _own(*what: str) -> dict[str, str]:
    """Our words by recog's, of these kinds of rows."""
    return {row["recog"]: row["own"] for row in WORDS if row["what"] in what}


TYPES, SYSTEMS = _own("type"), _own("system", "shared")
_FOR_ANY = frozenset(_own("shared"))
"""Systems that many makers use."""

_LEAST_SURE = 0.5
"""Least certainty in recog for a source of medium weight."""
_REFERENCE = re.compile(r"\{([a-z0-9_.]+)\}")
_GROUP = re.compile(r"\0(\d+)\0")
_NAMES = {"model": ("model", "suffix"), "version": ("version",), "system": ("system",)}
_UNUSABLE = re.compile(r"[:\x00-\x08\x0a-\x1f\x7f<>]")
_NEWEST_NUMBERING = 11
"""The first macOS version that is a single number."""


@dataclass(frozen=True, slots=True)
class RecogValues:
    """The values of a fingerprint. A group of the expression is written as its number between NULs."""

    type: str
    manufacturer: str
    model: str
    system: str
    version: str
    weight: str
    keeps_identifier: bool

    def label(self, constants: Mapping[int, str], identifier: str) -> tuple[str, dict[int, str]]:
        """The label if groups have these constant texts, and the capture names of its other groups."""
        names: dict[int, str] = {}
        model = self.model
        if self.keeps_identifier and identifier:
            model = f"{model.partition(' (')[0]} ({identifier})" if model else ""
        values = {"manufacturer": self.manufacturer, "model": model, "version": self.version}
        system, version = _system(_filled(self.system, constants))
        values["version"] = version or values["version"]
        made = {field: self._value(field, text, constants, names) for field, text in values.items()}
        is_server = system == "Windows" and re.match(r"20(0[38]|1|2)", version) is not None
        type_ = "server" if is_server else self.type
        type_ = type_ or ("computer" if system == "Windows" else "")
        texts = (type_, made["manufacturer"], made["model"], system, _short(system, made["version"]))
        if not any(texts):
            raise RegexError("names nothing of a device")
        if any(_UNUSABLE.search(re.sub("<[a-z]+>", "", one)) for one in texts):
            raise RegexError("a value with characters that labels do not have")
        return "s:" + ":".join(texts), names

    @staticmethod
    def _value(field: str, text: str, constants: Mapping[int, str], names: dict[int, str]) -> str:
        text = _filled(text, constants)
        for number in map(int, _GROUP.findall(text)):
            if number not in names:
                free = [name for name in _NAMES.get(field, (field,)) if name not in names.values()]
                if not free:
                    raise RegexError("more captures than a value takes")
                names[number] = free[0]
        return _GROUP.sub(lambda match: f"<{names[int(match[1])]}>", text).strip()


def values_of(params: Mapping[str, tuple[int, str]], *, keeps_identifier: bool) -> RecogValues | None:
    """The values of a fingerprint; None if it states nothing about a device."""
    certainty = min(_certainty(params, "os.certainty"), _certainty(params, "hw.certainty"))
    device = _value(params, "hw.device") or _value(params, "os.device")
    product, family = _value(params, "os.product"), _value(params, "os.family")
    type_ = TYPES.get(device, "")
    model = _value(params, "hw.product") or _value(params, "hw.model") or _value(params, "hw.family")
    maker = _value(params, "hw.vendor")
    is_system = product in SYSTEMS or product.startswith(("Windows", "\0"))
    system = product if is_system else SYSTEMS.get(family, "")
    if type_ and not system:
        model = model or (product if product != device else "")
    if system not in _FOR_ANY and (type_ or system in SYSTEMS):
        maker = maker or _value(params, "os.vendor")
    if not certainty or not (type_ or maker or model or system):
        return None
    version = _value(params, "os.version") if product in SYSTEMS and product != "Windows" else ""
    if system == "Linux" and _value(params, "os.vendor") not in ("", "Linux"):
        version = ""  # it is the version of a distribution
    weight = "medium" if certainty >= _LEAST_SURE else "low"
    return RecogValues(type_, maker, model, system, version, weight, keeps_identifier)


def _certainty(params: Mapping[str, tuple[int, str]], name: str) -> float:
    try:
        return float(params.get(name, (0, "1"))[1])
    except ValueError:
        return 0.0


def _value(params: Mapping[str, tuple[int, str]], name: str, depth: int = 0) -> str:
    """A value: groups are numbers between NULs, and references to other values are filled in."""
    position, text = params.get(name, (0, ""))
    if position:
        return f"\0{position}\0"
    if depth > 2:
        return ""
    return _REFERENCE.sub(lambda match: _value(params, match[1], depth + 1), text).strip()


def _filled(text: str, constants: Mapping[int, str]) -> str:
    return _GROUP.sub(lambda match: constants.get(int(match[1]), match[0]), text)


def _system(text: str) -> tuple[str, str]:
    """A system in our words, and its version if the name includes it."""
    if _GROUP.search(text):
        return "", ""
    if text.startswith("Windows"):
        version = text.removeprefix("Windows").strip()
        return "Windows", re.sub(r"(^|or )(Windows )?Server ", r"\1", version)
    return SYSTEMS.get(text, ""), ""


def _short(system: str, version: str) -> str:
    """A version in the system's usual form: macOS 13, not 13.0."""
    number = version.removesuffix(".0")
    return number if system == "macOS" and number.isdigit() and int(number) >= _NEWEST_NUMBERING else version
