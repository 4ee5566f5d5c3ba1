#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A shell without pipefail sees only the last program's status. Whatever kills
# the first one, the last one must print no table and exit 1.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

awk 'BEGIN {
	print "id,nps"
	for (i = 1; i <= 1000100; i++)
		print i "," (i == 1000000 ? "eleven" : i % 11)
}' >bad.csv
sed '/eleven/d' bad.csv >good.csv
cp good.csv copy.csv
gzip -n copy.csv
size=$(wc -c <copy.csv.gz)
head -c $((size * 2 / 3)) copy.csv.gz >cut.csv.gz
{
	head -c $((size / 2)) copy.csv.gz
	printf 'xxxxxxxx'
	tail -c +$((size / 2 + 9)) copy.csv.gz
} >corrupt.csv.gz

# no_table NAME TEXT: the pipeline's last program said TEXT and failed.
no_table() {
	is 1 "$status" "$1: exit 1"
	is 0 "$(grep -c '^n	promoters' out)" "$1: no table"
	grep -qF -e "$2" err
	ok "$1: says why"
}

cx-ingest -q good.csv | cx-nps >out 2>err
is '0 1000099' "$? $(tail -n 1 out | cut -f 1)" 'a pipe that works'

cx-ingest -c nps=nps bad.csv | cx-nps >out 2>err
status=$?
no_table 'bad row 1,000,000' \
	'cx-nps: standard input: cx-ingest: bad.csv:1000001: column "nps": "eleven"'

cx-ingest cut.csv.gz | cx-nps >out 2>err
status=$?
no_table 'truncated gzip' 'the gzip data is cut off'

cx-ingest corrupt.csv.gz | cx-nps >out 2>err
status=$?
no_table 'corrupt gzip' 'cx-nps: standard input: cx-ingest: corrupt.csv.gz'

cx-nps cut.csv.gz >out 2>err
status=$?
no_table 'truncated gzip, read directly' 'cut.csv.gz: the gzip data is cut off'

cx-ingest -q good.csv nosuchfile | cx-nps >out 2>err
status=$?
no_table 'second file missing' 'nosuchfile: cannot open'

cx-ingest -q -m nosuchbook good.csv | cx-nps >out 2>err
status=$?
no_table 'codebook missing' 'nosuchbook: cannot open'

# Killed at some moment while it writes, and again when it waits for more.
mkfifo slow
for moment in 0 0.01 0.02 0.05 0.3; do
	rm -f pid
	# shellcheck disable=SC2016 # $$ is the inner shell's
	sh -c 'echo $$ >pid; exec cx-ingest -q slow' 2>/dev/null |
		cx-nps >out 2>err &
	last=$!
	{
		head -n 2000 good.csv
		while ! [ -s pid ]; do sleep 0.01; done
		(sleep $moment; kill -9 "$(cat pid)") &
		tail -n +2001 good.csv
		wait $!
	} 2>/dev/null >slow
	wait $last
	status=$?
	if [ $status -eq 0 ]; then
		is 1000099 "$(tail -n 1 out | cut -f 1)" \
			"kill -9 after $moment s came too late"
	else
		no_table "kill -9 after $moment s" 'standard input'
	fi
done

# The same for every length of a stream that was cut.
printf 'id\tnps\n1\t9\n2\t10\n3\t8\n' >stream.tsv
size=$(wc -c <stream.tsv)
passed=0
i=1
while [ $i -lt "$size" ]; do
	head -c $i stream.tsv | cx-nps >/dev/null 2>&1 && passed="$passed $i"
	i=$((i + 1))
done
# A cut behind a line end can only be the end of an earlier, whole stream.
is '0 7 11 16' "$passed" 'a TSV stream cut anywhere is an error'

# A consumer that stops early stops the others by SIGPIPE, as always.
cx-ingest -q good.csv | head -n 1 >out
is "id	nps" "$(cat out)" 'head of a stream'
tap_done
