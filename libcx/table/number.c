/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/number.h"

#include "libcx/base/normal.h"
#include "libcx/table/currency.h"
#include "libcx/table/eastern.h"
#include "libcx/table/value.h"

#include <stdlib.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void cut(struct cx_str *s, size_t n)
{
	s->p += n;
	s->n -= n;
}

/* ---- digits and what separates them ---- */

static size_t n_digits(struct cx_str s)
{
	size_t n = 0;

	while (n < s.n && is_digit(s.p[n]))
		n++;
	return n;
}

static void copy_digits(struct cx_str *s, size_t n, char *room, size_t *used)
{
	memcpy(room + *used, s->p, n);
	*used += n;
	cut(s, n);
}

/* Groups of three, or the Indian way: of two, and three at the end. */
struct grouping {
	size_t n, n_twos;
	bool ended; /* no group may follow */
};

static bool fits_grouping(struct grouping *g, size_t n, char separator)
{
	if (g->ended)
		return false;
	g->n++;
	g->n_twos += n == 2;
	if (n == 3)
		g->ended = g->n_twos > 0;
	else if (n != 2 || separator != ',' || g->n_twos != g->n)
		return false;
	return true;
}

/* "1,234,567": its digits. Where there are no separators, just digits. */
static bool cut_whole(struct cx_str *s, char decimal, char *room, size_t *used)
{
	struct grouping g = { 0, 0, false };
	size_t n = n_digits(*s);
	bool may_group = n >= 1 && n <= 3 && s->p[0] != '0';
	char separator;

	copy_digits(s, n, room, used);
	if (!may_group || s->n < 2 || s->p[0] == decimal ||
	    !strchr(",. '", s->p[0]) || !s->p[0])
		return true;
	separator = s->p[0];
	while (s->n >= 2 && s->p[0] == separator) {
		cut(s, 1);
		n = n_digits(*s);
		if (!fits_grouping(&g, n, separator))
			return false;
		copy_digits(s, n, room, used);
	}
	return g.n_twos == 0 || g.ended;
}

bool cx_number_digits(
    struct cx_str s, char decimal, char room[CX_NUMBER_SIZE], size_t *n)
{
	size_t used = 0, n_decimals = 0, n_whole;

	*n = 0;
	if (s.n == 0 || s.n >= CX_NUMBER_SIZE - 2 ||
	    !cut_whole(&s, decimal, room, &used))
		return false;
	n_whole = used;
	if (s.n && s.p[0] == decimal) {
		cut(&s, 1);
		n_decimals = n_digits(s);
		if (n_whole == 0)
			room[used++] = '0';
		if (n_decimals)
			room[used++] = '.';
		copy_digits(&s, n_decimals, room, &used);
	}
	*n = used;
	return n_whole + n_decimals > 0 && s.n == 0;
}

bool cx_number_is_open(struct cx_str digits)
{
	char one[CX_NUMBER_SIZE], two[CX_NUMBER_SIZE];
	size_t n_one, n_two;

	return cx_number_digits(digits, '.', one, &n_one) &&
	       cx_number_digits(digits, ',', two, &n_two) &&
	       (n_one != n_two || memcmp(one, two, n_one) != 0);
}

/* U+1100 to U+11FF, U+2E80 to U+9FFF, U+AC00 to U+D7FF in UTF-8. */
bool cx_number_is_eastern(struct cx_str s)
{
	for (size_t i = 0; i + 2 < s.n; i++) {
		unsigned char a = (unsigned char)s.p[i];
		unsigned char b = (unsigned char)s.p[i + 1];

		if ((a >= 0xE3 && a <= 0xE9) ||
		    (a >= 0xEA && a <= 0xED && (a > 0xEA || b >= 0xB0)) ||
		    (a == 0xE1 && (b & 0xFC) == 0x84) ||
		    (a == 0xE2 && b >= 0xBA))
			return true;
	}
	return false;
}

/* ---- what stands around the digits ---- */

struct amount {
	struct cx_str digits;
	const struct cx_currency *currency;
	bool minus, percent;
};

/* U+2212 minus, and the triangles of Japanese accounts. */
static bool cut_other_minus(struct cx_str *s, bool money)
{
	static const char *const signs[] = { "−", "▲", "△" };

	for (int i = 0; i < (money ? 3 : 1); i++) {
		if (s->n < 3 || memcmp(s->p, signs[i], 3) != 0)
			continue;
		cut(s, 3);
		return true;
	}
	return false;
}

static bool cut_char(struct cx_str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	cut(s, 1);
	return true;
}

