"""Builds segments signatures: conditions on the common values of a host's segments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lark import Token

from sigcompiler.diagnostics import Problem, hint_for, quoted
from sigcompiler.model import SegmentCondition, SegmentSignature, SegmentValues, SigFields
from sigcompiler.reading.syntax import placed, start_of
from sigcompiler.vocabulary import SEGMENT_LIMITS, IdBehaviour, SegmentFeature

MOST_CONDITIONS = 16
MOST_VALUES = 16

_FEATURES = {feature.name.lower(): feature for feature in SegmentFeature}
_BEHAVIOURS = {one.name.lower(): int(one) for one in IdBehaviour}
_NUMBERS = re.compile(r"([0-9]{1,5})(?:(-)([0-9]{1,5})?)?|(-)([0-9]{1,5})")
_FORMS = "values are N, N-M, N- or -M, with %K: in front only multiples of K, and | between them"


def build_segments(tokens: Sequence[Token], line: SigFields) -> tuple[SegmentSignature | None, list[Problem]]:
    """Build the signature of a line of ``[segments]``; ``None`` if a condition has an error."""
    conditions: list[SegmentCondition] = []
    problems: list[Problem] = []
    for token in tokens[1:]:
        found = read_condition(token.value)
        if isinstance(found, Problem):
            problems.append(placed(found, token))
        elif any((one.feature, one.negated) == (found.feature, found.negated) for one in conditions):
            hint = "put all values into one condition, with | between them"
            message = f"two conditions on {quoted(found.feature.name.lower())}"
            problems.append(Problem(start_of(token), "E081", message, hint))
        else:
            conditions.append(found)
    if len(conditions) > MOST_CONDITIONS:
        message = f"more than {MOST_CONDITIONS} conditions"
        problems.append(Problem(start_of(tokens[1]), "E081", message, "write several lines"))
    if problems:
        return None, problems
    return SegmentSignature(**line, conditions=tuple(conditions)), []


def read_condition(text: str) -> SegmentCondition | Problem:
    """A condition, or its problem; offsets count within the condition."""
    name, _, written = text.partition("=")
    negated = name.endswith("!")
    name = name.rstrip("!")
    feature = _FEATURES.get(name)
    if feature is None:
        hint = hint_for(name, _FEATURES, "features")
        return Problem(0, "E080", f"there is no feature {quoted(name)}", hint)
    offset = len(text) - len(written)
    values = []
    for part in written.split("|"):
        found = _values(feature, part)
        if isinstance(found, Problem):
            return found._replace(offset=offset)
        values.append(found)
        offset += len(part) + 1
    if len(values) > MOST_VALUES:
        return Problem(0, "E081", f"more than {MOST_VALUES} values", "write several lines")
    return SegmentCondition(feature, negated, tuple(values), text)


def _values(feature: SegmentFeature, text: str) -> SegmentValues | Problem:
    if feature is SegmentFeature.ID:
        number = _BEHAVIOURS.get(text)
        if number is None:
            message = f"IP IDs have no behaviour {quoted(text)}"
            return Problem(0, "E080", message, "they are " + ", ".join(_BEHAVIOURS))
        return SegmentValues(number, number)
    multiple, numbers = 1, text
    if text.startswith("%"):
        before, _, after = text[1:].partition(":")
        if not (before.isascii() and before.isdigit() and 0 < int(before[:6]) <= SEGMENT_LIMITS[feature]):
            return Problem(0, "E080", f"bad values {quoted(text)}", _FORMS)
        multiple, numbers = int(before), after or "0-"
    match = _NUMBERS.fullmatch(numbers)
    if match is None:
        return Problem(0, "E080", f"bad values {quoted(text)}", _FORMS)
    limit = SEGMENT_LIMITS[feature]
    first = int(match[1] or 0)
    last = int(match[3] or match[5] or (limit if match[2] else first))
    if first > last or last > limit:
        message = f"{quoted(text)} has no value up to {limit}, the greatest one of {feature.name.lower()}"
        return Problem(0, "E080", message, _FORMS)
    return SegmentValues(first, last, multiple)
