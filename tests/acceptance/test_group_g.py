"""Group G: misuse of the Python interface and of the command line."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from tests.acceptance.cases import FOLDER, load
from tests.acceptance.public import command, part_rows
from tests.support.captures import pcap
from tests.support.packets import ACK, NOP, SYN, Ip4, Tcp, mss, packet, timestamps

DATA: dict[str, Any] = json.loads((FOLDER / "group_g.json").read_text(encoding="utf-8"))
SMALL = """\
classes = unix
[mtu]
label = Ethernet
sig = 1500
[tcp:request]
label = s:unix:A:x
sig = *:64:0:*:*,*:mss:df,id+:0
"""
SECOND = 10**9
LINUX = packet(Ip4(), Tcp())


def made(name: str, folder: Path) -> Path:
    """The path of a variant: absent, a folder, or a file that may not be read."""
    path = folder / name
    if name == "folder":
        path.mkdir()
    if name == "unreadable":
        if os.geteuid() == 0:
            pytest.skip("root may read every file")
        path.write_bytes(pcap([(0, LINUX)]))
        path.chmod(0)
    return path


def check_refused(done: Any, path: Path, words: str) -> None:
    """One line about the path on standard error, exit status 2."""
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if str(path) in line]
    assert len(lines) == 1
    assert words in lines[0]


@pytest.mark.parametrize("variant", DATA["160"], ids=lambda variant: str(variant["path"]))
class TestSignatureFileThatCannotBeRead:
    def test_compile(self, variant: dict[str, str], tmp_path: Path) -> None:
        path = made(variant["path"], tmp_path)
        with pytest.raises((hg.SignatureError, hg.DatabaseError)) as caught:
            hg.Database.compile(path)
        assert str(path) in str(caught.value)
        assert variant["words"] in str(caught.value)

    def test_load(self, variant: dict[str, str], tmp_path: Path) -> None:
        path = made(variant["path"], tmp_path)
        with pytest.raises(hg.DatabaseError) as caught:
            hg.Database.open(path)
        assert str(path) in str(caught.value)
        assert variant["words"] in str(caught.value)

    def test_command_line(self, variant: dict[str, str], tmp_path: Path) -> None:
        path = made(variant["path"], tmp_path)
        capture = tmp_path / "good.pcap"
        capture.write_bytes(pcap([(0, LINUX)]))
        check_refused(command("pcap", capture, "--db", path), path, variant["words"])
        checked = command("check", path)
        assert checked.returncode == 2
        assert variant["words"] in checked.stdout + checked.stderr
        assert "Traceback" not in checked.stderr
        check_refused(command("compile", path, "-o", tmp_path / "out.hgdb"), path, variant["words"])
        assert not (tmp_path / "out.hgdb").exists()


@pytest.mark.parametrize("variant", DATA["161"], ids=lambda variant: str(variant["path"]))
class TestCaptureThatCannotBeRead:
    def test_analyze(self, variant: dict[str, str], tmp_path: Path) -> None:
        path = made(variant["path"], tmp_path)
        with hg.Analyzer(None) as analyzer, pytest.raises(hg.CaptureError) as caught:
            list(analyzer.analyze_pcap(path))
        assert isinstance(caught.value, OSError)
        assert str(path) in str(caught.value)
        assert variant["words"] in str(caught.value)

    def test_command_line(self, variant: dict[str, str], tmp_path: Path) -> None:
        path = made(variant["path"], tmp_path)
        check_refused(command("pcap", path), path, variant["words"])


WRONG: dict[str, Any] = {"str": "E", "NoneType": None, "int": 69, "list": [69]}


class TestPacketArgument:
    @pytest.mark.parametrize("kind", DATA["162"]["wrong"])
    def test_wrong_type(self, kind: str) -> None:
        with pytest.raises(TypeError, match=rf"packet.*{kind}"):
            hg.fingerprint(WRONG[kind], db=None)
        with hg.Analyzer(None) as analyzer, pytest.raises(TypeError, match=kind):
            list(analyzer.analyze_packets([(0, WRONG[kind])]))

    @pytest.mark.parametrize("text", DATA["162"]["short"])
    def test_short_packet_is_truncated(self, text: str) -> None:
        result = hg.fingerprint(bytes.fromhex(text), db=None)
        assert result.drop == "truncated"
        assert list(part_rows(result)) == []

    def test_long_packet(self) -> None:
        data = LINUX + bytes(DATA["162"]["long"] - len(LINUX))
        assert [row for row, _ in part_rows(hg.fingerprint(data, db=None))] == [
            row for row, _ in part_rows(hg.fingerprint(LINUX, db=None))
        ]

    @pytest.mark.parametrize("buffer", [bytearray, memoryview])
    def test_other_buffers(self, buffer: Callable[[bytes], Any]) -> None:
        wanted = list(part_rows(hg.fingerprint(LINUX, db=None)))
        assert list(part_rows(hg.fingerprint(buffer(LINUX), db=None))) == wanted
        with hg.Analyzer(None) as analyzer:
            results = list(analyzer.analyze_packets([(0, buffer(LINUX))]))
        assert [row for result in results for row in part_rows(result)] == wanted


@pytest.mark.parametrize("number", DATA["163"]["linktypes"])
def test_unknown_link_type(number: int) -> None:
    with hg.Analyzer(None) as analyzer, pytest.raises(ValueError, match=str(number)) as caught:
        list(analyzer.analyze_packets([(0, LINUX)], linktype=number))
    for known in DATA["163"]["listed"]:
        assert known in str(caught.value)


@pytest.mark.parametrize("number", DATA["163"]["linktypes"])
def test_unknown_link_type_in_a_file_is_counted(number: int) -> None:
    with hg.Analyzer(None) as analyzer:
        assert list(analyzer.analyze_pcap(pcap([(0, LINUX)], linktype=number))) == []
        assert analyzer.stats.drops["unsupported_linktype"] == 1
        assert analyzer.stats.unsupported_linktypes == (number,)


@pytest.mark.parametrize("workers", [1, 3])
def test_unknown_link_types_are_named_each_once(workers: int) -> None:
    numbers = [9999, 1, 250, 9999, *range(300, 310)]
    captures = [pcap([(0, LINUX)] * 2, linktype=number) for number in numbers]
    with hg.Analyzer(None) as analyzer:
        assert list(analyzer.analyze_pcap(captures, workers=workers)) == []
        assert analyzer.stats.drops["unsupported_linktype"] == 2 * (len(numbers) - 1)
        assert analyzer.stats.unsupported_linktypes == (9999, 250, 300, 301, 302, 303, 304, 305)


class TestTimes:
    @pytest.mark.parametrize("text", DATA["164"]["refused"])
    def test_refused(self, text: str) -> None:
        value: Any = int(text) if text == "-1" else float(text)
        error = ValueError if text != "-0.5" else (TypeError, ValueError)
        with hg.Analyzer(None) as analyzer, pytest.raises(error, match="time"):
            list(analyzer.analyze_packets([(value, LINUX)]))

    def test_backwards(self) -> None:
        stamped = mss(1460) + NOP * 2
        ends = Ip4(source="198.51.100.2", destination="192.0.2.1")
        packets = [
            (10 * SECOND, packet(Ip4(), Tcp(seq=1000, options=stamped + timestamps(100_000)))),
            (
                9 * SECOND,
                packet(
                    ends,
                    Tcp(80, 40000, 5000, 1001, SYN | ACK, options=stamped + timestamps(500_000)),
                ),
            ),
            (
                8 * SECOND,
                packet(Ip4(), Tcp(seq=1001, ack=5001, flags=ACK, options=NOP * 2 + timestamps(101_000))),
            ),
        ]
        with hg.Analyzer(None) as analyzer:
            rows = [row for result in analyzer.analyze_packets(packets) for row, _ in part_rows(result)]
            assert analyzer.stats.analysed == 3
            assert analyzer.stats.syn_acks_without_syn == 0
        assert [row.partition("|")[0] for row in rows] == ["mod=syn", "mod=mtu", "mod=syn+ack", "mod=mtu"]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small database that can be loaded."""
    path = tmp_path_factory.mktemp("small") / "small.hgdb"
    hg.Database.compile(text=SMALL).save(path)
    assert len(hg.Database.open(path)) == 2
    return path.read_bytes()


