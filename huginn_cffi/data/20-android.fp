; Android.
;
; Linux underneath, told from other Linux by a window of 65535 (init sets the initial
; receive window high) where a desktop or server sends a multiple of its MSS. A Linux host
; whose receive buffer was raised looks the same; scales from 7 on are seen from both.
; The scale hints at the age: 6 and 7 old, 8 common, 9 and 10 recent.
; Android 4 and 5 share a signature with Linux of its time: see 30-linux.fp.

; rules: beyond p0f

classes = win,unix,other

[tcp:request]

label = s:unix:Android:5-8
; source: Android init defaults; public captures 2018 (1 labelled host); medium
sig   = *:64:0:*:65535,6:mss,sok,ts,nop,ws:df,id+,flow:0

label = s:unix:Android or Linux:Android 5 or newer / Linux 3 or newer
; source: larger buffers of Linux measured; public captures 2015-2020 (3 labelled hosts); high
sig   = *:64:0:*:65535,8:mss,sok,ts,nop,ws:df,id+,flow:0

label = s:unix:Android or Linux:Android 5-9 / Linux 3 or newer
; source: public captures 2016 (phones and embedded Linux alike) (74 labelled hosts); medium
sig   = *:64:0:*:65535,7:mss,sok,ts,nop,ws:df,id+,flow:0

label = s:unix:Android or Linux:Android 10 or newer / Linux 4.19 or newer
; source: Linux 6.18 measured with a larger buffer; public captures 2021-2022 (2 labelled hosts); medium
sig   = *:64:0:*:65535,9:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = *:64:0:*:65535,10:mss,sok,ts,nop,ws:df,id+,flow:0

label = g:unix:Android or Linux:
; source: window rule of Android init, Linux 6.18 measured with a larger buffer; medium
sig   = *:64:0:*:65535,*:mss,sok,ts,nop,ws:df,id+,flow:0
sig   = 6:64:0:*:65535,*:mss,sok,ts,nop,ws::0
; source: a port taken again while its last connection waits (the peer's last timestamp is repeated); medium
sig   = *:64:0:*:65535,*:mss,sok,ts,nop,ws:df,id+,ts2+,flow:0
