#!/bin/sh
# coverage.sh DIR
#
# Says for every source, whose objects and counts lie in DIR, how many of its
# lines the tests reached.
set -u

find "$1/src" -name '*.gcda' | sort | while read -r counts; do
	gcov -n -o "$(dirname "$counts")" "$counts" 2>/dev/null
done | awk '
/^File / { name = $2; gsub(/\047/, "", name) }
/^Lines executed:/ && name ~ /^src\// {
	split($0, part, /[:% ]+/)
	all = part[5]
	hit = int(all * part[3] / 100 + 0.5)
	printf "%6.1f%%  %5d of %5d  %s\n", part[3], hit, all, name
	total += all
	reached += hit
	name = ""
}
END {
	if (!total) {
		print "coverage: nothing was counted"
		exit 1
	}
	printf "%6.1f%%  %5d of %5d  together\n", 100 * reached / total, \
	    reached, total
}'
