#!/bin/sh
# state.sh OBJECT...: no writable file-scope variable.
#
# Looks at the compiled objects, since a `static` that lost its `const` is easy
# to overlook in the source. Three may stand, each because a signal or an exit
# handler has no other way to reach it: the signal pipe, the log, and the
# last-words hook.
set -u

allowed='^(signal_pipe|log_state|last_words)(\.[0-9]+)?$'

found=$(for object; do
	objdump -t "$object" |
		awk -v object="$object" -v allowed="$allowed" '
		/ O \.(data|bss|tdata|tbss)(\.[^r ][^ ]*)?\t/ && $NF !~ allowed {
			print object ": " $NF
		}'
done)
[ -z "$found" ] && exit 0
echo "$found"
echo '^ a writable variable at file scope (or static in a function)'
exit 1
