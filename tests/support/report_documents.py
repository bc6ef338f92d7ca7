"""Summary documents, written by hand: every list has rows, and every key of a row a value."""

from __future__ import annotations

import json
from typing import Any

from huginn_cffi.applications.reporting.page import page
from sigcompiler.schema.rows import SCHEMA_VERSION

TIME = "2026-01-15T10:00:00.000000000Z"
LATER = "2026-01-15T10:20:00.500000000Z"

HOST: dict[str, Any] = {
    "event": "host",
    "ip": "192.0.2.9",
    "tunnel": None,
    "local": False,
    "family": "Linux",
    "flavor": "4.19-6.15",
    "confidence": 0.988,
    "version_confidence": 0.5,
    "version_source": "syn",
    "candidates": ["Linux 4.19-6.15", "Windows 10"],
    "evidence": [
        {
            "source": "syn",
            "name": "Linux 4.19-6.15",
            "packets": 12,
            "first_seen": TIME,
            "last_seen": LATER,
            "scope": "handshake",
            "relation": "agrees",
        },
        {
            "source": "user_agent",
            "name": "Firefox 140",
            "packets": 2,
            "first_seen": None,
            "last_seen": None,
            "scope": "handshake",
            "relation": "not_compared",
        },
    ],
    "mac": "00:00:5e:00:53:23",
    "claimed_by": "00:00:5e:00:53:66",
    "related": ["00:00:5e:00:53:67"],
    "behind": False,
    "role": "gateway",
    "mac_local": False,
    "host_name": "Annas-Printer",
    "network_card": None,
    "device": {
        "type": "printer",
        "manufacturer": "HP",
        "model": "LaserJet",
        "system": None,
        "version": None,
        "confidence": {
            "type": 0.95,
            "manufacturer": 0.95,
            "model": 0.9,
            "system": None,
            "version": None,
        },
        "evidence": [
            {
                "source": "mdns",
                "type": "printer",
                "manufacturer": "HP",
                "model": "LaserJet",
                "system": None,
                "version": None,
                "packets": 2,
                "first_seen": TIME,
                "last_seen": LATER,
                "scope": "segment",
                "mac": None,
                "relation": "agrees",
            }
        ],
    },
    "cpe": None,
    "tools": ["NMap SYN scan"],
    "syns": 12,
    "syn_acks": 3,
    "packets": 9,
    "protocols": ["tcp"],
    "first_seen": TIME,
    "last_seen": LATER,
    "connections": 9,
    "distance": 7,
    "link": "PPPoE (DSL)",
    "mtu": 1492,
    "language": "German",
    "contradictions": 4,
    "uptime_minutes": 15188,
    "uptime_modulo_days": 49,
    "uptime_hz": 1000,
    "uptime_reliable": False,
    "systems": 2,
    "witnesses": ["two clocks"],
    "clients": ["Firefox 140"],
    "servers": ["nginx"],
    "services": ["www.example.com"],
    "leases": ["192.0.2.7"],
    "lease_until": None,
    "scans": ["30 addresses at port 22 in 2 minutes, 15 a minute, none answered"],
    "client_ports": [443],
    "server_ports": [22, 80],
    "last_change": TIME,
    "last_sharing": TIME,
    "host_change": TIME,
    "ip_sharing": None,
    "changes": [
        {
            "time": TIME,
            "kind": "host_change",
            "role": "client",
            "reasons": ["os_diff", "ttl"],
            "raw_hits": [1, 1, 1, 1],
        }
    ],
    "findings": ["several_systems"],
    "ended": [
        {
            "kind": "system",
            "product": "Linux 2.4.x",
            "ended": "2011-12-31",
            "confidence": 0.988,
            "evidence": ["SYN: Linux 2.4.x (12 packets)"],
        }
    ],
    "peers": [
        {
            "ip": "192.0.2.80",
            "direction": "to",
            "port": 445,
            "protocol": None,
            "connections": 2,
            "completed": 2,
            "first_seen": TIME,
            "last_seen": LATER,
        },
        {
            "ip": "2001:db8::80",
            "direction": "from",
            "port": 22,
            "protocol": "ssh",
            "connections": 7,
            "completed": 7,
            "first_seen": TIME,
            "last_seen": LATER,
        },
    ],
    "peers_left_out": 3,
    "logins": [{"protocol": "ftp", "port": 21, "count": 2, "refused": 1}],
}


DEVICE: dict[str, Any] = {
    "mac": "00:00:5e:00:53:23",
    "behind": None,
    "mac_local": False,
    "host_name": "Annas-Printer",
    "virtual": None,
    "segments": [],
    "role": "gateway",
    "addresses": ["2001:db8::9", "192.0.2.9"],
    "address_count": 2,
    "disputed": True,
    "type": "printer",
    "manufacturer": "HP",
    "model": "LaserJet",
    "system": "Linux",
    "version": "4.19-6.15",
    "first_seen": TIME,
    "last_seen": LATER,
    "network_card": "Example, Inc.",
}


def device(*addresses: str, **more: Any) -> dict[str, Any]:
    """A row of ``local_devices``, of which only the addresses are known."""
    unknown = {**dict.fromkeys(DEVICE), "segments": []}
    times = {"first_seen": TIME, "last_seen": LATER}
    count = len(addresses)
    return {**unknown, "addresses": [*addresses], "address_count": count, "disputed": False, **times, **more}


def host(ip: str, **more: Any) -> dict[str, Any]:
    """A host record; the addresses of documents have most of its values from `HOST`."""
    return {**HOST, "ip": ip, **more}


