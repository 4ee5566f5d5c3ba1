/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/glob.h"
#include "libcx/table/recipe.h"

static void promise(const struct cx_entry *entry, struct cx_union *all)
{
	struct cx_buf name = { 0 };

	if (entry->type != CX_TYPE_BAND)
		cx_map_put(&all->names, cx_str(entry->name));
	for (enum cx_part part = CX_LOW;
	     entry->type == CX_TYPE_BAND && part <= CX_MIDDLE; part++) {
		cx_buf_clear(&name);
		cx_buf_addz(&name, entry->name);
		cx_buf_addz(&name, cx_part_suffix(part));
		cx_map_put(&all->names, cx_buf_str(&name));
	}
	cx_buf_release(&name);
}

void cx_recipe_promise(const struct cx_codebook *book, struct cx_union *all)
{
	bool places = false;

	for (size_t i = 0; i < book->n; i++) {
		const struct cx_entry *entry = &book->entries[i];

		places |= entry->touchpoint != NULL;
		if (entry->type != CX_TYPE_DROP &&
		    !cx_is_glob(cx_str(entry->name)))
			promise(entry, all);
	}
	if (places)
		cx_map_put(&all->names, cx_str("touchpoint"));
	for (size_t i = 0; i < book->n; i++) {
		if (book->entries[i].stage)
			cx_map_put(&all->names, cx_str("stage"));
		if (book->entries[i].channel)
			cx_map_put(&all->names, cx_str("channel"));
	}
}
