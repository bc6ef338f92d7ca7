"""A file of accepted failures, so that the first run of a policy is useful: JSON, for people to edit."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from huginn_cffi.applications.auditing.evaluating import Baseline, RuleAnswers
from huginn_cffi.applications.auditing.policy import PolicyError
from huginn_cffi.base.errors import named

DAYS = 90
"""How long failures are accepted, from the time when the last host was last seen."""


def read_baseline(path: str) -> Baseline | None:
    """The accepted failures; None if there is no such file yet. Raises `PolicyError`."""
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
        until, accepted = date.fromisoformat(found["until"]), defaultdict[str, set[tuple[str, str]]](set)
        for rule, subject, key in found["accepted"]:
            accepted[str(rule)].add((str(subject), str(key)))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PolicyError(f"{named(path)}: {error.strerror}") from None
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise PolicyError(f"{named(path)}: is not a file of accepted failures: {error}") from None
    return Baseline(until.isoformat(), {rule: frozenset(rows) for rule, rows in accepted.items()})


def baseline_text(answers: Iterable[RuleAnswers], end: str) -> str:
    """The content of a file that accepts all listed failures for `DAYS` after `end`."""
    until = date.fromisoformat(end[:10]) + timedelta(days=DAYS)
    rows = [[one.rule.name, failure.subject, failure.key] for one in answers for failure in one.failures]
    return f"{json.dumps({'until': until.isoformat(), 'accepted': rows}, indent=1)}\n"
