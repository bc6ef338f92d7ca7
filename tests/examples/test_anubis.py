"""The policy for Anubis: its keys, the headers that we send, and its expressions, by a library of CEL."""

from __future__ import annotations

import re
from typing import Any

import pytest

from huginn_cffi._native import ffi, lib
from huginn_cffi.listening.peers import STATUSES
from huginn_cffi.listening.questions import NAMES
from tests.support.core import CORE

celpy = pytest.importorskip("celpy", reason="cel-python is not installed (extra test)")
yaml = pytest.importorskip("yaml", reason="PyYAML is not installed (extra docs)")

FOLDER = CORE.parent / "examples" / "anubis"
READ = re.compile(r'headers\["([^"]+)"\] == "([^"]+)"')
GUARDED = re.compile(r'"([\w-]+)" in headers && headers\["\1"\] == "([\w-]+)"')
"""A comparison with a header that was asked for first."""


def rules() -> list[dict[str, Any]]:
    policy = yaml.safe_load((FOLDER / "policy.yaml").read_text(encoding="utf-8"))
    assert set(policy) == {"bots"}
    *found, last = policy["bots"]
    assert last == {"import": "(data)/meta/default-config.yaml"}
    return list(found)


def expressions(rule: dict[str, Any]) -> list[str]:
    given = rule["expression"]
    return [given] if isinstance(given, str) else [one for several in given.values() for one in several]


def test_rules_have_the_documented_keys() -> None:
    names = [rule["name"] for rule in rules()]
    assert len(set(names)) == len(names) == 3
    for rule in rules():
        is_weighed = rule["action"] == "WEIGH"
        assert set(rule) == {"name", "action", "expression"} | ({"weight"} if is_weighed else set())
        assert rule["action"] in {"CHALLENGE", "WEIGH"}
        assert not is_weighed or (set(rule["weight"]) == {"adjust"} and rule["weight"]["adjust"] > 0)
        if isinstance(rule["expression"], dict):
            assert len(rule["expression"]) == 1
            assert set(rule["expression"]) <= {"all", "any"}


def test_expressions_compare_headers_with_values_that_there_are() -> None:
    verdicts = {ffi.string(lib.hg_verdict_name(number)).decode() for number in range(3)}
    checks = {ffi.string(lib.hg_client_check_name(number)).decode() for number in range(3)}
    values = {
        "Huginn-Status": set(STATUSES),
        "Huginn-Verdict": verdicts,
        "Huginn-Client-Check": checks,
    }
    for rule in rules():
        for text in expressions(rule):
            found = GUARDED.fullmatch(text)
            assert found, text
            assert found[1] in NAMES
            assert found[1] == found[1].title(), "Go's spelling of a header, which keys of the map have"
            assert found[2] in values[found[1]]


def matches(rule: dict[str, Any], headers: dict[str, str]) -> bool:
    environment = celpy.Environment()
    context = {"headers": celpy.json_to_cel(headers)}
    return all(
        bool(environment.program(environment.compile(text)).evaluate(context)) for text in expressions(rule)
    )


MISMATCH, CONTRADICTS = "huginn-client-mismatch", "huginn-verdict-contradicts"
BOTH = {"huginn-two-contradictions", MISMATCH, CONTRADICTS}


@pytest.mark.parametrize(
    ("status", "check", "verdict", "matched"),
    [
        ("found", "mismatch", "contradicts", BOTH),
        ("found", "mismatch", "consistent", {MISMATCH}),
        ("found", "consistent", "contradicts", {CONTRADICTS}),
        ("found", "consistent", "consistent", set()),
        # nothing is known: no rule matches, and none fails
        ("not_seen", None, None, set()),
        (None, None, None, set()),
    ],
)
def test_expressions_match_what_their_rules_say(
    status: str | None, check: str | None, verdict: str | None, matched: set[str]
) -> None:
    given = {"Huginn-Status": status, "Huginn-Client-Check": check, "Huginn-Verdict": verdict}
    headers = {name: value for name, value in given.items() if value is not None} | {"User-Agent": "x"}
    assert {rule["name"] for rule in rules() if matches(rule, headers)} == matched
