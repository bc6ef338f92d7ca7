"""Captures as one page; see `huginn_cffi.tools.reporting`."""

from __future__ import annotations

from huginn_cffi.tools.reporting.make import report_page

__all__ = ["report_page"]
