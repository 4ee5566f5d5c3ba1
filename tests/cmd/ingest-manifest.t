#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manifest of cx-ingest. Sums by sha256sum, sizes by wc, both of GNU
# coreutils; the counts were counted by hand.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

cat >in.csv <<'EOF2'
id,nps,town
1,9,Toyama
2,eleven,Himi
1,9,Toyama
3,7
EOF2
gzip -nc in.csv >in.csv.gz
printf 'column\ttype\nid\tid\nnps\tscore\n' >book.tsv

sum() {
	sha256sum <"$1" | cut -d ' ' -f 1
}

size() {
	wc -c <"$1" | tr -d ' '
}

# manifest INPUT SOURCE ARGUMENTS: what is expected of it
manifest() {
	cat <<EOF2
{
  "program": "cx-ingest",
  "version": "$(cx-ingest -V | sed 's/.* //')",
  "arguments": [$3],
  "inputs": [
    {"file": "$1", "bytes": $(size "$2"), "sha256": "$(sum "$2")"}
  ],
  "codebook": {"file": "book.tsv", "bytes": $(size book.tsv), "sha256": "$(sum book.tsv)"},
  "read": 4,
  "kept": 1,
  "left_out": 0,
  "rejected": 2,
  "rejected_by": {"column \"nps\": not on the scale": 1, "ragged row": 1},
  "dropped": 1,
  "dropped_by": {"same record again": 1}
}
EOF2
}

words='"--manifest", "m.json", "-m", "book.tsv", "--rejects", "r.tsv"'
run() {
	rm -f m.json
	cx-ingest --manifest m.json -m book.tsv --rejects r.tsv "$@" >out.tsv 2>err
}

run in.csv
manifest in.csv in.csv "$words, \"in.csv\"" >want
same want m.json 'a file'
cp m.json first.json
run in.csv
same first.json m.json 'again'
run <in.csv
manifest - in.csv "$words" >want
same want m.json 'standard input is a file'
# shellcheck disable=SC2002 # it is the pipe that is wanted
cat in.csv | run -
manifest - in.csv "$words, \"-\"" >want
same want m.json 'a pipe'
run in.csv.gz
manifest in.csv.gz in.csv.gz "$words, \"in.csv.gz\"" >want
same want m.json 'gzip, as it is stored'
# shellcheck disable=SC2002 # it is the pipe that is wanted
cat in.csv.gz | run -j 3
manifest - in.csv.gz "$words, \"-j\", \"3\"" >want
same want m.json 'gzip through a pipe'
iconv -t UTF-16LE in.csv >wide.csv
run -e utf-16le wide.csv
manifest wide.csv wide.csv "$words, \"-e\", \"utf-16le\", \"wide.csv\"" >want
same want m.json 'another encoding, as it is stored'

# Enough for several reads, by each way; two files, no codebook, a condition.
awk 'BEGIN { print "n,town"; for (i = 0; i < 200000; i++) print i ",Toyama" }' >big.csv
gzip -nc big.csv >big.csv.gz
rm m.json
cx-ingest -q -j 4 --manifest m.json --where 'n < 150000' big.csv big.csv.gz |
	tail -n +2 | wc -l | tr -d ' ' >rows
is 300000 "$(cat rows)" 'all rows are there'
is "$(sum big.csv) $(sum big.csv.gz)" \
	"$(sed -n 's/.*"sha256": "\([0-9a-f]*\)".*/\1/p' m.json | paste -s -d ' ' -)" \
	'two inputs, in their order'
is '"codebook": null, "read": 400000, "kept": 300000, "left_out": 100000,' \
	"$(sed -n 's/^  //; /^"codebook/p; /^"read/p; /^"kept/p; /^"left/p' m.json |
		paste -s -d ' ' -)" 'no codebook, and what was left out'

# What has no order in time to be settled in is read twice, and summed once.
rm -f m.json
printf 'when,nps\n1/2/2026,9\n25/12/2025,8\n' >days.csv
# shellcheck disable=SC2002 # it is the pipe that is wanted
cat days.csv | cx-ingest -q -c time=when --tz UTC --manifest m.json >/dev/null
is "$(sum days.csv)" "$(sed -n 's/.*"sha256": "\([0-9a-f]*\)".*/\1/p' m.json)" \
	'a pipe that is read twice'

# ---- not written ----

rm -f m.json
cx-ingest --manifest m.json -m book.tsv in.csv >/dev/null 2>&1
is '1 none' "$? $(cat m.json 2>/dev/null || echo none)" 'not for a run that failed'
cx-ingest --manifest m.json big.csv 2>/dev/null >/dev/full
is '1 none' "$? $(cat m.json 2>/dev/null || echo none)" 'not for a stream that is not whole'
fails 1 'no/m.json: cannot write' 'a folder that is not there' \
	cx-ingest --manifest no/m.json big.csv
fails 1 '/dev/full: cannot write' 'a full disk' \
	cx-ingest --manifest /dev/full in.csv --rejects r.tsv
fails 2 '--manifest needs a file' 'standard output' cx-ingest --manifest - big.csv
mkfifo fifo
fails 2 '--manifest needs the codebook in a file' 'a codebook from a pipe' \
	cx-ingest --manifest m.json -m fifo in.csv

tap_done
