"""Random signatures within a small range of values, so that they often cover one another."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from sigcompiler.model import Place, TcpSignature, Window
from sigcompiler.vocabulary import (
    IPV4_ONLY_QUIRKS,
    IPV6_ONLY_QUIRKS,
    Direction,
    OptionKind,
    PayloadClass,
    Quirk,
    WindowKind,
)
from tests.support.signatures import signature

LAYOUTS = {
    (OptionKind.MSS,): 4,
    (OptionKind.MSS, OptionKind.SOK, OptionKind.TS): 16,
}
"""Option layouts with their lengths in bytes."""

WINDOWS = (
    Window(WindowKind.ANY, 0),
    *(Window(WindowKind.LITERAL, value) for value in (0, 3000, 5760, 5792, 5840, 8192, 13880, 16384)),
    *(Window(WindowKind.MODULO, value) for value in (2, 4096, 8192)),
    *(Window(WindowKind.MSS, value) for value in (4, 10)),
    Window(WindowKind.MTU, 2),
)

_QUIRKS = (
    Quirk(0),
    Quirk.DF,
    Quirk.DF | Quirk.ID_PLUS,
    Quirk.FLOW,
    Quirk.ZERO_PLUS,
    Quirk.ECN | Quirk.DF,
    Quirk.TS1_MINUS,
)


@st.composite
def similar_signatures(draw: st.DrawFn) -> TcpSignature:
    """One signature of few possible values; its place and text are to be set."""
    version = draw(st.sampled_from((None, 4, 6)))
    quirks = draw(st.sampled_from(_QUIRKS))
    if version == 4:
        quirks &= ~IPV6_ONLY_QUIRKS
    elif version == 6:
        quirks &= ~IPV4_ONLY_QUIRKS
    options = draw(st.sampled_from(tuple(LAYOUTS)))
    if OptionKind.TS not in options:
        quirks &= ~Quirk.TS1_MINUS
    return signature(
        draw(st.sampled_from("AB")),
        generic=draw(st.booleans()),
        userland=draw(st.sampled_from((False, False, True))),
        direction=draw(st.sampled_from((Direction.REQUEST, Direction.RESPONSE))),
        version=version,
        ittl=draw(st.sampled_from((20, 35, 36, 60, 64, 255))),
        unreliable_ttl=draw(st.booleans()),
        mss=draw(st.sampled_from((None, 99, 1400, 1460))),
        window=draw(st.sampled_from(WINDOWS)),
        wscale=draw(st.sampled_from((None, 0, 7))),
        options=options,
        quirks=quirks,
        payload=draw(st.sampled_from(PayloadClass)),
    )


def numbered(signatures: list[TcpSignature]) -> list[TcpSignature]:
    """The signatures as if each stood in the line of its number, from 1."""
    return [replace(item, place=Place("made.fp", line, 7)) for line, item in enumerate(signatures, 1)]


def any_signatures() -> st.SearchStrategy[TcpSignature]:
    """Signatures of the whole range that the format allows."""
    kinds = st.integers(0, 255).filter(lambda kind: kind != OptionKind.EOL)
    layouts = st.one_of(
        st.lists(kinds, max_size=24).map(lambda found: (tuple(found), 0)),
        st.tuples(
            st.lists(kinds, max_size=23).map(lambda found: (*found, int(OptionKind.EOL))), st.integers(0, 255)
        ),
    )
    windows = st.one_of(
        st.just(Window(WindowKind.ANY, 0)),
        st.builds(Window, st.just(WindowKind.LITERAL), st.integers(0, 65535)),
        st.builds(Window, st.just(WindowKind.MODULO), st.integers(2, 65535)),
        st.builds(Window, st.sampled_from((WindowKind.MSS, WindowKind.MTU)), st.integers(1, 1000)),
    )
    quirks = st.builds(Quirk, st.integers(0, sum(Quirk)))
    return st.builds(
        _assembled,
        st.sampled_from((None, 4, 6)),
        quirks,
        layouts,
        st.fixed_dictionaries(
            {
                "ittl": st.integers(1, 255),
                "unreliable_ttl": st.booleans(),
                "olen": st.integers(0, 255),
                "mss": st.none() | st.integers(0, 65535),
                "window": windows,
                "wscale": st.none() | st.integers(0, 255),
                "payload": st.sampled_from(PayloadClass),
            }
        ),
    )


def _assembled(
    version: int | None, quirks: Quirk, layout: tuple[tuple[int, ...], int], fields: dict[str, object]
) -> TcpSignature:
    if version == 4:
        quirks &= ~IPV6_ONLY_QUIRKS
    elif version == 6:
        quirks &= ~IPV4_ONLY_QUIRKS
    return signature(version=version, quirks=quirks, options=layout[0], eol_pad=layout[1], **fields)
