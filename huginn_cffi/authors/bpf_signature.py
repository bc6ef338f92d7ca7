"""See `huginn_cffi.tools.authors.bpf_signature`."""

from __future__ import annotations

from huginn_cffi.tools.authors.bpf_signature import bpf_expression

__all__ = ["bpf_expression"]
