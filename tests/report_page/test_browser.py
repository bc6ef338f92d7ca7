"""Pages in a real browser: they show the document, sort, filter and export, and ask nobody for anything."""

from __future__ import annotations

import base64
import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import huginn_cffi as hg
from huginn_cffi.applications.reporting import report_page
from huginn_cffi.applications.reporting.page import page as page_with
from tests.support import report_samples as samples
from tests.support.captures import pcap
from tests.support.report_documents import DEVICE, HOST, device, document, host, page_of, system
from tests.support.sample import sample

if TYPE_CHECKING:
    from tests.support.browser import Browser

TABLE = "document.querySelector('[data-table=hosts]')"
ROWS = f"return [...{TABLE}.querySelectorAll('tbody tr:not([hidden])')]"
DASH = "\N{EN DASH}"
OPEN_ALL = (
    "document.querySelectorAll('details').forEach((part) => (part.open = true));"
    "Object.values(Chart.instances).forEach((chart) => chart.resize())"
)
FOUND = {"weight": "check", "mark": "scans", "packets": None, "first_seen": None, "last_seen": None}
"""The values of a finding that a test does not care about."""


NODE_MODULES = (
    Path(__file__).parents[2] / "node_modules",
    Path("/usr/local/lib/node_modules"),
    Path("/usr/share/nodejs"),
)
"""Where npm installs packages: here, for all users, and as Debian's package."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def page(folder: Path) -> Path:
    """The page of a document with everything."""
    (folder / "all.html").write_bytes(page_of())
    return folder / "all.html"


@pytest.fixture(scope="module")
def many(folder: Path) -> Path:
    """A page with addresses to sort."""
    order = [5, 9, 10, 1, 3, 22, 2]
    hosts = [
        host(f"192.0.2.{last}", syns=at, family=("Linux", "Windows")[at % 2]) for at, last in enumerate(order)
    ]
    hosts += [host("2001:db8::1", syns=900), host("198.51.100.7", syns=30)]
    (folder / "many.html").write_bytes(page_of(top_hosts=hosts, hosts=9))
    return folder / "many.html"


@pytest.fixture
def opened(window: Browser, page: Path) -> Browser:
    window.open(page)
    return window


@pytest.fixture
def listed(window: Browser, many: Path) -> Browser:
    window.open(many)
    window.run(OPEN_ALL)
    return window


def table(window: Browser, name: str) -> list[dict[str, str]]:
    """The rows of a table by heading."""
    script = """
    const table = document.querySelector(`[data-table="${arguments[0]}"]`);
    const texts = (cells) => [...cells].map((cell) => cell.textContent);
    const heads = [...table.tHead.rows[0].cells].map((head) => head.querySelector("button").firstChild.data);
    const rows = [...table.tBodies[0].rows].filter((row) => !row.matches(".group"));
    return [heads, rows.map((row) => texts(row.cells))];
    """
    heads, rows = window.run(script, name)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def column(window: Browser, place: int) -> list[str]:
    """The texts of a column of the addresses, as they stand."""
    return window.run(f"{ROWS}.map(row => row.cells[arguments[0]].textContent)", place)  # type: ignore[no-any-return]


def press(window: Browser, place: int, key: str = " ") -> str:
    """Go to the heading of a column and press a key; how the column is sorted then."""
    from selenium.webdriver.common.keys import Keys

    button = window.run(f"return {TABLE}.querySelectorAll('thead button')[arguments[0]]", place)
    window.run("arguments[0].focus()", button)
    window.driver.switch_to.active_element.send_keys(Keys.ENTER if key == "\n" else Keys.SPACE)
    return window.run(f"return {TABLE}.tHead.rows[0].cells[arguments[0]].getAttribute('aria-sort')", place)  # type: ignore[no-any-return]


def write(window: Browser, text: str) -> None:
    """Type into the filter of the addresses."""
    box = window.run("return document.querySelector('[data-filter=hosts]')")
    box.clear()
    box.send_keys(text)


# ---- what is shown ------------------------------------------------------------------------------------


def test_opening_asks_nobody_and_complains_of_nothing(opened: Browser, page: Path) -> None:
    opened.picture(page.with_suffix(".png"))
    assert opened.complaints() == []
    assert opened.requests() == [page.as_uri()]


def test_the_head_says_who_is_there_and_what_needs_a_look(opened: Browser) -> None:
    lines = opened.run("return document.querySelector('#above > div').innerText.split(/\\n+/)")
    assert lines == [
        "1 local device; 1 with a known maker, model or system; 1 finding needs a look; 2 remote hosts.",
        "2026-01-15 10:00 to 2026-01-15 10:20 UTC",
        "Nothing is known to be missing.",
    ]
    counts = opened.run("return document.querySelector('#packets p').textContent")
    assert counts.startswith("1,200 packets (90,000 bytes), 1,190 analysed. Events: SYN 11, SYN+ACK 4, ")


TABLES: dict[str, dict[str, str]] = {
    "systems": {
        "System": "Linux 4.19-6.15",
        "Role": "client",
        "Tool": "",
        "Addresses": "2",
        "Packets": "11",
        "Confidence": "99 %",
        "Specific": "8",
        "Generic": "1",
        "Fuzzy": "2",
    },
    "subnets": {"Subnet": "192.0.2.0/24", "Addresses": "2", "Systems": "Linux 2, not named 1"},
    "hosts": {
        "Address": "192.0.2.9",
        "System": "Linux 4.19-6.15",
        "Confidence": "99 %",
        "Hops": "7",
        "SYN": "6",
        "SYN+ACK": "3",
        "Findings": "several systems",
        "First seen": "2026-01-15 10:00:00",
        "Last seen": "2026-01-15 10:20:00",
    },
    "devices": {
        "Address": "192.0.2.9",
        "Name": "Annas-Printer",
        "Look": "changed, disputed",
        "Device": "printer HP LaserJet",
        "System": "Linux 4.19-6.15",
        "MAC": "00:00:5e:00:53:23",
        "Role": "gateway",
        "First seen": "2026-01-15 10:00",
        "Last seen": "2026-01-15 10:20",
    },
    "time": {"From (UTC)": "2026-01-15 10:00", "Linux": "5", "NMap": "0"},
    "distances": {"Hops": "2", "Addresses": "1"},
    "links": {"MTU": "1,500", "Link": "Ethernet", "Addresses": "2", "Packets": "9"},
    "uptimes": {
        "Address": "192.0.2.9",
        "Side": "client",
        "Uptime": "10 d 13:08",
        "Period": "49 d",
        "Frequency": "1,000 Hz",
        "Reliable": "no",
        "Why not": "two clocks",
    },
    "unknown": {"Signature": "4:64:0:*:8192,0:mss:df:0", "Packet": "SYN", "Addresses": "1", "Packets": "2"},
    "tls-clients": {"Client": "Firefox 140", "JA4": "", "Addresses": "2", "Hellos": "3"},
    "negotiated": {
        "Protocol": "TLS",
        "Algorithms": "TLS 1.3, x25519, TLS_AES_128_GCM_SHA256",
        "Servers": "2",
        "Connections": "5",
    },
    "certificates": {
        "Until": "2026-02-01",
        "From": "2025-01-01",
        "Server": "2001:db8::80",
        "Key": "RSA 2048",
        "Signature": "self-signed",
        "SHA-256": "0011223344556677",
    },
    "tls-versions": {"Role": "client", "Version": "TLS 1.3", "Addresses": "2", "Hellos": "4"},
    "tls-post-quantum": {"Role": "client", "With a post-quantum key share": "1", "Hellos": "4"},
    "tls-old": {"Address": "2001:db8::80", "Role": "server", "Version": "TLS 1.0"},
    "http-clients": {"Client": "curl 8", "Addresses": "1", "Messages": "3"},
    "http-servers": {"Server": "nginx", "Addresses": "1", "Messages": "1"},
    "http-systems": {"System": DASH, "Addresses": "1", "Requests": "3"},
    "verdict-counts": {"Of": "hellos", "Verdict": "consistent", "Events": "3"},
    "contradictions": {
        "Address": "192.0.2.9",
        "Of": "hellos",
        "Observed": "Windows behind Linux",
        "Events": "1",
    },
    "drops": {"Reason": "analysed", "The packet is": "TCP that was looked at", "Packets": "1,190"},
    "left-out-rows": {"List": "Addresses by number of handshakes", "Rows": "2"},
}
"""The first row of each table."""


def test_tables_have_the_values_of_the_document(opened: Browser) -> None:
    assert {name: table(opened, name)[0] for name in TABLES} == TABLES
    shown = opened.run(
        "return [...document.querySelectorAll('main [data-table]')].map((one) => one.dataset.table)"
    )
    assert sorted(shown) == sorted(TABLES)


def test_names_and_what_is_not_known(opened: Browser) -> None:
    systems = {row["System"]: row for row in table(opened, "systems")}
    assert list(systems)[1:] == ["macOS 10.14 or newer / iOS 13 or newer", "NMap SYN scan"]
    assert (systems["NMap SYN scan"]["Tool"], systems["NMap SYN scan"]["Confidence"]) == ("yes", "")
    assert table(opened, "tls-clients")[1]["JA4"] == "t13d1516h2_8daaf6152771_02713d6af862"
    assert [row["From (UTC)"] for row in table(opened, "time")] == ["2026-01-15 10:00", "2026-01-15 10:20"]
    assert [row["Reason"] for row in table(opened, "drops")] == ["analysed", "not tcp", "not ip"]
    verdicts = [row["Verdict"] for row in table(opened, "verdict-counts")]
    assert verdicts[:3] == ["consistent", "contradicts", "not checked"]


def test_lists_that_were_cut_say_so(opened: Browser) -> None:
    captions = opened.run("return [...document.querySelectorAll('caption')].map((one) => one.textContent)")
    assert "Addresses by number of handshakes: the first 3 of 5" in captions
    assert "Old TLS (before TLS 1.2, or weak cipher suites): the first 1 of 6" in captions
    words = opened.run("return document.getElementById('over-time').innerText")
    assert "6 handshakes with a time far from the rest left out" in words


def test_a_record_says_what_was_found_of_the_host_and_not_of_others(window: Browser, folder: Path) -> None:
    texts = [
        "192.0.2.9 sent a certificate with a weak key: RSA below 2,048 bits: 192.0.2.9",
        "192.0.2.3 and 11 more may not be what their User-Agent says, as with a proxy (Firefox)",
    ]
    found = [
        {"kind": kind, "headline": head, "text": text, "hosts": hosts, "host_count": count, **FOUND}
        for kind, head, text, hosts, count in zip(
            ("weak_certificate", "client_mismatch"),
            (
                "192.0.2.9 sent a certificate with a weak key",
                "192.0.2.3 and 11 more may not be what their User-Agent says",
            ),
            texts,
            (["192.0.2.9"], ["192.0.2.3", "192.0.2.9"]),
            (1, 12),
            strict=True,
        )
    ]
    (folder / "found.html").write_bytes(page_of(findings=found))
    window.open(folder / "found.html")
    window.run("document.querySelector('[data-table=hosts] [data-who=\"192.0.2.9\"]').click()")
    record(window)
    lines = window.run(
        "return [...document.querySelectorAll('#host-record li')].map((one) => one.textContent)"
    )
    assert lines[:2] == [
        "check Sent a certificate with a weak key or signature: RSA below 2,048 bits",
        "check May not be what their User-Agent says: as with a proxy (Firefox)",
    ]


def test_a_host_of_too_many_names_is_named(window: Browser, folder: Path) -> None:
    said = "6 packets were left out, of hosts with more names than are kept: 192.0.2.9"
    loss = {"kind": "limit", "count": 6, "text": said}
    (folder / "names.html").write_bytes(page_of(left_out=6, losses=[loss]))
    window.open(folder / "names.html")
    notice = "document.querySelector('#above .notice')"
    assert window.run(f"return {notice}.textContent") == f"What this capture could not show:{said}"
    assert window.run(f"return {notice}.querySelector('[data-who]').textContent") == "192.0.2.9"


def test_nothing_is_missing(window: Browser, folder: Path) -> None:
    (folder / "whole.html").write_bytes(page_of(losses=[]))
    window.open(folder / "whole.html")
    assert "Nothing is known to be missing." in window.run(
        "return document.querySelector('#above').textContent"
    )


def test_a_limit_that_was_reached(window: Browser, folder: Path) -> None:
    (folder / "limit.html").write_bytes(page_of(hosts_complete=False))
    window.open(folder / "limit.html")
    assert "numbers of addresses are lower bounds" in window.run(
        "return document.querySelector('#above .notice').textContent"
    )
    assert "2 remote hosts or more" in window.run("return document.querySelector('.lead').textContent")


def finding(words: str, more: str, hosts: list[str], details: list[str] | None = None) -> dict[str, Any]:
    """A finding as the core words it: headline, causes, hosts with details."""
    others = f" and {len(hosts) - 3} more" if len(hosts) > 3 else ""
    told = [f"{host} ({one})" for host, one in zip(hosts, details or [], strict=False)] or hosts
    return {
        **FOUND,
        "kind": "horizontal_scan",
        "headline": (headline := f"{', '.join(hosts[:3])}{others} {words}"),
        "text": f"{headline}{more}: {', '.join(told)}",
        "hosts": hosts,
        "host_count": len(hosts),
    }


def lines_of(window: Browser, finding: int) -> list[str]:
    """What a finding says, in lines."""
    script = "return document.querySelectorAll('.finding')[arguments[0]].innerText.split(/\\n+/)"
    return window.run(script, finding)  # type: ignore[no-any-return]


def test_a_finding_says_who_why_when_and_what_next(window: Browser, folder: Path) -> None:
    scan = finding("tried many addresses", ", as a scan does", ["192.0.2.9"], ["30 at port 22 (in 1 s)"])
    both = {"weight": "act now", "packets": 5, "first_seen": "2026-01-15T10:00:00.1Z"}
    (folder / "one.html").write_bytes(
        page_of(findings=[{**scan, **both, "last_seen": "2026-01-15T10:03:00.2Z"}])
    )
    window.open(folder / "one.html")
    assert lines_of(window, 0) == [
        "act now",
        "192.0.2.9 tried many addresses",
        "printer HP LaserJet, Linux 4.19-6.15, 99 % sure: 30 at port 22 (in 1 s)",
        "as a scan does",
        "2026-01-15 10:00 to 2026-01-15 10:03 UTC, 5 packets",
        "Packets",
        "huginn pcap --ip 192.0.2.9 one.pcap",
        "Copy",
        "Wireshark",
        "ip.addr == 192.0.2.9",
        "Copy",
        "What this means",
    ]
    meaning = "return document.querySelector(document.querySelector('.next a').getAttribute('href')).tagName"
    assert window.run(meaning) == "DT"
    looks = [(row["Address"], row["Look"]) for row in table(window, "devices")]
    assert looks == [("192.0.2.9", "scans, changed, disputed")]


def test_the_command_of_a_finding_is_copied(window: Browser, page: Path) -> None:
    window.open(page)
    window.run("document.execCommand = () => (window.copied = getSelection().toString())")
    window.run("document.querySelector('[data-copy]').click()")
    assert window.run("return copied") == "huginn pcap --ip 192.0.2.10 one.pcap"


@pytest.mark.parametrize(
    ("name", "quoted"), [("a b.pcap", "'a b.pcap'"), ("it's;rm.pcap", "'it'\\''s;rm.pcap'")]
)
def test_a_hostile_file_name_is_quoted_in_commands(
    name: str, quoted: str, window: Browser, folder: Path
) -> None:
    file = folder / "quoted.html"
    file.write_bytes(page_of(captures=[{"name": name, "first_packet": 1, "packets": 2}]))
    window.open(file)
    assert f"huginn pcap --ip 192.0.2.10 {quoted}" in lines_of(window, 0)


def test_many_hosts_of_a_finding(window: Browser, folder: Path) -> None:
    hosts = ["2001:db8::80", *(f"192.0.2.{last}" for last in range(1, 9))]
    many = {**finding("did", "", hosts), "host_count": 2000}
    (folder / "hosts.html").write_bytes(page_of(findings=[many]))
    window.open(folder / "hosts.html")
    lines = lines_of(window, 0)
    assert lines[1:3] == [
        "2001:db8::80, 192.0.2.1, 192.0.2.2 and 6 more did",
        "2001:db8::80 Linux 4.19-6.15, 99 % sure",
    ]
    assert lines[3:6] == [*hosts[1:3], "6 more of the first 9"]
    assert "ipv6.addr == 2001:db8::80 || ip.addr == 192.0.2.1 || ip.addr == 192.0.2.2" in lines
    assert window.run(
        "return document.querySelectorAll('.finding li [data-who], .finding p [data-who]').length"
    ) == len(hosts)


def test_questions_without_a_finding_are_folded(opened: Browser) -> None:
    summary, answer = opened.run(
        "return ['#asked summary', '#asked dd'].map((one) => document.querySelector(one).textContent)"
    )
    assert (summary, answer) == ("1 question without a finding", "none found")
    assert not opened.run("return document.getElementById('asked').open")


def test_local_devices_that_need_a_look_come_first(window: Browser, folder: Path) -> None:
    """By network; in a network by weight, then by address."""
    devices = [
        device("192.0.2.10"),
        device("192.0.2.9", mac="02:00:5e:00:53:01", mac_local=True, network_card="Example"),
        device("10.0.0.2", first_seen="2026-01-16T00:00:00Z", last_seen="2026-01-16T00:00:00Z"),
        device("10.0.0.1", type="phone", system="Android"),
        device(mac="02:00:5e:00:53:07"),
        device("fe80::1"),
        device("10.0.0.3", segments=["VLAN 7"]),
    ]
    hosts = [host("10.0.0.1")]
    found = [
        {**finding("1 host", "", ["192.0.2.10"]), "mark": "out of date", "weight": "act now"},
        finding("1 host", "", ["10.0.0.2"]),
    ]
    file = folder / "devices.html"
    file.write_bytes(
        page_of(local_devices=devices, top_hosts=hosts, findings=found, since="2026-01-15T12:00:00Z")
    )
    window.open(file)
    rows = table(window, "devices")
    assert [(row["Address"], row["Look"], row["Device"]) for row in rows] == [
        ("192.0.2.10", "out of date, gone", ""),
        ("192.0.2.9", "gone", "card by Example"),
        ("10.0.0.2", "scans, new", ""),
        ("10.0.0.1", "gone, changed", "phone"),
        ("10.0.0.3", "gone", ""),
        ("02:00:5e:00:53:07", "gone", ""),
        ("fe80::1", "gone", ""),
    ]
    assert (rows[1]["MAC"], rows[3]["System"]) == ("02:00:5e:00:53:01 (local)", "Android")
    groups = window.run("return [...document.querySelectorAll('.group')].map((one) => one.textContent)")
    assert groups == [
        "192.0.2.0/24",
        "10.0.0.0/24",
        "VLAN 7, 10.0.0.0/24",
        "Without an address",
        "Link-local",
    ]
    lead = window.run("return document.querySelector('.lead').textContent")
    assert lead.startswith("7 local devices, 1 new and 6 gone since 2026-01-15 12:00; 1 with a known maker,")


def test_the_version_of_firmware_is_no_system(window: Browser, folder: Path) -> None:
    devices = [device("192.0.2.22", model="P3245", version="10.12.1"), device("192.0.2.23", system="Linux")]
    file = folder / "firmware.html"
    file.write_bytes(page_of(local_devices=devices, findings=[]))
    window.open(file)
    assert [row["System"] for row in table(window, "devices")] == ["", "Linux"]


def test_devices_with_one_address_in_two_vlans_have_a_panel_each(window: Browser, folder: Path) -> None:
    """Also in findings: each statement belongs to the host of its VLAN."""
    two = ("VLAN 10", "VLAN 20")
    hosts = [
        host("10.0.0.7", tunnel=within, family=family, changes=[])
        for within, family in zip(two, ("Linux", "OpenBSD"), strict=True)
    ]
    devices = [device("10.0.0.7", segments=[within]) for within in two]
    found = [finding("1 host", "", ["10.0.0.7 in VLAN 20"])]
    file = folder / "vlans.html"
    file.write_bytes(page_of(local_devices=devices, top_hosts=hosts, findings=found))
    window.open(file)
    assert [row["Look"] for row in table(window, "devices")] == ["scans", ""]
    assert lines_of(window, 0)[2].startswith("OpenBSD")
    titles = []
    for place in ("[data-table=devices] tr:last-child [data-who]", ".finding [data-who]"):
        window.run(f"document.querySelector('{place}').click()")
        titles.append(window.run("return document.getElementById('host-title').textContent"))
        titles.append(window.run("return document.querySelector('#host-record .lead').textContent"))
        window.run("document.getElementById('host-close').click()")
    assert (titles[0], titles[2]) == ("10.0.0.7 in VLAN 10", "10.0.0.7 in VLAN 20")
    assert titles[1].startswith("Linux")
    assert titles[3].startswith("OpenBSD")


def test_a_device_has_several_segments_or_is_behind_a_bridge(window: Browser, folder: Path) -> None:
    devices = [
        device("10.0.0.1", segments=["untagged", "VLAN 20"], mac="00:00:5e:00:53:01"),
        device("10.9.0.2", behind="00:00:5e:00:53:50"),
    ]
    found = [finding("1 host", "", ["10.0.0.1 in VLAN 20"])]
    file = folder / "segments.html"
    file.write_bytes(page_of(local_devices=devices, findings=found))
    window.open(file)
    rows = [(row["Address"], row["Look"], row["MAC"]) for row in table(window, "devices")]
    assert rows == [
        ("10.0.0.1", "scans", "00:00:5e:00:53:01"),
        ("10.9.0.2", "", "behind 00:00:5e:00:53:50"),
    ]


def test_every_device_opens_a_panel(window: Browser, folder: Path) -> None:
    file = folder / "panel.html"
    file.write_bytes(page_of(local_devices=[{**DEVICE, "addresses": ["10.0.0.5"]}], top_hosts=[HOST]))
    window.open(file)
    window.run("document.querySelector('[data-table=devices] [data-who]').click()")
    lines = record(window).splitlines()
    assert lines[lines.index("Device") + 1] == "printer HP LaserJet"
    assert "huginn hosts --ip 10.0.0.5 one.pcap" in lines


@pytest.mark.parametrize("packets", [[], [samples.linux("192.0.2.7")]], ids=["none", "one"])
def test_a_small_capture(packets: list[Any], window: Browser, tmp_path: Path) -> None:
    path = tmp_path / "small.html"
    path.write_bytes(report_page(hg.Analyzer(), [pcap(packets)]))
    window.open(path)
    assert window.complaints() == []
    shown = window.run(
        "return [...document.querySelectorAll('main [data-table]')].map((one) => one.dataset.table)"
    )
    assert shown == (
        ["hosts", "subnets", "systems", "links", "distances", "time", "drops"] if packets else ["drops"]
    )
    assert "Nothing stands out." in window.run("return document.querySelector('.findings').innerText")


def test_hostile_texts_do_nothing(window: Browser, folder: Path) -> None:
    """Each text of the document, and those around it."""

    def spoiled(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: spoiled(one) for name, one in value.items()}
        if isinstance(value, list):
            return [spoiled(one) for one in value]
        texts = isinstance(value, str) and not value.startswith("2026-")
        return f"{value}{samples.HOSTILE}</script>" if texts else value

    path = folder / "hostile.html"
    path.write_bytes(
        page_with(json.dumps(spoiled(document())), samples.HOSTILE, [samples.HOSTILE], "without signatures")
    )
    window.open(path)
    window.run("document.querySelector('[data-table=hosts] [data-who]').click()")
    assert window.run("return [document.images.length, document.scripts.length]") == [0, 3]
    assert window.run("return document.title") == samples.HOSTILE
    assert table(window, "systems")[0]["Role"] == f"client{samples.HOSTILE}</script>"
    assert window.run("return document.querySelectorAll('main b, main script, dialog img').length") == 0
    assert window.complaints() == []
    assert window.requests() == [path.as_uri()]


# ---- one host -----------------------------------------------------------------------------------------


def record(window: Browser) -> str:
    """The text of the host record that is open."""
    assert window.run("return document.getElementById('host').open")
    return str(window.run("return document.getElementById('host').innerText"))


@pytest.mark.parametrize(
    "place", ["[data-table=hosts]", "[data-table=uptimes]", "[data-table=contradictions]"]
)
def test_a_click_on_an_address_shows_its_record(place: str, opened: Browser) -> None:
    opened.run(f"document.querySelector('{place} [data-who=\"192.0.2.9\"]').click()")
    lines = record(opened).splitlines()
    for name, value in (
        ("System", "Linux 4.19-6.15"),
        ("Confidence of the version", "50 %"),
        ("Named by its handshakes", "Linux 4.19-6.15, Windows 10"),
        ("Systems behind it", "2"),
        ("Link", "PPPoE (DSL), MTU 1,492"),
        ("No updates", "Linux 2.4.x: none since 2011-12-31 (99 %, SYN: Linux 2.4.x (12 packets))"),
        ("Uptime", "10 d 13:08, modulo 49 d, 1,000 Hz, not reliable"),
        ("Services offered (ports)", "22, 80"),
        ("2026-01-15 10:20:00 UTC", "Last seen"),
    ):
        assert lines[lines.index(name) + 1] == value
    assert "Windows behind Linux" in lines, "its contradiction"
    evidence = table(opened, "evidence")
    assert [(row["Name"], row["Source"], row["Speaks"]) for row in evidence] == [
        ("Linux 4.19-6.15", "SYN", "for it"),
        ("Firefox 140", "user agent", "neither"),
    ]
    assert evidence[1]["First seen"] == DASH


NESTED = ("evidence", "changes", "ended", "findings", "logins", "peers")


def test_a_record_shows_to_whom_the_host_talks(opened: Browser) -> None:
    opened.run("document.querySelector('[data-table=devices] [data-who]').click()")
    assert "Who talks to it (and 3 connections with others)" in record(opened)
    rows = [[*row.values()][:5] for row in table(opened, "peers")]
    assert rows == [
        ["2001:db8::80", "calls", "22", "SSH", "7"],
        ["192.0.2.80", "is called", "445", "", "2"],
    ]


def test_every_value_of_a_record_is_shown(opened: Browser) -> None:
    opened.run("document.querySelector('[data-table=hosts] [data-who]').click()")
    text = record(opened)
    lists = [
        text
        for name, value in HOST.items()
        if isinstance(value, list) and name not in NESTED
        for text in value
    ]
    assert "host change (client): os diff, ttl" in text
    assert "printer HP LaserJet" in text
    assert "ftp port 21 (2)" in text
    assert "00:00:5e:00:53:23" in text
    assert [row["Source"] for row in table(opened, "announcements")] == ["mdns"]
    assert [str(one).replace("_", " ") for one in lists if str(one).replace("_", " ") not in text] == []
    assert "German" in text


def test_the_record_opens_and_closes_with_keys(opened: Browser) -> None:
    from selenium.webdriver.common.keys import Keys

    link = opened.run("return document.querySelector('.findings [data-who]')")
    link.send_keys(Keys.ENTER)
    assert record(opened).startswith("192.0.2.10")
    assert opened.run("return document.activeElement.closest('dialog') !== null")
    opened.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    opened.wait(lambda: not opened.run("return document.getElementById('host').open"))
    assert opened.run("return document.activeElement") == link


def test_an_address_without_a_record_says_so(window: Browser, folder: Path) -> None:
    (folder / "few.html").write_bytes(page_of(top_hosts=[host("192.0.2.9", family=None, flavor=None)]))
    window.open(folder / "few.html")
    assert table(window, "hosts")[0]["System"] == "unknown"
    assert {row["Address"] for row in table(window, "tls-old")} == {"2001:db8::80"}
    window.run("document.querySelector('[data-table=tls-old] [data-who]').click()")
    assert "This page has the records of 1 host, not this one." in record(window)


def test_the_way_back_closes_the_record(opened: Browser) -> None:
    is_open = "return document.getElementById('host').open"
    opened.run("document.querySelector('[data-table=hosts] [data-who]').click()")
    record(opened)
    opened.driver.back()
    opened.wait(lambda: not opened.run(is_open))
    length = opened.run("return history.length")
    opened.run("document.querySelector('[data-table=hosts] [data-who]').click()")
    record(opened)
    opened.run("document.getElementById('host-close').click()")
    opened.wait(lambda: opened.run("return history.state") is None)
    assert opened.run("return history.length") == length, "and closing it goes back"


@pytest.mark.parametrize("pause", ["", "await new Promise((settle) => setTimeout(settle))"])
def test_a_record_that_is_opened_as_another_is_closed_stays_open(opened: Browser, pause: str) -> None:
    """The browser goes back later than it is told: it must not leave the page or close the second one."""
    script = f"""
        const address = document.querySelector("[data-table=hosts] [data-who]");
        return (async () => {{
            for (let time = 0; time < 20; time++) {{
                address.click();
                await new Promise((settle) => setTimeout(settle, 2));
                document.getElementById("host").close();
                {pause};
            }}
            address.click();
            await new Promise((settle) => setTimeout(settle, 500));
            return document.getElementById("host").open;
        }})();
    """
    opened.run("window.here = true; history.replaceState(null, '')")
    length = opened.run("return history.length")
    assert opened.run(script)
    assert opened.run("return window.here && history.state") == "host"
    assert opened.run("return history.length") <= length + 1


def test_an_address_is_asked_for(opened: Browser) -> None:
    who = "document.getElementById('who')"
    ask = f"{who}.value = arguments[0]; {who}.form.requestSubmit()"
    opened.run(ask, " 2001:DB8::80 ")
    assert "Linux" in record(opened)
    opened.run(ask, "192.0.2.250")
    assert "This page has the records of 3 hosts, not this one." in record(opened)
    assert "huginn hosts --ip 192.0.2.250 one.pcap" in record(opened)


def test_the_holders_of_an_address_and_the_addresses_of_a_mac(window: Browser, folder: Path) -> None:
    """The latest one is shown first; the others are one click away. Others have no list."""
    macs = "00:00:5e:00:53:41", "02:00:5e:10:00:12"
    days = [
        ("2026-01-15T10:00:00Z", "2026-01-15T11:00:00Z"),
        ("2026-01-18T10:00:00Z", "2026-01-20T10:00:00Z"),
    ]
    of = [
        {"mac": mac, "mac_local": mac[1] == "2", "first_seen": first, "last_seen": last, "device": None}
        for mac, (first, last) in zip(macs, days, strict=True)
    ]
    hosts = [host("192.0.2.30", **of[0], family="Windows"), host("192.0.2.30", **of[1], family="Linux")]
    hosts += [host("2001:db8::30", **of[1]), host("192.0.2.31", mac=None)]
    (folder / "holders.html").write_bytes(
        page_of(top_hosts=hosts, more_hosts=hosts, hosts=4, local_devices=[])
    )
    window.open(folder / "holders.html")
    ask = "const who = document.getElementById('who'); who.value = arguments[0]; who.form.requestSubmit()"
    lines = "return [...document.querySelectorAll('.holders li')].map((one) => one.textContent)"
    bars = "return [...document.querySelectorAll('.holders i')].map((one) => one.style.cssText)"
    window.run(ask, "192.0.2.30")
    first, last = window.run(lines)
    assert first.startswith(macs[0])
    assert last.startswith(f"{macs[1]} (local)")
    assert "2026-01-15 10:00:00 to 2026-01-15 11:00:00" in first
    assert window.run(bars)[1].startswith("margin-left: 60%; width: 40%")
    assert re.search("^System\nLinux", record(window), re.M)
    window.run("document.querySelector('.holders a').click()")
    assert re.search("^System\nWindows", record(window), re.M)
    window.run(ask, macs[1].upper())
    assert [one.split(" ")[0] for one in window.run(lines)] == ["2001:db8::30", "192.0.2.30"]
    for address, count in ((macs[0], 1), ("2001:db8::30", 0), ("192.0.2.31", 0)):
        window.run(ask, address)
        assert len(window.run(lines)) == count


# ---- tables -------------------------------------------------------------------------------------------


def test_numbers_are_sorted_as_numbers(listed: Browser) -> None:
    assert press(listed, 4) == "descending"
    down = [int(text) for text in column(listed, 4)]
    assert down == sorted(down, reverse=True)
    assert press(listed, 4, "\n") == "ascending"
    assert [int(text) for text in column(listed, 4)] == sorted(down)


def test_addresses_are_sorted_by_value(listed: Browser) -> None:
    assert press(listed, 0) == "ascending"
    last = ["1", "2", "3", "5", "9", "10", "22"]
    assert column(listed, 0) == [*(f"192.0.2.{one}" for one in last), "198.51.100.7", "2001:db8::1"]
    assert listed.run(f"return {TABLE}.querySelectorAll('[aria-sort]').length") == 1


def test_a_filter_leaves_the_rows_that_hold_all_words(listed: Browser) -> None:
    write(listed, "192.0.2. WINDOWS")
    assert column(listed, 0) == ["192.0.2.9", "192.0.2.1", "192.0.2.22"]
    assert listed.run("return document.querySelector('[data-shown=hosts]').textContent") == "3 of 9 rows"
    write(listed, "nothing like this")
    assert column(listed, 0) == []


def test_export_gives_the_rows_that_are_shown_in_their_order(listed: Browser) -> None:
    press(listed, 0)
    press(listed, 0)
    write(listed, "192.0.2. Windows")
    target = listed.downloads / "hosts.csv"
    listed.run("document.querySelector('[data-export=hosts]').click()")
    listed.wait(target.exists)
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Address"] for row in rows] == column(listed, 0) == ["192.0.2.22", "192.0.2.9", "192.0.2.1"]
    assert (rows[0]["SYN"], rows[0]["Hops"], rows[0]["Findings"]) == ("6", "7", "several systems")
    assert listed.complaints() == []


def test_exported_text_is_no_formula(window: Browser, folder: Path) -> None:
    (folder / "formula.html").write_bytes(page_of(systems=[system("-cmd", "=1+1")]))
    window.open(folder / "formula.html")
    window.run("document.querySelector('[data-export=systems]').click()")
    target = window.downloads / "systems.csv"
    window.wait(lambda: target.exists() and target.read_bytes().count(b"\n"))
    assert target.read_text(encoding="utf-8").splitlines()[1].startswith("'-cmd =1+1,client,,1,11,")


def test_a_document_that_comes_again_leaves_the_page_as_it_was(listed: Browser) -> None:
    press(listed, 0)
    write(listed, "192.0.2. Windows")
    before = column(listed, 0)
    listed.run("document.querySelector('details').open = true; scrollTo(0, 700)")
    listed.run("view.show(JSON.parse(document.getElementById('summary').textContent))()")
    assert column(listed, 0) == before
    state = "return [document.activeElement.dataset.filter, scrollY, document.querySelector('details').open]"
    assert listed.run(state) == ["hosts", 700, True]
    assert listed.complaints() == []


@pytest.mark.parametrize(
    ("share", "text"),
    [(1.0, "100 %"), (0.9999, "99 %"), (0.995, "99 %"), (0.5, "50 %"), (0.001, "1 %"), (0.0, "0 %")],
)
def test_only_what_is_certain_is_100_percent(share: float, text: str, opened: Browser) -> None:
    assert opened.run("return percentText(arguments[0])", share) == text


# ---- charts, paper, narrow windows, keys ---------------------------------------------------------------


CHARTS = {"devices-chart", "systems-chart", "time-chart", "distance-chart"}


def ink(window: Browser) -> list[str]:
    """The colour of a chart's axis, and that of the page's text."""
    script = """
    const chart = Chart.getChart('systems-chart'), style = getComputedStyle(document.documentElement);
    return [chart.options.scales.x.ticks.color, style.getPropertyValue('--ink').trim()];
    """
    return window.run(script)  # type: ignore[no-any-return]


def set_scheme(window: Browser, scheme: str) -> None:
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)


def test_charts_follow_the_colour_scheme(opened: Browser) -> None:
    light = ink(opened)
    set_scheme(opened, "dark")
    dark = opened.wait(lambda: (found := ink(opened)) != light and found[0] == found[1] and found)
    assert light[0] == light[1]
    assert dark[0] == "#e4e8ed"


def test_charts_are_drawn(opened: Browser) -> None:
    script = """
    return [...document.querySelectorAll('canvas')].map(canvas => {
      const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      return new Set(new Uint32Array(data.buffer)).size;
    });
    """
    opened.run(OPEN_ALL)
    colours = opened.run(script)
    assert len(colours) == len(CHARTS)
    assert all(count > 10 for count in colours), "axes, text and bars"


def printed(window: Browser, path: Path) -> tuple[int, bytes]:
    """The number of pages of a page on paper, and its PDF."""
    window.open(path, width=1300)
    options = {"printBackground": True, "preferCSSPageSize": True}
    data = base64.b64decode(window.driver.execute_cdp_cmd("Page.printToPDF", options)["data"])
    return len(re.findall(rb"/Type\s*/Page\b", data)), data


def test_nothing_is_cut_on_paper(window: Browser, page: Path) -> None:
    """A4 less margins of 12 mm is 703 pixels wide. Charts are drawn before the paper's width is known."""
    window.open(page, width=1300)
    screen = window.run("return document.querySelector('canvas').clientWidth")
    window.run("dispatchEvent(new Event('beforeprint'))")
    right = "[...document.querySelectorAll('{}')].map(one => one.getBoundingClientRect().width)"
    assert 0 < max(window.run(f"return {right.format('canvas')}")) <= 703
    window.run("dispatchEvent(new Event('afterprint'))")
    assert window.run("return document.querySelector('canvas').clientWidth") == screen
    window.open(page, width=703)
    window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    window.run("dispatchEvent(new Event('beforeprint'))")
    every = window.run(f"return {right.format('table, canvas, .finding')}")
    assert 0 < max(every) <= window.run("return document.documentElement.clientWidth")
    window.run("dispatchEvent(new Event('afterprint'))")
    window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_an_office_is_few_pages_on_paper(window: Browser, folder: Path) -> None:
    """60 devices on at most 4 pages, without the parts that are folded."""
    devices = [{**DEVICE, "addresses": [f"10.0.0.{n}"], "mac": f"02:00:5e:00:53:{n:02x}"} for n in range(60)]
    (folder / "office.html").write_bytes(page_of(local_devices=devices))
    pages, _ = printed(window, folder / "office.html")
    assert 2 <= pages <= 4


