"""The hellos that the default database names, and where each of its lines is from."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.support.core import SIGNATURES
from tests.support.lab import table
from tests.support.tls.hello_rows import rows
from tests.support.tls.listed_hellos import of_lists
from tests.support.tls.observed_hellos import both, counted, is_open, name_of, stable
from workbench.lab.client_names import AGENTS, captures, engine, judged, read, unnamed


@pytest.fixture(scope="module")
def database() -> hg.Database:
    """As the files are now, and not as the core was built with them."""
    return hg.Database.compile(SIGNATURES)


@pytest.fixture(scope="module")
def facts(answers: Path) -> list[dict[str, str]]:
    with (answers / "facts" / "tls-clients.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_line_has_its_source(database: hg.Database) -> None:
    lines = [one for one in database.signatures if one.section == "tls:client"]
    assert len(lines) > 150
    assert [one for one in lines if not one.provenance.endswith(("; high", "; medium", "; low"))] == []


def test_each_line_without_open_places_was_seen(database: hg.Database, facts: list[dict[str, str]]) -> None:
    """In the lists of facts, or among the project's own measurements."""
    seen = [(row["ja4"], of_lists(row["ja4_r"])) for row in facts]
    seen += [(one.ja4, of_lists(one.ja4_r)) for one in table("hellos")]
    lines = {one.text for one in database.signatures if one.section == "tls:client" and not is_open(one)}
    assert lines - both(seen) == set()


def test_measured_clients_are_named(database: hg.Database) -> None:
    """Each by a line that says what it is, or the library that it is made with."""
    libraries = {"OpenSSL", "GnuTLS", "Chrome", "curl", "PHP", "Node.js", "Nmap", "rustls"}
    for one in table("hellos"):
        signature = name_of(database, one.ja4, of_lists(one.ja4_r).ja4(stable=True))
        assert signature is not None, one
        assert signature.kind == "specific"
        words = set(signature.name.replace(" or ", " ").split())
        assert words & ({*one.client.split(), one.client} | libraries), (one.client, signature.label)


def test_clients_of_the_facts_are_named(database: hg.Database, facts: list[dict[str, str]]) -> None:
    """QUIC hellos whose transport parameters name Chrome and its version are among them."""
    told = 0
    for row in facts:
        signature = name_of(database, row["ja4"], stable(row))
        assert signature is not None, row["ja4"]
        client = row["client"].split()[0].replace("chromium", "chrome").replace("tor", "Tor Browser")
        assert client.lower() in signature.name.lower(), row["ja4"]
        assert covers(signature.flavor, row), (row["client"], row["version"], signature.flavor)
        told += row["basis"].endswith("transport parameter 0x3129")
    assert told >= 39


def covers(flavor: str, row: dict[str, str]) -> bool:
    """Whether a version is within what a label claims; one of 18.1 has the hello of 17."""
    if row["version"].startswith("18.1") and row["client"] == "safari":
        return True
    major, _, minor = row["version"].partition(".")
    version = float(f"{major}.{minor.partition('.')[0]}") if row["client"] == "safari" else float(major)
    first, _, last = flavor.removesuffix(" or newer").partition("-")
    if flavor.endswith(" or newer"):
        return version >= float(first)
    return float(first) <= version < float(last or first) + 1


def test_how_many_hellos_of_the_corpus_are_named(
    answers: Path, database: hg.Database, facts: list[dict[str, str]]
) -> None:
    counts = counted(database, facts, rows(answers / "oracle" / "ja4.jsonl"))
    assert counts.total() == 763
    assert counts["facts"] >= 77  # a tenth
    assert counts["measured"] >= 10
    assert counts["open, specific"] + counts["open, generic"] >= 600


def test_labels_claim_no_system(database: hg.Database) -> None:
    """But for the libraries of Apple, of Windows and of Android."""
    labels = [one for one in database.signatures if one.section == "tls:client"]
    names = {label.name for label in labels if not label.userland}
    assert names == {"macOS or iOS", "Windows", "Android"}


AGREEING = {
    "Android": {"Android"},
    "Windows": {"Windows"},
    "macOS or iOS": {"macOS", "iOS"},
}


def test_hosts_whose_system_is_known_agree(answers: Path, corpus: Path, database: hg.Database) -> None:
    """Where a line says which system it is, by its class or by its sys line.

    The host that captured need not be the one that sent.
    """
    with (corpus / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows_ = [row for row in csv.DictReader(file) if row["evidence_kind"] != "pcapng-capture-host"]
    told = [row for row in rows_ if not row["suspect"]]
    labels = {(row["file"], row["ip"]): row["os_family"] for row in told}
    compared = 0
    for row in rows(answers / "oracle" / "ja4.jsonl"):
        signature = name_of(database, row["ja4"], stable(row))
        known = labels.get((row["file"], row["src"]))
        if signature is None or known is None:
            continue
        own = () if signature.userland else (signature.name,)
        for system in signature.systems or own:
            assert known in AGREEING[system], (row["file"], row["frame"], signature.label)
            compared += 1
    assert compared >= 40


@pytest.fixture(scope="module")
def observed(corpus: Path) -> list[dict[str, str]]:
    """Stable JA4s of other captures, with the User-Agents and systems that the same hosts showed."""
    with (corpus.parent / "facts/ja4-observed.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_hosts_with_firefox_are_not_android(database: hg.Database, observed: list[dict[str, str]]) -> None:
    """Firefox on a desktop: over TCP, TLS 1.2 among it, and over QUIC."""
    names = Counter[str]()
    for row in observed:
        agents = row["user agents of the hosts"]
        claims = {engine(AGENTS, agent) for agent in agents.split("; Mozilla")} - {None}
        if claims == {"Gecko"} and "Windows" not in row["systems of the hosts"]:
            signature = name_of(database, row["examples of ja4"].split()[0], row["ja4_stable"])
            names[signature.name if signature else "none"] += 1
    assert names.total() >= 6
    assert set(names) == {"Firefox"}


def test_names_of_systems_agree_with_the_hosts(database: hg.Database, observed: list[dict[str, str]]) -> None:
    """Lines that name a system: the SYNs of hosts with such hellos show it, or what shares its stack."""
    stacks = {"Android": {"Android", "Linux"}, "Windows": {"Windows"}, "macOS or iOS": {"macOS", "iOS"}}
    compared = 0
    for row in observed:
        signature = name_of(database, row["examples of ja4"].split()[0], row["ja4_stable"])
        shown = row["systems of the hosts"].partition(" (")[0]
        if signature is None or signature.userland or not shown or shown == "Scapy":
            continue
        assert stacks[signature.name] & set(shown.split(" or ")), row
        compared += 1
    assert compared >= 21


def test_few_hellos_of_captures_are_unnamed(answers: Path, corpus: Path) -> None:
    """Each stable JA4 of a capture once, by lines that do not rest on its own repository alone."""
    database = hg.Database.load_default()
    seen = read(captures((str(corpus), str(answers / "captures"))), database)
    missing = unnamed(seen, leave_out=True)
    recent = [pair for pair in seen.fitting if seen.years[pair] >= 2018]
    quic = [pair for pair in seen.fitting if pair.stable[0] == "q"]
    assert len(recent) >= 280
    assert len(quic) >= 50
    assert sum(pair in missing for pair in recent) <= 0.17 * len(recent)  # 60.7 % before
    assert sum(pair in missing for pair in quic) <= 0.1 * len(quic)  # 78.2 % before
    given, wrong = judged(seen)
    assert given >= 15
    assert len(wrong) <= 0.02 * given
