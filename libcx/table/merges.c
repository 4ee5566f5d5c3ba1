/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/merges.h"

#include "libcx/base/mem.h"
#include "libcx/table/settings.h"

#include <stdlib.h>

/* What each identifier was merged into, by their numbers. */
struct merging {
	struct cx_str merged, into; /* columns */
	struct cx_map ids;
	size_t *heir; /* by number; the number itself: nobody */
	size_t cap;
};

static size_t number_of(struct merging *m, struct cx_str id)
{
	size_t before = m->ids.n, number = cx_map_put(&m->ids, id);

	if (number < before)
		return number;
	if (number == m->cap) {
		m->cap = m->cap ? cx_mul(m->cap, 2) : 64;
		m->heir = cx_realloc(m->heir, cx_mul(m->cap, sizeof(*m->heir)));
	}
	return m->heir[number] = number;
}

static bool separates(char c)
{
	return strchr(";|, \t\r\n", c) != NULL;
}

/*
 * The next identifier of a list, without what stands behind its colon; empty
 * at the end.
 */
static struct cx_str next_id(struct cx_str *list)
{
	struct cx_str id = { NULL, 0 };

	while (list->n && !id.n) {
		struct cx_str item = { list->p, 0 };

		while (item.n < list->n && !separates(list->p[item.n]))
			item.n++;
		*list = cx_str_skip(*list, item.n + (item.n < list->n));
		id = cx_str_next(&item, ':');
	}
	return id;
}

static int add_row(struct merging *m, struct cx_str list, struct cx_str into,
    struct cx_err *err)
{
	size_t heir;

	if (!into.n)
		return 0;
	heir = number_of(m, into);
	for (struct cx_str id = next_id(&list); id.n; id = next_id(&list)) {
		size_t number = number_of(m, id);

		if (m->heir[number] != number && m->heir[number] != heir)
			return cx_err_set(err, CX_DATA,
			    "an identifier of its list stood before in "
			    "another's");
		m->heir[number] = heir;
	}
	return 0;
}

static int read_rows(void *state, struct cx_reader *reader, struct cx_err *err)
{
	struct merging *m = state;
	const struct cx_header *header = cx_reader_header(reader);
	const struct cx_row *row;
	size_t merged, into;
	int more;

	if (cx_header_find(header, m->merged, &merged, err) < 0 ||
	    cx_header_find(header, m->into, &into, err) < 0)
		return -1;
	while ((more = cx_reader_next(reader, &row, err)) > 0) {
		if (add_row(m, cx_row_cell(row, merged),
		        cx_str_trim(cx_row_cell(row, into)), err) == 0)
			continue;
		err->line = cx_reader_line(reader);
		return -1;
	}
	if (more < 0)
		cx_reader_explain(reader, err);
	return more;
}

/* From here on the way from i to its last heir is one step. */
static void shorten(struct merging *m, size_t i, size_t last)
{
	while (i != last) {
		size_t next = m->heir[i];

		m->heir[i] = last;
		i = next;
	}
}

/* Follows each to the last of its heirs. */
static int resolve(
    struct merging *m, struct cx_lookup *lookup, struct cx_err *err)
{
	for (size_t i = 0; i < m->ids.n; i++) {
		size_t last = i, steps = 0;

		while (m->heir[last] != last && steps++ < m->ids.n)
			last = m->heir[last];
		if (m->heir[last] != last)
			return cx_err_set(err, CX_DATA,
			    "there are identifiers that were merged into each "
			    "other, in a circle");
		shorten(m, i, last);
		if (last != i)
			(void)cx_lookup_add(lookup, cx_map_key(&m->ids, i),
			    cx_map_key(&m->ids, last));
	}
	return 0;
}

int cx_merges_read(struct cx_lookup *lookup, const char *path,
    struct cx_str merged, struct cx_str into, struct cx_err *err)
{
	struct merging m = { .merged = merged, .into = into };
	int code = cx_settings_read(path, read_rows, &m, err);

	if (code == 0 && resolve(&m, lookup, err) < 0) {
		cx_err_file(err, path);
		code = -1;
	}
	cx_map_release(&m.ids);
	free(m.heir);
	return code;
}
