"""Claims of a server's own clients: the example verdicts, middleware, and headers that anybody can forge."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi import server
from huginn_cffi.server import systems
from huginn_cffi.server.claims import CLAIM_KEY, Claims
from huginn_cffi.server.clients import KEY, PEER
from huginn_cffi.server.proxies import Proxies
from tests.server.test_connections import BROWSER, CHROME, database
from tests.server.test_hellos import HELLO
from tests.server.test_systems import LINUX
from tests.support.robot_lists import GOOGLEBOT, write

__all__ = ["database"]

ROBOT = [("User-Agent", GOOGLEBOT)]
WINDOWS = CHROME.replace("X11; Linux x86_64", "Windows NT 10.0; Win64; x64")
FORGED = [
    ("Huginn-Claim", '"Googlebot";verdict=proven;by=address'),
    ("X-Forwarded-For", "192.0.2.1"),
    ("X-Real-IP", "192.0.2.1"),
    ("Forwarded", "for=192.0.2.1"),
]


@pytest.fixture
def claims(tmp_path: Path) -> Claims:
    write(tmp_path, "common-crawlers.json", [{"ipv4Prefix": "192.0.2.0/27"}])
    return Claims(tmp_path)


def test_a_robot_by_its_address(claims: Claims) -> None:
    assert claims.claim(ROBOT, address="192.0.2.1").verdict == "proven"
    assert claims.claim(ROBOT, address="::ffff:192.0.2.1").verdict == "proven"
    assert claims.claim([*ROBOT, *FORGED], address="203.0.113.9").verdict == "false"
    assert claims.claim(ROBOT).reason == "the client's address is not known"
    assert Claims().claim(ROBOT, address="192.0.2.1").verdict == "not_checked"


def test_a_browser(claims: Claims, database: hg.Database) -> None:
    linux = systems.system(LINUX)
    found = claims.claim(BROWSER, client=linux)
    assert str(found) == '"Chrome 149 on Linux";verdict=consistent;by="syn headers"'
    windows = [(name, WINDOWS if name == "user-agent" else value) for name, value in BROWSER]
    assert str(claims.claim(windows, client=linux)) == (
        '"Chrome 149 on Windows";verdict=contradicts;by=syn;syn="Linux";reason="another system than its browser says"'  # noqa: E501
    )
    hello = server.read_hello(HELLO, database)
    other = claims.claim(BROWSER, client=systems.system(LINUX, database), hello=hello)
    assert (other.verdict, other.by, other.details["hello"]) == ("contradicts", ("syn", "hello"), "Schannel")
    assert claims.claim({"User-Agent": "own/1"}).reason == "no handshake"
    assert str(claims.claim({})) == '""'


def test_two_user_agents(claims: Claims) -> None:
    found = claims.claim([*ROBOT, ("user-agent", CHROME)], address="203.0.113.9")
    assert (found.name, found.verdict, found.reason) == ("", "not_checked", "two User-Agents")


def asgi(claims: Claims, headers: list[tuple[str, str]], peer: str) -> str:
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": "/a",
        "raw_path": b"/a",
        "query_string": b"b=c",
        "scheme": "https",
        "http_version": "2",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
        "state": {PEER: peer, KEY: None},
    }

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        pass

    asyncio.run(claims.asgi(app)(scope, None, None))
    return str(scope["state"][CLAIM_KEY])


def wsgi(claims: Claims, headers: list[tuple[str, str]], peer: str) -> str:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/a",
        "QUERY_STRING": "b=c",
        PEER: peer,
        KEY: None,
    }
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers}
    claims.wsgi(lambda environ, start: None)(environ, None)
    return str(environ[CLAIM_KEY])


@pytest.mark.parametrize("serve", [asgi, wsgi])
def test_middleware(claims: Claims, serve: Any, tmp_path: Path) -> None:
    assert ";verdict=proven" in serve(claims, ROBOT, "192.0.2.1")
    assert ";verdict=false" in serve(claims, [*ROBOT, *FORGED], "203.0.113.9")
    behind = Claims(tmp_path, proxies=Proxies(["10.0.0.0/8", "unix"]))
    for proxy in ("10.1.2.3", ""):
        assert ";verdict=proven" in serve(
            behind, [*ROBOT, ("X-Forwarded-For", "203.0.113.9, 192.0.2.1")], proxy
        )
        assert ";verdict=false" in serve(
            behind, [*ROBOT, ("X-Forwarded-For", "192.0.2.1, 203.0.113.9")], proxy
        )
        assert ";verdict=not_checked" in serve(behind, ROBOT, proxy), "the proxy names nobody"
    assert ";verdict=false" in serve(behind, [*ROBOT, *FORGED], "203.0.113.9"), "no proxy of ours"


@pytest.mark.parametrize("serve", [asgi, wsgi])
def test_a_signed_request(tmp_path: Path, serve: Any) -> None:
    pytest.importorskip("http_message_signatures", reason="http-message-signatures is not installed")
    from tests.support.signing import HOST, JWK, SITE, signed

    (tmp_path / f"{HOST}.json").write_text(json.dumps({"keys": [JWK]}))
    now = int(time.time())
    request = signed(
        {
            '"@authority"': SITE,
            '"@method"': "GET",
            '"@target-uri"': f"https://{SITE}/a?b=c",
            '"signature-agent"': f'"https://{HOST}"',
        },
        created=now,
        expires=now + 60,
    )
    claims = Claims(tmp_path, sites=[SITE])
    headers = [("Host", SITE), ("User-Agent", "own/1"), *request.headers.items()]
    assert serve(claims, headers, "203.0.113.9") == f'"{HOST}";verdict=proven;by=signature'
    again = serve(claims, headers, "203.0.113.9")
    assert again.endswith(';reason="signature: it was used before"')
    assert (claims.proofs.signatures.counts["valid"], claims.proofs.signatures.counts["replayed"]) == (1, 1)
