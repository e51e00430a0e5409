#!/bin/bash
# packages.sh: the version is one, the archive is the same every time, and what
# describes a package can be read by the tool for it, where that is installed.
set -u
cd "$(dirname "$0")/../.." || exit 2
status=0

complain()
{
	echo "$1"
	status=1
}

# have COMMAND
have()
{
	command -v "$1" >/dev/null && return
	echo "$1 is not installed: left out"
	return 1
}

version=$(sed -n 's/^VERSION = //p' Makefile)
while read -r file line; do
	grep -qF -- "$line" "$file" || complain "$file: is not of $version"
done <<END
contrib/debian/changelog bantop ($version-
contrib/rpm/bantop.spec Version:        $version
contrib/alpine/APKBUILD pkgver=$version
contrib/homebrew/bantop.rb bantop-$version.tar.gz
docs/changes.md ## $version
END

if have git && git rev-parse --git-dir >/dev/null 2>&1; then
	one=$(make --no-print-directory dist | tail -n 1)
	two=$(make --no-print-directory dist | tail -n 1)
	if [ -z "$one" ] || [ "$one" != "$two" ]; then
		complain "the archive differs from itself: $one, $two"
	fi
	tar -tzf "build/bantop-$version.tar.gz" | grep -qx \
		"bantop-$version/docs/bantop.1" || complain 'an archive of what?'
fi
! have rpmspec || rpmspec -P contrib/rpm/bantop.spec >/dev/null ||
	complain 'contrib/rpm/bantop.spec cannot be read'
! have ruby || ruby -c contrib/homebrew/bantop.rb >/dev/null ||
	complain 'contrib/homebrew/bantop.rb cannot be read'
sh -n contrib/alpine/APKBUILD || complain 'APKBUILD cannot be read'
if have dpkg-buildpackage && have dh; then
	DEB_BUILD_OPTIONS=nocheck make --no-print-directory deb >build/deb.log \
		2>&1 || {
		tail -n 20 build/deb.log
		complain 'make deb failed'
	}
	tail -n 2 build/deb.log
fi
exit $status
