/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/domains.h"
#include "libcx/model/rake.h"
#include "tests/lib/check.h"
#include "tests/lib/survey.h"

static const double EXACT = 1e-9, ROUNDING = 1e-13;

static const struct cx_rake_rule strict = { 1e-9, 1e-15, 1000 };

static const struct cx_str labels[] = { { "a", 1 }, { "b", 1 }, { "c", 1 },
	{ "d", 1 }, { "e", 1 }, { "f", 1 }, { "g", 1 }, { "h", 1 },
	{ "i", 1 } };

/* ---- margins ---- */

enum { MOST_MARGINS = 3, CROSSED = 9, CELLS = 48, UNKNOWN = -1 };

static const double channel_shares[] = { .4, .35, .25 },
                    age_shares[] = { .3, .3, .2, .2 },
                    band_shares[] = { .22, .26, .24, .28 },
                    crossed_shares[] = { 1 / 45., 2 / 45., 3 / 45., 4 / 45.,
	                    5 / 45., 6 / 45., 7 / 45., 8 / 45., 9 / 45. };

/* Cells of channel and age that occur, by age first, as R lists them. */
static size_t crossed(const struct survey_record *r)
{
	static const int numbers[SURVEY_AGES][SURVEY_CHANNELS] = {
		{ 0, UNKNOWN, 1 },
		{ 2, 3, UNKNOWN },
		{ 4, 5, 6 },
		{ UNKNOWN, 7, 8 },
	};

	return (size_t)numbers[r->age][r->channel];
}

static size_t channel(const struct survey_record *r)
{
	return r->channel;
}

static size_t age(const struct survey_record *r)
{
	return r->age;
}

static size_t band(const struct survey_record *r)
{
	return r->band;
}

/* A way to adjust: its margins, and where a record belongs. */
struct how {
	const char *name;
	enum cx_rake_residuals residuals;
	size_t n_margins;
	struct cx_rake_margin margins[MOST_MARGINS];
	size_t (*category[MOST_MARGINS])(const struct survey_record *);
};

#define CHANNEL                                                                \
	{                                                                      \
		{ "channel", 7 }, SURVEY_CHANNELS, labels, channel_shares      \
	}
#define AGE                                                                    \
	{                                                                      \
		{ "age", 3 }, SURVEY_AGES, labels, age_shares                  \
	}
#define BAND                                                                   \
	{                                                                      \
		{ "band", 4 }, SURVEY_AGES, labels, band_shares                \
	}
#define CROSS                                                                  \
	{                                                                      \
		{ "cross", 5 }, CROSSED, labels, crossed_shares                \
	}

static const struct how hows[] = {
	{ "post 1", CX_RAKE_BY_WEIGHT, 1, { CHANNEL }, { channel } },
	{ "post 2", CX_RAKE_BY_WEIGHT, 1, { CROSS }, { crossed } },
	{ "rake", CX_RAKE_BY_COUNT, 2, { CHANNEL, AGE }, { channel, age } },
	{ "calibrate", CX_RAKE_BY_WEIGHT, 2, { CHANNEL, AGE },
	    { channel, age } },
	{ "rake 3", CX_RAKE_BY_COUNT, 3, { CHANNEL, AGE, BAND },
	    { channel, age, band } },
	{ "calibrate 3", CX_RAKE_BY_WEIGHT, 3, { CHANNEL, AGE, BAND },
	    { channel, age, band } },
};

static const struct how *how_of(const char *name)
{
	const struct how *how = hows;

	while (strcmp(how->name, name) != 0)
		how++;
	return how;
}

/* ---- an adjusted survey ---- */

struct adjusted {
	struct cx_design design;
	uint64_t count[SURVEY_N];
	size_t stratum[SURVEY_N];
	struct cx_rake rake;
	size_t n_cells, category[CELLS * MOST_MARGINS], cell[SURVEY_N];
	double base[CELLS], factor[CELLS];
	struct cx_rake_fit fit;
	struct cx_rake_sample sample;
	struct cx_rake_part parts[SURVEY_N];
	struct cx_rake_psus psus;
};

static bool same_cell(const struct adjusted *a, const struct how *how,
    const struct survey_record *r, size_t cell)
{
	for (size_t m = 0; m < how->n_margins; m++)
		if (a->category[cell * how->n_margins + m] !=
		    how->category[m](r))
			return false;
	return true;
}

static size_t cell_of(
    struct adjusted *a, const struct how *how, const struct survey_record *r)
{
	for (size_t c = 0; c < a->n_cells; c++)
		if (same_cell(a, how, r, c))
			return c;
	for (size_t m = 0; m < how->n_margins; m++)
		a->category[a->n_cells * how->n_margins + m] =
		    how->category[m](r);
	return a->n_cells++;
}

static void make_cells(struct adjusted *a, const struct how *how)
{
	for (size_t i = 0; i < SURVEY_N; i++) {
		a->cell[i] = cell_of(a, how, &survey[i]);
		a->base[a->cell[i]] += survey[i].w;
	}
	a->rake = (struct cx_rake){ how->n_margins, how->margins, a->n_cells,
		a->category };
	a->sample = (struct cx_rake_sample){ &a->design, &a->rake, a->factor,
		how->residuals };
}

static void make_parts(
    struct adjusted *a, const char *design, const char *y, int group)
{
	static size_t at[SURVEY_N][CELLS]; /* number + 1 */

	memset(at, 0, sizeof(at));
	for (size_t i = 0; i < SURVEY_N; i++) {
		const struct survey_record *r = &survey[i];
		size_t psu = survey_psu(design, i);
		bool in = survey_inside(r, group);
		struct cx_rake_part *p;

		if (!at[psu][a->cell[i]])
			at[psu][a->cell[i]] = ++a->psus.n_parts;
		p = &a->parts[at[psu][a->cell[i]] - 1];
		p->psu = psu;
		p->cell = a->cell[i];
		p->all += r->w;
		p->w += in ? r->w : 0;
		p->wy += in ? r->w * survey_y(r, y) : 0;
		p->n_all++;
		p->n += in;
		p->y += in ? survey_y(r, y) : 0;
	}
}

static struct adjusted *adjust(
    const char *name, const char *design, const char *y, int group)
{
	static struct adjusted a;
	struct cx_err err;

	memset(&a, 0, sizeof(a));
	a.psus.n = survey_psus(design, a.stratum, a.count);
	a.psus.stratum = a.stratum;
	a.psus.parts = a.parts;
	a.design = (struct cx_design){ survey_n_strata(design), a.count, NULL };
	make_cells(&a, how_of(name));
	make_parts(&a, design, y, group);
	if (cx_rake_fit(&a.rake, a.base, &strict, a.factor, &a.fit, &err) < 0)
		check_note("%s", err.what);
	return &a;
}

