; Linux: desktops, servers, containers, WSL, ChromeOS and embedded.
;
; Initial TTL 64, options in the order mss, sok, ts, nop, ws. A SYN has DF and a counting
; IP id, a SYN+ACK DF and id 0. Over IPv6 a flow label is set from about 4.2 on.
; The window of a default kernel is a multiple N of the MSS and tells the age:
;   N 4            2.4 and 2.6
;   N 10           2.6.38 to 3.10, and 2.6.32 of long-lived distributions
;   N 20           3.11 to 4.19
;   N 65536/mss    4.20 and newer, and stable 4.19: 44 at MTU 1500, 7 at MTU 9000
;   N half of that 6.6 to 6.9
; In a SYN+ACK with timestamps the divisor is the MSS less 12, hence 45 at MTU 1500.
; In a SYN that takes a port again while its last connection waits (quirk ts2+) it is so, too.
; The scale follows the largest receive buffer, which is 1/128 of the memory but no more
; than 6 MB (to 6.15, scale 7) or 32 MB (from 6.16, scale 10; 8 and 9 with 1 to 4 GB).
; Less memory gives less, but never below 7 from 6.18 on; an administrator may set anything.
; If a middlebox lowers the MSS the window keeps its old multiple.

; rules: beyond p0f

classes = win,unix,other

[tcp:request]

label = s:unix:Linux:4.19-6.15
; source: a port taken again while its last connection waits (tcp_tw_reuse), order and window rule, Linux 6.18 measured; high
sig   = *:64:0:*:mss*1,7:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*7,7:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*43,7:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*45,7:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*46,7:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*47,7:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*48,7:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*49,7:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*50,7:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*51,7:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*52,7:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*53,7:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
; source: kernel source and Linux 5.10 to 6.12 measured; public captures 2019-2026 (44 labelled hosts); high
sig   = *:64:0:*:mss*43,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*45,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*46,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*47,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*48,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*49,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*50,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*51,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*52,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*53,7:mss,sok,ts,nop,ws:df,id+,flow:0
; source: jumbo frames, FDDI and minimal MTU, Linux 5.10 to 6.12 measured; high
sig   = *:64:0:*:mss*7,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*15,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*122,7:mss,sok,ts,nop,ws:df,id+,flow:0
; source: loopback, Linux 5.10 to 6.12 measured; public captures 2018-2025 (11 labelled hosts); high
sig   = *:64:0:*:mss*1,7:mss,sok,ts,nop,ws:df,id+,flow:0
; source: ECN asked for, Linux 5.10 to 6.12 measured; high
sig   = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,ecn,flow:0
sig   = *:64:0:*:mss*45,7:mss,sok,ts,nop,ws:df,id+,ecn,flow:0
sig   = *:64:0:*:mss*46,7:mss,sok,ts,nop,ws:df,id+,ecn,flow:0
sig   = *:64:0:*:mss*47,7:mss,sok,ts,nop,ws:df,id+,ecn,flow:0
sig   = *:64:0:*:mss*48,7:mss,sok,ts,nop,ws:df,id+,ecn,flow:0
; source: TCP Fast Open and Multipath TCP, Linux 5.10 to 6.12 measured; high
sig   = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws,?34,nop,nop:df,id+,flow:*
sig   = *:64:0:*:mss*45,7:mss,sok,ts,nop,ws,?34,nop,nop:df,id+,flow:*
sig   = *:64:0:*:mss*46,7:mss,sok,ts,nop,ws,?34,nop,nop:df,id+,flow:*
sig   = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws,?30:df,id+,flow:0
sig   = *:64:0:*:mss*45,7:mss,sok,ts,nop,ws,?30:df,id+,flow:0
sig   = *:64:0:*:mss*46,7:mss,sok,ts,nop,ws,?30:df,id+,flow:0
; source: timestamps off, Linux 5.10 to 6.12 measured; high
sig   = *:64:0:*:mss*44,7:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*45,7:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*46,7:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*47,7:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*48,7:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*1,7:mss,nop,nop,sok,nop,ws:df,id+,flow:0
; source: the same with ECN, Multipath TCP or Fast Open, Linux 5.10 to 6.12 measured; high
sig   = *:64:0:*:mss*44,7:mss,nop,nop,sok,nop,ws:df,id+,ecn,flow:0
sig   = *:64:0:*:mss*45,7:mss,nop,nop,sok,nop,ws:df,id+,ecn,flow:0
sig   = *:64:0:*:mss*44,7:mss,nop,nop,sok,nop,ws,?30:df,id+,flow:0
sig   = *:64:0:*:mss*45,7:mss,nop,nop,sok,nop,ws,?30:df,id+,flow:0
sig   = *:64:0:*:mss*44,7:mss,nop,nop,sok,nop,ws,?34,nop,nop:df,id+,flow:*
sig   = *:64:0:*:mss*45,7:mss,nop,nop,sok,nop,ws,?34,nop,nop:df,id+,flow:*
; source: Fast Open in its experimental form, asked for or with data, Linux 5.10 to 6.12 measured; high
sig   = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws,?254:df,id+,flow:*
sig   = *:64:0:*:mss*45,7:mss,sok,ts,nop,ws,?254:df,id+,flow:*
sig   = *:64:0:*:mss*44,7:mss,nop,nop,sok,nop,ws,?254:df,id+,flow:*
sig   = *:64:0:*:mss*45,7:mss,nop,nop,sok,nop,ws,?254:df,id+,flow:*

