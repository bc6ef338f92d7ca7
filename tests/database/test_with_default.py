"""A user's own signatures in front of the built-in ones, which are not compiled again."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_cffi.database import compiling
from huginn_cffi.formats.rendering import Renderer
from sigcompiler.table.hashing import HashTable, choose_hash_key, mix
from tests.support.captures import pcap
from tests.support.core import CONFIDENCE, ROOT, SIGNATURES
from tests.support.explained import of_packet
from tests.support.samples import SYN_PACKET

CAPTURES = sorted((ROOT / "examples").glob("*.pcap"))
RAW_IP = 101
OWN = """\
classes = win,unix,other,toy

[mtu]
label = My link
sig = 1480

[tcp:request]
label = s:win:Windows:my own
sig = *:128:0:*:*,8:mss,nop,ws,nop,nop,sok:df,id+:0
label = g:unix:Mine:generic
sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0
; As a new layout.
label = s:unix:Amiga:1
sig = *:64-:0:*:%512,*:mss,nop,ts,nop,nop,ws:df,id+:*

[tcp:response]
label = s:toy:Linux:mine
sig = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws:df:0

[http:request]
ua_os = Windows=[NT 6.1],Zoo=[Zoo/1]
label = s:!:MyFetch:9
sys = @unix,Zoo
sig = *:Host,User-Agent::
label = g:!:Anything:
sys =
sig = *:Host::

[http:response]
label = s:!:MyServer:1
sys = @win
sig = *:Server,Date::

[tls:client]
label = s:!:MyTls:1
sys = @unix
sig = t12d????00_*_*
label = g:!:AnyTls:
sys =
sig = *_*_*

[device]
label = s:camera:Mine:X1::
sig = dhcp-class MSFT 5.0
sig = mac 00:0c:29*
sig = name *-pc*
label = g:printer:Mine:X2::
sig = description *linux*

[segments]
label = s:unix:Linux:
sig = ttl=64,low=0-1023

[banner]
label = s:MySSH:<version>::Windows:10
sig = ssh OpenSSH_<version>*
"""


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> tuple[hg.Database, hg.Database]:
    """The same signatures, compiled together from text, and in front of the built-in table."""
    path = tmp_path_factory.mktemp("own") / "own.fp"
    path.write_text(OWN)
    whole = hg.Database.compile([path, *SIGNATURES], confidence=CONFIDENCE)
    return whole, hg.Database.compile(path, with_default=True)


def described(database: hg.Database) -> Iterator[tuple[Any, ...]]:
    for one in database.signatures:
        label = (one.name, one.flavor, one.kind, one.userland, one.os_class)
        place = (Path(one.file).name, one.line, one.column, one.provenance, one.last_resort)
        yield one.section, one.direction, one.text, *label, one.systems, *place, one.unreliable_ttl


def claims(database: hg.Database, section: str) -> list[tuple[int, ...]]:
    """Identity, stacks and kind of the claim of each signature; equal claims have one identity."""
    labels, claims = database._records.section("labels"), database._records.section("claims")
    records = database._records.section(section)
    at, to = records.positions["label"], labels.positions["claim"]
    found = (claims[labels[one[at]][to]] for one in records.all())
    return [(one[0], one[1], one[4]) for one in found]


def rows(database: hg.Database, capture: Path) -> str:
    found = b""
    for batch in hg.Analyzer(database).batches(capture):
        found += b"".join(Renderer("json", database).pieces(batch, 0, len(batch)))
    return re.sub(r'"database":"\w+"|"[^"]*/(?=[^"/]+\.fp")', "", found.decode())


def test_signatures_are_those_of_one_table(joined: tuple[hg.Database, hg.Database]) -> None:
    whole, made = joined
    assert list(described(made)) == list(described(whole))
    for section in ("signatures", "mtus", "https", "hellos", "announcements", "segments"):
        assert claims(made, section) == claims(whole, section)
    shares = [[one[7] for one in each._records.section("hellos").all()] for each in joined]
    assert shares[0] == shares[1]


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda path: path.stem)
def test_answers_are_those_of_one_table(joined: tuple[hg.Database, hg.Database], capture: Path) -> None:
    default = hg.Database.load_default()
    rows_by, hosts_by = [], []
    for database in (*joined, default):
        rows_by.append(rows(database, capture))
        hosts_by.append([str(host) for host in hg.Analyzer(database).read(capture).hosts])
    assert rows_by[0] == rows_by[1]
    assert hosts_by[0] == hosts_by[1]
    assert rows_by[1] != rows_by[2] or hosts_by[1] != hosts_by[2] or capture.stem == "devices"


def test_a_generic_line_never_hides_a_specific_one(tmp_path: Path) -> None:
    capture = tmp_path / "syn.pcap"
    capture.write_bytes(pcap([(0, SYN_PACKET)], RAW_IP))
    own = "classes = unix\n[tcp:request]\nlabel = g:unix:Mine:generic\n"
    own += "sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0\n"
    for with_default, name in ((True, "Linux 3.11-4.19"), (False, "Mine generic")):
        database = hg.Database.compile(text=own, with_default=with_default)
        (result,) = (one for one in hg.Analyzer(database).analyze_pcap(capture) if one.syn)
        assert result.syn is not None
        assert str(result.syn.match) == name


@pytest.mark.parametrize("is_enabled", [True, False])
@pytest.mark.parametrize("text", ["[mtu]\nlabel = Mine\nsig = 1480\n", "nonsense\n"])
def test_the_collector_is_left_as_it_was(text: str, is_enabled: bool) -> None:
    try:
        (gc.enable if is_enabled else gc.disable)()
        with suppress(hg.SignatureError):
            hg.Database.compile(text=text, with_default=True)
        assert gc.isenabled() is is_enabled
    finally:
        gc.enable()


def test_own_signatures_that_hide_all_built_in_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    default = hg.Database.load_default().signatures
    texts = {
        way: [one.text for one in default if one.section == f"tcp:{way}"] for way in ("request", "response")
    }
    blocks = (
        f"[tcp:{way}]\nlabel = s:other:Mine:\n" + "".join(f"sig = {text}\n" for text in texts[way])
        for way in texts
    )
    path, out = tmp_path / "own.fp", tmp_path / "own.hgdb"
    path.write_text("classes = other\n" + "".join(blocks))
    assert main(["compile", str(path), "--with-default", "-o", str(out)]) == 0
    said = capsys.readouterr().err
    count = sum(map(len, texts.values()))
    assert f"own.hgdb: {len(default) + count:,} signatures, " in said
    assert " overriding built-in ones\n" in said
    parts = [one.syn or one.syn_ack for one in hg.Analyzer(hg.Database.open(out)).analyze_pcap(CAPTURES[-1])]
    names = {part.match.name for part in parts if part is not None and part.match is not None}
    assert names == {"Mine"}


def test_the_built_in_files_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(compiling, "DEFAULT_FILES", tmp_path)
    (tmp_path / "own.fp").write_text(OWN)
    options = ["--db", str(tmp_path / "own.fp"), "--with-default"]
    assert main(["pcap", *options, str(ROOT / "examples" / "sample.pcap")]) == 0
    out, err = capsys.readouterr()
    assert "OS:     Windows my own" in out
    assert "OS:     macOS 10.14 or newer" in out
    assert "warning" not in err


def test_what_a_compilation_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another name for the same packets is an override, the same name is none."""
    path, out = tmp_path / "own.fp", str(tmp_path / "own.hgdb")
    link = "[mtu]\nlabel = {}\nsig = 1500\n"
    for text, said in (
        (link.format("Ethernet"), "1 signature\n"),
        (link.format("My cable"), "1 signature, 1 overriding a built-in one"),
        (
            link.format("Ethernet") + "[tls:client]\nlabel = s:!:Mine:\nsys =\nsig = *_*_*\n",
            "2 signatures, 1",
        ),
        ("classes = x\n[segments]\nlabel = g:x:Mine:\nsig = ttl=64\n", "1 signature, 1"),
        ("[device]\nlabel = s:camera:Mine:::\nsig = dhcp-class MSFT*\n", "1 signature, 1"),
        ("[device]\nlabel = s:camera:Mine:::\nsig = dhcp-class MSFT 5.0\n", "1 signature\n"),
    ):
        path.write_text(text)
        assert main(["compile", str(path), "-o", out]) == 0
        assert f"own.hgdb: {said}" in capsys.readouterr().err


