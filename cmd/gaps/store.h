/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_GAPS_STORE_H
#define CX_CMD_GAPS_STORE_H

#include "cmd/gaps/gaps.h"

/*
 * The respondents, group by group: a few are kept as they are, for the
 * bootstrap; of many only sums are kept, in blocks that the jackknife leaves
 * out one at a time. Which it is depends on how many there are in all and on
 * nothing else, so parts merge to the same.
 */

/* A respondent is so many numbers; behind them the ratings, and so on. */
enum {
	GAPS_KEY,    /* who it is: respondents with one key stay together */
	GAPS_WEIGHT, /* 1, or in millionths */
	GAPS_AMOUNT, /* in millionths; 0 when there is none */
	GAPS_OUTCOME,
	GAPS_SCORE,
	GAPS_RATINGS /* n; then n expected and n stated ones, if there are */
};

/* Numbers of a respondent. */
size_t gaps_record_length(void);

/* More respondents than these are not kept, unless the user asks for it. */
enum { GAPS_KEPT = 5000, GAPS_BLOCKS = 100, GAPS_MOST_GROUPS = 1000 };

/* What is counted for each group, and for each of its drivers. */
enum {
	GAPS_N,        /* respondents with an outcome */
	GAPS_COMPLETE, /* those with all ratings */
	GAPS_W,        /* sum of the weights, of their squares */
	GAPS_WW,
	GAPS_NONE, /* respondents without an outcome, which are left out */
	GAPS_FACTS
};

enum {
	GAPS_D_N, /* ratings, their weights, the squares of these */
	GAPS_D_W,
	GAPS_D_WW,
	GAPS_D_TOP, /* weights of those in the top and the bottom box */
	GAPS_D_BOTTOM,
	GAPS_D_CASES,  /* how many are in the bottom box */
	GAPS_D_AMOUNT, /* weight times amount in the bottom box */
	/* rating less expectation, where there are both */
	GAPS_D_GAP_N,
	GAPS_D_GAP_W,
	GAPS_D_GAP_WW,
	GAPS_D_GAP,
	GAPS_D_GAP_SQUARE,
	GAPS_D_EXPECTED,
	GAPS_D_STATED_W,
	GAPS_D_STATED,
	GAPS_D_FACTS
};

struct gaps_group {
	__int128 *facts;   /* GAPS_FACTS, then GAPS_D_FACTS for each driver */
	__int128 **blocks; /* GAPS_BLOCKS; NULL: nobody in it */
};

size_t gaps_n_facts(void);

struct gaps_store {
	struct cx_groups groups; /* of struct gaps_group */
	bool keeps;              /* records, not blocks */
	/* records, one after the other: the group's number, then the rest */
	int64_t *records;
	size_t n, cap;
	bool over; /* a sum left its range */
};

/* An empty one; the plan's drivers are known. */
void gaps_store_init(struct gaps_store *store);

/* The number of the group with this key. */
size_t gaps_store_group(struct gaps_store *store, struct cx_str key);

/* The same of the group that a row is in; the groups are bound. */
int gaps_store_find(struct gaps_store *store, const struct cx_row *row,
    size_t *group, struct cx_err *err);

/* A respondent of a group; record is gaps_record_length() long. */
void gaps_store_add(
    struct gaps_store *store, size_t group, const int64_t *record);

/* One without an outcome. */
void gaps_store_add_none(struct gaps_store *store, size_t group);

/* Takes over what from has; from is empty then. */
void gaps_store_merge(struct gaps_store *into, struct gaps_store *from);

/*
 * For state.c, what was printed: sums, of which those in blocks mean that
 * no records are kept; and a record whose facts are added apart.
 */
void gaps_store_keep(
    struct gaps_store *store, size_t group, const int64_t *record);
void gaps_store_add_facts(
    struct gaps_store *store, size_t group, const __int128 *facts);
void gaps_store_add_block(
    struct gaps_store *store, size_t group, size_t block, const __int128 *sums);

/* The records of a group in a fixed order; NULL: none are kept. */
const int64_t **gaps_store_records(
    const struct gaps_store *store, size_t group, size_t *n);

/* How many respondents there are, with an outcome and without one. */
void gaps_store_count(
    const struct gaps_store *store, uint64_t *n, uint64_t *none);

/* -1 and err when a sum left its range, or there are too many groups. */
int gaps_store_check(const struct gaps_store *store, struct cx_err *err);
void gaps_store_release(struct gaps_store *store);

/* The block that a key belongs to. */
size_t gaps_block_of(int64_t key);

/* Adds a respondent, times over, to sums. False when one left its range. */
bool gaps_add_to_sums(__int128 *sums, const int64_t *record, int64_t times);

#endif
