"""Servers and clients of Debian's packages, captured between namespaces, are named with their versions.

Needs root; a program that is not installed is skipped. The oracle of SSH, with HASSH after its description
(https://github.com/salesforce/hassh), reads the captured packets by itself.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest

import huginn_cffi as hg
from huginn_cffi.formats.rendering import Renderer
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord
from tests.reference.capture import read_capture
from tests.support import network as net
from tests.support.processes import saving
from tests.support.ssh_model import Row, expected

TIMEOUT_S = 60

PRIVATE_RUN = """
mount -t tmpfs run /run && mkdir -p /run/sshd /run/vsftpd/empty /run/writable &&
chmod 755 /run && chmod 1777 /run/writable && exec "$@"
"""
"""Each program has a /run of its own, which is gone with it."""

PARAMIKO = """
import paramiko, socket, sys, threading
role, address, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
def serve(talk):
    transport = paramiko.Transport(talk)
    transport.add_server_key(paramiko.Ed25519Key.from_private_key_file(sys.argv[4]))
    try:
        transport.start_server(server=paramiko.ServerInterface())
    except (EOFError, paramiko.SSHException):
        pass
if role == "server":
    listener = socket.create_server((address, port))
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
transport = paramiko.Transport(socket.create_connection((address, port), timeout=50))
transport.start_client(timeout=50)
transport.close()
"""

READ_GREETING = """
import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=50) as talk:
    assert talk.recv(1000)
"""

FILES = {
    "sshd.conf": "HostKey FOLDER/key\nPidFile none\n",
    "vsftpd.conf": "listen=YES\nlisten_port=2301\nbackground=NO\nsecure_chroot_dir=/run/vsftpd/empty\n",
    "exim.conf": """primary_hostname = mail.example.org
spool_directory = /run/writable
log_file_path = /run/writable/%slog
keep_environment =
""",
    "dovecot.conf": """protocols = imap
ssl = no
base_dir = /run/writable
log_path = /dev/stderr
service imap-login {
  inet_listener imap {
    port = 2303
  }
  inet_listener imaps {
    port = 0
  }
}
passdb {
  driver = static
  args = nopassword=y
}
""",
}


class InstalledProgram(NamedTuple):
    """A server or client: FOLDER, ADDRESS and PORT stand for what they say."""

    package: str
    command: Sequence[str]
    port: int = 0


def words(text: str, *more: str) -> list[str]:
    return [*text.split(), *more]


PARAMIKO_COMMAND = [sys.executable, "-c", PARAMIKO]
SSH_SERVERS = {
    "openssh": InstalledProgram("openssh-server", words("sshd -D -e -f FOLDER/sshd.conf -p PORT"), 2201),
    "dropbear": InstalledProgram(
        "dropbear-bin", words("dropbear -F -E -r FOLDER/dropbear.key -p PORT"), 2202
    ),
    "paramiko": InstalledProgram("", [*PARAMIKO_COMMAND, *words("server ADDRESS PORT FOLDER/key")], 2203),
    "libssh": InstalledProgram("libssh-4", words("FOLDER/libssh server ADDRESS PORT FOLDER/key"), 2204),
}
GREETERS = {
    "vsftpd": InstalledProgram("vsftpd", words("vsftpd FOLDER/vsftpd.conf"), 2301),
    "exim": InstalledProgram(
        "exim4-daemon-light", words("exim4 -bdf -C FOLDER/exim.conf -oX PORT -oP /run/writable/pid"), 2302
    ),
    "dovecot": InstalledProgram("dovecot-core", words("dovecot -F -c FOLDER/dovecot.conf"), 2303),
    "mariadb": InstalledProgram(
        "mariadb-server-core",
        words(
            "mariadbd --no-defaults --user=mysql --datadir=/run/writable --socket=/run/writable/socket"
            " --pid-file=/run/writable/pid --bind-address=ADDRESS --port=PORT"
            " --skip-grant-tables --skip-innodb --default-storage-engine=Aria"
        ),
        2304,
    ),
}
CLIENTS = {
    "openssh": InstalledProgram(
        "openssh-client",
        words(
            "ssh -F none -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"
            " -p PORT x@ADDRESS true"
        ),
    ),
    "dropbear": InstalledProgram("dropbear-bin", words("dbclient -y -y -p PORT x@ADDRESS true")),
    "putty": InstalledProgram("putty-tools", words("plink -batch -ssh -P PORT x@ADDRESS true")),
    "paramiko": InstalledProgram("", [*PARAMIKO_COMMAND, *words("client ADDRESS PORT")]),
    "libssh": InstalledProgram("libssh-4", words("FOLDER/libssh client ADDRESS PORT")),
}
"""Of SSH. Each makes the key exchange; none is let in."""

NAMES = {
    "openssh": "OpenSSH",
    "dropbear": "Dropbear",
    "putty": "PuTTY",
    "paramiko": "Paramiko",
    "libssh": "libssh",
    "vsftpd": "vsftpd",
    "exim": "Exim",
    "dovecot": "Dovecot",
    "mariadb": "MariaDB",
}


# ---- the traffic


@dataclass(frozen=True, slots=True)
class RealTraffic:
    """A capture of all that is installed."""

    folder: Path
    path: Path
    servers: frozenset[str]
    clients: frozenset[str]
    host_key: str
    """As ssh-keygen shows that of all servers of SSH but Dropbear."""


def filled(program: InstalledProgram, folder: Path, port: int) -> list[str] | None:
    """Its command; None where it is not installed."""
    values = {"FOLDER": str(folder), "ADDRESS": net.SERVER_IP4, "PORT": str(port)}
    first, *rest = (
        re.sub("FOLDER|ADDRESS|PORT", lambda found: values[found[0]], one) for one in program.command
    )
    path = shutil.which(first) or shutil.which(first, path="/usr/sbin:/sbin")
    is_there = importlib.util.find_spec("paramiko") if first == sys.executable else path
    return [path, *rest] if path and is_there else None


def prepare(folder: Path) -> str:
    """Settings, keys, and the program of libssh, where that is installed. Returns the fingerprint."""
    for name, text in FILES.items():
        (folder / name).write_text(text.replace("FOLDER", str(folder)))
    quiet = {"capture_output": True, "timeout": TIMEOUT_S}
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "key"], check=True, **quiet)
    if shutil.which("dropbearkey"):
        key = folder / "dropbear.key"
        subprocess.run(["dropbearkey", "-t", "ed25519", "-f", key], check=True, **quiet)
    if shutil.which("gcc"):
        source = Path(__file__).with_name("real_libssh.c")
        subprocess.run(["gcc", "-o", folder / "libssh", source, "-lssh"], check=False, **quiet)
    shown = subprocess.run(["ssh-keygen", "-lf", folder / "key"], check=True, text=True, **quiet)
    return str(shown.stdout).split()[1]


def listens(namespace: str, port: int) -> bool:
    """By the kernel's table: connections would be in the capture."""
    shown = subprocess.run(
        net.inside(namespace, ["cat", "/proc/net/tcp"]), capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in shown.stdout.splitlines()[1:]]
    return any(row[1].endswith(f":{port:04X}") and row[3] == "0A" for row in rows)