def test_print_shows_all_hosts_of_findings_on_white(window: Browser, folder: Path) -> None:
    hosts = [f"192.0.2.{last}" for last in range(9)]
    (folder / "print.html").write_bytes(page_of(findings=[finding("9 hosts did", "", hosts)]))
    window.open(folder / "print.html", "dark")
    is_open = "return document.querySelector('.more').open"
    assert not window.run(is_open)
    window.run("dispatchEvent(new Event('beforeprint'))")
    assert window.run(is_open)
    assert ink(window) == ["#1c2430", "#1c2430"]
    window.run("dispatchEvent(new Event('afterprint'))")
    assert not window.run(is_open)
    assert ink(window)[0] == "#e4e8ed"


@pytest.mark.parametrize("width", [390, 1280])
def test_long_names_beside_bars_are_broken_and_never_cut(window: Browser, folder: Path, width: int) -> None:
    (folder / "long.html").write_bytes(
        page_of(families=[{"name": "Solaris 8 or older or HP-UX 11 or newer", "hosts": 1}])
    )
    window.open(folder / "long.html", width=width)
    labels = "return Chart.getChart('systems-chart').scales.y.ticks.map((one) => one.label)"
    assert window.run(labels) == [["Solaris 8 or older or", "HP-UX 11 or newer"]]
    assert window.run("return Chart.getChart('systems-chart').scales.y.left") >= 0


