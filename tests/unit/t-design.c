/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/design.h"
#include "tests/lib/check.h"
#include "tests/lib/survey.h"

#include <float.h>
#include <stdlib.h>

static const double EXACT = 1e-9, ROUNDING = 1e-13;
enum { VALUES = 7 }; /* of y, from -1 to 5 */

/* ---- a domain of the survey ---- */

struct domain {
	struct cx_design design;
	uint64_t count[SURVEY_N];
	size_t stratum[SURVEY_N];
	double w[SURVEY_N], wy[SURVEY_N], z[SURVEY_N];
	struct cx_design_psus psus;
	struct cx_design_tally tallies[VALUES];
};

static void add_tally(struct domain *d, double y, double w)
{
	struct cx_design_tally *t = &d->tallies[(size_t)(y + 1)];

	t->y = y;
	t->n++;
	t->w += w;
	t->ww += w * w;
}

static struct domain domain(const char *design, const char *y, int group)
{
	struct domain d = { 0 };

	d.psus.n = survey_psus(design, d.stratum, d.count);
	for (size_t i = 0; i < SURVEY_N; i++) {
		const struct survey_record *r = &survey[i];
		size_t psu = survey_psu(design, i);

		if (!survey_inside(r, group))
			continue;
		d.w[psu] += r->w;
		d.wy[psu] += r->w * survey_y(r, y);
		add_tally(&d, survey_y(r, y), r->w);
	}
	d.design.n_strata = survey_n_strata(design);
	return d;
}

/* Its pointers, once it stays where it is. */
static void settle(struct domain *d)
{
	d->design.n_psu = d->count;
	d->psus.stratum = d->stratum;
	d->psus.w = d->w;
	d->psus.wy = d->wy;
}

static struct cx_design_mean mean_of(const struct domain *d)
{
	struct cx_design_mean m = { 0 };
	struct cx_err err;

	if (cx_design_psu_mean(&d->design, &d->psus, &m, &err) < 0)
		check_note("%s", err.what);
	return m;
}

/* ---- against R ---- */

/*
 * R 4.2.2, survey 4.1-1: svydesign(~1, weights = ~w), with strata = ~stratum,
 * with ids = ~cluster; subset(group == ...), or all for -1; svymean with deff
 * = "replace" and TRUE, degf. Made by tests/oracles/design.R.
 */
struct expected {
	const char *design, *y;
	int group;
	double mean, se, replace, without;
	uint64_t df, df_domain;
};

static const struct expected r_survey[] = {
	{ "W", "nps", -1, -0.350209150891, 0.0594006026281, 1.25329949695,
	    2.59744052505, 239, 239 },
	{ "W", "nps", 0, -0.366997389034, 0.0922010466069, 1.27743648601,
	    2.76417047537, 239, 102 },
	{ "W", "nps", 1, -0.325563325563, 0.0936184755347, 1.18963498236,
	    2.37689544381, 239, 89 },
	{ "W", "nps", 2, -0.363517915309, 0.138129850294, 1.26799139101,
	    2.58940148807, 239, 46 },
	{ "W", "csat", -1, 2.99657165035, 0.0756817881159, 1.14161750566,
	    2.36598161933, 239, 239 },
	{ "W", "csat", 0, 2.98496083551, 0.120739916774, 1.13948915327,
	    2.4656742695, 239, 102 },
	{ "W", "csat", 1, 2.97408147408, 0.113836877624, 1.0500188169,
	    2.09794178787, 239, 89 },
	{ "W", "csat", 2, 3.06471226927, 0.180501907603, 1.28075418375,
	    2.61546475218, 239, 46 },
	{ "S", "nps", -1, -0.350209150891, 0.0597337843895, 1.26739860107,
	    2.62666066317, 236, 236 },
	{ "S", "nps", 0, -0.366997389034, 0.0918096158569, 1.26661304029,
	    2.74075025103, 236, 99 },
	{ "S", "nps", 1, -0.325563325563, 0.0937835549342, 1.19383409737,
	    2.38528529235, 236, 86 },
	{ "S", "nps", 2, -0.363517915309, 0.137596869555, 1.25822505659,
	    2.56945737721, 236, 43 },
	{ "S", "csat", -1, 2.99657165035, 0.0761440691526, 1.15560660232,
	    2.394973769, 236, 236 },
	{ "S", "csat", 0, 2.98496083551, 0.120723786764, 1.13918471801,
	    2.46501551976, 236, 99 },
	{ "S", "csat", 1, 2.97408147408, 0.114027223816, 1.05353321726,
	    2.10496357381, 236, 86 },
	{ "S", "csat", 2, 3.06471226927, 0.180687501883, 1.28338931217,
	    2.62084602331, 236, 43 },
	{ "C", "nps", -1, -0.350209150891, 0.0691874337412, 1.7003080384,
	    3.52385763719, 39, 39 },
	{ "C", "nps", 0, -0.366997389034, 0.103106213315, 1.59748683905,
	    3.45670880992, 39, 35 },
	{ "C", "nps", 1, -0.325563325563, 0.0864806817019, 1.01514669618,
	    2.02826715145, 39, 35 },
	{ "C", "nps", 2, -0.363517915309, 0.131357066937, 1.14669549892,
	    2.3416996774, 39, 19 },
	{ "C", "csat", -1, 2.99657165035, 0.0912676395895, 1.66024235135,
	    3.4408222259, 39, 39 },
	{ "C", "csat", 0, 2.98496083551, 0.129322475807, 1.30724344225,
	    2.82866801346, 39, 35 },
	{ "C", "csat", 1, 2.97408147408, 0.096414424127, 0.753208400007,
	    1.50491339003, 39, 35 },
	{ "C", "csat", 2, 3.06471226927, 0.209670795725, 1.72813663895,
	    3.52907726047, 39, 19 },
	{ "SC", "nps", -1, -0.350209150891, 0.0717963669762, 1.83095681369,
	    3.79462485947, 36, 36 },
	{ "SC", "nps", 0, -0.366997389034, 0.101869345177, 1.55938963578,
	    3.37427248872, 36, 32 },
	{ "SC", "nps", 1, -0.325563325563, 0.086881682435, 1.0245827538,
	    2.04712043224, 36, 32 },
	{ "SC", "nps", 2, -0.363517915309, 0.127541208454, 1.08104127983,
	    2.20762531869, 36, 16 },
	{ "SC", "csat", -1, 2.99657165035, 0.0949171154908, 1.7956715999,
	    3.72149689248, 36, 36 },
	{ "SC", "csat", 0, 2.98496083551, 0.130322756343, 1.32754412394,
	    2.87259547723, 36, 32 },
	{ "SC", "csat", 1, 2.97408147408, 0.0963004748656, 0.75142906412,
	    1.50135826983, 36, 32 },
	{ "SC", "csat", 2, 3.06471226927, 0.21316002554, 1.78613268722,
	    3.64751264952, 36, 16 },
};

