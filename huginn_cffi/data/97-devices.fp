; What devices announce: DHCP, mDNS, SSDP, NetBIOS, SMB, LLDP and CDP.
;
; label = s:TYPE:MANUFACTURER:MODEL:SYSTEM:VERSION, sig = ANNOUNCEMENT PATTERN (docs/reference/signature-format.md). A pattern takes the
; model or the version from the text; no rule names a single device.

classes = win,unix,other

[device]

; ---- computers --------------------------------------------------------------------------------------

label = s:computer:::Windows:
; source: Windows setup since 8; medium
sig   = name MSEDGEWIN10*

label = g::::Windows:
; source: public captures (34 clients), consoles among them; high
sig   = dhcp-class MSFT 5.0*
; source: vendor documentation; medium
sig   = dhcp-class MSFT
; source: Microsoft's documentation of its enterprise number; high
sig   = dhcp-vendor 311*

label = g:computer:::Windows:
; source: public captures (26 clients of 13 repositories); high
sig   = dhcp-list 1,3,6,15,31,33,43,44,46,47,*
sig   = dhcp-list 1,15,3,6,44,46,47,31,33,*
; source: Microsoft, Delivery Optimization; high
sig   = mdns _dosvc._tcp*
; source: GeForce software; medium
sig   = mdns _nvstream_dbd*
; source: Miracast over infrastructure; medium
sig   = mdns _display._tcp*
; source: Chromium's M-SEARCH; medium
sig   = ssdp-agent *Chrome/* Windows*
; source: Windows' search agent; high
sig   = ssdp-agent Microsoft-Windows/*
sig   = server *Microsoft-Windows*
; source: Dell's agent of LLDP; low
sig   = description *Windows*

label = s:computer:::Windows:10 or 11
; source: public captures (9 hosts), names that setup chooses since Windows 10; high
sig   = name DESKTOP-???????
sig   = name LAPTOP-????????
sig   = name DESKTOP-????????

label = s:server:::Windows:
; source: Windows Server setup; medium
sig   = name WIN-???????????

label = s:computer:::Windows:2000
; source: UPnP of Windows; high
sig   = server *Microsoft-Windows-NT/5.0*
; source: [MS-NLMP] 2.2.2.10; high
sig   = ntlm 5.0.2195 *
sig   = browser 5.0*

label = s:computer:::Windows:XP
; source: [MS-NLMP] 2.2.2.10; high
sig   = ntlm 5.1.2600 *
; source: [MS-BRWS]; high
sig   = browser 5.1*
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows 5.1
sig   = smb-system Windows XP*

; Connection sharing of all later versions announces NT 5.1.

label = g::::Windows:
; source: UPnP of Windows; high
sig   = server *Microsoft-Windows-NT/5.1*

label = s:server:::Windows:2003
; source: [MS-NLMP] 2.2.2.10; medium
sig   = ntlm 5.2.3790 *
; source: [MS-BRWS]; medium
sig   = browser 5.2*
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows Server 2003 ????*

label = s:server:::Windows:2003 R2
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows Server 2003 R2*

label = s:server:::Windows:2008
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows Server (R) 2008*
sig   = smb-system Windows (R) * Server 2008*
sig   = smb-system Windows Server 2008 ????*

label = s:server:::Windows:2008 R2
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows Server 2008 R2*
sig   = smb-system Windows * Server 2008 R2*

label = s:server:::Windows:2012
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows Server 2012 *
sig   = smb-system Windows * Server 2012 *

label = s:server:::Windows:2012 R2
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows Server 2012 R2*
sig   = smb-system Windows * Server 2012 R2*

label = s:server:::Windows:2016
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows Server 2016*

label = s:server:::Windows:2019
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows Server 2019*

label = s:server:::Windows:2022
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows Server 2022*
; source: [MS-NLMP] 2.2.2.10; high
sig   = ntlm 10.0.20348 *

; A host that serves directories ([MS-DRSR]) is a domain controller, or has AD LDS.

label = s:server:::Windows:2008
; source: [MS-NLMP] 2.2.2.10, [MS-DRSR] 2.1; medium
sig   = ntlm 6.0.600? directory

label = s:server:::Windows:2008 R2
; source: [MS-NLMP] 2.2.2.10, [MS-DRSR] 2.1; medium
sig   = ntlm 6.1.760? directory

label = s:server:::Windows:2012
; source: [MS-NLMP] 2.2.2.10, [MS-DRSR] 2.1; medium
sig   = ntlm 6.2.9200 directory

label = s:server:::Windows:2012 R2
; source: [MS-NLMP] 2.2.2.10, [MS-DRSR] 2.1; medium
sig   = ntlm 6.3.9600 directory

label = s:server:::Windows:2016
; source: [MS-NLMP] 2.2.2.10, [MS-DRSR] 2.1; medium
sig   = ntlm 10.0.14393 directory

label = s:server:::Windows:2019
; source: [MS-NLMP] 2.2.2.10, [MS-DRSR] 2.1; medium
sig   = ntlm 10.0.17763 directory

label = s:server:::Windows:2025
; source: [MS-NLMP] 2.2.2.10, [MS-DRSR] 2.1; medium
sig   = ntlm 10.0.26100 directory

label = s:computer:::Windows:Vista
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows Vista*
; source: UPnP of Windows; high
sig   = server *Microsoft-Windows/6.0*
sig   = ssdp-agent Microsoft-Windows/6.0*

label = s:computer:::Windows:7
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows 7*
; source: UPnP of Windows; high
sig   = server *Microsoft-Windows/6.1*
sig   = ssdp-agent Microsoft-Windows/6.1*

label = s:computer:::Windows:8
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows 8 *
; source: UPnP of Windows; high
sig   = server *Microsoft-Windows/6.2*
sig   = ssdp-agent Microsoft-Windows/6.2*
; source: [MS-BRWS]; medium
sig   = browser 6.2*

label = s:computer:::Windows:8.1
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows 8.1*
; source: UPnP of Windows; high
sig   = server *Microsoft-Windows/6.3*
sig   = ssdp-agent Microsoft-Windows/6.3*
; source: [MS-BRWS]; medium
sig   = browser 6.3*

; Windows and macOS announce version 6.1, the latter whatever its own version is, so this version names neither.

; Builds that a server and a client have in common: both are named, without a type.

label = g::::Windows:Vista or 2008
; source: [MS-NLMP] 2.2.2.10; medium
sig   = ntlm 6.0.6001 *
sig   = ntlm 6.0.6002 *
sig   = ntlm 6.0.6003 *

label = g::::Windows:7 or 2008 R2
; source: [MS-NLMP] 2.2.2.10; high
sig   = ntlm 6.1.7601 *
sig   = ntlm 6.1.7600 *

label = g::::Windows:8 or 2012
; source: [MS-NLMP] 2.2.2.10; high
sig   = ntlm 6.2.9200 *

label = g::::Windows:8.1 or 2012 R2
; source: [MS-NLMP] 2.2.2.10; high
sig   = ntlm 6.3.9600 *

label = g::::Windows:10 or 2016
; source: [MS-NLMP] 2.2.2.10, Windows 10 1607 or Server 2016; high
sig   = ntlm 10.0.14393 *

label = g::::Windows:10 or 2019
; source: [MS-NLMP] 2.2.2.10, Windows 10 1809 or Server 2019; high
sig   = ntlm 10.0.17763 *

label = g::::Windows:11 or 2025
; source: [MS-NLMP] 2.2.2.10, Windows 11 24H2 or Server 2025; high
sig   = ntlm 10.0.26100 *

label = s:computer:::Windows:Vista
; source: [MS-NLMP] 2.2.2.10; high
sig   = ntlm 6.0.6000 *

label = s:computer:::Windows:10
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows 10*
; source: [MS-NLMP] 2.2.2.10; high
sig   = ntlm 10.0.10240 *
sig   = ntlm 10.0.10586 *
sig   = ntlm 10.0.15063 *
sig   = ntlm 10.0.16299 *
sig   = ntlm 10.0.17134 *
sig   = ntlm 10.0.1836? *
sig   = ntlm 10.0.1904? *

; Windows 11, 2016, 2019, 2022 and 2025 kept the number of Windows 10.

label = s:computer:::Windows:10 or newer
; source: [MS-BRWS]; high
sig   = browser 10.0*

label = s:server:::Windows:2016 or newer
; source: [MS-BRWS], servers and domain controllers; high
sig   = browser 10.0 server*
sig   = browser 10.0 dc*

label = s:computer:::Windows:11
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system Windows 11*
; source: [MS-NLMP] 2.2.2.10; high
sig   = ntlm 10.0.22??? *
sig   = ntlm 10.0.262?? *

label = g::::Windows:
; source: [MS-NLMP] 2.2.2.10; medium
sig   = ntlm 10.0.*
; source: [MS-NLMP] 2.2.2.10, IIS and HTTP.sys are parts of Windows; medium
sig   = server Microsoft-IIS/*
sig   = server Microsoft-HTTPAPI/*

label = g:server:::Samba:
; source: build 0 of NTLM and browser versions of Samba; medium
sig   = ntlm 6.1.0 server*
sig   = ntlm 6.1.0 directory
sig   = browser 4.9*
sig   = browser 6.1 unix*

label = g:server:::Samba:
; source: rapid7/recog smb_native_lm.xml; high
sig   = smb-manager Samba <version>
sig   = smb-manager Samba <version>-*
sig   = browser * Samba <version>*
sig   = browser * Samba Server <version>*

label = s:computer:::Linux:
; source: Avahi; medium
sig   = mdns _workstation._tcp*
; source: udisks; high
sig   = mdns _udisks-ssh._tcp*

label = g:computer:::Linux:
; source: defaults of installers; low
sig   = name ubuntu
sig   = name kali
sig   = name debian
sig   = name fedora

label = s:computer:Raspberry Pi::Linux:
; source: public captures and dhcpcd's source; high
sig   = dhcp-class dhcpcd-*:Linux-<version>*:*:BCM27*
sig   = dhcp-class dhcpcd-*:Linux-<version>*:*:BCM28*

label = g:computer:Raspberry Pi::Linux:
; source: default of Raspberry Pi OS; medium
sig   = name raspberrypi*

label = s::::Linux:
; source: dhcpcd's source; high
sig   = dhcp-class dhcpcd-*:Linux-<version>*
; source: public captures (5 clients): the SDK of Atheros; high
sig   = dhcp-class udhcp*
; source: systemd before 2016; medium
sig   = dhcp-class systemd*
; source: libupnp and others name kernels; medium
sig   = server Linux/<version>* UPnP/*
sig   = server Linux <version>* UPnP/*
sig   = server Linux/<version>*
; source: HINFO of Avahi; medium
sig   = mdns hinfo * LINUX*

label = g::::Linux:
; source: public captures, BusyBox; high
sig   = dhcp-list 1,3,6,12,15,28,42
sig   = dhcp-list 1,3,6,12,15,28,44
sig   = dhcp-list 1,3,6,12,15,28,42,*
; source: NetworkManager and dhclient; medium
sig   = dhcp-list 1,2,6,12,15,26,28,121,3,33,40,41,42,119,249,252,17
sig   = dhcp-list 1,28,2,3,15,6,119,12,44,47,26,121,42*
sig   = dhcp-list 1,3,6,12,15,26,33,42,119,120,121
sig   = dhcp-list 1,121,33,3,6,12,15,26,28,42,51,54,58,59,119

label = s::::DragonFly:
; source: dhcpcd's source; high
sig   = dhcp-class dhcpcd-*:DragonFly-<version>:*

label = s::::FreeBSD:
; source: dhcpcd's source; high
sig   = dhcp-class dhcpcd-*:FreeBSD-<version>:*

label = s::::NetBSD:
; source: dhcpcd's source; high
sig   = dhcp-class dhcpcd-*:NetBSD-<version>:*

label = s::::OpenBSD:
; source: dhcpcd's source; high
sig   = dhcp-class dhcpcd-*:OpenBSD-<version>:*

label = g::Apple::macOS:
; source: dhcpcd's source; medium
sig   = dhcp-class dhcpcd-*:Darwin-*

label = g:::::
; source: dhcpcd's source: a system that it names, and no pattern here; medium
sig   = dhcp-class dhcpcd-*:*

label = g::::Linux:
; source: public captures; medium
sig   = dhcp-class dhcpcd*

label = s:computer:::ChromeOS:
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class chromeos*
sig   = ssdp-agent *Chrome/* CrOS*
sig   = ssdp-agent *Chrome/* ChromeOS*

label = s:computer:Apple::macOS:
; source: Chromium's M-SEARCH; medium
sig   = ssdp-agent *Chrome/* Mac OS X*
sig   = ssdp-agent *Chrome/* macOS*

label = s:computer:::Linux:
; source: Chromium's M-SEARCH; medium
sig   = ssdp-agent *Chrome/* Linux*

label = g:computer:::Windows:
; source: default names of Windows Vista and 7; medium
sig   = name *-PC
; source: public captures (10 clients): Windows' option request of DHCPv6; medium
sig   = dhcp6-list 24,23,17,39
sig   = dhcp6-list 17,23,24,39
; source: agents of browsers' M-SEARCH; medium
sig   = ssdp-agent * Windows

label = g:computer:Apple::macOS:
; source: agents of browsers' M-SEARCH; medium
sig   = ssdp-agent * Mac OS X
; source: Darwin in UPnP; medium
sig   = server *Darwin/*

; ---- Apple ---------------------------------------------------------------------------------------------

label = s:computer:Apple:MacBook Pro (MacBookPro<model>):macOS:
; source: Apple's identifiers of models; high
sig   = mdns _device-info._tcp model=MacBookPro<model>
sig   = mdns _airplay._tcp model=MacBookPro<model>
sig   = mdns _raop._tcp am=MacBookPro<model>
sig   = mdns _companion-link._tcp rpmd=MacBookPro<model>

label = s:computer:Apple:MacBook Air (MacBookAir<model>):macOS:
; source: Apple's identifiers of models; high
sig   = mdns _device-info._tcp model=MacBookAir<model>
sig   = mdns _airplay._tcp model=MacBookAir<model>
sig   = mdns _raop._tcp am=MacBookAir<model>
sig   = mdns _companion-link._tcp rpmd=MacBookAir<model>

label = s:computer:Apple:MacBook<model>:macOS:
; source: Apple's identifiers of models; high
sig   = mdns _device-info._tcp model=MacBook<model>
sig   = mdns _raop._tcp am=MacBook<model>

label = s:computer:Apple:iMac<model>:macOS:
; source: Apple's identifiers of models; high
sig   = mdns _device-info._tcp model=iMac<model>
sig   = mdns _airplay._tcp model=iMac<model>
sig   = mdns _raop._tcp am=iMac<model>
sig   = mdns _companion-link._tcp rpmd=iMac<model>

label = s:computer:Apple:Mac<model>:macOS:
; source: Apple's identifiers of models; high
sig   = mdns _airplay._tcp model=Mac<model>
sig   = mdns _raop._tcp am=Mac<model>
sig   = mdns _companion-link._tcp rpmd=Mac<model>

label = s:computer:Apple:Mac<model>,<suffix>:macOS:
; source: Apple's identifiers of models, which end in a comma and a number; high
sig   = mdns _device-info._tcp model=Mac<model>,<suffix>

label = s:server:::Samba:
; source: Samba's avahi service and netatalk imitate a model; high
sig   = mdns _device-info._tcp model=MacSamba

label = s:nas::::
; source: Samba and netatalk imitate these models; low
sig   = mdns _device-info._tcp model=Xserve*
sig   = mdns _device-info._tcp model=RackMac*
sig   = mdns _device-info._tcp model=TimeCapsule8,119
; source: TrueNAS, middleware utils/mdns.py (LGPL-3.0, facts restated); medium
sig   = mdns _device-info._tcp model=MacPro7,1@ECOLOR=*
sig   = mdns _device-info._tcp model=TimeCapsule6,106

label = s:phone:Apple:iPhone<model>:iOS:
; source: Apple's identifiers of models; high
sig   = mdns _device-info._tcp model=iPhone<model>
sig   = mdns _airplay._tcp model=iPhone<model>
sig   = mdns _companion-link._tcp rpmd=iPhone<model>

label = s:tablet:Apple:iPad<model>:iOS:
; source: Apple's identifiers of models; high
sig   = mdns _device-info._tcp model=iPad<model>
sig   = mdns _airplay._tcp model=iPad<model>
sig   = mdns _companion-link._tcp rpmd=iPad<model>

label = g:phone:Apple:iPhone (D<model>AP):iOS:
; source: boards of iPhones; medium
sig   = mdns _device-info._tcp model=D<model>AP

label = g:phone:Apple:iPhone (N<model>AP):iOS:
; source: boards of iPhones; medium
sig   = mdns _device-info._tcp model=N<model>AP

label = g::Apple:::
; source: boards of Apple; medium
sig   = mdns _device-info._tcp model=J*AP
sig   = mdns _device-info._tcp model=K*AP

label = s:media-player:Apple:AppleTV<model>:tvOS:
; source: Apple's identifiers of models; high
sig   = mdns _device-info._tcp model=AppleTV<model>
sig   = mdns _companion-link._tcp rpmd=AppleTV<model>

label = s:media-player:Apple:AppleTV2,1:iOS:
; source: board of the second Apple TV; high
sig   = mdns _device-info._tcp model=K66AP

label = s:speaker:Apple:AudioAccessory<model>::
; source: Apple's identifiers of models; high
sig   = mdns _device-info._tcp model=AudioAccessory<model>
sig   = mdns _airplay._tcp model=AudioAccessory<model>
sig   = mdns _companion-link._tcp rpmd=AudioAccessory<model>

label = s:access-point:Apple:AirPort<model>:AirPort:
; source: Apple's identifiers of models; high
sig   = mdns _device-info._tcp model=AirPort<model>
sig   = mdns _raop._tcp am=AirPort<model>

label = s:access-point:Apple:TimeCapsule<model>:AirPort:
; source: Apple's identifiers of models; high
sig   = mdns _device-info._tcp model=TimeCapsule<model>

label = s:access-point:Apple::AirPort:
; source: Apple's service of base stations; high
sig   = mdns _airport._tcp
sig   = mdns _airport._tcp syvs=<version>
sig   = mdns _airport._tcp *,syvs=<version>,*

label = s::Apple:::
; source: Apple's service of phones and tablets; high
sig   = mdns _apple-mobdev2._tcp*
sig   = mdns _companion-link._tcp*

label = s:computer:Apple::macOS:10.6
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=10

label = s:computer:Apple::macOS:10.7
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=11

label = s:computer:Apple::macOS:10.8
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=12

label = s:computer:Apple::macOS:10.9
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=13

label = s:computer:Apple::macOS:10.10
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=14

label = s:computer:Apple::macOS:10.11
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=15

label = s:computer:Apple::macOS:10.12
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=16

label = s:computer:Apple::macOS:10.13
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=17

label = s:computer:Apple::macOS:10.14
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=18

label = s:computer:Apple::macOS:10.15
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=19

label = s:computer:Apple::macOS:11
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=20

label = s:computer:Apple::macOS:12
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=21

label = s:computer:Apple::macOS:13
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=22

label = s:computer:Apple::macOS:14
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=23

label = s:computer:Apple::macOS:15
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=24

label = s:computer:Apple::macOS:26
; source: Darwin release numbers; high
sig   = mdns _device-info._tcp osxvers=25

label = s:computer:Apple:<model>:macOS:
; source: rapid7/recog dhcp_vendor_class.xml: the boot loader's BSDP; high
sig   = dhcp-class AAPLBSDPC/*/<model>

label = g:phone:Apple:iPhone:iOS:
; source: default names of iPhones; medium
sig   = name iPhone*
sig   = name *-iPhone
sig   = name *s-iPhone-*
sig   = name *iPhone

label = g:tablet:Apple:iPad:iOS:
; source: default names of iPads; medium
sig   = name *iPad*

label = g:computer:Apple:MacBook Pro:macOS:
; source: default names of Macs; medium
sig   = name *MacBook-Pro*
sig   = name *MacBookPro*
sig   = name MBPro*

label = g:computer:Apple:MacBook Air:macOS:
; source: default names of Macs; medium
sig   = name *MacBook-Air*
sig   = name *MacBookAir*

label = g:computer:Apple:iMac:macOS:
; source: default names of Macs; medium
sig   = name *iMac*

label = g:computer:Apple:Mac mini:macOS:
; source: default names of Macs; medium
sig   = name *Mac-mini*

label = g:computer:Apple:Mac Studio:macOS:
; source: default names of Macs; medium
sig   = name *Mac-Studio*

label = g:media-player:Apple:Apple TV:tvOS:
; source: default names; medium
sig   = name Apple-TV*
sig   = name AppleTV*

label = g::Apple:::
; source: public captures (lists of macOS and iOS); medium
sig   = dhcp-list 1,121,3,6,15,*
sig   = dhcp-list 1,3,6,15,119,252

label = s:computer:Apple::macOS:
; source: public captures; medium
sig   = dhcp-list 1,3,6,15,119,95,252,44,46
sig   = dhcp-list 1,121,3,6,15,*252,95,44,46

label = g:computer:Apple:MacBook:macOS:
; source: default names of Macs; medium
sig   = name *MacBook*

label = g:computer:Apple:MacBook Pro:macOS:
; source: default names of Macs; medium
sig   = name *-MBP
sig   = name *-MBP-?

label = g:computer:Apple:Mac Pro:macOS:
; source: default names of Macs; medium
sig   = name *Mac-Pro*

label = g:watch:Apple:Apple Watch:watchOS:
; source: default names; medium
sig   = name *Apple-Watch*
sig   = name *AppleWatch*

label = g:speaker:Apple:HomePod::
; source: default names; medium
sig   = name *HomePod*

label = g:access-point:Apple:Time Capsule:AirPort:
; source: default names of base stations; medium
sig   = name *Time-Capsule*

label = g:access-point:Apple:AirPort Extreme:AirPort:
; source: default names of base stations; medium
sig   = name *AirPort-Extreme*

label = g:access-point:Apple:AirPort Express:AirPort:
; source: default names of base stations; medium
sig   = name *AirPort-Express*

label = s::<manufacturer>:::
; source: AirPlay 2 of other makers; high
sig   = mdns _airplay._tcp manufacturer=<manufacturer>
sig   = mdns _airplay._tcp manufacturer=<manufacturer> Inc.
sig   = mdns _airplay._tcp manufacturer=<manufacturer>, Inc.

; Names that Apple's systems set, with the owner's name.

label = s:phone:Apple:iPhone:iOS:
; source: default names of iPhones; medium
sig   = name iPhone
sig   = name iPhone-?
sig   = name iPhone-??
sig   = name iPhone-von-*
sig   = name iPhone-de-*
sig   = name iPhone-di-*
sig   = name iPhone-van-*
sig   = name *s-iPhone
sig   = name *s-iPhone-?

label = s:tablet:Apple:iPad:iOS:
; source: default names of iPads; medium
sig   = name iPad
sig   = name iPad-?
sig   = name iPad-??
sig   = name iPad-von-*
sig   = name iPad-de-*
sig   = name iPad-di-*
sig   = name iPad-van-*
sig   = name *s-iPad
sig   = name *s-iPad-?

label = s:computer:Apple:MacBook Pro:macOS:
; source: default names of Macs; medium
sig   = name *s-MacBook-Pro
sig   = name *s-MacBook-Pro-?

label = s:computer:Apple:MacBook Air:macOS:
; source: default names of Macs; medium
sig   = name *s-MacBook-Air
sig   = name *s-MacBook-Air-?

; ---- phones and tablets ------------------------------------------------------------------------------

; Telephones, televisions, players and cars with Android request the same.

label = g::::Android:
; source: public captures (17 clients); high
sig   = dhcp-class android-dhcp-<version>
; source: public captures (19 clients); high
sig   = dhcp-list 1,3,6,15,26,28,51,58,59,43
sig   = dhcp-list 1,3,6,15,26,28,51,58,59,43,*
; source: public captures; low
sig   = dhcp-list 1,33,3,6,15,28,51,58,59
sig   = dhcp-list 1,33,3,6,15,26,28,51,58,59

label = s:phone:Huawei:<model>:Android:
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class HUAWEI:android:<model>

label = s::::Android:
; source: Android before 8, on devices of all types; high
sig   = name android-????????????????

label = g::::Android:
; source: public captures (3 clients): Android 4 to 7; medium
sig   = dhcp-class dhcpcd-5.2.*
sig   = dhcp-class dhcpcd-5.5.*
sig   = dhcp-class dhcpcd 5.2.*
sig   = dhcp-class dhcpcd 5.5.*

label = g:phone:::Android:
; source: Quick Share; medium
sig   = mdns _quickshare._tcp*
sig   = mdns _FC9F5ED42C8A._tcp*

label = g::::Android:
; source: default name of Android's mDNS, on devices of all types; medium
sig   = name Android
sig   = name Android-?
sig   = name Android-??

label = g::::Android:
; source: the debug bridge; high
sig   = mdns _adb*

label = s:phone:Samsung:Galaxy <model>:Android:
; source: Samsung's default names; high
sig   = name *-s-Galaxy-<model>

label = g:phone:Samsung:Galaxy <model>:Android:
; source: Samsung's default names; high
sig   = name Galaxy-<model>
sig   = name *s-Galaxy-<model>

label = g:phone:Samsung:Galaxy <model> (201<suffix>):Android:
; source: Samsung's default names, with the year of the model; high
sig   = name Galaxy-<model>201<suffix>
sig   = name Galaxy-<model>-201<suffix>

label = g:phone:Samsung:Galaxy Note<model>:Android:
; source: Samsung's default names with the owner's; medium
sig   = name *-s-Note<model>

label = g:tablet:Samsung:Galaxy Tab <model>:Android:
; source: Samsung's default names; high
sig   = name Galaxy-Tab-<model>
sig   = name *-s-Tab-<model>

label = g:phone:Samsung:Galaxy A<model>:Android:
; source: Samsung's default names with the owner's; medium
sig   = name *-s-A<model>

label = g:phone:Samsung:Galaxy S<model>:Android:
; source: Samsung's default names with the owner's; medium
sig   = name *-s-S<model>

label = s:phone:Xiaomi:Redmi <model>:Android:
; source: Xiaomi's default names; high
sig   = mdns _mi-connect._udp nm=Redmi <model>
sig   = mdns _mi-connect._udp name=*"nm":"Redmi <model>"*

label = g:phone:Xiaomi:Redmi <model>:Android:
; source: Xiaomi's default names; high
sig   = name Redmi-<model>
sig   = name Redmi<model>

label = s:phone:Xiaomi:POCO <model>:Android:
; source: Xiaomi's default names; high
sig   = mdns _mi-connect._udp nm=POCO <model>
sig   = mdns _mi-connect._udp name=*"nm":"POCO <model>"*

label = g:phone:Xiaomi:POCO <model>:Android:
; source: Xiaomi's default names; high
sig   = name POCO-<model>

label = g:phone:Xiaomi:Mi <model>:Android:
; source: Xiaomi's default names; high
sig   = name Mi-<model>
sig   = name Mi?-<model>
sig   = name MI<model>-*

label = g:phone:Xiaomi:M2<model>:Android:
; source: Xiaomi's codes of models; high
sig   = name M2???<model>-*
sig   = name M2<model>

label = g:phone:Xiaomi::Android:
; source: Xiaomi's service; medium
sig   = mdns _mi-connect._udp*

label = g:phone:OPPO:<model>:Android:
; source: OPPO's default names; high
sig   = name OPPO-<model>

label = g:phone:OPPO:CPH1<model>:Android:
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; high
sig   = name CPH1<model>

label = g:phone:OPPO:CPH2<model>:Android:
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; telephones of OnePlus have such codes since 2022; low
sig   = name CPH2<model>

label = g:phone:Realme:realme <model>:Android:
; source: Realme's default names; high
sig   = name realme-<model>

label = g:phone:Realme:RMX<model>:Android:
; source: device trees of Android (Apache-2.0), such as realme-sm7125/device_realme_RMX2170, read on 2026-11-25; high
sig   = name RMX<model>

label = g:phone:Realme:narzo <model>:Android:
; source: Realme's default names; high
sig   = name narzo-<model>

label = g:phone:vivo:<model>:Android:
; source: vivo's default names; medium
sig   = name vivo-<model>

label = g:phone:vivo:V2<model>:Android:
; source: vivo's codes of models; medium
sig   = name V2<model>

label = g:phone:Google:Pixel <model>:Android:
; source: Google's default names; high
sig   = name Pixel-<model>

label = g:phone:OnePlus:OnePlus <model>:Android:
; source: OnePlus' default names; high
sig   = name OnePlus-<model>

label = g:phone:Motorola:moto <model>:Android:
; source: Motorola's default names; high
sig   = name moto-<model>
sig   = name motorola-<model>

label = g:phone:Honor:<model>:Android:
; source: HONOR's default names; high
sig   = name HONOR-<model>

label = g:phone:Huawei:<model>:Android:
; source: Huawei's default names; high
sig   = name HUAWEI-<model>

label = g:phone:Nokia:<model>:Android:
; source: HMD's default names; high
sig   = name Nokia-<model>

label = s::::Android:
; source: Android's identifiers in names, on devices of all types; medium
sig   = name Android_????????????????*

label = g::::Android:
; source: UPnP of Android; medium
sig   = server Android/<version>*
sig   = server *Android/<version> *

label = g:phone:Samsung:SM-<model>:Android:
; source: Samsung's codes of models; medium
sig   = name SM-<model>

label = g:tablet:Samsung:SM-T<model>:Android:
; source: Samsung's codes of tablets; medium
sig   = name SM-T<model>

; ---- telephones -----------------------------------------------------------------------------------------

label = s:voip-phone:Cisco:CP-<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Cisco Systems, Inc. IP Phone CP-<model>
sig   = dhcp-class Cisco Systems, Inc. IP Phone CP<model>
; source: Cisco's CDP; high
sig   = platform Cisco IP Phone <model>

label = s:voip-phone:Cisco:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Cisco Systems Inc. Wireless Phone <model>

label = s:voip-phone:Cisco:SPA<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Cisco SPA<model>

label = s:voip-phone:Cisco:::
; source: Cisco's default names; high
sig   = name SEP????????????

label = s:voip-phone:Poly:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Polycom-<model>
sig   = dhcp-class Poly-<model>

label = s:voip-phone:Yealink:<model>::
; source: Yealink's vendor class; high
sig   = dhcp-class yealink SIP-<model>
sig   = dhcp-class yealink <model>

label = s:voip-phone:Yealink:::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class yealink

label = s:voip-phone:Mitel:::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class ipphone.mitel.com*

label = s:voip-phone:Mitel:ShoreTel::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class ShoreTel IP Phone*

label = s:voip-phone:Avaya:::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class ccp.avaya.com*
sig   = dhcp-class Avaya*

label = s:voip-phone:Digium:D<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class digium_D<model>_*

label = s:voip-phone:Grandstream:<model>::
; source: Grandstream's vendor class; high
sig   = dhcp-class Grandstream <model>
sig   = dhcp-class Grandstream_<model>

label = s:voip-phone:Snom:<model>::
; source: snom's vendor class; high
sig   = dhcp-class snom <model>
sig   = dhcp-class snom-<model>

label = s:voip-phone:Cisco:<model>::
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class Cisco Systems, Inc. IP Phone <model>
sig   = dhcp-class Cisco System, Inc. IP Phone <model>

label = s:tablet:Cisco:Cius::
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class Cisco Cius*

label = g:voip-phone::::
; source: IEEE 802.1AB: a telephone; medium
sig   = capabilities *telephone*

label = s:voip-phone:Cisco:::
; source: public captures (31 clients): option 150 is Cisco's; high
sig   = dhcp-list 1,66,6,3,15,150,35

label = g:voip-phone:Yealink:SIP-T<model>::
; source: Yealink's default names; medium
sig   = name SIP-T<model>

label = s:voip-phone:Poly:::
; source: Poly's default names; medium
sig   = name Polycom_????????????

label = g:voip-phone:Snom:<model>::
; source: snom's default names; medium
sig   = name snom<model>-*

label = s:voip-phone:Grandstream:GXP<model>::
; source: Grandstream's default names; medium
sig   = name GXP<model>_*

; ---- DHCP of public tables, desktops with Linux -----------------------------------------------------------

label = s:console:Sony:PlayStation Vita::
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class PS Vita*

label = s:phone:BlackBerry:::
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class BlackBerry*
sig   = dhcp-class *RIM.BlackBerry

label = s:tablet:BlackBerry:PlayBook::
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class BlackBerry Tablet OS*

label = s:server-management:Dell:::
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class DELL RAC*

label = g::::Windows CE:
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class Microsoft Windows CE*

label = s:ics-gateway:Moxa:::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-class MOS 2.0

label = g::Cisco::Cisco IOS:
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class ciscopnp*

label = g::Cisco::Cisco IOS:
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,6,15,44,3,33,150,43
sig   = dhcp-list 1,6,15,44,3,33,43

label = s:access-point:Cisco:::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,6,15,44,3,7,33,150,43

label = s:firewall:Cisco:ASA::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,6,15,44,3,33

label = s:other:Cisco:TelePresence::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-class TANDBERG:*

label = s:wireless-controller:HPE Aruba:::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-class ArubaMC*

label = s:access-point:HPE Aruba:::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,3,4,6,12,15,28,42,43,60
sig   = dhcp-list 1,3,4,6,12,15,28,42,43,60,66,67,148
sig   = dhcp-list 1,3,4,6,12,15,28,42,43,66,67,60

label = s:firewall:Juniper:NetScreen-<model>:ScreenOS:
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class NetScreen-<model>

label = s:firewall:Juniper:SSG<model>:ScreenOS:
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class SSG<model>-Serial

label = s:router:Cradlepoint:::
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class Cradlepoint DHCP Client

label = s:router:Actiontec:::
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class Wireless Broadband Router

label = g::Linksys:SPA-<model>::
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class LINKSYS SPA-<model>

label = s:voip-phone:NEC:DT<model>::
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class NECDT<model>

label = s:router:TRENDnet:TEW-<model>::
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class TEW-<model>

label = s:router:TRENDnet:TW100-<model>::
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class TW100-<model>

label = g::TRENDnet:::
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class trendnet*

label = g:console:Nintendo:::
; source: daviswr's dhcpd.fingerprint (MIT); low
sig   = dhcp-list 1,3,6,28

label = s:server-management:Dell:iDRAC::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,3,6,12,15,28,40,41,42,43,119

label = s:ups:APC:::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 6,3,1,15,66,67,13,43,58,59,42,2,12
sig   = dhcp-list 6,3,1,15,66,67,13,44,43,58,59,42,2,12

label = s:access-point:Apple::AirPort:
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,2,3,15,6,12,44

label = g:computer:Apple::macOS:
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,3,6,15,112,113,78,79,95
sig   = dhcp-list 1,3,6,15,119,95,252,44,46,47

