"""SSH servers: findings about their algorithms and host keys, each next to what must not be one."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.cli import main
from huginn_cffi.hosts.inventory import Inventory
from tests.support.captures import pcap
from tests.support.devices.made import MAC, OTHER_MAC, frame
from tests.support.devices.requests import AXIS, request
from tests.support.packets import ACK, LINUX_OPTIONS, PSH, SYN, Ip4, Ip6, Tcp, packet
from tests.support.ssh_model import CLIENT_SAYS, SERVER_ID, binary_packet, host_key, kexinit, lists_of, reply

ONE, TWO, THREE = (bytes((number,)) * 32 for number in (1, 2, 3))
KINDS = ("weak_ssh", "ssh_key_changed", "ssh_key_shared")
SERVER = "198.51.100.2"
PORTS = itertools.count(20_000)


def talk(
    key: bytes = ONE,
    *,
    server: str = SERVER,
    port: int = 22,
    kind: bytes = b"ssh-ed25519",
    lists: Sequence[str] | None = None,
    is_forged: bool = False,
    mac: str = "02:00:00:00:00:99",
) -> list[bytes]:
    """A connection up to the server's host key, in Ethernet; a forger knows no numbers of the client."""
    sport = next(PORTS)
    client = "2001:db8:9::1" if ":" in server else "203.0.113.1"
    kinds = (Ip6, 0x86DD) if ":" in server else (Ip4, 0x0800)
    says = SERVER_ID + binary_packet(kexinit(lists or lists_of()))
    says += binary_packet(reply(host_key(kind, key)))

    def sent(own: bool, flags: int, seq: int, ack: int, data: bytes = b"") -> bytes:
        ends = (server, client) if own else (client, server)
        ports = (port, sport) if own else (sport, port)
        options = LINUX_OPTIONS if flags & SYN else b""
        tcp = Tcp(*ports, seq=seq, ack=ack, flags=flags, options=options, payload=data)
        return frame(packet(kinds[0](*ends), tcp), kinds[1], mac=mac if own else "02:00:00:00:00:98")

    frames = [sent(False, SYN, 0, 0), sent(True, SYN | ACK, 0, 1), sent(False, ACK | PSH, 1, 1, CLIENT_SAYS)]
    acknowledged = 2**31 if is_forged else 1 + len(CLIENT_SAYS)
    return [*frames, sent(True, ACK | PSH, 1, acknowledged, says)]


def ethernet(*frames: bytes) -> bytes:
    """A capture of them, a millisecond apart."""
    return pcap([(1_760_000_000 * 10**9 + i * 10**6, data) for i, data in enumerate(frames)], linktype=1)


def findings(*frames: bytes) -> dict[str, list[str]]:
    """The hosts of each finding about SSH."""
    analyzer = hg.Analyzer(protocols=PROTOCOLS)
    summary = Summary(analyzer.database, max_inventory=1000)
    for batch in analyzer.batches(ethernet(*frames)):
        summary.add(batch)
    return {one["kind"]: one["hosts"] for one in summary.findings() if one["kind"] in KINDS}


def test_an_ordinary_server() -> None:
    assert findings(*talk(), *talk()) == {}


# ---- algorithms

SHA1 = "diffie-hellman-group14-sha1,gss-group1-sha1-x==,ext-info-s,kex-strict-s-v00@openssh.com"


@pytest.mark.parametrize(
    ("exchanges", "ciphers", "is_weak"),
    [
        (SHA1, ("aes128-ctr", "aes128-ctr"), True),
        (f"{SHA1},curve25519-sha256", ("aes128-ctr", "aes128-ctr"), False),
        ("curve25519-sha256", ("aes128-cbc,3des-cbc", "aes256-cbc"), True),
        ("curve25519-sha256", ("aes128-cbc,3des-cbc", "aes256-cbc,aes256-ctr"), False),
        ("curve25519-sha256", ("aes128-cbc", "aes128-ctr"), False),
        ("curve25519-sha256", ("", ""), False),
        ("ext-info-s", ("x", "x"), False),
    ],
)
def test_only_old_algorithms(exchanges: str, ciphers: tuple[str, str], is_weak: bool) -> None:
    """A single newer one beside them is enough; announcements of extensions are no exchanges."""
    found = findings(*talk(lists=lists_of(exchanges, ciphers)))
    assert found == ({"weak_ssh": [SERVER]} if is_weak else {})


# ---- another key


def test_another_key_at_the_same_port() -> None:
    assert findings(*talk(ONE), *talk(ONE), *talk(TWO)) == {"ssh_key_changed": [SERVER]}


