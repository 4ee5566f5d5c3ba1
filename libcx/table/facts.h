/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_FACTS_H
#define CX_TABLE_FACTS_H

#include "libcx/table/labels.h"
#include "libcx/table/moment.h"
#include "libcx/table/redact.h"

/* As many different things as are told apart. */
enum { CX_DISTINCT_MOST = 1 << 15 };

/* How often each of different things came. All zero is empty. */
struct cx_distinct {
	struct cx_map hashes;
	uint32_t *counts;
	size_t cap;
	uint32_t most; /* the largest count */
	bool too_many; /* no more are counted */
};

void cx_distinct_add(struct cx_distinct *distinct, struct cx_str thing);
void cx_distinct_release(struct cx_distinct *distinct);

/* Cells that tools and people write where there is no answer. */
enum { CX_N_CODES = 7, CX_N_VOIDS = 13 };
extern const char *const cx_missing_codes[CX_N_CODES]; /* numbers */
extern const char *const cx_missing_voids[CX_N_VOIDS]; /* words */

/* What may stand between several answers in one cell. */
enum { CX_SEP_SEMICOLON, CX_SEP_NEWLINE, CX_SEP_COMMA, CX_N_SEPS };

/* What is known of the cells of one column of a foreign table. */
struct cx_facts {
	uint64_t n;     /* cells that are not blank */
	uint64_t blank; /* and that are */
	uint64_t codes[CX_N_CODES];
	uint64_t voids[CX_N_VOIDS];
	/* numbers that are no such code, and whole ones among them */
	uint64_t n_numbers, n_whole;
	double low, high;
	/* numbers in front of labels (table/code.h), which may be alone */
	uint64_t n_coded, n_labelled;
	int code_low, code_high;
	/* dates, by order; mdy and dmy that only that order can read */
	uint64_t n_dates[CX_ORDER_DMY + 1], only_mdy, only_dmy;
	uint64_t n_offsets; /* dates that name their offset from UTC */
	/* cells with separators, and how often different answers come */
	uint64_t n_split[CX_N_SEPS], n_parts[CX_N_SEPS];
	struct cx_distinct parts[CX_N_SEPS];
	struct cx_seen answers;
	struct cx_distinct distinct;
	/* short cells with the blanks around them, and as keys: base/key.h */
	struct cx_distinct written, keys;
	uint64_t n_characters;
	uint64_t n_blanks; /* cells with a blank inside */
	bool has_bar;      /* some cell has a | */
	bool bare_comma;   /* some cell has a comma with no blank behind */
	uint64_t personal[CX_N_REDACTED]; /* cells with such data in them */
};

/* redactor is any; its memory is used. */
void cx_facts_add(
    struct cx_facts *facts, struct cx_str cell, struct cx_redactor *redactor);
void cx_facts_release(struct cx_facts *facts);

/* Cells that say that there is no answer. */
uint64_t cx_facts_voids(const struct cx_facts *facts);

#endif
