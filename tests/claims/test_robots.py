"""Address lists: operators' formats, broad ranges, clouds, old lists, names and families."""

from __future__ import annotations

import json
import os
import time
from datetime import datetime
from pathlib import Path

import pytest

from huginn_cffi.claims.robots import KNOWN, OLD_DAYS, Robots
from tests.support.robot_lists import GOOGLEBOT, write
from tests.support.signing import JWK


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(
        tmp_path,
        "common-crawlers.json",
        [{"ipv6Prefix": "2001:db8:4801::/64"}, {"ipv4Prefix": "192.0.2.0/27"}],
    )
    write(tmp_path, "gptbot.json", [{"ipv4Prefix": "198.51.100.16/28"}])
    return tmp_path


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("192.0.2.0", "listed"),
        ("192.0.2.31", "listed"),
        ("192.0.2.32", "elsewhere"),
        ("198.51.100.17", "elsewhere"),
        ("::ffff:192.0.2.1", "listed"),
        ("::ffff:c000:220", "elsewhere"),
        ("2001:db8:4801::1", "listed"),
        ("2001:db8:4801:1::1", "elsewhere"),
        ("2001:db8:4801::1%eth0", "listed"),
        ("::c000:201", "elsewhere"),
        ("", "unknown"),
    ],
)
def test_an_address(folder: Path, address: str, state: str) -> None:
    robots = Robots(folder)
    assert robots.place(robots.named(GOOGLEBOT), address).state == state


@pytest.mark.parametrize(
    ("agent", "names"),
    [
        (GOOGLEBOT, ["Googlebot"]),
        ("googlebot", ["Googlebot"]),
        ("Googlebot-Image/1.0", ["Googlebot"]),
        ("MyGooglebot/1.0", []),
        ("Googlebots/1.0", []),
        ("Mozilla/5.0; compatible; GPTBot/1.2; +https://openai.com/gptbot", ["GPTBot"]),
        ("Mozilla/5.0; compatible; ChatGPT-User/1.0; +https://openai.com/bot", ["ChatGPT-User"]),
        ("facebookexternalhit/1.1 Facebot GPTBot/1", ["facebookexternalhit", "GPTBot"]),
        ("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/150.0", []),
        ("", []),
    ],
)
def test_names(folder: Path, agent: str, names: list[str]) -> None:
    assert Robots(folder).named(agent) == names


def test_robots_without_a_list_and_of_several_lists(folder: Path) -> None:
    robots = Robots(folder)
    assert (
        robots.place(["bingbot"], "192.0.2.1").reason == "no signature, and no list of addresses of bingbot"
    )
    both = robots.place(["Googlebot", "GPTBot"], "192.0.2.1")
    assert (both.state, both.reason) == ("unknown", "the User-Agent names robots of several lists")
    assert Robots().place(["Googlebot"], "192.0.2.1").state == "unknown"


def test_an_old_list_says_so(tmp_path: Path) -> None:
    write(
        tmp_path, "gptbot.json", [{"ipv4Prefix": "192.0.2.0/24"}], creationTime="2025-11-10T10:00:00.698177"
    )
    robots = Robots(tmp_path)
    assert robots.described() == "gptbot.json of 2025-11-10 (old)"
    inside, outside = (robots.place(["GPTBot"], one) for one in ("192.0.2.9", "203.0.113.9"))
    assert (inside.state, inside.details) == ("listed", {"list": "2025-11-10"})
    assert (outside.state, outside.reason) == ("unknown", "the list of 2025-11-10 is old")


@pytest.mark.parametrize("stated", [None, "", "yesterday", 5, "9999-12-31T00:00:00"])
def test_the_date_of_a_list_without_one(tmp_path: Path, stated: object) -> None:
    path = write(tmp_path, "gptbot.json", [{"ipv4Prefix": "192.0.2.0/24"}], creationTime=stated)
    then = time.time() - (OLD_DAYS + 1) * 86400
    os.utime(path, (then, then))
    is_future = stated == "9999-12-31T00:00:00"
    assert Robots(tmp_path).described().endswith("(old)") is not is_future


