/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/mem.h"
#include "libcx/model/mixture-impl.h"
#include "libcx/model/sum.h"

#include <math.h>
#include <stdlib.h>

/* ---- columns ---- */

static bool is_missing(const struct cx_mixture_column *column, size_t row)
{
	return column->n_levels ? column->codes[row] == CX_MIXTURE_NONE
	                        : isnan(column->values[row]);
}

static bool is_same(
    const struct cx_mixture_column *column, size_t row, size_t other)
{
	return column->n_levels ? column->codes[row] == column->codes[other]
	                        : column->values[row] == column->values[other];
}

static int check_column(const struct cx_mixture_column *column,
    const uint32_t *rows, size_t n, struct cx_err *err)
{
	size_t first = 0, i;
	int code = 0;

	while (first < n && is_missing(column, rows[first]))
		first++;
	for (i = first; i < n; i++)
		if (!is_missing(column, rows[i]) &&
		    !is_same(column, rows[first], rows[i]))
			break;
	if (first == n)
		code = cx_err_set(err, CX_DATA, "no row has an answer");
	else if (i == n)
		code = cx_err_set(err, CX_DATA,
		    "all answers are the same: no class differs by it");
	else if (column->n_levels > CX_MIXTURE_MOST_LEVELS)
		code = cx_err_set(err, CX_DATA,
		    "%zu different answers; a categorical column has %d at "
		    "most",
		    column->n_levels, CX_MIXTURE_MOST_LEVELS);
	if (code < 0)
		cx_err_column(err, column->name);
	return code;
}

/* Categorical columns by their number of levels, then numeric ones. */
static void order_columns(
    struct cx_mixture_data *d, const struct cx_mixture_table *table)
{
	const struct cx_mixture_column *columns = table->columns;

	d->order = cx_malloc(cx_mul(d->n_columns, sizeof(*d->order)));
	d->n_levels = cx_malloc(cx_mul(d->n_columns, sizeof(*d->n_levels)));
	for (size_t j = 0; j < d->n_columns; j++) {
		/* numeric ones, with 0 levels, are the largest */
		size_t key = columns[j].n_levels - 1, at = j;

		for (; at > 0 && d->n_levels[at - 1] - 1 > key; at--) {
			d->n_levels[at] = d->n_levels[at - 1];
			d->order[at] = d->order[at - 1];
		}
		d->n_levels[at] = columns[j].n_levels;
		d->order[at] = j;
		d->n_codes += columns[j].n_levels > 0;
	}
	d->n_values = d->n_columns - d->n_codes;
}

/* ---- the order of rows ---- */

/* Sorting by digits of 16 bits, the least one first; each pass is stable. */
enum { DIGITS = 1 << 16 };

struct sorting {
	uint32_t *rows, *others;
	size_t n;
	size_t *starts; /* DIGITS */
};

