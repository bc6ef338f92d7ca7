"""Builds signatures from the syntax trees of their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lark import Token

from sigcompiler.diagnostics import Problem
from sigcompiler.model import (
    HttpHeader,
    HttpSignature,
    LabelLine,
    MtuSignature,
    Place,
    Section,
    TcpSignature,
)
from sigcompiler.reading import fields
from sigcompiler.reading.syntax import placed, start_of
from sigcompiler.table.layout import HTTP_MOST_HEADERS, HTTP_MOST_TEXT
from sigcompiler.unmatchable import doubts, misfits, value_doubts
from sigcompiler.vocabulary import PAYLOAD_WORDS, QUIRK_WORDS, Direction, PayloadClass

_VERSIONS: dict[str, int | None] = {"4": 4, "6": 6, "*": None}
_HTTP_VERSIONS: dict[str, int | None] = {"0": 0, "1": 1, "2": 2, "*": None}
_PAYLOADS: dict[str, PayloadClass] = {":" + word: payload for payload, word in PAYLOAD_WORDS.items()}
_HEADER = re.compile(r"(\??)([A-Za-z0-9_-]+)(?:=\[([^\]]+)\])?(?:,|$)")


def build_tcp(
    tokens: Sequence[Token], place: Place, label: LabelLine, text: str, provenance: str
) -> tuple[TcpSignature | None, list[Problem]]:
    """Build the signature of a TCP line, or ``None`` if a field is in error, and all its problems."""
    _, t_version, t_ittl, t_olen, t_mss, t_window, t_scale, t_olayout, t_quirks, t_payload = tokens
    version = _VERSIONS[t_version.value]
    (ittl, unreliable), p_ittl = fields.ittl(t_ittl.value)
    olen, p_olen = fields.olen(t_olen.value)
    mss, p_mss = fields.mss(t_mss.value)
    window, p_window = fields.window(t_window.value)
    wscale, p_scale = fields.scale(t_scale.value)
    (options, eol_pad), p_options = fields.options(t_olayout.value)
    quirks, p_quirks = fields.quirks(t_quirks.value)
    problems: list[Problem] = []
    if p_ittl or p_olen or p_mss or p_window or p_scale or p_options or p_quirks:
        problems = field_problems(tokens)
    if version and misfits(version, quirks):
        problems.extend(_misfit_problems(version, t_quirks))
    if any(problem.code.startswith("E") for problem in problems):
        return None, problems
    direction = Direction.RESPONSE if label.section is Section.TCP_RESPONSE else Direction.REQUEST
    found = doubts(direction, version, olen, options, eol_pad, quirks)
    for doubt in (*found, *value_doubts(mss, wscale, options, quirks)):
        offset = start_of(tokens[doubt.field]) + 1
        problems.append(Problem(offset, doubt.code, doubt.message, doubt.hint))
    signature = TcpSignature(
        place, label, direction, version, ittl, unreliable, olen, mss, window, wscale,
        options, eol_pad, quirks, _PAYLOADS[t_payload.value], text, provenance,
    )  # fmt: skip
    return signature, problems


_FIELDS = (fields.ittl, fields.olen, fields.mss, fields.window, fields.scale, fields.options, fields.quirks)


def field_problems(tokens: Sequence[Token]) -> list[Problem]:
    """The problems of the values in a TCP line; offsets count within the line."""
    return [
        placed(problem, token)
        for token, read in zip(tokens[2:], _FIELDS, strict=False)
        for problem in read(token.value)[1]
    ]


def _misfit_problems(version: int, token: Token) -> list[Problem]:
    problems = []
    for quirk, offset in fields.quirk_offsets(token.value).items():
        if misfits(version, quirk):
            word = QUIRK_WORDS[quirk]
            hint = f"delete {word}, or write a separate signature for IPv{10 - version}"
            message = f"{word} is not valid for IPv{version}"
            problems.append(Problem(start_of(token) + offset, "E043", message, hint))
    return problems


def build_mtu(
    tokens: Sequence[Token], place: Place, label: LabelLine, text: str, provenance: str
) -> tuple[MtuSignature | None, list[Problem]]:
    """Build the signature of an MTU line, or ``None`` if the number is out of range."""
    mtu, problems = fields.number(tokens[1].value, 1, 65535, "MTU", "E030", start_of(tokens[1]))
    if problems:
        return None, list(problems)
    return MtuSignature(place, label, mtu, text, provenance), []


def build_http(
    tokens: Sequence[Token], place: Place, label: LabelLine, text: str, provenance: str
) -> tuple[HttpSignature | None, list[Problem]]:
    """Build the signature of an HTTP line, or ``None`` if it has too many headers or too long a text."""
    _, t_version, t_headers, t_absent, t_software = tokens
    headers, problems = _headers(t_headers, "list of headers")
    absent, more = _headers(t_absent, "list of absent headers")
    problems.extend(more)
    if any(problem.code.startswith("E") for problem in problems):
        return None, problems
    names = tuple(header.name for header in absent)
    version, software = _HTTP_VERSIONS[t_version.value], t_software.value[1:]
    signature = HttpSignature(
        place, label, label.section, version, headers, names, software, text, provenance
    )
    return signature, problems


def _headers(token: Token, name: str) -> tuple[tuple[HttpHeader, ...], list[Problem]]:
    headers = []
    problems = []
    for match in _HEADER.finditer(token.value, 1):
        optional, header, value = match.groups()
        headers.append(HttpHeader(str(header), value, bool(optional)))
        if value and len(value.encode("utf-8", "surrogateescape")) > HTTP_MOST_TEXT:
            message = f"a text of more than {HTTP_MOST_TEXT} bytes"
            problems.append(Problem(start_of(token) + match.start(3), "E055", message, "write less of it"))
        if len(headers) == HTTP_MOST_HEADERS + 1:
            hint = "delete the headers that distinguish least"
            message = f"more than {HTTP_MOST_HEADERS} headers in the {name}"
            problems.append(Problem(start_of(token) + match.start(), "E054", message, hint))
    if token.endswith(","):
        message = f"a comma after the last word of the {name}"
        problems.append(Problem(start_of(token) + len(token) - 1, "W011", message, "delete it"))
    return tuple(headers), problems
