"""Certificates of TLS servers: what rows and hosts say of them, and what is no certificate."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.run.tls import CertificateObservation
from tests.support.captures import pcap
from tests.support.in_process import run_in_process_as_text
from tests.support.tls import certificate_model as made
from tests.support.tls.certificate_model import (
    algorithm,
    certificate,
    chain,
    connection,
    der,
    extension,
    general,
    key_ids,
    name,
    pss,
    rsa,
    sequence,
    served,
    site_names,
    utc,
)
from tests.support.tls.certificates import lasting
from tests.support.tls.conversation import (
    RETRY,
    SERVER,
    Conversation,
    message,
    numbers,
    record,
    records,
    server_hello,
)
from tests.support.tls.conversation import extension as hello_extension

LEAF = certificate()


def read(*talks: Conversation, **options: Any) -> tuple[list[CertificateObservation], hg.Stats]:
    """The certificates of connections, and what was counted."""
    analyzer = hg.Analyzer(None, **{"host_names": True, **options})
    packets = [item for one in talks for item in one.timed()]
    found = [one.certificate for one in analyzer.analyze_packets(packets) if one.certificate]
    return found, analyzer.stats


def only(*certificates: bytes, **options: Any) -> CertificateObservation:
    """The row of a chain."""
    (found,), _ = read(served(*certificates), **options)
    return found


def refused(server: bytes, step: int = 1400) -> int:
    """What is counted of a connection without a row."""
    found, stats = read(connection(server, step))
    assert not found
    return stats.certificates_unreadable


def test_a_chain_without_site_names_comes_again() -> None:
    """The memo has it from a batch with more text before it than in the batch of the next capture."""
    nameless = certificate(extensions=None)
    talks = (served(LEAF), served(nameless, port=40001)), (served(nameless, port=40002),)
    captures = [pcap([item for one in some for item in one.timed()], linktype=101) for some in talks]
    batches = hg.Analyzer(None, host_names=True).batches(captures)
    seen = [row for batch in batches for row in batch.to_arrow().column("subject").to_pylist() if row]
    assert seen == ["CN=example.org"] * 3


# ---- values


def test_values_of_a_certificate() -> None:
    found = only(LEAF)
    assert str(found.source) == "198.51.100.2:443"
    assert found.sha256 == hashlib.sha256(LEAF).hexdigest()
    assert found.site_names == ("example.org", "www.example.org")
    assert (found.subject, found.issuer) == ("CN=example.org", "CN=An issuer")
    assert (found.not_before, found.not_after) == ("2017-01-01T00:00:00Z", "2030-01-01T00:00:00Z")
    assert (found.key_type, found.key_bits) == ("rsa", 2048)
    assert found.signature_algorithm == "sha256WithRSAEncryption"
    assert (found.self_signed, found.weaknesses) == (False, ())


def test_names_are_private() -> None:
    found = only(LEAF, host_names=False)
    assert (found.site_names, found.subject, found.issuer) == ((), None, None)
    assert found.key_bits == 2048


def test_it_stands_behind_the_server_hello_of_its_packet() -> None:
    results = hg.Analyzer(None).analyze_packets(served(certificate(key=made.ec())).timed())
    (both,) = [one for one in results if one.certificate]
    assert both.tls_server is not None


@pytest.mark.parametrize("version", [0x0300, 0x0301, 0x0302, 0x0303])
def test_versions_that_send_it_in_the_clear(version: int) -> None:
    (found,), _ = read(connection(record(server_hello(version=version)) + record(chain(LEAF))))
    assert found.key_bits == 2048


def test_later_versions_have_none() -> None:
    """What looks like one behind a ServerHello of TLS 1.3 is enciphered."""
    modern = server_hello(hello_extension(43, numbers((0x0304,))))
    retry = server_hello(hello_extension(43, numbers((0x0304,))), random=RETRY)
    for hello in (modern, retry):
        assert refused(record(hello) + record(chain(LEAF))) == 0


@pytest.mark.parametrize("step", [1400, 100, 7, 1])
def test_segments_of_any_size(step: int) -> None:
    server = record(server_hello()) + record(chain(LEAF, certificate()))
    (found,), stats = read(connection(server, step))
    assert found.sha256 == hashlib.sha256(LEAF).hexdigest()
    assert stats.certificates_unreadable == 0


@pytest.mark.parametrize("sizes", [(), (50,), (93,), (30, 70, 300), (1,) * 120, (94, 0, 4), (40, 40, 40)])
def test_messages_in_records_of_any_size(sizes: tuple[int, ...]) -> None:
    """Both messages share records."""
    server = records(server_hello() + chain(LEAF) + message(14, b""), sizes)
    for step in (1400, 3):
        (found,), _ = read(connection(server, step))
        assert found.sha256 == hashlib.sha256(LEAF).hexdigest()


@pytest.mark.parametrize(
    ("behind", "unreadable"),
    [
        (record(b"\1", 20) + record(bytes(40)), 0),  # a session goes on
        (record(message(12, bytes(100))), 0),  # without certificates: another message follows
        (record(bytes(50), 23), 0),
        (b"HTTP/1.1 400 Bad\r\n\r\n", 0),
        (b"", 0),
        (record(chain(LEAF))[:-1], 0),  # the capture ends
        (record(chain()), 1),
        (record(message(11, b"")), 1),
        (record(message(11, b"\0\0\1")), 1),
        (record(message(11, b"\0\0\4\0\0\2\x30")), 1),
        (record(chain(b"")), 1),
        (record(chain(LEAF[:-1])), 1),
        (record(chain(LEAF + b"\0")), 1),
    ],
)
def test_what_is_no_chain(behind: bytes, unreadable: int) -> None:
    for step in (1400, 1):
        assert refused(record(server_hello()) + behind, step) == unreadable


def test_a_wrong_length_of_a_later_certificate() -> None:
    listed = len(LEAF).to_bytes(3, "big") + LEAF + b"\0\0\x09short"
    assert refused(record(server_hello()) + record(message(11, len(listed).to_bytes(3, "big") + listed))) == 1


def test_the_chain_of_ten_megabytes_is_counted() -> None:
    claimed = record(b"\x0b" + (10 << 20).to_bytes(3, "big") + bytes(16000)) + record(bytes(16000))
    assert refused(record(server_hello()) + claimed) == 1


def test_the_longest_chain() -> None:
    """At most 32 KB of a connection are read."""
    hello = record(server_hello())
    most = [certificate(extensions=extension(99, bytes(size))) for size in (10000, 15000, 4700)]
    content = chain(LEAF, *most)
    assert len(hello) + len(content) + 10 < 32768
    (found,), _ = read(connection(hello + records(content, (16000,))))
    assert found.sha256 == hashlib.sha256(LEAF).hexdigest()
    assert refused(hello + records(chain(LEAF, *most, *most), (16000, 16000, 16000))) == 1


def test_many_extensions() -> None:
    found = only(certificate(extensions=b"".join(extension(last, b"\5\0") for last in range(100, 200))))
    assert found.site_names == ()


@pytest.mark.parametrize(
    "bad",
    [
        der(0x31),
        sequence(der(6, b"")),
        sequence(der(6, b"\x55\x1d\x11"), der(5)),
        sequence(der(6, b"\x55\x1d\x11"), der(4), der(4)),
        b"\x30\x80\0\0",  # without a length
        b"\x30\x81\x02\5\0",  # a length in more bytes than it needs
        b"\x30\x82\0\x85" + bytes(0x85),
        b"\x3f\x22\0",  # a tag of two bytes
        b"\x30\x84\0\0\0\0",
        b"\x30\x7f",
        b"\x30",
    ],
)
def test_damaged_parts(bad: bytes) -> None:
    assert refused(record(server_hello()) + record(chain(certificate(extensions=bad)))) == 1


def test_a_damaged_value_of_an_extension_loses_only_that() -> None:
    found = only(certificate(extensions=extension(0x11, b"\x30\x7f") + extension(0x23, b"\x30")))
    assert (found.site_names, found.key_bits) == ((), 2048)


# ---- times


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (utc("500101000000Z"), "1950-01-01T00:00:00Z"),
        (utc("491231235959Z"), "2049-12-31T23:59:59Z"),
        (utc("000229120000Z"), "2000-02-29T12:00:00Z"),
        (utc("990228235959Z"), "1999-02-28T23:59:59Z"),
        (general("19491231235959Z"), "1949-12-31T23:59:59Z"),
        (general("20500101000000Z"), "2050-01-01T00:00:00Z"),
        (general("99991231235959Z"), "9999-12-31T23:59:59Z"),
        (general("00000101000000Z"), "0000-01-01T00:00:00Z"),
        (general("00000229000000Z"), "0000-02-29T00:00:00Z"),
        (general("19000229000000Z"), None),
        (utc("010229000000Z"), None),
        (utc("010001000000Z"), None),
        (utc("011301000000Z"), None),
        (utc("010100000000Z"), None),
        (utc("010431000000Z"), None),
        (utc("010101240000Z"), None),
        (utc("010101006000Z"), None),
        (utc("010101000060Z"), None),
        (utc("0101010000Z"), None),
        (utc("010101000000+0100"), None),
        (utc("0101010000000"), None),
        (utc("0a0101000000Z"), None),
        (general("20200101000000.5Z"), None),
        (general("010101000000Z"), None),
        (utc("20200101000000Z"), None),
        (der(0x16, b"010101000000Z"), None),
    ],
)
def test_times(time: bytes, expected: str | None) -> None:
    found = only(certificate(not_before=time, not_after=time))
    assert (found.not_before, found.not_after) == (expected, expected)


def test_every_day() -> None:
    """Against Python's calendar."""
    talks, expected = [], []
    for days in range(0, 60000, 997):
        time = datetime.datetime(1950, 1, 1, 23, 59, 58) + datetime.timedelta(days=days)
        talks.append(served(certificate(not_before=general(f"{time:%Y%m%d%H%M%SZ}")), port=2000 + len(talks)))
        expected.append(f"{time:%Y-%m-%dT%H:%M:%SZ}")
    found, _ = read(*talks)
    assert [one.not_before for one in found] == expected


