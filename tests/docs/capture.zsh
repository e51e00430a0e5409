# capture.zsh: makes a zsh print what it would offer: a line <hit>WORD for each
# candidate, <end> behind them. Read by complete.zsh.
unsetopt prompt_cr prompt_sp beep
fpath=($PWD/contrib/completions $fpath)
autoload -U compinit
compinit -u -D
bindkey '^I' complete-word

compadd()
{
	if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
		builtin compadd "$@"
		return
	fi
	local -a __hits
	builtin compadd -A __hits "$@"
	local hit
	for hit in $__hits; do
		print -r -- "<hit>$hit"
	done
	return 1
}

print_end()
{
	print -r -- '<end>'
}
compprefuncs=(rearm)
rearm()
{
	comppostfuncs=(print_end)
	compprefuncs=(rearm)
}
print -r -- '<ready''>'
