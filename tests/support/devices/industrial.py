"""Messages of protocols of plants, made from their specifications, as (from the server, bytes)."""

from __future__ import annotations

import struct

Sent = tuple[bool, bytes]


def asked(*data: bytes) -> list[Sent]:
    """A question and its answer, and so on."""
    return [(number % 2 == 1, one) for number, one in enumerate(data)]


# ---- Modbus


def modbus(pdu: bytes, number: int = 1) -> bytes:
    return struct.pack("!HHHB", number, 0, len(pdu) + 1, 1) + pdu


READ_REGISTERS = bytes.fromhex("0300000002")
REGISTERS = bytes.fromhex("030400010002")
OBJECTS = (b"\0\x09Acme Corp", b"\1\x04PM-1", b"\2\x04V2.3")
IDENTITY = bytes.fromhex("2b0e0101000003") + b"".join(OBJECTS)


# ---- EtherNet/IP


def enip(command: int, data: bytes = b"", *, session: int = 0, context: int = 7) -> bytes:
    return struct.pack("<HHII8sI", command, len(data), session, 0, struct.pack("<Q", context), 0) + data


def cip_identity(vendor: int = 1, kind: int = 14, name: bytes = b"1756-L61") -> bytes:
    fields = struct.pack("<HHHBBHI", vendor, kind, 54, 20, 11, 0, 0x12345678)
    return fields + bytes([len(name)]) + name


def identity_item(data: bytes, count: int = 1) -> bytes:
    return struct.pack("<HHH", count, 0x0C, len(data) + 18) + bytes(18) + data


# ---- ISO transport: S7comm, MMS


def tpkt(data: bytes, last: int = 0x80) -> bytes:
    return struct.pack("!BBHBBB", 3, 0, len(data) + 7, 2, 0xF0, last) + data


CONNECT = bytes.fromhex("0300000b06e00000000100")
CONFIRM = bytes.fromhex("0300000b06d00001000100")


def s7(kind: int, parameters: bytes, data: bytes = b"", reference: int = 1) -> bytes:
    error = b"\0\0" if kind in (2, 3) else b""
    return tpkt(
        struct.pack("!BBHHHH", 0x32, kind, 0, reference, len(parameters), len(data))
        + error
        + parameters
        + data
    )


def system_list(number: int, entries: list[bytes]) -> bytes:
    body = struct.pack("!HHHH", number, 0, len(entries[0]), len(entries)) + b"".join(entries)
    return s7(7, bytes.fromhex("000112081284010100000000"), struct.pack("!BBH", 0xFF, 9, len(body)) + body)


LIST_QUESTION = s7(7, bytes.fromhex("0001120411440100"), bytes.fromhex("ff09000400110000"))
MODULES = system_list(
    0x11,
    [
        struct.pack("!H20sHHH", 1, b"6ES7 315-2EH14-0AB0 ", 0xC0, 4, 1),
        struct.pack("!H20sHHH", 7, b" " * 20, 0xC0, 0x5603, 0x0206),
    ],
)
COMPONENTS = system_list(
    0x1C,
    [
        struct.pack("!H32s", 1, b"MYSTATION"),
        struct.pack("!H32s", 5, b"S C-C2UR28922012"),
        struct.pack("!H32s", 7, b"CPU 315-2 PN/DP"),
    ],
)


def ber(tag: int, content: bytes) -> bytes:
    return bytes([tag, len(content)]) + content


def mms(kind: int, service: bytes, number: int = 1) -> bytes:
    pdu = ber(kind, ber(2, bytes([number])) + service)
    return tpkt(bytes.fromhex("01000100") + ber(0x61, ber(0x30, ber(2, b"\3") + ber(0xA0, pdu))))


MMS_IDENTITY = ber(0xA2, ber(0x80, b"Acme") + ber(0x81, b"Bay-7") + ber(0x82, b"1.2"))


# ---- telecontrol


def dnp3(from_master: bool, data: bytes = b"") -> bytes:
    def summed(part: bytes) -> bytes:
        value = 0
        for one in part:
            value ^= one
            for _ in range(8):
                value = value >> 1 ^ (0xA6BC if value & 1 else 0)
        return part + struct.pack("<H", ~value & 0xFFFF)

    ends = (10, 1) if from_master else (1, 10)
    head = struct.pack("<BBBBHH", 5, 0x64, len(data) + 5, 0xC4 if from_master else 0x44, *ends)
    return summed(head) + b"".join(summed(data[at : at + 16]) for at in range(0, len(data), 16))


