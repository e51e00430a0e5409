#!/bin/sh
# format.sh: every source looks as .clang-format has it.
set -u

git ls-files -co --exclude-standard -- 'src/*.[ch]' 'include/*.h' \
	'tests/*.[ch]' | while read -r file; do
	[ -f "$file" ] && echo "$file"
done | xargs clang-format --dry-run -Werror --ferror-limit=3
