/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/sheet.h"

#include "libcx/base/mem.h"
#include "libcx/table/header.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

struct column {
	bool is_key;
	bool is_number, hidden, is_p;
	int decimals, brief;
};

enum op { LESS, LESS_EQUAL, MORE, MORE_EQUAL, EQUAL, NOT_EQUAL, N_OPS };

/* Longer ones first, so that <= is not read as <. */
static const struct {
	const char *text;
	enum op op;
} ops[N_OPS] = { { "<=", LESS_EQUAL }, { ">=", MORE_EQUAL }, { "==", EQUAL },
	{ "!=", NOT_EQUAL }, { "<", LESS }, { ">", MORE } };

struct gate {
	char *text;
	size_t column;
	enum op op;
	double bound;
};

struct cx_sheet {
	struct cx_writer *writer;
	struct cx_lines lines;
	struct cx_header names;
	char *twice; /* the first name that two columns have */
	struct column *columns;
	double *values;     /* of the row at hand; NaN for texts and missing */
	bool has_keys;      /* cx_sheet_key was called */
	size_t at;          /* the next column */
	struct cx_buf keys; /* the row's texts, for messages */
	struct gate *gates;
	size_t n_gates;
	uint64_t n_failed;
	struct cx_buf failures;
};

enum { LINES_AT_ONCE = 1 << 16, FAILURES_SHOWN = 10 };

struct cx_sheet *cx_sheet_new(struct cx_writer *writer)
{
	struct cx_sheet *s = cx_calloc(1, sizeof(*s));

	s->writer = writer;
	s->lines.writer = writer;
	return s;
}

void cx_sheet_free(struct cx_sheet *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n_gates; i++)
		free(s->gates[i].text);
	free(s->gates);
	free(s->twice);
	free(s->columns);
	free(s->values);
	cx_header_release(&s->names);
	cx_lines_release(&s->lines);
	cx_buf_release(&s->keys);
	cx_buf_release(&s->failures);
	free(s);
}

static void add_column(
    struct cx_sheet *s, struct cx_str name, struct column column)
{
	size_t n = cx_header_n(&s->names);
	struct cx_err ignored;

	if (cx_header_add(&s->names, name, &ignored) < 0) {
		if (!s->twice)
			s->twice = cx_memdup(name.p, name.n);
		(void)cx_header_add(&s->names, cx_str(""), &ignored);
	}
	s->columns = cx_realloc(s->columns, cx_mul(n + 1, sizeof(column)));
	s->values = cx_realloc(s->values, cx_mul(n + 1, sizeof(double)));
	s->columns[n] = column;
}

void cx_sheet_text_column(struct cx_sheet *s, struct cx_str name)
{
	add_column(s, name, (struct column){ 0 });
}

void cx_sheet_number_column(
    struct cx_sheet *s, const char *name, int decimals, int brief)
{
	add_column(s, cx_str(name),
	    (struct column){
	        .is_number = true, .decimals = decimals, .brief = brief });
}

void cx_sheet_p_column(struct cx_sheet *s, const char *name)
{
	add_column(s, cx_str(name),
	    (struct column){ .is_number = true, .is_p = true });
}

void cx_sheet_detail(struct cx_sheet *s)
{
	s->columns[cx_header_n(&s->names) - 1].hidden =
	    cx_writer_is_table(s->writer);
}

void cx_sheet_key(struct cx_sheet *s)
{
	s->columns[cx_header_n(&s->names) - 1].is_key = true;
	s->has_keys = true;
}

void cx_sheet_style(struct cx_sheet *s, enum cx_style style)
{
	s->lines.style = style;
}

int cx_sheet_start(struct cx_sheet *s, struct cx_err *err)
{
	if (s->twice)
		return cx_err_set(err, CX_USAGE,
		    "two columns of the output would be called %s: give the "
		    "one of -g another name (cx-ingest -c)",
		    cx_quote(cx_str(s->twice)));
	for (size_t i = 0; i < cx_header_n(&s->names); i++)
		if (!s->columns[i].hidden)
			cx_writer_column(s->writer,
			    cx_header_name(&s->names, i),
			    s->columns[i].is_number ? CX_NUMBER : CX_TEXT);
	return 0;
}

/* ---- gates ---- */

static bool find_op(struct cx_str text, size_t *at, size_t *which)
{
	for (*at = 0; *at < text.n; (*at)++) {
		for (*which = 0; *which < N_OPS; (*which)++) {
			size_t n = strlen(ops[*which].text);

			if (text.n - *at >= n &&
			    memcmp(text.p + *at, ops[*which].text, n) == 0)
				return true;
		}
	}
	return false;
}

static int parse_gate(const struct cx_sheet *s, struct cx_str text,
    struct gate *gate, struct cx_err *err)
{
	struct cx_str name = text, bound = text;
	size_t at, which;

	if (!find_op(text, &at, &which))
		return cx_err_set(err, CX_USAGE,
		    "%s is not COLUMN < NUMBER, or with "
		    "<= > >= == !=",
		    cx_quote(text));
	name.n = at;
	at += strlen(ops[which].text);
	bound.p += at;
	bound.n -= at;
	gate->op = ops[which].op;
	if (cx_header_find(&s->names, cx_str_trim(name), &gate->column, err) <
	    0)
		return -1;
	if (cx_value_number(bound, &gate->bound, err) < 0)
		return cx_err_set(err, CX_USAGE, "%s is not a number",
		    cx_quote(cx_str_trim(bound)));
	if (s->columns[gate->column].is_number)
		return 0;
	return cx_err_set(err, CX_USAGE, "the column %s holds no numbers",
	    cx_quote(cx_str_trim(name)));
}

