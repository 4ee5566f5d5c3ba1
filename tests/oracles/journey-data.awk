# SPDX-License-Identifier: GPL-3.0-or-later
#
# journey-data.awk - write tests/golden/data/journey.tsv: rated contacts of
# made-up customers, and their answers to a survey.
#
#   awk -f journey-data.awk >journey.tsv

# Lehmer's generator (Park and Miller 1988, CACM 31(10)): exact in doubles.
function random() {
	seed = seed * 16807 % 2147483647
	return seed / 2147483647
}

function instant(s,	d) {
	d = int(s / 86400)
	s -= d * 86400
	return sprintf("2026-%02d-%02dT%02d:%02d:%02dZ", int(d / 28) + 1,
		d % 28 + 1, int(s / 3600), int(s / 60) % 60, s % 60)
}

function row(time, stage, touchpoint, channel, csat, emotion, nps, amount) {
	printf "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", "e" ++n_rows,
		who, instant(time), persona, stage, touchpoint, channel, csat,
		emotion, nps, amount
}

# On a scale from 1 to 5, around a mood.
function rate(mood,	x) {
	if (random() < 0.4)
		return ""
	x = int(mood + 4 * random() - 1.5)
	return x < 1 ? 1 : x > 5 ? 5 : x
}

# One contact; then some days later the next one.
function contact(at,	channel, feeling, mood, s) {
	channel = substr("web  app  phone", 5 * int(3 * random()) + 1, 5)
	sub(/ +$/, "", channel)
	mood = level + (at == 5 ? -1.2 : at == 4 ? 0.6 : 0)
	s = rate(mood)
	feeling = at == 6 ? sprintf("%.2f", 3 * random() - 1.5 + bias) : ""
	row(time, stage[at], name[at], channel, s, feeling, "",
		at == 3 ? sprintf("%.2f", 10 + 90 * random()) : "")
	if (at == 5 && s != "")
		level += (s - 3) / 2
	time += int(86400 * (0.1 + 12 * random() * random() * random())) + 1
}

BEGIN {
	seed = 6
	split("awareness consideration purchase use support Extras", stage, " ")
	split("ad search checkout setup helpdesk club", name, " ")
	print "id\tcustomer\ttime\tpersona\tstage\ttouchpoint\tchannel\tcsat\temotion\tnps\tamount"
	for (i = 1; i <= 160; i++) {
		who = sprintf("c%03d", (i * 37) % 1000)
		persona = i % 9 == 0 ? "" : i % 3 ? "explorer" : "bargain"
		level = 2.2 + 2 * random()
		bias = random() - 0.5
		time = int(86400 * 150 * random())
		for (at = 1; at <= 6; at++) {
			if (random() < 0.25)
				continue
			contact(at)
			while (random() < (at == 5 ? 0.4 : 0.1))
				contact(at)
			if (random() < 0.12)
				break
		}
		if (random() < 0.6) {
			x = int(2.5 * level + 3 * random() - 1)
			row(time, "", "", "mail", "", "",
				x < 0 ? 0 : x > 10 ? 10 : x, "")
		}
	}
}
