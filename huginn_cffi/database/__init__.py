"""Signature databases: opened, compiled, saved, and what they say of their signatures."""

from __future__ import annotations

from huginn_cffi.database.database import Database

__all__ = ["Database"]