@pytest.mark.slow
def test_many_own_signatures(tmp_path: Path) -> None:
    """A hundred thousand: the hash tables grow; each signature is found."""
    lines = [
        f"sig = 4:64:0:{mss}:{window},7:mss,sok,ts,nop,ws:df,id+:0"
        for mss in range(500, 1470)
        for window in range(5000, 5100)
    ]
    names = [f"sig = name own-{number:04}-*" for number in range(3000)]
    text = "\n".join(
        [
            "classes = x",
            "[tcp:request]",
            "label = s:x:Mine:",
            *lines,
            "[device]",
            "label = s:camera:Mine:::",
            *names,
        ]
    )
    database = hg.Database.compile(text=text, with_default=True)
    assert len(database) == len(hg.Database.load_default()) + len(lines) + len(names)
    for number in (0, 1234, 96_999):
        found = of_packet(database, lines[number].removeprefix("sig = ").replace(":64:", ":64+0:"))
        assert found.match is not None
        assert found.match.name == "Mine"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[tls:client]\nlabel = s:!:Mine:\nsys =\n"
            + "".join(
                f"sig = {''.join('?' if n >> i & 1 else c for i, c in enumerate('t13d'))}????h2_*_*\n"
                for n in range(16)
            )
            + "".join(
                f"sig = t1?d{a}{b}{c}{d}h2_{e}_*\n"
                for a in "1?"
                for b in "5?"
                for c in "1?"
                for d in "6?"
                for e in ("*", "2b729b4bf6f3")
            )
            + "".join(
                f"sig = t13d{a}{b}{c}{d}??_{e}_*\n"
                for a in "1?"
                for b in "5?"
                for c in "1?"
                for d in "6?"
                for e in ("*",)
            ),
            "sets of places",
        ),
        (
            "[device]\nlabel = s:camera:Mine:::\n"
            + "".join(f"sig = dhcp-class MSFT*x{n:03}\n" for n in range(96)),
            "patterns with one beginning",
        ),
    ],
)
def test_limits_count_both(text: str, said: str) -> None:
    hg.Database.compile(text=text)
    with pytest.raises(hg.SignatureError, match=said):
        hg.Database.compile(text=text, with_default=True)


def test_a_table_moves_if_others_collide_under_its_key() -> None:
    """Its slots are known under one hash key only; under another they are placed again."""
    known = 12345
    kept = HashTable({(1,): (7,)}, 0, placed={known: [(7,), (0,)]})
    assert choose_hash_key(b"source", [kept], known) == known
    assert kept.laid_out(known) == [(7,), (0,)]
    words = [(number,) for number in range(20_000) if mix((number,), known) % 128 == 5][:60]
    crowded = HashTable({word: word for word in words}, 0)
    chosen = choose_hash_key(b"source", [kept, crowded], known)
    assert chosen != known
    assert sorted(kept.laid_out(chosen)) == [(0,)] * 15 + [(7,)]
