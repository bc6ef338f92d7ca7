"""The server: answers, refusals, and waiting for rows."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

import huginn_cffi as hg
from huginn_cffi.base.arguments import Cancel
from huginn_cffi.claims.proofs import RobotProofs
from huginn_cffi.cli import sockets
from huginn_cffi.cli.commands import capture
from huginn_cffi.cli.signals import StopSignals
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.sockets import addresses
from huginn_cffi.sockets.peers import PeerProgress, Peers
from huginn_cffi.sockets.questions import read_question
from huginn_cffi.sockets.socket_file import SocketFile
from tests.support.api_vectors import ANY_LINUX, SEVEN, Packet
from tests.support.captures import pcap
from tests.support.packets import Ip4
from tests.support.peer_rows import LINUX, WINDOWS, request, syn
from tests.support.processes import ROOT
from tests.support.robot_lists import GOOGLEBOT, write

pytest.importorskip("aiohttp", reason="aiohttp is not installed")
from huginn_cffi.sockets import http_server as listening

PATIENCE_S = 60
CLIENT = "192.0.2.1:40000"
SERVER = "198.51.100.2:80"
ASKED_HOST = b"GET /host?address=192.0.2.1 HTTP/1.1\r\nHost: localhost\r\n"
Answer = tuple[int, dict[str, str], dict[str, object]]


class ServerSite:
    """A server, and packets that a capture could have seen."""

    def __init__(self, listener: socket.socket, **options: object) -> None:
        self._analyzer = hg.Analyzer()
        self.inventory = Inventory(self._analyzer.database)
        self.peers = Peers(self._analyzer.database)
        self.where = listener.getsockname()
        self.server = listening.Listener(listener, self.peers, self.inventory, **options)  # type: ignore[arg-type]
        self.server.start()

    def take(self, packets: list[Packet]) -> None:
        """As the thread that captures does it, now."""
        moved = time.time_ns() - packets[0][0]
        timed = [(time + moved, data) for time, data in packets]
        for batch in self._analyzer.batches(pcap(timed, linktype=101)):
            self.inventory.add(batch)
            self.server.take(batch)

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(*self.where[:2], timeout=PATIENCE_S)

    def get(self, target: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
        with closing(self.connect()) as talk:
            talk.request(method, target, headers=headers or {})
            return answer_of(talk)


def answer_of(talk: http.client.HTTPConnection) -> Answer:
    response = talk.getresponse()
    body = response.read()
    is_json = body[:1] == b"{"
    return response.status, dict(response.headers), json.loads(body) if is_json else {"text": body.decode()}


@pytest.fixture
def site() -> Iterator[ServerSite]:
    made = ServerSite(
        addresses.listening_socket(addresses.read_where("127.0.0.1:0"), 8), metrics=lambda: b"counted 1\n"
    )
    try:
        yield made
    finally:
        made.server.stop()


def test_a_connection(site: ServerSite) -> None:
    site.take(request(Ip4(), ANY_LINUX))
    status, headers, body = site.get(
        f"/connection?client={CLIENT}&server={SERVER}", {"User-Agent": LINUX.decode()}
    )
    assert status == 200
    assert {name: value for name, value in headers.items() if name.startswith("Huginn-")} == {
        "Huginn-Status": "found",
        "Huginn-OS": '"Linux"',
        "Huginn-OS-Confidence": str(body["os_confidence"]),
        "Huginn-Client": '"curl"',
        "Huginn-Transport": "tcp",
        "Huginn-Verdict": "consistent",
        "Huginn-Claim": '"Firefox 128 on Linux";verdict=consistent;by=syn',
        "Huginn-Reason": f'"{body["reason"]}"',
    }
    assert headers["Cache-Control"] == "no-store"
    assert body["host"]["connections"] == 1  # type: ignore[index]


def test_a_connection_that_nobody_saw(site: ServerSite) -> None:
    status, headers, body = site.get("/connection?client=[2001:db8::1]:443")
    assert (status, headers["Huginn-Status"], body["host"]) == (200, "not_seen", None)
    assert "Huginn-OS" not in headers


def test_the_original_headers_or_those_with_a_prefix(site: ServerSite) -> None:
    site.take(syn(Ip4(), ANY_LINUX))
    both = {"User-Agent": "proxy/1", "Huginn-User-Agent": WINDOWS.decode()}
    assert site.get(f"/connection?client={CLIENT}", both)[1]["Huginn-Verdict"] == "contradicts"
    hint = {"Sec-CH-UA-Platform": '"Windows"'}
    assert site.get(f"/connection?client={CLIENT}", hint)[1]["Huginn-Verdict"] == "contradicts"
    assert site.get(f"/connection?client={CLIENT}")[1]["Huginn-Verdict"] == "not_checked"


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/connection", 400),
        ("/connection?client=x", 400),
        (f"/connection?client={CLIENT}&client={CLIENT}", 400),
        (f"/connection?client={CLIENT}&wait=now", 400),
        ("/host", 400),
        ("/host?address=x", 400),
        ("/host?address=192.0.2.9", 404),
        ("/", 404),
        ("/connection/", 404),
    ],
)
def test_refusals(site: ServerSite, target: str, status: int) -> None:
    found, headers, body = site.get(target)
    assert (found, list(body)) == (status, ["error"])
    assert headers["Huginn-Status"] == "refused"


@pytest.mark.parametrize("name", ["User-Agent", "Sec-CH-UA", "Sec-CH-UA-Platform", "Huginn-User-Agent"])
def test_headers_with_control_characters(site: ServerSite, name: str) -> None:
    """As a proxy passes them on. The next question on the connection is answered as well."""
    site.take(request(Ip4(), ANY_LINUX))
    header = name.removeprefix("Huginn-")
    asked = f"GET /connection?client={CLIENT} HTTP/1.1\r\nHost: localhost\r\n"
    with socket.create_connection(site.where, PATIENCE_S) as talk:
        for code in (*range(1, 9), 11, 12, *range(14, 32), 127):
            talk.sendall(f"{asked}{name}: Windows{chr(code)}\r\n\r\n".encode())
            response = http.client.HTTPResponse(talk)
            response.begin()
            body = json.loads(response.read())
            assert (response.status, response.headers["Huginn-Status"]) == (200, "found")
            assert (body["client"], body["verdict"]) == ("curl", "not_checked")
            is_named = header == "User-Agent"
            expected = f'"Windows on Windows";verdict=not_checked;reason="{header} has control characters"'
            assert response.headers["Huginn-Claim"] == (expected if is_named else '""')
            assert response.headers["Huginn-Reason"] == f'"{header} has control characters"'


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("User-Agent", "two User-Agents"),
        ("Huginn-User-Agent", "two User-Agents"),
        ("Sec-CH-UA", "a client hint occurs twice"),
    ],
)
def test_headers_that_occur_twice(site: ServerSite, name: str, reason: str) -> None:
    """aiohttp itself refuses some of them."""
    site.take(request(Ip4(), ANY_LINUX))
    with socket.create_connection(site.where, PATIENCE_S) as talk:
        asked = f"GET /connection?client={CLIENT} HTTP/1.1\r\nHost: localhost\r\n"
        talk.sendall(f"{asked}{name}: curl/8\r\n{name.lower()}: Windows\r\n\r\n".encode())
        response = http.client.HTTPResponse(talk)
        response.begin()
    assert (response.status, response.headers["Huginn-Verdict"]) == (200, "not_checked")
    assert response.headers["Huginn-Reason"] == f'"{reason}"'


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *((None, 200), ("localhost", 200), ("LOCALHOST:8089", 200), ("127.0.0.1", 200), ("127.9.9.9:1", 200)),
        *(("[::1]:8089", 200), ("[::1]", 200), ("127.0.0.1:", 421)),
        *(("rebound.example", 421), ("rebound.example:8089", 421), ("localhost.example", 421), ("", 421)),
        *(
            ("192.0.2.1", 421),
            ("127.0.0.1.example", 421),
            ("[::1", 421),
            ("localhost:x", 421),
            ("2130706433", 421),
        ),
    ],
)
def test_a_browser_that_was_sent_here_by_a_name_is_refused(
    site: ServerSite, host: str | None, status: int
) -> None:
    """DNS rebinding: a page's own name leads to this machine, and the page could read what it asks for."""
    line = "" if host is None else f"Host: {host}\r\n"
    with socket.create_connection(site.where, PATIENCE_S) as talk:
        version = "1.0" if host is None else "1.1"
        talk.sendall(f"GET /connection?client={CLIENT} HTTP/{version}\r\n{line}\r\n".encode())
        response = http.client.HTTPResponse(talk)
        response.begin()
        assert response.status == status
        assert response.headers["Huginn-Status"] == ("not_seen" if status == 200 else "refused")


