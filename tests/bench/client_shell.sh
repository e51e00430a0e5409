#!/bin/sh
# client_shell.sh URL CACERT GROUP PAGES: the loop that one types on a jump
# host. Stands beside `bantop list` in the comparisons.
set -u
offset=0
left=$4
while [ "$left" -gt 0 ]; do
	page=$(curl -sS --cacert "$2" -H 'Content-Type: application/json' -d \
		"{\"GroupId\":\"$3\",\"Limit\":100,\"Offset\":$offset}" "$1")
	printf '%s' "$page" |
		jq -r '.BannedAccountList[] | [.Member_Account, .BannedUntil] | @tsv'
	offset=$(printf '%s' "$page" | jq .NextOffset)
	[ "$offset" = 0 ] && exit
	left=$((left - 1))
done
