"""How an archive is analysed, as a value that travels to workers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from huginn_cffi.analysis.analyzer import Analyzer

if TYPE_CHECKING:
    from huginn_cffi.database.database import Database
    from huginn_cffi.engine.settings import Settings


@dataclass(frozen=True, slots=True)
class AnalyzerPlan:
    """The arguments of an `Analyzer`, each of them picklable; ``bpf`` is the text of an expression.

    The hash key is the same for all tasks, since what a tracker remembers goes from one to the next.
    """

    database: Database | None
    options: Mapping[str, Any]
    hash_key: int = field(default_factory=lambda: int.from_bytes(os.urandom(8), "little"))

    @property
    def settings(self) -> Settings:
        """What a reducer is made with. Raises what an `Analyzer` raises of its arguments."""
        return Analyzer(self.database, hash_key=self.hash_key, **self.options)._settings

    @property
    def ordered_settings(self) -> Settings:
        """What the ordered pass is made with. Packets that ``bpf`` refused were removed before it.

        The filter runs again where a hello shows who is the client.
        """
        return self.settings._replace(bpf=None)
