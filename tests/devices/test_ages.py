"""How old the versions of devices are: the end of support, and the days since the next version."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli import main
from huginn_cffi.store.writer import Writer
from sigcompiler.claims.support import days_behind, is_supported, support_end
from tests.support.hosts import conclusion, host, source_of

# By Wikipedia: macOS 14 was released on 2023-09-26, iOS 26 on 2025-09-15, Android 13 on 2022-08-15.
VERSIONS = (
    ("macOS", "13", "2025-09-15", 366),
    ("macOS", "13.6.1", "2025-09-15", 366),
    ("macOS", "10.15", "2026-02-02", None),  # no day of the release of macOS 11 is listed
    ("macOS", "10", None, None),  # one of many
    ("macOS", "26", "supported", 0),
    ("macOS", "99", None, None),
    ("iOS", "18", "supported", 0),  # 2024-09-26 was before iOS 26
    ("Android", "12.1", "2025-03-03", 773),
    ("Android", "4", None, None),
    ("Windows", "7", "2020-01-14", None),
    ("Windows", "11 or 2025", None, None),  # editions share the build
    ("Windows", "10, 11, 2019, 2022 or 2025", None, None),
    ("Windows", "", None, None),
    ("Linux", "6.12", None, None),
    ("", "1", None, None),
    ("FreeBSD", "14.x or newer", None, None),
)


@pytest.mark.parametrize(("system", "version", "end", "behind"), VERSIONS)
def test_ages_of_versions(system: str, version: str, end: str | None, behind: int | None) -> None:
    assert support_end(system, version) == end
    assert days_behind(system, version, "2024-09-26") == behind


def test_nothing_is_known_of_versions_after_the_list() -> None:
    assert days_behind("macOS", "26", "2026-08-01") == 0
    assert days_behind("macOS", "26", "2026-11-30") is None
    assert days_behind("iOS", "18", "2026-11-30") == 441  # since 2025-09-15


def cells(printed: pytest.CaptureFixture[str], path: str, ip: str) -> list[str]:
    """The last columns of a device, from the end of support on; empty ones are left out."""
    assert main(["devices", "--long", "--store", path]) == 0
    lines = printed.readouterr().out.splitlines()
    assert lines[0].endswith("support ends  days behind")
    [line] = [line for line in lines if line.startswith(f"{ip} ")]
    return re.split(" {2,}", line[lines[0].index("support ends") :].rstrip()) if line else []


SURE: dict[str, Any] = {"local": True, "version_confidence": 0.97}


def test_columns_of_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "hosts.sqlite")
    at = {"first_seen_ns": 1_727_308_800 * 10**9, "last_seen_ns": 1_727_308_800 * 10**9}  # 2024-09-26
    hosts = [
        host("192.0.2.1", **conclusion("macOS", "13", 0.97), **SURE, **at),
        host("192.0.2.2", **conclusion("macOS", "13", 0.97), **{**SURE, "version_confidence": None}, **at),
        host("192.0.2.3", **conclusion("Windows", "10 or 11", 0.97), **SURE, **at),
        host("192.0.2.4", **conclusion("iOS", "", 0.97), **{**SURE, "version_confidence": None}, **at),
    ]
    Writer(path, "gate", source_of(hosts)).close()
    assert cells(capsys, path, "192.0.2.1") == ["2025-09-15", "366"]
    for ip in ("192.0.2.2", "192.0.2.3", "192.0.2.4"):
        assert cells(capsys, path, ip) == [""]


def test_rules_of_ages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.audit.made import audited, policy, rule

    path = str(tmp_path / "hosts.sqlite")
    hosts = [
        host("192.0.2.1", **conclusion("macOS", "10.14", 0.97), **SURE),
        host("192.0.2.2", **conclusion("macOS", "10.14", 0.97), **{**SURE, "version_confidence": 0.5}),
        host("192.0.2.3", **conclusion("macOS", "26", 0.97), **SURE),
        host("192.0.2.4", **conclusion("Windows", "10 or 11", 0.97), **SURE),
    ]
    Writer(path, "gate", source_of(hosts)).close()
    rules = policy(tmp_path, rule("Supported", "support_ends > last_seen", of='"devices"'))
    status, lines = audited(capsys, rules, "--store", path)
    assert status == 1
    assert [line.split(": ")[2] for line in lines[:-1]] == ["192.0.2.1", "2 of 4 devices"]


@pytest.mark.parametrize(
    ("system", "flavor", "day", "supported"),
    [
        ("Windows", "11", "2024-09-26", True),
        ("Windows", "10 or 11", "2024-09-26", True),
        ("Windows", "10 or 11", "2099-01-01", False),  # Windows 10 lost support in 2025
        ("Windows", "7 or 11", "2024-09-26", False),
        ("macOS", "14 or newer", "2024-09-26", True),
        ("macOS", "10.14 or newer", "2024-09-26", False),
        ("Linux", "6.12", "2024-09-26", False),  # the list has no Linux
        ("Windows", "", "2024-09-26", False),
        ("", "11", "2024-09-26", False),
    ],
)
def test_all_versions_that_are_possible_have_support(
    system: str, flavor: str, day: str, supported: bool
) -> None:
    assert is_supported(system, flavor, day) is supported
