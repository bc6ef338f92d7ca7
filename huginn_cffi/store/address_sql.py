"""Addresses as text by SQL alone, so that views work in every program that reads SQLite."""

from __future__ import annotations

_DIGITS = "'0123456789ABCDEF'"
IPV4_LENGTHS = (4, 36)
"""Bytes of a key with an IPv4 address, the second one of a host in a tunnel, whose digest follows."""
MAC_LENGTH = 8
"""Bytes of the key of a device without an address: ``ffff``, as no host's address begins, and its MAC."""
GROUPS = 8
"""Groups of an IPv6 address."""


def address_text(column: str) -> str:
    """An expression for the text (RFC 5952) of the address in a column of keys, NULL if there is none."""
    return (
        f"CASE WHEN length({column}) IN {IPV4_LENGTHS} THEN {_ipv4(column)} "
        f"WHEN length({column}) != {MAC_LENGTH} THEN {_ipv6(column)} END"
    )


def _ipv4(column: str) -> str:
    def digit(place: int) -> str:
        return f"(instr({_DIGITS}, substr(hex({column}), {place}, 1)) - 1)"

    return " || '.' || ".join(f"({digit(place)} * 16 + {digit(place + 1)})" for place in (1, 3, 5, 7))


def _ipv6(column: str) -> str:
    """The first of the longest runs of zeros becomes ``::``; `text` has a colon at both ends."""
    groups = " || ':' || ".join(
        f"coalesce(nullif(ltrim(lower(substr(hex({column}), {4 * at + 1}, 4)), '0'), ''), '0')"
        for at in range(GROUPS)
    )
    runs = (":0" * length + ":" for length in range(GROUPS, 1, -1))
    cases = " ".join(
        f"WHEN instr(text, '{run}') THEN trim(substr(text, 1, instr(text, '{run}') - 1), ':')"
        f" || '::' || trim(substr(text, instr(text, '{run}') + {len(run)}), ':')"
        for run in runs
    )
    return f"(SELECT CASE {cases} ELSE trim(text, ':') END FROM (SELECT ':' || {groups} || ':' AS text))"
