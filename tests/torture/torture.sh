#!/bin/bash
# torture.sh BUILD [OPTION...]
#
# Runs every scenario, JOBS at a time (default 2), with these options of the
# harness; or, with ONLY=SCENARIO[:CALL[:NTH[:FAULT]]], that one. Shows the
# points that failed. The last line is `N points, N failed`; a harness that did
# not come to its own last line is one failure more. ASAN=BUILD tries a share of
# the points again with the sanitizers, whose leak check counts.
set -u

build=$(realpath "$1") || exit 2
shift
jobs=${JOBS:-2}
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
harness=$build/tests/torture/torture
shim=$build/tests/torture/shim.so
export LC_ALL=C.UTF-8

# run_one NUMBER PROGRAMS SCENARIO OPTION...: leaves NUMBER.out
run_one()
{
	BANTOP_TEST_BUILD=$2 timeout -k 5 "${LIMIT:-3600}" "$harness" \
		"${@:4}" "$shim" "$3" >"$dir/$1.out" 2>&1 </dev/null
}

n=0
start()
{
	while [ "$(jobs -pr | wc -l)" -ge "$jobs" ]; do
		wait -n
	done
	n=$((n + 1))
	echo "$2${1:+ }$1" >"$dir/$n.name"
	run_one "$n" "${@:3}" &
}

if [ -n "${ONLY:-}" ]; then
	rest=${ONLY#*:}
	[ "$rest" != "$ONLY" ] && set -- "$@" -o "$rest"
	start '' "${ONLY%%:*}" "$build" "${ONLY%%:*}" "$@"
else
	for scenario in $("$harness"); do
		start '' "$scenario" "$build" "$scenario" -k "$dir/seen" "$@"
	done
	if [ -n "${ASAN:-}" ]; then
		for scenario in $("$harness"); do
			start sanitized "$scenario" "$(realpath "$ASAN")" \
				"$scenario" "$@" -k "$dir/seen.asan" -s "${SHARE:-40}"
		done
	fi
fi
wait

points=0 failed=0
for ((i = 1; i <= n; i++)); do
	line=$(grep -aE '^[a-z]+: [0-9]+ points, [0-9]+ failed' "$dir/$i.out" |
		tail -n 1)
	if [ -z "$line" ]; then
		echo "FAIL $(cat "$dir/$i.name"): the harness did not end"
		failed=$((failed + 1))
	fi
	sed 's/^/    /' "$dir/$i.out" | grep -av '^    [a-z]*: [0-9]* points'
	echo "$(cat "$dir/$i.name"): ${line#*: }"
	read -r p _ f _ <<<"$(echo "${line#*: }" | tr -d ,)"
	points=$((points + ${p:-0}))
	failed=$((failed + ${f:-0}))
done
echo "$points points, $failed failed"
[ "$failed" -eq 0 ] && [ "$points" -gt 0 ]
