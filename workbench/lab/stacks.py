"""Network stacks outside of kernels, each behind a TUN or TAP interface in its own namespace."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.lab import tools
from workbench.lab.agents import Agent
from workbench.lab.netns import PEER, SUBJECT, namespace
from workbench.lab.records import SignatureRecord, readable, record
from workbench.lab.settings import SWITCHES, features, without

HERE = Path(__file__).resolve().parent
PORT = "8080"
READY = "ready"
GO_MODULE = re.compile(r"gvisor\.dev/gvisor (\S+)")
CRATE = re.compile(r'name = "smoltcp"\nversion = "([^"]+)"')
ENDS = (PEER[0], PORT, PEER[1], PORT)


@dataclass(frozen=True, slots=True)
class Stack:
    """How a stack is built and started, and its command to connect."""

    name: str
    version: str
    program: tuple[str, ...]
    kind: str
    """The kind of interface: ``tun`` or ``tap``."""
    setting: str
    asks: tuple[str, ...] = ()
    """Lines on standard input that make it connect; without them it does so by itself."""


def measure(program: Path, folder: Path, names: list[str]) -> Iterator[SignatureRecord]:
    """Measure all installed stacks, or those in `names`."""
    makers = {"gvisor": _gvisor, "smoltcp": _smoltcp, "lwip": _lwip}
    for name, make in makers.items():
        if not names or name in names:
            for stack in make(folder / name):
                yield from _behind_an_interface(stack, program)
    if not names or "tools" in names:
        yield from tools.measure(program)
    if not names or "user-mode" in names:
        yield from _user_mode(program, folder)


def _gvisor(program: Path) -> Iterator[Stack]:
    if not _built("go", ["build", "-o", str(program), "."], HERE / "gvisor"):
        return
    version = GO_MODULE.findall((HERE / "gvisor" / "go.mod").read_text())[0]
    asks = (f"{PEER[0]} {PORT}", f"{PEER[1]} {PORT}")
    base = Stack("gVisor", version, (str(program), "stack"), "tun", "defaults of the stack", asks)
    yield base
    yield replace(base, program=(*base.program, "runsc"), setting="as runsc sets it")


def _smoltcp(folder: Path) -> Iterator[Stack]:
    if not _built("cargo", ["build", "--release", "--target-dir", str(folder)], HERE / "smoltcp"):
        return
    program = str(folder / "release" / "measure-smoltcp")
    version = CRATE.findall((HERE / "smoltcp" / "Cargo.lock").read_text())[0]
    for buffer in ("1024", "4096", "16384", "65535", "65536", "262144", "4194304"):
        words = (program, "stack", buffer, *ENDS)
        yield Stack("smoltcp", version, words, "tun", f"buffer of {buffer}")


def _lwip(program: Path) -> Iterator[Stack]:
    flags = "$(pkg-config --cflags --libs lwip) -lpthread"
    if not _built("sh", ["-c", f"cc -o {program} main.c {flags}"], HERE / "lwip"):
        return
    words = ("env", "PRECONFIGURED_TAPIF=stack", str(program), *ENDS)
    yield Stack("lwIP", tools.package_version("liblwip0"), words, "tap", "settings of Debian's library")


def _built(tool: str, words: list[str], folder: Path) -> bool:
    if shutil.which(tool) is None:
        print(f"  left out: {folder.name}: {tool} is absent")
        return False
    return subprocess.run([tool, *words], cwd=folder, check=False).returncode == 0


def _behind_an_interface(stack: Stack, program: Path) -> Iterator[SignatureRecord]:
    """Measure it as a client, and as a server for clients with every selection of features."""
    with namespace(program) as (name, agent):
        for words in (
            f"tuntap add stack mode {stack.kind}",
            "link set stack up",
            f"address add {PEER[0]}/24 dev stack",
            f"address add {PEER[1]}/64 dev stack nodad",
        ):
            agent.command("run", "ip", *words.split())
        agent.command("listen", PORT)
        with _begun(["ip", "netns", "exec", name, *stack.program], stack.asks):
            yield from _records(stack, agent, "request", stack.setting)
            for values in SWITCHES:
                agent.packets.clear()
                for switch, value in features(values).items():
                    agent.command("set", switch, value)
                for address in SUBJECT:
                    agent.command("connect", address, 80, 2000)
                setting = f"{stack.setting}, to a client {without(values)}"
                yield from _records(stack, agent, "response", setting)


def _records(stack: Stack, agent: Agent, direction: str, setting: str) -> Iterator[SignatureRecord]:
    for address in SUBJECT:
        for data in agent.wait_for_packet(address, direction):
            yield record(stack.name, stack.version, direction, data, setting)


@contextmanager
def _begun(command: list[str], asks: tuple[str, ...]) -> Iterator[None]:
    """Start a program that prints "ready"; it is killed afterwards."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            assert program.stdin is not None
            if program.stdout.readline().strip() != READY:
                raise OSError(f"{command}: did not begin")
            for line in asks:
                program.stdin.write(f"{line}\n")
                program.stdin.flush()
                program.stdout.readline()
            yield
        finally:
            program.kill()


