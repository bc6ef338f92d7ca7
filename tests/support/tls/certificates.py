"""Certificates and how long they last."""

from __future__ import annotations

import datetime

from tests.support.tls.certificate_model import certificate, general

NOW = datetime.datetime(2001, 9, 9, 1, 46, 40)
"""When the packets of a connection are captured."""


def lasting(before_days: float, after_days: float) -> bytes:
    """A certificate valid from so many days before the capture to so many after it."""
    begin, end = (NOW + datetime.timedelta(days=days) for days in (-before_days, after_days))
    return certificate(
        not_before=general(f"{begin:%Y%m%d%H%M%SZ}"), not_after=general(f"{end:%Y%m%d%H%M%SZ}")
    )
