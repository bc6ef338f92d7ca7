"""Which times belong together."""

from __future__ import annotations

import pytest

from huginn_cffi.time_spans import DAY_NS, together

NOW = 20_000 * DAY_NS
HOURS = [(NOW + hour * DAY_NS // 24, 1) for hour in range(10)]
LAST = HOURS[-1][0]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (HOURS, (NOW, LAST)),
        ([(0, 1), *HOURS], (NOW, LAST)),
        ([*HOURS, (2 * NOW, 1)], (NOW, LAST)),
        ([(0, 1), *HOURS, (2 * NOW, 1)], (NOW, LAST)),
        ([(0, 5), *HOURS], (0, LAST)),
        ([(NOW - DAY_NS, 1), *HOURS], (NOW - DAY_NS, LAST)),
        ([(NOW - 20 * DAY_NS, 1), *HOURS], (NOW, LAST)),
        ([(0, 1), (NOW, 1)], (0, NOW)),
        ([(NOW, 1)], (NOW, NOW)),
        ([(NOW + day * DAY_NS, 1) for day in range(300)], (NOW, NOW + 299 * DAY_NS)),
    ],
)
def test_what_is_far_from_the_rest_is_set_apart(
    times: list[tuple[int, int]], expected: tuple[int, int]
) -> None:
    assert together(times) == expected
    assert together(times[::-1]) == expected
