"""The search for expensive packets: what it counts, that it climbs, and where its limits are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.builds import once
from tests.support.sanitizers import can_link
from tests.support.tls.conversation import record
from tools.bench.adversarial import tls
from tools.fuzz import building, cost
from tools.fuzz.cost import Cost, WorstInput
from tools.fuzz.cost_seeds import BYTE_BY_BYTE, FAMILIES, IN_NEW, SERVER_SENDS, step

HELLO = record(tls.ordinary_hello())
HEADERS = 14 + 20 + 20


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    clang = building.compiler()
    if clang is None:
        pytest.skip("clang is not installed")
    if not can_link(clang, tmp_path_factory.mktemp("probe"), "-fsanitize=fuzzer,address,undefined"):
        pytest.skip("clang has no fuzzer (Debian: libclang-rt-dev)")
    return once(
        "cost",
        lambda folder: building.build(
            clang, folder, cost.TARGETS, instrument=cost.COUNTED, known=cost.TARGETS
        ),
    )


def cost_of(built: Path, tmp_path: Path, *steps: bytes, family: str = "tls") -> Cost:
    path = tmp_path / "input"
    path.write_bytes(b"\0" + b"".join(steps))
    return cost.cost_of(built, family, path)


@pytest.mark.builds
def test_packets_and_bytes_are_those_of_the_steps(built: Path, tmp_path: Path) -> None:
    """The first handshake does not count, that of a new connection does."""
    size = len(HELLO) + HEADERS
    whole = cost_of(built, tmp_path, step(HELLO))
    assert (whole.packets, whole.captured) == (1, size)
    cut = cost_of(built, tmp_path, step(HELLO, BYTE_BY_BYTE))
    assert (cut.packets, cut.captured) == (len(HELLO), len(HELLO) * (HEADERS + 1))
    new = cost_of(built, tmp_path, step(HELLO, IN_NEW, doublings=2))
    assert (new.packets, new.captured) == (16, 4 * (size + 3 * HEADERS))


@pytest.mark.builds
def test_the_same_input_costs_the_same(built: Path, tmp_path: Path) -> None:
    found = {cost_of(built, tmp_path, step(HELLO), step(b"x", SERVER_SENDS, doublings=5)) for _ in range(3)}
    assert len(found) == 1


@pytest.mark.builds
def test_packets_are_those_that_the_engine_reads(built: Path, tmp_path: Path) -> None:
    """A capture of them stands beside the input."""
    import huginn_cffi as hg

    cost_of(built, tmp_path, step(HELLO, BYTE_BY_BYTE), step(HELLO, IN_NEW))
    analyzer = hg.Analyzer()
    for _ in analyzer.batches(tmp_path / "input.pcap"):
        pass
    assert analyzer.stats.packets == 3 + len(HELLO) + 3 + 1
    assert analyzer.stats.events_by_kind["tls_client"] == 2


@pytest.mark.builds
def test_it_climbs(built: Path, tmp_path: Path) -> None:
    """From one ordinary packet on, seconds are enough to find some that cost more; many on a busy machine."""
    for one in cost.TARGETS:
        (tmp_path / one).symlink_to(built / one)
    for seed in range(1, 31):
        found = cost.search(tmp_path, "dtls", 1, seed=seed)
        assert [one.path.name for one in found] == ["dtls-packet", "dtls-byte"]
        if min(found[0].packet_ratio, found[1].byte_ratio) > 1.1:
            break
    assert min(found[0].packet_ratio, found[1].byte_ratio) > 1.1
    again = cost.search(tmp_path, "dtls", 1, seed=31)
    assert again[0].packet_ratio >= found[0].packet_ratio
    assert again[1].byte_ratio >= found[1].byte_ratio


def test_a_fuzzer_that_fails_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """An input that crashed or took too long ends the family's run; the log says which."""
    program = tmp_path / "datagrams"
    program.write_text("#!/bin/sh\nexit 77\n")
    program.chmod(0o755)
    monkeypatch.setattr(cost, "compiler", lambda: "clang")
    monkeypatch.setattr(cost, "build", lambda *args, **kwargs: None)
    assert cost.main(["dtls", "--seconds", "1", "--folder", str(tmp_path)]) == 1
    said = capfd.readouterr().err
    assert said == f"cost.py: dtls: the fuzzer ended with 77; see {tmp_path}/dtls.log\n"


def test_limits() -> None:
    """Those of `tools.bench.adversarial`: 10 a packet, 20 a byte."""
    ordinary = Cost(100, 1, 100)
    assert Cost(2000, 2, 1000).ratios(ordinary) == (10, 2)
    assert WorstInput(Path("x"), ordinary, 10, 20).passes
    assert not WorstInput(Path("x"), ordinary, 10.1, 1).passes
    assert not WorstInput(Path("x"), ordinary, 1, 20.1).passes


def test_families_have_targets() -> None:
    assert {target for target, _, _ in FAMILIES.values()} == set(cost.TARGETS)
