; Windows, workstations and servers.
;
; Initial TTL 128, DF with a counting IP id. Over IPv6 the hop limit follows the router
; (64 in most networks) and releases from Windows 10 on set a flow label.
; The window tells the generation:
;   scale 8, floor(65535 / mss) * mss or 65535   Windows 10 from 1703 on, 11, Server 2019 and later
;   scale 8, 8192                                Vista to 10 before 1703, Server 2008 to 2016
;   scale 2, 8192                                Vista and 7 as clients
;   no scale, 16384 / 64240 / 65535              2000, XP, 2003
; Windows 10, 11 and Server 2019 to 2025 cannot be told apart by TCP.

; rules: beyond p0f

classes = win,unix,other

[tcp:request]

label = s:win:Windows:10, 11, 2019, 2022 or 2025
; source: public captures 2020-2026, builds 15063 to 26200 (80 labelled hosts); high
sig   = *:128:0:*:65535,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*44,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*45,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*46,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*47,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*48,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*49,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*50,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*51,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*52,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*53,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
; source: hop limit taken from the router's advertisement, public captures 2022-2026 (11 labelled hosts); high
sig   = 6:64:0:*:65535,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:mss*44,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:mss*45,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:mss*46,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:mss*47,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:mss*48,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:mss*49,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:mss*50,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:mss*51,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:mss*52,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:mss*53,8:mss,nop,ws,nop,nop,sok:flow:0
; source: variant with ECN asked for (servers, some policies), public captures 2019-2024 (2 labelled hosts); medium
sig   = *:128:0:*:65535,8:mss,nop,ws,nop,nop,sok:df,id+,ecn,flow:0
sig   = *:128:0:*:mss*44,8:mss,nop,ws,nop,nop,sok:df,id+,ecn,flow:0
sig   = *:128:0:*:mss*45,8:mss,nop,ws,nop,nop,sok:df,id+,ecn,flow:0
sig   = *:128:0:*:mss*46,8:mss,nop,ws,nop,nop,sok:df,id+,ecn,flow:0
; source: variant with timestamps switched on, public captures 2020-2025 (6 labelled hosts); medium
sig   = *:128:0:*:65535,8:mss,nop,ws,sok,ts:df,id+,flow:0
sig   = *:128:0:*:mss*44,8:mss,nop,ws,sok,ts:df,id+,flow:0
sig   = *:128:0:*:mss*45,8:mss,nop,ws,sok,ts:df,id+,flow:0
sig   = *:128:0:*:mss*46,8:mss,nop,ws,sok,ts:df,id+,flow:0
sig   = *:128:0:*:mss*47,8:mss,nop,ws,sok,ts:df,id+,flow:0
sig   = 6:64:0:*:65535,8:mss,nop,ws,sok,ts:flow:0

label = s:win:Windows:Vista, 7, 8, 8.1, 10, 2008, 2008 R2, 2012, 2012 R2 or 2016
; source: public captures 2012-2023, builds 7600 to 14393 (44 labelled hosts); high
sig   = *:128:0:*:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0
sig   = *:128:0:*:8192,8:mss,nop,ws,nop,nop,sok:df,id+,ecn:0
; source: variant over IPv6, with and without a flow label, hop limit of the router; medium
sig   = 6:128:0:*:8192,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:8192,8:mss,nop,ws,nop,nop,sok::0
sig   = 6:64:0:*:8192,8:mss,nop,ws,nop,nop,sok:flow:0
; source: variant with timestamps switched on, from the option order; medium
sig   = *:128:0:*:8192,8:mss,nop,ws,sok,ts:df,id+:0

; What a system sends when nobody answered tells no version.

label = g:win:Windows:
; source: a late retransmission without the scale, public captures 2011-2024 (4 labelled hosts); high
sig   = *:128:0:*:8192,0:mss,nop,nop,sok:df,id+:0

label = s:win:Windows:Vista or newer
; source: scale 0 asked for by a program or policy, public captures 2025 (2 labelled hosts); medium
sig   = *:128:0:*:8192,0:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = 6:64:0:*:8192,0:mss,nop,ws,nop,nop,sok:flow:0

label = s:win:Windows:Vista, 7, 8, 2008, 2008 R2 or 2012
; source: public captures 2009-2021 (29 labelled hosts); high
sig   = *:128:0:*:8192,2:mss,nop,ws,nop,nop,sok:df,id+:0
sig   = 6:64:0:*:8192,2:mss,nop,ws,nop,nop,sok::0
; source: variant with timestamps switched on, from the option order; public captures; medium
sig   = *:128:0:*:8192,2:mss,nop,ws,sok,ts:df,id+:0

