#!/usr/bin/zsh -f
# type.zsh bash|zsh: what is typed, completed by TAB and entered reaches the
# program as the arguments that stand behind it. Each line of standard input is
# TYPED, TAB, the arguments with a bar between. Ends with `N passed, N failed`.
cd ${0:h}/../.. || exit 2
zmodload zsh/zpty || exit 2
integer passed=0 failed=0

case $1 in
bash)	zpty shell 'PS1= TERM=dumb bash --norc --noprofile -i'
	zpty -w shell 'source contrib/completions/bantop.bash'
	zpty -w shell 'bantop() { printf "<ran>"; printf "%s|" "$@"; echo "<end>"; }' ;;
zsh)	zpty shell 'PS1= TERM=dumb zsh -f -i'
	zpty -w shell 'fpath=($PWD/contrib/completions $fpath)'
	zpty -w shell 'autoload -U compinit; compinit -u -D'
	zpty -w shell 'bantop() { print -rn "<ran>"; printf "%s|" "$@"; print "<end>" }' ;;
esac
zpty -w shell 'echo "<rea""dy>"'
zpty -r shell said '*<ready>*' || exit 1

while IFS=$'\t' read -r typed expected; do
	zpty -w -n shell $typed$'\t\n'
	zpty -r shell said '*<ran>*<end>*' || exit 1
	said=${${said##*<ran>}%%'|<end>'*}
	if [[ $said == $expected ]]; then
		passed+=1
	else
		print -r -- "$1: $typed gave $said, expected $expected"
		failed+=1
	fi
done
zpty -d shell
print "$passed passed, $failed failed"
(( failed == 0 ))
