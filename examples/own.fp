; Signatures of one's own, for the systems in own.pcap: one for each, and a name for the server that they call.

classes = win,unix,other

[tcp:request]

label = s:unix:Linux:build server
; source: own captures 2026; high
sig   = *:64:0:*:mss*44,10:mss,sok,ts,nop,ws:df,id+:0

label = s:other:Acme Meter:3.1
; source: own captures 2026; high
sig   = 4:64:0:*:mss*6,3:mss,nop,nop,ts,nop,nop,sok,nop,ws::0

label = s:other:Acme Camera:2
; source: own captures 2026; high
sig   = 4:255:0:*:8192,0:mss:df:0

[tcp:response]

label = s:unix:FreeBSD:file server
; source: own captures 2026; high
sig   = 4:64:0:*:65535,6:mss,nop,ws,sok,ts:df:0
sig   = 4:64:0:*:65535,6:mss,nop,ws,sok,eol+1:df:0
