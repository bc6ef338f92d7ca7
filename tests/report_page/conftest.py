"""The browser."""

from __future__ import annotations

from tests.support.window import window

__all__ = ["window"]
