"""The sources of the data, with licence and notice: sources.csv.

A row is a work of others, with its licence and the file that has its notice, or a kind of fact, which needs
none. `named` is a pattern for the words that ``; source:`` comments name it by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sigcompiler.csv_rows import rows_of

ROOT = Path(__file__).resolve().parents[2]
OWN = ("MIT", "Apache-2.0")
"""The licences of the project's own work, of which the user chooses one."""

DATABASES = (
    r"p0f|Satori|Fingerbank|Fing|Nmap|Ettercap|Wappalyzer|WhatWeb|JA3er|JA4DB|Shodan|Censys|Netify|nDPI|Zeek"
    r"|Suricata|Snort|PRADS|SinFP|Wireshark|tshark|PacketFence|Browscap|Matomo|device-detector|recog|mercury"
    r"|huginn-net"
)
"""Databases of fingerprints. A row must name them, even where a pattern fits the words around them."""

WORK = re.compile(
    r"https?://\S+|\b[\w.-]+/[\w.-]+|\([^()]*\b(?:MIT|ISC|CDDL|(?:Apache|BSD|L?GPL|MPL|CC)[-\w.]*)[^()]*\)"
    rf"|\b(?P<database>(?i:{DATABASES}))\b"
)
"""Words that name a work: an address, a repository, a licence, a database."""


class DataSource(NamedTuple):
    work: str
    licence: str
    """An identifier of SPDX; empty for facts."""
    notice: str
    copyright: str
    url: str
    taken: str
    named: str

    def named_in(self, text: str) -> Iterator[re.Match[str]]:
        return re.finditer(self.named, text) if self.named else iter(())


@cache
def sources() -> list[DataSource]:
    return [DataSource(**row) for row in rows_of(Path(__file__).with_suffix(".csv"))]


def works() -> list[DataSource]:
    """The works of others whose licence asks for a notice."""
    return [source for source in sources() if source.licence]


def unlisted(provenance: str) -> list[str]:
    """The parts of a ``; source:`` comment that no row names, and works beside those that it names."""
    found = []
    for part in provenance.split("; "):
        spans = [(*match.span(), source.named) for source in sources() for match in source.named_in(part)]
        if not spans:
            found.append(part)
        found += [
            match[0]
            for match in WORK.finditer(part)
            if not any(
                first <= match.start() and match.end() <= last
                for first, last, named in spans
                if not match["database"] or match[0] in named
            )
        ]
    return found


@cache
def provenances() -> dict[str, set[str]]:
    """What the data files name as their sources, by path from the project's root, without the weights."""
    found = {}
    for path in sorted((ROOT / "huginn_cffi" / "data").glob("*.fp")):
        texts = re.findall(r"^; source: (.+); \w+$", path.read_text(encoding="utf-8"), re.MULTILINE)
        found[path.relative_to(ROOT).as_posix()] = set(texts)
    claims = ROOT / "sigcompiler" / "claims"
    found["sigcompiler/claims/crypto.csv"] = {row["source"] for row in rows_of(claims / "crypto.csv")}
    support = (claims / "support.csv").read_text(encoding="utf-8")
    found["sigcompiler/claims/support.csv"] = {*re.findall(r"^# From (.+?),", support, re.MULTILINE)}
    return found
