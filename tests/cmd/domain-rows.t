#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What real exports do to an analyst: the cases of domain-rows.txt, which says
# how they are written. Bytes are those of CP932.TXT, ROMAN.TXT and CP1252.TXT
# of the Unicode Consortium; streams and messages were written by hand. What
# makes a stream makes the same one in small pieces, and from a pipe.
. "${srcdir:-.}/tests/lib/tap.sh"

rows=56

# A folder for each case, in their order, with a file for each section.
awk -v to="$tmp/cases" '
	/^### / {
		blank = ""
		dir = sprintf("%s/%03d", to, ++n)
		system("mkdir -p " dir)
		print $2 > (dir "/number")
		sub(/^### [0-9]+ /, "")
		print > (dir "/name")
		file = ""
		next
	}
	/^--- / {
		word = $2
		if (word == "with" || word == "run" || word == "status") {
			sub(/^--- [a-z]+ /, "")
			print > (dir "/" word)
			next
		}
		file = dir "/" word ($3 == "as" ? ".format" : "")
		printf "" > file
		next
	}
	file == "" { next }
	/^$/ { blank = blank "\n"; next }
	{
		printf "%s%s\n", blank, $0 > file
		blank = ""
	}' "$src/tests/cmd/domain-rows.txt"

# make_files: those that are formats of printf
make_files() {
	for file in *.format; do
		[ -e "$file" ] || continue
		IFS= read -r format <"$file"
		# shellcheck disable=SC2059 # it is one, for its escapes
		printf "$format" >"${file%.format}"
	done
}

# runs NAME: cx-ingest with the words of the case
runs() {
	name=$1 quiet=-q
	[ -e told ] && quiet=
	eval "set -- $([ -e with ] && cat with)"
	[ -e book ] && set -- -m book "$@"
	# shellcheck disable=SC2086 # -q or nothing
	cx-ingest $quiet "$@" x.csv >got 2>err
	came $? "$name"
	[ -e fails ] && return
	CX_DEBUG=block=3,read=2,piece=5 cx-ingest -q -j 2 "$@" x.csv >got
	same stream got "$name, in small pieces"
	# shellcheck disable=SC2002 # it is the pipe that is wanted
	cat x.csv | cx-ingest -q "$@" >got
	same stream got "$name, piped"
}

# came STATUS NAME: what is in got and err is what the case wants
came() {
	want=0
	[ -e fails ] && want=1
	[ -e status ] && want=$(cat status)
	is "$want" "$1" "$2: exit status"
	if [ -e fails ]; then
		grep -qF -e "$(cat fails)" err
		ok "$2" || sed 's/^/# /' err
		is '\!' "$(head -n 1 got | cut -c 1-2)" "$2: no stream"
		return
	fi
	same stream got "$2"
	[ -e told ] || : >told
	same told err "$2: what is told"
}

for dir in "$tmp"/cases/*; do
	cd "$dir" || exit 1
	name="$(cat number). $(cat name)"
	make_files
	case $name in
	*'. elsewhere: '*)
		test=${name##*(}
		[ -s "$src/${test%)}" ]
		ok "$name"
		;;
	*)
		encoding=$(sed -n 's/^-e \([^ ]*\).*/\1/p' with 2>/dev/null)
		if [ -n "$encoding" ] && lacks "$encoding"; then
			skip "$name" "iconv lacks $encoding"
		elif [ -e run ]; then
			sh -c "$(cat run)" >got 2>err
			came $? "$name"
		else
			runs "$name"
		fi
		;;
	esac
done

seq $rows >"$tmp/want"
cat "$tmp"/cases/*/number | sort -nu >"$tmp/got"
same "$tmp/want" "$tmp/got" "each of the $rows rows is here"
tap_done
