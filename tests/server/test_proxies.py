"""Headers of proxies, from those that are named and from others."""

from __future__ import annotations

import http.client
from typing import Any

import pytest

from huginn_cffi.server import clients, proxies, systems
from huginn_cffi.server.proxies import Proxies
from tests.server.connections import PATIENCE_S, linux
from tests.server.test_systems import LINUX, WINDOWS
from tests.support import packets
from tests.support.packets import Ip4, Tcp
from tests.support.serving import SERVERS, free_port, served

JA4 = "t13d1516h2_8daaf6152771_d8a2da3f94cd"
SYN = ("X-TCP-SYN", WINDOWS.hex())


def gained(named: Proxies) -> dict[str, int]:
    return {name: count for name, count in named.counts.items() if count}


@pytest.mark.parametrize(
    "peer", ["10.1.2.3", "::ffff:10.1.2.3", "2001:db8::1", "fe80::1%eth0", "192.0.2.1", ""]
)
def test_named_proxies(peer: str) -> None:
    named = Proxies(["10.0.0.0/8", "2001:db8::/32", "fe80::1", "192.0.2.1", "unix"])
    found, ja4 = named.read(peer, [("Host", "a"), SYN, ("x-ja4", JA4)])
    assert found == systems.system(WINDOWS)
    assert ja4 == JA4
    assert gained(named) == {"read": 1}


@pytest.mark.parametrize("peer", ["10.1.2.4", "::1", "", "nonsense", "10.1.2.3:80"])
def test_headers_from_others_are_ignored_and_counted(peer: str) -> None:
    named = Proxies(["10.1.2.3"])
    assert named.read(peer, [SYN]) == (None, None)
    assert named.read(peer, [("X-JA4", JA4)]) == (None, None)
    assert named.read(peer, [("Host", "a")]) == (None, None)
    assert gained(named) == {"forged": 2}


@pytest.mark.parametrize(
    ("values", "counted"),
    [
        ([], "absent"),
        ([""], "absent"),
        (["no hex"], "unreadable"),
        (["é"], "unreadable"),
        ([WINDOWS.hex(), LINUX.hex()], "unreadable"),
        ([f"{WINDOWS.hex()},{LINUX.hex()}"], "unreadable"),
        ([WINDOWS[:30].hex()], "unreadable"),
        ([packets.packet(Ip4(), Tcp(flags=packets.SYN | packets.ACK)).hex()], "unreadable"),
        (["00" * 600], "unreadable"),
        ([WINDOWS.hex().upper()], "read"),
        ([(bytes(12) + b"\x08\0" + WINDOWS).hex()], "read"),
    ],
)
def test_what_a_proxy_may_send(values: list[str], counted: str) -> None:
    named = Proxies(["10.1.2.3"])
    found, _ = named.read("10.1.2.3", [("X-Tcp-Syn", value) for value in values])
    assert gained(named) == {counted: 1}
    assert (found is not None) == (counted == "read")
    if found is not None:
        assert found.family == "Windows"


@pytest.mark.parametrize("value", ["", "x", JA4.upper(), JA4 + "0", JA4 + "\n", f"{JA4},{JA4}"])
def test_what_is_no_ja4(value: str) -> None:
    assert Proxies(["10.1.2.3"]).read("10.1.2.3", [("X-JA4", value)])[1] is None
    assert Proxies(["10.1.2.3"]).read("10.1.2.3", [("X-JA4", JA4)] * 2)[1] is None


def test_other_names_and_wrong_addresses() -> None:
    named = Proxies(["10.1.2.3"], syn_header="X-Syn", ja4_header="X-Hello")
    found, ja4 = named.read("10.1.2.3", [("x-syn", WINDOWS.hex()), ("x-hello", JA4), SYN])
    assert found is not None
    assert ja4 == JA4
    with pytest.raises(ValueError, match=r"10\.1\.2\.300"):
        Proxies(["10.1.2.300"])
    with pytest.raises(TypeError, match="addresses must be texts in a list"):
        Proxies("10.1.2.3")


def test_wsgi() -> None:
    seen: dict[str, Any] = {}
    app = Proxies(["10.1.2.3"]).wsgi(lambda environ, _: seen.update(environ))
    own = systems.system(LINUX)
    app(
        {clients.PEER: "10.1.2.3", clients.KEY: own, "HTTP_X_TCP_SYN": WINDOWS.hex(), "HTTP_X_JA4": JA4}, None
    )
    assert (seen[clients.KEY].family, seen[proxies.JA4_KEY]) == ("Windows", JA4)
    app(
        {clients.PEER: "10.9.9.9", clients.KEY: own, "HTTP_X_TCP_SYN": WINDOWS.hex(), "HTTP_X_JA4": JA4}, None
    )
    assert (seen[clients.KEY], seen[proxies.JA4_KEY]) == (own, None)
    app({clients.PEER: "10.1.2.3", clients.KEY: own}, None)  # the SYN is the proxy's, not the client's
    assert seen[clients.KEY] is None
    app({"REMOTE_ADDR": "10.1.2.3", clients.KEY: None, "HTTP_X_TCP_SYN": WINDOWS.hex()}, None)
    assert seen[clients.KEY] is None  # REMOTE_ADDR may be what a header said


@linux
@pytest.mark.parametrize("trusted", ["127.0.0.1", "192.0.2.1"])
@pytest.mark.parametrize("name", ["uvicorn", "hypercorn"])
def test_asgi(name: str, trusted: str) -> None:
    """A client that names another address in X-Forwarded-For is judged by the connection's own."""
    pytest.importorskip(name, reason=f"{name} is not installed")
    port = free_port("127.0.0.1")
    code = (
        f"import sys; sys.path.insert(0, {str(SERVERS)!r})\n"
        "import asgi_app; from huginn_cffi.server.proxies import Proxies\n"
        f"asgi_app.app = Proxies([{trusted!r}]).asgi(asgi_app.app)\n"
        f"asgi_app.with_{name}('127.0.0.1', {port})\n"
    )
    with served(["-c", code], "127.0.0.1", port):
        talk = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        talk.request("GET", "/", headers={"X-Forwarded-For": "192.0.2.1", "X-TCP-SYN": WINDOWS.hex()})
        answer = talk.getresponse().read().decode()
        talk.close()
    assert answer.startswith("Windows" if trusted == "127.0.0.1" else "Linux")
