"""News of devices come by mail once, although captures and the sender are killed at any point."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support import network as net
from tests.support.devices.arp import arp
from tests.support.devices.sending import SENDER
from tests.support.processes import ROOT, TIMEOUT_S, CaptureProcess, capturing, huginn, wait_for_writer
from tests.support.receivers import Mailbox, Server, serving

MAC = re.compile(r"00:16:3e:00:00:[0-9a-f]{2}")


def send(network: net.Network, numbers: Sequence[int]) -> None:
    """A frame from each of these devices."""
    frames = (arp(f"10.92.0.{n}", "10.92.0.99", mac=f"00:16:3e:00:00:{n:02x}") for n in numbers)
    command = net.inside(network.client, [sys.executable, "-c", SENDER])
    text = "\n".join(one.hex() for one in frames)
    subprocess.run(command, input=text, text=True, check=True, timeout=net.TIMEOUT_S)


@contextmanager
def sending(store: Path, mailbox: Server) -> Iterator[subprocess.Popen[bytes]]:
    """The sender; killed at the end."""
    smtp = f"smtp://127.0.0.1:{mailbox.port}"
    words = ("--store", str(store), "--mail-to", "me@example.org", "--smtp", smtp, "--settle", "0")
    with subprocess.Popen(huginn("alert", *words), cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def seen(capture: CaptureProcess, network: net.Network, numbers: Sequence[int], new: int) -> None:
    send(network, numbers)
    capture.wait_for(lambda: len(capture.lines()) >= new, f"{new} events")


def test_every_device_is_mailed_once(quiet_network: net.Network, tmp_path: Path) -> None:
    """A sender that is killed before it noted an answer repeats its message, with the same Message-ID."""
    store = tmp_path / "devices.sqlite"
    words = ("cable", "--format", "json", "--events", "device_new", "--store", str(store))

    def mailed() -> list[str]:
        different = {mail["Message-ID"]: mail for mail in mailbox.mails}
        return [mac for mail in different.values() for mac in MAC.findall(mail.get_content())]

    def one_mail(capture: CaptureProcess) -> None:
        before = len(mailbox.mails)
        with sending(store, mailbox):
            capture.wait_for(lambda: len(mailbox.mails) > before, "a mail")

    with serving(Mailbox) as mailbox:
        with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
            seen(capture, quiet_network, range(1, 6), 5)
            one_mail(capture)
            capture.process.kill()
        with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
            seen(capture, quiet_network, range(1, 9), 3)
            capture.process.kill()  # maybe before the store has them: then the next run reports them
        with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
            send(quiet_network, range(1, 10))
            while len({*mailed()}) < 9:
                one_mail(capture)
            assert capture.stop(signal.SIGTERM).status == 0
    assert sorted(mailed()) == [f"00:16:3e:00:00:{number:02x}" for number in range(1, 10)]


def test_a_reader_that_stops_makes_nothing_known(quiet_network: net.Network, tmp_path: Path) -> None:
    """What a reader did not get is news in the next run."""
    words = ("cable", "--format", "json", "--events", "device_new", "--store", str(tmp_path / "x.sqlite"))
    macs = range(1, 251)
    command = net.inside(quiet_network.server, huginn("capture", *words))
    piped = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, pipesize=4096)
    with piped as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stderr.readline().startswith(b"listening on cable, ")
        send(quiet_network, macs)
        wait_for_writer(process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(TIMEOUT_S) == 1
        got = [*MAC.findall(process.stdout.read().decode("ascii", "replace"))]
    with capturing(quiet_network.server, *words, folder=tmp_path) as capture:
        send(quiet_network, macs)
        capture.wait_for(lambda: len({*got, *_macs(capture)}) == len(macs), "the others")
        capture.stop()


def _macs(capture: CaptureProcess) -> list[str]:
    return [json.loads(line)["mac"] for line in capture.lines()]
