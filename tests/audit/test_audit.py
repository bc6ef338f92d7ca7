"""The three answers, and how they are written."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from itertools import count
from pathlib import Path
from xml.etree import ElementTree

import pytest

from huginn_cffi.hosts.objects import Announcement, Device, DeviceConfidence, Evidence, HostPeer
from huginn_cffi.store import reading
from tests.audit.made import CRYPTOGRAPHY, DAY, HOSTS, Printed, audited, policy, rule, store
from tests.support.captures import pcap
from tests.support.hosts import BEGAN, UNKNOWN, conclusion, host, port
from tests.support.office import PATH


def announced(model: str) -> Device:
    """A device that announces a model."""
    said = Announcement("mdns", None, None, model, None, None, 1, BEGAN, BEGAN, "segment", None, "agrees")
    sure = DeviceConfidence(None, None, 0.9, None, None)
    return Device(None, None, model, None, None, sure, (said,))


OLD = rule("No old Windows", "flavor NOT LIKE '7%'", where="\"family = 'Windows'\"", severity='"high"')
TELNET = rule("No telnet", "port != 23", of='"services"', reason='"Passwords in clear text"')


def test_each_row_passes_fails_or_cannot_be_told(tmp_path: Path, capsys: Printed) -> None:
    status, lines = audited(capsys, policy(tmp_path, OLD, TELNET), "--store", store(tmp_path, *HOSTS))
    assert status == 1
    assert [line.partition(", confidence")[0] for line in lines[:2]] == [
        "fails (high): No old Windows: 192.0.2.3: confidence 0.99, evidence syn: a system (1 packets), "
        "connections 1, family Windows, flavor 7, last_seen 2023-11-14T22:13:20.000000000Z",
        "fails (medium): No telnet: 192.0.2.1 00:00:5e:00:53:01: port 23, packets 1, "
        "last_seen 2023-11-14T22:13:20.000000000Z",
    ]
    # Windows 7 at 60 %, and a host that nothing names; Linux at 90 %, below the 95 % of the rule.
    assert lines[2:] == [
        "cannot be told: No old Windows: 3 of 5 hosts: 192.0.2.1 00:00:5e:00:53:01, 192.0.2.4, "
        "192.0.2.5 00:00:5e:00:53:05",
        "2 rules: 2 failed, 0 cannot be told, 0 passed, 0 matched nothing",
    ]


@pytest.mark.parametrize(
    ("condition", "sure", "answers"),
    [
        # fails, cannot be told, passes. Linux at 90 %, Windows 11, 7 and 7 at 60 %, and unknown.
        ("family != 'Windows'", "95", (2, 3, 0)),
        ("family != 'Windows'", "90", (2, 2, 1)),
        ("family != 'Windows'", "50", (3, 1, 1)),
        ("family IS NOT 'Windows'", "95", (2, 3, 0)),  # an unknown system may be Windows
        ("coalesce(family, 'none') != 'Windows'", "95", (2, 3, 0)),
        ("CASE family WHEN 'Windows' THEN 0 ELSE 1 END", "95", (2, 3, 0)),
        ("family IN ('Linux', 'Windows')", "95", (0, 3, 2)),
        ("family = 'Linux' OR mac IS NOT NULL", "95", (1, 1, 3)),  # the MAC alone suffices
        ("mac LIKE '00:00:5e:%'", "95", (0, 2, 3)),  # a MAC that was not seen: the evidence is missing
        ("mac IS NOT NULL", "95", (2, 0, 3)),
        ("family || mac IS NOT NULL", "95", (1, 3, 1)),
        ("1 BETWEEN family AND mac IS NOT NULL", "95", (0, 3, 2)),
        ("ended IS NULL", "95", (0, 4, 1)),  # nothing says that Windows 7 had support
        ("flavor = '11' -- a comment", "95", (1, 3, 1)),
    ],
)
def test_a_value_below_sure_is_unknown(
    tmp_path: Path, capsys: Printed, condition: str, sure: str, answers: tuple[int, int, int]
) -> None:
    words = [policy(tmp_path, rule("a", condition, sure=sure)), "--store", store(tmp_path, *HOSTS)]
    status, _ = audited(capsys, *words)
    assert status == (answers[0] > 0)
    audited(capsys, *words, "--format", "json")
    found = evaluated(capsys, *words)
    assert found["rows"] == dict(zip(("fails", "unknown", "passes"), answers, strict=True), accepted=0)
    assert (len(found["failures"]), len(found["unknown"])) == answers[:2]


def evaluated(printed: Printed, *words: str) -> dict[str, object]:
    from huginn_cffi.cli import main

    main(["audit", *words, "--format", "json"])
    [found] = json.loads(printed.readouterr().out)["rules"]
    return dict(found)


def test_nothing_seen_is_not_passed(tmp_path: Path, capsys: Printed) -> None:
    empty = tmp_path / "empty.pcap"
    empty.write_bytes(pcap([]))
    words = [policy(tmp_path, rule("a", "1"), TELNET), str(empty)]
    status, lines = audited(capsys, *words)
    assert (status, lines[-1]) == (0, "2 rules: 0 failed, 2 cannot be told, 0 passed, 0 matched nothing")
    assert lines[0] == "cannot be told: a: nothing was seen that it judges"
    assert audited(capsys, *words, "--strict")[0] == 1


def test_a_rule_that_selects_nothing_says_so(tmp_path: Path, capsys: Printed) -> None:
    path = policy(tmp_path, rule("No FTP", "0", of='"services"', where='"port = 21"'))
    words = [path, "--store", store(tmp_path, *HOSTS)]
    for more in ([], ["--strict"]):
        status, lines = audited(capsys, *words, *more)
        assert (status, lines[0]) == (0, "matched nothing: No FTP: where selects nothing")


def test_a_rule_applies_from_its_date(tmp_path: Path, capsys: Printed) -> None:
    """BEGAN is 2023-11-14; one of the hosts was seen 20 days later."""
    kept = store(tmp_path, *HOSTS)
    for since, failed in (("2023-11-14", 5), ("2023-11-15", 1), ("2023-12-05", 0)):
        path = policy(tmp_path, rule("a", "0", from_=since))
        assert sum(line.startswith("fails") for line in audited(capsys, path, "--store", kept)[1]) == failed
    lines = audited(capsys, policy(tmp_path, rule("a", "0")), "--store", kept, "--since", "2023-12-01")[1]
    assert sum(line.startswith("fails") for line in lines) == 1


def test_a_new_holder_is_not_blamed_for_services_of_an_earlier_one(tmp_path: Path, capsys: Printed) -> None:
    kept = store(
        tmp_path,
        host("192.0.2.1", last_seen_ns=BEGAN + DAY, last_change_ns=BEGAN + 1, ports=(port(23, "server"),)),
        host("192.0.2.2", last_seen_ns=BEGAN + DAY, ports=(port(23, "server"),)),
    )
    status, lines = audited(capsys, policy(tmp_path, TELNET), "--store", kept)
    assert [line[:39] for line in lines[:-1]] == ["fails (medium): No telnet: 192.0.2.2: po"[:39]]
    assert status == 1


def test_a_claim_exempts_no_host_unless_the_rule_says_so(tmp_path: Path, capsys: Printed) -> None:
    kept = store(tmp_path, host("192.0.2.1", host_name="printer", ports=(port(23, "server"),)))
    claimed = rule("a", "0", where="\"host_name != 'printer'\"")
    assert audited(capsys, policy(tmp_path, claimed), "--store", kept)[0] == 2
    assert audited(capsys, policy(tmp_path, claimed + "\nclaims = true"), "--store", kept)[0] == 0


def peer(ip: str, direction: str = "from", number: int = 502) -> HostPeer:
    return HostPeer(ip, direction, number, None, 1, 1, BEGAN, BEGAN)  # type: ignore[arg-type]


def test_peers_beyond_the_kept_ones_cannot_be_told(tmp_path: Path, capsys: Printed) -> None:
    """Each judges a controller: by all its peers, by one that is wrong, and by those of a port."""
    rules = {"peer = '192.0.2.9'": "1", "direction = 'to'": "port = 502"}
    for left_out, verdicts in ((0, ("passes", "fails")), (4, ("cannot be told", "fails"))):
        (tmp_path / str(left_out)).mkdir()
        kept = store(
            tmp_path / str(left_out), host("192.0.2.1", peers=(peer("192.0.2.9"),), peers_left_out=left_out)
        )
        for (require, where), verdict in zip(rules.items(), verdicts, strict=True):
            path = policy(tmp_path, rule("a", require, of='"peers"', where=f'"{where}"'))
            assert evaluated(capsys, path, "--store", kept)["verdict"] == verdict


def test_who_talks_to_whom_in_a_capture(tmp_path: Path, capsys: Printed) -> None:
    """By tshark, 192.0.2.40 answers SSH, and 192.0.2.10 alone connects to it."""
    path = policy(
        tmp_path,
        rule("a", "peer = '192.0.2.11'", of='"peers"', where="\"direction = 'from' AND port = 22\""),
    )
    found = evaluated(capsys, path, str(PATH))
    assert [one["record"]["peer"] for one in found["failures"]] == ["192.0.2.10"]  # type: ignore[attr-defined]
    assert "--port 22 --peers" in str(found["failures"])


@pytest.mark.parametrize(
    ("source", "relation", "verdict"),
    [
        ("syn", "agrees", "matched nothing"),
        ("syn_ack", "agrees", "matched nothing"),
        ("client_hello", "agrees", "matched nothing"),
        ("segments", "agrees", "matched nothing"),
        ("user_agent", "agrees", "cannot be told"),
        ("announcement", "agrees", "cannot be told"),
        ("syn", "contradicts", "cannot be told"),
    ],
)
def test_a_claimed_system_exempts_no_host(
    tmp_path: Path, capsys: Printed, source: str, relation: str, verdict: str
) -> None:
    """A Linux host that calls itself Windows must not escape a rule for all others than Windows."""
    said = Evidence(source, "Windows", 1, BEGAN, BEGAN, "segment", relation)  # type: ignore[arg-type]
    kept = store(tmp_path, host("192.0.2.1", **conclusion("Windows", "11", 0.99), evidence=(said,)))
    text = rule("a", "0", where="\"family != 'Windows'\"")
    words = [policy(tmp_path, text), "--store", kept]
    assert evaluated(capsys, *words)["verdict"] == verdict
    words[0] = policy(tmp_path, text + "\nclaims = true")
    assert evaluated(capsys, *words)["verdict"] == "matched nothing"


def test_cryptography_follows_the_rules_of_crypto(tmp_path: Path, capsys: Printed) -> None:
    kept = store(tmp_path, *CRYPTOGRAPHY)
    columns = {"broken = ''": ["192.0.2.2"], "post_quantum": ["192.0.2.2", "192.0.2.3"]}
    columns["version != 'TLS 1.0' AND key_exchange != 'secp256r1'"] = ["192.0.2.2"]
    columns["broken_cnsa = ''"] = ["192.0.2.1", "192.0.2.2", "192.0.2.3"]
    for condition, failing in columns.items():
        path = policy(tmp_path, rule("a", condition, of='"cryptography"'))
        lines = audited(capsys, path, "--store", kept)[1]
        assert [line.split(": ")[2] for line in lines[:-1] if line.startswith("fails")] == failing
    from huginn_cffi.cli import main

    assert main(["crypto", "--policy", "cnsa", "--only", "weak", "--store", kept]) == 0
    shown = capsys.readouterr().out
    assert [ip for ip in ("192.0.2.1", "192.0.2.2", "192.0.2.3") if f"{ip} " in shown] == failing


def without_packets(lines: list[str]) -> list[str]:
    """The lines without commands and packets, which a store does not keep."""
    text = re.sub(r'(?s)"packets": \[.*?\]|"(command|explain)": [^\n]*', "", "\n".join(lines))
    return re.sub(r", packet \d+[^\n]*? of [^\n]+?pcap", "", text).split("\n")


def test_captures_and_their_store_have_the_same_answers(tmp_path: Path, capsys: Printed) -> None:
    from huginn_cffi.cli import main

    kept = str(tmp_path / "office.sqlite")
    assert main(["hosts", str(PATH), "--store", kept]) == 0
    capsys.readouterr()
    path = policy(tmp_path, OLD, TELNET, rule("b", "system LIKE 'Windows%'", of='"devices"'))
    for form in ("text", "json", "junit"):
        direct = audited(capsys, path, str(PATH), "--format", form)
        stored = audited(capsys, path, "--store", kept, "--format", form)
        assert without_packets(stored[1]) == without_packets(direct[1])
        assert direct[0] == stored[0] == 1
    [line] = [one for one in audited(capsys, path, str(PATH))[1] if "No old" in one and "fails" in one]
    assert "192.0.2.30 00:00:5e:00:53:30" in line


def test_a_command_shows_the_evidence(tmp_path: Path, capsys: Printed) -> None:
    from huginn_cffi.cli import main

    kept = store(tmp_path, *HOSTS)
    found = evaluated(capsys, policy(tmp_path, TELNET), "--store", kept)
    [failure] = found["failures"]  # type: ignore[misc]
    command = failure["command"].split()
    assert command[0] == "huginn"
    assert main(command[1:]) == 0
    assert "answers from 23, 443" in capsys.readouterr().out


REQUIRED = {
    "testsuites": (),
    "properties": (),
    "testsuite": ("package", "id", "name", "timestamp", "hostname", "tests", "failures", "errors", "time"),
    "testcase": ("name", "classname", "time"),
    "failure": ("type",),
    "skipped": (),
    "system-out": (),
    "system-err": (),
}
"""Elements, with what windyroad's schema of Ant's reports requires and Jenkins's junit-10 allows."""


