/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A made-up survey for tests of weighted estimates: clusters within strata,
 * weights, a domain ("group") that some clusters have nothing of, columns to
 * adjust to. tests/oracles/design.R makes the same numbers.
 */
#ifndef CX_TESTS_SURVEY_H
#define CX_TESTS_SURVEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
	SURVEY_N = 240,
	SURVEY_CLUSTERS = 40,
	SURVEY_STRATA = 4,
	SURVEY_GROUPS = 3,
	SURVEY_CHANNELS = 3,
	SURVEY_AGES = 4,
	SURVEY_ALONE = 7 /* the cluster to be alone in a stratum */
};

struct survey_record {
	size_t cluster, stratum;
	double w;
	double nps;  /* -1, 0, 1 */
	double csat; /* 1 to 5 */
	size_t channel, age, band;
	int group;
};

static struct survey_record survey[SURVEY_N];

/*
 * From 0 to n - 1.
 * Source: Park and Miller 1988, Communications of the ACM 31(10), 1192-1201.
 */
static inline size_t survey_below(size_t n)
{
	static uint64_t state = 20261121;

	state = state * 16807 % 2147483647;
	return (size_t)state % n;
}

static inline size_t survey_least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The order of the draws is that of the script. */
static inline struct survey_record survey_record(void)
{
	static const size_t channels[] = { 0, 0, 0, 0, 0, 1, 1, 1, 2, 2 };
	struct survey_record r = { 0 };
	size_t score;

	r.cluster = survey_below(SURVEY_CLUSTERS);
	r.stratum = r.cluster % SURVEY_STRATA;
	r.w = (double)(50 + survey_below(300)) / 100;
	score = survey_least(10, survey_below(10) + r.cluster % 3);
	r.nps = (score >= 9) - (score <= 6);
	r.csat = (double)(1 + survey_least(4, (score + survey_below(4)) / 3));
	r.channel = channels[survey_below(10)];
	r.age = (r.channel + survey_below(3)) % SURVEY_AGES;
	r.band = survey_below(10) < 8 ? r.age : survey_below(SURVEY_AGES);
	r.group = (int)survey_below(SURVEY_GROUPS);
	if (r.group == 2 && r.cluster >= 20)
		r.group = 0;
	return r;
}

static inline void survey_make(void)
{
	for (size_t i = 0; i < SURVEY_N; i++)
		survey[i] = survey_record();
}

/* Group -1 is everybody. */
static inline bool survey_inside(const struct survey_record *r, int group)
{
	return group < 0 || r->group == group;
}

static inline double survey_y(const struct survey_record *r, const char *y)
{
	return strcmp(y, "nps") == 0 ? r->nps : r->csat;
}

/* Designs by name: "W" weights, "S" strata, "C" clusters, "SC" both. */
static inline bool survey_has(const char *design, char what)
{
	return strchr(design, what) != NULL;
}

static inline size_t survey_n_strata(const char *design)
{
	return survey_has(design, 'S') ? SURVEY_STRATA : 1;
}

static inline size_t survey_stratum(const char *design, size_t i)
{
	return survey_has(design, 'S') ? survey[i].stratum : 0;
}

static inline size_t survey_psu(const char *design, size_t i)
{
	return survey_has(design, 'C') ? survey[i].cluster : i;
}

/* PSUs, their strata, and PSUs by stratum, of a design; returns their number */
static inline size_t survey_psus(
    const char *design, size_t *stratum, uint64_t *count)
{
	size_t n = survey_has(design, 'C') ? SURVEY_CLUSTERS : SURVEY_N;

	for (size_t i = 0; i < SURVEY_N; i++)
		stratum[survey_psu(design, i)] = survey_stratum(design, i);
	for (size_t h = 0; h < SURVEY_STRATA; h++)
		count[h] = 0;
	for (size_t i = 0; i < n; i++)
		count[stratum[i]]++;
	return n;
}

#endif
