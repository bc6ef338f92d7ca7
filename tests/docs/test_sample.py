"""The capture in ``examples/`` is the one that `support.sample` makes, with all kinds of TCP and TLS."""

from __future__ import annotations

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.base.names import EVENTS, PROTOCOLS
from sigcompiler.schema.rows import DEVICES
from tests.support import devices_sample, office, own, spoofed
from tests.support.sample import PATH, sample


def test_committed_capture_is_the_one_that_the_code_makes() -> None:
    assert PATH.read_bytes() == sample(), "make it anew: cd tests && python -m support.sample"


def test_every_kind_of_event_is_in_it() -> None:
    analyzer = hg.Analyzer()
    results = list(analyzer.analyze_pcap(PATH))
    seen = {kind for kind, count in analyzer.stats.events_by_kind.items() if count}
    missing = {
        "http_request",
        "http_response",
        "host_change",
        "ip_sharing",
        "finding",
        "segments",
        "ssh_client",
        "greeting",
        "login",
        "proxied",
        "certificate",
        *DEVICES,
    }
    assert set(EVENTS) - seen == missing
    uptimes = [part for result in results for part in (result.client_uptime, result.server_uptime) if part]
    # From what the docstrings of `support.sample` say: 11 h 16 min; 15 days, 3 h 42 min.
    client, server = ("203.0.113.7", 11 * 60 + 16), ("198.51.100.22", (15 * 24 + 3) * 60 + 42)
    found = [(part.source.ip, part.observed.uptime_minutes) for part in uptimes]
    assert found[:4] == [client, server, client, server]
    # The second reading supports the first; the third host's connections have clocks of their own.
    assert [part.reliable for part in uptimes] == [False, False, True, True, False]
    assert found[4][0] == "192.0.2.144"
    assert {result.mtu.observed.mtu for result in results if result.mtu} == {1440, 1492, 1500}


def test_one_of_the_two_browsers_is_spoofed() -> None:
    assert spoofed.PATH.read_bytes() == spoofed.spoofed(), (
        "make it anew: cd tests && python -m support.spoofed"
    )
    requests = [one.http_request for one in hg.Analyzer().analyze_pcap(spoofed.PATH)]
    said = {one.source.ip: one.verdict for one in requests if one is not None}
    assert said == {"192.0.2.20": "consistent", "192.0.2.21": "contradicts"}


def test_each_own_signature_names_a_host_of_its_capture() -> None:
    assert own.PATH.read_bytes() == own.own(), "make it anew: python -m tests.support.own"
    database = hg.Database.compile(own.PATH.with_suffix(".fp"))
    parts = [one.syn or one.syn_ack for one in hg.Analyzer(database).analyze_pcap(own.PATH)]
    found = {(part.source.ip, part.match and str(part.match)) for part in parts if part is not None}
    names = ("Linux build server", "Acme Meter 3.1", "Acme Camera 2", None)
    clients = {(f"192.0.2.{number}", name) for number, name in enumerate(names, 51)}
    assert found == clients | {("198.51.100.9", "FreeBSD file server")}
    assert not database.warnings


def test_devices_of_the_sample() -> None:
    assert devices_sample.PATH.read_bytes() == devices_sample.sample(), (
        "make it anew: cd tests && python -m support.devices_sample"
    )
    devices = {one.ip: one.device for one in hg.Analyzer().read(devices_sample.PATH).hosts}
    found = {ip: device and (device.type, device.system) for ip, device in devices.items()}
    # android-dhcp names the system only: televisions and boards send it, too.
    named = (None, (None, "Android"), ("camera", None), ("computer", "Windows"), ("printer", None))
    assert found == dict(zip((f"192.0.2.{number}" for number in (1, 21, 22, 23, 40)), named, strict=True))


def test_the_office_has_fifteen_devices_and_five_findings() -> None:
    """An office with a scanner, two unsupported systems, and a browser that claims another system."""
    assert office.PATH.read_bytes() == office.sample(), "make it anew: cd tests && python -m support.office"
    with hg.Analyzer(protocols=PROTOCOLS) as analyzer:
        summary = Summary(analyzer.database)
        for batch in analyzer.batches(office.PATH):
            summary.add(batch)
        found = summary.as_dict(analyzer.stats)
    kinds = ["horizontal_scan", "scanner", "old_system", "old_server", "contradicts"]
    assert [one["kind"] for one in found["findings"]] == kinds
    assert found["findings"][-1]["headline"] == "192.0.2.31 is Linux, but its browser says Windows"
    assert len(found["local_devices"]) == 15
