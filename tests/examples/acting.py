"""CrowdSec, fail2ban and nftables as programs of their own, with our examples in their settings."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.support.core import CORE
from tests.support.network import Network, inside
from tests.support.serving import free_port

EXAMPLES = CORE.parent / "examples"
PATIENCE_S = 120


def program(name: str, package: str) -> str:
    """Its path; a test without it is skipped, also as root."""
    found = shutil.which(name, path="/usr/sbin:/sbin:/usr/bin:/bin:/usr/local/bin")
    if found is None:
        pytest.skip(f"{name} is not installed (Debian: {package})")
    return found


@contextmanager
def running(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(condition: Callable[[], Any], log: Path) -> Any:
    deadline = time.monotonic() + PATIENCE_S
    while not (found := condition()):
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)
    return found


def crowdsec_folder(folder: Path) -> Path:
    """What the package installs, with our directory copied into it, without the central service."""
    cscli, own = program("cscli", "crowdsec"), folder / "etc"
    if not Path("/etc/crowdsec/config.yaml").exists():
        pytest.skip("CrowdSec's settings are not in /etc/crowdsec")
    shutil.copytree("/etc/crowdsec", own)
    shutil.copytree(EXAMPLES / "crowdsec", own, dirs_exist_ok=True)
    for name in ("data", "hub", "log"):
        (folder / name).mkdir()
    (folder / "hub/.index.json").write_text(
        '{"parsers": {}, "scenarios": {}, "postoverflows": {}, "collections": {}}'
    )
    (own / "acquis.yaml").write_text("")
    acquisition = own / "acquis.d" / "huginn.yaml"
    acquisition.write_text(acquisition.read_text().replace("/var/log/huginn", str(folder)))
    text = (own / "config.yaml").read_text()
    moved = {"/etc/crowdsec": own, "/var/lib/crowdsec": folder, "/var/log/": f"{folder}/log/"}
    for old, new in {**moved, "127.0.0.1:8080": f"127.0.0.1:{free_port('127.0.0.1')}"}.items():
        text = text.replace(old, str(new))
    text = text.replace("log_media: file", "log_media: stdout").replace("enabled: true", "enabled: false")
    before, _, after = text.partition("    online_client:")
    (own / "config.yaml").write_text(before + after.partition("online_api_credentials.yaml\n")[2])
    url = next(line.split()[-1] for line in before.splitlines() if "listen_uri" in line)
    (own / "local_api_credentials.yaml").write_text(f"url: http://{url}\n")
    machine = ["machines", "add", "--auto", "--force", "-f", str(own / "local_api_credentials.yaml")]
    subprocess.run([cscli, "-c", str(own / "config.yaml"), *machine], check=True, capture_output=True)
    return own / "config.yaml"


def place_in(path: Path, process: int) -> int | None:
    """Where a process is in a file that it has open."""
    for found in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            if found.readlink() == path:
                return int((found.parents[1] / "fdinfo" / found.name).read_text().split()[1])
    return None


@contextmanager
def crowdsec(config: Path, followed: Path, folder: Path) -> Iterator[Callable[[str], list[tuple[str, ...]]]]:
    """It follows a file from its end, and is there if the file has lines; the result asks its database."""
    log, database = folder / "crowdsec.log", f"file:{folder}/data/crowdsec.db?mode=ro"
    size = followed.stat().st_size

    def rows(query: str) -> list[tuple[str, ...]]:
        with sqlite3.connect(database, uri=True) as connection:
            return connection.execute(query).fetchall()

    with running([program("crowdsec", "crowdsec"), "-c", str(config), "-no-capi"], log) as process:
        wait_for(lambda: place_in(followed, process.pid) == size, log)
        yield rows


def fail2ban_folder(folder: Path) -> Path:
    program("fail2ban-server", "fail2ban")
    own = folder / "fail2ban"
    shutil.copytree("/etc/fail2ban", own)
    shutil.copytree(EXAMPLES / "fail2ban", own, dirs_exist_ok=True)
    (own / "jail.d/defaults-debian.conf").unlink(missing_ok=True)
    return own


@contextmanager
def fail2ban(
    settings: Path, followed: Path, folder: Path, prefix: Sequence[str] = ()
) -> Iterator[Callable[[], list[str]]]:
    """Its own server; the result asks whom it has banned."""
    (settings / "jail.d/here.local").write_text(f"[huginn]\nlogpath = {followed}\n")
    (settings / "fail2ban.local").write_text("[Definition]\ndbfile = None\n")
    ends = ["-c", str(settings), "-s", str(folder / "sock"), "-p", str(folder / "pid")]
    log = folder / "fail2ban.log"

    def banned() -> list[str]:
        words = [program("fail2ban-client", "fail2ban"), *ends, "get", "huginn", "banip"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE_S)
        return sorted(done.stdout.split()) if done.returncode == 0 else []

    server = [program("fail2ban-server", "fail2ban"), *ends, "-f", "--logtarget", "stdout", "start"]
    with running([*prefix, *server], log):
        wait_for(lambda: "Jail 'huginn' started" in log.read_text(), log)
        yield banned


def elements(namespace: str) -> list[str]:
    """The addresses in both sets."""
    found = []
    for name in ("scanners4", "scanners6"):
        words = ["nft", "-j", "list", "set", "inet", "huginn", name]
        done = subprocess.run(inside(namespace, words), capture_output=True, check=True)
        found += [one["elem"]["val"] for one in json.loads(done.stdout)["nftables"][1]["set"].get("elem", ())]
    return sorted(found)


SERVE = """
import socket, sys
family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
listening = [socket.create_server((sys.argv[1], port), family=family) for port in range(100, 125)]
sys.stdin.read()
"""


@contextmanager
def open_ports(wire: Network, target: str) -> Iterator[None]:
    """As many as prove who scans them."""
    serve = [sys.executable, "-c", SERVE, target]
    with subprocess.Popen(
        inside(wire.server, serve),
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ) as one:
        try:
            listening = inside(wire.server, ["ss", "-Hltn", "sport = :124"])
            wait_for(lambda: subprocess.run(listening, capture_output=True).stdout, CORE)
            yield
        finally:
            one.kill()
