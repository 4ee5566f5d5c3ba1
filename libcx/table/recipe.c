/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/recipe.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

static void add_step(struct cx_recipe *recipe, const struct cx_entry *entry,
    size_t source, struct cx_str name)
{
	recipe->steps[recipe->n++] = (struct cx_step){ entry, source, name };
}

size_t cx_recipe_source(
    const struct cx_entry *entry, const struct cx_header *header)
{
	struct cx_str name = cx_str(entry->header);
	ptrdiff_t column = cx_header_look(header, name);

	if (column >= 0)
		return (size_t)column;
	for (size_t i = 0; i < cx_header_n(header); i++)
		if (cx_str_eq(cx_str_trim(cx_header_name(header, i)), name))
			return i;
	return CX_ABSENT;
}

static void add_entry(struct cx_recipe *recipe, const struct cx_entry *entry,
    const struct cx_header *header, bool *used)
{
	size_t column = cx_recipe_source(entry, header);

	if (column == CX_ABSENT)
		return;
	used[column] = true;
	if (entry->type != CX_TYPE_DROP)
		add_step(recipe, entry, column, cx_str(entry->name));
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

	*recipe = (struct cx_recipe){
		.steps = cx_calloc(book->n + n, sizeof(*recipe->steps)),
	};
	for (size_t i = 0; i < book->n; i++)
		add_entry(recipe, &book->entries[i], header, used);
	for (size_t i = 0; i < n; i++)
		if (!used[i])
			add_step(recipe, NULL, i,
			    cx_str_trim(cx_header_name(header, i)));
	free(used);
	return check_names(recipe, err);
}

int cx_recipe_absent(const struct cx_codebook *book,
    const struct cx_entry *entry, const struct cx_header *header,
    struct cx_err *err)
{
	size_t column;

	if (cx_header_find(header, cx_str(entry->header), &column, err) == 0)
		return 0;
	if (entry->line) {
		err->line = entry->line;
		cx_err_file(err, book->path);
	}
	return -1;
}

int cx_recipe_arrange(
    struct cx_recipe *recipe, const struct cx_union *all, struct cx_err *err)
{
	struct cx_step *steps = cx_calloc(all->names.n, sizeof(*steps));

	for (size_t i = 0; i < all->names.n; i++)
		steps[i] = (struct cx_step){ NULL, CX_ABSENT,
			cx_map_key(&all->names, i) };
	for (size_t i = 0; i < recipe->n; i++) {
		ptrdiff_t at = cx_map_get(&all->names, recipe->steps[i].name);

		if (at < 0) {
			free(steps);
			return cx_err_set(err, CX_DATA,
			    "the column %s came up as the file was read",
			    cx_quote(recipe->steps[i].name));
		}
		steps[at] = recipe->steps[i];
	}
	free(recipe->steps);
	recipe->steps = steps;
	recipe->n = all->names.n;
	return 0;
}

void cx_recipe_release(struct cx_recipe *recipe)
{
	free(recipe->steps);
	*recipe = (struct cx_recipe){ 0 };
}
