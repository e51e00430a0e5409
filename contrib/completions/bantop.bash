# bantop.bash: completion of bantop(1) for bash, 4.2 or later.
#
# Asks no network and never bantop itself. Profiles, regions and groups are
# read from the configuration, recent groups from the state file. Group ids hold
# blanks, # and @, of which readline and bash make words of their own: the word
# under the cursor is worked out here, from the line.
#
# Lists of words are meant to be split.
# shellcheck disable=SC2206,SC2086

_bantop_commands='list check groups doctor explain'
_bantop_regions='cn sgp kr jpn ger usa idn ind ksa'
_bantop_formats='table tsv csv json jsonl'
_bantop_scenarios='calm large errors hostile slow'
_bantop_types='Public Private ChatRoom AVChatRoom BChatRoom Community'
_bantop_columns='account until remaining state'
_bantop_colors='auto always never'
_bantop_widths='narrow wide'
_bantop_filters='ended permanent banned'
_bantop_errors='dns connect network tls timeout http data paging limit
	credential config file service'

_bantop_any='--profile --region --group --app-id --admin --secret-key-file
	--secret-key-fd --usersig-file --endpoint --cacert --page-size --rate
	--parallel --connect-timeout --timeout --max-rows --utc --zone --ascii
	--ambiguous --no-state --restricted --config --print-config
	--check-config --keys --help --version'
_bantop_ui='--sort --filter --interval --theme --color --reader --demo --log'
_bantop_list='--sort --filter --format --output --force --offset --demo --log'
_bantop_check='--format --output --force --demo --log'
_bantop_groups='--format --output --force --type --demo --log'
_bantop_doctor='--format --output --force --demo --log'
_bantop_explain=''

