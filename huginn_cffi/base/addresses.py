"""IP addresses."""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def unmapped(address: Address) -> Address:
    """An address as it is; of an IPv6 address that holds an IPv4 address (::ffff:192.0.2.1), the latter."""
    return getattr(address, "ipv4_mapped", None) or address
