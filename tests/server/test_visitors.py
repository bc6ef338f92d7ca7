"""The page about the visitor's own connection: for programs, browsers and attackers."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from huginn_cffi.server import visit, visitors
from huginn_cffi.server.visitors import VisitorServer, Visits
from tests.server.connections import PATIENCE_S, linux
from tests.support.serving import trusting
from tests.support.user_agents import FIREFOX

if TYPE_CHECKING:
    from tests.support.browser import Browser

pytestmark = linux

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.4 Mobile/15E148 Safari/604.1"
)
SUBJECTS = [
    *("Address", "System", "Hops", "Link", "Clock"),
    *("Browser by TLS", "Browser by headers", "Claimed system"),
]


class Seen(NamedTuple):
    value: str
    why: str
    is_red: bool


class VisitPage(HTMLParser):
    """The lines of a page by subject, as a browser would read them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lines: dict[str, Seen] = {}
        self.tags: set[str] = set()
        self._texts: list[str] = []
        self._is_red = self._is_inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "div":
            self._texts, self._is_red, self._is_inside = [], ("class", "contradicts") in attrs, True
        elif self._is_inside:
            self._texts.append("")

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self._texts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "div":
            subject, value, why = self._texts
            self.lines[subject.removesuffix(": contradicts")] = Seen(value, why, self._is_red)
            self._is_inside = False


Serving = Callable[..., AbstractContextManager[VisitorServer]]


@contextmanager
def serving(
    address: str = "127.0.0.1", tls: Path | None = None, visits: Visits | None = None
) -> Iterator[VisitorServer]:
    context = None
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
    with VisitorServer(address, 0, context, visits or Visits()) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield made
        finally:
            made.shutdown()
            thread.join()


def connected(server: VisitorServer, source: str = "") -> socket.socket:
    where = server.server_address
    made = socket.socket(socket.AF_INET6 if ":" in str(where[0]) else socket.AF_INET)
    made.settimeout(PATIENCE_S)
    if source:
        made.bind((source, 0))
    made.connect(where)
    return made


def request(*headers: str, first: str = "GET / HTTP/1.1") -> bytes:
    return "\r\n".join((first, *headers, "", "")).encode()


def received(talk: socket.socket) -> bytes:
    """Everything until the server closes; nothing if it resets the connection."""
    parts = []
    try:
        while part := talk.recv(65536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def answer(server: VisitorServer, data: bytes, source: str = "") -> tuple[int, str]:
    """Status and body of the answer."""
    with closing(connected(server, source)) as talk:
        talk.sendall(data)
        head, _, body = received(talk).partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), body.decode()


def lines(server: VisitorServer, *headers: str) -> dict[str, Seen]:
    status, body = answer(server, request("Host: localhost", *headers))
    assert status == 200
    return VisitPage(body).lines


@pytest.mark.parametrize(("address", "link"), [("127.0.0.1", "Loopback"), ("::1", "unknown")])
def test_an_honest_program(address: str, link: str) -> None:
    with serving(address) as server:
        found = lines(server, "User-Agent: curl/8.0")
    assert list(found) == SUBJECTS
    assert not any(one.is_red for one in found.values())
    assert all(one.why.endswith(".") for one in found.values())
    assert found["Address"].value == address
    assert found["System"].value.startswith("Linux")
    assert "exact match of a specific signature" in found["System"].why
    assert found["Hops"].value == "0"
    assert found["Hops"].why == "The TTL is 64 here and was 64 at first; each router takes 1."
    assert found["Link"].value == link
    assert " shows an MTU of " in found["Link"].why
    assert found["Browser by TLS"].value == "not seen"
    assert found["Browser by headers"].value == "curl"
    assert found["Claimed system"].value == "no known system"


def test_a_foreign_user_agent_is_red() -> None:
    with serving() as server:
        found = lines(server, f"User-Agent: {IPHONE}", "Accept: */*")
    assert [subject for subject, one in found.items() if one.is_red] == [
        "Browser by headers",
        "Claimed system",
    ]
    assert found["Browser by headers"].value == "Safari"
    assert found["Claimed system"].value == "iOS"
    assert "SYN: Linux, User-Agent: iOS" in found["Claimed system"].why


def test_the_same_system_by_another_program_is_red_by_headers_only() -> None:
    with serving() as server:
        found = lines(server, "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0")
    assert [subject for subject, one in found.items() if one.is_red] == ["Browser by headers"]


def test_a_user_agent_is_text() -> None:
    with serving() as server:
        _, body = answer(
            server, request("Host: localhost", 'User-Agent: <script>alert("1")</script><b>&amp;{lines}%s')
        )
    page = VisitPage(body)
    assert not page.tags & {"script", "b"}
    assert '<script>alert("1")</script><b>&amp;{lines}%s' in page.lines["Browser by headers"].why


