"""How many messages of public captures have a name, for docs/reference/database.md and docs/internals.

    python -m workbench.lab.name_counts ANSWERS PART

ANSWERS is the folder http-tls of the reference material; PART is hellos, table, heads or signatures.

The counts are those that `tests/tls/test_default.py` and `tests/database/test_http_default.py` bound.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

import huginn_cffi as hg
from tests.support import observed_heads as heads
from tests.support.http_cases import head_of
from tests.support.tls import observed_hellos as hellos
from tests.support.tls.hello_rows import rows

PARTS = ("hellos", "table", "heads", "signatures")


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or arguments[1] not in PARTS:
        print(__doc__, file=sys.stderr)
        return 2
    answers, part = Path(arguments[0]), arguments[1]
    database = hg.Database.load_default()
    if part == "signatures":
        count = sum(one.section.startswith("http:") for one in database.signatures)
        print(f"The default database has {count} signatures of HTTP")
    elif part == "heads":
        print(f"{' and '.join(_shares(answers, database))} have a name")
    else:
        _hellos(answers, database, part)
    return 0


def _hellos(answers: Path, database: hg.Database, part: str) -> None:
    with (answers / "facts" / "tls-clients.csv").open(encoding="utf-8", newline="") as file:
        facts = list(csv.DictReader(file))
    tcp = hellos.counted(database, facts, rows(answers / "oracle" / "ja4.jsonl"))
    udp = Counter[str]()
    for name in ("quic-dtls.jsonl", "quic-dtls-captures.jsonl"):
        udp += hellos.counted(database, facts, rows(answers / "oracle" / name))
    if part == "hellos":
        both = _named("ClientHellos over TCP have a name", tcp), _named("over QUIC and DTLS", udp)
        print(", and ".join(both))
        return
    steps = tcp["facts"] + tcp["measured"]
    opened, specific = tcp["open, specific"] + tcp["open, generic"], tcp["open, specific"]
    print(f"| hellos over TCP in the public captures of the tests | {tcp.total()} |")
    print(f"| named by published lists and hellos | {tcp['facts']} |")
    print(f"| {tcp['measured']} more by the measurements | {steps} |")
    print(f"| {opened} more by lines with open places, {specific} of them specific | {steps + opened} |")
    print(f"| without a name | {tcp['none']} |")
    quic = udp["open, specific"] + udp["open, generic"]
    parts = f"{udp.total() - udp['none'] - quic} named by published hellos, {quic} by lines with open places"
    print(f"| hellos over QUIC and DTLS | {udp.total()}: {parts} |")


def _shares(answers: Path, database: hg.Database) -> list[str]:
    lines = (answers / "oracle" / "http-own.jsonl").read_text(encoding="utf-8").splitlines()
    seen = [head_of(json.loads(line)) for line in lines]
    shares = []
    for response, name in ((False, "User-Agents"), (True, "Server headers")):
        texts = heads.texts_of(seen, response)
        named = (head for head in seen if head.response is response and heads.signature_of(database, head)[0])
        shares.append(f"{len(texts & {*map(heads.software, named)})} of {len(texts)} {name}")
    return shares


def _named(what: str, counts: Counter[str]) -> str:
    return f"{counts.total() - counts['none']} of {counts.total()} {what}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
