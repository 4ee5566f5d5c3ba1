# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# Steps of scripts/check and scripts/portability. Before it is sourced, in the
# top of the tree: SHOWN, the lines to show of a log; jobs; logs, the folder
# for them. The script makes $work, a folder of its own.
# shellcheck disable=SC2154 # the script that sources it sets them
passed=0 failed=0 skipped=0

# A step leaves its counts in p, f and s.  What it prints goes into $log; of
# that it puts into $work/told what to show when it failed, if not the end.

counts() {
	printf '%d passed, %d failed' "$1" "$2"
	[ "$3" -eq 0 ] || printf ', %d skipped' "$3"
}

# step NAME COMMAND...
step() {
	printf '%-34s ' "$1"
	log=$logs/$(echo "$1" | tr -cs 'a-z0-9\n' -).log
	p=0 f=0 s=0
	: >"$work/told"
	start=$(date +%s)
	shift
	"$@" >"$log" 2>&1 </dev/null
	printf '%4d s   %s\n' $(($(date +%s) - start)) "$(counts $p $f $s)"
	if [ $f -gt 0 ]; then
		[ -s "$work/told" ] || cp "$log" "$work/told"
		show_log
	fi
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# What went well is left out.
show_log() {
	sed -e '/^  [A-Z][A-Z]* /d; /^make.*directory/d; /^PASS: /d' \
		-e 's/^/    /' "$work/told" | tail -n "$SHOWN"
	echo "    (the whole log: $log)"
}

# one COMMAND...: a step, or part of one, that is one test.
one() {
	if "$@"; then
		p=$((p + 1))
	else
		f=$((f + 1))
	fi
}

# silent COMMAND...: does it succeed and say nothing?
silent() {
	said=$("$@" 2>&1) && [ -z "$said" ] && return
	printf '%s\n' "$said"
	return 1
}

# make_in NAME TARGET...: make, in build/NAME, by the command in $runner.
make_in() {
	dir=build/$1
	shift
	${runner:-} make -C "$dir" V=0 -j"$jobs" "$@"
}

# build NAME CONFIGURE-ARGUMENT...
build() {
	scripts/build-dir "$@" && make_in "$1" all
}

# harness NAME CONFIGURE-ARGUMENT...: make check in build/NAME.
harness() {
	rm -f "build/$1/test-suite.log"
	build "$@" && make_in "$1" check
	totals "$1" $?
}

# tested NAME: the same in one that is configured.
tested() {
	rm -f "build/$1/test-suite.log"
	make_in "$1" all && make_in "$1" check
	totals "$1" $?
}

# totals NAME STATUS: they are in the head of the harness's log, below it what
# the tests said that did not pass.
totals() {
	suite=build/$1/test-suite.log
	if [ ! -f "$suite" ]; then
		f=1
		return
	fi
	eval "$(awk '
		/^# (PASS|XFAIL):/ { p += $3 }
		/^# (FAIL|XPASS|ERROR):/ { f += $3 }
		/^# SKIP:/ { s += $3 }
		/^# ERROR:/ { exit }
		END { printf "p=%d f=%d s=%d\n", p, f, s }' "$suite")"
	if [ "$f" -gt 0 ]; then
		sed -e '1,/^# ERROR:/d; /^ok /d; /^PASS: /d; /^SKIP: /d' \
			-e '/^\.\. contents/d; /^=*$/d; /^1\.\./d' "$suite" |
			head -n "$SHOWN" >"$work/told"
	elif [ "$2" -ne 0 ]; then
		f=1
	fi
}

finish() {
	counts $passed $failed $skipped
	echo
	[ $failed -eq 0 ]
	exit
}
