#!/usr/bin/env bash
# Lets SDKs of others, as they are published, do their work on a local portal, and prints what passed.
#
#   benchmarks/peers/run.sh [PROGRAM] [fast_bitrix24|b24pysdk]…
#
# A failed check says that the portal, the SDK, or the check is wrong: the public documentation decides.
set -euo pipefail

program=$(realpath "${1:-$(dirname "$0")/../../.build/release/host}")
shift || true
cd "$(dirname "$0")"
peers=("$@")
[ ${#peers[@]} -gt 0 ] || peers=(fast_bitrix24 b24pysdk)

versions="fast_bitrix24==1.8.14 b24pysdk==1.3.2"
if [ "$(cat .venv/versions 2>/dev/null)" != "$versions" ]; then
    python3 -m venv .venv
    # shellcheck disable=SC2086  # two words on purpose
    .venv/bin/pip install --quiet --disable-pip-version-check $versions
    echo "$versions" >.venv/versions
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf '| Peer | Check | Result |\n|---|---|---|\n'
status=0
for peer in "${peers[@]}"; do .venv/bin/python "${peer}_checks.py" "$program" "$folder" || status=1; done
exit $status
