#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Segments of the customers of CDNOW (public teaching set of Fader and Hardie)
# against R: tests/oracles/rfm.R. The data are not part of cx: CX_DATA names
# their folder.

# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"

real_data
cd "$tmp" || exit 1

awk 'BEGIN { print "customer\ttime\tamount" }
	NR > 1 {
		day = substr($2, 1, 4) "-" substr($2, 5, 2) "-" substr($2, 7, 2)
		print $1 "\t" day "T12:00:00Z\t" $4
	}' "$data/cdnow/CDNOW_master.txt" >orders.tsv

# sizes FILE: segment, customers, money, orders
sizes() {
	awk -F '\t' 'NR > 1 { n[$2]++; money[$2] += $8; orders[$2] += $7 }
		END { for (s in n)
			printf "%s\t%d\t%.2f\t%d\n", s, n[s], money[s], orders[s]
		}' "$1" | sort
}

cx-persona --rfm --as-of 1998-06-30 orders.tsv >rfm.tsv 2>err
cat >want <<'END'
About To Sleep	2786	34032.56	2786
At Risk	34	6995.66	152
Can't Lose Them	689	82136.17	902
Champions	2624	1147917.66	27710
Lost	3161	55391.69	3227
Loyal	3101	122961.70	3624
Need Attention	986	42900.22	1122
Others	16	210.27	32
Potential Loyalist	10173	1007769.70	30104
END
sizes rfm.tsv >got
same want got 'quintiles: the segments'
cat >want <<'END'
cx-persona: as of 1998-06-30
cx-persona: --cut-recency 141,432,485,512 (quintiles)
cx-persona: --cut-frequency 1,1,2,4 (quintiles)
cx-persona: --cut-money 15.36,31.35,59.924,133.95 (quintiles)
END
same want err 'quintiles: the cut points'

cx-persona -q --rfm --as-of 1998-06-30 --cut-recency 90,180,360,480 \
	--cut-frequency 2,3,5,10 --cut-money 25,50,100,250 orders.tsv >given.tsv
cat >want <<'END'
About To Sleep	2709	76504.61	2900
At Risk	165	39120.10	455
Can't Lose Them	167	51628.95	734
Champions	778	602420.58	14456
Lost	10112	319426.02	10873
Loyal	3473	257130.03	8211
Need Attention	57	4166.76	183
New	333	18527.16	669
Others	6	2202.34	6
Potential Loyalist	5749	1121847.34	31130
Promising	21	7341.74	42
END
sizes given.tsv >got
same want got 'given cut points: the segments'

(head -n 1 orders.tsv; sed 1d orders.tsv | sort -t '	' -k 3) >shuffled.tsv
gzip -k shuffled.tsv
for how in '-j 1' '-j 2'; do
	# shellcheck disable=SC2086	# two words
	cx-persona -q $how --rfm --as-of 1998-06-30 shuffled.tsv | cmp -s rfm.tsv -
	ok "in another order, $how: the same bytes"
done
cx-persona -q --rfm --as-of 1998-06-30 shuffled.tsv.gz | cmp -s rfm.tsv -
ok 'gzip: the same bytes'

cx-persona -q --assign rfm.tsv orders.tsv >named.tsv
join -t '	' -o 1.1,2.2 named.tsv rfm.tsv >want
cut -f 1,4 named.tsv | cmp -s want -
ok '--assign of these segments is a join of the two tables'
tap_done
