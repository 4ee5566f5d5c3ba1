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

function tables(    i, j, k, n, m, day, mlen, seg, share, ctry, lab, w, c, e) {
	# Customer -> segment (of 97) and country (of 101): uneven shares.
	split("Consumer|Family|Student|Premium|Small business|Enterprise|" \
		"Public sector|Partner", seg, "|")
	split("31 17 12 11 10 8 5 3", share, " ")
	n = 0
	for (i = 1; i <= 8; i++) {
		k = n
		n = fill(SEG, n, seg[i], share[i] + 0)
		for (; k < n; k++)
			SEGNO[k] = (i - 1) * 100
	}
	split("DE FR GB US JP NL ES IT PL SE BR AT", ctry, " ")
	split("22 14 13 11 10 7 6 6 4 3 3 2", share, " ")
	n = 0
	for (i = 1; i <= 12; i++)
		n = fill(CTRY, n, ctry[i], share[i] + 0)

	n = fill(CHAN, 0, "web", 8)
	n = fill(CHAN, n, "app", 6)
	n = fill(CHAN, n, "store", 4)
	n = fill(CHAN, n, "phone", 2)

	# Ten months by hour, and the minutes and seconds of an hour.
	split("31 28 31 30 31 30 31 31 30 31", mlen, " ")
	n = 0
	for (i = 1; i <= 10; i++)
		for (j = 1; j <= mlen[i]; j++) {
			day = "2026-" two(i) "-" two(j) " "
			for (k = 0; k < 24; k++)
				HOUR[n++] = day two(k) ":"
		}
	for (i = 0; i < n; i++)
		if (HOUR[i] == "2026-03-29 02:")
			HOUR[i] = "2026-03-29 03:"
	for (i = 0; i < 3600; i++)
		MINSEC[i] = two(int(i / 60)) ":" two(i % 60)

	for (i = 0; i < 100; i++)
		CENT[i] = "." two(i)
	for (i = 0; i < 1000; i++)
		LOW[i] = (i < 100 ? "0" : "") two(i)

	# NPS answers, 100 by segment: 3 blanks, the later segments kinder.
	n = 0
	for (i = 0; i < 8; i++) {
		split("4 2 2 3 3 7 8 14 20 16 18", w, " ")
		w[7] += 3 - i
		w[10] -= 3 - i
		n = fill(NPS, n, "", 3)
		for (j = 0; j <= 10; j++)
			n = fill(NPS, n, j "", w[j + 1] + 0)
	}

	# Satisfaction (labels) and effort by NPS answer, 40 each.
	split("Very dissatisfied|Dissatisfied|Neither|Satisfied|Very satisfied",
		lab, "|")
	for (i = 0; i <= 10; i++)
		for (j = 0; j < 40; j++) {
			m = i * 0.35 + (j % 8) * 0.25
			c = int(m)
			c = c > 4 ? 4 : c
			e = 1 + int(m * 1.2 + (j % 5) * 0.2)
			e = e > 7 ? 7 : e
			CSAT[i * 40 + j] = lab[c + 1]
			CES[i * 40 + j] = e ""
		}
}