label = s:unix:Linux:4.19 or newer with larger buffers, or 6.16 or newer
; source: a port taken again while its last connection waits (tcp_tw_reuse), Linux 6.18 measured; high
sig   = *:64:0:*:mss*1,8:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*7,8:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*43,8:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*44,8:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*45,8:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*46,8:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*47,8:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*48,8:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*49,8:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*50,8:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*51,8:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*52,8:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*53,8:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*1,9:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*7,9:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*43,9:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*44,9:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*45,9:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*46,9:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*47,9:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*48,9:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*49,9:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*50,9:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*51,9:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*52,9:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*53,9:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*1,10:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*7,10:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*43,10:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*44,10:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*45,10:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*46,10:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*47,10:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*48,10:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*49,10:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*50,10:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*51,10:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*52,10:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
sig   = *:64:0:*:mss*53,10:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
; source: the scale of 1 to 4 GB from 6.16 on, and of larger buffers, Linux 5.10 to 7.3 measured; high
sig   = *:64:0:*:mss*1,8:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*43,8:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*44,8:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*45,8:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*46,8:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*47,8:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*48,8:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*1,9:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*43,9:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*44,9:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*45,9:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*46,9:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*47,9:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*48,9:mss,sok,ts,nop,ws:df,id+,flow:0
; source: Linux 6.16 to 7.3 measured; kernel change of May 2025; high
sig   = *:64:0:*:mss*43,10:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*44,10:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*45,10:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*46,10:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*47,10:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*48,10:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*49,10:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*50,10:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*51,10:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*52,10:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*53,10:mss,sok,ts,nop,ws:df,id+,flow:0
; source: jumbo frames, FDDI and minimal MTU, Linux 6.16 to 7.3 measured; high
sig   = *:64:0:*:mss*7,10:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*15,10:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*122,10:mss,sok,ts,nop,ws:df,id+,flow:0
; source: loopback, Linux 6.16 to 7.3 measured; high
sig   = *:64:0:*:mss*1,10:mss,sok,ts,nop,ws:df,id+,flow:0
; source: ECN asked for, Linux 6.16 to 7.3 measured; high
sig   = *:64:0:*:mss*44,10:mss,sok,ts,nop,ws:df,id+,ecn,flow:0
sig   = *:64:0:*:mss*45,10:mss,sok,ts,nop,ws:df,id+,ecn,flow:0
sig   = *:64:0:*:mss*46,10:mss,sok,ts,nop,ws:df,id+,ecn,flow:0
sig   = *:64:0:*:mss*47,10:mss,sok,ts,nop,ws:df,id+,ecn,flow:0
sig   = *:64:0:*:mss*48,10:mss,sok,ts,nop,ws:df,id+,ecn,flow:0
; source: TCP Fast Open and Multipath TCP, Linux 6.16 to 7.3 measured; high
sig   = *:64:0:*:mss*44,10:mss,sok,ts,nop,ws,?34,nop,nop:df,id+,flow:*
sig   = *:64:0:*:mss*45,10:mss,sok,ts,nop,ws,?34,nop,nop:df,id+,flow:*
sig   = *:64:0:*:mss*46,10:mss,sok,ts,nop,ws,?34,nop,nop:df,id+,flow:*
sig   = *:64:0:*:mss*44,10:mss,sok,ts,nop,ws,?30:df,id+,flow:0
sig   = *:64:0:*:mss*45,10:mss,sok,ts,nop,ws,?30:df,id+,flow:0
sig   = *:64:0:*:mss*46,10:mss,sok,ts,nop,ws,?30:df,id+,flow:0
; source: timestamps off, Linux 6.16 to 7.3 measured; high
sig   = *:64:0:*:mss*44,10:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*45,10:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*46,10:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*47,10:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*48,10:mss,nop,nop,sok,nop,ws:df,id+,flow:0
; source: the same with ECN, Multipath TCP or Fast Open, Linux 6.16 to 7.3 measured; high
sig   = *:64:0:*:mss*44,10:mss,nop,nop,sok,nop,ws:df,id+,ecn,flow:0
sig   = *:64:0:*:mss*45,10:mss,nop,nop,sok,nop,ws:df,id+,ecn,flow:0
sig   = *:64:0:*:mss*44,10:mss,nop,nop,sok,nop,ws,?30:df,id+,flow:0
sig   = *:64:0:*:mss*45,10:mss,nop,nop,sok,nop,ws,?30:df,id+,flow:0
sig   = *:64:0:*:mss*44,10:mss,nop,nop,sok,nop,ws,?34,nop,nop:df,id+,flow:*
sig   = *:64:0:*:mss*45,10:mss,nop,nop,sok,nop,ws,?34,nop,nop:df,id+,flow:*
; source: Fast Open in its experimental form, asked for or with data, Linux 6.16 to 7.3 measured; high
sig   = *:64:0:*:mss*44,10:mss,sok,ts,nop,ws,?254:df,id+,flow:*
sig   = *:64:0:*:mss*45,10:mss,sok,ts,nop,ws,?254:df,id+,flow:*
sig   = *:64:0:*:mss*44,10:mss,nop,nop,sok,nop,ws,?254:df,id+,flow:*
sig   = *:64:0:*:mss*45,10:mss,nop,nop,sok,nop,ws,?254:df,id+,flow:*

