"""Match order and tolerated differences."""

from __future__ import annotations

import pytest

from sigcompiler.model import Window
from sigcompiler.vocabulary import Direction, OptionKind, PayloadClass, Quirk, WindowKind
from tests.reference.matcher import Fit, find_match, fit
from tests.reference.packet import Observation, read_frame
from tests.support.packets import ECE, SYN, Ip4, Ip6, Tcp, mss, packet
from tests.support.signatures import signature

DF_ID = Quirk.DF | Quirk.ID_PLUS


def syn(ip: Ip4 | Ip6 | None = None, **tcp: object) -> Observation:
    fields = {"options": mss(1460), "window": 8192, **tcp}
    found = read_frame(101, packet(ip or Ip4(), Tcp(**fields)))  # type: ignore[arg-type]
    assert isinstance(found, Observation)
    return found


@pytest.mark.parametrize(
    ("fields", "how"),
    [
        ({}, Fit.EXACT),
        ({"version": 4}, Fit.EXACT),
        ({"version": 6}, Fit.NO),
        ({"options": (OptionKind.MSS, OptionKind.NOP)}, Fit.NO),
        ({"olen": 4}, Fit.NO),
        ({"ittl": 64 + 35}, Fit.EXACT),
        ({"ittl": 64 + 36}, Fit.FUZZY),
        ({"ittl": 63}, Fit.FUZZY),
        ({"ittl": 63, "unreliable_ttl": True}, Fit.NO),
        ({"ittl": 255, "unreliable_ttl": True}, Fit.EXACT),
        ({"mss": 1460, "wscale": 0}, Fit.EXACT),
        ({"mss": 1400}, Fit.NO),
        ({"wscale": 1}, Fit.NO),
        ({"payload": PayloadClass.ANY}, Fit.EXACT),
        ({"payload": PayloadClass.SOME}, Fit.NO),
        ({"window": Window(WindowKind.LITERAL, 8192)}, Fit.EXACT),
        ({"window": Window(WindowKind.LITERAL, 8191)}, Fit.NO),
        ({"window": Window(WindowKind.MODULO, 4096)}, Fit.EXACT),
        ({"window": Window(WindowKind.MODULO, 3)}, Fit.NO),
        ({"window": Window(WindowKind.MSS, 20)}, Fit.NO),
        ({"quirks": DF_ID | Quirk.FLOW}, Fit.EXACT),
        ({"quirks": Quirk.DF}, Fit.NO),
        ({"quirks": DF_ID | Quirk.ECN}, Fit.NO),
        ({"quirks": DF_ID | Quirk.SEQ_MINUS}, Fit.NO),
    ],
)
def test_fit(fields: dict[str, object], how: Fit) -> None:
    assert fit(signature(**fields), syn()) == how  # type: ignore[arg-type]


def test_quirks_tolerated_as_fuzzy() -> None:
    assert fit(signature(), syn(Ip4(fragment=0))) == Fit.FUZZY
    assert fit(signature(), syn(Ip4(fragment=0, identification=0))) == Fit.FUZZY
    assert fit(signature(), syn(flags=SYN | ECE)) == Fit.FUZZY
    assert fit(signature(), syn(seq=0)) == Fit.NO


def test_wildcard_version_ignores_the_other_versions_quirks() -> None:
    assert fit(signature(quirks=DF_ID | Quirk.ID_MINUS | Quirk.ZERO_PLUS), syn(Ip6())) == Fit.EXACT
    assert fit(signature(), syn(Ip6(flow_label=1))) == Fit.NO
    assert fit(signature(quirks=Quirk.FLOW), syn(Ip6(flow_label=1))) == Fit.EXACT
    assert fit(signature(version=4), syn(Ip6())) == Fit.NO


def test_window_zero_is_a_multiple_of_every_modulus() -> None:
    assert fit(signature(window=Window(WindowKind.MODULO, 8192)), syn(window=0)) == Fit.EXACT


def test_eol_pad_is_compared() -> None:
    padded = syn(options=mss(1460) + bytes(4))
    layout = (OptionKind.MSS, OptionKind.EOL)
    assert fit(signature(options=layout, eol_pad=3), padded) == Fit.EXACT
    assert fit(signature(options=layout, eol_pad=2), padded) == Fit.NO


def winner(*signatures: object, seen: Observation | None = None) -> tuple[str, bool] | None:
    match = find_match(signatures, seen or syn())  # type: ignore[arg-type]
    return None if match is None else (match.signature.label.name, match.fuzzy)


def test_specific_beats_generic_beats_fuzzy() -> None:
    specific, generic = signature("S"), signature("G", generic=True)
    fuzzy = signature("F", ittl=63)
    assert winner(fuzzy, generic, specific) == ("S", False)
    assert winner(fuzzy, generic) == ("G", False)
    assert winner(signature("FG", ittl=63, generic=True), fuzzy) == ("FG", True)
    assert winner(generic, signature("G2", generic=True)) == ("G", False)
    assert winner(signature("other", olen=4)) is None


def test_userland_never_wins_fuzzily_and_hides_nobody() -> None:
    tool = signature("T", userland=True, ittl=63)
    assert winner(tool) is None
    assert winner(tool, signature("F", ittl=63)) == ("F", True)
    assert winner(signature("T", userland=True)) == ("T", False)


def test_direction_is_part_of_the_signature() -> None:
    assert winner(signature("R", direction=Direction.RESPONSE)) is None
