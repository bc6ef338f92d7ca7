"""``huginn me``: where it listens, what it prints, and how it ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from huginn_cffi.base.errors import LibpcapError
from huginn_cffi.cli import main
from huginn_cffi.cli.commands import me
from huginn_cffi.sources import interfaces
from huginn_cffi.sources.interfaces import Interface

PATIENCE_S = 60


def test_it_serves_prints_its_addresses_and_keeps_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "huginn_cffi", "me", "--port", "0"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            said = [process.stderr.readline() for _ in range(2)]
            while "Ctrl-C" not in said[-1]:
                said.append(process.stderr.readline())
            urls = []
            while "127.0.0.1" not in (line := process.stdout.readline()):
                urls.append(line.strip())
            urls.append(line.strip())
            ports = {url.rstrip("/").rpartition(":")[2] for url in urls}
            assert len(ports) == 1
            assert "0" not in ports
            with urllib.request.urlopen(urls[-1], timeout=PATIENCE_S) as page:
                assert b"What your packets say" in page.read()
            process.send_signal(signal.SIGINT)
            _, last = process.communicate(timeout=PATIENCE_S)
        finally:
            process.kill()
    assert process.returncode == 130
    assert last == "1 page for 1 connection; nothing was kept\n"
    assert "without --tls CERT there is no ClientHello to show\n" in said
    assert list(tmp_path.iterdir()) == []


def test_the_qr_code_is_of_the_first_address(capsys: pytest.CaptureFixture[str]) -> None:
    segno = pytest.importorskip("segno", reason="the Python package segno is not installed")
    me._say_where(["http://192.0.2.7:8080/", "http://127.0.0.1:8080/"])
    addresses, code = capsys.readouterr().out.split("\n", 2)[:2], None
    assert addresses == ["http://192.0.2.7:8080/", "http://127.0.0.1:8080/"]
    me._say_where(["http://192.0.2.7:8080/"])
    code = capsys.readouterr().out.splitlines()[1:]
    matrix = [list(row) for row in segno.make("http://192.0.2.7:8080/", error="l", micro=False).matrix]
    width = len(matrix) + 8
    rows = [[character in "█▀" for character in line] for line in code]
    rows += [[character in "█▄" for character in line] for line in code]
    light = [row for pair in zip(rows[: len(code)], rows[len(code) :], strict=True) for row in pair][:width]
    assert [[not cell for cell in row[4:-4]] for row in light[4:-4]] == [
        [bool(cell) for cell in row] for row in matrix
    ]


def test_without_the_extra_it_says_how_to_get_the_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    me._say_where(["http://127.0.0.1:8080/"])
    found = capsys.readouterr()
    assert found.out == "http://127.0.0.1:8080/\n"
    assert found.err.startswith("for a QR code of the address: ")
    assert "[qr]'" in found.err or "with qr" in found.err


MACHINE = [
    Interface("lo", ("127.0.0.1", "::1"), up=True, running=True),
    Interface(
        "wlan0", ("8.8.4.4", "10.1.2.3", "fd00::7", "2606:4700::1111", "fe80::1"), up=True, running=True
    ),
    Interface("eth0", ("192.168.1.5", "169.254.1.1", "100.64.0.1"), up=True, running=False),
    Interface("eth1", ("192.168.9.9",), up=False, running=False),
]
PRIVATE = ["192.168.1.5", "10.1.2.3", "fd00::7", "fe80::1%wlan0", "169.254.1.1", "127.0.0.1", "::1"]
PUBLIC = {"8.8.4.4", "2606:4700::1111", "100.64.0.1"}


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interfaces, "list_interfaces", lambda: MACHINE)
    monkeypatch.setattr(me, "_routed", {"192.0.2.1": "192.168.1.5", "2001:db8::1": None}.get)


@pytest.mark.usefixtures("machine")
def test_it_listens_in_private_networks(capsys: pytest.CaptureFixture[str]) -> None:
    assert me._addresses(False) == PRIVATE
    said = "not served: 8.8.4.4, 2606:4700::1111, 100.64.0.1, because public; with --public they are\n"
    assert capsys.readouterr().err == said
    assert {*me._addresses(True)} == {*PRIVATE} | PUBLIC
    assert capsys.readouterr().err == ""


def test_without_libpcap(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> list[Interface]:
        raise LibpcapError("libpcap is absent")

    monkeypatch.setattr(interfaces, "list_interfaces", absent)
    monkeypatch.setattr(me, "_routed", {"192.0.2.1": "10.1.2.3", "2001:db8::1": "2606:4700::1111"}.get)
    assert me._addresses(False) == ["10.1.2.3", "127.0.0.1", "::1"]


def test_an_address_that_cannot_be_used_yet_is_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert me._listening("192.0.2.200", 0, None, me.Visits()) is None
    assert (
        capsys.readouterr().err
        == "huginn: port 0 of 192.0.2.200: Cannot assign requested address; not served\n"
    )


def test_a_port_in_use(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(me, "_addresses", lambda is_public: ["127.0.0.1"])
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["me", "--port", str(port)]) == 2
    assert (
        f"port {port} of 127.0.0.1: Address already in use; name another with --port"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize("content", [None, b"", b"no certificate", "encrypted"])
def test_a_certificate_that_cannot_be_used(
    tmp_path: Path, certificate: Path, capsys: pytest.CaptureFixture[str], content: bytes | str | None
) -> None:
    path = tmp_path / "certificate.pem"
    reason = "needs a certificate and its key, without a password, as PEM"
    if content is None:
        reason = "No such file or directory"
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        made = ["openssl", "pkey", "-in", certificate, "-aes128", "-passout", "pass:secret"]
        key = subprocess.run(made, check=True, capture_output=True, timeout=PATIENCE_S).stdout
        path.write_bytes(key + certificate.read_bytes().partition(b"-----END PRIVATE KEY-----\n")[2])
    assert main(["me", "--tls", str(path)]) == 2
    assert capsys.readouterr().err == f"huginn: {path}: {reason}\n"
