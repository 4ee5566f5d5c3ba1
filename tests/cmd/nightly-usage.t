#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What all-commands.t and surroundings.t ask of the programs, of cx-nightly.
# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
# shellcheck disable=SC2086 # $as_nobody is several words
. "${srcdir:-.}/tests/lib/tap.sh"
. "$src/tests/lib/commands.sh"

cd "$tmp" || exit 1
for program in flock sha256sum; do
	command -v $program >/dev/null || {
		skip 'cx-nightly' "no $program"
		tap_done
		exit
	}
done
mkdir bin && cp "$src/scripts/cx-nightly" bin && chmod +x bin/cx-nightly
PATH=$tmp/bin:$PATH
mkfifo unread || exit 1
chmod 755 "$tmp"

# site NAME: of one file to be taken in.
site() {
	rm -rf "./$1" && mkdir -p "./$1/inbox" || exit 1
	printf 'settle = 0\n' >"./$1/nightly.conf"
	printf 'id,time,nps\n1,2026-10-30T10:00:00Z,9\n2,2026-10-31T10:00:00Z,3\n' \
		>"./$1/inbox/day.csv"
}

# shown NAME: what came of it, without the names of the run.
shown() {
	(cd "./$1" && cat state/*/history-1.tsv state/*/1.0.day.tsv &&
		sed 's/cx [0-9.]*//' report/latest && ls inbox 'done')
}

# ---- options ----

cx-nightly --help >help 2>err && [ ! -s err ] &&
	head -n 1 help | grep -q '^usage: cx-nightly '
ok '--help starts with its usage, on standard output'
cx-nightly -h nosuchsite --bogus | cmp -s help -
ok '-h before all else'
is "cx-nightly $(cx-nps -V | cut -d ' ' -f 2-)" "$(cx-nightly -V)" '-V'
is "$(cx-nightly -V)" "$(cx-nightly --version)" '--version'
fails 2 'there is no option --bogus' 'bad long option' cx-nightly --bogus x
fails 2 'there is no option -Z' 'bad short option' cx-nightly -Z x
fails 2 '--as-of needs a day' 'option without its argument' cx-nightly x --as-of
fails 2 '--as-of needs a day' 'no day' cx-nightly --as-of=2026-1-1 x
fails 2 '--as-of needs a day' 'a day that no month has' \
	cx-nightly --as-of 2026-02-29 nosuchsite
fails 2 'which SITE?' 'no site' cx-nightly
fails 2 'one site at a time' 'two sites' cx-nightly x y
fails 1 'there is no such folder' 'no such site' cx-nightly nosuchsite
site want
cx-nightly -q --as-of 2026-10-31 want >out 2>&1
is '0 ' "$? $(cat out)" 'a night'
shown want >want.shown
site ./-q
cx-nightly -q --as-of=2026-10-31 -- -q && shown -q | cmp -s want.shown -
ok '-- ends the options'
site -
cx-nightly - -q --as-of 2026-10-31 && shown - | cmp -s want.shown -
ok 'a folder called -, options behind it'
awk '/^\.It Fl / {
	for (i = 2; i < NF; i++) if ($i == "Fl") print "-" $(i + 1)
}' "$src/man/cx-nightly.1" | sort >manual
awk '/^  (    )?-/ {
	for (i = 1; i <= NF && $i ~ /^-/; i++) { sub(/,$/, "", $i); print $i }
}' help | sort >help.options
same help.options manual '--help and the manual agree'

# ---- streams ----

fails 1 '' '--help on a full disk' sh -c 'cx-nightly --help >/dev/full'
fails 1 '' '-V on a full disk' sh -c 'cx-nightly -V >/dev/full'
fails 1 '' '--help, output closed' sh -c 'cx-nightly --help >&-'
for closed in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
	site s
	eval "cx-nightly --as-of 2026-10-31 s $closed" 2>/dev/null &&
		shown s | cmp -s want.shown -
	ok "a night with $closed"
done

# ---- the environment ----

make_locales
for locale in $locales; do
	site s
	LC_ALL=$locale cx-nightly -q --as-of 2026-10-31 s &&
		shown s | cmp -s want.shown -
	ok "in the locale $locale"
