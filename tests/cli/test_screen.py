"""The live screen: its lines, and when it shows them. `tests/live/test_terminal.py` has it on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from ipaddress import IPv4Address
from math import inf
from typing import cast

import click
import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.cli import main
from huginn_cffi.cli.commands import capture as command
from huginn_cffi.cli.output import screen as screens
from huginn_cffi.cli.output.event_choice import event_choice
from huginn_cffi.cli.output.live import LiveOutput
from huginn_cffi.cli.output.screen import Screen
from huginn_cffi.hosts.inventory import Inventory
from sigcompiler.diagnostics import width
from tests.support.captures import pcap
from tests.support.devices.made import MAC
from tests.support.host_talks import LINUX, START, WINDOWS_7, WINDOWS_10, Packet, talk
from tests.support.packets import Ip4, Tcp, mss, packet
from tests.support.sweeps import asked, others, timed

CURL, FIREFOX = (
    "Host: a\r\nUser-Agent: curl/8.5.0\r\n",
    "Host: a\r\nUser-Agent: Mozilla/5.0 Firefox/128.0\r\n",
)


class OnScreen:
    """A screen, with the lines that it shows of packets."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, columns: int = 80, database: hg.Database | None = None
    ) -> None:
        monkeypatch.setattr(screens, "columns", lambda stream: columns)
        used = database or hg.Database.load_default()
        self.analyzer = hg.Analyzer(used, protocols=PROTOCOLS, findings=True)
        self.inventory = Inventory(self.analyzer.database, live=True)
        self.inventory.report_findings()
        self.screen = Screen(self.inventory)
        self.screen.output = cast(LiveOutput, self)
        self.lines: list[str] = []

    def write_lines(self, lines: Sequence[str]) -> None:
        self.lines += lines

    def after(self, packets: Iterable[Packet], now: float = inf) -> list[str]:
        """What the screen shows when these packets have come, in one period."""
        for batch in self.analyzer.batches(pcap(sorted(packets), linktype=101)):
            self.inventory.add(batch)
        return self.following(now)

    def find(self, packets: Iterable[Packet]) -> None:
        """Take the findings of a capture with these packets."""
        analyzer = hg.Analyzer(findings=True)
        for batch in event_choice(["finding"]).of(analyzer.batches(pcap(sorted(packets), linktype=101))):
            self.screen.write(batch, len(batch))

    def following(self, now: float = inf) -> list[str]:
        """What another period shows; the last one shows all."""
        self.lines = []
        self.screen.show(now)
        return self.lines


def syns(count: int, first: str = "10.0.0.1") -> Iterator[Packet]:
    """A SYN of each of so many hosts."""
    for number in range(count):
        yield START + number, packet(Ip4(str(IPv4Address(first) + number), "192.0.2.1"), Tcp())


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> OnScreen:
    return OnScreen(monkeypatch)


def test_a_host_is_shown_when_it_is_new_and_when_its_answer_changes(seen: OnScreen) -> None:
    assert seen.after(talk(0, WINDOWS_10, CURL, ttl=125)) == [
        "192.0.2.1  Windows 10, 11, 2019, 2022 or 2025  curl  3 hops",
        "198.51.100.2  Linux",
    ]
    assert seen.after(talk(1, WINDOWS_10, CURL, ttl=125)) == []
    assert seen.after(talk(2, WINDOWS_10, CURL, ttl=120)) == [], "another route is no other answer"
    [line] = seen.after(talk(3, WINDOWS_10, FIREFOX, ttl=125))
    assert line.startswith("192.0.2.1  Windows 10, 11, 2019, 2022 or 2025  ")
    assert "curl" in line
    assert "Firefox" in line
    [line] = seen.after(packets for turn in range(4, 9) for packets in talk(turn, WINDOWS_7, CURL, ttl=125))
    assert "Windows" in line, "another system"
    assert seen.following() == []


OWN = """\
classes = unix
[tcp:request]
label = {}
sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0
"""


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("s:unix:Linux:build server", "Linux build server"),
        ("s:unix:Acme OS:", "Linux"),
        ("s:unix:Linux:3.11-4.19", "Linux"),
        ("g:unix:Linux:build server", "Linux"),
    ],
)
def test_own_signatures_name_a_host(monkeypatch: pytest.MonkeyPatch, label: str, shown: str) -> None:
    """Beside a SYN+ACK that a built-in one names. Contradicted, of both, or of a generic line: no change."""
    database = hg.Database.compile(text=OWN.format(label), with_default=True)
    seen = OnScreen(monkeypatch, database=database)
    lines = seen.after([*syns(1), *talk(0, LINUX, CURL, server="10.0.0.1")])
    assert f"10.0.0.1  {shown}" in lines


