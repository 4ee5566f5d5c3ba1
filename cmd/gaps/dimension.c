/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/table.h"

#include "libcx/base/mem.h"

#include <math.h>
#include <stdlib.h>

enum { DECIMALS = 4, BRIEF = 1, WEIGHT_BRIEF = 2 };

/* The means over the items of a dimension, or over all dimensions. */
struct dimension {
	struct cx_str name;
	size_t items;
	double n, expected, gap, half; /* n: of the item with the fewest */
	double weight;
};

static void add_item(
    struct dimension *d, const struct gaps_expectation *e, double weight)
{
	if (isnan(e->gap))
		return;
	d->n = d->items ? fmin(d->n, e->n) : e->n;
	d->items++;
	d->expected += e->expected;
	d->gap += e->gap;
	/*
	 * Errors of items are added as if they went together: respondents who
	 * rate one item low do so with others.
	 */
	d->half += e->half;
	d->weight += isnan(weight) ? 0 : weight;
}

/* Of a dimension nobody had expectations of, all is NaN. */
static void finish(struct dimension *d)
{
	double n = (double)d->items;

	d->expected /= n;
	d->gap /= n;
	d->half /= n;
	d->weight /= n;
}

/* The dimensions of a result; each item without one is one of its own. */
static size_t find_dimensions(
    const struct gaps_result *r, struct cx_map *names, struct dimension *out)
{
	size_t n, n_used = 0;
	double all = 0;

	for (size_t k = 0; k < gaps_plan.drivers.n; k++) {
		const struct gaps_driver *d = &gaps_plan.drivers.items[k];
		struct gaps_expectation e = gaps_expectation(r, k);

		add_item(&out[cx_map_put(names,
		             cx_str(d->dimension[0] ? d->dimension : d->name))],
		    &e, d->weight);
	}
	n = names->n;
	for (size_t i = 0; i < n; i++) {
		finish(&out[i]);
		all += isnan(out[i].weight) ? 0 : out[i].weight;
		n_used += out[i].items > 0;
	}
	/* Without weights all dimensions count the same. */
	for (size_t i = 0; i < n; i++) {
		out[i].name = cx_map_key(names, i);
		if (out[i].items)
			out[i].weight =
			    all > 0 ? out[i].weight / all : 1 / (double)n_used;
	}
	return n;
}

static int put_row(struct cx_sheet *s, const struct gaps_store *store,
    const struct gaps_result *r, const struct dimension *d, struct cx_err *err)
{
	cx_sheet_text(s, d->name);
	gaps_group_cells(s, store, r);
	cx_sheet_count(s, d->items);
	cx_sheet_real(s, d->n);
	cx_sheet_real(s, d->expected);
	cx_sheet_real(s, d->expected + d->gap);
	cx_sheet_real(s, d->gap);
	cx_sheet_real(s, d->gap - d->half);
	cx_sheet_real(s, d->gap + d->half);
	cx_sheet_real(s, d->weight);
	cx_sheet_real(s, d->weight * d->gap);
	return cx_sheet_end(s, err);
}

static void add_dimension(struct dimension *all, const struct dimension *d)
{
	if (d->items == 0)
		return;
	all->items += d->items;
	all->n = fmin(all->n, d->n);
	all->expected += d->weight * d->expected;
	all->gap += d->weight * d->gap;
	all->half += d->weight * d->half;
}

/* The rows of a group, and one, without a name, of all its dimensions. */
static int put_group(struct cx_sheet *s, const struct gaps_store *store,
    const struct gaps_result *r, struct cx_err *err)
{
	struct dimension *found =
	    cx_calloc(gaps_plan.drivers.n + 1, sizeof(*found));
	struct dimension all = { { "", 0 }, 0, NAN, 0, 0, 0, 1 };
	struct cx_map names = { 0 };
	size_t n = find_dimensions(r, &names, found);
	size_t *sorted = cx_map_sorted(&names);
	int code = 0;

	for (size_t i = 0; i < n && code == 0; i++) {
		add_dimension(&all, &found[sorted[i]]);
		code = put_row(s, store, r, &found[sorted[i]], err);
	}
	if (all.items == 0)
		all = (struct dimension){ all.name, 0, 0, NAN, NAN, NAN, 1 };
	if (code == 0)
		code = put_row(s, store, r, &all, err);
	free(sorted);
	free(found);
	cx_map_release(&names);
	return code;
}

static void name_columns(struct cx_sheet *s)
{
	static const char *const reals[] = { "n", "expected", "performance",
		"expectation_gap", "expectation_gap_lo", "expectation_gap_hi" };

	cx_sheet_text_column(s, cx_str("dimension"));
	cx_sheet_key(s);
	gaps_group_columns(s);
	cx_sheet_number_column(s, "items", DECIMALS, BRIEF);
	for (size_t i = 0; i < sizeof(reals) / sizeof(*reals); i++)
		cx_sheet_number_column(s, reals[i], DECIMALS, BRIEF);
	cx_sheet_number_column(s, "weight", DECIMALS, WEIGHT_BRIEF);
	cx_sheet_number_column(s, "weighted_gap", DECIMALS, BRIEF);
}

int gaps_dimensions(const struct gaps_store *store,
    const struct gaps_result *results, size_t n, struct cx_writer *writer,
    struct cx_err *err)
{
	struct cx_sheet *s = cx_sheet_new(writer);
	const struct cx_list *gates = &gaps_settings.gates;
	int code;

	name_columns(s);
	code = cx_sheet_gates(s, gates->items, gates->n, err);
	if (code == 0)
		code = cx_sheet_start(s, err);
	for (size_t g = 0; g < n && code == 0; g++)
		code = put_group(s, store, &results[g], err);
	return cx_sheet_close(s, code, err);
}
