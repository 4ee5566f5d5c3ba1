#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# cx-ingest --shard, and what is computed shard by shard, by as many machines:
# it equals one run over everything, byte for byte. Which shard a record is of
# is told by the CRC-32 at the end of what gzip makes of the customer.

# shellcheck disable=SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1
tab=$(printf '\t')
sh "$src/scripts/make-sample" -n 300 . >/dev/null
share=$src/share/sample

# crc TEXT, by gzip
crc() {
	printf '%s' "$1" | gzip -c | tail -c 8 | od -An -tu1 |
		awk '{ printf "%.0f\n", (($4 * 256 + $3) * 256 + $2) * 256 + $1 }'
}

# shards_of N FILE NAME: FILE cut by its column customer into NAME-0, ..., as
# crcs.txt has it.
shards_of() {
	awk -F '\t' -v n="$1" -v name="$3" '
		FNR == NR { crc[$1] = $2; next }
		FNR == 1 {
			for (i = 1; i <= NF; i++) if ($i == "customer") by = i
			for (i = 0; i < n; i++) print >(name "-" i)
			next
		}
		{ print >(name "-" (crc[$by] % n)) }' crcs.txt "$2"
}

# equal N NAME: want-0, ... are got-0.tsv, ...
equal() {
	i=0
	: >differ
	while [ "$i" -lt "$1" ]; do
		cmp "want-$i" "got-$i.tsv" >>differ 2>&1
		i=$((i + 1))
	done
	[ ! -s differ ] && [ ! -e "got-$i.tsv" ]
	ok "$2"
	sed 's/^/# /' differ
}

# ---- the splits ----

cx-ingest -q -m "$share/codebook-ja.tsv" -o all.tsv survey-ja.csv
cut -f 2 all.tsv | sed 1d | sort -u | while IFS= read -r customer; do
	printf '%s\t%s\n' "$customer" "$(crc "$customer")"
done >crcs.txt
for n in 1 3 16; do
	rm -f want-* got-*
	shards_of $n all.tsv want
	cx-ingest -m "$share/codebook-ja.tsv" --shard $n --by customer \
		-o got-%d.tsv survey-ja.csv 2>said
	equal $n "$n shards"
	rows=$(sed -n 's/.*of \([0-9]* to [0-9]*\) rows$/\1/p' said)
	is "$(wc -l want-* | grep -v total | awk '
		{ n = $1 - 1 } NR == 1 || n < least { least = n } n > most { most = n }
		END { print least, "to", most + 0 }')" "$rows" "$n shards: what is told"
done

# Each way of the bytes makes the same: threads, pieces, pipes, gzip, names.
gzip -c survey-ja.csv >survey.gz
for way in '-j 1' '-j 4' 'CX_DEBUG=piece=9,block=3 -j 3' \
	'CX_DEBUG=read=1,piece=1000 -j 2'; do
	rm -f got-*
	case $way in
	CX_DEBUG*) set -- env "${way%% *}" cx-ingest "-j${way##* }" ;;
	*) set -- cx-ingest "-j${way##* }" ;;
	esac
	"$@" -q -m "$share/codebook-ja.tsv" --shard 16 --by customer \
		-o got-%d.tsv survey-ja.csv
	equal 16 "16 shards: $way"
done
rm -f got-*
cx-ingest -q -m "$share/codebook-ja.tsv" --shard 16 --by '#2' \
	-o got-%d.tsv - <survey.gz
equal 16 '16 shards: a column by number, through a pipe, from gzip'
cx-ingest -q -m "$share/codebook-ja.tsv" --shard 16 --by customer \
	-o z-%02d.tsv.gz survey.gz
for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
	gzip -dc "$(printf 'z-%02d.tsv.gz' $i)" >got-$i.tsv
done
equal 16 '16 shards: compressed'
is 16 "$(find . -name 'z-*' | wc -l | tr -d ' ')" 'and no other file'
for format in csv json; do
	rm -f got-* form-*
	cx-ingest -q -m "$share/codebook-ja.tsv" -F $format --shard 3 \
		--by customer -o form-%d survey-ja.csv
	cx-ingest -q -m "$share/codebook-ja.tsv" -F $format -o form survey-ja.csv
	is "$(grep -v '^id,' form | sort | cksum)" \
		"$(cat form-? | grep -v '^id,' | sort | cksum)" "shards as $format"
