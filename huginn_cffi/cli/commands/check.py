"""``huginn check``: reports all problems of signature files, also as JSON and SARIF 2.1.0."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import huginn_cffi
from huginn_cffi.base.errors import named
from huginn_cffi.cli.color import Color, color_option, painted
from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.parameters import FILE, argument, command, format_option, option
from huginn_cffi.cli.signature_options import overriding_text, with_default_option, with_defaults
from huginn_cffi.cli.standard_error import counted
from huginn_cffi.cli.status import DAMAGED, DONE, REFUSED
from sigcompiler.codes import CODES, severity_of
from sigcompiler.diagnostics import Diagnostic


@command()
def check(
    files: tuple[str, ...] = argument("FILE.fp...", FILE, nargs=-1, required=True),
    strict: bool = option("--strict"),
    with_default: bool = with_default_option,
    format_: str = format_option("text", "json", "sarif"),
    color: Color = color_option,
) -> int:
    """Report every problem in signature files."""
    from sigcompiler.reading.parser import parse_files

    paths = with_defaults(files, with_default)
    signatures, found = parse_files(paths, checks_flavors=True)
    # A built-in line that gives way to an own one is no problem: that is what own ones are for.
    built_in = set(with_defaults((), with_default))
    diagnostics = [one for one in found if one.file not in built_in]
    names = paths if format_ != "text" else [*files, *["the default database"] * with_default]
    if format_ == "text":
        own = parse_files(with_defaults(files, wanted=False))[0] if with_default else None
        total = f"{counted(len(signatures), 'signature')}{'' if own is None else overriding_text(own)}"
        print_text(painted(_text(names, total, diagnostics), color))
    else:
        log = diagnostics_dict(names, len(signatures), diagnostics)
        if format_ == "sarif":
            log = sarif_log(names, diagnostics)
        print_text(json.dumps(log, indent=2) + "\n")
    count = Counter(diagnostic.severity for diagnostic in diagnostics)
    if count["error"]:
        return REFUSED
    return DAMAGED if strict and count["warning"] else DONE


def _text(files: Sequence[str], signatures: str, diagnostics: Sequence[Diagnostic]) -> str:
    found = Counter(diagnostic.severity for diagnostic in diagnostics)
    counts = (counted(found[word], word) for word in ("error", "warning"))
    total = f"{', '.join(map(named, files))}: {', '.join((signatures, *counts))}"
    return "\n".join([*map(str, diagnostics), total]) + "\n"


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
