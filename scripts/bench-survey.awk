# SPDX-License-Identifier: GPL-3.0-or-later
#
# bench-survey.awk - write the benchmark survey (CSV) to standard output.
#
#   mawk -f bench-survey.awk [-v rows=N] >survey.csv
#
# 2,000,000 rows (about 255 MB) by default.  The file is the same, byte for
# byte, on every run, machine and awk: the numbers come from a Lehmer
# generator (48271, 2^31 - 1) whose products stay far below 2^53, never from
# rand(); every string is built by concatenation, so the locale does not
# matter either.  Segment and country follow from the customer, the scores
# differ by segment, satisfaction and effort follow the NPS answer.
#
# 15 % of the comments are quoted and hold commas, doubled quotes and line
# breaks; a sixth of those are Japanese.  The lost hour of the change to
# summer time in Berlin (2026-03-29 02:xx) does not occur; the doubled one
# (2026-10-25 02:xx) does.

# Put string s into table t, n times from t's length on; returns the length.
function fill(t, len, s, n) {
	while (n-- > 0)
		t[len++] = s
	return len
}

function two(n) {
	return (n < 10 ? "0" : "") n
}

# Customer -> segment (of 97) and country (of 101): uneven shares.
function customers(    i, n, from, segment, country, share) {
	split("Consumer|Family|Student|Premium|Small business|Enterprise|" \
		"Public sector|Partner", segment, "|")
	split("31 17 12 11 10 8 5 3", share, " ")
	n = 0
	for (i = 1; i <= 8; i++) {
		from = n
		n = fill(SEGMENT, n, segment[i], share[i] + 0)
		for (; from < n; from++)
			ANSWERS_FROM[from] = (i - 1) * 100
	}
	split("DE FR GB US JP NL ES IT PL SE BR AT", country, " ")
	split("22 14 13 11 10 7 6 6 4 3 3 2", share, " ")
	n = 0
	for (i = 1; i <= 12; i++)
		n = fill(COUNTRY, n, country[i], share[i] + 0)
}

# Ten months by hour, the minutes and seconds of an hour, and cents.
function times(    month, day, hour, i, n, days) {
	split("31 28 31 30 31 30 31 31 30 31", days, " ")
	n = 0
	for (month = 1; month <= 10; month++)
		for (day = 1; day <= days[month]; day++)
			for (hour = 0; hour < 24; hour++)
				HOUR[n++] = "2026-" two(month) "-" two(day) " " \
					two(hour) ":"
	for (i = 0; i < n; i++)
		if (HOUR[i] == "2026-03-29 02:")
			HOUR[i] = "2026-03-29 03:"
	for (i = 0; i < 3600; i++)
		MINUTE[i] = two(int(i / 60)) ":" two(i % 60)
	for (i = 0; i < 100; i++)
		CENT[i] = "." two(i)
}

function channels(    n) {
	n = fill(CHANNEL, 0, "web", 8)
	n = fill(CHANNEL, n, "app", 6)
	n = fill(CHANNEL, n, "store", 4)
	n = fill(CHANNEL, n, "phone", 2)
}

function answers(    i, j, n, share, label, mood, csat, ces) {
	# NPS answers, 100 by segment: 3 blanks, the later segments kinder.
	n = 0
	for (i = 0; i < 8; i++) {
		split("4 2 2 3 3 7 8 14 20 16 18", share, " ")
		share[7] += 3 - i
		share[10] -= 3 - i
		n = fill(NPS, n, "", 3)
		for (j = 0; j <= 10; j++)
			n = fill(NPS, n, j "", share[j + 1] + 0)
	}

	# Satisfaction (labels) and effort by NPS answer, 40 each.
	split("Very dissatisfied|Dissatisfied|Neither|Satisfied|Very satisfied",
		label, "|")
	for (i = 0; i <= 10; i++)
		for (j = 0; j < 40; j++) {
			mood = i * 0.35 + (j % 8) * 0.25
			csat = int(mood)
			csat = csat > 4 ? 4 : csat
			ces = 1 + int(mood * 1.2 + (j % 5) * 0.2)
			ces = ces > 7 ? 7 : ces
			CSAT[i * 40 + j] = label[csat + 1]
			CES[i * 40 + j] = ces ""
		}
}

# Quoted comments: an opening, what followed, two more sentences and an end, of
# 16 each.
function openings(    n) {
	n = 0
	OPENING[n++] = "The delivery came two days late, "
	OPENING[n++] = "Ordered on Monday, paid at once, "
	OPENING[n++] = "I called the \"\"hotline\"\" three times, "
	OPENING[n++] = "Your app is quick, clear and pleasant to use, "
	OPENING[n++] = "Good price, good quality, "
	OPENING[n++] = "We have been customers since 2009, "
	OPENING[n++] = "The invoice was wrong again, "
	OPENING[n++] = "Dear team,\n"
	OPENING[n++] = "Hello,\n\n"
	OPENING[n++] = "First, the good news: everything arrived, "
	OPENING[n++] = "The man in the store said \"\"no problem\"\", "
	OPENING[n++] = "Returned one of three items, "
	OPENING[n++] = "In short, I like it, "
	OPENING[n++] = "Compared with last year, when we had to wait for weeks, "
	OPENING[n++] = "Password reset, second attempt, "
	OPENING[n++] = "Die Lieferung war schnell, der Fahrer sehr höflich, "
}

