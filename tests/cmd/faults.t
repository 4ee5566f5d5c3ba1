#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Whatever call of the C library fails, a program goes on as if it had not, or
# says so and exits with 1, and leaves no file half-written: what exactly is in
# tests/faults/drive.c.
#
# CX_FAULTS=all tries every call and the first 10,000 allocations, which takes
# an hour; CX_FAULTS=N about N calls of each kind; otherwise a few.
# CX_FAULTS_ONLY=WORD: only the cases whose names start with it.
# CX_FAULTS_LEAKS=yes: gcc's sanitizer for leaks looks at each end of a program.
# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"

here=$(pwd)/tests/faults
shim=$here/shim.so
case ${CX_FAULTS:-} in
'') how='-n 3' ;;
all) how=-a ;;
*) how="-n $CX_FAULTS" ;;
esac

mkdir "$tmp/work" "$tmp/work/out" "$tmp/work/temp"
cd "$tmp/work" || exit 1

# A sanitizer sees leaks behind what fails. It takes long, so only where it is
# asked for, and has its malloc behind that of the shim. What setenv has put into
# the environment, and could not note for itself, it does not free; nor does GSL
# what it has of a matrix that it cannot make, and then the program ends.
printf 'leak:%s\n' __add_to_environ gsl_matrix_alloc \
	gsl_eigen_symmv_alloc >known-leaks
LSAN_OPTIONS=suppressions=$tmp/work/known-leaks:print_suppressions=0
export LSAN_OPTIONS
asan=$(grep -l __asan_init "$(command -v cx-nps)")
if [ -n "$asan" ]; then
	ASAN_OPTIONS=${ASAN_OPTIONS:-}:exitcode=99:verify_asan_link_order=0
	export ASAN_OPTIONS
elif [ -n "${CX_FAULTS_LEAKS:-}" ]; then
	shim=$shim:$(gcc -print-file-name=liblsan.so)
fi
if [ -n "$asan" ] && [ -z "${CX_FAULTS:-}" ]; then
	skip 'calls that fail' 'built with a sanitizer, and CX_FAULTS is not set'
	tap_done
	exit
fi
CX_FAULT=read:1:EIO LD_PRELOAD=$shim cx-ingest /dev/null >said 2>&1
grep -Eq '^cx-ingest: .*: cannot read: (Input/output|I/O) error$' said || {
	skip 'calls that fail' 'the shim cannot be loaded (a static program?)'
	tap_done
	exit
}

# The shim knows all calls that the programs make and that can fail.
watched='accept access aligned_alloc asprintf calloc chdir chmod chown close
closedir connect copy_file_range creat dlopen dup dup2 dup3 execl execlp execv
execve execvp faccessat fallocate fchmod fchmodat fcntl fdatasync fdopen
fdopendir fflush fgetc fgets flock fopen fork fread freopen fscanf fstat
fstatat fsync ftruncate getc getcwd getdelim getentropy getline getrandom glob
iconv_open link linkat lockf lseek lstat malloc mkdir mkdirat mkdtemp mkfifo
mkostemp mkstemp mkstemps mmap mprotect mremap msync nftw open open_memstream
openat opendir pipe pipe2 poll popen posix_fallocate posix_memalign posix_spawn
posix_spawnp ppoll pread preadv pthread_create pwrite pwritev read readdir
readlink readlinkat readv realloc reallocarray realpath recv regcomp rename
renameat rmdir scandir select send sendfile setenv sigaction socket splice stat
statx strdup strndup symlink sysconf system timerfd_create tmpfile truncate
unlink unlinkat utimensat vasprintf vfork wait waitpid writev write __open_2
__openat_2 __pread_chk __read_chk __readlink_chk __realpath_chk'
if command -v nm >/dev/null; then
	for c in $COMMANDS; do
		nm -D --undefined-only "$(command -v "${c##*/}")"
	done | awk '{ sub(/@.*/, "", $2); print $2 }' | sort -u >imports
	nm -D --defined-only "$here/shim.so" | awk '{ print $3 }' | sort >made
	# shellcheck disable=SC2086 # a list of words
	printf '%s\n' $watched | sort >watched
	comm -23 imports made | comm -12 - watched >missing
	[ ! -s missing ]
	ok "no call that is not made to fail: $(tr '\n' ' ' <missing)"
else
	skip 'calls that the shim does not know' 'there is no nm'
fi

# The kinds of faults. A family of calls is one of those of shim.c.
errors='read:EIO write:ENOSPC file:EIO close:EIO other:EAGAIN'
harmless='read:EINTR read:short write:EINTR write:short file:EINTR close:EINTR'
# Where files are taken away.
undo='undo:EIO undo:EINTR'

# drive NAME FAULTS [-f] [-i FILE | -p FILE] COMMAND...
drive() {
	name=$1 faults=$2 fails='' input=
	shift 2
	[ "$1" != -f ] || { fails=$1 && shift; }
	case $name in
	"${CX_FAULTS_ONLY:-}"*) ;;
	*) return ;;
	esac
	case $1 in
	-[ip])
		input="$1 $2"
		shift 2
		;;
	esac
	: >said
	for fault in $faults; do
		rm -rf out temp && mkdir out temp || exit 1
		# shellcheck disable=SC2086 # options
		"$here/drive" $how -s 1 $fails $input "$shim" "$fault" "$@" >>said 2>&1 ||
			echo "not ok" >>said
	done
	if grep -q '^not ok' said; then
		tap_line 'not ok' "$name"
		sed 's/^not ok/wrong:/; s/^/# /' said
	else
		tap_line ok "$name: $(awk '{ n += $(NF - 3) } END { print n }' said) runs"
		[ -z "${CX_FAULTS:-}" ] || sed 's/^/# /' said
	fi
}

