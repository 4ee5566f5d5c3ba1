#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What configure found for hardening is in the programs: readelf shows it.
. "${srcdir:-.}/tests/lib/tap.sh"

# shows FLAG TEXT NAME COMMAND...: built with FLAG, the command's output has a
# line that matches TEXT.
shows() {
	flag=$1 text=$2 name=$3
	shift 3
	case " $HARDENING " in
	*" $flag "*)
		"$@" 2>/dev/null | grep -q -e "$text"
		ok "$name"
		;;
	*)
		skip "$name" "built without $flag"
		;;
	esac
}

if ! command -v readelf >/dev/null; then
	skip "hardening" "no readelf"
	tap_done
	exit
fi
for c in $COMMANDS; do
	program=${c##*/}
	file=$(command -v "$program")
	shows -pie 'Type: *DYN' "$program: anywhere in memory" readelf -hW "$file"
	shows -Wl,-z,relro GNU_RELRO "$program: relocations are read only" \
		readelf -lW "$file"
	shows -Wl,-z,now 'FLAGS.*NOW' "$program: nothing is bound later" \
		readelf -dW "$file"
	shows -fstack-protector-strong __stack_chk_fail \
		"$program: stacks are guarded" readelf -sW "$file"
	if readelf -lW "$file" | grep -q ld-musl; then
		skip "$program: sizes are checked" 'that is for glibc to do'
	else
		shows -D_FORTIFY_SOURCE=3 '__[a-z]*_chk@' \
			"$program: sizes are checked" readelf -sW "$file"
	fi
	readelf -lW "$file" | awk '/GNU_STACK/ { n++ } / R?WE / { run = 1 }
		END { exit n != 1 || run }'
	ok "$program: what can be written cannot be run"
	shows -fcf-protection 'IBT, SHSTK' "$program: jumps have marks" \
		readelf -nW "$(dirname "$file")/$program.o"
done
tap_done