static bool cut_char_back(struct cx_str *s, char c)
{
	if (s->n == 0 || s->p[s->n - 1] != c)
		return false;
	s->n--;
	return true;
}

static bool cut_sign(struct cx_str *s, bool money, bool *minus)
{
	*minus = cut_char(s, '-') || cut_other_minus(s, money);
	return *minus || cut_char(s, '+');
}

static const struct cx_currency *cut_currency(struct cx_str *s, bool back)
{
	struct cx_str rest = cx_str_trim(*s);
	const struct cx_currency *c =
	    back ? cx_currency_cut_back(&rest) : cx_currency_cut(&rest);

	if (c)
		*s = cx_str_trim(rest);
	return c;
}

/* "(1,234)", "-$5", "$-5", "5 EUR", "1,234-": one sign, one currency. */
static bool cut_money(struct cx_str s, struct amount *a)
{
	bool brackets = cut_char(&s, '(');
	bool sign;

	*a = (struct amount){ .currency = NULL };
	if (brackets && !cut_char_back(&s, ')'))
		return false;
	sign = cut_sign(&s, true, &a->minus);
	a->currency = cut_currency(&s, false);
	if (!a->currency)
		a->currency = cut_currency(&s, true);
	if (!sign)
		sign = cut_sign(&s, true, &a->minus);
	if (!sign && cut_char_back(&s, '-'))
		sign = a->minus = true;
	if (brackets && sign)
		return false;
	a->minus |= brackets;
	a->digits = cx_str_trim(s);
	return true;
}

static bool cut_around(
    struct cx_str s, enum cx_number_kind kind, struct amount *a)
{
	if (kind == CX_NUMBER_MONEY)
		return cut_money(s, a);
	*a = (struct amount){ .digits = s };
	(void)cut_sign(&s, false, &a->minus);
	if (kind == CX_NUMBER_PERCENT) {
		a->percent = cut_char_back(&s, '%');
		s = cx_str_trim(s);
	}
	a->digits = s;
	return a->percent == (kind == CX_NUMBER_PERCENT);
}

/* ---- one reading ---- */

static bool has_separator(struct cx_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '.' || s.p[i] == ',')
			return true;
	return false;
}

/* What the words around say about the decimal sign. */
static bool may_be(const struct amount *a, struct cx_str s, char decimal)
{
	if (cx_number_is_eastern(a->digits) && has_separator(a->digits))
		return decimal == '.';
	if (!cx_number_is_open(a->digits))
		return true;
	if (cx_number_is_eastern(s))
		return decimal == '.';
	if (!a->currency || a->currency->decimals == 3)
		return true;
	return a->digits.p[a->digits.n - 4] != decimal;
}

/* Sums of money may have 万 and the like in them. */
static bool read_digits(const struct amount *a, enum cx_number_kind kind,
    char decimal, char room[CX_NUMBER_SIZE], size_t *n)
{
	return cx_number_digits(a->digits, decimal, room, n) ||
	       (kind == CX_NUMBER_MONEY &&
	           cx_eastern_read(a->digits, decimal, a->currency != NULL,
	               room, n) == CX_EASTERN);
}

static bool read_as(struct cx_str s, enum cx_number_kind kind, char decimal,
    bool forced, char room[CX_NUMBER_SIZE], size_t *n)
{
	char digits[CX_NUMBER_SIZE];
	struct amount a;
	size_t used;

	if (!cut_around(s, kind, &a) ||
	    !read_digits(&a, kind, decimal, digits, &used) ||
	    (!forced && !may_be(&a, s, decimal)))
		return false;
	*n = 0;
	if (a.minus)
		room[(*n)++] = '-';
	memcpy(room + *n, digits, used);
	*n += used;
	return true;
}

/* The signs that fit; the number is that of the last, *differ if they do. */
static unsigned readings(struct cx_str s, enum cx_number_kind kind,
    char room[CX_NUMBER_SIZE], size_t *n, bool *differ)
{
	char other[CX_NUMBER_SIZE];
	size_t n_other = 0;
	unsigned fits = 0;

	*n = 0;
	if (read_as(s, kind, ',', false, other, &n_other))
		fits |= CX_COMMA;
	if (read_as(s, kind, '.', false, room, n))
		fits |= CX_POINT;
	*differ = fits == (CX_POINT | CX_COMMA) &&
	          (*n != n_other || memcmp(room, other, *n) != 0);
	if (fits == CX_COMMA) {
		memcpy(room, other, n_other);
		*n = n_other;
	}
	return fits;
}

/* ---- all readings ---- */

enum outcome { NO_NUMBER, NUMBER, OPEN };

