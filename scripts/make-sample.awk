# make-sample.awk - the sample data generator; scripts/make-sample runs it
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: awk -f make-sample.awk en|ja RESPONSES SURVEYFILE EVENTSFILE
#
# One customer after another is drawn, with one response or a few; every
# response has a journey behind it. Opinions are sums of whole numbers, in
# thousandths of a standard deviation, and are cut into answers at the end.
# The seeds, in english() and japanese(), are those of forty tried whose NPS
# at the default size comes near that of an endless sample.
# There is no real-number arithmetic beyond exact integers and no rand(), so
# every awk prints the same bytes.
#
# What the data are made to show:
#   - delivery weighs most on the overall opinion and is rated worst,
#     support comes second in both;
#   - deliveries made from 2026-08-01 on are quicker and rated better,
#     and the NPS rises with them;
#   - premium customers are happier, stores differ a little;
#   - Japanese answers gather in the middle of the scale.

BEGIN {
	language = ARGV[1]
	responses = ARGV[2] + 0
	constants()
	if (language == "en")
		english()
	else
		japanese()
	while (answered < responses)
		customer()
	write_survey(ARGV[3])
	write_events(ARGV[4])
	exit 0
}

function constants() {
	DAY = 86400
	FIRST_DAY = 20574	# 2026-05-01, in days since 1970-01-01
	CHANGE_DAY = 20666	# 2026-08-01
	LAST_DAY = 20757	# 2026-10-31
	answered = logged = customers = size = 0
	split("search checkout delivery returns support", POINT, " ")

	# Hours of the day from 0: at home, in shops and on the phone, couriers.
	weights("home", "3 1 1 0 0 1 3 6 8 9 9 10 13 11 9 8 8 9 11 13 15 14 10 6")
	weights("open", "0 0 0 0 0 0 0 0 0 4 8 10 12 9 8 9 10 11 8 5 0 0 0 0")
	weights("van", "0 0 0 0 0 0 0 1 5 9 12 12 8 8 10 10 9 8 7 5 1 0 0 0")
	weights("segment", "35 45 20")
	weights("age", "9 22 24 20 15 10")
	weights("store", "18 14 12 11 10 9 8 7 6 5")

	# Mean opinion of a touchpoint, and what it counts in the overall one.
	mean["search"] = 620;		importance["search"] = 90
	mean["checkout"] = 540;		importance["checkout"] = 140
	mean["delivery"] = -620;	importance["delivery"] = 470
	mean["returns"] = 160;		importance["returns"] = 110
	mean["support"] = -130;		importance["support"] = 280
	split("-90 0 330", segment_bonus, " ")
	split("-70 -30 0 20 40 60", age_bonus, " ")
	split("0 90 -60 130 -140 40 -30 160 -110 -80", store_bonus, " ")
}

# ---- random numbers -------------------------------------------------------

# Park and Miller's generator with the multiplier 48271: products stay below
# 2^47, exact in a double. A whole number from 0 to n - 1.
function draw(n) {
	state = (state * 48271) % 2147483647
	return state % n
}

function chance(percent) {
	return draw(100) < percent
}

# About normal with mean 0: the sum of four uniform numbers.
function normal(sd) {
	return int((draw(1732) + draw(1732) + draw(1732) + draw(1732) - 3462) \
		* sd / 1000)
}

# Name a list of weights for weighted(), which returns an index from 1.
function weights(name, list,    n, i, parts) {
	n = split(list, parts, " ")
	weight_sum[name] = 0
	for (i = 1; i <= n; i++) {
		weight[name, i] = parts[i] + 0
		weight_sum[name] += parts[i]
	}
}

function weighted(name,    left, i) {
	left = draw(weight_sum[name])
	for (i = 1; left >= weight[name, i]; i++)
		left -= weight[name, i]
	return i
}

# ---- calendar -------------------------------------------------------------

