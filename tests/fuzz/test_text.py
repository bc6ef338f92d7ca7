"""Text of any kind: signature files, raw signatures, filters. There is an answer or a clear refusal.

`tests/compiler/test_fuzz.py` looks closer at the diagnostics of signature files.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import huginn_cffi as hg
from huginn_cffi.cli.app import commands
from huginn_cffi.filters.bpf import BpfFilter
from huginn_cffi.libraries.libpcap import load_libpcap
from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, packet
from tests.support.traffic import random_database

EXAMPLES = 300

SIGNATURES = random_database(Random("texts"), 40)
RAW = "4:57+7:0:1460:mss*20,7:mss,sok,ts,nop,ws:df,id+:0"
WORDS = tuple(RAW.replace(":", " : ").replace(",", " , ").split())
PIECES = st.sampled_from(
    (*WORDS, "*", "?", "%", "-", "+", "0", "65536", "99999999999", "eol+", "\n", "é", "\0", "\x1b")
)


def damaged(text: str) -> st.SearchStrategy[str]:
    """`text` with a few pieces cut out and put in."""

    def change(edits: list[tuple[int, int, str]]) -> str:
        changed = text
        for start, length, piece in edits:
            at = start % (len(changed) + 1)
            changed = changed[:at] + piece + changed[at + length :]
        return changed

    edit = st.tuples(st.integers(0, len(text)), st.integers(0, 12), PIECES | st.just(""))
    return st.lists(edit, min_size=1, max_size=5).map(change)


def refusal(call: Callable[[], object], kind: type[Exception]) -> str:
    """The words of the refusal, which must be fit for a terminal; empty when it was none."""
    words = ""
    try:
        call()
    except kind as error:
        words = str(error) or "no words"
    assert words != "no words"
    assert words.replace("\n", "").isprintable()
    return words


@settings(max_examples=EXAMPLES)
@given(damaged(SIGNATURES))
def test_signature_files(text: str) -> None:
    """What compiles can be opened, and answers."""

    def compile_and_ask() -> None:
        database = hg.Database.compile(text=text)
        assert hg.fingerprint(packet(Ip4(), Tcp()), db=database).syn is not None

    refusal(compile_and_ask, hg.SignatureError)


ADDRESSES = st.one_of(
    st.text(max_size=12),
    st.ip_addresses().map(str),
    st.tuples(st.ip_addresses().map(str), st.integers(-1, 130)).map("{0[0]}/{0[1]}".format),
    damaged("2001:db8::/32"),
)
PORTS = st.one_of(
    st.text("0123456789-,", max_size=12), damaged("80,443,1000-2000"), st.integers(-2, 70000).map(str)
)


@settings(max_examples=EXAMPLES)
@given(ADDRESSES)
def test_addresses_and_networks(text: str) -> None:
    refusal(lambda: hg.IpFilter(any=text), hg.FilterError)
    refusal(lambda: hg.SubnetFilter(any=text), hg.FilterError)


@pytest.fixture(scope="module")
def capture_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("text") / "one.pcap"
    path.write_bytes(pcap([(1, packet(Ip4(), Tcp()))]))
    return path


@settings(max_examples=EXAMPLES // 3)
@given(ports=PORTS, addresses=ADDRESSES)
def test_options(capture_path: Path, ports: str, addresses: str) -> None:
    """The command ends with 0, or with 2 and a message; never with a traceback."""
    given_options = [f"--port={ports}", f"--ip={addresses}"]
    done = CliRunner().invoke(commands, ["pcap", str(capture_path), *given_options])
    assert done.exit_code in (0, 2), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)


# No words but libpcap's own: it takes others for names of hosts and asks the network for them.
OWN_WORDS = """
tcp udp ip ip6 port portrange host net src dst and or not ( ) [ ] & | ! < = 0x : 80 80-90 65536 -1 99999999999
1.2.3.4 1.2.3 2001:db8::1 /8 /33 ip[8] tcp[13:4] ether[0] vlan mpls len
"""
EXPRESSIONS = st.lists(
    st.sampled_from((*OWN_WORDS.split(), "\0", "\x1b", "\n", "é")),
    max_size=12,
).map(" ".join)


@settings(max_examples=EXAMPLES)
@given(EXPRESSIONS)
def test_packet_filters(text: str) -> None:
    try:
        load_libpcap()
    except hg.LibpcapError as error:
        pytest.skip(str(error))
    refusal(lambda: BpfFilter(text), hg.FilterError)
