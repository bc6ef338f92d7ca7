"""What several tests of servers need."""

from __future__ import annotations

from tests.support.server_certificate import certificate
from tests.support.window import window

__all__ = ["certificate", "window"]
