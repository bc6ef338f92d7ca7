"""Reads the text of a signature outside a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from lark import Token

from huginn_cffi.base.errors import SignatureError
from sigcompiler.collector import Collector
from sigcompiler.diagnostics import Problem
from sigcompiler.model import LabelLine, Place, Section, SigFields
from sigcompiler.reading.syntax import MAX_LINE, LineError, parse_line

NAME = "<signature>"
"""The file name in diagnostics."""

Built = TypeVar("Built")
_KEY = "sig="


def read_signature(
    text: str,
    section: Section,
    build: Callable[[list[Token], SigFields], tuple[Built | None, list[Problem]]],
) -> Built:
    """The signature that the compiler builds from a text. Raises `SignatureError` with position and hint."""
    if len(text) > MAX_LINE:
        _refuse(text, [Problem(0, "E003", f"{len(text)} characters; at most {MAX_LINE} are read")])
    try:
        _, tokens = parse_line(_KEY + text, section.name.lower().partition("_")[0])
    except LineError as error:
        _refuse(text, [error.problem])
    place = Place(NAME, 1, 1)
    line = SigFields(place=place, label=LabelLine(place, section, ""), text=text, provenance="")
    found, problems = build(tokens, line)
    if not found:
        _refuse(text, problems)
    return found


def _refuse(text: str, problems: list[Problem]) -> NoReturn:
    collector = Collector()
    collector.begin_file(NAME, [text])
    for problem in problems:
        column = max(problem.offset - len(_KEY), 0) + 1
        collector.add(problem.code, Place(NAME, 1, column), problem.message, problem.hint)
    found = collector.finish()
    errors = [str(item) for item in found if item.severity == "error"]
    raise SignatureError("\n".join(errors), found)
