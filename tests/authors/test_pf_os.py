"""``compile --to pf.os``: read by an evaluator of the format, with SYNs that real systems sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from sigcompiler.claims.flavors import family_names
from tests.support.lab import table
from tests.support.spelled import spelled

LETTERS = {"eol": "E", "nop": "N", "mss": "M", "ws": "W", "sok": "S", "ts": "T"}


@dataclass(frozen=True)
class Syn:
    """What pf.os speaks of."""

    ttl: int
    df: bool
    size: int
    window: int
    mss: int
    options: str

    @classmethod
    def of(cls, text: str) -> Syn:
        """From a raw signature whose window is in bytes; the size is that of the packet spelled out."""
        _, ttl, _, mss, window, layout, quirks, _ = text.split(":")
        letters = ""
        for word in filter(None, layout.split(",")):
            name, _, pad = word.partition("+")
            letters += LETTERS.get(name, "?") + "E" * int(pad or 0)
        frame = spelled("request", text)
        size = next(len(frame[at:]) for at in range(20) if frame[at] == 0x45)
        assert int.from_bytes(frame[-size:][2:4], "big") == size
        reach = int(ttl.partition("+")[0])
        return cls(reach, "df" in quirks.split(","), size, int(window.split(",")[0]), int(mss), letters)


@dataclass(frozen=True)
class PfOsLine:
    """A line of the file, by pf.os(5)."""

    window: str
    ttl: int
    df: bool
    size: int
    options: str
    class_: str
    version: str

    @classmethod
    def of(cls, text: str) -> PfOsLine:
        window, ttl, df, size, options, class_, version, _, _ = text.split(":")
        letters = "" if options == "." else "".join(option[0] for option in options.split(","))
        return cls(window, int(ttl), df == "1", int(size), letters, class_, version)

    def fits(self, syn: Syn) -> bool:
        """As nft does with `ttl loose`: the values of options are not compared."""
        same = (self.df, self.size, self.options) == (syn.df, syn.size, syn.options)
        return same and syn.ttl <= self.ttl and self._window_fits(syn)

    def _window_fits(self, syn: Syn) -> bool:
        kind, number = self.window[0], int(re.sub(r"\D", "", self.window) or 0)
        if kind == "*":
            return True
        if kind == "%":
            return syn.window % number == 0
        unit = {"S": syn.mss, "T": syn.mss + 40}.get(kind, 1)
        return syn.window == number * unit


def first(lines: Sequence[PfOsLine], syn: Syn) -> PfOsLine | None:
    return next((line for line in lines if line.fits(syn)), None)


def lines_of(path: Path) -> list[PfOsLine]:
    texts = path.read_text(encoding="ascii").splitlines()
    return [PfOsLine.of(text) for text in texts if not text.startswith("#")]


@pytest.fixture(scope="module")
def default_lines(tmp_path_factory: pytest.TempPathFactory) -> list[PfOsLine]:
    path = tmp_path_factory.mktemp("pf") / "pf.os"
    assert main(["compile", "--to", "pf.os", "-o", str(path)]) == 0
    return lines_of(path)


def test_measured_syns_get_their_family(default_lines: list[PfOsLine]) -> None:
    """The first line that fits names a family that we name too; what we know exactly has a line."""
    wrong, lines, missing = {}, 0, {}
    for one in table("measured"):
        version, _, olen, _, _, _, _, payload = one.signature.split(":")
        if one.direction != "request" or version != "4":
            continue
        syn = Syn.of(one.signature)
        result = hg.fingerprint(spelled("request", one.signature))
        assert result.syn is not None
        match = result.syn.match
        line = first(default_lines, syn)
        if line is None:
            describable = olen == "0" and payload == "0" and "?" not in syn.options and match is not None
            if describable and match is not None and not match.fuzzy:
                missing[one.signature] = str(match)
            continue
        lines += 1
        if match is not None and not set(family_names(match.name)) & set(line.class_.split(" or ")):
            wrong[one.signature] = (str(match), line.class_)
    assert (wrong, missing) == ({}, {})
    assert lines > 200


def written(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[list[str], str]:
    """The lines that a signature file becomes, and what is said of them."""
    source, out = tmp_path / "own.fp", tmp_path / "pf.os"
    source.write_text(f"classes = unix\n\n[tcp:request]\n\n{text}")
    assert main(["compile", str(source), "--to", "pf.os", "-o", str(out)]) == 0
    lines = out.read_text(encoding="ascii").splitlines()
    return [line for line in lines if not line.startswith("#")], capsys.readouterr().err


def test_fields(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By pf.os(5), worked out by hand."""
    text = """label = s:unix:Linux:3.11 and newer
sig = *:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0
sig = 4:64:0:1400:mtu*4,*:mss,nop,ws:df:0

label = s:unix:Old:One
sig = *:32:0:*:%8192,0:mss:::0

label = g:unix:Older:
sig = *:32:0:*:*,0::df:0

label = s:unix:Mac:
sig = *:64:0:*:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df:0
"""
    lines, said = written(tmp_path, text.replace(":::0", "::0"), capsys)
    assert lines == [
        "%8192:32:0:44:M*:Old:One::Old One",
        "*:32:1:40:.:Older:::Older",
        "S20:64:1:60:M*,S,T,N,W7:Linux:3.11 and newer::Linux 3.11 and newer",
        "T4:64:1:48:M1400,N,W*:Linux:3.11 and newer::Linux 3.11 and newer",
        "65535:64:1:64:M*,N,W6,N,N,T,S,E,E:Mac:::Mac",
    ]
    assert said == ""


