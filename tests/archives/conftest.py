"""A cluster of several processes on this machine, one for all tests of archives: its threads would
go on in all tests after them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

GATE = Path(__file__).with_name("gate.py")


@pytest.fixture(autouse=True)
def _here() -> Iterator[None]:
    """Without a cluster everything runs in this process, in order."""
    dask = pytest.importorskip("dask", reason="the Python package dask is not installed")
    with dask.config.set(scheduler="synchronous"):
        yield


@pytest.fixture(scope="package")
def cluster() -> Iterator[Any]:
    """A client of a cluster of two processes, each of which knows the file system of `gate`."""
    distributed = pytest.importorskip("distributed", reason="the Python package distributed is not installed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", preload=[str(GATE)]
        ) as local,
        distributed.Client(local) as client,
    ):
        client.wait_for_workers(2, timeout=120)
        yield client
