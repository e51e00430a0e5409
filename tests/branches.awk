# branches.awk: the branches of a source that no test took.
#
# Reads twice what `gcov -b -c -t` says of it: -v source=FILE, -v functions=NAMES,
# blanks between, or none for the whole file, and -v subject=TEXT to be told. A
# statement `assert(` is a promise and not a branch. The last branch of a
# `switch` that has no `default`, since it names every value of an enum, is the
# one for none of them. What else cannot happen has a comment "never taken: WHY"
# in the line above, which is told as well once it is not so.

function tell(text)
{
	print subject ": " source ":" line ": " text
	bad = 1
}

# The line before is over: what was not taken of it counts.
function finish(   i)
{
	if (!measured || !branches) {
		branches = 0
		return
	}
	if (is_switch && !has_default() && !taken[branches - 1])
		branches--
	for (i = 0; i < branches; i++)
		missed += !taken[i]
	if (is_excused && !missed)
		tell("\"never taken\" is not so: " code)
	else if (missed && !is_excused)
		tell(missed " of " branches " branches not taken: " code)
	total += branches - missed
	missed = branches = 0
}

# Of the switch that begins in this line: its braces are counted.
function has_default(   i, depth, text)
{
	for (i = line; i in lines; i++) {
		text = lines[i]
		if (text ~ /^[\t ]*default:/ && depth == 1)
			return 1
		depth += gsub(/\{/, "", text) - gsub(/\}/, "", text)
		if (i > line && depth == 0)
			return 0
	}
	return 0
}

function begin_line(text)
{
	sub(/^[^:]*:/, "", text)
	line = text + 0
	sub(/^[^:]*:/, "", text)
	code = text
	gsub(/^[\t ]+/, "", code)
	is_excused = was_excuse
	was_excuse = code ~ /^\/\* never taken: .*\*\/$/
	is_switch = code ~ /^switch \(/
	if (code ~ /^assert\(/)
		in_assert = 1
	is_assert = in_assert
	if (code ~ /;$/)
		in_assert = 0
}

# First the text alone, so that a switch can be seen to its end.
FNR == NR {
	if ($0 ~ /^ *-: *0:Source:/)
		here = substr($0, index($0, "Source:") + 7) == source
	else if (here && $0 ~ /^ *[^:]+: *[0-9]+:/) {
		number = $0
		sub(/^[^:]*:/, "", number)
		text = number
		sub(/^[^:]*:/, "", text)
		lines[number + 0] = text
	}
	next
}
/^ *-: *0:Source:/ {
	finish()
	here = substr($0, index($0, "Source:") + 7) == source
	measured = here && functions == ""
	next
}
!here || /^ *-: *0:/ || /^call/ { next }
/^function / {
	finish()
	if (functions == "")
		measured = 1
	else
		measured = index(" " functions " ", " " $2 " ") > 0
	if (measured)
		seen[$2] = 1
	if (measured && $4 == 0) {
		line = "-"
		tell($2 "() was never called")
	}
	next
}
/^branch / {
	if (!is_assert)
		taken[branches++] = $3 == "taken" && $4 > 0
	next
}
/^ *[^:]+: *[0-9]+:/ {
	finish()
	begin_line($0)
}
END {
	finish()
	line = "-"
	n = split(functions, names, " ")
	for (i = 1; i <= n; i++)
		if (!(names[i] in seen))
			tell("no function " names[i] "()")
	if (!total && !bad)
		tell("no branch was measured")
	if (!bad)
		print subject ": " source ": all of " total " branches taken" \
		    (functions == "" ? "" : " in " functions)
	exit bad
}
