"""Rights that a sensor gives up once its interface is open.

Raises `PrivilegeError` when something cannot be given up, and never goes on with more than asked.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi.errors import HuginnError, named

if TYPE_CHECKING:
    from huginn_cffi.libpcap import CData

LINUX = sys.platform.startswith("linux")

PR_SET_KEEPCAPS, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS = 8, 38, 39
CAPABILITY_VERSION_3 = 0x20080522
CAP_NET_RAW = 13

DECLARATIONS = """
int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d);
struct cap_header { unsigned int version; int pid; };
struct cap_data { unsigned int effective, permitted, inheritable; };
int capset(struct cap_header *header, const struct cap_data *data);
"""
"""prctl is declared with the arguments that the kernel takes; all are of one register each."""


class PrivilegeError(HuginnError):
    """A right could not be given up."""


class User(NamedTuple):
    """Who a process becomes."""

    name: str
    uid: int
    gid: int
    groups: tuple[int, ...]


def find_user(name: str) -> User:
    """The user of this name, or number. `PrivilegeError` when there is none, or it is root."""
    import pwd

    try:
        entry = pwd.getpwuid(int(name)) if name.isdecimal() else pwd.getpwnam(name)
    except (KeyError, OverflowError, ValueError):  # the last: thousands of digits
        raise PrivilegeError(f"there is no user {named(name)}") from None
    if entry.pw_uid == 0:
        raise PrivilegeError(f"{named(name)} is root; name a user with fewer rights")
    groups = os.getgrouplist(entry.pw_name, entry.pw_gid)
    return User(entry.pw_name, entry.pw_uid, entry.pw_gid, tuple(sorted(set(groups))))


def become(user: User, *, keep_capture: bool = False) -> None:
    """Become `user` with its groups, for good; the way back is tried, and has to be closed.

    `keep_capture` keeps the one right to open interfaces again (Linux: CAP_NET_RAW).
    """
    if os.geteuid() == user.uid:
        return
    try:
        if keep_capture:
            _prctl(PR_SET_KEEPCAPS, 1)
        os.setgroups(user.groups)
        os.setgid(user.gid)  # of root these two set the saved ones as well
        os.setuid(user.uid)
        if keep_capture:
            _keep_only(CAP_NET_RAW)
    except OSError as error:
        raise PrivilegeError(f"cannot become {user.name}: {error.strerror}; only root can") from None
    _verify(user)


def allow_no_new_privileges() -> bool:
    """No program that this process starts gets more rights than it has. False where unknown (not Linux)."""
    if not LINUX:
        return False
    try:
        _prctl(PR_SET_NO_NEW_PRIVS, 1)
    except OSError as error:
        raise PrivilegeError(f"no-new-privileges cannot be set: {error.strerror}") from None
    return True


def _verify(user: User) -> None:
    uids, gids = (os.getuid(), os.geteuid()), (os.getgid(), os.getegid())
    if set(uids) != {user.uid} or set(gids) != {user.gid} or set(os.getgroups()) != set(user.groups):
        raise PrivilegeError(f"still has rights that {user.name} has not")
    for back in (os.seteuid, os.setegid):
        try:
            back(0)
        except OSError:
            continue
        raise PrivilegeError(f"could become root again after becoming {user.name}")


def _prctl(option: int, value: int) -> None:
    ffi, libc = _libc()
    if libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ffi.errno, os.strerror(ffi.errno))


def _keep_only(capability: int) -> None:
    ffi, libc = _libc()
    header, data = ffi.new("struct cap_header *"), ffi.new("struct cap_data[2]")
    header.version = CAPABILITY_VERSION_3
    data[0].effective = data[0].permitted = 1 << capability
    if libc.capset(header, data) != 0:
        raise OSError(ffi.errno, os.strerror(ffi.errno))


def _libc() -> tuple[CData, CData]:
    from cffi import FFI  # here, since it takes longer to import than the whole package

    ffi = FFI()
    ffi.cdef(DECLARATIONS)
    return ffi, ffi.dlopen(None)
