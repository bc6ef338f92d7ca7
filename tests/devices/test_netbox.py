"""CSV that NetBox imports."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.formats.netbox import netbox_lines
from tests.support.in_process import run_in_process_as_text

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NETBOX = (
    "name role tenant manufacturer device_type platform serial asset_tag status site location description"
)
"""Fields of NetBox 4's form for importing devices (its documentation, Devices); role to site are required."""


def rows(text: str) -> list[dict[str, str]]:
    return [*csv.DictReader(StringIO(text, newline=""), strict=True)]


def test_columns_are_those_of_the_import() -> None:
    done = run_in_process_as_text(
        "devices", "--format", "netbox", EXAMPLES / "devices.pcap", EXAMPLES / "sample.pcap"
    )
    found = rows(done.stdout)
    assert {*found[0]} <= {*NETBOX.split()}
    assert all(all(one.values()) for one in found)  # all required
    assert len({one["name"] for one in found}) == len(found)
    by_name = {one["name"]: [*one.values()] for one in found}
    assert by_name["00:00:5e:00:53:28"][1:4] == ["printer", "HP", "LaserJet 400 M401dn"]
    assert by_name["00:00:5e:00:53:16"][-1].startswith("192.0.2.23; Windows; last seen 2026-01-15T10:00:01Z")
    assert "198.51.100.80" not in by_name  # remote


def device(**values: Any) -> dict[str, Any]:
    names = ("mac", "host_name", "type", "manufacturer", "model", "network_card", "system", "version")
    found = dict.fromkeys(names)
    return {
        **found,
        "local": True,
        "addresses": [],
        "segments": [],
        "last_seen": "2026-01-15T10:00:00.000000000Z",
        **values,
    }


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ('a"b,c\r\nd', 'a"b,c  d'),
        ("x" * 1_000_000, "x" * 100),
        ("=" * 200, "'" + "=" * 99),
        ("", "unknown"),
        ("LaserJet-4", "LaserJet-4"),
    ],
)
def test_no_cell_is_a_formula(model: str, expected: str) -> None:
    found = rows(b"".join(netbox_lines([device(mac="00:00:5e:00:53:01", model=model)])).decode())
    assert [one["device_type"] for one in found] == [expected]
    assert found[0]["site"] == "default"


def test_a_site_of_the_store_and_the_maker_of_the_card() -> None:
    [one] = rows(b"".join(netbox_lines([device(mac="m", site="Oslo", network_card="Acme")])).decode())
    assert (one["site"], one["manufacturer"]) == ("Oslo", "Acme")
