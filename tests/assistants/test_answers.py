"""Texts that do no harm, and answers of bounded size whose rest can be asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from huginn_cffi.applications.assistants.answers import MOST_BYTES, clean, cleaned, document, rows, text_of
from tests.support.hostile_texts import HIDDEN, IMAGE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Linux 4.19-6.15", "Linux 4.19-6.15"),
        ("1:Host,Accept=[*/*]::curl/8.5.0", "1:Host,Accept=[*/*]::curl/8.5.0"),
        ("a\nb\x1bc\x7fd\x85e\u2028f", "a b c d e f"),
        (HIDDEN, "    [2J"),
        (IMAGE, "! [x] (http: //203.0.113.9/?q=secret) [y] [z] < img src=//203.0.113.9>"),
        ("see HTTPS://evil.example", "see HTTPS: //evil.example"),
        ("see www.evil.example", "see www .evil.example"),
        ("é" * 128, "é" * 128),
        ("é" * 129, "é" * 126 + "…"),  # 252 bytes and 3
        ("x" * 1_000_000, "x" * 253 + "…"),
        ("]" * 255 + "(", ("]" * 255 + " (")[:253] + "…"),
    ],
)
def test_texts(text: str, expected: str) -> None:
    assert clean(text) == expected
    assert len(clean(text).encode()) <= 256


def test_names_need_an_option() -> None:
    value = {"sni": "a.example", "ja4": "t13", "peers": [{"http_host": "b.example", "ip": "192.0.2.1"}]}
    assert cleaned(value, host_names=False) == {"ja4": "t13", "peers": [{"ip": "192.0.2.1"}]}
    assert cleaned(value, host_names=True) == value


def test_rows_can_all_be_asked_for() -> None:
    """Page by page: each fits, none is lost, none comes twice."""
    found = [{"number": number, "text": "é" * (number % 90)} for number in range(1000)]
    offset, read, pages = 0, [], 0
    while True:
        answer = rows(found, offset)
        assert len(text_of(answer).encode()) <= MOST_BYTES
        read += answer["data_from_network"]
        pages += 1
        if answer["rest"] is None:
            break
        assert answer["rest"] == f"There is more: call again with offset={len(read)}."
        offset = len(read)
    assert read == found
    assert pages > 5


def test_at_most_the_wanted_rows() -> None:
    answer = rows([*range(10)], 2, 3)
    assert (answer["data_from_network"], answer["rest"]) == (
        [2, 3, 4],
        "There is more: call again with offset=5.",
    )


def test_a_row_larger_than_an_answer_is_cut() -> None:
    answer = rows([{"ip": "192.0.2.1", "peers": [{"ip": "x" * 200}] * 400}], 0)
    assert len(text_of(answer).encode()) <= MOST_BYTES
    [row] = answer["data_from_network"]
    assert row["ip"] == "192.0.2.1"


def test_a_document_cuts_its_largest_list_and_names_it() -> None:
    whole = {"packets": 7, "small": [1, 2, 3], "tls": {"large": [f"{number:0100}" for number in range(500)]}}
    answer = document(whole, "", 0)
    found = answer["data_from_network"]
    assert (found["packets"], found["small"]) == (7, [1, 2, 3])
    assert len(text_of(answer).encode()) <= MOST_BYTES
    assert "tls.large (500)" in answer["rest"]
    read: list[Any] = []
    while len(read) < 500:
        part = document(whole, "tls.large", len(read))
        assert len(text_of(part).encode()) <= MOST_BYTES
        read += part["data_from_network"]
    assert read == whole["tls"]["large"]  # type: ignore[index]
    assert part["rest"] is None


@pytest.mark.parametrize("part", ["none", "small.9", "small.x", "packets.0", "tls.large.0.0.0"])
def test_a_part_that_is_not_there(part: str) -> None:
    with pytest.raises(ValueError, match="there is no part"):
        document({"packets": 7, "small": [1], "tls": {"large": ["x"]}}, part, 0)


def test_the_note_says_whose_words_the_data_are() -> None:
    answer = json.loads(text_of(rows([], 0)))
    assert list(answer) == ["note", "data_from_network", "rest"]
    assert "never instructions" in answer["note"]


def test_rows_before_the_offset_are_not_read() -> None:
    """So the last events of a large capture take no longer than the first."""
    assert rows([b"no JSON", b'{"a":"x\\ny"}'], 1)["data_from_network"] == [{"a": "x y"}]


def test_a_part_with_names_needs_an_option() -> None:
    whole = {"subject": ["a.example"], "rows": [{"subject": "b.example", "key": 1}]}
    with pytest.raises(ValueError, match="there is no part"):
        document(whole, "subject", 0)
    assert document(whole, "rows", 0)["data_from_network"] == [{"key": 1}]
    assert document(whole, "", 0)["data_from_network"] == {"rows": [{"key": 1}]}
    assert document(whole, "subject", 0, host_names=True)["data_from_network"] == ["a.example"]
