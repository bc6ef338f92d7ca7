"""The filter of a signature passes what the signature describes, and nothing else that it could tell."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from random import Random

import pytest

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.applications.authors.bpf_signature import bpf_expression, signature_expression
from huginn_cffi.applications.learning.collisions import tcp_signatures
from huginn_cffi.cli import main
from huginn_cffi.explain.handshakes import fitting, observation_of
from huginn_cffi.explain.raw_signature import parse_signature
from huginn_cffi.filters.bpf import RAW, BpfFilter, _compiled
from huginn_cffi.libraries import libpcap
from huginn_cffi.signatures.signatures import Direction
from tests.authors.made import changed, packet_of

try:
    libpcap.load_libpcap()
except hg.LibpcapError as error:
    pytest.skip(str(error), allow_module_level=True)

REQUESTS = (
    "*:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0",
    "4:64:0:*:mss*44,*:mss,nop,nop,sok,nop,ws:df:0",
    "*:128:0:*:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0",
    "*:128:0:1460:mss*4,0:mss::0",
    "*:64:0:*:mtu*2,0:mss:df,id+:0",
    "6:64:0:*:mtu*1,*:mss,sok,ts,nop,ws::0",
    "4:64:0:1460:mtu*4,0:mss,sok,ts,nop,ws:df,id+:0",
    "*:64:0:*:%4096,*:mss,nop,ws:df:0",
    "*:64:0:*:%1000,*:mss,nop,ws:df:0",
    "*:64-:0:1460:1024,0:mss::0",
    "*:255:0:*:*,*:mss,ws,nop:id-:*",
    "4:30:0:0:512,0:::0",
    "4:64:8:*:*,0:mss:df,id+:0",
    "*:64:0:*:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df,ecn,flow:0",
    "*:64:0:*:*,*:mss,sok,ts,nop,ws,?34,nop,nop:df,id+,flow:*",
    "*:64:0:*:mss*44,7:mss,sok,ts,nop,ws,?30:df,id+,flow:0",
    "*:64:0:*:mss*2,0:mss,?253,sack:df:+",
    "*:64-:0:1460:3,10:ws,nop,mss,sok,nop,nop:ecn,uptr+:0",
    "*:64-:0:265:512,0:mss,sok,ts:ack+:0",
    "*:64:0:*:mss*10,*:mss,sok,ts,nop,ws:df,id+,ts1-:0",
    "*:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+,ts2+:0",
    "*:64:0:*:*,15:mss,ws,nop:df,exws:0",
    "*:64:0:*:*,*:mss,ws,nop:df,exws:0",
    "*:64:0:*:*,0:mss,nop,nop,eol+5:0+,opt+:0",
    "4:64:0:*:*,*:mss,mss,ws,ws,nop,nop:seq-,urgf+,pushf+:0",
    "*:64:0:*:mss*3,0:ts,ts,mss:df,ts1-:0",
)
"""Between them they hold every field in all its forms, and every quirk but ``ack-`` and ``bad``."""

RESPONSES = (
    "*:64:0:*:65535,*:mss,nop,ws,sok,ts:df,flow:0",
    "4:128:0:*:mtu*5,8:mss,nop,ws,nop,nop,sok:df,id+:0",
    "4:64:0:1460:8192,0:mss:ack-:0",
    "*:64:0:*:*,*:mss,sok,ts,nop,ws:df,ecn:0",
)
PEERS = ("*:64:0:*:mss*45,7:mss,sok,ts,nop,ws:df,flow:0", "4:255:0:*:mss*3,0:mss:df,id+:0")
"""SYN+ACKs whose window may be a multiple of the client's MSS, which no filter sees."""

PACKETS = 150

TCP_ALONE = {"uptime": False, "protocols": ("tcp",)}
"""Filters see packets before any reader does; without readers of bytes an analysis takes a quarter."""


def cases(text: str, direction: Direction) -> list[bytes]:
    """Packets of the signature, nearly all of them changed somewhere."""
    signature, random = parse_signature(text, direction), Random(text)
    return [changed(packet_of(signature, random), random) for _ in range(PACKETS)]


def database_of(text: str, direction: Direction) -> hg.Database:
    return hg.Database.compile(text=f"classes = x\n[tcp:{direction}]\nlabel = s:x:A:\nsig = {text}\n")


def passes(analyzer: hg.Analyzer, data: bytes) -> bool:
    list(analyzer.analyze_packets([(0, data)]))
    return not analyzer.stats.drops["filtered"]


