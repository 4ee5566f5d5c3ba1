/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/convert.h"

#include "libcx/base/normal.h"
#include "libcx/table/band.h"
#include "libcx/table/code.h"
#include "libcx/table/currency.h"
#include "libcx/table/instant.h"
#include "libcx/table/value.h"

#include <stdio.h>

_Static_assert((int)CX_CONVERTED_SIZE >= (int)CX_NUMBER_SIZE &&
                   (int)CX_CONVERTED_SIZE >= (int)CX_IDENT_WIDEST,
    "numbers and identifiers are made in the room of a cell");

/* Identifiers and texts stay out of messages, which are mailed about. */
static const char *shown(const struct cx_entry *entry, struct cx_str cell)
{
	if (entry->type == CX_TYPE_ID || entry->type == CX_TYPE_TEXT ||
	    entry->type == CX_TYPE_KEY)
		return "the cell";
	return cx_quote(cell);
}

/* As a score that is high where the source's is low. */
static struct cx_str turned(const struct cx_entry *entry, int score, char *room)
{
	return (struct cx_str){ room,
		(size_t)snprintf(room, CX_CONVERTED_SIZE, "%d",
		    (int)entry->low + (int)entry->high - score) };
}

static int no_score(
    const struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	if (entry->labels.keys.n == 0)
		return -1;
	return cx_err_record(err, "not on the scale",
	    "%s is none of its labels and no whole number from %g to %g",
	    cx_quote(cell), entry->low, entry->high);
}

/* As it is written, or in full-width digits, or with a decimal comma. */
static int read_score(const struct cx_entry *entry, struct cx_str cell,
    int *score, struct cx_err *err)
{
	char room[CX_NUMBER_SIZE];
	struct cx_str plain;
	struct cx_err ignored;

	if (cx_value_score(
	        cell, (int)entry->low, (int)entry->high, score, err) == 0)
		return 0;
	if (cx_number_read(cell, CX_NUMBER_PLAIN, entry->decimal, room, &plain,
	        &ignored) == 0 &&
	    cx_value_score(
	        plain, (int)entry->low, (int)entry->high, score, &ignored) == 0)
		return 0;
	return no_score(entry, cell, err);
}

static int to_score(const struct cx_entry *entry, struct cx_str cell,
    char *room, struct cx_str *out, struct cx_err *err)
{
	struct cx_str code = entry->coded ? cx_code_of(cell) : cell;
	int score;

	if (code.n)
		cell = code;
	if (read_score(entry, cell, &score, err) < 0)
		return -1;
	/* 8.0 and 08 are 8; what is plain already stays where it is. */
	if (entry->high_is_bad)
		*out = turned(entry, score, room);
	else if (cell.n > 2 ||
	         (cell.n == 2 && !(cell.p[0] > '0' && cell.p[1] >= '0')))
		*out = (struct cx_str){ room,
			(size_t)snprintf(
			    room, CX_CONVERTED_SIZE, "%d", score) };
	else
		*out = cell;
	return 0;
}

enum cx_number_kind cx_convert_kind(const struct cx_entry *entry)
{
	return entry->type == CX_TYPE_MONEY     ? CX_NUMBER_MONEY
	       : entry->type == CX_TYPE_PERCENT ? CX_NUMBER_PERCENT
	                                        : CX_NUMBER_PLAIN;
}

static int out_of_range(
    const struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	return cx_err_record(err, "out of range", "%s is not from %g to %g",
	    cx_quote(cell), entry->low, entry->high);
}

const struct cx_currency *cx_convert_currency(
    const struct cx_entry *entry, struct cx_str cell)
{
	return entry->type == CX_TYPE_MONEY  ? cx_number_currency(cell)
	       : entry->type == CX_TYPE_BAND ? cx_band_currency(cell)
	                                     : NULL;
}

static int check_currency(
    const struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	if (!entry->currency || cx_currency_may_be(entry->currency,
	                            cx_convert_currency(entry, cell)))
		return 0;
	return cx_err_record(err, "another currency",
	    "%s is in another currency than the codebook names",
	    cx_quote(cell));
}

static int to_number(const struct cx_entry *entry, struct cx_str cell,
    char *room, struct cx_str *out, struct cx_err *err)
{
	double number;

	if (cx_number_read(cell, cx_convert_kind(entry), entry->decimal, room,
	        out, err) < 0 ||
	    check_currency(entry, cell, err) < 0)
		return -1;
	if (!entry->has_range)
		return 0;
	if (cx_value_number(*out, &number, err) < 0)
		return -1;
	if (number < entry->low || number > entry->high)
		return out_of_range(entry, cell, err);
	return 0;
}

