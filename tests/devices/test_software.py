"""What requests and answers of HTTP say of the device that sends them."""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from huginn_cffi.base.names import PROTOCOLS
from tests.support.captures import pcap
from tests.support.devices.calls import DEVICE, SERVER, connection
from tests.support.devices.made import capture, frame
from tests.support.devices.requests import AXIS
from tests.support.devices.requests import request as leased
from tests.support.packets import ACK, PSH, SYN, Ip4, Tcp, packet

DALVIK = "Dalvik/2.1.0 (Linux; U; Android 5.1.1; {} Build/LMY47V)"
WEBVIEW = (
    "Mozilla/5.0 (Linux; Android 9; {}) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/79.0.3945.93 Mobile Safari/537.36"
)
BROWSER = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.225 Safari/537.36"
STOCK = (
    "Mozilla/5.0 (Linux; U; Android 4.0.4; en-us; GT-P5100 Build/IMM76D) AppleWebKit/534.30 "
    "(KHTML, like Gecko) Version/4.0 Safari/534.30"
)
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
PHONE, MAC_OS = "LGLS751", "agent/1 CFNetwork/720.5.7 Darwin/14.5.0{}"
HUE = "FreeRTOS/7.4.2, UPnP/1.0, IpBridge/1.10.0"


def request(agent: str, *more: str, source: str = DEVICE, port: int = 80) -> list[bytes]:
    lines = ["GET / HTTP/1.1", "Host: example.com", f"User-Agent: {agent}", *more, "", ""]
    made = connection("\r\n".join(lines).encode(), source=source, port=port)
    return made[3:]  # without the SYN, which would contradict


def answer(server: str, port: int = 80) -> list[bytes]:
    """A connection to the device, which answers."""
    client, device = Ip4(SERVER, DEVICE), Ip4(DEVICE, SERVER)
    asks = b"GET / HTTP/1.1\r\nHost: device\r\n\r\n"
    says = f"HTTP/1.1 200 OK\r\nServer: {server}\r\nContent-Length: 0\r\n\r\n".encode()
    made = [
        packet(client, Tcp(40000, port, seq=1, flags=SYN)),
        packet(device, Tcp(port, 40000, seq=5, ack=2, flags=SYN | ACK)),
        packet(client, Tcp(40000, port, seq=2, ack=6, flags=ACK)),
        packet(client, Tcp(40000, port, seq=2, ack=6, flags=ACK | PSH, payload=asks)),
        packet(device, Tcp(port, 40000, seq=6, ack=2 + len(asks), flags=ACK | PSH, payload=says)),
    ]
    return [frame(one, 0x0800) for one in made]


def values(*frames: bytes, ip: str = DEVICE) -> tuple[str | None, ...]:
    """Type, manufacturer, model, system and version of the device."""
    made = pcap([(10**18 + number * 10**6, data) for number, data in enumerate(frames)], 1)
    found = {one.ip: one for one in hg.Analyzer(protocols=PROTOCOLS).read(made).hosts}[ip].device
    if found is None:
        return (None,) * 5
    return (found.type, found.manufacturer, found.model, found.system, found.version)


