; Appliances, controllers, consoles and small stacks.
;
; A small stack sends an MSS and nothing else, mostly without DF, often with TTL 255.
; A NAT in user mode (virtual machines) answers for every server with its own stack:
; naming it keeps the server behind it from being taken for something else.

; rules: beyond p0f

classes = win,unix,other

[tcp:request]

label = s:other:Siemens S7:
; source: captures of controllers in a public ICS collection; medium
sig   = 4:30:0:1460:4096,0:mss::0

label = s:other:Cisco IOS:
; source: public captures 2008 (1 labelled host); medium
sig   = 4:255:0:*:4128,0:mss::0

label = s:other:F5 BIG-IP:
; source: public test captures; medium
sig   = *:255:0:*:mss*3,0:mss,sok,eol+1:df,id+:0

label = s:other:Nintendo Switch:
; source: two public captures of consoles, whose MTU can be set; medium
sig   = *:64:0:*:32768,6:mss,nop,ws,sok,ts:df,id+:0

label = s:other:PlayStation 3 or PlayStation Vita:
; source: public captures of three PlayStation Vita; documentation of both (their network code is NetBSD's); medium
sig   = 4:64:0:*:65535,*:mss,nop,ws,sok,nop,nop,nop,nop,ts:df,id+,ts1-:0

label = s:other:lwIP:
; source: lwIP source (window of four segments); high
sig   = 4:255:0:536:mss*4,0:mss::0
sig   = 4:255:0:1460:mss*4,0:mss::0
; source: settings of the ESP-IDF; medium
sig   = 4:64:0:1440:mss*4,0:mss::0

label = s:other:FreeRTOS-Plus-TCP:
; source: FreeRTOS-Plus-TCP source (order of Windows, but no DF and no scale); medium
sig   = 4:128:0:1460:mss*2,0:mss,nop,ws,nop,nop,sok::0

label = s:other:iPXE:
; source: iPXE of Debian 12 measured 2026; high
sig   = 4:64:0:*:65532,9:nop,nop,ts,nop,nop,sok,nop,ws,mss::0

label = s:other:slirp NAT:
; source: a connection forwarded to a guest, libslirp 4.7 measured 2026; high
sig   = 4:64:0:1460:65535,0:mss::0

label = s:other:ThreadX NetX:
; source: NetX Duo source (scale behind the MSS, no DF, TTL 128); public captures 2021 (both directions); medium
sig   = 4:128:0:*:*,*:mss,ws,eol+0::0
sig   = 4:128:0:*:*,0:mss,nop,nop,nop,eol+0::0

label = s:other:uIP:
; source: uIP source (window of one segment); medium
sig   = 4:64:0:*:mss*1,0:mss::0
sig   = 4:255:0:*:mss*1,0:mss::0

[tcp:response]

label = s:other:slirp NAT:
; source: user-mode network of QEMU and VirtualBox, many public captures; libslirp 4.7 measured 2026; high
sig   = 4:64:0:1460:65535,0:mss::0
sig   = 4:64:0:1460:65535,0:mss:id-:0

label = s:other:slirp NAT or lwIP:
; source: the same answer from both over IPv6, libslirp 4.7 and lwIP 2.1 measured 2026; high
sig   = 6:255:0:1440:65535,0:mss::0

label = s:other:VMware NAT:
; source: NAT service of VMware Workstation, seen in many public captures; medium
sig   = 4:128:0:1460:mss*44,0:mss::0

label = s:other:Siemens S7:
; source: captures of controllers in a public ICS collection; medium
sig   = 4:30:0:1460:4096,0:mss::0

label = s:other:Cisco IOS:
; source: public captures 2008 (1 labelled host); medium
sig   = 4:255:0:*:4128,0:mss::0

; Two balancers that set TTL 255: one with a window of 8190, one of three segments.

label = s:other:Citrix NetScaler:
; source: public test captures, window of the product; medium
sig   = 4:255:0:*:8190,0:mss::0
sig   = 4:255:0:*:8190,0:mss:df,id+:0
sig   = 4:255:0:*:8190,0:mss,nop,nop,sok:df,id+:0
sig   = 4:255:0:*:8190,*:mss,nop,ws:df,id+:0
sig   = 4:255:0:*:8190,*:mss,nop,ws,nop,nop,sok:df,id+:0
sig   = 4:255:0:*:8190,*:mss,nop,ws,nop,nop,sok::0

label = s:other:F5 BIG-IP:
; source: public test captures; medium
sig   = 4:255:0:*:mss*3,0:mss:df,id+:0
sig   = 4:255:0:*:mss*3,0:mss,sok,eol+1:df,id+:0
sig   = 4:255:0:*:mss*3,*:mss,nop,ws,sok,eol+1:df,id+:0
sig   = 4:255:0:*:mss*3,0:mss,nop,nop,ts,sok,eol+1:df,id+:0
sig   = 4:255:0:*:mss*3,*:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0
sig   = 4:255:0:*:mss*3,*:mss,nop,ws,sok,ts:df,id+:0

label = s:other:ThreadX NetX:
; source: NetX Duo source (scale behind the MSS, no DF, TTL 128); public captures 2021 (both directions); medium
sig   = 4:128:0:*:*,*:mss,ws,eol+0::0
sig   = 4:128:0:*:*,0:mss,nop,nop,nop,eol+0::0

; Its answer does not depend on who was asked for: unrelated sites in one capture have it in common.

label = s:other:VPN gateway:
; source: a gateway on the client's side, public captures 2015-2022 (6); low
sig   = 4:32:0:0:65535,0::df,id+:0

label = s:other:lwIP:
; source: lwIP source (window of four segments); medium
sig   = 4:255:0:536:mss*4,0:mss::0
sig   = 4:255:0:1460:mss*4,0:mss::0
