/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/ident.h"

#include "libcx/table/value.h"

enum { SHORT = 15, LONG = 18, PART = 5, N_PARTS = 3 };

static int damaged(struct cx_err *err, const char *why)
{
	return cx_err_record(
	    err, "damaged identifier", "the cell is no identifier: %s", why);
}

/* ---- numbers ---- */

static size_t n_digits(struct cx_str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

static bool is_zeros(struct cx_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '0')
			return false;
	return true;
}

static int mend_whole(size_t width, struct cx_str cell, char *room,
    struct cx_str *out, struct cx_err *err)
{
	size_t n = n_digits(cell);
	struct cx_err ignored;
	double number;

	if (n && n < cell.n && cell.p[n] == '.' &&
	    is_zeros(cx_str_skip(cell, n + 1)))
		cell.n = n;
	*out = cell;
	if (n < cell.n)
		return cx_value_number(cell, &number, &ignored) < 0
		           ? 0
		           : damaged(err, "a spreadsheet has rounded it");
	if (n >= width)
		return 0;
	memset(room, '0', width - n);
	memcpy(room + width - n, cell.p, n);
	*out = (struct cx_str){ room, width };
	return 0;
}

/* ---- Salesforce ---- */

static const char marks[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static char upper(char c)
{
	return is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

static char lower(char c)
{
	return is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* What is said of five characters: which are capitals. */
static unsigned capitals(const char *p)
{
	unsigned bits = 0;

	for (unsigned i = 0; i < PART; i++)
		bits |= (unsigned)is_upper(p[i]) << i;
	return bits;
}

/* No letter is a small one, or none is a capital. */
static bool one_case(struct cx_str s)
{
	bool up = false, low = false;

	for (size_t i = 0; i < s.n; i++) {
		up |= is_upper(s.p[i]);
		low |= is_lower(s.p[i]);
	}
	return !(up && low);
}

static bool restore(struct cx_str cell, char *room)
{
	for (unsigned part = 0; part < N_PARTS; part++) {
		char mark = upper(cell.p[SHORT + part]);
		const char *at = strchr(marks, mark);
		char *to = room + part * PART;
		unsigned bits = at ? (unsigned)(at - marks) : 0;

		for (unsigned i = 0; i < PART; i++) {
			char c = cell.p[part * PART + i];

			to[i] = bits >> i & 1 ? upper(c) : lower(c);
		}
		/* A digit cannot be a capital. */
		if (!at || capitals(to) != bits)
			return false;
		room[SHORT + part] = mark;
	}
	return true;
}

static bool is_word(struct cx_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_upper(s.p[i]) && !is_lower(s.p[i]) &&
		    !(s.p[i] >= '0' && s.p[i] <= '9'))
			return false;
	return true;
}

static int mend_salesforce(
    struct cx_str cell, char *room, struct cx_str *out, struct cx_err *err)
{
	*out = (struct cx_str){ room, LONG };
	if ((cell.n != SHORT && cell.n != LONG) || !is_word(cell))
		return damaged(err, "it is not one of 15 or 18 letters and "
		                    "digits");
	if (cell.n == LONG) {
		if (restore(cell, room) &&
		    (one_case(cell) || memcmp(room, cell.p, SHORT) == 0))
			return 0;
		return damaged(err, "its last three characters are not those "
		                    "of the others");
	}
	memcpy(room, cell.p, SHORT);
	for (unsigned part = 0; part < N_PARTS; part++)
		room[SHORT + part] = marks[capitals(room + part * PART)];
	return 0;
}

/* ---- all ---- */

int cx_ident_mend(enum cx_ident kind, size_t width, struct cx_str cell,
    char room[CX_IDENT_WIDEST], struct cx_str *out, struct cx_err *err)
{
	if (kind == CX_IDENT_SALESFORCE)
		return mend_salesforce(cell, room, out, err);
	if (kind == CX_IDENT_WHOLE)
		return mend_whole(width, cell, room, out, err);
	*out = cell;
	return 0;
}
