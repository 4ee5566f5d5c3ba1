/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/tally.h"

#include "libcx/base/mem.h"

#include <inttypes.h>
#include <stdlib.h>

enum { FIRST_COUNTS = 8 };

void cx_tally_add(struct cx_tally *tally, struct cx_str name, uint64_t n)
{
	size_t at = cx_map_put(&tally->names, name);

	if (at >= tally->cap) {
		size_t cap = tally->cap ? cx_mul(tally->cap, 2) : FIRST_COUNTS;

		tally->counts = cx_realloc(
		    tally->counts, cx_mul(cap, sizeof(*tally->counts)));
		memset(tally->counts + tally->cap, 0,
		    (cap - tally->cap) * sizeof(*tally->counts));
		tally->cap = cap;
	}
	tally->counts[at] += n;
	tally->n += n;
}

void cx_tally_merge(struct cx_tally *into, struct cx_tally *from)
{
	for (size_t i = 0; i < from->names.n; i++)
		cx_tally_add(
		    into, cx_map_key(&from->names, i), from->counts[i]);
	cx_tally_release(from);
}

uint64_t cx_tally_get(const struct cx_tally *tally, struct cx_str name)
{
	ptrdiff_t at = cx_map_get(&tally->names, name);

	return at < 0 ? 0 : tally->counts[at];
}

void cx_tally_describe(
    const struct cx_tally *tally, const char *what, struct cx_buf *out)
{
	size_t *order = cx_map_sorted(&tally->names);

	cx_buf_addf(out, ", %s %" PRIu64, what, tally->n);
	for (size_t i = 0; i < tally->names.n; i++) {
		cx_buf_addz(out, i ? ", " : ": ");
		cx_buf_adds(out, cx_map_key(&tally->names, order[i]));
		cx_buf_addf(out, " %" PRIu64, tally->counts[order[i]]);
	}
	free(order);
}

void cx_tally_release(struct cx_tally *tally)
{
	cx_map_release(&tally->names);
	free(tally->counts);
	*tally = (struct cx_tally){ 0 };
}
