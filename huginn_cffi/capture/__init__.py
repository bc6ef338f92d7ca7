"""Live capture: interfaces opened, shared out, counted and left."""

from __future__ import annotations

from huginn_cffi.capture.opening import CaptureOptions

__all__ = ["CaptureOptions"]
