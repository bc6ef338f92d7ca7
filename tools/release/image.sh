#!/bin/sh
# The container image, built from Containerfile and tried, without a container service:
#
#     sh tools/release/image.sh FOLDER [ARCHITECTURE]
#
# Needs root, buildah, debootstrap and a Debian mirror. The base image is made from the mirror's packages, so that
# no registry of images is needed. ARCHITECTURE is Debian's and Go's name of a processor (amd64, arm64), by default
# that of this machine; others need qemu-user-static and its entry in binfmt_misc. FOLDER holds 1 GB afterwards.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
arch=${2:-$(dpkg --print-architecture)}
mirror=${MIRROR:-http://deb.debian.org/debian}
base=docker.io/library/debian:12-slim
certificates=/etc/ssl/certs/ca-certificates.crt
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot

images() { # WORDS...: buildah with images of its own
    buildah --root "$folder/images" --runroot "$folder/run" "$@"
}

if [ -z "$(images images --quiet "$base" 2>/dev/null)" ]; then
    [ -d "$folder/base" ] || debootstrap --arch="$arch" --variant=minbase bookworm "$folder/base" "$mirror"
    container=$(images from --arch "$arch" scratch)
    images copy --quiet "$container" "$folder/base" /
    images commit --quiet "$container" "$base"
    images rm "$container"
fi

# pip trusts what this machine trusts.
printf '[global]\ncert = /certificates.crt\n' >"$folder/pip.conf"
images build --arch "$arch" --network host --pull=never --volume "$certificates:/certificates.crt:ro" \
    --volume "$folder/pip.conf:/etc/pip.conf:ro" --tag huginn --file "$root/Containerfile" "$root"

container=$(images from --arch "$arch" --pull-never localhost/huginn)
trap 'images rm "$container" >/dev/null' EXIT
images run --volume "$root/examples:/data:ro" "$container" -- huginn hosts /data/sample.pcap | tee "$folder/hosts.txt" | head -3
grep -q 'Windows 10' "$folder/hosts.txt"
licences=$(images run "$container" -- sh -c 'cd /opt/huginn/lib/python3*/site-packages/huginn_cffi-*.dist-info/licenses && ls')
for notice in "$root"/LICENSE-*; do
    echo "$licences" | grep -qx "$(basename "$notice")" || { echo "the image lacks $(basename "$notice")" >&2; exit 1; }
done
echo "the image names the sample's hosts and holds all licences"

# Emulators of processors lack what libpcap asks the kernel.
[ "$arch" = "$(dpkg --print-architecture)" ] || exit 0
connect='import socket, time
server = socket.create_server(("127.0.0.1", 0))
for _ in range(20):
    time.sleep(1)
    socket.create_connection(server.getsockname()).close()'
python3 -c "$connect" &
images run --network host --cap-add CAP_NET_RAW "$container" -- \
    huginn capture lo --duration 20 --new-hosts --ip 127.0.0.1 | tee "$folder/live.txt"
wait
grep -q Linux "$folder/live.txt"
echo "it names a host of this machine in a live capture"
