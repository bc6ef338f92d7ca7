"""The plain implementation against p0f: do we understand the rules?"""

from __future__ import annotations

from pathlib import Path

import pytest

from sigcompiler.reading.parser import parse_text
from tests.parity.compare import compare_corpus
from tests.parity.rows import reference_rows

pytestmark = pytest.mark.no_asan("Python alone")


@pytest.mark.slow
def test_reference_gives_the_rows_of_p0f(
    corpus: Path, stock_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database, _ = parse_text(stock_path.read_bytes(), stock_path.name)
    comparison = compare_corpus(corpus, reference_rows(database), database.tcp)
    with capsys.disabled():
        print(f"\nreference: {comparison.table()}")
    assert comparison.unexplained == []
    assert comparison.contradicted == []
    assert comparison.share >= 0.995