label = s:unix:Linux:4.19 or newer
; source: receive buffer set by a program, Linux 5.10 to 7.3 measured; public captures 2024 (2 labelled hosts); medium
sig   = *:64:0:*:65535,1:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:65535,2:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:65535,3:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:65535,5:mss,sok,ts,nop,ws:df,id+,flow:0

label = s:unix:Linux:6.6-6.9
; source: kernel source (TCP_DEFAULT_SCALING_RATIO); public captures 2024 (2 labelled hosts); high
sig   = *:64:0:*:mss*22,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*23,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*24,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*25,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*26,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*27,7:mss,sok,ts,nop,ws:df,id+,flow:0
; source: loopback, public captures 2024 (1 labelled host); medium
sig   = *:64:0:*:33280,7:mss,sok,ts,nop,ws:df,id+,flow:0

; gVisor copies Linux's options and twenty segments, but rounds the window down to what the
; scale can express, sends IP id 0 in a SYN and no flow label over IPv6. 28800 is both.

label = s:other:gVisor:
; source: gVisor of September 2026 measured (window rounded to 128 bytes); high
sig   = 4:64:0:*:%128,7:mss,sok,ts,nop,ws:df:0

label = s:unix:Linux or gVisor:
; source: gVisor of September 2026 measured; kernel's history (no flow label before 4.2); medium
sig   = 6:64:0:1440:28800,7:mss,sok,ts,nop,ws::0

label = s:unix:Linux:3.11-4.19
; source: a port taken again while its last connection waits (tcp_tw_reuse), kernel source; medium
sig   = *:64:0:*:mss*20,*:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
; source: kernel source; public captures 2015-2021 (46 labelled hosts); high
sig   = *:64:0:*:mss*20,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*20,*:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*20,*:mss,nop,nop,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*20,*:mss,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*20,0:mss,nop,nop,sok:df,id+,flow:0
; source: variant without a flow label (before 4.2), from the kernel's history; medium
sig   = 6:64:0:*:mss*20,*:mss,sok,ts,nop,ws::0
; source: ECN asked for, from the kernel source; medium
sig   = *:64:0:*:mss*20,*:mss,sok,ts,nop,ws:df,id+,ecn,flow:0
; source: Multipath TCP and Fast Open of that time, from the option order; medium
sig   = *:64:0:*:mss*20,*:mss,sok,ts,nop,ws,?30:df,id+,flow:0
sig   = *:64:0:*:mss*20,*:mss,sok,ts,nop,ws,?34,nop,nop:df,id+,flow:*
; source: jumbo frames (initial window of three segments), kernel source; medium
sig   = *:64:0:8960:mss*3,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:8961:mss*3,*:mss,sok,ts,nop,ws:df,id+,flow:0
; source: jumbo frames with a lowered MSS, seen from a cloud of MTU 9001; medium
sig   = *:64:0:*:26883,*:mss,sok,ts,nop,ws:df,id+,flow:0

label = s:unix:Linux:3.6-4.19
; source: loopback, public captures 2016-2019 (3 labelled hosts); high
sig   = *:64:0:*:43690,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = 6:64:0:*:43690,*:mss,sok,ts,nop,ws::0

