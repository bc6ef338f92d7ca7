"""MACs that one DHCP client used are shown as related, and never merged."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from tests.support.captures import Packet, pcap
from tests.support.devices import dhcp, dhcp6
from tests.support.devices.made import ETHERNET
from tests.support.holders import GATEWAY, connection
from tests.support.in_process import run_in_process_as_text as run

ONE, OTHER, THIRD = "02:00:5e:10:00:31", "02:00:5e:10:00:32", "be:ef:00:00:00:01"
DUID = bytes.fromhex("0004 00112233445566778899aabbccddeeff")
IDENTIFIER = b"\xff\0\0\0\1" + DUID


def v4(mac: str, identifier: bytes, kind: int = dhcp.DISCOVER) -> bytes:
    return dhcp.from_client(dhcp.message(dhcp.option(61, identifier), mac=mac, kind=kind), mac=mac)


def v6(mac: str, identifier: bytes) -> bytes:
    return dhcp6.from_client(dhcp6.message(dhcp6.option(1, identifier)), mac=mac, source=f"fe80::{mac[-2:]}")


def from_server(mac: str, identifier: bytes) -> bytes:
    """What a server sends back to the client."""
    return dhcp.from_server(dhcp.message(dhcp.option(61, identifier), op=2, kind=dhcp.OFFER, mac=mac))


def related(*frames: bytes | Packet, tag: bytes = b"") -> dict[str | None, set[str]]:
    """By MAC of the devices, the related MACs."""
    at = [one if isinstance(one, tuple) else (number * 10**9, one) for number, one in enumerate(frames, 1)]
    tagged = [(time, one[:12] + tag + one[12:]) for time, one in at]
    capture = pcap(tagged, ETHERNET, nanoseconds=True)
    found = {one["mac"]: {*one["related"]} for one in hg.Analyzer().read(BytesIO(capture)).devices}
    for one in hg.Analyzer().read(BytesIO(capture)).hosts:
        assert {*one.related} == found.get(one.mac, set())
    return {mac: macs for mac, macs in found.items() if macs}


@pytest.mark.parametrize("tag", [b"", b"\x81\0\0\5"], ids=["untagged", "VLAN 5"])
@pytest.mark.parametrize(
    "frames",
    [
        (v4(ONE, IDENTIFIER), v4(OTHER, IDENTIFIER)),
        (v4(OTHER, b"\1\2\0\0\0\0\x09"), v4(ONE, b"\1\2\0\0\0\0\x09", dhcp.REQUEST)),
        (v6(ONE, DUID), v6(OTHER, DUID)),
        (v6(OTHER, DUID), v4(ONE, IDENTIFIER)),
        (v4(ONE, b"\xff\7\7\7\7" + DUID), v4(OTHER, IDENTIFIER)),
    ],
    ids=["DHCPv4", "another MAC's", "DHCPv6", "both", "another IAID"],
)
def test_one_client_with_two_macs(frames: tuple[bytes, ...], tag: bytes) -> None:
    assert related(*frames, tag=tag) == {ONE: {OTHER}, OTHER: {ONE}}


@pytest.mark.parametrize(
    "frames",
    [
        (v4(ONE, IDENTIFIER), v4(OTHER, IDENTIFIER[:-1] + b"\0")),
        (v6(ONE, DUID), v6(OTHER, DUID + b"\0")),
        (v4(ONE, b"\0client"[:5]), v4(OTHER, b"\0client"[:5])),
        (v4(ONE, IDENTIFIER), from_server(OTHER, IDENTIFIER)),
        (v4(ONE, IDENTIFIER), v4(ONE, IDENTIFIER, dhcp.REQUEST)),
        (v4(ONE, b""), v4(OTHER, b"")),
    ],
    ids=["another DUID", "a longer DUID", "a short text", "a server's message", "one MAC", "none"],
)
def test_what_is_not_related(frames: tuple[bytes, ...]) -> None:
    assert related(*frames) == {}


def test_of_a_client_with_many_macs_the_latest_are_kept() -> None:
    """The ones that were pushed out are related to none."""
    macs = [f"02:00:5e:10:01:{number:02x}" for number in range(40)]
    found = related(*(v4(mac, IDENTIFIER) for mac in macs))
    assert found == {mac: {*macs[-4:]} - {mac} for mac in macs[-4:]}


def test_all_lists_show_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Captures, a store of them, and who had the address; the store forgets it with the MAC."""
    hour = 3600 * 10**9
    began = connection(0, ONE)[0][0]
    packets = [(began - 10**9, v4(ONE, IDENTIFIER)), *connection(0, ONE)]
    packets += [(began + 2 * hour, v4(OTHER, IDENTIFIER)), *connection(7201, OTHER)]
    path, store = tmp_path / "a.pcap", str(tmp_path / "s.sqlite")
    path.write_bytes(pcap(packets, ETHERNET, nanoseconds=True))
    words = f"the same DHCP client as {OTHER}"
    assert words in run("hosts", path).stdout
    assert main(["hosts", str(path), "--store", store, "-o", str(tmp_path / "o")]) == 0
    assert words in run("hosts", "--store", store).stdout
    for source in ([str(path)], ["--store", store]):
        for command in (["hosts"], ["devices"]):
            lines = run(*command, *source, "--format", "json").stdout.splitlines()
            found = {one.get("mac"): one.get("related") for one in map(json.loads, lines)}
            assert (found[ONE], found[OTHER]) == ([OTHER], [ONE])
            assert found.get(GATEWAY, []) == []
        who = json.loads(run("who", "10.1.0.30", *source, "--format", "json").stdout)
        assert [one["related"] for one in who["holders"]] == [[OTHER], [ONE]]
