/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_CURRENCY_H
#define CX_TABLE_CURRENCY_H

#include "libcx/table/evidence.h"

/* A word or sign for a currency, or for any of several. */
struct cx_currency {
	const char *word; /* small letters, NFKC */
	int decimals;     /* of the least unit it has; ISO 4217 */
	uint64_t is;      /* the currencies that it may mean, a bit each */
};

/* A currency cut off the front or the back of s, or NULL. */
const struct cx_currency *cx_currency_cut(struct cx_str *s);
const struct cx_currency *cx_currency_cut_back(struct cx_str *s);

/* The one that is called so, or NULL. */
const struct cx_currency *cx_currency_of(struct cx_str word);

/* Whether two of them may be one. NULL, that none is named, is any. */
bool cx_currency_may_be(
    const struct cx_currency *a, const struct cx_currency *b);

/*
 * The currencies that cells of a column name, each with the first cell that
 * does. All zero is a column without any. Merging is exact when it is done in
 * input order.
 */
struct cx_currencies {
	struct cx_currency_seen {
		const struct cx_currency *currency;
		struct cx_example example;
	} * seen;
	size_t n;
};

void cx_currencies_add(struct cx_currencies *all,
    const struct cx_currency *currency, struct cx_str cell,
    struct cx_reader *reader);

/* Empties from. */
void cx_currencies_merge(
    struct cx_currencies *into, struct cx_currencies *from);
void cx_currencies_release(struct cx_currencies *all);

/*
 * Whether all may be one currency: 0, or -1 and err that names two cells which
 * cannot, with their lines, and what to do.
 *   hidden   cells are not to be seen in messages
 */
int cx_currencies_check(
    const struct cx_currencies *all, bool hidden, struct cx_err *err);

#endif
