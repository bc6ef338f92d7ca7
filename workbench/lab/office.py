"""An hour of an office in which everything fails: python -m workbench.lab.office [SECONDS] [SEED]

Needs root: creates two network namespaces with a cable between them. The hour takes SECONDS (120), and longer
on a busy machine: its clock counts rounds of what is on the wire, and stands still while a capture starts.
A capture and ``huginn alert`` are killed at 30 random moments each, and started again. Meanwhile the mail
server is down, the webhook answers 500, and the disk of the store is full. A stranger among the 60 devices
takes the gateway's address, offers DHCP and sweeps the network; then come frames of 100,000 MACs. At the
end, a capture whose output nobody reads gets SIGTERM. Prints the results as JSON, and exits with 1 if an
event is missing, came twice in different messages or was not expected, or if packets were lost.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from tests.support import network as net
from tests.support.devices import dhcp
from tests.support.devices.arp import arp
from tests.support.devices.sending import SENDER
from tests.support.processes import ROOT, TIMEOUT_S, huginn
from tests.support.receivers import Hook, Mailbox, Server, serving
from workbench.lab.outcome import report

DEVICES, KILLS, FLOOD, UNREAD = 60, 30, 100_000, 250
ROUND_S, CALM = 0.1, 2 * TIMEOUT_S
GATEWAY, STRANGER, GATEWAY_IP = "00:16:3e:00:00:01", "00:16:3e:00:06:66", "10.92.0.1"
ALERT = """
import sys
from huginn_cffi.applications.alerting import delivery
pace = float(sys.argv[1])
delivery.RETRY_S /= pace
for name in ("PAUSES_S", "MOST_RETRY_S"):
    setattr(delivery, name, tuple(one / pace for one in getattr(delivery, name)))
