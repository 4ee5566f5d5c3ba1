/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/merges.h"

#include "libcx/table/settings.h"

struct merging {
	struct cx_str merged, into; /* columns */
	struct cx_lookup *lookup;
};

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
	if (!into.n)
		return 0;
	for (struct cx_str id = next_id(&list); id.n; id = next_id(&list))
		if (!cx_str_eq(id, into) &&
		    cx_lookup_add(m->lookup, id, into) < 0)
			return cx_err_set(err, CX_DATA,
			    "an identifier of its list stood before in "
			    "another's");
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

int cx_merges_read(struct cx_lookup *lookup, const char *path,
    struct cx_str merged, struct cx_str into, struct cx_err *err)
{
	struct merging m = { merged, into, lookup };

	if (cx_settings_read(path, read_rows, &m, err) < 0)
		return -1;
	if (cx_lookup_follow(lookup, err) == 0)
		return 0;
	cx_err_file(err, path);
	return -1;
}
