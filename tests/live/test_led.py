"""What a page makes a browser do gives no type, maker or model and no urgent finding. Needs root."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from sigcompiler.schema.findings import FINDINGS, WEIGHTS
from tests.live import leading
from tests.live.visiting import BROWSERS, VISITOR, visited
from tests.support import needs
from tests.support import network as net
from tests.support.in_process import run_in_process_as_text
from tests.support.processes import capturing

INFORMATION = {one.kind for one in FINDINGS if one.weight == WEIGHTS[-1]}
BY_USER_AGENT = {"client_mismatch", "contradicts"}
"""Firefox lets scripts set the User-Agent of their requests, which nothing shows."""


@pytest.mark.parametrize("name", BROWSERS)
def test_a_page_makes_no_device_and_no_attacker(name: str, tmp_path: Path) -> None:
    program, store = needs.program(name, name), tmp_path / "hosts.sqlite"
    profile = tmp_path / "profile"
    profile.mkdir()
    words = ("cable", "--format", "json", "--events", "finding", "--store", str(store))
    with visited() as (network, server), capturing(network.server, *words, folder=tmp_path) as capture:
        asks = [program, *(one.format(profile) for one in BROWSERS[name]), f"http://{leading.SERVER}/"]
        environment = {**os.environ, "HOME": str(tmp_path)}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(net.inside(network.client, asks), env=environment, **quiet) as browser:  # type: ignore[call-overload]
            assert server.stdout is not None
            assert server.stdout.readline() == "done\n"
            browser.terminate()
        found = capture.stop()
    told = {one["finding"] for one in found.events if one.get("src_ip") in VISITOR.values()}
    assert told <= INFORMATION | (BY_USER_AGENT if name == "firefox" else set())
    done = run_in_process_as_text("devices", "--format", "json", "--store", store)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    (visitor,) = (one for one in rows if VISITOR[4] in json.dumps(one.get("addresses")))
    assert (visitor["manufacturer"], visitor["model"], visitor["system"]) == (None, None, "Linux")
    assert visitor["type"] in (None, "computer")
