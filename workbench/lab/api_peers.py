"""Compares the answers that clients of p0f's API get from p0f and from a capture of the same traffic.

    python -m workbench.lab.api_peers [CLIENT...]

Needs root and p0f. The clients are listed in `CLIENTS`; the folder `peers` has a program for each, which asks
about public addresses and prints a line for each. npm, pip and cargo fetch their dependencies. Prints the
differences.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.support import api_vectors as vectors
from tests.support import network as net
from tests.support.api_sockets import both_listening, send

ROOT = Path(__file__).resolve().parents[2]

PROGRAMS = Path(__file__).with_name("peers")
TIMEOUT_S = 300
STOCK = Path("/etc/p0f/p0f.fp")
HOSTS = ["9.77.0.2", "9.77.0.1", "2a00::2", "9.99.99.99"]
HOSTS += [f"9.88.0.{number}" for number in range(10, 17)] + [f"9.77.3.{number}" for number in range(1, 5)]

TIME = re.compile(r"\b[12]\d{9}\b")
"""Seconds since 1970."""


class AbsentClientError(Exception):
    """The client is not available here."""


class ApiClient(NamedTuple):
    """A program that is called with a socket and addresses, and its environment."""

    words: list[str]
    environment: Mapping[str, str] = {}


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise AbsentClientError(f"{name} is not installed")
    return found


def _fetch(*words: str) -> None:
    try:
        done = _run(list(words), {})
    except subprocess.TimeoutExpired as slow:
        raise AbsentClientError(str(slow)) from slow
    if done.returncode != 0:
        raise AbsentClientError(f"{Path(words[0]).name}: {done.stderr.strip()[-200:]}")


def _run(words: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run an external program without libraries preloaded into this process (a sanitizer)."""
    plain = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    return subprocess.run(
        words, capture_output=True, text=True, timeout=TIMEOUT_S, check=False, env={**plain, **environment}
    )


def haraka(folder: Path) -> ApiClient:
    """Npm's haraka-plugin-p0f."""
    node = _tool("node")
    words = ("install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0")
    _fetch(_tool("npm"), *words, "--prefix", str(folder), "haraka-plugin-p0f@1.0.15")
    return ApiClient([node, str(PROGRAMS / "haraka.js")], {"NODE_PATH": str(folder / "node_modules")})


def pypi(folder: Path) -> ApiClient:
    """PyPI's p0f."""
    words = ("-m", "pip", "install", "--quiet", "--no-deps", "--retries=0", "--target", str(folder))
    _fetch(sys.executable, *words, "p0f==1.0.0")
    return ApiClient([sys.executable, str(PROGRAMS / "pypi.py")], {"PYTHONPATH": str(folder)})


def rspamd(_folder: Path) -> ApiClient:
    """Debian's rspamd."""
    _tool("rspamd")
    return ApiClient([sys.executable, str(PROGRAMS / "rspamd.py")])


def rust(folder: Path) -> ApiClient:
    """The crate p0f_api."""
    words = ("build", "--quiet", "--locked", "--manifest-path", str(PROGRAMS / "Cargo.toml"))
    _fetch(_tool("cargo"), *words, "--target-dir", str(folder))
    return ApiClient([str(folder / "debug" / "api_peer")])


CLIENTS: dict[str, Callable[[Path], ApiClient]] = {
    made.__name__: made for made in (haraka, pypi, rspamd, rust)
}


@contextmanager
def both_asked(stock: Path, folder: Path) -> Iterator[tuple[Path, Path]]:
    """The sockets of p0f and of a capture that have both seen the same traffic of public addresses."""
    with net.network(quiet=True) as made, both_listening(made, stock, folder) as paths:
        send(made, vectors.both_runs("9", "2a00"), folder, paths, "9.77.3.4")
        yield paths


def answers(client: ApiClient, path: Path) -> list[str]:
    """A line for each of `HOSTS`."""
    done = _run([*client.words, str(path), *HOSTS], client.environment)
    if done.returncode != 0:
        raise OSError(done.stderr)
    return sorted(done.stdout.splitlines())


def are_equal(one: str, other: str) -> bool:
    """Whether both are equal; times may differ by a second, since a clock is read after the packet came."""
    pairs = zip(TIME.findall(one), TIME.findall(other), strict=False)
    return TIME.sub("", one) == TIME.sub("", other) and all(abs(int(a) - int(b)) <= 1 for a, b in pairs)


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, both_asked(STOCK, Path(folder)) as paths:
        for name in names or CLIENTS:
            made = Path(folder, name)
            made.mkdir()
            try:
                client = CLIENTS[name](made)
            except AbsentClientError as absent:
                print(f"{name}: {absent}")
                continue
            pairs = list(zip(*(answers(client, path) for path in paths), strict=True))
            for one, other in pairs:
                if not are_equal(one, other):
                    print(f"  p0f:    {one}\n  huginn: {other}")
            print(f"{name}: {sum(are_equal(*pair) for pair in pairs)} of {len(pairs)} lines are equal")


if __name__ == "__main__":
    main(sys.argv[1:])