# _bantop_config FILE...: "profile NAME", "region KEY" and "group ID", a line
# each, of all that the files name.
_bantop_config()
{
	awk '
	{ text = text $0 "\n" }
	END {
		while (text != "") {
			word = ""; mark = ""
			if (match(text, /^[ \t\n]+/) ||
			    match(text, /^(#|\/\/)[^\n]*/) ||
			    match(text, /^\/\*([^*]|\*+[^*\/])*\*+\//))
				;
			else if (match(text, /^"([^"\\]|\\.)*"/)) {
				word = substr(text, 2, RLENGTH - 2)
				gsub(/\\/, "", word)
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
	}' "$@" 2>/dev/null
}

# _bantop_from profile|region|group: what the files have of it
_bantop_from()
{
	local config=${XDG_CONFIG_HOME:-$HOME/.config}/bantop/bantop.conf
	local state=${XDG_STATE_HOME:-$HOME/.local/state}/bantop/state
	local file

	for file in "$_bantop_given" "$BANTOP_CONFIG"; do
		[[ -n $file ]] && config=$file && break
	done
	for file in /etc/bantop/bantop.conf "$config"; do
		[[ -r $file ]] && _bantop_config "$file"
	done | sed -n "s/^$1 //p"
	if [[ $1 == group && -r $state ]]; then
		awk -F '\t' '$1 == "group" && NF == 5 { print $5 }' "$state"
	fi
}

# _bantop_theme_names: those of all folders that bantop looks at
_bantop_theme_names()
{
	local program dir file

	program=$(type -P bantop)
	echo default
	for dir in "$BANTOP_THEMES" \
		"${XDG_CONFIG_HOME:-$HOME/.config}/bantop/themes" \
		"${program%/bin/bantop}/share/bantop/themes"; do
		for file in "$dir"/*.theme; do
			[[ -r $file ]] || continue
			file=${file##*/}
			echo "${file%.theme}"
		done
	done
}

# _bantop_parse LINE: the words without their quotes into _bantop_words; of the
# last one _bantop_raw as it stands and _bantop_quote, the quote that is open.
_bantop_parse()
{
	local line=$1 i char begun=''

	local word=''
	_bantop_words=() _bantop_raw='' _bantop_quote=''
	for ((i = 0; i < ${#line}; i++)); do
		char=${line:i:1}
		if [[ -z $_bantop_quote && $char == [[:space:]] ]]; then
			[[ -n $begun ]] && _bantop_words+=("$word")
			begun='' word='' _bantop_raw=''
			continue
		fi
		begun=1
		_bantop_raw+=$char
		if [[ $char == "$_bantop_quote" ]]; then
			_bantop_quote=
		elif [[ -z $_bantop_quote && $char == [\"\'] ]]; then
			_bantop_quote=$char
		elif [[ $char == \\ && $_bantop_quote != \' ]]; then
			i=$((i + 1))
			_bantop_raw+=${line:i:1}
			word+=${line:i:1}
		else
			word+=$char
		fi
	done
	_bantop_words+=("$word")
}

# _bantop_offer TEXT CANDIDATE...: those that begin with TEXT, quoted as what
# readline is going to replace asks for
_bantop_offer()
{
	local text=$1 behind candidate

	shift
	# What stands before the part that readline replaces.
	behind=${_bantop_raw%"$_bantop_part"}
	for candidate; do
		[[ $candidate == "$text"* ]] || continue
		case $_bantop_quote in
		\')	candidate=${candidate//\'/\'\\\'\'} ;;
		\")	candidate=${candidate//[\\]/\\\\}
			candidate=${candidate//\"/\\\"}
			candidate=${candidate//\$/\\\$} ;;
		*)	printf -v candidate %q "$candidate"
			candidate=$_bantop_lead$candidate
			candidate=${candidate#"$behind"} ;;
		esac
		COMPREPLY+=("$candidate")
	done
}

# _bantop_lines TEXT: as _bantop_offer, of the lines of standard input
_bantop_lines()
{
	local -a lines

	mapfile -t lines
	_bantop_offer "$1" "${lines[@]}"
}

# _bantop_takes OPTION: whether the next word is its value
_bantop_takes()
{
	case $1 in
	-p | --profile | -g | --group | -r | --region | --format | --type | \
	--sort | --filter | --color | --theme | --zone | --secret-key-file | \
	--usersig-file | --cacert | -o | --output | --log | --config | \
	--app-id | --admin | --secret-key-fd | --endpoint | --page-size | \
	--rate | --parallel | --connect-timeout | --timeout | --max-rows | \
	--offset | --interval | --ambiguous) return 0 ;;
	esac
	return 1
}

# _bantop_value OPTION TEXT: the values of an option
_bantop_value()
{
	local -a list=()

	case $1 in
	-p | --profile) _bantop_lines "$2" < <(_bantop_from profile | sort -u) ;;
	-g | --group) _bantop_lines "$2" < <(_bantop_from group | awk '!n[$0]++') ;;
	-r | --region)
		list=($_bantop_regions)
		mapfile -t -O ${#list[@]} list < <(_bantop_from region)
		;;
	--format) list=($_bantop_formats) ;;
	--type)	list=($_bantop_types) ;;
	--sort)	list=($_bantop_columns)
		list+=("${list[@]/%/:desc}") ;;
	--filter) list=($_bantop_filters) ;;
	--color) list=($_bantop_colors) ;;
	--ambiguous) list=($_bantop_widths) ;;
	--theme) _bantop_lines "$2" < <(_bantop_theme_names | sort -u) ;;
	--zone)	_bantop_lines "$2" < <(echo UTC
		awk '!/^#/ { print $3 }' /usr/share/zoneinfo/zone.tab \
			2>/dev/null) ;;
	--secret-key-file | --usersig-file | --cacert | -o | --output | \
	--log | --config)
		compopt -o default 2>/dev/null ;;
	--demo)	list=($_bantop_scenarios) ;;
	esac
	[[ ${#list[@]} -eq 0 ]] || _bantop_offer "$2" "${list[@]}"
}

_bantop()
{
	local _bantop_words _bantop_raw _bantop_quote _bantop_given='' word i
	local _bantop_part=$2 _bantop_lead='' command='' previous='' options

	COMPREPLY=()
	_bantop_parse "${COMP_LINE:0:COMP_POINT}"
	word=${_bantop_words[-1]}
	for ((i = 1; i < ${#_bantop_words[@]} - 1; i++)); do
		if [[ $previous == --config ]]; then
			_bantop_given=${_bantop_words[i]}
		elif [[ ${_bantop_words[i]} == --config=* ]]; then
			_bantop_given=${_bantop_words[i]#*=}
		elif [[ -z $command && ${_bantop_words[i]} != -* ]] &&
			! _bantop_takes "$previous"; then
			command=${_bantop_words[i]}
		fi
		previous=${_bantop_words[i]}
	done

	if [[ $word == --*=* ]]; then
		_bantop_lead=${word%%=*}=
		_bantop_value "${word%%=*}" "${word#*=}"
	elif _bantop_takes "$previous"; then
		_bantop_value "$previous" "$word"
	elif [[ $word == -* ]]; then
		options=_bantop_${command:-ui}
		_bantop_offer "$word" $_bantop_any ${!options}
	elif [[ -z $command ]]; then
		_bantop_offer "$word" $_bantop_commands
	elif [[ $command == explain ]]; then
		_bantop_offer "$word" $_bantop_errors
	fi
}

complete -F _bantop bantop
