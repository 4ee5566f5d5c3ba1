/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the moment share; nobody else includes it. */
#ifndef CX_TABLE_MOMENT_IMPL_H
#define CX_TABLE_MOMENT_IMPL_H

#include "libcx/table/moment.h"

/* ---- cutting things off the front of s; false leaves s as it is ---- */

static inline void cut(struct cx_str *s, size_t n)
{
	s->p += n;
	s->n -= n;
}

static inline bool cut_char(struct cx_str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	cut(s, 1);
	return true;
}

static inline bool cut_blanks(struct cx_str *s)
{
	size_t before = s->n;

	while (cut_char(s, ' '))
		continue;
	return s->n < before;
}

static inline bool starts_with_digit(struct cx_str s)
{
	return s.n && s.p[0] >= '0' && s.p[0] <= '9';
}

/* 1 to most digits; their number in *n. */
static inline bool cut_number(struct cx_str *s, int most, int *value, int *n)
{
	*value = *n = 0;
	while (*n < most && starts_with_digit(*s)) {
		*value = *value * 10 + (s->p[0] - '0');
		cut(s, 1);
		(*n)++;
	}
	return *n > 0;
}

/* A word in any letter case; its ASCII letters are given as small ones. */
bool cx_moment_cut_word(struct cx_str *s, const char *word);

/* From here on false may have cut something off s. */

/* moment-date.c: a date, with the weekday that may stand around it. */
bool cx_moment_cut_date(
    struct cx_str *s, enum cx_date_order order, struct cx_civil *c);

/* moment-time.c: what may stand behind a date: a time of day, a zone. */
bool cx_moment_cut_time(struct cx_str *s, struct cx_civil *c);
bool cx_moment_cut_zone(struct cx_str *s, struct cx_moment *moment);

#endif
