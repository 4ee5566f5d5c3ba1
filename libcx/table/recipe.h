/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_RECIPE_H
#define CX_TABLE_RECIPE_H

#include "libcx/table/codebook.h"
#include "libcx/table/reader.h"
#include "libcx/table/writer.h"

/* How one column of the stream is made from a row of a source. */
struct cx_step {
	const struct cx_entry *entry; /* NULL: as it comes */
	size_t source;                /* column of the source */
	struct cx_str name;           /* borrowed */
};

/*
 * A codebook met with a source's header: its columns first, then those of the
 * source that it does not mention, in their order.
 */
struct cx_recipe {
	struct cx_step *steps;
	size_t n;
};

/*
 * Headers are compared without blanks around them. A usage error when the
 * source lacks a column, or when two columns of the stream would share a
 * name. book and header must outlive the recipe.
 */
int cx_recipe_make(struct cx_recipe *recipe, const struct cx_codebook *book,
    const struct cx_header *header, struct cx_err *err);

/*
 * Gives the writer the recipe's columns, when it has none yet; else a data
 * error where they differ from those it has.
 */
int cx_recipe_columns(const struct cx_recipe *recipe, struct cx_writer *writer,
    struct cx_err *err);

void cx_recipe_release(struct cx_recipe *recipe);

#endif
