"""Signature databases: opened, compiled, saved, and what they say of their signatures."""

from __future__ import annotations

from huginn_cffi.database.database import Database
from huginn_cffi.database.signatures import Label

__all__ = ["Database", "Label"]
