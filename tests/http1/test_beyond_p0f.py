"""What we give beyond p0f's rows of a corpus: each row is of a kind, which its packets tell.

What hides a packet from p0f, or ends its flow, is found by the rules of p0f's flow table (`parity/view.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import huginn_cffi as hg
from huginn_cffi.run.observations import Endpoint
from tests.http1.test_p0f_rows import CORPUS, STOCK, Row, theirs  # noqa: F401
from tests.parity.view import P0fView, Packet, payload
from tests.reference.capture import CaptureDamageError, ReferenceFrame, read_capture
from tests.reference.packet import FIN

REQUEST, RESPONSE = "http request", "http response"
METHODS = ("GET", "HEAD")

Key = tuple[str, str, str]
"""Module, client and server, as p0f writes them."""


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """A row of ours, the packet that ends its head, and the request before it."""

    key: Key
    method: str | None
    version: str
    packet: Packet
    asked: ReadMessage | None

    @property
    def data(self) -> bytes:
        return payload(self.packet.frame, self.packet.tcp) if self.packet.tcp else b""


def kind_of_request(one: ReadMessage) -> str | None:
    if one.method not in METHODS:
        return "another method than GET and HEAD (H6)"
    if re.match(rb"(GET|HEAD) /[^\n]* HTTP/1", one.data) is None:
        return "a target that does not begin with `/`, or no blank behind it"
    return None


def kind_of_response(one: ReadMessage) -> str | None:
    if one.asked is None:
        return "a response whose request was not captured"
    if not one.data.startswith(b"HTTP/1."):
        return "a response in several segments (H1)"
    return None


def kind_of(one: ReadMessage, beyond: set[Key]) -> str | None:
    """Of a response to a request that p0f has not, that of the request."""
    if one.packet.hidden:
        return one.packet.hidden.value
    if one.version == "2":
        return "HTTP/2"
    if one.asked is not None and one.asked.key in beyond:
        return kind_of(one.asked, beyond)
    special = kind_of_request(one) if one.key[0] == REQUEST else None
    if special:
        return special
    if one.packet.gone:
        return one.packet.gone.value
    if one.packet.tcp and one.packet.tcp.type & FIN:
        return "data in a FIN (H5)"
    return kind_of_response(one) if one.key[0] == RESPONSE else None


def written(end: Endpoint) -> str:
    """p0f writes all groups of an address of IPv6."""
    address = end.ip
    if ":" in address:
        address = ":".join(f"{int(group, 16):x}" for group in ip_address(address).exploded.split(":"))
    return f"{address}/{end.port}"


def frames_of(path: Path) -> Iterator[ReferenceFrame]:
    """Up to what is damaged."""
    frames = read_capture(path.read_bytes())
    while True:
        try:
            yield next(frames)
        except (StopIteration, CaptureDamageError):
            return


def is_sent(packet: Packet, source: Endpoint, destination: Endpoint) -> bool:
    tcp = packet.tcp
    return tcp is not None and (str(tcp.source), tcp.sport, str(tcp.destination), tcp.dport) == (
        str(ip_address(source.ip)),
        source.port,
        str(ip_address(destination.ip)),
        destination.port,
    )


def packet_of(packets: list[Packet], number: int, source: Endpoint, destination: Endpoint) -> Packet:
    """The packet that ends a head. A late row has the number of the receiver's acknowledgement, and its head
    ends in the last packet before that has an empty line."""
    if is_sent(packets[number - 1], source, destination):
        return packets[number - 1]
    for packet in reversed(packets[: number - 1]):
        if is_sent(packet, source, destination) and packet.tcp:
            data = payload(packet.frame, packet.tcp)
            if b"\n\r\n" in data or b"\n\n" in data:
                return packet
    return packets[number - 1]


def messages(analyzer: hg.Analyzer, path: Path) -> list[ReadMessage]:
    view: P0fView | None = None
    found: list[ReadMessage] = []
    asked: dict[tuple[str, str], ReadMessage] = {}
    for result in analyzer.analyze_pcap(path, on_error=lambda error: None):
        view = view or P0fView(frames_of(path), ())
        said = result.http_request or result.http_response
        if said is None:
            continue
        packet = packet_of(view.packets, result.packet_number, said.source, said.destination)
        if result.http_request:
            one = result.http_request
            ends = written(one.source), written(one.destination)
            asked[ends] = ReadMessage((REQUEST, *ends), one.method, one.signature.http_version, packet, None)
            found.append(asked[ends])
        elif result.http_response:
            answer = result.http_response
            ends = written(answer.destination), written(answer.source)
            key = (RESPONSE, *ends)
            found.append(ReadMessage(key, None, answer.signature.http_version, packet, asked.get(ends)))
    return found


def beyond(ours: list[ReadMessage], rows: list[Row]) -> list[ReadMessage]:
    """Those that p0f has not, by module and ends. No row of p0f is of a packet that it cannot see."""
    left = Counter((row["mod"], row["cli"], row["srv"]) for row in rows)
    found = []
    for one in ours:
        if left[one.key] > 0 and not one.packet.hidden:
            left[one.key] -= 1
        else:
            found.append(one)
    return found


COUNTS = {
    "another method than GET and HEAD (H6)": 886,
    "SYN not seen (B7)": 38,
    "tagged, labelled or LLC frame (B10)": 18,
    "flow ended by p0f's HTTP reader": 17,
    "packet in a tunnel": 17,
    "a target that does not begin with `/`, or no blank behind it": 10,
    "flow ended by an ACK before the SYN+ACK": 6,
    "data in a FIN (H5)": 5,
    "a response in several segments (H1)": 5,
    "flow ended by FIN or RST": 4,
    "link type whose header p0f cannot parse": 2,
    "HTTP/2": 2,
    "a response whose request was not captured": 1,
    "IPv6 extension headers": 1,
}


def test_each_row_beyond_those_of_p0f_is_of_a_known_kind(
    theirs: dict[str, list[Row]],  # noqa: F811
) -> None:
    analyzer = hg.Analyzer(hg.Database.compile(str(STOCK)), max_connections=100_000, protocols=("http",))
    counts: Counter[str] = Counter()
    for path in sorted(CORPUS.iterdir()):
        if path.suffix not in (".csv", ".jsonl", ".md", ".pkt"):
            more = beyond(messages(analyzer, path), theirs.get(path.name, []))
            keys = {one.key for one in more}
            for one in more:
                kind = kind_of(one, keys)
                assert kind is not None, (path.name, one)
                counts[kind] += 1
    assert counts == COUNTS
