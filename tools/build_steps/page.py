"""Builds the page for browsers: ``python -m tools.build_steps.page``, from the project's root.

It writes the self-contained ``huginn_cffi/data/web.html``, which ``huginn web`` serves;
``python -m tools.build_steps.page FILE`` writes it elsewhere. A wheel includes it if the required tools are
installed: the Debian packages clang, lld, wasi-libc and libclang-rt-dev-wasm32. It needs lark, but not the
package's extension, which may be built for another processor.
"""

from __future__ import annotations

import base64
import gzip
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count, environ
from pathlib import Path

from huginn_cffi.applications.reporting.page import asset, filled, scripts, signatures_text
from huginn_cffi.base.limits import MAX_CONNECTIONS, MAX_HOSTS, MAX_INVENTORY, MAX_STREAM_BYTES
from tools.build_steps.c_headers import ROOT, default_signatures, write_headers
from tools.build_steps.notices import notices

PAGE = "huginn_cffi/data/web.html"
"""Its path from the project's root."""

WEB = ROOT / "web"
PACKAGES = "clang lld wasi-libc libclang-rt-dev-wasm32"
SYSTEM = Path("/usr/include/wasm32-wasi")

LEFT_OUT = ("annotate/", "blocks/reduction.c", "blocks/sensor", "source/live.c", "api/")
"""Parts of csrc that the page does not call, or that need an operating system."""

FLAGS = (
    *("--target=wasm32-wasi", "-O3", "-flto", "-std=c11", "-fvisibility=hidden", "-mexec-model=reactor"),
    *("-isystem", "tree/web/shims", "-isystem", str(SYSTEM), "-I.", "-Itree/csrc"),
    "-Wno-unused-command-line-argument",
)
LINKED = ("-Wl,--strip-all", "-Wl,-z,stack-size=262144")

LIMITS = {
    "MAX_CONNECTIONS": MAX_CONNECTIONS,
    "MAX_HOSTS": MAX_HOSTS,
    "MAX_STREAM_BYTES": MAX_STREAM_BYTES,
    "MAX_INVENTORY": MAX_INVENTORY,
}

TITLE = "Huginn: who is on this network"
NOTE = "QUIC is counted, not decrypted: the page has no ciphers."
RULES = ("img-src data:", "worker-src blob:")


def main(arguments: list[str]) -> int:
    path = Path(arguments[0]) if arguments else ROOT / PAGE
    if missing := missing_tools():
        print(f"{missing} is missing; on Debian: sudo apt-get install {PACKAGES}", file=sys.stderr)
        return 1
    write_page(path)
    print(f"{path}: {path.stat().st_size:,} bytes")
    return 0


def missing_tools() -> str | None:
    found = next((name for name in ("clang", "wasm-ld") if shutil.which(name) is None), None)
    if found or not SYSTEM.is_dir():
        return found or "wasi-libc"
    asked = ["clang", "--target=wasm32-wasi", "-print-libgcc-file-name"]
    runtime = Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())
    return None if runtime.exists() else runtime.name


def write_page(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        core = _compiled_core(Path(folder))
    worker = "\n".join(map(_own, ("input.js", "core.js", "worker.js"))).encode()
    signatures = default_signatures()
    page = filled(
        scripts(_own("page.js")),
        signatures_text(len(signatures), signatures.source_hash.hex()),
        notices(with_data=True),
        rules=RULES,
        HEAD='<link rel="icon" href="data:,">',
        TITLE=TITLE,
        STYLE=asset("page.css") + _own("choose.css"),
        SOURCES=_own("choose.html"),
        TROUBLE='  <div id="trouble" class="notice" role="alert" hidden></div>',
        NOTE=NOTE,
        NAME="payload",
        DATA=json.dumps({"core": _packed(core), "worker": _packed(worker), "sample": _sample()}),
    )
    path.write_text(page.replace("script-src", "script-src 'wasm-unsafe-eval'", 1), encoding="utf-8")


def _compiled_core(folder: Path) -> bytes:
    """The core and its interface to the page, as WebAssembly."""
    write_headers(folder)
    # Command lines have no absolute paths into the tree, so that ccache can reuse results from other copies.
    (folder / "tree").symlink_to(ROOT)
    core = (file for file in sorted((ROOT / "csrc").rglob("*.c")) if not _is_left_out(file))
    sources = [*sorted(WEB.glob("*.c")), *core]
    defined = [f"-D{name}={value}" for name, value in LIMITS.items()]
    # -fno-lto in CFLAGS disables link-time optimisation, as for the extension: the page may be larger.
    flags = ["clang", *FLAGS, *(word for word in environ.get("CFLAGS", "").split() if word == "-fno-lto")]

    def compiled(source: Path, number: int) -> str:
        made = f"{number}.o"
        _run(folder, *flags, *defined, "-c", Path("tree", source.relative_to(ROOT)), "-o", made)
        return made

    with ThreadPoolExecutor(cpu_count()) as pool:
        objects = list(pool.map(compiled, sources, itertools.count()))
    _run(folder, *flags, *LINKED, "-o", "core.wasm", *objects)
    return (folder / "core.wasm").read_bytes()


def _run(folder: Path, *words: str | Path) -> None:
    subprocess.run(list(map(str, words)), cwd=folder, check=True)


def _is_left_out(file: Path) -> bool:
    return file.relative_to(ROOT / "csrc").as_posix().startswith(LEFT_OUT)


def _own(name: str) -> str:
    return (WEB / name).read_text(encoding="utf-8")


def _sample() -> str:
    return base64.b64encode((ROOT / "examples" / "sample.pcap").read_bytes()).decode("ascii")


def _packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode("ascii")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
