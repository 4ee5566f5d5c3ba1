/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/evidence.h"

#include "libcx/table/number.h"

#include <inttypes.h>
#include <stdio.h>

/* ---- collecting ---- */

void cx_example_set(
    struct cx_example *example, struct cx_str cell, struct cx_reader *reader)
{
	size_t n = cell.n < sizeof(example->text) - 1
	               ? cell.n
	               : sizeof(example->text) - 1;

	memcpy(example->text, cell.p, n);
	example->text[n] = '\0';
	snprintf(
	    example->file, sizeof(example->file), "%s", cx_reader_name(reader));
	example->line = cx_reader_line(reader);
}

/* The second one is of another text, to show more. */
static void add(struct cx_evidence *e, unsigned set, struct cx_str cell,
    struct cx_reader *reader)
{
	struct cx_example *examples = e->examples[set];

	if (e->n[set]++ == 0)
		cx_example_set(&examples[0], cell, reader);
	else if (!examples[1].line &&
	         !cx_str_eq(cx_str(examples[0].text), cell))
		cx_example_set(&examples[1], cell, reader);
}

static void mark(uint64_t seen[2], const char *digits)
{
	int value = (digits[0] - '0') * 10 + digits[1] - '0';

	if (value < 0 || value > 99)
		return;
	seen[value / 64] |= (uint64_t)1 << value % 64;
}

/* "21/09/13": the two digits in front, and those behind. */
static void mark_six_digits(struct cx_evidence *e, struct cx_str s)
{
	if (s.n < 8 || s.p[2] != s.p[5] || (s.n > 8 && s.p[8] != ' '))
		return;
	mark(e->first_seen, s.p);
	mark(e->last_seen, s.p + 6);
}

void cx_evidence_date(
    struct cx_evidence *e, struct cx_str cell, struct cx_reader *reader)
{
	unsigned orders;

	cell = cx_str_trim(cell);
	orders = cx_moment_orders(cell);
	if (!orders)
		return;
	add(e, orders >> CX_ORDER_YMD, cell, reader);
	if (orders & 1u << CX_ORDER_YMD)
		mark_six_digits(e, cell);
}

void cx_evidence_number(struct cx_evidence *e, unsigned number_signs,
    struct cx_str cell, struct cx_reader *reader)
{
	if (number_signs)
		add(e, number_signs, cx_str_trim(cell), reader);
}

void cx_evidence_merge(struct cx_evidence *into, const struct cx_evidence *from)
{
	for (int set = 0; set < CX_READINGS_KINDS; set++) {
		struct cx_example *have = into->examples[set];

		for (int i = 0; i < 2; i++) {
			const struct cx_example *new = &from->examples[set][i];

			if (!new->line)
				continue;
			if (!have[0].line)
				have[0] = *new;
			else if (!have[1].line &&
			         strcmp(have[0].text, new->text) != 0)
				have[1] = *new;
		}
		into->n[set] += from->n[set];
	}
	for (int i = 0; i < 2; i++) {
		into->first_seen[i] |= from->first_seen[i];
		into->last_seen[i] |= from->last_seen[i];
	}
}

/* ---- deciding ---- */

static int n_bits(uint64_t v)
{
	int n = 0;

	for (; v; v &= v - 1)
		n++;
	return n;
}

/* The readings that fit all cells. */
static unsigned common_of(const struct cx_evidence *e)
{
	unsigned common = CX_READINGS_KINDS - 1;

	for (unsigned set = 1; set < CX_READINGS_KINDS; set++)
		if (e->n[set])
			common &= set;
	return common;
}

static uint64_t total_of(const struct cx_evidence *e)
{
	uint64_t n = 0;

	for (unsigned set = 1; set < CX_READINGS_KINDS; set++)
		n += e->n[set];
	return n;
}

int cx_example_at(const struct cx_example *example, struct cx_err *err)
{
	err->line = example->line;
	cx_err_file(err, example->file);
	return -1;
}

const char *cx_example_show(const struct cx_example *example, bool hidden)
{
	return hidden ? "a cell, which is not shown"
	              : cx_quote(cx_str(example->text));
}

const char *cx_example_place(const struct cx_example *example,
    const struct cx_example *than, char room[CX_PLACE_SIZE])
{
	snprintf(room, CX_PLACE_SIZE, "on line %lu%s%s", example->line,
	    strcmp(example->file, than->file) ? " of " : "",
	    strcmp(example->file, than->file) ? example->file : "");
	return room;
}

static const char dates_remedy[] =
    "say which with --dates or in the codebook's column \"dates\"";

static void name_orders(unsigned set, struct cx_buf *out)
{
	for (int i = 0; i < CX_READINGS; i++)
		if (set & 1u << i)
			cx_buf_addf(out, "%s%s (%s)", out->len ? " or " : "",
			    cx_date_order_name(i + CX_ORDER_YMD),
			    cx_date_order_word(i + CX_ORDER_YMD));
	cx_buf_addc(out, '\0');
}

