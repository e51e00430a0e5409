#!/bin/bash
# run.sh SECONDS TARGET...
#
# Lets libFuzzer look for SECONDS with each target, JOBS at a time (default 2),
# from its corpus on. What is learnt is kept in build/fuzz/corpus and is no part
# of the tree; an input that breaks a target is left in build/fuzz/found. The
# exit status is 0 when there was none.
set -u
[ $# -gt 1 ] || { echo 'run.sh SECONDS TARGET...' >&2; exit 2; }
export LC_ALL=C.UTF-8

seconds=$1
shift
found=build/fuzz/found
status=$(mktemp) || exit 2
trap 'rm -f "$status"' EXIT

# look TARGET: one target; complains in $status
look()
{
	local name log seeds

	name=$(basename "$1" _fuzz)
	log=$found/$name.log
	seeds=("tests/fuzz/corpus/$name")
	[ "$name" = reply ] && seeds+=(tests/data/hostile)
	mkdir -p "build/fuzz/corpus/$name"
	if "$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
		-print_final_stats=1 -artifact_prefix="$found/$name-" \
		"build/fuzz/corpus/$name" "${seeds[@]}" \
		>"$log" 2>&1 </dev/null; then
		printf 'ok   %s: %d inputs, nothing found\n' "$name" \
			"$(awk '/number_of_executed/ { print $2 }' "$log")"
	else
		printf 'FAIL %s\n' "$name"
		tail -n 40 "$log" | sed 's/^/    /'
		echo "$name" >>"$status"
	fi
}

mkdir -p "$found"
for target; do
	while [ "$(jobs -pr | wc -l)" -ge "${JOBS:-2}" ]; do
		wait -n
	done
	look "$target" &
done
wait
[ -s "$status" ] && exit 1
echo "fuzz: $# targets, $seconds s each, nothing found"