done
for locale in $lacking; do
	skip "in the locale $locale" 'it cannot be made here'
done
site s
ln -s "$(command -v cx-nps)" "$(command -v cx-ingest)" \
	"$(command -v cx-report)" bin
env -i "$tmp/bin/cx-nightly" -q --as-of 2026-10-31 s &&
	shown s | cmp -s want.shown -
ok 'in an empty environment'

# ---- files of others ----

if $as_nobody cx-nightly -V >/dev/null 2>&1; then
	site s
	chmod 000 s/nightly.conf
	[ -z "$as_nobody" ] || chown -R 65534 s
	fails 1 'nightly.conf: it cannot be read' 'settings of others' \
		$as_nobody "$(command -v cx-nightly)" s
	chmod 644 s/nightly.conf
	chmod 000 s/inbox
	fails 1 'the inbox: it cannot be read' 'an inbox of others' \
		$as_nobody "$(command -v cx-nightly)" s
	chmod 755 s/inbox
	chmod 000 s/inbox/day.csv
	fails 1 'day.csv: cannot be read' 'an export of others' \
		$as_nobody "$(command -v cx-nightly)" s
else
	skip 'files of others' 'root cannot become somebody who runs it'
fi

# ---- what is the machine's fault ----

# In the words of glibc and of musl.
site s
rm -f bin/cx-ingest
real=$(command -v cx-ingest)
for why in 'Disk quota exceeded' 'Quota exceeded' 'Input/output error' \
	'I/O error' 'Cannot allocate memory' 'Out of memory' \
	'No file descriptors available' 'Resource temporarily unavailable'; do
	cat >bin/cx-ingest <<-END
		#!/bin/sh
		case "\$*" in
		*day.csv*) echo 'cx-ingest: day.csv: $why' >&2 && exit 1 ;;
		*) exec '$real' "\$@" ;;
		esac
	END
	chmod +x bin/cx-ingest
	fails 1 'day.csv: cannot be taken in' "$why" cx-nightly s
done
rm bin/cx-ingest
is 'day.csv ' "$(ls s/inbox) $(ls s/quarantine 2>/dev/null)" 'is not the file'"'"'s'

# ---- settings ----

# wrong TEXT SETTING: stops the night, and the file stays where it is.
wrong() {
	site s
	echo "$2" >>s/nightly.conf
	fails 1 "$1" "$2" cx-nightly s
	[ -f s/inbox/day.csv ] && [ ! -e s/quarantine ] && [ ! -e s/report ]
	ok "$2: the file stays"
}
printf 'column\theader\ttipe\nnps\tnps\tid\n' >book.tsv
wrong 'there is no program cx-npz' 'score = cx-npz'
wrong 'there is no option "--bogus"' 'score = cx-nps --bogus'
wrong 'no column "npz"' 'score = cx-nps -s npz'
wrong 'is not a whole number from 1 to 5' 'score = cx-csat -s nps --scale 1..5'
wrong 'weights, clusters and strata are of records' \
	'score = cx-nps --unit customer-latest'
wrong '--merge has no times' 'score = cx-nps -t day --rolling 30d'
wrong 'groups are settings of their own' 'score = cx-nps -g segment'
wrong 'no column "segment"' 'group = segment'
wrong 'no column "key", which tells' 'unique = key'
wrong 'keep-archive: "a year" is not a whole number' 'keep-archive = a year'
wrong 'no time zone' 'zone = Asia/Tokio'
wrong 'no words of "xx"' 'lang = xx'
wrong 'no column "tipe"' "codebook = ../book.tsv"
wrong 'is no encoding' 'ingest = -e cp9999'

# The same failure, once a file was taken in, is the next file's.
site s
cx-nightly -q --as-of 2026-10-31 s
printf 'id,time,npz\n3,2026-10-31T10:00:00Z,3\n' >s/inbox/other.csv
fails 1 'other.csv: cx-nps: ' 'a file of another survey' cx-nightly s
is 1 "$(find s/quarantine -name '*-other.csv' | wc -l)" 'is refused'

# A condition is about records, not about the tables that are added up.
site s
echo 'score = cx-nps --where nps>=7' >>s/nightly.conf
printf 'id,time,nps\n1,2026-10-30T10:00:00Z,7\n2,2026-10-30T10:00:00Z,3\n' \
	>s/inbox/day.csv
