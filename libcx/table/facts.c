/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/facts.h"

#include "libcx/base/key.h"
#include "libcx/base/mem.h"
#include "libcx/table/code.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

const char *const cx_missing_codes[CX_N_CODES] = { "-99", "-9999", "-1", "997",
	"998", "999", "9999" };
const char *const cx_missing_voids[CX_N_VOIDS] = { "N/A", "n/a", "NA", "NULL",
	"null", "#N/A", "-", "--", "無回答", "未回答", "選択肢なし", "該当なし",
	"分からない/無回答" };

/* Several answers are few different ones. */
enum { PARTS_MOST = 100 };

/* Names are shorter, in bytes; what is longer is no name. */
enum { NAME_MOST = 64 };

/* ---- different things ---- */

/* FNV-1a: Fowler, Noll, Vo; constants of draft-eastlake-fnv. */
static uint64_t hash_of(struct cx_str s)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < s.n; i++)
		hash = (hash ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
	return hash;
}

void cx_distinct_add(struct cx_distinct *distinct, struct cx_str thing)
{
	uint64_t hash = hash_of(thing);
	struct cx_str key = { (const char *)&hash, sizeof(hash) };
	size_t at;

	if (distinct->hashes.n >= CX_DISTINCT_MOST &&
	    cx_map_get(&distinct->hashes, key) < 0) {
		distinct->too_many = true;
		return;
	}
	at = cx_map_put(&distinct->hashes, key);
	if (at >= distinct->cap) {
		size_t cap = distinct->cap ? cx_mul(distinct->cap, 2) : 16;

		distinct->counts = cx_realloc(
		    distinct->counts, cx_mul(cap, sizeof(*distinct->counts)));
		memset(distinct->counts + distinct->cap, 0,
		    (cap - distinct->cap) * sizeof(*distinct->counts));
		distinct->cap = cap;
	}
	if (++distinct->counts[at] > distinct->most)
		distinct->most = distinct->counts[at];
}

void cx_distinct_release(struct cx_distinct *distinct)
{
	cx_map_release(&distinct->hashes);
	free(distinct->counts);
	*distinct = (struct cx_distinct){ .cap = 0 };
}

/* ---- one cell ---- */

static bool count_word(
    struct cx_str cell, const char *const *words, size_t n, uint64_t *counts)
{
	for (size_t i = 0; i < n; i++) {
		if (!cx_str_eq(cell, cx_str(words[i])))
			continue;
		counts[i]++;
		return true;
	}
	return false;
}

static void add_number(struct cx_facts *facts, struct cx_str cell)
{
	struct cx_err ignored;
	double number;

	if (cx_value_number(cell, &number, &ignored) < 0)
		return;
	if (facts->n_numbers == 0 || number < facts->low)
		facts->low = number;
	if (facts->n_numbers == 0 || number > facts->high)
		facts->high = number;
	facts->n_numbers++;
	facts->n_whole += number == floor(number);
}

static void add_code(struct cx_facts *facts, struct cx_str cell)
{
	struct cx_str code = cx_code_of(cell);
	struct cx_err ignored;
	int64_t number;

	if (code.n == 0 || cx_value_whole(code, &number, &ignored) < 0)
		return;
	if (facts->n_coded == 0 || number < facts->code_low)
		facts->code_low = (int)number;
	if (facts->n_coded == 0 || number > facts->code_high)
		facts->code_high = (int)number;
	facts->n_coded++;
	facts->n_labelled += code.n < cell.n;
}

/* All cells must be dates, so the first that is none ends it. */
static void add_date(struct cx_facts *facts, struct cx_str cell)
{
	bool reads[CX_ORDER_DMY + 1] = { false };
	struct cx_moment moment = { .has_offset = false };
	struct cx_err ignored;
	uint64_t before = facts->n - 1 - cx_facts_voids(facts);

	if (facts->n_dates[CX_ORDER_YMD] < before &&
	    facts->n_dates[CX_ORDER_MDY] < before &&
	    facts->n_dates[CX_ORDER_DMY] < before)
		return;
	for (int order = CX_ORDER_YMD; order <= CX_ORDER_DMY; order++) {
		reads[order] = cx_moment_parse(cell, (enum cx_date_order)order,
		                   &moment, &ignored) == 0;
		facts->n_dates[order] += reads[order];
		facts->n_offsets +=
		    reads[order] && moment.has_offset && order == CX_ORDER_YMD;
	}
	facts->only_mdy += reads[CX_ORDER_MDY] && !reads[CX_ORDER_DMY];
	facts->only_dmy += reads[CX_ORDER_DMY] && !reads[CX_ORDER_MDY];
}

