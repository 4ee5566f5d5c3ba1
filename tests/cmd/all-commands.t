#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What holds for every program: see the conventions in cx(7).
# Streams, pipes, locales and poison: surroundings.t.
# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
# shellcheck disable=SC2086 # $need is several words
. "${srcdir:-.}/tests/lib/tap.sh"
. "$src/tests/lib/commands.sh"

cd "$tmp" || exit 1
# has FORMAT: whether the program at hand can print it.
has() {
	"$c" --help | grep -q "output as .*\\<$1\\>"
}

# with_argument: the options of the program that take one, -x and --xyz.
with_argument() {
	"$c" --help | awk '/^  (    )?-/ {
		for (i = 1; i < NF && $i ~ /^-/; i++) {
			sub(/,$/, "", $i)
			word[i] = $i
		}
		if ($i ~ /[A-Z]/ && $i !~ /[a-z]/)
			for (k = 1; k < i; k++) print word[k]
	}'
}

for c in $COMMANDS; do
	a_run "$c"
	[ -f "$src/tests/fuzz/fuzz-$c.c" ]
	ok "$c is fuzzed"
	"$c" --help >help 2>err && [ ! -s err ] &&
		head -n 1 help | grep -q "^usage: $c "
	ok "$c --help starts with its usage, on standard output"
	"$c" -h nosuchfile --bogus 2>/dev/null | cmp -s help -
	ok "$c -h before all else"
	"$c" --version >version && grep -q "^$c (cx) [0-9]" version
	ok "$c --version"
	"$c" -V nosuchfile --bogus | cmp -s version -
	ok "$c -V before all else"
	fails 2 'there is no option "--bogus"' "$c bad long option" \
		"$c" $need --bogus good.csv
	fails 2 'there is no option -Z' "$c bad short option" "$c" -Z
	fails 2 'there is no option -\xC3' "$c bad option that is not ASCII" \
		"$c" -q 1 "$(printf -- '-\303\251z')"
	with_argument >options
	while read -r option; do
		"$c" $need "$option" 2>err
		[ $? -eq 2 ] && grep -qx \
			"$c: option \"$option\" needs an argument" err ||
			echo "$option"
	done <options >wrong
	[ "$(wc -l <options)" -ge 8 ] && [ ! -s wrong ]
	ok "$c $(wc -l <options) options without their argument"
	fails 2 'takes no argument' "$c flag with an argument" \
		"$c" $need --quiet=yes good.csv
	fails 2 "$no_column" "$c unknown column in a condition" \
		"$c" $need --where 'nosuch == 1' good.csv
	if [ -n "$lost" ]; then
		fails 2 'no column "nosuch"' "$c unknown column" \
			"$c" $need $lost good.csv
	fi
	fails 2 'did you mean --format?' "$c misspelt option" "$c" $need --fromat=csv
	formats=$(tr -d '\n' <help | sed 's/.*output as \(.*\)  -o, .*/\1/; s/  */ /g')
	fails 2 "-F: \"xml\" is not $formats" "$c unknown format" \
		"$c" $need -F xml good.csv
	fails 2 '-j: "0"' "$c no threads" "$c" $need -j 0 good.csv
	fails 1 'nosuchfile: cannot open: No such file' "$c missing file" \
		"$c" $need nosuchfile
	fails 1 'no\x1B[31mfile: cannot open' "$c file with control bytes" \
		"$c" $need "$(printf 'no\033[31mfile')"
	fails 1 'the input is empty' "$c empty input" "$c" $need /dev/null
	"$c" $need -q good.csv >want && [ -s want ]
	ok "$c reads a file"
	"$c" $need -q - <good.csv | sed "s/standard input/good.csv/" |
		cmp -s want -
	ok "$c - is standard input"
	echo broken | "$c" $need -q good.csv | cmp -s want -
	ok "$c with a file leaves standard input alone"
	"$c" good.csv $need -q | cmp -s want -
	ok "$c options may follow files"
	POSIXLY_CORRECT=1 "$c" good.csv $need -q | cmp -s want -
	ok "$c and so where POSIXLY_CORRECT is set"
	cp good.csv ./-q
	"$c" $need -q -- -q | sed 's/-q/good.csv/' | cmp -s want -
	ok "$c -- ends the options"
	rm ./-q
	"$c" $need -q -o out.tsv good.csv && cmp -s want out.tsv
	ok "$c -o"
	"$c" $need -q -o out.tsv.gz good.csv && gzip -dc out.tsv.gz | cmp -s want -
	ok "$c -o of a .gz"
	"$c" $need -q -o again.tsv.gz good.csv && cmp -s out.tsv.gz again.tsv.gz
	ok "$c -o of a .gz holds no time"
	echo old >kept.tsv
	"$c" $need -o kept.tsv nosuchfile 2>/dev/null
	[ "$(cat kept.tsv)" = old ] && [ "$(find . -name 'kept.tsv?*')" = '' ]
	ok "$c -o leaves the old file when it fails"
	if has csv; then
		[ "$("$c" $need -q -F csv good.csv | tr , '\t')" = "$(cat want)" ]
		ok "$c -F csv"
	fi
	if has json; then
		"$c" $need -q -F json good.csv | grep -q '^{.*}$'
		ok "$c -F json"
	fi
	if has table; then
		"$c" $need -q -F table good.csv | head -n 1 | grep -q '^[^	]*$'
		ok "$c -F table"
	fi
	if has html; then
		"$c" $need -q -F html good.csv | tail -n 1 | grep -q '^</html>$'
		ok "$c -F html"
	fi
	if has svg; then
		"$c" $need -q -F svg good.csv | tail -n 1 | grep -q '^</svg>$'
		ok "$c -F svg"
	fi
	"$c" $need -q -F md good.csv | grep -q '^| .* |$'
	ok "$c -F md"
	awk -F , 'NR == 1 { OFS = FS; print }
		NR == 2 { for (i = 0; i < 200000; i++) { $1 = i; print } }' \
		good.csv >many.csv
	"$c" $need -q many.csv 2>err | head -n 1 >/dev/null
	[ ! -s err ]
	ok "$c into a closed pipe: not a word"
	(trap '' PIPE && "$c" $need -q many.csv 2>err | head -n 1 >/dev/null)
	[ ! -s err ]
	ok "$c into a closed pipe, the signal ignored before: not a word"
done
tap_done
