# error_codes.awk: turns error_codes.tsv into the rows of a C table.
#
# Written for any POSIX awk: texts are escaped byte by byte, since what a
# backslash means in a replacement differs from one awk to the next. A row that
# is not as it should be ends the build and is named.

BEGIN {
	FS = "\t"
	rule["no"] = "RETRY_NO"
	rule["yes"] = "RETRY_YES"
	rule["after-wait"] = "RETRY_AFTER_WAIT"
	rule["after-refresh-usersig"] = "RETRY_AFTER_REFRESH_USERSIG"
	print "/* Made from error_codes.tsv; change that. */"
}

function complain(why) {
	printf "%s:%d: %s\n", FILENAME, FNR, why | "cat 1>&2"
	failed = 1
}

# A question mark is escaped too: two of them could begin a trigraph.
function quoted(text,    out, i, c) {
	out = "\""
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		if (c == "\"" || c == "\\" || c == "?")
			out = out "\\"
		out = out c
	}
	return out "\""
}

FNR == 1 {
	if ($1 != "code" || $5 != "retry")
		complain("the first line must name the columns")
	next
}

NF != 6 {
	complain("six columns are wanted, " NF " are there")
	next
}

{
	sub(/\r$/, "", $6)
	if ($1 !~ /^[0-9]+$/ || length($1) > 9)
		complain("\"" $1 "\" is no code")
	if ($1 in seen)
		complain("code " $1 " stands twice")
	if (!($5 in rule))
		complain("\"" $5 "\" is no retry rule")
	if ($2 == "" || $3 == "" || $4 == "" || $6 == "")
		complain("a column is empty")
	if ($0 ~ /[\001-\010\013-\037\177]/)
		complain("a control byte")
	seen[$1] = 1
	printf "{\n\t.code = %d,\n", $1
	printf "\t.name = %s,\n", quoted($2)
	printf "\t.meaning = %s,\n", quoted($3)
	printf "\t.action = %s,\n", quoted($4)
	printf "\t.retry = %s,\n", rule[$5]
	printf "\t.source = %s,\n},\n", quoted($6)
	rows++
}

END {
	if (rows == 0)
		complain("no rows")
	exit failed
}
