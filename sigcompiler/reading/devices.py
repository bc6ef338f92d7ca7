"""Builds labels and signatures of ``[device]`` and ``[banner]``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lark import Token

from sigcompiler.diagnostics import Problem, hint_for, quoted
from sigcompiler.model import DeviceSignature, DeviceValues, LabelLine, Place, Section, SigFields
from sigcompiler.patterns import PatternError, parse_pattern
from sigcompiler.reading.syntax import placed
from sigcompiler.vocabulary import (
    ANNOUNCEMENT_WORDS,
    BANNERS,
    DEVICE_CAPTURES,
    DEVICE_TYPES,
    AnnouncementKind,
    DeviceField,
)

MAX_VALUE = 64
"""Limit of the bytes in a value of a device label."""

_CAPTURE = re.compile(r"<([a-z]*)>")
_NAMES = re.compile(r"((\*(?=\.)|[\w.-]+\*)([\w.-]+\*)*[\w-]*\.)?([\w-]+\.)+[\w-]+", re.ASCII)
"""A pattern for domain names. Events report the pattern, not the name, so it must fit its own text."""


def build_device_label(
    tokens: Sequence[Token], place: Place, section: Section
) -> tuple[LabelLine, list[Problem]]:
    """Build the label of a line; its values are kept even if one has an error."""
    _, kind, *values = tokens
    words = DeviceValues(*(token.value[1:].strip() for token in values))
    problems = [placed(problem, token) for token in values for problem in _value_problems(token)]
    type_token = values[DeviceField.TYPE]
    if section is Section.DEVICE and words.type and words.type not in DEVICE_TYPES:
        hint = hint_for(words.type, DEVICE_TYPES, "types")
        found = Problem(1, "E070", f"there is no type {quoted(words.type)}", hint)
        problems.append(placed(found, type_token))
    if not any(words) and kind.value != "g":
        problems.append(
            Problem(0, "E070", "a label that says nothing", "name at least its first or second value")
        )
    name = " ".join(filter(None, words))
    return LabelLine(place, section, name, generic=kind.value == "g", device=words), problems


def build_device(tokens: Sequence[Token], line: SigFields) -> tuple[DeviceSignature | None, list[Problem]]:
    """Build the signature of a line; ``None`` if it has an error."""
    _, kind, body = tokens
    in_banners = line["label"].section is Section.BANNER
    words = [word for word, one in ANNOUNCEMENT_WORDS.items() if (one in BANNERS) == in_banners]
    found = ANNOUNCEMENT_WORDS[kind.value] if kind.value in words else None
    if found is None:
        hint = hint_for(kind.value, words, "announcements")
        message = f"there is no announcement {quoted(kind.value)}"
        return None, [placed(Problem(0, "E071", message, hint), kind)]
    try:
        pattern = parse_pattern(body.value.strip())
    except PatternError as error:
        offset = error.offset + len(body.value) - len(body.value.lstrip())
        return None, [placed(Problem(offset, "E072", str(error), error.hint), body)]
    if found is AnnouncementKind["CALLS"] and not _NAMES.fullmatch(body.value.strip()):
        message = (
            "no pattern of names: they have letters, digits, dots and *, and two labels without * at the end"
        )
        return None, [placed(Problem(0, "E072", message, "such as *.example.com"), body)]
    used = {name for value in line["label"].device or () for name in _CAPTURE.findall(value)}
    missing = used - pattern.captured
    if missing:
        message = f"the label needs <{min(missing)}>, which the pattern does not capture"
        hint = "write it into the pattern, or use another label"
        return None, [placed(Problem(0, "E073", message, hint), body)]
    return DeviceSignature(**line, announcement=found, pattern=pattern), []


def _value_problems(token: Token) -> Iterator[Problem]:
    text = token.value
    if len(text.encode("utf-8", "surrogateescape")) > MAX_VALUE:
        yield Problem(1, "E070", f"a value of more than {MAX_VALUE} bytes", "write less of it")
    found = _CAPTURE.findall(text)
    if unknown := [name for name in found if name not in DEVICE_CAPTURES]:
        hint = "captures are " + ", ".join(f"<{name}>" for name in DEVICE_CAPTURES)
        yield Problem(text.index("<"), "E070", f"there is no capture <{unknown[0][:20]}>", hint)
