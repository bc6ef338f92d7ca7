"""Live capture: interfaces opened, shared out, counted and left; nothing of it is imported for files."""

from __future__ import annotations

from huginn_cffi.capture.opening import CaptureOptions

__all__ = [
    "CaptureOptions",
]