def test_own_signatures_name_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """On loopback, where a first try is made; without --with-default they are all that names a host."""
    for with_default in (True, False):
        database = hg.Database.compile(text=OWN.format("s:unix:Acme OS:"), with_default=with_default)
        seen = OnScreen(monkeypatch, database=database)
        [line] = seen.after(talk(0, LINUX, CURL, client="127.0.0.1", server="127.0.0.1"))
        assert line.startswith("127.0.0.1  Acme OS")


@pytest.mark.parametrize("comes", [True, False])
def test_a_new_host_waits_for_its_first_answer(seen: OnScreen, comes: bool) -> None:
    """For 20 seconds: its ARP frame comes before its SYN. A host that sends nothing else is shown then."""
    analyzer = hg.Analyzer(protocols=PROTOCOLS)
    for batch in analyzer.batches(pcap(timed(asked(["10.0.0.9"], "10.0.0.1")), linktype=1)):
        seen.inventory.add(batch)
    assert seen.following(100.0) == []
    if comes:
        assert seen.after(syns(1), now=119.5) == ["10.0.0.1  Linux 3.11-4.19"]
    else:
        assert seen.following(119.5) == []
        assert seen.following(120.0) == ["10.0.0.1  unknown"]
    assert seen.following() == []


def test_a_new_host_without_an_answer_is_shown_at_the_end(seen: OnScreen) -> None:
    for batch in hg.Analyzer(protocols=PROTOCOLS).batches(
        pcap(timed(asked(["10.0.0.9"], "10.0.0.1")), linktype=1)
    ):
        seen.inventory.add(batch)
    assert seen.following(100.0) == []
    assert seen.following() == ["10.0.0.1  unknown"]


def test_a_finding_is_the_first_line_of_a_host_that_waits(seen: OnScreen) -> None:
    """A scanner's ARP frame, then its scan seconds later: one line for the host, at any pause."""
    for batch in hg.Analyzer(protocols=PROTOCOLS).batches(
        pcap(timed(asked(["10.0.0.9"], "192.0.2.1")), linktype=1)
    ):
        seen.inventory.add(batch)
    assert seen.following(100.0) == []
    seen.find(scan(NMAP))
    assert seen.after(scan(NMAP), now=114.0) == []
    [line] = seen.following(114.5)
    assert line.startswith("192.0.2.1  sent packets typical of scanners")
    assert seen.following(140.0) == []
    assert seen.following() == []


def test_changed_answers_of_a_host_are_collected(seen: OnScreen) -> None:
    """Another host does not wait for them."""
    chrome = FIREFOX.replace("Firefox/128.0", "Chrome/130.0.0.0")
    assert len(seen.after(talk(0, WINDOWS_10, CURL), now=100.0)) == 2
    assert seen.after(talk(1, WINDOWS_10, FIREFOX), now=101.0) == []
    assert seen.after(syns(1), now=102.0) == ["10.0.0.1  Linux 3.11-4.19"]
    [line] = seen.after(talk(2, WINDOWS_10, chrome), now=100.0 + screens.PAUSE_S)
    assert all(name in line for name in ("192.0.2.1  Windows", "curl", "Firefox", "Chrome"))
    assert seen.after(talk(3, WINDOWS_10, CURL.replace("curl/8.5.0", "Wget/1.21")), now=111.0) == []
    [line] = seen.following()
    assert "1 more" in line, "at the end, at once"


def scan(of: Tcp, first: int = 1) -> Iterator[Packet]:
    """SYNs to 150 ports, which answer nothing."""
    for port in range(first, first + 150):
        yield START + port * 10**7, packet(replace(SCANNER, ttl=41), replace(of, dport=port))


SCANNER = Ip4("192.0.2.1", "198.51.100.2", fragment=0)
NMAP = Tcp(window=1024, options=mss(1460))


def test_findings_of_a_host_share_a_line(seen: OnScreen) -> None:
    """They wait for a period. A scanner without a system has no other line, and its programs are no news."""
    seen.find(scan(NMAP))
    assert seen.after(scan(NMAP), now=100.0) == []
    text = "192.0.2.1  sent packets typical of scanners, scanned many ports of an address"
    assert seen.following(100.5) == [text]
    assert seen.screen.findings == 2
    windows = "192.0.2.1  Windows 10, 11, 2019, 2022 or 2025  "
    assert f"{windows}NMap SYN scan, curl" in seen.after(talk(1, WINDOWS_10, CURL), now=111.0)
    assert seen.after(talk(2, WINDOWS_10, FIREFOX)) == []


def test_targets_of_findings_where_they_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = OnScreen(monkeypatch, columns=120)
    seen.find(scan(NMAP))
    (line,) = seen.following()
    assert line.endswith("scanners (to 198.51.100.2), scanned many ports of an address (to 198.51.100.2)")
    seen.find(scan(LINUX))
    assert seen.following() == ["192.0.2.1  scanned many ports of an address (to 198.51.100.2)"]


