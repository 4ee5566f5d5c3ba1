#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Classes found in simulated customers, saved, and given to new ones.
. "${srcdir:-.}/tests/lib/tap.sh"
. "${srcdir:-.}/tests/lib/ways.sh"
cd "$tmp" || exit 1

# customers N SEED: three kinds of them, 5 : 3 : 2, with missing answers
customers() {
	awk -v n="$1" -v seed="$2" '
	function unit() {
		state = (state * 16807) % 2147483647
		return state / 2147483647
	}
	function normal(mean, sd) {
		return mean + sd * sqrt(-2 * log(unit())) * cos(6.2831853 * unit())
	}
	function pick(words, clear, w) {
		split(words, w, " ")
		if (unit() < .05)
			return ""
		return unit() < clear ? w[1] : w[2 + int(3 * unit())]
	}
	BEGIN {
		state = seed
		OFS = "\t"
		print "id", "truth", "channel", "plan", "device", "visits", "age"
		for (i = 1; i <= n; i++) {
			u = unit()
			k = u < .5 ? 1 : u < .8 ? 2 : 3
			if (k == 1)
				print i, k, pick("web app store phone", .85), \
					pick("basic gold trial none", .8), \
					pick("phone tablet desk tv", .8), \
					int(normal(3, 1)), int(normal(35, 6))
			else if (k == 2)
				print i, k, pick("store web phone app", .85), \
					pick("none basic gold trial", .8), \
					pick("desk phone tablet tv", .8), \
					int(normal(9, 2)), int(normal(60, 7))
			else
				print i, k, pick("app phone web store", .85), \
					pick("gold trial basic none", .8), \
					pick("tablet desk phone tv", .8), \
					int(normal(20, 3)), int(normal(28, 4))
		}
	}'
}
x=channel,plan,device,visits,age
customers 2000 7 >some.tsv
cx-persona --discover -x $x -k 1:4 --starts 10 --samples 8 --save some.model \
	--name 'c3=夜の客' some.tsv >table 2>err
ok 'classes are found'
grep -q 'cx-persona: 2000 rows of .* kinds; "channel" 4 categories, ' err &&
	grep -q '"visits" numbers, "age" numbers' err
ok 'it says what the columns are'
is 3 "$(awk '$NF == 1 { print $1 }' table)" 'BIC finds their number'
awk -F '\t' 'FNR == NR { if ($1 == "share") share[$4] = $5; next }
	FNR > 1 { n["c" $2]++ }
	END { for (c in n) { off = share[c] - n[c] / (FNR - 1)
		if (off > .01 || off < -.01) exit 1 } }' some.model some.tsv
ok 'and their shares'
awk -F '\t' '$1 == "stability" { n++; bad += $5 < .9 }
	END { exit n != 3 || bad }' some.model
ok 'they are stable'

# ---- what makes no difference ----

shuffled some.tsv 1 >shuffled.tsv
discover() {
	cx-persona --discover -q -x $x -k 1:4 --starts 10 --samples 8 \
		--name 'c3=夜の客' --save other.model "$@" >other
}
discover -j 2 some.tsv
same table other '-j 2: the same table'
same some.model other.model '-j 2: the same model'
CX_DEBUG=piece=1000 discover -j 2 shuffled.tsv
same table other 'rows shuffled: the same table'
same some.model other.model 'rows shuffled: the same model'
gzip <shuffled.tsv | discover
same some.model other.model 'gzip on a pipe: the same model'
discover -x $x some.tsv 2>err
is 2 $? 'a column twice is refused'
tr '\t' , <some.tsv >some.csv
discover some.csv
same some.model other.model 'CSV: the same model'

# ---- scoring ----

cx-persona -q --model some.model some.tsv >named.tsv
is 'id truth channel plan device visits age persona persona_p' \
	"$(head -n 1 named.tsv | tr '\t' ' ')" 'scoring adds two columns'
