"""Parses one line by the grammar; a line that does not fit becomes a problem in words."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple, cast

from lark import Lark, Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from sigcompiler.csv_rows import rows_of
from sigcompiler.diagnostics import Problem, hint_for, nearest, quoted
from sigcompiler.model import SECTION_WORDS
from sigcompiler.vocabulary import OPTION_WORDS, QUIRK_WORDS

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
        raise LineError(_explained(text, start, _position(error, text), _expected(error))) from None
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


KEYS = ("classes", "ua_os", "label", "sys", "sig")

_KEY = re.compile(r"([^\s=]*)[ \t]*(=?)")
_WORD_END = re.compile(r"[:,]")
_JA4_END = re.compile(r"_")


class _Field(NamedTuple):
    """A field of a line: its terminal, the separator before it, and its words for messages."""

    terminal: str
    separator: str
    code: str
    name: str
    remedy: str
    item: str
    """The name of one item, if the field is a list."""
    form: str
    """How to write the whole line, in its first field."""


def _fields() -> dict[str, tuple[_Field, ...]]:
    """The fields of each kind of line, as ``tcp.sig``; for lines with one value, by key."""
    found: dict[str, tuple[_Field, ...]] = {}
    for row in rows_of("reading/fields.csv"):
        lines = row.pop("lines").split()
        row["remedy"] = row["remedy"].replace("QUIRKS", ", ".join(QUIRK_WORDS.values()))
        for line in lines:
            found[line] = (*found.get(line, ()), _Field(**row))
    return found


_FIELDS = _fields()


def _explained(text: str, start: str, position: int, expected: Collection[str]) -> Problem:
    """The problem of a line that stopped fitting at ``position``; ``expected`` has the terminals that fit."""
    if text.startswith("["):
        return _explain_section(text, position)
    match = _KEY.match(text)
    key = match.group(1) if match else ""
    if position == 0 or key not in KEYS:
        return _explain_key(key, match is not None and match.group(2) == "=")
    fields = _FIELDS.get(f"{start}.{key}")
    if fields:
        return _explain_fields(text, position, fields, expected)
    return _explain_value(text, position, key)


def guess_section(text: str) -> str | None:
    """Guess the section that a misspelt section line most probably means."""
    return nearest(_section_of(text), SECTION_WORDS.values())


def _section_of(text: str) -> str:
    return text.partition("]")[0].replace(" ", "") + "]"


def _explain_section(text: str, position: int) -> Problem:
    if position:
        return Problem(position, "E010", f"{quoted(text[position:])} after the section's name", "delete it")
    hint = hint_for(_section_of(text), SECTION_WORDS.values(), "sections")
    return Problem(0, "E010", f"there is no section {quoted(text)}", hint)


def _explain_key(key: str, has_equals: bool) -> Problem:
    if not has_equals:
        hint = "write KEY = VALUE; a comment starts with a semicolon"
        if key in KEYS:
            hint = f"write {key} = VALUE"
        return Problem(0, "E011", "neither a section, a comment nor KEY = VALUE", hint)
    if not key:
        return Problem(0, "E011", "there is no key in front of the =", "keys are " + ", ".join(KEYS))
    return Problem(0, "E012", f"unknown key {quoted(key)}", hint_for(key, KEYS, "keys"))


def _explain_value(text: str, position: int, key: str) -> Problem:
    """Explain a line with a single value, or with a list that ends with the line."""
    bad = quoted(text[position:]) if position < len(text) else "the end of the line"
    [found] = _FIELDS[key]
    return Problem(position, found.code, found.name.format(bad), found.remedy)


def _explain_fields(
    text: str, position: int, fields: tuple[_Field, ...], expected: Collection[str]
) -> Problem:
    """Explain a line of several fields: a wrong field, text after a field, or missing fields."""
    index = next((i for i, field in enumerate(fields) if field.terminal in expected), len(fields))
    if index == len(fields):
        last = fields[-1]
        return Problem(position, last.code, f"{quoted(text[position:])} after the {last.name}", last.remedy)
    field = fields[index]
    if position == len(text):
        return _explain_end(text, fields, index)
    if text.startswith(field.separator, position):
        return _explain_content(text, position + len(field.separator), field)
    before = fields[index - 1]
    if before.item and ":" not in text[position:]:  # the list was never ended
        return _explain_end(text, fields, index)
    if field.terminal == "SCALE" and text[position] == ":":
        return Problem(position, field.code, "the window lacks its scale", field.remedy)
    return _explain_content(text, position, before)


def _explain_end(text: str, fields: tuple[_Field, ...], index: int) -> Problem:
    missing = ", ".join(field.name for field in fields[index:])
    if fields[0].terminal == "LABEL_TYPE":
        message = f"the label ends too early; missing: {missing}"
        return Problem(len(text), "E021", message, fields[index].remedy)
    message = f"the signature ends too early; missing: {missing}"
    return Problem(len(text), "E040", message, fields[0].form)


def _explain_content(text: str, position: int, field: _Field) -> Problem:
    """Explain the text at ``position`` that does not belong in ``field``."""
    if text[position : position + 1] in (" ", "\t") and field.code != "E021":
        hint = "a comment needs a separate line" if ";" in text[position:] else "signatures hold no blanks"
        return Problem(position, field.code, f"a blank in or after the {field.name}", hint)
    end = (_JA4_END if field.terminal.startswith("JA4_") else _WORD_END).search(text, position)
    wrong = text[position : end.start() if end else len(text)]
    if field.item:
        return _explain_item(text, position, field, wrong)
    if not wrong:
        return Problem(position, field.code, f"the {field.name} is empty", field.remedy)
    return Problem(position, field.code, f"bad {field.name} at {quoted(wrong)}", field.remedy)


def _explain_item(text: str, position: int, field: _Field, wrong: str) -> Problem:
    """Explain a bad word in a list."""
    if not wrong:
        return Problem(position, field.code, f"an empty item in the {field.name}", "delete one comma")
    if field.terminal == "HEADERS" and "=" in wrong:
        return _explain_header_value(text, position, field)
    hint = field.remedy
    if field.terminal == "OLAYOUT":
        hint = _option_hint(wrong) or hint
    elif field.terminal == "QUIRKS":
        hint = hint_for(wrong, QUIRK_WORDS.values(), "quirks")
    return Problem(position, field.code, f"unknown or malformed {field.item} {quoted(wrong)}", hint)


def _option_hint(word: str) -> str:
    if word.startswith("eol"):
        return "write eol+N, where N counts the bytes after it, as in eol+1"
    if word.startswith("?"):
        return "write the option's number, as in ?30"
    guess = nearest(word, OPTION_WORDS.values())
    if guess == "sack" and len(word) <= len("sok"):
        return "did you mean sok? (SACK permitted; sack stands for SACK blocks, which no handshake has)"
    return f"did you mean {'eol+0' if guess == 'eol' else guess}?" if guess else ""


def _explain_header_value(text: str, position: int, field: _Field) -> Problem:
    at = text.index("=", position) + 1
    if not text.startswith("[", at):
        return Problem(at, field.code, "a header's text is in brackets", "write Name=[text]")
    if text.startswith("[]", at):
        hint = "write Name alone to accept any text"
        return Problem(at, field.code, "the text of the header is empty", hint)
    after = text.find("]", at) + 1
    if not after:
        return Problem(at, field.code, "the bracket is never closed", "write Name=[text]")
    message = f"{quoted(text[after : after + 1])} after the header's text"
    return Problem(after, field.code, message, "a comma or a colon follows a header")
