"""Session setups of SMB. Expected values follow from [MS-CIFS], [MS-SMB2] and [MS-NLMP]."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.devices import smb
from tests.support.devices.made import MAC, OTHER_MAC, read, rendered
from tests.support.devices.requests import hosts
from tests.support.devices.smb import (
    authenticate,
    challenge,
    connection,
    negotiate,
    negotiation2,
    setup1,
    setup2,
)
from tests.support.devices.smb_messages import CLIENT2, SERVER2
from tests.support.tls.conversation import Conversation

Said = list[tuple[bool, list[str]]]
VERSION = "ntlm 10.0.19041"
BOTH2: Said = [
    (False, [f"{VERSION} client"]),
    (False, [f"{VERSION} client", "name PC"]),
    (True, [f"{VERSION} server", "name SRV"]),
]


def said(frames: list[bytes], **options: Any) -> Said:
    """By event: whether the server sent it, and what is announced, names too."""
    found = read(*frames, host_names=True, **options)
    return [(one["from_server"], one["announced"]) for one in found if one["event"] == "smb"]


def test_version_2() -> None:
    assert said(connection(CLIENT2, SERVER2)) == BOTH2
    assert said(connection(CLIENT2, SERVER2), workers=2) == BOTH2


@pytest.mark.parametrize("step", [1, 3, 7, 60, 300])
def test_segments_of_any_size(step: int) -> None:
    assert said(connection(CLIENT2, SERVER2, step=step)) == BOTH2


def test_the_device_is_the_sender() -> None:
    sent = [one for one in read(*connection(CLIENT2, SERVER2), host_names=True) if one["event"] == "smb"]
    assert {(one["mac"], one["device_ip"]) for one in sent} == {
        (MAC, "192.0.2.1"),
        (OTHER_MAC, "198.51.100.2"),
    }
    assert sent[-1]["host_name"] == "SRV"
    assert (sent[0]["dst_port"], sent[-1]["src_port"]) == (445, 445)


def test_names_are_private() -> None:
    frames = connection(CLIENT2, SERVER2)
    for form in ("json", "eve", "ecs", "text"):
        text = rendered(*frames, form=form)[0]
        assert "19041" in text
        assert not any(name in text for name in ("SRV", "anna", "HOME"))
    eve = [one for one in read(*frames, form="eve") if one["event_type"] == "smb"]
    assert {one["proto"] for one in eve} == {"TCP"}


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize(
    ("made", "from_server", "expected"),
    [
        ({"words": 12, "token": negotiate(), "texts": ("Windows 7", "LAN")}, False, [f"{VERSION} client"]),
        ({"words": 12, "token": b"krb", "texts": ("Windows 7", "LAN")}, False, []),
        ({"words": 13, "passwords": (24, 1), "texts": ("anna", "HOME", "Windows 7", "LAN")}, False, []),
        ({"words": 10, "passwords": (3, 0), "texts": ("anna", "HOME", "Windows 7", "LAN")}, False, []),
        (
            {"words": 4, "token": challenge(), "texts": ("Windows 7", "LAN")},
            True,
            [f"{VERSION} server", "name SRV"],
        ),
        ({"words": 3, "texts": ("Windows 7", "LAN", "HOME")}, True, []),
    ],
)
def test_version_1(made: dict[str, Any], from_server: bool, expected: list[str], unicode: bool) -> None:
    sent = setup1(**made, unicode=unicode)
    frames = connection(b"", sent) if from_server else connection(sent)
    manager = ["smb-manager LAN"] * from_server
    assert said(frames) == [(from_server, [*expected, "smb-system Windows 7", *manager])]


def test_a_client_with_samba_is_no_server() -> None:
    texts = ("Unix", "Samba 4.0.0")
    sent = setup1(words=12, token=b"krb", texts=texts), setup1(words=3, texts=texts)
    for frames, expected in ((connection(sent[0]), set()), (connection(b"", sent[1]), {("server", "Samba")})):
        assert {(one.device.type, one.device.system) for one in hosts(*frames) if one.device} == expected


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (negotiate(None), []),
        (negotiate(None, b"PC"), ["name PC"]),
        (negotiate(bytes(8)), []),
        (authenticate(None), ["name PC"]),
        (
            authenticate(
                name="Ä\U0001f600\ud800".encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            ),
            [f"{VERSION} client", "name Ä\U0001f600�"],
        ),
        (challenge(None), ["name SRV"]),
        (challenge(target=b""), [f"{VERSION} server"]),
        (challenge(target=smb.pairs((2, b"a\0"))), [f"{VERSION} server"]),
        (challenge(target=b"\1\0\xff\xffa\0"), [f"{VERSION} server"]),
        (challenge()[:40], []),
        (b"NTLMSSP\0\4\0\0\0" + bytes(60), []),
        (b"N" * 500, []),
    ],
)
def test_messages_of_ntlm(token: bytes, expected: list[str]) -> None:
    assert [texts for _, texts in said(connection(setup2(token)))] == ([expected] if expected else [])


def test_what_is_no_session_setup() -> None:
    late = setup2(b"", command=3) + setup2(negotiate())
    assert said(connection(late)) == []
    assert said(connection(smb.framed(b"\xfdSMB" + bytes(60)) + setup2(negotiate()))) == []
    assert said(connection(b"GET / HTTP/1.1\r\n\r\n")) == []
    assert said(connection(b"\x81\0\0\x44" + bytes(68) + CLIENT2, b"\x82\0\0\0" + SERVER2, port=139)) == BOTH2


def test_a_connection_whose_handshake_is_missing() -> None:
    made = Conversation(server_port=445).client(0, CLIENT2).server(0, SERVER2)
    assert said(smb.framed_packets(made.packets)) == BOTH2
    answer = Conversation(server_port=445).server(0, setup2(challenge(), reply=True))
    assert said(smb.framed_packets(answer.packets)) == [(True, [f"{VERSION} server", "name SRV"])]


RPC = (
    smb.rpc(negotiate()) + smb.rpc(authenticate(), 16) + smb.rpc(b"", 0),
    smb.rpc(challenge(), 12) + smb.rpc(b"", 2),
)
LDAP = (
    smb.ldap(b"", 0x63) + smb.ldap(negotiate(), number=2) + smb.ldap(authenticate(), number=0x7FFF),
    smb.ldap(b"", 0x64) + smb.ldap(challenge(), 0x61) + smb.ldap(b"", 0x61),
)
RPC_BIG = (smb.rpc(negotiate(), order=">") + smb.rpc(authenticate(), 16, order=">"), smb.rpc(challenge(), 12))


@pytest.mark.parametrize("step", [1, 7, 1 << 16])
@pytest.mark.parametrize(("port", "sides"), [(135, RPC), (49685, RPC_BIG), (389, LDAP), (3268, LDAP)])
def test_ntlm_in_other_protocols(port: int, sides: tuple[bytes, bytes], step: int) -> None:
    """DCE/RPC on any port, in any byte order, and LDAP, where a search may come first."""
    assert said(connection(*sides, port=port, step=step)) == BOTH2


def test_ntlm_in_other_protocols_without_a_handshake() -> None:
    for client, server in (RPC, (LDAP[0][len(smb.ldap(b"", 0x63)) :], smb.ldap(challenge(), 0x61))):
        made = Conversation(server_port=135).client(0, client).server(0, server)
        assert said(smb.framed_packets(made.packets)) == BOTH2


@pytest.mark.parametrize(
    "sent",
    [
        smb.rpc(negotiate(), 0),  # a request, whose data name NTLM
        b"\5\2" + smb.rpc(negotiate())[2:],  # no such version
        b"\5\1\0" + negotiate(),  # SOCKS
        smb.ldap(negotiate(), 0x63),
        b"\x30\x84\xff\xff\xff\xff" + smb.ldap(negotiate())[4:],
        b"\x30\x03abc" + negotiate(),
    ],
)
def test_what_is_no_bind(sent: bytes) -> None:
    assert said(connection(sent, port=135)) == []
    assert said(connection(b"", sent, port=389)) == []


def test_long_messages_are_passed_over() -> None:
    long = setup2(bytes(20_000))
    assert said(connection(long + setup2(negotiate()), step=1400)) == [(False, [f"{VERSION} client"])]


@pytest.mark.parametrize(
    "sent",
    [
        setup2(negotiate(), place=2000),
        smb.framed(smb.header2(1) + b"\x19"),
        negotiation2() + b"\0\0\0\x40GET / HTTP/1.1\r\n" + bytes(60),
        smb.framed(setup1(("a",))[4:40]),
        smb.framed(setup1(("a",), b"token")[4:-9]),
    ],
)
def test_what_is_malformed_is_counted(sent: bytes) -> None:
    text, stats = rendered(*connection(sent), protocols=("smb",))
    assert text == ""
    assert stats.smb_malformed == 1


def test_protocols_choose() -> None:
    assert said(connection(CLIENT2, SERVER2), protocols=("smb",)) == BOTH2
    assert said(connection(CLIENT2, SERVER2), protocols=("tcp", "tls", "http")) == []
