#!/bin/sh
# demo.sh: the first command of the README does what it says.
#
# Where standard output is no terminal it prints the demo's list, complete and
# with status 0, and nothing else of bantop's on standard output.
set -u

out=$(mktemp) || exit 2
trap 'rm -f "$out"' EXIT

make --no-print-directory deps demo >"$out"
status=$?
tail -n 3 "$out"
if [ "$status" -ne 0 ]; then
	echo "make deps demo ended with status $status"
	exit 1
fi
awk -F '\t' '
/^account\tbanned_until\tuntil\tremaining_s\tstate$/ { head = 1; next }
head && NF != 5 { print "no row of five fields: " $0; bad = 1 }
head { rows++ }
END {
	if (!rows)
		print "no list was printed"
	exit bad || !rows
}' "$out"