cut -f 1-7 named.tsv | cmp -s - some.tsv
ok 'and leaves the others alone'
is 'c1 c2 夜の客' "$(tail -n +2 named.tsv | cut -f 8 | sort -u |
	tr '\n' ' ' | sed 's/ $//')" 'personas are named'
awk -F '\t' 'NR > 1 { hit += $8 == ($2 < 3 ? "c" $2 : "夜の客") }
	END { exit hit < .97 * (NR - 1) }' named.tsv
ok 'nearly all are what they are'
for j in 1 2; do
	CX_DEBUG=piece=2000 cx-persona -q -j $j --model some.model some.tsv |
		cmp -s - named.tsv
	ok "scoring with -j $j"
done
cx-persona -q --model some.model <some.csv | cmp -s - named.tsv
ok 'scoring of CSV on a pipe'
cx-persona -q --model some.model named.tsv | cmp -s - named.tsv
ok 'personas that are there are replaced'
tail -n +2 named.tsv | awk -F '\t' '$9 >= .99' | wc -l >want
cx-persona -q --model some.model --min-p .99 some.tsv |
	awk -F '\t' 'NR > 1 && $8 != ""' | wc -l >got
same want got '--min-p leaves the unsure without persona'
printf 'channel\tplan\tdevice\tvisits\tage\n\t\t\t\t\nweb\t\t\t\t\n' >blank.tsv
cx-persona --model some.model blank.tsv >got 2>err
is "$(printf '\t\t\t\t\t\t')" "$(sed -n 2p got)" \
	'a row without answers has no persona'
grep -q 'rows without a persona: 1' err
ok 'and is counted'

# The posterior probability of a row with one answer: Bayes by hand.
awk -F '\t' '$1 == "share" { share[$4] = $5 }
	$1 == "prob" && $2 == "channel" && $3 == "web" { p[$4] = $5 }
	END { for (c in p) { sum += share[c] * p[c]
			if (share[c] * p[c] > most) most = share[c] * p[c] }
		printf "%.4f\n", most / sum }' some.model >want
sed -n 3p got | cut -f 7 >got.p
same want got.p 'persona_p is the posterior probability'

# ---- names, and the file again ----

cx-persona --model some.model --name c1=Web --name 'c2= Shop ' \
	--save named.model </dev/null
ok 'names are given without any rows'
is 'c1 Web c2 Shop c3 夜の客' "$(awk -F '\t' '$1 == "name" {
	printf "%s%s %s", n++ ? " " : "", $4, $5 }' named.model)" \
	'names are kept in the model'
grep -v '^name' some.model >want
grep -v '^name' named.model >got
same want got 'all else of the model is the same'
cx-persona --model named.model --name c1=Web --save again.model </dev/null
same named.model again.model 'a model survives being read and written'
fails 2 'no class "c9"' 'name of no class' \
	cx-persona --model some.model --name c9=x some.tsv
fails 2 'two classes would be called "Web"' 'one name for two' \
	cx-persona --model named.model --name c2=Web some.tsv
fails 2 'is not CLASS=NAME' 'no name' \
	cx-persona --model some.model --name c1= some.tsv
fails 2 'reads no rows' 'names, saved, and rows' \
	cx-persona --model some.model --name c1=x --save x.model some.tsv

# ---- units and weights ----

# Customers answer twice; the later row is the one that counts.
awk -F '\t' 'BEGIN { OFS = FS } NR == 1 { print $0, "customer", "time"; next }
	{ print $0, "k" $1 % 500, sprintf("2026-01-%02dT00:00:00Z",
		1 + ($1 * 7) % 13) }' some.tsv >visits.tsv
(head -n 1 visits.tsv && tail -n +2 visits.tsv |
	sort -t "$(printf '\t')" -k 8,8 -k 9,9 |
	awk -F '\t' '{ last[$8] = $0 } END { for (k in last) print last[k] }') \
	>latest.tsv
find_three() {
	cx-persona --discover -q -x $x -k 3 --starts 10 --samples 0 "$@"
}
# No two visits of a customer are at one time.
is 0 "$(tail -n +2 visits.tsv | cut -f 8,9 | sort | uniq -d | wc -l |
	tr -d ' ')" 'test data: no ties'