static int no_zone(struct cx_str cell, struct cx_err *err)
{
	return cx_err_set(err, CX_USAGE,
	    "%s has no time zone: name it in the codebook's column \"zone\", "
	    "or with --tz",
	    cx_quote(cell));
}

static int to_time(const struct cx_entry *entry, struct cx_str cell, char *room,
    struct cx_str *out, struct cx_convert_counts *counts, struct cx_err *err)
{
	struct cx_moment moment;
	int64_t local, utc;

	if (cx_moment_is_zero(cell)) {
		counts->zero_dates++;
		return 0;
	}
	if (cx_moment_parse(cell, entry->order, &moment, err) < 0)
		return -1;
	local = cx_civil_to_seconds(&moment.civil);
	if (moment.has_offset) {
		utc = local - moment.offset;
	} else if (entry->zone) {
		enum cx_zone_local kind =
		    cx_zone_to_utc(entry->zone, local, &utc);

		counts->in_gap += kind == CX_LOCAL_GAP;
		counts->twice += kind == CX_LOCAL_TWICE;
	} else {
		return no_zone(cell, err);
	}
	if (!cx_civil_in_range(utc))
		return cx_err_record(err, "not a date",
		    "%s is before the year 1 or after 9999 in UTC",
		    cx_quote(cell));
	cx_instant_format(utc, room);
	*out = (struct cx_str){ room, CX_INSTANT_SIZE };
	return 0;
}

static int by_type(const struct cx_entry *entry, struct cx_str cell, char *room,
    struct cx_str *out, struct cx_convert_counts *counts, struct cx_err *err)
{
	switch (entry->type) {
	case CX_TYPE_SCORE:
		return to_score(entry, cell, room, out, err);
	case CX_TYPE_NUMBER:
	case CX_TYPE_MONEY:
	case CX_TYPE_PERCENT:
		return to_number(entry, cell, room, out, err);
	case CX_TYPE_TIME:
		return to_time(entry, cell, room, out, counts, err);
	case CX_TYPE_LABEL:
		return cx_err_record(err, "not a label",
		    "%s is not one of its labels", cx_quote(cell));
	case CX_TYPE_ID:
	case CX_TYPE_TEXT:
	case CX_TYPE_KEY:
	case CX_TYPE_MULTI:
	case CX_TYPE_BAND:
	case CX_TYPE_DROP:
		break;
	}
	*out = cell;
	return 0;
}

/* ---- labels of a set ---- */

enum { SHORT_LABEL = 64 };

/* Printable ASCII with single spaces is normal but for its case. */
static bool fold_short(struct cx_str cell, char folded[SHORT_LABEL])
{
	if (cell.n > SHORT_LABEL)
		return false;
	for (size_t i = 0; i < cell.n; i++) {
		char c = cell.p[i];

		if (c < ' ' || c > '~' ||
		    (c == ' ' && i && cell.p[i - 1] == ' '))
			return false;
		folded[i] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
	}
	return true;
}

enum label_kind { LABEL_NONE, LABEL_POINT, LABEL_ABSENT };

static enum label_kind find_normal(
    const struct cx_entry *entry, struct cx_str normal, struct cx_str *value)
{
	if (cx_map_get(&entry->absent, normal) >= 0)
		return LABEL_ABSENT;
	return cx_lookup_find(&entry->normal_labels, normal, value)
	           ? LABEL_POINT
	           : LABEL_NONE;
}

static enum label_kind find_in_set(
    const struct cx_entry *entry, struct cx_str cell, struct cx_str *value)
{
	char folded[SHORT_LABEL];
	struct cx_buf normal = { 0 };
	enum label_kind kind;

	if (!entry->set)
		return LABEL_NONE;
	if (fold_short(cell, folded))
		return find_normal(
		    entry, (struct cx_str){ folded, cell.n }, value);
	/* Most labels beyond ASCII are written as the set has them. */
	kind = find_normal(entry, cell, value);
	if (kind != LABEL_NONE)
		return kind;
	cx_normal(&normal, cell);
	kind = find_normal(entry, cx_buf_str(&normal), value);
	cx_buf_release(&normal);
	return kind;
}

/* The value of a label on a scale that may have to be turned over. */
static int from_label(const struct cx_entry *entry, struct cx_str value,
    char *room, struct cx_str *out, struct cx_err *err)
{
	int score;

	*out = value;
	if (!entry->high_is_bad)
		return 0;
	if (cx_value_score(
	        value, (int)entry->low, (int)entry->high, &score, err) < 0)
		return -1;
	*out = turned(entry, score, room);
	return 0;
}

/* ---- the whole ---- */

/* The steps before the type's, all but the one of the lookup table. */
enum step { GONE, VALUE, LABELLED };

static enum step label_step(const struct cx_entry *entry, struct cx_str *cell,
    struct cx_convert_counts *counts)
{
	enum label_kind kind;

