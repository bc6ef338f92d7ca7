"""Proxies with the settings in share/huginn ask a capture, and go on without it. Needs root."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.proxied import FORGED, MAKERS, SITE, TIMEOUT_S, ProxiedServer, stage
from tests.support import network as net
from tests.support.robot_lists import GOOGLEBOT, write
from tests.support.server_certificate import certificate

__all__ = ["certificate"]

AGAIN = """
import http.client, json, socket, ssl, struct, sys
def ask(suite, port):
    context = ssl._create_unverified_context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(suite)
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    plain.bind(("", port))
    plain.connect((sys.argv[1], 443))
    talk = http.client.HTTPConnection(sys.argv[1])
    talk.sock = context.wrap_socket(plain)
    talk.request("GET", "/")
    found = json.loads(talk.getresponse().read()).get("huginn-ja4")
    talk.close()
    return found
suites = ("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384")
own = [ask(suite, 41000 + number) for number, suite in enumerate(suites)]
print(json.dumps([own, [ask(suites[number % 2], 42000) for number in range(20)]]))
"""
"""Two clients take turns with one port, without a pause: as behind NAT, or to be taken for one another."""

CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)


@pytest.fixture
def network() -> Iterator[net.Network]:
    with net.network(tagged=False) as made:
        yield made


@pytest.fixture(params=sorted(MAKERS))
def staged(
    request: pytest.FixtureRequest, network: net.Network, certificate: Path
) -> Iterator[ProxiedServer]:
    with stage(request.param, network, certificate) as made:
        yield made


def forged() -> list[str]:
    return [word for header in FORGED for word in ("-H", header)]


def known(headers: dict[str, str]) -> dict[str, str]:
    """Those about the client."""
    return {name: value for name, value in headers.items() if name.startswith("huginn-")}


@pytest.mark.parametrize("version", ["--http1.1", "--http2"])
def test_the_application_gets_the_headers(staged: ProxiedServer, version: str) -> None:
    with staged.capturing():
        headers = staged.curl(version, *forged(), "-H", "Cookie: secret=1")
    found = known(headers)
    assert found["huginn-status"] == "found"
    assert (found["huginn-os"], found["huginn-client"]) == ('"Linux"', '"curl"')
    assert found["huginn-transport"] == "tcp"
    assert found["huginn-ja4"].startswith('"t13')
    assert 0.9 < float(found["huginn-os-confidence"]) <= 1
    assert "huginn-tool" not in found
    assert "forged" not in str(headers)
    assert headers["cookie"] == "secret=1"


def test_a_port_that_is_used_again_at_once(staged: ProxiedServer) -> None:
    """No answer is the earlier connection's, of which the end was not read either."""
    with staged.capturing():
        command = net.inside(staged.network.client, [sys.executable, "-c", AGAIN, SITE])
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S)
    (one, other), found = json.loads(done.stdout)
    assert one != other
    assert None not in (one, other)
    assert {*found[::2]} <= {one, None}
    assert {*found[1::2]} <= {other, None}
    assert found.count(None) < 10


@pytest.mark.parametrize("version", ["--http1.1", "--http2"])
def test_a_client_cannot_take_them_away(staged: ProxiedServer, version: str) -> None:
    """As headers of its connection alone, which a proxy does not pass on."""
    named = "Connection: keep-alive, huginn-client, Huginn-OS,HUGINN-STATUS"
    with staged.capturing():
        found = known(staged.curl(version, "-H", named))
    assert (found["huginn-status"], found["huginn-os"], found["huginn-client"]) == (
        "found",
        '"Linux"',
        '"curl"',
    )


def test_what_the_client_says_of_itself_is_compared(staged: ProxiedServer) -> None:
    with staged.capturing():
        windows = staged.curl("-A", CHROME.replace("X11; Linux x86_64", "Windows NT 10.0; Win64; x64"))
        same = staged.curl("-A", CHROME)
        hint = staged.curl("-A", CHROME, "-H", 'Sec-CH-UA-Platform: "Windows"')
    assert windows["huginn-verdict"] == "contradicts"
    assert "Windows" in windows["huginn-reason"]
    assert same["huginn-verdict"] == "consistent"
    assert ';verdict=contradicts;by=hello;hello="curl"' in same["huginn-claim"]
    assert hint["huginn-verdict"] == "contradicts"


