"""Compiler of p0f v3 signature files: text to model, diagnostics, decision table and emitters.

Importing the package is cheap; the grammar (lark) is loaded with the parser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sigcompiler.diagnostics import Diagnostic, SignatureFileError
    from sigcompiler.model import SignatureFile

__all__ = ["Diagnostic", "SignatureFile", "SignatureFileError"]


def __getattr__(name: str) -> object:
    """Import a name from `__all__` on first access."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from sigcompiler import diagnostics, model

    value: object = getattr(model, name, None) or getattr(diagnostics, name)
    return value
