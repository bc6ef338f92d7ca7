"""Rows that begin to fail a rule are news, each once."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from huginn_cffi.applications.alerting.messages import Notice, message
from huginn_cffi.applications.auditing.evaluating import MOST_ANSWERS
from huginn_cffi.applications.auditing.policy import read_policy
from huginn_cffi.applications.auditing.watching import note_failures
from huginn_cffi.cli import main
from huginn_cffi.store.news import news_after
from huginn_cffi.store.opening import open_for_writing
from huginn_cffi.store.rows import in_order
from huginn_cffi.store.upserts import Upserts
from tests.audit.made import DAY, Printed, policy, rule
from tests.support.hosts import BEGAN, host, port

A, B = "00:00:5e:00:53:0a", "00:00:5e:00:53:0b"


def seen(path: Path, *hosts: object) -> None:
    connection, lock = open_for_writing(str(path))
    Upserts(connection, "", "gate").write(in_order(hosts))  # type: ignore[arg-type]
    connection.close()
    lock.release()


def server(ip: str, number: int, mac: str | None = None, day: int = 0) -> object:
    at = BEGAN + day * DAY
    return host(
        ip,
        mac=mac,
        first_seen_ns=at,
        last_seen_ns=at,
        ports=(port(number, "server", last_seen_ns=at),),
        local=True,
    )


def test_what_begins_to_fail_is_news_once(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    rules = read_policy(policy(tmp_path, rule("No telnet", "port != 23", of='"services"')))
    counts = []
    for new in (
        server("192.0.2.1", 443, A),  # passes
        server("192.0.2.1", 23, A, 1),  # and begins to fail
        server("192.0.2.1", 23, A, 2),  # goes on
        server("192.0.2.2", 23, None, 2),  # another host, while the rule fails
        server("192.0.2.3", 80, None, 2),
        server("192.0.2.1", 23, B, 3),  # another holder of the address
    ):
        seen(path, new)
        counts.append(note_failures(str(path), rules))
    assert counts == [0, 1, 0, 1, 0, 1]
    assert note_failures(str(path), rules) == 0  # after a restart
    with closing(sqlite3.connect(path)) as connection:
        first, _, last = news_after(connection, 1, 0)
    event = json.loads(first.record)
    assert (event["mac"], event["device_ip"], event["reason"]) == (A, "192.0.2.1", "No telnet")
    shown = message([Notice("c", last, json.loads(last.record))], str(path), "hosts")
    assert shown.title.startswith("Rule failed on gate:")
    assert [line for line in shown.lines if line.startswith(("Address", "MAC", "Finding"))] == [
        "Address:    192.0.2.1",
        f"MAC:        {B}",
        "Finding:    No telnet",
    ]


def test_what_passed_again_is_news_again(tmp_path: Path) -> None:
    path = tmp_path / "hosts.sqlite"
    strict, other = (rule("a", f"port != {number}", of='"services"') for number in (23, 99))
    seen(path, server("192.0.2.1", 23))
    texts = (strict, other, strict, strict)
    assert [note_failures(str(path), read_policy(policy(tmp_path, text))) for text in texts] == [1, 0, 1, 0]


def test_rows_that_are_not_listed_are_one_item(tmp_path: Path) -> None:
    """Which of them are listed may change with each row."""
    path = tmp_path / "hosts.sqlite"
    rules = read_policy(policy(tmp_path, rule("No telnet", "port != 23", of='"services"')))
    counts = []
    for new in (
        [server(f"10.0.{number >> 8}.{number & 255}", 23) for number in range(1, MOST_ANSWERS)],
        [server(f"10.9.0.{number}", 23) for number in range(1, 4)],  # 1,002
        [server("10.0.0.0", 23)],
        [],
    ):
        seen(path, *new)
        counts.append(note_failures(str(path), rules))
    assert counts == [MOST_ANSWERS - 1, 1, 0, 0]
    with closing(sqlite3.connect(path)) as connection:
        *_, last = news_after(connection, 1, MOST_ANSWERS - 1)
        assert json.loads(last.record)["after"] == "1002 rows fail"
        connection.execute("DELETE FROM port WHERE addr IN (SELECT addr FROM port LIMIT 500)")
        connection.commit()
    assert note_failures(str(path), rules) == 0, "they failed before"
    assert message([Notice("c", last, json.loads(last.record))], str(path), "hosts").title.startswith(
        "Rule failed"
    )


@pytest.mark.parametrize("text", ["", rule("a", "prot = 1", of='"services"')])
def test_a_guard_refuses_a_wrong_policy(tmp_path: Path, capsys: Printed, text: str) -> None:
    words = ["guard", "lo", "--webhook", "http://127.0.0.1:9/", "--store", str(tmp_path / "x.sqlite")]
    assert main([*words, "--policy", policy(tmp_path, text)]) == 2
    assert "policy.toml:" in capsys.readouterr().err
    assert not (tmp_path / "x.sqlite").exists()
