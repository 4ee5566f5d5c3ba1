/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/drift.h"

#include "libcx/base/mem.h"
#include "libcx/model/adjust.h"
#include "libcx/model/proportion.h"
#include "libcx/model/compare.h"
#include "libcx/table/sheet.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* Adjusted p-values below this are beyond chance. */
static const double BEYOND_CHANCE = .05;

/* Rows expected, at least, to have what is compared, and not to have it. */
static const double FEWEST = 5;

enum { NOTES = 10 };

/* A share or a mean, then and now. */
struct shift {
	struct cx_str column, level;
	bool is_new, is_mean;
	uint64_t n_then, n_now;     /* rows it is a share or a mean of */
	double then, now, p, p_adj; /* shares in [0, 1] */
	double sd;                  /* then, of a mean */
};

struct shifts {
	struct shift *items;
	size_t n, cap;
};

static struct shift *append(struct shifts *s)
{
	if (s->n == s->cap) {
		s->cap = s->cap ? cx_mul(s->cap, 2) : 64;
		s->items =
		    cx_realloc(s->items, cx_mul(s->cap, sizeof(*s->items)));
	}
	return &s->items[s->n++];
}

/* ---- tests ---- */

/* Whether the normal distribution will do for the counts of both. */
static bool is_testable(struct cx_proportion a, struct cx_proportion b)
{
	double p = (double)(a.hits + b.hits) / (double)(a.n + b.n);
	double n = fmin((double)a.n, (double)b.n);

	return n * fmin(p, 1 - p) >= FEWEST;
}

/* Counts of rows that have something, of n rows, then and now. */
static struct shift *add_share(struct shifts *s, struct cx_str column,
    struct cx_str level, struct cx_proportion then, struct cx_proportion now)
{
	struct shift *shift = append(s);

	*shift = (struct shift){ .column = column,
		.level = level,
		.n_then = then.n,
		.n_now = now.n,
		.then = (double)then.hits / (double)then.n,
		.now = (double)now.hits / (double)now.n,
		.p = NAN };
	if (is_testable(then, now))
		shift->p = cx_compare_proportions(&now, &then, .95).p;
	return shift;
}

static double variance(double sum, double squares, double n)
{
	static const double rounding = 1e-12;
	double spread = squares - sum * sum / n;

	return spread > rounding * squares ? spread / (n - 1) : 0;
}

/* Less the mean then, so that large numbers do not hide the difference. */
static void add_mean(struct shifts *s, const struct persona_model_column *then,
    const struct persona_drift_column *now)
{
	struct shift *shift = append(s);
	double n = (double)now->answered, n_then = (double)then->answered;
	double sum = cx_sum_value(&now->sum);
	double v = variance(sum, cx_sum_value(&now->squares), n);
	struct cx_measured before = { 0, then->sd / sqrt(n_then), n_then - 1 };
	struct cx_measured after = { sum / n, sqrt(v / n), n - 1 };

	*shift = (struct shift){ .column = cx_str(then->name),
		.level = { "", 0 },
		.is_mean = true,
		.n_then = then->answered,
		.n_now = now->answered,
		.then = then->mean,
		.now = then->mean + sum / n,
		.sd = then->sd,
		.p = cx_compare_measured(after, before, .95).p };
}

static struct cx_proportion part(uint64_t hits, uint64_t n)
{
	return (struct cx_proportion){ .hits = hits, .n = n };
}

static void add_levels(struct shifts *s,
    const struct persona_model_column *then,
    const struct persona_drift_column *now)
{
	struct cx_str name = cx_str(then->name);
	size_t *sorted = cx_map_sorted(&now->unknown);

	for (size_t l = 0; l < then->levels.n; l++)
		add_share(s, name, cx_map_key(&then->levels, l),
		    part(then->counts[l], then->answered),
		    part(now->counts[l], now->answered));
	for (size_t u = 0; u < now->unknown.n; u++)
		add_share(s, name, cx_map_key(&now->unknown, sorted[u]),
		    part(0, then->answered),
		    part(now->unknown_counts[sorted[u]], now->answered))
		    ->is_new = true;
	free(sorted);
}

static void add_personas(struct shifts *s, const struct persona_drift *d)
{
	const struct persona_model *m = d->model;

	for (size_t c = 0; c < m->mixture.k; c++)
		add_share(s, cx_str("persona"),
		    cx_str(persona_model_name(m, c)),
		    part(m->classes[c].assigned, m->n_rows),
		    part(d->assigned[c], d->n_rows));
}

static void compare(const struct persona_drift *d, struct shifts *s)
{
	const struct persona_model *m = d->model;
	double *p;

	for (size_t j = 0; d->columns && j < m->mixture.n_columns; j++) {
		const struct persona_model_column *then = &m->columns[j];
		const struct persona_drift_column *now = &d->columns[j];

		if (then->is_number)
			add_mean(s, then, now);
		else
			add_levels(s, then, now);
		add_share(s, cx_str(then->name), cx_str("(missing)"),
		    part(then->missing, m->n_rows),
		    part(now->missing, d->n_rows));
	}
	if (d->columns)
		add_personas(s, d);
	p = cx_malloc(cx_mul(s->n, sizeof(*p)));
	for (size_t i = 0; i < s->n; i++)
		p[i] = s->items[i].p;
	cx_adjust_bh(p, s->n, p);
	for (size_t i = 0; i < s->n; i++)
		s->items[i].p_adj = p[i];
	free(p);
}

static bool is_beyond_chance(const struct shift *shift)
{
	return shift->is_new || shift->p_adj < BEYOND_CHANCE;
}

/* ---- notes ---- */

