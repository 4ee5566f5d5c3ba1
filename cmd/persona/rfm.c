/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders to customers with scores of recency, frequency and money. */
#include "cmd/persona/rfm.h"

#include "cmd/persona/assign.h"
#include "cmd/persona/money.h"
#include "libcx/base/mem.h"
#include "libcx/model/rfm.h"
#include "libcx/table/instant.h"
#include "libcx/table/moment.h"
#include "libcx/table/sheet.h"
#include "libcx/table/value.h"

#include <inttypes.h>
#include <stdlib.h>

struct persona_rfm_settings persona_rfm_settings;
static const struct persona_rfm_settings *const set = &persona_rfm_settings;

/* The three things that are scored. */
enum { RECENCY, FREQUENCY, MONEY, N_SCORED };
enum { DATE = 10 }; /* bytes of a day as text */
static const double MOST_MONEY = 1e12;
static const char *const words[] = { "recency", "frequency", "money" };
static struct cx_rfm_cuts cuts[N_SCORED];
static bool given[N_SCORED];

static int64_t as_of; /* days since 1970; INT64_MAX: the last order's */

/* What is known of a customer. Orders are purchases, money is net. */
struct buyer {
	uint64_t orders;
	int64_t last; /* day of the last order */
	persona_sum money;
};

struct orders {
	struct cx_map buyers;
	struct buyer *of; /* by number of buyer */
	size_t cap;
	size_t who_at, time_at, amount_at;
	uint64_t n_no_amount, n_later;
};

/* ---- orders ---- */

static int find_columns(
    struct orders *o, const struct cx_header *header, struct cx_err *err)
{
	if (cx_header_find(header, cx_str(persona_assign_settings.by),
	        &o->who_at, err) < 0 ||
	    cx_header_find(header, cx_str("time"), &o->time_at, err) < 0)
		return -1;
	return cx_header_find(header, cx_str("amount"), &o->amount_at, err);
}

static int open_file(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	return find_columns(total, header, err);
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	(void)total;
	return find_columns(state, header, err);
}

static struct buyer *find_buyer(struct orders *o, struct cx_str who)
{
	size_t before = o->buyers.n, i = cx_map_put(&o->buyers, who);

	if (i >= o->cap) {
		o->cap = o->cap ? cx_mul(o->cap, 2) : 256;
		o->of = cx_realloc(o->of, cx_mul(o->cap, sizeof(*o->of)));
	}
	if (i == before)
		o->of[i] = (struct buyer){ .last = INT64_MIN };
	return &o->of[i];
}

static int64_t day_of(int64_t seconds)
{
	return seconds / CX_DAY - (seconds % CX_DAY < 0);
}

static int read_day(struct orders *o, const struct cx_row *row, int64_t *day,
    struct cx_err *err)
{
	struct cx_str cell = cx_row_cell(row, o->time_at);
	int64_t seconds;

	if (cell.n == 0)
		cx_err_record(err, "no time", "an order without a time");
	if (cell.n == 0 || cx_instant_parse(cell, &seconds, err) < 0) {
		cx_err_column(err, cx_str("time"));
		return -1;
	}
	*day = day_of(seconds);
	return 0;
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct orders *o = state;
	struct cx_str who = cx_row_cell(row, o->who_at);
	struct cx_str amount = cx_row_cell(row, o->amount_at);
	int64_t day, money = 0;
	struct buyer *buyer;

	/* No order, such as an answer in a survey. */
	if (amount.n == 0) {
		o->n_no_amount++;
		return 0;
	}
	if (who.n == 0) {
		cx_err_record(err, "no customer", "an order of nobody");
		cx_err_column(err, cx_str(persona_assign_settings.by));
		return -1;
	}
	if (read_day(o, row, &day, err) < 0)
		return -1;
	if (persona_money_read(amount, MOST_MONEY, &money, err) < 0) {
		cx_err_column(err, cx_str("amount"));
		return -1;
	}
	if (day > as_of) {
		o->n_later++;
		return 0;
	}
	buyer = find_buyer(o, who);
	buyer->money += money;
	/* A refund is no purchase. */
	if (money >= 0) {
		buyer->orders++;
		buyer->last = day > buyer->last ? day : buyer->last;
	}
	return 0;
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct orders *total = into, *piece = from;

