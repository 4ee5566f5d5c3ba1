# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Completion of bash for the programs of cx, which are asked what may follow:
# see libcx/cli/complete.h.

# Takes the quotes off the words of a line as far as it goes: into __cx_words,
# where the last one is the word that it ends in, empty behind a blank.
__cx_split() {
	local rest=$1 word='' blank=$' \t\n'
	__cx_words=()
	while [[ $rest ]]; do
		case $rest in
		[$blank]*)
			__cx_words+=("$word")
			word='' rest=${rest#"${rest%%[!"$blank"]*}"}
			;;
		\\*)
			word+=${rest:1:1} rest=${rest:2}
			;;
		\'*)
			rest=${rest:1}
			word+=${rest%%\'*}
			[[ $rest == *\'* ]] && rest=${rest#*\'} || rest=''
			;;
		\"*)
			rest=${rest:1}
			while [[ $rest && $rest != \"* ]]; do
				[[ $rest == \\[\"\\\$\`]* ]] && rest=${rest:1}
				word+=${rest:0:1} rest=${rest:1}
			done
			rest=${rest:1}
			;;
		*)
			word+=${rest%%[\\\'\""$blank"]*}
			rest=${rest#"${rest%%[\\\'\""$blank"]*}"}
			;;
		esac
	done
	__cx_words+=("$word")
}

# A word as it must be typed, where the quote $1, or none, is open.
__cx_quoted() {
	local quote=$1 word=$2 i c
	__cx_quoted=''
	for ((i = 0; i < ${#word}; i++)); do
		c=${word:i:1}
		case $quote$c in
		\'\') c="'\\''" ;;
		\'?) ;;
		\"[\"\\\$\`]) c=\\$c ;;
		\"?) ;;
		[\ \	\!\"\#\$\&\'\(\)\*\;\<\>\?\[\]\\^\`\{\|\}\~]) c=\\$c ;;
		esac
		__cx_quoted+=$c
	done
}

_cx() {
	local program=${1/#\~\//"$HOME/"} line=${COMP_LINE:0:COMP_POINT}
	local -a words
	local __cx_words __cx_quoted how lead text cur typed quote=''

	__cx_split "$line"
	words=("${__cx_words[@]:1}")
	local at=${#words[@]}
	cur=${words[at - 1]}
	# What stands behind the cursor may be the file that has the columns.
	__cx_split "${COMP_LINE:COMP_POINT}"
	words+=("${__cx_words[@]:1}")

	# Bash only puts in what is behind the last = or the like.
	typed=${COMP_WORDS[COMP_CWORD]}
	[[ $typed == [\'\"]* ]] && quote=${typed:0:1}
	[[ $typed == [=:]* ]] && typed=
	__cx_split "$typed"
	typed=${cur%"${__cx_words[0]}"}

	COMPREPLY=()
	{
		IFS=$'\t' read -r how lead || return
		case $how in
		files | folders)
			cur=${cur:${#lead}}
			local kind=-f
			[[ $how == folders ]] && kind=-d
			compopt -o filenames
			mapfile -t COMPREPLY < <(compgen $kind -- "$cur")
			;;
		parts) compopt -o nospace ;;&
		*)
			while IFS=$'\t' read -r text _; do
				text=$lead$text
				__cx_quoted "$quote" "${text#"$typed"}"
				COMPREPLY+=("$__cx_quoted")
			done
			;;
		esac
	} < <("$program" --complete "$at" "${words[@]}" 2>/dev/null </dev/null)
}

complete -F _cx @PROGRAMS@
