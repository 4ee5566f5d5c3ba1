/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/ingest/scout.h"

#include "cmd/ingest/rows.h"
#include "libcx/base/mem.h"
#include "libcx/table/band.h"

#include <inttypes.h>
#include <stdlib.h>

const char *ingest_dates, *ingest_decimal;
static enum cx_date_order default_order;
static char default_decimal;

static int set_decimal(struct cx_err *err)
{
	if (!ingest_decimal)
		return 0;
	default_decimal = ingest_decimal[0];
	if (strcmp(ingest_decimal, ".") == 0 ||
	    strcmp(ingest_decimal, ",") == 0)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "--decimal: %s is no decimal sign; it is a point or a comma",
	    cx_quote(cx_str(ingest_decimal)));
}

int ingest_scout_options(struct cx_err *err)
{
	if (set_decimal(err) < 0)
		return -1;
	if (!ingest_dates ||
	    cx_date_order_of(cx_str(ingest_dates), &default_order) == 0)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "--dates: %s is no form of dates; there are ymd, mdy, dmy, epoch, "
	    "epoch-ms, excel and excel-1904",
	    cx_quote(cx_str(ingest_dates)));
}

/* Recipes borrow entries that are ours to complete, while nobody reads. */
static struct cx_entry *own(const struct cx_entry *entry)
{
	return (struct cx_entry *)(uintptr_t)entry;
}

static bool is_open_date(const struct cx_entry *entry)
{
	return entry->type == CX_TYPE_TIME && entry->order == CX_ORDER_UNKNOWN;
}

static bool is_open_number(const struct cx_entry *entry)
{
	return entry->decimal == '\0' &&
	       (entry->type == CX_TYPE_NUMBER || entry->type == CX_TYPE_MONEY ||
	           entry->type == CX_TYPE_PERCENT ||
	           entry->type == CX_TYPE_BAND);
}

static bool is_open(const struct cx_entry *entry)
{
	return entry && (entry->find_set || is_open_date(entry) ||
	                    is_open_number(entry));
}

static void look(struct ingest *ingest, const struct cx_entry *entry)
{
	if (!is_open(entry))
		return;
	if (entry->type == CX_TYPE_TIME)
		own(entry)->order = default_order;
	else
		own(entry)->decimal = default_decimal;
	ingest->has_open |= is_open(entry);
}

void ingest_scout_look(struct ingest *ingest, const struct cx_recipe *recipe)
{
	for (size_t i = 0; i < recipe->n; i++)
		look(ingest, recipe->steps[i].entry);
	for (size_t i = 0; i < recipe->n_ratings; i++)
		look(ingest, recipe->ratings[i].entry);
}

/* ---- the pass ---- */

static struct ingest_column *column_of(
    struct ingest_scout *scout, const struct cx_entry *entry)
{
	for (size_t i = 0; i < scout->n; i++)
		if (scout->columns[i].entry == entry)
			return &scout->columns[i];
	scout->columns = cx_realloc(
	    scout->columns, cx_mul(scout->n + 1, sizeof(*scout->columns)));
	scout->columns[scout->n] = (struct ingest_column){ .entry = entry };
	return &scout->columns[scout->n++];
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct ingest_scout *scout = state;

	scout->ingest = ((const struct ingest_scout *)total)->ingest;
	return cx_recipe_make(
	    &scout->recipe, &scout->ingest->book, header, err);
}

static void add_number(struct cx_evidence *evidence,
    const struct cx_entry *entry, struct cx_str cell, struct cx_reader *reader)
{
	unsigned signs = entry->type == CX_TYPE_BAND
	                     ? cx_band_signs(cell)
	                     : cx_number_signs(cell, cx_convert_kind(entry));

	cx_evidence_number(evidence, signs, cell, reader);
}

static void look_at(struct ingest_scout *scout, const struct cx_entry *entry,
    const struct cx_row *row, size_t source)
{
	struct ingest_column *column;
	struct cx_str cell;

	if (!is_open(entry) || source == CX_ABSENT)
		return;
	cell = cx_row_cell(row, source);
	if (!cx_convert_reaches(entry, &cell))
		return;
	column = column_of(scout, entry);
	if (entry->find_set)
		cx_seen_add(&column->seen, cell);
	else if (entry->type == CX_TYPE_TIME)
		cx_evidence_date(&column->evidence, cell, row->reader);
	else
		add_number(&column->evidence, entry, cell, row->reader);
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct ingest_scout *scout = state;
	const struct cx_recipe *recipe = &scout->recipe;

	(void)err;
	/* Of the parts of a band one is enough. */
	for (size_t i = 0; i < recipe->n; i++)
		if (recipe->steps[i].part <= CX_LOW)
			look_at(scout, recipe->steps[i].entry, row,
			    recipe->steps[i].source);
	for (size_t i = 0; i < recipe->n_ratings; i++)
		look_at(scout, recipe->ratings[i].entry, row,
		    recipe->ratings[i].source);
	return 0;
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct ingest_scout *total = into, *piece = from;

	(void)err;
	for (size_t i = 0; i < piece->n; i++) {
		struct ingest_column *column = &piece->columns[i];
		struct ingest_column *to = column_of(total, column->entry);

		cx_evidence_merge(&to->evidence, &column->evidence);
		column->evidence = (struct cx_evidence){ .n = { 0 } };
		cx_seen_merge(&to->seen, &column->seen);
		cx_seen_release(&column->seen);
	}
	return 0;
}