static void compare(const struct expected *want)
{
	struct domain d = domain(want->design, want->y, want->group);
	struct cx_design_mean m;
	struct cx_design_effect e;
	char name[64];

	settle(&d);
	m = mean_of(&d);
	e = cx_design_effect(d.tallies, VALUES, m.se);
	snprintf(name, sizeof(name), "%s %s group %d", want->design, want->y,
	    want->group);
	check_rel(m.mean, want->mean, EXACT, "%s: mean", name);
	check_rel(m.se, want->se, EXACT, "%s: se", name);
	check_rel(e.with_replacement, want->replace, EXACT,
	    "%s: deff, with replacement", name);
	check_rel(e.without, want->without, EXACT, "%s: deff", name);
	check(m.df == want->df && m.df_domain == want->df_domain,
	    "%s: degrees of freedom", name);
}

static void test_r(void)
{
	for (size_t i = 0; i < sizeof(r_survey) / sizeof(*r_survey); i++)
		compare(&r_survey[i]);
}

/* R: sum(w)^2 / sum(w^2), length(w) * sum(w^2) / sum(w)^2 */
static void test_kish(void)
{
	static const double want[][2] = {
		{ 198.041979117, 1.21186427782 },
		{ 84.1425466714, 1.22411317549 },
		{ 75.8797501343, 1.18608719508 },
		{ 38.1383092084, 1.23235667693 },
	};

	for (int group = -1; group < SURVEY_GROUPS; group++) {
		struct domain d = domain("S", "csat", group);
		struct cx_design_effect e =
		    cx_design_effect(d.tallies, VALUES, 1);

		check_rel(e.n_eff, want[group + 1][0], EXACT,
		    "effective size, group %d", group);
		check_rel(e.kish, want[group + 1][1], EXACT,
		    "Kish's design effect, group %d", group);
	}
}

/* Weights whose sum is below n are not those of a population. */
static void test_effects(void)
{
	struct cx_design_tally t[] = { { 0, 3, 1.5, .75 }, { 1, 1, .5, .25 } };
	struct cx_design_effect e = cx_design_effect(t, 2, .25);

	check_int((intmax_t)e.n, 4, "records");
	check_rel(e.n_eff, 4, ROUNDING, "equal weights: effective size");
	/* s^2 / n = (3/4 * 1/4 * 4/3) / 4 = 1/16 */
	check_rel(e.with_replacement, 1, ROUNDING, "design effect of 1");
	check(isnan(e.without), "small weights: no design effect");
	t[0].w *= 4, t[1].w *= 4;
	t[0].ww *= 16, t[1].ww *= 16;
	e = cx_design_effect(t, 2, .25);
	/* 1 - n / sum(w) = 1/2 */
	check_rel(e.without, 2, ROUNDING, "design effect, half the population");
	e = cx_design_effect(t, 0, .25);
	check(e.n == 0 && e.n_eff == 0 && isnan(e.kish) &&
	          isnan(e.with_replacement),
	    "no record: no design effect");
}

