"""Suricata's `host-os-policy`: how each host's stack reassembles fragments and segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from huginn_cffi.base.names import in_tunnel

LEAST_CONFIDENCE = 0.9
"""The least confidence of a conclusion: with a wrong policy, Suricata sees other data than the host."""


def policy_lines(hosts: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The YAML of `host-os-policy`, line by line; hosts without a policy are counted in a comment."""
    found: dict[str, list[str]] = {}
    without = 0
    for host in hosts:
        if in_tunnel(host["tunnel"]) or host["policy"] is None or host["confidence"] < LEAST_CONFIDENCE:
            without += 1
        else:
            found.setdefault(host["policy"], []).append(host["ip"])
    words = "1 host has" if without == 1 else f"{without} hosts have"
    yield f"# {words} no policy: no single known system, confidence below {LEAST_CONFIDENCE}, or in a tunnel"
    yield "host-os-policy:" if found else "host-os-policy: {}"
    for key, addresses in sorted(found.items()):
        yield f"  {key}:"
        yield from (f'    - "{ip}"' for ip in addresses)
