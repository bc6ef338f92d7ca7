#!/bin/sh
# Writes use.txt, test.txt and dev.txt anew: the newest versions that pyproject.toml allows.
set -eu
cd "$(dirname "$0")/.."

for purpose in use test dev; do
    case $purpose in
        use) extra='' ;;
        *) extra="--extra $purpose" ;;
    esac
    # What builds the project is locked, too, since it is built without isolation.
    echo 'setuptools>=77,<90' | uv pip compile pyproject.toml - $extra --universal --python-version 3.10 \
        --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade --quiet \
        --output-file "requirements/$purpose.txt"
done
