"""Vendor classes and lists of options of a public table: a pattern says what the table says, or nothing.

The rows restate facts of daviswr's dhcpd.fingerprint (signatures.md): the class of a device (option 60), or
the numbers of its list (option 55, in hexadecimal), and what the device is. Neighbours (LLDP, CDP) are those
in tests of ntc-templates and genieparser (Apache-2.0): what a device says of itself, and what it is.
"""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from huginn_workbench.core import explain_device

CLASSES = """
AAPLBSDPC/i386/iMac8,1|computer|Apple
Mac OS 9.2.2 Open Transport 2.7.9 PowerBook|computer|Apple
Microsoft Windows CE||
SUNW.i86pc||
udhcp 0.9.8||
CSGold Squadron||
dhcpcd 4.0.15||
dhcpcd-5.5.6||
dhcpcd-5.2.10:Linux-3.0.8-perf-1:armv7l:SGH-T769||
Cisco Cius 9.2.2|tablet|Cisco
android-dhcp-6.0.1||
android-dhcp-13||
MSFT 98||
MSFT 5.0|computer|
IBMWARP_V4.1|computer|
XBOX 1.0|console|Microsoft
Xbox 360|console|Microsoft
PS3|console|Sony
PS4|console|Sony
PS Vita TV|console|Sony
APC|ups|APC
BlackBerry|phone|BlackBerry
FSVDSL.UMA.RIM.BlackBerry|phone|BlackBerry
BlackBerry Tablet OS 2.1|tablet|BlackBerry
BlackBerry OS 10.2|phone|BlackBerry
iDRAC|server-management|Dell
DELL RAC TYPE-A|server-management|Dell
MOS 2.0|ics-gateway|Moxa
PCoIP Endpoint|thin-client|
Cisco AIR-CTVM-K9|wireless-controller|Cisco
Cisco AIR-CT5508-K9|wireless-controller|Cisco
Cisco AP c1200|access-point|Cisco
Cisco AP c3700|access-point|Cisco
ciscopnp||Cisco
Cisco Systems, Inc. IP Phone CP-7960|voip-phone|Cisco
Cisco System, Inc. IP Phone CP-8945|voip-phone|Cisco
TANDBERG:Codec:1.0|other|Cisco
MERAKI||Cisco Meraki
ArubaInstantAP|access-point|HPE Aruba
ArubaAP|access-point|HPE Aruba
ArubaMC|wireless-controller|HPE Aruba
NetScreen-25|firewall|Juniper
SSG5-Serial|firewall|Juniper
Wireless Broadband Router|router|Actiontec
Cradlepoint DHCP Client|router|Cradlepoint
LINKSYS SPA-2102||Linksys
NECDT700|voip-phone|NEC
TW100-S4W1CA|router|TRENDnet
TEW-654TR|router|TRENDnet
yealink|voip-phone|Yealink
SF 302-08P|switch|Cisco
Rabbit-TCPIP:Z-World:DHCP-SNTP:1.0.0||
mfg=Xerox,typ=MFP,mod=Xerox WorkCentre Pro 245, v1,ser=1|printer|Xerox
mfg=XEROX;typ=MFP;mod=WorkCentre 4250;ser=1;loc=x|printer|Xerox
Xerox Phaser|printer|Xerox
Dell 5130cdn Color Laser|printer|Dell
Dell Network Printer|printer|Dell
Mfg=DELL;Typ=Printer;Mod=Dell 5230n Laser Printer;Ser=1;|printer|Dell
Hewlett-Packard JetDirect|printer|HP
PXEClient:Arch:00000:UNDI:002001|computer|
Linux 2.6.9-gentoo-r1 i686||
Adobe Flash Proxy Auto-Discovery||
Etherboot-5.4||
"""

