"""``huginn top``, by Textual's pilot and on a pseudo-terminal of 80 columns."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.support.captures import pcap
from tests.support.core import ROOT
from tests.support.hosts import BEGAN, conclusion, host, sighting, source_of
from tests.support.packets import Ip4, Tcp, packet
from tests.support.sample import sample
from tests.support.segment_captures import HOST
from tests.support.segment_captures import capture as capture_of
from tests.support.segments import WINDOWS, segments
from tests.support.top import LONG_S, cells, piloted, until, words

pytest.importorskip("textual")

from textual.pilot import Pilot
from textual.widgets import DataTable, Static

from huginn_cffi.cli import main
from huginn_cffi.cli.top.screen import HostsApp, widths
from huginn_cffi.store.writer import Writer


@pytest.fixture
def capture(tmp_path: Path) -> str:
    path = tmp_path / "sample.pcap"
    path.write_bytes(sample())
    return str(path)


def status(app: HostsApp) -> str:
    return str(app.screen_stack[0].query_one("#status", Static).render())


def test_a_capture_is_filtered_sorted_and_looked_into(capture: str) -> None:
    async def play(app: HostsApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "read to the end" in status(app))
        everybody = cells(app)
        assert len(everybody) > 10
        await pilot.press("slash", *"windows")
        found = cells(app)
        assert 0 < len(found) < len(everybody)
        assert all("Windows" in row[1] for row in found)
        await pilot.press("enter", "enter")  # out of the filter, into the host
        assert words(app).startswith(f"[Host] {found[0][0]}\n  OS:     Windows")
        assert "Seen: " in words(app)
        await pilot.press("escape", "escape")
        assert len(cells(app)) == len(everybody)
        for _ in range(4):
            await pilot.press("s")
        assert "by host" in status(app)
        gateway = "00:66:77:88:99:aa"  # without an address, it is first in both orders
        names = [row[0] for row in cells(app) if row[0] != gateway]
        assert names == sorted(names)
        await pilot.press("r")
        assert [row[0] for row in cells(app) if row[0] != gateway] == names[::-1]
        await pilot.press("f")
        assert "NMap SYN scan" in words(app)

    piloted(capture, play)


def test_a_host_without_a_handshake_is_named_by_its_segments(tmp_path: Path) -> None:
    path = tmp_path / "segments.pcap"
    path.write_bytes(capture_of(segments(20, WINDOWS)))

    async def play(app: HostsApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "read to the end" in status(app))
        await until(pilot, lambda: cells(app) != [])
        assert [row[:2] for row in cells(app)] == [[HOST, "Windows"]]
        await pilot.press("enter")
        assert "segments: Windows" in words(app)

    piloted(str(path), play)


def test_a_store_is_shown_while_it_is_written(tmp_path: Path) -> None:
    path = str(tmp_path / "hosts.sqlite")
    hostile = sighting("tool", "[red]\x1b]0;title\x07")
    Writer(
        path,
        "gate",
        source_of([host("192.0.2.1", sightings=(sighting(), hostile)), host("2001:db8:1:2:3:4:5:6")]),
    ).close()

    async def play(app: HostsApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: len(cells(app)) == 2)
        first = next(row for row in cells(app) if row[0] == "192.0.2.1")
        assert first[1:4] == ["Linux 5.x", "90 %", "[red]\\x1b]0;title\\x07"]
        Writer(
            path, "gate", source_of([host("192.0.2.9", **conclusion("Windows", "11"), last_seen=BEGAN + 1)])
        ).close()
        await until(pilot, lambda: len(cells(app)) == 3)
        await pilot.press("enter")
        assert "seen by gate" in words(app)

    piloted(path, play)


@pytest.mark.parametrize(("whole", "host", "system"), [(80, 17, 18), (120, 29, 34), (200, 39, 80)])
def test_the_table_fits_the_screen(whole: int, host: int, system: int) -> None:
    assert widths(whole)[:2] == [host, system]
    assert whole - 16 < sum(width + 2 for width in widths(whole)) + 2 <= whole


def test_a_damaged_capture_ends_only_itself(tmp_path: Path) -> None:
    packets = [(BEGAN, packet(Ip4(f"192.0.2.{last}"), Tcp())) for last in (1, 2, 3)]
    (tmp_path / "1.pcap").write_bytes(pcap(packets[:2])[:-3])
    (tmp_path / "2.pcap").write_bytes(pcap(packets[2:]))

    async def play(app: HostsApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "read to the end" in status(app))
        await until(pilot, lambda: len(cells(app)) == 2)
        assert {row[0] for row in cells(app)} == {"192.0.2.1", "192.0.2.3"}
        assert "1 damaged, the first: " in status(app)
        await pilot.press("down", "s")
        assert app.screen_stack[0].query_one(DataTable).cursor_row == 0, "another order begins at its top"

    piloted(str(tmp_path), play)


def test_without_a_terminal(capture: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["top", capture]) == 2
    assert capsys.readouterr().err.startswith("huginn: top needs a terminal")


def test_without_textual(
    capture: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith(("textual", "huginn_cffi.cli.top.screen"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "textual", None)
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    assert main(["top", capture]) == 2
    assert capsys.readouterr().err.startswith(
        "huginn: huginn top needs textual: pip install 'huginn-cffi[top]'"
    )


def test_on_a_terminal_without_colour(capture: str) -> None:
    """80 by 24 as over ssh: it draws, sends no colour, ends with q, and leaves the terminal as it was."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    before = termios.tcgetattr(slave)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "NO_COLOR": "1"}
    environment.pop("COLORTERM", None)
    command = [sys.executable, "-m", "huginn_cffi", "top", capture]
    got = b""
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment) as process:
        os.set_blocking(master, False)
        end = time.monotonic() + LONG_S
        while b"192.0.2.10" not in got:
            assert time.monotonic() < end, got
            got += _read(master)
        os.write(master, b"q")
        while process.poll() is None:
            assert time.monotonic() < end
            got += _read(master)
    assert process.returncode == 0
    assert termios.tcgetattr(slave) == before
    shades = {tuple(one.split(b";")[2:]) for one in re.findall(rb"\x1b\[([34]8;2;\d+;\d+;\d+)", got)}
    assert all(len(set(shade)) == 1 for shade in shades)  # red, green and blue alike: grey
    os.close(master)
    os.close(slave)


def _read(descriptor: int) -> bytes:
    time.sleep(0.02)
    try:
        return os.read(descriptor, 65536)
    except BlockingIOError:
        return b""