def test_keys_that_replace_no_other() -> None:
    """Keys of another type, port or address, and certificates, which are renewed."""
    assert findings(*talk(ONE), *talk(TWO, kind=b"ssh-rsa")) == {}
    assert findings(*talk(ONE), *talk(TWO, port=2222)) == {}
    assert findings(*talk(ONE), *talk(TWO, server="198.51.100.3")) == {}
    certificate = b"ssh-ed25519-cert-v01@openssh.com"
    assert findings(*talk(ONE, kind=certificate), *talk(TWO, kind=certificate)) == {}


@pytest.mark.parametrize(
    "keys",
    [(ONE, TWO, ONE), (ONE, TWO, ONE, TWO), (ONE, TWO, THREE, TWO), (ONE, TWO, THREE, ONE, TWO, THREE)],
)
def test_a_load_balancer(keys: tuple[bytes, ...]) -> None:
    """Keys that come back are of several servers behind one address."""
    assert findings(*(one for key in keys for one in talk(key))) == {}


def test_keys_that_anybody_can_send_in_the_name_of_the_server() -> None:
    old = lists_of(SHA1)
    assert findings(*talk(ONE), *talk(TWO, is_forged=True, lists=old)) == {}
    assert findings(*talk(ONE), *talk(TWO, lists=old)).keys() == {"ssh_key_changed", "weak_ssh"}


def test_more_keys_than_are_kept() -> None:
    """Those that are known stay in view, and the others are counted."""
    keys = [bytes((number,)) * 32 for number in range(18)]
    frames = [one for key in keys for one in talk(key)]
    assert findings(*frames) == {"ssh_key_changed": [SERVER]}
    assert findings(*frames, *talk(keys[0])) == {}


# ---- one key at several addresses

OTHER = "198.51.100.9"


def test_one_key_at_several_addresses() -> None:
    found = findings(*talk(ONE), *talk(ONE, server=OTHER), *talk(TWO, server="198.51.100.8"))
    assert found == {"ssh_key_shared": [SERVER, OTHER]}


def test_addresses_of_one_device() -> None:
    """Two addresses with one MAC; the same with two MACs are two devices."""
    talks = [*talk(ONE, server="192.0.2.7", mac=MAC), *talk(ONE, server="192.0.2.8", mac=MAC)]
    same = [request(AXIS, ip="192.0.2.7"), request(AXIS, ip="192.0.2.8")]
    assert findings(*same, *talks) == {}
    other = [request(AXIS, ip="192.0.2.7"), request(AXIS, ip="192.0.2.8", mac=OTHER_MAC)]
    talks = [*talk(ONE, server="192.0.2.7", mac=MAC), *talk(ONE, server="192.0.2.8", mac=OTHER_MAC)]
    assert findings(*other, *talks) == {"ssh_key_shared": ["192.0.2.7", "192.0.2.8"]}


def test_ipv4_and_ipv6_of_one_server() -> None:
    """Nothing says that they are two devices."""
    assert findings(*talk(ONE), *talk(ONE, server="2001:db8::22")) == {}


def test_one_key_at_two_ports() -> None:
    assert findings(*talk(ONE), *talk(ONE, port=2222)) == {}


# ---- records


def test_records_of_hosts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They list the same findings, for any number of workers."""
    path = tmp_path / "some.pcap"
    old = lists_of(SHA1)
    path.write_bytes(ethernet(*talk(ONE, lists=old), *talk(TWO), *talk(TWO, server=OTHER)))
    found: list[dict[str, Any]] = []
    for workers in ("1", "3"):
        assert main(["hosts", "--format", "json", "--workers", workers, str(path)]) == 0
        records = map(json.loads, capsys.readouterr().out.splitlines())
        found.append({one["ip"]: one["findings"] for one in records if "ip" in one})
    assert found[0] == found[1] == {"203.0.113.1": [], SERVER: [*KINDS], OTHER: ["ssh_key_shared"]}


def test_forgotten_hosts_take_their_keys_along() -> None:
    """Other hosts have their places then, and not their keys; there is room for new ones."""
    analyzer = hg.Analyzer(protocols=PROTOCOLS)
    inventory = Inventory(analyzer.database, max_inventory=4, live=True)
    first = [one for last in (1, 2, 3) for one in talk(ONE, server=f"198.51.100.{last}")]
    others = [one for last in range(100, 160) for one in talk(TWO, server=f"198.51.100.{last}")]
    last = [*talk(ONE, server=OTHER), *talk(THREE, server=OTHER)]
    for batch in analyzer.batches(ethernet(*first, *others, *last)):
        inventory.add(batch)
    found = {one.ip: one.findings for one in inventory}
    assert len(found) == 4
    assert found[OTHER] == ("ssh_key_changed",)