LISTS = """
1:3:6:f:70:71:4e:4f:5f:fc||Apple
1:3:6:f:70:71:4e:4f:5f|computer|Apple
1:3:6:f:77:5f:fc:2c:2e:2f|computer|Apple
1:3:6:f:77:5f:fc:2c:2e|computer|Apple
1:79:3:6:f:77:fc:5f:2c:2e|computer|Apple
1:79:3:6:f:72:77:fc:5f:2c:2e|computer|Apple
1:79:3:6:f:6c:72:77:fc:5f:2c:2e|computer|Apple
1:3:6:f:77:fc||Apple
1:79:3:6:f:77:fc||Apple
1:79:3:6:f:72:77:fc||Apple
1:79:3:6:f:6c:72:77:fc||Apple
1:2:3:f:6:c:2c|access-point|Apple
1:3:6:f||
1:3:6||
1:1c:2:3:f:6:c||
1:1c:2:3:f:6:77:c:2c:2f:1a:79||
1:1c:2:3:f:6:77:c:2c:2f:1a:79:2a||
1:1c:2:79:f:6:c:28:29:2a:1a:77:3||
1:1c:2:79:3:f:6:c||
1:1c:3:f:6:c||
1:3:6:c:f:1c:2b||
1:79:21:3:6:1c:33:3a:3b||
1:21:3:6:f:1c:33:3a:3b||
1:3:6:f:1a:1c:33:3a:3b||
1:3:6:f:1a:1c:33:3a:3b:2b:72:6c||
1:3:f:6:2c:2e:2f||
1:f:3:6:2c:2e:2f:1f:21:f9:2b|computer|
1:f:3:6:2c:2e:2f:1f:21:79:f9:2b|computer|
1:3:6:f:1f:21:2b:2c:2e:2f:77:79:f9:fc|computer|
1:3:6:f:2c:2e:2f||
1:3:6:1c|console|Nintendo
6:3:1:f:42:43:d:2b:3a:3b:2a:2:c|ups|APC
1:3:6:c:f:42:43:96||
1:6:f:2c:3:21:96:2b||Cisco
1:6:f:2c:3:7:21:96:2b|access-point|Cisco
1:6:f:2c:3:21|firewall|Cisco
1:42:6:3:f:96:23|voip-phone|Cisco
1:42:6:3:f:96:23:97|voip-phone|Cisco
1:3:6:f:42:96:23|voip-phone|Cisco
1:3:4:6:c:f:1c:2a:2b:3c|access-point|HPE Aruba
1:3:6:c:f:4:2b:2c:3c:2a:1c|wireless-controller|HPE Aruba
1:1c:2:3:f:6:4:7:17:1a:2b:32:33:36:37:3c:3d:48|router|Actiontec
1:3:c:6:f:42:45:46:5f:78:8d:97:a2:2b|voip-phone|NEC
1:2:3:4:6:7:c:f:1c:2a:42:43:2b:64:65:78:84:85|voip-phone|Yealink
1:1c:3:f:6:c:2c:4e:4f|printer|Xerox
1:3:6:7:c:f:12:17:1a:2c:2e:33:36:3a:3b:4e:4f|printer|
1:3:1c:3a:3b:6:f:4e:4f:2c:2e:45:c|printer|Xerox
1:2:3:6:c:f:1a:1c:58:2c:2d:2e:2f:46:45:4e:4f|printer|Dell
1:3:7:2c:33:36:3a:3b:c:f:90:12|printer|HP
1:3:2c:6:7:c:f:16:36:3a:3b:45:12:2b|printer|HP
1:3:2c:6:7:c:f:16:36:3a:3b:45:12:2b:77|printer|HP
1:3:2c:6:7:c:f:16:36:3a:3b:45:12:2b:77:51:99:9a|printer|HP
1:3:2c:6:7:c:f:16:36:3a:3b:45:12:90|printer|HP
1:3:2c:6:7:c:fc:f:16:36:3a:3b:45:12:2b:77:51:99:9a|printer|HP
6:3:1:f:c:2c:51:45:2b:12:42:43:96:7|printer|HP
1:42:6:3:43:c:96||Cisco
1:3:2c:6:7:c:f:16:36:3a:3b:45:12:90|printer|HP
1:3:6:f:70:71:4e:4f:5f:fc||Apple
1:1c:2:79:3:f:6:c||
1:3:6:c:f:11:1c:28:29:2a||
1:3:6:c:f:1c:28:29:2a||
1:1c:3:f:6:c||
"""


