; What a family keeps from release to release: the order of its options, its TTL, DF.
;
; No window and no scale is asked for, so next year's release still gets its family's name
; here, without a version or with a wide one. These lines stand behind those of all systems:
; when nothing matches exactly, a near miss of a known system is the better guess.

; rules: beyond p0f

classes = win,unix,other

[tcp:request]

label = g:win:Windows:Vista or newer
; source: option order and scale of every release from Vista on; medium
sig   = *:128:0:*:*,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = 6:64:0:*:*,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = *:128:0:*:8192,*:mss,nop,ws,nop,nop,sok:df,id+:0
sig   = *:128:0:*:*,8:mss,nop,ws,sok,ts:df,id+,flow:0

label = g:win:Windows:
; source: option order of the family, pf.os of OpenBSD; public captures; medium
sig   = *:128:0:*:*,*:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = 6:128:0:*:*,*:mss,nop,ws,nop,nop,sok::0
sig   = 6:64:0:*:*,*:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:*,*:mss,nop,ws,nop,nop,sok::0
sig   = *:128:0:*:*,0:mss,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:*,*:mss,nop,ws,sok,ts:df,id+,flow:0
sig   = 6:128:0:*:*,*:mss,nop,ws,sok,ts::0
; source: the same without its scale, as when tried again, mercury 2021 (TTL and IP id not recorded); low
sig   = *:128:0:*:*,0:mss,sok,ts:df,id+,flow:0
sig   = 4:128:0:*:*,0:mss,sok,ts:df:0

label = g:unix:Linux:
; source: option order of the family, Linux 5.10 to 7.3 measured; medium
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+,ecn,flow:0
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+,ecn,ts2+,flow:0
sig   = 6:64:0:*:*,*:mss,sok,ts,nop,ws::0
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws,?34,nop,nop:df,id+,flow:*
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws,?30:df,id+,flow:0
sig   = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws:df,id+,ecn,flow:0
sig   = 6:64:0:*:*,*:mss,nop,nop,sok,nop,ws::0
sig   = 6:64:0:*:*,*:mss,sok,ts,nop,ws,?34,nop,nop::*
sig   = 6:64:0:*:*,*:mss,sok,ts,nop,ws,?30::0
; source: Fast Open and Multipath TCP with other switches, Linux 5.10 to 7.3 measured; high
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws,?254:df,id+,flow:*
sig   = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws,?254:df,id+,flow:*
sig   = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws,?34,nop,nop:df,id+,flow:*
sig   = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws,?30:df,id+,flow:0
; source: option order of the family with few options, Linux 5.10 to 7.3 measured; medium
sig   = *:64:0:*:*,*:mss,nop,nop,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:*,*:mss,nop,ws:df,id+,flow:0
sig   = *:64:0:*:*,0:mss,sok,ts:df,id+,flow:0
sig   = *:64:0:*:*,0:mss,nop,nop,ts:df,id+,flow:0
sig   = *:64:0:*:*,0:mss,nop,nop,sok:df,id+,flow:0
sig   = *:64:0:*:*,0:mss:df,id+,flow:0

label = g:unix:macOS or iOS:macOS 10.13 or newer / iOS 11 or newer
; source: option order and zero IP id of the family, XNU source (1 labelled host); medium
sig   = 4:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,eol+1:df:0
sig   = 4:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,eol+1:df,ecn:0
sig   = 4:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,?34:df:*

label = g:unix:macOS or iOS:macOS 10.10 or newer / iOS 9 or newer
; source: option order and flow label of the family (IPv6 has no IP id), XNU source; medium
sig   = 6:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,eol+1:flow:0
sig   = 6:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,eol+1:ecn,flow:0
sig   = 6:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,?34:flow:*

label = g:unix:macOS or iOS:macOS 10.4-10.12 / iOS 10 or older
; source: option order and counting IP id of the family (1 labelled host); medium
sig   = 4:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0
sig   = 4:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+,ecn:0
sig   = 6:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,eol+1::0
sig   = 4:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,?34:df,id+:*