def test_junit(tmp_path: Path, capsys: Printed) -> None:
    """The order of the elements and the attributes follow these schemas."""
    path = policy(
        tmp_path,
        *(OLD, TELNET, rule("\\u0001<&>", "1"), rule("c", "0", where='"mtu = 1"')),
        rule("d", "flavor = 'x'", where="\"ip = '192.0.2.5'\""),
    )
    kept = store(tmp_path, *HOSTS)
    for strict, skipped, failed in (([], 2, 2), (["--strict"], 1, 3)):
        _, lines = audited(capsys, path, "--store", kept, "--format", "junit", *strict)
        root = ElementTree.fromstring("\n".join(lines).encode())
        [suite] = root
        assert all(set(REQUIRED[one.tag]) <= one.attrib.keys() for one in root.iter())
        assert all(one.attrib.keys() <= {*REQUIRED[one.tag], "skipped", "message"} for one in root.iter())
        assert [one.tag for one in suite] == ["properties", *["testcase"] * 5, "system-out", "system-err"]
        expected = {"tests": "5", "failures": str(failed), "errors": "0", "skipped": str(skipped)}
        assert expected.items() <= suite.attrib.items()
        assert suite.attrib["timestamp"] == "2023-12-04T22:13:20"
        kinds = [[(one.tag, one.get("message")) for one in case] for case in suite.iter("testcase")]
        last = "failure" if strict else "skipped"
        assert kinds == [
            [("failure", "fails")],
            [("failure", "Passwords in clear text")],
            [],
            [("skipped", "matched nothing")],
            [(last, "cannot be told")],
        ]
        assert [case.get("name") for case in suite.iter("testcase")][2] == "\\x01<&>"


