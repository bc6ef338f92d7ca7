"""Link layer headers: where the IP header of a frame starts."""

from __future__ import annotations

from tests.reference import wifi
from tests.reference.drops import Drop, DroppedError, need

TAGS = (0x8100, 0x88A8, 0x9100, 0x9200, 0x9300)
MPLS = (0x8847, 0x8848)
PPPOE_SESSION = 0x8864
METADATA = 0x8909
IP_ETHERTYPES = (0x0800, 0x86DD)
PPP_IP = (0x0021, 0x0057)
PPP_MPLS = (0x0281, 0x0283)
PPP_BRIDGED, PPP_MULTILINK = 0x0031, 0x003D
LEAST_ETHERTYPE = 0x600
"""What is less, in the place of an EtherType, is a length, and LLC follows."""
SNAP = bytes.fromhex("aaaa03000000")
BEFORE_IP = b"\x06\x06\x03"
"""LLC without SNAP."""
R_TAG, JUMBO_LLC, BRIDGED = 0xF1C1, 0x8870, 0x6558

FAMILIES = (2, 10, 24, 28, 30)
"""AF_INET, and AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, and macOS."""

RAW_LINKTYPES = (12, 14, 101, 228, 229)

ETHERTYPE_AT = {1: 12, 113: 14, 104: 2}
"""Where the EtherType stands, and it ends the header."""

LEAST_PFLOG = 45
"""Bytes up to the direction, which all versions of PFLOG's header have."""


def ip_offset(linktype: int, data: bytes) -> int:
    """Offset of the IP header in a frame of ``linktype``; raises ``DroppedError``."""
    if linktype in RAW_LINKTYPES:
        return 0
    if linktype in ETHERTYPE_AT:
        need(data, ETHERTYPE_AT[linktype] + 2)
        return after_ethertype(data, ETHERTYPE_AT[linktype])
    if linktype == 242:  # IP over InfiniBand: addresses, EtherType and two bytes of padding
        need(data, 44)
        return offset_after(data, u16(data, 40), 44)
    if linktype == 276:
        need(data, 20)
        return offset_after(data, u16(data, 0), 20)
    if linktype == wifi.LINKTYPE_PPI and not wifi.is_of_wifi(data):
        inner, length = wifi.ppi(data)
        return length + ip_offset(inner, data[length:])
    if linktype in wifi.LINKTYPES:
        return _after_llc(data, wifi.llc_offset(linktype, data))
    if linktype == 10:
        return _fddi(data)
    if linktype == 117:
        return _pflog(data)
    if linktype in (0, 108):
        return _loopback(data)
    if linktype in (9, 50):
        return _ppp_frame(data)
    if linktype == 51:
        return _pppoe(data, 0)
    raise DroppedError(Drop.UNSUPPORTED_LINKTYPE)


def u16(data: bytes, offset: int) -> int:
    """Two bytes in network order."""
    return int.from_bytes(data[offset : offset + 2], "big")


def after_ethertype(data: bytes, offset: int) -> int:
    """Walk on from an EtherType that stands at ``offset``."""
    return offset_after(data, u16(data, offset), offset + 2)


def offset_after(data: bytes, ethertype: int, offset: int) -> int:
    """Walk tags and shims; ``offset`` is the first byte after the EtherType."""
    while ethertype in (*TAGS, METADATA, R_TAG, JUMBO_LLC) or ethertype < LEAST_ETHERTYPE:
        if ethertype in TAGS:
            need(data, offset + 4)
            ethertype, offset = u16(data, offset + 2), offset + 4
        elif ethertype == METADATA:
            offset = _metadata(data, offset)
            ethertype = u16(data, offset - 2)
        elif ethertype == R_TAG:
            need(data, offset + 6)
            ethertype, offset = u16(data, offset + 4), offset + 6
        elif data[offset : offset + 3] == BEFORE_IP:
            return offset + 3
        else:
            ethertype, offset = _snap(data, offset), offset + 8
    if ethertype in IP_ETHERTYPES:
        return offset
    if ethertype == BRIDGED:
        return offset + ip_offset(1, data[offset:])
    if ethertype in MPLS:
        return _mpls(data, offset)
    if ethertype == PPPOE_SESSION:
        return _pppoe(data, offset)
    raise DroppedError(Drop.NOT_IP)


