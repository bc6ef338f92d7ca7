"""Fetching captures, running tools, and what the checks find."""

from __future__ import annotations

import gzip
import subprocess
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path

import pytest

from huginn_workbench.benchmark.adapters import huginn
from huginn_workbench.benchmark.adapters.ndpi import read_output
from huginn_workbench.benchmark.checks import cheating, decoy_capture, doubtful_labels, other_checksum
from huginn_workbench.benchmark.fetch import fetch
from huginn_workbench.benchmark.lists import CaptureSource, LabelledHost
from huginn_workbench.benchmark.page import BenchmarkResult, html, result_of, sentences, summary
from huginn_workbench.benchmark.run import AnswerRow, run
from huginn_workbench.benchmark.score import calibration, graded, scores
from huginn_workbench.benchmark.tools import ToolAnswer, ToolMissingError
from tests.support.captures import enhanced, interface, pcap, section
from tests.support.packets import Ip4, checksum, packet
from tests.workbench.benchmark.test_scores import HOST, label, labelled, said, source
from tests.workbench.evaluation.build import LINUX, WINDOWS


def syns(tmp_path: Path, name: str = "a.pcap") -> Path:
    """A SYN of Linux from `HOST`, and one of Windows from 192.0.2.2."""
    frames = [
        packet(Ip4(source=HOST, ttl=64), LINUX),
        packet(Ip4(source="192.0.2.2", ttl=128), WINDOWS),
    ]
    path = tmp_path / name
    path.write_bytes(pcap((number, frame) for number, frame in enumerate(frames)))
    return path


# ---- fetching --------------------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=n", "-c", "user.email=n@example.org", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository ``org/one`` with a capture as it is, gzipped, and in an archive."""
    folder = tmp_path / "base" / "org" / "one"
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet")
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    (folder / "a.pcap").write_bytes(b"plain")
    (folder / "b.pcap.gz").write_bytes(gzip.compress(b"zipped"))
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("inner.pcap", b"member")
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", "captures")
    return folder


def listed(capture: str, path: str, content: bytes, repository: str = "org/one") -> CaptureSource:
    return CaptureSource(capture, repository, "", path, sha256(content).hexdigest(), "", "MIT", "")


def test_captures_are_fetched_unpacked_and_kept(repository: Path, tmp_path: Path) -> None:
    wanted = [
        listed("a.pcap", "a.pcap", b"plain"),
        listed("b.pcap", "b.pcap.gz", b"zipped"),
        listed("c.pcap", "c.zip!inner.pcap", b"member"),
    ]
    base, folder = f"file://{tmp_path / 'base'}/", tmp_path / "captures"
    shown: list[str] = []
    assert fetch(folder, wanted[:1], shown.append, base) == []
    assert fetch(folder, wanted, shown.append, base) == []
    assert [(folder / one.capture).read_bytes() for one in wanted] == [b"plain", b"zipped", b"member"]
    assert shown == ["1 of 1: a.pcap", "2 of 3: b.pcap", "3 of 3: c.pcap"]  # the second run kept the first
    assert fetch(folder, wanted, shown.append, "file:///nowhere/") == []  # nothing is missing


def test_a_pinned_commit_is_fetched(repository: Path, tmp_path: Path) -> None:
    commit = git(repository, "rev-parse", "HEAD")
    (repository / "a.pcap").write_bytes(b"newer")
    git(repository, "commit", "--quiet", "-am", "newer")
    pinned = CaptureSource("a.pcap", "org/one", commit, "a.pcap", sha256(b"plain").hexdigest(), "", "MIT", "")
    assert fetch(tmp_path / "captures", [pinned], print, f"file://{tmp_path / 'base'}/") == []


def test_gone_and_changed_captures_are_named(repository: Path, tmp_path: Path) -> None:
    wanted = [
        listed("a.pcap", "a.pcap", b"as it was"),
        listed("d.pcap", "d.pcap", b"x"),
        listed("e.pcap", "e.pcap", b"x", "org/vanished"),
        listed("c.pcap", "c.zip!absent.pcap", b"x"),
    ]
    changed, gone, unpacked, vanished = fetch(
        tmp_path / "captures", [*wanted[:2], wanted[3], wanted[2]], print, f"file://{tmp_path / 'base'}/"
    )
    assert sha256(b"plain").hexdigest() in changed
    assert sha256(b"as it was").hexdigest() in changed
    assert gone == "d.pcap: org/one has no d.pcap any more"
    assert unpacked.startswith("c.pcap: c.zip cannot be unpacked")
    assert vanished.startswith("e.pcap: org/vanished cannot be fetched: ")
    assert [path.name for path in (tmp_path / "captures").iterdir()] == [".git"]


