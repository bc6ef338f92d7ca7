"""What hellos of TLS show."""

from __future__ import annotations

from huginn_cffi.hello_totals import Tls
from huginn_cffi.tools.reporting.charts import Chart, Series
from huginn_cffi.tools.reporting.tables import Cell, Column, Table, counted, number, table, text
from sigcompiler.claims.flavors import label_text
from sigcompiler.diagnostics import valid

SHOWN = 200
CHARTED_CLIENTS = 12

WORDS = (
    "Clients by the program or library that their hello belongs to. A client names the server it asks for "
    "itself: such a name proves nothing about where its connection goes, and is not shown."
)


def client_chart(found: Tls) -> Chart:
    """Addresses by client, the commonest; those without a name left out."""
    shown = [(name, hosts) for name, _, hosts, _ in _clients(found) if name][:CHARTED_CLIENTS]
    words = "; ".join(f"{name}: {counted(hosts, 'address')}" for name, hosts in shown)
    series = (Series("addresses", tuple(hosts for _, hosts in shown)),)
    labels = tuple(name for name, _ in shown)
    return Chart("tls-chart", "Addresses by TLS client", words, labels, series, "addresses", across=True)


def client_table(found: Tls) -> Table:
    """One row a client; those without a name by their JA4."""
    clients = _clients(found)
    rows = [
        [text(name or "???"), text(ja4), number(hosts), number(count, found["hellos"]["client"])]
        for name, ja4, hosts, count in clients[:SHOWN]
    ]
    columns = (
        Column("Client"),
        Column("JA4", code=True, hint="of clients without a name"),
        Column("Addresses", numeric=True),
        Column("Hellos", numeric=True),
    )
    return table("tls-clients", "TLS clients by number of addresses", "client", columns, rows, len(clients))


def version_table(found: Tls) -> Table:
    """Versions that clients offer and servers chose, and key shares that resist quantum computers."""
    rows = [
        [
            text(row["role"]),
            text(row["version"]),
            number(row["hosts"]),
            _share(found, row["role"], row["hellos"]),
        ]
        for row in found["versions"][:SHOWN]
    ]
    columns = (
        Column("Role"),
        Column("Version", hint="the newest that a client offers, the one that a server chose"),
        Column("Addresses", numeric=True),
        Column("Hellos", numeric=True),
    )
    return table("tls-versions", "TLS versions", "version", columns, rows, len(found["versions"]))


def post_quantum_table(found: Tls) -> Table:
    """The part of the hellos with a key share that resists quantum computers."""
    rows = [
        [text(role), _share(found, role, count), number(found["hellos"][role])]
        for role, count in found["post_quantum"].items()
    ]
    columns = (
        Column("Role"),
        Column("With a post-quantum key share", numeric=True, hint="hellos"),
        Column("Hellos", numeric=True),
    )
    return table("tls-post-quantum", "Post-quantum key shares", "role", columns, rows)


def old_table(found: Tls) -> Table:
    """Hosts with versions that are forbidden today."""
    rows = [
        [text(row["host"]), text(row["role"]), text(row["version"]), number(row["hellos"])]
        for row in found["old"][:SHOWN]
    ]
    columns = (
        Column("Address", address=True),
        Column("Role"),
        Column("Version"),
        Column("Hellos", numeric=True),
    )
    return table("tls-old", "Old TLS (before TLS 1.2)", "address", columns, rows, len(found["old"]))


def post_quantum_text(found: Tls | None) -> str:
    """``50% of clients' post-quantum``."""
    clients = 0 if found is None else found["hellos"]["client"]
    share = 0.0 if found is None or not clients else found["post_quantum"]["client"] / clients
    return f"{share:.0%} of clients' post-quantum"


def _share(found: Tls, role: str, count: int) -> Cell:
    return number(count, found["hellos"][role])


def _clients(found: Tls) -> list[tuple[str, str, int, int]]:
    """Name, JA4 of those without one, addresses and hellos."""
    return [
        (
            "" if row["name"] is None else valid(label_text(row["name"], row["flavor"])),
            "" if row["name"] is not None else row["ja4"] or "SSL 2.0 format",
            row["hosts"],
            row["hellos"],
        )
        for row in found["clients"]
    ]
