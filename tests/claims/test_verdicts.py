"""The table of verdicts, the examples of the manual, and the form of the field."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.base.text_tables import aligned
from huginn_cffi.claims.judging import ROWS, ClaimEvidence, ClientClaim, judge
from huginn_cffi.claims.robots import Robots
from huginn_cffi.claims.signatures import UNSIGNED, RequestSignature
from tests.support.manual_blocks import ROOT
from tests.support.robot_lists import GOOGLEBOT, write

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36"  # noqa: E501
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:151.0) Gecko/20100101 Firefox/151.0"
IN_APP = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"  # noqa: E501
CHATGPT = "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot"
DATABASE = hg.Analyzer().database
WORDS = ("verdict", "reason")
NOTHING = ClaimEvidence(reason="no handshake")
FITS = ClaimEvidence("consistent", "consistent", "Windows", "Windows", "Chrome", True)


@pytest.fixture
def robots(tmp_path: Path) -> Robots:
    write(tmp_path, "common-crawlers.json", [{"ipv4Prefix": "192.0.2.0/27"}])
    return Robots(tmp_path)


def claim(
    robots: Robots,
    agent: str,
    compared: ClaimEvidence = NOTHING,
    address: str = "203.0.113.9",
    signature: RequestSignature = UNSIGNED,
) -> ClientClaim:
    return judge(
        robots, DATABASE, agent.encode("utf-8", "surrogateescape"), b"", address, compared, signature
    )


def test_the_examples(robots: Robots) -> None:
    assert (
        str(claim(robots, CHROME, FITS))
        == '"Chrome 150 on Windows";verdict=consistent;by="syn hello headers"'
    )
    assert str(claim(robots, GOOGLEBOT, address="192.0.2.1")) == '"Googlebot";verdict=proven;by=address'
    signed = claim(robots, CHATGPT, signature=RequestSignature("chatgpt.com"))
    assert str(signed) == '"ChatGPT-User";verdict=proven;by=signature'
    assert str(claim(robots, GOOGLEBOT)) == (
        '"Googlebot";verdict=false;by=address;reason="the address is not on the operator\'s list"'
    )
    program = ClaimEvidence(
        "contradicts",
        "mismatch",
        "SYN: Linux, User-Agent: Windows; User-Agent: Chrome, ClientHello: Go",
        "Linux",
        "Go",
    )
    assert str(claim(robots, CHROME, program)) == (
        '"Chrome 150 on Windows";verdict=contradicts;by="syn hello";syn="Linux";hello="Go"'
        ';reason="another system and another program than its browser says"'
    )
    assert str(claim(robots, "")) == '""'
    assert str(claim(robots, CHROME)) == '"Chrome 150 on Windows";verdict=not_checked;reason="no handshake"'


def test_the_manual_shows_the_table() -> None:
    page = (ROOT / "docs" / "guide" / "web-servers.md").read_text(encoding="utf-8")
    shown = [[row[key] if key in WORDS else row[key].replace("*", "any") for key in row] for row in ROWS]
    assert "\n".join(aligned([[*ROWS[0]], *shown])) in page


@pytest.mark.parametrize(
    ("compared", "by", "reason"),
    [
        # VPN, iCloud Private Relay, a VM: the SYN is another machine's
        (
            ClaimEvidence("contradicts", "consistent", "SYN: Linux, User-Agent: Windows", "Linux", "Chrome"),
            ("syn",),
            "another system than its browser says",
        ),
        # a company's proxy decrypts TLS
        (
            ClaimEvidence("consistent", "mismatch", "User-Agent: Chrome, ClientHello: Go", "Windows", "Go"),
            ("hello",),
            "another program than its browser says",
        ),
        # a User-Agent changed for privacy
        (
            ClaimEvidence("not_checked", "mismatch", "User-Agent: Windows, client hint: Linux", "", ""),
            ("headers",),
            "another program than its browser says",
        ),
        # several systems share the address: the core states no facts
        (
            ClaimEvidence(
                "contradicts", "not_checked", "several systems share this address", "Linux", "Chrome"
            ),
            ("syn",),
            "another system than its browser says",
        ),
        (
            ClaimEvidence(
                "contradicts", "not_checked", "hello: Windows (Schannel), User-Agent: Linux", "", "Schannel"
            ),
            ("hello",),
            "another system than its browser says",
        ),
    ],
)
def test_a_contradiction_is_no_accusation(
    robots: Robots, compared: ClaimEvidence, by: tuple[str, ...], reason: str
) -> None:
    found = claim(robots, CHROME, compared)
    assert (found.verdict, found.by, found.reason) == ("contradicts", by, reason)


@pytest.mark.parametrize(
    ("agent", "compared", "text"),
    [
        ("curl/8.5.0", ClaimEvidence(hello="curl"), '"curl 8.5";verdict=consistent;by=hello'),
        ("Go-http-client/2.0", ClaimEvidence(hello="Go"), '"Go-http-client 2.0";verdict=consistent;by=hello'),
        (
            "curl/8.5.0",
            ClaimEvidence(
                "contradicts", reason="SYN: Linux, hello: Windows (Schannel)", syn="Linux", hello="Schannel"
            ),
            '"curl 8.5";verdict=not_checked;reason="SYN: Linux, hello: Windows (Schannel)"',
        ),
        ("own", ClaimEvidence(reason="no handshake"), '"own";verdict=not_checked;reason="no handshake"'),
        (
            "Mozilla/5.0 (compatible; NewBot/1.0; +https://example.com)",
            NOTHING,
            '"NewBot 1.0";verdict=not_checked;reason="no handshake"',
        ),
        (IN_APP, NOTHING, '"Mozilla on iOS";verdict=not_checked;reason="no handshake"'),
        (
            f"{IN_APP} [FBAN/FBIOS;FBAV/470.0]",
            NOTHING,
            '"FBAV 470.0 on iOS";verdict=not_checked;reason="no handshake"',
        ),
        ('";verdict=proven', NOTHING, '"??verdict?proven";verdict=not_checked;reason="no handshake"'),
        ("x;verdict=proven", NOTHING, '"x";verdict=not_checked;reason="no handshake"'),
        ("é\udcff\r\n", NOTHING, '"????";verdict=not_checked;reason="no handshake"'),
    ],
)
def test_programs(robots: Robots, agent: str, compared: ClaimEvidence, text: str) -> None:
    assert str(claim(robots, agent, compared)) == text


def test_signatures_beside_other_evidence(robots: Robots) -> None:
    foreign = claim(robots, CHATGPT, signature=RequestSignature("evil.example"))
    assert (foreign.name, foreign.verdict) == ("ChatGPT-User", "not_checked"), "another operator's key"
    assert claim(robots, GOOGLEBOT, signature=RequestSignature("evil.example")).verdict == "false"
    assert (
        claim(robots, GOOGLEBOT, address="192.0.2.1", signature=RequestSignature("", "expired")).verdict
        == "proven"
    )
    agent = claim(robots, CHROME, signature=RequestSignature("chatgpt.com"))
    assert str(agent) == '"chatgpt.com";verdict=proven;by=signature', "an agent with a browser's User-Agent"
    refused = claim(robots, CHATGPT, signature=RequestSignature("", "expired"))
    assert (refused.verdict, refused.reason) == ("not_checked", "signature: it has expired")
    assert claim(robots, CHROME, FITS, signature=RequestSignature("", "wrong")).verdict == "consistent"


def test_each_state_has_a_verdict_and_each_row_a_state() -> None:
    states = {
        "claim": ("none", "robot", "browser", "program"),
        "signature": ("none", "valid", "foreign"),
        "address": ("none", "unknown", "listed", "elsewhere"),
        "system": ("not_checked", "consistent", "contradicts"),
        "program": ("not_checked", "consistent", "mismatch"),
    }
    used = set()
    for values in itertools.product(*states.values()):
        seen = dict(zip(states, values, strict=True))
        number = next(i for i, row in enumerate(ROWS) if all(row[key] in ("*", seen[key]) for key in states))
        used.add(number)
        verdict = ROWS[number]["verdict"]
        assert verdict != "false" or (seen["claim"], seen["address"]) == ("robot", "elsewhere")
        assert verdict != "proven" or "valid" in values or "listed" in values
        assert verdict != "contradicts" or "contradicts" in values or "mismatch" in values
    assert used == {*range(len(ROWS))}
