"""Packets of systems that are known from elsewhere, and the name each must get.

The packets are measurements and published signatures, written down as seen: none was
taken from this database. The comment above a group says where they come from.
"""

from __future__ import annotations

import pytest

from sigcompiler.model import SignatureFile
from sigcompiler.vocabulary import Direction
from tests.database.observe import observe
from tests.reference.matcher import find_match

SYN, SYN_ACK = Direction.REQUEST, Direction.RESPONSE

WINDOWS_NOW = "10, 11, 2019, 2022 or 2025"
WINDOWS_VISTA_TO_8 = "Vista, 7, 8, 2008, 2008 R2 or 2012"
WINDOWS_VISTA_TO_10 = "Vista, 7, 8, 8.1, 10, 2008, 2008 R2, 2012, 2012 R2 or 2016"
FIXED_BUFFER = "XP, Vista, 7, 2003, 2008 or 2008 R2"
LINUX_LARGE = "4.19 or newer with larger buffers, or 6.16 or newer"
LINUX_OR_ANDROID = "Linux 2.6.32-3.10 / Android 4-5"
ANDROID_9 = "Android 5 or newer / Linux 3 or newer"
ANDROID_11 = "Android 10 or newer / Linux 4.19 or newer"
APPLE_2013 = "macOS 10.8-10.9 / iOS 6-8"
APPLE_2015 = "macOS 10.10-10.12 / iOS 9-10"
FREEBSD_NOW = "FreeBSD 11 or newer / PlayStation 5"
APPLE_2020 = "macOS 10.13-11 / iOS 12-13"
APPLE_NOW = "macOS 10.14 or newer / iOS 13 or newer"

WINDOWS_OLD = "2000, XP or 2003"
PLAYSTATION = ("PlayStation 3 or PlayStation Vita", "")
POWERPC = ("FreeBSD or macOS", "FreeBSD 4-6 / macOS 10.2-10.4")