@contextmanager
def started(command: Sequence[str], namespace: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server that is gone afterwards, with the processes that it made."""
    with log.open("wb") as file:
        inside = net.inside(namespace, ["sh", "-c", PRIVATE_RUN, "sh", *command])
        process = subprocess.Popen(inside, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(TIMEOUT_S)


def wait_for(process: subprocess.Popen[bytes], namespace: str, port: int, log: Path) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not listens(namespace, port):
        assert time.monotonic() < deadline, log.read_bytes()
        assert process.poll() is None, log.read_bytes()
        time.sleep(0.05)


def talk(network: net.Network, folder: Path, ports: dict[str, int]) -> frozenset[str]:
    """Each client with each server of SSH, and greetings of the others. Returns the clients."""
    runs = [
        (name, filled(one, folder, port))
        for name, one in CLIENTS.items()
        for server, port in ports.items()
        if server in SSH_SERVERS
    ]
    runs += [
        ("", [sys.executable, "-c", READ_GREETING, net.SERVER_IP4, str(port)])
        for server, port in ports.items()
        if server in GREETERS
    ]
    for name, command in runs:
        if command is not None:
            done = subprocess.run(
                net.inside(network.client, command),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env={**os.environ, "HOME": str(folder)},
                timeout=TIMEOUT_S,
            )
            assert name or done.returncode == 0, (command, done)
    return frozenset(name for name, command in runs if name and command is not None)


@pytest.fixture(scope="module")
def traffic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealTraffic]:
    with net.network(tagged=False) as network, ExitStack() as servers:
        if shutil.which("ssh-keygen") is None:
            pytest.skip("ssh-keygen is not installed (Debian: openssh-client)")
        folder = tmp_path_factory.mktemp("real")
        host_key, waiting, ports = prepare(folder), [], {}
        for name, program in (SSH_SERVERS | GREETERS).items():
            if (command := filled(program, folder, program.port)) is None:
                continue
            log = folder / f"{name}.log"
            process = servers.enter_context(started(command, network.server, log))
            waiting.append((process, network.server, program.port, log))
            ports[name] = program.port
        for one in waiting:
            wait_for(*one)
        with saving(network.client, "cable", folder / "all.pcap"):
            clients = talk(network, folder, ports)
        yield RealTraffic(folder, folder / "all.pcap", frozenset(ports), clients, host_key)


# ---- what is read of it


@pytest.fixture(scope="module")
def hosts(traffic: RealTraffic) -> dict[str, HostRecord]:
    with hg.Analyzer() as analyzer:
        inventory = Inventory(analyzer.database)
        for batch in analyzer.batches(str(traffic.path)):
            inventory.add(batch)
        found = {one: inventory.find(one) for one in (net.SERVER_IP4, net.CLIENT_IP4)}
    return {address: host for address, host in found.items() if host is not None}


def output(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=TIMEOUT_S).stdout


def shown(name: str, program: InstalledProgram, traffic: RealTraffic) -> str:
    """Its name and the version that is installed, without what Debian adds. Dovecot's greeting has none."""
    if name == "dovecot":
        return NAMES[name]
    if name == "libssh":
        version = output(traffic.folder / "libssh").partition("/")[0]
    elif name == "paramiko":
        version = str(importlib.import_module("paramiko").__version__)
    else:
        version = output("dpkg-query", "-W", "-f", "${Version}", program.package)
    return f"{NAMES[name]} {re.sub(r'^[0-9]+:|[+]dfsg.*|-[^-]*$', '', version)}"


@pytest.mark.parametrize("name", [*SSH_SERVERS, *GREETERS])
def test_servers_are_named(name: str, traffic: RealTraffic, hosts: dict[str, HostRecord]) -> None:
    if name not in traffic.servers:
        pytest.skip(f"{name} is not installed")
    want = shown(name, (SSH_SERVERS | GREETERS)[name], traffic)
    assert want in {one.partition(" (")[0] for one in hosts[net.SERVER_IP4].servers}


@pytest.mark.parametrize("name", CLIENTS)
def test_clients_are_named(name: str, traffic: RealTraffic, hosts: dict[str, HostRecord]) -> None:
    if name not in traffic.clients:
        pytest.skip(f"{name} is not installed")
    want = shown(name, CLIENTS[name], traffic)
    assert want in {one.partition(" (")[0] for one in hosts[net.CLIENT_IP4].clients}


Ends = tuple[int, int]
"""Ports of a client and of the server."""


def directions(path: Path) -> dict[Ends, tuple[bytes, bytes]]:
    """The bytes of both ends of each connection; TCP over IPv4 in Ethernet."""
    pieces: dict[tuple[int, int], dict[int, bytes]] = {}
    for frame in read_capture(path.read_bytes()):
        packet = frame.data[14:]
        if frame.data[12:14] != b"\x08\x00" or packet[9] != 6:
            continue
        tcp = packet[4 * (packet[0] & 15) : int.from_bytes(packet[2:4], "big")]
        ports, data = (
            (int.from_bytes(tcp[:2], "big"), int.from_bytes(tcp[2:4], "big")),
            tcp[4 * (tcp[12] >> 4) :],
        )
        if data:
            pieces.setdefault(ports, {})[int.from_bytes(tcp[4:8], "big")] = data
    found = {}
    for (port, server), said in pieces.items():
        if port > server:
            ends = (said, pieces.get((server, port), {}))
            client, answer = (b"".join(data for _, data in sorted(end.items())) for end in ends)
            found[port, server] = client, answer
    return found


def events(path: Path) -> dict[tuple[int, int], Row]:
    """The last event of SSH from each port to each port: it has all that the end said."""
    out = BytesIO()
    with hg.Analyzer(None, protocols=("ssh",)) as analyzer:
        for batch in analyzer.batches(str(path)):
            for piece in Renderer("json", None).pieces(batch, 0, len(batch)):
                out.write(piece)
        assert analyzer.stats.ssh_unreadable == 0
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    return {(row["src_port"], row["dst_port"]): row for row in rows if row["event"].startswith("ssh_")}


def test_ssh_equals_an_independent_reading(traffic: RealTraffic) -> None:
    found, ports, hashes = events(traffic.path), {one.port for one in SSH_SERVERS.values()}, set()
    for (client, server), said in directions(traffic.path).items():
        if server not in ports:
            continue
        rows = {one["event"]: one for one in expected(*said)}
        for kind, ends in (("ssh_client", (client, server)), ("ssh_server", (server, client))):
            want = rows[kind]
            assert {key: found[ends].get(key) for key in want} == want
            hashes.add(want["hassh"])
        if server != SSH_SERVERS["dropbear"].port:
            assert found[server, client]["host_key"] == traffic.host_key
    assert len(hashes) >= len(traffic.clients)
