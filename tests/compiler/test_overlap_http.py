"""Which HTTP signatures cover others: each case is worked out from what heads the second one fits."""

from __future__ import annotations

import pytest

from sigcompiler.model import HttpSignature
from sigcompiler.overlap import covers
from sigcompiler.reading.parser import parse_text


def read(text: str) -> HttpSignature:
    model, _ = parse_text(f"classes = x\n[http:request]\nlabel = s:x:A:\nsig = {text}\n")
    (found,) = model.http
    return found


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1:Host,Accept::", "1:Host,Accept::", True),
        ("*:Host::", "1:Host,Accept::", True),
        ("1:Host::", "*:Host::", False),
        ("1:Host,Accept::", "1:Host::", False),
        ("1:Accept,Host::", "1:Host,Accept::", False),
        ("1:Host:Via:", "1:Host::", False),
        ("1:Host:Via:", "1:Host:via:", True),
        ("1:Host,?Via::", "1:Host:Via:", True),
        ("1:Host,?Via,Accept::", "1:Host,Accept:via:", True),
        ("1:Host,?Via::", "1:Host::", False),
        ("1:Host,?Via::", "1:Host,?Via::", True),
        ("1:Host,Via::", "1:Host,?Via::", False),
        ("1:Accept=[text]::", "1:Accept=[text/html]::", True),
        ("1:Accept=[text/html]::", "1:Accept=[text]::", False),
    ],
)
def test_what_covers_what(one: str, other: str, expected: bool) -> None:
    assert covers(read(one), read(other)) is expected
