/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_BAND_H
#define CX_TABLE_BAND_H

#include "libcx/base/err.h"

struct cx_currency;

/*
 * A range of numbers in words: "1,000円以上 3,000円未満", "〜599万円",
 * "600〜1000万円", "80歳以上", "20代", "$1,000 - $3,000", "under 10",
 * "5 or more". Ends are as they are written, whether they belong to the range
 * or not. An end that is open is not known.
 */
struct cx_band {
	bool has_low, has_high;
	double low, high;
};

/*
 * decimal as in cx_number_read. A single number is a range of no width.
 * An error has its reason set.
 */
int cx_band_read(
    struct cx_str cell, char decimal, struct cx_band *band, struct cx_err *err);

/* As cx_number_signs and cx_number_currency. */
unsigned cx_band_signs(struct cx_str cell);
const struct cx_currency *cx_band_currency(struct cx_str cell);

#endif
