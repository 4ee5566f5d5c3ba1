/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/model.h"

#include "libcx/table/writer.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* A row of the file; what is NULL is empty. */
static void put(struct cx_lines *lines, const char *item, struct cx_str column,
    struct cx_str level, const char *class, const char *value)
{
	cx_lines_text(lines, cx_str(item));
	cx_lines_text(lines, column);
	cx_lines_text(lines, level);
	cx_lines_text(lines, cx_str(class));
	cx_lines_text(lines, cx_str(value));
	cx_lines_end(lines);
}

static const struct cx_str none = { "", 0 };

static void put_real(struct cx_lines *lines, const char *item,
    struct cx_str column, struct cx_str level, const char *class, double x)
{
	char text[32];

	/* 17 digits tell a double from all others. */
	snprintf(text, sizeof(text), "%.17g", x);
	if (!isnan(x))
		put(lines, item, column, level, class, text);
}

static void put_count(struct cx_lines *lines, const char *item,
    struct cx_str column, struct cx_str level, const char *class, uint64_t n)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRIu64, n);
	put(lines, item, column, level, class, text);
}

static void put_fit(struct cx_lines *lines, const struct persona_model *m)
{
	const struct persona_model_fit *f = &m->fit;

	put(lines, "version", none, none, "", "1");
	put_count(lines, "classes", none, none, "", m->mixture.k);
	put_count(lines, "rows", none, none, "", m->n_rows);
	put(lines, "unit", none, none, "", persona_unit_word(f->unit));
	if (m->weight)
		put(lines, "weight", cx_str(m->weight), none, "", "");
	put_real(lines, "seed", none, none, "", f->seed);
	put_real(lines, "starts", none, none, "", f->starts);
	put_real(lines, "reached", none, none, "", f->reached);
	put_real(lines, "loglik", none, none, "", f->loglik);
	put_real(lines, "bic", none, none, "", f->bic);
	put_real(lines, "entropy_r2", none, none, "", f->entropy_r2);
}

static void put_column(
    struct cx_lines *lines, const struct persona_model_column *column)
{
	struct cx_str name = cx_str(column->name);

	put(lines, "column", name, none, "",
	    column->is_number ? "number" : "category");
	for (size_t l = 0; l < column->levels.n; l++)
		put_count(lines, "count", name, cx_map_key(&column->levels, l),
		    "", column->counts[l]);
	if (column->is_number) {
		put_count(lines, "answered", name, none, "", column->answered);
		put_real(lines, "mean", name, none, "", column->mean);
		put_real(lines, "sd", name, none, "", column->sd);
	}
	put_count(lines, "missing", name, none, "", column->missing);
}

static void put_parameters(
    struct cx_lines *lines, const struct persona_model *m, size_t j, size_t c)
{
	const struct persona_model_column *column = &m->columns[j];
	const double *of = m->mixture.of[j] + c;
	struct cx_str name = cx_str(column->name);
	const char *class = m->classes[c].id;
	size_t k = m->mixture.k;

	for (size_t l = 0; l < column->levels.n; l++)
		put_real(lines, "prob", name, cx_map_key(&column->levels, l),
		    class, of[l * k]);
	if (!column->is_number)
		return;
	put_real(lines, "mean", name, none, class, of[0]);
	put_real(lines, "sd", name, none, class, of[k]);
}

static void put_class(
    struct cx_lines *lines, const struct persona_model *m, size_t c)
{
	const struct persona_model_class *class = &m->classes[c];

	put_real(lines, "share", none, none, class->id, m->mixture.share[c]);
	put_count(lines, "assigned", none, none, class->id, class->assigned);
	put_real(lines, "stability", none, none, class->id, class->stability);
	if (class->name)
		put(lines, "name", none, none, class->id, class->name);
	for (size_t j = 0; j < m->mixture.n_columns; j++)
		put_parameters(lines, m, j, c);
}

int persona_model_write(
    const struct persona_model *m, struct cx_output *out, struct cx_err *err)
{
	static const char *const columns[] = { "item", "column", "level",
		"class", "value" };
	struct cx_writer *writer = cx_writer_new(out, CX_TSV, false);
	struct cx_lines lines = { .writer = writer };

	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		cx_writer_column(writer, cx_str(columns[i]), CX_TEXT);
	put_fit(&lines, m);
	for (size_t j = 0; j < m->mixture.n_columns; j++)
		put_column(&lines, &m->columns[j]);
	for (size_t c = 0; c < m->mixture.k; c++)
		put_class(&lines, m, c);
	if (cx_writer_put(writer, &lines, err) < 0) {
		cx_lines_release(&lines);
		cx_writer_poison(writer, cx_str(err->what));
		return -1;
	}
	cx_lines_release(&lines);
	return cx_writer_close(writer, err);
}