label = g:unix:macOS or iOS:
; source: a late retransmission with fewer options, order of the family; medium
sig   = *:64:0:*:*,0:mss,sok,eol+1:df,flow:0
sig   = 4:64:0:*:*,0:mss,sok,eol+1:df,id+:0
; source: Multipath TCP, mercury 2021 (10.12; TTL and IP id not recorded); low
sig   = *:64:0:*:*,*:mss,nop,ws,?30,nop,nop,ts,sok,eol+1:df,flow:0
sig   = 4:64:0:*:*,*:mss,nop,ws,?30,nop,nop,ts,sok,eol+1:df,id+:0

; The order of a BSD is also that of what was built on it: consoles, base stations, filers.

label = g:unix:FreeBSD or PlayStation 5:
; source: option order of FreeBSD, FreeBSD source; documentation of the console (FreeBSD 11); medium
sig   = *:64:0:*:*,*:mss,nop,ws,sok,ts:df,flow:0
sig   = *:64:0:*:*,*:mss,nop,ws,sok,ts:df,ecn,flow:0

label = g:unix:FreeBSD or PlayStation 4:
; source: option order of FreeBSD, FreeBSD source; documentation of the console (FreeBSD 9); medium
sig   = *:64:0:*:*,*:mss,nop,ws,sok,ts:df,id+:0

label = g:unix:FreeBSD or macOS:
; source: option order of both until 2005, pf.os of OpenBSD; medium
sig   = *:64:0:*:*,*:mss,nop,ws,nop,nop,ts:df,id+:0

label = g:unix:OpenBSD or NetApp:
; source: option order of both, OpenBSD source; pf.os of OpenBSD; medium
sig   = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws,nop,nop,ts:df,id+,flow:0
sig   = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws,nop,nop,ts::0

label = g:unix:NetBSD:
; source: option order of the family, NetBSD source; high
sig   = *:64:0:*:*,*:mss,nop,ws,sok,nop,nop,nop,nop,ts:df,flow:0

