#!/bin/sh
# Tests of the core beside an installed package, without its sources: sh tools/release/try_installed.sh PYTHON [FOLDER]
#
# PYTHON starts an interpreter that has the package, pytest, pytest-benchmark, pytest-xdist and hypothesis.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
python=$1
folder=${2:-$(mktemp -d)}
rm -rf "$folder/tests-alone"
mkdir -p "$folder/tests-alone"
(cd "$root" && cp -R tests tools examples docs pyproject.toml CHANGELOG.md "$folder/tests-alone")
cd "$folder/tests-alone"
"$python" -c 'import huginn_cffi, sys; sys.exit(huginn_cffi.__file__.startswith(sys.argv[1]))' "$root"
"$python" -m huginn_cffi pcap --format json examples/sample.pcap >"$folder/sample.jsonl"
"$python" -m pytest -q -p no:cacheprovider tests/unit/test_packets.py tests/unit/test_database.py \
    tests/unit/test_results.py tests/unit/test_batch.py tests/unit/test_analyzer.py \
    tests/unit/test_single.py tests/unit/test_columns.py \
    --deselect tests/unit/test_database.py::test_default_is_saved_as_its_files_compile_to # it compiles the sources
