"""Publish distributions to an index on this machine, and install them from there.

    python -m tools.release.rehearse dist python3.10 python3.14

The index is a temporary pypiserver on a free port; twine uploads to it. Each Python gets a
fresh environment with the wheel, and must give the README's first result. It needs pypiserver and twine.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.release.project import ROOT, read_project

SECONDS = 60


def first_result(root: Path = ROOT) -> list[str]:
    """The first lines of output in the README."""
    text = (root / "README.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- command: run -->.*?```text\n(.*?)\n…", text, re.DOTALL)
    assert found is not None
    return found[1].splitlines()


@contextmanager
def index(folder: Path) -> Iterator[str]:
    """The address of an empty index that takes uploads from this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pypiserver", "run", "-i", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen([*command, "-P", ".", "-a", ".", "--disable-fallback", folder])
    try:
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def tried(python: str, folder: Path, address: str, version: str) -> str:
    """The version of a Python, or the fault of the wheel installed for it."""
    venv = folder / "venv"
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([python, "-m", "venv", venv], env=clean, check=True)
    own = str(venv / "bin" / "python")
    quiet = ("--quiet", "--disable-pip-version-check")
    install = [own, "-m", "pip", "install", *quiet, "--only-binary", ":all:"]
    wanted = f"huginn-cffi=={version}"
    # The dependencies come from the usual index, the project from this one alone.
    needs = read_project()["dependencies"]
    subprocess.run([*install, *needs], env=clean, check=True)
    from_index = ("--no-deps", "--index-url", f"{address}simple/")
    subprocess.run([*install, *from_index, wanted], env=clean, check=True)
    shutil.copy(ROOT / "examples" / "devices.pcap", folder)
    command = [str(venv / "bin" / "huginn"), "devices", "devices.pcap"]
    done = subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, check=False)
    expected = first_result()
    if done.returncode != 0 or done.stdout.splitlines()[: len(expected)] != expected:
        return f"wrong: {done.stdout[:400]}{done.stderr}"
    words = "import platform as p; print(p.python_implementation(), p.python_version(), p.machine())"
    shown = subprocess.run([own, "-c", words], capture_output=True, text=True, check=True).stdout.strip()
    for path in ("share/man/man1/huginn.1", "share/bash-completion/completions/huginn"):
        if not (venv / path).is_file():
            return f"wrong: {path} is missing"
    return f"{shown}: the README's first result"


def main(arguments: list[str]) -> int:
    """Print a line per Python; the status is 1 if any wheel has a fault."""
    dist, *pythons = arguments
    version = str(read_project()["version"])
    files = [str(path) for path in sorted(Path(dist).iterdir()) if path.name.endswith((".whl", ".tar.gz"))]
    wrong = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "index").mkdir()
        with index(folder / "index") as address:
            upload = [sys.executable, "-m", "twine", "upload", "--non-interactive", "--disable-progress-bar"]
            subprocess.run([*upload, "--repository-url", address, "-u", ".", "-p", ".", *files], check=True)
            for number, python in enumerate(pythons or [sys.executable]):
                (folder / str(number)).mkdir()
                found = tried(python, folder / str(number), address, version)
                print(f"{python}: {found}", flush=True)
                wrong |= found.startswith("wrong")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
