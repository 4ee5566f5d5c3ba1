/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quintiles, scores and segments against R 4.2.2: tests/oracles/rfm.R. */
#include "libcx/model/rfm.h"
#include "tests/lib/check.h"

/* Segments of the scores 1,1,1 to 5,5,5, money fastest: a is the first. */
static const char triples[] =
    "jjjjjjjjggjjhffjjhffjjhggiiiikicccgicccfkcccfkkhggiidddicccdibbbbkbbbb"
    "kbbbbeedddecccdebbbbkbbbbkbbbbeeeeeeeeeeebbbbkbbbbkbbba";
static const char *const names[] = { "Champions", "Potential Loyalist", "Loyal",
	"Promising", "New", "Can't Lose Them", "At Risk", "Need Attention",
	"About To Sleep", "Lost", "Others" };

static void check_segments(void)
{
	const char *want = triples;

	for (int r = 1; r <= 5; r++)
		for (int f = 1; f <= 5; f++)
			for (int m = 1; m <= 5; m++)
				check_str(cx_rfm_segment(r, f, m),
				    names[*want++ - 'a'], "%d %d %d", r, f, m);
}

/* R: quantile(c(3,1,4,1,5,9,2,6,5,3,5), 1:4/5), findInterval(left.open) */
static void check_quintiles(void)
{
	double x[] = { 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5 }, y[] = { 7, 2 };
	double one[] = { 4 };
	struct cx_rfm_cuts cuts = cx_rfm_quintiles(x, 11);

	check_rel(cuts.at[0], 2, 0, "first");
	check_rel(cuts.at[1], 3, 0, "second");
	check_rel(cuts.at[2], 5, 0, "third");
	check_rel(cuts.at[3], 5, 0, "fourth");
	check_int(cx_rfm_score(&cuts, 1), 1, "below all");
	check_int(cx_rfm_score(&cuts, 2), 1, "at the first");
	check_int(cx_rfm_score(&cuts, 2.1), 2, "above it");
	check_int(cx_rfm_score(&cuts, 4.9), 3, "between");
	check_int(cx_rfm_score(&cuts, 5), 3, "at two that are equal");
	check_int(cx_rfm_score(&cuts, 9), 5, "above all");
	cuts = cx_rfm_quintiles(y, 2);
	for (int k = 1; k <= 4; k++)
		check_abs(cuts.at[k - 1], 2 + k, 1e-12, "of two, %d", k);
	cuts = cx_rfm_quintiles(one, 1);
	check_int(cx_rfm_score(&cuts, 4), 1, "of one: the lowest");
}

int main(void)
{
	check_segments();
	check_quintiles();
	return check_done();
}
