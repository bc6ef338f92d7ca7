"""Headers of answers, by the rules and examples of RFC 9651."""

from __future__ import annotations

import pytest

from huginn_cffi.base.structured_fields import decimal, string
from huginn_cffi.claims.judging import ClientClaim
from huginn_cffi.sockets.questions import NAMES, headers_of


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Linux", '"Linux"'),
        ('a "quoted" \\ text', '"a \\"quoted\\" \\\\ text"'),
        ("füü", '%"f%c3%bc%c3%bc"'),
        ("a\nb", '%"a%0ab"'),
        ('%"é', '%"%25%22%c3%a9"'),
        ("\x7f", '%"%7f"'),
        ("\ud800", '%"?"'),
    ],
)
def test_strings(text: str, field: str) -> None:
    assert string(text) == field


@pytest.mark.parametrize(
    ("value", "field"), [(1.0, "1.0"), (0.988, "0.988"), (0.5, "0.5"), (0.0, "0.0"), (0.12345, "0.123")]
)
def test_decimals(value: float, field: str) -> None:
    assert decimal(value) == field


def test_what_is_not_known_has_no_header() -> None:
    answer = dict.fromkeys(
        ("os", "os_confidence", "client", "ja4", "ja4_stable", "transport", "reason", "tool")
    )
    answer |= {"status": "not_seen", "verdict": "not_checked", "claim": ClientClaim(), "reason": ""}
    assert headers_of(answer) == {
        "Huginn-Status": "not_seen",
        "Huginn-Verdict": "not_checked",
        "Huginn-Claim": '""',
    }
    assert len(NAMES) == 11
