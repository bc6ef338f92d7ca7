"""SMB of captures: what tshark shows of session setups is announced, until nothing new follows."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from tests.support.devices import captured
from tests.support.devices.captured import announced, captures, fields
from tests.support.devices.made import capture
from tests.support.devices.smb import (
    authenticate,
    challenge,
    connection,
    ldap,
    negotiate,
    negotiation2,
    rpc,
    setup1,
    setup2,
)

NAMES = (
    *(
        "frame.number",
        "ip.src",
        "ipv6.src",
        "tcp.srcport",
        "smb.native_os",
        "smb.native_lanman",
        "smb.flags.response",
    ),
    *(
        "ntlmssp.messagetype",
        "ntlmssp.version.major",
        "ntlmssp.version.minor",
        "ntlmssp.version.build_number",
    ),
    *("ntlmssp.negotiate.callingworkstation", "ntlmssp.auth.hostname"),
    "ntlmssp.challenge.target_info.nb_computer_name",
)
Sender = tuple[str, str]
BINDS = "(ntlmssp and (ldap or dcerpc) and not smb and not smb2)"
SETUPS = f"(smb.cmd == 0x73 or smb2.cmd == 1 or {BINDS}) and not icmp"
NAME_OF = {
    "1": "negotiate.callingworkstation",
    "2": "challenge.target_info.nb_computer_name",
    "3": "auth.hostname",
}


def of_tshark(row: dict[str, str]) -> list[str]:
    """The texts that a session setup announces."""
    found, kind = [], row["ntlmssp.messagetype"][-1:]
    if kind and row["ntlmssp.version.major"]:
        # tshark may show one message twice
        parts = ("major", "minor", "build_number")
        numbers = (row[f"ntlmssp.version.{part}"].partition("|")[0] for part in parts)
        found.append(f"ntlm {'.'.join(numbers)} {'server' if kind == '2' else 'client'}")
    name = row[f"ntlmssp.{NAME_OF[kind]}"] if kind else ""
    found += [f"name {name}"] * (name not in ("", "NULL"))
    found += [f"smb-system {row['smb.native_os']}"] * bool(row["smb.native_os"])
    if row["smb.flags.response"] not in ("", "0", "False"):
        found += [f"smb-manager {row['smb.native_lanman']}"] * bool(row["smb.native_lanman"])
    return found


def compare(path: Path) -> int:
    """How many session setups announce the same; the rest repeats what their sender said before.

    Bytes with a wrong checksum count when they are acknowledged: their row has the number of that packet.
    tshark's fields are those of the last setup in a packet.
    """
    ours, said, same = defaultdict[Sender, dict[int, list[str]]](dict), defaultdict[Sender, set[str]](set), 0
    for row in announced(path, "smb"):
        texts = [text.replace(" directory", " server") for text in row["announced"]]
        ours[row["src_ip"], str(row["src_port"])][row["packet_number"]] = texts
    for row in fields(path, SETUPS, NAMES):
        texts, sender = of_tshark(row), (row["ip.src"] or row["ipv6.src"], row["tcp.srcport"])
        # text of one byte a character is shown in several ways
        first = min(ours[sender], default=None)
        if first is not None and ascii_of(ours[sender][first]) == ascii_of(texts):
            del ours[sender][first]
            same += 1
        else:
            assert {*texts} <= said[sender], (path.name, row["frame.number"])
        said[sender] |= {*texts}
    assert not any(ours.values()), path.name
    return same


def ascii_of(texts: list[str]) -> list[bytes]:
    return [text.encode("ascii", "ignore") for text in texts]


def test_the_same_as_tshark() -> None:
    smallest = sorted(captures("smb"), key=lambda one: (one.stat().st_size, one.name))[:8]
    assert sum(map(compare, smallest)) > 20


def test_the_same_as_tshark_on_the_corpus() -> None:
    assert sum(map(compare, captured.corpus(b"\xffSMBs"))) > 9


def test_the_same_as_tshark_on_binds(tmp_path: Path) -> None:
    """Of DCE/RPC and LDAP."""
    captured.need_tshark()
    path = tmp_path / "made.pcap"
    for make, answer, port in ((rpc, 12, 135), (ldap, 0x61, 389)):
        client = make(negotiate(name=b"PC")) + (
            rpc(authenticate(), 16) if make is rpc else ldap(authenticate())
        )
        for step in (60, 1 << 16):
            path.write_bytes(capture(connection(client, make(challenge(), answer), port=port, step=step)))
            assert compare(path) >= 2


def test_the_same_as_tshark_on_made_sessions(tmp_path: Path) -> None:
    captured.need_tshark()
    client = negotiation2() + setup2(negotiate(None, b"PC")) + setup2(authenticate(name="PC-\u00e4"))
    server = negotiation2(reply=True) + setup2(challenge(), reply=True)
    texts = ("Windows 7", "LAN")
    old = connection(setup1(texts, negotiate()), setup1(texts, challenge(), words=4))
    path = tmp_path / "made.pcap"
    for frames in (connection(client, server), connection(client, server, step=60), old):
        path.write_bytes(capture(frames))
        assert compare(path) >= 2
