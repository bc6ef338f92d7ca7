"""What a label says: which families are right, and which versions.

The version of a label is in the words of its evidence: a build, a kernel's name, a
distribution, a version of Darwin. Distributions stand for the kernels that they shipped, from
that of the release to the last one offered for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from sigcompiler.claims.flavors import versions
from sigcompiler.claims.versions import Versions, version_range
from sigcompiler.stacks import stacks_of

UNIX = frozenset(
    (
        *("Linux", "Android", "macOS", "iOS", "FreeBSD", "OpenBSD", "NetBSD", "DragonFly BSD"),
        *("Solaris", "HP-UX", "Tru64", "NeXTSTEP", "AIX", "IRIX", "SunOS"),
    )
)
DESKTOP = frozenset(("Windows", "macOS", "iOS", "Android"))
"""What an appliance does not run."""

KERNELS = {
    "Ubuntu 10.04": "2.6.32-3.0",
    "Ubuntu 11.04/11.10": "2.6.38-3.0",
    "Ubuntu 12.04": "3.2-3.13",
    "Ubuntu 14.04": "3.13-4.4",
    "Ubuntu 16.04": "4.4-4.15",
    "Ubuntu 18.04": "4.15-5.4",
    "Ubuntu 20.04": "5.4-5.15",
    "Ubuntu 22.04": "5.15-6.8",
    "Ubuntu 24.04": "6.8-6.17",
    "Debian 6": "2.6.32-3.2",
    "Debian 7": "3.2-3.16",
    "Debian 8": "3.16-4.9",
    "Debian 9": "4.9-4.19",
    "Debian 10": "4.19-5.10",
    "Debian 11": "5.10-6.1",
    "Debian 12": "6.1-6.12",
    "Fedora 14": "2.6.35",
}

_OF_TEN, _OF_ELEVEN, _OF_YEARS = 4, 20, 25
"""macOS 10.N has Darwin N + 4; macOS 11 has Darwin 20, 12 has 21 and so on; macOS 26 has Darwin 25."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is right. No `versions`: the label does not say which."""

    families: frozenset[str]
    versions: tuple[Versions, ...] = ()

    def is_near(self, family: str) -> bool:
        """Whether this family shares its stack with one that is right."""
        stacks = stacks_of(family)
        return any(stacks & stacks_of(one) for one in self.families)


@lru_cache(maxsize=1024)
def truth(family: str, version: str) -> Truth:
    """What the family and the version of a label say."""
    if family == "Unix":
        return Truth(UNIX)
    if family == "unknown":
        # Evidence that named a system which the maker of the label had no family for.
        known = {name.lower(): name for name in UNIX}
        family, version = known.get(version.lower(), version or "unknown"), ""
    return Truth(frozenset((family,)), versions(family, version_words(family, version)))


def version_words(family: str, version: str) -> str:
    """The version of a label in the words of flavors: ``7 or 2008 R2``; empty if none is stated."""
    return "" if family == "Unix" else _READERS.get(family, _plain)(version)


def accepts(label_family: str, families: frozenset[str], answer: str) -> bool:
    """Whether a family is right for a label. A device may run whatever is no desktop system."""
    return answer not in DESKTOP if label_family == "device" else answer in families


def _plain(text: str) -> str:
    number = re.match(r"\d+(?:\.\d+)*", text)
    return number[0] if number else ""


def _windows(text: str) -> str:
    """``10 1607/2016 (build 14393)`` names 10 and 2016, ``Vista+`` what came from Vista on."""
    if "Longhorn" in text:
        return "Vista"
    names = [_release(part) for part in without_remark(text).replace("Server ", "").split("/")]
    if text.endswith("+"):
        return f"{names[0]} or newer"
    return " or ".join(name for name in names if version_range("Windows", name))


def without_remark(text: str) -> str:
    """`text` without what stands between its first and its last parenthesis."""
    first, last = text.find("("), text.rfind(")")
    return text[:first] + text[last + 1 :] if 0 <= first < last else text


def _release(text: str) -> str:
    """``10 1607`` is 10, ``2008R2`` 2008 R2, ``XP64`` XP."""
    first = text.strip().rstrip("+")
    if first.endswith("R2"):
        return f"{first.removesuffix('R2').strip()} R2"
    return first.partition(" ")[0].replace("XP64", "XP")


def _linux(text: str) -> str:
    kernel = re.match(r"kernel (\d+\.\d+(?:\.\d+)?)", text)
    return kernel[1] if kernel else KERNELS.get(text, "")


def _macos(text: str) -> str:
    darwin = re.match(r"Darwin (\d{1,9})\b", text)
    if darwin is None:
        return _plain(text)
    number = int(darwin[1])
    if number < _OF_ELEVEN:
        return f"10.{number - _OF_TEN}"
    return str(number - _OF_ELEVEN + 11 if number < _OF_YEARS else number + 1)


_READERS: dict[str, Callable[[str], str]] = {"Windows": _windows, "Linux": _linux, "macOS": _macos}
