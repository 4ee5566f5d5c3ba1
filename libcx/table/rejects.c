/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/rejects.h"

#include "libcx/base/utf8.h"

#include <inttypes.h>

int cx_rejects_open(
    struct cx_rejects *rejects, const char *path, struct cx_err *err)
{
	static const char *const columns[] = { "file", "line", "column",
		"reason", "record" };
	struct cx_output *out;

	if (cx_output_open(&out, path, err) < 0)
		return -1;
	rejects->writer = cx_writer_new(out, CX_TSV, false);
	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		cx_writer_column(rejects->writer, cx_str(columns[i]), CX_TEXT);
	return 0;
}

/* U+FFFD, in the place of a byte that no stream may have. */
static const char replacement[] = "\xEF\xBF\xBD";

static void add_without_nul(struct cx_buf *out, struct cx_str text)
{
	for (;;) {
		cx_buf_adds(out, cx_str_next(&text, '\0'));
		if (!text.p)
			return;
		cx_buf_addz(out, replacement);
	}
}

/* The stream stays what it is: no NUL, nor a byte that is not UTF-8. */
static void add_record(struct cx_buf *out, struct cx_str record)
{
	while (record.n) {
		size_t good = cx_utf8_valid(record);

		add_without_nul(out, (struct cx_str){ record.p, good });
		if (good < record.n) {
			cx_buf_addz(out, replacement);
			good++;
		}
		record = cx_str_skip(record, good);
	}
}

void cx_reject_list_add(struct cx_reject_list *list,
    const struct cx_rejects *rejects, const struct cx_err *why,
    struct cx_str record)
{
	struct cx_buf reason = { 0 }, text = { 0 };

	list->lines.writer = rejects->writer;
	cx_lines_text(&list->lines, cx_str(why->file));
	cx_lines_count(&list->lines, why->line);
	cx_lines_text(&list->lines, cx_str(why->column));
	cx_lines_text(&list->lines, cx_str(why->reason));
	add_record(&text, record);
	cx_lines_text(&list->lines, cx_buf_str(&text));
	cx_lines_end(&list->lines);
	if (why->column[0])
		cx_buf_addf(
		    &reason, "column %s: ", cx_quote(cx_str(why->column)));
	cx_buf_addz(&reason, why->reason);
	cx_tally_add(&list->reasons, cx_buf_str(&reason), 1);
	cx_buf_release(&reason);
	cx_buf_release(&text);
}

void cx_reject_list_release(struct cx_reject_list *list)
{
	cx_lines_release(&list->lines);
	cx_tally_release(&list->reasons);
	*list = (struct cx_reject_list){ 0 };
}

int cx_rejects_take(
    struct cx_rejects *rejects, struct cx_reject_list *list, struct cx_err *err)
{
	bool some = list->reasons.n > 0;

	cx_tally_merge(&rejects->reasons, &list->reasons);
	if (some && cx_writer_put(rejects->writer, &list->lines, err) < 0)
		return -1;
	cx_reject_list_release(list);
	if (rejects->reasons.n > rejects->most)
		return cx_err_set(err, CX_DATA,
		    "more than %" PRIu64 " records rejected (--max-rejects)",
		    rejects->most);
	return 0;
}

static int check_share(
    const struct cx_rejects *rejects, uint64_t n_read, struct cx_err *err)
{
	if ((double)rejects->reasons.n * 100 <=
	    rejects->most_percent * (double)n_read)
		return 0;
	return cx_err_set(err, CX_DATA,
	    "%" PRIu64 " of %" PRIu64
	    " records rejected, more than %g%% (--max-rejects)",
	    rejects->reasons.n, n_read, rejects->most_percent);
}

int cx_rejects_close(
    struct cx_rejects *rejects, uint64_t n_read, struct cx_err *err)
{
	struct cx_writer *writer = rejects->writer;

	rejects->writer = NULL;
	if (writer && cx_writer_close(writer, err) < 0)
		return -1;
	return check_share(rejects, n_read, err);
}

void cx_rejects_release(struct cx_rejects *rejects)
{
	struct cx_err ignored;

	/* What was rejected explains the failure, so it is kept. */
	if (rejects->writer)
		(void)cx_writer_close(rejects->writer, &ignored);
	cx_tally_release(&rejects->reasons);
	*rejects = (struct cx_rejects){ 0 };
}
