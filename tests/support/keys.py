"""Analyzers with a known key of their hash tables, which is random otherwise."""

from __future__ import annotations

from typing import Any

from huginn_cffi import Analyzer


def keyed(key: int | None, *arguments: Any, **options: Any) -> Analyzer:
    """An analyzer with this key; ``None``: a random one."""
    made = Analyzer(*arguments, **options)
    made._settings = made._settings._replace(hash_key=key)
    return made
