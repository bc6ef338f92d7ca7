"""Protocols of plants: what machines state about themselves, and the roles that frames show."""

from __future__ import annotations

import struct

import pytest

from tests.devices import industrial as made
from tests.devices.industrial import Sent, asked
from tests.devices.made import datagram, frame, read, rendered
from tests.devices.test_hosts import hosts
from tests.devices.test_signalling import connection
from tests.tls.conversation import client_hello, record

SERVER = "198.51.100.1"
OK = bytes.fromhex("0000")


def said(*frames: bytes) -> list[str]:
    records = read(*frames, protocols=("industrial",))
    return [one.removeprefix("industrial ") for record_ in records for one in record_.get("announced", ())]


def talked(sent: list[Sent], port: int = 40001) -> list[str]:
    return said(*connection(*sent, port=port))


READ = [made.modbus(made.READ_REGISTERS, number) for number in (1, 2)]
ANSWERS = [made.modbus(made.REGISTERS, number) for number in (1, 2)]
INFO = [made.ads(1, 4, b""), made.ads(1, 5, made.ADS_INFO)]
VALUE = [made.ads(2, 4, bytes(12), 2), made.ads(2, 5, bytes(8), 2)]
FINS_FRAMES = [made.fins_tcp(made.fins(b"")), made.fins_tcp(made.fins(made.FINS_IDENTITY, answers=True))]
CIP_QUESTION, CIP_ANSWER = bytes.fromhex("010220012401"), bytes.fromhex("81000000")
HELLO = (
    made.fox("fox.version=s:1.0.1"),
    made.fox("hostName=s:private", "app.version=s:3.7.44", "brandId=s:vykon"),
)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (asked(READ[0], ANSWERS[0], READ[1], ANSWERS[1]), ["modbus server", "modbus client"]),
        (
            asked(made.modbus(b"\x2b\x0e\1\0"), made.modbus(made.IDENTITY)),
            ["modbus vendor Acme Corp", "modbus product PM-1", "modbus revision V2.3", "modbus server"],
        ),
        (
            asked(made.enip(0x63), made.enip(0x63, made.identity_item(made.cip_identity()))),
            ["enip vendor 1", "enip type 14", "enip product 1756-L61", "enip revision 20.11", "enip server"],
        ),
        (
            asked(
                made.enip(0x65, bytes(4)),
                made.enip(0x65, bytes(4), session=3),
                made.cip(CIP_QUESTION),
                made.cip(CIP_ANSWER + made.cip_identity(name=b"PLC-1")),
            ),
            ["enip server", "enip vendor 1", "enip type 14", "enip product PLC-1", "enip revision 20.11"],
        ),
        (
            asked(
                made.CONNECT,
                made.CONFIRM,
                made.LIST_QUESTION,
                made.MODULES,
                made.LIST_QUESTION,
                made.COMPONENTS,
            ),
            ["s7 order 6ES7 315-2EH14-0AB0", "s7 firmware 3.2.6", "s7 server", "s7 module CPU 315-2 PN/DP"],
        ),
        (
            asked(made.s7_plus(0x31, bytes(8)), made.s7_plus(0x32, b"\x1a1;6ES7 511-1AK00-0AB0;V1.5\x82")),
            ["s7 order 6ES7 511-1AK00-0AB0", "s7 firmware 1.5", "s7 server"],
        ),
        (
            asked(made.mms(0xA0, made.ber(0x82, b"")), made.mms(0xA1, made.MMS_IDENTITY)),
            ["mms vendor Acme", "mms model Bay-7", "mms revision 1.2", "mms server"],
        ),
        (
            asked(
                made.dnp3(True, made.DNP3_READ),
                made.dnp3(False, made.DNP3_ANSWER),
                made.dnp3(True, made.DNP3_READ),
            ),
            ["dnp3 server", "dnp3 client"],
        ),
        (
            asked(made.START, made.STARTED, made.iec104(made.INTERROGATION), made.iec104(made.POINT)),
            ["iec104 server", "iec104 client"],
        ),
        (
            asked(made.phasors(4, b"\0\5"), made.phasors(3, bytes(30)), made.phasors(4, b"\0\2")),
            ["c37118 server", "c37118 client"],
        ),
        (
            asked(*INFO, *VALUE, made.ads(3, 4, bytes(16), 3)),
            ["ads device PLC Server", "ads version 2.11", "ads server", "ads client"],
        ),
        (asked(*HELLO), ["fox version 3.7.44", "fox brand vykon", "fox server"]),
        (asked(*FINS_FRAMES), ["fins model CJ2M-CPU31", "fins version 02.01", "fins server"]),
        (
            asked(
                made.opcua(b"HEL", bytes(24)),
                made.opcua(b"ACK", bytes(20)),
                made.opcua_message(428, b""),
                made.opcua_message(431, made.endpoints(b"urn:acme:server", b"Acme UA@PC-7")),
            ),
            [
                "opcua server",
                "opcua product urn:acme:server",
                "opcua application Acme UA",
                "opcua policy Basic256Sha256",
            ],
        ),
        (
            asked(
                made.MQTT_CONNECT,
                made.mqtt(2, OK),
                made.mqtt(8, b"\0\1\0\1a\0"),
                made.mqtt(9, b"\0\1\0"),
                made.mqtt(12, b""),
            ),
            ["mqtt server", "mqtt client"],
        ),
    ],
    ids=lambda value: value[-1].split()[0] if value and isinstance(value[0], str) else None,
)
def test_what_each_protocol_shows(sent: list[Sent], expected: list[str]) -> None:
    """Also in segments of five bytes behind the first message, and without the handshake."""
    assert talked(sent) == expected
    pieces = [
        (side, part)
        for side, data in sent[1:]
        for part in (data[at : at + 5] for at in range(0, len(data), 5))
    ]
    assert sorted(talked([sent[0], *pieces])) == sorted(expected)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (asked(READ[0]), []),  # a scanner asks
        (asked(READ[0], ANSWERS[0]), ["modbus server"]),  # once is no master
        (asked(READ[0], ANSWERS[1]), []),  # an answer to another question
        ([(True, ANSWERS[0]), (True, ANSWERS[1])], []),  # nobody asked
        (asked(READ[0], made.modbus(b"\x83\x02")), ["modbus server"]),  # an exception
        (asked(READ[0], made.modbus(b"\x83\x7f")), []),
        (asked(READ[0], made.modbus(b"\x03\x09\x00\x01")), []),  # a length that does not fit
        (asked(READ[0], b"220 ready\r\n"), []),
        (asked(made.dnp3(True, made.DNP3_READ)[:-1] + b"\0", made.dnp3(False)), ["dnp3 server"]),
        (asked(made.dnp3(False), made.dnp3(True)), []),  # the wrong way round
        (asked(made.phasors(4, b"\0\5")[:-1] + b"\0", made.phasors(3, bytes(30))), []),  # a wrong checksum
        (asked(made.START, made.iec104(made.INTERROGATION)), []),
        (asked(made.MQTT_CONNECT, made.mqtt(2, b"\0\5")), []),  # refused
        (asked(made.enip(0x63), made.enip(0x63)), []),
    ],
)
def test_look_alikes_have_no_role(sent: list[Sent], expected: list[str]) -> None:
    assert talked(sent, port=502) == expected


