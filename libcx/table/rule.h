/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_RULE_H
#define CX_TABLE_RULE_H

#include "libcx/base/err.h"
#include "libcx/base/map.h"

/* What a row of a codebook or of an export format says, if no column. */
enum cx_rule_word {
	CX_RULE_TITLE,   /* of a format */
	CX_RULE_HAS,     /* signature: some header of the row is one of those */
	CX_RULE_FIRST,   /* its first one is; no header: it is blank */
	CX_RULE_EVERY,   /* all that are not blank are */
	CX_RULE_MOST,    /* half of those, or more, are */
	CX_RULE_LACKS,   /* none is */
	CX_RULE_HEADER,  /* the header rows are those up to this one */
	CX_RULE_NAMES,   /* the names of the columns are in this row */
	CX_RULE_JOIN,    /* they go on in this row, but for what cells holds */
	CX_RULE_LITERAL, /* a TSV has no escapes: a backslash is itself */
	CX_RULE_ZONE,    /* the zone of a time stands in this row */
	CX_RULE_DROP,    /* records whose cell is one of cells */
	CX_RULE_KNOWN,   /* cells that are no reason to drop: others are told */
	CX_RULE_GROUP,   /* the columns name the NPS group of others */
};

struct cx_rule {
	enum cx_rule_word word;
	unsigned row;        /* 1 when not said */
	char *header;        /* patterns with | between */
	struct cx_map cells; /* what a cell holds; "" is a blank one */
	char *note;          /* what is dropped, in a word or two */
	unsigned long line;  /* where it stands */
};

/* The largest row that a rule may speak of. */
enum { CX_HEADER_ROWS_MOST = 3 };

/* The cells of one row, trimmed. The caller releases rule either way. */
int cx_rule_read(struct cx_rule *rule, struct cx_str word, struct cx_str row,
    struct cx_str header, struct cx_str cells, struct cx_str note,
    struct cx_err *err);
void cx_rule_release(struct cx_rule *rule);

/* Whether one of the patterns of the rule's header is text. */
bool cx_rule_matches(const struct cx_rule *rule, struct cx_str text);

#endif