static struct cx_design_mean mean_of(const struct adjusted *a)
{
	struct cx_design_mean m = { 0 };
	struct cx_err err;

	if (cx_rake_psu_mean(&a->sample, &a->psus, &m, &err) < 0)
		check_note("%s", err.what);
	return m;
}

/* ---- against R ---- */

/*
 * R 4.2.2, survey 4.1-1. "post": postStratify(~channel), (~channel + age);
 * "rake": rake(list(~channel, ~age), ...), epsilon 1e-15; "calibrate":
 * calibrate(~factor(channel) + factor(age), calfun = "raking", epsilon =
 * 1e-14); with 3, ~band too. Then svymean as in t-design.c. Made by
 * tests/oracles/design.R.
 */
struct expected {
	const char *how, *design, *y;
	int group;
	double mean, se;
};

static const struct expected r_survey[] = {
	{ "post 1", "W", "nps", -1, -0.338024594489, 0.0592532914434 },
	{ "post 1", "W", "nps", 0, -0.347336870037, 0.0937659337789 },
	{ "post 1", "W", "nps", 1, -0.317911623173, 0.0926029170275 },
	{ "post 1", "W", "nps", 2, -0.357697680889, 0.136932059708 },
	{ "post 1", "W", "csat", -1, 3.01022035877, 0.075470633745 },
	{ "post 1", "W", "csat", 0, 3.01996287851, 0.12004740079 },
	{ "post 1", "W", "csat", 1, 2.97411124749, 0.115125369739 },
	{ "post 1", "W", "csat", 2, 3.06062564917, 0.17767104878 },
	{ "post 1", "S", "nps", -1, -0.338024594489, 0.0595262694177 },
	{ "post 1", "S", "nps", 0, -0.347336870037, 0.0932685898315 },
	{ "post 1", "S", "nps", 1, -0.317911623173, 0.0927551101043 },
	{ "post 1", "S", "nps", 2, -0.357697680889, 0.13614824835 },
	{ "post 1", "S", "csat", -1, 3.01022035877, 0.0759376072041 },
	{ "post 1", "S", "csat", 0, 3.01996287851, 0.119997207591 },
	{ "post 1", "S", "csat", 1, 2.97411124749, 0.115306462312 },
	{ "post 1", "S", "csat", 2, 3.06062564917, 0.177712573541 },
	{ "post 1", "C", "nps", -1, -0.338024594489, 0.0712442313369 },
	{ "post 1", "C", "nps", 0, -0.347336870037, 0.108244377649 },
	{ "post 1", "C", "nps", 1, -0.317911623173, 0.0857622699603 },
	{ "post 1", "C", "nps", 2, -0.357697680889, 0.137515595508 },
	{ "post 1", "C", "csat", -1, 3.01022035877, 0.0898838532467 },
	{ "post 1", "C", "csat", 0, 3.01996287851, 0.132077259206 },
	{ "post 1", "C", "csat", 1, 2.97411124749, 0.0984495657475 },
	{ "post 1", "C", "csat", 2, 3.06062564917, 0.206507803148 },
	{ "post 1", "SC", "nps", -1, -0.338024594489, 0.0736037776032 },
	{ "post 1", "SC", "nps", 0, -0.347336870037, 0.106608583345 },
	{ "post 1", "SC", "nps", 1, -0.317911623173, 0.0861119059325 },
	{ "post 1", "SC", "nps", 2, -0.357697680889, 0.132965805531 },
	{ "post 1", "SC", "csat", -1, 3.01022035877, 0.0934929101689 },
	{ "post 1", "SC", "csat", 0, 3.01996287851, 0.13308831925 },
	{ "post 1", "SC", "csat", 1, 2.97411124749, 0.0982719618964 },
	{ "post 1", "SC", "csat", 2, 3.06062564917, 0.209258607812 },
	{ "post 2", "W", "nps", -1, -0.34209093368, 0.0733402233438 },
	{ "post 2", "W", "nps", 0, -0.424609088523, 0.100560167883 },
	{ "post 2", "W", "nps", 1, -0.306443350524, 0.11089975968 },
	{ "post 2", "W", "nps", 2, -0.266341587602, 0.183683867835 },
	{ "post 2", "W", "csat", -1, 3.01163856438, 0.0932809813524 },
	{ "post 2", "W", "csat", 0, 2.93297698963, 0.134749535123 },
	{ "post 2", "W", "csat", 1, 3.00753898419, 0.155190585673 },
	{ "post 2", "W", "csat", 2, 3.15038025226, 0.191610650069 },
	{ "post 2", "S", "nps", -1, -0.34209093368, 0.0733989136685 },
	{ "post 2", "S", "nps", 0, -0.424609088523, 0.099444166747 },
	{ "post 2", "S", "nps", 1, -0.306443350524, 0.111369591728 },
	{ "post 2", "S", "nps", 2, -0.266341587602, 0.181608752451 },
	{ "post 2", "S", "csat", -1, 3.01163856438, 0.0937292975395 },
	{ "post 2", "S", "csat", 0, 2.93297698963, 0.134444910208 },
	{ "post 2", "S", "csat", 1, 3.00753898419, 0.155923591197 },
	{ "post 2", "S", "csat", 2, 3.15038025226, 0.190616739187 },
	{ "post 2", "C", "nps", -1, -0.34209093368, 0.0844161959333 },
	{ "post 2", "C", "nps", 0, -0.424609088523, 0.125526238056 },
	{ "post 2", "C", "nps", 1, -0.306443350524, 0.101750762402 },
	{ "post 2", "C", "nps", 2, -0.266341587602, 0.206729875512 },
	{ "post 2", "C", "csat", -1, 3.01163856438, 0.101683931767 },
	{ "post 2", "C", "csat", 0, 2.93297698963, 0.147217883843 },
	{ "post 2", "C", "csat", 1, 3.00753898419, 0.138599440378 },
	{ "post 2", "C", "csat", 2, 3.15038025226, 0.204607746709 },
	{ "post 2", "SC", "nps", -1, -0.34209093368, 0.0856996868731 },
	{ "post 2", "SC", "nps", 0, -0.424609088523, 0.12105893343 },
	{ "post 2", "SC", "nps", 1, -0.306443350524, 0.104326642559 },
	{ "post 2", "SC", "nps", 2, -0.266341587602, 0.197132697234 },
	{ "post 2", "SC", "csat", -1, 3.01163856438, 0.105148862268 },
	{ "post 2", "SC", "csat", 0, 2.93297698963, 0.146663838912 },
	{ "post 2", "SC", "csat", 1, 3.00753898419, 0.143056484452 },
	{ "post 2", "SC", "csat", 2, 3.15038025226, 0.200146113559 },
	{ "rake", "W", "nps", -1, -0.345745697848, 0.0592964467138 },
	{ "rake", "W", "nps", 0, -0.343097768049, 0.0919713007071 },
	{ "rake", "W", "nps", 1, -0.347238643896, 0.0934835192961 },
	{ "rake", "W", "nps", 2, -0.348555548271, 0.139366451796 },
	{ "rake", "W", "csat", -1, 3.00197338823, 0.0787914759038 },
	{ "rake", "W", "csat", 0, 3.006615382, 0.126502629729 },
	{ "rake", "W", "csat", 1, 2.97221666134, 0.119525807951 },
	{ "rake", "W", "csat", 2, 3.05505385868, 0.184737771938 },
	{ "rake", "S", "nps", -1, -0.345745697848, 0.0595970722478 },
	{ "rake", "S", "nps", 0, -0.343097768049, 0.0915048199628 },
	{ "rake", "S", "nps", 1, -0.347238643896, 0.0931197988698 },
	{ "rake", "S", "nps", 2, -0.348555548271, 0.13809461206 },
	{ "rake", "S", "csat", -1, 3.00197338823, 0.0792447277414 },
	{ "rake", "S", "csat", 0, 3.006615382, 0.126651802141 },
	{ "rake", "S", "csat", 1, 2.97221666134, 0.119141390657 },
	{ "rake", "S", "csat", 2, 3.05505385868, 0.184332862142 },
	{ "rake", "C", "nps", -1, -0.345745697848, 0.0707062183546 },
	{ "rake", "C", "nps", 0, -0.343097768049, 0.103365385304 },
	{ "rake", "C", "nps", 1, -0.347238643896, 0.0925024628111 },
	{ "rake", "C", "nps", 2, -0.348555548271, 0.146186924911 },
	{ "rake", "C", "csat", -1, 3.00197338823, 0.0969410587045 },
	{ "rake", "C", "csat", 0, 3.006615382, 0.132291788057 },
	{ "rake", "C", "csat", 1, 2.97221666134, 0.112657889062 },
	{ "rake", "C", "csat", 2, 3.05505385868, 0.214675593168 },
	{ "rake", "SC", "nps", -1, -0.345745697848, 0.0732434896549 },
	{ "rake", "SC", "nps", 0, -0.343097768049, 0.101514998806 },
	{ "rake", "SC", "nps", 1, -0.347238643896, 0.0899023658374 },
	{ "rake", "SC", "nps", 2, -0.348555548271, 0.139939129101 },
	{ "rake", "SC", "csat", -1, 3.00197338823, 0.100730768939 },
	{ "rake", "SC", "csat", 0, 3.006615382, 0.133762469228 },
	{ "rake", "SC", "csat", 1, 2.97221666134, 0.109212361228 },
	{ "rake", "SC", "csat", 2, 3.05505385868, 0.215281238966 },
	{ "calibrate", "W", "nps", -1, -0.345745697848, 0.0590866715265 },
	{ "calibrate", "W", "nps", 0, -0.343097768049, 0.0915846636977 },
	{ "calibrate", "W", "nps", 1, -0.347238643896, 0.0928717082453 },
	{ "calibrate", "W", "nps", 2, -0.348555548271, 0.139011681892 },
	{ "calibrate", "W", "csat", -1, 3.00197338823, 0.0785148878673 },
	{ "calibrate", "W", "csat", 0, 3.006615382, 0.126042780762 },
	{ "calibrate", "W", "csat", 1, 2.97221666134, 0.119261494575 },
	{ "calibrate", "W", "csat", 2, 3.05505385868, 0.183963751372 },
	{ "calibrate", "S", "nps", -1, -0.345745697848, 0.0593796821506 },
	{ "calibrate", "S", "nps", 0, -0.343097768049, 0.091185872483 },
	{ "calibrate", "S", "nps", 1, -0.347238643896, 0.0926200418585 },
	{ "calibrate", "S", "nps", 2, -0.348555548271, 0.137673648654 },
	{ "calibrate", "S", "csat", -1, 3.00197338823, 0.0789669854888 },
	{ "calibrate", "S", "csat", 0, 3.006615382, 0.126266001639 },
	{ "calibrate", "S", "csat", 1, 2.97221666134, 0.118902823293 },
	{ "calibrate", "S", "csat", 2, 3.05505385868, 0.183571156696 },
	{ "calibrate", "C", "nps", -1, -0.345745697848, 0.0699086949222 },
	{ "calibrate", "C", "nps", 0, -0.343097768049, 0.102264644635 },
	{ "calibrate", "C", "nps", 1, -0.347238643896, 0.090779162112 },
	{ "calibrate", "C", "nps", 2, -0.348555548271, 0.146683791467 },
	{ "calibrate", "C", "csat", -1, 3.00197338823, 0.0966491662393 },
	{ "calibrate", "C", "csat", 0, 3.006615382, 0.13238197459 },
	{ "calibrate", "C", "csat", 1, 2.97221666134, 0.111424001654 },
	{ "calibrate", "C", "csat", 2, 3.05505385868, 0.213411741661 },
	{ "calibrate", "SC", "nps", -1, -0.345745697848, 0.072347170945 },
	{ "calibrate", "SC", "nps", 0, -0.343097768049, 0.10076060419 },
	{ "calibrate", "SC", "nps", 1, -0.347238643896, 0.0887279643623 },
	{ "calibrate", "SC", "nps", 2, -0.348555548271, 0.139842760446 },
	{ "calibrate", "SC", "csat", -1, 3.00197338823, 0.100401768043 },
	{ "calibrate", "SC", "csat", 0, 3.006615382, 0.134491197417 },
	{ "calibrate", "SC", "csat", 1, 2.97221666134, 0.108019454881 },
	{ "calibrate", "SC", "csat", 2, 3.05505385868, 0.213985634693 },
	{ "rake 3", "W", "nps", -1, -0.380263497447, 0.0616368887175 },
	{ "rake 3", "W", "nps", 0, -0.416097308005, 0.0908659003432 },
	{ "rake 3", "W", "nps", 1, -0.380984646223, 0.0948341794549 },
	{ "rake 3", "W", "nps", 2, -0.299341482658, 0.166188973284 },
	{ "rake 3", "W", "csat", -1, 2.97940395508, 0.0837843222922 },
	{ "rake 3", "W", "csat", 0, 2.91546467214, 0.141431071527 },
	{ "rake 3", "W", "csat", 1, 2.97942976494, 0.118621013098 },
	{ "rake 3", "W", "csat", 2, 3.12101533448, 0.173791040098 },
	{ "rake 3", "S", "nps", -1, -0.380263497447, 0.0618930644339 },
	{ "rake 3", "S", "nps", 0, -0.416097308005, 0.0899634550788 },
	{ "rake 3", "S", "nps", 1, -0.380984646223, 0.0942699752241 },
	{ "rake 3", "S", "nps", 2, -0.299341482658, 0.165769152737 },
	{ "rake 3", "S", "csat", -1, 2.97940395508, 0.0841401674957 },
	{ "rake 3", "S", "csat", 0, 2.91546467214, 0.141565452998 },
	{ "rake 3", "S", "csat", 1, 2.97942976494, 0.117914640503 },
	{ "rake 3", "S", "csat", 2, 3.12101533448, 0.173147799376 },
	{ "rake 3", "C", "nps", -1, -0.380263497447, 0.070808083979 },
	{ "rake 3", "C", "nps", 0, -0.416097308005, 0.100040212217 },
	{ "rake 3", "C", "nps", 1, -0.380984646223, 0.0979214614502 },
	{ "rake 3", "C", "nps", 2, -0.299341482658, 0.166644254735 },
	{ "rake 3", "C", "csat", -1, 2.97940395508, 0.1002227077 },
	{ "rake 3", "C", "csat", 0, 2.91546467214, 0.146391728185 },
	{ "rake 3", "C", "csat", 1, 2.97942976494, 0.114254593688 },
	{ "rake 3", "C", "csat", 2, 3.12101533448, 0.192788042943 },
	{ "rake 3", "SC", "nps", -1, -0.380263497447, 0.0730269570044 },
	{ "rake 3", "SC", "nps", 0, -0.416097308005, 0.095252849705 },
	{ "rake 3", "SC", "nps", 1, -0.380984646223, 0.0943431181652 },
	{ "rake 3", "SC", "nps", 2, -0.299341482658, 0.165073278333 },
	{ "rake 3", "SC", "csat", -1, 2.97940395508, 0.10353791836 },
	{ "rake 3", "SC", "csat", 0, 2.91546467214, 0.147680431447 },
	{ "rake 3", "SC", "csat", 1, 2.97942976494, 0.108945508504 },
	{ "rake 3", "SC", "csat", 2, 3.12101533448, 0.190963679425 },
	{ "calibrate 3", "W", "nps", -1, -0.380263497447, 0.0604898938924 },
	{ "calibrate 3", "W", "nps", 0, -0.416097308005, 0.0904149854329 },
	{ "calibrate 3", "W", "nps", 1, -0.380984646223, 0.0943984292252 },
	{ "calibrate 3", "W", "nps", 2, -0.299341482658, 0.162580842072 },
	{ "calibrate 3", "W", "csat", -1, 2.97940395508, 0.0819414593558 },
	{ "calibrate 3", "W", "csat", 0, 2.91546467214, 0.138132271984 },
	{ "calibrate 3", "W", "csat", 1, 2.97942976494, 0.118096491252 },
	{ "calibrate 3", "W", "csat", 2, 3.12101533448, 0.171147976264 },
	{ "calibrate 3", "S", "nps", -1, -0.380263497447, 0.0607331327836 },
	{ "calibrate 3", "S", "nps", 0, -0.416097308005, 0.0895921042878 },
	{ "calibrate 3", "S", "nps", 1, -0.380984646223, 0.093856684431 },
	{ "calibrate 3", "S", "nps", 2, -0.299341482658, 0.162076083856 },
	{ "calibrate 3", "S", "csat", -1, 2.97940395508, 0.0823225204864 },
	{ "calibrate 3", "S", "csat", 0, 2.91546467214, 0.138176870168 },
	{ "calibrate 3", "S", "csat", 1, 2.97942976494, 0.117406239167 },
	{ "calibrate 3", "S", "csat", 2, 3.12101533448, 0.170582178806 },
	{ "calibrate 3", "C", "nps", -1, -0.380263497447, 0.0701428249625 },
	{ "calibrate 3", "C", "nps", 0, -0.416097308005, 0.0988163338954 },
	{ "calibrate 3", "C", "nps", 1, -0.380984646223, 0.0968058606766 },
	{ "calibrate 3", "C", "nps", 2, -0.299341482658, 0.164034679843 },
	{ "calibrate 3", "C", "csat", -1, 2.97940395508, 0.0993610250312 },
	{ "calibrate 3", "C", "csat", 0, 2.91546467214, 0.143742170184 },
	{ "calibrate 3", "C", "csat", 1, 2.97942976494, 0.114138036313 },
	{ "calibrate 3", "C", "csat", 2, 3.12101533448, 0.190511738177 },
	{ "calibrate 3", "SC", "nps", -1, -0.380263497447, 0.0722686437318 },
	{ "calibrate 3", "SC", "nps", 0, -0.416097308005, 0.0944439691626 },
	{ "calibrate 3", "SC", "nps", 1, -0.380984646223, 0.0932765114421 },
	{ "calibrate 3", "SC", "nps", 2, -0.299341482658, 0.161756431935 },
	{ "calibrate 3", "SC", "csat", -1, 2.97940395508, 0.102790243512 },
	{ "calibrate 3", "SC", "csat", 0, 2.91546467214, 0.144681217483 },
	{ "calibrate 3", "SC", "csat", 1, 2.97942976494, 0.108973679872 },
	{ "calibrate 3", "SC", "csat", 2, 3.12101533448, 0.189073368493 },
};

