/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/discover.h"
#include "cmd/persona/drift.h"
#include "cmd/persona/stream.h"
#include "libcx/base/mem.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static struct persona_discover_settings *const set = &persona_discover_settings;

static struct persona_model model;

enum { PERSONA, PROBABILITY, N_OWN };
static const char *const own[N_OWN] = { "persona", "persona_p" };
static struct persona_plan plan = { .own = own, .n_own = N_OWN };

/* Records on their way to the stream, and what they are like. */
struct classify {
	struct persona_stream stream;
	/* of responses, and of rows with a touchpoint: see sample.h */
	struct persona_drift responses, touched;
	ptrdiff_t touchpoint_at; /* -1: none */
	size_t *asked;           /* places of the model's columns */
	union cx_mixture_answer *answers;
};

/* ---- columns ---- */

static int open_file(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	(void)total;
	return persona_plan_open(&plan, header, err);
}

/* Touchpoints set rows apart, unless the model has them for a column. */
static ptrdiff_t find_touchpoint(const struct cx_header *header)
{
	for (size_t j = 0; j < model.mixture.n_columns; j++)
		if (strcmp(model.columns[j].name, "touchpoint") == 0)
			return -1;
	return cx_header_look(header, cx_str("touchpoint"));
}

static struct persona_drift *drift_of(
    struct classify *s, const struct cx_row *row)
{
	if (s->touchpoint_at < 0 ||
	    cx_row_cell(row, (size_t)s->touchpoint_at).n == 0)
		return &s->responses;
	return &s->touched;
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct classify *s = state;
	size_t n = model.mixture.n_columns;

	(void)total;
	s->responses.model = s->touched.model = &model;
	s->touchpoint_at = find_touchpoint(header);
	if (!s->asked) {
		s->asked = cx_calloc(n, sizeof(*s->asked));
		s->answers = cx_calloc(n, sizeof(*s->answers));
	}
	for (size_t j = 0; j < n; j++)
		if (cx_header_find(header, cx_str(model.columns[j].name),
		        &s->asked[j], err) < 0)
			return -1;
	return persona_stream_bind(&s->stream, &plan, header, err);
}

/* ---- rows ---- */

static int read_answer(const struct persona_model_column *column,
    struct cx_str cell, union cx_mixture_answer *answer, struct cx_err *err)
{
	ptrdiff_t level;

	if (column->is_number) {
		answer->value = NAN;
		if (cell.n == 0 ||
		    cx_value_number(cell, &answer->value, err) == 0)
			return 0;
		cx_err_column(err, cx_str(column->name));
		return -1;
	}
	level = cell.n ? cx_map_get(&column->levels, cell) : -1;
	answer->code = level < 0 ? CX_MIXTURE_NONE : (uint16_t)level;
	return 0;
}

static bool is_missing(
    const struct persona_model_column *column, union cx_mixture_answer answer)
{
	return column->is_number ? isnan(answer.value)
	                         : answer.code == CX_MIXTURE_NONE;
}

/* 1: there is an answer the model knows; 0: none; -1 and err. */
static int read_answers(
    struct classify *s, const struct cx_row *row, struct cx_err *err)
{
	int any = 0;

	for (size_t j = 0; j < model.mixture.n_columns; j++) {
		const struct persona_model_column *column = &model.columns[j];

		if (read_answer(column, cx_row_cell(row, s->asked[j]),
		        &s->answers[j], err) < 0)
			return -1;
		any |= !is_missing(column, s->answers[j]);
	}
	return any;
}

/* A row without an answer belongs nowhere, however large a class is. */
static int classify_row(
    void *state, const struct cx_row *row, struct cx_err *err)
{
	struct classify *s = state;
	struct persona_drift *drift = drift_of(s, row);
	struct cx_str cells[N_OWN] = { { "", 0 }, { "", 0 } };
	double posterior[CX_MIXTURE_MOST_CLASSES];
	bool impossible = false, sure = false;
	size_t class = 0;
	char text[16];
	int any = read_answers(s, row, err);

	if (any < 0)
		return -1;
	if (any) {
		cx_mixture_posterior(
		    &model.mixture, s->answers, posterior, &impossible);
		class = cx_mixture_choose(posterior, model.mixture.k);
		sure = posterior[class] >= set->min_p;
		snprintf(text, sizeof(text), "%.4f", posterior[class]);
		cells[PROBABILITY] = cx_str(text);
	}
	if (sure)
		cells[PERSONA] = cx_str(persona_model_name(&model, class));
	for (size_t j = 0; j < model.mixture.n_columns; j++)
		persona_drift_answer(
		    drift, j, cx_row_cell(row, s->asked[j]), s->answers[j]);
	persona_drift_row(drift, sure ? &class : NULL, impossible);
	persona_stream_put(&s->stream, row, cells);
	return 0;
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct classify *total = into, *piece = from;

	persona_drift_merge(&total->responses, &piece->responses);
	persona_drift_merge(&total->touched, &piece->touched);
	return cx_writer_put(plan.writer, &piece->stream.lines, err);
}

static void release(void *state)
{
	struct classify *s = state;

	persona_drift_release(&s->responses);
	persona_drift_release(&s->touched);
	persona_stream_release(&s->stream);
	free(s->asked);
	free(s->answers);
}

static const struct cx_fold fold = { sizeof(struct classify), false, open_file,
	bind, classify_row, merge, release };

/* ---- the program ---- */

/* Drift is told when the stream is closed: a gate leaves that whole. */
static int filter(struct cx_cli *cli, struct cx_err *err)
{
	const struct cx_list *gates = persona_discover_gates();
	struct classify total = { .responses.model = &model,
		.touched.model = &model };
	int code = persona_drift_check(gates, err);

	if (code == 0)
		code = persona_plan_run(cli, &plan, &fold, &total, err);
	if (code == 0)
		code = persona_drift_report(
		    total.responses.n_rows ? &total.responses : &total.touched,
		    cli, set->drift, gates, err);
	release(&total);
	persona_plan_release(&plan);
	return code;
}

static int save(struct cx_err *err)
{
	struct cx_output *out;

	if (cx_output_open(&out, set->save, err) < 0)
		return -1;
	return persona_model_write(&model, out, err);
}

int persona_classify_run(struct cx_cli *cli, struct cx_err *err)
{
	int code = persona_model_read(&model, set->model, err);

	if (code == 0)
		code = persona_model_give_names(&model, &set->names, err);
	if (code == 0 && set->save)
		code = save(err);
	else if (code == 0)
		code = filter(cli, err);
	persona_model_release(&model);
	return code;
}
