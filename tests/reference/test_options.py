"""Option bytes: layouts and quirks as p0f gives them."""

from __future__ import annotations

import pytest

from sigcompiler.vocabulary import Quirk
from tests.reference.options import parse_options

BAD = Quirk.BAD


@pytest.mark.parametrize(
    ("data", "layout", "quirks", "values"),
    [
        ("02000000", [2], BAD, {"mss": 0}),
        ("020305b4", [2], BAD, {"mss": 1460}),
        ("01020405", [1, 2], BAD, {"mss": 0}),
        ("04030101", [4, 1, 1], BAD, {}),
        ("03040701", [3, 1], BAD, {"wscale": 7}),
        ("fe000101", [254], BAD, {}),
        ("22020101", [34, 1, 1], Quirk(0), {}),
        ("00ff0000", [0], Quirk.OPT_PLUS, {"eol_pad": 3}),
        ("000000ff", [0], Quirk.OPT_PLUS, {"eol_pad": 3}),
        ("00000000", [0], Quirk(0), {"eol_pad": 3}),
        ("080800000001000000000101", [8, 1, 1], BAD, {"ts1": 1}),
        ("080a00000000000000010101", [8, 1, 1], Quirk.TS1_MINUS | Quirk.TS2_PLUS, {"ts2": 1}),
        ("080a000000010000", [8], BAD, {"ts1": 0}),
        ("05020101", [5], BAD, {}),
        ("050a" + "00" * 8 + "0101", [5, 1, 1], Quirk(0), {}),
        ("0523" + "00" * 34, [5], BAD, {}),
        ("fd29" + "00" * 38, [253], BAD, {}),
        ("03030f01", [3, 1], Quirk.EXWS, {"wscale": 15}),
        ("0204010002040200", [2, 2], Quirk(0), {"mss": 512}),
        ("01" * 24, [1] * 24, Quirk(0), {}),
        ("01" * 28, [1] * 24, BAD, {}),
        ("010102", [1, 1, 2], BAD, {}),
        ("010104", [1, 1, 4], BAD, {}),
        ("", [], Quirk(0), {}),
    ],
)
def test_parse(data: str, layout: list[int], quirks: Quirk, values: dict[str, int]) -> None:
    found = parse_options(bytes.fromhex(data), pure_syn=True)
    assert found.layout == layout
    assert found.quirks == quirks
    for name in ("mss", "wscale", "ts1", "ts2", "eol_pad"):
        assert getattr(found, name) == values.get(name, 0)


def test_peer_timestamp_is_a_quirk_of_a_pure_syn_only() -> None:
    data = bytes.fromhex("080a00000001000000010101")
    assert parse_options(data, pure_syn=True).quirks == Quirk.TS2_PLUS
    assert parse_options(data, pure_syn=False).quirks == Quirk(0)
