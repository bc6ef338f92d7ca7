"""Analyses archives of captures on a Dask cluster. Needs the extra ``huginn-cffi[dask]``.

Example::

    from huginn_cffi.applications.dask import Archive

    archive = Archive("s3://bucket/2026-01/", storage_options={"anon": True})
    events = archive.events()       # a dask.dataframe.DataFrame, one row per event
    hosts = archive.hosts()         # one row per address
"""

from __future__ import annotations

from huginn_cffi.base.installation import to_add

try:
    import dask.dataframe  # noqa: F401
    import fsspec  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"archives need {error.name}; install it with: {to_add('dask')}", name=error.name
    ) from error

from huginn_cffi.applications.dask.archive import Archive

__all__ = ["Archive"]
