"""How many hosts state a version of their system, and of how many the record names it.

    python -m tools.lab.claimed_versions FOLDER...

A host counts once per capture if a User-Agent or a Server header of it has one of the texts below; they
are written apart from the rules of the core. Its record is `named` where it has versions and a claim that
narrows them or agrees, `contradicted` where its handshakes exclude what it states, and else `unnamed`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord

STATED = {
    "http_request": re.compile(
        r"Windows[ +]NT[ +/][456]\.|Windows (?:9\d|2000|XP|ME)\b|Win9\d"
        r"|Microsoft-(?:Windows|WebDAV-MiniRedir|CryptoAPI)/\d|Microsoft BITS/\d"
        r"|Mac OS X 10[._](?:\d|1[0-4])\b|(?:iPhone OS|CPU OS|iOS) \d|[Dd]arwin/?\d"
        r"|Android (?!10; K)\d|(?:Linux|kernel)[ /]\d+\.\d|(?:free|open|net)bsd\d|buntu[/ ]\d"
    ),
    "http_response": re.compile(
        r"Microsoft-IIS/[5-8]\.|Apache/2\.\d+\.\d+ \((?:Ubuntu|Debian|CentOS|Red Hat)"
        r"|nginx/1\.\d+\.\d+ \(Ubuntu\)"
    ),
}
CLAIMS = ("user_agent", "client_hint", "server_header")
USED = ("narrows", "agrees")


def stating(batch: hg.Batch) -> Iterator[str]:
    """The addresses whose messages state a version."""
    for line in batch.render("json").splitlines():
        row = json.loads(line)
        if pattern := STATED.get(row["event"]):
            text = row.get("user_agent") if row["event"] == "http_request" else row["signature"]
            if pattern.search(text or ""):
                yield row["src_ip"]


def outcome(host: HostRecord) -> str:
    """What became of what the host states."""
    claims = [one for one in host.evidence if one.source in CLAIMS and re.search(r"\d|XP|Vista", one.name)]
    if host.flavor and any(one.relation in USED for one in claims):
        return "named"
    return "contradicted" if any(one.relation == "contradicts" for one in claims) else "unnamed"


def outcomes(path: Path, database: hg.Database) -> Iterator[str]:
    """Those of the hosts of a capture."""
    inventory, found = Inventory(database), set[str]()
    try:
        for batch in hg.Analyzer(database).batches(path):
            found.update(stating(batch))
            inventory.add(batch)
    except hg.HuginnError:
        pass  # what was read of a damaged capture counts
    inventory.conclude()
    for address in sorted(found):
        host = inventory.find(address)
        if host is not None and host.syns + host.syn_acks:
            yield outcome(host)


def main() -> None:
    """Count, and print."""
    database = hg.Database.load_default()
    paths = [
        path for folder in sys.argv[1:] for path in sorted(Path(folder).iterdir()) if "cap" in path.suffix
    ]
    counts = Counter(one for path in paths for one in outcomes(path, database))
    hosts = sum(counts.values())
    print(f"{hosts} hosts state a version")
    for name in ("named", "contradicted", "unnamed"):
        print(f"{name:>14} {counts[name]:5} {100 * counts[name] / max(1, hosts):6.1f} %")


if __name__ == "__main__":
    main()
