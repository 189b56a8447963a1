#!/usr/bin/env bash
# Prints one table: what of ours costs how much beside a peer, and the goal. What misses its goal stands in bold.
# Quote the ratios: times belong to one machine.
#
#   benchmarks/run.sh [PROGRAM] [seam|json|start|leads|adds|dispatch|expiry|serve|one-by-one]…
#
# one-by-one takes eight minutes and is done only when it is named.
set -euo pipefail

program=$(realpath "${1:-$(dirname "$0")/../.build/release/host}")
shift || true
cd "$(dirname "$0")/.."
parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(seam json start leads adds dispatch expiry serve)

peer_version=1.8.14
receiver_versions="flask==3.1.3 gunicorn==27.0.1"
environment=benchmarks/.venv
built=benchmarks/.build/processes

# Builds are no part of the table, and nothing is built while something is measured.
prepare() {
    case $1 in
        seam | json | dispatch) swift build --package-path benchmarks -c release --quiet >&2 ;;
        start)
            mkdir -p "$built"
            clang -O2 -Wall -Werror -o "$built/measure" benchmarks/processes/measure.c
            ;;
        leads)
            [ "$(cat "$environment/peer" 2>/dev/null)" != "$peer_version" ] || return 0
            python3 -m venv "$environment"
            "$environment/bin/pip" install --quiet --disable-pip-version-check "fast_bitrix24==$peer_version"
            echo "$peer_version" >"$environment/peer"
            ;;
        adds | one-by-one) ;;
        serve)
            [ "$(cat "$environment/receiver" 2>/dev/null)" != "$receiver_versions" ] || return 0
            python3 -m venv "$environment"
            # shellcheck disable=SC2086  # two words on purpose
            "$environment/bin/pip" install --quiet --disable-pip-version-check $receiver_versions
            echo "$receiver_versions" >"$environment/receiver"
            ;;
        expiry) swift build -c release --product RunsTogether --static-swift-stdlib --quiet >&2 ;;
        *)
            echo "benchmarks/run.sh: there is no part '$1'" >&2
            exit 2
            ;;
    esac
}

measure() {
    case $1 in
        seam) benchmarks/.build/release/SeamBenchmark ;;
        json) benchmarks/.build/release/JSONBenchmark ;;
        start)
            "$built/measure" 500 3 12 \
                "\`host run\` of an empty recipe, the process from start to exit" \
                "$program" run benchmarks/processes/empty.lua -- \
                "\`lua5.4 -e ''\`" lua5.4 -e ''
            ;;
        leads) python3 benchmarks/processes/leads.py "$program" "$environment/bin/python" ;;
        adds) python3 benchmarks/processes/adds.py "$program" ;;
        dispatch) python3 benchmarks/processes/dispatch.py "$program" benchmarks/.build/release/DispatchBenchmark ;;
        expiry) python3 benchmarks/processes/expiry.py "$program" .build/release/RunsTogether ;;
        serve) python3 benchmarks/serve/serve.py "$program" "$PWD/$environment/bin/python" ;;
        one-by-one) python3 benchmarks/processes/dispatch.py "$program" --one-by-one ;;
    esac
}

for part in "${parts[@]}"; do prepare "$part"; done
printf '%s cores, %s, %s\n\n' "$(nproc)" "$(. /etc/os-release && echo "$PRETTY_NAME")" \
    "$(swift --version 2>/dev/null | sed -n 's/.*\(Swift\) version \([0-9.]*\).*/\1 \2/p' | head -1)"
printf '| What | Peer | Ours | Goal | Reached |\n|---|---|---|---|---|\n'
for part in "${parts[@]}"; do measure "$part"; done
