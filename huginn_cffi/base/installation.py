"""How this copy was installed, and the commands that add to it. Messages recommend no others."""

from __future__ import annotations

import os
import shlex
import sys

_PARENT = os.path.abspath(f"{__file__}/../../..")  # noqa: PTH100 - modules that start every command import this
"""The folder that the package lies in."""
_IS_CHECKOUT = os.path.isfile(f"{_PARENT}/setup.sh")  # noqa: PTH113
_IS_VIRTUAL = sys.prefix != sys.base_prefix


def to_add(extra: str) -> str:
    """The command that adds an extra of pyproject.toml, such as ``mqtt``.

    pip takes an installed huginn-cffi as it is, and adds only what the extra requires.
    """
    if _IS_CHECKOUT and not _IS_VIRTUAL:
        return f"{_in_folder()}sh setup.sh with {extra}"
    return f"{_in_folder()}{_pip()} install '{'.' if _IS_CHECKOUT else 'huginn-cffi'}[{extra}]'"


def to_add_workbench() -> str:
    """The command that adds huginn-workbench, which is a folder of the project."""
    if _IS_CHECKOUT and not _IS_VIRTUAL:
        return f"{_in_folder()}sh setup.sh test"
    where = _in_folder() if _IS_CHECKOUT else "in the project's folder, "
    return f"{where}{_pip()} install ./workbench"


def _in_folder() -> str:
    """Go to the checkout, if the user is elsewhere."""
    is_there = not _IS_CHECKOUT or os.path.realpath(os.curdir) == os.path.realpath(_PARENT)
    return "" if is_there else f"cd {shlex.quote(_PARENT)} && "


def _pip() -> str:
    """The pip for this copy; for Debian's, which pip refuses to change, one beside it."""
    if _PARENT == "/usr/lib/python3/dist-packages":
        return "python3 -m venv --system-site-packages ~/.huginn && ~/.huginn/bin/pip"
    program = f"{sys.prefix}/bin/pip" if _IS_VIRTUAL else "pip"
    if _IS_CHECKOUT and program.startswith(f"{_PARENT}/"):
        return program[len(_PARENT) + 1 :]
    return shlex.quote(program)
