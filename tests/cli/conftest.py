"""Running the command."""

from __future__ import annotations

from tests.support.running import run
from tests.support.server_certificate import certificate

__all__ = ["certificate", "run"]