static void compare(const struct expected *want)
{
	struct adjusted *a =
	    adjust(want->how, want->design, want->y, want->group);
	struct cx_design_mean m = mean_of(a);
	char name[64];

	snprintf(name, sizeof(name), "%s %s %s group %d", want->how,
	    want->design, want->y, want->group);
	check_rel(m.mean, want->mean, EXACT, "%s: mean", name);
	check_rel(m.se, want->se, EXACT, "%s: se", name);
}

static void test_r(void)
{
	for (size_t i = 0; i < sizeof(r_survey) / sizeof(*r_survey); i++)
		compare(&r_survey[i]);
}

/* ---- many domains ---- */

/* The records of a group, those of one PSU next to each other. */
static size_t records_of(const struct adjusted *a, const char *design,
    const char *y, int group, struct cx_domains_record *out)
{
	size_t n = 0;

	for (size_t psu = 0; psu < a->psus.n; psu++)
		for (size_t i = 0; i < SURVEY_N; i++)
			if (survey_psu(design, i) == psu &&
			    survey_inside(&survey[i], group))
				out[n++] = (struct cx_domains_record){ psu,
					a->cell[i], survey[i].w,
					survey_y(&survey[i], y) };
	return n;
}

static struct cx_domains *domains_of(
    const struct adjusted *a, const char *design, const char *y, bool raked)
{
	struct cx_domains_record records[SURVEY_N];
	struct cx_domains_sample sample = { &a->design,
		raked ? &a->sample : NULL, a->psus.n, a->stratum };

	check(cx_domains_may(&sample), "few enough categories");
	return cx_domains_new(
	    &sample, records, records_of(a, design, y, -1, records));
}