sys.argv[1:] = sys.argv[2:]
from huginn_cffi.cli import main
sys.exit(main())
"""
"""``huginn alert``, with its pauses scaled as the hour is."""
MAC = re.compile(r"\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b")
_TAKEN = frozenset(("address_moved", "address_claimed", "address_conflict"))
_Key = tuple[str, str]
"""The kind of an event, and its MAC."""


def _mac(number: int, group: int = 0) -> str:
    return f"00:16:3e:{group:02x}:{number >> 8:02x}:{number & 255:02x}"


def _flood_mac(number: int) -> str:
    return f"00:16:3f:{number >> 16:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"


def _address(number: int) -> str:
    return f"10.92.{number >> 8}.{number & 255}"


class _Supervised:
    """A program that is started again whenever it was killed."""

    def __init__(self, command: list[str], errors: Path) -> None:
        self._command, self._errors = command, errors
        self.starts = 0
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        self.starts += 1
        self._from = len(self.texts()) if self._errors.exists() else 0
        with self._errors.open("ab") as errors:
            return subprocess.Popen(self._command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=errors)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(TIMEOUT_S)
        self.process = self._started()

    def has_begun(self) -> bool:
        """Whether the capture that was started last listens, or has ended because the disk is full."""
        return "listening on cable, " in self.texts()[self._from :] or self.process.poll() is not None

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(TIMEOUT_S)

    def texts(self) -> str:
        return self._errors.read_text()


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


class Office:
    """The network, its programs and receivers."""

    def __init__(
        self, folder: Path, network: net.Network, mail: Server, hook: Server, seconds: float
    ) -> None:
        self._network, self._folder = network, folder
        self.mail, self.hook, self._seconds = mail, hook, seconds
        self.store = folder / "disk" / "office.sqlite"
        self._filler = folder / "disk" / "filler"
        self._swept = -1
        command = net.inside(network.client, [sys.executable, "-uc", SENDER])
        self._wire = subprocess.Popen(command, stdin=subprocess.PIPE, text=True, bufsize=1 << 16)
        words = ("--store", str(self.store), "--events", "device_change,finding", "--format", "json")
        self._words = ("cable", *words)
        stats = ("-o", "/dev/null", "--stats-interval", "0.5", "--stats-format", "json")
        capture = net.inside(network.server, huginn("capture", *self._words, *stats))
        self.capture = _Supervised(capture, folder / "capture.err")
        _wait_for(self.capture.has_begun)
        receivers = ("--mail-to", "me@example.org", "--smtp", f"smtp://127.0.0.1:{mail.port}")
        receivers += ("--webhook", f"http://127.0.0.1:{hook.port}/", "--settle", "0")
        pace = str(3600 / seconds)
        alert = [sys.executable, "-c", ALERT, pace, "alert", "--store", str(self.store), *receivers]
        self.alert = _Supervised(alert, folder / "alert.err")

    def send(self, *frames: bytes) -> None:
        assert self._wire.stdin is not None
        self._wire.stdin.writelines(f"{one.hex()}\n" for one in frames)
        self._wire.stdin.flush()

    def hour(self, kills: int, draw: random.Random) -> None:
        """Everything that happens, at seconds of the hour; what is on the wire is repeated."""
        programs = (self._kill_capture, self.alert.kill)
        killed = [(draw.uniform(60, 3500), kill) for kill in programs for _ in range(kills)]
        events = [*killed, *self._failures(), (2700.0, self._flood)]
        now = 0.0
        for at, happens in [*sorted(events, key=lambda one: one[0]), (3600.0, None)]:
            while now < at:
                self._everybody(now)
                time.sleep(ROUND_S)
                now += ROUND_S * 3600 / self._seconds
            if happens is not None:
                happens()

    def _kill_capture(self) -> None:
        self.capture.kill()
        _wait_for(self.capture.has_begun)

    def _failures(self) -> list[tuple[float, Callable[[], object]]]:
        return [
            (600.0, partial(setattr, self.mail, "refuses", True)),
            (1200.0, partial(setattr, self.mail, "refuses", False)),
            (900.0, partial(setattr, self.hook, "refuses", True)),
            (1500.0, partial(setattr, self.hook, "refuses", False)),
            (1600.0, self._fill),
            (1900.0, self._filler.unlink),
        ]

    def _fill(self) -> None:
        try:
            with self._filler.open("wb", buffering=0) as file:
                while file.write(bytes(1 << 16)):
                    pass
        except OSError:  # no space is left
            pass

    def _everybody(self, now: float) -> None:
        """What is on the wire: a new device each half minute; the stranger comes at half past."""
        there = range(1, 1 + min(DEVICES, int(now / 30)))
        self.send(*(arp(_address(one), GATEWAY_IP, mac=_mac(one)) for one in there))
        if now > 1700:
            self.send(arp(GATEWAY_IP, _address(7), mac=STRANGER, operation=2))
        if now > 1750:
            offer = dhcp.message(
                dhcp.option(54, bytes((10, 92, 6, 102))), kind=dhcp.OFFER, op=2, yiaddr=_address(99)
            )
            self.send(dhcp.from_server(offer, mac=STRANGER))
        step = int(now / 10) % 20 * 12
        if now > 2000 and step != self._swept:  # once: who asks again and again does not sweep
            self.send(*(arp("10.92.6.102", f"10.92.7.{step + one}", mac=STRANGER) for one in range(12)))
            self._swept = step

    def _flood(self) -> None:
        for first in range(0, FLOOD, 2000):
            numbers = range(first, first + 2000)
            self.send(
                *(arp(f"10.93.{n >> 8 & 255}.{n & 255}", GATEWAY_IP, mac=_flood_mac(n)) for n in numbers)
            )
            time.sleep(0.1)

    def unread(self) -> None:
        """A capture whose output nobody reads gets SIGTERM; later devices come again."""
        self.capture.stop()
        frames = [arp(_address(1024 + one), GATEWAY_IP, mac=_mac(one, 1)) for one in range(UNREAD)]
        command = net.inside(self._network.server, huginn("capture", *self._words))
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "pipesize": 4096}
        with subprocess.Popen(command, cwd=ROOT, **pipes) as process:  # type: ignore[call-overload]
            assert process.stderr.readline().startswith(b"listening on cable, ")
            self.send(*frames)
            time.sleep(2)
            process.terminate()
            process.wait(TIMEOUT_S)
        self._kill_capture()  # starts it again
        self.send(*frames)

    def finish(self) -> None:
        """Wait until both receivers have all that is expected, and then nothing new for a while."""
        calm, known = 0, (-1, -1)
        while calm < (CALM if _missing(self) else 12):
            time.sleep(0.5)
            now = (len(self.mail.mails), len(self.hook.calls))
            calm, known = (calm + 1, known) if now == known else (0, now)
        self.capture.stop()
        self.alert.stop()
        assert self._wire.stdin is not None
        self._wire.stdin.close()
        self._wire.wait(TIMEOUT_S)


def _kind(event: dict[str, Any]) -> _Key:
    kind = str(event.get("change") or event["event"])
    if kind == "finding":
        return str(event["finding"]), str(event.get("finding_mac"))
    return ("address taken" if kind in _TAKEN else kind), str(event.get("mac"))


def _expected() -> set[_Key]:
    devices = [
        *(_mac(one) for one in range(1, DEVICES + 1)),
        *(_mac(one, 1) for one in range(UNREAD)),
        STRANGER,
    ]
    return {("device_new", one) for one in devices} | {
        ("new_dhcp_server", STRANGER),
        ("horizontal_scan", STRANGER),
    }


def _missing(office: Office) -> list[str]:
    """What is expected and is in no call or, of new devices, in no mail."""
    found = {_kind(event) for call in office.hook.documents for event in call["events"]}
    mailed = {mac for mail in office.mail.mails for mac in MAC.findall(mail.get_content())}
    devices = {mac for kind, mac in _expected() if kind == "device_new"}
    return [
        *(f"{key} is missing" for key in _expected() - found),
        *(f"{mac} is in no mail" for mac in devices - mailed),
    ]


def _faults(office: Office) -> Iterator[str]:
    yield from _missing(office)
    different: dict[str, str] = {}
    for call in office.hook.documents:
        text = json.dumps(call, sort_keys=True)
        if different.setdefault(call["id"], text) != text:
            yield f"message {call['id']} came twice with different contents"
    found = Counter(_kind(event) for text in different.values() for event in json.loads(text)["events"])
    if not any(kind == "address taken" for kind, _ in found):
        yield "the takeover is missing"
    for key, count in found.items():
        kind, mac = key
        if key in _expected() and count > 1:
            yield f"{key} came {count} times"
        is_flood = kind == "device_new" and mac.startswith("00:16:3f:")
        if key not in _expected() and not is_flood and kind not in ("address taken", "news_left_out"):
            yield f"{key} was not expected"
    for line in office.capture.texts().splitlines():
        total = json.loads(line)["total"] if line.startswith("{") and line.endswith("}") else {}
        if total.get("dropped_by_kernel") or total.get("dropped_by_ring"):
            yield f"packets were lost: {line}"
            return


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def live(folder: Path, seconds: float, kills: int, seed: int) -> tuple[dict[str, Any], list[str]]:
    """The results and faults of one hour."""
    with ExitStack() as stack:
        network = stack.enter_context(net.network(tagged=False, quiet=True))
        mail, hook = stack.enter_context(serving(Mailbox)), stack.enter_context(serving(Hook))
        stack.enter_context(_small_disk(folder / "disk"))
        office = Office(folder, network, mail, hook, seconds)
        try:
            office.hour(kills, random.Random(seed))
            office.unread()
            office.finish()
        finally:
            office.capture.process.kill()
            office.alert.process.kill()
        ids = [call["id"] for call in hook.documents]
        found = Counter(_kind(event)[0] for call in hook.documents for event in call["events"])
        result = {
            "mails": len(mail.mails),
            "mails_twice": len(mail.mails) - len({one["Message-ID"] for one in mail.mails}),
            "calls": len(ids),
            "calls_twice": len(ids) - len({*ids}),
            "events": dict(found),
            "starts": [office.capture.starts, office.alert.starts],
        }
        return result, [*_faults(office)]


def main() -> int:
    seconds, seed = (float(sys.argv[1]) if len(sys.argv) > 1 else 120.0), int([*sys.argv, "1", "1"][2])
    with tempfile.TemporaryDirectory() as folder:
        found, faults = live(Path(folder), seconds, KILLS, seed)
    return report(found, faults)


if __name__ == "__main__":
    sys.exit(main())
