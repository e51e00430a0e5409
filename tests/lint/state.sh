#!/bin/sh
# state.sh OBJECT...: no writable file-scope variable.
#
# Looks at the compiled objects, since a `static` that lost its `const` is easy
# to overlook in the source. What may stand is named here with its object, each
# because a handler has no other way to reach it.
set -u

allowed=' app/signals.o:signal_pipe sim/main.o:signal_pipe'
allowed="$allowed base/mem.o:last_words term/term_last.o:last "

found=$(for object; do
	objdump -t "$object" |
		awk -v object="${object##*/src/}" -v allowed="$allowed" '
		/ O \.(data|bss|tdata|tbss)(\.[^r ][^ ]*)?\t/ {
			if (!index(allowed, " " object ":" $NF " "))
				print "src/" object ": " $NF
		}'
done)
[ -z "$found" ] && exit 0
echo "$found"
echo '^ a writable variable at file scope (or static in a function)'
exit 1