static void compare_domain(const struct expected *want)
{
	struct adjusted *a =
	    adjust(want->how, want->design, want->y, want->group);
	struct cx_domains *d = domains_of(a, want->design, want->y, true);
	struct cx_domains_record records[SURVEY_N];
	struct cx_design_mean m = { 0 }, all = mean_of(a);
	size_t n = records_of(a, want->design, want->y, want->group, records);

	check(cx_domains_mean(d, records, n, &m), "%s %s %s group %d: told",
	    want->how, want->design, want->y, want->group);
	check_rel(m.mean, want->mean, EXACT, "its mean");
	check_rel(m.se, want->se, EXACT, "its se");
	check_rel(m.se, all.se, 1e-12, "its se, as by all PSUs");
	check_rel(m.weight, all.weight, ROUNDING, "its weight");
	check(m.df == all.df && m.df_domain == all.df_domain, "its df");
	cx_domains_free(d);
}

/*
 * R 4.2.2, survey 4.1-1: the same designs, "" being that of t-design.c;
 * svyglm(nps ~ inside) of a group and all others (-1) or another group: the
 * coefficient, its standard error; degf() of both. tests/oracles/design.R.
 */
static const struct difference {
	const char *how, *design;
	int group, other;
	double difference, se;
	uint64_t df;
} r_differences[] = {
	{ "", "W", 0, -1, -0.0285957436689, 0.120519354815, 239 },
	{ "", "W", 1, -1, 0.0403040933365, 0.121050112362, 239 },
	{ "", "W", 2, -1, -0.0166065937425, 0.152977862851, 239 },
	{ "", "W", 0, 2, -0.0034794737245, 0.166074948555, 149 },
	{ "", "W", 1, 0, 0.0414340634706, 0.131398066793, 192 },
	{ "", "S", 0, -1, -0.0285957436689, 0.118994365593, 236 },
	{ "", "S", 1, -1, 0.0403040933365, 0.120831261531, 236 },
	{ "", "S", 2, -1, -0.0166065937425, 0.152297921574, 236 },
	{ "", "S", 0, 2, -0.0034794737245, 0.164390103845, 146 },
	{ "", "S", 1, 0, 0.0414340634706, 0.130369798068, 189 },
	{ "", "C", 0, -1, -0.0285957436689, 0.117416845326, 39 },
	{ "", "C", 1, -1, 0.0403040933365, 0.10957539066, 39 },
	{ "", "C", 2, -1, -0.0166065937425, 0.132235843644, 39 },
	{ "", "C", 0, 2, -0.0034794737245, 0.151686910376, 39 },
	{ "", "C", 1, 0, 0.0414340634706, 0.12544551231, 39 },
	{ "", "SC", 0, -1, -0.0285957436689, 0.107021382835, 36 },
	{ "", "SC", 1, -1, 0.0403040933365, 0.106550687794, 36 },
	{ "", "SC", 2, -1, -0.0166065937425, 0.125785439602, 36 },
	{ "", "SC", 0, 2, -0.0034794737245, 0.139106888894, 36 },
	{ "", "SC", 1, 0, 0.0414340634706, 0.117629167222, 36 },
	{ "post 1", "W", 0, -1, -0.0160714968679, 0.121546452645, 239 },
	{ "post 1", "W", 1, -1, 0.0327013286266, 0.120960578829, 239 },
	{ "post 1", "W", 2, -1, -0.0244227980026, 0.15214469231, 239 },
	{ "post 1", "W", 0, 2, 0.0103608108521, 0.16617832579, 149 },
	{ "post 1", "W", 1, 0, 0.0294252468638, 0.132172634848, 192 },
	{ "post 1", "S", 0, -1, -0.0160714968679, 0.119920598736, 236 },
	{ "post 1", "S", 1, -1, 0.0327013286266, 0.120567430153, 236 },
	{ "post 1", "S", 2, -1, -0.0244227980026, 0.151296760285, 236 },
	{ "post 1", "S", 0, 2, 0.0103608108521, 0.164347202137, 146 },
	{ "post 1", "S", 1, 0, 0.0294252468638, 0.130997422114, 189 },
	{ "post 1", "C", 0, -1, -0.0160714968679, 0.12139094136, 39 },
	{ "post 1", "C", 1, -1, 0.0327013286266, 0.113344244336, 39 },
	{ "post 1", "C", 2, -1, -0.0244227980026, 0.138151494857, 39 },
	{ "post 1", "C", 0, 2, 0.0103608108521, 0.157954051263, 39 },
	{ "post 1", "C", 1, 0, 0.0294252468638, 0.129491574719, 39 },
	{ "post 1", "SC", 0, -1, -0.0160714968679, 0.110707076199, 36 },
	{ "post 1", "SC", 1, -1, 0.0327013286266, 0.109414702363, 36 },
	{ "post 1", "SC", 2, -1, -0.0244227980026, 0.131546876524, 36 },
	{ "post 1", "SC", 0, 2, 0.0103608108521, 0.145487102777, 36 },
	{ "post 1", "SC", 1, 0, 0.0294252468638, 0.120973416138, 36 },
	{ "rake", "W", 0, -1, 0.00456062776353, 0.120283254325, 239 },
	{ "rake", "W", 1, -1, -0.00246989675294, 0.122728521026, 239 },
	{ "rake", "W", 2, -1, -0.00344793700133, 0.152525359188, 239 },
	{ "rake", "W", 0, 2, 0.00545778022199, 0.164632137937, 149 },
	{ "rake", "W", 1, 0, -0.004140875847, 0.1324857984, 192 },
	{ "rake", "S", 0, -1, 0.00456062776353, 0.118340654836, 236 },
	{ "rake", "S", 1, -1, -0.00246989675294, 0.121349394652, 236 },
	{ "rake", "S", 2, -1, -0.00344793700133, 0.151197027612, 236 },
	{ "rake", "S", 0, 2, 0.00545778022199, 0.162653139695, 146 },
	{ "rake", "S", 1, 0, -0.004140875847, 0.130561751651, 189 },
	{ "rake", "C", 0, -1, 0.00456062776353, 0.118855676953, 39 },
	{ "rake", "C", 1, -1, -0.00246989675294, 0.124625371727, 39 },
	{ "rake", "C", 2, -1, -0.00344793700133, 0.144770464213, 39 },
	{ "rake", "C", 0, 2, 0.00545778022199, 0.155440011239, 39 },
	{ "rake", "C", 1, 0, -0.004140875847, 0.134065597742, 39 },
	{ "rake", "SC", 0, -1, 0.00456062776353, 0.105666229622, 36 },
	{ "rake", "SC", 1, -1, -0.00246989675294, 0.115233856747, 36 },
	{ "rake", "SC", 2, -1, -0.00344793700133, 0.136127480074, 36 },
	{ "rake", "SC", 0, 2, 0.00545778022199, 0.142268391345, 36 },
	{ "rake", "SC", 1, 0, -0.004140875847, 0.121028652893, 36 },
	{ "calibrate 3", "W", 0, -1, -0.0612969538661, 0.125821614913, 239 },
	{ "calibrate 3", "W", 1, -1, -0.00119614314113, 0.132094110997, 239 },
	{ "calibrate 3", "W", 2, -1, 0.0995949415428, 0.170518385128, 239 },
	{ "calibrate 3", "W", 0, 2, -0.116755825348, 0.180314745652, 149 },
	{ "calibrate 3", "W", 1, 0, 0.0351126617825, 0.138359041616, 192 },
	{ "calibrate 3", "S", 0, -1, -0.0612969538661, 0.123800343118, 236 },
	{ "calibrate 3", "S", 1, -1, -0.00119614314113, 0.130050254112, 236 },
	{ "calibrate 3", "S", 2, -1, 0.0995949415428, 0.170083486884, 236 },
	{ "calibrate 3", "S", 0, 2, -0.116755825348, 0.179379313712, 146 },
	{ "calibrate 3", "S", 1, 0, 0.0351126617825, 0.135866106457, 189 },
	{ "calibrate 3", "C", 0, -1, -0.0612969538661, 0.126617092921, 39 },
	{ "calibrate 3", "C", 1, -1, -0.00119614314113, 0.130881760698, 39 },
	{ "calibrate 3", "C", 2, -1, 0.0995949415428, 0.164839496058, 39 },
	{ "calibrate 3", "C", 0, 2, -0.116755825348, 0.177878468876, 39 },
	{ "calibrate 3", "C", 1, 0, 0.0351126617825, 0.138254021791, 39 },
	{ "calibrate 3", "SC", 0, -1, -0.0612969538661, 0.11288460117, 36 },
	{ "calibrate 3", "SC", 1, -1, -0.00119614314113, 0.116240319987, 36 },
	{ "calibrate 3", "SC", 2, -1, 0.0995949415428, 0.162406003942, 36 },
	{ "calibrate 3", "SC", 0, 2, -0.116755825348, 0.172489875709, 36 },
	{ "calibrate 3", "SC", 1, 0, 0.0351126617825, 0.12054470824, 36 },
};

