"""The core as a C library: built, installed, and used from C and from Rust by the documented commands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from itertools import zip_longest
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.base.names import EVENT_PROTOCOLS, EVENTS, QUIET_PROTOCOLS
from huginn_cffi.sources.searching import find_captures
from tests.support.builds import once
from tests.support.core import CORE, ROOT

pytestmark = pytest.mark.builds

SAMPLE = "examples/sample.pcap"
EXAMPLE = ROOT / "examples" / "c" / "events.c"
SYMBOLS = Path(__file__).with_name("symbols.txt")
CORPUS = ROOT.parent / "shared" / "corpus"


def needed(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")


def ended(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": "", **environment},
        capture_output=True,
        text=True,
    )


def run(*command: str | Path, **environment: str) -> str:
    done = ended(*command, **environment)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def installed() -> Path:
    """Where the library was installed to."""
    needed("cmake", "cc", "pkg-config")
    return once("library", install) / "prefix"


def install(folder: Path) -> None:
    variables = {"CMAKE_C_COMPILER_LAUNCHER": "ccache"} if shutil.which("ccache") else {}
    # Not optimised: what the library holds and prints does not depend on that.
    choices = (f"-DPython3_EXECUTABLE={sys.executable}", "-DCMAKE_BUILD_TYPE=Debug")
    run("cmake", "-S", "csrc", "-B", folder / "build", *choices, **variables)
    run("cmake", "--build", folder / "build", "--parallel", str(os.cpu_count()))
    run("cmake", "--install", folder / "build", "--prefix", folder / "prefix")


def pkg_config(installed: Path, *words: str) -> list[str]:
    (described,) = installed.rglob("huginn.pc")
    return run("pkg-config", *words, "huginn", PKG_CONFIG_PATH=str(described.parent)).split()


def libraries(installed: Path) -> Path:
    (folder,) = {path.parent for path in installed.rglob("libhuginn.so*")}
    return folder


@pytest.fixture(scope="module")
def program(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, compiled as its comment says."""
    path = tmp_path_factory.mktemp("program") / "events"
    run(
        "cc",
        "-std=c11",
        "-Wall",
        "-Wextra",
        "-Werror",
        EXAMPLE,
        *pkg_config(installed, "--cflags", "--libs"),
        "-o",
        path,
    )
    return path


def events(program: Path, installed: Path, capture: str | Path) -> subprocess.CompletedProcess[str]:
    return ended(program, capture, LD_LIBRARY_PATH=str(libraries(installed)))


def command(capture: str | Path) -> str:
    return ended(
        sys.executable, "-m", "huginn_cffi", "pcap", "--format", "json", "--no-progress", capture
    ).stdout


def test_the_example_prints_what_the_command_prints(program: Path, installed: Path) -> None:
    printed = events(program, installed, SAMPLE).stdout
    assert printed.count("\n") > 10
    assert printed == command(SAMPLE)


WITHOUT_LIBCRYPTO = """
import sys
from types import SimpleNamespace
from huginn_cffi import cli
from huginn_cffi._native import ffi
from huginn_cffi.libraries import libcrypto
libcrypto.load_crypto = lambda: SimpleNamespace(native=ffi.NULL, why="no libcrypto")
sys.exit(cli.main())
"""
"""The command; QUIC is not decrypted, because the C program has no ciphers."""


PROJECT = """
cmake_minimum_required(VERSION 3.18)
project(names LANGUAGES C CXX)
find_package(huginn 0.1 REQUIRED)
set(CMAKE_C_STANDARD 11)
set(CMAKE_CXX_STANDARD 11)
add_compile_options(-Wall -Wextra -Wpedantic -Werror)
foreach(language c cc)
    add_executable(names_${language} "${examples}/names.${language}")
    target_link_libraries(names_${language} huginn::huginn)
endforeach()
add_executable(static "${examples}/names.c")
target_link_libraries(static huginn::huginn_static)
"""


