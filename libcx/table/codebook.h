/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_CODEBOOK_H
#define CX_TABLE_CODEBOOK_H

#include "libcx/table/ident.h"
#include "libcx/table/labels.h"
#include "libcx/table/moment.h"
#include "libcx/table/rule.h"
#include "libcx/table/zone.h"

struct cx_currency;

/* What cx-ingest makes of a source column; cx-codebook(5) tells each. */
enum cx_type {
	CX_TYPE_TEXT,
	CX_TYPE_ID,
	CX_TYPE_SCORE,
	CX_TYPE_NUMBER,
	CX_TYPE_LABEL,
	CX_TYPE_TIME,
	CX_TYPE_DROP,
	CX_TYPE_MONEY,
	CX_TYPE_MULTI,
	CX_TYPE_PERCENT,
	CX_TYPE_BAND,
	CX_TYPE_KEY,
};

/*
 * One row of a codebook: a column of the stream, or where a touchpoint is
 * named the column that the rating of that touchpoint goes to.
 */
struct cx_entry {
	char *name;   /* in the stream */
	char *header; /* in the source, #N, #N..#M, or a pattern with * */
	enum cx_type type;
	bool has_type;
	bool has_range;
	double low, high;
	bool coded;          /* a score: the number that a label starts with */
	char *separators;    /* of a multi; NULL: ; and line feed */
	enum cx_ident ident; /* of an id: what is mended */
	size_t ident_width;
	struct cx_lookup labels; /* value label to value; empty: none */
	struct cx_map missing;   /* cells that are no answer */
	/* of a set of labels, all in their normal form (base/normal.h) */
	char *set; /* its name; NULL: none */
	struct cx_lookup normal_labels;
	struct cx_map absent;               /* not applicable: counted apart */
	bool find_set;                      /* a label column without labels */
	bool high_is_bad;                   /* turned over on its way */
	char *stage, *touchpoint, *channel; /* NULL: none */
	bool optional;                      /* a source may lack it */
	enum cx_date_order order;
	char decimal; /* sign of numbers: . or ,; NUL: not told */
	const struct cx_currency *currency; /* NULL: any, all the same */
	struct cx_zone *zone; /* NULL: only times with an offset */
	bool zone_in_cells;   /* each time has an offset */
	bool has_lookup;
	struct cx_lookup lookup;
	struct cx_lookup merges; /* identifiers to those they became part of */
	unsigned long line;      /* in the codebook; 0: from the command line */
};

/* All zero is an empty codebook. */
struct cx_codebook {
	char *path;
	struct cx_entry *entries;
	size_t n;
	struct cx_rule *rules;
	size_t n_rules;
	/* it has rules about header rows, and none must match */
	bool is_format;
};

/*
 * Reads the codebook at path, with its lookup tables (whose paths are
 * relative to it). The caller releases book either way.
 */
int cx_codebook_read(
    struct cx_codebook *book, const char *path, struct cx_err *err);

/*
 * -c NAME=COLUMN: the column called name comes from header. A row of the
 * codebook with that name keeps all else it says; several of them are an
 * error. text is "NAME=COLUMN".
 */
int cx_codebook_name(
    struct cx_codebook *book, struct cx_str text, struct cx_err *err);

/*
 * What names of the stream imply where the codebook is silent: the column
 * nps is a score from 0 to 10, and times without a zone are in zone (NULL:
 * none). The zone is copied by name.
 */
int cx_codebook_defaults(
    struct cx_codebook *book, const char *zone, struct cx_err *err);

/* The labels of the entry are those of the set. */
void cx_entry_use_set(struct cx_entry *entry, const struct cx_labels *set);

void cx_codebook_release(struct cx_codebook *book);

#endif