# Sets year, month, day of a day number (Gregorian; eras of 400 years).
function civil(number,    z, era, doe, yoe, doy, mp) {
	z = number + 719468
	era = int(z / 146097)
	doe = z - era * 146097
	yoe = int((doe - int(doe / 1460) + int(doe / 36524) \
		- int(doe / 146096)) / 365)
	doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100))
	mp = int((5 * doy + 2) / 153)
	day = doy - int((153 * mp + 2) / 5) + 1
	month = mp < 10 ? mp + 3 : mp - 9
	year = yoe + era * 400 + (month <= 2)
}

function utc(local,    t, s) {
	t = local - zone_offset
	s = t % DAY
	civil((t - s) / DAY)
	return sprintf("%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day,
		int(s / 3600), int(s / 60) % 60, s % 60)
}

function submitted(local,    s, clock) {
	s = local % DAY
	civil((local - s) / DAY)
	clock = sprintf("%d:%02d", int(s / 3600), int(s / 60) % 60)
	if (language == "en")
		return month "/" day "/" year " " clock
	return year "/" month "/" day " " clock
}

# A second on that day, at an hour as usual for the kind of place.
function moment(number, kind) {
	return number * DAY + (weighted(kind) - 1) * 3600 + draw(3600)
}

# A day from low to high; weekdays, of which day 3 was a Sunday and has the
# first weight, differ, and the shop grows.
function survey_day(low, high,    d) {
	do
		d = low + draw(high - low + 1)
	while (draw(2000) >= weight["weekday", (d + 4) % 7 + 1] \
		* (100 + int((d - FIRST_DAY) / 5)))
	return d
}

# ---- customers and what they think ----------------------------------------

function customer(    times, i, d) {
	customers++
	who = sprintf("C%05d", customers)
	segment = weighted("segment")
	age = weighted("age")
	store = weighted("store")
	device = chance(age <= 2 ? 62 : 35) ? "app" : "web"
	temper = normal(520) + age_bonus[age] + store_bonus[store]

	times = chance(9) ? (chance(18) ? 3 : 2) : 1
	d = FIRST_DAY - 31
	for (i = 1; i <= times && answered < responses; i++) {
		d = survey_day(d + 31, LAST_DAY - 45 * (times - i))
		response(d)
		if (segment == 1)
			segment = 2	# no longer new
	}
}

function response(d) {
	answered++
	when[answered] = moment(d, "home")
	gap = 1 + draw(6)	# from the delivery to the last trouble
	delivery_day = d - 1 - draw(4) - gap
	improved = delivery_day >= CHANGE_DAY
	common = temper + segment_bonus[segment]
	amount = order_amount()
	contact()
	opinions()
	scores()
	row[answered] = survey_row()
	journey(d)
}

# In the smallest unit of the currency.
function order_amount(    a) {
	a = 1200 + 2 * int(draw(10000) * draw(10000) / 10000)
	if (segment == 3)
		a = int(a * 3 / 2)
	if (chance(4))
		a = a * 6
	return language == "en" ? a : a - a % 10
}

# The channel of contact, and the touchpoints met through it.
function contact(    c) {
	c = draw(100)
	channel = device
	if (c < 17)
		channel = "store"
	else if (c < (age >= 5 ? 36 : 25))
		channel = "phone"
	else if (c < 45)
		channel = device == "app" ? "web" : "app"
	met["search"] = chance(channel == "store" ? 40 : 90)
	met["checkout"] = chance(channel == "phone" ? 35 : 97)
	met["delivery"] = chance(channel == "store" ? 55 : 92)
}

function opinion(point) {
	return mean[point] + int(common / 2) + normal(820) \
		+ (point == "delivery" && improved ? improvement : 0)
}

# Bad deliveries lead to calls and returns, so they are formed first.
function opinions(    i, late) {
	for (i = 1; i <= 5; i++)
		felt[POINT[i]] = opinion(POINT[i])
	late = met["delivery"] ? -felt["delivery"] : 0
	met["support"] = chance(17 + (late > 600 ? 22 : 0) \
		+ (channel == "phone" ? 48 : 0))
	met["returns"] = chance(15 + (late > 900 ? 9 : 0))

	overall = int(common * 7 / 10) + normal(330)
	for (i = 1; i <= 5; i++)
		if (met[POINT[i]])
			overall += int(felt[POINT[i]] * importance[POINT[i]] / 1000)
}

