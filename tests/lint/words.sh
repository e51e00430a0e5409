#!/bin/sh
# words.sh: calls and words that have no place here.
#
# Functions that overflow, truncate in silence, block, start a shell or ask for
# the time elsewhere than in base/clock; marks of unfinished work; paths of
# somebody's machine. What is searched is everything git would take.
set -u
status=0

# files PATTERN...: the tree's files that match, one a line
files()
{
	git ls-files -co --exclude-standard -- "$@" |
		while read -r file; do [ -f "$file" ] && echo "$file"; done
}

# banned WHY REGEX FILE...: complains of each line that matches
banned()
{
	why=$1
	regex=$2
	shift 2
	[ $# -gt 0 ] || return
	if grep -nHE "$regex" -- "$@"; then
		echo "^ $why"
		status=1
	fi
}

# call NAMES: a regex for a call of one of them, not of a longer name
call()
{
	echo "(^|[^A-Za-z0-9_.>\"])($1)\\("
}

code=$(files 'src/*.[ch]' 'include/*.h' 'tests/*.[ch]')
ours=$(files 'src/*.[ch]' 'include/*.h')
clocked=$(echo "$ours" | grep -v '^src/base/clock\.c$')

# A path here holds no blank: the lists are meant to be split.
# shellcheck disable=SC2046,SC2086
{
	banned 'writes without a bound, or cuts in silence: use snprintf, buf' \
		"$(call 'strcpy|strcat|stpcpy|strncpy|strncat|sprintf|vsprintf|gets')" \
		$code
	banned 'takes rubbish for a number: use base/num' \
		"$(call 'atoi|atol|atoll|atof|sscanf')" $ours
	banned 'keeps hidden state' "$(call 'strtok|asctime|ctime')" $code
	banned 'not for us: a shell, a race or the stack' \
		"$(call 'system|popen|tmpnam|tempnam|mktemp|alloca')" $code
	banned 'nothing sleeps: wait for a state with a deadline' \
		"$(call 'sleep|usleep|nanosleep|napms')" $code
	banned 'use sigaction' "$(call 'signal')" $code
	banned 'only base/clock asks for the time' \
		"$(call 'time|clock_gettime|gettimeofday')" $clocked
	# This script has to name what it looks for.
	tree=$(files | grep -vE '^tests/lint/words\.sh$')
	banned 'unfinished' '(^|[^A-Za-z_])(TODO|FIXME|XXX)([^A-Za-z_]|$)' \
		$(echo "$tree" | grep -vE '\.(bin|tsv)$')
	banned 'a path of one machine' \
		'(^|[^A-Za-z0-9_.])/(work|farm|root|tmp/b)/|/home/[a-z]+/' $tree
	banned 'blanks at the end of a line' '[[:blank:]]+$' \
		$code $(files '*.sh' '*.awk' '*.md' Makefile)
}
exit $status
