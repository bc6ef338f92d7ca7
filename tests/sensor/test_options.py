"""Options of live capture, and rights that cannot be given up: refused before anything is opened."""

from __future__ import annotations

import os

import click
import pytest
from click.testing import CliRunner

from huginn_cffi.cli.commands.capture import capture
from huginn_cffi.cli.parameters import BYTES, SECONDS, quantity
from huginn_cffi.sources.interface import CaptureOptions
from huginn_cffi.sources.privileges import PrivilegeError, find_user


def number(text: str | None, units: dict[str, int]) -> int | None:
    convert = quantity(units, 10, 1 << 40)
    return convert(click.Context(click.Command("x")), click.Option(["--x"]), text)


@pytest.mark.parametrize(
    ("text", "units", "expected"),
    [
        ("4096", BYTES, 4096),
        ("64k", BYTES, 65536),
        ("8M", BYTES, 8388608),
        ("1G", BYTES, 1073741824),
        ("90", SECONDS, 90),
        ("90s", SECONDS, 90),
        ("2h", SECONDS, 7200),
        ("7D", SECONDS, 604800),
        (None, BYTES, None),
    ],
)
def test_quantities(text: str | None, units: dict[str, int], expected: int | None) -> None:
    assert number(text, units) == expected


@pytest.mark.parametrize("text", ["", "M", "8MB", "1.5M", "-1M", "8 M", "9", "2048G", "1T", "٣M"])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter):
        number(text, BYTES)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--buffer-size", "1K"], "is not within 65536"),
        (["--rotate-every", "1W"], "no unit or the unit S or M or H or D"),
        (["--rotate-size", "1M"], "need -o FILE"),
        (["--rotate-every", "1H", "-o", "-"], "need -o FILE"),
        (["--stats-interval", "0"], "above 0"),
        (["--stats-format", "xml"], "'xml' is not one of"),
    ],
)
def test_wrong_options_are_usage_errors(words: list[str], message: str) -> None:
    done = CliRunner().invoke(capture, ["lo", *words])
    assert done.exit_code == 2
    assert message in done.output


def test_users() -> None:
    nobody = find_user("nobody")
    assert find_user(str(nobody.uid)) == nobody
    assert nobody.gid in nobody.groups
    with pytest.raises(PrivilegeError, match=r"there is no user no\\x1bsuch"):
        find_user("no\x1bsuch")
    with pytest.raises(PrivilegeError, match="root is root; name a user with fewer rights"):
        find_user("root")
    with pytest.raises(PrivilegeError, match="0 is root"):
        find_user("0")
    with pytest.raises(PrivilegeError, match="there is no user"):
        find_user("9" * 30)
    with pytest.raises(PrivilegeError, match="there is no user"):
        find_user("9" * 5000)


@pytest.mark.parametrize("options", [{"snaplen": 63}, {"snaplen": 65537}, {"buffer_bytes": 65535}])
def test_capture_options_out_of_range(options: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be"):
        CaptureOptions(**options)  # type: ignore[arg-type]


@pytest.mark.no_tsan("its thread keeps the rights that are given up")
def test_becoming_another_user_needs_root() -> None:
    """In a child, which gives up root first and then tries to become somebody else."""
    from huginn_cffi.sources.privileges import become

    if os.geteuid() != 0:
        pytest.skip("needs root to begin with")
    nobody = find_user("nobody")
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            become(nobody)
            become(nobody._replace(uid=nobody.uid - 1, name="other"))
        except PrivilegeError as error:
            os.write(write, str(error).encode())
        os._exit(0)
    os.close(write)
    assert os.read(read, 1000) == b"cannot become other: Operation not permitted; only root can"
    os.waitpid(child, 0)
    os.close(read)
