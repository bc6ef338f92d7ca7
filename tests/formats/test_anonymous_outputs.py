"""``--anonymize`` with every command and every output: no address, MAC or host name of the capture leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from huginn_cffi.cli import main
from huginn_cffi.cli.app import COMMANDS, commands
from tests.devices import dhcp, mdns, neighbor
from tests.devices.arp import arp
from tests.devices.made import ETHERNET
from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, packet

pytestmark = pytest.mark.no_asan("large libraries of others")

IP, ROUTER, SERVER, IP6 = "10.77.0.7", "10.77.0.1", "203.0.113.99", "fe80::7"
MAC = "00:16:3e:12:34:56"
NAMES = ("annas-laptop", "annas-printer")
REAL = (
    IP,
    ROUTER,
    SERVER,
    IP6,
    MAC,
    MAC.replace(":", ""),
    MAC.replace(":", "-"),
    "10.77.0.",
    "203.0.113.",
    *NAMES,
)
FRAMES = (
    arp(IP, ROUTER, mac=MAC),
    neighbor.solicit(IP6, "fe80::1", mac=MAC),
    dhcp.from_client(
        dhcp.message(dhcp.option(60, b"MSFT 5.0"), dhcp.option(12, NAMES[0].encode()), mac=MAC), mac=MAC
    ),
    mdns.sent(mdns.message(mdns.address(NAMES[1]))),
    bytes(6) + bytes.fromhex(MAC.replace(":", "")) + b"\x08\0" + packet(Ip4(IP, SERVER), Tcp()),
)
ANONYMOUS = {"pcap", "hosts", "devices", "capture"}
MORE = {
    "pcap": ([], ["--summary"], ["--host-names"], ["--events", "device_change,finding"], ["--stats"]),
    "hosts": ([], ["--host-names"], ["--local", "10.77.0.0/16"]),
    "devices": ([], ["--host-names"]),
}


def command(name: str) -> click.Command:
    found = commands.get_command(click.Context(commands), name)
    assert found is not None
    return found


def test_every_command_either_has_the_option_or_refuses_it() -> None:
    having = {name for name in COMMANDS if any(one.name == "anonymize" for one in command(name).params)}
    assert having == ANONYMOUS, "a command with --anonymize needs its outputs here"


def cases() -> Iterator[list[str]]:
    for name, options in MORE.items():
        (formats,) = (one.type.choices for one in command(name).params if one.name == "format_")  # type: ignore[attr-defined]
        for form in formats:
            for more in options:
                if "--summary" not in more or form in ("text", "json"):
                    yield [name, "--format", str(form), *more]
    yield ["devices", "--format", "text", "--long"]


@pytest.mark.parametrize("words", list(cases()), ids=" ".join)
def test_no_output_has_an_original(
    words: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("yacryptopan", reason="the extra 'anonymize' is not installed")
    if words[2] in ("parquet", "arrow"):
        pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")
    path, key, out = tmp_path / "in.pcap", tmp_path / "key", tmp_path / "out"
    path.write_bytes(
        pcap([(10**18 + at, data) for at, data in enumerate(FRAMES)], ETHERNET, nanoseconds=True)
    )
    key.write_bytes(bytes(range(32)))
    status = main([*words, "--anonymize", str(key), "-o", str(out), str(path)])
    assert status in (0, 2)
    assert status == 0 or words[2].startswith("p0f"), capfd.readouterr().err
    files = [path for path in (out, *out.rglob("*")) if path.is_file()]  # logs are several
    shown = b"".join(path.read_bytes() for path in files).lower() + capfd.readouterr().out.encode().lower()
    assert [one for one in REAL if one.encode() in shown] == []
