"""The claims of labels, which the core compares and uses for answers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from sigcompiler.claims.flavors import Claim, claims
from sigcompiler.claims.versions import merged
from sigcompiler.model import DeviceValues, LabelLine, Section
from sigcompiler.stacks import label_stacks, stacks_of


class ClaimKind(IntEnum):
    """The kind of sender that a label names; it decides how the claim is compared."""

    SPECIFIC = 0
    """A system. Families, versions and stacks are compared."""
    GENERIC = 1
    """As `SPECIFIC`, but from a generic label."""
    PROGRAM = 2
    """A client or server program: only the stacks of its ``sys`` line are compared."""
    TOOL = 3
    """A packet maker: it states nothing about the system that it runs on."""
    LINK = 4
    """A link, from an MTU signature."""
    ANY = 5
    """A system of the class ``other``, which may forward for any other system. Compared as `SPECIFIC`."""


class LabelClaim(NamedTuple):
    """Families with ascending, disjoint version ranges, and the bits of their stacks (0: unknown)."""

    kind: ClaimKind
    stacks: int
    families: tuple[Claim, ...]

    @property
    def identity(self) -> int:
        """A 64-bit hash of the content: equal claims have the same identity in all databases."""
        families = sorted((family_identity(one.family), one.versions) for one in self.families)
        parts = (f"{name:x}:" + ",".join(f"{a:x}-{b:x}" for a, b in found) for name, found in families)
        return _hash(f"{int(self.kind)}\n{self.stacks:x}\n{';'.join(parts)}")


@lru_cache(maxsize=4096)
def family_identity(name: str) -> int:
    """A 64-bit hash of a family's name, which ignores case."""
    return _hash(name.lower())


def claim_of_label(label: LabelLine, classes: Mapping[str, int]) -> LabelClaim:
    """The claim of `label` about a system; empty if a device label names no system.

    `classes` has the stacks of each class (`sigcompiler.stacks.class_stacks`).
    """
    kind = _kind(label)
    if kind == ClaimKind.LINK:
        return LabelClaim(kind, 0, ())
    if label.device is not None:
        return _claim_of_device(label.device, kind)
    return LabelClaim(kind, label_stacks(label, classes), _families(label.name, label.flavor))


def _claim_of_device(device: DeviceValues, kind: ClaimKind) -> LabelClaim:
    """The device label's claim about a system; values captured from a text are not part of it."""
    if not device.system or "<" in device.system:
        return LabelClaim(kind, 0, ())
    version = "" if "<" in device.version else device.version
    return LabelClaim(kind, stacks_of(device.system), _families(device.system, version))


def claim_of_system(name: str) -> LabelClaim:
    """The claim for a system in ``ua_os``: its families, with any version."""
    return claim_of_families(_families(name, ""))


def claim_of_families(families: tuple[Claim, ...]) -> LabelClaim:
    """The claim for a system that belongs to one of these families."""
    names = " or ".join(one.family for one in families)
    merged_families = tuple(Claim(one.family, merged(one.versions)) for one in families)
    return LabelClaim(ClaimKind.SPECIFIC, stacks_of(names), merged_families)


def _kind(label: LabelLine) -> ClaimKind:
    if label.section is Section.MTU:
        return ClaimKind.LINK
    if label.userland:
        is_tcp = label.section in (Section.TCP_REQUEST, Section.TCP_RESPONSE)
        return ClaimKind.TOOL if is_tcp else ClaimKind.PROGRAM
    if label.os_class == "other":
        return ClaimKind.ANY
    return ClaimKind.GENERIC if label.generic else ClaimKind.SPECIFIC


def _families(name: str, flavor: str) -> tuple[Claim, ...]:
    found = claims(name, flavor)
    if all(len(one.versions) < 2 for one in found):
        return found
    return tuple(Claim(one.family, merged(one.versions)) for one in found)


def _hash(text: str) -> int:
    data = text.encode("utf-8", "surrogateescape")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little")
