/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/table.h"

#include "libcx/base/mem.h"
#include "libcx/model/proportion.h"
#include "libcx/model/student.h"

#include <math.h>
#include <stdlib.h>

static struct gaps_settings *const set = &gaps_settings;

enum { DECIMALS = 4, BRIEF = 1, IMPORTANCE_BRIEF = 3 };

static const double PERCENT = 100;

/* ---- columns ---- */

static void number(struct cx_sheet *s, const char *name, int brief)
{
	cx_sheet_number_column(s, name, DECIMALS, brief);
}

static void detail(struct cx_sheet *s, const char *name)
{
	number(s, name, IMPORTANCE_BRIEF);
	cx_sheet_detail(s);
}

static void detail_text(struct cx_sheet *s, const char *name)
{
	cx_sheet_text_column(s, cx_str(name));
	cx_sheet_detail(s);
}

void gaps_group_columns(struct cx_sheet *s)
{
	for (size_t i = 0; i < cx_header_n(&gaps_plan.by.columns); i++) {
		cx_sheet_text_column(
		    s, cx_header_name(&gaps_plan.by.columns, i));
		cx_sheet_key(s);
	}
}

static bool has_stages(void)
{
	for (size_t k = 0; k < gaps_plan.drivers.n; k++)
		if (gaps_plan.drivers.items[k].stage[0])
			return true;
	return false;
}

static void name_key(struct cx_sheet *s)
{
	cx_sheet_number_column(s, "rank", DECIMALS, BRIEF);
	cx_sheet_text_column(s, cx_str("touchpoint"));
	cx_sheet_key(s);
	cx_sheet_text_column(s, cx_str("stage"));
	if (!has_stages())
		cx_sheet_detail(s);
	gaps_group_columns(s);
}

static void name_performance(struct cx_sheet *s)
{
	number(s, "n", BRIEF);
	number(s, "importance", IMPORTANCE_BRIEF);
	detail(s, "importance_lo");
	detail(s, "importance_hi");
	number(s, "performance", BRIEF);
	detail(s, "performance_lo");
	detail(s, "performance_hi");
	detail(s, "target");
	number(s, "gap", BRIEF);
	cx_sheet_text_column(s, cx_str("quadrant"));
	detail(s, "top_box");
	detail(s, "top_box_lo");
	detail(s, "top_box_hi");
	number(s, "bottom_box", BRIEF);
	detail(s, "bottom_box_lo");
	detail(s, "bottom_box_hi");
	detail(s, "reach");
	number(s, "customers_affected", 0);
	number(s, "amount_at_stake", 0);
	if (!gaps_plan.has_amount)
		cx_sheet_detail(s);
}

static void name_change(struct cx_sheet *s)
{
	bool nps = gaps_plan.is_nps;

	number(s, nps ? "nps_change" : "outcome_change", nps ? BRIEF : 2);
	number(s, nps ? "nps_change_lo" : "outcome_change_lo", nps ? BRIEF : 2);
	number(s, nps ? "nps_change_hi" : "outcome_change_hi", nps ? BRIEF : 2);
	detail(s, "penalty");
	detail(s, "penalty_lo");
	detail(s, "penalty_hi");
	detail(s, "reward");
	detail(s, "reward_lo");
	detail(s, "reward_hi");
	detail(s, "rank_lo");
	detail(s, "rank_hi");
	number(s, "p_top_three", 2);
	cx_sheet_text_column(s, cx_str("evidence"));
}

static void name_details(struct cx_sheet *s)
{
	detail_text(s, "method");
	detail_text(s, "missing");
	detail_text(s, "intervals");
	detail(s, "respondents");
	detail(s, "r2");
	detail(s, "share");
	detail(s, "vif");
	detail(s, "lmg");
	detail(s, "johnson");
	detail(s, "correlation");
	detail(s, "partial");
	detail(s, "beta");
	detail(s, "stated");
	detail_text(s, "dimension");
	detail(s, "expected");
	detail(s, "expectation_gap");
	detail(s, "expectation_gap_lo");
	detail(s, "expectation_gap_hi");
}

/* ---- one driver ---- */

struct row {
	const struct gaps_result *r;
	size_t k;
	const __int128 *d; /* its facts */
};

static double stat(const struct row *row, enum cx_driver_stat which)
{
	return row->r->stats[which * gaps_plan.drivers.n + row->k];
}

static double low(const struct row *row, enum cx_driver_stat which)
{
	return row->r->lo[which * gaps_plan.drivers.n + row->k];
}

static double high(const struct row *row, enum cx_driver_stat which)
{
	return row->r->hi[which * gaps_plan.drivers.n + row->k];
}

/* The unit that weights are kept in. */
static double weight_unit(void)
{
	return gaps_plan.is_weighted ? CX_CROSS_ONE : 1;
}

