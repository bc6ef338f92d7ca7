"""Test networks: two network namespaces with a cable, or a namespace and a virtual machine.

Everything is removed afterwards, even after errors. Needs root and iproute2; virtual machines also need QEMU
and a static busybox.
"""

from __future__ import annotations

import lzma
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.support.network import inside, ip
from workbench.lab.agents import Agent, CommandError, running

SUBJECT = ("192.0.2.1", "2001:db8::1")
PEER = ("192.0.2.2", "2001:db8::2")
LOOPBACK = ("127.0.0.1", "::1")

BUSYBOX = Path("/bin/busybox")
MODULES = (
    *("virtio", "virtio_ring", "virtio_pci_modern_dev", "virtio_pci_legacy_dev", "virtio_pci"),
    *("failover", "net_failover", "virtio_net"),
)
"""Modules of Debian's kernel for QEMU's network card, in the order of loading."""

MTU = 1500
WIDEST = 65500
_numbers = count()


@dataclass(frozen=True, slots=True)
class Room:
    """A subject that is measured, and its peer."""

    subject: Agent
    peer: Agent
    ip: tuple[str, ...]
    """The program ip(8) where the subject runs, as words for the agent's ``run``."""
    cable: str
    """The subject's interface; in another namespace it is called ``cable``."""

    def set_mtu(self, mtu: int) -> None:
        """Set the MTU at both ends of the cable. Below 1280 they lose IPv6 and regain it above."""
        self.subject.command("run", *self.ip, "link", "set", self.cable, "mtu", mtu)
        ends = [(self.subject, self.ip, self.cable)]
        if self.peer is not self.subject:
            self.peer.command("run", "ip", "link", "set", "cable", "mtu", mtu)
            ends.append((self.peer, ("ip",), "cable"))
        for agent, program, cable in ends:
            address = f"{agent.addresses[1]}/64" if cable != "lo" else f"{LOOPBACK[1]}/128"
            with suppress(CommandError):
                agent.command("set", f"net.ipv6.conf.{cable}.accept_dad", 0)
                agent.command("run", *program, "address", "add", address, "dev", cable)


@contextmanager
def two_namespaces(program: Path) -> Iterator[Room]:
    """Two namespaces of the running kernel, connected by a pair of virtual Ethernet interfaces."""
    with ExitStack() as cleanup:
        names = [_namespace(cleanup), _namespace(cleanup)]
        ends = ("cable", "mtu", str(MTU), "netns", names[0])
        ip("link", "add", *ends, "type", "veth", "peer", "name", "cable", "mtu", str(MTU), "netns", names[1])
        hands = []
        for name, addresses in zip(names, (SUBJECT, PEER), strict=True):
            _lay(name, addresses)
            hands.append(cleanup.enter_context(running(inside(name, [str(program)]), addresses)))
        yield Room(*hands, ("ip",), "cable")


@contextmanager
def loopback(program: Path) -> Iterator[Room]:
    """One namespace whose kernel connects to itself."""
    with namespace(program, LOOPBACK) as (_, agent):
        yield Room(agent, agent, ("ip",), "lo")


@contextmanager
def namespace(program: Path, addresses: tuple[str, str] = PEER) -> Iterator[tuple[str, Agent]]:
    """One namespace with an agent, for programs with their own stack."""
    with ExitStack() as cleanup:
        name = _namespace(cleanup)
        ip("-n", name, "link", "set", "lo", "up")
        yield name, cleanup.enter_context(running(inside(name, [str(program)]), addresses))


