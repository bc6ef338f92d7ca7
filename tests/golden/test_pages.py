"""The cases of the pages beside this file (`tests/support/golden.py` has their form)."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.formats.rendering import Renderer
from tests.support.golden import GoldenCase, GoldenPage, page

PAGES = [page(path) for path in sorted(Path(__file__).parent.glob("*.md"))]
DEPENDENT = {"time", "packet_number", "flow", "scope", "doubt"}
CASES = [pytest.param(one, case, id=case.name) for one in PAGES for case in one.cases]


def rendered(protocols: tuple[str, ...], capture: bytes, form: str = "json") -> tuple[str, hg.Stats]:
    out = BytesIO()
    with hg.Analyzer(None, protocols=protocols) as analyzer:
        for batch in analyzer.batches(capture):
            for piece in Renderer(form, None).pieces(batch, 0, len(batch)):
                out.write(piece)
        return out.getvalue().decode(), analyzer.stats


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(("where", "case"), CASES)
def test_case(where: GoldenPage, case: GoldenCase) -> None:
    text, stats = rendered(where.protocols, case.capture())
    assert stats.packets == stats.analysed + sum(stats.drops.values())
    if "json" in case.expected:
        expected, found = records(case.expected["json"]), records(text)
        pairs = zip(found, expected, strict=False)
        shown = [{key: one.get(key) for key in wanted} for one, wanted in pairs] + found[len(expected) :]
        assert shown == expected
    counters = dict(line.split() for line in case.expected.get("counters", "").splitlines())
    for name in {*counters, *(f"{name}_malformed" for name in where.protocols)}:
        assert stats.anomalies.get(name, getattr(stats, name, 0)) == int(counters.get(name, 0)), name
    if "text" in case.expected:
        assert rendered(where.protocols, case.capture(), "text")[0].strip() == case.expected["text"].strip()
    if "device" in case.expected:
        keys = ("type", "manufacturer", "model", "system", "version")
        devices = [
            {"ip": one.ip, **{key: getattr(one.device, key) for key in keys if getattr(one.device, key)}}
            for one in hg.Analyzer().read(case.capture()).hosts
            if one.device is not None
        ]
        assert devices == records(case.expected["device"])


def compared(where: GoldenPage, capture: bytes) -> list[str]:
    """The events, without the values that depend on segments and on what else is captured."""
    found = records(rendered(where.protocols, capture)[0])
    return sorted(repr({key: one[key] for key in one.keys() - DEPENDENT}) for one in found)


@pytest.mark.parametrize(("where", "case"), [one for one in CASES if one.values[1].is_tcp])
def test_neither_segments_nor_handshakes_matter(where: GoldenPage, case: GoldenCase) -> None:
    """The data after the first message comes in segments of five bytes; no handshake is captured."""
    whole = compared(where, case.capture())
    assert compared(where, case.capture(in_pieces=True)) == whole
    if not where.needs_handshakes:
        assert compared(where, case.capture(opened=False)) == whole


@pytest.mark.parametrize(("where", "case"), [one for one in CASES if one.values[1].is_ip])
def test_eve_names_the_transport(where: GoldenPage, case: GoldenCase) -> None:
    found = records(rendered(where.protocols, case.capture(), "eve")[0])
    assert {one["proto"] for one in found} <= {flow.heading.split()[0].upper() for flow in case.flows}
