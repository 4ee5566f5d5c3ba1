#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What surrounds a program, and what it must not make of that: streams that
# are closed, pipes that nobody reads, an empty environment, locales, files of
# others. For every program there is.
# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
# shellcheck disable=SC2086	# $need is several words
. "${srcdir:-.}/tests/lib/tap.sh"
. "$src/tests/lib/commands.sh"

cd "$tmp" || exit 1

# ---- locales ----

make_locales
in_locales() {
	for locale in $locales; do
		LC_ALL=$locale "$c" $need -q good.csv | cmp -s want -
		ok "$c in the locale $locale"
		LC_ALL=$locale "$c" $need nosuchfile 2>err >/dev/null
		cmp -s no-file err
		ok "$c says the same in the locale $locale"
	done
	for locale in $lacking; do
		skip "$c in the locale $locale" 'it cannot be made here'
	done
	env -i "$(command -v "$c")" $need -q good.csv | cmp -s want -
	ok "$c in an empty environment"
}

# ---- streams ----

closed_streams() {
	"$c" $need -q good.csv <&- | cmp -s want -
	ok "$c with a file, input closed"
	fails 1 'standard input: cannot read: Bad file' "$c input closed" \
		sh -c "$c $need <&-"
	fails 1 'standard output: cannot write: Bad file' "$c output closed" \
		sh -c "$c $need good.csv >&-"
	"$c" $need good.csv 2>&- | cmp -s want -
	ok "$c messages closed"
	"$c" $need nosuchfile -o kept.tsv >out 2>&-
	is '1 old' "$? $(cat kept.tsv)" "$c a failure, messages closed"
	rm -f all.tsv
	"$c" $need -o all.tsv good.csv <&- >&- 2>&- && cmp -s want all.tsv
	ok "$c -o with all closed"
	"$c" $need good.csv <&- >&- 2>&-
	is 1 $? "$c all closed"
	"$c" --help <&- >&- 2>&-
	is 1 $? "$c --help, all closed"
}

closed_pipes() {
	killed "$c into a closed pipe" "$c" $need -q good.csv
	killed "$c --help into a closed pipe" "$c" --help
	(
		trap '' PIPE
		killed "$c into a closed pipe, the signal ignored before" \
			"$c" $need -q good.csv
	)
	tap_n=$((tap_n + 1)) # of the shell inside
	fails 1 'standard output: cannot write: No space' "$c on a full disk" \
		sh -c "$c $need good.csv >/dev/full"
	fails 1 'standard output: cannot write: No space' \
		"$c --help on a full disk" sh -c "$c --help >/dev/full"
	fails 1 'standard output: cannot write: No space' \
		"$c -V on a full disk" sh -c "$c -V >/dev/full"
	fails 1 '/dev/full: cannot write: No space' "$c -o /dev/full" \
		"$c" $need -o /dev/full good.csv
}

# ---- files of others ----

chmod 755 "$tmp"

unreadable() {
	cp good.csv secret.csv && chmod 000 secret.csv
	# Nobody sees nothing of a tree in the home of root.
	if $as_nobody ls "$src/share" >/dev/null 2>&1 &&
		$as_nobody "$(command -v "$c")" -V >/dev/null 2>&1; then
		fails 1 'secret.csv: cannot open: Permission denied' \
			"$c a file that must not be read" \
			$as_nobody "$(command -v "$c")" $need secret.csv
	else
		skip "$c a file that must not be read" \
			'root cannot become somebody who runs it'
	fi
	rm -f secret.csv
	fails 1 '.: it is a directory' "$c a folder" "$c" $need .
	fails 1 'good.csv/x: cannot open: Not a directory' \
		"$c a file in a file" "$c" $need good.csv/x
}

# ---- poison ----

poison() {
	{ tr , '\t' <good.csv && echo '\!cx-x: it broke'; } >poison.tsv
	"$c" $need <poison.tsv >out 2>err
	is '1 \!cx-x: it broke' "$? $(tail -n 1 out)" "$c passes poison on"
	grep -q "^$c: standard input: cx-x: it broke" err
	ok "$c repeats what poison says"
	gzip -c poison.tsv | "$c" $need >out 2>/dev/null
	is '1 \!cx-x: it broke' "$? $(tail -n 1 out)" "$c poison in gzip"
	"$c" $need poison.tsv >out 2>err
	is '1 \!cx-x: it broke' "$? $(tail -n 1 out)" "$c poison in a file"
	"$c" $need -o kept.tsv <poison.tsv 2>/dev/null
	is '1 old' "$? $(cat kept.tsv)" "$c -o: poison writes no file"
	"$c" $need nosuchfile 2>/dev/null | tail -n 1 |
		grep -q "^\\\\!$c: nosuchfile: cannot open"
	ok "$c poisons a pipe when it fails"
}

mkfifo unread || exit 1
echo old >kept.tsv
for c in $COMMANDS; do
	a_run "$c"
	"$c" $need -q good.csv >want 2>/dev/null && [ -s want ]
	ok "$c works"
	LC_ALL=C "$c" $need nosuchfile 2>no-file >/dev/null
	in_locales
	closed_streams
	closed_pipes
	unreadable
	poison
done
tap_done