def test_a_flood_of_hosts_is_counted(seen: OnScreen) -> None:
    lines = seen.after(syns(1000))
    shown = 0
    while lines:
        assert len(lines) <= screens.MOST_SHOWN + 1
        assert lines[0].startswith("10.0.")
        shown += len(lines) - 1
        shown += int(lines[-1].removeprefix("… and ").removesuffix(" more hosts"))
        lines = seen.following()
    assert shown == 1000
    periods = [seen.after(syns(1000)), *(seen.following() for _ in range(9))]
    assert periods == [[]] * 10, "each once, whether it was shown or counted"
    assert seen.after(syns(1, "10.9.0.1")) == ["10.9.0.1  Linux 3.11-4.19"]


def test_one_more_than_fit(seen: OnScreen) -> None:
    assert seen.after(syns(screens.MOST_SHOWN + 1))[-1] == "… and 1 more host"
    assert len(seen.after(syns(screens.MOST_SHOWN, "10.8.0.1"))) == screens.MOST_SHOWN


def test_findings_are_shown_once_and_counted(seen: OnScreen) -> None:
    """Scans of ports by 30 hosts, a little behind each other."""
    analyzer = hg.Analyzer(findings=True)
    packets = [
        (START + port * 10**7 + host, packet(Ip4(f"10.0.0.{host}", "192.0.2.1"), Tcp(dport=port)))
        for host in range(1, 31)
        for port in range(1, 151)
    ]
    for batch in event_choice(["vertical_scan"]).of(analyzer.batches(pcap(packets, linktype=101))):
        seen.screen.write(batch, len(batch))
    lines = seen.following()
    assert lines[0] == "10.0.0.1  scanned many ports of an address (to 192.0.2.1)"
    assert len(lines) == screens.MOST_SHOWN + 1
    assert lines[-1] == "… and 10 more findings"
    assert seen.following() == []
    assert seen.screen.findings == 30


def test_a_finding_about_a_device_without_an_address(seen: OnScreen) -> None:
    frames = timed(asked(others(300), sender="0.0.0.0"))
    analyzer = hg.Analyzer(protocols=PROTOCOLS, senders=True, findings=True)
    for batch in event_choice(["finding"]).of(analyzer.batches(pcap(frames, linktype=1))):
        seen.screen.write(batch, len(batch))
    assert seen.following() == [f"{MAC}  tried many addresses that did not answer"]


LONG = "2001:db8:1111:2222:3333:4444:5555:6666"


@pytest.mark.parametrize("columns", [1, 2, 20, 40, 80, 200])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    fields = (LONG, "Windows 11", "打印机" * 30, "a\u0301" * 90, "3 hops")
    lines = [*screens._folded(fields, columns)]
    assert max(map(width, lines)) <= columns
    if columns >= 40:
        assert lines[0].startswith(LONG)
        assert "3 hops" in lines[-1]


def test_on_40_columns() -> None:
    fields = ("192.168.1.20", "Windows 11", "Chrome 150", "3 hops")
    assert [*screens._folded(fields, 40)] == ["192.168.1.20  Windows 11  Chrome 150", "  3 hops"]
    assert [*screens._folded(fields, 44)] == ["192.168.1.20  Windows 11  Chrome 150  3 hops"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", r"\x1b[2J"),
        ("\x9b31m", r"\x9b31m"),
        ("a\r\nb", r"a\x0d\x0ab"),
        ("\u202egpj", r"\u202egpj"),
        ("\u2066x\u2069", r"\u2066x\u2069"),
        ("\u2028", r"\u2028"),
        ("Büro 打印机", "Büro 打印机"),
    ],
)
def test_texts_of_devices_do_nothing_to_a_terminal(seen: OnScreen, text: str, shown: str) -> None:
    seen.after(syns(1))
    [host] = seen.inventory
    answer = screens._answer(replace(host, servers=(text,)), ())
    assert [*screens._folded(answer.fields, 80)] == [f"10.0.0.1  Linux 3.11-4.19  {shown}"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("", True),
        ("--port 80 --db default.fp --protocols tcp --color never --stats --host-names --duration 9", True),
        ("--hosts hosts.jsonl --store hosts.sqlite", True),
        ("--format text", False),
        ("--format json", False),
        ("--fields src_ip", False),
        ("--events syn", False),
        ("--all", False),
        ("--new-hosts", False),
        ("--count 3", False),
        ("--segments", False),
        ("-o -", False),
        ("-o results.jsonl", False),
        ("--anonymize key", False),
    ],
)
def test_options_that_choose_results_win(monkeypatch: pytest.MonkeyPatch, words: str, wanted: bool) -> None:
    found: list[bool] = []

    def stopped(duration: float | None) -> None:
        found.append(command._wants_screen())
        raise click.Abort

    monkeypatch.setattr(command, "StopSignals", stopped)
    for is_terminal in (True, False):
        monkeypatch.setattr("sys.stdout.isatty", lambda is_terminal=is_terminal: is_terminal)
        main(["capture", "lo", *words.split()])
    assert found == [wanted, False]