def test_one_strange_distance_does_not_stretch_the_axis(window: Browser, folder: Path) -> None:
    (folder / "far.html").write_bytes(page_of(distances=[{"hops": 2, "hosts": 5}, {"hops": 100, "hosts": 1}]))
    window.open(folder / "far.html")
    labels, values = window.run(
        "const { data } = Chart.getChart('distance-chart'); return [data.labels, data.datasets[0].data]"
    )
    assert (len(labels), labels[-1], values[2], values[-1]) == (33, "32 or more", 5, 1)


def test_findings_are_marked_over_time(opened: Browser) -> None:
    """The finding of the document begins in the first bin, which has 5 handshakes."""
    sets = opened.run("return Chart.getChart('time-chart').data.datasets.map((one) => [one.label, one.data])")
    assert sets[-1] == ["findings that begin", [5, None, None]]


def test_an_unknown_system_has_no_confidence(window: Browser, folder: Path) -> None:
    hosts = [host("192.0.2.30", family=None, flavor=None, confidence=0.0)]
    (folder / "unknown.html").write_bytes(page_of(top_hosts=hosts))
    window.open(folder / "unknown.html")
    (row,) = table(window, "hosts")
    assert (row["System"], row["Confidence"]) == ("unknown", "")


@pytest.mark.parametrize("width", [320, 390, 800])
def test_a_narrow_window_scrolls_downwards_only(window: Browser, page: Path, width: int) -> None:
    window.open(page, width=width)
    assert window.run("return document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_texts_have_room_at_every_width(window: Browser, page: Path, width: int) -> None:
    """12 rem are 192 px; a table that is wider than the window scrolls by itself."""
    window.open(page, width=width)
    window.picture(page.with_name(f"page-{width}.png"))
    narrow = window.run("""
        const texts = document.querySelectorAll(".known dd, section > p, li, td.w, th.w, td.c, figcaption");
        const flows = (one) => getComputedStyle(one).display === "inline"; // in a line of a device
        return [...texts].filter((one) => one.offsetParent && one.closest("nav") === null && !flows(one))
            .map((one) => [one.getBoundingClientRect().width, one.textContent])
            .filter(([width]) => width < 192);
    """)
    assert narrow == []
    wide = """
        document.querySelectorAll("details").forEach((part) => (part.open = true));
        const captions = [...document.querySelectorAll("caption span")];
        const last = captions.filter((one) => one.getBoundingClientRect().right > innerWidth);
        return [captions.length, last.map((one) => one.textContent)];
    """
    captions, beyond = window.run(wide)
    assert captions > 3
    assert beyond == []
    assert window.run("return document.documentElement.scrollWidth <= innerWidth")
    window.run("document.querySelector('[data-table=hosts] [data-who]').click()")
    record(window)
    assert window.run(
        "return [...document.querySelectorAll('#host dd')].every((one) => one.clientWidth >= 192)"
    )


@pytest.mark.parametrize("width", [390, 700, 768, 1050, 1280])
@pytest.mark.parametrize("is_plain", [False, True], ids=["all columns", "few columns"])
def test_no_table_scrolls_sideways(window: Browser, folder: Path, width: int, is_plain: bool) -> None:
    """Long names and addresses of version 6 are broken; what people read has 12 rem at least."""
    name, address = "a-device-with-a-long-name-without-end" * 2, "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"
    more = {
        "model": "M" * 60,
        "version": "1.2.3" * 9,
        "system": "Linux",
        "role": "dhcp-server",
        "mac_local": True,
    }
    devices = [device(address, host_name=name, mac="02:00:5e:00:53:99", disputed=True, **more)]
    plain = [device("192.0.2.77", maker="Acme", system="Linux", mac="00:00:5e:00:53:99")]
    file = folder / f"wide-{width}-{is_plain}.html"
    file.write_bytes(page_of(local_devices=plain if is_plain else [*document()["local_devices"], *devices]))
    window.open(file, width=width)
    window.run("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    scrolls, narrow = window.run("""
        const tables = [...document.querySelectorAll("table")].filter((one) => one.offsetParent);
        const texts = [...document.querySelectorAll("td.w")]
            .filter((one) => one.offsetParent && getComputedStyle(one).display !== "inline");
        return [tables.filter((one) => one.scrollWidth > one.parentElement.clientWidth)
                      .map((one) => [one.dataset.table, one.scrollWidth, one.parentElement.clientWidth]),
                texts.filter((one) => one.getBoundingClientRect().width < 192).map((one) => one.textContent)];
    """)
    assert (scrolls, narrow) == ([], [])


def test_columns_that_have_no_value_are_left_out(window: Browser, folder: Path) -> None:
    file = folder / "no-names.html"
    file.write_bytes(page_of(local_devices=[device("192.0.2.31")], findings=[]))
    window.open(file)
    (row,) = table(window, "devices")
    assert [*row] == ["Address", "Device", "System", "MAC", "First seen", "Last seen"]


def test_a_report_of_all_hosts_has_their_records(window: Browser, folder: Path) -> None:
    file = folder / "all-hosts.html"
    plain = host("192.0.2.31", device=None, mac=None)
    file.write_bytes(page_of(top_hosts=[HOST], more_hosts=[HOST, plain], omitted={"top_hosts": 1}))
    window.open(file)
    who = "document.getElementById('who')"
    window.run(f"{who}.value = '192.0.2.31'; {who}.form.requestSubmit()")
    assert "Linux" in record(window)
    assert "Records of hosts" not in str(table(window, "left-out-rows"))


def test_a_page_says_how_many_records_it_leaves_out(
    window: Browser, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser does not open those of half a million hosts."""
    monkeypatch.setattr("huginn_cffi.applications.reporting.make.PAGE_HOSTS", 2)
    capture = pcap([samples.linux(f"192.0.2.{number}", number) for number in range(1, 6)])
    with hg.Analyzer() as analyzer:
        (folder / "many.html").write_bytes(report_page(analyzer, [capture], all_hosts=True))
    window.open(folder / "many.html")
    assert {"List": "Records of hosts (huginn hosts lists all)", "Rows": "3"} in table(
        window, "left-out-rows"
    )


def test_the_first_tab_leads_past_the_navigation(opened: Browser) -> None:
    from selenium.webdriver.common.keys import Keys

    opened.run("document.activeElement.blur()")
    opened.driver.find_element("tag name", "body").send_keys(Keys.TAB)
    assert opened.run("return document.activeElement.textContent") == "Skip to the results"
    assert opened.run("return document.activeElement.getBoundingClientRect().left") >= 0, "visible"
    opened.driver.switch_to.active_element.send_keys(Keys.ENTER)
    opened.wait(lambda: opened.run("return document.activeElement.id") == "main")


def nodes(window: Browser) -> list[dict[str, Any]]:
    """What a screen reader is told."""
    window.run("document.querySelectorAll('details').forEach(part => part.open = true)")
    found: list[dict[str, Any]] = window.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    return [node for node in found if not node.get("ignored")]


def test_a_screen_reader_is_told_what_is_what(opened: Browser) -> None:
    press(opened, 0)
    named: dict[str, list[str]] = {}
    for node in nodes(opened):
        role = node.get("role", {}).get("value", "")
        named.setdefault(role, []).append(str(node.get("name", {}).get("value", "")).strip())
    for role in (
        "table",
        "columnheader",
        "rowheader",
        "button",
        "searchbox",
        "image",
        "region",
        "navigation",
    ):
        assert named.get(role), role
        assert all(named[role]), f"each {role} has a name"
    assert any("addresses" in name and "Linux" in name for name in named["image"]), "a chart in words"
    assert named["main"] != []
    assert named.get("status"), "how many rows are left is announced"


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 390), ("dark", 768), ("light", 1280), ("dark", 1280)]
)
def test_axe_finds_nothing(window: Browser, page: Path, scheme: str, width: int) -> None:
    """The rules of axe-core for WCAG, on the page with all folded parts open, and on a record."""
    axe = next((one for each in NODE_MODULES if (one := each / "axe-core/axe.min.js").exists()), None)
    if axe is None:
        pytest.skip("axe-core is not installed: npm install axe-core")
    window.open(page, scheme, width)
    window.run(axe.read_text(encoding="utf-8"))
    window.run(OPEN_ALL)
    check = """
    axe.run(document, {resultTypes: ["violations"]}).then((found) => arguments[0](
      [found.passes.length, found.violations.map(({id, nodes}) => [id, nodes.length, nodes[0].html])]))"""
    passed, violations = window.driver.execute_async_script(check)
    assert passed > 20
    assert violations == []
    window.run("document.querySelector('[data-who]').click()")
    window.wait(lambda: window.run("return document.getElementById('host').open"))
    assert window.driver.execute_async_script(check)[1] == []


