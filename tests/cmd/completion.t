#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion, as a user of bash, zsh or fish has it: the files that make
# install puts where the shells look, keys typed at a terminal, and the command
# that came of them run. First what the programs answer the shells.
# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
# shellcheck disable=SC2016 # names in backquotes
. "${srcdir:-.}/tests/lib/tap.sh"
. "$src/tests/lib/commands.sh"

build=$(pwd)
cd "$tmp" || exit 1
tab=$(printf '\t')
cat >s.csv <<'END'
id,nps,"Overall, how satisfied?",satis fied,満足度,"a""b",it's,3x,city
1,9,3,4,5,6,7,8,9
END
tr , ';' <s.csv | sed 's/"Overall;/"Overall,/' >semicolon.csv
gzip -nc s.csv >s.csv.gz
printf 'kund\tnöjd\tnps\n1\t2\t3\n' >t.tsv
cp t.tsv 'my file.tsv'
mkdir site

# answers WANT NAME PROGRAM N WORD...: the texts behind the first line.
answers() {
	want=$1 name=$2 program=$3
	shift 3
	is "$want" "$("$program" --complete "$@" | cut -f 1 | tr '\n' ,)" "$name"
}

# ---- what is answered ----

all='id,nps,Overall, how satisfied?,satis fied,満足度,a"b,it'\''s,3x,city,'
answers "parts,$all" 'columns of a CSV' cx-nps 2 -g '' s.csv
answers "parts,$all" 'of gzip' cx-nps 3 s.csv.gz -g ''
answers "parts,$all" 'with semicolons' cx-nps 2 --group '' semicolon.csv
answers 'parts,kund,nöjd,nps,' 'of a TSV' cx-nps 2 --group '' -q t.tsv s.csv
answers 'parts,kund;nöjd;nps,' 'with a delimiter that is told' \
	cx-nps 2 -g '' -d, "$(tr '\t' ';' <t.tsv >k.csv && echo k.csv)"
answers 'parts,kund,nöjd,nps,' 'an export in its encoding' \
	cx-ingest 2 --battery '' -e latin1 \
	"$(iconv -f UTF-8 -t LATIN1 t.tsv >l.tsv && echo l.tsv)"
answers 'words,nps,nöjd,' 'one column' cx-nps 2 -s n "$(
	printf 'nps,nöjd\n1,2\n' >n.csv && echo n.csv)"
answers 'parts,id,nps,satis fied,満足度,a"b,it'\''s,3x,city,' \
	'in a list: those without commas' cx-gaps 2 -x 'nps,' s.csv
is "parts${tab}nps," "$(cx-gaps --complete 2 -x nps, s.csv | head -n 1)" \
	'what stays of the word'
is "words${tab}-s" "$(cx-nps --complete 1 -sn s.csv | head -n 1)" \
	'a letter and its argument in one word'
answers 'parts,city,' 'behind a name and =' cx-nps 1 --group=c s.csv
answers 'words,id,it'\''s,' 'a column to be renamed' \
	cx-ingest 2 -c customer=i s.csv
answers 'parts,`satis fied`,' 'a name in a condition' \
	cx-nps 2 --where 'nps < 3 and `s' s.csv
answers 'parts,満足度,' 'one that needs no quotes' \
	cx-nps 2 --where 'nps < 3 and (満' s.csv
answers 'parts,`3x`,' 'one that does' cx-nps 2 --where '`3' s.csv
answers 'parts,' 'nothing in a text' cx-nps 2 --where 'city == "n' s.csv
answers 'parts,' 'no file' cx-nps 2 -g ''
answers 'parts,' 'a file that is not there' cx-nps 3 nosuchfile -g ''
answers 'parts,' 'a file that is none' cx-nps 3 . -g ''
mkfifo pipe
answers 'parts,' 'a pipe is not read' cx-nps 3 pipe -g ''
answers 'words,map,edges,paths,funnel,handoffs,cases,' 'words of the help' \
	cx-journey 2 --view ''
