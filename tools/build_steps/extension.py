"""Additional build steps for setuptools: the generated headers, the cffi glue and the page for browsers.

setuptools loads this file by its path, without the project's root on ``sys.path``. So the
compiler and cffi are imported inside the steps, after the root was added.
"""

from __future__ import annotations

import gzip
import io
import logging
import os
import shlex
import stat
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from setuptools import Command, Extension
from setuptools.command.build import build
from setuptools.command.build_ext import build_ext
from setuptools.command.sdist import sdist
from setuptools.errors import CCompilerError

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ModuleNotFoundError:  # before setuptools 70.1
    from wheel.bdist_wheel import bdist_wheel

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "csrc"
PYTHON_FUNCTIONS = """
extern "Python" const hg_crypto *hg_python_crypto(void);
extern "Python" uint32_t hg_python_card(void *user, const uint8_t *mac, char *out);
"""
"""Python functions that the core gets as pointers."""

VIEWS, OBJECTS = Path("run", "fields.py"), Path("hosts", "objects.py")
COUNTERS, KINDS, STUB = Path("base", "counters.py"), Path("base", "kinds.py"), Path("_native.pyi")
"""The modules that the build writes into the package."""

OLDEST_ABI = "cp310"

MADE = (
    r"(^|/)(__pycache__|\.[a-z]+_cache|\.hypothesis|target)/|^workbench/[^/]+\.egg-info/"
    r"|(\.(py[cod]|so|o|schema\.json)|(run/fields|hosts/objects)\.py|base/(counters|kinds)\.py|_native\.pyi|data/notices\.txt)$"
)
"""Files from other programs or an earlier build. Rules in MANIFEST.in would warn if there are none."""

WHOLE_PROGRAM = ["-flto=auto"]

FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
LIMITED_API = sys.implementation.name == "cpython" and not FREE_THREADED
"""False on free-threaded CPython, which has no limited API that cffi can use."""


class BuildExt(build_ext):
    """Compiles the default signatures to a C header, writes glue and JSON Schemas, then builds."""

    def finalize_options(self) -> None:
        """Add the core's sources and headers, so that the sdist includes them and edits cause a rebuild."""
        super().finalize_options()
        for extension in self.distribution.ext_modules or []:
            extension.sources = [*dict.fromkeys((*extension.sources, *sorted(_core_files("*.c"))))]
            extension.depends = sorted({*extension.depends, *_core_files("*.h")})

    def run(self) -> None:
        generated = Path(self.build_temp) / "gen"
        generated.mkdir(parents=True, exist_ok=True)
        with _project_root_importable():
            from tools.build_steps.c_headers import (
                declarations,
                views_module_text,
                write_headers,
                write_if_changed,
            )
            from tools.build_steps.native_stub import native_stub
            from tools.build_steps.notices import NOTICES, notices
            from tools.build_steps.python_counters import counters_module, kinds_module
            from tools.build_steps.python_objects import objects_module
            from tools.build_steps.schemas import schema_texts

            headers = write_headers(generated)
            for extension in self.extensions:
                _add_glue(extension, generated, headers)
                package = Path(self.get_ext_fullpath(extension.name)).parent
                made = {VIEWS: views_module_text(), COUNTERS: counters_module(), NOTICES: notices()}
                made[KINDS] = kinds_module()
                made[OBJECTS] = objects_module()
                made |= {STUB: native_stub(declarations())} | schema_texts(Path("data"))
                for path, text in made.items():
                    (package / path).parent.mkdir(parents=True, exist_ok=True)
                    write_if_changed(package / path, text)
        super().run()

    def build_extensions(self) -> None:
        """Use link-time optimisation if possible: it saves a tenth of the instructions per packet.

        Packagers can disable it with CFLAGS.
        """
        wanted = shlex.split(os.environ.get("CFLAGS", ""))
        if "-g" not in wanted:  # Python's own flags may set -g: a larger file that depends on the folder
            for extension in self.extensions:
                extension.extra_compile_args = [*extension.extra_compile_args, "-g0"]
        if "-fno-lto" not in wanted and _can_link(self.compiler, Path(self.build_temp), WHOLE_PROGRAM):
            for extension in self.extensions:
                extension.extra_compile_args = [*extension.extra_compile_args, *WHOLE_PROGRAM]
                extension.extra_link_args = [*extension.extra_link_args, *WHOLE_PROGRAM, "-O3"]
        processes = None if self.parallel is True else self.parallel
        self.compiler.compile = _side_by_side(self.compiler.compile, processes or os.cpu_count())
        super().build_extensions()


class Build(build):
    sub_commands = [*build.sub_commands, ("build_page", None)]  # noqa: RUF012 - as setuptools has it


