"""Whether a request is of the browser that its User-Agent names."""

from __future__ import annotations

import contextlib
import csv
import json
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.database.default import DEFAULT, resolve
from huginn_cffi.hosts import host_records
from tests.support.browser_requests import OWN, sent
from tests.support.captures import pcap
from tests.support.core import SHARED
from tests.support.lab import table
from tests.support.packets import Ip4
from tests.support.user_agents import CHROME, DESKTOP, EXPLORER, FIREFOX, MAC, PHONE, SAFARI

CAUSES = (
    "; usual causes: a changed User-Agent, an intercepting proxy or antivirus product, a privacy mode, a "
    "desktop-site setting"
)

CLAIMS = {"Chrome": CHROME, "Firefox": FIREFOX, "Safari": SAFARI, "Internet Explorer": EXPLORER}

Fields = Iterable[tuple[str, str]]


def judged(
    fields: Fields, *, version: int = 1, hello: int = lib.HG_NOT_SEEN, in_order: bool = True
) -> tuple[str, str]:
    """The check in words, and why; the bytes end where their memory does."""
    fields = list(fields)
    texts = [text.encode("latin-1") for field in fields for text in field]
    places, at = list[int](), 0
    for text in texts:
        places += [at, len(text)]
        at += len(text)
    held = ffi.new("uint8_t[]", b"".join(texts)) if at else ffi.new("uint8_t[1]")
    numbers = ffi.new("uint16_t[]", places)
    request = ffi.new("hg_http_fields *", (held, numbers, len(fields), 0, version))
    out = ffi.new("hg_client_judgement *")
    database = resolve(DEFAULT)
    assert database is not None
    lib.hg_client_judge_fields(database._handle, request, hello, in_order, out)
    assert out.facts <= out.length <= lib.HG_WHY_BYTES
    why = ffi.buffer(out.why, out.length)[:].decode("utf-8", "replace")
    mismatch = out.check == lib.HG_CLIENT_MISMATCH
    assert why[out.facts :] == (CAUSES if mismatch else "")
    return ffi.string(lib.hg_client_check_name(out.check)).decode(), why.removesuffix(CAUSES)


def chrome(agent: str = CHROME, *, before: Fields = (), after: Fields = ()) -> list[tuple[str, str]]:
    """A page that Chromium asks for."""
    return [
        *(("Host", "x"), ("Connection", "keep-alive"), *before, ("Upgrade-Insecure-Requests", "1")),
        *(("User-Agent", agent), ("Accept", "text/html"), *after),
        *(("Accept-Encoding", "gzip, deflate"), ("Accept-Language", "en")),
    ]


# ---- browsers as they are ----------------------------------------------------------------------------------


def test_browsers_that_were_measured() -> None:
    asked = table("requests")
    assert {(one.program, one.http) for one in asked} >= {
        *(("Chromium", "1.1"), ("Chromium", "2"), ("Firefox", "1.1")),
        *(("WebKitGTK", "1.1"), ("WebKitGTK", "2"), ("Epiphany", "1.1")),
    }
    for one in asked:
        headers = [name.partition(":")[::2] for name in one.headers.split("|") if name[0] != ":"]
        found = judged(headers, version=int(one.http[-1]) if one.http == "2" else 1)
        assert found[0] == "consistent", (one, found)


@pytest.mark.parametrize("agent", [CHROME, FIREFOX, SAFARI])
def test_a_browser_is_named_in_the_first_512_bytes(agent: str) -> None:
    """The sender chooses the length of the value."""
    assert judged(chrome(agent + " " + "x" * 600)) == judged(chrome(agent))
    assert judged(chrome(agent + " bot"))[0] == "not_checked"
    assert judged(chrome(agent.ljust(512) + "bot")) == judged(chrome(agent))
    late = "x" * 510 + " " + agent
    assert judged(chrome(late))[0] == "not_checked"


