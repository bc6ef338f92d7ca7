"""The server: a thread with its own event loop, separate from the capture's thread."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import logging
import re
import socket
import sys
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from aiohttp import web

from huginn_cffi.base.addresses import unmapped
from huginn_cffi.claims.judging import ClientClaim, judge
from huginn_cffi.claims.proofs import RobotProofs
from huginn_cffi.claims.signatures import SignedRequest
from huginn_cffi.sockets import questions
from huginn_cffi.sockets.addresses import Network, is_allowed, is_own_name
from huginn_cffi.sockets.cookies import SocketCookies
from huginn_cffi.sockets.peers import NEVER_NS, PeerAddress

if TYPE_CHECKING:
    from huginn_cffi.hosts.inventory import Inventory
    from huginn_cffi.run.batch import Batch
from huginn_cffi.sockets.peers import Peers, Question

MOST_CLIENTS = 512
"""Limit for connections of proxies; a further one replaces the connection that has been idle longest."""

MOST_WAITING = 4096
"""Limit for waiting questions; a further one is answered at once."""

MOST_IN_VAIN = 16384
IN_VAIN_S = 60.0
"""For this time after a wait in vain, questions about the same connection do not wait: the connection
began before the capture, and waiting would delay each of its requests."""

MOST_ASKED = 1 << 14
"""Connections of `Listener._asked`; those asked about longest ago are forgotten."""

SETTLED_S = 0.1
"""After this time, all packets captured before a question have been read."""

YOUNG_NS = 1_000_000_000
"""If only the SYN of a connection was seen, and the connection is older than this, its data are not read."""

IDLE_S = 75.0
"""An idle connection of a proxy is closed after this time."""

MOST_HEADER, MOST_LINES = 32768, 200
"""Limits for a request's head, in bytes and lines; a longer one ends its connection, since the parser keeps
it until its end."""

MOST_AHEAD, MOST_UNREAD = 8, 8192
"""Limits for requests of a connection that wait for the answers before them, and for bytes of answers that
it does not read."""

SWITCH_S = 0.0005
"""Python's switch interval: how long another thread may keep running when this one has work."""

ENVOY = "/envoy"
"""Path prefix of Envoy's questions. Envoy puts it before a request's path, and keeps its method and query."""

NO_STORE = {"Cache-Control": "no-store"}
REFUSED = {"Huginn-Status": "refused"}
JSON = "application/json"

TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\nHuginn-Status: refused\r\n"
    b"Connection: close\r\nContent-Length: 0\r\n\r\n"
)

CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\r\n"))
AGENT = re.compile(rb"(?i)\nuser-agent:")
RENAMED_AGENT = f"\n{questions.RENAMED}User-Agent:".encode()

UNREADABLE = bytes.maketrans(CONTROLS, b"\xff" * len(CONTROLS))
"""HTTP forbids control characters, but proxies pass them on from clients. They become 0xFF, because the core
compares no header with such a byte."""


class _Asked(NamedTuple):
    """A connection that a question was about: the server's end, the kernel's number, and its beginning."""

    server: PeerAddress | None = None
    cookie: bytes | None = None
    first_ns: int | None = None


_UNASKED = _Asked()


