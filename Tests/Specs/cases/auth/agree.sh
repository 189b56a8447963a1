# Opens the page that `host auth` printed into the file `said`, and tells where the browser ends.
link=
while [ -z "$link" ]; do
    link=$(sed -n 's/^  \(http.*\)/\1/p' said)
done
curl -s -o /dev/null -w '%{redirect_url}\n' "$link"
