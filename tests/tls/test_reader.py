"""The TLS reader on connections made for it; what is expected follows from the RFCs."""

from __future__ import annotations

import hashlib
import json
import pickle
from itertools import pairwise

import pytest

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.run.settings import Settings
from tests.support.captures import pcap
from tests.support.packets import FIN
from tests.support.saved_states import continued
from tests.support.tls.conversation import (
    RETRY,
    Conversation,
    alpn,
    client_hello,
    extension,
    listed,
    message,
    record,
    records,
    server_hello,
    server_name,
)
from tests.support.tls.hello_model import read_hello

HELLO = client_hello()
STREAM = record(HELLO)


def observed(*conversations: Conversation, **options: object) -> tuple[list[hg.AnalysisResult], hg.Stats]:
    """Results that hold a hello, and what was counted."""
    analyzer = hg.Analyzer(None, **options)  # type: ignore[arg-type]
    packets = [item for one in conversations for item in one.timed()]
    found = [one for one in analyzer.analyze_packets(packets) if one.tls_client or one.tls_server]
    return found, analyzer.stats


def only_client(conversation: Conversation) -> hg.TlsClientObservation:
    """The one hello of a client."""
    (result,), _ = observed(conversation)
    assert result.tls_client is not None
    return result.tls_client


def test_hello_in_one_segment() -> None:
    seen = only_client(Conversation().handshake().client(0, STREAM))
    assert str(seen.source) == "192.0.2.1:40000"
    assert str(seen.destination) == "198.51.100.2:443"
    hello, known = seen.signature, read_hello(HELLO)
    assert hello.transport == "tcp"
    assert hello.tls_version == "TLS 1.3"
    assert hello.versions == ("0x1a1a", "TLS 1.3", "TLS 1.2")
    assert hello.sni == "example.com"
    assert hello.alpn == ("h2", "http/1.1")
    assert hello.ja4 == known.ja4()
    assert hello.ja4_r == known.ja4_r()
    assert hello.ja4_o == known.ja4(in_order=True)
    assert hello.ja4_ro == known.ja4_r(in_order=True)
    assert hello.ja4_stable == known.ja4(stable=True)
    assert hello.ja4_stable_r == known.ja4_r(stable=True)
    assert hello.ja3_text == known.ja3_text()
    assert hello.ja3 == known.ja3()
    assert hello.ciphers == (0x1301, 0xC02F)
    assert hello.extensions == (0, 10, 11, 13, 16, 43, 51)
    assert hello.groups == (0x0A0A, 0x11EC, 29)
    assert hello.key_shares == (29,)
    assert hello.signature_algorithms == (0x0403, 0x0804)
    assert (hello.ech, hello.post_quantum, hello.malformed) == (False, False, False)
    assert hello.hello_bytes == len(HELLO)
    assert (hello.alps, hello.trust_anchors, hello.quic_version, hello.quic_user_agent) == (
        None,
        None,
        None,
        None,
    )


def test_text_of_a_hello() -> None:
    seen = only_client(Conversation().handshake().client(0, STREAM))
    assert str(seen) == (
        "[TLS Client] 192.0.2.1:40000 → 198.51.100.2:443\n"
        "  SNI:     example.com\n"
        "  Version: TLS 1.3\n"
        f"  JA4:     {read_hello(HELLO).ja4()}\n"
        "  Client:  ???\n"
        "  TLS/OS:  not checked (no signature fits the hello)\n"
    )


@pytest.mark.parametrize("version", [0x0300, 0x0303, 0x0305, 0x03FF])
def test_the_version_of_a_record_is_ignored(version: int) -> None:
    """RFC 8446, 5.1; also where the handshake was not captured."""
    data = record(client_hello(), version=version)
    assert only_client(Conversation().handshake().client(0, data)).signature.sni == "example.com"
    assert only_client(Conversation().client(0, data)).signature.sni == "example.com"


def test_hello_in_many_records_and_segments() -> None:
    stream = records(HELLO, (1, 2, 1, 40, 5))
    whole = Conversation().handshake()
    cuts = [0, 1, 4, 6, 7, 13, 80, len(stream)]
    for start, end in pairwise(cuts):
        whole.client(start, stream[start:end])
    assert only_client(whole).signature.ja4 == read_hello(HELLO).ja4()


def test_hello_cut_at_each_place_and_turned_round() -> None:
    for cut in range(1, len(STREAM)):
        turned = Conversation().handshake().client(cut, STREAM[cut:]).client(0, STREAM[:cut])
        assert only_client(turned).signature.hello_bytes == len(HELLO)