def test_browsers_of_the_lists() -> None:
    path = SHARED / "http-tls" / "facts" / "http-clients.csv"
    if not path.exists():
        pytest.skip("../shared is absent: facts about HTTP clients")
    with path.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if "corpus" not in row["source"]]
    assert len(rows) > 500
    for row in rows:
        agent = row["user_agent"]
        fields = [(n, agent if n.lower() == "user-agent" else "x") for n in row["header_order"].split(",")]
        found = judged(fields, version=2 if row["protocol"] == "2" else 1)
        assert found[0] == "consistent", (row, found)


@pytest.mark.parametrize(
    ("agent", "encoding", "names"),
    [
        (  # Chromium 156 before a script's request to another site, over plain HTTP to no local address
            *(DESKTOP, "gzip, deflate"),
            "Host,Connection,Accept,Access-Control-Request-Method,Access-Control-Request-Headers,Origin,"
            "User-Agent,Sec-Fetch-Mode,Referer,Accept-Encoding,Accept-Language",
        ),
        (  # Chrome 68 for a film
            *(CHROME, "identity;q=1, *;q=0"),
            "Host,Connection,Accept-Encoding,User-Agent,Accept,Referer,Accept-Language,Range",
        ),
        (  # WebKit of iOS 12 with a body
            *(SAFARI, "br, gzip, deflate"),
            "Host,Content-Type,Accept-Encoding,Connection,Accept,User-Agent,Referer,Content-Length,Accept-Language",
        ),
    ],
)
def test_rare_requests_of_browsers(agent: str, encoding: str, names: str) -> None:
    values = {"User-Agent": agent, "Accept-Encoding": encoding}
    assert judged([(name, values.get(name, "x")) for name in names.split(",")])[0] == "consistent"


@pytest.mark.parametrize(
    ("names", "facts"),
    [
        (
            "Host,Connection,Upgrade-Insecure-Requests,User-Agent,Accept,Accept-Encoding,Accept-Language",
            "headers: Chrome or another of Chromium",
        ),
        (
            "Host,User-Agent,Accept,Accept-Language,Accept-Encoding,Connection,Upgrade-Insecure-Requests",
            "headers: Firefox or another of Gecko",
        ),
        ("Host,Upgrade-Insecure-Requests,Accept,User-Agent,Accept-Language,Accept-Encoding,Connection", ""),
    ],
)
def test_safaris_user_agent_on_the_headers_of_other_browsers(names: str, facts: str) -> None:
    """The last ones are its own."""
    values = {
        "User-Agent": SAFARI,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "keep-alive",
        "Upgrade-Insecure-Requests": "1",
    }
    found = judged([(name, values.get(name, "x")) for name in names.split(",")])
    assert found == (
        ("mismatch", f"User-Agent: Safari, {facts}")
        if facts
        else ("consistent", "User-Agent and headers: Safari")
    )


# ---- programs that say they are browsers -------------------------------------------------------------------


def programs() -> list[tuple[str, list[tuple[str, str]]]]:
    """Requests of HTTP/1.1 of other programs, as measured."""
    rows = [row for row in table("heads") if row.kind == "request"]
    own = [row for row in rows if row.program not in ("Chromium", "Firefox") and row.head[0] == "1"]
    assert len(own) >= 20
    return [(row.program, [name.partition(":")[::2] for name in row.head.split("|")[1:]]) for row in own]


@pytest.mark.parametrize("claim", CLAIMS)
def test_programs_with_the_user_agent_of_a_browser(claim: str) -> None:
    for program, fields in programs():
        changed = [
            (name, CLAIMS[claim]) if name.lower() == "user-agent" else (name, value) for name, value in fields
        ]
        if changed == fields:
            changed.append(("User-Agent", CLAIMS[claim]))
        check, why = judged(changed)
        assert check == "mismatch", (program, changed, why)
        assert why.startswith(f"User-Agent: {claim}, ")


