"""Writes diagnostics of signature files as JSON, and as SARIF 2.1.0 for editors and code hosts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import huginn_cffi
from sigcompiler.codes import CODES, severity_of
from sigcompiler.diagnostics import Diagnostic

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
UNREADABLE = "E001"
"""The code for a file that could not be checked."""


def diagnostics_dict(files: Sequence[str], signatures: int, found: Sequence[Diagnostic]) -> dict[str, Any]:
    """Files, counts, and all diagnostics. ``line`` and ``column`` count from 1; 0 means the whole file."""
    counts = Counter(item.severity for item in found)
    return {
        "files": list(files),
        "signatures": signatures,
        "errors": counts["error"],
        "warnings": counts["warning"],
        "diagnostics": [item._asdict() for item in found],
    }


def sarif_log(files: Sequence[str], found: Sequence[Diagnostic]) -> dict[str, Any]:
    """A SARIF log of one run, with a rule for each code that occurs and a result for each diagnostic."""
    codes = sorted({item.code for item in found})
    unread = any(item.code == UNREADABLE for item in found)
    driver = {
        "name": "huginn check",
        "version": huginn_cffi.__version__,
        "rules": [
            {
                "id": code,
                "shortDescription": {"text": CODES[code]},
                "defaultConfiguration": {"level": severity_of(code)},
            }
            for code in codes
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": file_uri(name)}} for name in files],
        "invocations": [{"executionSuccessful": not unread}],
        "results": [_result(item, codes.index(item.code), files) for item in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def file_uri(name: str) -> str:
    """The URI of a file for SARIF, percent-encoded; absolute paths have a scheme, relative paths do not."""
    path = Path(name)
    text = quote(path.as_posix().encode("utf-8", "surrogateescape"))
    return f"file://{text}" if path.is_absolute() else text


def _result(item: Diagnostic, rule: int, files: Sequence[str]) -> dict[str, Any]:
    hint = f" (hint: {item.hint})" if item.hint else ""
    return {
        "ruleId": item.code,
        "ruleIndex": rule,
        "level": item.severity,
        "message": {"text": f"{item.message}{hint}"},
        "locations": [{"physicalLocation": _location(item, files)}],
    }


def _location(item: Diagnostic, files: Sequence[str]) -> dict[str, Any]:
    artifact: dict[str, Any] = {"uri": file_uri(item.file)}
    if item.file in files:
        artifact["index"] = files.index(item.file)
    if not item.line:
        return {"artifactLocation": artifact}
    region: dict[str, Any] = {"startLine": item.line, "startColumn": max(item.column, 1)}
    if item.source_line:
        region["snippet"] = {"text": item.source_line}
    return {"artifactLocation": artifact, "region": region}
