"""``--anonymize`` with every command and every output: no address, MAC or host name of the capture leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.cli import main
from huginn_cffi.cli.app import commands
from huginn_cffi.cli.wording import COMMANDS
from tests.support import greetings, ssh_model
from tests.support.captures import pcap
from tests.support.devices import dhcp, dhcp6, industrial, mdns, neighbor, neighbours, snmp, ssdp, wsd
from tests.support.devices.arp import arp
from tests.support.devices.made import ETHERNET, datagram
from tests.support.devices.made import MAC as ASKER_MAC
from tests.support.packets import ACK, PSH, Ip4, Tcp, packet
from tests.support.sweeps import ASKER, asked, others, timed
from tests.support.tls import certificate_model as model
from tests.support.tls.conversation import Conversation, alpn, client_hello, record, server_hello, server_name

IP, ROUTER, SERVER, IP6 = "10.77.0.7", "10.77.0.1", "203.0.113.99", "fe80::7"
MAC = "00:16:3e:12:34:56"
OTHER_MAC, INTRUDER = "00:16:3e:aa:bb:01", "00:16:3e:de:ad:02"
NAMES = ("annas-laptop", "annas-printer")
INSIDE = (
    IP,
    MAC,
    MAC.replace(":", ""),
    MAC.replace(":", "-"),
    "0016.3e12.3456",
    "10-77-0-7",
    "2001:db8::7:1",
    "10_77_0_7",
    MAC.replace(":", "_"),
    "00163e-123456",
    "00163efffe123456",
    "0216:3eff:fe12:3456",
    "fe80--216-3eff-fe12-3456",
    "00 16 3e 12 34 56",
    "0:16:3e:12:34:56",
    "00%3a16%3a3e%3a12%3a34%3a56",
    "0016:3e12:3456",
    "sec00163e123456",
    "0001000128a1b2c300163e123456",
    "esp_123456",
    "6.5.4.3.2.1.e.f.f.f.e.3.6.1.2.0.8.e.f.ip6.arpa",
    "2001-db8--7-1.ipv6-literal.net",
    "10%2e77%2e0%2e7",
    "10,77,0,7",
    "10.77.0.7.1",
    "0x0a4d0007",
    "172818439",
)
"""Ways to write an address or MAC in a text."""
REAL = (*INSIDE, ROUTER, SERVER, IP6, OTHER_MAC, INTRUDER, "10.77.0.", "203.0.113.", *NAMES)


def ethernet(data: bytes, mac: str = MAC) -> bytes:
    return bytes(6) + bytes.fromhex(mac.replace(":", "")) + b"\x08\0" + data


def texts() -> Iterator[bytes]:
    """A client and devices that name addresses and MACs in their own descriptions."""
    for number, one in enumerate(INSIDE):
        agent = (
            f"curl/7.1 (of {NAMES[0]} at {one})" if number % 2 else f"curl/7.1 {NAMES[0]}-{one}/2 x[{one}]"
        )
        signer = f'Signature-Agent: "https://{NAMES[0]}.example/{one}"\r\n'
        request = f"GET / HTTP/1.1\r\nHost: {ROUTER}\r\nUser-Agent: {agent}\r\n{signer}\r\n".encode()
        tcp = Tcp(40000 + number, 80, seq=1, ack=1, flags=ACK | PSH, payload=request)
        yield ethernet(packet(Ip4(IP, SERVER), tcp))
        yield ssdp.sent(
            ssdp.alive("NT: upnp:rootdevice", f"SERVER: Linux/3.4 UPnP/1.0 {NAMES[0]}-{one}/1.0"),
            source=IP,
            mac=MAC,
        )
        yield neighbours.lldp_frame(neighbours.tlv(6, f"HP Switch at {one} here".encode()), mac=MAC)
    for agent in (f"Backup/2 (of {NAMES[0]}; daily)", f"sync-{NAMES[0].title()}/1 x"):
        request = f"GET / HTTP/1.1\r\nHost: {ROUTER}\r\nUser-Agent: {agent}\r\n\r\n".encode()
        port = 41000 + len(agent)
        yield ethernet(packet(Ip4(IP, SERVER), Tcp(port, 80, seq=1, ack=1, flags=ACK | PSH, payload=request)))
    alive = ssdp.alive("NT: upnp:rootdevice", f"SERVER: Linux/3.4 UPnP/1.0 {NAMES[1].upper()}/1.0")
    yield ssdp.sent(alive, source=IP, mac=MAC)
    yield neighbours.lldp_frame(neighbours.tlv(6, f"Print server {NAMES[1]}.lan".encode()), mac=MAC)
    yield dhcp.from_client(dhcp.message(dhcp.option(60, f"{NAMES[0]} 5.0".encode()), mac=MAC), mac=MAC)


def chosen() -> Iterator[bytes]:
    """Connections whose ends put the same words into every text that they choose."""
    port = 42000
    for one in (*INSIDE, NAMES[0]):
        token = one.replace(":", "-")
        word = one.encode()
        headers = "".join(
            f"{name}: {one}\r\n" for name in ("Accept-Language", "Accept", "Keep-Alive", "Server")
        )
        asks = f"{token} / HTTP/1.1\r\nHost: {one}\r\nX-{token}: 1\r\n{headers}\r\n".encode()
        answers = f"HTTP/1.1 200 {one}\r\nX-{token}: 1\r\n{headers}Content-Length: 0\r\n\r\n".encode()
        ssh = f"SSH-2.0-OpenSSH_{one} {one}\r\n".encode()
        ssh += ssh_model.binary_packet(ssh_model.kexinit([f"x@{one}"] * 10))
        hello = record(client_hello(alpn(b"h2", word) + server_name(word)))
        for sport, client, server in (
            (80, asks, answers),
            (443, hello, record(server_hello(alpn(word)))),
            (22, ssh, ssh + ssh_model.binary_packet(ssh_model.reply(ssh_model.host_key(word)))),
            (25, b"", f"220 {one} ESMTP Exim {one} #2 ({one})\r\n".encode()),
            (143, b"", f"* PREAUTH mail Cyrus IMAP4 v{one} server ready\r\n".encode()),
            (3306, b"", greetings.mysql(f"5.5.5-{one}-MariaDB-0+deb12u1".encode())),
        ):
            talk = Conversation(port=(port := port + 1), server_port=sport).handshake()
            talk.client(0, client).server(0, server, acked=len(client)).client(len(client), b"")
            yield from map(ethernet, talk.packets)
        text = dhcp6.option(16, b"\0\0\1\x37" + len(word).to_bytes(2, "big") + word)
        yield dhcp6.from_client(dhcp6.message(text), mac=MAC)
        vendor = dhcp.message(dhcp.option(60, word), dhcp.option(43, word), mac=MAC)
        yield dhcp.from_client(vendor, mac=MAC)
        yield snmp.sent(snmp.system(word), mac=MAC)
        yield mdns.sent(mdns.message(mdns.text(one, f"_{token}._tcp", b"md=" + word, word)), mac=MAC)
        yield neighbours.cdp_frame(neighbours.cdp_tlv(5, word), neighbours.cdp_tlv(6, word), mac=MAC)
        yield datagram(
            industrial.bacnet(industrial.property_answer(70, industrial.characters(word))), 47808, 47808
        )
        yield datagram(wsd.message(wsd.match(f"dn:{token}")), wsd.PORT, wsd.PORT)
        yield datagram(f"OPTIONS sip:x SIP/2.0\r\nUser-Agent: {one}\r\n\r\n".encode(), 5060, 5060)


SHOWN = {
    "alpn", "announced", "banner", "ciphers", "compressions", "greeting_text", "host_key_algorithms",
    "http_host", "key_exchange", "key_exchanges", "mac_algorithms", "method", "program_version",
    "server_header", "signature", "sni", "user_agent", "vendor_class", "vendor_data",
}  # fmt: skip
"""Fields with texts that senders choose."""

FRAMES = (
    arp(IP, ROUTER, mac=MAC),
    neighbor.solicit(IP6, "fe80::1", mac=MAC),
    dhcp.from_client(
        dhcp.message(dhcp.option(60, b"MSFT 5.0"), dhcp.option(12, NAMES[0].encode()), mac=MAC), mac=MAC
    ),
    mdns.sent(mdns.message(mdns.address(NAMES[1]))),
    ethernet(packet(Ip4(IP, SERVER), Tcp())),
    *texts(),
    *chosen(),
    arp(ROUTER, IP, mac=OTHER_MAC),
    *(arp(ROUTER, IP, mac=INTRUDER) for _ in range(3)),
)
PACKETS = [(10**18 + at * 10**8, data) for at, data in enumerate(FRAMES)]
ANONYMOUS = {"pcap", "hosts", "devices", "capture"}
EVERY = ["--host-names", "--protocols", ",".join(PROTOCOLS)]
MORE = {
    "pcap": ([], ["--summary"], EVERY, ["--events", "device_change,finding"], ["--stats"]),
    "hosts": ([], ["--host-names"], ["--local", "10.77.0.0/16"]),
    "devices": ([], ["--host-names"]),
}


def command(name: str) -> click.Command:
    found = commands.get_command(click.Context(commands), name)
    assert found is not None
    return found


def test_every_command_either_has_the_option_or_refuses_it() -> None:
    having = {name for name in COMMANDS if any(one.name == "anonymize" for one in command(name).params)}
    assert having == ANONYMOUS, "a command with --anonymize needs its outputs here"


def cases() -> Iterator[list[str]]:
    for name, options in MORE.items():
        (formats,) = (one.type.choices for one in command(name).params if one.name == "format_")  # type: ignore[attr-defined]
        for form in formats:
            for more in options:
                if "--summary" not in more or form in ("text", "json"):
                    yield [name, "--format", str(form), *more]
    yield ["devices", "--format", "text", "--long"]


@pytest.mark.parametrize("words", list(cases()), ids=" ".join)
def test_no_output_has_an_original(
    words: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("yacryptopan", reason="the extra 'anonymize' is not installed")
    if words[2] == "parquet":
        pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")
    path, key, out = tmp_path / "in.pcap", tmp_path / "key", tmp_path / "out"
    path.write_bytes(pcap(PACKETS, ETHERNET, nanoseconds=True))
    key.write_bytes(bytes(range(32)))
    status = main([*words, "--anonymize", str(key), "-o", str(out), str(path)])
    assert status in (0, 2)
    assert status == 0 or words[2] == "p0f", capfd.readouterr().err
    files = [path for path in (out, *out.rglob("*")) if path.is_file()]  # logs are several
    shown = b"".join(path.read_bytes() for path in files).lower() + capfd.readouterr().out.encode().lower()
    assert [one for one in REAL if one.encode() in shown] == []


def test_names_of_events_that_are_not_chosen(tmp_path: Path) -> None:
    pytest.importorskip("yacryptopan", reason="the extra 'anonymize' is not installed")
    path, key, out = tmp_path / "in.pcap", tmp_path / "key", tmp_path / "out"
    path.write_bytes(pcap(PACKETS, ETHERNET, nanoseconds=True))
    key.write_bytes(bytes(range(32)))
    words = ["--format", "json", "--events", "http_request", "--protocols", "tcp,http,dhcp"]
    assert main(["pcap", *words, "--anonymize", str(key), "-o", str(out), str(path)]) == 0
    agents = {json.loads(line).get("user_agent") for line in out.read_text().splitlines()}
    assert {"Backup/2 (of xxxxx-xxxxxx; daily)", "sync-xxxxx-xxxxxx/1 x"} <= agents


def test_the_plain_output_has_the_originals(tmp_path: Path) -> None:
    """Otherwise the test above would find nothing to hide."""
    path, out = tmp_path / "in.pcap", tmp_path / "out"
    path.write_bytes(pcap(PACKETS, ETHERNET, nanoseconds=True))
    assert main(["pcap", "--format", "json", *EVERY, "-o", str(out), str(path)]) == 0
    shown = out.read_text().lower()
    assert [one for one in REAL if one not in shown] == []
    rows = [json.loads(line) for line in shown.splitlines()]
    given = {
        name for row in rows for name, value in row.items() if any(one in str(value).lower() for one in REAL)
    }
    assert given >= SHOWN
    events = ("--events", "device_change,finding", "--random-macs")
    assert main(["pcap", "--format", "json", *events, "-o", str(out), str(path)]) == 0
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    for name, value in (("previous_mac", OTHER_MAC), ("mac", MAC)):
        assert value in {row.get(name) for row in rows}, name


def test_the_mac_of_a_finding_is_replaced(tmp_path: Path) -> None:
    pytest.importorskip("yacryptopan", reason="the extra 'anonymize' is not installed")
    path, key, out = tmp_path / "in.pcap", tmp_path / "key", tmp_path / "out"
    path.write_bytes(pcap(timed(asked(others(254))), 1))
    key.write_bytes(bytes(32))
    for more, is_plain in (([], True), (["--anonymize", str(key)], False)):
        words = ["--format", "csv", "--events", "finding", "--fields", "finding_mac,src_ip,dst_ip"]
        assert main(["pcap", *words, *more, "-o", str(out), str(path)]) == 0
        found = out.read_text()
        assert len(found.splitlines()) == 2
        assert (ASKER_MAC in found, ASKER in found) == (is_plain, is_plain)


def test_the_subject_of_a_weak_certificate_is_replaced(tmp_path: Path) -> None:
    """Somebody could find the name or address of which it is the digest. Equal ones stay equal."""
    pytest.importorskip("yacryptopan", reason="the extra 'anonymize' is not installed")
    path, key, out = tmp_path / "in.pcap", tmp_path / "key", tmp_path / "out"
    chains = [(weak(1), 0), (weak(1), 1), (weak(2), 2), (model.certificate(), 3)]
    talks = [model.served(one, port=40000 + number) for one, number in chains]
    packets = [(10**18 + at, ethernet(data)) for talk in talks for at, data in talk.timed()]
    path.write_bytes(pcap(packets, ETHERNET, nanoseconds=True))
    key.write_bytes(bytes(32))
    shown = []
    for more in ([], ["--anonymize", str(key)]):
        assert main(["pcap", "--format", "json", *more, "-o", str(out), str(path)]) == 0
        records = map(json.loads, out.read_text().splitlines())
        shown.append([one.get("weak_subject") for one in records if one["event"] == "certificate"])
    plain, hidden = shown
    assert [len(set(one)) for one in shown] == [3, 3]
    assert [plain.index(one) for one in plain] == [hidden.index(one) for one in hidden]
    assert {*plain} & {*hidden} == {None}


def weak(number: int) -> bytes:
    return model.certificate(subject=model.name(b"10.77.0.%d" % number), key=model.rsa(1024))


WORDS = (b"Windows", b"Linux", b"Android", b"120", b"10.0", b"x64", b"win", b"agent-10", b"chrome-1")
"""Names of hosts: single words and numbers tell nobody; the last two are not in the texts."""


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0",
        "Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/UQ1A.240205.004)",
        "Mobile/15E148 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) x86_64 build-20260115-123045 affefe",
        "Agent/20260115123045 decade esp_654321 0x0a4d0107 172818440 10,77,1,7 --",
        "Windows-Update-Agent/10.0.10011.16384 1.3.6.1.4.1.9 2026-01-15 12:30:45 std::vector",
    ],
)
def test_versions_are_kept(agent: str, tmp_path: Path) -> None:
    pytest.importorskip("yacryptopan", reason="the extra 'anonymize' is not installed")
    path, key, out = tmp_path / "in.pcap", tmp_path / "key", tmp_path / "out"
    talk = Conversation(server_port=80).handshake()
    talk.client(0, f"GET / HTTP/1.1\r\nUser-Agent: {agent}\r\n\r\n".encode())
    named = [dhcp.from_client(dhcp.message(dhcp.option(12, one))) for one in WORDS]
    packets = [*enumerate(named), *((10**18 + at, ethernet(data)) for at, data in talk.timed())]
    path.write_bytes(pcap(packets, ETHERNET, nanoseconds=True))
    key.write_bytes(bytes(32))
    words = ["--format", "json", "--protocols", "tcp,http,dhcp"]
    assert main(["pcap", *words, "--anonymize", str(key), "-o", str(out), str(path)]) == 0
    assert agent in {json.loads(line).get("user_agent") for line in out.read_text().splitlines()}
