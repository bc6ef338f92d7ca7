"""Derives patterns from labelled announcements: decides which text is literal, a capture, or ``*``.

Model and version of a label become captures if otherwise equal texts differ in them; other differing tokens
with digits become ``*``. Tokens that identify a single device always become ``*``: addresses, device names,
and tokens that look like serial numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, takewhile
from typing import Literal, NamedTuple, TypeAlias

from sigcompiler.model import DeviceValues
from sigcompiler.patterns import escaped

LITERAL_KINDS = frozenset(("dhcp-list", "dhcp6-list", "ntlm", "browser", "capabilities"))
"""Kinds of announcements whose numbers are not versions of a device."""

LEAST_LETTERS = 4
"""Least number of literal letters and digits in a pattern with ``*`` or captures."""

LEAST_PREFIX = 2
"""Least number of common letters in models, if nothing else in the text identifies the maker."""

LEAST_SERIAL, SERIAL_DIGITS = 7, 3
"""Least number of characters, and of digits among them, in a token that may be a serial number."""

MOST_WRITTEN = 64
"""Length at which a longer text is cut, unless the model or the version comes later."""

LEAST_NAME = 4
"""Least length of a device name that is searched in the device's other texts."""

_PRIVATE = (
    r"(?<![^\W_])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![^\W_])"
    r"|(?<![^\W_])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![^\W_])"
    r"|[\x00-\x1f\x7f-\x9f\ufffd]+"
)
_TOKEN = re.compile(r"[^\W_]*\d[^\W_]*(?:\.[^\W_]+)*|[^\W\d_]+|[\W_]+")
_WORD = re.compile(r"[^\W_]+")

TokenKind: TypeAlias = Literal["text", "digits", "model", "version", "hidden"]


class AnnouncedToken(NamedTuple):
    """A piece of a text. Hidden pieces are never written to a pattern."""

    kind: TokenKind
    text: str


@dataclass(slots=True)
class AnnouncedMember:
    """A text that devices with one label announce, and the tokens of the part that may be displayed."""

    announcement: str
    text: str
    label: DeviceValues
    tokens: list[AnnouncedToken]
    senders: set[str] = field(default_factory=set)

    def value(self, kind: TokenKind) -> str:
        """The model or version in the text; empty without one."""
        return next((one.text for one in self.tokens if one.kind == kind), "")

    @property
    def values(self) -> DeviceValues:
        """The label values that the text supports: model and version only if the text has them.

        A text that names only the system supports neither a type nor a manufacturer.
        """
        found = self.label._replace(model=self.value("model"), version=self.value("version"))
        if not found.model and not self.names(found.manufacturer) and self.names(found.system):
            return found._replace(type="", manufacturer="")
        return found

    @property
    def is_tied(self) -> bool:
        """Whether the text has a word of the label."""
        return bool(self.value("model")) or self.names(self.label.manufacturer, self.label.system)

    def names(self, *words: str) -> bool:
        """Whether the visible part of the text has one of these words."""
        return _names("".join(one.text for one in self.tokens if one.kind != "hidden"), words)


@dataclass(frozen=True, slots=True)
class AnnouncedLine:
    """A label and a pattern for some texts."""

    label: str
    pattern: str
    members: tuple[AnnouncedMember, ...]

    @property
    def text(self) -> str:
        """The value of the ``sig`` line."""
        return f"{self.members[0].announcement} {self.pattern}"

    @property
    def senders(self) -> set[str]:
        """All devices that announce one of the texts."""
        return set().union(*(member.senders for member in self.members))


def tokens_of(
    announcement: str, text: str, label: DeviceValues, names: Iterable[str], *, cut: bool
) -> list[AnnouncedToken]:
    """The pieces of a text from a device with this label and these names. `cut`: the text was truncated."""
    cut = cut or text != text.rstrip()  # lines in a file lose blanks at their ends
    found = [AnnouncedToken("hidden", "")] if text != text.lstrip() else []
    text = text.strip()
    spans = _spans(text, label)
    at = 0
    for start, end, kind in [*spans, (len(text), len(text), None)]:
        found += _plain(announcement, text[at:start], names)
        if kind is not None:
            found.append(AnnouncedToken(kind, text[start:end]))
        at = end
    last = max((at for at, one in enumerate(found) if one.kind in ("model", "version")), default=-1)
    ends = accumulate(len(one.text) for one in found)
    long = next((at for at, end in enumerate(ends) if end > MOST_WRITTEN and at > last), None)
    if long is not None:
        found, cut = found[:long], True
    if cut and (not found or found[-1].kind != "hidden"):
        found.append(AnnouncedToken("hidden", ""))
    return found


def lines_of(members: Iterable[AnnouncedMember]) -> list[AnnouncedLine]:
    """One line for texts that differ only in models, versions and numbers; otherwise one line per text."""
    groups: dict[tuple[object, ...], list[AnnouncedMember]] = {}
    for member in members:
        skeleton = tuple(_form(token, member.announcement) for token in member.tokens)
        label = member.values._replace(model="", version="")
        groups.setdefault((member.announcement, label, skeleton), []).append(member)
    return [line for own in groups.values() for line in _lines(own)]


