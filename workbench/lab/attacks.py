"""A network under attack, guarded by one command: python -m workbench.lab.attacks [SECONDS] [SEED]

Needs root: makes a network namespace with a cable. ``huginn guard`` watches it with mail, webhook and MQTT.
Three attackers take addresses of the gateway and of hosts (by ARP, Neighbor Discovery and packets), or act
as DHCP servers and routers, each time with another MAC. Meanwhile forged names scan, new MACs come, and texts
of devices are those which filters refuse. Mail server and webhook stall, lie and refuse in turns; each
accepts messages while the other one does not, and the broker does nothing else than that. The programs of
``guard`` are killed. A takeover must be in each receiver that accepts messages within ten seconds (`DUE_S`)
after its first frame, or after the receiver begins to accept, and once. Prints the results as JSON, and exits
with 1 after a fault.
"""

from __future__ import annotations

import json
import os
import random
import re
import socket
import socketserver
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from ipaddress import IPv4Address
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from tests.support.devices import dhcp, neighbor
from tests.support.devices.arp import arp
from tests.support.devices.made import datagram
from tests.support.devices_sample import ADDRESS, ANSWER, TEXT, resource
from tests.support.hostile_receivers import MAIL_SERVERS, WEBHOOKS, Changing
from tests.support.packets import Ip4, Ip6, Tcp, packet
from tests.support.processes import ROOT, huginn
from tests.support.receivers import Hook, Mailbox
from tests.support.tunnels import UDP
from workbench.lab.outcome import report

HOSTS, DUE_S, REPEAT_S, CALM_S = 20, 10.0, 12, 20.0
GATEWAY = "00:16:3e:00:00:01"
TEST_OF_FILTERS = b"XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
TEXTS = (TEST_OF_FILTERS, b"=?utf-8?q?=0ABcc:_x?=", b"[x](https://evil.example)@channel", b"\xff\x00\n.\r\n")
MAC = re.compile(r"\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b")
_TAKEN = frozenset(("address_moved", "address_claimed", "address_conflict", "new_dhcp_server", "new_router"))
_CABLE = """
ip link set lo up && ip link add va type veth peer name vb && ip link set va address 00:16:3e:00:0c:01
for one in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 >$one; done
ip link set va up && ip link set vb up promisc on
"""


class _Takeover(NamedTuple):
    began: float
    what: str
    mac: str


class _Receiver:
    """A receiver, with its times of acceptance, and when it got which message."""

    def __init__(self, server: Changing) -> None:
        self.server = server
        self.begins, self.ends = [0.0], list[float]()
        self.arrived: list[tuple[float, frozenset[str]]] = []
        """When each message came, and the MACs in it."""

    def change(self, mode: str) -> None:
        if bool(mode) != bool(self.server.mode):
            (self.ends if mode else self.begins).append(time.monotonic())
        self.server.change(mode)

    def look(self) -> None:
        """Note what came since the last look."""
        texts = [mail.get_content() for mail in self.server.mails[len(self.arrived) :]]
        texts += [body.decode() for _, body in self.server.calls[len(self.arrived) :]]
        self.arrived += [(time.monotonic(), frozenset(MAC.findall(text))) for text in texts]

    def due(self, takeover: _Takeover) -> float | None:
        """When it must have it, unless it never accepts messages for long enough."""
        for begin, end in zip(self.begins, [*self.ends, float("inf")], strict=False):
            due = max(begin, takeover.began) + DUE_S
            if due < end:
                return due
        return None


class _Broker(socketserver.BaseRequestHandler):
    """Stands in the place of the user's broker."""

    def handle(self) -> None:
        answers = (
            b"\x20\x02\0\0",
            b"\x20\x02\0\x05",
            b"",
            b"\xff",
            b"\x20\x02\0\0\x31\xff\xff\xff\x7f",
            b"\x34\x02",
        )
        with suppress(OSError):
            self.request.recv(4096)
            self.request.sendall(random.choice(answers))
            self.request.settimeout(random.uniform(0.1, 5))
            while self.request.recv(1 << 16):
                pass