find_three latest.tsv >want
find_three --unit customer-latest visits.tsv >got
same want got '--unit customer-latest'
find_three --unit customer-latest -j 2 --save u.model visits.tsv >got
same want got '--unit customer-latest -j 2'
is customer-latest "$(awk -F '\t' '$1 == "unit" { print $5 }' u.model)" \
	'the unit is in the model'
fails 2 'no column "customer"' 'no customers' \
	find_three --unit customer-latest some.tsv

# Weights: all of 3 are as none; of 0 as if the row were not there.
awk -F '\t' 'BEGIN { OFS = FS } { print $0, NR == 1 ? "weight" : 3 }' \
	some.tsv >weighted.tsv
find_three some.tsv >want
find_three -w weight weighted.tsv >got
same want got 'weights that are all the same'
awk -F '\t' 'BEGIN { OFS = FS } NR == 1 { print $0, "weight"; next }
	{ print $0, NR % 2 ? "0.5" : 0 }' some.tsv >half.tsv
awk -F '\t' 'NR == 1 || NR % 2' some.tsv | find_three >want
find_three -w weight half.tsv >got
same want got 'weights of 0'
fails 1 'half.tsv:2: column "device": "phone" is not a weight' 'no weight' \
	find_three -w device half.tsv

# Rows of touchpoints are parts of responses, and do not count again.
awk -F '\t' 'BEGIN { OFS = FS } NR == 1 { print $0, "touchpoint"; next }
	{ print $0, ""; $6 = ""; print $0, "checkout"; print $0, "delivery" }' \
	some.tsv >touched.tsv
find_three some.tsv >want
find_three touched.tsv >got
same want got 'rows of touchpoints are left out'
awk -F '\t' 'NR == 1 || $8 == "checkout"' touched.tsv >parts.tsv
is 2000 "$(cx-persona --discover -q -x channel,age -k 2 --starts 2 \
	parts.tsv | awk 'NR == 2 { print $2 }')" 'where all are, all count'
cx-persona --model some.model --fail-if 'drift > 0' touched.tsv >got 2>err
is 0 $? 'and make no drift'
is 6001 "$(wc -l <got | tr -d ' ')" 'but are named'

# ---- kinds of columns ----

find_three -x visits:cat,age:num some.tsv >/dev/null 2>&1
is 2 $? 'columns named again'
cx-persona --discover -k 2 --starts 5 -x visits:cat,plan some.tsv 2>&1 >got |
	grep -q '"visits" [1-9][0-9]* categories'
ok 'COLUMN:cat'
fails 1 'some.tsv:2: column "plan": "' 'COLUMN:num of words' \
	cx-persona --discover -k 2 -x plan:num some.tsv
fails 1 'is not a number' 'COLUMN:num of words, why' \
	cx-persona --discover -k 2 -x plan:num some.tsv
cx-persona --discover -k 2 --starts 5 -x plan:num,visits --rejects out \
	--max-rejects 2000 some.tsv >got 2>err
is 1 $? 'and none left with --rejects'
grep -q 'column "plan": no row has an answer' err
ok 'it says so'

# ---- bad input ----

awk 'BEGIN { print "code,flat,few,none"; for (i = 0; i < 100000; i++)
	print "x" i ",1," i % 2 "," }' >bad.csv
fails 1 'column "code": more than 1000 different answers' \
	'100,000 categories' cx-persona --discover -x code,few bad.csv
fails 1 'column "flat": all answers are the same' 'a constant column' \
	cx-persona --discover -x few,flat bad.csv
fails 1 'column "flat": all answers are the same' 'constant numbers' \
	cx-persona --discover -x few,flat:num bad.csv
fails 1 'column "none": no row has an answer' 'an empty column' \
	cx-persona --discover -x few,none bad.csv
fails 1 '3 classes of rows that are of only 2 kinds' 'more classes than kinds' \
	cx-persona --discover -k 3 -x few bad.csv
