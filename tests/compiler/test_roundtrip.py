"""Text to signature to text."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from compiler.strategies import any_signatures
from sigcompiler.formatting import format_tcp
from sigcompiler.model import TcpSignature
from sigcompiler.parser import parse_files, parse_text
from sigcompiler.places import field_places

HEAD = "classes = unix\n[tcp:request]\nlabel = s:unix:A:x\nsig = "


def parse_signature(text: str) -> TcpSignature:
    model, diagnostics = parse_text(HEAD + text)
    assert not [item for item in diagnostics if item.severity == "error"], "\n".join(map(str, diagnostics))
    return model.tcp[0]


@settings(max_examples=400, deadline=None)
@given(any_signatures())
def test_any_signature_survives(signature: TcpSignature) -> None:
    found = parse_signature(format_tcp(signature))
    assert replace(found, place=signature.place, label=signature.label, text=signature.text) == signature


def test_every_stock_signature_survives(stock_path) -> None:
    model, _ = parse_files([stock_path])
    assert len(model.tcp) == 192
    for signature in model.tcp:
        assert format_tcp(signature) == signature.text


def test_places_of_fields() -> None:
    model, _ = parse_text(HEAD + "4:64-:0:1460:mss*20,7:mss,nop,ws:df,id+:0", "x.fp")
    columns = {name: place.column for name, place in field_places(model.tcp[0]).items()}
    assert columns == {
        "version": 7,
        "ittl": 9,
        "olen": 13,
        "mss": 15,
        "window": 20,
        "scale": 27,
        "olayout": 29,
        "quirks": 40,
        "payload": 47,
    }


def test_places_of_other_sections() -> None:
    text = "[mtu]\nlabel = x\nsig = 1500\n[http:request]\nlabel = s:!:F:\nsys =\nsig = 1:Host,A=[b:c]:Via:x y"
    model, _ = parse_text(text, "x.fp")
    assert {name: place.column for name, place in field_places(model.mtu[0]).items()} == {"mtu": 7}
    places = field_places(model.http[0])
    assert {name: place.column for name, place in places.items()} == {
        "version": 7,
        "headers": 9,
        "absent": 22,
        "software": 26,
    }
    assert {place.line for place in places.values()} == {7}
