"""`Match.candidates`: every other label that fits as well, in order."""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from huginn_cffi.run.observations import Match
from tests.support import samples

SIGNATURE = "*:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0"


def match(text: str) -> Match:
    database = hg.Database.compile(text=f"classes = unix\n[tcp:request]\n{text}")
    syn = hg.fingerprint(samples.SYN_PACKET, database).syn
    assert syn is not None
    assert syn.match is not None
    assert syn.match == database.explain(syn).match
    assert syn.match.candidates == database.explain(syn).as_dict()["match"]["candidates"]
    return syn.match


def block(label: str, signature: str = SIGNATURE) -> str:
    return f"label = {label}\n{'sys = @unix' if ':!:' in label else ''}\nsig = {signature}\n"


def test_the_same_signature_under_two_labels() -> None:
    found = match(block("s:unix:A:1") + block("s:unix:B:2"))
    assert (str(found), found.candidates, found.line) == ("A 1", ("B 2",), 5)


def test_file_order_and_each_label_once() -> None:
    wide = "*:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0"
    text = block("s:unix:C:") + block("s:unix:B:") + block("s:unix:A:") + block("s:unix:B:", wide)
    found = match(text + block("s:unix:C:", wide))
    assert (str(found), found.candidates) == ("C", ("B", "A"))


def test_generic_and_fuzzy_ones_do_not_fit_as_well_as_a_specific_one() -> None:
    fuzzy = "*:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0".replace("64", "32")
    text = block("s:unix:F:", fuzzy) + block("g:unix:G:") + block("s:unix:A:") + block("s:!:T:")
    found = match(text + block("s:unix:B:"))
    assert (str(found), found.candidates) == ("A", ("B",)), "a tool is no candidate beside a system"


def test_systems_are_no_candidates_beside_a_tool() -> None:
    found = match(block("s:!:T:") + block("s:unix:A:") + block("s:!:U:"))
    assert (str(found), found.candidates) == ("T", ("U",))


def test_generic_ones_among_themselves() -> None:
    fuzzy = SIGNATURE.replace("64", "32")
    found = match(block("s:unix:F:", fuzzy) + block("g:unix:G:1") + block("g:unix:H:"))
    assert (str(found), found.candidates) == ("G 1", ("H",))


@pytest.mark.parametrize("count", [1, 63, 64, 200])
def test_fuzzy_ones_of_both_kinds_without_tools(count: int) -> None:
    """More of them than the first request to the core has room for, too."""
    fuzzy = SIGNATURE.replace("64", "32")
    text = block("s:!:T:", fuzzy) + "".join(
        block(f"{'sg'[number % 2]}:unix:N{number}:", fuzzy) for number in range(count + 1)
    )
    found = match(text)
    assert found.fuzzy
    assert (str(found), found.candidates) == ("N0", tuple(f"N{number}" for number in range(1, count + 1)))