# ---- names


def test_names_of_sites_that_are_none_are_left_out() -> None:
    names = (b"good.example", b"a\0b.example", b"a,b", b'"', b"", b"\xff", b"*.ok-_.example", b"a b")
    ip = extension(0x11, sequence(der(0x82, b"x"), der(0x87, bytes((192, 0, 2, 1))), der(0x87, b"abc")))
    assert only(certificate(extensions=site_names(*names))).site_names == ("good.example", "*.ok-_.example")
    assert only(certificate(extensions=ip)).site_names == ("x", "192.0.2.1")


def test_the_names_of_sites_are_bounded() -> None:
    names = [f"site-{i}.example".encode() for i in range(500)]
    found = only(certificate(extensions=site_names(*names)))
    assert 50 < len(found.site_names) < 100
    assert [one.encode() for one in found.site_names] == names[: len(found.site_names)]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (name(b"a\0b"), "CN=a\0b"),
        (name(b"Foo, Inc.\\"), 'CN="Foo, Inc.\\"'),
        (name(b'a "b"'), 'CN="a ""b"""'),
        (name(b"\0A\0b\x20\xac", 30), "CN=Ab\u20ac"),  # BMPString
        (name(b"Gr\xf6\xdfe", 20), "CN=Gr\xf6\xdfe"),  # TeletexString
        (name(b"plain", 19), "CN=plain"),
        (sequence(), None),
        (sequence(der(0x31, sequence(der(6, b"\x55\x04\x2a"), der(12, b"Given")))), "2.5.4.42=Given"),
        (
            sequence(der(0x31, sequence(der(6, b"\x2b\x06\x01\x04\x01\x82\x37\x15"), der(12, b"x")))),
            "1.3.6.1.4.1.311.21=x",
        ),
        (sequence(der(0x31, sequence(der(6, b"\x80" * 40), der(12, b"x")))), "?=x"),
        (sequence(der(0x31, sequence(der(6, b"\xff" * 12 + b"\1"), der(12, b"x")))), "?=x"),
        (name(b"x" * 252), "CN=" + "x" * 252),
        (name(b"x" * 253), "CN=" + "x" * 249 + "\u2026"),
        (name(b"," * 400), 'CN="' + "," * 248 + "\u2026"),
        (name(b"\1" * 400, 4), "CN=#" + "01" * 124 + "\u2026"),
        (name("\u20ac".encode() * 90), "CN=" + "\u20ac" * 83 + "\u2026"),
        (name(b"\xe9" * 400, 20), "CN=" + "\xe9" * 124 + "\u2026"),
        (sequence(*(name(b"y" * 249)[4:],), name(b"z")[2:]), "CN=" + "y" * 249 + "\u2026"),
    ],
)
def test_names(subject: bytes, expected: str | None) -> None:
    assert only(certificate(subject=subject)).subject == expected


