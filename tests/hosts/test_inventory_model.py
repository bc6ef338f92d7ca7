"""The inventory against a model: what is counted, what is bounded, and that batches change nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord
from tests.hosts.test_hosts import WINDOWS_8, syns
from tests.hosts.test_inventory import START, from_address
from tests.support.inventories import inventory
from tests.support.known_syns import LINUX_OLDER

KINDS = (LINUX_OLDER, WINDOWS_8)
ROWS = (16, 16384)
SENT = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from(KINDS), st.integers(0, 10**9)), min_size=1, max_size=60
)
"""Who sends a SYN, of what kind, and how long after the one before, in microseconds."""

Packet = tuple[int, bytes]


def packets(sent: list[tuple[int, str, int]]) -> list[Packet]:
    """Each from a port of its own."""
    found, now = [], START
    for number, (last, text, pause) in enumerate(sent):
        now += 1000 * pause
        [data] = syns(text, port=20000 + number)
        found.append((now, from_address(data, last)))
    return found


def by_batches(sent: list[Packet], limit: int, live: bool) -> Inventory:
    """The inventory, which is the same for small batches and large ones."""
    found = []
    for rows in ROWS:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("huginn_cffi.analysis.analyzer.BATCH_ROWS", rows)
            found.append(inventory(sent, limit=limit, live=live))
    small, large = found
    assert [*small] == [*large]
    assert (small.left_out, small.forgotten) == (large.left_out, large.forgotten)
    return large


def own(sent: list[Packet], record: HostRecord) -> list[int]:
    """When the host sent something."""
    last = int(record.ip.rpartition(".")[2])
    return [time for time, data in sent if data[15] == last]


@given(SENT, st.integers(1, 12))
def test_files_keep_the_first_hosts_and_count_the_rest(sent: list[tuple[int, str, int]], limit: int) -> None:
    made = packets(sent)
    found = by_batches(made, limit, live=False)
    hosts = list(dict.fromkeys(last for last, _, _ in sent))
    assert [record.ip for record in found] == [f"198.51.100.{last}" for last in hosts[:limit]]
    assert found.left_out == sum(last in hosts[limit:] for last, _, _ in sent)
    for record in found:
        times = own(made, record)
        assert (record.first_seen_ns, record.last_seen_ns, record.syns) == (times[0], times[-1], len(times))
        assert record.connections == sum(port.count for port in record.ports) == len(times)


@given(SENT, st.integers(1, 12))
def test_a_capture_forgets_hosts_and_never_the_latest(sent: list[tuple[int, str, int]], limit: int) -> None:
    made = packets(sent)
    found = by_batches(made, limit, live=True)
    hosts = {last for last, _, _ in sent}
    assert len(found) == min(limit, len(hosts))
    assert found.left_out == 0
    assert (found.forgotten > 0) is (len(hosts) > limit)
    assert found.find(f"198.51.100.{sent[-1][0]}") is not None
    for record in found:
        times = own(made, record)
        assert record.last_seen_ns == times[-1]
        assert record.first_seen_ns == times[-record.syns], "since it was last forgotten"
