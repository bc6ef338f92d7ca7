"""The screen of ``huginn top``, built with Textual, which handles terminals and NO_COLOR. Fits 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import DataTable, Footer, Input, Static

from huginn_cffi.base.errors import HuginnError
from huginn_cffi.base.times import moment_text
from huginn_cffi.cli.top.feeds import Feed, HostRow
from sigcompiler.diagnostics import visible

TICK_S = 0.5
SHOWN = 200
"""Number of rows in the table, the first in the current order. Other hosts are only counted."""
LEAST_WIDTH = 80
COLUMNS = (
    ("Host", 17, 3),
    ("System", 18, 4),
    ("Sure", 4, 0),
    ("Programs", 10, 3),
    ("TCP", 5, 0),
    ("Last", 11, 0),
)
"""Titles, widths (for 80 columns, with blanks and a scroll bar), and tenths of any additional width."""
MOST_HOST = 39
"""Most width that an IPv6 address needs."""
SORTS = (
    ("last", "last_seen", True),
    ("packets", "packets", True),
    ("system", "system", False),
    ("sure", "sure", True),
    ("host", "ip", False),
)
"""Sort orders: name on the screen, attribute of a row, and whether the largest comes first."""
MOST_ROWS = 1_000_000


def widths(whole: int) -> list[int]:
    """The widths of the columns on a screen of this width."""
    spare = max(0, whole - LEAST_WIDTH)
    found = [least + spare * tenths // 10 for _, least, tenths in COLUMNS]
    beyond = max(0, found[0] - MOST_HOST)
    return [found[0] - beyond, found[1] + beyond, *found[2:]]


class Words(ModalScreen[None]):
    """A screen of lines over the table."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss", "Back")]

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self.lines = lines

    def compose(self) -> ComposeResult:
        """The lines as plain text, without markup."""
        with VerticalScroll():
            yield Static(Text("\n".join(map(visible, self.lines))), id="words")
        yield Footer()


class HostsApp(App[None]):
    """The table of hosts."""

    TITLE = "huginn"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #status { height: 1; }
    #filter { display: none; height: 3; }
    #filter.shown { display: block; }
    DataTable { height: 1fr; }
    Words { background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quit", "Quit"),
        Binding("s", "sort", "Sort"),
        Binding("r", "reverse", "Reverse"),
        Binding("slash", "filter", "Filter"),
        Binding("f", "findings", "Findings"),
        Binding("escape", "unfilter", "All", show=False),
    ]

    def __init__(self, feed: Feed, name: str) -> None:
        super().__init__()
        self._feed, self._subject = feed, visible(name)
        self._rows: dict[str, HostRow] = {}
        self._sort, self._reversed, self._wanted = 0, False, ""
        self._problem = ""
        self._widths: list[int] = []

    def compose(self) -> ComposeResult:
        """The status line, the filter's input (hidden at first), the table, the keys."""
        yield Static(id="status", markup=False)
        yield Input(placeholder="part of an address, system or program", id="filter")
        yield DataTable[Text](cursor_type="row", zebra_stripes=False)
        yield Footer()

    def on_mount(self) -> None:
        """Start polling for hosts."""
        table = self._table
        table.focus()
        self.set_interval(TICK_S, self._tick)
        self._tick()

    def on_resize(self) -> None:
        """Adapt the columns to the new width."""
        if self.screen_stack and self.screen_stack[0].query(DataTable):
            self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while the user types."""
        self._wanted = event.value.lower()
        self._show()

    def on_input_submitted(self) -> None:
        """Return to the table; the filter stays."""
        self._table.focus()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Show one host with its evidence."""
        ip = event.row_key.value
        if ip is not None:
            try:
                lines = self._feed.detail(ip)
            except HuginnError as error:
                lines = [str(error)]
            self.push_screen(Words(lines))

    def action_sort(self) -> None:
        """Sort by the next column."""
        self._sort = (self._sort + 1) % len(SORTS)
        self._show_first()

    def action_reverse(self) -> None:
        """Reverse the order."""
        self._reversed = not self._reversed
        self._show_first()

    def action_filter(self) -> None:
        """Show the input for the filter."""
        self.query_one(Input).add_class("shown")
        self.query_one(Input).focus()

    def action_unfilter(self) -> None:
        """Show all hosts again."""
        self.query_one(Input).value = ""
        self.query_one(Input).remove_class("shown")
        self._table.focus()

    def action_findings(self) -> None:
        """Show the findings."""
        self.push_screen(Words(self._feed.findings()))

    @property
    def _table(self) -> DataTable[Text]:
        return self.screen_stack[0].query_one(DataTable)

    def _tick(self) -> None:
        if not self.screen_stack or not self.screen_stack[0].query(DataTable):
            return  # the app is ending
        try:
            new = self._feed.poll()
        except HuginnError as error:
            new, self._problem = [], str(error)
        for row in new:
            self._rows.pop(row.ip, None)
            self._rows[row.ip] = row
            if len(self._rows) > MOST_ROWS:
                del self._rows[next(iter(self._rows))]  # the least recently changed host
        self._show() if new else self._show_status()

    def _show_status(self, found: int | None = None) -> None:
        order = SORTS[self._sort][0] + (" reversed" if self._reversed else "")
        picked = f" ({found} fit)" if self._wanted and found is not None else ""
        local = sum(row.is_local for row in self._rows.values())
        count = f"{len(self._rows)} hosts, {local} of them local"
        words = f"{self._subject}: {count}{picked}, by {order}; "
        words += visible(self._problem or self._feed.status)
        self.screen_stack[0].query_one("#status", Static).update(words.rstrip("; "))

    def _show_first(self) -> None:
        """Show the table from its first row, after a change of order."""
        self._show()
        self._table.move_cursor(row=0)

    def _show(self) -> None:
        """Fill the table again; the cursor stays on its host."""
        table, rows = self._table, self._ordered()
        at = table.cursor_row
        before = table.ordered_rows[at].key.value if 0 <= at < table.row_count else None
        table.clear(columns=self._widths != (wanted := widths(self.size.width)))
        if self._widths != wanted:
            self._widths = wanted
            for (title, *_), width in zip(COLUMNS, wanted, strict=True):
                table.add_column(title, width=width, key=title)
        for row in rows[:SHOWN]:
            table.add_row(*map(_cell, _cells(row)), key=row.ip)
        if before in {row.ip for row in rows[:SHOWN]}:
            table.move_cursor(row=table.get_row_index(str(before)))
        self._show_status(len(rows))

    def _ordered(self) -> list[HostRow]:
        rows = [
            row
            for row in self._rows.values()
            if not self._wanted or self._wanted in f"{row.ip} {row.system} {row.apps}".lower()
        ]
        _, key, largest_first = SORTS[self._sort]
        rows.sort(key=attrgetter(key), reverse=largest_first is not self._reversed)
        rows.sort(key=lambda row: not row.is_local)
        return rows


def _cells(row: HostRow) -> tuple[str, ...]:
    sure = f"{row.sure} %" if row.sure else ""
    return (
        row.ip,
        row.system,
        sure,
        row.apps,
        str(row.packets),
        moment_text(row.last_seen)[5:16].replace("T", " "),
    )


def _cell(text: str) -> Text:
    return Text(visible(text), no_wrap=True, overflow="ellipsis")