def test_sorting_is_told_to_a_screen_reader(opened: Browser) -> None:
    opened.run(OPEN_ALL)
    press(opened, 0)
    sorts = [
        opened.run(f"return {TABLE}.tHead.rows[0].cells[0].ariaSort"),
        opened.run(f"return {TABLE}.tHead.rows[0].cells[1].ariaSort"),
    ]
    assert sorts == ["ascending", None]


def test_a_long_page_opens(window: Browser, folder: Path) -> None:
    hosts = [host(f"10.0.{n >> 8}.{n & 255}") for n in range(1000)]
    (folder / "long.html").write_bytes(page_of(top_hosts=hosts))
    window.open(folder / "long.html")
    assert window.run(f"return {TABLE}.tBodies[0].rows.length") == 1000
    assert window.complaints() == []


def test_the_report_of_a_capture(window: Browser, folder: Path) -> None:
    (folder / "sample.html").write_bytes(report_page(hg.Analyzer(), [sample(), samples.strangers()]))
    window.open(folder / "sample.html")
    assert window.run("return document.getElementById('sources').textContent") == "2 captures"
    assert {"192.0.2.10", "2001:db8::64"} <= set(column(window, 0))
    assert [row["Packets"] for row in table(window, "captures")] == ["26", "4"]
    assert window.complaints() == []


