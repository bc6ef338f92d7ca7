"""The first bytes of each direction of a flow: the core, under sanitizers, gives what the model gives."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigcompiler.emit_header import layout_header
from tests.streams.model import StreamModel
from tests.support import builds
from tests.support.core import sources
from tests.support.sanitizers import SANITIZERS

PLENTY = 1 << 26
BUFFER = 2048
"""The least that a direction with something to keep takes."""

Run = Callable[..., list[str]]
"""Of a bound, memory for all and commands, perhaps with "whole": the lines that are printed."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("streams")
    (folder / "hg_layout.h").write_text(layout_header())
    files = (
        Path(__file__).with_name("streams.c"),
        *sources(
            "flow/streams",
            "flow/streams_state",
            "flow/streams_end",
            "flow/kept_bytes",
            "flow/runs",
            "base/error",
            "base/memory",
        ),
    )
    program = builds.program(folder / "streams", files, [*builds.FLAGS, *SANITIZERS])

    def run(bound: int, most: int, commands: list[str], *more: str) -> list[str]:
        arguments = [str(program), str(bound), str(most), *more]
        done = subprocess.run(
            arguments, input="\n".join(commands) + "\n", capture_output=True, text=True, timeout=60
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.splitlines()

    return run


def against_model(run: Run, bound: int, commands: list[tuple[object, ...]], *whole: str) -> StreamModel:
    """Run commands in the core and in the model, which must agree."""
    model, expected = StreamModel(bound, bool(whole)), []
    for name, *values in commands:
        if name == "take":
            flow, side, seq, done, data = values
            given = model.take(flow, side, seq, done, data)  # type: ignore[arg-type]
            expected += [f"{offset} {found.hex()}" for offset, found in given]
        else:
            getattr(model, str(name))(*values)
    lines = [" ".join(one.hex() if isinstance(one, bytes) else str(one) for one in line) for line in commands]
    *given_lines, counts = run(bound, PLENTY, lines, *whole)
    assert given_lines == expected
    assert counts.split()[:3] == [str(model.with_gap), str(model.too_long), "0"]
    return model


def taken(start: int, first: int, last: int, text: bytes, done: int = 0) -> tuple[object, ...]:
    return ("take", 0, 0, (start + first) % 2**32, done, text[first:last])


TEXT = bytes(range(256)) * 8


def test_in_order_and_done_with(run: Run) -> None:
    model = against_model(run, 100, [("begin", 0, 0, 5), taken(5, 0, 4, TEXT, 4), taken(5, 4, 9, TEXT, 5)])
    assert model.direction(0, 0).kept == 9


def test_what_is_needed_again_comes_again(run: Run) -> None:
    *lines, _ = run(100, PLENTY, ["begin 0 0 5", "take 0 0 5 1 aabbcc", "take 0 0 8 0 dd", "take 0 0 9 0 ee"])
    assert lines == ["0 aabbcc", "1 bbccdd", "1 bbccddee"]


def test_repeated_bytes_and_keep_alives_add_nothing(run: Run) -> None:
    commands = [
        "begin 0 0 5",
        "take 0 0 5 0 aabb",
        "take 0 0 5 0 ccdd",
        "take 0 0 6 0 ee",
        "take 0 0 6 0 eeff",
    ]
    *lines, _ = run(100, PLENTY, commands)
    assert lines == ["0 aabb", "0 ", "0 ", "0 aabbff"]


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        (["7 0 c1c2", "6 0 b0b1b2b3", "5 0 a0"], "a0b0b1b2b3"),
        (["7 0 c1c2c3", "6 0 b0b1", "5 0 a0"], "a0b0b1c2c3"),
        (["7 0 c1c2", "5 0 a0a1a2a3"], "a0a1a2a3"),
        (["6 0 b0b1", "7 0 c1c2", "5 0 a0"], "a0b0b1c2"),
        (["6 0 b0b1", "6 0 d0d1", "5 0 a0"], "a0b0b1"),
    ],
    ids=["covered", "overlapped", "in order", "begins later", "begins equally"],
)
def test_of_waiting_bytes_those_of_the_earlier_beginning_win(
    run: Run, segments: list[str], expected: str
) -> None:
    """As in Linux (tcp_data_queue_ofo), whichever comes first."""
    *lines, _ = run(100, PLENTY, ["begin 0 0 5", *(f"take 0 0 {segment}" for segment in segments)])
    assert lines[-1] == f"0 {expected}"


def test_numbers_wrap_around(run: Run) -> None:
    start = 2**32 - 3
    against_model(run, 100, [("begin", 0, 0, start), taken(start, 4, 9, TEXT), taken(start, 0, 4, TEXT)])


