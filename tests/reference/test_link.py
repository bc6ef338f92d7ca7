"""Link layers: where the IP header starts."""

from __future__ import annotations

import pytest

from tests.reference.drops import Drop
from tests.reference.packet import Observation, read_frame
from tests.support.packets import MACS, Ip4, Ip6, Tcp, ethernet, packet

IP4 = packet(Ip4(), Tcp())
IP6 = packet(Ip6(), Tcp())

SLL1 = "0000000100060011223344550000"
SLL2 = "0000000000000001000100060011223344550000"


@pytest.mark.parametrize(
    ("linktype", "frame"),
    [
        (1, ethernet(IP4)),
        (1, ethernet(IP6)),
        (1, ethernet(IP4, tags=((0x8100, 100),))),
        (1, ethernet(IP4, tags=((0x8100, 0x4064),))),
        (1, ethernet(IP4, tags=((0x88A8, 100), (0x8100, 200), (0x9100, 3)))),
        (1, ethernet(bytes.fromhex("00064040 0006 4140") + IP4, 0x8847)),
        (1, ethernet(bytes.fromhex("11000001 003e 0021") + IP4, 0x8864)),
        (1, ethernet(bytes.fromhex("0101 0001 0007 0800") + IP4, 0x8909)),
        (1, ethernet(bytes.fromhex("0101 0001 0007 86dd") + IP6, 0x8909)),
        (1, ethernet(bytes.fromhex("0101 0001 0007 8100 0005 0800") + IP4, 0x8909)),
        (1, ethernet(bytes.fromhex("0102 0001 0007 0001 0008 0001 0009 0800") + IP4, 0x8909)),
        (1, ethernet(bytes.fromhex("0101 0001 0007 0800") + IP4, 0x8909, tags=((0x8100, 5),))),
        (1, ethernet(bytes.fromhex("11000001 003e 57") + IP6, 0x8864)),
        (113, bytes.fromhex(SLL1 + "0800") + IP4),
        (113, bytes.fromhex(SLL1 + "81000064 86dd") + IP6),
        (276, bytes.fromhex("0800" + SLL2[4:]) + IP4),
        (0, bytes.fromhex("02000000") + IP4),
        (0, bytes.fromhex("0000001e") + IP6),
        (0, bytes.fromhex("18000000") + IP6),
        (108, bytes.fromhex("00000002") + IP4),
        (9, bytes.fromhex("ff030021") + IP4),
        (9, bytes.fromhex("0057") + IP6),
        (9, bytes.fromhex("0281 00064140") + IP6),
        (1, ethernet(IP4, tags=((0x8100, 1),) * 40)),
        (1, ethernet(bytes.fromhex("00064040") * 40 + bytes.fromhex("00064140") + IP4, 0x8847)),
        (50, bytes.fromhex("ff030021") + IP4),
        (50, bytes.fromhex("0f000800") + IP4),
        (51, bytes.fromhex("11000001003e0021") + IP4),
        (12, IP4),
        (101, IP6),
        (228, IP4),
        (229, IP6),
    ],
)
def test_ip_is_found(linktype: int, frame: bytes) -> None:
    found = read_frame(linktype, frame)
    assert isinstance(found, Observation), found
    assert found.dport == 80


@pytest.mark.parametrize(
    ("linktype", "frame", "reason"),
    [
        (9999, IP4, Drop.UNSUPPORTED_LINKTYPE),
        (1, MACS, Drop.TRUNCATED),
        (1, MACS + b"\x81\x00\x00", Drop.TRUNCATED),
        (1, ethernet(IP4, 0x0806), Drop.NOT_IP),
        (1, ethernet(IP4, 0x0026), Drop.NOT_IP),
        (1, ethernet(bytes.fromhex("00064140 00") + IP4, 0x8847), Drop.NOT_IP),
        (1, ethernet(bytes.fromhex("0201 0001 0007 0800") + IP4, 0x8909), Drop.BAD_LINK_HEADER),
        (1, ethernet(bytes.fromhex("0100 0001 0007 0800") + IP4, 0x8909), Drop.BAD_LINK_HEADER),
        (1, ethernet(bytes.fromhex("0101 0001 0007 0806") + IP4, 0x8909), Drop.NOT_IP),
        (1, ethernet(bytes.fromhex("0101 0001 0007"), 0x8909), Drop.TRUNCATED),
        (1, ethernet(bytes.fromhex("01ff 0001 0007 0800") + IP4, 0x8909), Drop.TRUNCATED),
        (1, ethernet(b"\1", 0x8909), Drop.TRUNCATED),
        (1, ethernet(bytes.fromhex("21000001 003e 0021") + IP4, 0x8864), Drop.BAD_LINK_HEADER),
        (1, ethernet(bytes.fromhex("11a70001 003e 0021") + IP4, 0x8864), Drop.NOT_IP),
        (1, ethernet(b"", tags=((0x8100, 1),) * 1000), Drop.TRUNCATED),
        (1, ethernet(bytes.fromhex("00064040") * 1000, 0x8847), Drop.TRUNCATED),
        (1, ethernet(bytes.fromhex("11000001 003e c021") + IP4, 0x8864), Drop.NOT_IP),
        (0, bytes.fromhex("07000000") + IP4, Drop.NOT_IP),
        (0, b"\x02\0\0", Drop.TRUNCATED),
        (9, b"", Drop.TRUNCATED),
        (9, bytes.fromhex("ff038021") + IP4, Drop.NOT_IP),
        (276, bytes(19), Drop.TRUNCATED),
    ],
)
def test_dropped(linktype: int, frame: bytes, reason: Drop) -> None:
    assert read_frame(linktype, frame) == reason
