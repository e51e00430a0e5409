# bantop.fish: completion of bantop(1) for fish, 3.0 or later.
#
# Asks no network and never bantop itself. Profiles, regions and groups are
# read from the configuration, recent groups from the state file.

# __bantop_config FILE...: "profile NAME", "region KEY" and "group ID", a line
# each, of all that the files name.
function __bantop_config
	awk '
	{ text = text $0 "\n" }
	END {
		while (text != "") {
			word = ""; mark = ""
			if (match(text, /^[ \t\n]+/) ||
			    match(text, /^(#|\/\/)[^\n]*/) ||
			    match(text, /^\/\*([^*]|\*+[^*\/])*\*+\//))
				;
			else if (match(text, /^"([^"\\\\]|\\\\.)*"/)) {
				word = substr(text, 2, RLENGTH - 2)
				gsub(/\\\\/, "", word)
			} else if (match(text, /^[^][ \t\n{}=,"#+()]+/))
				word = substr(text, 1, RLENGTH)
			else {
				match(text, /^./)
				mark = substr(text, 1, 1)
			}
			text = substr(text, RLENGTH + 1)
			if (mark == "{" && key == "groups" && last == "=")
				list = 1
			else if (mark == "{")
				depth++
			else if (mark == "}" && list)
				list = 0
			else if (mark == "}")
				depth--
			else if (word != "" && depth == 0 &&
			    (last == "profile" || last == "region"))
				print last, word
			else if (word != "" && (list ||
			    (key == "group" && last == "=")))
				print "group", word
			else if (word != "")
				key = word
			if (word != "" || mark != "")
				last = word mark
		}
	}' $argv 2>/dev/null
end

# The word before which the cursor stands is not asked about.
function __bantop_with_value
	contains -- $argv[1] -p --profile -g --group -r --region --format \
		--type --sort --filter --color --theme --zone \
		--secret-key-file --usersig-file --cacert -o --output --log \
		--config --app-id --admin --secret-key-fd --endpoint \
		--page-size --rate --parallel --connect-timeout --timeout \
		--max-rows --offset --interval --ambiguous
end

# The command on the line, ui for none.
function __bantop_command
	set -l words (commandline -opc)
	set -l previous ''
	for word in $words[2..-1]
		if not string match -q -- '-*' $word
			and not __bantop_with_value $previous
			echo $word
			return
		end
		set previous $word
	end
	echo ui
end

function __bantop_is
	contains -- (__bantop_command) $argv
end

# __bantop_from profile|region|group: what the files have of it
function __bantop_from
	set -l config ~/.config
	set -l state ~/.local/state
	set -q XDG_CONFIG_HOME; and set config $XDG_CONFIG_HOME
	set -q XDG_STATE_HOME; and set state $XDG_STATE_HOME
	set config $config/bantop/bantop.conf
	set state $state/bantop/state
	set -q BANTOP_CONFIG; and set config $BANTOP_CONFIG
	set -l words (commandline -opc)
	for i in (seq (count $words))
		switch $words[$i]
			case --config
				set -q words[(math $i + 1)]
				and set config $words[(math $i + 1)]
			case '--config=*'
				set config (string replace -- --config= '' \
					$words[$i])
		end
	end
	for file in /etc/bantop/bantop.conf $config
		test -r $file; and __bantop_config $file
	end | sed -n "s/^$argv[1] //p"
	if test $argv[1] = group -a -r $state
		awk -F '\t' '$1 == "group" && NF == 5 { print $5 }' $state
	end
end

function __bantop_themes
	set -l config ~/.config
	set -q XDG_CONFIG_HOME; and set config $XDG_CONFIG_HOME
	set -l dirs $BANTOP_THEMES $config/bantop/themes
	set -l program (command -s bantop)
	and set dirs $dirs (string replace -r '/bin/bantop$' '' \
		$program)/share/bantop/themes
	echo default
	for dir in $dirs
		set -l files $dir/*.theme
		for file in $files
			string replace -r '.*/(.*)\.theme$' '$1' $file
		end
	end
end

function __bantop_zones
	awk '!/^#/ { print $3 }' /usr/share/zoneinfo/zone.tab 2>/dev/null
end

complete -c bantop -f
complete -c bantop -n '__bantop_is ui' -a list \
	-d 'print the banned members of a group'
complete -c bantop -n '__bantop_is ui' -a check \
	-d 'is an account banned there'
complete -c bantop -n '__bantop_is ui' -a groups \
	-d 'print the groups of the application'
complete -c bantop -n '__bantop_is ui' -a doctor \
	-d 'what works, what does not'
complete -c bantop -n '__bantop_is ui' -a explain \
	-d 'what an error code means'
complete -c bantop -n '__bantop_is explain' -a 'dns connect network tls
	timeout http data paging limit credential config file service'

complete -c bantop -s p -l profile -x -a '(__bantop_from profile)' \
	-d 'section of the configuration'
complete -c bantop -s r -l region -x -a 'cn sgp kr jpn ger usa idn ind ksa (__bantop_from region)' \
	-d 'data centre'
complete -c bantop -s g -l group -x -a '(__bantop_from group)' \
	-d 'open this group at once'
complete -c bantop -l app-id -x \
	-d 'SDKAppID of the application'
complete -c bantop -l admin -x \
	-d 'administrator account of the application'
complete -c bantop -l secret-key-file -r -F \
	-d 'secret key from a file of mode 0600'
complete -c bantop -l secret-key-fd -x \
	-d 'secret key from an open descriptor'
complete -c bantop -l usersig-file -r -F \
	-d 'ready-made UserSig from a file of mode 0600'
complete -c bantop -l endpoint -x \
	-d 'another https host in the place of the region\'s'
complete -c bantop -l cacert -r -F \
	-d 'one more certificate authority'
complete -c bantop -l page-size -x \
	-d 'rows asked for in a call'
complete -c bantop -l rate -x \
	-d 'calls per second'
complete -c bantop -l parallel -x \
	-d 'calls in flight'
complete -c bantop -l connect-timeout -x \
	-d 'seconds to connect'
complete -c bantop -l timeout -x \
	-d 'seconds for one attempt'
complete -c bantop -l max-rows -x \
	-d 'rows to load at most'
complete -c bantop -n '__bantop_is ui list' -l sort -x -a 'account until remaining state account:desc until:desc remaining:desc state:desc' \
	-d 'order of the rows'
complete -c bantop -n '__bantop_is ui list' -l filter -x -a 'ended permanent banned' \
	-d 'keep only what matches'
complete -c bantop -n '__bantop_is list check groups doctor' -l format -x -a 'table tsv csv json jsonl' \
	-d 'form of the output'
complete -c bantop -n '__bantop_is list check groups doctor' -s o -l output -r -F \
	-d 'write to a new file'
complete -c bantop -n '__bantop_is list check groups doctor' -l force \
	-d 'let -o replace a file'
complete -c bantop -n '__bantop_is list' -l offset -x \
	-d 'start there, to go on after an interruption'
complete -c bantop -n '__bantop_is groups' -l type -x -a 'Public Private ChatRoom AVChatRoom BChatRoom Community' \
	-d 'groups of this type only'
complete -c bantop -n '__bantop_is ui' -l interval -x \
	-d 'refresh by itself every so many seconds'
complete -c bantop -l utc \
	-d 'show times in UTC'
complete -c bantop -l zone -x -a 'UTC (__bantop_zones)' \
	-d 'show times in this zone'
complete -c bantop -n '__bantop_is ui' -l theme -x -a '(__bantop_themes)' \
	-d 'colours'
complete -c bantop -n '__bantop_is ui' -l color -x -a 'auto always never' \
	-d 'when to use colours'
complete -c bantop -l ascii \
	-d 'ASCII only'
complete -c bantop -l ambiguous -x -a 'narrow wide' \
	-d 'how wide the terminal draws ambiguous characters'
complete -c bantop -n '__bantop_is ui' -l reader \
	-d 'for screen readers: no ticking, words for signs'
complete -c bantop -n '__bantop_is ui list check groups doctor' -l demo -f -a 'calm large errors hostile slow' \
	-d 'on the bundled simulator'
complete -c bantop -n '__bantop_is ui list check groups doctor' -l log -r -F \
	-d 'trace of requests, without secrets'
complete -c bantop -l no-state \
	-d 'neither read nor write recent groups and last view'
complete -c bantop -l restricted \
	-d 'for an SSH forced command'
complete -c bantop -l config -r -F \
	-d 'configuration in the place of the user\'s file'
complete -c bantop -l print-config \
	-d 'print what holds, and where it comes from'
complete -c bantop -l check-config \
	-d 'check the configuration files'
complete -c bantop -l keys \
	-d 'print the keys of the terminal UI'
complete -c bantop -s h -l help \
	-d 'this page'
complete -c bantop -s V -l version \
	-d 'versions of bantop and of its libraries'
