#!/bin/bash
# complete.bash: for each line of standard input what bantop.bash offers, as
# LINE, TAB, the last argument that bash would hand over after completing.
set -u
cd "$(dirname "$0")/../.." || exit 2
set +u
# shellcheck source=contrib/completions/bantop.bash
. contrib/completions/bantop.bash

# What readline would replace: from the open quote, else from the last of its
# word breaks, an @ included.
part_of()
{
	local line=$1 word

	_bantop_parse "$line"
	word=$_bantop_raw
	if [[ -n $_bantop_quote ]]; then
		word=${word##*"$_bantop_quote"}
	elif [[ $word == *@* ]]; then
		word=@${word##*@}
	elif [[ $word == --*=* ]]; then
		word=${word#*=}
	fi
	part=$word
	quote=$_bantop_quote
}

while IFS= read -r line; do
	part_of "$line"
	COMP_LINE=$line COMP_POINT=${#line}
	_bantop bantop "$part" ''
	for reply in "${COMPREPLY[@]}"; do
		eval "set -- ${line%"$part"}$reply$quote"
		printf '%s\t%s\n' "$line" "${!#}"
	done
done
