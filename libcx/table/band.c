/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/band.h"

#include "libcx/base/normal.h"
#include "libcx/base/utf8.h"
#include "libcx/table/currency.h"
#include "libcx/table/eastern.h"

#include <math.h>
#include <stdlib.h>

/* What a word before or behind a number makes of it. */
enum end { NO_END, LOW, HIGH, DECADE, ROUND };

struct word {
	const char *text; /* in its normal form; longer ones first */
	enum end end;
};

static const struct word before[] = { { "more than", LOW },
	{ "greater than", LOW }, { "at least", LOW }, { "over", LOW },
	{ "above", LOW }, { "from", NO_END }, { "between", NO_END },
	{ "less than", HIGH }, { "fewer than", HIGH }, { "at most", HIGH },
	{ "no more than", HIGH }, { "up to", HIGH }, { "under", HIGH },
	{ "below", HIGH }, { ">=", LOW }, { ">", LOW }, { "≥", LOW },
	{ "<=", HIGH }, { "<", HIGH }, { "≤", HIGH }, { "〜", HIGH },
	{ "~", HIGH } };

static const struct word behind[] = { { "以上", LOW }, { "より多い", LOW },
	{ "より", LOW }, { "超", LOW }, { "から", LOW }, { "以下", HIGH },
	{ "未満", HIGH }, { "まで", HIGH }, { "台", ROUND }, { "代", DECADE },
	{ "or more", LOW }, { "or over", LOW }, { "or above", LOW },
	{ "or older", LOW }, { "and more", LOW }, { "and over", LOW },
	{ "and above", LOW }, { "and up", LOW }, { "+", LOW },
	{ "or less", HIGH }, { "or fewer", HIGH }, { "or under", HIGH },
	{ "or younger", HIGH }, { "and under", HIGH }, { "and below", HIGH } };

static const char *const between[] = { "-", "–", "—", "―", "−", "〜", "~",
	"to ", "and ", ",", "、" };

/* Beyond it a double does not hold every whole number. */
#define LARGEST  1e15
#define MYRIAD   1e4
#define N(array) (sizeof(array) / sizeof(*(array)))

/* ---- cutting ---- */

static void cut(struct cx_str *s, size_t n)
{
	s->p += n;
	s->n -= n;
}

static bool starts(struct cx_str s, const char *word)
{
	size_t n = strlen(word);

	return s.n >= n && memcmp(s.p, word, n) == 0;
}

static void cut_blanks(struct cx_str *s)
{
	while (s->n && s->p[0] == ' ')
		cut(s, 1);
}

static bool cut_word(
    struct cx_str *s, const struct word *words, size_t n, enum end *end)
{
	for (size_t i = 0; i < n; i++) {
		if (!starts(*s, words[i].text))
			continue;
		cut(s, strlen(words[i].text));
		*end = words[i].end;
		return true;
	}
	return false;
}

static bool cut_between(struct cx_str *s)
{
	for (size_t i = 0; i < N(between); i++) {
		if (!starts(*s, between[i]))
			continue;
		cut(s, strlen(between[i]));
		return true;
	}
	return false;
}

