"""A policy (docs/reference/auditing.md) as test cases for pytest.

@pytest.mark.parametrize("rule", policy_cases("office.toml", "captures/"))
def test_policy(rule):
    rule.check()
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.applications.auditing.evaluating import AuditSource, RuleAnswers, evaluate, store_of
from huginn_cffi.applications.auditing.output import lines
from huginn_cffi.applications.auditing.policy import read_policy
from huginn_cffi.applications.auditing.proving import prove
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.sources.searching import find_captures
from huginn_cffi.store.reading import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PolicyCase", "policy_cases"]


class PolicyCase:
    """A rule with its answers."""

    def __init__(self, answers: RuleAnswers) -> None:
        self._answers = answers

    @property
    def verdict(self) -> str:
        """``fails``, ``cannot be told``, ``passes`` or ``matched nothing``."""
        return self._answers.verdict

    def check(self) -> None:
        """Fail if the rule fails, with its evidence; skip if it cannot be told."""
        import pytest

        text = "\n".join([*lines([self._answers])][:-1])
        if self.verdict == "fails":
            pytest.fail(text, pytrace=False)
        if self.verdict == "cannot be told":
            pytest.skip(text)


def policy_cases(policy: str, *captures: str, store: str | None = None) -> list[Any]:
    """A parameter for each rule, with its name as id, from captures and folders, or from a store.

    Raises `PolicyError` for a wrong policy, `CaptureError` or `StoreError` for what cannot be read.
    """
    import pytest

    if (store is None) is not bool(captures):
        raise ValueError("name captures, or a store")
    found = [*_answers(policy, captures, store)]
    return [pytest.param(PolicyCase(one), id=one.rule.name) for one in found]


def _answers(policy: str, captures: tuple[str, ...], store: str | None) -> Iterator[RuleAnswers]:
    rules = read_policy(policy)
    if store is not None:
        with Store(store) as opened:
            yield from evaluate(opened.connection, rules, AuditSource([store], True))
        return
    found = find_captures(captures).captures
    with Analyzer() as analyzer:
        hosts = analyzer.read(found).hosts
    assert isinstance(hosts._inventory, Inventory)
    with closing(store_of(hosts._inventory)) as connection:
        answers = evaluate(connection, rules, AuditSource(found, False))
    with Analyzer() as analyzer:
        prove(answers, analyzer.batches(found))
    yield from answers
