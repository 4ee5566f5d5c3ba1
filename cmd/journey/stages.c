/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/stages.h"

#include "libcx/base/mem.h"
#include "libcx/table/lookup.h"
#include "libcx/table/settings.h"
#include "libcx/table/value.h"

#include <stdlib.h>

/* By touchpoint; and by stage, in the order of the file. */
static struct cx_lookup stage_of, order_of, label_of;

/* The usual stages, in English and in Japanese. */
static const char *const cycle[][2] = { { "awareness", "認知" },
	{ "consideration", "検討" }, { "purchase", "購入" }, { "use", "利用" },
	{ "support", "サポート" }, { "loyalty", "継続" },
	{ "advocacy", "推奨" } };

/* ---- the file ---- */

struct columns {
	size_t touchpoint, stage;
	ptrdiff_t order, label; /* -1: none */
};

static int two_values(const char *what, struct cx_str of, struct cx_err *err)
{
	return cx_err_set(
	    err, CX_DATA, "%s has another %s than before", cx_quote(of), what);
}

static int add_order(
    struct cx_str stage, struct cx_str order, struct cx_err *err)
{
	double number;

	if (order.n == 0)
		return 0;
	if (cx_value_number(order, &number, err) < 0) {
		err->reason = NULL;
		cx_err_column(err, cx_str("order"));
		return -1;
	}
	return cx_lookup_add(&order_of, stage, order) < 0
	           ? two_values("order", stage, err)
	           : 0;
}

static int add_row(
    const struct columns *at, const struct cx_row *row, struct cx_err *err)
{
	struct cx_str touchpoint =
	    cx_str_trim(cx_row_cell(row, at->touchpoint));
	struct cx_str stage = cx_str_trim(cx_row_cell(row, at->stage));
	struct cx_str label = { NULL, 0 };

	if (touchpoint.n && cx_lookup_add(&stage_of, touchpoint, stage) < 0)
		return two_values("stage", touchpoint, err);
	if (at->order >= 0 &&
	    add_order(stage, cx_str_trim(cx_row_cell(row, (size_t)at->order)),
	        err) < 0)
		return -1;
	if (at->label >= 0)
		label = cx_str_trim(cx_row_cell(row, (size_t)at->label));
	if (label.n && cx_lookup_add(&label_of, stage, label) < 0)
		return two_values("label", stage, err);
	return 0;
}

static int read_rows(void *state, struct cx_reader *reader, struct cx_err *err)
{
	const struct cx_header *header = cx_reader_header(reader);
	struct columns at;
	const struct cx_row *row;
	int more;

	(void)state;
	if (cx_header_find(header, cx_str("touchpoint"), &at.touchpoint, err) <
	        0 ||
	    cx_header_find(header, cx_str("stage"), &at.stage, err) < 0)
		return -1;
	at.order = cx_header_look(header, cx_str("order"));
	at.label = cx_header_look(header, cx_str("label"));
	while ((more = cx_reader_next(reader, &row, err)) > 0) {
		if (add_row(&at, row, err) < 0) {
			err->line = cx_reader_line(reader);
			return -1;
		}
	}
	return more;
}

int journey_stages_read(const char *path, struct cx_err *err)
{
	return cx_settings_read(path, read_rows, NULL, err);
}

void journey_stages_release(void)
{
	cx_lookup_release(&stage_of);
	cx_lookup_release(&order_of);
	cx_lookup_release(&label_of);
}

void journey_stages_sum(char sum[CX_DIGEST_SIZE])
{
	struct cx_digest *digest = cx_digest_new();
	size_t *sorted = cx_map_sorted(&stage_of.keys);

	for (size_t i = 0; i < stage_of.keys.n; i++) {
		struct cx_str name = cx_map_key(&stage_of.keys, sorted[i]);
		struct cx_str stage = { NULL, 0 };

		(void)cx_lookup_find(&stage_of, name, &stage);
		cx_digest_add(digest, name.p, name.n);
		cx_digest_add(digest, "", 1);
		cx_digest_add(digest, stage.p, stage.n);
		cx_digest_add(digest, "", 1);
	}
	cx_digest_finish(digest, sum);
	cx_digest_free(digest);
	free(sorted);
}

/* ---- what it says ---- */

void journey_stages_find(struct cx_str touchpoint, struct cx_str *stage)
{
	(void)cx_lookup_find(&stage_of, touchpoint, stage);
}

struct cx_str journey_stages_label(struct cx_str stage)
{
	struct cx_str label;

	return cx_lookup_find(&label_of, stage, &label) ? label : stage;
}

static bool same_letters(struct cx_str s, const char *word)
{
	if (s.n != strlen(word))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != word[i])
			return false;
	}
	return true;
}

/* The file's stages are in its order where it has no column for that. */
static bool place_in_file(struct cx_str stage, double *place)
{
	struct cx_str order;
	struct cx_err ignored;
	ptrdiff_t number;

	if (cx_lookup_find(&order_of, stage, &order))
		return cx_value_number(order, place, &ignored) == 0;
	if (order_of.keys.n)
		return false;
	number = cx_map_get(&stage_of.values, stage);
	*place = (double)number;
	return number >= 0;
}

bool journey_stages_place(struct cx_str stage, double *place)
{
	if (stage_of.keys.n)
		return place_in_file(stage, place);
	for (size_t i = 0; i < sizeof(cycle) / sizeof(*cycle); i++) {
		if (!same_letters(stage, cycle[i][0]) &&
		    !same_letters(stage, cycle[i][1]))
			continue;
		*place = (double)i;
		return true;
	}
	return false;
}
