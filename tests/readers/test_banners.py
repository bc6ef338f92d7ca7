"""Programs and systems that SSH identifications state, by patterns of ``[banner]``, and hosts with them."""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord
from huginn_workbench.core import explain_device
from sigcompiler.reading.parser import parse_text
from tests.support.conversations import CLIENT, SERVER, capture
from tests.support.ssh_model import CLIENT_SAYS, SERVER_SAYS, connection

LINUX = "Linux"


@pytest.fixture(scope="module")
def database() -> hg.Database:
    return hg.Database.load_default()


# Texts of recog's own examples (ssh_banners.xml, BSD-2-Clause), with the values that these state there.
RECOG = [
    ("OpenSSH_7.2 FreeBSD-20160310", "OpenSSH", "7.2", None, "FreeBSD"),
    ("OpenSSH_7.2 NetBSD-20100308", "OpenSSH", "7.2", None, "NetBSD"),
    ("OpenSSH_4.4 NetBSD_Secure_Shell-20061114", "OpenSSH", "4.4", None, "NetBSD"),
    ("OpenSSH_4.1p1 Debian-7ubuntu4", "OpenSSH", "4.1p1", "Ubuntu 5.10", LINUX),
    ("OpenSSH_4.6p1 Debian-5ubuntu0.2", "OpenSSH", "4.6p1", "Ubuntu 7.10", LINUX),
    ("OpenSSH_4.6p1 Debian-5build1", "OpenSSH", "4.6p1", "Ubuntu 7.10", LINUX),
    ("OpenSSH_4.7p1 Debian-8ubuntu1.2", "OpenSSH", "4.7p1", "Ubuntu 8.04", LINUX),
    ("OpenSSH_5.3p1 Debian-3ubuntu7.1", "OpenSSH", "5.3p1", "Ubuntu 10.04", LINUX),
    ("OpenSSH_5.9p1 Debian-5ubuntu1.4", "OpenSSH", "5.9p1", "Ubuntu 12.04", LINUX),
    ("OpenSSH_6.1p1 Debian-4", "OpenSSH", "6.1p1", "Ubuntu 13.04", LINUX),
    ("OpenSSH_6.6.1p1 Ubuntu-2ubuntu2", "OpenSSH", "6.6.1p1", "Ubuntu 14.04", LINUX),
    ("OpenSSH_6.7p1 Ubuntu-5ubuntu1", "OpenSSH", "6.7p1", "Ubuntu 15.04", LINUX),
    ("OpenSSH_7.4p1 Ubuntu-10", "OpenSSH", "7.4p1", "Ubuntu", LINUX),
    ("OpenSSH_7.2p2 Ubuntu-4ubuntu2.2", "OpenSSH", "7.2p2", "Ubuntu 16.04", LINUX),
    ("OpenSSH_6.0p1 Debian-4", "OpenSSH", "6.0p1", "Debian 7", LINUX),
    ("OpenSSH_6.0p1 Debian-4+deb7u2", "OpenSSH", "6.0p1", "Debian 7", LINUX),
    ("OpenSSH_6.6.1p1 Debian-4~bpo70+1", "OpenSSH", "6.6.1p1", "Debian 7", LINUX),
    ("OpenSSH_6.7p1 Debian-5+deb8u1~ui80+7", "OpenSSH", "6.7p1", "Debian 8", LINUX),
    ("OpenSSH_7.4p1 Debian-10+deb9u1", "OpenSSH", "7.4p1", "Debian 9", LINUX),
    ("OpenSSH_5.5p1 Debian-6+squeeze4", "OpenSSH", "5.5p1", "Debian 6", LINUX),
    ("OpenSSH_4.3p2 Debian-9etch3", "OpenSSH", "4.3p2", "Debian 4", LINUX),
    ("OpenSSH_4.2p1 Debian-4bpo1", "OpenSSH", "4.2p1", "Debian", LINUX),
    ("OpenSSH_3.4p1 Debian 1:3.4p1-1.woody.3", "OpenSSH", "3.4p1", "Debian", LINUX),
    ("OpenSSH_7.4p1 Raspbian-10+deb9u1", "OpenSSH", "7.4p1", "Raspbian 9", LINUX),
    ("OpenSSH_6.9p1 Raspbian-3", "OpenSSH", "6.9p1", "Raspbian", LINUX),
    ("OpenSSH_2.3.0_Mikrotik_v2.9", "OpenSSH", "2.3.0", "MikroTik", None),
    ("OpenSSH_4.3-HipServ", "OpenSSH", "4.3", "HipServ", LINUX),
    ("OpenSSH_for_Windows_7.7", "OpenSSH", "7.7", None, "Windows"),
    ("OpenSSH_3.8 in DesktopAuthority 7.1.091", "OpenSSH", "3.8", "DesktopAuthority", "Windows"),
    ("OpenSSH_6.2 PKIX FIPS", "OpenSSH", "6.2", "FIPS", None),
    ("OpenSSH_5.8p1-hpn13v11", "OpenSSH", "5.8p1", "HPN", None),
    ("OpenSSH_3.8.1p1 ", "OpenSSH", "3.8.1p1", None, None),
    ("OpenSSH", "OpenSSH", None, None, None),
    ("dropbear_2015.67", "Dropbear", "2015.67", None, None),
    ("dropbear", "Dropbear", None, None, None),
    ("libssh_0.8.0", "libssh", "0.8.0", None, None),
    ("paramiko_2.1.3 501 command not implemented ERROR", "Paramiko", "2.1.3", None, None),
    ("Cisco-1.25", "Cisco SSH", "1.25", None, None),
    ("Sun_SSH_1.1", "Sun SSH", "1.1", None, "Solaris"),
    ("1.07 FlowSsh: WinSSHD 5.20: free only for x", "Bitvise SSH Server", "5.20", None, "Windows"),
    ("1.78 sshlib: WinSSHD 4.15a", "Bitvise SSH Server", "4.15a", None, "Windows"),
    ("WS_FTP-SSH_6.1.1", "WS_FTP", "6.1.1", None, "Windows"),
    ("6.4.12.353 SSH Tectia Server", "SSH Tectia Server", "6.4.12.353", None, None),
    ("xlightftpd_release_3.8.3.6.1", "Xlight FTP Server", "3.8.3.6.1", None, "Windows"),
    ("ROSSSH", "RouterOS SSH", None, None, None),
    ("mpSSH_0.0.1", "HP iLO", "0.0.1", None, None),
]