class TestDamagedDatabase:
    def refused(self, data: bytes, folder: Path) -> str:
        path = folder / "damaged.hgdb"
        path.write_bytes(data)
        with pytest.raises(hg.DatabaseError) as caught:
            hg.Database.open(path)
        assert str(path) in str(caught.value)
        return str(caught.value)

    def test_truncated(self, image: bytes, tmp_path: Path) -> None:
        for length in [*range(min(len(image), 512)), *range(512, len(image), 97)]:
            assert self.refused(image[:length], tmp_path)

    def test_one_bit_flipped(self, image: bytes, tmp_path: Path) -> None:
        for place in [*range(min(len(image), 512)), *range(512, len(image), 97)]:
            damaged = bytearray(image)
            damaged[place] ^= 1 << place % 8
            assert self.refused(bytes(damaged), tmp_path)

    def test_longer(self, image: bytes, tmp_path: Path) -> None:
        assert self.refused(image + b"\0", tmp_path)

    def test_foreign(self, tmp_path: Path) -> None:
        assert self.refused(pcap([(0, LINUX)]), tmp_path)

    def test_command_line(self, image: bytes, tmp_path: Path) -> None:
        path, capture = tmp_path / "cut.hgdb", tmp_path / "good.pcap"
        path.write_bytes(image[:-1])
        capture.write_bytes(pcap([(0, LINUX)]))
        check_refused(command("pcap", capture, "--db", path), path, "")