class BuildPage(Command):
    """Puts the page into the package: built now if ``HUGINN_PAGE`` is 1, else one that was built before.

    The package works without it, so a failure is only reported.
    """

    description = "build the page for browsers"
    user_options = [("build-lib=", "b", "folder of the package that is built")]  # noqa: RUF012

    def initialize_options(self) -> None:
        self.build_lib: str | None = None
        self.editable_mode = False

    def finalize_options(self) -> None:
        self.set_undefined_options("build", ("build_lib", "build_lib"))

    def run(self) -> None:
        with _project_root_importable():
            from tools.build_steps import page

            path = Path("" if self.editable_mode else self.build_lib or "", page.PAGE)
            path.parent.mkdir(parents=True, exist_ok=True)
            if os.environ.get("HUGINN_PAGE") == "1":
                try:
                    page.write_page(path)
                except (OSError, RuntimeError, subprocess.SubprocessError) as error:
                    self.announce(f"no page for browsers: {error} (docs/reference/web.md)", logging.WARNING)
            elif (ROOT / page.PAGE).is_file() and not self.editable_mode:
                self.copy_file(str(ROOT / page.PAGE), str(path))

    def get_source_files(self) -> list[str]:
        """No files: MANIFEST.in names all of them."""
        return []

    def get_outputs(self) -> list[str]:
        """No files: setuptools packs the whole folder."""
        return []

    def get_output_mapping(self) -> dict[str, str]:
        return {}


class Sdist(sdist):
    """Leaves out generated files; with SOURCE_DATE_EPOCH equal sources give equal archives."""

    def make_distribution(self) -> None:
        """Remove generated files from the list, then pack the rest."""
        self.filelist.exclude_pattern(MADE, anchor=False, is_regex=True)
        super().make_distribution()

    def make_archive(self, *arguments: Any, **options: Any) -> str:
        """Pack, then normalise times, owners and modes if SOURCE_DATE_EPOCH is set."""
        path = super().make_archive(*arguments, **options)
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if epoch is not None and path.endswith(".tar.gz"):
            _normalise(Path(path), int(epoch))
        return path


class BdistWheel(bdist_wheel):
    """Tags the wheel with the oldest CPython that can load it."""

    def finalize_options(self) -> None:
        """Set the abi3 tag if the extension was built for it."""
        if LIMITED_API:
            self.py_limited_api = OLDEST_ABI
        super().finalize_options()

    def egg2dist(self, egginfo_path: str, distinfo_path: str) -> None:
        """Add the bill of materials to the wheel's metadata."""
        super().egg2dist(egginfo_path, distinfo_path)
        with _project_root_importable():
            from tools.build_steps.sbom import NAME, sbom

            text = sbom(ROOT, self.distribution.get_version(), self.distribution.install_requires)
        path = Path(distinfo_path, "sboms", NAME)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def write_wheelfile(self, wheelfile_base: str, *arguments: Any, **options: Any) -> None:
        """Write the last file, then set modes that do not depend on the user's umask."""
        super().write_wheelfile(wheelfile_base, *arguments, **options)
        for path in Path(wheelfile_base).parent.rglob("*"):
            path.chmod(_mode(path.is_dir() or bool(path.stat().st_mode & stat.S_IXUSR)))


def _mode(executable: bool) -> int:
    return 0o755 if executable else 0o644


def _normalise(archive: Path, epoch: int) -> None:
    """Rewrite an archive with one time for all files, no owner, and only two modes."""
    packed = io.BytesIO()
    with (
        tarfile.open(archive) as old,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as new,
    ):
        for member in sorted(old, key=lambda one: one.name):
            member.mtime, member.uid, member.gid, member.uname, member.gname = epoch, 0, 0, "", ""
            member.mode = _mode(member.isdir() or bool(member.mode & stat.S_IXUSR))
            member.pax_headers = {}
            new.addfile(member, old.extractfile(member) if member.isreg() else None)
    archive.write_bytes(gzip.compress(packed.getvalue(), mtime=epoch))


def _core_files(pattern: str) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in CORE.rglob(pattern)]


def _can_link(compiler: Any, folder: Path, flags: list[str]) -> bool:
    """Whether a test program compiles and links with these flags; some linkers lack the plug-in."""
    trial = folder / "trial.c"
    trial.parent.mkdir(parents=True, exist_ok=True)
    trial.write_text("int trial(void);\nint trial(void) { return 0; }\n", encoding="utf-8")
    try:
        objects = compiler.compile([str(trial)], output_dir=str(folder), extra_postargs=flags)
        compiler.link_shared_object(objects, str(folder / "trial.so"), extra_postargs=flags)
    except CCompilerError:
        return False
    return True


def _side_by_side(method: Callable[..., list[str]], processes: int | None) -> Callable[..., list[str]]:
    """Wrap the compiler's method: one call per source, at most `processes` at the same time."""

    def compile_all(sources: list[str], **options: Any) -> list[str]:
        with ThreadPoolExecutor(processes) as pool:
            objects = pool.map(lambda source: method([source], **options), sources)
            return [name for names in objects for name in names]

    return compile_all


@contextmanager
def _project_root_importable() -> Iterator[None]:
    sys.path.insert(0, str(ROOT))
    try:
        yield
    finally:
        sys.path.remove(str(ROOT))


def _add_glue(extension: Extension, generated: Path, headers: list[Path]) -> None:
    """Write the cffi module for `extension` and add it to its sources."""
    from cffi import FFI

    from tools.build_steps.c_headers import declarations

    builder = FFI()
    builder.cdef(declarations())
    builder.cdef(PYTHON_FUNCTIONS)
    builder.set_source(extension.name, '#include "huginn.h"')
    glue = generated / f"{extension.name.rpartition('.')[2]}.c"
    builder.emit_c_code(str(glue))
    extension.sources = [*extension.sources, str(glue)]
    extension.include_dirs.append(str(generated))
    extension.depends.extend(str(path) for path in headers)
    extension.py_limited_api = LIMITED_API
    if not LIMITED_API:
        extension.define_macros.append(("_CFFI_NO_LIMITED_API", None))
