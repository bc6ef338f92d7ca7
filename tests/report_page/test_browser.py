"""Pages in a real browser: they open, sort, filter and export, and ask nobody for anything."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import huginn_cffi as hg
from tests.report_page import samples
from tests.support.sample import sample

pytest.importorskip("pyarrow", reason="the Python package pyarrow is not installed")
pytest.importorskip("jinja2", reason="the Python package jinja2 is not installed")

from huginn_cffi.tools.reporting import report_page

if TYPE_CHECKING:
    from tests.support.browser import Browser

ROWS = "return [...document.querySelectorAll('[data-table=hosts] tbody tr:not([hidden])')]"
TABLE = "document.querySelector('[data-table=hosts]')"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_bytes(report_page(hg.Analyzer(), [sample(), samples.several(), samples.strangers()]))
    return path


@pytest.fixture
def opened(window: Browser, page: Path) -> Browser:
    window.open(page)
    return window


def column(window: Browser, place: int) -> list[str]:
    """The texts of a column of the addresses, as they stand."""
    return window.run(f"{ROWS}.map(row => row.cells[arguments[0]].textContent)", place)  # type: ignore[no-any-return]


def press(window: Browser, place: int, key: str = " ") -> str:
    """Go to the heading of a column and press a key; how the column is sorted then."""
    from selenium.webdriver.common.keys import Keys

    button = window.run(f"return {TABLE}.querySelectorAll('thead button')[arguments[0]]", place)
    window.run("arguments[0].focus()", button)
    window.driver.switch_to.active_element.send_keys(Keys.ENTER if key == "\n" else Keys.SPACE)
    return window.run(f"return {TABLE}.tHead.rows[0].cells[arguments[0]].getAttribute('aria-sort')", place)  # type: ignore[no-any-return]


def write(window: Browser, text: str) -> None:
    """Type into the filter of the addresses."""
    box = window.run("return document.querySelector('[data-filter=hosts]')")
    box.clear()
    box.send_keys(text)


def test_opening_asks_nobody_and_complains_of_nothing(opened: Browser, page: Path) -> None:
    opened.picture(page.with_suffix(".png"))
    assert opened.complaints() == []
    assert opened.requests() == [page.as_uri()]


def test_numbers_are_sorted_as_numbers(opened: Browser) -> None:
    assert press(opened, 5) == "descending"
    down = [int(text) for text in column(opened, 5)]
    assert down == sorted(down, reverse=True)
    assert press(opened, 5, "\n") == "ascending"
    assert [int(text) for text in column(opened, 5)] == down[::-1] == sorted(down)


def test_addresses_are_sorted_by_value(opened: Browser) -> None:
    assert press(opened, 0) == "ascending"
    found = column(opened, 0)
    assert found[:3] == ["192.0.2.1", "192.0.2.2", "192.0.2.3"]
    assert found.index("192.0.2.9") < found.index("192.0.2.10") < found.index("198.51.100.22")
    assert ":" in found[-1]
    sorted_by = opened.run(f"return [...{TABLE}.querySelectorAll('[aria-sort]')].length")
    assert sorted_by == 1, "no other column says that it is sorted"


def test_a_filter_leaves_the_rows_that_hold_all_words(opened: Browser) -> None:
    every = column(opened, 0)
    write(opened, "192.0.2. WINDOWS 2022")
    left = column(opened, 0)
    assert set(left) == {"192.0.2.8", "192.0.2.9", "192.0.2.10"}
    said = opened.run("return document.querySelector('[data-shown=hosts]').textContent")
    assert said == f"3 of {len(every)} rows"
    write(opened, "nothing like this")
    assert column(opened, 0) == []
    write(opened, "")
    assert opened.run("return document.querySelector('[data-filter=hosts]').value") == ""


def test_export_gives_the_rows_that_are_shown_in_their_order(opened: Browser) -> None:
    press(opened, 0)
    press(opened, 0)
    write(opened, "192.0.2. Windows 2022")
    shown = column(opened, 0)
    target = opened.downloads / "hosts.csv"
    opened.run("document.querySelector('[data-export=hosts]').click()")
    opened.wait(target.exists)
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Address"] for row in rows] == shown == ["192.0.2.10", "192.0.2.9", "192.0.2.8"]
    assert rows[1]["Systems (handshakes)"] == "Linux 4.19-6.15 (2); Windows 10, 11, 2019, 2022 or 2025 (1)"
    assert rows[1]["Handshakes"] == "3"
    assert opened.complaints() == []


def test_exported_text_is_no_formula(window: Browser, tmp_path: Path) -> None:
    label = "label = s:unix:-cmd:=1+1\nsig = *:64:0:*:*,7:mss,sok,ts,nop,ws:df,id+:0\n"
    database = hg.Database.compile(text=f"classes = unix\n[tcp:request]\n{label}")
    path = tmp_path / "formula.html"
    path.write_bytes(report_page(hg.Analyzer(database), [samples.many(2)]))
    window.open(path)
    window.run("document.querySelector('[data-export=systems]').click()")
    target = window.downloads / "systems.csv"
    window.wait(target.exists)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("'-cmd =1+1,2,2,0,")


def test_hostile_texts_do_nothing(window: Browser, tmp_path: Path) -> None:
    database = hg.Database.compile(text=samples.HOSTILE_DATABASE)
    capture = tmp_path / samples.HOSTILE.replace("/", "|")
    capture.write_bytes(samples.many(3))
    path = tmp_path / "hostile.html"
    path.write_bytes(report_page(hg.Analyzer(database), [str(capture)], title=samples.HOSTILE))
    window.open(path)
    assert window.run("return [document.images.length, document.scripts.length]") == [0, 3]
    assert window.run("return document.title") == samples.HOSTILE
    assert window.run("return document.querySelector('[data-table=systems] tbody th').textContent") == (
        f"Linux {samples.HOSTILE}</script><b>"
    )
    assert window.complaints() == []
    assert window.requests() == [path.as_uri()]


def ink(window: Browser) -> list[str]:
    """The colour of a chart's axis, and that of the page's text."""
    script = """
    const chart = Chart.getChart('systems-chart'), style = getComputedStyle(document.documentElement);
    return [chart.options.scales.x.ticks.color, style.getPropertyValue('--ink').trim()];
    """
    return window.run(script)  # type: ignore[no-any-return]


def set_scheme(window: Browser, scheme: str) -> None:
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)


def test_charts_follow_the_colour_scheme(opened: Browser) -> None:
    light = ink(opened)
    set_scheme(opened, "dark")
    dark = opened.wait(lambda: (found := ink(opened)) != light and found[0] == found[1] and found)
    assert light[0] == light[1]
    assert dark[0] == "#e4e8ed"


def test_charts_are_drawn(opened: Browser) -> None:
    script = """
    return [...document.querySelectorAll('canvas')].map(canvas => {
      const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      return new Set(new Uint32Array(data.buffer)).size;
    });
    """
    colours = opened.run(script)
    assert len(colours) == 5
    assert all(count > 10 for count in colours), "axes, text and bars"


def test_nothing_is_cut_on_paper(window: Browser, page: Path) -> None:
    """A4 less margins of 10 mm is 718 pixels wide. Charts are drawn before the paper's width is known."""
    window.open(page, width=1300)
    screen = window.run("return document.querySelector('canvas').clientWidth")
    window.run("dispatchEvent(new Event('beforeprint'))")
    right = "[...document.querySelectorAll('{}')].map(one => one.getBoundingClientRect().right)"
    assert 0 < max(window.run(f"return {right.format('canvas')}")) <= 718
    window.run("dispatchEvent(new Event('afterprint'))")
    assert window.run("return document.querySelector('canvas').clientWidth") == screen
    window.open(page, width=718)
    window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    window.run("dispatchEvent(new Event('beforeprint'))")
    every = window.run(f"return {right.format('table, canvas')}")
    assert 0 < max(every) <= window.run("return document.documentElement.clientWidth")
    window.run("dispatchEvent(new Event('afterprint'))")
    window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_print_opens_everything_on_white(window: Browser, page: Path) -> None:
    window.open(page, "dark")
    closed = window.run("return document.querySelectorAll('main details:not([open])').length")
    assert closed > 2
    window.run("dispatchEvent(new Event('beforeprint'))")
    assert window.run("return document.querySelectorAll('main details:not([open])').length") == 0
    assert ink(window) == ["#1c2430", "#1c2430"]
    window.run("dispatchEvent(new Event('afterprint'))")
    assert window.run("return document.querySelectorAll('main details:not([open])').length") == closed
    assert ink(window)[0] == "#e4e8ed"