def test_a_download_that_breaks_off_is_not_a_capture_that_is_gone(repository: Path, tmp_path: Path) -> None:
    """The commit lists the file, but the server cannot send it; the next run gets it."""
    blob = git(repository, "rev-parse", "HEAD:a.pcap")
    place = repository / ".git" / "objects" / blob[:2] / blob[2:]
    place.rename(repository / "kept")
    wanted, base = [listed("a.pcap", "a.pcap", b"plain")], f"file://{tmp_path / 'base'}/"
    [problem] = fetch(tmp_path / "captures", wanted, print, base)
    assert problem.startswith("a.pcap: a.pcap cannot be fetched: ")
    assert problem.endswith("; run it again")
    (repository / "kept").rename(place)
    assert fetch(tmp_path / "captures", wanted, print, base) == []


# ---- running ---------------------------------------------------------------------------------------------

CRASHING = """
NAME = "crashing"
def version():
    return "1"
def answers(capture):
    from huginn_workbench.benchmark.tools import ToolAnswer
    yield ToolAnswer("192.0.2.1", "syn", "Linux")
    raise RuntimeError("in the middle")
"""
SILENT = 'NAME = "silent"\ndef version():\n    return "1"\ndef answers(capture):\n    return iter(())\n'


def adapter_file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "adapter.py"
    path.write_text(text)
    return str(path)


def test_a_crash_keeps_what_precedes_it_and_the_next_tool_runs(tmp_path: Path) -> None:
    captures, sources = {"a.pcap": syns(tmp_path)}, {"a.pcap": source()}
    hosts = labelled(label(HOST, "family", "Linux"), label("192.0.2.2", "family", "Windows"))
    shown: list[str] = []
    rows = [*run([adapter_file(tmp_path, CRASHING), "huginn"], captures, sources, hosts, shown.append)]
    assert "crashing failed on a.pcap: RuntimeError: in the middle" in shown
    grades = {
        (one.tool, one.host.first.host): one.grade for one in graded(hosts, rows) if one.view == "handshake"
    }
    assert grades == {
        ("crashing", HOST): "right",
        ("crashing", "192.0.2.2"): "silent",
        ("huginn", HOST): "right",
        ("huginn", "192.0.2.2"): "right",
    }


def test_a_tool_that_says_nothing_is_in_the_table(tmp_path: Path) -> None:
    hosts = labelled(label(HOST, "family", "Linux"))
    captures = {"a.pcap": syns(tmp_path)}
    rows = [*run([adapter_file(tmp_path, SILENT)], captures, {"a.pcap": source()}, hosts, print)]
    assert [(one.tool, one.grade) for one in graded(hosts, rows)] == [("silent", "silent")]


def test_a_missing_tool_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for tool in ("p0f", "ndpi"):
        with pytest.raises(ToolMissingError, match="apt-get install"):
            [*run([tool], {}, {}, [], print)]


NDPI_OUTPUT = """\
\t1\tTCP 192.0.2.1:46882 <-> 198.51.100.1:80 [7/HTTP][User-Agent: Mozilla/5.0 (Windows NT 6.1; rv:12.0)]
\t2\tUDP 192.0.2.2:68 <-> 192.0.2.254:67 [DHCP][DHCP Class Ident: android-dhcp-9]
\t3\tTCP [2001:db8::1]:500 -> [2001:db8::2]:80 [7/HTTP][User-Agent: curl/8.0]
"""


def test_recorded_output_of_ndpi() -> None:
    assert [answer[:4] for answer in read_output(NDPI_OUTPUT)] == [
        ("192.0.2.1", "host", "Windows", "7 or 2008 R2"),
        ("192.0.2.2", "host", "Android", "9"),
    ]


# ---- checks ----------------------------------------------------------------------------------------------


def test_three_wrong_labels_are_found(tmp_path: Path) -> None:
    """One that the packet refutes, one of a host that sends nothing, one that every tool contradicts."""
    captures, sources = {"a.pcap": syns(tmp_path)}, {"a.pcap": source()}
    right = labelled(label(HOST, "family", "Linux"), label("192.0.2.2", "family", "Windows"))
    rows = [*run(["huginn"], captures, sources, right, print)]
    rows += said("x", ToolAnswer(HOST, "host", maker="Canon"), ToolAnswer("192.0.2.2", "syn", "Windows"))
    assert [*doubtful_labels(right, captures, rows)] == []
    wrong = labelled(
        label(HOST, "family", "Windows"),
        label(HOST, "maker", "Epson"),
        label("192.0.2.2", "family", "Windows"),
        label("192.0.2.77", "family", "Linux"),
    )
    found = [*doubtful_labels(wrong, captures, rows)]
    assert "a.pcap: 192.0.2.77: no tool sees this host" in found
    assert any("192.0.2.1: Windows is refuted: options in Linux's order" in line for line in found)
    assert "a.pcap: 192.0.2.1: maker Epson is contradicted: x says Canon" in found
    assert not any("192.0.2.2" in line for line in found)


