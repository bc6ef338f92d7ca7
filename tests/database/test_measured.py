"""Kernels, stacks and tools that the project measured itself: each gets its name, over both versions of IP.

The tables in workbench/lab say what was measured, how and when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

import huginn_cffi as hg
from huginn_cffi.run.observations import Match
from sigcompiler.claims.flavors import claims, family_names
from sigcompiler.claims.versions import Ranges, Versions, version_range
from tests.support.lab import table
from tests.support.spelled import spelled

RECORDS = table("measured")
SUBJECTS = table("subjects")

NAMES = {
    "Nmap": "NMap",
    "slirp": "slirp NAT",
    "curl": "Linux",
    "wget": "Linux",
    "Nmap, connect scan": "Linux",
}
NAMES |= {"QEMU user network": "slirp NAT"}
"""Where the name in the database is another; a program that leaves it to the kernel is that kernel."""

BUFFERS = re.compile(r"tcp_rmem|rcvbuf|adv_win_scale|initrwnd|clamp=|window ")
"""Settings that say how much memory a connection may take, by which kernels are told apart."""

LITTLE_MEMORY = "@384MB"

SHARED = {
    # A client that offers an MSS alone gets one back, whoever answers.
    ("smoltcp", "response", "mss"): {"Linux", "embedded stack", "FreeBSD"},
    ("lwIP", "response", "mss"): {"embedded stack", "slirp NAT"},
    # With a buffer of just 65535 bytes it is byte for byte what FreeBSD and macOS answer.
    ("smoltcp", "response", "mss,sok,eol+1"): {"FreeBSD"},
}
"""What cannot be told apart, by stack, direction and option layout, and what is named instead."""


def name_of(one: SimpleNamespace) -> Match:
    result = hg.fingerprint(spelled(one.direction, one.signature))
    part = result.syn or result.syn_ack
    assert part is not None, one
    assert part.match is not None, one
    return part.match


def settings(one: SimpleNamespace) -> list[str]:
    return one.settings.split("; ")


def kernels(one: SimpleNamespace) -> list[Versions]:
    """The first two numbers of the versions that sent it, but for machines of little memory."""
    versions = [version for version in one.versions.split() if not version.endswith(LITTLE_MEMORY)]
    numbers = (".".join(re.findall(r"\d+", version)[:2]) for version in versions)
    return [found for number in numbers if (found := version_range("Linux", number))]


def says_linux(match: Match) -> Ranges:
    """The versions of Linux that a match names; none stands for any."""
    [versions] = [claim.versions for claim in claims(match.name, match.flavor) if claim.family == "Linux"]
    return versions


def linux(changed: bool) -> Iterator[SimpleNamespace]:
    """Kernels whose connections have the memory that they have by default, or less or more."""
    for one in RECORDS:
        set_otherwise = all(BUFFERS.search(words) for words in settings(one))
        if one.stack == "Linux" and (set_otherwise or not kernels(one)) == changed:
            yield one


def test_the_table_holds_what_the_manual_says() -> None:
    assert len({key for one in RECORDS if one.stack == "Linux" for key in kernels(one)}) >= 11
    assert {one.signature[0] for one in RECORDS} == {"4", "6"}
    measured = {(one.stack, version) for one in RECORDS for version in [one.versions]}
    assert {stack for stack, _ in measured} == {one.stack for one in SUBJECTS}
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", one.date) and one.command for one in SUBJECTS)


@pytest.mark.parametrize("direction", ["request", "response"])
def test_a_kernel_gets_its_generation(direction: str) -> None:
    """Whatever else is set, the range that is named holds every kernel that sent the signature by itself."""
    wrong = {}
    for one in linux(changed=False):
        if one.direction != direction:
            continue
        match = name_of(one)
        own = [words for words in settings(one) if not BUFFERS.search(words)]
        if "Linux" not in family_names(match.name) or (not match.fuzzy and _misses(match, one)):
            wrong[one.signature] = (str(match), one.versions, own[:2])
    assert wrong == {}


def _misses(match: Match, one: SimpleNamespace) -> bool:
    """Whether the range leaves out all kernels of the record; one with changed buffers may be among them."""
    ranges = says_linux(match)
    hit = [any(part.overlaps(key) for part in ranges) for key in kernels(one)]
    return bool(ranges) and not any(hit)


def test_a_kernel_with_other_buffers_keeps_its_family() -> None:
    """They may look like those of an older kernel, or like Android's; both are Linux underneath."""
    wrong = {}
    for one in linux(changed=True):
        match = name_of(one)
        if not {"Linux", "Android"} & set(family_names(match.name)):
            wrong[one.signature] = str(match)
    assert wrong == {}


def test_little_memory_is_at_most_taken_for_an_older_kernel() -> None:
    """Below 1 GB the scale of a new kernel is that of an old one: the manual says so."""
    flavors = {str(name_of(one)) for one in linux(changed=True) if LITTLE_MEMORY in one.versions}
    assert flavors
    assert {name for name in flavors if not re.match("Linux|Android", name)} == set()


@pytest.mark.parametrize("stack", sorted({one.stack for one in RECORDS} - {"Linux"}))
def test_a_stack_or_tool_gets_its_name(stack: str) -> None:
    wrong = {}
    for one in RECORDS:
        if one.stack == stack:
            match = name_of(one)
            layout = one.signature.split(":")[5]
            allowed = SHARED.get((stack, one.direction, layout), set()) | {NAMES.get(stack, stack)}
            if match.fuzzy or not allowed & set(family_names(match.name)):
                wrong[one.direction, one.signature] = str(match)
    assert wrong == {}


@pytest.mark.parametrize("stack", ["Nmap", "ZMap", "masscan", "hping", "Scapy"])
def test_tools_are_no_systems(stack: str) -> None:
    assert all(name_of(one).userland for one in RECORDS if one.stack == stack)
