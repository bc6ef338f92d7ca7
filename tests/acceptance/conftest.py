"""Databases of the cases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.acceptance.cases import AcceptanceCase


@pytest.fixture(scope="session")
def stock_database(stock_path: Path) -> hg.Database:
    """p0f's own signatures."""
    return hg.Database.compile(stock_path)


@pytest.fixture
def database_of(request: pytest.FixtureRequest) -> Callable[[AcceptanceCase], hg.Database]:
    """The database of a case: its own lines, or p0f's file."""

    def find(case: AcceptanceCase) -> hg.Database:
        if case.database is not None:
            return hg.Database.compile(text=case.database)
        stock: hg.Database = request.getfixturevalue("stock_database")
        return stock

    return find
