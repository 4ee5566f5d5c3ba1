/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/entry.h"

#include "libcx/base/mem.h"
#include "libcx/table/currency.h"
#include "libcx/table/merges.h"
#include "libcx/table/value.h"

#include <stdlib.h>

/* In the order of enum cx_type. */
static const char *const types[] = { "text", "id", "score", "number", "label",
	"time", "drop", "money", "multi", "percent", "band", "key" };

enum { N_TYPES = sizeof(types) / sizeof(*types) };

/* ---- the type and what stands behind it ---- */

static int no_type(struct cx_str word, struct cx_err *err)
{
	struct cx_str names[N_TYPES];
	int near;

	for (int i = 0; i < N_TYPES; i++)
		names[i] = cx_str(types[i]);
	near = cx_str_nearest(word, names, N_TYPES);
	return cx_err_set(err, CX_USAGE,
	    "%s is not a type%s%s; types are text, key, id, score, number, "
	    "money, percent, band, label, multi, time and drop",
	    cx_quote(word), near < 0 ? "" : "; did you mean ",
	    near < 0 ? "" : types[near]);
}

void cx_entry_use_set(struct cx_entry *entry, const struct cx_labels *set)
{
	free(entry->set);
	entry->set = cx_strdup(set->name);
	entry->low = set->low;
	entry->high = set->high;
	for (size_t i = 0; i < set->points.keys.n; i++)
		(void)cx_lookup_add(&entry->normal_labels,
		    cx_map_key(&set->points.keys, i),
		    cx_map_key(&set->points.values, set->points.value_of[i]));
	for (size_t i = 0; i < set->absent.n; i++)
		cx_map_put(&entry->absent, cx_map_key(&set->absent, i));
}

static int set_label_set(
    struct cx_entry *entry, struct cx_str name, struct cx_err *err)
{
	const struct cx_label_sets *sets;
	const struct cx_labels *set;

	if (cx_labels_installed(&sets, err) < 0 ||
	    cx_labels_find(sets, name, &set, err) < 0)
		return -1;
	cx_entry_use_set(entry, set);
	return 0;
}

/* "multi ,": a word for what is hard to see in a spreadsheet. */
static void set_separators(struct cx_entry *entry, struct cx_str argument)
{
	free(entry->separators);
	if (cx_str_eq(argument, cx_str("newline")))
		entry->separators = cx_strdup("\n");
	else
		entry->separators = cx_memdup(argument.p, argument.n);
}

/* "id whole", "id 8", "id salesforce". False for any other word. */
static bool set_ident(struct cx_entry *entry, struct cx_str argument)
{
	int64_t width;
	struct cx_err ignored;

	entry->ident = CX_IDENT_WHOLE;
	if (cx_str_eq(argument, cx_str("salesforce")))
		entry->ident = CX_IDENT_SALESFORCE;
	else if (cx_value_whole(argument, &width, &ignored) == 0 &&
	         width >= 1 && width <= CX_IDENT_WIDEST)
		entry->ident_width = (size_t)width;
	else
		return cx_str_eq(argument, cx_str("whole"));
	return true;
}

/* "money JPY" */
static int set_currency(
    struct cx_entry *entry, struct cx_str argument, struct cx_err *err)
{
	entry->currency = cx_currency_of(argument);
	if (entry->currency)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "%s is no currency that is known; name it as in EUR, JPY or USD",
	    cx_quote(argument));
}

static int set_argument(
    struct cx_entry *entry, struct cx_str argument, struct cx_err *err)
{
	if (entry->type == CX_TYPE_LABEL)
		return set_label_set(entry, argument, err);
	if (entry->type == CX_TYPE_SCORE &&
	    cx_str_eq(argument, cx_str("code"))) {
		entry->coded = true;
		return 0;
	}
	if (entry->type == CX_TYPE_MULTI) {
		set_separators(entry, argument);
		return 0;
	}
	if (entry->type == CX_TYPE_ID && set_ident(entry, argument))
		return 0;
	if (entry->type == CX_TYPE_MONEY || entry->type == CX_TYPE_BAND)
		return set_currency(entry, argument, err);
	return cx_err_set(err, CX_USAGE, "nothing like %s goes with %s",
	    cx_quote(argument), types[entry->type]);
}

