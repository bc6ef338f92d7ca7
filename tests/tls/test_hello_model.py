"""The model of hellos against values that other programs made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.tls.hello_model import Hello, NotAHelloError, message_in_records, read_hello
from tests.support.tls.hello_rows import rows
from tests.support.tls.listed_hellos import of_lists
from tests.tls.segments import hellos


@pytest.mark.parametrize(
    ("name", "lowest"),
    [
        ("ja4.jsonl", 763),
        ("quic-dtls.jsonl", 19),
        ("quic-dtls-captures.jsonl", 589),
    ],
)
def test_digests_of_lists(answers: Path, name: str, lowest: int) -> None:
    listed = rows(answers / "oracle" / name)
    assert len(listed) >= lowest
    for row in listed:
        hello = of_lists(row["ja4_r"])
        assert (hello.ja4(), hello.ja4_r()) == (row["ja4"], row["ja4_r"])


def joined(segments: list[tuple[str, int | None, str, str]], start: str) -> bytes:
    """The client's stream of an acceptance case: the first copy of a byte wins."""
    stream: dict[int, int] = dict(enumerate(bytes.fromhex(start)))
    end = len(stream)
    for side, at, _flags, text in segments:
        if side == "C":
            data = bytes.fromhex(text)
            first = end if at is None else at
            for i, value in enumerate(data):
                stream.setdefault(first + i, value)
            end = max(end, first + len(data))
    whole = bytearray()
    while len(whole) in stream:
        whole.append(stream[len(whole)])
    return bytes(whole)


def seen(stream: bytes) -> Hello | None:
    """The hello in a stream, after a request for a tunnel too."""
    if stream.startswith(b"CONNECT"):
        stream = stream.partition(b"\r\n\r\n")[2]
    try:
        message = message_in_records(stream)
        return read_hello(message) if message else None
    except NotAHelloError:
        return None


def test_acceptance_cases(answers: Path) -> None:
    cases = [row for row in rows(answers / "acceptance-http-tls.jsonl") if row["kind"] == "tls"]
    checked = 0
    for case in cases:
        hello = seen(joined(case["segments"], case["syn_payload"]))
        expected = [row for row in case["expected"] if "ja4" in row]
        if not expected:
            assert hello is None or case["expected"], case["name"]
            continue
        row = expected[0]
        assert hello is not None, case["name"]
        name = None if hello.sni is None else hello.sni.decode("latin-1")
        values = (hello.ja4(), hello.ja4(in_order=True), name, hello.malformed)
        assert values == tuple(row[key] for key in ("ja4", "ja4_o", "sni", "malformed")), case["name"]
        lists, cut, _ = row["ja4_r"].partition("…")
        assert hello.ja4_r()[: len(lists) if cut else None] == lists, case["name"]
        checked += 1
    assert checked >= 30


@pytest.mark.slow
def test_hellos_of_the_corpus(answers: Path, corpus: Path) -> None:
    """All hellos that came in order; those that did not are few, and none differs."""
    listed = rows(answers / "oracle" / "ja4.jsonl")
    by_file: dict[str, dict[tuple[int, Any], bytes]] = {}
    found = 0
    for row in listed:
        name = row["file"]
        if name not in by_file:
            by_file[name] = hellos(corpus / name)
        message = by_file[name].get((row["frame"], (row["src"], row["sport"], row["dst"], row["dport"])))
        if message is None:
            continue
        hello = read_hello(message)
        assert (hello.ja4(), hello.ja4_r()) == (row["ja4"], row["ja4_r"])
        assert hello.ja4(in_order=True) == row["ja4_o"]
        assert (0 in hello.extensions) == row["sni_present"]
        found += 1
    assert found >= 740


def test_stable_leaves_out_what_comes_with_resumption() -> None:
    first = Hello(0x0303, (0x1301, 0xC02F), (0x0000, 0x000A, 0x000D, 0x0033), algorithms=(0x0403,))
    again = Hello(
        0x0303,
        (0x1301, 0xC02F),
        (0x0000, 0x000A, 0x0023, 0x000D, 0x0033, 0x0015, 0x002A, 0x0029),
        algorithms=(0x0403,),
    )
    assert first.ja4(stable=True) == first.ja4() == again.ja4(stable=True)
    assert again.ja4_r(stable=True) == "t12d020400_1301,c02f_000a,000d,0033_0403"
    assert again.ja4_r() == "t12d020800_1301,c02f_000a,000d,0015,0023,0029,002a,0033_0403"


def test_ja3_text() -> None:
    hello = Hello(
        0x0303,
        (0x0A0A, 0x1301, 0xC02F),
        (0x1A1A, 0x0000, 0x000A, 0x000B),
        groups=(0x2A2A, 0x001D, 0x0017),
        formats=(0,),
    )
    assert hello.ja3_text() == "771,4865-49199,0-10-11,29-23,0"
    assert hello.ja3() == "bca193bf3b6d2156cfbe0e6b4b306d3e"


def test_newest_version_over_dtls() -> None:
    hello = Hello(0xFEFD, (0x1301,), (43,), versions=(0xFEFF, 0xFEFC, 0xFEFD), transport="dtls")
    assert hello.ja4().startswith("dd3")