class Listener:
    """Answers on a listening socket, from `start` to `stop`. `take` gets each batch of the capture.

    Without `allowed` networks every client that reaches the socket may ask. `metrics` returns the counters as
    text.
    """

    def __init__(
        self,
        listener: socket.socket,
        peers: Peers,
        inventory: Inventory,
        *,
        proofs: RobotProofs | None = None,
        allowed: tuple[Network, ...] | None = None,
        metrics: Callable[[], bytes] | None = None,
    ) -> None:
        self._listener, self._peers, self._inventory = listener, peers, inventory
        self._allowed, self.metrics = allowed, metrics
        self.proofs = proofs or RobotProofs()
        self.verdicts: Counter[str] = Counter()
        """Answers, by the verdict on the client's claim; "": it claims nothing."""
        self._waiting: set[asyncio.Future[None]] = set()
        self._in_vain: OrderedDict[object, float] = OrderedDict()
        self._cookies = SocketCookies()
        self._asked: OrderedDict[object, _Asked] = OrderedDict()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over: asyncio.Event | None = None
        self._ready = threading.Event()
        self._failed: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="huginn-listen", daemon=True)

    # -- the thread that captures ------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread; raises the error if it cannot serve."""
        sys.setswitchinterval(min(sys.getswitchinterval(), SWITCH_S))
        self._thread.start()
        self._ready.wait()
        if self._failed is not None:
            raise self._failed

    def take(self, batch: Batch) -> Batch:
        """Add the rows to the table, and wake questions that wait for them."""
        self._peers.add(batch)
        if self._waiting and self._loop is not None:
            self._loop.call_soon_threadsafe(self._wake)
        return batch

    def request_stop(self) -> None:
        """Request that the server close all connections and accept no more; does not wait for that."""
        if self._thread.is_alive() and self._loop is not None and self._over is not None:
            with suppress(RuntimeError):  # the loop has already ended
                self._loop.call_soon_threadsafe(self._over.set)

    def stop(self) -> None:
        """End all connections; a second call does nothing."""
        self.request_stop()
        if self._ready.is_set():
            self._thread.join()
        self._cookies.close()

    # -- the loop ----------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:
            self._failed = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        quiet = logging.getLogger("huginn.listen")
        quiet.addHandler(logging.NullHandler())
        quiet.propagate = False
        self._clients = _Clients(
            self._answered,
            keepalive_timeout=IDLE_S,
            access_log=None,
            logger=quiet,
            max_field_size=MOST_HEADER,
            max_line_size=MOST_HEADER,
        )
        if self._listener.family == getattr(socket, "AF_UNIX", None):
            server: asyncio.AbstractServer = await self._loop.create_unix_server(
                self._clients, sock=self._listener
            )
        else:
            server = await self._loop.create_server(self._clients, sock=self._listener)
        self._ready.set()
        await self._over.wait()
        server.close()
        await self._clients.shutdown(1.0)

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, set()
        for one in waiting:
            _finish(one)

    # -- answers -----------------------------------------------------------------------------------

    async def _answered(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            self._clients.begin(request)
            return await self._answer(request)
        except questions.MalformedError as error:
            return _problem(400, str(error))
        finally:
            self._clients.end(request)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if self._allowed is not None and not is_allowed(self._allowed, request.remote or ""):
            return _problem(403, "questions from this address are not answered")
        if not is_own_name(request.headers.get("Host"), _address_of(request)):
            return _problem(421, "Host is not the address of this server, nor localhost")
        if request.path == ENVOY or request.path.startswith(ENVOY + "/"):
            signed = questions.read_signed(
                request.headers, request.method, request.path_qs.removeprefix(ENVOY), request.headers["Host"]
            )
            return await self._connection(request, questions.envoy_query(request.headers), signed)
        if request.method not in ("GET", "HEAD"):
            return _problem(405, "questions are asked with GET", {"Allow": "GET, HEAD"})
        if request.path == "/connection":
            signed = questions.read_signed(request.headers)
            return await self._connection(request, _parameters(request), signed)
        if request.path == "/host":
            return self._host(request)
        if request.path == "/metrics" and self.metrics is not None:
            kind = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
            return web.Response(body=self.metrics(), headers=NO_STORE | kind)
        return _problem(404, "unknown path; known are /connection, /host and /metrics")

    async def _connection(
        self, request: web.BaseRequest, query: dict[str, str], signed: SignedRequest
    ) -> web.StreamResponse:
        question, wait_s = questions.read_question(query, request.headers)
        known = self._asked.get(_key(question), _UNASKED)
        own = self._cookies.of(replace(question, server=question.server or known.server))
        other_ns = None if own in (None, known.cookie) else known.first_ns
        if wait_s > 0:
            await self._wait_for(question, wait_s, other_ns)
        seen = self._peers.find(question)
        if is_another := seen is not None and seen.first_ns == other_ns:  # only the earlier one was read
            self._note_in_vain(_key(question))
        now_ns = NEVER_NS if is_another else None
        answer = json.loads(self._peers.answer(question, self._inventory, now_ns=now_ns))
        if seen is not None and answer["status"] == "found":
            self._note_asked(question, answer["connection"], seen.first_ns)
        claim = self._claim(question, query.get("address"), signed, answer)
        self.verdicts[claim.verdict] += 1
        headers = NO_STORE | questions.headers_of(answer | {"claim": claim})
        return web.Response(body=questions.body_of(answer, claim), headers=headers, content_type=JSON)

    def _claim(
        self, question: Question, address: str | None, signed: SignedRequest, answer: dict[str, Any]
    ) -> ClientClaim:
        own = ipaddress.ip_address(question.client.address)
        other = ipaddress.ip_address(questions.read_address(address)) if address else own
        if question.user_agent == questions.REPEATED.encode():
            return ClientClaim("", "not_checked", reason="two User-Agents")
        compared = questions.comparison_of(answer, unmapped(own) == unmapped(other), bool(question.brands))
        return judge(
            self.proofs.robots,
            self._peers.database,
            question.user_agent,
            question.platform,
            str(other),
            compared,
            self.proofs.signatures.verify(signed, str(other)),
        )

    def _host(self, request: web.BaseRequest) -> web.StreamResponse:
        query = _parameters(request)
        if set(query) != {"address"}:
            raise questions.MalformedError("a question about a host has address=IP, and nothing else")
        place = self._inventory.place(questions.read_address(query["address"]))
        body = b"" if place is None else b"".join(self._inventory.written("json", place, place + 1))
        if not body:
            return _problem(404, "no packet of this address was seen")
        return web.Response(body=body, headers=NO_STORE, content_type=JSON)

    # -- waiting -----------------------------------------------------------------------------------

    def _note_asked(self, question: Question, found: Mapping[str, Any] | None, first_ns: int) -> None:
        """Note which connection a question was about; the proxy may not know the server's end."""
        server = question.server
        if server is None and found is not None:
            server = PeerAddress(questions.read_address(found["dst_ip"]), found["dst_port"])
        cookie = self._cookies.of(replace(question, server=server))
        if cookie is not None:
            key = _key(question)
            self._asked[key] = _Asked(server, cookie, first_ns)
            self._asked.move_to_end(key)
            if len(self._asked) > MOST_ASKED:
                self._asked.popitem(last=False)

    async def _wait_for(self, question: Question, wait_s: float, other_ns: int | None) -> None:
        """Wait until a ClientHello or a request of the connection was seen, or none can come any more."""
        assert self._loop is not None
        if not question.client.port:  # an address alone: its newest connection may be another client's
            await asyncio.sleep(min(wait_s, SETTLED_S))
            return
        began = self._loop.time()
        while len(self._waiting) < MOST_WAITING:
            one: asyncio.Future[None] = self._loop.create_future()
            self._waiting.add(one)  # before the look-up, so that no row is missed
            try:
                left = self._left_to_wait(question, wait_s, other_ns) - (self._loop.time() - began)
                if left <= 0:
                    break
                late = self._loop.call_later(left, _finish, one)
                await one
                late.cancel()
            finally:
                self._waiting.discard(one)
        if self._loop.time() - began >= wait_s and self._peers.find(question) is None:
            self._note_in_vain(_key(question))

    def _note_in_vain(self, key: object) -> None:
        assert self._loop is not None
        self._in_vain[key] = self._loop.time()
        self._in_vain.move_to_end(key)
        if len(self._in_vain) > MOST_IN_VAIN:
            self._in_vain.popitem(last=False)

    def _left_to_wait(self, question: Question, wait_s: float, other_ns: int | None) -> float:
        """How long the question may wait in all, given what has been seen."""
        seen = self._peers.find(question)
        if seen is None or seen.over or seen.first_ns == other_ns:
            # If an earlier connection between the same ends was seen, this one may not be read yet.
            longest = wait_s if seen is None else min(wait_s, SETTLED_S)
            return 0.0 if self._was_in_vain(question) else longest
        if seen.more or time.time_ns() - seen.first_ns > YOUNG_NS:
            return 0.0
        return min(wait_s, SETTLED_S)

    def _was_in_vain(self, question: Question) -> bool:
        assert self._loop is not None
        since = self._in_vain.get(_key(question))
        return since is not None and self._loop.time() - since < IN_VAIN_S


class _Handler(web.RequestHandler):
    """A proxy's connection. Replaces control characters, which the proxy's client may have sent."""

    head: tuple[int, int] = 0, 0
    """Bytes and lines of the request that is not complete yet."""
    ahead = 0
    """Complete requests that wait."""
    last = b""

    def data_received(self, data: bytes) -> None:
        self.ahead += (self.last + data).count(b"\r\n\r\n")
        self.last = (self.last + data)[-3:]
        rest = data[data.rfind(b"\r\n\r\n") + 1 :]
        before = self.head if len(rest) == len(data) else (0, 0)
        self.head = before[0] + len(rest), before[1] + rest.count(b"\n")
        is_long = self.head[0] > MOST_HEADER or self.head[1] > MOST_LINES
        if (is_long or self.ahead > MOST_AHEAD) and self.transport is not None:
            self.transport.write(TOO_LARGE if is_long else b"")
            self.transport.close()
            return
        super().data_received(AGENT.sub(RENAMED_AGENT, data.translate(UNREADABLE)))

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        answer = _problem(status, message or "no answer")
        answer.force_close()
        return answer


class _Clients(web.Server):
    """All connections. Above the limit, the one idle for longest is closed."""

    def __init__(self, *words: Any, **options: Any) -> None:
        super().__init__(*words, **options)
        self._open: dict[object, asyncio.Transport] = {}
        self._silent: OrderedDict[object, None] = OrderedDict()

    def __call__(self) -> web.RequestHandler:
        return _Handler(self, loop=self._loop, **self._kwargs)

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        super().connection_made(handler, transport)
        transport.set_write_buffer_limits(MOST_UNREAD)
        self._open[handler] = transport
        self._silent[handler] = None
        if len(self._open) > MOST_CLIENTS:
            oldest, _ = self._silent.popitem(last=False)
            self._open.pop(oldest).abort()

    def connection_lost(self, handler: web.RequestHandler, exc: BaseException | None = None) -> None:
        super().connection_lost(handler, exc)
        self._open.pop(handler, None)
        self._silent.pop(handler, None)

    def begin(self, request: web.BaseRequest) -> None:
        if isinstance(request.protocol, _Handler):
            request.protocol.head, request.protocol.ahead = (0, 0), max(0, request.protocol.ahead - 1)
        self._silent.pop(request.protocol, None)

    def end(self, request: web.BaseRequest) -> None:
        if request.protocol in self._open:
            self._silent[request.protocol] = None


def _key(question: Question) -> object:
    return question.client, question.server, question.transport


def _finish(one: asyncio.Future[None]) -> None:
    if not one.done():
        one.set_result(None)


def _address_of(request: web.BaseRequest) -> str | None:
    """The server's own address of a TCP connection, or None."""
    name = None if request.transport is None else request.transport.get_extra_info("sockname")
    return str(name[0]) if isinstance(name, tuple) else None


def _parameters(request: web.BaseRequest) -> dict[str, str]:
    query = request.query
    if len(query) != len(set(query)):
        raise questions.MalformedError("a parameter occurs twice")
    return dict(query)


def _problem(status: int, why: str, more: Mapping[str, str] = {}) -> web.Response:
    body = json.dumps({"error": why}).encode()
    headers = NO_STORE | REFUSED | dict(more)
    return web.Response(status=status, body=body, headers=headers, content_type=JSON)
