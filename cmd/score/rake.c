/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/rake.h"

#include "libcx/base/mem.h"
#include "libcx/table/settings.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

/* ---- reading ---- */

static struct score_margin *margin_of(
    struct score_margins *m, struct cx_str column)
{
	size_t before = m->columns.n, i = cx_map_put(&m->columns, column);

	if (i == before) {
		m->margins = cx_realloc(
		    m->margins, cx_mul(before + 1, sizeof(*m->margins)));
		m->margins[i] = (struct score_margin){ .at = 0 };
	}
	return &m->margins[i];
}

static int add_share(struct score_margins *m, struct cx_str column,
    struct cx_str value, struct cx_str cell, struct cx_err *err)
{
	struct score_margin *margin;
	double share;
	size_t before, i;

	if (cx_value_number(cell, &share, err) < 0 || share < 0)
		return cx_err_set(
		    err, CX_USAGE, "%s is not a share", cx_quote(cell));
	margin = margin_of(m, column);
	before = margin->values.n;
	i = cx_map_put(&margin->values, value);
	if (i < before)
		return cx_err_set(err, CX_USAGE, "%s of %s stands there twice",
		    cx_quote(value), cx_quote(column));
	margin->shares = cx_realloc(
	    margin->shares, cx_mul(before + 1, sizeof(*margin->shares)));
	margin->shares[i] = share;
	return 0;
}

static int read_rows(
    struct score_margins *m, struct cx_reader *reader, struct cx_err *err)
{
	const struct cx_header *header = cx_reader_header(reader);
	const struct cx_row *row;
	size_t column, value, share;
	int more;

	if (cx_header_find(header, cx_str("column"), &column, err) < 0 ||
	    cx_header_find(header, cx_str("value"), &value, err) < 0 ||
	    cx_header_find(header, cx_str("share"), &share, err) < 0)
		return -1;
	while ((more = cx_reader_next(reader, &row, err)) > 0) {
		if (add_share(m, cx_row_cell(row, column),
		        cx_row_cell(row, value), cx_row_cell(row, share),
		        err) < 0) {
			err->line = cx_reader_line(reader);
			return -1;
		}
	}
	return more;
}

/* Percentages become fractions. */
static void scale_shares(struct score_margin *margin)
{
	const double percent = 100, near = 0.5;
	double sum = 0;

	for (size_t i = 0; i < margin->values.n; i++)
		sum += margin->shares[i];
	for (size_t i = 0; fabs(sum - percent) < near && i < margin->values.n;
	     i++)
		margin->shares[i] /= percent;
}

static int read_margins(
    void *state, struct cx_reader *reader, struct cx_err *err)
{
	struct score_margins *m = state;

	if (read_rows(m, reader, err) < 0)
		return -1;
	for (size_t i = 0; i < m->columns.n; i++)
		scale_shares(&m->margins[i]);
	if (m->columns.n == 0)
		return cx_err_set(err, CX_DATA, "there are no margins");
	return 0;
}

int score_margins_read(
    struct score_margins *m, const char *path, struct cx_err *err)
{
	return cx_settings_read(path, read_margins, m, err);
}

/* ---- records ---- */

int score_margins_bind(
    struct score_margins *m, const struct cx_header *header, struct cx_err *err)
{
	for (size_t i = 0; i < m->columns.n; i++)
		if (cx_header_find(header, cx_map_key(&m->columns, i),
		        &m->margins[i].at, err) < 0)
			return -1;
	return 0;
}

int score_margins_cell(const struct score_margins *m, const struct cx_row *row,
    struct cx_buf *key, struct cx_err *err)
{
	cx_buf_clear(key);
	for (size_t i = 0; i < m->columns.n; i++) {
		const struct score_margin *margin = &m->margins[i];
		struct cx_str cell = cx_row_cell(row, margin->at);
		ptrdiff_t value = cx_map_get(&margin->values, cell);
		uint32_t number = (uint32_t)value;

		if (value < 0) {
			cx_err_record(err, "no share",
			    "%s has no share in the file of --rake",
			    cx_quote(cell));
			cx_err_column(err, cx_map_key(&m->columns, i));
			return -1;
		}
		cx_buf_add(key, (const char *)&number, sizeof(number));
	}
	return 0;
}

/* ---- fitting ---- */

static void make_margins(const struct score_margins *m, struct score_rake *r)
{
	size_t n = m->columns.n, n_labels = 0, at = 0;

	for (size_t i = 0; i < n; i++)
		n_labels += m->margins[i].values.n;
	r->margins = cx_malloc(cx_mul(n, sizeof(*r->margins)));
	r->labels = cx_malloc(cx_mul(n_labels, sizeof(*r->labels)));
	for (size_t i = 0; i < n; i++) {
		const struct cx_map *values = &m->margins[i].values;

		r->margins[i] = (struct cx_rake_margin){
			.name = cx_map_key(&m->columns, i),
			.n = values->n,
			.labels = r->labels + at,
			.shares = m->margins[i].shares,
		};
		for (size_t j = 0; j < values->n; j++)
			r->labels[at++] = cx_map_key(values, j);
	}
}

static void make_cells(const struct cx_map *cells, struct score_rake *r)
{
	size_t n = r->rake.n_margins;

	r->category = cx_malloc(cx_mul(cells->n * n + 1, sizeof(size_t)));
	for (size_t i = 0; i < cells->n; i++) {
		struct cx_str key = cx_map_key(cells, i);

		for (size_t j = 0; j < n; j++) {
			uint32_t number;

			memcpy(&number, key.p + j * sizeof(number),
			    sizeof(number));
			r->category[i * n + j] = number;
		}
	}
}

int score_margins_fit(const struct score_margins *m, const struct cx_map *cells,
    const double *base, struct score_rake *r, struct cx_err *err)
{
	static const struct cx_rake_rule rule = { .share_tolerance = 0.005,
		.tolerance = 1e-12,
		.max_iterations = 1000 };
	struct cx_rake_fit fit;

	r->rake.n_margins = m->columns.n;
	r->rake.n_cells = cells->n;
	make_margins(m, r);
	make_cells(cells, r);
	r->rake.margins = r->margins;
	r->rake.category = r->category;
	r->factor = cx_malloc(cx_mul(cells->n + 1, sizeof(*r->factor)));
	if (cx_rake_fit(&r->rake, base, &rule, r->factor, &fit, err) < 0)
		return -1;
	if (fit.converged)
		return 0;
	return cx_err_set(err, CX_DATA,
	    "--rake: the margins were not met after %u rounds (off by %g); "
	    "do they contradict each other?",
	    fit.iterations, fit.deviation);
}

void score_rake_release(struct score_rake *r)
{
	free(r->margins);
	free(r->labels);
	free(r->category);
	free(r->factor);
}

void score_margins_release(struct score_margins *m)
{
	for (size_t i = 0; i < m->columns.n; i++) {
		cx_map_release(&m->margins[i].values);
		free(m->margins[i].shares);
	}
	free(m->margins);
	cx_map_release(&m->columns);
}