static enum outcome read_text(struct cx_str s, enum cx_number_kind kind,
    char decimal, char room[CX_NUMBER_SIZE], size_t *n)
{
	bool differ;

	if (decimal)
		return read_as(s, kind, decimal, true, room, n) ? NUMBER
		                                                : NO_NUMBER;
	if (!readings(s, kind, room, n, &differ))
		return NO_NUMBER;
	return differ ? OPEN : NUMBER;
}

static enum outcome read_cell(struct cx_str s, enum cx_number_kind kind,
    char decimal, char room[CX_NUMBER_SIZE], size_t *n)
{
	struct cx_buf normal = { 0 };
	enum outcome outcome = read_text(s, kind, decimal, room, n);

	if (outcome != NO_NUMBER || cx_str_is_ascii(s))
		return outcome;
	cx_normal(&normal, s);
	outcome = read_text(cx_buf_str(&normal), kind, decimal, room, n);
	cx_buf_release(&normal);
	return outcome;
}

/* 1万5, which people say for 15000. */
static bool is_colloquial(struct cx_str cell, enum cx_number_kind kind)
{
	struct cx_buf normal = { 0 };
	char room[CX_NUMBER_SIZE];
	struct amount a;
	size_t n;
	bool open;

	if (kind != CX_NUMBER_MONEY)
		return false;
	cx_normal(&normal, cell);
	open = cut_around(cx_buf_str(&normal), kind, &a) &&
	       cx_eastern_read(a.digits, '.', a.currency != NULL, room, &n) ==
	           CX_EASTERN_OPEN;
	cx_buf_release(&normal);
	return open;
}

static int none(
    struct cx_str cell, enum cx_number_kind kind, struct cx_err *err)
{
	static const char *const kinds[] = { "number", "sum of money",
		"percentage, with its sign" };

	if (is_colloquial(cell, kind))
		return cx_err_record(err, "not a number",
		    "nobody can tell what the last digits of %s stand for: "
		    "write them out, or the currency behind them",
		    cx_quote(cell));
	return cx_err_record(
	    err, "not a number", "%s is not a %s", cx_quote(cell), kinds[kind]);
}

int cx_number_read(struct cx_str cell, enum cx_number_kind kind, char decimal,
    char room[CX_NUMBER_SIZE], struct cx_str *out, struct cx_err *err)
{
	struct cx_str s = cx_str_trim(cell);
	enum outcome outcome;
	double number;
	size_t n;

	*out = s;
	if (kind != CX_NUMBER_PERCENT &&
	    (decimal == '.' || !has_separator(s)) &&
	    cx_value_number(s, &number, err) == 0)
		return 0;
	outcome = read_cell(s, kind, decimal, room, &n);
	if (outcome == NO_NUMBER)
		return none(cell, kind, err);
	if (outcome == OPEN)
		return cx_err_record(err, "not a number",
		    "nobody can tell what the comma or point of %s is: name "
		    "the decimal sign in the codebook's column \"decimal\", "
		    "or with --decimal",
		    cx_quote(cell));
	/* It stays as it is written where that is a number already. */
	if (decimal || kind == CX_NUMBER_PERCENT ||
	    cx_value_number(s, &number, err) < 0)
		*out = (struct cx_str){ room, n };
	return 0;
}

unsigned cx_number_signs(struct cx_str cell, enum cx_number_kind kind)
{
	struct cx_str s = cx_str_trim(cell);
	struct cx_buf normal = { 0 };
	char room[CX_NUMBER_SIZE];
	unsigned fits;
	bool differ;
	size_t n;

	if (!has_separator(s) && cx_str_is_ascii(s))
		return 0;
	fits = readings(s, kind, room, &n, &differ);
	if (!fits && !cx_str_is_ascii(s)) {
		cx_normal(&normal, s);
		fits = readings(cx_buf_str(&normal), kind, room, &n, &differ);
		cx_buf_release(&normal);
	}
	return fits != (CX_POINT | CX_COMMA) || differ ? fits : 0;
}

/* Currencies stand at the ends. */
static bool has_bare_ends(struct cx_str s)
{
	return s.n == 0 || (is_digit(s.p[0]) && is_digit(s.p[s.n - 1]));
}

const struct cx_currency *cx_number_currency(struct cx_str cell)
{
	struct cx_str s = cx_str_trim(cell);
	struct cx_buf normal = { 0 };
	struct amount a;

	if (has_bare_ends(s))
		return NULL;
	(void)cut_money(s, &a);
	if (!a.currency && !cx_str_is_ascii(s)) {
		cx_normal(&normal, s);
		(void)cut_money(cx_buf_str(&normal), &a);
		cx_buf_release(&normal);
	}
	return a.currency;
}
