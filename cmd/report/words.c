/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/report/words.h"

#include "libcx/base/mem.h"
#include "libcx/io/share.h"
#include "libcx/table/lookup.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char folder[] = "words";

static struct cx_map keys;
static char **texts; /* by number of key */

/* ---- reading ---- */

static void take_texts(const struct cx_lookup *lookup)
{
	texts = cx_calloc(lookup->keys.n, sizeof(*texts));
	for (size_t i = 0; i < lookup->keys.n; i++) {
		struct cx_str text =
		    cx_map_key(&lookup->values, lookup->value_of[i]);

		cx_map_put(&keys, cx_map_key(&lookup->keys, i));
		texts[i] = cx_memdup(text.p, text.n);
	}
}

static int no_such_language(
    const char *lang, const struct cx_map *names, struct cx_err *err)
{
	struct cx_buf list = { 0 };
	size_t *order = cx_map_sorted(names);

	for (size_t i = 0; i < names->n; i++) {
		cx_buf_addz(&list, i ? ", " : "");
		cx_buf_adds(&list, cx_map_key(names, order[i]));
	}
	cx_err_set(err, CX_USAGE,
	    "--lang: there are no words of %s; there are %.*s",
	    cx_quote(cx_str(lang)), (int)list.len, list.data);
	free(order);
	cx_buf_release(&list);
	return -1;
}

/* The name comes from a list of files, never from the user. */
static int find_file(const char *lang, struct cx_buf *path, struct cx_err *err)
{
	struct cx_map names = { 0 };
	int code = cx_share_find(folder, path, err);

	if (code < 0)
		return -1;
	if (code == 0) {
		cx_err_set(err, CX_DATA,
		    "the folder with the words of pages "
		    "is not there");
		cx_err_file(err, path->data);
		return -1;
	}
	code = cx_share_list(path->data, &names, err);
	if (code == 0 && cx_map_get(&names, cx_str(lang)) < 0)
		code = no_such_language(lang, &names, err);
	cx_map_release(&names);
	path->len--;
	cx_buf_addf(path, "/%s.tsv", lang);
	cx_buf_addc(path, '\0');
	return code;
}

int report_words_open(const char *lang, struct cx_err *err)
{
	struct cx_lookup lookup = { 0 };
	struct cx_buf path = { 0 };
	int code = find_file(lang, &path, err);

	if (code == 0)
		code = cx_lookup_read(
		    &lookup, path.data, cx_str("key"), cx_str("text"), err);
	if (code == 0)
		take_texts(&lookup);
	cx_lookup_release(&lookup);
	cx_buf_release(&path);
	return code;
}

void report_words_close(void)
{
	for (size_t i = 0; i < keys.n; i++)
		free(texts[i]);
	free(texts);
	texts = NULL;
	cx_map_release(&keys);
}

const char *report_word_or_null(struct cx_str key)
{
	ptrdiff_t i = cx_map_get(&keys, key);

	return i < 0 ? NULL : texts[i];
}

const char *report_word(const char *key)
{
	const char *text = report_word_or_null(cx_str(key));

	return text ? text : key;
}

/* ---- sentences ---- */

void report_say(
    struct cx_buf *out, const char *key, const struct cx_str *fill, size_t n)
{
	for (const char *p = report_word(key); *p; p++) {
		size_t place = p[0] == '{' && p[1] && p[2] == '}'
		                   ? (size_t)(p[1] - '1')
		                   : n;

		if (place < n) {
			cx_buf_adds(out, fill[place]);
			p += 2;
		} else {
			cx_buf_addc(out, *p);
		}
	}
}

/* ---- numbers ---- */

/* Puts the marks of the language between the digits of a plain number. */
static void add_marks(struct cx_buf *out, struct cx_str plain)
{
	enum { GROUP = 3, LEAST_GROUPED = 5 };
	size_t digits = 0, sign = 0;

	while (sign < plain.n && (plain.p[sign] < '0' || plain.p[sign] > '9'))
		sign++;
	while (sign + digits < plain.n && plain.p[sign + digits] != '.')
		digits++;
	cx_buf_add(out, plain.p, sign);
	for (size_t i = 0; i < digits; i++) {
		if (i && digits + 1 >= LEAST_GROUPED &&
		    (digits - i) % GROUP == 0)
			cx_buf_addz(out, report_word("number_group"));
		cx_buf_addc(out, plain.p[sign + i]);
	}
	if (sign + digits == plain.n)
		return;
	cx_buf_addz(out, report_word("number_point"));
	cx_buf_add(
	    out, plain.p + sign + digits + 1, plain.n - sign - digits - 1);
}

