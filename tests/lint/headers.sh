#!/bin/sh
# headers.sh COMPILE...: each header stands alone.
#
# COMPILE is a compiler with the flags of the house. Every header is compiled
# by itself; those of the program have a guard named after their path.
set -u
status=0

for header in $(find include src tests -name '*.h' | sort); do
	guard=$(echo "$header" | sed 's:^include/::; s:^src/:bantop/:' |
		tr 'a-z/.-' 'A-Z___')
	case $header in
	tests/*) guard='.*' ;;
	esac
	if ! grep -q "^#ifndef $guard\$" "$header"; then
		echo "$header: no guard $guard"
		status=1
	fi
	echo "#include \"$header\"" |
		"$@" -I. -fsyntax-only -x c - || status=1
done
exit $status
