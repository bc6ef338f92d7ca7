"""Random, cut and damaged frames: the core under sanitizers gives what the reference gives."""

from __future__ import annotations

import struct
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from tests.reference.drops import Drop
from tests.reference.packet import TYPE_BITS, Observation, read_frame
from tests.support import builds
from tests.support.core import sources
from tests.support.sanitizers import SANITIZERS, need_compiler
from tests.support.traffic import LINKTYPES, flip, random_frame

SOURCES = (
    "base/cpu",
    "base/names",
    "packet/detect",
    "packet/ip",
    "packet/link",
    "packet/parse",
    "packet/circuits",
    "packet/tunnel",
    "packet/wifi",
    "packet/wrapping",
)
DROPS = (
    *(None, Drop.TRUNCATED, Drop.UNSUPPORTED_LINKTYPE, Drop.BAD_LINK_HEADER, Drop.NOT_IP),
    *(Drop.BAD_IP_HEADER, Drop.NOT_TCP, Drop.FRAGMENT, Drop.BAD_TCP_HEADER, Drop.BAD_FLAGS),
    *(Drop.FILTERED, Drop.ENCRYPTED),
)
"""By the numbers of ``hg_drop``."""

TUNNELS = {"none", "vxlan", "geneve", "gre", "erspan", "ipip", "6in4", "gtpu", "teredo"}


@dataclass(frozen=True, slots=True)
class Given:
    """A frame, ``wire`` bytes long when it was sent."""

    linktype: int
    decapsulate: bool
    data: bytes
    wire: int


@pytest.fixture(scope="module", params=["gcc", "clang"])
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The harness, compiled with sanitizers and all warnings as errors."""
    folder = tmp_path_factory.mktemp("layers")
    need_compiler(request.param, folder)
    builds.write_headers(folder)
    files = [Path(__file__).with_name("layers.c"), *sources(*SOURCES)]
    return builds.program(folder / "layers", files, [*builds.FLAGS, *SANITIZERS], compiler=request.param)


def given_frames(random: Random, count: int) -> Iterator[Given]:
    for _ in range(count):
        linktype = random.choice((*LINKTYPES, 1, 1, 101))
        data = random_frame(random, linktype, tunnelled=0.7)
        wire = len(data)
        if random.random() < 0.2:
            data = data[: random.randrange(wire + 1)]
        if random.random() < 0.1:
            wire += random.choice((1, 4, 2000))
        if random.random() < 0.1:
            data = flip(random, data, len(data)) if data else data
        yield Given(linktype, random.random() < 0.9, data, max(wire, len(data)))


def core_answers(program: Path, frames: list[Given]) -> list[str]:
    packed = b"".join(
        struct.pack("=IIII", one.linktype, one.decapsulate, len(one.data), one.wire) + one.data
        for one in frames
    )
    done = subprocess.run([program], input=packed, capture_output=True, timeout=120)
    assert (done.returncode, done.stderr.decode(errors="replace")) == (0, "")
    return done.stdout.decode("ascii").splitlines()


def reference_answer(one: Given) -> str:
    seen = read_frame(one.linktype, one.data, one.wire, decapsulate=one.decapsulate)
    if not isinstance(seen, Observation):
        return f"drop {DROPS.index(seen)}"
    end = seen.offset + seen.headers
    numbers = (
        seen.offset,
        seen.headers,
        seen.tcp_options,
        seen.payload,
        seen.sport,
        seen.dport,
        seen.flags & TYPE_BITS,
    )
    return " ".join((seen.tunnel or "none", *map(str, numbers), str(one.data[end - 1])))


@pytest.mark.parametrize("seed", range(4))
def test_core_and_reference_agree(program: Path, seed: int) -> None:
    frames = list(given_frames(Random(seed), 8000))
    answers = core_answers(program, frames)
    assert len(answers) == len(frames)
    wrong = [
        (one, answer) for one, answer in zip(frames, answers, strict=True) if answer != reference_answer(one)
    ]
    assert wrong == []
    counted = Counter(answer.split()[0] for answer in answers if not answer.startswith("drop"))
    assert set(counted) == TUNNELS
    assert min(counted.values()) >= 8
    drops = {int(answer.split()[1]) for answer in answers if answer.startswith("drop")}
    assert drops == {DROPS.index(drop) for drop in Drop if drop is not Drop.FILTERED}


def test_bytes_of_any_kind(program: Path) -> None:
    """Noise, too: most of it behind a header that leads somewhere."""
    random = Random(99)
    frames = []
    for _ in range(20000):
        linktype = random.choice(LINKTYPES)
        data = random_frame(random, linktype)[: random.randrange(120)] + random.randbytes(
            random.randrange(90)
        )
        frames.append(Given(linktype, True, data, len(data) + random.choice((0, 0, 60))))
    for one, answer in zip(frames, core_answers(program, frames), strict=True):
        assert answer == reference_answer(one), one


def segments_at_the_edges(random: Random, count: int) -> Iterator[Given]:
    """Ethernet frames with plain segments, every field of which may be just too small or too large."""
    for _ in range(count):
        words = random.choice((5, 5, 8, 15, random.randrange(16)))
        header = max(words * 4, 20)
        total = random.choice((40, 20 + header, 20 + header, 20 + words * 4 + random.randrange(-5, 5)))
        flags = random.choice((0x10, 0x18, 0x11, 0x04, 0x14, 0x02, 0x12, random.randrange(256)))
        version = random.choice((0x45,) * 9 + (0x46,))
        fragment = random.choice((0, 0x4000, 0x4001, 0x2000))
        protocol = random.choice((6,) * 9 + (17,))
        ip = struct.pack(">BBHHHBB", version, 0, total, 7, fragment, 64, protocol)
        tcp = struct.pack(">HHIIBB", 80, 1024, 1, 2, words << 4, flags)
        data = bytes(12) + b"\x08\x00" + ip + bytes(10) + tcp + bytes(60)
        cut = random.choice((200, 54, 33 + header, 34 + header))
        wire = random.choice((54, 13 + total, 14 + total, 1514))
        data = data[: min(max(cut, 54), len(data))]
        yield Given(1, True, data, max(wire, len(data)) if random.random() < 0.5 else len(data))


def test_detectors_at_the_edges(program: Path) -> None:
    frames = list(segments_at_the_edges(Random(5), 40000))
    answers = core_answers(program, frames)
    assert [one for one, answer in zip(frames, answers, strict=True) if answer != reference_answer(one)] == []
    assert sum(not answer.startswith("drop") for answer in answers) > 5000
