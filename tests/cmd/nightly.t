#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# cx-nightly: nights add up to one run over everything, each file counts once,
# and a night that is killed, out of room or fed with rubbish leaves no trace.
#   CX_KILLS, CX_FULL   how many random moments to try (default: 6 and 4)
#   CX_NIGHTS=no        none of it
. "${srcdir:-.}/tests/lib/tap.sh"

[ "${CX_NIGHTS:-}" != no ] || {
	skip 'nightly' 'CX_NIGHTS=no'
	tap_done
	exit
}
cd "$tmp" || exit 1
for program in flock sha256sum setsid; do
	command -v $program >/dev/null || {
		skip 'nightly' "no $program"
		tap_done
		exit
	}
done
nightly=$src/scripts/cx-nightly
sh "$src/scripts/make-sample" -n 900 . >/dev/null || exit 1

# The survey as one export for two months, by the day it was answered. A
# comment may have line breaks.
awk -F , 'NR == 1 { header = $0; next }
	/^R[0-9]+,/ {
		split($3, t, "[/ ]")
		f = sprintf("part-%s-%d.csv", t[3], (t[1] + 1) / 2)
		if (!(f in seen)) { print header >f; seen[f] = 1 }
	}
	{ print >f }' survey-en.csv
set -- part-*.csv
first=$1 second=$2 third=$3
cx-ingest -q -m "$src/share/sample/codebook-en.tsv" --tz America/New_York \
	survey-en.csv >all.tsv

# site NAME: an empty one.
site() {
	rm -rf "$1" && mkdir -p "$1/inbox" &&
		cp "$src/share/sample/codebook-en.tsv" \
			"$src/share/sample/stores-en.tsv" "$1" &&
		cat >"$1/nightly.conf" <<-'END'
			# of a test
			codebook = codebook-en.tsv
			zone = America/New_York
			score = cx-nps
			score = cx-csat --scale 1..5 -s csat_delivery
			group = segment
			group = channel
			settle = 0
		END
}

night() {
	sh "$nightly" -q --as-of 2026-10-31 "$@"
}

state() {
	echo "$1/state/$(cat "$1/state/current")"
}

# alike A B NAME: the same is known in both, the same report is shown.
alike() {
	for s in "$1" "$2"; do
		(
			cd "$(state "$s")" &&
				for f in *.tsv; do echo "== $f"; sort "$f"; done
		) >"$s.shown"
		{
			{ gzip -dc "$s"/archive/*/*.gz || echo "$s is damaged"; } | sort
			cat "$s/report/latest"
			find "$s/inbox" "$s/quarantine" -type f 2>/dev/null |
				sed 's|[^/]*/||' | sort
		} >>"$s.shown"
	done
	same "$1.shown" "$2.shown" "$3"
}

# ---- nights add up ----

site calm
for f; do
	cp "$f" calm/inbox/
	night calm || echo "# $f failed"
done
is "$#" "$(find calm/done -type f | grep -c .)" 'every file is done'
for period in day week month; do
	cx-nps -t $period --tz America/New_York all.tsv >want
	same want "$(state calm)/1.0.$period.tsv" "cx-nps by $period"
	cx-nps -g segment -t $period --tz America/New_York all.tsv >want
	same want "$(state calm)/1.1.$period.tsv" "cx-nps by segment and $period"
	cx-csat --scale 1..5 -s csat_delivery -g channel -t $period \
		--tz America/New_York all.tsv >want
	same want "$(state calm)/2.2.$period.tsv" "cx-csat by channel and $period"
done
cx-nps --since 2026-10-02 --until 2026-10-31 --tz America/New_York all.tsv |
	sed 's/^n/as_of	days	n/; s/^[0-9]/2026-10-31	30	&/' >want
same want "$(state calm)/history-1.tsv" 'history: the last 30 days'
[ -s calm/report/2026-10-31.html ] && [ -s calm/report/index.html ] &&
	[ "$(readlink calm/report/latest)" = 2026-10-31.html ]
ok 'report, index and latest'

site once
cp "$@" once/inbox/
night once
alike calm once 'all files in one night'
cp -R once again
night again
alike once again 'a second run changes nothing'
cp "$first" again/inbox/renamed.csv
night again
alike once again 'a file that was taken before, by another name'
{
	cat "$first"
	sed 1d "$second"
	sed 1d "$third"
} >overlap.csv
cp overlap.csv again/inbox/
night again
for f in 1.0.day 1.2.month 2.1.week; do
	same "$(state once)/$f.tsv" "$(state again)/$f.tsv" \
		"an export that holds responses of earlier ones: $f"
done
site other
cp "$first" "$second" other/inbox/
night other
night --as-of 2026-06-30 other
rm "$(state other)/history-"*
for f; do
	case $f in
	"$first" | "$second") ;;
	*) cp "$f" other/inbox/ ;;
	esac