/* "3:" and "3)" in front: the number of the answer. */
static void cut_code(struct cx_str *s)
{
	size_t n = 0;

	while (n < s->n && n < 3 && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	if (n == 0 || n >= s->n || (s->p[n] != ':' && s->p[n] != ')'))
		return;
	cut(s, n + 1);
	cut_blanks(s);
}

/* ---- a number with its unit ---- */

struct amount {
	double value;
	double times;       /* 10,000 of 万; 1: no such word */
	double more;        /* 5,000 of 1万5千 */
	struct cx_str unit; /* letters behind it */
	const struct cx_currency *currency;
	enum end end;
};

/* How a whole band is read. */
struct reading {
	char decimal;
	bool *open; /* set when a separator can be both; NULL: it may be */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool cut_digits(
    struct cx_str *s, const struct reading *reading, double *value)
{
	char room[CX_NUMBER_SIZE];
	struct cx_str run = { s->p, 0 };
	size_t n;

	while (run.n < s->n &&
	       (is_digit(s->p[run.n]) || strchr(".,'", s->p[run.n])))
		run.n++;
	while (run.n && !is_digit(run.p[run.n - 1]))
		run.n--;
	if (!cx_number_digits(run, reading->decimal, room, &n))
		return false;
	if (reading->open)
		*reading->open |= cx_number_is_open(run);
	cut(s, run.n);
	room[n] = '\0';
	*value = strtod(room, NULL);
	return *value <= LARGEST;
}

static double cut_times(struct cx_str *s)
{
	static const struct {
		const char *word;
		double times;
	} words[] = { { "千億", 1e11 }, { "百億", 1e10 }, { "億", 1e8 },
		{ "千万", 1e7 }, { "百万", 1e6 }, { "万", MYRIAD },
		{ "千", 1e3 }, { "百", 1e2 } };

	for (size_t i = 0; i < N(words); i++) {
		if (!starts(*s, words[i].word))
			continue;
		cut(s, strlen(words[i].word));
		return words[i].times;
	}
	return 1;
}

static bool at_known_word(struct cx_str s)
{
	enum end end;

	return s.p[0] == ' ' || is_digit(s.p[0]) || cut_between(&s) ||
	       cut_word(&s, behind, N(behind), &end);
}

/* The last digit that is not 0 is one more: 1000 to 1999, 20 to 29. */
static double round_width(double value)
{
	double unit = 1;

	while (value >= unit * 10 && fmod(value, unit * 10) == 0)
		unit *= 10;
	return unit;
}

/* Letters: up to a blank, a digit, or a word that means something. */
static struct cx_str cut_unit(struct cx_str *s)
{
	struct cx_str unit = { s->p, 0 };

	while (s->n && !at_known_word(*s)) {
		size_t n = cx_utf8_step(*s);

		n = n ? n : 1;
		unit.n += n;
		cut(s, n);
	}
	return unit;
}

/* Words for powers of ten that are not read; they are no unit. */
static bool is_power(const struct amount *a)
{
	static const char *const stems[] = { "十", "百", "千", "万", "億", "兆",
		"萬", "亿", "만", "억", "thousand", "million", "milliard",
		"billion", "mio", "mrd", "tsd" };

	for (size_t i = 0; i < N(stems); i++)
		if (starts(a->unit, stems[i]))
			return true;
	/* Without a currency m is metres. */
	return cx_str_eq(a->unit, cx_str("k")) ||
	       cx_str_eq(a->unit, cx_str("bn")) ||
	       (a->currency && cx_str_eq(a->unit, cx_str("m")));
}

/* "70代以上", "10代以下": the decade, and all on one side of it. */
static void cut_end(struct cx_str *s, struct amount *a)
{
	enum end side;

	if (!cut_word(s, behind, N(behind), &a->end) || a->end < DECADE ||
	    !cut_word(s, behind, N(behind), &side))
		return;
	if (side == HIGH)
		a->value += round_width(a->value) - 1;
	a->end = side;
}

/* 1万5千, 1億2千5百万: more numbers behind the first, which is at start. */
static bool cut_more(struct cx_str start, struct cx_str *s,
    const struct reading *reading, struct amount *a)
{
	char room[CX_NUMBER_SIZE];
	double total, ignored;
	size_t n;

	if (a->times == 1 || !s->n || !is_digit(s->p[0]))
		return true;
	while (s->n && is_digit(s->p[0])) {
		if (!cut_digits(s, reading, &ignored))
			return false;
		(void)cut_times(s);
	}
	start.n -= s->n;
	if (a->value < 1 || cx_eastern_read(start, reading->decimal, false,
	                        room, &n) != CX_EASTERN)
		return false;
	room[n] = '\0';
	total = strtod(room, NULL);
	/* What follows is less than one of what the first number counts. */
	for (a->times = 1; a->value * a->times * 10 <= total;)
		a->times *= 10;
	a->more = total - a->value * a->times;
	return true;
}

static bool cut_amount(
    struct cx_str *s, const struct reading *reading, struct amount *a)
{
	struct cx_str start;

	*a = (struct amount){ .times = 1, .end = NO_END };
	a->currency = cx_currency_cut(s);
	cut_blanks(s);
	start = *s;
	if (!cut_digits(s, reading, &a->value))
		return false;
	a->times = cut_times(s);
	if (!cut_more(start, s, reading, a))
		return false;
	cut_blanks(s);
	if (!a->currency)
		a->currency = cx_currency_cut(s);
	a->unit = cut_unit(s);
	if (is_power(a))
		return false;
	cut_blanks(s);
	cut_end(s, a);
	cut_blanks(s);
	return true;
}

/* ---- what it means ---- */

static bool from_one(
    const struct amount *a, enum end front, struct cx_band *band)
{
	double value = a->value * a->times + a->more;
	enum end end = front != NO_END ? front : a->end;

	if (front != NO_END && a->end != NO_END)
		return false;
	*band = (struct cx_band){ true, true, value, value };
	band->has_low = end != HIGH;
	band->has_high = end != LOW;
	if (end == DECADE || end == ROUND) {
		double width = round_width(a->value) * a->times;

		if (a->more > 0 || width == 1 || (end == DECADE && width != 10))
			return false;
		band->high = value + width - 1;
	}
	return true;
}

static bool same_unit(const struct amount *a, const struct amount *b)
{
	if (!cx_currency_may_be(a->currency, b->currency))
		return false;
	return a->unit.n == 0 || b->unit.n == 0 || cx_str_eq(a->unit, b->unit);
}

/* "1千〜2千万円": nobody can tell whether the first is 1000. */
static bool is_open(const struct amount *a, const struct amount *b)
{
	return a->times > 1 && a->times < MYRIAD && b->times > MYRIAD &&
	       !a->currency && !a->unit.n;
}

/* "600〜1000万円": what stands behind the second holds for both. */
static bool from_two(
    struct amount *a, const struct amount *b, struct cx_band *band)
{
	if (a->times == 1 && !a->currency && !a->unit.n)
		a->times = b->times;
	*band = (struct cx_band){ true, true, a->value * a->times + a->more,
		b->value * b->times + b->more };
	return same_unit(a, b) && !is_open(a, b) && a->end != HIGH &&
	       a->end < DECADE && b->end != LOW && b->end < DECADE &&
	       band->low <= band->high;
}

static bool read_as(struct cx_str s, const struct reading *reading,
    struct cx_band *band, const struct cx_currency **currency)
{
	enum end front = NO_END;
	struct amount a, b;
	bool joined;

	cut_code(&s);
	(void)cut_word(&s, before, N(before), &front);
	cut_blanks(&s);
	if (!cut_amount(&s, reading, &a))
		return false;
	*currency = a.currency;
	joined = cut_between(&s);
	cut_blanks(&s);
	if (s.n == 0) {
		if (joined && (a.end != NO_END || front != NO_END))
			return false;
		return from_one(&a, joined ? LOW : front, band);
	}
	/* Without a sign between them only words keep two numbers apart. */
	if (front != NO_END || (!joined && a.end == NO_END) ||
	    !cut_amount(&s, reading, &b) || s.n)
		return false;
	if (!*currency)
		*currency = b.currency;
	return from_two(&a, &b, band);
}

/* ---- which sign is the decimal one ---- */

static bool same_band(const struct cx_band *a, const struct cx_band *b)
{
	return a->has_low == b->has_low && a->has_high == b->has_high &&
	       a->low == b->low && a->high == b->high;
}

/* The sign fits, and what stands around does not speak against it. */
static bool fits(struct cx_str s, char decimal, struct cx_band *band)
{
	const struct cx_currency *currency;
	bool open = false, other_open = false;
	struct reading reading = { decimal, &open };
	struct reading other = { decimal == '.' ? ',' : '.', &other_open };
	struct cx_band ignored;

	if (!read_as(s, &reading, band, &currency))
		return false;
	if (!open)
		return true;
	if (cx_number_is_eastern(s))
		return decimal == '.';
	/* Three digits behind the sign are no pence. */
	if (currency && currency->decimals != 3 &&
	    read_as(s, &other, &ignored, &currency))
		return band->low == floor(band->low) &&
		       band->high == floor(band->high) &&
		       (!ignored.has_low || band->low >= ignored.low) &&
		       (!ignored.has_high || band->high >= ignored.high);
	return true;
}

static unsigned signs(struct cx_str s, struct cx_band *band, bool *differ)
{
	struct cx_band with_comma, with_point;
	unsigned set = 0;

	if (fits(s, ',', &with_comma))
		set |= CX_COMMA;
	if (fits(s, '.', &with_point))
		set |= CX_POINT;
	*differ = set == (CX_POINT | CX_COMMA) &&
	          !same_band(&with_comma, &with_point);
	*band = set & CX_POINT ? with_point : with_comma;
	return set;
}

int cx_band_read(
    struct cx_str cell, char decimal, struct cx_band *band, struct cx_err *err)
{
	struct reading reading = { decimal, NULL };
	const struct cx_currency *currency;
	struct cx_buf normal = { 0 };
	bool ok, differ = false;

	cx_normal(&normal, cell);
	if (decimal)
		ok = read_as(cx_buf_str(&normal), &reading, band, &currency);
	else
		ok = signs(cx_buf_str(&normal), band, &differ) != 0;
	cx_buf_release(&normal);
	if (ok && !differ)
		return 0;
	if (!differ)
		return cx_err_record(err, "not a band",
		    "%s is not a range of numbers", cx_quote(cell));
	return cx_err_record(err, "not a band",
	    "nobody can tell what the commas or points of %s are: name the "
	    "decimal sign in the codebook's column \"decimal\", or with "
	    "--decimal",
	    cx_quote(cell));
}

unsigned cx_band_signs(struct cx_str cell)
{
	struct cx_buf normal = { 0 };
	struct cx_band band;
	unsigned set;
	bool differ;

	cx_normal(&normal, cell);
	set = signs(cx_buf_str(&normal), &band, &differ);
	cx_buf_release(&normal);
	return set != (CX_POINT | CX_COMMA) || differ ? set : 0;
}

const struct cx_currency *cx_band_currency(struct cx_str cell)
{
	struct reading reading = { '.', NULL };
	const struct cx_currency *currency = NULL;
	struct cx_buf normal = { 0 };
	struct cx_band ignored;

	cx_normal(&normal, cell);
	if (!read_as(cx_buf_str(&normal), &reading, &ignored, &currency)) {
		reading.decimal = ',';
		if (!read_as(
		        cx_buf_str(&normal), &reading, &ignored, &currency))
			currency = NULL;
	}
	cx_buf_release(&normal);
	return currency;
}