def test_robots_by_address_and_by_signature(staged: ProxiedServer, tmp_path: Path) -> None:
    """And nothing that the client writes makes its address another one."""
    pytest.importorskip("http_message_signatures", reason="http-message-signatures is not installed")
    from tests.support.signing import AGENT, HOST, JWK, signed

    write(tmp_path, "common-crawlers.json", [{"ipv4Prefix": "192.0.2.0/24"}])
    write(tmp_path, "bingbot.json", [{"ipv4Prefix": f"{net.CLIENT_IP4}/32"}])
    (tmp_path / f"{HOST}.json").write_text(json.dumps({"keys": [JWK]}))
    asked = {'"@authority"': SITE, '"@method"': "GET", '"signature-agent"': f'"{AGENT}"'}

    def headers(nonce: str, path: str = "/") -> list[str]:
        now = int(time.time())
        made = signed(asked | {'"@path"': path}, created=now, expires=now + 60, nonce=nonce).headers
        return [word for name, value in made.items() for word in ("-H", f"{name}: {value}")]

    elsewhere = [f"{name}: 192.0.2.1" for name in ("X-Forwarded-For", "X-Real-IP", "Huginn-Peer")]
    written = [word for header in elsewhere for word in ("-H", header)]
    other = ("-H", "Host: site.test")
    with staged.capturing("--robots", str(tmp_path), "--site", SITE):
        claims = {
            "false": staged.curl("-A", GOOGLEBOT, *written, *forged())["huginn-claim"],
            "by=address": staged.curl("-A", "bingbot/2.0")["huginn-claim"],
            "by=signature": staged.curl("-A", "own/1", *(once := headers("a")))["huginn-claim"],
            "it was used before": staged.curl("-A", "own/1", *once)["huginn-claim"],
            "the signature is wrong": staged.curl("-A", "own/1", *headers("b", "/other"))["huginn-claim"],
            "it is for another site": staged.curl("-A", "own/1", *other, *headers("c"))["huginn-claim"],
        }
    for word, claim in claims.items():
        assert word in claim, claims
    assert [";verdict=proven" in one for one in claims.values()] == [False, True, True, False, False, False]


def test_the_site_goes_on_without_the_capture(staged: ProxiedServer) -> None:
    """Before it was ever there, after it was killed, and once it is back where its socket was left."""
    assert not known(staged.curl(*forged()))
    for _ in range(2):
        with staged.capturing() as capture:
            assert known(staged.curl())["huginn-status"] == "found"
            capture.process.send_signal(signal.SIGKILL)
            capture.process.wait(20)
            assert staged.socket.exists()
            assert not known(staged.curl(*forged()))


def test_the_site_goes_on_when_the_capture_hangs(staged: ProxiedServer) -> None:
    with staged.capturing() as capture:
        assert known(staged.curl())["huginn-status"] == "found"
        capture.process.send_signal(signal.SIGSTOP)
        try:
            assert not known(staged.curl(*forged()))
            assert not known(staged.curl(*forged()))
            if (staged.folder / "nginx.conf").exists():  # it does not wait again
                assert "no live upstreams" in staged.logs()
        finally:
            capture.process.send_signal(signal.SIGCONT)


@pytest.mark.parametrize("agent", ["Windows\x01", "Windows\x7f"])
def test_control_characters_of_clients(staged: ProxiedServer, agent: str) -> None:
    """Caddy and Apache refuse such a request themselves. Of others the connection is answered."""
    with staged.capturing():
        command = ["curl", "-sk", "--max-time", "20", "--http1.1", "-A", agent, f"https://{SITE}/"]
        text = subprocess.run(
            net.inside(staged.network.client, command), capture_output=True, text=True
        ).stdout
    if text.startswith("{"):
        found = known(json.loads(text))
        assert (found["huginn-status"], found["huginn-verdict"]) == ("found", "not_checked")
        assert found["huginn-reason"] == '"User-Agent has control characters"'


def test_two_user_agents(staged: ProxiedServer) -> None:
    """They are not compared, or the application gets what was compared."""
    with staged.capturing():
        headers = staged.curl("--http1.1", "-H", f"User-Agent: {CHROME}", "-H", "User-Agent: other")
    if known(headers)["huginn-reason"] == '"two User-Agents"':
        assert known(headers)["huginn-verdict"] == "not_checked"
        assert known(headers)["huginn-claim"].startswith('"";verdict=not_checked;')
    else:
        assert headers["user-agent"] in (CHROME, f"{CHROME}, other")


def test_a_long_header_passes_with_an_answer_or_not_at_all(staged: ProxiedServer) -> None:
    with staged.capturing():
        command = [
            "curl",
            "-sk",
            "--max-time",
            "20",
            "--http1.1",
            "-H",
            "X: " + "x" * 33_000,
            f"https://{SITE}/",
        ]
        said = subprocess.run(
            net.inside(staged.network.client, command), capture_output=True, text=True
        ).stdout
    if said.startswith("{"):
        assert known(json.loads(said))["huginn-status"] == "found"


@pytest.mark.parametrize("status", [0, 302, 400, 401, 421, 503])
def test_the_site_goes_on_whatever_answers(staged: ProxiedServer, status: int) -> None:
    """Another program at the socket, which closes (0), or refuses. Our own refusals say so."""
    own = "Huginn-Status: refused\r\n" if status in (400, 421) else ""
    answer = f"HTTP/1.1 {status} No\r\n{own}Content-Length: 0\r\nConnection: close\r\n\r\n" if status else ""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(staged.socket))
        staged.socket.chmod(0o666)
        listener.listen(8)

        def serve() -> None:
            while True:
                try:
                    talk, _ = listener.accept()
                except OSError:
                    return
                with talk:
                    talk.recv(10000)
                    talk.sendall(answer.encode())

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        found = known(staged.curl(*forged()))
        deadline = time.monotonic() + TIMEOUT_S
        while own and not found:  # Caddy leaves a socket alone for 2 s that was not there
            assert time.monotonic() < deadline
            found = known(staged.curl(*forged()))
        listener.shutdown(socket.SHUT_RDWR)
    assert found == ({"huginn-status": "refused"} if own else {})