label = s:win:Windows:2000, XP or 2003
; source: pf.os of OpenBSD; public captures 2003-2021 (18 labelled hosts); high
sig   = *:128:0:*:16384,0:mss,nop,nop,sok:df,id+:0
sig   = *:128:0:*:mss*44,0:mss,nop,nop,sok:df,id+:0
sig   = *:128:0:*:mss*12,0:mss,nop,nop,sok:df,id+:0
sig   = *:128:0:*:mss*6,0:mss,nop,nop,sok:df,id+:0
; source: window fixed by a driver or dial-up profile, public captures 2009-2011 (2 labelled hosts); medium
sig   = *:128:0:*:64512,0:mss,nop,nop,sok:df,id+:0
sig   = *:128:0:*:32767,0:mss,nop,nop,sok:df,id+:0

label = s:win:Windows:2000, XP or 2003
; source: timestamps switched on (their order; the first one is zero), pf.os of OpenBSD; public captures; medium
sig   = *:128:0:*:*,*:mss,nop,ws,nop,nop,ts,nop,nop,sok:df,id+,ts1-:0
sig   = *:128:0:*:*,*:mss,nop,ws,nop,nop,ts:df,id+,ts1-:0
sig   = *:128:0:*:*,0:mss,nop,nop,ts,nop,nop,sok:df,id+,ts1-:0

; A receive buffer that a program fixed: 64 KiB up to Windows 7, more on any release. XP has 64 KiB
; anyway, and does not scale; a fixed one does not either in a late retransmission.

label = s:win:Windows:XP, Vista, 7, 2003, 2008 or 2008 R2
; source: pf.os of OpenBSD; public captures 2006-2021 (19 labelled hosts); high
sig   = *:128:0:*:65535,0:mss,nop,nop,sok:df,id+:0
; source: a fixed receive buffer, pf.os of OpenBSD (any window, scale 0); public captures 2016 (1 labelled host); high
sig   = *:128:0:*:65535,0:mss,nop,ws,nop,nop,sok:df,id+:0

label = s:win:Windows:XP or newer
; source: a fixed receive buffer, pf.os of OpenBSD (any window and scale); public captures 2006-2019 (2 labelled hosts); medium
sig   = *:128:0:*:65535,1:mss,nop,ws,nop,nop,sok:df,id+:0
sig   = *:128:0:*:65535,2:mss,nop,ws,nop,nop,sok:df,id+:0
sig   = *:128:0:*:65535,3:mss,nop,ws,nop,nop,sok:df,id+:0
sig   = *:128:0:*:65535,4:mss,nop,ws,nop,nop,sok:df,id+:0
sig   = *:128:0:*:65535,5:mss,nop,ws,nop,nop,sok:df,id+:0

label = g:win:Windows or Xbox:
; source: a window of consoles that programs also set, public captures of both; medium
sig   = *:128:0:*:65518,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0

label = s:win:Windows:NT
; source: public captures 1999 (builds of NT 4) (2 labelled hosts); medium
sig   = 4:128:0:*:8192,0:mss:df,id+:0

[tcp:response]

; A server answers in its own order with the options that both sides have.

label = s:win:Windows:10, 11, 2019, 2022 or 2025
; source: public captures 2020-2026, builds 15063 to 26100 (20 labelled hosts); high
sig   = *:128:0:*:65535,8:mss,nop,ws,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:65535,8:mss,nop,ws,nop,nop,sok:df,id+,ecn,flow:0
sig   = *:128:0:*:65535,8:mss,nop,ws,sok,ts:df,id+,flow:0
sig   = *:128:0:*:65535,8:mss,nop,ws,sok,ts:df,id+,ecn,flow:0
; source: variant for fewer options of the client, from the order; medium
sig   = *:128:0:*:65535,8:mss,nop,ws:df,id+,flow:0
sig   = *:128:0:*:65535,8:mss,nop,ws,nop,nop,ts:df,id+,flow:0
; source: hop limit taken from the router's advertisement; medium
sig   = 6:64:0:*:65535,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:65535,8:mss,nop,ws,sok,ts:flow:0
; source: a listener with a fixed receive buffer, public captures 2020 (1 labelled host); low
sig   = *:128:0:*:64000,0:mss,nop,ws,nop,nop,sok:df,id+,flow:0

