"""What a newcomer meets: names, all on one page, help that can be read, and signatures that are real."""

from __future__ import annotations

import inspect
import pydoc
import re
import subprocess
import sys
from pathlib import Path

import pytest

import huginn_cffi as hg

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
MOST_NAMES = 50
"""All types that a user can get have a name, for annotations."""
MOST_LINES = 6300 if sys.version_info < (3, 13) else 6900
"""From 3.13 on, long signatures have a line for each parameter."""
INTERNAL = {"native", "cells", "handle", "written", "pickled_view", "pickled_result", "batches_through"}


def test_there_are_few_names() -> None:
    assert len(hg.__all__) <= MOST_NAMES


def test_all_names_are_on_the_page_before_those_of_modules() -> None:
    paths = re.findall(r"^<!-- ::: huginn_cffi\.([\w.]+) -->$", PAGE, re.MULTILINE)
    assert sorted(paths[: len(hg.__all__)]) == sorted(hg.__all__)


def test_help_can_be_read() -> None:
    code = "import pydoc, huginn_cffi; print(pydoc.render_doc(huginn_cffi, renderer=pydoc.plaintext))"
    # In a process of its own: help also shows what other tests have loaded.
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert 100 < len(shown.splitlines()) <= MOST_LINES


def test_public_classes_show_nothing_internal() -> None:
    for name in hg.__all__:
        assert not name[0].isupper() or not INTERNAL & {*dir(getattr(hg, name))}, name


def test_help_shows_no_private_names() -> None:
    for name in hg.__all__:
        if not inspect.isclass(public := getattr(hg, name)):
            continue
        text = pydoc.render_doc(public, renderer=pydoc.plaintext)
        found = re.findall(r"^ \|  (_[a-z]\w*)\b(?! *=)", text, re.MULTILINE)
        assert {*found} <= {"_asdict", "_make", "_replace"}, f"{name}: other than what named tuples have"


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        (hg.PortFilter, ["src", "dst", "any"]),
        (hg.IpFilter, ["src", "dst", "any"]),
        (hg.SubnetFilter, ["src", "dst", "any"]),
        (hg.FilterConfig, ["mode", "port", "ip", "subnet"]),
    ],
)
def test_filters_show_their_keywords(kind: type, parameters: list[str]) -> None:
    assert [*inspect.signature(kind).parameters] == parameters