@pytest.mark.parametrize(
    ("agent", "names", "facts"),
    [
        (CHROME, "Host,User-Agent,Accept", "User-Agent: Chrome, headers: no Accept-Encoding"),
        (
            *(CHROME, "Accept-Encoding,Host,User-Agent,Connection"),
            "User-Agent: Chrome, order of headers: User-Agent before Connection",
        ),
        (CHROME, "Host,User-Agent,Accept,Accept-Encoding", "User-Agent: Chrome, headers: no Connection"),
        (
            FIREFOX,
            "Host,User-Agent,Accept,Accept-Encoding",
            "User-Agent: Firefox, headers: no Accept-Language",
        ),
        (SAFARI, "Host,User-Agent,Accept-Encoding,Accept", "User-Agent: Safari, headers: no Accept-Language"),
        (
            *(SAFARI, "Host,User-Agent,Accept-Encoding,Accept,Connection,Accept-Language"),
            "User-Agent: Safari, order of headers: Accept-Encoding before Accept",
        ),
        (
            *(CHROME, "host,connection,user-agent,accept,sec-fetch-mode,accept-encoding,accept-language"),
            "User-Agent: Chrome, headers: no Sec-Fetch-Site",
        ),
        (
            f"{MAC} CriOS/120.0 Mobile/15E148 Safari/604.1",
            "Host,User-Agent,Accept",
            "User-Agent: Chrome for iOS, ",
        ),
        (
            CHROME + " Edg/149.0.0.0",
            "Host,User-Agent,Accept",
            "User-Agent: Edge, headers: no Accept-Encoding",
        ),
    ],
)
def test_the_two_facts(agent: str, names: str, facts: str) -> None:
    fields = [(name, agent if name.lower() == "user-agent" else "x") for name in names.split(",")]
    check, why = judged(fields)
    assert check == "mismatch"
    assert why.startswith(facts)


# ---- client hints ------------------------------------------------------------------------------------------


def hinted(agent: str, platform: str, brands: str = "") -> tuple[str, str]:
    own = [("sec-ch-ua", brands)] if brands else []
    return judged(chrome(agent, before=[*own, ("sec-ch-ua-platform", f'"{platform}"')]))


@pytest.mark.parametrize(
    ("agent", "platform", "facts"),
    [
        (CHROME, "Linux", "User-Agent: Windows, client hint: Linux"),
        (CHROME, "macOS", "User-Agent: Windows, client hint: macOS"),
        (CHROME, "Android", "User-Agent: Windows, client hint: Android"),
        (DESKTOP, "Windows", "User-Agent: Linux, client hint: Windows"),
        (PHONE, "Linux", "User-Agent: Android, client hint: Linux"),
        (FIREFOX, "Linux", "User-Agent: Firefox, headers: client hints, which it never sends"),
    ],
)
def test_hints_that_differ(agent: str, platform: str, facts: str) -> None:
    assert hinted(agent, platform) == ("mismatch", facts)


@pytest.mark.parametrize(
    ("agent", "platform"),
    [
        *((CHROME, "Windows"), (PHONE, "Android"), (DESKTOP, "Linux"), (CHROME, "Unknown"), (CHROME, "")),
        (DESKTOP, "Android"),  # a tablet that asks for pages as made for desktops
        (DESKTOP, "Chrome OS"),
    ],
)
def test_hints_that_agree(agent: str, platform: str) -> None:
    assert hinted(agent, platform)[0] == "consistent"


def test_brands_name_the_version() -> None:
    brands = '"Chromium";v="%s", "Not=A?Brand";v="24", "Google Chrome";v="%s"'
    assert hinted(CHROME, "Windows", brands % (149, 149))[0] == "consistent"
    assert hinted(CHROME, "Windows", brands % (156, 156)) == (
        *("mismatch", "User-Agent: Chrome/149, client hint: Chromium 156"),
    )


# ---- what is not compared ----------------------------------------------------------------------------------

