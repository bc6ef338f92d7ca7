"""Which cryptography the servers in a store of hosts use."""

from __future__ import annotations

from huginn_cffi.applications.crypto.inventory import Algorithm, Certificate, CryptoInventory, Use
from huginn_cffi.store.reading import Store
from huginn_cffi.store.rows import unpacked

_FOUND = """\
SELECT system.addr, label.name = 'X.509', label.name, label.flavor, sum(system.packets), max(system.last_seen)
FROM system JOIN label ON label.id = system.label WHERE label.kind = 'cryptography'
GROUP BY system.addr, label.id ORDER BY 1, 2"""
"""Certificates come after what else their server uses."""
_KINDS = {
    **dict.fromkeys(("TLS", "QUIC", "DTLS"), ("version", "group", "cipher_suite")),
    "SSH": ("key_exchange",),
    "X.509": ("key", "signature"),
}
"""Kinds of the algorithms in a label, in order: csrc/hosts/cryptography.h."""


def crypto_of_store(store: Store, max_inventory: int) -> CryptoInventory:
    """What a store has: neither clients, ports, nor single certificates; `StoreError`."""
    found = CryptoInventory(max_inventory, 0)
    try:
        for addr, _, protocol, names, count, last_ns in store.counts(_FOUND):
            kinds = zip(_KINDS[protocol], names.split(", "), strict=True)
            algorithms = [Algorithm(kind, name) for kind, name in kinds if name != "-"]
            server = unpacked(addr), None
            if protocol == "X.509":
                found.add_certificate(server, Certificate(None, None, None, tuple(algorithms)), count)
            else:
                if protocol == "SSH":
                    algorithms.insert(0, Algorithm("version", "SSH 2.0"))
                found.add_use(server, Use(protocol, tuple(algorithms)), count)
            found.last_ns = max(found.last_ns, last_ns)
    except (AttributeError, KeyError, OSError, TypeError, ValueError):
        raise store.damaged() from None
    return found
