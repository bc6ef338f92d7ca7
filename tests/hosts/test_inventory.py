"""The inventory: what the core keeps of each address, and that it does not depend on how rows come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.hosts import host_records
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord
from tests.hosts.test_hosts import LINUX_MIDDLE, NMAP, WINDOWS_8, WINDOWS_ANSWER, stamped, syns
from tests.support.inventories import add, inventory
from tests.support.known_syns import LINUX_OLDER
from tests.support.spelled import spelled

SAMPLE = str(Path(__file__).parents[2] / "examples" / "sample.pcap")
OFFICE = str(Path(__file__).parents[2] / "examples" / "office.pcap")
SECOND = 10**9
START = 1_700_000_000 * SECOND


def of_sample(**options: int) -> Inventory:
    analyzer = hg.Analyzer()
    found = Inventory(analyzer.database)
    for batch in analyzer.batches([SAMPLE], **options):
        found.add(batch)
    return found


def from_address(data: bytes, last: int) -> bytes:
    """The packet, from 198.51.100.`last`."""
    return data[:12] + bytes((198, 51, 100, last)) + data[16:]


def test_records_are_those_of_results() -> None:
    expected = host_records(hg.Analyzer().analyze_pcap(SAMPLE))
    assert list(of_sample()) == expected


def test_records_on_real_captures_are_those_of_results(corpus: Path) -> None:
    """The smaller ones."""
    compared = 0
    for path in sorted(corpus.iterdir(), key=lambda one: (one.stat().st_size, one.name))[:300]:
        analyzer = hg.Analyzer()
        found = Inventory(analyzer.database)
        for batch in analyzer.batches([path], on_error=lambda error: None):
            found.add(batch)
        found.conclude()
        results = hg.Analyzer().analyze_pcap([path], on_error=lambda error: None)
        expected = host_records(results)
        compared += len(expected)
        assert list(found) == expected, path
    assert compared > 100


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("rows", [16, 64, 16384])
def test_batches_and_workers_change_nothing(monkeypatch: pytest.MonkeyPatch, rows: int, workers: int) -> None:
    expected = [*of_sample()]
    monkeypatch.setattr("huginn_cffi.analysis.analyzer.BATCH_ROWS", rows)
    assert [*of_sample(workers=workers)] == expected


def test_what_is_known_of_a_client() -> None:
    found = inventory([*stamped(*syns(LINUX_OLDER, LINUX_MIDDLE, NMAP))])
    [record] = found
    assert (record.ip, record.first_seen_ns, record.last_seen_ns) == ("192.0.2.1", START, START + 2 * SECOND)
    assert (record.syns, record.syn_acks, record.connections) == (2, 0, 3)
    assert [(one.kind, one.role, one.packets) for one in record.sightings] == [
        ("system", "client", 1),
        ("system", "client", 1),
        ("tool", "client", 1),
    ]
    assert record.os is not None
    assert (record.os.first_seen_ns, record.os.last_seen_ns) == (START + SECOND, START + SECOND)
    assert (record.os.name, record.quality, record.mtu, record.link) == ("Linux", None, 1500, "Ethernet")
    assert [(one.role, one.count) for one in record.ports] == [("client", 3)]
    assert record.tools == (f"{record.sightings[2].name} {record.sightings[2].flavor}".strip(),)


def test_what_is_known_of_a_server() -> None:
    [record] = inventory([*stamped(*syns(WINDOWS_8), spelled("response", WINDOWS_ANSWER))])
    assert (record.syns, record.syn_acks, record.connections) == (1, 1, 2)
    assert [one.role for one in record.sightings] == ["client", "server"]
    assert [one.role for one in record.ports] == ["client", "server"]


def test_an_address_is_found_in_every_form() -> None:
    found = of_sample()
    forms = ("192.0.2.10", bytes((192, 0, 2, 10)), "::ffff:192.0.2.10", bytes(10) + b"\xff\xff\xc0\0\2\n")
    assert {getattr(found.find(form), "ip", None) for form in forms} == {"192.0.2.10"}
    assert found.find("192.0.2.99") is None
    assert found.find(bytes((192, 0, 2, 10)).ljust(16, b"\0")) is None, "an IPv6 address"
    six = found.find("2001:db8::64")
    assert six is not None
    assert six.ip == "2001:db8::64"
    for wrong in ("tea", "192.0.2", b"", b"12345"):
        with pytest.raises(ValueError, match="address"):
            found.find(wrong)


def test_those_that_changed_are_handed_out_once() -> None:
    analyzer = hg.Analyzer()
    found = Inventory(analyzer.database)
    assert [*found.changed()] == []
    for batch in analyzer.batches([SAMPLE]):
        found.add(batch)
    assert [*found.changed()] == [*found]
    assert [*found.changed()] == []
    add(found, hg.Analyzer(), stamped(*syns(LINUX_OLDER)))
    assert [one.ip for one in found.changed()] == ["192.0.2.1"]


def many(hosts: int, *, port: int = 30000) -> Iterator[tuple[int, bytes]]:
    [data] = syns(LINUX_OLDER, port=port)
    return stamped(*(from_address(data, last) for last in range(hosts)))


def test_the_first_hosts_are_kept_and_packets_of_others_counted() -> None:
    found = inventory([*many(10), *many(10, port=40000)], limit=4)
    assert [one.ip for one in found] == [f"198.51.100.{last}" for last in range(4)]
    assert (len(found), found.left_out, found.forgotten) == (4, 12, 0)


def test_a_live_one_forgets_those_not_seen_for_longest() -> None:
    found = inventory([*many(10)], limit=4, live=True)
    assert {one.ip for one in found} == {f"198.51.100.{last}" for last in range(6, 10)}
    assert (len(found), found.left_out, found.forgotten) == (4, 0, 6)
    assert found.find("198.51.100.5") is None
    assert {one.ip for one in found.changed()} == {one.ip for one in found}


def test_names_and_ports_of_a_host_are_bounded() -> None:
    [data] = syns(LINUX_OLDER)
    ports = [data[:22] + port.to_bytes(2, "big") + data[24:] for port in range(1, 41)]
    [record] = inventory([*stamped(*ports)])
    assert [one.port for one in record.ports] == [*range(1, 17)]
    assert record.connections == 40


def test_names_of_another_database_join_those_of_the_first() -> None:
    """A capture may load its database anew."""
    signature = "*:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0"
    own = f"classes = unix\n[tcp:request]\nlabel = s:unix:Pump:2\nsig = {signature}\n"
    first, second = (hg.Database.compile(text=own) for _ in range(2))
    found = Inventory(None)
    for database in (first, hg.Database.load_default(), second, None):
        add(found, hg.Analyzer(database=database), stamped(*syns(LINUX_OLDER)))
    [record] = found
    assert [(one.name, one.packets) for one in record.sightings] == [("Pump", 2), ("Linux", 1)]
    assert record.syns == 4


def test_devices_outlive_their_database() -> None:
    """The labels of their announcements are not those of the next database, which may be none."""
    own = "classes = unix\n[tcp:request]\nlabel = s:unix:Pump:2\nsig = *:64:0:*:*,*:mss:df,id+:0\n"
    analyzer = hg.Analyzer(protocols=PROTOCOLS, senders=True)
    found = Inventory(analyzer.database)
    for batch in analyzer.batches(OFFICE):
        found.add(batch)
    for database in (analyzer.database, hg.Database.compile(text=own), None):
        add(found, hg.Analyzer(database=database), stamped(*syns(LINUX_OLDER)))
        devices = {one.ip: one.device for one in found}
        phone, computer = devices["192.0.2.12"], devices["192.0.2.30"]
        assert phone is not None
        assert computer is not None
        assert (phone.system, phone.version, computer.system) == ("Android", "16", "Windows")


def test_records_are_equal_when_what_they_say_is() -> None:
    one, other = ([*of_sample()] for _ in range(2))
    assert one == other
    assert all(isinstance(record, HostRecord) for record in one)
