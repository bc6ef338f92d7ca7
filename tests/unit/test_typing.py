"""Programs of users, among them the README's, are checked by `mypy --strict` against an editable install."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
from __future__ import annotations

from datetime import datetime

import huginn_cffi as hg
from huginn_workbench.learning import learn
from huginn_cffi.hosts import HostTable, HostRecord
from huginn_cffi.run.observations import Match

config = hg.FilterConfig(
    port=hg.PortFilter(dst=(443, range(8000, 8100))), subnet=hg.SubnetFilter(src="10.0.0.0/8")
)
database: hg.Database = hg.Database.load_default()
with hg.Analyzer(database, filter=config) as analyzer:
    for result in analyzer.read("capture.pcap"):
        if result.syn is not None:
            match: Match | None = result.syn.match
            port: int = result.syn.source.port
        if result.tls_client is not None:
            ja4: str | None = result.tls_client.ja4
    table: HostTable = analyzer.read("capture.pcap").hosts
    hosts: list[HostRecord] = [*table]
    packets: int = analyzer.stats.packets
    for batch in analyzer.batches("capture.pcap"):
        parts: list[object] = [*batch]
async def watch() -> None:
    async with hg.watch("eth0", events=["syn"], database=database) as events:
        async for event in events:
            text: str = event.to_json()
flows: dict[int, dict[str, hg.Part]] = {}
for result in hg.read(["a.pcap", b""]):
    for part in result.parts:
        flows.setdefault(part.flow, {})[part.event] = part
        when: datetime = part.time
columns: hg.Results[hg.Batch] = hg.read([b"frame"], linktype=1).batches()
found: hg.SynObservation | None = hg.fingerprint(b"").syn
why: str = database.explain(found).reason if found is not None else ""
learn(["capture.pcap"], system="s:unix:Linux:")
WRONG
"""


def test_types_are_found(tmp_path: Path) -> None:
    if find_spec("mypy") is None:
        pytest.skip("mypy is not installed (extra dev)")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    (packages,) = tmp_path.glob("venv/lib/python3*/site-packages")
    (packages / "editable.pth").write_text(f"{ROOT}\n{ROOT}/workbench\n", encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert examples
    for number, text in enumerate(examples):
        (tmp_path / f"readme_{number}.py").write_text(text, encoding="utf-8")
    (tmp_path / "right.py").write_text(PROGRAM.replace("WRONG", ""), encoding="utf-8")
    wrong = PROGRAM.replace("WRONG", "hg.PortFilter(dst='443', port=1)")
    (tmp_path / "wrong.py").write_text(wrong, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path / "cache"]
    own = ["--python-executable", tmp_path / "venv" / "bin" / "python", "."]
    done = subprocess.run([*command, *own], cwd=tmp_path, capture_output=True, text=True, timeout=600)
    found = done.stdout.splitlines()
    assert "Unexpected keyword" in done.stdout, done.stdout + done.stderr
    assert {line.partition(":")[0] for line in found if ": error: " in line} == {"wrong.py"}, done.stdout


def test_an_editable_install_is_a_path() -> None:
    """Otherwise setuptools writes an import hook, which no type checker runs."""
    for folder in (ROOT, ROOT / "workbench"):
        assert '\npackage-dir = { "" = "." }' in (folder / "pyproject.toml").read_text(encoding="utf-8")
