/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/assign.h"

#include "cmd/persona/stream.h"
#include "libcx/table/lookup.h"

#include <inttypes.h>

static const char *const own[] = { "persona" };

static struct cx_lookup personas;
static struct persona_plan plan = { .own = own, .n_own = 1 };

struct persona_assign_settings persona_assign_settings = { .by = PERSONA_BY };
static const struct persona_assign_settings *const set =
    &persona_assign_settings;

struct assign {
	struct persona_stream stream;
	size_t at;
	uint64_t n_unknown, n_nobody;
};

static int open_file(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	size_t at;

	(void)total;
	if (cx_header_find(header, cx_str(set->by), &at, err) < 0)
		return -1;
	return persona_plan_open(&plan, header, err);
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct assign *a = state;

	(void)total;
	if (cx_header_find(header, cx_str(set->by), &a->at, err) < 0)
		return -1;
	return persona_stream_bind(&a->stream, &plan, header, err);
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct assign *a = state;
	struct cx_str key = cx_str_trim(cx_row_cell(row, a->at));
	struct cx_str persona = { "", 0 };

	(void)err;
	if (key.n == 0)
		a->n_nobody++;
	else if (!cx_lookup_find(&personas, key, &persona))
		a->n_unknown++;
	persona_stream_put(&a->stream, row, &persona);
	return 0;
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct assign *total = into, *piece = from;

	total->n_unknown += piece->n_unknown;
	total->n_nobody += piece->n_nobody;
	piece->n_unknown = piece->n_nobody = 0;
	return cx_writer_put(plan.writer, &piece->stream.lines, err);
}

static void release(void *state)
{
	struct assign *a = state;

	persona_stream_release(&a->stream);
}

static const struct cx_fold fold = { sizeof(struct assign), false, open_file,
	bind, add_row, merge, release };

int persona_assign_run(struct cx_cli *cli, struct cx_err *err)
{
	struct assign total = { 0 };
	int code = cx_lookup_read(
	    &personas, set->file, cx_str(set->by), cx_str("persona"), err);

	if (code == 0)
		code = persona_plan_run(cli, &plan, &fold, &total, err);
	if (code == 0 && (total.n_unknown || total.n_nobody))
		cx_cli_note(cli,
		    "records without a persona: %" PRIu64
		    " whose %s is not in the table, %" PRIu64 " that have none",
		    total.n_unknown, set->by, total.n_nobody);
	persona_plan_release(&plan);
	cx_lookup_release(&personas);
	return code;
}
