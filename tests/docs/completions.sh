#!/bin/bash
# completions.sh [BUILD]: what bash, zsh and fish offer is what bantop takes.
#
# The program in BUILD (build/release) is the judge: each option that it does
# not refuse for a command is offered there, and no other; each value that is
# offered is taken, and each that its message names is offered. Profiles, groups
# and regions come from files made here. A shell that is not installed is left
# out, and said so. The last line is `N passed, N failed`.
set -u
cd "$(dirname "$0")/../.." || exit 2
build=${1:-build/release}
PATH=$PWD/$build:$PATH
home=$(mktemp -d) || exit 2
trap 'rm -rf "$home"' EXIT
export HOME=$home PATH
unset XDG_CONFIG_HOME XDG_STATE_HOME "${!BANTOP_@}"
passed=0
failed=0

mkdir -p "$home/.config/bantop/themes" "$home/.local/state/bantop"
touch "$home/.config/bantop/themes/evening.theme"
cat >"$home/.config/bantop/bantop.conf" <<'END'
# profile commented { }
/* profile more { group = "nowhere" }
*/
profile live { // profile behind { }
	region = "sgp"
	groups = { "@TGS#aDEMO00001",
		"friday-live" }
}
profile "my test" { group = "team blue" }
region hk { name = "Hong Kong" host = "adminapi.example.com" }
END
printf 'group\tsgp\t5\tpinned\t%s\n' '@TGS#_@TGS#cDEMO00001' \
	'friday-live' >"$home/.local/state/bantop/state"
printf 'group\tsgp\t5\trecent\t%s\nlast\tsgp\tfriday-live\n' "it's \$5" \
	>>"$home/.local/state/bantop/state"
cat >"$home/other.conf" <<'END'
profile other { region = "cn" }
END

# check NAME WHAT EXPECTED GOT
check()
{
	if [ "$3" = "$4" ]; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "FAIL $1: $2"
	diff <(echo "$3") <(echo "$4") | sed 's/^/    /'
}

commands=$(bantop --help | sed -n 's/^  bantop \([a-z]*\) .*/\1/p')
options=$(bantop --help | sed -n 's/^  -., --\([a-z-]*\).*/\1/p
s/^      --\([a-z-]*\).*/\1/p')

# takes COMMAND OPTION: whether bantop has a use for it there
takes()
{
	local command=$1 value=

	[ "$command" = ui ] && command=
	bantop --help | grep -q -- "--$2 [A-Z]" && value=10
	# shellcheck disable=SC2086
	! bantop $command --"$2" $value --check-config 2>&1 </dev/null |
		grep -q ': not for '
}

# allowed OPTION: the values that its message names
allowed()
{
	local command=list

	case $1 in
	type)	command=groups ;;
	color)	command= ;;
	esac
	# shellcheck disable=SC2086
	bantop $command --"$1"=no-such --check-config 2>&1 |
		sed 's/^[^ ]* --[^:]*: //; s/.*known: *//; s/, with .*//
		s/,\{0,1\} or / /g; s/,//g' |
		tr ' ' '\n' | sort
}

values='region format sort type color demo'

# truth: LINE, TAB, what is to be offered
truth()
{
	local command option

	for command in ui $commands; do
		for option in $options; do
			! takes "$command" "$option" ||
				printf 'bantop %s --\t--%s\n' "$command" "$option"
		done
	done | sed 's/bantop ui/bantop/'
	for option in $values; do
		allowed "$option" | sed "s/^/bantop $(command_for "$option")--$option=	/"
	done
	allowed sort | sed 's/.*/bantop list --sort=	&:desc/'
	for command in $commands; do
		printf 'bantop \t%s\n' "$command"
	done
	printf 'bantop -p \t%s\n' live 'my test'
	printf 'bantop --config %s -p \tother\n' "$home/other.conf"
	printf 'bantop -g \t%s\n' '@TGS#aDEMO00001' friday-live 'team blue' \
		'@TGS#_@TGS#cDEMO00001' "it's \$5"
	printf 'bantop list -g @TGS#_@T\t%s\n' '@TGS#_@TGS#cDEMO00001'
	printf "bantop check -g 'team b\tteam blue\n"
	printf 'bantop --theme \tdefault\nbantop --theme \tevening\n'
	printf 'bantop --zone Asia/Toky\tAsia/Tokyo\n'
}

# command_for OPTION: a command that has a use for it, and a blank
command_for()
{
	case $1 in
	type)	echo 'groups ' ;;
	format | sort) echo 'list ' ;;
	esac
}

truth | sort >"$home/truth"
cut -f 1 "$home/truth" | sort -u >"$home/lines"
[ "$(wc -l <"$home/lines")" -gt 15 ] || check all 'lines to ask' many none

for shell in bash zsh fish; do
	if ! command -v $shell >/dev/null; then
		echo "$shell is not installed: left out"
		continue
	fi
	timeout 100 "tests/docs/complete.$shell" <"$home/lines" |
		sed 's/\t--[a-z-]*=\(.\)/\t\1/' | grep -v -e '	-.$' -e '=$' |
		sort -u >"$home/offered"
	while IFS= read -r line; do
		check $shell "$line" \
			"$(grep -F "$line	" "$home/truth" | cut -f 2)" \
			"$(grep -F "$line	" "$home/offered" | cut -f 2)"
	done <"$home/lines"
done

# Typed by hand: quoting and all.
cat >"$home/typed" <<'END'
bantop -g @TGS#a	-g|@TGS#aDEMO00001
bantop -g '@TGS#a	-g|@TGS#aDEMO00001
bantop list -g team\ b	list|-g|team blue
bantop list -g 'team b	list|-g|team blue
bantop -g @TGS#_@TG	-g|@TGS#_@TGS#cDEMO00001
bantop -g it	-g|it's $5
bantop -p my	-p|my test
bantop --region=h	--region=hk
END
for shell in bash zsh; do
	command -v zsh >/dev/null || break
	line=$(timeout 60 tests/docs/type.zsh $shell <"$home/typed" | tee /dev/stderr |
		tail -n 1)
	check $shell 'typed lines' "$(wc -l <"$home/typed") passed, 0 failed" "$line"
done

# The words of explain stand in no table that can be asked: each is taken.
# shellcheck disable=SC2046
check explain words 0 "$(bantop explain $(printf 'bantop explain \n' |
	tests/docs/complete.bash | cut -f 2) >/dev/null 2>&1; echo $?)"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