label = g:unix:NetBSD or BlackBerry:
; source: option order of NetBSD, NetBSD source; documentation of QNX (its network code is NetBSD's); medium
sig   = *:64:0:*:*,*:mss,nop,ws,sok,nop,nop,nop,nop,ts:df,id+:0

label = g:unix:NetBSD or PlayStation 3:
; source: option order of NetBSD (its timestamps begin at zero), NetBSD source; documentation of the console (its network code is NetBSD's); medium
sig   = *:64:0:*:*,*:mss,nop,ws,sok,nop,nop,nop,nop,ts:df,id+,ts1-:0

label = g:unix:DragonFly BSD:
; source: option order of the family, DragonFly source; medium
sig   = *:64:0:*:*,*:mss,nop,ws,nop,nop,sok,nop,nop,ts:df,id+:0

label = g:unix:Solaris:
; source: option order of the family, pf.os of OpenBSD; medium
sig   = *:64:0:*:*,*:nop,ws,nop,nop,ts,nop,nop,sok,mss:df,id+:0
sig   = *:64:0:*:*,0:nop,nop,sok,mss:df,id+:0

label = g:other:smoltcp:
; source: smoltcp 0.12 measured 2026 with buffers of 1 KiB to 4 MiB; high
sig   = *:64:0:*:*,*:mss,ws,sok,eol+2:df:0
; source: smoltcp source; high
sig   = *:64:0:*:*,*:mss,ws,sok,ts,eol+0:df:0

label = g:other:lwIP:
; source: lwIP source; medium
sig   = 4:255:0:*:mss*4,0:mss::0
; source: lwIP 2.1 with window scaling measured 2026 (its IP id begins at 0); high
sig   = *:255:0:*:*,*:mss,nop,ws::0
sig   = 4:255:0:*:*,*:mss,nop,ws:id-:0
sig   = 6:255:0:*:*,0:mss::0

label = g:other:iPXE:
; source: option order of its stack, iPXE of Debian 12 measured 2026; medium
sig   = *:64:0:*:*,*:nop,nop,ts,nop,nop,sok,nop,ws,mss::0

label = g:other:FreeRTOS-Plus-TCP:
; source: FreeRTOS-Plus-TCP source; medium
sig   = 4:128:0:*:*,0:mss,nop,ws,nop,nop,sok::0

label = g:other:embedded stack:
; source: an MSS alone and no DF, common to small stacks; low
sig   = 4:64:0:*:*,0:mss::0
sig   = 4:128:0:*:*,0:mss::0
sig   = 4:255:0:*:*,0:mss::0
sig   = 4:64:0:*:*,0:mss:id-:0
; source: BSD order without DF, which BSD and macOS always set, public captures 2015-2016 (a scale for persons); low
sig   = 4:64:0:*:*,0:mss,nop,ws,nop,nop,ts::0

[tcp:response]

; A server of today may stand behind a balancer, an optimiser or a tunnel: DF cleared, the
; TTL set anew (Google answers with 128, other clouds with 255), the MSS lowered.

label = g:win:Windows:Vista or newer
; source: option order and scale of every release from Vista on; medium
sig   = *:128:0:*:*,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = 6:64:0:*:*,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = *:128:0:*:*,8:mss,nop,ws,sok,ts:df,id+,flow:0
sig   = 6:64:0:*:*,8:mss,nop,ws,sok,ts:flow:0

label = g:win:Windows:
; source: option order of the family; medium
sig   = *:128:0:*:*,*:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = 6:128:0:*:*,*:mss,nop,ws,nop,nop,sok::0
sig   = 6:64:0:*:*,*:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:*,*:mss,nop,ws,nop,nop,sok::0
sig   = *:128:0:*:*,*:mss,nop,ws,sok,ts:df,id+,flow:0
sig   = 6:128:0:*:*,*:mss,nop,ws,sok,ts::0
sig   = *:128:0:*:*,*:mss,nop,ws,nop,nop,ts:df,id+,flow:0
sig   = *:128:0:*:*,0:mss,nop,nop,sok:df,id+,flow:0

; Linux with a larger buffer answers an MSS alone as these do: three families fit, and none is named.

label = g:unix:FreeBSD or macOS:
; source: answer to an MSS alone, FreeBSD source and XNU source; medium
sig   = *:64:0:*:65535,0:mss:df,flow:0

label = g:unix:Linux:
; source: option order of the family, Linux 5.10 to 7.3 measured (1 labelled host); medium
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:*,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:*,*:mss,nop,ws:df,flow:0
sig   = *:64:0:*:*,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:*,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:*,0:mss,nop,nop,ts:df,flow:0
sig   = *:64:0:*:*,0:mss:df,flow:0
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws,?30:df,flow:0
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws,?34,nop,nop:df,flow:0
; source: variant without a flow label or without DF (proxies, optimisers); medium
sig   = *:64:0:*:*,*:mss,sok,ts,nop,ws::0
sig   = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws::0
sig   = *:64:0:*:*,*:mss,nop,ws::0
sig   = 6:64:0:*:*,*:mss,nop,nop,ts,nop,ws::0
sig   = 6:64:0:*:*,0:mss,sok,ts::0
sig   = 6:64:0:*:*,0:mss,nop,nop,ts::0
sig   = 6:64:0:*:*,0:mss,nop,nop,sok::0
sig   = 4:64:0:*:*,*:mss,sok,ts,nop,ws:id-:0
sig   = 4:64:0:*:*,*:mss,sok,ts,nop,ws:id-,ecn:0
; source: Accurate ECN in its experimental option, documentation of the IETF; public captures 2020; low
sig   = *:64:0:*:*,*:mss,sok,ts,?254,ws:df,flow:0
sig   = *:64:0:*:*,*:mss,sok,ts,?254,ws:df,ecn,flow:0
; source: Multipath TCP without SACK or timestamps, Linux 6.1 to 7.3 measured; high
sig   = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws,?30:df,flow:0
; source: a counting IP id, as behind some relays, public captures 2016-2024; low
sig   = 4:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0
sig   = 4:64:0:*:*,*:mss,nop,nop,sok,nop,ws:df,id+:0
; source: TTL of Google's servers; medium
sig   = *:128:0:*:*,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:128:0:*:*,*:mss,sok,ts,nop,ws::0
sig   = *:128:0:*:*,*:mss,nop,nop,sok,nop,ws:df,flow:0
; source: an initial window for jumbo frames, as cloud load balancers answer an MSS alone, public captures 2024-2025; low
sig   = 4:255:0:*:26883,0:mss:df:0
; source: TTL of cloud load balancers; medium
sig   = *:255:0:*:*,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:255:0:*:*,*:mss,sok,ts,nop,ws::0
sig   = *:255:0:*:*,*:mss,nop,nop,sok,nop,ws:df,flow:0

label = g:unix:macOS or iOS:
; source: option order of the family, XNU source; medium
sig   = *:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,eol+1:df,flow:0
sig   = *:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,eol+1:df,ecn,flow:0
sig   = 4:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0
sig   = 6:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,eol+1::0
sig   = *:64:0:*:*,0:mss,nop,nop,ts,sok,eol+1:df,flow:0

label = g:unix:FreeBSD:
; source: option order of the family, FreeBSD source; medium
sig   = *:64:0:*:*,*:mss,nop,ws,sok,ts:df,flow:0
sig   = 4:64:0:*:65535,*:mss,nop,ws,sok,ts:df,id+:0
sig   = *:64:0:*:*,*:mss,nop,ws,sok,ts:df,ecn,flow:0
sig   = 6:64:0:*:*,*:mss,nop,ws,sok,ts::0

label = g:unix:FreeBSD or macOS:
; source: option order of both, FreeBSD source and XNU source; medium
sig   = *:64:0:*:65535,*:mss,nop,ws,sok,eol+1:df,flow:0
sig   = *:64:0:*:65535,*:mss,nop,ws,sok,eol+1:df,id+:0
sig   = *:64:0:*:65535,*:mss,nop,ws,nop,nop,ts:df,flow:0
sig   = *:64:0:*:65535,*:mss,nop,ws,nop,nop,ts:df,id+:0

label = g:unix:OpenBSD:
; source: option order of the family, OpenBSD source; medium
sig   = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws,nop,nop,ts:df,id+,flow:0
sig   = *:64:0:*:*,*:mss,nop,nop,sok,nop,ws,nop,nop,ts::0

label = g:unix:NetBSD:
; source: option order of the family, NetBSD source; public captures 2012 (2 labelled hosts); medium
sig   = *:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,nop,nop:df:0
sig   = 6:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,nop,nop:flow:0
sig   = *:64:0:*:*,*:mss,nop,ws,nop,nop,ts,sok,nop,nop:ts1-:0

label = g:unix:DragonFly BSD:
; source: option order of the family, DragonFly source; medium
sig   = *:64:0:*:*,*:mss,nop,ws,nop,nop,sok,nop,nop,ts:df,id+:0

label = g:unix:Solaris:9 or older
; source: the MSS last, as in SYNs of Solaris 8 in pf.os of OpenBSD; public captures; medium
sig   = *:64:0:*:*,*:nop,nop,sok,mss:df,id+:0
sig   = *:64:0:*:*,*:nop,ws,nop,nop,sok,mss:df,id+:0
sig   = *:64:0:*:*,*:nop,nop,ts,nop,ws,nop,nop,sok,mss:df,id+:0
sig   = 4:255:0:*:*,*:nop,nop,ts,nop,ws,nop,nop,sok,mss:df,id+:0
sig   = 4:255:0:*:*,*:nop,nop,ts,nop,ws,mss:df,id+:0

label = g:unix:Solaris:10 or newer
; source: timestamps before the MSS, as in the source of illumos; public captures; medium
sig   = *:64:0:*:*,*:nop,nop,ts,mss,nop,ws,nop,nop,sok:df,id+:0

label = g:other:smoltcp:
; source: smoltcp 0.12 measured 2026 with buffers of 1 KiB to 4 MiB; high
sig   = *:64:0:*:*,*:mss,ws,sok,eol+2:df:0
sig   = *:64:0:*:*,*:mss,ws,eol+0:df:0
sig   = *:64:0:*:*,0:mss,sok,eol+1:df:0

label = g:other:lwIP:
; source: lwIP 2.1 with window scaling measured 2026; high
sig   = *:255:0:*:*,*:mss,nop,ws::0
sig   = 6:255:0:*:*,0:mss::0

label = g:other:embedded stack:
; source: an MSS alone and no DF, common to small stacks; low
sig   = 4:64:0:*:*,0:mss::0
sig   = 4:128:0:*:*,0:mss::0
sig   = 4:255:0:*:*,0:mss::0
sig   = 6:64:0:*:*,0:mss::0
; source: BSD order without DF, as in modems and printers of the time; low
sig   = 4:64:0:*:mss*4,0:mss,nop,ws,nop,nop,ts::0
