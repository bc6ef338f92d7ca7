"""What an import costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.core import CORE

HEAVY = ("lark", "click", "pyarrow", "numpy", "sigcompiler.reading.parser", "huginn_cffi.cli")
LIVE = [["huginn_cffi", package] for package in ("api", "capture", "listening", "server")]


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_import_and_use_load_neither_lark_nor_the_command_line() -> None:
    code = (
        "import sys, huginn_cffi as hg\n"
        "hg.fingerprint(bytes(60)); len(hg.Database.load_default().signatures)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert run(code) == "[]\n"


def test_commands_that_read_files_load_nothing_live(tmp_path: Path) -> None:
    capture, made = str(CORE.parent / "examples" / "sample.pcap"), str(tmp_path / "made")
    commands = [
        ["pcap", capture],
        ["pcap", "--summary", capture],
        ["hosts", capture],
        ["hosts", capture, "--store", f"{made}.sqlite"],
        ["report", capture, "-o", f"{made}.html"],
        ["annotate", capture, "-o", f"{made}.pcapng"],
        ["unknown", capture],
        ["explain", "--packet", "1", capture],
        *([command, "--help"] for command in ("check", "compile", "convert", "diff", "evaluate", "learn")),
    ]
    code = (
        "import sys; from click.testing import CliRunner; from huginn_cffi.cli.app import commands\n"
        f"print([CliRunner().invoke(commands, arguments).exit_code for arguments in {commands!r}])\n"
        f"print([name for name in sys.modules if name.split('.')[:2] in {LIVE!r}])"
    )
    assert run(code).splitlines() == [str([0] * len(commands)), "[]"]


def test_views_load_neither_the_classes_of_records_nor_the_model_of_signatures() -> None:
    capture = str(CORE.parent / "examples" / "office.pcap")
    commands = [[*words.split(), capture] for words in ("pcap --summary", "hosts", "devices")]
    heavy = ("huginn_cffi.hosts.objects", "huginn_cffi.hosts.record", "sigcompiler.model")
    code = (
        "import sys; from click.testing import CliRunner; from huginn_cffi.cli.app import commands\n"
        f"print([len(CliRunner().invoke(commands, one).output) > 500 for one in {commands!r}])\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    assert run(code).splitlines() == [str([True] * len(commands)), "[]"]


def test_everything_public_is_there() -> None:
    import huginn_cffi

    assert all(hasattr(huginn_cffi, name) for name in huginn_cffi.__all__)
    assert all(getattr(huginn_cffi, name).__doc__ for name in huginn_cffi.__all__ if name[0].isupper())


def test_version_is_that_of_the_metadata() -> None:
    from importlib import metadata

    import huginn_cffi

    try:
        version = metadata.version("huginn-cffi")
    except metadata.PackageNotFoundError:
        pytest.skip("the package is not installed, only built in place")
    assert huginn_cffi.__version__ == version


@pytest.mark.slow
def test_import_takes_no_more_than_two_and_a_half_times_what_python_takes_to_start() -> None:
    """50 ms where Python takes 20. Processor time, in turn with Python's own, on machines of any speed."""
    code = (
        "import time; began = time.process_time()\n"
        "import huginn_cffi; huginn_cffi.Database.load_default()\n"
        "print(began, time.process_time() - began)"
    )
    starts, imports = zip(*(map(float, run(code).split()) for _ in range(10)), strict=True)
    assert min(imports) <= 2.5 * min(starts)


def test_names_that_come_later() -> None:
    import huginn_cffi

    assert set(huginn_cffi.__all__) <= set(dir(huginn_cffi))
    assert run("from huginn_cffi import *; print(Signature.__name__, FilterConfig.__name__)") == (
        "Signature FilterConfig\n"
    )
    with pytest.raises(AttributeError, match="huginn_cffi has no attribute 'nonsense'; help"):
        _ = huginn_cffi.nonsense


def test_unknown_attributes_name_the_near_one_or_what_does_the_same() -> None:
    import huginn_cffi as hg

    analyzer = hg.Analyzer()
    results = analyzer.read("examples/sample.pcap")
    first = next(one for one in results if one.syn)
    asked = [
        (hg, "analyser", "Analyzer"),
        (hg, "BpfFilter", "bpf="),
        (analyzer, "host_table", "hosts"),
        (analyzer, "bathces", "batches"),
        (results, "to_pandas", "from_arrow"),
        (results, "sumary", "summary"),
        (next(iter(analyzer.read("examples/sample.pcap").batches())), "colums", "columns"),
        (analyzer.read("examples/sample.pcap").hosts, "colunms", "columns"),
        (first, "http", "http_request"),
        (first.syn, "matches", "match"),
    ]
    for owner, name, words in asked:
        with pytest.raises(AttributeError, match=f"^[A-Za-z_]+ has no attribute '{name}'; .*{words}"):
            getattr(owner, name)
        assert not hasattr(owner, "__array_interface__")
    with pytest.raises(AttributeError, match=r"has no attribute '_nonsense'$"):
        _ = first._nonsense
    with pytest.raises(TypeError, match="results come from"):
        repr(hg.HttpRequestObservation())


def test_an_isolated_subinterpreter_is_refused_with_a_reason() -> None:
    interpreters = pytest.importorskip("_interpreters", reason="this Python has no isolated subinterpreters")
    other = interpreters.create("isolated")
    try:
        code = f"import sys; sys.path[:] = {sys.path!r}\nfrom huginn_cffi import _native"
        failure = interpreters.exec(other, code)
    finally:
        interpreters.destroy(other)
    assert failure.type.__name__ == "ImportError"
    assert "does not support loading in subinterpreters" in failure.msg
