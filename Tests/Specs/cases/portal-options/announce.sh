# What `host portal` says at its start, until it has said all of it. A pipe's reader waits, and ends with its writer.
#
#   announce.sh [OPTION…]
rm -f said
mkfifo said
host portal "$@" > said &
process=$!
head -n 3 said
kill "$process"
wait "$process"
