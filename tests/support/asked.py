"""A `Cancel` made of a function."""

from __future__ import annotations

from collections.abc import Callable


class Asked:
    """Set when `is_set` says so."""

    def __init__(self, is_set: Callable[[], bool]) -> None:
        self.is_set = is_set
