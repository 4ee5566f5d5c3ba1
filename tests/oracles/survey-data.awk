# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes the survey that the golden cases about weights, clusters and strata
# read:
#
#	awk -f tests/oracles/survey-data.awk >tests/golden/data/survey.tsv
#
# and, with -v records=N -v customers=N, a larger one for tests/cmd/scores.t.
# The same bytes on every machine and awk: numbers are from Park and Miller's
# generator (16807, 2^31 - 1), whose products stay below 2^53, and are whole
# from then on. What is in it: customers who answer up to a dozen times, now
# and then in another segment or stratum; weights from 0.20 to about 8 with a
# long tail, one of them 0; answers missing for both scores; a stratum that
# most of the answers are from.

function random(n) {	# a whole number from 0 to n - 1
	seed = (seed * 16807) % 2147483647
	return int(seed / 2147483647 * n)
}

function date(day,    m, month) {
	split("31 28 31 30 31 30", month, " ")
	for (m = 1; day >= month[m]; m++)
		day -= month[m]
	return sprintf("2026-%02d-%02d", m, day + 1)
}

function clamp(x, low, high) {
	return x < low ? low : x > high ? high : x
}

BEGIN {
	OFS = "\t"
	seed = 20261121
	if (!records)
		records = 200
	if (!customers)
		customers = 110
	split("business family single student", segments, " ")
	split("app email web", channels, " ")
	split("north north north south south west", strata, " ")
	print "id", "customer", "account", "time", "segment", "channel",
		"nps", "csat", "w", "stratum"
	for (i = 1; i <= records; i++) {
		# The lower of two numbers: a few customers answer often.
		customer = random(customers)
		other = random(customers)
		if (other < customer)
			customer = other
		segment = customer % 4 + 1
		if (!random(8))
			segment = random(4) + 1
		stratum = int(customer / 4) % 6 + 1
		if (!random(9))
			stratum = random(6) + 1
		channel = random(3) + 1
		nps = 5 + segment + channel
		nps += random(3)
		nps = clamp(nps - random(7), 0, 10)
		csat = clamp(int(nps / 2) + random(3) - 1, 1, 5)
		x = random(1000)
		w = 20 + int(x * x * x * x / 1250000000)
		if (i == 77)
			w = 0
		day = date(random(181))
		hour = random(24)
		minute = random(60)
		time = sprintf("%sT%02d:%02d:%02dZ", day, hour, minute,
			random(60))
		if (!random(16))
			nps = ""
		if (!random(12))
			csat = ""
		print "r" i, sprintf("c%03d", customer),
			sprintf("a%02d", int(customer / 5)), time,
			segments[segment], channels[channel], nps, csat,
			sprintf("%d.%02d", int(w / 100), w % 100),
			strata[stratum]
	}
}
