"""Certificates that a maintained library made, and what it reads from them."""

from __future__ import annotations

import datetime
import hashlib
import itertools
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from sigcompiler.csv_rows import rows_of
from tests.support.tls.certificate_model import certificate, name, served
from tests.support.tls.certificate_model import rsa as weak_key
from tests.tls.test_certificates import MD5_SIGNED, SHA1_SIGNED

x509 = pytest.importorskip("cryptography.x509")
from cryptography.hazmat.primitives import hashes, serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa  # noqa: E402

SHA256, SHA512 = hashes.SHA256(), hashes.SHA512()
NAMES = [
    x509.NameAttribute(oid, text)
    for oid, text in (
        (x509.NameOID.COUNTRY_NAME, "DE"),
        (x509.NameOID.ORGANIZATION_NAME, "Größe, Inc."),
        (x509.NameOID.COMMON_NAME, "example.org"),
    )
]
CURVES = (
    ec.SECP256R1(),
    ec.SECP384R1(),
    ec.SECP521R1(),
    ec.SECP256K1(),
    ec.SECP224R1(),
    ec.BrainpoolP256R1(),
    ec.BrainpoolP384R1(),
    ec.BrainpoolP512R1(),
)
SIGNERS: list[tuple[str, Any, Any]] = [
    *(("ec", ec.generate_private_key(curve), SHA256) for curve in CURVES),
    ("ec", ec.generate_private_key(ec.SECP384R1()), SHA512),
    *(("rsa", rsa.generate_private_key(65537, bits), SHA256) for bits in (1024, 2048, 2056)),
    ("dsa", dsa.generate_private_key(1024), SHA256),
    ("ed25519", ed25519.Ed25519PrivateKey.generate(), None),
    ("ed448", ed448.Ed448PrivateKey.generate(), None),
]


def made(key: Any, digest: Any, end: datetime.datetime, **more: Any) -> Any:
    """A certificate that its own key signed."""
    name = x509.Name(NAMES)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), 77, datetime.datetime(2020, 2, 29, 1, 2, 3), end
    )
    sites = x509.SubjectAlternativeName([x509.DNSName("example.org"), x509.DNSName("*.example.org")])
    return builder.add_extension(sites, critical=False).sign(key, digest, **more)


def row_of(certificate: Any) -> Any:
    """The row of a connection whose server sends it."""
    der = certificate.public_bytes(serialization.Encoding.DER)
    results = hg.Analyzer(None, host_names=True).analyze_packets(served(der).timed())
    (found,) = [one.certificate for one in results if one.certificate]
    return found


def compare(certificate: Any, kind: str) -> None:
    """Row and library agree."""
    row = row_of(certificate)
    assert row.sha256 == certificate.fingerprint(SHA256).hex()
    assert row.not_before == f"{certificate.not_valid_before_utc:%Y-%m-%dT%H:%M:%SZ}"
    assert row.not_after == f"{certificate.not_valid_after_utc:%Y-%m-%dT%H:%M:%SZ}"
    assert row.signature_algorithm.lower() == certificate.signature_algorithm_oid._name.lower()
    assert (row.key_type, row.self_signed) == (kind, True)
    assert row.key_bits == getattr(certificate.public_key(), "key_size", 0)
    assert row.subject == row.issuer == 'C=DE, O="Größe, Inc.", CN=example.org'
    assert row.site_names == ("example.org", "*.example.org")


@pytest.mark.parametrize(("kind", "key", "digest"), SIGNERS)
def test_keys_and_signatures(kind: str, key: Any, digest: Any) -> None:
    compare(made(key, digest, datetime.datetime(2051, 1, 1)), kind)


def test_pss() -> None:
    key = rsa.generate_private_key(65537, 2048)
    scheme = padding.PSS(padding.MGF1(SHA256), 32)
    certificate = made(key, SHA256, datetime.datetime(2049, 12, 31, 23, 59, 59), rsa_padding=scheme)
    compare(certificate, "rsa")
    assert row_of(certificate).weaknesses == ()


ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
CAPTURES = (
    *("nDPI__sites.pcapng", "nfstream__alexa-app.pcapng", "nfstream__iphone.pcap", "nfstream__android.pcap"),
    *(
        "nDPI__pluralsight.pcap",
        "nDPI__anydesk.pcapng",
        "PcapPlusPlus__tls.pcap",
    ),
)


def sent_chains(path: Path) -> list[list[bytes]]:
    """The chains in a capture that tshark finds, those of a packet as one."""
    words = ["-Y", "tls.handshake.certificate", "-T", "fields", "-e", "tls.handshake.certificate"]
    command = ["tshark", "-r", path, *words, "-E", "aggregator=,"]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return [[bytes.fromhex(one.replace(":", "")) for one in line.split(",")] for line in found.split()]


def sent(path: Path) -> dict[str, Any]:
    """The certificates in a capture that tshark finds and the library reads, by SHA-256."""
    ders = {one for chain in sent_chains(path) for one in chain}
    return {hashlib.sha256(one).hexdigest(): x509.load_der_x509_certificate(one) for one in ders}


