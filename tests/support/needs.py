"""What live tests need, and what happens when it is absent.

As root, and in CI, a live test that cannot run is a failure: there it would hide a defect. The exception is a
right that root lacks in a container: no installed package brings it.
"""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest

from huginn_cffi import LibpcapError
from huginn_cffi.libraries.libpcap import load_libpcap


def missing(reason: str) -> NoReturn:
    """Skip where nothing better can be expected, fail where it can."""
    if os.geteuid() == 0 or os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def forbidden(reason: str) -> NoReturn:
    """Skip a test for which the kernel refused root a right."""
    pytest.skip(f"{reason} (a container needs CAP_SYS_ADMIN and CAP_NET_ADMIN)")


def root() -> None:
    """Capturing and making namespaces need it."""
    if os.geteuid() != 0:
        missing("live tests need root: they make network namespaces and capture")


def program(name: str, package: str) -> str:
    """The path of a program that a Debian package brings."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        missing(f"{name} is absent: install the Debian package {package}")
    return found


def libpcap() -> None:
    """Interfaces and expressions of ``--bpf`` need it; setup.sh installs it as root only."""
    try:
        load_libpcap()
    except LibpcapError as error:
        missing(str(error))