class _Filter(Mailbox):
    """Refuses a text for good, as a filter of a mail server does."""

    def answer(self, data: bytes) -> bytes:
        return b"554 5.7.1 spam\r\n" if b"GTUBE" in data.replace(b"=\r\n", b"") else b"250 ok\r\n"


def _mac(group: int, number: int) -> str:
    return f"00:16:3e:{group:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"


def _uses(number: int, mac: str, *, is_6: bool = False, data: bytes = b"any") -> bytes:
    """A packet from a host's address."""
    around: Ip4 | Ip6 = Ip4(f"10.92.0.{number}", "10.92.0.99", protocol=UDP)
    if is_6:
        around = Ip6(f"2001:db8::{number:x}", "2001:db8::99", protocol=UDP)
    return datagram(data, 40_000, 40_001, ip=around, mac=mac)


def _lease(kind: int, mac: str, server: str) -> bytes:
    """A message of a DHCP server, which states itself as the gateway."""
    own = IPv4Address(server).packed
    options = (dhcp.option(54, own), dhcp.option(3, own), dhcp.option(51, b"\0\0\x0e\x10"))
    data = dhcp.message(*options, kind=kind, op=2, yiaddr="10.92.0.20", mac=_mac(0, 20))
    return dhcp.from_server(data, mac=mac, source=server)


def _model(number: int, mac: str, text: bytes) -> bytes:
    """An mDNS answer of a printer with this model."""
    pairs = b"".join(bytes((len(pair),)) + pair for pair in (b"ty=" + text, b"usb_MDL=" + text))
    own = f"10.92.0.{number}"
    records = resource("P._ipp._tcp.local", TEXT, pairs) + resource(
        "p.local", ADDRESS, IPv4Address(own).packed
    )
    data = struct.pack("!HHHHHH", 0, ANSWER, 0, 2, 0, 0) + records
    return datagram(data, 5353, 5353, ip=Ip4(own, "224.0.0.251", ttl=255, protocol=UDP), mac=mac)


