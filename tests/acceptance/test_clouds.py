"""No link is stated for servers of clouds and CDNs, whose MSS is a setting of the provider.

`clouds.txt` has their published ranges; the program does not know them.
"""

from __future__ import annotations

from collections import Counter
from ipaddress import ip_address, ip_network
from pathlib import Path

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory

LINES = (Path(__file__).parent / "clouds.txt").read_text(encoding="utf-8").splitlines()
CLOUDS = [ip_network(word) for line in LINES if not line.startswith("#") for word in line.split()]


def test_no_server_of_a_cloud_has_a_link(corpus: Path) -> None:
    links: Counter[str | None] = Counter()
    tunnelled = 0
    for path in sorted(corpus.glob("n*__*.pcap*")):
        analyzer = hg.Analyzer(segments=True)
        inventory = Inventory(analyzer.database)
        for batch in analyzer.batches(str(path), on_error=lambda error: None):
            inventory.add(batch)
        for record in inventory:
            if record.ip and record.syn_acks and any(ip_address(record.ip) in cloud for cloud in CLOUDS):
                links[record.link] += 1
                tunnelled += record.mtu is not None and record.mtu < 1500
    assert set(links) == {None}
    assert links[None] > 100
    assert tunnelled > 50, "MSS below that of Ethernet, which would be read as PPPoE or a tunnel"
