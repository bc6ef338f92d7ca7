"""How often systems are named right, counted in several ways: the first table of docs/accuracy.md.

    python -m workbench.lab.accuracy CORPUS             the captures, with p0f's answers in the folder oracle
    python -m workbench.lab.accuracy CORPUS --sentence  the sentence of the README

The labels are labels.csv beside this file, and labelled_captures.csv says where the captures are from. A host
is an address in a capture. Each signature that only captures of the host's own source support is left out.
"right" counts as `huginn evaluate` does: an answer of two families is right if the label is one of them. "one
name" counts only answers of one family, and "by stack" also families that share the label's network stack.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address
from pathlib import Path

from huginn_workbench.evaluation.judging import JudgedHost
from huginn_workbench.evaluation.run import Evaluation, EvaluationPlan, evaluate

LABELS = Path(__file__).with_name("labels.csv")
YEARS = (("until 2012", range(2013)), ("2013 to 2018", range(2013, 2019)), ("since 2019", range(2019, 3000)))
DIRECTIONS = (("SYN", "request"), ("SYN+ACK", "response"))
HEADING = (
    "| labels and hosts | addresses | right | p0f | one name | p0f | by stack | p0f |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
)


def evaluated(corpus: Path, labels: Path) -> Evaluation:
    """The evaluation behind a table; captures that are cut off are read to where they end."""
    plan = EvaluationPlan(corpus, labels, corpus / "oracle", leave_one_source_out=True)
    return evaluate(plan, lambda error: None)


def with_all(labels: Path, target: Path) -> Path:
    """A copy of the labels without the mark that leaves doubtful ones out."""
    with labels.open(encoding="utf-8", newline="") as file, target.open("w", newline="") as out:
        rows = csv.DictReader(file)
        writer = csv.DictWriter(out, rows.fieldnames or ())
        writer.writeheader()
        writer.writerows({**row, "suspect": ""} for row in rows)
    return target


def on_wire(host: JudgedHost) -> bool:
    return not ip_address(host.packet.ip).is_loopback


def named_alone(host: JudgedHost) -> bool:
    families = {claim.family for claim in host.answer.claims}
    return host.judgement.family == "right" and len(families) == 1


def by_stack(host: JudgedHost) -> bool:
    return host.judgement.family in ("right", "near")


def row(name: str, ours: list[JudgedHost], theirs: list[JudgedHost]) -> str:
    """One row of the table, in percent of hosts."""
    cells = [str(len(ours)), str(len({host.packet.ip for host in ours}))]
    ways: tuple[Callable[[JudgedHost], bool], ...] = (_right, named_alone, by_stack)
    for holds in ways:
        cells += [f"{100 * sum(map(holds, hosts)) / len(hosts):.1f} %" for hosts in (ours, theirs)]
    return f"| {name}: {cells[0]} | " + " | ".join(cells[1:]) + " |"


def _right(host: JudgedHost) -> bool:
    return host.judgement.family == "right"


def count(found: Evaluation, direction: str = "request") -> int:
    return sum(host.packet.direction == direction for host in found.hosts)


def table(credible: Evaluation, every: Evaluation) -> Iterator[str]:
    """The table in Markdown: for each direction all labels, then the credible ones and parts of them."""
    doubtful = []
    for direction, verb in (("request", "send SYNs"), ("response", "answer")):
        total, kept = count(every, direction), count(credible, direction)
        doubtful.append(f"{total - kept} of {total} hosts that {verb}")
    yield f"Doubtful labels: {', '.join(doubtful)}."
    yield from HEADING
    for name, direction in DIRECTIONS:

        def some(
            hosts: Iterable[JudgedHost],
            holds: Callable[[JudgedHost], bool] = lambda _: True,
            direction: str = direction,
        ) -> list[JudgedHost]:
            return [host for host in hosts if host.packet.direction == direction and holds(host)]

        ours, theirs = credible.hosts, credible.oracle_hosts
        yield row(f"{name}, all labels", some(every.hosts), some(every.oracle_hosts))
        yield row(f"{name}, credible labels", some(ours), some(theirs))
        yield row(f"{name}, without loopback", some(ours, on_wire), some(theirs, on_wire))
        for period, years in YEARS:

            def within(host: JudgedHost, years: range = years) -> bool:
                return bool(host.packet.year) and int(host.packet.year) in years

            yield row(f"{name}, {period}", some(ours, within), some(theirs, within))


def sentence(credible: Evaluation, every: Evaluation) -> str:
    """What the README says of SYNs."""

    def share(hosts: list[JudgedHost], holds: Callable[[JudgedHost], bool] = _right) -> str:
        some = [host for host in hosts if host.packet.direction == "request"]
        return f"{100 * sum(map(holds, some)) / len(some):.1f} %"

    return (
        f"on {count(credible)} hosts of public captures, most of which the rules were written with,"
        f" the SYN gives the right family, alone or as one of two, for {share(credible.hosts)}"
        f" (p0f: {share(credible.oracle_hosts)}, by network stack {share(credible.oracle_hosts, by_stack)}),"
        f" and with the {count(every) - count(credible)} hosts whose labels are doubtful for"
        f" {share(every.hosts)} (p0f: {share(every.oracle_hosts)})"
    )


def main(arguments: list[str]) -> int:
    if not arguments or arguments[1:] not in ([], ["--sentence"]):
        print(__doc__, file=sys.stderr)
        return 2
    corpus = Path(arguments[0])
    with tempfile.TemporaryDirectory() as folder:
        every = evaluated(corpus, with_all(LABELS, Path(folder, "labels.csv")))
    credible = evaluated(corpus, LABELS)
    print(sentence(credible, every) if arguments[1:] else "\n".join(table(credible, every)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