static void compare_difference(const struct difference *want)
{
	bool raked = want->how[0];
	struct adjusted *a =
	    adjust(raked ? want->how : "rake", want->design, "nps", -1);
	struct cx_domains *d = domains_of(a, want->design, "nps", raked);
	struct cx_domains_record own[SURVEY_N], other[SURVEY_N];
	struct cx_design_mean m = { 0 };
	size_t n = records_of(a, want->design, "nps", want->group, own);
	bool told;

	if (want->other < 0) {
		told = cx_domains_less_rest(d, own, n, &m);
	} else {
		cx_domains_refer(d, other,
		    records_of(a, want->design, "nps", want->other, other));
		told = cx_domains_less(d, own, n, &m);
	}
	check(told, "%s %s group %d less %d: told", want->how, want->design,
	    want->group, want->other);
	check_rel(m.mean, want->difference, EXACT, "its difference");
	check_rel(m.se, want->se, EXACT, "its se");
	check(m.df_domain == want->df, "its df: %d", (int)m.df_domain);
	cx_domains_free(d);
}

/* By hand: what is alike has no variance, and no difference tells it. */
static void test_alike(void)
{
	static const struct cx_domains_record records[] = { { 0, 0, .1, 1 },
		{ 1, 0, .7, 1 }, { 2, 0, .3, -1 }, { 3, 0, 2.9, -1 },
		{ 4, 0, 1.1, -1 }, { 5, 0, .9, -1 } };
	static const uint64_t n_psu[] = { 6 };
	static const size_t stratum[6] = { 0 };
	struct cx_design design = { 1, n_psu, NULL };
	struct cx_domains_sample sample = { &design, NULL, 6, stratum };
	struct cx_domains *d = cx_domains_new(&sample, records, 6);
	struct cx_design_mean m = { 0 };

	check(cx_domains_mean(d, records, 2, &m) && m.mean == 1 && m.se == 0,
	    "alike: no error");
	check(!cx_domains_less_rest(d, records, 2, &m),
	    "alike, and so is the rest: not told");
	check(!cx_domains_less_rest(d, records + 2, 4, &m),
	    "most of the weight: not told");
	check(!cx_domains_less_rest(d, records, 0, &m), "nothing: not told");
	cx_domains_free(d);
}

