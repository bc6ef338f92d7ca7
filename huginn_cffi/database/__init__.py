"""Signature databases: opening, compiling and saving them, and descriptions of their signatures."""

from __future__ import annotations

from huginn_cffi.database.database import Database

__all__ = ["Database"]
