"""What becomes of hosts that are written once, again, in another run, and in too great a number."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.base.errors import StoreError
from huginn_cffi.base.times import rfc3339
from huginn_cffi.hosts.record import HostPeer
from huginn_cffi.store import upserts
from huginn_cffi.store import writer as writers
from huginn_cffi.store.opening import DAMAGED, open_for_writing
from huginn_cffi.store.reading import COLUMNS, Store
from huginn_cffi.store.rows import in_order
from huginn_cffi.store.upserts import Upserts
from huginn_cffi.store.writer import Writer
from tests.support.forks import in_a_child
from tests.support.hosts import BEGAN, SECOND, UNKNOWN, conclusion, host, port, sighting, source_of

DAY = 86_400 * SECOND


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "hosts.sqlite")


def write(path: str, *records: Any, captures: Sequence[bytes] = (), **options: Any) -> None:
    assert Writer(path, "gate", source_of(records), captures=lambda: captures, **options).close()


def test_what_changed_is_fetched_in_the_thread_of_the_writer(path: str) -> None:
    """The capture is not asked for anything; at the end all that is left is fetched."""
    changed = [host(0x0A000000 + at) for at in range(20_000)]
    threads = set()

    def source() -> Iterator[Any]:
        while changed:
            threads.add(threading.current_thread().name)
            yield changed.pop(0)

    Writer(path, "gate", source).close()
    assert threads == {"huginn-store"}
    with Store(path) as store:
        assert len(store) == 20_000


def stored(path: str, ip: str = "192.0.2.1") -> dict[str, Any]:
    with Store(path) as store:
        [found] = store.find(ip)
    return found


def selected(path: str, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


SIGHTINGS = (
    "SELECT kind, name, role, packets FROM system JOIN label ON label.id = label ORDER BY packets DESC"
)


def rows(path: str, where: str | None = None) -> list[dict[str, Any]]:
    with Store(path) as store:
        return [dict(zip(COLUMNS, row, strict=True)) for row in store.rows(where)]


def test_one_host(path: str) -> None:
    seen = (
        sighting(packets=7),
        sighting("tool", "NMap", "SYN scan", packets=3),
        sighting("http_server", "nginx", "1.x", role="server", packets=2),
    )
    one = host(
        *("2001:db8::5",),
        syns=7,
        syn_acks=2,
        connections=9,
        link="DSL",
        mtu=1492,
        distance=3,
        language="German",
        contradictions=4,
        uptime_minutes=61,
        uptime_modulo_days=49,
        uptime_hz=99.5,
        uptime_reliable=True,
        last_change_ns=BEGAN + 5,
        last_sharing_ns=BEGAN + 6,
        systems=2,
        witnesses=("NAT?",),
        last_seen_ns=BEGAN + DAY,
        sightings=seen,
        ports=(port(22),),
    )
    write(path, one)
    found = stored(path, "2001:db8::5")
    assert (found["family"], found["flavor"], found["confidence"]) == ("Linux", "5.x", 0.9)
    assert [found[name] for name in ("syns", "syn_acks", "connections", "systems")] == [7, 2, 9, 2]
    assert selected(path, SIGHTINGS) == [
        ("system", "Linux", 0, 7),
        ("tool", "NMap", 0, 3),
        ("http_server", "nginx", 1, 2),
    ]
    assert selected(path, "SELECT role, port, last_seen, count FROM port") == [(0, 22, BEGAN, 1)]
    assert selected(path, "SELECT sensor, time, kind, detail FROM changes ORDER BY time") == [
        ("gate", rfc3339(BEGAN + 5), "host_change", "NAT?"),
        ("gate", rfc3339(BEGAN + 6), "ip_sharing", "NAT?"),
    ]
    [row] = rows(path)
    assert row == {
        "site": "",
        "ip": "2001:db8::5",
        "tunnel": None,
        "local": 0,
        "family": "Linux",
        "flavor": "5.x",
        "confidence": 0.9,
        "systems": 2,
        "tools": "NMap",
        "tls_clients": None,
        "http_clients": None,
        "mac": None,
        "claimed_by": None,
        "related": None,
        "behind": 0,
        "role": None,
        "host_name": None,
        **dict.fromkeys(f"device_{name}" for name in ("type", "manufacturer", "model", "system", "version")),
        "http_servers": "nginx",
        "findings": None,
        "ended": None,
        "evidence": None,
        "device_evidence": None,
        "version_confidence": None,
        "policy": None,
        "client_ports": "22",
        "server_ports": None,
        "link": "DSL",
        "mtu": 1492,
        "distance": 3,
        "contradictions": 4,
        "uptime_minutes": 61,
        "uptime_modulo_days": 49,
        "uptime_hz": 99.5,
        "uptime_reliable": 1,
        "language": "German",
        "syns": 7,
        "syn_acks": 2,
        "connections": 9,
        "peers_left_out": 0,
        "sensors": 1,
        "first_seen": "2023-11-14T22:13:20.000000000Z",
        "last_seen": "2023-11-15T22:13:20.000000000Z",
        "lease_until": None,
        "last_change": "2023-11-14T22:13:20.000000005Z",
        "last_sharing": "2023-11-14T22:13:20.000000006Z",
    }


def test_peers_add_up_over_runs(path: str) -> None:
    """As in other tables, a record read twice adds nothing, and a later period is added."""

    def peers(first: int, connections: int) -> tuple[HostPeer, ...]:
        return (HostPeer("192.0.2.9", "to", 502, None, connections, connections - 1, first, first + 5),)

    earlier = host("192.0.2.1", peers=peers(BEGAN, 3), peers_left_out=2, last_seen_ns=BEGAN + 5)
    later = host(
        "192.0.2.1",
        peers=peers(BEGAN + 9, 4),
        peers_left_out=1,
        first_seen_ns=BEGAN + 9,
        last_seen_ns=BEGAN + 14,
    )
    for one in (earlier, earlier, later):
        write(path, one, captures=[bytes([one.syns]) * 8 if one is later else b"earlier." * 8])
    with closing(sqlite3.connect(path)) as connection:
        columns = "peer, direction, port, connections, completed"
        found = connection.execute(f"SELECT {columns} FROM peers ORDER BY peer DESC").fetchall()
    assert found == [("192.0.2.9", "to", 502, 7, 5), (None, None, None, 3, None)]


def test_a_store_is_its_user_s_alone(path: str, tmp_path: Path) -> None:
    """A reader of the lock file could hold its lock. A mode that was set later stays."""
    with Writer(path, "gate", source_of([host("10.0.0.2")])):
        modes = {one.name: one.stat().st_mode & 0o777 for one in tmp_path.iterdir()}
        assert len(modes) >= 3
        assert {*modes.values()} == {0o600}
    Path(path).chmod(0o640)
    write(path, host("10.0.0.3"))
    assert Path(path).stat().st_mode & 0o777 == 0o640


def test_a_record_that_goes_on_replaces_and_a_later_one_adds(path: str) -> None:
    def seen(first: int, last: int, packets: int) -> Any:
        span = {"first_seen_ns": first, "last_seen_ns": last}
        ports = (port(count=packets, last_seen_ns=last),)
        return host(syns=packets, sightings=(sighting(packets=packets, **span),), ports=ports, **span)

    def counts() -> tuple[int, int, int]:
        [(packets,), (count,)] = selected(
            path, "SELECT sum(packets) FROM system UNION ALL SELECT sum(count) FROM port"
        )
        return stored(path)["syns"], packets, count

    for begin, end, packets, expected in (
        (0, 5, 3, 3),
        (0, 9, 8, 8),
        (DAY, DAY, 1, 9),  # another capture
        (DAY, DAY + 5, 4, 12),
        (0, 5, 3, 12),  # the first ones once more
        (0, 9, 8, 12),
    ):
        capture = b"%08d" % (begin > 0)
        write(path, seen(BEGAN + begin, BEGAN + end, packets), captures=[capture * 8])
        assert counts() == (expected, expected, expected)
    write(path, seen(BEGAN, BEGAN + 9, 8))  # of the same time, by a run that reads no capture
    assert counts() == (20, 20, 20)
    span = [stored(path)[name] for name in ("first_seen", "last_seen")]
    assert span == [rfc3339(BEGAN), rfc3339(BEGAN + DAY + 5)]


def test_what_a_later_run_does_not_know_yet_stays(path: str) -> None:
    write(path, host(mtu=1492, distance=4, **conclusion("Windows", "11")))
    later = {"first_seen_ns": BEGAN + DAY, "last_seen_ns": BEGAN + DAY}
    write(path, host(**UNKNOWN, distance=5, **later), captures=[b"later..." * 8])
    [row] = rows(path)
    assert (row["family"], row["mtu"], row["distance"]) == ("Windows", 1492, 5)
    write(path, host(**UNKNOWN, **later), captures=[b"later..." * 8])
    assert rows(path)[0]["distance"] == 4  # the same run took its own value back


def test_the_last_32_ports_of_a_host_are_kept(path: str) -> None:
    for run in range(3):
        ports = tuple(port(100 * run + at, last_seen_ns=BEGAN + run * DAY + at) for at in range(20))
        write(path, host(ports=ports, first_seen_ns=BEGAN + run * DAY, last_seen_ns=BEGAN + run * DAY + 19))
    kept = [port for (port,) in selected(path, "SELECT port FROM port ORDER BY 1")]
    assert kept == [*range(108, 120), *range(200, 220)]


def test_the_last_64_events_of_a_host_are_kept(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a few more; also where each run writes but this one host."""
    monkeypatch.setattr(upserts, "TURNS", 2)
    connection, lock = open_for_writing(path)
    with closing(connection):
        for run in range(100):
            at = BEGAN + run
            changed = host(last_change_ns=at, last_sharing_ns=at, first_seen_ns=at, last_seen_ns=at)
            Upserts(connection, "", "gate").write(in_order([changed]))
    lock.release()
    kept = selected(path, f"SELECT time - {BEGAN}, kind FROM event ORDER BY time, kind")
    assert kept[-2:] == [(99, "host_change"), (99, "ip_sharing")]
    assert 64 <= len(kept) <= 64 + 60  # in 30 runs on end it is not looked at once in 2**30 times


