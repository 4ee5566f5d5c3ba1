/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of redact share; nobody else includes it. */
#ifndef CX_TABLE_REDACT_IMPL_H
#define CX_TABLE_REDACT_IMPL_H

#include "libcx/table/redact.h"

/* Characters that are none of ASCII's, in a plain text. */
enum { OTHER = 1, POST_MARK = 2 };

/* A stretch of the plain text: what is found, from start up to end. */
struct found {
	enum cx_redacted kind;
	size_t start, end;
};

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool is_letter(char c)
{
	return is_upper(c) || (c >= 'a' && c <= 'z');
}

/* The character at i, or a line end beyond both ends. */
static inline char plain_at(const struct cx_redactor *r, size_t i)
{
	return i < r->n ? r->plain[i] : '\n';
}

static inline char plain_before(const struct cx_redactor *r, size_t i)
{
	return i ? r->plain[i - 1] : '\n';
}

/*
 * redact-number.c: what of card, phone and postal code in digits starts with
 * the run of groups of digits at i, where a run can start. Where nothing is
 * found, end is how far the run was looked at, which is beyond i.
 */
struct found cx_redact_number(const struct cx_redactor *r, size_t i);

/* redact-postal.c: a postal code with letters that starts at i. */
struct found cx_redact_postal(const struct cx_redactor *r, size_t i);

/* Whether the 3 and 4 digits that end at end are not an amount, a range. */
bool cx_redact_is_code(const struct cx_redactor *r, size_t start, size_t end);

#endif