# ---- networks in user mode, which answer for every server with their own stack ----------------------

GATEWAYS = ("10.0.2.2", "fd00::2")
GUEST = "10.0.2.100"
FORWARDED = 18080
BOOT_S = 40.0
IPXE_ROM = Path("/usr/lib/ipxe/qemu/pxe-e1000.rom")
SYN = 2


def _user_mode(program: Path, folder: Path) -> Iterator[SignatureRecord]:
    """Slirp through slirp4netns, then QEMU's own network with iPXE as guest; missing ones are left out."""
    server = tools.LoopbackServer()
    with server.socket, tools.LoopbackServer(server.port, "::1").socket:
        if shutil.which("slirp4netns"):
            yield from _slirp(program, folder / "slirp.socket", server.port)
        if shutil.which("qemu-system-x86_64") and IPXE_ROM.exists():
            yield from _ipxe(folder / "ipxe.pcap", server.port)


def _slirp(program: Path, control: Path, port: int) -> Iterator[SignatureRecord]:
    version = f"{tools.package_version('slirp4netns')}, libslirp {tools.package_version('libslirp0')}"
    with namespace(program) as (_, agent), ExitStack() as cleanup:
        words = ("--configure", "--enable-ipv6", "--mtu=1500", f"--api-socket={control}")
        command = ["slirp4netns", *words, str(agent.process.pid), "tap0"]
        cleanup.callback(
            _kill, subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        _wait(control.exists)
        time.sleep(3)  # its addresses appear only some time after the interface
        for values in SWITCHES:
            agent.packets.clear()
            for switch, value in features(values).items():
                agent.command("set", switch, value)
            for address in GATEWAYS:
                agent.command("connect", address, port, 2000)
                for data in agent.wait_for_packet(address, "response"):
                    yield from readable("slirp", version, "response", data, f"to a client {without(values)}")
        yield from _forwarded(agent, control, version)


def _forwarded(agent: Agent, control: Path, version: str) -> Iterator[SignatureRecord]:
    """A connection from outside, which slirp opens anew towards its guest."""
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
        for data in agent.wait_for_packet(GATEWAYS[0], "request"):
            yield from readable("slirp", version, "request", data, "a forwarded port")


def _ipxe(capture: Path, port: int) -> Iterator[SignatureRecord]:
    """IPXE in QEMU fetches a file over HTTP; QEMU's own network answers."""
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
            yield from readable("iPXE", tools.package_version("ipxe-qemu"), direction, data, "HTTP, IPv4")
        else:
            version = tools.package_version("qemu-system-x86")
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
    """The frames of a little-endian pcap file as QEMU writes it."""
    at = 24
    while at + 16 <= len(data):
        length = int.from_bytes(data[at + 8 : at + 12], "little")
        yield data[at + 16 : at + 16 + length]
        at += 16 + length


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + BOOT_S
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
