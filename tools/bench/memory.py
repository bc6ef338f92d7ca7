"""Memory of a process that analyses a capture: ``python -m tools.bench.memory CAPTURE HOSTS PACKETS``.

A separate program, because memory that was used before would hide what is allocated later. Prints JSON:
packets, hosts remembered, and the growth of resident memory in bytes after a quarter of the packets, half of
them, and all.
"""

from __future__ import annotations

import json
import sys

from huginn_cffi import Analyzer
from tools.bench.measure import resident


def main() -> None:
    capture, hosts, packets = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with Analyzer(None, max_hosts=hosts) as analyzer:
        before, grown, marks = resident(), [], [packets // 4, packets // 2]
        for batch in analyzer.batches(capture):
            if marks and batch["packet_number"][-1] >= marks[0]:
                grown.append(resident() - before)
                marks.pop(0)
        grown.append(resident() - before)
        stats = analyzer.stats
    print(json.dumps({"packets": stats.packets, "hosts": stats.hosts - stats.hosts_evicted, "grown": grown}))


if __name__ == "__main__":
    main()