_BARS = """
return [...document.querySelectorAll('canvas')].flatMap(canvas => {
  const chart = Chart.getChart(canvas), context = canvas.getContext('2d');
  const pixel = (x, y) => [...context.getImageData(Math.round(x), Math.round(y), 1, 1).data].slice(0, 3);
  const boxes = chart.legend.legendHitBoxes;
  return chart.data.datasets.flatMap((set, at) => set.type === 'line' ? [] : chart.getDatasetMeta(at).data
    .map((bar, place) => ({
      chart: canvas.id, series: set.label, place, value: set.data[place],
      bar: pixel(bar.getCenterPoint().x, bar.getCenterPoint().y),
      legend: boxes.length ? pixel(boxes[at].left + 7, boxes[at].top + boxes[at].height / 2) : null,
    })).filter(one => one.value > 0));
});
"""
"""The colours of the pixels in the middle of bars and in the legend."""

_PALETTE = """
const style = getComputedStyle(document.documentElement), canvas = document.createElement('canvas');
const context = canvas.getContext('2d');
return Object.fromEntries([0, 1, 2, 3, 4, 5, 6, '-other', '-unknown'].map(name => {
  context.fillStyle = style.getPropertyValue(`--c${name}`);
  context.fillRect(0, 0, 1, 1);
  return [`${name}`, [...context.getImageData(0, 0, 1, 1).data].slice(0, 3)];
}));
"""


