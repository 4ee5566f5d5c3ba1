# SPDX-License-Identifier: GPL-3.0-or-later
# What of the masked counts in cards (TSV of cx-persona --cards) follows from
# the counts, shares, indices and intervals that are printed: those below min.
# All are taken to have answered everything. awk -F '\t' -v min=5 -f this
function known(x) { return x ~ /^[0-9]+$/ }
function round(x) { return int(x + .5) }
# n of a Wilson interval of 0 of n: hi = z^2 / (n + z^2)
function base(hi) { return round(3.841458820694124 * (100 / hi - 1)) }
function learn(key, n, how) {
	if (key in at && at[key] != "") return
	at[key] = n
	news = 1
	split(key, part, SUBSEP)
	if (n > 0 && n < min && !(part[1] == "amount" && part[3] == "(others)")) print part[1] "\t" part[2] "\t" part[3] "\t" n "\t" how
}
# The one unknown of a line, or all of them where what is left is nothing, or
# one for each.
function solve(line, total, i, n, left, unknown, key) {
	left = total
	n = split(lines[line], unknown, "\n")
	cells = 0
	for (i = 1; i < n; i++) {
		key = unknown[i]
		if (key in at && at[key] != "") left -= at[key]
		else open[++cells] = key
	}
	if (cells == 0) return
	if (cells == 1 || left == 0) for (i = 1; i <= cells; i++) learn(open[i], cells == 1 ? left : 0, line)
	else if (left == cells && !zeros) for (i = 1; i <= cells; i++) learn(open[i], 1, line)
}
function sum_of(line, n, i, unknown, sum) {
	n = split(lines[line], unknown, "\n")
	for (i = 1; i < n; i++) {
		if (at[unknown[i]] == "") return -1
		sum += at[unknown[i]]
	}
	return sum
}
NR == 1 { next }
{
	attribute = $2
	if (attribute == "size") {
		order[++n_personas] = $1
		size[$1] = known($4) ? $4 : ""
		if ($5 > 0) all = round($4 * 100 / $5)
	}
}
attribute == "size" || attribute == "customers" || attribute == "amount" {
	value = ""
	if ($5 > 0 && attribute != "amount") total["parts" attribute] = round($4 * 100 / $5)
	if ($5 > 0 && attribute == "amount") total["parts" attribute] = 1
	if ($5 == "0.0000" && $8 > 0) total["parts" attribute] = base($8)
	# An amount is its share of one.
	key = attribute SUBSEP SUBSEP $1
	lines["parts" attribute] = lines["parts" attribute] key "\n"
	at[key] = known($4) ? (attribute == "amount" ? $5 / 100 : $4) : ""
	seen[attribute, $1] = 1
	next
}
$10 != "" && $3 != "" && ($5 != "" || $4 !~ /^[1-9]/) {
	attributes[$2] = 1
	key = $2 SUBSEP $3 SUBSEP $1
	at[key] = known($4) ? $4 : ""
	values[$2, $3] = 1
	shown[$1] = 1
	lines["of" $2 SUBSEP $1] = lines["of" $2 SUBSEP $1] key "\n"
	lines["is" $2 SUBSEP $3] = lines["is" $2 SUBSEP $3] key "\n"
	if ($5 > 0) total["of" $2 SUBSEP $1] = round($4 * 100 / $5)
	if ($5 == "0.0000" && $8 > 0) total["of" $2 SUBSEP $1] = base($8)
	if ($6 > 0) total["is" $2 SUBSEP $3] = round($5 * all / $6)
}
END {
	# Personas without a card are one more, of all attributes.
	for (i = 1; i <= n_personas; i++) if (!(order[i] in shown)) rest = rest " " order[i]
	for (v in values) {
		split(v, part, SUBSEP)
		if (rest == "") continue
		key = part[1] SUBSEP part[2] SUBSEP "(others)"
		at[key] = ""
		lines["is" v] = lines["is" v] key "\n"
		lines["of" part[1] SUBSEP "(others)"] = lines["of" part[1] SUBSEP "(others)"] key "\n"
	}
	for (a in attributes) for (i = 1; i <= n_personas; i++)
		if (order[i] in shown && size[order[i]] != "" && !(("of" a SUBSEP order[i]) in total))
			total["of" a SUBSEP order[i]] = size[order[i]]
	split("customers amount", kinds, " ")
	for (k in kinds) if (rest != "") {
		key = kinds[k] SUBSEP SUBSEP "(others)"
		at[key] = ""
		lines["parts" kinds[k]] = lines["parts" kinds[k]] key "\n"
	}
	do {
		news = 0
		for (line in total) {
			zeros = line ~ /^parts/ || line ~ /others/
			solve(line, total[line])
		}
	} while (news)
}
