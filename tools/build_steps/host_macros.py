"""Writes the keys of a host's record, and the words of sources, as macros that the core makes lists of."""

from __future__ import annotations

from sigcompiler.emit_header import BANNER
from sigcompiler.schema.hosts import SOURCE_WORDS, Host
from sigcompiler.schema.objects import keys_of


def hosts_header() -> str:
    """``hg_hosts.h``: X(key) for each key, in order; those that only programs want in their own list.

    X(key) for each number that a host's entry has, and X(NAME, word) for each source that reads packets.
    """
    lines = [BANNER, "#pragma once", ""]
    for name, is_inner in (("HG_HOST_KEYS", False), ("HG_HOST_INNER_KEYS", True)):
        keys = [f"    X({one.name})" for one in keys_of(Host) if one.inner is is_inner]
        lines += [" \\\n".join([f"#define {name}(X)", *keys]), ""]
    plain = [f"    X({one.name})" for one in keys_of(Host) if one.plain]
    lines += [" \\\n".join(["#define HG_PLAIN_HOST_KEYS(X)", *plain]), ""]
    words = [f'    X({name.upper()}, "{word}")' for name, word in SOURCE_WORDS.items()]
    lines += [" \\\n".join(["#define HG_SOURCE_WORDS(X)", *words]), ""]
    return "\n".join([*lines, ""])