def test_forwarded_headers_are_not_believed() -> None:
    forwarded = ["X-Forwarded-For: 203.0.113.9", "Forwarded: for=203.0.113.9", "X-Real-IP: 203.0.113.9"]
    with serving() as server:
        found = lines(server, *forwarded)
        plain = lines(server)
    assert found["Address"].value == "127.0.0.1"
    assert "Ignored, because any client can send it: forwarded, x-forwarded-for" in found["Address"].why
    assert "203.0.113.9" not in str(found)
    assert "Ignored" not in plain["Address"].why


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *(
            ("localhost", 200),
            ("LOCALHOST:80", 200),
            ("127.0.0.1", 200),
            ("127.0.0.1:9", 200),
            ("[::1]", 200),
        ),
        *(("rebound.example", 421), ("rebound.example:8080", 421), ("192.0.2.1", 421), ("localhost.x", 421)),
        *(("", 421), ("127.0.0.1.rebound.example", 421), ("[fe80::1%lo]", 421)),
    ],
)
def test_names_of_other_sites_are_refused(host: str, status: int) -> None:
    with serving() as server:
        assert answer(server, request(f"Host: {host}"))[0] == status


def test_link_local_addresses() -> None:
    for line in Path("/proc/net/if_inet6").read_text().splitlines():
        digits, _, _, scope, flags, name = line.split()
        if scope == "20" and not int(flags, 16) & 0x40:  # link-local, and not tentative
            break
    else:
        pytest.skip("no interface has a link-local address")
    address = socket.inet_ntop(socket.AF_INET6, bytes.fromhex(digits))
    with serving(f"{address}%{name}") as server:
        assert server.url == f"http://[{address}%25{name}]:{server.server_address[1]}/"
        for host in (f"[{address}]", f"[{address}%25{name}]:80", f"[{address}%{name}]"):
            status, body = answer(server, request(f"Host: {host}"))
            assert status == 200, host
        found = VisitPage(body).lines
        assert found["Address"].value == address
        assert found["System"].value.startswith("Linux")
        assert answer(server, request("Host: [fe80::dead:beef]"))[0] == 421


def test_two_phones_behind_one_address() -> None:
    """Both are connected before either asks; each sees its own hops and link."""
    with serving() as server, ExitStack() as stack:
        talks = []
        for ttl, segment in ((64, 1460), (61, 1360)):
            talk = stack.enter_context(closing(socket.socket()))
            talk.settimeout(PATIENCE_S)
            talk.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, ttl)
            talk.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, segment)
            talk.connect(server.server_address)
            talks.append(talk)
        found = []
        for talk, agent in zip(reversed(talks), (FIREFOX, "curl/8.0"), strict=True):
            talk.sendall(request("Host: localhost", f"User-Agent: {agent}"))
            found.append(VisitPage(received(talk).decode()).lines)
    far, near = found
    assert (far["Hops"].value, near["Hops"].value) == ("3", "0")
    assert "MTU of 1400." in far["Link"].why
    assert "MTU of 1500." in near["Link"].why
    assert (far["Browser by headers"].value, near["Browser by headers"].value) == ("Firefox", "curl")


def test_a_flood_of_visitors() -> None:
    visits = Visits()
    with serving(visits=visits) as server, ExitStack() as stack:
        held = [stack.enter_context(closing(connected(server))) for _ in range(visitors.MOST_OF_ONE)]
        with closing(connected(server)) as one_more:
            assert received(one_more) == b""
        assert answer(server, request("Host: localhost"), "127.0.0.2")[0] == 200  # others are served
        for number in range(3, 3 + visitors.MOST_VISITORS // visitors.MOST_OF_ONE - 1):
            held += [
                stack.enter_context(closing(connected(server, f"127.0.0.{number}")))
                for _ in range(visitors.MOST_OF_ONE)
            ]
        assert len(held) == visitors.MOST_VISITORS
        with closing(connected(server, "127.0.0.9")) as one_more:
            assert received(one_more) == b""
        assert visits.turned_away == 2
        held[0].sendall(request("Host: localhost"))
        assert received(held[0]).startswith(b"HTTP/1.1 200 ")
    assert visits.pages == 2
    assert visits.connections == visitors.MOST_VISITORS + 3


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: local"])
@pytest.mark.parametrize("encrypted", [False, True])
def test_a_visitor_that_does_not_go_on(
    monkeypatch: pytest.MonkeyPatch, certificate: Path, sent: bytes, encrypted: bool
) -> None:
    monkeypatch.setattr(visitors, "PATIENCE_S", 0.2)
    visits = Visits()
    used = certificate if encrypted else None
    with serving(tls=used, visits=visits) as server, closing(connected(server)) as talk:
        talk.sendall(sent)
        assert received(talk) == b""  # ends
    assert (visits.pages, visits.connections) == (0, 1)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (request("Host: localhost", f"X: {'x' * visitors.MOST_HEAD}"), 431),
        (request("Host: localhost", *(f"X-{number}: 1" for number in range(200))), 431),
        (request("Host: localhost", first="GET /favicon.ico HTTP/1.1"), 404),
        (request("Host: localhost", first="GET http://other.example/ HTTP/1.1"), 404),
        (request("Host: localhost", "Content-Length: 3", first="POST / HTTP/1.1"), 501),
        (request("Host: localhost", first="GET / HTTP/2.0"), 505),
        (request("Host: localhost", first="nonsense"), 400),
        (b"\x00\xff\r\n\r\n", 400),
        (request("Host: localhost", first="HEAD / HTTP/1.1"), 200),
        (request(first="GET / HTTP/1.0"), 200),
    ],
)
def test_other_requests(data: bytes, status: int) -> None:
    with serving() as server:
        found, body = answer(server, data)
        assert found == status
        assert data[:4] != b"HEAD" or body == ""
        assert answer(server, request("Host: localhost"))[0] == 200


