# SPDX-License-Identifier: GPL-3.0-or-later
# A made-up survey for tests of cx-gaps: four ratings that share a mood, one of
# a touchpoint that few meet, and outcomes that depend on them.
#	awk -v records=150 -f gaps-data.awk >survey.tsv

# Source: Park and Miller 1988, Communications of the ACM 31(10), 1192-1201.
function uniform() {
	state = state * 16807 % 2147483647
	return state / 2147483647
}

function noise() {
	return uniform() + uniform() + uniform() - 1.5
}

function cut(x, low, high) {
	x = int(x)
	return x < low ? low : x > high ? high : x
}

function rating(x) {
	return cut(3.6 + x, 1, 5)
}

function effect(x, slope) {
	return x == "" ? 0 : slope * (x - 3)
}

BEGIN {
	state = 20261122
	OFS = "\t"
	print "id", "customer", "persona", "nps", "csat", "a", "b", "c", "d", \
		"w", "amount", "ea", "eb", "ec", "ed", "sa", "sb", "sc", "sd"
	for (i = 1; i <= records; i++) {
		customer = "k" int(uniform() * records / 1.3)
		persona = uniform() < .5 ? "early" : "late"
		mood = noise()
		a = rating(mood + noise())
		b = rating(mood + noise())
		c = rating(mood + 2 * noise())
		d = uniform() < .4 ? rating(mood + noise()) : ""
		y = 6 + effect(a, 1.2) + effect(b, .6) + effect(d, 1)
		nps = cut(y + 3 * noise(), 0, 10)
		csat = cut(y / 2 + .8 + noise(), 1, 5)
		if (uniform() < .1)
			b = ""
		if (uniform() < .02)
			nps = ""
		print "r" i, customer, persona, nps, csat, a, b, c, d, \
			int(50 + 100 * uniform()) / 100, \
			int(1000 * uniform()) / 10, rating(1 + noise()), \
			rating(1.2 + noise()), rating(noise()), \
			uniform() < .3 ? "" : rating(noise()), \
			cut(6 + 4 * uniform(), 0, 10), cut(10 * uniform(), 0, 10), \
			cut(5 + 3 * uniform(), 0, 10), cut(4 * uniform(), 0, 10)
	}
}
