/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Card numbers, telephone numbers and postal codes of digits. */
#include "libcx/table/redact-impl.h"

enum {
	MOST_GROUPS = 12,
	MOST_DIGITS = 24, /* to a group; more are no number of these */
	CARD_LEAST = 13,
	CARD_MOST = 19,
	BEHIND_SLASH = 5, /* digits, at least */
	E164_LEAST = 9,
	E164_MOST = 15,
	TRUNK_LEAST = 9, /* digits of a number within a country, with its 0 */
	TRUNK_MOST = 12,
};

/* Groups of digits with one or two signs between them. */
struct run {
	const char *plain;
	size_t n;
	size_t start[MOST_GROUPS], end[MOST_GROUPS];
	bool plus;
};

/* A candidate: groups first up to last, and all their digits. */
struct candidate {
	const struct run *run;
	size_t first, last;
	char digits[MOST_GROUPS * MOST_DIGITS];
	size_t n;
};

static size_t size_of(const struct run *run, size_t group)
{
	return run->end[group] - run->start[group];
}

static size_t digits_end(const struct cx_redactor *r, size_t i)
{
	while (is_digit(plain_at(r, i)))
		i++;
	return i;
}

/* Behind one or two of the signs between groups, or at when it is no gap. */
static size_t gap_end(const struct cx_redactor *r, size_t at)
{
	size_t i = at;

	while (i < at + 2 && i < r->n && strchr(" -.()", r->plain[i]))
		i++;
	return is_digit(plain_at(r, i)) ? i : at;
}

/* 030/12345678, where a slash elsewhere keeps two numbers apart. */
static size_t slash_end(
    const struct cx_redactor *r, const struct run *run, size_t end)
{
	if (run->n != 1 || run->plain[run->start[0]] != '0' ||
	    plain_at(r, end) != '/' ||
	    digits_end(r, end + 1) < end + 1 + BEHIND_SLASH)
		return end;
	return end + 1;
}

static struct run read_run(const struct cx_redactor *r, size_t i)
{
	struct run run = { .plain = r->plain, .plus = plain_at(r, i) == '+' };

	i += run.plus;
	if (run.plus && plain_at(r, i) == '(')
		i++;
	while (run.n < MOST_GROUPS && is_digit(plain_at(r, i))) {
		size_t end = digits_end(r, i), next = gap_end(r, end);

		if (end - i > MOST_DIGITS)
			break;
		run.start[run.n] = i;
		run.end[run.n++] = end;
		if (next == end)
			next = slash_end(r, &run, end);
		if (next == end)
			break;
		i = next;
	}
	return run;
}

/* Whether every gap of the candidate is one sign, and one of these. */
static bool gaps_are(const struct candidate *c, const char *signs)
{
	for (size_t g = c->first + 1; g < c->last; g++) {
		size_t at = c->run->end[g - 1];

		if (c->run->start[g] != at + 1 ||
		    !strchr(signs, c->run->plain[at]))
			return false;
	}
	return true;
}

/* Whether every gap is the same one. */
static bool one_sign(const struct candidate *c)
{
	char signs[2] = { c->run->plain[c->run->end[c->first]], '\0' };

	return signs[0] && gaps_are(c, signs);
}

/* A date at the start: 2026-11-21, 21.11.2026, 1-2-26 is none. */
static bool is_date(const struct candidate *c)
{
	const struct run *run = c->run;
	size_t g = c->first;
	const char *year;

	if (c->last - g < 3 || size_of(run, g + 1) > 2)
		return false;
	if (size_of(run, g) == 4 && size_of(run, g + 2) <= 2)
		year = run->plain + run->start[g];
	else if (size_of(run, g) <= 2 && size_of(run, g + 2) == 4)
		year = run->plain + run->start[g + 2];
	else
		return false;
	return memcmp(year, "19", 2) == 0 || memcmp(year, "20", 2) == 0;
}

/* ---- what a candidate is ---- */

/* Source: ISO/IEC 7812-1:2017, annex B. */
static bool luhn(const char *digits, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int d = digits[n - 1 - i] - '0';

		if (i % 2)
			d = d > 4 ? 2 * d - 9 : 2 * d;
		sum += d;
	}
	return sum % 10 == 0;
}

static bool is_card(const struct candidate *c)
{
	if (c->n < CARD_LEAST || c->n > CARD_MOST || c->digits[0] < '2' ||
	    c->digits[0] > '6' || !gaps_are(c, " -"))
		return false;
	for (size_t g = c->first; g + 1 < c->last; g++)
		if (size_of(c->run, g) < 4)
			return false;
	return luhn(c->digits, c->n);
}

/* NPA-NXX-XXXX, perhaps behind 1. */
static bool is_north_american(const struct candidate *c)
{
	const struct run *run = c->run;
	size_t g = c->first, one = c->last - g == 4;
	const char *d = c->digits + one;

	if (c->last - g != 3 + one || (one && c->digits[0] != '1') ||
	    (one && size_of(run, g) != 1))
		return false;
	g += one;
	if (size_of(run, g) != 3 || size_of(run, g + 1) != 3 ||
	    size_of(run, g + 2) != 4)
		return false;
	/* Three numbers in a row are just that. */
	return d[0] >= '2' && d[3] >= '2' && !gaps_are(c, " ");
}