# ---- keys and signatures


def test_keys_and_algorithms_without_a_name() -> None:
    found = only(certificate(key=made.ec(), signed=algorithm(b"\x2a\x03\x04")))
    assert (found.key_type, found.key_bits, found.signature_algorithm) == ("ec", 256, "1.2.3.4")
    unknown = sequence(algorithm(b"\x2a\x03"), der(3, b"\0x"))
    found = only(certificate(key=unknown))
    assert (found.key_type, found.key_bits) == (None, 0)
    garbage = sequence(algorithm(made.RSA), der(3, bytes(129)))
    found = only(certificate(key=garbage))
    assert (found.key_type, found.key_bits, found.weaknesses) == ("rsa", 0, ())
    curve = sequence(algorithm(made.EC, der(6, b"\x2a\x03")), der(3, b"\0\4" + bytes(64)))
    assert only(certificate(key=curve)).key_bits == 0


@pytest.mark.parametrize("bits", [1, 7, 8, 9, 512, 1023, 1024, 2047, 2048, 2049, 4096, 16384])
def test_bits_of_rsa(bits: int) -> None:
    assert only(certificate(key=rsa(bits))).key_bits == bits


def test_self_signed() -> None:
    own = name(b"own")
    assert only(certificate(subject=own, issuer=own)).self_signed
    assert only(certificate(subject=own, issuer=own, extensions=key_ids(b"1", b"1"))).self_signed
    assert not only(certificate(subject=own, issuer=own, extensions=key_ids(b"1", b"2"))).self_signed
    assert not only(certificate(subject=own, issuer=name(b"Own"))).self_signed


