/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of rows, met with the columns of the stream. */
#include "cmd/ingest/rows.h"

#include "cmd/ingest/shards.h"
#include "libcx/base/compose.h"
#include "libcx/base/mem.h"

#include <inttypes.h>
#include <stdlib.h>

struct ingest_asked ingest_asked;

static const char *const duplicate_rules[] = { "error", "first", "last",
	"keep" };

enum { N_RULES = 4 };

static int duplicates_of(
    const char *word, enum ingest_duplicates *rule, struct cx_err *err)
{
	*rule = DUPLICATES_ERROR;
	for (int i = 0; word && i < N_RULES; i++) {
		if (strcmp(word, duplicate_rules[i]) != 0)
			continue;
		*rule = (enum ingest_duplicates)i;
		return 0;
	}
	if (!word)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "--duplicates: %s is not error, first, last or keep",
	    cx_quote(cx_str(word)));
}

int ingest_rows_check(struct cx_err *err)
{
	enum ingest_duplicates rule;

	if (ingest_asked.pseudonymize.n && !ingest_asked.key)
		return cx_err_set(
		    err, CX_USAGE, "--pseudonymize needs --key FILE");
	if (ingest_asked.key && !ingest_asked.pseudonymize.n)
		return cx_err_set(
		    err, CX_USAGE, "--key is for --pseudonymize COLUMN");
	if (ingest_flags_check(err) < 0)
		return -1;
	return duplicates_of(ingest_asked.duplicates, &rule, err);
}

/* ---- columns ---- */

int ingest_find_column(const struct ingest_rows *rows, const char *option,
    struct cx_str name, size_t *column, struct cx_err *err)
{
	struct cx_err why = { .status = CX_DONE };

	if (cx_header_find(&rows->header, name, column, &why) == 0)
		return 0;
	return cx_err_set(err, CX_USAGE, "--%s: %s", option, why.what);
}

static int set_cells(struct ingest_rows *rows, const struct cx_list *names,
    const char *option, enum ingest_cells cells, struct cx_err *err)
{
	for (size_t i = 0; i < names->n; i++) {
		struct cx_str name = cx_str(names->items[i]);
		size_t column;

		if (ingest_find_column(rows, option, name, &column, err) < 0)
			return -1;
		if (rows->cells[column] && rows->cells[column] != cells)
			return cx_err_set(err, CX_USAGE,
			    "--%s: %s is asked for something else too", option,
			    cx_quote(name));
		rows->cells[column] = cells;
	}
	rows->rewrite |= names->n > 0;
	return 0;
}

/* A column by its meaning, where the stream has it. */
static size_t look(const struct ingest_rows *rows, const char *name)
{
	ptrdiff_t column = cx_header_look(&rows->header, cx_str(name));

	return column < 0 ? CX_ABSENT : (size_t)column;
}

int ingest_need_column(const struct ingest_rows *rows, const char *option,
    const char *name, size_t *column, struct cx_err *err)
{
	*column = look(rows, name);
	if (*column != CX_ABSENT)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "--%s needs the column %s, and the stream has none", option, name);
}

static int find_latest(struct ingest_rows *rows, struct cx_err *err)
{
	const char *name = ingest_asked.latest_per;

	if (!name)
		return 0;
	rows->hold = true;
	if (ingest_find_column(
	        rows, "latest-per", cx_str(name), &rows->group, err) < 0)
		return -1;
	return ingest_need_column(rows, "latest-per", "time", &rows->time, err);
}

static int find_refunds(struct ingest_rows *rows, struct cx_err *err)
{
	const char *name = ingest_asked.net_refunds;

	if (!name)
		return 0;
	rows->hold = rows->flags = true;
	if (ingest_find_column(
	        rows, "net-refunds", cx_str(name), &rows->order, err) < 0 ||
	    ingest_need_column(
	        rows, "net-refunds", "amount", &rows->amount, err) < 0)
		return -1;
	if (rows->cells[rows->amount] == CELLS_STAY)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "--net-refunds needs the column amount in the stream");
}

/* ---- the whole ---- */

static void need_up_to(struct ingest_rows *rows, size_t column)
{
	if (column != CX_ABSENT && column >= rows->n_needed)
		rows->n_needed = column + 1;
}