def test_zero_is_stored_and_what_is_not_known_is_null(path: str) -> None:
    """As Python's None and 0 are; also what a sighting does not know."""
    perhaps = (
        *("systems", "distance", "mtu", "link", "language", "dishonest", "contradictions"),
        *("uptime_minutes", "uptime_days", "uptime_hz", "uptime_reliable", "uptime_points"),
        *("last_change", "last_sharing"),
    )
    unsure = (sighting(confidence=None),)
    zero = dict.fromkeys(("distance", "mtu", "uptime_minutes", "uptime_modulo_days"), 0)
    write(
        *(path, host("192.0.2.1", **UNKNOWN, sightings=unsure)),
        host("192.0.2.2", uptime_hz=0.0, last_change_ns=0, last_sharing_ns=0, **zero),
    )
    with closing(sqlite3.connect(path)) as connection:
        unknown, known = connection.execute(
            f"SELECT conclusion, confidence, {', '.join(perhaps)} FROM host ORDER BY addr"
        )
        confidence = connection.execute("SELECT confidence FROM system ORDER BY addr").fetchall()
    assert unknown == (None,) * 16
    assert known == (1, 900, None, 0, 0, *(None,) * 4, 0, 0, 0.0, None, None, 0, 0)
    assert confidence == [(None,), (900,)]


