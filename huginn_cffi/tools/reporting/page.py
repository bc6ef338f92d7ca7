"""The page: facts to sections, sections to one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from huginn_cffi.tools.reporting import http, tls
from huginn_cffi.tools.reporting.charts import Chart
from huginn_cffi.tools.reporting.clocks import RELIABLE, reliability_table, uptime_table, uptimes
from huginn_cffi.tools.reporting.drops import drops_table
from huginn_cffi.tools.reporting.hosts import hosts_table
from huginn_cffi.tools.reporting.mixed import EXAMINED, mixed_hosts, mixed_table
from huginn_cffi.tools.reporting.over_time import OverTime, time_chart, time_table
from huginn_cffi.tools.reporting.paths import (
    Distances,
    Links,
    distance_chart,
    distance_table,
    link_chart,
    link_table,
)
from huginn_cffi.tools.reporting.systems import Systems, subnets_table, systems_chart, systems_table
from huginn_cffi.tools.reporting.tables import Table, counted, time_text
from huginn_cffi.tools.reporting.unknown import RELATIVES, UnknownSignature, unknown_signatures, unknown_table
from sigcompiler.diagnostics import valid

if TYPE_CHECKING:
    from huginn_cffi.database import Database
    from huginn_cffi.stats import Stats
    from huginn_cffi.tools.reporting.gather import Gathered

ASSETS = Path(__file__).parent / "assets"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page. ``folded`` tables say what a chart shows and are opened on request."""

    name: str
    title: str
    words: str
    charts: Sequence[Chart] = ()
    folded: Sequence[Table] = ()
    tables: Sequence[Table] = ()
    unknown_signatures: Sequence[UnknownSignature] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: names of the captures, what was wrong with them, what was counted."""

    title: str
    sources: Sequence[str]
    trouble: Sequence[str]
    stats: Stats
    database: Database | None
    version: str
    filtered: bool = False


@dataclass(slots=True)
class _Builder:
    gathered: Gathered
    subject: Subject
    tiles: list[tuple[str, str, str]] = field(default_factory=list)

    def sections(self) -> list[Section]:
        rows = self.gathered.systems.table()
        found = None if rows is None else Systems(rows, self.gathered.names)
        made: list[Section] = []
        if found is not None:
            made += self._systems(found)
        made += self._links()
        made += self._uptimes()
        if found is not None:
            made.append(self._mixed(found))
        made += self._unknown()
        made += self._tls()
        made += self._http()
        made.append(self._drops())
        self._tiles(rows, found)
        return made

    def _systems(self, found: Systems) -> Iterator[Section]:
        yield Section(
            "systems",
            "Systems",
            "Confidence is the measured share of answers of this kind whose family is right, averaged over "
            "the handshakes. An address that shows several systems counts at each.",
            charts=[systems_chart(found)],
            tables=[systems_table(found)],
        )
        rows, width_ns, apart = self.gathered.timeline.table()
        words = "Handshakes by the time of their capture, by system."
        if apart:
            words += f" {counted(apart, 'handshake')} of a time far from the rest left out."
        over_time = OverTime(rows, width_ns, self.gathered.names, found)
        yield Section(
            "over-time",
            "Over time",
            words,
            charts=[time_chart(over_time)],
            folded=[time_table(over_time)],
        )
        yield Section("by-subnet", "By subnet", "What speaks where.", tables=[subnets_table(found)])
        yield Section(
            "by-address",
            "By address",
            "The busiest addresses and what is known of each.",
            tables=[hosts_table(found, self.gathered.links.table())],
        )
        distances = Distances(found)
        yield Section(
            "distance",
            "Distance",
            "Hops between an address and the place of capture, shown by the TTL. An address seen at several "
            "distances counts at each; senders of random TTLs are left out.",
            charts=[distance_chart(distances)],
            folded=[distance_table(distances)],
        )

    def _links(self) -> Iterator[Section]:
        rows = self.gathered.links.table()
        if rows is not None:
            links = Links(rows, self.subject.database)
            words = "The narrowest link near each address, shown by its segment size."
            yield Section("mtu", "Links and MTUs", words, [link_chart(links)], tables=[link_table(links)])

    def _uptimes(self) -> Iterator[Section]:
        rows = self.gathered.clocks.table()
        if rows is None:
            return
        found = uptimes(rows)
        reliable = sum(not one.why for one in found)
        words = (
            f"{reliable:,} of {counted(len(found), 'clock')} can be believed as far as the packets tell. "
            "Systems of today begin each connection's clock anew, so that one connection alone proves no "
            f"uptime: “{RELIABLE}” is not a promise."
        )
        tables = [reliability_table(found), uptime_table(found)]
        yield Section("uptime", "Uptimes", words, tables=tables)

    def _mixed(self, found: Systems) -> Section:
        hosts = mixed_hosts(found)
        words = (
            "Addresses whose exact names contradict each other: address translation, a forwarded port, or a "
            "new owner of the address. Tools and fuzzy names are left out."
        )
        if hosts.several > hosts.examined:
            words += (
                f" Of {hosts.several:,} addresses with several names the first {EXAMINED:,} were examined."
            )
        return Section("several", "Several systems behind one address", words, tables=[mixed_table(hosts)])

    def _unknown(self) -> Iterator[Section]:
        rows = self.gathered.unknown.table()
        if rows is None:
            return
        found, total = unknown_signatures(rows, self.subject.database)
        explained = sum(one.explanation is not None for one in found)
        words = "Handshakes that no signature fits, by the number of addresses that send them."
        if explained:
            words += f" The first {explained} are compared with their {RELATIVES} nearest relatives below."
        table = unknown_table(found, total)
        yield Section("unknown", "Unknown signatures", words, tables=[table], unknown_signatures=found)

    def _tls(self) -> Iterator[Section]:
        found = self.gathered.tls
        if found is None:
            return
        tables = [tls.client_table(found), tls.version_table(found), tls.post_quantum_table(found)]
        if found["old"]:
            tables.append(tls.old_table(found))
        chart = tls.client_chart(found)
        yield Section("tls", "TLS", tls.WORDS, charts=[chart] if chart.labels else [], tables=tables)

    def _http(self) -> Iterator[Section]:
        found = self.gathered.http
        if found is not None:
            tables = [http.client_table(found), http.server_table(found), http.claims_table(found)]
            yield Section("http", "HTTP", http.WORDS, tables=[one for one in tables if one.total])
        verdicts = self.gathered.verdicts
        if verdicts is not None:
            tables = [http.verdict_table(verdicts)]
            if verdicts["contradictions"]:
                tables.append(http.contradiction_table(verdicts))
            yield Section("verdicts", "Verdicts", http.VERDICT_WORDS, tables=tables)

    def _drops(self) -> Section:
        words = "Every packet is either analysed or counted under one reason."
        return Section("left-out", "What was left out", words, tables=[drops_table(self.subject.stats)])

    def _tiles(self, rows: object, found: Systems | None) -> None:
        stats = self.subject.stats
        self.tiles.append(("Packets", f"{stats.packets:,}", f"{stats.analysed:,} analysed"))
        kinds = stats.events_by_kind
        syns, answers = kinds["syn"], kinds["syn_ack"]
        self.tiles.append(("Handshakes", f"{syns + answers:,}", f"{syns:,} SYN, {answers:,} SYN+ACK"))
        if hellos := kinds["tls_client"] + kinds["tls_server"]:
            share = tls.post_quantum_text(self.gathered.tls)
            self.tiles.append(("TLS hellos", f"{hellos:,}", share))
        if messages := kinds["http_request"] + kinds["http_response"]:
            words = f"{kinds['http_request']:,} requests"
            self.tiles.append(("HTTP messages", f"{messages:,}", words))
        if found is None:
            return
        hosts, named = found.host_count, found.named_host_count
        self.tiles.append(("Addresses", f"{hosts:,}", f"{named / hosts:.0%} with a name"))
        first, last = (
            end(found.rows[name]).as_py() for end, name in ((pc.min, "first_ns"), (pc.max, "last_ns"))
        )
        self.tiles.append(("From", time_text(first), f"to {time_text(last)} UTC"))


def sections(gathered: Gathered, subject: Subject) -> list[Section]:
    """The sections of the page."""
    return _Builder(gathered, subject).sections()


def page(gathered: Gathered, subject: Subject) -> bytes:
    """The page, UTF-8. The same captures and settings give the same bytes."""
    from huginn_cffi.tools.reporting.template import environment

    builder = _Builder(gathered, subject)
    sections = builder.sections()
    charts = [chart.data() for section in sections for chart in section.charts]
    database = subject.database
    script = "\n".join(map(asset, ("tables.js", "charts.js", "report.js")))
    found = (
        environment()
        .get_template("report.html")
        .render(
            subject=subject,
            sources=list(map(valid, subject.sources)),
            trouble=list(map(valid, subject.trouble)),
            tiles=builder.tiles,
            sections=sections,
            charts=charts,
            left_out=gathered.left_out,
            findings=[valid(finding.text) for finding in gathered.findings],
            database=None if database is None else (database.source_hash[:16], len(database)),
            style=asset("report.css"),
            library=library(),
            licence=asset("chart.umd.LICENSE.md"),
            script=script,
            policy=policy(library(), script),
        )
    )
    return found.encode("utf-8", "replace")


def policy(*scripts: str, more: Sequence[str] = ()) -> str:
    """What the browser lets the page do: run these scripts, and ask nobody for anything.

    `more` are rules for what a page does beyond, and never for an address.
    """
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    rules = ("default-src 'none'", "style-src 'unsafe-inline'", f"script-src {allowed}")
    return "; ".join((*rules, *more, "base-uri 'none'", "form-action 'none'"))


@lru_cache(maxsize=8)
def asset(name: str) -> str:
    """The text of a file that pages hold."""
    return (ASSETS / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def library() -> str:
    """The charting library without the comment that would have developer tools ask for its map."""
    lines = asset("chart.umd.min.js").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))


def chart_json(charts: object) -> str:
    """JSON that may stand in a script element whatever texts it holds."""
    text = json.dumps(charts, ensure_ascii=True, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
