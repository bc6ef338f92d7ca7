"""Every public name says what it is: with units, the errors it raises, and where a value comes from."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import textwrap
from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.run.observations import Match, MtuObservation, SynObservation, UptimeObservation

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "api.md"
PATHS = re.findall(r"^<!-- ::: (huginn_cffi\.[\w.]+) -->$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def documented(path: str) -> Any:
    """What docs/reference/api.md names; None without its extra."""
    module, _, name = path.rpartition(".")
    with suppress(ModuleNotFoundError):
        return getattr(importlib.import_module(module), name)


CLASSES = [*dict.fromkeys(one for one in map(documented, PATHS) if inspect.isclass(one))]
OTHERS = [name for name in hg.__all__ if not inspect.isclass(getattr(hg, name))]


@cache
def attribute_texts(owner: type) -> dict[str, str]:
    """Texts that come after attributes in the source of a class and its methods."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(owner))).body
    found = {}
    blocks = [getattr(node, "body", None) for node in ast.walk(definition)]
    for before, after in (pair for block in blocks if isinstance(block, list) for pair in pairwise(block)):
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            (target,) = getattr(before, "targets", (getattr(before, "target", None),))
            found[getattr(target, "id", getattr(target, "attr", ""))] = str(after.value.value)
    return found


def owners(kind: type) -> list[type]:
    """The class and those of the package that it is made from."""
    return [item for item in kind.__mro__ if item.__module__.startswith(("huginn_cffi", "sigcompiler"))]


def public_members(kind: type) -> list[str]:
    own = {name for owner in owners(kind) for name in (*vars(owner), *attribute_texts(owner))}
    return sorted(name for name in own if name and not name.startswith("_"))


def text_of(kind: type, name: str) -> str:
    """What is written about a member: at itself, after it, or in the text of its class."""
    member = inspect.getattr_static(kind, name, None)
    if isinstance(member, (property, classmethod, staticmethod)) or inspect.isfunction(member):
        return inspect.getdoc(getattr(kind, name)) or ""
    if inspect.ismemberdescriptor(member) and (text := inspect.getdoc(member)):
        return text
    for owner in owners(kind):
        if name in attribute_texts(owner):
            return attribute_texts(owner)[name]
        if name in vars(owner).get("__annotations__", {}) or name in vars(owner):
            text = inspect.getdoc(owner) or ""
            if f"`{name}`" in text:
                return text
    return ""


def says_what_it_is(kind: type) -> bool:
    """Whether a class has a text of its own: neither one word nor what `dataclass` writes by itself."""
    text = vars(kind).get("__doc__") or ""
    return len(text.split()) > 1 and not text.startswith(f"{kind.__name__}(")


def test_every_class_says_what_it_is() -> None:
    assert len(CLASSES) > 50
    assert [kind for kind in CLASSES if not says_what_it_is(kind)] == []


def test_every_member_says_what_it_is() -> None:
    members = [(kind, name) for kind in CLASSES for name in public_members(kind)]
    assert len(members) > 500
    assert [f"{kind.__name__}.{name}" for kind, name in members if not text_of(kind, name)] == []


def test_functions_and_values_say_what_they_are() -> None:
    from huginn_cffi.base import names

    constants = ["EVENTS", "PROTOCOLS", "Part"]
    assert sorted(OTHERS) == [*constants, "fingerprint", "read", "watch"]
    assert inspect.getdoc(hg.fingerprint)
    assert inspect.getdoc(hg.read)
    assert inspect.getdoc(hg.watch)
    source = inspect.getsource(names)
    assert 'NO_SIGNATURE: int = lib.HG_NO_SIGNATURE\n"""Stands for' in source


@pytest.mark.parametrize(
    ("kind", "name", "unit"),
    [
        (hg.AnalysisResult, "time_ns", "ns"),
        (hg.AnalysisResult, "packet_number", "counted from 1"),
        (SynObservation, "distance", "hops"),
        (SynObservation, "ttl", "hops"),
        (SynObservation, "ittl", "hops"),
        (SynObservation, "olen", "bytes"),
        (SynObservation, "mss", "bytes"),
        (SynObservation, "wsize", "bytes"),
        (SynObservation, "wscale", "bits"),
        (MtuObservation, "mtu", "bytes"),
        (UptimeObservation, "uptime_minutes", "minutes"),
        (UptimeObservation, "modulo_days", "days"),
        (UptimeObservation, "frequency_hz", "hz"),
        (UptimeObservation, "raw_frequency_hz", "hz"),
        (Match, "line", "counted from 1"),
        (hg.CaptureError, "record", "counted from 1"),
        (hg.CaptureError, "offset", "bytes"),
        (hg.Stats, "bytes", "captured bytes"),
    ],
)
def test_units(kind: type, name: str, unit: str) -> None:
    assert unit in text_of(kind, name).lower()


@pytest.mark.parametrize(
    ("told", "errors"),
    [
        (hg.Analyzer, "FilterError LibpcapError TypeError ValueError HuginnError"),
        (hg.Analyzer.read, "CaptureError ValueError"),
        (hg.Analyzer.watch, "CaptureError LibpcapError ValueError TypeError"),
        (hg.Analyzer.with_filter, "FilterError"),
        (hg.Batch, "KeyError"),
        (hg.Batch.rendered, "ValueError"),
        (hg.Batch.to_arrow, "ImportError"),
        (hg.Database.compile, "SignatureError"),
        (hg.Database.open, "DatabaseError SignatureError"),
        (hg.Database.save, "DatabaseError"),
        (hg.Database.explain, "ValueError"),
        (hg.FilterConfig, "FilterError"),
        (hg.PortFilter, "FilterError TypeError"),
        (hg.IpFilter, "FilterError TypeError"),
        (hg.SubnetFilter, "FilterError TypeError"),
        (hg.fingerprint, "TypeError"),
        (hg.watch, "ValueError TypeError"),
    ],
)
def test_errors(told: object, errors: str) -> None:
    text = inspect.getdoc(told) or ""
    assert [name for name in errors.split() if name not in text] == []


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        (SynObservation, "RFC 9293"),
        (SynObservation, "RFC 7323"),
        (MtuObservation, "RFC 9293"),
        (UptimeObservation, "RFC 7323"),
        (Match, "database"),
    ],
)
def test_sources(kind: type, source: str) -> None:
    """What a value is read from, or whose word it is."""
    assert source in (inspect.getdoc(kind) or "")
