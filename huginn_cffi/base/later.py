"""Modules that are imported when something of them is asked for: an import of the package is to be quick."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module, also in annotations, so that `typing.get_type_hints` finds its classes.

    Type checkers see the module itself: ``if TYPE_CHECKING`` has the import, and the other branch this.
    """

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)
