"""The live table, piloted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from textual.pilot import Pilot
from textual.widgets import DataTable

from huginn_cffi.cli.commands.top import feed_of
from huginn_cffi.cli.signature_options import Signatures
from huginn_cffi.cli.top.screen import HostsApp, Words

LONG_S = 60.0


def piloted(source: str, play: Callable[[HostsApp, Pilot[None]], Awaitable[None]]) -> None:
    """Run the screen at 80 by 24."""
    feed = feed_of(source, Signatures())

    async def run() -> None:
        app = HostsApp(feed, "source")
        async with app.run_test(size=(80, 24)) as pilot:
            await play(app, pilot)

    try:
        asyncio.run(run())
    finally:
        feed.close()


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG_S
    while not true():
        assert time.monotonic() < end
        await pilot.pause(0.05)


def cells(app: HostsApp) -> list[list[str]]:
    table = app.screen_stack[0].query_one(DataTable)
    return [[str(cell) for cell in table.get_row_at(at)] for at in range(table.row_count)]


def words(app: HostsApp) -> str:
    assert isinstance(app.screen, Words)
    return "\n".join(app.screen.lines)
