# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# shellcheck disable=SC2034,SC2154	# the tests use them; tmp is of tap.sh
#
# For the checks that hold for all programs: a run of each that works, and
# their surroundings.

# a_run PROGRAM: writes good.csv (and what it needs beside) into the folder at
# hand, and sets
#   c            the program's name
#   need         what it cannot do without, words
#   head one two the lines of good.csv
#   lost         options that name a column "nosuch", words
#   no_column    what it says of a condition about that
a_run() {
	c=${1##*/}
	head=id,nps one=1,9 two=2,3 need='' lost='-g nosuch'
	no_column='no column "nosuch"'
	case $c in
	cx-ingest) lost='-c id=nosuch' ;;
	cx-journey)
		head=customer,time,touchpoint
		one=a,2026-01-01T00:00:00Z,web two=b,2026-01-02T00:00:00Z,app
		;;
	cx-report)
		head=id,n,promoters,passives,detractors,nps,lo,hi
		one=1,9,9,0,0,100,70,100 two=2,9,3,3,3,0,-40,40 lost=''
		no_column='--where: a page shows its tables as they are'
		;;
	cx-csat) need='-s nps --scale 0..10' ;;
	cx-ces) need='-s nps --scale 0..10 --high-is good' ;;
	cx-persona)
		need='-r rules' lost='-r lost'
		printf 'low: nps < 7\nhigh: else\n' >rules
		printf 'low: nosuch < 7\nhigh: else\n' >lost
		;;
	cx-gaps) need='-x nps -y id --scale 0..10' ;;
	esac
	printf '%s\n' "$head" "$one" "$two" >good.csv
}

# killed NAME COMMAND...: it is, by SIGPIPE, without a word. It writes into a
# pipe that surely has no reader any more: the named pipe "unread" is opened
# for both, then for writing, and the first closed.
killed() {
	killed_name=$1
	shift
	# shellcheck disable=SC2094
	(
		exec 4<>unread 5>unread 4<&-
		"$@" >&5 2>err
		echo $? >status
	) 2>/dev/null
	is '141 ' "$(cat status) $(cat err)" "$killed_name"
}

# Root may read everything, so it asks as nobody: words before a command.
as_nobody=
[ "$(id -u)" -ne 0 ] || as_nobody='setpriv --reuid=65534 --clear-groups'

# make_locales: makes one with a decimal comma and one of characters of several
# bytes, as a program that asks for its locale would pass where it is not there.
# Sets locales to the names there are, and lacking to the others.
make_locales() {
	LOCPATH=$tmp/locales locales=C lacking=
	export LOCPATH
	mkdir "$LOCPATH" || exit 1
	for locale in de_DE ja_JP; do
		localedef -i $locale -f UTF-8 "$LOCPATH/$locale.UTF-8" \
			2>/dev/null
		case $(LC_ALL=$locale.UTF-8 locale -k decimal_point \
			yesstr 2>/dev/null) in
		*'=","'* | *はい*) locales="$locales $locale.UTF-8" ;;
		*) lacking="$lacking $locale.UTF-8" ;;
		esac
	done
}
