"""Whatever the input, there are diagnostics and no exception."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sigcompiler.codes import CODES
from sigcompiler.reading.parser import parse_text

_WORDS = """
[tcp:request] [tcp:response] [http:request] [mtu] [ ] classes= unix win, label= s:unix:A:x s:!:T: g: sys=
@unix ua_os= sig= sig = *:64:0:*:*,*:mss::0 4: 6: 64 +? - mss* % 99999999999999999999 : , mss nop eol+ ? df
id+ bad 0 * 1:Host =[ ; ;source: \u20ac \x1b
"""
_PIECES = st.sampled_from([*_WORDS.split(), "\n", "\n", "\n", "\r\n", " ", "\t", "\0", "\ufeff"])
_TEXTS = st.one_of(st.text(), st.binary(), st.lists(_PIECES, max_size=60).map("".join))


def check(text: str | bytes) -> None:
    model, found = parse_text(text)
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    count = raw.count(b"\n") + 1
    for item in found:
        assert item.code in CODES
        assert 0 <= item.line <= count
        assert (item.line == 0) == (item.column == 0)
        assert str(item)
    assert len(model) <= count
    assert found or len(model)


@settings(max_examples=500, deadline=timedelta(seconds=30))
@given(_TEXTS)
def test_any_text(text: str | bytes) -> None:
    check(text)


@settings(max_examples=200, deadline=timedelta(seconds=30))
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_text_below_a_label(text: str) -> None:
    check("classes = unix\n[tcp:request]\nlabel = s:unix:A:x\nsig = " + text)


def test_damaged_stock_file(stock_path: Path) -> None:
    data = stock_path.read_bytes()
    source = random.Random(7)
    for _ in range(30):
        damaged = bytearray(data)
        for _ in range(source.randrange(1, 40)):
            damaged[source.randrange(len(damaged))] = source.randrange(256)
        check(bytes(damaged[: source.randrange(1, len(damaged))]))


def test_long_lists_take_no_longer_than_their_length() -> None:
    for item in ("nop,", "df,", "A=[b],", "?", ",", "mss", "a" * 1000):
        for line in ("sig = *:64:0:*:*,*:", "sig = *:64:0:*:*,*::", "sig = 1:"):
            section = "[http:request]" if line == "sig = 1:" else "[tcp:request]"
            check(f"{section}\nlabel = s:!:A:\nsys =\n{line}{item * (16000 // len(item))}")
