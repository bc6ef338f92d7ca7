"""Forms of messages: which texts and sizes each receiver takes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_ALWAYS = str.maketrans({"@": "(at)", "\N{FULLWIDTH COMMERCIAL AT}": "(at)", "\\": "/"})
_MARKUP = _ALWAYS | str.maketrans(
    "[]*`~|#", "()\N{ASTERISK OPERATOR}'\N{TILDE OPERATOR}\N{BROKEN BAR}\N{MUSIC SHARP SIGN}"
)


class _Form(NamedTuple):
    most: int | None = None
    """Bytes of a text that the receiver takes; where it counts characters, they are not more."""
    replaced: Mapping[int, str | int] = _ALWAYS
    """Characters of its markup in texts of devices, and others for them."""
    has_title: bool = True
    """Whether a title is sent beside the text."""


_FORMS = {
    "mail": _Form(),
    "json": _Form(),
    "ntfy": _Form(4096),
    "slack": _Form(3900, _MARKUP, has_title=False),
    "discord": _Form(2000, _MARKUP | str.maketrans({"<": "(", ">": ")"}), has_title=False),
    "teams": _Form(20_000),  # in a block without markup
}
_SLACK = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
WEBHOOK_FORMS = tuple(name for name in _FORMS if name != "mail")
_LINK = re.compile("(?<=[^\\W_])[.\u3002\uff0e\uff61](?=[^\\W\\d_]{2})")
"""A dot as between the labels of a domain, not as in 10.0.19045."""
LONGEST = 256
"""Most characters of one value."""


def plain(text: str) -> str:
    """One line without control characters and others that change the order of a line."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text[:LONGEST])


def harmless(text: str, form: str) -> str:
    """A text that a device may have chosen: `plain`, and without what receivers of this form interpret.

    These are encoded words of mail headers (RFC 2047), links, mentions, and the markup of chats.
    """
    shown = plain(text).translate(_FORMS[form].replaced).replace("://", ": //").replace("=?", "= ?")
    return _LINK.sub("(.)", shown)


def fitting(title: str, lines: Sequence[str], end: Sequence[str], form: str) -> str:
    """A text of these lines and this end, with as many of the lines as the form takes."""
    most, _, has_title = _FORMS[form]
    parts = [*([] if has_title else [title]), *lines]
    last = [*end]
    if form == "slack":
        parts, last = ([one.translate(_SLACK) for one in some] for some in (parts, last))
    for number in range(max(1, len(parts)), 0, -1):
        left = len(parts) - number
        note = [f"... and {left} more lines"] * (left > 0)
        text = "\n".join([*parts[:number], *note, *last]) + "\n"
        if most is None or len(text.encode()) <= most:
            return text
    return text.encode()[:most].decode(errors="ignore")
