"""Running the command."""

from __future__ import annotations

from tests.support.running import run

__all__ = ["run"]