# How many of the rising cut points lie at or below x.
function cut(x, scale,    i) {
	for (i = 1; i <= cuts[scale] && x >= edge[scale, i]; i++)
		;
	return i - 1
}

function edges(scale, list,    i, parts) {
	cuts[scale] = split(list, parts, " ")
	for (i = 1; i <= cuts[scale]; i++)
		edge[scale, i] = parts[i] + 0
}

# The answers, and the touchpoints liked least and most.
function scores(    i, p) {
	nps = cut(overall + normal(220), "nps")
	csat = 1 + cut(overall + normal(260), "csat")
	ces = 1 + cut(int(overall / 2) + int(felt["checkout"] / 3) \
		+ (met["support"] ? int(felt["support"] / 3) : 0) \
		+ (met["returns"] ? -120 : 0) + normal(450), "ces")
	worst = best = ""
	for (i = 1; i <= 5; i++) {
		p = POINT[i]
		rating[p] = met[p] ? 1 + cut(felt[p], "rating") : 0
		if (met[p] && (worst == "" || felt[p] < felt[worst]))
			worst = p
		if (met[p] && (best == "" || felt[p] > felt[best]))
			best = p
	}
}

# ---- survey ---------------------------------------------------------------

# An answer, or now and then none: left blank, or the code for that.
function given(answer, blank, coded,    d) {
	d = draw(1000)
	if (d < blank)
		return ""
	return d < blank + coded ? no_answer : answer
}

