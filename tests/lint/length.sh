#!/bin/sh
# length.sh: no file, function or line too long.
#
# Sources stay under 500 lines, functions under 60, lines within 80 columns (a
# tab is 8). A function's body begins, as everywhere in the house, with a line
# that is `{` alone, and ends with one that is `}` alone.
set -u
LC_ALL=C
export LC_ALL

# Data that is a table, or belongs to a service, is as wide as it must be.
files=$(git ls-files -co --exclude-standard -- '*.[ch]' '*.sh' '*.awk' \
	Makefile .ci/run)

# shellcheck disable=SC2086
found=$(awk '
FNR == 1 { finish(); file = FILENAME; code = file ~ /\.[ch]$/ }
function finish() {
	if (file != "" && lines >= 500)
		print file ": " lines " lines, the house has under 500"
}
{ lines = FNR }
code {
	text = $0
	width = 0
	# Bytes are counted: those that continue a character are none.
	gsub(/[\200-\277]/, "", text)
	n = split(text, piece, "\t")
	for (i = 1; i < n; i++) {
		width += length(piece[i])
		width += 8 - width % 8
	}
	width += length(piece[n])
	if (width > 80)
		print file ":" FNR ": " width " columns"
}
code && /^\{$/ { start = FNR; name = before }
code && /^\}$/ && start {
	if (FNR - start - 1 >= 60)
		print file ":" start ": " name " has " FNR - start - 1 \
		    " lines, the house has under 60"
	start = 0
}
code && /^[a-z_]+[a-z0-9_]*\(/ { before = $0; sub(/\(.*/, "", before) }
END { finish() }
' $files)
[ -z "$found" ] && exit 0
echo "$found"
exit 1
