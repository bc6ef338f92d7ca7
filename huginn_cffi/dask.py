"""Archives of captures on a Dask cluster; see `huginn_cffi.tools.dask`."""

from __future__ import annotations

from huginn_cffi.tools.dask import Archive

__all__ = ["Archive"]
