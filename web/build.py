"""Build the page: ``python web/build.py``, from the root of the project.

Needs the Debian packages clang, lld, wasi-libc and libclang-rt-dev-wasm32, and Python with the project.
Writes ``build/web/web.html``, which holds everything, and its parts beside it;
``python web/build.py FOLDER`` writes all to another folder.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "web"
PARTS = ROOT / "build" / "web"
PACKAGES = "clang lld wasi-libc libclang-rt-dev-wasm32"
SYSTEM = Path("/usr/include/wasm32-wasi")

LEFT_OUT = ("annotate/", "engine/reduction.c", "engine/sensor", "source/live.c", "api/")
"""Of csrc: what nothing of the page calls, and what needs an operating system."""

FLAGS = (
    *("--target=wasm32-wasi", "-O3", "-flto", "-std=c11", "-fvisibility=hidden", "-mexec-model=reactor"),
    *("-isystem", "web/shims", "-isystem", str(SYSTEM), "-I", "csrc", "-Wl,--strip-all"),
    *("-Wl,-z,stack-size=262144", "-Wno-unused-command-line-argument"),
)


def main() -> None:
    """Build all of it."""
    sys.path.insert(0, str(ROOT))
    if missing := tools_missing():
        raise SystemExit(f"{missing} is missing; on Debian: sudo apt-get install {PACKAGES}")
    from page import write_page

    parts = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else PARTS
    parts.mkdir(parents=True, exist_ok=True)
    compile_core(parts / "core.wasm")
    path = write_page(parts, parts / "web.html")
    print(f"{path}: {path.stat().st_size:,} bytes")


def tools_missing() -> str | None:
    """What the build needs and does not find."""
    found = next((name for name in ("clang", "wasm-ld") if shutil.which(name) is None), None)
    if found or not SYSTEM.is_dir():
        return found or "wasi-libc"
    asked = ["clang", "--target=wasm32-wasi", "-print-libgcc-file-name"]
    runtime = Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())
    return None if runtime.exists() else runtime.name


def compile_core(path: Path) -> None:
    """Compile the core, and what stands between it and the page."""
    from huginn_cffi.analyzer import Analyzer
    from huginn_cffi.inventory import MAX_INVENTORY
    from tools.build_steps.headers import write_headers

    generated = path.parent / "generated"
    generated.mkdir(exist_ok=True)
    write_headers(generated)
    sources = [file for file in sorted((ROOT / "csrc").rglob("*.c")) if not _is_left_out(file)]
    defaults = Analyzer.__init__.__kwdefaults__
    names = ("max_connections", "max_hosts", "max_stream_bytes")
    defined = [f"-D{name.upper()}={defaults[name]}" for name in names]
    defined.append(f"-DMAX_INVENTORY={MAX_INVENTORY}")
    command = ["clang", *FLAGS, "-I", generated, *defined, "-o", path, "web/core.c", *sources]
    subprocess.run(list(map(str, command)), cwd=ROOT, check=True)


def _is_left_out(file: Path) -> bool:
    return file.relative_to(ROOT / "csrc").as_posix().startswith(LEFT_OUT)


if __name__ == "__main__":
    main()
