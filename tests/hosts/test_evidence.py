"""The evidence about a host: what programs state narrows what handshakes show, and never overrides it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord
from sigcompiler.schema.hosts import NARROWING
from tests.hosts.test_hosts import APPLE_NOW, FREEBSD, NMAP, WINDOWS_8, stamped, syns, with_port
from tests.support.captures import pcap
from tests.support.host_talks import (
    CLIENT,
    LINUX,
    MILLISECOND,
    SECOND,
    SERVER,
    START,
    WINDOWS_7,
    WINDOWS_10,
    Packet,
    inventory,
    talk,
)
from tests.support.known_syns import LINUX_OLDER
from tests.support.packets import ACK, NOP, PSH, SOK, Ip4, Tcp, eol, mss, packet, timestamps, wscale
from tests.support.spelled import spelled
from tests.support.tls.conversation import client_hello, extension
from tests.support.tls.conversation import record as tls_record

APPLE = Tcp(
    window=65535,
    options=mss(1460) + NOP + wscale(6) + NOP + NOP + timestamps(9) + SOK + eol(1),
)
PHONE_OR_LINUX = replace(LINUX, window=65535, options=mss(1460) + SOK + timestamps(9) + NOP + wscale(8))
CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
OF_SEVEN = "Windows Vista, 7, 8, 8.1, 10, 2008, 2008 R2, 2012, 2012 R2 or 2016"
"""Systems that send `WINDOWS_7`."""


def agent(system: str) -> str:
    return f"Host: x\r\nUser-Agent: {CHROME.format(system)}\r\nAccept: */*\r\n"


def hint(platform: str, version: str) -> str:
    return (
        f'Host: x\r\nSec-CH-UA-Platform: "{platform}"\r\nSec-CH-UA-Platform-Version: "{version}"\r\n'
        f"User-Agent: {CHROME.format('Windows NT 10.0; Win64; x64')}\r\nAccept: */*\r\n"
    )


def record(
    packets: Iterable[Packet], address: str = CLIENT, sources: tuple[str, ...] = NARROWING
) -> HostRecord:
    found = inventory(*packets, sources=sources).find(address)
    assert found is not None
    return found


def named(found: HostRecord) -> str:
    return f"{found.family} {found.flavor}".strip()


def said(found: HostRecord, *sources: str) -> list[tuple[str, str, str]]:
    """What these sources say."""
    return [(one.source, one.name, one.relation) for one in found.evidence if one.source in sources]


# ---- programs narrow ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "ttl", "head", "wanted", "evidence"),
    [
        pytest.param(
            *(WINDOWS_7, 128, agent("Windows NT 6.1; Win64; x64"), "Windows 7 or 2008 R2"),
            ("user_agent", "Windows 7 or 2008 R2", "narrows"),
            id="User-Agent",
        ),
        pytest.param(
            *(WINDOWS_10, 128, hint("Windows", "10.0.0"), "Windows 10 or 2019"),
            ("client_hint", "Windows 10, 2016 or 2019", "narrows"),
            id="client hint: 2016 sends other SYNs",
        ),
        pytest.param(
            *(APPLE, 64, agent("iPhone; CPU iPhone OS 17_4 like Mac OS X"), "iOS 17.4"),
            ("user_agent", "iOS 17.4", "narrows"),
            id="one family of two",
        ),
        pytest.param(
            *(PHONE_OR_LINUX, 64, agent("Linux; Android 9; SM-G960F"), "Android 9"),
            ("user_agent", "Android 9", "narrows"),
            id="Android",
        ),
        pytest.param(
            *(LINUX, 64, agent("Windows NT 6.1; Win64; x64"), "Linux 4.19-6.15"),
            ("user_agent", "Windows 7 or 2008 R2", "contradicts"),
            id="another family contradicts",
        ),
        pytest.param(
            *(WINDOWS_10, 128, agent("Windows NT 6.1; Win64; x64"), "Windows 10, 11, 2019, 2022 or 2025"),
            ("user_agent", "Windows 7 or 2008 R2", "contradicts"),
            id="other versions contradict",
        ),
        pytest.param(
            *(WINDOWS_7, 128, agent("Windows NT 10.0; Win64; x64"), OF_SEVEN),
            ("user_agent", "Windows", "agrees"),
            id="frozen: Windows",
        ),
        pytest.param(
            *(APPLE, 64, agent("Macintosh; Intel Mac OS X 10_15_7")),
            *("macOS or iOS macOS 10.14 or newer / iOS 13 or newer", ("user_agent", "macOS", "agrees")),
            id="frozen: macOS, which iPads state in desktop mode",
        ),
        pytest.param(
            *(PHONE_OR_LINUX, 64, agent("Linux; Android 10; K")),
            *("Android 5 or newer", ("user_agent", "Android", "narrows")),
            id="frozen: Android, still the one family",
        ),
        pytest.param(
            *(PHONE_OR_LINUX, 64, agent("X11; Linux x86_64")),
            "Android or Linux Android 5 or newer / Linux 3 or newer",
            ("user_agent", "Linux", "agrees"),
            id="desktop mode of a phone",
        ),
    ],
)
def test_what_a_client_states(
    own: Tcp, ttl: int, head: str, wanted: str, evidence: tuple[str, str, str]
) -> None:
    packets = [*talk(0, own, head, ttl=ttl, identification=0 if own is APPLE else 1)]
    found = record(packets)
    assert named(found) == wanted
    assert said(found, "user_agent", "client_hint") == [evidence]
    alone = record(packets, sources=())
    assert found.confidence == alone.confidence, "of the family, by handshakes"
    if evidence[2] == "narrows":
        assert found.version_source in ("user_agent", "client_hint")
        assert found.version_confidence == 0.96
    else:
        assert found.version_source == "syn"
    contradictions = said(found, "http_connection")
    assert bool(contradictions) == (evidence[1].split()[0] not in wanted)


def test_contradictions_of_a_connection_are_evidence() -> None:
    found = record([*talk(0, LINUX, agent("Windows NT 6.1")), *talk(1, LINUX, agent("Windows NT 6.1"))])
    [one] = [one for one in found.evidence if one.source == "http_connection"]
    assert (one.name, one.packets, one.relation) == ("SYN: Linux, User-Agent: Windows", 2, "contradicts")
    assert (one.first_seen_ns, one.last_seen_ns) == (
        START + 2 * MILLISECOND,
        START + SECOND + 2 * MILLISECOND,
    )
    assert found.contradictions == 2
    assert "contradicts" in found.findings


STATED = {
    "Microsoft-IIS/8.5": "Windows 8.1 or 2012 R2",
    "Microsoft-IIS/10.0": None,
    "Microsoft-IIS/6.0": "Windows 2003",
}


@pytest.mark.parametrize(
    ("header", "wanted", "relation"),
    [
        ("Microsoft-IIS/8.5", "Windows 8.1 or 2012 R2", "narrows"),
        ("Microsoft-IIS/10.0", "Windows Vista or newer", "agrees"),
        ("Microsoft-IIS/6.0", "Windows Vista or newer", "contradicts"),
    ],
)
def test_what_a_server_states(header: str, wanted: str, relation: str) -> None:
    answer = f"Server: {header}\r\n"
    packets = talk(0, LINUX, agent("X11; Linux x86_64"), answer, theirs=WINDOWS_7, their_ttl=128)
    found = record(packets, SERVER)
    assert named(found) == wanted
    program = ("server_header", "IIS", "agrees")
    stated = [("server_header", names, relation)] if (names := STATED[header]) else []
    assert said(found, "server_header") == [program, *stated]


def test_a_kernel_of_apple_narrows_both_families() -> None:
    head = "Host: x\r\nUser-Agent: MyApp/1.0 CFNetwork/1410.0.3 Darwin/22.6.0\r\nAccept: */*\r\n"
    found = record([*talk(0, APPLE, head, ttl=64, identification=0)])
    assert (found.family, found.flavor) == ("macOS or iOS", "macOS 13 / iOS 16")
    assert said(found, "user_agent") == [("user_agent", "macOS 13 / iOS 16", "narrows")]


@pytest.mark.parametrize(
    ("header", "wanted", "stated"),
    [
        ("Apache/2.4.41 (Ubuntu)", "Linux 5.4 or newer", ("server_header", "Linux 5.4 or newer", "narrows")),
        ("nginx/1.4.6 (Ubuntu)", "Linux 3.13 or newer", ("server_header", "Linux 3.13 or newer", "narrows")),
    ],
)
def test_a_distribution_states_its_oldest_kernel(
    header: str, wanted: str, stated: tuple[str, str, str]
) -> None:
    """Not the newest: a container runs on the kernel of its host."""
    answer = f"Server: {header}\r\n"
    packets = talk(0, WINDOWS_7, agent("Windows NT 6.1"), answer, theirs=LINUX, their_ttl=64)
    found = record(packets, SERVER)
    assert named(found) == wanted
    assert said(found, "server_header")[-1:] == [stated]


def test_sources_that_are_not_asked_narrow_nothing() -> None:
    packets = [*talk(0, WINDOWS_7, agent("Windows NT 6.1"), ttl=128)]
    without = tuple(one for one in NARROWING if one != "user_agent")
    found = record(packets, sources=without)
    assert named(found) == OF_SEVEN
    assert said(found, "user_agent") == [("user_agent", "Windows 7 or 2008 R2", "agrees")]
    assert named(record(packets, sources=("user_agent",))) == "Windows 7 or 2008 R2"


def test_what_fits_together_narrows_together() -> None:
    """NT 5.2 is XP or 2003; a frozen token beside it changes nothing."""
    old = replace(WINDOWS_7, window=65535, options=mss(1460) + NOP + NOP + SOK)
    heads = [agent("Windows NT 5.2"), agent("Windows NT 10.0"), agent("Windows NT 5.1")]
    # from low ports, as XP has them
    packets = [one for at, head in enumerate(heads) for one in talk(at - 48000, old, head, ttl=128)]
    assert named(record(packets[:3])) == "Windows XP or 2003"
    assert named(record(packets)) == "Windows XP"


def test_programs_that_exclude_each_other_narrow_nothing() -> None:
    heads = [agent("Windows NT 6.1"), agent("Windows NT 6.2"), agent("Windows NT 6.1")]
    found = record(one for at, head in enumerate(heads) for one in talk(at, WINDOWS_7, head, ttl=128))
    assert named(found) == OF_SEVEN
    assert found.version_confidence is not None
    assert said(found, "user_agent") == [
        ("user_agent", "Windows 7 or 2008 R2", "agrees"),
        ("user_agent", "Windows 8 or 2012", "agrees"),
    ]


def test_of_several_systems_nobody_knows_which_one_a_program_runs_on() -> None:
    """They take turns, a second each."""
    seven, linux = agent("Windows NT 6.1"), agent("X11; Linux x86_64")
    packets = [
        one
        for at in range(8)
        for one in (talk(at, LINUX, linux) if at % 2 else talk(at, WINDOWS_7, seven, ttl=128))
    ]
    several = record(packets)
    assert several.systems == 2
    assert "narrows" not in {one.relation for one in several.evidence}
    assert several.claims == record(packets, sources=()).claims
    only_seven = [one for at in range(0, 8, 2) for one in talk(at, WINDOWS_7, seven, ttl=128)]
    assert named(record(only_seven)) == "Windows 7 or 2008 R2"


# ---- tools, middleboxes ------------------------------------------------------------------------------


def test_packets_of_tools_are_no_evidence_of_distance() -> None:
    """Nmap's TTLs are random: its SYNs here say 14 hops, those of Linux 4."""
    linux = syns(LINUX_OLDER.replace(":64:", ":60:"))
    scans = syns(NMAP, NMAP, port=31000)
    assert record([*stamped(*scans)]).distance is None
    found = record([*stamped(*scans, *linux, *scans)])
    assert (found.distance, found.syns) == (4, 1)
    assert "hops" not in found.findings
    assert said(found, "syn") == [("syn", "Linux 4.19-6.15", "agrees")]
    assert found.tools == ("NMap SYN scan",)