static int set_type(
    struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	struct cx_str argument = cell, word;

	if (cell.n == 0)
		return 0;
	word = cx_str_next(&argument, ' ');
	entry->has_type = true;
	for (int i = 0; i < N_TYPES; i++) {
		if (!cx_str_eq(word, cx_str(types[i])))
			continue;
		entry->type = (enum cx_type)i;
		argument = cx_str_trim(argument);
		return argument.n ? set_argument(entry, argument, err) : 0;
	}
	return no_type(cell, err);
}

/* ---- one cell each ---- */

/* LOW..HIGH */
static int set_range(
    struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	struct cx_str high = cell, low = cell;

	if (cell.n == 0)
		return 0;
	for (size_t i = 0; i + 1 < cell.n; i++) {
		if (memcmp(cell.p + i, "..", 2) != 0)
			continue;
		low.n = i;
		high.p = cell.p + i + 2;
		high.n = cell.n - i - 2;
		break;
	}
	entry->has_range = true;
	if (low.n == cell.n || cx_value_number(low, &entry->low, err) < 0 ||
	    cx_value_number(high, &entry->high, err) < 0 ||
	    !(entry->low < entry->high))
		return cx_err_set(err, CX_USAGE,
		    "%s is not a range such as 0..10", cx_quote(cell));
	return 0;
}

/* LABEL=VALUE, split at the last "=". */
static int add_label(
    struct cx_entry *entry, struct cx_str item, struct cx_err *err)
{
	struct cx_str label = item, value = item;
	size_t at = item.n;

	while (at > 0 && item.p[at - 1] != '=')
		at--;
	if (at == 0)
		return cx_err_set(
		    err, CX_USAGE, "%s is not LABEL=VALUE", cx_quote(item));
	label.n = at - 1;
	value.p += at;
	value.n -= at;
	label = cx_str_trim(label);
	value = cx_str_trim(value);
	if (label.n == 0 || value.n == 0)
		return cx_err_set(err, CX_USAGE,
		    "%s lacks its label or its value", cx_quote(item));
	if (cx_lookup_add(&entry->labels, label, value) < 0)
		return cx_err_set(err, CX_USAGE, "the label %s has two values",
		    cx_quote(label));
	return 0;
}

static int set_labels(
    struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	while (cell.n) {
		struct cx_str item = cx_str_trim(cx_str_next(&cell, '|'));

		if (item.n && add_label(entry, item, err) < 0)
			return -1;
	}
	return 0;
}

static void set_missing(struct cx_entry *entry, struct cx_str cell)
{
	while (cell.n) {
		struct cx_str item = cx_str_trim(cx_str_next(&cell, '|'));

		if (item.n)
			cx_map_put(&entry->missing, item);
	}
}

static int set_dates(
    struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	if (cell.n == 0 || cx_date_order_of(cell, &entry->order) == 0)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "%s is no form of dates; there are ymd, mdy, dmy, epoch, "
	    "epoch-ms, excel and excel-1904",
	    cx_quote(cell));
}

static int set_decimal(
    struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	if (cell.n == 0)
		return 0;
	if (cell.n != 1 || !strchr(".,", cell.p[0]))
		return cx_err_set(err, CX_USAGE,
		    "%s is no decimal sign; it is a point or a comma",
		    cx_quote(cell));
	entry->decimal = cell.p[0];
	return 0;
}

static int set_zone(
    struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	char *name;
	int code;

	entry->zone_in_cells = cx_str_eq(cell, cx_str("cells"));
	if (cell.n == 0 || entry->zone_in_cells)
		return 0;
	name = cx_memdup(cell.p, cell.n);
	code = cx_zone_open(&entry->zone, name, err);
	free(name);
	return code;
}

/* path, as seen from the folder of the codebook */
static void beside(struct cx_buf *out, const char *codebook, struct cx_str path)
{
	const char *slash = strrchr(codebook, '/');

	if (slash && path.n && path.p[0] != '/')
		cx_buf_add(out, codebook, (size_t)(slash - codebook) + 1);
	cx_buf_adds(out, path);
	cx_buf_addc(out, '\0');
}