/* A stratum of one PSU, and more PSUs than there are. */
static void test_unsound(void)
{
	static const struct cx_domains_record records[] = { { 0, 0, 1, 1 },
		{ 1, 0, 1, 0 }, { 2, 0, 1, -1 } };
	static const uint64_t lonely[] = { 2, 1 }, few[] = { 1, 2 };
	static const size_t stratum[] = { 0, 0, 1 };
	struct cx_design design = { 2, lonely, NULL };
	struct cx_domains_sample sample = { &design, NULL, 3, stratum };

	check(!cx_domains_new(&sample, records, 3), "a lonely stratum");
	design.n_psu = few;
	check(!cx_domains_new(&sample, records, 3), "too many PSUs");
}

static void test_domains(void)
{
	for (size_t i = 0; i < sizeof(r_survey) / sizeof(*r_survey); i++)
		compare_domain(&r_survey[i]);
	for (size_t i = 0; i < sizeof(r_differences) / sizeof(*r_differences);
	     i++)
		compare_difference(&r_differences[i]);
	test_alike();
	test_unsound();
}

/* R: deff of svymean(deff = "replace"), degf, sum(w)^2 / sum(w^2) */
static void test_effect(void)
{
	struct adjusted *a = adjust("rake", "S", "nps", 1);
	struct cx_design_mean m = mean_of(a);
	struct cx_design_tally in[SURVEY_N];
	struct cx_design_effect e;
	size_t n = 0;

	for (size_t i = 0; i < SURVEY_N; i++) {
		double w = survey[i].w * a->factor[a->cell[i]];

		if (survey_inside(&survey[i], 1))
			in[n++] = (struct cx_design_tally){
				survey_y(&survey[i], "nps"), 1, w, w * w
			};
	}
	e = cx_design_effect(in, n, m.se);
	check_rel(
	    e.with_replacement, 1.26035506571, EXACT, "raked: design effect");
	check_rel(e.n_eff, 67.6759630614, EXACT, "raked: effective size");
	check(m.df == 236 && m.df_domain == 86, "raked: degrees of freedom");
}