DATABASE = hg.Database.load_default()


def rows(table: str) -> list[tuple[str, ...]]:
    """Text, type and maker; empty: the table does not say, or several devices share the text."""
    return [tuple(one.split("|")) for one in table.split("\n") if one]


def said(kind: str, text: str) -> tuple[str | None, str | None]:
    found = explain_device(DATABASE, kind, text)
    return (found.type, found.manufacturer) if found.match is not None else (None, None)


@pytest.mark.parametrize(("text", "type_", "maker"), rows(CLASSES))
def test_classes_are_right_or_silent(text: str, type_: str, maker: str) -> None:
    found = said("dhcp-class", text)
    assert found[0] in (type_ or None, None)
    assert found[1] in (maker or None, None)


def test_most_rows_have_a_pattern() -> None:
    named = [said("dhcp-class", text)[0] == type_ for text, type_, _ in rows(CLASSES) if type_]
    named += [
        said("dhcp-list", ",".join(str(int(one, 16)) for one in codes.split(":")))[0] == type_
        for codes, type_, _ in rows(LISTS)
        if type_
    ]
    assert sum(named) >= 0.95 * len(named)


@pytest.mark.parametrize(("codes", "type_", "maker"), rows(LISTS))
def test_lists_are_right_or_silent(codes: str, type_: str, maker: str) -> None:
    found = said("dhcp-list", ",".join(str(int(one, 16)) for one in codes.split(":")))
    assert found[0] in (type_ or None, None)
    assert found[1] in (maker or None, None)


