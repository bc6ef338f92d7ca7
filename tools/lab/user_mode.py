"""Networks in user mode, which answer for every server with their own stack."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

from tools.lab.agents import Agent
from tools.lab.netns import namespace
from tools.lab.records import SignatureRecord, readable
from tools.lab.settings import SWITCHES, features, without
from tools.lab.tools import package_version

GATEWAYS = ("10.0.2.2", "fd00::2")
GUEST = "10.0.2.100"
FORWARDED = 18080
BOOT_S = 40.0
IPXE_ROM = Path("/usr/lib/ipxe/qemu/pxe-e1000.rom")
SYN = 2


def measure(program: Path, folder: Path) -> Iterator[SignatureRecord]:
    """Slirp by way of slirp4netns, then QEMU's own with iPXE as its guest; what is absent is left out."""
    with _servers() as port:
        if shutil.which("slirp4netns"):
            yield from _slirp(program, folder / "slirp.socket", port)
        if shutil.which("qemu-system-x86_64") and IPXE_ROM.exists():
            yield from _ipxe(folder / "ipxe.pcap", port)


def _slirp(program: Path, control: Path, port: int) -> Iterator[SignatureRecord]:
    version = f"{package_version('slirp4netns')}, libslirp {package_version('libslirp0')}"
    with namespace(program) as (_, agent), ExitStack() as cleanup:
        words = ("--configure", "--enable-ipv6", "--mtu=1500", f"--api-socket={control}")
        command = ["slirp4netns", *words, str(agent.process.pid), "tap0"]
        cleanup.callback(
            _kill, subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        _wait(control.exists)
        time.sleep(3)  # its addresses need a while after the interface is there
        for values in SWITCHES:
            agent.packets.clear()
            for switch, value in features(values).items():
                agent.command("set", switch, value)
            for address in GATEWAYS:
                agent.command("connect", address, port, 2000)
                for data in dict.fromkeys(agent.wait_for_packet(address, "response")):
                    yield from readable("slirp", version, "response", data, f"to a client {without(values)}")
        yield from _forwarded(agent, control, version)


def _forwarded(agent: Agent, control: Path, version: str) -> Iterator[SignatureRecord]:
    """A connection from outside, which slirp opens again towards its guest."""
    agent.command("listen", 80)
    agent.packets.clear()
    ends = {"proto": "tcp", "host_addr": "127.0.0.1", "host_port": FORWARDED, "guest_addr": GUEST}
    with socket.socket(socket.AF_UNIX) as talk:
        talk.connect(str(control))
        request = {"execute": "add_hostfwd", "arguments": {**ends, "guest_port": 80}}
        talk.sendall(json.dumps(request).encode())
        talk.shutdown(socket.SHUT_WR)
        talk.recv(1000)
    with socket.create_connection(("127.0.0.1", FORWARDED), timeout=5):
        for data in dict.fromkeys(agent.wait_for_packet(GATEWAYS[0], "request")):
            yield from readable("slirp", version, "request", data, "a forwarded port")


def _ipxe(capture: Path, port: int) -> Iterator[SignatureRecord]:
    """IPXE in QEMU fetches a file by HTTP; QEMU's own network answers."""
    network = f"user,id=cable,bootfile=http://{GATEWAYS[0]}:{port}/"
    command = [
        *("qemu-system-x86_64", "-m", "256", "-vga", "std", "-display", "none", "-boot", "n"),
        *("-netdev", network, "-device", f"e1000,netdev=cable,romfile={IPXE_ROM}"),
        *("-object", f"filter-dump,id=dump,netdev=cable,file={capture}"),
    ]
    machine = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(lambda: len(list(_opening(capture))) > 1)
    finally:
        _kill(machine)
    for data in dict.fromkeys(_opening(capture)):
        direction = "response" if data[(data[0] & 15) * 4 + 13] & 0x10 else "request"
        if direction == "request":
            yield from readable("iPXE", package_version("ipxe-qemu"), direction, data, "HTTP, IPv4")
        else:
            version = package_version("qemu-system-x86")
            yield from readable("QEMU user network", version, direction, data, "to iPXE")


def _opening(capture: Path) -> Iterator[bytes]:
    """SYNs and SYN+ACKs over IPv4 in a capture of Ethernet frames that is still being written."""
    if not capture.exists() or capture.stat().st_size < 24:
        return
    for frame in _frames(capture.read_bytes()):
        data = frame[14:]
        if frame[12:14] == b"\x08\x00" and data[9] == 6 and data[(data[0] & 15) * 4 + 13] & SYN:
            yield data


def _frames(data: bytes) -> Iterator[bytes]:
    """The frames of a little-endian pcap, as QEMU writes it."""
    at = 24
    while at + 16 <= len(data):
        length = int.from_bytes(data[at + 8 : at + 12], "little")
        yield data[at + 16 : at + 16 + length]
        at += 16 + length


@contextmanager
def _servers() -> Iterator[int]:
    """Something that accepts and closes, on the loopback of this machine over both versions of IP."""
    plain = socket.create_server(("127.0.0.1", 0))
    port = plain.getsockname()[1]
    wide = socket.create_server(("::1", port), family=socket.AF_INET6)
    with plain, wide:
        for listener in (plain, wide):
            Thread(target=_accept, args=(listener,), daemon=True).start()
        yield port


def _accept(listener: socket.socket) -> None:
    while True:
        try:
            listener.accept()[0].close()
        except OSError:
            return


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + BOOT_S
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