label = s:win:Windows:Vista or newer
; The service on port 139 answers with 8192 up to Server 2022.
; source: public captures 2012-2024, builds 7600 to 14393 (27 labelled hosts); high
sig   = *:128:0:*:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0
sig   = *:128:0:*:8192,8:mss,nop,ws,nop,nop,sok:df,id+,ecn:0
sig   = *:128:0:*:8192,8:mss,nop,ws,sok,ts:df,id+:0
sig   = *:128:0:*:8192,8:mss,nop,ws,sok,ts:df,id+,ecn:0
; source: answers to clients with fewer options, from the option order; public captures 2013 (1 labelled host); high
sig   = *:128:0:*:8192,8:mss,nop,ws,nop,nop,ts:df,id+:0
sig   = *:128:0:*:8192,0:mss,nop,nop,sok:df,id+:0
; source: variant over IPv6 with a flow label, hop limit of the router; medium
sig   = 6:128:0:*:8192,8:mss,nop,ws,nop,nop,sok:flow:0
sig   = 6:64:0:*:8192,8:mss,nop,ws,nop,nop,sok::0
sig   = 6:64:0:*:8192,8:mss,nop,ws,nop,nop,sok:flow:0

label = s:win:Windows:Vista or 2008
; source: builds before the release of Vista, whose options stand in an order of their own; medium
sig   = *:128:0:*:8192,8:mss,ws,nop,sok,ts:df,id+,flow:0

label = s:win:Windows:2000, XP or 2003
; source: window and option order of its SYN, pf.os of OpenBSD; public captures 2003-2008 (6 labelled hosts); high
sig   = *:128:0:*:65535,0:mss,nop,nop,sok:df,id+:0
sig   = *:128:0:*:mss*12,0:mss,nop,nop,sok:df,id+:0
; source: variant to a client with an MSS alone, from the option order; medium
sig   = *:128:0:*:mss*12,0:mss:df,id+:0
; source: timestamps in their order (the first answer carries a zero), any scale, pf.os of OpenBSD for its SYNs; public captures 2016 (1 labelled host); high
sig   = *:128:0:*:*,*:mss,nop,ws,nop,nop,ts,nop,nop,sok:df,id+,ts1-:0
sig   = *:128:0:*:*,*:mss,nop,ws,nop,nop,ts:df,id+,ts1-:0
sig   = *:128:0:*:*,0:mss,nop,nop,ts,nop,nop,sok:df,id+,ts1-:0
sig   = *:128:0:*:*,0:mss,nop,nop,ts:df,id+,ts1-:0

; To a client that does not scale every release answers with what fits into 64 KiB.

label = s:win:Windows:2000 or newer
; source: window rule floor(65535 / mss) * mss; public captures; medium
sig   = *:128:0:*:mss*44,0:mss:df,id+,flow:0
sig   = *:128:0:*:mss*45,0:mss:df,id+,flow:0
sig   = *:128:0:*:mss*46,0:mss:df,id+,flow:0
sig   = *:128:0:*:mss*47,0:mss:df,id+,flow:0
sig   = *:128:0:*:mss*48,0:mss:df,id+,flow:0
sig   = *:128:0:*:mss*49,0:mss:df,id+,flow:0
sig   = *:128:0:*:mss*50,0:mss:df,id+,flow:0
sig   = *:128:0:*:mss*51,0:mss:df,id+,flow:0
sig   = *:128:0:*:mss*52,0:mss:df,id+,flow:0
sig   = *:128:0:*:mss*53,0:mss:df,id+,flow:0
sig   = *:128:0:*:mss*44,0:mss,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*45,0:mss,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*46,0:mss,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*47,0:mss,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*48,0:mss,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*49,0:mss,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*50,0:mss,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*51,0:mss,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*52,0:mss,nop,nop,sok:df,id+,flow:0
sig   = *:128:0:*:mss*53,0:mss,nop,nop,sok:df,id+,flow:0

label = s:win:Windows:XP, Vista, 7, 2003, 2008 or 2008 R2
; source: a fixed receive buffer, as in its SYN; public captures; medium
sig   = *:128:0:*:65535,0:mss,nop,ws,nop,nop,sok:df,id+:0

label = s:win:Windows:XP or 2003
; source: the answers without DF below (7 labelled hosts), and the option order; public captures; high
sig   = *:128:0:*:mss*44,0:mss,nop,ws,nop,nop,sok:df,id+:0
sig   = *:128:0:*:16384,0:mss:df,id+:0
; source: answers without DF, public captures 2006-2016, build 3790 (7 labelled hosts); high
sig   = 4:128:0:*:16384,0:mss,nop,nop,sok::0
sig   = 4:128:0:*:16384,0:mss,nop,ws,nop,nop,sok::0
sig   = 4:128:0:*:16384,0:mss,nop,ws,nop,nop,ts,nop,nop,sok:ts1-:0
sig   = 4:128:0:*:mss*44,0:mss,nop,nop,sok::0

label = s:win:Windows:NT
; source: public captures 1999 (3 labelled hosts); medium
sig   = 4:128:0:*:mss*6,0:mss:df,id+:0
