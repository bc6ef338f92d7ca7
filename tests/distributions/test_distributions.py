"""Sdist and wheel: complete, tagged, and working in an environment of their own."""

from __future__ import annotations

import email
import re
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.distributions.conftest import ROOT, Built, Environment
from tests.support import samples
from tools.build_steps.page import PAGE, missing_tools

pytestmark = pytest.mark.builds


@pytest.fixture(scope="module")
def installed(distributions: Built, make_environment: Callable[[str], Environment]) -> Environment:
    """An environment that holds the wheel and what it depends on."""
    environment = make_environment("installed")
    environment.install(distributions.wheel)
    return environment


FOLDERS = (
    *(".ci", "csrc", "docs", "examples", "huginn_cffi", "requirements", "sigcompiler", "tests", "tools"),
    *(".github", "share", "web", "workbench"),
)
FILES = (
    "*.md",
    "*.sh",
    "*.yml",
    "*.yaml",
    "*.toml",
    "*.cff",
    "LICENSE-*",
    "Containerfile",
    "MANIFEST.in",
    ".gitignore",
)
FROM_SOURCES = re.compile(
    r"(^|/)(__pycache__|\.[a-z]+_cache|\.hypothesis|target)/|^workbench/[^/]+\.egg-info/|\.(py[cod]|so|o|schema\.json)$|(run/fields\.py|hosts/objects\.py|base/(counters|kinds)\.py|_native\.pyi|data/notices\.txt)$"
)


def names_of_sources() -> set[str]:
    """Everything that belongs to the project, as paths within it."""
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    paths += [path for pattern in FILES for path in ROOT.glob(pattern)]
    names = {str(path.relative_to(ROOT)) for path in paths}
    return {name for name in names if not FROM_SOURCES.search(name)} - {PAGE}


