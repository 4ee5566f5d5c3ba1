/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/currency.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

/* ---- words ---- */

enum {
	USD,
	AUD,
	CAD,
	HKD,
	TWD,
	NZD,
	SGD,
	MXN,
	BRL,
	EUR,
	GBP,
	JPY,
	CNY,
	KRW,
	INR,
	CHF,
	THB,
	VND,
	SEK,
	NOK,
	DKK,
	PLN,
	CZK,
	HUF,
	TRY,
	ZAR,
	KWD,
	BHD,
	OMR,
	JOD,
	TND
};

#define IS(iso) ((uint64_t)1 << (iso))
#define DOLLARS                                                                \
	(IS(USD) | IS(AUD) | IS(CAD) | IS(HKD) | IS(TWD) | IS(NZD) | IS(SGD) | \
	    IS(MXN))

/* Longer words go first. */
static const struct cx_currency currencies[] = { { "us$", 2, IS(USD) },
	{ "a$", 2, IS(AUD) }, { "c$", 2, IS(CAD) }, { "hk$", 2, IS(HKD) },
	{ "nt$", 2, IS(TWD) }, { "r$", 2, IS(BRL) }, { "$", 2, DOLLARS },
	{ "€", 2, IS(EUR) }, { "£", 2, IS(GBP) }, { "¥", 0, IS(JPY) | IS(CNY) },
	{ "円", 0, IS(JPY) }, { "₩", 0, IS(KRW) }, { "₹", 2, IS(INR) },
	{ "元", 2, IS(CNY) | IS(TWD) | IS(HKD) }, { "ドル", 2, DOLLARS },
	{ "ユーロ", 2, IS(EUR) }, { "yen", 0, IS(JPY) }, { "jpy", 0, IS(JPY) },
	{ "usd", 2, IS(USD) }, { "eur", 2, IS(EUR) }, { "gbp", 2, IS(GBP) },
	{ "chf", 2, IS(CHF) }, { "cad", 2, IS(CAD) }, { "aud", 2, IS(AUD) },
	{ "nzd", 2, IS(NZD) }, { "cny", 2, IS(CNY) }, { "rmb", 2, IS(CNY) },
	{ "hkd", 2, IS(HKD) }, { "sgd", 2, IS(SGD) }, { "twd", 2, IS(TWD) },
	{ "krw", 0, IS(KRW) }, { "thb", 2, IS(THB) }, { "vnd", 0, IS(VND) },
	{ "inr", 2, IS(INR) }, { "brl", 2, IS(BRL) }, { "mxn", 2, IS(MXN) },
	{ "sek", 2, IS(SEK) }, { "nok", 2, IS(NOK) }, { "dkk", 2, IS(DKK) },
	{ "pln", 2, IS(PLN) }, { "czk", 2, IS(CZK) }, { "huf", 2, IS(HUF) },
	{ "try", 2, IS(TRY) }, { "zar", 2, IS(ZAR) }, { "kwd", 3, IS(KWD) },
	{ "bhd", 3, IS(BHD) }, { "omr", 3, IS(OMR) }, { "jod", 3, IS(JOD) },
	{ "tnd", 3, IS(TND) }, { "kr", 2, IS(SEK) | IS(NOK) | IS(DKK) } };

enum { N_CURRENCIES = sizeof(currencies) / sizeof(*currencies) };

static bool same_letters(const char *p, const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] + 'a' - 'A')
		                                : p[i]) != word[i])
			return false;
	return true;
}

const struct cx_currency *cx_currency_cut(struct cx_str *s)
{
	for (int i = 0; i < N_CURRENCIES; i++) {
		size_t n = strlen(currencies[i].word);

		if (s->n < n || !same_letters(s->p, currencies[i].word, n))
			continue;
		*s = cx_str_skip(*s, n);
		return &currencies[i];
	}
	return NULL;
}

const struct cx_currency *cx_currency_cut_back(struct cx_str *s)
{
	for (int i = 0; i < N_CURRENCIES; i++) {
		size_t n = strlen(currencies[i].word);

		if (s->n < n ||
		    !same_letters(s->p + s->n - n, currencies[i].word, n))
			continue;
		s->n -= n;
		return &currencies[i];
	}
	return NULL;
}

const struct cx_currency *cx_currency_of(struct cx_str word)
{
	const struct cx_currency *currency = cx_currency_cut(&word);

	return word.n ? NULL : currency;
}

bool cx_currency_may_be(
    const struct cx_currency *a, const struct cx_currency *b)
{
	return !a || !b || (a->is & b->is);
}

/* ---- those of a column ---- */

static struct cx_currency_seen *find(
    struct cx_currencies *all, const struct cx_currency *currency)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->seen[i].currency == currency)
			return &all->seen[i];
	return NULL;
}

static struct cx_currency_seen *add(
    struct cx_currencies *all, const struct cx_currency *currency)
{
	all->seen =
	    cx_realloc(all->seen, cx_mul(all->n + 1, sizeof(*all->seen)));
	all->seen[all->n].currency = currency;
	return &all->seen[all->n++];
}

void cx_currencies_add(struct cx_currencies *all,
    const struct cx_currency *currency, struct cx_str cell,
    struct cx_reader *reader)
{
	if (!find(all, currency))
		cx_example_set(&add(all, currency)->example, cell, reader);
}

void cx_currencies_merge(struct cx_currencies *into, struct cx_currencies *from)
{
	for (size_t i = 0; i < from->n; i++)
		if (!find(into, from->seen[i].currency))
			*add(into, from->seen[i].currency) = from->seen[i];
	from->n = 0;
}

void cx_currencies_release(struct cx_currencies *all)
{
	free(all->seen);
	*all = (struct cx_currencies){ 0 };
}

/* The first one that this one cannot be, or else the very first. */
static const struct cx_currency_seen *other(
    const struct cx_currencies *all, size_t one)
{
	for (size_t i = 0; i < one; i++)
		if (!cx_currency_may_be(
		        all->seen[i].currency, all->seen[one].currency))
			return &all->seen[i];
	return &all->seen[0];
}

static int differ(const struct cx_currency_seen *a,
    const struct cx_currency_seen *b, bool hidden, struct cx_err *err)
{
	char room[CX_PLACE_SIZE];

	cx_err_set(err, CX_DATA,
	    "%s, and %s %s, are not in one currency: name the one that is "
	    "meant behind the type in the codebook, as in \"money JPY\", and "
	    "put the others aside with --rejects",
	    cx_example_show(&a->example, hidden),
	    cx_example_show(&b->example, hidden),
	    cx_example_place(&b->example, &a->example, room));
	return cx_example_at(&a->example, err);
}

int cx_currencies_check(
    const struct cx_currencies *all, bool hidden, struct cx_err *err)
{
	uint64_t left = ~(uint64_t)0;

	for (size_t i = 0; i < all->n; i++) {
		left &= all->seen[i].currency->is;
		if (!left)
			return differ(
			    other(all, i), &all->seen[i], hidden, err);
	}
	return 0;
}
