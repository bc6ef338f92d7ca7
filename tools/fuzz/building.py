"""Builds the fuzz targets: with sanitizers to find something, or to count which lines they reach."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.core import CORE, all_sources, write_headers
from tests.support.sanitizers import can_link
from tools.fuzz.targets import TARGETS

FLAGS = ("-std=c11", "-O1", "-g", "-fno-omit-frame-pointer", "-pthread")
SANITIZE = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all")
COUNT_LINES = ("-fprofile-instr-generate", "-fcoverage-mapping")
WARNINGS = ("-Wall", "-Wextra", "-Werror")
SMALL = ("-DHG_WINDOW_BYTES=64u", "-DHG_BLOCK_FRAMES=64", "-DHG_PIECE_BYTES=256u")
"""So that records straddle the end of what was read in every possible way, and that to make an engine or
a sensor, which some targets do for each input, costs little."""


def compiler() -> str | None:
    """The clang to build with, the newest where several are installed; ``None`` without one."""
    names = ["clang", *(f"clang-{version}" for version in range(30, 10, -1))]
    return next((found for found in map(shutil.which, names) if found), None)


def has_sanitizers(clang: str, folder: Path) -> bool:
    """Whether `clang` can link its fuzzer and AddressSanitizer."""
    return can_link(clang, folder, "-fsanitize=fuzzer,address,undefined")


def build(
    clang: str,
    folder: Path,
    targets: Iterable[str],
    *,
    seed: int = 1,
    instrument: Sequence[str] = SANITIZE,
    core: Path = CORE,
) -> None:
    """Build `targets` into `folder`, of the sources in `core`.

    The databases of the target ``table`` depend on `seed`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_headers(folder)
    write_databases(folder / "databases", seed)
    common = (*FLAGS, *instrument, *SMALL, f"-I{core}", f"-I{folder}")

    def compile_one(source: Path) -> str:
        out = folder / f"{source.parent.name}_{source.stem}.o"
        command = [clang, *common, "-fsanitize=fuzzer-no-link", "-c", source, "-o", out]
        subprocess.run(command, check=True)
        return str(out)

    def link(name: str) -> None:
        target = TARGETS[name]
        databases = f'-DFUZZ_DATABASES="{folder / "databases"}"'
        defines = (databases, *(f"-D{one}" for one in target.defines))
        wrap = [f"-Wl,--wrap={one}" for one in target.wrapped]
        command = [clang, *common, *WARNINGS, "-fsanitize=fuzzer", *defines, target.path, *objects, *wrap]
        subprocess.run([*command, "-o", folder / name], check=True)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(compile_one, all_sources(core)))
        list(pool.map(link, targets))


def write_databases(path: Path, seed: int) -> None:
    """Random databases in one file, as 64-bit words: their number, then length and bytes of each."""
    from tools.fuzz.seeds import random_images

    images = random_images(seed)
    packed = [struct.pack("=Q", len(images))]
    packed += [struct.pack("=Q", len(image)) + image + bytes(-len(image) % 8) for image in images]
    path.write_bytes(b"".join(packed))
