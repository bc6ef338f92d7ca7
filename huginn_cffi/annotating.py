"""Captures with comments; see `huginn_cffi.tools.annotating`."""

from __future__ import annotations

from huginn_cffi.tools.annotating import Annotated, annotate

__all__ = ["Annotated", "annotate"]