def test_names_in_c_and_in_c_plus_plus_by_the_cmake_package(installed: Path, tmp_path: Path) -> None:
    needed("c++")
    (tmp_path / "CMakeLists.txt").write_text(PROJECT)
    places = (f"-Dexamples={EXAMPLE.parent}", f"-DCMAKE_PREFIX_PATH={installed}")
    run("cmake", "-S", tmp_path, "-B", tmp_path / "build", *places)
    run("cmake", "--build", tmp_path / "build")
    printed = run(tmp_path / "build" / "names_c", SAMPLE)
    named = [
        (part.event, part.source.ip, part.match.name, part.match.flavor, part.match.confidence)
        for result in hg.Analyzer().analyze_pcap(SAMPLE)
        for part in (result.syn, result.syn_ack)
        if part is not None and part.match is not None and part.match.family is not None
    ]
    lines = (f"{event} {ip}: {name} {flavor}, {share:.0%}" for event, ip, name, flavor, share in named)
    assert printed.replace(" %\n", "%\n").splitlines() == list(lines)
    for name in ("names_cc", "static"):
        assert run(tmp_path / "build" / name, SAMPLE) == printed
        done = ended(tmp_path / "build" / name, tmp_path)
        assert (done.returncode, done.stderr.startswith("names: ")) == (1, True)


@pytest.mark.parametrize("findings", [False, True])
def test_the_example_prints_what_the_command_prints_of_the_corpus(
    program: Path, installed: Path, findings: bool
) -> None:
    """As one stream, so that one process of each program reads all captures."""
    captures = [path for path in sorted(CORPUS.glob("*.pcap*")) if path.suffix in (".pcap", ".pcapng")]
    if not captures:
        pytest.skip("needs ../shared/corpus")
    kinds = [name for name in EVENTS if name not in (*QUIET_PROTOCOLS, "segments", "device_change")]
    chosen = kinds if findings else [name for name in kinds if name != "finding"]
    captures = [Path(path) for path in find_captures(captures).captures]  # in the order of the command
    options = ["--events", ",".join(chosen), "--protocols", ",".join(EVENT_PROTOCOLS), "--no-progress"]
    words = [sys.executable, "-c", WITHOUT_LIBCRYPTO, "pcap", "--format", "json", *options, *captures]
    wanted = ended(*words).stdout.splitlines()
    with_findings = ["--findings"] if findings else []
    found = ended(
        program, *with_findings, *captures, LD_LIBRARY_PATH=str(libraries(installed))
    ).stdout.splitlines()
    for kind in ("host_change", "ip_sharing", *(["finding"] if findings else [])):
        assert sum(f'"event":"{kind}"' in line for line in wanted) > 0
    different = [pair for pair in zip_longest(found, wanted) if pair[0] != pair[1]]
    assert different[:3] == []


def test_own_signatures_in_a_program(installed: Path, tmp_path: Path) -> None:
    huginn = (sys.executable, "-m", "huginn_cffi")
    run(*huginn, "compile", "examples/own.fp", "--header", tmp_path / "own.h", "--prefix", "own")
    capture, program = ROOT / "examples" / "own.pcap", tmp_path / "own"
    flags = ("-std=c11", "-Wall", "-Wextra", "-Werror", f"-I{tmp_path}")
    source = ROOT / "examples" / "c" / "own.c"
    run("cc", *flags, source, *pkg_config(installed, "--cflags", "--libs"), "-o", program)
    printed = run(program, capture, LD_LIBRARY_PATH=str(libraries(installed)))
    options = ("--db", "examples/own.fp", "--protocols", "tcp", "--events", "syn,syn_ack,mtu")
    assert "OS:     Linux build server\n" in printed
    assert printed == run(*huginn, "pcap", *options, capture)
    assert ended(program, LD_LIBRARY_PATH=str(libraries(installed))).stderr == "own: usage: own FILE\n"