class Siege:
    """The cable, what is on it, and the receivers."""

    def __init__(self, store: Path, mail: _Receiver, hook: _Receiver, seed: int) -> None:
        self._draw, self._store = random.Random(seed), store
        self._receivers = (mail, hook)
        self._wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        self._wire.bind(("va", 0))
        self._now: list[tuple[float, bytes]] = []
        """Frames of attackers that are repeated, with the times of their ends."""
        self.takeovers: list[_Takeover] = []
        self.kills = self.frames = self._ticks = 0
        self._loads: list[tuple[float, float]] = []
        """Times and loads of this machine: behind others, the programs come late."""

    def send(self, *frames: bytes) -> None:
        for one in frames:
            with suppress(OSError):  # the queue of the cable is full for a moment
                self._wire.send(one)
                self.frames += 1

    def tick(self, *, is_noisy: bool = True) -> None:
        """A second."""
        end = time.monotonic() + 1
        tick = self._ticks = self._ticks + 1
        self._loads.append((end, os.getloadavg()[0]))
        for one in range(1, HOSTS + 1):
            own = GATEWAY if one == 1 else _mac(0, one)
            self.send(
                arp(f"10.92.0.{one}", "10.92.0.99", mac=own), _uses(one, own), _uses(one, own, is_6=True)
            )
        prefix = neighbor.prefix_option("2001:db8::/64")
        self.send(_lease(dhcp.ACK, GATEWAY, "10.92.0.1"), neighbor.route(prefix, mac=GATEWAY))
        self._now = [one for one in self._now if one[0] > time.monotonic()]
        self.send(*(frame for _, frame in self._now))
        if is_noisy:
            self._noise(tick)
        while time.monotonic() < end:
            time.sleep(0.1)
            for receiver in self._receivers:
                receiver.look()

    def _noise(self, tick: int) -> None:
        """Forged scans, new MACs, and texts that filters refuse."""
        for one in range(10):
            around = Ip4(f"11.0.{tick % 250}.{one}", f"10.92.1.{tick % 200}", ttl=60)
            for target in range(40):
                syn = packet(Ip4(around.source, f"10.92.1.{target}"), Tcp(dport=445, sport=40_000 + target))
                self.send(bytes.fromhex("00163e00000100163ea00001") + b"\x08\0" + syn)
        for one in range(3):
            new = _mac(0xB0, 3 * tick + one)
            self.send(arp(f"10.92.{2 + tick % 250}.{one}", "10.92.0.1", mac=new))
            self.send(_model(200 + one, new, self._draw.choice(TEXTS)))

    def attack(self) -> None:
        """A takeover by one of the attackers."""
        number = len(self.takeovers)
        mac, victim = _mac(0xA0 + number % 3, number), self._draw.randrange(2, HOSTS + 1)
        text = self._draw.choice(TEXTS)
        what, frame = self._draw.choice(
            (
                ("gateway", arp("10.92.0.1", "10.92.0.7", mac=mac, operation=2)),
                ("gateway's packets", _uses(1, mac)),
                ("IPv6 gateway", neighbor.advertise("fe80::1", mac=mac)),
                ("host", _uses(victim, mac)),
                ("IPv6 host", _uses(victim, mac, is_6=True)),
                ("text of a filter", _model(victim, mac, text)),
                ("DHCP server", _lease(dhcp.OFFER, mac, f"10.92.0.{100 + number % 100}")),
                ("router", neighbor.route(source=f"fe80::{number + 16:x}", mac=mac)),
            )
        )
        now = time.monotonic()
        self.takeovers.append(_Takeover(now, what, mac))
        self._now.append((now + REPEAT_S, frame))
        self.send(frame)

    def kill(self) -> None:
        """Kill one of the programs of guard, which starts it again."""
        self.kills += 1
        program = ("capture", "alert")[self.kills % 2]
        subprocess.run(["pkill", "-9", "-f", f"huginn_cffi {program} .*{self._store}"], check=False)

    def last(self, seconds: float) -> None:
        """All attacks. Receivers change in phases, and programs are killed now and then."""
        for _ in range(5):
            self.tick(is_noisy=False)
        mail, hook = self._receivers
        modes = [(mail, one) for one in MAIL_SERVERS] + [(hook, one) for one in WEBHOOKS]
        self._draw.shuffle(modes)
        begin, phase, killed = time.monotonic(), -1, time.monotonic()
        length = max(DUE_S + 6, seconds / len(modes))
        while (now := time.monotonic()) < begin + seconds:
            if int((now - begin) / length) != phase:
                phase = int((now - begin) / length)
                one, mode = modes[phase % len(modes)]
                for other in self._receivers:
                    other.change(mode if other is one else "")
            if self._ticks % 4 == 0:
                self.attack()
            if now - killed > min(70, seconds / 3):
                killed = now
                self.kill()
            self.tick()
        for one in self._receivers:
            one.change("")
        end = time.monotonic() + CALM_S
        while time.monotonic() < end:
            self.tick(is_noisy=False)

    def faults(self) -> Iterator[str]:
        """What came too late, not, or twice."""
        for of, receiver in zip(("mail", "webhook"), self._receivers, strict=True):
            for one in self.takeovers:
                due, at = receiver.due(one), self.arrival(receiver, one)
                if due is not None and (at is None or at > due):
                    late = "missing" if at is None else f"{at - due:.1f} s late"
                    since = max(begin for begin in receiver.begins if begin <= due - DUE_S)
                    load = next((load for when, load in self._loads if when >= due), 0.0)
                    yield (
                        f"{of}: {one.what} by {one.mac} is {late}; accepts since {since - one.began:+.1f} s, "
                        f"load {load:.1f}"
                    )
        found: Counter[str] = Counter()
        messages = {call["id"]: call for call in self._receivers[1].server.documents}
        for message in messages.values():
            found.update(json.dumps(event, sort_keys=True) for event in message["events"])
        yield from (f"came {count} times: {event}" for event, count in found.items() if count > 1)

    @staticmethod
    def arrival(receiver: _Receiver, takeover: _Takeover) -> float | None:
        """When a message with this takeover came."""
        return next((at for at, macs in receiver.arrived if takeover.mac in macs), None)


