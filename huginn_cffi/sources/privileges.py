"""Gives up rights that a sensor no longer needs once its interface is open.

Raises `PrivilegeError` if a right cannot be given up, and never continues with more rights than requested.
Capabilities, the bounding set and no-new-privileges belong to a thread, and new threads inherit them: give
them up before libraries start their own threads.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from huginn_cffi.base.errors import HuginnError, named
from huginn_cffi.libraries.libpcap import CData

LINUX = sys.platform.startswith("linux")

PR_SET_KEEPCAPS, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS = 8, 38, 39
PR_CAPBSET_READ, PR_CAPBSET_DROP = 23, 24
CAPABILITY_VERSION_3 = 0x20080522
CAP_NET_RAW = 13
THREADS = Path("/proc/self/task")

DECLARATIONS = """
int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d);
struct cap_header { unsigned int version; int pid; };
struct cap_data { unsigned int effective, permitted, inheritable; };
int capget(struct cap_header *header, struct cap_data *data);
int capset(struct cap_header *header, const struct cap_data *data);
"""
"""prctl is declared with the arguments that the kernel takes; each fits into one register."""


class PrivilegeError(HuginnError):
    """A right could not be given up."""


class User(NamedTuple):
    """The user that a process becomes."""

    name: str
    uid: int
    gid: int
    groups: tuple[int, ...]

    @property
    def in_force(self) -> bool:
        """Whether all user and group ids of the process already are this user's."""
        uids, gids = [os.getuid(), os.geteuid()], [os.getgid(), os.getegid()]
        if hasattr(os, "getresuid"):
            uids += os.getresuid()
            gids += os.getresgid()
        return {*uids} == {self.uid} and {*gids} == {self.gid}


def find_user(name: str) -> User:
    """The user with this name or number. `PrivilegeError` if there is none, or it is root."""
    import pwd

    try:
        entry = pwd.getpwuid(int(name)) if name.isdecimal() else pwd.getpwnam(name)
    except (KeyError, OverflowError, ValueError):  # ValueError: thousands of digits
        raise PrivilegeError(f"there is no user {named(name)}") from None
    if entry.pw_uid == 0:
        raise PrivilegeError(f"{named(name)} is root; name a user with fewer rights")
    groups = os.getgrouplist(entry.pw_name, entry.pw_gid)
    return User(entry.pw_name, entry.pw_uid, entry.pw_gid, tuple(sorted(set(groups))))


def become(user: User, *, keep_capture: bool = False) -> None:
    """Become `user` with its groups, irrevocably, whichever user the process has now.

    All capabilities are dropped, on Linux also the bounding set. `keep_capture` keeps only the right to
    reopen interfaces (CAP_NET_RAW), if the process has it. The remaining rights are verified for all threads,
    and becoming root again is tried, which must fail.
    """
    try:
        kept = _permitted() & (1 << CAP_NET_RAW if keep_capture else 0) if LINUX else 0
        if LINUX:
            _set_capabilities(_permitted())  # needed if only the effective user was changed
            lower_bounding_set()
            _prctl(PR_SET_KEEPCAPS, int(keep_capture))
        if set(os.getgroups()) != set(user.groups):
            os.setgroups(user.groups)
        if hasattr(os, "setresuid"):
            os.setresgid(user.gid, user.gid, user.gid)
            os.setresuid(user.uid, user.uid, user.uid)
        else:  # called by root, these two set the saved ids as well
            os.setgid(user.gid)
            os.setuid(user.uid)
        if LINUX:
            _set_capabilities(kept)  # also empties the ambient set
            _prctl(PR_SET_KEEPCAPS, 0)
    except OSError as error:
        raise PrivilegeError(f"cannot become {user.name}: {error.strerror}; only root can") from None
    _verify(user, kept)


def lower_bounding_set() -> None:
    """Programs that this process starts get no capabilities from their files.

    no-new-privileges, which has the same effect, is set as well, since the process may not be allowed to
    lower the set. Only on Linux.
    """
    if not LINUX:
        return
    allow_no_new_privileges()
    for capability in count():
        found = _answer(PR_CAPBSET_READ, capability)  # below 0 beyond the kernel's last capability
        if found < 0 or (found and _answer(PR_CAPBSET_DROP, capability) < 0):
            return


def allow_no_new_privileges() -> None:
    """No program that this process starts gets more rights than it has. Only on Linux."""
    if not LINUX:
        return
    try:
        _prctl(PR_SET_NO_NEW_PRIVS, 1)
    except OSError as error:
        raise PrivilegeError(f"no-new-privileges cannot be set: {error.strerror}") from None


def _verify(user: User, kept: int) -> None:
    if not user.in_force or set(os.getgroups()) != set(user.groups):
        raise PrivilegeError(f"still has rights that {user.name} does not have")
    if LINUX:
        _verify_threads(user, kept)
    for back in (os.seteuid, os.setegid):
        try:
            back(0)
        except OSError:
            continue
        raise PrivilegeError(f"could become root again after becoming {user.name}")


def _verify_threads(user: User, kept: int) -> None:
    """Check the kernel's status of each thread. Imports nothing: the new user may not read modules."""
    try:
        statuses = [(one / "status").read_bytes().decode() for one in THREADS.iterdir()]
    except OSError as error:
        raise PrivilegeError(f"rights cannot be verified: {THREADS}: {error.strerror}") from None
    for text in statuses:
        found = {
            name: value.split() for name, _, value in (line.partition(":") for line in text.splitlines())
        }
        same = set(found["Uid"]) == {str(user.uid)} and set(found["Gid"]) == {str(user.gid)}
        same = same and set(map(int, found["Groups"])) == set(user.groups)
        held = [int(found[name][0], 16) for name in ("CapPrm", "CapEff", "CapInh", "CapAmb")]
        bounded = int(found["CapBnd"][0], 16) == 0 or found["NoNewPrivs"] == ["1"]
        if not same or any(one & ~kept for one in held) or not bounded:
            raise PrivilegeError(f"still has rights that {user.name} does not have")


def _prctl(option: int, value: int) -> None:
    if _answer(option, value) != 0:
        number = _libc()[0].errno
        raise OSError(number, os.strerror(number))


def _answer(option: int, value: int) -> int:
    """The return value of prctl; below 0 on failure."""
    return int(_libc()[1].prctl(option, value, 0, 0, 0))


def _permitted() -> int:
    """The permitted capabilities of this thread, a bit each."""
    ffi, libc = _libc()
    header, data = _capabilities()
    if libc.capget(header, data) != 0:
        raise OSError(ffi.errno, os.strerror(ffi.errno))
    return int(data[0].permitted | data[1].permitted << 32)


def _set_capabilities(permitted: int) -> None:
    """Set the permitted and effective capabilities; clear the inheritable and with them the ambient ones."""
    ffi, libc = _libc()
    header, data = _capabilities()
    for number in range(2):
        word = permitted >> 32 * number & 0xFFFFFFFF
        data[number].permitted = data[number].effective = word
    if libc.capset(header, data) != 0:
        raise OSError(ffi.errno, os.strerror(ffi.errno))


def _capabilities() -> tuple[CData, CData]:
    """The arguments of capget and capset."""
    ffi, _ = _libc()
    header = ffi.new("struct cap_header *")
    header.version = CAPABILITY_VERSION_3
    return header, ffi.new("struct cap_data[2]")


@cache
def _libc() -> tuple[CData, CData]:
    from cffi import FFI  # imported here: it takes longer than the whole package

    ffi = FFI()
    ffi.cdef(DECLARATIONS)
    return ffi, ffi.dlopen(None)