def test_a_damaged_capture_gives_what_came_before_it(program: Path, installed: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.pcap"
    cut.write_bytes((ROOT / SAMPLE).read_bytes()[:-7])
    done = events(program, installed, cut)
    assert done.returncode == 1
    assert done.stderr.startswith("events: ")
    assert done.stdout.count("\n") > 10


def test_a_python_without_lark_is_refused_with_the_remedy(tmp_path: Path) -> None:
    needed("cmake", "cc")
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    done = ended("cmake", "-S", "csrc", "-B", tmp_path / "build", f"-DPython3_EXECUTABLE={python}")
    assert done.returncode != 0
    assert "install it" in done.stderr
    assert "python3-lark" in done.stderr


READ_FOR_HEADERS = """
import sys
from pathlib import Path
names = []
sys.addaudithook(lambda event, values: names.append(values[0]) if event == "open" else None)
from tools.build_steps.c_headers import write_headers
write_headers(Path(sys.argv[1]))
print(*(name for name in names if isinstance(name, (str, Path))), sep="\\n")
"""


def test_every_file_that_the_headers_are_made_of_makes_them_anew(installed: Path, tmp_path: Path) -> None:
    """A change of any of these files, tables among them, must reach the next build."""
    opened = {
        Path(name).resolve() for name in run(sys.executable, "-c", READ_FOR_HEADERS, tmp_path).split("\n")
    }
    folders = (CORE, ROOT / "sigcompiler", ROOT / "huginn_cffi" / "data", ROOT / "tools" / "build_steps")
    inputs = {one for one in opened if one.suffix != ".pyc" and any(map(one.is_relative_to, folders))}
    assert {CORE / "names" / "stated.csv", ROOT / "sigcompiler" / "codes.csv"} <= inputs
    rules = (installed.parent / "build" / "CMakeFiles" / "core.dir" / "build.make").read_text(
        encoding="utf-8"
    )
    escaped = re.findall(r"^generated/hg_layout\.h: (.+)$", rules, re.MULTILINE)
    named = [name.replace("\\ ", " ") for name in escaped]  # of a path with a blank
    assert inputs - {Path(installed.parent, "build", name).resolve() for name in named} == set()


def test_exactly_the_public_names_are_exported(installed: Path) -> None:
    needed("nm")
    listed = run("nm", "-D", "--defined-only", libraries(installed) / "libhuginn.so")
    exported = {line.split()[-1].partition("@")[0] for line in listed.splitlines()}
    header = (CORE / "huginn.h").read_text(encoding="utf-8")
    assert exported == set(re.findall(r"^HG_API [^(]*?(hg_\w+)\(", header, re.MULTILINE))
    assert set(SYMBOLS.read_text().split()) == exported


def test_the_static_library_needs_libc_only(installed: Path, tmp_path: Path) -> None:
    (static,) = installed.rglob("libhuginn.a")
    program = tmp_path / "static"
    run("cc", EXAMPLE, *pkg_config(installed, "--cflags"), static, "-pthread", "-o", program)
    assert run(program, SAMPLE) == command(SAMPLE)


RUST = """
use std::ffi::{CStr, c_char};
extern "C" {
    fn hg_abi() -> u32;
    fn hg_version() -> *const c_char;
    fn hg_event_name(event: u32) -> *const c_char;
}
fn main() {
    let text = |pointer| unsafe { CStr::from_ptr(pointer) }.to_str().unwrap();
    unsafe { println!("{} {} {}", hg_abi(), text(hg_version()), text(hg_event_name(0))); }
}
"""


def test_a_program_in_rust(installed: Path, tmp_path: Path) -> None:
    needed("rustc")
    (tmp_path / "program.rs").write_text(RUST)
    where = libraries(installed)
    run("rustc", "-L", where, "-l", "dylib=huginn", tmp_path / "program.rs", "-o", tmp_path / "program")
    printed = run(tmp_path / "program", LD_LIBRARY_PATH=str(where))
    assert printed == f"{lib.HG_ABI} {ffi.string(lib.hg_version()).decode()} syn\n"


def test_the_version_is_the_project_s() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{ffi.string(lib.hg_version()).decode()}"\n' in project
    assert lib.hg_abi() == lib.HG_ABI


def test_a_batch_of_the_core_s_own() -> None:
    out, error = ffi.new("hg_batch **"), ffi.new("hg_error *")
    assert lib.hg_batch_new(100, lib.HG_MIN_TEXTS, 0, 0, out, error) == lib.HG_OK
    batch = out[0]
    columns = [batch.columns.time_ns, batch.columns.tcp.olayout, batch.columns.tls.downgrade]
    for column in columns:  # memory of its own, up to the last value
        column[99] = column[99]
    assert (batch.capacity, batch.text_capacity, batch.count) == (100, lib.HG_MIN_TEXTS, 0)
    assert batch.completions == batch.senders == batch.stealth == ffi.NULL
    lib.hg_batch_free(batch)
    lib.hg_batch_free(ffi.NULL)
