#!/bin/sh
# Makes the virtual environment .venv with the project in it, built from this folder.
#
#   sh setup.sh                   what it takes to use it, with huginn-workbench and the page of huginn web
#   sh setup.sh with mqtt,mcp     and these extras of pyproject.toml; `web` builds the page again
#   sh setup.sh test              and to test it
#   sh setup.sh dev               and to work on it
#
# What it installs, and with which hashes, is written in requirements/ (see its README.md). The project
# itself is built with what is installed by then.
#
# On Debian and as root it installs the Debian packages that are missing; otherwise it names them.
set -eu
cd "$(dirname "$0")"

# The extras of pyproject.toml, and the page, which is none there.
EXTRAS="$(sed -n '/^\[project.optional-dependencies\]/,/^\[project.scripts\]/{/^test\|^dev/d;s/^\([a-z]*\) = .*/\1/p}' pyproject.toml) web"
purpose=${1:-use}
extras=''
case $purpose in
    with)
        purpose=use extras=$(echo "${2:-}" | tr ',' ' ')
        for extra in ${extras:-nothing}; do
            echo "$EXTRAS" | tr ' ' '\n' | grep -qx "$extra" && continue
            echo "setup.sh: '$extra' is none of: $(echo $EXTRAS | sed 's/ /, /g')" >&2
            exit 2
        done
        ;;
    use | test | dev) ;;
    *) echo "setup.sh: '$purpose' is none of: with, test, dev" >&2; exit 2 ;;
esac

# What tests want: the original and its database, libpcap, programs that make and show traffic, one that
# reads JSON, a browser that opens reports, and what compiles the same C file once only.
TEST_PACKAGES='p0f libpcap0.8 tcpreplay tcpdump tshark iproute2 nftables binutils jq chromium chromium-driver ccache nginx caddy haproxy apache2-bin lua-socket firefox-esr libnss3-tools mosquitto'
# A second compiler's sanitizers, and what counts lines and instructions; then what builds the page for browsers.
DEV_PACKAGES='libclang-rt-dev llvm valgrind'
PAGE_PACKAGES='clang lld wasi-libc libclang-rt-dev-wasm32'

installed() {
    dpkg-query --show --showformat='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

missing_to_build() {
    command -v python3 >/dev/null || echo python3
    python3 -c 'import ensurepip' 2>/dev/null || echo python3-venv
    python3 -c 'import os.path, sysconfig as s; assert os.path.exists(s.get_path("include") + "/Python.h")' \
        2>/dev/null || echo python3-dev
    echo '#include <stdint.h>' | cc -x c -fsyntax-only - 2>/dev/null || echo gcc libc6-dev
}

missing_packages() {
    for package in "$@"; do
        installed "$package" || echo "$package"
    done
}

# Words to one line.
line() { echo $*; }

apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o Acquire::Retries=1 \
        -o Acquire::http::Timeout=30 "$@" </dev/null >&2
}

# All at once; where one is unknown, the others at least.
install() {
    apt update || true
    apt install -y --no-install-recommends "$@" && return 0
    failed=0
    for package in "$@"; do
        apt install -y --no-install-recommends "$package" || failed=1
    done
    return $failed
}

# install_missing NEEDED PACKAGE...: NEEDED is yes when nothing works without them.
install_missing() {
    needed=$1
    shift
    [ $# -gt 0 ] || return 0
    say "Debian packages that are missing: $*"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && install "$@"; then
        return 0
    fi
    say "not installed; on Debian: sudo apt-get install $*"
    [ "$needed" = no ] || exit 1
}

say() { echo "setup.sh: $*" >&2; }

# What the installed project depends on, in one number: the sources that are compiled, the requirements,
# Python, and the folder, which a virtual environment has written in it.
state() {
    {
        pwd
        python3 --version 2>&1 || true
        find pyproject.toml workbench/pyproject.toml requirements csrc sigcompiler huginn_cffi/data huginn_cffi/applications/reporting web -type f \
            ! -name '*.pyc' ! -name web.html -exec cksum {} +
    } | LC_ALL=C sort | cksum
}

# up_to_date PURPOSE...: whether the last run was for one of these purposes, and nothing changed since.
up_to_date() {
    found=$(state)
    for one in "$@"; do
        [ "$(cat .venv/installed 2>/dev/null)" != "$one $found" ] || return 0
    done
    return 1
}

wanted=''
enough='use test dev'
case $purpose in
    test) wanted=$TEST_PACKAGES enough='test dev' ;;
    dev) wanted="$TEST_PACKAGES $DEV_PACKAGES $PAGE_PACKAGES" enough=dev ;;
esac
if command -v dpkg-query >/dev/null; then
    install_missing no $(missing_packages $wanted)
fi
# Only `huginn web` needs it. The program that builds it names packages that are missing.
add_page() {
    if [ "$(id -u)" = 0 ] && command -v dpkg-query >/dev/null; then
        install_missing no $(missing_packages $PAGE_PACKAGES)
    fi
    say 'building the page of huginn web'
    .venv/bin/python -m tools.build_steps.page >&2
}
add_extras() {
    named=''
    for extra in $extras; do
        if [ "$extra" = web ]; then
            add_page
        else
            named="$named${named:+,}$extra"
        fi
    done
    [ -n "$named" ] || return 0
    say "installing what these extras require: $named"
    # the versions of the lock
    grep '^[a-z]' requirements/test.txt | sed 's/ *\\$//' >.venv/constraints.txt
    .venv/bin/python -m pip install --quiet --constraint .venv/constraints.txt "huginn-cffi[$named]"
}

if up_to_date $enough && .venv/bin/python -c 'import huginn_cffi' 2>/dev/null; then
    [ -n "$extras" ] || say 'nothing to do: .venv is up to date'
    add_extras
    exit
fi

say 'looking for what it takes to build: Python with venv and headers, a C compiler'
install_missing yes $(missing_to_build)
if command -v dpkg-query >/dev/null; then
    install_missing no $(missing_packages libpcap0.8) # huginn capture and --bpf need it
fi
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || {
    say "Python 3.10 or newer is needed; python3 is $(python3 --version)"
    exit 1
}
say 'making the virtual environment .venv'
rm -f .venv/installed
python3 -m venv .venv
say "building the project and installing it in .venv$([ "$purpose" = use ] || echo ", with what $purpose takes") (minutes, the first time)"
# What tests need is large, and they import little of it: Python compiles that when they do.
compile=$([ "$purpose" = use ] || echo --no-compile)
.venv/bin/python -m pip install --quiet --no-deps $compile --require-hashes --requirement "requirements/$purpose.txt"
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable . --editable workbench
# The first run shall be no slower than the others.
.venv/bin/python -m compileall -q huginn_cffi sigcompiler workbench
echo "$purpose $(state)" >.venv/installed
if [ "$purpose$extras" = use ]; then
    add_page || say 'without it huginn web does not work; later: sh setup.sh with web'
fi
add_extras
say 'done; with the Debian package ieee-data, huginn devices names makers of network cards'