@pytest.mark.parametrize("width", [320, 390, 800])
def test_a_narrow_window_scrolls_downwards_only(window: Browser, page: Path, width: int) -> None:
    window.open(page, width=width)
    assert window.run("return document.documentElement.scrollWidth <= innerWidth")


def test_the_first_tab_leads_past_the_navigation(opened: Browser) -> None:
    from selenium.webdriver.common.keys import Keys

    opened.run("document.activeElement.blur()")
    opened.driver.find_element("tag name", "body").send_keys(Keys.TAB)
    assert opened.run("return document.activeElement.textContent") == "Skip to the report"
    assert opened.run("return document.activeElement.getBoundingClientRect().left") >= 0, "visible"
    opened.driver.switch_to.active_element.send_keys(Keys.ENTER)
    opened.wait(lambda: opened.run("return document.activeElement.id") == "main")


def nodes(window: Browser) -> list[dict[str, Any]]:
    """What a screen reader is told."""
    window.run("document.querySelectorAll('details').forEach(part => part.open = true)")
    found: list[dict[str, Any]] = window.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    return [node for node in found if not node.get("ignored")]


def test_a_screen_reader_is_told_what_is_what(opened: Browser) -> None:
    press(opened, 0)
    named: dict[str, list[str]] = {}
    for node in nodes(opened):
        role = node.get("role", {}).get("value", "")
        named.setdefault(role, []).append(str(node.get("name", {}).get("value", "")).strip())
    for role in (
        "table",
        "columnheader",
        "rowheader",
        "button",
        "searchbox",
        "image",
        "region",
        "navigation",
    ):
        assert named.get(role), role
        assert all(named[role]), f"each {role} has a name"
    assert any("addresses" in name and "Linux" in name for name in named["image"]), "a chart in words"
    assert named["main"] != []
    assert named.get("status"), "how many rows are left is announced"


