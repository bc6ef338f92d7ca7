"""A first policy from a store, and failures that are accepted until a date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli import main
from huginn_cffi.store.writer import Writer
from tests.audit.made import DAY, HOSTS, Printed, audited, policy, rule, store
from tests.support.hosts import BEGAN, host, port, source_of
from tests.support.office import PATH

TELNET = rule("No telnet", "port NOT IN (21, 23)", of='"services"')


@pytest.fixture
def office(tmp_path: Path, capsys: Printed) -> str:
    kept = str(tmp_path / "office.sqlite")
    assert main(["hosts", str(PATH), "--store", kept]) == 0
    capsys.readouterr()
    return kept


def test_from_an_office_to_a_policy_and_its_first_failure(
    office: str, tmp_path: Path, capsys: Printed
) -> None:
    path = str(tmp_path / "office.toml")
    assert main(["audit", path, "--init", "--store", office]) == 0
    assert capsys.readouterr().err == f"{path}: written; next: huginn audit {path} --store {office}\n"
    text = Path(path).read_text(encoding="utf-8")
    assert "    '00:00:5e:00:53:20' /* printer HP LaserJet 400 M401dn */,\n" in text
    assert "02:00:5e:10:00:11" not in text  # a MAC that a telephone made up
    # Windows 7, and an SSH server that ended; they have findings, as do a scanner and a disputed address.
    assert '# fails today: 2 of hosts\n# [[rule]]\n# name = "No system out of support"' in text
    status, lines = audited(capsys, path, "--store", office)
    assert status == 0
    assert lines[-1].startswith("5 rules: 0 failed")
    after = 1_768_500_000 * 10**9  # some hours after the capture
    new = host(
        "192.0.2.99",
        mac="00:00:5e:00:53:99",
        local=True,
        ports=(port(8080, "server", last_seen_ns=after),),
        first_seen_ns=after,
        last_seen_ns=after,
    )
    Writer(office, "gate", source_of([new])).close()
    status, lines = audited(capsys, path, "--store", office)
    assert status == 1
    failures = [line[: line.index("00:53:99") + 8] for line in lines if line.startswith("fails")]
    assert failures == [
        "fails (medium): Only known devices: 192.0.2.99 00:00:5e:00:53:99",
        "fails (medium): Only known services: 192.0.2.99 00:00:5e:00:53:99",
    ]


def test_a_first_policy_of_hostile_names_can_be_read(tmp_path: Path, capsys: Printed) -> None:
    from dataclasses import replace

    from tests.audit.test_audit import announced

    names = ["x'''", 'y"', "a\nb", "\\", "--", "*/", "'; DROP", "\u2028", "{}"]
    made = [
        replace(host(f"192.0.2.{at}", local=True, mac=f"00:00:5e:00:53:{at:02x}"), device=announced(name))
        for at, name in enumerate(names)
    ]
    path, kept = str(tmp_path / "first.toml"), store(tmp_path, *made)
    assert main(["audit", path, "--init", "--store", kept]) == 0
    status, lines = audited(capsys, path, "--store", kept)
    assert (status, [one for one in lines if "known devices" in one]) == (
        0,
        ["passes: Only known devices: 9 devices"],
    )


def test_init_overwrites_nothing(office: str, tmp_path: Path, capsys: Printed) -> None:
    path = policy(tmp_path, TELNET)
    for words in ([path], [str(tmp_path / "new.toml"), "--strict"], [str(tmp_path / "new.toml"), str(PATH)]):
        assert main(["audit", *words, "--init", "--store", office]) == 2
    assert not (tmp_path / "new.toml").exists()
    assert Path(path).read_text() == TELNET


def test_the_first_run_accepts_its_failures_for_the_next_ones(tmp_path: Path, capsys: Printed) -> None:
    path, kept, known = policy(tmp_path, TELNET), store(tmp_path, *HOSTS), str(tmp_path / "known.json")
    words = [path, "--store", kept, "--baseline", known]
    assert audited(capsys, *words)[0] == 1  # a misspelt file does not let a run pass
    status, lines = audited(capsys, *words)
    assert (status, lines[0]) == (0, "passes: No telnet: 2 services, 1 failures accepted")
    assert audited(capsys, path, "--store", kept)[0] == 1
    found = json.loads(Path(known).read_text())
    # 90 days after the last host was seen, on 2023-12-04.
    assert found == {"until": "2024-03-03", "accepted": [["No telnet", "192.0.2.1 00:00:5e:00:53:01", "23"]]}


@pytest.mark.parametrize(
    "change",
    [
        {"mac": "00:00:5e:00:53:77"},  # a new holder of the address
        {"ports": (port(21, "server"),)},  # another service of the same device
        {"last_seen_ns": BEGAN + 40 * DAY, "ports": (port(23, "server", last_seen_ns=BEGAN + 40 * DAY),)},
    ],
)
def test_only_what_failed_is_accepted_until_the_date(
    tmp_path: Path, capsys: Printed, change: dict[str, Any]
) -> None:
    known = tmp_path / "known.json"
    known.write_text(
        '{"until": "2023-12-20", "accepted": [["No telnet", "192.0.2.1 00:00:5e:00:53:01", "23"]]}'
    )
    first = {"mac": "00:00:5e:00:53:01", "ports": (port(23, "server"),)}
    for values, status in ((first, 0), (first | change, 1)):
        (folder := tmp_path / str(status)).mkdir()
        kept = store(folder, host("192.0.2.1", **values))
        words = [policy(tmp_path, TELNET), "--store", kept, "--baseline", str(known)]
        assert audited(capsys, *words)[0] == status


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"until": "x", "accepted": []}', '{"until": 5}', "[" * 9999]
)
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, capsys: Printed, text: str) -> None:
    (tmp_path / "known.json").write_text(text)
    words = [policy(tmp_path, TELNET), "--store", store(tmp_path, *HOSTS), "--baseline"]
    assert main(["audit", *words, str(tmp_path / "known.json")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["audit", *words, str(tmp_path)]) == 2
    assert "Is a directory" in capsys.readouterr().err
