#!/bin/sh
# counts.sh BUILD [accept]: counts what is the same on every machine of a kind
# (bytes, writes, allocations, wake-ups, instructions, memory) and compares it
# with reference.tsv: a rise of more than 5 % and of more than 2 fails. With
# `accept` the counts become the reference.
set -u
build=$1
here=$(dirname "$0")
tools=$build/tests/bench
reference=$here/reference.tsv
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT

if ! command -v valgrind >/dev/null; then
	echo 'counts.sh: valgrind counts the instructions: install it' >&2
	exit 2
fi

# instructions NAME PROGRAM ARG...: of the whole run
instructions()
{
	name=$1
	shift
	valgrind -q --tool=callgrind --callgrind-out-file="$dir/calls" "$@" \
		>"$dir/out" 2>&1 || cat "$dir/out" >&2
	awk -v name="$name" '$1 == "totals:" || $1 == "summary:" {
		sum = $2 } END { print name "\t" sum "\tinstructions" }' \
		"$dir/calls"
}

# difference NAME OPERATION ROWS: of the operation alone, without its list
difference()
{
	with=$(instructions with "$tools/model" "$2" "$3" | cut -f 2)
	without=$(instructions without "$tools/model" none "$3" | cut -f 2)
	printf '%s\t%s\tinstructions\n' "$1" $((with - without))
}

# first_call NAME: of a list of one page, the start and the system's
# authorities in it
first_call()
{
	mkfifo "$dir/in"
	"$build/bantop-sim" --exit-with-stdin --members 5 --now 4000000000 \
		<"$dir/in" >"$dir/sim.json" 2>"$dir/log" &
	exec 9>"$dir/in"
	while ! [ -s "$dir/sim.json" ]; do :; done
	instructions "$1" "$build/bantop" list --group '@TGS#aDEMO00001' \
		--endpoint "$(value url)" --cacert "$(value cacert)" \
		--app-id "$(value app_id)" --admin "$(value admin)" \
		--secret-key-file "$(value secret_key_file)" --no-state
	exec 9>&-
}

value() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p" "$dir/sim.json"; }

{
	"$tools/frames" "$build/bantop" "$build/bantop-sim" \
		"$tools/shim.so" 5 counts || exit 2
	"$tools/frames" "$build/bantop" "$build/bantop-sim" \
		callgrind "$dir/calls" || exit 2
	awk '$1 == "totals:" { print "first.instructions\t" $2 \
		"\tinstructions" }' "$dir/calls.1"
	first_call call.instructions
	instructions decode.100-pages "$tools/model" decode 10000
	instructions merge.100-pages "$tools/model" none 10000
	difference sort-until.10000 sort-until 10000
	difference sort-account.100000 sort-account 100000
	difference filter.10000 filter 10000
	"$tools/model" held 1000000 | sed 's/^held/resident.1000000/'
} >"$dir/counts.tsv" || exit 2

if [ "${2:-}" = accept ]; then
	cp "$dir/counts.tsv" "$reference"
	echo "counts.sh: $(wc -l <"$reference") counts are the reference now"
	exit 0
fi
awk -F '\t' '
NR == FNR { before[$1] = $2; next }
{
	seen[$1] = 1
	word = "ok"
	if (!($1 in before)) {
		word = "new: make bench-accept"
		bad++
	} else if ($2 > before[$1] * 1.05 && $2 > before[$1] + 2) {
		word = "HAS RISEN"
		bad++
	}
	printf "%-26s %12s %12s  %s\n", $1, before[$1], $2, word
}
END {
	for (name in before)
		if (!(name in seen)) {
			print name ": was not counted"
			bad++
		}
	exit bad > 0
}' "$reference" "$dir/counts.tsv"
