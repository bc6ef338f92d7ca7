; What a maximum segment size says of the link: MTU = MSS + 40 (IPv4) or + 60 (IPv6).
;
; One name for each MTU, the likeliest link first. Ordered by the smallest value.

classes = win,unix,other

[mtu]

label = IPv4 minimum
; source: RFC 791; high
sig   = 68

label = AX.25 packet radio
; source: AX.25 2.2 (256 bytes of information); high
sig   = 256

label = PPP, low delay
; source: RFC 1144; high
sig   = 296

label = ARCNET
; source: RFC 1191; high
sig   = 508

label = SLIP
; source: RFC 1055; high
sig   = 1006

label = Dial-up or minimal Internet path
; source: RFC 791; high
sig   = 576

label = OpenVPN over TCP
; source: arithmetic of OpenVPN (mssfix of 1450, 1400 and 1350 less cipher, digest and compression); medium
sig   = 1278
sig   = 1279
sig   = 1290
sig   = 1291
sig   = 1306
sig   = 1307
sig   = 1328
sig   = 1329
sig   = 1340
sig   = 1341
sig   = 1356
sig   = 1357
sig   = 1378
sig   = 1379
sig   = 1391
sig   = 1395
sig   = 1406
sig   = 1407

label = IPv6 minimum or VPN
; source: RFC 8200, vendor defaults; high
sig   = 1280

label = OpenVPN over UDP
; source: arithmetic of OpenVPN (mssfix of 1450, 1400 and 1350 less cipher, digest and compression); medium
sig   = 1281
sig   = 1292
sig   = 1293
sig   = 1308
sig   = 1309
sig   = 1330
sig   = 1331
sig   = 1342
sig   = 1343
sig   = 1358
sig   = 1359
sig   = 1380
sig   = 1381
sig   = 1392
sig   = 1393
sig   = 1397
sig   = 1408
sig   = 1409

label = Tunnel or VPN
; source: arithmetic (round values that leave room for an encapsulation); medium
sig   = 1300
sig   = 1400
sig   = 1440

label = Cisco AnyConnect
; source: vendor default; medium
sig   = 1390

label = WireGuard over PPPoE
; source: arithmetic of the protocol (less 80, less 60); high
sig   = 1412
sig   = 1432

label = WireGuard
; source: default of wg-quick; high
sig   = 1420

label = Mobile network
; source: common carrier setting; medium
sig   = 1428
sig   = 1430

label = Geneve overlay
; source: arithmetic of the protocol (less 58); high
sig   = 1442

label = VXLAN overlay
; source: arithmetic of the protocol (less 50); high
sig   = 1450

label = DSL with a tunnel
; source: arithmetic of the protocol; high
sig   = 1452

label = PPPoE in Japan
; source: carrier documentation; high
sig   = 1454

label = L2TP over PPPoE
; source: arithmetic of the protocol (less 36, less 8); medium
sig   = 1456

label = Google Cloud or L2TP
; source: vendor documentation, arithmetic of the protocol; high
sig   = 1460

label = GRE with Ethernet inside
; source: arithmetic of the protocol (less 38); high
sig   = 1462

label = Google
; source: answers of Google's servers in public captures; high
sig   = 1470

label = GRE with key
; source: arithmetic of the protocol (less 28); high
sig   = 1472

label = GRE or IPsec
; source: arithmetic of the protocol (less 24); high
sig   = 1476

label = IPIP or 6in4 tunnel
; source: arithmetic of the protocol (less 20); high
sig   = 1480

label = PPPoE (DSL)
; source: RFC 2516; high
sig   = 1492

label = VLAN tag within 1500 bytes
; source: arithmetic of the protocol (less 4); high
sig   = 1496

label = Ethernet
; source: RFC 894; high
sig   = 1500

label = Ethernet, slightly enlarged
; source: arithmetic (switch tag, RFC 4638); medium
sig   = 1504
sig   = 1508

label = Overlay underlay network
; source: vendor minimum; medium
sig   = 1600

label = Ethernet, envelope frame
; source: IEEE 802.3as; medium
sig   = 2000

label = InfiniBand, datagram mode
; source: RFC 4391; high
sig   = 2044

label = Wireless LAN
; source: IEEE 802.11; high
sig   = 2304

label = ZeroTier
; source: vendor default; high
sig   = 2800

label = Loopback
; source: kernel history, Linux 6.18 measured, BSD sources; pf.os of OpenBSD; high
sig   = 3924
sig   = 16384
sig   = 16436
sig   = 32768
sig   = 33624
sig   = 65535

label = FDDI
; source: RFC 1390; high
sig   = 4352

label = Token Ring
; source: RFC 1191; high
sig   = 4464
sig   = 17914

label = Token bus
; source: RFC 1191; high
sig   = 8166

label = AWS transit gateway
; source: vendor documentation; high
sig   = 8500

label = Google Cloud, jumbo frames
; source: vendor documentation; high
sig   = 8896

label = Jumbo frames behind an overlay
; source: arithmetic (9000 or 9001 less the tunnel); medium
sig   = 8900
sig   = 8950
sig   = 8951
sig   = 8981

label = Ethernet, jumbo frames
; source: de facto; high
sig   = 9000
sig   = 9216

label = AWS, jumbo frames
; source: vendor documentation; high
sig   = 9001

label = ATM or SMDS
; source: RFC 2225, RFC 1209; high
sig   = 9180

label = InfiniBand, connected mode
; source: RFC 4755; high
sig   = 65520
