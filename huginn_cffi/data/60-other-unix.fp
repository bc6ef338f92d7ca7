; Solaris, HP-UX, Tru64, OpenVMS and other systems of workstations and hosts.
;
; Most are old; what is here is what the older databases knew of them. Solaris to 9 puts
; the MSS last, Solaris 10 the timestamps first, HP-UX ws before its padding.

; rules: beyond p0f

classes = win,unix,other

[tcp:request]

label = s:unix:Solaris:8
; source: stock p0f database 3.09b; high
sig   = *:64:0:*:32850,1:nop,ws,nop,nop,ts,nop,nop,sok,mss:df,id+:0

label = s:unix:Solaris:10
; source: stock p0f database 3.09b; high
sig   = *:64:0:*:mss*34,0:mss,nop,ws,nop,nop,sok:df,id+:0

label = s:unix:Tru64:4
; source: stock p0f database 3.09b; high
sig   = 4:64:0:1460:32768,0:mss,nop,ws:df,id+:0

label = s:other:OpenVMS:8
; source: stock p0f database 3.09b; high
sig   = 4:128:0:1460:mtu*2,0:mss,nop,ws::0

label = s:other:OpenVMS:7
; source: stock p0f database 3.09b; high
sig   = 4:64:0:1460:61440,0:mss,nop,ws::0

label = s:unix:NeXTSTEP:3
; source: stock p0f database 3.09b, pf.os; high
sig   = 4:64:0:1024:mss*4,0:mss::0

[tcp:response]

label = s:unix:Solaris:6
; source: stock p0f database 3.09b; high
sig   = 4:255:0:*:mss*7,0:mss:df,id+:0
sig   = 4:255:0:*:mss*7,0:nop,ws,mss:df,id+:0
sig   = 4:255:0:*:mss*7,0:nop,nop,ts,mss:df,id+:0
sig   = 4:255:0:*:mss*7,0:nop,nop,ts,nop,ws,mss:df,id+:0

label = s:unix:Solaris:8
; source: stock p0f database 3.09b; high
sig   = *:64:0:*:mss*19,0:mss:df,id+:0
sig   = *:64:0:*:mss*19,0:nop,ws,mss:df,id+:0
sig   = *:64:0:*:mss*19,0:nop,nop,ts,mss:df,id+:0
sig   = *:64:0:*:mss*19,0:nop,nop,sok,mss:df,id+:0
sig   = *:64:0:*:mss*19,0:nop,nop,ts,nop,ws,mss:df,id+:0
sig   = *:64:0:*:mss*19,0:nop,ws,nop,nop,sok,mss:df,id+:0
sig   = *:64:0:*:mss*19,0:nop,nop,ts,nop,nop,sok,mss:df,id+:0
sig   = *:64:0:*:mss*19,0:nop,nop,ts,nop,ws,nop,nop,sok,mss:df,id+:0

label = s:unix:Solaris:10
; source: stock p0f database 3.09b; high
sig   = *:64:0:*:mss*37,0:mss:df,id+:0
sig   = *:64:0:*:mss*37,0:mss,nop,ws:df,id+:0
sig   = *:64:0:*:mss*37,0:nop,nop,ts,mss:df,id+:0
sig   = *:64:0:*:mss*37,0:mss,nop,nop,sok:df,id+:0
sig   = *:64:0:*:mss*37,0:nop,nop,ts,mss,nop,ws:df,id+:0
sig   = *:64:0:*:mss*37,0:mss,nop,ws,nop,nop,sok:df,id+:0
sig   = *:64:0:*:mss*37,0:nop,nop,ts,mss,nop,nop,sok:df,id+:0
sig   = *:64:0:*:mss*37,0:nop,nop,ts,mss,nop,ws,nop,nop,sok:df,id+:0

label = s:unix:HP-UX:11
; source: stock p0f database 3.09b; high
sig   = *:64:0:*:32768,0:mss:df,id+:0
sig   = 4:64:0:*:32768,0:mss,ws,nop:df,id+:0
sig   = *:64:0:*:32768,0:mss,nop,nop,ts:df,id+:0
sig   = *:64:0:*:32768,0:mss,nop,nop,sok:df,id+:0
sig   = 4:64:0:*:32768,0:mss,ws,nop,nop,nop,ts:df,id+:0
sig   = *:64:0:*:32768,0:mss,nop,nop,sok,ws,nop:df,id+:0
sig   = *:64:0:*:32768,0:mss,nop,nop,sok,nop,nop,ts:df,id+:0
sig   = *:64:0:*:32768,0:mss,nop,nop,sok,ws,nop,nop,nop,ts:df,id+:0

label = s:other:OpenVMS:7
; source: stock p0f database 3.09b; high
sig   = 4:64:0:1460:3993,0:mss::0
sig   = 4:64:0:1460:3993,0:mss,nop,ws::0

label = s:unix:Tru64:4
; source: stock p0f database 3.09b; high
sig   = 4:64:0:1460:mss*25,0:mss,nop,ws:df,id+:0
sig   = 4:64:0:1460:mss*25,0:mss:df,id+:0
