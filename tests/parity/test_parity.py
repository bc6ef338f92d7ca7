"""The package against p0f: the same rows, and every difference explained."""

from __future__ import annotations

from pathlib import Path

import pytest

import huginn_cffi as hg
from sigcompiler.reading.parser import parse_text
from tests.parity.compare import compare_corpus
from tests.parity.package import package_rows


@pytest.mark.slow
def test_package_gives_the_rows_of_p0f(
    corpus: Path, stock_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, _ = parse_text(stock_path.read_bytes(), stock_path.name)
    comparison = compare_corpus(corpus, package_rows(hg.Database.compile(stock_path)), rules.tcp)
    with capsys.disabled():
        print(f"\npackage: {comparison.table()}")
    assert comparison.unexplained == []
    assert comparison.contradicted == []
    assert comparison.share >= 0.995