/* Facts come from the first cells; those behind need no look. */
static void find_needed(struct ingest_rows *rows)
{
	need_up_to(rows, rows->id);
	need_up_to(rows, rows->id == CX_ABSENT ? CX_ABSENT : rows->touchpoint);
	need_up_to(rows, rows->group);
	need_up_to(rows, rows->order);
	need_up_to(rows, rows->time);
	need_up_to(rows, rows->duration);
	need_up_to(rows, rows->csat);
	for (size_t i = 0; i < rows->n_batteries; i++)
		for (size_t k = 0; k < rows->batteries[i].n; k++)
			need_up_to(rows, rows->batteries[i].columns[k]);
	if (ingest_asked.conditions)
		rows->n_needed = rows->n_columns;
	for (size_t i = 0; i < rows->n_columns; i++)
		if (rows->cells[i] == CELLS_PSEUDONYMS)
			need_up_to(rows, i);
}

static int find_all(struct ingest_rows *rows, struct cx_err *err)
{
	const struct ingest_asked *asked = &ingest_asked;

	if (set_cells(rows, &asked->drop, "drop", CELLS_DROPPED, err) < 0 ||
	    set_cells(rows, &asked->pseudonymize, "pseudonymize",
	        CELLS_PSEUDONYMS, err) < 0 ||
	    set_cells(rows, &asked->redact, "redact", CELLS_REDACTED, err) < 0)
		return -1;
	if (duplicates_of(asked->duplicates, &rows->duplicates, err) < 0 ||
	    find_latest(rows, err) < 0 || find_refunds(rows, err) < 0 ||
	    ingest_flags_find(rows, err) < 0)
		return -1;
	rows->id = look(rows, "id");
	rows->touchpoint = look(rows, "touchpoint");
	if ((rows->duplicates == DUPLICATES_FIRST ||
	        rows->duplicates == DUPLICATES_LAST) &&
	    ingest_need_column(rows, "duplicates", "id", &rows->id, err) < 0)
		return -1;
	rows->hold |= rows->duplicates == DUPLICATES_LAST;
	if (rows->flags && look(rows, "flags") != CX_ABSENT)
		return cx_err_set(err, CX_USAGE,
		    "the stream has a column flags already: give it another "
		    "name, or drop it in the codebook");
	return 0;
}

static struct ingest_rows *new_rows(size_t n)
{
	struct ingest_rows *rows = cx_calloc(1, sizeof(*rows));

	rows->n_columns = n;
	rows->cells = cx_calloc(n, sizeof(*rows->cells));
	rows->id = rows->touchpoint = rows->group = rows->order = rows->time =
	    rows->amount = rows->duration = rows->csat = CX_ABSENT;
	rows->form = cx_writer_form();
	return rows;
}

static bool has_work(const struct ingest_rows *rows)
{
	return rows->rewrite || rows->hold || rows->flags ||
	       (rows->id != CX_ABSENT && rows->duplicates != DUPLICATES_KEEP);
}

int ingest_rows_start(struct ingest *ingest, struct cx_err *err)
{
	const struct cx_map *names = &ingest->columns.names;
	struct ingest_rows *rows = new_rows(names->n);
	int code = 0;

	for (size_t i = 0; i < names->n && code == 0; i++)
		code = cx_header_add(&rows->header, cx_map_key(names, i), err);
	if (code == 0)
		code = find_all(rows, err);
	if (code == 0 && ingest_asked.key)
		code = cx_pseudonym_open(&rows->key, ingest_asked.key, err);
	if (code < 0 || !has_work(rows)) {
		ingest_rows_free(rows);
		return code;
	}
	find_needed(rows);
	ingest->rows = rows;
	return 0;
}

void ingest_rows_columns(const struct ingest *ingest)
{
	const struct ingest_rows *rows = ingest->rows;
	const struct cx_map *names = &ingest->columns.names;

	for (size_t i = 0; i < names->n; i++)
		if (!rows || rows->cells[i] != CELLS_DROPPED)
			ingest_put_column(ingest, cx_map_key(names, i));
	if (!rows)
		return;
	if (rows->flags)
		ingest_put_column(ingest, cx_str("flags"));
	/* Facts are taken from lines of TSV. */
	ingest->rows->rewrite |= rows->flags && !rows->hold;
	if (!rows->hold && !cx_writer_is_tsv(ingest->writer))
		ingest->rows->rewrite = true;
}

const struct cx_writer *ingest_rows_form(const struct ingest *ingest)
{
	const struct ingest_rows *rows = ingest->rows;

	return rows && (rows->rewrite || rows->hold) ? rows->form
	                                             : ingest->writer;
}

