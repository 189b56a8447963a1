# Somebody opens the link and agrees; before that come an icon's request, a code for another link, and a late code.
control() { curl -sS -o /dev/null -H 'Content-Type: application/json' -d "$2" "${PORTAL}__portal/$1"; }

control applications "{\"clientID\":\"$client\",\"clientSecret\":\"SECRETofTheSpec\",\"scopes\":[\"crm\",\"user\"],
    \"redirectURI\":\"$url\"}"
curl -sS -o /dev/null -w 'an icon: %{http_code}\n' "${url}favicon.ico"
curl -sS -o /dev/null -w 'a wrong state: %{http_code}\n' "$url?code=0123456789abcdef&state=wrong"
back=$(curl -sS -o /dev/null -w '%{redirect_url}' "$link")
control tokens/expire '{"kind":"code"}'
curl -sS -w ' %{http_code}\n' "$back"
shown=$(cat "/proc/$process/cmdline" "/proc/$process/environ" | grep -c SECRET)
echo "secrets in its command line and environment: $shown"
curl -sSL -w ' %{http_code}\n' "$link"
