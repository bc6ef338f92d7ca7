"""Parses one line by the grammar; a line that does not fit becomes a problem in words."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple, cast

from lark import Lark, Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

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
    item: str = ""
    """The name of one item, if the field is a list."""


def _label_fields(form: str, **names: str) -> tuple[_Field, ...]:
    named = (_Field(terminal, ":", "E021", name, form) for terminal, name in names.items())
    return (_Field("LABEL_TYPE", "", "E021", "label type", form), *named)


_LABEL_FORM = "write label = s:CLASS:NAME:FLAVOR (g instead of s for a generic one, class ! for a tool)"
_CONDITION_FORM = "write FEATURE=VALUES or FEATURE!=VALUES, as in ttl=64,df=1,low=0-1023"
_OPTIONS = "options are mss, ws, sok, sack, ts, nop, eol+N and ?N"
_QUIRKS = "quirks are " + ", ".join(QUIRK_WORDS.values())

_LABEL_FIELDS = (
    _Field("LABEL_TYPE", "", "E021", "label type", _LABEL_FORM),
    _Field("LABEL_CLASS", ":", "E021", "class", _LABEL_FORM),
    _Field("LABEL_NAME", ":", "E021", "name", "names hold ASCII letters, digits, blanks and ./-_!?()"),
    _Field("LABEL_FLAVOR", ":", "E021", "flavor", "a label has three colons, even when its flavor is empty"),
)

_TCP_FIELDS = (
    _Field("TCP_VERSION", "", "E031", "IP version", "write 4, 6 or *"),
    _Field("ITTL", ":", "E032", "initial TTL", "write a number such as 64, 57+7, or 64- if it is unreliable"),
    _Field("OLEN", ":", "E033", "IP option length", "write the bytes of IP options, mostly 0"),
    _Field("MSS", ":", "E034", "MSS", "write a number or *"),
    _Field("WINDOW", ":", "E035", "window", "write a number, mss*N, mtu*N, %N or *"),
    _Field("SCALE", ",", "E036", "window scale", "write a number or * after the window, as in mss*20,7"),
    _Field("OLAYOUT", ":", "E037", "option layout", _OPTIONS, "option"),
    _Field("QUIRKS", ":", "E038", "list of quirks", _QUIRKS, "quirk"),
    _Field("PAYLOAD", ":", "E039", "payload class", "write 0, + or *"),
)

_HTTP_FIELDS = (
    _Field("HTTP_VERSION", "", "E050", "HTTP version", "write 0 (for 1.0), 1, 2 or *"),
    _Field("HEADERS", ":", "E051", "list of headers", "a header is Name, ?Name or Name=[text]", "header"),
    _Field("ABSENT", ":", "E052", "list of absent headers", "write names with commas between them", "header"),
    _Field("SOFTWARE", ":", "E053", "software", "the software field holds no colon"),
)

_JA4_DIGEST = "write twelve hexadecimal digits, letters in lower case, or * for any"
_JA4_FIELDS = (
    _Field("JA4_START", "", "E060", "first part of the JA4", "write its ten characters, ? for any one, or *"),
    _Field("JA4_CIPHERS", "_", "E061", "digest of the ciphers", _JA4_DIGEST),
    _Field("JA4_EXTENSIONS", "_", "E061", "digest of the extensions", _JA4_DIGEST),
)

_DEVICE_FORM = (
    "write label = s:TYPE:MANUFACTURER:MODEL:SYSTEM:VERSION, where all but the colons may be missing"
)
_DEVICE_LABEL_FIELDS = _label_fields(
    _DEVICE_FORM,
    DEVICE_TYPE="type",
    MANUFACTURER="manufacturer",
    MODEL="model",
    SYSTEM="system",
    VERSION="version",
)
_BANNER_FORM = (
    "write label = s:PROGRAM:VERSION:VARIANT:SYSTEM:VERSION, where all but the colons may be missing"
)
_BANNER_LABEL_FIELDS = _label_fields(
    _BANNER_FORM,
    PROGRAM="program",
    RELEASE="version of the program",
    VARIANT="variant",
    SYSTEM="system",
    VERSION="version",
)
_PATTERN_FIELDS = (
    _Field(
        "ANNOUNCEMENT", "", "E071", "announcement", "write a word such as dhcp-class, a blank and a pattern"
    ),
    _Field(
        "PATTERN", " ", "E072", "pattern", "write text, with * for any text and <model> for a text to capture"
    ),
)
_CONDITION_FIELDS = (_Field("CONDITION", "", "E080", "condition", _CONDITION_FORM, "condition"),)

_FIELDS = {
    ("device", "label"): _DEVICE_LABEL_FIELDS,
    ("device", "sig"): _PATTERN_FIELDS,
    ("banner", "label"): _BANNER_LABEL_FIELDS,
    ("banner", "sig"): _PATTERN_FIELDS,
    **{(start, "label"): _LABEL_FIELDS for start in ("tcp", "http", "tls", "segments")},
    ("tcp", "sig"): _TCP_FIELDS,
    ("http", "sig"): _HTTP_FIELDS,
    ("tls", "sig"): _JA4_FIELDS,
    ("segments", "sig"): _CONDITION_FIELDS,
}

_FORMS = {
    _TCP_FIELDS: "write VERSION:ITTL:OLEN:MSS:WINDOW,SCALE:OPTIONS:QUIRKS:PAYLOAD",
    _HTTP_FIELDS: "write VERSION:HEADERS:ABSENT:SOFTWARE",
    _PATTERN_FIELDS: "write ANNOUNCEMENT PATTERN, as in dhcp-class android-dhcp-<version>",
    _JA4_FIELDS: "write the three parts of a JA4 with _ between them, each as text or *",
    _CONDITION_FIELDS: _CONDITION_FORM,
}


_VALUES = {
    "label": ("E023", "the link has no name", "write label = NAME"),
    "sig": ("E030", "expected an MTU, found {}", "write a number from 1 to 65535"),
    "classes": (
        "E020",
        "malformed list of classes at {}",
        "write words of letters and digits with commas between them, as in win,unix",
    ),
    "sys": (
        "E024",
        "malformed list of systems at {}",
        "write @CLASS or names of systems, with commas between them and none at the end",
    ),
    "ua_os": (
        "E025",
        "malformed list of systems in User-Agents at {}",
        "write NAME or NAME=[text], with commas between them",
    ),
}
"""Code, message and hint for a line with a single value, by key."""


def _explained(text: str, start: str, position: int, expected: Collection[str]) -> Problem:
    """The problem of a line that stopped fitting at ``position``; ``expected`` has the terminals that fit."""
    if text.startswith("["):
        return _explain_section(text, position)
    match = _KEY.match(text)
    key = match.group(1) if match else ""
    if position == 0 or key not in KEYS:
        return _explain_key(key, match is not None and match.group(2) == "=")
    fields = _FIELDS.get((start, key))
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
    code, message, hint = _VALUES[key]
    return Problem(position, code, message.format(bad), hint)


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
    if fields in (_LABEL_FIELDS, _DEVICE_LABEL_FIELDS, _BANNER_LABEL_FIELDS):
        message = f"the label ends too early; missing: {missing}"
        return Problem(len(text), "E021", message, fields[index].remedy)
    message = f"the signature ends too early; missing: {missing}"
    return Problem(len(text), "E040", message, _FORMS[fields])


def _explain_content(text: str, position: int, field: _Field) -> Problem:
    """Explain the text at ``position`` that does not belong in ``field``."""
    if text[position : position + 1] in (" ", "\t") and field.code != "E021":
        hint = "a comment needs a separate line" if ";" in text[position:] else "signatures hold no blanks"
        return Problem(position, field.code, f"a blank in or after the {field.name}", hint)
    end = (_JA4_END if field in _JA4_FIELDS else _WORD_END).search(text, position)
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