function events(    n) {
	n = 0
	WHAT[n++] = "and nobody told me why; the status page only said " \
		"\"\"in progress\"\" for the whole week. "
	WHAT[n++] = "but the parcel was left with a neighbour, without a note.\n"
	WHAT[n++] = "and after 25 minutes in the queue I was told to " \
		"write an e-mail, which I did. "
	WHAT[n++] = "so I recommended it to my sister, my boss and two friends. "
	WHAT[n++] = "but the \"\"premium\"\" support does not deserve the name. "
	WHAT[n++] = "still, the person on the phone was kind, patient and " \
		"found the mistake in the end.\n"
	WHAT[n++] = "and the discount of 10,50 was missing from the bill. "
	WHAT[n++] = "which is why we are looking at other offers now, sadly. "
	WHAT[n++] = "the colours are not those on the web page, however. "
	WHAT[n++] = "and the refund took three weeks, five mails and one call.\n" \
		"Please make that easier. "
	WHAT[n++] = "although the new menu hides what I need most: orders, " \
		"invoices, addresses. "
	WHAT[n++] = "and it simply worked, from the first click to the last. "
	WHAT[n++] = "what I miss:\n- a weekly summary, by mail\n- dark mode\n"
	WHAT[n++] = "then the screen went blank, \"\"Error 500\"\", three times. "
	WHAT[n++] = "and the opening hours on the door, on the map and in the " \
		"app all differ. "
	WHAT[n++] = "aber die Rechnung, wie immer, zu spät. "
}

function sentences(    n) {
	n = 0
	MORE[n++] = "Your competitor answers within a day, seven days a week. "
	MORE[n++] = "The form asked for my date of birth, twice, for no reason. "
	MORE[n++] = "My colleague, who ordered the same, paid 20 % less.\n"
	MORE[n++] = "What does \"\"soon\"\" mean to you? "
	MORE[n++] = "The manual is only in English, which is fine for me, " \
		"but not for my parents. "
	MORE[n++] = "I liked the little card in the box, by the way. "
	MORE[n++] = "When I wanted to change the address, the button was grey. "
	MORE[n++] = "On the phone (Tuesday, about 10:30) I was promised a voucher. "
	MORE[n++] = "The size chart is wrong, I had to send back both pairs. "
	MORE[n++] = "It is the third order this year, and the first with trouble. "
	MORE[n++] = "Your newsletter, though, is too much: twice a day!\n"
	MORE[n++] = "Setting it up took five minutes, not the \"\"one click\"\" " \
		"of the advertisement. "
	MORE[n++] = "In the branch at the station they knew the answer at once, " \
		"and they were friendly about it. "
	MORE[n++] = "Shipping to the islands should not cost extra; others, too, " \
		"can do without. "
	MORE[n++] = "The battery lasts two days, as promised. "
	MORE[n++] = "Nobody reads these comments anyway, do you? "
}

function endings(    n) {
	n = 0
	ENDING[n++] = "Thanks, Anna"
	ENDING[n++] = "Otherwise fine, no complaints about the product itself."
	ENDING[n++] = "I would order again, if the shipping were cheaper."
	ENDING[n++] = "\"\"Never again\"\", says my wife."
	ENDING[n++] = "Keep going, you are nearly there!"
	ENDING[n++] = "Please call me back, mornings if possible.\nBest regards,\nT. M."
	ENDING[n++] = "Honestly, I expected more for that price, much more."
	ENDING[n++] = "All in all: satisfied, thank you."
	ENDING[n++] = "You may publish this, but without my name, please."
	ENDING[n++] = "Fix that, and you get a 10 from me."
	ENDING[n++] = "One star less for the packaging, too much plastic."
	ENDING[n++] = "So, what now?"
	ENDING[n++] = "By the way, the chat window says \"\"online\"\" all night, " \
		"but nobody answers."
	ENDING[n++] = "Perfect, as always."
	ENDING[n++] = "Viele Grüße,\nJörg"
	ENDING[n++] = "It took 14 days, not 2, and I had to ask for it."
}

# The Japanese ones: two openings and an end, of 8 each.
function japanese(    n) {
	n = 0
	JA_OPENING[n++] = "配送が遅れ、連絡もありませんでした。"
	JA_OPENING[n++] = "担当の方がとても親切で、説明も分かりやすかったです, "
	JA_OPENING[n++] = "アプリが使いやすく、\n毎日利用しています。"
	JA_OPENING[n++] = "電話で\"\"すぐに対応します\"\"と言われましたが, "
	JA_OPENING[n++] = "価格は高めですが、品質には満足しています。"
	JA_OPENING[n++] = "注文から到着まで、三日しかかかりませんでした。"
	JA_OPENING[n++] = "画面に\"\"エラー\"\"と表示され、先に進めません。\n"
	JA_OPENING[n++] = "店舗の雰囲気が良く, 店員さんも丁寧でした。"
	n = 0
	JA_ENDING[n++] = "また利用したいと思います, よろしくお願いします。"
	JA_ENDING[n++] = "改善を期待しています,\n田中"
	JA_ENDING[n++] = "友人にも\"\"おすすめ\"\"しました。"
	JA_ENDING[n++] = "返金の手続きに二週間かかり, 少し残念です。"
	JA_ENDING[n++] = "ありがとうございました, 佐藤"
	JA_ENDING[n++] = "一週間たっても返事がなく,\n大変困っています。"
	JA_ENDING[n++] = "次回は店舗で, 直接相談したいです。"
	JA_ENDING[n++] = "全体として, とても\"\"満足\"\"です。"
}