CURL = (("Host", "x"), ("User-Agent", CHROME), ("Accept", "*/*"))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ([], "no User-Agent"),
        ([("Host", "x")], "no User-Agent"),
        ([("User-Agent", "curl/8.5.0")], "the User-Agent names no browser whose headers are known"),
        (
            [("User-Agent", CHROME + " Googlebot/2.1")],
            "the User-Agent names no browser whose headers are known",
        ),
        ([("User-Agent", f"{CHROME} TV")], "the User-Agent names no browser whose headers are known"),
        ([*CURL, ("Via", "1.1 proxy")], "a proxy passed the request on"),
        ([*CURL, ("X-Forwarded-For", "192.0.2.1")], "a proxy passed the request on"),
    ],
)
def test_not_checked(fields: Fields, why: str) -> None:
    assert judged(fields) == ("not_checked", why)


def test_http_1_0_is_of_proxies() -> None:
    assert judged(CURL, version=0) == ("not_checked", "browsers send HTTP/1.0 through proxies only")


def test_hints_pass_through_proxies() -> None:
    fields = [("Via", "1.1 proxy"), *CURL, ("Sec-CH-UA-Platform", '"Linux"')]
    assert judged(fields)[0] == "mismatch"


def test_without_an_order() -> None:
    """Whoever sorts headers may also take out what belongs to the connection."""
    fields = sorted((name, value) for name, value in chrome() if name != "Connection")
    assert judged(fields)[0] == "mismatch"
    assert judged(fields, in_order=False)[0] == "consistent"
    assert judged(CURL, in_order=False)[0] == "mismatch"


# ---- ClientHellos ------------------------------------------------------------------------------------------


def hello_of(ja4: str) -> int:
    database = resolve(DEFAULT)
    assert database is not None
    return int(lib.hg_database_match_tls(database._handle, ja4.encode(), ffi.NULL).signature)


def test_the_hello_of_the_connection() -> None:
    """JA4s as workbench/lab/hellos.csv has them."""
    rows = {row.client: row.ja4 for row in table("hellos")}
    own, other = hello_of(rows["Chromium"]), hello_of(rows["Firefox"])
    assert lib.HG_NO_SIGNATURE not in (own, other)
    assert judged(chrome(), hello=own) == ("consistent", "User-Agent and headers: Chrome")
    assert judged(chrome(), hello=other) == ("mismatch", "User-Agent: Chrome, ClientHello: Firefox")
    curl = next(hello_of(ja4) for client, ja4 in rows.items() if client.startswith("curl"))
    assert judged(chrome(), hello=curl)[1].startswith("User-Agent: Chrome, ClientHello: curl")


# ---- whatever is sent --------------------------------------------------------------------------------------

names = st.sampled_from(
    ["Host", "User-Agent", "Accept", "Connection", "Via", "Sec-CH-UA-Platform", "Sec-CH-UA", ""]
)
values = st.sampled_from([CHROME, FIREFOX, '"Linux"', '"Chromium";v="', "Chrome/", ""]) | st.text(
    st.characters(max_codepoint=255), max_size=20
)


@given(st.lists(st.tuples(names, values), max_size=12), st.integers(0, 2), st.integers(0, 2**32 - 1))
def test_any_request(fields: list[tuple[str, str]], version: int, hello: int) -> None:
    judged(fields, version=version, hello=hello)


# ---- captures ----------------------------------------------------------------------------------------------


FACTS = "User-Agent: Chrome, headers: no Accept-Encoding"


def rendered(form: str, line: str) -> str:
    """The request with one more header, in a format."""
    (batch,) = hg.Analyzer().batches(pcap(sent(f"{OWN}{line}\n")))
    return batch.render(form).decode()


def test_a_request_with_the_user_agent_of_a_browser() -> None:
    results = list(hg.Analyzer().analyze_packets(sent(f"{OWN}\n")))
    (found,) = [one.http_request for one in results if one.http_request]
    assert (found.client_check, found.client_why) == ("mismatch", f"{FACTS}{CAUSES}")
    assert f"\n  Client:  mismatch ({FACTS}{CAUSES})\n" in rendered("text", "")