def test_a_gap_waits_and_is_given_up_beyond_the_bound(run: Run) -> None:
    """Two segments in a row beyond it are the sender's; one may be anybody's."""
    waiting = ["begin 0 0 0", "take 0 0 5 0 aa", "take 0 0 9 0 bb", "take 0 0 10 0 cc"]
    one, two = [*waiting, "take 0 0 0 0 dd"], [*waiting, "take 0 0 11 0 cc", "take 0 0 0 0 dd"]
    apart = [*waiting, "take 0 0 12 0 cc", "take 0 0 0 0 dd"]
    assert run(10, PLENTY, one)[-2:] == ["0 dd", f"0 0 0 {BUFFER}"]
    assert run(10, PLENTY, two)[-2:] == ["0 ", "1 0 0 0"]
    assert run(10, PLENTY, apart)[-2:] == ["0 dd", f"0 0 0 {BUFFER}"]


@pytest.mark.parametrize("order", [1, -1])
def test_bytes_behind_too_many_gaps_are_forgotten(run: Run, order: int) -> None:
    """The receiver may have other copies of them; bytes that touch need no room of their own."""
    early = [taken(0, 2 * i + 1, 2 * i + 2, TEXT) for i in range(40)][::order]
    again = [taken(0, first, first + 9, TEXT) for first in range(0, 90, 9)]
    assert against_model(run, 100, [("begin", 0, 0, 0), *early, *again]).with_gap == 1
    assert against_model(run, 100, [("begin", 0, 0, 0), *early, *early]).with_gap == 1
    touching = [taken(0, first, first + 1, TEXT) for first in range(90, 0, -1)]
    assert against_model(run, 100, [("begin", 0, 0, 0), *touching, taken(0, 0, 1, TEXT)]).with_gap == 0


def test_what_does_not_end_within_the_bound_is_given_up(run: Run) -> None:
    model = against_model(run, 10, [taken(0, 0, 6, TEXT), taken(0, 6, 12, TEXT), taken(0, 12, 14, TEXT)])
    assert model.too_long == 1


def test_memory_for_all_is_bounded_and_the_oldest_makes_room(run: Run) -> None:
    keep = [f"take {flow} 0 0 0 aa" for flow in range(4)]
    *lines, counts = run(100, 3 * BUFFER, [*keep, *(f"take {flow} 0 1 0 bb" for flow in (1, 2, 3, 0))])
    assert lines[4:] == ["0 aabb", "0 aabb", "0 aabb", "0 "]
    assert counts == f"0 0 1 {3 * BUFFER}"


def test_a_flow_that_ends_gives_its_memory_back(run: Run) -> None:
    *lines, counts = run(100, PLENTY, ["take 3 1 0 0 aa", "close 3", "take 3 1 77 0 bb", "stop 3 1"])
    assert lines == ["0 aa", "0 bb"]
    assert counts == "0 0 0 0"


def test_whole_streams_go_on_and_hold_no_more_than_the_bound(run: Run) -> None:
    pieces = [taken(0, first, first + 6, TEXT, 6) for first in range(0, 600, 6)]
    assert against_model(run, 10, pieces, "whole").too_long == 0
    assert against_model(run, 10, [taken(0, 0, 6, TEXT), taken(0, 6, 12, TEXT)], "whole").too_long == 1
    late = [taken(0, 0, 9, TEXT, 9), taken(0, 20, 22, TEXT), taken(0, 22, 24, TEXT)]
    assert against_model(run, 10, late, "whole").with_gap == 1


def test_what_is_passed_over_may_be_missing(run: Run) -> None:
    """Byte 50 and those behind it came before their turn."""
    commands = ["begin 0 0 0", "take 0 0 9 0 " + 50 * "aa", "take 0 0 0 48 0102", "take 0 0 59 0 bb"]
    *lines, counts = run(100, PLENTY, commands, "whole")
    assert lines == ["0 ", "0 0102", "48 " + 11 * "aa", "59 bb"]
    assert counts.split()[:3] == ["0", "0", "0"]


def test_gigabytes_are_passed_over_and_offsets_wrap_around(run: Run) -> None:
    at, lines, commands = 0, [], ["begin 0 0 7"]
    for _ in range(9):
        commands.append(f"take 0 0 {(at + 7) % 2**32} {2**30} 01")
        lines.append(f"{at % 2**32} 01")
        at += 2**30
    *found, counts = run(100, PLENTY, commands, "whole")
    assert (found, counts) == (lines, "0 0 0 0")


DONE = (0, 0, 3, 40, 10**6)


