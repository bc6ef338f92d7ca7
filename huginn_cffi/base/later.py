"""Modules imported on first use, to keep the import of the package quick."""

from __future__ import annotations

import sys
from importlib import import_module

from huginn_cffi.base.unknown import TYPE_CHECKING, unknown

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def first_use(package: str, modules: dict[str, str]) -> Callable[[str], object]:
    """The ``__getattr__`` of a package that imports its names at first use.

    `modules` has the names of each module, which begins with a dot if it is below the package.
    """
    module_of = {name: module for module, names in modules.items() for name in names.split()}

    def get(name: str) -> object:
        if name not in module_of:
            raise unknown(sys.modules[package], name)
        value: object = getattr(import_module(module_of[name], package), name)
        setattr(sys.modules[package], name, value)
        return value

    return get


class Later:
    """Stands for a module. It also works in annotations, so that `typing.get_type_hints` finds its classes.

    Type checkers see the real module: the import stands below ``if TYPE_CHECKING``, this in the other branch.
    """

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)
