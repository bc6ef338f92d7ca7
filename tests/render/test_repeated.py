"""What the core keeps from earlier rows, in all formats: each row is written as if it stood alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from tests.support.rendered_rows import (
    ECS,
    EVE,
    JSON,
    MTU,
    SYN,
    SYN_ACK,
    TEXT,
    EventRow,
    render,
)

OTHERWISE: dict[str, Any] = {
    "event": SYN_ACK,
    "ttl": 63,
    "ittl": 128,
    "distance": 3,
    "olen": 4,
    "mss": 1400,
    "wsize": 4000,
    "window_kind": 1,
    "window_multiple": 20,
    "wscale": 7,
    "options": (2, 1),
    "eol_pad": 2,
    "quirks": 3,
    "pclass": 1,
    "dscp": 46,
    "source": "2001:db8::5",
}
"""Another value for each field of a handshake."""

COMMON: dict[str, Any] = {
    "time_ns": 1,
    "packet_number": 9,
    "flow": 9,
    "source": "1.2.3.5",
    "destination": "99.10.255.0",
    "src_port": 12345,
    "dst_port": 8080,
    "from_server": 1,
    "tunnel": 1,
}
"""Another value for each field of all events."""


@pytest.mark.parametrize("form", [TEXT, JSON, EVE, ECS])
@pytest.mark.parametrize("event", [SYN, SYN_ACK])
def test_handshakes_with_one_other_value(form: int, event: int) -> None:
    plain = EventRow(event=event)
    changed = [
        replace(plain, **({"destination": "2001:db8::6"} if name == "source" else {}), **{name: value})
        for name, value in OTHERWISE.items()
    ]
    changed += [replace(plain, fuzzy=2), replace(plain, syn_seen=1)]
    rows = list(chain.from_iterable((plain, other, other, plain) for other in changed))
    assert render(rows, form) == b"".join(render([row], form) for row in rows)


@pytest.mark.parametrize("form", [TEXT, JSON, EVE, ECS])
def test_an_mtu_behind_a_handshake_and_its_look_alikes(form: int) -> None:
    handshake = EventRow(time_ns=5, packet_number=123_456, flow=9_999)
    own = replace(handshake, event=MTU, mtu=1500)
    others = [replace(own, **{name: value}) for name, value in COMMON.items()]
    rows = list(chain.from_iterable((handshake, row) for row in (own, *others)))
    rows += [own, replace(handshake, tunnel=1), own, replace(handshake, event=SYN_ACK), own, own]
    assert render(rows, form) == b"".join(render([row], form) for row in rows)


@pytest.mark.parametrize("form", [TEXT, JSON, EVE, ECS])
@pytest.mark.parametrize("capacity", [400, 700, 1100, 12_000])
def test_an_mtu_in_another_buffer_than_its_handshake(form: int, capacity: int) -> None:
    handshake = EventRow(packet_number=12_345_678)
    rows = [handshake, replace(handshake, event=MTU, mtu=576)] * 20
    capacity = max(capacity, len(render(rows[:1], form)))
    assert render(rows, form, capacity=capacity) == b"".join(render([row], form) for row in rows)
