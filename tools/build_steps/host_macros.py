"""Writes the keys of a host's record, and the words of sources, as macros that the core makes lists of."""

from __future__ import annotations

from sigcompiler.emit_header import BANNER
from sigcompiler.schema.hosts import SOURCE_WORDS, Host
from sigcompiler.schema.objects import keys_of
from tools.build_steps.record_macros import listed


def hosts_header() -> str:
    """``hg_hosts.h``: X(key) for each key, in order; those that only programs want in their own list.

    X(key) for each number that a host's entry has, and X(NAME, word) for each source that reads packets.
    """
    keys = keys_of(Host)
    lists = (
        listed("HOST_KEYS(X)", (f"X({one.name})" for one in keys if not one.inner)),
        listed("HOST_INNER_KEYS(X)", (f"X({one.name})" for one in keys if one.inner)),
        listed("PLAIN_HOST_KEYS(X)", (f"X({one.name})" for one in keys if one.plain)),
        listed("SOURCE_WORDS(X)", (f'X({name.upper()}, "{word}")' for name, word in SOURCE_WORDS.items())),
    )
    return "\n".join((BANNER, "#pragma once", "", *(f"{one}\n" for one in lists), ""))
