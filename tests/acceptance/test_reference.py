"""The plain implementation gives what the cases expect; so the data and it agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigcompiler.model import SignatureFile
from sigcompiler.reading.parser import parse_text
from tests.acceptance.cases import AcceptanceCase, check, load
from tests.acceptance.plain import run

pytestmark = pytest.mark.no_asan("Python alone")

CASES = [case for group in ("b", "c", "e") for case in load(group)]


@pytest.fixture(scope="session")
def stock(stock_path: Path) -> SignatureFile:
    return parse_text(stock_path.read_bytes(), stock_path.name)[0]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: AcceptanceCase, request: pytest.FixtureRequest) -> None:
    if case.database is None:
        database: SignatureFile = request.getfixturevalue("stock")
    else:
        database, _ = parse_text(case.database, "case.fp")
    check(case, run(case, database))
