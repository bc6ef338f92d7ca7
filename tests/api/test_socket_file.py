"""The file of the socket: who may use it, what is in its way, and when it goes."""

from __future__ import annotations

import multiprocessing
import os
import socket
import stat
from pathlib import Path

import pytest

from huginn_cffi.sockets.socket_file import Owner, SocketFile, SocketFileError, check_path
from tests.support.api_hosts import KNOWN, client, serving


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s"


def abandoned(path: Path) -> None:
    """A socket whose process is gone."""
    with socket.socket(socket.AF_UNIX) as gone:
        gone.bind(str(path))
        gone.listen()


@pytest.mark.parametrize("umask", [0, 0o077, 0o027])
@pytest.mark.parametrize("mode", [0o660, 0o666])
def test_its_mode_whatever_the_umask(path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        file = SocketFile(str(path), mode=mode)
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert file.remove() is None
    assert not path.exists()


def test_its_group(path: Path) -> None:
    groups = [one for one in os.getgroups() if one != os.getegid()]
    if not groups and os.geteuid() != 0:
        pytest.skip("this user has no second group")
    gid = groups[0] if groups else 12345
    file = SocketFile(str(path), owner=Owner(gid=gid))
    assert path.stat().st_gid == gid
    file.remove()


def test_a_group_that_may_not_be_given(path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may give any group")
    with pytest.raises(
        SocketFileError, match="cannot be given to that user or group: Operation not permitted"
    ):
        SocketFile(str(path), owner=Owner(gid=0))
    assert not path.exists()


def test_a_live_socket_is_never_taken_over(path: Path) -> None:
    with serving(path):
        before = path.stat().st_ino
        for attempt in (SocketFile, check_path):
            with pytest.raises(SocketFileError, match="another program answers there"):
                attempt(str(path))
        assert path.stat().st_ino == before
        with client(path) as talk:
            talk.sendall(KNOWN)
            assert len(talk.recv(1024)) == 232


def test_a_live_socket_with_no_room_for_another_client(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as busy, socket.socket(socket.AF_UNIX) as waits:
        busy.bind(str(path))
        busy.listen(0)
        waits.connect(str(path))
        with pytest.raises(SocketFileError, match="another program answers there"):
            SocketFile(str(path))


def test_a_live_socket_of_another_kind(path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as other:
        other.bind(str(path))
        with pytest.raises(SocketFileError, match="another program answers there"):
            SocketFile(str(path))
    assert path.exists()


def test_a_stale_socket_is_replaced(path: Path) -> None:
    abandoned(path)
    check_path(str(path))
    assert path.exists()
    with serving(path), client(path) as talk:
        talk.sendall(KNOWN)
        assert len(talk.recv(1024)) == 232
    assert not path.exists()


@pytest.mark.parametrize("kind", ["file", "folder", "link", "link to a socket", "pipe"])
def test_anything_else_is_kept(path: Path, tmp_path: Path, kind: str) -> None:
    if kind == "file":
        path.write_text("precious")
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(tmp_path / "other")
        if kind == "link to a socket":
            abandoned(tmp_path / "other")
    before = path.lstat()
    for attempt in (SocketFile, check_path):
        with pytest.raises(SocketFileError, match="exists and is not a socket; it was left as it is"):
            attempt(str(path))
    assert (path.lstat().st_ino, path.lstat().st_mode) == (before.st_ino, before.st_mode)


def test_at_the_end_only_the_own_file_is_removed(path: Path) -> None:
    file = SocketFile(str(path))
    path.unlink()
    path.write_text("of somebody else")
    assert file.remove() is None
    assert path.read_text() == "of somebody else"
    path.unlink()
    assert SocketFile(str(path)).remove() is None


def test_a_file_that_is_gone_already(path: Path) -> None:
    file = SocketFile(str(path))
    path.unlink()
    assert file.remove() is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing/s", r"there is no folder .*missing"),
        ("x" * 120, r"is too long for a socket, which has 10[37] bytes at most"),
        ("nul\0", "is not the name of a file"),
    ],
)
def test_names_that_cannot_be(tmp_path: Path, name: str, said: str) -> None:
    for attempt in (SocketFile, check_path):
        with pytest.raises(SocketFileError, match=said):
            attempt(f"{tmp_path}/{name}")


def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(SocketFileError, match="/s: Permission denied"):
            SocketFile(str(tmp_path / "s"))
    finally:
        tmp_path.chmod(0o700)


def _make(path: str, go: object, made: object) -> None:
    go.wait()  # type: ignore[attr-defined]
    try:
        file = SocketFile(path)
    except SocketFileError:
        made.put(0)  # type: ignore[attr-defined]
    else:
        made.put(1)  # type: ignore[attr-defined]
        made.join()  # type: ignore[attr-defined]
        file.remove()


def test_of_several_that_start_at_once_one_gets_a_stale_socket(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    abandoned(path)
    go, made = context.Event(), context.JoinableQueue()
    makers = [context.Process(target=_make, args=(str(path), go, made)) for _ in range(4)]
    for maker in makers:
        maker.start()
    go.set()
    assert sorted(made.get(timeout=60) for _ in makers) == [0, 0, 0, 1]
    for _ in makers:
        made.task_done()
    for maker in makers:
        maker.join(60)
    assert not path.exists()
