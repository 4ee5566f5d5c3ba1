/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules at work: the stream with the persona of each record. */
#include "cmd/persona/rules.h"
#include "cmd/persona/stream.h"

#include <inttypes.h>

static const char *const own[] = { "persona" };

static struct persona_rules rules;
static struct persona_plan plan = { .own = own, .n_own = 1 };

struct persona_rules_settings persona_rules_settings;
static const struct persona_rules_settings *const set = &persona_rules_settings;

struct apply {
	struct persona_stream stream;
	struct cx_test *test;
	struct cx_buf names; /* with --overlap */
	uint64_t n_left;     /* records for which no rule holds */
};

static int open_file(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	struct cx_test *test = cx_test_new(rules.conditions, header, err);

	(void)total;
	if (!test)
		return -1;
	cx_test_free(test);
	return persona_plan_open(&plan, header, err);
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct apply *a = state;

	(void)total;
	a->test = cx_test_new(rules.conditions, header, err);
	if (!a->test)
		return -1;
	return persona_stream_bind(&a->stream, &plan, header, err);
}

/* The first rule that holds: 1 and *rule, 0, or -1. */
static int first_rule(struct apply *a, size_t *rule, struct cx_err *err)
{
	size_t n = cx_predicate_n(rules.conditions);
	int holds = 0;

	for (*rule = 0; *rule < n; ++*rule) {
		holds = cx_test_holds(a->test, *rule, err);
		if (holds)
			return holds;
	}
	return 0;
}

static int all_rules(struct apply *a, struct cx_err *err)
{
	size_t n = cx_predicate_n(rules.conditions);

	cx_buf_clear(&a->names);
	for (size_t i = 0; i < n; i++) {
		int holds = cx_test_holds(a->test, i, err);

		if (holds < 0)
			return -1;
		if (holds && a->names.len)
			cx_buf_addc(&a->names, ';');
		if (holds)
			cx_buf_addz(&a->names, rules.items[i].name);
	}
	return a->names.len > 0;
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct apply *a = state;
	struct cx_str persona = { "", 0 };
	size_t rule = 0;
	int holds;

	cx_test_row(a->test, row);
	holds = set->overlap ? all_rules(a, err) : first_rule(a, &rule, err);
	if (holds < 0)
		return -1;
	if (holds)
		persona = set->overlap ? cx_buf_str(&a->names)
		                       : cx_str(rules.items[rule].name);
	else if (rules.has_else)
		persona = cx_str(rules.items[rules.n_items - 1].name);
	else
		a->n_left++;
	persona_stream_put(&a->stream, row, &persona);
	return 0;
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct apply *total = into, *piece = from;

	total->n_left += piece->n_left;
	piece->n_left = 0;
	return cx_writer_put(plan.writer, &piece->stream.lines, err);
}

static void release(void *state)
{
	struct apply *a = state;

	persona_stream_release(&a->stream);
	cx_test_free(a->test);
	cx_buf_release(&a->names);
}

static const struct cx_fold fold = { sizeof(struct apply), false, open_file,
	bind, add_row, merge, release };

int persona_rules_run(struct cx_cli *cli, struct cx_err *err)
{
	struct apply total = { 0 };
	int code = persona_rules_read(&rules, set->file, err);

	if (code == 0)
		code = persona_plan_run(cli, &plan, &fold, &total, err);
	if (code == 0 && total.n_left)
		cx_cli_note(cli,
		    "records for which no rule holds: %" PRIu64
		    "; without a persona",
		    total.n_left);
	persona_plan_release(&plan);
	persona_rules_release(&rules);
	return code;
}
