# SPDX-License-Identifier: GPL-3.0-or-later
#
# bench-events.awk - write the events of the journey benchmark: a year of
# contacts of a fictitious shop, in the order of their times.
#
#   awk -v events=5000000 -v customers=600000 -f bench-events.awk
#
# Always the same bytes for the same numbers.

# Lehmer's generator (Park and Miller 1988, CACM 31(10)): exact in doubles.
function random() {
	seed = seed * 16807 % 2147483647
	return seed / 2147483647
}

function pick(n) {
	return int(random() * n) + 1
}

BEGIN {
	seed = 20261122
	n_names = split("awareness/advertisement awareness/newsletter " \
		"consideration/search consideration/product_page " \
		"consideration/store_visit purchase/cart purchase/checkout " \
		"purchase/payment use/delivery use/setup use/app_login " \
		"support/help_page support/phone_call support/chat " \
		"loyalty/renewal advocacy/review", name, " ")
	for (i = 1; i <= n_names; i++)
		sub("/", "\t", name[i])
	n_channels = split("web app phone store email", channel, " ")
	split("31 28 31 30 31 30 31 31 30 31 30 31", length_of, " ")
	print "customer\ttime\tstage\ttouchpoint\tchannel\tamount"
	month = 1
	day = 0
	last = -1
	for (i = 0; i < events; i++) {
		at = int(i * 31536000 / events)
		of_day = at % 86400
		if (int(at / 86400) != last) {
			last = int(at / 86400)
			if (++day > length_of[month]) {
				day = 1
				month++
			}
			date = sprintf("2025-%02d-%02d", month, day)
		}
		# Some customers come much more often than others.
		who = int(random() * random() * customers)
		amount = random() < 0.1 ? sprintf("%.2f", random() * 200) : ""
		printf "C%07d\t%sT%02d:%02d:%02dZ\t%s\t%s\t%s\n", who, date,
			int(of_day / 3600), int(of_day / 60) % 60, of_day % 60,
			name[pick(n_names)], channel[pick(n_channels)], amount
	}
}
