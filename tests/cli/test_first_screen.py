"""What a newcomer sees first: one sentence, help, and answers to small mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from huginn_cffi.cli import main
from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, packet

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = (
    "every device heard on a network, what it runs and what pretends to be something else, "
    "without sending a packet"
)
TEXTS = (
    "README.md",
    "pyproject.toml",
    "CITATION.cff",
    "share/man/man1/huginn.1",
    "csrc/huginn.pc.in",
)


@pytest.fixture
def capture(tmp_path: Path) -> str:
    path = tmp_path / "one.pcap"
    path.write_bytes(pcap([(10**18, packet(Ip4("192.0.2.1"), Tcp()))]))
    return str(path)


@pytest.mark.parametrize("name", TEXTS)
def test_one_sentence_describes_the_project(name: str) -> None:
    assert f"hows {SENTENCE}" in (text := " ".join((ROOT / name).read_text("utf-8").split())) or (
        f"how {SENTENCE}" in text
    )


def test_the_command_alone_prints_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    alone = capsys.readouterr().out
    assert f"Show {SENTENCE}." in " ".join(alone.split())
    commands = re.findall(r"^  huginn (\S+(?: --summary)?)", alone, re.MULTILINE)
    assert commands[:3] == ["devices", "report", "pcap --summary"]
    assert main(["--help"]) == 0
    assert capsys.readouterr().out == alone


@pytest.mark.parametrize("words", ["pcap", "pcap --summary", "hosts", "devices"])
def test_an_empty_capture_has_no_packets(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.pcap").write_bytes(pcap([]))
    assert main([*words.split(), str(tmp_path / "empty.pcap")]) == 0
    assert capsys.readouterr().err == "no packets\n"
    (tmp_path / "one.pcap").write_bytes(pcap([(0, bytes(60))]))
    main([*words.split(), str(tmp_path / "one.pcap"), str(tmp_path / "empty.pcap")])
    assert "no packets" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "missing"),
    [
        (["--ip", "10.9.9.9"], "no host 10.9.9.9 in this capture"),
        (["--ip", "2001:db8::9"], "no host 2001:db8::9 in this capture"),
        (["--ip", "10.0.0.0/8"], "no host 10.0.0.0/8 in this capture"),
        (["--ip", "192.0.2.1"], ""),
    ],
)
def test_a_host_that_is_not_there(
    options: list[str], missing: str, capture: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["hosts", *options, capture]) == 0
    shown = capsys.readouterr()
    assert shown.err == (f"{missing}\n" if missing else "")
    assert ("[Host] 192.0.2.1\n" in shown.out) is not bool(missing)


@pytest.mark.parametrize(
    ("ip", "is_there"), [("10.9.9.9", False), ("10.0.0.0/8", False), ("192.0.2.1", True)]
)
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_a_host_that_is_not_in_the_store(
    form: str, ip: str, is_there: bool, capture: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "some.huginn")
    assert main(["hosts", "--store", store, capture]) == 0
    capsys.readouterr()
    assert main(["hosts", "--store", store, "--ip", ip, "--format", form]) == 0
    shown = capsys.readouterr()
    assert shown.err == ("" if is_there else f"no host {ip} in {store}\n")
    assert ("192.0.2.1" in shown.out) is is_there


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (["--events", "tls"], "no kind of event 'tls'; did you mean tls_client or tls_server?"),
        (["--events", "sny"], "no kind of event 'sny'; did you mean syn?"),
        (
            ["--format", "json", "--fields", "foo"],
            "has a name like it",
        ),
    ],
)
def test_small_mistakes(
    options: list[str], hint: str, capture: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pcap", *options, capture]) == 2
    assert hint in capsys.readouterr().err


def test_unknown_values_are_empty_cells(capture: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["devices", "--local", "192.0.2.0/24"], ["pcap", "--summary"]):
        assert main([*command, capture]) == 0
        assert "???" not in capsys.readouterr().out
