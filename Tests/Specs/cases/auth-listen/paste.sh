# Runs `host auth` as a person does: opens the printed page, and pastes the address that the browser ends at, its code
# alone, or that code after it was used or 30 seconds.
#
#   paste.sh address|code|spent|late
rm -f said pasted
mkfifo said pasted
host auth "$PORTAL" --client-id local.spec.1 --secret-file secret --server "$AUTHORIZATION" < pasted > said &
process=$!
exec 3> pasted 4< said
read -r _ <&4 && read -r link <&4 || exit
back=$(curl -sS -o /dev/null -w '%{redirect_url}' "$link")
code=$(printf '%s' "$back" | sed 's/.*[?&]code=\([^&]*\).*/\1/')
case $1 in
address) code=$back ;;
spent) curl -sS -o /dev/null "${AUTHORIZATION}oauth/token/" -d "grant_type=authorization_code&code=$code" \
    -d 'client_id=local.spec.1&client_secret=SECRETofTheSpec' ;;
late) curl -sS -o /dev/null -H 'Content-Type: application/json' -d '{"kind":"code"}' \
    "${PORTAL}__portal/tokens/expire" ;;
esac
echo "$code" >&3
exec 3>&-
cat <&4
wait "$process"
