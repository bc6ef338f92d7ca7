"""What a page makes a browser do gives no type, maker or model and no urgent finding. Needs root."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sigcompiler.schema.findings import FINDINGS, WEIGHTS
from tests.live import leading
from tests.support import needs
from tests.support import network as net
from tests.support.in_process import run_in_process_as_text
from tests.support.processes import capturing

VISITOR, ROUTER = {4: "192.168.1.20", 6: "fd00:91::20"}, {4: "192.168.1.1", 6: "fd00:91::1"}
FAR = {4: "203.0.113.0/24", 6: "2001:db8:66::/64"}
BROWSERS = {
    "chromium": ["--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir={}"],
    "firefox": ["--headless", "--no-remote", "--profile", "{}"],
}
INFORMATION = {one.kind for one in FINDINGS if one.weight == WEIGHTS[-1]}
BY_USER_AGENT = {"client_mismatch", "contradicts"}
"""Firefox lets scripts set the User-Agent of their requests, which nothing shows."""


@contextmanager
def visited() -> Iterator[tuple[net.Network, subprocess.Popen[str]]]:
    """A visitor's network with a router, behind which all addresses of two networks are one server's."""
    with net.network(tagged=False) as made:
        folder = Path("/etc/netns") / made.client
        folder.mkdir(parents=True)
        try:
            (folder / "resolv.conf").write_text(f"nameserver {leading.RESOLVER}\n")
            for version, bits in ((4, 24), (6, 64)):
                more = ("nodad",) if version == 6 else ()
                for name, own in ((made.client, VISITOR), (made.server, ROUTER)):
                    net.ip("-n", name, "address", "add", f"{own[version]}/{bits}", "dev", "cable", *more)
                net.ip("-n", made.client, f"-{version}", "route", "add", "default", "via", ROUTER[version])
                net.ip("-n", made.server, f"-{version}", "route", "add", "local", FAR[version], "dev", "lo")
            command = net.inside(made.server, [sys.executable, leading.__file__])
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
                assert server.stdout is not None
                assert server.stdout.readline() == "ready\n"
                yield made, server
                server.kill()
        finally:
            shutil.rmtree(folder)


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
    told = {one["finding"] for one in found.events if one["src_ip"] in VISITOR.values()}
    assert told <= INFORMATION | (BY_USER_AGENT if name == "firefox" else set())
    done = run_in_process_as_text("devices", "--format", "json", "--store", store)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    (visitor,) = (one for one in rows if VISITOR[4] in json.dumps(one.get("addresses")))
    assert (visitor["manufacturer"], visitor["model"], visitor["system"]) == (None, None, "Linux")
    assert visitor["type"] in (None, "computer")
