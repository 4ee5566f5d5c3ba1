/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_COMPARE_H
#define CX_MODEL_COMPARE_H

#include "libcx/model/mean.h"
#include "libcx/model/nps.h"
#include "libcx/model/proportion.h"

/*
 * Two independent samples, a less b, in the unit of their estimates.
 * When a or b has no answer, all but df is NaN. statistic and p are NaN also
 * where se is 0 or NaN: there is nothing to test by, and so no test, however
 * far the two lie apart. cx_adjust_bh and cx_adjust_holm leave those out.
 */
struct cx_comparison {
	double difference;
	double se;        /* what statistic divides the difference by */
	double statistic; /* with the sign of difference: z, or Student's t */
	double df;        /* degrees of freedom of t; infinity for z */
	double p;         /* two-sided, from the tail itself */
	double lo, hi;    /* interval of difference */
};

/* Where one sample has fewer answers there is no test. */
enum { CX_COMPARE_FEWEST = 5 };

/*
 * Difference of two Net Promoter Scores, on the scale -200 to 200.
 *   level    two-sided coverage, in (0, 1)
 *   method   of the two single intervals that the interval is made of; where
 *            users have not chosen, pass CX_NPS_SCORE
 * z is the difference over the root of the sum of the squared standard
 * errors, which are Wald's. Where a sample has fewer than CX_NPS_SMALL answers
 * or none in a class, both samples are taken as cx_nps_adjusted has them, for
 * one without spread would make any difference certain; and where one has
 * fewer than CX_COMPARE_FEWEST, it is not tested. The interval is MOVER
 * (libcx/model/interval.h) from the single ones cut at -100 and 100; so it and
 * p can disagree where both are close to the limit.
 * Source: Zou and Donner 2008, Statistics in Medicine 27(10), 1693-1702.
 * Check: tests/unit/t-compare.c.
 */
struct cx_comparison cx_compare_nps(const struct cx_nps *a,
    const struct cx_nps *b, double level, enum cx_nps_method method);

/*
 * Difference of two means: Welch's t test and interval, of unequal variances.
 *   level   two-sided coverage, in (0, 1)
 * All but difference is NaN when a or b has fewer than two answers. Alike
 * answers and few of them are taken as cx_compare_measured says.
 * Source: Welch 1947, Biometrika 34(1/2), 28-35.
 * Check: R t.test; tests/unit/t-compare.c.
 */
struct cx_comparison cx_compare_means(
    const struct cx_mean *a, const struct cx_mean *b, double level);

/*
 * A difference with its standard error, by Student's t with df degrees of
 * freedom: p and interval. All but difference is NaN when se or df is; all but
 * difference, se and df when se is 0, which tells of no error.
 */
struct cx_comparison cx_compare_by_t(
    double difference, double se, double df, double level);

/*
 * An estimate, its standard error, the degrees of freedom behind that: one
 * less than there are answers.
 */
struct cx_measured {
	double x, se, df;
};

/*
 * Difference of two independent estimates: the same with the degrees of
 * freedom of Welch and Satterthwaite. Of two where one has no spread, se being
 * 0 but for rounding, this one is taken to vary as the other does, answer by
 * answer: a handful that are alike would be certain of any difference. There
 * is no test where one has fewer than CX_COMPARE_FEWEST answers.
 * Source: Satterthwaite 1946, Biometrics Bulletin 2(6), 110-114.
 */
struct cx_comparison cx_compare_measured(
    struct cx_measured a, struct cx_measured b, double level);

/*
 * Difference of two proportions, in [-1, 1]: z with the variance of the
 * pooled sample, whose square is Pearson's chi-square without correction, and
 * Newcombe's interval (libcx/model/proportion.h).
 *   level   two-sided coverage, in (0, 1)
 * se is 0 and there is no test when all answers of both are alike. Where fewer
 * than 5 hits or misses of a or b are expected, p is not of z, which is certain
 * of a few answers by then, but of Fisher's exact test (libcx/model/fisher.h).
 * Source: Pearson 1900, Philosophical Magazine 50(302), 157-175; the bound,
 * Cochran 1954, Biometrics 10(4), 417-451.
 * Check: R prop.test(correct = FALSE), fisher.test; tests/unit/t-compare.c.
 */
struct cx_comparison cx_compare_proportions(
    const struct cx_proportion *a, const struct cx_proportion *b, double level);

/* Do groups differ at all? q and p are NaN unless two groups are used. */
struct cx_omnibus {
	double q;
	size_t n_used; /* groups; one degree of freedom less */
	double p;      /* upper tail */
};

/*
 * Cochran's Q: the sum of w (x - m)^2 with w = 1 / se^2 and m the mean of x
 * weighted by w.
 *   x    estimates of n independent groups, in one unit
 *   se   their standard errors
 *   df   degrees of freedom of these, or NULL where they are known so well that
 *        q is of chi-square
 * A group is left out when its x is NaN (no answer) or its se is 0 (all
 * answers alike: no weight can be given) or NaN; n_used says how many remain.
 * With df p is that of Welch, by F, so of two groups that of
 * cx_compare_measured.
 * Source: Cochran 1954, Biometrics 10(1), 101-129; Welch 1951, Biometrika
 * 38(3/4), 330-336.
 * Check: R oneway.test; tests/unit/t-compare.c.
 */
struct cx_omnibus cx_compare_omnibus(
    const double *x, const double *se, const double *df, size_t n);

/*
 * The same of Net Promoter Scores, taken as cx_compare_nps takes two: all of
 * them as cx_nps_adjusted has them where one is small. With their own standard
 * errors Q would find a difference where there is none, of a dozen groups with
 * ten answers each in one case of four. Groups of fewer than CX_COMPARE_FEWEST
 * answers are left out. Of two groups q is the square of cx_compare_nps's z.
 */
struct cx_omnibus cx_compare_all_nps(const struct cx_nps *groups, size_t n);

/*
 * The same of proportions: Pearson's chi-square of the table of hits and
 * misses, which needs no standard errors. Groups of fewer than
 * CX_COMPARE_FEWEST answers are left out, and those of whose hits or misses
 * less than 1 is expected, by the share of all groups: with them chi-square
 * finds a difference where there is none, of one large group and some of five
 * answers, 99 of 100 being hits, in one case of four (Cochran 1954, Biometrics
 * 10(4), 417-451). q and p are NaN too when all answers of the others are
 * alike. Of two groups q is the square of cx_compare_proportions's z.
 * Check: R prop.test, chisq.test; tests/unit/t-compare.c.
 */
struct cx_omnibus cx_compare_all_proportions(
    const struct cx_proportion *groups, size_t n);

#endif