OWN = [
    ("OpenSSH_9.2p1 Debian-2+deb12u3", "OpenSSH", "9.2p1", "Debian 12", LINUX),
    ("OpenSSH_10.0p2 Debian-7+deb13u1", "OpenSSH", "10.0p2", "Debian 13", LINUX),
    ("OpenSSH_9.6p1 Ubuntu-3ubuntu13.8", "OpenSSH", "9.6p1", "Ubuntu 24.04", LINUX),
    ("OpenSSH_8.9p1 Ubuntu-3ubuntu0.6", "OpenSSH", "8.9p1", "Ubuntu 22.04", LINUX),
    ("OpenSSH_10.2", "OpenSSH", "10.2", None, None),
    ("PuTTY_Release_0.78", "PuTTY", "0.78", None, None),
    ("libssh2_1.10.0", "libssh2", "1.10.0", None, None),
    ("APACHE-SSHD-2.5.0", "Apache MINA SSHD", "2.5.0", None, None),
    ("Go", "Go x/crypto/ssh", None, None, None),
]


@pytest.mark.parametrize(("text", "program", "version", "variant", "system"), [*RECOG, *OWN])
def test_what_an_identification_states(
    database: hg.Database,
    text: str,
    program: str,
    version: str | None,
    variant: str | None,
    system: str | None,
) -> None:
    found = explain_device(database, "ssh", text)
    assert (found.program, found.program_version, found.variant) == (program, version, variant)
    assert found.system == system
    assert (found.type, found.manufacturer, found.model) == (None, None, None)


