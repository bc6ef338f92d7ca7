"""Compiler of p0f v3 signature files: text to model, diagnostics, decision table and emitters.

Importing the package is cheap; the grammar (lark) is loaded with ``sigcompiler.parser``.
"""

from sigcompiler.diagnostics import Diagnostic, SignatureFileError
from sigcompiler.model import SignatureFile

__all__ = ["Diagnostic", "SignatureFile", "SignatureFileError"]