void ingest_scout_release(struct ingest_scout *scout)
{
	for (size_t i = 0; i < scout->n; i++)
		cx_seen_release(&scout->columns[i].seen);
	cx_recipe_release(&scout->recipe);
	free(scout->columns);
}

static void release(void *state)
{
	ingest_scout_release(state);
}

/* ---- what comes of it ---- */

static bool wanted(const void *main)
{
	return ((const struct ingest_state *)main)->ingest->has_open;
}

static int settle_dates(const struct cx_cli *cli,
    const struct ingest_column *column, struct cx_err *err)
{
	struct cx_entry *entry = own(column->entry);
	struct cx_finding finding;

	if (cx_evidence_order(&column->evidence, &entry->order, &finding, err) <
	    0)
		return -1;
	if (finding.n)
		cx_cli_note(cli,
		    "column %s: dates are %s: %" PRIu64 " of %" PRIu64
		    " that depend on it can be nothing else",
		    cx_quote(cx_str(entry->name)),
		    cx_date_order_name(entry->order), finding.n_decisive,
		    finding.n);
	return 0;
}

static int no_set(const struct cx_label_sets *sets,
    const struct ingest_column *column, struct cx_err *err)
{
	const struct cx_labels *nearest = NULL;
	struct cx_str odd;

	/* Blank cells alone need no labels. */
	if (column->seen.written.n == 0)
		return 0;
	if (!column->seen.too_many && !column->evidence.hidden)
		nearest = cx_labels_nearest(sets, &column->seen, &odd);
	return cx_err_set(err, CX_DATA,
	    "there is no set of labels that has all its answers, each with "
	    "a value of its own%s%s%s%s: name them in the codebook's column "
	    "\"labels\"",
	    nearest ? "; " : "", nearest ? nearest->name : "",
	    nearest ? " lacks " : "", nearest ? cx_quote(odd) : "");
}

static int settle_labels(const struct cx_cli *cli,
    const struct ingest_column *column, struct cx_err *err)
{
	const struct cx_labels *found, *other = NULL;
	const struct cx_label_sets *sets;
	struct cx_entry *entry = own(column->entry);

	if (cx_labels_installed(&sets, err) < 0)
		return -1;
	switch (cx_labels_fit(sets, &column->seen, &found, &other)) {
	case CX_FIT_NONE:
		return no_set(sets, column, err);
	case CX_FIT_AMBIGUOUS:
		return cx_err_set(err, CX_DATA,
		    "its answers are labels of %s and of %s, which differ: "
		    "name one in the codebook, as in \"label %s\"",
		    found->name, other->name, found->name);
	case CX_FIT_ONE:
		break;
	}
	cx_entry_use_set(entry, found);
	cx_cli_note(cli, "column %s%s%s: labels of %s, %g to %g",
	    cx_quote(cx_str(entry->name)), entry->touchpoint ? " of " : "",
	    entry->touchpoint ? cx_quote(cx_str(entry->touchpoint)) : "",
	    found->name, found->low, found->high);
	return 0;
}

static int settle_decimal(const struct cx_cli *cli,
    const struct ingest_column *column, struct cx_err *err)
{
	struct cx_entry *entry = own(column->entry);
	struct cx_finding finding;

	if (cx_evidence_decimal(
	        &column->evidence, &entry->decimal, &finding, err) < 0)
		return -1;
	/* A point among points is what everybody takes it for. */
	if (entry->decimal == ',' || finding.n_decisive < finding.n)
		cx_cli_note(cli,
		    "column %s: the decimal sign is a %s: %" PRIu64
		    " of %" PRIu64 " cells with a comma or a point can have "
		    "no other",
		    cx_quote(cx_str(entry->name)),
		    entry->decimal == ',' ? "comma" : "point",
		    finding.n_decisive, finding.n);
	return 0;
}

static int settle_column(const struct cx_cli *cli,
    const struct ingest_column *column, struct cx_err *err)
{
	if (column->entry->find_set)
		return settle_labels(cli, column, err);
	return column->entry->type == CX_TYPE_TIME
	           ? settle_dates(cli, column, err)
	           : settle_decimal(cli, column, err);
}

static int settle(void *main, void *total, struct cx_err *err)
{
	struct ingest_scout *scout = total;

	(void)main;
	for (size_t i = 0; i < scout->n; i++) {
		struct ingest_column *column = &scout->columns[i];

		column->evidence.hidden =
		    ingest_hides(scout->ingest, cx_str(column->entry->name));
		if (settle_column(scout->ingest->cli, column, err) < 0) {
			cx_err_column(err, cx_str(column->entry->name));
			return -1;
		}
	}
	return 0;
}

static const struct cx_fold fold = { sizeof(struct ingest_scout), false, NULL,
	bind, add_row, merge, release };

struct cx_scout ingest_scout_job(
    struct ingest *ingest, struct ingest_scout *total)
{
	*total = (struct ingest_scout){ .ingest = ingest };
	return (struct cx_scout){ &fold, total, wanted, settle };
}
