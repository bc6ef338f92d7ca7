"""Rows of p0f 3.09b for a corpus of captures, beside ours with the same signatures.

They lie in a folder beside the checkout, as do the captures. Where ours differ, one of these rules says why.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.support.core import SHARED, STOCK

ROWS = SHARED / "http-tls" / "oracle" / "http.jsonl"
CORPUS = SHARED / "corpus"
MODULES = ("http request", "http response")

Row = dict[str, str]

SECRET = re.compile("cookie|auth|token|key|session|secret|passw|credential")
HEADER = re.compile(r"(?:(?<=^\d:)|(?<=,))\??([A-Za-z0-9_-]+)(?:=\[[^\]]*\])?(?=[,:])")
LISTED = (
    *("Host", "User-Agent", "Connection", "Accept", "Accept-Encoding", "Accept-Language", "Accept-Charset"),
    *("Keep-Alive", "Cookie", "Referer", "Origin", "Range", "If-Modified-Since", "If-None-Match"),
    *(
        "Via",
        "X-Forwarded-For",
        "Authorization",
        "Proxy-Authorization",
        "Cache-Control",
        "Content-Type",
        "Accept-Ranges",
    ),
    *("Date", "Server", "Set-Cookie", "Last-Modified", "ETag", "Content-Length", "Expires"),
    *("Pragma", "Content-Disposition", "Location", "Refresh", "Content-Range", "Vary"),
)
LOWER = {name.lower(): name for name in LISTED}

SPLIT = {  # p0f begins anew with each segment of a response
    "Security-Datasets__empire_ninjacopy_dumping_ntds_dit_file_pcap__empire_ninjacopy_dumping_ntds_dit_file.pcapng",
    "Security-Datasets__pcap_log4shell_cve2021_44228_java_serialized__"
    "pcap_log4shell_cve2021_44228_java_serialized_2022-05-13045800.pcapng",
    "zeek__get-gzip.pcap",
    "zeek__workshop_2011_browse.pcap",
}
INTERIM = {  # p0f takes the 1xx for the answer; in the second nothing follows it
    "zeek__http-desync-request-response-5.pcap",
    "suricata-verify__http-evader-449__input.pcap",
}


def without_secrets(signature: str) -> str:
    """p0f's signature without values of names that may hold secrets."""

    def shown(found: re.Match[str]) -> str:
        name = found[1].lower().replace("-", "").replace("_", "")
        return found[0].partition("=[")[0] if SECRET.search(name) else found[0]

    return re.sub(r"([A-Za-z0-9_-]+)=\[[^\]]*\]", shown, signature)


def rule_of(file: str, theirs: Row, ours: Row | None) -> str | None:
    """Why a row differs; ``None``: nothing says why."""
    if file in INTERIM:
        return "a response that announces another is skipped"
    if ours is None:
        return None
    if ours["raw_sig"] == without_secrets(theirs["raw_sig"]):
        return "the value may be a secret"
    names = HEADER.findall(re.sub(r"=\[[^\]]*\]", "", ours["raw_sig"]))
    if any(LOWER.get(name.lower(), name) != name for name in names):
        return "names compare without case"
    return "p0f loses headers of split responses" if file in SPLIT else None


def row_of(line: str) -> Row:
    """A line of the log."""
    return dict(part.split("=", 1) for part in line.split("] ", 1)[1].split("|"))


def our_rows(analyzer: hg.Analyzer, path: Path) -> dict[tuple[str, str, str], list[Row]]:
    """What we print, by kind and ends."""
    found = defaultdict(list)
    for batch in analyzer.batches(path, on_error=lambda error: None):
        for line in batch.render("p0f").decode().splitlines():
            if "] mod=http " in line:
                row = row_of(line)
                found[row["mod"], row["cli"], row["srv"]].append(row)
    return found


@pytest.fixture(scope="module")
def theirs() -> dict[str, list[Row]]:
    """p0f's rows by capture."""
    if not ROWS.is_file() or not STOCK.is_file():
        pytest.skip(f"{ROWS} or {STOCK} is absent")
    found = defaultdict(list)
    for line in ROWS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["mod"] in MODULES:
            found[row["file"]].append(row)
    return found


def test_rows_are_those_of_p0f_but_where_a_rule_says_why(theirs: dict[str, list[Row]]) -> None:
    analyzer = hg.Analyzer(hg.Database.compile(str(STOCK)), max_connections=100_000)
    counts: Counter[str] = Counter()
    for file, rows in theirs.items():
        ours = our_rows(analyzer, CORPUS / file)
        for row in rows:
            left = ours[row["mod"], row["cli"], row["srv"]]
            fields = ("app" if "app" in row else "os", "lang", "params", "raw_sig")
            same = [one for one in left if all(one.get(field) == row[field] for field in fields)]
            if same:
                left.remove(same[0])
                counts["the same"] += 1
                continue
            rule = rule_of(file, row, left.pop(0) if left else None)
            assert rule is not None, (file, row)
            counts[rule] += 1
    assert counts == {
        "the same": 832,
        "the value may be a secret": 144,
        "names compare without case": 143,
        "p0f loses headers of split responses": 5,
        "a response that announces another is skipped": 2,
    }
