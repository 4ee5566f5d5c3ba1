/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refunds, which are rows of their own, taken off what was sold. */
#include "cmd/ingest/rows.h"

#include "libcx/base/mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* An amount: units / 10^decimals, exactly. */
struct money {
	int64_t units;
	int decimals;
};

enum { MOST_DIGITS = 17, MONEY_SIZE = 48 };

/* [+-] digits [. digits], as a column of amounts holds them. */
static bool read_money(struct cx_str cell, struct money *m)
{
	bool minus = cell.n && cell.p[0] == '-', point = false;
	size_t i = cell.n && (minus || cell.p[0] == '+');
	int digits = 0;

	*m = (struct money){ 0 };
	for (; i < cell.n; i++) {
		if (cell.p[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (cell.p[i] < '0' || cell.p[i] > '9' || digits == MOST_DIGITS)
			return false;
		m->units = m->units * 10 + (cell.p[i] - '0');
		m->decimals += point;
		digits += m->units > 0;
	}
	if (minus)
		m->units = -m->units;
	return cell.n > 0 && m->decimals <= MOST_DIGITS;
}

static bool rescale(struct money *m, int decimals)
{
	for (; m->decimals < decimals; m->decimals++)
		if (__builtin_mul_overflow(m->units, 10, &m->units))
			return false;
	return true;
}

/* Both with the decimals of the one that has more. */
static bool align(struct money *a, struct money *b)
{
	int most = a->decimals > b->decimals ? a->decimals : b->decimals;

	return rescale(a, most) && rescale(b, most);
}

static char *write_money(const struct money *m)
{
	char digits[MONEY_SIZE], text[2 * MONEY_SIZE];
	uint64_t units =
	    m->units < 0 ? 0 - (uint64_t)m->units : (uint64_t)m->units;
	int n = snprintf(
	    digits, sizeof(digits), "%0*" PRIu64, m->decimals + 1, units);

	snprintf(text, sizeof(text), "%s%.*s%s%s", m->units < 0 ? "-" : "",
	    n - m->decimals, digits, m->decimals ? "." : "",
	    digits + n - m->decimals);
	return cx_strdup(text);
}

/* ---- orders ---- */

struct orders {
	struct ingest_state *total;
	size_t place;           /* of the amount among the cells held */
	struct money *amounts;  /* by number held */
	uint32_t *first, *last; /* by order: sales, numbers held from 1 */
	uint32_t *next;         /* by number held */
};

/* The amount of a record, in the first of its rows; 0 where it has none. */
static int amount_of(const struct orders *o, size_t number, struct cx_str text,
    struct cx_str *cells, struct cx_err *err)
{
	const char *end = memchr(text.p + 1, '\n', text.n - 1);
	size_t n = ingest_split(
	    text.p + 1, end ? end : text.p + text.n, cells, o->place + 1);
	struct cx_str cell = { "", 0 };

	if (n > o->place)
		cell = cx_str_trim(cells[o->place]);
	if (!cell.n || read_money(cell, &o->amounts[number]))
		return 0;
	cx_err_set(err, CX_DATA,
	    "%s cannot be netted: it is no plain number of at most %d digits",
	    cx_quote(cell), MOST_DIGITS);
	cx_err_column(err, cx_str("amount"));
	return -1;
}

/* Sales by order, in the order of the input. */
static int list_sales(struct orders *o, struct cx_err *err)
{
	const struct ingest_rows *rows = o->total->ingest->rows;
	struct cx_str *cells = cx_calloc(o->place + 1, sizeof(*cells));
	struct cx_str text;
	int code = 0;

	for (size_t i = 0; code == 0 && i < rows->held.n; i++) {
		uint32_t order = rows->facts[i].order;

		if (!cx_held_get(&rows->held, i, &text))
			continue;
		code = amount_of(o, i, text, cells, err);
		if (!order || o->amounts[i].units <= 0)
			continue;
		if (o->last[order])
			o->next[o->last[order] - 1] = (uint32_t)i + 1;
		else
			o->first[order] = (uint32_t)i + 1;
		o->last[order] = (uint32_t)i + 1;
	}
	free(cells);
	return code;
}

static void change(struct orders *o, size_t number, struct money amount)
{
	struct ingest_rows *rows = o->total->ingest->rows;

	o->amounts[number] = amount;
	free(rows->amounts[number]);
	rows->amounts[number] = write_money(&amount);
}

static int too_long(struct cx_err *err)
{
	return cx_err_set(
	    err, CX_DATA, "an amount with its decimals is too long to net");
}

/* Each sale down to nothing; what is left, off the last one. */
static int take_off(
    struct orders *o, uint32_t order, struct money refund, struct cx_err *err)
{
	struct money left = refund;

	left.units = -left.units;
	for (uint32_t i = o->first[order]; i && left.units;
	     i = o->next[i - 1]) {
		struct money sale = o->amounts[i - 1];
		bool last = !o->next[i - 1];
		int64_t part;

		if (!align(&sale, &left))
			return too_long(err);
		part =
		    last || left.units < sale.units ? left.units : sale.units;
		if (__builtin_sub_overflow(sale.units, part, &sale.units))
			return too_long(err);
		left.units -= part;
		change(o, i - 1, sale);
		/* The next refund need not look at what is used up. */
		if (sale.units == 0 && !last)
			o->first[order] = o->next[i - 1];
	}
	return 0;
}

static int net_all(struct orders *o, struct cx_err *err)
{
	struct ingest_rows *rows = o->total->ingest->rows;
	struct cx_str text;

	for (size_t i = 0; i < rows->held.n; i++) {
		struct ingest_fact *fact = &rows->facts[i];

		/* A sale that refunds have made negative is no refund. */
		if (o->amounts[i].units >= 0 || rows->amounts[i] ||
		    !cx_held_get(&rows->held, i, &text))
			continue;
		if (!fact->order || !o->first[fact->order]) {
			fact->flags |= FLAG_REFUND;
			continue;
		}
		if (take_off(o, fact->order, o->amounts[i], err) < 0)
			return -1;
		ingest_drop_held(o->total, (uint32_t)i, "netted refund");
	}
	return 0;
}

int ingest_net_refunds(struct ingest_state *total, struct cx_err *err)
{
	struct ingest_rows *rows = total->ingest->rows;
	size_t n = rows->held.n, n_orders = rows->orders.n + 1;
	struct orders o = {
		.total = total,
		.place = ingest_held_place(rows, rows->amount),
		.amounts = cx_calloc(n, sizeof(*o.amounts)),
		.first = cx_calloc(n_orders, sizeof(*o.first)),
		.last = cx_calloc(n_orders, sizeof(*o.last)),
		.next = cx_calloc(n, sizeof(*o.next)),
	};
	int code;

	rows->amounts = cx_calloc(n, sizeof(*rows->amounts));
	code = list_sales(&o, err);
	if (code == 0)
		code = net_all(&o, err);
	free(o.amounts);
	free(o.first);
	free(o.last);
	free(o.next);
	return code;
}