@contextmanager
def virtual_machine(
    program: Path, kernel: Path, modules: Path, folder: Path, memory: int
) -> Iterator[list[Room]]:
    """A kernel in QEMU with `memory` MB, whose first process is the agent, connected to a namespace here.

    `modules` is a folder with the kernel's modules, at any depth. The second room is the machine's loopback,
    and the only one if there is no driver for the network card.
    """
    loaded = _modules(modules)
    image = folder / "initramfs"
    image.write_bytes(_initramfs(program, loaded))
    with ExitStack() as cleanup:
        name = _namespace(cleanup)
        ip("-n", name, "tuntap", "add", "cable", "mode", "tap")
        _lay(name, PEER)
        ip("-n", name, "link", "set", "cable", "mtu", str(WIDEST))
        peer = cleanup.enter_context(running(inside(name, [str(program)]), PEER))
        machine = inside(name, _qemu(kernel, image, folder, memory))
        subject = cleanup.enter_context(running(machine, SUBJECT))
        busybox = (str(BUSYBOX), "ip")
        subject.command("run", *busybox, "link", "set", "lo", "up")
        rooms = []
        if any(module.startswith("virtio_net") for module, _ in loaded):
            subject.command("run", *busybox, "link", "set", "eth0", "up")
            subject.command("run", *busybox, "address", "add", f"{SUBJECT[0]}/24", "dev", "eth0")
            subject.command("set", "net.ipv6.conf.eth0.accept_dad", 0)
            subject.command("run", *busybox, "address", "add", f"{SUBJECT[1]}/64", "dev", "eth0")
            rooms.append(Room(subject, peer, busybox, "eth0"))
        rooms.append(Room(subject, subject, busybox, "lo"))
        yield rooms


def _namespace(cleanup: ExitStack) -> str:
    name = f"hg-measure-{os.getpid()}-{next(_numbers)}"
    ip("netns", "add", name)
    cleanup.callback(ip, "netns", "del", name)
    return name


def _lay(name: str, addresses: tuple[str, str]) -> None:
    here = ("-n", name)
    ip(*here, "link", "set", "lo", "up")
    ip(*here, "link", "set", "cable", "up")
    ip(*here, "address", "add", f"{addresses[0]}/24", "dev", "cable")
    ip(*here, "address", "add", f"{addresses[1]}/64", "dev", "cable", "nodad")


def _qemu(kernel: Path, image: Path, folder: Path, memory: int) -> list[str]:
    """Start the machine. The console is written to a file; the second serial line is the agent's."""
    return [
        *("qemu-system-x86_64", "-m", str(memory), "-no-reboot"),
        *("-nodefaults", "-display", "none", "-kernel", str(kernel), "-initrd", str(image)),
        *("-append", "console=ttyS0 panic=-1 quiet"),
        *("-serial", f"file:{folder / 'console'}", "-serial", "stdio"),
        *("-netdev", "tap,id=cable,ifname=cable,script=no,downscript=no"),
        *("-device", f"virtio-net-pci,netdev=cable,romfile=,host_mtu={WIDEST}"),
    ]


def _modules(folder: Path) -> list[tuple[str, bytes]]:
    found = []
    for name in MODULES:
        for path in folder.rglob(f"{name}.ko*"):
            data = path.read_bytes()
            found.append((f"{name}.ko", lzma.decompress(data) if path.suffix == ".xz" else data))
    return found


def _initramfs(agent: Path, modules: list[tuple[str, bytes]]) -> bytes:
    """A cpio archive ("newc" format) that the kernel unpacks as its first file system."""
    folders, program = 0o040755, 0o100755
    files = [(name, folders, b"") for name in ("proc", "sys", "dev", "bin", "modules")]
    files += [("init", program, agent.read_bytes()), ("bin/busybox", program, BUSYBOX.read_bytes())]
    files += [(f"modules/{name}", program, data) for name, data in modules]
    files += [("modules/order", program, " ".join(name for name, _ in modules).encode())]
    files += [("TRAILER!!!", 0, b"")]
    archive = bytearray()
    for number, (name, mode, data) in enumerate(files, 1):
        encoded = name.encode() + b"\0"
        values = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(encoded), 0)
        archive += b"070701" + "".join(f"{value:08x}" for value in values).encode() + encoded
        archive += b"\0" * (-len(archive) % 4) + data
        archive += b"\0" * (-len(archive) % 4)
    return bytes(archive)