def test_hello_in_the_syn_and_in_a_fin() -> None:
    fast_open = Conversation().handshake(STREAM[:50]).client(50, STREAM[50:], FIN)
    assert only_client(fast_open).signature.sni == "example.com"


def test_hello_without_a_handshake() -> None:
    seen = only_client(Conversation().client(0, STREAM))
    assert seen.source.port == 40000


def test_first_copy_of_a_byte_wins() -> None:
    """If it is in order; behind a gap, the segment that begins earlier wins."""
    other = record(client_hello().replace(b"example.com", b"evil.exampl"))
    torn = Conversation().handshake().client(0, STREAM[:-1]).client(0, other)
    assert only_client(torn).signature.sni == "example.com"
    torn = Conversation().handshake().client(20, other[20:]).client(0, STREAM)
    assert only_client(torn).signature.sni == "example.com"


@pytest.mark.parametrize(
    "before", [b"CONNECT a:443 HTTP/1.1\r\n\r\n", b"\x05\x01\x00", b"EHLO a\r\n", b"\x16", bytes(4000)]
)
def test_hello_after_other_bytes(before: bytes) -> None:
    later = Conversation().handshake().client(0, before + b"x").client(len(before) + 1, STREAM)
    assert only_client(later).signature.sni == "example.com"


def test_no_hello_after_the_first_4096_bytes() -> None:
    late = Conversation().handshake().client(0, bytes(1400)).client(1400, bytes(1400))
    late.client(2800, bytes(1400)).client(4200, STREAM)
    assert observed(late)[0] == []


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(("side", "events"), [("src", 0), ("dst", 2)])
def test_filter_by_the_server_s_port(side: str, events: int, whole: bool) -> None:
    """Without the handshake it is the hello that tells who is the client."""
    port = hg.PortFilter(**{side: 443})
    talk = Conversation().handshake() if whole else Conversation()
    talk.client(0, STREAM).server(0, record(server_hello()))
    wanted = hg.FilterConfig(mode="allow", port=port)
    results = list(hg.Analyzer(None, filter=wanted, protocols=("tls",)).analyze_packets(talk.timed()))
    assert len(results) == events


def test_second_hello_of_a_client_is_counted() -> None:
    retry = Conversation().handshake().client(0, STREAM).server(0, record(server_hello(random=RETRY)))
    changed = record(b"\1", 20) + record(client_hello(server_name(b"example.com")))
    retry.client(len(STREAM), changed)
    retry.server(len(record(server_hello())), record(server_hello(cipher=0x1301)))
    results, stats = observed(retry)
    kinds = [(bool(one.tls_client), one.tls_server and one.tls_server.hello_retry) for one in results]
    assert kinds == [(True, None), (False, True), (False, False)]
    assert stats.tls_later_hellos == 1


def test_bytes_after_a_hello_that_are_no_hello() -> None:
    early = Conversation().handshake().client(0, STREAM + record(b"\1", 20) + record(bytes(900), 23))
    finished = Conversation(40001).handshake().client(0, STREAM)
    finished.client(len(STREAM), record(b"\1", 20) + record(b"\1" + bytes(39)))
    results, stats = observed(early, finished)
    assert len(results) == 2
    assert stats.tls_later_hellos == 0


def test_server_hello() -> None:
    parts = extension(43, b"\3\4") + extension(51, b"\0\x1d" + listed(bytes(32)))
    sent = server_hello(parts, 0x1301)
    (result,), _ = observed(Conversation().handshake().server(0, record(sent)))
    seen = result.tls_server
    assert seen is not None
    assert (str(seen.source), str(seen.destination)) == ("198.51.100.2:443", "192.0.2.1:40000")
    assert (seen.tls_version, seen.cipher, seen.group) == ("TLS 1.3", "TLS_AES_128_GCM_SHA256", "x25519")
    assert (seen.extensions, seen.alpn, seen.hello_retry, seen.downgrade) == ((43, 51), (), False, None)
    assert seen.ja3s == hashlib.md5(b"771,4865,43-51", usedforsecurity=False).hexdigest()
    assert str(seen) == (
        "[TLS Server] 198.51.100.2:443 → 192.0.2.1:40000\n"
        "  Version: TLS 1.3\n"
        "  Cipher:  TLS_AES_128_GCM_SHA256\n"
        "  Group:   x25519\n"
    )


