"""Modules imported on first use, to keep the import of the package quick."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module. It also works in annotations, so that `typing.get_type_hints` finds its classes.

    Type checkers see the real module: the import stands below ``if TYPE_CHECKING``, this in the other branch.
    """

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)
