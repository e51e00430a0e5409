#!/bin/sh
# need.sh TARGET CC PKG_CONFIG PACKAGE...
#
# Fails in one line, with the command to run, when the compiler, pkg-config or
# a library is not there: a page of compiler errors helps nobody.
set -u

target=$1
cc=$2
pkg_config=$3
shift 3
missing=

# CC may carry words of its own, as in CC="ccache gcc".
command -v "${cc%% *}" >/dev/null 2>&1 || missing=" ${cc%% *}"
if command -v "${pkg_config%% *}" >/dev/null 2>&1; then
	for package; do
		$pkg_config --exists "$package" || missing="$missing $package"
	done
else
	missing="$missing ${pkg_config%% *}"
fi
[ -z "$missing" ] && exit 0
echo "bantop: missing:$missing (run: make $target)" >&2
exit 1
