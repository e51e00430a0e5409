#!/bin/sh
# list.sh BUILD: `bantop list` at four latencies, beside other clients at one of
# them, and what asking ahead costs in calls. Lines of name, number and unit.
set -u
build=$1
here=$(dirname "$0")
tools=$build/tests/bench
group='@TGS#aDEMO00001'
rows=100000
dir=$(mktemp -d) || exit 2
trap 'exec 9>&-; rm -rf "$dir"' EXIT

value() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p" "$dir/sim.json"; }

# sim OPTION...: starts one, and says where it is in $url, $cacert, $where
sim()
{
	exec 9>&-
	rm -f "$dir/in" "$dir/sim.json"
	mkfifo "$dir/in" "$dir/sim.json"
	"$build/bantop-sim" --exit-with-stdin --now 4000000000 "$@" \
		<"$dir/in" >"$dir/sim.json" 2>"$dir/log" &
	exec 9>"$dir/in"
	head -n 1 "$dir/sim.json" >"$dir/line"
	mv "$dir/line" "$dir/sim.json"
	url=$(value url)
	cacert=$(value cacert)
	where="--endpoint $url --cacert $cacert --app-id $(value app_id)"
	where="$where --admin $(value admin)"
	where="$where --secret-key-file $(value secret_key_file) --no-state"
}

# timed COMMAND...: its rows in a second, to $speed; its processor's time and
# that of all before it to $cpu, in seconds
timed()
{
	began=$(date +%s%N)
	"$@" >"$dir/out" || echo "list.sh: $1 failed" >&2
	ended=$(date +%s%N)
	times >"$dir/times"
	cpu=$(awk 'NR == 2 { gsub(/[ms]/, " "); print $1 * 60 + $2 + \
		$3 * 60 + $4 }' "$dir/times")
	speed=$(awk -v n="$(wc -l <"$dir/out")" -v ns=$((ended - began)) \
		'BEGIN { printf "%.0f", n * 1e9 / ns }')
}

# list RATE PARALLEL: all of it
list()
{
	# What stands in $where holds no blanks.
	# shellcheck disable=SC2086
	timed "$build/bantop" list --group "$group" $where --rate "$1" \
		--parallel "$2" --format jsonl
}

say() { printf '%s\t%s\t%s\n' "$1" "$2" "$3"; }

for latency in 0 20 100 200; do
	sim --members "$rows" --rate 0 --latency "$latency"
	list 200 40
	say "list at $latency ms" "$speed" 'rows/s'
	[ "$latency" -ne 0 ] || say 'list, processor' "$cpu" 's'
	[ "$latency" -eq 100 ] || continue
	ours=$speed
	address=$("$tools/url" "$url" "$(value app_id)" "$(value admin)" \
		"$(value secret_key_file)")
	timed "$tools/client_sequential" "$address" "$cacert" "$group" 60
	say 'C, one after another' "$speed" 'rows/s'
	say 'bantop to C' "$(awk "BEGIN { print $ours / $speed }")" times
	if command -v jq curl >/dev/null; then
		timed "$here/client_shell.sh" "$address" "$cacert" "$group" 20
		say 'shell with curl and jq' "$speed" 'rows/s'
		say 'bantop to shell' \
			"$(awk "BEGIN { print $ours / $speed }")" times
	fi
	if command -v python3 >/dev/null; then
		timed python3 "$here/client_python.py" "$address" "$cacert" \
			"$group" 40
		say 'Python urllib' "$speed" 'rows/s'
		say 'bantop to Python' \
			"$(awk "BEGIN { print $ours / $speed }")" times
	fi
done

# calls NAME PARALLEL OPTION...: how many a list of 20,000 rows takes, at the
# service's limit less 5 %, and how many of them it refused for their frequency
calls()
{
	name=$1
	parallel=$2
	shift 2
	sim --members 20000 --rate 200 --latency 20 "$@"
	list 190 "$parallel" 2>/dev/null
	exec 9>&-
	wait
	say "calls, $name, $parallel at once" "$(wc -l <"$dir/log")" calls
	say "refused, $name, $parallel at once" "$(grep -c 60007 "$dir/log")" \
		calls
	say "rows, $name, $parallel at once" "$(wc -l <"$dir/out")" rows
}

calls 'full pages' 1
calls 'full pages' 40
calls 'short pages' 1 --fault short
calls 'short pages' 40 --fault short
calls 'opaque offsets' 40 --fault opaque
