"""Names of systems: as a contributor gives them, as labels have them, and as flavors are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from huginn_cffi.applications.evaluation.labels import version_words
from huginn_cffi.base.errors import HuginnError
from huginn_cffi.signatures.signatures import Signature
from sigcompiler.claims.flavors import family_names, flavor_items, label_text, versions
from sigcompiler.claims.versions import SERVERS, Versions, is_windows, listed, range_text

OTHER_CLASS = "other"
"""The class of families that no signature names."""

VAGUE = frozenset(("Unix", "device", "unknown"))
"""Labels that name no family."""

_NAME = re.compile(r"[A-Za-z0-9 ./\-_!?()]+")
_FULL = re.compile(r"s:(?P<os_class>[^:]+):(?P<family>[^:]*):(?P<flavor>.*)")
_VERSION = re.compile(r"(?<=\S)\s+(?=\d|NT\b|ME\b|XP\b|Vista\b)")
_KERNEL = re.compile(r"\d+(\.\d+)+")


class LearningError(HuginnError, ValueError):
    """Nothing can be learned from what was given; the message says what is missing."""


class LabelledSystem(NamedTuple):
    """Whose packets they are. `flavor` holds versions, and may be empty; `os_class` too: unknown."""

    family: str
    flavor: str = ""
    os_class: str = ""

    def __str__(self) -> str:
        """Family and versions."""
        return label_text(self.family, self.flavor)


def system_of(text: str) -> LabelledSystem:
    """The system of ``Windows 11``, ``Linux 6.1-6.12``, or of a whole label ``s:unix:Linux:6.18``.

    Raises `LearningError` for a name that no label can hold.
    """
    full = _FULL.fullmatch(text.strip())
    if full is not None:
        found = LabelledSystem(full["family"].strip(), full["flavor"].strip(), full["os_class"].strip())
    else:
        family, *rest = _VERSION.split(text.strip(), maxsplit=1)
        found = LabelledSystem(family, rest[0] if rest else "")
    if not _NAME.fullmatch(found.family) or not found.flavor.isprintable():
        raise LearningError(
            f"{text!r} names no system: a family of letters, digits, blanks and ./-_!?(), then its version"
        )
    return found


def labelled_system(family: str, version: str) -> LabelledSystem | None:
    """The system of a row of labels; None for labels that name no family."""
    if family in VAGUE or not _NAME.fullmatch(family):
        return None
    words = version_words(family, version)
    if family == "Linux" and _KERNEL.fullmatch(words):
        words = ".".join(words.split(".")[:2])  # no packet shows what follows
    return LabelledSystem(family, words)


def classes(signatures: Iterable[Signature]) -> dict[str, str]:
    """The class of every family that a database names."""
    found: dict[str, str] = {}
    for signature in signatures:
        label = signature.label
        if label.os_class:
            for family in family_names(label.name):
                found.setdefault(family, label.os_class)
    return found


def joined(family: str, flavors: Iterable[str]) -> str:
    """One flavor for several: a list of releases of Windows, or the span of numbered versions.

    Words that are no versions are listed as received.
    """
    items = list(dict.fromkeys(item for flavor in flavors for item in flavor_items(flavor)))
    spans = [versions(family, item) for item in items]
    if not items or not all(spans):
        return listed(items)
    if is_windows(family):
        return listed(sorted(items, key=lambda item: (item in SERVERS, versions(family, item))))
    first, last = min(span[0].first for span in spans), max(span[0].last for span in spans)
    return range_text(Versions(first, last))
