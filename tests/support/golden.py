"""Pages of golden tests (`tests/golden/*.md`): packets and what is expected of them, with prose between.

A fence of ``packets`` begins a case. Its heading lines are ``tcp CLIENT:PORT > SERVER:PORT``, ``udp
SENDER:PORT > RECEIVER:PORT`` or ``frame ETHERTYPE``. With ``merged`` at the end of such a line, the last
segment has the wrong checksum of those that cards merge, so it waits for an acknowledgement. Data
follow, as hexadecimal digits and "text" with Python's escapes; ``>`` begins the next segment or datagram of
the first end, ``<`` of the other one, ``#`` a comment. The next fences state what is expected:

``json``
    the events, a line each. Only the keys that a line has are compared.
``text``
    the whole text output.
``device``
    the devices, a line of JSON each.
``counters``
    a counter or anomaly and its value. Those of malformed messages are 0 if the case has no such fence.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.captures import pcap
from tests.support.packets import ACK, PSH, SYN, Ip4, Ip6, Tcp, ethernet, packet
from tests.support.tunnels import UDP, udp

ETHERNET = 1
FENCES = ("packets", "json", "text", "device", "counters")
HEADING = re.compile(r"(tcp|udp) (\S+):(\d+) > (\S+):(\d+)( merged)?|frame ([0-9a-f]{4})")
PIECE_BYTES = 5

Message = tuple[bool, bytes]
"""Whether the second end sent it, and its data."""


@dataclass
class GoldenFlow:
    """The packets of one heading line."""

    heading: str
    messages: list[Message] = field(default_factory=list)

    def frames(self, *, in_pieces: bool = False, opened: bool = True) -> Iterator[bytes]:
        """Ethernet frames. `in_pieces`: TCP data behind the first message in small segments."""
        found = HEADING.fullmatch(self.heading)
        assert found is not None, f"no heading of packets: {self.heading!r}"
        kind, first, first_port, second, second_port, merged, ethertype = found.groups()
        if kind is None:
            yield from (ethernet(data, int(ethertype, 16)) for _, data in self.messages)
            return
        ends = ((first, int(first_port)), (second, int(second_port)))
        if kind == "udp":
            for is_answer, data in self.messages:
                (source, sport), (target, dport) = ends[is_answer], ends[not is_answer]
                yield ethernet(_ip(source, target, UDP).pack(udp(dport, data, sport=sport)))
            return
        at = [1, 5]
        handshake = ((False, SYN, b""), (True, SYN | ACK, b""), (False, ACK, b""))
        segments = [(is_answer, ACK | PSH, data) for is_answer, data in self.messages]
        if in_pieces:
            segments[1:] = [
                (is_answer, flags, data[start : start + PIECE_BYTES])
                for is_answer, flags, data in segments[1:]
                for start in range(0, len(data), PIECE_BYTES)
            ]
        for number, (is_answer, flags, data) in enumerate((*handshake, *segments), -len(segments) - 3):
            (source, sport), (target, dport) = ends[is_answer], ends[not is_answer]
            ack = at[not is_answer] if flags & ACK else 0
            tcp = Tcp(sport, dport, seq=at[is_answer], ack=ack, flags=flags, payload=data)
            at[is_answer] += len(data) + bool(flags & SYN)
            sent = bytearray(packet(_ip(source, target), tcp))
            sent[-len(data) - 4] ^= 0x55 * (merged is not None and number == -1)  # the checksum
            if opened or data:
                yield ethernet(bytes(sent))


@dataclass
class GoldenCase:
    """Packets, and the expected results by name of their fence."""

    name: str
    flows: list[GoldenFlow]
    expected: dict[str, str] = field(default_factory=dict)

    @property
    def is_tcp(self) -> bool:
        """Whether all packets belong to TCP connections."""
        return all(flow.heading.startswith("tcp ") for flow in self.flows)

    @property
    def is_ip(self) -> bool:
        """Whether all packets have addresses."""
        return not any(flow.heading.startswith("frame ") for flow in self.flows)

    def capture(self, *, in_pieces: bool = False, opened: bool = True) -> bytes:
        """A capture of the packets, a millisecond apart."""
        frames = [one for flow in self.flows for one in flow.frames(in_pieces=in_pieces, opened=opened)]
        return pcap([(10**18 + number * 10**6, data) for number, data in enumerate(frames)], ETHERNET)


@dataclass
class GoldenPage:
    """A page of golden tests."""

    path: Path
    protocols: tuple[str, ...]
    cases: list[GoldenCase]
    needs_handshakes: bool
    """Whether its connections are only read if their handshake was captured."""


def page(path: Path) -> GoldenPage:
    """Read a page. Comments name the protocols that are read, and say if the reader needs handshakes."""
    text = path.read_text(encoding="utf-8")
    named = re.search("^<!-- protocols: (.+) -->$", text, re.MULTILINE)
    assert named is not None, f"{path.name} names no protocols"
    cases: list[GoldenCase] = []
    title = ""
    for part in re.finditer(r"^#+ ([^\n]+)$|^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        if part[1]:
            title = part[1]
            continue
        assert part[2] in FENCES, f"{path.name}: a fence of {part[2]}"
        if part[2] == "packets":
            cases.append(GoldenCase(f"{path.stem}: {title} {len(cases) + 1}", list(_flows(part[3]))))
        else:
            assert part[2] not in cases[-1].expected, f"{path.name}: two fences of {part[2]} for {title}"
            cases[-1].expected[part[2]] = part[3]
    assert cases, f"{path.name} has no case"
    assert all(case.expected for case in cases), f"{path.name}: packets without expected results"
    return GoldenPage(path, tuple(named[1].split()), cases, "<!-- needs handshakes -->" in text)


def _ip(source: str, target: str, protocol: int = 6) -> Ip4 | Ip6:
    return (Ip6 if ":" in source else Ip4)(source=source, destination=target, protocol=protocol)


def _flows(text: str) -> Iterator[GoldenFlow]:
    flow: GoldenFlow | None = None
    for line in text.splitlines():
        if re.match("tcp|udp|frame", line):
            if flow is not None:
                yield flow
            flow = GoldenFlow(line)
            continue
        assert flow is not None, f"data before a heading: {line!r}"
        sign, data = line[:1], _data(line.lstrip("<> "))
        if sign in ("<", ">") or not flow.messages:
            flow.messages.append((sign == "<", data))
        else:
            is_answer, before = flow.messages[-1]
            flow.messages[-1] = (is_answer, before + data)
    assert flow is not None, "a case without packets"
    yield flow


def _data(line: str) -> bytes:
    data = b""
    for text, digits in re.findall(r'("(?:[^"\\]|\\.)*")|#.*|([^"#]+)', line):
        data += ast.literal_eval(f"b{text}") if text else bytes.fromhex(digits)
    return data
