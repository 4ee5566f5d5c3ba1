/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of rows, met with the columns of the stream. */
#include "cmd/ingest-rows.h"

#include "libcx/base/mem.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct ingest_asked ingest_asked;

static const char *const duplicate_rules[] = { "error", "first", "last",
	"keep" };

enum { N_RULES = 4, BATTERY_LEAST = 3 };

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
	return duplicates_of(ingest_asked.duplicates, &rule, err);
}

/* ---- columns ---- */

static int find(const struct cx_header *header, const char *option,
    struct cx_str name, size_t *column, struct cx_err *err)
{
	struct cx_err why = { .status = CX_DONE };

	if (cx_header_find(header, name, column, &why) == 0)
		return 0;
	return cx_err_set(err, CX_USAGE, "--%s: %s", option, why.what);
}

static int set_cells(struct ingest_rows *rows, const struct cx_header *header,
    const struct cx_list *names, const char *option, enum ingest_cells cells,
    struct cx_err *err)
{
	for (size_t i = 0; i < names->n; i++) {
		struct cx_str name = cx_str(names->items[i]);
		size_t column;

		if (find(header, option, name, &column, err) < 0)
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
static size_t look(const struct cx_header *header, const char *name)
{
	ptrdiff_t column = cx_header_look(header, cx_str(name));

	return column < 0 ? CX_ABSENT : (size_t)column;
}

/* One that an option cannot do without. */
static int need(const struct cx_header *header, const char *option,
    const char *name, size_t *column, struct cx_err *err)
{
	*column = look(header, name);
	if (*column != CX_ABSENT)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "--%s needs the column %s, and the stream has none", option, name);
}

static int find_latest(struct ingest_rows *rows, const struct cx_header *header,
    struct cx_err *err)
{
	const char *name = ingest_asked.latest_per;

	if (!name)
		return 0;
	rows->hold = true;
	if (find(header, "latest-per", cx_str(name), &rows->group, err) < 0)
		return -1;
	return need(header, "latest-per", "time", &rows->time, err);
}

static int find_refunds(struct ingest_rows *rows,
    const struct cx_header *header, struct cx_err *err)
{
	const char *name = ingest_asked.net_refunds;

	if (!name)
		return 0;
	rows->hold = rows->flags = true;
	if (find(header, "net-refunds", cx_str(name), &rows->order, err) < 0 ||
	    need(header, "net-refunds", "amount", &rows->amount, err) < 0)
		return -1;
	if (rows->cells[rows->amount] == CELLS_STAY)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "--net-refunds needs the column amount in the stream");
}

/* ---- flags ---- */

/* COLUMN=N or COLUMN=N%, split at the last "=". */
static int find_speeder(struct ingest_rows *rows,
    const struct cx_header *header, struct cx_err *err)
{
	const char *text = ingest_asked.speeder;
	const char *equals = text ? strrchr(text, '=') : NULL;
	struct cx_str name = { text, equals ? (size_t)(equals - text) : 0 };
	double n;
	char *end;

	if (!text)
		return 0;
	n = equals ? strtod(equals + 1, &end) : 0;
	if (!(n > 0) || !isfinite(n) || (*end && strcmp(end, "%") != 0))
		return cx_err_set(err, CX_USAGE,
		    "--speeder: %s is not COLUMN=N or COLUMN=N%%",
		    cx_quote(cx_str(text)));
	rows->flags = true;
	rows->hold |= *end == '%';
	if (*end)
		rows->least_percent = n;
	else
		rows->least = n;
	return find(header, "speeder", name, &rows->duration, err);
}

static int add_to_battery(struct ingest_battery *battery,
    const struct cx_header *header, struct cx_str name, struct cx_err *err)
{
	size_t column;

	if (find(header, "battery", name, &column, err) < 0)
		return -1;
	battery->columns = cx_realloc(battery->columns,
	    cx_mul(battery->n + 1, sizeof(*battery->columns)));
	battery->columns[battery->n++] = column;
	return 0;
}

