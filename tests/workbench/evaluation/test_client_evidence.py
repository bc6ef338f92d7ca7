"""How often names of TLS clients were right on one network."""

from __future__ import annotations

import json
import math

import pytest

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.run.signatures import Signature
from tests.support.core import SHARED
from workbench.lab.client_evidence import (
    TABLES,
    browser_share,
    hello_of,
    measured,
    shares_of,
    system_share,
)

KNOWN = json.loads(TABLES.read_text(encoding="utf-8"))["clients"]
MERCURY = SHARED / "facts" / "mercury"


def test_the_core_has_the_table() -> None:
    database = hg.Database.load_default()
    seen = set()
    for number in database._records.numbers("tls"):
        share = lib.hg_client_confidence(database._handle, number)
        label = database._records.tls[number].label
        assert (None if math.isnan(share) else share) == KNOWN.get(label), label
        seen.add(label)
    assert set(KNOWN) < seen
    for number in (len(database._records.numbers("tls")), lib.HG_NO_SIGNATURE, lib.HG_NOT_SEEN):
        assert math.isnan(lib.hg_client_confidence(database._handle, number))


def test_a_database_without_the_table() -> None:
    sig = "t13d1516h2_8daaf6152771_e5627efa2ab1"
    text = f"classes = win\n[tls:client]\nlabel = s:!:Firefox:\nsys =\nsig = {sig}\n"
    database = hg.Database.compile(text=text)
    assert math.isnan(lib.hg_client_confidence(database._handle, 0))


def test_the_table_is_what_the_tool_measures() -> None:
    if not MERCURY.exists():
        pytest.skip("../shared is absent: mercury's tables")
    found = measured(MERCURY, hg.Database.load_default())
    assert {name: round(share, 3) for name, (_, share) in found.items()} == KNOWN


def test_ja4_of_a_hello_that_was_written_down() -> None:
    """Chrome 83, whose JA4 is in many lists."""
    chrome = (
        "(0303)(0a0a130113021303c02bc02fc02cc030cca9cca8c013c014009c009d002f0035)((0a0a0000)(0000)(0017)(ff01)"
        "(000a000a00080a0a001d00170018)(000b00020100)(0023)(0010000e000c02683208687474702f312e31)"
        "(000500050100000000)(000d0012001004030804040105030805050108060601)(0012)(0033)(002d00020101)"
        "(002b000b0a0a0a0304030303020301)(001b0003020002)(0a0a000100)(0015))"
    )
    assert hello_of(chrome).ja4().startswith("t13d1515h2_8daaf6152771_")
    assert hello_of(chrome).ja4(stable=True).startswith("t13d1513h2_8daaf6152771_")
    assert hello_of("(0301)(00330039)").ja4().startswith("t10i020000_")


def label(name: str, systems: tuple[str, ...] = ()) -> Signature:
    return Signature("tls:client", "request", "", name, "", "specific", True, None, systems, 1, "", 1, 1, "")


def test_what_fits_a_label() -> None:
    processes = shares_of("firefox.exe (browser) 0.3; chrome.exe (browser) 0.1; AvEmUpdate.exe () 0.6")
    assert browser_share(label("Firefox"), processes) == pytest.approx(0.75)
    assert browser_share(label("Chromium"), processes) == pytest.approx(0.25)
    assert browser_share(label("OpenSSL"), processes) is None
    assert browser_share(label("Firefox"), shares_of("java.exe (programming) 1.0")) is None
    systems = shares_of("windows_10 2004 0.6; mac_os_x 10.15.7 0.2; ubuntu 20.04 0.2")
    assert system_share(label("Windows"), systems) == pytest.approx(0.6)
    assert system_share(label("Safari", ("macOS or iOS",)), systems) == pytest.approx(0.2)
    assert system_share(label("Firefox"), systems) is None