; Android 4 and 5 ran kernels 3.0 to 3.10: one signature, two names.

label = s:unix:Linux or Android:Linux 2.6.32-3.10 / Android 4-5
; source: kernel history (initial window of ten segments); public captures 2011-2016 (both systems) (24 labelled hosts); high
sig   = *:64:0:*:mss*10,4:mss,sok,ts,nop,ws:df,id+:0
sig   = *:64:0:*:mss*10,5:mss,sok,ts,nop,ws:df,id+:0
sig   = *:64:0:*:mss*10,6:mss,sok,ts,nop,ws:df,id+:0
sig   = *:64:0:*:mss*10,7:mss,sok,ts,nop,ws:df,id+:0

label = s:unix:Linux:2.6.32-3.10
; source: a port taken again while its last connection waits (tcp_tw_reuse), kernel source; medium
sig   = *:64:0:*:mss*10,*:mss,sok,ts,nop,ws:df,id+,ts2+:0
; source: kernel history (initial window of ten segments); high
sig   = *:64:0:*:mss*10,*:mss,sok,ts,nop,ws:df,id+:0
sig   = *:64:0:*:mss*10,*:mss,nop,nop,sok,nop,ws:df,id+:0
sig   = *:64:0:*:mss*10,*:mss,sok,ts,nop,ws,?30:df,id+:0

; The window rule gives four segments at MTU 16384; kernels of 2.6 have no more than 32 KiB there.

label = s:unix:Linux:4.19 or newer
; source: MTU 16384, Linux 5.10 to 7.3 measured; high
sig   = *:64:0:16344:65376,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:16344:65376,*:mss,nop,nop,sok,nop,ws:df,id+,flow:0

label = s:unix:Linux:2.4-2.6
; source: pf.os of OpenBSD; public captures 2005-2021 (228 labelled hosts); high
sig   = *:64:0:*:mss*4,0:mss,sok,ts,nop,ws:df,id+:0
sig   = *:64:0:*:mss*4,1:mss,sok,ts,nop,ws:df,id+:0
sig   = *:64:0:*:mss*4,2:mss,sok,ts,nop,ws:df,id+:0
; source: timestamps off, public captures 2016 (embedded) (45 labelled hosts); high
sig   = *:64:0:*:mss*4,0:mss,nop,nop,sok,nop,ws:df,id+:0
sig   = *:64:0:*:mss*4,1:mss,nop,nop,sok,nop,ws:df,id+:0
sig   = *:64:0:*:mss*4,2:mss,nop,nop,sok,nop,ws:df,id+:0
; source: loopback, pf.os of OpenBSD; public captures 2005 (1 labelled host); high
sig   = *:64:0:16396:32767,0:mss,sok,ts,nop,ws:df,id+:0
sig   = *:64:0:16396:32767,2:mss,sok,ts,nop,ws:df,id+:0

label = s:unix:Linux:2.6
; source: pf.os of OpenBSD; public captures 2009-2011 (7 labelled hosts); high
sig   = *:64:0:*:mss*4,*:mss,sok,ts,nop,ws:df,id+:0
sig   = *:64:0:*:mss*4,*:mss,nop,nop,sok,nop,ws:df,id+:0

label = s:unix:Linux:2.6-3.5
; source: loopback, kernel history (MTU 16436 up to 3.5, initial window of two segments that large); public captures 2013 (1 labelled host); high
sig   = *:64:0:16396:mss*2,*:mss,sok,ts,nop,ws:df,id+:0
sig   = *:64:0:16376:mss*2,*:mss,sok,ts,nop,ws:df,id+:0

label = s:unix:Linux:2.2
; source: pf.os of OpenBSD (loopback of that time); medium
sig   = *:64:0:3884:mss*8,0:mss,sok,ts,nop,ws:df,id+:0

label = s:unix:Linux:2.0
; source: pf.os of OpenBSD; public captures 1999 (1 labelled host); medium
sig   = 4:64:0:*:16384,0:mss::0
sig   = 4:64:0:*:512,0:mss::0

; A kernel of today with another buffer, another scale, less memory or an odd MTU.

