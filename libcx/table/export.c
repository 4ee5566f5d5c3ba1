/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/export.h"

#include "libcx/base/mem.h"
#include "libcx/io/share.h"
#include "libcx/table/names.h"

#include <stdlib.h>

/* ---- reading ---- */

static struct cx_export *find(struct cx_exports *exports, struct cx_str name)
{
	for (size_t i = 0; i < exports->n; i++)
		if (cx_str_eq(cx_str(exports->list[i].name), name))
			return &exports->list[i];
	return NULL;
}

static void release_export(struct cx_export *e)
{
	free(e->name);
	free(e->zone);
	cx_codebook_release(&e->book);
	*e = (struct cx_export){ .name = NULL };
}

/* The place of a name, which must stay in order; what was there is gone. */
static struct cx_export *place_for(
    struct cx_exports *exports, struct cx_str name)
{
	struct cx_export *e = find(exports, name);
	char *copy = cx_memdup(name.p, name.n);
	size_t at = 0;

	if (e) {
		release_export(e);
		e->name = copy;
		return e;
	}
	exports->list = cx_realloc(
	    exports->list, cx_mul(exports->n + 1, sizeof(*exports->list)));
	while (at < exports->n && strcmp(exports->list[at].name, copy) < 0)
		at++;
	memmove(exports->list + at + 1, exports->list + at,
	    (exports->n - at) * sizeof(*exports->list));
	exports->n++;
	exports->list[at] = (struct cx_export){ .name = copy };
	return &exports->list[at];
}

static int read_export(struct cx_exports *exports, const char *folder,
    struct cx_str name, struct cx_err *err)
{
	struct cx_export *e = place_for(exports, name);
	struct cx_buf path = { 0 };
	int code;

	cx_buf_addf(&path, "%s/%s.tsv", folder, e->name);
	cx_buf_addc(&path, '\0');
	e->book.is_format = true;
	code = cx_codebook_read(&e->book, path.data, err);
	cx_buf_release(&path);
	return code;
}

int cx_exports_read(
    struct cx_exports *exports, const char *folder, struct cx_err *err)
{
	struct cx_map names = { 0 };
	int code = cx_share_list(folder, &names, err);
	size_t *order = cx_map_sorted(&names);

	for (size_t i = 0; i < names.n && code == 0; i++)
		code = read_export(
		    exports, folder, cx_map_key(&names, order[i]), err);
	free(order);
	cx_map_release(&names);
	return code;
}

void cx_exports_release(struct cx_exports *exports)
{
	for (size_t i = 0; i < exports->n; i++)
		release_export(&exports->list[i]);
	free(exports->list);
	*exports = (struct cx_exports){ 0 };
}

static const struct cx_rule *rule_of(
    const struct cx_export *e, enum cx_rule_word word)
{
	for (size_t i = 0; i < e->book.n_rules; i++)
		if (e->book.rules[i].word == word)
			return &e->book.rules[i];
	return NULL;
}

const char *cx_export_title(const struct cx_export *e)
{
	const struct cx_rule *title = rule_of(e, CX_RULE_TITLE);

	return title ? title->note : "";
}

int cx_exports_find(struct cx_exports *exports, struct cx_str name,
    struct cx_export **found, struct cx_err *err)
{
	struct cx_buf listed = { 0 };

	*found = find(exports, name);
	if (*found)
		return 0;
	for (size_t i = 0; i < exports->n; i++)
		cx_buf_addf(
		    &listed, "%s %s", i ? "," : "", exports->list[i].name);
	cx_err_set(err, CX_USAGE, "%s is not a format (there are:%.*s)",
	    cx_quote(name), (int)listed.len, listed.data ? listed.data : "");
	cx_buf_release(&listed);
	return -1;
}

/* ---- recognising ---- */

static bool has_match(const struct cx_rule *rule, const struct cx_first *first)
{
	for (size_t i = 0; i < first->rows[rule->row - 1].n; i++)
		if (cx_rule_matches(
		        rule, cx_first_cell(first, rule->row - 1, i)))
			return true;
	return false;
}

/* How many cells of the row that are not blank match, and how many do not. */
static void count_matches(const struct cx_rule *rule,
    const struct cx_first *first, size_t *yes, size_t *no)
{
	*yes = *no = 0;
	for (size_t i = 0; i < first->rows[rule->row - 1].n; i++) {
		struct cx_str cell = cx_first_cell(first, rule->row - 1, i);

		if (cell.n == 0)
			continue;
		*(cx_rule_matches(rule, cell) ? yes : no) += 1;
	}
}

static bool is_condition(const struct cx_rule *rule)
{
	return rule->word >= CX_RULE_HAS && rule->word <= CX_RULE_LACKS;
}

static bool holds(const struct cx_rule *rule, const struct cx_first *first)
{
	size_t yes, no;

	if (rule->row > first->n)
		return false;
	switch (rule->word) {
	case CX_RULE_HAS:
		return has_match(rule, first);
	case CX_RULE_LACKS:
		return !has_match(rule, first);
	case CX_RULE_FIRST:
		return cx_rule_matches(
		    rule, cx_first_cell(first, rule->row - 1, 0));
	default:
		count_matches(rule, first, &yes, &no);
		return yes > 0 &&
		       (rule->word == CX_RULE_EVERY ? no == 0 : yes >= no);
	}
}

