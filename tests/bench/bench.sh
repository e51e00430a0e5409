#!/bin/sh
# bench.sh BUILD: every measurement, one after the other, on standard output;
# lines of what, number and unit, a heading before each part. Some minutes.
set -u
build=$1
here=$(dirname "$0")
tools=$build/tests/bench
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT

head_of() { printf '\n== %s\n' "$1"; }

head_of "machine: $(uname -sm), $(nproc) processors, $(date -u +%Y-%m-%d)"

head_of 'frames at 80x24, and a minute at rest'
"$tools/frames" "$build/bantop" "$build/bantop-sim" "$tools/shim.so" 60

# The first frame asks nobody: an address without a server will do.
head_of 'first frame, and a key on a list at rest, beside others'
printf '%064d' 0 >"$dir/key"
chmod 600 "$dir/key"
"$tools/compare" bantop Q "$build/bantop" --endpoint https://127.0.0.1:1 \
	--app-id 1400000123 --admin administrator --secret-key-file "$dir/key" \
	--no-state --group bench
# As much of it as the libraries take before main.
"$tools/compare" 'libcurl loaded, one line' '' "$tools/client_sequential"
seq 100000 | sed 's/$/ guest 2026-11-22 14:07:34 banned/' >"$dir/rows"
for program in less htop tig lnav fzf; do
	command -v "$program" >/dev/null || continue
	case $program in
	less | lnav) "$tools/compare" "$program" q "$program" "$dir/rows" ;;
	htop) "$tools/compare" "$program" q "$program" ;;
	tig) "$tools/compare" "$program" Q "$program" ;;
	esac
done

head_of 'keys while a million rows load, 100 ms away, at 200 calls a second'
"$tools/keys" "$build/bantop" "$build/bantop-sim" "$tools/shim.so"

head_of 'the end: from a signal, or the loss of the terminal, to the exit'
"$tools/ending" "$build/bantop" "$build/bantop-sim"

head_of 'whole lists: 100,000 rows at --rate 200 --parallel 40'
"$here/list.sh" "$build"

head_of 'the list in memory: rows, what, median of five'
"$tools/model"
