"""Scans in the captures of public projects, as CrowdSec, fail2ban and nftables read them in the examples.

`BUSY` has every host with SYNs to 25 targets or more, the least of a scan, judged by hand with tshark.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.parity.rows import captures

WORM = "192.168.1.124"
BUSY = {
    (
        "mercury__emix.pcap",
        WORM,
    ): "a worm: port 139 of 101 addresses, none answers; it talks to port 445 of each",
    ("mercury__smb.pcap", WORM): "the same",
    ("nDPI__gnutella.pcap", "10.0.2.15"): "136 peers at 126 ports, 60 answer",
    ("nDPI__sites.pcapng", "192.168.1.128"): "a browser: 36 servers, all answer",
    ("nfstream__alexa-app.pcapng", "172.16.42.216"): "an app: 25 servers, 23 answer",
    ("nfstream__ethereum.pcap", "192.168.1.184"): "56 peers at port 30303, 53 answer",
}


@pytest.mark.slow
def test_no_scan_in_the_corpus_is_acted_on(corpus: Path) -> None:
    """The worm's SYNs that nobody answered may be forged: what it completes are ordinary connections."""
    found, busy = set(), set()
    for path in captures(corpus):
        targets: dict[str, set[tuple[str, int]]] = {}
        try:
            for batch in hg.Analyzer(findings=True).batches(str(path)):
                for line in batch.render("json").splitlines():
                    if b'"event":"syn"' in line:
                        event = json.loads(line)
                        targets.setdefault(event["src_ip"], set()).add((event["dst_ip"], event["dst_port"]))
                    elif b'"handshake":"' in line:
                        event = json.loads(line)
                        found.add((path.name, event["src_ip"], event["finding"], event["handshake"]))
        except hg.CaptureError:
            pass  # damaged on purpose
        busy |= {(path.name, host) for host, of in targets.items() if len(of) >= 25}
    assert busy == set(BUSY)
    assert found == {(*host, "horizontal_scan", "none") for host in BUSY if WORM in host}
