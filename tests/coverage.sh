#!/bin/sh
# coverage.sh DIR
#
# Says for every source, whose objects and counts lie in DIR, how many of its
# branches and lines the tests reached, and fails below a floor in a hundred of
# all together: FLOOR_LINES (default 90), FLOOR_BRANCHES (default 80). What a
# process does after it has given up the right to write files (restricted mode)
# is not among them: neither can its counts be written.
set -u

command -v gcovr >/dev/null 2>&1 || {
	echo 'coverage: missing: gcovr (run: make deps-lint)' >&2
	exit 2
}
gcovr --root . --filter src/ --branches "$1" |
	awk '/^src|^TOTAL/ { printf "%5s of the branches  %s\n", $4, $1 }'
gcovr --root . --filter src/ --fail-under-line "${FLOOR_LINES:-90}" \
	--fail-under-branch "${FLOOR_BRANCHES:-80}" "$1"
