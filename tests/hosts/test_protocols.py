"""SMB 1, and plants that speak with the internet: what shows them, and what does not."""

from __future__ import annotations

import pytest

from tests.hosts.test_claims_and_worms import findings
from tests.support.captures import Packet
from tests.support.devices import industrial as made
from tests.support.devices import smb
from tests.support.devices.industrial import Sent, asked
from tests.support.packets import ACK, LINUX_OPTIONS, PSH, SYN, Ip4, Tcp, packet
from tests.support.scans import START

PLC, SITE, OUTSIDE = "192.168.7.10", "10.20.0.5", "203.0.113.9"


def talk(client: str, server: str, turns: list[Sent], port: int = 502) -> list[Packet]:
    """A connection from the handshake on, one segment for each turn, 10 ms apart."""
    sent = [(False, SYN, b""), (True, SYN | ACK, b""), (False, ACK, b"")]
    sent += [(from_server, ACK | PSH, data) for from_server, data in turns]
    packets, following = list[Packet](), {False: 1000, True: 5000}
    for number, (from_server, flags, data) in enumerate(sent):
        ends, ports = ((server, client), (port, 40000)) if from_server else ((client, server), (40000, port))
        seq, ack = following[from_server], 0 if flags == SYN else following[not from_server]
        options = LINUX_OPTIONS if flags & SYN else b""
        tcp = Tcp(*ports, seq=seq, ack=ack, flags=flags, options=options, payload=data)
        packets.append((START + number * 10_000_000, packet(Ip4(*ends), tcp)))
        following[from_server] += len(data) + (1 if flags & SYN else 0)
    return packets


MODBUS = asked(*(made.modbus(data, n) for n in (1, 2) for data in (made.READ_REGISTERS, made.REGISTERS)))
UNANSWERED = [one for one in MODBUS if not one[0]]
MQTT = asked(*map(bytes.fromhex, ("100c00044d5154540402003c0000", "20020000", "c000", "d000")))


@pytest.mark.parametrize("ends", [(OUTSIDE, PLC), (PLC, OUTSIDE)], ids=["asked from outside", "asks outside"])
def test_a_plant_with_the_internet(ends: tuple[str, str]) -> None:
    assert findings(talk(*ends, MODBUS)) == [(PLC, "plant_outside")]


@pytest.mark.parametrize(
    "packets",
    [
        talk(SITE, PLC, MODBUS),
        talk(OUTSIDE, PLC, UNANSWERED),
        talk(PLC, OUTSIDE, MQTT, 1883),
        talk("198.51.100.7", OUTSIDE, MODBUS),
    ],
    ids=["another network of the site", "a scan that nobody answers", "MQTT to a cloud", "both outside"],
)
def test_what_is_no_plant_with_the_internet(packets: list[Packet]) -> None:
    assert "plant_outside" not in [kind for _, kind in findings(packets)]


TEXTS = ["Windows 5.1", "Windows 2000 LAN Manager"]
SETUP1 = smb.setup1(TEXTS)
REPLY1 = smb.setup1([*TEXTS, "HOME"], words=3)
NEGOTIATED = smb.negotiation2(reply=True)


def test_smb_1() -> None:
    assert findings(talk(SITE, PLC, asked(SETUP1, REPLY1), 445)) == [(PLC, "old_smb")]


def test_what_is_no_smb_1() -> None:
    """A client that offers it to a server with SMB 2, or that nobody answers."""
    version2 = asked(smb.negotiation2(), NEGOTIATED + smb.setup2(b"", reply=True))
    for turns in ([(False, SETUP1)], asked(SETUP1, NEGOTIATED), version2):
        assert findings(talk(SITE, PLC, turns, 445)) == []
