"""Which of Suricata's `host-os-policy` a host belongs to: how its stack reassembles what came in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from huginn_cffi.hosts.verdicts import HostVerdict
from huginn_cffi.labels.families import Claim, Key, Versions, version_key

LEAST_CONFIDENCE = 0.9
"""How sure a verdict must be: a wrong policy makes Suricata see what the host does not."""

_APPLE = ("macOS", "iOS")
_BSD = ("FreeBSD", "OpenBSD", "NetBSD", "DragonFly BSD")
_VISTA = version_key("Windows", "Vista") or ()
_2003 = version_key("Windows", "2003") or ()
_LINUX_2_4 = (2, 4)


def policy(verdict: HostVerdict) -> str | None:
    """The key of the policy; None where the verdict is unsure, or fits none or several."""
    if verdict.confidence < LEAST_CONFIDENCE:
        return None
    found = {_of_claim(claim) for claim in verdict.claims}
    return found.pop() if len(found) == 1 else None


def _of_claim(claim: Claim) -> str | None:
    if claim.family in _APPLE:
        return "macos"
    if claim.family in _BSD:
        return "bsd"
    if claim.family == "Android":
        return "linux"  # of 2.6 or newer
    if claim.family == "Linux":
        return _by_age(claim.versions, _LINUX_2_4, "old-linux", "linux")
    if claim.family == "Windows":
        if claim.versions and all(one == Versions(_2003, _2003) for one in claim.versions):
            return "windows2k3"
        return None if _may_be(claim.versions, _2003) else _by_age(claim.versions, _VISTA, "windows", "vista")
    return None


def _by_age(versions: Iterable[Versions], since: Key, older: str, newer: str) -> str | None:
    """`newer` where all versions are from `since` on, `older` where all end before it."""
    named = list(versions)
    if named and all(one.first >= since for one in named):
        return newer
    if named and all(one.last is not None and one.last < since for one in named):
        return older
    return None


def _may_be(versions: Iterable[Versions], version: Key) -> bool:
    return any(one.overlaps(Versions(version, version)) for one in versions)


def policy_lines(verdicts: Iterable[HostVerdict]) -> Iterator[str]:
    """The YAML of `host-os-policy`, line by line; hosts without a policy are counted in a comment."""
    found: dict[str, list[str]] = {}
    without = 0
    for verdict in verdicts:
        key = policy(verdict)
        if key is None:
            without += 1
        else:
            found.setdefault(key, []).append(verdict.ip)
    hosts = "1 host has" if without == 1 else f"{without} hosts have"
    yield f"# {hosts} no policy: of no one known system, or less sure than {LEAST_CONFIDENCE}"
    yield "host-os-policy:" if found else "host-os-policy: {}"
    for key, addresses in sorted(found.items()):
        yield f"  {key}:"
        yield from (f'    - "{ip}"' for ip in addresses)
