/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/check.h"

#include "libcx/base/utf8.h"

struct walk {
	struct cx_str record;
	struct cx_dialect dialect;
	size_t at;
	size_t column;
	unsigned long line;
	bool inside;
	unsigned long opened; /* the line of the quote that is open */
};

static bool last(const struct walk *w)
{
	return w->at + 1 == w->record.n;
}

static char next(const struct walk *w)
{
	return last(w) ? '\0' : w->record.p[w->at + 1];
}

static int stray_quote(struct cx_err *err)
{
	return cx_err_set(err, CX_DATA,
	    "a quote stands inside a cell that does not start with one");
}

static int text_behind(struct walk *w, struct cx_err *err)
{
	int code;

	if (w->line == w->opened)
		return cx_err_set(err, CX_DATA,
		    "text follows the closing quote of a cell "
		    "(a quote within quotes is doubled)");
	code = cx_err_set(err, CX_DATA,
	    "a quoted cell opens here and closes before other text "
	    "%lu lines below; is this quote closed?",
	    w->line - w->opened);
	w->line = w->opened;
	return code;
}

/* A quote: opens, closes, is doubled, or stands wrongly. */
static int quote(struct walk *w, bool at_start, struct cx_err *err)
{
	if (!w->inside && !at_start)
		return stray_quote(err);
	if (!w->inside) {
		w->inside = true;
		w->opened = w->line;
		return 0;
	}
	if (!last(w) && next(w) == '"') {
		w->at++;
		return 0;
	}
	w->inside = false;
	if (!last(w) && next(w) != w->dialect.delimiter && next(w) != '\r')
		return text_behind(w, err);
	return 0;
}

static int escape(struct walk *w, struct cx_err *err)
{
	if (!last(w) && next(w) && strchr("tnr\\", next(w))) {
		w->at++;
		return 0;
	}
	return cx_err_record(err, "invalid escape",
	    "a backslash is followed by %s; "
	    "in a TSV stream only \\t \\n \\r and \\\\ are escapes",
	    last(w) ? "nothing"
	            : cx_quote((struct cx_str){ w->record.p + w->at + 1, 1 }));
}

static int high_byte(struct walk *w, struct cx_err *err)
{
	struct cx_str rest = { w->record.p + w->at, w->record.n - w->at };
	size_t n = cx_utf8_step(rest);

	if (n == 0)
		return cx_err_record(err, "invalid UTF-8",
		    "byte 0x%02X is not UTF-8",
		    (unsigned)(unsigned char)rest.p[0]);
	w->at += n - 1;
	return 0;
}

static int step(struct walk *w, bool at_start, struct cx_err *err)
{
	char c = w->record.p[w->at];

	if (c & (char)0x80)
		return high_byte(w, err);
	if (c == '\0')
		return cx_err_record(err, "NUL byte", "there is a NUL byte");
	if (c == '"' && !w->dialect.tsv)
		return quote(w, at_start, err);
	if (c == '\\' && w->dialect.tsv && !w->dialect.literal)
		return escape(w, err);
	if (c == '\r' && !w->inside && !last(w))
		return cx_err_record(err, "lone carriage return",
		    "a carriage return stands without a line feed");
	return 0;
}

static int walk(struct walk *w, struct cx_err *err)
{
	bool at_start = true;

	for (; w->at < w->record.n; w->at++) {
		char c = w->record.p[w->at];

		if (step(w, at_start, err) < 0)
			return -1;
		at_start = c == w->dialect.delimiter && !w->inside;
		w->column += at_start;
		w->line += c == '\n';
	}
	return 0;
}

int cx_check_record(struct cx_str record, struct cx_dialect dialect,
    const struct cx_header *header, bool ended, struct cx_err *err)
{
	struct walk w = { .record = record, .dialect = dialect };
	bool cr = record.n && record.p[record.n - 1] == '\r';
	int code = walk(&w, err);

	if (code == 0 && w.inside) {
		code = cx_err_set(
		    err, CX_DATA, "a quoted cell opens here and never closes");
		w.line = w.opened;
	} else if (code == 0 && cr && !ended) {
		code = cx_err_record(err, "lone carriage return",
		    "a carriage return stands without a line feed");
	}
	if (code == 0)
		return 0;
	err->line = w.line;
	if (header && w.column < cx_header_n(header))
		cx_err_column(err, cx_header_name(header, w.column));
	return -1;
}
