"""Packets given as the text of a raw signature, for the plain matcher."""

from __future__ import annotations

from ipaddress import ip_address

from sigcompiler.model import TcpSignature
from sigcompiler.reading.parser import parse_text
from sigcompiler.vocabulary import Direction, OptionKind, PayloadClass, Quirk
from tests.reference.packet import ACK, SYN, Observation

_LENGTHS: dict[int, int] = {
    OptionKind.EOL: 1,
    OptionKind.NOP: 1,
    OptionKind.MSS: 4,
    OptionKind.WS: 3,
    OptionKind.SOK: 2,
    OptionKind.TS: 10,
}
_SECTIONS = {Direction.REQUEST: "tcp:request", Direction.RESPONSE: "tcp:response"}


def observe(direction: Direction, text: str) -> Observation:
    """Make the packet that ``text`` describes: a signature without wildcards, the window in bytes."""
    read = _read(direction, text)
    assert read.version is not None
    assert read.mss is not None
    assert read.wscale is not None
    address = ip_address("192.0.2.1" if read.version == 4 else "2001:db8::1")
    has_time = OptionKind.TS in read.options and not read.quirks & Quirk.TS1_MINUS
    options = sum(_LENGTHS.get(kind, 2) for kind in read.options)
    return Observation(
        version=read.version,
        source=address,
        destination=address,
        sport=40000,
        dport=80,
        ttl=read.ittl,
        tos=0,
        olen=read.olen,
        flags=SYN if direction == Direction.REQUEST else SYN | ACK,
        seq=1,
        ack=0 if direction == Direction.REQUEST else 1,
        window=read.window.value,
        mss=read.mss,
        wscale=read.wscale,
        ts1=1234567 if has_time else 0,
        ts2=0,
        options=read.options,
        eol_pad=read.eol_pad,
        quirks=read.quirks,
        payload=0 if read.payload == PayloadClass.NONE else 1,
        headers=(20 if read.version == 4 else 40) + 20 + options + read.eol_pad,
    )


def _read(direction: Direction, text: str) -> TcpSignature:
    section = _SECTIONS[direction]
    model, found = parse_text(f"classes = x\n[{section}]\nlabel = s:x:x:\nsig = {text}\n")
    assert [diagnostic for diagnostic in found if diagnostic.severity == "error"] == []
    return model.tcp[0]
