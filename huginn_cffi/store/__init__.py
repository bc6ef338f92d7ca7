"""A store of hosts, ``--store hosts.sqlite``: one file of SQLite that outlives a run.

`opening` creates it with `schema` and checks it. `writer` fills it in its own thread with `upserts`, and
`retention` removes old data. `merging` joins the stores of several sensors, and `reading` reads a store.
Import this package only where it is used.
"""

from __future__ import annotations

from huginn_cffi.base.errors import StoreError
from huginn_cffi.store.reading import Store

__all__ = ["Store", "StoreError"]
