"""What goes to standard error: complaints, warnings, statistics."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from huginn_cffi.cli.status import DAMAGED, DONE
from huginn_cffi.errors import named
from huginn_cffi.stats import InterfaceStats, ReadCapture, Stats


def say(text: str) -> None:
    """Write a line to standard error, whatever it can encode; where it is full, nobody can be told."""
    stream = sys.stderr
    if stream is None:
        return
    encoding = stream.encoding or "utf-8"
    with suppress(OSError):
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def complain(message: str) -> None:
    """Write one line that says what is wrong; control characters are shown, not sent."""
    from sigcompiler.diagnostics import visible

    say(f"huginn: {visible(message)}")


def counted(number: int, word: str) -> str:
    """Number and word, the word in the plural unless there is one."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def warn_of_drops(stats: Stats) -> None:
    """Say so when packets were left out that nobody meant to leave out."""
    count = stats.drops["unsupported_linktype"]
    if count:
        numbers = ", ".join(map(str, stats.unsupported_linktypes))
        named = f": {numbers}" if numbers else ""
        complain(f"warning: left out {counted(count, 'packet')} of link types that are not supported{named}")


def warn_of_limit(left_out: int, word: str, kept: str, limit: int) -> int:
    """Report how many a limit left out, and what it keeps; return the exit status that follows."""
    if not left_out:
        return DONE
    complain(
        f"warning: {counted(left_out, word)} left out, beyond the first {limit} {kept}; "
        "a larger --max-inventory takes them in"
    )
    return DAMAGED


def write_stats(stats: Stats) -> None:
    """Write the counters, one group a line."""
    for title, text in _groups(stats):
        say(f"{title + ':':<10}{text}")


def write_captures(captures: Sequence[ReadCapture]) -> None:
    """Write which packets came from which of several captures."""
    if len(captures) < 2:
        return
    for capture in captures:
        last = capture.first_packet + capture.packets - 1
        numbers = f"packets {capture.first_packet} to {last}" if capture.packets else "no packets"
        say(f"capture:  {numbers} from {named(capture.name)}")


def write_workers(workers: Sequence[Stats]) -> None:
    """Write a line for each of several workers."""
    for number, stats in enumerate(workers, 1):
        kernel = stats.interface or InterfaceStats()
        lost = f"{kernel.dropped_by_kernel} dropped by the kernel, {kernel.dropped_by_ring} by its ring"
        say(
            f"worker {number}: {kernel.received} received, {lost}; {stats.packets} packets, "
            f"{stats.analysed} analysed, {stats.events} events"
        )


def _groups(stats: Stats) -> Iterator[tuple[str, str]]:
    if stats.interface is not None:
        kernel, interface = stats.interface.dropped_by_kernel, stats.interface.dropped_by_interface
        lost = f"{kernel} dropped by the kernel, {interface} by the interface"
        more = {"by full rings": stats.interface.dropped_by_ring, "left unread": stats.interface.unread}
        others = "".join(f", {count} {name}" for name, count in more.items() if count)
        yield "received", f"{stats.interface.received}; {lost}{others}"
    yield "packets", f"{stats.packets} ({stats.bytes} bytes), {stats.analysed} analysed"
    yield "dropped", _counts(stats.drops.items())
    yield "events", _counts(stats.events_by_kind.items())
    yield "repeated", f"{stats.retransmissions} retransmitted handshake packets"
    yield "unseen", f"{stats.syn_acks_without_syn} SYN+ACKs without their SYN"
    ended = {
        "closed": stats.flows_closed,
        "replaced": stats.flows_replaced,
        "aged": stats.flows_aged,
        "evicted half-open": stats.flows_evicted_half_open,
        "evicted established": stats.flows_evicted_established,
    }
    yield "flows", f"{stats.flows} opened; {_counts(ended.items())}"
    hosts = {"aged": stats.hosts_aged, "evicted": stats.hosts_evicted}
    yield "hosts", f"{stats.hosts} clocks remembered; {_counts(hosts.items())}"


def _counts(pairs: Iterable[tuple[str, int]]) -> str:
    """The counters that are not zero, as words."""
    found = [f"{count} {name}" for name, count in pairs if count]
    return ", ".join(found) or "none"
