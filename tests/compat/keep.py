"""Write what this version makes into ``kept``, for the tests of the next: ``python -m tests.compat.keep``.

Done once a version, when it is released (docs/releasing.md). Look at what changed before it is committed.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator

import huginn_cffi as hg
from huginn_cffi.hosts import host_verdicts
from sigcompiler.schema.rows import SCHEMA_VERSION
from tests.compat.surface import KEPT, as_text, fields, public_names
from tests.support.captures import pcap
from tests.unit import samples

SIGNATURES = "\n".join(samples.SIGNATURES.splitlines()[:9]) + "\n"
"""Those of Ethernet and of one system."""


def database() -> hg.Database:
    return hg.Database.compile(text=SIGNATURES)


def objects() -> Iterator[tuple[str, object]]:
    """What a program may have pickled, by the names of files."""
    with hg.Analyzer(database()) as analyzer:
        results = list(analyzer.analyze_pcap(pcap(samples.syns(1))))
        yield "results", results
        yield "stats", analyzer.stats
        yield "hosts", list(host_verdicts(results))
        (batch,) = analyzer.batches(pcap(samples.syns(1)))
        yield "batch", batch
    yield "explanation", database().explain(samples.SYN_SIGNATURE)
    yield "filter", hg.FilterConfig(port=hg.PortFilter(dst=443))
    yield "default", hg.Database.load_default()


def main() -> None:
    """Write all files."""
    KEPT.mkdir(exist_ok=True)
    database().save(KEPT / "signatures.hgdb")
    for name, value in objects():
        (KEPT / f"{name}.pickle").write_bytes(pickle.dumps(value, protocol=4))
    (KEPT / "names.txt").write_text(as_text(public_names()), encoding="utf-8")
    text = json.dumps({"schema_version": SCHEMA_VERSION, "fields": fields()}, indent=0)
    (KEPT / "records.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