/* ---- strata of one cluster ---- */

/* As alone in design.R: one cluster is moved to a stratum of its own. */
static void isolate(struct domain *d)
{
	d->count[d->stratum[SURVEY_ALONE]]--;
	d->stratum[SURVEY_ALONE] = SURVEY_STRATA;
	d->count[SURVEY_STRATA] = 1;
	d->design.n_strata = SURVEY_STRATA + 1;
}

static void test_lonely(void)
{
	static const bool fails[] = { true, false, true, true };

	for (int group = -1; group < SURVEY_GROUPS; group++) {
		struct domain d = domain("SC", "nps", group);
		struct cx_design_mean m = { .se = 17 };
		struct cx_err err;
		int status;

		settle(&d);
		isolate(&d);
		status = cx_design_psu_mean(&d.design, &d.psus, &m, &err);
		check_int(status, fails[group + 1] ? -1 : 0,
		    "lonely cluster, group %d: status", group);
		check(!fails[group + 1] || m.se == 17,
		    "lonely cluster, group %d: out is left alone", group);
	}
}

static void test_messages(void)
{
	static const struct cx_str names[] = { { "north", 5 }, { "sea", 3 } };
	static const size_t stratum[] = { 0, 0, 0, 0, 1 };
	static const double w[] = { 1, 1, 1, 1, 1 }, wy[] = { 1, 1, 0, 0, 0 };
	static const uint64_t few[] = { 3, 1 }, alone[] = { 4, 1 };
	struct cx_design_psus all = { 5, stratum, w, wy };
	struct cx_design_psus north = { 4, stratum, w, wy };
	struct cx_design design = { 2, few, NULL };
	struct cx_design_mean m;
	struct cx_err err;

	check_int(cx_design_psu_mean(&design, &all, &m, &err), -1,
	    "more records than the stratum has");
	check_str(err.what, "stratum 0 has fewer sampling units than are given",
	    "message");
	check_int(err.status, CX_DATA, "status");
	design = (struct cx_design){ 2, alone, names };
	check_int(
	    cx_design_psu_mean(&design, &all, &m, &err), -1, "lonely record");
	check_str(err.what,
	    "stratum \"sea\" has only one sampling unit, which shows no variance: "
	    "join it with another stratum",
	    "message with a name");
	check_int(cx_design_psu_mean(&design, &north, &m, &err), 0,
	    "lonely record outside of the domain");
	check_int((intmax_t)m.df, 3, "lonely record: df");
}

/* ---- shapes ---- */

/* R: svymean(~y, design, na.rm = TRUE), y missing in three clusters. */
static void test_holes(void)
{
	struct domain d = domain("SC", "nps", -1);
	struct cx_design_mean m;
	size_t n = 0;

	settle(&d);
	for (size_t i = 0; i < d.psus.n; i++)
		if (i == 3 || i == 11 || i == 20)
			d.w[i] = d.wy[i] = 0;
	m = mean_of(&d);
	check_rel(m.mean, -0.370644668778, EXACT, "without scores: mean");
	check_rel(m.se, 0.0748404987899, EXACT, "without scores: se");
	check_int((intmax_t)m.df_domain, 33, "without scores: df");
	for (size_t i = 0; i < d.psus.n; i++) {
		if (d.w[i] == 0)
			continue;
		d.stratum[n] = d.stratum[i];
		d.w[n] = d.w[i];
		d.wy[n++] = d.wy[i];
	}
	d.psus.n = n;
	check_rel(mean_of(&d).se, m.se, ROUNDING, "left out: same se");
	check_int((intmax_t)mean_of(&d).df, 36, "left out: same df");
}

/* R: svyrecvar of the difference of the linearised values. */
static void test_difference(void)
{
	struct domain a = domain("SC", "nps", 0), b = domain("SC", "nps", 1);
	struct cx_err err;
	double variance;

	settle(&a);
	settle(&b);
	cx_design_psu_linearise(&a.psus, a.z);
	cx_design_psu_linearise(&b.psus, b.z);
	for (size_t i = 0; i < a.psus.n; i++) {
		a.z[i] -= b.z[i];
		a.w[i] += b.w[i];
	}
	cx_design_psu_variance(&a.design, &a.psus, a.z, &variance, &err);
	check_rel(sqrt(variance), 0.117629167222, EXACT, "difference: se");
	a.psus.w = NULL;
	cx_design_psu_variance(&a.design, &a.psus, a.z, &variance, &err);
	check_rel(sqrt(variance), 0.117629167222, EXACT,
	    "difference, from all clusters: se");
}

