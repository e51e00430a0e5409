# Address and checksum are those of the archive that `make dist` makes; they
# are put in when it is published (docs/release.md).
class Bantop < Formula
  desc "Banned members of Tencent Cloud Chat groups, in the terminal"
  homepage "https://example.com/bantop"
  url "https://example.com/bantop/bantop-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "MIT"

  depends_on "pkgconf" => :build
  depends_on "cjson"
  depends_on "confuse"
  depends_on "curl"
  depends_on "libmicrohttpd"
  depends_on "ncurses"
  depends_on "openssl@3"
  depends_on "utf8proc"

  uses_from_macos "zlib"

  def install
    system "make", "install", "PREFIX=#{prefix}",
           "BASH_DIR=#{bash_completion}", "ZSH_DIR=#{zsh_completion}",
           "FISH_DIR=#{fish_completion}"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/bantop --version")
    assert_match "too many calls", shell_output("#{bin}/bantop explain 60007")
    assert_match "account", shell_output("#{bin}/bantop list --demo")
  end
end