cx-persona --discover -k 2:9 -x few --starts 2 bad.csv 2>err >got
is '0 2' "$? $(wc -l <got | tr -d ' ')" 'a range that is too wide'
grep -q 'left out: 3 classes of rows that are of only 2 kinds' err
ok 'and what is left out is told'
fails 2 '--discover needs -x' 'no columns' cx-persona --discover bad.csv
fails 2 'no column "fwe"; did you mean "few"?' 'a misspelt column' \
	cx-persona --discover -x fwe bad.csv
fails 2 '-k: "5:2"' 'a range from top to bottom' \
	cx-persona --discover -x few -k 5:2 bad.csv
fails 2 '-k: "65"' 'too many classes' \
	cx-persona --discover -x few -k 65 bad.csv
fails 2 '-k: "2-4"' 'no range' cx-persona --discover -x few -k 2-4 bad.csv
fails 2 '--starts must be' 'no starts' \
	cx-persona --discover -x few --starts 0 bad.csv
fails 2 '--unit: "account"' 'no unit' \
	cx-persona --discover -x few --unit account bad.csv
fails 2 '--save needs a file' '--save -' \
	cx-persona --discover -x few --save - bad.csv
fails 1 'cannot write: No space' 'a full disk' sh -c \
	"cx-persona --discover -x channel,plan -k 2 --starts 2 --samples 0 \
		--save /dev/full some.tsv"
fails 1 'nosuch/x: cannot write: No such file' 'a model nowhere, at once' \
	cx-persona --discover -x channel --save nosuch/x nosuchfile
fails 2 'no column "visits"' 'scoring without a column' \
	sh -c 'cut -f 1-5 some.tsv | cx-persona --model some.model'
fails 1 ':3: column "visits": "many" is not a number' 'scoring a bad number' \
	sh -c "printf 'channel\tplan\tdevice\tvisits\tage\nweb\t\t\t1\t2\nweb\t\t\tmany\t2\n' |
		cx-persona --model some.model"

# ---- gates ----

fails 3 'entropy_r2=0.9' 'a gate on the table' cx-persona --discover -x $x -k 3 \
	--starts 5 --save gated.model --fail-if 'entropy_r2 < 2' some.tsv
[ ! -e gated.model ]
ok 'what fails a gate is not saved'
fails 2 'no column "entropy"' 'a gate on no column, before any row' \
	cx-persona --discover -x $x --fail-if 'entropy<1' nosuchfile

# ---- a fit that does not converge ----

customers 300 5 >slow.tsv
rm -f slow.model
fails 3 'cx-persona: the fit of 3 classes did not converge; --max-steps allows more' \
	'a fit that does not converge' cx-persona --discover -q -k 3 \
	-x channel,plan,device --max-steps 1 --save slow.model slow.tsv
is '3 0' "$(awk -F '\t' '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
	NR == 2 { print $at["k"], $at["converged"] }' "$tmp/fails.out")" \
	'its table is there, and says so'
[ ! -e slow.model ]
ok 'and no model'
cx-persona --discover -q -k 3 -x channel,plan,device slow.tsv >want
cx-persona --discover -q -k 3 -x channel,plan,device --max-steps 5000 \
	slow.tsv >got
same want got 'with steps enough it is as ever'
fails 2 '--max-steps must be a whole number' 'steps that are no number' \
	cx-persona --discover -x channel --max-steps 1.5 slow.tsv
for option in --max-steps --samples --seed; do
	fails 2 'are for --discover' "$option of nothing" \
		cx-persona --model slow.model $option 5 slow.tsv
done
for option in --starts --samples --max-steps --seed --min-p; do
	fails 2 'are not for --cards' "$option of cards" \
		cx-persona --cards $option 0.5 slow.tsv
done
for option in '--min-n 3' '--level 0.9' '--as-of 2026-01-01' '--by plan' \
	'--cut-money 1,2,3,4'; do
	# shellcheck disable=SC2086 # two words
	fails 2 'for --' "$option of classes" \
		cx-persona --discover -x plan $option slow.tsv
done

tap_done
