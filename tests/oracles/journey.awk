# SPDX-License-Identifier: GPL-3.0-or-later
#
# journey.awk - edges, paths and cases of a stream, in the plainest way.
#
#   awk -v view=edges|paths|cases|handoffs -f journey.awk FILE
#
# FILE is TSV with the columns customer, time (in UTC) and touchpoint, without
# escapes. It is what tests/cmd/journey.t compares cx-journey with; mktime()
# is gawk's.

function seconds(t) {
	gsub(/[-T:Z]/, " ", t)
	return mktime(t, 1)
}

# R's type 7 quantile of v[1..n], which is sorted.
function quantile(v, n, p,	h, k) {
	h = (n - 1) * p + 1
	k = int(h)
	return k < n ? v[k] + (h - k) * (v[k + 1] - v[k]) : v[n]
}

function edge(from, to, who) {
	n[from "\t" to]++
	out[from]++
	if (!((from, to, who) in seen)) {
		seen[from, to, who]
		by[from "\t" to]++
	}
}

BEGIN { FS = OFS = "\t" }

NR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}

{
	who[NR] = $at["customer"]
	when[NR] = seconds($at["time"])
	what[NR] = $at["touchpoint"]
	via[NR] = $at["channel"]
	line[NR - 1] = sprintf("%s\t%015d\t%09d", who[NR], when[NR], NR)
}

END {
	m = asort(line)
	for (i = 1; i <= m; i++) {
		split(line[i], f, "\t")
		r = f[3] + 0
		if (i > 1 && who[r] == last_who)
			pair[via[last_r] "\t" via[r]]++
		before = spot[who[r], what[r]]
		if (before && via[before] != via[r] &&
		    when[r] - when[before] <= 7 * 86400)
			again[via[before] "\t" via[r]]++
		spot[who[r], what[r]] = last_r = r
		if (i == 1 || who[r] != last_who) {
			if (i > 1) {
				edge(last, "(end)", last_who)
				done()
			}
			edge("(start)", what[r], who[r])
			path = what[r]
			size = 1
			first = when[r]
		} else {
			edge(last, what[r], who[r])
			k = last "\t" what[r]
			times[k, ++n_times[k]] = when[r] - last_when
			# cx-journey cuts the text of a path there.
			if (++size <= 101)
				path = path " > " (size == 101 ? "..." : what[r])
		}
		last = what[r]
		last_who = who[r]
		last_when = when[r]
	}
	edge(last, "(end)", last_who)
	done()
	if (view == "edges")
		print_edges()
	if (view == "paths")
		print_paths()
	if (view == "handoffs")
		print_pairs()
}

# One customer's journey is over.
function done() {
	paths[path]++
	length_of[path] = size
	if (view == "cases")
		print last_who, last_when - first, size
}

function print_edges(	e, f, i, v, sum, c) {
	c = "LC_ALL=C sort"
	for (e in n) {
		split(e, f, "\t")
		delete v
		sum = 0
		for (i = 1; i <= n_times[e]; i++)
			sum += v[i] = times[e, i]
		asort(v)
		printf "%s\t%d\t%d\t%.4f\t", e, n[e], by[e],
			100 * n[e] / out[f[1]] | c
		if (n_times[e])
			printf "%.1f\t%.1f\t%.1f\n", quantile(v, n[e], 0.5),
				quantile(v, n[e], 0.9), sum / n[e] | c
		else
			printf "\t\t\n" | c
	}
	close(c)
}

function print_pairs(	p, c) {
	c = "LC_ALL=C sort"
	for (p in pair)
		print p, pair[p], again[p] + 0 | c
	close(c)
}

function print_paths(	p, c) {
	c = "LC_ALL=C sort -t '\t' -k1,1nr -k3"
	for (p in paths)
		print paths[p], length_of[p], p | c
	close(c)
}