@pytest.mark.parametrize(
    ("end", "words"), [(b"DOWNGRD\1", "TLS 1.2"), (b"DOWNGRD\0", "TLS 1.1 or older"), (b"DOWNGRD\2", None)]
)
def test_downgrade(end: bytes, words: str | None) -> None:
    sent = server_hello(alpn(b"h2"), random=bytes(24) + end)
    (result,), _ = observed(Conversation().handshake().server(0, record(sent)))
    assert result.tls_server is not None
    assert (result.tls_server.downgrade, result.tls_server.alpn) == (words, ("h2",))


def test_alert_before_a_server_hello() -> None:
    warning = record(b"\1\x70", 21)
    (result,), _ = observed(Conversation().handshake().server(0, warning + record(server_hello())))
    assert result.tls_server is not None


CHANGE, EMPTY, ALERT = record(b"\1", 20), record(b""), record(b"\1\0", 21)


@pytest.mark.parametrize("size", [1, 4, 7, 10_000])
@pytest.mark.parametrize(
    "before",
    [CHANGE, EMPTY, ALERT, CHANGE * 3 + EMPTY, EMPTY * 32],
    ids=["change", "empty", "alert", "all", "many"],
)
def test_records_before_a_client_hello(before: bytes, size: int) -> None:
    """OpenSSL takes empty records; none of these hides the hello, however it is cut."""
    data, talk = before + record(client_hello()), Conversation().handshake()
    for place in range(0, len(data), size):
        talk.client(place, data[place : place + size])
    assert only_client(talk).signature.hello_bytes == len(client_hello())


@pytest.mark.parametrize(
    "before", [record(b"\2", 20) + b"x", record(b"\1\1", 20), record(b"\0" * 3, 21), b"\x14\2"]
)
def test_other_records_before_a_client_hello(before: bytes) -> None:
    """What only resembles them is another protocol."""
    results, _ = observed(Conversation().handshake().client(0, before + record(client_hello())))
    assert results == []


def ssl2_hello(version: bytes = b"\3\1") -> bytes:
    """A ClientHello in SSL 2.0's format: two ciphers, sixteen bytes of challenge."""
    body = b"\1" + version + b"\0\6\0\0\0\x10" + bytes.fromhex("000039 010080") + bytes(16)
    return (0x8000 | len(body)).to_bytes(2, "big") + body


@pytest.mark.parametrize(("number", "version"), [(b"\3\1", "TLS 1.0"), (b"\0\2", "SSL 2.0")])
def test_ssl2_format(number: bytes, version: str) -> None:
    data = ssl2_hello(number)
    seen = only_client(Conversation().handshake().client(0, data[:7]).client(7, data[7:]))
    hello = seen.signature
    assert (hello.ja4, hello.ja4_stable, hello.ja4_r, hello.ja3) == (None, None, None, None)
    assert (hello.tls_version, hello.ciphers, hello.hello_bytes) == (version, (0x39, 0x010080), len(data) - 2)
    assert "JA4:     none (SSL 2.0's format)" in str(seen)


@pytest.mark.parametrize(
    "content",
    [
        client_hello()[:40],
        message(1, b"\3\3" + bytes(32) + b"\xff" + bytes(20)),
        message(1, b"\3\3" + bytes(32) + b"\0\0\3\x13\1\xc0\1\0"),
        message(2, b"\3\3" + bytes(20)),
    ],
    ids=["cut", "session id", "odd ciphers", "server hello"],
)
def test_what_is_no_hello(content: bytes) -> None:
    data = record(message(content[0], content[4:]))
    _, stats = observed(Conversation().handshake().client(0, data).server(0, data))
    assert stats.events_by_kind["tls_client"] == stats.events_by_kind["tls_server"] == 0
    assert stats.tls_unreadable == 1


def test_length_bombs_are_given_up_at_once() -> None:
    bomb = record(b"\1\xff\xff\xff" + bytes(60))
    _, stats = observed(Conversation().handshake().client(0, bomb))
    assert (stats.tls_unreadable, stats.streams_too_long) == (1, 0)


@pytest.mark.parametrize("name", [b'a\n"\x1b[31m\0', b"\xff\xfe", b"x" * 300, "bücher.example".encode()])
def test_names_of_servers_are_escaped_and_cut(name: bytes) -> None:
    capture = pcap(Conversation().handshake().client(0, record(client_hello(server_name(name)))).timed())
    for batch in hg.Analyzer(None).batches(capture):
        shown = name[:255].decode("utf-8", "replace")
        for format_ in ("json", "eve", "ecs"):
            last = json.loads(batch.render(format_).decode("utf-8").splitlines()[-1])
            found = {
                "json": lambda one: one["sni"],
                "eve": lambda one: one["tls"]["sni"],
                "ecs": lambda one: one["tls"]["client"]["server_name"],
            }[format_](last)
            assert found == shown
        text = batch.render("text").decode("utf-8")
        assert not any(char in text for char in "\x1b\0\r")
        handshake_rows = sum(kind < 5 for kind in batch["event"])
        assert batch.render("p0f").count(b"\n") == handshake_rows  # p0f says nothing of TLS