void ingest_rows_tell(const struct ingest *ingest)
{
	const struct ingest_rows *rows = ingest->rows;
	struct cx_buf text = { 0 };

	if (!rows)
		return;
	for (int i = 1; ingest_asked.redact.n && i < CX_N_REDACTED; i++)
		cx_buf_addf(&text, "%s %s %" PRIu64, i > 1 ? "," : "",
		    cx_redacted_name((enum cx_redacted)i), rows->redacted[i]);
	if (text.len)
		cx_cli_note(ingest->cli, "taken out of texts:%.*s",
		    (int)text.len, text.data);
	if (rows->flags)
		ingest_tell_flags(ingest);
	cx_buf_release(&text);
}

/* ---- what is not to be seen ---- */

static bool names(const struct ingest *ingest, const struct cx_list *asked,
    struct cx_str name)
{
	const struct cx_map *columns = &ingest->columns.names;

	for (size_t i = 0; i < asked->n; i++) {
		struct cx_str item = cx_str(asked->items[i]);
		size_t number = item.n > 1 && item.p[0] == '#'
		                    ? strtoul(item.p + 1, NULL, 10)
		                    : 0;

		if (cx_compose_same(item, name) ||
		    (number && number <= columns->n &&
		        cx_str_eq(cx_map_key(columns, number - 1), name)))
			return true;
	}
	return false;
}

static bool hides(const struct ingest *ingest, struct cx_str name)
{
	return names(ingest, &ingest_asked.pseudonymize, name) ||
	       names(ingest, &ingest_asked.redact, name) ||
	       names(ingest, &ingest_asked.drop, name);
}

bool ingest_hides(const struct ingest *ingest, struct cx_str name)
{
	struct cx_buf part = { 0 };
	bool hidden = hides(ingest, name);

	for (int i = CX_LOW; i <= CX_MIDDLE && !hidden; i++) {
		cx_buf_clear(&part);
		cx_buf_adds(&part, name);
		cx_buf_addz(&part, cx_part_suffix((enum cx_part)i));
		hidden = hides(ingest, cx_buf_str(&part));
	}
	cx_buf_release(&part);
	return hidden;
}

void ingest_rows_mask(const struct ingest *ingest, struct cx_err *err)
{
	const struct ingest_asked *asked = &ingest_asked;
	enum { LONGEST_CHARACTER = 4 };
	size_t n = strlen(err->column);
	bool is_cut = n + LONGEST_CHARACTER >= sizeof(err->column);

	/* Of a name that had no room it is not known which it was. */
	if (is_cut &&
	    (asked->pseudonymize.n || asked->redact.n || asked->drop.n))
		cx_err_hide(err);
	else if (n && ingest_hides(ingest, cx_str(err->column)))
		cx_err_hide(err);
}

static void hide_source(
    const struct cx_header *header, size_t source, struct cx_predicate *where)
{
	for (size_t i = 0; i < cx_predicate_n_columns(where); i++)
		if (source != CX_ABSENT &&
		    cx_header_look(header, cx_predicate_column(where, i)) ==
		        (ptrdiff_t)source)
			cx_predicate_hide(where, i);
}

int ingest_hide_sources(const struct ingest *ingest,
    const struct cx_header *header, struct cx_predicate *where,
    struct cx_err *err)
{
	struct cx_recipe recipe;
	int code = cx_recipe_make(&recipe, &ingest->book, header, err);

	for (size_t i = 0; code == 0 && i < recipe.n; i++) {
		const struct cx_step *step = &recipe.steps[i];

		if (!ingest_hides(ingest, step->name))
			continue;
		hide_source(header, step->source, where);
		for (size_t k = 0; k < step->n_sources; k++)
			hide_source(header, step->sources[k], where);
	}
	for (size_t i = 0; code == 0 && i < recipe.n_ratings; i++)
		if (ingest_hides(ingest, cx_str(recipe.ratings[i].entry->name)))
			hide_source(header, recipe.ratings[i].source, where);
	cx_recipe_release(&recipe);
	return code;
}

void ingest_rows_free(struct ingest_rows *rows)
{
	if (!rows)
		return;
	ingest_flags_free(rows);
	cx_header_release(&rows->header);
	free(rows->cells);
	cx_pseudonym_close(&rows->key);
	cx_writer_free(rows->form);
	cx_map_release(&rows->ids);
	cx_map_release(&rows->responses);
	cx_map_release(&rows->groups);
	cx_map_release(&rows->orders);
	for (size_t i = 0; rows->amounts && i < rows->held.n; i++)
		free(rows->amounts[i]);
	free(rows->amounts);
	cx_held_release(&rows->held);
	free(rows->seen);
	free(rows->facts);
	free(rows->latest);
	cx_reject_list_release(&rows->late);
	free(rows);
}
