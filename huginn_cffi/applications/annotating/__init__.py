"""Writes captures with comments on packets, for Wireshark: ``huginn annotate``.

Example::

    import huginn_cffi as hg
    from huginn_cffi.applications.annotating import annotate

    with open("annotated.pcapng", "wb") as file:
        annotate(hg.Analyzer(), "capture.pcap", file)
"""

from __future__ import annotations

from huginn_cffi.applications.annotating.make import Annotated, annotate

__all__ = ["Annotated", "annotate"]
