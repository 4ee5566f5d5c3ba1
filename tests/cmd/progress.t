#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Progress: a line on the terminal from the third second on, and at no other
# place or time. What came to a terminal is what script(1) keeps.
# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1
script -qec true /dev/null >/dev/null 2>&1 </dev/null || {
	skip 'progress' 'no script(1)'
	tap_done
	exit
}
mkdir bin
cat >bin/slow <<'END'
#!/bin/sh
# slow SECONDS: a survey that takes so long.
echo id,nps
i=0
while [ $i -lt "$1" ]; do
	echo $i,9
	sleep 1
	i=$((i + 1))
done
echo $i,3
END
chmod +x bin/slow
# early: much at once, and a record after three seconds; late: with a pause of
# three seconds before, too.
cat >bin/early <<'END'
#!/bin/sh
echo id,nps
[ "${0##*/}" = early ] || sleep 3
awk 'BEGIN { for (i = 0; i < 150000; i++) print i ",9" }'
sleep 3
echo $i,3
END
chmod +x bin/early
cp bin/early bin/late
PATH=$tmp/bin:$PATH

# at_terminal NAME COMMAND: in a shell that has one; all that came there, with
# \r and ESC as < and ^, a line for each time the line was written.
at_terminal() {
	TERM=${term-xterm} script -qefc "$2" /dev/null </dev/null >"$1.raw"
	sed 's/\r$//' "$1.raw" | tr '\r\033' '<^' | sed 's/<^\[K/\n&/g' >"$1"
}

# All of them at once, as they wait more than they work.
at_terminal file 'slow 3 | cx-nps >file.tsv' &
at_terminal tty 'slow 3 | cx-nps -F table' &
at_terminal early 'early | cx-ingest -F tsv -j 1' &
at_terminal late 'late | cx-ingest -F tsv -j 1' &
at_terminal option 'slow 3 | cx-nps -o option.tsv' &
at_terminal quiet 'slow 3 | cx-nps -q >quiet.tsv' &
term=dumb at_terminal dumb 'slow 3 | cx-nps >dumb.tsv' &
term='' at_terminal none 'slow 3 | cx-nps >none.tsv' &
at_terminal pipe 'slow 3 | cx-nps | cat >pipe.tsv' &
at_terminal cron 'slow 3 | cx-nps >cron.tsv 2>cron.err' &
at_terminal short 'slow 1 | cx-nps >short.tsv' &
at_terminal pair 'slow 3 | cx-ingest | cx-nps >pair.tsv' &
at_terminal behind 'set -m; slow 3 | cx-nps >behind.tsv & wait' &
at_terminal broken '{ slow 3; echo bad; } | cx-nps >broken.tsv' &
at_terminal narrow 'stty cols 20; slow 3 | cx-nps >narrow.tsv' &
slow 3 | cx-nps >want.tsv 2>want.err
wait

# ---- where there is progress ----

is 0 "$(wc -c <want.err)" 'none without a terminal'
same want.tsv file.tsv 'the output is the same'
grep -q '^<^\[Kcx-nps: [1-9][0-9]* B, [0-9]* B/s, 0:0[23]$' file
ok 'bytes, rate and time'
is '<^[K' "$(tail -n 1 file)" 'taken away at the end'
[ "$(grep -c cx-nps file)" -le 8 ] && ! grep -q 'cx-nps.*cx-nps' file
ok 'written over, a few times a second'
same want.tsv option.tsv 'with -o the output is the same'
grep -q '^<^\[Kcx-nps: ' option
ok 'and there is progress'
grep -q '^<^\[Kcx-nps: ' tty && grep -q '^<^\[K^\[1mn  promoters' tty
ok 'taken away before a table comes to the terminal'
sed -n '/promoters/,$p' tty | grep -q cx-nps
is 1 $? 'which stays alone'
grep -q '^<^\[Kcx-ingest: [0-9]' late
ok 'a stream that comes to the terminal late has it before'
sed '1,/^<^\[Kid	nps/d' late | grep -q 'cx-ingest: [0-9]'
is 1 $? 'and not behind its start'
grep -q 'cx-ingest: [0-9]' early
is 1 $? 'one that comes at once has none'
grep -q '^<^\[Kcx-nps: ' pair
ok 'of a pipeline the last program has it'
grep -q '^<^\[Kcx-ingest: [0-9]' pair
is 1 $? 'and no other'
grep -q '^<^\[Kcx-ingest: read 4, kept 4$' pair
ok 'messages of the others take it away'
grep -q '^<^\[Kcx-nps: standard input:6: the record has 1 cell' broken
ok 'and so do those of failures'

# ---- where there is none ----

for name in quiet dumb none pipe cron short; do
	is 0 "$(wc -c <$name.raw)" "none: $name"
done
for name in quiet dumb none pipe cron behind narrow; do
	same want.tsv $name.tsv "$name: the output is the same"
done
is 0 "$(wc -c <cron.err)" 'none in a file of messages'
for name in behind narrow; do
	grep -q cx-nps: $name
	is 1 $? "none: $name"
done

# ---- how much of a file ----

if [ -e /dev/stdin ] && command -v mkfifo >/dev/null; then
	# A reader that is held back by its output, which nobody takes.
	awk 'BEGIN { print "id,nps"; for (i = 0; i < 400000; i++) print i ",9" }' \
		>big.csv
	mkfifo full
	TERM=xterm script -qefc '{ sleep 3; cat >/dev/null; } <full &
		cx-ingest -j 1 -F tsv -o full big.csv' /dev/null </dev/null |
		tr '\r\033' '<^' | sed 's/<^\[K/\n&/g' >held
	grep -q '^<^\[Kcx-ingest: [0-9.]* [kM]B of 3\.[0-9]* MB ([0-9]* %), ' held
	ok 'how much of a file is read'
fi
tap_done