@pytest.mark.parametrize("first", [b"\0\0\0\0\0\6", b"\x10", b"c\0", b"fox a", b"\x05", b"\x68\4"])
def test_other_protocols_are_found_behind_what_may_begin_a_frame(first: bytes) -> None:
    hello = record(client_hello())
    events = [one["event"] for one in read(*connection((False, first), (False, hello), port=443))]
    assert "tls_client" in events


# ---- datagrams and frames

I_AM = made.bacnet(made.i_am(416, 5))
MODEL = made.bacnet(made.property_answer(70, made.characters(b"FX-15")), function=10)
SEVERAL = made.properties_answer(
    (121, made.characters(b"Acme")),
    (70, made.characters(b"M1")),
    (44, made.characters(b"2.0")),
    (77, made.characters(b"private")),
)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (datagram(I_AM, 47808, 47808), ["bacnet vendor 5 instance 416"]),
        (datagram(MODEL, 47808, 47808), ["bacnet model FX-15", "bacnet server"]),
        (
            datagram(made.bacnet(SEVERAL, function=10), 47808, 47808),
            ["bacnet maker Acme", "bacnet model M1", "bacnet firmware 2.0", "bacnet server"],
        ),
        (
            datagram(made.bacnet(made.i_am(7, 5), source=True), 47808, 47808),
            ["bacnet routed vendor 5 instance 7"],
        ),
        (datagram(made.bacnet(made.property_answer(85, b"\x44\0\0\0\0", kind=0)), 47808, 47808), []),
        (datagram(made.bacnet(b"\x10\x08"), 47808, 47808), []),  # Who-Is
        (
            datagram(made.enip(0x63, made.identity_item(made.cip_identity())), 44818, 50000),
            ["enip vendor 1", "enip type 14", "enip product 1756-L61", "enip revision 20.11"],
        ),
        (datagram(made.enip(0x63, made.identity_item(made.cip_identity())), 50000, 44818), []),
        (datagram(made.enip(0x63), 50000, 44818), []),
        (
            datagram(made.fins(made.FINS_IDENTITY, answers=True), 9600, 50000),
            ["fins model CJ2M-CPU31", "fins version 02.01", "fins server"],
        ),
        (datagram(made.fins(made.FINS_IDENTITY, answers=True), 50000, 9600), []),
        (datagram(made.fins(b""), 50000, 9600), []),
        (datagram(made.knx(), 3671, 50000), ["knx server"]),
        (
            frame(made.dcp(*made.STATION), 0x8892),
            ["profinet type S7-1200", "profinet vendor 42", "profinet device 269", "profinet role 2"],
        ),
        (frame(made.dcp(*made.STATION, frame=0xFEFD, kind=0), 0x8892), []),  # an order for another device
        (frame(struct.pack("!H", 0x8000) + bytes(40), 0x8892), []),  # process data
    ],
)
def test_datagrams(one: bytes, expected: list[str]) -> None:
    text, stats = rendered(one, protocols=("industrial",))
    assert (said(one), stats.industrial_malformed) == (expected, 0), text


