"""p0f's raw signature of a row."""

from __future__ import annotations

import pytest

from tests.support.rendered_rows import MTU, SYN_ACK, EventRow, RenderError, raw_signature

ALL_QUIRKS = "df,id+,id-,ecn,0+,flow,seq-,ack+,ack-,uptr+,urgf+,pushf+,ts1-,ts2+,opt+,exws,bad"


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (EventRow(), "4:64+0:0:1460:8192,0:mss::0"),
        (EventRow(ttl=0), "4:0+32:0:1460:8192,0:mss::0"),
        (EventRow(ttl=32), "4:32+0:0:1460:8192,0:mss::0"),
        (EventRow(ttl=33), "4:33+31:0:1460:8192,0:mss::0"),
        (EventRow(ttl=65), "4:65+?:0:1460:8192,0:mss::0"),
        (EventRow(ttl=93), "4:93+35:0:1460:8192,0:mss::0"),
        (EventRow(ttl=92), "4:92+?:0:1460:8192,0:mss::0"),
        (EventRow(ttl=219), "4:219+?:0:1460:8192,0:mss::0"),
        (EventRow(ttl=220), "4:220+35:0:1460:8192,0:mss::0"),
        (EventRow(ttl=255), "4:255+0:0:1460:8192,0:mss::0"),
        (EventRow(olen=40, mss=0, wsize=65535, wscale=255, pclass=1), "4:64+0:40:0:65535,255:mss::+"),
        (EventRow(window_kind=1, window_multiple=44, wscale=7), "4:64+0:0:1460:mss*44,7:mss::0"),
        (EventRow(window_kind=2, window_multiple=65535), "4:64+0:0:1460:mtu*65535,0:mss::0"),
        (EventRow(mss=1331), "4:64+0:0:1331:8192,0:mss::0"),
        (EventRow(mss=1331, event=SYN_ACK), "4:64+0:0:*:8192,0:mss::0"),
        (EventRow(options=()), "4:64+0:0:1460:8192,0:::0"),
        (
            EventRow(options=(2, 3, 4, 5, 8, 1, 0), eol_pad=3),
            "4:64+0:0:1460:8192,0:mss,ws,sok,sack,ts,nop,eol+3::0",
        ),
        (EventRow(options=(6, 7, 9, 254, 255)), "4:64+0:0:1460:8192,0:?6,?7,?9,?254,?255::0"),
        (EventRow(options=(1,) * 24), "4:64+0:0:1460:8192,0:" + ",".join(["nop"] * 24) + "::0"),
        (EventRow(quirks=0x1FFFF), f"4:64+0:0:1460:8192,0:mss:{ALL_QUIRKS}:0"),
        (EventRow(quirks=0xFFFE0000), "4:64+0:0:1460:8192,0:mss::0"),
        (EventRow(source="::1", destination="::2", quirks=32), "6:64+0:0:1460:8192,0:mss:flow:0"),
    ],
)
def test_raw_signature(row: EventRow, text: str) -> None:
    assert raw_signature(row) == text


def test_a_row_of_another_kind_has_none() -> None:
    with pytest.raises(RenderError, match="has no field"):
        raw_signature(EventRow(event=MTU))