label = g::::Linux:
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,28,2,3,15,6,12,44,47
sig   = dhcp-list 1,28,2,3,15,6,12,44,47,26
sig   = dhcp-list 1,28,2,3,15,6,119,12,44,47,26
sig   = dhcp-list 1,28,2,3,15,6,12,40,41,42
sig   = dhcp-list 1,28,2,3,15,6,12,40,41,42,26
sig   = dhcp-list 1,28,2,3,15,6,12,40,41,42,26,119
sig   = dhcp-list 1,28,2,121,15,6,12,40,41,42,26,119,3
sig   = dhcp-list 1,28,2,121,15,6,12,40,41,42,26,119,3,121,249,*

label = s:switch:Arista:<model>:EOS:<version>
; source: Arista's guide to zero touch provisioning (facts restated); high
sig   = dhcp-class Arista;<model>;<version>;*

label = s::Juniper:<model>:Junos:
; source: Juniper's guide to zero touch provisioning (facts restated); high
sig   = dhcp-class Juniper-<model>

label = s::H3C:<model>:Comware:
; source: H3C's guide to automatic configuration (facts restated); high
sig   = dhcp-class H3C. H3C <model>

label = s:voip-phone:Aastra:<model>::
; source: Aastra's guide for administrators (facts restated); high
sig   = dhcp-class AastraIPPhone<model>

label = s:voip-phone:Fanvil:<model>::
; source: Fanvil's guide for administrators (facts restated); high
sig   = dhcp-class Fanvil <model>

label = g:computer:::Linux:
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; low
sig   = user-agent Mozilla/5.0 (X11; Linux x86_64*) Gecko/*
sig   = user-agent Mozilla/5.0 (X11; Linux i686*) Gecko/*
sig   = user-agent Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/* Chrome/* Safari/537.36
sig   = user-agent Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/* Chrome/* Safari/537.36 Edg/*
sig   = user-agent Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/* Chrome/* Safari/537.36 OPR/*
sig   = user-agent Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/* Chrome/* Safari/537.36 Vivaldi/*
sig   = user-agent Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/* Chrome/* Safari/537.36 YaBrowser/*

label = g:computer:::Ubuntu:
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; low
sig   = user-agent Mozilla/5.0 (X11; Ubuntu; Linux x86_64*) Gecko/*

label = g:computer:::Fedora:
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; low
sig   = user-agent Mozilla/5.0 (X11; Fedora; Linux x86_64*) Gecko/*

; ---- printers --------------------------------------------------------------------------------------------

label = s:printer:Xerox:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Mfg=Xerox;Typ=*;Mod=<model>;*
sig   = dhcp-class Mfg=FujiXerox;Typ=*;Mod=<model>;*

label = s:printer:<manufacturer>:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Mfg=<manufacturer>;Typ=*;Mod=<model>;*

label = s:printer:HP:::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Hewlett-Packard *Jet*
sig   = dhcp-class Hewlett-Packard Printer*
sig   = dhcp-class HP *Jet*
sig   = dhcp-class HP Printer*
; source: HP's default names; high
sig   = name NPI??????

label = g:printer:HP:::
; source: HP's default names; high
sig   = name HP??????

label = s:printer:Canon:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Canon <model>
; source: DNS-SD of printers; high
sig   = mdns _ipp._tcp ty=Canon <model>
sig   = mdns _printer._tcp ty=Canon <model>
sig   = mdns _pdl-datastream._tcp ty=Canon <model>

label = s:printer:Zebra:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Zebra Technologies ZTC <model>*

label = s:printer:Zebra:::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class ZEBRA

label = s:printer:Samsung:::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class SAMSUNG Network Printer*

label = s:printer:Brother:::
; source: Brother's default names; high
sig   = name BRN????????????
sig   = name BRW????????????

label = s:printer:Epson:::
; source: Epson's default names; high
sig   = name EPSON??????

label = s:printer:Ricoh:::
; source: Ricoh's default names; high
sig   = name RNP????????????

label = s:printer:HP:<model>::
; source: DNS-SD of printers; high
sig   = mdns _ipp._tcp ty=HP <model>
sig   = mdns _ipps._tcp ty=HP <model>
sig   = mdns _printer._tcp ty=HP <model>
sig   = mdns _pdl-datastream._tcp ty=HP <model>
sig   = mdns _uscan._tcp ty=HP <model>
sig   = mdns _scanner._tcp ty=HP <model>

label = s:printer:Brother:<model>::
; source: DNS-SD of printers; high
sig   = mdns _ipp._tcp ty=Brother <model>
sig   = mdns _printer._tcp ty=Brother <model>
sig   = mdns _pdl-datastream._tcp ty=Brother <model>

label = g:printer:Brother:<model>::
; source: names of models; medium
sig   = name HL-<model>
sig   = name MFC-<model>
sig   = name DCP-<model>

label = s:printer:Epson:<model>::
; source: DNS-SD of printers; high
sig   = mdns _ipp._tcp ty=EPSON <model>
sig   = mdns _printer._tcp ty=EPSON <model>
sig   = mdns _pdl-datastream._tcp ty=EPSON <model>

label = s:printer::::
; source: names of CUPS's drivers that fit printers of many makers; medium
sig   = mdns _ipp._tcp ty=Generic *

label = s:printer:<manufacturer>:<model>::
; source: DNS-SD of printers, whose model begins with the maker; medium
sig   = mdns _ipp._tcp ty=<manufacturer> <model>
sig   = mdns _ipps._tcp ty=<manufacturer> <model>
sig   = mdns _printer._tcp ty=<manufacturer> <model>
sig   = mdns _pdl-datastream._tcp ty=<manufacturer> <model>
sig   = mdns _uscan._tcp ty=<manufacturer> <model>

label = s:printer:<manufacturer>:::
; source: DNS-SD of printers; high
sig   = mdns _ipp._tcp usb_mfg=<manufacturer>
sig   = mdns _printer._tcp usb_mfg=<manufacturer>
sig   = mdns _pdl-datastream._tcp usb_mfg=<manufacturer>
sig   = mdns _uscan._tcp mfg=<manufacturer>
sig   = mdns _scanner._tcp mfg=<manufacturer>

label = s:printer::<model>::
; source: DNS-SD of printers; high
sig   = mdns _ipp._tcp usb_mdl=<model>
sig   = mdns _printer._tcp usb_mdl=<model>
sig   = mdns _pdl-datastream._tcp usb_mdl=<model>
sig   = mdns _uscan._tcp mdl=<model>
sig   = mdns _scanner._tcp mdl=<model>

label = g:printer::::
; source: DNS-SD of printers; medium
sig   = mdns _pdl-datastream._tcp
sig   = mdns _printer._tcp
sig   = mdns _ipp._tcp
; source: UPnP device templates; high
sig   = device-type urn:schemas-upnp-org:device:Printer:*
sig   = device-type urn:schemas-upnp-org:service:PrintBasic:*

label = s:printer:HP:<model>::
; source: names of HP's services; high
sig   = mdns * name=HP <model> (NPI??????)
sig   = mdns * name=HP <model> [??????]
; source: DNS-SD of printers; high
sig   = mdns _ipp._tcp mdl=HP <model>
sig   = mdns _printer._tcp mdl=HP <model>
sig   = mdns _pdl-datastream._tcp mdl=HP <model>

label = s:printer:<manufacturer>:::
; source: DNS-SD of printers; high
sig   = mdns _ipp._tcp mfg=<manufacturer>
sig   = mdns _printer._tcp mfg=<manufacturer>
sig   = mdns _pdl-datastream._tcp mfg=<manufacturer>

label = s:printer::<model>::
; source: DNS-SD of printers; high
sig   = mdns _ipp._tcp mdl=<model>
sig   = mdns _printer._tcp mdl=<model>
sig   = mdns _pdl-datastream._tcp mdl=<model>

label = s:printer:Xerox:::
; source: Xerox' default names; medium
sig   = name XRX????????????

label = s:printer:Lexmark:::
; source: Lexmark's default names; medium
sig   = name ET????????????

label = g:printer:Lexmark:::
; source: Lexmark's default names; medium
sig   = name LXK-*

label = s:printer:Samsung:::
; source: Samsung's default names; medium
sig   = name SEC????????????

label = g:printer:Kyocera:::
; source: Kyocera's default names; medium
sig   = name KM??????

label = s:printer:Konica Minolta:::
; source: Konica Minolta's default names; medium
sig   = name KMBT??????

; ---- televisions, players, speakers, consoles ------------------------------------------------------------

label = s:media-player:Google:Chromecast:Chromecast:
; source: Google Cast's service; high
sig   = mdns _googlecast._tcp md=Chromecast
sig   = mdns _googlecast._tcp md=Chromecast *
; source: default names; high
sig   = name Chromecast
sig   = name Chromecast-Ultra
sig   = name Chromecast-Audio

label = s:media-player:Google:Chromecast Audio:Chromecast:
; source: Google Cast's service; high
sig   = mdns _googlecast._tcp md=Chromecast Audio

label = s:speaker:Google:Google Home <model>::
; source: Google Cast's service; high
sig   = mdns _googlecast._tcp md=Google Home <model>

label = s:speaker:Google:Google Home::
; source: Google Cast's service; high
sig   = mdns _googlecast._tcp md=Google Home

label = s:speaker:Google:Nest <model>::
; source: Google Cast's service; high
sig   = mdns _googlecast._tcp md=Nest <model>
sig   = mdns _googlecast._tcp md=Google Nest <model>

label = s:display:Google:Nest Hub <model>::
; source: Google Cast's service; high
sig   = mdns _googlecast._tcp md=Google Nest Hub <model>

label = s:display:Google:Nest Hub::
; source: Google Cast's service; high
sig   = mdns _googlecast._tcp md=Google Nest Hub

label = s:tv::BRAVIA <model>:Android TV:
; source: Google Cast's service; high
sig   = mdns _googlecast._tcp md=BRAVIA <model>

label = s:speaker:LG:Music Flow <model>::
; source: Google Cast's service; high
sig   = mdns _googlecast._tcp md=LG <model>

label = g:media-player::<model>::
; source: Google Cast's service; medium
sig   = mdns _googlecast._tcp md=<model>

label = g:media-player::::
; source: Google Cast: groups of players; low
sig   = mdns _googlezone._tcp*

label = g:media-player:::Android TV:
; source: Android TV's remote control; high
sig   = mdns _androidtvremote2._tcp*
sig   = mdns _androidtvremote._tcp*

label = s:media-player:Roku::Roku OS:
; source: public captures; high
sig   = server Roku/<version>*
sig   = server *Roku/<version>*
sig   = server Roku*
sig   = device-type roku:ecp*

label = s:media-player:Amazon::Fire OS:
; source: makers' documentation; high
sig   = mdns _amzn-wplay._tcp*

label = s::Amazon::Fire OS:
; source: default names; high
sig   = name amazon-?????????*

label = s:speaker:Sonos:::
; source: Sonos' service; high
sig   = mdns _sonos._tcp*
sig   = mdns _spotify-connect._tcp name=sonos*
; source: UPnP of Sonos; high
sig   = device-type urn:schemas-upnp-org:device:ZonePlayer:*
sig   = device-type urn:smartspeaker-audio*

label = g:speaker:Sonos:::
; source: Sonos' service; high
sig   = name Sonos*

label = s:speaker:Sonos:<model>:Linux:
; source: UPnP of Sonos; high
sig   = server Linux UPnP/1.0 Sonos/* (<model>)*

label = s:speaker:Bose:<model>::
; source: Bose's service; high
sig   = mdns _soundtouch._tcp model=<model>

label = s:speaker:LG:::
; source: public captures; medium
sig   = server *LG-MS/*
; source: LG's URN; high
sig   = device-type urn:lge-com:device:MultiroomSpk:*

label = s:speaker:LG::Linux:
; source: public captures (Music Flow): its UPnP server; medium
sig   = server LG-MS/* Linux/<version> UPnP/*

label = s:tv:LG::webOS:
; source: LG's URN; high
sig   = device-type urn:lge-com:service:webos-second-screen:*
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class LG_??*
; source: makers' software; high
sig   = server *WebOS*

label = g::LG:::
; source: makers' software; high
sig   = server *LGE_DLNA_SDK*

label = s:tv:Samsung:::
; source: Samsung's software; high
sig   = server SHP, UPnP/1.0, Samsung UPnP SDK*
sig   = server Samsung*UPnP SDK*
; source: Samsung's URNs; high
sig   = device-type urn:samsung.com:device:MainTVServer2:*
sig   = device-type urn:samsung.com:device:ScreenSharing:*
sig   = device-type urn:samsung.com:device:RemoteControlReceiver:*
sig   = device-type urn:samsung.com:device:IPControlServer:*

label = g:tv:Samsung:::
; source: default name; low
sig   = name SAMSUNG

label = s:tv:Panasonic::Linux:
; source: public captures (2 devices); high
sig   = server Linux/<version> UPnP/1.0 Panasonic-MIL-DLNA*
sig   = server Linux/<version> UPnP/1.0 Panasonic-UPnP-MW*
sig   = server Linux/<version>, UPnP/1.0, Panasonic*
sig   = server *Panasonic-MIL-DLNA*
sig   = server *Panasonic-UPnP-MW*

label = s:tv:Panasonic:::
; source: Panasonic's URN; high
sig   = device-type urn:panasonic-com:device:p00RemoteController:*

label = s:tv:Sony:::
; source: Sony's URNs; medium
sig   = device-type urn:schemas-sony-com:service:ScalarWebAPI:*
sig   = device-type urn:schemas-sony-com:service:IRCC:*

label = s:tv:Philips:::
; source: Philips' service; high
sig   = mdns _philipstv_rpc._tcp*
sig   = mdns _philipstv_s_rpc._tcp*

label = s:tv:Vizio:::
; source: Vizio's service; high
sig   = mdns _viziocast._tcp*

label = g:media-player::::
; source: DIAL; medium
sig   = device-type urn:dial-multiscreen-org:service:dial:*
sig   = device-type urn:dial-multiscreen-org:device:dial:*
; source: RVU; medium
sig   = device-type urn:schemas-nds-com*
; source: UPnP device templates; low
sig   = device-type urn:schemas-upnp-org:device:MediaRenderer:*

label = s:media-player:::LibreELEC:
; source: default names; high
sig   = name LIBREELEC*
sig   = browser * LibreELEC*

label = s:media-player:BrightSign:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class BrightSign <model>

label = s:console:Sony:PlayStation 3::
; source: Sony's vendor class; high
sig   = dhcp-class PS3*

label = s:console:Sony:PlayStation 4::
; source: Sony's vendor class; high
sig   = dhcp-class PS4*

label = g:console:Sony:PlayStation 4::
; source: Sony's vendor class; high
sig   = name PS4-*

label = s:console:Sony:PlayStation 5::
; source: Sony's vendor class; high
sig   = dhcp-class PS5*

label = g:console:Sony:PlayStation 5::
; source: Sony's vendor class; high
sig   = name PS5-*

label = g:console:Microsoft:Xbox::
; source: default names; medium
sig   = name XboxOne*
sig   = name XBOX*

label = g:console:Nintendo:Wii::
; source: default name; high
sig   = name Wii

label = g:console:Nintendo:::
; source: public captures, also of another system; low
sig   = dhcp-list 1,3,6,15,28,33

label = s:computer:::OS/2:
; source: daviswr's dhcpd.fingerprint (MIT); high
sig   = dhcp-class IBMWARP*

label = s:tv:LG::webOS:
; source: LG's default name; high
sig   = name LGwebOSTV*

label = g:tv:Sony:BRAVIA::
; source: Sony's default names; medium
sig   = name BRAVIA*

label = s:media-player:Roku::Roku OS:
; source: Roku's default names and vendor class; medium
sig   = dhcp-class Roku*

label = g:media-player:Roku::Roku OS:
; source: Roku's default names and vendor class; medium
sig   = name Roku*

label = s:speaker:Google:Google Home::
; source: Google's default names; high
sig   = name Google-Home*

label = s:speaker:Google:Nest::
; source: Google's default names; medium
sig   = name Google-Nest*

label = s:speaker:Denon:::
; source: Denon's software; medium
sig   = server *Denon*
sig   = server *HEOS*
sig   = device-type urn:schemas-denon-com:*

label = s:speaker:Denon::KnOS:
; source: Denon's software; high
sig   = server *KnOS/<version> *

label = s:media-player::::
; source: Kodi's services and software; medium
sig   = mdns _xbmc-jsonrpc*
sig   = mdns _xbmc-events*
sig   = server *Kodi*
sig   = server *XBMC*

label = s:console:Sony:PlayStation 4::
; source: Sony's software; high
sig   = server *PlayStation 4*

label = s:console:Sony:PlayStation 5::
; source: Sony's software; high
sig   = server *PlayStation 5*

label = s:console:Microsoft:Xbox::
; source: Microsoft's software; high
sig   = server *Xbox*
sig   = dhcp-class XBOX*
sig   = dhcp-class MSFT 5.0 XBOX*
; source: daviswr's dhcpd.fingerprint (MIT), list of the Xbox One; medium
sig   = dhcp-list 1,3,6,15,31,33,43,44,46,47,121,249,15

label = g::Samsung:::
; source: Samsung's URNs; high
sig   = device-type urn:samsung.com:*

label = g::LG:::
; source: LG's URNs; high
sig   = device-type urn:lge-com:*
sig   = device-type urn:lge:*

label = g::Sony:::
; source: Sony's URNs; high
sig   = device-type urn:schemas-sony-com:*

label = g::Panasonic:::
; source: Panasonic's URNs; high
sig   = device-type urn:panasonic-com:*

; ---- the home -----------------------------------------------------------------------------------------------

label = s:hub:Philips:Hue Bridge:FreeRTOS:
; source: public captures; high
sig   = server FreeRTOS/<version>, UPnP/1.0, IpBridge/*

label = s:hub:Philips:Hue Bridge::
; source: Philips' software; high
sig   = server *IpBridge/*
sig   = name Philips-hue*
sig   = mdns _hue._tcp

label = s:hub:Philips:Hue Bridge (BSB<model>)::
; source: Philips' service; high
sig   = mdns _hue._tcp modelid=BSB<model>
sig   = mdns _hap._tcp md=BSB<model>

label = s:hub:Osram:Lightify Gateway::
; source: Osram's default names; high
sig   = name Lightify-*
sig   = mdns * name=Lightify-*

label = s:hub:eQ-3:MAX! Cube LAN Gateway::
; source: eQ-3's serial numbers; high
sig   = name KEQ???????
sig   = name MAX!Cube*

label = s:plug:Belkin:WeMo Insight::
; source: Belkin's URN; high
sig   = device-type urn:Belkin:device:insight:*

label = s:hub:Belkin:WeMo Link::
; source: Belkin's URN; high
sig   = device-type urn:Belkin:device:bridge:*

label = s:plug:Belkin:WeMo Switch::
; source: Belkin's URN; high
sig   = device-type urn:Belkin:device:controllee:*
sig   = device-type urn:Belkin:device:lightswitch:*

label = g::Belkin:::
; source: Belkin's URN; high
sig   = device-type urn:Belkin:service:*

label = s:plug:TP-Link:HS<model>::
; source: TP-Link's default names; high
sig   = name HS<model>(*)

label = s:plug:TP-Link:<model>::
; source: TP-Link's models of plugs; high
sig   = mdns * md=HS<model>

label = s:plug:TP-Link:KP<model>::
; source: TP-Link's default names; high
sig   = name KP<model>(*)

label = s:plug:TP-Link:EP<model>::
; source: TP-Link's default names; high
sig   = name EP<model>(*)

label = s:light:TP-Link:KL<model>::
; source: TP-Link's default names; high
sig   = name KL<model>(*)

label = s:light:TP-Link:LB<model>::
; source: TP-Link's default names; high
sig   = name LB<model>(*)

label = s:camera:D-Link:DCS-<model>::
; source: D-Link's names of models; high
sig   = name DCS-<model>_??????
sig   = mdns * name=DCS-<model>_??????
sig   = mdns _dhnap._tcp model_number=DCS-<model>
sig   = mdns _dcp._tcp model_number=DCS-<model>
sig   = server *DCS-<model>/*

label = g:camera:D-Link:DCS-<model>::
; source: D-Link's names of models; high
sig   = name DCS-<model>

label = s:camera:D-Link:DCS-<model>L::
; source: D-Link's default names: revision of the hardware, and end of the MAC; high
sig   = name DCS-<model>LA_??????
sig   = name DCS-<model>LB_??????
sig   = name DCS-<model>L??_??????
sig   = name DCS-<model>L-????????????
sig   = mdns * name=DCS-<model>LA_??????
sig   = mdns * name=DCS-<model>LB_??????
sig   = mdns * name=DCS-<model>L??_??????
; source: D-Link's software; high
sig   = device-type *:device:DCS-<model>L:*
sig   = mdns * name=D-Link DCS-<model>L Configuration *

label = g:camera:D-Link:DCS-<model>L::
; source: D-Link's default names: revision of the hardware, and end of the MAC; high
sig   = name DCS-<model>LA
sig   = name DCS-<model>LB
sig   = name DCS-<model>L????

label = s::D-Link:<model>::
; source: D-Link's software; high
sig   = mdns * name=D-Link <model> Configuration *

label = s:hub:D-Link:DCH-G<model>::
; source: D-Link's names of models: G is a gateway; high
sig   = mdns _dhnap._tcp model_number=DCH-G<model>

label = g:hub:D-Link:DCH-G<model>::
; source: D-Link's names of models: G is a gateway; high
sig   = name DCH-G<model>

label = s:sensor:D-Link:DCH-S1<model>::
; source: D-Link's names of models: S is a sensor; high
sig   = mdns _dhnap._tcp model_number=DCH-S1<model>

label = g:sensor:D-Link:DCH-S1<model>::
; source: D-Link's names of models: S is a sensor; high
sig   = name DCH-S1<model>

label = s:siren:D-Link:DCH-S2<model>::
; source: D-Link's names of models: S2 is a siren; high
sig   = mdns _dhnap._tcp model_number=DCH-S2<model>

label = g:siren:D-Link:DCH-S2<model>::
; source: D-Link's names of models: S2 is a siren; high
sig   = name DCH-S2<model>

label = s:plug:D-Link:DSP-<model>::
; source: D-Link's names of models: DSP is a plug; high
sig   = mdns _dhnap._tcp model_number=DSP-<model>

label = g:plug:D-Link:DSP-<model>::
; source: D-Link's names of models: DSP is a plug; high
sig   = name DSP-<model>

label = s::D-Link:<model>::
; source: D-Link's service; high
sig   = mdns _dhnap._tcp model_number=<model>

label = s:plug:Sonoff/eWeLink:<model>plug::
; source: eWeLink's service; high
sig   = mdns _ewelink._tcp type=<model>plug

label = s:plug:Sonoff/eWeLink:::
; source: eWeLink's service; high
sig   = mdns _ewelink._tcp type=plug
sig   = mdns _ewelink._tcp type=strip

label = s:scale:Withings:::
; source: Withings' vendor class; high
sig   = dhcp-class Withings*

label = g:scale:Withings:::
; source: Withings' vendor class; high
sig   = name Withings*
sig   = name WS-??*

label = g:scale:Fitbit:Aria::
; source: the radio module and list of the Aria; medium
sig   = name Aria*

label = s:vacuum:iRobot:Roomba::
; source: iRobot's default names; high
sig   = mdns _mqtt._tcp irobotmcs=*

label = g:vacuum:iRobot:Roomba::
; source: iRobot's default names; high
sig   = name Roomba-*

label = s:vacuum:iRobot:Roomba::
; source: iRobot's default names; high
sig   = name Roomba-????????????????

label = s:doorbell:Ring:::
; source: Ring's default names; high
sig   = name RingDoorbell*

label = g:doorbell:Ring:::
; source: Ring's default names; high
sig   = name Ring-*

label = s:doorbell:Ring:::
; source: Ring's default names; high
sig   = name Ring-??????

label = s:light::::
; source: WLED's service; high
sig   = mdns _wled._tcp*

label = s:light:Elgato:<model>::
; source: Elgato's service; high
sig   = mdns _elg._tcp md=<model>

label = s:light:Nanoleaf:<model>::
; source: Nanoleaf's service; high
sig   = mdns _nanoleafapi._tcp md=<model>

label = s::Shelly:<model>::
; source: Shelly's service; high
sig   = mdns _shelly._tcp app=<model>

label = g::Shelly:<model>::
; source: Shelly's service; high
sig   = name shelly<model>-*

label = s::Shelly:<model>::
; source: Shelly's service; high
sig   = name shelly<model>-????????????

label = s:iot-module:::ESPHome:
; source: ESPHome's service; high
sig   = mdns _esphomelib._tcp*
sig   = mdns _esphomelib._tcp version=<version>

label = s::Xiaomi:<model>::
; source: Xiaomi's service; high
sig   = mdns _miio._udp name=<model>_miio*

label = g:hub::::
; source: HomeKit's categories; medium
sig   = mdns _hap._tcp ci=2

label = g:light::::
; source: HomeKit's categories; medium
sig   = mdns _hap._tcp ci=5

label = g:lock::::
; source: HomeKit's categories; medium
sig   = mdns _hap._tcp ci=6

label = g:plug::::
; source: HomeKit's categories; medium
sig   = mdns _hap._tcp ci=7

label = g:thermostat::::
; source: HomeKit's categories; medium
sig   = mdns _hap._tcp ci=9

label = g:sensor::::
; source: HomeKit's categories; medium
sig   = mdns _hap._tcp ci=10

label = g:camera::::
; source: HomeKit's categories; medium
sig   = mdns _hap._tcp ci=17
; source: UPnP device templates; medium
sig   = device-type urn:schemas-upnp-org:device:DigitalSecurityCamera:*
sig   = device-type *EmbeddedNetDevice*
; source: a maker of cameras; medium
sig   = server *Cellvision*

label = g:doorbell::::
; source: HomeKit's categories; medium
sig   = mdns _hap._tcp ci=18

label = g:speaker::::
; source: HomeKit's categories; medium
sig   = mdns _hap._tcp ci=26

label = g:tv::::
; source: HomeKit's categories; medium
sig   = mdns _hap._tcp ci=31

label = g:::<model>::
; source: HomeKit; medium
sig   = mdns _hap._tcp md=<model>

label = g:media-player:Apple:Apple TV:tvOS:
; source: HomeKit's categories; medium
sig   = mdns _hap._tcp ci=24

label = g:speaker:Apple:HomePod::
; source: HomeKit's categories; medium
sig   = mdns _hap._tcp ci=25

label = g:router::::
; source: HomeKit's categories; medium
sig   = mdns _hap._tcp ci=33

label = g:appliance::::
; source: HomeKit's categories: fans, air purifiers, heaters, air conditioners, sprinklers; medium
sig   = mdns _hap._tcp ci=3
sig   = mdns _hap._tcp ci=19
sig   = mdns _hap._tcp ci=20
sig   = mdns _hap._tcp ci=21
sig   = mdns _hap._tcp ci=28

label = g:light::::
; source: Matter's device types; high
sig   = mdns _matterc._udp dt=256
sig   = mdns _matterc._udp dt=257
sig   = mdns _matterc._udp dt=268
sig   = mdns _matterc._udp dt=269
; source: UPnP device templates; medium
sig   = device-type urn:schemas-upnp-org:device:BinaryLight:*
sig   = device-type urn:schemas-upnp-org:device:DimmableLight:*

label = g:plug::::
; source: Matter's device types; high
sig   = mdns _matterc._udp dt=266
sig   = mdns _matterc._udp dt=267

label = g:thermostat::::
; source: Matter's device types; high
sig   = mdns _matterc._udp dt=769
; source: UPnP device templates; medium
sig   = device-type urn:schemas-upnp-org:device:HVAC_System:*

label = g:lock::::
; source: Matter's device types; high
sig   = mdns _matterc._udp dt=10

label = g:tv::::
; source: Matter's device types; high
sig   = mdns _matterc._udp dt=35

label = g:sensor::::
; source: Matter's device types; high
sig   = mdns _matterc._udp dt=21
sig   = mdns _matterc._udp dt=263
sig   = mdns _matterc._udp dt=770

label = g:hub::::
; source: Matter's device types; high
sig   = mdns _matterc._udp dt=14

label = g:iot-module::::
; source: Espressif's libraries; medium
sig   = server *ESP8266*
sig   = server *Arduino*

label = g:lock:Schlage:Encode::
; source: Schlage's default name; dknowles2/pyschlage, README: locks with Wi-Fi are Encode; medium
sig   = name Schlage*

label = s:lock:Schlage:Encode::
; source: Schlage's default name; dknowles2/pyschlage, README: locks with Wi-Fi are Encode; medium
sig   = name Schlage????????????

label = s:plug:TP-Link:P1<model>::
; source: TP-Link's default names; high
sig   = name P1<model>(*)

label = s:light:TP-Link:L5<model>::
; source: TP-Link's default names; high
sig   = name L5<model>(*)

label = s::Sonoff/eWeLink:::
; source: eWeLink's default names; high
sig   = name eWeLink_*

label = g:light:LIFX:::
; source: LIFX' default names; medium
sig   = name LIFX*

label = g::Belkin:::
; source: Belkin's default names; medium
sig   = name WeMo*

label = s:light:Xiaomi:yeelink-light-<model>::
; source: Xiaomi's default names; high
sig   = name yeelink-light-<model>_miio*

label = s:plug:Xiaomi:chuangmi-plug-<model>::
; source: Xiaomi's default names; high
sig   = name chuangmi-plug-<model>_miio*

label = s:vacuum:Xiaomi:<model>::
; source: Xiaomi's default names; high
sig   = name roborock-<model>_miio*
sig   = name rockrobo-<model>_miio*

label = s::Xiaomi:<model>::
; source: Xiaomi's default names; high
sig   = name <model>_miio*

label = g::<manufacturer>:::
; source: keys of DNS-SD; medium
sig   = mdns * manufacturer=<manufacturer>
sig   = mdns * vendor=<manufacturer>

label = g:::<model>::
; source: keys of DNS-SD; medium
sig   = mdns * modelname=<model>
sig   = mdns * model_name=<model>

; ---- cameras ---------------------------------------------------------------------------------------------

label = s:camera:Axis:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class AXIS,Network Camera,<model>,<version>
sig   = dhcp-class AXIS,PTZ Dome Network Camera,<model>,<version>

label = s:camera:Axis:::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class AXIS,*
; source: Axis' service; high
sig   = mdns _axis-video._tcp*

label = s:camera:Hikvision:::
; source: Hikvision's service; high
sig   = mdns _psia._tcp name=HIKVISION*
sig   = server *Hikvision*

label = s:camera:Edimax:IC-<model>::
; source: Edimax' names of models; high
sig   = mdns _http._tcp ic-<model> network camera*
sig   = mdns * name=IC-<model>
sig   = server *IC-<model>/*

label = g:camera:Edimax:IC-<model>::
; source: Edimax' names of models; high
sig   = name IC-<model>

label = s:camera:Axis:::
; source: Axis' default names; high
sig   = name axis-????????????

label = g:camera::::
; source: HNAP in SSDP; medium
sig   = device-type hnap:NetworkCamera*

label = g:camera:Hikvision:::
; source: makers' default names; medium
sig   = name HIKVISION*

label = g:camera:Reolink:::
; source: makers' default names; medium
sig   = name Reolink*

label = g:camera:Wyze:::
; source: makers' default names; medium
sig   = name WyzeCam*

; ---- Thread, Matter, AirPlay of other makers -------------------------------------------------------------

label = g::Apple:::
; source: Thread 1.3, MeshCoP: name of the vendor; high
sig   = mdns _meshcop._udp vn=Apple*

label = g::Google:::
; source: Thread 1.3, MeshCoP: name of the vendor; high
sig   = mdns _meshcop._udp vn=Google*

label = g::<manufacturer>:::
; source: Thread 1.3, MeshCoP: name of the vendor; medium
sig   = mdns _meshcop._udp vn=<manufacturer> *
sig   = mdns _meshcop._udp vn=<manufacturer>, *

label = s:display:Google:Nest Hub <model>::
; source: Thread 1.3, MeshCoP: name of the model; high
sig   = mdns _meshcop._udp mn=Nest Hub <model>
sig   = mdns _meshcop._udp mn=Google Nest Hub <model>

label = s:media-player:Google:Google TV Streamer::
; source: Thread 1.3, MeshCoP: name of the model; high
sig   = mdns _meshcop._udp mn=Google TV Streamer*

label = s:router:Google:Nest Wifi <model>::
; source: Thread 1.3, MeshCoP: name of the model; high
sig   = mdns _meshcop._udp mn=Nest Wifi <model>

label = s:speaker:Amazon:Echo <model>::
; source: Thread 1.3, MeshCoP: name of the model; high
sig   = mdns _meshcop._udp mn=Echo <model>

label = g::Aqara:::
; source: CSA, numbers of vendors of Matter (distributed compliance ledger); high
sig   = mdns _matterc._udp vp=4447+*

label = g::Apple:::
; source: CSA, numbers of vendors of Matter (distributed compliance ledger); high
sig   = mdns _matterc._udp vp=4937+*

label = g::IKEA:::
; source: CSA, numbers of vendors of Matter (distributed compliance ledger); high
sig   = mdns _matterc._udp vp=4476+*

label = g::Philips:::
; source: CSA, numbers of vendors of Matter (distributed compliance ledger); high
sig   = mdns _matterc._udp vp=4107+*

label = g::Eve:::
; source: CSA, numbers of vendors of Matter (distributed compliance ledger); high
sig   = mdns _matterc._udp vp=4874+*

label = s:media-player:Denon:AVR-<model>::
; source: RAOP's key for models, names of Denon's receivers; high
sig   = mdns _raop._tcp am=AVR-<model>

label = g:media-player::<model>::
; source: RAOP's key for models; medium
sig   = mdns _raop._tcp am=<model>

label = g:::::
; source: UxPlay's documentation: the receiver states the third Apple TV; medium
sig   = mdns _raop._tcp am=AppleTV3,2
; source: RAOP's key for models: a program; medium
sig   = mdns _raop._tcp am=Shairport*

; ---- routers, access points, switches --------------------------------------------------------------------

label = g:router::::
; source: UPnP device templates; high
sig   = device-type urn:schemas-upnp-org:device:InternetGatewayDevice:*
; source: Broadcom's and other libraries of routers; medium
sig   = server *MiniUPnPd*
sig   = server POSIX* UPnP/1.0 UPnP Stack*
sig   = server *UPnP Stack/*BROADCOM*
; source: TR-069; medium
sig   = dhcp-class dslforum.org*
; source: IEEE 802.1AB; low
sig   = capabilities *router*

label = g:access-point::::
; source: Wi-Fi Protected Setup; medium
sig   = device-type urn:schemas-wifialliance-org:device:WFADevice:*
; source: IEEE 802.1AB; medium
sig   = capabilities *wlan*

label = g:switch::::
; source: IEEE 802.1AB: bridges are mostly switches, some access points; low
sig   = capabilities bridge
; source: IEEE 802.1AB: routers that bridge are mostly switches; low
sig   = capabilities bridge+router

label = s:router:TP-Link:<model>:ipos:
; source: public captures (3 routers); high
sig   = server ipos/<version> UPnP/1.0 <model>/*
sig   = server TPOS/V<version> UPnP/1.0 <model>/*

label = s:router:TP-Link:<model> v<suffix>:ipos:
; source: public captures (3 routers): the version of the product is that of the hardware; high
sig   = server ipos/<version> UPnP/1.0 <model>/<suffix>.0

label = s:router:TP-Link:<model> v<suffix>:TPOS:
; source: as above; medium
sig   = server TPOS/V<version> UPnP/1.0 <model>/<suffix>.0

label = s:router:TP-Link:TL-<model>::
; source: TP-Link's names of models, which leave out TL; high
sig   = server TP-LINK * Router <model>, UPnP*

label = s:router:TP-Link:<model>::
; source: public captures; high
sig   = server TP-LINK <model>, UPnP*
sig   = server *UPnP/1.0 TL-<model>/*

label = s:router:TP-Link:Archer <model>::
; source: public captures; high
sig   = server *UPnP/1.0 Archer <model>/*

label = s:router:AVM:FRITZ!Box <model>::
; source: AVM's software; high
sig   = server *FRITZ!Box <model> (UI) <version>
sig   = server *FRITZ!Box <model> <version>

label = s:router:ADB:EPICENTRO::
; source: public captures; high
sig   = server *EPICENTRO*

label = s:router:::Tomato:
; source: public captures; high
sig   = server Tomato <version>*
sig   = server *Tomato <version>*

label = s:router:Thomson:SpeedTouch <model>::
; source: vendor documentation; high
sig   = server *SpeedTouch <model> <version>*

label = s:router:ASUS:::
; source: vendor documentation; high
sig   = server ASUSTeK UPnP*

label = s:router:Xiaomi:MiWiFi::
; source: vendor documentation; high
sig   = server *MiWiFi*

label = s:router:D-Link:::
; source: public captures; medium
sig   = server *D-Link*

label = s:router:::OpenWrt:
; source: OpenWrt's defaults; medium
sig   = server OpenWrt*
sig   = name OpenWrt

label = s:access-point:HPE Aruba:::
; source: vendor documentation; high
sig   = dhcp-class ArubaAP*
sig   = dhcp-class ArubaInstantAP*

label = s:sensor:HPE Aruba:UXI::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Aruba-Sensor*

label = s:switch:HPE Aruba:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Aruba <model> *

label = s::Cisco Meraki:::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class MERAKI*

label = s:access-point:Aerohive:::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class AEROHIVE*

label = s:access-point:Cambium:::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Cambium-WiFi-AP*

label = s:access-point:Huawei:::
; source: Huawei's vendor class; high
sig   = dhcp-class huawei AP*

label = s:access-point:Ubiquiti:::
; source: vendor documentation; medium
sig   = dhcp-class ubnt*

label = s:access-point:Cisco:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Cisco AP c<model>

label = g:access-point:Cisco:WAP::
; source: Cisco's default names; medium
sig   = name wap??????

label = s:wireless-controller:Cisco:AIR-CT<model>::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class Cisco AIR-CT<model>

label = s:modem::::
; source: DOCSIS and PacketCable; high
sig   = dhcp-class docsis*
sig   = dhcp-class pktc*

label = s:switch:TP-Link:TL-SG<model>::
; source: public captures; high
sig   = dhcp-class TL-SG<model>
sig   = description *TL-SG<model>*

label = g:switch:TP-Link:TL-SG<model>::
; source: public captures; high
sig   = name TL-SG<model>

label = s:access-point:Cisco:AP<model>::
; source: Cisco's platforms of access points; high
sig   = platform cisco AIR-AP<model>

label = s:access-point:Cisco:AIR-<model>::
; source: Cisco's platforms of access points; high
sig   = platform cisco AIR-<model>

label = s:switch:Cisco:<model>::
; source: Cisco's platforms of switches, which run CatOS, IOS or IOS XE; high
sig   = platform cisco WS-<model>
sig   = platform WS-<model>
sig   = platform cisco Catalyst <model>

label = s:switch:Cisco:Catalyst 1900::
; source: Cisco's platforms: the Catalyst 1900 runs no IOS; high
sig   = platform cisco 1900

label = g::Cisco:<model>::
; source: Cisco's platforms: codecs, telephones and servers have the same form; medium
sig   = platform Cisco <model>

label = s:router:Cisco:1<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco 1<model>

label = s:router:Cisco:2<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco 2<model>

label = s:router:Cisco:3<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco 3<model>

label = s:router:Cisco:4<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco 4<model>

label = s:router:Cisco:5<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco 5<model>

label = s:router:Cisco:7<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco 7<model>

label = s:router:Cisco:8<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco 8<model>

label = s:router:Cisco:CISCO<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco CISCO<model>

label = s:router:Cisco:ISR<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco ISR<model>

label = s:router:Cisco:ASR<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco ASR<model>

label = s:router:Cisco:CSR<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco CSR<model>

label = s:router:Cisco:C8<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco C8<model>

label = s:router:Cisco:C11<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco C11<model>

label = s:router:Cisco:IR<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco IR<model>

label = s:router:Cisco:IOSv:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco IOSv

label = s:router:Cisco:NCS<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco NCS<model>

label = s:router:Cisco:VG<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco VG<model>

label = s:router:Cisco:CGR<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco CGR<model>

label = s:router:Cisco:CRS<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco CRS<model>

label = s:router:Cisco:uBR<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco uBR<model>

label = s:router:Cisco:MWR<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco MWR<model>

label = s:router:Cisco:AS5<model>:Cisco IOS:
; source: Cisco's platforms of routers; medium
sig   = platform Cisco AS5<model>

label = s:voip-phone:Cisco:ATA <model>::
; source: Cisco's platforms; high
sig   = platform Cisco ATA <model>

label = s:voip-phone:Cisco:CP-<model>::
; source: Cisco's platforms; high
sig   = platform Cisco CP-<model>

label = s:voip-phone:Cisco:DX<model>::
; source: Cisco's platforms; high
sig   = platform Cisco DX<model>

label = s:switch:Cisco:SG<model>::
; source: Cisco's platforms; high
sig   = platform Cisco SG<model>

label = s:switch:Cisco:SF<model>::
; source: Cisco's platforms; high
sig   = platform Cisco SF<model>

label = s:switch:Cisco:CBS<model>::
; source: Cisco's platforms; high
sig   = platform Cisco CBS<model>

label = s:switch:Cisco:MDS <model>::
; source: Cisco's platforms; high
sig   = platform Cisco MDS <model>

label = s:server:Cisco:UCSC-<model>::
; source: Cisco's platforms; high
sig   = platform Cisco UCSC-<model>

label = s:firewall:Cisco:FPR-<model>::
; source: Cisco's platforms; high
sig   = platform Cisco FPR-<model>

label = s:firewall:Cisco:FPR<model>::
; source: Cisco's platforms; high
sig   = platform Cisco FPR<model>

label = s:wireless-controller:Cisco:<model>::
; source: Cisco's platforms; high
sig   = platform Cisco WLC <model>

label = s:camera:Cisco:::
; source: Cisco's platforms; high
sig   = platform Cisco Video Surveillance*

label = g:access-point:Cisco::Cisco IOS:
; source: Cisco's images: K9W is for access points; high
sig   = software Cisco IOS Software, * Software (*-K9W*), Version <version>, RELEASE*
sig   = software *IOS Software, * Software (*-K9W*), Version <version>,*
sig   = description Cisco IOS Software, * Software (*-K9W*), Version <version>, RELEASE*

label = g::Cisco::Cisco IOS:
; source: Cisco's images, whose names say little about a model; medium
sig   = software Cisco IOS Software, * Software (*-*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, * Software (*-*), Version <version>, RELEASE*

label = g::Cisco::Cisco IOS:
; source: Cisco's images; high
sig   = software *IOS * Version <version>, *
; source: Cisco's images of developers; high
sig   = software *IOS * Version <version>(*:*) [*
sig   = description *Cisco IOS* Version <version>, *

label = s:access-point:Ubiquiti:AirGateway:AirOS:
; source: Ubiquiti's firmware; high
sig   = software AirGW.v<version>

label = s:access-point:Ubiquiti::AirOS:
; source: Ubiquiti's firmware; high
sig   = software X?.v<version>
sig   = software WA.v<version>

label = s:router:MikroTik::RouterOS:
; source: MikroTik's LLDP and CDP; high
sig   = description MikroTik RouterOS <version> *
sig   = description MikroTik RouterOS <version> (*
sig   = platform MikroTik*
sig   = dhcp-class MikroTik*

label = s:switch:Extreme Networks:<model>:ExtremeWare:
; source: Extreme's LLDP; high
sig   = description <model> - Version <version> (*

label = s:switch:Extreme Networks::ExtremeXOS:
; source: Extreme's LLDP; high
sig   = description ExtremeXOS (<model>) version <version> *

label = s:switch:HP:ProCurve <model> (J<suffix>):ProCurve:
; source: HP's LLDP; high
sig   = description *ProCurve J<suffix> Switch <model>, revision <version>,*
sig   = description *HP J<suffix> ProCurve Switch <model>, revision <version>,*

label = s:switch:HP:ProCurve <model>:ProCurve:
; source: HP's default names; high
sig   = name ProCurve Switch <model>

label = s:switch:HP:<model>:ProCurve:
; source: HP's LLDP; high
sig   = description *ProCurve <model>, revision <version>,*
sig   = description HP <model>, revision <version>,*

label = s:switch:HPE Aruba:<model>::
; source: Aruba's LLDP; high
sig   = description Aruba <model>, revision <version>,*

label = s:switch:H3C::Comware:
; source: H3C's LLDP; high
sig   = description *Comware*Software, Version <version>*
sig   = description H3C *Version <version>*

label = s:switch:Siemens:SCALANCE <model>::
; source: Siemens' LLDP; high
sig   = description Siemens, SIMATIC NET, SCALANCE <model>, *
sig   = description *SCALANCE <model>, *
sig   = description *SCALANCE <model>

label = s:switch:Hirschmann:<model>:HiOS:
; source: Hirschmann's LLDP; high
sig   = description Hirschmann <model> *SW: <version>
sig   = description Hirschmann <model>*

label = g:switch:Juniper::Junos:
; source: Juniper's LLDP; high
sig   = description Juniper*

label = s:switch:Arista::EOS:
; source: Arista's LLDP; high
sig   = description Arista Networks EOS version <version> running on an Arista Networks <model>

label = s:computer:Dell:<model>:Windows:
; source: Dell's agent of LLDP, which runs on Windows; medium
sig   = description Dell Inc. <model>,*

; ---- distributions of Linux, whatever their bridges and routes say ---------------------------------------

label = s:computer:::Ubuntu:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Ubuntu <version> LTS Linux *
sig   = description Ubuntu <version> Linux *
sig   = description Ubuntu <version>

label = s:computer:::Debian:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Debian GNU/Linux <version> (*) Linux *
sig   = description Debian GNU/Linux <version> (*)
sig   = description Debian GNU/Linux *sid Linux *

label = s:computer:::Raspberry Pi OS:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Raspbian GNU/Linux <version> (*) Linux *

label = s:computer:::Fedora:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Fedora Linux <version> (*) Linux *
sig   = description Fedora <version> (*) Linux *

label = s:computer:::CentOS:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description CentOS Linux <version> (*) Linux *
sig   = description CentOS Stream <version> Linux *

label = s:computer:::Rocky Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Rocky Linux <version> (*) Linux *

label = s:computer:::AlmaLinux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description AlmaLinux <version> (*) Linux *

label = s:computer:::Red Hat Enterprise Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Red Hat Enterprise Linux <version> (*) Linux *
sig   = description Red Hat Enterprise Linux Server <version> (*) Linux *

label = s:computer:::Oracle Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Oracle Linux Server <version> Linux *

label = s:computer:::Amazon Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Amazon Linux <version> Linux *

label = s:computer:::openSUSE:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description openSUSE Leap <version> Linux *
sig   = description openSUSE Tumbleweed Linux *

label = s:computer:::SUSE Linux Enterprise:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description SUSE Linux Enterprise Server <version> Linux *
sig   = description SUSE Linux Enterprise Server <version> SP* Linux *

label = s:computer:::Zorin OS:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Zorin OS <version> Linux *

label = s:computer:::elementary OS:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description elementary OS <version> * Linux *

label = s:computer:::EndeavourOS:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description EndeavourOS Linux *

label = s:computer:::Garuda Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Garuda Linux Linux *

label = s:computer:::Parrot OS:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Parrot OS <version> (*) Linux *
sig   = description Parrot Security <version> (*) Linux *

label = s:computer:::Deepin:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Deepin <version> Linux *

label = s:computer:::Armbian:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Armbian <version> * Linux *

label = s:computer:::KDE neon:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description KDE neon <version> Linux *

label = s:computer:::Devuan:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Devuan GNU/Linux <version> (*) Linux *

label = s:computer:::Mageia:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Mageia <version> Linux *

label = s:computer:::Slackware:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Slackware <version> * Linux *

label = s:computer:::Solus:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Solus <version> * Linux *

label = s:computer:::Nobara Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Nobara Linux <version> (*) Linux *

label = s:computer:::CachyOS:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description CachyOS Linux *

label = s:computer:::Artix Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Artix Linux Linux *

label = s:computer:::Linux Mint Debian Edition:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description LMDE <version> (*) Linux *

label = s:computer:::Flatcar Container Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Flatcar Container Linux by Kinvolk <version> (*) Linux *

label = s:computer:::openEuler:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description openEuler <version> (*) Linux *

label = s:computer:::TUXEDO OS:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description TUXEDO OS <version> Linux *

label = s:computer:::PureOS:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description PureOS Linux *

label = s:computer:::Clear Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Clear Linux OS Linux *

label = s:computer:::Linux Mint:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Linux Mint <version> Linux *

label = s:computer:::Arch Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Arch Linux Linux *

label = s:computer:::Manjaro Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Manjaro Linux Linux *

label = s:computer:::Gentoo:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Gentoo Linux Linux *
sig   = description Gentoo/Linux Linux *

label = s:computer:::Alpine Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Alpine Linux v<version> Linux *

label = s:computer:::Kali Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Kali GNU/Linux Rolling Linux *

label = s:computer:::NixOS:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description NixOS <version> (*) Linux *

label = s:computer:::Void Linux:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Void Linux Linux *
sig   = description Void Linux *

label = s:computer:::Pop!_OS:
; source: lldpd describes a host by PRETTY_NAME of os-release and by uname; high
sig   = description Pop!_OS <version> LTS Linux *

label = g::::Linux:
; source: lldpd; medium
sig   = description *Linux *
sig   = description *Linux <version> #*

label = s::<manufacturer>:::
; source: LLDP-MED inventory; high
sig   = inventory manufacturer <manufacturer>

label = s:::<model>::
; source: LLDP-MED inventory; high
sig   = inventory model <model>

; ---- network equipment by the grammar of its descriptions (LLDP, SNMP) and platforms (CDP) --------------------------

label = s:switch:Cisco:C92<model>::
; source: Cisco's platforms of switches; high
sig   = platform cisco C92<model>

label = s:switch:Cisco:C93<model>::
; source: Cisco's platforms of switches; high
sig   = platform cisco C93<model>

label = s:switch:Cisco:C94<model>::
; source: Cisco's platforms of switches; high
sig   = platform cisco C94<model>

label = s:switch:Cisco:C95<model>::
; source: Cisco's platforms of switches; high
sig   = platform cisco C95<model>

label = s:switch:Cisco:C96<model>::
; source: Cisco's platforms of switches; high
sig   = platform cisco C96<model>

label = s:switch:Cisco:C1000-<model>::
; source: Cisco's platforms of switches; high
sig   = platform cisco C1000-<model>

label = s:switch:Cisco:IE-<model>:Cisco IOS:
; source: Cisco's platforms of industrial switches; high
sig   = platform cisco IE-<model>

label = s:switch:Cisco:ME-<model>:Cisco IOS:
; source: Cisco's platforms of metro switches; high
sig   = platform cisco ME-<model>

label = s:wireless-controller:Cisco:C98<model>::
; source: Cisco's platforms of wireless controllers; high
sig   = platform cisco C98<model>

label = s:wireless-controller:Cisco:AIR-CT<model>::
; source: Cisco's platforms of wireless controllers; high
sig   = platform cisco AIR-CT<model>
sig   = platform AIR-CT<model>

label = s:access-point:Cisco:C91<model>::
; source: Cisco's platforms of access points; high
sig   = platform cisco C91<model>

label = s:access-point:Cisco:CW91<model>::
; source: Cisco's platforms of access points; high
sig   = platform cisco CW91<model>

label = s:access-point:Cisco:AIR-<model>::
; source: Cisco's platforms of access points; high
sig   = platform AIR-<model>

label = s:switch:Cisco:<model>:Cisco NX-OS:
; source: Cisco's platforms of data centres; high
sig   = platform *Nexus* <model>

label = s:switch:Cisco:N2K-<model>:Cisco NX-OS:
; source: Cisco's platforms of data centres; high
sig   = platform N2K-<model>

label = s:switch:Cisco:N3K-<model>:Cisco NX-OS:
; source: Cisco's platforms of data centres; high
sig   = platform N3K-<model>

label = s:switch:Cisco:N5K-<model>:Cisco NX-OS:
; source: Cisco's platforms of data centres; high
sig   = platform N5K-<model>

label = s:switch:Cisco:N6K-<model>:Cisco NX-OS:
; source: Cisco's platforms of data centres; high
sig   = platform N6K-<model>

label = s:switch:Cisco:N7K-<model>:Cisco NX-OS:
; source: Cisco's platforms of data centres; high
sig   = platform N7K-<model>

label = s:switch:Cisco:N9K-<model>:Cisco NX-OS:
; source: Cisco's platforms of data centres; high
sig   = platform N9K-<model>

label = s:switch:Cisco:DS-<model>:Cisco NX-OS:
; source: Cisco's platforms of storage networks; high
sig   = platform DS-C<model>

label = s:switch:Cisco:UCS-FI-<model>:Cisco NX-OS:
; source: Cisco's platforms of fabric interconnects; high
sig   = platform UCS-FI-<model>

label = s:switch:Cisco:SG<model>::
; source: Cisco's platforms of small business; high
sig   = platform Cisco SG<model> (PID:*
sig   = description SG<model> *-Port *Switch*

label = s:switch:Cisco:SF<model>::
; source: Cisco's platforms of small business; high
sig   = platform Cisco SF<model> (PID:*
sig   = description SF<model> *-Port *Switch*

label = s:switch:Cisco:SX<model>::
; source: Cisco's platforms of small business; high
sig   = platform Cisco SX<model> (PID:*
sig   = description SX<model> *-Port *Switch*

label = s:switch:Cisco:CBS<model>::
; source: Cisco's platforms of small business; high
sig   = platform Cisco CBS<model> (PID:*
sig   = description CBS<model> *-Port *Switch*

label = s:access-point:Cisco:WAP<model>::
; source: Cisco's platforms of small business; high
sig   = platform Cisco WAP<model>

label = s:camera:Cisco:CIVS-IPC-<model>::
; source: Cisco's platforms of cameras; high
sig   = platform Cisco CIVS-IPC-<model>

label = s:access-point:Cisco:::
; source: Cisco's software of access points; high
sig   = description Cisco AP Software, * Version: <version>
sig   = description Cisco AP Software, * Version: <version> *
sig   = software Cisco AP Software, * Version: <version> *
sig   = description Cisco * Series AP *

label = s:access-point:Cisco:AIR-<model>::
; source: Cisco's software of access points; high
sig   = description <version> (AIR-<model>), Version *

label = g:access-point:Cisco::Cisco IOS:
; source: Cisco's names of images: K9W7 and K9W8 run on access points; high
sig   = description Cisco IOS Software* Software (*-K9W7-*), Version <version>, RELEASE*
sig   = description Cisco IOS Software* Software (*-K9W8-*), Version <version>, RELEASE*
sig   = software Cisco IOS Software* Software (*-K9W7-*), Version <version>, RELEASE*
sig   = software Cisco IOS Software* Software (*-K9W8-*), Version <version>, RELEASE*

label = g::Cisco:::
; source: Cisco's LLDP, which ends with a copyright; medium
sig   = description *Copyright (c) *by Cisco Systems*

label = g::Cisco::Cisco IOS XE:
; source: Cisco's images: a train in brackets is one of IOS XE; high
sig   = description Cisco IOS Software [*], * Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software [*], * Software (*), Version <version>, RELEASE*

label = g:wireless-controller:Cisco::Cisco IOS XE:
; source: Cisco's images: C9800 is the platform of controllers; high
sig   = description Cisco IOS Software [*], C9800* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software [*], C9800* Software (*), Version <version>, RELEASE*

label = s:voip-phone:Cisco:<model>::
; source: vendor documentation; medium
sig   = description Cisco IP Phone <model>

label = g::Cisco::Cisco IOS:
; source: Cisco's names of images, which switches, routers and access points have in common; high
sig   = description Cisco IOS Software, * Software (*), Version <version>, RELEASE*

label = g:switch:Cisco::Cisco IOS:
; source: Cisco's images of switches, by their platforms; high
sig   = description Cisco IOS Software, C2918* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, C2918* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, C2928* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, C2928* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, C2940* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, C2940* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, C2950* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, C2950* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, C2960* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, C2960* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, C2970* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, C2970* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, C2975* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, C2975* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, C3550* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, C3550* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, C3560* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, C3560* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, C3750* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, C3750* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, IE2000* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, IE2000* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, IE3000* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, IE3000* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, IE3010* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, IE3010* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, IE4000* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, IE4000* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, IE5000* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, IE5000* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, CBS30* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, CBS30* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, CBS31* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, CBS31* Software (*), Version <version>, RELEASE*
sig   = description Cisco IOS Software, ME340* Software (*), Version <version>, RELEASE*
sig   = software Cisco IOS Software, ME340* Software (*), Version <version>, RELEASE*
; source: Cisco's images of switches; high
sig   = description Cisco IOS Software*Catalyst* Switch Software * Version <version>, RELEASE*

label = g:switch:Cisco::Cisco IOS XE:
; source: Cisco's images of switches; high
sig   = description Cisco IOS Software*Catalyst* Switch Software (*IOSXE), Version <version>, RELEASE*
sig   = description Cisco IOS Software*IOS-XE Software, Catalyst*Version <version> RELEASE*
sig   = software Cisco IOS Software*Catalyst* Switch Software (*IOSXE), Version <version>, RELEASE*
sig   = software Cisco IOS Software*IOS-XE Software, Catalyst*Version <version> RELEASE*

label = g:router:Cisco::Cisco IOS XE:
; source: Cisco's images of routers; high
sig   = description Cisco IOS Software* Software (X86_64_LINUX_IOSD-*), Version <version>, RELEASE*
sig   = software Cisco IOS Software* Software (X86_64_LINUX_IOSD-*), Version <version>, RELEASE*

label = g:switch:Cisco::Cisco NX-OS:
; source: Cisco's LLDP; high
sig   = description Cisco Nexus Operating System (NX-OS) Software <version> TAC*
sig   = description Cisco Nexus Operating System (NX-OS) Software*Version <version>*
sig   = software Cisco Nexus Operating System (NX-OS) Software, Version <version>

label = s:switch:Cisco:<model>:Cisco NX-OS:
; source: Cisco's LLDP; high
sig   = description Cisco NX-OS(tm) <model>, Software (*), Version <version>, RELEASE*
sig   = description Cisco NX-OS(tm) <model>, Software (*), Version <version>, * Cisco Systems*

label = g:switch:Cisco:::
; source: Cisco's LLDP: nodes of ACI; medium
sig   = description topology/pod-*/node-*