def test_conditions_that_take_too_long_are_ended(
    tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = count(1e9, 3600)
    monkeypatch.setattr(reading, "INSTRUCTIONS", 1)
    monkeypatch.setattr(reading.time, "monotonic", lambda: next(hours))
    from huginn_cffi.cli import main

    assert main(["audit", policy(tmp_path, OLD), "--store", store(tmp_path, *HOSTS)]) == 2
    assert "the conditions take too long; the longest ones are of the rule 'No old" in capsys.readouterr().err


def test_a_damaged_store_is_an_error_of_one_line(tmp_path: Path, capsys: Printed) -> None:
    import sqlite3
    from contextlib import closing

    from huginn_cffi.cli import main

    kept = store(
        tmp_path, *HOSTS, host("192.0.2.9", **conclusion("Windows", "7", 0.99), version_confidence=0.99)
    )
    paths = [policy(tmp_path, OLD)]
    for damage in ("evidence = '{'", "ip = 5", "last_seen = 'x'"):
        with closing(sqlite3.connect(kept)) as connection, connection:
            connection.execute(f"UPDATE host SET {damage} WHERE ip = '192.0.2.9'")
        status = main(["audit", *paths, "--store", kept])
        found = capsys.readouterr()
        assert (status, len(found.err.splitlines())) in ((2, 1), (1, 0))
        assert "Traceback" not in found.err


def test_many_failures_are_counted(tmp_path: Path, capsys: Printed) -> None:
    kept = store(tmp_path, *(host(f"10.0.{at // 250}.{at % 250}") for at in range(1200)))
    lines = audited(capsys, policy(tmp_path, rule("a", "0")), "--store", kept)[1]
    assert (len(lines), lines[-2]) == (1002, "fails (medium): a: 200 more")


def test_the_command_of_a_device_without_an_address_shows_it(tmp_path: Path, capsys: Printed) -> None:
    from huginn_cffi.cli import main

    mac = "02:00:5e:00:53:09"
    kept = store(tmp_path, *HOSTS, replace(host(mac=mac, **UNKNOWN), ip=None))
    path = policy(tmp_path, rule("a", f"mac != '{mac}'", of='"devices"'))
    assert main(["audit", path, "--store", kept]) == 1
    (line, *_) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"fails (medium): a: {mac}: ")
    _, _, command = line.partition("  # huginn ")
    assert main(shlex.split(command)) == 0
    assert mac in capsys.readouterr().out
