"""IEEE 802.11 frames, and the headers of radios before them; their numbers are little-endian."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reference.drops import Drop, DroppedError, need

LINKTYPE_WIFI, LINKTYPE_PRISM, LINKTYPE_RADIOTAP, LINKTYPE_AVS, LINKTYPE_PPI = 105, 119, 127, 163, 192
LINKTYPES = (LINKTYPE_WIFI, LINKTYPE_PRISM, LINKTYPE_RADIOTAP, LINKTYPE_AVS, LINKTYPE_PPI)

PRISM_HEADER = 144
AVS_MAGIC = b"\x80\x21\x10"
LEAST_AVS_HEADER = 64

TSFT, FLAGS, MORE_WORDS = 1 << 0, 1 << 1, 1 << 31
"""Bits of radiotap's words that say what is present."""
FCS, PADDED, BAD_FCS = 0x10, 0x20, 0x40
"""Bits of its field Flags."""
FCS_BYTES = 4


@dataclass(frozen=True, slots=True)
class Radio:
    """What stands before an 802.11 frame: its length in bytes, and what it says of the frame."""

    length: int
    flags: int = 0


def read_radio(linktype: int, data: bytes) -> Radio:
    """The radio header of a frame; raises ``DroppedError``."""
    if linktype == LINKTYPE_RADIOTAP:
        return _radiotap(data)
    if linktype == LINKTYPE_PPI:
        return Radio(ppi(data)[1])
    if linktype == LINKTYPE_AVS or (linktype == LINKTYPE_PRISM and _is_avs(data)):
        return _avs(data)
    length = PRISM_HEADER if linktype == LINKTYPE_PRISM else 0
    need(data, length)
    return Radio(length)


def trailer(linktype: int, data: bytes, wire: int) -> int:
    """Bytes behind the frame that are a checksum; refuses a frame whose checksum was wrong."""
    if linktype not in LINKTYPES or (linktype == LINKTYPE_PPI and not is_of_wifi(data)):
        return 0
    radio = read_radio(linktype, data)
    if radio.flags & BAD_FCS:
        raise DroppedError(Drop.BAD_LINK_HEADER)
    if not radio.flags & FCS:
        return 0
    if wire - radio.length < FCS_BYTES:
        raise DroppedError(Drop.BAD_LINK_HEADER)
    return FCS_BYTES


def llc_offset(linktype: int, data: bytes) -> int:
    """Offset of the LLC header in a frame with data; raises ``DroppedError``."""
    radio = read_radio(linktype, data)
    frame = data[radio.length :]
    need(frame, 2)
    version, kind, subtype = frame[0] & 3, frame[0] >> 2 & 3, frame[0] >> 4
    if version != 0:
        raise DroppedError(Drop.BAD_LINK_HEADER)
    if kind != 2 or subtype & 4:
        raise DroppedError(Drop.NOT_IP)
    if frame[1] & 0x40:
        raise DroppedError(Drop.ENCRYPTED)
    return radio.length + _body(frame, qos=bool(subtype & 8), padded=bool(radio.flags & PADDED))


def _body(frame: bytes, *, qos: bool, padded: bool) -> int:
    """Length of the 802.11 header, of that of an A-MSDU's first packet, and of a mesh's."""
    length = 30 if frame[1] & 3 == 3 else 24
    control = length
    if qos:
        length += 6 if frame[1] & 0x80 else 2
    if padded:
        length += -length % 4
    need(frame, length)
    if frame[1] & 0x04 or frame[22] & 0x0F:
        raise DroppedError(Drop.FRAGMENT)
    if qos and frame[control] & 0x80:
        length += 14
        need(frame, length)
    if qos and frame[1] & 2 and frame[control + 1] & 1 and frame[length : length + 1] < b"\3":
        length += 6 + 6 * frame[length] if length < len(frame) else 0
        need(frame, length)
    return length


def _little(data: bytes, offset: int, length: int) -> int:
    return int.from_bytes(data[offset : offset + length], "little")


def _radiotap(data: bytes) -> Radio:
    need(data, 8)
    length = _little(data, 2, 2)
    if data[0] != 0 or length < 8:
        raise DroppedError(Drop.BAD_LINK_HEADER)
    need(data, length)
    words = [_little(data, 4, 4)]
    while words[-1] & MORE_WORDS:
        offset = 4 + 4 * len(words)
        if offset + 4 > length:
            raise DroppedError(Drop.BAD_LINK_HEADER)
        words.append(_little(data, offset, 4))
    if not words[0] & FLAGS:
        return Radio(length)
    offset = 4 + 4 * len(words)
    if words[0] & TSFT:
        offset += -offset % 8 + 8
    if offset >= length:
        raise DroppedError(Drop.BAD_LINK_HEADER)
    return Radio(length, data[offset])


def is_of_wifi(data: bytes) -> bool:
    """Whether a PPI header states 802.11."""
    return ppi(data)[0] == LINKTYPE_WIFI


def ppi(data: bytes) -> tuple[int, int]:
    """The link type that a PPI header states, of 802.11 or Ethernet, and the length of the header."""
    need(data, 8)
    length = _little(data, 2, 2)
    if data[0] != 0 or length < 8:
        raise DroppedError(Drop.BAD_LINK_HEADER)
    if _little(data, 4, 4) not in (LINKTYPE_WIFI, 1):
        raise DroppedError(Drop.UNSUPPORTED_LINKTYPE)
    need(data, length)
    return _little(data, 4, 4), length


def _is_avs(data: bytes) -> bool:
    return len(data) >= 4 and data[:2] == AVS_MAGIC[:2] and data[2] & 0xF0 == AVS_MAGIC[2]


def _avs(data: bytes) -> Radio:
    need(data, 8)
    length = int.from_bytes(data[4:8], "big")
    if length < LEAST_AVS_HEADER:
        raise DroppedError(Drop.BAD_LINK_HEADER)
    need(data, length)
    return Radio(length)