function cell(text) {
	if (text !~ /[",\r\n]/)
		return text
	gsub(/"/, "\"\"", text)
	return "\"" text "\""
}

function survey_row(    line, i, p) {
	line = who "," submitted(when[answered])
	line = line "," given(SEGMENT[segment], 8, 0)
	line = line "," given(AGE[age], 25, 15)
	line = line "," given(STORE[store], 30, 0) "," word[channel]
	line = line "," given(nps, 15, 20)
	line = line "," given(LABEL[csat], 12, 15)
	for (i = 1; i <= 5; i++) {
		p = POINT[i]
		line = line "," (met[p] ? given(LABEL[rating[p]], 10, 15) \
			: not_applicable)
	}
	line = line "," given(ces, 20, 25)
	line = line "," given(money(amount), 35, 0)
	return line "," cell(comment())
}

function money(a) {
	if (language == "ja")
		return a ""
	return (a < 0 ? "-" : "") sprintf("%d.%02d", int((a < 0 ? -a : a) / 100),
		(a < 0 ? -a : a) % 100)
}

function say(kind) {
	return phrase[kind, 1 + draw(phrases[kind])]
}

function learn(kind, text) {
	phrase[kind, ++phrases[kind]] = text
}

# Sentences put together, now and then on separate lines.
function join(a, b) {
	if (a == "" || b == "")
		return a b
	if (chance(82))
		return a between b
	return a (chance(75) ? "\n" : "\n\n") b
}

function comment(    text) {
	if (!chance(nps <= 4 ? 46 : nps <= 6 ? 30 : nps <= 8 ? 22 : 31))
		return ""
	if (chance(4))
		return say("nothing")
	text = ""
	if (nps <= 6) {
		if (worst == "" || rating[worst] > 3 || chance(45))
			text = say("bad")
		if (worst != "" && rating[worst] <= 3)
			text = join(text, say("bad " worst))
	} else if (nps <= 8) {
		text = say("fair")
		if (worst != "" && rating[worst] <= 3)
			text = join(text, say("bad " worst))
		else if (best != "" && rating[best] >= 4 && chance(50))
			text = join(text, say("good " best))
	} else {
		if (best == "" || rating[best] < 4 || chance(55))
			text = say("good")
		if (best != "" && rating[best] >= 4)
			text = join(text, say("good " best))
	}
	return chance(16) ? join(text, say(nps <= 8 ? "wish" : "bye")) : text
}

function write_survey(file,    i) {
	put(file, mark header newline)
	sort(when, answered)
	for (i = 1; i <= answered; i++)
		put(file, sprintf("R%06d,", i) row[order[i]] last_cell newline)
	finish(file)
}

# ---- journeys -------------------------------------------------------------

# Log an event, later than the one before it and before the end of the data.
function event(t, stage, point, via, money_cell) {
	if (t <= latest)
		t = latest + 240 + draw(3000)
	latest = t
	if (steps >= 9 || t >= (LAST_DAY + 1) * DAY)
		return
	steps++
	logged++
	at[logged] = t
	entry[logged] = word[stage] "\t" word[point] "\t" word[via] \
		"\t" money_cell
	by[logged] = who
}

function journey(d,    ordered) {
	steps = latest = 0
	ordered = delivery_day - (met["delivery"] \
		? (improved ? 1 + draw(3) : 2 + draw(6)) : 1 + draw(2))
	before(ordered - draw(4))
	if (met["checkout"])
		event(moment(ordered, channel == "store" ? "open" : "home"),
			"purchase", "checkout", channel == "phone" ? device : channel,
			money(amount))
	else
		event(moment(ordered, "open"), "purchase", "phone order", "phone",
			money(amount))
	if (met["delivery"])
		event(moment(delivery_day, "van"), "use", "delivery", "courier", "")
	else
		event(moment(delivery_day, "open"), "use", "pick-up", "store", "")
	trouble()
	if (chance(18))
		event(moment(delivery_day + gap, "home"), "use", "guide", device, "")
	after(d)
}

# Awareness and consideration; three events at least come of every journey.
function before(d,    via) {
	via = chance(60) ? "social" : "web"
	if (chance(45))
		event(moment(d - 1 - draw(9), "home"), "awareness", "advertisement",
			via, "")
	else if (chance(segment == 1 ? 10 : 50))
		event(moment(d - 1 - draw(5), "home"), "awareness", "newsletter",
			"email", "")
	if (met["search"])
		event(moment(d, "home"), "consideration", "search", device, "")
	if (channel == "store" && chance(70))
		event(moment(d, "open"), "consideration", "store visit", "store", "")
	if (!steps || chance(55))
		event(moment(d, "home"), "consideration", "product page", device, "")
}

# Contacts with support, some of them in two channels, and returns.
function trouble(    d, via, refund) {
	d = delivery_day + draw(gap)
	if (met["support"]) {
		if (channel != "phone" || felt["support"] < -300)
			event(moment(d, "home"), "service", "support", device, "")
		if (channel == "phone" || felt["support"] < -500)
			event(moment(d, "open"), "service", "support", "phone", "")
	}
	via = chance(45) ? "store" : "courier"
	refund = chance(70) ? amount : (amount - amount % 20) / 2
	if (met["returns"])
		event(moment(d + 1, "open"), "service", "returns", via,
			money(-refund))
}

function after(d,    spent) {
	if (chance(nps <= 3 || nps >= 9 ? 26 : 9))
		event(moment(d + 1 + draw(6), "home"), "loyalty", "review", device, "")
	if (nps >= 9 && chance(18))
		event(moment(d + 2 + draw(10), "home"), "loyalty", "referral",
			"app", "")
	spent = order_amount()
	if (chance(nps >= 9 ? 38 : nps >= 7 ? 22 : 8))
		event(moment(d + 9 + draw(21), "home"), "loyalty", "reorder",
			device, money(spent))
}

function write_events(file,    i) {
	put(file, "customer\ttime\tstage\ttouchpoint\tchannel\tamount\n")
	sort(at, logged)
	for (i = 1; i <= logged; i++)
		put(file, by[order[i]] "\t" utc(at[order[i]]) "\t" \
			entry[order[i]] "\n")
	finish(file)
}

# ---- output and order -----------------------------------------------------

function put(file, text) {
	printf "%s", text > file
	size += length(text)
}

# Reads the file back, for not every awk notices that the disk is full.
function finish(file,    line) {
	close(file)
	while ((getline line < file) > 0)
		size -= length(line) + 1
	close(file)
	if (size != 0) {
		print "make-sample: could not write " file | "cat >&2"
		close("cat >&2")
		exit 1
	}
}

# Stable merge sort: order[1..n] becomes the indices of key in rising order.
function sort(key, n,    width, low, i) {
	for (i = 1; i <= n; i++)
		order[i] = i
	for (width = 1; width < n; width *= 2) {
		for (low = 1; low <= n; low += 2 * width)
			merge(key, low, low + width, low + 2 * width, n + 1)
		for (i = 1; i <= n; i++)
			order[i] = merged[i]
	}
}

# Merge order[low..middle-1] and order[middle..high-1], none beyond limit.
function merge(key, low, middle, high, limit,    i, j, k) {
	if (middle > limit)
		middle = limit
	if (high > limit)
		high = limit
	i = low
	j = middle
	for (k = low; k < high; k++)
		if (j >= high || (i < middle && key[order[i]] <= key[order[j]]))
			merged[k] = order[i++]
		else
			merged[k] = order[j++]
}

# ---- words ----------------------------------------------------------------

function english() {
	state = 20260503
	zone_offset = -4 * 3600	# New York, daylight saving time throughout
	mark = ""
	newline = "\n"
	last_cell = ""
	between = " "
	improvement = 540	# of the delivery, from CHANGE_DAY on
	no_answer = "-99"
	not_applicable = "Not applicable"
	weights("weekday", "7 12 12 11 10 9 7")
	edges("nps", "-1810 -1610 -1430 -1210 -1030 -750 -510 -250 80 460")
	edges("csat", "-1440 -900 -450 430")
	edges("rating", "-1500 -800 -250 650")
	edges("ces", "-1310 -920 -570 -180 210 760")
	split("new regular premium", SEGMENT, " ")
	split("18-24 25-34 35-44 45-54 55-64 65+", AGE, " ")
	split("003 007 011 012 020 024 031 045 052 060", STORE, " ")
	split("Very dissatisfied/Dissatisfied/Neither/Satisfied/Very satisfied",
		LABEL, "/")
	header = "Response ID,Customer ID,Submitted (New York time)" \
		",Customer type,Age group,Home store code" \
		",How did you contact us most recently?" \
		",How likely are you to recommend us to a friend or colleague? (0-10)" \
		",\"Overall, how satisfied are you with us?\"" \
		",How satisfied are you with the product search?" \
		",How satisfied are you with the checkout?" \
		",How satisfied are you with the delivery?" \
		",How satisfied are you with the handling of returns?" \
		",How satisfied are you with our customer support?" \
		",\"How easy was it to get what you wanted? " \
		"(1 = very difficult, 7 = very easy)\"" \
		",Order amount (USD)" \
		",\"Anything else, good or bad, that you would like to tell us?\""
	english_names()
	english_comments()
}

# Everything the log says is in English already.
function english_names(    n, i, parts) {
	n = split("awareness/consideration/purchase/use/support/loyalty/" \
		"search/checkout/delivery/returns/advertisement/newsletter/" \
		"product page/store visit/phone order/pick-up/guide/review/" \
		"referral/reorder/web/app/store/phone/email/social/courier",
		parts, "/")
	for (i = 1; i <= n; i++)
		word[parts[i]] = parts[i]
	word["service"] = "support"	# the stage
}

function english_comments() {
	learn("good", "Everything went smoothly, as it always does.")
	learn("good", "My favourite shop, and I do shop around.")
	learn("good", "No complaints at all 👍")
	learn("good", "I told my sister \"just order it there\", and she did.")
	learn("good", "Reliable, friendly and fairly priced.")
	learn("fair", "Fine on the whole.")
	learn("fair", "It does the job, nothing special.")
	learn("fair", "Prices are good, the rest is average.")
	learn("fair", "Sometimes great, sometimes ¯\\_(ツ)_/¯")
	learn("bad", "I expected more, to be honest.")
	learn("bad", "This is the second time it went wrong.")
	learn("bad", "Disappointed.")
	learn("bad", "I will think twice before I order again.")
	learn("bad", "\"Customer first\"? Not this time.")

	learn("good search", "Found the right size in under a minute.")
	learn("good search", "The filters are excellent, especially by colour.")
	learn("good checkout", "Paying took three taps.")
	learn("good checkout", "Checkout is quick and clear, no surprises.")
	learn("good delivery", "The parcel was here the next morning!")
	learn("good delivery", "The driver rang, waited and carried it upstairs.")
	learn("good returns", "Sent one item back, had the money in two days.")
	learn("good returns", "Returning it in the store took five minutes.")
	learn("good support", "The person on the phone knew what to do at once.")
	learn("good support", "Support called back, just as they had promised.")

	learn("bad search", "The search shows things that are sold out.")
	learn("bad search", "Typed \"rain coat\", got umbrellas.")
	learn("bad search", "Too many results, and the filters reset themselves.")
	learn("bad checkout", "My card was declined twice, then charged twice.")
	learn("bad checkout", "Shipping costs appear only on the last page.")
	learn("bad checkout", "The voucher code was \"not valid\", without a reason.")
	learn("bad delivery", "The parcel came four days late.")
	learn("bad delivery", "Marked as \"delivered\", but nothing was there.")
	learn("bad delivery", "Waited at home all day, nobody came.")
	learn("bad delivery", "The box was wet, torn and left in the street.")
	learn("bad delivery", "Tracking said \"out for delivery\" for three days.")
	learn("bad returns", "Still waiting for my refund, five weeks on.")
	learn("bad returns", "I had to print the label, and I have no printer.")
	learn("bad returns", "They took off $6.50 for sending it back.")
	learn("bad support", "On hold for 40 minutes, then cut off.")
	learn("bad support", "Had to explain the same thing to three people.")
	learn("bad support", "The chat answers with links, not with help.")

	learn("wish", "Please let me choose a delivery time.")
	learn("wish", "A reply to my e-mail would be nice.")
	learn("wish", "What I would like:\n- a delivery window\n- a real answer")
	learn("bye", "Keep it up!")
	learn("bye", "See you soon.")
	learn("nothing", "None")
	learn("nothing", "N/A")
}

function japanese() {
	state = 20260833
	zone_offset = 9 * 3600
	mark = "\357\273\277"
	newline = "\r\n"
	last_cell = ","
	between = ""
	improvement = 450
	no_answer = "無回答"
	not_applicable = "利用していない"
	weights("weekday", "12 8 9 9 9 10 11")
	edges("nps", "-2050 -1830 -1560 -1270 -1030 -590 -290 50 470 780")
	edges("csat", "-1580 -960 -80 880")
	edges("rating", "-1750 -1000 0 1150")
	edges("ces", "-1460 -990 -510 130 570 1060")
	split("新規/一般/プレミアム", SEGMENT, "/")
	split("20代/30代/40代/50代/60代/70代以上", AGE, "/")
	split("T01 T02 T05 K01 K03 N01 F01 H02 S01 I01", STORE, " ")
	split("とても不満/不満/どちらともいえない/満足/とても満足", LABEL, "/")
	header = "回答ID,顧客ID,回答日時（日本時間）,会員区分,年代,店舗コード" \
		",最近ご利用になった窓口" \
		",この店を友人や同僚に薦める可能性はどのくらいありますか（0〜10）" \
		",全体としてどのくらい満足していますか" \
		",商品検索にどのくらい満足していますか" \
		",注文手続きにどのくらい満足していますか" \
		",配送にどのくらい満足していますか" \
		",返品にどのくらい満足していますか" \
		",お問い合わせへの対応にどのくらい満足していますか" \
		",ご希望のことはどのくらい簡単にできましたか（1＝とても大変〜7＝とても簡単）" \
		",ご注文金額（円）,\"ご意見・ご感想 (良い点, 悪い点)\","
	japanese_names()
	japanese_comments()
}

function japanese_names() {
	word["awareness"] = "認知"
	word["consideration"] = "検討"
	word["purchase"] = "購入"
	word["use"] = "利用"
	word["service"] = "サポート"
	word["loyalty"] = "継続"
	word["search"] = "商品検索"
	word["checkout"] = "注文手続き"
	word["delivery"] = "配送"
	word["returns"] = "返品"
	word["support"] = "お問い合わせ"
	word["advertisement"] = "広告"
	word["newsletter"] = "メールマガジン"
	word["product page"] = "商品ページ"
	word["store visit"] = "来店"
	word["phone order"] = "電話注文"
	word["pick-up"] = "店頭受取"
	word["guide"] = "使い方ガイド"
	word["review"] = "レビュー投稿"
	word["referral"] = "友人紹介"
	word["reorder"] = "再注文"
	word["web"] = "ウェブ"
	word["app"] = "アプリ"
	word["store"] = "店舗"
	word["phone"] = "電話"
	word["email"] = "メール"
	word["social"] = "SNS"
	word["courier"] = "宅配"
}

function japanese_comments() {
	learn("good", "いつも気持ちよく買い物ができます。")
	learn("good", "家族みんなで利用しています。")
	learn("good", "値段も品質も納得です👍")
	learn("good", "友人に\"どこで買ったの\"と聞かれて、すぐに教えました。")
	learn("good", "困ったことは一度もありません。")
	learn("fair", "全体としては普通だと思います。")
	learn("fair", "可もなく不可もなくです。")
	learn("fair", "値段は安いのですが、ほかは平均的です。")
	learn("fair", "日によって差があるように感じます。")
	learn("bad", "期待していただけに残念です。")
	learn("bad", "同じことが二度目なので困っています。")
	learn("bad", "次に頼むかどうか迷っています。")
	learn("bad", "満足しているとは言えません。")
	learn("bad", "\"お客様第一\"とは思えませんでした。")

	learn("good search", "欲しい物がすぐに見つかりました。")
	learn("good search", "絞り込みが使いやすく、特に色で選べるのが便利です。")
	learn("good checkout", "支払いがあっという間に終わりました。")
	learn("good checkout", "注文の画面が分かりやすくて安心です。")
	learn("good delivery", "翌朝に届いて驚きました！")
	learn("good delivery", "配達の方がとても丁寧でした。")
	learn("good returns", "返品の手続きが簡単で、返金も早かったです。")
	learn("good returns", "店舗で5分で返品できました。")
	learn("good support", "電話の方がすぐに解決してくれました。")
	learn("good support", "約束どおり折り返しの連絡がありました。")

	learn("bad search", "品切れの商品ばかり出てきます。")
	learn("bad search", "\"レインコート\"で探したのに傘が出ました。")
	learn("bad search", "検索結果が1,000件以上あって選べません。")
	learn("bad checkout", "送料が最後の画面まで分かりませんでした。")
	learn("bad checkout", "カードが二度もエラーになりました。")
	learn("bad checkout", "クーポンが\"無効\"と出ましたが、理由が書いてありません。")
	learn("bad delivery", "予定より4日も遅れて届きました。")
	learn("bad delivery", "\"配達済み\"なのに届いていませんでした。")
	learn("bad delivery", "一日中待っていましたが、誰も来ませんでした。")
	learn("bad delivery", "箱がつぶれて濡れていました。")
	learn("bad delivery", "送料1,200円でこの遅さは納得できません。")
	learn("bad returns", "返金まで5週間もかかりました。")
	learn("bad returns", "返品の書類を印刷できず、あきらめました。")
	learn("bad returns", "返送料を引かれるとは知りませんでした。")
	learn("bad support", "電話が40分つながりませんでした。")
	learn("bad support", "同じ説明を三人にしなければなりませんでした。")
	learn("bad support", "チャットの返事が的外れでした。")

	learn("wish", "配達の時間を選べるようにしてください。")
	learn("wish", "メールに返事をいただきたいです。")
	learn("wish", "要望:\n・時間指定\n・返信の早さ")
	learn("bye", "これからもよろしくお願いします。")
	learn("bye", "また利用します。")
	learn("nothing", "特になし")
	learn("nothing", "なし")
}