@pytest.mark.parametrize(
    ("agent", "wanted"),
    [
        (DALVIK.format(PHONE), (None, "LG", PHONE, "Android", "5.1.1")),
        (DALVIK.format("Unknown 7"), (None, None, "Unknown 7", "Android", "5.1.1")),
        (DALVIK.format("SM-T505"), ("tablet", "Samsung", "SM-T505", "Android", "5.1.1")),
        (DALVIK.format("AFTB"), ("media-player", "Amazon", "AFTB", "Fire OS", None)),
        (WEBVIEW.format("Nokia 2.2"), ("phone", "Nokia", "Nokia 2.2", "Android", "9")),
        (WEBVIEW.format("SM-A105F Build/X1; wv"), ("phone", "Samsung", "SM-A105F", "Android", "9")),
        (WEBVIEW.replace("9", "10", 1).format("K"), ("phone", None, None, "Android", None)),
        (WEBVIEW.format("Foo TV 4"), ("tv", None, "Foo TV 4", "Android", "9")),
        (WEBVIEW.format("SM-R960"), ("watch", "Samsung", "SM-R960", "Android", "9")),
        (WEBVIEW.format("BAR_TABLET_7 Build/X1"), ("tablet", None, "BAR_TABLET_7", "Android", "9")),
        (WEBVIEW.format("Retroid Pocket 4"), ("console", "Retroid", "Pocket 4", "Android", "9")),
        (WEBVIEW.format("SM-A105F; wv"), (None, "Samsung", "SM-A105F", "Android", "9")),
        (WEBVIEW.format("Pixel 3; wv"), ("phone", "Google", "Pixel 3", "Android", "9")),
        (WEBVIEW.format("SAMSUNG SM-A105F"), ("phone", "Samsung", "SM-A105F", "Android", "9")),
        (WEBVIEW.format("en-us; SAMSUNG SM-A530 Build/K"), ("phone", "Samsung", "SM-A530", "Android", "9")),
        (WEBVIEW.format("en-us; Nexus 5 Build/K"), ("phone", "Google", "Nexus 5", "Android", "9")),
        (WEBVIEW.replace("9", "10", 1).format("K; wv"), (None, None, None, "Android", None)),
        (WEBVIEW.format("SM-X710").replace(" Mobile", ""), ("tablet", "Samsung", "SM-X710", "Android", "9")),
        (WEBVIEW.format("Build/RQ1A.210205.004"), ("phone", None, None, "Android", "9")),
        (
            WEBVIEW.format("BRAVIA 4K UR2 Build/P").replace(" Mobile", ""),
            ("tv", "Sony", "BRAVIA 4K UR2", "Android", "9"),
        ),
        (
            WEBVIEW.format("HarmonyOS; NOH-AN00; HMSCore 6.6"),
            ("phone", "Huawei", "NOH-AN00", "HarmonyOS", None),
        ),
        (BROWSER.format("Phone; OpenHarmony 5.0"), ("phone", "Huawei", None, "HarmonyOS", "5.0")),
        (BROWSER.format("SMART-TV; Linux; Tizen 5.0"), ("tv", "Samsung", None, "Tizen", "5.0")),
        (BROWSER.format("Web0S; Linux/SmartTV"), ("tv", "LG", None, "webOS", None)),
        (BROWSER.format("Fuchsia") + " CrKey/1.56", ("display", "Google", "Nest Hub", "Fuchsia", None)),
        (STOCK, (None, None, "GT-P5100", "Android", "4.0.4")),
        (MAC_OS.format(" (x86_64)"), ("computer", "Apple", None, "macOS", "10.10")),
        ("Microsoft-Windows/6.1 UPnP/1.0", ("computer", None, None, "Windows", "7")),
        ("libhttp/3.73 (PS Vita)", ("console", "Sony", "PlayStation Vita", None, None)),
    ],
)
def test_user_agents_of_systems(agent: str, wanted: tuple[str | None, ...]) -> None:
    assert values(*request(agent)) == wanted


ON_A_PHONE, ON_LINUX = WEBVIEW.format("Nexus 5X Build/MMB29P"), BROWSER.format("X11; Linux x86_64")
ROBOTS = [
    f"{ON_A_PHONE} (compatible; Bot/2.1; +http://www.example.com/bot.html)",
    f"{ON_A_PHONE}; Bytespider",
    f"{ON_A_PHONE} Chrome-Lighthouse",
    f"{ON_A_PHONE} SiteMonitor/1.0",
    f"{ON_A_PHONE.replace('(', '(X(1) ', 1)} UptimeCheck",
    f"{ON_LINUX} someone@example.org",
    f"{ON_A_PHONE.replace('Gecko', 'Gecko; Example Web Preview')}",
    f"{ON_LINUX} (StatusCake)",
    f"{ON_LINUX} GTmetrix",
    f"{BROWSER.format('Windows NT 6.2; WOW64')} (StatusCake)",
    f"{BROWSER.format('Macintosh; Intel Mac OS X 10_15_7')}; Manus-User/1.0",
    "Mozilla/5.0 (compatible; Example; Windows NT 6.1)",
]


@pytest.mark.parametrize(
    ("agent", "wanted"),
    [
        (WEBVIEW.format("CUBOT KINGKONG"), ("phone", "Cubot", "CUBOT KINGKONG", "Android", "9")),
        (WEBVIEW.format("CubotX30 Build/P"), ("phone", "Cubot", "CubotX30", "Android", "9")),
        (WEBVIEW.format("X-Bot Monitor"), (None, None, "X-Bot Monitor", "Android", "9")),
        (WEBVIEW.format("Check (X) Monitor"), (None, None, "Check (X) Monitor", "Android", "9")),
        (f"{ON_A_PHONE} (Ecosia android@85.0.4183.81)", ("phone", "Google", "Nexus 5X", "Android", "9")),
        (f"{ON_LINUX} Edg/90.0.818.66", ("computer", None, None, "Linux", None)),
        (
            "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
            ("computer", None, None, "Windows", "8"),
        ),
    ],
)
def test_browsers_that_resemble_robots(agent: str, wanted: tuple[str | None, ...]) -> None:
    assert values(*request(agent)) == wanted


