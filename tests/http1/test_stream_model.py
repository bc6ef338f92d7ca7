"""Heads cut, turned round, repeated with other bytes and sent again: the core gives what a model gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

import huginn_cffi as hg
from tests.support.captures import pcap
from tests.support.keys import keyed
from tests.support.received import receive
from tests.support.tls.conversation import Conversation

REQUEST_LINE = re.compile(rb"([A-Z_-]{1,64}) ([^\0-\x0c\x0e-\x1f]*)HTTP/1\.[^\0-\x0c\x0e-\x1f]")
STATUS_LINE = re.compile(rb"HTTP/1\.(?=[^\n]{5})[^ ]*(?: (\d{3}))?")
CONTROLS = re.compile(rb"[\0-\x0c\x0e-\x1f]")
EMPTY_LINES = re.compile(rb"[\r\n]{0,16}")
FIELD = re.compile(rb"([A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}):[ \t]?([^\0]*)", re.DOTALL)
CLIENT, SERVER = False, True

NAMES = st.sampled_from(
    (b"Host", b"User-Agent", b"accept", b"Server", b"X-A", b"Content-Type", b"cookie", b"A.b!")
)
VALUES = st.sampled_from((b"a", b"", b"curl/8", b"x y", b"nginx/1.2", b"a" * 300))
FIELDS = st.lists(st.tuples(NAMES, VALUES), max_size=5)
ENDS = st.sampled_from((b"\r\n", b"\n"))


@dataclass(frozen=True)
class ModelHead:
    """What is compared of a head."""

    first: bytes
    """The method, or the status."""
    names: tuple[bytes, ...]


@dataclass(frozen=True)
class SidePiece:
    """Bytes of one side at a place."""

    from_server: bool
    place: int
    data: bytes


@dataclass
class ReceivedSide:
    """What a receiver has of a direction."""

    seen: dict[int, int] = field(default_factory=dict)
    length: int = 0
    state: str = "unseen"

    def add(self, piece: SidePiece) -> bytes | None:
        """All bytes in order, when some are new."""
        receive(self.seen, piece.place, piece.data)
        before = self.length
        while self.length in self.seen:
            self.length += 1
        return bytes(self.seen[number] for number in range(self.length)) if self.length > before else None


class NoHeadError(ValueError):
    """The bytes are something else."""


def split(data: bytes) -> tuple[list[bytes], int] | None:
    """Lines of a head without their ends, and its length; ``None``: it is not whole."""
    lines: list[bytes] = []
    at = 0
    while True:
        if lines and data[at : at + 1] == b"\n":
            return lines, at + 1
        if lines and data[at : at + 1] == b"\r":
            if at + 1 == len(data):
                return None
            return lines, at + 1 + (data[at + 1 : at + 2] == b"\n")
        end = data.find(b"\n", at)
        if end < 0:
            return None
        line = data[at:end]
        lines.append(line.removesuffix(b"\r"))
        at = end + 1


def first_of(line: bytes, *, from_server: bool) -> bytes:
    """The method, or the status."""
    found = (
        (STATUS_LINE.match(line) if from_server and not CONTROLS.search(line) else None)
        if from_server
        else REQUEST_LINE.fullmatch(line)
    )
    if found is None or (not from_server and not found[2]):
        raise NoHeadError
    return found[1] or b"0"


def read(data: bytes, *, from_server: bool) -> ModelHead | None:
    """The first head that counts; ``None``: it is not whole."""
    if not from_server:
        data = EMPTY_LINES.sub(b"", data, count=1)
    while data:
        newline = data.find(b"\n")
        if newline >= 0:
            first = first_of(data[:newline].removesuffix(b"\r"), from_server=from_server)
        found = split(data)
        if newline < 0 or found is None:
            return None
        lines, length = found
        fields = [FIELD.fullmatch(line) for line in lines[1:]]
        if not all(fields):
            raise NoHeadError
        if not from_server or not first.startswith(b"1") or first == b"101":
            return ModelHead(first, tuple(one[1] for one in fields if one))
        data = data[length:]
    return None


def model(sent: Iterable[SidePiece]) -> list[tuple[int, ModelHead]]:
    """The rows, with the number of the packet that ends each head."""
    sides = {CLIENT: ReceivedSide(), SERVER: ReceivedSide()}
    rows = []
    for number, piece in enumerate(sent, 4):
        side = sides[piece.from_server]
        data = side.add(piece)
        if data is None or side.state == "done":
            continue
        if piece.from_server and sides[CLIENT].state in ("reading", "other"):
            side.state = "done"
            continue
        try:
            head = read(data, from_server=piece.from_server)
        except NoHeadError:
            side.state = "done" if piece.from_server else "other"
            continue
        if side.state != "other":
            begun = piece.from_server or not EMPTY_LINES.fullmatch(data)
            side.state = "done" if head else "reading" if begun else "unseen"
            rows += [] if head is None else [(number, head)]
    return rows


@st.composite
def heads(draw: st.DrawFn, first: st.SearchStrategy[bytes]) -> bytes:
    """A head."""
    end = draw(ENDS)
    lines = [draw(first), *(name + b": " + value for name, value in draw(FIELDS))]
    return end.join((*lines, b"", b""))


REQUESTS = heads(st.sampled_from((b"GET / HTTP/1.1", b"POST /a b HTTP/1.0", b"M-SEARCH * HTTP/1.1")))
RESPONSES = heads(st.sampled_from((b"HTTP/1.1 200 OK", b"HTTP/1.0 404", b"HTTP/1.1 101 x")))
INTERIM = heads(st.just(b"HTTP/1.1 103 x"))
AFTER = st.sampled_from((b"", b"body", b"GET / HTTP/1.1\r\n\r\n", b"\r\n"))


def in_pieces(draw: st.DrawFn, stream: bytes, *, from_server: bool) -> list[SidePiece]:
    """A stream in segments: out of order, overlapping, repeated with other bytes; all of it arrives."""
    cuts = sorted(draw(st.sets(st.integers(1, len(stream) - 1), max_size=4)))
    sent = [
        SidePiece(from_server, start, stream[start:end])
        for start, end in zip((0, *cuts), (*cuts, len(stream)), strict=True)
    ]
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(stream) - 1))
        other = bytes(byte ^ draw(st.sampled_from((0, 1, 255))) for byte in stream[start : start + 20])
        sent.append(SidePiece(from_server, start, draw(st.sampled_from((other, stream[start:])))))
    return draw(st.permutations(sent)) if draw(st.booleans()) else sent


@st.composite
def talks(draw: st.DrawFn) -> list[SidePiece]:
    """A request and a response, mostly one after the other."""
    empty = draw(st.sampled_from((b"", b"", b"\r\n", b"\n\r\n", b"\r\n" * 8)))
    asked = in_pieces(draw, empty + draw(REQUESTS) + draw(AFTER), from_server=False)
    answer = b"".join(draw(st.lists(INTERIM, max_size=2))) + draw(RESPONSES) + draw(AFTER)
    answered = in_pieces(draw, answer, from_server=True)
    if draw(st.integers(0, 3)):
        return asked + answered
    return draw(st.permutations(asked + answered))


def conversation(sent: Sequence[SidePiece], port: int = 40000) -> Conversation:
    """The packets, after a handshake."""
    talk = Conversation(port, server_port=80).handshake()
    for piece in sent:
        (talk.server if piece.from_server else talk.client)(piece.place, piece.data)
    return talk


def rows_of(results: Iterable[hg.AnalysisResult]) -> list[tuple[int, ModelHead]]:
    """The messages of results."""
    rows = []
    for one in results:
        request, response = one.http_request, one.http_response
        for part, first in (
            (request, request.method if request else ""),
            (response, str(response.status or 0) if response else ""),
        ):
            if part:
                names = tuple(name.encode() for name in part.signature.headers)
                rows.append((one.packet_number, ModelHead(first.encode(), names)))
    return rows


@given(talks())
def test_core_reads_what_the_model_reads(sent: list[SidePiece]) -> None:
    assert rows_of(hg.Analyzer(None).analyze_packets(conversation(sent).timed())) == model(sent)


@settings(max_examples=40)
@given(st.lists(talks(), min_size=1, max_size=6), st.integers(0, 2**32))
def test_workers_and_pieces_change_nothing(many: list[list[SidePiece]], seed: int) -> None:
    timed = [item for number, sent in enumerate(many) for item in conversation(sent, 40000 + number).timed()]
    turned = sorted(enumerate(timed), key=lambda one: (one[0] * (seed | 1)) % len(timed))
    capture = pcap([(10**18 + place, data) for place, (_, (_, data)) in enumerate(turned)])
    analyzer = keyed(seed, None)
    alone = b"".join(batch.render("json") for batch in analyzer.batches(capture))
    together = b"".join(batch.render("json") for batch in analyzer.batches(capture, workers=3))
    assert together == alone
    one_by_one = [str(part) for result in analyzer.analyze_pcap(capture) for part in result.parts]
    assert one_by_one == [str(part) for batch in analyzer.batches(capture) for part in batch]
