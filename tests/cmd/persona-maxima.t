#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Maxima of the likelihood that other programs reach on real data, from the
# default number of starts and the default seed. The data are not part of cx:
# CX_DATA names their folder.
. "${srcdir:-.}/tests/lib/tap.sh"

real_data
data=$data/oracles
cd "$tmp" || exit 1

# column NAME FILE: a column of the table, without its header
column() {
	awk -F '\t' -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++)
		if ($i == name) at = i; next } { print $at }' "$2"
}

# near WANT GOT MARGIN NAME
near() {
	awk -v want="$1" -v got="$2" -v margin="$3" 'BEGIN {
		off = got - want
		exit !(got != "" && off <= margin && off >= -margin) }'
	ok "$4: $2, wanted $1"
}

# maxima TABLE COLUMN K WANT...: log-likelihoods from K classes on
maxima() {
	table=$1 name=$2 k=$3
	shift 3
	for want; do
		near "$want" "$(awk -F '\t' -v k="$k" -v name="$name" '
			NR == 1 { for (i = 1; i <= NF; i++)
				if ($i == name) at = i }
			$1 == k { print $at }' "$table")" .0000011 \
			"$table, $k classes"
		k=$((k + 1))
	done
}

# Seven pathologists (Landis and Koch 1977). Maxima, shares, AIC and BIC:
# R package poLCA 1.6.
cx-persona --discover -q -x A,B,C,D,E,F,G -k 2:4 --samples 0 \
	--save carcinoma.model "$data/carcinoma.csv" >carcinoma
maxima carcinoma loglik 2 -317.256837 -293.704979 -289.285849
is 3 "$(awk -F '\t' '$NF == 1 { print $1 }' carcinoma)" 'carcinoma: BIC picks 3'
near 633.40996 "$(awk '$1 == 3 { print $6 }' carcinoma)" .00001 'carcinoma: AIC'
near 697.13570 "$(awk '$1 == 3 { print $7 }' carcinoma)" .00001 'carcinoma: BIC'
is 'c1 .444728 c2 .373564 c3 .181708' "$(awk -F '\t' '$1 == "share" {
	printf "%s%s %s", n++ ? " " : "", $4, substr(sprintf("%.6f", $5), 2)
}' carcinoma.model)" 'carcinoma: shares'

# Statlog heart (CC BY 4.0, UCI): four columns of numbers, eight categorical.
# Maxima: R package VarSelLCM 2.1.3, of the numbers in their own units.
heart=Age,Sex,ChestPainType,RestBloodPressure,SerumCholestoral
heart=$heart,FastingBloodSugar,ResElectrocardiographic,MaxHeartRate
heart=$heart,ExerciseInduced,Slope,MajorVessels,Thal
cx-persona --discover -q -x "$heart" -k 1:4 "$data/heart.csv" >heart.k
maxima heart.k loglik 1 -6554.558227 -6389.454573 -6328.429455 -6290.438285
# Means and deviations of four numbers, and 15 free shares of eight columns.
is 23 "$(awk '$1 == 1 { print $5 }' heart.k)" 'heart: parameters of one class'
# By those maxima, 23 k + k - 1 parameters and 270 rows: 13237.9, 13042.0,
# 13054.3, 13112.7.
is 2 "$(awk '$NF == 1 { print $1 }' heart.k)" 'heart: BIC picks 2'

# Wine (CC BY 4.0, UCI): z-scores, diagonal covariances. Maxima and adjusted
# Rand index: scikit-learn 1.2.1.
wine=$(head -n 1 "$data/wine.csv" | sed 's/,label.*//')
cx-persona --discover -q -x "$wine" -k 2:4 "$data/wine.csv" >wine.k
maxima wine.k loglik_z 2 -2847.083503 -2557.892042 -2454.495563
cx-persona --discover -q -x "$wine" -k 3 --samples 0 --save wine.model \
	"$data/wine.csv" >wine3
cx-persona -q --model wine.model "$data/wine.csv" >wine.tsv
column label wine.tsv >truth
column persona wine.tsv | paste truth - | awk '
	function pairs(n) { return n * (n - 1) / 2 }
	{ both[$1, $2]++; a[$1]++; b[$2]++ }
	END {
		for (i in both) in_both += pairs(both[i])
		for (i in a) in_a += pairs(a[i])
		for (i in b) in_b += pairs(b[i])
		chance = in_a * in_b / pairs(NR)
		printf "%.4f\n", (in_both - chance) / ((in_a + in_b) / 2 - chance)
	}' >rand
is 0.8977 "$(cat rand)" 'wine: adjusted Rand index'

# Written the other way round, the rows are the same.
(head -n 1 "$data/heart.csv" && tail -n +2 "$data/heart.csv" | sort -r) |
	gzip | cx-persona --discover -q -j 2 -x "$heart" -k 1:4 >other
same heart.k other 'heart: sorted, gzipped, two threads: the same bytes'
tap_done
