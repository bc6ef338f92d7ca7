; Patterns of rapid7/recog (https://github.com/rapid7/recog), converted by `huginn convert`.
; Copyright (c) 2014-2015, Rapid7; licence: BSD-2-Clause, see LICENSE-RECOG.

classes = win,unix,other

[device]

label = s::::Linux:
; source: rapid7/recog dhcp_vendor_class.xml; low
sig   = dhcp-class udhcpc0.*.?
sig   = dhcp-class udhcpc0.*.?-pre
sig   = dhcp-class udhcpc1.*.?
sig   = dhcp-class udhcpc1.*.?-pre
sig   = dhcp-class udhcp 0.*.?
sig   = dhcp-class udhcp 0.*.?-pre
sig   = dhcp-class udhcp 1.*.?
sig   = dhcp-class udhcp 1.*.?-pre

label = s::::Linux:<version>
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class dhcpcd-*:Linux-<version>*:*:*

label = s::Axis:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class AXIS,Network Video Encoder,<model>,*
sig   = dhcp-class AXIS,Video Server,<model>,*
sig   = dhcp-class AXIS,Network IO Audio Module,<model>,*

label = s::Cisco:::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Cisco Systems, Inc.

label = s::Cisco:TelePresence::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Cisco Telepresence Peripheral

label = s::Gallagher:::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Gallagher Group Limited

label = s::Vaddio:::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class vaddio

label = s:access-point:Cisco:AP801::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Cisco AP801

label = s:access-point:Cisco:AP802::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Cisco AP802

label = s:access-point:Cisco:AP803::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Cisco AP803

label = s:access-point:Cisco:Catalyst 9115 AP::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Cisco AP C9115AX

label = s:access-point:Cisco:Catalyst 9120 AP::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Cisco AP C9120AX

label = s:firewall:Juniper:IVE OS::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class JNPR.IVE

label = s:printer:Canon:imageClass <model>::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Canon <model> Series

label = s:printer:Canon:imageRunner <model>::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Canon iR-ADV <model>

label = s:printer:Dell:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Mfg=DELL;Typ=Printer;Mod=Dell <model>;Ser=???????;
sig   = dhcp-class Mfg=DELL;Typ=Printer;Mod=Dell <model> Laser Printer;Ser=???????;
sig   = dhcp-class Mfg=Dell;Typ=printer;Mod=Dell Color Printer <model>;Ser=??????

label = s:printer:HP:JetDirect::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Hewlett-Packard JetDirect
sig   = dhcp-class HP JetDirect

label = s:printer:HP:LaserJet 200 <model>::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Mfg=Hewlett Packard;Typ=Printer;Mod=HP LaserJet 200 <model>;Ser=??????????;
sig   = dhcp-class Mfg=Hewlett Packard;Typ=Printer;Mod=HP LaserJet 200 color <model>;Ser=??????????;
sig   = dhcp-class Mfg=Hewlett Packard;Typ=Printer;Mod=HP LaserJet 200 colorMFP <model>;Ser=??????????;
sig   = dhcp-class Mfg=Hewlett Packard;Typ=Printer;Mod=HP LaserJet 200 MFP <model>;Ser=??????????;

label = s:printer:HP:LaserJet 400 <model>::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Mfg=Hewlett Packard;Typ=Printer;Mod=HP LaserJet 400 <model>;Ser=??????????;
sig   = dhcp-class Mfg=Hewlett Packard;Typ=Printer;Mod=HP LaserJet 400 color <model>;Ser=??????????;
sig   = dhcp-class Mfg=Hewlett Packard;Typ=Printer;Mod=HP LaserJet 400 colorMFP <model>;Ser=??????????;
sig   = dhcp-class Mfg=Hewlett Packard;Typ=Printer;Mod=HP LaserJet 400 MFP <model>;Ser=??????????;

label = s:printer:HP:LaserJet::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Hewlett-Packard LaserJet
sig   = dhcp-class HP LaserJet

label = s:printer:HP:OfficeJet::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Hewlett-Packard OfficeJet
sig   = dhcp-class HP OfficeJet

label = s:printer:Lexmark:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Mfg=LEXMARK;Typ=MFP;Mod=Lexmark <model>;Ser=?????????????;
sig   = dhcp-class Mfg=LEXMARK;Typ=Printer;Mod=Lexmark <model>;Ser=?????????????;

label = s:printer:Xerox:<model> <suffix>::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Mfg=Xerox;Typ=MFP;Mod=<model> <suffix>*;Ser=*
sig   = dhcp-class Mfg=Xerox;Typ=MFP;Mod=<model> <suffix>*;Ser=*;Loc=*
sig   = dhcp-class Mfg=Xerox;Typ=MFP;Mod=Xerox <model> <suffix>*;Ser=*
sig   = dhcp-class Mfg=Xerox;Typ=MFP;Mod=Xerox <model> <suffix>*;Ser=*;Loc=*
sig   = dhcp-class Mfg=Xerox;Typ=AIO;Mod=<model> <suffix>*;Ser=*
sig   = dhcp-class Mfg=Xerox;Typ=AIO;Mod=<model> <suffix>*;Ser=*;Loc=*
sig   = dhcp-class Mfg=Xerox;Typ=AIO;Mod=Xerox <model> <suffix>*;Ser=*
sig   = dhcp-class Mfg=Xerox;Typ=AIO;Mod=Xerox <model> <suffix>*;Ser=*;Loc=*
sig   = dhcp-class Mfg=Xerox;Typ=Printer;Mod=<model> <suffix>*;Ser=*
sig   = dhcp-class Mfg=Xerox;Typ=Printer;Mod=<model> <suffix>*;Ser=*;Loc=*
sig   = dhcp-class Mfg=Xerox;Typ=Printer;Mod=Xerox <model> <suffix>*;Ser=*
sig   = dhcp-class Mfg=Xerox;Typ=Printer;Mod=Xerox <model> <suffix>*;Ser=*;Loc=*
sig   = dhcp-class Mfg=FujiXerox;Typ=MFP;Mod=<model> <suffix>*;Ser=*
sig   = dhcp-class Mfg=FujiXerox;Typ=MFP;Mod=<model> <suffix>*;Ser=*;Loc=*
sig   = dhcp-class Mfg=FujiXerox;Typ=MFP;Mod=Xerox <model> <suffix>*;Ser=*
sig   = dhcp-class Mfg=FujiXerox;Typ=MFP;Mod=Xerox <model> <suffix>*;Ser=*;Loc=*
sig   = dhcp-class Mfg=FujiXerox;Typ=AIO;Mod=<model> <suffix>*;Ser=*
sig   = dhcp-class Mfg=FujiXerox;Typ=AIO;Mod=<model> <suffix>*;Ser=*;Loc=*
sig   = dhcp-class Mfg=FujiXerox;Typ=AIO;Mod=Xerox <model> <suffix>*;Ser=*
sig   = dhcp-class Mfg=FujiXerox;Typ=AIO;Mod=Xerox <model> <suffix>*;Ser=*;Loc=*
sig   = dhcp-class Mfg=FujiXerox;Typ=Printer;Mod=<model> <suffix>*;Ser=*
sig   = dhcp-class Mfg=FujiXerox;Typ=Printer;Mod=<model> <suffix>*;Ser=*;Loc=*
sig   = dhcp-class Mfg=FujiXerox;Typ=Printer;Mod=Xerox <model> <suffix>*;Ser=*
sig   = dhcp-class Mfg=FujiXerox;Typ=Printer;Mod=Xerox <model> <suffix>*;Ser=*;Loc=*

label = s:printer:Zebra:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Zebra Technologies ZTC <model>-???dpi ZPL
sig   = dhcp-class Zebra Technologies ZTC <model>-???dpi CPCL

label = s:thin-client:Dell:Wyse 1000::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class wyse-1000

label = s:voip-phone:Avaya:E129::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Avaya E129 dslforum.org

label = s:voip-phone:Cisco:SPA8800 IP Telephony Gateway::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class CISCO SPA8800

label = s:voip-phone:Digium:<model>::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class digium_<model>_?_*_*

label = s:voip-phone:Polycom:SoundStation IP 4000::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Polycom-SSIP4000

label = s:voip-phone:Polycom:SoundStation IP 5000::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Polycom-SSIP5000

label = s:voip-phone:Polycom:SoundStation IP 6000::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Polycom-SSIP6000

label = s:voip-phone:Polycom:SoundStation IP 7000::
; source: rapid7/recog dhcp_vendor_class.xml; medium
sig   = dhcp-class Polycom-SSIP7000

label = s:computer:Apple:Mac Pro (MacPro):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=MacPro

label = s:computer:Apple:Mac Pro (MacPro1,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=MacPro1,1

label = s:computer:Apple:Mac Pro (MacPro2,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=MacPro2,1

label = s:computer:Apple:Mac Pro (MacPro3,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=MacPro3,1

label = s:computer:Apple:Mac Pro (MacPro4,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=MacPro4,1

label = s:computer:Apple:Mac Pro (MacPro5,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=MacPro5,1

label = s:computer:Apple:Mac Pro (MacPro6,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=MacPro6,1

label = s:computer:Apple:Mac Pro (MacPro7,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=MacPro7,1

label = s:computer:Apple:Mac mini (Macmini2,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=Macmini2,1

label = s:computer:Apple:Mac mini (Macmini3,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=Macmini3,1

label = s:computer:Apple:Mac mini (Macmini4,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=Macmini4,1

label = s:computer:Apple:Mac mini (Macmini5,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=Macmini5,1

label = s:computer:Apple:Mac mini (Macmini5,2):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=Macmini5,2

label = s:computer:Apple:Mac mini (Macmini6,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=Macmini6,1

label = s:computer:Apple:Mac mini (Macmini6,2):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=Macmini6,2

label = s:computer:Apple:Mac mini (Macmini7,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=Macmini7,1

label = s:computer:Apple:Mac mini (Macmini8,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=Macmini8,1

label = s:computer:Apple:Mac mini (Macmini9,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=Macmini9,1

label = s:computer:Apple:MacBook (MacBook10,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=MacBook10,1

label = s:computer:Apple:MacBook (MacBook7,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=MacBook7,1

label = s:computer:Apple:MacBook (MacBook8,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=MacBook8,1

label = s:computer:Apple:MacBook (MacBook9,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=MacBook9,1

label = s:computer:Apple:iMac (J456AP):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J456AP

label = s:computer:Apple:iMac (J457AP):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J457AP

label = s:computer:Apple:iMac (iMac10,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac10,1

label = s:computer:Apple:iMac (iMac11,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac11,1

label = s:computer:Apple:iMac (iMac11,2):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac11,2

label = s:computer:Apple:iMac (iMac11,3):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac11,3

label = s:computer:Apple:iMac (iMac12,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac12,1

label = s:computer:Apple:iMac (iMac12,2):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac12,2

label = s:computer:Apple:iMac (iMac13,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac13,1

label = s:computer:Apple:iMac (iMac13,2):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac13,2

label = s:computer:Apple:iMac (iMac14,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac14,1

label = s:computer:Apple:iMac (iMac14,2):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac14,2

label = s:computer:Apple:iMac (iMac14,4):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac14,4

label = s:computer:Apple:iMac (iMac15,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac15,1

label = s:computer:Apple:iMac (iMac16,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac16,1

label = s:computer:Apple:iMac (iMac16,2):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac16,2

label = s:computer:Apple:iMac (iMac17,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac17,1

label = s:computer:Apple:iMac (iMac18,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac18,1

label = s:computer:Apple:iMac (iMac18,2):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac18,2

label = s:computer:Apple:iMac (iMac18,3):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac18,3

label = s:computer:Apple:iMac (iMac19,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac19,1

label = s:computer:Apple:iMac (iMac19,2):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac19,2

label = s:computer:Apple:iMac (iMac20,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac20,1

label = s:computer:Apple:iMac (iMac21,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac21,1

label = s:computer:Apple:iMac (iMac21,2):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac21,2

label = s:computer:Apple:iMac (iMac8,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac8,1

label = s:computer:Apple:iMac (iMac9,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMac9,1

label = s:computer:Apple:iMac Pro (iMacPro1,1):macOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iMacPro1,1

label = s:media-player:Apple:Apple TV (J33AP):tvOS:
; source: rapid7/recog mdns_device-info_txt.xml; low
sig   = mdns _device-info._tcp model=J33AP

label = s:media-player:Apple:Apple TV (J33iAP):tvOS:
; source: rapid7/recog mdns_device-info_txt.xml; low
sig   = mdns _device-info._tcp model=J33iAP

label = s:media-player:Apple:Apple TV (J42dAP):tvOS:
; source: rapid7/recog mdns_device-info_txt.xml; low
sig   = mdns _device-info._tcp model=J42dAP

label = s:media-player:Apple:Apple TV 4K (J105aAP):tvOS:
; source: rapid7/recog mdns_device-info_txt.xml; low
sig   = mdns _device-info._tcp model=J105aAP

label = s:media-player:Apple:Apple TV 4K (J305AP):tvOS:
; source: rapid7/recog mdns_device-info_txt.xml; low
sig   = mdns _device-info._tcp model=J305AP

label = s:media-player:Apple:HomePod (B238AP)::
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=B238AP

label = s:media-player:Apple:HomePod (B238aAP)::
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=B238aAP

label = s:media-player:Apple:HomePod mini (B520AP)::
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=B520AP

label = s:media-player:Apple:iPod Touch (N102AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N102AP

label = s:media-player:Apple:iPod Touch (N112AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N112AP

label = s:media-player:Apple:iPod Touch (N18AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N18AP

label = s:media-player:Apple:iPod Touch (N45AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N45AP

label = s:media-player:Apple:iPod Touch (N72AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N72AP

label = s:media-player:Apple:iPod Touch (N78AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N78AP

label = s:media-player:Apple:iPod Touch (N78aAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N78aAP

label = s:media-player:Apple:iPod Touch (N81AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N81AP

label = s:media-player:Apple:iPod Touch (iPod1,1):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPod1,1

label = s:media-player:Apple:iPod Touch (iPod2,1):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPod2,1

label = s:media-player:Apple:iPod Touch (iPod3,1):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPod3,1

label = s:media-player:Apple:iPod Touch (iPod4,1):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPod4,1

label = s:media-player:Apple:iPod Touch (iPod5,1):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPod5,1

label = s:media-player:Apple:iPod Touch (iPod9,1):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPod9,1

label = s:phone:Apple:iPhone (M68AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=M68AP

label = s:phone:Apple:iPhone 11 (N104AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N104AP

label = s:phone:Apple:iPhone 11 (iPhone12,1):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone12,1

label = s:phone:Apple:iPhone 11 Pro (D421AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D421AP

label = s:phone:Apple:iPhone 11 Pro (D421pAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D421pAP

label = s:phone:Apple:iPhone 11 Pro (iPhone12,3):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone12,3

label = s:phone:Apple:iPhone 11 Pro Max (D431AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D431AP

label = s:phone:Apple:iPhone 11 Pro Max (D431pAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D431pAP

label = s:phone:Apple:iPhone 11 Pro Max (iPhone12,5):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone12,5

label = s:phone:Apple:iPhone 12 (D53gAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D53gAP

label = s:phone:Apple:iPhone 12 (iPhone13,2):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone13,2

label = s:phone:Apple:iPhone 12 Mini (D52AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D52AP

label = s:phone:Apple:iPhone 12 Mini (D52gAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D52gAP

label = s:phone:Apple:iPhone 12 Mini (Phone13,1):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=Phone13,1

label = s:phone:Apple:iPhone 12 Pro (D53pAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D53pAP

label = s:phone:Apple:iPhone 12 Pro (iPhone13,3):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone13,3

label = s:phone:Apple:iPhone 12 Pro Max (D54pAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D54pAP

label = s:phone:Apple:iPhone 12 Pro Max (iPhone13,4):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone13,4

label = s:phone:Apple:iPhone 13 (D17AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D17AP

label = s:phone:Apple:iPhone 13 (iPhone14,5):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone14,5

label = s:phone:Apple:iPhone 13 Pro (D63AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D63AP

label = s:phone:Apple:iPhone 13 Pro (iPhone14,2):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone14,2

label = s:phone:Apple:iPhone 13 Pro Max (D64AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D64AP

label = s:phone:Apple:iPhone 13 Pro Max (iPhone14,3):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone14,3

label = s:phone:Apple:iPhone 13 mini (D16AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D16AP

label = s:phone:Apple:iPhone 13 mini (iPhone14,4):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone14,4

label = s:phone:Apple:iPhone 3G (N82AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N82AP

label = s:phone:Apple:iPhone 3GS (N88AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N88AP

label = s:phone:Apple:iPhone 4 (N90AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N90AP

label = s:phone:Apple:iPhone 4 (N90BAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N90BAP

label = s:phone:Apple:iPhone 4 (N92AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N92AP

label = s:phone:Apple:iPhone 4 (N92BAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N92BAP

label = s:phone:Apple:iPhone 4s (N94AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N94AP

label = s:phone:Apple:iPhone 5 (N41AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N41AP

label = s:phone:Apple:iPhone 5 (N42AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N42AP

label = s:phone:Apple:iPhone 5c (N48AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N48AP

label = s:phone:Apple:iPhone 5c (N49AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N49AP

label = s:phone:Apple:iPhone 5s (N51AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N51AP

label = s:phone:Apple:iPhone 5s (N53AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N53AP

label = s:phone:Apple:iPhone 6 (N61AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N61AP

label = s:phone:Apple:iPhone 6 Plus (N56AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N56AP

label = s:phone:Apple:iPhone 6s (N71AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N71AP

label = s:phone:Apple:iPhone 6s (N71mAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N71mAP

label = s:phone:Apple:iPhone 6s Plus (N66AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N66AP

label = s:phone:Apple:iPhone 6s Plus (N66mAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N66mAP

label = s:phone:Apple:iPhone 7 (D101AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D101AP

label = s:phone:Apple:iPhone 7 (D10AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D10AP

label = s:phone:Apple:iPhone 7 Plus (D111AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D111AP

label = s:phone:Apple:iPhone 7 Plus (D11AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D11AP

label = s:phone:Apple:iPhone 7 Plus (iPhone9,2):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone9,2

label = s:phone:Apple:iPhone 7 Plus (iPhone9,4):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone9,4

label = s:phone:Apple:iPhone 7:iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone9,3*

label = s:phone:Apple:iPhone 8 (D201AAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D201AAP

label = s:phone:Apple:iPhone 8 (D201AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D201AP

label = s:phone:Apple:iPhone 8 (D20AAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D20AAP

label = s:phone:Apple:iPhone 8 (D20AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D20AP

label = s:phone:Apple:iPhone 8 (iPhone10,1):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone10,1

label = s:phone:Apple:iPhone 8 (iPhone10,4):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone10,4

label = s:phone:Apple:iPhone 8 Plus (D211AAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D211AAP

label = s:phone:Apple:iPhone 8 Plus (D211AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D211AP

label = s:phone:Apple:iPhone 8 Plus (D21AAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D21AAP

label = s:phone:Apple:iPhone 8 Plus (D21AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D21AP

label = s:phone:Apple:iPhone 8 Plus (iPhone10,2):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone10,2

label = s:phone:Apple:iPhone 8 Plus (iPhone10,5):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone10,5

label = s:phone:Apple:iPhone SE (D79AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D79AP

label = s:phone:Apple:iPhone SE (N69AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N69AP

label = s:phone:Apple:iPhone SE (N69uAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N69uAP

label = s:phone:Apple:iPhone SE (iPhone12,8):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone12,8

label = s:phone:Apple:iPhone X (D221AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D221AP

label = s:phone:Apple:iPhone X (D22AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D22AP

label = s:phone:Apple:iPhone X (iPhone10,3):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone10,3

label = s:phone:Apple:iPhone X (iPhone10,6):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone10,6

label = s:phone:Apple:iPhone XR (N841AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=N841AP

label = s:phone:Apple:iPhone XR (iPhone11,8):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone11,8

label = s:phone:Apple:iPhone XS (D321AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D321AP

label = s:phone:Apple:iPhone XS (iPhone11,2):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone11,2

label = s:phone:Apple:iPhone XS Max (D331AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D331AP

label = s:phone:Apple:iPhone XS Max (D331pAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=D331pAP

label = s:phone:Apple:iPhone XS Max (iPhone11,4):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone11,4

label = s:phone:Apple:iPhone XS Max (iPhone11,6):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPhone11,6

label = s:tablet:Apple:iPad (J171AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J171AP

label = s:tablet:Apple:iPad (J171aAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J171aAP

label = s:tablet:Apple:iPad (J172AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J172AP

label = s:tablet:Apple:iPad (J172aAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J172aAP

label = s:tablet:Apple:iPad (J181AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J181AP

label = s:tablet:Apple:iPad (J182AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J182AP

label = s:tablet:Apple:iPad (J71bAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J71bAP

label = s:tablet:Apple:iPad (J71sAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J71sAP

label = s:tablet:Apple:iPad (J71tAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J71tAP

label = s:tablet:Apple:iPad (J72bAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J72bAP

label = s:tablet:Apple:iPad (P101AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=P101AP

label = s:tablet:Apple:iPad (P102AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=P102AP

label = s:tablet:Apple:iPad (P103AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=P103AP

label = s:tablet:Apple:iPad (iPad11,6):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad11,6

label = s:tablet:Apple:iPad (iPad11,7):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad11,7

label = s:tablet:Apple:iPad (iPad12,1):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad12,1

label = s:tablet:Apple:iPad (iPad12,2):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad12,2

label = s:tablet:Apple:iPad (iPad6,11):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad6,11

label = s:tablet:Apple:iPad (iPad7,11):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad7,11

label = s:tablet:Apple:iPad (iPad7,12):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad7,12

label = s:tablet:Apple:iPad (iPad7,5):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad7,5

label = s:tablet:Apple:iPad Air (J217AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J217AP

label = s:tablet:Apple:iPad Air (J218AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J218AP

label = s:tablet:Apple:iPad Air (J307AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J307AP

label = s:tablet:Apple:iPad Air (J308AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J308AP

label = s:tablet:Apple:iPad Air (J71AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J71AP

label = s:tablet:Apple:iPad Air (J72AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J72AP

label = s:tablet:Apple:iPad Air (J73AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J73AP

label = s:tablet:Apple:iPad Air (iPad13,1):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad13,1

label = s:tablet:Apple:iPad Air (iPad13,2):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad13,2

label = s:tablet:Apple:iPad Air 2 (J81AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J81AP

label = s:tablet:Apple:iPad Air 2 (J82AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J82AP

label = s:tablet:Apple:iPad Air 2 (iPad5,3):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad5,3

label = s:tablet:Apple:iPad Pro (J120AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J120AP

label = s:tablet:Apple:iPad Pro (J121AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J121AP

label = s:tablet:Apple:iPad Pro (J127AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J127AP

label = s:tablet:Apple:iPad Pro (J128AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J128AP

label = s:tablet:Apple:iPad Pro (J207AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J207AP

label = s:tablet:Apple:iPad Pro (J208AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J208AP

label = s:tablet:Apple:iPad Pro (J317AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J317AP

label = s:tablet:Apple:iPad Pro (J317xAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J317xAP

label = s:tablet:Apple:iPad Pro (J318AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J318AP

label = s:tablet:Apple:iPad Pro (J318xAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J318xAP

label = s:tablet:Apple:iPad Pro (J320AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J320AP

label = s:tablet:Apple:iPad Pro (J320xAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J320xAP

label = s:tablet:Apple:iPad Pro (J321AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J321AP

label = s:tablet:Apple:iPad Pro (J321xAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J321xAP

label = s:tablet:Apple:iPad Pro (J417AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J417AP

label = s:tablet:Apple:iPad Pro (J418AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J418AP

label = s:tablet:Apple:iPad Pro (J420AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J420AP

label = s:tablet:Apple:iPad Pro (J421AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J421AP

label = s:tablet:Apple:iPad Pro (J517AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J517AP

label = s:tablet:Apple:iPad Pro (J517xAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J517xAP

label = s:tablet:Apple:iPad Pro (J518AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J518AP

label = s:tablet:Apple:iPad Pro (J518xAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J518xAP

label = s:tablet:Apple:iPad Pro (J98aAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J98aAP

label = s:tablet:Apple:iPad Pro (J99aAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J99aAP

label = s:tablet:Apple:iPad Pro (iPad13,4):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad13,4

label = s:tablet:Apple:iPad Pro (iPad13,5):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad13,5

label = s:tablet:Apple:iPad Pro (iPad13,6):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad13,6

label = s:tablet:Apple:iPad Pro (iPad13,7):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad13,7

label = s:tablet:Apple:iPad Pro (iPad8,1):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad8,1

label = s:tablet:Apple:iPad Pro (iPad8,10):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad8,10

label = s:tablet:Apple:iPad Pro (iPad8,11):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad8,11

label = s:tablet:Apple:iPad Pro (iPad8,5):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad8,5

label = s:tablet:Apple:iPad mini (J210AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J210AP

label = s:tablet:Apple:iPad mini (J211AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J211AP

label = s:tablet:Apple:iPad mini (J310AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J310AP

label = s:tablet:Apple:iPad mini (J311AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J311AP

label = s:tablet:Apple:iPad mini (P105AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=P105AP

label = s:tablet:Apple:iPad mini (P106AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=P106AP

label = s:tablet:Apple:iPad mini (P107AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=P107AP

label = s:tablet:Apple:iPad mini (iPad14,1):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad14,1

label = s:tablet:Apple:iPad mini (iPad14,2):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad14,2

label = s:tablet:Apple:iPad mini 2 (J85AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J85AP

label = s:tablet:Apple:iPad mini 2 (J86AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J86AP

label = s:tablet:Apple:iPad mini 2 (J87AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J87AP

label = s:tablet:Apple:iPad mini 3 (J85mAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J85mAP

label = s:tablet:Apple:iPad mini 3 (J86mAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J86mAP

label = s:tablet:Apple:iPad mini 3 (J87mAP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J87mAP

label = s:tablet:Apple:iPad mini 3 (iPad4,9):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad4,9

label = s:tablet:Apple:iPad mini 4 (J96AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J96AP

label = s:tablet:Apple:iPad mini 4 (J97AP):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=J97AP

label = s:tablet:Apple:iPad mini 4 (iPad5,2):iOS:
; source: rapid7/recog mdns_device-info_txt.xml; medium
sig   = mdns _device-info._tcp model=iPad5,2

label = s::Cisco:MediaSense::
; source: rapid7/recog rtsp_servers.xml; medium
sig   = signalling rtsp Cisco MediaSense Media Server

label = s::Freebox::Linux:
; source: rapid7/recog rtsp_servers.xml; medium
sig   = signalling rtsp fbxrtspd/* Freebox RTSP server

label = s:camera:Avigilon::Linux:
; source: rapid7/recog rtsp_servers.xml; medium
sig   = signalling rtsp AvigilonOnvifNvt/*.*

label = s:camera:Foscam:::
; source: rapid7/recog rtsp_servers.xml; medium
sig   = signalling rtsp HiIpcam/V*R* VodServer/*

label = s:camera:Hipcam:::
; source: rapid7/recog rtsp_servers.xml; medium
sig   = signalling rtsp Hipcam RealServer/V*

label = s:camera:Indigo Security:::
; source: rapid7/recog rtsp_servers.xml; medium
sig   = signalling rtsp Indigo-Security/*

label = s:camera:Sony:::
; source: rapid7/recog rtsp_servers.xml; medium
sig   = signalling rtsp Linux/2.6.35.14_nl-xarina+ Ze-PRO

label = s:computer:::Windows:
; source: rapid7/recog rtsp_servers.xml; medium
sig   = signalling rtsp WMServer/*

label = s::::Linux:
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip kamailio (* (x86_64/linux))
sig   = signalling sip kamailio (*-tls (x86_64/linux))
sig   = signalling sip kamailio (*-notls (x86_64/linux))
sig   = signalling sip kamailio (* (i386/linux))
sig   = signalling sip kamailio (*-tls (i386/linux))
sig   = signalling sip kamailio (*-notls (i386/linux))
sig   = signalling sip OpenSIPS (* (x86_64/linux))
sig   = signalling sip OpenSIPS (*-tls (x86_64/linux))
sig   = signalling sip OpenSIPS (*-notls (x86_64/linux))
sig   = signalling sip OpenSIPS (* (i386/linux))
sig   = signalling sip OpenSIPS (*-tls (i386/linux))
sig   = signalling sip OpenSIPS (*-notls (i386/linux))
sig   = signalling sip OpenSIPS (* (arm/linux))
sig   = signalling sip OpenSIPS (* (armv4tl/linux))
sig   = signalling sip OpenSIPS (* (armv7l/linux))
sig   = signalling sip OpenSIPS (*-tls (arm/linux))
sig   = signalling sip OpenSIPS (*-tls (armv4tl/linux))
sig   = signalling sip OpenSIPS (*-tls (armv7l/linux))
sig   = signalling sip OpenSIPS (*-notls (arm/linux))
sig   = signalling sip OpenSIPS (*-notls (armv4tl/linux))
sig   = signalling sip OpenSIPS (*-notls (armv7l/linux))
sig   = signalling sip OpenSER (* (sh4/linux))
sig   = signalling sip OpenSER (*-tls (sh4/linux))
sig   = signalling sip OpenSER (*-notls (sh4/linux))
sig   = signalling sip OpenSER (* (x86_64/linux))
sig   = signalling sip OpenSER (*-tls (x86_64/linux))
sig   = signalling sip OpenSER (*-notls (x86_64/linux))
sig   = signalling sip OpenSER (* (i386/linux))
sig   = signalling sip OpenSER (*-tls (i386/linux))
sig   = signalling sip OpenSER (*-notls (i386/linux))
sig   = signalling sip OpenSER (* (arm/linux))
sig   = signalling sip OpenSER (*-tls (arm/linux))
sig   = signalling sip OpenSER (*-notls (arm/linux))

label = s::Algo:<model>::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip Algo-<model>/*

label = s::AudioCodes:<model>::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip Audiocodes-Sip-Gateway-<model> FX*/v.*

label = s::Dialogic:Media Gateway::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip PBX-IP Media Gateway/*

label = s::Fortinet:<model>::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip FortiVoice-<model>

label = s::Huawei:::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip SIP/1.0 (Huawei)

label = s::Ingate:SIParator Firewall::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip SIParator/*
sig   = signalling sip Ingate-Firewall/*

label = s::NEC:Aspire uX::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip NEC Aspire uX *
sig   = signalling sip NEC Aspire uX */?.?

label = s::NEC:Aspire wX::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip NEC Aspire wX *
sig   = signalling sip NEC Aspire wX */?.?

label = s::NEC:SL2100::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip NEC SL2100/*

label = s::NEC:SV8100::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip NEC SV8100-NA *
sig   = signalling sip NEC SV8100-NA */?.?
sig   = signalling sip NEC SV8100-GE *
sig   = signalling sip NEC SV8100-GE */?.?
sig   = signalling sip NEC-i SV8100-NA *
sig   = signalling sip NEC-i SV8100-NA */?.?
sig   = signalling sip NEC-i SV8100-GE *
sig   = signalling sip NEC-i SV8100-GE */?.?

label = s::NEC:SV9100::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip NEC SV9100-NA *
sig   = signalling sip NEC SV9100-NA */?.?
sig   = signalling sip NEC SV9100-GE *
sig   = signalling sip NEC SV9100-GE */?.?
sig   = signalling sip NEC-i SV9100-NA *
sig   = signalling sip NEC-i SV9100-NA */?.?
sig   = signalling sip NEC-i SV9100-GE *
sig   = signalling sip NEC-i SV9100-GE */?.?

label = s::Wildix:SIP Gateway::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip Wildix GW-*
sig   = signalling sip Wildix GW *
sig   = signalling sip Wildix GW

label = s:router:Cisco::Cisco IOS:<version>
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip Cisco-SIPGateway/IOS-<version>.x
sig   = signalling sip Cisco-SIPGateway/IOS-<version>

label = s:router:Cisco:SRP::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip Cisco/SRP*-*

label = s:router:Eltex:<model>::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip Eltex <model>

label = s:router:ZTE:<model>::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip ZXDSL <model>/*
sig   = signalling sip ZXDSL <model>/V*

label = s:voip-phone:Cisco:SPA112::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip Cisco/SPA112-*(*)*

label = s:voip-phone:Cisco:SPA122::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip Cisco/SPA122-*(*)*

label = s:voip-phone:Linksys:RT31P2::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip Linksys/RT31P2-*(*)

label = s:voip-phone:Polycom:RealPresence Trio <model>::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip PolycomRealPresenceTrio-Trio_<model>-UA/*
sig   = signalling sip PolycomRealPresenceTrio-Trio_<model>-UA/*_*
sig   = signalling sip Polycom/* PolycomRealPresenceTrio-Trio_<model>-UA/*
sig   = signalling sip Polycom/* PolycomRealPresenceTrio-Trio_<model>-UA/*_*

label = s:voip-phone:Polycom:SoundPoint <model>::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip PolycomSoundPoint*_<model>-UA/*
sig   = signalling sip PolycomSoundPoint*_<model>-UA/*_*
sig   = signalling sip Polycom/* PolycomSoundPoint*_<model>-UA/*
sig   = signalling sip Polycom/* PolycomSoundPoint*_<model>-UA/*_*

label = s:voip-phone:Polycom:SoundStation <model>::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip PolycomSoundStation*_<model>-UA/*
sig   = signalling sip PolycomSoundStation*_<model>-UA/*_*
sig   = signalling sip Polycom/* PolycomSoundStation*_<model>-UA/*
sig   = signalling sip Polycom/* PolycomSoundStation*_<model>-UA/*_*

label = s:voip-phone:Polycom:VVX <model>::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip PolycomVVX*_<model>-UA/*
sig   = signalling sip PolycomVVX*_<model>-UA/*_*
sig   = signalling sip Polycom/* PolycomVVX*_<model>-UA/*
sig   = signalling sip Polycom/* PolycomVVX*_<model>-UA/*_*

label = s:voip-phone:Unify:OpenScape <model>::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip OpenScape_<model>_V? * *

label = s:voip-phone:Unify:OpenScape Desk Phone <model>::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip Desk_Phone_IP_<model>_V? * *

label = s:voip-phone:Unify:OpenStage <model>::
; source: rapid7/recog sip_banners.xml; medium
sig   = signalling sip OpenStage_<model>_V? * *

label = s::AVM:::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip FRITZ!OS

label = s::AVM:<model>::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip AVM <model>*.*.*

label = s::AVM:FRITZ!Fon::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip FRITZ!Fon *.*.*
sig   = signalling sip AVM FRITZ!Fon *.*.*

label = s::Axis:<model>:Linux:
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip AXIS <model> Network Audio Bridge
sig   = signalling sip AXIS <model> Network Cabinet Speaker
sig   = signalling sip AXIS <model> Network Horn Speaker

label = s::Crestron:Mercury:Linux:
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip MERCURY-????????????

label = s::D-Link:::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip DLink VoIP Stack

label = s::Eltex:<model>::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip <model>/* SN/VI*
sig   = signalling sip <model>/* SN/VI* sofia-sip/*
sig   = signalling sip <model>/* SN/VI* SHA/* sofia-sip/*

label = s::Fortinet:FortiVoice::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip FortiVoice/*

label = s::Polycom:HDX <model>::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip PolycomHDX<model>/*
sig   = signalling sip PolycomHDX<model>/*)*
sig   = signalling sip PolycomHDX<model> (Release - *
sig   = signalling sip PolycomHDX<model> (Release - *)*
sig   = signalling sip PolycomHDX<model>HD/*
sig   = signalling sip PolycomHDX<model>HD/*)*
sig   = signalling sip PolycomHDX<model>HD (Release - *
sig   = signalling sip PolycomHDX<model>HD (Release - *)*
sig   = signalling sip PolycomHDX<model> HD/*
sig   = signalling sip PolycomHDX<model> HD/*)*
sig   = signalling sip PolycomHDX<model> HD (Release - *
sig   = signalling sip PolycomHDX<model> HD (Release - *)*
sig   = signalling sip PolycomHDX <model>/*
sig   = signalling sip PolycomHDX <model>/*)*
sig   = signalling sip PolycomHDX <model> (Release - *
sig   = signalling sip PolycomHDX <model> (Release - *)*
sig   = signalling sip PolycomHDX <model>HD/*
sig   = signalling sip PolycomHDX <model>HD/*)*
sig   = signalling sip PolycomHDX <model>HD (Release - *
sig   = signalling sip PolycomHDX <model>HD (Release - *)*
sig   = signalling sip PolycomHDX <model> HD/*
sig   = signalling sip PolycomHDX <model> HD/*)*
sig   = signalling sip PolycomHDX <model> HD (Release - *
sig   = signalling sip PolycomHDX <model> HD (Release - *)*
sig   = signalling sip Polycom HDX<model>/*
sig   = signalling sip Polycom HDX<model>/*)*
sig   = signalling sip Polycom HDX<model> (Release - *
sig   = signalling sip Polycom HDX<model> (Release - *)*
sig   = signalling sip Polycom HDX<model>HD/*
sig   = signalling sip Polycom HDX<model>HD/*)*
sig   = signalling sip Polycom HDX<model>HD (Release - *
sig   = signalling sip Polycom HDX<model>HD (Release - *)*
sig   = signalling sip Polycom HDX<model> HD/*
sig   = signalling sip Polycom HDX<model> HD/*)*
sig   = signalling sip Polycom HDX<model> HD (Release - *
sig   = signalling sip Polycom HDX<model> HD (Release - *)*
sig   = signalling sip Polycom HDX <model>/*
sig   = signalling sip Polycom HDX <model>/*)*
sig   = signalling sip Polycom HDX <model> (Release - *
sig   = signalling sip Polycom HDX <model> (Release - *)*
sig   = signalling sip Polycom HDX <model>HD/*
sig   = signalling sip Polycom HDX <model>HD/*)*
sig   = signalling sip Polycom HDX <model>HD (Release - *
sig   = signalling sip Polycom HDX <model>HD (Release - *)*
sig   = signalling sip Polycom HDX <model> HD/*
sig   = signalling sip Polycom HDX <model> HD/*)*
sig   = signalling sip Polycom HDX <model> HD (Release - *
sig   = signalling sip Polycom HDX <model> HD (Release - *)*

label = s::Polycom:RealPresence Group <model>::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip PolycomRealPresenceGroup<model>/*

label = s::ShoreTel:::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip ShoreGear/* (ShoreTel *)

label = s::TP-Link:::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip TP-Link SIP Stack V1.0.0

label = s::Valcom:<model>::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip Valcom <model> sw*

label = s:camera:Axis:<model>:Linux:
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip AXIS <model> Network Video Door Station

label = s:router:Huawei:Home Gateway::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip Huawei-HomeGateway/V*

label = s:router:Technicolor:<model>::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip Technicolor <model> Build *.*
sig   = signalling sip Technicolor <model> Build *.* CP*
sig   = signalling sip Technicolor <model> v? Build *.*
sig   = signalling sip Technicolor <model> v? Build *.* CP*
sig   = signalling sip MediaAccess <model> Build *.*
sig   = signalling sip MediaAccess <model> Build *.* CP*
sig   = signalling sip MediaAccess <model> v? Build *.*
sig   = signalling sip MediaAccess <model> v? Build *.* CP*

label = s:router:Technicolor:TG789vac::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip Technicolor / VANT-6 / AGTOT_* / AGTOT_*
sig   = signalling sip Technicolor / VANT-6

label = s:router:Thomson:<model>::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip Thomson <model> Build *.*
sig   = signalling sip Thomson <model> Build *.* CP*
sig   = signalling sip Thomson <model> v? Build *.*
sig   = signalling sip Thomson <model> v? Build *.* CP*

label = s:router:Zyxel:::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip Home&Life HUB/*

label = s:server:Mitel:Border GW::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip Mitel Border GW/*

label = s:voip-phone:Cisco:ATA <model>::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip Cisco-ATA<model>/*

label = s:voip-phone:Gigaset:DX800A::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip DX800A/*

label = s:voip-phone:Sangoma:<model>::
; source: rapid7/recog sip_user_agents.xml; medium
sig   = signalling sip Sangoma <model> V*=*

label = s::::Linux:
; source: rapid7/recog smb_native_lm.xml; medium
sig   = smb-manager Samba for GuardianOS v?.*
sig   = smb-manager Samba for GuardianOS v.?.*
sig   = smb-manager Samba Samba for GuardianOS v?.*
sig   = smb-manager Samba Samba for GuardianOS v.?.*

label = s::Apple::macOS:10.5
; source: rapid7/recog smb_native_lm.xml; medium
sig   = smb-manager Samba 3.0.25b-apple

label = s::Apple::macOS:10.6
; source: rapid7/recog smb_native_lm.xml; medium
sig   = smb-manager Samba 3.0.28a-apple

label = s:router:MikroTik::RouterOS:
; source: rapid7/recog smb_native_lm.xml; medium
sig   = smb-manager MikrotikSMB

label = s::Apple:::
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Apple Base Station

label = s:computer:::Windows:10
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows 10 * Insider Preview *
sig   = smb-system Windows 10 * * Insider Preview *
sig   = smb-system Windows 10 * * * Insider Preview *
sig   = smb-system Windows 10 * *
sig   = smb-system Windows 10 * LTSB *
sig   = smb-system Windows 10 * LTSB Evaluation *
sig   = smb-system Windows 10 * * *
sig   = smb-system Windows 10 * * LTSB *
sig   = smb-system Windows 10 * * LTSB Evaluation *
sig   = smb-system Windows 10 * * * *
sig   = smb-system Windows 10 * * * LTSB *
sig   = smb-system Windows 10 * * * LTSB Evaluation *

label = s:computer:::Windows:2000
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows 5.0

label = s:computer:::Windows:7
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows 7 * * Service Pack *
sig   = smb-system Windows 7 * * Service Pack *, v.*
sig   = smb-system Windows 7 * * * Service Pack *
sig   = smb-system Windows 7 * * * Service Pack *, v.*
sig   = smb-system Windows 7 * * * * Service Pack *
sig   = smb-system Windows 7 * * * * Service Pack *, v.*
sig   = smb-system Windows 7 * Service Pack *
sig   = smb-system Windows 7 * *
sig   = smb-system Windows 7 * * *
sig   = smb-system Windows 7 * * * *
sig   = smb-system Windows 7 *

label = s:computer:::Windows:7 RT
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows 7 RT * * Service Pack *
sig   = smb-system Windows 7 RT * * Service Pack *, v.*
sig   = smb-system Windows 7 RT * * * Service Pack *
sig   = smb-system Windows 7 RT * * * Service Pack *, v.*
sig   = smb-system Windows 7 RT * * * * Service Pack *
sig   = smb-system Windows 7 RT * * * * Service Pack *, v.*
sig   = smb-system Windows 7 RT * Service Pack *
sig   = smb-system Windows 7 RT * *
sig   = smb-system Windows 7 RT * * *
sig   = smb-system Windows 7 RT * * * *
sig   = smb-system Windows 7 RT *

label = s:computer:::Windows:8
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows 8 * * Service Pack *
sig   = smb-system Windows 8 * * Service Pack *, v.*
sig   = smb-system Windows 8 * * * Service Pack *
sig   = smb-system Windows 8 * * * Service Pack *, v.*
sig   = smb-system Windows 8 * * * * Service Pack *
sig   = smb-system Windows 8 * * * * Service Pack *, v.*
sig   = smb-system Windows 8 * Service Pack *
sig   = smb-system Windows 8 * *
sig   = smb-system Windows 8 * * *
sig   = smb-system Windows 8 * * * *

label = s:computer:::Windows:8 RT
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows 8 RT * * Service Pack *
sig   = smb-system Windows 8 RT * * Service Pack *, v.*
sig   = smb-system Windows 8 RT * * * Service Pack *
sig   = smb-system Windows 8 RT * * * Service Pack *, v.*
sig   = smb-system Windows 8 RT * * * * Service Pack *
sig   = smb-system Windows 8 RT * * * * Service Pack *, v.*
sig   = smb-system Windows 8 RT * Service Pack *
sig   = smb-system Windows 8 RT * *
sig   = smb-system Windows 8 RT * * *
sig   = smb-system Windows 8 RT * * * *
sig   = smb-system Windows 8 RT *

label = s:computer:::Windows:8.1
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows 8.1 * * Service Pack *
sig   = smb-system Windows 8.1 * * Service Pack *, v.*
sig   = smb-system Windows 8.1 * * * Service Pack *
sig   = smb-system Windows 8.1 * * * Service Pack *, v.*
sig   = smb-system Windows 8.1 * * * * Service Pack *
sig   = smb-system Windows 8.1 * * * * Service Pack *, v.*
sig   = smb-system Windows 8.1 * Service Pack *
sig   = smb-system Windows 8.1 * *
sig   = smb-system Windows 8.1 * * *
sig   = smb-system Windows 8.1 * * * *
sig   = smb-system Windows 8.1 *

label = s:computer:::Windows:8.1 RT
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows 8.1 RT * * Service Pack *
sig   = smb-system Windows 8.1 RT * * Service Pack *, v.*
sig   = smb-system Windows 8.1 RT * * * Service Pack *
sig   = smb-system Windows 8.1 RT * * * Service Pack *, v.*
sig   = smb-system Windows 8.1 RT * * * * Service Pack *
sig   = smb-system Windows 8.1 RT * * * * Service Pack *, v.*
sig   = smb-system Windows 8.1 RT * Service Pack *
sig   = smb-system Windows 8.1 RT * *
sig   = smb-system Windows 8.1 RT * * *
sig   = smb-system Windows 8.1 RT * * * *
sig   = smb-system Windows 8.1 RT *

label = s:computer:::Windows:95
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows 95

label = s:computer:::Windows:98
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows 98

label = s:computer:::Windows:ME
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows ME

label = s:computer:::Windows:Vista
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows Vista (TM) * * Service Pack *
sig   = smb-system Windows Vista (TM) * * * Service Pack *
sig   = smb-system Windows Vista (TM) * * * * Service Pack *
sig   = smb-system Windows Vista (TM) * *
sig   = smb-system Windows Vista (TM) * * *
sig   = smb-system Windows Vista (TM) * * * *

label = s:computer:::Windows:XP
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows XP * Service Pack *
sig   = smb-system Windows XP *

label = s:nas:EMC:Celerra::
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system EMC-SNAS:T
sig   = smb-system EMC-SNAS:T*

label = s:server:::Windows:2003
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows .NET*
sig   = smb-system Windows Server 2003 *
sig   = smb-system Windows Server 2003
sig   = smb-system Windows Server 2003 * Service Pack *
sig   = smb-system Windows Server 2003 * Service Pack *, v.*

label = s:server:::Windows:2003 R2
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows Server 2003 R2 *
sig   = smb-system Windows Server 2003 R2 * Service Pack *
sig   = smb-system Windows Server 2003 R2 * Service Pack *, v.*

label = s:server:::Windows:2008
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows Server 2008
sig   = smb-system Windows Server (R) 2008 * with Hyper-V * Service Pack *
sig   = smb-system Windows Server (R) 2008 * with Hyper-V * Service Pack *, v.*
sig   = smb-system Windows Server (R) 2008 * without Hyper-V * Service Pack *
sig   = smb-system Windows Server (R) 2008 * without Hyper-V * Service Pack *, v.*
sig   = smb-system Windows Server (R) 2008 * * Service Pack *
sig   = smb-system Windows Server (R) 2008 * * Service Pack *, v.*
sig   = smb-system Windows Server (R) 2008 * * with Hyper-V * Service Pack *
sig   = smb-system Windows Server (R) 2008 * * with Hyper-V * Service Pack *, v.*
sig   = smb-system Windows Server (R) 2008 * * without Hyper-V * Service Pack *
sig   = smb-system Windows Server (R) 2008 * * without Hyper-V * Service Pack *, v.*
sig   = smb-system Windows Server (R) 2008 * * * Service Pack *
sig   = smb-system Windows Server (R) 2008 * * * Service Pack *, v.*
sig   = smb-system Windows Server (R) 2008 * * * with Hyper-V * Service Pack *
sig   = smb-system Windows Server (R) 2008 * * * with Hyper-V * Service Pack *, v.*
sig   = smb-system Windows Server (R) 2008 * * * without Hyper-V * Service Pack *
sig   = smb-system Windows Server (R) 2008 * * * without Hyper-V * Service Pack *, v.*
sig   = smb-system Windows Server (R) 2008 * * * * Service Pack *
sig   = smb-system Windows Server (R) 2008 * * * * Service Pack *, v.*
sig   = smb-system Windows (R) Web Server 2008 * Service Pack *
sig   = smb-system Windows (R) Web Server 2008 *
sig   = smb-system Windows (R) Storage Server 2008 * * Service Pack *
sig   = smb-system Windows (R) Storage Server 2008 * * * Service Pack *
sig   = smb-system Windows (R) Storage Server 2008 * * * * Service Pack *
sig   = smb-system Windows (R) Storage Server 2008 * *
sig   = smb-system Windows (R) Storage Server 2008 * * *
sig   = smb-system Windows (R) Storage Server 2008 * * * *
sig   = smb-system Windows Server 2008 HPC Edition * Service Pack *
sig   = smb-system Windows Server 2008 HPC Edition *

label = s:server:::Windows:2008 R2
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows Server 2008 R2 * * Service Pack *
sig   = smb-system Windows Server 2008 R2 * * Service Pack *, v.*
sig   = smb-system Windows Server 2008 R2 * * * Service Pack *
sig   = smb-system Windows Server 2008 R2 * * * Service Pack *, v.*
sig   = smb-system Windows Server 2008 R2 * * * * Service Pack *
sig   = smb-system Windows Server 2008 R2 * * * * Service Pack *, v.*
sig   = smb-system Windows Server 2008 R2 * *
sig   = smb-system Windows Server 2008 R2 * * *
sig   = smb-system Windows Server 2008 R2 * * * *
sig   = smb-system Windows Web Server 2008 R2 * Service Pack *
sig   = smb-system Windows Web Server 2008 R2 *
sig   = smb-system Windows Storage Server 2008 R2 * * Service Pack *
sig   = smb-system Windows Storage Server 2008 R2 * * * Service Pack *
sig   = smb-system Windows Storage Server 2008 R2 * * * * Service Pack *
sig   = smb-system Hyper-V Server 7601 Service Pack 1

label = s:server:::Windows:2012
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows Server 2012 * * Service Pack *
sig   = smb-system Windows Server 2012 * * * Service Pack *
sig   = smb-system Windows Server 2012 * * * * Service Pack *
sig   = smb-system Windows Server 2012 * *
sig   = smb-system Windows Server 2012 * * *
sig   = smb-system Windows Server 2012 * * * *
sig   = smb-system Windows Storage Server 2012 * *
sig   = smb-system Windows Storage Server 2012 * * *
sig   = smb-system Windows Storage Server 2012 * * * *
sig   = smb-system Hyper-V Server 2012 *
sig   = smb-system Windows MultiPoint Server 2012 * * Service Pack *
sig   = smb-system Windows MultiPoint Server 2012 * * * Service Pack *
sig   = smb-system Windows MultiPoint Server 2012 * * * * Service Pack *
sig   = smb-system Windows MultiPoint Server 2012 * *
sig   = smb-system Windows MultiPoint Server 2012 * * *
sig   = smb-system Windows MultiPoint Server 2012 * * * *

label = s:server:::Windows:2012 R2
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows Server 2012 R2 * * Service Pack *
sig   = smb-system Windows Server 2012 R2 * * * Service Pack *
sig   = smb-system Windows Server 2012 R2 * * * * Service Pack *
sig   = smb-system Windows Server 2012 R2 * *
sig   = smb-system Windows Server 2012 R2 * * *
sig   = smb-system Windows Server 2012 R2 * * * *
sig   = smb-system Windows Storage Server 2012 R2 * *
sig   = smb-system Windows Storage Server 2012 R2 * * *
sig   = smb-system Windows Storage Server 2012 R2 * * * *
sig   = smb-system Hyper-V Server 2012 R2 *

label = s:server:::Windows:2016
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows Server 2016 * *
sig   = smb-system Windows Server 2016 * Evaluation *
sig   = smb-system Windows Server 2016 * * *
sig   = smb-system Windows Server 2016 * * Evaluation *
sig   = smb-system Windows Server 2016 * * * *
sig   = smb-system Windows Server 2016 * * * Evaluation *
sig   = smb-system Windows Server 2016 Technical Preview * * *
sig   = smb-system Windows Server 2016 Technical Preview * * Evaluation *
sig   = smb-system Windows Server 2016 Technical Preview * * * *
sig   = smb-system Windows Server 2016 Technical Preview * * * Evaluation *
sig   = smb-system Windows Server 2016 Technical Preview * * * * *
sig   = smb-system Windows Server 2016 Technical Preview * * * * Evaluation *
sig   = smb-system Windows Storage Server 2016 * *
sig   = smb-system Windows Storage Server 2016 * * *
sig   = smb-system Windows Storage Server 2016 * * * *
sig   = smb-system Hyper-V Server 2016 *

label = s:server:::Windows:2019
; source: rapid7/recog smb_native_os.xml; medium
sig   = smb-system Windows Server 2019 * *
sig   = smb-system Windows Server 2019 * Evaluation *
sig   = smb-system Windows Server 2019 * * *
sig   = smb-system Windows Server 2019 * * Evaluation *
sig   = smb-system Windows Server 2019 * * * *
sig   = smb-system Windows Server 2019 * * * Evaluation *
sig   = smb-system Hyper-V Server 2019  *

label = s::::AIX:3.2
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description IBM RISC System/6000 * Base Operating System AIX *: 03.02.*

label = s::::AIX:4.2
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description RISC System/6000 * Base Operating System Runtime AIX *: 04.02.*
sig   = description Motorola PowerPC*Base Operating System Runtime AIX *: 04.02.*
sig   = description IBM PowerPC*Base Operating System Runtime AIX *: 04.02.*
sig   = description * Motorola PowerPC*Base Operating System Runtime AIX *: 04.02.*
sig   = description * IBM PowerPC*Base Operating System Runtime AIX *: 04.02.*

label = s::::AIX:4.3
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description RISC System/6000 * Base Operating System Runtime AIX *: 04.03.*
sig   = description Motorola PowerPC*Base Operating System Runtime AIX *: 04.03.*
sig   = description IBM PowerPC*Base Operating System Runtime AIX *: 04.03.*
sig   = description * Motorola PowerPC*Base Operating System Runtime AIX *: 04.03.*
sig   = description * IBM PowerPC*Base Operating System Runtime AIX *: 04.03.*

label = s::::AIX:5.1
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Motorola PowerPC*Operating System Software: AIX version: 5.1 Networking Software:*
sig   = description IBM PowerPC*Operating System Software: AIX version: 5.1 Networking Software:*
sig   = description * Motorola PowerPC*Operating System Software: AIX version: 5.1 Networking Software:*
sig   = description * IBM PowerPC*Operating System Software: AIX version: 5.1 Networking Software:*
sig   = description UNIX System Machine Type: not available*Base Operating System Runtime AIX *: 05.01.*
sig   = description * UNIX System Machine Type: not available*Base Operating System Runtime AIX *: 05.01.*

label = s::::AIX:5.2
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description UNIX System Machine Type: not available*Base Operating System Runtime AIX *: 05.02.*
sig   = description * UNIX System Machine Type: not available*Base Operating System Runtime AIX *: 05.02.*

label = s::::AIX:5.3
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description UNIX System Machine Type: not available*Base Operating System Runtime AIX *: 05.03.*
sig   = description * UNIX System Machine Type: not available*Base Operating System Runtime AIX *: 05.03.*

label = s::::AIX:6.1
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Motorola PowerPC*Base Operating System Runtime AIX *: 06.01.*
sig   = description IBM PowerPC*Base Operating System Runtime AIX *: 06.01.*
sig   = description * Motorola PowerPC*Base Operating System Runtime AIX *: 06.01.*
sig   = description * IBM PowerPC*Base Operating System Runtime AIX *: 06.01.*
sig   = description UNIX System Machine Type: not available*Base Operating System Runtime AIX *: 06.01.*
sig   = description * UNIX System Machine Type: not available*Base Operating System Runtime AIX *: 06.01.*

label = s::::AIX:7.1
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Motorola PowerPC*Base Operating System Runtime AIX *: 07.01.*
sig   = description IBM PowerPC*Base Operating System Runtime AIX *: 07.01.*
sig   = description * Motorola PowerPC*Base Operating System Runtime AIX *: 07.01.*
sig   = description * IBM PowerPC*Base Operating System Runtime AIX *: 07.01.*
sig   = description UNIX System Machine Type: not available*Base Operating System Runtime AIX *: 07.01.*
sig   = description * UNIX System Machine Type: not available*Base Operating System Runtime AIX *: 07.01.*

label = s::::FreeBSD:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description pfSense * *.*-RELEASE*FreeBSD *-STABLE* *
sig   = description pfSense * *.*-RELEASE*FreeBSD *-STABLE-p* *
sig   = description pfSense * *.*-RELEASE*FreeBSD *-RELEASE* *
sig   = description pfSense * *.*-RELEASE*FreeBSD *-RELEASE-p* *
sig   = description pfSense * *.*.*-RELEASE*FreeBSD *-STABLE* *
sig   = description pfSense * *.*.*-RELEASE*FreeBSD *-STABLE-p* *
sig   = description pfSense * *.*.*-RELEASE*FreeBSD *-RELEASE* *
sig   = description pfSense * *.*.*-RELEASE*FreeBSD *-RELEASE-p* *

label = s::::FreeBSD:<version>
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description FreeBSD * <version>* *

label = s::::IRIX:<version>
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description * IRIX64 <version>*
sig   = description * IRIX64 version <version>*

label = s::::Linux:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description MAS 1.0 (Intel X86) Copyright*Huawei Technologies Co., Ltd on SUSE LINUX *
sig   = description Linux * 2.4.21-27*EL * *
sig   = description Linux * 2.4.21-27*ELsmp * *
sig   = description Linux * 2.6.9-22.EL * *
sig   = description Linux * 2.6.9-22.ELsmp * *
sig   = description Linux * 2.6.9-34.EL * *
sig   = description Linux * 2.6.9-34.ELsmp * *
sig   = description Linux * 2.6.18-53*el5 * *
sig   = description Linux * 2.4.9-e.* *
sig   = description Linux * 2.4.18-3 * *
sig   = description CentOS release *
sig   = description Linux * 2.6.9-55*EL * *
sig   = description Linux * 2.6.9-55*ELsmp * *
sig   = description Linux * 2.6.18-53*el5xen * *
sig   = description Linux * 2*.fc6 * *
sig   = description Linux * 2*.fc7 * *
sig   = description Linux * 2.6.4-52-smp * *
sig   = description Linux * 2.4.32-ow1 *
sig   = description Linux * 2.6.20-16-* *

label = s::::Linux:<version>
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Linux * <version>* ???? *
sig   = description Linux * <version>* * *
sig   = description Linux * <version>* +* *
sig   = description Linux * <version>* Local time*manual *
sig   = description Linux * <version>* Local time*zic *
sig   = description Linux * <version>* Local time*m* *
sig   = description Linux <version>* ???? *
sig   = description Linux <version>* * *
sig   = description Linux <version>* +* *
sig   = description Linux <version>* Local time*manual *
sig   = description Linux <version>* Local time*zic *
sig   = description Linux <version>* Local time*m* *
sig   = description Linux <version> *
sig   = description Linux <version>

label = s::::NetWare:3.12
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare v3.12*8/12/93

label = s::::NetWare:5.1 SP2
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.00.09 *September 21, 2000

label = s::::NetWare:5.1 SP5
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.00.10 *July 10, 2002

label = s::::NetWare:5.1 SP7
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.00.10 *December 9, 2003

label = s::::NetWare:5.1 SP8
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.00.11 *January 19, 2005

label = s::::NetWare:6.0 SP3
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.60.03 *March 27, 2003

label = s::::NetWare:6.0 SP5
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.60.05 *May 27, 2004

label = s::::NetWare:6.5 SP2
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.70.02 *June 11, 2004

label = s::::NetWare:6.5 SP3
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.70.03 *January 20, 2005

label = s::::NetWare:6.5 SP3 CPR
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.70.03 *May 23, 2005

label = s::::NetWare:6.5 SP4
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.70.04 *August 15, 2005

label = s::::NetWare:6.5 SP5
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.70.05 *December 16, 2005

label = s::::NetWare:6.5 SP5 CPR
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.70.05 *April 11, 2006

label = s::::NetWare:6.5 SP6
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.70.06 *October 26, 2006

label = s::::NetWare:6.5 SP7
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare 5.70.07 *September 18, 2007

label = s::::NetWare:<version>
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Novell NetWare <version>*

label = s::::Solaris:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Sun SNMP Agent, Sun-Blade-100
sig   = description Sun SNMP Agent, UltraAX-i2
sig   = description Sun SNMP Agent, Ultra-5_10
sig   = description Sun SNMP Agent, Ultra-1
sig   = description Sun SNMP Agent, Ultra-Enterprise
sig   = description Sun SNMP Agent, Sun-Fire-V240
sig   = description Sun SNMP Agent, Netra-T12
sig   = description Sun SNMP Agent, Ultra-25
sig   = description Sun SNMP Agent, Ultra-80
sig   = description Sun SNMP Agent, Ultra-60
sig   = description Sun SNMP Agent, UltraAX-MP
sig   = description Sun SNMP Agent, UltraSPARC-IIi-cEngine
sig   = description Sun SNMP Agent,*

label = s::::Solaris:10
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SunOS * 5.10 * *
sig   = description SunOS 5.10 * *
sig   = description SunOS release:5.10 version:* machine:*

label = s::::Solaris:7
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SunOS * 5.7 * *
sig   = description SunOS 5.7 * *
sig   = description SunOS release:5.7 version:* machine:*

label = s::::Solaris:8
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SunOS * 5.8 * *
sig   = description SunOS 5.8 * *
sig   = description SunOS release:5.8 version:* machine:*

label = s::::Solaris:9
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SunOS * 5.9 * *
sig   = description SunOS 5.9 * *
sig   = description SunOS release:5.9 version:* machine:*

label = s::::Solaris:<version>
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SunOS * 5.<version> * *
sig   = description SunOS * <version> * *
sig   = description SunOS 5.<version> * *
sig   = description SunOS release:5.<version> version:* machine:*

label = s:::<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP IP Console Switch G2 * - <model> *.*.*.*
sig   = description DECserver<model> V* * LAT V5.1 LOAD IMAGE: *
sig   = description DECserver<model> V* * LAT V5.1, LOAD IMAGE: *
sig   = description DECserver<model>, Network Access SW V* * LAT V5.1 LOAD IMAGE: *
sig   = description DECserver<model>, Network Access SW V* * LAT V5.1, LOAD IMAGE: *
sig   = description DECserver<model> , Network Access SW V* * LAT V5.1 LOAD IMAGE: *
sig   = description DECserver<model> , Network Access SW V* * LAT V5.1, LOAD IMAGE: *
sig   = description DECserver <model> V* * LAT V5.1 LOAD IMAGE: *
sig   = description DECserver <model> V* * LAT V5.1, LOAD IMAGE: *
sig   = description DECserver <model>, Network Access SW V* * LAT V5.1 LOAD IMAGE: *
sig   = description DECserver <model>, Network Access SW V* * LAT V5.1, LOAD IMAGE: *
sig   = description DECserver <model> , Network Access SW V* * LAT V5.1 LOAD IMAGE: *
sig   = description DECserver <model> , Network Access SW V* * LAT V5.1, LOAD IMAGE: *
sig   = description HP3000 SERIES <model>, MPE XL version * NS Transport*
sig   = description <model> * Firmware Version * Build *
sig   = description Raritan Computer; CommandCenter Secure Gateway; Version *; <model> HW
sig   = description *Xyplex hardware <model> *Xyplex software Terminal Server V*

label = s:::<model>:Solaris:10
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SunOS 5.10 * sparc SUNW,<model>,*
sig   = description SunOS * 5.10 * * * SUNW,<model>*

label = s:::<model>:Solaris:7
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SunOS 5.7 * sparc SUNW,<model>,*
sig   = description SunOS * 5.7 * * * SUNW,<model>*

label = s:::<model>:Solaris:8
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SunOS 5.8 * sparc SUNW,<model>,*
sig   = description SunOS * 5.8 * * * SUNW,<model>*

label = s:::<model>:Solaris:9
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SunOS 5.9 * sparc SUNW,<model>,*
sig   = description SunOS * 5.9 * * * SUNW,<model>*

label = s:::<model>:Solaris:<version>
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SunOS 5.<version> * sparc SUNW,<model>,*
sig   = description SunOS * 5.<version> * * * SUNW,<model>*

label = s:::J9155A::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description ProCurve Threat Management Services zl Module

label = s::Apple::macOS:10.10
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Darwin * * Darwin Kernel Version 14.*.*: *RELEASE_* *
sig   = description Darwin * * Darwin Kernel Version 14.*.*: *RELEASE_* * *

label = s::Apple::macOS:10.3
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Darwin * * Darwin Kernel Version 7.*.*: *RELEASE_* *
sig   = description Darwin * * Darwin Kernel Version 7.*.*: *RELEASE_* * *

label = s::Apple::macOS:10.4
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Darwin * * Darwin Kernel Version 8.*.*: *RELEASE_* *
sig   = description Darwin * * Darwin Kernel Version 8.*.*: *RELEASE_* * *

label = s::Apple::macOS:10.5
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Darwin * * Darwin Kernel Version 9.*.*: *RELEASE_* *
sig   = description Darwin * * Darwin Kernel Version 9.*.*: *RELEASE_* * *

label = s::Apple::macOS:10.6
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Darwin * * Darwin Kernel Version 10.*.*: *RELEASE_* *
sig   = description Darwin * * Darwin Kernel Version 10.*.*: *RELEASE_* * *

label = s::Apple::macOS:10.7
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Darwin * * Darwin Kernel Version 11.*.*: *RELEASE_* *
sig   = description Darwin * * Darwin Kernel Version 11.*.*: *RELEASE_* * *

label = s::Apple::macOS:10.8
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Darwin * * Darwin Kernel Version 12.*.*: *RELEASE_* *
sig   = description Darwin * * Darwin Kernel Version 12.*.*: *RELEASE_* * *

label = s::Apple::macOS:10.9
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Darwin * * Darwin Kernel Version 13.*.*: *RELEASE_* *
sig   = description Darwin * * Darwin Kernel Version 13.*.*: *RELEASE_* * *

label = s::Cisco::Linux:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Cisco TelePresence Conductor*
sig   = description Cisco TelePresence Supervisor*
sig   = description TANDBERG Codec

label = s::Cisco:<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description *SoftW: ce*MCU: <model>*
sig   = description Network Analysis Module (WS-<model>-NAM)
sig   = description Cisco Network Analysis Module (WS-<model>-NAM)

label = s::Cisco:<model>:Linux:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Cisco Codec SoftW: * MCU: Cisco TelePresence <model> Date:*
sig   = description Cisco Codec SoftW: * MCU: TANDBERG <model> Date:*
sig   = description TANDBERG Codec SoftW: * MCU: Cisco TelePresence <model> Date:*
sig   = description TANDBERG Codec SoftW: * MCU: TANDBERG <model> Date:*
sig   = description Cisco TelePresence <model>*
sig   = description Cisco TelePresence Conductor <model>*
sig   = description Cisco TelePresence Supervisor <model>*

label = s::Cisco:MPS-MCU:Linux:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description TANDBERG MPS-MCU

label = s::Cisco:NAM::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Network Analysis Module (WS-*), Version *
sig   = description Cisco Network Analysis Module (WS-*), Version *

label = s::Crestron:<model>:Linux:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Crestron Electronics <model> (Version *)*

label = s::VBrick:Video Encoder <model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description VBrick Systems Inc., Model <model> Serial *

label = s:access-point:3Com:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description 3COM: AP*: *11*Access Point, Software v*, Bootrom v*, Hardware *
sig   = description 3Com 11 Mbps Wireless *
sig   = description 3Com 11a/b/g Wireless *

label = s:access-point:3Com:Enterprise AP::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description 3Com Enterprise AP:v*
sig   = description 3Com Enterprise AP: v*

label = s:access-point:Apple:AirPort Extreme::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Apple AirPort - Apple Inc.*
sig   = description Apple AirPort - Apple Computer*

label = s:access-point:Apple:Base Station::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Apple Base Station V* Compatible

label = s:access-point:Avaya:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Avaya AP-*v*
sig   = description Avaya AP-* v*
sig   = description Avaya AP4-AP5-AP6v*
sig   = description Avaya AP4-AP5-AP6 v*
sig   = description Avaya Wireless Outdoor Routerv*
sig   = description Avaya Wireless Outdoor Router v*
sig   = description Avaya Wireless AP-3v*
sig   = description Avaya Wireless AP-3 v*

label = s:access-point:D-Link:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description D-link Corp. Access Point

label = s:access-point:Foundry Networks:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Foundry AP: * v*

label = s:access-point:Foundry Networks:Enterprise WAP::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Foundry Enterprise Wireless AP

label = s:access-point:HP:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP Procurve Access Point *: v*
sig   = description HP ProCurve AP *v*(*SN-*

label = s:access-point:HP:<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description ProCurve Access Point * * <model>, revision *,*

label = s:access-point:LigoWave:<model>:Linux:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description DLB APC <model>, v*

label = s:access-point:Siemens:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SCALANCE W???-*

label = s:access-point:Symbol:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Symbol Access Point,*S/W rev:*
sig   = description Symbol Access Point,*S/W rev: *
sig   = description Symbol Access Point-*S/W rev:*
sig   = description Symbol Access Point-*S/W rev: *
sig   = description Symbol Spectrum24 FHSS Access Point,*S/W rev:*
sig   = description Symbol Spectrum24 FHSS Access Point,*S/W rev: *
sig   = description Symbol Spectrum24 FHSS Access Point-*S/W rev:*
sig   = description Symbol Spectrum24 FHSS Access Point-*S/W rev: *
sig   = description Symbol Spectrum24 Ethernet Access Point,*S/W rev:*
sig   = description Symbol Spectrum24 Ethernet Access Point,*S/W rev: *
sig   = description Symbol Spectrum24 Ethernet Access Point-*S/W rev:*
sig   = description Symbol Spectrum24 Ethernet Access Point-*S/W rev: *
sig   = description Symbol AP* * SW=*

label = s:access-point:Symbol:Spectrum24 Ethernet Access Point::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Symbol Spectrum24 Ethernet Access Point

label = s:camera-recorder:Panasonic:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description WJ-HD* SWVer*

label = s:camera:Canon:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Canon Network Camera *

label = s:computer:::Windows:2000
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description MAS 1.0 (Intel X86) Copyright*Huawei Technologies Co., Ltd on Windows NT 5.0
sig   = description Hardware: x86*Software: Windows 2000 Version 5.0*

label = s:computer:::Windows:7
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Hardware: x86*Software: Windows Version 6.1 (Build 7600*
sig   = description Hardware: *64*Software: Windows Version 6.1 (Build 7600*
sig   = description Hardware: x86*Software: Windows Version 6.1 (Build 7601*
sig   = description Hardware: *64*Software: Windows Version 6.1 (Build 7601*

label = s:computer:::Windows:8
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Hardware: *64*Software: Windows Version 6.2 (Build 9200*
sig   = description Hardware: x86*Software: Windows Version 6.2 (Build 9200*

label = s:computer:::Windows:8.1
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Hardware: *64*Software: Windows Version 6.3 (Build 9600*
sig   = description Hardware: x86*Software: Windows Version 6.3 (Build 9600*

label = s:computer:::Windows:CE
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Microsoft Windows CE Version *

label = s:computer:::Windows:NT Workstation
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Hardware: x86*Software: Windows NT Version 4.0*

label = s:computer:::Windows:Vista
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Hardware: x86*Software: Windows Version 6.0 (Build 6000*
sig   = description Hardware: *64*Software: Windows Version 6.0 (Build 6000*
sig   = description Hardware: x86*Software: Windows Version 6.0 (Build 6001*
sig   = description Hardware: *64*Software: Windows Version 6.0 (Build 6001*
sig   = description Hardware: x86*Software: Windows Version 6.0 (Build 6002*
sig   = description Hardware: *64*Software: Windows Version 6.0 (Build 6002*

label = s:computer:::Windows:XP
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Hardware: x86*Software: Windows 2000 Version 5.1*

label = s:firewall:3Com:SuperStack 3 Firewall::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description 3Com SuperStack 3 Firewall

label = s:firewall:Check Point:IPSO::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description IPSO * *-BUILD* releng *i386
sig   = description IPSO * *-BUILD* root *i386
sig   = description IPSO * *-BUILD0* releng *i386
sig   = description IPSO * *-BUILD0* root *i386
sig   = description IPSO * *-GA* releng *i386
sig   = description IPSO * *-GA* root *i386
sig   = description IPSO * *-GA0* releng *i386
sig   = description IPSO * *-GA0* root *i386
sig   = description IPSO * *-FCS* releng *i386
sig   = description IPSO * *-FCS* root *i386
sig   = description IPSO * *-FCS0* releng *i386
sig   = description IPSO * *-FCS0* root *i386
sig   = description IP* rev*, IPSO * *-BUILD* releng *i386
sig   = description IP* rev*, IPSO * *-BUILD* root *i386
sig   = description IP* rev*, IPSO * *-BUILD0* releng *i386
sig   = description IP* rev*, IPSO * *-BUILD0* root *i386
sig   = description IP* rev*, IPSO * *-GA* releng *i386
sig   = description IP* rev*, IPSO * *-GA* root *i386
sig   = description IP* rev*, IPSO * *-GA0* releng *i386
sig   = description IP* rev*, IPSO * *-GA0* root *i386
sig   = description IP* rev*, IPSO * *-FCS* releng *i386
sig   = description IP* rev*, IPSO * *-FCS* root *i386
sig   = description IP* rev*, IPSO * *-FCS0* releng *i386
sig   = description IP* rev*, IPSO * *-FCS0* root *i386
sig   = description IP* rev *, IPSO * *-BUILD* releng *i386
sig   = description IP* rev *, IPSO * *-BUILD* root *i386
sig   = description IP* rev *, IPSO * *-BUILD0* releng *i386
sig   = description IP* rev *, IPSO * *-BUILD0* root *i386
sig   = description IP* rev *, IPSO * *-GA* releng *i386
sig   = description IP* rev *, IPSO * *-GA* root *i386
sig   = description IP* rev *, IPSO * *-GA0* releng *i386
sig   = description IP* rev *, IPSO * *-GA0* root *i386
sig   = description IP* rev *, IPSO * *-FCS* releng *i386
sig   = description IP* rev *, IPSO * *-FCS* root *i386
sig   = description IP* rev *, IPSO * *-FCS0* releng *i386
sig   = description IP* rev *, IPSO * *-FCS0* root *i386

label = s:firewall:Cisco:Adaptive Security Appliance::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Cisco Adaptive Security Appliance Version *.*(*)*

label = s:firewall:Cisco:VPN 3000 Concentrator::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Cisco Systems, Inc./VPN 3000 Concentrator Version * built*
sig   = description Cisco Systems, Inc./VPN 3000 Concentrator Series Version * built*

label = s:firewall:Juniper:<model>:ScreenOS:<version>
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description NetScreen-<model> version <version> (SN: *, Firewall+VPN)

label = s:firewall:Palo Alto Networks:<model>:PAN-OS:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Palo Alto Networks <model> series firewall

label = s:firewall:SonicWall:<model>:SonicOS:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SonicWALL * (<model>)

label = s:firewall:Symantec:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Symantec Gateway Security *

label = s:firewall:Xyplex:EdgeBlaster::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Xyplex Corporation EdgeBlaster

label = s:modem:3Com:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description 3Com HomeConnect ADSL Modem V*, *
sig   = description 3Com MCNS external * Cable Modem,*SW_VER:*
sig   = description 3Com MCNS external * Cable Modem,*SW_VER: *
sig   = description 3Com MCNS external * * Cable Modem,*SW_VER:*
sig   = description 3Com MCNS external * * Cable Modem,*SW_VER: *
sig   = description 3Com OfficeConnect Remote ADSL * V*,*
sig   = description 3Com OfficeConnect-*, SW version:*

label = s:modem:3Com:OfficeConnect Cable Modem::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description 3COM OfficeConnect Cable Modem*software version:*

label = s:modem:Paradyne:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Paradyne ATM ReachDSL Unit; Model: *;*S/W Release: *;*
sig   = description Paradyne ATM ADSL Unit; Model: *;*S/W Release: *;*
sig   = description Paradyne Hotwire *; Model: *;*S/W Release: *;*

label = s:nas:Data Domain:DD OS::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Data Domain OS *

label = s:nas:EMC:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description CX* - Flare *

label = s:nas:HP:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP StorageWorks MSA*
sig   = description HP StorageWorks P2000*

label = s:nas:HP:D2D Backup System::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP StorageWorks D2D Backup System * * *

label = s:nas:HP:MPX100 iSCSI Bridge::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP StorageWorks mpx100

label = s:nas:HP:MSL Tape Library::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP StorageWorks MSL Series

label = s:nas:HP:Network Storage Router::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Network Storage Router SNMPv1/v2c Agent

label = s:nas:HP:SureStore Tape Library::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP Tape Library Remote Management Card

label = s:nas:HP:Virtual Library::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP StorageWorks VLS

label = s:nas:Neoscale:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Neoscale CryptoStore(TM) *

label = s:nas:NetApp:Data ONTAP::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description NetApp Release *
sig   = description NetApp Release *:*
sig   = description Data ONTAP Release *
sig   = description Data ONTAP Release *:*

label = s:nas:Overland:NEO Tape Library::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Overland Neo Series
sig   = description Overland Agent Version *

label = s:nas:Sun:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Sun StorEdge *

label = s:nas:iXsystems:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description TrueNAS-* (*). Hardware: * *
sig   = description FreeNAS-* (*). Hardware: * *

label = s:other:APC:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description APC - *-port IP KVM - version: V_*
sig   = description APC * Rack PDU*AF1:*MN:*
sig   = description APC * Rack PDU*AF1:*MN: *
sig   = description APC * Rack PDU*AF1:v*MN:*
sig   = description APC * Rack PDU*AF1:v*MN: *
sig   = description APC * Rack PDU*AF1: *MN:*
sig   = description APC * Rack PDU*AF1: *MN: *
sig   = description APC * Rack PDU*AF1: v*MN:*
sig   = description APC * Rack PDU*AF1: v*MN: *

label = s:other:Brocade:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Brocade *, TrafficWork Version *
sig   = description Brocade *, TrafficWork Version V*
sig   = description Brocade *, Extended route scalability, TrafficWork Version *
sig   = description Brocade *, Extended route scalability, TrafficWork Version V*
sig   = description Brocade * (*), TrafficWork Version *
sig   = description Brocade * (*), TrafficWork Version V*
sig   = description Brocade * (*), Extended route scalability, TrafficWork Version *
sig   = description Brocade * (*), Extended route scalability, TrafficWork Version V*
sig   = description Brocade Communication Systems, Inc. *, TrafficWork Version *
sig   = description Brocade Communication Systems, Inc. *, TrafficWork Version V*
sig   = description Brocade Communication Systems, Inc. *, Extended route scalability, TrafficWork Version *
sig   = description Brocade Communication Systems, Inc. *, Extended route scalability, TrafficWork Version V*
sig   = description Brocade Communication Systems, Inc. * (*), TrafficWork Version *
sig   = description Brocade Communication Systems, Inc. * (*), TrafficWork Version V*
sig   = description Brocade Communication Systems, Inc. * (*), Extended route scalability, TrafficWork Version *
sig   = description Brocade Communication Systems, Inc. * (*), Extended route scalability, TrafficWork Version V*
sig   = description Brocade Communications Systems, Inc. *, TrafficWork Version *
sig   = description Brocade Communications Systems, Inc. *, TrafficWork Version V*
sig   = description Brocade Communications Systems, Inc. *, Extended route scalability, TrafficWork Version *
sig   = description Brocade Communications Systems, Inc. *, Extended route scalability, TrafficWork Version V*
sig   = description Brocade Communications Systems, Inc. * (*), TrafficWork Version *
sig   = description Brocade Communications Systems, Inc. * (*), TrafficWork Version V*
sig   = description Brocade Communications Systems, Inc. * (*), Extended route scalability, TrafficWork Version *
sig   = description Brocade Communications Systems, Inc. * (*), Extended route scalability, TrafficWork Version V*

label = s:other:Ciena:Traverse::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description CIENA Corporation; Product : Traverse

label = s:other:Rectifier Technologies:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Rectifier Technologies Pacific WebCSU * V*

label = s:other:Rectifier Technologies:WebCSU::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Rectifier SNMP Server

label = s:plc:Rockwell Automation:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Allen-Bradley * PLC* Series * Revision * * * *
sig   = description Allen-Bradley * SLC* Series * Revision * * * *
sig   = description Allen-Bradley * */* MicroLogix1400 Series * Revision *
sig   = description Allen-Bradley *-ENET Revision: * * * *
sig   = description Allen-Bradley *-ENET Ethernet Interface Series * Revision * * * *
sig   = description Rockwell Automation *

label = s:printer:Avery Dennison:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Monarch * Print Adapter*
sig   = description Monarch * Network Adapter*
sig   = description Monarch M* FW Ver *.? / * Print Adapter*
sig   = description Monarch M* FW Ver *.? / * Network Adapter*

label = s:printer:Axis:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description AXIS *server*v*
sig   = description AXIS *server*Version:*
sig   = description AXIS *server*Version: *

label = s:printer:Brother:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SP NC-*, Firmware Ver.*
sig   = description Brother NC-*,Firmware Ver.*
sig   = description Brother NC-*,Firmware Ver. *
sig   = description Brother NC-*, Firmware Ver.*
sig   = description Brother NC-*, Firmware Ver. *

label = s:printer:Canon:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Canon iR*
sig   = description Canon iR* EEPROM *
sig   = description Canon iR* /P
sig   = description Canon iR* /P EEPROM *
sig   = description Canon iR* *
sig   = description Canon iR* * EEPROM *
sig   = description Canon iR* * /P
sig   = description Canon iR* * /P EEPROM *
sig   = description Canon iR * *
sig   = description Canon iR * * EEPROM *
sig   = description Canon iR * * /P
sig   = description Canon iR * * /P EEPROM *
sig   = description Canon iPR*
sig   = description Canon iPR* EEPROM *
sig   = description Canon iPR* /P
sig   = description Canon iPR* /P EEPROM *
sig   = description Canon iPR* *
sig   = description Canon iPR* * EEPROM *
sig   = description Canon iPR* * /P
sig   = description Canon iPR* * /P EEPROM *
sig   = description Canon iPR * *
sig   = description Canon iPR * * EEPROM *
sig   = description Canon iPR * * /P
sig   = description Canon iPR * * /P EEPROM *
sig   = description Canon LASER SHOT *
sig   = description Canon LASER SHOT * EEPROM *
sig   = description Canon LASER SHOT * /P
sig   = description Canon LASER SHOT * /P EEPROM *
sig   = description Canon imageCLASS *
sig   = description Canon imageCLASS * EEPROM *
sig   = description Canon imageCLASS * /P
sig   = description Canon imageCLASS * /P EEPROM *
sig   = description Canon Inc., * Printer
sig   = description Canon Inc., * Printer EEPROM *
sig   = description Canon Inc., * Printer /P
sig   = description Canon Inc., * Printer /P EEPROM *

label = s:printer:Canon:Printer Board::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Canon Network * Board-*

label = s:printer:D-Link:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description D-Link * Print Server

label = s:printer:Datamax:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Datamax Corporation I-Class * Ver:*

label = s:printer:Datamax:Print Server::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Datamax Printer*
sig   = description Datamax *Print Server*

label = s:printer:Dell:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Dell ????n MFP*
sig   = description Dell ????n Laser MFP*
sig   = description Dell ????cn MFP*
sig   = description Dell ????cn Laser MFP*
sig   = description Dell ????dn MFP*
sig   = description Dell ????dn Laser MFP*
sig   = description Dell *cn*Net *,*
sig   = description Dell *cn*Net * *
sig   = description Dell *cn; V*,*
sig   = description Dell *cn; V* *
sig   = description Dell*Laser* *cn*Net *,*
sig   = description Dell*Laser* *cn*Net * *
sig   = description Dell*Laser* *cn; V*,*
sig   = description Dell*Laser* *cn; V* *
sig   = description Dell Laser Printer * version *
sig   = description Dell * Laser Printer; *
sig   = description Dell * Laser Printer; *;*
sig   = description Dell * Laser Printer version *
sig   = description Dell * Laser Printer version *;*
sig   = description Dell * Mono Laser Printer; *
sig   = description Dell * Mono Laser Printer; *;*
sig   = description Dell * Mono Laser Printer version *
sig   = description Dell * Mono Laser Printer version *;*
sig   = description Dell ????n Series
sig   = description Dell ????dn Series

label = s:printer:Emulex:NetQue::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description NetQue Version *

label = s:printer:Epson:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description EPSON *; Net *,ESS *,IOT *
sig   = description EPSON * *.*
sig   = description EPSON *
sig   = description EPSON * Print Server
sig   = description EPSON Built-in * Print Server
sig   = description EpsonNet * Print Server
sig   = description EpsonNet Built-in * Print Server
sig   = description EPSON UIB * Ethernet Interface Card
sig   = description Epson *; ESS *
sig   = description Epson Network Projector

label = s:printer:Fuji Xerox:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description FUJI XEROX Document Centre *
sig   = description FUJI XEROX DocuCentre-* *
sig   = description FUJI XEROX * *

label = s:printer:HP:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP ETHERNET MULTI-ENVIRONMENT
sig   = description HP ETHERNET MULTI-ENVIRONMENT,ROM *,JETDIRECT,*,EEPROM*
sig   = description HP ETHERNET MULTI-ENVIRONMENT,ROM *,JETDIRECT EX,*,EEPROM*
sig   = description HP ETHERNET MULTI-ENVIRONMENT,SN:*,FN:*,SVCID:*,PID:HP LaserJet *
sig   = description HP ETHERNET MULTI-ENVIRONMENT,SN:*,FN:*,SVCID:*,PID:HP Color LaserJet *

label = s:printer:Honeywell:Thermal Label Printer <model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Honeywell <model>;P*

label = s:printer:IBM:6400 Matrix Printer::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description IBM 6400 Version *

label = s:printer:IBM:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description IBM Network Printer *

label = s:printer:Intel:PRO/100::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description NetportExpress(TM) PRO/100 3-port Print Server

label = s:printer:Intermec:Thermal Label Printer <model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Thermal Label Printer Intermec <model>

label = s:printer:Konica Minolta:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description KONICA MINOLTA *
sig   = description KONICA MINOLTA bizhub *

label = s:printer:Kyocera:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description KYOCERA Printer I/F IB-* Ver*

label = s:printer:Kyocera:X3e 31C-M::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Fiery X3e 31C-M

label = s:printer:Lanier:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description LANIER * * / LANIER*

label = s:printer:Lantronix:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Lantronix LPS* Version *
sig   = description Lantronix LPS* Version v*
sig   = description Lantronix LPS* Version b*
sig   = description Lantronix EPS* Version *
sig   = description Lantronix EPS* Version v*
sig   = description Lantronix EPS* Version b*
sig   = description Lantronix MPS* Version *
sig   = description Lantronix MPS* Version v*
sig   = description Lantronix MPS* Version b*

label = s:printer:Lexmark:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Lexmark * version *
sig   = description MarkNet * Version * Ethernet*
sig   = description Lexmark MarkNet * Version * Ethernet*
sig   = description Lexmark Optra *Version *
sig   = description Lexmark Optra * *Version *
sig   = description Lexmark Optra * * *Version *
sig   = description Lexmark Forms Printer *version *
sig   = description Lexmark Forms Printer * plus*version *
sig   = description Lexmark * Series version *
sig   = description Lexmark *; Net*ESS *,IOT *
sig   = description Lexmark * Print Server
sig   = description Lexmark * * Print Server
sig   = description Lexmark * Series

label = s:printer:Lexmark:C760::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Lexmark C760 version *

label = s:printer:OKI:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description OKI * Rev. * *PrintServer*
sig   = description OKI * Rev. * *Print Server*
sig   = description OKI * * Rev. * *PrintServer*
sig   = description OKI * * Rev. * *Print Server*
sig   = description OKI * * * Rev. * *PrintServer*
sig   = description OKI * * * Rev. * *Print Server*
sig   = description OKI * Rev.* *PrintServer*
sig   = description OKI * Rev.* *Print Server*
sig   = description OKI * * Rev.* *PrintServer*
sig   = description OKI * * Rev.* *Print Server*
sig   = description OKI * * * Rev.* *PrintServer*
sig   = description OKI * * * Rev.* *Print Server*

label = s:printer:Oce:3155::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Oce digital 3155 R*

label = s:printer:Oce:3165::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Oce digital 3165 R*
sig   = description Oce, 3165 *, Controller *

label = s:printer:Oce:750::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Oce, TDS750 *,*

label = s:printer:Oce:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Oce NC-*h, Firmware Ver.*.* (*.*.*),*
sig   = description Oce im*
sig   = description Oce cm*
sig   = description Oce, ColorWave* *,*
sig   = description Oce, VarioPrint * *,*
sig   = description Oce VarioPrint * R*
sig   = description Oce CS*

label = s:printer:Oce:DS60::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Oce, DS60 *,*

label = s:printer:Oce:Digital Copier::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Oce digital copier

label = s:printer:Panasonic:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Panasonic ??-*

label = s:printer:Ricoh:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description RICOH Aficio * * *
sig   = description RICOH Aficio mP * * *
sig   = description RICOH Aficio sP * * *
sig   = description RICOH Aficio *
sig   = description RICOH Aficio * *
sig   = description RICOH Aficio * /*
sig   = description RICOH imagio * * * /*
sig   = description RICOH imagio * * /*
sig   = description RICOH IPSiO * * /*
sig   = description RICOH IPSiO * * * /*
sig   = description RICOH IPSiO * * v* /*
sig   = description RICOH IPSiO * * Ver * /*
sig   = description RICOH IPSiO * * Ver v* /*
sig   = description RICOH Pro * * /*
sig   = description Gestetner * * / Gestetner Network Printer*
sig   = description InfoPrint * Version *
sig   = description InfoPrint * MFP Version *
sig   = description InfoPrint Color * Version *
sig   = description InfoPrint Color * MFP Version *
sig   = description IBM InfoPrint * Version *
sig   = description IBM InfoPrint * MFP Version *
sig   = description IBM InfoPrint Color * Version *
sig   = description IBM InfoPrint Color * MFP Version *
sig   = description IBM InfoPrint *
sig   = description InfoPrint *
sig   = description InfoPrint (v*) *
sig   = description IBM InfoPrint (v*) *

label = s:printer:Samsung:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Samsung CLX-*
sig   = description Samsung CLP-705 Series; ; S/N*

label = s:printer:Savin:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SAVIN *
sig   = description SAVIN * / *
sig   = description SAVIN * * /*
sig   = description SAVIN * * * /*

label = s:printer:Sharp:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SHARP AR-*
sig   = description SHARP MX-*

label = s:printer:Source Technologies:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Source Technologies ST-9* version * kernel *

label = s:printer:Tektronix:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Tektronix, Inc., Phaser *, PhaserShare* (*/*)

label = s:printer:Toshiba:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description TOSHIBA e-STUDIO*

label = s:printer:Toshiba:<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description TOSHIBA TEC <model>

label = s:printer:Troy:PocketPro::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description PocketPro*
sig   = description * PocketPro*

label = s:printer:Unisys:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Unisys * version * kernel*

label = s:printer:Xerox:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Xerox DocuPrint * Network Laser Printer - *
sig   = description Xerox * *
sig   = description XEROX ???? WIDE FORMAT PRINTER; ACCXES *.* *, IOT*

label = s:printer:Xerox:<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Xerox Phaser <model>; OS *.*.*.*
sig   = description Xerox WorkCentre <model>; SS *.*.*.*
sig   = description Xerox <model> Multifunction Printer; SS *.*.*.*

label = s:printer:Xerox:Document Centre::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Xerox Document Centre Multi-function System*

label = s:printer:Xerox:Phaser::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Xerox Phaser * v(*/*)*
sig   = description Xerox Phaser *;*

label = s:printer:Xerox:Wide Format Printer::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description XEROX WIDE FORMAT ???? PRINTER; ACCXES *.* *, IOT*

label = s:printer:Xerox:WorkCentre Pro::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Xerox WorkCentre Pro Multifunction System,*
sig   = description Xerox WorkCentre Pro Multifunction System;*

label = s:printer:Xerox:WorkCentre::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Xerox WorkCentre *

label = s:printer:Zebra:ZebraNet PrintServer::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description ZebraNet PrintServer

label = s:router:3Com:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description 3Com OfficeConnect Remote *
sig   = description 3Com Router Software V*, SNMP agent for Router * with*
sig   = description 3Com Wireless*Firewall Router
sig   = description 3Com Router * Software Release *,*

label = s:router:3Com:<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description 3Com <model> Software *

label = s:router:3Com:HiPer Access Router Card::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description 3Com Corporation HiPer Access Router Card*

label = s:router:ADTRAN:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description ADTRAN NetVanta*

label = s:router:Cabletron:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SmartSwitch Router * v* Copyright (c) 1996-1999 Cabletron Systems, Inc. All Rights Reserved

label = s:router:Cisco:761::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Cisco 761 Software Version * -*

label = s:router:Cisco:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Cisco IOS XR Software*Version *

label = s:router:DrayTek:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description *DrayTek Corporation, Router Model: *, Version: *.*.*.*
sig   = description *DrayTek Corporation, Router Model: *, Version: *.*.*

label = s:router:GarrettCom:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description DynaStar *

label = s:router:HP:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description ProCurve Secure Router *, Version: *,*

label = s:router:HP:<model>:Comware:<version>
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP Comware Platform Software Comware Software Version <version>,Release* HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version>,Release * HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version>,Alpha* HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version>,Alpha * HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version>,Beta* HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version>,Beta * HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version>, Release* HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version>, Release * HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version>, Alpha* HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version>, Alpha * HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version>, Beta* HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version>, Beta * HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version> Release* HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version> Release * HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version> Alpha* HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version> Alpha * HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version> Beta* HP <model> Router*
sig   = description HP Comware Platform Software Comware Software Version <version> Beta * HP <model> Router*
sig   = description HP Series Router <model> HP Comware Platform Software Comware Software Version <version>,Release ,*Copyright*
sig   = description HP Series Router <model> HP Comware Platform Software Comware Software Version <version>,Release  *Copyright*
sig   = description HP Series Router <model> HP Comware Platform Software Comware Software Version <version>,Release *,*Copyright*
sig   = description HP Series Router <model> HP Comware Platform Software Comware Software Version <version>,Release * *Copyright*
sig   = description HP Series Router <model> HP Comware Platform Software Comware Software Version <version>, Release ,*Copyright*
sig   = description HP Series Router <model> HP Comware Platform Software Comware Software Version <version>, Release  *Copyright*
sig   = description HP Series Router <model> HP Comware Platform Software Comware Software Version <version>, Release *,*Copyright*
sig   = description HP Series Router <model> HP Comware Platform Software Comware Software Version <version>, Release * *Copyright*
sig   = description HP Series Router <model> HP Comware Platform Software Comware Software Version <version> Release ,*Copyright*
sig   = description HP Series Router <model> HP Comware Platform Software Comware Software Version <version> Release  *Copyright*
sig   = description HP Series Router <model> HP Comware Platform Software Comware Software Version <version> Release *,*Copyright*
sig   = description HP Series Router <model> HP Comware Platform Software Comware Software Version <version> Release * *Copyright*
sig   = description HP Series Router <model> HP Comware Platform Software Comware Software Version <version>, * Copyright*

label = s:router:Huawei-3com:WBR204G::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HUAWEI-3COM WBR-204g

label = s:router:Juniper:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Juniper Networks,Inc,*,* (build *)
sig   = description Juniper SRX*
sig   = description Juniper SRX* *
sig   = description Juniper Networks, Inc. * Edge Routing Switch SW Version : (* * [BuildId *])*
sig   = description Juniper Networks, Inc. * Edge Switch Router SW Version : (* * [BuildId *])*

label = s:router:Juniper:<model>:Junos:<version>
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Juniper Networks, Inc. Dell <model> internet router, kernel JUNOS <version> *
sig   = description Juniper Networks, Inc. Dell <model> internet router, kernel JUNOS <version>, *

label = s:router:MikroTik:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description RouterOS RB*

label = s:router:MikroTik::RouterOS:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description RouterOS

label = s:router:Netopia:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Netopia ????W v*
sig   = description Netopia ????NWG v*
sig   = description Netopia ????NWG-ENT v*
sig   = description Netopia * v*

label = s:router:Nortel:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Nortel SR *Software Version = *,*
sig   = description Image: rel/* Created on*
sig   = description Image: rel/*/ Created on*

label = s:router:Siemens:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Siemens * *Router (*) *
sig   = description Siemens * *Router (*) * *
sig   = description Siemens * *Router (*) v*
sig   = description Siemens * *Router (*) v* *
sig   = description Siemens * * (*) Router *v* *
sig   = description Siemens Subscriber Networks * (*)

label = s:router:Zyxel:Prestige 642R-13::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Prestige 642R-13

label = s:router:Zyxel:Prestige 645::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Prestige 645

label = s:router:Zyxel:Prestige 650R-T3::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Prestige 650R-T3

label = s:router:Zyxel:Prestige 660HW-61::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Prestige 660HW-61

label = s:router:Zyxel:Prestige 660HW-D1::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description P-660HW-D1

label = s:router:Zyxel:Prestige 660ME-61::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Prestige 660HW-T3
sig   = description Prestige 660ME-61

label = s:sensor:APC:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description APC Environmental Management System*AF1:*MN:*
sig   = description APC Environmental Management System*AF1:*MN: *
sig   = description APC Environmental Management System*AF1:v*MN:*
sig   = description APC Environmental Management System*AF1:v*MN: *
sig   = description APC Environmental Management System*AF1: *MN:*
sig   = description APC Environmental Management System*AF1: *MN: *
sig   = description APC Environmental Management System*AF1: v*MN:*
sig   = description APC Environmental Management System*AF1: v*MN: *
sig   = description APC Environmental Manager*AF1:*MN:*
sig   = description APC Environmental Manager*AF1:*MN: *
sig   = description APC Environmental Manager*AF1:v*MN:*
sig   = description APC Environmental Manager*AF1:v*MN: *
sig   = description APC Environmental Manager*AF1: *MN:*
sig   = description APC Environmental Manager*AF1: *MN: *
sig   = description APC Environmental Manager*AF1: v*MN:*
sig   = description APC Environmental Manager*AF1: v*MN: *
sig   = description APC Environmental Monitoring Unit*AF1:*MN:*
sig   = description APC Environmental Monitoring Unit*AF1:*MN: *
sig   = description APC Environmental Monitoring Unit*AF1:v*MN:*
sig   = description APC Environmental Monitoring Unit*AF1:v*MN: *
sig   = description APC Environmental Monitoring Unit*AF1: *MN:*
sig   = description APC Environmental Monitoring Unit*AF1: *MN: *
sig   = description APC Environmental Monitoring Unit*AF1: v*MN:*
sig   = description APC Environmental Monitoring Unit*AF1: v*MN: *
sig   = description APC NetBotz Rack Access*AF1:*MN:*
sig   = description APC NetBotz Rack Access*AF1:*MN: *
sig   = description APC NetBotz Rack Access*AF1:v*MN:*
sig   = description APC NetBotz Rack Access*AF1:v*MN: *
sig   = description APC NetBotz Rack Access*AF1: *MN:*
sig   = description APC NetBotz Rack Access*AF1: *MN: *
sig   = description APC NetBotz Rack Access*AF1: v*MN:*
sig   = description APC NetBotz Rack Access*AF1: v*MN: *

label = s:server-management:::Linux:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Linux SUNSP00144F* * *

label = s:server-management:HP:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Management Processor (MP) for HP Integrity Servers

label = s:server-management:HP:iLO::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Integrated Lights-Out ? *.* ??? * ????
sig   = description Integrated Lights-Out ? (iLO ?) for Integrity

label = s:server:3Com:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description 3COM VCX *

label = s:server:::Windows:2003
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Hardware: x86*Software: Windows Version 5.2*
sig   = description Hardware: *64*Software: Windows Version 5.2*
sig   = description Windows_NT Microsoft Windows Server 2003 5.2 3790 Service Pack 2, GenuineIntel *64*
sig   = description Windows_NT Microsoft Windows Server 2003 5.2 3790 Service Pack 2, GenuineIntel x86*

label = s:server:::Windows:2012
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description *Windows * 6.2.* Server * *

label = s:server:APC:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description APC InfraStruXure Manager*AF1:*MN:*
sig   = description APC InfraStruXure Manager*AF1:*MN: *
sig   = description APC InfraStruXure Manager*AF1:v*MN:*
sig   = description APC InfraStruXure Manager*AF1:v*MN: *
sig   = description APC InfraStruXure Manager*AF1: *MN:*
sig   = description APC InfraStruXure Manager*AF1: *MN: *
sig   = description APC InfraStruXure Manager*AF1: v*MN:*
sig   = description APC InfraStruXure Manager*AF1: v*MN: *

label = s:server:Avaya:Call Server::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description PR:CS 1000*BN:*Avaya Inc.

label = s:server:Avaya:Definity One::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description DEFINITY ONE Release * Agent

label = s:server:Cisco:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Hardware:*,*Software:UCOS *
sig   = description WLSE Release * * (C) Copyright *Cisco Systems Inc.
sig   = description WLSE * Release * * (C) Copyright *Cisco Systems Inc.

label = s:server:Juniper:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Juniper Networks, Inc. SRC-PE C*

label = s:server:Nortel:CS 1000 Call Server::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Nortel, CS 1000S/M Call Server, System *, Release *, Issue *

label = s:server:Nortel:CS 1000 Signaling Server::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Nortel, CS 1000 Signaling Server, Software Release *
sig   = description Nortel Networks, CS 1000 Signaling Server, Software Release *

label = s:server:Nortel:CS 1000 Voice Gateway Media Card::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Nortel, CS 1000 VGMC, Software Release *

label = s:server:Nortel:Meridian 1 Call Server::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Nortel, Meridian 1 Call Server, System *, Release *, Issue *
sig   = description Nortel Networks, Meridian 1 Call Server, System *, Release *, Issue *

label = s:server:Nortel:Succession 1000/M Call Server::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description NORTEL, Succession 1000/M Call Server, System *, Release *, Issue *

label = s:server:Palo Alto Networks::PAN-OS:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Palo Alto Networks Panorama server

label = s:server:Siemens:HiPath 3000::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description SNMP agent for HiPath 3000*V*

label = s:switch:3Com:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description 3Com IntelliJack *
sig   = description 3Com * Network Jack
sig   = description 3Com-* - 3CNJ2000 v*
sig   = description 3Com LinkSwitch *, SW version:*
sig   = description 3Com LinkBuilder *, SW version:*
sig   = description 3Com SuperStackII*,*SW version*
sig   = description 3Com SuperStackII*,*SW version *
sig   = description 3Com SuperStackII*,*SW version:*
sig   = description 3Com SuperStackII*,*SW version: *
sig   = description 3Com SuperStack II*,*SW version*
sig   = description 3Com SuperStack II*,*SW version *
sig   = description 3Com SuperStack II*,*SW version:*
sig   = description 3Com SuperStack II*,*SW version: *
sig   = description 3COM Superstack II Switch *
sig   = description 3Com 3Com Switch *Software Version 3Com OS V*
sig   = description 3Com 3Com SuperStack 4 Switch *Software Version 3Com OS V*
sig   = description 3Com Baseline Switch * *
sig   = description 3Com Baseline Switch * Plus* Software Version *.* release *
sig   = description 3Com CoreBuilder-*s/w rev:*
sig   = description 3Com CoreBuilder-*s/w rev: *
sig   = description 3Com S*
sig   = description 3Com *Switch *
sig   = description 3Com *Switch * *-port
sig   = description 3Com *Switch* *-Port*Software Version 3Com OS V*
sig   = description 3Com *Switch* *-Port*Software Version ?.*Release*
sig   = description 3Com *Switch* *-Port*Software Version ?.*Feature*

label = s:switch:3Com:SuperStack 3::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description 3Com SuperStack 3

label = s:switch:3Com:SuperStack II::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description 3Com SuperStack II

label = s:switch::::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP ProCurve * - * GE, *.*,*
sig   = description PROCURVE * - *

label = s:switch::<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP<model> HP ProCurve Switch *, revision *,*
sig   = description HP <model> * Switch, revision *,*
sig   = description HP <model> Switch *, revision *,*

label = s:switch:Arista:<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Arista Networks EOS version * running on an Arista <model>

label = s:switch:Aruba:<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Aruba*revision <model>.*ROM*
sig   = description *ArubaOS (MODEL: <model>), Version 8.*
sig   = description *ArubaOS (MODEL: <model>), Version 10.*
sig   = description Aruba <model> *
sig   = description Aruba <model> *.*

label = s:switch:Avaya:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Avaya *SW version *
sig   = description Avaya Inc.-*SW version *
sig   = description Avaya Inc.- *SW version *
sig   = description Avaya Inc. -*SW version *
sig   = description Avaya Inc. - *SW version *
sig   = description Ethernet Routing Switch* HW:*SW:*Avaya Networks
sig   = description Ethernet Routing Switch* HW:*SW:v*Avaya Networks
sig   = description Ethernet Routing Switch* HW:*SW: *Avaya Networks
sig   = description Ethernet Routing Switch* HW:*SW: v*Avaya Networks

label = s:switch:Avaya:Cajun Switch::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Avaya Cajun Switch Agent v*

label = s:switch:Brocade:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Brocade SAN Switch Module for IBM eServer BladeCenter
sig   = description Brocade * SAN Switch Module for IBM eServer BladeCenter
sig   = description Brocade *, IronWare Version *
sig   = description Brocade *, IronWare Version V*
sig   = description Brocade *, Extended route scalability, IronWare Version *
sig   = description Brocade *, Extended route scalability, IronWare Version V*
sig   = description Brocade * (*), IronWare Version *
sig   = description Brocade * (*), IronWare Version V*
sig   = description Brocade * (*), Extended route scalability, IronWare Version *
sig   = description Brocade * (*), Extended route scalability, IronWare Version V*
sig   = description Brocade Communication Systems, Inc. *, IronWare Version *
sig   = description Brocade Communication Systems, Inc. *, IronWare Version V*
sig   = description Brocade Communication Systems, Inc. *, Extended route scalability, IronWare Version *
sig   = description Brocade Communication Systems, Inc. *, Extended route scalability, IronWare Version V*
sig   = description Brocade Communication Systems, Inc. * (*), IronWare Version *
sig   = description Brocade Communication Systems, Inc. * (*), IronWare Version V*
sig   = description Brocade Communication Systems, Inc. * (*), Extended route scalability, IronWare Version *
sig   = description Brocade Communication Systems, Inc. * (*), Extended route scalability, IronWare Version V*
sig   = description Brocade Communications Systems, Inc. *, IronWare Version *
sig   = description Brocade Communications Systems, Inc. *, IronWare Version V*
sig   = description Brocade Communications Systems, Inc. *, Extended route scalability, IronWare Version *
sig   = description Brocade Communications Systems, Inc. *, Extended route scalability, IronWare Version V*
sig   = description Brocade Communications Systems, Inc. * (*), IronWare Version *
sig   = description Brocade Communications Systems, Inc. * (*), IronWare Version V*
sig   = description Brocade Communications Systems, Inc. * (*), Extended route scalability, IronWare Version *
sig   = description Brocade Communications Systems, Inc. * (*), Extended route scalability, IronWare Version V*

label = s:switch:Brocade:<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Brocade VDX Switch, BR-<model>, Network Operating System Software Version *.
sig   = description *, BR-<model>, Network Operating System Software Version *.

label = s:switch:Brocade:Fabric OS::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Fibre Channel Switch
sig   = description Fibre Channel Switch.

label = s:switch:Cabletron:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Cabletron * Rev * * ofc
sig   = description Cabletron Systems * Rev * * ofc
sig   = description Cabletron Systems, Inc. * Rev * * ofc
sig   = description Cabletron * Version * *
sig   = description Cabletron * Rev.*
sig   = description Cabletron * SW:*
sig   = description Cabletron Smart Switch * Chassis
sig   = description SSR * - Cabletron Systems, Inc. Firmware Version: * PROM Version: *

label = s:switch:Cabletron:SEHI::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Cabletron SEHI Revision *

label = s:switch:Ciena:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Ciena SNMP Agent
sig   = description * OPTICAL SW:* * Ciena (R) Corporation
sig   = description Ciena CN * V* (MIBs *)

label = s:switch:Cisco:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Cisco SAN-OS(tm) *, Software (*), Version *, * Cisco Systems*

label = s:switch:Cisco::CatOS:<version>
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Cisco Systems, Inc. * Cisco Catalyst Operating System Software, Version <version> Copyright (c)*
sig   = description Cisco Systems * Cisco Catalyst Operating System Software, Version <version> Copyright (c)*

label = s:switch:Cumulus:Cumulus Linux::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Cumulus Linux * (Linux Kernel *)*

label = s:switch:Dell:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description PowerEdge * Integrated Switch

label = s:switch:Enterasys:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Enterasys Networks, Inc. * Rev * * ofc
sig   = description Enterasys Networks, Inc. * Rev *

label = s:switch:Extreme Networks:XOS::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description *ExtremeX0S version * * by * on*
sig   = description *ExtremeX0S * version * * by * on*
sig   = description *ExtremeXoS version * * by * on*
sig   = description *ExtremeXoS * version * * by * on*
sig   = description *ExtremeWare X0S version * * by * on*
sig   = description *ExtremeWare X0S * version * * by * on*
sig   = description *ExtremeWare XoS version * * by * on*
sig   = description *ExtremeWare XoS * version * * by * on*

label = s:switch:Foundry Networks:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Foundry Networks, Inc. *, IronWare Version * Compiled*
sig   = description Foundry Networks, Inc. *, IronWare Version V* Compiled*
sig   = description Foundry Networks, Inc. *, Iron Software Version * Compiled*
sig   = description Foundry Networks, Inc. *, Iron Software Version V* Compiled*
sig   = description Foundry Networks EdgeIron *

label = s:switch:HP:10Gb Blade Switch::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP 10Gb Ethernet Bl* Switch
sig   = description HP 1:10Gb Ethernet Bl* Switch

label = s:switch:HP:1810::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP V1810* *.*,*

label = s:switch:HP:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Hewlett-Packard Company * HP ProCurve Routing Switch*Software Version *
sig   = description HP J* ProCurve Switch*, revision *,*
sig   = description ProCurve J* Switch*, revision *,*
sig   = description MSA Fabric Switch *
sig   = description HP StorageWorks * Stackable Single Power Supply Fibre Channel Switch
sig   = description HP StorageWorks * Fibre Channel Switch

label = s:switch:HP:<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP <model> Switch Software Version * Release * Copyright*
sig   = description HP <model> (*) Switch Software Version * Release * Copyright*
sig   = description HP <model> Switch Product Version * Copyright*

label = s:switch:HP:Blade System::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HP PC Blade Switch

label = s:switch:Juniper:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Juniper Networks * Switch, SW Version *
sig   = description Juniper Networks * * Switch, SW Version *

label = s:switch:Juniper:<model>:Junos:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Juniper <model> Ethernet Switch

label = s:switch:MikroTik:<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description <model> SwOS v*

label = s:switch:NVIDIA:<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Onyx,<model>,SWv*

label = s:switch:Nortel:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description BayStack *SW:v*
sig   = description Ethernet Switch *SW:v*
sig   = description Bay Networks, Inc. BayStack * Ethernet Switch Rev: *
sig   = description BayStack *, version * (*)
sig   = description Accelar-* (*)
sig   = description Ethernet Routing Switch * HW:*FW:*SW:*(c) Nortel Networks
sig   = description Ethernet Routing Switch * (Stack Enabled) HW:*FW:*SW:*(c) Nortel Networks
sig   = description Nortel Layer2-3 GbE Switch Module*

label = s:switch:Nortel:Business Policy Switch 2000::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Business Policy Switch 2000* SW:v*

label = s:switch:Ubiquiti:USW GigaBit Ethernet Switch:Linux:
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description USW GigaBit Ethernet Switch, firmware *
sig   = description USW GigaBit Ethernet Switch, firmware v*

label = s:ups:APC:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description APC Embedded PowerNet SNMP Agent (*SW v*,*Mod:*,*
sig   = description APC Embedded PowerNet SNMP Agent (*SW v*,*Mod: *,*
sig   = description APC Web/SNMP Management Card*AF1:*MN:*
sig   = description APC Web/SNMP Management Card*AF1:*MN: *
sig   = description APC Web/SNMP Management Card*AF1:v*MN:*
sig   = description APC Web/SNMP Management Card*AF1:v*MN: *
sig   = description APC Web/SNMP Management Card*AF1: *MN:*
sig   = description APC Web/SNMP Management Card*AF1: *MN: *
sig   = description APC Web/SNMP Management Card*AF1: v*MN:*
sig   = description APC Web/SNMP Management Card*AF1: v*MN: *

label = s:ups:Eaton:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Evolution*
sig   = description Evolution *
sig   = description Evolution S *

label = s:voip-phone:Allworx:<model>::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description ALLWORX <model>

label = s:voip-phone:Avaya:46xx::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description MIB Module for 46xx IP Telephones

label = s:voip-phone:Cisco:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Cisco VG2* version *

label = s:voip-phone:Siemens:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HiPath optiPoint * * HFA
sig   = description optiPoint * *

label = s:wireless-controller:Cisco:Wireless Controller::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Cisco Controller

label = s:wireless-controller:Juniper:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Juniper Networks, Inc MX-* * REL

label = s:wireless-controller:Siemens:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description HiPath Wireless Access Controller - *, System Version *
sig   = description HiPath Wireless Access Controller - *, System Version V* *
sig   = description HiPath Wireless Access Controller - * , System Version *
sig   = description HiPath Wireless Access Controller - * , System Version V* *

label = s:wireless-controller:Symbol:::
; source: rapid7/recog snmp_sysdescr.xml; medium
sig   = description Symbol WS* * SW=*
