"""Batches: events as columns in memory that the core writes."""

from __future__ import annotations

from huginn_cffi.batch.batch import Batch

__all__ = ["Batch"]
