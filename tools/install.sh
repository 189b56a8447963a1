#!/usr/bin/env bash
# Installs the Debian packages this project needs and does not find; does nothing when they are all there.
#
#   tools/install.sh                 what building and the demo need
#   tools/install.sh test            also what `make test` needs
#   tools/install.sh check           also what the linters of `make check` need
#   tools/install.sh bench           also what `make bench` compares with
#   tools/install.sh peers           also what `make peers` needs
#   tools/install.sh --list [GROUP]  prints the names and installs nothing
set -euo pipefail

# libcurl, libmicrohttpd, libgnutls and libpq are loaded at run time (docs/decisions/001), so their -dev packages are
# here for the libraries they bring along as much as for the headers. curl is the browser of the specs.
base=(curl liblua5.4-dev libcurl4-openssl-dev libmicrohttpd-dev libgnutls28-dev libpq-dev libsqlite3-dev tzdata)
# The tests start servers of their own from its programs.
test=(postgresql)
check=(lua-check python3)
bench=(lua5.4 lua-cjson python3 python3-venv wrk nginx libnginx-mod-http-lua)
peers=(python3 python3-venv)

usage() {
    sed -n '2,9s/^# \{0,1\}//p' "$0"
    exit 2
}

list=false
wanted=("${base[@]}")
for argument in "$@"; do
    case $argument in
        test) wanted+=("${test[@]}") ;;
        check) wanted+=("${check[@]}") ;;
        bench) wanted+=("${bench[@]}") ;;
        peers) wanted+=("${peers[@]}") ;;
        --list) list=true ;;
        *) usage ;;
    esac
done
if $list; then
    printf '%s\n' "${wanted[@]}"
    exit 0
fi

# Says what to do by hand, and stops.
give_up() {
    {
        echo "tools/install.sh: $1"
        echo
        echo "Missing: ${missing[*]}"
        echo "Install them by hand, then run the same command again. On Debian or Ubuntu:"
        echo
        echo "    sudo apt-get update && sudo apt-get install ${missing[*]}"
    } >&2
    exit 1
}

if ! command -v dpkg-query >/dev/null; then
    missing=("${wanted[@]}")
    give_up "this machine has no dpkg, so what is installed cannot be told and apt-get cannot help."
fi

# One query for all names: it answers in milliseconds, and fails for names that dpkg never heard of.
installed=$(dpkg-query --show --showformat='${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null || true)
missing=()
for name in "${wanted[@]}"; do
    grep -qx "$name installed" <<<"$installed" || missing+=("$name")
done
[ ${#missing[@]} -gt 0 ] || exit 0

command -v apt-get >/dev/null || give_up "this machine has no apt-get."
if [ "$(id -u)" = 0 ]; then
    as_root=()
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root=(sudo)
else
    give_up "installing needs root, and sudo is not there or would ask for a password nobody can type."
fi

echo "Installing ${missing[*]}"
if ! "${as_root[@]}" apt-get update -qq; then
    give_up "apt-get update failed (its reason is above)."
fi
if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
    give_up "apt-get install failed (its reason is above)."
fi