	(void)err;
	for (size_t i = 0; i < piece->buyers.n; i++) {
		const struct buyer *b = &piece->of[i];
		struct buyer *all =
		    find_buyer(total, cx_map_key(&piece->buyers, i));

		all->orders += b->orders;
		all->money += b->money;
		all->last = b->last > all->last ? b->last : all->last;
	}
	total->n_no_amount += piece->n_no_amount;
	total->n_later += piece->n_later;
	piece->n_no_amount = piece->n_later = 0;
	cx_map_clear(&piece->buyers);
	return 0;
}

static void release(void *state)
{
	struct orders *o = state;

	cx_map_release(&o->buyers);
	free(o->of);
}

static const struct cx_fold fold = { sizeof(struct orders), true, open_file,
	bind, add_row, merge, release };

/* ---- scores ---- */

static double value_of(const struct buyer *b, int which, int64_t today)
{
	switch (which) {
	case RECENCY:
		return (double)(today - b->last);
	case FREQUENCY:
		return (double)b->orders;
	default:
		return persona_money(b->money);
	}
}

static int score_of(const struct buyer *b, int which, int64_t today)
{
	int score = cx_rfm_score(&cuts[which], value_of(b, which, today));

	/* Few days are good. */
	return which == RECENCY ? CX_RFM_SCORES + 1 - score : score;
}

/* The quintiles of those who bought, where no cut points are given. */
static void find_cuts(const struct orders *o, int64_t today)
{
	double *values = cx_malloc(cx_mul(o->buyers.n, sizeof(*values)));

	for (int which = 0; which < N_SCORED; which++) {
		size_t n = 0;

		for (size_t i = 0; i < o->buyers.n; i++)
			if (o->of[i].orders)
				values[n++] = value_of(&o->of[i], which, today);
		if (n && !given[which])
			cuts[which] = cx_rfm_quintiles(values, n);
	}
	free(values);
}

/* ---- the table ---- */

static int start(struct cx_sheet *sheet, struct cx_err *err)
{
	cx_sheet_text_column(sheet, cx_str(persona_assign_settings.by));
	cx_sheet_text_column(sheet, cx_str("persona"));
	cx_sheet_number_column(sheet, "r", 0, 0);
	cx_sheet_number_column(sheet, "f", 0, 0);
	cx_sheet_number_column(sheet, "m", 0, 0);
	cx_sheet_number_column(sheet, "recency", 0, 0);
	cx_sheet_number_column(sheet, "frequency", 0, 0);
	cx_sheet_number_column(sheet, "amount", 4, 2);
	cx_sheet_text_column(sheet, cx_str("last"));
	return cx_sheet_start(sheet, err);
}

static int put_buyer(struct cx_sheet *sheet, struct cx_str who,
    const struct buyer *b, int64_t today, struct cx_err *err)
{
	int r = score_of(b, RECENCY, today), f = score_of(b, FREQUENCY, today);
	int m = score_of(b, MONEY, today);
	char last[CX_INSTANT_SIZE];

	cx_instant_format(b->last * CX_DAY, last);
	cx_sheet_text(sheet, who);
	cx_sheet_text(sheet, cx_str(cx_rfm_segment(r, f, m)));
	cx_sheet_whole(sheet, r);
	cx_sheet_whole(sheet, f);
	cx_sheet_whole(sheet, m);
	cx_sheet_whole(sheet, today - b->last);
	cx_sheet_count(sheet, b->orders);
	cx_sheet_real(sheet, persona_money(b->money));
	cx_sheet_text(sheet, (struct cx_str){ last, DATE });
	return cx_sheet_end(sheet, err);
}

static int put_buyers(struct cx_sheet *sheet, const struct orders *o,
    int64_t today, struct cx_err *err)
{
	size_t *order = cx_map_sorted(&o->buyers);
	int code = 0;

	for (size_t i = 0; i < o->buyers.n && code == 0; i++) {
		const struct buyer *b = &o->of[order[i]];

		if (b->orders)
			code = put_buyer(sheet,
			    cx_map_key(&o->buyers, order[i]), b, today, err);
	}
	free(order);
	return code;
}

