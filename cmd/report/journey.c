/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a page that show journeys: the map, and other views. */
#include "cmd/report/report.h"

#include "cmd/picture-words.h"
#include "cmd/report/words.h"
#include "libcx/base/mem.h"
#include "libcx/report/intervals.h"

#include <math.h>
#include <stdlib.h>

/* A number of a row, in this part of it; NaN where it is not told. */
static double told(
    const struct report_table *t, size_t row, const char *name, double per)
{
	ptrdiff_t column = report_table_column(t, name);

	if (report_table_is_masked(t, row, column, report_settings.min_n))
		return NAN;
	return report_table_number(t, row, column) / per;
}

static struct cx_str text(
    const struct report_table *t, size_t row, const char *name)
{
	return report_table_cell(t, row, report_table_column(t, name));
}

/* ---- the map ---- */

static unsigned marks_of(struct cx_str flags)
{
	static const struct {
		const char *word;
		unsigned mark;
	} words[] = { { "pain", CX_JOURNEY_PAIN },
		{ "delight", CX_JOURNEY_DELIGHT },
		{ "truth", CX_JOURNEY_TRUTH }, { "peak", CX_JOURNEY_PEAK },
		{ "end", CX_JOURNEY_END } };
	unsigned marks = 0;

	while (flags.n) {
		struct cx_str word = cx_str_next(&flags, ',');

		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (cx_str_eq(word, cx_str(words[i].word)))
				marks |= words[i].mark;
	}
	return marks;
}

/* The name of the lane is the caller's to free. */
static struct cx_journey_step step_of(const struct report_table *t, size_t row)
{
	const double percent = 100;
	struct cx_buf lane = { 0 };
	struct cx_journey_step step = {
		.stage = text(t, row, "stage"),
		.touchpoint = text(t, row, "touchpoint"),
		.channel = text(t, row, "channel"),
		.customers = told(t, row, "customers", 1),
		.reach = told(t, row, "reach", percent),
		.emotion = told(t, row, "emotion", 1),
		.emotion_lo = told(t, row, "emotion_lo", 1),
		.emotion_hi = told(t, row, "emotion_hi", 1),
		.drop_off = told(t, row, "drop_off", percent),
		.drop_off_lo = told(t, row, "drop_off_lo", percent),
		.drop_off_hi = told(t, row, "drop_off_hi", percent),
		.wait = told(t, row, "median_s", 1),
		.masked =
		    report_table_is_masked(t, row, -1, report_settings.min_n),
	};

	if (!step.masked)
		step.marks = marks_of(text(t, row, "flags"));
	report_put_groups(&lane, t, row);
	step.persona = cx_buf_str(&lane);
	return step;
}

/* Rows of a lane stand together; one that tells nothing is left out. */
static size_t make_steps(
    const struct report_table *t, struct cx_journey_step *steps)
{
	size_t n = 0, end;

	for (size_t row = 0; row < t->n_rows; row = end) {
		bool is_told = false;

		for (end = row;
		     end < t->n_rows && report_table_same_groups(t, row, end);
		     end++)
			is_told |= !report_table_is_masked(
			    t, end, -1, report_settings.min_n);
		for (size_t i = row; is_told && i < end; i++)
			steps[n++] = step_of(t, i);
	}
	return n;
}

static void draw_map(
    struct report *r, const struct report_table *t, const char *title)
{
	struct cx_journey_step *steps = cx_calloc(t->n_rows, sizeof(*steps));
	struct cx_buf svg = { 0 };
	size_t n;
	struct cx_journey_words words =
	    picture_words_map(title, report_word("map_desc"));

	n = make_steps(t, steps);
	cx_journey_map_draw(&svg, &(struct cx_journey_map){ .steps = steps,
	                              .n = n,
	                              .most = CX_JOURNEY_MOST,
	                              .words = &words });
	r->page.kind->picture(&r->page, cx_str(title), &svg);
	for (size_t i = 0; i < n; i++)
		free((char *)steps[i].persona.p);
	free(steps);
	cx_buf_release(&svg);
}

/* ---- the funnel ---- */

static void draw_funnel(
    struct report *r, const struct report_table *t, const char *title)
{
	size_t n =
	    t->n_rows < REPORT_DRAWN_MOST ? t->n_rows : REPORT_DRAWN_MOST;
	struct cx_interval_row *rows = cx_calloc(n, sizeof(*rows));
	struct cx_buf *names = cx_calloc(n, sizeof(*names));
	struct cx_buf *bases = cx_calloc(n, sizeof(*bases)), svg = { 0 };
	struct cx_interval_words words = {
		.title = title,
		.desc = report_word("funnel_desc"),
		.base = report_word("col_entered"),
		.none = report_word("no_rows"),
	};

	for (size_t i = 0; i < n; i++) {
		report_put_groups(&names[i], t, i);
		report_put_item(&names[i], text(t, i, "name"));
		report_put_real(&bases[i], told(t, i, "entered", 1), 0);
		rows[i] = (struct cx_interval_row){
			.label = cx_buf_str(&names[i]),
			.base = cx_buf_str(&bases[i]),
			.value = told(t, i, "conversion", 1),
			.lo = told(t, i, "conversion_lo", 1),
			.hi = told(t, i, "conversion_hi", 1),
		};
	}
	cx_intervals_draw(&svg, &(struct cx_intervals){ .rows = rows,
	                            .n = n,
	                            .low = 0,
	                            .high = 100,
	                            .reference = NAN,
	                            .words = &words });
	r->page.kind->picture(&r->page, cx_str(title), &svg);
	for (size_t i = 0; i < n; i++) {
		cx_buf_release(&names[i]);
		cx_buf_release(&bases[i]);
	}
	free(names);
	free(bases);
	free(rows);
	cx_buf_release(&svg);
}

/* ---- sections ---- */

static void show(struct report *r, const struct report_table *t)
{
	struct cx_buf title = { 0 };

	report_put_name(&title, t);
	cx_page_section(&r->page, cx_buf_str(&title));
	cx_buf_addc(&title, '\0');
	if (t->kind == REPORT_MAP)
		draw_map(r, t, title.data);
	if (t->kind == REPORT_FUNNEL)
		draw_funnel(r, t, title.data);
	report_show_table(r, t);
	cx_buf_release(&title);
}

static void show_all(struct report *r, enum report_kind kind)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->tables[i].kind == kind)
			show(r, &r->tables[i]);
}

void report_maps(struct report *r)
{
	show_all(r, REPORT_MAP);
}

void report_paths(struct report *r)
{
	show_all(r, REPORT_FUNNEL);
	show_all(r, REPORT_HANDOFFS);
	show_all(r, REPORT_PATHS);
	show_all(r, REPORT_EDGES);
}
