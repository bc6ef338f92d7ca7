"""Events of the Open Cybersecurity Schema Framework: Network Activity (4001) and Detection Finding (2004)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from huginn_cffi.base.times import parse_time
from huginn_cffi.formats.devices_ocsf import MILLISECOND_NS, about_event, os_object, without_nulls
from huginn_cffi.formats.rendering import Renderer, TextWriter
from sigcompiler.schema.findings import FINDINGS, WEIGHTS, news_finding

if TYPE_CHECKING:
    from huginn_cffi.formats.forms import Sink
    from huginn_cffi.run.opened import OpenDatabase
    from huginn_cffi.run.rows import Rows

_FINDINGS = {one.kind: one for one in FINDINGS}
_SEVERITIES = dict(zip(WEIGHTS, (4, 3, 1), strict=True))  # high, medium, informational
_OPEN, _TRAFFIC = 1, 6
_TCP = ("syn", "syn_ack", "mtu", "client_uptime", "server_uptime", "http_request", "http_response")
_PROTOCOLS = {
    **dict.fromkeys((*_TCP, "ssh_client", "ssh_server", "greeting", "tcp"), 6),
    **dict.fromkeys(("quic", "dtls", "openvpn"), 17),
}
"""Protocol numbers by event, and by the transport of TLS."""


class OcsfWriter(TextWriter):
    """Writes events of connections, findings and news, one a line; announcements are left out."""

    def __init__(self, sink: Sink, database: OpenDatabase | None) -> None:
        super().__init__(Renderer("json", database), sink)

    def _converted(self, batch: Rows, piece: memoryview) -> bytes:
        events = map(json.loads, bytes(piece).splitlines())
        made = (
            _event(one)
            for one in events
            if one["event"] == "device_change" or (one.get("src_ip") and one.get("dst_ip"))
        )
        return "".join(f"{json.dumps(one, separators=(',', ':'))}\n" for one in made).encode("ascii")


def _event(one: Mapping[str, Any]) -> dict[str, Any]:
    time = parse_time(one["time"]) // MILLISECOND_NS
    if one["event"] == "device_change":
        return _news(one, time)
    if one["event"] != "finding":
        activity = _OPEN if one["event"] == "syn" else _TRAFFIC
        return about_event(4001, activity, 1, time, one["event"]) | _connection(one)
    found = _FINDINGS[one["finding"]]
    return about_event(2004, 1, _SEVERITIES[found.weight], time, one["event"]) | {
        "is_alert": found.weight == WEIGHTS[0],
        "finding_info": without_nulls(
            {
                "uid": f"{one['finding']}-{one['src_ip']}-{time}",
                "title": found.mark or found.kind.replace("_", " "),
                "desc": one["reason"],
                "types": [one["finding"]],
                "first_seen_time": time,
            }
        ),
        "evidences": [_connection(one)],
    }


def _news(one: Mapping[str, Any], time: int) -> dict[str, Any]:
    """News about a device: its station is the evidence."""
    before, after = one.get("before"), one.get("after")
    found = news_finding(one["change"], before, after, one.get("claimed_role"))
    weight = WEIGHTS[-1] if found is None else found.weight
    return about_event(2004, 1, _SEVERITIES[weight], time, one["change"]) | {
        "is_alert": weight == WEIGHTS[0],
        "finding_info": without_nulls(
            {
                "uid": f"{one['change']}-{one.get('mac', '')}-{time}",
                "title": found.mark if found else one["change"].replace("_", " "),
                "desc": f"{before or 'nothing'}; now {after or 'nothing'}" if before or after else None,
                "types": [one["change"]],
                "first_seen_time": time,
            }
        ),
        "evidences": [{"src_endpoint": without_nulls({"ip": one.get("device_ip"), "mac": one.get("mac")})}],
    }


def _connection(one: Mapping[str, Any]) -> dict[str, Any]:
    sender, other = _endpoint(one, "src"), _endpoint(one, "dst")
    match = one.get("match")
    if match and match.get("family") and not match["userland"]:  # tools are no systems
        sender["os"] = os_object(match["family"], match["flavor"], None)
    ends = (other, sender) if one["from_server"] else (sender, other)
    protocol = _PROTOCOLS.get(one.get("transport", one["event"]))
    return without_nulls(
        {
            "src_endpoint": ends[0],
            "dst_endpoint": ends[1],
            "connection_info": without_nulls(
                {
                    "direction_id": 0,
                    "protocol_num": protocol,
                    "protocol_ver_id": 6 if ":" in one["src_ip"] else 4,
                    "community_uid": one.get("community_id"),
                }
            ),
            "tls": _tls(one),
            "ja4_fingerprint_list": [_ja4(one["ja4"])] if one.get("ja4") else None,
        }
    )


def _endpoint(one: Mapping[str, Any], end: str) -> dict[str, Any]:
    return without_nulls({"ip": one[f"{end}_ip"], "port": one.get(f"{end}_port") or None})


def _tls(one: Mapping[str, Any]) -> dict[str, Any] | None:
    if not one["event"].startswith("tls_") or not one.get("tls_version"):
        return None
    hashes = {
        f"{name}_hash": {"algorithm_id": 1, "algorithm": "MD5", "value": one[name]}
        for name in ("ja3", "ja3s")
        if one.get(name)
    }
    return without_nulls(
        {"version": one["tls_version"], "sni": one.get("sni"), "cipher": one.get("cipher"), **hashes}
    )


def _ja4(text: str) -> dict[str, Any]:
    sections = zip(("section_a", "section_b", "section_c"), text.split("_"), strict=False)
    return {"type_id": 1, "type": "JA4", "value": text, **dict(sections)}