	if (cell->n == 0)
		return GONE;
	if (cx_lookup_find(&entry->labels, *cell, cell))
		return LABELLED;
	kind = find_in_set(entry, *cell, cell);
	counts->absent += kind == LABEL_ABSENT;
	return kind == LABEL_ABSENT  ? GONE
	       : kind == LABEL_POINT ? LABELLED
	                             : VALUE;
}

static bool is_missing(const struct cx_entry *entry, struct cx_str cell,
    struct cx_convert_counts *counts)
{
	bool missing = cell.n && cx_map_get(&entry->missing, cell) >= 0;

	counts->missing += missing;
	return missing || cell.n == 0;
}

bool cx_convert_reaches(const struct cx_entry *entry, struct cx_str *cell)
{
	struct cx_convert_counts counts = { 0 };

	*cell = cx_str_trim(*cell);
	if (is_missing(entry, *cell, &counts))
		return false;
	if (entry->has_lookup && !cx_lookup_find(&entry->lookup, *cell, cell))
		return false;
	return label_step(entry, cell, &counts) == VALUE;
}

int cx_convert(const struct cx_entry *entry, struct cx_str cell,
    char room[CX_CONVERTED_SIZE], struct cx_str *out,
    struct cx_convert_counts *counts, struct cx_err *err)
{
	struct cx_str trimmed = cx_str_trim(cell);
	enum step step;

	*out = (struct cx_str){ "", 0 };
	if (is_missing(entry, trimmed, counts))
		return 0;
	if (entry->ident && cx_ident_mend(entry->ident, entry->ident_width,
	                        trimmed, room, &trimmed, err) < 0)
		return -1;
	if (entry->merges.keys.n)
		counts->merged +=
		    cx_lookup_find(&entry->merges, trimmed, &trimmed);
	if (entry->has_lookup &&
	    !cx_lookup_find(&entry->lookup, trimmed, &trimmed))
		return cx_err_record(err, "not in the lookup table",
		    "%s is not in the lookup table", shown(entry, trimmed));
	step = label_step(entry, &trimmed, counts);
	if (step == GONE)
		return 0;
	if (step == LABELLED && entry->type != CX_TYPE_SCORE &&
	    entry->type != CX_TYPE_NUMBER && entry->type != CX_TYPE_MONEY &&
	    entry->type != CX_TYPE_PERCENT)
		return from_label(entry, trimmed, room, out, err);
	/* A text is kept as it came, blanks and all. */
	if (entry->type == CX_TYPE_TEXT && !entry->has_lookup)
		trimmed = cell;
	return by_type(entry, trimmed, room, out, counts, err);
}

/* ---- bands ---- */

const char *cx_part_suffix(enum cx_part part)
{
	static const char *const suffixes[] = { "", "_low", "_high", "_mid" };

	return suffixes[part];
}

/* Open ends are closed by the range. */
static int close_band(const struct cx_entry *entry, struct cx_str cell,
    struct cx_band *band, struct cx_err *err)
{
	if (!entry->has_range)
		return 0;
	if (!band->has_low)
		band->low = entry->low;
	if (!band->has_high)
		band->high = entry->high;
	band->has_low = band->has_high = true;
	if (band->low < entry->low || band->high > entry->high ||
	    band->low > band->high)
		return out_of_range(entry, cell, err);
	return 0;
}

static void put_part(const struct cx_band *band, enum cx_part part, char *room,
    struct cx_str *out)
{
	bool known = part == CX_LOW    ? band->has_low
	             : part == CX_HIGH ? band->has_high
	                               : band->has_low && band->has_high;
	double value = part == CX_LOW    ? band->low
	               : part == CX_HIGH ? band->high
	                                 : (band->low + band->high) / 2;

	*out = (struct cx_str){ "", 0 };
	if (known)
		*out = (struct cx_str){ room,
			(size_t)snprintf(
			    room, CX_CONVERTED_SIZE, "%.15g", value) };
}

int cx_convert_band(const struct cx_entry *entry, enum cx_part part,
    struct cx_str cell, char room[CX_CONVERTED_SIZE], struct cx_str *out,
    struct cx_convert_counts *counts, struct cx_err *err)
{
	struct cx_convert_counts ignored = { 0 };
	struct cx_band band;

	/* Three columns are made of a cell, which is counted once. */
	if (part != CX_LOW)
		counts = &ignored;
	if (cx_convert(entry, cell, room, out, counts, err) < 0)
		return -1;
	if (out->n == 0)
		return 0;
	if (cx_band_read(*out, entry->decimal, &band, err) < 0 ||
	    check_currency(entry, *out, err) < 0 ||
	    close_band(entry, *out, &band, err) < 0)
		return -1;
	put_part(&band, part, room, out);
	return 0;
}