answers 'words,month,' 'those that start so' cx-nps 1 -tm
answers 'words,csv,' 'formats' cx-nps 2 -F c
answers 'words,html,md,' 'formats of a program' cx-report 2 -F ''
answers 'words,' 'nothing is known of numbers' cx-nps 2 --level ''
answers 'files,' 'files' cx-nps 1 ''
answers 'files,' 'a file of an option' cx-nps 2 --rake ''
answers 'files,' 'behind --' cx-nps 2 -- -g
answers 'folders,' 'folders' cx-ingest 2 --formats ''
answers 'words,' 'not after a wrong option' cx-nps 1 --nosuch=
answers 'words,cp932,' 'encodings' cx-ingest 1 -ecp
answers 'words,iso-2022-jp,iso-8859-1,iso-8859-15,' 'encodings that start so' \
	cx-ingest 2 -e is s.csv
cx-ingest --list-formats | sed 1d | cut -f 1 >formats
cx-ingest --complete 2 -f '' | sed 1d | cut -f 1 >offered
same formats offered 'formats of exports'
mkdir own
: >own/qualms.tsv
answers 'words,qualms,' "formats of one's own" \
	cx-ingest 4 --formats own --from qualm
is qualms "$(HOME=$tmp CX_FORMATS=nosuch cx-ingest --complete 3 \
	--formats='~/own' -f qualm | sed 1d | cut -f 1)" 'in a folder at home'
is qualms "$(CX_FORMATS=own cx-ingest --complete 1 -fqualm | sed 1d |
	cut -f 1)" 'in that of the environment'
fails 2 'no such word' 'a place behind the words' cx-nps --complete 3 a b
answers 'words,--group,' 'options that start so' cx-nps 1 --g
if [ -f /usr/share/zoneinfo/Asia/Tokyo ]; then
	answers 'parts,Tokyo,Tomsk,' 'time zones' cx-nps 2 --tz Asia/To
else
	skip 'time zones' 'no data base of them'
fi
is folders "$(sh "$src/scripts/cx-nightly" --complete 1 '' | cut -f 1)" \
	'the site of cx-nightly'

# ---- what is offered is what is taken ----

of_help() {
	awk '/^  (    )?-/ {
		for (i = 1; i <= NF && $i ~ /^-/; i++) {
			sub(/,$/, "", $i)
			print $i
		}
	}' | sort
}

# What a message lists: "bogus" is not tsv, csv or md
listed() {
	sed -n 's/.*"bogus" is not \([a-z0-9, -]* or [a-z0-9-]*\)$/\1/p' |
		grep -v '^a ' | sed 's/,* or /, /; s/, /,/g' | tr , '\n'
}

for c in $COMMANDS cx-nightly; do
	a_run "$c"
	program=$c
	[ "$c" != cx-nightly ] || program="sh $src/scripts/cx-nightly"
	$program --help | of_help >help
	$program --complete 1 - | sed 1d | cut -f 1 | sort >offered
	same help offered "$c: --help and completion agree"
	[ "$c" != cx-nightly ] || continue
	checked=0
	while read -r option; do
		case $option in
		-[!-]*) continue ;;
		esac
		# shellcheck disable=SC2086 # $need is several words
		"$c" $need "$option" bogus good.csv 2>&1 | head -n 1 |
			listed | sort >taken
		[ -s taken ] || continue
		checked=$((checked + 1))
		"$c" --complete 2 "$option" '' | sed 1d | cut -f 1 | sort |
			diff taken - >wrong || echo "$option: $(cat wrong)"
	done <help >wrong-words
	[ $checked -gt 0 ] && [ ! -s wrong-words ]
	ok "$c: $checked options offer the words they take"
	sed 's/^/# /' wrong-words
done

# ---- real shells ----

# What is typed at one that sits at a terminal of its own. Programs that are
# asked leave a file "asked", so that nothing is typed before they answered.
mkdir bin home
for c in cx-nps cx-ingest; do
	real=$(command -v $c)
	printf '#!/bin/sh\n"%s" "$@"\nstatus=$?\n' "$real" >bin/$c
	printf '[ "$1" != --complete ] || : >asked\nexit $status\n' >>bin/$c
	chmod +x bin/$c
done

# there FILE: waits for it, and takes it away.
there() {
	tries=0
	until [ -e "$1" ]; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || return 1
		sleep 0.1
	done
	rm -f "$1"
}

# session COMMAND...: a shell, whose terminal types what comes into FD 7.
session() {
	rm -f keys started asked
	mkfifo keys
	PATH=$tmp/bin:$PATH HOME=$tmp/home LC_ALL=C.UTF-8 TERM=$1 timeout 120 \
		script -qfc "$2" typescript <keys >/dev/null 2>&1 &
	terminal=$!
	exec 7>keys
	echo ': >started' >&7
	there started
}

