"""Writes the inventory as a cryptography bill of materials (CycloneDX 1.7 or 1.6).

Needs cyclonedx-python-lib (extra ``huginn-cffi[cbom]``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from uuid import NAMESPACE_URL, uuid5

from huginn_cffi.applications.crypto.document import Presentation, place
from huginn_cffi.applications.crypto.inventory import Algorithm, Certificate, Use, moment
from huginn_cffi.base.installation import to_add
from huginn_cffi.base.times import SECOND_NS
from sigcompiler.claims.crypto import properties_of

try:
    from cyclonedx.model import Property, crypto
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.bom_ref import BomRef
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.component_evidence import ComponentEvidence, Occurrence
    from cyclonedx.model.crypto import CryptoAssetType, CryptoPrimitive, CryptoProperties
    from cyclonedx.output.json import Json, JsonV1Dot6, JsonV1Dot7
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(f"a bill of materials needs cyclonedx-python-lib: {to_add('cbom')}") from error

SPEC_VERSIONS: dict[str, type[Json]] = {"1.7": JsonV1Dot7, "1.6": JsonV1Dot6}
_VERSIONS = ("version", "quic_version")
"""Kinds that are no algorithms."""
_Asset = Algorithm | Use | Certificate


def cyclonedx_document(shown: Presentation, spec_version: str) -> str:
    """A component for each algorithm, used combination and certificate, with the servers that use it."""
    places: dict[_Asset, dict[str, int]] = {}
    pairs: list[tuple[Use | Certificate, str, int]] = []
    for server, party in shown.servers():
        pairs += [(use, place(*server), count) for use, count in shown.uses(party)]
    for certificate, servers in shown.certificates():
        pairs += [(certificate, place(*server), count) for server, count in servers.items()]
    for whole, at, count in pairs:
        is_one = isinstance(whole, Use) or whole.sha256 is not None
        for asset in (whole, *_parts(whole.algorithms)) if is_one else _parts(whole.algorithms):
            found = places.setdefault(asset, {})
            found[at] = found.get(at, 0) + count
    last_ns = shown.of.last_ns
    bom = Bom(components=[_component(asset, found, shown.choice.policy) for asset, found in places.items()])
    bom.metadata.timestamp = datetime.fromtimestamp(last_ns // SECOND_NS, timezone.utc)
    bom.serial_number = uuid5(NAMESPACE_URL, repr((last_ns, sorted(places.items(), key=repr))))
    return SPEC_VERSIONS[spec_version](bom).output_as_string(indent=2)


def _parts(algorithms: Iterable[Algorithm]) -> list[Algorithm]:
    """The algorithms that are assets: a cipher suite by its parts, a key also by its algorithm."""
    found: dict[Algorithm, None] = {}
    for one in algorithms:
        if one.kind == "cipher_suite":
            found.update(dict.fromkeys(suite_parts(one.name)))
        elif one.kind not in _VERSIONS:
            found[one] = None
            if one.kind == "key" and (known := properties_of(*one)) is not None:
                found[_algorithm_of_key(one, known.algorithm)] = None
    return [*found]


def _algorithm_of_key(key: Algorithm, algorithm: str) -> Algorithm:
    size = key.name.partition(" ")[2]
    return Algorithm("key_algorithm", f"{algorithm} {size}".strip())


def suite_parts(suite: str) -> list[Algorithm]:
    """Key exchange, authentication, cipher and hash of a TLS cipher suite, by its registered name."""
    exchange, with_, cipher = suite.removeprefix("TLS_").rpartition("_WITH_")
    names = exchange.replace("_EXPORT1024", "").replace("_EXPORT", "").split("_") if with_ else []
    cipher, _, digest = cipher.rpartition("_") if not cipher.endswith(("_CCM", "_8")) else (cipher, "", "")
    return [Algorithm("part", name) for name in (*dict.fromkeys(names), cipher, digest) if name]


def _component(asset: _Asset, places: dict[str, int], policy: str) -> Component:
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
                Property(name=f"huginn:{rule.status}", value=f"{one.name} ({rule.source})")
                for one in parts
                if (rule := one.rule(policy)) is not None
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
    known = properties_of(*of)
    if of.kind == "key_algorithm":
        keys = {"RSA": "rsa", "EC": "ec", "DSA": "dsa", "RSASSA-PSS": "rsa_pss"}
        name, _, size = of.name.partition(" ")
        key = f"{keys[name]} {size}".strip() if name in keys else name.lower().replace("-", "_")
        known = properties_of("key", key)
    if known is None:
        return CryptoProperties(
            asset_type=CryptoAssetType.ALGORITHM,
            algorithm_properties=crypto.AlgorithmProperties(primitive=CryptoPrimitive.UNKNOWN),
        )
    return CryptoProperties(
        asset_type=CryptoAssetType.ALGORITHM,
        algorithm_properties=crypto.AlgorithmProperties(
            primitive=CryptoPrimitive(known.primitive),
            mode=crypto.CryptoMode(known.mode) if known.mode else None,
            parameter_set_identifier=known.parameter_set or None,
            curve=known.curve or None,
            classical_security_level=int(known.bits) if known.bits else None,
            nist_quantum_security_level=int(known.level) if known.level else None,
        ),
        oid=known.oid or None,
    )


def _key(of: Algorithm) -> CryptoProperties:
    bits, known = of.name.rpartition(" ")[2], properties_of(*of)
    reference = None if known is None else BomRef(_reference(_algorithm_of_key(of, known.algorithm)))
    return CryptoProperties(
        asset_type=CryptoAssetType.RELATED_CRYPTO_MATERIAL,
        related_crypto_material_properties=crypto.RelatedCryptoMaterialProperties(
            type=crypto.RelatedCryptoMaterialType.PUBLIC_KEY,
            size=int(bits) if bits.isdigit() else None,
            algorithm_ref=reference,
        ),
    )


def _certificate(of: Certificate) -> CryptoProperties:
    references = {one.kind: BomRef(_reference(one)) for one in of.algorithms}
    not_before, not_after = map(moment, (of.not_before, of.not_after))
    return CryptoProperties(
        asset_type=CryptoAssetType.CERTIFICATE,
        certificate_properties=crypto.CertificateProperties(
            subject_name=of.subject,
            issuer_name=of.issuer,
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
                crypto.ProtocolPropertiesCipherSuite(
                    name=one.name, algorithms=[BomRef(_reference(part)) for part in suite_parts(one.name)]
                )
                for one in of.algorithms
                if one.kind == "cipher_suite"
            ],
            crypto_refs=[BomRef(_reference(one)) for one in _parts(of.algorithms)],
        ),
    )
