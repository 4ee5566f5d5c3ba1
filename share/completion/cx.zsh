#compdef @PROGRAMS@
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Completion of zsh for the programs of cx, which are asked what may follow:
# see libcx/cli/complete.h.

local -a lines before after names shown
local program=${(Q)words[1]} cur=$PREFIX how lead separator line

[[ $program == '~/'* ]] && program=$HOME/${program#'~/'}
[[ -n $QIPREFIX ]] || cur=${(Q)PREFIX}
before=("${(@Q)words[2,CURRENT-1]}")
after=("${(@Q)words[CURRENT+1,-1]}")
(( CURRENT > 2 )) || before=()
lines=("${(@f)$("$program" --complete $(( $#before + 1 )) "${before[@]}" \
	"$cur" "${after[@]}" 2>/dev/null </dev/null)}")
how=${lines[1]%%$'\t'*} lead=${lines[1]#*$'\t'}
shift lines

# What of the word stays is taken off it, as it was typed.
if [[ $lead == *[=,\|/\ ] ]]; then
	separator=$lead[-1]
	IPREFIX+=${PREFIX%$separator*}$separator
	PREFIX=${PREFIX##*$separator}
elif [[ -n $lead ]]; then
	IPREFIX+=${PREFIX[1,$#lead]} PREFIX=${PREFIX[$#lead+1,-1]}
fi

case $how in
files) _files ;;
folders) _files -/ ;;
words | parts)
	for line in $lines; do
		names+=("${line%%$'\t'*}")
		shown+=("${line%%$'\t'*}${${line#*$'\t'}:+  -- ${line#*$'\t'}}")
	done
	[[ $how == words ]] || set -- -S ''
	compadd "$@" -l -d shown -a names
	;;
esac
