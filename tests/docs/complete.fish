#!/usr/bin/fish
# complete.fish: for each line of standard input what bantop.fish offers, as
# LINE, TAB, candidate.
cd (dirname (status filename))/../..; or exit 2
source contrib/completions/bantop.fish

while read -l line
	for offer in (complete -C "$line")
		printf '%s\t%s\n' $line (string split -m 1 \t -- $offer)[1]
	end
end
