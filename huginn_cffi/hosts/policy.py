"""Which of Suricata's `host-os-policy` a host belongs to: how its stack reassembles what came in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from huginn_cffi.hosts.verdicts import HostVerdict
from sigcompiler.claims.flavors import Claim
from sigcompiler.claims.versions import Ranges, Versions, from_on, version_range

LEAST_CONFIDENCE = 0.9
"""How sure a verdict must be: a wrong policy makes Suricata see what the host does not."""

_APPLE = ("macOS", "iOS")
_BSD = ("FreeBSD", "OpenBSD", "NetBSD", "DragonFly BSD")
_VISTA = from_on("Windows", "Vista")
_2003 = version_range("Windows", "2003")
_LINUX_2_4 = from_on("Linux", "2.4")


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
        if claim.versions and all(one == _2003 for one in claim.versions):
            return "windows2k3"
        may_be_2003 = _2003 is not None and any(one.overlaps(_2003) for one in claim.versions)
        return None if may_be_2003 else _by_age(claim.versions, _VISTA, "windows", "vista")
    return None


def _by_age(named: Ranges, since: Versions, older: str, newer: str) -> str | None:
    """`newer` where all versions are in `since`, `older` where all end before it."""
    if named and all(one.first >= since.first for one in named):
        return newer
    if named and not any(one.overlaps(since) for one in named):
        return older
    return None


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
