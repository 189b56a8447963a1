# The application is added to the portal, which posts its installation to the address where `host` listens.
curl -sS -o /dev/null -H 'Content-Type: application/json' "${PORTAL}__portal/applications" \
    -d "{\"clientID\":\"$client\",
    \"clientSecret\":\"SECRETofTheSpec\",\"scopes\":[\"crm\",\"user\"],\"installPath\":\"$url\"}"