/*
 * Four records of weight 1, shares .75 and .25 where they are even: factors
 * 1.5 and 0.5, mean 2.5 / 4. Worked out by hand from the definition: z is the
 * record's adjusted weight times what its y is above the mean of its category,
 * by the sum of weights.
 */
static void test_linearised(void)
{
	static const double shares[] = { .75, .25 }, factor[] = { 1.5, .5 },
	                    want[] = { .1875, -.1875, -.0625, .0625 };
	static const size_t category[] = { 0, 1 };
	static const struct cx_rake_part parts[] = {
		{ 0, 0, 1, 1, 1, 1, 1, 1 },
		{ 1, 0, 1, 1, 0, 1, 1, 0 },
		{ 2, 1, 1, 1, 0, 1, 1, 0 },
		{ 3, 1, 1, 1, 1, 1, 1, 1 },
	};
	struct cx_rake_margin m = { { "x", 1 }, 2, labels, shares };
	struct cx_rake rake = { 1, &m, 2, category };
	struct cx_rake_sample sample = { .rake = &rake, .factor = factor };
	struct cx_rake_psus psus = { 4, NULL, 4, parts };
	double w[4], wy[4], z[4];

	cx_rake_psu_linearise(&sample, &psus, w, wy, z);
	for (size_t i = 0; i < 4; i++) {
		check_rel(w[i], factor[category[i / 2]], ROUNDING,
		    "linearised: weight %zu", i);
		check_rel(z[i], want[i], ROUNDING, "linearised: z %zu", i);
	}
}

static void test_none(void)
{
	struct adjusted *a = adjust("rake", "SC", "nps", 99);
	struct cx_design_mean m = mean_of(a);

	check(isnan(m.mean) && isnan(m.se) && m.weight == 0 && m.df == 36 &&
	          m.df_domain == 0,
	    "no weight");
}

static void test_lonely(void)
{
	struct adjusted *a = adjust("rake", "SC", "nps", 0);
	struct cx_design_mean m = { .se = 17 };
	struct cx_err err;

	a->count[a->stratum[SURVEY_ALONE]]--;
	a->stratum[SURVEY_ALONE] = SURVEY_STRATA;
	a->count[SURVEY_STRATA] = 1;
	a->design.n_strata++;
	check_int(cx_rake_psu_mean(&a->sample, &a->psus, &m, &err), -1,
	    "lonely cluster, even outside of the domain");
	check_str(err.what,
	    "stratum 4 has only one sampling unit, which shows no variance: "
	    "join it with another stratum",
	    "lonely cluster: message");
	check(m.se == 17, "lonely cluster: out is left alone");
}

/* ---- the factors ---- */

/* Two margins of two categories, all four cells unless n is less. */
static const size_t square[] = { 0, 0, 0, 1, 1, 0, 1, 1 };

static struct cx_rake_margin margin(const char *name, const double *shares)
{
	return (struct cx_rake_margin){ cx_str(name), 2, labels, shares };
}

/* One margin: closed form. */
static void test_one_margin(void)
{
	static const double shares[] = { .75, .25 }, base[] = { 1, 2, 3, 4 };
	static const size_t category[] = { 0, 1, 1, 0 };
	struct cx_rake_margin m = margin("x", shares);
	struct cx_rake rake = { 1, &m, 4, category };
	struct cx_rake_fit fit;
	struct cx_err err;
	double factor[4];

	check_int(cx_rake_fit(&rake, base, &strict, factor, &fit, &err), 0,
	    "one margin: status");
	check(fit.converged && fit.iterations == 1 && fit.deviation == 0,
	    "one margin: at once");
	for (size_t i = 0; i < 4; i++)
		check_rel(factor[i], category[i] ? .5 : 1.5, ROUNDING,
		    "one margin: factor %zu", i);
}

/*
 * Four cells of 1: the odds ratio stays, so with shares .8 and .7 the cells
 * are those of independence.
 */
static void test_two_margins(void)
{
	static const double x[] = { .8, .2 }, y[] = { .7, .3 },
	                    base[] = { 1, 1, 1, 1 },
	                    want[] = { .56, .24, .14, .06 };
	struct cx_rake_margin m[] = { margin("x", x), margin("y", y) };
	struct cx_rake rake = { 2, m, 4, square };
	struct cx_rake_fit fit;
	struct cx_err err;
	double factor[4];

	cx_rake_fit(&rake, base, &strict, factor, &fit, &err);
	check(fit.converged, "two margins: converged");
	for (size_t i = 0; i < 4; i++)
		check_rel(factor[i], 4 * want[i], ROUNDING,
		    "two margins: factor %zu", i);
}