/* The one that stands first goes first. */
static void sort(const struct cx_example **one, const struct cx_example **two)
{
	const struct cx_example *first = *one;

	if (!*two || strcmp(first->file, (*two)->file) != 0 ||
	    first->line <= (*two)->line)
		return;
	*one = *two;
	*two = first;
}

/* Every cell fits several orders: two cells that show it. */
static int ambiguous(const struct cx_evidence *e, const char *readings,
    const char *remedy, struct cx_err *err)
{
	char room[CX_PLACE_SIZE];
	const struct cx_example *one = NULL, *two = NULL;

	for (unsigned set = 1; set < CX_READINGS_KINDS; set++)
		for (int i = 0; i < 2 && e->n[set] && !two; i++) {
			const struct cx_example *x = &e->examples[set][i];

			if (x->line && !one)
				one = x;
			else if (x->line)
				two = x;
		}
	sort(&one, &two);
	if (two)
		cx_err_set(err, CX_DATA,
		    "%s, and %s %s, like all such cells, may be %s: %s",
		    cx_example_show(one, e->hidden),
		    cx_example_show(two, e->hidden),
		    cx_example_place(two, one, room), readings, remedy);
	else
		cx_err_set(err, CX_DATA, "%s may be %s: %s",
		    cx_example_show(one, e->hidden), readings, remedy);
	return cx_example_at(one, err);
}

/* Two cells that no order fits both; or three such. */
static int contradictory(const struct cx_evidence *e, const char *readings,
    const char *remedy, struct cx_err *err)
{
	char room[CX_PLACE_SIZE];
	const struct cx_example *one = NULL, *two = NULL;

	for (unsigned a = 1; a < CX_READINGS_KINDS; a++)
		for (unsigned b = a + 1; b < CX_READINGS_KINDS; b++) {
			if (!e->n[a] || !e->n[b] || (two && (a & b)))
				continue;
			one = &e->examples[a][0];
			two = &e->examples[b][0];
		}
	sort(&one, &two);
	cx_err_set(err, CX_DATA,
	    "%s, and %s %s, are not %s: %s, and put the others aside with "
	    "--rejects",
	    cx_example_show(one, e->hidden), cx_example_show(two, e->hidden),
	    cx_example_place(two, one, room), readings, remedy);
	return cx_example_at(one, err);
}

static int open_order(
    const struct cx_evidence *e, unsigned common, struct cx_err *err)
{
	struct cx_buf orders = { 0 };
	int code;

	name_orders(common, &orders);
	code = ambiguous(e, orders.data, dates_remedy, err);
	cx_buf_release(&orders);
	return code;
}

int cx_evidence_order(const struct cx_evidence *e, enum cx_date_order *order,
    struct cx_finding *finding, struct cx_err *err)
{
	static const unsigned ymd = 1;
	unsigned common = common_of(e);
	int n_first = n_bits(e->first_seen[0]) + n_bits(e->first_seen[1]);
	int n_last = n_bits(e->last_seen[0]) + n_bits(e->last_seen[1]);

	*order = CX_ORDER_UNKNOWN;
	*finding = (struct cx_finding){ .n = total_of(e) };
	if (finding->n == 0)
		return 0;
	if (common == 0)
		return contradictory(e, "in one order of day, month and year",
		    dates_remedy, err);
	if (n_bits(common) > 1 && n_first > n_last)
		common &= ~ymd;
	if (n_bits(common) > 1)
		return open_order(e, common, err);
	for (unsigned set = 1; set < CX_READINGS_KINDS; set++)
		if ((set & ~ymd) == common || set == common)
			finding->n_decisive += e->n[set];
	while (common >>= 1)
		(*order)++;
	*order += CX_ORDER_YMD;
	return 0;
}

int cx_evidence_decimal(const struct cx_evidence *e, char *decimal,
    struct cx_finding *finding, struct cx_err *err)
{
	static const char remedy[] = "say which sign is the decimal one with "
	                             "--decimal or in the codebook's column "
	                             "\"decimal\"";
	unsigned common = common_of(e);

	*decimal = '\0';
	*finding = (struct cx_finding){ .n = total_of(e) };
	if (finding->n == 0)
		return 0;
	if ((common & (CX_POINT | CX_COMMA)) == 0)
		return contradictory(
		    e, "numbers with one decimal sign", remedy, err);
	if ((common & (CX_POINT | CX_COMMA)) == (CX_POINT | CX_COMMA))
		return ambiguous(e, "thousands or decimals", remedy, err);
	*decimal = common & CX_POINT ? '.' : ',';
	finding->n_decisive = e->n[common & (CX_POINT | CX_COMMA)];
	return 0;
}