static void test_none(void)
{
	struct domain d = domain("SC", "nps", 99);
	struct cx_design_mean m;

	settle(&d);
	m = mean_of(&d);
	check(isnan(m.mean) && isnan(m.se) && m.weight == 0, "no weight: NaN");
	check(m.df == 36 && m.df_domain == 0, "no weight: df");
	d.psus.n = 0;
	check(isnan(mean_of(&d).se), "empty: NaN");
}

/* One stratum needs no numbers. */
static void test_no_strata(void)
{
	struct domain d = domain("C", "csat", 1);
	double se;

	settle(&d);
	se = mean_of(&d).se;
	d.psus.stratum = NULL;
	check(mean_of(&d).se == se, "no stratum given");
}

/* ---- numbers ---- */

/* Without weights: the textbook's standard error of a mean, 100 records. */
static void test_unweighted(void)
{
	static const struct cx_design_tally t[] = { { -1, 10, 10, 10 },
		{ 0, 20, 20, 20 }, { 1, 70, 70, 70 } };
	static const uint64_t n = 100;
	struct cx_design design = { 1, &n, NULL };
	double w[100], y[100];
	struct cx_design_psus psus = { 100, NULL, w, y };
	struct cx_design_mean m;
	struct cx_err err;

	for (size_t i = 0; i < n; i++) {
		w[i] = 1;
		y[i] = i < 10 ? -1 : i < 30 ? 0 : 1;
	}
	cx_design_psu_mean(&design, &psus, &m, &err);
	check_rel(m.mean, .6, ROUNDING, "unweighted: mean");
	/* sqrt((.8 - .36) / 99) */
	check_rel(m.se, sqrt(.44 / 99), ROUNDING, "unweighted: se");
	check_rel(m.weight, 100, ROUNDING, "unweighted: weight");
	check_rel(cx_design_effect(t, 3, m.se).with_replacement, 1, ROUNDING,
	    "unweighted: design effect");
}

/* All answers alike: no variance. The sums are exact, and so is this. */
static void test_alike(void)
{
	static const size_t stratum[] = { 0, 0, 0, 1, 1, 1 };
	static const double w[] = { .25, .25, .25, .5, .5, 4 },
	                    wy[] = { 1.25, 1.25, 1.25, 2.5, 2.5, 20 };
	static const uint64_t n[] = { 7, 9 };
	struct cx_design design = { 2, n, NULL };
	struct cx_design_psus psus = { 6, stratum, w, wy };
	struct cx_design_mean m;
	struct cx_err err;

	cx_design_psu_mean(&design, &psus, &m, &err);
	check_abs(m.mean, 5, 0, "all alike: mean");
	check_abs(m.se, 0, 0, "all alike: se");
}

/* y far from 0: the error in w y is all that may be left. */
static void test_shifted(void)
{
	static const double far = 1e6;
	struct domain d = domain("SC", "csat", 0);
	double se;

	settle(&d);
	se = mean_of(&d).se;
	for (size_t i = 0; i < d.psus.n; i++)
		d.wy[i] += far * d.w[i];
	check_rel(mean_of(&d).se, se, far * DBL_EPSILON * 100, "shifted: se");
}

/* So many clusters that sums would drift. */
static void test_many(void)
{
	enum { MANY = 1000000 };
	double *w = malloc(MANY * sizeof(*w)), *wy = malloc(MANY * sizeof(*w));
	static const uint64_t n = MANY;
	struct cx_design design = { 1, &n, NULL };
	struct cx_design_psus psus = { MANY, NULL, w, wy };
	struct cx_design_mean m;
	struct cx_err err;

	for (size_t i = 0; i < MANY; i++) {
		w[i] = .1;
		wy[i] = i % 2 ? .1 : .3;
	}
	cx_design_psu_mean(&design, &psus, &m, &err);
	check_rel(m.mean, 2, 4 * DBL_EPSILON, "a million: mean");
	check_rel(m.weight, 1e5, 4 * DBL_EPSILON, "a million: weight");
	check_rel(m.se, sqrt(1. / (MANY - 1)), ROUNDING, "a million: se");
	free(w);
	free(wy);
}

int main(void)
{
	survey_make();
	test_r();
	test_kish();
	test_effects();
	test_lonely();
	test_messages();
	test_holes();
	test_difference();
	test_none();
	test_no_strata();
	test_unweighted();
	test_alike();
	test_shifted();
	test_many();
	return check_done();
}
