; Scanners and packet makers: programs that write their own SYN.
;
; Their stack is not the host's, so they stand under class `!` and name no system.
; What gives them away is a TTL of 255, or no DF, under options copied from a system.
; They come last: Nmap's signatures allow any TTL up to 59, so a device that sends the
; same from a lower initial TTL must be asked for first.

; rules: beyond p0f

classes = win,unix,other

[tcp:request]

; Nmap draws its TTL at random from 37 to 59 and sends nothing but an MSS. Embedded stacks send the same from 64.

label = s:!:NMap:SYN scan
sys   = @unix,@win
; source: Nmap 7.93 measured 2026; public captures; high
sig   = *:59-:0:1460:1024,0:mss::0
; source: pf.os of OpenBSD (the windows of older versions), with the MSS of today's; medium
sig   = *:59-:0:1460:2048,0:mss::0
sig   = *:59-:0:1460:3072,0:mss::0
sig   = *:59-:0:1460:4096,0:mss::0

label = s:!:NMap:SYN scan
sys   = @unix,@win
; source: Nmap 7.93 over IPv6 measured 2026; high
sig   = 6:255:0:1460:1024,0:mss::0

label = s:!:NMap:OS detection
sys   = @unix,@win
; source: Nmap 7.93 measured 2026; documentation of the program (the probes of its OS scan); high
sig   = *:64-:0:265:512,0:mss,sok,ts:ack+:0
sig   = *:64-:0:0:4,10:sok,ts,ws,eol+0:ack+:0
sig   = *:64-:0:1460:1,10:ws,nop,mss,ts,sok:ack+:0
sig   = *:64-:0:536:16,10:mss,sok,ts,ws,eol+0:ack+:0
sig   = *:64-:0:640:4,5:ts,nop,nop,ws,nop,mss:ack+:0
sig   = *:64-:0:1400:63,0:mss,ws,sok,ts,eol+0:ack+:0
sig   = *:64-:0:265:31337,10:ws,nop,mss,ts,sok:ack+:0
sig   = *:64-:0:1460:3,10:ws,nop,mss,sok,nop,nop:ecn,uptr+:0

; ZMap 4 copies the option order of a system; version 2 sent none.

label = s:!:ZMap:options of Windows
sys   = @unix
; source: zmap 4 source, probe_modules/packet.c; high
sig   = 4:255:0:1460:65535,8:mss,nop,ws,nop,nop,sok::0

label = s:!:ZMap:options of Linux
sys   = @unix
; source: zmap 4 source, probe_modules/packet.c; high
sig   = 4:255:0:1460:65535,7:mss,sok,ts,nop,ws::0

label = s:!:ZMap:options of BSD
sys   = @unix
; source: zmap 4 source, probe_modules/packet.c; high
sig   = 4:255:0:1460:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1::0

label = s:!:ZMap:TCP scan
sys   = @unix
; source: zmap 2 and 3 source, probe_modules/packet.c; high
sig   = 4:255:0:1460:65535,0:mss::0
sig   = 4:255:0:0:65535,0:::0

label = s:!:masscan:
sys   = @unix,@win
; source: masscan source, templ-pkt.c (with an MSS since November 2023); high
sig   = 4:255:0:1460:1024,0:mss::0
sig   = 4:255:0:0:1024,0:::0

label = s:!:Scapy:
sys   = @unix,@win
; source: scapy source, layers/inet.py (window 8192, TTL 64, no options); scapy 2.8 measured 2026; high
sig   = *:64:0:0:8192,0::seq-:0
sig   = 4:64:0:0:8192,0:::0

label = s:!:traffic generator:
sys   = @other
; source: public captures 2015-2024 (4 hosts, each with User-Agents of many systems; routing over port 179); low
sig   = 4:64:0:*:16383,0:mss,ws,nop::0
sig   = 4:255:0:*:16383,0:mss,ws,nop::0

label = s:!:hping:
sys   = @unix
; source: hping 3 measured 2026 (a random acknowledgement number in the SYN; with its options -y and --tcp-timestamp); high
sig   = 4:64:0:0:512,0::ack+:0
sig   = 4:64:0:0:512,0::df,id+,ack+:0
sig   = 4:64:0:0:512,0:nop,nop,ts:ack+:0
; source: hping source (window 512, TTL 64, no options), acknowledgement number 0 asked for; medium
sig   = 4:64:0:0:512,0:::0

; An acknowledgement number in a SYN without options: whatever window was asked for.

label = g:!:hping:
sys   = @unix
; source: hping 3 measured 2026 with another window; medium
sig   = 4:64:0:0:*,0::ack+:0

[tcp:response]

; Answers of programs that make their packets themselves.

label = s:!:Scapy:
sys   = @unix,@win
; source: scapy source, layers/inet.py (window 8192, TTL 64, no options); public captures 2016-2026 (47 hosts); medium
sig   = 4:64:0:0:8192,0:::0
sig   = 4:64:0:0:8192,0::seq-:0

label = s:!:traffic generator:
sys   = @other
; source: public captures 2015-2024 (9 hosts, whose clients send User-Agents of many systems); low
sig   = 4:64:0:*:16383,0:mss,ws,nop::0
sig   = 4:255:0:*:16383,0:mss,ws,nop::0