def live(folder: Path, seconds: float, seed: int) -> tuple[dict[str, Any], list[str]]:
    """The results and faults."""
    subprocess.run(_CABLE, shell=True, check=True)
    with ExitStack() as stack:
        servers = [stack.enter_context(Changing(kind)) for kind in (_Filter, Hook)]
        broker = stack.enter_context(socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Broker))
        broker.daemon_threads = True
        for one in (*servers, broker):
            Thread(target=one.serve_forever, daemon=True).start()
            stack.callback(one.shutdown)
        mail, hook = map(_Receiver, servers)
        servers[1].status = lambda body: 403 if b"GTUBE" in body else 204
        store = folder / "siege.sqlite"
        words = huginn("guard", "vb", "--mail-to", "me@example.org", "--store", str(store), "--learn", "1")
        own = {
            "SMTP": f"smtp://127.0.0.1:{servers[0].port}",
            "WEBHOOK": f"http://127.0.0.1:{servers[1].port}/",
        }
        own["MQTT"] = f"mqtt://127.0.0.1:{broker.server_address[1]}"
        errors = stack.enter_context((folder / "guard.err").open("w+"))
        process = subprocess.Popen(words, cwd=ROOT, env={**os.environ, **own}, stderr=errors)
        stack.callback(process.kill)
        siege = Siege(store, mail, hook, seed)
        while "listening on vb" not in (folder / "guard.err").read_text():
            time.sleep(0.1)
        siege.last(seconds)
        memory = {name: _resident(f"huginn_cffi {name} .*{store}") for name in ("capture", "alert")}
        process.terminate()
        begin = time.monotonic()
        status = process.wait(60)
        arrivals = {
            of: sorted(
                at - max(0, one.began) for one in siege.takeovers if (at := siege.arrival(receiver, one))
            )
            for of, receiver in (("mail", mail), ("webhook", hook))
        }
        result = {
            "takeovers": dict(Counter(one.what for one in siege.takeovers)),
            "seconds_from_frame": {of: _shares(found) for of, found in arrivals.items()},
            "never_due": {
                of: sum(one.due(takeover) is None for takeover in siege.takeovers)
                for of, one in (("mail", mail), ("webhook", hook))
            },
            "messages": [len(mail.arrived), len(hook.arrived)],
            "kills": siege.kills,
            "frames": siege.frames,
            "memory_mb": memory,
            "end_s": round(time.monotonic() - begin, 1),
        }
        text = (folder / "guard.err").read_text()
        more = [f"status {status}"] * (status != 0) + ["a traceback"] * ("Traceback" in text)
        result["said"] = len(text.splitlines())
        return result, [*siege.faults(), *more]


def _resident(pattern: str) -> int:
    found = subprocess.run(["pgrep", "-f", pattern], capture_output=True, text=True).stdout.split()
    status = Path(f"/proc/{found[0]}/status").read_text() if found else "VmRSS: 0"
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) // 1024


def _shares(found: list[float]) -> list[float]:
    """The median, and what 90 % and 99 % are not above."""
    at = (min(len(found) - 1, len(found) * share // 100) for share in (50, 90, 99))
    return [round(found[one], 1) for one in at] if found else []


def main() -> int:
    if os.environ.get("IN_NAMESPACE") != "1":
        words = ["unshare", "--net", "--mount", sys.executable, "-m", "workbench.lab.attacks", *sys.argv[1:]]
        return subprocess.run(words, env={**os.environ, "IN_NAMESPACE": "1"}, check=False).returncode
    seconds, seed = (float(sys.argv[1]) if len(sys.argv) > 1 else 3600.0), int([*sys.argv, "1", "1"][2])
    with tempfile.TemporaryDirectory() as folder:
        found, faults = live(Path(folder), seconds, seed)
        if faults:
            print((Path(folder) / "guard.err").read_text()[-9000:], file=sys.stderr)
    return report(found, faults)


if __name__ == "__main__":
    sys.exit(main())
