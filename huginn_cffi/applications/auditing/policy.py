"""Reads a policy: a TOML file of rules whose conditions are SQL expressions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from datetime import date, datetime, timezone
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from huginn_cffi.applications.auditing.views import DEFAULT_VIEW, VIEWS
from huginn_cffi.base.errors import HuginnError, named
from huginn_cffi.base.files import read_at_most
from huginn_cffi.base.times import rfc3339, time_ns
from huginn_cffi.store.reading import ConditionCheck
from sigcompiler.diagnostics import nearest, quoted

SEVERITIES = ("critical", "high", "medium", "low", "info")
MOST_BYTES = 32 << 20
_LONGEST = 1000
"""Most characters of a name or reason."""
_TEXT = re.compile("'[^']*'")
_NULLS = re.compile(r"\b(is|isnull|notnull|null|coalesce|ifnull|nullif|case|i{2}f)\b", re.I)
"""Words of conditions that can be true for an unknown value."""
_IS_NULL = re.compile(r"(^|\(|\band\b|\bor\b)\s*(\w+)\s+is\s+(not\s+)?null\s*(?=$|\)|\band\b|\bor\b)", re.I)


class PolicyError(HuginnError, ValueError):
    """A policy cannot be read; the message begins with file, line and column."""


class PolicyRule(NamedTuple):
    """A rule; `where` and `require` are conditions on the columns of the view `of`."""

    name: str
    require: str
    where: str = "1"
    of: str = DEFAULT_VIEW
    reason: str = ""
    severity: str = "medium"
    sure: float = 95
    since: str = ""
    """From this time on, in the form of records, the rule applies; empty: always."""
    claims: bool = False
    """Whether `where` may use values that hosts only claim."""
    reads_where: frozenset[str] = frozenset()
    reads_require: frozenset[str] = frozenset()

    def uncertain(self, reads: frozenset[str]) -> list[str]:
        """The columns among `reads` whose values have a confidence."""
        return sorted(reads & VIEWS[self.of].sure.keys())


def sees_null(condition: str, uncertain: Collection[str]) -> bool:
    """Whether an unknown value of these columns can make the condition true or false."""
    text = _TEXT.sub("''", condition)
    if re.search(r"\bbetween\b", text, re.I) is None:
        text = _IS_NULL.sub(lambda found: found[0] if found[2].lower() in uncertain else found[1], text)
    return bool(uncertain) and _NULLS.search(text) is not None


_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("name", "require", "where", "of", "reason", "severity"), (str,)),
    "sure": (int, float),
    "from": (date,),
    "claims": (bool,),
}
_WORDS = {str: "a text", int: "a number", date: "a date, such as 2027-01-01", bool: "true or false"}


def read_policy(path: str) -> list[PolicyRule]:
    """The rules of a file. Raises `PolicyError`."""
    return rules_of(path, read_at_most(Path(path), MOST_BYTES, PolicyError))


def rules_of(path: str, data: bytes) -> list[PolicyRule]:
    """The rules of a policy whose content is `data`. Raises `PolicyError`."""
    return _File(path, data).rules()


def _toml() -> Any:
    for name in ("tomllib", "tomli"):  # Python 3.10 has no reader of TOML
        try:
            return import_module(name)
        except ModuleNotFoundError:
            continue
    raise PolicyError("a policy needs Python 3.11 or later, or the package tomli")


class _File:
    def __init__(self, path: str, data: bytes) -> None:
        self._path = path
        try:
            self._text = data.decode()
            self._values = _toml().loads(self._text)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise self._error(line, 1, "is not UTF-8") from None
        except RecursionError:
            raise self._error(1, 1, "its values are nested too deeply") from None
        except ValueError as error:
            place = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(error))
            line, column = (int(place[2]), int(place[3])) if place else (self._text.count("\n") + 1, 1)
            raise self._error(line, column, f"is not TOML: {place[1] if place else error}") from None
        self._starts = [one.start() for one in re.finditer(r"(?m)^[ \t]*\[\[ *rule *\]\]", self._text)]

    def _error(self, line: int, column: int, words: str) -> PolicyError:
        return PolicyError(f"{named(self._path)}:{line}:{column}: {words}")

    def _at(self, number: int, key: str, word: str, words: str) -> PolicyError:
        """An error at `word` in the value of `key` in a rule, or at the nearest place that is found."""
        bounds = [*self._starts, len(self._text)]
        start, end = bounds[number : number + 2] if number < len(self._starts) else (0, len(self._text))
        found = re.compile(rf"(?m)^[ \t]*\"?({re.escape(key)})\"?[ \t]*=").search(self._text, start, end)
        if found is not None:
            start = found.start(1)
            at = self._text.find(word, found.end(), end) if word else -1
            start = at if at >= 0 else start
        line = self._text.count("\n", 0, start) + 1
        return self._error(line, start - (self._text.rfind("\n", 0, start) + 1) + 1, words)

    def rules(self) -> list[PolicyRule]:
        for key in self._values:
            if key != "rule":
                words = _unknown(key, ("rule",), "a policy has only [[rule]]")
                raise self._at(len(self._starts), key, "", words)
        tables = self._values.get("rule", [])
        if not isinstance(tables, list) or not tables or not all(isinstance(one, dict) for one in tables):
            raise self._error(1, 1, "has no rules: begin each with [[rule]]")
        found: dict[str, PolicyRule] = {}
        with ExitStack() as opened:
            checks = {
                name: opened.enter_context(ConditionCheck(name, view.columns)) for name, view in VIEWS.items()
            }
            for number, table in enumerate(tables):
                rule = self._rule(number, table, checks)
                if rule.name in found:
                    raise self._at(number, "name", "", f"two rules have the name {quoted(rule.name)}")
                found[rule.name] = rule
        return [*found.values()]

    def _rule(self, number: int, table: dict[str, Any], checks: dict[str, ConditionCheck]) -> PolicyRule:
        for key, value in table.items():
            if key not in _TYPES:
                raise self._at(number, key, "", _unknown(key, _TYPES, "a rule has no such field"))
            is_flag = isinstance(value, bool)
            if not isinstance(value, _TYPES[key]) or is_flag is not (_TYPES[key] == (bool,)):
                raise self._at(number, key, "", f"{key} must be {_WORDS[_TYPES[key][0]]}")
            if isinstance(value, str) and key not in ("where", "require") and len(value) > _LONGEST:
                raise self._at(number, key, "", f"{key} has more than {_LONGEST} characters")
        for key in ("name", "require"):
            if not table.get(key):
                raise self._at(number, key, "", f"rule {number + 1} has no {key}")
        for key, known in (("of", VIEWS), ("severity", SEVERITIES)):
            if table.get(key, next(iter(known))) not in known:
                words = _unknown(table[key], known, f"{key} must be one of {', '.join(known)}")
                raise self._at(number, key, table[key], words)
        if not 0 < table.get("sure", 95) <= 100:
            raise self._at(number, "sure", "", "sure must be a percentage above 0, up to 100")
        rule = PolicyRule(**{key: value for key, value in table.items() if key != "from"})
        if "from" in table:
            rule = rule._replace(since=self._moment(number, table["from"]))
        reads = {
            key: self._reads(number, key, getattr(rule, key), checks[rule.of], rule.of)
            for key in ("where", "require")
        }
        rule = rule._replace(reads_where=reads["where"], reads_require=reads["require"])
        claimed = sorted(rule.reads_where & VIEWS[rule.of].claims)
        if claimed and not rule.claims:
            words = (
                f"where uses {claimed[0]}, which a host only claims: a false claim would exempt it; "
                "to allow that, add claims = true"
            )
            raise self._at(number, "where", claimed[0], words)
        return rule

    def _moment(self, number: int, value: date) -> str:
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        try:
            return rfc3339(time_ns("from", moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)))
        except (OverflowError, ValueError):
            raise self._at(number, "from", "", "from is outside of 1970 to 2262") from None

    def _reads(
        self, number: int, key: str, condition: str, check: ConditionCheck, view: str
    ) -> frozenset[str]:
        if '"' in _TEXT.sub("", condition):  # SQLite takes an unknown name in double quotes as a text
            raise self._at(number, key, "", f"{key}: write texts in single quotes, as 'Windows'")
        try:
            return check.columns_read(condition)
        except ValueError as error:
            text = str(error)
            name = re.search(r"no such column: (\S+)", text)
            near = re.search(r'near "(.+?)": syntax error', text)
            if name:
                text = _unknown(name[1], VIEWS[view].columns, f"the view {view} has no column")
            word = name[1] if name else near[1] if near else ""
            raise self._at(number, key, word, f"{key}: {text}") from None


def _unknown(word: str, known: Iterable[str], words: str) -> str:
    guess = nearest(word, known)
    return f"{words}: {quoted(word)}" + (f"; did you mean {guess!r}?" if guess else "")
