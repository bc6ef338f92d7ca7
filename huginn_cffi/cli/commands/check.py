"""``huginn check``: reports all problems of signature files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from huginn_cffi.base.errors import named
from huginn_cffi.cli.color import Color, color_option, painted
from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.parameters import FILE, argument, command, format_option, option
from huginn_cffi.cli.signature_options import with_default_option, with_defaults
from huginn_cffi.cli.standard_error import counted
from huginn_cffi.cli.status import DAMAGED, DONE, REFUSED
from sigcompiler.diagnostics import Diagnostic


@command(
    ("Every problem in a file", "huginn check plant.fp"),
    ("In a CI job that fails on warnings", "huginn check --strict --format sarif plant.fp"),
)
def check(
    files: tuple[str, ...] = argument("FILE.fp...", FILE, nargs=-1, required=True),
    strict: bool = option("--strict", "Exit with status 1 when there are warnings."),
    with_default: bool = with_default_option,
    format_: str = format_option(
        *("text", "json", "sarif"), help="sarif is SARIF 2.1.0, which editors and code hosts read."
    ),
    color: Color = color_option,
) -> int:
    """Report every problem in signature files.

    Exit status: 0 clean, 1 warnings with --strict, 2 errors.
    """
    from sigcompiler.reading.parser import parse_files

    paths = with_defaults(files, with_default)
    signatures, diagnostics = parse_files(paths)
    names = paths if format_ != "text" else [*files, *["the default database"] * with_default]
    if format_ == "text":
        print_text(painted(_text(names, len(signatures), diagnostics), color))
    else:
        from huginn_cffi.applications.authors.diagnostics import diagnostics_dict, sarif_log

        log = diagnostics_dict(names, len(signatures), diagnostics)
        if format_ == "sarif":
            log = sarif_log(names, diagnostics)
        print_text(json.dumps(log, indent=2) + "\n")
    found = Counter(diagnostic.severity for diagnostic in diagnostics)
    if found["error"]:
        return REFUSED
    return DAMAGED if strict and found["warning"] else DONE


def _text(files: Sequence[str], count: int, diagnostics: Sequence[Diagnostic]) -> str:
    found = Counter(diagnostic.severity for diagnostic in diagnostics)
    counts = (("signature", count), ("error", found["error"]), ("warning", found["warning"]))
    total = f"{', '.join(map(named, files))}: {', '.join(counted(number, word) for word, number in counts)}"
    return "\n".join([*map(str, diagnostics), total]) + "\n"
