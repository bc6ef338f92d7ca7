"""Databases in large pages: the same bytes, and the same answers."""

from __future__ import annotations

from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.database import database as module

SIGNATURES = """\
classes = unix

[tcp:request]
label = s:unix:Linux:test
sig = *:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "signatures.hgdb"
    hg.Database.compile(text=SIGNATURES).save(path)
    return path


def test_a_database_in_large_pages_is_the_same(monkeypatch: pytest.MonkeyPatch, database: Path) -> None:
    small = hg.Database.open(database)
    monkeypatch.setattr(module, "LARGE", 1)
    for large in (hg.Database.open(database), hg.Database.compile(text=SIGNATURES)):
        assert large.source_hash == small.source_hash
        assert [str(s) for s in large.signatures] == [str(s) for s in small.signatures]
        large.save(database)
        assert hg.Database.open(database).source_hash == small.source_hash