/* The last day there is an order of, unless one is named. */
static int64_t find_today(const struct orders *o)
{
	int64_t today = INT64_MIN;

	if (as_of != INT64_MAX)
		return as_of;
	for (size_t i = 0; i < o->buyers.n; i++)
		if (o->of[i].orders && o->of[i].last > today)
			today = o->of[i].last;
	return today;
}

static int report(void *total, struct cx_writer *writer, struct cx_err *err)
{
	struct cx_sheet *sheet = cx_sheet_new(writer);
	const struct orders *o = total;
	int64_t today = find_today(o);
	int code = start(sheet, err);

	find_cuts(o, today);
	if (code == 0)
		code = put_buyers(sheet, o, today, err);
	return cx_sheet_close(sheet, code, err);
}

/* ---- the program ---- */

static void tell_cuts(const struct cx_cli *cli, const struct orders *o)
{
	char day[CX_INSTANT_SIZE];
	int64_t today = find_today(o);

	if (today == INT64_MIN)
		return;
	cx_instant_format(today * CX_DAY, day);
	cx_cli_note(cli, "as of %.*s", DATE, day);
	for (int i = 0; i < N_SCORED; i++)
		cx_cli_note(cli, "--cut-%s %.10g,%.10g,%.10g,%.10g%s", words[i],
		    cuts[i].at[0], cuts[i].at[1], cuts[i].at[2], cuts[i].at[3],
		    given[i] ? "" : " (quintiles)");
}

static void tell(const struct cx_cli *cli, const struct orders *o)
{
	uint64_t n_none = 0;

	for (size_t i = 0; i < o->buyers.n; i++)
		n_none += o->of[i].orders == 0;
	tell_cuts(cli, o);
	if (o->n_no_amount)
		cx_cli_note(cli,
		    "records without an amount, no orders: %" PRIu64,
		    o->n_no_amount);
	if (o->n_later)
		cx_cli_note(
		    cli, "orders later than --as-of: %" PRIu64, o->n_later);
	if (n_none)
		cx_cli_note(cli,
		    "customers with refunds and no order, left out: %" PRIu64,
		    n_none);
}

int persona_rfm_run(struct cx_cli *cli, struct cx_err *err)
{
	struct orders total = { 0 };
	int code = cx_cli_aggregate(cli, &fold, &total, report, err);

	if (code == 0)
		tell(cli, &total);
	release(&total);
	return code;
}

/* ---- options ---- */

static void set_cuts(const struct cx_cli *cli, int which, const char *text)
{
	struct cx_str rest = { NULL, 0 };
	struct cx_err err;
	size_t n = 0;
	bool good = true;

	if (!text)
		return;
	for (rest = cx_str(text); rest.p && good; n++) {
		double *at = &cuts[which].at[n];

		good =
		    n < CX_RFM_CUTS &&
		    cx_value_number(cx_str_next(&rest, ','), at, &err) == 0 &&
		    (n == 0 || at[0] > at[-1]);
	}
	if (!good || n != CX_RFM_CUTS)
		cx_cli_usage(cli,
		    "--cut-%s: %s is not four numbers that ascend, with commas "
		    "between",
		    words[which], cx_quote(cx_str(text)));
	given[which] = true;
}

void persona_rfm_check(const struct cx_cli *cli)
{
	struct cx_moment moment;
	struct cx_err err;

	if (!set->asked &&
	    (set->as_of || set->recency || set->frequency || set->money))
		cx_cli_usage(
		    cli, "--as-of, --cut-recency and the like are for --rfm");
	set_cuts(cli, RECENCY, set->recency);
	set_cuts(cli, FREQUENCY, set->frequency);
	set_cuts(cli, MONEY, set->money);
	as_of = INT64_MAX;
	if (!set->as_of)
		return;
	if (cx_period_end(CX_BY_DAY, cx_str(set->as_of)) == INT64_MIN ||
	    cx_moment_parse(cx_str(set->as_of), CX_ORDER_YMD, &moment, &err) <
	        0)
		cx_cli_usage(cli, "--as-of: %s is not a day such as 2026-11-21",
		    cx_quote(cx_str(set->as_of)));
	as_of = day_of(cx_civil_to_seconds(&moment.civil));
}