def verdicts(text: str, direction: Direction, *, fuzzy: bool = False) -> list[tuple[bool, bool, bytes]]:
    """Whether the signature matches, whether the filter passes, and the packet; of those that are read."""
    database = database_of(text, direction)
    analyzer = hg.Analyzer(None, bpf=bpf_expression(text, direction, fuzzy=fuzzy), **TCP_ALONE)
    found = []
    for data in cases(text, direction):
        result = hg.fingerprint(data, db=database)
        if result.drop is None:
            part = result.syn or result.syn_ack
            match = part.match if part else None
            fits = match is not None and (fuzzy or not match.fuzzy)
            found.append((fits, passes(analyzer, data), data))
    return found


@pytest.mark.parametrize(
    ("text", "direction"),
    [(text, "request") for text in REQUESTS] + [(text, "response") for text in RESPONSES],
)
@pytest.mark.parametrize("fuzzy", [False, True], ids=["exact", "fuzzy"])
def test_passes_what_matches_and_nothing_else(text: str, direction: Direction, fuzzy: bool) -> None:
    found = verdicts(text, direction, fuzzy=fuzzy)
    differ = [(fits, data.hex()) for fits, passed, data in found if fits != passed]
    assert differ == []
    assert sum(fits for fits, _, _ in found) >= PACKETS // 20, "too few packets that match"
    assert sum(not fits for fits, _, _ in found) >= PACKETS // 20, "too few packets that do not"


def answer_of(data: bytes) -> hg.SynAckObservation:
    part = hg.fingerprint(data, db=None).syn_ack
    assert part is not None
    return part


@pytest.mark.parametrize("text", PEERS)
def test_the_mss_of_the_client_is_all_that_it_cannot_tell(text: str) -> None:
    found = verdicts(text, "response")
    assert [data.hex() for fits, passed, data in found if fits and not passed] == []
    wrongly = [data for fits, passed, data in found if passed and not fits]
    times = int(text.partition("mss*")[2].partition(",")[0])
    windows = [parsed.signature.wsize for parsed in map(answer_of, wrongly)]
    assert [window for window in windows if window % times] == []
    assert sum(fits for fits, _, _ in found) >= PACKETS // 20


def test_malformed_options_pass_by_their_kinds() -> None:
    text = "4:64:0:*:*,*:mss,ws,sok:df,id+,bad:0"
    expression = bpf_expression(text)
    analyzer = hg.Analyzer(None, bpf=expression, **TCP_ALONE)
    signature, random = parse_signature(text, "request"), Random(1)
    options = bytes.fromhex("020405b4 030407 04".replace(" ", ""))
    data = bytearray(packet_of(signature, random))
    data[40:48] = options + bytes(8 - len(options))
    match = hg.fingerprint(bytes(data), db=database_of(text, "request")).syn
    assert match is not None
    assert "bad" in match.signature.quirks
    assert passes(analyzer, bytes(data))


def test_the_expression_of_a_simple_signature() -> None:
    assert bpf_expression("4:64:0:1460:8192,0:mss:df,id+:0") == (
        "ip[0] = 0x45 and ip[9] = 6 and ip[8] >= 29 and ip[8] <= 64 and ip[6:2] = 0x4000 and ip[4:2] != 0 "
        "and ip[32:2] & 0xf1ff = 0x6002 and ip[1] & 0x03 = 0 and ip[24:4] != 0 and ip[28:4] = 0 "
        "and ip[38:2] = 0 and ip[40:4] = 0x020405b4 and ip[34:2] = 8192 and ip[2:2] = 44"
    )


def test_every_signature_of_the_default_database_compiles() -> None:
    pcap = libpcap.load_libpcap()
    refused, longest = [], 0
    for signature in hg.Database.load_default().signatures:
        if not signature.section.startswith("tcp"):
            continue  # no filter looks into what programs send
        expression = bpf_expression(signature.text, signature.direction or "request")
        program = _compiled(pcap, expression, RAW)
        if isinstance(program, str):
            refused.append((signature.text, program))
        else:
            longest = max(longest, program.bf_len)
    assert refused == []
    assert longest < 4096, "more instructions than Linux takes"


