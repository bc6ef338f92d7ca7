"""Put names beside Suricata's events, joined by Community ID.

    python join.py NAMES.jsonl < eve.json > named.json

NAMES.jsonl is what `huginn pcap --format eve -o NAMES.jsonl` or `huginn capture` wrote. Each event of a
connection that has a name gets a key "huginn" with the names of both ends; the others stay as they are.
"""

import json
import sys
from pathlib import Path

ENDS = {"syn": "client", "syn_ack": "server"}

names: dict[str, dict[str, str]] = {}
with Path(sys.argv[1]).open(encoding="utf-8") as file:
    for line in file:
        event = json.loads(line)
        fingerprint = event["fingerprint"]
        end, match = ENDS.get(fingerprint["event"]), fingerprint.get("match")
        if end and match:
            text = f"{match['name']} {match['flavor']}".strip()
            names.setdefault(event["community_id"], {})[end] = text
for line in sys.stdin:
    event = json.loads(line)
    found = names.get(event.get("community_id", ""))
    print(json.dumps({**event, "huginn": found}) if found else line.rstrip("\n"))
