/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/writer.h"

#include "libcx/base/map.h"
#include "libcx/base/mem.h"
#include "libcx/table/escape.h"
#include "libcx/table/layout.h"
#include "libcx/table/sniff.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct column {
	char *name; /* as the format wants it in its records */
	enum cx_kind kind;
};

struct cx_writer {
	struct cx_output *out;
	enum cx_format format;
	bool colour;
	struct column *columns;
	size_t n_columns;
	bool has_header;
	bool started;        /* something is written */
	bool settled;        /* everything is */
	struct cx_buf table; /* CX_TABLE: everything, as TSV */
	struct cx_buf footer;
};

struct cx_writer *cx_writer_new(
    struct cx_output *out, enum cx_format format, bool colour)
{
	struct cx_writer *w = cx_calloc(1, sizeof(*w));

	w->out = out;
	w->format = format;
	w->colour = colour;
	return w;
}

void cx_writer_column(
    struct cx_writer *w, struct cx_str name, enum cx_kind kind)
{
	w->columns = cx_realloc(
	    w->columns, cx_mul(w->n_columns + 1, sizeof(*w->columns)));
	w->columns[w->n_columns++] =
	    (struct column){ cx_memdup(name.p, name.n), kind };
}

bool cx_writer_is_table(const struct cx_writer *w)
{
	return w && w->format == CX_TABLE;
}

bool cx_writer_is_tsv(const struct cx_writer *w)
{
	return w->format == CX_TSV && w->n_columns != 1;
}

void cx_writer_footer(struct cx_writer *w, struct cx_str lines)
{
	cx_buf_adds(&w->footer, lines);
}

size_t cx_writer_n_columns(const struct cx_writer *w)
{
	return w->n_columns;
}

struct cx_str cx_writer_name(const struct cx_writer *w, size_t column)
{
	return cx_str(w->columns[column].name);
}

/* A single column has no tab to tell it is TSV, so it goes as CSV. */
static enum cx_format cell_format(const struct cx_writer *w)
{
	if (w->format == CX_TSV && w->n_columns == 1)
		return CX_CSV;
	return w->format == CX_TABLE ? CX_TSV : w->format;
}

/* ---- records ---- */

/*
 * A record carries the line end of the one before it, so that the last one's
 * is written at close, and nothing that is written before ends in one.
 */
static void start_cell(struct cx_lines *l)
{
	const struct cx_writer *w = l->writer;

	if (l->column == 0)
		cx_buf_addc(&l->bytes, '\n');
	if (l->column == 0 && l->style && w->format == CX_TABLE)
		cx_buf_addf(&l->bytes, "\\%d", (int)l->style);
	switch (cell_format(w)) {
	case CX_TSV:
	case CX_TABLE:
		if (l->column)
			cx_buf_addc(&l->bytes, '\t');
		break;
	case CX_CSV:
	case CX_EXCEL:
		if (l->column)
			cx_buf_addc(&l->bytes, ',');
		break;
	case CX_JSON:
		cx_buf_addc(&l->bytes, l->column ? ',' : '{');
		cx_escape_json(&l->bytes, cx_str(w->columns[l->column].name));
		cx_buf_addc(&l->bytes, ':');
		break;
	case CX_MD:
		cx_buf_addz(&l->bytes, l->column ? " | " : "| ");
		break;
	}
	l->column++;
}

void cx_lines_text(struct cx_lines *l, struct cx_str cell)
{
	start_cell(l);
	switch (cell_format(l->writer)) {
	case CX_TSV:
	case CX_TABLE:
		cx_escape_tsv(&l->bytes, cell);
		break;
	case CX_CSV:
		cx_escape_csv(&l->bytes, cell);
		break;
	case CX_EXCEL:
		cx_escape_sheet(&l->bytes, cell);
		break;
	case CX_JSON:
		if (cell.n)
			cx_escape_json(&l->bytes, cell);
		else
			cx_buf_addz(&l->bytes, "null");
		break;
	case CX_MD:
		cx_escape_md(&l->bytes, cell);
		break;
	}
}

void cx_lines_plain(struct cx_lines *l, struct cx_str cell)
{
	char *to;

	if (!cx_writer_is_tsv(l->writer)) {
		cx_lines_text(l, cell);
		return;
	}
	to = cx_buf_reserve(&l->bytes, cell.n + 1);
	*to++ = l->column++ ? '\t' : '\n';
	if (cell.n)
		memcpy(to, cell.p, cell.n);
	l->bytes.len = (size_t)(to - l->bytes.data) + cell.n;
}

void cx_lines_run(struct cx_lines *l, struct cx_str cells, size_t n)
{
	cx_buf_addc(&l->bytes, l->column ? '\t' : '\n');
	cx_buf_adds(&l->bytes, cells);
	l->column += n;
}

void cx_lines_take(struct cx_lines *l, struct cx_str records)
{
	cx_buf_adds(&l->bytes, records);
	l->whole = l->bytes.len;
}