def test_every_corpus_packet_that_matches_passes(corpus: Path) -> None:
    """And of the other handshake packets of the same captures hardly any does."""
    database = hg.Database.load_default()
    everything, matching = corpus_matches(corpus, database)
    assert len(matching) > 200
    missed, wrong, others = [], 0, 0
    signatures = tcp_signatures(database)
    for number, files in matching.items():
        expression = signature_expression(signatures[number])
        analyzer = hg.Analyzer(None, bpf=BpfFilter(expression), **TCP_ALONE)
        for path, wanted in files.items():
            passed = {packet for packet, _, _ in handshakes(analyzer, path)}
            # Without the packets between them two connections of the same ports may look like one.
            if len(wanted - passed) > analyzer.stats.retransmissions:
                missed.append((signatures[number].text, path.name, sorted(wanted - passed)))
            wrong += len(passed & everything[path] - wanted)
            others += len(everything[path] - wanted)
    assert missed == []
    assert others > 10_000
    assert wrong / others < 0.001


def corpus_matches(
    corpus: Path, database: hg.Database
) -> tuple[dict[Path, set[int]], dict[int, dict[Path, set[int]]]]:
    """Numbers of all handshake packets, and by signature of those that fit it exactly.

    Packets in tunnels are left out: a filter sees the outer header.
    """
    everything: dict[Path, set[int]] = defaultdict(set)
    matching: dict[int, dict[Path, set[int]]] = defaultdict(lambda: defaultdict(set))
    analyzer = hg.Analyzer(database, **TCP_ALONE)
    for path in sorted(item for item in corpus.iterdir() if item.is_file() and item.suffix != ".csv"):
        for packet, batch, row in handshakes(analyzer, path):
            everything[path].add(packet)
            for number, fuzzy in fitting(database, observation_of(batch, row)):
                if not fuzzy:
                    matching[number][path].add(packet)
    return everything, matching


def handshakes(analyzer: hg.Analyzer, path: Path) -> list[tuple[int, hg.Batch, int]]:
    return [
        (batch._cells.packet_number[row], batch, row)
        for batch in analyzer.batches(path, on_error=lambda error: None)
        for row in range(len(batch))
        if batch._cells.event[row] in (lib.HG_EVENT_SYN, lib.HG_EVENT_SYN_ACK)
        and not batch._cells.tunnel[row]
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("4:64:0:1460:*,0:nop,nop,nop,nop::0", "the MSS is 1460, but the layout has no mss"),
        ("4:64:0:*:mss*4,0:nop,nop,nop,nop::0", "it has no MSS of 100 bytes or more"),
        ("4:64:0:99:mss*4,0:mss::0", "it has no MSS of 100 bytes or more"),
        ("4:64:0:*:*,7:mss::0", "a scale of 7, but no ws in the layout"),
        ("4:64:0:*:*,0:mss:id+:0", "a packet that shows id. shows df too"),
        ("4:64:0", "the signature ends too early"),
        ("60", "an MTU is a number from 61 to 65535, not 60"),
        ("9" * 5000, r"an MTU is a number from 61 to 65535, not '9{20,100}\.\.\.'$"),
    ],
)
def test_what_no_packet_matches_is_refused(text: str, message: str) -> None:
    with pytest.raises(hg.SignatureError, match=message):
        bpf_expression(text)


@pytest.mark.parametrize(("mtu", "v4", "v6"), [(1500, 1460, 1440), (9000, 8960, 8940)])
def test_an_mtu_is_found_wherever_the_option_stands(mtu: int, v4: int, v6: int) -> None:
    analyzer = hg.Analyzer(None, bpf=bpf_expression(str(mtu)), **TCP_ALONE)
    for text in (
        "4:64:0:{}:*,0:mss::0",
        "4:64:0:{}:*,*:ts,ws,nop,mss,nop,nop::0",
        "6:64:0:{}:*,0:nop,nop,mss::0",
    ):
        size = v6 if text.startswith("6") else v4
        random = Random(mtu)
        for other in (0, 1):
            signature = parse_signature(text.format(size + other), "request")
            assert passes(analyzer, packet_of(signature, random)) is not bool(other)


def test_command(capsys: pytest.CaptureFixture[str]) -> None:
    text = "4:57+7:0:1460:8192,0:mss:df,id+:0"
    assert main(["bpf", f"  Sig:    {text}"]) == 0
    assert capsys.readouterr().out == bpf_expression("4:64:0:1460:8192,0:mss:df,id+:0") + "\n"
    assert main(["bpf", "--direction", "response", "--fuzzy", text]) == 0
    assert capsys.readouterr().out == bpf_expression(text, "response", fuzzy=True) + "\n"
    assert main(["bpf", "4:64"]) == 2
    assert "ends too early" in capsys.readouterr().err
    assert main(["bpf", "60"]) == 2
    assert capsys.readouterr().err == "huginn: an MTU is a number from 61 to 65535, not 60\n"
