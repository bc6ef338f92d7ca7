"""How an archive is analysed, as a value that travels to workers."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.base.limits import MAX_CONNECTIONS, MAX_HOSTS, MAX_STREAM_BYTES
from huginn_cffi.base.names import PROTOCOLS

if TYPE_CHECKING:
    from huginn_cffi.database.database import Database
    from huginn_cffi.engine.settings import Settings
    from huginn_cffi.filters.conditions import FilterConfig


@dataclass(frozen=True, slots=True)
class AnalyzerPlan:
    """The arguments of an `Analyzer`, each of them picklable; ``bpf`` is the text of an expression.

    The hash key is the same for all tasks, since what a tracker remembers goes from one to the next.
    """

    database: Database | None
    max_connections: int = MAX_CONNECTIONS
    max_hosts: int = MAX_HOSTS
    uptime: bool = True
    decapsulate: bool = True
    filter: FilterConfig | None = None
    bpf: str | None = None
    protocols: tuple[str, ...] = PROTOCOLS
    max_stream_bytes: int = MAX_STREAM_BYTES
    http: str = "first"
    http_paths: bool = False
    host_names: bool = False
    http_values: bool = False
    segments: bool = False
    hash_key: int = field(default_factory=lambda: int.from_bytes(os.urandom(8), "little"))

    @property
    def settings(self) -> Settings:
        """What a reducer is made with. Raises what an `Analyzer` raises of its arguments."""
        return Analyzer(
            self.database,
            max_connections=self.max_connections,
            max_hosts=self.max_hosts,
            uptime=self.uptime,
            decapsulate=self.decapsulate,
            filter=self.filter,
            bpf=self.bpf,
            hash_key=self.hash_key,
            protocols=self.protocols,
            max_stream_bytes=self.max_stream_bytes,
            http=self.http,
            http_paths=self.http_paths,
            host_names=self.host_names,
            http_values=self.http_values,
            segments=self.segments,
        )._settings

    @property
    def ordered_settings(self) -> Settings:
        """What the ordered pass is made with. Packets that ``bpf`` refused were removed before it.

        The filter runs again where a hello shows who is the client.
        """
        return self.settings._replace(bpf=None)