def test_the_host_has_a_finding() -> None:
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(pcap(sent(f"{OWN}\n"))):
        summary.add(batch)
    (finding,) = summary.findings()
    assert (finding["kind"], finding["hosts"], finding["packets"]) == ("client_mismatch", [Ip4().source], 1)
    assert finding["text"].startswith(
        f"{Ip4().source} may not be what their User-Agent says, as with a changed User-Agent, a proxy, "
    )
    assert finding["text"].endswith(f"a desktop-site setting ({FACTS})")
    hosts = {one.ip: one for one in host_records(hg.Analyzer().analyze_packets(sent(f"{OWN}\n")))}
    host = hosts[Ip4().source]
    assert host.findings == ("client_mismatch",)
    (evidence,) = [one for one in host.evidence if one.source == "client_check"]
    assert (evidence.name, evidence.relation, evidence.packets) == (FACTS, "not_compared", 1)


# ---- Signature-Agent ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('Signature-Agent: "https://agent.example"\n', "https://agent.example"),
        ('signature-agent:  sig1="https://agent.example" \n', 'sig1="https://agent.example"'),
        ("Signature-Agent: \n", None),
        ("Signature-Input: sig1\n", None),
        ("", None),
    ],
)
def test_signature_agent(line: str, shown: str | None) -> None:
    assert (f"\n  Agent:   {shown}\n" in rendered("text", line)) == (shown is not None)
    record = json.loads(rendered("json", line).splitlines()[-1])
    assert record.get("signature_agent") == shown
    for form, own in (("eve", "fingerprint"), ("ecs", "huginn")):
        assert json.loads(rendered(form, line).splitlines()[-1])[own].get("signature_agent") == shown
    assert "agent.example" not in record["signature"]


MISMATCHES = {
    "PcapPlusPlus__one_http_stream_rst.pcap",  # a download manager, from the middle of a file on
    # a remote control in PowerShell, twice
    "Security-Datasets__empire_ninjacopy_dumping_ntds_dit_file_pcap__empire_ninjacopy_dumping_ntds_dit_file.pcapng",
    "Security-Datasets__pcap_log4shell_cve2021_44228_java_serialized__"
    "pcap_log4shell_cve2021_44228_java_serialized_2022-05-13045800.pcapng",
    # malware
    "suricata-verify__TLPW1-tcp-110.37.219.134-10.12.14.101-tcp-990-49230.pcap",
    "suricata-verify__TLPW1-tcp-110.37.219.134-10.12.14.101-tcp-990-49254.pcap",
    "suricata-verify__TLPW1-tcp-174.56.47.59-10.3.11.101-tcp-80-49309.pcap",
    "arkime__http-tcp-seq-issue.pcap",  # a program uploads a web shell
    "nDPI__mpeg-dash.pcap",  # a player with the text of its system's browser
    "nfstream__trickbot.pcap",  # malware
    "suricata-verify__bug-4199-4__input.pcap",  # an attack, with the headers of Python Requests
    "suricata-verify__bug-7657-01__input.pcap",  # made by hand
    "suricata-verify__entropy-01__input.pcap",  # malware
    "suricata-verify__http-chunked__input.pcap",  # an attack
    "suricata-verify__http-raw-header__input.pcap",  # a Content-Type without content
    "suricata-verify__suri-crash-13.107.253.70-only.pcap",  # a program asks for packages
}


def test_captures_of_others() -> None:
    """Each of these was looked at: what asks there is no browser."""
    paths = sorted(path for path in (SHARED / "corpus").glob("*.pcap*"))
    paths += sorted(path for path in (SHARED / "http-tls" / "captures").glob("*.pcap*"))
    if not paths:
        pytest.skip("../shared is absent: captures")
    found, consistent = set(), 0
    analyzer = hg.Analyzer(http="all", uptime=False)
    for path in paths:
        with contextlib.suppress(hg.CaptureError):
            for one in analyzer.analyze_pcap(path):
                if one.http_request and one.http_request.client_check == "mismatch":
                    found.add(path.name)
                consistent += bool(one.http_request and one.http_request.client_check == "consistent")
    assert found == MISMATCHES
    assert consistent > 400
