/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_JOURNEY_H
#define CX_CMD_JOURNEY_H

#include "cmd/journey/counts.h"
#include "libcx/cli/cli.h"
#include "libcx/model/answers.h"
#include "libcx/model/journey.h"
#include "libcx/table/group.h"
#include "libcx/table/sheet.h"

/*
 * What the files in cmd/journey share. Records become events (read.c), events
 * of one owner contacts and journeys (walk.c), and these counts in a view,
 * which makes a table of them (map.c, edges.c, ...).
 */

struct journey_settings {
	const char *view, *stages_file, *score, *scale, *gap, *window, *as_of;
	const char *unit, *alias_file, *lifecycle, *steps, *entry, *within;
	const char *outcome, *memory, *lang;
	struct cx_list groups, ends, goals, gates;
	double level, top, min_share, min_n;
	bool by_channel, strict, sorted, counts, merge, explain;
	bool score_is_asked; /* -s was given */
};
extern struct journey_settings journey_settings;

/* What is worked out of the settings, once. */
struct journey_plan {
	const struct journey_view *view;
	struct cx_grouping by; /* its columns are known once a file is open */
	struct cx_scale scale; /* of the score */
	int64_t gap, window, within; /* seconds; 0: none */
	int64_t as_of;               /* INT64_MIN: the latest contact */
	uint64_t memory;
	unsigned threads;
};
extern struct journey_plan journey_plan;

/* Journeys by kind of contact: what is known of their names. */
struct journey_kind {
	uint32_t touchpoint, stage, channel, group;
	enum cx_phase phase;
	bool is_contact; /* has a touchpoint */
	bool has_group;
};

struct journey_book {
	struct cx_map kinds; /* texts of the columns, with NULs between them */
	struct journey_kind *list; /* by number of kind */
	size_t cap;
	struct cx_map touchpoints, stages, channels, groups;
	bool *ends, *goals; /* by touchpoint */
	uint64_t *seen;     /* by touchpoint: the journey that was there last */
	size_t n_marks;
};
extern struct journey_book journey_book;

/* One journey, borrowed while a view takes it. */
struct journey {
	const struct cx_contact *contacts;
	size_t n; /* at least 1 */
	uint32_t group;
	struct cx_str owner;
	uint64_t owner_serial; /* of owners and journeys, from 1 */
	uint64_t serial;
	uint64_t number; /* of this owner, from 1 */
	int64_t start;   /* of the contact that began first */
	int64_t next;    /* when the owner's next journey starts; INT64_MAX */
	int nps;         /* the latest, or CX_CONTACT_NONE */
};

/*
 * A view: what it counts of a journey, and the table of its counts. Several
 * threads take journeys, each into counts of its own; or one does, by name.
 */
struct journey_view {
	const char *name;
	bool full;         /* needs scores, emotion and amount */
	bool has_channels; /* tells channels apart by itself */
	bool needs_channel;
	const char *const *own_names; /* of its table's own, NULL at the end:
	            no channel, else no touchpoint, may have one; may be NULL */
	bool by_name; /* takes journeys in the order of their owners' names */
	/*
	 * Words of things that are always counted for the same parts, the
	 * first before the others in byte order, NULL at the end: these have
	 * one key, and numbers next to each other in this order. May be NULL.
	 */
	const char *const *together;
	size_t room_size; /* what it keeps of the journeys in counts->room */
	void (*release_room)(void *room); /* may be NULL */
	/* usage that cannot be; may be NULL */
	void (*check)(const struct cx_cli *cli);
	/* before the first journey; may be NULL */
	int (*prepare)(struct cx_err *err);
	/* adds columns; the columns of groups are there already */
	void (*columns)(struct cx_sheet *sheet);
	int (*take)(struct journey_counts *counts, struct cx_sheet *sheet,
	    const struct journey *journey, struct cx_err *err);
	/* the rows; NULL where take has written them */
	int (*report)(struct journey_counts *counts, struct cx_sheet *sheet,
	    struct cx_err *err);
	void (*explain)(void);
	void (*release)(void); /* may be NULL */
};
extern const struct journey_view journey_map, journey_edges, journey_paths,
    journey_cases, journey_funnel, journey_handoffs;

/* The names of the book. */
struct cx_str journey_touchpoint(uint32_t number);
struct cx_str journey_stage(uint32_t number);
struct cx_str journey_channel(uint32_t number);
struct cx_str journey_group(uint32_t number);

int journey_main(const struct cx_option *options, int argc, char **argv);

/* The header of a file: names the groups, starts the table. */
int journey_open(const struct cx_header *header, struct cx_err *err);

/* Whether the journey gets to a goal: --goal, else --end. */
bool journey_converts(const struct journey *journey);
bool journey_has_goals(void);

/* Puts the cells of a group, which NULs divide. */
void journey_put_group(struct cx_sheet *sheet, struct cx_str group);

/*
 * The share of hits in n, in per cent, and its interval, which may be of
 * detail: the columns NAME, NAME_lo and NAME_hi.
 */
void journey_share_columns(
    struct cx_sheet *sheet, const char *name, bool detail);
void journey_put_share(struct cx_sheet *sheet, uint64_t hits, uint64_t n);

/* A row of --view edges; the texts are borrowed from the counts. */
struct journey_edge {
	struct cx_str group, from, to;
	bool starts, ends; /* from or to is no touchpoint */
	uint64_t n, customers;
	double share;           /* of what follows on from, in [0, 1] */
	struct cx_spread times; /* seconds; none at starts and ends */
};

/* Before rows: sums of what leaves a node, and of what gets there. */
void journey_edges_sum(struct journey_counts *counts);
uint64_t journey_edges_at(const struct journey_counts *counts,
    struct cx_str group, struct cx_str node);

/* 1 with the row of a key; 0 where that is none, or too small; -1. */
int journey_edges_row(struct journey_counts *counts, size_t key,
    struct journey_edge *edge, struct cx_err *err);

enum { JOURNEY_DECIMALS = 4, JOURNEY_BRIEF = 1 };

#endif