class TestClosing:
    def test_second_close_is_harmless(self) -> None:
        analyzer = hg.Analyzer(None)
        analyzer.close()
        analyzer.close()

    @pytest.mark.parametrize("call", ["analyze_pcap", "batches"])
    def test_use_after_close(self, call: str) -> None:
        analyzer = hg.Analyzer(None)
        analyzer.close()
        with pytest.raises(hg.HuginnError, match="closed"):
            list(getattr(analyzer, call)(pcap([(0, LINUX)])))

    def test_packets_after_close(self) -> None:
        with hg.Analyzer(None) as analyzer:
            pass
        with pytest.raises(hg.HuginnError, match="closed"):
            list(analyzer.analyze_packets([(0, LINUX)]))

    def test_two_threads(self) -> None:
        """Each call gives its own results, or is refused; never a mixture."""
        capture = pcap([(0, packet(Ip4(), Tcp(sport=port))) for port in range(1, 2001)])
        found: list[list[str]] = []
        refused: list[hg.HuginnError] = []
        with hg.Analyzer(hg.Database.compile(text=SMALL)) as analyzer:

            def work() -> None:
                try:
                    found.append(
                        [row for result in analyzer.analyze_pcap(capture) for row, _ in part_rows(result)]
                    )
                except hg.HuginnError as error:
                    refused.append(error)

            work()
            threads = [threading.Thread(target=work) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert len(found) + len(refused) == 5
        assert len(found[0]) == 4000
        assert all(rows == found[0] for rows in found)

    def test_one_iterator_in_two_threads(self) -> None:
        """Python refuses to enter a generator twice; whatever comes out is in order."""
        capture = pcap([(0, packet(Ip4(), Tcp(sport=port))) for port in range(1, 2001)])
        numbers: list[int] = []
        with hg.Analyzer(None) as analyzer:
            results = analyzer.analyze_pcap(capture)

            def work() -> None:
                while True:
                    try:
                        numbers.append(next(results).packet_number)
                    except StopIteration:
                        return
                    except ValueError:
                        continue

            threads = [threading.Thread(target=work) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert sorted(numbers) == list(range(1, 2001))


def test_every_case_of_the_other_groups_is_there() -> None:
    """No case got lost: numbers 18 to 115 and 123 to 146, variants aside."""
    numbers = {case.case.partition(".")[0] for group in ("b", "c", "e") for case in load(group)}
    assert {int(number) for number in numbers if number.isdigit()} == {*range(18, 116), *range(123, 147)}