def test_other_methods(site: ServerSite) -> None:
    assert site.get(f"/connection?client={CLIENT}", method="POST")[0] == 405
    assert site.get(f"/connection?client={CLIENT}", method="HEAD")[1]["Huginn-Status"] == "not_seen"


def test_a_host_and_metrics(site: ServerSite) -> None:
    site.take(syn(Ip4(), ANY_LINUX))
    status, _, body = site.get("/host?address=192.0.2.1")
    assert (status, body["event"], body["ip"]) == (200, "host", "192.0.2.1")
    status, headers, text = site.get("/metrics")
    assert (status, text) == (200, {"text": "counted 1\n"})
    assert headers["Content-Type"].startswith("text/plain; version=0.0.4")


def test_many_questions_on_one_connection(site: ServerSite) -> None:
    site.take(syn(Ip4(), ANY_LINUX))
    with closing(site.connect()) as talk:
        for _ in range(20):
            talk.request("GET", f"/connection?client={CLIENT}")
            assert answer_of(talk)[1]["Huginn-Status"] == "found"


def asking(site: ServerSite, target: str) -> tuple[threading.Thread, list[Answer]]:
    """A question in a thread of its own, and its answer, if the server does not end before."""
    found: list[Answer] = []

    def ask() -> None:
        with suppress(http.client.RemoteDisconnected, ConnectionError):
            found.append(site.get(target))

    thread = threading.Thread(target=ask)
    thread.start()
    return thread, found