label = g:unix:Linux:4.19 or newer
; source: window rule with any scale (tuned or little memory), Linux 5.10 to 7.3 measured (4 labelled hosts); high
sig   = *:64:0:*:mss*43,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*44,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*45,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*46,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*47,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*48,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*49,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*50,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*51,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*52,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*53,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*44,*:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*45,*:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*46,*:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*47,*:mss,nop,nop,sok,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*48,*:mss,nop,nop,sok,nop,ws:df,id+,flow:0
; source: window rule without a flow label or without DF, Linux 5.10 to 7.3 measured; medium
sig   = 6:64:0:*:mss*44,*:mss,sok,ts,nop,ws::0
sig   = 6:64:0:*:mss*45,*:mss,sok,ts,nop,ws::0
sig   = 6:64:0:*:mss*46,*:mss,sok,ts,nop,ws::0
sig   = 4:64:0:*:mss*44,*:mss,sok,ts,nop,ws::0
sig   = 4:64:0:*:mss*45,*:mss,sok,ts,nop,ws::0
sig   = 4:64:0:*:mss*46,*:mss,sok,ts,nop,ws::0
; source: receive buffer of 87380 by setting, Linux 5.10 to 7.3 measured; high
sig   = *:64:0:*:mss*29,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*30,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*31,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*32,*:mss,sok,ts,nop,ws:df,id+,flow:0
; source: small receive buffer asked for by a program, Linux 5.10 to 7.3 measured (1 labelled host); medium
sig   = *:64:0:*:mss*2,0:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*11,0:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*22,0:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*5,*:mss,sok,ts,nop,ws:df,id+,flow:0
; source: features switched off, Linux 5.10 to 7.3 measured; high
sig   = *:64:0:*:mss*44,*:mss,nop,nop,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*45,*:mss,nop,nop,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*44,*:mss,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*45,*:mss,nop,ws:df,id+,flow:0
sig   = *:64:0:*:mss*44,0:mss,sok,ts:df,id+,flow:0
sig   = *:64:0:*:mss*45,0:mss,sok,ts:df,id+,flow:0
sig   = *:64:0:*:mss*44,0:mss,nop,nop,sok:df,id+,flow:0
sig   = *:64:0:*:mss*45,0:mss,nop,nop,sok:df,id+,flow:0
sig   = *:64:0:*:mss*44,0:mss,nop,nop,ts:df,id+,flow:0
sig   = *:64:0:*:mss*45,0:mss,nop,nop,ts:df,id+,flow:0

[tcp:response]

; A server answers with what the client offered, in its own order; hence eight orders.

label = s:unix:Linux:4.19-6.15
; source: kernel source and Linux 5.10 to 6.12 measured; public captures 2018-2026 (30 labelled hosts); high
sig   = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*47,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*48,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*49,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*50,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*51,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*52,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*53,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*54,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*7,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*1,7:mss,sok,ts,nop,ws:df,flow:0
; source: variant to a client without timestamps, Linux 5.10 to 6.12 measured (4 labelled hosts); high
sig   = *:64:0:*:mss*43,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*44,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*47,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*48,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*49,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*50,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*51,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*52,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*53,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*7,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*1,7:mss,nop,nop,sok,nop,ws:df,flow:0
; source: variant to a client that asks for ECN, Linux 5.10 to 6.12 measured; public captures 2020-2024 (3 labelled hosts); high
sig   = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*45,7:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*46,7:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*47,7:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*48,7:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*44,7:mss,nop,nop,sok,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*45,7:mss,nop,nop,sok,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*46,7:mss,nop,nop,sok,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*47,7:mss,nop,nop,sok,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*48,7:mss,nop,nop,sok,nop,ws:df,ecn,flow:0
; source: variant to clients without SACK, Linux 5.10 to 6.12 measured; high
sig   = *:64:0:*:mss*44,7:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,7:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,7:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*44,7:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,7:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,7:mss,nop,ws:df,flow:0
; source: variant with Multipath TCP, from the option order; medium
sig   = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws,?30:df,flow:0
sig   = *:64:0:*:mss*45,7:mss,sok,ts,nop,ws,?30:df,flow:0
sig   = *:64:0:*:mss*46,7:mss,sok,ts,nop,ws,?30:df,flow:0