cx-nightly -q --as-of 2026-10-31 s
is 'n 1' "$(cut -f 3 s/state/*/history-1.tsv | paste -s -d ' ')" \
	'a score of some of the records'

# Tables are not added to those that other settings made.
site s
printf '%s\n' 'score = cx-csat -s a --scale 0..10' \
	'score = cx-csat -s b --scale 0..10' >>s/nightly.conf
printf 'id,time,a,b\n1,2026-10-30T10:00:00Z,9,1\n' >s/inbox/day.csv
cx-nightly -q --as-of 2026-10-31 s
cp s/nightly.conf conf
# shellcheck disable=SC2016 # sed's
for change in '2d;s/-s b/-s a/' 's/-s a/-s c/' '$d' '$azone = Asia/Tokyo'; do
	sed "$change" conf >s/nightly.conf
	fails 1 'nightly.conf: was "' "changed: $change" cx-nightly s
done
# What stands in the manual for that: anew, from the files that are done.
sed 's/-s b/-s c/; s/-s a/-s b/; s/-s c/-s a/' conf >s/nightly.conf
mkdir old && mv s/state s/archive old && mv s/done/* s/inbox
cx-nightly -q --as-of 2026-10-31 s &&
	cut -f 9 s/state/*/history-1.tsv >got
is 'mean 1.0000' "$(paste -s -d ' ' got)" 'and taken in anew'

site s
cx-nightly -q --as-of 2026-10-31 s
echo 'keep-archive = 1' >>s/nightly.conf
cx-nightly -q --as-of 2026-11-30 s
printf 'id,time,nps\n1,2026-10-30T10:00:00Z,9\n' >s/inbox/again.csv
fails 1 'again.csv: it has responses of 2026-10-30, and the archive' \
	'what can no longer be told from what is known' cx-nightly s
echo 'table = 2 cx-nps' >>s/nightly.conf
fails 1 'a table of 2 days' 'a table of more than is kept' cx-nightly s

site s
echo 'zone = +14:00' >>s/nightly.conf
want=$(date -u -d "@$(($(date +%s) - 10 * 3600))" +%Y-%m-%d)
cx-nightly -q s
is "$want.html" "$(readlink s/report/latest)" 'yesterday, in a zone of hours'

# ---- a terminal ----

# at_terminal COMMAND: what comes to it, ESC as ^ and CR as <; date(1) is one
# whose seconds fly.
# shellcheck disable=SC2016 # of the script
printf '%s\n' '#!/bin/sh' 'case $1 in' '+%s) echo >>ticks; wc -l <ticks ;;' \
	'*) exec /bin/date "$@" ;;' 'esac' >bin/date
chmod +x bin/date
at_terminal() {
	site s
	TERM=xterm script -qefc "$1" /dev/null </dev/null | tr '\033\r' '^<'
}
if script -qec true /dev/null >/dev/null 2>&1 </dev/null && [ -x /bin/date ]; then
	at_terminal 'cx-nightly --as-of 2026-10-31 s' >got
	grep -qF '^[Kcx-nightly: day.csv: cx-nps -t week<^[K' got &&
		grep -qF '<^[Kcx-nightly: report/2026-10-31.html<' got
	ok 'at a terminal: what is being done, and taken away'
	at_terminal 'cx-nightly --as-of 2026-10-31 s 2>err' >got
	is '0 0' "$(wc -c <got) $(grep -c '\[K' err)" 'not where messages go to a file'
	is 0 "$(at_terminal 'cx-nightly -q --as-of 2026-10-31 s' | wc -c)" 'nor with -q'
else
	skip 'at a terminal' 'no script(1)'
fi
rm bin/date

# ---- poison ----

site s
printf 'id\ttime\tnps\n1\t2026-10-30T10:00:00Z\t9\n\\!cx-x: it broke\n' \
	>s/inbox/day.csv
fails 1 'day.csv: cx-x: it broke' 'poison is refused' cx-nightly s
is '1 0' "$(find s/quarantine -name '*-day.csv' | wc -l) $(
	find s/report -type f 2>/dev/null | wc -l)" 'and comes into no report'
tap_done