DNP3_READ = bytes.fromhex("c0c0013c0206")


def iec104(unit: bytes, control: bytes = bytes(4)) -> bytes:
    return bytes([0x68, len(unit) + 4]) + control + unit


START = iec104(b"", b"\7\0\0\0")


# ---- others


def fox(*lines: str) -> bytes:
    return "\n".join(("fox a 0 -1 fox hello", "{", *lines, "};;", "")).encode()


def fins(data: bytes, *, command: int = 0x0501, answers: bool = False) -> bytes:
    return bytes([0xC0 if answers else 0x80, 0, 2, 0, 10, 0, 0, 9, 0, 3]) + struct.pack("!H", command) + data


FINS_IDENTITY = b"\0\0" + b"CJ2M-CPU31".ljust(20) + b"02.01".ljust(20) + bytes(40)


def text(value: bytes | None) -> bytes:
    return b"\xff\xff\xff\xff" if value is None else struct.pack("<i", len(value)) + value


def opcua(kind: bytes, data: bytes) -> bytes:
    return kind + b"F" + struct.pack("<I", len(data) + 8) + data


def opcua_message(service: int, data: bytes) -> bytes:
    return opcua(b"MSG", struct.pack("<IIII", 1, 1, 2, 2) + struct.pack("<BBH", 1, 0, service) + data)


def endpoints(product: bytes, name: bytes) -> bytes:
    head = bytes(17) + struct.pack("<i", -1) + bytes(3)
    application = text(b"urn:private") + text(product) + b"\2" + text(name) + struct.pack("<I", 0)
    application += text(None) + text(None) + struct.pack("<i", 0)
    policy = text(b"http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256")
    return (
        head
        + struct.pack("<i", 1)
        + text(b"opc.tcp://private")
        + application
        + text(b"")
        + struct.pack("<I", 3)
        + policy
    )


# ---- datagrams


def bacnet(apdu: bytes, *, function: int = 0x0B, source: bool = False, before: bytes = b"") -> bytes:
    network = b"\1\x08" + struct.pack("!HBB", 100, 1, 5) if source else b"\1\0"
    data = before + network + apdu
    return struct.pack("!BBH", 0x81, function, len(data) + 4) + data


def i_am(instance: int, vendor: int) -> bytes:
    return (
        b"\x10\0\xc4"
        + struct.pack("!I", 8 << 22 | instance)
        + bytes.fromhex("2205c4910022")
        + struct.pack("!H", vendor)
    )


def characters(value: bytes) -> bytes:
    return bytes([0x75, len(value) + 1, 0]) + value


def property_answer(number: int, value: bytes, kind: int = 8) -> bytes:
    return (
        b"\x30\1\x0c\x0c" + struct.pack("!I", kind << 22 | 7) + bytes([0x19, number, 0x3E]) + value + b"\x3f"
    )


def properties_answer(*values: tuple[int, bytes]) -> bytes:
    inside = b"".join(bytes([0x29, number, 0x4E]) + value + b"\x4f" for number, value in values)
    return b"\x30\1\x0e\x0c" + struct.pack("!I", 8 << 22 | 7) + b"\x1e" + inside + b"\x1f"


def knx(service: int = 0x0204) -> bytes:
    device = bytes([54, 1, 2, 0]) + bytes(20) + b"My living room".ljust(30, b"\0")
    return struct.pack("!BBHH", 6, 0x10, service, 6 + len(device)) + device


def dcp(*blocks: tuple[int, bytes], frame: int = 0xFEFF, service: int = 5, kind: int = 1) -> bytes:
    body = b""
    for option, value in blocks:
        part = struct.pack("!HHH", option, len(value) + 2, 0) + value
        body += part + bytes(len(part) % 2)
    return struct.pack("!HBBIHH", frame, service, kind, 1, 0, len(body)) + body


STATION = (
    (0x0201, b"S7-1200"),
    (0x0202, b"press-line-3"),
    (0x0203, bytes.fromhex("002a010d")),
    (0x0204, b"\2\0"),
)
