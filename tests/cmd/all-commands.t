#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What holds for every program: see the conventions in cx(7).
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1
printf 'id,nps\n1,9\n2,3\n' >good.csv

for c in $COMMANDS; do
	c=${c##*/}
	"$c" --help >help 2>err && [ ! -s err ] &&
		head -n 1 help | grep -q "^usage: $c "
	ok "$c --help starts with its usage, on standard output"
	"$c" -h nosuchfile --bogus 2>/dev/null | cmp -s help -
	ok "$c -h before all else"
	"$c" --version | grep -q "^$c (cx) [0-9]"
	ok "$c --version"
	fails 1 'standard output' "$c --help on a full disk" \
		sh -c "$c --help >/dev/full"
	fails 2 'there is no option "--bogus"' "$c bad long option" \
		"$c" --bogus good.csv
	fails 2 'there is no option -Z' "$c bad short option" "$c" -Z
	fails 2 'needs an argument' "$c option without its argument" "$c" -F
	fails 2 'did you mean --format?' "$c misspelt option" "$c" --fromat=csv
	fails 2 '-F: "xml"' "$c unknown format" "$c" -F xml good.csv
	fails 2 '-j: "0"' "$c no threads" "$c" -j 0 good.csv
	fails 1 'nosuchfile: cannot open: No such file' "$c missing file" \
		"$c" nosuchfile
	fails 1 'it is a directory' "$c directory" "$c" .
	fails 1 'the input is empty' "$c empty input" "$c" /dev/null
	fails 1 'standard output: cannot write: No space left' \
		"$c full disk" sh -c "$c good.csv >/dev/full"
	fails 1 'standard output: cannot write: Bad file' \
		"$c closed output" sh -c "$c good.csv >&-"
	fails 1 'standard input: cannot read: Bad file' \
		"$c closed input" sh -c "$c <&-"
	"$c" -q good.csv >want && [ -s want ]
	ok "$c reads a file"
	"$c" -q - <good.csv | cmp -s want -
	ok "$c - is standard input"
	echo broken | "$c" -q good.csv | cmp -s want -
	ok "$c with a file leaves standard input alone"
	"$c" good.csv -q | cmp -s want -
	ok "$c options may follow files"
	"$c" -q -- good.csv | cmp -s want -
	ok "$c -- ends the options"
	env -i "PATH=$PATH" "$(command -v "$c")" -q good.csv | cmp -s want -
	ok "$c in an empty environment"
	LC_ALL=de_DE.UTF-8 "$c" -q good.csv | cmp -s want -
	ok "$c in another locale"
	"$c" -q -o out.tsv good.csv && cmp -s want out.tsv
	ok "$c -o"
	"$c" -q -o out.tsv.gz good.csv && gzip -dc out.tsv.gz | cmp -s want -
	ok "$c -o of a .gz"
	"$c" -q -o again.tsv.gz good.csv && cmp -s out.tsv.gz again.tsv.gz
	ok "$c -o of a .gz holds no time"
	echo old >kept.tsv
	"$c" -o kept.tsv nosuchfile 2>/dev/null
	[ "$(cat kept.tsv)" = old ] && [ "$(find . -name 'kept.tsv?*')" = '' ]
	ok "$c -o leaves the old file when it fails"
	[ "$("$c" -q -F csv good.csv | tr , '\t')" = "$(cat want)" ]
	ok "$c -F csv"
	"$c" -q -F json good.csv | grep -q '^{.*}$'
	ok "$c -F json"
	"$c" -q -F md good.csv | head -n 1 | grep -q '^| .* |$'
	ok "$c -F md"
	"$c" -q -F table good.csv | head -n 1 | grep -q '^[^	]*$'
	ok "$c -F table"
	printf 'id\tnps\n1\t9\n\\!cx-x: it broke\n' |
		"$c" >out 2>err
	[ $? -eq 1 ] && grep -q 'standard input: cx-x: it broke' err &&
		[ "$(tail -n 1 out)" = '\!cx-x: it broke' ]
	ok "$c repeats poison, passes it on and fails"
	yes '1,9' | head -n 200000 | sed '1i id,nps' >many.csv
	"$c" -q many.csv | head -n 1 >/dev/null
	ok "$c into a closed pipe"
	(trap '' PIPE && "$c" -q many.csv 2>err | head -n 1 >/dev/null)
	[ ! -s err ]
	ok "$c into a closed pipe, the signal ignored before"
done
tap_done
