#!/bin/bash
# run.sh PROGRAM...
#
# Runs cmocka test programs, JOBS at a time (default 2), each for at most LIMIT
# seconds (default 120), under the command WITH if there is one. Shows what a
# program wrote only when it failed. The last line is `N passed, N failed`; a
# program that crashed, ran out of time or ran no test is one failure more, and
# so is what a sanitizer found in any process, whoever has its standard error.
set -u

jobs=${JOBS:-2}
limit=${LIMIT:-120}
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT

# run_one PROGRAM NUMBER: leaves NUMBER.out and NUMBER.status
run_one()
{
	local found="log_path=$dir/$2.found"

	# WITH is a command with words of its own.
	# shellcheck disable=SC2086
	ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}$found" \
	UBSAN_OPTIONS="${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}$found" \
		timeout -k 5 "$limit" ${WITH:-} "$1" \
		>"$dir/$2.out" 2>&1 </dev/null
	echo $? >"$dir/$2.status"
}

# sum PATTERN FILE: the counts in the lines that match; nothing if none do
sum()
{
	grep -aE "$1" "$2" | awk '{ n += $4 } END { if (NR) print n }'
}

n=0
for program; do
	while [ "$(jobs -pr | wc -l)" -ge "$jobs" ]; do
		wait -n
	done
	run_one "$program" $n &
	n=$((n + 1))
done
wait

passed=0 failed=0 n=0
for program; do
	out=$dir/$n.out
	status=$(cat "$dir/$n.status")
	n=$((n + 1))
	# cmocka's own sums; a program that died before them has its lines.
	ok=$(sum '^\[  PASSED  \] [0-9]+ test' "$out")
	bad=$(sum '^\[  FAILED  \] [0-9]+ test' "$out")
	[ -n "$ok" ] || ok=$(grep -ac '^\[       OK \]' "$out")
	[ -n "$bad" ] || bad=0
	why=
	case $status in
	0)	[ "$ok" -gt 0 ] || why='ran no test' ;;
	124 | 137) why="not done in $limit s" ;;
	*)	[ "$status" -gt 128 ] && why="died of signal $((status - 128))"
		[ "$status" -le 128 ] && [ "$bad" -eq 0 ] && why="exit $status" ;;
	esac
	# Leaks are in the exit status, which tests look at where it matters.
	if grep -qsE 'ERROR: AddressSanitizer|runtime error:' \
		"$dir/$((n - 1)).found".*; then
		why="${why:+$why, }a sanitizer has found something"
	fi
	cat "$dir/$((n - 1)).found".* >>"$out" 2>/dev/null
	[ -n "$why" ] && bad=$((bad + 1))
	passed=$((passed + ok))
	failed=$((failed + bad))
	if [ "$bad" -gt 0 ]; then
		printf 'FAIL %s (%d of %d)%s\n' "$program" "$bad" \
			$((ok + bad)) "${why:+: $why}"
		sed 's/^/    /' "$out"
	else
		printf 'ok   %s (%d)\n' "$program" "$ok"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
