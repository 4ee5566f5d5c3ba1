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
About To Sleep	6632	157980.93	6639
At Risk	11	3474.39	60
Can't Lose Them	186	29474.71	429
Champions	2360	1088898.71	26665
Lost	4302	131224.98	4361
Loyal	488	26628.43	1043
Need Attention	112	5021.15	238
New	9	116.74	18
Others	51	10687.92	51
Potential Loyalist	8430	985132.73	29166
Promising	989	61674.94	989
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
About To Sleep	4647	182476.28	6634
At Risk	76	26157.40	331
Can't Lose Them	98	35253.97	541
Champions	683	561075.59	13506
Lost	10137	339896.01	11110
Loyal	1886	180858.97	6133
Need Attention	9	704.87	37
New	936	65593.01	2297
Others	22	8326.74	37
Potential Loyalist	4271	1003479.76	27362
Promising	805	96493.03	1671
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
