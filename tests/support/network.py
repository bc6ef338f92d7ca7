"""Two network namespaces with a cable (a veth pair) between them."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import needs

TIMEOUT_S = 60
VLAN, VLAN_NAME = 5, "cable.5"
TAGGING = Path(__file__).with_name("tagging.py")

SERVER_ADDRESSES = SERVER_IP4, SERVER_IP6, SERVER_VLAN_IP4 = "10.90.0.2", "fd00:90::2", "10.91.0.2"
CLIENT_ADDRESSES = CLIENT_IP4, CLIENT_IP6, CLIENT_VLAN_IP4 = "10.90.0.1", "fd00:90::1", "10.91.0.1"

FAR = {4: "10.92.0.2", 6: "fd00:92::2"}
ROUTER = {4: "10.92.0.1", 6: "fd00:92::1"}
"""By IP version."""

SERVER = """
import socket, threading
def echo(talk):
    while data := talk.recv(100):
        talk.sendall(data)
def serve(listener):
    while True:
        threading.Thread(target=echo, args=(listener.accept()[0],), daemon=True).start()
listeners = [socket.create_server(("0.0.0.0", 80)), socket.create_server(("::", 81), family=socket.AF_INET6)]
for listener in listeners:
    threading.Thread(target=serve, args=(listener,), daemon=True).start()
print("ready", flush=True)
input()
"""

CLIENT = """
import socket, sys, time
for address in sys.argv[1:]:
    with socket.create_connection((address, 81 if ":" in address else 80), timeout=5) as talk:
        for _ in range(4):
            talk.sendall(b"x")
            talk.recv(1)
            time.sleep(0.03)
"""
"""Writes for longer than the 25 ms that an uptime takes."""


@dataclass(frozen=True, slots=True)
class Network:
    """Namespaces ``client`` and ``server``; the interface is called ``cable`` in both.

    Its addresses are those above; ``cable.5`` is a VLAN interface on it.
    """

    client: str
    server: str

    def connect(self, *addresses: str) -> None:
        """Open a connection to each address and talk over it; the kernels do the rest."""
        with running(inside(self.server, [sys.executable, "-c", SERVER])):
            command = [sys.executable, "-c", CLIENT, *addresses]
            subprocess.run(inside(self.client, command), check=True, timeout=TIMEOUT_S)


def unique() -> str:
    """A word for names that an ended run may have left behind, or another run may use now."""
    return secrets.token_hex(4)


def inside(namespace: str, command: list[str]) -> list[str]:
    """`command` as run in a namespace."""
    return [needs.program("ip", "iproute2"), "netns", "exec", namespace, *command]


def ip(*words: str) -> None:
    """Run ip(8). Skip the test if root lacks the right, as in an ordinary container."""
    command = [needs.program("ip", "iproute2"), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S)
    if done.returncode != 0:
        reason = f"ip {' '.join(words)}: {done.stderr.strip()}"
        if "Operation not permitted" in done.stderr:
            needs.forbidden(reason)
        raise OSError(reason)


def silence(namespace: str) -> None:
    """Take IPv6 from the cable, which speaks of groups and neighbours by itself."""
    command = ["sh", "-c", "for f in /proc/sys/net/ipv6/conf/cable*/disable_ipv6; do echo 1 >$f; done"]
    subprocess.run(inside(namespace, command), check=True, timeout=TIMEOUT_S)


@contextmanager
def network(mtu: int = 1500, *, tagged: bool = True, quiet: bool = False) -> Iterator[Network]:
    """Make both namespaces and the cable; all are gone afterwards, whatever happened.

    Without `tagged` there is no VLAN interface: where a program is one, each frame costs its time. `quiet`
    kernels say nothing themselves.
    """
    needs.root()
    word = unique()
    made = Network(f"hg-client-{word}", f"hg-server-{word}")
    with ExitStack() as cleanup:
        for name in (made.client, made.server):
            try:
                ip("netns", "add", name)
            except OSError as error:
                needs.missing(f"network namespaces cannot be made: {error}")
            cleanup.callback(ip, "netns", "del", name)
        _lay_cable(made, mtu, cleanup if tagged else None)
        for name in (made.client, made.server) if quiet else ():
            silence(name)
        yield made


@contextmanager
def routed() -> Iterator[tuple[Network, str]]:
    """As `network`, but the namespace of the server is a router. Also the name of a third one behind it."""
    with network(tagged=False) as made:
        far = f"{made.server}-far"
        ip("netns", "add", far)
        try:
            ip("-n", made.server, "link", "add", "far", "type", "veth", "peer", "name", "cable", "netns", far)
            for namespace, name in ((made.server, "far"), (far, "cable"), (far, "lo")):
                ip("-n", namespace, "link", "set", name, "up")
            for version, bits in ((4, 24), (6, 64)):
                near, client = SERVER_ADDRESSES[version == 6], CLIENT_ADDRESSES[version == 6]
                more = ("nodad",) if version == 6 else ()
                ip("-n", made.server, "address", "add", f"{ROUTER[version]}/{bits}", "dev", "far", *more)
                ip("-n", far, "address", "add", f"{FAR[version]}/{bits}", "dev", "cable", *more)
                ip("-n", far, "route", "add", client, "via", ROUTER[version])
                ip("-n", made.client, "route", "add", FAR[version], "via", near)
            for key in ("net/ipv4/ip_forward", "net/ipv6/conf/all/forwarding"):
                subprocess.run(inside(made.server, ["sh", "-c", f"echo 1 > /proc/sys/{key}"]), check=True)
            yield made, far
        finally:
            ip("netns", "del", far)


def _lay_cable(made: Network, mtu: int, cleanup: ExitStack | None) -> None:
    ends = ("cable", "mtu", str(mtu), "netns")
    peer = ("peer", "name", "cable", "mtu", str(mtu), "netns", made.server)
    ip("link", "add", *ends, made.client, "type", "veth", *peer)
    for namespace, addresses in ((made.client, CLIENT_ADDRESSES), (made.server, SERVER_ADDRESSES)):
        plain, version6, in_vlan = addresses
        here = ("-n", namespace)
        ip(*here, "link", "set", "lo", "up")
        ip(*here, "link", "set", "cable", "up")
        ip(*here, "address", "add", f"{plain}/24", "dev", "cable")
        ip(*here, "address", "add", f"{version6}/64", "dev", "cable", "nodad")
        if cleanup is not None:
            _add_vlan(namespace, cleanup)
            ip(*here, "link", "set", VLAN_NAME, "mtu", str(mtu), "up")
            ip(*here, "address", "add", f"{in_vlan}/24", "dev", VLAN_NAME)


def _add_vlan(namespace: str, cleanup: ExitStack) -> None:
    """A VLAN interface; where the kernel has none, a TAP interface with a program that tags."""
    kind = ("type", "vlan", "id", str(VLAN))
    try:
        ip("-n", namespace, "link", "add", "link", "cable", "name", VLAN_NAME, *kind)
    except OSError as error:
        if "Unknown device type" not in str(error):
            raise
        command = [sys.executable, str(TAGGING), "cable", VLAN_NAME, str(VLAN)]
        cleanup.enter_context(running(inside(namespace, command)))


@contextmanager
def running(command: list[str]) -> Iterator[None]:
    """A program that prints a line when it is ready, and is killed afterwards."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == b"ready\n"
            yield
        finally:
            program.kill()