static void add_parts(struct cx_facts *facts, struct cx_str cell, int sep)
{
	static const char separators[CX_N_SEPS] = { ';', '\n', ',' };
	struct cx_distinct *parts = &facts->parts[sep];

	if (parts->hashes.n > PARTS_MOST)
		return;
	facts->n_split[sep] += memchr(cell.p, separators[sep], cell.n) != NULL;
	while (cell.n) {
		struct cx_str part =
		    cx_str_trim(cx_str_next(&cell, separators[sep]));

		if (part.n == 0)
			continue;
		facts->n_parts[sep]++;
		cx_distinct_add(parts, part);
	}
}

static void add_personal(
    struct cx_facts *facts, struct cx_str cell, struct cx_redactor *redactor)
{
	struct cx_buf ignored = { 0 };

	memset(redactor->counts, 0, sizeof(redactor->counts));
	(void)cx_redact(redactor, cell, &ignored);
	for (int i = 0; i < CX_N_REDACTED; i++)
		facts->personal[i] += redactor->counts[i] > 0;
	cx_buf_release(&ignored);
}

/* All of it has digits or an @, and full-width ones start with 0xEF. */
static bool may_be_personal(struct cx_str cell)
{
	for (size_t i = 0; i < cell.n; i++) {
		unsigned char c = (unsigned char)cell.p[i];

		if ((c >= '0' && c <= '9') || c == '@' || c == 0xEF)
			return true;
	}
	return false;
}

static void add_shape(struct cx_facts *facts, struct cx_str cell)
{
	for (size_t i = 0; i < cell.n; i++)
		facts->n_characters += (cell.p[i] & 0xC0) != 0x80;
	facts->n_blanks += memchr(cell.p, ' ', cell.n) != NULL;
	for (size_t i = 0; i + 1 < cell.n; i++)
		facts->bare_comma |= cell.p[i] == ',' && cell.p[i + 1] != ' ';
	facts->has_bar |= memchr(cell.p, '|', cell.n) != NULL;
}

/* Names that look alike, and are not. */
static void add_name(struct cx_facts *facts, struct cx_str cell)
{
	struct cx_buf room = { 0 };

	if (cell.n > NAME_MOST)
		return;
	cx_distinct_add(&facts->written, cell);
	cx_distinct_add(&facts->keys, cx_key(&room, cell));
	cx_buf_release(&room);
}

void cx_facts_add(
    struct cx_facts *facts, struct cx_str cell, struct cx_redactor *redactor)
{
	struct cx_str written = cell;

	cell = cx_str_trim(cell);
	if (cell.n == 0) {
		facts->blank++;
		return;
	}
	facts->n++;
	add_name(facts, written);
	cx_seen_add(&facts->answers, cell);
	cx_distinct_add(&facts->distinct, cell);
	if (count_word(cell, cx_missing_voids, CX_N_VOIDS, facts->voids))
		return;
	if (!count_word(cell, cx_missing_codes, CX_N_CODES, facts->codes))
		add_number(facts, cell);
	add_code(facts, cell);
	add_date(facts, cell);
	for (int sep = 0; sep < CX_N_SEPS; sep++)
		add_parts(facts, cell, sep);
	add_shape(facts, cell);
	if (may_be_personal(cell))
		add_personal(facts, cell, redactor);
}

void cx_facts_release(struct cx_facts *facts)
{
	for (int i = 0; i < CX_N_SEPS; i++)
		cx_distinct_release(&facts->parts[i]);
	cx_distinct_release(&facts->distinct);
	cx_distinct_release(&facts->written);
	cx_distinct_release(&facts->keys);
	cx_seen_release(&facts->answers);
}

uint64_t cx_facts_voids(const struct cx_facts *facts)
{
	uint64_t all = 0;

	for (int i = 0; i < CX_N_VOIDS; i++)
		all += facts->voids[i];
	return all;
}
