/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/recipe.h"

#include "libcx/base/glob.h"
#include "libcx/base/mem.h"
#include "libcx/table/export.h"

#include <stdlib.h>

/* ---- which columns of a source an entry is about ---- */

/* #N..#M, from 0; false when it is none. */
static bool is_stretch(const struct cx_header *header, struct cx_str text,
    size_t *from, size_t *to)
{
	struct cx_str low = text, high = text;
	ptrdiff_t a, b;

	for (size_t i = 0; i + 3 < text.n; i++) {
		if (text.p[0] != '#' || memcmp(text.p + i, "..#", 3) != 0)
			continue;
		low.n = i;
		high = (struct cx_str){ text.p + i + 2, text.n - i - 2 };
		a = cx_header_look(header, low);
		b = cx_header_look(header, high);
		if (a < 0 || b < a)
			return false;
		*from = (size_t)a;
		*to = (size_t)b;
		return true;
	}
	return false;
}

static size_t by_name(
    const struct cx_entry *entry, const struct cx_header *header)
{
	struct cx_str name = cx_str(entry->header);
	ptrdiff_t column = cx_header_look(header, name);

	if (column >= 0)
		return (size_t)column;
	for (size_t i = 0; i < cx_header_n(header); i++)
		if (cx_str_eq(cx_str_trim(cx_header_name(header, i)), name))
			return i;
	return CX_ABSENT;
}

/*
 * The columns of an entry, of those not used yet where it has a pattern;
 * columns has room for all. A name goes before a pattern.
 */
static size_t find_sources(const struct cx_entry *entry,
    const struct cx_header *header, const bool *used, size_t *columns)
{
	size_t n = 0, from, to, column = by_name(entry, header);

	if (column != CX_ABSENT) {
		columns[0] = column;
		return 1;
	}
	if (is_stretch(header, cx_str(entry->header), &from, &to)) {
		for (; from <= to; from++)
			columns[n++] = from;
		return n;
	}
	if (!cx_is_glob(cx_str(entry->header)))
		return 0;
	for (size_t i = 0; i < cx_header_n(header); i++)
		if (!(used && used[i]) &&
		    cx_glob(cx_str(entry->header),
		        cx_str_trim(cx_header_name(header, i)), NULL))
			columns[n++] = i;
	return n;
}

size_t cx_recipe_source(
    const struct cx_entry *entry, const struct cx_header *header)
{
	size_t *columns =
	    cx_malloc(cx_mul(cx_header_n(header) + 1, sizeof(*columns)));
	size_t n = find_sources(entry, header, NULL, columns);
	size_t first = n ? columns[0] : CX_ABSENT;

	free(columns);
	return first;
}

int cx_recipe_absent(const struct cx_codebook *book,
    const struct cx_entry *entry, const struct cx_header *header,
    struct cx_err *err)
{
	size_t column;

	if (cx_header_find(header, cx_str(entry->header), &column, err) == 0)
		return 0;
	if (entry->line) {
		err->line = entry->line;
		cx_err_file(err, book->path);
	}
	return -1;
}

/* ---- steps ---- */