NEIGHBOURS = """
description|Aruba JL357A 2540-48G-PoE+-4SFP+ Switch, revision YC.16.02.0012, ROM YC.16|switch|
description|Aruba JL635A  GL.10.05.0021|switch|JL635A
description|ArubaOS (MODEL: 335), Version Aruba AP|access-point|AP-335
description|ArubaOS (MODEL: Aruba7210), Version 8.5.0.5|wireless-controller|Aruba7210
description|Allied Telesis router/switch, AW+ v5.4.5-1.3||
description|Arista Networks EOS version 4.15.2F running on an Arista Networks DCS-7140T-8S|switch|DCS-7140T-8S
description|Brocade VDX Switch, BR-VDX6740, Network Operating System Software Version 7.1.0.|switch|VDX6740
description|Cisco 350 Series AP 12.03T|access-point|
description|Cisco AP Software, ap3g3-k9w8 Version: 8.10.162.0 Technical Support: http|access-point|
description|Cisco IOS Software, C2700 Software (AP3G2-K9W8-M), Version 15.3(3)JD16, RELEASE SO|access-point|
description|Cisco IOS Software [B], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.6.5, RELEASE|switch|
description|Cisco IOS Software [G], Virtual XE Software (X86_64_LINUX_IOSD-K9-M), Version 16.1, RELEASE|router|
description|Cisco IP Phone 7962G,V12, SCCP42.9-3-1ES27S|voip-phone|CP-7962G
description|Cisco NX-OS(tm) n7700, Software (n7700-s2-dk9), Version 6.2(10), RELEASE SOFTWARE|switch|n7700
description|DGS-3120-24TC Gigabit Ethernet Switch|switch|DGS-3120-24TC
description|Dell OS Operating System Version: 2 Application Software Version: 9 Series: S4048 Co|switch|S4048
description|Debian GNU/Linux 10 (buster) Linux 4.19.0-6-amd64 #1 SMP Debian 4.19 x86_64|computer|
description|Dragonfly||
description|EdgeSwitch 48-Port 750W, 1.1.2.4767216, Linux 3.6.5|switch|EdgeSwitch 48-Port 750W
description|FlashArray FA-X20R3 pure-storage|nas|FA-X20R3
description|GS110TPv3 8-Port Gigabit Smart Managed Pro Switch with PoE+|switch|GS110TPv3
description|H3C Comware Platform Software, Software Version 7.1.064, Release 1 H3C MSR3600 Copyright|router|MSR3600
description|H3C Comware Platform Software, Software Version 7.1.045, Release 1 H3C S12510-X Copyright|switch|S12510-X
description|H3C Comware software. H3C SR8800 Product Version SR8800-CMW520|router|SR8800
description|HPE OfficeConnect Switch 1820 J9981A, PT.02.01, Linux 3.6.5|switch|OfficeConnect Switch 1820 J9981A
description|Huawei AC6805 Huawei Versatile Routing Platform VRP, Version 5 (A V|wireless-controller|AC6805
description|Huawei AP AP4050 Huawei Versatile Routing Platform VRP, Version 1 (A V|access-point|AP4050
description|Huawei Switch S6730-S24 Huawei Versatile Routing Platform VRP, Version 5 (S V|switch|S6730-S24
description|Juniper Networks, Inc. ex2200-24t-4g , version 12.3R9.4 Build date: 2015|switch|EX2200-24t-4g
description|Juniper Networks, Inc. ex4300-48t internet router, kernel JUNOS 20.4R3-S7.2, Build|switch|EX4300-48t
description|Juniper Networks, Inc. mx960 internet router, kernel JUNOS 21.2R3-S8.5|router|mx960
description|Juniper Networks, Inc. srx300 internet router, kernel JUNOS 15.1X49-D150.2, Build|firewall|SRX300
description|Linux gate 4.4.60 #0 SMP Fri Oct 16 armv7l||
description|Meraki MR18 Cloud Managed AP|access-point|MR18
description|Meraki MX64 Cloud Managed Security Appliance|firewall|MX64
description|MS350-24X Cloud Managed PoE Switch|switch|MS350-24X
description|Polycom;VVX-VVX_410;3111-46162-001,7;SIP/5.9.0.9373|voip-phone|VVX 410
description|Ruckus R610 Multimedia Hotzone Wireless AP/SW Version: 6.2.1.103.2578|access-point|R610
description|Siemens, SIMATIC HMI, TP700 Comfort, 6AV2 124-0GC01-0AX0, HW: 0, SW: V 12 0 0|hmi|TP700 Comfort
description|Siemens, SIMATIC S7, CPU-1200, 6ES7 211-1CC40-0XB0, HW: 10, FW: V.4.3.1, S V-L|plc|CPU-1200
description|USW-24-PoE, 6.5.59.14777, Linux 3.6.5|switch|USW-24-PoE
description|VyOS 1.3|router|
platform|AIR-CT3504-K9|wireless-controller|AIR-CT3504-K9
platform|AIR-AP350|access-point|AIR-AP350
platform|cisco C9124AXI-E|access-point|C9124AXI-E
platform|cisco C9300-24UX|switch|C9300-24UX
platform|cisco C9800-40-K9|wireless-controller|C9800-40-K9
platform|cisco WS-C6009|switch|C6009
platform|WS-C3560X-24|switch|C3560X-24
platform|Cisco 3825|router|3825
platform|Cisco SG300-28 (PID:SRW2024-K9)-VSD|switch|SG300-28
platform|N5K-C5548UP|switch|N5K-C5548UP
platform|Poly VVX D230|voip-phone|VVX D230
platform|MikroTik|router|
platform|Linux||
"""  # noqa: E501


@pytest.mark.parametrize(("kind", "text", "type_", "model"), rows(NEIGHBOURS))
def test_neighbours(kind: str, text: str, type_: str, model: str) -> None:
    found = explain_device(DATABASE, kind, text)
    assert (found.type or "") == type_
    assert not model or found.model == model


OTHER_LISTS = """
1,28,2,3,15,6,119,12,44,47,26,121,42||
1,121,33,3,6,15,28,51,58,59,119||
1,3,6,15||
"""


@pytest.mark.parametrize(("codes", "type_", "maker"), rows(OTHER_LISTS))
def test_lists_of_any_linux(codes: str, type_: str, maker: str) -> None:
    """Any Linux or Android sends them, so they name no kind of device."""
    found = said("dhcp-list", codes)
    assert (found[0] or "") == type_
    assert (found[1] or "") == maker
