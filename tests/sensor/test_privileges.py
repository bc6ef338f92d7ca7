"""Rights that are given up for good, whoever the process was before; each case in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from huginn_cffi.sources.privileges import CAP_NET_RAW, LINUX, find_user
from tests.support.command import ENVIRONMENT

pytestmark = [
    pytest.mark.skipif(not LINUX, reason="capabilities are those of Linux"),
    pytest.mark.skipif(os.geteuid() != 0, reason="gives up root, so it has to be root"),
]

PROGRAM = """
import os, sys, threading
from huginn_cffi.sources import privileges
user = privileges.find_user("nobody")
privileges._libc()  # loads modules, which nobody may not be able to read
{before}
try:
    privileges.become(user{arguments})
except privileges.PrivilegeError as error:
    print(error)
    sys.exit(3)
print(open("/proc/self/status", "rb").read().decode())
"""

EFFECTIVE_ONLY = "os.setegid(user.gid); os.seteuid(user.uid)"
"""The effective user is the right one already; root is one call away."""


def after(before: str = "", arguments: str = "", command: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """What the kernel says of a process that became nobody."""
    program = PROGRAM.format(before=before, arguments=arguments)
    done = subprocess.run(
        [*command, sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = (line.partition(":") for line in done.stdout.splitlines())
    return {name: value.split() for name, _, value in lines}


def has_nothing(status: dict[str, list[str]], capabilities: int = 0, bounding: int = 0) -> None:
    nobody = find_user("nobody")
    assert set(status["Uid"]) == {str(nobody.uid)}
    assert set(status["Gid"]) == {str(nobody.gid)}
    assert set(map(int, status["Groups"])) == set(nobody.groups)
    assert {int(status[name][0], 16) for name in ("CapPrm", "CapEff")} == {capabilities}
    assert {int(status[name][0], 16) for name in ("CapInh", "CapAmb")} == {0}
    assert int(status["CapBnd"][0], 16) == bounding


@pytest.mark.parametrize(
    "before",
    [
        "",
        EFFECTIVE_ONLY,
        "os.setgroups([0, 4])\n" + EFFECTIVE_ONLY,
        "os.setresuid(user.uid, user.uid, 0)",
        "os.setresuid(0, user.uid, user.uid)",
        "privileges._prctl(privileges.PR_SET_KEEPCAPS, 1); os.setresuid(user.uid, user.uid, user.uid)",
        "os.setgroups(user.groups)\n"
        "privileges._prctl(privileges.PR_SET_KEEPCAPS, 1)\n"
        "os.setresgid(*[user.gid] * 3); os.setresuid(*[user.uid] * 3)",
    ],
    ids=["root", "effective", "groups", "saved", "real", "kept", "same user with capabilities"],
)
def test_everything_is_dropped(before: str) -> None:
    has_nothing(after(before))


@pytest.mark.parametrize("before", ["", EFFECTIVE_ONLY])
def test_the_right_to_capture_is_kept_where_it_is_asked_for(before: str) -> None:
    has_nothing(after(before, ", keep_capture=True"), 1 << CAP_NET_RAW)


@pytest.mark.no_tsan("its thread keeps the rights that are given up")
def test_a_bounding_set_that_may_not_be_lowered_is_without_effect() -> None:
    """As of a service of systemd that has CAP_NET_RAW as an ambient capability, and names its own user."""
    nobody = find_user("nobody")
    ids = (f"--reuid={nobody.uid}", f"--regid={nobody.gid}", "--clear-groups")
    groups = f"--groups={','.join(map(str, nobody.groups))}"
    command = ("setpriv", ids[0], ids[1], groups, "--inh-caps=+net_raw", "--ambient-caps=+net_raw")
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv of util-linux is absent")
    imports = [*command, sys.executable, "-c", "import huginn_cffi"]
    if subprocess.run(imports, env=ENVIRONMENT, capture_output=True).returncode != 0:
        pytest.skip("another user cannot start this Python, or read this folder: they are root's alone")
    status = after(command=command)
    bounding = int(status["CapBnd"][0], 16)
    has_nothing(status, bounding=bounding)
    assert bounding == 0 or status["NoNewPrivs"] == ["1"]


def test_a_thread_that_keeps_rights_is_refused() -> None:
    """Capabilities are those of a thread: one that was started before keeps what it has."""
    before = (
        "privileges._prctl(privileges.PR_SET_KEEPCAPS, 1)\n"
        "os.setgroups(user.groups); os.setresgid(*[user.gid] * 3); os.setresuid(*[user.uid] * 3)\n"
        "end = threading.Event(); threading.Thread(target=end.wait, daemon=True).start()"
    )
    program = PROGRAM.format(before=before, arguments="")
    done = subprocess.run(
        [sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (3, "still has rights that nobody does not have\n")
