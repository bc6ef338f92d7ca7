"""Proposes signatures of ``[tls:client]`` and HTTP from labelled clients and servers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import TypeAlias

from huginn_cffi.analysis.analyzer import Analyzer, OnError
from huginn_cffi.applications.evaluation.labels import labels_by_host
from huginn_cffi.applications.learning.clients import (
    SeenHello,
    hello_rows,
    label_of,
    learn_clients,
    seen_hello,
)
from huginn_cffi.applications.learning.counting import Quota, place_of
from huginn_cffi.applications.learning.evidence import network_of, read_batches
from huginn_cffi.applications.learning.heads import SeenMessage, learn_heads
from huginn_cffi.applications.learning.program_lines import LearnedPrograms, learned
from huginn_cffi.applications.learning.sightings import FilePath
from huginn_cffi.applications.learning.systems import LearningError
from huginn_cffi.base import arguments
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.database.database import Database
from huginn_cffi.database.defaults import DEFAULT, Default, required
from huginn_cffi.engine.batch import Batch
from huginn_cffi.results import http_rows
from huginn_cffi.results.observables import endpoint

COLUMNS = ("file", "ip", "client", "server")
"""Columns of a label file; the last two may be empty."""

LabelOf: TypeAlias = "Callable[[str, str], tuple[str, str]]"
"""The labels of the client and of the server that a host of a file is; empty: not known."""


def learn_programs(
    captures: FilePath | Sequence[FilePath],
    *,
    labels: FilePath | None = None,
    client: str = "",
    server: str = "",
    hosts: Sequence[str] = (),
    database: Database | Default = DEFAULT,
    source: str = "captures",
    max_inventory: int = MAX_INVENTORY,
    on_error: OnError | None = None,
    analyzer: Analyzer | None = None,
) -> LearnedPrograms:
    """Propose signatures for the programs of labelled hellos and HTTP messages.

    `client` and `server` are labels of what all of `hosts` (addresses or networks; all hosts if none)
    run: a name, or all of a ``label`` line's value. Or `labels` is a CSV file with the columns ``file``,
    ``ip``, ``client`` and ``server``. Clients give lines of ``[tls:client]`` and ``[http:request]``, servers
    of ``[http:response]``. The rest is as for `learn`.
    """
    chosen = required(database)
    limit = arguments.whole("max_inventory", max_inventory, 1, (1 << 32) - 1)
    if labels is not None and (client or server or hosts):
        raise LearningError(
            "a file of labels says which host runs what; give no client, server or host besides"
        )
    label = _of_file(labels) if labels is not None else _of_hosts(client, server, hosts)
    seen = _LabelledMessages(label, limit)
    for batch in read_batches(captures, analyzer, on_error, protocols=("tls", "http")):
        seen.add(batch)
    if not seen.hellos and not seen.messages:
        raise LearningError("the labelled hosts sent no readable TLS hello and no readable HTTP message")
    sections = [learn_clients(seen.hellos, database=chosen, source=source)]
    for section in ("http:request", "http:response"):
        own = [one for one in seen.messages if f"http:{one.direction}" == section]
        sections.append(learn_heads(own, chosen, source, section))
    return learned(sections, seen.left_out)


class _LabelledMessages(Quota):
    """The first labelled hellos and messages, as many as the limit allows; the rest is counted."""

    def __init__(self, label: LabelOf, limit: int) -> None:
        super().__init__(limit)
        self.label = label
        self.hellos: list[SeenHello] = []
        self.messages: list[SeenMessage] = []

    def add(self, batch: Batch) -> None:
        """Take the labelled rows of a batch."""
        for row in hello_rows(batch):
            label, _ = self.label(batch.capture, endpoint(batch, row, "src").ip)
            if label and self.take():
                self.hellos.append(seen_hello(batch, row, label))
        for row in batch.http["row"]:
            self._message(batch, row)

    def _message(self, batch: Batch, row: int) -> None:
        host, file, packet = place_of(batch, row)
        direction = http_rows.direction(batch, row)
        label = self.label(file, host)[direction == "response"]
        if label and self.take():
            raw = http_rows.signature(batch, row)
            self.messages.append(SeenMessage(direction, raw, host, file, packet, label))


def _of_hosts(client: str, server: str, hosts: Sequence[str]) -> LabelOf:
    if not client and not server:
        raise LearningError("say which client or server the hosts run")
    networks = [network_of(text) for text in hosts]
    labels = (client and label_of(client), server and label_of(server))

    def of(_file: str, host: str) -> tuple[str, str]:
        fits = not networks or any(ip_address(host) in network for network in networks)
        return labels if fits else ("", "")

    return of


def _of_file(path: FilePath) -> LabelOf:
    """The labels of a CSV file. Raises `LabelError` with file and line."""

    def labels(value: dict[str, str]) -> tuple[str, str]:
        client, server = (value[one] and label_of(value[one]) for one in ("client", "server"))
        return client, server

    found = labels_by_host(path, COLUMNS, lambda ip: str(ip_address(ip)), labels)
    return lambda file, host: found.get((Path(file).name, host), ("", ""))
