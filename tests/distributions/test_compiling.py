"""The build compiles several sources at a time."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tools.build_steps.extension import _side_by_side


def test_sources_are_compiled_at_the_same_time_and_objects_keep_their_order() -> None:
    both = threading.Barrier(2, timeout=60)

    def compile_one(sources: list[str], **options: Any) -> list[str]:
        both.wait()
        assert options == {"debug": None}
        return [f"{source}.o" for source in sources]

    assert _side_by_side(compile_one, 2)(["a", "b", "c", "d"], debug=None) == ["a.o", "b.o", "c.o", "d.o"]


def test_one_error_ends_the_build() -> None:
    def compile_one(sources: list[str]) -> list[str]:
        if sources == ["b"]:
            raise ValueError("b does not compile")
        return sources

    with pytest.raises(ValueError, match="b does not compile"):
        _side_by_side(compile_one, 2)(["a", "b", "c"])