every="alloc:ENOMEM map:ENOMEM $errors $harmless"
all="$every $undo"
[ -z "${CX_FAULTS:-}" ] || every=$all

# ---- what they read ------------------------------------------------------

sh "$src/scripts/make-sample" -n 40 . || exit 1
cp "$src/share/sample"/*.tsv .
iconv -f UTF-8 -t UTF-16 survey-ja.csv >utf16.csv
e=cp932
! lacks $e || e=euc-jp
iconv -c -f UTF-8 -t $e survey-ja.csv >$e.csv
gzip -nc <survey-en.csv >survey.csv.gz
cx-ingest -q -m codebook-en.tsv -o stream.tsv survey-en.csv || exit 1
cp stream.tsv again.tsv
cx-ingest -q -m touchpoints-en.tsv -o rated.tsv survey-en.csv || exit 1
head -n 150 events-en.tsv >events.tsv
sed '2s/,new,/,n"e"w,/; 4s/,new,/, "new",/' survey-en.csv >malformed.csv
sed '5s/\(.*\)/\1	too	many/; 9s/^/x\\y/' stream.tsv >bad.tsv
(umask 077 && echo 0123456789abcdef0123456789abcdef >key)
printf "low: nps < 7 and comment ~ 'a|e'\\nhigh: else\\n" >rules
# shellcheck disable=SC2016 # of awk
printf 'column\tvalue\tshare\nsegment\tnew\t40\nsegment\tregular\t60\n' >rake.tsv

# ---- cx-ingest -----------------------------------------------------------

drive 'ingest: codebook, zone, manifest, file' "$every" \
	cx-ingest -j1 -m codebook-en.tsv --manifest out/manifest.json \
	-o out/clean.tsv survey-en.csv
drive 'ingest: gzip in and out, keys, rejects' "$every" \
	cx-ingest -j1 -m codebook-en.tsv --pseudonymize customer --key key \
	--redact comment --rejects out/rejects.tsv -o out/clean.tsv.gz \
	survey.csv.gz
drive 'ingest: records put aside' "$every" \
	cx-ingest -j1 --rejects out/rejects.tsv -o out/clean.csv -F csv bad.tsv
drive 'ingest: UTF-16, JSON' "$every" \
	cx-ingest -j1 -q -e utf-16 -m codebook-ja.tsv -F json utf16.csv
drive "ingest: $e" "$every" cx-ingest -j1 -q -e $e $e.csv
drive 'ingest: a pipe that is read twice' "$all" -p stream.tsv \
	cx-ingest -j1 --battery 'csat_search|csat_checkout|csat_delivery' --speeder amount=30%
drive 'ingest: latest of each customer' "$every" \
	cx-ingest -j1 -q --latest-per customer --duplicates first stream.tsv \
	again.tsv
drive 'ingest: malformed' "$every" \
	cx-ingest -j1 -q --lenient -o out/clean.tsv malformed.csv
drive 'ingest: shards' "$every" \
	cx-ingest -j1 -q --shard 3 --by customer -o out/part-%d.tsv \
	--rejects out/rejects.tsv stream.tsv
drive 'ingest: inspect' "$every" \
	cx-ingest --inspect -o out/book.tsv $e.csv
drive 'ingest: formats' "$all" cx-ingest --list-formats
# What is begun is taken away again, if it can be.
drive 'ingest: fails behind its output' "$undo" -f \
	cx-ingest -j1 -q -o out/clean.tsv stream.tsv bad.tsv
drive 'ingest: fails behind its shards' "$undo" -f \
	cx-ingest -j1 -q --shard 3 --by customer -o out/part-%d.tsv stream.tsv \
	bad.tsv
drive 'ingest: help' "$every" cx-ingest --help

# ---- scores --------------------------------------------------------------

drive 'nps: by month and segment, rejects' "$every" \
	cx-nps -j1 -g segment -t month --tz America/New_York --vs rest \
	--rejects out/rejects.tsv -o out/nps.tsv bad.tsv
CX_DEBUG=piece=2000
export CX_DEBUG
drive 'nps: two threads' \
	'alloc:ENOMEM map:ENOMEM read:EIO read:EINTR read:short other:EAGAIN' \
	cx-nps -j2 -g segment stream.tsv
unset CX_DEBUG
fails 1 '--tz: /usr/share/zoneinfo/Asia/Tokyo: cannot read: ' \
	'nps: a zone whose file cannot be read' \
	env CX_FAULT=read:1:EIO "LD_PRELOAD=$shim" TZDIR=/usr/share/zoneinfo \
	cx-nps -t month --tz Asia/Tokyo stream.tsv
drive 'nps: where' "$every" \
	cx-nps -j1 -F table --where "comment ~ '^F|er' or nps > 8" \
	--explain stream.tsv
drive 'nps: raked' "$every" \
	cx-nps -j1 --rake rake.tsv --cluster customer \
	--where "segment in ('new', 'regular')" stream.tsv
drive 'csat: units' "$every" \
	cx-csat -j1 --scale 1..5 --unit customer-mean -F md stream.tsv
drive 'ces: rolling' "$every" \
	cx-ces -j1 --scale 1..7 --high-is good -t month --rolling 30d stream.tsv
cx-nps -q -g segment -o part.tsv stream.tsv && cp part.tsv part-2.tsv || exit 1
drive 'nps: merge' "$every" cx-nps --merge -F csv part.tsv part-2.tsv

# ---- cx-persona ----------------------------------------------------------

drive 'persona: rules' "$every" \
	cx-persona -j1 -r rules -o out/persona.tsv stream.tsv
drive 'persona: discovered' "$every" \
	cx-persona -j1 --discover -x csat_search,csat_checkout,segment -k 2 \
	--starts 2 --samples 2 --save out/model -o out/classes.tsv stream.tsv
cx-persona -q --discover -x csat_search,csat_checkout,segment -k 2 --starts 2 \
	--samples 2 --save model -o /dev/null stream.tsv 2>/dev/null
drive 'persona: by a model' "$every" \
	cx-persona -j1 --model model --drift out/drift.tsv stream.tsv
sed '1s/segment/persona/' stream.tsv >personas.tsv
drive 'persona: cards' "$every" \
	cx-persona -j1 --cards -F md --min-n 1 personas.tsv
drive 'persona: orders' "$every" \
	cx-persona -j1 --rfm --as-of 2026-12-31 -F json events.tsv

# ---- cx-journey ----------------------------------------------------------

drive 'journey: map as a picture' "$every" \
	cx-journey -j1 -F svg rated.tsv
drive 'journey: on disk' "$all" \
	cx-journey -j1 --view edges --memory 1K -o out/edges.tsv events.tsv
drive 'journey: paths' "$every" cx-journey -j1 --view paths --top 5 events.tsv
drive 'journey: counts' "$every" \
	cx-journey -j1 --view edges --counts -o out/counts.tsv events.tsv
cx-journey -q --view edges --counts -o counts.tsv events.tsv &&
	cp counts.tsv counts-2.tsv || exit 1
drive 'journey: merge' "$every" \
	cx-journey --view edges --merge --memory 1K --explain counts.tsv \
	counts-2.tsv

# ---- cx-gaps -------------------------------------------------------------

drive 'gaps: a table' "$every" \
	cx-gaps -j1 --scale 1..5 --reps 20 -o out/gaps.tsv rated.tsv
drive 'gaps: a picture' "$every" \
	cx-gaps -j1 --scale 1..5 --reps 20 -F svg -o out/gaps.svg rated.tsv
drive 'gaps: Johnson, jackknife' "$every" \
	cx-gaps -j1 --scale 1..5 --importance johnson --intervals jackknife \
	-x csat_search,csat_checkout,csat_delivery stream.tsv
drive 'gaps: a state' "$every" \
	cx-gaps -j1 --scale 1..5 --state -o out/state.tsv rated.tsv
cx-gaps -q --scale 1..5 --state -o state.tsv rated.tsv &&
	cp state.tsv state-2.tsv || exit 1
drive 'gaps: merge' "$every" cx-gaps -j1 --reps 20 --merge state.tsv \
	state-2.tsv

# ---- cx-report -----------------------------------------------------------

mkdir report
cx-nps -q -t month --vs previous -o report/nps.month.tsv stream.tsv
cx-nps -q -g segment --vs rest -o report/nps-segment.tsv stream.tsv
cx-journey -q -o report/map.tsv rated.tsv
cx-gaps -q --scale 1..5 --reps 20 -o report/gaps.tsv rated.tsv
cx-persona -q --cards -o report/cards.tsv personas.tsv
cx-ingest -q --manifest report/manifest.json -o /dev/null stream.tsv
drive 'report: a page' "$every" \
	cx-report --min-n 1 --manifest report/manifest.json -o out/page.html \
	report/*.tsv
drive 'report: Markdown' "$every" \
	cx-report -l ja -F md report/nps.month.tsv report/gaps.tsv

# ---- cx-nightly ----------------------------------------------------------

# One of the programs that cx-nightly calls fails: the night counts wholly or
# not at all, and the next one makes good for it.
for program in flock sha256sum; do
	command -v $program >/dev/null || {
		skip 'nightly' "no $program"
		tap_done
		exit
	}
done
mkdir bin site || exit 1
cp "$src/scripts/cx-nightly" bin/
for c in ingest nps report; do
	cat >bin/cx-$c <<-END
		#!/bin/sh
		n=\$((\$(cat '$tmp/work/count') + 1))
		echo \$n >'$tmp/work/count'
		if [ \$n -eq "\$FAIL_AT" ]; then
			CX_FAULT=\$FAIL_HOW LD_PRELOAD=$shim
			export CX_FAULT LD_PRELOAD
		fi
		exec '$(command -v cx-$c)' "\$@"
	END
	chmod +x bin/cx-$c
done

# night AT HOW SITE: the AT-th program fails; 0: none.
night() {
	echo 0 >count
	FAIL_AT=$1 FAIL_HOW=$2 sh bin/cx-nightly -q --as-of 2026-10-31 "$3"
}

# What is known in it, and what is shown.
known() {
	number=$(cat "$1/state/current") || return
	for f in "$1/state/$number"/*.tsv "$1"/report/*.html; do
		echo "== ${f##*/}"
		sort "$f"
	done
	(cd "$1" && find inbox 'done' quarantine report 2>/dev/null | sort)
}

