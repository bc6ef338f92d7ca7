"""Wireshark's packet list of the annotated sample, drawn from the columns that tshark prints.

Rows have the colours of the page's colouring rules.
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import huginn_cffi as hg
from huginn_cffi.applications.annotating import annotate

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = (
    *(("No.", "%m", 40), ("Time", "%t", 70), ("Source", "%s", 225), ("Destination", "%d", 225)),
    *(("Protocol", "%p", 62), ("Comment", "%Cus:frame.comment:0:R", 418)),
)
SHOWN = 19
ROW = 20
RULE = re.compile(r"^@([^@]+)@([^@]+)@\[([\d,]+)\]\[0,0,0\]$", re.MULTILINE)

STYLE = """<style>
  text { font: 12px sans-serif; fill: #1b1f24 }
  .ground { fill: #ffffff } .head { fill: #e6eaee } .line { stroke: #b8c2cc; fill: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6e8eb } .ground { fill: #16191d } .head { fill: #2b333c } .line { stroke: #4a5663 }
  }
  .ruled { fill: #000000 }
</style>"""


def packet_list() -> str:
    """The drawing. Without tshark: `FileNotFoundError`."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "annotated.pcapng"
        copy.write_bytes(_annotated())
        rows = _rows(copy)
        colours = _colours(copy)
    width, height = sum(wide for _, _, wide in COLUMNS), ROW * (1 + len(rows)) + 4
    parts = [f'<rect class="head" width="{width}" height="{ROW + 2}"/>']
    parts += _cells([title for title, _, _ in COLUMNS], 0, "")
    for at, row in enumerate(rows, 1):
        colour = colours.get(row[0])
        if colour:
            parts.append(f'<rect y="{ROW * at + 2}" width="{width}" height="{ROW}" fill="{colour}"/>')
        parts += _cells(row, at, ' class="ruled"' if colour else "")
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    frame = f'<rect class="line" x=".5" y=".5" width="{width - 1}" height="{height - 1}"/>'
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{STYLE}\n'
        f'<rect class="ground" width="{width}" height="{height}"/>\n{body}\n{frame}\n</svg>\n'
    )


def _cells(cells: list[str], row: int, kind: str) -> list[str]:
    """Texts of a row, each cut where its column ends."""
    found, x = [], 0
    for cell, (_, _, width) in zip(cells, COLUMNS, strict=True):
        if cell:
            box = f'x="{x}" y="{ROW * row + 2}" width="{width - 4}" height="{ROW}"'
            found.append(f'<svg {box}><text x="6" y="14"{kind}>{escape(cell[:100])}</text></svg>')
        x += width
    return found


def _annotated() -> bytes:
    out = io.BytesIO()
    annotate(hg.Analyzer(), ROOT / "examples" / "sample.pcap", out)
    return out.getvalue()


def _tshark(copy: Path, *options: str) -> list[str]:
    """Lines, with names of addresses; the second of two passes knows them all, as the window does."""
    command = ("tshark", "-r", copy, "-N", "n", "-2", *options)
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def _rows(copy: Path) -> list[list[str]]:
    columns = ",".join(f'"{title}","{form}"' for title, form, _ in COLUMNS)
    lines = _tshark(copy, "-T", "tabs", "-o", f"gui.column.format:{columns}")
    return [[cell.strip() for cell in line.replace("\t→\t", "\t").split("\t")] for line in lines][:SHOWN]


def _colours(copy: Path) -> dict[str, str]:
    """By number of a packet: the colour of the first rule that fits."""
    found: dict[str, str] = {}
    for _, wanted, colour in RULE.findall(
        (ROOT / "docs" / "reference" / "wireshark.md").read_text(encoding="utf-8")
    ):
        red, green, blue = (int(part) >> 8 for part in colour.split(","))
        for number in _tshark(copy, "-Y", wanted, "-T", "fields", "-e", "frame.number"):
            found.setdefault(number, f"#{red:02x}{green:02x}{blue:02x}")
    return found