def answers(count: int) -> list[Packet]:
    """Of one system at one distance, from so many networks."""
    found = []
    for number in range(count):
        data = bytearray(spelled("response", FREEBSD))
        data[12:16] = bytes((20 + 3 * number, 1, 2, 3))
        found.append(bytes(data))
    return [*stamped(*found)]


@pytest.mark.parametrize(("count", "family"), [(9, "FreeBSD"), (10, None)])
def test_a_middlebox_answers_for_ten_networks(count: int, family: str | None) -> None:
    analyzer = hg.Analyzer()
    found = Inventory(analyzer.database)
    for batch in analyzer.batches(pcap(answers(count), linktype=101)):
        found.add(batch)
    assert {one.family for one in found} == {"FreeBSD"}, "nobody looked for middleboxes yet"
    assert len([*found.changed()]) == count
    found.conclude()
    assert {one.family for one in found} == {family}
    assert len([*found.changed()]) == (count if family is None else 0)
    for one in found.values():
        assert (one["policy"] is None) == (family is None)
        assert one["candidates"] == ["FreeBSD 11 or newer"]


def test_who_opens_a_connection_is_no_middlebox() -> None:
    """The other nine are not enough then, and what was said of them is taken back."""
    [(_, data)] = answers(1)
    sent = [with_port(spelled("request", LINUX_OLDER), port) for port in (30000, 30001)]
    own = [one[:12] + data[12:16] + one[16:] for one in sent]
    found = inventory(*answers(10))
    assert [one.family for one in found.changed()] == [None] * 10
    for batch in hg.Analyzer().batches(pcap([(START + 60 * SECOND, one) for one in own], linktype=101)):
        found.add(batch)
    found.conclude()
    families = {one.ip: one.family for one in found.changed()}
    assert families.pop("20.1.2.3") == "Linux"
    assert [*families.values()] == ["FreeBSD"] * 9


