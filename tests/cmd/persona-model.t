#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Models that are broken, and rows that have drifted from their model.
. "${srcdir:-.}/tests/lib/tap.sh"
cd "$tmp" || exit 1

# A model of two classes, 60 and 40 rows, of a category and a number.
cat >good.model <<'EOM'
item	column	level	class	value
version				1
classes				2
rows				100
unit				response
column	plan			category
count	plan	basic		50
count	plan	gold		40
missing	plan			10
column	spend			number
answered	spend			100
mean	spend			20
sd	spend			10
missing	spend			0
share			c1	0.6
assigned			c1	60
name			c1	Savers
prob	plan	basic	c1	0.875
prob	plan	gold	c1	0.125
mean	spend		c1	14
sd	spend		c1	4
share			c2	0.4
assigned			c2	40
prob	plan	basic	c2	0.125
prob	plan	gold	c2	0.875
mean	spend		c2	29
sd	spend		c2	8
EOM
printf 'plan\tspend\nbasic\t14\ngold\t30\n' >two.tsv
cx-persona -q --model good.model two.tsv >got
printf 'plan\tspend\tpersona\tpersona_p\n' >want
# R 4.2.2: p <- c(.6 * .875 * dnorm(14, 14, 4), .4 * .125 * dnorm(14, 29, 8))
# and c(.6 * .125 * dnorm(30, 14, 4), .4 * .875 * dnorm(30, 29, 8)); p / sum(p)
printf 'basic\t14\tSavers\t0.9919\ngold\t30\tc2\t0.9999\n' >>want
same want got 'posterior probabilities as by hand'

# broken NAME TEXT SED: the model with a change is refused
broken() {
	sed "$3" good.model >bad.model
	fails 1 "$2" "$1" cx-persona --model bad.model two.tsv
}
broken 'a later version' 'a model of version "2"; this program knows' \
	'2s/1$/2/'
broken 'no version' 'this is no model' 2d
broken 'no classes' '"classes" must stand before it' 3d
broken 'an unknown item' '"colour" is no item of a model' '4s/rows/colour/'
broken 'where it is' 'bad.model:4' '4s/rows/colour/'
broken 'a probability is missing' 'column "plan": the model' '/^prob.*gold.c2/d'
broken 'probabilities that do not sum to 1' 'column "plan": the model' \
	's/0.875$/0.8/'
broken 'a negative probability' 'column "plan"' 's/0.125$/-0.125/
	s/0.875$/1.125/'
broken 'shares that do not sum to 1' 'the shares of the classes' 's/0.4$/0.5/'
broken 'a share that is missing' 'the shares of the classes' \
	'/^share.*c2/d'
broken 'a deviation of 0' 'column "spend"' '/^sd.*c2/s/8$/0/'
broken 'no deviation of all' 'column "spend"' '/^sd	spend			10/d'
broken 'a level twice' 'this column has no such level' '/^count.*gold/s/gold/basic/'
broken 'a column twice' 'no name, or one that was there' \
	'/^column	spend/s/spend/plan/'
broken 'a kind that is none' 'neither category nor number' \
	's/category$/label/'
broken 'a class too many' 'there is no such class' '/^share.*c2/s/c2/c3/'
broken 'a number that is none' 'is not a number' '/^share/s/0.6/most/'
broken 'a count that is none' 'this is not a count' '/^rows/s/100/-1/'
broken 'a hundred classes' 'the number of classes' '/^classes/s/2$/100/'
broken 'other columns' 'this is no model: its columns' '1s/level/label/'
head -c 500 good.model >bad.model
fails 1 'bad.model' 'cut short' cx-persona --model bad.model two.tsv
head -n 18 good.model >bad.model
fails 1 'do not sum to 1' 'cut between rows' cx-persona --model bad.model two.tsv
: >bad.model
fails 1 'bad.model: the input is empty' 'empty' \
	cx-persona --model bad.model two.tsv
fails 1 'nosuch.model: cannot open' 'no file' \
	cx-persona --model nosuch.model two.tsv
gzip -c good.model >good.model.gz
cx-persona -q --model good.model.gz two.tsv | cmp -s - want
ok 'a compressed model'
tr '\t' , <good.model >good.csv
cx-persona -q --model good.csv two.tsv | cmp -s - want
ok 'a model from a spreadsheet'

# ---- drift ----

# 50 rows as the model has them: nothing is beyond chance.
rows() {
	awk -v basic="$1" -v gold="$2" -v missing="$3" -v up="$4" 'BEGIN {
		print "plan\tspend"
		for (i = 0; i < basic + gold + missing; i++)
			print plan(i) "\t" 20 + up + 10 * ((i % 5) - 2) / sqrt(2)
	}
	function plan(i) {
		if (i < basic)
			return "basic"
		return i < basic + gold ? "gold" : ""
	}'
}
rows 25 20 5 0 >alike.tsv
cx-persona --model good.model --fail-if 'drift > 0' --drift alike.drift \
	alike.tsv 2>err >got
is 0 $? 'rows like those of the model: no drift'
grep -q drift: err
is 1 $? 'and nothing is said'
is 51 "$(wc -l <got | tr -d ' ')" 'all rows are passed on'

rows 10 40 0 5 >other.tsv
printf 'platin\t20\nplatin\t20\nplatin\t25\n' >>other.tsv
cx-persona --model good.model --drift other.drift --fail-if 'new > 0' \
	other.tsv >got 2>err
is 3 $? 'a new category: the gate is shut'
is 54 "$(wc -l <got | tr -d ' ')" 'and the stream is whole'
grep -q 'drift: "plan": new category "platin"' err &&
	grep -q 'drift: "plan": share of "gold" 75.5%, was 44.4%; p_adj ' err &&
	grep -q 'drift: "spend": mean 24.81, was 20' err
ok 'what has drifted is said'
grep -q -e '--fail-if: new > 0: column="plan" level="platin" new=1' err
ok 'and what shut the gate'
# tests/oracles/drift.R
cat >want <<'EOM'
column	level	p	p_adj
plan	basic	1.75716e-05	8.78579e-05
plan	gold	3.06707e-04	3.83384e-04
spend		0.005103	0.005103
persona	Savers	7.63835e-05	1.27306e-04
EOM
cut -f 1,2,11,12 other.drift | grep -e '^column' -e 'basic' -e 'gold' \
	-e '^spend		' -e Savers >small
same want small 'tests are those of R'
fails 2 'no column "nwe"' 'a gate on no column, before any row' \
	cx-persona --model good.model --fail-if 'nwe>0' nosuchfile
cx-persona -q --model good.model --fail-if 'shift>50' other.tsv >got
is 0 $? 'a gate that is not shut'
printf 'plan\tspend\n' >none.tsv
cx-persona -q --model good.model --fail-if 'drift>0' none.tsv >got
is 0 $? 'no rows: no drift'
tap_done