static int add_gate(struct cx_sheet *s, struct cx_str text, struct cx_err *err)
{
	struct gate gate = { 0 };

	if (parse_gate(s, text, &gate, err) < 0)
		return -1;
	gate.text = cx_memdup(text.p, text.n);
	s->gates =
	    cx_realloc(s->gates, cx_mul(s->n_gates + 1, sizeof(*s->gates)));
	s->gates[s->n_gates++] = gate;
	return 0;
}

int cx_sheet_gates(
    struct cx_sheet *s, const char *const *texts, size_t n, struct cx_err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (add_gate(s, cx_str(texts[i]), err) == 0)
			continue;
		cx_err_file(err, "--fail-if");
		return -1;
	}
	return 0;
}

/* False for a missing value, whatever the comparison. */
static bool is_true(const struct gate *gate, double x)
{
	if (isnan(x))
		return false;
	switch (gate->op) {
	case LESS:
		return x < gate->bound;
	case LESS_EQUAL:
		return x <= gate->bound;
	case MORE:
		return x > gate->bound;
	case MORE_EQUAL:
		return x >= gate->bound;
	case EQUAL:
		return x == gate->bound;
	case NOT_EQUAL:
		return x != gate->bound;
	case N_OPS:
		break;
	}
	return false;
}

static void tell_failure(struct cx_sheet *s, const struct gate *gate)
{
	struct cx_str name = cx_header_name(&s->names, gate->column);

	if (s->n_failed++ >= FAILURES_SHOWN)
		return;
	cx_buf_addf(
	    &s->failures, "%s%s:", s->failures.len ? "; " : "", gate->text);
	cx_buf_adds(&s->failures, cx_buf_str(&s->keys));
	cx_buf_addc(&s->failures, ' ');
	cx_buf_adds(&s->failures, name);
	if (s->columns[gate->column].is_p)
		cx_buf_addf(&s->failures, "=%.6g", s->values[gate->column]);
	else
		cx_buf_addf(&s->failures, "=%.*f",
		    s->columns[gate->column].decimals, s->values[gate->column]);
}

int cx_sheet_verdict(const struct cx_sheet *s, struct cx_err *err)
{
	if (s->n_failed == 0)
		return 0;
	return cx_err_set(err, CX_GATE, "--fail-if: %.*s%s",
	    (int)s->failures.len, s->failures.data,
	    s->n_failed > FAILURES_SHOWN ? "; and more" : "");
}

/* ---- rows ---- */

/* Unless keys are named, the texts in front of the first number. */
static bool is_key(const struct cx_sheet *s)
{
	if (s->has_keys)
		return s->columns[s->at].is_key;
	for (size_t i = 0; i < s->at; i++)
		if (s->columns[i].is_number)
			return false;
	return true;
}

void cx_sheet_text(struct cx_sheet *s, struct cx_str cell)
{
	struct cx_str name = cx_header_name(&s->names, s->at);

	if (s->n_gates && is_key(s)) {
		cx_buf_addc(&s->keys, ' ');
		cx_buf_adds(&s->keys, name);
		cx_buf_addf(&s->keys, "=%s", cx_quote(cell));
	}
	s->values[s->at] = NAN;
	if (!s->columns[s->at++].hidden)
		cx_lines_text(&s->lines, cell);
}

void cx_sheet_count(struct cx_sheet *s, uint64_t n)
{
	s->values[s->at] = (double)n;
	if (!s->columns[s->at++].hidden)
		cx_lines_count(&s->lines, n);
}

void cx_sheet_whole(struct cx_sheet *s, int64_t n)
{
	s->values[s->at] = (double)n;
	if (!s->columns[s->at++].hidden)
		cx_lines_whole(&s->lines, n);
}

void cx_sheet_real(struct cx_sheet *s, double x)
{
	const struct column *column = &s->columns[s->at];

	s->values[s->at++] = x;
	if (column->hidden)
		return;
	if (column->is_p)
		cx_lines_p(&s->lines, x);
	else
		cx_lines_real(&s->lines, x, column->decimals, column->brief);
}

void cx_sheet_masked(struct cx_sheet *s, const char *word)
{
	s->values[s->at] = NAN;
	if (!s->columns[s->at++].hidden)
		cx_lines_text(&s->lines, cx_str(word));
}

int cx_sheet_end(struct cx_sheet *s, struct cx_err *err)
{
	for (size_t i = 0; i < s->n_gates; i++)
		if (is_true(&s->gates[i], s->values[s->gates[i].column]))
			tell_failure(s, &s->gates[i]);
	cx_buf_clear(&s->keys);
	s->at = 0;
	cx_lines_end(&s->lines);
	return s->lines.bytes.len < LINES_AT_ONCE ? 0 : cx_sheet_flush(s, err);
}

int cx_sheet_flush(struct cx_sheet *s, struct cx_err *err)
{
	return cx_writer_put(s->writer, &s->lines, err);
}

int cx_sheet_close(struct cx_sheet *s, int code, struct cx_err *err)
{
	if (code == 0)
		code = cx_sheet_flush(s, err);
	if (code == 0)
		code = cx_sheet_verdict(s, err);
	cx_sheet_free(s);
	return code;
}