label = s:unix:Linux:4.19 or newer with larger buffers, or 6.16 or newer
; source: the scale of 1 to 4 GB from 6.16 on, and of larger buffers, Linux 5.10 to 7.3 measured; high
sig   = *:64:0:*:mss*1,8:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*43,8:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*44,8:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,8:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,8:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*47,8:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*48,8:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*1,9:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*43,9:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*44,9:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,9:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,9:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*47,9:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*48,9:mss,sok,ts,nop,ws:df,flow:0
; source: Linux 6.16 to 7.3 measured; kernel change of May 2025; high
sig   = *:64:0:*:mss*44,10:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,10:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,10:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*47,10:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*48,10:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*49,10:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*50,10:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*51,10:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*52,10:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*53,10:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*54,10:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*7,10:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*1,10:mss,sok,ts,nop,ws:df,flow:0
; source: variant to a client without timestamps, Linux 6.16 to 7.3 measured; high
sig   = *:64:0:*:mss*43,10:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*44,10:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,10:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,10:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*47,10:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*48,10:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*49,10:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*50,10:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*51,10:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*52,10:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*53,10:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*7,10:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*1,10:mss,nop,nop,sok,nop,ws:df,flow:0
; source: variant to a client that asks for ECN, Linux 6.16 to 7.3 measured; high
sig   = *:64:0:*:mss*44,10:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*45,10:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*46,10:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*47,10:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*48,10:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*44,10:mss,nop,nop,sok,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*45,10:mss,nop,nop,sok,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*46,10:mss,nop,nop,sok,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*47,10:mss,nop,nop,sok,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*48,10:mss,nop,nop,sok,nop,ws:df,ecn,flow:0
; source: variant to clients without SACK, Linux 6.16 to 7.3 measured; high
sig   = *:64:0:*:mss*44,10:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,10:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,10:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*44,10:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,10:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,10:mss,nop,ws:df,flow:0
; source: variant with Multipath TCP, from the option order; medium
sig   = *:64:0:*:mss*44,10:mss,sok,ts,nop,ws,?30:df,flow:0
sig   = *:64:0:*:mss*45,10:mss,sok,ts,nop,ws,?30:df,flow:0
sig   = *:64:0:*:mss*46,10:mss,sok,ts,nop,ws,?30:df,flow:0

label = s:unix:Linux:4.19 or newer
; source: answers to a client that does not scale, Linux 5.10 to 7.3 measured (2 labelled hosts); high
sig   = *:64:0:*:mss*44,0:mss:df,flow:0
sig   = *:64:0:*:mss*45,0:mss:df,flow:0
sig   = *:64:0:*:mss*46,0:mss:df,flow:0
sig   = *:64:0:*:mss*47,0:mss:df,flow:0
sig   = *:64:0:*:mss*48,0:mss:df,flow:0
sig   = *:64:0:*:mss*44,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*45,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*46,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*47,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*48,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*44,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*45,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*46,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*47,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*48,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*44,0:mss,nop,nop,ts:df,flow:0
sig   = *:64:0:*:mss*45,0:mss,nop,nop,ts:df,flow:0
sig   = *:64:0:*:mss*46,0:mss,nop,nop,ts:df,flow:0
sig   = *:64:0:*:mss*47,0:mss,nop,nop,ts:df,flow:0
sig   = *:64:0:*:mss*48,0:mss,nop,nop,ts:df,flow:0
; source: MTU 9000 and 9001 with a lowered MSS (seven segments), arithmetic of the rule (2 labelled hosts); high
sig   = *:64:0:*:62636,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:62643,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:62720,*:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:62727,*:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = 6:64:0:*:62727,*:mss,nop,nop,sok,nop,ws::0

; Accurate ECN has an option in the answer; 6.19 does not speak it yet.

label = s:unix:Linux:7.0 or newer
; source: Accurate ECN on both ends, Linux 7.0 to 7.3 measured 2026; high
sig   = *:64:0:*:*,*:mss,sok,ts,?174,nop,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:*,*:mss,sok,ts,?174,nop,nop,ws:df,flow:0
sig   = *:64:0:*:*,*:mss,?174,nop,nop,nop,sok,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:*,*:mss,?174,nop,nop,nop,sok,nop,ws:df,flow:0
; source: the other of both options of RFC 9768, from the option order; medium
sig   = *:64:0:*:*,*:mss,sok,ts,?172,nop,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:*,*:mss,sok,ts,?172,nop,nop,ws:df,flow:0

label = s:unix:Linux:6.6-6.9
; source: kernel source (TCP_DEFAULT_SCALING_RATIO); high
sig   = *:64:0:*:mss*22,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*23,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*24,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*25,7:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*22,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*23,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*24,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*25,7:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*22,7:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*23,7:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*22,7:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*23,7:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*22,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*23,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*22,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*23,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*22,0:mss:df,flow:0
sig   = *:64:0:*:mss*23,0:mss:df,flow:0
; source: loopback, public captures 2024 (1 labelled host); medium
sig   = *:64:0:*:33280,7:mss,sok,ts,nop,ws:df,flow:0

