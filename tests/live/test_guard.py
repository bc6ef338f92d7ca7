"""One command guards a network: its programs run, are started again, and their news come by mail."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from huginn_cffi.applications.alerting import messages
from huginn_cffi.cli.commands import guard
from huginn_cffi.cli.commands.guard import _Part, _SignOfLife
from huginn_cffi.store.news import News
from huginn_cffi.store.writer import Writer
from tests.support import needs
from tests.support import network as net
from tests.support.devices.made import datagram
from tests.support.devices.sending import SENDER
from tests.support.in_process import run_in_process_as_text
from tests.support.packets import Ip4
from tests.support.processes import ROOT, TIMEOUT_S, huginn
from tests.support.tunnels import UDP


def wait_for(is_so: Callable[[], object], name: str) -> None:
    end = time.monotonic() + TIMEOUT_S
    while not is_so():
        assert time.monotonic() < end, name
        time.sleep(0.05)


def station(number: int) -> str:
    return f"00:16:3e:00:00:{number:02x}"


def test_one_command_from_nothing_to_a_mail(quiet_network: net.Network, tmp_path: Path) -> None:
    """A takeover comes too, also from a capture that was killed and started again; the end leaves nothing."""
    store = tmp_path / "net.sqlite"

    def send(*pairs: tuple[int, int]) -> None:
        """Packets of stations from addresses."""
        frames = [
            datagram(
                b"any", 40_000, 40_001, ip=Ip4(f"10.92.0.{ip}", "10.92.0.99", protocol=UDP), mac=station(n)
            )
            for ip, n in pairs
        ]
        command = net.inside(quiet_network.client, [sys.executable, "-c", SENDER])
        text = "\n".join(one.hex() for one in frames)
        subprocess.run(command, input=text, text=True, check=True, timeout=net.TIMEOUT_S)

    def running() -> list[str]:
        found = subprocess.run(["pgrep", "-f", f"huginn_cffi .*{store}"], capture_output=True, text=True)
        return found.stdout.split()

    sink = net.inside(quiet_network.server, [sys.executable, "-m", "tests.support.mail_sink"])
    output = tmp_path / "subjects"
    with output.open("w") as file, subprocess.Popen(sink, cwd=ROOT, stdout=file) as mails:
        try:
            wait_for(output.read_text, "a mail server")
            port = output.read_text().split()[0]
            receiver = ("--mail-to", "me@example.org", "--smtp", f"smtp://127.0.0.1:{port}")
            words = net.inside(
                quiet_network.server, huginn("guard", "cable", *receiver, "--store", str(store))
            )
            with (
                subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process,
                ExitStack() as cleanup,
            ):
                assert process.stderr is not None
                cleanup.callback(process.kill)
                while not process.stderr.readline().startswith("listening on cable"):
                    assert process.poll() is None
                send((1, 1), (2, 2), (1, 1), (2, 2))
                wait_for(lambda: "2 new devices" in output.read_text(), "the first mail")
                (capture,) = subprocess.run(
                    ["pgrep", "-f", f"huginn_cffi capture .*{store}"], capture_output=True, text=True
                ).stdout.split()
                subprocess.run(["kill", "-9", capture], check=True)
                while not process.stderr.readline().startswith("listening on cable"):
                    assert process.poll() is None
                send((1, 1), (1, 1))
                for _ in range(3):
                    send((1, 3))
                wait_for(lambda: "took the address of 10.92.0.1" in output.read_text(), "the takeover")
                process.send_signal(signal.SIGTERM)
                said = process.stderr.read()
                assert process.wait(TIMEOUT_S) == 0
        finally:
            mails.kill()
    assert "{" not in said
    assert running() == []
    assert "00:16:3e:00:00:02" in (tmp_path / "net-known.csv").read_text()


@pytest.mark.parametrize(
    "state", ["starts", "store is locked", "programs stand still", "nobody reads", "usual"]
)
def test_the_end_takes_less_than_five_seconds(state: str, tmp_path: Path) -> None:
    """Whatever hinders it."""
    needs.root()
    store, (reader, full) = tmp_path / "net.sqlite", os.pipe()
    words = ["unshare", "--net", *huginn("guard", "lo", "--mail-to", "me@example.org", "--store", str(store))]
    with ExitStack() as cleanup:
        for one in (reader, full):
            cleanup.callback(os.close, one)
        if state == "nobody reads":
            os.set_blocking(full, False)
            with suppress(BlockingIOError):
                while os.write(full, b"x" * 4096):
                    pass
            os.set_blocking(full, True)
        process = subprocess.Popen(words, cwd=ROOT, stderr=full if state == "nobody reads" else None)
        cleanup.callback(process.kill)
        if state not in ("starts", "nobody reads"):
            wait_for(lambda: store.exists() and store.stat().st_size, "the store")
        time.sleep(2)
        if state == "store is locked":
            connection = cleanup.enter_context(closing(sqlite3.connect(store)))
            connection.execute("BEGIN IMMEDIATE")
            time.sleep(guard.FIRST_S)
        if state == "programs stand still":
            subprocess.run(["pkill", "-STOP", "-f", f"huginn_cffi (capture|alert) .*{store}"], check=True)
        begin = time.monotonic()
        process.terminate()
        process.wait(TIMEOUT_S)
        assert time.monotonic() - begin < 5
    found = subprocess.run(["pgrep", "-f", f"huginn_cffi .*{store}"], capture_output=True, text=True)
    assert found.stdout == ""


def test_a_sign_of_life_counts_devices_packets_and_news(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(guard, "FIRST_S", 0.0)
    store = str(tmp_path / "x.sqlite")
    life = _SignOfLife(store)
    life.send_due()  # there is no store yet
    life._due = 0.0
    life.note(
        [
            "listening on eth0\n",
            '{"total": {"dropped_by_kernel": 3, "dropped_by_ring": 1, "packets": 9}}\n',
            '{"total": {"dropped_by_kernel": 5, "dropped_by_ring": 1}}\n',
        ]
    )
    life.note(['{"total": {"dropped_by_kernel": 2, "dropped_by_ring": 0}}\n'])  # of a new process
    assert capsys.readouterr().err == "listening on eth0\n"
    with Writer(store, "gate/eth0") as writer:
        writer.hand_over(['{"event": "device_change", "change": "device_new"}'] * 2, [])
    life.send_due()
    life.send_due()
    with closing(sqlite3.connect(store)) as connection:
        found = connection.execute("SELECT record FROM news WHERE kind = 'sign_of_life'").fetchall()
    ((record,),) = found
    assert json.loads(record).items() >= {"devices": 0, "packets_lost": 8, "news": 2}.items()
    one = messages.Notice("c", News(1, "gate/eth0", 0, record), json.loads(record))
    title = messages.message([one], store, "name").title
    assert title == "Sign of life on gate/eth0: 0 devices, 8 packets lost, 2 news"


def test_a_program_that_is_refused_at_its_first_start_is_not_started_again() -> None:
    part = _Part(["capture", "--nonsense"], {}, None)
    wait_for(lambda: part.keep() == 2, "the refusal")


def test_wrong_receivers_start_nothing(tmp_path: Path) -> None:
    done = run_in_process_as_text("guard", "lo", "--store", tmp_path / "x.sqlite")
    assert done.returncode == 2
    assert "name a receiver" in done.stderr
    assert [*tmp_path.iterdir()] == []
