"""A network whose router leads to a page that does what pages can, and browsers that visit it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.live import leading
from tests.support import network as net

VISITOR, ROUTER = {4: "192.168.1.20", 6: "fd00:91::20"}, {4: "192.168.1.1", 6: "fd00:91::1"}


FAR = {4: "203.0.113.0/24", 6: "2001:db8:66::/64"}


BROWSERS = {
    "chromium": ["--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir={}"],
    "firefox": ["--headless", "--no-remote", "--profile", "{}"],
}


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
