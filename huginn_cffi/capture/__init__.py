"""Live capture: opens interfaces, distributes packets among workers, counts them, and ends."""

from __future__ import annotations

from huginn_cffi.capture.opening import CaptureOptions

__all__ = ["CaptureOptions"]