# Short answers, unquoted; 29 of 64 are empty.
function short_answers(    n) {
	n = fill(SHORT, 0, "", 29)
	SHORT[n++] = "Fine"
	SHORT[n++] = "Great service as always"
	SHORT[n++] = "Delivery was late again and nobody called"
	SHORT[n++] = "ok"
	SHORT[n++] = "Nothing to add"
	SHORT[n++] = "The new app is much faster than the old one"
	SHORT[n++] = "Too expensive for what it does"
	SHORT[n++] = "Waited 40 minutes on the phone before I gave up"
	SHORT[n++] = "n/a"
	SHORT[n++] = "Friendly staff and a clean store"
	SHORT[n++] = "I would like to pay by invoice"
	SHORT[n++] = "Everything worked the first time"
	SHORT[n++] = "Please add a dark mode to the app"
	SHORT[n++] = "とても良い"
	SHORT[n++] = "対応が早くて助かりました"
	SHORT[n++] = "Will order again next month"
	SHORT[n++] = "The search does not find the article numbers"
	SHORT[n++] = "My question was answered within the hour"
	SHORT[n++] = "Wrong colour delivered but the exchange was easy"
	SHORT[n++] = "Not sure yet"
	SHORT[n++] = "Schneller Versand und gute Qualität"
	SHORT[n++] = "The password rules are a pain"
	SHORT[n++] = "Support solved it on the second call"
	SHORT[n++] = "Prices went up and the quality went down"
	SHORT[n++] = "Good"
	SHORT[n++] = "Very happy with the advice I got in the store"
	SHORT[n++] = "Easy to use"
	SHORT[n++] = "I miss the monthly overview you used to send"
	SHORT[n++] = "Checkout failed twice with my card"
	SHORT[n++] = "No complaints"
	SHORT[n++] = "La livraison a pris dix jours"
	SHORT[n++] = "You should answer mails faster than in five days"
	SHORT[n++] = "Best shop I know"
	SHORT[n++] = "The packaging was damaged but the product was fine"
	SHORT[n++] = "Same as last time"
}

# The next random number, below 2^31 - 1: Park and Miller's generator.
function draw() {
	return state = state * 48271 % 2147483647
}

function long_comment(    first, second) {
	first = draw()
	second = int(first / 4096)
	return "\"" OPENING[second % 16] WHAT[int(second / 16) % 16] \
		MORE[first % 16] MORE[int(first / 16) % 16] \
		ENDING[int(second / 256) % 16] "\""
}

function japanese_comment(    first, second) {
	first = draw()
	second = int(first / 4096)
	return "\"" JA_OPENING[first % 8] JA_OPENING[second % 8] \
		JA_ENDING[int(second / 8) % 8] "\""
}

# Of 100: 85 short, 2 Japanese, 12 long, and one the one or the other.
function comment(kind, number) {
	if (kind >= 15)
		return SHORT[draw() % 64]
	if (kind < 2 || kind == 14 && number % 2)
		return japanese_comment()
	return long_comment()
}

function record(number,    customer, segment, hour, nps, from, minute, amount, \
		pair, channel, rest) {
	customer = draw() % 400000
	segment = customer % 97
	hour = draw() % 7296
	rest = int(state / 7296)		# < 294338
	nps = NPS[ANSWERS_FROM[segment] + rest % 100]
	from = nps * 40
	minute = draw() % 3600
	amount = int(state / 3600) % 29800
	pair = draw() % 1600			# 40 x 40
	rest = int(state / 1600)		# < 1342177
	channel = rest % 20
	rest = int(rest / 20)			# < 67108
	print "R" substr(10000000 + number, 2), "C" (100000 + customer),
		HOUR[hour] MINUTE[minute], SEGMENT[segment],
		COUNTRY[customer % 101], CHANNEL[channel], nps,
		CSAT[from + pair % 40], CES[from + int(pair / 40)],
		int(amount / 100) + 3 CENT[amount % 100],
		comment(rest % 100, number)
}

BEGIN {
	if (rows == "")
		rows = 2000000
	customers()
	times()
	channels()
	answers()
	openings()
	events()
	sentences()
	endings()
	japanese()
	short_answers()
	OFS = ","
	state = 20260314
	print "id,customer,time,segment,country,channel,nps,csat,ces,amount,comment"
	for (i = 1; i <= rows + 0; i++)
		record(i)
}
