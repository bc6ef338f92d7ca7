"""Diagrams of the manual: boxes and arrows."""

from __future__ import annotations

from tests.docs.drawing import TIP, arrow, drawing, text


def lookup() -> str:
    """A ladder: how the decision table names a packet, step by step."""
    steps = [
        ("TCP options", "of the SYN or SYN+ACK", ""),
        ("template", "value and mask over the header's last 32 bytes;", "what fits none goes byte by byte"),
        ("layout", "the order of the options;", "unknown: no match"),
        ("base", "key: layout, hard quirks, direction, IP version, payload, olen;", "none: no match"),
        ("shapes", "which of MSS, window and scale are given;", "the best first, hopeless ones left out"),
        ("entry", "key: shape, MSS, window, scale;", "one probe for each shape"),
        ("members", "priority, initial TTL, soft quirks, flags;", "many are ranges of TTLs"),
        ("grade", "the least is the answer", ""),
    ]
    parts = [TIP]
    for number, (name, *words) in enumerate(steps):
        y = 20 + 58 * number
        parts.append(f'<rect class="box" x="20" y="{y}" width="130" height="36" rx="6"/>')
        parts.append(text(85, y + 23, name, "middle"))
        for line, one in enumerate(filter(None, words)):
            parts.append(text(170, y + 15 + 16 * line, one, "small"))
        if number:
            parts.append(arrow(f"85 {y - 22}v20"))
    return drawing(560, 20 + 58 * len(steps), parts)


def flow() -> str:
    """Boxes: the path from bytes and signatures to results."""
    parts = [TIP]

    def box(x: int, y: int, name: str, words: str) -> None:
        parts.append(f'<rect class="box" x="{x}" y="{y}" width="230" height="46" rx="6"/>')
        parts.append(text(x + 115, y + 20, name, "middle"))
        parts.append(text(x + 115, y + 37, words, "small middle"))

    left = [
        ("signature files", "p0f's format, .fp"),
        ("model", "every value with its place"),
        ("lint", "all problems in one run"),
        ("decision table", "built in, or an .hgdb file"),
    ]
    right = [
        ("bytes", "file, interface, memory"),
        ("packets", "link, tunnel, IP, TCP, UDP"),
        ("observation", "the fields of a signature"),
        ("match", "specific, generic, fuzzy"),
        ("conversation", "flows, clocks, hellos, heads"),
        ("batch", "columns, one row an event"),
        ("results", "typed objects, Arrow, text, JSON"),
    ]
    for x, column in ((30, left), (350, right)):
        for number, (name, words) in enumerate(column):
            box(x, 20 + 70 * number, name, words)
            if number:
                parts.append(arrow(f"{x + 115} {20 + 70 * number - 24}v22"))
    parts.append(arrow("260 253h88"))
    return drawing(610, 20 + 70 * len(right), parts)


def rooms() -> str:
    """Rows of boxes: the rooms of the core in the order in which a packet passes them."""
    rows = [
        ("bytes", "source", "packet", "filter"),
        ("connections", "flow", "conversations", "blocks"),
        ("readers", "tcp, tls, http, ssh", "announcements", "industrial"),
        ("names", "database", "names", "rows"),
        ("hosts", "stations, hosts", "devices, handshakes", "systems, sightings"),
        ("findings", "attacks, uses", "news, claims, views", "findings, statements"),
        ("output", "records", "summary, run", "output"),
    ]
    parts = [TIP]
    for number, (name, *boxes) in enumerate(rows):
        y = 20 + 58 * number
        parts.append(text(20, y + 23, name))
        for column, words in enumerate(boxes):
            x = 130 + 180 * column
            parts.append(f'<rect class="box" x="{x}" y="{y}" width="150" height="36" rx="6"/>')
            parts.append(text(x + 75, y + 23, words, "small middle"))
            if column:
                parts.append(arrow(f"{x - 30} {y + 18}h28"))
        if number:
            parts.append(arrow(f"565 {y - 22}v11H205v9"))
    return drawing(660, 20 + 58 * len(rows), parts)