void cx_lines_missing(struct cx_lines *l)
{
	cx_lines_text(l, (struct cx_str){ NULL, 0 });
}

void cx_lines_count(struct cx_lines *l, uint64_t n)
{
	start_cell(l);
	cx_buf_addu(&l->bytes, n);
}

void cx_lines_whole(struct cx_lines *l, int64_t n)
{
	start_cell(l);
	if (n < 0)
		cx_buf_addc(&l->bytes, '-');
	cx_buf_addu(&l->bytes, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
}

void cx_lines_real(
    struct cx_lines *l, double x, int decimals, int brief_decimals)
{
	enum cx_format format = l->writer->format;
	char digits[400];
	bool minus;
	int n;

	if (!isfinite(x)) {
		cx_lines_missing(l);
		return;
	}
	if (format == CX_TABLE || format == CX_MD)
		decimals = brief_decimals;
	n = snprintf(digits, sizeof(digits), "%.*f", decimals, x);
	/* -0.0 that is left of a small negative number is 0.0 */
	minus = digits[0] == '-' && strspn(digits + 1, "0.") == (size_t)n - 1;
	start_cell(l);
	cx_buf_add(&l->bytes, digits + minus, (size_t)n - minus);
}

void cx_lines_p(struct cx_lines *l, double p)
{
	enum { DECIMALS = 6, BRIEF = 3 };
	static const double SMALL = 0.001;
	enum cx_format format = l->writer->format;
	char digits[CX_P_SIZE];

	if (isnan(p) || p >= SMALL || p == 0) {
		cx_lines_real(l, p, DECIMALS, BRIEF);
		return;
	}
	if (format == CX_TABLE || format == CX_MD) {
		cx_lines_text(l, cx_str("<0.001"));
		return;
	}
	snprintf(digits, sizeof(digits), "%.5e", p);
	start_cell(l);
	cx_buf_addz(&l->bytes, digits);
}

void cx_lines_end(struct cx_lines *l)
{
	if (l->writer->format == CX_JSON)
		cx_buf_addc(&l->bytes, '}');
	if (l->writer->format == CX_MD)
		cx_buf_addz(&l->bytes, " |");
	l->column = 0;
	l->style = CX_PLAIN;
	l->whole = l->bytes.len;
}

void cx_lines_cancel(struct cx_lines *l)
{
	l->bytes.len = l->whole;
	l->column = 0;
}

void cx_lines_release(struct cx_lines *l)
{
	cx_buf_release(&l->bytes);
}

/* ---- the stream ---- */

static int write_lines(
    struct cx_writer *w, const struct cx_buf *bytes, struct cx_err *err)
{
	struct cx_str text = cx_buf_str(bytes);

	if (text.n == 0)
		return 0;
	if (!w->started) {
		text.p++;
		text.n--;
	}
	w->started = true;
	if (w->format == CX_TABLE) {
		cx_buf_adds(&w->table, text);
		return 0;
	}
	return cx_output_write(w->out, text.p, text.n, err);
}

/* What a reader takes for a byte order mark where the table starts so. */
static const char mark[] = "\xEF\xBB\xBF";

/* Whether a header cell must be quoted so that the header line is clear. */
static bool unclear(struct cx_str name)
{
	return name.n &&
	       (memchr(name.p, ';', name.n) || memchr(name.p, '\t', name.n) ||
	           cx_str_starts(name, cx_str(mark)));
}

static void header_cell(struct cx_lines *l, struct cx_str name)
{
	if (cell_format(l->writer) != CX_CSV || !unclear(name)) {
		cx_lines_text(l, name);
		return;
	}
	start_cell(l);
	cx_escape_quoted(&l->bytes, (struct cx_str){ "", 0 }, name);
}

/* A reader of the table would refuse two columns of one name. */
static int check_names(const struct cx_writer *w, struct cx_err *err)
{
	struct cx_map names = { 0 };
	int code = 0;

	if (w->n_columns == 0)
		return cx_err_set(
		    err, CX_USAGE, "the output would have no columns");
	for (size_t i = 0; i < w->n_columns && code == 0; i++)
		if (cx_map_put(&names, cx_str(w->columns[i].name)) < i)
			code = cx_err_set(err, CX_USAGE,
			    "two columns of the output would be called %s",
			    cx_quote(cx_str(w->columns[i].name)));
	cx_map_release(&names);
	return code;
}

/*
 * TSV has no quotes: where names start with one, their line may read as CSV,
 * whatever stands below; and a byte order mark would be lost.
 */
static int check_header(
    const struct cx_writer *w, struct cx_buf *line, struct cx_err *err)
{
	struct cx_dialect dialect;
	struct cx_str text;
	bool known;

	if (cell_format(w) != CX_TSV || w->format == CX_TABLE)
		return 0;
	cx_buf_addc(line, '\n');
	text = (struct cx_str){ line->data + 1, line->len - 1 };
	known = cx_sniff(text, false, &dialect);
	line->len--;
	if (cx_str_starts(text, cx_str(mark)))
		return cx_err_set(err, CX_USAGE,
		    "the first column's name starts with a byte order mark, "
		    "which TSV cannot say; write CSV (-F csv)");
	if (known && dialect.tsv)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "as TSV the header would be read as CSV, for its quotes; "
	    "write CSV (-F csv)");
}