label = s:router:Cisco::Cisco IOS XR:
; source: Cisco's LLDP; high
sig   = description <version>, IOS-XRv*

label = g::::RouterOS:
; source: MikroTik's CDP; medium
sig   = software <version> (long-term)
sig   = software <version> (stable)
sig   = software <version> (testing)

label = g:server:::Linux:
; source: Cisco's CDP: servers in virtual machines; medium
sig   = software Linux <version> *SMP*CCM:*

label = s:server:VMware::ESXi:
; source: VMware's CDP and LLDP; high
sig   = platform VMware ESX*
sig   = description VMware ESX*

label = g::Axis:<model>::
; source: Axis's CDP; high
sig   = software AXIS <model> *

label = s:camera:Axis:<model>::
; source: Axis's CDP and SNMP; high
sig   = software AXIS <model> *Camera*
sig   = description *AXIS <model> *Camera*
sig   = description *AXIS <model>; *Camera; <version>;*

label = s:voip-phone:Poly:<model>::
; source: Poly's CDP; high
sig   = platform Poly <model>

label = s:voip-phone:Polycom:<model>::
; source: Polycom's CDP; high
sig   = platform Polycom <model>

label = s:voip-phone:Polycom:::
; source: Polycom's LLDP; high
sig   = description Polycom;*

label = s:voip-phone:Polycom:VVX <model>::
; source: Polycom's LLDP; high
sig   = description Polycom;VVX-VVX_<model>;*

label = s:voip-phone:Polycom:SoundPoint IP <model>::
; source: Polycom's LLDP; high
sig   = description Polycom;SoundPointIP-SPIP_<model>;*

label = s:voip-phone:Polycom:SoundStation IP <model>::
; source: Polycom's LLDP; high
sig   = description Polycom;SoundStationIP-SSIP_<model>;*

label = s:voip-phone:Cisco:CP-<model>::
; source: Cisco's LLDP; high
sig   = description Cisco IP Phone <model>,*

label = s:voip-phone:Mitel:<model>::
; source: Mitel's LLDP; high
sig   = description regDN *,MITEL <model>,*
sig   = description regDN *,MINET_<model>,*