def test_a_second_writer_is_refused_in_words(path: str) -> None:
    with (
        Writer(path, "gate"),
        pytest.raises(StoreError, match=r"another process \(\d+\) writes"),
    ):
        Writer(path, "gate")
    Writer(path, "gate").close()


def test_a_reader_does_not_disturb_and_sees_whole_batches(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "FLUSH_S", 0.01)
    committed = threading.Event()
    hosts = source_of(host(0x0A000000 + at) for at in range(writers.BATCH))
    with Writer(path, "gate", hosts, on_commit=lambda _: committed.set()):
        assert committed.wait(60)
        with Store(path) as store:
            assert len(store) == writers.BATCH


def test_news_wait_for_one_batch_of_hosts_at_most(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a flood, a crash would lose them while all its hosts are written."""
    monkeypatch.setattr(writers, "BATCH", 10)
    found: list[int] = []

    def count(_: int) -> None:
        with closing(sqlite3.connect(path)) as reader:
            found.extend(reader.execute("SELECT count(*) FROM news").fetchone())

    writer = Writer(path, "gate", source_of(host(0x0A000000 + at) for at in range(30)), on_commit=count)
    writer.hand_over(["{}"], [])
    assert writer.close()
    assert found == [1, 1, 1]


class Held:
    """Upserts that wait, as for a slow disk, and that fail as long as they are told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go, self.begun, self.fails = threading.Event(), threading.Event(), False
        self.batches: list[list[str]] = []
        real = Upserts.write

        def write(upserts: Upserts, batch: Sequence[tuple[bytes, Any]]) -> None:
            self.begun.set()
            assert self.go.wait(60)
            if self.fails:
                raise sqlite3.OperationalError("database or disk is full")
            self.batches.append([one.ip for _, one in batch])
            real(upserts, batch)

        monkeypatch.setattr(Upserts, "write", write)


def addresses(numbers: Iterable[int]) -> list[str]:
    return [host(0x0A000000 + number).ip for number in numbers]


def test_a_full_disk_is_said_once_and_nothing_is_lost(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "FLUSH_S", 0.01)
    held = Held(monkeypatch)
    held.fails = True
    held.go.set()
    said: list[str] = []
    again = threading.Event()

    def told(words: str) -> None:
        said.append(words)
        again.set()

    writer = Writer(path, "gate", source_of([host()]), on_problem=told)
    writer.start()
    assert again.wait(60)
    again.clear()
    held.fails = False
    assert again.wait(60)
    assert writer.close()
    assert [words.replace(path, "STORE") for words in said] == [
        "STORE: there is no room left; free some, or use --keep or --max-stored; "
        "the hosts wait, and the capture continues",
        "STORE: is written again",
    ]
    assert stored(path)["syns"] == 1


def test_after_a_full_disk_each_host_is_written_once_and_in_order(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hosts of the transaction that failed come first; the others had stayed with the source."""
    monkeypatch.setattr(writers, "FLUSH_S", 0.01)
    monkeypatch.setattr(writers, "BATCH", 10)
    held = Held(monkeypatch)
    held.fails = True
    held.go.set()
    failed, again = threading.Event(), threading.Event()
    events = iter((failed, again))
    hosts = source_of(host(0x0A000000 + at) for at in range(25))
    writer = Writer(path, "gate", hosts, on_problem=lambda _: next(events).set())
    writer.start()
    assert failed.wait(60)
    held.fails = False
    assert again.wait(60)
    assert writer.close()
    assert held.batches == [addresses(range(at, min(at + 10, 25))) for at in (0, 10, 20)]


def test_a_store_that_may_not_grow(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own word for a full disk, at the end of a run."""
    write(path, host())
    said: list[str] = []
    hosts = source_of(host(0x0A000000 + at) for at in range(4000))
    writer = Writer(path, "gate", hosts, on_problem=said.append)
    writer._connection.execute("PRAGMA max_page_count = 30")
    assert not writer.close()
    assert writer.left_out == 4000
    assert "there is no room left" in said[0]
    assert said[1].endswith("4000 records could not be written")
    with Store(path) as store:
        assert len(store) == 1


def test_hosts_not_seen_for_long_are_forgotten_with_all_that_is_known(path: str) -> None:
    old = host("192.0.2.9", last_change_ns=BEGAN, ports=(port(),))
    write(path, old, host(first_seen_ns=BEGAN + 3 * DAY, last_seen_ns=BEGAN + 3 * DAY))
    write(path, keep_ns=4 * DAY)
    assert len(rows(path)) == 2
    write(path, keep_ns=2 * DAY)
    assert [row["ip"] for row in rows(path)] == ["192.0.2.1"]
    connection = sqlite3.connect(path)
    for table in ("host", "system", "port", "event"):
        assert not connection.execute(f"SELECT 1 FROM {table} WHERE addr = x'C0000209'").fetchone()
    connection.close()


def test_a_time_in_the_future_does_not_empty_a_store(path: str) -> None:
    future = 4_000_000_000 * SECOND
    now = {"first_seen_ns": 2_000_000_000 * SECOND}  # also ahead of this machine's clock: it stays
    write(
        path,
        host(last_seen_ns=now["first_seen_ns"], **now),
        host("192.0.2.2", last_seen_ns=future),
        keep_ns=DAY,
    )
    assert len(rows(path)) == 2


def test_the_oldest_of_too_many_go_and_the_file_shrinks(path: str) -> None:
    many = [host(0x0A000000 + at, last_seen_ns=BEGAN + at, syns=2) for at in range(12_000)]
    write(path, *many)
    before = Path(path).stat().st_size
    write(path, host(0x0A100000, last_seen_ns=BEGAN + DAY), max_stored=1000)
    with Store(path) as store:
        assert len(store) == 1000
        assert not store.find("10.0.42.248")  # 42 * 256 + 248 is 11,000: the first 11,001 go
        assert store.find("10.0.42.249")
        assert store.find("10.16.0.0")
    assert Path(path).stat().st_size < before / 2


def test_an_unwritable_place_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file or directory"):
        Writer(str(tmp_path / "missing" / "hosts.sqlite"), "gate")


def test_an_error_of_sqlite_that_is_no_utf8(path: str) -> None:
    """Its message quotes what it found, here of a trigger that was added after the store was opened."""
    said: list[str] = []
    writer = Writer(path, "gate", source_of([host()]), on_problem=said.append)
    wrong = "json_extract('{}', '$' || CAST(x'ff41' AS TEXT))"
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"CREATE TRIGGER mine BEFORE INSERT ON host BEGIN SELECT {wrong}; END")
    assert not writer.close()
    assert said[0] == f"{path}: {DAMAGED}; the hosts wait, and the capture continues"
    assert said[1] == f"{path}: 1 records could not be written"


def test_a_host_that_cannot_be_read_holds_up_no_news(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at it raises what nobody expects; the problem is told once."""
    monkeypatch.setattr("huginn_cffi.store.writer.FLUSH_S", 0.01)
    said: list[str] = []

    def broken() -> Iterator[Any]:
        yield dict[str, Any]()["model"]

    writer = Writer(path, "gate", broken, on_problem=said.append)
    writer.start()
    end = time.monotonic() + 60
    while not said and time.monotonic() < end:
        time.sleep(0.01)
    writer.hand_over(['{"event": "device_change", "change": "address_moved"}'], [])
    with closing(sqlite3.connect(path)) as connection:
        while not connection.execute("SELECT 1 FROM news").fetchone() and time.monotonic() < end:
            time.sleep(0.01)
    writer.close()
    assert time.monotonic() < end
    assert said[0] == f"{path}: 'model'; the hosts wait, and the capture continues"
    assert len(said) == 2


def test_a_forked_process_leaves_the_store_alone(path: str) -> None:
    writer = Writer(path, "gate", source_of([host()]))
    writer.start()
    assert in_a_child(writer.close) == ""
    assert writer.close()
    assert stored(path)["syns"] == 1