function comments(    n) {
	# Quoted comments: a beginning, a middle, two more sentences and an
	# end, of 16 each.
	n = 0
	B[n++] = "The delivery came two days late, "
	B[n++] = "Ordered on Monday, paid at once, "
	B[n++] = "I called the \"\"hotline\"\" three times, "
	B[n++] = "Your app is quick, clear and pleasant to use, "
	B[n++] = "Good price, good quality, "
	B[n++] = "We have been customers since 2009, "
	B[n++] = "The invoice was wrong again, "
	B[n++] = "Dear team,\n"
	B[n++] = "Hello,\n\n"
	B[n++] = "First, the good news: everything arrived, "
	B[n++] = "The man in the store said \"\"no problem\"\", "
	B[n++] = "Returned one of three items, "
	B[n++] = "In short, I like it, "
	B[n++] = "Compared with last year, when we had to wait for weeks, "
	B[n++] = "Password reset, second attempt, "
	B[n++] = "Die Lieferung war schnell, der Fahrer sehr höflich, "
	n = 0
	M[n++] = "and nobody told me why; the status page only said " \
		"\"\"in progress\"\" for the whole week. "
	M[n++] = "but the parcel was left with a neighbour, without a note.\n"
	M[n++] = "and after 25 minutes in the queue I was told to " \
		"write an e-mail, which I did. "
	M[n++] = "so I recommended it to my sister, my boss and two friends. "
	M[n++] = "but the \"\"premium\"\" support does not deserve the name. "
	M[n++] = "still, the person on the phone was kind, patient and " \
		"found the mistake in the end.\n"
	M[n++] = "and the discount of 10,50 was missing from the bill. "
	M[n++] = "which is why we are looking at other offers now, sadly. "
	M[n++] = "the colours are not those on the web page, however. "
	M[n++] = "and the refund took three weeks, five mails and one call.\n" \
		"Please make that easier. "
	M[n++] = "although the new menu hides what I need most: orders, " \
		"invoices, addresses. "
	M[n++] = "and it simply worked, from the first click to the last. "
	M[n++] = "what I miss:\n- a weekly summary, by mail\n- dark mode\n"
	M[n++] = "then the screen went blank, \"\"Error 500\"\", three times. "
	M[n++] = "and the opening hours on the door, on the map and in the " \
		"app all differ. "
	M[n++] = "aber die Rechnung, wie immer, zu spät. "
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
	n = 0
	E[n++] = "Thanks, Anna"
	E[n++] = "Otherwise fine, no complaints about the product itself."
	E[n++] = "I would order again, if the shipping were cheaper."
	E[n++] = "\"\"Never again\"\", says my wife."
	E[n++] = "Keep going, you are nearly there!"
	E[n++] = "Please call me back, mornings if possible.\nBest regards,\nT. M."
	E[n++] = "Honestly, I expected more for that price, much more."
	E[n++] = "All in all: satisfied, thank you."
	E[n++] = "You may publish this, but without my name, please."
	E[n++] = "Fix that, and you get a 10 from me."
	E[n++] = "One star less for the packaging, too much plastic."
	E[n++] = "So, what now?"
	E[n++] = "By the way, the chat window says \"\"online\"\" all night, " \
		"but nobody answers."
	E[n++] = "Perfect, as always."
	E[n++] = "Viele Grüße,\nJörg"
	E[n++] = "It took 14 days, not 2, and I had to ask for it."
	# The Japanese ones: two beginnings and an end, of 8 each.
	n = 0
	JB[n++] = "配送が遅れ、連絡もありませんでした。"
	JB[n++] = "担当の方がとても親切で、説明も分かりやすかったです, "
	JB[n++] = "アプリが使いやすく、\n毎日利用しています。"
	JB[n++] = "電話で\"\"すぐに対応します\"\"と言われましたが, "
	JB[n++] = "価格は高めですが、品質には満足しています。"
	JB[n++] = "注文から到着まで、三日しかかかりませんでした。"
	JB[n++] = "画面に\"\"エラー\"\"と表示され、先に進めません。\n"
	JB[n++] = "店舗の雰囲気が良く, 店員さんも丁寧でした。"
	n = 0
	JE[n++] = "また利用したいと思います, よろしくお願いします。"
	JE[n++] = "改善を期待しています,\n田中"
	JE[n++] = "友人にも\"\"おすすめ\"\"しました。"
	JE[n++] = "返金の手続きに二週間かかり, 少し残念です。"
	JE[n++] = "ありがとうございました, 佐藤"
	JE[n++] = "一週間たっても返事がなく,\n大変困っています。"
	JE[n++] = "次回は店舗で, 直接相談したいです。"
	JE[n++] = "全体として, とても\"\"満足\"\"です。"

	# Short answers, unquoted; 29 of 64 are empty.
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

BEGIN {
	if (rows == "")
		rows = 2000000
	rows += 0
	tables()
	comments()
	OFS = ","
	P = 2147483647
	x = 20260314
	print "id,customer,time,segment,country,channel,nps,csat,ces,amount,comment"
	for (hi = 0; i < rows; hi++) {
		id = "R" (hi < 10 ? "000" : hi < 100 ? "00" : \
			hi < 1000 ? "0" : "") hi
		for (lo = 0; lo < 1000 && i < rows; lo++) {
			i++
			# R0000001 is the first: the thousand rolls over at 999.
			if (lo == 999)
				rid = "R" substr(10000000 + i, 2)
			else
				rid = id LOW[lo + 1]
			x = x * 48271 % P
			c = x % 400000
			s = c % 97
			x = x * 48271 % P
			h = x % 7296
			y = int(x / 7296)		# < 294338
			d = y % 100
			n = NPS[SEGNO[s] + d]
			k = n * 40
			x = x * 48271 % P
			m = x % 3600
			y = int(x / 3600)		# < 596523
			a = y % 29800
			x = x * 48271 % P
			t = x % 1600			# 40 x 40
			y = int(x / 1600)		# < 1342177
			ch = y % 20
			y = int(y / 20)			# < 67108
			q = y % 100
			if (q >= 15) {
				# text = short answer
				x = x * 48271 % P
				text = SHORT[x % 64]
			} else if (q >= 2 && q < 14 || q == 14 && lo % 2) {
				x = x * 48271 % P
				y = int(x / 4096)
				text = "\"" B[y % 16] M[int(y / 16) % 16] \
					MORE[x % 16] MORE[int(x / 16) % 16] \
					E[int(y / 256) % 16] "\""
			} else {
				x = x * 48271 % P
				y = int(x / 4096)
				text = "\"" JB[x % 8] JB[y % 8] JE[int(y / 8) % 8] "\""
			}
			print rid, "C" (100000 + c), HOUR[h] MINSEC[m], SEG[s], \
				CTRY[c % 101], CHAN[ch], n, \
				CSAT[k + t % 40], CES[k + int(t / 40)], \
				int(a / 100) + 3 CENT[a % 100], text
		}
	}
}