def single_lines(members: Iterable[AnnouncedMember]) -> list[AnnouncedLine]:
    """One line per text; equal lines are merged."""
    found: dict[tuple[str, str], list[AnnouncedMember]] = {}
    for member in members:
        line = _line([member], "")
        found.setdefault((line.label, line.text), []).append(member)
    return [_line(own, "") for own in found.values()]


def _spans(text: str, label: DeviceValues) -> list[tuple[int, int, TokenKind]]:
    """The positions of the label's model and version in a text."""
    found: list[tuple[int, int, TokenKind]] = []
    words = sorted((one for one in label.model.split() if re.search(r"\d", one)), key=len, reverse=True)
    for model in (label.model, *(word for word in words if len(word) > LEAST_PREFIX)):
        place = re.search(rf"(?<![^\W_]){re.escape(model)}(?![^\W_])", text, re.IGNORECASE) if model else None
        if place:
            found.append((*place.span(), "model"))
            break
    pattern = rf"(?<![^\W_])(?<![\d]\.){re.escape(label.version)}(?![^\W_]|\.\d)"
    versions = list(re.finditer(pattern, text, re.IGNORECASE)) if label.version else []
    for place in reversed(versions):
        if not any(place.start() < end and start < place.end() for start, end, _ in found):
            found.append((*place.span(), "version"))
            break
    return sorted(found)


def _plain(announcement: str, text: str, names: Iterable[str]) -> Iterator[AnnouncedToken]:
    own = [rf"(?<![^\W_]){re.escape(name)}(?![^\W_])" for name in names if len(name) >= LEAST_NAME]
    at = 0
    for place in [*re.finditer("|".join((*own, _PRIVATE)), text, re.IGNORECASE), None]:
        piece = text[at : place.start() if place else len(text)]
        if announcement in LITERAL_KINDS:
            yield from [AnnouncedToken("text", piece)] if piece else ()
        else:
            yield from map(_token, _TOKEN.findall(piece))
        if place:
            yield AnnouncedToken("hidden", "")
            at = place.end()


def _token(text: str) -> AnnouncedToken:
    digits = sum(character.isdigit() for character in text)
    if len(text) >= LEAST_SERIAL and digits >= SERIAL_DIGITS and text.isalnum():
        return AnnouncedToken("hidden", "")
    return AnnouncedToken("digits" if digits else "text", text)


def _form(token: AnnouncedToken, announcement: str) -> tuple[str, str]:
    """The key of a piece; texts with equal keys for all pieces share a line."""
    fixed = token.kind == "text" or (token.kind == "digits" and announcement in LITERAL_KINDS)
    return token.kind, token.text.lower() if fixed else ""


def _lines(members: list[AnnouncedMember]) -> list[AnnouncedLine]:
    """One line, or one line per text if the common line has too little literal text."""
    models = {member.value("model").lower() for member in members}
    whose = members[0].label
    literal = "".join(token.text for token in members[0].tokens if token.kind == "text")
    prefix = ""
    if len(models) > 1 and not _names(literal, (whose.manufacturer, whose.system)):
        prefix = _common([member.value("model") for member in members])
        if sum(character.isalpha() for character in prefix) < LEAST_PREFIX:
            return single_lines(members)
    line = _line(members, prefix)
    fixed = re.sub(r"<[a-z]+>|\\|\*", "", line.pattern)
    general = len({member.text.lower() for member in members}) > 1
    if general and sum(character.isalnum() for character in fixed) < LEAST_LETTERS:
        return single_lines(members)
    return [line]


def _common(models: Sequence[str]) -> str:
    """The common start of all models as the first spells it; never a whole model, no digits at its end."""
    columns = zip(*(model.lower() for model in models), strict=False)
    length = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, columns))
    prefix = models[0][: min(length, min(map(len, models)) - 1)]
    return prefix.rstrip("0123456789")


def _line(members: Sequence[AnnouncedMember], prefix: str) -> AnnouncedLine:
    values = {"model": "", "version": ""}
    written: list[str] = []
    for pieces in zip(*(member.tokens for member in members), strict=True):
        first = pieces[0]
        differ = len({piece.text.lower() for piece in pieces}) > 1
        if first.kind in values:
            start = prefix if first.kind == "model" else ""
            values[first.kind] = f"{start}<{first.kind}>" if differ else first.text
            written.append(escaped(start) + f"<{first.kind}>" if differ else escaped(first.text))
        else:
            hidden = first.kind == "hidden" or differ
            written.append("*" if hidden else escaped(first.text))
    label = members[0].values._replace(**values)
    return AnnouncedLine(":".join(("s", *label)), "".join(written), tuple(members))


def _names(text: str, words: Iterable[str]) -> bool:
    """Whether a text has one of these words in any spelling; short ones must be separate words."""
    separate = {one.lower() for one in _WORD.findall(text)}
    squeezed = "".join(_WORD.findall(text)).lower()
    for word in words:
        own = "".join(_WORD.findall(word)).lower()
        if own in separate or (len(own) >= LEAST_NAME and own in squeezed):
            return True
    return False
