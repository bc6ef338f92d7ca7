"""``Containerfile`` and ``compose.yaml``, step by step in a root file system, where no container runs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from huginn_cffi.cli.app import commands

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
PATIENCE_S = 900
VALUES = {
    "INTERFACE": "lo",
    "PROXY_GID": "33",
    "MAIL_TO": "me@example.org",
    "SMTP": "smtp://mail.example.org",
}


def services(name: str = "compose.yaml") -> dict[str, dict[str, Any]]:
    """The services of a file, with values for its variables."""
    yaml = pytest.importorskip("yaml", reason="the Python package PyYAML is not installed")
    text = (ROOT / name).read_text(encoding="utf-8")
    filled = re.sub(r"\$\{(\w+)(?::[-?][^}]*)?\}", lambda found: VALUES[found[1]], text)
    found: dict[str, dict[str, Any]] = yaml.safe_load(filled)["services"]
    return found


@pytest.mark.parametrize("name", ["capture", "alerts"])
def test_a_service_calls_a_command_with_options_that_it_has(name: str) -> None:
    command, *words = shlex.split(services()[name]["command"])
    found = commands.get_command(click.Context(commands), command)
    assert found is not None
    context = found.make_context(command, words)
    assert context.params["store"] == "/data/hosts.sqlite"


def test_only_the_capture_has_the_network_and_one_right() -> None:
    found = services()
    capture, alerts = found["capture"], found["alerts"]
    assert (capture["network_mode"], capture["cap_drop"], capture["cap_add"]) == (
        "host",
        ["ALL"],
        ["NET_RAW"],
    )
    assert alerts["cap_drop"] == ["ALL"]
    assert not alerts.keys() & {"network_mode", "cap_add", "privileged", "ports"}
    assert capture["volumes"] == alerts["volumes"] == ["data:/data"]


def _listens(words: list[str], robots: Path) -> str:
    """Where a command that is known listens."""
    words = [word.replace("/etc/huginn/robots", str(robots)) for word in words]
    found = commands.get_command(click.Context(commands), words[0])
    assert found is not None
    return str(found.make_context(words[0], words[1:]).params["listen"])


def test_the_container_beside_a_proxy_has_one_right(tmp_path: Path) -> None:
    found = services("share/huginn/compose.yaml")["claims"]
    assert (found["network_mode"], found["cap_drop"], found["cap_add"]) == ("host", ["ALL"], ["NET_RAW"])
    assert (found["user"], found["read_only"], "privileged" in found) == ("0:33", True, False)
    assert found["volumes"] == ["/run/huginn:/run/huginn", "/etc/huginn/robots:/etc/huginn/robots:ro"]
    assert _listens(shlex.split(found["command"]), tmp_path) == "unix:/run/huginn/ask"
    assert "[listen,claims]" in TEXT, "the image can answer, and verify signatures"


def test_kubernetes_has_the_same(tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml", reason="the Python package PyYAML is not installed")
    service, deployment = yaml.safe_load_all((ROOT / "share/huginn/kubernetes.yaml").read_text())
    pod = deployment["spec"]["template"]
    assert service["spec"]["selector"] == pod["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"] == pod["metadata"]["labels"]
    assert service["spec"]["externalTrafficPolicy"] == "Local", "or the client's address is lost"
    proxy, capture = pod["spec"]["containers"]
    assert capture["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "runAsUser": 0,
        "runAsGroup": 101,
        "capabilities": {"drop": ["ALL"], "add": ["NET_RAW"]},
    }
    assert _listens(capture["args"], tmp_path) == "unix:/run/huginn/ask"
    mounted = {one["name"] for each in (proxy, capture) for one in each["volumeMounts"]}
    assert mounted == {one["name"] for one in pod["spec"]["volumes"]}
    shared = {"name": "socket", "mountPath": "/run/huginn"}
    assert shared in proxy["volumeMounts"]
    assert shared in capture["volumeMounts"]


def steps(kind: str) -> list[str]:
    return re.findall(rf"^{kind} (.*)$", TEXT, re.MULTILINE)


class RootFiles:
    """A root file system with the image's /opt/huginn: a layer over this machine's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        mount = f"mount -t overlay overlay -o lowerdir=/,upperdir={folder}/upper,workdir={folder}/work"
        self._prefix = f"{mount} {folder}/root && mount -t proc proc {folder}/root/proc && exec"

    def start(self, *words: str, **options: Any) -> subprocess.Popen[str]:
        """A program in the file system, in a mount namespace of its own."""
        inside = shlex.join(["chroot", f"{self.folder}/root", *words])
        command = ["unshare", "--mount", "sh", "-c", f"{self._prefix} {inside}"]
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, text=True, **pipes, **options)

    def run(self, *words: str) -> str:
        """The output of a program that has to succeed."""
        with self.start(*words) as process:
            out, err = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 0, err
        return out


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RootFiles]:
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("a root file system takes root, and unshare of util-linux")
    folder = tmp_path_factory.mktemp("container")
    tmpfs = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, text=True)
    if tmpfs.returncode:
        pytest.skip(f"no file system can be mounted here: {tmpfs.stderr.strip()}")
    try:
        for name in ("upper", "work", "root"):
            (folder / name).mkdir()
        made = RootFiles(folder)
        with made.start("true") as process:
            if process.wait() != 0:
                pytest.skip("no layers of file systems here")
        files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
        for name in files.stdout.splitlines():
            if (ROOT / name).is_file():
                (folder / "upper/source" / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, folder / "upper/source" / name)
        apt, build = steps("RUN")[:2]
        for package in apt.partition("--no-install-recommends ")[2].split():
            if subprocess.run(["dpkg-query", "--show", package], capture_output=True).returncode:
                pytest.skip(f"the Debian package {package} is not installed")
        made.run("sh", "-c", build)
        yield made
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


IMAGE = ["env", "-i", "PATH=/opt/huginn/bin:/usr/sbin:/usr/bin:/sbin:/bin"]


@pytest.mark.builds
def test_the_steps_build_a_command_that_reads_files(built: RootFiles) -> None:
    assert steps("COPY") == [". /source", "--from=build /opt/huginn /opt/huginn"]
    assert steps("ENV") == ["PATH=/opt/huginn/bin:$PATH"]
    assert steps("ENTRYPOINT") == ['["huginn"]']
    assert "Windows 10" in built.run(*IMAGE, "huginn", "pcap", "/source/examples/sample.pcap")
    assert "Usage: huginn" in built.run(*IMAGE, "huginn", "--help")


@pytest.mark.builds
@pytest.mark.skipif(sys.platform != "linux", reason="captures on Linux's lo")
def test_it_captures_on_the_network_of_the_host(built: RootFiles) -> None:
    """With CAP_NET_RAW alone, as compose.yaml gives it."""
    rights = ["setpriv", "--bounding-set=-all,+net_raw", "--inh-caps=-all,+net_raw"]
    command = [*IMAGE, *rights, "huginn", "capture", "lo", "--new-hosts", "--ip", "127.0.0.1"]
    over = threading.Event()

    def talk() -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            while not over.wait(0.1):
                socket.create_connection(listener.getsockname()).close()
                listener.accept()[0].close()

    talker = threading.Thread(target=talk)
    with built.start(*command) as process:
        talker.start()
        try:
            assert process.stdout is not None
            lines = iter(process.stdout.readline, "")
            assert any("Linux" in line for line in lines), process.stderr and process.stderr.read()
        finally:
            over.set()
            talker.join()
            process.terminate()
