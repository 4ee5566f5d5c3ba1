/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/eastern.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Powers of ten; more than all of them together is no sum. */
enum { HUNDRED = 2, THOUSAND = 3, MYRIAD = 4, MOST_ZEROS = 15 };

static int cut_word(struct cx_str *s)
{
	static const struct {
		const char *word;
		int zeros;
	} words[] = { { "百", HUNDRED }, { "千", THOUSAND }, { "万", MYRIAD },
		{ "億", 2 * MYRIAD } };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct cx_str word = cx_str(words[i].word);

		if (!cx_str_starts(*s, word))
			continue;
		*s = cx_str_skip(*s, word.n);
		return words[i].zeros;
	}
	return 0;
}

/* The digits and separators in front, as a number. */
static bool cut_digits(
    struct cx_str *s, char decimal, char room[CX_NUMBER_SIZE], size_t *n)
{
	struct cx_str run = { s->p, 0 };

	while (run.n < s->n && ((s->p[run.n] >= '0' && s->p[run.n] <= '9') ||
	                           s->p[run.n] == '.' || s->p[run.n] == ','))
		run.n++;
	*s = cx_str_skip(*s, run.n);
	return cx_number_digits(run, decimal, room, n);
}

/* ---- one number, and how often it is taken ---- */

/* Moves the point of digits by so many places. */
static bool shift(char room[CX_NUMBER_SIZE], size_t *n, int zeros)
{
	char *point = memchr(room, '.', *n);
	size_t whole = point ? (size_t)(point - room) : *n, start = 0;
	size_t places = (size_t)zeros;

	if (*n + places + 2 > CX_NUMBER_SIZE)
		return false;
	if (point) {
		memmove(point, point + 1, *n - whole - 1);
		(*n)--;
	}
	while (*n < whole + places)
		room[(*n)++] = '0';
	if (*n > whole + places) {
		char *to = room + whole + places;

		memmove(to + 1, to, *n - whole - places);
		*to = '.';
		(*n)++;
	}
	while (start + 1 < whole + places && room[start] == '0')
		start++;
	memmove(room, room + start, *n - start);
	*n -= start;
	return true;
}

/* 1.5万, 1,234千, 3百万: words alone behind the digits. */
static bool read_one(
    struct cx_str s, char decimal, char room[CX_NUMBER_SIZE], size_t *n)
{
	int zeros = 0, word;

	if (!cut_digits(&s, decimal, room, n))
		return false;
	while ((word = cut_word(&s)) > 0)
		zeros += word;
	return s.n == 0 && zeros > 0 && zeros <= MOST_ZEROS &&
	       shift(room, n, zeros);
}

/* ---- several, each below the one before ---- */

static const uint64_t tens[MOST_ZEROS + 1] = { 1, 10, 100, 1000, 10000, 100000,
	1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
	1000000000000, 10000000000000, 100000000000000, 1000000000000000 };

struct sum {
	uint64_t total, part; /* part: what waits for its 万 or 億 */
	int big, small;       /* what the next ones must be below */
	size_t n_last;        /* digits of the last number, without a word */
	int zeros;            /* of the last word */
};

/* One number and its word, if any: false when it does not fit. */
static bool add_part(struct sum *sum, struct cx_str *s)
{
	char digits[CX_NUMBER_SIZE];
	size_t n;
	int word;
	uint64_t value;

	if (!cut_digits(s, '.', digits, &n) || n > MYRIAD ||
	    memchr(digits, '.', n))
		return false;
	digits[n] = '\0';
	value = strtoull(digits, NULL, 10);
	sum->n_last = n;
	word = cut_word(s);
	if (word >= MYRIAD || word == 0) {
		sum->n_last = word ? 0 : n;
		if (value >= tens[sum->small])
			return false;
		sum->part += value;
		sum->small = 0;
	} else {
		sum->n_last = 0;
		if (value * tens[word] >= tens[sum->small])
			return false;
		sum->part += value * tens[word];
		sum->small = word;
		sum->zeros = word;
		word = cut_word(s);
		if (word && word < MYRIAD)
			return false;
	}
	if (word == 0)
		return true;
	if (word >= sum->big)
		return false;
	sum->total += sum->part * tens[word];
	sum->part = 0;
	sum->big = sum->zeros = word;
	sum->small = MYRIAD;
	return true;
}

static enum cx_eastern read_sum(
    struct cx_str s, bool named, char room[CX_NUMBER_SIZE], size_t *n)
{
	struct sum sum = { .big = MOST_ZEROS, .small = MYRIAD };

	while (s.n) {
		/* Behind ones nothing can stand. */
		if (sum.small == 0 || !add_part(&sum, &s))
			return CX_NOT_EASTERN;
	}
	*n = (size_t)snprintf(
	    room, CX_NUMBER_SIZE, "%" PRIu64, sum.total + sum.part);
	if (sum.zeros == 0)
		return CX_NOT_EASTERN;
	return sum.n_last && !named && sum.n_last < (size_t)sum.zeros
	           ? CX_EASTERN_OPEN
	           : CX_EASTERN;
}

enum cx_eastern cx_eastern_read(struct cx_str s, char decimal, bool named,
    char room[CX_NUMBER_SIZE], size_t *n)
{
	if (!cx_number_is_eastern(s))
		return CX_NOT_EASTERN;
	if (read_one(s, decimal, room, n))
		return CX_EASTERN;
	return read_sum(s, named, room, n);
}
