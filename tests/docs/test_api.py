"""Every name of the API page can be imported from the path that stands there, and is defined once."""

from __future__ import annotations

import importlib
import inspect
import re
from collections import defaultdict
from dataclasses import fields
from typing import Any

import pytest

from huginn_cffi.hosts.record import HostRecord
from tests.support.manual_blocks import ROOT
from tools.release.api_page import page, signatures

PATHS = re.findall(
    r"^<!-- ::: ([\w.]+) -->$",
    (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)

DEFINED = {
    "huginn_cffi.applications.dask.Archive": "huginn_cffi.applications.dask.archive",
    "huginn_cffi.applications.reporting.report_page": "huginn_cffi.applications.reporting.make",
    "huginn_workbench.learning.learn": "huginn_workbench.learning.learn",
    "huginn_workbench.learning.unknown": "huginn_workbench.learning.unknown",
}
"""Names that are documented under a shorter path than that of their module."""


def documented(path: str) -> Any:
    """What a path of the page names."""
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)


def test_every_documented_path_can_be_imported() -> None:
    assert [path for path in PATHS if documented(path) is None] == []
    for path, module in DEFINED.items():
        assert documented(path) is documented(f"{module}.{path.rpartition('.')[2]}")


PAGE = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")


def test_the_page_says_what_a_name_is_for() -> None:
    """So that it can be read where nothing puts the docstrings in."""
    for path in PATHS:
        found = documented(path)
        if inspect.isclass(found) or inspect.isroutine(found):
            first, *_ = (inspect.getdoc(found) or "").split("\n\n")
            assert re.search(rf"\n# {re.escape(first.replace(chr(10), ' '))}\n{re.escape(path)}\b", PAGE), (
                path
            )
        else:  # others have no text of their own
            assert f"| `{path}` | " in PAGE


def test_names_are_listed_anew() -> None:
    """A stale listing is replaced; what stands around it stays."""
    mark = "<!-- ::: huginn_cffi.LibpcapError -->\n"
    listed = page(f"before\n\n{mark}\nafter\n")
    assert listed.startswith("before\n\n```text\n# ")
    assert listed.endswith(f"\nhuginn_cffi.LibpcapError\n```\n\n{mark}\nafter\n")
    assert page(listed.replace("LibpcapError\n```", "Other\n```")) == listed


def test_all_short_paths_are_documented() -> None:
    assert DEFINED.keys() <= set(PATHS)
    assert len(PATHS) > 40


def test_the_page_has_the_parameters_of_each_call() -> None:
    """Also where nothing puts the docstrings in; ``python -m tools.release.api_page`` writes them."""
    known: defaultdict[str, list[str]] = defaultdict(list)
    for one in PAGE.splitlines():
        known[re.split(r"[(: ]", one.strip(), maxsplit=1)[0]].append(one)
    for path, line in ((one, line) for one in PATHS for line in signatures(one)):
        name, *_ = re.split(r"[(: ]", line.strip(), maxsplit=1)
        for word in re.findall(r"(\w+)(?=: )", line.partition("(")[2]):
            assert any(f"{word}:" in one for one in known[name]), f"{path}: {name} takes {word}"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("AnalysisResult", "    .syn -> SynObservation | None"),
        ("Match", "    .name -> str"),
        ("PortFilter", "(*, src: Ports = None, dst: Ports = None, any: Ports = None)"),
    ],
)
def test_the_page_has_what_a_class_inherits_and_what_it_takes(name: str, line: str) -> None:
    of_class = PAGE.partition(f"\nhuginn_cffi.{name}")[2].partition("\nhuginn_cffi.")[0]
    assert line in of_class.splitlines()


def test_the_page_has_the_fields_of_a_host_record() -> None:
    listed = {line.strip().partition(":")[0] for line in PAGE.splitlines()}
    assert {f".{one.name}" for one in fields(HostRecord)} <= listed


def test_the_page_has_no_constructor_that_only_the_package_calls() -> None:
    """Of classes with one, a user has all arguments."""
    made = re.findall(r"^huginn_cffi\.(?:\w+\.)*([A-Z]\w+)\(", PAGE, re.MULTILINE)
    assert {*made} == {
        "Analyzer",
        "Archive",
        "FilterConfig",
        "IpFilter",
        "Log",
        "PortFilter",
        "Proxies",
        "Store",
        "SubnetFilter",
    }
    assert "ForwardRef" not in PAGE
    assert "_types." not in PAGE
