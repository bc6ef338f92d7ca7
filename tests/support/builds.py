"""C programs of tests: their sources are compiled side by side, and once in a run where ccache is installed.

ccache finds an object by the compiler, the flags and what the source is after the preprocessor. Command
lines name no absolute paths, so that tests, and copies of the tree, share objects wherever they lie.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

from tests.support.core import ROOT

FLAGS = ("-std=c11", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-O1", "-g")

TREE = "tree"
"""A link to the project beside each program."""

INCLUDED = ("-I.", *(f"-I{TREE}{folder}" for folder in ("/csrc", "", "/tests/support")))
"""Where headers are, of them those that the build generates: beside the program."""


def skip(reason: str) -> NoReturn:
    """Skip the test. Benchmarks, which compile too, run without pytest."""
    import pytest

    pytest.skip(reason)


def c_compiler(absent: Callable[[str], object] = skip) -> str:
    """The system's gcc or cc; without one the test is skipped."""
    found = shutil.which("gcc") or shutil.which("cc")
    if found is None:
        absent("no C compiler (gcc or cc) is installed")
    return str(found)


def cached(compiler: str) -> list[str]:
    """The command that runs a compiler, through ccache where there is one."""
    return ["ccache", compiler] if shutil.which("ccache") else [compiler]


def program(
    out: Path,
    sources: Iterable[Path],
    flags: Sequence[str] = FLAGS,
    libraries: Sequence[str] = (),
    compiler: str | None = None,
) -> Path:
    """Compile and link `out`. `flags` are for both, `libraries` and other words for the linker come last."""
    command = [*cached(compiler or c_compiler()), *flags]
    objects = out.with_name(f"{out.name}.objects")
    objects.mkdir()
    if not (link := out.with_name(TREE)).is_symlink():
        link.symlink_to(ROOT)

    # Compilers do not run under the sanitizer of the tests, and objects do not depend on the folder.
    environment = {**os.environ, "LD_PRELOAD": "", "CCACHE_NOHASHDIR": "1"}

    def run(*words: str | Path) -> None:
        subprocess.run([*command, *words], cwd=out.parent, env=environment, check=True)

    def compiled(source: Path, number: int) -> Path:
        name = TREE / source.relative_to(ROOT) if source.is_relative_to(ROOT) else source
        run(*INCLUDED, "-c", name, "-o", made := objects / f"{number}.o")
        return made

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = list(pool.map(compiled, sources, itertools.count()))
    run(*made, *libraries, "-o", out)
    return out


def quick_build(folder: Path) -> dict[str, str]:
    """Variables for a build of the package that is neither optimised nor linked as a whole."""
    programs = folder / "compilers"
    programs.mkdir(exist_ok=True)
    # Behind -O3, which the project asks for; without -g ccache does not ask for the folder.
    for name, compiler in {"cc": c_compiler(), "clang": shutil.which("clang")}.items():
        if compiler is not None:
            wrapper = programs / name
            wrapper.write_text(f'#!/bin/sh\nexec {shlex.join(cached(compiler))} "$@" -O0 -g0\n')
            wrapper.chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return {"CC": str(programs / "cc"), "CFLAGS": "-fno-lto", "PATH": path}


def once(name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this name, which `make` fills for all processes of the run. The others wait for it."""
    folder = Path(os.environ["HUGINN_TEST_RUN"], name)
    done = folder.with_name(f"{name}.done")
    with folder.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of a process that failed here
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def write_headers(folder: Path) -> None:
    """The headers that the build of the package generates."""
    shutil.copytree(once("headers", _generate_headers), folder, dirs_exist_ok=True)


def _generate_headers(folder: Path) -> None:
    command = [sys.executable, "-m", "tools.build_steps.c_headers", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
