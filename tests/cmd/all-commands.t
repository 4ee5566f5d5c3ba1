#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What holds for every program: see the conventions in cx(7).
# shellcheck disable=SC2086 # $need is several words
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1
# has FORMAT: whether the program at hand can print it.
has() {
	"$c" --help | grep -q "output as .*\\<$1\\>"
}

for c in $COMMANDS; do
	c=${c##*/}
	# What the program cannot do without.
	head=id,nps one=1,9 two=2,3
	case $c in
	cx-journey)
		need='' head=customer,time,touchpoint
		one=a,2026-01-01T00:00:00Z,web two=b,2026-01-02T00:00:00Z,app
		;;
	cx-report)
		need='' head=id,n,promoters,passives,detractors,nps,lo,hi
		one=1,9,9,0,0,100,70,100 two=2,9,3,3,3,0,-40,40
		;;
	cx-csat) need='-s nps --scale 0..10' ;;
	cx-ces) need='-s nps --scale 0..10 --high-is good' ;;
	cx-persona)
		need='-r rules'
		printf 'low: nps < 7\nhigh: else\n' >rules
		;;
	cx-gaps) need='-x nps -y id --scale 0..10' ;;
	*) need= ;;
	esac
	printf '%s\n' "$head" "$one" "$two" >good.csv
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
		"$c" $need --bogus good.csv
	fails 2 'there is no option -Z' "$c bad short option" "$c" -Z
	fails 2 'needs an argument' "$c option without its argument" "$c" $need -F
	fails 2 'did you mean --format?' "$c misspelt option" "$c" $need --fromat=csv
	fails 2 '-F: "xml"' "$c unknown format" "$c" $need -F xml good.csv
	fails 2 '-j: "0"' "$c no threads" "$c" $need -j 0 good.csv
	fails 1 'nosuchfile: cannot open: No such file' "$c missing file" \
		"$c" $need nosuchfile
	fails 1 'it is a directory' "$c directory" "$c" $need .
	fails 1 'the input is empty' "$c empty input" "$c" $need /dev/null
	fails 1 'standard output: cannot write: No space left' \
		"$c full disk" sh -c "$c $need good.csv >/dev/full"
	fails 1 'standard output: cannot write: Bad file' \
		"$c closed output" sh -c "$c $need good.csv >&-"
	fails 1 'standard input: cannot read: Bad file' \
		"$c closed input" sh -c "$c $need <&-"
	"$c" $need -q good.csv >want && [ -s want ]
	ok "$c reads a file"
	"$c" $need -q - <good.csv | sed "s/standard input/good.csv/" |
		cmp -s want -
	ok "$c - is standard input"
	echo broken | "$c" $need -q good.csv | cmp -s want -
	ok "$c with a file leaves standard input alone"
	"$c" $need good.csv -q | cmp -s want -
	ok "$c options may follow files"
	"$c" $need -q -- good.csv | cmp -s want -
	ok "$c -- ends the options"
	env -i "PATH=$PATH" "$(command -v "$c")" $need -q good.csv | cmp -s want -
	ok "$c in an empty environment"
	LC_ALL=de_DE.UTF-8 "$c" $need -q good.csv | cmp -s want -
	ok "$c in another locale"
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
	{ tr , '\t' <good.csv && echo '\!cx-x: it broke'; } |
		"$c" $need >out 2>err
	[ $? -eq 1 ] && grep -q 'standard input: cx-x: it broke' err &&
		[ "$(tail -n 1 out)" = '\!cx-x: it broke' ]
	ok "$c repeats poison, passes it on and fails"
	awk -F , 'NR == 1 { OFS = FS; print }
		NR == 2 { for (i = 0; i < 200000; i++) { $1 = i; print } }' \
		good.csv >many.csv
	"$c" $need -q many.csv | head -n 1 >/dev/null
	ok "$c into a closed pipe"
	(trap '' PIPE && "$c" $need -q many.csv 2>err | head -n 1 >/dev/null)
	[ ! -s err ]
	ok "$c into a closed pipe, the signal ignored before"
done
tap_done