/* How many conditions hold; 0 when one does not. */
static size_t fitness(const struct cx_export *e, const struct cx_first *first)
{
	size_t n = 0;

	for (size_t i = 0; i < e->book.n_rules; i++) {
		const struct cx_rule *rule = &e->book.rules[i];

		if (!is_condition(rule))
			continue;
		if (!holds(rule, first))
			return 0;
		n++;
	}
	return n;
}

/*
 * The one whose signature the first records have; of several the one that
 * asks for most, then the first by name. NULL when there is none.
 */
static struct cx_export *recognise(
    const struct cx_exports *exports, const struct cx_first *first)
{
	struct cx_export *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < exports->n; i++) {
		size_t n = fitness(&exports->list[i], first);

		if (n > most) {
			most = n;
			best = &exports->list[i];
		}
	}
	return best;
}

/* ---- headers ---- */

size_t cx_export_header_rows(const struct cx_export *e)
{
	const struct cx_rule *rule = rule_of(e, CX_RULE_HEADER);

	return rule ? rule->row : 1;
}

/* The first place of part in text, or text.n. */
static size_t place_of(struct cx_str text, struct cx_str part)
{
	for (size_t i = 0; i + part.n <= text.n; i++)
		if (memcmp(text.p + i, part.p, part.n) == 0)
			return i;
	return text.n;
}

/* What stands behind text, up to where the last byte of text comes again. */
static bool behind(struct cx_str cell, struct cx_str text, struct cx_str *found)
{
	size_t at = place_of(cell, text);
	const char *end;

	if (text.n == 0 || at == cell.n)
		return false;
	found->p = cell.p + at + text.n;
	found->n = cell.n - at - text.n;
	end = found->n ? memchr(found->p, text.p[text.n - 1], found->n) : NULL;
	if (!end)
		return false;
	found->n = (size_t)(end - found->p);
	return true;
}

int cx_export_lend_zone(
    const struct cx_export *e, struct cx_codebook *book, struct cx_err *err)
{
	for (size_t i = 0; e->zone && i < book->n; i++) {
		struct cx_entry *entry = &book->entries[i];

		if (entry->type == CX_TYPE_TIME && !entry->zone &&
		    !entry->zone_in_cells &&
		    cx_zone_open(&entry->zone, e->zone, err) < 0)
			return -1;
	}
	return 0;
}

static int take_zone(
    struct cx_export *e, struct cx_str name, struct cx_err *err)
{
	if (!e->zone) {
		e->zone = cx_memdup(name.p, name.n);
		return cx_export_lend_zone(e, &e->book, err);
	}
	if (cx_str_eq(cx_str(e->zone), name))
		return 0;
	return cx_err_set(err, CX_DATA,
	    "the times are in %s, and in %s in a file before this one: read "
	    "them one by one",
	    cx_quote(name), cx_quote(cx_str(e->zone)));
}

static int find_zone(
    struct cx_export *e, const struct cx_first *first, struct cx_err *err)
{
	const struct cx_rule *rule = rule_of(e, CX_RULE_ZONE);
	struct cx_str name;

	for (size_t i = 0;
	     rule && rule->row <= first->n && i < first->rows[rule->row - 1].n;
	     i++)
		if (behind(cx_first_cell(first, rule->row - 1, i),
		        cx_str(rule->header), &name))
			return take_zone(e, name, err);
	return 0;
}

static int use(const struct cx_export_head *head, struct cx_export *e,
    const struct cx_first *first, struct cx_header *header, size_t *n_rows,
    struct cx_err *err)
{
	const struct cx_rule *names = rule_of(e, CX_RULE_NAMES);
	const struct cx_rule *join = rule_of(e, CX_RULE_JOIN);

	*n_rows = cx_export_header_rows(e);
	if (*n_rows > first->n)
		return cx_err_set(err, CX_DATA,
		    "the format %s has %zu header rows, and this has %zu",
		    e->name, *n_rows, first->n);
	if (find_zone(e, first, err) < 0)
		return -1;
	if (!e->complete && cx_codebook_defaults(&e->book, head->zone, err) < 0)
		return -1;
	e->complete = true;
	cx_names_make(header, first, names ? names->row - 1 : 0,
	    join && join->row <= *n_rows ? join : NULL);
	header->export = e;
	header->literal = rule_of(e, CX_RULE_LITERAL) != NULL;
	return 0;
}

static int make(const struct cx_head *head, const struct cx_first *first,
    struct cx_header *header, size_t *n_rows, struct cx_err *err)
{
	const struct cx_export_head *h = (const struct cx_export_head *)head;
	struct cx_export *e = h->chosen;

	if (!e)
		e = recognise(h->exports, first);
	if (e)
		return use(h, e, first, header, n_rows, err);
	*n_rows = 1;
	cx_names_make(header, first, 0, NULL);
	return 0;
}

struct cx_export_head cx_export_head(
    struct cx_exports *exports, struct cx_export *chosen, const char *zone)
{
	return (struct cx_export_head){ { make }, exports, chosen, zone };
}
