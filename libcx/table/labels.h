/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_LABELS_H
#define CX_TABLE_LABELS_H

#include "libcx/table/lookup.h"

/*
 * The answers of a rating scale by their words, in one language: a file of
 * share/labels, see cx-codebook(5). Labels are compared in their normal form
 * (base/normal.h) and as wholes.
 */
struct cx_labels {
	char *name;
	struct cx_lookup points; /* normal label to value */
	struct cx_lookup words;  /* to its first spelling */
	struct cx_map absent;    /* normal labels that are no answer */
	double low, high;        /* of the values */
};

/*
 * All sets there are, in the order of their names. The labels of the file
 * "no-answer" are no answer in any of them. A file NAME-5 or NAME-7 makes two
 * sets, that of its name and NAME-4 or NAME-6, which is it without the middle.
 */
struct cx_label_sets {
	struct cx_labels *sets;
	size_t n;
};

/* Those of a folder. The caller releases sets either way. */
int cx_labels_read(
    struct cx_label_sets *sets, const char *folder, struct cx_err *err);

/*
 * Those that are installed; the same sets for all callers, read once, before
 * there are threads. No folder of them is an error.
 */
int cx_labels_installed(const struct cx_label_sets **sets, struct cx_err *err);

/* By name; a usage error that lists the sets when there is none of it. */
int cx_labels_find(const struct cx_label_sets *sets, struct cx_str name,
    const struct cx_labels **found, struct cx_err *err);

/*
 * Different answers of one column, in their normal form, as far as there may
 * be a set for them: at most CX_SEEN_MOST. All zero is empty.
 */
enum { CX_SEEN_MOST = 24 };
struct cx_seen {
	struct cx_map normal;
	struct cx_map written; /* as they came, not to be folded again */
	bool too_many;
};
void cx_seen_add(struct cx_seen *seen, struct cx_str cell);
void cx_seen_merge(struct cx_seen *into, const struct cx_seen *from);
void cx_seen_release(struct cx_seen *seen);

enum cx_fit {
	CX_FIT_NONE,      /* some answer is in no set, or too few are points */
	CX_FIT_ONE,       /* *found is it */
	CX_FIT_AMBIGUOUS, /* *found and *other give them different values */
};

/*
 * The set that every answer is in, each word of them with a value of its own;
 * the answers must be two points of it at least. One of four points or more,
 * all of them among the answers, goes before one that lacks two or more of its
 * points. Of sets that agree on the scale and on the value of each answer the
 * first is taken.
 */
enum cx_fit cx_labels_fit(const struct cx_label_sets *sets,
    const struct cx_seen *seen, const struct cx_labels **found,
    const struct cx_labels **other);

/*
 * For a message: the set that has most points among the answers, two at least,
 * and an answer that it lacks, as it was written. NULL when there is none.
 */
const struct cx_labels *cx_labels_nearest(const struct cx_label_sets *sets,
    const struct cx_seen *seen, struct cx_str *odd);

void cx_labels_release(struct cx_label_sets *sets);

#endif