static void note(const struct cx_cli *cli, const struct shift *s)
{
	const char *column = cx_quote(s->column);

	if (s->is_new)
		cx_cli_note(cli, "drift: %s: new category %s, %.2g%% of rows",
		    column, cx_quote(s->level), 100 * s->now);
	else if (s->is_mean)
		cx_cli_note(cli, "drift: %s: mean %.4g, was %.4g; p_adj %.2g",
		    column, s->now, s->then, s->p_adj);
	else
		cx_cli_note(cli,
		    "drift: %s: share of %s %.1f%%, was %.1f%%; p_adj %.2g",
		    column, cx_quote(s->level), 100 * s->now, 100 * s->then,
		    s->p_adj);
}

static void note_all(const struct cx_cli *cli, const struct persona_drift *d,
    const struct shifts *s)
{
	size_t told = 0;

	for (size_t i = 0; i < s->n; i++)
		if (is_beyond_chance(&s->items[i]) && told++ < NOTES)
			note(cli, &s->items[i]);
	if (told > NOTES)
		cx_cli_note(cli, "drift: and %zu more", told - NOTES);
	if (d->impossible)
		cx_cli_note(cli,
		    "rows that the model holds impossible: %" PRIu64,
		    d->impossible);
	if (d->unassigned)
		cx_cli_note(
		    cli, "rows without a persona: %" PRIu64, d->unassigned);
}

/* ---- the table ---- */

static void add_columns(struct cx_sheet *sheet)
{
	cx_sheet_text_column(sheet, cx_str("column"));
	cx_sheet_text_column(sheet, cx_str("level"));
	cx_sheet_number_column(sheet, "n_then", 0, 0);
	cx_sheet_number_column(sheet, "n_now", 0, 0);
	cx_sheet_number_column(sheet, "share_then", 4, 1);
	cx_sheet_number_column(sheet, "share_now", 4, 1);
	cx_sheet_number_column(sheet, "shift", 4, 1);
	cx_sheet_number_column(sheet, "mean_then", 6, 2);
	cx_sheet_number_column(sheet, "mean_now", 6, 2);
	cx_sheet_number_column(sheet, "shift_sd", 4, 2);
	cx_sheet_p_column(sheet, "p");
	cx_sheet_p_column(sheet, "p_adj");
	cx_sheet_number_column(sheet, "new", 0, 0);
	cx_sheet_number_column(sheet, "drift", 0, 0);
}

static int put_shift(
    struct cx_sheet *sheet, const struct shift *s, struct cx_err *err)
{
	double share = s->is_mean ? NAN : 100, mean = s->is_mean ? 1 : NAN;

	cx_sheet_text(sheet, s->column);
	cx_sheet_text(sheet, s->level);
	cx_sheet_count(sheet, s->n_then);
	cx_sheet_count(sheet, s->n_now);
	cx_sheet_real(sheet, share * s->then);
	cx_sheet_real(sheet, share * s->now);
	cx_sheet_real(sheet, share * (s->now - s->then));
	cx_sheet_real(sheet, mean * s->then);
	cx_sheet_real(sheet, mean * s->now);
	cx_sheet_real(sheet, mean * (s->now - s->then) / s->sd);
	cx_sheet_real(sheet, s->p);
	cx_sheet_real(sheet, s->p_adj);
	cx_sheet_count(sheet, s->is_new);
	cx_sheet_count(sheet, is_beyond_chance(s));
	return cx_sheet_end(sheet, err);
}

int persona_drift_check(const struct cx_list *gates, struct cx_err *err)
{
	struct cx_sheet *sheet = cx_sheet_new(NULL);
	int code;

	add_columns(sheet);
	code = cx_sheet_gates(sheet, gates->items, gates->n, err);
	cx_sheet_free(sheet);
	return code;
}

static int fill(struct cx_sheet *sheet, const struct shifts *s,
    const struct cx_list *gates, struct cx_err *err)
{
	int code;

	add_columns(sheet);
	code = cx_sheet_start(sheet, err);
	if (code == 0)
		code = cx_sheet_gates(sheet, gates->items, gates->n, err);
	for (size_t i = 0; code == 0 && i < s->n; i++)
		code = put_shift(sheet, &s->items[i], err);
	return code == 0 ? cx_sheet_flush(sheet, err) : -1;
}

/* Gates look at the table also where nobody wants to see it. */
static int write_table(const struct shifts *s, const char *path,
    const struct cx_list *gates, struct cx_err *err)
{
	struct cx_err gate = { .status = CX_DONE };
	struct cx_writer *writer;
	struct cx_output *out;
	struct cx_sheet *sheet;
	int code;

	if (cx_output_open(&out, path ? path : "/dev/null", err) < 0)
		return -1;
	writer = cx_writer_new(out, CX_TSV, false);
	sheet = cx_sheet_new(writer);
	code = fill(sheet, s, gates, err);
	if (code == 0)
		(void)cx_sheet_verdict(sheet, &gate);
	cx_sheet_free(sheet);
	if (code == 0)
		code = cx_writer_close(writer, err);
	else
		cx_writer_poison(writer, cx_str(err->what));
	if (code < 0 || gate.status == CX_DONE)
		return code;
	*err = gate;
	return -1;
}

int persona_drift_report(const struct persona_drift *d,
    const struct cx_cli *cli, const char *path, const struct cx_list *gates,
    struct cx_err *err)
{
	struct shifts s = { 0 };
	int code = 0;

	compare(d, &s);
	note_all(cli, d, &s);
	if (path || gates->n)
		code = write_table(&s, path, gates, err);
	free(s.items);
	return code;
}