static void put(struct cx_buf *out, double x, int decimals,
    void (*form)(struct cx_buf *, double, int))
{
	struct cx_buf plain = { 0 };

	if (!isfinite(x)) {
		cx_buf_addz(out, "–");
		return;
	}
	form(&plain, x, decimals);
	add_marks(out, cx_buf_str(&plain));
	cx_buf_release(&plain);
}

void report_put_real(struct cx_buf *out, double x, int decimals)
{
	put(out, x, decimals, cx_figure_fixed);
}

void report_put_signed(struct cx_buf *out, double x, int decimals)
{
	put(out, x, decimals, cx_figure_signed);
}

void report_put_range(struct cx_buf *out, double lo, double hi, int decimals)
{
	struct cx_buf low = { 0 }, high = { 0 };

	report_put_real(&low, lo, decimals);
	report_put_real(&high, hi, decimals);
	REPORT_SAY(out, "range", cx_buf_str(&low), cx_buf_str(&high));
	cx_buf_release(&low);
	cx_buf_release(&high);
}

void report_put_p(struct cx_buf *out, double p)
{
	enum { DECIMALS = 3 };
	const double least = .001;

	if (p < least)
		cx_buf_addz(out, "<");
	report_put_real(out, p < least ? least : p, DECIMALS);
}

struct cx_figure_units report_units(void)
{
	return (struct cx_figure_units){
		.seconds = report_word("seconds"),
		.minutes = report_word("minutes"),
		.hours = report_word("hours"),
		.days = report_word("days"),
	};
}

void report_put_duration(struct cx_buf *out, double seconds)
{
	struct cx_figure_units units = report_units();

	if (seconds >= 0)
		cx_figure_duration(out, seconds, &units);
	else
		cx_buf_addz(out, "–");
}

/* ---- periods ---- */

enum { MONTHS = 12 };

/* The name of a month, from 1: one of twelve between bars. */
static struct cx_str month_name(int month)
{
	struct cx_str rest = cx_str(report_word("months")), name = { "", 0 };

	while (month-- > 0 && rest.p)
		name = cx_str_next(&rest, '|');
	return name;
}

/* Fills a form: {1} year, {2} the number within, {3} its name, {4} day. */
static void put_form(
    struct cx_buf *out, const char *key, struct cx_str year, int part, int day)
{
	struct cx_buf number = { 0 }, last = { 0 };
	struct cx_str name = { "", 0 };

	if (part >= 1 && part <= MONTHS)
		name = month_name(part);
	cx_buf_addu(&number, (uint64_t)part);
	cx_buf_addu(&last, (uint64_t)day);
	REPORT_SAY(
	    out, key, year, cx_buf_str(&number), name, cx_buf_str(&last));
	cx_buf_release(&number);
	cx_buf_release(&last);
}

/* The digits at p as a number; -1 when they are none. */
static int digits(struct cx_str s, size_t at, size_t n)
{
	int x = 0;

	if (at + n > s.n)
		return -1;
	for (size_t i = at; i < at + n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		x = x * 10 + (s.p[i] - '0');
	}
	return x;
}

void report_put_period(struct cx_buf *out, struct cx_str s)
{
	enum { YEAR = 4, MONTH = 7, WEEK = 8, DAY = 10 };
	struct cx_str year = { s.p, s.n < YEAR ? s.n : YEAR };
	bool dash = s.n > YEAR && s.p[YEAR] == '-';
	int month = digits(s, 5, 2), day = digits(s, 8, 2);

	if (digits(s, 0, YEAR) < 0)
		cx_buf_adds(out, s);
	else if (s.n == YEAR)
		put_form(out, "period_year", year, 0, 0);
	else if (s.n == MONTH && dash && month > 0)
		put_form(out, "period_month", year, month, 0);
	else if (s.n == MONTH && dash && s.p[5] == 'Q' && digits(s, 6, 1) > 0)
		put_form(out, "period_quarter", year, digits(s, 6, 1), 0);
	else if (s.n == WEEK && dash && s.p[5] == 'W' && digits(s, 6, 2) > 0)
		put_form(out, "period_week", year, digits(s, 6, 2), 0);
	else if (s.n == DAY && dash && s.p[7] == '-' && month > 0 && day > 0)
		put_form(out, "period_day", year, month, day);
	else
		cx_buf_adds(out, s);
}