@pytest.mark.parametrize("name", CAPTURES)
def test_certificates_of_captures(name: str) -> None:
    """Of site names, a row has the first 1,024 bytes."""
    if shutil.which("tshark") is None or not (CORPUS / name).exists():
        pytest.skip("tshark or the captures are absent")
    known, compared = sent(CORPUS / name), 0
    for result in hg.Analyzer(None, host_names=True).analyze_pcap(CORPUS / name):
        if (row := result.certificate) is None or row.sha256 not in known:
            continue
        certificate = known[row.sha256]
        assert row.not_before == f"{certificate.not_valid_before_utc:%Y-%m-%dT%H:%M:%SZ}"
        assert row.not_after == f"{certificate.not_valid_after_utc:%Y-%m-%dT%H:%M:%SZ}"
        assert row.signature_algorithm.lower() == certificate.signature_algorithm_oid._name.lower()
        assert row.key_bits == certificate.public_key().key_size
        assert row.self_signed == (certificate.subject == certificate.issuer)
        for text, given in ((row.subject, certificate.subject), (row.issuer, certificate.issuer)):
            assert all(one.value.replace('"', '\\"') in text for one in given)
        [sites] = [
            [*one.value]
            for one in certificate.extensions
            if one.oid == x509.ExtensionOID.SUBJECT_ALTERNATIVE_NAME
        ] or [[]]
        texts = [str(one.value) for one in sites]
        shown = row.site_names
        assert texts[: len(shown)] == [*shown]
        assert len(shown) == len(texts) or len(" ".join(texts)) > 1000
        compared += 1
    assert compared


# ---- whole chains

ANCHORS = frozenset(row["name"] for row in rows_of(ROOT / "csrc/tls/anchors.csv"))
WEAK_DIGESTS = {"md5": "md5_signature", "sha1": "sha1_signature"}


def weaknesses_of(certificate: Any, position: int) -> set[str]:
    """By the library: a key of RSA below 2,048 bits, a signature with MD5 or SHA-1 on which clients rely."""
    key, digest = certificate.public_key(), certificate.signature_hash_algorithm
    names = {one.value for one in certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)}
    found = {"rsa_below_2048"} if isinstance(key, rsa.RSAPublicKey) and key.key_size < 2048 else set()
    is_anchor = certificate.subject == certificate.issuer or (position > 0 and bool(names & ANCHORS))
    if is_anchor:
        return found if position == 0 else set()
    return found | ({WEAK_DIGESTS[digest.name]} if digest and digest.name in WEAK_DIGESTS else set())


def expected(chain: Sequence[Any]) -> tuple[set[str], int, str | None]:
    """All weaknesses, and position and subject of the first weak certificate."""
    weak = [weaknesses_of(one, position) for position, one in enumerate(chain)]
    first = next((position for position, found in enumerate(weak) if found), None)
    subject = None if first is None else hashlib.sha256(chain[first].subject.public_bytes()).hexdigest()[:16]
    return set().union(*weak), first or 0, subject


def agrees(row: Any, chain: Sequence[Any]) -> None:
    assert ({*row.weaknesses}, row.weak_position, row.weak_subject) == expected(chain)


def test_chains_in_any_order() -> None:
    """Servers send their certificate first, and the others in any order, some of them without need.

    The library does not sign with SHA-1, but reads such certificates.
    """
    others = [
        certificate(subject=name(b"Authority"), issuer=name(b"GTS Root R1"), signed=SHA1_SIGNED),
        certificate(subject=name(b"GTS Root R1"), issuer=name(b"GlobalSign Root CA"), signed=SHA1_SIGNED),
        certificate(subject=name(b"Small authority"), issuer=name(b"Root"), key=weak_key(1024)),
        certificate(subject=name(b"Root"), issuer=name(b"Root"), signed=MD5_SIGNED),
    ]
    found = set()
    for order in itertools.permutations(others):
        for length in range(len(order) + 1):
            ders = [certificate(), *order[:length]]
            [row] = [
                one.certificate
                for one in hg.Analyzer(None).analyze_packets(served(*ders).timed())
                if one.certificate
            ]
            agrees(row, [x509.load_der_x509_certificate(one) for one in ders])
            found.add((row.weaknesses, row.weak_position))
    assert len(found) > 8


@pytest.mark.parametrize("name", CAPTURES)
def test_chains_of_captures(name: str) -> None:
    if shutil.which("tshark") is None or not (CORPUS / name).exists():
        pytest.skip("tshark or the captures are absent")
    chains = {hashlib.sha256(chain[0]).hexdigest(): chain for chain in sent_chains(CORPUS / name)}
    compared = 0
    for result in hg.Analyzer(None).analyze_pcap(CORPUS / name):
        if (row := result.certificate) is not None and row.sha256 in chains:
            agrees(row, [x509.load_der_x509_certificate(one) for one in chains[row.sha256]])
            compared += 1
    assert compared