/* Bits of a number that sort as it does; NaN last. */
static uint64_t sortable(double x)
{
	uint64_t bits;

	if (isnan(x))
		return UINT64_MAX;
	x += 0.; /* no -0 */
	memcpy(&bits, &x, sizeof(bits));
	return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static void sort_by_digits(struct sorting *s, const uint16_t *digits)
{
	uint32_t *keep = s->rows;
	size_t start = 0;

	memset(s->starts, 0, DIGITS * sizeof(*s->starts));
	for (size_t i = 0; i < s->n; i++)
		s->starts[digits[s->rows[i]]]++;
	for (size_t digit = 0; digit < DIGITS; digit++) {
		size_t n = s->starts[digit];

		s->starts[digit] = start;
		start += n;
	}
	for (size_t i = 0; i < s->n; i++)
		s->others[s->starts[digits[s->rows[i]]]++] = s->rows[i];
	s->rows = s->others;
	s->others = keep;
}

static void sort_by_values(
    struct sorting *s, const double *values, uint16_t *digits)
{
	for (unsigned shift = 0; shift < 64; shift += 16) {
		for (size_t i = 0; i < s->n; i++)
			digits[s->rows[i]] =
			    (uint16_t)(sortable(values[s->rows[i]]) >> shift);
		sort_by_digits(s, digits);
	}
}

/* Rows of a weight, by content, then weight: sums never depend on order. */
static uint32_t *sort_rows(
    struct cx_mixture_data *d, const struct cx_mixture_table *table)
{
	size_t most = cx_mul(table->n_rows, sizeof(uint32_t));
	uint16_t *digits = cx_malloc(most / 2);
	struct sorting s = { .rows = cx_malloc(most),
		.others = cx_malloc(most),
		.starts = cx_malloc(DIGITS * sizeof(size_t)) };

	for (size_t i = 0; i < table->n_rows; i++)
		if (!table->weights || table->weights[i] > 0)
			s.rows[s.n++] = (uint32_t)i;
	if (table->weights)
		sort_by_values(&s, table->weights, digits);
	for (size_t j = d->n_columns; j-- > 0;) {
		const struct cx_mixture_column *column =
		    &table->columns[d->order[j]];

		if (column->n_levels)
			sort_by_digits(&s, column->codes);
		else
			sort_by_values(&s, column->values, digits);
	}
	free(digits);
	free(s.others);
	free(s.starts);
	d->n_rows = s.n;
	return s.rows;
}

/* ---- patterns ---- */

/* Codes that a row shares with the one before it; n_columns: all answers. */
static size_t shared_with(const struct cx_mixture_data *d,
    const struct cx_mixture_table *table, uint32_t row, uint32_t before)
{
	for (size_t j = 0; j < d->n_columns; j++) {
		const struct cx_mixture_column *column =
		    &table->columns[d->order[j]];

		if (is_missing(column, row) && is_missing(column, before))
			continue;
		if (!is_same(column, row, before))
			return j < d->n_codes ? j : d->n_codes;
	}
	return SIZE_MAX;
}

static void number_patterns(struct cx_mixture_data *d,
    const struct cx_mixture_table *table, const uint32_t *rows)
{
	size_t n = 0;

	d->pattern_of = cx_malloc(cx_mul(d->n_rows, sizeof(*d->pattern_of)));
	d->shared = cx_malloc(cx_mul(d->n_rows, sizeof(*d->shared)));
	for (size_t i = 0; i < d->n_rows; i++) {
		size_t shared =
		    i ? shared_with(d, table, rows[i], rows[i - 1]) : 0;

		if (shared != SIZE_MAX)
			d->shared[n++] = (uint16_t)shared;
		d->pattern_of[i] = (uint32_t)n - 1;
	}
	d->n_patterns = n;
}

/* Means and deviations over rows that answered, in the rows' order. */
static void standardise(struct cx_mixture_data *d,
    const struct cx_mixture_table *table, const uint32_t *rows, size_t j)
{
	const double *x = table->columns[d->order[j]].values;
	struct cx_sum w = { 0 }, wx = { 0 }, wxx = { 0 };
	double n = 0, answered = 0, mean;

	for (size_t i = 0; i < d->n_rows; i++) {
		double weight = d->row_weight ? d->row_weight[i] : 1;

		if (isnan(x[rows[i]]))
			continue;
		cx_sum_add(&w, weight);
		cx_sum_add(&wx, weight * x[rows[i]]);
		n++;
	}
	mean = cx_sum_value(&wx) / cx_sum_value(&w);
	for (size_t i = 0; i < d->n_rows; i++) {
		double off = x[rows[i]] - mean;

		if (!isnan(off))
			cx_sum_add(&wxx,
			    (d->row_weight ? d->row_weight[i] : 1) * off * off);
	}
	answered = cx_sum_value(&w);
	d->mean[j] = mean;
	d->sd[j] = sqrt(cx_sum_value(&wxx) / answered * n / (n - 1));
	d->log_sd += answered * log(d->sd[j]);
}

static int by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

/* The median distance of neighbouring values, of which there are two. */
static double find_grid(const double *x, const uint32_t *rows, size_t n_rows)
{
	double *v = cx_malloc(cx_mul(n_rows, sizeof(*v))), grid;
	size_t n = 0, gaps = 0;

	for (size_t i = 0; i < n_rows; i++)
		if (!isnan(x[rows[i]]))
			v[n++] = x[rows[i]];
	qsort(v, n, sizeof(*v), by_value);
	for (size_t i = 1; i < n; i++)
		if (v[i] > v[i - 1])
			v[gaps++] = v[i] - v[i - 1];
	qsort(v, gaps, sizeof(*v), by_value);
	grid = v[gaps / 2];
	free(v);
	return grid;
}

static void find_floor(struct cx_mixture_data *d,
    const struct cx_mixture_table *table, const uint32_t *rows, size_t j)
{
	const double *x = table->columns[d->order[j]].values;
	double grid = find_grid(x, rows, d->n_rows) / d->sd[j];

	d->floor[j] = fmax(CX_MIXTURE_FLOOR, grid * grid / 2);
}

/* Weights that sum to the number of rows. */
static void weigh(struct cx_mixture_data *d,
    const struct cx_mixture_table *table, const uint32_t *rows)
{
	struct cx_sum total = { 0 };
	double by;

	d->weight = cx_calloc(d->n_patterns, sizeof(*d->weight));
	if (!table->weights) {
		for (size_t i = 0; i < d->n_rows; i++)
			d->weight[d->pattern_of[i]]++;
		return;
	}
	d->row_weight = cx_malloc(cx_mul(d->n_rows, sizeof(*d->row_weight)));
	for (size_t i = 0; i < d->n_rows; i++)
		cx_sum_add(&total, table->weights[rows[i]]);
	by = (double)d->n_rows / cx_sum_value(&total);
	for (size_t i = 0; i < d->n_rows; i++) {
		d->row_weight[i] = table->weights[rows[i]] * by;
		d->weight[d->pattern_of[i]] += d->row_weight[i];
	}
}

static void copy_pattern(struct cx_mixture_data *d,
    const struct cx_mixture_table *table, uint32_t row, size_t pattern)
{
	uint16_t *codes = d->codes + pattern * d->n_codes;
	double *values = d->values + pattern * d->n_values;

	for (size_t j = 0; j < d->n_codes; j++) {
		uint16_t code = table->columns[d->order[j]].codes[row];

		codes[j] =
		    code == CX_MIXTURE_NONE ? (uint16_t)d->n_levels[j] : code;
	}
	for (size_t j = 0; j < d->n_values; j++) {
		size_t at = d->n_codes + j;
		double x = table->columns[d->order[at]].values[row];

		values[j] = (x - d->mean[at]) / d->sd[at];
	}
}

static void fill(struct cx_mixture_data *d,
    const struct cx_mixture_table *table, const uint32_t *rows)
{
	number_patterns(d, table, rows);
	weigh(d, table, rows);
	d->mean = cx_calloc(d->n_columns, sizeof(*d->mean));
	d->sd = cx_calloc(d->n_columns, sizeof(*d->sd));
	d->floor = cx_calloc(d->n_columns, sizeof(*d->floor));
	for (size_t j = d->n_codes; j < d->n_columns; j++) {
		standardise(d, table, rows, j);
		find_floor(d, table, rows, j);
	}
	d->codes = cx_malloc(
	    cx_mul(cx_mul(d->n_patterns, d->n_codes), sizeof(*d->codes)));
	d->values = cx_malloc(
	    cx_mul(cx_mul(d->n_patterns, d->n_values), sizeof(*d->values)));
	for (size_t i = 0; i < d->n_rows; i++)
		if (i == 0 || d->pattern_of[i] != d->pattern_of[i - 1])
			copy_pattern(d, table, rows[i], d->pattern_of[i]);
}

int cx_mixture_data_new(struct cx_mixture_data **data,
    const struct cx_mixture_table *table, struct cx_err *err)
{
	struct cx_mixture_data *d = cx_calloc(1, sizeof(*d));
	uint32_t *rows;
	int code = 0;

	d->n_columns = table->n_columns;
	order_columns(d, table);
	rows = sort_rows(d, table);
	if (d->n_rows == 0)
		code = cx_err_set(err, CX_DATA, "no row has a weight");
	for (size_t j = 0; code == 0 && j < d->n_columns; j++)
		code = check_column(&table->columns[j], rows, d->n_rows, err);
	if (code == 0)
		fill(d, table, rows);
	free(rows);
	if (code < 0)
		cx_mixture_data_free(d);
	else
		*data = d;
	return code;
}

void cx_mixture_data_free(struct cx_mixture_data *d)
{
	if (!d)
		return;
	free(d->order);
	free(d->n_levels);
	free(d->mean);
	free(d->sd);
	free(d->floor);
	free(d->codes);
	free(d->values);
	free(d->shared);
	free(d->weight);
	free(d->pattern_of);
	free(d->row_weight);
	free(d);
}

size_t cx_mixture_data_rows(const struct cx_mixture_data *d)
{
	return d->n_rows;
}

size_t cx_mixture_data_patterns(const struct cx_mixture_data *d)
{
	return d->n_patterns;
}