label = s:other:gVisor:
; source: gVisor of September 2026 measured at MTU 1500; high
sig   = 4:64:0:1460:29184,7:mss,sok,ts,nop,ws:df:0
sig   = 4:64:0:1460:29184,7:mss,nop,nop,sok,nop,ws:df:0
sig   = 4:64:0:1460:29184,7:mss,nop,nop,ts,nop,ws:df:0
sig   = 4:64:0:1460:29184,7:mss,nop,ws:df:0
sig   = 4:64:0:1460:29184,0:mss,sok,ts:df:0
sig   = 4:64:0:1460:29184,0:mss,nop,nop,sok:df:0
sig   = 4:64:0:1460:29184,0:mss,nop,nop,ts:df:0
sig   = 4:64:0:1460:29184,0:mss:df:0
sig   = 6:64:0:1440:28800,7:mss,sok,ts,nop,ws::0
sig   = 6:64:0:1440:28800,7:mss,nop,nop,ts,nop,ws::0
sig   = 6:64:0:1440:28800,0:mss,sok,ts::0
sig   = 6:64:0:1440:28800,0:mss,nop,nop,ts::0

label = s:unix:Linux or gVisor:
; source: gVisor of September 2026 measured; kernel's history (no flow label before 4.2); medium
sig   = 6:64:0:1440:28800,7:mss,nop,nop,sok,nop,ws::0
sig   = 6:64:0:1440:28800,7:mss,nop,ws::0
sig   = 6:64:0:1440:28800,0:mss,nop,nop,sok::0
sig   = 6:64:0:1440:28800,0:mss::0

label = s:unix:Linux:3.11-4.19
; source: kernel source; public captures 2015-2022 (90 labelled hosts); high
sig   = *:64:0:*:mss*20,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*20,*:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*20,*:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*20,*:mss,nop,nop,sok,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*20,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*20,*:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*20,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*20,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*20,0:mss,nop,nop,ts:df,flow:0
sig   = *:64:0:*:mss*20,0:mss:df,flow:0
; source: variant without a flow label (before 4.2), from the kernel's history; medium
sig   = 6:64:0:*:mss*20,*:mss,sok,ts,nop,ws::0
sig   = 6:64:0:*:mss*20,*:mss,nop,nop,sok,nop,ws::0
; source: jumbo frames (three segments), MSS lowered or not, arithmetic of the rule (2 labelled hosts); high
sig   = *:64:0:8960:mss*3,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:8961:mss*3,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:26844,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:26847,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:26883,*:mss,nop,nop,sok,nop,ws:df,flow:0

label = s:unix:Linux:3.6-4.19
; source: loopback, public captures 2016-2021 (6 labelled hosts); high
sig   = *:64:0:*:43690,*:mss,sok,ts,nop,ws:df,flow:0
sig   = 6:64:0:*:43690,*:mss,sok,ts,nop,ws::0

label = s:unix:Linux:2.6.32-3.10
; source: kernel history (initial window of ten segments); public captures 2011-2021 (16 labelled hosts); high
sig   = *:64:0:*:mss*10,*:mss,sok,ts,nop,ws:df:0
sig   = *:64:0:*:mss*10,*:mss,nop,nop,sok,nop,ws:df:0
sig   = *:64:0:*:mss*10,*:mss,nop,nop,ts,nop,ws:df:0
sig   = *:64:0:*:mss*10,*:mss,nop,ws:df:0
sig   = *:64:0:*:mss*10,0:mss,sok,ts:df:0
sig   = *:64:0:*:mss*10,0:mss,nop,nop,sok:df:0
sig   = *:64:0:*:mss*10,0:mss,nop,nop,ts:df:0
sig   = *:64:0:*:mss*10,0:mss:df:0
; source: jumbo frames with a lowered MSS (two segments), arithmetic of the rule; medium
sig   = *:64:0:*:17898,*:mss,sok,ts,nop,ws:df:0
sig   = *:64:0:*:17922,*:mss,nop,nop,sok,nop,ws:df:0

label = s:unix:Linux:4.19 or newer
; source: MTU 16384, Linux 5.10 to 7.3 measured; high
sig   = *:64:0:16344:65328,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:16344:65376,*:mss,nop,nop,sok,nop,ws:df,flow:0

