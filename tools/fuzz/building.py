"""Builds the fuzz targets with sanitizers."""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.builds import cached
from tests.support.core import CORE, all_sources
from tools.build_steps.c_headers import write_headers
from tools.fuzz.targets import HERE, TARGETS, Target

FLAGS = ("-std=c11", "-O1", "-gline-tables-only", "-fno-omit-frame-pointer", "-pthread")
SANITIZE = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all")
WARNINGS = ("-Wall", "-Wextra", "-Werror")
SMALL = ("-DHG_WINDOW_BYTES=64u", "-DHG_BLOCK_FRAMES=64", "-DHG_PIECE_BYTES=256u", "-DHG_POOL_BLOCK=64")
"""Small buffers: records then straddle the end of a buffer in every possible way, and a new engine, sensor
or inventory, which some targets make for each input, costs little."""


def compiler() -> str | None:
    """The clang to use, the newest one if several are installed; ``None`` without one."""
    names = ["clang", *(f"clang-{version}" for version in range(30, 10, -1))]
    return next((found for found in map(shutil.which, names) if found), None)


def build(
    clang: str,
    folder: Path,
    targets: Iterable[str],
    *,
    seed: int = 1,
    instrument: Sequence[str] = SANITIZE,
    core: Path = CORE,
    known: Mapping[str, Target] = TARGETS,
) -> None:
    """Build `targets`, described in `known`, into `folder`, from the sources in `core`.

    The databases of the target ``table`` depend on `seed`.
    """
    (folder / "objects").mkdir(parents=True, exist_ok=True)
    write_headers(folder)
    databases = write_databases(folder, seed)
    # ccache recognises files compiled in another folder by names that are relative to both.
    shown = (_link(folder, core), _link(folder, HERE))
    common = (*cached(clang), *FLAGS, *instrument, *SMALL, f"-I{shown[0]}", "-I.")
    environment = {**os.environ, "CCACHE_NOHASHDIR": "1"}

    def run(*words: str | Path) -> None:
        subprocess.run([*common, *words], cwd=folder, env=environment, check=True)

    def compile_core(source: Path) -> Path:
        out = folder / "objects" / f"{source.parent.name}_{source.stem}.o"
        run("-fsanitize=fuzzer-no-link", "-c", shown[0] / source.relative_to(core), "-o", out)
        return out

    def compile_target(name: str) -> Path:
        target, out = known[name], folder / "objects" / f"{name}.o"
        defines = [f"-D{one}" for one in target.defines]
        if name == "table":  # includes them when it is compiled
            defines.append(f'-DFUZZ_DATABASES="{databases}"')
        run(*WARNINGS, "-fsanitize=fuzzer-no-link", *defines, "-c", shown[1] / target.source, "-o", out)
        return out

    def link(name: str, own: Path) -> None:
        wrap = [f"-Wl,--wrap={one}" for one in known[name].wrapped]
        run("-fsanitize=fuzzer", own, *objects, *wrap, "-o", folder / name)

    names = list(targets)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        own = list(pool.map(compile_target, names))
        objects = list(pool.map(compile_core, all_sources(core)))
        list(pool.map(link, names, own))


def _link(folder: Path, to: Path) -> Path:
    """A link in `folder` with the name of its target."""
    link = folder / to.name
    if not link.is_symlink() and link != to:
        link.symlink_to(to)
    return Path(to.name)


def write_databases(folder: Path, seed: int) -> Path:
    """Write random databases to a file of 64-bit words: their number, then length and bytes of each.

    The file is named by a hash of its content.
    """
    from tools.fuzz.seeds import random_images

    images = random_images(seed)
    packed = [struct.pack("=Q", len(images))]
    packed += [struct.pack("=Q", len(image)) + image + bytes(-len(image) % 8) for image in images]
    data = b"".join(packed)
    path = folder / f"databases-{hashlib.sha256(data).hexdigest()}"
    path.write_bytes(data)
    return path
