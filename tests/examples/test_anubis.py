"""The policy for Anubis: its keys, the headers that we send, and its expressions, by a library of CEL."""

from __future__ import annotations

import re
from typing import Any

import pytest

from huginn_cffi.claims.judging import ROWS, ClaimEvidence, ClientClaim, judge
from huginn_cffi.claims.robots import Robots
from huginn_cffi.sockets.questions import NAMES
from tests.support.core import CORE

celpy = pytest.importorskip("celpy", reason="cel-python is not installed (extra test)")
yaml = pytest.importorskip("yaml", reason="PyYAML is not installed (extra docs)")

FOLDER = CORE.parent / "examples" / "anubis"
GUARDED = re.compile(r'"([\w-]+)" in headers && headers\["\1"\]\.contains\(";verdict=([\w-]+)"\)')
"""A look into a header that was asked for first."""


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
        assert rule["action"] in {"ALLOW", "CHALLENGE", "WEIGH"}
        assert not is_weighed or (set(rule["weight"]) == {"adjust"} and rule["weight"]["adjust"] > 0)
        if isinstance(rule["expression"], dict):
            assert len(rule["expression"]) == 1
            assert set(rule["expression"]) <= {"all", "any"}


def test_expressions_look_for_verdicts_that_there_are() -> None:
    verdicts = {row["verdict"] for row in ROWS}
    for rule in rules():
        for text in expressions(rule):
            found = GUARDED.fullmatch(text)
            assert found, text
            assert found[1] in NAMES
            assert found[1] == found[1].title(), "Go's spelling of a header, which keys of the map have"
            assert found[2] in verdicts


def matches(rule: dict[str, Any], headers: dict[str, str]) -> bool:
    environment = celpy.Environment()
    context = {"headers": celpy.json_to_cel(headers)}
    return all(
        bool(environment.program(environment.compile(text)).evaluate(context)) for text in expressions(rule)
    )


@pytest.mark.parametrize(
    ("claim", "matched"),
    [
        (ClientClaim("Googlebot", "proven", ("address",)), {"huginn-proven"}),
        (
            ClientClaim("Googlebot", "false", ("address",), "the address is not on the operator's list"),
            {"huginn-false"},
        ),
        (ClientClaim("Chrome 150 on Windows", "contradicts", ("syn",)), {"huginn-contradicts"}),
        (ClientClaim("Chrome 150 on Windows", "consistent", ("syn",)), set()),
        (ClientClaim("Chrome 150 on Windows", "not_checked", reason="no handshake"), set()),
        (ClientClaim(), set()),
        # nothing is known: no rule matches, and none fails
        (None, set()),
    ],
)
def test_expressions_match_what_their_rules_say(claim: ClientClaim | None, matched: set[str]) -> None:
    headers = {"User-Agent": "x"} | ({} if claim is None else {"Huginn-Claim": str(claim)})
    assert {rule["name"] for rule in rules() if matches(rule, headers)} == matched


def test_a_client_cannot_write_a_verdict_into_its_name() -> None:
    """The name quotes the User-Agent."""
    agent = "x;verdict=proven"
    headers = {
        "User-Agent": agent,
        "Huginn-Claim": str(judge(Robots(), None, agent.encode(), b"", "192.0.2.1", ClaimEvidence())),
    }
    assert not [rule["name"] for rule in rules() if matches(rule, headers)]
