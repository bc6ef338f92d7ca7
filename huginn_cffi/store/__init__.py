"""A store of hosts, ``--store hosts.sqlite``: one file of SQLite that outlives a run.

`opening` makes and checks it (`schema`), `writer` fills it from its own thread by `upserts`,
`retention` forgets, `merging` joins the stores of several sensors, `reading` says what it holds.
Import this package where it is used.
"""

from __future__ import annotations

from huginn_cffi.base.errors import StoreError
from huginn_cffi.store.reading import Store, StoredHost

__all__ = ["Store", "StoreError", "StoredHost"]