VIDAA = f"{BROWSER.format('Linux; Linux armv8')} OPR/46.0.2207.0 OMI/4.24 Model/Hisense-MT9602 VIDAA/8.0"
PIP = 'pip/24.0 {{"ci":null,"cpu":"x86_64","distro":{{"id":"x","libc":{{"lib":"glibc"}},"name":"{}"}}}}'


@pytest.mark.parametrize(
    ("agent", "wanted"),
    [
        (MAC_OS.format(""), (None, "Apple", None, "macOS or iOS", None)),
        ("Debian APT-HTTP/1.3 (3.0.3)", (None, None, None, "Debian or a derivative", None)),
        ("Debian APT-HTTP/1.3 (0.8.16~exp12ubuntu10.26)", (None, None, None, "Ubuntu", None)),
        ("libdnf5 (Fedora Linux 43; workstation; Linux.x86_64)", (None, None, None, "Fedora", "43")),
        ("libdnf (Rocky Linux 9.4; generic; Linux.x86_64)", (None, None, None, "Rocky Linux", "9.4")),
        ("libdnf (Example Linux 1; generic; Linux.x86_64)", (None, None, None, "Linux", None)),
        (
            "ZYpp 17.31.8 (curl 8.0.1) openSUSE-Leap-15.5-x86_64",
            (None, None, None, "openSUSE Leap", "15.5"),
        ),
        (
            "snapd/2.72 (series 16; classic) ubuntu/24.04 (amd64) linux/6.8",
            (None, None, None, "Ubuntu", "24.04"),
        ),
        ("snapd/2.72 (series 16) example/1 (amd64)", (None, None, None, "Linux", None)),
        ("pacman/6.1.0 (MSYS_NT-10.0-22631 x86_64) libalpm/14.0.0", (None,) * 5),
        (
            PIP.format("Ubuntu").replace('Ubuntu"', 'Ubuntu","version":"24.04"'),
            (None, None, None, "Ubuntu", "24.04"),
        ),
        (PIP.format("Example"), (None, None, None, "Linux", None)),
        (
            "AndroidDownloadManager/16 (Linux; U; Android 16; Pixel 10 Build/BD3A.250721.001)",
            (None, "Google", "Pixel 10", "Android", "16"),
        ),
        (f"{VIDAA}(Hisense;SmartTV;43A4K)", ("tv", "Hisense", None, "VIDAA", "8.0")),
        (f"{VIDAA} x", ("tv", None, None, None, None)),
    ],
)
def test_programs_that_name_their_system(agent: str, wanted: tuple[str | None, ...]) -> None:
    assert values(*request(agent)) == wanted


@pytest.mark.parametrize("agent", ["curl/8.0", "Android 9; Nokia 2.2", *ROBOTS])
def test_others_say_nothing(agent: str) -> None:
    assert values(*request(agent)) == (None,) * 5


@pytest.mark.parametrize("agent", [ON_A_PHONE, *ROBOTS[:2], *ROBOTS[9:11]])
def test_the_system_in_a_robots_agent_is_no_evidence_of_the_host(agent: str) -> None:
    [host] = [one for one in hg.Analyzer().read(capture(request(agent))).hosts if one.ip == DEVICE]
    assert any(one.source == "user_agent" for one in host.evidence) == (agent == ON_A_PHONE)


@pytest.mark.parametrize(
    "header", ["Via: 1.1 proxy", "X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1", "CDN-Loop: a"]
)
def test_a_proxy_speaks_for_others(header: str) -> None:
    assert values(*request(DALVIK.format(PHONE), header)) == (None,) * 5


def test_several_devices_behind_an_address_are_none() -> None:
    one, other = DALVIK.format(PHONE), DALVIK.format("moto g")
    assert values(*request(one), *request(one, port=8080))[2] == PHONE
    assert values(*request(one), *request(other, port=8080)) == (None,) * 5
    assert values(*request(one), *request(WINDOWS, port=8080)) == (None,) * 5, "a phone and a computer"
    assert values(*request(one), *request(SAFARI, port=8080)) == (None,) * 5, "two manufacturers"


def test_an_agent_that_the_handshake_contradicts() -> None:
    made = f"GET / HTTP/1.1\r\nHost: example.com\r\nUser-Agent: {MAC_OS.format(' (x86_64)')}\r\n\r\n"
    assert values(*connection(made.encode(), port=80)) == (None,) * 5, "Linux sent the SYN"