const char *gaps_quadrant(const struct gaps_result *r, size_t k)
{
	double importance = r->stats[k];
	double performance =
	    r->stats[CX_DRIVER_PERFORMANCE * gaps_plan.drivers.n + k];

	if (isnan(importance) || isnan(performance))
		return "";
	if (importance >= r->line_importance)
		return performance < r->line_performance ? "fix first"
		                                         : "keep up";
	return performance < r->line_performance ? "low priority"
	                                         : "possible overkill";
}

struct gaps_expectation gaps_expectation(const struct gaps_result *r, size_t k)
{
	const __int128 *d = r->facts + GAPS_FACTS + k * GAPS_D_FACTS;
	const struct cx_scale *scale = &gaps_plan.drivers.scales[k];
	double w = (double)d[GAPS_D_GAP_W], one = CX_CROSS_ONE;
	double unit = PERCENT / (scale->high - scale->low);
	double square, variance, mean, n;
	static const double rounding = 1e-14;
	struct gaps_expectation e = { NAN, NAN, NAN, 0 };

	if (w <= 0)
		return e;
	if (!scale->high_is_good)
		unit = -unit;
	n = w * w / (double)d[GAPS_D_GAP_WW];
	mean = (double)d[GAPS_D_GAP] / w / one;
	e.n = n;
	e.gap = unit * mean;
	e.expected = unit * ((double)d[GAPS_D_EXPECTED] / w / one -
	                        (unit > 0 ? scale->low : scale->high));
	square = (double)d[GAPS_D_GAP_SQUARE] / w / one / one;
	variance = square - mean * mean;
	/* Gaps that are all alike do not tell how far off they are. */
	if (n > 1 && variance > rounding * square)
		e.half = fabs(unit) * sqrt(variance / (n - 1)) *
		         cx_student_half_width(set->level, n - 1);
	return e;
}

/* A share in percent and its interval, by effective size. */
static void put_share(struct cx_sheet *s, const struct row *row, int which)
{
	double w = (double)row->d[GAPS_D_W], hits = (double)row->d[which] / w;
	double n = w * w / (double)row->d[GAPS_D_WW];
	struct cx_interval i = { NAN, NAN };

	if (w > 0)
		i = cx_proportion_wilson(hits * n, n, set->level);
	cx_sheet_real(s, w > 0 ? PERCENT * hits : NAN);
	cx_sheet_real(s, PERCENT * i.lo);
	cx_sheet_real(s, PERCENT * i.hi);
}

static void put_stat(
    struct cx_sheet *s, const struct row *row, enum cx_driver_stat which)
{
	cx_sheet_real(s, stat(row, which));
	cx_sheet_real(s, low(row, which));
	cx_sheet_real(s, high(row, which));
}

/* Of weights: a whole number where there are none. */
static void put_weight(struct cx_sheet *s, __int128 w)
{
	if (gaps_plan.is_weighted)
		cx_sheet_real(s, (double)w / CX_CROSS_ONE);
	else
		cx_sheet_count(s, (uint64_t)w);
}

static void put_performance(struct cx_sheet *s, const struct row *row)
{
	double performance = stat(row, CX_DRIVER_PERFORMANCE);

	cx_sheet_count(s, (uint64_t)row->d[GAPS_D_N]);
	put_stat(s, row, CX_DRIVER_IMPORTANCE);
	put_stat(s, row, CX_DRIVER_PERFORMANCE);
	cx_sheet_real(s, row->r->target[row->k]);
	cx_sheet_real(s, performance - row->r->target[row->k]);
	cx_sheet_text(s, cx_str(gaps_quadrant(row->r, row->k)));
	put_share(s, row, GAPS_D_TOP);
	put_share(s, row, GAPS_D_BOTTOM);
	cx_sheet_real(s, row->r->detail.reach[row->k]);
	put_weight(s, row->d[GAPS_D_BOTTOM]);
	cx_sheet_real(s, gaps_plan.has_amount ? (double)row->d[GAPS_D_AMOUNT] /
	                                            weight_unit() / CX_CROSS_ONE
	                                      : NAN);
}

/* ---- evidence ---- */

static const double INFLATED = 10;

static void note(struct cx_buf *out, const char *text)
{
	cx_buf_addf(out, "%s%s", out->len ? "; " : "", text);
}

static void note_model(struct cx_buf *out, const struct row *row)
{
	double vif = row->r->detail.vif[row->k];

	if (row->r->intervals[0] == '\0')
		note(out, "no intervals");
	else if (!row->r->above_zero[row->k])
		note(out, "importance not above 0");
	if (isinf(vif))
		note(out, "made up of other drivers");
	else if (vif > INFLATED) {
		note(out, "");
		cx_buf_addf(out, "vif %.0f", vif);
	}
	if (row->r->detail.repaired)
		note(out, "covariances repaired");
	if (gaps_is_at_target(row->r, row->k))
		note(out, "at target");
	else if (low(row, CX_DRIVER_CHANGE) <= 0)
		note(out, "change may be 0");
}

