"""Writes the inventory as a cryptography bill of materials (CycloneDX 1.6).

Needs cyclonedx-python-lib (extra ``huginn-cffi[cbom]``).
"""

from __future__ import annotations

from datetime import datetime, timezone
from uuid import NAMESPACE_URL, uuid5

from huginn_cffi.applications.crypto.document import place, servers
from huginn_cffi.applications.crypto.inventory import Algorithm, Certificate, CryptoInventory, Use
from huginn_cffi.base.times import SECOND_NS
from sigcompiler.claims.crypto import POST_QUANTUM

try:
    from cyclonedx.model import Property, crypto
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.bom_ref import BomRef
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.component_evidence import ComponentEvidence, Occurrence
    from cyclonedx.model.crypto import CryptoAssetType, CryptoPrimitive, CryptoProperties
    from cyclonedx.output.json import JsonV1Dot6
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "a bill of materials needs cyclonedx-python-lib: pip install 'huginn-cffi[cbom]'"
    ) from error

_SUITES = ("cipher_suite", "version", "quic_version")
"""Kinds that are parts of a protocol and not separate algorithms."""

_PRIMITIVES = {
    "group": CryptoPrimitive.KEY_AGREE,
    "key_exchange": CryptoPrimitive.KEY_AGREE,
    "mac": CryptoPrimitive.MAC,
    "host_key": CryptoPrimitive.SIGNATURE,
    "signature": CryptoPrimitive.SIGNATURE,
}


_Asset = Algorithm | Use | Certificate


def cyclonedx_document(of: CryptoInventory) -> str:
    """A component for each algorithm, used combination and certificate, with the servers that use it."""
    places: dict[_Asset, dict[str, int]] = {}
    for server, party in servers(of):
        wholes: list[tuple[Use | Certificate, int]] = [*party.uses.items(), *party.certificates.items()]
        for whole, count in wholes:
            parts = [one for one in whole.algorithms if one.kind not in _SUITES]
            is_one = isinstance(whole, Use) or whole.sha256 is not None
            for asset in (whole, *parts) if is_one else parts:
                found = places.setdefault(asset, {})
                at = place(*server)
                found[at] = found.get(at, 0) + count
    bom = Bom(components=[_component(asset, found) for asset, found in places.items()])
    bom.metadata.timestamp = datetime.fromtimestamp(of.last_ns // SECOND_NS, timezone.utc)
    bom.serial_number = uuid5(NAMESPACE_URL, repr((of.last_ns, sorted(places.items(), key=repr))))
    return JsonV1Dot6(bom).output_as_string(indent=2)


def _component(asset: _Asset, places: dict[str, int]) -> Component:
    parts = (asset,) if isinstance(asset, Algorithm) else asset.algorithms
    return Component(
        type=ComponentType.CRYPTOGRAPHIC_ASSET,
        name=(isinstance(asset, Certificate) and asset.sha256) or " ".join(one.name for one in parts),
        bom_ref=_reference(asset),
        crypto_properties=_properties(asset),
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


def _properties(asset: _Asset) -> CryptoProperties:
    if isinstance(asset, Use):
        return _protocol(asset)
    if isinstance(asset, Certificate):
        return _certificate(asset)
    return _key(asset) if asset.kind == "key" else _algorithm(asset)


def _reference(asset: _Asset) -> str:
    if isinstance(asset, Certificate):
        return f"certificate/{asset.sha256}"
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
        asset_type=CryptoAssetType.ALGORITHM,
        algorithm_properties=crypto.AlgorithmProperties(primitive=primitive),
    )


def _key(of: Algorithm) -> CryptoProperties:
    bits = of.name.rpartition(" ")[2]
    return CryptoProperties(
        asset_type=CryptoAssetType.RELATED_CRYPTO_MATERIAL,
        related_crypto_material_properties=crypto.RelatedCryptoMaterialProperties(
            type=crypto.RelatedCryptoMaterialType.PUBLIC_KEY, size=int(bits) if bits.isdigit() else None
        ),
    )


def _certificate(of: Certificate) -> CryptoProperties:
    references = {one.kind: BomRef(_reference(one)) for one in of.algorithms}
    times = (datetime.fromisoformat(one[:-1] + "+00:00") if one else None for one in of[1:3])
    not_before, not_after = times
    return CryptoProperties(
        asset_type=CryptoAssetType.CERTIFICATE,
        certificate_properties=crypto.CertificateProperties(
            not_valid_before=not_before,
            not_valid_after=not_after,
            signature_algorithm_ref=references.get("signature"),
            subject_public_key_ref=references["key"],
            certificate_format="X.509",
        ),
    )


def _protocol(of: Use) -> CryptoProperties:
    kinds = crypto.ProtocolPropertiesType
    return CryptoProperties(
        asset_type=CryptoAssetType.PROTOCOL,
        protocol_properties=crypto.ProtocolProperties(
            type=kinds.SSH if of.protocol == "SSH" else kinds.TLS,
            version=of.named("version").rpartition(" ")[2],
            cipher_suites=[
                crypto.ProtocolPropertiesCipherSuite(name=one.name)
                for one in of.algorithms
                if one.kind == "cipher_suite"
            ],
            crypto_refs=[BomRef(_reference(one)) for one in of.algorithms if one.kind not in _SUITES],
        ),
    )
