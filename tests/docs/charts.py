"""Charts of the manual. Their numbers come from the table of the page that shows them."""

from __future__ import annotations

import math
import random
import re
from pathlib import Path

from tests.docs.drawing import drawing, path, text

DOCS = Path(__file__).resolve().parents[2] / "docs"
TIMES = "\N{MULTIPLICATION SIGN}"


def table(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, its head included."""
    _, _, rest = (DOCS / page).read_text(encoding="utf-8").partition(f"\n{heading}\n")
    found = re.search(r"(?:^\|.*\n)+", rest, re.MULTILINE)
    assert found is not None, f"{page}: no table under {heading}"
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in found[0].splitlines()]
    return [row for row in rows if not set("".join(row)) <= set("-")]


def floods() -> str:
    """Bars: packets lost at each rate, by program."""
    head, *rows = table("internals/measurements.md", "## Live capture: floods")
    parts = [text(20, 30, "Packets lost in a flood of SYNs, in percent")]
    names = [name.removeprefix("lost, ") for name in head[1:]]
    for number, name in enumerate(names):
        parts.append(f'<rect class="s{number}" x="{20 + 130 * number}" y="44" width="12" height="12"/>')
        parts.append(text(38 + 130 * number, 55, name, "small"))
    y = 84
    for rate, *cells in rows:
        parts.append(text(20, y + 4, rate if rate[0].isalpha() else f"{rate} a second", "small"))
        for number, cell in enumerate(cells):
            percent = float(cell.split(" %")[0])
            bar = max(percent * 3.6, 1)
            parts.append(
                f'<rect class="s{number}" x="190" y="{y - 8 + 18 * number}" width="{bar:g}" height="14"/>'
            )
            parts.append(text(196 + bar, y + 4 + 18 * number, f"{percent:g}", "small"))
        y += 74
    return drawing(600, y - 10, parts)


def ratios() -> str:
    """Bars on a logarithmic scale: how many times as fast as others."""
    peers = ("p0f", "huginn-net-tcp")
    parts = [text(20, 30, "Times as fast as others, on one core")]
    for number, name in enumerate(peers):
        parts.append(f'<rect class="s{number}" x="{20 + 80 * number}" y="44" width="12" height="12"/>')
        parts.append(text(38 + 80 * number, 55, name, "small"))
    y, label = 70, ""
    for row in table("internals/speed.md", "## Results"):
        label = row[0] or label
        found = re.findall(rf"([\d.,]+) {TIMES} (p0f|huginn-net-tcp)(?=[ ,]|$)", row[2])
        for times, peer in found:
            if row[0] and times == found[0][0]:
                y += 16
                parts.append(text(20, y + 11, label.split(", 556")[0], "small"))
            width = 110 * math.log10(float(times.replace(",", "")))
            parts.append(
                f'<rect class="s{peers.index(peer)}" x="330" y="{y}" width="{width:.1f}" height="14"/>'
            )
            parts.append(text(336 + width, y + 12, times, "small"))
            y += 18
    return drawing(600, y + 16, parts)


PANEL, HIGH = 190, 130
"""Width of a panel with its margins; height of its axis."""


def growth() -> str:
    """Small curves beside each other: the cost of a packet as one thing grows, from few to many."""
    curves = {name: _points(cells) for name, *cells in table("internals/speed.md", "### As things grow")[1:]}
    parts = [text(20, 30, "Nanoseconds of processor time a packet, as one thing grows")]
    for number, (name, points) in enumerate(curves.items()):
        left, top = 50 + PANEL * (number % 3), 64 + (HIGH + 74) * (number // 3)
        parts += _panel(left, top, name, points)
    rows = -(-len(curves) // 3)
    return drawing(40 + PANEL * 3, 50 + (HIGH + 74) * rows, parts)


def _points(cells: list[str]) -> list[tuple[str, float]]:
    """Each ``SIZE: NANOSECONDS``; long sizes as powers of a thousand."""
    pairs = (cell.split(": ") for cell in cells if cell)
    return [(size.replace(",000,000", " M").replace(",000", " k"), float(spent)) for size, spent in pairs]


def _panel(left: int, top: int, name: str, points: list[tuple[str, float]]) -> list[str]:
    """One curve. Its axis begins at zero, and its sizes stand at equal steps."""
    most = max(spent for _, spent in points)
    step, bottom = (PANEL - 60) / max(len(points) - 1, 1), top + HIGH
    at = [
        (left + step * place, bottom - spent / most * (HIGH - 36)) for place, (_, spent) in enumerate(points)
    ]
    parts = [text(left, top, name, "small"), path("grid", f"{left} {bottom}h{PANEL - 60}")]
    parts.append(path("curve", "L".join(f"{x:.0f} {y:.0f}" for x, y in at)))
    for (x, y), (size, spent) in zip(at, points, strict=True):
        parts.append(f'<circle class="s0" cx="{x:.0f}" cy="{y:.0f}" r="3"/>')
        parts.append(text(round(x), round(y) - 8, f"{spent:g}", "small middle"))
        parts.append(text(round(x), bottom + 18, size, "small middle"))
    return parts


SYSTEMS, SECONDS, CONNECTIONS = 3, 10, 40
LOWEST, HIGHEST = 35_000, 60_000
"""Ends of the axis; the ports in the picture lie between them."""


def neighbours() -> list[list[tuple[float, int, int]]]:
    """Connections of equal Linux systems to one port: when, to which end, from which port."""
    from tests.support.linux_ports import Linux, by_chance

    chance = random.Random(4)
    return [[*Linux(chance).connections(by_chance(chance, SECONDS, CONNECTIONS))] for _ in range(SYSTEMS)]


def witnesses() -> str:
    """Dots: the source ports of the systems behind one address, as their SYNs come."""
    parts = [text(20, 30, "Source ports of SYNs from one address, in ten seconds")]
    left, top, wide, high = 70, 56, 500, 240
    for port in range(LOWEST, HIGHEST + 1, 5000):
        y = top + high - (port - LOWEST) / (HIGHEST - LOWEST) * high
        parts += [
            path("grid", f"{left} {y:.0f}h{wide}"),
            text(left - 8, round(y) + 4, str(port), "small end"),
        ]
    for number, sent in enumerate(neighbours()):
        for at, _, port in sent:
            x, y = left + at / SECONDS * wide, top + high - (port - LOWEST) / (HIGHEST - LOWEST) * high
            parts.append(f'<circle class="s{number}" cx="{x:.0f}" cy="{y:.0f}" r="3"/>')
        parts.append(
            f'<circle class="s{number}" cx="{left + 6 + 120 * number}" cy="{top + high + 40}" r="4"/>'
        )
        parts.append(text(left + 16 + 120 * number, top + high + 44, f"system {number + 1}", "small"))
    for second in range(0, SECONDS + 1, 2):
        parts.append(text(left + second / SECONDS * wide, top + high + 20, f"{second} s", "small middle"))
    return drawing(600, top + high + 64, parts)
