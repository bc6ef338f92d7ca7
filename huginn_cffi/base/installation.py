"""How this copy was installed, and the commands that add to it. Messages recommend no others."""

from __future__ import annotations

import os
import shlex
import sys

_PARENT = os.path.abspath(f"{__file__}/../../..")  # noqa: PTH100 - every command imports this module
_IS_CHECKOUT = os.path.isfile(f"{_PARENT}/setup.sh")  # noqa: PTH113
_IS_VIRTUAL = sys.prefix != sys.base_prefix


def to_add(extra: str) -> str:
    """The command that adds an extra of pyproject.toml, such as ``mqtt``."""
    if _IS_CHECKOUT and not _IS_VIRTUAL:
        return setup(f"with {extra}")
    if _IS_CHECKOUT:
        return f"{_in_folder()}{_pip()} install -e '.[{extra}]'"
    return f"{_pip()} install 'huginn-cffi[{extra}]'"  # pip adds what the extra requires, and nothing else


def to_add_workbench() -> str:
    """The command that adds huginn-workbench, which is a folder of the project."""
    if _IS_CHECKOUT and not _IS_VIRTUAL:
        return setup("")
    return f"{_in_folder()}{_pip()} install ./workbench"


def setup(words: str) -> str:
    """A call of setup.sh, which only the project's folder has."""
    return f"{_in_folder()}sh setup.sh {words}".rstrip()


def as_root(command: str) -> str:
    """A command such as ``huginn capture eth0`` by sudo, which looks in the system's folders only."""
    program, blank, words = command.partition(" ")
    if _IS_VIRTUAL:
        path = f"{sys.prefix}/bin/{program}"
        program = shlex.quote(path.removeprefix(f"{_PARENT}/") if _is_in_folder() else path)
    return f"sudo {program}{blank}{words}"


def _in_folder() -> str:
    """What to do first if the user is not in the project's folder."""
    if not _IS_CHECKOUT:
        return "in the project's folder, "
    return "" if _is_in_folder() else f"cd {shlex.quote(_PARENT)} && "


def _is_in_folder() -> bool:
    return os.path.realpath(os.curdir) == os.path.realpath(_PARENT)


def _pip() -> str:
    """The pip for this copy; for Debian's, which pip refuses to change, one beside it."""
    if _PARENT == "/usr/lib/python3/dist-packages":
        return "python3 -m venv --system-site-packages ~/.huginn && ~/.huginn/bin/pip"
    program = f"{sys.prefix}/bin/pip" if _IS_VIRTUAL else "pip"
    return shlex.quote(program.removeprefix(f"{_PARENT}/") if _IS_CHECKOUT else program)
