# Runs `host auth --listen`, and beside it the given visitor, who finds in $link the page that it printed and in $url
# where it listens. A pipe's reader waits, and ends with its writer.
#
#   listen.sh CLIENT-ID VISITOR [WORD…]
client=$1
shift
rm -f said
mkfifo said
host auth "$PORTAL" --client-id "$client" --secret-file secret --server "$AUTHORIZATION" --listen 0 > said &
process=$!
exec 4< said
read -r _ <&4 && read -r link <&4 && read -r line <&4 || exit
url=${line#Waiting for the redirect at }
echo "$url" > listened
export link url process client
sh "$@"
cat <&4
wait "$process"