class PathAdapter:
    """An adapter that answers with a function of the capture's path."""

    NAME = "tested"

    def __init__(self, *answers: ToolAnswer, only: str = "", digest: str = "") -> None:
        self._answers, self._only, self._digest = answers, only, digest

    def version(self) -> str:
        return "1"

    def answers(self, capture: Path) -> Iterator[ToolAnswer]:
        named = not self._only or capture.name == self._only
        if named and self._digest in ("", sha256(capture.read_bytes()).hexdigest()):
            yield from self._answers


def test_cheating_is_found(tmp_path: Path) -> None:
    path = syns(tmp_path)
    hosts, captures = labelled(label(HOST, "family", "Linux")), {"a.pcap": path}
    known = ToolAnswer(HOST, "syn", "Linux")
    by_name, by_sum = (
        PathAdapter(known, only="a.pcap"),
        PathAdapter(known, digest=sha256(path.read_bytes()).hexdigest()),
    )
    assert [*cheating(by_name, hosts, captures)] == [
        "tested: other answers about a renamed copy of a.pcap",
        "tested: family of 192.0.2.1 without evidence in a.pcap",
    ]
    assert len([*cheating(by_sum, hosts, captures)]) == 1
    assert len([*cheating(PathAdapter(known), hosts, captures)]) == 1  # knows the address
    assert [*cheating(huginn, hosts, captures)] == []


def test_copies_have_the_same_packets(tmp_path: Path) -> None:
    frame = packet(Ip4(source=HOST, ttl=64), LINUX)
    for order in ("<", ">"):
        content = section(order) + interface(order=order) + enhanced(frame, order=order)
        for name, one in (("a", content), ("b", other_checksum(content))):
            (tmp_path / name).write_bytes(one)
        assert content != other_checksum(content)
        first, second = ([*huginn.answers(tmp_path / name)] for name in ("a", "b"))
        assert first == second != []


def test_a_decoy_is_a_capture_that_shows_no_system(tmp_path: Path) -> None:
    path = tmp_path / "decoy.pcap"
    content = decoy_capture([HOST, "192.0.2.2"])
    path.write_bytes(content)
    datagrams = [content[24 + 16 + 44 * number :][:28] for number in range(2)]
    assert [str(ip_address(one[12:16])) for one in datagrams] == [HOST, "192.0.2.2"]
    assert [checksum(one[:20]) for one in datagrams] == [0, 0]
    assert [one for one in huginn.answers(path) if one.family or one.type or one.maker] == []


# ---- the result ------------------------------------------------------------------------------------------


def result() -> BenchmarkResult:
    hosts = labelled(label(HOST, "family", "Linux"), label("192.0.2.2", "family", "<b>"))
    rows = said("huginn", ToolAnswer(HOST, "syn", "Linux", confidence="0.9"))
    rows += [AnswerRow("other", "2", "a.pcap", ToolAnswer("192.0.2.2", "syn", "<b>"))]
    found = [*graded(hosts, rows)]
    counted = scores(found, {"a.pcap": source()})
    return BenchmarkResult("2026-11-29", "0" * 8, {"huginn": "1"}, 1, counted, [*calibration(found)])


def test_a_result_survives_json() -> None:
    assert result_of(result().to_json()) == result()


def test_sentences_name_both_sides() -> None:
    (text,) = sentences(result().scores)
    assert text == (
        "other is better at family by handshake for family <b> (1 of 1, huginn 0);"
        " family by host for family <b> (1 of 1, huginn 0)."
        " huginn is better at nothing that is measured here."
    )


def test_the_page_has_two_pictures_and_no_foreign_markup() -> None:
    page = html(result())
    assert page.count("<svg ") == 2
    assert '<th class="number">hosts</th>' in page
    assert "<th>tool</th>" in page
    assert "<b>" not in page
    assert "2026-11-29" in page
    assert len([*summary(result())]) > 10


def test_hosts_without_a_label_of_a_field_are_not_counted() -> None:
    host = LabelledHost(label(HOST, "type", "printer"), {"type": "printer"})
    assert {one.field for one in graded([host], said("x", ToolAnswer(HOST, "host", "Linux")))} == {"type"}
