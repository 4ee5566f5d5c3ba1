/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/recipe.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

static void add_step(struct cx_recipe *recipe, const struct cx_entry *entry,
    size_t source, struct cx_str name)
{
	recipe->steps[recipe->n++] = (struct cx_step){ entry, source, name };
}

/* The header as it is, or the one that equals it but for blanks around. */
static ptrdiff_t find_trimmed(
    const struct cx_header *header, struct cx_str name)
{
	ptrdiff_t column = cx_header_look(header, name);

	for (size_t i = 0; column < 0 && i < cx_header_n(header); i++)
		if (cx_str_eq(cx_str_trim(cx_header_name(header, i)), name))
			column = (ptrdiff_t)i;
	return column;
}

static int add_entry(struct cx_recipe *recipe, const struct cx_codebook *book,
    const struct cx_entry *entry, const struct cx_header *header, bool *used,
    struct cx_err *err)
{
	size_t source;
	ptrdiff_t column = find_trimmed(header, cx_str(entry->header));

	if (column >= 0) {
		used[column] = true;
		if (entry->type != CX_TYPE_DROP)
			add_step(
			    recipe, entry, (size_t)column, cx_str(entry->name));
		return 0;
	}
	/* For the message. */
	(void)cx_header_find(header, cx_str(entry->header), &source, err);
	if (entry->line) {
		err->line = entry->line;
		cx_err_file(err, book->path);
	}
	return -1;
}

static int check_names(const struct cx_recipe *recipe, struct cx_err *err)
{
	struct cx_map names = { 0 };
	int code = 0;

	for (size_t i = 0; i < recipe->n && code == 0; i++) {
		size_t before = names.n;

		if (cx_map_put(&names, recipe->steps[i].name) < before)
			code = cx_err_set(err, CX_USAGE,
			    "two columns would be called %s: name one of "
			    "them otherwise, or drop it",
			    cx_quote(recipe->steps[i].name));
	}
	cx_map_release(&names);
	return code;
}

int cx_recipe_make(struct cx_recipe *recipe, const struct cx_codebook *book,
    const struct cx_header *header, struct cx_err *err)
{
	size_t n = cx_header_n(header);
	bool *used = cx_calloc(n, sizeof(*used));
	int code = 0;

	*recipe = (struct cx_recipe){ .steps = cx_calloc(book->n + n,
		                          sizeof(*recipe->steps)) };
	for (size_t i = 0; i < book->n && code == 0; i++)
		code = add_entry(
		    recipe, book, &book->entries[i], header, used, err);
	for (size_t i = 0; i < n; i++)
		if (!used[i])
			add_step(recipe, NULL, i,
			    cx_str_trim(cx_header_name(header, i)));
	free(used);
	return code < 0 ? -1 : check_names(recipe, err);
}

int cx_recipe_columns(const struct cx_recipe *recipe, struct cx_writer *writer,
    struct cx_err *err)
{
	size_t n = cx_writer_n_columns(writer);

	for (size_t i = 0; n == 0 && i < recipe->n; i++)
		cx_writer_column(writer, recipe->steps[i].name, CX_TEXT);
	for (size_t i = 0; i < n && i < recipe->n; i++)
		if (!cx_str_eq(
		        cx_writer_name(writer, i), recipe->steps[i].name))
			return cx_err_set(err, CX_DATA,
			    "column %zu of the stream would be %s, and is %s "
			    "for the files before this one",
			    i + 1, cx_quote(recipe->steps[i].name),
			    cx_quote(cx_writer_name(writer, i)));
	if (n == 0 || n == recipe->n)
		return 0;
	return cx_err_set(err, CX_DATA,
	    "the stream would have %zu columns, and has %zu for the files "
	    "before this one",
	    recipe->n, n);
}

void cx_recipe_release(struct cx_recipe *recipe)
{
	free(recipe->steps);
	*recipe = (struct cx_recipe){ 0 };
}
