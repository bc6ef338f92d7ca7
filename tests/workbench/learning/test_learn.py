"""From labelled traffic to lines: what is proposed, refused, known, and changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_workbench.learning import Learned, LearningError, learn
from tests.support.core import handshake_files
from tests.support.packets import ACK, PSH, Ip4, Tcp, eol, mss, packet, reply, timestamps, wscale
from tests.workbench.learning.build import (
    BASE,
    NOP,
    SERVER4,
    SOK,
    linux_options,
    own_options,
    syn,
    syn6,
    write,
    write_labels,
)

LAYOUT = "mss,ws,nop,sok,nop,nop"
LINE = f"4:64:0:*:mss*4,3:{LAYOUT}:df,id+:0"


def proposed(found: Learned) -> list[tuple[str, str, str]]:
    return [(str(item.system), item.direction, item.text) for item in found.proposals]


def test_a_capture_of_one_system(tmp_path: Path, base: hg.Database) -> None:
    path = write(tmp_path / "new.pcap", syn(1), syn(1, ttl=57), syn(1, size=1400))
    found = learn(path, system="Pump 2.1", database=base)
    assert proposed(found) == [("Pump 2.1", "request", LINE)]
    assert found.text == (
        "; Proposed by huginn learn from new.pcap. Look at names and versions before you keep them.\n"
        "\n"
        "classes = other\n"
        "\n"
        "[tcp:request]\n"
        "\n"
        "label = s:other:Pump:2.1\n"
        "; source: captures 2026 (1 labelled host); medium\n"
        f"sig   = {LINE}\n"
    )
    (change,) = found.changes
    assert (change.before, change.after, change.support.packets) == ("???", "Pump 2.1", 3)
    assert (found.refusals, found.known, found.notes) == ((), (), ())


@pytest.mark.parametrize("first", [True, False], ids=["learned lines first", "default lines first"])
def test_lines_compile_beside_the_default_database_and_name(
    tmp_path: Path, unnamed: Path, first: bool
) -> None:
    found = learn(unnamed, system="Pump 2.1", hosts=["10.0.0.0/24"])
    path = tmp_path / "pump.fp"
    path.write_text(found.text, encoding="utf-8")
    defaults = handshake_files()
    database = hg.Database.compile([path, *defaults] if first else [*defaults, path])
    assert database.warnings == ()
    match = hg.fingerprint(syn(9, ttl=50, size=1380), db=database).syn
    assert match is not None
    assert match.match is not None
    assert (match.match.name, match.match.flavor, match.match.quality) == ("Pump", "2.1", 1.0)
    names = [
        str(result.syn.match)
        for result in hg.Analyzer(database).analyze_pcap(unnamed)
        if result.syn is not None
    ]
    assert names == ["Pump 2.1"] * 3


def test_the_captured_host_is_found_among_several(tmp_path: Path, base: hg.Database) -> None:
    """It takes part in every conversation, also where others call it."""
    calls = [syn(1), syn(1, dport=443), syn6(1)]
    called = packet(Ip4(source="10.0.0.9", destination="10.0.0.1"), Tcp(options=linux_options(1460)))
    path = write(tmp_path / "own.pcap", *calls, called)
    assert proposed(learn(path, system="Pump", database=base)) == [
        ("Pump", "request", f"*:64:0:*:mss*4,3:{LAYOUT}:df,id+,flow:0")
    ]
    path = write(tmp_path / "two.pcap", *calls, called, syn(9))
    with pytest.raises(LearningError, match=r"2 hosts send SYNs|3 hosts send SYNs"):
        learn(path, system="Pump", database=base)


def test_a_whole_label_gives_the_class(unnamed: Path, base: hg.Database) -> None:
    found = learn(unnamed, system="s:unix:Pump:2.1", hosts=["10.0.0.1", "10.0.0.2"], database=base)
    assert "classes = unix\n" in found.text
    assert "label = s:unix:Pump:2.1\n" in found.text


def test_a_known_family_brings_its_class(unnamed: Path, base: hg.Database) -> None:
    assert (
        "label = s:unix:Linux:6.1\n"
        in learn(unnamed, system="Linux 6.1", hosts=["10.0.0.0/8"], database=base).text
    )


def test_support_decides_the_last_word_of_the_provenance(tmp_path: Path, base: hg.Database) -> None:
    words = []
    for hosts in (1, 2, 3):
        path = write(tmp_path / "hosts.pcap", *(syn(number) for number in range(1, hosts + 1)))
        found = learn(path, system="Pump", hosts=["10.0.0.0/8"], database=base, source="own captures")
        words.append(found.proposals[0].provenance)
    assert words == [
        "own captures 2026 (1 labelled host); medium",
        "own captures 2026 (2 labelled hosts); medium",
        "own captures 2026 (3 labelled hosts); high",
    ]


def test_both_directions_of_a_host(tmp_path: Path, base: hg.Database) -> None:
    client = Ip4(source="10.0.0.9", destination="10.0.0.1")
    asked = Tcp(sport=999, window=64240, options=linux_options(1460))
    answered = reply(client, asked, window=5840, options=own_options(1460))
    path = write(tmp_path / "both.pcap", syn(1), packet(client, asked), answered)
    found = learn(path, system="Pump", hosts=["10.0.0.1"], database=base)
    assert proposed(found) == [("Pump", "request", LINE), ("Pump", "response", LINE)]
    assert "[tcp:request]" in found.text
    assert "[tcp:response]" in found.text


def test_a_line_of_another_family_is_not_taken_over(tmp_path: Path, base: hg.Database) -> None:
    path = write(tmp_path / "like.pcap", syn(1, window=64240, options=linux_options(1460)))
    found = learn(path, system="Pump 2.1", database=base)
    assert (found.proposals, found.text, found.changes) == ((), "", ())
    (refusal,) = found.refusals
    assert refusal.text == "4:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+:0"
    assert refusal.reason == "<text>:6 (Linux 4.19-6.15) describes the same packets"


def test_a_line_is_narrowed_until_it_takes_nothing(tmp_path: Path, base: hg.Database) -> None:
    """Scales 7 and 9 would make a wildcard; with 7 the packets are those of Linux."""
    packets = [syn(1, window=64240, options=linux_options(1460, shift)) for shift in (7, 9)]
    path = write(tmp_path / "like.pcap", *packets)
    found = learn(path, system="Pump", database=base)
    assert [item.text for item in found.proposals] == ["4:64:0:*:mss*44,9:mss,sok,ts,nop,ws:df,id+:0"]
    assert "Linux 4.19-6.15" in found.proposals[0].narrowed
    assert [item.text for item in found.refusals] == ["4:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+:0"]


def test_a_generic_line_of_another_family_may_be_narrowed(tmp_path: Path, base: hg.Database) -> None:
    path = write(tmp_path / "like.pcap", syn(1, window=65535, options=linux_options(1460, 9)))
    found = learn(path, system="Android 12", database=base)
    assert proposed(found) == [("Android 12", "request", "4:64:0:*:65535,9:mss,sok,ts,nop,ws:df,id+:0")]
    (change,) = found.changes
    assert (change.before, change.after) == ("Linux (generic)", "Android 12")


def test_a_generic_line_is_not_repeated_by_a_specific_one(tmp_path: Path, base: hg.Database) -> None:
    """Twenty windows and three scales tell nothing that the generic line does not."""
    spread = [syn(1, window=1001 + 2 * n, options=linux_options(1460, n % 3)) for n in range(20)]
    spread += [syn6(1, window=1001 + 2 * n, options=linux_options(1440, n % 3)) for n in range(20)]
    found = learn(write(tmp_path / "wide.pcap", *spread), system="Linux 7.0", database=base)
    assert [item.text for item in found.proposals] == [
        f"*:64:0:*:*,{scale}:mss,sok,ts,nop,ws:df,id+,flow:0" for scale in (0, 1, 2)
    ]
    assert "<text>:13 (Linux) is as narrow" in found.proposals[0].narrowed
    body = found.text.replace("classes = unix\n", "")
    assert hg.Database.compile(text=BASE + body).warnings == ()


def test_a_line_does_not_cover_one_of_its_own_family(tmp_path: Path, base: hg.Database) -> None:
    """Scales 8 and 9 would make a wildcard, which holds the line with 7 too."""
    packets = [syn(1, window=64240, options=linux_options(1460, shift)) for shift in (8, 9)]
    packets += [syn6(1, window=63360, options=linux_options(1440, shift)) for shift in (8, 9)]
    found = learn(write(tmp_path / "a.pcap", *packets), system="Linux 7.0", database=base)
    assert [item.text for item in found.proposals] == [
        f"*:64:0:*:mss*44,{scale}:mss,sok,ts,nop,ws:df,id+,flow:0" for scale in (8, 9)
    ]
    assert "the compiler would warn: <text>:6: line 6 can never match" in found.proposals[0].narrowed


def labelled(folder: Path, *rows: tuple[str, int, str, str, str, str]) -> Path:
    return write_labels(folder / "labels.csv", rows)


def test_labels(tmp_path: Path, base: hg.Database) -> None:
    write(tmp_path / "a.pcap", syn(1), syn(2), syn(3, window=64240, options=linux_options(1460)))
    labels = labelled(
        tmp_path,
        ("a.pcap", 1, "request", "10.0.0.1", "Pump", "2.1"),
        ("a.pcap", 2, "request", "10.0.0.2", "Pump", "2.4"),
        ("a.pcap", 3, "request", "10.0.0.3", "Linux", "kernel 5.4.0"),
    )
    found = learn(tmp_path / "a.pcap", labels=labels, database=base)
    assert proposed(found) == [("Pump 2.1-2.4", "request", LINE)]
    (known,) = found.known
    assert (str(known.system), known.line, known.agrees) == ("Linux 5.4", "<text>:6 (Linux 4.19-6.15)", True)


def test_a_version_that_cannot_be_told_apart(tmp_path: Path, base: hg.Database) -> None:
    write(tmp_path / "a.pcap", syn(3, window=64240, options=linux_options(1460)))
    labels = labelled(tmp_path, ("a.pcap", 1, "request", "10.0.0.3", "Linux", "kernel 7.0.1"))
    found = learn(tmp_path / "a.pcap", labels=labels, database=base)
    assert [(item.agrees, str(item.system)) for item in found.known] == [(False, "Linux 7.0")]
    assert "no signature distinguishes them" in str(found)


def test_hosts_of_two_families_that_send_the_same(tmp_path: Path, base: hg.Database) -> None:
    write(tmp_path / "a.pcap", syn(1), syn(2))
    labels = labelled(
        tmp_path,
        ("a.pcap", 1, "request", "10.0.0.1", "Pump", ""),
        ("a.pcap", 2, "request", "10.0.0.2", "Valve", ""),
    )
    found = learn(tmp_path / "a.pcap", labels=labels, database=base)
    assert found.proposals == ()
    assert [item.reason for item in found.refusals] == [
        f"1 host labelled Valve sent the same: {tmp_path}/a.pcap, packet 2",
        f"1 host labelled Pump sent the same: {tmp_path}/a.pcap, packet 1",
    ]


def test_one_wrong_label_among_many_does_not_refuse(tmp_path: Path, base: hg.Database) -> None:
    write(tmp_path / "a.pcap", *(syn(number) for number in range(1, 12)))
    rows = [("a.pcap", n, "request", f"10.0.0.{n}", "Pump" if n < 11 else "Valve", "") for n in range(1, 12)]
    found = learn(tmp_path / "a.pcap", labels=labelled(tmp_path, *rows), database=base)
    assert proposed(found) == [("Pump", "request", LINE)]
    assert [(str(item.system), item.reason) for item in found.refusals] == [
        ("Valve", "a line learned for Pump describes the same packets")
    ]


def test_two_families_that_one_line_names_are_no_other_family(tmp_path: Path, base: hg.Database) -> None:
    options = mss(1460) + NOP + wscale(6) + NOP + NOP + timestamps(7) + SOK + eol(1)
    ip = Ip4(source="10.0.0.1", destination=SERVER4, identification=0)
    write(tmp_path / "a.pcap", packet(ip, Tcp(window=65535, options=options)))
    labels = labelled(tmp_path, ("a.pcap", 1, "request", "10.0.0.1", "iOS", "14.1"))
    found = learn(tmp_path / "a.pcap", labels=labels, database=base)
    assert (found.proposals, found.refusals) == ((), ())
    assert [item.agrees for item in found.known] == [True]


def test_user_agents(tmp_path: Path, base: hg.Database) -> None:
    agent = b"GET / HTTP/1.1\r\nUser-Agent: Mozilla/5.0 (Linux; Android 13; A)\r\n\r\n"
    ip = Ip4(source="10.0.0.1", destination=SERVER4)
    first, second = Tcp(sport=11, options=own_options(1460)), Tcp(sport=12, options=own_options(1460))
    data = packet(ip, Tcp(sport=12, flags=ACK | PSH, ack=1, options=b"", payload=agent))
    path = write(tmp_path / "a.pcap", packet(ip, first), packet(ip, second), data)
    found = learn(path, database=base)
    (item,) = found.proposals
    assert (str(item.system), item.support.packets) == ("Android 13", 1)
    assert item.provenance == "captures with User-Agent 2026 (1 labelled host); low"


def test_a_request_belongs_to_the_syn_before_it(tmp_path: Path, base: hg.Database) -> None:
    agent = b"GET / HTTP/1.1\r\nUser-Agent: Mozilla/5.0 (Linux; Android 13; A)\r\n\r\n"
    ip = Ip4(source="10.0.0.1", destination=SERVER4)
    data = packet(ip, Tcp(flags=ACK | PSH, ack=1, options=b"", payload=agent))
    late = packet(ip, Tcp(options=own_options(1460)))
    with pytest.raises(LearningError, match="no User-Agent in clear names a system"):
        learn(write(tmp_path / "a.pcap", data, late), database=base)


def test_the_same_input_gives_the_same_output(tmp_path: Path, base: hg.Database) -> None:
    path = write(tmp_path / "a.pcap", *(syn(n, ttl=64 - n % 5, size=1400 + n) for n in range(1, 30)))
    one, two = (learn(path, system="Pump", hosts=["10.0.0.0/8"], database=base) for _ in range(2))
    assert (one.text, str(one), one.as_dict()) == (two.text, str(two), two.as_dict())


def test_what_points_to_no_initial_ttl_is_left_out(tmp_path: Path, base: hg.Database) -> None:
    path = write(tmp_path / "a.pcap", syn(1, ttl=200), syn(1))
    found = learn(path, system="Pump", database=base)
    assert [item.support.packets for item in found.proposals] == [1]
    (note,) = found.notes
    assert note.startswith("1 host, 1 packet left out: the TTL is more than 35 hops below any initial one")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"system": "Pump"},
            "2 hosts send SYNs: 10.0.0.1 (2), 10.0.0.2 (1); say with --host",
        ),
        ({"system": "Pump", "hosts": ["10.9.9.9"]}, "the chosen hosts sent no SYN and no SYN+ACK"),
        ({"system": "Pump", "hosts": ["tomorrow"]}, "host 'tomorrow' is neither an address nor a network"),
        ({"system": "Püump"}, "names no system"),
        ({"system": ""}, "names no system"),
        ({"system": "g:unix:Pump:1"}, "names no system"),
        ({"system": "Pump", "labels": "x.csv"}, "either labels or a system"),
        ({"hosts": ["10.0.0.1"]}, "hosts belong to a system"),
        ({}, "no User-Agent in clear names a system"),
        ({"system": "Pump", "source": "a;b"}, "source must be one line of words without a semicolon"),
    ],
)
def test_what_cannot_be_learned_from(arguments: dict[str, object], message: str, unnamed: Path) -> None:
    with pytest.raises(LearningError) as raised:
        learn(unnamed, **arguments)  # type: ignore[arg-type]
    assert message in str(raised.value)


def test_captures_without_handshakes(tmp_path: Path) -> None:
    with pytest.raises(LearningError, match=r"hold no SYN and no SYN\+ACK"):
        learn(write(tmp_path / "empty.pcap"), system="Pump")
    ip = Ip4(source="10.0.0.1", destination=SERVER4)
    path = write(tmp_path / "data.pcap", packet(ip, Tcp(flags=ACK, ack=1)))
    with pytest.raises(LearningError, match=r"hold no SYN and no SYN\+ACK"):
        learn(path, system="Pump")


def test_labels_of_other_captures(unnamed: Path, tmp_path: Path) -> None:
    labels = labelled(tmp_path, ("other.pcap", 1, "request", "10.0.0.1", "Pump", ""))
    with pytest.raises(LearningError, match=r"no label names one of these captures: new\.pcap"):
        learn(unnamed, labels=labels)
    labels = labelled(tmp_path, ("new.pcap", 1, "request", "10.0.0.77", "Pump", ""))
    with pytest.raises(LearningError, match="no label belongs to a SYN"):
        learn(unnamed, labels=labels)


def test_a_capture_that_is_missing_or_damaged(tmp_path: Path, unnamed: Path, base: hg.Database) -> None:
    with pytest.raises(LearningError, match=r"nowhere\.pcap: there is no such capture"):
        learn(tmp_path / "nowhere.pcap", system="Pump")
    irregular = "is not a regular file, and User-Agents are read"
    with pytest.raises(LearningError, match=f"standard input: {irregular}"):
        learn("-")
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with pytest.raises(LearningError, match=f"fifo: {irregular}"):
        learn(fifo)
    unnamed.write_bytes(unnamed.read_bytes()[:-10])
    with pytest.raises(hg.CaptureError):
        learn(unnamed, system="Pump", hosts=["10.0.0.0/8"], database=base)
    trouble: list[hg.CaptureError] = []
    found = learn(unnamed, system="Pump", hosts=["10.0.0.0/8"], database=base, on_error=trouble.append)
    assert (len(found.proposals), len(trouble)) == (1, 1)


def test_database_none_is_refused(unnamed: Path) -> None:
    with pytest.raises(TypeError, match="database must be a Database"):
        learn(unnamed, system="Pump", database=None)  # type: ignore[arg-type]