def _metadata(data: bytes, offset: int) -> int:
    """Cisco Metadata: version 1, length in 8 bytes, options, EtherType; the offset behind that."""
    need(data, offset + 2)
    version, length = data[offset], data[offset + 1]
    if version != 1 or length < 1:
        raise DroppedError(Drop.BAD_LINK_HEADER)
    need(data, offset + 8 * length)
    return offset + 8 * length


def _snap(data: bytes, offset: int) -> int:
    """The EtherType in an LLC and SNAP header."""
    need(data, offset + 8)
    if data[offset : offset + 6] != SNAP:
        raise DroppedError(Drop.NOT_IP)
    return u16(data, offset + 6)


def _after_llc(data: bytes, offset: int) -> int:
    return offset_after(data, 0, offset)


def _fddi(data: bytes) -> int:
    """Frame control and two addresses before LLC, or IP at once."""
    need(data, 14)
    return 13 if data[13] >> 4 in (4, 6) else _after_llc(data, 13)


def _pflog(data: bytes) -> int:
    """The header's length without its padding to whole words, and the address family."""
    need(data, 2)
    if data[0] < LEAST_PFLOG:
        raise DroppedError(Drop.BAD_LINK_HEADER)
    length = data[0] + -data[0] % 4
    need(data, length)
    if data[1] not in FAMILIES:
        raise DroppedError(Drop.NOT_IP)
    return length


def _mpls(data: bytes, offset: int) -> int:
    """Labels up to the bottom of the stack; what follows has no type field but its version."""
    bottom = False
    while not bottom:
        need(data, offset + 4)
        bottom = data[offset + 2] & 1 == 1
        offset += 4
    need(data, offset + 1)
    if data[offset] >> 4 not in (4, 6):
        raise DroppedError(Drop.NOT_IP)
    return offset


def _pppoe(data: bytes, offset: int) -> int:
    """A PPPoE session header: version and type 1, code 0 (session data)."""
    need(data, offset + 6)
    if data[offset] != 0x11:
        raise DroppedError(Drop.BAD_LINK_HEADER)
    if data[offset + 1] != 0:
        raise DroppedError(Drop.NOT_IP)
    return _ppp_frame(data, offset + 6)


def _ppp_frame(data: bytes, offset: int = 0) -> int:
    """PPP with or without its HDLC address and control bytes; Cisco HDLC at the begin of a frame."""
    if offset == 0 and len(data) >= 4 and data[0] in (0x0F, 0x8F):
        return after_ethertype(data, 2)
    return _ppp(data, offset + 2 if data[offset : offset + 2] == b"\xff\x03" else offset)


def _ppp(data: bytes, offset: int) -> int:
    """PPP protocol field: two bytes, or one when its lowest bit is set."""
    need(data, offset + 1)
    protocol, length = data[offset], 1
    if protocol & 1 == 0:
        need(data, offset + 2)
        protocol, length = u16(data, offset), 2
    offset += length
    if protocol in PPP_MPLS:
        return _mpls(data, offset)
    if protocol in (PPP_BRIDGED, PPP_MULTILINK):
        return _wrapped_ppp(protocol, data, offset)
    if protocol not in PPP_IP:
        raise DroppedError(Drop.NOT_IP)
    return offset


def _wrapped_ppp(protocol: int, data: bytes, offset: int) -> int:
    """A bridged frame after flags and its kind, or a whole packet of multilink after a number."""
    if protocol == PPP_BRIDGED:
        need(data, offset + 2)
        if data[offset + 1] != 1:
            raise DroppedError(Drop.NOT_IP)
        return offset + 2 + ip_offset(1, data[offset + 2 :])
    need(data, offset + 4)
    if data[offset] & 0xC0 != 0xC0:
        raise DroppedError(Drop.FRAGMENT)
    return offset + 4 + _ppp_frame(data[offset + 4 :])


def _loopback(data: bytes) -> int:
    """Address family in the byte order of the host that captured."""
    need(data, 4)
    if int.from_bytes(data[:4], "big") in FAMILIES or int.from_bytes(data[:4], "little") in FAMILIES:
        return 4
    raise DroppedError(Drop.NOT_IP)