def until_somebody_waits(site: ServerSite, count: int = 1) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while len(site.server._waiting) < count:
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_rows_that_come_later_are_waited_for(site: ServerSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """First the SYN, then the request, which ends the waiting long before its time."""
    monkeypatch.setattr(listening, "SETTLED_S", PATIENCE_S)
    thread, found = asking(site, f"/connection?client={CLIENT}&wait=5000")
    until_somebody_waits(site)
    packets = request(Ip4(), ANY_LINUX)
    site.take(packets[:1])
    site.take(packets)
    thread.join(PATIENCE_S)
    assert found[0][1]["Huginn-Client"] == '"curl"'


def test_a_connection_without_readable_data_is_not_waited_for(
    site: ServerSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is the rest of an old one, of which the data would have come."""
    monkeypatch.setattr(listening, "MOST_WAITING", 1)
    site.take(syn(Ip4(), ANY_LINUX))
    assert site.get(f"/connection?client={CLIENT}&wait=5000")[1]["Huginn-Status"] == "found"
    monkeypatch.setattr(listening, "YOUNG_NS", 0)
    monkeypatch.setattr(listening, "SETTLED_S", 5000)
    assert site.get(f"/connection?client={CLIENT}&wait=5000")[1]["Huginn-Status"] == "found"


FORGED = {"X-Forwarded-For": "192.0.2.1", "Huginn-Claim": '"Googlebot";verdict=proven;by=address'}
LISTED, OTHER = f"client={CLIENT}", "client=203.0.113.9:40000"


@pytest.mark.parametrize(
    ("query", "agent", "claim"),
    [
        (LISTED, GOOGLEBOT, '"Googlebot";verdict=proven;by=address'),
        ("client=[::ffff:192.0.2.1]:40000", GOOGLEBOT, '"Googlebot";verdict=proven;by=address'),
        (OTHER, GOOGLEBOT, '"Googlebot";verdict=false;by=address;'),
        (f"{OTHER}&address=192.0.2.1", GOOGLEBOT, '"Googlebot";verdict=proven;by=address'),
        (f"{LISTED}&address=203.0.113.9", GOOGLEBOT, '"Googlebot";verdict=false;by=address;'),
        (LISTED, WINDOWS.decode(), '"Firefox 128 on Windows";verdict=contradicts;by=syn;syn="Linux";'),
        # the client's address changed after the SYN
        (OTHER, WINDOWS.decode(), '"Firefox 128 on Windows";verdict=not_checked;reason="no handshake"'),
        # the connection is the proxy's
        (f"{LISTED}&address=203.0.113.9", WINDOWS.decode(), '"Firefox 128 on Windows";verdict=not_checked;'),
    ],
)
def test_claims_and_what_a_client_writes(tmp_path: Path, query: str, agent: str, claim: str) -> None:
    write(tmp_path, "common-crawlers.json", [{"ipv4Prefix": "192.0.2.0/27"}])
    listener = addresses.listening_socket(addresses.read_where("127.0.0.1:0"), 8)
    made = ServerSite(listener, proofs=RobotProofs(tmp_path))
    try:
        made.take(syn(Ip4(), ANY_LINUX))
        found = made.get(f"/connection?{query}", FORGED | {"User-Agent": agent})[1]["Huginn-Claim"]
    finally:
        made.server.stop()
    assert found.startswith(claim)


def test_the_next_connection_between_the_same_ends(site: ServerSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel's number says that a question is about another connection, whose SYN was not read yet."""
    numbers = [b"1", b"1", b"2"]
    monkeypatch.setattr(site.server._cookies, "of", lambda question: numbers[0])
    target = f"/connection?client={CLIENT}&server={SERVER}&wait="
    site.take(request(Ip4(), ANY_LINUX))
    for _ in range(2):
        assert site.get(f"{target}5000")[1]["Huginn-OS"] == '"Linux"'
        numbers.pop(0)
    assert site.get(f"{target}20")[1]["Huginn-Status"] == "not_seen"
    site.server._in_vain.clear()
    monkeypatch.setattr(listening, "SETTLED_S", PATIENCE_S)
    thread, found = asking(site, f"{target}5000")
    until_somebody_waits(site)
    before = syn(Ip4(), replace(SEVEN, sport=9))  # so that the flow has another number
    site.take([*before, *request(Ip4(), replace(SEVEN, sport=ANY_LINUX.sport, seq=70_000))])
    thread.join(PATIENCE_S)
    assert (found[0][1]["Huginn-Status"], found[0][1]["Huginn-OS"]) == ("found", '"Windows"')


def test_after_an_end_the_next_connection_is_waited_for(
    site: ServerSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = read_question({"client": CLIENT, "server": SERVER}, {})[0]
    for over, longest in ((True, listening.SETTLED_S), (False, 0.0)):
        seen = PeerProgress(True, time.time_ns(), over)
        monkeypatch.setattr(site.peers, "find", lambda question, seen=seen: seen)
        assert site.server._left_to_wait(asked, 5.0, None) == longest


def test_nothing_is_waited_for_twice(site: ServerSite) -> None:
    """A connection from before the capture: only its first request is late."""
    assert site.get(f"/connection?client={CLIENT}&wait=1")[1]["Huginn-Status"] == "not_seen"
    assert len(site.server._in_vain) == 1
    waited = []
    site.server._note_in_vain = waited.append  # type: ignore[method-assign, assignment]
    assert site.get(f"/connection?client={CLIENT}&wait=5000")[1]["Huginn-Status"] == "not_seen"
    assert not waited
    site.take(request(Ip4(), ANY_LINUX))
    assert site.get(f"/connection?client={CLIENT}&wait=5000")[1]["Huginn-Status"] == "found"


def test_what_was_waited_for_in_vain_has_a_limit(site: ServerSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MOST_IN_VAIN", 3)
    for port in range(1, 9):
        site.get(f"/connection?client=192.0.2.1:{port}&wait=1")
    assert [client.port for client, *_ in site.server._in_vain] == [6, 7, 8]  # type: ignore[misc]


def test_waiting_questions_have_a_limit(site: ServerSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MOST_WAITING", 1)
    thread, found = asking(site, f"/connection?client={CLIENT}&wait=5000")
    until_somebody_waits(site)
    assert site.get("/connection?client=192.0.2.2:1&wait=5000")[1]["Huginn-Status"] == "not_seen"
    assert not found
    site.take(request(Ip4(), ANY_LINUX))
    thread.join(PATIENCE_S)
    assert found


def closed(talk: socket.socket) -> bool:
    """Wait for the end."""
    talk.settimeout(PATIENCE_S)
    with suppress(ConnectionResetError):
        return talk.recv(1) == b""
    return True


def test_who_is_silent_makes_room(site: ServerSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it said nothing or a part: whoever asks is answered, and who waits for an answer stays."""
    monkeypatch.setattr(listening, "MOST_CLIENTS", 4)
    waiting, found = asking(site, f"/connection?client={CLIENT}&wait=5000")
    until_somebody_waits(site)
    with ExitStack() as opened:
        idle = []
        for said in (b"", b"GET /conn", b"GET / HTTP/1.1\r\nA: ") * 20:
            idle.append(opened.enter_context(socket.create_connection(site.where, PATIENCE_S)))
            idle[-1].sendall(said)
        assert all(map(closed, idle[:-3]))
        assert site.get("/connection?client=192.0.2.9:1")[0] == 200
    assert not found
    site.take(request(Ip4(), ANY_LINUX))
    waiting.join(PATIENCE_S)
    assert found[0][1]["Huginn-Client"] == '"curl"'


def test_connections_have_a_limit(site: ServerSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """When all wait for answers, a further one is closed."""
    monkeypatch.setattr(listening, "MOST_CLIENTS", 2)
    waiting = []
    for number in (1, 2):
        waiting.append(asking(site, f"/connection?client=192.0.2.1:{number}&wait=5000"))
        until_somebody_waits(site, number)
    with socket.create_connection(site.where, PATIENCE_S) as third:
        assert closed(third)
    site.server.stop()
    for thread, _ in waiting:
        thread.join(PATIENCE_S)


def test_some_questions_may_come_before_the_first_answer(site: ServerSite) -> None:
    """More end the connection, also one after the other, or divided anywhere; others are answered."""
    asked = f"GET /connection?client={CLIENT}&wait=50 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    with socket.create_connection(site.where, PATIENCE_S) as talk:
        talk.sendall(asked * listening.MOST_AHEAD)
        answers = b""
        while answers.count(b"Huginn-Status") < listening.MOST_AHEAD:
            answers += talk.recv(1 << 16) or pytest.fail("the connection ended")
    for piece in (asked * 1000, asked, asked[-2:] + asked[:-2]):
        with socket.create_connection(site.where, PATIENCE_S) as talk, suppress(ConnectionError):
            talk.sendall(asked[:-2] if piece[:2] == asked[-2:] else b"")
            for _ in range(1 << 16):
                talk.sendall(piece)
            pytest.fail("the connection did not end")
    assert site.get("/connection?client=192.0.2.9:1")[0] == 200


KINDS_OF_SENDERS = {
    "say nothing": b"",
    "are answered and stay": ASKED_HOST + b"\r\n",
    "never end a head": ASKED_HOST + b"X: " + b"a" * 30_000,
    "read no answer": (ASKED_HOST + b"\r\n") * listening.MOST_AHEAD,
    "ask more than they may": (ASKED_HOST + b"\r\n") * 1000,
    "send a body without an end": ASKED_HOST + b"Content-Length: 1000000000\r\n\r\n" + b"x" * 60_000,
}


@pytest.mark.parametrize("said", KINDS_OF_SENDERS.values(), ids=KINDS_OF_SENDERS)
def test_a_connection_takes_at_most_64_kb(said: bytes) -> None:
    """More than there may be, and as many after these."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.listening.own_process"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        where = ("127.0.0.1", int(process.stdout.readline()))

        def resident_kb() -> int:
            process.stdin.write("\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        before, tops = resident_kb(), []
        for _ in range(2):
            with ExitStack() as talks:
                for _ in range(listening.MOST_CLIENTS + 50):
                    talk = talks.enter_context(socket.create_connection(where, PATIENCE_S))
                    talk.setblocking(False)
                    with suppress(OSError):
                        talk.send(said)
                time.sleep(0.5)
                tops.append(resident_kb())
        assert tops[0] - before < 64 * listening.MOST_CLIENTS
        assert tops[1] - before < 64 * listening.MOST_CLIENTS, "what the first ones took is used again"
        process.stdin.close()
        process.wait(PATIENCE_S)


def test_large_heads_are_refused_and_large_values_taken(site: ServerSite) -> None:
    fits = {"User-Agent": "x" * 20000}
    assert site.get(f"/connection?client={CLIENT}", fits)[0] == 200
    status, headers, _ = site.get(f"/connection?client={CLIENT}", {"User-Agent": "x" * 60000})
    assert (status in (400, 431), headers["Huginn-Status"]) == (True, "refused")


@pytest.mark.parametrize("line", [b"X: " + b"a" * 30000 + b"\r\n", b"X: a\r\n"])
def test_a_head_without_an_end_ends_its_connection(site: ServerSite, line: bytes) -> None:
    """Whatever it consists of, the parser keeps at most so much of it; the next request counts anew."""
    with socket.create_connection(site.where, PATIENCE_S) as talk:
        whole = f"GET /connection?client={CLIENT} HTTP/1.1\r\nHost: localhost\r\n".encode()
        for _ in range(listening.MOST_LINES):
            talk.sendall(whole + b"\r\n")
            while b"\r\n\r\n" not in talk.recv(65536):
                pass
        talk.sendall(whole)
        sent = 0
        with suppress(OSError):  # a reset, or a broken pipe
            while sent < 1 << 26:
                talk.sendall(line)
                sent += len(line)
        assert sent < 1 << 26
    assert site.get(f"/connection?client={CLIENT}")[0] == 200


@pytest.mark.parametrize(
    "said", [b"\0\1\2\3\r\n\r\n", b"GET\r\n\r\n", b"GET /%ff%00?client=%zz HTTP/1.1\r\n\r\n", b""]
)
def test_nonsense_hurts_nobody(site: ServerSite, said: bytes) -> None:
    with socket.create_connection(site.where, PATIENCE_S) as talk:
        talk.sendall(said)
        talk.shutdown(socket.SHUT_WR)
        while talk.recv(4096):
            pass
    assert site.get(f"/connection?client={CLIENT}")[0] == 200


def test_only_some_may_ask() -> None:
    for network, status in (("127.0.0.0/8", 200), ("192.0.2.0/24", 403)):
        listener = addresses.listening_socket(addresses.read_where("127.0.0.1:0"), 8)
        made = ServerSite(listener, allowed=addresses.read_networks([network]))
        try:
            assert made.get(f"/connection?client={CLIENT}")[0] == status
        finally:
            made.server.stop()


def test_a_unix_socket(tmp_path: Path) -> None:
    file = SocketFile(str(tmp_path / "s"))
    made = ServerSite(file.socket)
    with socket.socket(socket.AF_UNIX) as talk:
        talk.settimeout(PATIENCE_S)
        talk.connect(file.path)
        talk.sendall(f"GET /connection?client={CLIENT} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert b"Huginn-Status: not_seen" in talk.recv(10000)
        made.server.stop()
    file.remove()


def test_the_end_is_not_waited_for_by_questions(site: ServerSite) -> None:
    thread, _ = asking(site, f"/connection?client={CLIENT}&wait=5000")
    until_somebody_waits(site)
    site.server.stop()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    with pytest.raises(ConnectionRefusedError):
        site.connect().connect()


def test_a_capture_that_ends_answers_no_more(site: ServerSite) -> None:
    """It has not read all packets: `not_seen` would be wrong, and the proxy goes on without an answer."""
    assert site.get(f"/connection?client={CLIENT}")[0] == 200
    stop, sensor = StopSignals(None), Mock()
    listen = Mock(stopped_by=lambda cancel: sockets._StopsAnswers(cancel, site.server))

    def batches(cancel: Cancel, between: object) -> Iterator[int]:
        yield from () if cancel.is_set() else (1,)

    sensor.batches = batches
    stop._signal = signal.SIGTERM
    capture._run(sensor, stop, *(Mock() for _ in range(3)), Mock(forgotten=0), iter, listen)
    site.server.stop()
    with pytest.raises(ConnectionRefusedError):
        site.get(f"/connection?client={CLIENT}")