static void add_evidence(struct cx_buf *out, const struct row *row)
{
	switch (row->r->faults[row->k]) {
	case CX_DRIVER_CONSTANT:
		note(out, "suppressed: all ratings alike");
		return;
	case CX_DRIVER_FEW:
		note(out, "suppressed: n below 10 x drivers");
		return;
	case CX_DRIVER_FINE:
		break;
	}
	if (isnan(stat(row, CX_DRIVER_IMPORTANCE)))
		note(out, "suppressed: all outcomes alike");
	else
		note_model(out, row);
	if (out->len == 0)
		note(out, "beyond chance");
}

static void put_evidence(struct cx_sheet *s, const struct row *row)
{
	struct cx_buf text = { 0 };

	add_evidence(&text, row);
	cx_sheet_text(s, cx_buf_str(&text));
	cx_buf_release(&text);
}

static void put_change(struct cx_sheet *s, const struct row *row)
{
	put_stat(s, row, CX_DRIVER_CHANGE);
	put_stat(s, row, CX_DRIVER_PENALTY);
	put_stat(s, row, CX_DRIVER_REWARD);
	cx_sheet_real(s, row->r->rank_lo[row->k]);
	cx_sheet_real(s, row->r->rank_hi[row->k]);
	cx_sheet_real(s, row->r->top_three[row->k]);
	put_evidence(s, row);
}

static void put_details(struct cx_sheet *s, const struct row *row)
{
	const struct cx_driver_detail *d = &row->r->detail;
	struct gaps_expectation e = gaps_expectation(row->r, row->k);
	size_t k = row->k;

	cx_sheet_text(s, cx_str(gaps_plan_method()));
	cx_sheet_text(s, cx_str(set->missing));
	cx_sheet_text(s, cx_str(row->r->intervals));
	cx_sheet_count(s,
	    (uint64_t)row->r
	        ->facts[gaps_plan.missing == CX_DRIVER_LISTWISE ? GAPS_COMPLETE
	                                                        : GAPS_N]);
	cx_sheet_real(s, d->r2);
	cx_sheet_real(s, d->lmg[k] / d->r2);
	cx_sheet_real(s, d->vif[k]);
	cx_sheet_real(s, d->lmg[k]);
	cx_sheet_real(s, d->johnson[k]);
	cx_sheet_real(s, d->correlation[k]);
	cx_sheet_real(s, d->partial[k]);
	cx_sheet_real(s, d->beta[k]);
	cx_sheet_real(s, (double)row->d[GAPS_D_STATED] /
	                     (double)row->d[GAPS_D_STATED_W] / CX_CROSS_ONE);
	cx_sheet_text(s, cx_str(gaps_plan.drivers.items[k].dimension));
	cx_sheet_real(s, e.expected);
	cx_sheet_real(s, e.gap);
	cx_sheet_real(s, e.gap - e.half);
	cx_sheet_real(s, e.gap + e.half);
}

/* ---- the table ---- */

void gaps_group_cells(struct cx_sheet *s, const struct gaps_store *store,
    const struct gaps_result *r)
{
	struct cx_str rest = cx_map_key(&store->groups.map, r->group);

	for (size_t i = 0; i < cx_header_n(&gaps_plan.by.columns); i++)
		cx_sheet_text(s, cx_str_next(&rest, '\0'));
}

static enum cx_style style_of(const struct gaps_result *r, size_t k)
{
	const char *quadrant = gaps_quadrant(r, k);

	if (strcmp(quadrant, "fix first") == 0)
		return CX_BAD;
	if (strcmp(quadrant, "keep up") == 0)
		return CX_GOOD;
	return quadrant[0] ? CX_PLAIN : CX_DIM;
}

static int put_row(struct cx_sheet *s, const struct gaps_store *store,
    const struct gaps_result *r, size_t place, struct cx_err *err)
{
	size_t k = r->order[place];
	struct row row = { r, k, r->facts + GAPS_FACTS + k * GAPS_D_FACTS };
	const struct gaps_driver *driver = &gaps_plan.drivers.items[k];

	cx_sheet_style(s, style_of(r, k));
	if (place < r->n_ranked)
		cx_sheet_count(s, place + 1);
	else
		cx_sheet_real(s, NAN);
	cx_sheet_text(s, cx_str(driver->name));
	cx_sheet_text(s, cx_str(driver->stage));
	gaps_group_cells(s, store, r);
	put_performance(s, &row);
	put_change(s, &row);
	put_details(s, &row);
	return cx_sheet_end(s, err);
}

int gaps_table(const struct gaps_store *store,
    const struct gaps_result *results, size_t n, struct cx_writer *writer,
    struct cx_err *err)
{
	struct cx_sheet *s = cx_sheet_new(writer);
	int code;

	name_key(s);
	name_performance(s);
	name_change(s);
	name_details(s);
	code = cx_sheet_gates(s, set->gates.items, set->gates.n, err);
	if (code == 0)
		code = cx_sheet_start(s, err);
	for (size_t g = 0; g < n; g++)
		for (size_t i = 0; i < gaps_plan.drivers.n && code == 0; i++)
			code = put_row(s, store, &results[g], i, err);
	return cx_sheet_close(s, code, err);
}