static int write_header(struct cx_writer *w, struct cx_err *err)
{
	struct cx_lines lines = { .writer = w };
	int code;

	w->has_header = true;
	if (check_names(w, err) < 0)
		return -1;
	/* Without it a spreadsheet takes UTF-8 for another encoding. */
	if (w->format == CX_EXCEL &&
	    cx_output_write(w->out, mark, sizeof(mark) - 1, err) < 0)
		return -1;
	if (w->format == CX_JSON)
		return 0;
	for (size_t i = 0; i < w->n_columns; i++)
		header_cell(&lines, cx_str(w->columns[i].name));
	cx_lines_end(&lines);
	if (w->format == CX_MD) {
		cx_buf_addc(&lines.bytes, '\n');
		for (size_t i = 0; i < w->n_columns; i++)
			cx_buf_addz(&lines.bytes,
			    w->columns[i].kind == CX_NUMBER ? "|---:" : "|---");
		cx_buf_addc(&lines.bytes, '|');
	}
	code = check_header(w, &lines.bytes, err);
	if (code == 0)
		code = write_lines(w, &lines.bytes, err);
	cx_lines_release(&lines);
	return code;
}

int cx_writer_put(
    struct cx_writer *w, struct cx_lines *lines, struct cx_err *err)
{
	int code = w->has_header ? 0 : write_header(w, err);

	if (code == 0)
		code = write_lines(w, &lines->bytes, err);
	cx_buf_clear(&lines->bytes);
	lines->whole = 0;
	return code;
}

static void release(struct cx_writer *w)
{
	for (size_t i = 0; i < w->n_columns; i++)
		free(w->columns[i].name);
	free(w->columns);
	cx_buf_release(&w->table);
	cx_buf_release(&w->footer);
	free(w);
}

static int write_table(struct cx_writer *w, struct cx_err *err)
{
	struct cx_buf text = { 0 };
	bool *right = cx_calloc(w->n_columns, sizeof(*right));
	int code;

	for (size_t i = 0; i < w->n_columns; i++)
		right[i] = w->columns[i].kind == CX_NUMBER;
	cx_layout(cx_buf_str(&w->table), right, w->n_columns, w->colour, &text);
	cx_buf_adds(&text, cx_buf_str(&w->footer));
	code = cx_output_write(w->out, text.data, text.len, err);
	free(right);
	cx_buf_release(&text);
	return code;
}

static int finish(struct cx_writer *w, struct cx_err *err)
{
	if (!w->has_header && write_header(w, err) < 0)
		return -1;
	if (w->format == CX_TABLE)
		return write_table(w, err);
	return w->started ? cx_output_write(w->out, "\n", 1, err) : 0;
}

int cx_writer_settle(struct cx_writer *w, struct cx_err *err)
{
	if (!w->settled && finish(w, err) < 0)
		return -1;
	w->settled = true;
	return cx_output_settle(w->out, err);
}

int cx_writer_close(struct cx_writer *w, struct cx_err *err)
{
	int code = cx_writer_settle(w, err);

	if (code == 0)
		code = cx_output_close(w->out, err);
	else
		cx_output_discard(w->out);
	release(w);
	return code;
}

/* Nothing more can be done when this fails too. */
static void write_poison(struct cx_writer *w, struct cx_str why)
{
	struct cx_buf line = { 0 };
	struct cx_err ignored;

	if (w->started)
		cx_buf_addc(&line, '\n');
	cx_buf_addz(&line, "\\!");
	cx_escape_tsv(&line, why);
	cx_buf_addc(&line, '\n');
	if (cx_output_write(w->out, line.data, line.len, &ignored) == 0)
		(void)cx_output_flush(w->out, &ignored);
	cx_buf_release(&line);
}

void cx_writer_last_words(struct cx_writer *w, const char *line)
{
	if (w->format != CX_TABLE && w->format != CX_MD)
		cx_output_last_words(w->out, line);
}

struct cx_writer *cx_writer_form(void)
{
	return cx_writer_new(NULL, CX_TSV, false);
}

void cx_writer_free(struct cx_writer *w)
{
	if (!w)
		return;
	cx_output_discard(w->out);
	release(w);
}

void cx_writer_poison(struct cx_writer *w, struct cx_str why)
{
	if (w->format != CX_TABLE && w->format != CX_MD)
		write_poison(w, why);
	cx_output_discard(w->out);
	release(w);
}