CASES = [
    # Capture hosts that wrote their build into the capture: Windows 10 22H2, 11 23H2, 11 24H2, 7.
    (SYN, "4:128:0:1460:64240,8:mss,nop,ws,nop,nop,sok:df,id+:0", "Windows", WINDOWS_NOW),
    (SYN, "4:128:0:1460:65535,8:mss,nop,ws,nop,nop,sok:df,id+:0", "Windows", WINDOWS_NOW),
    (SYN, "4:117:0:1460:65535,8:mss,nop,ws,sok,ts:df,id+:0", "Windows", WINDOWS_NOW),
    (SYN, "6:64:0:1440:64800,8:mss,nop,ws,nop,nop,sok:flow:0", "Windows", WINDOWS_NOW),
    (SYN, "6:64:0:1340:64320,8:mss,nop,ws,nop,nop,sok:flow:0", "Windows", WINDOWS_NOW),
    (SYN, "6:128:0:65475:65535,8:mss,nop,ws,nop,nop,sok:flow:0", "Windows", WINDOWS_NOW),
    (SYN, "4:128:0:1460:64240,8:mss,nop,ws,nop,nop,sok:df,id+,ecn:0", "Windows", WINDOWS_NOW),
    (SYN, "4:128:0:1460:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0", "Windows", WINDOWS_VISTA_TO_10),
    (SYN, "4:125:0:1360:8192,2:mss,nop,ws,nop,nop,sok:df,id+:0", "Windows", WINDOWS_VISTA_TO_8),
    # NTLM and SMB of the same host: XP, 2003, NT 4, Server 2022, Server 2019, 7, 2003 without DF.
    (SYN, "4:128:0:1460:65535,0:mss,nop,nop,sok:df,id+:0", "Windows", FIXED_BUFFER),
    (SYN, "4:128:0:1460:16384,0:mss,nop,nop,sok:df,id+:0", "Windows", "2000, XP or 2003"),
    (SYN, "4:128:0:1460:8192,0:mss:df,id+:0", "Windows", "NT"),
    (SYN_ACK, "4:108:0:1452:65535,8:mss,nop,ws,sok,ts:df,id+:0", "Windows", WINDOWS_NOW),
    (SYN_ACK, "4:128:0:1460:65535,8:mss,nop,ws,nop,nop,sok:df,id+,ecn:0", "Windows", WINDOWS_NOW),
    (SYN_ACK, "4:128:0:1460:8192,8:mss,nop,ws,sok,ts:df,id+:0", "Windows", "Vista or newer"),
    (SYN_ACK, "4:128:0:1460:16384,0:mss,nop,nop,sok::0", "Windows", "XP or 2003"),
    # Linux 6.18 measured between two network namespaces.
    (SYN, "4:64:0:1460:64240,10:mss,sok,ts,nop,ws:df,id+:0", "Linux", LINUX_LARGE),
    (SYN, "6:64:0:1440:64800,10:mss,sok,ts,nop,ws:flow:0", "Linux", LINUX_LARGE),
    (SYN, "4:64:0:8960:62720,10:mss,sok,ts,nop,ws:df,id+:0", "Linux", LINUX_LARGE),
    (SYN, "4:64:0:65495:65495,10:mss,sok,ts,nop,ws:df,id+:0", "Linux", LINUX_LARGE),
    (SYN, "6:64:0:65476:65476,10:mss,sok,ts,nop,ws:flow:0", "Linux", LINUX_LARGE),
    (SYN, "4:64:0:1460:64240,10:mss,sok,ts,nop,ws:df,id+,ecn:0", "Linux", LINUX_LARGE),
    (SYN, "4:64:0:1460:64240,10:mss,sok,ts,nop,ws,?34,nop,nop:df,id+:0", "Linux", LINUX_LARGE),
    (SYN, "6:64:0:1440:64800,10:mss,sok,ts,nop,ws,?30:flow:0", "Linux", LINUX_LARGE),
    (SYN, "4:64:0:1460:64240,10:mss,nop,nop,sok,nop,ws:df,id+:0", "Linux", LINUX_LARGE),
    (SYN, "4:64:0:1460:64240,12:mss,sok,ts,nop,ws:df,id+:0", "Linux", "4.19 or newer"),
    (SYN_ACK, "4:64:0:1460:65160,10:mss,sok,ts,nop,ws:df:0", "Linux", LINUX_LARGE),
    (SYN_ACK, "4:64:0:1460:65160,10:mss,sok,ts,nop,ws:df,ecn:0", "Linux", LINUX_LARGE),
    (SYN_ACK, "6:64:0:1440:64260,10:mss,sok,ts,nop,ws:flow:0", "Linux", LINUX_LARGE),
    (SYN_ACK, "4:64:0:1460:64240,0:mss:df:0", "Linux", "4.19 or newer"),
    # Capture hosts and SSH or database banners: Linux 6.8, Debian 12, Ubuntu 18.04, 14.04, 11.04, 10.04.
    (SYN, "4:45:0:1460:64240,7:mss,sok,ts,nop,ws:df,id+:0", "Linux", "4.19-6.15"),
    (SYN, "6:64:0:1420:65320,7:mss,sok,ts,nop,ws:flow:0", "Linux", "4.19-6.15"),
    (SYN, "4:64:0:1460:32120,7:mss,sok,ts,nop,ws:df,id+:0", "Linux", "6.6-6.9"),
    (SYN_ACK, "4:56:0:1452:65160,7:mss,sok,ts,nop,ws:df:0", "Linux", "4.19-6.15"),
    (SYN_ACK, "4:64:0:65495:65483,7:mss,sok,ts,nop,ws:df:0", "Linux", "4.19-6.15"),
    (SYN, "4:64:0:1460:29200,7:mss,sok,ts,nop,ws:df,id+:0", "Linux", "3.11-4.19"),
    (SYN_ACK, "4:64:0:1460:28960,7:mss,sok,ts,nop,ws:df:0", "Linux", "3.11-4.19"),
    (SYN, "4:64:0:65495:43690,7:mss,sok,ts,nop,ws:df,id+:0", "Linux", "3.6-4.19"),
    (SYN_ACK, "4:64:0:1460:14480,6:mss,sok,ts,nop,ws:df:0", "Linux", "2.6.32-3.10"),
    (SYN, "4:64:0:1460:5840,7:mss,sok,ts,nop,ws:df,id+:0", "Linux", "2.6"),
    # Telephones by the User-Agent of their own runtime: Android 9, 11, 6, 4.4.
    (SYN, "4:64:0:1460:65535,8:mss,sok,ts,nop,ws:df,id+:0", "Android or Linux", ANDROID_9),
    (SYN, "4:64:0:1460:65535,10:mss,sok,ts,nop,ws:df,id+:0", "Android or Linux", ANDROID_11),
    (SYN, "4:64:0:1460:65535,6:mss,sok,ts,nop,ws:df,id+:0", "Android", "5-8"),
    (SYN, "4:63:0:1400:14000,7:mss,sok,ts,nop,ws:df,id+:0", "Linux or Android", LINUX_OR_ANDROID),
    # Macs and telephones by DHCP name, mDNS, Darwin User-Agent: macOS 13.5, 14.5, 10.12, 10.8; iPhones.
    (SYN, "4:64:0:1460:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df:0", "macOS or iOS", APPLE_NOW),
    (SYN, "6:64:0:1440:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:ecn,flow:0", "macOS or iOS", APPLE_NOW),
    (SYN_ACK, "6:64:0:16324:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:flow:0", "macOS or iOS", APPLE_NOW),
    (SYN, "4:64:0:1460:65535,5:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0", "macOS or iOS", APPLE_2015),
    (SYN, "4:60:0:1360:65535,4:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0", "macOS or iOS", APPLE_2013),
    (SYN, "4:64:0:1460:65535,7:mss,nop,ws,nop,nop,ts,sok,eol+1:df,ecn:0", "macOS or iOS", APPLE_2020),
    # A port taken again during TIME_WAIT (tcp_tw_reuse): Linux 6.18 measured, and older by the kernel's rule.
    (SYN, "4:64:0:1460:65160,10:mss,sok,ts,nop,ws:df,id+,ts2+:0", "Linux", LINUX_LARGE),
    (SYN, "6:64:0:1440:64260,10:mss,sok,ts,nop,ws:flow,ts2+:0", "Linux", LINUX_LARGE),
    (SYN, "4:64:0:1460:65160,7:mss,sok,ts,nop,ws:df,id+,ts2+:0", "Linux", "4.19-6.15"),
    (SYN, "4:64:0:1460:28960,7:mss,sok,ts,nop,ws:df,id+,ts2+:0", "Linux", "3.11-4.19"),
    (SYN, "4:64:0:1460:50000,6:mss,sok,ts,nop,ws:df,id+,ts2+:0", "Linux", ""),
    # Loopback of Linux with 1 and 2 GB of memory.
    (SYN, "4:64:0:65495:65495,9:mss,sok,ts,nop,ws:df,id+:0", "Linux", LINUX_LARGE),
    (SYN_ACK, "4:64:0:65495:65483,8:mss,sok,ts,nop,ws:df:0", "Linux", LINUX_LARGE),
    # Windows: answers on port 139 and to clients without options, fixed buffers, timestamps of 2000 to 2003.
    (SYN_ACK, "4:128:0:1460:8192,0:mss,nop,nop,sok:df,id+:0", "Windows", "Vista or newer"),
    (SYN_ACK, "4:128:0:1460:64240,0:mss:df,id+:0", "Windows", "2000 or newer"),
    (SYN_ACK, "6:128:0:1440:64800,0:mss:flow:0", "Windows", "2000 or newer"),
    (SYN, "4:128:0:1460:65535,0:mss,nop,ws,nop,nop,sok:df,id+:0", "Windows", FIXED_BUFFER),
    (SYN, "4:128:0:1460:65535,3:mss,nop,ws,nop,nop,sok:df,id+:0", "Windows", "XP or newer"),
    (SYN, "4:128:0:1460:64240,5:mss,nop,ws,nop,nop,ts,nop,nop,sok:df,id+,ts1-:0", "Windows", WINDOWS_OLD),
    (SYN_ACK, "4:128:0:1460:17520,3:mss,nop,ws,nop,nop,ts,nop,nop,sok:df,id+,ts1-:0", "Windows", WINDOWS_OLD),
    # Late SYNs with fewer options tell no version.
    (SYN, "4:128:0:1460:8192,0:mss,nop,nop,sok:df,id+:0", "Windows", ""),
    (SYN, "4:64:0:1460:65535,0:mss,sok,eol+1:df:0", "macOS or iOS", ""),
    (SYN, "4:64:0:1460:64240,0:mss:df,id+:0", "Linux", ""),
    # Captures of consoles; OpenBSD's pf.os names the others and Macs before 2005. QNX sends NetBSD's options.
    (SYN, "4:62:0:1460:65535,0:mss,nop,ws,sok,nop,nop,nop,nop,ts:df,id+,ts1-:0", *PLAYSTATION),
    (SYN, "4:64:0:1360:32768,6:mss,nop,ws,sok,ts:df,id+:0", "Nintendo Switch", ""),
    (SYN, "4:128:0:1460:65518,8:mss,nop,ws,nop,nop,sok:df,id+:0", "Windows or Xbox", ""),
    (SYN, "4:64:0:1460:65535,6:mss,nop,ws,sok,nop,nop,nop,nop,ts:df,id+:0", "NetBSD or BlackBerry", ""),
    (SYN, "4:64:0:1460:24820,0:nop,nop,sok,mss:df,id+:0", "Solaris", "8"),
    (SYN, "4:64:0:1460:32768,0:mss,ws,nop:df,id+:0", "HP-UX", "11"),
    (SYN_ACK, "4:64:0:1460:32768,0:mss,ws,nop:df,id+:0", "HP-UX", "11"),
    (SYN, "4:64:0:1460:61440,0:mss,nop,ws::0", "Tru64 or OpenVMS", "Tru64 5.1 / OpenVMS 7"),
    (SYN, "4:64:0:1460:65535,0:mss,nop,ws,nop,nop,ts:df,id+:0", *POWERPC),
    (SYN, "4:64:0:1460:65535,1:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0", "macOS", "10.4-10.7"),
    # Operating system sources and banners: FreeBSD, OpenBSD, NetBSD, DragonFly.
    (SYN, "4:64:0:1460:65535,6:mss,nop,ws,sok,ts:df:0", "FreeBSD or PlayStation 5", FREEBSD_NOW),
    (SYN, "6:64:0:1440:65535,6:mss,nop,ws,sok,ts:flow:0", "FreeBSD or PlayStation 5", FREEBSD_NOW),
    (
        SYN,
        "4:64:0:1460:65535,6:mss,nop,ws,sok,ts:df,id+:0",
        "FreeBSD or PlayStation 4",
        "FreeBSD 9-10 / PlayStation 4",
    ),
    (SYN_ACK, "6:62:0:1440:57344,0:mss,nop,ws,nop,nop,ts:flow:0", "FreeBSD", "4-6"),
    (SYN, "4:64:0:1460:16384,6:mss,nop,nop,sok,nop,ws,nop,nop,ts:df,id+:0", "OpenBSD", "6 or newer"),
    (SYN, "6:64:0:1440:16384,6:mss,nop,nop,sok,nop,ws,nop,nop,ts:flow:0", "OpenBSD", "6 or newer"),
    (SYN, "6:56:0:1440:32768,6:mss,nop,ws,sok,nop,nop,nop,nop,ts:flow:0", "NetBSD", "6 or newer"),
    (SYN_ACK, "4:48:0:1460:32768,6:mss,nop,ws,nop,nop,ts,sok,nop,nop:df:0", "NetBSD", "6 or newer"),
    (SYN, "4:64:0:1460:57344,5:mss,nop,ws,nop,nop,sok,nop,nop,ts:df,id+:0", "DragonFly BSD", "3-6"),
    # Sources of scanners and small stacks.
    (SYN, "4:45:0:1460:1024,0:mss::0", "NMap", "SYN scan"),
    (SYN, "4:240:0:1460:65535,8:mss,nop,ws,nop,nop,sok::0", "ZMap", "options of Windows"),
    (SYN, "4:244:0:1460:1024,0:mss::0", "masscan", ""),
    (SYN, "4:64:0:0:8192,0::seq-:0", "Scapy", ""),
    (SYN, "4:255:0:536:2144,0:mss::0", "lwIP", ""),
    (SYN, "4:64:0:1280:5120,3:mss,ws,sok,eol+2:df:0", "smoltcp", ""),
    (SYN, "4:30:0:1460:4096,0:mss::0", "Siemens S7", ""),
    (SYN_ACK, "4:64:0:1460:65535,0:mss::0", "slirp NAT", ""),
    # Public captures: who answers a client of few options, by the sites that were asked for; generators of
    # traffic by the User-Agents of many systems; a scale for persons. NetX by its source.
    (SYN_ACK, "4:20:0:0:65535,0::df,id+:0", "VPN gateway", ""),
    (SYN_ACK, "4:240:0:1460:26883,0:mss:df:0", "Linux", ""),
    (SYN_ACK, "4:64:0:9960:1024,9:mss,ws,eol+0:df:0", "smoltcp", ""),
    (SYN_ACK, "4:64:0:0:8192,0:::0", "Scapy", ""),
    (SYN, "4:60:0:9158:16383,0:mss,ws,nop::0", "traffic generator", ""),
    (SYN_ACK, "4:255:0:1460:16383,0:mss,ws,nop::0", "traffic generator", ""),
    (SYN, "4:128:0:1460:32769,1:mss,ws,eol+0::0", "ThreadX NetX", ""),
    (SYN_ACK, "4:120:0:1460:32769,1:mss,ws,eol+0::0", "ThreadX NetX", ""),
    (SYN, "4:64:0:1460:8760,0:mss,nop,ws,nop,nop,ts::0", "embedded stack", ""),
    # Office network: Windows tries again without its scale; Multipath TCP of macOS 10.12.
    (SYN, "4:128:0:1260:64224,0:mss,sok,ts:df,id+:0", "Windows", ""),
    (SYN, "4:128:0:1260:64224,0:mss,sok,ts:df:0", "Windows", ""),
    (SYN, "4:64:0:1260:65535,3:mss,nop,ws,?30,nop,nop,ts,sok,eol+1:df,id+:0", "macOS or iOS", ""),
]


@pytest.mark.parametrize(("direction", "packet", "name", "flavor"), CASES, ids=lambda value: str(value))
def test_known_system(
    database: SignatureFile, direction: Direction, packet: str, name: str, flavor: str
) -> None:
    match = find_match(database.tcp, observe(direction, packet))
    assert match is not None
    assert (match.signature.label.name, match.signature.label.flavor) == (name, flavor)
    assert not match.fuzzy
