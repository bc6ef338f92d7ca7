"""The days of releases, against a list of another source."""

from __future__ import annotations

import csv

import pytest

from sigcompiler.claims.labels import family_identity
from sigcompiler.claims.support import RELEASED, releases
from sigcompiler.csv_rows import rows_of
from tests.support.core import SHARED

LIST = SHARED / "facts" / "end-of-life.csv"
UNLISTED = {("Windows", version) for version in ("2000", "XP", "2003", "Vista", "7", "8", "10")}
"""Those for which the list has the day of a later service pack, edition or sale."""


def test_versions_stand_in_order() -> None:
    found = [(family_identity(family), version) for family, version, _ in releases()]
    assert found == sorted(found)


@pytest.mark.skipif(not LIST.exists(), reason="needs shared/facts/end-of-life.csv")
def test_no_day_is_later_than_that_of_the_list() -> None:
    listed: dict[tuple[str, str], str] = {}
    with LIST.open() as rows:
        for row in csv.DictReader(rows):
            product = row["product"].replace("-server", "")
            version = row["release"].split("-")[0]
            for name in (version, version.removesuffix(".0")):
                key = (product, name)
                listed[key] = min(row["released"], listed.get(key, "9"))
    compared = 0
    for row in rows_of(RELEASED):
        family, version = row["family"], row["version"]
        if (family, version) not in UNLISTED and (family.lower(), version) in listed:
            assert row["day"] == listed[family.lower(), version], (family, version)
            compared += 1
    assert compared > 25
