"""Signatures made without the compiler."""

from __future__ import annotations

from dataclasses import replace

from sigcompiler.model import LabelLine, Place, Section, TcpSignature, Window
from sigcompiler.vocabulary import Direction, OptionKind, PayloadClass, Quirk, WindowKind

HERE = Place("made.fp", 1, 1)
BASE = TcpSignature(
    place=HERE,
    label=LabelLine(HERE, Section.TCP_REQUEST, "A", "x"),
    direction=Direction.REQUEST,
    version=None,
    ittl=64,
    unreliable_ttl=False,
    olen=0,
    mss=None,
    window=Window(WindowKind.ANY, 0),
    wscale=None,
    options=(OptionKind.MSS,),
    eol_pad=0,
    quirks=Quirk.DF | Quirk.ID_PLUS,
    payload=PayloadClass.NONE,
    text="",
)
"""``*:64:0:*:*,*:mss:df,id+:0`` of the label ``s:unix:A:x``."""


def signature(
    name: str = "A", *, generic: bool = False, userland: bool = False, **fields: object
) -> TcpSignature:
    """``BASE`` under another label and with other fields."""
    direction = fields.get("direction", Direction.REQUEST)
    section = Section.TCP_REQUEST if direction == Direction.REQUEST else Section.TCP_RESPONSE
    label = LabelLine(HERE, section, name, generic=generic, userland=userland)
    return replace(BASE, label=label, **fields)  # type: ignore[arg-type]
