"""A sweep of a live link is an event soon after its end, also if no further packet comes. Needs root."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.live.test_device_news import Bridge, ip
from tests.support import needs
from tests.support import network as net
from tests.support.devices.arp import arp
from tests.support.devices.sending import SENDER
from tests.support.processes import capturing
from tests.support.sweeps import asked, others

PACED = "import time\n" + SENDER + "        time.sleep(float(sys.argv[1]))\n"
LINK = f"{ip(0)}/24"
TOOLS = {
    "arp-scan": ["--interface=cable", "--interval=1", "--quiet", LINK],
    "nmap": ["-n", "-sn", "-PR", LINK],
}


def seen(tmp_path: Path, program: str, *arguments: str, frames: list[bytes] | None = None) -> list[str]:
    """The findings of a capture in which one program sent its frames, and then nobody sent any."""
    needs.root()
    with ExitStack() as cleanup:
        bridge = Bridge(cleanup)
        bridge.add_host(1)
        words = ("br0", "--format", "json", "--events", "finding")
        capture = cleanup.enter_context(capturing(bridge.namespace, *words, folder=tmp_path))
        text = "\n".join(one.hex() for one in frames or ())
        run = net.inside(bridge.name_of(1), [program, *arguments])
        subprocess.run(run, input=text, text=True, check=True, capture_output=True, timeout=net.TIMEOUT_S)
        if frames is None or len(frames) > 100:
            capture.wait_for(lambda: bool(capture.lines()), "the event")
        time.sleep(1.5)  # nothing else may come
        before = len(capture.lines())
        found = [one["finding"] for one in capture.stop().events]
        assert before == len(found), "the end of the capture is not what delivers it"
        return found


@pytest.mark.parametrize("pause", ["0.001", "0.01"])
def test_a_sweep_and_then_silence(pause: str, tmp_path: Path) -> None:
    found = seen(tmp_path, sys.executable, "-c", PACED, pause, frames=asked(others(254)))
    assert found == ["horizontal_scan"]


@pytest.mark.parametrize("tool", TOOLS)
def test_a_sweep_by_a_real_tool(tool: str, tmp_path: Path) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    assert seen(tmp_path, tool, *TOOLS[tool]) == ["horizontal_scan"]


@pytest.mark.parametrize("count", [1, 30])
def test_what_is_no_sweep(count: int, tmp_path: Path) -> None:
    """Windows asks for 30 addresses after its start, monitoring for the same one again and again."""
    frames = asked(others(count)) if count > 1 else [arp("10.0.0.7", "10.0.0.8")] * 60
    assert seen(tmp_path, sys.executable, "-c", PACED, "0.01", frames=frames) == []
