/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_REDACT_H
#define CX_TABLE_REDACT_H

#include "libcx/base/buf.h"

/* What is taken out of texts, and stands there instead. */
enum cx_redacted {
	CX_REDACT_NONE,
	CX_REDACT_EMAIL,  /* [email] */
	CX_REDACT_PHONE,  /* [phone] */
	CX_REDACT_CARD,   /* [card] */
	CX_REDACT_POSTAL, /* [postal] */
	CX_N_REDACTED
};

/*
 * Takes e-mail addresses, telephone numbers, card numbers and postal codes
 * out of texts. All zero is a new one; the memory is kept between texts.
 *
 * Full-width letters, digits and signs count as plain ones, every kind of
 * dash as a hyphen, and characters of no width as nothing.
 *
 * email   local part and domain in ASCII (RFC 5322 without quotes; the last
 *         label of the domain is of letters)
 * card    13 to 19 digits from 2 to 6, in one group or in groups of four or
 *         more, whose check digit is right (ISO/IEC 7812-1, Luhn)
 * phone   + and 9 to 15 digits (ITU-T E.164); 0 and 8 to 11 digits, in groups
 *         or, of 10 or 11 digits, in one; NPA-NXX-XXXX of North America
 * postal  Japan (with or without its mark), United States (ZIP+4, or behind
 *         a state), United Kingdom, Canada, Netherlands, and with a country
 *         in front, as in D-10115
 *
 * cx-ingest(1) says for people what is found. Dates, amounts and times are
 * none of these. Where it is not clear, it is taken out.
 */
struct cx_redactor {
	/* the text at hand: its characters made plain, and where each is */
	char *plain;
	size_t *at;
	size_t n, cap;
	const char *text;
	bool ascii;  /* it has no other characters */
	bool has_at; /* an @ is in it, without which there is no address */
	uint64_t counts[CX_N_REDACTED];
};

/*
 * Whether a text, as it is or with the escapes of TSV, may hold something:
 * most do not, and this is quick.
 */
bool cx_redact_may(struct cx_str text);

/* Whether there was something to take out; else out is left alone. */
bool cx_redact(struct cx_redactor *r, struct cx_str text, struct cx_buf *out);

void cx_redactor_release(struct cx_redactor *r);

/* "email", "phone", "card", "postal" */
const char *cx_redacted_name(enum cx_redacted kind);

#endif