def test_what_falls_together_is_one_line_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only the scale tells these two apart, which nft does not compare; a quirk tells the third."""
    text = """label = s:unix:Linux:4.19-6.15
sig = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+:0

label = s:unix:Linux:6.16 or newer
sig = *:64:0:*:mss*44,10:mss,sok,ts,nop,ws:df,id+:0

label = s:unix:Other:
sig = *:64:0:*:mss*44,10:mss,sok,ts,nop,ws:df,id+,ecn:0
"""
    lines, said = written(tmp_path, text, capsys)
    options = "M*,S,T,N,W*"
    names = "Linux 4.19-6.15; Linux 6.16 or newer; Other"
    assert lines == [f"S44:64:1:60:{options}:Linux or Other:::{names}"]
    assert said == f"not distinguished (1 line): {names}\n"


def test_specific_before_generic_and_low_ttls_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = """label = s:unix:High:
sig = *:128:0:*:8192,0:mss:df:0

label = g:unix:Any:
sig = *:64:0:*:*,0:mss:df:0

label = s:unix:Low:
sig = *:64:0:*:8192,0:mss:df:0
"""
    lines, said = written(tmp_path, text, capsys)
    assert [PfOsLine.of(line).class_ for line in lines] == ["Low", "Any", "High"]
    assert said == ""
    seen = Syn(57, True, 44, 8192, 1460, "M")
    found = first([PfOsLine.of(line) for line in lines], seen)
    assert found is not None
    assert found.class_ == "Low"


def test_what_the_format_cannot_say_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = """label = s:unix:Own:1
sig = 6:64:0:*:8192,0:mss::0
sig = *:64:0:*:8192,0:mss,?34:df:0
sig = *:64:0:*:8192,0:mss:df:+
sig = 4:64:8:*:8192,0:mss:df:0
sig = 4:64:0:*:8192,0:mss:df:0
"""
    lines, said = written(tmp_path, text, capsys)
    assert lines == ["8192:64:1:44:M*:Own:1::Own 1"]
    assert said.splitlines() == [
        "left out: 1 SYN signature (IPv6)",
        "left out: 1 SYN signature (an option that the format has no letter for)",
        "left out: 1 SYN signature (data in the SYN)",
        "left out: 1 SYN signature (IP options)",
    ]


def test_names_have_room_and_cannot_end_a_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """31 bytes for a class and for a version, printable ASCII, no colon, no comment."""
    text = f"label = s:unix:A:b#c:d\u00e4 {'release ' * 20}\nsig = *:64:0:*:8192,0:mss:df:0\n"
    lines, _ = written(tmp_path, text, capsys)
    class_, version = lines[0].split(":")[5:7]
    assert class_ == "A"
    assert version == "b_c_d_ release release ..."
    assert len(lines[0].split(":")) == 9


def test_the_default_database_keeps_to_the_room(default_lines: list[PfOsLine]) -> None:
    assert all(len(line.class_) <= 31 and len(line.version) <= 31 for line in default_lines)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--header", "x.h"], "--header is a database"),
        (["own.fp"], "name the result"),
        (["none.fp", "-o", "x"], "no SYN signature can be expressed in pf.os"),
    ],
)
def test_refusals(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.fp").write_text("classes = unix\n[tcp:request]\nlabel = s:unix:A:\nsig = *:64:0:*:1,0:mss::0\n")
    Path("none.fp").write_text("[mtu]\nlabel = Link\nsig = 1400\n")
    assert main(["compile", "--to", "pf.os", *words]) == 2
    assert said in capsys.readouterr().err
    assert not Path("x").exists()
