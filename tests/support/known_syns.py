"""Raw signatures of SYNs whose names are known."""

from __future__ import annotations

LINUX_OLDER = "4:64:0:1460:64240,7:mss,sok,ts,nop,ws:df,id+:0"
