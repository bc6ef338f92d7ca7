"""``huginn crypto``: who is ready for quantum computers, which certificates end, and what policies say."""

from __future__ import annotations

import csv
import json
from hashlib import sha256
from pathlib import Path

import pytest

from huginn_cffi.cli import main
from sigcompiler.claims.crypto import properties_of, rule_for
from tests.crypto.test_crypto import Found, document, saved, ssh, tls10, tls13
from tests.support.captures import pcap
from tests.support.ssh_model import CURVE, HYBRID
from tests.support.tls.certificate_model import (
    SHA1_RSA,
    algorithm,
    certificate,
    der,
    ec,
    name,
    sequence,
    served,
    utc,
)
from tests.support.tls.conversation import (
    HELLO_EXTENSIONS,
    Conversation,
    client_hello,
    extension,
    listed,
    numbers,
    record,
    server_hello,
)

CLASSICAL = extension(10, listed(numbers((29, 23)))) + extension(43, listed(numbers((0x0304,)), 1))
X25519, MLKEM, CECPQ2 = 29, 0x11EC, 0x4138
LISTS = ("ssh-ed25519", "aes128-ctr", "aes128-ctr", "hmac-sha2-256", "hmac-sha2-256", "none", "none", "", "")


def answered(port: int, group: int, offers: bytes = HELLO_EXTENSIONS) -> list[bytes]:
    """A connection whose client makes these offers, and whose server chooses the group."""
    parts = extension(43, b"\3\4") + extension(51, numbers((group,)) + listed(bytes(32)))
    made = Conversation(port).handshake().client(0, record(client_hello(offers)))
    return made.server(0, record(server_hello(parts, 0x1301))).packets