done

# What is done with records is done before. The second run only cuts.
after() {
	rm -f got-* want-*
	cx-ingest -q "$@" --shard 5 --by customer -o want-%d.tsv
	cx-ingest -q "$@" -o whole.tsv
	cx-ingest -q --duplicates keep --shard 5 --by customer -o got-%d.tsv whole.tsv
	for i in 0 1 2 3 4; do
		mv want-$i.tsv want-$i
	done
	equal 5 "$*"
}
head -c 32 /dev/zero | tr '\0' k >key
chmod 600 key
sed '1!s/,[0-9]*$/,99/' survey-en.csv >odd.csv
after -m "$share/touchpoints-en.tsv" survey-en.csv
after --latest-per customer -m "$share/codebook-en.tsv" survey-en.csv
cp survey-en.csv again.csv
after --duplicates last -m "$share/codebook-en.tsv" survey-en.csv again.csv
after --drop comment --redact city -m "$share/codebook-en.tsv" survey-en.csv
after --pseudonymize customer --key key -m "$share/codebook-en.tsv" survey-en.csv
after --speeder 'amount=20%' -m "$share/codebook-en.tsv" survey-en.csv
after --where '"#2" != "x"' -m "$share/codebook-en.tsv" --rejects bad.tsv survey-en.csv

# Customers of any name, or none, and one column.
printf 'customer,nps\n,1\n"a	b",2\n"a\\b",3\n"a\nb",4\n,5\n 東京 ,6\n"a	b",7\n' >odd.csv
printf '\t%s\na\\tb\t%s\na\\\\b\t%s\na\\nb\t%s\n 東京 \t%s\n' 0 "$(crc "a	b")" \
	"$(crc 'a\b')" "$(crc 'a
b')" "$(crc ' 東京 ')" >crcs.txt
rm -f want-* got-*
cx-ingest -q odd.csv >all-odd.tsv
shards_of 7 all-odd.tsv want
cx-ingest -q --shard 7 --by customer -o got-%d.tsv odd.csv
equal 7 'customers of odd names'
printf 'customer\nA\nB\n\nA\n' >one.csv
rm -f got-*
cx-ingest -q --shard 2 --by customer -o got-%d.tsv one.csv
printf 'customer\n\n' >want-0
printf 'customer\n' >want-1
for c in A B A; do
	echo $c >>"want-$(($(crc $c) % 2))"
done
sort want-0 >s0 && sort got-0.tsv | cmp -s s0 - &&
	sort want-1 >s1 && sort got-1.tsv | cmp -s s1 -
ok 'a stream of one column'
printf 'customer,nps\n' >none.csv
rm -f got-*
cx-ingest -q --shard 3 --by customer -o got-%d.tsv none.csv
is 'customer nps customer nps customer nps' "$(cat got-?.tsv | tr '\t\n' '  ' | sed 's/ $//')" \
	'shards of nothing have a header'

# ---- what cannot be ----

rm -f got-*
shard() {
	cx-ingest -q --by customer -o got-%d.tsv "$@"
}
for n in 0 -1 1001 99999999999999999999 x '' 1.5 ' 2' 2x; do
	fails 2 'is not a number of files from 1 to 1000' "--shard '$n'" \
		shard --shard "$n" one.csv
done
fails 2 '--shard needs --by COLUMN' 'no column' cx-ingest --shard 2 -o a-%d one.csv
fails 2 '--by is for --shard N' 'no number' cx-ingest --by customer one.csv
fails 2 '--shard needs the names of its files' 'no names' \
	cx-ingest --shard 2 --by customer one.csv
for name in a a% a%s a%d%d a%5d a%00d; do
	fails 2 '%d' "the names $name" \
		cx-ingest --shard 2 --by customer -o $name one.csv
done
fails 2 '--by: no column "custmer"; did you mean "customer"?' 'an unknown column' \
	cx-ingest --shard 2 --by custmer -o got-%d.tsv one.csv