static bool is_trunk(const struct candidate *c)
{
	size_t n_groups = c->last - c->first;

	if (c->digits[0] != '0' || c->digits[1] == '0')
		return false;
	if (n_groups == 1)
		return c->n == 10 || c->n == 11;
	/* 01 23 45 67 89, but no hours of opening */
	if (n_groups > 5 || (n_groups == 5 && !one_sign(c)))
		return false;
	return c->n >= TRUNK_LEAST && c->n <= TRUNK_MOST &&
	       size_of(c->run, c->first) >= 2 && size_of(c->run, c->first) <= 5;
}

static bool is_international(const struct candidate *c)
{
	if (c->first == 0 && c->run->plus)
		return c->digits[0] != '0' && c->n >= E164_LEAST &&
		       c->n <= E164_MOST;
	return c->n >= E164_LEAST + 2 && c->n <= E164_MOST + 2 &&
	       memcmp(c->digits, "00", 2) == 0 && c->digits[2] != '0';
}

static bool is_phone(const struct candidate *c)
{
	return c->n >= TRUNK_LEAST && !is_date(c) &&
	       (is_international(c) || is_trunk(c) || is_north_american(c));
}

static bool is_postal(const struct cx_redactor *r, const struct candidate *c)
{
	size_t g = c->first;

	if (c->last - g != 2 || !gaps_are(c, "-") ||
	    size_of(c->run, g + 1) != 4)
		return false;
	if (size_of(c->run, g) == 5)
		return true;
	return size_of(c->run, g) == 3 &&
	       cx_redact_is_code(r, c->run->start[g], c->run->end[g + 1]);
}

static enum cx_redacted kind_of(
    const struct cx_redactor *r, const struct candidate *c)
{
	if (is_card(c))
		return CX_REDACT_CARD;
	if (is_phone(c))
		return CX_REDACT_PHONE;
	return is_postal(r, c) ? CX_REDACT_POSTAL : CX_REDACT_NONE;
}

/* ---- where it is ---- */

/* A number may end before a group that a blank keeps apart. */
static bool can_end(
    const struct cx_redactor *r, const struct run *run, size_t last)
{
	char next = plain_at(r, run->end[last - 1]);

	if (last < run->n)
		return next == ' ' || next == ')' || next == '(';
	return !is_letter(next) && !is_digit(next);
}

/* The longest number that starts with the first group. */
static struct found longest(
    const struct cx_redactor *r, const struct run *run, size_t first)
{
	struct found f = { CX_REDACT_NONE, run->start[first], 0 };
	struct candidate c = { .run = run, .first = first };
	size_t lengths[MOST_GROUPS];

	for (size_t g = first; g < run->n; g++) {
		memcpy(c.digits + c.n, run->plain + run->start[g],
		    size_of(run, g));
		c.n += size_of(run, g);
		lengths[g] = c.n;
	}
	for (c.last = run->n; c.last > first && !f.kind; c.last--) {
		/* cppcheck-suppress uninitvar ; set from first on */
		c.n = lengths[c.last - 1];
		if (can_end(r, run, c.last))
			f.kind = kind_of(r, &c);
		f.end = run->end[c.last - 1];
	}
	return f;
}

/* Letters that may stand right before a number. */
static bool behind_word(const struct cx_redactor *r, size_t i)
{
	static const char *const words[] = { "tel", "fax", "phone", "mobile",
		"cell", "ph" };

	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++) {
		size_t n = strlen(words[k]), same = 0;

		while (i >= n && same < n &&
		       (r->plain[i - n + same] | 0x20) == words[k][same])
			same++;
		if (same == n && (i == n || !is_letter(r->plain[i - n - 1])))
			return true;
	}
	return false;
}

/* Whether a group of digits stands by itself, and is not a part of more. */
static bool can_start(const struct cx_redactor *r, size_t i)
{
	char before = plain_before(r, i);

	if (is_letter(before))
		return behind_word(r, i);
	return !is_digit(before) && before != '+' && before != '_' &&
	       before != '-' && before != '.';
}

/* 910-0005 and 9100005 behind the mark of Japan's post. */
static struct found behind_mark(const struct cx_redactor *r, size_t i)
{
	struct found f = { CX_REDACT_NONE, i, i + 1 };
	size_t from = i + 1, end;

	while (plain_at(r, from) == ' ')
		from++;
	end = digits_end(r, from);
	if (end - from == 3 &&
	    (plain_at(r, end) == '-' || plain_at(r, end) == ' ')) {
		size_t more = digits_end(r, end + 1);

		if (more - end - 1 != 4)
			return f;
		end = more;
	} else if (end - from != 7) {
		return f;
	}
	return (struct found){ CX_REDACT_POSTAL, i, end };
}

/* A parenthesis belongs to the number when it closes behind its group. */
static bool opens_group(const struct cx_redactor *r, size_t i)
{
	size_t end = digits_end(r, i + 1);

	return end > i + 1 && plain_at(r, end) == ')';
}

struct found cx_redact_number(const struct cx_redactor *r, size_t i)
{
	struct found f = { CX_REDACT_NONE, i, i + 1 };
	size_t open = plain_at(r, i) == '(';
	struct run run;

	if (plain_at(r, i) == POST_MARK)
		return behind_mark(r, i);
	if ((open && !opens_group(r, i)) || !can_start(r, i))
		return f;
	run = read_run(r, i + open);
	if (run.n == 0)
		return f;
	f = longest(r, &run, 0);
	f.start = i;
	/* The next number may start with the next group. */
	if (!f.kind)
		f.end = run.end[0];
	return f;
}
