; Solaris, HP-UX, Tru64, OpenVMS and other systems of workstations and hosts.
;
; Most are old. Solaris up to 9 puts the MSS last, HP-UX the scale before its padding.

; rules: beyond p0f

classes = win,unix,other

[tcp:request]

label = s:unix:Solaris:8
; source: pf.os of OpenBSD; medium
sig   = *:64:0:*:mss*17,0:nop,nop,sok,mss:df,id+:0

label = s:unix:Solaris:10
; source: pf.os of OpenBSD; medium
sig   = *:64:0:*:mss*34,0:mss,nop,ws,nop,nop,sok:df,id+:0

label = s:unix:HP-UX:11
; source: pf.os of OpenBSD; medium
sig   = 4:64:0:*:32768,0:mss,ws,nop:df,id+:0

label = s:unix:Tru64:4
; source: pf.os of OpenBSD, which names another system as well; low
sig   = 4:64:0:*:32768,0:mss,nop,ws:df,id+:0

label = s:unix:Tru64 or OpenVMS:Tru64 5.1 / OpenVMS 7
; source: pf.os of OpenBSD, which names both; medium
sig   = 4:64:0:*:61440,0:mss,nop,ws::0

label = s:unix:NeXTSTEP:3
; source: pf.os of OpenBSD; medium
sig   = 4:64:0:1024:mss*4,0:mss::0

[tcp:response]

label = s:unix:HP-UX:11
; source: window and option order of its SYN, pf.os of OpenBSD; low
sig   = 4:64:0:*:32768,0:mss,ws,nop:df,id+:0
