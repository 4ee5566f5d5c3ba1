/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_REPORT_WORDS_H
#define CX_CMD_REPORT_WORDS_H

#include "libcx/base/buf.h"
#include "libcx/base/err.h"
#include "libcx/report/figure.h"

/*
 * The words of a page in its language: share/words/LANG.tsv, columns key and
 * text. In a text {1} to {4} stand for what is filled in.
 */

/* Reads the words of a language; a usage error when there is none of it. */
int report_words_open(const char *lang, struct cx_err *err);
void report_words_close(void);

/* The text of a key, or the key itself. Valid until close. */
const char *report_word(const char *key);

/* The same, NULL where there is none. */
const char *report_word_or_null(struct cx_str key);

/* A text with its places filled in; n of them. */
void report_say(
    struct cx_buf *out, const char *key, const struct cx_str *fill, size_t n);

#define REPORT_SAY(out, key, ...)                                              \
	report_say(out, key, (const struct cx_str[]){ __VA_ARGS__ },           \
	    sizeof((const struct cx_str[]){ __VA_ARGS__ }) /                   \
	        sizeof(struct cx_str))

/* Numbers as the language writes them. NaN is a dash. */
void report_put_real(struct cx_buf *out, double x, int decimals);
void report_put_signed(struct cx_buf *out, double x, int decimals);
void report_put_range(struct cx_buf *out, double lo, double hi, int decimals);
void report_put_duration(struct cx_buf *out, double seconds);
void report_put_p(struct cx_buf *out, double p);

/* How the language writes lengths of time. */
struct cx_figure_units report_units(void);

/* A period by its name in tables, 2026-10 or 2026-W47, in words. */
void report_put_period(struct cx_buf *out, struct cx_str period);

#endif
