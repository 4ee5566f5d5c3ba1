/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_SAMPLE_H
#define CX_CMD_SCORE_SAMPLE_H

#include "cmd/score/rake.h"
#include "cmd/score/score.h"
#include "libcx/table/group.h"

/*
 * Scores that counts are not enough for: one answer for each customer or
 * account, weights, clusters, strata; also in rolling windows. Records are
 * kept until the end of the input, about 50 bytes for each, and in rolling
 * windows as much again for each window that a record is in.
 */

/* One answer. The numbers are those of the sample's maps. */
struct score_record {
	int64_t time;
	double weight;
	uint32_t group, unit, contact, psu, stratum, cell;
	int32_t value;
	bool answered, invalid; /* neither: missing */
};

struct score_sample {
	/* names by number: group keys, customers or accounts, customers */
	struct cx_groups groups; /* with struct cx_answers: missing, invalid */
	struct cx_map units, contacts, psus, strata, cells;
	struct score_record *records;
	size_t n, cap;
	uint64_t timeless; /* records that are in no rolling window */
	/* where the columns are in the file at hand */
	size_t unit_at, contact_at, weight_at, cluster_at, strata_at, time_at;
};

/* The linearised estimates of a group, by group number. */
struct score_design {
	double net, net_se, net_lo, net_hi; /* as score.h's fields */
	double share, share_lo, share_hi;
	double mean, mean_lo, mean_hi;
	double n_eff, deff;
	double df;    /* degrees of freedom of net_se */
	size_t n_psu; /* that have a weight in it */
};
struct score_designs;

/* Whether the settings need a sample; ends the program where they clash. */
bool score_sample_needed(const struct cx_cli *cli);

/* Reads the file of --rake, before there are rows. */
int score_sample_open(struct cx_err *err);

/* Finds its columns in a file, before there are threads. */
int score_sample_file(const struct cx_header *header, struct cx_err *err);
void score_sample_close(void);

/* The margins of --rake; without columns where there is none. */
const struct score_margins *score_sample_margins(void);

/* Whether its estimates are not those of plain counts. */
bool score_sample_has_design(void);

/* Whether who counts as one is not the response. */
bool score_sample_has_units(void);

/* The days of a rolling window; 0 where there is none. */
int score_sample_rolling(void);

/* The units are means, so that no count of classes can be given. */
bool score_sample_is_mean(void);

int score_sample_bind(struct score_sample *sample, const struct cx_grouping *by,
    const struct cx_header *header, struct cx_err *err);

/* One record; value is on the scale unless answered is false. */
int score_sample_add(struct score_sample *sample, const struct cx_grouping *by,
    const struct cx_row *row, int value, bool answered, struct cx_err *err);

/* A record whose answer is none: counted with its group. */
int score_sample_invalid(struct score_sample *sample,
    const struct cx_grouping *by, const struct cx_row *row, struct cx_err *err);

/* Takes the records of a piece, which is left empty. */
void score_sample_merge(struct score_sample *into, struct score_sample *from);

/*
 * What the table is made of: answers by group (with the period), and, where
 * there is a design, *designs, else left as it is, all zero. It borrows from
 * the sample. The caller releases both (observe.h).
 */
int score_sample_estimate(struct score_sample *sample,
    const struct score_program *program, const struct cx_scale *scale,
    const struct cx_grouping *by, struct cx_groups *groups,
    struct score_designs *designs, struct cx_err *err);

void score_sample_release(struct score_sample *sample);

#endif