@st.composite
def traffic(draw: st.DrawFn) -> tuple[int, list[tuple[object, ...]]]:
    """Two directions of a flow: cut anywhere, repeated, out of order, overlapping with other bytes, lost."""
    random = Random(draw(st.integers(0, 2**32)))
    bound = draw(st.sampled_from((8, 64, 5000)))
    commands: list[tuple[object, ...]] = []
    for side in (0, 1):
        start = draw(st.sampled_from((0, 7, 2**31 - 20, 2**32 - 20, 2**32 - 1)))
        length = draw(st.integers(1, 2 * bound))
        text = random.randbytes(length)
        pieces = []
        at = 0
        while at < length:
            end = min(length, at + random.randint(1, max(1, length // random.randint(1, 12))))
            pieces.append((at, end))
            at = end
        pieces += [random.choice(pieces) for _ in range(random.randint(0, 5))]
        for _ in range(random.randint(0, 4)):
            at = random.randrange(length)
            pieces.append((at, min(length, at + random.randint(1, 40))))
        if random.random() < 0.7:
            for _ in range(random.randint(0, 6)):
                i, j = random.randrange(len(pieces)), random.randrange(len(pieces))
                pieces[i], pieces[j] = pieces[j], pieces[i]
        else:
            random.shuffle(pieces)
        lost = random.choice(pieces) if random.random() < 0.2 else None
        own: list[tuple[object, ...]] = [("begin", 0, side, start)] if random.random() < 0.9 else []
        for first, last in pieces:
            if (first, last) == lost:
                continue
            data = text[first:last] if random.random() < 0.8 else random.randbytes(last - first)
            own.append(("take", 0, side, (start + first) % 2**32, random.choice(DONE), data))
        if random.random() < 0.1:
            own.insert(random.randrange(len(own) + 1), ("stop", 0, side))
        commands += own
    order = draw(st.booleans())
    if order:
        sides = {side: [one for one in commands if one[2] == side] for side in (0, 1)}
        commands = []
        while sides[0] or sides[1]:
            side = random.choice([side for side in (0, 1) if sides[side]])
            commands.append(sides[side].pop(0))
    if draw(st.booleans()):
        commands.insert(random.randrange(len(commands) + 1), ("close", 0))
    for _ in range(draw(st.integers(0, 3))):
        commands.insert(random.randrange(len(commands) + 1), ("again",))
    return bound, commands


@settings(max_examples=300)
@given(traffic(), st.sampled_from(((), ("whole",))))
def test_any_traffic_gives_what_the_model_gives(
    run: Run, made: tuple[int, list[tuple[object, ...]]], whole: tuple[str, ...]
) -> None:
    against_model(run, *made, *whole)


@settings(max_examples=100)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_with_little_memory_directions_are_given_up_whole(run: Run, seed: int, buffers: int) -> None:
    """Bytes are what the model gives, or the direction has been given up and gives nothing any more."""
    random, bound = Random(seed), 3 * BUFFER
    model, commands, expected = StreamModel(bound), [], []
    for _ in range(60):
        flow, first = random.randrange(12), random.randrange(40)
        data = bytes(random.randbytes(random.choice((1, 5, 30))))
        seq, done = random.choice((0, first)), random.choice((0, 2, 10**6))
        expected += [(flow, given) for given in model.take(flow, 0, seq, done, data)]
        commands.append(f"take {flow} 0 {seq} {done} {data.hex()}")
        if random.random() < 0.1:
            model.close(flow)
            commands.append(f"close {flow}")
            expected.append((flow, None))
    *lines, counts = run(bound, buffers * BUFFER, commands)
    given_up: set[int] = set()
    for flow, wanted in expected:
        if wanted is None:
            given_up.discard(flow)
            continue
        line = lines.pop(0)
        if line != f"{wanted[0]} {wanted[1].hex()}":
            given_up.add(flow)
        assert flow not in given_up or line == "0 "
    _, _, evicted, in_use = map(int, counts.split())
    assert evicted >= len(given_up)
    assert in_use <= buffers * BUFFER


def test_a_direction_whose_readers_examine_too_much_is_given_up(run: Run) -> None:
    """32 bytes for each that came, and 131,072 besides; a direction that is saved keeps its debt."""
    begin = ["begin 0 0 0", "begin 0 1 0"]
    fair = ["charge 0 0 1 32", "again"] * 3
    debts = ["charge 0 1 1 65568", "again", "charge 0 1 1 65568", "charge 0 1 100 3200", "charge 0 1 1 33"]
    *lines, counter, _ = run(10, PLENTY, [*begin, *fair, *debts])
    assert lines == ["1"] * 6 + ["0"]
    assert counter == "streams_too_costly 1"
