"""The hosts of a capture in one call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import huginn_cffi as hg
from huginn_cffi.inputs.opening import Capture


def host_table(source: Capture | Iterable[Capture], **options: Any) -> hg.HostTable:
    """One verdict for each host of captures: an iterable of `HostVerdict`, and a table.

    `source` is what `Analyzer.analyze_pcap` takes, and `options` are those of `Analyzer`. All of it is
    read at once. `CaptureError` for a capture that is missing or damaged.
    """
    return hg.Analyzer(**options).host_table(source)