def test_a_hello_of_quic_may_come_from_a_port_of_plants() -> None:
    """Bytes decide beside the port."""
    _, stats = rendered(datagram(b"\xc3" + bytes(1199), 47808, 443), protocols=("industrial", "tls"))
    assert stats.industrial_malformed == 0


@pytest.mark.parametrize("data", [I_AM, MODEL, made.bacnet(SEVERAL), made.knx()])
def test_cut_messages_state_nothing_wrong(data: bytes) -> None:
    """With lengths that agree with the cut, every cut is malformed or states less."""
    port = 3671 if data[0] == 6 else 47808
    whole = said(datagram(data, port, port))
    for end in range(6, len(data)):
        at = 4 if data[0] == 6 else 2
        cut = data[:at] + struct.pack("!H", end) + data[at + 2 : end]
        assert set(said(datagram(cut, port, port))) < set(whole), end


def test_cut_frames_of_connections_state_less() -> None:
    answer = made.enip(0x63, made.identity_item(made.cip_identity()))
    for end in range(24, len(answer)):
        cut = answer[:2] + struct.pack("<H", end - 24) + answer[4:end]
        assert talked(asked(made.enip(0x63), cut)) == [], end


# ---- hostile messages


def test_a_list_of_65535_items_ends_with_its_bytes() -> None:
    items = struct.pack("<H", 65535) + bytes(8) * 10
    assert said(datagram(made.enip(0x63, items), 44818, 50000)) == []


