"""See `huginn_cffi.tools.authors.diff`."""

from __future__ import annotations

from huginn_cffi.tools.authors.diff import diff_signatures

__all__ = ["diff_signatures"]
