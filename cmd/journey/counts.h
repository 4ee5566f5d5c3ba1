/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_JOURNEY_COUNTS_H
#define CX_CMD_JOURNEY_COUNTS_H

#include "libcx/base/map.h"
#include "libcx/model/mean.h"
#include "libcx/model/spread.h"
#include "libcx/table/multiset.h"

/*
 * All that a view knows of the journeys it has taken: counts of things, and
 * of whole numbers (times, scores) of things. Everything in its table comes
 * from these, so that counts of parts that have no customer in common can be
 * added up to those of the whole (--counts, --merge).
 */

/* What is counted. Parts that a kind of thing does not need are empty. */
enum { JOURNEY_PARTS = 4 };
struct journey_thing {
	const char *what; /* a word of the view's, or as read */
	struct cx_str part[JOURNEY_PARTS];
	struct cx_str group; /* may have NULs between its cells */
};

/* A memory of numbers for tuples of numbers, so that few texts are made. */
struct journey_memo {
	struct journey_memo_slot *slots;
	size_t n_slots, n;
};

struct journey_counts {
	struct cx_map keys;
	struct journey_count {
		uint64_t n;           /* how often */
		uint64_t serial : 63; /* of who was counted last */
		uint64_t valued : 1;  /* with numbers in the tally */
	} * list;                     /* by number */
	size_t together;              /* numbers of a key: see journey_view */
	size_t cap;
	struct cx_multiset *tally;
	struct journey_memo memo;
	struct cx_buf key;
	void *room; /* of the view's, all zero at first */
};

/* memory: bytes for numbers; threads: that sort them in the end. */
void journey_counts_start(
    struct journey_counts *counts, uint64_t memory, unsigned threads);

/* Adds the counts of from, which is of no use any more. */
int journey_counts_join(struct journey_counts *into,
    struct journey_counts *from, struct cx_err *err);

/* The number of a thing, which may be new. */
uint32_t journey_counts_put(
    struct journey_counts *counts, const struct journey_thing *thing);

/* The same by a tuple of numbers: UINT32_MAX in the place of a new one. */
uint32_t *journey_memo_at(
    struct journey_memo *memo, uint64_t high, uint64_t low);

/* Counts once more; or once for each serial; or a number. */
static inline void journey_count(struct journey_counts *counts, uint32_t key)
{
	counts->list[key].n++;
}
bool journey_count_once(
    struct journey_counts *counts, uint32_t key, uint64_t serial);
int journey_count_value(struct journey_counts *counts, uint32_t key,
    int64_t value, struct cx_err *err);

/* Sets the error of more things than can be counted; -1. */
int journey_counts_full(struct cx_err *err);

/*
 * What has been walked, and what things are called that count it. The last of
 * them by its name is the sum of all counts but the bounds of observation, by
 * which a table that has lost rows is known.
 */
extern const char journey_observed_word[], journey_total_word[];
struct journey_observed {
	uint64_t customers, journeys, contacts;
	int64_t earliest, latest; /* where there are contacts */
};
int journey_counts_observe(struct journey_counts *counts,
    const struct journey_observed *observed, struct cx_err *err);
int journey_counts_observed(struct journey_counts *counts,
    struct journey_observed *observed, struct cx_err *err);

void journey_counts_release(struct journey_counts *counts);

/* What a number is of; borrowed until the next put. */
struct journey_thing journey_counts_thing(
    const struct journey_counts *counts, size_t key);
bool journey_thing_is(const struct journey_thing *thing, const char *what);

/* How often; 0 for what is not there. */
uint64_t journey_counts_n(
    const struct journey_counts *counts, const struct journey_thing *thing);

/* How many numbers there are; of things that were never counted, too. */
size_t journey_counts_size(const struct journey_counts *counts);

/* The numbers of things in the byte order of groups, then parts; freed. */
size_t *journey_counts_sorted(const struct journey_counts *counts);

/* Those of one kind, *n of them, in the same order. */
size_t *journey_counts_of(
    const struct journey_counts *counts, const char *what, size_t *n);

/* Turns to the numbers of a thing, for cx_multiset_next. */
void journey_counts_open(
    struct journey_counts *counts, const struct journey_thing *thing);

/* Numbers of a thing, and their statistics. */
int journey_counts_spread(struct journey_counts *counts,
    const struct journey_thing *thing, struct cx_spread *spread,
    struct cx_err *err);
int journey_counts_mean(struct journey_counts *counts,
    const struct journey_thing *thing, struct cx_mean *mean,
    struct cx_err *err);

#endif
