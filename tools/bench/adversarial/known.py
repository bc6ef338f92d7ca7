"""The texts that the default database looks for in HTTP headers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import huginn_cffi
from sigcompiler.reading.parser import parse_files


@cache
def texts() -> tuple[str, ...]:
    """Values of headers, names of programs, and systems that a User-Agent names."""
    model, _ = parse_files(sorted(Path(huginn_cffi.__file__).with_name("data").glob("*.fp")))
    found = [header.value for one in model.http for header in one.headers if header.value]
    found += [one.software for one in model.http if one.software]
    found += [one.text or one.name for one in model.user_agent_systems]
    return tuple(dict.fromkeys(found))
