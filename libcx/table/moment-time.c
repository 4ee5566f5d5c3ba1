/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/moment-impl.h"

enum { HALF_DAY = 12, MOST_OFFSET_HOURS = 18, JAPAN = 9 * CX_HOUR };

bool cx_moment_cut_word(struct cx_str *s, const char *word)
{
	size_t n = strlen(word);

	if (s->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = s->p[i];

		if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) !=
		    word[i])
			return false;
	}
	cut(s, n);
	return true;
}

/* ---- times of day ---- */

enum half { NO_HALF, MORNING, AFTERNOON };

/* The words of the two halves; hour 0 is known to the Japanese ones only. */
static enum half cut_half(struct cx_str *s, bool *from_zero)
{
	static const struct {
		const char *word;
		enum half half;
		bool from_zero;
	} words[] = { { "am", MORNING, false }, { "pm", AFTERNOON, false },
		{ "a.m.", MORNING, false }, { "p.m.", AFTERNOON, false },
		{ "午前", MORNING, true }, { "午後", AFTERNOON, true } };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!cx_moment_cut_word(s, words[i].word))
			continue;
		*from_zero = words[i].from_zero;
		return words[i].half;
	}
	return NO_HALF;
}

/* 12 AM is midnight, 12 PM is noon, and so it is in Japanese exports. */
static bool apply_half(struct cx_civil *c, enum half half, bool from_zero)
{
	if (half == NO_HALF)
		return true;
	if (c->hour > HALF_DAY || (c->hour == 0 && !from_zero))
		return false;
	c->hour = c->hour % HALF_DAY + (half == AFTERNOON ? HALF_DAY : 0);
	return true;
}

static void cut_decimals(struct cx_str *s)
{
	struct cx_str rest = *s;
	int value, n;

	if ((!cut_char(&rest, '.') && !cut_char(&rest, ',')) ||
	    !cut_number(&rest, 9, &value, &n))
		return;
	*s = rest;
}

static bool cut_two(struct cx_str *s, int *value)
{
	int n;

	return cut_number(s, 2, value, &n) && n == 2;
}

/* Behind the hour: ":05", ":05:30", ":05:30.25" */
static bool cut_colons(struct cx_str *s, struct cx_civil *c)
{
	if (!cut_char(s, ':') || !cut_two(s, &c->minute))
		return false;
	if (!cut_char(s, ':'))
		return true;
	if (!cut_two(s, &c->second))
		return false;
	cut_decimals(s);
	return true;
}

/* Behind the hour: "時", "時5分", "時05分30秒" */
static bool cut_kanji(struct cx_str *s, struct cx_civil *c)
{
	int n;

	if (!cx_moment_cut_word(s, "時"))
		return false;
	if (!starts_with_digit(*s))
		return true;
	if (!cut_number(s, 2, &c->minute, &n) || !cx_moment_cut_word(s, "分"))
		return false;
	if (!starts_with_digit(*s))
		return true;
	return cut_number(s, 2, &c->second, &n) && cx_moment_cut_word(s, "秒");
}

/* Behind the hour: "0530", as ISO 8601 has it without colons. */
static bool cut_basic(struct cx_str *s, struct cx_civil *c)
{
	return cut_two(s, &c->minute) && cut_two(s, &c->second);
}

static bool cut_behind_hour(struct cx_str *s, struct cx_civil *c)
{
	if (s->n && s->p[0] == ':')
		return cut_colons(s, c);
	return starts_with_digit(*s) ? cut_basic(s, c) : cut_kanji(s, c);
}

bool cx_moment_cut_time(struct cx_str *s, struct cx_civil *c)
{
	bool from_zero = false;
	enum half half = NO_HALF;
	struct cx_str rest;
	int n;

	if (!starts_with_digit(*s)) {
		half = cut_half(s, &from_zero);
		cut_blanks(s);
	}
	if (!cut_number(s, 2, &c->hour, &n) || !cut_behind_hour(s, c))
		return false;
	if (half == NO_HALF && s->n) {
		rest = *s;
		cut_blanks(&rest);
		half = cut_half(&rest, &from_zero);
		if (half != NO_HALF)
			*s = rest;
	}
	return apply_half(c, half, from_zero);
}

/* ---- offsets ---- */

/* +H, +HH, +HHMM, +HH:MM, either sign. */
static bool cut_offset(struct cx_str *s, int *offset)
{
	bool minus = s->n && s->p[0] == '-';
	int hours, minutes = 0, n;
	bool colon;

	if (!cut_char(s, '+') && !cut_char(s, '-'))
		return false;
	if (!cut_number(s, 2, &hours, &n))
		return false;
	colon = cut_char(s, ':');
	if ((colon || s->n) && !cut_two(s, &minutes))
		return false;
	if (hours > MOST_OFFSET_HOURS || minutes > 59)
		return false;
	*offset = hours * CX_HOUR + minutes * CX_MINUTE;
	*offset = minus ? -*offset : *offset;
	return true;
}

bool cx_moment_cut_zone(struct cx_str *s, struct cx_moment *moment)
{
	cut_blanks(s);
	if (s->n == 0)
		return true;
	moment->has_offset = true;
	moment->offset = 0;
	if (cx_moment_cut_word(s, "utc") || cx_moment_cut_word(s, "gmt") ||
	    cx_moment_cut_word(s, "z"))
		return s->n == 0 || cut_offset(s, &moment->offset);
	if (cx_moment_cut_word(s, "jst")) {
		moment->offset = JAPAN;
		return true;
	}
	return cut_offset(s, &moment->offset);
}