def test_without_a_syn(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on other systems: the headers are still read."""
    monkeypatch.setattr("huginn_cffi.server.sockets.saved_syn", lambda connection: b"")
    with serving() as server:
        found = lines(server, f"User-Agent: {FIREFOX}")
    assert list(found) == SUBJECTS
    for subject in ("System", "Hops", "Link", "Clock"):
        assert found[subject].value == "not seen"
        assert found[subject].why.startswith("The kernel answered a flood")
    assert found["Browser by headers"].value.startswith("Firefox")
    assert "no SYN is known" in found["Claimed system"].why


def test_with_tls(certificate: Path) -> None:
    with serving(tls=certificate) as server:
        port = server.server_address[1]
        talk = http.client.HTTPSConnection(
            "127.0.0.1", port, timeout=PATIENCE_S, context=trusting(certificate)
        )
        talk.request("GET", "/", headers={"User-Agent": "Python-urllib/3.11"})
        found = VisitPage(talk.getresponse().read().decode()).lines
        talk.close()
        assert found["System"].value.startswith("Linux")
        assert found["Browser by TLS"].why.startswith("By the ClientHello with JA4 t13")
        assert not any(one.is_red for one in found.values())
        with closing(connected(server)) as plain:
            plain.sendall(request("Host: localhost"))
            assert b"HTTP" not in received(plain)


def test_a_certificate_proves_a_name(certificate: Path) -> None:
    """A name that the client has verified is this server's own; the request's alone is not."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with serving(tls=certificate) as server:
        for host, status in (("mine.example:8443", 200), ("other.example", 421)):
            with closing(context.wrap_socket(connected(server), server_hostname="mine.example")) as talk:
                talk.sendall(request(f"Host: {host}"))
                assert received(talk).startswith(f"HTTP/1.1 {status} ".encode())


READ = "return document.documentElement.outerHTML"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chromium_as_large_as_a_phone(window: Browser, scheme: str) -> None:
    with serving() as server:
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
        window.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        window.complaints()
        window.requests()
        window.driver.get(server.url)
        found = VisitPage(window.run(READ)).lines
        assert window.requests() == [server.url]
        assert window.complaints() == []
        widths = window.run("return [document.documentElement.scrollWidth, innerWidth]")
    assert widths == [390, 390]
    assert found["System"].value.startswith("Linux")
    assert found["Hops"].value == "0"
    assert found["Browser by headers"].value.startswith("Chrom")
    assert found["Claimed system"].value == "Linux"
    assert not found["Claimed system"].is_red


def test_firefox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No program drives Debian's: it takes a picture, and the server notes the page."""
    if (program := shutil.which("firefox")) is None:
        pytest.skip("the Debian package firefox-esr is not installed")
    pages = []

    def noted(*arguments: object) -> bytes:
        pages.append(visit.page_of(*arguments))  # type: ignore[arg-type]
        return pages[-1]

    monkeypatch.setattr(visitors, "page_of", noted)
    shot = tmp_path / "page.png"
    with serving() as server:
        command = [program, "--headless", "--profile", str(tmp_path / "profile"), "--no-remote"]
        command += ["--window-size=500,844", "--screenshot", str(shot), server.url]
        (tmp_path / "profile").mkdir()
        environment = {**os.environ, "HOME": str(tmp_path)}
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S * 3, env=environment)
    assert shot.read_bytes().startswith(b"\x89PNG")
    found = VisitPage(pages[0].decode()).lines
    assert found["System"].value.startswith("Linux")
    assert found["Hops"].value == "0"
    assert found["Browser by headers"].value.startswith("Firefox")
    assert not any(one.is_red for one in found.values())
