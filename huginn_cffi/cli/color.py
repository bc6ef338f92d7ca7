"""Colours text on a terminal."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import IO, TYPE_CHECKING, Any, Literal

from huginn_cffi.cli.parameters import OneOf, option

if TYPE_CHECKING:
    import re

    from huginn_cffi.formats.forms import Sink

Color = Literal["auto", "always", "never"]

BOLD, DIM, RED, GREEN, YELLOW, CYAN = "1", "2", "31", "32", "33", "36"

_RULES: tuple[tuple[str, str], ...] = (
    (r"^\d\d:\d\d:\d\d(?= \[)", DIM),
    (r"(?:^|(?<=^\x1b\[2m\d\d:\d\d:\d\d\x1b\[0m ))\[T(?:CP|LS) [^\]]*\]", f"{BOLD};{CYAN}"),
    (r"(?<=^  (?:OS|Li)[:n](?:     |k:   ))\?\?\?$|(?<=^  Client:  )\?\?\?$", YELLOW),
    (
        r"(?:(?<=^  (?:OS|Ap|Li)[:pn](?:     |:    |k:   ))|(?<=^  Client:  ))(?!\x1b|\?\?\?$).+",
        f"{BOLD};{GREEN}",
    ),
    (r"(?<=^  Uptime: ).+(?=\n  Freq: .*\n  Note:   unreliable)", YELLOW),
    (r"(?<=^  Uptime: )(?!\x1b).+", BOLD),
    (r"^  Note: .*", YELLOW),
    (r"^  (?:Sig|Freq|MTU|Dist|Params|Version|JA4|SNI|Cipher|Group): .*", DIM),
    (r"^(?:Match|Why|As well):", BOLD),
    (r"^  (?: )?(?:differs|no) .*", RED),
    (r"\berror\[[^\]]*\]", f"{BOLD};{RED}"),
    (r"\bwarning\[[^\]]*\]", f"{BOLD};{YELLOW}"),
)


color_option: Any = option("--color", type=OneOf(["auto", "always", "never"]), default="auto")


def is_colored(color: Color, stream: IO[Any] | None) -> bool:
    """Whether to colour the output to `stream`."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream is not None and stream.isatty()


def paint(text: str) -> str:
    """Add colours to whole lines of text; the text stays the same."""
    for pattern, style in _compiled():
        text = pattern.sub(lambda found, style=style: f"\x1b[{style}m{found[0]}\x1b[0m", text)  # type: ignore[misc]
    return text


class PaintedSink:
    """A `Sink` that colours text, whole lines at a time, and passes it to another one."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, data: bytes | memoryview, /) -> object:
        """Colour the text and pass it on."""
        return self._sink.write(paint_bytes(bytes(data)))


def paint_bytes(data: bytes) -> bytes:
    """`paint` for UTF-8; other bytes stay as they are."""
    return paint(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def painted(text: str, color: Color) -> str:
    """`text` for standard output, coloured if `color` says so."""
    return paint(text) if is_colored(color, sys.stdout) else text


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The compiled rules. Compiled on first use, because most output does not go to a terminal."""
    import re

    return tuple((re.compile(pattern, re.MULTILINE), style) for pattern, style in _RULES)
