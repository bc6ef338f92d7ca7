"""Signature databases: opens, compiles, saves, signs and installs them."""

from __future__ import annotations

from huginn_cffi.database.database import Database

__all__ = ["Database"]
