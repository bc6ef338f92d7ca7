"""DHCP and DHCPv6 of captures: what tshark shows of a client's message is announced, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.devices import captured, dhcp, dhcp6
from tests.support.devices.captured import announced, captures, fields
from tests.support.devices.made import Record, capture

Row = dict[str, str]

NAMES4 = (
    *("frame.number", "dhcp.type", "dhcp.hw.mac_addr", "dhcp.option.type", "dhcp.option.dhcp"),
    *("dhcp.option.hostname", "dhcp.option.vendor_class_id", "dhcp.option.request_list_item", "dhcp.ip.your"),
)
NAMES6 = (
    *("frame.number", "eth.src", "ipv6.src", "dhcpv6.msgtype", "dhcpv6.requested_option_code"),
    *("dhcpv6.option.type", "dhcpv6.vendorclass.data", "dhcpv6.client_domain"),
)
ACK = "5"
"""What is only offered is nobody's address."""
REPLIES6 = ("2", "7", "10")
"""Advertise, Reply, Reconfigure."""
LAST6 = 11
"""The last type that a client sends; later ones are of servers, such as Leasequery."""


def numbers(text: str) -> list[int]:
    return [int(one, 0) for one in text.split("|") if one]


def of_tshark4(row: Row) -> Record:
    found: Record = {
        "mac": row["dhcp.hw.mac_addr"].split("|")[0] or None,
        "from_server": row["dhcp.type"] in ("2", "0x02"),
    }
    if not found["from_server"]:
        found["parameters"] = numbers(row["dhcp.option.request_list_item"])
        found["vendor_class"] = row["dhcp.option.vendor_class_id"] or None
        found["host_name"] = row["dhcp.option.hostname"] or None
        found["dhcp_options"] = [one for one in numbers(row["dhcp.option.type"]) if one not in (0, 255)]
    elif row["dhcp.option.dhcp"] == ACK and row["dhcp.ip.your"] not in ("", "0.0.0.0"):
        found["device_ip"] = row["dhcp.ip.your"]
    return found


def of_tshark6(row: Row) -> Record:
    kind = row["dhcpv6.msgtype"].split("|")[-1]
    if int(kind) > LAST6:
        return {}
    found: Record = {"from_server": kind in REPLIES6}
    if not found["from_server"]:
        found["parameters"] = numbers(row["dhcpv6.requested_option_code"])
        found["vendor_class"] = row["dhcpv6.vendorclass.data"] or None
        found["fqdn"] = row["dhcpv6.client_domain"].rstrip(".") or None
        if "|" not in row["dhcpv6.msgtype"]:
            found |= {"mac": row["eth.src"].split("|")[-1], "device_ip": row["ipv6.src"].split("|")[-1]}
            found["dhcp_options"] = numbers(row["dhcpv6.option.type"])
    return found


def compare(path: Path, version: int) -> int:
    """How many messages are equal."""
    read: Callable[[Row], Record] = of_tshark4 if version == 4 else of_tshark6
    wanted, names = ("dhcp and not icmp", NAMES4) if version == 4 else ("dhcpv6 and not icmpv6", NAMES6)
    is_six = version == 6
    rows = [row for row in announced(path, "dhcp") if (":" in row["src_ip"]) is is_six]
    ours = {row["packet_number"]: row for row in rows}
    theirs = {int(row["frame.number"]): read(row) for row in fields(path, wanted, names)}
    theirs = {number: row for number, row in theirs.items() if row}
    assert ours.keys() == theirs.keys(), path.name
    for number, expected in theirs.items():
        assert {name: ours[number].get(name) for name in expected} == expected, (path.name, number)
    return len(theirs)


@pytest.mark.parametrize(("column", "version"), [("dhcp", 4), ("dhcpv6", 6)])
def test_the_same_as_tshark(column: str, version: int) -> None:
    smallest = sorted(captures(column), key=lambda one: (one.stat().st_size, one.name))[:8]
    assert sum(compare(path, version) for path in smallest) > 20


@pytest.mark.parametrize(("marker", "version"), [(b"\x63\x82\x53\x63", 4), (b"\x02\x22\x02\x23", 6)])
def test_the_same_as_tshark_on_the_corpus(marker: bytes, version: int) -> None:
    assert sum(compare(path, version) for path in captured.corpus(marker)) > 3


def test_the_same_as_tshark_on_made_messages(tmp_path: Path) -> None:
    captured.need_tshark()
    options = (dhcp.option(12, b"pc"), dhcp.option(60, b"MSFT 5.0"), dhcp.option(55, bytes((1, 3, 6, 252))))
    path = tmp_path / "made.pcap"
    over = dhcp.message(*options[1:], dhcp.option(52, b"\1"), file=options[0])
    path.write_bytes(capture([dhcp.from_client(dhcp.message(*options)), dhcp.from_client(over)]))
    assert compare(path, 4) == 2
    solicit = dhcp6.message(
        dhcp6.duid(), dhcp6.option(39, b"\0\x03pc7\x07example\0"), dhcp6.texts(16, b"\0\0\1\x37", b"MSFT 5.0")
    )
    path.write_bytes(capture([dhcp6.from_client(solicit)]))
    assert compare(path, 6) == 1