# ---- findings

DAY = 86400


def findings_of(*talks: Conversation) -> set[str]:
    """The findings of the server, but for those of the version."""
    inventory = Inventory(None)
    analyzer = hg.Analyzer(None)
    for batch in analyzer.batches(made_capture(*talks)):
        inventory.add(batch)
    (server,) = [host for host in inventory if host.ip == SERVER.source]
    return set(server.findings) - {"old_tls"}


def made_capture(*talks: Conversation) -> bytes:
    """Connections as a capture file."""
    return pcap([item for one in talks for item in one.timed()], linktype=101)


@pytest.mark.parametrize(
    ("before", "after", "is_found"),
    [
        (365, -1, True),  # it has ended
        (365, -0.001, True),
        (82, 8, True),  # 90 days, of which 8.9 % are left
        (360, 5, True),
        (335, 30, True),
        (81, 9, False),  # just a tenth
        (80, 10, False),
        (334, 31, False),  # 8.5 %, but more than 30 days
        (3000, 40, False),
        (25, 5, False),  # few days, but a sixth
        (-1, 2, False),  # not valid yet
        (-1, -2, True),
        (365, 10000, False),
    ],
)
def test_certificates_near_their_end(before: float, after: float, is_found: bool) -> None:
    found = findings_of(served(lasting(before, after)))
    assert ("old_certificate" in found) is is_found
    assert ("early_certificate" in found) is (before < 0)


def test_a_malformed_time_is_no_finding() -> None:
    assert findings_of(served(certificate(not_after=utc("9901010000Z")))) == set()
    assert (
        findings_of(served(certificate(not_before=utc("9901010000Z"), not_after=utc("000101000000Z"))))
        == set()
    )


ROOT = {"subject": name(b"root"), "issuer": name(b"root")}
SHA1_SIGNED, MD5_SIGNED = algorithm(made.SHA1_RSA), algorithm(made.MD5_RSA)


@pytest.mark.parametrize(
    ("certificates", "weaknesses"),
    [
        ((certificate(key=rsa(1024)),), ("rsa_below_2048",)),
        ((certificate(key=rsa(2047)),), ("rsa_below_2048",)),
        ((certificate(key=rsa(1024), **ROOT),), ("rsa_below_2048",)),  # its own key is used
        ((certificate(signed=SHA1_SIGNED),), ("sha1_signature",)),
        ((certificate(signed=MD5_SIGNED),), ("md5_signature",)),
        ((certificate(signed=pss(None)),), ("sha1_signature",)),
        ((certificate(signed=pss(made.SHA1)),), ("sha1_signature",)),
        ((LEAF, certificate(signed=SHA1_SIGNED)), ("sha1_signature",)),
        ((LEAF, certificate(key=rsa(1024), signed=MD5_SIGNED)), ("rsa_below_2048", "md5_signature")),
        ((LEAF,), ()),
        ((certificate(key=made.ec()),), ()),  # 256 bits, but not of RSA
        ((certificate(signed=pss(made.SHA256)),), ()),
        ((certificate(signed=SHA1_SIGNED, **ROOT),), ()),  # nobody relies on its signature
        ((LEAF, certificate(signed=SHA1_SIGNED, **ROOT)), ()),
        ((LEAF, certificate(signed=MD5_SIGNED, key=rsa(1024), **ROOT)), ()),
        ((LEAF, b"no certificate"), ()),
    ],
)
def test_weak_keys_and_signatures(certificates: tuple[bytes, ...], weaknesses: tuple[str, ...]) -> None:
    assert only(*certificates).weaknesses == weaknesses
    assert ("weak_certificate" in findings_of(served(*certificates))) is bool(weaknesses)


