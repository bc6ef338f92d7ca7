"""Input that is made to take long: bounded time and memory, and a message where it is refused.

The limits of time are a hundred times what is needed, and a tenth of what it took before: they tell
growth from quadratic growth, not fast machines from slow ones.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from huginn_cffi import (
    Analyzer,
    FilterConfig,
    FilterError,
    IpFilter,
    PortFilter,
    SubnetFilter,
)
from huginn_cffi.filters.bpf import BpfFilter
from huginn_cffi.filters.conditions import compile_filter
from sigcompiler.collector import MOST_GUESSES
from sigcompiler.reading import parser, reader
from sigcompiler.reading.parser import parse_text
from tests.support.captures import pcap
from tests.support.in_process import run_in_process
from tests.support.sanitizers import SANITIZED
from tests.support.scans import address, call
from tools.fuzz.signature_files import FILES, HEAD, SIGNATURE, measured

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read there"),
]

SECONDS = 60


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail when the block takes more time of the processor."""
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds


def test_file_of_100_megabytes(tmp_path: Path) -> None:
    """It is not read to its end."""
    said, seconds, used = measured(tmp_path, FILES["100 MB of signatures"]())
    assert "error[E002]: more than 64 MiB of signature files" in said
    assert seconds < SECONDS
    assert SANITIZED or used < 400 << 20


def test_one_signature_many_times(tmp_path: Path) -> None:
    """All are kept, and the warnings about them bounded."""
    count = 20_000
    said, seconds, used = measured(tmp_path, HEAD + SIGNATURE * count)
    assert said == str(count)
    assert seconds < SECONDS
    assert SANITIZED or used < 400 << 20


def test_judging_known_hosts_is_bounded_by_the_packets() -> None:
    """Each ten minutes of a capture passed over all hosts: 40,000 took 25 times as long."""
    taken = []
    for every in (601, 0.001):
        data = pcap([call("198.51.100.9", 80, at * every, source=address(at)) for at in range(1, 40_001)])
        began = time.process_time()
        for batch in Analyzer(findings=True).batches(data):
            del batch
        taken.append(time.process_time() - began)
    assert taken[0] < 5 * taken[1]


def test_many_classes() -> None:
    """60,000 took a minute, which grew with the square of their number."""
    lines = [",".join(f"c{line}x{number}" for number in range(1000)) for line in range(60)]
    with within(20):
        model, _ = parse_text("".join(f"classes = {line}\n" for line in lines))
    assert len(model.classes) == 60_000


def counted(monkeypatch: pytest.MonkeyPatch, module: object) -> list[str]:
    """The words for which another one is looked for."""
    asked: list[str] = []
    monkeypatch.setattr(module, "nearest", lambda word, known: asked.append(word))
    return asked


