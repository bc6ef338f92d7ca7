"""The systemd units: systemd understands them, finds little to complain of, and their rights suffice."""

from __future__ import annotations

import grp
import os
import re
import shutil
import signal
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.support import needs
from tests.support import network as net
from tests.support.processes import ROOT, TIMEOUT_S, huginn

UNIT = ROOT / "examples" / "systemd" / "huginn@.service"


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is absent: install the Debian package systemd")
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=60)


FOR_PROXIES = [ROOT / "share" / "huginn" / f"huginn-{name}.service" for name in ("claims@", "relay")]
UNITS = [UNIT, *(UNIT.with_name(f"huginn-{name}@.service") for name in ("devices", "alert")), *FOR_PROXIES]


@pytest.fixture(params=UNITS, ids=lambda unit: unit.stem)
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The unit with a program that exists."""
    path = tmp_path / request.param.name
    path.write_text(re.sub("/opt/huginn/bin/(huginn|python)", "/bin/true", request.param.read_text()))
    return path


def test_systemd_understands_the_unit(installed: Path) -> None:
    name = installed.name.replace("@", "@eth0")
    done = analyze("verify", "--man=no", str(installed.rename(installed.with_name(name))))
    complaints = [line for line in done.stderr.splitlines() if name in line]
    assert (done.returncode, complaints) == (0, [])


def test_systemd_finds_the_unit_well_confined(installed: Path) -> None:
    done = analyze("security", "--offline=yes", "--no-pager", str(installed))
    if "offline" in done.stderr and done.returncode != 0:
        pytest.skip(f"systemd-analyze is too old: {done.stderr.strip()}")
    found = re.search(r"Overall exposure level.*?: ([0-9.]+)", done.stdout)
    assert found is not None, done.stdout + done.stderr
    assert float(found[1]) < 2


@pytest.mark.parametrize("unit", [*UNITS[:2], FOR_PROXIES[0]], ids=lambda unit: unit.stem)
def test_every_option_of_its_command_is_known(unit: Path, tmp_path: Path) -> None:
    needs.libpcap()
    text = unit.read_text().replace("\\\n", " ")
    (command,) = re.findall(r"^ExecStart=\S+ (.*)$", text, re.MULTILINE)
    words = command.replace("%I", "absent0").replace("${LOGS_DIRECTORY}/%i", "/dev/null/absent")
    words = words.replace("${STATE_DIRECTORY}/%i", "/dev/null/absent")
    words = re.sub(r"\$\{(RUNTIME|CONFIGURATION)_DIRECTORY\}", str(tmp_path), words).split()
    words.remove("--wait")
    done = subprocess.run(huginn(*words), cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "absent0" in done.stderr, "it came as far as the interface"


def test_the_one_capability_is_enough() -> None:
    """As the unit has it: CAP_NET_RAW as an ambient one, and nothing else."""
    needs.root()
    setpriv = needs.program("setpriv", "util-linux")
    drop = [
        *("--bounding-set", "-all,+net_raw", "--inh-caps", "-all,+net_raw"),
        *("--ambient-caps", "-all,+net_raw", "--no-new-privs"),
    ]
    with net.network() as network:
        command = net.inside(network.server, [setpriv, *drop, *huginn("capture", "cable", "--workers", "2")])
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
            try:
                assert process.stderr is not None
                assert process.stderr.readline().startswith("listening on cable, ")
                process.send_signal(signal.SIGTERM)
                assert process.wait(TIMEOUT_S) == 0
            finally:
                process.kill()


def test_the_socket_belongs_to_the_group_of_the_proxy(tmp_path: Path) -> None:
    """As in the unit and in containers: the user has the group, and no right to give files away."""
    needs.root()
    setpriv = needs.program("setpriv", "util-linux")
    group = grp.getgrnam("www-data").gr_gid
    drop = [
        *("--reuid", "65534", "--regid", str(group), "--clear-groups", "--bounding-set", "-all,+net_raw"),
        *("--inh-caps", "-all,+net_raw", "--ambient-caps", "-all,+net_raw", "--no-new-privs"),
    ]
    with net.network() as network, tempfile.TemporaryDirectory(prefix="claims-") as name:
        folder = Path(name)
        os.chown(folder, 65534, group)
        words = huginn(
            "capture", "cable", "--listen", f"unix:{folder}/ask", "--robots", name, "-o", "/dev/null"
        )
        command = net.inside(network.server, [setpriv, *drop, *words])
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
            try:
                assert process.stderr is not None
                lines = iter(process.stderr.readline, "")
                assert any(line.startswith("answering on") for line in lines)
                state = (folder / "ask").stat()
                assert (state.st_uid, state.st_gid, stat.S_IMODE(state.st_mode)) == (65534, group, 0o660)
                process.send_signal(signal.SIGTERM)
                assert process.wait(TIMEOUT_S) == 0
            finally:
                process.kill()