def test_tags_in_a_thousand_brackets() -> None:
    """A message has at most 1,024 tags."""

    def deep(count: int) -> bytes:
        inside = b"\x3e" * count + made.characters(b"deep") + b"\x3f" * count
        return made.bacnet(made.property_answer(70, inside), function=10)

    assert said(datagram(deep(500), 47808, 47808)) == ["bacnet server"]
    text, stats = rendered(datagram(deep(1000), 47808, 47808), protocols=("industrial",))
    assert (text, stats.industrial_malformed) == ("", 1)


def test_fragments_of_transport_are_passed_over() -> None:
    fragments = [(True, made.tpkt(b"\x32", last=0) * 200)] * 4
    assert talked(
        [*asked(made.CONNECT, made.CONFIRM, made.LIST_QUESTION), *fragments, (True, made.MODULES)]
    ) == [
        "s7 order 6ES7 315-2EH14-0AB0",
        "s7 firmware 3.2.6",
        "s7 server",
    ]


def test_a_device_that_states_three_makers_has_none() -> None:
    frames = [datagram(made.bacnet(made.i_am(1, vendor)), 47808, 47808) for vendor in (5, 7, 10)]
    [one] = hosts(*frames)
    assert one.device is not None
    assert (one.device.type, one.device.manufacturer) == ("controller", None)


def test_a_passed_on_message_describes_nobody() -> None:
    forwarded = made.bacnet(made.i_am(416, 5), function=4, before=bytes(6))
    [one] = read(datagram(forwarded, 47808, 47808), protocols=("industrial",))
    assert one["scope"] == "none"


def test_names_and_serial_numbers_are_private() -> None:
    frames = (
        *connection(*asked(made.CONNECT, made.CONFIRM, made.LIST_QUESTION, made.COMPONENTS), port=102),
        datagram(made.bacnet(SEVERAL), 47808, 47808),
        frame(made.dcp(*made.STATION), 0x8892),
        datagram(made.knx(), 3671, 50000),
    )
    for host_names in (False, True):
        text, _ = rendered(*frames, protocols=("industrial",), host_names=host_names)
        assert [name in text for name in ("MYSTATION", "private", "press-line-3", "living")] == [
            host_names
        ] * 4
        assert "C2UR28922012" not in text


# ---- devices


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ([datagram(I_AM, 47808, 47808)], ("controller", "Johnson Controls", "BACnet instance 416", None)),
        (
            [datagram(I_AM, 47808, 47808), datagram(MODEL, 47808, 47808)],
            ("controller", "Johnson Controls", "FX-15", None),
        ),
        (
            [datagram(made.enip(0x63, made.identity_item(made.cip_identity())), 44818, 50000)],
            ("plc", "Rockwell Automation", "1756-L61", "20.11"),
        ),
        (
            [datagram(made.fins(made.FINS_IDENTITY, answers=True), 9600, 50000)],
            ("plc", "Omron", "CJ2M-CPU31", "02.01"),
        ),
        ([datagram(made.knx(), 3671, 50000)], ("ics-gateway", None, None, None)),
        ([frame(made.dcp(*made.STATION), 0x8892)], ("plc", "Siemens", "S7-1200", None)),
    ],
)
def test_devices(frames: list[bytes], expected: tuple[str | None, ...]) -> None:
    [one] = hosts(*frames)
    found = one.device
    assert found is not None
    assert (found.type, found.manufacturer, found.model, found.version) == expected


def test_both_ends_of_a_connection_have_types() -> None:
    frames = connection(*asked(READ[0], ANSWERS[0], READ[1], ANSWERS[1]), port=502)
    assert sorted(one.device.type or "" for one in hosts(*frames) if one.device) == ["controller", "hmi"]
