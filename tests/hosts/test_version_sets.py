"""What ranges of versions have in common, and how it is written."""

from __future__ import annotations

import pytest

from sigcompiler.claims.flavors import versions
from tests.support.version_sets import common, versions_text

LINUX, WINDOWS = "Linux", "Windows"


@pytest.mark.parametrize(
    ("family", "one", "other", "expected"),
    [
        (LINUX, "4.19-6.15", "4.19 or newer", "4.19-6.15"),
        (LINUX, "3.11-4.19", "4.12 or older", "3.11-4.12"),
        (LINUX, "3.11-4.19", "4.19-6.15", "4.19"),
        (LINUX, "2.6", "2.4-2.6", "2.6"),
        (LINUX, "2.6.32-3.10", "2.6", "2.6.32-2.6"),
        (LINUX, "", "4.19-6.15", "4.19-6.15"),
        (LINUX, "4.19-6.15", "", "4.19-6.15"),
        (LINUX, "3.11-4.18", "4.19-6.15", None),
        (LINUX, "4.19 or newer", "6.16 or newer", "6.16 or newer"),
        (WINDOWS, "Vista, 7, 8, 2008, 2008 R2 or 2012", "7, 8, 8.1, 10 or 2008 R2", "7, 8 or 2008 R2"),
        (WINDOWS, "2000, XP or 2003", "Vista or newer", None),
        (WINDOWS, "10, 11, 2019, 2022 or 2025", "Vista or newer", "10, 11, 2019, 2022 or 2025"),
        (WINDOWS, "Vista or newer", "7 or newer", "7 or newer"),
        ("macOS", "10.10-10.14", "10.13-10.14", "10.13-10.14"),
        ("macOS", "10.4-10.12", "10.8 or older", "10.4-10.8"),
    ],
)
def test_common(family: str, one: str, other: str, expected: str | None) -> None:
    for first, second in ((one, other), (other, one)):
        left = common(versions(family, first), versions(family, second))
        assert (None if left is None else versions_text(family, left)) == expected


@pytest.mark.parametrize(
    ("family", "text"),
    [
        (LINUX, "4.19-6.15"),
        (LINUX, "6.16 or newer"),
        (LINUX, "2.6"),
        (LINUX, "2.6, 3.11-4.19 or 6.16 or newer"),
        (WINDOWS, "11"),
        (WINDOWS, "10, 11, 2019, 2022 or 2025"),
        (WINDOWS, "Vista or newer"),
        ("macOS", "10.4 or older"),
        ("macOS", ""),
    ],
)
def test_text_is_the_flavor_that_it_came_from(family: str, text: str) -> None:
    assert versions_text(family, versions(family, text)) == text