label = s:unix:Linux:2.4-2.6
; source: kernel history (initial window of four segments); public captures 2003-2021 (38 labelled hosts); high
sig   = *:64:0:*:mss*4,0:mss,sok,ts,nop,ws:df:0
sig   = *:64:0:*:mss*4,1:mss,sok,ts,nop,ws:df:0
sig   = *:64:0:*:mss*4,2:mss,sok,ts,nop,ws:df:0
sig   = *:64:0:*:mss*4,0:mss,nop,nop,sok,nop,ws:df:0
sig   = *:64:0:*:mss*4,1:mss,nop,nop,sok,nop,ws:df:0
sig   = *:64:0:*:mss*4,2:mss,nop,nop,sok,nop,ws:df:0
sig   = *:64:0:*:mss*4,0:mss,nop,nop,ts,nop,ws:df:0
sig   = *:64:0:*:mss*4,2:mss,nop,nop,ts,nop,ws:df:0
sig   = *:64:0:*:mss*4,0:mss,nop,ws:df:0
sig   = *:64:0:*:mss*4,0:mss,sok,ts:df:0
sig   = *:64:0:*:mss*4,0:mss,nop,nop,sok:df:0
sig   = *:64:0:*:mss*4,0:mss,nop,nop,ts:df:0
sig   = *:64:0:*:mss*4,0:mss:df:0
; source: loopback, window of its SYN, pf.os of OpenBSD; public captures 2005 (1 labelled host); high
sig   = *:64:0:16396:32767,0:mss,sok,ts,nop,ws:df:0
sig   = *:64:0:16396:32767,2:mss,sok,ts,nop,ws:df:0

label = s:unix:Linux:2.6
; source: kernel history (initial window of four segments); public captures 2010-2015 (5 labelled hosts); high
sig   = *:64:0:*:mss*4,*:mss,sok,ts,nop,ws:df:0
sig   = *:64:0:*:mss*4,*:mss,nop,nop,sok,nop,ws:df:0
sig   = *:64:0:*:mss*4,*:mss,nop,nop,ts,nop,ws:df:0
sig   = *:64:0:*:mss*4,*:mss,nop,ws:df:0

label = s:unix:Linux:2.6-3.5
; source: loopback, kernel history (MTU 16436 up to 3.5, initial window of two segments that large); public captures 2013 (1 labelled host); high
sig   = *:64:0:16396:mss*2,*:mss,sok,ts,nop,ws:df:0
sig   = *:64:0:16376:mss*2,*:mss,sok,ts,nop,ws:df:0

label = g:unix:Linux:4.19 or newer
; source: window rule with any scale, Linux 5.10 to 7.3 measured (2 labelled hosts); high
sig   = *:64:0:*:mss*44,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*47,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*48,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*49,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*50,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*51,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*52,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*53,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*54,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*7,*:mss,sok,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*44,*:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,*:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,*:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*47,*:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*48,*:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*7,*:mss,nop,nop,sok,nop,ws:df,flow:0
sig   = *:64:0:*:mss*44,*:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*45,*:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*46,*:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*47,*:mss,sok,ts,nop,ws:df,ecn,flow:0
sig   = *:64:0:*:mss*48,*:mss,sok,ts,nop,ws:df,ecn,flow:0
; source: variant for odd MTUs and clients with few options, Linux 5.10 to 7.3 measured; high
sig   = *:64:0:*:mss*49,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*50,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*51,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*52,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*53,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*54,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*7,0:mss,sok,ts:df,flow:0
sig   = *:64:0:*:mss*49,0:mss,nop,nop,ts:df,flow:0
sig   = *:64:0:*:mss*50,0:mss,nop,nop,ts:df,flow:0
sig   = *:64:0:*:mss*51,0:mss,nop,nop,ts:df,flow:0
sig   = *:64:0:*:mss*52,0:mss,nop,nop,ts:df,flow:0
sig   = *:64:0:*:mss*53,0:mss,nop,nop,ts:df,flow:0
sig   = *:64:0:*:mss*54,0:mss,nop,nop,ts:df,flow:0
sig   = *:64:0:*:mss*7,0:mss,nop,nop,ts:df,flow:0
sig   = *:64:0:*:mss*43,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*49,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*50,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*51,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*52,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*53,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*7,0:mss,nop,nop,sok:df,flow:0
sig   = *:64:0:*:mss*43,0:mss:df,flow:0
sig   = *:64:0:*:mss*49,0:mss:df,flow:0
sig   = *:64:0:*:mss*50,0:mss:df,flow:0
sig   = *:64:0:*:mss*51,0:mss:df,flow:0
sig   = *:64:0:*:mss*52,0:mss:df,flow:0
sig   = *:64:0:*:mss*53,0:mss:df,flow:0
sig   = *:64:0:*:mss*7,0:mss:df,flow:0
sig   = *:64:0:*:mss*44,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*47,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*48,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*49,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*50,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*51,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*52,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*53,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*54,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*7,*:mss,nop,nop,ts,nop,ws:df,flow:0
sig   = *:64:0:*:mss*43,*:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*44,*:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*45,*:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*46,*:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*47,*:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*48,*:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*49,*:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*50,*:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*51,*:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*52,*:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*53,*:mss,nop,ws:df,flow:0
sig   = *:64:0:*:mss*7,*:mss,nop,ws:df,flow:0
