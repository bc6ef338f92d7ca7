"""Options of a store, which capture and hosts write in addition to their other output."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from huginn_cffi._native import lib
from huginn_cffi.base.errors import named
from huginn_cffi.base.files import is_same
from huginn_cffi.base.names import ANY
from huginn_cffi.cli.parameters import FILE, TIME_UNITS, group, option, quantity
from huginn_cffi.cli.standard_error import complain, counted, say

if TYPE_CHECKING:
    from huginn_cffi.cli.options import AnalysisArguments
    from huginn_cffi.hosts.inventory import Inventory
    from huginn_cffi.run.batch import Batch
    from huginn_cffi.run.changes import WatchedDevice
    from huginn_cffi.run.settings import DeviceNews
    from huginn_cffi.sources.opening import Input

_NEWS = (lib.HG_EVENT_DEVICE_CHANGE, lib.HG_EVENT_FINDING)
"""Events that go to the store's queue."""
NEWS_S, QUIET_S = 0.1, 5.0
"""Seconds between two transfers to the store's thread: with news, and without."""


class StoreOptions(NamedTuple):
    """Values of the options, under their names."""

    store: str | None
    sensor: str | None
    keep: int | None
    forget: int | None
    max_stored: int | None

    def check(self, analysis: AnalysisArguments) -> None:
        """Refuse an output with the store's path, and ``--anonymize``."""
        if self.store is None:
            return
        if analysis.output not in (None, "-") and is_same(analysis.output or "", self.store):
            raise click.UsageError(f"{named(self.store)}: -o and --store name one file")
        analysis.refuse_anonymous("--store", self.store)


def _is_of_findings(one: WatchedDevice) -> bool:
    return bool(one.kind & lib.HG_WATCHED_FINDINGS)


class KeptHosts:
    """Writes the hosts of a capture to the store; `lost` says whether some could not be written."""

    def __init__(
        self,
        inventory: Inventory,
        options: StoreOptions,
        interface: str | None = None,
        site: str | None = None,
        captures: Sequence[Input] = (),
    ) -> None:
        """Open the store; raises `StoreError`. Its thread starts with the capture."""
        self._problems: deque[str] = deque()
        self._inventory = inventory
        from huginn_cffi.sources.searching import read_beginning
        from huginn_cffi.store.retention import DEVICE_NS, MAX_STORED
        from huginn_cffi.store.writer import Writer

        assert options.store is not None
        for one in captures:
            read_beginning(one)
        self._interface = interface
        default = os.uname().nodename + (f"/{interface}" if interface else "")
        self._writer = Writer(
            options.store,
            default if options.sensor is None else options.sensor,
            inventory.changed,
            site=site or "",
            captures=lambda: [one.beginning for one in captures],
            keep_ns=None if options.keep is None else options.keep * 10**9,
            forget_ns=DEVICE_NS if options.forget is None else options.forget * 10**9,
            max_stored=options.max_stored or MAX_STORED,
            on_problem=self._problems.append,
        )
        self.lost: bool = False
        self.is_delivered: Callable[[], bool] = lambda: True
        """Whether the reader of the events has all: only then they become known to the store."""
        self._news: list[str] = []
        self._recalls = False
        self._dropped = 0
        """News that waited too long for the reader of the events."""
        self._handed = 0.0

    def watch(self, news: DeviceNews) -> None:
        """Let the inventory report news about devices; devices that the store has are not new."""
        from huginn_cffi.store.opening import store_errors

        self._inventory.watch(news)
        with store_errors(self._writer.path):
            self._follow_interfaces()
            self._inventory.know(self._writer.watched.known())
        self._writer.watches = True

    def recall_findings(self) -> None:
        """Do not report findings that earlier runs reported; for captures without news about devices."""
        from huginn_cffi.store.opening import store_errors

        with store_errors(self._writer.path):
            self._follow_interfaces()
            self._inventory.know(filter(_is_of_findings, self._writer.watched.known()))
        self._recalls = True

    def _follow_interfaces(self) -> None:
        if self._interface == ANY:
            self._writer.watched.follow_interfaces()

    def note(self, batch: Batch) -> None:
        """Keep the news of a batch for the store's queue, once the batch is delivered."""
        rows = [row for row, event in enumerate(batch["event"]) if event in _NEWS]
        if rows:
            from huginn_cffi.base.names import with_interface_names
            from huginn_cffi.run.batch import picked
            from huginn_cffi.store.news import newest

            news = picked(batch, rows).render("json")
            news = with_interface_names(news) if self._interface == ANY else news
            waiting = [*self._news, *news.decode().splitlines()]
            self._news = newest(waiting)
            self._dropped += len(waiting) - len(self._news)

    def do_due(self) -> None:
        """Start the thread on the first call, hand over news, and print its messages."""
        self._writer.start()
        now = time.monotonic()
        if now - self._handed >= (NEWS_S if self._news else QUIET_S):
            self._hand_over()
            self._handed = now
        while self._problems:
            complain(self._problems.popleft())

    def report_now(self) -> None:
        """Report how many hosts were written."""
        say(f"store:    {counted(self._writer.written, 'host')} written, {self._left_out()} left out")

    def close(self) -> None:
        """Write the remaining hosts."""
        self._hand_over()
        self._inventory.conclude()
        self.lost = not self._writer.close() or self._dropped > 0
        self.do_due()
        if self.lost:
            complain(f"warning: {counted(self._left_out(), 'record')} left out of the store")

    def _left_out(self) -> int:
        return self._writer.left_out + self._dropped

    def _hand_over(self) -> None:
        if self.is_delivered():
            devices = [*self._inventory.watched()] if self._writer.watches or self._recalls else []
            if not self._writer.watches:
                devices = [*filter(_is_of_findings, devices)]
            self._writer.hand_over([*self._news], devices)
            self._news.clear()


@contextmanager
def kept(
    options: StoreOptions, site: str | None, inventory: Inventory, captures: Sequence[Input]
) -> Iterator[None]:
    """Write the hosts added to an inventory during the block to the store, if there is one."""
    if options.store is None:
        yield
        return
    store = KeptHosts(inventory, options, site=site, captures=captures)
    try:
        yield
    finally:
        store.close()
    if store.lost:
        raise click.ClickException("the store is incomplete: see the message above")


def _store(
    store: str | None = option("--store FILE", type=FILE),
    sensor: str | None = option("--sensor NAME"),
    keep: int | None = option("--keep TIME", callback=quantity(TIME_UNITS, 3600, 1 << 33)),
    forget: int | None = option("--forget TIME", callback=quantity(TIME_UNITS, 3600, 1 << 33)),
    max_stored: int | None = option("--max-stored N", type=click.IntRange(min=1)),
) -> StoreOptions:
    found = StoreOptions(store, sensor, keep, forget, max_stored)
    for name, value in found._asdict().items():
        if store is None and value is not None:
            raise click.UsageError(f"--{name.replace('_', '-')} needs --store")
    return found


store_options: Any = group(_store)