def test_a_list_of_the_users_own(tmp_path: Path) -> None:
    write(tmp_path, "MyMonitor.json", [{"ipv4Prefix": "192.0.2.1/32"}])
    (tmp_path / "notes.txt").write_text("not read")
    (tmp_path / ".hidden.json").write_text("not read")
    robots = Robots(tmp_path)
    assert robots.named("MyMonitor/2.0 (+https://example.com)") == ["MyMonitor"]
    assert robots.place(["MyMonitor"], "192.0.2.1").state == "listed"
    assert robots.place(["MyMonitor"], "192.0.2.2").state == "elsewhere"


def test_key_directories(tmp_path: Path) -> None:
    (tmp_path / "chatgpt.com.json").write_text(json.dumps({"keys": [JWK], "purpose": "ai"}))
    robots = Robots(tmp_path)
    assert robots.keys == {"chatgpt.com": [JWK]}
    assert robots.described() == "keys of chatgpt.com"
    assert robots.agents(["ChatGPT-User"]) == {"chatgpt.com"}
    assert robots.agents(["ChatGPT-User", "Googlebot"]) == robots.agents(["GPTBot"]) == set()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"prefixes": [{"ipv4Prefix": "0.0.0.0/0"}]}, "prefix 1: 0.0.0.0/0 is too broad"),
        (
            {"prefixes": [{"ipv4Prefix": "192.0.2.0/24"}, {"ipv4Prefix": "10.0.0.0/15"}]},
            "prefix 2: 10.0.0.0/15 is too",
        ),
        ({"prefixes": [{"ipv6Prefix": "::/0"}]}, "::/0 is too broad"),
        ({"prefixes": [{"ipv6Prefix": "2000::/28"}]}, "too broad"),
        ({"prefixes": [{"ipv6Prefix": "::ffff:0:0/96"}]}, "0.0.0.0/0 is too broad"),
        ({"prefixes": [{"ipv6Prefix": "::ffff:0:0/90"}]}, "is (too broad|not a network)"),
        ({"prefixes": [{"ipv4Prefix": "192.0.2.1/24"}]}, "is not a network"),
        ({"prefixes": [{"ipv4Prefix": 7}]}, "is not a network"),
        (
            {"prefixes": [{"ipv4Prefix": "34.1.0.0/20", "service": "Google Cloud", "scope": "us"}]},
            "anybody can rent",
        ),
        (
            {"prefixes": [{"ip_prefix": "3.2.34.0/26", "region": "af-south-1", "service": "AMAZON"}]},
            "anybody can rent",
        ),
        ({"prefixes": [{}]}, "no ipv4Prefix or ipv6Prefix"),
        ({"prefixes": ["192.0.2.0/24"]}, "prefix 1 is not an object"),
        ({"prefixes": []}, 'neither "prefixes"'),
        ({}, 'neither "prefixes"'),
        ([], "not a JSON object"),
        ({"keys": [JWK]}, "name it after their Signature-Agent"),
    ],
)
def test_a_file_that_proves_nothing(tmp_path: Path, data: object, problem: str) -> None:
    (tmp_path / "list.json").write_text(json.dumps(data))
    with pytest.raises(ValueError, match=problem) as error:
        Robots(tmp_path)
    assert "list.json" in str(error.value)


@pytest.mark.parametrize("text", [b"", b"<html>", b"[" * 100_000, b"\xff", b'{"prefixes": NaN'])
def test_a_file_that_is_no_json(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "list.json").write_bytes(text)
    with pytest.raises(ValueError, match=r"list\.json is not a JSON object"):
        Robots(tmp_path)


def test_the_table_of_robots() -> None:
    """A list of one name has one source; each robot has a page of its operator."""
    assert len({row["robot"].casefold() for row in KNOWN}) == len(KNOWN)
    assert len({(row["list"], row["source"]) for row in KNOWN}) == len({row["list"] for row in KNOWN})
    for row in KNOWN:
        assert bool(row["list"]) == row["source"].startswith("https://")
        assert row["documented"].startswith("http")
        assert datetime.fromisoformat(row["checked"])
        assert row["licence"]