def test_results_and_batches_can_be_pickled() -> None:
    both = Conversation().handshake().client(0, STREAM).server(0, record(server_hello()))
    again = Conversation(40001).handshake().client(0, record(client_hello(server_name(b"b.example"))))
    capture = pcap(both.timed() + again.timed())
    for batch in hg.Analyzer().batches(capture):
        copy = pickle.loads(pickle.dumps(batch))
        assert copy.render("json") == batch.render("json")
        assert len(copy.tls) == len(batch.tls) == 3
        for result in batch.results():
            other = pickle.loads(pickle.dumps(result))
            assert other == result
            assert [str(part) for part in other.parts] == [str(part) for part in result.parts]
            for part in result.parts:
                assert pickle.loads(pickle.dumps(part)) == part


def test_protocols() -> None:
    talk = Conversation().handshake().client(0, STREAM)
    assert observed(talk, protocols=("tcp",))[0] == []
    (result,), stats = observed(talk, protocols=["tls"])
    assert result.syn is None
    assert {kind for kind, count in stats.events_by_kind.items() if count} == {"tls_client"}


@pytest.mark.parametrize(("wrong", "error"), [(("ssl",), ValueError), ((), ValueError), ("tls", TypeError)])
def test_wrong_protocols(wrong: object, error: type[Exception]) -> None:
    with pytest.raises(error, match="protocol"):
        hg.Analyzer(None, protocols=wrong)  # type: ignore[arg-type]


def test_columns() -> None:
    capture = pcap(Conversation().handshake().client(0, STREAM).timed())
    (batch,) = hg.Analyzer(None).batches(capture)
    assert len(batch.tls) == 1
    assert bytes(batch.tls["ja4"]).decode() == read_hello(HELLO).ja4()
    assert batch.tls.texts("sni") == ["example.com"]
    assert list(batch["tls_version"]) == [0] * (len(batch) - 1) + [0x0304]
    assert list(batch.tls["row"]) == [len(batch) - 1]
    assert list(batch.tls.raw["client"]) == [NO_SIGNATURE]


def test_ech_and_groups_that_resist_quantum_computers() -> None:
    shares = extension(51, listed(b"\x11\xec" + listed(bytes(1216))))
    split = record(client_hello(server_name(b"a") + extension(0xFE0D, bytes(40)) + shares))
    seen = only_client(
        Conversation().handshake().client(0, split[:1000]).client(1000, split[1000:])
    ).signature
    assert (seen.ech, seen.post_quantum, seen.key_shares) == (True, True, (0x11EC,))


def test_settings_and_trust_anchors() -> None:
    sent = client_hello(extension(0x44CD, listed(b"\2h2")) + extension(0xCA34, listed(b"\3\1\2\3")))
    seen = only_client(Conversation().handshake().client(0, record(sent))).signature
    assert (seen.alps, seen.trust_anchors) == (("h2",), ("010203",))


def test_a_syn_ack_repeated_after_the_end_is_of_the_same_connection() -> None:
    """Also for an engine that goes on where another was saved, which finds its flows in another order."""
    talk = Conversation().handshake().client(0, STREAM, FIN)
    again = len(talk.packets) + 1
    talk.packets.append(talk.packets[1])  # the SYN+ACK
    talk.server(0, record(server_hello()))
    packets = talk.timed()
    parts = (pcap(part, nanoseconds=True) for part in (packets[:again], packets[again:]))
    flows: dict[int, int] = {}
    for batch in continued(parts, Settings(hash_key=1), None):
        flows |= zip(batch["event"], batch["flow"], strict=True)
    assert flows[lib.HG_EVENT_TLS_SERVER] == 1


@pytest.mark.parametrize(
    ("names", "characters"),
    [(b"\3abc", "ac"), (b"\1h\3abc", "hh"), (b"\4abc", "00"), (b"\xfeabc", "00"), (b"\2h", "00")],
)
def test_a_name_of_alpn_that_is_not_whole_is_none(names: bytes, characters: str) -> None:
    hello = client_hello(extension(16, listed(names)))
    found = only_client(Conversation().handshake().client(0, record(hello))).signature
    assert found.ja4 is not None
    assert found.ja4.split("_")[0].endswith(characters)
    assert found.ja4 == read_hello(hello).ja4()
