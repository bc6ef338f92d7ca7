"""Why an interface cannot be captured from, and what to do about it."""

from __future__ import annotations

import errno
import os
import sys

from huginn_cffi.base.errors import CaptureError, LibpcapError, named
from huginn_cffi.capture.interfaces import interface_index, list_interfaces

NO_SUCH_DEVICE, PERMISSION_DENIED, NOT_UP, PROMISCUOUS_DENIED = -5, -8, -9, -11
"""``PCAP_ERROR_…`` values of ``pcap_activate``."""

PASSING = (errno.ENODEV, errno.ENETDOWN)
"""Error numbers of a `CaptureError` that may pass: the interface is unknown or down."""


def refusal(name: str, number: int, reason: str) -> CaptureError:
    """The error of an interface that was never captured from; `number` is its ``errno``."""
    return CaptureError(f"{named(name)}: {reason}", path=name, errno=number, refused=True)


def activation_refusal(name: str, status: int, reason: str) -> CaptureError:
    """The error for a status of ``pcap_activate``; `reason` is what libpcap says itself."""
    denied = status in (PERMISSION_DENIED, PROMISCUOUS_DENIED)
    if status == NO_SUCH_DEVICE or (denied and not interface_index(name) and name not in _names()):
        if os.path.isfile(name):  # noqa: PTH113 - a name that is no path must not raise
            meant = f"it is a file: huginn pcap {named(name)}"
        else:
            names = ", ".join(map(named, _names()))
            meant = f"there are: {names}" if names else "there is none"
        return refusal(name, errno.ENODEV, f"no such device ({meant})")
    if denied:
        return refusal(name, errno.EPERM, f"no permission to capture: {_permission_remedy()}")
    if status == NOT_UP:
        shown = named(name)
        is_linux = sys.platform.startswith("linux")
        command = f"ip link set {shown} up" if is_linux else f"ifconfig {shown} up"
        return refusal(name, errno.ENETDOWN, f"the interface is down (bring it up: {command})")
    return refusal(name, errno.EIO, reason)


def _names() -> list[str]:
    try:
        return [item.name for item in list_interfaces()]
    except LibpcapError:
        return []


def _permission_remedy() -> str:
    if not sys.platform.startswith("linux"):
        return "run it with sudo"
    python = os.path.realpath(sys.executable)
    return (
        "the capability CAP_NET_RAW is missing "
        "(run it with sudo, or as the service of examples/systemd, which has it alone; "
        f"sudo setcap cap_net_raw+ep {python} would let every program run by this Python capture)"
    )
