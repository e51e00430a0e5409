#!/usr/bin/zsh -f
# complete.zsh: for each line of standard input what _bantop offers, as LINE,
# TAB, candidate. A zsh on a pseudo-terminal of its own is asked.
cd ${0:h}/../.. || exit 2
zmodload zsh/zpty || exit 2
zpty shell 'PS1= TERM=dumb zsh -f -i'

zpty -w shell 'source tests/docs/capture.zsh'
zpty -r shell said '*<ready>*' || exit 1
while IFS= read -r line; do
	zpty -w -n shell $line$'\t'
	zpty -r shell said '*<end>*' || exit 1
	for word in ${(f)${said//$'\r'}}; do
		[[ $word == *'<hit>'* ]] || continue
		print -r -- "$line"$'\t'"${(Q)word##*<hit>}"
	done
	zpty -w -n shell $'\x15'
done
zpty -d shell
