"""Output to standard error: errors, warnings, statistics, and the progress of reading files."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

import click

from huginn_cffi.base.errors import CaptureError, named
from huginn_cffi.cli.output.destination import abandon
from huginn_cffi.cli.status import DAMAGED, DONE, REFUSED

if TYPE_CHECKING:
    from huginn_cffi.base.arguments import Cancel
    from huginn_cffi.hosts.network_cards import NetworkCards
    from huginn_cffi.run.stats import ReadCapture, Stats
    from huginn_cffi.sources.opening import Input

COLUMNS = 80
"""Assumed width of a terminal that does not report it."""


ERASE_LINE = "\r\x1b[K"


_is_drawn = False
"""Whether the last line on the terminal was drawn without a line end."""


def is_terminal() -> bool:
    """Whether standard error is a terminal that can redraw a line."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def columns(stream: TextIO) -> int:
    """The width of a terminal."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or COLUMNS
    except OSError:
        return COLUMNS


def draw_line(text: str) -> None:
    """Redraw the terminal's last line, cut at its width; the next message replaces it."""
    global _is_drawn
    _write(f"{ERASE_LINE}{text[: columns(sys.stderr) - 1]}")
    _is_drawn = True


def erase_line() -> None:
    """Erase the drawn line."""
    global _is_drawn
    if _is_drawn:
        _write(ERASE_LINE)
        _is_drawn = False


def _write(text: str) -> None:
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()


def say(text: str) -> None:
    """Write a line to standard error, escaped for its encoding; if writing fails, the line is lost."""
    stream = sys.stderr
    if stream is None:
        return
    erase_line()
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()
    except (OSError, KeyboardInterrupt) as error:  # the exit would try again what nobody reads
        with suppress(OSError):
            abandon(stream)
        if isinstance(error, KeyboardInterrupt):
            raise


def complain(message: str) -> None:
    """Write one line with an error or warning; control characters are escaped."""
    from sigcompiler.diagnostics import visible

    say(f"huginn: {visible(message)}")


class CaptureErrors:
    """Reports each capture error at once, and derives the exit status."""

    def __init__(self) -> None:
        self.refused: int = 0
        self.damaged: int = 0

    def __call__(self, error: CaptureError) -> None:
        """Report one error."""
        complain(str(error))
        if error.refused:
            self.refused += 1
        else:
            self.damaged += 1

    def status(self, captures: int | None = None) -> int:
        """`DAMAGED` after an error; `REFUSED` if as many captures as `captures` were refused; else `DONE`."""
        if self.refused == captures:
            return REFUSED
        return DAMAGED if self.refused or self.damaged else DONE


def counted(number: int, word: str) -> str:
    """A number and its word, in the plural unless the number is 1."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def warn_of_drops(stats: Stats) -> None:
    """Warn about packets and connections that were left out unintentionally."""
    count = stats.drops["unsupported_linktype"]
    if count:
        numbers = ", ".join(map(str, stats.unsupported_linktypes))
        named = f": {numbers}" if numbers else ""
        complain(f"warning: left out {counted(count, 'packet')} of link types that are not supported{named}")
    if early := stats.files_out_of_order:
        files = "file begins before the file" if early == 1 else "files begin before the files"
        complain(f"warning: {early} {files} read before ended: connections may be incomplete (see --stats)")
    if stats.quic_not_decrypted:
        from huginn_cffi.libraries.libcrypto import load_crypto

        connections = counted(stats.quic_not_decrypted, "connection")
        complain(f"warning: did not read {connections} of QUIC: {load_crypto().why}")


def say_if_empty(stats: Stats) -> None:
    """Report that captures hold no packets."""
    if not stats.packets:
        say("no packets")


def say_nothing_read(stats: Stats) -> None:
    """Report why no packet was analysed, unless the user's filter or `warn_of_drops` explains it."""
    say_if_empty(stats)
    told = ("filtered", "unsupported_linktype")
    kinds = {name: count for name, count in stats.drops.items() if count and name not in told}
    if stats.packets and not stats.analysed and kinds:
        why = _counts((plain(name), count) for name, count in kinds.items())
        say(f"none of {counted(stats.packets, 'packet')} analysed: {why} (--stats names what they hold)")


