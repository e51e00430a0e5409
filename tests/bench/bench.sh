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

# The first frame asks nobody: an address without a server will do. Loaded are
# the libraries of a client before its main begins.
loading='loading page 1'
printf '%064d' 0 >"$dir/key"
chmod 600 "$dir/key"
"$tools/compare" --frame "$loading" 'bantop, no server' Q '' '' \
	"$build/bantop" --endpoint https://127.0.0.1:1 --app-id 1400000123 \
	--admin administrator --secret-key-file "$dir/key" --no-state \
	--group bench
"$tools/compare" 'libcurl loaded, one line' '' '' '' \
	"$tools/client_sequential"

# A list of ten pages, from a simulator that is no way away.
group='@TGS#aDEMO00001'
mkfifo "$dir/in"
"$build/bantop-sim" --exit-with-stdin --members 1000 --now 4000000000 \
	<"$dir/in" >"$dir/sim.json" 2>"$dir/log" &
exec 9>"$dir/in"
while ! [ -s "$dir/sim.json" ]; do :; done
value() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p" "$dir/sim.json"; }
where="--endpoint $(value url) --cacert $(value cacert)"
where="$where --app-id $(value app_id) --admin $(value admin)"
where="$where --secret-key-file $(value secret_key_file) --no-state"
# No blanks stand in it.
# shellcheck disable=SC2086
account=$("$build/bantop" list --group "$group" $where --format tsv |
	sed -n '2s/	.*//p')
head_of 'the first rows, beside a call with libcurl alone'
# shellcheck disable=SC2086
"$tools/compare" --rows "$account" bantop Q '' '' "$build/bantop" \
	--group "$group" $where
address=$("$tools/url" "$(value url)" "$(value app_id)" "$(value admin)" \
	"$(value secret_key_file)")
# The same authorities as bantop's: reading them is the dearest part.
cp "$(value cacert)" "$dir/cacert"
for bundle in /etc/ssl/certs/ca-certificates.crt \
	/etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
	[ -r "$bundle" ] || continue
	cat "$bundle" >>"$dir/cacert"
	break
done
"$tools/compare" --rows "$account" 'C with libcurl' '' '' '' \
	"$tools/client_sequential" "$address" "$dir/cacert" "$group" 1

head_of 'in use, beside others; those over files have a million lines'
page=$(printf '\006')
# shellcheck disable=SC2086
"$tools/compare" --frame "$loading" bantop Q j "$page" "$build/bantop" \
	--group "$group" $where
exec 9>&-
seq 1000000 | sed 's/$/ guest 2026-11-22 14:07:34 banned/' >"$dir/rows"
for program in less htop tig lnav fzf; do
	if ! command -v "$program" >/dev/null; then
		printf '%s\tis not installed\n' "$program"
		continue
	fi
	case $program in
	less) "$tools/compare" --frame '23 guest' less q j ' ' less "$dir/rows" ;;
	# Without a home it leaves its files where it stands.
	lnav) "$tools/compare" --frame guest lnav q j ' ' \
		sh -c "cd '$dir' && exec lnav rows" ;;
	htop) "$tools/compare" --frame PID htop q "$(printf '\033[B')" '' htop ;;
	tig) "$tools/compare" --frame "$(git log -1 --format=%cs)" tig Q j ' ' tig ;;
	# Letters go into its search: no keys of its own are timed.
	fzf) "$tools/compare" --frame guest fzf \
		"$(printf '\003')" "$(printf '\016')" '' \
		sh -c "exec fzf --layout=reverse <'$dir/rows'" ;;
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
