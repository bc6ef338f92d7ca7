"""Text to signature to text."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from huginn_workbench.formatting import format_tcp
from sigcompiler.model import TcpSignature
from sigcompiler.reading.parser import parse_files, parse_text
from tests.compiler.strategies import any_signatures

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