end_session() {
	printf '\003\nexit\n' >&7
	exec 7>&-
	tries=0
	while kill -0 $terminal 2>/dev/null && [ $tries -lt 30 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	kill $terminal 2>/dev/null
	wait
}

# completes NAME TYPED REST WANT: TYPED, the key TAB and REST are a command
# that writes "out", whose first column is called WANT.
completes() {
	rm -f out asked
	printf '%s\t' "$2" >&7
	there asked && sleep 0.1
	printf '%s\n' "$3" >&7
	tries=0
	while ! [ -e out ] && [ $tries -lt 30 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	is "$4" "$(head -n 1 out 2>/dev/null | cut -f 1)" "$1"
	[ -e out ] || printf '\003\n' >&7
}

# in_shell NAME QUOTE: QUOTE is what it leaves to be typed behind a word in
# quotes that may go on.
in_shell() {
	completes "$1: a name with blanks and signs" \
		'cx-nps s.csv -q -o out -g Ov' '' 'Overall, how satisfied?'
	completes "$1: in quotes" \
		"cx-nps s.csv -q -o out -w nps -s nps --cluster 'sat" \
		' -g id' id
	completes "$1: a quote in the name" 'cx-nps s.csv -q -o out -g it' '' "it's"
	completes "$1: a name in Japanese" 'cx-nps s.csv -q -o out -g 満' '' 満足度
	completes "$1: of gzip, behind =" 'cx-nps s.csv.gz -q -o out --group=ci' '' \
		city
	completes "$1: behind a letter and a comma" \
		'cx-nps s.csv -q -o out -g3x,ci' '' 3x
	completes "$1: an option" 'cx-nps s.csv -q -o out --gro' ' city' city
	completes "$1: a word of the help" \
		'cx-nps s.csv -q -g id -o out --adjust ho' ' --vs rest' id
	completes "$1: a file with a blank" 'cx-nps my' ' -q -o out -g kund' kund
	completes "$1: a column to be renamed" \
		'cx-ingest s.csv -q -o out -c x=sat' '' x
	completes "$1: a condition" \
		"cx-nps s.csv -q -g id -o out --where 'nps < 11 and 9 == ci" \
		"$2" id
	[ "$1" != fish ] || return
	# The key Home, and the command before its file.
	printf ' s.csv -q -o out\001' >&7
	completes "$1: of the file behind the cursor" 'cx-nps -g ci' '' city
}

script -qec true /dev/null >/dev/null 2>&1 </dev/null || {
	skip 'completion in shells' 'no script(1)'
	tap_done
	exit
}
unset MAKEFLAGS MFLAGS MAKELEVEL
if ! make -s -C "$build" install-data-local "DESTDIR=$tmp/inst" \
	prefix=/usr >install.log 2>&1
then
	skip 'completion in shells' 'not in a folder that make builds in'
	tap_done
	exit
fi
data=$tmp/inst/usr/share
for c in $COMMANDS cx-nightly; do
	c=${c##*/}
	[ -s "$data/bash-completion/completions/$c" ] &&
		[ -s "$data/fish/vendor_completions.d/$c.fish" ] &&
		grep -q "^#compdef.* $c " "$data/zsh/site-functions/_cx"
	ok "$c: files for bash, fish and zsh are installed"
done

if command -v bash >/dev/null; then
	cat >bashrc <<-END
		PS1='> '
		. "$data/bash-completion/completions/cx-nps"
		. "$data/bash-completion/completions/cx-ingest"
	END
	session dumb "bash --noprofile --rcfile bashrc -i"
	in_shell bash ''
	end_session
else
	skip 'completion in bash' 'no bash'
fi
if command -v zsh >/dev/null; then
	cat >home/.zshrc <<-END
		PS1='> '
		fpath=("$data/zsh/site-functions" \$fpath)
		autoload -Uz compinit && compinit -u -D
		bindkey -e
	END
	ZDOTDIR=$tmp/home session dumb 'zsh -d -i'
	in_shell zsh "'"
	end_session
else
	skip 'completion in zsh' 'no zsh'
fi
if command -v fish >/dev/null; then
	XDG_DATA_DIRS=$data:/usr/local/share:/usr/share
	export XDG_DATA_DIRS
	session xterm 'fish -i'
	in_shell fish ''
	end_session
else
	skip 'completion in fish' 'no fish'
fi
tap_done