def test_sdist_is_complete(distributions: Built) -> None:
    with tarfile.open(distributions.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names_of_sources() - names == set()
    assert {"tests/conftest.py", "docs/index.md", "examples/sample.pcap", "CHANGELOG.md"} <= names
    assert [name for name in names if FROM_SOURCES.search(name)] == []
    assert PAGE not in names


def test_the_build_prints_no_warnings(distributions: Built) -> None:
    lines = distributions.printed.splitlines()
    assert len(lines) > 100
    assert [line for line in lines if re.search("warning|deprecat|experimental", line, re.IGNORECASE)] == []


def test_cflags_forbid_link_time_optimisation(distributions: Built) -> None:
    assert "-fno-lto" in distributions.printed
    assert "-flto" not in distributions.printed


def test_the_extension_has_no_debug_information(distributions: Built) -> None:
    compiled = [line for line in distributions.printed.splitlines() if " -c csrc/" in line]
    assert len(compiled) > 100
    assert [line for line in compiled if "-g0" not in line.split()] == []


def test_metadata(distributions: Built) -> None:
    with zipfile.ZipFile(distributions.wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        text = archive.read(name).decode()
    fields = email.message_from_string(text)
    assert fields["Author"] == "the huginn_cffi contributors"
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'license = "{fields["License-Expression"]}"' in project
    assert fields["Requires-Python"] == ">=3.10"
    description = str(fields.get_payload())
    assert "# Changelog" in description
    assert description.index("# Changelog") > description.index("## ")


def test_two_builds_of_the_same_sources_are_equal(distributions: Built, built_again: Built) -> None:
    assert distributions.sdist.read_bytes() == built_again.sdist.read_bytes()
    assert distributions.wheel.read_bytes() == built_again.wheel.read_bytes()


def test_wheel_is_for_every_python_from_3_10(distributions: Built) -> None:
    assert re.fullmatch(r"huginn_cffi-[\d.]+-cp310-abi3-\w+\.whl", distributions.wheel.name)


def test_wheel_holds_what_is_used_at_run_time(distributions: Built) -> None:
    with zipfile.ZipFile(distributions.wheel) as archive:
        names = set(archive.namelist())
    expected = {str(path.relative_to(ROOT)) for path in ROOT.glob("huginn_cffi/**/*.py")}
    expected |= {str(path.relative_to(ROOT)) for path in ROOT.glob("huginn_cffi/data/*.*")}
    assets = (ROOT / "huginn_cffi/applications/reporting/assets").iterdir()
    expected |= {str(path.relative_to(ROOT)) for path in assets}
    expected -= {PAGE}
    expected |= {"huginn_cffi/_native.abi3.so", "huginn_cffi/_native.pyi", "huginn_cffi/py.typed"}
    expected |= {"sigcompiler/reading/grammar.lark", "sigcompiler/reading/parser.py"}
    assert expected - names == set()
    licences = {Path(name).name for name in names if "/licenses/" in name}
    own = {path.name for path in ROOT.glob("LICENSE-*")}
    assert len(own) == 6
    assert licences == own | {"chart.umd.LICENSE.md"}
    assert not [name for name in names if name.startswith(("csrc", "tests", "workbench"))]


def test_extension_exports_its_entry_only_and_needs_no_libpcap(distributions: Built, tmp_path: Path) -> None:
    if shutil.which("nm") is None or shutil.which("readelf") is None:
        pytest.skip("nm and readelf (binutils) are not installed")
    with zipfile.ZipFile(distributions.wheel) as archive:
        library = archive.extract("huginn_cffi/_native.abi3.so", tmp_path)
    symbols = subprocess.run(
        ["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True
    ).stdout
    exported = {line.split()[-1] for line in symbols.splitlines()}
    assert exported - {"_init", "_fini"} == {"PyInit__native"}
    dynamic = subprocess.run(["readelf", "-d", library], capture_output=True, text=True, check=True).stdout
    assert "pcap" not in dynamic


def test_installed_wheel_reads_a_capture(installed: Environment, tmp_path: Path) -> None:
    (tmp_path / "three.pcap").write_bytes(samples.capture(3))
    module = installed.run("python", "-m", "huginn_cffi", "pcap", "three.pcap", cwd=tmp_path)
    assert module.count("[TCP SYN] ") == 3
    assert "  OS:     Linux" in module
    assert installed.run("huginn", "pcap", "three.pcap", cwd=tmp_path) == module


def test_installed_wheel_has_the_page_for_browsers(installed: Environment, tmp_path: Path) -> None:
    if missing := missing_tools():
        pytest.skip(f"{missing} is not installed, so that the wheel has no page")
    installed.run("huginn", "web", "-o", "web.html", cwd=tmp_path)
    text = (tmp_path / "web.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert '<script type="application/json" id="payload">{"core": "' in text


def test_installed_wheel_compiles_signatures(installed: Environment, tmp_path: Path) -> None:
    (tmp_path / "small.fp").write_text(samples.SIGNATURES)
    (tmp_path / "one.pcap").write_bytes(samples.capture(1))
    installed.run("huginn", "compile", "small.fp", "-o", "small.hgdb", cwd=tmp_path)
    found = installed.run("huginn", "pcap", "one.pcap", "--db", "small.hgdb", cwd=tmp_path)
    assert "  OS:     Linux 3.11 and newer\n" in found


def test_the_workbench_adds_its_commands(installed: Environment, project: Path, tmp_path: Path) -> None:
    (tmp_path / "three.pcap").write_bytes(samples.capture(3))
    assert "  unknown " not in installed.run("huginn", "--help", cwd=tmp_path)
    installed.install(project / "workbench")
    assert "  unknown " in installed.run("huginn", "--help", cwd=tmp_path)
    assert "without a name" in installed.run("huginn", "unknown", "three.pcap", cwd=tmp_path)
    assert (installed.folder / "share" / "man" / "man1" / "huginn-workbench.1").is_file()
    installed.run("python", "-m", "pip", "uninstall", "--quiet", "--yes", "huginn-workbench")


def test_version_of_the_metadata_is_that_of_the_package(installed: Environment, tmp_path: Path) -> None:
    code = (
        "import huginn_cffi, importlib.metadata\n"
        "print(huginn_cffi.__version__, importlib.metadata.version('huginn-cffi'))"
    )
    in_code, in_metadata = installed.run("python", "-c", code, cwd=tmp_path).split()
    assert in_code == in_metadata
