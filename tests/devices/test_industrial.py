"""Protocols of plants: damaged and hostile messages, and names. The golden pages have their messages."""

from __future__ import annotations

import struct
from itertools import pairwise

import pytest

from huginn_cffi.base.names import PROTOCOLS
from tests.support.devices import industrial as made
from tests.support.devices.industrial import asked
from tests.support.devices.made import MAC, OTHER_MAC, datagram, frame, read, rendered
from tests.support.devices.requests import AXIS, hosts
from tests.support.devices.requests import request as leased
from tests.support.golden import GoldenFlow, Message
from tests.support.tls.conversation import client_hello, record


def said(*frames: bytes) -> list[str]:
    records = read(*frames, protocols=("industrial",))
    return [one.removeprefix("industrial ") for record_ in records for one in record_.get("announced", ())]


def connection(*sent: Message) -> list[bytes]:
    return [*GoldenFlow("tcp 192.168.7.7:40000 > 198.51.100.2:102", [*sent]).frames()]


# ---- datagrams and frames

I_AM = made.bacnet(made.i_am(416, 5))
MODEL = made.bacnet(made.property_answer(70, made.characters(b"FX-15")), function=10)
SEVERAL = made.properties_answer(
    (121, made.characters(b"Acme")),
    (70, made.characters(b"M1")),
    (44, made.characters(b"2.0")),
    (77, made.characters(b"private")),
)


@pytest.mark.parametrize("first", [b"\0\0\0\0\0\6", b"\x10", b"c\0", b"fox a", b"\x05", b"\x68\4"])
def test_other_protocols_are_found_behind_what_may_begin_a_frame(first: bytes) -> None:
    events = [one["event"] for one in read(*connection((False, first), (False, record(client_hello()))))]
    assert "tls_client" in events


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
        assert said(*connection(*asked(made.enip(0x63), cut))) == [], end


HELLO = made.opcua(b"HEL", struct.pack("<5I", 0, 65536, 65536, 0, 0) + made.text(b"opc.tcp://a"))
ACKNOWLEDGE = made.opcua(b"ACK", struct.pack("<5I", 0, 65536, 65536, 0, 0))
SESSION = made.enip(0x65, b"\1\0\0\0"), made.enip(0x65, b"\1\0\0\0", session=5)
READ = bytes.fromhex("c0c1013c0106"), bytes.fromhex("c0c181000000")


@pytest.mark.parametrize(
    ("question", "answer", "header"),
    [
        (HELLO, ACKNOWLEDGE, 8),
        (*SESSION, 24),
        (made.dnp3(True, READ[0]), made.dnp3(False, READ[1]), 10),
        (made.fox(), made.fox(), 10),
        (made.s7(1, b"\4\1" + bytes(12)), made.s7(3, b"\4\1", b"\xff\4\0\x08\0"), 4),
    ],
    ids=["opcua", "enip", "dnp3", "fox", "s7"],
)
def test_a_header_may_come_alone(question: bytes, answer: bytes, header: int) -> None:
    """Some programs send it in a segment of its own."""
    whole = said(*connection(*asked(question, answer)))
    assert [one.split()[1] for one in whole] == ["server"]
    for end in (header, header + 1):
        cut = (False, question[:end]), (False, question[end:]), (True, answer[:end]), (True, answer[end:])
        assert said(*connection(*cut)) == whole, end


@pytest.mark.parametrize("first", [b"HELF\7\0\0\0", bytes.fromhex("056405c0010000049999")])
def test_what_only_resembles_a_header_is_not_awaited(first: bytes) -> None:
    events = [one["event"] for one in read(*connection((False, first), (False, record(client_hello()))))]
    assert "tls_client" in events


# ---- hostile messages


def test_tags_in_a_thousand_brackets() -> None:
    """A message has at most 1,024 tags."""

    def deep(count: int) -> bytes:
        inside = b"\x3e" * count + made.characters(b"deep") + b"\x3f" * count
        return made.bacnet(made.property_answer(70, inside), function=10)

    assert said(datagram(deep(500), 47808, 47808)) == ["bacnet server"]
    text, stats = rendered(datagram(deep(1000), 47808, 47808), protocols=("industrial",))
    assert (text, stats.industrial_malformed) == ("", 1)


