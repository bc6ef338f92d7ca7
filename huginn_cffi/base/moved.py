"""What older versions pickled names modules that have moved since; it is found where they are now."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType

MOVED = {
    "huginn_cffi.batch.pickling": ("huginn_cffi.engine.batch", ("batch_of", "result_of", "view_of")),
    "huginn_cffi.database.signatures": ("huginn_cffi.signatures.signatures", ("Label", "Signature")),
    "huginn_cffi.answers": ("huginn_cffi.results.answers", ("Basis",)),
    "huginn_cffi.pickled": ("huginn_cffi.base.pickle_compat", ("_restored",)),
    "huginn_cffi.stats": ("huginn_cffi.engine.stats", ("InterfaceStats", "_restored")),
}
"""Where modules of version 0.1 are now, and the names in pickles. Other names are not found there."""


class _Finder:
    """Makes the old modules, when all other finders know none of that name."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(name, self) if name in MOVED else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        """An empty module, which Python makes."""

    def exec_module(self, module: ModuleType) -> None:
        now, names = MOVED[module.__name__]
        vars(module).update({name: getattr(import_module(now), name) for name in names})


def install() -> None:
    """Let `pickle` find them."""
    sys.meta_path.append(_Finder())