done
night other
alike calm other 'a clock that goes back'
site bare
cp "$@" bare/inbox/
env -i PATH="$PATH" sh "$nightly" -q --as-of 2026-10-31 bare
alike once bare 'an empty environment'
site filled
cp "$first" filled/inbox/
night --backfill filled
{
	sed 1d "$(state filled)/1.0.day.tsv" | cut -f 1
	echo 2026-10-31
} | sort -u >want
sed 1d "$(state filled)/history-1.tsv" | cut -f 1 >got
same want got '--backfill: history of each day'

# ---- what cannot be taken in ----

site bad
cp "$first" bad/inbox/
night bad
cp bad/report/latest before.html
cp -R "$(state bad)" before

# bad NAME TEXT: the file `broken` is refused, for this reason.
bad() {
	cp broken "bad/inbox/$1"
	fails 1 "$2" "$1" sh "$nightly" --as-of 2026-10-31 bad
	is '1 1' "$(find bad/quarantine -name "*-$1" | grep -c .) $(grep -lF \
		-e "$2" bad/quarantine/*"-$1.reason" | grep -c .)" \
		"$1: quarantine and reason"
	cmp -s before.html bad/report/latest && diff -r before "$(state bad)"
	ok "$1: state and report are as they were"
}
sed 's/How likely/How probable/' "$second" >broken
bad renamed-column.csv 'How likely'
iconv -f UTF-8 -t UTF-16LE "$second" >broken
bad encoding.csv 'use -e utf-16'
head -c 3000 "$second" | sed '$s/,[^,]*$/,"half/' >broken
bad truncated.csv quote
gzip -c "$second" | head -c 900 >broken
bad truncated.gz 'truncated.gz'
: >broken
bad empty.csv empty
cp "$src/share/sample/codebook-en.tsv" broken
bad another-table.tsv column
# Ten points became five.
awk -F , 'BEGIN { OFS = FS } /^R[0-9]+,/ { $1 = $1 "x"; if ($8 > 0 && $8 <= 10) $8 = int($8 / 2) }
	{ print }' "$second" >broken
bad scale.csv 'another scale'
cp "$second" bad/inbox/
night bad && [ ! -e "bad/inbox/$second" ]
ok 'and the next run is right'
site good
cp "$first" "$second" good/inbox/
night good
rm -rf bad/quarantine
alike good bad 'the same as without them'
cp "$third" "bad/inbox/$third.part"
night bad
is 1 "$(find bad/inbox -type f | grep -c .)" 'an upload that is named so is left alone'
fails 2 'which SITE?' 'no site' sh "$nightly"
fails 1 'no such folder' 'a site that is not there' sh "$nightly" nowhere
echo 'colour = red' >>bad/nightly.conf
fails 1 'nightly.conf:9: there is no setting "colour"' 'an unknown setting' \
	sh "$nightly" bad
site dry
cp "$first" dry/inbox/
sh "$nightly" -n dry 2>said
grep -q 'records$' said && [ -f "dry/inbox/$first" ] && [ ! -e dry/state/current ]
ok '--dry-run tells and changes nothing'

printf x >"$(printf 'dry/inbox/a\nb')"
rm "dry/inbox/$first"
sh "$nightly" dry 2>said
is "1 cx-nightly: $tmp/dry: 1 not taken in; the report is as it was" \
	"$(grep -c 'line break' said) $(tail -n 1 said)" 'a failure counts once'

