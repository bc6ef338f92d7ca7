"""Versions that programs state of their own system, and those that they have frozen."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from huginn_cffi._native import ffi, lib
from sigcompiler.claims.labels import family_identity
from sigcompiler.claims.versions import Versions
from tests.support.version_sets import versions_text

AGENT, HINT, SERVER = lib.HG_STATED_USER_AGENT, lib.HG_STATED_CLIENT_HINT, lib.HG_STATED_SERVER
FAMILIES = ("Windows", "macOS", "iOS", "Android", "Linux")

WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0"
TRIDENT = "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)"


def stated(source: int, family: str, text: str | bytes) -> str | None:
    """The versions in words; None where none are stated."""
    data = text if isinstance(text, bytes) else text.encode()
    # A copy of its own, so that a sanitizer sees a read past the end.
    held = ffi.new("uint8_t[]", data)
    out = ffi.new("uint64_t[2]")
    found = lib.hg_stated_versions(source, family_identity(family), held, len(data), out)
    assert found in (0, 1)
    if not found:
        assert list(out) == [0, 0]
        return None
    assert out[0] <= out[1]
    return versions_text(family, [Versions(*out)])


@pytest.mark.parametrize(
    ("family", "text", "expected"),
    [
        ("Windows", "Mozilla/4.0 (compatible; MSIE 5.01; Windows NT 5.0)", "2000"),
        ("Windows", TRIDENT, "XP"),
        (
            "Windows",
            "Mozilla/5.0 (Windows NT 5.2; Win64; x64; rv:24.0) Gecko/20100101 Firefox/24.0",
            "XP or 2003",
        ),
        ("Windows", "Mozilla/5.0 (Windows; U; Windows NT 6.0; en-US; rv:1.9) Firefox/3.0", "Vista or 2008"),
        ("Windows", "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko", "7 or 2008 R2"),
        ("Windows", "Mozilla/5.0 (Windows NT 6.2; WOW64) Chrome/30.0", "8 or 2012"),
        ("Windows", "Mozilla/5.0 (Windows NT 6.3; Win64; x64) Chrome/60.0", "8.1 or 2012 R2"),
        ("Windows", f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36", None),
        ("Windows", f"Mozilla/5.0 (Windows NT 10.0; x) {TRIDENT}", None),
        (
            "Windows",
            f"Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0; {TRIDENT}; x)",
            "7 or 2008 R2",
        ),
        ("Windows", "Mozilla/5.0 (Windows NT 6.10)", None),
        ("Windows", "Mozilla/5.0 (Windows NT 6.1.7601)", None),
        ("Windows", "Mozilla/5.0 (Windows NT 7.7)", None),
        ("Windows", "Mozilla/4.0 (compatible; MSIE 6.0; Windows XP)", "XP"),
        ("Windows", "Mozilla/4.0 (compatible; MSIE 5.5; Windows 98)", "98"),
        ("Windows", "Mozilla/4.7 [en] (Win98; I)", "98"),
        ("Windows", "Mozilla/4.0 (compatible; MSIE 5.5; Windows 98; Win 9x 4.90)", "ME"),
        ("Windows", "Mozilla/5.0 (Windows; U; Win 9x 4.90; en-US; rv:1.7) Gecko/20040803", "ME"),
        ("Windows", "Opera/9.0 (Windows ME; U; en)", "ME"),
        ("Windows", "Mozilla/4.0 (compatible; MSIE 5.0; Windows 95)", "95"),
        ("Windows", "Mozilla/4.5 [en] (Win95; I)", "95"),
        ("Windows", "Mozilla/4.0 (compatible; MSIE 4.01; Windows NT 4.0)", "NT"),
        ("Windows", "Mozilla/5.0 (Windows; U; WinNT4.0; en-US; rv:1.2) Gecko/20021126", "NT"),
        ("Windows", "Mozilla/4.0 (compatible; MSIE 5.0; Windows 2000) Opera 6.03", "2000"),
        ("Windows", "Mozilla/4.0 (compatible; MSIE 5.0; Windows NT)", None),
        ("Windows", "Microsoft-CryptoAPI/10.0", "10 or newer"),
        ("Windows", "Microsoft-CryptoAPI/6.1", "7 or 2008 R2"),
        ("Windows", "Microsoft-CryptoAPI/7.1", None),
        ("Windows", "Microsoft-WebDAV-MiniRedir/10.0.19045", "10 or newer"),
        ("Windows", "Microsoft-Windows/6.1 UPnP/1.0", "7 or 2008 R2"),
        ("Windows", "Mozilla/4.0 (compatible; UPnP/1.0; Windows NT/5.1)", "XP"),
        ("Windows", "Microsoft BITS/6.7", "XP or 2003"),
        ("Windows", "Microsoft BITS/7.0", "Vista or 2008"),
        ("Windows", "Microsoft BITS/7.8", None),
        ("macOS", f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_5) {WEBKIT} Version/7.0", "10.9"),
        (
            "macOS",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.9; rv:31.0) Gecko/20100101 Firefox/31.0",
            "10.9",
        ),
        ("macOS", "Mozilla/5.0 (Macintosh; PPC Mac OS X 10.4; en-US)", "10.4"),
        ("macOS", f"Mozilla/5.0 (Macintosh; Intel Mac OS X 11_2_3) {CHROME}", "11"),
        ("macOS", f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/17.5", None),
        (
            "macOS",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:126.0) Gecko/20100101 Firefox/126.0",
            None,
        ),
        ("macOS", f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_16_0) {WEBKIT}", None),
        ("macOS", f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_6) {WEBKIT} Version/13.1.2", "10.15"),
        ("macOS", f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_0) {WEBKIT}", "10.15"),
        ("macOS", f"Mozilla/5.0 (Macintosh; U; PPC Mac OS X; en) {WEBKIT}", None),
        ("macOS", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_99999)", None),
        ("iOS", f"Mozilla/5.0 (iPhone; CPU iPhone OS 12_4_1 like Mac OS X) {WEBKIT} Version/12.1.2", "12.4"),
        ("iOS", f"Mozilla/5.0 (iPad; CPU OS 12_4 like Mac OS X) {WEBKIT}", "12.4"),
        ("iOS", "Mozilla/5.0 (iPad; U; CPU OS 3_2 like Mac OS X; en-us)", "3.2"),
        ("iOS", f"Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) {WEBKIT} CriOS/140.0", "26.0"),
        ("iOS", f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {WEBKIT} Version/18.5", "18.5"),
        ("iOS", f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {WEBKIT} Version/26.0", None),
        ("iOS", f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) {WEBKIT} Version/26.1", None),
        ("iOS", "MyApp/1.0 CFNetwork/1410.0.3 Darwin/22.6.0", "16"),
        ("iOS", "MyApp/1.0 CFNetwork/672.1.15 Darwin/14.0.0", "7-8"),
        ("iOS", "MyApp/1.0 CFNetwork/3826 Darwin/25.0.0", "26"),
        ("iOS", "Argo/9.1.0 (iPhone; iOS 10.2; Scale/2.00)", "10.2"),
        ("iOS", "MyApp/1.0 Darwin/7.0.0", None),
        ("macOS", "MyApp/1.0 CFNetwork/1410.0.3 Darwin/22.6.0", "13"),
        ("macOS", "MyApp/1.0 CFNetwork/3826 Darwin/25.0.0", "26"),
        ("macOS", "Wget/1.14 (darwin12.2.0)", "10.8"),
        ("macOS", "curl/7.24.0 (x86_64-apple-darwin12.0) libcurl/7.24.0", "10.8"),
        ("macOS", "MyApp/1.0 Darwin/1000", None),
        ("Android", f"Mozilla/5.0 (Linux; Android 9; SM-G960F) {CHROME} Mobile", "9"),
        ("Android", "Dalvik/2.1.0 (Linux; U; Android 8.1.0; Nexus 5X Build/OPM7)", "8.1"),
        ("Android", f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36", None),
        ("Android", "Mozilla/5.0 (Linux; Android 10; K; wv) x", None),
        ("Android", "Mozilla/5.0 (Linux; Android 10; KFTRWI) x", "10"),
        ("Android", "Mozilla/5.0 (Linux; Android 10; SM-A205U) x", "10"),
        ("Android", "Mozilla/5.0 (Android 14; Mobile; rv:126.0) Gecko/126.0 Firefox/126.0", "14"),
        ("Android", "Mozilla/5.0 (Android; Mobile; rv:14.0) Gecko/14.0 Firefox/14.0", None),
        ("Android", "Android 12345", None),
        ("Android", "Android 9", "9"),
        ("Linux", "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0", None),
        ("Linux", "Mozilla/5.0 (Linux; Android 9; SM-G960F)", None),
        ("Linux", "ELinks/0.10.4-7-debian (textmode; Linux 2.6.11-1-686-smp i686; 132x56-2)", "2.6.11"),
        ("Linux", "aws-cli/1.16.1 Python/2.7.15 Linux/4.14.133-113.105 botocore/1.10", "4.14"),
        ("Linux", "docker/20.10.2 go/go1.13.15 kernel/5.4.0-1028-aws os/linux arch/amd64", "5.4"),
        ("Linux", "MyApp/1.0 (Linux 5)", None),
        (
            "Linux",
            "Mozilla/5.0 (X11; U; Linux x86_64) Gecko/2011 Ubuntu/10.04 (lucid) Firefox/3",
            "2.6.32 or newer",
        ),
        ("Linux", "Mozilla/5.0 (X11; U; Linux x86_64) Gecko/2011 Ubuntu/10.10 (maverick)", "2.6.32 or newer"),
        ("Linux", "snapd/2.54 (series 16) ubuntu/22.04 (amd64)", "5.15 or newer"),
        ("Linux", "MyApp Ubuntu/4.10", None),
        ("OpenBSD", "curl/7.34.0 (i386-unknown-openbsd5.5) libcurl/7.34.0", "5.5"),
        ("FreeBSD", "curl/8.0.1 (amd64-portbld-freebsd13.2) libcurl/8.0.1", "13.2"),
        ("Android", "Mozilla/5.0 (Windows NT 6.1)", None),
        ("Android", "", None),
    ],
)
def test_user_agents(family: str, text: str, expected: str | None) -> None:
    assert stated(AGENT, family, text) == expected


@pytest.mark.parametrize(
    ("family", "text", "expected"),
    [
        ("Windows", '"0.1.0"', "7 or 2008 R2"),
        ("Windows", '"0.2.0"', "8 or 2012"),
        ("Windows", "0.3.0", "8.1 or 2012 R2"),
        ("Windows", '"0.0.0"', "7, 8, 8.1, 2008 R2, 2012 or 2012 R2"),
        ("Windows", '"1.0.0"', "10, 2016 or 2019"),
        ("Windows", '"10.0.0"', "10, 2016 or 2019"),
        ("Windows", '"6.1.0"', None),
        ("Windows", '"11.0.0"', None),
        ("Windows", '"12.0.0"', None),
        ("Windows", '"13.0.0"', "11 or newer"),
        ("Windows", "15.0.0", "11 or newer"),
        ("Windows", '"19.0.0"', "11 or newer"),
        ("Windows", '""', None),
        ("Windows", '"', None),
        ("Windows", "", None),
        ("Windows", "Windows 13.0.0", None),
        ("macOS", '"14.5.0"', "14"),
        ("macOS", '"10.15.7"', "10.15"),
        ("macOS", '"10.16.0"', None),
        ("Android", '"13.0.0"', "13"),
        ("Android", '"8.1.0"', "8.1"),
        ("Android", '"10"', "10"),
        ("iOS", '"17.4.1"', "17.4"),
        ("Linux", '"6.5.0"', None),
        ("Android", '"13.0.0', "13"),
        ("Android", '"13.0.0.0.0"', None),
    ],
)
def test_client_hints(family: str, text: str, expected: str | None) -> None:
    assert stated(HINT, family, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Microsoft-IIS/5.0", "2000"),
        ("Microsoft-IIS/5.1", "XP"),
        ("Microsoft-IIS/6.0", "2003"),
        ("Microsoft-IIS/7.0", "Vista or 2008"),
        ("Microsoft-IIS/7.5", "7 or 2008 R2"),
        ("Microsoft-IIS/8.0", "8 or 2012"),
        ("Microsoft-IIS/8.5", "8.1 or 2012 R2"),
        ("Microsoft-IIS/10.0", None),
        ("Microsoft-IIS/7.55", None),
        ("Microsoft-HTTPAPI/2.0", None),
        ("Apache/2.4.57 (Win64)", None),
        ("Windows NT 6.1", None),
    ],
)
def test_servers(text: str, expected: str | None) -> None:
    assert stated(SERVER, "Windows", text) == expected
    assert stated(SERVER, "Linux", text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apache/2.4.41 (Ubuntu) OpenSSL/1.1.1f", "5.4 or newer"),
        ("Apache/2.2.16 (Debian)", "2.6.32 or newer"),
        ("Apache/2.4.6 (CentOS) PHP/5.4.16", "3.10 or newer"),
        ("nginx/1.18.0 (Ubuntu)", "5.4 or newer"),
        ("nginx/1.18.0", None),
        ("Apache/2.4.57 (Unix)", None),
        ("Apache/2.4.410 (Ubuntu)", None),
        ("Microsoft-IIS/8.5", None),
    ],
)
def test_servers_of_distributions(text: str, expected: str | None) -> None:
    """Kernels that came with them: wiki.ubuntu.com and wiki.debian.org."""
    assert stated(SERVER, "Linux", text) == expected


def test_a_source_that_is_none() -> None:
    assert stated(lib.HG_STATEMENTS, "Windows", "Windows NT 6.1") is None


WORDS = (
    *("Windows NT ", "Windows ", "Win", "Win 9x 4.90", "WinNT4.0", "Mac OS X ", "iPhone OS ", "CPU OS "),
    *(
        "Android ",
        "Microsoft-IIS/",
        "; K)",
        "; ",
        '"',
        ".",
        "_",
        "10_15_7",
        "10",
        "6.1",
        "5.2",
        "98",
        "13.0.0",
    ),
)
FRAGMENTS = st.sampled_from(WORDS) | st.integers(0, 99999).map(str) | st.text(max_size=3)
TEXTS = st.lists(FRAGMENTS, max_size=8).map(lambda parts: "".join(parts).encode()) | st.binary(max_size=40)


@given(st.sampled_from((AGENT, HINT, SERVER)), st.sampled_from(FAMILIES), TEXTS)
@example(AGENT, "Android", b"Android ")
@example(HINT, "Windows", b'"')
def test_only_versions_that_are_in_the_text(source: int, family: str, data: bytes) -> None:
    found = stated(source, family, data)
    if found is None:
        return
    text = data.decode("latin-1")
    if family == "Windows":
        token = {AGENT: r"Win[ dN]|Win9", HINT: r'^"?\d{1,4}', SERVER: r"Microsoft-IIS/\d\.\d"}[source]
        assert re.search(token, text)
    else:
        assert re.fullmatch(r"\d+(\.\d+)?", found)
        number = r"[._]".join(f"0*{part}" for part in found.split("."))
        assert re.search(rf"(?<!\d){number}(?!\d)", text)
