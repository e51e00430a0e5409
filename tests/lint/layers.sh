#!/bin/sh
# layers.sh: who may include whom.
#
# Holds the rooms of the house (a room includes itself and the lower rooms of
# its row below), the doors of the libraries (the only files that include them)
# and that there is no ring, neither of headers nor of modules. A module is a
# header together with the source of the same name.
set -u
LC_ALL=C
export LC_ALL

# The ways of saying `#include`, as FILE|KIND|NAME with KIND `<` or `"`.
includes()
{
	find include/bantop src -name '*.[ch]' | sort | while read -r file; do
		sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*\([<"]\)\([^>"]*\).*/\1|\2/p' \
			"$file" | sed "s:^:$file|:"
	done
}

list=$(mktemp) || exit 2
trap 'rm -f "$list"' EXIT
includes >"$list"

bad=$(awk -F '|' '
BEGIN {
	may["base"] = " base "
	may["model"] = " model base "
	may["api"] = " api base model "
	may["net"] = " net base api "
	may["view"] = " view base model "
	may["term"] = " term base view "
	may["app"] = " app base model api net view term "
	may["sim"] = " sim base "

	# Headers by their first word, and where their doors are. The
	# simulator has doors of its own.
	door["curses"] = "src/term/"
	door["ncurses"] = "src/term/"
	door["term"] = "src/term/"
	door["panel"] = "src/term/"
	door["curl"] = "src/net/http.c"
	door["cjson"] = "src/api/json.c src/sim/"
	door["cJSON"] = door["cjson"]
	door["openssl"] = "src/api/usersig.c src/net/trust.c src/sim/"
	door["zlib"] = "src/api/usersig.c src/sim/"
	door["utf8proc"] = "src/base/text.c"
	door["confuse"] = "src/app/config_file.c"
	door["microhttpd"] = "src/sim/"
}

function complain(text) { print $1 ": " text }

function room_of(path,   part) {
	split(path, part, "/")
	return part[1] == "src" ? part[2] : part[3]
}

$2 == "<" {
	word = $3
	sub(/[\/.].*/, "", word)
	if (word == "ncursesw")
		word = "ncurses"
	if (!(word in door))
		next
	n = split(door[word], at, " ")
	for (i = 1; i <= n; i++)
		if (index($1, at[i]) == 1)
			next
	complain("includes <" $3 ">, whose door is " door[word])
	next
}

{
	room = room_of($1)
	if (!(room in may))
		complain("lies in no room")
	else if ($3 ~ /^bantop\/[a-z]+\/[a-z0-9_]+\.h$/) {
		split($3, part, "/")
		if (!index(may[room], " " part[2] " "))
			complain("room " room " must not include " $3)
	} else if ($3 ~ /^[a-z_]+_table\.h$/) {
		if (room != "api")
			complain("includes " $3 ", which is of the room api")
	} else if ($3 !~ "^(" room "/)?[a-z_]+_priv\\.h$")
		complain("includes \"" $3 "\": not bantop/ROOM/MODULE.h")
}
' "$list")

# One line `FROM TO` for each edge; tsort names the members of each ring, which
# come out in one line each.
rings()
{
	tsort 2>&1 >/dev/null | sed 's/^tsort: //' | awk '
	/loop:$/ { ring = ring sep; sep = "\n"; next }
	{ ring = ring " " $0 }
	END { if (ring != "") print ring }'
}

headers=$(awk -F '|' '
$1 ~ /^include\// && $3 ~ /^bantop\// { print $1, "include/" $3 }
' "$list" | rings)
modules=$(awk -F '|' '
function module(path) {
	sub(/^(include\/bantop|src|bantop)\//, "", path)
	sub(/\.[ch]$/, "", path)
	return path
}
$3 ~ /^bantop\// && module($1) != module($3) { print module($1), module($3) }
' "$list" | rings)

[ -z "$bad" ] || echo "$bad"
[ -z "$headers" ] || printf 'rings of headers:\n%s\n' "$headers"
[ -z "$modules" ] || printf 'rings of modules:\n%s\n' "$modules"
[ -z "$bad$headers$modules" ]
