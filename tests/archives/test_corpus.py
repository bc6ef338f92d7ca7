"""Captures of other projects' tests: equal to the plain run, event for event, error for error."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("dask", reason="the Python package dask is not installed")

from huginn_cffi.applications.dask import Archive
from tests.support.archive_streams import plain, same


@pytest.mark.parametrize("pattern", ["mercury*", "ntopng*", "tcpdump*"])
def test_captures_of_the_corpus(corpus: Path, pattern: str) -> None:
    captures = sorted(map(str, corpus.glob(pattern)))[:25]
    assert captures
    archive = Archive(captures, blocksize=64 << 10, on_error="keep")
    wanted, stats, errors = plain(archive.captures)
    same(archive.events().compute(), wanted)
    alone = {name: getattr(stats, name) for name in ("files_out_of_order", "steps_back")}  # of a run alone
    assert replace(archive.stats(), **alone) == stats
    assert [str(error) for error in archive.trouble()] == errors