def test_guesses_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each compares a word with all that are known, and a file may have 10,000 wrong ones."""
    asked = counted(monkeypatch, reader)
    classes = ",".join(f"c{number}" for number in range(1000))
    wrong = "".join(f"label = s:d{number}:A:1\n{SIGNATURE}" for number in range(2 * MOST_GUESSES))
    _, found = parse_text(f"classes = {classes}\n[tcp:request]\n{wrong}")
    errors = [item for item in found if item.code == "E022"]
    assert len(errors) == 2 * MOST_GUESSES
    assert 0 < len(asked) <= MOST_GUESSES
    assert max(len(item.hint) for item in errors) < 300


def test_guesses_of_names_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = counted(monkeypatch, reader)
    mentions = ",".join(f"q{number}" for number in range(3 * MOST_GUESSES))
    _, found = parse_text(f"[tcp:request]\nlabel = s:!:A:1\nsys = {mentions}\n{SIGNATURE}")
    assert sum(item.code == "W006" for item in found) == 3 * MOST_GUESSES
    assert 0 < len(asked) <= MOST_GUESSES


LINE = 16_000
LINES = {
    "a list of one class": "classes = " + "a," * (LINE // 2) + "a",
    "commas": "classes = " + "," * LINE,
    "blanks before a comma": "classes = a" + " " * LINE + ",b",
    "blanks and no comma": "classes = a" + " \t" * (LINE // 2) + "b",
    "systems": "sys = " + "a " * (LINE // 2) + "\x01",
    "user agents": "ua_os = " + "a=[" * (LINE // 3),
    "options": "sig = 4:64:0:*:*,*:" + "nop," * (LINE // 4),
    "options that end wrong": "sig = 4:64:0:*:*,*:" + "eol+1" * (LINE // 5),
    "quirks": "sig = 4:64:0:*:*,*:mss:" + "id+," * (LINE // 4) + "!",
    "headers": "sig = 1:" + "A=[b]," * (LINE // 6) + "!",
    "headers without an end": "sig = 1:" + "A=[" * (LINE // 3),
    "one header": "sig = 1:?" + "A-" * (LINE // 2) + "=",
    "a source": ";" + " \t" * (LINE // 2) + "sourc",
    "brackets": "[" * LINE,
    "equals signs": "label" + " =" * (LINE // 2),
    "digits": "sig = 4:" + "9" * LINE,
}
"""Lines that a careless expression would go over again and again."""


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
@pytest.mark.parametrize("section", ["", "[mtu]", "[tcp:request]", "[http:request]"])
def test_lines(line: str, section: str) -> None:
    """Once each: a second would be a million times what it takes."""
    text = f"classes = unix\n{section}\n" + ("label = s:unix:A:1\n" if section[1:2] in "th" else "") + line
    with within(10):
        parse_text(text + "\n")


def test_grammar_is_the_kind_that_needs_one_look() -> None:
    """LALR takes time in proportion to the tokens of a line, whatever they are."""
    from sigcompiler.reading.syntax import _grammar

    assert _grammar().options.parser == "lalr"
    assert parser.MAX_SOURCE_BYTES == 64 << 20


@pytest.mark.parametrize("count", [50_000])
def test_filters_of_many_conditions(count: int) -> None:
    """They are sorted once, and looked up by halves."""
    config = FilterConfig(
        port=PortFilter(dst=(*[number % 65536 for number in range(count)],)),
        ip=IpFilter(any=(*[f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}" for n in range(count)],)),
        subnet=SubnetFilter(any=(*[f"2001:db8:{n:x}::/48" for n in range(min(count, 65536))],)),
    )
    with within(SECONDS):
        compile_filter(config)


def command(arguments: Sequence[str]) -> tuple[int, bytes]:
    done = run_in_process(*arguments)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--port", "," * 100_000),
        ("--port", "1," * 60_000),
        ("--port", "9" * 100_000),
        ("--ip", "1." * 60_000),
        ("--ip", ":" * 100_000),
        ("--ip", "10.0.0.1," * 10_000),
        ("--ip", "10.0.0.0/8," * 10_000),
        ("--ip", "10.0.0.0/" + "8" * 100_000),
        ("--src-port", "1-" * 50_000),
    ],
)
def test_filters_of_the_command_line(tmp_path: Path, option: str, value: str) -> None:
    """Done or refused, with a message that is shorter than what it is about."""
    (tmp_path / "a.pcap").write_bytes(b"\xd4\xc3\xb2\xa1\2\0\4\0" + bytes(12) + b"\1\0\0\0")
    status, said = command(["pcap", option, value, str(tmp_path / "a.pcap")])
    assert status in (0, 2)
    assert (status == 0) == (said == b"")
    assert said.count(b"\n") <= 1
    assert len(said) < 1000


def test_long_expressions() -> None:
    """libpcap would take minutes for these ports."""
    with pytest.raises(FilterError, match="expression of more than 4096 characters is not compiled: port, "):
        BpfFilter(" or ".join(f"port {number}" for number in range(1, 1001)))