def test_names_and_serial_numbers_are_private() -> None:
    frames = (
        *connection(*asked(made.CONNECT, made.CONFIRM, made.LIST_QUESTION, made.COMPONENTS)),
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


def test_fragments_of_an_iso_transport_without_end() -> None:
    """Only whole messages count."""
    parts = [(True, made.tpkt(b"", last=0) * 200)] * 100
    assert said(*connection((False, made.CONNECT), (True, made.CONFIRM), *parts)) == []


def test_a_message_in_more_than_8_fragments_is_passed_over() -> None:
    """The content of the answer, in 8 and in 9 packets. Later messages are read."""
    content = made.MODULES[7:]

    def fragmented(count: int) -> list[str]:
        ends = [0, *range(1, count), len(content)]
        pieces = [content[begin:end] for begin, end in pairwise(ends)]
        parts = b"".join(made.tpkt(one, last=0x80 * (n == count - 1)) for n, one in enumerate(pieces))
        sent = ((False, made.CONNECT), (True, made.CONFIRM), (False, made.LIST_QUESTION), (True, parts))
        return said(*connection(*sent, (True, made.COMPONENTS)))

    order, module = "s7 order 6ES7 315-2EH14-0AB0", "s7 module CPU 315-2 PN/DP"
    assert [(order in said_, module in said_) for said_ in (fragmented(8), fragmented(9))] == [
        (True, True),
        (False, True),
    ]


def test_an_answer_longer_than_all_that_is_read_states_what_it_begins_with() -> None:
    """Endpoints with their certificates, in one message of 17 KB. Nothing after it is read."""
    question = made.opcua_message(428, bytes(40))
    answer = made.opcua_message(431, made.endpoints(b"urn:acme", b"Acme") + bytes(17_000))
    hello, known = made.opcua(b"HEL", bytes(24) + b"\xff" * 4), made.opcua(b"ACK", bytes(20))
    flow = connection(
        *asked(hello, known, question, answer[:1400]),
        *((True, answer[at : at + 1400]) for at in range(1400, len(answer), 1400)),
    )
    assert said(*flow).count("opcua product urn:acme") == 1
    _, stats = rendered(*flow, protocols=("industrial",))
    assert stats.industrial_malformed == 0


def test_a_list_of_65535_items_states_what_it_holds() -> None:
    item = made.identity_item(made.cip_identity(), count=65_535)
    one = made.identity_item(made.cip_identity())
    answers = [said(*connection(*asked(made.enip(0x63), made.enip(0x63, data)))) for data in (one, item)]
    assert "enip product 1756-L61" in answers[0]
    assert len(answers[1]) <= len(answers[0])


def test_a_server_that_states_three_makers_has_none() -> None:
    """A honeypot answers everything: its protocols contradict each other."""
    sent = [
        asked(made.CONNECT, made.CONFIRM, made.LIST_QUESTION, made.MODULES),
        asked(made.enip(0x63), made.enip(0x63, made.identity_item(made.cip_identity()))),
        asked(made.modbus(bytes.fromhex("2b0e0100")), made.modbus(made.IDENTITY)),
    ]
    names = ("102", "44818", "502")

    def device(*chosen: int) -> str | None:
        frames = [
            data
            for number in chosen
            for data in GoldenFlow(
                f"tcp 192.168.7.7:{40000 + number} > 192.168.7.9:{names[number]}", [*sent[number]]
            ).frames()
        ]
        found = {one.ip: one.device for one in hosts(*frames)}["192.168.7.9"]
        return found.manufacturer if found is not None else None

    assert [device(0), device(1), device(2)] == ["Siemens", "Rockwell Automation", "Acme Corp"]
    assert device(0, 1, 2) is None


def test_a_broadcast_for_another_address_changes_nothing_there() -> None:
    camera = leased(AXIS, ip="192.0.2.7")
    forged = datagram(I_AM, 47808, 47808, mac=OTHER_MAC)
    found = {one.mac: one.device for one in hosts(camera, forged)}
    own = found[MAC]
    assert own is not None
    assert (own.type, own.manufacturer) == ("camera", "Axis")


def test_answers_without_the_clients_side() -> None:
    """One direction shows no completed connection: anybody could have sent it, and it gives no role."""
    flow = connection(*asked(made.CONNECT, made.CONFIRM, made.LIST_QUESTION, made.MODULES))
    answers = [one for one in flow if one[26:30] == bytes((198, 51, 100, 2))]
    assert 0 < len(answers) < len(flow)
    scopes = [one["scope"] for one in read(*answers, protocols=("industrial",))]
    assert ("s7 server" in said(*flow), "s7 server" in said(*answers)) == (True, False)
    assert scopes == ["remote"]


# ---- Modbus: any transaction number

POLL = made.READ_REGISTERS, made.REGISTERS
ROLES = {("198.51.100.2", "industrial modbus server"), ("192.168.7.7", "industrial modbus client")}


def poll(number: int) -> list[Message]:
    """Two requests with their answers; the transaction number counts."""
    return [
        (is_answer, made.modbus(pdu, (number + i) % 65536))
        for i in range(2)
        for is_answer, pdu in zip((False, True), POLL, strict=True)
    ]


def roles(flows: list[list[bytes]]) -> list[set[tuple[str, str]]]:
    """The roles by connection."""
    found: dict[int, set[tuple[str, str]]] = {}
    firsts = [sum(map(len, flows[:i])) + 1 for i in range(len(flows))]
    for one in read(*(packet for flow in flows for packet in flow), protocols=PROTOCOLS):
        found.setdefault(one["flow"], set()).update(
            (one["src_ip"], said) for said in one.get("announced", ())
        )
    return [found.get(first, set()) for first in firsts]


@pytest.mark.parametrize("opened", [True, False])
@pytest.mark.parametrize("second", [0, 1, 2, 10, 0x64, 0xFF])
def test_modbus_with_any_first_byte_of_the_transaction(second: int, opened: bool) -> None:
    flows = [
        [
            *GoldenFlow(f"tcp 192.168.7.7:{port} > 198.51.100.2:502", poll(first << 8 | second)).frames(
                opened=opened
            )
        ]
        for first, port in enumerate(range(40000, 40256))
    ]
    assert roles(flows) == [ROLES] * 256


@pytest.mark.parametrize("first", [0x04, 0x05, 0x12, 0x16, 0x47, 0x53, 0x68])
@pytest.mark.parametrize("cut", range(1, 8))
def test_modbus_in_two_segments(first: int, cut: int) -> None:
    (_, question), *rest = poll(first << 8 | 2)
    messages = [(False, question[:cut]), (False, question[cut:]), *rest]
    flow = [*GoldenFlow("tcp 192.168.7.7:40000 > 198.51.100.2:502", messages).frames()]
    assert roles([flow]) == [ROLES]


def unit(number: int, cip: str) -> bytes:
    """A message of a connected session of EtherNet/IP."""
    data = struct.pack("<H", number) + bytes.fromhex(cip)
    items = struct.pack("<IHHHHIHH", 0, 0, 2, 0xA1, 4, 77, 0xB1, len(data))
    return made.enip(0x70, items + data, session=5, context=0)


@pytest.mark.parametrize("opened", [True, False])
def test_a_session_of_ethernet_ip_that_the_capture_finds_open(opened: bool) -> None:
    question, answer = "4c02206b24010100", "cc000000c4000100"
    sent = asked(*(unit(number, cip) for number in (1, 2) for cip in (question, answer)))
    flow = GoldenFlow("tcp 192.168.7.7:40000 > 198.51.100.2:44818", [*sent])
    assert said(*flow.frames(opened=opened)) == ["enip server", "enip client"]
