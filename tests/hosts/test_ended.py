"""Unsupported systems, browsers and TLS, at the time of the host's latest packet."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.cli import main
from sigcompiler.claims.labels import family_identity
from sigcompiler.claims.support import SUPPORTED, VersionSupport, support_rows
from sigcompiler.claims.versions import version_range
from tests.hosts.test_hosts import APPLE_NOW, WINDOWS_8, XP, syns, with_port
from tests.support.captures import pcap
from tests.support.conversations import SERVER
from tests.support.core import ROOT
from tests.support.greetings import mysql
from tests.support.host_talks import CLIENT, WINDOWS_10, talk
from tests.support.known_syns import LINUX_OLDER
from tests.support.packets import ACK, PSH, Ip4, packet, reply
from tests.support.sample import CHROME_CIPHERS
from tests.support.spelled import spelled
from tests.support.ssh_model import CLIENT_SAYS, SERVER_SAYS, connection
from tests.support.tls.conversation import alpn, client_hello, extension, listed, numbers, record, server_name

FACTS = ROOT.parent / "shared" / "facts" / "end-of-life.csv"
SECOND = 10**9
WINDOWS_10_ANSWER = "4:128:0:1460:65535,8:mss,nop,ws,nop,nop,sok:df,id+:0"


def at(day: str, seconds: int = 0) -> int:
    return ((date.fromisoformat(day) - date(1970, 1, 1)).days * 86_400 + seconds) * SECOND


def findings(day: str, *packets: bytes) -> list[tuple[str, str]]:
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(pcap([(at(day, n), one) for n, one in enumerate(packets)])):
        summary.add(batch)
    return [
        (one["kind"], one["text"])
        for one in summary.findings()
        if one["kind"] in {"old_system", "old_browser"}
    ]


def test_a_system_is_judged_at_the_time_of_its_packets() -> None:
    """Windows 2000, XP or 2003: the last of them ended on 14 July 2015."""
    assert findings("2015-07-13", *syns(XP)) == []
    ((kind, text),) = findings("2015-07-14", *syns(XP))
    assert kind == "old_system"
    assert text.startswith("192.0.2.1 had an unsupported system (Windows ")
    assert ": no updates since 2015-07-14, " in text
    assert text.endswith(" % sure)")


def test_the_record_of_a_host_says_which_system_ended_when_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "xp.pcap"
    path.write_bytes(pcap([(at("2016-01-01"), one) for one in syns(XP)]))
    assert main(["hosts", "--format", "json", str(path)]) == 0
    (ended,) = json.loads(capsys.readouterr().out.splitlines()[0])["ended"]
    assert (ended["kind"], ended["ended"]) == ("system", "2015-07-14")
    assert ended["product"].startswith("Windows ")
    assert ended["confidence"] >= 0.9
    assert ended["evidence"] == [f"SYN: {ended['product']} (1 packet)"]
    assert main(["hosts", str(path)]) == 0
    share = int(100 * ended["confidence"])
    line = f"  Ended:  support of {ended['product']} on 2015-07-14 ({share} %, by its SYN)\n"
    assert line in capsys.readouterr().out
    assert main(["hosts", "--format", "csv", str(path)]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["ended"] == f"system {ended['product']}: 2015-07-14"


def test_the_record_of_a_host_says_which_browser_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = 3 * 365 * 86_400 * SECOND
    path = tmp_path / "browser.pcap"
    packets = [(time + later, one) for time, one in sorted(talk(1, WINDOWS_10, FIREFOX_52, ttl=128))]
    path.write_bytes(pcap(packets, linktype=101))
    assert main(["hosts", "--format", "json", "--ip", CLIENT, str(path)]) == 0
    record = json.loads(capsys.readouterr().out.splitlines()[0])
    assert record["findings"] == ["old_browser"]
    assert [(one["kind"], one["product"], one["confidence"]) for one in record["ended"]] == [
        ("browser", "Firefox 52", None)
    ]
    assert record["ended"][0]["evidence"] == ["request: Firefox 52 (1 packet)"]


@pytest.mark.parametrize(
    ("said", "source", "product"),
    [
        (b"SSH-2.0-OpenSSH_7.9p1 Debian-10+deb10u2\r\n", "SSH", "OpenSSH 7.9p1 (Debian 10)"),
        (mysql(b"5.5.5-10.3.39-MariaDB-0+deb10u2"), "greeting", "MariaDB 10.3.39 (Debian 10)"),
    ],
)
def test_the_record_of_a_host_says_which_server_ended(
    said: bytes, source: str, product: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One of a release that has not ended, too, is not listed."""
    path = tmp_path / "server.pcap"
    frames = [*connection(b"", said), *connection(CLIENT_SAYS, SERVER_SAYS, port=40001)]
    path.write_bytes(pcap([(at("2026-01-01", n), one) for n, one in enumerate(frames)], linktype=101))
    assert main(["hosts", "--format", "json", "--ip", SERVER, str(path)]) == 0
    record = json.loads(capsys.readouterr().out.splitlines()[0])
    assert "old_server" in record["findings"]
    assert record["ended"] == [
        {
            "kind": "server",
            "product": product,
            "ended": "2024-06-30",
            "confidence": None,
            "evidence": [f"{source}: {product} (1 packet)"],
        }
    ]
    assert main(["hosts", "--ip", SERVER, str(path)]) == 0
    lines = [one for one in capsys.readouterr().out.splitlines() if "Ended:" in one]
    assert lines == [f"  Ended:  support of {product} on 2024-06-30 (by its {source})"]
    assert main(["hosts", "--format", "csv", "--ip", SERVER, str(path)]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["ended"] == f"server {product}: 2024-06-30"


@pytest.mark.parametrize("signature", [APPLE_NOW, LINUX_OLDER])
def test_a_system_that_may_be_a_new_one_is_not_listed(signature: str) -> None:
    assert findings("2030-01-01", *syns(signature)) == []


FIREFOX_52 = (
    "Host: example.com\r\n"
    "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:52.0) Gecko/20100101 Firefox/52.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    "Accept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate\r\n"
    "Connection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\n"
)
CURL_AS_FIREFOX = FIREFOX_52.replace("Accept-Language: en-US,en;q=0.5\r\n", "")


def programs_and_findings(head: str) -> tuple[list[str], list[str]]:
    """Of a request in November 2026."""
    later = 3 * 365 * 86_400 * SECOND
    packets = [(time + later, one) for time, one in sorted(talk(1, WINDOWS_10, head, ttl=128))]
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(pcap(packets, linktype=101)):
        summary.add(batch)
    (client,) = (one for one in summary.hosts if one.ip == CLIENT)
    programs = [f"{one.name} {one.flavor}".strip() for one in client.sightings if one.kind == "http_client"]
    return programs, [
        one["text"] for one in summary.findings() if one["kind"] in {"old_system", "old_browser"}
    ]


def test_a_browser_has_the_version_that_its_user_agent_states() -> None:
    programs, (text,) = programs_and_findings(FIREFOX_52)
    assert programs == ["Firefox 52"]
    assert "Firefox 52" in text


@pytest.mark.parametrize("more", ["", "Referer: http://example.com/\r\nCookie: a=b\r\n"])
def test_a_request_for_a_part_of_a_page_is_of_no_old_firefox(more: str) -> None:
    """Without Upgrade-Insecure-Requests, as images and scripts are fetched."""
    current = FIREFOX_52.replace("52.0", "153.0").replace("Upgrade-Insecure-Requests: 1\r\n", more)
    programs, texts = programs_and_findings(current)
    assert (programs, texts) == (["Firefox 153"], [])


def test_a_client_that_is_another_browser_than_it_says_has_no_stated_version() -> None:
    programs, texts = programs_and_findings(CURL_AS_FIREFOX)
    assert not any("52" in name for name in programs)
    assert texts == []


def test_a_system_is_judged_by_versions_that_are_sure_and_without_newer_evidence() -> None:
    """Windows XP ended in 2014. A tuned SYN of Windows 7 looks like XP's or 2003's, sure 84 %."""
    unsure = "4:128:0:1460:65535,3:mss,nop,ws,nop,nop,sok:df,id+:0"
    assert findings("2020-02-01", *syns(WINDOWS_8)) == [], "8 is a version of many"
    assert findings("2020-02-01", *syns(unsure)) == []
    assert len(findings("2020-02-01", *syns(XP))) == 1
    later = [with_port(spelled("response", WINDOWS_10_ANSWER), 80)]
    assert findings("2020-02-01", *syns(XP), *later) == [], "its answers are those of Windows 10"


def hello_of_chrome(port: int, *extra: int) -> list[bytes]:
    """A connection of Windows 10 with the ClientHello of Chrome 91 to 118, or with `extra` a newer one."""
    kinds = (0x0005, 0x000A, 0x000B, 0x0012, 0x0015, 0x0017, 0x001B, 0x0023, 0x002D, 0x4469, 0xFF01, *extra)
    extensions = server_name(b"example.com") + alpn(b"h2") + extension(13, listed(numbers(CHROME_ALGORITHMS)))
    extensions += extension(43, listed(numbers((0x0304, 0x0303)), 1)) + extension(51, listed(b""))
    extensions += b"".join(extension(kind, b"") for kind in kinds)
    hello = client_hello(extensions, CHROME_CIPHERS)
    syn = replace(WINDOWS_10, sport=port, dport=443)
    ip = Ip4(CLIENT, "198.51.100.2", ttl=128)
    data = replace(syn, seq=syn.seq + 1, ack=5001, flags=ACK | PSH, options=b"", payload=record(hello))
    return [packet(ip, syn), reply(ip, syn, window=64240, options=WINDOWS_10.options), packet(ip, data)]


CHROME_ALGORITHMS = (0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601)


def test_a_hello_of_an_older_browser_is_no_browser_without_support_at_once() -> None:
    """118 ended in February 2024. Newer ones whose new features are off send its hello for some time."""
    assert findings("2024-04-23", *hello_of_chrome(50001)) == []
    ((_, text),) = findings("2025-04-23", *hello_of_chrome(50001))
    assert "had an unsupported browser, or a program with its engine" in text
    newer = [one for port in range(50002, 50005) for one in hello_of_chrome(port, 0xFE0D)]
    assert findings("2025-04-23", *hello_of_chrome(50001), *newer) == [], "one odd hello of four"


def ended_servers(day: str, *identifications: str) -> list[tuple[str, str, str]]:
    """What the record of the server says of unsupported programs."""
    frames = [
        (at(day, 10 * place + number), frame)
        for place, text in enumerate(identifications)
        for number, frame in enumerate(
            connection(CLIENT_SAYS, f"SSH-2.0-{text}\r\n".encode(), port=40000 + place)
        )
    ]
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(pcap(frames, linktype=101)):
        summary.add(batch)
    (server,) = (one for one in summary.hosts if one.ip == SERVER)
    assert ("old_server" in server.findings) == bool(server.ended)
    texts = [one["text"] for one in summary.findings() if one["kind"] == "old_server"]
    assert [f"({one.product}: no updates since {one.ended})" in texts[0] for one in server.ended] == [
        True
    ] * len(texts)
    return [(one.kind, one.product, one.ended) for one in server.ended]


OLD_BUILDS = [
    ("OpenSSH_7.9p1 Debian-10+deb10u2", "OpenSSH 7.9p1 (Debian 10)", "2024-06-30"),
    ("OpenSSH_7.6p1 Ubuntu-4ubuntu0.5", "OpenSSH 7.6p1 (Ubuntu 18.04)", "2023-05-31"),
    ("OpenSSH_5.8p1 Debian-7ubuntu1", "OpenSSH 5.8p1 (Ubuntu 11.10)", "2013-05-09"),
]


@pytest.mark.parametrize(("text", "product", "end"), OLD_BUILDS)
def test_a_greeting_that_names_a_release_that_has_ended(text: str, product: str, end: str) -> None:
    before = str(date.fromisoformat(end) - timedelta(1))
    assert ended_servers(end, text) == [("server", product, end)]
    assert ended_servers(before, text) == []
    assert ended_servers("2026-01-01", text, "OpenSSH_9.2p1 Debian-2+deb12u3") == [("server", product, end)]


@pytest.mark.parametrize(
    "text",
    [
        *("OpenSSH_9.2p1 Debian-2+deb12u3", "OpenSSH_8.9p1 Ubuntu-3ubuntu0.6"),
        *("OpenSSH_7.9p1", "OpenSSH_7.4p1 Ubuntu-10", "OpenSSH_7.4 FreeBSD-20170903"),
        *("OpenSSH_7.9p1 Debian-99", "OpenSSH_7.9p1 Raspbian-10+deb10u2", "OpenSSH_7.9p1 Debian-10+deb99u1"),
    ],
)
def test_a_version_alone_says_nothing_of_support(text: str) -> None:
    """Distributions mend old versions; a suffix that nobody knows, and builds of others, name no release."""
    assert ended_servers("2026-01-01", text) == []


def test_the_newest_build_without_support_is_named() -> None:
    (found,) = ended_servers("2026-01-01", *(text for text, _, _ in OLD_BUILDS))
    assert found == ("server", *OLD_BUILDS[0][1:])


def test_a_client_is_no_server() -> None:
    frames = connection(b"SSH-2.0-OpenSSH_7.9p1 Debian-10+deb10u2\r\n", SERVER_SAYS)
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(
        pcap([(at("2026-01-01", n), one) for n, one in enumerate(frames)], linktype=101)
    ):
        summary.add(batch)
    assert all(one.ended == () for one in summary.hosts)


def day_of(family: str, version: str) -> int:
    versions = version_range(family, version)
    assert versions is not None
    own = [one for one in support_rows() if one.family == family_identity(family)]
    return max(one for one in own if one.first <= versions.first).day


@pytest.mark.parametrize(
    ("family", "version", "end"),
    [
        ("Windows", "XP", "2014-04-08"),
        ("Windows", "95", "2010-07-13"),
        ("Windows", "2012 R2", "2023-10-10"),
        ("macOS", "10.9", "2016-12-01"),
        ("Android", "12.1", "2025-03-03"),
        ("Firefox", "128", "2025-09-16"),
        ("Chrome", "100", "2022-04-26"),
        ("Chrome", "110", "2023-03-07"),
        ("Chrome", "82", "2020-05-19"),
        ("Firefox", "52", "2018-09-05"),
        ("Firefox", "121", "2024-01-23"),
        ("iOS", "17", None),
        ("Firefox", "999", None),
        ("OpenBSD", "8", None),
    ],
)
def test_rows(family: str, version: str, end: str | None) -> None:
    wanted = SUPPORTED if end is None else (date.fromisoformat(end) - date(1970, 1, 1)).days
    assert day_of(family, version) == wanted


def test_rows_are_sorted_and_each_family_begins_with_its_oldest_versions() -> None:
    rows = support_rows()
    assert rows == sorted(rows)
    firsts = {one.family: one for one in reversed(rows)}
    assert all(isinstance(one, VersionSupport) and one.first == 0 for one in firsts.values())


def test_the_list_is_that_of_the_facts() -> None:
    """The latest day of all editions; where one has not ended, none."""
    if not FACTS.is_file():
        pytest.skip("needs ../shared")
    found = {(row["product"], row["release"]): row["end_of_support"] for row in read(FACTS)}
    families = {"macos": "macOS", "freebsd": "FreeBSD", "openbsd": "OpenBSD", "chrome": "Chrome"}
    families |= {"ubuntu": "Ubuntu"}
    for product, family in families.items():
        for (name, release), end in found.items():
            if name == product:
                expected = SUPPORTED if end == "False" else (date.fromisoformat(end) - date(1970, 1, 1)).days
                assert day_of(family, release) == expected, (name, release)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