static int find_battery(struct ingest_rows *rows,
    struct ingest_battery *battery, const struct cx_header *header,
    const char *text, struct cx_err *err)
{
	struct cx_str rest = cx_str(text);

	if (strcmp(text, "touchpoint") == 0) {
		battery->touchpoints = true;
		return need(header, "battery", "csat", &rows->csat, err);
	}
	while (rest.n) {
		struct cx_str name = cx_str_trim(cx_str_next(&rest, '|'));

		if (add_to_battery(battery, header, name, err) < 0)
			return -1;
	}
	if (battery->n >= BATTERY_LEAST)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "--battery: %s is not A|B|C, three columns or more",
	    cx_quote(cx_str(text)));
}

static int find_batteries(struct ingest_rows *rows,
    const struct cx_header *header, struct cx_err *err)
{
	const struct cx_list *asked = &ingest_asked.batteries;

	rows->batteries = cx_calloc(asked->n, sizeof(*rows->batteries));
	rows->n_batteries = asked->n;
	rows->flags |= asked->n > 0;
	for (size_t i = 0; i < asked->n; i++)
		if (find_battery(rows, &rows->batteries[i], header,
		        asked->items[i], err) < 0)
			return -1;
	return 0;
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
}

static int find_all(struct ingest_rows *rows, const struct cx_header *header,
    struct cx_err *err)
{
	const struct ingest_asked *asked = &ingest_asked;

	if (set_cells(rows, header, &asked->drop, "drop", CELLS_DROPPED, err) <
	        0 ||
	    set_cells(rows, header, &asked->pseudonymize, "pseudonymize",
	        CELLS_PSEUDONYMS, err) < 0 ||
	    set_cells(rows, header, &asked->redact, "redact", CELLS_REDACTED,
	        err) < 0)
		return -1;
	if (duplicates_of(asked->duplicates, &rows->duplicates, err) < 0 ||
	    find_latest(rows, header, err) < 0 ||
	    find_refunds(rows, header, err) < 0 ||
	    find_speeder(rows, header, err) < 0 ||
	    find_batteries(rows, header, err) < 0)
		return -1;
	rows->id = look(header, "id");
	rows->touchpoint = look(header, "touchpoint");
	if (rows->duplicates == DUPLICATES_LAST && rows->id != CX_ABSENT)
		rows->hold = true;
	if (rows->flags && look(header, "flags") != CX_ABSENT)
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
	struct cx_header header = { .names = { 0 } };
	int code = 0;

	for (size_t i = 0; i < names->n && code == 0; i++)
		code = cx_header_add(&header, cx_map_key(names, i), err);
	if (code == 0)
		code = find_all(rows, &header, err);
	cx_header_release(&header);
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
			cx_writer_column(
			    ingest->writer, cx_map_key(names, i), CX_TEXT);
	if (!rows)
		return;
	if (rows->flags)
		cx_writer_column(ingest->writer, cx_str("flags"), CX_TEXT);
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
	cx_buf_clear(&text);
	for (unsigned flag = 1; rows->flags && flag <= FLAG_REFUND; flag *= 2)
		if (rows->flagged[flag])
			cx_buf_addf(&text, "%s %s %" PRIu64,
			    text.len ? "," : "", ingest_flag_name(flag),
			    rows->flagged[flag]);
	if (rows->flags)
		cx_cli_note(ingest->cli, "records flagged:%.*s",
		    text.len ? (int)text.len : 2, text.len ? text.data : " 0");
	cx_buf_release(&text);
}

void ingest_rows_mask(const struct ingest *ingest, struct cx_err *err)
{
	const struct ingest_rows *rows = ingest->rows;
	ptrdiff_t column =
	    cx_map_get(&ingest->columns.names, cx_str(err->column));

	if (!rows || column < 0 || !rows->cells[column])
		return;
	snprintf(err->what, sizeof(err->what),
	    "a cell, which is not shown, cannot be used%s%s",
	    err->reason ? ": " : "", err->reason ? err->reason : "");
}

void ingest_rows_free(struct ingest_rows *rows)
{
	if (!rows)
		return;
	for (size_t i = 0; i < rows->n_batteries; i++)
		free(rows->batteries[i].columns);
	free(rows->batteries);
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
