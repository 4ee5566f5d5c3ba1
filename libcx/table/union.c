/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/union.h"

#include "libcx/base/err.h"
#include "libcx/base/mem.h"

#include <stdlib.h>

/* As many names as a message lists. */
enum { LISTED = 30 };

struct cx_union_table {
	char *file;
	size_t *columns; /* numbers of its columns in the union */
	size_t n, cap;
	size_t n_before; /* columns that the tables before it have */
};

void cx_union_table(struct cx_union *all, const char *file)
{
	if (all->n_tables == all->cap) {
		all->cap = all->cap ? cx_mul(all->cap, 2) : 4;
		all->tables = cx_realloc(
		    all->tables, cx_mul(all->cap, sizeof(*all->tables)));
	}
	all->tables[all->n_tables++] =
	    (struct cx_union_table){ .file = cx_strdup(file),
		    .n_before = all->names.n };
}

void cx_union_put(struct cx_union *all, struct cx_str name)
{
	struct cx_union_table *t = &all->tables[all->n_tables - 1];

	if (t->n == t->cap) {
		t->cap = t->cap ? cx_mul(t->cap, 2) : 16;
		t->columns =
		    cx_realloc(t->columns, cx_mul(t->cap, sizeof(*t->columns)));
	}
	t->columns[t->n++] = cx_map_put(&all->names, name);
}

const char *cx_union_file(const struct cx_union *all, size_t table)
{
	return all->tables[table].file;
}

bool cx_union_even(const struct cx_union *all)
{
	for (size_t i = 0; i < all->n_tables; i++)
		if (all->tables[i].n != all->names.n)
			return false;
	return true;
}

/* `; adds 2: "x", "y"`: the columns from first to end that are marked. */
static void list(const struct cx_union *all, const bool *marked, size_t first,
    size_t end, const char *what, struct cx_buf *out)
{
	size_t n = 0, listed = 0;

	for (size_t i = first; i < end; i++)
		n += marked[i];
	if (n == 0)
		return;
	cx_buf_addf(out, "; %s %zu:", what, n);
	for (size_t i = first; i < end && listed < LISTED; i++)
		if (marked[i])
			cx_buf_addf(out, "%s %s", listed++ ? "," : "",
			    cx_quote(cx_map_key(&all->names, i)));
	if (n > LISTED)
		cx_buf_addf(out, " and %zu more", n - LISTED);
}

void cx_union_describe(
    const struct cx_union *all, size_t table, struct cx_buf *out)
{
	const struct cx_union_table *t = &all->tables[table];
	size_t n = all->names.n;
	bool *marked;

	if (t->n == n && (table == 0 || t->n_before == n))
		return;
	marked = cx_calloc(n, sizeof(*marked));
	for (size_t i = 0; i < t->n; i++)
		marked[t->columns[i]] = true;
	cx_buf_addf(
	    out, "%s: %zu column%s", t->file, t->n, t->n == 1 ? "" : "s");
	if (table > 0)
		list(all, marked, t->n_before, n, "adds", out);
	for (size_t i = 0; i < n; i++)
		marked[i] = !marked[i];
	list(all, marked, 0, n, "lacks", out);
	free(marked);
}

void cx_union_release(struct cx_union *all)
{
	for (size_t i = 0; i < all->n_tables; i++) {
		free(all->tables[i].file);
		free(all->tables[i].columns);
	}
	free(all->tables);
	cx_map_release(&all->names);
	*all = (struct cx_union){ 0 };
}
