#!/bin/sh
# list.sh BUILD: `bantop list` at several distances beside other clients, all of
# them over the same delayed line (far.c says what it does); what the simulator
# and that line can carry; and what asking ahead costs in calls. Lines of name,
# number and unit.
set -u
build=$1
here=$(dirname "$0")
tools=$build/tests/bench
group='@TGS#aDEMO00001'
dir=$(mktemp -d) || exit 2
trap 'exec 8>&- 9>&-; rm -rf "$dir"' EXIT

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
	where="--cacert $cacert --app-id $(value app_id)"
	where="$where --admin $(value admin)"
	where="$where --secret-key-file $(value secret_key_file) --no-state"
}

# far MS: the simulator is that far away, at $line
far()
{
	exec 8>&-
	rm -f "$dir/far" "$dir/port"
	mkfifo "$dir/far" "$dir/port"
	"$tools/far" "${url##*:}" "$1" <"$dir/far" >"$dir/port" 9>&- &
	exec 8>"$dir/far"
	line=https://127.0.0.1:$(head -n 1 "$dir/port")
	address=$("$tools/url" "$line" "$(value app_id)" "$(value admin)" \
		"$(value secret_key_file)")
}

# The processor's time of all children that have ended, in seconds.
used()
{
	times >"$dir/times"
	awk 'NR == 2 { gsub(/[ms]/, " "); print $1 * 60 + $2 + $3 * 60 + $4 }' \
		"$dir/times"
}

# timed COMMAND...: its rows in a second, to $speed
timed()
{
	began=$(date +%s%N)
	"$@" >"$dir/out" || echo "list.sh: $1 failed" >&2
	ended=$(date +%s%N)
	speed=$(awk -v n="$(wc -l <"$dir/out")" -v ns=$((ended - began)) \
		'BEGIN { printf "%.0f", n * 1e9 / ns }')
}

# list RATE PARALLEL: all of it
list()
{
	# What stands in $where holds no blanks.
	# shellcheck disable=SC2086
	timed "$build/bantop" list --group "$group" --endpoint "$line" $where \
		--rate "$1" --parallel "$2" --format jsonl
}

say() { printf '%s\t%s\t%s\n' "$1" "$2" "$3"; }

# beside NAME COMMAND...: another client, and how often bantop's $ours is its
beside()
{
	name=$1
	shift
	timed "$@"
	say "$name at $distance ms" "$speed" 'rows/s'
	say "bantop to $name at $distance ms" \
		"$(awk "BEGIN { printf \"%.1f\", $ours / $speed }")" times
}

# The others are not asked for all: they are as fast at the end as at the
# beginning. Their first connection is in it, as is bantop's.
compare()
{
	list 200 40
	say "list, 100,000 rows at $distance ms" "$speed" 'rows/s'
	ours=$speed
	beside 'C, one after another' "$tools/client_sequential" "$address" \
		"$cacert" "$group" 60
	if command -v python3 >/dev/null; then
		beside 'Python, urllib' python3 "$here/client_python.py" \
			"$address" "$cacert" "$group" 20
	else
		echo 'list.sh: no python3' >&2
	fi
	if command -v jq >/dev/null && command -v curl >/dev/null; then
		beside 'shell, curl and jq' "$here/client_shell.sh" \
			"$address" "$cacert" "$group" 12
	else
		echo 'list.sh: no curl, or no jq' >&2
	fi
}

# together NAME ADDRESS: what eight at once get who ask as fast as they can
together()
{
	began=$(date +%s%N)
	for i in 1 2 3 4 5 6 7 8; do
		"$tools/client_sequential" "$2" "$cacert" "$group" 400 \
			>"$dir/out$i" &
		pids="${pids:-} $!"
	done
	# Numbers, and to be told apart.
	# shellcheck disable=SC2086
	wait $pids
	ended=$(date +%s%N)
	pids=
	say "$1, eight at once" "$(cat "$dir"/out[1-8] | wc -l |
		awk -v ns=$((ended - began)) '{ printf "%.0f", $1 * 1e9 / ns }')" \
		'rows/s'
}

sim --members 100000 --rate 0
far 0
together 'the simulator' "$("$tools/url" "$url" "$(value app_id)" \
	"$(value admin)" "$(value secret_key_file)")"
together 'the simulator over the line' "$address"
line=$url
# In a subshell it would be one without children.
used >"$dir/before"
list 200 40
used >"$dir/after"
say 'list, 100,000 rows, no line' "$speed" 'rows/s'
say 'list, processor' "$(paste "$dir/after" "$dir/before" |
	awk '{ printf "%.2f", $1 - $2 }')" 's'
for distance in 20 100 200; do
	far "$distance"
	compare
done
sim --members 400000 --rate 0
for distance in 100 200; do
	far "$distance"
	list 200 40
	say "list, 400,000 rows at $distance ms" "$speed" 'rows/s'
done
# A distance of which a connection costs nothing: the answers alone are late.
for distance in 20 100 200; do
	sim --members 100000 --rate 0 --latency "$distance"
	line=$url
	list 200 40
	say "list, 100,000 rows, answers $distance ms late" "$speed" 'rows/s'
done

# calls NAME PARALLEL OPTION...: how many a list of 20,000 rows takes, at the
# service's limit less 5 %, and how many of them it refused for their frequency
calls()
{
	name=$1
	parallel=$2
	shift 2
	sim --members 20000 --rate 200 --latency 20 "$@"
	line=$url
	list 190 "$parallel" 2>/dev/null
	exec 9>&-
	wait
	say "calls, $name, $parallel at once" "$(wc -l <"$dir/log")" calls
	say "refused, $name, $parallel at once" "$(grep -c 60007 "$dir/log")" \
		calls
	say "rows, $name, $parallel at once" "$(wc -l <"$dir/out")" rows
}

exec 8>&-
calls 'full pages' 1
calls 'full pages' 40
calls 'short pages' 1 --fault short
calls 'short pages' 40 --fault short
calls 'opaque offsets' 40 --fault opaque
