"""Network stacks that are no kernel's: each behind a TUN or TAP interface in its own namespace."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tools.lab import tools, user_mode
from tools.lab.agents import Agent
from tools.lab.netns import PEER, SUBJECT, namespace
from tools.lab.records import SignatureRecord, record
from tools.lab.settings import SWITCHES, features, without

HERE = Path(__file__).resolve().parent
PORT = "8080"
READY = "ready"
GO_MODULE = re.compile(r"gvisor\.dev/gvisor (\S+)")
CRATE = re.compile(r'name = "smoltcp"\nversion = "([^"]+)"')
ENDS = (PEER[0], PORT, PEER[1], PORT)


@dataclass(frozen=True, slots=True)
class Stack:
    """How a stack is built and started, and the command to connect."""

    name: str
    version: str
    program: tuple[str, ...]
    kind: str
    """Of its interface: ``tun`` or ``tap``."""
    setting: str
    asks: tuple[str, ...] = ()
    """Lines on standard input that make it connect; without them it does so by itself."""


def measure(program: Path, folder: Path, names: list[str]) -> Iterator[SignatureRecord]:
    """All that is installed, or those named."""
    makers = {"gvisor": _gvisor, "smoltcp": _smoltcp, "lwip": _lwip}
    for name, make in makers.items():
        if not names or name in names:
            for stack in make(folder / name):
                yield from _behind_an_interface(stack, program)
    if not names or "tools" in names:
        yield from tools.measure(program)
    if not names or "user-mode" in names:
        yield from user_mode.measure(program, folder)


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
    """What it sends as a client, and as a server to clients with every choice of features."""
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
        for data in dict.fromkeys(agent.wait_for_packet(address, direction)):
            yield record(stack.name, stack.version, direction, data, setting)


@contextmanager
def _begun(command: list[str], asks: tuple[str, ...]) -> Iterator[None]:
    """A program that prints "ready", and is killed afterwards."""
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
