/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dry run of rules: what each matches, and which match the same records. */
#include "cmd/persona/rules.h"

#include "libcx/base/mem.h"
#include "libcx/table/sheet.h"

#include <math.h>
#include <stdlib.h>

static struct persona_rules rules;
static const struct cx_list *gates;

struct rule_count {
	uint64_t matches;
	uint64_t assigned; /* those that no rule before it matches */
	uint64_t bad;      /* it meets a cell that it cannot read */
};

struct explain {
	struct cx_test *test;
	struct rule_count *counts; /* by rule */
	uint64_t *both;            /* by pair of rules, row-major */
	bool *holds;               /* of the row at hand */
	uint64_t n, n_left;
};

static size_t n_rules(void)
{
	return cx_predicate_n(rules.conditions);
}

static void make_room(struct explain *e)
{
	if (e->counts)
		return;
	e->counts = cx_calloc(n_rules(), sizeof(*e->counts));
	e->both = cx_calloc(cx_mul(n_rules(), n_rules()), sizeof(*e->both));
	e->holds = cx_calloc(n_rules(), sizeof(*e->holds));
}

static int open_file(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	struct cx_test *test = cx_test_new(rules.conditions, header, err);

	make_room(total);
	if (!test)
		return -1;
	cx_test_free(test);
	return 0;
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct explain *e = state;

	(void)total;
	make_room(e);
	e->test = cx_test_new(rules.conditions, header, err);
	return e->test ? 0 : -1;
}

static void count_row(struct explain *e, size_t first)
{
	size_t n = n_rules();

	e->n++;
	e->n_left += first == n;
	if (first < n)
		e->counts[first].assigned++;
	for (size_t i = 0; i < n; i++) {
		e->counts[i].matches += e->holds[i];
		for (size_t j = 0; e->holds[i] && j < n; j++)
			e->both[i * n + j] += e->holds[j];
	}
}

/*
 * As the filter does it, a cell that cannot be read is an error only where a
 * rule is asked, so up to the first that holds.
 */
static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct explain *e = state;
	size_t n = n_rules(), first = n;

	cx_test_row(e->test, row);
	for (size_t i = 0; i < n; i++) {
		struct cx_err later;
		bool decided = first < n && !persona_rules_settings.overlap;
		int holds = cx_test_holds(e->test, i, decided ? &later : err);

		e->counts[i].bad += holds < 0;
		if (holds < 0 && !decided)
			return -1;
		e->holds[i] = holds > 0;
		if (holds > 0 && first == n)
			first = i;
	}
	count_row(e, first);
	return 0;
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct explain *total = into, *piece = from;
	size_t n = n_rules();

	(void)err;
	for (size_t i = 0; i < n; i++) {
		total->counts[i].matches += piece->counts[i].matches;
		total->counts[i].assigned += piece->counts[i].assigned;
		total->counts[i].bad += piece->counts[i].bad;
	}
	for (size_t i = 0; i < n * n; i++)
		total->both[i] += piece->both[i];
	total->n += piece->n;
	total->n_left += piece->n_left;
	memset(piece->counts, 0, n * sizeof(*piece->counts));
	memset(piece->both, 0, n * n * sizeof(*piece->both));
	piece->n = piece->n_left = 0;
	return 0;
}

static void release(void *state)
{
	struct explain *e = state;

	cx_test_free(e->test);
	free(e->counts);
	free(e->both);
	free(e->holds);
}

static const struct cx_fold fold = { sizeof(struct explain), true, open_file,
	bind, add_row, merge, release };

/* ---- the table ---- */

