"""The clients and servers of HTTP that the default database names, and the systems of User-Agents."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import huginn_cffi as hg
from sigcompiler.stacks import stacks_of
from tests.support.core import SIGNATURES
from tests.support.heads import HeadFields, asked, claimed
from tests.support.http_cases import head_of
from tests.support.lab import table
from tests.support.observed_heads import signature_of, software, texts_of

SOURCES = (
    "measured here",
    "browser lists",
    "public captures",
    "its maker's documentation",
    "ai.robots.txt",
)
WORDS = {
    "another browser of Gecko": "gecko/",
    "Adobe AIR": "adobeair",
    "Android WebView": "; wv)",
    "Android Dalvik": "dalvik",
    "Apple captive portal check": "captivenetworksupport",
    "Apple CFNetwork": "cfnetwork",
    "Apple CoreMedia": "applecoremedia",
    "Apple trustd": "trustd",
    "Edge": "edg/",
    "Firefox or another of Gecko": "gecko/",
    "Go net/http": "go-http-client",
    "Opera": "opr/",
    "Windows BITS": "bits/",
    "Windows Delivery Optimization": "delivery-optimization",
    "Windows NCSI": "ncsi",
    "Amazon S3": "amazons3",
    "Baidu Front End": "bfe/",
    "CDNetworks": "pws/",
    "IIS": "microsoft-iis",
    "Python http.server": "simplehttp",
    "Tomcat": "coyote",
    "Traffic Server": "ats/",
    "Yahoo Traffic Server": "yts/",
}
"""What a text says for a name whose first word it does not hold."""
SEVERAL = {
    "Internet Explorer": ("msie", "trident/"),
    "Netflix": ("netflix", "argo/"),
    "Google": ("gws", "gfe/", "sffe", "google", "ocsp_responder", "fws"),
}


@pytest.fixture(scope="module")
def database() -> hg.Database:
    """As the files are now, and not as the core was built with them."""
    return hg.Database.compile(SIGNATURES)


@pytest.fixture(scope="module")
def seen(corpus: Path) -> list[HeadFields]:
    lines = (corpus.parent / "http-tls/oracle/http-own.jsonl").read_text().splitlines()
    return [head_of(json.loads(line)) for line in lines]


def test_each_line_has_its_source(database: hg.Database) -> None:
    lines = [one for one in database.signatures if one.section.startswith("http:")]
    assert len(lines) > 200
    assert [one for one in lines if not one.provenance.endswith(("; high", "; medium", "; low"))] == []
    assert [one for one in lines if not any(source in one.provenance for source in SOURCES)] == []


@pytest.mark.parametrize(
    ("response", "left_out", "share"),
    [
        (False, "", 0.885),
        (False, "measured here", 0.885),
        (False, "browser lists", 0.885),
        (False, "public captures", 0.82),
        (False, "its maker's documentation", 0.875),
        (True, "", 0.885),
        (True, "measured here", 0.885),
        (True, "public captures", 0.83),
        (True, "its maker's documentation", 0.885),
    ],
)
def test_share_that_is_named(
    database: hg.Database, seen: list[HeadFields], response: bool, left_out: str, share: float
) -> None:
    """Of the different User-Agents and Servers of the corpus, also without what one source alone says."""
    texts = texts_of(seen, response)
    named = {
        software(head) for head in seen if head.response is response and named_by(database, head, left_out)
    }
    assert len(named & texts) / len(texts) >= share


def named_by(database: hg.Database, head: HeadFields, left_out: str) -> bool:
    """Whether any signature fits that another source tells of."""
    _, every = asked(database, head)
    others = [source for source in SOURCES if source != left_out]
    return any(
        any(source in database._records.http[one.number].provenance for source in others)
        for one in every
        if one is not None
    )


def test_no_name_contradicts_its_text(database: hg.Database, seen: list[HeadFields]) -> None:
    wrong = []
    for head in seen:
        signature, dishonest = signature_of(database, head)
        text = software(head).lower()
        if signature is None or dishonest or not text:
            continue
        name = signature.name
        words = SEVERAL.get(name, (WORDS.get(name, name.split(" ")[0].lower()),))
        if not any(word in text for word in words):
            wrong.append((signature.label, software(head)))
    assert wrong == []


def test_few_are_dishonest(database: hg.Database, seen: list[HeadFields]) -> None:
    """None of the corpus, whose clients are what they say or were made by hand."""
    assert [software(head) for head in seen if signature_of(database, head)[1]] == []


def test_measured_programs_are_named(database: hg.Database) -> None:
    """Those that were measured here, by a signature of their order; few send too little for that."""
    unnamed = set()
    for one in table("heads"):
        version, *lines = one.head.split("|")
        fields = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        head = HeadFields(fields, int(version), one.kind == "response")
        signature, dishonest = signature_of(database, head)
        if signature is None or signature.kind == "generic":
            unnamed.add(one.program)
        assert not dishonest, one.head
    assert unnamed <= {"Node http", "PHP", "curl", "Chromium", "Go net/http"}


TEXTS = {
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15": "iOS",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0": "Android",
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36": "Chrome OS",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15": "macOS",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) Edge/44": "Xbox",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0.0.0": "Windows",
    "Mozilla/5.0 (Mobile; Windows Phone 8.1; Android 4.0; like iPhone OS 7_0_3 Mac OS X)": "Windows Phone",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0": "Linux",
    "curl/8.5.0": None,
    # Client hints, quotes and all.
    '"Windows"': "Windows",
    '"macOS"': "macOS",
    '"Linux"': "Linux",
    '"Android"': "Android",
    '"Chrome OS"': "Chrome OS",
    '"Chromium OS"': "Chrome OS",
    '"iOS"': "iOS",
    '"Unknown"': None,
}


FAMILIES = {"Mac": "macOS", **dict.fromkeys(("Ubuntu", "Fedora", "Kubuntu", "Debian", "Red"), "Linux")}


@pytest.mark.parametrize("text", TEXTS)
def test_systems_of_texts(database: hg.Database, text: str) -> None:
    assert claimed(database, text) == TEXTS[text]


def test_systems_as_a_parser_of_user_agents_has_them(
    database: hg.Database, corpus: Path, seen: list[HeadFields]
) -> None:
    """By family, over all texts of the corpus and of the facts: it names none otherwise, and none alone."""
    parse_os: Callable[[str], object] = pytest.importorskip("ua_parser").parse_os
    with (corpus.parent / "http-tls/facts/http-clients.csv").open(encoding="utf-8") as file:
        texts = texts_of(seen, False) | {row["user_agent"] for row in csv.DictReader(file)} - {""}
    different = []
    for text in texts:
        found = parse_os(text)
        family = getattr(found, "family", "Other").partition(" ")[0]
        theirs = FAMILIES.get(family, family)
        ours = claimed(database, text)
        if theirs != "Other" and not stacks_of(theirs) & stacks_of(ours or ""):
            different.append((text, ours, theirs))
    assert len(texts) > 200
    assert different == []


CHROMIUM = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
HINTS = "sec-ch-ua|sec-ch-ua-mobile|sec-ch-ua-platform|"
FETCHED = "Sec-Fetch-Site|Sec-Fetch-Mode|Sec-Fetch-Dest|"
GET_AND_POST = {
    "Chrome 60 or newer": (
        "Host|Connection:keep-alive|Upgrade-Insecure-Requests:1|User-Agent|Accept|Accept-Encoding|Accept-Language",
        "Host|Connection:keep-alive|Content-Length|Cache-Control|Upgrade-Insecure-Requests:1|Content-Type|"
        "User-Agent|Origin|Accept|Referer|Accept-Encoding|Accept-Language",
    ),
    "Chrome 89 or newer": (
        f"Host|Connection:keep-alive|{HINTS}Upgrade-Insecure-Requests:1|User-Agent|Accept|"
        f"{FETCHED}Accept-Encoding|Accept-Language",
        f"Host|Connection:keep-alive|Content-Length|Cache-Control|{HINTS}Upgrade-Insecure-Requests:1|"
        f"Content-Type|User-Agent|Origin|Accept|{FETCHED}Referer|Accept-Encoding|Accept-Language",
        f"Host|Connection:keep-alive|Content-Length|Cache-Control|{HINTS}Upgrade-Insecure-Requests:1|"
        f"Origin|Content-Type|User-Agent|Accept|{FETCHED}Referer|Accept-Encoding|Accept-Language",
    ),
    "Firefox 128 or newer": (
        "Host|User-Agent|Accept|Accept-Language|Accept-Encoding:gzip, deflate|Connection:keep-alive|"
        "Upgrade-Insecure-Requests:1|Priority:u=0, i",
        "Host|User-Agent|Accept|Accept-Language|Accept-Encoding:gzip, deflate|Content-Type|Content-Length|"
        "Origin|Connection:keep-alive|Referer|Upgrade-Insecure-Requests:1|Priority:u=0, i",
    ),
}
"""The heads of a GET and of forms that are posted: Chromium 156 and Firefox 153 of Debian 12, measured
2026 at a server here, and Chrome of 2022 from a public capture. Accept-Language moved within Chromium."""


@pytest.mark.parametrize("name", GET_AND_POST)
def test_a_form_that_is_posted_has_the_name_of_a_get(database: hg.Database, name: str) -> None:
    for text in GET_AND_POST[name]:
        values = {"User-Agent": FIREFOX if name.startswith("Firefox") else CHROMIUM}
        fields = [part.partition(":") for part in text.split("|")]
        found, _ = signature_of(
            database, HeadFields([(one, values.get(one, value)) for one, _, value in fields])
        )
        assert found is not None
        assert found.label == name


def test_agents_of_ai_have_names_of_their_own(database: hg.Database, corpus: Path) -> None:
    """Agents that drive a browser send its headers: the User-Agent's own word wins."""
    with (corpus.parent / "facts/robots.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    agents = [row["name or pattern"] for row in listed if row["source"] == "ai.robots.txt"]
    order = GET_AND_POST["Chrome 60 or newer"][0].replace("User-Agent", "User-Agent:{}").split("|")
    named = set()
    for agent in agents:
        text = CHROMIUM.replace("like Gecko", f"like Gecko; compatible; {agent}/1.0")
        fields = [part.partition(":") for part in order]
        signature, _ = signature_of(
            database, HeadFields([(one, value.format(text)) for one, _, value in fields])
        )
        if signature is not None and signature.name.partition(" ")[0].lower() in text.lower():
            named.add(agent)
    assert len(agents) >= 160
    assert len(named) >= 0.9 * len(agents)
