# plot.awk: the part on whole lists of what `make bench` prints, as a chart of
# bars in SVG. awk -F '\t' -f tests/bench/plot.awk build/bench.txt
function bar(name, value, ours,    y, width) {
	y = TOP + count * STEP
	width = value / MOST * ROOM
	printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", \
		LEFT - 8, y + 14, name
	printf "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" " \
		"height=\"%d\"/>\n", ours ? "ours" : "others", LEFT, y, \
		width, STEP - 6
	printf "<text class=\"number\" x=\"%.1f\" y=\"%d\">%s</text>\n", \
		LEFT + width + 6, y + 14, value
	count++
}
BEGIN {
	LEFT = 250; TOP = 44; STEP = 24; ROOM = 380; MOST = 20000
	print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"700\" " \
		"height=\"292\" viewBox=\"0 0 700 292\">"
	print "<title>Rows a second: bantop list beside other clients</title>"
	print "<style>"
	print "text { font: 13px monospace; fill: #444 }"
	print ".head { font-weight: bold }"
	print ".ours { fill: #2a7f8e } .others { fill: #999 }"
	print ".limit { stroke: #b33; stroke-dasharray: 4 3 }"
	print "@media (prefers-color-scheme: dark) { text { fill: #ccc } }"
	print "</style>"
	print "<text class=\"head\" x=\"12\" y=\"20\">Rows a second, " \
		"--rate 200 --parallel 40</text>"
}
$3 == "rows/s" && $1 ~ /^list, / && $1 !~ /late$/ {
	sub(/^list, /, "bantop, ", $1)
	bar($1, $2, 1)
	next
}
$3 == "rows/s" && $1 ~ / at 100 ms$/ {
	bar($1, $2, 0)
}
END {
	x = LEFT + ROOM
	printf "<path class=\"limit\" d=\"M%d %dV%d\"/>\n", x, TOP - 8, \
		TOP + count * STEP
	printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">the service: " \
		"20,000</text>\n", x, TOP + count * STEP + 18
	print "</svg>"
}