label = s:switch:Huawei::VRP:
; source: Huawei's LLDP; high
sig   = description *Versatile Routing Platform*VRP*Version <version> (S*V*
sig   = description *Versatile Routing Platform*VRP*Version <version> (CE*V*

label = s:switch:Huawei:<model>:VRP:
; source: Huawei's LLDP; high
sig   = description Huawei Switch <model> Huawei Versatile Routing Platform*VRP*Version <version> (*
sig   = description <model> Huawei Versatile Routing Platform*VRP*Version <version> (S*V*

label = s:access-point:Huawei:<model>:VRP:
; source: Huawei's LLDP; high
sig   = description Huawei AP <model> Huawei Versatile Routing Platform*VRP*Version <version> (*

label = s:access-point:Huawei::VRP:
; source: Huawei's LLDP; high
sig   = description *Versatile Routing Platform*VRP*Version <version> (AP*V*
sig   = description *Versatile Routing Platform*VRP*Version <version> (AirEngine*V*

label = s:router:Huawei::VRP:
; source: Huawei's LLDP; high
sig   = description *Versatile Routing Platform*VRP*Version <version> (AR*V*
sig   = description *Versatile Routing Platform*VRP*Version <version> (NE*V*

label = s:router:Huawei:AR<model>:VRP:
; source: Huawei's LLDP; high
sig   = description Huawei AR<model> Huawei Versatile Routing Platform*VRP*Version <version> (*

label = s:firewall:Huawei::VRP:
; source: Huawei's LLDP; high
sig   = description *Versatile Routing Platform*VRP*Version <version> (USG*V*

label = s:wireless-controller:Huawei:AC<model>:VRP:
; source: Huawei's LLDP; high
sig   = description Huawei AC<model> Huawei Versatile Routing Platform*VRP*Version <version> (*

label = s:wireless-controller:Huawei::VRP:
; source: Huawei's LLDP; high
sig   = description *Versatile Routing Platform*VRP*Version <version> (AC*V*

label = s:switch:H3C:S<model>:Comware:
; source: H3C's LLDP; high
sig   = description H3C Comware*Software, Software Version <version>, *H3C S<model> Copyright*
sig   = description H3C Comware software. H3C S<model> Product Version *

label = s:router:H3C:MSR<model>:Comware:
; source: H3C's LLDP; high
sig   = description H3C Comware*Software, Software Version <version>, *H3C MSR<model> Copyright*
sig   = description H3C Comware software. H3C MSR<model> Product Version *

label = s:router:H3C:SR<model>:Comware:
; source: H3C's LLDP; high
sig   = description H3C Comware*Software, Software Version <version>, *H3C SR<model> Copyright*
sig   = description H3C Comware software. H3C SR<model> Product Version *

label = s:wireless-controller:H3C:WX<model>:Comware:
; source: H3C's LLDP; high
sig   = description H3C Comware*Software, Software Version <version>, *H3C WX<model> Copyright*
sig   = description H3C Comware software. H3C WX<model> Product Version *

label = s:access-point:H3C:WA<model>:Comware:
; source: H3C's LLDP; high
sig   = description H3C Comware*Software, Software Version <version>, *H3C WA<model> Copyright*
sig   = description H3C Comware software. H3C WA<model> Product Version *

label = s:firewall:H3C:SecPath <model>:Comware:
; source: H3C's LLDP; high
sig   = description H3C Comware*Software, Software Version <version>, *H3C SecPath <model> Copyright*

label = s:switch:HPE:<model>:Comware:
; source: HPE's LLDP; high
sig   = description HPE Comware*Software, Software Version <version>, *HPE <model> Copyright*

label = s:switch:HPE:<model>::
; source: HPE's LLDP; high
sig   = description HPE <model>, <version>, Linux *

label = s:switch:HP::Comware:
; source: HP's LLDP; high
sig   = description HP Comware*Software, Software Version <version> Release * HP * Switch*
sig   = description HP Comware*Software, Software Version <version>, Release * HP * Switch*

label = s:printer:HP:LaserJet <model>::
; source: HP's names of models; high
sig   = description HP LaserJet <model>
sig   = description HP LaserJet <model>, FW:*

label = s:printer:HP:Color LaserJet <model>::
; source: HP's names of models; high
sig   = description HP Color LaserJet <model>
sig   = description HP Color LaserJet <model>, FW:*

label = s:printer:HP:OfficeJet <model>::
; source: HP's names of models; high
sig   = description HP OfficeJet <model>
sig   = description HP OfficeJet <model>, FW:*

label = s:switch:HP:<model>::
; source: HP's LLDP; high
sig   = description HP <model>, <version>, eCos*
sig   = description HP <model>, <version>, Linux *

label = s:switch:HP:<model>:ProCurve:
; source: HP's LLDP; high
sig   = description *ProCurve <model>, revision <version>

label = s:switch:HPE Aruba:JL<model>::
; source: Aruba's LLDP; high
sig   = description Aruba JL<model>  <version>
sig   = description Aruba JL<model> <version>

label = s:switch:HPE Aruba:Instant On <model>::
; source: Aruba's LLDP; high
sig   = description Aruba Instant On <model>, *

label = s:access-point:HPE Aruba:AP-<model>:ArubaOS:
; source: Aruba's LLDP; high
sig   = description ArubaOS (MODEL: <model>), Version Aruba AP
sig   = description ArubaOS (MODEL: <model>), Version <version> (*
sig   = description ArubaOS (MODEL: <model>), Version <version>

label = s:wireless-controller:HPE Aruba:Aruba<model>:ArubaOS:
; source: Aruba's LLDP; high
sig   = description ArubaOS (MODEL: Aruba<model>), Version <version> (*
sig   = description ArubaOS (MODEL: Aruba<model>), Version <version>

label = s:switch:Juniper:EX<model>:Junos:
; source: Juniper's LLDP; high
sig   = description Juniper Networks, Inc. ex<model> *, kernel JUNOS <version>,*
sig   = description Juniper Networks, Inc. ex<model> *, kernel JUNOS <version> *
sig   = description Juniper Networks, Inc. ex<model> *, kernel JUNOS <version>
sig   = description Juniper Networks, Inc. ex<model> , version <version> *

label = s:switch:Juniper:QFX<model>:Junos:
; source: Juniper's LLDP; high
sig   = description Juniper Networks, Inc. qfx<model> *, kernel JUNOS <version>,*
sig   = description Juniper Networks, Inc. qfx<model> *, kernel JUNOS <version> *
sig   = description Juniper Networks, Inc. qfx<model> *, kernel JUNOS <version>
sig   = description Juniper Networks, Inc. qfx<model> , version <version> *

label = s:firewall:Juniper:SRX<model>:Junos:
; source: Juniper's LLDP; high
sig   = description Juniper Networks, Inc. srx<model> *, kernel JUNOS <version>,*
sig   = description Juniper Networks, Inc. srx<model> *, kernel JUNOS <version> *
sig   = description Juniper Networks, Inc. srx<model> *, kernel JUNOS <version>
sig   = description Juniper Networks, Inc. srx<model> , version <version> *

label = s:firewall:Juniper:vSRX<model>:Junos:
; source: Juniper's LLDP; high
sig   = description Juniper Networks, Inc. vsrx<model> *, kernel JUNOS <version>,*
sig   = description Juniper Networks, Inc. vsrx<model> *, kernel JUNOS <version> *
sig   = description Juniper Networks, Inc. vsrx<model> *, kernel JUNOS <version>
sig   = description Juniper Networks, Inc. vsrx<model> , version <version> *

label = s:router:Juniper:<model>:Junos:
; source: Juniper's LLDP; high
sig   = description Juniper Networks, Inc. <model> * JUNOS <version>,*
sig   = description Juniper Networks, Inc. <model> * JUNOS <version> *
sig   = description Juniper Networks, Inc. <model> * JUNOS <version>

label = s::Allied Telesis::AlliedWare Plus:
; source: Allied Telesis' LLDP; high
sig   = description Allied Telesis *AW+ v<version>

label = s:switch:Allied Telesis:AT-<model>::
; source: Allied Telesis' LLDP; high
sig   = description AT-<model>, AT-S* version <version>

label = s::Nokia::TiMOS:
; source: Nokia's LLDP; high
sig   = description TiMOS-?-<version> * Nokia *

label = s:switch:Netgear:GS<model>::
; source: Netgear's names of models; high
sig   = description GS<model> *-Port *Smart Managed * Switch*
sig   = description GS<model> *ProSAFE* Switch*

label = s:switch:Netgear:XS<model>::
; source: Netgear's names of models; high
sig   = description XS<model> *-Port * Switch*

label = g:switch::::
; source: makers' documentation, which states the number of ports; medium
sig   = description *-Port *Gigabit* Switch*
sig   = description * Gigabit Ethernet Switch

label = s:switch:D-Link:DGS-<model>::
; source: D-Link's names of models; high
sig   = description DGS-<model> *

label = s:switch:D-Link:DES-<model>::
; source: D-Link's names of models; high
sig   = description DES-<model> *

label = s:switch:D-Link:DXS-<model>::
; source: D-Link's names of models; high
sig   = description DXS-<model> *

label = g::Zyxel:::
; source: Zyxel's LLDP; medium
sig   = description ZLD *(*

label = s:switch:Dell:<model>::
; source: Dell's LLDP; high
sig   = description Dell Networking <model>, <version>, Linux *
sig   = description Dell EMC Networking <model>, <version>, Linux *
sig   = description PowerConnect <model>, <version>, *

label = s:switch:Dell:<model>::
; source: Dell's LLDP; high
sig   = description Dell*Operating System*Application Software Version: <version> Series: <model> *

label = s:switch:Dell::OS10:
; source: Dell's LLDP; high
sig   = description Dell*Networking OS10*OS Version: <version> *

label = s:switch:Brocade:<model>::
; source: Brocade's LLDP; high
sig   = description Brocade * Switch, BR-<model>, Network Operating System Software Version <version>
sig   = description Brocade Communications Systems, Inc. <model>, IronWare Version V<version> *

label = s:switch:Ruckus:<model>::
; source: Ruckus' LLDP; high
sig   = description Ruckus Wireless, Inc. *System <model>, IronWare Version V<version> *
sig   = description Ruckus Wireless, Inc. *System <model>, IronWare Version <version> *

label = s:access-point:Ruckus:<model>::
; source: Ruckus' LLDP; high
sig   = description Ruckus <model> Multimedia Hotzone Wireless AP/SW Version: <version>

label = s:switch:Ubiquiti:USW-<model>::
; source: Ubiquiti's LLDP; high
sig   = description USW-<model>, <version>, Linux *
sig   = description USW-<model>, <version>, Linux *, *

label = s:switch:Ubiquiti:US-<model>::
; source: Ubiquiti's LLDP; high
sig   = description US-<model>, <version>, Linux *

label = s:switch:Ubiquiti:EdgeSwitch <model>::
; source: Ubiquiti's LLDP; high
sig   = description EdgeSwitch <model>, <version>, Linux *

label = s:switch:Ubiquiti:EdgePoint Switch <model>::
; source: Ubiquiti's LLDP; high
sig   = description EdgePoint Switch <model>, <version>, Linux *

label = s:access-point:Ubiquiti:UAP-<model>::
; source: Ubiquiti's LLDP; high
sig   = description UAP-<model>, <version>

label = s:access-point:Ubiquiti:U6-<model>::
; source: Ubiquiti's LLDP; high
sig   = description U6-<model>, <version>

label = s:access-point:Ubiquiti:U7-<model>::
; source: Ubiquiti's LLDP; high
sig   = description U7-<model>, <version>

label = s:router:Ubiquiti::EdgeOS:
; source: Ubiquiti's LLDP; high
sig   = description EdgeOS v<version>*

label = s:access-point:Cisco Meraki:<model>::
; source: Meraki's LLDP and CDP; high
sig   = description Meraki <model> Cloud Managed AP
sig   = description <model> Cloud Managed AP
sig   = platform Meraki <model> Cloud Managed AP

label = s:access-point:Cisco Meraki:MR<model>::
; source: Meraki's names of models; high
sig   = description Meraki MR<model> *

label = s:switch:Cisco Meraki:<model>::
; source: Meraki's LLDP and CDP; high
sig   = description Meraki <model> Cloud Managed *Switch
sig   = description <model> Cloud Managed *Switch
sig   = platform Meraki <model> Cloud Managed *Switch

label = s:firewall:Cisco Meraki:MX<model>::
; source: Meraki's names of models; high
sig   = description Meraki MX<model> *
sig   = platform Meraki MX<model> *

label = s:firewall:Fortinet:FortiGate-<model>:FortiOS:
; source: Fortinet's LLDP; high
sig   = description FortiGate-<model> v<version>,*

label = s:switch:Fortinet:FortiSwitch-<model>::
; source: Fortinet's LLDP; high
sig   = description FortiSwitch-<model> v<version>,*

label = s:router:::VyOS:
; source: VyOS's LLDP; high
sig   = description VyOS <version>

label = s:switch:::Cumulus Linux:
; source: Cumulus' LLDP; high
sig   = description Cumulus Linux version <version> running on <model>

label = s:switch:::SONiC:
; source: SONiC's LLDP; high
sig   = description SONiC Software Version: SONiC.<version> - HwSku: <model> - *

label = s:nas:Pure Storage:<model>::
; source: Pure Storage's LLDP; high
sig   = description FlashArray <model> *

label = g:computer:::Linux:
; source: lldpd: the machine of servers and computers; medium
sig   = description * Linux <version> #* SMP * x86_64
sig   = description * Linux <version> #* SMP * x86_64 *
sig   = description * Linux * Linux <version> #* SMP * x86_64

label = s:plc:Siemens:<model>::
; source: Siemens' LLDP; high
sig   = description Siemens, SIMATIC S7, <model>, 6ES7 *, HW: *
sig   = description Siemens, SIMATIC S7, <model>, 6ES7 *

label = s:hmi:Siemens:<model>::
; source: Siemens' LLDP; high
sig   = description Siemens, SIMATIC HMI, <model>, *

label = s:switch:Phoenix Contact:FL SWITCH <model>::
; source: Phoenix Contact's names of models; high
sig   = description FL SWITCH <model>
sig   = description FL SWITCH <model> *

label = s:switch:Moxa:EDS-<model>::
; source: Moxa's names of models; high
sig   = description MOXA EDS-<model>
sig   = description MOXA EDS-<model> *

label = g:access-point::::
; source: IEEE 802.1AB: routers with radio are mostly access points; low
sig   = capabilities *wlan*router*

label = g:router::::
; source: UPnP device templates: parts of a gateway; high
sig   = device-type urn:schemas-upnp-org:device:WANDevice:*
sig   = device-type urn:schemas-upnp-org:device:WANConnectionDevice:*
sig   = device-type urn:schemas-upnp-org:service:WANIPConnection:*
sig   = device-type urn:schemas-upnp-org:service:WANPPPConnection:*
sig   = device-type urn:schemas-upnp-org:service:WANCommonInterfaceConfig:*
sig   = device-type urn:schemas-upnp-org:service:Layer3Forwarding:*
; source: HNAP in SSDP; medium
sig   = device-type hnap:Gateway*

label = g:access-point::::
; source: UPnP device templates; medium
sig   = device-type urn:schemas-upnp-org:device:WLANAccessPointDevice:*

label = s:access-point:Cisco:::
; source: Cisco's default names of access points, which end with the MAC; high
sig   = name AP????.????.????

label = s:router:AVM:::
; source: AVM's default names; high
sig   = name fritz.box

label = g:router:AVM:::
; source: AVM's default names; high
sig   = name FRITZ-*
sig   = name fritzbox*

label = g:router:TP-Link:Archer <model>::
; source: TP-Link's default names; medium
sig   = name Archer-<model>
sig   = name Archer_<model>

label = g:router:TP-Link:TL-WR<model>::
; source: TP-Link's default names; medium
sig   = name TL-WR<model>

label = g:access-point:TP-Link:TL-WA<model>::
; source: TP-Link's default names; medium
sig   = name TL-WA<model>

label = g:router:MikroTik::RouterOS:
; source: MikroTik's default name; high
sig   = name MikroTik

label = g:access-point:Ubiquiti:<model>::
; source: Ubiquiti's default names; medium
sig   = name UAP-<model>

label = g:switch:Ubiquiti:USW-<model>::
; source: Ubiquiti's default names; medium
sig   = name USW-<model>

label = s:access-point:Fortinet:::
; source: vendor documentation; medium
sig   = dhcp-class FortiAP*

label = s:access-point:Ruckus:::
; source: vendor documentation; high
sig   = dhcp-class Ruckus CPE*

label = s:access-point:Motorola:<model>::
; source: vendor documentation; medium
sig   = dhcp-class Motorola_AP.<model>

label = g::Netgear:::
; source: makers' software; medium
sig   = server *NETGEAR*

; ---- servers, storage, management --------------------------------------------------------------------------

label = s:server-management:Dell:iDRAC::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class iDRAC*
sig   = mdns * name=iDRAC*

label = g:server-management:Dell:iDRAC::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = name iDRAC*

label = s:server-management:HPE:iLO::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class CPQRIB3*
sig   = name ILO???????*

label = s:nas:Synology:DS<model>:DSM:
; source: Synology's LLDP and mDNS; high
sig   = mdns _http._tcp model=DS<model>

label = s:nas:Synology:RS<model>:DSM:
; source: Synology's LLDP and mDNS; high
sig   = mdns _http._tcp model=RS<model>

label = s:nas:Synology:DS<model>::
; source: Synology's names of models; medium
sig   = browser * DS<model>

label = g:nas:Synology:DS<model>::
; source: Synology's names of models; medium
sig   = name DS<model>

label = s:nas:Synology:::
; source: Synology's service; high
sig   = mdns _http._tcp vendor=Synology*
sig   = name DiskStation*
sig   = server Synology/DSM*
sig   = server *Synology*

label = s:nas:QNAP:<model>:QTS:
; source: QNAP's service; high
sig   = mdns _qdiscover._tcp*model=<model>,*
sig   = mdns _qdiscover._tcp model=<model>

label = g:nas:QNAP:TS-<model>::
; source: QNAP's names of models; medium
sig   = name TS-<model>

label = s:nas:QNAP:::
; source: rapid7/recog smb_native_os.xml; high
sig   = smb-system QTS

label = s:nas:Zyxel:<model>::
; source: Zyxel's comments; high
sig   = browser * ZyXEL <model>

label = s:nas:Zyxel:NSA<model>::
; source: Zyxel's names of models; high
sig   = browser * NSA<model>

label = g:nas:Zyxel:NSA-<model> Plus::
; source: Zyxel's names of models; high
sig   = name NSA<model>PLUS

label = s:nas:QNAP:::
; source: QNAP's default names; medium
sig   = name NAS??????

label = s:nas:Western Digital:My Cloud::
; source: makers' default names; high
sig   = name WDMyCloud*

; ---- industry ------------------------------------------------------------------------------------------------

label = s:ups:APC:::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class APC

label = s:ics-gateway:Ewon:::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class eWON*

label = s:plc:Beckhoff:CX:Windows CE:
; source: Beckhoff's default names; high
sig   = name CX-??????
sig   = name CX_??????

label = s::::Windows CE:<version>
; source: UPnP of Windows CE, whose versions have two decimals; high
sig   = server Microsoft-WinCE/<version>0 UPnP*

label = s::::Windows CE:
; source: UPnP of Windows CE; high
sig   = server Microsoft-WinCE/<version>*

label = s:plc:Rockwell Automation:<model>::
; source: Rockwell's catalogue numbers; high
sig   = dhcp-class 1756-<model>

label = s:plc:Siemens:S7-<model>::
; source: Siemens' LLDP; high
sig   = description Siemens, SIMATIC S7, CPU-<model>, *
sig   = description Siemens, SIMATIC S7, CPU <model>, *

label = s:thin-client::::
; source: rapid7/recog dhcp_vendor_class.xml; high
sig   = dhcp-class PCoIP Endpoint*
sig   = dhcp-class wyse-*

label = s::::FreeRTOS:
; source: public captures; high
sig   = server FreeRTOS/<version>*

label = s:plc:Beckhoff:::
; source: Beckhoff's URNs; high
sig   = device-type urn:beckhoff.com:*

; ---- WS-Discovery ----------------------------------------------------------------------------------------

label = g:camera::::
; source: ONVIF Core Specification 7.3, facts restated, read on 2026-11-25; medium
sig   = device-type http://www.onvif.org/ver10/network/wsdl NetworkVideoTransmitter

label = g:camera-recorder::::
; source: ONVIF Core Specification 7.3, facts restated, read on 2026-11-25; medium
sig   = device-type http://www.onvif.org/ver10/network/wsdl NetworkVideoStorage

label = s::<manufacturer>:::
; source: ZoneMinder/zoneminder, answers of cameras with this scope (facts restated), read on 2026-11-27; high
sig   = device-type onvif://www.onvif.org/manufacturer/<manufacturer>

label = s:::<model>::
; source: ONVIF Core Specification 7.3.2.2, facts restated, read on 2026-11-25; medium
sig   = device-type onvif://www.onvif.org/hardware/<model>

label = s:printer::::
; source: Microsoft, Print Device Definition for Web Services on Devices, facts restated, read on 2026-11-25; high
sig   = device-type http://schemas.microsoft.com/windows/2006/08/wdp/print PrintDeviceType

label = g:computer::::
; source: Microsoft, Function Discovery, and wsdd (MIT), which does the same for Samba, read on 2026-11-25; medium
sig   = device-type http://schemas.microsoft.com/windows/pub/2005/07 Computer

; ---- what Home Assistant finds devices by ------------------------------------------------------------------
; Where it also asks for a MAC prefix, only names that no other device has by default stand here.

label = g::Blink:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name Blink-*

label = s::Blink:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name Blink-????????????

label = g::August:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name August-*

label = s:hub:Yale:Connect::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name yale-connect-plus

label = s:light:Magic Home:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name zengge_??_*
sig   = name HF-LPB100-ZJ*

label = s:appliance:Whisker:Litter-Robot 4::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name Litter-Robot4*

label = g:thermostat:Honeywell:Lyric::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name Lyric-*

label = s:thermostat:Honeywell:Lyric::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name Lyric-??????

label = g:thermostat:NuHeat:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name NuHeat

label = s:hub:Nuki:Bridge::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name Nuki_Bridge_*

label = s:appliance:Rachio:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _http._tcp name=rachio*

label = g:appliance:Rachio:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name Rachio-*

label = s:appliance:Rachio:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name Rachio-??????

label = s:vacuum:iRobot:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _amzn-alexa._tcp name=irobot-*
sig   = mdns _amzn-alexa._tcp name=roomba-*

label = g:vacuum:iRobot:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name iRobot-*

label = s:vacuum:iRobot:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name iRobot-????????????????????????????????

label = s:hub:Ruuvi:Gateway::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name RuuviGateway*

label = g::Samsung::Tizen:
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name Tizen*

label = s::Sensibo:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _hap._tcp md=Sensibo*

label = g::Sensibo:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name Sensibo*

label = g:hub:SimpliSafe:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name SimpliSafe*

label = g:hub:Samsung:SmartThings::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name SmartThings*

label = g:media-player:Logitech:Squeezebox::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name Squeezebox*

label = s::tado:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _hap._tcp md=tado*

label = g::tado:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name tado*

label = s::Tesla:Wall Connector::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name TeslaWallConnector_*

label = s:light:Twinkly:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name Twinkly_*

label = g:light:Twinkly:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name Twinkly-*

label = s::WiZ:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = name wiz_??????

label = s:sensor:AirGradient:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _airgradient._tcp*

label = s:hub:Bond:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _bond._tcp*

label = s::Deako:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _deako._tcp*

label = s:speaker:Devialet:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _devialet-http._tcp*

label = s:speaker:Bang & Olufsen:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _bangolufsen._tcp*

label = s:speaker:Bluesound:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _musc._tcp*

label = s:speaker:Cambridge Audio:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _stream-magic._tcp*
sig   = mdns _smoip._tcp*

label = s:speaker:::Volumio:
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _Volumio._tcp*

label = s:appliance:Daikin:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _dkapi._tcp*

label = s:thermostat:ecobee:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _ecobee._tcp*
sig   = mdns _hap._tcp md=ecobee*
sig   = mdns _sideplay._tcp mdl=eb-*
sig   = mdns _sideplay._tcp mdl=ecobee*

label = s::Enphase:Envoy::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _enphase-envoy._tcp*

label = s:router:Free:Freebox::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _fbx-api._tcp*

label = s::HomeWizard:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _hwenergy._tcp*

label = s:hub:Somfy:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _kizbox._tcp*
sig   = mdns _kizboxdev._tcp*

label = s:hub:Lutron:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _lutron._tcp*
sig   = mdns _hap._tcp md=Smart Bridge*

label = s:light:Nanoleaf:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _nanoleafms._tcp*
sig   = device-type nanoleaf_aurora:light
sig   = device-type nanoleaf:nl*

label = s::Plugwise:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _plugwise._tcp*

label = s:hub:Hunter Douglas:PowerView::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _powerview._tcp*
sig   = mdns _PowerView-G3._tcp*
sig   = mdns _hap._tcp md=PowerView*

label = s:appliance:Rabbit Air:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _rabbitair._udp*

label = s:hub:SMLIGHT:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _slzb-06._tcp*

label = s:hub:IKEA:TRADFRI::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _hap._tcp md=TRADFRI*

label = s:light:LIFX:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _hap._tcp md=LIFX *

label = s:camera:Netatmo:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _hap._tcp md=Welcome
sig   = mdns _hap._tcp md=Presence

label = s:sensor:Awair:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _http._tcp name=awair*

label = s:hub:Bosch:Smart Home Controller::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _http._tcp name=bosch shc*

label = s::Belkin:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = mdns _hap._tcp md=Wemo*

label = s:router:AVM:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = device-type urn:schemas-upnp-org:device:fritzbox:*

label = s:hub:Control4:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = device-type c4:director

label = s:speaker::::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = device-type urn:schemas-frontier-silicon-com:undok:fsapi:*

label = s:hub:Logitech:Harmony::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = device-type urn:myharmony-com:device:harmony:*

label = s:hub:Universal Devices:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = device-type urn:udi-com:device:X_Insteon_Lighting_Device:*

label = s:display:LaMetric:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-25; medium
sig   = device-type urn:schemas-upnp-org:device:LaMetric:*

; TP-Link's models without the country.

label = g:plug:TP-Link:HS100::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name HS100

label = g:plug:TP-Link:HS103::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name HS103

label = g:plug:TP-Link:HS105::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name HS105

label = g:plug:TP-Link:HS107::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name HS107

label = g:plug:TP-Link:HS110::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name HS110

label = g:plug:TP-Link:HS300::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name HS300

label = g:plug:TP-Link:KP100::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KP100

label = g:plug:TP-Link:KP105::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KP105

label = g:plug:TP-Link:KP115::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KP115

label = g:plug:TP-Link:KP125::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KP125

label = g:plug:TP-Link:KP125M::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KP125M

label = g:plug:TP-Link:KP200::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KP200

label = g:plug:TP-Link:KP303::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KP303

label = g:plug:TP-Link:KP400::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KP400

label = g:plug:TP-Link:KP401::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KP401

label = g:plug:TP-Link:EP10::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name EP10

label = g:plug:TP-Link:EP25::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name EP25

label = g:plug:TP-Link:EP40::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name EP40

label = g:plug:TP-Link:P100::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name P100

label = g:plug:TP-Link:P105::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name P105

label = g:plug:TP-Link:P110::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name P110

label = g:plug:TP-Link:P115::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name P115

label = g:plug:TP-Link:P125M::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name P125M

label = g:light:TP-Link:KL110::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KL110

label = g:light:TP-Link:KL120::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KL120

label = g:light:TP-Link:KL125::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KL125

label = g:light:TP-Link:KL130::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KL130

label = g:light:TP-Link:KL135::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KL135

label = g:light:TP-Link:KL430::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name KL430

label = g:light:TP-Link:LB100::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name LB100

label = g:light:TP-Link:LB110::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name LB110

label = g:light:TP-Link:LB120::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name LB120

label = g:light:TP-Link:LB130::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name LB130

label = g:light:TP-Link:L510E::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name L510E

label = g:light:TP-Link:L530E::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name L530E

label = g:light:TP-Link:L900::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name L900

label = g:light:TP-Link:L920::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name L920

label = g:light:TP-Link:L930::
; source: Home Assistant 2024.12, its matchers, and python-kasa's list of models (facts restated), read on 2026-11-25; medium
sig   = name L930

label = g::HP:::
; source: Microsoft, unattended setup: ComputerName, to which makers append a string (facts restated), read on 2026-11-25; medium
sig   = name *-HP

label = g::Sony:::
; source: Microsoft, unattended setup: ComputerName, to which makers append a string (facts restated), read on 2026-11-25; medium
sig   = name *-VAIO

label = g::Toshiba:::
; source: Microsoft, unattended setup: ComputerName, to which makers append a string (facts restated), read on 2026-11-25; medium
sig   = name *-TOSH

; ---- default names that are product numbers --------------------------------------------------------------

label = g:hub:Lockly:Secure Link PGH200::
; source: Lockly Secure User Manual, product number PGH200 (facts restated), read on 2026-11-25; high
sig   = name PGH200

; ---- User-Agents of requests -----------------------------------------------------------------------------
; Models stand where Android writes Build.MODEL: System.getProperty("http.agent") and the WebView. A brand counts where the
; model begins with it. Desktop browsers' lines are generic: other programs copy them.

label = s:::<model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; <model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; <model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; <model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; <model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; <model>; wv) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; U; Android <version>; ??-??; <model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; ??-??; <model> Build/*) AppleWebKit/*

label = s::::Android:
; source: developer.chrome.com, User-Agent reduction (CC-BY-4.0), read on 2026-11-25; high
sig   = user-agent Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android 10; K; wv) AppleWebKit/*

label = s:phone:Samsung:SM-<model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; SM-<model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; SM-<model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-<model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-<model>) AppleWebKit/*

label = s::Samsung:SM-<model>:Android:<version>
; source: developer.samsung.com, User-Agent String Format (facts restated), read on 2026-11-25; high
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SAMSUNG SM-<model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SAMSUNG SM-<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-<model>; wv) AppleWebKit/*

label = s::Google:Pixel <model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; Pixel <model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; Pixel <model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Pixel <model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Pixel <model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Pixel <model>; wv) AppleWebKit/*

label = s::Nokia:Nokia <model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; Nokia <model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; Nokia <model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Nokia <model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Nokia <model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Nokia <model>; wv) AppleWebKit/*

label = s::Motorola:moto <model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; moto <model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; moto <model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; moto <model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; moto <model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; moto <model>; wv) AppleWebKit/*

label = s::Motorola:motorola <model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; motorola <model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; motorola <model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; motorola <model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; motorola <model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; motorola <model>; wv) AppleWebKit/*

label = s::Xiaomi:Redmi <model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; Redmi <model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; Redmi <model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Redmi <model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Redmi <model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Redmi <model>; wv) AppleWebKit/*

label = s::Xiaomi:POCO <model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; POCO <model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; POCO <model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; POCO <model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; POCO <model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; POCO <model>; wv) AppleWebKit/*

label = s:phone:OnePlus:ONEPLUS <model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; ONEPLUS <model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; ONEPLUS <model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; ONEPLUS <model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; ONEPLUS <model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; ONEPLUS <model>; wv) AppleWebKit/*

label = s::Huawei:HUAWEI <model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; HUAWEI <model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; HUAWEI <model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; HUAWEI <model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; HUAWEI <model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; HUAWEI <model>; wv) AppleWebKit/*

label = s::LG:LG<model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; LG<model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; LG<model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; LG<model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; LG<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; LG<model>; wv) AppleWebKit/*

label = s::HTC:HTC <model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; HTC <model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; HTC <model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; HTC <model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; HTC <model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; HTC <model>; wv) AppleWebKit/*

label = s::Lenovo:Lenovo <model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; Lenovo <model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; Lenovo <model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Lenovo <model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Lenovo <model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Lenovo <model>; wv) AppleWebKit/*

label = s::ASUS:ASUS_<model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; ASUS_<model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; ASUS_<model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; ASUS_<model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; ASUS_<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; ASUS_<model>; wv) AppleWebKit/*

label = s:phone:Realme:RMX<model>:Android:<version>
; source: device trees of Android (Apache-2.0), such as realme-sm7125/device_realme_RMX2170, read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; RMX<model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; RMX<model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; RMX<model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; RMX<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; RMX<model>; wv) AppleWebKit/*

label = s:phone:OPPO:CPH1<model>:Android:<version>
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; CPH1<model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; CPH1<model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; CPH1<model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; CPH1<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; CPH1<model>; wv) AppleWebKit/*

label = s:phone:vivo:vivo <model>:Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; vivo <model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; vivo <model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; vivo <model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; vivo <model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; vivo <model>; wv) AppleWebKit/*

; Samsung's tablets have letters of their own.

label = s:tablet:Samsung:SM-T<model>:Android:<version>
; source: Samsung's names of models; medium
sig   = user-agent Dalvik/*Android <version>; SM-T<model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; SM-T<model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-T<model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-T<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-T<model>; wv) AppleWebKit/*

label = s:tablet:Samsung:SM-X<model>:Android:<version>
; source: Samsung's names of models; medium
sig   = user-agent Dalvik/*Android <version>; SM-X<model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; SM-X<model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-X<model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-X<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-X<model>; wv) AppleWebKit/*

label = s:tablet:Samsung:SM-P<model>:Android:<version>
; source: Samsung's names of models; medium
sig   = user-agent Dalvik/*Android <version>; SM-P<model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; SM-P<model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-P<model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-P<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-P<model>; wv) AppleWebKit/*

label = s:media-player:Amazon:AFT<model>:Fire OS:
; source: developer.amazon.com, User Agent Strings (facts restated), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android *; AFT<model> Build/*
sig   = user-agent AndroidDownloadManager/*Android *; AFT<model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android *; AFT<model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android *; AFT<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android *; AFT<model>; wv) AppleWebKit/*

label = s:tablet:Amazon:KF<model>:Fire OS:
; source: developer.amazon.com, User Agent Strings (facts restated), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android *; KF<model> Build/*
sig   = user-agent AndroidDownloadManager/*Android *; KF<model> Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android *; KF<model> Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android *; KF<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android *; KF<model>; wv) AppleWebKit/*

label = s:console:Sony:PlayStation Vita::
; source: NagatoDEV/PlayStation-Vita-Packet-Captures, read on 2026-11-25; high
sig   = user-agent *libhttp/* (PS Vita)*
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Mozilla/5.0 (PlayStation Vita *

label = s:console:Sony:PlayStation 3::
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Mozilla/5.0 (PLAYSTATION 3*

label = s:console:Sony:PlayStation 4::
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Mozilla/5.0 (PlayStation 4*
sig   = user-agent Mozilla/5.0 (PlayStation; PlayStation 4*

label = s:console:Sony:PlayStation 5::
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Mozilla/5.0 (PlayStation; PlayStation 5*

label = s:console:Nintendo:::
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Mozilla/5.0 (Nintendo *

label = s:media-player:Roku::Roku OS:
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Roku/DVP-*

label = s:phone:Apple:iPhone:iOS:
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; medium
sig   = user-agent Mozilla/5.0 (iPhone; *

label = s:tablet:Apple:iPad:iOS:
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; medium
sig   = user-agent Mozilla/5.0 (iPad; *
; source: Facebook's and Instagram's programs for telephones on a tablet name its model; medium
sig   = user-agent Mozilla/5.0 (iPhone; *FBDV/iPad*
sig   = user-agent Mozilla/5.0 (iPhone; * Instagram * (iPad*

label = g::Apple:::
; source: WebKit, iPad requests pages of desktops since iPadOS 13 (developer.apple.com), read on 2026-11-25; medium
sig   = user-agent Mozilla/5.0 (Macintosh; *

label = g:computer:Apple::macOS:
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; low
sig   = user-agent Mozilla/5.0 (Macintosh; *) Gecko/*
sig   = user-agent Mozilla/5.0 (Macintosh; *) AppleWebKit/* Chrome/* Safari/537.36
sig   = user-agent Mozilla/5.0 (Macintosh; *) AppleWebKit/* Chrome/* Safari/537.36 Edg/*
sig   = user-agent Mozilla/5.0 (Macintosh; *) AppleWebKit/* Chrome/* Safari/537.36 OPR/*
sig   = user-agent Mozilla/5.0 (Macintosh; *) AppleWebKit/* Chrome/* Safari/537.36 Vivaldi/*
sig   = user-agent Mozilla/5.0 (Macintosh; *) AppleWebKit/* Chrome/* Safari/537.36 YaBrowser/*

label = s:computer:Apple::macOS:10.6
; source: Darwin's versions of macOS, as osxvers of rapid7/recog (BSD-2-Clause), read on 2026-11-25; high
sig   = user-agent *CFNetwork/* Darwin/10.* (x86_64)*

label = s:computer:Apple::macOS:10.7
; source: Darwin's versions of macOS, as osxvers of rapid7/recog (BSD-2-Clause), read on 2026-11-25; high
sig   = user-agent *CFNetwork/* Darwin/11.* (x86_64)*

label = s:computer:Apple::macOS:10.8
; source: Darwin's versions of macOS, as osxvers of rapid7/recog (BSD-2-Clause), read on 2026-11-25; high
sig   = user-agent *CFNetwork/* Darwin/12.* (x86_64)*

label = s:computer:Apple::macOS:10.9
; source: Darwin's versions of macOS, as osxvers of rapid7/recog (BSD-2-Clause), read on 2026-11-25; high
sig   = user-agent *CFNetwork/* Darwin/13.* (x86_64)*

label = s:computer:Apple::macOS:10.10
; source: Darwin's versions of macOS, as osxvers of rapid7/recog (BSD-2-Clause), read on 2026-11-25; high
sig   = user-agent *CFNetwork/* Darwin/14.* (x86_64)*

label = s:computer:Apple::macOS:10.11
; source: Darwin's versions of macOS, as osxvers of rapid7/recog (BSD-2-Clause), read on 2026-11-25; high
sig   = user-agent *CFNetwork/* Darwin/15.* (x86_64)*

label = s:computer:Apple::macOS:10.12
; source: Darwin's versions of macOS, as osxvers of rapid7/recog (BSD-2-Clause), read on 2026-11-25; high
sig   = user-agent *CFNetwork/* Darwin/16.* (x86_64)*

label = s:computer:Apple::macOS:10.13
; source: Darwin's versions of macOS, as osxvers of rapid7/recog (BSD-2-Clause), read on 2026-11-25; high
sig   = user-agent *CFNetwork/* Darwin/17.* (x86_64)*

label = s:computer:Apple::macOS:10.14
; source: Darwin's versions of macOS, as osxvers of rapid7/recog (BSD-2-Clause), read on 2026-11-25; high
sig   = user-agent *CFNetwork/* Darwin/18.* (x86_64)*

label = s:computer:Apple::macOS:10.15
; source: Darwin's versions of macOS, as osxvers of rapid7/recog (BSD-2-Clause), read on 2026-11-25; high
sig   = user-agent *CFNetwork/* Darwin/19.* (x86_64)*

label = g:computer:::Windows:
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; low
sig   = user-agent Mozilla/5.0 (Windows NT *
sig   = user-agent Mozilla/4.0 (compatible; MSIE *; Windows NT *
sig   = user-agent Mozilla/5.0 (compatible; MSIE *; Windows NT *

label = g:computer:::Windows:XP
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; low
sig   = user-agent Mozilla/5.0 (Windows NT 5.1*
sig   = user-agent Mozilla/4.0 (compatible; MSIE *; Windows NT 5.1*
sig   = user-agent Mozilla/5.0 (compatible; MSIE *; Windows NT 5.1*

label = g:computer:::Windows:Vista
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; low
sig   = user-agent Mozilla/5.0 (Windows NT 6.0*
sig   = user-agent Mozilla/4.0 (compatible; MSIE *; Windows NT 6.0*
sig   = user-agent Mozilla/5.0 (compatible; MSIE *; Windows NT 6.0*

label = g:computer:::Windows:7
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; low
sig   = user-agent Mozilla/5.0 (Windows NT 6.1*
sig   = user-agent Mozilla/4.0 (compatible; MSIE *; Windows NT 6.1*
sig   = user-agent Mozilla/5.0 (compatible; MSIE *; Windows NT 6.1*

label = g:computer:::Windows:8
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; low
sig   = user-agent Mozilla/5.0 (Windows NT 6.2*
sig   = user-agent Mozilla/4.0 (compatible; MSIE *; Windows NT 6.2*
sig   = user-agent Mozilla/5.0 (compatible; MSIE *; Windows NT 6.2*

label = g:computer:::Windows:8.1
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; low
sig   = user-agent Mozilla/5.0 (Windows NT 6.3*
sig   = user-agent Mozilla/4.0 (compatible; MSIE *; Windows NT 6.3*
sig   = user-agent Mozilla/5.0 (compatible; MSIE *; Windows NT 6.3*

label = g:computer:::Windows:10 or newer
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; low
sig   = user-agent Mozilla/5.0 (Windows NT 10.0*
sig   = user-agent Mozilla/4.0 (compatible; MSIE *; Windows NT 10.0*
sig   = user-agent Mozilla/5.0 (compatible; MSIE *; Windows NT 10.0*

label = g:computer:::Windows:7
; source: UPnP of Windows in public captures, which DLNA programs copy, read on 2026-11-25; medium
sig   = user-agent Microsoft-Windows/6.1*

label = g:computer:::Windows:8
; source: UPnP of Windows in public captures, which DLNA programs copy, read on 2026-11-25; medium
sig   = user-agent Microsoft-Windows/6.2*

label = g:computer:::Windows:8.1
; source: UPnP of Windows in public captures, which DLNA programs copy, read on 2026-11-25; medium
sig   = user-agent Microsoft-Windows/6.3*

label = g:computer:::Windows:
; source: Microsoft, programs of Windows (facts restated), read on 2026-11-25; medium
sig   = user-agent Microsoft-Windows/*
sig   = user-agent Microsoft-CryptoAPI/*
sig   = user-agent Microsoft NCSI*
sig   = user-agent WSDAPI*
sig   = user-agent Microsoft-Delivery-Optimization/*
sig   = user-agent Windows-Update-Agent/*

label = s:computer:::Chrome OS:
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Mozilla/5.0 (X11; CrOS *

; ---- MACs ------------------------------------------------------------------------------------------------

label = g::QEMU:::
; source: QEMU's documentation; high
sig   = mac 52:54:00:*

label = g::VMware:::
; source: VMware's documentation; high
sig   = mac 00:0c:29:*
sig   = mac 00:50:56:*
sig   = mac 00:05:69:*

label = g::VirtualBox:::
; source: VirtualBox' documentation; high
sig   = mac 08:00:27:*

label = g::Parallels:::
; source: Parallels' documentation; high
sig   = mac 00:1c:42:*

label = g::Raspberry Pi:::
; source: Raspberry Pi's documentation; high
sig   = mac b8:27:eb:*
sig   = mac dc:a6:32:*
sig   = mac e4:5f:01:*
sig   = mac d8:3a:dd:*
sig   = mac 28:cd:c1:*
sig   = mac 2c:cf:67:*

label = s:nas:Synology:::
; source: Synology's documentation; medium
sig   = mac 00:11:32:*

label = s:nas:QNAP:::
; source: QNAP's documentation; medium
sig   = mac 00:08:9b:*
sig   = mac 24:5e:be:*

label = g:router:MikroTik::RouterOS:
; source: MikroTik's documentation; medium
sig   = mac 4c:5e:0c:*
sig   = mac 64:d1:54:*
sig   = mac d4:ca:6d:*
sig   = mac cc:2d:e0:*

; ---- SNMP: sysObjectID -----------------------------------------------------------------------------------
; The number behind 1.3.6.1.4.1 is that of the enterprise that made the agent (RFC 3418, sysObjectID). IANA's registry
; (Private Enterprise Numbers, of 2024-08-23; CC0-1.0) says whose it is. Agents that others build into
; their devices name no maker here; Net-SNMP's numbers name the system.

label = g::Cisco:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.9.*

label = g::HP:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.11.*

label = g::3Com:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.43.*

label = g::D-Link:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.171.*

label = g::Allied Telesis:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.207.*

label = g::Samsung:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.236.*

label = g::Xerox:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.253.*

label = g::APC:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.318.*

label = g::Ricoh:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.367.*

label = g::Axis:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.368.*

label = g::Eaton:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.534.*

label = g::Lexmark:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.641.*

label = g::Dell:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.674.*

label = g::Epson:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.1248.*

label = g::Kyocera:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.1347.*

label = g::Canon:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.1602.*

label = g::Extreme Networks:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.1916.*

label = g::Huawei:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.2011.*

label = g::Brother:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.2435.*

label = g::Juniper:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.2636.*

label = g::ZTE:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.3902.*

label = g::Netgear:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.4526.*

label = g::Synology:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.6574.*

label = g::SonicWall:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.8741.*

label = g::TP-Link:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.11863.*

label = g::Fortinet:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.12356.*

label = g::HPE Aruba:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.14823.*

label = g::MikroTik:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.14988.*

label = g::Konica Minolta:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.18334.*

label = g::QNAP:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.24681.*

label = g::Ruckus:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.25053.*

label = g::Palo Alto Networks:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.25461.*

label = g::Cisco Meraki:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.29671.*

label = g::Arista:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.30065.*

label = g::Hikvision:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.39165.*

label = g::Ubiquiti:::
; source: IANA, Private Enterprise Numbers; medium
sig   = snmp-object 1.3.6.1.4.1.41112.*

label = g::::Solaris:
; source: rapid7/recog snmp_sysobjid.xml; medium
sig   = snmp-object 1.3.6.1.4.1.8072.3.2.3

label = g::::NetBSD:
; source: rapid7/recog snmp_sysobjid.xml; medium
sig   = snmp-object 1.3.6.1.4.1.8072.3.2.7

label = g::::FreeBSD:
; source: rapid7/recog snmp_sysobjid.xml; medium
sig   = snmp-object 1.3.6.1.4.1.8072.3.2.8

label = g::::Linux:
; source: rapid7/recog snmp_sysobjid.xml; medium
sig   = snmp-object 1.3.6.1.4.1.8072.3.2.10

label = g::::OpenBSD:
; source: rapid7/recog snmp_sysobjid.xml; medium
sig   = snmp-object 1.3.6.1.4.1.8072.3.2.12

label = g::::Windows:
; source: rapid7/recog snmp_sysobjid.xml; medium
sig   = snmp-object 1.3.6.1.4.1.8072.3.2.13

; ---- systems that run on one kind of device only, by a host's own packets --------------------------------

label = g:computer::::
; source: documentation of Windows and macOS; medium
sig   = system Windows
sig   = system macOS

label = g:plc:Siemens:::
; source: captures of controllers in a public ICS collection; medium
sig   = system Siemens S7

label = g:console:Sony:::
; source: documentation of PlayStation 3 and Vita; medium
sig   = system PlayStation*

label = g:console:Nintendo:::
; source: documentation of Nintendo Switch; medium
sig   = system Nintendo Switch

; ---- signalling of calls and streams ---------------------------------------------------------------

label = s:voip-phone:Yealink:SIP-<model>::<version>
; source: Yealink's documentation of the User-Agent; high
sig   = signalling sip Yealink SIP-<model> <version>
sig   = signalling sip Yealink SIP-<model> <version> *

label = s:voip-phone:Yealink:<model>::<version>
; source: Yealink's documentation of the User-Agent; high
sig   = signalling sip Yealink <model> <version>
sig   = signalling sip Yealink <model> <version> *

label = g:voip-phone:Yealink:::
; source: Yealink's documentation of the User-Agent; medium
sig   = signalling sip Yealink *

label = s:voip-phone:Grandstream:GXP<model>::<version>
; source: Grandstream's documentation; high
sig   = signalling sip Grandstream GXP<model> <version>
sig   = signalling sip Grandstream GXP<model> <version> *

label = s:voip-phone:Grandstream:GRP<model>::<version>
; source: Grandstream's documentation; high
sig   = signalling sip Grandstream GRP<model> <version>
sig   = signalling sip Grandstream GRP<model> <version> *

label = s:voip-phone:Grandstream:GXV<model>::<version>
; source: Grandstream's documentation; high
sig   = signalling sip Grandstream GXV<model> <version>
sig   = signalling sip Grandstream GXV<model> <version> *

label = s:voip-phone:Grandstream:DP<model>::<version>
; source: Grandstream's documentation; high
sig   = signalling sip Grandstream DP<model> <version>
sig   = signalling sip Grandstream DP<model> <version> *

label = s:voip-phone:Grandstream:HT<model>::<version>
; source: Grandstream's documentation; high
sig   = signalling sip Grandstream HT<model> <version>
sig   = signalling sip Grandstream HT<model> <version> *

label = g::Grandstream:::
; source: Grandstream's documentation; medium
sig   = signalling sip Grandstream *

label = s:voip-phone:Snom:<model>::<version>
; source: snom's documentation of the User-Agent; high
sig   = signalling sip snom<model>/<version>
sig   = signalling sip snom<model>/<version> *
sig   = signalling sip snom<model>-SIP/<version>
sig   = signalling sip snom<model>-SIP/<version> *

label = g:voip-phone:Snom:::
; source: snom's documentation of the User-Agent; medium
sig   = signalling sip snom*

label = s:voip-phone:Polycom:<model>::<version>
; source: Polycom's documentation of the User-Agent; medium
sig   = signalling sip PolycomSoundPointIP-SPIP_<model>-UA/<version>
sig   = signalling sip PolycomVVX-VVX_<model>-UA/<version>

label = g:voip-phone:Polycom:::
; source: Polycom's documentation of the User-Agent; medium
sig   = signalling sip PolycomSoundPointIP-*
sig   = signalling sip PolycomVVX-*
sig   = signalling sip PolycomSoundStationIP-*
sig   = signalling sip PolycomEdge-*
sig   = signalling sip PolycomCCX-*
sig   = signalling sip Polycom/* PolycomVVX-*
sig   = signalling sip Polycom/* PolycomSound*

label = g:voip-phone:Poly:::
; source: Poly's documentation of the User-Agent; medium
sig   = signalling sip PolyEdge-*
sig   = signalling sip PolyCCX-*
sig   = signalling sip PolyVVX-*
sig   = signalling sip Poly/* PolyEdge-*
sig   = signalling sip Poly/* PolyCCX-*

label = s:voip-phone:Cisco:CP-<model>::<version>
; source: Cisco's documentation; high
sig   = signalling sip Cisco-CP<model>/<version>
sig   = signalling sip Cisco-CP-<model>/<version>
sig   = signalling sip Cisco-CP<model>-3PCC/<version>
sig   = signalling sip Cisco-CP-<model>-3PCC/<version>
sig   = signalling sip Cisco-CP-<model>-3PCC/<version>_*

label = s:voip-phone:Cisco:SPA<model>::<version>
; source: Cisco's documentation; high
sig   = signalling sip Cisco/SPA<model>-<version>
sig   = signalling sip Cisco/SPA<model>-<version>(*

label = s:voip-phone:Linksys:SPA<model>::<version>
; source: Linksys's documentation; high
sig   = signalling sip Linksys/SPA<model>-<version>
sig   = signalling sip Linksys/SPA<model>-<version>(*
sig   = signalling sip Sipura/SPA<model>-<version>

label = s:server:Cisco:Unified Communications Manager::<version>
; source: Cisco's documentation; high
sig   = signalling sip Cisco-CUCM<version>

label = s:voip-phone:Aastra:<model>::<version>
; source: Aastra's guide to the User-Agent; high
sig   = signalling sip Aastra <model>/<version>
sig   = signalling sip Aastra <model>/<version> *

label = g:voip-phone:Aastra:::
; source: Aastra's guide to the User-Agent; medium
sig   = signalling sip Aastra *

label = s:voip-phone:Mitel:<model>::<version>
; source: Mitel's documentation; high
sig   = signalling sip Mitel <model>/<version>
sig   = signalling sip Mitel-<model>-SIP-Phone <version> *

label = s:voip-phone:Fanvil:<model>::<version>
; source: Fanvil's guide to the User-Agent; high
sig   = signalling sip Fanvil <model> <version>
sig   = signalling sip Fanvil <model> <version> *

label = g:voip-phone:Fanvil:::
; source: Fanvil's guide to the User-Agent; medium
sig   = signalling sip Fanvil *

label = g:voip-phone:Gigaset:::
; source: Gigaset's documentation; medium
sig   = signalling sip Gigaset *

label = s:voip-phone:Panasonic:<model>::<version>
; source: Panasonic's documentation; high
sig   = signalling sip Panasonic-MPR08-<model>/<version>
sig   = signalling sip Panasonic_KX-<model>/<version>
sig   = signalling sip Panasonic/KX-<model>/<version>

label = g:voip-phone:Panasonic:::
; source: Panasonic's documentation; medium
sig   = signalling sip Panasonic_KX-*
sig   = signalling sip Panasonic/KX-*
sig   = signalling sip Panasonic KX-*

label = g:voip-phone:Htek:::
; source: Htek's documentation; medium
sig   = signalling sip Htek *

label = s:voip-phone:Sangoma:<model>::<version>
; source: Sangoma's documentation; high
sig   = signalling sip Sangoma <model> V<version>
sig   = signalling sip Sangoma <model> V<version> *

label = g:voip-phone:Avaya:::
; source: Avaya's documentation; medium
sig   = signalling sip Avaya one-X Deskphone*
sig   = signalling sip Avaya J1*
sig   = signalling sip Avaya CU360*
sig   = signalling sip Avaya SIP *96*

label = g:router:AVM:::
; source: AVM's documentation; high
sig   = signalling sip AVM FRITZ!Box *
sig   = signalling sip FRITZ!Box *

label = g:server::::
; source: Asterisk's software; medium
sig   = signalling sip Asterisk PBX*
sig   = signalling sip FPBX-*
sig   = signalling sip FreeSWITCH*
sig   = signalling sip Asterisk*

label = g:server::::
; source: Kamailio's and OpenSIPS's software; medium
sig   = signalling sip kamailio *
sig   = signalling sip OpenSIPS *
sig   = signalling sip OpenSER *
sig   = signalling sip OpenSIPS*

label = g:server:3CX:::
; source: documentation of 3CX; medium
sig   = signalling sip 3CXPhoneSystem*
sig   = signalling sip 3CX PhoneSystem*

label = g:computer:::Windows:
; source: MicroSIP's software, which runs on Windows; medium
sig   = signalling sip MicroSIP/*

label = g:doorbell:2N:::
; source: Axis's documentation of 2N intercoms; medium
sig   = signalling sip 2N IP *
sig   = signalling sip 2N Helios IP *

label = g:doorbell:DoorBird:::
; source: DoorBird's software; medium
sig   = signalling sip DoorBird*

label = g:camera:Hikvision:::
; source: Hikvision's software; medium
sig   = signalling rtsp Hikvision*
sig   = signalling rtsp HikvisionRtspServer*

label = g:camera:Dahua:::
; source: Dahua's software; medium
sig   = signalling rtsp Dahua Rtsp Server*

label = g:camera:Axis:::
; source: Axis's software; medium
sig   = signalling rtsp AXIS *

label = g:camera::::
; source: ONVIF Core Specification; low
sig   = signalling rtsp *ipcam*
sig   = signalling rtsp *IPCamera*
sig   = signalling rtsp *IP Camera*
sig   = signalling rtsp *Network Camera*
sig   = signalling rtsp *NetCam*

label = g:computer:::Windows:
; source: Microsoft's software; medium
sig   = signalling rtsp-agent WMPlayer/*
sig   = signalling rtsp-agent NSPlayer/*

label = s:voip-phone:Cisco:7910::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 6

label = s:voip-phone:Cisco:7960::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 7

label = s:voip-phone:Cisco:7940::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 8

label = s:voip-phone:Cisco:7941::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 115

label = s:voip-phone:Cisco:7971::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 119

label = s:voip-phone:Cisco:7985::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 302

label = s:voip-phone:Cisco:7911::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 307

label = s:voip-phone:Cisco:7961G-GE::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 308

label = s:voip-phone:Cisco:7941G-GE::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 309

label = s:voip-phone:Cisco:7931::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 348

label = s:voip-phone:Cisco:7921::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 365

label = s:voip-phone:Cisco:7906::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 369

label = s:voip-phone:Cisco:7962::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 404

label = s:voip-phone:Cisco:7937::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 431

label = s:voip-phone:Cisco:7942::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 434

label = s:voip-phone:Cisco:7945::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 435

label = s:voip-phone:Cisco:7965::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 436

label = s:voip-phone:Cisco:7975::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 437

label = s:voip-phone:Cisco:7925::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 484

label = s:voip-phone:Cisco:6921::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 495

label = s:voip-phone:Cisco:6941::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 496

label = s:voip-phone:Cisco:6961::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 497

label = s:voip-phone:Cisco:6901::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 547

label = s:voip-phone:Cisco:6911::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 548

label = s:voip-phone:Cisco:6945::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 564

label = s:voip-phone:Cisco:7905::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 20000

label = s:voip-phone:Cisco:7920::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 30002

label = s:voip-phone:Cisco:7970::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 30006

label = s:voip-phone:Cisco:7912::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 30007

label = s:voip-phone:Cisco:7902::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 30008

label = s:voip-phone:Cisco:7961::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 30018

label = s:voip-phone:Cisco:7936::
; source: Cisco's documentation of RisPort70, table of models; high
sig   = signalling sccp SEP 30019

label = g:voip-phone:Cisco:::
; source: Cisco's default names of telephones (SEP and the MAC); medium
sig   = signalling sccp SEP *

label = g:voip-phone:Cisco:ATA::
; source: Cisco's default names of adapters (ATA and the MAC); medium
sig   = signalling sccp ATA *

label = g::Cisco:IP Communicator::
; source: Cisco's identifiers of models in SCCP; medium
sig   = signalling sccp SEP 30016

; ---- discovery -------------------------------------------------------------------------------------

label = g:access-point::::
; source: RFC 5415, section 6.1; high
sig   = discovery capwap wtp *

label = s:access-point:Cisco:<model>::
; source: RFC 5415, section 4.6.40, and Cisco's numbers at IANA; high
sig   = discovery capwap wtp 9 <model>
sig   = discovery capwap wtp 14179 <model>
sig   = discovery capwap wtp 4232704 <model>

label = g:wireless-controller::::
; source: RFC 5415, section 6.2; high
sig   = discovery capwap ac

label = g:router:MikroTik:<model>:RouterOS:<version>
; source: MikroTik's documentation of neighbor discovery; high
sig   = discovery mndp MikroTik;<model>;<version>
sig   = discovery mndp MikroTik;<model>;<version> *

label = s:switch:MikroTik:CRS<model>:RouterOS:<version>
; source: MikroTik's documentation of products; high
sig   = discovery mndp MikroTik;CRS<model>;<version>
sig   = discovery mndp MikroTik;CRS<model>;<version> *

label = g:iot-module::::
; source: Tuya's documentation of local broadcasts; medium
sig   = discovery tuya

; ---- UPnP descriptions ------------------------------------------------------------------------------------
; MANUFACTURER;MODEL NAME;MODEL NUMBER;TYPE;MODEL DESCRIPTION. Media servers are programs, so makers count only where they
; make nothing but devices, or with a type or a form of the model.

label = s:speaker:Sonos:ZP<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Sonos, Inc.;*;<model>;*

label = s:speaker:Sonos:ZP<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Sonos, Inc.;*;ZP<model>;*

label = s:speaker:Bose:<model>::
; source: makers' names of models; medium
sig   = discovery upnp Bose Corporation;<model>;*

label = s:media-player:Yamaha:<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Yamaha Corporation;<model>;*

label = s:media-player:Denon:AVR-<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Denon;AVR-<model>;*
sig   = discovery upnp Denon;\*AVR-<model>;*

label = s:speaker:Denon:HEOS <model>::
; source: makers' names of models; medium
sig   = discovery upnp Denon;HEOS <model>;*

label = s:media-player:Marantz:<model>::
; source: makers' names of models; medium
sig   = discovery upnp Marantz;<model>;*
sig   = discovery upnp Marantz;\*<model>;*

label = s:media-player:Onkyo:<model>::
; source: makers' names of models; medium
sig   = discovery upnp ONKYO;<model>;*
sig   = discovery upnp Onkyo & Pioneer Corporation;<model>;*

label = s:media-player:Pioneer:<model>::
; source: makers' names of models; medium
sig   = discovery upnp PIONEER CORPORATION;<model>;*

label = s:media-player:Arcam:<model>::
; source: makers' names of models; medium
sig   = discovery upnp ARCAM;<model>;*

label = s:tv:Samsung:<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Samsung Electronics;<model>;*;Samsung TV*
sig   = discovery upnp Samsung Electronics;<model>;*;Samsung DTV*
sig   = discovery upnp Samsung Electronics;<model>;*;MainTVServer2;*
sig   = discovery upnp Samsung Electronics;<model>;*;RemoteControlReceiver;*

label = s:tv:Samsung:::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Samsung Electronics;Samsung *;*;Samsung DTV*
sig   = discovery upnp Samsung Electronics;Samsung *;*;Samsung TV*
sig   = discovery upnp Samsung Electronics;Samsung *;*;MainTVServer2;*
sig   = discovery upnp Samsung Electronics;Samsung *;*;RemoteControlReceiver;*

label = s:tv:LG::webOS:
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp LG Electronics*;*;LG WebOSTV*
sig   = discovery upnp LG Electronics*;LG Smart TV;*

label = s:tv:LG:::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp LG Electronics*;LG TV;*

label = s:tv:LG:<model>:webOS:
; source: makers' names of models; medium
sig   = discovery upnp LG Electronics*;LG Smart TV;<model>;*

label = s:tv:Panasonic:::
; source: makers' names of models; medium
sig   = discovery upnp Panasonic;Panasonic VIErA;*

label = s:tv:Sony:KDL-<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Sony Corporation;KDL-<model>;*

label = s:tv:Sony:KD-<model>::
; source: makers' names of models; medium
sig   = discovery upnp Sony Corporation;KD-<model>;*

label = s:tv:Sony:XBR-<model>::
; source: makers' names of models; medium
sig   = discovery upnp Sony Corporation;XBR-<model>;*

label = s:tv:Sony:XR-<model>::
; source: makers' names of models; medium
sig   = discovery upnp Sony Corporation;XR-<model>;*

label = s:console:Sony:PlayStation 3::
; source: makers' names of models; medium
sig   = discovery upnp Sony Computer Entertainment Inc.;PLAYSTATION 3;*

label = s:tv:Philips:::
; source: makers' names of models; medium
sig   = discovery upnp Royal Philips Electronics;Philips TV*

label = s:media-player:Roku:<model>:Roku OS:
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Roku;<model>;*

label = s:media-player:Google:Chromecast:Chromecast:
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Google Inc.;Eureka Dongle;*
sig   = discovery upnp Google Inc.;Chromecast*

label = s:media-player:Amazon:AFT<model>:Fire OS:
; source: makers' names of models; medium
sig   = discovery upnp Amazon*;AFT<model>;*

label = s:console:Microsoft:Xbox <model>::
; source: makers' names of models; medium
sig   = discovery upnp Microsoft Corporation;Xbox <model>;*

label = g:computer:::Windows:
; source: makers' names of models; medium
sig   = discovery upnp Microsoft Corporation;Windows Media Player Sharing;*
sig   = discovery upnp Microsoft Corporation;Windows Digital Media Renderer;*

label = g:hub:Philips:Hue Bridge::
; source: UPnP descriptions of devices in public issues of their users; medium
sig   = discovery upnp Royal Philips Electronics;Philips hue bridge *
sig   = discovery upnp Signify;Philips hue bridge *
sig   = discovery upnp Signify;Hue Bridge*

label = s:hub:Logitech:Harmony Hub::
; source: makers' names of models; medium
sig   = discovery upnp Logitech;Harmony Hub;*

label = s:camera:Belkin:NetCam<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Belkin International Inc.;NetCam<model>;*

label = g::Belkin:::
; source: UPnP descriptions of devices in public issues of their users; medium
sig   = discovery upnp Belkin International Inc.;*

label = s:nas:Synology:DS<model>:DSM:
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Synology*;DS<model>;*

label = s:nas:Synology:RS<model>:DSM:
; source: makers' names of models; medium
sig   = discovery upnp Synology*;RS<model>;*

label = s:nas:Synology::DSM:
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Synology*

label = s:nas:QNAP:::
; source: makers' names of models; medium
sig   = discovery upnp QNAP*

label = s:camera:Axis:<model>::
; source: makers' names of models; medium
sig   = discovery upnp AXIS;AXIS <model>;*
sig   = discovery upnp Axis Communications AB;AXIS <model>;*

label = s:camera:Hikvision:DS-2<model>::
; source: makers' names of models; medium
sig   = discovery upnp HIKVISION*;DS-2<model>;*

label = s:camera-recorder:Hikvision:DS-7<model>::
; source: makers' names of models; medium
sig   = discovery upnp HIKVISION*;DS-7<model>;*

label = s:camera-recorder:Hikvision:DS-9<model>::
; source: makers' names of models; medium
sig   = discovery upnp HIKVISION*;DS-9<model>;*

label = s:camera:D-Link:DCS-<model>::
; source: makers' names of models; medium
sig   = discovery upnp D-Link*;DCS-<model>;*

label = s:camera:Vivotek:<model>::
; source: makers' names of models; medium
sig   = discovery upnp VIVOTEK*;<model>;*

label = s:camera:Foscam:<model>::
; source: makers' names of models; medium
sig   = discovery upnp Foscam*;<model>;*

label = s:camera:Canon:EOS <model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Canon;Canon EOS <model>;*

label = s:camera:Sony:HDR-<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Sony Corporation;HDR-<model>;*

label = s:camera:Sony:FDR-<model>::
; source: makers' names of models; medium
sig   = discovery upnp Sony Corporation;FDR-<model>;*

label = s:printer:Canon:<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp CANON INC.;<model> series;*
sig   = discovery upnp CANON INC.;<model>;*;Printer;*

label = s:printer:HP:<model>::
; source: makers' names of models; medium
sig   = discovery upnp HP;HP <model>;*;Printer;*
sig   = discovery upnp Hewlett-Packard;HP <model>;*;Printer;*
sig   = discovery upnp Hewlett-Packard;<model>;*;Printer;*

label = s:printer:Epson:<model>::
; source: makers' names of models; medium
sig   = discovery upnp EPSON;EPSON <model>;*
sig   = discovery upnp EPSON;<model>;*;Printer;*
sig   = discovery upnp SEIKO EPSON CORPORATION;<model>;*;Printer;*

label = s:printer:Brother:<model>::
; source: makers' names of models; medium
sig   = discovery upnp Brother*;Brother <model>;*

label = s:printer:Samsung:<model>::
; source: makers' names of models; medium
sig   = discovery upnp Samsung Electronics*;<model>;*;Printer;*
sig   = discovery upnp Samsung Electronics*;Samsung <model>;*;Printer;*

label = g:printer:<manufacturer>:<model>::
; source: makers' names of models; medium
sig   = discovery upnp <manufacturer>;<model>;*;Printer;*

label = s:router:AVM:FRITZ!Box <model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp AVM*;FRITZ!Box <model>;*
sig   = discovery upnp AVM*;FRITZ!Box Fon WLAN <model>;*

label = s:access-point:AVM:FRITZ!Repeater <model>::
; source: makers' names of models; medium
sig   = discovery upnp AVM*;FRITZ!Repeater <model>;*

label = s:access-point:AVM:FRITZ!WLAN Repeater <model>::
; source: makers' names of models; medium
sig   = discovery upnp AVM*;FRITZ!WLAN Repeater <model>;*

label = s:router:MikroTik::RouterOS:
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp MikroTik;*

label = s:router:Netgear:<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp NETGEAR*;<model>;*;InternetGatewayDevice;*

label = s:router:TP-Link:<model>::
; source: makers' names of models; medium
sig   = discovery upnp TP-LINK*;<model>;*;InternetGatewayDevice;*

label = s:router:ASUS:<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp ASUSTek*;<model>;*;InternetGatewayDevice;*

label = s:router:D-Link:<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp D-Link*;<model>;*;InternetGatewayDevice;*

label = s:router:Linksys:<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Linksys*;<model>;*;InternetGatewayDevice;*
sig   = discovery upnp Cisco-Linksys*;<model>;*;InternetGatewayDevice;*

label = s:router:Huawei:<model>::
; source: makers' names of models; medium
sig   = discovery upnp Huawei*;<model>;*;InternetGatewayDevice;*

label = s:router:ZTE:<model>::
; source: makers' names of models; medium
sig   = discovery upnp ZTE*;<model>;*;InternetGatewayDevice;*

label = s:router:Zyxel:<model>::
; source: makers' names of models; medium
sig   = discovery upnp ZyXEL*;<model>;*;InternetGatewayDevice;*

label = s:router:Keenetic:<model>::
; source: makers' names of models; medium
sig   = discovery upnp Keenetic*;<model>;*;InternetGatewayDevice;*

label = s:router:Technicolor:<model>::
; source: makers' names of models; medium
sig   = discovery upnp Technicolor*;<model>;*;InternetGatewayDevice;*

label = s:router:ARRIS:<model>::
; source: makers' names of models; medium
sig   = discovery upnp ARRIS*;<model>;*;InternetGatewayDevice;*

label = s:router:Tenda:<model>::
; source: makers' names of models; medium
sig   = discovery upnp Tenda*;<model>;*;InternetGatewayDevice;*

label = s:router:Xiaomi:<model>::
; source: makers' names of models; medium
sig   = discovery upnp Xiaomi*;<model>;*;InternetGatewayDevice;*

label = s:router:DrayTek:<model>::
; source: makers' names of models; medium
sig   = discovery upnp DrayTek*;<model>;*;InternetGatewayDevice;*

label = s:router:Actiontec:<model>::
; source: makers' names of models; medium
sig   = discovery upnp Actiontec*;<model>;*;InternetGatewayDevice;*

label = s:router:Askey:<model>::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp ASKEY*;<model>;*;InternetGatewayDevice;*

label = s:router:Buffalo:<model>::
; source: makers' names of models; medium
sig   = discovery upnp BUFFALO*;<model>;*;InternetGatewayDevice;*

label = s:router:Mercusys:<model>::
; source: makers' names of models; medium
sig   = discovery upnp MERCUSYS*;<model>;*;InternetGatewayDevice;*

label = s:router:Compal:<model>::
; source: makers' names of models; medium
sig   = discovery upnp Compal Broadband*;<model>;*;InternetGatewayDevice;*

label = s:router:EnGenius:<model>::
; source: makers' names of models; medium
sig   = discovery upnp EnGenius*;<model>;*;InternetGatewayDevice;*

label = s:router:Netgear:<model>::
; source: makers' names of models; medium
sig   = discovery upnp NETGEAR*;NETGEAR <model>;*;InternetGatewayDevice;*

label = s:router:Linksys:<model>::
; source: makers' names of models; medium
sig   = discovery upnp Linksys*;Linksys <model>;*;InternetGatewayDevice;*

label = s:router:Sagemcom:::
; source: UPnP descriptions of devices in public issues of their users; high
sig   = discovery upnp Sagemcom*;*;*;InternetGatewayDevice;*

label = g:router:::OpenWrt:
; source: makers' names of models; medium
sig   = discovery upnp OpenWrt;*;*;InternetGatewayDevice;*

label = g:router:::DD-WRT:
; source: UPnP descriptions of devices in public issues of their users; medium
sig   = discovery upnp DD-WRT;*;*;InternetGatewayDevice;*

; ---- User-Agents: the first bracket names the device; Chrome on telephones adds "Mobile" -----------

; Browsers on Android add "Mobile" on telephones, but also on televisions, scanners and players of makers that change
; nothing. So the text from the model on names a telephone only by a maker's prefix for telephones, or without a model.

label = s:phone::::
; source: developer.chrome.com, User-Agent reduction (CC-BY-4.0), read on 2026-11-25; medium
sig   = user-agent K) AppleWebKit/* Mobile Safari/*
sig   = user-agent Build/* AppleWebKit/* Mobile Safari/*
; source: Huawei's and Honor's codes of telephones (ua-parser/uap-core, Apache-2.0), OPPO's, which OnePlus has, too; medium
sig   = user-agent ???-LX?*) AppleWebKit/* Mobile Safari/*
sig   = user-agent ???-NX?*) AppleWebKit/* Mobile Safari/*
sig   = user-agent CPH????*) AppleWebKit/* Mobile Safari/*
sig   = user-agent ???-L??) AppleWebKit/* Mobile Safari/*
sig   = user-agent ???-L?? Build/*) AppleWebKit/* Mobile Safari/*
sig   = user-agent ???-?L00) AppleWebKit/* Mobile Safari/*
sig   = user-agent ???-?L00 Build/*) AppleWebKit/* Mobile Safari/*
sig   = user-agent ???-?N00) AppleWebKit/* Mobile Safari/*
sig   = user-agent ???-?N00 Build/*) AppleWebKit/* Mobile Safari/*

label = s:phone:Samsung:::
; source: Samsung's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent SAMSUNG SM-A*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SAMSUNG SM-C*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SAMSUNG SM-E*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SAMSUNG SM-F*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SAMSUNG SM-G*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SAMSUNG SM-J*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SAMSUNG SM-M*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SAMSUNG SM-N9*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SAMSUNG SM-S*) AppleWebKit/* Mobile Safari/*
sig   = user-agent GT-I*) AppleWebKit/* Mobile Safari/*
sig   = user-agent GT-S*) AppleWebKit/* Mobile Safari/*
sig   = user-agent GT-N7*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SGH-*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SHV-*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SCV*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SCG*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SC-???*) AppleWebKit/* Mobile Safari/*

label = s:phone:Google:::
; source: Google's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent Pixel *) AppleWebKit/* Mobile Safari/*
sig   = user-agent Nexus 4*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Nexus 5*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Nexus 6*) AppleWebKit/* Mobile Safari/*

label = s:phone:Nokia:::
; source: Nokia's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent Nokia *) AppleWebKit/* Mobile Safari/*
sig   = user-agent TA-1???*) AppleWebKit/* Mobile Safari/*

label = s:phone:Motorola:::
; source: Motorola's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent moto *) AppleWebKit/* Mobile Safari/*
sig   = user-agent motorola *) AppleWebKit/* Mobile Safari/*
sig   = user-agent XT1???*) AppleWebKit/* Mobile Safari/*
sig   = user-agent XT2???*) AppleWebKit/* Mobile Safari/*

label = s:phone:Xiaomi:::
; source: Xiaomi's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent 2???????G) AppleWebKit/* Mobile Safari/*
sig   = user-agent 2???????G Build/*) AppleWebKit/* Mobile Safari/*
sig   = user-agent 2????????G) AppleWebKit/* Mobile Safari/*
sig   = user-agent 2????????G Build/*) AppleWebKit/* Mobile Safari/*
sig   = user-agent 2???????C) AppleWebKit/* Mobile Safari/*
sig   = user-agent 2???????C Build/*) AppleWebKit/* Mobile Safari/*
sig   = user-agent 2????????C) AppleWebKit/* Mobile Safari/*
sig   = user-agent 2????????C Build/*) AppleWebKit/* Mobile Safari/*
sig   = user-agent 2????????I) AppleWebKit/* Mobile Safari/*
sig   = user-agent 2????????I Build/*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Redmi *) AppleWebKit/* Mobile Safari/*
sig   = user-agent Mi A*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Mi N*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Mi M*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Mi 1*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Mi 5*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Mi 6*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Mi 8*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Mi 9*) AppleWebKit/* Mobile Safari/*
sig   = user-agent POCO *) AppleWebKit/* Mobile Safari/*
sig   = user-agent M200?J*) AppleWebKit/* Mobile Safari/*
sig   = user-agent M210*) AppleWebKit/* Mobile Safari/*

label = s:phone:OnePlus:::
; source: OnePlus's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent LE21??*) AppleWebKit/* Mobile Safari/*
sig   = user-agent IN20??*) AppleWebKit/* Mobile Safari/*
sig   = user-agent KB20??*) AppleWebKit/* Mobile Safari/*
sig   = user-agent HD19??*) AppleWebKit/* Mobile Safari/*
sig   = user-agent GM19??*) AppleWebKit/* Mobile Safari/*
sig   = user-agent BE20??*) AppleWebKit/* Mobile Safari/*
sig   = user-agent NE22??*) AppleWebKit/* Mobile Safari/*
sig   = user-agent ONEPLUS *) AppleWebKit/* Mobile Safari/*

label = s:phone:LG:::
; source: LG's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent LM-*) AppleWebKit/* Mobile Safari/*
sig   = user-agent LGL*) AppleWebKit/* Mobile Safari/*
sig   = user-agent LGM*) AppleWebKit/* Mobile Safari/*
sig   = user-agent LG-D*) AppleWebKit/* Mobile Safari/*
sig   = user-agent LG-E*) AppleWebKit/* Mobile Safari/*
sig   = user-agent LG-F*) AppleWebKit/* Mobile Safari/*
sig   = user-agent LG-H*) AppleWebKit/* Mobile Safari/*
sig   = user-agent LG-K*) AppleWebKit/* Mobile Safari/*
sig   = user-agent LG-L*) AppleWebKit/* Mobile Safari/*
sig   = user-agent LG-M*) AppleWebKit/* Mobile Safari/*
sig   = user-agent LG-P*) AppleWebKit/* Mobile Safari/*
sig   = user-agent LG-Q*) AppleWebKit/* Mobile Safari/*
sig   = user-agent LG-T*) AppleWebKit/* Mobile Safari/*
sig   = user-agent LG-X*) AppleWebKit/* Mobile Safari/*

label = s:phone:HTC:::
; source: HTC's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent HTC *) AppleWebKit/* Mobile Safari/*

label = s:phone:Lenovo:::
; source: Lenovo's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent Lenovo A*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Lenovo K*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Lenovo L*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Lenovo S*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Lenovo Z*) AppleWebKit/* Mobile Safari/*

label = s:phone:ASUS:::
; source: ASUS's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent ASUS_*) AppleWebKit/* Mobile Safari/*

label = s:phone:vivo:::
; source: vivo's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent V2???) AppleWebKit/* Mobile Safari/*
sig   = user-agent V2??? Build/*) AppleWebKit/* Mobile Safari/*
sig   = user-agent vivo *) AppleWebKit/* Mobile Safari/*

label = s:phone:Huawei:::
; source: Huawei's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent HUAWEI *) AppleWebKit/* Mobile Safari/*
sig   = user-agent HarmonyOS; *) AppleWebKit/* Mobile Safari/*

label = s:phone:Honor:::
; source: Honor's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent HONOR *) AppleWebKit/* Mobile Safari/*

label = s:phone:Sony:::
; source: Sony's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent XQ-????*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SO-???*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SOV*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SOG*) AppleWebKit/* Mobile Safari/*

label = s:phone:Sharp:::
; source: Sharp's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent SH-???*) AppleWebKit/* Mobile Safari/*
sig   = user-agent SHG??*) AppleWebKit/* Mobile Safari/*

label = s:phone:Kyocera:::
; source: Kyocera's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent KYV??*) AppleWebKit/* Mobile Safari/*

label = s:phone:LeEco:::
; source: LeEco's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent LEX???*) AppleWebKit/* Mobile Safari/*

label = s:phone:Fairphone:::
; source: Fairphone's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent FP?) AppleWebKit/* Mobile Safari/*

label = s:phone:TECNO:::
; source: TECNO's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent TECNO *) AppleWebKit/* Mobile Safari/*

label = s:phone:Infinix:::
; source: Infinix's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent Infinix *) AppleWebKit/* Mobile Safari/*

label = s:phone:itel:::
; source: itel's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent itel *) AppleWebKit/* Mobile Safari/*

label = s:phone:ZTE:::
; source: ZTE's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent ZTE *) AppleWebKit/* Mobile Safari/*

label = s:phone:BLU:::
; source: BLU's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent BLU *) AppleWebKit/* Mobile Safari/*

label = s:phone:Doogee:::
; source: Doogee's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent DOOGEE*) AppleWebKit/* Mobile Safari/*

label = s:phone:Ulefone:::
; source: Ulefone's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent Ulefone*) AppleWebKit/* Mobile Safari/*

label = s:phone:Cubot:::
; source: Cubot's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent CUBOT*) AppleWebKit/* Mobile Safari/*

label = s:phone:Blackview:::
; source: Blackview's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent BV?*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Blackview*) AppleWebKit/* Mobile Safari/*

label = s:phone:Umidigi:::
; source: Umidigi's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent UMIDIGI*) AppleWebKit/* Mobile Safari/*

label = s:phone:Oukitel:::
; source: Oukitel's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent OUKITEL*) AppleWebKit/* Mobile Safari/*

label = s:phone:Alcatel:::
; source: Alcatel's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent 40???) AppleWebKit/* Mobile Safari/*
sig   = user-agent 40??? Build/*) AppleWebKit/* Mobile Safari/*
sig   = user-agent 50???) AppleWebKit/* Mobile Safari/*
sig   = user-agent 50??? Build/*) AppleWebKit/* Mobile Safari/*
sig   = user-agent 60???) AppleWebKit/* Mobile Safari/*
sig   = user-agent 60??? Build/*) AppleWebKit/* Mobile Safari/*
sig   = user-agent ALCATEL*) AppleWebKit/* Mobile Safari/*
sig   = user-agent Alcatel_*) AppleWebKit/* Mobile Safari/*

label = s:phone:Hisense:::
; source: Hisense's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent Hisense *) AppleWebKit/* Mobile Safari/*

label = s:phone:Wiko:::
; source: Wiko's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent WIKO *) AppleWebKit/* Mobile Safari/*
sig   = user-agent W-????*) AppleWebKit/* Mobile Safari/*

label = s:phone:Micromax:::
; source: Micromax's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent Micromax *) AppleWebKit/* Mobile Safari/*

label = s:phone:Lava:::
; source: Lava's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent LAVA *) AppleWebKit/* Mobile Safari/*

label = s:phone:QMobile:::
; source: QMobile's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent QMobile *) AppleWebKit/* Mobile Safari/*

label = s:phone:Symphony:::
; source: Symphony's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent Symphony *) AppleWebKit/* Mobile Safari/*

label = s:phone:Coolpad:::
; source: Coolpad's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent Coolpad *) AppleWebKit/* Mobile Safari/*

label = s:phone:Meizu:::
; source: Meizu's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent MEIZU *) AppleWebKit/* Mobile Safari/*

label = s:phone:nubia:::
; source: nubia's names of models (ua-parser/uap-core, Apache-2.0); medium
sig   = user-agent NX???J*) AppleWebKit/* Mobile Safari/*

label = s::::Android:<version>
; source: Android Open Source Project, RuntimeInit (Apache-2.0), and Android CDD 3.4.1 (Apache-2.0), read on 2026-11-25; high
sig   = user-agent Dalvik/*Android <version>; Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; Build/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Build/*) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; U; Android <version>; Build/*) AppleWebKit/*

label = s:phone:::Android:<version>
; source: developer.chrome.com, User-Agent reduction (CC-BY-4.0), read on 2026-11-25; medium
sig   = user-agent Mozilla/5.0 (Android <version>; Mobile; rv:*) Gecko/*

label = s:tablet:::Android:<version>
; source: documentation of Firefox's User-Agent (MDN); medium
sig   = user-agent Mozilla/5.0 (Android <version>; Tablet; rv:*) Gecko/*

label = s::Huawei:<model>:HarmonyOS:
; source: Huawei's documentation of HarmonyOS; high
sig   = user-agent Mozilla/5.0 (Linux; Android *; HarmonyOS; <model>; HMSCore *) AppleWebKit/*

label = s:phone:Huawei::HarmonyOS:<version>
; source: Huawei's documentation of HarmonyOS; high
sig   = user-agent Mozilla/5.0 (Phone; OpenHarmony <version>)*

label = s:tablet:Huawei::HarmonyOS:<version>
; source: Huawei's documentation of HarmonyOS; high
sig   = user-agent Mozilla/5.0 (Tablet; OpenHarmony <version>)*

label = s:computer:Huawei::HarmonyOS:<version>
; source: Huawei's documentation of HarmonyOS; high
sig   = user-agent Mozilla/5.0 (PC; OpenHarmony <version>)*
sig   = user-agent Mozilla/5.0 (2in1; OpenHarmony <version>)*

label = s:tv:Samsung::Tizen:<version>
; source: developer.samsung.com, User-Agent String Format (facts restated), read on 2026-11-25; high
sig   = user-agent Mozilla/5.0 (SMART-TV; Linux; Tizen <version>)*
sig   = user-agent Mozilla/5.0 (Linux; Tizen <version>; SAMSUNG SMART-TV)*
sig   = user-agent Mozilla/5.0 (SMART-TV; Linux; Tizen/<version>)*

label = g:tv:Samsung:::
; source: developer.samsung.com, User-Agent String Format (facts restated), read on 2026-11-25; medium
sig   = user-agent Mozilla/5.0 (SMART-TV; X11; Linux *)*
sig   = user-agent Mozilla/5.0 (SmartHub; SMART-TV; *

label = s:tv:LG::webOS:
; source: LG's documentation of webOS TV; high
sig   = user-agent Mozilla/5.0 (Web0S; Linux/SmartTV)*
sig   = user-agent Mozilla/5.0 (webOS; Linux/SmartTV)*

label = s:tv:LG:::
; source: LG's documentation of NetCast; medium
sig   = user-agent Mozilla/5.0 (Unknown; Linux armv7l)*LG Browser/*

label = s:tv:Sony:BRAVIA <model>:Android:<version>
; source: Sony's documentation of BRAVIA; high
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; BRAVIA <model> Build/*) AppleWebKit/*
sig   = user-agent Dalvik/*Android <version>; BRAVIA <model> Build/*
sig   = user-agent AndroidDownloadManager/*Android <version>; BRAVIA <model> Build/*

label = s:display:Google:Nest Hub:Fuchsia:
; source: Google Cast, documentation of the User-Agent; medium
sig   = user-agent Mozilla/5.0 (Fuchsia)*CrKey/*

label = s:display:Google:Nest Hub::
; source: Google Cast, documentation of the User-Agent; medium
sig   = user-agent Mozilla/5.0 (X11; Linux *)*CrKey/* DeviceType/SmartDisplay*

label = s:speaker:Google:::
; source: Google Cast, documentation of the User-Agent; medium
sig   = user-agent Mozilla/5.0 (X11; Linux *)*CrKey/* DeviceType/SmartSpeaker*

label = s:media-player:Google:Chromecast::
; source: Google Cast, documentation of the User-Agent; medium
sig   = user-agent Mozilla/5.0 (X11; Linux *)*CrKey/* DeviceType/Chromecast*

label = s:console:Microsoft:Xbox::
; source: Microsoft, programs of Windows (facts restated), read on 2026-11-25; high
sig   = user-agent Mozilla/5.0 (Windows NT *; Xbox; *

label = s:phone:::Windows Phone:
; source: Microsoft, programs of Windows (facts restated), read on 2026-11-25; high
sig   = user-agent Mozilla/5.0 (Windows Phone *
sig   = user-agent Mozilla/5.0 (Mobile; Windows Phone *
; source: Microsoft, Internet Explorer Mobile 11 and Edge, desktop mode of telephones; high
sig   = user-agent Mozilla/5.0 (Windows NT *; WPDesktop*
sig   = user-agent Mozilla/5.0 (compatible; MSIE *; Windows NT *; WPDesktop*
sig   = user-agent Mozilla/5.0 (Windows NT 10.0; ARM; Lumia *
sig   = user-agent Mozilla/4.0 (compatible; MSIE *; Windows NT *; *Windows Phone *
sig   = user-agent Mozilla/5.0 (compatible; MSIE *; Windows Phone *

label = s:phone:Apple:iPhone:iOS:
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; medium
sig   = user-agent Outlook-iOS/*iphone*

label = s:tablet:Apple:iPad:iOS:
; source: ua-parser/uap-core regexes.yaml (Apache-2.0), read on 2026-11-25; medium
sig   = user-agent Outlook-iOS/*ipad*

; ---- update programs, which name their system ---------------------------------------------------------

label = g::Apple::macOS or iOS:
; source: Apple's CFNetwork, whose User-Agent names Darwin, which other systems do not have; public captures; high
sig   = user-agent *CFNetwork/* Darwin/*

label = s:phone:Apple:iPhone<model>:iOS:<version>
; source: Apple's App Store and iTunes on iOS, public captures; medium
sig   = user-agent * iOS/<version> model/iPhone<model> *

label = s:tablet:Apple:iPad<model>:iOS:<version>
; source: Apple's App Store and iTunes on iOS, public captures; medium
sig   = user-agent * iOS/<version> model/iPad<model> *

label = g:computer:Apple::macOS:
; source: Homebrew, brew.sh, Utils::Curl (BSD-2-Clause); medium
sig   = user-agent Homebrew/* (Macintosh; *

label = g::::Debian or a derivative:
; source: apt, methods/basehttp.cc (GPL-2.0, facts restated), which derivatives do not change; medium
sig   = user-agent Debian APT-HTTP/*
sig   = user-agent Debian Apt-Cacher-NG/*

label = g::::Ubuntu:
; source: apt, whose versions in Ubuntu may end in "ubuntu" and a number; medium
sig   = user-agent Debian APT-HTTP/*ubuntu*
sig   = user-agent Ubuntu APT-HTTP/*

label = s::::Fedora:<version>
; source: libdnf, utils/os-release.cpp (LGPL-2.1, facts restated); high
sig   = user-agent libdnf (Fedora Linux <version>; *
sig   = user-agent libdnf (Fedora <version>; *
sig   = user-agent libdnf5 (Fedora Linux <version>; *

label = s::::CentOS:<version>
; source: libdnf, utils/os-release.cpp (LGPL-2.1, facts restated); high
sig   = user-agent libdnf (CentOS Linux <version>; *
sig   = user-agent libdnf (CentOS Stream <version>; *
sig   = user-agent libdnf5 (CentOS Stream <version>; *

label = s::::Red Hat Enterprise Linux:<version>
; source: libdnf, utils/os-release.cpp (LGPL-2.1, facts restated); high
sig   = user-agent libdnf (Red Hat Enterprise Linux <version>; *
sig   = user-agent libdnf5 (Red Hat Enterprise Linux <version>; *

label = s::::AlmaLinux:<version>
; source: libdnf, utils/os-release.cpp (LGPL-2.1, facts restated); high
sig   = user-agent libdnf (AlmaLinux <version>; *
sig   = user-agent libdnf5 (AlmaLinux <version>; *

label = s::::Rocky Linux:<version>
; source: libdnf, utils/os-release.cpp (LGPL-2.1, facts restated); high
sig   = user-agent libdnf (Rocky Linux <version>; *
sig   = user-agent libdnf5 (Rocky Linux <version>; *

label = s::::Oracle Linux:<version>
; source: libdnf, utils/os-release.cpp (LGPL-2.1, facts restated); high
sig   = user-agent libdnf (Oracle Linux Server <version>; *
sig   = user-agent libdnf5 (Oracle Linux Server <version>; *

label = g::::Linux:
; source: the programs' source, which runs on Linux only: libdnf, yum, libzypp, snapd, pacman, ostree; medium
sig   = user-agent libdnf (*
sig   = user-agent libdnf5 (*
sig   = user-agent libdnf/*
sig   = user-agent urlgrabber/* yum/*
sig   = user-agent ZYpp *
sig   = user-agent snapd/*
sig   = user-agent pacman/* (Linux *
sig   = user-agent libostree/*
sig   = user-agent fwupd/* (Linux *

label = s::::openSUSE Leap:<version>
; source: libzypp, media/MediaCurl (GPL-2.0, facts restated): ZYpp VERSION (curl VERSION) PRODUCT-VERSION-ARCH; high
sig   = user-agent ZYpp * openSUSE-Leap-<version>-*

label = s::::openSUSE Tumbleweed:
; source: libzypp, media/MediaCurl (GPL-2.0, facts restated): ZYpp VERSION (curl VERSION) PRODUCT-VERSION-ARCH; high
sig   = user-agent ZYpp * openSUSE-Tumbleweed-*
sig   = user-agent ZYpp * openSUSE-*

label = s::::SLES:<version>
; source: libzypp, media/MediaCurl (GPL-2.0, facts restated): ZYpp VERSION (curl VERSION) PRODUCT-VERSION-ARCH; high
sig   = user-agent ZYpp * SLES-<version>-*

label = s::::Ubuntu:<version>
; source: snapd, snapdenv/useragent.go (GPL-3.0, facts restated); high
sig   = user-agent snapd/* ubuntu/<version> (*
; source: fwupd, its documentation of the User-Agent (LGPL-2.1, facts restated); medium
sig   = user-agent fwupd/* (Linux *; Ubuntu <version>)*

label = s::::Ubuntu Core:<version>
; source: snapd, snapdenv/useragent.go (GPL-3.0, facts restated); high
sig   = user-agent snapd/* ubuntu-core/<version> (*

label = s::::Debian:<version>
; source: snapd, snapdenv/useragent.go (GPL-3.0, facts restated); high
sig   = user-agent snapd/* debian/<version> (*
; source: fwupd, its documentation of the User-Agent (LGPL-2.1, facts restated); medium
sig   = user-agent fwupd/* (Linux *; Debian GNU/Linux <version>)*

label = s::::Fedora:<version>
; source: snapd, snapdenv/useragent.go (GPL-3.0, facts restated); high
sig   = user-agent snapd/* fedora/<version> (*
; source: fwupd, its documentation of the User-Agent (LGPL-2.1, facts restated); medium
sig   = user-agent fwupd/* (Linux *; Fedora Linux <version>)*

label = s::::Linux Mint:<version>
; source: snapd, snapdenv/useragent.go (GPL-3.0, facts restated); high
sig   = user-agent snapd/* linuxmint/<version> (*

label = g::::Ubuntu:<version>
; source: pip, network/session.py (MIT), which containers run, too; low
sig   = user-agent pip/*"distro":{*"name":"Ubuntu","version":"<version>"*

label = g::::Debian:<version>
; source: pip, network/session.py (MIT), which containers run, too; low
sig   = user-agent pip/*"distro":{*"name":"Debian GNU/Linux","version":"<version>"*

label = g::::Fedora:<version>
; source: pip, network/session.py (MIT), which containers run, too; low
sig   = user-agent pip/*"distro":{*"name":"Fedora Linux","version":"<version>"*

label = g:computer:Apple::macOS:<version>
; source: pip, network/session.py (MIT); medium
sig   = user-agent pip/*"distro":{"name":"macOS","version":"<version>"*

label = g::::Linux:
; source: pip, network/session.py (MIT); medium
sig   = user-agent pip/*"distro":{*"libc":*

label = g::::Windows:
; source: pip, network/session.py (MIT); medium
sig   = user-agent pip/*"system":{"name":"Windows"*
; source: Microsoft, Background Intelligent Transfer Service; medium
sig   = user-agent Microsoft BITS/*

label = s::::Android:<version>
; source: Android Open Source Project, media players (Apache-2.0), and ExoPlayer (Apache-2.0); medium
sig   = user-agent stagefright/* (Linux;Android <version>)*
sig   = user-agent *(Linux;Android <version>) ExoPlayerLib/*
sig   = user-agent *(Linux;Android <version>) AndroidXMedia3/*

label = s:tv:<manufacturer>::VIDAA:<version>
; source: VIDAA, User-Agent of its televisions, by their owners' logs; high
sig   = user-agent *VIDAA/<version>(<manufacturer>;SmartTV;*

; ---- ports on which a local host accepts connections -----------------------------------------------

label = g:server::::
; source: IANA, service names and ports; low
sig   = serves 25
sig   = serves 88
sig   = serves 110
sig   = serves 143
sig   = serves 389
sig   = serves 465
sig   = serves 587
sig   = serves 636
sig   = serves 993
sig   = serves 995
sig   = serves 1433
sig   = serves 1521
sig   = serves 3306
sig   = serves 5432
sig   = serves 5672
sig   = serves 6379
sig   = serves 11211
sig   = serves 27017

label = g:server:::Windows:
; source: Microsoft's documentation of the global catalog; medium
sig   = serves 3268
sig   = serves 3269

label = g:computer::::
; source: IANA, service names and ports; low
sig   = serves 3389

; ---- DHCP of a public table, and services by registries -------------------------------------------

label = s:computer:Apple::Mac OS:9
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-class Mac OS 9.*

label = s:switch:Cisco:SF<model>::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-class SF <model>

label = s:printer:Xerox:::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-class Xerox Phaser*
sig   = dhcp-list 1,28,3,15,6,12,44,78,79
sig   = dhcp-list 1,28,3,15,6,12,44,78,79,2,42
sig   = dhcp-list 1,3,28,58,59,6,15,78,79,44,46,69,12
sig   = dhcp-list 1,3,28,58,59,6,15,78,79,44,46,69,12,81

label = s:printer:Xerox:<model>::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-class mfg=Xerox,typ=MFP,mod=Xerox <model>,*

label = s:printer:Dell:<model>::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-class Dell <model> Color Laser

label = s:printer:Dell:::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-class Dell Network Printer*

label = g:printer::::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,3,6,7,12,15,18,23,26,44,46,51,54,58,59,78,79
sig   = dhcp-list 1,3,6,7,12,15,18,23,26,44,46,51,54,58,59,78,79,81
sig   = dhcp-list 1,2,3,6,12,15,26,28,88,44,45,46,47,70,69,78,79
sig   = dhcp-list 1,2,3,6,12,15,26,28,85,86,87,88,44,45,46,47,70,69,78,79

label = g:printer:HP:::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,3,7,44,51,54,58,59,12,15,144,18
sig   = dhcp-list 1,3,44,6,7,12,15,22,54,58,59,69,18,*
sig   = dhcp-list 1,3,44,6,7,12,252,15,22,54,58,59,69,18,*
sig   = dhcp-list 1,3,44,6,81,7,12,15,22,54,58,59,69,18,*
sig   = dhcp-list 6,3,1,15,12,44,81,69,43,18,66,67,150,7
sig   = dhcp-list 6,3,1,15,12,44,81,69,42,43,18,66,67,150,7

label = g:voip-phone:Cisco:::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,66,6,3,15,150,35,151
sig   = dhcp-list 1,3,6,15,66,150,35
sig   = dhcp-list 1,3,15,6,12,35,66,150

label = s:voip-phone:Yealink:::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,2,3,4,6,7,12,15,28,42,66,67,43,100,101,120,132,133

label = s:voip-phone:NEC:::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,3,12,6,15,66,69,70,95,120,141,151,162,43

label = s:router:Actiontec:::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,28,2,3,15,6,4,7,23,26,43,50,51,54,55,60,61,72

label = s:wireless-controller:HPE Aruba:::
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-list 1,3,6,12,15,4,43,44,60,42,28

label = g:printer::::
; source: IANA, service names and ports; medium
sig   = mdns _ipps._tcp
sig   = mdns _scanner._tcp
sig   = mdns _uscan._tcp
sig   = mdns _uscans._tcp
sig   = mdns _privet._tcp

label = g:camera::::
; source: IANA, service names and ports; low
sig   = mdns _psia._tcp

label = s:nas:QNAP:::
; source: QNAP's services and software; medium
sig   = mdns _qdiscover._tcp

label = s:media-player:TiVo:::
; source: TiVo's services and software; medium
sig   = mdns _tivo-videos._tcp*
sig   = mdns _tivo-remote._tcp*
sig   = mdns _tivo-mindrpc._tcp*
sig   = mdns _tivo-device._tcp*

label = s:media-player:Apple:Apple TV:tvOS:
; source: Apple's services and software; medium
sig   = mdns _mediaremotetv._tcp

label = g:speaker::::
; source: Home Assistant 2024.12, its matchers (Apache-2.0); medium
sig   = mdns _linkplay._tcp

label = s:speaker:Bose:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0); medium
sig   = mdns _soundtouch._tcp

label = s:light:Nanoleaf:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0); medium
sig   = mdns _nanoleafapi._tcp

label = s:light:Elgato:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0); medium
sig   = mdns _elg._tcp

label = g:iot-module:eWeLink:::
; source: eWeLink's services and software; medium
sig   = mdns _ewelink._tcp

label = g::Shelly:::
; source: Shelly's services and software; medium
sig   = mdns _shelly._tcp

label = g:thermostat::::
; source: UPnP device templates of the UPnP Forum (facts restated); medium
sig   = device-type urn:schemas-upnp-org:device:HVAC_ZoneThermostat:*

label = g:printer::::
; source: UPnP device templates of the UPnP Forum (facts restated); medium
sig   = device-type urn:schemas-upnp-org:device:Scanner:*

label = g:router::::
; source: UPnP device templates of the UPnP Forum (facts restated); medium
sig   = device-type urn:schemas-upnp-org:device:LANDevice:*
sig   = device-type urn:schemas-upnp-org:service:WLANConfiguration:*

label = g:voip-phone::::
; source: UPnP device templates of the UPnP Forum (facts restated); medium
sig   = device-type urn:schemas-upnp-org:device:TelephonyClient:*

label = g::Axis:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0); medium
sig   = device-type urn:axis-com:service:BasicService:*

; ---- DHCP of installers and network boot ---------------------------------------------------------------

label = g:computer::::
; source: Intel, Preboot Execution Environment 2.1; medium
sig   = dhcp-class PXEClient:Arch:*

label = g:computer:::Linux:
; source: daviswr's dhcpd.fingerprint (MIT); medium
sig   = dhcp-class anaconda-Linux*
sig   = dhcp-class d-i

label = s:switch:Fortinet:<model>::
; source: Fortinet's documentation of DHCP option 60; medium
sig   = dhcp-class FortiSwitch-<model>

label = s:voip-phone:innovaphone:::
; source: innovaphone's documentation of DHCP options; medium
sig   = dhcp-class 1.3.6.1.4.1.6666

label = g:iot-module::::
; source: default names in the documentation of GainSpan's and Texas Instruments' modules; medium
sig   = name GainSpan??????
sig   = name *-mysimplelink

; ---- servers by their SSH identification -----------------------------------------------------------

label = g:server:::Linux:
; source: rapid7/recog ssh_banners.xml; low
sig   = serves SSH-*OpenSSH_* Debian*
sig   = serves SSH-*OpenSSH_* Ubuntu*

label = g:computer:Raspberry Pi::Linux:
; source: rapid7/recog ssh_banners.xml; low
sig   = serves SSH-*OpenSSH_* Raspbian*

label = g:server:::FreeBSD:
; source: rapid7/recog ssh_banners.xml; low
sig   = serves SSH-*OpenSSH_* FreeBSD*

label = g:server:::NetBSD:
; source: rapid7/recog ssh_banners.xml; low
sig   = serves SSH-*OpenSSH_* NetBSD*

label = g:computer:::Windows:
; source: rapid7/recog ssh_banners.xml; low
sig   = serves SSH-*OpenSSH_for_Windows_*

label = g::Cisco:::
; source: rapid7/recog ssh_banners.xml; medium
sig   = serves SSH-*-Cisco-*

label = g:router:MikroTik::RouterOS:
; source: rapid7/recog ssh_banners.xml; medium
sig   = serves SSH-*-ROSSSH

label = g:server-management:HPE:iLO::
; source: rapid7/recog ssh_banners.xml; medium
sig   = serves SSH-*-mpSSH_*

label = g::H3C::Comware:
; source: rapid7/recog ssh_banners.xml; medium
sig   = serves SSH-*-Comware-*

; ---- grammars of makers in signalling, requests and discovery ----------------------------------------------

label = s:voip-phone:Grandstream:<model>::<version>
; source: antirek/sip-device-detector (facts restated); high
sig   = signalling sip Grandstream Model HW <model> SW <version> DevId *
sig   = user-agent Grandstream Model HW <model> SW <version> DevId *

label = s:voip-phone:Grandstream:GXW<model>::
; source: antirek/sip-device-detector (facts restated): analogue telephones behind it; high
sig   = signalling sip Grandstream GXW<model> *

label = s:voip-phone:Grandstream:GXP<model>::<version>
; source: Grandstream's documentation; high
sig   = user-agent Grandstream GXP<model> <version>

label = s:voip-phone:Grandstream:GRP<model>::<version>
; source: Grandstream's documentation; high
sig   = user-agent Grandstream GRP<model> <version>

label = s:server:Grandstream:UCM<model>::<version>
; source: Grandstream's documentation; medium
sig   = signalling sip Grandstream UCM<model> <version>

label = s:voip-phone:Eltex:TAU-<model>::
; source: antirek/sip-device-detector (facts restated): analogue telephones behind it; high
sig   = signalling sip TAU-<model>/* SN/VI*
sig   = signalling sip TAU-<model>/* SN/VI* sofia-sip/*

label = s:voip-phone:AudioCodes:MP<model>::
; source: antirek/sip-device-detector (facts restated): analogue telephones behind it; high
sig   = signalling sip MP<model> ? ?FXS/*
sig   = signalling sip MP<model> ? ??FXS/*

label = s::AudioCodes:<model>::<version>
; source: AudioCodes' documentation; medium
sig   = signalling sip Audiocodes-Sip-Gateway-<model>/v.<version>

label = s:voip-phone:Linksys:PAP2<model>::<version>
; source: Linksys' documentation; high
sig   = signalling sip Linksys/PAP2<model>-<version>(*

label = s:voip-phone:Cisco:SPA<model>::<version>
; source: Cisco's documentation; high
sig   = user-agent Cisco/SPA<model>-<version>(*

label = s:voip-phone:Cisco:CP-<model>::<version>
; source: Cisco's documentation; high
sig   = user-agent Cisco-CP-<model>/<version>
sig   = user-agent Cisco-CP-<model>/<version> (*
sig   = user-agent Cisco-CP-<model>-3PCC/<version>
sig   = user-agent Cisco-CP-<model>-3PCC/<version> (*
sig   = signalling sip Cisco-CP-<model>-3PCC/<version> (*

label = s:voip-phone:Linksys:SPA<model>::<version>
; source: Linksys' documentation; high
sig   = user-agent Linksys/SPA<model>-<version>(*

label = g:voip-phone:Cisco:::
; source: Cisco's documentation; medium
sig   = signalling sip CSCO/?
sig   = signalling sip Cisco ATA *

label = s:voip-phone:Panasonic:KX-<model>::<version>
; source: antirek/sip-device-detector (facts restated); high
sig   = signalling sip Panasonic-KX-<model>/<version>
sig   = signalling sip Panasonic-KX-<model>/<version> (*

label = s:voip-phone:Gigaset:A<model>::
; source: antirek/sip-device-detector (facts restated), and Gigaset's names of models; high
sig   = signalling sip A<model> IP/4?.*

label = s:voip-phone:Gigaset:C<model>::
; source: antirek/sip-device-detector (facts restated), and Gigaset's names of models; high
sig   = signalling sip C<model> IP/4?.*

label = s:voip-phone:Gigaset:N<model>::
; source: antirek/sip-device-detector (facts restated), and Gigaset's names of models; high
sig   = signalling sip N<model> IP/4?.*
sig   = signalling sip N<model> IP PRO/4?.*

label = s:voip-phone:Gigaset:S<model>::
; source: antirek/sip-device-detector (facts restated), and Gigaset's names of models; high
sig   = signalling sip S<model> IP/4?.*

label = s:voip-phone:3Com:::<version>
; source: documentation of 3Com; high
sig   = signalling sip 3Com-SIP-Phone/V<version>

label = s:voip-phone:Snom:<model>::<version>
; source: snom's documentation of the User-Agent; high
sig   = signalling sip snom<model>-<version>
sig   = user-agent Mozilla/4.0 (compatible; snom<model>-SIP <version>*)

label = s:doorbell:Fanvil:i<model>::<version>
; source: Fanvil's names of models; medium
sig   = signalling sip Fanvil i<model> <version>

label = s:voip-phone:Fanvil:<model>::<version>
; source: Fanvil's guide to the User-Agent; high
sig   = user-agent Fanvil <model> <version> ????????????

label = s:voip-phone:Yealink:SIP-<model>::<version>
; source: Yealink's documentation of the User-Agent; high
sig   = user-agent Yealink SIP-<model> <version>
sig   = user-agent Yealink SIP-<model> <version> *

label = s:voip-phone:Aastra:<model>::
; source: Aastra's guide to the User-Agent; high
sig   = user-agent Aastra<model> MAC:* V:*-SIP

label = s:voip-phone:Mitel:<model>::
; source: Mitel's documentation; high
sig   = user-agent Mitel<model> MAC:* V:*-SIP

label = g:server:Aastra:Intelligate::
; source: Aastra's names of models: a PBX; medium
sig   = signalling sip Aastra Intelligate*

label = s:voip-phone:Polycom:VVX <model>::<version>
; source: Polycom's documentation of the User-Agent; high
sig   = user-agent FileTransport PolycomVVX-VVX_<model>-UA/<version>
sig   = user-agent FileTransport PolycomVVX-VVX_<model>-UA/<version> *

label = s:voip-phone:Polycom:SoundPoint IP <model>::<version>
; source: Polycom's documentation of the User-Agent; high
sig   = user-agent FileTransport PolycomSoundPointIP-SPIP_<model>-UA/<version>
sig   = user-agent FileTransport PolycomSoundPointIP-SPIP_<model>-UA/<version> *

label = s:router:AVM:FRITZ!Box::
; source: AVM's documentation; high
sig   = signalling sip FRITZ!Box *.*.*
sig   = signalling sip AVM FRITZ!Box *.*.*

label = s:router:AVM:FRITZ!Box <model>::
; source: AVM's software; high
sig   = server *AVM FRITZ!Box <model>

label = g:server::::
; source: documentation of YATE, a telephone server; medium
sig   = signalling sip YATE/*
; source: documentation of SER and SIP Router; medium
sig   = signalling sip Sip EXpress router (*
sig   = signalling sip SIP Router (*

label = s:phone:Apple::iOS:<version>
; source: Apple's software: telephones in networks of carriers; high
sig   = signalling sip iOS/<version> (*) iPhone
; source: Apple's libraries; high
sig   = user-agent *(iPhone; iOS <version>; Scale/*)

label = s:tablet:Apple::iOS:<version>
; source: Apple's software; high
sig   = signalling sip iOS/<version> (*) iPad
; source: Apple's libraries; high
sig   = user-agent *(iPad; iOS <version>; Scale/*)

label = s:tablet:Apple::iPadOS:<version>
; source: Apple's libraries; high
sig   = user-agent *(iPad; iPadOS <version>; Scale/*)

label = s:phone:Apple:iPhone<model>:iOS:<version>
; source: Apple's software; high
sig   = user-agent * iOS/<version> model/iPhone<model> hwp/*

label = s:tablet:Apple:iPad<model>:iOS:<version>
; source: Apple's software; high
sig   = user-agent * iOS/<version> model/iPad<model> hwp/*

label = g:phone:Apple::iOS:
; source: Apple's libraries; high
sig   = user-agent AppleCoreMedia/* (iPhone; *

label = g:tablet:Apple:::
; source: Apple's libraries; high
sig   = user-agent AppleCoreMedia/* (iPad; *

label = g:media-player:Apple:::
; source: Apple's libraries; high
sig   = user-agent AppleCoreMedia/* (Apple TV; *

label = g:computer:Apple::macOS:
; source: Apple's libraries; high
sig   = user-agent AppleCoreMedia/* (Macintosh; *
; source: Apple's software; medium
sig   = signalling rtsp-agent iTunes/* (Macintosh;*

label = g::Apple::iOS:
; source: documentation of Linphone; medium
sig   = signalling sip LinphoneiOS/*
sig   = signalling sip LinphoneIPhone/*

label = g::::Android:
; source: documentation of Linphone; medium
sig   = signalling sip LinphoneAndroid/*

label = g:computer:::Windows:
; source: documentation of Linphone; medium
sig   = signalling sip Linphone/*(Windows*
sig   = signalling sip Linphone Desktop/*(Windows*

label = g:computer:::Ubuntu:
; source: documentation of Linphone; medium
sig   = signalling sip Linphone/*(Ubuntu <version> *
sig   = signalling sip Linphone Desktop/*(Ubuntu <version> *

label = g:computer:Apple::macOS:
; source: documentation of Linphone; medium
sig   = signalling sip Linphone/*(macOS <version>,*
sig   = signalling sip Linphone Desktop/*(macOS <version>,*

label = g::::Windows:
; source: documentation of Bria and Blink; medium
sig   = signalling sip *(Windows*
; source: the programs' source: PJSIP; medium
sig   = signalling sip PJSUA v* win32-*

label = g::Apple::macOS:
; source: documentation of Bria and Blink; medium
sig   = signalling sip *(MacOSX*
sig   = signalling sip *(macOS *

label = g::::Linux:
; source: the programs' source: baresip and PJSIP; medium
sig   = signalling sip baresip v*/Linux)
sig   = signalling sip PJSUA v* Linux-*

label = g:computer::::
; source: documentation of Linphone; medium
sig   = signalling sip Linphone Desktop/*
sig   = signalling sip LinphoneDesktop/*
; source: documentation of CounterPath's programs for Windows and macOS; medium
sig   = signalling sip eyeBeam release *
sig   = signalling sip X-Lite *
sig   = signalling sip Bria 3 release *
; source: documentation of Ekiga; medium
sig   = signalling sip Ekiga/*

label = g:computer:::Linux:
; source: documentation of Twinkle; medium
sig   = signalling sip Twinkle/*
; source: documentation of Jitsi; medium
sig   = signalling sip Jitsi*Linux

label = g:computer:::Windows:
; source: documentation of Jitsi; medium
sig   = signalling sip Jitsi*Windows*
; source: documentation of PhonerLite; medium
sig   = signalling sip SIPPER for phoner*
sig   = signalling sip SIPPER for PhonerLite*
; source: documentation of Nero SIPPS; medium
sig   = signalling sip Nero SIPPS IP Phone *
; source: Microsoft's software; medium
sig   = signalling sip RTC/1.*
sig   = signalling sip RTCC/*
sig   = signalling sip UCCAPI/*
; source: Intel's libraries for UPnP, in programs of Windows; medium
sig   = server WINDOWS, UPnP/1.0, Intel MicroStack/*

label = g:computer:Apple::macOS:
; source: documentation of Jitsi; medium
sig   = signalling sip Jitsi*Mac OS X

label = s:computer:::Linux:<version>
; source: Fedora's names of kernels, and GUPnP of its desktop; medium
sig   = server Linux/<version>-*.fc??.x86_64 UPnP/*

label = g:camera:Dahua:::
; source: Dahua's software, which other makers use as well; low
sig   = signalling rtsp Rtsp Server/2.0
sig   = signalling rtsp Rtsp Server/3.0

label = g:camera:TP-Link:::
; source: TP-Link's software; medium
sig   = signalling rtsp TP-LINK Streaming Media*

label = g:camera:Ubiquiti:::
; source: Ubiquiti's software; medium
sig   = signalling rtsp UBNT Streaming Server*

label = s:camera:Hikvision:DS-2<model>::
; source: Hikvision's names of models; high
sig   = device-type onvif://www.onvif.org/hardware/DS-2<model>

label = s:camera-recorder:Hikvision:DS-7<model>::
; source: Hikvision's names of models; high
sig   = device-type onvif://www.onvif.org/hardware/DS-7<model>

label = s:camera-recorder:Hikvision:DS-9<model>::
; source: Hikvision's names of models; high
sig   = device-type onvif://www.onvif.org/hardware/DS-9<model>

label = s:camera-recorder:Dahua:DH-XVR<model>::
; source: Dahua's names of models; high
sig   = device-type onvif://www.onvif.org/hardware/DH-XVR<model>

label = s:camera-recorder:Dahua:<model>::
; source: Dahua's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/DHI-<model>

label = s:camera:Dahua:IPC-H<model>::
; source: Dahua's names of models; high
sig   = device-type onvif://www.onvif.org/hardware/IPC-H<model>
sig   = device-type onvif://www.onvif.org/hardware/DH-IPC-H<model>

label = g:tv:Samsung:::
; source: Samsung's software; high
sig   = server Samsung-Linux/*Samsung_UPnP_SDK*

label = s:tv:Sony:KDL-<model>::
; source: Sony's software; high
sig   = server *UPnP/1.0 KDL-<model>/*

label = g:media-player:LG:::
; source: LG's software: players of discs; medium
sig   = user-agent LG-BDP *

label = g:router::::
; source: Realtek's libraries of routers; medium
sig   = server OS 1.0 UPnP/1.0 Realtek/*

label = g:router:Technicolor:::
; source: Technicolor's software; medium
sig   = server Homeware UPnP/*

label = g:hub:eQ-3:::
; source: eQ-3's software; high
sig   = server HomeMatic

label = s:hub:Philips:Hue Bridge::
; source: Philips' software; high
sig   = server Linux/* IpBridge/*

label = g:media-player:Roku:::
; source: Roku's URNs; high
sig   = device-type urn:roku-com:device:player:*

label = s:media-player:Apple:AppleTV6,<model>::
; source: Apple's identifiers of models, which no program copies; high
sig   = mdns _airplay._tcp model=AppleTV6,<model>
sig   = mdns _raop._tcp am=AppleTV6,<model>

label = s:media-player:Apple:AppleTV1<model>::
; source: Apple's identifiers of models, which no program copies; high
sig   = mdns _airplay._tcp model=AppleTV1<model>
sig   = mdns _raop._tcp am=AppleTV1<model>

label = s:speaker:Apple:AudioAccessory<model>::
; source: Apple's identifiers of models; high
sig   = mdns _raop._tcp am=AudioAccessory<model>

label = g:media-player:Apple:::
; source: Apple's service of old Apple TVs; medium
sig   = mdns _appletv-v2._tcp

label = g::Apple:::
; source: Apple's service of links between devices; high
sig   = mdns _rdlink._tcp
; source: Apple's service of the sleep proxy; medium
sig   = mdns _sleep-proxy._udp
; source: Apple's service of homes; medium
sig   = mdns _homekit._tcp

label = g:computer:Apple::macOS:
; source: Apple's service of shared drives; medium
sig   = mdns _odisk._tcp

label = g:printer::::
; source: DNS-SD of printers; high
sig   = mdns _fax-ipp._tcp

label = g:printer:Canon:::
; source: Canon's service; medium
sig   = mdns _canon-bjnp1._tcp

label = g:appliance::::
; source: Home Connect's service; medium
sig   = mdns _homeconnect._tcp

label = g:appliance:Miele:::
; source: Miele's service; medium
sig   = mdns _mieleathome._tcp

label = s:voip-phone:Mitel:<model>::<version>
; source: Mitel's documentation; high
sig   = signalling sip Mitel-<model>-SIP/<version>

label = g:server:Mitel:3300 ICP::
; source: Mitel's names of models: a PBX; medium
sig   = signalling sip Mitel-3300-ICP*

label = s:voip-phone:Avaya:<model>::
; source: Avaya's names of models; medium
sig   = signalling sip Avaya <model> Collaboration Station *

label = g::Avaya:::
; source: Avaya's documentation; medium
sig   = signalling sip Avaya *

label = g:server:Avaya:::
; source: Avaya's documentation of Session Manager and Communication Manager; medium
sig   = signalling sip Avaya-SM/*
sig   = signalling sip Avaya-CM/*

label = g::Apple::iOS:
; source: documentation of CounterPath's programs; medium
sig   = signalling sip Bria iOS *

label = g:camera::::
; source: servers of Xiongmai's libraries, in recorders as well; low
sig   = signalling rtsp H264DVR *

label = s:speaker:Sonos:::
; source: UPnP of Sonos; high
sig   = server Linux * UPnP/1.0 Sonos/*

; ---- web servers of devices ----------------------------------------------------------------------------
; A maker's cameras and recorders often send the same header; then no type is stated.

label = s:camera::::
; source: clcert/Data-Collector (facts restated); medium
sig   = server IP Camera
sig   = server IPCamera-Webs*
sig   = server IP-Camera Web Server*
sig   = server Network Camera
sig   = server Network Dome Camera
sig   = server Camera Web Server*
; source: clcert/Data-Collector (facts restated); rapid7/recog http_servers.xml; medium
sig   = server Netwave IP Camera
; source: queries of Shodan's users (facts restated); medium
sig   = server SQ-WEBCAM

label = s:camera:Reecam:::
; source: clcert/Data-Collector (facts restated); rapid7/recog http_servers.xml; medium
sig   = server ReeCam IP Camera

label = s:camera:Vivotek:::
; source: clcert/Data-Collector (facts restated); medium
sig   = server Vivotek Network Camera*

label = s:camera:Interlogix:::
; source: clcert/Data-Collector (facts restated); medium
sig   = server Interlogix-Webs

label = s:camera:D-Link:::
; source: clcert/Data-Collector (facts restated); medium
sig   = server dcs-lig-httpd*
; source: rapid7/recog http_servers.xml; medium
sig   = server D-Link MiniAVServer

label = s:camera:D-Link:DCS-<model>::
; source: clcert/Data-Collector (facts restated); medium
sig   = server DCS-<model>

label = s:camera:Pelco:::
; source: rapid7/recog http_servers.xml; medium
sig   = server ev-compat

label = s:camera-recorder::::
; source: CVE-2016-20016; medium
sig   = server JAWS/1.*

label = s::Hikvision:::
; source: clcert/Data-Collector (facts restated); rapid7/recog http_servers.xml; medium
sig   = server DNVRS-Webs
sig   = server App-webs/*

label = s:camera-recorder:Hikvision:::
; source: rapid7/recog http_servers.xml; medium
sig   = server DVRDVS-Webs

label = s::Avtech:::
; source: clcert/Data-Collector (facts restated); rapid7/recog http_servers.xml; medium
sig   = server AV-TECH * Video Web Server
sig   = server Linux/* UPnP/* Avtech/*

label = s::GeoVision:::
; source: clcert/Data-Collector (facts restated); medium
sig   = server GeoHttpServer*

label = s:printer:HP:<model>::
; source: clcert/Data-Collector (facts restated); rapid7/recog http_servers.xml; medium
sig   = server HP HTTP Server; HP <model> - *
sig   = server HP HTTP Server; HP <model>; *

label = g:printer:HP:::
; source: clcert/Data-Collector (facts restated); rapid7/recog http_servers.xml; medium
sig   = server HP HTTP Server; *
sig   = server HP-ChaiServer/*
sig   = server HP-ChaiSOE/*
sig   = server Mrvl-R?_?
; source: queries of Shodan's users (facts restated); medium
sig   = server HP HTTP Server

label = s:printer:Brother:::
; source: clcert/Data-Collector (facts restated); medium
sig   = server debut/*

label = s:printer:Epson:::
; source: queries of Shodan's users (facts restated); medium
sig   = server EPSON_Linux UPnP/*
sig   = server EPSON-HTTP/*

label = s:printer:Kyocera:::
; source: rapid7/recog http_servers.xml; medium
sig   = server KM-MFP-http/*

label = s:printer:Canon:::
; source: rapid7/recog http_servers.xml; medium
sig   = server Canon Http Server*
; source: queries of Shodan's users (facts restated); medium
sig   = server KS_HTTP/*

label = s:printer:Xerox:::
; source: rapid7/recog http_servers.xml; medium
sig   = server EWS-NIC?/*
sig   = server Xerox_MicroServer/*

label = s:router:D-Link:<model>::
; source: clcert/Data-Collector (facts restated); rapid7/recog http_servers.xml; medium
sig   = server Linux, HTTP/1.1, <model> Ver *
sig   = server Linux, STUNNEL/1.0, <model> Ver *
sig   = server Linux, WEBACCESS/1.0, <model> Ver *

label = s:router:TP-Link:::
; source: clcert/Data-Collector (facts restated); rapid7/recog http_servers.xml; medium
sig   = server Router Webserver
sig   = server TP-LINK Router*

label = s::TP-Link:::
; source: rapid7/recog http_servers.xml; medium
sig   = server TP-LINK HTTPD*

label = s:router:Thomson:::
; source: clcert/Data-Collector (facts restated); medium
sig   = server Speed Touch WebServer*

label = s:router:ZTE:::
; source: rapid7/recog http_servers.xml; medium
sig   = server Mini web server * ZTE corp*
sig   = server ZTE web server * ZTE corp*

label = s:router:MikroTik::RouterOS:
; source: rapid7/recog http_servers.xml; medium
sig   = server Mikrotik HttpProxy

label = s:router:ASUS:::
; source: rapid7/recog http_servers.xml; medium
sig   = server AsusWRT/* UPnP/*

label = s:router:ASUS:RT-<model>::
; source: rapid7/recog http_servers.xml; medium
sig   = server RT-<model> UPnP/* MiniUPnPd/*

label = s:router:Huawei:::
; source: rapid7/recog http_servers.xml; medium
sig   = server *Huawei-ATP-IGD

label = s:router:Yamaha:::
; source: rapid7/recog http_servers.xml; medium
sig   = server YAMAHA-RT

label = s::Cisco:::
; source: clcert/Data-Collector (facts restated); rapid7/recog http_servers.xml; medium
sig   = server cisco-IOS*

label = s::3Com:::
; source: clcert/Data-Collector (facts restated); medium
sig   = server 3Com/v*

label = s:firewall:SonicWall:::
; source: clcert/Data-Collector (facts restated); rapid7/recog http_servers.xml; medium
sig   = server SonicWALL*

label = s:firewall:Palo Alto Networks:::
; source: rapid7/recog http_servers.xml; medium
sig   = server PanWeb Server/*

label = s:firewall:Fortinet:::
; source: rapid7/recog http_servers.xml; medium
sig   = server xxxxxxxx-xxxxx

label = s:firewall:Cisco:::
; source: rapid7/recog http_servers.xml; medium
sig   = server Cisco AWARE *

label = s:server-management:HPE:iLO::
; source: clcert/Data-Collector (facts restated); rapid7/recog http_servers.xml; medium
sig   = server HP-iLO-Server/*
sig   = server HPE-iLO-Server/*

label = s:server-management:Oracle:::
; source: rapid7/recog http_servers.xml; medium
sig   = server Oracle-ILOM-Web-Server/*
sig   = server Sun-ILOM-Web-Server/*

label = s:nas:NetApp:::
; source: rapid7/recog http_servers.xml; medium
sig   = server NetApp//*

label = s:ics-gateway:Moxa:::
; source: clcert/Data-Collector (facts restated); rapid7/recog http_servers.xml; medium
sig   = server MoxaHttp/*

label = s:hub:Loxone:Miniserver::
; source: rapid7/recog http_servers.xml; medium
sig   = server Loxone Miniserver *

label = s:voip-phone:Polycom:::
; source: rapid7/recog http_servers.xml; medium
sig   = server Polycom SoundPoint IP Telephone HTTPd*

label = s:voip-phone:Grandstream:<model>::
; source: rapid7/recog http_servers.xml; medium
sig   = server Grandstream <model> *

label = s:media-player:Yamaha:<model>::
; source: rapid7/recog http_servers.xml; medium
sig   = server AV_Receiver/* (<model>)

label = s:media-player:Sony:::
; source: rapid7/recog http_servers.xml; medium
sig   = server STR_SettingServer

label = s:iot-module::::
; source: Tasmota's documentation; high
sig   = server Tasmota/* (ESP*

; ---- images and descriptions of network equipment, by their makers' grammar ------------------------------

label = g::Cisco::Cisco IOS:
; source: Cisco's IOS names itself so since its first versions; high
sig   = description Cisco Internetwork Operating System Software*Version <version>, *
sig   = description IOS (tm) * Software (*-*), Version <version>, *

label = g:switch:Cisco::Cisco IOS:
; source: Cisco's names of IOS images, whose first word is the platform; medium
sig   = description Cisco IOS Software, * Software (C2900XL*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2900XL*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2900XL*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2900XL*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C2918*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2918*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2918*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2918*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C2940*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2940*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2940*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2940*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C2950*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2950*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2950*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2950*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C2955*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2955*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2955*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2955*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C2960*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2960*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2960*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2960*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C2970*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2970*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2970*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2970*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C2975*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2975*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2975*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2975*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C3500XL*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C3500XL*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C3500XL*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C3500XL*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C3550*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C3550*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C3550*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C3550*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C3560*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C3560*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C3560*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C3560*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C3750*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C3750*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C3750*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C3750*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C1000*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C1000*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C1000*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C1000*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (IES*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(IES*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (IES*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(IES*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (IE2000*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(IE2000*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (IE2000*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(IE2000*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (IE4000*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(IE4000*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (IE4000*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(IE4000*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (CIGESM*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(CIGESM*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (CIGESM*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(CIGESM*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (CBS3*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(CBS3*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (CBS3*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(CBS3*-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (CAT4*-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(CAT4*-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (CAT4*-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(CAT4*-*), Version <version>, *RELEASE*

label = g:router:Cisco::Cisco IOS:
; source: Cisco's names of IOS images, whose first word is the platform; medium
sig   = description Cisco IOS Software, * Software (C7?0-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C7?0-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C7?0-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C7?0-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C8?0-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C8?0-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C8?0-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C8?0-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C8?0DATA-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C8?0DATA-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C8?0DATA-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C8?0DATA-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C1600-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C1600-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C1600-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C1600-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C1700-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C1700-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C1700-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C1700-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C180X-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C180X-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C180X-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C180X-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C181X-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C181X-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C181X-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C181X-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C1841-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C1841-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C1841-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C1841-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C1861-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C1861-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C1861-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C1861-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C1900-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C1900-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C1900-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C1900-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C2500-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2500-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2500-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2500-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C2600-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2600-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2600-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2600-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C2691-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2691-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2691-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2691-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C2800NM-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2800NM-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2800NM-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2800NM-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C2801-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2801-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2801-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2801-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C2900-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C2900-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C2900-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C2900-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C3620-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C3620-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C3620-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C3620-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C3640-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C3640-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C3640-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C3640-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C3660-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C3660-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C3660-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C3660-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C3725-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C3725-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C3725-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C3725-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C3745-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C3745-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C3745-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C3745-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C3825-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C3825-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C3825-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C3825-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C3845-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C3845-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C3845-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C3845-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C3900-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C3900-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C3900-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C3900-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C3900E-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C3900E-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C3900E-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C3900E-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C7200-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C7200-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C7200-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C7200-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C7200P-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C7200P-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C7200P-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C7200P-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C7301-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C7301-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C7301-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C7301-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (C5350-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(C5350-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (C5350-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(C5350-*), Version <version>, *RELEASE*
sig   = description Cisco IOS Software, * Software (AS5300-*), Version <version>, RELEASE*
sig   = description Cisco Internetwork Operating System Software*(AS5300-*), Version <version>, *RELEASE*
sig   = software Cisco IOS Software, * Software (AS5300-*), Version <version>, RELEASE*
sig   = software Cisco Internetwork Operating System Software*(AS5300-*), Version <version>, *RELEASE*

label = g:access-point:Cisco::Cisco IOS:
; source: Cisco's images: K9W is for access points; high
sig   = description Cisco Internetwork Operating System Software*(*-K9W?-*), Version <version>, *RELEASE*

label = s:switch:Cisco:Catalyst <model>::
; source: Cisco's LLDP and SNMP before IOS; medium
sig   = description Cisco Systems Catalyst <model>,*

label = s:switch:Cisco:WS-C<model>:CatOS:<version>
; source: Cisco's CatOS; medium
sig   = description Cisco Systems* WS-C<model> *Catalyst Operating System Software, Version <version> *

label = s:firewall:Cisco:::
; source: Cisco's firewalls; high
sig   = description Cisco Firepower*
sig   = description Cisco PIX *
sig   = description Cisco Secure Firewall*

label = s:switch:D-Link:DES-<model>::
; source: D-Link's names of models; high
sig   = description Dlink DES-<model> *
sig   = description D-Link DES-<model> *
sig   = description D-Link DES-<model>

label = s:switch:D-Link:DGS-<model>::
; source: D-Link's names of models; high
sig   = description D-Link DGS-<model> *
sig   = description D-Link DGS-<model>
sig   = description WS6-DGS-<model>
sig   = description WS6-DGS-<model>/*

label = s:access-point:D-Link:::
; source: D-Link's names of models; high
sig   = description D-Link Access Point*
sig   = description D-Link DWL-*
sig   = description D-Link DAP-*
sig   = description DWL-*Access Point*

label = s:access-point:Netgear:::
; source: Netgear's product lines; high
sig   = description ProSafe*Access Point*
sig   = description *NETGEAR*Access Point*
sig   = description WNDAP*
sig   = description WAC???*

label = s:switch:Netgear:::
; source: Netgear's product lines; high
sig   = description ProSafe*Switch*
sig   = description NETGEAR*Switch*

label = s:switch:Netgear:::
; source: Netgear's names of models; medium
sig   = description FS7??T
sig   = description FS7??TP
sig   = description GS1??T
sig   = description GS1??Tv?
sig   = description GS7??T
sig   = description GS7??Tv?
sig   = description GS7??TP

label = s:switch:Netgear:M4<model>::
; source: Netgear's names of models; medium
sig   = description M4<model> ProSAFE*
sig   = description M4<model> ProSafe *

label = s:switch:Allied Telesis:<model>::
; source: Allied Telesis' names of models; medium
sig   = description ATI AT-<model>
sig   = description Allied Telesyn Ethernet Switch <model> - *
sig   = description Allied Telesyn *Switch <model> *
sig   = description Allied Telesis <model> - ATS*
sig   = description Allied Telesyn Corporation <model>, *

label = s:switch:Alcatel-Lucent:OS<model>::
; source: Alcatel-Lucent's names of models; high
sig   = description Alcatel-Lucent OS<model> *
sig   = description Alcatel-Lucent Enterprise OS<model> *
sig   = description Alcatel-Lucent Enterprise * OS<model> *

label = s:switch:Alcatel-Lucent:::
; source: Alcatel-Lucent's product lines; high
sig   = description *OmniStack*
sig   = description *OmniSwitch*

label = s:router:Nokia::TiMOS:<version>
; source: Nokia's service routers, which Alcatel-Lucent sold before; high
sig   = description TiMOS-?-<version> both/* ALCATEL SR *
sig   = description TiMOS-?-<version> cpm/* ALCATEL SR *

label = s:switch:SMC:<model>::
; source: SMC's product lines; medium
sig   = description SMC <model> TigerSwitch*
sig   = description SMC<model> *Switch*

label = s:switch:HP:::
; source: HP's blade switches; high
sig   = description GbE2c *Switch*
sig   = description HP GbE2c*
sig   = description HP 6120*Blade Switch*

label = s:switch:HPE:<model>::
; source: HPE's LLDP; high
sig   = description HPE FlexFabric <model> *
sig   = description HPE * Switch Software Version * HPE <model> *

label = s:switch:Nortel:::
; source: Nortel's switch modules; high
sig   = description Nortel*Switch Module*

label = s:switch:TP-Link:::
; source: TP-Link's product lines; high
sig   = description JetStream *Switch*
sig   = description Omada *Switch*
sig   = description TP-LINK *Switch*

label = s:access-point:TP-Link:EAP<model>::
; source: TP-Link's names of models; high
sig   = description EAP<model> *
sig   = description Omada EAP<model>*

label = s:switch:Zyxel:<model>::
; source: Zyxel's names of models; high
sig   = description Zyxel <model> *Switch*

label = s:switch:Zyxel:GS<model>::
; source: Zyxel's names of models; medium
sig   = description GS1900-<model>
sig   = description GS1920-<model>
sig   = description GS2210-<model>
sig   = description GS2220-<model>
sig   = description XGS<model>-??*

label = s:access-point:Zyxel:<model>::
; source: Zyxel's names of models; medium
sig   = description NWA1<model>
sig   = description NWA5<model>
sig   = description WAX6<model>
sig   = description WAC6<model>

label = s:switch:MikroTik:CRS<model>:RouterOS:
; source: MikroTik's names of models; high
sig   = description RouterOS CRS<model>
sig   = description MikroTik RouterOS * CRS<model>

label = s:switch:MikroTik:CSS<model>:SwOS:
; source: MikroTik's names of models; high
sig   = description SwOS CSS<model>
sig   = description MikroTik SwOS* CSS<model>

label = g:router:MikroTik:<model>:RouterOS:
; source: MikroTik's SNMP; high
sig   = description RouterOS <model>

label = s:access-point:Ubiquiti:UAP-<model>::<version>
; source: Ubiquiti's SNMP; high
sig   = description UAP-<model> <version>
sig   = description UAP-<model> <version>, *

label = s:access-point:Ubiquiti:U6-<model>::<version>
; source: Ubiquiti's SNMP; high
sig   = description U6-<model> <version>
sig   = description U6-<model> <version>, *

label = s:access-point:Aerohive:<model>:HiveOS:<version>
; source: Aerohive's LLDP; high
sig   = description <model>, HiveOS <version> *
sig   = description <model> HiveOS <version> *

label = s:access-point:Cambium:<model>::
; source: Cambium's product lines; medium
sig   = description cnPilot <model> *
sig   = description Cambium cnPilot <model>*
sig   = description Cambium Networks <model> Access Point*

label = s:access-point:Ruckus:::
; source: Ruckus' SNMP; medium
sig   = description Ruckus*Hotzone*Wireless AP*

label = s:wireless-controller:Ruckus:<model>::
; source: Ruckus' SNMP; high
sig   = description Ruckus Wireless ZD<model>

label = s:wireless-controller:HPE Aruba:Aruba<model>:ArubaOS:<version>
; source: Aruba's SNMP: controllers have numbers of four digits; high
sig   = description ArubaOS (MODEL: Aruba7<model>), Version <version> (*
sig   = description ArubaOS (MODEL: Aruba9<model>), Version <version> (*

label = s:server-management:Dell:iDRAC::
; source: Dell's management controllers; high
sig   = description Dell Out-of-band SNMP Agent*
sig   = description *Remote Access Controller*
sig   = description iDRAC*

label = s:server-management:HPE:iLO::
; source: HPE's management controllers; high
sig   = description Integrated Lights-Out *
sig   = description *HP Onboard Administrator*

label = s:server-management:IBM:::
; source: IBM's management controllers; high
sig   = description BladeCenter *Management Module*
sig   = description *IBM Integrated Management Module*
sig   = description Lenovo XClarity Controller*

label = s:ups:Eaton:::
; source: Eaton's network cards; high
sig   = description Eaton * UPS*
sig   = description Eaton 5?X *
sig   = description Eaton 9?X *
sig   = description ConnectUPS*
sig   = description Powerware *

label = s:ups:APC:::
; source: APC's product lines; high
sig   = description APC *UPS*
sig   = description Smart-UPS *
sig   = description APC Smart-UPS*

label = s:ups::::
; source: makers' network cards; medium
sig   = description *UPS SNMP*
sig   = description CS1?1 v *
sig   = description *SNMP/WEB*UPS*
sig   = description Network Management Card*UPS*

label = s:ups:Vertiv:::
; source: Vertiv's network cards; high
sig   = description *Liebert*UPS*
sig   = description Liebert*
sig   = description *IntelliSlot*

label = s:ups:CyberPower:::
; source: CyberPower's network cards; high
sig   = description *CyberPower*

; ---- printers in LLDP and SNMP ---------------------------------------------------------------------------

label = g:printer:Canon:::
; source: Canon's names of models; medium
sig   = description Canon LBP*
sig   = description Canon MF*
sig   = description Canon CLC*
sig   = description Canon LP*/P
sig   = description Canon W*PG /P
sig   = description Canon iPF*
sig   = description Canon imageRUNNER*
sig   = description Canon imagePROGRAF*
sig   = description Canon imagePRESS*
sig   = description Canon PIXMA*
sig   = description Canon MX*series*
sig   = description Canon MG*series*
sig   = description Canon TS*series*
sig   = description Canon G?0?0 series*

label = g:printer:HP:::
; source: HP's names of models; medium
sig   = description Deskjet *
sig   = description Officejet *
sig   = description Photosmart *
sig   = description HP Business Inkjet *
sig   = description HP Deskjet *
sig   = description HP Photosmart *
sig   = description HP Designjet *
sig   = description HP PageWide *
sig   = description HP Envy *
sig   = description HP Smart Tank *
sig   = description HP Neverstop *
sig   = description HP Digital Sender*

label = g:printer:Samsung:::
; source: Samsung's names of models; medium
sig   = description Samsung *;*Engine *
sig   = description Samsung ML-*
sig   = description Samsung SCX-*
sig   = description Samsung CLP-*
sig   = description Samsung SL-*
sig   = description Samsung Samsung *Series*

label = g:printer:NRG:::
; source: NRG's names of models; medium
sig   = description NRG * / NRG Network Printer*

label = g:printer:Ricoh:::
; source: Ricoh's names of models; medium
sig   = description RICOH * / RICOH Network Printer*
sig   = description RICOH *Network Printer*

label = g:printer:Infotec:::
; source: Infotec's names of models; medium
sig   = description infotec * / infotec Network Printer*

label = g:printer:Gestetner:::
; source: Gestetner's names of models; medium
sig   = description Gestetner * / Gestetner Network Printer*

label = g:printer:Dell:::
; source: Dell's names of models; medium
sig   = description Dell *dn Series*
sig   = description Dell *n Series*
sig   = description Dell *MFP Laser*
sig   = description Dell *cdn Color*
sig   = description Dell *Color Printer*
sig   = description Dell *Multifunction Printer*

label = g:printer:Kyocera:::
; source: Kyocera's names of models; medium
sig   = description KYOCERA*Print*
sig   = description Kyocera ECOSYS*
sig   = description ECOSYS *
sig   = description TASKalfa *

label = g:printer:OKI:::
; source: OKI's names of models; medium
sig   = description OKI OkiLAN *
sig   = description OKI C*
sig   = description OKI MC*
sig   = description OKI B*

label = g:printer:Brother:::
; source: Brother's names of models; medium
sig   = description Brother HL-*
sig   = description Brother MFC-*
sig   = description Brother DCP-*
sig   = description Brother QL-*

label = g:printer:Epson:::
; source: Epson's names of models; medium
sig   = description EPSON*Print Server*

label = g:printer:Zebra:::
; source: Zebra's names of models; medium
sig   = description Zebra*PrintServer*
sig   = description ZebraNet *
sig   = description Zebra Wired *
sig   = description Zebra Technologies ZTC *
sig   = description Zebra Wireless *

label = g:printer:Sharp:::
; source: Sharp's names of models; medium
sig   = description SHARP BP-*
sig   = description SHARP DX-*

label = g:printer:Toshiba:::
; source: Toshiba's names of models; medium
sig   = description TOSHIBA *e-STUDIO*
sig   = description TOSHIBA TEC*

label = g:printer:Lexmark:::
; source: Lexmark's names of models; medium
sig   = description Lexmark *

label = g:printer:SATO:::
; source: SATO's names of models; medium
sig   = description SATO *Print*

label = g:printer:TSC:::
; source: TSC's names of models; medium
sig   = description TSC Auto ID*

label = g:printer:Pantum:::
; source: Pantum's names of models; medium
sig   = description Pantum *

label = g:printer::::
; source: EFI's controllers of printers; medium
sig   = description Fiery *
sig   = description EFI Fiery *

label = s:printer:HP:<model>::
; source: HP's names of models; high
sig   = description HP Color LaserJet <model> series
sig   = description hp LaserJet <model> series

; ---- classes of DHCP that makers document ----------------------------------------------------------------

label = s:voip-phone:Mitel:::
; source: Mitel, WebAdmin of MiVoice Office 400, option 60 (facts restated), read on 2026-11-27; high
sig   = dhcp-class Aamadeus IP phone
sig   = dhcp-class Mitel IP Phone*

label = s:voip-phone:Aastra:::
; source: Aastra, manual of the DBC 42x, option 60 (facts restated), read on 2026-11-27; high
sig   = dhcp-class Aastra IP-Phone*

label = g::Mitel:::
; source: Mitel, WebAdmin of MiVoice Office 400, option 60: radio units of DECT (facts restated), read on 2026-11-27; high
sig   = dhcp-class OpenMobility*

label = s:switch:Juniper:EX<model>:Junos:
; source: Juniper's models in configurations of its zero touch provisioning (facts restated), read on 2026-11-27; high
sig   = dhcp-class Juniper-ex<model>

label = s:switch:Juniper:QFX<model>:Junos:
; source: Juniper's models in configurations of its zero touch provisioning (facts restated), read on 2026-11-27; high
sig   = dhcp-class Juniper-qfx<model>

label = s:firewall:Juniper:SRX<model>:Junos:
; source: Juniper's models in configurations of its zero touch provisioning (facts restated), read on 2026-11-27; high
sig   = dhcp-class Juniper-srx<model>

label = s:router:Juniper:MX<model>:Junos:
; source: Juniper's models in configurations of its zero touch provisioning (facts restated), read on 2026-11-27; high
sig   = dhcp-class Juniper-mx<model>

label = s:router:Juniper:ACX<model>:Junos:
; source: Juniper's models in configurations of its zero touch provisioning (facts restated), read on 2026-11-27; high
sig   = dhcp-class Juniper-acx<model>

label = s:switch:H3C:S<model>:Comware:
; source: H3C's names of models; medium
sig   = dhcp-class H3C. H3C S<model>

label = s:access-point:H3C:WA<model>:Comware:
; source: H3C's names of models; medium
sig   = dhcp-class H3C. H3C WA<model>

label = s:router:H3C:MSR<model>:Comware:
; source: H3C's names of models; medium
sig   = dhcp-class H3C. H3C MSR<model>

label = g::H3C:::
; source: H3C's classes begin with its name; medium
sig   = dhcp-class H3C*

label = g::Huawei:::
; source: Huawei's classes begin with its name; medium
sig   = dhcp-class Huawei*

label = s:switch:HP:::
; source: HP's and Aruba's classes for Activate: part number and name of the switch; medium
sig   = dhcp-class HP J* Switch*
sig   = dhcp-class Hewlett-Packard J* Switch*
sig   = dhcp-class HPE J* Switch*

label = s:switch:HPE Aruba:::
; source: HP's and Aruba's classes for Activate: part number and name of the switch; medium
sig   = dhcp-class Aruba J* Switch*
sig   = dhcp-class HPE Aruba J* Switch*

label = s:switch::::
; source: ONIE, specification of the discovery of installers; high
sig   = dhcp-class onie_vendor:*
sig   = dhcp-class onie_dhcp_user_class*

label = s:switch:::Linux:
; source: Cumulus Linux, documentation of zero touch provisioning; high
sig   = dhcp-class cumulus-linux *
sig   = dhcp-class Cumulus Linux *

label = s:firewall:Fortinet:<model>:FortiOS:
; source: Fortinet's names of models; medium
sig   = dhcp-class FortiGate-<model>

label = s:access-point:Xirrus:::
; source: Xirrus' class; medium
sig   = dhcp-class Xirrus*

label = g:access-point:Cisco:::
; source: Cisco, option 60 of lightweight access points; high
sig   = dhcp-class Cisco AP *

label = s:access-point:Grandstream:GWN<model>::
; source: Grandstream's names of models; high
sig   = dhcp-class Grandstream GWN<model>
sig   = dhcp-class Grandstream_GWN<model>

label = s:doorbell:Grandstream:GDS<model>::
; source: Grandstream's names of models; high
sig   = dhcp-class Grandstream GDS<model>
sig   = dhcp-class Grandstream_GDS<model>

label = s:server:Grandstream:UCM<model>::
; source: Grandstream's names of models; high
sig   = dhcp-class Grandstream UCM<model>
sig   = dhcp-class Grandstream_UCM<model>

label = s:camera:Grandstream:GXV35<model>::
; source: Grandstream's names of models; high
sig   = dhcp-class Grandstream GXV35<model>
sig   = dhcp-class Grandstream_GXV35<model>

label = s:camera:Grandstream:GXV36<model>::
; source: Grandstream's names of models; high
sig   = dhcp-class Grandstream GXV36<model>
sig   = dhcp-class Grandstream_GXV36<model>

label = s:voip-phone:Linksys:PAP<model>::
; source: Linksys' names of models; high
sig   = dhcp-class LINKSYS PAP<model>

label = g:voip-phone:Snom:::
; source: snom's vendor class; high
sig   = dhcp-class snom
sig   = dhcp-class snom???

label = s:voip-phone:Htek:<model>::
; source: Htek's vendor class; medium
sig   = dhcp-class Htek <model>
sig   = dhcp-class Htek-<model>

label = s:voip-phone:Panasonic:KX-<model>::
; source: Panasonic's names of models; medium
sig   = dhcp-class Panasonic KX-<model>
sig   = dhcp-class Panasonic_KX-<model>

label = s:computer::::
; source: UEFI 2.5, HTTP Boot; high
sig   = dhcp-class HTTPClient:Arch:*

label = s:iot-module:WIZnet:::
; source: Wiznet/ioLibrary_Driver, its class (facts restated), read on 2026-11-27; high
sig   = dhcp-class WIZnetSE

label = s:printer:Dell:<model>::
; source: class of printers, with the usual spelling of the maker; high
sig   = dhcp-class Mfg=DELL;Typ=*;Mod=Dell <model>;*
sig   = dhcp-class Mfg=DELL;Typ=*;Mod=<model>;*

label = s:printer:Lexmark:<model>::
; source: class of printers, with the usual spelling of the maker; high
sig   = dhcp-class Mfg=LEXMARK;Typ=*;Mod=Lexmark <model>;*
sig   = dhcp-class Mfg=LEXMARK;Typ=*;Mod=<model>;*

label = s:printer:HP:<model>::
; source: class of printers, with the usual spelling of the maker; high
sig   = dhcp-class Mfg=Hewlett Packard;Typ=*;Mod=HP <model>;*
sig   = dhcp-class Mfg=Hewlett Packard;Typ=*;Mod=<model>;*

label = s:printer:Xerox:<model>::
; source: class of printers, with the usual spelling of the maker; high
sig   = dhcp-class Mfg=XEROX;Typ=*;Mod=Xerox <model>;*

; ---- agents of televisions, consoles and telephones ------------------------------------------------------

label = s:tv::::
; source: ETSI TS 102 796 (HbbTV), 7.3.2.4; high
sig   = user-agent *HbbTV/*

label = s:tv:LG:::
; source: ETSI TS 102 796 (HbbTV), 7.3.2.4: the maker is the second word; high
sig   = user-agent *HbbTV/* (*;LGE;*
sig   = user-agent *HbbTV/* (*; LGE;*
sig   = user-agent *HbbTV/* (*;LG Electronics;*
sig   = user-agent *HbbTV/* (*; LG Electronics;*
sig   = user-agent *HbbTV/* (*;LGwebOSTV;*
sig   = user-agent *HbbTV/* (*; LGwebOSTV;*

label = s:tv:Samsung:::
; source: ETSI TS 102 796 (HbbTV), 7.3.2.4: the maker is the second word; high
sig   = user-agent *HbbTV/* (*;SAMSUNG;*
sig   = user-agent *HbbTV/* (*; SAMSUNG;*

label = s:tv:Sony:::
; source: ETSI TS 102 796 (HbbTV), 7.3.2.4: the maker is the second word; high
sig   = user-agent *HbbTV/* (*;SONY;*
sig   = user-agent *HbbTV/* (*; SONY;*

label = s:tv:Panasonic:::
; source: ETSI TS 102 796 (HbbTV), 7.3.2.4: the maker is the second word; high
sig   = user-agent *HbbTV/* (*;PANASONIC;*
sig   = user-agent *HbbTV/* (*; PANASONIC;*

label = s:tv:Philips:::
; source: ETSI TS 102 796 (HbbTV), 7.3.2.4: the maker is the second word; high
sig   = user-agent *HbbTV/* (*;PHILIPS;*
sig   = user-agent *HbbTV/* (*; PHILIPS;*

; ---- User-Agents with "Mobile" of devices that are no telephones ------------------------------------------

label = s:tv::::
; source: makers' names of televisions and boxes with Android TV; medium
sig   = user-agent *Android TV*) AppleWebKit/*
sig   = user-agent *AndroidTV*) AppleWebKit/*
sig   = user-agent *Google TV*) AppleWebKit/*
sig   = user-agent *SmartTV*) AppleWebKit/*
sig   = user-agent *Smart TV*) AppleWebKit/*
sig   = user-agent *SMART_TV*) AppleWebKit/*
sig   = user-agent *BeyondTV*) AppleWebKit/*
sig   = user-agent *MiTV*) AppleWebKit/*
sig   = user-agent *TV Box*) AppleWebKit/*
sig   = user-agent *TVBox*) AppleWebKit/*
sig   = user-agent * TV) AppleWebKit/*
sig   = user-agent * TV Build/*AppleWebKit/*
sig   = user-agent * TV *) AppleWebKit/*
sig   = user-agent *ATV *) AppleWebKit/*

label = s:tv:Soundmax:SM-LED<model>:Android:<version>
; source: Soundmax's names of televisions, which begin as Samsung's telephones do; medium
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-LED<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-LED<model> Build/*) AppleWebKit/*

label = s:tv:Soundmax:::
; source: Soundmax's names of televisions, which begin as Samsung's telephones do; medium
sig   = user-agent Mozilla/5.0 (Linux; Android *; SM-QLED*) AppleWebKit/*

label = s:console:Sony:PlayStation 5::
; source: Sony's browser; high
sig   = user-agent Mozilla/5.0 (PlayStation 5/SmartTV) AppleWebKit/*

label = s:watch::::
; source: makers' names of watches with Wear OS; medium
sig   = user-agent *Watch*) AppleWebKit/*
sig   = user-agent Pixel Watch*) AppleWebKit/* Mobile Safari/*
sig   = user-agent moto watch*) AppleWebKit/* Mobile Safari/*
; source: Samsung's codes of watches with Wear OS, to which its browser adds the maker; high
sig   = user-agent SAMSUNG SM-R*

label = s:tablet::::
; source: makers' names of tablets; medium
sig   = user-agent *Tablet*) AppleWebKit/*
sig   = user-agent Pixel C) AppleWebKit/* Mobile Safari/*
sig   = user-agent Pixel Tablet*) AppleWebKit/* Mobile Safari/*

label = s:tablet:Lenovo:::
; source: Lenovo's codes of tablets; high
sig   = user-agent Lenovo TB-*

label = s:tablet:Samsung:::
; source: Samsung's codes of tablets, to which its browser adds the maker; high
sig   = user-agent SAMSUNG SM-T*
sig   = user-agent SAMSUNG SM-X*
sig   = user-agent SAMSUNG SM-P*

label = s:console:Anbernic:::
; source: Anbernic's names of handheld consoles (telephones of RugGear also begin with RG); medium
sig   = user-agent RG35*) AppleWebKit/*
sig   = user-agent RG40*) AppleWebKit/*
sig   = user-agent RG55*) AppleWebKit/*

label = s:watch:Samsung:SM-R<model>:Android:<version>
; source: Samsung's codes of watches with Wear OS; high
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-R<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; SM-R<model> Build/*) AppleWebKit/*

label = s:console:Retroid:<model>:Android:<version>
; source: Retroid's names of handheld consoles; high
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Retroid <model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Retroid <model> Build/*) AppleWebKit/*

label = s:console:AYN:Odin<model>:Android:<version>
; source: AYN's names of handheld consoles; high
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Odin<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; Odin<model> Build/*) AppleWebKit/*

label = s:media-player:Sony:NW-<model>:Android:<version>
; source: Sony's names of Walkman players; high
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; NW-<model>) AppleWebKit/*
sig   = user-agent Mozilla/5.0 (Linux; Android <version>; NW-<model> Build/*) AppleWebKit/*

label = s:console:Microsoft:Xbox::
; source: Microsoft's documentation of Edge on the Xbox; high
sig   = user-agent Mozilla/5.0 (Windows NT 10.0; Win64; x64; XBOX_ONE*
sig   = user-agent Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; *

label = s:tv:Vestel:::
; source: ETSI TS 102 796 (HbbTV), 7.3.2.4: the maker is the second word; high
sig   = user-agent *HbbTV/* (*;Vestel;*
sig   = user-agent *HbbTV/* (*; Vestel;*

label = s:tv:Hisense:::
; source: ETSI TS 102 796 (HbbTV), 7.3.2.4: the maker is the second word; high
sig   = user-agent *HbbTV/* (*;HISENSE;*
sig   = user-agent *HbbTV/* (*; HISENSE;*

label = s:tv:Loewe:::
; source: ETSI TS 102 796 (HbbTV), 7.3.2.4: the maker is the second word; high
sig   = user-agent *HbbTV/* (*;LOEWE;*
sig   = user-agent *HbbTV/* (*; LOEWE;*

label = s:tv:Sharp:::
; source: ETSI TS 102 796 (HbbTV), 7.3.2.4: the maker is the second word; high
sig   = user-agent *HbbTV/* (*;SHARP;*
sig   = user-agent *HbbTV/* (*; SHARP;*

label = s:tv:Toshiba:::
; source: ETSI TS 102 796 (HbbTV), 7.3.2.4: the maker is the second word; high
sig   = user-agent *HbbTV/* (*;TOSHIBA;*
sig   = user-agent *HbbTV/* (*; TOSHIBA;*

label = s:tv::::
; source: TCL's televisions, also under other names, copy a browser's line and add theirs; medium
sig   = user-agent Mozilla/5.0 (iPad; *#TCL/*

label = s:tv:TCL:::
; source: ETSI TS 102 796 (HbbTV), 7.3.2.4: the maker is the second word; high
sig   = user-agent *HbbTV/* (*;TCL;*
sig   = user-agent *HbbTV/* (*; TCL;*

label = s:tv:Grundig:::
; source: ETSI TS 102 796 (HbbTV), 7.3.2.4: the maker is the second word; high
sig   = user-agent *HbbTV/* (*;Grundig;*
sig   = user-agent *HbbTV/* (*; Grundig;*

label = s:tv:LG:::
; source: LG's browsers; high
sig   = user-agent *LG NetCast.TV*
sig   = user-agent *LG SimpleSmart.TV*

label = s:media-player:LG:::
; source: LG's browsers; high
sig   = user-agent *LG NetCast.Media*

label = s:tv:Sony:::
; source: Sony's browser; high
sig   = user-agent *SonyCEBrowser/*

label = s:tv:Samsung:::
; source: Samsung's agents of DLNA; high
sig   = user-agent *SEC_HHP_[TV]*

label = s:tv:Panasonic:::
; source: Panasonic's browser; high
sig   = user-agent Mozilla/5.0 (X11; FreeBSD; U; Viera; *
sig   = user-agent Mozilla/5.0 (X11; FreeBSD; Viera; *

label = s:tv:Philips:::
; source: Philips' Net TV; medium
sig   = user-agent *; Philips; *NETTV/*
sig   = user-agent *PhilipsTV*NETTV/*

label = s:tv:Sharp:::
; source: Sharp's browser; high
sig   = user-agent *AQUOSBrowser/*
sig   = user-agent *AQUOS-AS/*

label = s:tv::::
; source: makers' systems of televisions; medium
sig   = user-agent *VIDAA/*
sig   = user-agent *SmartTvA/*
sig   = user-agent *TitanOS/*
sig   = user-agent *LaTivu_*
sig   = user-agent *WhaleTV/*

label = s:console:Microsoft:::
; source: Microsoft's browser on the Xbox; high
sig   = user-agent Mozilla/5.0 (compatible; MSIE *; Windows NT *; Xbox*
sig   = user-agent Mozilla/4.0 (compatible; MSIE *; Windows NT *; Xbox*
sig   = user-agent Mozilla/5.0 (compatible; MSIE *; Windows Phone *; Xbox*

label = s:console:Nintendo:::
; source: Nintendo's browsers; high
sig   = user-agent Opera/* (Nintendo *
sig   = user-agent Mozilla/* (Nintendo *
sig   = user-agent Bunjalloo/* (Nintendo *
sig   = user-agent Bunjalloo/*(Nintendo DS*

label = s:console:Sony:PlayStation Portable::
; source: Sony's browsers; high
sig   = user-agent Mozilla/4.0 (PSP (PlayStation Portable)*
sig   = user-agent Mozilla/4.0 (PlayStation Portable*

label = s:media-player:Roku:<model>::
; source: Roku's documentation of the User-Agent; high
sig   = user-agent Roku<model>/DVP-*

label = s:speaker:Sonos:::
; source: Sonos' software; high
sig   = user-agent Linux UPnP/1.0 Sonos/*

label = s:watch:Apple:Watch<model>:watchOS:<version>
; source: Apple's agents with model and system; high
sig   = user-agent * watchOS/<version> model/Watch<model> hwp/*

label = s:media-player:Apple:AppleTV<model>:tvOS:<version>
; source: Apple's agents with model and system; high
sig   = user-agent * tvOS/<version> model/AppleTV<model> hwp/*
sig   = user-agent AppleTV<model>/<version>*

label = s:speaker:Apple:AudioAccessory<model>::
; source: Apple's agents with model and system; high
sig   = user-agent * model/AudioAccessory<model> hwp/*

label = s:phone:::KaiOS:<version>
; source: KaiOS, documentation of the User-Agent; high
sig   = user-agent Mozilla/5.0 (Mobile; * Gecko/* KAIOS/<version>
sig   = user-agent Mozilla/5.0 (Mobile; * Gecko/* KAIOS/<version> *

label = s:phone:BlackBerry::BlackBerry OS:
; source: BlackBerry, documentation of the User-Agent; high
sig   = user-agent Mozilla/5.0 (BB10; *
sig   = user-agent Mozilla/5.0 (BlackBerry; *
sig   = user-agent BlackBerry????/*

label = s:tablet:BlackBerry:PlayBook::
; source: BlackBerry, documentation of the User-Agent; high
sig   = user-agent Mozilla/5.0 (PlayBook; *

label = s:phone:::Symbian:
; source: Nokia, documentation of the User-Agent; high
sig   = user-agent Mozilla/5.0 (Symbian/3; *
sig   = user-agent Mozilla/5.0 (SymbianOS/*
sig   = user-agent Nokia*/* (*) SymbianOS/*

label = s:watch:Samsung:SM-R<model>:Tizen:<version>
; source: Samsung's codes of watches; high
sig   = user-agent Mozilla/5.0 (Linux; Tizen <version>; SAMSUNG SM-R<model>) *

label = s:phone:Samsung:SM-Z<model>:Tizen:<version>
; source: Samsung's codes of telephones with Tizen; high
sig   = user-agent Mozilla/5.0 (Linux; Tizen <version>; SAMSUNG SM-Z<model>) *

label = s::::Android:<version>
; source: UCWeb's browser, also of tablets, writes Android as Adr; medium
sig   = user-agent UCWEB/2.0 (MIDP-2.0; U; Adr <version>; *
sig   = user-agent UCWEB/2.0 (MIDP-2.0;U;Adr <version>;*

; ---- UPnP and cameras of ONVIF by their makers' names of models ------------------------------------------

label = s:nas:QNAP:::
; source: QNAP's software; medium
sig   = server *QNAP*

label = s:nas:Buffalo:::
; source: Buffalo's product lines; medium
sig   = server *LinkStation*
sig   = server *TeraStation*

label = s:nas:ASUSTOR:::
; source: ASUSTOR's software; medium
sig   = server *ASUSTOR*

label = g::Netgear:::
; source: Netgear's media server; medium
sig   = server *ReadyDLNA/*

label = s:media-player:Yamaha:RX-<model>::
; source: Yamaha's names of models; high
sig   = server *Network_Module/* (RX-<model>)

label = s:speaker:Sonos:::
; source: Sonos' services; high
sig   = device-type urn:schemas-sonos-com:*

label = s:router::::
; source: UPnP device templates of the UPnP Forum (facts restated); high
sig   = device-type urn:schemas-upnp-org:service:LANHostConfigManagement:*

label = s:camera:Hanwha Vision:XNV-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/XNV-<model>

label = s:camera:Hanwha Vision:XND-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/XND-<model>

label = s:camera:Hanwha Vision:XNO-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/XNO-<model>

label = s:camera:Hanwha Vision:XNP-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/XNP-<model>

label = s:camera:Hanwha Vision:XNB-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/XNB-<model>

label = s:camera:Hanwha Vision:QNV-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/QNV-<model>

label = s:camera:Hanwha Vision:QND-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/QND-<model>

label = s:camera:Hanwha Vision:QNO-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/QNO-<model>

label = s:camera:Hanwha Vision:QNP-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/QNP-<model>

label = s:camera:Hanwha Vision:PNM-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/PNM-<model>

label = s:camera:Hanwha Vision:PNV-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/PNV-<model>

label = s:camera:Hanwha Vision:PND-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/PND-<model>

label = s:camera:Hanwha Vision:PNO-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/PNO-<model>

label = s:camera:Hanwha Vision:PNP-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/PNP-<model>

label = s:camera:Hanwha Vision:SNV-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/SNV-<model>

label = s:camera:Hanwha Vision:SND-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/SND-<model>

label = s:camera:Hanwha Vision:SNO-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/SNO-<model>

label = s:camera:Hanwha Vision:SNP-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/SNP-<model>

label = s:camera:Hanwha Vision:SNB-<model>::
; source: Hanwha Vision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/SNB-<model>

label = s:camera:Sony:SNC-<model>::
; source: Sony's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/SNC-<model>

label = s:camera:Panasonic:WV-<model>::
; source: Panasonic's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/WV-<model>

label = s:camera:Vivotek:FD8<model>::
; source: Vivotek's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/FD8<model>

label = s:camera:Vivotek:FD9<model>::
; source: Vivotek's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/FD9<model>

label = s:camera:Vivotek:IB8<model>::
; source: Vivotek's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/IB8<model>

label = s:camera:Vivotek:IB9<model>::
; source: Vivotek's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/IB9<model>

label = s:camera:Vivotek:IP8<model>::
; source: Vivotek's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/IP8<model>

label = s:camera:Vivotek:IP9<model>::
; source: Vivotek's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/IP9<model>

label = s:camera:Vivotek:SD8<model>::
; source: Vivotek's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/SD8<model>

label = s:camera:Vivotek:SD9<model>::
; source: Vivotek's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/SD9<model>

label = s:camera:Vivotek:FE8<model>::
; source: Vivotek's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/FE8<model>

label = s:camera:Vivotek:FE9<model>::
; source: Vivotek's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/FE9<model>

label = s:camera:Reolink:RLC-<model>::
; source: Reolink's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/RLC-<model>

label = s:camera:Reolink:RLK-<model>::
; source: Reolink's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/RLK-<model>

label = s:camera:Amcrest:IP2M-<model>::
; source: Amcrest's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/IP2M-<model>

label = s:camera:Amcrest:IP4M-<model>::
; source: Amcrest's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/IP4M-<model>

label = s:camera:Amcrest:IP5M-<model>::
; source: Amcrest's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/IP5M-<model>

label = s:camera:Amcrest:IP8M-<model>::
; source: Amcrest's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/IP8M-<model>

label = s:camera:Milesight:MS-C<model>::
; source: Milesight's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/MS-C<model>

label = s:camera:Foscam:FI8<model>::
; source: Foscam's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/FI8<model>

label = s:camera:Foscam:FI9<model>::
; source: Foscam's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/FI9<model>

label = s:camera:D-Link:DCS-<model>::
; source: D-Link's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/DCS-<model>

label = s:camera:GeoVision:GV-<model>::
; source: GeoVision's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/GV-<model>

label = s:camera:Bosch:NBN-<model>::
; source: Bosch's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/NBN-<model>

label = s:camera:Bosch:NDN-<model>::
; source: Bosch's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/NDN-<model>

label = s:camera:Bosch:NBE-<model>::
; source: Bosch's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/NBE-<model>

label = s:camera:Bosch:NDE-<model>::
; source: Bosch's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/NDE-<model>

label = s:camera:Bosch:NDS-<model>::
; source: Bosch's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/NDS-<model>

label = s:camera:Bosch:NBS-<model>::
; source: Bosch's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/NBS-<model>

label = s:camera:Uniview:IPC2<model>::
; source: Uniview's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/IPC2<model>

label = s:camera:Uniview:IPC3<model>::
; source: Uniview's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/IPC3<model>

label = s:camera:Uniview:IPC6<model>::
; source: Uniview's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/IPC6<model>

label = s:camera:TP-Link:VIGI <model>::
; source: TP-Link's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/VIGI <model>

label = s:camera:Axis:AXIS <model>::
; source: Axis's names of models; medium
sig   = device-type onvif://www.onvif.org/hardware/AXIS <model>

; ---- mDNS by HomeKit's models and makers' services -------------------------------------------------------

label = g::tado:AC02::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-27; medium
sig   = mdns _hap._tcp md=AC02

label = s:sensor:Netatmo:Healthy Home Coach::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-27; medium
sig   = mdns _hap._tcp md=Healthy Home Coach

label = s:hub:Netatmo:Relay::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-27; medium
sig   = mdns _hap._tcp md=Netatmo Relay

label = s:hub:Abode:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-27; medium
sig   = mdns _hap._tcp md=Abode
sig   = mdns _hap._tcp md=Iota

label = s:hub:Hive:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-27; medium
sig   = mdns _hap._tcp md=HHKBridge*

label = g::Escea:::
; source: Home Assistant 2024.12, its matchers (Apache-2.0), read on 2026-11-27; medium
sig   = mdns _hap._tcp md=Escea

label = s:hub:Velux:::
; source: Velux' gateway in HomeKit; medium
sig   = mdns _hap._tcp md=VELUX *

label = s:light:Nanoleaf:::
; source: Nanoleaf's names of models; medium
sig   = mdns _hap._tcp md=NL??

label = s:hub:Aqara:::
; source: Aqara's names of models; medium
sig   = mdns _hap._tcp md=Aqara Hub*

label = s:hub:IKEA:DIRIGERA::
; source: IKEA's names of models; high
sig   = mdns _hap._tcp md=DIRIGERA*

label = s:plug:Meross:MSS<model>::
; source: Meross' names of models; high
sig   = mdns _hap._tcp md=MSS<model>

label = s:tv:LG:::
; source: LG's televisions in HomeKit; high
sig   = mdns _hap._tcp md=LG webOS TV *

label = s:camera:Logitech:Circle View::
; source: Logitech's names of models; high
sig   = mdns _hap._tcp md=Circle View*
sig   = mdns _hap._tcp md=Logitech Circle*

label = s:media-player:Roku:::
; source: Roku's service; high
sig   = mdns _roku-rcp._tcp*

label = s:speaker:Denon:::
; source: Denon's service of HEOS; high
sig   = mdns _heos-audio._tcp*

label = s:camera-recorder:Axis:::
; source: Axis' service of recorders; high
sig   = mdns _axis-nvr._tcp*

label = s:server::::
; source: Plex' service; medium
sig   = mdns _plexmediasvr._tcp*

label = s:printer:Brother:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(Brother <model>)
sig   = mdns _ipps._tcp product=(Brother <model>)
sig   = mdns _pdl-datastream._tcp product=(Brother <model>)
sig   = mdns _printer._tcp product=(Brother <model>)

label = s:printer:HP:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(HP <model>)
sig   = mdns _ipps._tcp product=(HP <model>)
sig   = mdns _pdl-datastream._tcp product=(HP <model>)
sig   = mdns _printer._tcp product=(HP <model>)

label = s:printer:Canon:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(Canon <model>)
sig   = mdns _ipps._tcp product=(Canon <model>)
sig   = mdns _pdl-datastream._tcp product=(Canon <model>)
sig   = mdns _printer._tcp product=(Canon <model>)

label = s:printer:Epson:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(EPSON <model>)
sig   = mdns _ipps._tcp product=(EPSON <model>)
sig   = mdns _pdl-datastream._tcp product=(EPSON <model>)
sig   = mdns _printer._tcp product=(EPSON <model>)

label = s:printer:Lexmark:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(Lexmark <model>)
sig   = mdns _ipps._tcp product=(Lexmark <model>)
sig   = mdns _pdl-datastream._tcp product=(Lexmark <model>)
sig   = mdns _printer._tcp product=(Lexmark <model>)

label = s:printer:Xerox:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(Xerox <model>)
sig   = mdns _ipps._tcp product=(Xerox <model>)
sig   = mdns _pdl-datastream._tcp product=(Xerox <model>)
sig   = mdns _printer._tcp product=(Xerox <model>)

label = s:printer:Konica Minolta:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(KONICA MINOLTA <model>)
sig   = mdns _ipps._tcp product=(KONICA MINOLTA <model>)
sig   = mdns _pdl-datastream._tcp product=(KONICA MINOLTA <model>)
sig   = mdns _printer._tcp product=(KONICA MINOLTA <model>)

label = s:printer:Kyocera:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(Kyocera <model>)
sig   = mdns _ipps._tcp product=(Kyocera <model>)
sig   = mdns _pdl-datastream._tcp product=(Kyocera <model>)
sig   = mdns _printer._tcp product=(Kyocera <model>)

label = s:printer:Ricoh:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(RICOH <model>)
sig   = mdns _ipps._tcp product=(RICOH <model>)
sig   = mdns _pdl-datastream._tcp product=(RICOH <model>)
sig   = mdns _printer._tcp product=(RICOH <model>)

label = s:printer:Sharp:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(SHARP <model>)
sig   = mdns _ipps._tcp product=(SHARP <model>)
sig   = mdns _pdl-datastream._tcp product=(SHARP <model>)
sig   = mdns _printer._tcp product=(SHARP <model>)

label = s:printer:OKI:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(OKI <model>)
sig   = mdns _ipps._tcp product=(OKI <model>)
sig   = mdns _pdl-datastream._tcp product=(OKI <model>)
sig   = mdns _printer._tcp product=(OKI <model>)

label = s:printer:Samsung:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(Samsung <model>)
sig   = mdns _ipps._tcp product=(Samsung <model>)
sig   = mdns _pdl-datastream._tcp product=(Samsung <model>)
sig   = mdns _printer._tcp product=(Samsung <model>)

label = s:printer:Pantum:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(Pantum <model>)
sig   = mdns _ipps._tcp product=(Pantum <model>)
sig   = mdns _pdl-datastream._tcp product=(Pantum <model>)
sig   = mdns _printer._tcp product=(Pantum <model>)

label = s:printer:Toshiba:<model>::
; source: Bonjour Printing Specification: product is the PPD's name; high
sig   = mdns _ipp._tcp product=(TOSHIBA <model>)
sig   = mdns _ipps._tcp product=(TOSHIBA <model>)
sig   = mdns _pdl-datastream._tcp product=(TOSHIBA <model>)
sig   = mdns _printer._tcp product=(TOSHIBA <model>)

; ---- older routers of Huawei, televisions and lamps by makers' names of models -----------------------------------------

label = s:router:Huawei:AR<model>:VRP:
; source: Huawei's names of models; high
sig   = description Huawei Versatile Routing Platform Software*Quidway*Router AR<model>
sig   = description Huawei Versatile Routing Platform Software*Quidway*Router AR<model> *
sig   = description Huawei Versatile Routing Platform Software*Quidway*Router AR<model>.Copyright*

label = s:router:Huawei:NE<model>:VRP:
; source: Huawei's names of models; high
sig   = description Huawei Versatile Routing Platform Software*Quidway*Router NE<model> *

label = s:switch:Huawei:S<model>:VRP:
; source: Huawei's names of models; high
sig   = description Huawei Versatile Routing Platform Software*Quidway S<model> *

label = g::Huawei::VRP:
; source: Huawei's LLDP; high
sig   = description Huawei Versatile Routing Platform Software*

label = s:media-player:Google:Chromecast::
; source: Google Cast, documentation of the User-Agent; high
sig   = user-agent Mozilla/5.0 (CrKey *
sig   = user-agent Mozilla/5.0 (Linux; Android *; Build/*) AppleWebKit/* CrKey/*

label = s:tv:::Google TV:
; source: Google, documentation of Google TV; medium
sig   = user-agent *GoogleTV/*

label = s:light:Yeelight:::
; source: Yeelight's names of models; medium
sig   = mdns _hap._tcp md=YLDP*
sig   = mdns _hap._tcp md=YLDD*
sig   = mdns _hap._tcp md=YLXD*

label = g::Heatmiser:::
; source: Heatmiser's name of its hub in HomeKit; medium
sig   = mdns _hap._tcp md=Heatmiser*

label = s:media-player:Dune HD:<model>::
; source: DuneHD's browser; medium
sig   = user-agent *DuneHD/* (<model>; *

label = s:printer:HP:<model>::
; source: HP's names of services; medium
sig   = mdns _http._tcp name=HP Color LaserJet <model>
sig   = mdns _http._tcp name=HP LaserJet <model>
sig   = mdns _http._tcp name=HP OfficeJet <model>
sig   = mdns _http._tcp name=HP ENVY <model>
sig   = mdns _http._tcp name=HP DeskJet <model>

; ---- further texts of devices in homes -----------------------------------------------------------------------

label = s:computer:::Windows:
; source: Sonos' software: its controller names the computer; high
sig   = user-agent Linux UPnP/1.0 Sonos/* (WDCR:*
sig   = ssdp-agent Linux UPnP/1.0 Sonos/* (WDCR:*

label = s:computer:Apple:<model>:macOS:
; source: Sonos' software: its controller names the computer; high
sig   = user-agent Linux UPnP/1.0 Sonos/* (MDCR_<model>)*

label = s::::Android:
; source: Sonos' software: its controller names the system; high
sig   = user-agent Linux UPnP/1.0 Sonos/* (ACR_*

label = s::Apple::iOS:
; source: Sonos' software: its controller names the system; high
sig   = user-agent Linux UPnP/1.0 Sonos/* (ICR*

label = s:router:AVM:FRITZ!Box <model>::
; source: AVM's software; high
sig   = server *AVM FRITZ!Box <model> ???.??.??
sig   = server *AVM FRITZ!Box <model> ??.??.??
sig   = server *AVM FRITZ!Box Fon WLAN <model> ??.??.??

label = s:access-point:AVM:FRITZ!Repeater <model>::
; source: AVM's software; high
sig   = server *AVM FRITZ!Repeater <model> ???.??.??
sig   = server *AVM FRITZ!WLAN Repeater <model> ???.??.??

label = s:router:Synology::SRM:
; source: Synology's software; high
sig   = server Synology/SRM*

label = s:router:Netgear:::
; source: Netgear's firmware; high
sig   = server Netgear_Router UPnP/*

label = s:router:Ubiquiti::EdgeOS:
; source: Ubiquiti's firmware; high
sig   = server UBNT/EdgeOS UPnP/*

label = g:firewall:::pfSense:
; source: defaults of pfSense; medium
sig   = server pfSense/* UPnP/*

label = s:router:Compal:::
; source: Compal's firmware; high
sig   = server Compal Broadband Networks*

label = s:media-player:SiliconDust:HDHomeRun::
; source: SiliconDust's firmware; high
sig   = server HDHomeRun/*

label = g:server::::
; source: Home Assistant's service; medium
sig   = mdns _home-assistant._tcp*
sig   = mdns _hap._tcp md=Home Assistant Bridge*
sig   = mdns _hap._tcp md=HASS Bridge*

label = s:console:Sony:PlayStation 5::
; source: Sony's browser; high
sig   = user-agent Mozilla/5.0 (PlayStation 5 *

label = s:media-player:NVIDIA:SHIELD Android TV:Android:
; source: names of Android's models; high
sig   = user-agent *; SHIELD Android TV Build/*
sig   = mdns _googlecast._tcp md=SHIELD Android TV

label = s:media-player:Google:Chromecast:Android:
; source: names of Android's models; high
sig   = user-agent *; Chromecast Build/*
sig   = user-agent *; Chromecast HD Build/*

label = s::Amazon:Kindle::
; source: Amazon's browser of its readers; high
sig   = user-agent *Kindle/*

label = s:appliance:Samsung:Family Hub:Tizen:
; source: Samsung's browser; high
sig   = user-agent *(Linux; Tizen *FamilyHub*

label = s:media-player:Google:Google TV Streamer::
; source: Google Cast's service; high
sig   = mdns _googlecast._tcp md=Google TV Streamer

label = s:display:Lenovo:Smart Display <model>::
; source: Google Cast's service; high
sig   = mdns _googlecast._tcp md=Lenovo Smart Display <model>

label = s:speaker:JBL:Link <model>::
; source: Google Cast's service; high
sig   = mdns _googlecast._tcp md=JBL Link <model>

label = s:media-player:Xiaomi:Mi Box::
; source: Google Cast's service; high
sig   = mdns _googlecast._tcp md=MIBOX*
sig   = mdns _googlecast._tcp md=Mi Box*

label = g:tv:Philips:::
; source: Google Cast's service; medium
sig   = mdns _googlecast._tcp md=Philips TV*

label = s:vacuum:Dyson:360 Eye::
; source: Dyson's service; high
sig   = mdns _dyson_360_eye._tcp*

label = g::Amazon:::
; source: Thread 1.3, MeshCoP: name of the vendor; high
sig   = mdns _meshcop._udp vn=Amazon*

label = g::Nanoleaf:::
; source: Thread 1.3, MeshCoP: name of the vendor; high
sig   = mdns _meshcop._udp vn=Nanoleaf*

label = s:router:eero:::
; source: Thread 1.3, MeshCoP: name of the vendor; high
sig   = mdns _meshcop._udp vn=eero*

label = s:hub:IKEA:::
; source: Thread 1.3, MeshCoP: name of the vendor; high
sig   = mdns _meshcop._udp vn=IKEA of Sweden*

label = s:voip-phone:Grandstream:<model>::
; source: Grandstream's class; high
sig   = dhcp-class Grandstream <model> dslforum.org

label = s:switch:Juniper:EX<model>:Junos:
; source: Juniper's guide to zero touch provisioning (facts restated): the serial number comes last; high
sig   = dhcp-class Juniper-ex<model>-????????????

label = s:switch:Juniper:EX<model>-<suffix>:Junos:
; source: Juniper's guide to zero touch provisioning (facts restated): the serial number comes last; high
sig   = dhcp-class Juniper-ex<model>-<suffix>-????????????

label = s:switch:Juniper:QFX<model>:Junos:
; source: Juniper's guide to zero touch provisioning (facts restated): the serial number comes last; high
sig   = dhcp-class Juniper-qfx<model>-????????????

label = s:switch:Juniper:QFX<model>-<suffix>:Junos:
; source: Juniper's guide to zero touch provisioning (facts restated): the serial number comes last; high
sig   = dhcp-class Juniper-qfx<model>-<suffix>-????????????

label = s:firewall:Juniper:SRX<model>:Junos:
; source: Juniper's guide to zero touch provisioning (facts restated): the serial number comes last; high
sig   = dhcp-class Juniper-srx<model>-????????????

label = s:firewall:Juniper:SRX<model>-<suffix>:Junos:
; source: Juniper's guide to zero touch provisioning (facts restated): the serial number comes last; high
sig   = dhcp-class Juniper-srx<model>-<suffix>-????????????

label = s::Juniper:<model>:Junos:
; source: Juniper's guide to zero touch provisioning (facts restated): the serial number comes last; high
sig   = dhcp-class Juniper-<model>-????????????

label = s::Juniper:<model>-<suffix>:Junos:
; source: Juniper's guide to zero touch provisioning (facts restated): the serial number comes last; high
sig   = dhcp-class Juniper-<model>-<suffix>-????????????

label = s:switch:Juniper:EX<model>-c-<suffix>:Junos:
; source: Juniper's guide to zero touch provisioning (facts restated): the serial number comes last; high
sig   = dhcp-class Juniper-ex<model>-c-<suffix>-????????????

label = s:plug:D-Link:DSP-<model>::
; source: makers' names of models; medium
sig   = discovery upnp D-Link*;DSP-<model>;*

label = s:nas:D-Link:DNS-<model>::
; source: makers' names of models; medium
sig   = discovery upnp D-Link*;DNS-<model>;*

label = s::Netgear:::
; source: makers' names of models; medium
sig   = discovery upnp NETGEAR*;*;*;WFADevice;*

label = s::TP-Link:::
; source: makers' names of models; medium
sig   = discovery upnp TP-LINK*;*;*;WFADevice;*

label = s::D-Link:::
; source: makers' names of models; medium
sig   = discovery upnp D-Link*;*;*;WFADevice;*

label = s::ASUS:::
; source: makers' names of models; medium
sig   = discovery upnp ASUSTek*;*;*;WFADevice;*

label = s::Linksys:::
; source: makers' names of models; medium
sig   = discovery upnp Linksys*;*;*;WFADevice;*

label = s::Belkin:::
; source: makers' names of models; medium
sig   = discovery upnp Belkin*;*;*;WFADevice;*

label = s::Zyxel:::
; source: makers' names of models; medium
sig   = discovery upnp ZyXEL*;*;*;WFADevice;*

label = s::Huawei:::
; source: makers' names of models; medium
sig   = discovery upnp Huawei*;*;*;WFADevice;*

label = s::ZTE:::
; source: makers' names of models; medium
sig   = discovery upnp ZTE*;*;*;WFADevice;*

label = s::Technicolor:::
; source: makers' names of models; medium
sig   = discovery upnp Technicolor*;*;*;WFADevice;*

label = s:firewall:Cisco:ASA<model>::
; source: Cisco's platforms; high
sig   = platform Cisco ASA<model>

label = s:switch:Dell:PowerConnect <model>::
; source: Dell's names of models; high
sig   = description PowerConnect <model>
