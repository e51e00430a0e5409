#!/bin/sh
# install.sh: `make install` puts these files there, they work from there, and
# `make uninstall` takes all of them away again.
set -u
status=0

dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT

expected='./usr/bin/bantop
./usr/bin/bantop-sim
./usr/share/bantop/themes/colour-blind.theme
./usr/share/bantop/themes/dark.theme
./usr/share/bantop/themes/default.theme
./usr/share/bantop/themes/high-contrast.theme
./usr/share/bantop/themes/light.theme
./usr/share/bantop/themes/mono.theme
./usr/share/bash-completion/completions/bantop
./usr/share/doc/bantop/LICENSE
./usr/share/doc/bantop/README.md
./usr/share/fish/vendor_completions.d/bantop.fish
./usr/share/man/man1/bantop-sim.1
./usr/share/man/man1/bantop.1
./usr/share/man/man5/bantop.conf.5
./usr/share/zsh/site-functions/_bantop'

complain()
{
	echo "install: $1"
	status=1
}

files()
{
	(cd "$dir" && find . -type f | LC_ALL=C sort)
}

make --no-print-directory install PREFIX=/usr DESTDIR="$dir" >/dev/null ||
	complain 'make install failed'
if [ "$(files)" != "$expected" ]; then
	complain 'not the files that were expected:'
	files
fi
"$dir/usr/bin/bantop" --version >/dev/null || complain 'bantop does not start'
"$dir/usr/bin/bantop-sim" --help >/dev/null ||
	complain 'bantop-sim does not start'

make --no-print-directory uninstall PREFIX=/usr DESTDIR="$dir" >/dev/null ||
	complain 'make uninstall failed'
[ -z "$(files)" ] || complain "left behind: $(files)"
left=$(find "$dir" -name '*bantop*')
[ -z "$left" ] || complain "left behind: $left"
exit $status
