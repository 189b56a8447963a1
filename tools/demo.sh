#!/usr/bin/env bash
# Plays a customer's conversation against a local portal: free times, a booking, the end of the session.
#
#   tools/demo.sh [PROGRAM]
#
# Ends with status 0 when all of it happened, and leaves no process and no file behind.
set -euo pipefail

program=$(realpath "${1:-$(dirname "$0")/../.build/release/host}")
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
portal=
stop() {
    if [ -n "$portal" ]; then
        kill "$portal" 2>/dev/null || true
        wait "$portal" 2>/dev/null || true
    fi
    rm -rf "$scratch"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -t 1 ]; then bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'; else bold='' dim='' plain=''; fi
step() { printf '\n%s%s%s\n' "$bold" "$1" "$plain"; }
says() { printf '  %-10s %s\n' "$1:" "$2"; }
fail() {
    echo "demo: $1" >&2
    exit 1
}

# The value of a key in one line of flat JSON, quotes taken off: enough for what the demo reads.
value_of() {
    local pattern="\"$1\":[ ]*(\"([^\"]*)\"|[^,}\"]*)"
    [[ $2 =~ $pattern ]] || return 1
    printf '%s' "${BASH_REMATCH[2]:-${BASH_REMATCH[1]}}"
}

step "1. A Bitrix24 on this machine, with the data of a cleaning company"
# A pipe with a name: `read` wakes when the first line comes, and also when the portal dies before that. The
# descriptor stays open, so that a later line of the portal does not end it.
mkfifo "$scratch/address"
"$program" portal --seed seeds/cleaning-company.json --port 0 --json >"$scratch/address" 2>"$scratch/portal.log" &
portal=$!
exec 3<"$scratch/address"
if ! read -r -t 60 address <&3; then
    cat "$scratch/portal.log" >&2
    fail "the local portal did not start"
fi
url=$(value_of url "$address")
webhook=$(value_of webhook "$address")
echo "  It listens at $url (any free port)."

# Wakes the recipe with an event; its reply is one line of JSON. The story goes on at descriptor 4 meanwhile.
exec 4>&1
wake() {
    printf '  %shost run recipes/booking --event %s --data '\''%s'\''%s\n' "$dim" "$1" "$2" "$plain" >&4
    "$program" run recipes/booking --event "$1" --data "$2" --portal "$webhook" --store "$scratch/store.db" \
        --set bitrix_availability_days=7 2>>"$scratch/recipe.log" || {
        cat "$scratch/recipe.log" >&2
        fail "the recipe failed on $1"
    }
}

step "2. A customer asks for a time"
says customer "Hello! When could somebody come and clean my flat?"
reply=$(wake get_available_slots '{"limit":3}')
says assistant "$(value_of text "$reply")"
start=$(value_of start "$reply") || fail "no time is free: $reply"

step "3. The customer takes the first one"
says customer "The first one, please. I am Ada Whitcombe, 202 555 0177."
customer='"name":"Ada Whitcombe","phone":"202 555 0177","service":"Flat cleaning"'
reply=$(wake book_slot "{\"session_id\":\"demo-1\",\"start\":\"$start\",$customer}")
says assistant "$(value_of text "$reply")"
[ "$(value_of booked "$reply")" = true ] || fail "nothing was booked: $reply"
contact=$(value_of contact_id "$reply")
event=$(value_of event_id "$reply")

step "4. The conversation ends"
reply=$(wake session_ended '{"session_id":"demo-1"}')
says host "$(value_of text "$reply")"
deal=$(value_of deal_id "$reply") || fail "no deal was opened: $reply"

step "5. What stands in the portal now"
call() { "$program" call "$@" --portal "$webhook"; }
found=$(call crm.contact.get "id=$contact")
says contact "$contact, $(value_of NAME "$found") $(value_of LAST_NAME "$found")"
found=$(call calendar.event.getbyid "id=$event")
says calendar "event $event, $(value_of NAME "$found"), $(value_of DATE_FROM "$found"), linked to contact $contact"
found=$(call crm.deal.get "id=$deal")
employee=$(value_of ASSIGNED_BY_ID "$found")
says deal "$deal, $(value_of TITLE "$found"), stage $(value_of STAGE_ID "$found")"
found=$(call user.get "ID=$employee")
says cleaner "$(value_of NAME "$found") $(value_of LAST_NAME "$found"), the least busy one"

printf '\nDone. To look around yourself:\n\n  %s\n' ".build/release/host portal --seed seeds/cleaning-company.json"
