"""``huginn serve``: analyses captures, then answers queries about their hosts over a socket."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING

from huginn_cffi.base.errors import named
from huginn_cffi.cli.filter_options import TrafficOptions, traffic_options
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.options import AnalysisArguments, database_options
from huginn_cffi.cli.parameters import command, group
from huginn_cffi.cli.signals import StopSignals
from huginn_cffi.cli.sockets import Api, ApiOptions, api_option
from huginn_cffi.cli.standard_error import CaptureErrors, counted, say, warn_of_drops, warn_of_inventory
from huginn_cffi.cli.status import REFUSED

if TYPE_CHECKING:
    from huginn_cffi.hosts.inventory import Inventory

CHECK_S = 0.2
"""Interval of the checks whether to end."""


@command()
def serve(
    captures: tuple[str, ...] = captures_argument("FILE..."),
    socket: ApiOptions = group(ApiOptions, api=api_option(required=True)),
    analysis: AnalysisArguments = database_options,
    traffic: TrafficOptions = traffic_options,
    max_inventory: int = max_inventory_option("Keep at most N hosts"),
) -> int:
    """Read captures, then answer queries of other programs about their hosts."""
    from huginn_cffi.hosts.inventory import Inventory

    errors, stop = CaptureErrors(), StopSignals(None)
    with stop.on_signals(), analysis.analyzer(traffic) as analyzer:
        socket.check()
        inventory = Inventory(analyzer.database, max_inventory=max_inventory)
        for batch in analyzer.batches(captures, workers=analysis.workers, cancel=stop, on_error=errors):
            inventory.add(batch)
        warn_of_drops(analyzer.stats)
        status = errors.status(len(captures))
        if status != REFUSED and not stop.is_set():
            status = status or warn_of_inventory(inventory.left_out, len(inventory), max_inventory)
            _answer(Api(socket, inventory), inventory, stop)
    return stop.status or status


def _answer(api: Api, inventory: Inventory, stop: StopSignals) -> None:
    with closing(api):
        api.do_due()
        say(f"answering for {counted(len(inventory), 'host')} on {named(api.path)}")
        while not stop.is_set():
            time.sleep(CHECK_S)
