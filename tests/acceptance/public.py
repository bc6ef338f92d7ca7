"""The cases run by the package, through each of its front doors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import huginn_cffi as hg
from tests.acceptance.cases import AcceptanceCase, CaseOutcome, without_ends
from tests.support.in_process import run_in_process


def part_rows(result: hg.AnalysisResult) -> Iterator[tuple[str, str]]:
    """A result's parts as lines of p0f's log, each with its client's address."""
    if result.syn is not None:
        yield _handshake("syn", "cli", result.syn), result.syn.source.ip
    if result.syn_ack is not None:
        yield _handshake("syn+ack", "srv", result.syn_ack), result.syn_ack.destination.ip
    by_server = result.syn_ack is not None
    if result.mtu is not None:
        client = result.mtu.destination if by_server else result.mtu.source
        link = result.mtu.link or "???"
        subject = "srv" if by_server else "cli"
        yield f"mod=mtu|subj={subject}|link={link}|raw_mtu={result.mtu.observed.mtu}", client.ip
    if result.client_uptime is not None:
        yield _uptime("cli", result.client_uptime), result.client_uptime.source.ip
    if result.server_uptime is not None:
        yield _uptime("srv", result.server_uptime), result.server_uptime.destination.ip


def _handshake(mod: str, subject: str, part: hg.SynObservation | hg.SynAckObservation) -> str:
    match = part.match
    name = "os=???"
    if match is not None:
        label = f"{match.name} {match.flavor}" if match.flavor else match.name
        name = f"{'app' if match.userland else 'os'}={label}"
    bound = "<= " if "random_ttl" in part.params else ""
    distance = f"dist={bound}{part.distance}|params={' '.join(part.params) or 'none'}"
    return f"mod={mod}|subj={subject}|{name}|{distance}|raw_sig={part.signature}"


def _uptime(subject: str, part: hg.UptimeObservation) -> str:
    seen = part.observed
    hours, minutes = divmod(seen.uptime_minutes, 60)
    days, hours = divmod(hours, 24)
    period = f"{days} days {hours} hrs {minutes} min (modulo {seen.modulo_days} days)"
    return f"mod=uptime|subj={subject}|uptime={period}|raw_freq={seen.raw_frequency_hz:.2f} Hz"


def collect(analyzer: hg.Analyzer, results: Iterable[hg.AnalysisResult]) -> CaseOutcome:
    """Everything that a call told and counted."""
    outcome = CaseOutcome()
    try:
        for result in results:
            for row, client in part_rows(result):
                outcome.rows.append(row)
                outcome.times.append(result.time_ns)
                outcome.clients.append(client)
    except hg.CaptureError as error:
        outcome.damage = error.record, error.offset, str(error)
    stats = analyzer.stats
    outcome.packets, outcome.analysed = stats.packets, stats.analysed
    outcome.drops = {name: count for name, count in stats.drops.items() if count}
    outcome.orphans = stats.syn_acks_without_syn
    return outcome


def run_packets(case: AcceptanceCase, database: hg.Database) -> CaseOutcome:
    """Through `Analyzer.analyze_packets`."""
    with hg.Analyzer(database) as analyzer:
        return collect(analyzer, analyzer.analyze_packets(case.packets, linktype=case.linktype))


def run_file(case: AcceptanceCase, database: hg.Database, folder: Path) -> CaseOutcome:
    """Through `Analyzer.analyze_pcap` and a path."""
    path = folder / "case.pcap"
    path.write_bytes(case.capture)
    with hg.Analyzer(database) as analyzer:
        return collect(analyzer, analyzer.analyze_pcap(path))


def run_memory(case: AcceptanceCase, database: hg.Database) -> CaseOutcome:
    """Through `Analyzer.analyze_pcap` and a capture in memory."""
    with hg.Analyzer(database) as analyzer:
        return collect(analyzer, analyzer.analyze_pcap(case.capture))


def command(*arguments: str | Path) -> CompletedProcess[str]:
    """Run the command line in UTC."""
    done = run_in_process(*arguments, environment={"TZ": "UTC"})
    printed, said = (data.decode("utf-8", "replace") for data in (done.stdout, done.stderr))
    return CompletedProcess(done.args, done.returncode, printed, said)


def run_command(
    case: AcceptanceCase, database: hg.Database, folder: Path
) -> tuple[list[str], CompletedProcess[str]]:
    """Through ``pcap FILE --db DATABASE --format p0f``; the rows and the finished process."""
    capture, signatures = folder / "case.pcap", folder / "case.hgdb"
    capture.write_bytes(case.capture)
    database.save(signatures)
    done = command("pcap", capture, "--db", signatures, "--format", "p0f")
    return [without_ends(line) for line in done.stdout.splitlines()], done