def test_an_agent_that_the_headers_contradict() -> None:
    """Chrome's tools for developers show a page as a telephone gets it."""
    chrome = [
        *("GET / HTTP/1.1", "Host: example.com", "Connection: keep-alive", "sec-ch-ua: x"),
        *("sec-ch-ua-mobile: ?1", "sec-ch-ua-platform: x", "Upgrade-Insecure-Requests: 1"),
        *(f"User-Agent: {IPHONE}", "Accept: */*", "Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate"),
        *("Sec-Fetch-Dest: document", "Accept-Encoding: gzip", "", ""),
    ]
    assert values(*connection("\r\n".join(chrome).encode(), port=80)[3:]) == (None,) * 5
    assert values(*request(IPHONE))[2] == "iPhone"


def test_a_forged_request_of_a_host_that_completes_handshakes() -> None:
    """Anybody can send data in the name of a host, but not with the numbers that its peer chose."""
    own = connection(b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", port=8080)
    assert values(*own, *request(DALVIK.format(PHONE))) == (None,) * 5
    assert values(*request(DALVIK.format(PHONE)))[2] == PHONE, "nothing better is known"


def test_hosts_elsewhere_are_not_described() -> None:
    assert values(*request(DALVIK.format(PHONE), source="198.51.100.9"), ip="198.51.100.9") == (None,) * 5


def test_an_agent_is_worth_less_than_what_the_link_shows() -> None:
    made = values(leased(AXIS, ip=DEVICE), *request(DALVIK.format(PHONE)))
    assert made == ("camera", "Axis", "P3245", None, "10.12.1")


def test_the_server_of_answers() -> None:
    assert values(*answer(HUE))[:2] == ("hub", "Philips")
    assert values(*answer("nginx")) == (None,) * 5


def test_a_host_that_answers_for_several_devices() -> None:
    """A reverse proxy, or a router that forwards ports."""
    roku = "Roku UPnP/1.0 MiniUPnPd/1.4"
    assert values(*answer(roku))[:2] == ("media-player", "Roku")
    assert values(*answer(HUE), *answer(HUE, 8080))[:2] == ("hub", "Philips")
    assert values(*answer(HUE), *answer("nginx", 8080))[:2] == ("hub", "Philips")
    assert values(*answer(HUE), *answer(roku, 8080)) == (None,) * 5


def test_a_browser_elsewhere_counts_after_a_completed_handshake() -> None:
    ubuntu = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    remote = connection(
        f"GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: {ubuntu}\r\n\r\n".encode(), source="198.51.100.9", port=80
    )
    assert values(*remote, ip="198.51.100.9")[0] == "computer"
    assert values(*remote[3:], ip="198.51.100.9") == (None,) * 5


@pytest.mark.parametrize(
    ("port", "expected"),
    [(389, "server"), (5432, "server"), (3389, "computer"), (22, None), (80, None), (445, None)],
)
def test_what_a_local_host_serves(port: int, expected: str | None) -> None:
    assert values(*answer("x", port)[:4])[0] == expected
    assert values(*answer("x", port)[:2])[0] is None  # nothing shows that the connection was accepted


def test_ports_do_not_contradict_announcements() -> None:
    assert values(leased(AXIS, ip=DEVICE), *answer("x", 389)[:4])[0] == "camera"


def identifies(banner: str) -> list[bytes]:
    """A connection to the device's SSH server, up to its identification."""
    said = packet(
        Ip4(DEVICE, SERVER), Tcp(22, 40000, seq=6, ack=2, flags=ACK | PSH, payload=f"{banner}\r\n".encode())
    )
    return [*answer("x", 22)[:3], frame(said, 0x0800)]


@pytest.mark.parametrize(
    ("banner", "expected"),
    [
        ("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3", ("server", None)),
        ("SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.5", ("server", None)),
        ("SSH-2.0-OpenSSH_9.2p1 Raspbian-2+deb12u3", ("computer", "Raspberry Pi")),
        ("SSH-2.0-OpenSSH_9.6 FreeBSD-20240104", ("server", None)),
        ("SSH-2.0-OpenSSH_for_Windows_9.5", ("computer", None)),
        ("SSH-2.0-Cisco-1.25", (None, "Cisco")),
        ("SSH-2.0-ROSSSH", ("router", "MikroTik")),
        ("SSH-2.0-mpSSH_0.2.1", ("server-management", "HPE")),
        ("SSH-2.0-OpenSSH_8.0", (None, None)),
        ("SSH-2.0-dropbear_2022.83", (None, None)),
    ],
)
def test_what_an_ssh_server_says_it_is(banner: str, expected: tuple[str | None, ...]) -> None:
    """OpenSSH without a distribution, and Dropbear, run on routers and cameras, too."""
    assert values(*identifies(banner))[:2] == expected


def test_a_client_of_ssh_is_no_server() -> None:
    assert values(*connection(b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n", port=22))[0] is None


def test_an_identification_does_not_contradict_announcements() -> None:
    says = identifies("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3")
    assert values(leased(AXIS, ip=DEVICE), *says)[0] == "camera"
