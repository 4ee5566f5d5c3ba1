#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Whatever way the bytes of a table come, the output is the same.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# Line ends of records become CRLF, those inside of quotes stay.
crlf() {
	awk '{ n += gsub(/"/, "\"")
		printf "%s%s\n", $0, n % 2 ? "" : "\r" }' "$1"
}

# ways NAME FILE COMMAND...: the command's output for FILE, by every way
ways() {
	name=$1 file=$2
	shift 2
	"$@" -j 1 "$file" >want 2>/dev/null
	ok "$name: -j 1"
	for j in 2 7; do
		"$@" -j $j "$file" >got
		same want got "$name: -j $j"
	done
	"$@" <"$file" >got
	same want got "$name: <"
	# shellcheck disable=SC2002 # it is the pipe that is wanted
	cat "$file" | "$@" >got
	same want got "$name: pipe"
	gzip -nc "$file" >x.gz
	"$@" x.gz >got
	same want got "$name: gzip"
	{
		head -c 1000 "$file" | gzip -nc
		tail -c +1001 "$file" | gzip -nc
	} >x.gz
	"$@" <x.gz >got
	same want got "$name: gzip of two members"
	{
		printf '\357\273\277'
		cat "$file"
	} >x
	"$@" x >got
	same want got "$name: byte order mark"
	case $file in
	*.csv)
		crlf "$file" >x
		"$@" x >got
		same want got "$name: CRLF"
		;;
	esac
	for debug in scan=avx2 scan=sse2 scan=portable; do
		CX_DEBUG=$debug "$@" -j 3 "$file" >got 2>err
		if grep -q 'no such scanner' err; then
			skip "$name: $debug" 'not on this machine'
		else
			same want got "$name: $debug"
		fi
	done
}

small='block=1 block=2 block=63 block=65 block=1000 read=1 read=3,block=64
	piece=1 piece=7,block=5 piece=64 piece=1000'
for f in "$src"/tests/fixtures/*.csv "$src"/tests/fixtures/*.tsv; do
	cp "$f" "$(basename "$f")"
	f=$(basename "$f")
	cx-ingest -q "$f" >all.tsv || exit 1
	ways "$f" "$f" cx-ingest -q
	for debug in $small; do
		for j in 1 4; do
			CX_DEBUG=$debug cx-ingest -q -j $j "$f" >got
			same all.tsv got "$f: $debug -j $j"
		done
	done
	cx-ingest -q -F csv "$f" | cx-ingest -q >got
	same all.tsv got "$f: as CSV and back"
	cx-ingest -q all.tsv >got
	same all.tsv got "$f: its stream is a stream"
done

# Large enough for threads to share it out without being told to.
awk -v rows=40000 -f "$src/scripts/bench-survey.awk" >large.csv
ways 'large, cx-ingest' large.csv cx-ingest -q
ways 'large, cx-nps' large.csv cx-nps -g segment,channel
cx-ingest -q large.csv >large.tsv
ways 'large TSV, cx-nps' large.tsv cx-nps -g segment,channel
cx-ingest -q -j 2 -F csv large.csv >got
same large.csv got 'large: CSV to CSV changes nothing'
tap_done
