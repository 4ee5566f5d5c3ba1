#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every example of the manual pages, and of the first steps in README, prints
# what stands below it.
#
# An example is a block from ".Bd -literal -offset indent" to ".Ed" that has
# lines starting with "$ ": commands. Lines starting with "> " behind one go
# on with it; those up to the next one are what it prints on standard output.
# A page's examples run in its order in one folder, which holds the sample. A
# comment line right before a block may say
#	.\" not run		what it is about is not there
#	.\" file NAME		the block is what a file in the folder holds

# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"

# Writes the blocks of a page: N.cmd and N.out for each command, and files.
extract() {
	awk -v to="$2" '
		function plain(s) {
			sub(/^\\&/, "", s)
			gsub(/\\-/, "-", s)
			gsub(/\\\(aq/, "\047", s)
			gsub(/\\\(ga/, "`", s)
			gsub(/\\\(ha/, "^", s)
			gsub(/\\\(ti/, "~", s)
			gsub(/\\e/, "\\", s)
			return s
		}
		/^\.\\" (not run|file )/ { what = $2; file = $3; next }
		/^\.Bd -literal -offset indent$/ { inside = 1; to_now = ""; next }
		/^\.Ed/ { inside = 0 }
		!inside { if (!/^\.nr/ && !/^\.warn/) what = ""; next }
		{ $0 = plain($0) }
		what == "not" { next }
		what == "file" { print > (to "/files/" file); next }
		/^\$ / {
			n++
			command = to "/" n ".cmd"
			to_now = to "/" n ".out"
			print substr($0, 3) > command
			printf "" > to_now
			more = 1
			next
		}
		to_now == "" { next }
		more && /^> / { print substr($0, 3) > command; next }
		{ more = 0; print > to_now }
		END { print n + 0 > (to "/count") }' "$1"
}

# The same of README, whose displays are four blanks in, up to the section that
# is about an export of the reader's.
extract_readme() {
	awk -v to="$2" '
		/^Your own export$/ { exit }
		/^    [$] / {
			n++
			command = to "/" n ".cmd"
			to_now = to "/" n ".out"
			print substr($0, 7) > command
			printf "" > to_now
			more = 1
			next
		}
		!/^    / { to_now = "" }
		to_now == "" { next }
		more && /^    > / { print substr($0, 7) > command; next }
		{ more = 0; print substr($0, 5) > to_now }
		END { print n + 0 > (to "/count") }' "$1"
}

# run_example NAME WANT COMMAND-FILE, in the folder at hand. README shows what
# comes to a terminal, messages too.
run_example() {
	sh "$3" >"$tmp/got" 2>"$tmp/said" </dev/null
	if grep -q "this system's lacks it" "$tmp/said"; then
		skip "$1" 'iconv lacks an encoding'
		return
	fi
	if [ "$page" = README ]; then
		cat "$tmp/said" "$tmp/got" >"$tmp/both" && mv "$tmp/both" "$tmp/got"
	fi
	same "$2" "$tmp/got" "$1"
	cmp -s "$2" "$tmp/got" || sed 's/^/# said: /' "$tmp/said"
}

run_page() {
	page=$(basename "$1")
	mkdir -p "$tmp/$page/files" && cp -R "$tmp/sample" "$tmp/work" || exit 1
	case $page in
	README) extract_readme "$1" "$tmp/$page" ;;
	*) extract "$1" "$tmp/$page" ;;
	esac
	cp -R "$tmp/$page/files/." "$tmp/work/"
	i=0
	while [ $i -lt "$(cat "$tmp/$page/count")" ]; do
		i=$((i + 1))
		example=$tmp/$page/$i
		# A backslash would be an escape to the echo of some shells.
		name="$page: $(head -n 1 "$example.cmd" | tr -d '\134')"
		cd "$tmp/work" || exit 1
		run_example "$name" "$example.out" "$example.cmd"
		cd "$src" || exit 1
	done
	rm -rf "$tmp/work"
	[ $i -gt 0 ] || tap_line 'not ok' "$page has examples"
}

mkdir "$tmp/sample" &&
	sh "$src/scripts/make-sample" -n 1200 "$tmp/sample" &&
	cp "$src"/share/sample/* "$tmp/sample/" || exit 1
PATH=$PATH:$src/scripts
for page_file in "$src"/man/*.[157] "$src/README"; do
	run_page "$page_file"
done
tap_done
