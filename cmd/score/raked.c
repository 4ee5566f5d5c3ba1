/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/raked.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

static int fit(struct score_raked *r, struct cx_err *err)
{
	const struct cx_map *cells = &r->s->cells;
	double *base = cx_calloc(cells->n + 1, sizeof(*base));
	int code;

	for (size_t i = 0; i < r->n; i++) {
		const struct score_record *record =
		    &r->s->records[r->items[i].record];

		base[record->cell] += record->weight;
	}
	code = score_margins_fit(
	    score_sample_margins(), cells, base, &r->rake, err);
	if (code < 0)
		cx_err_file(err, score_settings.rake);
	free(base);
	return code;
}

/* PSUs are numbered anew, as they come up among the items. */
static void make_parts(struct score_raked *r)
{
	struct cx_map psus = { 0 };

	for (size_t i = 0; i < r->n; i++) {
		const struct score_observation *item = &r->items[i];
		const struct score_record *record =
		    &r->s->records[item->record];
		size_t psu = score_psu(r->s, item), before = psus.n;
		size_t number = cx_map_put(
		    &psus, (struct cx_str){ (const char *)&psu, sizeof(psu) });

		if (number == before) {
			r->stratum[number] = record->stratum;
			r->n_psu[record->stratum]++;
		}
		r->parts[i] = (struct cx_rake_part){ .psu = number,
			.cell = record->cell,
			.all = record->weight,
			.n_all = 1 };
	}
	r->psus = (struct cx_rake_psus){ psus.n, r->stratum, r->n, r->parts };
	cx_map_release(&psus);
}

int score_raked_start(
    struct score_raked *r, const struct cx_design *like, struct cx_err *err)
{
	r->n_psu = cx_calloc(like->n_strata, sizeof(*r->n_psu));
	r->stratum = cx_calloc(r->n + 1, sizeof(*r->stratum));
	r->parts = cx_calloc(r->n + 1, sizeof(*r->parts));
	r->tallies = cx_malloc(cx_mul(r->n + 1, sizeof(*r->tallies)));
	make_parts(r);
	r->design = *like;
	r->design.n_psu = r->n_psu;
	if (fit(r, err) < 0)
		return -1;
	/* As R's postStratify() and rake() have it: see libcx/model/rake.h. */
	r->sample =
	    (struct cx_rake_sample){ &r->design, &r->rake.rake, r->rake.factor,
		    r->rake.rake.n_margins == 1 ? CX_RAKE_BY_WEIGHT
		                                : CX_RAKE_BY_COUNT };
	return 0;
}

void score_raked_release(struct score_raked *r)
{
	free(r->n_psu);
	free(r->stratum);
	free(r->parts);
	free(r->tallies);
	score_rake_release(&r->rake);
	cx_domains_free(r->domains);
	free(r->records);
}

/* ---- groups ---- */

static size_t list_records(
    struct score_raked *r, size_t start, size_t end, bool raw)
{
	for (size_t i = start; i < end; i++)
		r->records[i - start] =
		    (struct cx_domains_record){ r->parts[i].psu,
			    r->parts[i].cell, r->parts[i].all,
			    raw ? r->items[i].raw : r->items[i].y };
	return end - start;
}

bool score_raked_small(struct score_raked *r, size_t start, size_t end,
    bool raw, struct cx_design_mean *out)
{
	struct cx_domains_sample sample = { &r->design, &r->sample, r->psus.n,
		r->stratum };

	if (end - start >= r->n / SCORE_SMALL_PART)
		return false;
	if (!r->records) {
		r->records = cx_malloc(cx_mul(r->n, sizeof(*r->records)));
		if (cx_domains_may(&sample))
			r->domains = cx_domains_new(
			    &sample, r->records, list_records(r, 0, r->n, raw));
	}
	return r->domains && cx_domains_mean(r->domains, r->records,
	                         list_records(r, start, end, raw), out);
}

/* Items from start to end take part with y, or leave again. */
void score_raked_choose(
    struct score_raked *r, size_t start, size_t end, bool raw, bool in)
{
	for (size_t i = start; i < end; i++) {
		struct cx_rake_part *part = &r->parts[i];
		double y = raw ? r->items[i].raw : r->items[i].y;

		part->w = in ? part->all : 0;
		part->wy = in ? part->all * y : 0;
		part->y = in ? y : 0;
		part->n = in;
	}
}

struct cx_design_effect score_raked_effect(
    struct score_raked *r, size_t start, size_t end, double se)
{
	size_t n_tallies = 0;

	for (size_t i = start; i < end; i++) {
		double w = r->parts[i].all * r->sample.factor[r->parts[i].cell];

		if (w > 0)
			r->tallies[n_tallies++] = (struct cx_design_tally){
				.y = r->items[i].y, .n = 1, .w = w, .ww = w * w
			};
	}
	return cx_design_effect(r->tallies, n_tallies, se);
}
