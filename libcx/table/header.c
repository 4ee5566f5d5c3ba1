/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/header.h"

#include "libcx/base/compose.h"
#include "libcx/base/mem.h"

#include <stdlib.h>

/* As many names as a message lists. */
enum { LISTED = 30 };

void cx_header_release(struct cx_header *header)
{
	cx_map_release(&header->names);
}

struct cx_str cx_header_name(const struct cx_header *header, size_t column)
{
	return cx_map_key(&header->names, column);
}

static void add_nameless(struct cx_header *header)
{
	struct cx_buf name = { 0 };
	size_t before = header->names.n;

	cx_buf_addf(&name, "col_%zu", before + 1);
	while (cx_map_get(&header->names, cx_buf_str(&name)) >= 0)
		cx_buf_addc(&name, '_');
	cx_map_put(&header->names, cx_buf_str(&name));
	cx_buf_release(&name);
}

int cx_header_add(
    struct cx_header *header, struct cx_str name, struct cx_err *err)
{
	ptrdiff_t other;

	if (cx_str_trim(name).n == 0) {
		add_nameless(header);
		return 0;
	}
	other = cx_map_get(&header->names, name);
	if (other >= 0)
		return cx_err_set(err, CX_DATA,
		    "two columns are called %s: #%td and #%zu", cx_quote(name),
		    other + 1, header->names.n + 1);
	cx_map_put(&header->names, name);
	return 0;
}

/* N - 1 for "#N" with N from 1 to n, else -1. */
static ptrdiff_t by_number(struct cx_str name, size_t n)
{
	size_t number = 0;

	if (name.n < 2 || name.n > 8 || name.p[0] != '#')
		return -1;
	for (size_t i = 1; i < name.n; i++) {
		if (name.p[i] < '0' || name.p[i] > '9')
			return -1;
		number = number * 10 + (size_t)(name.p[i] - '0');
	}
	return number >= 1 && number <= n ? (ptrdiff_t)number - 1 : -1;
}

/* The first that is the same text, in another form. */
static ptrdiff_t by_form(const struct cx_header *header, struct cx_str name)
{
	for (size_t i = 0; i < header->names.n; i++)
		if (cx_compose_same(cx_header_name(header, i), name))
			return (ptrdiff_t)i;
	return -1;
}

ptrdiff_t cx_header_look(const struct cx_header *header, struct cx_str name)
{
	ptrdiff_t column = cx_map_get(&header->names, name);

	if (column < 0)
		column = by_number(name, header->names.n);
	if (column < 0 && !cx_str_is_ascii(name))
		column = by_form(header, name);
	return column;
}

static void list_names(const struct cx_header *header, struct cx_buf *out)
{
	size_t n = cx_header_n(header);

	for (size_t i = 0; i < n && i < LISTED; i++)
		cx_buf_addf(out, "%s %s", i ? "," : "",
		    cx_quote(cx_header_name(header, i)));
	if (n > LISTED)
		cx_buf_addf(out, " and %zu more", n - LISTED);
}

static int nearest(const struct cx_header *header, struct cx_str name)
{
	size_t n = cx_header_n(header);
	struct cx_str *names = cx_malloc(cx_mul(n, sizeof(*names)));
	int best;

	for (size_t i = 0; i < n; i++)
		names[i] = cx_header_name(header, i);
	best = cx_str_nearest(name, names, n);
	free(names);
	return best;
}

int cx_header_find(const struct cx_header *header, struct cx_str name,
    size_t *column, struct cx_err *err)
{
	ptrdiff_t at = cx_header_look(header, name);
	struct cx_buf listed = { 0 }, hint = { 0 };
	int near;

	if (at >= 0) {
		*column = (size_t)at;
		return 0;
	}
	near = nearest(header, name);
	if (near >= 0)
		cx_buf_addf(&hint, "; did you mean %s?",
		    cx_quote(cx_header_name(header, (size_t)near)));
	list_names(header, &listed);
	cx_err_set(err, CX_USAGE, "no column %s%.*s (there are:%.*s)",
	    cx_quote(name), (int)hint.len, hint.data ? hint.data : "",
	    (int)listed.len, listed.data ? listed.data : "");
	cx_buf_release(&hint);
	cx_buf_release(&listed);
	return -1;
}
