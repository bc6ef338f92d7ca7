"""A table of the hosts in capture files and what each runs: python hosts_in_captures.py FILE..."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict

import huginn_cffi as hg


def main(paths: list[str]) -> int:
    """Print the table, and what was wrong with files after it."""
    systems: defaultdict[str, Counter[str]] = defaultdict(Counter)
    damaged: list[hg.CaptureError] = []
    with hg.Analyzer() as analyzer:
        # Several files are one stream. With `on_error` a damaged one does not end the reading.
        for result in analyzer.analyze_pcap(paths, on_error=damaged.append):
            for part in (result.syn, result.syn_ack):
                if part:
                    systems[str(part.source.ip)][str(part.match or "unknown")] += 1
    for host, seen in sorted(systems.items()):
        print(f"{host:40}{', '.join(f'{name} ({count})' for name, count in seen.most_common())}")
    for error in damaged:
        print(error, file=sys.stderr)
    return 1 if damaged else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python hosts_in_captures.py FILE...")
    sys.exit(main(sys.argv[1:]))
