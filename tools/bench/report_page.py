"""How large the page is and how soon it can be read.

    python -m tools.bench.report_page --events 1000000            a generated capture
    python -m tools.bench.report_page CAPTURE...                  captures

Loads the page several times and prints the median: first paint, tables made
(they can be sorted), all charts drawn, and a sort and a filter of the longest table until
the next frame is painted. With --pictures FOLDER the page is saved light, dark and narrow.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import huginn_cffi as hg
from huginn_cffi.applications.reporting import report_page
from tests.support.browser import Browser, browser
from tools.bench import traffic
from tools.bench.signatures import tcp_signatures

DEFAULT = sorted(map(str, (Path(hg.__file__).parent / "data").glob("*.fp")))
DISTINCT = 2000

_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
_TIMES = f"""
const marks = ['tables-work', 'charts-drawn'].map((name) => performance.getEntriesByName(name)[0].startTime);
return [{_PAINTED}, ...marks];
"""
_LONGEST = (
    "[...document.querySelectorAll('table[data-table]')].sort((a, b) => b.rows.length - a.rows.length)[0]"
)
_ACTION = """
const done = arguments[0], began = performance.now(), table = %s;
%s
requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
"""
_SORT = "table.tHead.querySelector('button').click();"
_FILTER = (
    "const box = document.querySelector(`[data-filter=${table.dataset.table}]`);"
    "box.value = '9'; box.dispatchEvent(new Event('input')); document.body.offsetHeight;"
)


def generated(events: int) -> Iterator[bytes]:
    """Two thirds of the events are of SYNs, each from its own address; the rest of conversations."""
    syns = traffic.syns(tcp_signatures(paths=DEFAULT), events // 3, distinct=DISTINCT, seed=1)
    # A conversation of 25 packets shows five things or six, a SYN two.
    conversations = traffic.mixed(events * 5 // 3, concurrent=400, seed=2)
    return traffic.pcap_records(chain(syns, conversations))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("captures", nargs="*")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        captures = options.captures
        if not captures:
            path = folder / "generated.pcap"
            with path.open("wb") as file:
                file.writelines(generated(options.events))
            captures = [str(path)]
        page = made(captures, folder)
        with browser(folder) as window:
            loaded(window, page, options.rounds)
            if options.pictures:
                pictures(window, page, options.pictures)


def made(captures: list[str], folder: Path) -> Path:
    """Make the page and say what it took."""
    analyzer = hg.Analyzer()
    began = time.process_time()
    page = report_page(analyzer, captures, on_error=lambda _: None)
    took = time.process_time() - began
    stats = analyzer.stats
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"captures   {len(captures)}, {stats.packets:,} packets, {stats.events:,} events")
    print(f"making     {took:.1f} s of processor time, {peak} MiB at most")
    print(f"page       {len(page) / 1000:,.0f} kB")
    path = folder / "report.html"
    path.write_bytes(page)
    return path


def loaded(window: Browser, page: Path, rounds: int) -> None:
    """Load the page several times and print medians in ms."""
    names = ("first paint", "tables work", "charts drawn", "sort", "filter")
    found: list[list[float]] = []
    for _ in range(rounds):
        window.open(page)
        times = window.run(_TIMES)
        for action in (_SORT, _FILTER):
            times.append(window.driver.execute_async_script(_ACTION % (_LONGEST, action)))
        found.append(times)
    for name, values in zip(names, zip(*found, strict=True), strict=True):
        print(f"{name:<13}{statistics.median(values):5.0f} ms   ({min(values):.0f} to {max(values):.0f})")


def pictures(window: Browser, page: Path, folder: Path) -> None:
    """Save what the page looks like."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, scheme, width in (("light", "light", 1300), ("dark", "dark", 1300), ("narrow", "light", 390)):
        window.open(page, scheme, width)
        window.picture(folder / f"{name}.png")


if __name__ == "__main__":
    main()
