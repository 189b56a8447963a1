#!/usr/bin/env bash
# Prints the benchmark tables, each of ours beside a peer. Quote the ratios: milliseconds belong to one machine.
#
#   benchmarks/run.sh [PROGRAM] [start|leads|micro]…
#   benchmarks/run.sh > docs/performance.md
set -euo pipefail

program=$(realpath "${1:-$(dirname "$0")/../.build/release/host}")
shift || true
cd "$(dirname "$0")/.."
parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(start leads micro)

peer_version=1.8.14
environment=benchmarks/.venv
built=benchmarks/.build/processes

start() {
    mkdir -p "$built"
    clang -O2 -Wall -Werror -o "$built/measure" benchmarks/processes/measure.c
    printf '\n## From start to exit, nothing to do\n\nGoal: at most 3x the time of lua5.4, at most 12 MB.\n\n'
    "$built/measure" 300 \
        "host run empty.lua" "$program" run benchmarks/processes/empty.lua -- \
        "lua5.4 -e ''" lua5.4 -e ''
}

leads() {
    if [ "$(cat "$environment/peer" 2>/dev/null)" != "$peer_version" ]; then
        python3 -m venv "$environment"
        "$environment/bin/pip" install --quiet --disable-pip-version-check "fast_bitrix24==$peer_version"
        echo "$peer_version" >"$environment/peer"
    fi
    printf '\n## Reading 41 537 leads from the local portal\n\n'
    printf 'The whole process, against fast_bitrix24 %s. ' "$peer_version"
    printf 'Goal: at most 0.5x its time, 0.2x its CPU, no more requests.\n\n'
    python3 benchmarks/processes/leads.py "$program" "$environment/bin/python"
}

micro() {
    local folder
    for folder in benchmarks/Sources/*Benchmark; do
        printf '\n## Inside one process: %s\n\n' "$(basename "$folder")"
        swift run --package-path benchmarks -c release --quiet "$(basename "$folder")"
    done
}

printf '# Performance\n\nPrinted by `make bench` on: %s, %s cores, %s.\n' \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" "$(nproc)" \
    "$(. /etc/os-release && echo "$PRETTY_NAME")"
for part in "${parts[@]}"; do
    case $part in
        start | leads | micro) "$part" ;;
        *)
            echo "benchmarks/run.sh: there is no part '$part'" >&2
            exit 2
            ;;
    esac
done