# ---- limits ------------------------------------------------------------------------------------------


def several_windows(count: int) -> list[Packet]:
    """SYNs of one host that differ in their windows."""
    return [*stamped(*syns(*(LINUX_OLDER.replace("64240", str(1000 + at)) for at in range(count))))]


@pytest.mark.parametrize(("named_ones", "kept"), [(True, 64), (False, 32)])
def test_names_of_a_host_are_bounded(named_ones: bool, kept: int) -> None:
    """64 of them, 32 that no database limits: signatures without a name."""
    lines = [
        f"label = s:unix:Pump {at}:\nsig = *:64:0:*:{1000 + at},*:mss,sok,ts,nop,ws:df,id+:0"
        for at in range(70 if named_ones else 1)
    ]
    database = hg.Database.compile(text="\n".join(["classes = unix", "[tcp:request]", *lines]))
    packets = several_windows(70 if named_ones else 41)
    if not named_ones:
        packets = packets[1:]  # the one that has a name
    again = [(time + 3600 * SECOND, data) for time, data in packets]
    found = Inventory(database)
    for batch in hg.Analyzer(database).batches(pcap([*packets, *again], linktype=101)):
        found.add(batch)
    beyond = 2 * (len(packets) - kept)
    assert found.left_out == (beyond if named_ones else 0), "packets with names that are known count on"
    assert found.untracked == (0 if named_ones else beyond)
    [one] = found
    assert (one.syns, one.connections) == (2 * len(packets), 2 * len(packets))
    [values] = found.values()
    assert len(values["candidates"]) == (64 if named_ones else 0)


