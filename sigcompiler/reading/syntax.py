"""Parses one line by the grammar; a line that does not fit becomes a problem in words."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from lark import Lark, Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from sigcompiler.diagnostics import Problem
from sigcompiler.reading.explain import explain

STARTS = ("preamble", "mtu", "tcp", "http", "tls", "device", "segments", "banner")
"""The start rules of the grammar: the section of a line selects one."""

MAX_LINE = 16 * 1024
"""Limit of the characters in one line."""


def start_of(token: Token) -> int:
    """The offset of a token within its line, from 0."""
    return token.start_pos or 0


def placed(problem: Problem, token: Token) -> Problem:
    """Convert the offset of a problem from within a token to within the line."""
    return problem._replace(offset=start_of(token) + problem.offset)


class LineError(Exception):
    """A line that the grammar refuses; ``problem`` is the reason."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    return Lark.open(
        "grammar.lark",
        rel_to=__file__,
        parser="lalr",
        lexer="contextual",
        start=list(STARTS),
        maybe_placeholders=False,
        propagate_positions=False,
    )


def parse_line(text: str, start: str) -> tuple[str, list[Token]]:
    """Parse ``text``, a line without surrounding blanks, into its kind (a rule of the grammar) and tokens.

    Raises:
        LineError: the line does not fit the grammar.
    """
    try:
        tree = _grammar().parse(text, start=start)
    except UnexpectedInput as error:
        raise LineError(explain(text, start, _position(error, text), _expected(error))) from None
    return tree.data, cast("list[Token]", tree.children)


def _position(error: UnexpectedInput, text: str) -> int:
    """The offset at which the text stopped fitting, from 0."""
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return len(text)
    return error.pos_in_stream or 0


def _expected(error: UnexpectedInput) -> frozenset[str]:
    if isinstance(error, UnexpectedToken):
        return frozenset(error.expected)
    if isinstance(error, UnexpectedCharacters):
        return frozenset(error.allowed or ())
    return frozenset()