def named(subject: bytes, issuer: bytes = b"Old authority") -> bytes:
    """An authority's certificate with a signature of SHA-1."""
    return certificate(subject=name(subject), issuer=name(issuer), signed=SHA1_SIGNED)


@pytest.mark.parametrize(
    ("certificates", "position", "subject"),
    [
        ((LEAF, named(b"Other"), named(b"Third")), 1, b"Other"),
        ((LEAF, certificate(), named(b"Other")), 2, b"Other"),
        ((named(b"example.org"), certificate()), 0, b"example.org"),
        ((LEAF, certificate(), named(b"GeoTrust Global CA")), 0, None),  # clients have it as an anchor
        ((LEAF, certificate(), named(b"GeoTrust Global CA 2")), 2, b"GeoTrust Global CA 2"),
        ((named(b"GeoTrust Global CA"),), 0, b"GeoTrust Global CA"),  # the server's own is no anchor
        ((LEAF, named(b"x" * 200)), 1, b"x" * 200),
        ((LEAF, named(b"x" * 300)), 1, b"x" * 300),
    ],
)
def test_the_weak_certificate_of_a_chain(
    certificates: tuple[bytes, ...], position: int, subject: bytes | None
) -> None:
    found = only(*certificates)
    assert found.weaknesses == (() if subject is None else ("sha1_signature",))
    assert found.weak_position == position
    expected = None if subject is None else hashlib.sha256(name(subject)).hexdigest()[:16]
    assert found.weak_subject == expected


def test_the_finding_names_the_weak_certificate(tmp_path: Path) -> None:
    path = tmp_path / "a.pcap"
    texts = []
    for certificates in (LEAF, named(b"Other")), (certificate(key=rsa(1024), signed=MD5_SIGNED), LEAF):
        path.write_bytes(pcap(served(*certificates).timed(), 101))
        texts.append(run_in_process_as_text("pcap", path, "--summary", "--format", "json").stdout)
    subjects = [hashlib.sha256(name(one)).hexdigest()[:16] for one in (b"Other", b"example.org")]
    assert f"(a signature with SHA-1 from position 1 of the chain on; subject {subjects[0]})" in texts[0]
    assert (
        "(an RSA key below 2,048 bits and a signature with MD5 from position 0 of the chain on; "
        f"subject {subjects[1]})"
    ) in texts[1]


def test_chains_that_come_again() -> None:
    """Kept ones give the same rows; another chain of the same length and first certificate is another one."""
    others = [certificate(signed=SHA1_SIGNED), certificate()]
    talks = [served(LEAF, others[i % 2], port=3000 + i) for i in range(4)]
    for shows_names in (False, True):
        found, _ = read(*talks, host_names=shows_names)
        assert [one.weaknesses for one in found] == [("sha1_signature",), ()] * 2
        assert [one.subject for one in found] == ["CN=example.org" if shows_names else None] * 4
        assert {one.signature_algorithm for one in found} == {"sha256WithRSAEncryption"}
        assert {one.sha256 for one in found} == {hashlib.sha256(LEAF).hexdigest()}


def test_a_chain_that_differs_in_one_byte_is_another_one() -> None:
    """Anybody can send the bytes by which a kept chain is found: length and end of the signature."""
    forged = certificate(subject=name(b"exomple.org"))
    assert (len(forged), forged[-40:]) == (len(LEAF), LEAF[-40:])
    talks = [served(one, port=3000 + place) for place, one in enumerate((LEAF, forged, LEAF, forged))]
    found, _ = read(*talks, host_names=True)
    assert [one.subject for one in found] == ["CN=example.org", "CN=exomple.org"] * 2
    assert [one.sha256 for one in found] == [hashlib.sha256(one).hexdigest() for one in (LEAF, forged)] * 2
