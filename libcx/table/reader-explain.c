/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/reader-impl.h"

#include "libcx/base/utf8.h"
#include "libcx/io/guess.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum { SAMPLE = 1 << 16 };

static const char not_utf8[] = "invalid UTF-8", nul[] = "NUL byte";

static bool is_reason(const struct cx_err *err, const char *reason)
{
	return err->reason && strcmp(err->reason, reason) == 0;
}

__attribute__((format(printf, 2, 3))) static void append(
    struct cx_err *err, const char *format, ...)
{
	size_t n = strlen(err->what);
	va_list args;

	va_start(args, format);
	vsnprintf(err->what + n, sizeof(err->what) - n, format, args);
	va_end(args);
}

/* ---- where it is ---- */

/* Every byte 0xFF of decoded input is a fault that was noted. */
static bool take_faults(
    struct cx_reader *r, struct cx_str record, struct cx_decode_fault *first)
{
	struct cx_decode_fault rest, *to = first;
	bool any = false;

	for (size_t i = 0; i < record.n; i++) {
		if ((unsigned char)record.p[i] != 0xFF)
			continue;
		any |= cx_input_fault(r->in, to);
		to = &rest;
	}
	return any;
}

static void name_fault(const struct cx_reader *r,
    const struct cx_decode_fault *fault, struct cx_err *err)
{
	char hex[2 * sizeof(fault->bytes) + 1] = "";

	for (size_t i = 0; i < fault->n; i++)
		snprintf(hex + 2 * i, 3, "%02X", fault->bytes[i]);
	(void)cx_err_record(err, "invalid bytes",
	    "byte%s 0x%s at offset %" PRIu64 " %s no character of %s",
	    fault->n == 1 ? "" : "s", hex, fault->offset,
	    fault->n == 1 ? "is" : "are", cx_input_encoding(r->in));
}

void cx_reader_locate(
    struct cx_reader *r, struct cx_str record, struct cx_err *err)
{
	struct cx_decode_fault fault = { 0 };
	char column[sizeof(err->column)];
	unsigned long line = err->line;
	bool decoded = take_faults(r, record, &fault);

	if (!is_reason(err, not_utf8) || (r->lenient && !decoded))
		return;
	if (!decoded) {
		append(err, ", at offset %" PRIu64,
		    r->offset + r->row.start + cx_utf8_valid(record));
		return;
	}
	memcpy(column, err->column, sizeof(column));
	name_fault(r, &fault, err);
	memcpy(err->column, column, sizeof(column));
	err->line = line;
}

/* ---- what it may be ---- */

/* More of the input behind the n bytes of the sample; the number of bytes. */
static ssize_t more_sample(
    struct cx_reader *r, uint64_t start, char *sample, size_t n)
{
	struct cx_err err;

	if (cx_input_size(r->in))
		return cx_input_read_at(
		    r->in, start + n, sample + n, SAMPLE - n, &err);
	return cx_input_read(r->in, sample + n, SAMPLE - n, &err);
}

/*
 * The bytes from the current record on, the same ones however the input
 * comes: what the buffer holds of them depends on that. Under libcsv only the
 * record, because the rest went elsewhere.
 */
static size_t read_sample(struct cx_reader *r, char *sample)
{
	uint64_t start = r->offset + r->row.start;
	struct cx_str raw = cx_row_raw(&r->row);
	ssize_t more = !r->lenient;
	size_t n = 0;

	if (r->lenient || !cx_input_size(r->in)) {
		n = r->lenient ? raw.n : r->filled - r->row.start;
		n = n < SAMPLE ? n : SAMPLE;
		memcpy(sample, raw.p, n);
	}
	while (n < SAMPLE && more > 0) {
		more = more_sample(r, start, sample, n);
		n += more > 0 ? (size_t)more : 0;
	}
	return n;
}

static void advise(
    const struct cx_reader *r, const struct cx_guess *guess, struct cx_err *err)
{
	append(err, "; it looks like %s", guess->name);
	if (guess->other)
		append(err, " or %s", guess->other);
	if (r->options.settings)
		append(err, ": save it as UTF-8");
	else if (r->options.foreign)
		append(err, ": use -e %s", guess->name);
	else
		append(err, ": make a stream of it with cx-ingest -e %s",
		    guess->name);
}

void cx_reader_explain(struct cx_reader *r, struct cx_err *err)
{
	char sample[SAMPLE];
	struct cx_guess guess;
	bool is_nul = is_reason(err, nul);

	if (!is_reason(err, not_utf8) && !is_nul)
		return;
	guess = cx_guess_encoding(
	    (struct cx_str){ sample, read_sample(r, sample) });
	if (is_nul && strncmp(guess.name, "utf-", 4) != 0)
		return;
	if (strcmp(guess.name, CX_UTF8) != 0)
		advise(r, &guess, err);
	else if (!is_nul)
		append(err, "; what stands around it is UTF-8: is it damaged?");
}
