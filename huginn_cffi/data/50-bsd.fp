; FreeBSD, OpenBSD, NetBSD, DragonFly.
;
; Initial TTL 64. Each pads its options in a way of its own, so the order tells the family:
;   FreeBSD    mss,nop,ws,sok,ts                       window 65535; IP id 0 from 11 on
;              mss,nop,ws,nop,nop,ts                   to 5.2, and macOS of that time
;   OpenBSD    mss,nop,nop,sok,nop,ws,nop,nop,ts       window 16384; scale 0, 3, then 6
;   NetBSD     mss,nop,ws,sok,nop,nop,nop,nop,ts       window 32768; scale 6
;   DragonFly  mss,nop,ws,nop,nop,sok,nop,nop,ts
; An answer with few options can look the same from FreeBSD and macOS: both are named.
; So are the consoles that were built on a BSD: PlayStation 3 (NetBSD's order), 4 (FreeBSD 9) and
; 5 (FreeBSD 11).

; rules: beyond p0f

classes = win,unix,other

[tcp:request]

label = s:unix:FreeBSD or PlayStation 5:FreeBSD 11 or newer / PlayStation 5
; source: FreeBSD source; documentation of the console (FreeBSD 11); medium
sig   = *:64:0:*:65535,6:mss,nop,ws,sok,ts:df,flow:0
sig   = *:64:0:*:65535,6:mss,nop,ws,sok,ts:df,ecn,flow:0

label = s:unix:FreeBSD or PlayStation 4:FreeBSD 9-10 / PlayStation 4
; source: FreeBSD source (scale for buffers of 2 MB); documentation of the console (FreeBSD 9); medium
sig   = 4:64:0:*:65535,6:mss,nop,ws,sok,ts:df,id+:0

label = s:unix:FreeBSD:8
; source: FreeBSD source (scale for buffers of 256 KB); high
sig   = 4:64:0:*:65535,3:mss,nop,ws,sok,ts:df,id+:0

label = s:unix:FreeBSD:2-4
; source: pf.os of FreeBSD, public test captures; low
sig   = *:64:0:*:16384,0:mss,nop,ws,nop,nop,ts:df,id+:0

label = s:unix:FreeBSD:4-6
; source: pf.os of FreeBSD; medium
sig   = *:64:0:*:57344,0:mss,nop,ws,nop,nop,ts:df,id+:0

label = s:unix:FreeBSD or macOS:FreeBSD 4-6 / macOS 10.2-10.4
; source: pf.os of OpenBSD, which names both; medium
sig   = *:64:0:*:65535,0:mss,nop,ws,nop,nop,ts:df,id+:0
sig   = *:64:0:*:65535,1:mss,nop,ws,nop,nop,ts:df,id+:0
sig   = *:64:0:*:32768,0:mss,nop,ws,nop,nop,ts:df,id+:0

label = s:unix:OpenBSD:6 or newer
; source: OpenBSD source; high
sig   = *:64:0:*:16384,6:mss,nop,nop,sok,nop,ws,nop,nop,ts:df,id+,flow:0
sig   = 6:64:0:*:16384,6:mss,nop,nop,sok,nop,ws,nop,nop,ts::0

label = s:unix:OpenBSD:4-5
; source: OpenBSD source (scale for buffers of 256 KB); medium
sig   = *:64:0:*:16384,3:mss,nop,nop,sok,nop,ws,nop,nop,ts:df,id+:0

label = s:unix:OpenBSD:3-5
; source: pf.os of OpenBSD, test captures up to 5.5; high
sig   = *:64:0:*:16384,0:mss,nop,nop,sok,nop,ws,nop,nop,ts:df,id+:0

label = s:unix:NetBSD:6 or newer
; source: NetBSD source, test captures over both IP versions; medium
sig   = *:64:0:*:32768,6:mss,nop,ws,sok,nop,nop,nop,nop,ts:df,flow:0

label = s:unix:DragonFly BSD:3-6
; source: DragonFly source; medium
sig   = *:64:0:*:57344,5:mss,nop,ws,nop,nop,sok,nop,nop,ts:df,id+:0

[tcp:response]

label = s:unix:FreeBSD:11 or newer
; source: FreeBSD source; high
sig   = *:64:0:*:65535,6:mss,nop,ws,sok,ts:df,flow:0
sig   = *:64:0:*:65535,6:mss,nop,ws,sok,ts:df,ecn,flow:0
sig   = *:64:0:*:65535,0:mss,sok,ts:df,flow:0

label = s:unix:FreeBSD:9-10
; source: FreeBSD source (scale for buffers of 2 MB); high
sig   = 4:64:0:*:65535,6:mss,nop,ws,sok,ts:df,id+:0
sig   = 4:64:0:*:65535,6:mss,nop,ws,sok,eol+1:df,id+:0
sig   = 4:64:0:*:65535,6:mss,nop,ws,nop,nop,ts:df,id+:0
sig   = 4:64:0:*:65535,6:mss,nop,ws:df,id+:0

label = s:unix:FreeBSD:8
; source: FreeBSD source (scale for buffers of 256 KB); high
sig   = 4:64:0:*:65535,3:mss,nop,ws,sok,ts:df,id+:0

label = s:unix:FreeBSD:8-9
; source: FreeBSD source (answer to a client that does not scale); high
sig   = 4:64:0:*:65535,0:mss,sok,ts:df,id+:0

label = s:unix:FreeBSD or macOS:FreeBSD 11 or newer / macOS 10.14 or newer
; source: FreeBSD source and XNU source (the same answer to fewer options); medium
sig   = *:64:0:*:65535,6:mss,nop,ws,sok,eol+1:df,flow:0
sig   = *:64:0:*:65535,6:mss,nop,ws,nop,nop,ts:df,flow:0
sig   = *:64:0:*:65535,6:mss,nop,ws:df,flow:0
sig   = *:64:0:*:65535,0:mss,sok,eol+1:df,flow:0
sig   = *:64:0:*:65535,0:mss,nop,nop,ts:df,flow:0

label = s:unix:FreeBSD or macOS:FreeBSD 5-6 / macOS 10.4-10.7
; source: FreeBSD's sys/netinet/tcp_syncache.c of 2006, with its receive space of 65,536; medium
sig   = *:64:0:*:65535,1:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+,flow:0

label = s:unix:FreeBSD or macOS:FreeBSD 8 / macOS 10.4-10.7
; source: FreeBSD source, scale of Macs of that time; medium
sig   = *:64:0:*:65535,3:mss,nop,ws,sok,eol+1:df,id+:0
sig   = *:64:0:*:65535,3:mss,nop,ws,nop,nop,ts:df,id+:0
sig   = *:64:0:*:65535,3:mss,nop,ws:df,id+:0

label = s:unix:FreeBSD or macOS:FreeBSD 8-9 / macOS 10.4-10.12
; source: FreeBSD source and XNU source (the same answer to fewer options); medium
sig   = *:64:0:*:65535,0:mss,sok,eol+1:df,id+:0
sig   = *:64:0:*:65535,0:mss,nop,nop,ts:df,id+:0

label = s:unix:FreeBSD:2-4
; source: pf.os of FreeBSD (window rounded up to whole segments), public test captures; low
sig   = 4:64:0:*:mss*12,0:mss,nop,ws:df,id+:0

label = s:unix:FreeBSD:4-6
; source: pf.os of FreeBSD; public captures 2006 over IPv6 (2 labelled hosts); medium
sig   = *:64:0:*:57344,0:mss,nop,ws,nop,nop,ts:df,id+:0
sig   = 6:64:0:*:57344,0:mss,nop,ws,nop,nop,ts:flow:0

label = s:unix:OpenBSD:6 or newer
; source: OpenBSD source; medium
sig   = *:64:0:*:16384,6:mss,nop,nop,sok,nop,ws,nop,nop,ts:df,id+,flow:0
sig   = *:64:0:*:16384,6:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:16384,6:mss,nop,ws,nop,nop,ts:df,id+,flow:0
sig   = *:64:0:*:16384,6:mss,nop,ws:df,id+,flow:0

label = s:unix:OpenBSD:4-5
; source: OpenBSD source (scale for buffers of 256 KB); medium
sig   = *:64:0:*:16384,3:mss,nop,nop,sok,nop,ws,nop,nop,ts:df,id+:0
sig   = *:64:0:*:16384,3:mss,nop,nop,sok,nop,ws:df,id+:0
sig   = *:64:0:*:16384,3:mss,nop,ws,nop,nop,ts:df,id+:0
sig   = *:64:0:*:16384,3:mss,nop,ws:df,id+:0

label = s:unix:OpenBSD:
; source: OpenBSD source (answers without a scale); medium
sig   = *:64:0:*:16384,0:mss,nop,nop,sok,nop,nop,ts:df,id+:0
sig   = *:64:0:*:16384,0:mss,nop,nop,sok:df,id+:0
sig   = *:64:0:*:16384,0:mss,nop,nop,ts:df,id+:0

label = s:unix:OpenBSD:2
; source: public captures 1999 (3 labelled hosts); medium
sig   = 4:64:0:*:mss*12,0:mss,nop,ws,nop,nop,ts::0

label = s:unix:NetBSD:6 or newer
; source: NetBSD source, test captures over both IP versions; medium
sig   = *:64:0:*:32768,6:mss,nop,ws,nop,nop,ts,sok,nop,nop:df:0