/* The shares are met, and the sum of weights stays. */
static void test_shares_met(void)
{
	struct adjusted *a = adjust("rake 3", "W", "nps", -1);
	double sums[4] = { 0 }, all = 0, before = 0;

	for (size_t c = 0; c < a->n_cells; c++) {
		sums[a->category[c * 3 + 2]] += a->base[c] * a->factor[c];
		all += a->base[c] * a->factor[c];
		before += a->base[c];
	}
	check(a->fit.converged && a->fit.deviation <= strict.tolerance,
	    "three margins: converged");
	check(a->fit.iterations > 5 && a->fit.iterations < 500,
	    "three margins: %u rounds", a->fit.iterations);
	check_rel(all, before, ROUNDING, "the sum of weights stays");
	for (size_t k = 0; k < 4; k++)
		check_rel(sums[k] / all, band_shares[k], ROUNDING,
		    "share %zu is met", k);
}

/* Cells without weight, labels without share, shares off by their rounding. */
static void test_lenient(void)
{
	static const double shares[] = { .333, .333, .333, 0, NAN },
	                    base[] = { 1, 1, 2, 0, 0 };
	static const size_t category[] = { 0, 1, 2, 3, 4 };
	static const struct cx_rake_rule rule = { .01, 1e-12, 5 };
	struct cx_rake_margin m = { { "x", 1 }, 5, labels, shares };
	struct cx_rake rake = { 1, &m, 5, category };
	struct cx_rake_fit fit;
	struct cx_err err;
	double factor[5];

	check_int(cx_rake_fit(&rake, base, &rule, factor, &fit, &err), 0,
	    "rounded shares: status");
	check(fit.converged, "rounded shares: converged");
	check_rel(factor[1], 4. / 3, ROUNDING, "rounded shares: scaled");
	check_rel(factor[2], 2. / 3, ROUNDING, "rounded shares: halved");
	check(factor[3] == 1 && factor[4] == 1, "no weight: factor 1");
}

/* A category that only a cell without weight has changes nothing. */
static void test_empty_cell(enum cx_rake_residuals residuals)
{
	static const double shares[] = { .4, .35, .25, NAN };
	struct adjusted *a = adjust("rake", "SC", "nps", 1);
	struct cx_rake_margin m[2] = { a->rake.margins[0], a->rake.margins[1] };
	struct cx_design_mean want, got;
	struct cx_err err;

	a->sample.residuals = residuals;
	want = mean_of(a);
	m[0].n++;
	m[0].shares = shares;
	a->rake.margins = m;
	a->category[2 * a->n_cells] = 3;
	a->rake.n_cells = ++a->n_cells;
	check_int(
	    cx_rake_fit(&a->rake, a->base, &strict, a->factor, &a->fit, &err),
	    0, "empty cell: status");
	check(a->fit.converged, "empty cell: converged");
	got = mean_of(a);
	check(got.mean == want.mean && got.se == want.se,
	    "empty cell: no change");
}

/* With no cell (1, 0), y = 0 is all within x = 0: .7 does not fit in .2. */
static void test_contradiction(void)
{
	static const double x[] = { .2, .8 }, y[] = { .7, .3 },
	                    base[] = { 5, 1, 4 };
	static const size_t diagonal[] = { 0, 0, 0, 1, 1, 1 };
	struct cx_rake_margin m[] = { margin("x", x), margin("y", y) };
	struct cx_rake rake = { 2, m, 3, diagonal };
	struct cx_rake_rule rule = { 1e-9, 1e-9, 50 };
	struct cx_rake_fit fit;
	struct cx_err err;
	double factor[3];

	check_int(cx_rake_fit(&rake, base, &rule, factor, &fit, &err), 0,
	    "contradiction: no error");
	check(!fit.converged, "contradiction: not converged");
	check_int(fit.iterations, 50, "contradiction: iterations");
	check(fit.deviation > .4, "contradiction: deviation");
	rule.max_iterations = 100000;
	cx_rake_fit(&rake, base, &rule, factor, &fit, &err);
	check(!fit.converged && isfinite(fit.deviation) &&
	          isfinite(factor[0]) && isfinite(factor[1]),
	    "contradiction: finite for ever");
}

static void refuse(const double *x, const double *base, double tolerance,
    const char *message, const char *name)
{
	static const double even[] = { .5, .5 };
	struct cx_rake_margin m[] = { margin("y", even), margin("x", x) };
	struct cx_rake rake = { 2, m, 4, square };
	struct cx_rake_rule rule = { tolerance, 1e-9, 50 };
	struct cx_rake_fit fit = { .iterations = 17 };
	double factor[] = { 1, 2, 3, 4 };
	struct cx_err err;

	check_int(cx_rake_fit(&rake, base, &rule, factor, &fit, &err), -1,
	    "%s: status", name);
	check_str(err.what, message, "%s: message", name);
	check_str(err.column, "x", "%s: margin", name);
	check(factor[0] == 1 && fit.iterations == 17 && err.status == CX_DATA,
	    "%s: nothing is touched", name);
}

static void test_errors(void)
{
	static const double all[] = { 1, 1, 1, 1 }, first[] = { 1, 0, 1, 0 };
	static const double ok[] = { .5, .5 }, low[] = { .5, .499 },
	                    missing[] = { 1, NAN }, zero[] = { 1, 0 },
	                    negative[] = { 1.5, -.5 }, high[] = { .5, .502 };

	refuse(low, all, 1e-4, "the shares sum to 0.999, not to 1", "low sum");
	refuse(
	    high, all, 1e-4, "the shares sum to 1.002, not to 1", "high sum");
	refuse(ok, first, 1e-4,
	    "\"b\" has a share, but no record has it: join it with another",
	    "no record");
	refuse(
	    missing, all, 1e-4, "\"b\" occurs, but has no share", "no share");
	refuse(
	    zero, all, 1e-4, "\"b\" occurs, but its share is 0", "share of 0");
	refuse(negative, all, 1e-4, "the share of \"b\" is negative",
	    "negative share");
}

int main(void)
{
	survey_make();
	test_r();
	test_domains();
	test_effect();
	test_linearised();
	test_none();
	test_lonely();
	test_one_margin();
	test_two_margins();
	test_shares_met();
	test_lenient();
	test_empty_cell(CX_RAKE_BY_WEIGHT);
	test_empty_cell(CX_RAKE_BY_COUNT);
	test_contradiction();
	test_errors();
	return check_done();
}
