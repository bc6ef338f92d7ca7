"""``huginn top``: hosts as they appear, on the whole terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.cli.parameters import FILE, argument, command
from huginn_cffi.cli.signature_options import Signatures, signature_options

if TYPE_CHECKING:
    from huginn_cffi.cli.top.feeds import Feed

INSTALL = "huginn top needs textual: pip install 'huginn-cffi[top]'"


@command()
def top(source: str = argument("IFACE|FILE|STORE", FILE), db: Signatures = signature_options) -> None:
    """Show hosts as they appear on an interface, in a capture or in a store."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("top needs a terminal; huginn hosts and huginn capture --new-hosts do not")
    try:
        from huginn_cffi.cli.top.screen import HostsApp
    except ModuleNotFoundError:
        raise click.UsageError(INSTALL) from None
    feed = feed_of(source, db)
    try:
        HostsApp(feed, source).run()
    finally:
        feed.close()


def feed_of(source: str, db: Signatures) -> Feed:
    """The feed of `source`: a store by its first bytes, a capture if the path exists, else an interface."""
    from huginn_cffi.analysis.analyzer import Analyzer
    from huginn_cffi.cli.top.feeds import LiveFeed, StoreFeed
    from huginn_cffi.store.reading import Store

    path = Path(source)
    if path.is_file():
        with path.open("rb") as file:
            if file.read(15) == b"SQLite format 3":
                return StoreFeed(Store(source))
    analyzer = Analyzer(db.open(), protocols=PROTOCOLS, segments=True)
    if path.exists():
        damaged: list[str] = []
        return LiveFeed(
            analyzer,
            lambda _: analyzer.batches(source, on_error=lambda error: damaged.append(str(error))),
            damaged,
        )
    return LiveFeed(analyzer, analyzer.sensor(source).batches)