def check_bars(window: Browser) -> list[dict[str, Any]]:
    """Every bar has a colour of the palette, and that of the legend."""
    bars, palette = window.run(_BARS), window.run(_PALETTE)
    assert {one["chart"] for one in bars} == CHARTS
    for one in bars:
        assert one["bar"] in palette.values(), one
        assert one["legend"] in (None, one["bar"]), one
    return bars  # type: ignore[no-any-return]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_have_their_colours_from_the_beginning(window: Browser, page: Path, scheme: str) -> None:
    window.open(page, scheme)
    window.run(OPEN_ALL)
    shown = check_bars(window)
    assert len({str(one["bar"]) for one in shown if one["chart"] == "systems-chart"}) == 2
    window.run("dispatchEvent(new Event('beforeprint'))")
    printed = check_bars(window)
    assert (shown == printed) == (scheme == "light")
    window.run("dispatchEvent(new Event('afterprint'))")
    assert check_bars(window) == shown


def test_a_system_has_one_colour_in_all_charts(opened: Browser) -> None:
    opened.run(OPEN_ALL)
    bars = check_bars(opened)
    systems = [row["name"] for row in document()["families"]]
    by_system = {systems[one["place"]]: one["bar"] for one in bars if one["chart"] == "systems-chart"}
    over_time = {one["series"]: one["bar"] for one in bars if one["chart"] == "time-chart"}
    assert by_system["Linux"] == over_time["Linux"] != over_time["NMap"]


SYSTEM_BARS = """
const { data } = Chart.getChart('systems-chart');
return Object.fromEntries(data.labels.map((name, at) => [name, data.datasets[0].data[at]]));
"""


def test_the_chart_counts_the_hosts_of_a_family(window: Browser, tmp_path: Path) -> None:
    """Two versions of Windows, a Linux that is client and server, and a scanner that has no system."""
    path = tmp_path / "families.html"
    path.write_bytes(report_page(hg.Analyzer(), [samples.families()]))
    window.open(path)
    assert window.run(SYSTEM_BARS) == {"Windows": 2, "Linux": 1}


def test_an_address_is_not_broken(window: Browser, page: Path) -> None:
    window.open(page, width=800)
    script = """
    return [...document.querySelectorAll('[data-table=hosts] tbody th')].map(cell => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return new Set([...range.getClientRects()].map(one => one.top)).size;
    });
    """
    assert set(window.run(script)) == {1}
