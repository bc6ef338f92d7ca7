"""The findings of ``findings.csv``: the core gets their kinds and sentences, the manual its table."""

from __future__ import annotations

from typing import Literal, NamedTuple, cast, get_args

from sigcompiler.csv_rows import rows_of

Weight = Literal["act now", "check", "for information"]
WEIGHTS: tuple[Weight, ...] = ("act now", "check", "for information")
"""The weights of findings, the heaviest first."""
Topic = Literal["out_of_date", "scans", "takeovers", "claims", "systems"]
"""Questions of the summary that findings answer (`csrc/summary/answers.c`)."""


class Finding(NamedTuple):
    """A finding about a host. The order of the list is that of the summary: the most actionable first."""

    kind: str
    """Name in records and in --events; its constant is ``HG_FINDING_...``."""
    weight: Weight
    headline: str
    """The words after "3 hosts"."""
    meaning: str
    """For the manual: what was observed."""
    more: str = ""
    """The rest of the sentence. `%s`: tools, a number of systems, differences, or doubts about a clock."""
    topic: Topic | None = None
    answer: str = ""
    """The words before the hosts in the answer to `topic`."""
    is_stored: bool = True
    """Whether it is an event. Others follow from the whole record of a host."""
    is_news: bool = False
    """Whether its event is news about a device."""
    is_judged: bool = False
    """Whether it is one although it follows from the whole record: hosts are judged in intervals."""
    mark: str = ""
    """A few words for a device that has it; the kind if empty."""
    is_forgeable: bool = False
    """Whether forged packets can cause it. It is dropped when the host completes its first handshake."""


def _finding(row: dict[str, str]) -> Finding:
    kind, weight, topic = row["kind"], cast(Weight, row["weight"]), cast("Topic | None", row["topic"] or None)
    if weight not in WEIGHTS or topic not in (None, *get_args(Topic)):
        raise ValueError(f"findings.csv: {kind} has an unknown weight or topic")
    texts = {name: row[name] for name in ("headline", "meaning", "more", "answer", "mark")}
    return Finding(
        kind,
        weight,
        **texts,
        topic=topic,
        is_stored=row["derived"] not in ("yes", "news"),
        is_news=row["derived"] == "news",
        is_judged=row["derived"] == "judged",
        is_forgeable=bool(row["forgeable"]),
    )


FINDINGS: tuple[Finding, ...] = tuple(map(_finding, rows_of("schema/findings.csv")))

SCANS = ("horizontal_scan", "vertical_scan", "slow_scan")
"""Kinds that follow from the targets of a host, and may be reported again once a handshake proves them."""


_OF_NEWS = {"address_conflict": "address_disputed"}
_FIRST = ("new_dhcp_server", "new_router")


SAME_ROUTER = "of the same router"
"""Ends the news of another network by a router that the segment had, as providers give one now and then."""


def news_finding(
    change: str, before: str | None, after: str | None, role: str | None = None
) -> Finding | None:
    """The finding of news about a device, with its weight; `role` as `claimed_role` in events.

    The first server or router of a segment is none, nor is another network by a router that it had.
    """
    kind = "server_claimed" if role else _OF_NEWS.get(change, change)
    found = next((one for one in FINDINGS if one.is_news and one.kind == kind), None)
    is_none = (change in _FIRST and before is None) or (after or "").endswith(SAME_ROUTER)
    return None if is_none else found


class SummaryFinding(NamedTuple):
    """A finding of the summary about more than one host, which `csrc/summary/findings.c` words."""

    kind: str
    weight: Weight
    about: str
    meaning: str


SUMMARY_FINDINGS = (
    SummaryFinding(
        "unknown_signature",
        "for information",
        "signatures",
        "at least 5 hosts share a signature without a name",
    ),
    SummaryFinding("time", "check", "handshakes", "their times are far from the others"),
)