/* What would be counted twice if it stood in the rows of touchpoints too. */
static bool counts_once(const struct cx_entry *entry, struct cx_str name)
{
	static const char *const names[] = { "nps", "csat", "ces", "emotion",
		"feeling", "comment", "amount" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (cx_str_eq(name, cx_str(names[i])))
			return true;
	return entry &&
	       (entry->type == CX_TYPE_SCORE || entry->type == CX_TYPE_MONEY ||
	           entry->type == CX_TYPE_BAND);
}

static struct cx_step *add_step(struct cx_recipe *recipe,
    const struct cx_entry *entry, size_t source, struct cx_str name)
{
	struct cx_step *step = &recipe->steps[recipe->n++];

	*step = (struct cx_step){ .entry = entry,
		.source = source,
		.name = name,
		.once = counts_once(entry, name) };
	return step;
}

static struct cx_step *find_step(
    const struct cx_recipe *recipe, struct cx_str name)
{
	for (size_t i = 0; i < recipe->n; i++)
		if (cx_str_eq(recipe->steps[i].name, name))
			return &recipe->steps[i];
	return NULL;
}

static void need_step(struct cx_recipe *recipe, struct cx_str name)
{
	if (!find_step(recipe, name))
		add_step(recipe, NULL, CX_ABSENT, name);
}

/* A name that the recipe owns. */
static struct cx_str own_name(
    struct cx_recipe *recipe, struct cx_str name, const char *suffix)
{
	struct cx_buf text = { 0 };
	char *copy;

	cx_buf_adds(&text, name);
	cx_buf_addz(&text, suffix);
	copy = cx_memdup(text.data, text.len);
	cx_buf_release(&text);
	recipe->texts = cx_realloc(
	    recipe->texts, cx_mul(recipe->n_texts + 1, sizeof(*recipe->texts)));
	recipe->texts[recipe->n_texts++] = copy;
	return cx_str(copy);
}

/* "q_*" for the star that stood in the pattern of the header. */
static struct cx_str filled_name(
    struct cx_recipe *recipe, const struct cx_entry *entry, struct cx_str star)
{
	struct cx_str rest = cx_str(entry->name), filled;
	struct cx_buf name = { 0 };

	cx_buf_adds(&name, cx_str_next(&rest, '*'));
	cx_buf_adds(&name, star);
	cx_buf_adds(&name, rest);
	filled = own_name(recipe, cx_buf_str(&name), "");
	cx_buf_release(&name);
	return filled;
}

static struct cx_str star_of(
    const struct cx_entry *entry, const struct cx_header *header, size_t column)
{
	struct cx_str name = cx_str_trim(cx_header_name(header, column)), star;

	if (!cx_is_glob(cx_str(entry->header)) ||
	    !cx_glob(cx_str(entry->header), name, &star))
		return name;
	return star;
}

static void add_to_multi(struct cx_recipe *recipe, const struct cx_entry *entry,
    const struct cx_header *header, const size_t *columns, size_t n)
{
	struct cx_step *step = find_step(recipe, cx_str(entry->name));
	size_t all;

	if (!step)
		step = add_step(recipe, entry, columns[0], cx_str(entry->name));
	all = step->n_sources + n;
	step->sources =
	    cx_realloc(step->sources, cx_mul(all, sizeof(*step->sources)));
	step->options =
	    cx_realloc(step->options, cx_mul(all, sizeof(*step->options)));
	for (size_t i = 0; i < n; i++) {
		step->sources[step->n_sources] = columns[i];
		step->options[step->n_sources++] =
		    star_of(entry, header, columns[i]);
	}
}

/* The column of an entry, or the three of a band. */
static void add_named(struct cx_recipe *recipe, const struct cx_entry *entry,
    size_t column, struct cx_str name)
{
	if (entry->type != CX_TYPE_BAND) {
		add_step(recipe, entry, column, name);
		return;
	}
	for (enum cx_part part = CX_LOW; part <= CX_MIDDLE; part++)
		add_step(recipe, entry, column,
		    own_name(recipe, name, cx_part_suffix(part)))
		    ->part = part;
}

static void add_rating(
    struct cx_recipe *recipe, const struct cx_entry *entry, size_t column)
{
	recipe->ratings[recipe->n_ratings++] =
	    (struct cx_rating){ entry, column, CX_ABSENT };
}

static int ambiguous(const struct cx_codebook *book,
    const struct cx_entry *entry, size_t n, struct cx_err *err)
{
	cx_err_set(err, CX_USAGE,
	    "%zu columns are called like %s: put a * into the name of the "
	    "column too, or make it a multi",
	    n, cx_quote(cx_str(entry->header)));
	err->line = entry->line;
	cx_err_file(err, book->path ? book->path : "-c");
	return -1;
}

static int add_columns(struct cx_recipe *recipe, const struct cx_codebook *book,
    const struct cx_entry *entry, const struct cx_header *header,
    const size_t *columns, size_t n, struct cx_err *err)
{
	bool many = cx_is_glob(cx_str(entry->name)) &&
	            cx_is_glob(cx_str(entry->header));

	if (entry->type == CX_TYPE_DROP || n == 0)
		return 0;
	if (entry->type == CX_TYPE_MULTI) {
		add_to_multi(recipe, entry, header, columns, n);
		return 0;
	}
	if (n > 1 && !many)
		return ambiguous(book, entry, n, err);
	if (entry->touchpoint) {
		add_rating(recipe, entry, columns[0]);
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		add_named(recipe, entry, columns[i],
		    many ? filled_name(recipe, entry,
		               star_of(entry, header, columns[i]))
		         : cx_str(entry->name));
	return 0;
}

/* ---- entries of a format, which give way ---- */

static bool has_zone(const struct cx_entry *entry)
{
	return entry->type != CX_TYPE_TIME || entry->zone ||
	       entry->zone_in_cells;
}

/*
 * A format's column is not used where the codebook names it or its source,
 * where another column of the source is called so, and a time of nobody
 * knows which zone stays as it is.
 */
static bool gives_way(const struct cx_recipe *recipe,
    const struct cx_entry *entry, const struct cx_header *header,
    const bool *used, size_t column)
{
	struct cx_str name = cx_str(entry->name);
	ptrdiff_t other = cx_header_look(header, name);

	return used[column] || find_step(recipe, name) ||
	       (other >= 0 && (size_t)other != column) || !has_zone(entry);
}

static int add_entry(struct cx_recipe *recipe, const struct cx_codebook *book,
    const struct cx_entry *entry, const struct cx_header *header, bool *used,
    struct cx_err *err)
{
	size_t *columns =
	    cx_malloc(cx_mul(cx_header_n(header) + 1, sizeof(*columns)));
	size_t n = find_sources(entry, header, used, columns);
	int code = 0;

	if (n && !(entry->optional &&
	             gives_way(recipe, entry, header, used, columns[0]))) {
		for (size_t i = 0; i < n; i++)
			used[columns[i]] = true;
		code =
		    add_columns(recipe, book, entry, header, columns, n, err);
	}
	free(columns);
	return code;
}

static int add_book(struct cx_recipe *recipe, const struct cx_codebook *book,
    const struct cx_header *header, bool *used, struct cx_err *err)
{
	for (size_t i = 0; i < book->n; i++)
		if (add_entry(
		        recipe, book, &book->entries[i], header, used, err) < 0)
			return -1;
	return 0;
}

/* ---- touchpoints ---- */

static const struct cx_str stage = { "stage", 5 };
static const struct cx_str touchpoint = { "touchpoint", 10 };
static const struct cx_str channel = { "channel", 7 };

static void need_touchpoints(struct cx_recipe *recipe)
{
	for (size_t i = 0; i < recipe->n_ratings; i++)
		need_step(recipe, cx_str(recipe->ratings[i].entry->name));
	if (recipe->n_ratings)
		need_step(recipe, touchpoint);
	for (size_t i = 0; i < recipe->n_ratings; i++) {
		if (recipe->ratings[i].entry->stage)
			need_step(recipe, stage);
		if (recipe->ratings[i].entry->channel)
			need_step(recipe, channel);
	}
}

/* ---- the whole ---- */

/* The columns of touchpoints may be the source's own, for its response rows. */
static void add_rest(
    struct cx_recipe *recipe, const struct cx_header *header, const bool *used)
{
	for (size_t i = 0; i < cx_header_n(header); i++) {
		struct cx_str name = cx_str_trim(cx_header_name(header, i));
		struct cx_step *step =
		    recipe->n_ratings ? find_step(recipe, name) : NULL;

		if (used[i])
			continue;
		if (step && step->source == CX_ABSENT)
			step->source = i;
		else
			add_step(recipe, NULL, i, name);
	}
}

static int check_names(const struct cx_recipe *recipe, struct cx_err *err)
{
	struct cx_map names = { 0 };
	int code = 0;

	for (size_t i = 0; i < recipe->n && code == 0; i++) {
		size_t before = names.n;

		if (cx_map_put(&names, recipe->steps[i].name) < before)
			code = cx_err_set(err, CX_USAGE,
			    "two columns would be called %s: name one of "
			    "them otherwise, or drop it",
			    cx_quote(recipe->steps[i].name));
	}
	cx_map_release(&names);
	return code;
}

int cx_recipe_make(struct cx_recipe *recipe, const struct cx_codebook *book,
    const struct cx_header *header, struct cx_err *err)
{
	size_t n = cx_header_n(header);
	size_t n_entries =
	    book->n + (header->export ? header->export->book.n : 0);
	bool *used = cx_calloc(n, sizeof(*used));
	int code;

	/*
	 * Each column has one step, or those of a band, each entry one more,
	 * and 3 are places.
	 */
	*recipe = (struct cx_recipe){
		.steps = cx_calloc(
		    CX_MIDDLE * (n_entries + n) + 3, sizeof(*recipe->steps)),
		.ratings = cx_calloc(n_entries, sizeof(*recipe->ratings)),
		.stage = CX_ABSENT,
		.touchpoint = CX_ABSENT,
		.channel = CX_ABSENT,
	};
	code = add_book(recipe, book, header, used, err);
	need_touchpoints(recipe);
	if (code == 0 && header->export)
		code =
		    add_book(recipe, &header->export->book, header, used, err);
	need_touchpoints(recipe);
	add_rest(recipe, header, used);
	free(used);
	return code < 0 ? -1 : check_names(recipe, err);
}

static size_t place_of(const struct cx_union *all, struct cx_str name)
{
	ptrdiff_t at = cx_map_get(&all->names, name);

	return at < 0 ? CX_ABSENT : (size_t)at;
}

int cx_recipe_arrange(
    struct cx_recipe *recipe, const struct cx_union *all, struct cx_err *err)
{
	struct cx_step *steps = cx_calloc(all->names.n, sizeof(*steps));

	for (size_t i = 0; i < all->names.n; i++)
		steps[i] = (struct cx_step){ .source = CX_ABSENT,
			.name = cx_map_key(&all->names, i) };
	for (size_t i = 0; i < recipe->n; i++) {
		ptrdiff_t at = cx_map_get(&all->names, recipe->steps[i].name);

		if (at < 0) {
			free(steps);
			return cx_err_set(err, CX_DATA,
			    "the column %s came up as the file was read",
			    cx_quote(recipe->steps[i].name));
		}
		steps[at] = recipe->steps[i];
	}
	free(recipe->steps);
	recipe->steps = steps;
	recipe->n = all->names.n;
	recipe->stage = place_of(all, stage);
	recipe->touchpoint = place_of(all, touchpoint);
	recipe->channel = place_of(all, channel);
	for (size_t i = 0; i < recipe->n_ratings; i++)
		recipe->ratings[i].step =
		    place_of(all, cx_str(recipe->ratings[i].entry->name));
	return 0;
}

void cx_recipe_release(struct cx_recipe *recipe)
{
	for (size_t i = 0; i < recipe->n; i++) {
		free(recipe->steps[i].sources);
		free(recipe->steps[i].options);
	}
	for (size_t i = 0; i < recipe->n_texts; i++)
		free(recipe->texts[i]);
	free(recipe->steps);
	free(recipe->ratings);
	free(recipe->texts);
	*recipe = (struct cx_recipe){ 0 };
}
