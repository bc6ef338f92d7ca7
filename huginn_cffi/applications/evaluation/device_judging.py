"""Whether the answers for a device agree with its label."""

from __future__ import annotations

import re
from typing import Literal

Verdict = Literal["right", "near", "wrong"]
"""near: a type that is kin, or less than the label says."""

KIN = (
    frozenset(("computer", "server")),
    frozenset(("router", "access-point")),
    frozenset(("phone", "tablet")),
    frozenset(("media-player", "tv", "display")),
    frozenset(("camera", "doorbell", "camera-recorder")),
)
"""Types that one device may be called by."""

SAME_MAKER = (
    frozenset(("hp", "hewlett", "packard")),
    frozenset(("tp", "link", "kasa")),
    frozenset(("lg", "electronics")),
    frozenset(("western", "digital", "wd")),
)
LINUX = frozenset(
    (
        *("linux", "android", "chromecast", "tizen", "webos", "roku", "openwrt"),
        *("dsm", "busybox", "raspbian", "ubuntu", "debian", "samba"),
    )
)
"""Systems with one kernel."""

MOST_WORDS = 3
"""More than in the label: a list of everything is no answer."""

_EMPTY_WORDS = frozenset(("inc", "corp", "co", "ltd", "the", "and", "or", "of"))


def judge_value(field: str, label: str, answer: str) -> Verdict:
    """Compare the answer for a field with its label."""
    if field == "type":
        return _type(label, answer)
    if field == "version":
        return _version(label, answer)
    if field == "system":
        return _system(label, answer)
    own, other = _words(label), _words(answer)
    if len(other - own) > MOST_WORDS:
        return "wrong"
    if field == "manufacturer":
        return "right" if own & other or any(own & one and other & one for one in SAME_MAKER) else "wrong"
    return _model(own, other)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in _EMPTY_WORDS}


def _type(label: str, answer: str) -> Verdict:
    if answer == label:
        return "right"
    return "near" if any({answer, label} <= one for one in KIN) else "wrong"


def _version(label: str, answer: str) -> Verdict:
    own, other = ([p for p in re.split(r"[.\s]", v.lower()) if p not in ("", "x")] for v in (label, answer))
    common = min(len(own), len(other))
    if common == 0 or own[:common] != other[:common]:
        return "wrong"
    return "right" if len(other) >= len(own) else "near"


def _system(label: str, answer: str) -> Verdict:
    own, options = _words(label), [_words(one) for one in re.split(r" or | / ", answer)]
    if own in options:
        return "right"
    is_kin = bool(own & LINUX) and any(one & LINUX for one in options)
    return "near" if is_kin or any(own & one for one in options) else "wrong"


def _model(own: set[str], other: set[str]) -> Verdict:
    numbers, others = ({word for word in words if re.search(r"\d", word)} for words in (own, other))
    if not own & other or (numbers and others and not numbers <= others):
        return "wrong"
    return "right" if own <= other else "near"
