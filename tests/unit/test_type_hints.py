"""`typing.get_type_hints` works on every public class and function, and on their methods."""

from __future__ import annotations

import importlib
import inspect
import re
import typing
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts import HostRecord, host_records

SAMPLE = Path(__file__).parents[2] / "examples" / "sample.pcap"
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "api.md"
NAMES = re.findall(r"^<!-- ::: ([\w.]+) -->$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def functions(owner: type) -> Iterator[Any]:
    """Functions of a class and of those it is made of, behind properties and class methods too."""
    for member in (value for base in owner.__mro__ for value in vars(base).values()):
        found = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        if inspect.isfunction(found) and found.__module__.startswith("huginn_cffi"):
            yield found


def public_names() -> Iterator[Any]:
    """What the page names, but in modules whose packages are not installed."""
    for name in NAMES:
        module, _, last = name.rpartition(".")
        with suppress(ModuleNotFoundError):
            yield getattr(importlib.import_module(module), last)


def test_public_names_have_hints() -> None:
    found = [one for one in public_names() if inspect.isclass(one) or inspect.isfunction(one)]
    assert len(found) > len(NAMES) / 2
    for public in found:
        typing.get_type_hints(public)
        for function in functions(public) if inspect.isclass(public) else ():
            if not function.__name__.startswith("_") or function.__name__ == "__init__":
                assert set(function.__annotations__) == set(typing.get_type_hints(function)), function


def test_hints_are_the_classes_themselves() -> None:
    assert typing.get_type_hints(hg.Analyzer.__init__)["filter"] == hg.FilterConfig | None
    assert typing.get_type_hints(hg.Batch.results)["return"].__args__ == (hg.AnalysisResult,)
    assert issubclass(hg.Batch, typing.get_type_hints(hg.SynObservation)["_batch"])


def test_polars_builds_frames_of_hosts() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    hosts = host_records(hg.Analyzer().analyze_pcap(SAMPLE))
    frame = polars.DataFrame(hosts)
    assert frame["ip"].to_list() == [one.ip for one in hosts]
    assert frame["candidates"].to_list() == [list(one.candidates) for one in hosts]
    assert typing.get_type_hints(HostRecord)["confidence"] is float
