"""Requests as the documentation of Traefik and Envoy describes them, by the settings in share/huginn.

The programs themselves are not here.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.sockets import http_server as server
from huginn_cffi.sockets.questions import NAMES
from huginn_cffi.sockets.socket_file import SocketFile
from tests.listening.test_server import ServerSite, site
from tests.support.api_vectors import ANY_LINUX, SEVEN
from tests.support.core import CORE
from tests.support.packets import Ip4, Ip6
from tests.support.peer_rows import WINDOWS, request

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed (extra docs)")

__all__ = ["site"]

SETTINGS = CORE.parent / "share" / "huginn"
ENDS = {"Huginn-Peer": f"192.0.2.1:{ANY_LINUX.sport}", "Huginn-Local": "198.51.100.2:80"}


def read(name: str) -> Any:
    return yaml.safe_load((SETTINGS / name).read_text(encoding="utf-8"))


def forwarded(client: str) -> dict[str, str]:
    """The headers of a request of ForwardAuth."""
    return {
        "X-Forwarded-Method": "POST",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "www.example.com",
        "X-Forwarded-Uri": "/a?client=192.0.2.99:1",
        "X-Forwarded-For": client,
    }


def traefik_target() -> str:
    address = read("traefik.yaml")["http"]["middlewares"]["huginn"]["forwardAuth"]["address"]
    assert isinstance(address, str)
    assert address.startswith("http://127.0.0.1:8089/")
    return address.removeprefix("http://127.0.0.1:8089")


@pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["4", "6"])
def test_traefik(site: ServerSite, ip: Ip4 | Ip6) -> None:
    site.take(request(ip, ANY_LINUX))
    headers = forwarded(ip.source) | {"User-Agent": WINDOWS.decode()}
    status, answer, _ = site.get(traefik_target(), headers)
    assert (status, answer["Huginn-Status"], answer["Huginn-OS"]) == (200, "found", '"Linux"')
    assert answer["Huginn-Verdict"] == "contradicts"
    assert "Huginn-Transport" not in answer
    site.take(request(ip, replace(SEVEN, sport=40009)))
    status, answer, _ = site.get(traefik_target(), headers)
    assert (status, answer["Huginn-Status"]) == (200, "relayed")
    assert {*answer} & {*NAMES} == {
        "Huginn-Status",
        "Huginn-Verdict",
        "Huginn-Claim",
        "Huginn-Reason",
    }
    assert site.get(traefik_target(), forwarded("192.0.2.200"))[1]["Huginn-Status"] == "not_seen"


@pytest.mark.parametrize("client", ["", "unknown", "192.0.2.1, 192.0.2.2", "192.0.2.1:0", "192.0.2.999"])
def test_a_client_that_is_none(site: ServerSite, client: str) -> None:
    status, answer, body = site.get(traefik_target(), forwarded(client))
    assert (status, answer["Huginn-Status"]) == (400, "refused")
    assert "client" in str(body["error"])


def test_a_connection_that_was_not_read_yet_counts(site: ServerSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another client of the address began while the question came."""
    site.take(request(Ip4(), ANY_LINUX))
    waited = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        site.take(request(Ip4(), replace(SEVEN, sport=40009)))

    with monkeypatch.context() as patch:
        patch.setattr(asyncio, "sleep", sleep)
        answer = site.get(traefik_target(), forwarded("192.0.2.1"))[1]
    assert answer["Huginn-Status"] == "relayed"
    assert waited == [server.SETTLED_S]


def test_the_settings_of_traefik() -> None:
    settings = read("traefik.yaml")["http"]
    auth = settings["middlewares"]["huginn"]["forwardAuth"]
    assert (auth["trustForwardHeader"], auth["authResponseHeadersRegex"]) == (False, "^Huginn-")
    assert all(name.startswith("Huginn-") for name in NAMES)
    assert settings["routers"]["site"]["middlewares"] == ["huginn"]
    assert settings["routers"]["site"]["service"] in settings["services"]


@pytest.fixture
def unix_site(tmp_path: Path) -> Iterator[ServerSite]:
    file = SocketFile(str(tmp_path / "ask"))
    made = ServerSite(file.socket)
    try:
        yield made
    finally:
        made.server.stop()
        file.remove()


def ask(site: ServerSite, line: str, headers: dict[str, str]) -> tuple[int, dict[str, str], dict[str, Any]]:
    """A request as Envoy writes it, over the Unix socket."""
    written = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.socket(socket.AF_UNIX) as talk:
        talk.settimeout(60)
        talk.connect(site.where)
        talk.sendall(f"{line} HTTP/1.1\r\n{written}content-length: 0\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while more := talk.recv(65536):
            answer += more
    head, _, body = answer.decode().partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    return int(first.split()[1]), dict(one.split(": ", 1) for one in lines), json.loads(body or "{}")


@pytest.mark.parametrize(
    "line",
    ["GET /envoy/", "POST /envoy/a/b?client=192.0.2.9:1&x=%2F&x=2", "OPTIONS /envoy", "DELETE /envoy//"],
)
def test_envoy(unix_site: ServerSite, line: str) -> None:
    unix_site.take(request(Ip4(), ANY_LINUX))
    headers = ENDS | {"Host": "www.example.com", "user-agent": WINDOWS.decode()}
    status, answer, body = ask(unix_site, line, headers)
    assert (status, answer["Huginn-Status"], answer["Huginn-OS"]) == (200, "found", '"Linux"')
    assert (answer["Huginn-Verdict"], answer["Huginn-Transport"]) == ("contradicts", "tcp")
    assert body["connection"]["src_port"] == ANY_LINUX.sport


def test_envoy_without_the_server_and_with_ipv6(unix_site: ServerSite) -> None:
    unix_site.take(request(Ip6(), ANY_LINUX))
    peer = f"[{Ip6().source}]:{ANY_LINUX.sport}"
    assert ask(unix_site, "GET /envoy/", {"Host": "x", "huginn-peer": peer})[1]["Huginn-Status"] == "found"


@pytest.mark.parametrize(
    "headers", [{}, {"Huginn-Peer": "/run/x"}, {"Huginn-Peer": "-"}, ENDS | {"Huginn-Local": "x"}]
)
def test_envoy_with_ends_that_are_none(unix_site: ServerSite, headers: dict[str, str]) -> None:
    status, answer, _ = ask(unix_site, "GET /envoy/", {"Host": "x", **headers})
    assert (status, answer["Huginn-Status"]) == (400, "refused")


def test_a_page_cannot_ask_as_envoy_does(site: ServerSite) -> None:
    """Over TCP the name of a site is refused, as everywhere."""
    status, answer, _ = site.get("/envoy/", ENDS | {"Host": "www.example.com"})
    assert (status, answer["Huginn-Status"]) == (421, "refused")
    assert site.get("/envoyer")[0] == 404


def test_the_settings_of_envoy() -> None:
    listeners = read("envoy.yaml")["static_resources"]["listeners"]
    (manager,) = listeners[0]["filter_chains"][0]["filters"]
    mutation, auth, _ = (one["typed_config"] for one in manager["typed_config"]["http_filters"])
    removed = {one["remove"] for one in mutation["mutations"]["request_mutations"]}
    assert removed == {name.lower() for name in NAMES}
    service = auth["http_service"]
    assert (auth["failure_mode_allow"], service["path_prefix"]) == (True, "/envoy")
    added = {one["key"]: one["value"] for one in service["authorization_request"]["headers_to_add"]}
    assert {name.lower() for name in ENDS} == set(added)
    assert service["authorization_response"]["allowed_upstream_headers"]["patterns"] == [
        {"prefix": "huginn-"}
    ]
