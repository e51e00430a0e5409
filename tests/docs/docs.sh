#!/bin/bash
# docs.sh [BUILD]: what the documents say is so.
#
# The manual passes mandoc's own check; links and anchors lead somewhere; every
# long option that is named is one; the configurations shown are right; the
# commands shown that need no account are run, and succeed.
set -u
cd "$(dirname "$0")/../.." || exit 2
build=${1:-build/release}
PATH=$PWD/$build:$PATH
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
export PATH HOME=$dir
unset XDG_CONFIG_HOME XDG_STATE_HOME "${!BANTOP_@}"
status=0

complain()
{
	echo "$1"
	status=1
}

# Pages refer to one another before they are installed.
if command -v mandoc >/dev/null; then
	mandoc -Tlint docs/*.[15] 2>&1 | grep -v -e 'referenced manual not found' \
		-e 'mandoc.db' && complain '^ mandoc'
else
	echo 'mandoc is not installed: left out'
fi

# anchors FILE: those of its headings
anchors()
{
	sed -n 's/^##* //p' "$1" | tr '[:upper:]' '[:lower:]' |
		sed 's/[^a-z0-9 _-]//g; s/ /-/g'
}

for page in README.md docs/*.md; do
	while IFS= read -r link; do
		file=${link%%#*}
		case $link in
		http*://*) continue ;;
		'#'*)	file=$page ;;
		*)	file=$(dirname "$page")/$file ;;
		esac
		[ -e "$file" ] || complain "$page: no $link"
		case $link in
		*'#'*)	anchors "$file" | grep -qx -- "${link#*#}" ||
				complain "$page: no heading for $link" ;;
		esac
	done < <(grep -o '](\([^)]*\))' "$page" | sed 's/^](//; s/)$//')
done

# Long options of bantop, of the simulator, and of others that are shown.
{
	bantop --help
	bantop-sim --help
	echo '--variant --detach-sign --armor --depth'
} | grep -o -- '--[a-z][a-z-]*' | sort -u >"$dir/known"
for page in README.md docs/*.md; do
	grep -o -- '\(^\|[ `(]\)--[a-z][a-z-]*' "$page" | tr -d ' `(' | sort -u |
		comm -23 - "$dir/known" >"$dir/unknown"
	[ -s "$dir/unknown" ] &&
		complain "$page: no such options: $(tr '\n' ' ' <"$dir/unknown")"
done

# what check_config FILE: a configuration that a document shows
check_config()
{
	[ -s "$2" ] || complain "$1: shows no configuration"
	bantop --config "$2" --check-config >"$dir/said" 2>&1 &&
		[ ! -s "$dir/said" ] && return
	complain "$1: its configuration: $(cat "$dir/said")"
}

awk '/^\.Bd -literal/ { shown = 1; next } /^\.Ed/ { shown = 0 } shown' \
	docs/bantop.conf.5 >"$dir/manual.conf"
check_config docs/bantop.conf.5 "$dir/manual.conf"
awk '/^```/ { shown = 0 } shown; /^```$/ && !seen { shown = seen = 1 }' \
	README.md >"$dir/readme.conf"
check_config README.md "$dir/readme.conf"

# Each line in a block of shell that asks the demo, or nobody.
ran=0
cd "$dir" || exit 2
while IFS= read -r line; do
	ran=$((ran + 1))
	case $line in
	*jq*)	command -v jq >/dev/null || continue ;;
	esac
	bash -o pipefail -c "$line" >said 2>&1 </dev/null ||
		complain "README.md: $line: $(cat said)"
	case $line in
	*' -o '*) [ -s bans.csv ] || complain "README.md: $line: wrote nothing" ;;
	*)	[ -s said ] || complain "README.md: $line: printed nothing" ;;
	esac
done < <(awk '/^```/ { shown = 0 } shown; /^```sh$/ { shown = 1 }' \
	"$OLDPWD/README.md" | grep -e '--demo' -e '^bantop explain')
[ "$ran" -ge 6 ] || complain "README.md: only $ran commands were run"
exit $status