/* Makes an error about the lookup table one about the codebook's cell. */
static int in_table(struct cx_err *err)
{
	struct cx_buf text = { 0 };

	cx_err_format(err, &text);
	cx_err_set(err, err->status, "%.*s", (int)text.len, text.data);
	cx_buf_release(&text);
	return -1;
}

/* FILE:KEY:VALUE, read by one of cx_lookup_read and cx_merges_read. */
static int read_table(struct cx_lookup *lookup, const char *codebook,
    struct cx_str cell, const char *form,
    int (*read)(struct cx_lookup *, const char *, struct cx_str, struct cx_str,
        struct cx_err *),
    struct cx_err *err)
{
	struct cx_str rest = cell, path, key;
	struct cx_buf full = { 0 };
	int code;

	if (cell.n == 0)
		return 0;
	path = cx_str_next(&rest, ':');
	key = cx_str_next(&rest, ':');
	if (!rest.p || !path.n || !key.n || !rest.n)
		return cx_err_set(err, CX_USAGE,
		    "%s is not %s, a table and two of its columns",
		    cx_quote(cell), form);
	beside(&full, codebook, path);
	code = read(lookup, full.data, key, rest, err);
	cx_buf_release(&full);
	return code < 0 ? in_table(err) : 0;
}

static int set_lookup(const char *codebook, struct cx_entry *entry,
    struct cx_str cell, struct cx_err *err)
{
	entry->has_lookup = cell.n > 0;
	entry->lookup.loose = true;
	return read_table(&entry->lookup, codebook, cell, "FILE:KEY:VALUE",
	    cx_lookup_read, err);
}

static int set_merges(const char *codebook, struct cx_entry *entry,
    struct cx_str cell, struct cx_err *err)
{
	return read_table(&entry->merges, codebook, cell, "FILE:MERGED:INTO",
	    cx_merges_read, err);
}

static int set_high_is(
    struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	entry->high_is_bad = cx_str_eq(cell, cx_str("bad"));
	if (entry->high_is_bad || cell.n == 0 ||
	    cx_str_eq(cell, cx_str("good")))
		return 0;
	return cx_err_set(
	    err, CX_USAGE, "%s is neither good nor bad", cx_quote(cell));
}

static void set_place(char **place, struct cx_str cell)
{
	*place = cell.n ? cx_memdup(cell.p, cell.n) : NULL;
}

int cx_entry_set(struct cx_entry *entry, enum cx_field field,
    struct cx_str cell, const char *codebook, struct cx_err *err)
{
	switch (field) {
	case CX_FIELD_TYPE:
		return set_type(entry, cell, err);
	case CX_FIELD_RANGE:
		return set_range(entry, cell, err);
	case CX_FIELD_LABELS:
		return set_labels(entry, cell, err);
	case CX_FIELD_MISSING:
		set_missing(entry, cell);
		return 0;
	case CX_FIELD_DATES:
		return set_dates(entry, cell, err);
	case CX_FIELD_DECIMAL:
		return set_decimal(entry, cell, err);
	case CX_FIELD_ZONE:
		return set_zone(entry, cell, err);
	case CX_FIELD_LOOKUP:
		return set_lookup(codebook, entry, cell, err);
	case CX_FIELD_MERGES:
		return set_merges(codebook, entry, cell, err);
	case CX_FIELD_HIGH_IS:
		return set_high_is(entry, cell, err);
	case CX_FIELD_STAGE:
		set_place(&entry->stage, cell);
		return 0;
	case CX_FIELD_TOUCHPOINT:
		set_place(&entry->touchpoint, cell);
		return 0;
	case CX_FIELD_CHANNEL:
		set_place(&entry->channel, cell);
		return 0;
	default:
		return 0;
	}
}

void cx_entry_release(struct cx_entry *entry)
{
	free(entry->name);
	free(entry->header);
	free(entry->separators);
	free(entry->set);
	free(entry->stage);
	free(entry->touchpoint);
	free(entry->channel);
	cx_lookup_release(&entry->labels);
	cx_lookup_release(&entry->normal_labels);
	cx_map_release(&entry->missing);
	cx_map_release(&entry->absent);
	cx_lookup_release(&entry->lookup);
	cx_lookup_release(&entry->merges);
	cx_zone_free(entry->zone);
}
