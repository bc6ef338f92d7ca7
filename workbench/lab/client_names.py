"""How many ClientHellos are named, and named wrongly: ``python -m workbench.lab.client_names FOLDER ...``.

Each stable JA4 counts once per capture. "Leaving out the own repository" means that a signature counts only
if it does not rest on captures alone or on data of that repository, or if it also fits a hello in a capture
of another repository. A browser name is wrong if the same host sends User-Agents of browsers, none of which
has its engine.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import gmtime

import huginn_cffi as hg
from huginn_cffi import CaptureError
from huginn_workbench.core import Matcher
from huginn_workbench.evaluation.labels import SOURCE_END
from huginn_workbench.evaluation.run import rests_on_captures

NO_CAPTURES = {".csv", ".md", ".jsonl"}
SYNTHETIC = "synthetic"
"""Marks the name of a capture whose packets were generated."""

TRANSPORTS = {"t": "TCP", "q": "QUIC", "d": "DTLS"}
SINCE = (0, 2018, 2023)

AGENTS = (
    ("WebKit", r"CriOS/|FxiOS/|EdgiOS/"),
    ("Gecko", r"\bFirefox/|TorBrowser/"),
    ("EdgeHTML", r"\bEdge/1[2-8]\b"),
    ("Trident", r"\bTrident/|\bMSIE "),
    ("Chromium", r"Chrome/|Chromium/"),
    ("WebKit", r"AppleWebKit/.*Safari/"),
)
"""Engines by a word in User-Agents; the first that fits counts."""

NAMES = (
    ("Chromium", r"\bChrom|\bEdge\b"),
    ("Gecko", r"\bFirefox\b|\bTor Browser\b"),
    ("WebKit", r"\bSafari\b"),
)
"""Engines by a word in names of clients."""


@dataclass(frozen=True)
class CapturedClient:
    capture: str
    stable: str

    @property
    def repository(self) -> str:
        return self.capture.partition(SOURCE_END)[0]


@dataclass
class CapturedClients:
    fitting: dict[CapturedClient, tuple[hg.Signature, ...]] = field(default_factory=dict)
    """The signatures that fit, the best first."""
    years: dict[CapturedClient, int] = field(default_factory=dict)
    hosts: dict[tuple[str, str], set[hg.Signature]] = field(default_factory=lambda: defaultdict(set))
    """The signatures that name hellos of a host in a capture."""
    agents: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """The browsers' engines that a host's User-Agents claim."""


def captures(folders: Iterable[str]) -> Iterator[Path]:
    """The captures of real hosts in these folders."""
    for folder in folders:
        files = (path for path in sorted(Path(folder).iterdir()) if path.is_file())
        yield from (path for path in files if path.suffix not in NO_CAPTURES and SYNTHETIC not in path.name)


def read(paths: Iterable[Path], database: hg.Database) -> CapturedClients:
    """Read captures; of damaged ones, the part before the damage."""
    seen = CapturedClients()
    for path in paths:
        try:
            for result in hg.Analyzer(database, http="all").analyze_pcap(path):
                _take(seen, path.name, result, database)
        except CaptureError:
            continue
    return seen


def _take(seen: CapturedClients, capture: str, result: hg.AnalysisResult, database: hg.Database) -> None:
    if (hello := result.tls_client) is not None and hello.ja4 and hello.ja4_stable:
        found = Matcher(database).hellos(hello.ja4, hello.ja4_stable)
        pair = CapturedClient(capture, hello.ja4_stable)
        seen.fitting[pair] = seen.fitting.get(pair) or found
        seen.years[pair] = gmtime((result.time_ns or 0) // 10**9).tm_year
        seen.hosts[capture, hello.source.ip].update(found[:1])
    if (request := result.http_request) is not None and (claimed := engine(AGENTS, request.user_agent or "")):
        seen.agents[capture, request.source.ip].add(claimed)


def engine(words: Iterable[tuple[str, str]], text: str) -> str | None:
    """The first engine whose words occur in a text."""
    return next((name for name, pattern in words if re.search(pattern, text)), None)


def unnamed(seen: CapturedClients, leave_out: bool) -> set[CapturedClient]:
    """The pairs without a name; with `leave_out`, also pairs that only their own repository supports."""
    repositories: dict[hg.Signature, set[str]] = defaultdict(set)
    for pair, fitting in seen.fitting.items():
        for line in fitting:
            repositories[line].add(pair.repository)

    def counts(pair: CapturedClient, line: hg.Signature) -> bool:
        if not leave_out or repositories[line] - {pair.repository}:
            return True
        sources = line.provenance.split(";")[:-1]
        others = [source for source in sources if f"/{pair.repository}," not in source]
        return bool(others) and not rests_on_captures(";".join(others))

    return {pair for pair, fitting in seen.fitting.items() if not any(counts(pair, line) for line in fitting)}


def judged(seen: CapturedClients) -> tuple[int, list[str]]:
    """Names given to hosts that send a browser's User-Agent, and a line for each of another engine."""
    given, wrong = 0, []
    for (capture, host), agents in sorted(seen.agents.items()):
        for name in sorted({line.label for line in seen.hosts.get((capture, host), ())}):
            given += 1
            named = engine(NAMES, name)
            if named is not None and named not in agents:
                wrong.append(f"  {capture}  {host}: {name}, but {', '.join(sorted(agents))}")
    return given, wrong


def table(seen: CapturedClients, missing: set[CapturedClient]) -> Iterator[str]:
    """Unnamed pairs by transport and year."""
    for since in SINCE:
        pairs = [pair for pair in seen.fitting if seen.years[pair] >= since]
        groups = {name: [one for one in pairs if one.stable[0] == key] for key, name in TRANSPORTS.items()}
        for name, group in {"all": pairs, **groups}.items():
            count = sum(pair in missing for pair in group)
            share = 100 * count / len(group) if group else 0.0
            yield f"  {since or 'all':>5}  {name:<5} {count:4} of {len(group):4}  {share:5.1f} %"


def main() -> None:
    database = hg.Database.load_default()
    seen = read(captures(sys.argv[1:]), database)
    for leave_out, title in ((False, "Unnamed pairs"), (True, "Unnamed pairs, own repository left out")):
        missing = unnamed(seen, leave_out)
        print(f"{title}, since year, by transport")
        print(*table(seen, missing), sep="\n")
    for pair in sorted(missing, key=lambda one: (seen.years[one], one.stable)):
        print(f"  {seen.years[pair]}  {pair.stable}  {pair.capture}")
    given, wrong = judged(seen)
    title = f"Names on hosts with a browser's User-Agent: {given}, of another engine: {len(wrong)}"
    print(title, *wrong, sep="\n")


if __name__ == "__main__":
    main()
