"""Patterns of devices by their meaning alone, in plain Python over all signatures."""

from __future__ import annotations

import re
from string import ascii_lowercase, digits

from sigcompiler.model import DeviceSignature, SignatureFile
from sigcompiler.patterns import Part, PartKind, Pattern
from sigcompiler.vocabulary import AnnouncementKind, DeviceField

_ALNUM = (ascii_lowercase + digits).encode()
MOST = 255


def captured(pattern: Pattern, text: bytes) -> dict[int, bytes] | None:
    """What a pattern captures of a text, by numbers of captures; `None`: it does not fit."""
    text = text[:MOST]
    lower = text.lower()
    found: dict[int, bytes] = {}
    at = 0
    parts = list(pattern.parts)
    for number, part in enumerate(parts):
        rest = parts[number + 1 :]
        if part.kind is PartKind.LITERAL:
            end = at + len(part.text) if lower.startswith(part.text, at) else -1
        elif part.kind is PartKind.CHARACTERS:
            piece = lower[at : at + part.number]
            end = at + part.number if len(piece) == part.number and all(c in _ALNUM for c in piece) else -1
        elif not rest:
            end = len(text)
        elif rest[0].kind is PartKind.ANY:
            end = at + _word(lower[at:], part)
        else:
            least = at + (part.kind is PartKind.CAPTURE)
            end = _place(lower, rest[0].text, least, is_last=len(rest) == 1)
        if end < 0:
            return None
        if part.kind is PartKind.CAPTURE:
            value = text[at:end].strip(b" ")
            if part.number == DeviceField.VERSION:
                value = re.split(b"[ ,;]", value)[0]
            if not value:
                return None
            found[part.number] = value
        at = end
    return found if at == len(text) else None


def _place(text: bytes, wanted: bytes, least: int, *, is_last: bool) -> int:
    if not is_last:
        return text.find(wanted, least)
    at = len(text) - len(wanted)
    return at if at >= least and text.endswith(wanted) else -1


def _word(text: bytes, part: Part) -> int:
    if part.number != DeviceField.VERSION:
        return next((i for i, c in enumerate(text) if c in b" \t,;/()\0"), len(text))
    if not text[:1].isdigit():
        return 0
    end = next((i for i, c in enumerate(text) if c not in _ALNUM + b"._"), len(text))
    return len(text[:end].rstrip(b"."))


def leader(model: SignatureFile, kind: AnnouncementKind, text: bytes) -> tuple[int, DeviceSignature] | None:
    """The signature that names a text."""
    fitting = [
        (one.label.generic, -one.pattern.weight, number)
        for number, one in enumerate(model.device)
        if one.announcement is kind and captured(one.pattern, text) is not None
    ]
    if not fitting:
        return None
    number = min(fitting)[2]
    return number, model.device[number]
