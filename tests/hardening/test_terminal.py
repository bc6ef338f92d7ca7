"""What strangers name and label does not reach a terminal as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from huginn_cffi.cli import main
from huginn_cffi.cli.app import commands
from huginn_cffi.sources.interfaces import Interface
from huginn_cffi.store.writer import Writer
from tests.support.captures import pcap
from tests.support.hosts import conclusion, host, sighting, source_of
from tests.support.packets import Ip4, Tcp, mss, packet
from tests.support.tls.conversation import Conversation

EVIL = "x\x1b[31m\x07"
SHOWN = "x\\x1b[31m\\x07"
SYN = packet(Ip4(source="10.0.0.1"), Tcp(options=mss(1460)))


def on_a_terminal(*arguments: str) -> str:
    """What a command prints there: click removes colours elsewhere."""
    done = CliRunner().invoke(commands, arguments, color=True, standalone_mode=False)
    assert done.exception is None
    return done.output


def test_names_of_signature_files(tmp_path: Path) -> None:
    path = tmp_path / f"{EVIL}.fp"
    path.write_text("[mtu]\nlabel = Ethernet\nsig = 1500\n")
    printed = on_a_terminal("check", str(path))
    assert printed == f"{tmp_path}/{SHOWN}.fp: 1 signature, 0 errors, 0 warnings\n"


def test_names_of_interfaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux forbids no more than white space, a slash and a colon in them."""
    named = Interface(EVIL, addresses=(), up=True, running=True)
    monkeypatch.setattr("huginn_cffi.sources.interfaces.list_interfaces", lambda: (named,))
    monkeypatch.setattr("huginn_cffi.sources.interfaces.link_type", lambda name: "ETHERNET")
    printed = on_a_terminal("interfaces")
    assert SHOWN in printed
    assert "\x1b" not in printed


def evaluated(folder: Path, row: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    """The report on one label."""
    (folder / "labels.csv").write_text(f"file,frame,direction,ip,os_family,os_version\n{row}\n")
    (folder / "a__b.pcap").write_bytes(pcap([(0, SYN)]))
    command = [
        sys.executable,
        "-m",
        "huginn_cffi",
        "evaluate",
        *options,
        str(folder),
        str(folder / "labels.csv"),
    ]
    return subprocess.run(command, capture_output=True, timeout=60)


@pytest.mark.parametrize("form", ["text", "json"])
def test_labels_of_an_evaluation(tmp_path: Path, form: str) -> None:
    done = evaluated(tmp_path, f"a__b.pcap,1,request,10.0.0.1,{EVIL},7\x7f\u202e", "--format", form)
    assert done.returncode == 0
    assert done.stdout.decode().replace("\n", "").isprintable()
    assert b"x\\x1b[31m" in done.stdout or b"x\\u001b[31m" in done.stdout


def test_number_of_many_digits(tmp_path: Path) -> None:
    done = evaluated(tmp_path, f"a__b.pcap,{'9' * 5000},request,10.0.0.1,Linux,")
    message = done.stderr.decode()
    assert done.returncode == 2
    assert message.startswith(f"huginn: {tmp_path}/labels.csv:2: frame must be a number from 1 on, not '999")
    assert len(message) < 1000


CONTROLS = "a\x7fb\x9bc\u202ed\u2066e\x85f\u2028g"
"""DEL, CSI and NEL of C1, two characters that change the direction of text, and a line separator."""


@pytest.fixture
def told(tmp_path: Path) -> str:
    """A capture of a request and a response in which everything that strangers choose has these."""
    names = ("Host", "User-Agent", "Accept-Language", "Server", "Via")
    conversation = Conversation(40_000, server_port=80).handshake()
    for said in (CONTROLS, "a\x7fb"):
        fields = "".join(f"{name}: {said}\r\n" for name in names)
        conversation.client(0, f"GET / HTTP/1.1\r\n{fields}\r\n".encode())
        conversation.server(0, f"HTTP/1.1 200 OK\r\n{fields}Content-Length: 0\r\n\r\n".encode())
    path = tmp_path / "told.pcap"
    path.write_bytes(pcap([(10**18 + at * 10**6, data) for at, data in enumerate(conversation.packets)]))
    return str(path)


@pytest.mark.parametrize(
    "command",
    [
        *(["pcap", "--format", form] for form in ("text", "json", "p0f", "eve", "ecs", "csv")),
        ["pcap", "--format", "json", "--fields", "http.user_agent"],
        *(["pcap", "--summary", "--format", form] for form in ("text", "json")),
        *(["hosts", "--format", form] for form in ("text", "json", "csv")),
        *(["unknown", "--format", form] for form in ("text", "json")),
        *(["learn", "--client", "Odd", "--format", form] for form in ("text", "json")),
        *(["diff", "default", "default", "--format", form] for form in ("text", "json")),
        ["explain"],
    ],
)
def test_what_strangers_send(told: str, command: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main([*command, told]) in (0, 2)
    printed = capfd.readouterr()
    assert "Traceback" not in printed.err
    assert (printed.out + printed.err).replace("\n", "").isprintable()


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_what_a_store_holds(tmp_path: Path, form: str, capfd: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "hosts.sqlite")
    seen = tuple(sighting(kind, CONTROLS, EVIL) for kind in ("tool", "http_client", "http_server"))
    Writer(
        path, CONTROLS, source_of([host(**conclusion(CONTROLS, EVIL), sightings=seen, language=CONTROLS)])
    ).close()
    assert main(["hosts", "--store", path, "--format", form]) == 0
    printed = capfd.readouterr()
    assert printed.out.replace("\n", "").isprintable()
    assert "\\x7f" in printed.out or "\\u007f" in printed.out
