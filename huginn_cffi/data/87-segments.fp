; Families by what all segments of a host show, where no handshake was seen (--segments).
;
; Only IPv4. The first line whose conditions all hold names the host, from five segments on. Windows are
; those in the header, other than 0, not those of RST. What has windows of Apple's systems near 2048, 4096 or
; 8192 or 65535, or of BSD near 1024 (65535 scaled by 6 bits), is not called Linux.

classes = win,unix,other

[segments]

label = g:win:Windows:
; source: rules of a study of labelled hosts of public captures, November 2026; medium
sig   = ttl=128,df=1,ts=0,high!=%1460:1-15999

label = g:unix:macOS or iOS:
; source: rules of a study of labelled hosts of public captures, November 2026; low
sig   = ttl=64,df=1,id=zero,segments=3-,window=1997-2099|3994-4198|7987-8397|65535
sig   = ttl=64,df=1,id=random,ts=1,hz!=1-4,window=1997-2099|3994-4198|7987-8397|65535

label = g:unix:Linux:
; source: rules of a study of labelled hosts of public captures, November 2026; medium
sig   = ttl=64,df=1,id=rises,hz!=1-4,low=0-1023,window!=1020-1040|1997-2099|3994-4198|7987-8397|65535
sig   = ttl=64,df=1,id=rises,hz=238-262,window!=1020-1040|1997-2099|3994-4198|7987-8397|65535
