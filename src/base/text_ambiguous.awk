# text_ambiguous.awk: makes text_ambiguous.c from the EastAsianWidth.txt of the
# Unicode character database (the package unicode-data has it):
#
#     awk -f src/base/text_ambiguous.awk EastAsianWidth.txt \
#         >src/base/text_ambiguous.c
#
# Left out are those that take no column of their own, or are shown by their
# code whatever the mode: marks, format characters, private use. Neighbours
# become one range. Nothing is asked of awk but POSIX.

BEGIN {
	FS = "[;#]"
}

function hex(digits,    value, i) {
	value = 0
	for (i = 1; i <= length(digits); i++)
		value = value * 16 + index("0123456789ABCDEF",
		    substr(digits, i, 1)) - 1
	return value
}

function put() {
	if (count++ > 0)
		table = table sprintf("\t{ 0x%04x, 0x%04x },\n", from, to)
}

FNR == 1 {
	version = $0
	sub(/^# */, "", version)
	sub(/\.txt.*/, "", version)
	if (version !~ /^EastAsianWidth-[0-9.]+$/) {
		print FILENAME ": no EastAsianWidth.txt" | "cat 1>&2"
		failed = 1
		exit 1
	}
}

$2 ~ /^A/ && $3 !~ /^ *(Mn|Me|Cf|Co) / {
	split($1, ends, /\.\./)
	sub(/ *$/, "", ends[1])
	sub(/ *$/, "", ends[2])
	first = hex(ends[1])
	last = ends[2] == "" ? first : hex(ends[2])
	if (count == 0 || first != to + 1) {
		put()
		from = first
	}
	to = last
}

END {
	if (failed)
		exit 1
	put()
	print "/*"
	print " * The characters whose width terminals do not agree on: East " \
	    "Asian Ambiguous,"
	print " * but for marks and for what is never shown as itself. Made " \
	    "from"
	print " * " version " by text_ambiguous.awk; change that."
	print " */"
	print "#include \"bantop/base/text.h\""
	print ""
	print "static const struct {"
	print "\tuint32_t first, last;"
	printf "} ranges[] = {\n%s};\n\n", table
	print "bool"
	print "text_is_ambiguous(uint32_t point)"
	print "{"
	print "\tsize_t low = 0;"
	print "\tsize_t high = sizeof ranges / sizeof ranges[0];"
	print ""
	print "\twhile (low < high) {"
	print "\t\tsize_t middle = low + (high - low) / 2;"
	print ""
	print "\t\tif (point > ranges[middle].last)"
	print "\t\t\tlow = middle + 1;"
	print "\t\telse if (point < ranges[middle].first)"
	print "\t\t\thigh = middle;"
	print "\t\telse"
	print "\t\t\treturn true;"
	print "\t}"
	print "\treturn false;"
	print "}"
}
