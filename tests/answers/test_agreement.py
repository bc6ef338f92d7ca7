"""One rule for whether two names can be of one system."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_workbench.core import agreement, contradiction
from sigcompiler.claims.flavors import Claim, claims
from sigcompiler.claims.labels import ClaimKind, LabelClaim, claim_of_families, claim_of_system
from sigcompiler.claims.versions import Versions, version_range
from sigcompiler.stacks import STACKS
from tests.answers import model

WORDS = {
    lib.HG_NOT_COMPARABLE: "not comparable",
    lib.HG_AGREE: "agree",
    lib.HG_NARROW: "narrow",
    lib.HG_CONTRADICT_STACK: "contradict by stack",
    lib.HG_CONTRADICT_FAMILY: "contradict by family",
    lib.HG_CONTRADICT_VERSION: "contradict by version",
}


KEPT = [0x579078B6DC983B0B, 0x7CB88AA5820FD7DC, 0x4D77ACFA7895092A]


def compiled(lines: list[str]) -> hg.Database:
    """A database of these labels, each with a signature of its own."""
    text = ["classes = unix,win,other", "[tcp:request]"]
    for number, line in enumerate(lines):
        text += [line, f"sig = *:64:0:*:{number + 1},*:mss:df,id+:0"]
    return hg.Database.compile(text="\n".join([*text, ""]))


def labels_agree(handle: ffi.CData, one: int, other: int) -> int:
    """What the core says of two labels of one database."""
    first, second = (ffi.new("hg_claim *", lib.hg_label_claim(handle, number)) for number in (one, other))
    return int(lib.hg_claims_agree(first, second))


@given(st.lists(model.systems(), min_size=2, max_size=12, unique=True))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_core_agrees_with_the_model(systems: list[model.ModelSystem]) -> None:
    handle = compiled([one.line for one in systems])._handle
    for i, one in enumerate(systems):
        for j, other in enumerate(systems):
            found = labels_agree(handle, i, j)
            assert WORDS[found] == model.agreement(one, other), (one.line, other.line)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Linux", "4.19-6.15"), ("Linux", "4.19-6.15"), "agree"),
        (("Linux", "4.19-6.15"), ("Linux", "6.1"), "narrow"),
        (("Linux", ""), ("Linux", "6.1"), "narrow"),
        (("Linux", "4.19"), ("Linux", "4.19.200"), "narrow"),
        (("Linux", "4.19"), ("Linux", "4.20"), "contradict by version"),
        (("Linux", "4"), ("Android", "14"), "agree"),
        (("Windows", "10"), ("Xbox", ""), "agree"),
        (("iOS", "7"), ("macOS", "26"), "agree"),
        (("macOS or iOS", "macOS 10.9 / iOS 7"), ("macOS", "26"), "contradict by version"),
        (("macOS or iOS", ""), ("iOS", "17"), "narrow"),
        (("Windows", "XP"), ("Windows", "2003"), "contradict by version"),
        (("Windows", "Vista or newer"), ("Windows", "2008 R2"), "narrow"),
        (("Linux", ""), ("Windows", ""), "contradict by stack"),
        (("Linux", ""), ("embedded stack", ""), "contradict by family"),
        (("A or B or C", ""), ("A", ""), "not comparable"),
        (("FreeBSD or macOS", ""), ("iOS", "17"), "narrow"),
        (("Linux", "6-4"), ("Linux", "2.4"), "narrow"),
        (("Windows", "7"), ("windows", "7"), "agree"),
        (("Windows", "7"), ("windows", "9"), "narrow"),
        (("Windows", "95"), ("Windows", "95 or older"), "narrow"),
        (("Windows", "95-2000"), ("Windows", "95 or 2000"), "narrow"),
        (("Windows", "Vista-2008"), ("Windows", "Vista or 2008"), "agree"),
    ],
)
def test_pairs(one: tuple[str, str], other: tuple[str, str], expected: str) -> None:
    first, second = (claim_of_families(claims(*names)) for names in (one, other))
    assert WORDS[agreement(first, second)] == WORDS[agreement(second, first)] == expected


@pytest.mark.parametrize("names", STACKS, ids=lambda names: names[0])
def test_names_of_one_stack_agree_and_those_of_two_do_not(names: tuple[str, ...]) -> None:
    own = [claim_of_system(name) for name in names]
    foreign = [claim_of_system(name) for others in STACKS if others != names for name in others]
    assert {agreement(one, other) for one in own for other in own} == {lib.HG_AGREE}
    assert {agreement(one, other) for one in own for other in foreign} == {lib.HG_CONTRADICT_STACK}


def test_tools_and_links_say_nothing_and_programs_only_where_they_run() -> None:
    linux, windows = claim_of_system("Linux"), claim_of_system("Windows")
    tool = LabelClaim(ClaimKind.TOOL, linux.stacks, linux.families)
    browser = LabelClaim(ClaimKind.PROGRAM, windows.stacks, (Claim("Edge", ()),))
    anywhere = LabelClaim(ClaimKind.PROGRAM, 0, (Claim("curl", ()),))
    assert agreement(tool, windows) == agreement(tool, tool) == lib.HG_NOT_COMPARABLE
    assert agreement(LabelClaim(ClaimKind.LINK, 0, ()), linux) == lib.HG_NOT_COMPARABLE
    assert agreement(browser, linux) == lib.HG_CONTRADICT_STACK
    assert agreement(browser, windows) == lib.HG_AGREE
    assert agreement(anywhere, linux) == lib.HG_NOT_COMPARABLE


def test_a_version_that_has_no_place_is_compared_with_nothing() -> None:
    assert version_range("Chrome", "120.0.6099.109") is not None
    for text in ("1.2.3.4.5", "70000", "1.65534", "x", ""):
        assert version_range("Chrome", text) is None
    odd, other = claims("Linux", "70000"), claims("Linux", "2.4")
    assert odd == (("Linux", ()),)
    assert contradiction(odd, other) is None


@given(
    st.lists(st.integers(0, 65533), min_size=1, max_size=4),
    st.lists(st.integers(0, 65533), min_size=1, max_size=4),
)
def test_numbers_have_the_order_of_versions(one: list[int], other: list[int]) -> None:
    first, second = (version_range("Linux", ".".join(map(str, parts))) for parts in (one, other))
    assert first is not None
    assert second is not None
    assert (first.first < second.first) == (one < other)
    begins = one[: len(other)] == other
    assert (second.first <= first.first and first.last <= second.last) == begins
    assert first.overlaps(second) == (begins or other[: len(one)] == one)


def identities(lines: list[str]) -> list[int]:
    handle = compiled(lines)._handle
    return [lib.hg_label_claim(handle, number).identity for number in range(len(lines))]


def test_equal_claims_have_one_identity_in_all_databases() -> None:
    lines = ["label = s:unix:Linux:4.19-6.15", "label = s:unix:Linux:5.4", "label = g:unix:Linux:5.4"]
    one, other = identities(lines), identities([*reversed(lines), "label = s:unix:AIX:"])
    assert one == other[2::-1]
    assert len(set(other)) == 4
    spelled = ("5, 6 or 2.4", "2.4 or 5-6", "6, 2.4, 5.1 or 5")
    assert len({*identities([f"label = s:unix:Linux:{flavor}" for flavor in spelled])}) == 1
    names = ("macOS or iOS", "iOS or macOS", "ios or MACOS")
    assert len({*identities([f"label = s:unix:{name}:" for name in names])}) == 1


def test_identities_are_kept() -> None:
    """Stores hold them: a change here makes every stored claim another one."""
    lines = ["label = s:unix:Linux:4.19-6.15", "label = g:win:Windows:10 or 11", "label = s:other:lwIP:"]
    assert identities(lines) == KEPT


def test_a_label_that_is_not_there_says_nothing() -> None:
    handle = compiled(["label = s:unix:Linux:"])._handle
    assert labels_agree(handle, 0, 0) == lib.HG_AGREE
    assert labels_agree(handle, 0, 1) == lib.HG_NOT_COMPARABLE


def test_ranges_of_a_claim_are_those_of_the_compiler() -> None:
    claim = lib.hg_label_claim(compiled(["label = s:unix:Linux:6.1, 2.6-3.2 or 3.1-4"])._handle, 0)
    (family,) = claim.families[0 : claim.family_count]
    numbers = ffi.unpack(family.versions, 2 * family.version_count)
    ranges = [Versions(*numbers[at : at + 2]) for at in range(0, len(numbers), 2)]
    wide, late = version_range("Linux", "6.1"), version_range("Linux", "4")
    early = version_range("Linux", "2.6")
    assert wide is not None
    assert late is not None
    assert early is not None
    assert ranges == [Versions(early.first, late.last), wide]
