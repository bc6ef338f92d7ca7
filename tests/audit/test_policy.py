"""A wrong policy is refused with file, line, column and the near name."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from huginn_cffi.applications.auditing import policy as policies
from huginn_cffi.applications.auditing.policy import PolicyError, read_policy
from tests.audit.made import Printed, audited, policy, rule, store
from tests.support.hosts import host


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "1:1", "has no rules"),
        ("rule = 5", "1:1", "has no rules"),
        ("rules = 5", "1:1", "a policy has only [[rule]]: 'rules'; did you mean 'rule'?"),
        ('[[rule]]\nname = "a"\n\nrequir = "1"', "4:1", "'requir'; did you mean 'require'?"),
        ('[[rule]]\nname = "a"', "1:1", "rule 1 has no require"),
        ('[[rule]]\nrequire = "1"', "1:1", "rule 1 has no name"),
        ('[[rule]]\nname = "a"\nrequire = 5', "3:1", "require must be a text"),
        (rule("a", "1", sure='"95"'), "4:1", "sure must be a number"),
        (rule("a", "1", sure="true"), "4:1", "sure must be a number"),
        (rule("a", "1", sure="101"), "4:1", "sure must be a percentage"),
        (rule("a", "1", sure="nan"), "4:1", "sure must be a percentage"),
        (rule("a", "1", from_='"2027-01-01"'), "4:1", "from must be a date"),
        (rule("a", "1", from_="10:00:00"), "4:1", "from must be a date"),
        (rule("a", "1", from_="1066-10-14"), "4:1", "from is outside of 1970 to 2262"),
        (rule("a", "1", claims="1"), "4:1", "claims must be true or false"),
        (rule("a", "1", severity='"hihg"'), "4:13", "'hihg'; did you mean 'high'?"),
        (rule("a", "1", of='"service"'), "4:7", "'service'; did you mean 'services'?"),
        (rule("a", "fmaily = 'x'"), "3:12", "the view hosts has no column: 'fmaily'; did you mean 'family'?"),
        (rule("a", "mtu = = 1"), "3:16", 'near "=": syntax error'),
        (rule("a", "1", where='"prot = 22"', of='"services"'), "4:10", "'prot'; did you mean 'port'?"),
        (rule("a", r"family = \"Windows\""), "3:1", "write texts in single quotes"),
        (rule("a", "1") + "\n" + rule("a", "1"), "5:1", "two rules have the name 'a'"),
        (rule("a", "1", where="\"device_type = 'x'\""), "4:10", "device_type, which a host only claims"),
        (rule("a", "1", where="\"type = 'x'\"", of='"devices"'), "4:10", "type, which a host only claims"),
        ('[[rule]]\nname = a"', "2:8", "is not TOML"),
        ('[[rule]]\nname = "a', "2:1", "is not TOML"),
        ("x = " + "[" * 5000, "1:1", "nested too deeply"),
    ],
)
def test_errors_have_a_place(tmp_path: Path, text: str, place: str, words: str) -> None:
    path = policy(tmp_path, text)
    with pytest.raises(PolicyError) as error:
        read_policy(path)
    assert str(error.value).startswith(f"{path}:{place}: ")
    assert words in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "condition",
    [
        *(
            "1; DROP TABLE host",
            "1) OR (SELECT 1",
            "(SELECT 1 FROM hosts)",
            "load_extension('x')",
            "max(mtu)",
        ),
        *("mtu) GROUP BY (mtu", "1) THEN 1 END, (1", "readfile('x')", "randomblob(1000000000)", "mtu = ?"),
        *("1 " * 6000, "", "rowid = 1", "count(*) > 1", "1 /* and", "row_number() OVER () = 1"),
    ],
)
def test_conditions_that_are_none_are_refused(tmp_path: Path, condition: str) -> None:
    with pytest.raises(PolicyError, match="require"):
        read_policy(policy(tmp_path, rule("a", condition)))


def test_wrong_policies_end_with_2_before_anything_is_read(tmp_path: Path, capsys: Printed) -> None:
    assert audited(capsys, policy(tmp_path, ""), str(tmp_path / "missing.pcap")) == (2, [])
    assert audited(capsys, str(tmp_path / "missing.toml"), str(tmp_path)) == (2, [])
    (tmp_path / "latin.toml").write_bytes(b"[[rule]]\nname = '\xe9'")
    with pytest.raises(PolicyError, match=r"latin.toml:2:1: is not UTF-8"):
        read_policy(str(tmp_path / "latin.toml"))


def test_a_policy_is_never_overwritten(tmp_path: Path, capsys: Printed) -> None:
    path, kept = policy(tmp_path, rule("a", "1")), store(tmp_path, host("192.0.2.1"))
    for words in ((str(tmp_path),), ("--store", kept)):
        assert audited(capsys, path, *words, "-o", path)[0] == 2
    assert read_policy(path)[0].name == "a"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2027-01-01", datetime(2027, 1, 1, tzinfo=timezone.utc)),
        ("2027-01-01T00:00:00", datetime(2027, 1, 1, tzinfo=timezone.utc)),
        ("2027-01-01T01:30:00+02:00", datetime(2026, 12, 31, 23, 30, tzinfo=timezone.utc)),
        ("2026-12-31T19:00:00-05:00", datetime(2026, 12, 31, 19, tzinfo=timezone(timedelta(hours=-5)))),
    ],
)
def test_time_zones(tmp_path: Path, written: str, moment: datetime) -> None:
    [found] = read_policy(policy(tmp_path, rule("a", "1", from_=written)))
    assert found.since == f"{moment.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%S}.000000000Z"


def test_ten_thousand_rules(tmp_path: Path, capsys: Printed) -> None:
    many = [rule(f"rule {at}", f"mtu < {at} OR mtu IS NULL", severity='"low"') for at in range(10_000)]
    kept = store(tmp_path, host("192.0.2.1", mtu=1500))
    status, lines = audited(capsys, policy(tmp_path, *many), "--store", kept)
    assert status == 1
    assert lines[-1] == "10000 rules: 1501 failed, 0 cannot be told, 8499 passed, 0 matched nothing"


def test_a_file_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "MOST_BYTES", 1 << 20)
    (tmp_path / "big.toml").write_bytes(b"#" * (1 << 21))
    with pytest.raises(PolicyError, match="has more than 1 MiB"):
        read_policy(str(tmp_path / "big.toml"))
