"""Names by Community ID, in the form that Zeek's input framework reads.

    huginn pcap --format json capture.pcap | python names.py > huginn.tsv

The system is that of the client's SYN, the program that of its ClientHello or request. `-` is no name.
"""

import json
import sys

NONE = "-"
found: dict[str, dict[str, str]] = {}
for line in sys.stdin:
    record = json.loads(line)
    if "community_id" not in record:
        continue
    names = found.setdefault(record["community_id"], {"os": NONE, "client": NONE})
    if record["event"] == "syn" and record["match"]:
        names["os"] = f"{record['match']['name']} {record['match']['flavor']}".strip()
    program = record.get("client")
    if program:
        names["client"] = program["name"]
print("#separator \\x09", "#fields\tcommunity_id\tos\tclient", sep="\n")
for community_id, names in found.items():
    if {*names.values()} != {NONE}:
        print(community_id, names["os"], names["client"], sep="\t")