def test_sorting_is_told_to_a_screen_reader(opened: Browser) -> None:
    press(opened, 0)
    sorts = [
        opened.run(f"return {TABLE}.tHead.rows[0].cells[0].ariaSort"),
        opened.run(f"return {TABLE}.tHead.rows[0].cells[1].ariaSort"),
    ]
    assert sorts == ["ascending", None]


def test_a_long_page_opens(window: Browser, tmp_path: Path) -> None:
    path = tmp_path / "long.html"
    path.write_bytes(report_page(hg.Analyzer(), [samples.many(20_000)]))
    assert path.stat().st_size < 1_500_000
    window.open(path)
    assert window.run("return document.querySelector('[data-table=hosts]').tBodies[0].rows.length") == 300
    assert window.complaints() == []


_BARS = """
return [...document.querySelectorAll('canvas')].flatMap(canvas => {
  const chart = Chart.getChart(canvas), context = canvas.getContext('2d');
  const pixel = (x, y) => [...context.getImageData(Math.round(x), Math.round(y), 1, 1).data].slice(0, 3);
  const boxes = chart.legend.legendHitBoxes;
  return chart.data.datasets.flatMap((set, at) => chart.getDatasetMeta(at).data
    .map((bar, place) => ({
      chart: canvas.id, series: set.label, place, value: set.data[place],
      bar: pixel(bar.getCenterPoint().x, bar.getCenterPoint().y),
      legend: boxes.length ? pixel(boxes[at].left + 7, boxes[at].top + boxes[at].height / 2) : null,
    })).filter(one => one.value > 0));
});
"""
"""The colours of the pixels in the middle of bars and in the legend."""

_PALETTE = """
const style = getComputedStyle(document.documentElement), canvas = document.createElement('canvas');
const context = canvas.getContext('2d');
return Object.fromEntries([0, 1, 2, 3, 4, 5, 6, '-other', '-unknown', '-client', '-server'].map(name => {
  context.fillStyle = style.getPropertyValue(`--c${name}`);
  context.fillRect(0, 0, 1, 1);
  return [`${name}`, [...context.getImageData(0, 0, 1, 1).data].slice(0, 3)];
}));
"""


def check_bars(window: Browser) -> list[dict[str, Any]]:
    """Every bar has a colour of the palette, and that of the legend."""
    bars, palette = window.run(_BARS), window.run(_PALETTE)
    charts = {"systems-chart", "time-chart", "distance-chart", "link-chart", "tls-chart"}
    assert {one["chart"] for one in bars} == charts
    for one in bars:
        assert one["bar"] in palette.values(), one
        assert one["legend"] in (None, one["bar"]), one
    return bars  # type: ignore[no-any-return]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_have_their_colours_from_the_beginning(window: Browser, page: Path, scheme: str) -> None:
    window.open(page, scheme)
    shown = check_bars(window)
    assert len({str(one["bar"]) for one in shown if one["chart"] == "systems-chart"}) > 4
    window.run("dispatchEvent(new Event('beforeprint'))")
    printed = check_bars(window)
    assert (shown == printed) == (scheme == "light")
    window.run("dispatchEvent(new Event('afterprint'))")
    assert check_bars(window) == shown


def test_a_system_has_one_colour_in_all_charts(opened: Browser) -> None:
    bars = check_bars(opened)
    script = "return Chart.getChart('systems-chart').data.labels"
    systems = opened.run(script)
    by_system = {systems[one["place"]]: one["bar"] for one in bars if one["chart"] == "systems-chart"}
    over_time = {one["series"]: one["bar"] for one in bars if one["chart"] == "time-chart"}
    assert over_time
    assert {name: by_system[name] for name in over_time} == over_time


def test_an_address_is_not_broken(window: Browser, page: Path) -> None:
    window.open(page, width=800)
    script = """
    return [...document.querySelectorAll('[data-table=hosts] tbody th')].map(cell => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return new Set([...range.getClientRects()].map(one => one.top)).size;
    });
    """
    assert set(window.run(script)) == {1}
