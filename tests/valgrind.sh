#!/bin/bash
# valgrind.sh TEST
#
# Runs a test under valgrind, as WITH of run.sh. A unit test runs under it
# itself. A story runs as it is, and what it starts runs under it: bantop, and
# if SIM names the story the simulator too. An error, a byte that is lost, or a descriptor
# above 2 that is open at the end and was not inherited is a failure, whatever
# the test says; what is still reachable at the end belongs to libraries.
#
# Most of what bantop then does is to read the system's 140 certificates, so
# where the system allows a place of mounts of our own, it has but one of them.
set -u
test=$1
build=${test%%/tests/*}
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT

# What a user's own command runs is not ours.
skip="--trace-children-skip=*/sh,*/cat"
lost=definite,indirect,possible
under=(valgrind --trace-children=yes "$skip"
	--error-exitcode=99 --track-fds=yes --leak-check=full
	"--show-leak-kinds=$lost" "--errors-for-leak-kinds=$lost"
	"--log-file=$dir/%p.log")

# wrap NAME: a program of that name which runs ours under valgrind
wrap()
{
	{
		echo '#!/bin/sh'
		# Its own patience is for a program that is not so slow.
		# It is the wrapper's own to know what it was given.
		# shellcheck disable=SC2016
		echo 'case " $* " in *" --endpoint "*)
			set -- --connect-timeout 100 --timeout 200 "$@" ;;
		esac'
		printf 'exec'
		printf " '%s'" "${under[@]}" "$PWD/$build/$1"
		# shellcheck disable=SC2016
		echo ' "$@"'
	} >"$dir/$1"
	chmod +x "$dir/$1"
}

# The command that a story is run by, as far as it can be had.
alone=()
bundle=/etc/ssl/certs/ca-certificates.crt
for way in '-m' '-cm --keep-caps'; do
	# A way has words of its own.
	# shellcheck disable=SC2086
	if [ -f $bundle ] &&
		unshare $way mount --bind $bundle $bundle 2>/dev/null; then
		awk '/^-+BEGIN/ { n++ } n == 1' $bundle >"$dir/one.pem"
		# shellcheck disable=SC2016,SC2206
		alone=(unshare $way sh -c 'mount --bind "$1" "$2" || exit 125
			shift 2; exec "$@"' sh "$dir/one.pem" $bundle)
		break
	fi
done

own=
case $test in
*/tests/e2e/*)
	wrap bantop
	if [ "${test##*/}" = "${SIM:-}" ]; then
		wrap bantop-sim
	else
		ln -s "$PWD/$build/bantop-sim" "$dir/bantop-sim"
	fi
	BANTOP_TEST_SLOW=${BANTOP_TEST_SLOW:-20} BANTOP_TEST_BUILD=$dir \
		"${alone[@]}" "$test"
	;;
*)
	# What it forks ends in the middle: only its errors count.
	# shellcheck disable=SC2016
	sh -c 'echo $$ >"$1"; shift; exec "$@"' sh "$dir/pid" "${under[@]}" \
		"$test"
	;;
esac
status=$?
[ -f "$dir/pid" ] && own=$dir/$(cat "$dir/pid").log

awk -v own="$own" '
function tell() {
	if (bad)
		printf "-- %s\n%s", program, text
	found = found || bad
	text = ""
	bad = ended = 0
}
FNR == 1 { tell(); programs++ }
{ sub(/^==[0-9]+== ?/, "") }
/^Command: / { program = $0 }
{ text = text $0 "\n" }
{ is_own = own == "" || FILENAME == own }
is_own && /^ERROR SUMMARY: [1-9]/ { bad = 1 }
/^(Invalid|Mismatched|Conditional jump|Use of uninit|Syscall param)/ { bad = 1 }
/^ERROR SUMMARY: / { whole++ }
open && !/<inherited from parent>/ { bad = 1 }
{ open = 0 }
/^Open / && /descriptor|socket/ {
	for (i = 2; i <= NF && $i !~ /^[0-9]+:?$/; i++)
		;
	open = $i + 0 > 2 && is_own
}
END {
	tell()
	printf "valgrind: %d processes, %d seen to their end\n", programs, whole
	exit found
}' "$dir"/*.log /dev/null || status=1
exit $status
