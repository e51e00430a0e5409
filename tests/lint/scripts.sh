#!/bin/sh
# scripts.sh: every shell script passes shellcheck, and runs as it stands.
set -u
status=0

scripts=$(git ls-files -co --exclude-standard -- '*.sh' .ci/run |
	while read -r file; do [ -f "$file" ] && echo "$file"; done)
for script in $scripts; do
	if [ ! -x "$script" ]; then
		echo "$script: not executable"
		status=1
	fi
done
# shellcheck disable=SC2086
shellcheck -x $scripts || status=1
exit $status