fails 2 '--by: no column "customer"' 'a column that is dropped' \
	shard --drop customer --shard 2 odd.csv
fails 2 '--shard does not go with --inspect' 'no inspection' \
	shard --inspect --shard 2 one.csv
fails 1 'no/such-0/f.tsv: cannot write' 'a folder that is not there' \
	cx-ingest --shard 2 --by customer -o no/such-%d/f.tsv one.csv
[ -z "$(find . -name 'got-*')" ]
ok 'no file of those'

# All or nothing: the files there were stay.
for i in 0 1 2; do
	echo old >got-$i.tsv
done
awk 'BEGIN {
	print "customer,nps,town"
	for (i = 0; i < 50000; i++) printf "C%d,%d,T%d\n", i % 1000, i % 11, i % 7 }' >many.csv
cp many.csv bad.csv
echo 'C1,eleven,T1' >>bad.csv
fails 1 'bad.csv:50002: column "nps"' 'a bad record at the end' \
	shard --shard 3 -c nps=nps bad.csv
is 'old old old' "$(cat got-?.tsv | tr '\n' ' ' | sed 's/ $//')" 'the old files stay'
fails 1 'got-2.tsv: it looks like a shard of more than 2' \
	'a file of a larger set' shard --shard 2 many.csv
if [ -c /dev/full ] && ln -sf /dev/full got-1.tsv; then
	fails 1 'got-1.tsv: cannot write: No space left' 'a full disk' \
		shard --shard 3 many.csv
	is 'old old' "$(cat got-0.tsv got-2.tsv | tr '\n' ' ' | sed 's/ $//')" \
		'a full disk: the others do not appear'
	rm got-1.tsv
fi
# shellcheck disable=SC3045	# the shells of Debian and BSD have it
(ulimit -n 30 && shard --shard 100 many.csv) 2>err
is 1 $? 'more files than may be open'
grep -Eq 'cannot write: (Too many open files|No file descriptors available)' err
ok 'more files than may be open: the message'
is 'got-0.tsv got-2.tsv' "$(find . -name 'got-*' | sed 's,./,,' | sort | tr '\n' ' ' | sed 's/ $//')" \
	'none is left behind'
