#!/bin/sh
# deps.sh build|test|lint...
#
# Installs what is missing of the named sets with the system's own package
# manager, through sudo or doas when not root, and prints what it runs. Does
# nothing, and asks nobody, when all of it is there. What is looked for is the
# thing itself and not its package: a library that was built by hand counts,
# and one packaged under another name is not replaced.
set -u

# set | how to find it | apt-get | dnf | apk | pacman | brew
table='
build|cc|gcc libc6-dev|gcc|gcc musl-dev|gcc|-
build|cmd:make|make|make|make|make|make
build|cmd:pkg-config|pkg-config|pkgconf-pkg-config|pkgconf|pkgconf|pkgconf
build|lib:ncursesw|libncurses-dev|ncurses-devel|ncurses-dev|ncurses|ncurses
build|lib:libcurl|libcurl4-openssl-dev|libcurl-devel|curl-dev|curl|curl
build|lib:libcjson|libcjson-dev|cjson-devel|cjson-dev|cjson|cjson
build|lib:libssl|libssl-dev|openssl-devel|openssl-dev|openssl|openssl@3
build|lib:libcrypto|libssl-dev|openssl-devel|openssl-dev|openssl|openssl@3
build|lib:zlib|zlib1g-dev|zlib-devel|zlib-dev|zlib|zlib
build|lib:libconfuse|libconfuse-dev|libconfuse-devel|confuse-dev|confuse|confuse
build|lib:libutf8proc|libutf8proc-dev|utf8proc-devel|utf8proc-dev|libutf8proc|utf8proc
build|lib:libmicrohttpd|libmicrohttpd-dev|libmicrohttpd-devel|libmicrohttpd-dev|libmicrohttpd|libmicrohttpd
build|certificates|ca-certificates|ca-certificates|ca-certificates|ca-certificates|-
build|zones|tzdata|tzdata|tzdata|tzdata|-
test|lib:cmocka|libcmocka-dev|libcmocka-devel|cmocka-dev|cmocka|cmocka
test|lib:vterm|libvterm-dev|libvterm-devel|libvterm-dev|libvterm|libvterm
test|term:tmux-256color|ncurses-term|ncurses-term|ncurses-terminfo|ncurses|ncurses
test|cmd:nghttpx|nghttp2-proxy|nghttp2|nghttp2|nghttp2|nghttp2
test|cmd:bash|bash|bash|bash|bash|bash
test|cmd:timeout|coreutils|coreutils|coreutils|coreutils|coreutils
lint|cmd:clang|clang|clang|clang|clang|llvm
lint|fuzzer|libclang-rt-dev|compiler-rt|compiler-rt|compiler-rt|-
lint|cmd:clang-format|clang-format|clang-tools-extra|clang-extra-tools|clang|clang-format
lint|cmd:clang-tidy|clang-tidy|clang-tools-extra|clang-extra-tools|clang|llvm
lint|cmd:cppcheck|cppcheck|cppcheck|cppcheck|cppcheck|cppcheck
lint|cmd:gcovr|gcovr|gcovr|gcovr|gcovr|gcovr
lint|cmd:valgrind|valgrind|valgrind|valgrind|valgrind|-
lint|cmd:shellcheck|shellcheck|ShellCheck|shellcheck|shellcheck|shellcheck
lint|cmd:mandoc|mandoc|mandoc|mandoc|mandoc|mandoc
lint|cmd:zsh|zsh|zsh|zsh|zsh|zsh
lint|cmd:fish|fish|fish|fish|fish|fish
lint|cmd:jq|jq|jq|jq|jq|jq
lint|cmd:dh|debhelper|-|-|-|-
lint|cmd:lintian|lintian|-|-|-|-
'

die()
{
	echo "deps.sh: $1" >&2
	exit 1
}

# any FILE...: whether one of them exists
any()
{
	for file; do
		[ -e "$file" ] && return 0
	done
	return 1
}

# found PROBE: whether what a row of the table asks for is here
found()
{
	case $1 in
	cc)	echo '#include <stdio.h>' | cc -E -x c - >/dev/null 2>&1 ;;
	fuzzer)	echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' |
			clang -fsanitize=fuzzer,address -x c - -o /dev/null \
			2>/dev/null ;;
	cmd:*)	(PATH=$PATH:/usr/sbin:/usr/local/sbin # what Debian hides
		command -v "${1#*:}" >/dev/null 2>&1) ;;
	lib:*)	pkg-config --exists "${1#*:}" 2>/dev/null ;;
	term:*)	infocmp "${1#*:}" >/dev/null 2>&1 ;;
	certificates)
		any /etc/ssl/certs/ca-certificates.crt /etc/ssl/cert.pem \
			/etc/pki/tls/certs/ca-bundle.crt ;;
	zones)	any /usr/share/zoneinfo/UTC ;;
	*)	die "no way to look for $1" ;;
	esac
}

# missing SET COLUMN: the packages of that column for what is not found
missing()
{
	echo "$table" | while IFS='|' read -r set probe apt dnf apk pacman brew
	do
		[ "$set" = "$1" ] || continue
		found "$probe" && continue
		case $2 in
		apt-get) echo "$apt" ;;
		dnf)	echo "$dnf" ;;
		apk)	echo "$apk" ;;
		pacman)	echo "$pacman" ;;
		brew)	echo "$brew" ;;
		*)	echo "${probe#*:}" ;;
		esac
	done
}

# run COMMAND...: shows it, then runs it as root
run()
{
	if [ "$manager" != brew ] && [ "$(id -u)" -ne 0 ]; then
		if command -v sudo >/dev/null 2>&1; then
			set -- sudo "$@"
		elif command -v doas >/dev/null 2>&1; then
			set -- doas "$@"
		else
			die "neither root nor sudo here; to run as root: $*"
		fi
	fi
	echo "+ $*"
	"$@"
}

manager=
for name in apt-get dnf apk pacman brew; do
	if command -v "$name" >/dev/null 2>&1; then
		manager=$name
		break
	fi
done

packages=
for set; do
	case $set in
	build | test | lint) ;;
	*)	die "unknown set '$set': build, test or lint" ;;
	esac
	packages="$packages $(missing "$set" "$manager" | grep -vx -e - |
		tr '\n' ' ')"
done
# Each once, in the table's order.
packages=$(echo "$packages" | tr -s ' ' '\n' | awk 'NF && !seen[$0]++')
[ -n "$packages" ] || exit 0

# A package's name holds no blank: the words are meant to be split.
# shellcheck disable=SC2086
case $manager in
apt-get)
	quiet='env DEBIAN_FRONTEND=noninteractive'
	apt='apt-get -o DPkg::Lock::Timeout=300'
	# One source out of reach need not matter: the installation will tell.
	run $apt update
	run $quiet $apt install -y --no-install-recommends $packages
	;;
dnf)	run dnf install -y $packages ;;
apk)	run apk add $packages ;;
pacman)	run pacman -Sy --needed --noconfirm $packages ;;
brew)	run brew install $packages ;;
*)
	die "no package manager that is known here; needed: $(echo "$packages" | tr '\n' ' ')"
	;;
esac || die 'the packages were not installed'