@pytest.mark.parametrize(
    ("group", "offers", "want"),
    [
        (MLKEM, HELLO_EXTENSIONS, "used"),
        (CECPQ2, HELLO_EXTENSIONS, "experimental"),
        (X25519, HELLO_EXTENSIONS, "refused"),
        (X25519, CLASSICAL, "not offered"),
    ],
)
def test_values_of_both_sides(
    group: int, offers: bytes, want: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = document(capsys, saved(tmp_path, *answered(1, group, offers)))
    (server,), (program,) = found["servers"], found["programs"]
    assert server["post_quantum"] == program["post_quantum"] == want
    assert server["hosts"] == program["hosts"] == [{"ip": "192.0.2.1", "post_quantum": want}]


def test_an_unseen_offer_is_unknown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (server,) = document(capsys, saved(tmp_path, *tls10(1, with_client=False)))["servers"]
    assert server["post_quantum"] is None


@pytest.mark.parametrize(
    ("client", "server", "want"),
    [(HYBRID, HYBRID, "used"), (f"{HYBRID},{CURVE}", CURVE, "refused"), (CURVE, CURVE, "not offered")],
)
def test_values_of_ssh(
    client: str, server: str, want: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, *ssh(1, (client, *LISTS), (server, *LISTS)))
    assert document(capsys, path)["servers"][0]["post_quantum"] == want


def test_the_best_of_several_connections_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A server that used it once is ready, and an experiment is no success."""
    path = saved(tmp_path, *answered(1, X25519), *answered(2, MLKEM), *answered(3, X25519, CLASSICAL))
    found = document(capsys, path)
    assert found["servers"][0]["post_quantum"] == "used"
    assert found["summary"] == ("1 of 1 server uses TLS 1.3; 1 used a post-quantum exchange, 0 refused one")
    found = document(capsys, saved(tmp_path, *answered(1, CECPQ2)))
    assert found["summary"].endswith(
        "0 used a post-quantum exchange, 0 refused one; 1 used an experimental exchange"
    )


# ---- certificates


def leaves(*ends: str) -> list[bytes]:
    """A connection with each certificate; the capture is of 14 November 2023, 22:13 UTC."""
    return [
        frame
        for port, end in enumerate(ends, 100)
        for frame in served(certificate(not_after=utc(end)), port=port).packets
    ]


def test_certificates_by_their_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    early = certificate(not_before=utc("231201000000Z"), not_after=utc("241201000000Z"))
    path = saved(tmp_path, *leaves("300101000000Z", "231127000000Z", "231004000000Z"), *served(early).packets)
    found = document(capsys, path)["certificates"]
    assert [(one["not_after"][:10], one["days_left"], one["not_yet_valid"]) for one in found] == [
        ("2023-10-04", -42, False),
        ("2023-11-27", 12, False),
        ("2024-12-01", 382, True),
        ("2030-01-01", 2239, False),
    ]
    assert found[0]["subject"] is None
    assert found[0]["site_names"] == []
    assert main(["crypto", "--host-names", path]) == 0
    text = capsys.readouterr().out
    lines = text.splitlines()
    at = lines.index("Certificates, by the end of their validity")
    assert [line.split("  ")[1] for line in lines[at + 2 :] if line.startswith("20")] == [
        "ended 42 days before the capture",
        "ends in 12 days",
        "not valid yet",
        "ends in 2239 days",
    ]
    assert "    example.org, www.example.org\n    subject CN=example.org; issuer CN=An issuer\n" in text
    assert max(map(len, lines)) <= 100


def test_certificates_that_end_soon(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path, *leaves("300101000000Z", "231127000000Z", "231004000000Z", "231215000000Z"))
    found = document(capsys, "--within", "30d", path)
    assert [one["days_left"] for one in found["certificates"]] == [-42, 12]
    assert (found["servers"], found["programs"]) == ([], [])
    assert main(["crypto", "--within", "3x", path]) == 2


def test_a_weak_link_of_a_chain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The certificate of another authority is named by position and hash; a known root's is not checked."""
    weak, root = (
        certificate(subject=name(one), signed=algorithm(SHA1_RSA)) for one in (b"CA", b"GeoTrust Global CA")
    )
    path = saved(tmp_path, *served(certificate(), weak, root).packets)
    (found,) = document(capsys, "--only", "weak", path)["certificates"]
    subject = sha256(name(b"CA")).hexdigest()[:16]
    assert found["weak_link"] == f"sha1_signature at position 1 of the chain, subject {subject}"
    path = saved(tmp_path, *served(certificate(), root).packets)
    assert document(capsys, "--only", "weak", path)["certificates"] == []


def ml_dsa(parameter_set: int) -> bytes:
    """A certificate with a key of ML-DSA (FIPS 204; identifiers of RFC 9881)."""
    oid = bytes.fromhex("6086480165030403") + bytes((0x11 + (44, 65, 87).index(parameter_set),))
    key = sequence(sequence(der(6, oid)), der(3, bytes(1313)))
    return certificate(key=key, signed=algorithm(oid, b""))


@pytest.mark.parametrize(("parameter_set", "level"), [(44, 2), (65, 3), (87, 5)])
def test_ml_dsa(parameter_set: int, level: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its key is post-quantum, and the bill of materials has level and parameter set (FIPS 204, table 1)."""
    path = saved(tmp_path, *served(ml_dsa(parameter_set)).packets)
    (found,) = document(capsys, path)["certificates"]
    assert found["post_quantum"] is True
    assert [one["name"] for one in found["algorithms"]] == [
        f"ml_dsa_{parameter_set}",
        f"ML-DSA-{parameter_set}",
    ]
    assets = components(capsys, path)
    of_key = assets[f"key/ml_dsa_{parameter_set}"]["relatedCryptoMaterialProperties"]
    algorithm_of_key = assets[of_key["algorithmRef"]]
    assert algorithm_of_key["algorithmProperties"] == {
        "primitive": "signature",
        "parameterSetIdentifier": str(parameter_set),
        "classicalSecurityLevel": {44: 128, 65: 192, 87: 256}[parameter_set],
        "nistQuantumSecurityLevel": level,
    }
    assert algorithm_of_key["oid"] == f"2.16.840.1.101.3.4.3.{(44, 65, 87).index(parameter_set) + 17}"


# ---- bills of materials


def components(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Found]:
    """The cryptographic properties of all components, by reference."""
    pytest.importorskip("cyclonedx.model", reason="needs cyclonedx-python-lib")
    assert main(["crypto", "--format", "cyclonedx", *arguments]) == 0
    bom = json.loads(capsys.readouterr().out)
    return {one["bom-ref"]: one["cryptoProperties"] for one in bom["components"]}


@pytest.mark.parametrize("version", ["1.6", "1.7"])
def test_bills_of_materials(version: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both versions follow their schemas, and all references lead to a component."""
    validation = pytest.importorskip("cyclonedx.validation.json", reason="needs cyclonedx-python-lib")
    schema = pytest.importorskip("cyclonedx.schema").SchemaVersion[f"V{version.replace('.', '_')}"]
    path = saved(
        tmp_path, *tls13(1, MLKEM), *answered(2, CECPQ2), *ssh(3), *tls10(4), *served(certificate()).packets
    )
    assert main(["crypto", "--format", "cyclonedx", "--spec-version", version, "--host-names", path]) == 0
    text = capsys.readouterr().out
    assert validation.JsonStrictValidator(schema).validate_str(text) is None
    bom = json.loads(text)
    assert bom["specVersion"] == version
    known = {one["bom-ref"]: one["cryptoProperties"] for one in bom["components"]}
    for one in known.values():
        of_certificate = one.get("certificateProperties", {})
        of_protocol = one.get("protocolProperties", {})
        used = [*of_protocol.get("cryptoRefArray", ())]
        used += [of_certificate[key] for key in of_certificate if key.endswith("Ref")]
        used += [part for suite in of_protocol.get("cipherSuites", ()) for part in suite["algorithms"]]
        assert {*used} <= known.keys()
    assert known["group/X25519MLKEM768"]["algorithmProperties"]["nistQuantumSecurityLevel"] == 3
    assert known["part/AES_128_GCM"] == {
        "assetType": "algorithm",
        "algorithmProperties": {
            "primitive": "ae",
            "mode": "gcm",
            "parameterSetIdentifier": "128",
            "classicalSecurityLevel": 128,
            "nistQuantumSecurityLevel": 1,
        },
        "oid": "2.16.840.1.101.3.4.1.6",
    }
    (of_leaf,) = [one["certificateProperties"] for one in known.values() if "certificateProperties" in one]
    assert (of_leaf["subjectName"], of_leaf["issuerName"]) == ("CN=example.org", "CN=An issuer")
    model = pytest.importorskip("cyclonedx.model.bom").Bom.from_json(bom)
    assert {one.bom_ref.value for one in model.components} == known.keys()


def test_properties_of_algorithms() -> None:
    """Parameter sets, levels and identifiers of FIPS 197, 203 and RFC 5480."""
    aes, kem = properties_of("part", "AES_256_GCM"), properties_of("group", "MLKEM1024")
    curve, rsa = properties_of("group", "secp384r1"), properties_of("key", "rsa 5120")
    assert aes is not None
    assert kem is not None
    assert curve is not None
    assert rsa is not None
    assert (aes.parameter_set, aes.level, aes.oid) == ("256", "5", "2.16.840.1.101.3.4.1.46")
    assert (kem.parameter_set, kem.level, kem.oid) == ("1024", "5", "2.16.840.1.101.3.4.4.3")
    assert (curve.curve, curve.level, curve.oid) == ("secp384r1", "0", "1.3.132.0.34")
    assert (rsa.parameter_set, rsa.level) == ("5120", "0")


# ---- policies


@pytest.mark.parametrize(
    ("policy", "kind", "name", "status", "since"),
    [
        # NIST SP 800-52 Rev. 2, SP 800-131A, SP 800-56A, IR 8547
        ("nist", "version", "TLS 1.0", "disallowed", 2019),
        ("nist", "version", "TLS 1.1", "deprecated", 2019),
        ("nist", "version", "TLS 1.2", None, None),
        ("nist", "cipher_suite", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "disallowed", 2024),
        ("nist", "cipher_suite", "TLS_RSA_WITH_AES_128_GCM_SHA256", "disallowed", 2024),
        ("nist", "cipher_suite", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "disallowed", 2036),
        ("nist", "cipher_suite", "TLS_AES_128_GCM_SHA256", None, None),
        ("nist", "cipher_suite", "TLS_CHACHA20_POLY1305_SHA256", "disallowed", 2019),
        ("nist", "group", "X25519MLKEM768", "allowed", None),
        ("nist", "group", "x25519", "disallowed", 2021),
        ("nist", "group", "secp256r1", "disallowed", 2036),
        ("nist", "group", "ffdhe2048", "deprecated", 2031),
        ("nist", "key", "rsa 1024", "disallowed", 2014),
        ("nist", "key", "rsa 2048", "deprecated", 2031),
        ("nist", "key", "rsa 3072", "disallowed", 2036),
        ("nist", "key", "ec 256", "disallowed", 2036),
        ("nist", "signature", "sha1WithRSAEncryption", "disallowed", 2014),
        ("nist", "host_key", "ssh-rsa", "disallowed", 2014),
        ("nist", "cipher", "aes128-ctr", "allowed", None),
        ("nist", "mac", "hmac-sha1", "disallowed", 2031),
        # CNSA 2.0: AES-256, SHA-384, ML-KEM-1024, ML-DSA-87; new systems from 2027
        ("cnsa", "version", "TLS 1.3", None, None),
        ("cnsa", "version", "TLS 1.2", "disallowed", 2027),
        ("cnsa", "cipher_suite", "TLS_AES_256_GCM_SHA384", "allowed", None),
        ("cnsa", "cipher_suite", "TLS_AES_128_GCM_SHA256", "disallowed", 2016),
        ("cnsa", "group", "MLKEM1024", "allowed", None),
        ("cnsa", "group", "X25519MLKEM768", "disallowed", 2016),
        ("cnsa", "group", "secp384r1", "disallowed", 2027),
        ("cnsa", "group", "secp256r1", "disallowed", 2016),
        ("cnsa", "key", "ml_dsa_87", "allowed", None),
        ("cnsa", "key", "ml_dsa_65", "disallowed", 2016),
        ("cnsa", "key", "rsa 3071", "disallowed", 2016),
        ("cnsa", "key", "rsa 3072", "disallowed", 2027),
        ("cnsa", "key", "rsa 4096", "disallowed", 2027),
        ("cnsa", "signature", "sha256WithRSAEncryption", "disallowed", 2016),
        ("cnsa", "signature", "ecdsa-with-SHA384", "disallowed", 2027),
        # BSI TR-02102: classical key agreement until the end of 2031, signatures until the end of 2035
        ("bsi", "version", "TLS 1.1", "disallowed", None),
        ("bsi", "group", "secp256r1", "disallowed", 2032),
        ("bsi", "group", "SecP256r1MLKEM768", "allowed", None),
        ("bsi", "cipher_suite", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "disallowed", 2032),
        ("bsi", "cipher_suite", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "disallowed", None),
        # TR-02102-2 of 2026: TLS 1.2 until the end of 2031, DHE until 2029; RSA signatures only with PSS
        ("bsi", "version", "TLS 1.2", "disallowed", 2032),
        ("bsi", "version", "TLS 1.3", None, None),
        ("bsi", "cipher_suite", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "disallowed", 2030),
        ("bsi", "signature", "sha256WithRSAEncryption", "deprecated", 2026),
        ("bsi", "signature", "rsassaPss, SHA256", "disallowed", 2036),
        ("bsi", "signature", "ecdsa-with-SHA256", "disallowed", 2036),
        ("bsi", "key", "rsa 2999", "disallowed", 2024),
        ("bsi", "key", "rsa 3000", "disallowed", 2036),
        ("bsi", "key", "ec 256", "disallowed", 2036),
        ("bsi", "mac", "hmac-sha2-256-etm@openssh.com", "allowed", None),
        ("bsi", "host_key", "ecdsa-sha2-nistp256", "disallowed", 2036),
    ],
)
def test_policies(policy: str, kind: str, name: str, status: str | None, since: int | None) -> None:
    rule = rule_for(kind, name, policy)
    assert (rule and rule.status, rule and rule.since) == (status, since)


def test_a_rule_of_the_future_is_not_broken_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path, *answered(1, 24), *answered(2, 23))
    assert main(["crypto", "--policy", "cnsa", path]) == 0
    text = capsys.readouterr().out
    assert "- secp384r1: disallowed from 2027 (CNSA 2.0 table of algorithms)\n" in text
    assert "! secp256r1: disallowed since 2016 (CNSSP 15 annex B)\n" in text
    (server,) = document(capsys, "--policy", "nist", "--only", "weak", path)["servers"] or [None]
    assert server is None
    assert document(capsys, "--policy", "bsi", path)["policy"] == "bsi"


# ---- other forms


def test_only_weak(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sound uses and certificates are left out; the totals stay."""
    path = saved(tmp_path, *tls10(1), *tls13(2), *leaves("300101000000Z", "231004000000Z"))
    found = document(capsys, "--only", "weak", path)
    (server,) = found["servers"]
    assert {one["algorithms"][0]["name"] for one in server["uses"]} == {"TLS 1.0"}
    assert [one["days_left"] for one in found["certificates"]] == [-42]
    assert found["connections"] == 4


def test_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path, *tls10(1), *leaves("300101000000Z"))
    assert main(["crypto", "--format", "csv", path]) == 0
    rows = [*csv.DictReader(capsys.readouterr().out.splitlines())]
    old = next(row for row in rows if row["version"] == "TLS 1.0" and row["side"] == "server")
    assert (old["name"], old["connections"], old["post_quantum"]) == ("198.51.100.2:443", "1", "refused")
    assert old["rules"].startswith("TLS 1.0: disallowed (RFC 8996); ")
    (leaf,) = [row for row in rows if row["side"] == "certificate"]
    assert (leaf["key"], leaf["not_after"]) == ("rsa 2048", "2030-01-01T00:00:00Z")
    assert {row["side"] for row in rows} == {"server", "client", "certificate"}


@pytest.mark.parametrize("format_", ["text", "json", "csv", "cyclonedx"])
def test_two_runs_are_equal(format_: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if format_ == "cyclonedx":
        pytest.importorskip("cyclonedx.model", reason="needs cyclonedx-python-lib")
    path = saved(tmp_path, *answered(1, MLKEM), *tls10(2), *ssh(3), *leaves("300101000000Z"))
    outputs = []
    for workers in ("1", "3"):
        assert main(["crypto", "--format", format_, "--workers", workers, path]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]


# ---- changes in a store


def at(day: int, frames: list[bytes]) -> list[tuple[int, bytes]]:
    """Packets a millisecond apart, from a day of November 2023 on."""
    start = 1_698_796_800_000_000_000 + (day - 1) * 86_400_000_000_000
    return [(start + i * 1_000_000, frame) for i, frame in enumerate(frames)]


def test_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A server gained TLS 1.3 and a post-quantum exchange, dropped TLS 1.0, and changed its certificate."""
    old, new = certificate(), certificate(key=ec())
    packets = [
        *(*at(1, tls10(1)), *at(2, served(old, port=2).packets)),
        *(*at(10, tls13(3, MLKEM)), *at(11, served(new, port=4).packets)),
    ]
    path, store = tmp_path / "a.pcap", str(tmp_path / "hosts.sqlite")
    path.write_bytes(pcap(packets, linktype=101))
    assert main(["hosts", "--store", store, str(path)]) == 0
    capsys.readouterr()
    assert main(["crypto", "--store", store, "--changes-since", "2023-11-05"]) == 0
    hashes = [sha256(one).hexdigest()[:16] for one in (new, old)]
    assert (
        capsys.readouterr().out
        == f"""\
198.51.100.2  changed; gained TLS 1.3; gained a post-quantum exchange
    + TLS 1.3, X25519MLKEM768, TLS_AES_128_GCM_SHA256 (since 2023-11-10)
    + certificate {hashes[0]}, ec 256, sha256WithRSAEncryption, until 2030-01-01 (since
      2023-11-11)
    - TLS 1.0, TLS_RSA_WITH_RC4_128_SHA (last 2023-11-01)
    - certificate {hashes[1]}, rsa 2048, sha256WithRSAEncryption, until 2030-01-01 (last
      2023-11-02)
1 server: 0 new, 0 gone, 1 changed
"""
    )
    found = document(capsys, "--store", store, "--changes-since", "2023-11-05")
    (server,) = found["servers"]
    assert (server["state"], server["gained"]) == ("changed", ["TLS 1.3", "a post-quantum exchange"])
    assert [one["protocol"] for one in server["appeared"]] == ["TLS", "X.509"]
    assert server["disappeared"][0]["algorithms"][0]["status"] == "disallowed"
    for since, state in (("2023-10-01", "new"), ("2023-12-01", "gone")):
        (server,) = document(capsys, "--store", store, "--changes-since", since)["servers"]
        assert (server["state"], server["gained"]) == (state, [])
    assert main(["crypto", "--changes-since", "2023-10-01", str(path)]) == 2
    assert "--changes-since needs a store" in capsys.readouterr().err
