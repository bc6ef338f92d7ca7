"""Made conversations of keep-alive HTTP/1, of which it is known by construction where each message is."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.support.tls.conversation import Conversation

CLIENT, SERVER = 0, 1
CONTENT = b"GET /inner HTTP/1.1\r\nHost: x\r\n\r\nHTTP/1.1 200 inner\r\nContent-Length: 0\r\n\r\n0\r\n\r\n"
END = b"\r\n"


@dataclass(frozen=True)
class WireMessage:
    """A message on the wire."""

    first: str
    """The method or the status of its row; "" for one that has none."""
    head: bytes
    body: bytes = b""
    spare: tuple[tuple[int, int], ...] = ()
    """Parts of the body, from its beginning on, that need not arrive."""
    ends: str = ""
    """What is over after it: "" nothing, "side" what its sender says, "both" sides."""


@dataclass(frozen=True)
class TalkPiece:
    """Bytes of a side at a place."""

    side: int
    place: int
    data: bytes


@dataclass
class HttpTalk:
    """A conversation: pieces in the order of their packets, and the rows that they must give."""

    pieces: list[TalkPiece] = field(default_factory=list)
    rows: list[tuple[int, str]] = field(default_factory=list)
    """Indexes of pieces, and what `WireMessage.first` has."""

    def conversation(self, port: int = 40000) -> Conversation:
        """Its packets, after a handshake of three."""
        made = Conversation(port, server_port=80).handshake()
        for piece in self.pieces:
            (made.server if piece.side else made.client)(piece.place, piece.data)
        return made


contents = st.integers(0, 120).map(lambda length: (CONTENT * 4)[:length])


@st.composite
def chunked(draw: st.DrawFn) -> tuple[bytes, tuple[tuple[int, int], ...]]:
    """A chunked body, and where its chunks are."""
    body, spare = b"", []
    for content in draw(st.lists(contents.filter(bool), max_size=3)):
        end = draw(st.sampled_from((END, b"\n", b";name=value\r\n", b" \r\n")))
        body += draw(st.sampled_from((b"%x", b"%X", b"000%x"))) % len(content) + end
        spare.append((len(body), len(body) + len(content)))
        body += content + END
    trailer = draw(st.sampled_from((b"", b"X-Sum: 1\r\n", b"A: b\r\nC: d\r\n")))
    return body + b"0\r\n" + trailer + END, tuple(spare)


@st.composite
def bodies(draw: st.DrawFn) -> tuple[bytes, bytes, tuple[tuple[int, int], ...]]:
    """Headers that say how long a body is, and the body."""
    if draw(st.booleans()):
        name = draw(st.sampled_from((b"Transfer-Encoding: chunked", b"transfer-encoding:gzip, Chunked ")))
        both = draw(st.sampled_from((b"", b"Content-Length: 3\r\n")))
        return (both + name + END, *draw(chunked()))
    content = draw(contents)
    length = b"Content-Length: %d" % len(content)
    lines = draw(
        st.sampled_from((length + END, length.lower() + b" \r\n" + length + END, length + b", %d\r\n"))
    )
    if lines.endswith(b"%d\r\n"):
        lines = lines % len(content)
    return lines, content, ((0, len(content)),)


@st.composite
def requests(draw: st.DrawFn) -> WireMessage:
    """A request whose end is known."""
    method = draw(st.sampled_from(("GET", "HEAD", "POST", "CONNECT", "PATCH")))
    line = method.encode() + b" / HTTP/1.1\r\nHost: a\r\n"
    if method in ("GET", "HEAD", "CONNECT"):
        return WireMessage(method, line + END)
    lines, body, spare = draw(bodies())
    return WireMessage(method, line + lines + END, body, spare)


@st.composite
def responses(draw: st.DrawFn, method: str) -> list[WireMessage]:
    """What answers a request: some that announce another, and the one."""
    found = [WireMessage("", b"HTTP/1.1 %d x\r\n\r\n" % draw(st.sampled_from((100, 103))))] * draw(
        st.integers(0, 1)
    )
    kind = draw(st.integers(0, 9))
    lines, body, spare = draw(bodies())
    if kind == 0:
        return [
            *found,
            WireMessage("101", b"HTTP/1.1 101 x\r\nUpgrade: websocket\r\n\r\n", CONTENT, ends="both"),
        ]
    if kind == 1 and method not in ("HEAD", "CONNECT"):
        return [*found, WireMessage("200", b"HTTP/1.1 200 OK\r\nServer: a\r\n\r\n", CONTENT, ends="side")]
    if kind == 2 and method not in ("HEAD", "CONNECT"):
        wrong = draw(
            st.sampled_from(
                (
                    b"Content-Length: 3\r\nContent-Length: 4",
                    b"Content-Length: -1",
                    b"Content-Length: 3,",
                    b"Transfer-Encoding: chunked, gzip",
                    b"Transfer-Encoding: x",
                    b"Content-Length:",
                )
            )
        )
        return [
            *found,
            WireMessage("200", b"HTTP/1.1 200 OK\r\n" + wrong + b"\r\n\r\n", CONTENT, ends="side"),
        ]
    if method == "CONNECT" and kind < 5:
        return [*found, WireMessage("200", b"HTTP/1.1 200 OK\r\n" + lines + END, CONTENT, ends="both")]
    if method == "HEAD":
        return [*found, WireMessage("200", b"HTTP/1.1 200 OK\r\n" + lines + END)]
    if kind in (3, 4):
        status = (204, 304)[kind - 3]
        return [*found, WireMessage(str(status), b"HTTP/1.1 %d x\r\n" % status + lines + END)]
    return [*found, WireMessage("404", b"HTTP/1.1 404 x\r\n" + lines + END, body, spare)]


@dataclass
class SentSide:
    """What was sent of a side, and what the reader can know of it."""

    stream: bytes = b""
    spare: list[tuple[int, int]] = field(default_factory=list)
    heads: list[tuple[int, str]] = field(default_factory=list)
    """Where each head ends, and its row."""
    over: bool = False

    def say(self, message: WireMessage) -> None:
        self.stream += message.head
        if message.first and not self.over:
            self.heads.append((len(self.stream), message.first))
        self.spare += [(len(self.stream) + first, len(self.stream) + end) for first, end in message.spare]
        self.stream += message.body


def cut(draw: st.DrawFn, side: SentSide, number: int, start: int, *, loses: bool) -> list[TalkPiece]:
    """What was said from `start` on, in pieces: turned round, some repeated, some of bodies lost."""
    end = len(side.stream)
    cuts = sorted(draw(st.sets(st.integers(start + 1, end - 1), max_size=5))) if end > start + 1 else []
    pieces = [
        TalkPiece(number, first, side.stream[first:last])
        for first, last in zip((start, *cuts), (*cuts, end), strict=True)
    ]
    if loses:
        pieces = [one for one in pieces if not (inside(one, side.spare) and draw(st.booleans()))]
    if draw(st.booleans()):
        pieces = draw(st.permutations(pieces))
    again = draw(st.lists(st.integers(0, max(len(pieces) - 1, 0)), max_size=2)) if pieces else []
    for at in sorted(again, reverse=True):
        one = pieces[at]
        pieces.insert(
            draw(st.integers(at + 1, len(pieces))), TalkPiece(number, one.place, bytes(len(one.data)))
        )
    return pieces


def inside(piece: TalkPiece, parts: list[tuple[int, int]]) -> bool:
    return any(first <= piece.place and piece.place + len(piece.data) <= end for first, end in parts)


def rows_of(pieces: list[TalkPiece], sides: list[SentSide], *, loses: bool) -> list[tuple[int, str]]:
    """The piece with which each head is there, with all before it that a reader needs."""
    rows: list[tuple[int, str]] = []
    for number, side in enumerate(sides):
        waiting = list(side.heads)
        there = bytearray(len(side.stream))
        for first, end in side.spare if loses else ():
            there[first:end] = b"\1" * (end - first)
        known = 0
        for at, piece in enumerate(pieces):
            if piece.side != number:
                continue
            there[piece.place : piece.place + len(piece.data)] = b"\1" * len(piece.data)
            while known < len(there) and there[known]:
                known += 1
            while waiting and waiting[0][0] <= known:
                rows.append((at, waiting.pop(0)[1]))
    return sorted(rows, key=lambda row: row[0])


@st.composite
def talks(draw: st.DrawFn, *, loses: bool) -> HttpTalk:
    """Requests and responses, each answered before the next, or all requests at once."""
    sides = [SentSide(), SentSide()]
    at_once = draw(st.booleans())
    talk = HttpTalk()

    def say(number: int, *messages: WireMessage) -> None:
        start = len(sides[number].stream)
        for message in messages:
            sides[number].say(message)
            sides[CLIENT].over |= message.ends == "both" and not sides[SERVER].over
            sides[number].over |= bool(message.ends)
        talk.pieces += cut(draw, sides[number], number, start, loses=loses)

    asked = draw(st.lists(requests(), min_size=1, max_size=4))
    if at_once:
        say(CLIENT, *asked)
        say(SERVER, *(part for one in asked for part in draw(responses(one.first))))
    else:
        for one in asked:
            say(CLIENT, *([WireMessage("", END)] * draw(st.integers(0, 1)) if talk.pieces else []), one)
            say(SERVER, *draw(responses(one.first)))
            if one.first == "CONNECT" and sides[CLIENT].over:
                break  # what follows begins another protocol, perhaps HTTP again
    talk.rows = rows_of(talk.pieces, sides, loses=loses)
    return talk
