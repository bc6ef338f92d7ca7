; Apple: macOS, iOS, iPadOS, tvOS and watchOS share one kernel.
;
; Initial TTL 64, window 65535, options in an order of their own ending in sok and padding.
; The scale tells the age. A SYN does not tell a Mac from an iPhone, except where one
; of them never used the scale; elsewhere both are named.
; From 10.13 and iOS 11 on the IP id is 0; over IPv6 a flow label is set from about 10.10 on.

; rules: beyond p0f

classes = win,unix,other

[tcp:request]

label = s:unix:macOS or iOS:macOS 10.14 or newer / iOS 13 or newer
; source: XNU source; public captures 2020-2025 (21 labelled hosts); high
sig   = *:64:0:*:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df,flow:0
sig   = *:64:0:*:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df,ecn,flow:0
; source: XNU source (Fast Open, cookie asked for or sent along with data); medium
sig   = *:64:0:*:65535,6:mss,nop,ws,nop,nop,ts,sok,?34:df,flow:*

label = s:unix:macOS or iOS:macOS 10.13-10.14 / iOS 11-13
; source: XNU source; public captures 2019-2020 (3 labelled hosts); high
sig   = 4:64:0:*:65535,5:mss,nop,ws,nop,nop,ts,sok,eol+1:df:0
sig   = 4:64:0:*:65535,5:mss,nop,ws,nop,nop,ts,sok,eol+1:df,ecn:0

label = s:unix:macOS or iOS:macOS 10.10-10.14 / iOS 9-13
; source: IPv6 has no IP id to part the ages by, public captures 2015-2021 (4 labelled hosts); medium
sig   = 6:64:0:*:65535,5:mss,nop,ws,nop,nop,ts,sok,eol+1:flow:0
sig   = 6:64:0:*:65535,5:mss,nop,ws,nop,nop,ts,sok,eol+1:ecn,flow:0

label = s:unix:macOS or iOS:macOS 10.13-11 / iOS 12-13
; source: XNU source; public captures 2020 (an iPhone) (1 labelled host); mercury 2021 (8 rows of Macs, without IP id); medium
sig   = *:64:0:*:65535,7:mss,nop,ws,nop,nop,ts,sok,eol+1:df,flow:0
sig   = *:64:0:*:65535,7:mss,nop,ws,nop,nop,ts,sok,eol+1:df,ecn,flow:0

label = s:unix:macOS or iOS:macOS 10.10-10.12 / iOS 9-10
; source: public captures 2015-2021 (19 labelled hosts); high
sig   = 4:64:0:*:65535,5:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0
sig   = 4:64:0:*:65535,5:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+,ecn:0
; source: Fast Open with data, public captures 2021 (1 labelled host); medium
sig   = 4:64:0:*:65535,5:mss,nop,ws,nop,nop,ts,sok,?34:df,id+:*

label = s:unix:macOS or iOS:macOS 10.8-10.9 / iOS 6-8
; source: option order of the family, XNU source; public captures 2012-2015 (Macs) (9 labelled hosts); high
sig   = *:64:0:*:65535,4:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0
sig   = 6:64:0:*:65535,4:mss,nop,ws,nop,nop,ts,sok,eol+1:flow:0

label = s:unix:macOS:10.4-10.7
; source: option order of the family, XNU source; public captures 2008-2011 (7 labelled hosts); high
sig   = *:64:0:*:65535,3:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0
sig   = 6:64:0:*:65535,3:mss,nop,ws,nop,nop,ts,sok,eol+1:flow:0
sig   = *:64:0:*:65535,0:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0
; source: option order of the family, XNU source; public captures 2011-2013 (2 labelled hosts); high
sig   = *:64:0:*:65535,1:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0

label = s:unix:macOS or iOS:
; source: option order of the family, XNU source; public captures 2012 (a Mac) (1 labelled host); medium
sig   = *:64:0:*:65535,2:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0
; source: a late retransmission with fewer options, public captures 2022-2023 (2 labelled hosts); medium
sig   = *:64:0:*:65535,0:mss,sok,eol+1:df,flow:0
sig   = 4:64:0:*:65535,0:mss,sok,eol+1:df,id+:0

[tcp:response]

label = s:unix:macOS or iOS:macOS 10.14 or newer / iOS 13 or newer
; source: XNU source; public captures 2020-2024 (7 labelled hosts); high
sig   = *:64:0:*:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df,flow:0
sig   = *:64:0:*:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df,ecn,flow:0

label = s:unix:macOS or iOS:macOS 10.13-10.14 / iOS 11-13
; source: observed in captures of loopback traffic, XNU source; high
sig   = 4:64:0:*:65535,5:mss,nop,ws,nop,nop,ts,sok,eol+1:df:0
sig   = 4:64:0:*:65535,5:mss,nop,ws,nop,nop,ts,sok,eol+1:df,ecn:0

label = s:unix:macOS or iOS:macOS 10.10-10.14 / iOS 9-13
; source: the scale of its SYN, rule of the family; public captures 2015 (1 labelled host); medium
sig   = 6:64:0:*:65535,5:mss,nop,ws,nop,nop,ts,sok,eol+1:flow:0
sig   = 6:64:0:*:65535,5:mss,nop,ws,nop,nop,ts,sok,eol+1:ecn,flow:0

label = s:unix:macOS or iOS:macOS 10.10-10.12 / iOS 9-10
; source: public captures 2015-2016 (Macs as servers) (1 labelled host); medium
sig   = 4:64:0:*:65535,5:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0
sig   = 4:64:0:*:65535,5:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+,ecn:0

label = s:unix:macOS or iOS:macOS 10.8-10.9 / iOS 6-8
; source: the scale of its SYN, rule of the family; public captures 2013 (1 labelled host); medium
sig   = *:64:0:*:65535,4:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+,flow:0

label = s:unix:macOS:10.4-10.7
; source: option order of the family, XNU source; public captures 2012 (1 labelled host); high
sig   = *:64:0:*:65535,0:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0
sig   = *:64:0:*:65535,3:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+,flow:0
sig   = *:64:0:*:65535,0:mss,nop,nop,ts,sok,eol+1:df,id+:0