def warn_of_inventory(left_out: int, hosts: int, limit: int) -> int:
    """Report the packets that an inventory of `hosts` hosts left out, and why; return the exit status."""
    if hosts >= limit:
        return warn_of_limit(left_out, "packet", "hosts", limit)
    return _warn_of_left_out(left_out, "packet", "of hosts with more names than are kept")


def warn_of_limit(left_out: int, word: str, kept: str, limit: int, *, is_fixed: bool = False) -> int:
    """Report how many items a limit left out, and which it keeps; return the exit status.

    `is_fixed`: no option changes the limit.
    """
    why = f"beyond the first {limit} {kept}" + (
        "" if is_fixed else "; a larger --max-inventory takes them in"
    )
    return _warn_of_left_out(left_out, word, why)


def _warn_of_left_out(left_out: int, word: str, why: str) -> int:
    if not left_out:
        return DONE
    complain(f"warning: {counted(left_out, word)} left out, {why}")
    return DAMAGED


def say_untracked(packets: int) -> None:
    """Report how many packets could not be fully tracked: too many hosts, or too many names of a host."""
    if packets:
        say(f"not fully tracked: {counted(packets, 'packet')} (too many hosts, or names of a host)")


def warn_of_cards(cards: NetworkCards) -> None:
    """Report lists of MAC prefixes that cannot be read."""
    for problem in cards.problems:
        complain(f"warning: network cards: {problem}")


def write_stats(stats: Stats) -> None:
    """Write the counters, one line per group."""
    for title, text in _groups(stats):
        say(f"{title + ':':<10}{text}")


def write_captures(captures: Sequence[ReadCapture]) -> None:
    """If there are several captures, write which packets came from which."""
    if len(captures) < 2:
        return
    for capture in captures:
        last = capture.first_packet + capture.packets - 1
        numbers = f"packets {capture.first_packet} to {last}" if capture.packets else "no packets"
        early = ", which begins before the capture before it ended" if capture.out_of_order else ""
        say(f"capture:  {numbers} from {named(capture.name)}{early}")


def write_workers(workers: Sequence[Stats]) -> None:
    """Write a line of counters per worker."""
    from huginn_cffi.run.stats import summed

    for number, stats in enumerate(workers, 1):
        kernel = summed(stats.interface)
        lost = f"{kernel['dropped_by_kernel']} dropped by the kernel, {kernel['dropped_by_ring']} by its ring"
        say(
            f"worker {number}: {kernel['received']} received, {lost}; {stats.packets} packets, "
            f"{stats.analysed} analysed, {stats.events} events"
        )


def _groups(stats: Stats) -> Iterator[tuple[str, str]]:
    if kernel := stats.interface:
        lost = f"{kernel['dropped_by_kernel']} dropped by the kernel, {kernel['dropped_by_interface']} by the"
        more = {"by full rings": kernel["dropped_by_ring"], "left unread": kernel["unread"]}
        others = "".join(f", {count} {name}" for name, count in more.items() if count)
        yield "received", f"{kernel['received']}; {lost} interface{others}"
    yield "packets", f"{stats.packets} ({stats.bytes} bytes), {stats.analysed} analysed"
    if any(stats.drops.values()):
        yield "dropped", _counts((plain(name), count) for name, count in stats.drops.items())
    if stats.left_out:
        yield "left out", ", ".join(f"{count} {name}" for name, count in stats.left_out.items())
    if any(stats.anomalies.values()):
        yield "segments", _counts((plain(name), count) for name, count in stats.anomalies.items())
    yield "events", _counts((plain(name), count) for name, count in stats.events_by_kind.items())
    yield from _plain_counters(stats)
    yield from (("missing", one["text"]) for one in stats.losses or [{"text": NOTHING_LOST}])