rm -f got-*
mkfifo input
cx-ingest -q --by customer --shard 200 -o got-%d.tsv input 2>/dev/null &
pid=$!
exec 7>input
head -n 20000 many.csv >&7
# It has begun when its files are there.
tries=0
while [ "$(find . -name 'got-*' | wc -l)" -lt 200 ] && [ $tries -lt 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
kill -TERM $pid
wait $pid
is 143 $? 'ended by a signal'
exec 7>&-
is 0 "$(find . -name 'got-*' | wc -l | tr -d ' ')" 'ended by a signal: no file is left'

# Named pipes: programs that read while it writes, and the poison of failure.
mkfifo pipe-0 pipe-1 pipe-2
readers() {
	for i in 0 1 2; do
		cx-nps -g town pipe-$i >nps-$i 2>said-$i &
		eval "pid_$i=$!"
	done
	cx-ingest -q -c nps=nps --shard 3 --by customer -o pipe-%d "$1" 2>err
	echo $? >status
	failed=0
	for i in 0 1 2; do
		eval "wait \$pid_$i" || failed=$((failed + 1))
	done
}
readers many.csv
cx-nps -g town many.csv >want
cx-nps --merge nps-0 nps-1 nps-2 >got
same want got 'through named pipes'
readers bad.csv
is '1 3' "$(cat status) $failed" 'through named pipes: one failure fails all'
grep -q 'cx-ingest: bad.csv:50002' said-0 && grep -q 'cx-ingest: bad.csv:50002' said-2
ok 'through named pipes: with its message'

# ---- shard by shard ----

# shard_by_shard NAME PARTIAL MERGE FILE...: PARTIAL of each file, MERGEd, is
# what WHOLE (in $whole) prints of all.
shard_by_shard() {
	name=$1 partial=$2 merge=$3
	shift 3
	rm -f state-*
	for f; do
		# shellcheck disable=SC2086	# several words
		$partial "$f" >"state-$(basename "$f")" || echo "$f: $?" >>failed
	done
	$whole >want
	# shellcheck disable=SC2046,SC2012	# names of our own, in another order
	$merge $(ls -r state-*) >got
	[ -s want ] && same want got "$name"
}

sh "$src/scripts/make-sample" -n 2000 . >/dev/null
rm -f part-* event-* wide-*
cx-ingest -q -m "$share/touchpoints-ja.tsv" -o rated.tsv survey-ja.csv
cx-ingest -q -m "$share/touchpoints-ja.tsv" --shard 6 --by customer \
	-o part-%d.tsv survey-ja.csv
cx-ingest -q -o events.tsv events-ja.tsv
cx-ingest -q --shard 6 --by customer -o event-%d.tsv events-ja.tsv
cx-ingest -q -m "$share/codebook-en.tsv" -o wide.tsv survey-en.csv
cx-ingest -q -m "$share/codebook-en.tsv" --shard 6 --by customer \
	-o wide-%d.tsv survey-en.csv
whole='cx-nps -g segment,city -t month --tz Asia/Tokyo rated.tsv'
shard_by_shard 'cx-nps' "${whole% *}" 'cx-nps --merge' part-?.tsv
whole='cx-nps --unit customer-latest -g city rated.tsv'
shard_by_shard 'cx-nps, by customer' "${whole% *}" 'cx-nps --merge' part-?.tsv
whole='cx-csat --scale 1..5 -g touchpoint rated.tsv'
shard_by_shard 'cx-csat' "${whole% *}" 'cx-csat --scale 1..5 --merge' part-?.tsv
whole='cx-ces --scale 1..7 --high-is good -g segment wide.tsv'
shard_by_shard 'cx-ces' "${whole% *}" 'cx-ces --scale 1..7 --high-is good --merge' \
	wide-?.tsv
whole='cx-journey -q -g segment rated.tsv'
shard_by_shard 'cx-journey, the map' "${whole% *} --counts" \
	'cx-journey -q --merge' part-?.tsv
for view in edges paths handoffs; do
	whole="cx-journey -q --view $view events.tsv"
	shard_by_shard "cx-journey, $view" "${whole% *} --counts" \
		"cx-journey -q --view $view --merge" event-?.tsv
done
steps='--steps 検索,商品ページ,注文'
whole="cx-journey -q --view funnel $steps events.tsv"
shard_by_shard 'cx-journey, funnel' "${whole% *} --counts" \
	"cx-journey -q --view funnel $steps --merge" event-?.tsv
whole='cx-gaps -q --scale 1..5 rated.tsv'
shard_by_shard 'cx-gaps' "${whole% *} --state" 'cx-gaps -q --merge' part-?.tsv
whole='cx-gaps -q --scale 1..5 -x csat_search,csat_checkout,csat_delivery -g segment wide.tsv'
shard_by_shard 'cx-gaps, of columns' "${whole% *} --state" 'cx-gaps -q --merge' \
	wide-?.tsv
[ ! -e failed ]
ok 'none of them failed'

# ---- map, combine, reduce ----

# What a cluster does with the programs of a job, as Hadoop Streaming has it: a
# program gets lines without a header and prints lines. The lines of each split
# go through ./map; they are sorted by their first KEYS fields, and those of
# some splits go through ./combine, once or twice; all are dealt out by the
# key, sorted by it again, and go through ./reduce. Which line comes first of
# those with one key, nobody knows.
# cluster KEYS DATA [REDUCERS]: the lines of all reducers, three unless told.
# Fails when a program did.
cluster() {
	rm -rf job
	mkdir job
	sed 1d "$2" | awk '{ print >("job/split-" int(NR / 97) % 5) }'
	for split in job/split-?; do
		sh ./map <"$split" >job/mapped || return
		sort -t "$tab" -k "1,$1" job/mapped >"$split.keys"
		case $split in
		*-[1-3])
			sh ./combine <"$split.keys" >job/mapped || return
			sort -r -t "$tab" -k "1,$1" job/mapped >"$split.keys"
			;;
		esac
		case $split in
		*-[23])
			sort -s -t "$tab" -k "1,$1" "$split.keys" |
				sh ./combine >job/mapped || return
			mv job/mapped "$split.keys"
			;;
		esac
	done
	cat job/split-?.keys | awk -F '\t' -v keys="$1" -v n="${3:-3}" '{
		key = ""
		for (i = 1; i <= keys; i++) key = key FS $i
		if (!(key in to)) to[key] = met++ % n
		print >("job/part-" to[key])
	}'
	for part in job/part-?; do
		sort -s -t "$tab" -k "1,$1" "$part" >"$part.sorted"
		sh ./reduce <"$part.sorted" || return
	done
}