static int start(struct cx_sheet *sheet, struct cx_err *err)
{
	cx_sheet_text_column(sheet, cx_str("persona"));
	cx_sheet_text_column(sheet, cx_str("with"));
	cx_sheet_number_column(sheet, "line", 0, 0);
	cx_sheet_number_column(sheet, "matches", 0, 0);
	cx_sheet_number_column(sheet, "share", 4, 1);
	cx_sheet_number_column(sheet, "assigned", 0, 0);
	cx_sheet_number_column(sheet, "assigned_share", 4, 1);
	cx_sheet_number_column(sheet, "bad", 0, 0);
	cx_sheet_text_column(sheet, cx_str("status"));
	if (cx_sheet_start(sheet, err) < 0)
		return -1;
	return cx_sheet_gates(sheet, gates->items, gates->n, err);
}

static double percent(uint64_t part, uint64_t all)
{
	return all ? 100.0 * (double)part / (double)all : NAN;
}

static int put_rule(struct cx_sheet *sheet, const struct explain *e,
    const char *name, unsigned long line, const struct rule_count *count,
    struct cx_err *err)
{
	const char *status = count->matches == 0    ? "never matches"
	                     : count->assigned == 0 ? "always behind others"
	                                            : "";

	cx_sheet_style(sheet, status[0] ? CX_BAD : CX_PLAIN);
	cx_sheet_text(sheet, cx_str(name));
	cx_sheet_text(sheet, cx_str(""));
	if (line)
		cx_sheet_count(sheet, line);
	else
		cx_sheet_real(sheet, NAN);
	cx_sheet_count(sheet, count->matches);
	cx_sheet_real(sheet, percent(count->matches, e->n));
	cx_sheet_count(sheet, count->assigned);
	cx_sheet_real(sheet, percent(count->assigned, e->n));
	cx_sheet_count(sheet, count->bad);
	cx_sheet_text(sheet, cx_str(status));
	return cx_sheet_end(sheet, err);
}

static int put_pair(struct cx_sheet *sheet, const struct explain *e, size_t i,
    size_t j, struct cx_err *err)
{
	uint64_t both = e->both[i * n_rules() + j];

	if (both == 0)
		return 0;
	cx_sheet_style(sheet, CX_DIM);
	cx_sheet_text(sheet, cx_str(rules.items[i].name));
	cx_sheet_text(sheet, cx_str(rules.items[j].name));
	cx_sheet_real(sheet, NAN);
	cx_sheet_count(sheet, both);
	cx_sheet_real(sheet, percent(both, e->n));
	cx_sheet_real(sheet, NAN);
	cx_sheet_real(sheet, NAN);
	cx_sheet_real(sheet, NAN);
	cx_sheet_text(sheet, cx_str("overlap"));
	return cx_sheet_end(sheet, err);
}

static int put_rows(
    struct cx_sheet *sheet, const struct explain *e, struct cx_err *err)
{
	struct rule_count left = { e->n_left, e->n_left, 0 };
	size_t n = n_rules();
	int code = 0;

	for (size_t i = 0; i < n && code == 0; i++)
		code = put_rule(sheet, e, rules.items[i].name,
		    rules.items[i].line, &e->counts[i], err);
	if (code == 0 && rules.has_else)
		code = put_rule(sheet, e, rules.items[n].name,
		    rules.items[n].line, &left, err);
	else if (code == 0 && e->n_left)
		code = put_rule(sheet, e, "", 0, &left, err);
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n && code == 0; j++)
			code = put_pair(sheet, e, i, j, err);
	return code;
}

static int report(void *total, struct cx_writer *writer, struct cx_err *err)
{
	struct cx_sheet *sheet = cx_sheet_new(writer);
	int code = start(sheet, err);

	if (code == 0)
		code = put_rows(sheet, total, err);
	return cx_sheet_close(sheet, code, err);
}

int persona_explain_run(
    struct cx_cli *cli, const struct cx_list *conditions, struct cx_err *err)
{
	struct explain total = { 0 };
	int code = persona_rules_read(&rules, persona_rules_settings.file, err);

	gates = conditions;
	if (code == 0)
		code = cx_cli_aggregate(cli, &fold, &total, report, err);
	release(&total);
	persona_rules_release(&rules);
	return code;
}
