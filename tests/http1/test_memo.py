"""Heads that come again: they get the name that they had, and heads that differ get their own."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

import huginn_cffi as hg
from sigcompiler.reading.parser import parse_text
from tests.support.heads import HeadFields, expected
from tests.support.tls.conversation import Conversation

NAMES = ("Host", "User-Agent", "Accept", "X-A", "Unknown")
TEXTS = ("ab", "bc", "ca", "dab", "e", "fa", "gbc", "hh", "ia", "abca")
"""Their first letters are so many that a state has a row, and some are parts of others."""


def signatures() -> str:
    """A label for each, over all texts, names, orders and versions."""
    rng = random.Random(5)
    lines = []
    for number in range(60):
        chosen = rng.sample(NAMES[:4], rng.randint(1, 3))
        headers = [name if rng.random() < 0.4 else f"{name}=[{rng.choice(TEXTS)}]" for name in chosen]
        absent = [name for name in NAMES[:4] if name not in chosen and rng.random() < 0.2]
        text = f"{rng.choice('01*')}:{','.join(headers)}:{','.join(absent)}:{rng.choice(('', 'ab'))}"
        lines += ["[http:request]", f"label = s:!:Client {number}:", "sys =", f"sig = {text}"]
    return "\n".join(lines)


def heads() -> list[HeadFields]:
    """Many that differ in little, one after the other in no order, most of them several times."""
    rng = random.Random(6)
    made = []
    for _ in range(400):
        names = rng.sample(NAMES, rng.randint(2, 5))
        fields = [
            (name, "".join(rng.choices((*TEXTS, "a", "d", "x"), k=rng.randint(1, 3)))) for name in names
        ]
        made.append(HeadFields(fields, rng.randint(0, 1)))
    return rng.choices(made, k=1500)


def on_the_wire(head: HeadFields) -> bytes:
    lines = [f"GET / HTTP/1.{head.version}", *(f"{name}: {value}" for name, value in head.fields)]
    return "\r\n".join((*lines, "", "")).encode()


def named(packets: Sequence[bytes], text: str) -> list[tuple[str, bool] | None]:
    """Name of each request in a connection, and whether it is dishonest, by signatures."""
    found, place = Conversation(server_port=80).handshake(), 0
    for data in packets:
        found.client(place, data)
        place += len(data)
    made = hg.Analyzer(hg.Database.compile(text=text), http="all").analyze_packets(found.timed())
    asked = [one.http_request for one in made if one.http_request is not None]
    return [None if one.match is None else (one.match.name, "dishonest" in one.params) for one in asked]


@pytest.mark.parametrize("together", [1, 7])
def test_each_head_gets_its_own_name(together: int) -> None:
    text = signatures()
    model, _ = parse_text(text)
    asked = heads()
    packets = [b"".join(map(on_the_wire, asked[at : at + together])) for at in range(0, len(asked), together)]
    wanted = [expected(model.http, head) for head in asked]
    names = [(model.http[one[0].number].label.name, one[0].dishonest) if one else None for one in wanted]
    assert len(set(names)) > 20
    assert named(packets, text) == names


@pytest.mark.parametrize("long", [400, 480, 520, 4000])
def test_values_of_any_length(long: int) -> None:
    """They are told apart to their last byte."""
    text = "[http:request]\nlabel = s:!:Mine:\nsys =\nsig = *:X-A=[ab]::"
    values = ["c" * long + end for end in ("ab", "ac", "ab", "b", "ac")]
    mine = ("Mine", False)
    packets = [on_the_wire(HeadFields([("X-A", value)])) for value in values]
    assert named(packets, text) == [mine, None, mine, None, None]


def test_software_that_no_header_asks_for() -> None:
    """Whether a client is what its headers say is found out for each User-Agent."""
    text = "[http:request]\nlabel = s:!:Mine:\nsys =\nsig = *:Host,User-Agent::curl/"
    agents = ["curl/8", "wget", "curl/8", "curl", "wget", "curl/7", "x curl/8"]
    packets = [on_the_wire(HeadFields([("Host", "x"), ("User-Agent", agent)])) for agent in agents]
    wanted: list[tuple[str, bool] | None] = [("Mine", "curl/" not in agent) for agent in agents]
    assert named(packets, text) == wanted