# program NAME COMMAND: it reads the lines below the header in $head-in and
# prints those below its own header. Its status is that of COMMAND.
program() {
	cat >"$1" <<-END
		set -e
		result=\$(mktemp job/XXXXXX)
		cat "$head-in" - | $2 -o "\$result"
		tail -n +2 "\$result"
	END
}

# job NAME KEYS DATA PARTIAL MERGE: the job whose map is PARTIAL and whose
# other programs are MERGE, and at last its lines through LAST, equal PARTIAL
# (or $whole) of DATA.
job() {
	name=$1 keys=$2 data=$3 partial=$4 merge=$5
	head -n 1 "$data" >data-in
	$partial data-in | head -n 1 >state-in
	head=data program map "$partial"
	head=state program combine "$merge"
	cp combine reduce
	cluster "$keys" "$data" >lines
	is 0 $? "$name: the job"
	cat state-in lines | $last >got
	$whole "$data" >want
	[ -s want ] && same want got "$name"
}

whole='cx-nps -q -g city,segment' last='cx-nps -q --merge'
job 'map, combine, reduce: cx-nps' 1 rated.tsv "$whole" "$last"
whole='cx-csat -q --scale 1..5 -g touchpoint' last='cx-csat -q --scale 1..5 --merge'
job 'map, combine, reduce: cx-csat' 1 rated.tsv "$whole" "$last"
# What reducers print is, sorted by its key, the table.
{
	head -n 1 want
	LC_ALL=C sort -t "$tab" -k 1,1 lines
} >got
same want got 'the same, without a last merge'

# A state of cx-gaps is one thing: it is merged whole, by one reducer.
whole='cx-gaps -q --scale 1..5 -x csat_search,csat_checkout,csat_delivery'
head -n 1 wide.tsv >data-in
$whole --state wide.tsv | head -n 1 >state-in
head=data program map "$whole --state"
head=state program reduce 'cx-gaps -q --merge'
printf 'cat\n' >combine
cluster 1 wide.tsv 1 >lines
is 0 $? 'map and reduce: cx-gaps: the job'
$whole wide.tsv >want
(head -n 1 want && cat lines) >got
same want got 'map and reduce: cx-gaps'

# Journeys take two jobs: contacts come together by customer and time, which
# are their first columns, and are counted; then counts are added up.
whole='cx-journey -q --view edges' last='cx-journey -q --view edges --merge'
head -n 1 events.tsv >data-in
$whole --counts events.tsv | head -n 1 >state-in
cp combine map
cluster 1 events.tsv >together
head=data
program reduce "$whole --counts"
cluster 1 events.tsv >counted
is 0 $? 'map and reduce by customer: the job'
is 3 "$(grep -c "${tab}edge$tab(start)${tab}広告$tab" counted)" \
	'map and reduce by customer: each reducer counts'
cat state-in counted >counts.tsv
head=state
program combine "$last --counts"
cp combine reduce
cluster 4 counts.tsv >lines
cat state-in lines | $last >got
$whole events.tsv >want
same want got 'and reduce again: cx-journey'

# A map that fails, fails the job.
sed '500s/	[0-9]*	/	99	/' rated.tsv >bad.tsv
whole='cx-nps -q -g segment'
head -n 1 bad.tsv >data-in
head=data
program map "$whole"
cluster 1 bad.tsv >lines 2>err
is 1 $? 'a record that cannot be used: the job fails'
grep -q 'is not a whole number from 0 to 10' err
ok 'a record that cannot be used: why'

tap_done
