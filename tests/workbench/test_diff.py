"""``huginn diff``: lines that differ, and answers that change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_workbench.diff import SignatureDiff, diff_signatures, open_signatures
from huginn_workbench.learning import LearningError
from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, mss, packet
from tests.support.sample import PATH as SAMPLE
from tests.support.tls.conversation import Conversation, client_hello, record
from tests.workbench.learning.build import linux_options, syn, write

OLD = """\
classes = unix,win
[mtu]
label = Ethernet
sig = 1500
[tcp:request]
label = s:unix:Linux:5
; source: one; high
sig = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig = *:64:0:*:mss*45,7:mss,sok,ts,nop,ws:df,id+,flow:0
label = g:unix:Linux:
sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+,flow:0
[tcp:response]
label = s:win:Windows:11
sig = *:128:0:*:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0
"""


def diff(old: str, new: str, *captures: Path) -> SignatureDiff:
    return diff_signatures(hg.Database.compile(text=old), hg.Database.compile(text=new), captures)


def lines(found: SignatureDiff) -> list[tuple[str, int, int, str]]:
    """Kind, line before and after (0: none), and the words."""
    return [
        (one.kind, one.before.line if one.before else 0, one.after.line if one.after else 0, one.what)
        for one in found.lines
    ]


def test_nothing_differs() -> None:
    found = diff(OLD, "; a comment\n" + OLD)
    assert (found.lines, found.answers, found.packets, found.changed) == ((), (), 0, 0)
    assert str(found) == "lines: 0 added, 0 removed, 0 changed, 0 moved"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("sig = 1500\n", "sig = 1500\nsig = 1492\n"), [("added", 0, 5, "")]),
        (("sig = 1500\n", ""), [("removed", 4, 0, "")]),
        (
            ("label = Ethernet", "label = Ethernet or Wi-Fi"),
            [("changed", 4, 4, "label Ethernet becomes Ethernet or Wi-Fi")],
        ),
        (("mss*44,7", "mss*44,8"), [("changed", 8, 8, "wscale changed")]),
        (("mss*44,7", "65535,8"), [("changed", 8, 8, "window, wscale changed")]),
        (
            ("one; high", "one; low"),
            [
                (("changed", 8, 8, "source 'one; high' becomes 'one; low'")),
                ("changed", 9, 9, "source 'one; high' becomes 'one; low'"),
            ],
        ),
        (
            ("s:win:Windows:11", "g:win:Windows:10 or 11"),
            [("changed", 14, 14, "label s:win:Windows:11 becomes g:win:Windows:10 or 11")],
        ),
        (("8192,8:mss,nop,ws", "8192,8:mss,ws,nop"), [("removed", 14, 0, ""), ("added", 0, 14, "")]),
    ],
    ids=["added", "removed", "label", "scale", "window", "source", "kind", "another layout"],
)
def test_lines(change: tuple[str, str], expected: list[tuple[str, int, int, str]]) -> None:
    assert change[0] in OLD
    assert lines(diff(OLD, OLD.replace(*change, 1))) == expected


def test_answers_about_hellos_and_messages(tmp_path: Path) -> None:
    hello = record(client_hello())
    request = b"GET / HTTP/1.1\r\nHost: a\r\nX-Mine: 1\r\n\r\n"
    talks = (
        Conversation(40001).handshake().client(0, hello),
        Conversation(40002).handshake().client(0, request),
    )
    path = tmp_path / "talks.pcap"
    path.write_bytes(pcap([packet for talk in talks for packet in talk.timed()], nanoseconds=True))
    ja4 = next(one.tls_client.signature.ja4 for one in hg.Analyzer(None).analyze_pcap(path) if one.tls_client)
    sections = (
        f"[tls:client]\nlabel = s:!:One:1\nsys =\nsig = {ja4}\n",
        "[http:request]\nlabel = s:!:One:1\nsys =\nsig = 1:Host,X-Mine::\n",
    )
    found = diff("".join(sections), "".join(sections).replace("One:1", "Two:2"), path)
    assert [(one.section, one.before, one.after, one.support.packet) for one in found.answers] == [
        ("http:request", "One 1", "Two 2", 8),
        ("tls:client", "One 1", "Two 2", 4),
    ]
    assert (found.packets, found.changed) == (6, 2)
    assert f"! TLS client, 1 host, 1 packet ({path}, packet 4):\n  One 1 by " in str(found)
    assert diff(sections[1], sections[1], path).answers == ()


def test_moved_lines_are_as_few_as_possible() -> None:
    numbers = [f"sig = *:64:0:*:{1000 + n},0:mss::0" for n in range(6)]
    head = "classes = x\n[tcp:request]\nlabel = s:x:A:\n"
    found = diff(head + "\n".join(numbers), head + "\n".join([numbers[4], *numbers[:4], numbers[5]]))
    assert lines(found) == [("moved", 8, 4, "stands elsewhere among the others")]


def test_a_line_that_is_there_twice() -> None:
    twice = OLD.replace("sig = 1500\n", "sig = 1500\nsig = 1500\n")
    assert [(one.kind, one.after.line if one.after else 0) for one in diff(OLD, twice).lines] == [
        ("added", 5)
    ]


def test_answers(tmp_path: Path) -> None:
    linux = [syn(number, window=64240, options=linux_options(1460)) for number in (1, 2)]
    other = syn(3, window=1000, options=linux_options(1460))
    path = write(tmp_path / "a.pcap", *linux, other)
    found = diff(OLD, OLD.replace("mss*44,7", "mss*44,8"), path)
    assert (found.packets, found.changed) == (3, 2)
    (answer,) = found.answers
    assert (answer.direction, answer.before, answer.after) == ("request", "Linux 5", "Linux (generic)")
    assert (answer.before_place, answer.after_place) == ("<text>:8", "<text>:11")
    assert (answer.support.hosts, answer.support.packets, answer.support.packet) == (2, 2, 1)


def test_names_of_links(tmp_path: Path) -> None:
    plain = Tcp(options=mss(1460))
    path = write(tmp_path / "a.pcap", packet(Ip4(), plain))
    found = diff(OLD, OLD.replace("label = Ethernet", "label = Cable"), path)
    assert [(one.before, one.after, one.after_place) for one in found.answers] == [
        ("link Ethernet", "link Cable", "<text>:4")
    ]
    assert (found.packets, found.changed) == (1, 1)


def test_signatures_come_from_files_folders_and_the_package(tmp_path: Path) -> None:
    head, _, tail = OLD.partition("[tcp:request]")
    (tmp_path / "1.fp").write_text(head)
    (tmp_path / "2.fp").write_text("classes = unix,win\n[tcp:request]" + tail)
    (tmp_path / "own.hgdb").write_bytes(b"")
    hg.Database.compile(text=OLD).save(tmp_path / "own.hgdb")
    assert len(open_signatures(tmp_path)) == len(open_signatures(tmp_path / "own.hgdb")) == 5
    assert len(open_signatures("default")) == len(hg.Database.load_default())
    assert lines(diff_signatures(open_signatures(tmp_path), open_signatures(tmp_path / "own.hgdb"))) == []


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.fp", tmp_path / "new.fp"
    old.write_text(OLD)
    new.write_text(
        OLD.replace("label = s:unix:Linux:5", "label = s:unix:Linux:5 or newer").replace("sig = 1500", "")
    )
    assert main(["diff", str(old), str(new), str(SAMPLE)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert (
        printed[0]
        == f"- {old}:8: [tcp:request] s:unix:Linux:5 *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0"
    )
    assert printed[2] == "  label s:unix:Linux:5 becomes s:unix:Linux:5 or newer"
    assert printed[-2] == "lines: 0 added, 1 removed, 2 changed, 0 moved"
    assert printed[-1] == "packets: 14 of 17 get another answer"
    assert main(["diff", "--format", "json", str(old), str(new), str(SAMPLE)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"lines", "answers", "packets", "changed"}
    assert (found["packets"], found["changed"]) == (17, 14)
    assert found["lines"][-1]["before"] == {
        "section": "mtu",
        "label": "Ethernet",
        "text": "1500",
        "file": str(old),
        "line": 4,
        "provenance": "",
    }


def test_what_a_file_adds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plant.fp"
    path.write_text(
        "classes = unix\n[tcp:request]\nlabel = s:unix:Plant:1\nsig = *:77:0:1234:9999,0:mss::0 ; lab\n"
    )
    assert main(["diff", "default", str(tmp_path)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed == [
        f"+ {path}:4: [tcp:request] s:unix:Plant:1 *:77:0:1234:9999,0:mss::0",
        "lines: 1 added, 0 removed, 0 changed, 0 moved",
    ]
    assert main(["diff", str(tmp_path), str(path)]) == 0
    assert capsys.readouterr().out == "lines: 0 added, 0 removed, 0 changed, 0 moved\n"
    assert main(["check", "--strict", str(tmp_path)]) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.fp", "default"], "nowhere.fp: No such file or directory"),
        (["default", "default", "nowhere.pcap"], "nowhere.pcap: there is no such capture"),
        (["default"], "Missing argument 'B.fp'"),
    ],
)
def test_refused_in_one_line(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *arguments]) == 2
    assert message in capsys.readouterr().err.splitlines()[-1]


def test_captures_of_folders_and_patterns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "below" / "deeper"
    folder.mkdir(parents=True)
    assert main(["diff", "default", "default", str(tmp_path)]) == 2
    assert "the folder holds no captures" in capsys.readouterr().err
    write(folder / "one.pcap", syn(1), syn(2))
    (folder / "notes.txt").write_text("not a capture")
    for named in (tmp_path, tmp_path / "*" / "*" / "*.pcap"):
        assert main(["diff", "--format", "json", "default", "default", str(named)]) == 0
        printed = capsys.readouterr()
        assert json.loads(printed.out)["packets"] == 2
        assert ("left out 1 file of an unknown format" in printed.err) == (named is tmp_path)


def test_a_folder_without_signatures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(tmp_path), "default"]) == 2
    assert "no .fp file" in capsys.readouterr().err


def test_a_damaged_capture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "cut.pcap", syn(1), syn(1))
    path.write_bytes(path.read_bytes()[:-9])
    assert main(["diff", "default", "default", str(path)]) == 1
    out, err = capsys.readouterr()
    assert "packets: 0 of 1 get another answer" in out
    assert "cut.pcap: truncated at record 2" in err
    with pytest.raises(hg.CaptureError):
        diff(OLD, OLD, path)
    with pytest.raises(LearningError):
        diff(OLD, OLD, tmp_path / "nowhere.pcap")


LABEL_CHANGED = "label s:!:Browser:1 becomes s:!:Browser:1-2"
CLIENTS = """\
[tls:client]
label = s:!:Browser:1
sys =
sig = t13d1516h2_8daaf6152771_d8a2da3f94cd
sig = t13d0306h2_111111111111_222222222222
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("Browser:1", "Browser:1-2"), [("changed", n, n, LABEL_CHANGED) for n in (4, 5)]),
        (("d8a2da3f94cd", "*"), [("changed", 4, 4, "extensions changed")]),
        (("t13d1516h2", "*"), [("changed", 4, 4, "first part changed")]),
        (("8daaf6152771", "999999999999"), [("removed", 4, 0, ""), ("added", 0, 4, "")]),
        (("sig = t13d1516h2_8daaf6152771_d8a2da3f94cd\n", ""), [("removed", 4, 0, "")]),
    ],
)
def test_lines_of_tls_clients(change: tuple[str, str], expected: list[tuple[str, int, int, str]]) -> None:
    assert lines(diff(CLIENTS, CLIENTS.replace(*change))) == expected


MESSAGES = """\
[http:request]
label = s:!:Browser:1
sys =
sig = 1:Host,User-Agent,Accept=[a:b]:X-Bot:Browser
sig = 1:User-Agent,Host::Browser
[http:response]
label = s:!:Server:1
sys =
sig = 1:User-Agent,Host::Browser
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("Browser:1", "Browser:1-2"), [("changed", n, n, LABEL_CHANGED) for n in (4, 5)]),
        (("a:b", "a:c"), [("removed", 4, 0, ""), ("added", 0, 4, "")]),
        (("Host::", "Host:X-Bot:"), [("removed", 5, 0, ""), ("added", 0, 5, "")]),
        (
            ("sig = 1:User-Agent,Host::Browser\n", ""),
            [
                ("removed", 5, 0, ""),
            ],
        ),
    ],
)
def test_lines_of_http(change: tuple[str, str], expected: list[tuple[str, int, int, str]]) -> None:
    assert lines(diff(MESSAGES, MESSAGES.replace(*change, 1))) == expected