def test_invented_names_leave_room_for_others() -> None:
    heads = [agent(f"Windows NT 6.1; {number}") for number in range(3)]
    packets = several_windows(80)
    found = inventory(*packets, *(one for at, head in enumerate(heads) for one in talk(at + 90, LINUX, head)))
    one = found.find(CLIENT)
    assert one is not None
    assert "Linux" in named(one)
    assert {item.source for item in one.evidence} >= {"syn", "user_agent", "http_connection"}


# ---- the command -------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A Windows that asks an IIS, which asks a Linux."""
    iis = "Server: Microsoft-IIS/8.5\r\n"
    asked = talk(0, WINDOWS_7, agent("Windows NT 6.1"), iis, ttl=126, theirs=WINDOWS_7, their_ttl=125)
    asks = talk(
        *(5, WINDOWS_7, agent("Windows NT 6.3"), "Server: nginx\r\n"),
        client=SERVER,
        server="198.51.100.3",
        ttl=125,
    )
    found = tmp_path / "some.pcap"
    found.write_bytes(pcap([*asked, *asks], linktype=101))
    return found


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    assert main(["hosts", "--format", "json", *words]) == 0
    return [one for one in map(json.loads, capsys.readouterr().out.splitlines()) if "ip" in one]


def test_addresses_choose_records(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All packets count for each: both ends of a connection tell of a host."""
    client, middle, server = every = shown(capsys, str(path))
    assert (client["ip"], middle["ip"], server["ip"]) == (CLIENT, SERVER, "198.51.100.3")
    assert (middle["syns"], middle["syn_acks"], middle["servers"]) == (1, 1, ["IIS"])
    for one in every:
        assert shown(capsys, "--ip", str(one["ip"]), str(path)) == [one]
    assert shown(capsys, "--ip", "198.51.100.0/24", str(path)) == [middle, server]
    assert shown(capsys, "--ip", "0.0.0.0/0", "--src-only", str(path)) == [client, middle]
    assert shown(capsys, "--ip", "0.0.0.0/0", "--dst-only", str(path)) == [middle, server]
    assert shown(capsys, "--ip", "198.51.100.0/24", "--src-only", str(path)) == [middle]
    assert shown(capsys, "--ip", "203.0.113.9", str(path)) == []


def test_ends_are_known_of_hosts_whose_ports_found_no_room(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of ten hosts 104 ports are kept, of one of them 16."""
    path = tmp_path / "ports.pcap"
    syn = replace(LINUX, sport=50000)
    sent = [packet(Ip4(f"192.0.2.{at}"), replace(syn, dport=to)) for at in range(10) for to in range(1, 17)]
    path.write_bytes(pcap([*stamped(*sent)], linktype=101))
    words = ("--max-inventory", "10", "--ip", "192.0.2.0/24", "--format", "json", str(path))
    for side, count in (("--src-only", 10), ("--dst-only", 0)):
        assert main(["hosts", side, *words]) == 0
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        hosts = [one for one in found if "ip" in one]
        assert len(hosts) == count
        assert side == "--dst-only" or not hosts[-1]["client_ports"]


def test_addresses_choose_what_is_shown_and_a_store_has_all(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "hosts.sqlite")
    assert [one["ip"] for one in shown(capsys, "--store", store, "--ip", CLIENT, str(path))] == [CLIENT]
    stored = shown(capsys, "--store", store)
    assert {one["ip"] for one in stored} == {CLIENT, SERVER, "198.51.100.3"}
    assert shown(capsys, "--store", store, "--ip", SERVER) == [one for one in stored if one["ip"] == SERVER]
    assert main(["hosts", "--store", store, "--ip", SERVER, "--src-only"]) == 2
    assert "omit --src-only and --dst-only" in capsys.readouterr().err


def test_ports_choose_connections(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "--dst-port", "81", str(path)) == []
    assert len(shown(capsys, "--dst-port", "80", "--ip", CLIENT, str(path))) == 1


def ticking() -> Iterator[Packet]:
    """An old Linux that is up for 1,000,000 s, in three SYNs to three servers."""
    for seconds, server in enumerate(("198.51.100.10", "198.51.100.20", "198.51.100.30")):
        options = mss(1460) + SOK + timestamps(10**9 + 1000 * seconds) + NOP + wscale(7)
        syn = replace(LINUX, window=5840, seq=100, options=options)
        yield START + seconds * SECOND, packet(Ip4("192.0.2.7", server), syn)


def text_of(packets: Iterable[Packet], address: str) -> list[str]:
    found = inventory(*packets)
    place = found.place(address)
    assert place is not None
    return b"".join(found.written("text", place, place + 1)).decode().splitlines()


def test_text_has_all_that_is_known() -> None:
    seven, strange = agent("Windows NT 6.1"), agent("X11; Linux x86_64")
    iis = "Server: Microsoft-IIS/7.5\r\n"
    lines = text_of(
        [
            *talk(0, WINDOWS_7, seven, ttl=126),
            *talk(5, WINDOWS_7, strange, ttl=126),
            *talk(9, LINUX, strange, iis, client="192.0.2.9", server=CLIENT, theirs=WINDOWS_7, their_ttl=126),
        ],
        CLIENT,
    )
    assert re.fullmatch(r"  Sure:   9\d %, versions 96 % by its User-Agent", lines.pop(3))
    assert lines == [
        f"[Host] {CLIENT}",
        "  Device: computer, Windows 7 or 2008 R2 (81 %)",
        "  OS:     Windows 7 or 2008 R2",
        f"  Why:    SYN: {OF_SEVEN} (2 packets)",
        "          SYN+ACK: Windows Vista or newer (1 packet)",
        "          User-Agent: Windows 7 or 2008 R2 (1 packet), which narrows the versions",
        "          Server header: IIS (1 packet)",
        "          Server header: Windows 7 or 2008 R2 (1 packet)",
        "          user-agent: computer, Windows 7 (1 packet)",
        "  But:    User-Agent: Linux (1 packet)",
        "          User-Agent: Chrome, headers: no Accept-Encoding (2 packets)",
        "          SYN: Windows, User-Agent: Linux (1 packet)",
        "  Ended:  support of Windows 7 or 2008 R2 on 2020-01-14 (96 %, by its User-Agent)",
        "  App:    Chrome",
        "  Server: IIS",
        "  Ports:  connects to 80; answers from 80",
        "  Path:   2 hops, Ethernet, MTU 1500",
        "  Seen:   2 SYNs, 1 SYN+ACK, 2023-11-14 22:13:20 to 2023-11-14 22:13:29 UTC",
        "",
    ]


def test_text_of_a_clock() -> None:
    """1,000,000 s and two are 11 days, 13 h, 46 min and 40 s; 2**32 ms are 49 days and more."""
    lines = text_of(ticking(), "192.0.2.7")
    assert "  Up:     11 days, 13 hrs, 46 min (modulo 49 days)" in lines


def test_text_of_a_shared_address() -> None:
    taking_turns = syns(*[APPLE_NOW, WINDOWS_8] * 6, port=50000)
    lines = text_of(stamped(*taking_turns), CLIENT)
    at = lines.index("  Shared: 2 systems or more")
    assert lines[at + 1].startswith("          SYNs of 2 kinds alternate within a minute: ")


FIREFOX_27 = (
    *(0xC02B, 0xC02F, 0xC00A, 0xC009, 0xC013, 0xC014, 0xC012, 0xC007, 0xC011, 0x0033, 0x0032, 0x0045),
    *(0x0039, 0x0038, 0x0088, 0x0016, 0x002F, 0x0041, 0x0035, 0x0084, 0x000A, 0x0005, 0x0004),
)


@pytest.mark.parametrize(
    ("ciphers", "kinds", "version", "client", "contradicts"),
    [
        pytest.param(
            FIREFOX_27,
            (0xFF01, 10, 11, 35, 5),
            0x0303,
            "Firefox",
            False,
            id="Firefox 27 to 32, of any system",
        ),
        pytest.param(
            (0x2F, 0x35, 5), (5, 10, 11, 23, 0xFF01), 0x0301, "Windows 7 or newer", True, id="Windows"
        ),
    ],
)
def test_a_browser_of_many_systems_contradicts_no_handshake(
    ciphers: tuple[int, ...], kinds: tuple[int, ...], version: int, client: str, contradicts: bool
) -> None:
    """On OS X 10.9."""
    mac = "4:64:0:1460:65535,4:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0"
    syn = with_port(spelled("request", mac), 50001)
    extensions = b"".join(extension(kind, b"") for kind in kinds)
    data = tls_record(client_hello(extensions, ciphers, version=version))
    segment = Tcp(sport=50001, seq=0x11223345, ack=1, flags=ACK | PSH, options=b"", payload=data)
    found = inventory(*stamped(syn, packet(Ip4(CLIENT), segment))).find(CLIENT)
    assert found is not None
    assert found.clients == (client,)
    assert ("contradicts" in found.findings) == contradicts


def asked(name: str, number: int = 0, answer: str = "Server: nginx\r\n", **others: str) -> Iterator[Packet]:
    """A request for a name."""
    return talk(number, LINUX, f"Host: {name}\r\n", answer, **others)


def services(*packets: Packet, **options: bool) -> tuple[str, ...]:
    """Of the server."""
    server = inventory(*packets, **options).find(SERVER)
    assert server is not None
    return server.services


def test_names_by_which_clients_ask_for_a_server() -> None:
    packets = [
        packet
        for number, name in enumerate(("Example.com:8080", "www.example.com", "example.com"))
        for packet in asked(name, number)
    ]
    found = inventory(*packets, host_names=True)
    server, client = found.find(SERVER), found.find(CLIENT)
    assert server is not None
    assert server.services == ("example.com", "www.example.com")
    assert client is not None
    assert client.services == ()
    place = found.place(SERVER)
    assert place is not None
    (text,) = found.written("text", place, place + 1)
    assert b"  Serves: example.com, www.example.com\n" in text
    assert services(*packets) == ()


def test_names_that_no_server_answers_and_addresses_are_no_services() -> None:
    packets = [*asked("example.com", answer=""), *asked("198.51.100.2:80", 1), *asked("[2001:db8::1]", 2)]
    assert services(*packets, host_names=True) == ()


def test_services_of_a_host_are_bounded() -> None:
    packets = [packet for number in range(12) for packet in asked(f"{number}.example.com", number)]
    found = services(*packets, host_names=True)
    assert found == tuple(f"{number}.example.com" for number in range(8))