NOTHING_LOST = "nothing that is known"
"""Said in place of the losses of a capture without any."""

_GROUPS = {"flows": "opened", "hosts": "remembered", "streams": "", "tls": "", "http": "", "quic": ""}
"""Prefixes of counters that share a line, and the word for the counter named like the prefix."""


def _plain_counters(stats: Stats) -> Iterator[tuple[str, str]]:
    """All other counters that are not zero, in groups."""
    from huginn_cffi.run.stats import COUNTERS

    groups: dict[str, list[tuple[str, int]]] = {}
    for name in COUNTERS:
        if name in ("packets", "bytes", "analysed"):
            continue
        group, _, rest = name.partition("_")
        if group not in _GROUPS:
            group, rest = "other", name
        count = getattr(stats, name)
        words = plain(rest) or _GROUPS[group]
        if count == 1:
            words = " ".join(word.removesuffix("s") for word in words.split())
        groups.setdefault(group, []).append((words, count))
    for group, counts in groups.items():
        if any(count for _, count in counts):
            yield plain(group), _counts(counts)


_SPELLED = {
    **{
        word: word.upper()
        for word in ("ip", "tcp", "udp", "syn", "ack", "mtu", "tls", "ttl", "http", "quic", "dtls")
    },
    "syns": "SYNs",
    "acks": "ACKs",
    "linktype": "link type",
}
"""Spelling of words in counters' names."""


def plain(name: str) -> str:
    """The name of a counter in plain words: ``not IP``, ``bad TCP header``, ``client uptime``."""
    return " ".join(_SPELLED.get(word, word) for word in name.split("_")).replace("SYN ACK", "SYN+ACK")


def _counts(pairs: Iterable[tuple[str, int]]) -> str:
    """The counters that are not zero, as words; "none" if all are zero."""
    return ", ".join(f"{count} {name}" for name, count in pairs if count) or "none"


INTERVAL_S = 0.1
_UNITS = ("B", "kB", "MB", "GB", "TB")


class Progress:
    """A bar with share, rate and remaining time, shown only on a terminal.

    It acts as a `Cancel` that is never set: the analyzer calls `is_set` often, which updates the bar.
    """

    def __init__(self, inputs: Iterable[Input], packets: Callable[[], int], *, wanted: bool = True) -> None:
        self.inputs: list[Input] = list(inputs)
        self._packets = packets
        sizes = [item.size for item in self.inputs]
        self._total = sum(size for size in sizes if size is not None)
        seen = wanted and self._total > 0 and None not in sizes and is_terminal()
        self._bar = click.progressbar(length=self._total, width=24, file=sys.stderr) if seen else None
        self._began = self._drawn = time.monotonic()

    @property
    def cancel(self) -> Cancel | None:
        """The object for an analyzer's `cancel`. None without a bar, because the calls cost some speed."""
        return None if self._bar is None else self

    def is_set(self) -> bool:
        """Redraw the bar if it is due; always returns False."""
        if self._bar is not None and time.monotonic() - self._drawn >= INTERVAL_S:
            self._draw()
        return False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Show the bar until the block ends."""
        self._draw()
        try:
            yield
        finally:
            self._draw()
            erase_line()
            self._bar = None

    def _draw(self) -> None:
        bar = self._bar
        if bar is None:
            return
        self._drawn = time.monotonic()
        bar.make_step(min(sum(item.position for item in self.inputs), self._total) - bar.pos)
        passed = max(self._drawn - self._began, 1e-3)
        rates = f"{_amount(bar.pos / passed)}/s  {self._packets() / passed:,.0f} packets/s"
        left = f"{eta} left" if (eta := bar.format_eta()) else ""
        draw_line(f"{bar.format_bar()} {bar.format_pct()}  {rates}  {left}")


def _amount(number: float) -> str:
    for unit in _UNITS[:-1]:
        if number < 1000:
            return f"{number:.0f} {unit}"
        number /= 1000
    return f"{number:.0f} {_UNITS[-1]}"