awk 'NR == 1 { print >"one.csv"; print >"two.csv"; next }
	/^R[0-9]+,/ { n++ }
	{ print >(n <= 20 ? "one.csv" : "two.csv") }' survey-en.csv
mkdir site/inbox
cp codebook-en.tsv stores-en.tsv site
printf '%s\n' 'codebook = codebook-en.tsv' 'score = cx-nps' \
	'group = segment' 'settle = 0' >site/nightly.conf
cp one.csv site/inbox && night 0 '' site && cp -R site calm &&
	cp two.csv calm/inbox && night 0 '' calm && known calm >after
ok 'nightly: two nights'
calls=$(cat count)

# bad_night AT HOW
bad_night() {
	rm -rf bad && cp -R site bad && cp two.csv bad/inbox || return 1
	night "$1" "$2" bad 2>said
	code=$?
	known bad >now || return 1
	if [ $code -eq 0 ]; then
		cmp -s now after
		return
	fi
	page=bad/report/2026-10-31.html
	[ $code -eq 1 ] && grep -q '^cx-nightly: ' said &&
		{ cmp -s $page site/${page#bad/} || cmp -s $page calm/${page#bad/}; } &&
		night 0 '' bad && known bad >now && cmp -s now after
}

step=9
[ "${CX_FAULTS:-}" != all ] || step=1
wrong='' at=1 turn=0
only=${CX_FAULTS_ONLY:-}
[ "${only#nightly}" != "$only" ] || [ -z "$only" ] || at=$((calls + 1))
while [ $at -le "$calls" ]; do
	for kind in alloc:$((at * 37))+:ENOMEM write:1:ENOSPC read:2:EIO \
		file:$at:EIO; do
		turn=$((turn + 1))
		# Every second one; of the next program the others.
		[ $step -eq 1 ] || [ $(((turn + at) % 2)) -eq 0 ] || continue
		bad_night $at "$kind" || wrong="$wrong $at:$kind"
	done
	at=$((at + step))
done
is '' "$wrong" "nightly: one of its $calls programs fails"

tap_done