@pytest.mark.parametrize("text", ["", "OpenSSHx_9.6", "xOpenSSH_9.6", "Gopher", "dropbear2", "WinSSHD 5"])
def test_what_states_nothing(database: hg.Database, text: str) -> None:
    assert explain_device(database, "ssh", text).match is None


# ---- hosts


def host_of(address: str, *frames: bytes) -> HostRecord:
    """What is known of an address."""
    with hg.Analyzer() as analyzer:
        inventory = Inventory(analyzer.database)
        for batch in analyzer.batches(capture(*frames)):
            inventory.add(batch)
        found = inventory.find(address)
    assert found is not None
    return found


def said(host: HostRecord, source: str) -> list[tuple[str, int | None, str]]:
    return [(one.name, one.packets, one.relation) for one in host.evidence if one.source == source]


def test_a_host_shows_programs_and_its_system_is_narrowed() -> None:
    frames = connection(CLIENT_SAYS, SERVER_SAYS)
    server, client = host_of(SERVER, *frames), host_of(CLIENT, *frames)
    before = host_of(SERVER, *frames[:2])
    assert (server.servers, client.clients) == (("OpenSSH 9.2p1 (Debian 12)",), ("OpenSSH 9.6",))
    assert (before.family, before.flavor) == ("Linux", "")
    assert (server.family, server.flavor) == ("Linux", "6.1 or newer")
    assert said(server, "ssh_server") == [("Linux 6.1 or newer", 1, "narrows")]
    assert said(client, "ssh_server") == []
    with hg.Analyzer() as analyzer:
        inventory = Inventory(analyzer.database)
        for batch in analyzer.batches(capture(*frames)):
            inventory.add(batch)
    text = b"".join(inventory.written("text")).decode()
    assert "Server: OpenSSH 9.2p1 (Debian 12)" in text
    assert "SSH: Linux 6.1 or newer (1 packet)" in text


def test_a_program_never_overrides_the_stack() -> None:
    server = host_of(SERVER, *connection(CLIENT_SAYS, b"SSH-2.0-OpenSSH_for_Windows_9.5\r\n"))
    assert (server.family, server.servers) == ("Linux", ("OpenSSH 9.5",))
    assert said(server, "ssh_server") == [("Windows", 1, "contradicts")]


def test_what_nothing_names_is_not_stored() -> None:
    server = host_of(SERVER, *connection(CLIENT_SAYS, b"SSH-2.0-secret_name_1\r\n"))
    assert (server.servers, said(server, "ssh_server")) == ((), [])


def test_invented_versions_are_bounded() -> None:
    """A host has room for 64 names; half of them at most are such as senders make up."""
    frames = [
        frame
        for number in range(200)
        for frame in connection(CLIENT_SAYS, b"SSH-2.0-OpenSSH_9.%d\r\n" % number, port=40000 + number)
    ]
    server = host_of(SERVER, *frames)
    assert 16 <= len(server.servers) <= 32


# ---- the section


def faults(text: str) -> list[str]:
    return [one.code for one in parse_text(f"[banner]\n{text}\n")[1]]


def test_the_grammar_of_the_section() -> None:
    model, found = parse_text("[banner]\nlabel = s:X:<version>:Y 1:Linux:4.4\nsig = ssh x_<version> y*\n")
    assert found == []
    (one,) = model.device
    assert tuple(one.label.device or ()) == ("X", "<version>", "Y 1", "Linux", "4.4")
    assert faults("label = s:X:::\nsig = ssh x") == ["E021"]
    assert faults("label = s:X::::\nsig = mdns x") == ["E071"]
    assert faults("label = s:X:<version>:::\nsig = ssh x") == ["E073"]
    assert faults("label = s:X:<release>:::\nsig = ssh x <version>") == ["E070", "E073"]
    assert faults("label = s:X::::\nsig = ssh **x") == ["E072"]
    assert [one.code for one in parse_text("[device]\nlabel = s:tv::::\nsig = ssh x\n")[1]] == ["E071"]
