/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/journey.h"

#include <math.h>
#include <stdlib.h>

/* --view edges: which contact follows directly on which. */

static const char start[] = "(start)", end[] = "(end)";
static const char EDGE[] = "edge", CUSTOMERS[] = "edge-customers";
static const char LEAVING[] = "edge-from", ARRIVING[] = "edge-to";

static void columns(struct cx_sheet *sheet)
{
	cx_sheet_text_column(sheet, cx_str("from"));
	cx_sheet_text_column(sheet, cx_str("to"));
	cx_sheet_number_column(sheet, "n", 0, 0);
	cx_sheet_number_column(sheet, "customers", 0, 0);
	cx_sheet_number_column(sheet, "share", JOURNEY_DECIMALS, JOURNEY_BRIEF);
	cx_sheet_number_column(sheet, "median_s", 1, 0);
	cx_sheet_number_column(sheet, "p90_s", 1, 0);
	cx_sheet_number_column(sheet, "mean_s", 1, 0);
}

/* ---- counting ---- */

/* The node of a contact; a journey starts and ends at nodes of their own. */
enum { START, END, FIRST_NODE };

static struct cx_str name_of(uint32_t node)
{
	if (node == START)
		return cx_str(start);
	if (node == END)
		return cx_str(end);
	return journey_touchpoint(node - FIRST_NODE);
}

/* Three numbers that stand together: the edge, its customers, its start. */
static uint32_t edge_of(
    struct journey_counts *counts, uint32_t group, uint32_t from, uint32_t to)
{
	uint32_t *key =
	    journey_memo_at(&counts->memo, group, (uint64_t)from << 32 | to);
	struct journey_thing thing = { EDGE, { name_of(from), name_of(to) },
		journey_group(group) };

	if (*key != UINT32_MAX)
		return *key;
	*key = journey_counts_put(counts, &thing);
	thing.what = CUSTOMERS;
	(void)journey_counts_put(counts, &thing);
	return *key;
}

static int take(struct journey_counts *counts, struct cx_sheet *sheet,
    const struct journey *j, struct cx_err *err)
{
	uint32_t from = START;

	(void)sheet;
	for (size_t i = 0; i <= j->n; i++) {
		bool inside = i > 0 && i < j->n;
		uint32_t to =
		    i < j->n ? j->contacts[i].touchpoint + FIRST_NODE : END;
		uint32_t key = edge_of(counts, j->group, from, to);

		if (!inside)
			journey_count(counts, key);
		else if (journey_count_value(counts, key,
		             j->contacts[i].start - j->contacts[i - 1].time,
		             err) < 0)
			return -1;
		journey_count_once(counts, key + 1, j->owner_serial);
		from = to;
	}
	return 0;
}

/* ---- the table ---- */

static void add_sum(struct journey_counts *counts, const char *what,
    struct cx_str node, struct cx_str group, uint64_t n)
{
	struct journey_thing thing = { what, { node }, group };
	uint32_t key = journey_counts_put(counts, &thing);

	counts->list[key].n += n;
}

void journey_edges_sum(struct journey_counts *counts)
{
	size_t n = counts->keys.n;

	for (size_t i = 0; i < n; i++) {
		struct journey_thing thing = journey_counts_thing(counts, i);
		struct cx_buf text = { 0 };
		struct cx_str from, to, group;

		if (!journey_thing_is(&thing, EDGE))
			continue;
		/* A new key moves the texts of the others. */
		cx_buf_adds(&text, thing.part[0]);
		cx_buf_adds(&text, thing.part[1]);
		cx_buf_adds(&text, thing.group);
		from = (struct cx_str){ text.data, thing.part[0].n };
		to = (struct cx_str){ text.data + from.n, thing.part[1].n };
		group =
		    (struct cx_str){ text.data + from.n + to.n, thing.group.n };
		add_sum(counts, LEAVING, from, group, counts->list[i].n);
		add_sum(counts, ARRIVING, to, group, counts->list[i].n);
		cx_buf_release(&text);
	}
}

uint64_t journey_edges_at(const struct journey_counts *counts,
    struct cx_str group, struct cx_str node)
{
	struct journey_thing thing = { ARRIVING, { node }, group };

	return journey_counts_n(counts, &thing);
}

int journey_edges_row(struct journey_counts *counts, size_t key,
    struct journey_edge *edge, struct cx_err *err)
{
	struct journey_thing thing = journey_counts_thing(counts, key);
	struct journey_thing other = { LEAVING, { thing.part[0] },
		thing.group };

	if (!journey_thing_is(&thing, EDGE))
		return 0;
	edge->group = thing.group;
	edge->from = thing.part[0];
	edge->to = thing.part[1];
	edge->starts = cx_str_eq(edge->from, cx_str(start));
	edge->ends = cx_str_eq(edge->to, cx_str(end));
	edge->n = counts->list[key].n;
	edge->share =
	    (double)edge->n / (double)journey_counts_n(counts, &other);
	other = thing;
	other.what = CUSTOMERS;
	edge->customers = journey_counts_n(counts, &other);
	cx_spread_start(&edge->times, 0);
	if (counts->list[key].valued &&
	    journey_counts_spread(counts, &thing, &edge->times, err) < 0)
		return -1;
	return 100 * edge->share >= journey_settings.min_share;
}

static int put_row(
    struct cx_sheet *sheet, const struct journey_edge *e, struct cx_err *err)
{
	journey_put_group(sheet, e->group);
	cx_sheet_text(sheet, e->from);
	cx_sheet_text(sheet, e->to);
	cx_sheet_count(sheet, e->n);
	cx_sheet_count(sheet, e->customers);
	cx_sheet_real(sheet, 100 * e->share);
	cx_sheet_real(sheet, cx_spread_median(&e->times));
	cx_sheet_real(sheet, cx_spread_p90(&e->times));
	cx_sheet_real(sheet, cx_spread_mean(&e->times));
	return cx_sheet_end(sheet, err);
}

static int report(
    struct journey_counts *counts, struct cx_sheet *sheet, struct cx_err *err)
{
	size_t *sorted;
	int code = 0;

	journey_edges_sum(counts);
	sorted = journey_counts_sorted(counts);
	for (size_t i = 0; i < counts->keys.n && code >= 0; i++) {
		struct journey_edge edge;

		code = journey_edges_row(counts, sorted[i], &edge, err);
		if (code > 0)
			code = put_row(sheet, &edge, err);
	}
	free(sorted);
	return code < 0 ? -1 : 0;
}

static void explain(void)
{
	cx_cli_explain(
	    "n: how often a contact at `to` follows directly on one at "
	    "`from`; %s and %s stand for the start and the end of a journey\n"
	    "customers: by whom, each counted once\n"
	    "share: of all that follows on `from`, in %%\n"
	    "median_s, p90_s, mean_s: seconds from the end of one contact to "
	    "the start of the next; quantiles of type 7 (Hyndman and Fan "
	    "1996)\n",
	    start, end);
	if (journey_settings.min_share > 0)
		cx_cli_explain("left out: edges with a share below %g%%\n",
		    journey_settings.min_share);
}

static const char *const own_names[] = { start, end, NULL };

const struct journey_view journey_edges = {
	.own_names = own_names,
	.name = "edges",
	.columns = columns,
	.take = take,
	.report = report,
	.explain = explain,
};
