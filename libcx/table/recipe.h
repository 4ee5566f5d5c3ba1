/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_RECIPE_H
#define CX_TABLE_RECIPE_H

#include "libcx/table/convert.h"
#include "libcx/table/reader.h"
#include "libcx/table/union.h"

/* In place of a column that the source, or the stream, does not have. */
#define CX_ABSENT SIZE_MAX

/* How one column of the stream is made from a row of a source. */
struct cx_step {
	const struct cx_entry *entry; /* NULL: as it comes */
	size_t source;                /* column of the source, or CX_ABSENT */
	struct cx_str name;           /* borrowed */
	/* of a multi: all columns of the source, and what their options are */
	size_t *sources;
	struct cx_str *options;
	size_t n_sources;
	enum cx_part part; /* of a band */
	bool once; /* not in the rows of touchpoints, where it counted twice */
};

/* A rating of a touchpoint, which makes a row of its own. */
struct cx_rating {
	const struct cx_entry *entry;
	size_t source; /* column of the source */
	size_t step;   /* where it goes */
};

/*
 * A codebook met with a source's header: its columns first, then those of
 * touchpoints, then those of the source's format, then those of the source
 * that neither mentions, in their order.
 */
struct cx_recipe {
	struct cx_step *steps;
	size_t n;
	struct cx_rating *ratings;
	size_t n_ratings;
	size_t stage, touchpoint, channel; /* steps; known when arranged */
	char **texts;                      /* names that were made */
	size_t n_texts;
};

/*
 * Entries of the book that are absent are left out. A usage error when two
 * columns of the stream would share a name. book and header must outlive the
 * recipe.
 */
int cx_recipe_make(struct cx_recipe *recipe, const struct cx_codebook *book,
    const struct cx_header *header, struct cx_err *err);

/*
 * The (first) column of a source that an entry is made from; CX_ABSENT where
 * it has none. Headers are compared without blanks around them.
 */
size_t cx_recipe_source(
    const struct cx_entry *entry, const struct cx_header *header);

/* Says of an absent entry what is wrong with it: -1 and a usage error. */
int cx_recipe_absent(const struct cx_codebook *book,
    const struct cx_entry *entry, const struct cx_header *header,
    struct cx_err *err);

/*
 * The columns that a codebook promises, whichever source has them, those of
 * touchpoints behind.
 */
void cx_recipe_promise(const struct cx_codebook *book, struct cx_union *all);

/*
 * Puts the steps into the order of the union's columns, with those that this
 * source lacks absent. A data error when the union lacks one of them.
 */
int cx_recipe_arrange(
    struct cx_recipe *recipe, const struct cx_union *all, struct cx_err *err);

void cx_recipe_release(struct cx_recipe *recipe);

#endif
