#!/bin/sh
# coverage.sh DIR
#
# Says for every source, whose objects and counts lie in DIR, how many of its
# branches and lines the tests reached. Fails below a floor in a hundred of all
# together, FLOOR_LINES (default 90) and FLOOR_BRANCHES (default 80), and for
# each branch that was not taken in what the promises of docs/security.md stand
# on. What a process does after it has given up the right to write files
# (restricted mode) is not among them: neither can its counts be written.
set -u
dir=$1

# subject | source | its functions, or none for all of them
subjects='
text made harmless|base/text.c|
text made harmless|base/text_ambiguous.c|
text made harmless|base/text_cut.c|
envelope check|api/envelope.c|
paging guards|api/ban_reply.c|
paging guards|api/ban_fetch.c|check_new check_next judge_page
paging guards|api/ban_ahead.c|is_regular ban_ahead_learn read_page ban_ahead_take
retry policy|api/retry.c|
redaction|api/client_answer.c|
redaction|net/url.c|
redaction|net/fault.c|
redaction|app/request_log.c|put_field put_text put_outcome make_line copy_cut copy_text request_log_observe service_path put_quoted put_percent request_log_write_curl
CSV writer|app/ban_writer.c|
CSV writer|app/record.c|
CSV writer|app/escape.c|
'

command -v gcovr >/dev/null 2>&1 || {
	echo 'coverage: missing: gcovr (run: make deps-lint)' >&2
	exit 2
}
text=$(mktemp) || exit 2
trap 'rm -f "$text"' EXIT
status=0

# check SUBJECT SOURCE FUNCTIONS: each branch of it was taken
check()
{
	gcov -b -c -t "$dir/src/${2%.c}.gcda" >"$text" 2>/dev/null
	awk -v subject="$1" -v source="src/$2" -v functions="$3" \
		-f tests/branches.awk "$text" "$text"
}

gcovr --root . --filter src/ --branches "$dir" |
	awk '/^src|^TOTAL/ { printf "%5s of the branches  %s\n", $4, $1 }'
gcovr --root . --filter src/ --fail-under-line "${FLOOR_LINES:-90}" \
	--fail-under-branch "${FLOOR_BRANCHES:-80}" "$dir" || status=1
while IFS='|' read -r subject source functions; do
	[ -n "$subject" ] || continue
	check "$subject" "$source" "$functions" || status=1
done <<EOF
$subjects
EOF
exit $status