# ---- what is too old, and new settings ----

cp -R once kept
printf 'keep-reports = 2\nkeep-archive = 30\n' >>kept/nightly.conf
touch kept/report/2026-10-29.html kept/report/2026-10-30.html
night kept
ok 'what is too old is removed: the run is right'
is '2026-10-30.html 2026-10-31.html' \
	"$(cd kept/report && echo 20*.html)" 'reports of two days are kept'
is '2026-10-31.html 2026-10-30.html' "$(sed -n 's/.*href="\([^"]*\)".*/\1/p' \
	kept/report/index.html | paste -s -d ' ')" 'and are those of the index'
(cd once/archive && printf '%s\n' 20*) | awk '$0 >= "2026-10-02"' >want
(cd kept/archive && printf '%s\n' 20*) >got
same want got 'and the archive of 30'
cp -R once regrouped
echo 'group = country' >>regrouped/nightly.conf
night regrouped && cmp -s once/report/latest regrouped/report/latest
ok 'a group that is new has nothing to show before the next file'
for table in cx-journey '0 cx-journey' '08 cx-journey' '3d cx-journey'; do
	cp once/nightly.conf regrouped/nightly.conf
	echo "table = $table" >>regrouped/nightly.conf
	fails 1 'a table is DAYS COMMAND' "table = $table" \
		sh "$nightly" regrouped
done
for rolling in 0 030; do
	cp once/nightly.conf regrouped/nightly.conf
	echo "rolling = $rolling" >>regrouped/nightly.conf
	fails 1 'nightly.conf: ' "rolling = $rolling" sh "$nightly" regrouped
done

# ---- files that move while it looks ----

site moving
sed 's/^settle = 0/settle = 2/' moving/nightly.conf >conf && mv conf moving/nightly.conf
cp "$first" moving/inbox/
cp "$second" moving/inbox/gone.csv
head -n 5 "$third" >moving/inbox/grows.csv
night moving 2>moved &
sleep 1
rm moving/inbox/gone.csv
cat "$third" >moving/inbox/grows.csv
wait
is 'grows.csv' "$(ls moving/inbox)" 'what grows stays, what is gone is no fault'
night moving
site still
cp "$first" still/inbox/
cp "$third" still/inbox/grows.csv
night still
alike still moving 'the next night takes the whole of it'

# ---- two at once ----

site two
cp "$@" two/inbox/
night two &
sleep .05
sh "$nightly" -q two 2>said || grep -q 'another run' said
ok 'a second run at the same time'
wait
night two
alike once two 'two runs'

# ---- killed ----

kills=${CX_KILLS:-6}
seed=20261031
# draw N: the next of the generator, modulo N.
draw() {
	seed=$((seed * 16807 % 2147483647))
	drawn=$((seed % $1))
}
site killed
cp "$@" killed/inbox/
hit=0
for _ in $(seq "$kills"); do
	draw 1500
	setsid sh "$nightly" -q --as-of 2026-10-31 killed 2>/dev/null &
	pid=$!
	sleep "$(printf '0.%03d' $((drawn % 1000)))"
	kill -0 $pid 2>/dev/null && hit=$((hit + 1))
	kill -KILL -$pid 2>/dev/null
	wait $pid 2>/dev/null
	# What the night had started may take a moment longer to die.
	flock killed/.lock true
done
# The later ones find nothing left to do, and end before.
[ $hit -ge 2 ]
ok "runs that were killed: $hit of $kills"
night killed
alike once killed "killed at $kills moments"

# ---- no room ----

site full
cp "$@" full/inbox/
failed=0
for _ in $(seq "${CX_FULL:-4}"); do
	draw 40
	(
		trap '' XFSZ
		# shellcheck disable=SC3045 # of dash and bash, at least
		ulimit -f "$drawn"
		night full
	) 2>/dev/null || failed=$((failed + 1))
done
is "0" "$(find full/quarantine -type f 2>/dev/null | grep -c .)" \
	"no room: no file is blamed ($failed runs failed)"
night full
alike once full 'after runs without room'

tap_done
