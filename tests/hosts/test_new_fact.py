"""A property and a finding of hosts take the files that the manual names: a copy of the project has both."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.hosts.test_each_finding import RAW_IP
from tests.support.builds import once, quick_build
from tests.support.captures import pcap
from tests.support.packets import LINUX_OPTIONS, Ip4, Tcp, packet

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("csrc", "huginn_cffi", "sigcompiler", "tools", "pyproject.toml", "README.md", "examples")
MINUTES = 60
HOST, OTHER = "192.0.2.1", "192.0.2.2"

pytestmark = pytest.mark.builds

FACT = """\
/* windows.c - the largest window of a host's SYNs. */
#include "records/write.h"
#include "hosts/fact.h"

static uint32_t largest(const hg_host_view *view)
{
    const uint32_t *found = hg_fact_read(view->hosts, view->host, HG_FACT_windows);
    return found == NULL ? 0 : *found;
}

HG_HOST_VALUE(largest_window, u64, largest(view))

static void put(hg_writer *to, const hg_host_view *view)
{
    if (largest(view) != 0)
        hg_write_u64(to, largest(view));
}

static void text(hg_writer *to, const hg_host_view *view)
{
    hg_host_write_line(to, view, "  Window: ", put);
}

static void take(hg_host_event *row)
{
    uint32_t *found = hg_fact_take(row->hosts, row->host, HG_FACT_windows);
    const uint32_t size = row->batch->columns.tcp.wsize[row->of.at];
    if (found != NULL && size > *found)
        *found = size;
    if (size < 10)
        hg_host_add_findings(row->hosts, row->index, row->of.index, UINT64_C(1) << HG_FINDING_TINY_WINDOW);
}

const hg_fact hg_fact_windows = {
    .bytes = sizeof(uint32_t), .events = UINT64_C(1) << HG_EVENT_SYN, .on = take, .write = text};
"""
KEY = "Host,largest_window,count,largest window of its SYNs,,,,latest,,,,,,,host.largest_window\n"
FINDING = "tiny_window,check,,,,,,sent SYNs with a tiny window,,the window of its SYNs is below 10 bytes\n"
CHANGED = {
    "csrc/hosts/fact.h": ("X(reports)", "X(reports) X(windows)"),
    "sigcompiler/schema/hosts.csv": ("Host,language,", f"{KEY}Host,language,"),
    "sigcompiler/schema/findings.csv": ("\nold_tls,", f"\n{FINDING}old_tls,"),
}
"""Texts of files, and their replacements. The finding stands where its neighbours' bits would move."""


@pytest.fixture(scope="module")
def changed() -> Path:
    return once("new-fact", build)


def build(root: Path) -> None:
    skip = shutil.ignore_patterns("*.so", "__pycache__")
    for name in (*COPIED, *(path.name for path in ROOT.glob("LICENSE-*"))):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=skip)
        else:
            shutil.copy(ROOT / name, root / name)
    (root / "csrc" / "systems" / "windows.c").write_text(FACT, encoding="utf-8")
    for name, (before, after) in CHANGED.items():
        text = (root / name).read_text(encoding="utf-8")
        assert text.count(before) == 1, name
        (root / name).write_text(text.replace(before, after), encoding="utf-8")
    command = [sys.executable, "-c", "import setuptools; setuptools.setup()", "-q", "build_ext", "--inplace"]
    variables = os.environ | quick_build(root)
    done = subprocess.run(
        command, cwd=root, env=variables, capture_output=True, text=True, timeout=10 * MINUTES
    )
    assert done.returncode == 0, done.stderr[-2000:]


def run(root: Path, capture: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "huginn_cffi", *arguments, str(capture)],
        cwd=capture.parent,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=MINUTES,
        check=True,
    )
    return done.stdout


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    """Two SYNs of one host, and one of another."""
    syns = [(HOST, 64240), (HOST, 5), (OTHER, 29200)]
    packets = [
        (number, packet(Ip4(source), Tcp(window=window, sport=41000 + number, options=LINUX_OPTIONS)))
        for number, (source, window) in enumerate(syns)
    ]
    path = tmp_path / "syns.pcap"
    path.write_bytes(pcap(packets, RAW_IP))
    return path


def test_the_property_and_the_finding_are_reported(changed: Path, capture: Path) -> None:
    lines = run(changed, capture, "hosts", "--format", "json").splitlines()
    hosts = {one["ip"]: one for one in map(json.loads, lines) if one["event"] == "host"}
    assert {ip: one["largest_window"] for ip, one in hosts.items()} == {HOST: 64240, OTHER: 29200}
    assert {ip: one["findings"] for ip, one in hosts.items()} == {HOST: ["tiny_window"], OTHER: []}
    documents = map(json.loads, run(changed, capture, "hosts", "--format", "ecs").splitlines())
    assert [one["host"]["largest_window"] for one in documents] == [64240, 29200]
    text = run(changed, capture, "hosts")
    assert "\n  Window: 64240\n" in text
    assert "\n  Window: 29200\n" in text
    events = run(changed, capture, "pcap", "--events", "tiny_window", "--format", "json").splitlines()
    assert [json.loads(one)["finding"] for one in events] == ["tiny_window"]
    assert "192.0.2.1 sent SYNs with a tiny window" in run(changed, capture, "pcap", "--summary")


def test_the_view_of_a_store_has_the_property(changed: Path, capture: Path) -> None:
    store = capture.with_name("hosts.sqlite")
    run(changed, capture, "hosts", "--store", str(store))
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute("SELECT ip, largest_window FROM hosts ORDER BY ip").fetchall()
    assert rows == [(HOST, 64240), (OTHER, 29200)]


def test_the_manual_names_the_files() -> None:
    page = (ROOT / "docs" / "internals" / "adding-a-reader.md").read_text(encoding="utf-8")
    rows = {row.split(" | ")[0].removeprefix("| "): row for row in page.splitlines() if row.startswith("| ")}
    for name in ("csrc/hosts/fact.h", "sigcompiler/schema/hosts.csv"):
        assert f"`{name}`" in rows["a property of hosts"]
    assert "`sigcompiler/schema/findings.csv`" in rows["a finding"]
