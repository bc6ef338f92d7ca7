"""What was found, as a cryptography bill of materials (CycloneDX 1.6).

Needs cyclonedx-python-lib, which is the extra ``huginn-cffi[cbom]``.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from huginn_cffi.applications.crypto.document import servers
from huginn_cffi.applications.crypto.inventory import Algorithm, Use
from huginn_cffi.base.times import SECOND_NS
from sigcompiler.claims.crypto import POST_QUANTUM

if TYPE_CHECKING:
    from huginn_cffi.applications.crypto.inventory import CryptoInventory

try:
    from cyclonedx.model import Property
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.bom_ref import BomRef
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.component_evidence import ComponentEvidence, Occurrence
    from cyclonedx.model.crypto import (
        AlgorithmProperties,
        CryptoAssetType,
        CryptoPrimitive,
        CryptoProperties,
        ProtocolProperties,
        ProtocolPropertiesCipherSuite,
        ProtocolPropertiesType,
    )
    from cyclonedx.output.json import JsonV1Dot6
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "a bill of materials needs cyclonedx-python-lib: pip install 'huginn-cffi[cbom]'"
    ) from error

_SUITES = ("cipher_suite", "version", "quic_version")
"""Kinds that are part of a protocol, no algorithms of their own."""

_PRIMITIVES = {
    "group": CryptoPrimitive.KEY_AGREE,
    "key_exchange": CryptoPrimitive.KEY_AGREE,
    "mac": CryptoPrimitive.MAC,
    "host_key": CryptoPrimitive.SIGNATURE,
}


def cyclonedx_document(of: CryptoInventory) -> str:
    """A component for each algorithm, and one for each combination in use, with the servers that use it."""
    places: dict[Algorithm | Use, dict[str, int]] = {}
    for (ip, port), party in servers(of):
        for use, count in party.uses.items():
            parts = [one for one in use.algorithms if one.kind not in _SUITES]
            assets: list[Algorithm | Use] = [use, *parts]
            for asset in assets:
                found = places.setdefault(asset, {})
                place = f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}"
                found[place] = found.get(place, 0) + count
    bom = Bom(components=[_component(asset, found) for asset, found in places.items()])
    bom.metadata.timestamp = datetime.fromtimestamp(of.last_ns // SECOND_NS, timezone.utc)
    bom.serial_number = uuid5(NAMESPACE_URL, repr((of.last_ns, sorted(places.items(), key=repr))))
    return JsonV1Dot6(bom).output_as_string(indent=2)


def _component(asset: Algorithm | Use, places: dict[str, int]) -> Component:
    parts = asset.algorithms if isinstance(asset, Use) else (asset,)
    return Component(
        type=ComponentType.CRYPTOGRAPHIC_ASSET,
        name=" ".join(one.name for one in parts),
        bom_ref=_reference(asset),
        crypto_properties=_protocol(asset) if isinstance(asset, Use) else _algorithm(asset),
        evidence=ComponentEvidence(occurrences=[Occurrence(location=place) for place in places]),
        properties=[
            Property(name="huginn:connections", value=str(sum(places.values()))),
            *(
                Property(name=f"huginn:{one.rule.status}", value=f"{one.name} ({one.rule.source})")
                for one in parts
                if one.rule is not None
            ),
        ],
    )


def _reference(asset: Algorithm | Use) -> str:
    if isinstance(asset, Use):
        return "/".join((asset.protocol, *(name for _, name in asset.algorithms)))
    return f"{asset.kind}/{asset.name}"


def _algorithm(of: Algorithm) -> CryptoProperties:
    primitive = _PRIMITIVES.get(of.kind, CryptoPrimitive.OTHER)
    if of.rule is not None and of.rule.status == POST_QUANTUM:
        primitive = CryptoPrimitive.KEM if of.name.startswith("MLKEM") else CryptoPrimitive.COMBINER
    elif of.kind == "cipher":
        is_aead = any(part in of.name for part in ("gcm", "poly1305"))
        primitive = CryptoPrimitive.AE if is_aead else CryptoPrimitive.BLOCK_CIPHER
    return CryptoProperties(
        asset_type=CryptoAssetType.ALGORITHM, algorithm_properties=AlgorithmProperties(primitive=primitive)
    )


def _protocol(of: Use) -> CryptoProperties:
    return CryptoProperties(
        asset_type=CryptoAssetType.PROTOCOL,
        protocol_properties=ProtocolProperties(
            type=ProtocolPropertiesType.SSH if of.protocol == "SSH" else ProtocolPropertiesType.TLS,
            version=of.named("version").rpartition(" ")[2],
            cipher_suites=[
                ProtocolPropertiesCipherSuite(name=one.name)
                for one in of.algorithms
                if one.kind == "cipher_suite"
            ],
            crypto_refs=[BomRef(_reference(one)) for one in of.algorithms if one.kind not in _SUITES],
        ),
    )