def system(name: str, flavor: str, role: str = "client", hosts: int = 1, **more: Any) -> dict[str, Any]:
    """A row of ``systems``."""
    fits = {"specific": 8, "generic": 1, "fuzzy": 2, "confidence": 0.9999}
    return {
        "role": role,
        "name": name,
        "flavor": flavor,
        "tool": False,
        "hosts": hosts,
        "packets": 11,
        **fits,
        **more,
    }


def document(**changes: Any) -> dict[str, Any]:
    """A document of three hosts."""
    finding = {
        "kind": "scanner",
        "weight": "act now",
        "mark": "scans",
        "headline": "192.0.2.10 scanned",
        "text": "192.0.2.10 scanned",
        "hosts": ["192.0.2.10"],
        "host_count": 1,
    }
    found: dict[str, Any] = {
        "event": "summary",
        "schema_version": SCHEMA_VERSION,
        "captures": [{"name": "one.pcap", "first_packet": 1, "packets": 1200, "out_of_order": False}],
        "packets": 1200,
        "bytes": 90000,
        "analysed": 1190,
        "first_seen": TIME,
        "last_seen": LATER,
        "first_event": TIME,
        "last_event": LATER,
        "events": {
            "syn": 11,
            "syn_ack": 4,
            "tls_client": 4,
            "tls_server": 2,
            "http_request": 3,
            "http_response": 1,
        },
        "hosts": 3,
        "local_hosts": 1,
        "hosts_complete": True,
        "left_out": 0,
        "untracked": 0,
        "answers": [{"topic": "scans", "question": "Who scans?", "answer": "none found"}],
        "findings": [{**finding, "packets": 5, "first_seen": TIME, "last_seen": LATER}],
        "systems": [
            system("Linux", "4.19-6.15", hosts=2),
            system("macOS or iOS", "macOS 10.14 or newer / iOS 13 or newer", role="server"),
            system("NMap", "SYN scan", tool=True, confidence=None),
        ],
        "links": [
            {"link": "Ethernet", "mtu": 1500, "hosts": 2, "packets": 9},
            {"link": None, "mtu": 1400, "hosts": 1, "packets": 2},
        ],
        "devices": {"phone": 2, "printer": 1},
        "uptimes": [
            {
                "host": "192.0.2.9",
                "role": "client",
                "minutes": 15188,
                "modulo_days": 49,
                "frequency_hz": 1000,
                "reliable": False,
                "doubt": "two clocks",
            }
        ],
        "distances": [{"hops": 7, "hosts": 2}, {"hops": 2, "hosts": 1}],
        "families": [
            {"name": "Linux", "hosts": 2},
            {"name": "macOS or iOS", "hosts": 1},
            {"name": None, "hosts": 1},
        ],
        "subnets": [
            {
                "network": "192.0.2.0/24",
                "hosts": 2,
                "systems": [{"name": "Linux", "hosts": 2}, {"name": None, "hosts": 1}],
            }
        ],
        "over_time": {
            "begin": TIME,
            "step_seconds": 600,
            "bins": 3,
            "series": [{"name": "Linux", "counts": [5, 0, 2]}, {"name": "NMap", "counts": [0, 0, 1]}],
            "apart": 6,
        },
        "unknown": [
            {"direction": "request", "signature": "4:64:0:*:8192,0:mss:df:0", "hosts": 1, "packets": 2}
        ],
        "tls": {
            "hellos": {"client": 4, "server": 2},
            "post_quantum": {"client": 1, "server": 0},
            "clients": [
                {"name": "Firefox", "flavor": "140", "ja4": None, "hosts": 2, "hellos": 3},
                {
                    "name": None,
                    "flavor": "",
                    "ja4": "t13d1516h2_8daaf6152771_02713d6af862",
                    "hosts": 1,
                    "hellos": 1,
                },
            ],
            "versions": [{"role": "client", "version": "TLS 1.3", "hosts": 2, "hellos": 4}],
            "old": [{"role": "server", "version": "TLS 1.0", "host": "2001:db8::80"}],
        },
        "negotiated": [
            {
                "protocol": "TLS",
                "algorithms": "TLS 1.3, x25519, TLS_AES_128_GCM_SHA256",
                "hosts": 2,
                "connections": 5,
            }
        ],
        "certificates": [
            {
                "host": "2001:db8::80",
                "public_key": "RSA 2048",
                "signature": None,
                "not_before": "2025-01-01T00:00:00Z",
                "not_after": "2026-02-01T00:00:00Z",
                "sha256": "0011223344556677",
            }
        ],
        "http": {
            "messages": {"request": 3, "response": 1},
            "clients": [{"name": "curl", "flavor": "8", "hosts": 1, "messages": 3}],
            "servers": [{"name": "nginx", "flavor": "", "hosts": 1, "messages": 1}],
            "claims": [{"system": None, "hosts": 1, "messages": 3}],
        },
        "verdicts": {
            "counts": {
                "hellos": {"consistent": 3, "contradicts": 1, "not_checked": 0},
                "requests": {"consistent": 0},
            },
            "contradictions": [
                {"of": "hellos", "host": "192.0.2.9", "why": "Windows behind Linux", "events": 1}
            ],
        },
        "top_hosts": [
            HOST,
            host("192.0.2.10", syns=7, systems=1),
            host("2001:db8::80", syns=0, distance=None),
        ],
        "local_devices": [DEVICE],
        "drops": {"not_ip": 4, "not_tcp": 6, "truncated": 0},
        "losses": [],
        "omitted": {"top_hosts": 2, "tls.old": 5},
    }
    return {**found, **changes}


def page_of(**changes: Any) -> bytes:
    """The page of such a document."""
    return page(json.dumps(document(**changes)), "A title", [], "without signatures")
