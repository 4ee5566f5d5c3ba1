/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/labels.h"

#include "libcx/base/mem.h"
#include "libcx/base/normal.h"
#include "libcx/io/share.h"
#include "libcx/table/settings.h"
#include "libcx/table/value.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* A scale has two ends. */
enum { LEAST_POINTS = 2 };

/*
 * A set that lacks so many of its points gives way to one that lacks none of
 * so many: agree, neutral and disagree may be all of three, or few answers of
 * five.
 */
enum { LEAST_LACKING = 2, LEAST_COMPLETE = 4 };

/* A scale of so many points may be asked without its middle one too. */
enum { LEAST_ODD = 5 };

/* The file of labels that are no answer in any set. */
static const char no_answer[] = "no-answer";

/* ---- reading ---- */

static void release_set(struct cx_labels *set)
{
	free(set->name);
	cx_lookup_release(&set->points);
	cx_lookup_release(&set->words);
	cx_map_release(&set->absent);
}

static int add_label(struct cx_labels *set, struct cx_str label,
    struct cx_str word, struct cx_str value, struct cx_err *err)
{
	double number;

	if (value.n == 0) {
		cx_map_put(&set->absent, label);
		return 0;
	}
	if (cx_value_number(value, &number, err) < 0)
		return -1;
	if (set->points.keys.n == 0 || number < set->low)
		set->low = number;
	if (set->points.keys.n == 0 || number > set->high)
		set->high = number;
	if (cx_lookup_add(&set->points, label, value) < 0)
		return cx_err_set(err, CX_DATA, "the label %s has two values",
		    cx_quote(label));
	(void)cx_lookup_add(&set->words, label, word);
	return 0;
}

/* A row is one word, in all its spellings. */
static int add_row(struct cx_labels *set, struct cx_str spellings,
    struct cx_str value, struct cx_err *err)
{
	struct cx_buf word = { 0 }, label = { 0 };
	int code = 0;

	while (code == 0 && spellings.p) {
		cx_normal(&label, cx_str_next(&spellings, '|'));
		if (word.len == 0)
			cx_buf_adds(&word, cx_buf_str(&label));
		code = add_label(
		    set, cx_buf_str(&label), cx_buf_str(&word), value, err);
	}
	cx_buf_release(&label);
	cx_buf_release(&word);
	return code;
}

static int read_rows(void *state, struct cx_reader *reader, struct cx_err *err)
{
	struct cx_labels *set = state;
	const struct cx_row *row;
	size_t label, value;
	int more = cx_header_find(
	    cx_reader_header(reader), cx_str("label"), &label, err);

	if (more == 0)
		more = cx_header_find(
		    cx_reader_header(reader), cx_str("value"), &value, err);
	if (more < 0)
		return -1;
	while ((more = cx_reader_next(reader, &row, err)) > 0) {
		if (add_row(set, cx_row_cell(row, label),
		        cx_str_trim(cx_row_cell(row, value)), err) < 0) {
			err->line = cx_reader_line(reader);
			return -1;
		}
	}
	if (more < 0)
		cx_reader_explain(reader, err);
	return more;
}

static int add_set(struct cx_label_sets *sets, const char *folder,
    struct cx_str name, struct cx_err *err)
{
	struct cx_buf path = { 0 };
	int code;

	cx_buf_addf(&path, "%s/%.*s.tsv", folder, (int)name.n, name.p);
	cx_buf_addc(&path, '\0');
	sets->sets[sets->n] =
	    (struct cx_labels){ .name = cx_memdup(name.p, name.n) };
	code =
	    cx_settings_read(path.data, read_rows, &sets->sets[sets->n++], err);
	cx_buf_release(&path);
	return code;
}

static const struct cx_labels *set_called(
    const struct cx_label_sets *sets, struct cx_str name)
{
	for (size_t i = 0; i < sets->n; i++)
		if (cx_str_eq(cx_str(sets->sets[i].name), name))
			return &sets->sets[i];
	return NULL;
}

/* The answers but the middle; those above it move down by one. */
static void leave_out_middle(
    struct cx_labels *twin, const struct cx_labels *set)
{
	double middle = (set->low + set->high) / 2;

	for (size_t i = 0; i < set->points.keys.n; i++) {
		struct cx_str label = cx_map_key(&set->points.keys, i);
		struct cx_str value = { "", 0 }, word = label;
		struct cx_err err;
		double number = 0;
		char text[8];

		(void)cx_lookup_find(&set->points, label, &value);
		(void)cx_lookup_find(&set->words, label, &word);
		(void)cx_value_number(value, &number, &err);
		if (number == middle)
			continue;
		snprintf(text, sizeof(text), "%.0f",
		    number > middle ? number - 1 : number);
		(void)add_label(twin, label, word, cx_str(text), &err);
	}
}

/* Whether it is called by its points, 1 to 5 or 1 to 7. */
static bool is_odd(const struct cx_labels *set)
{
	size_t points = set->points.values.n, n = strlen(set->name);

	return points % 2 && points >= LEAST_ODD && points < 10 && n &&
	       set->name[n - 1] == (char)('0' + points) && set->low == 1 &&
	       set->high == (double)points;
}

/* Of each odd scale the even one, unless there is a file of its name. */
static void add_twins(struct cx_label_sets *sets)
{
	size_t n = sets->n;

	for (size_t i = 0; i < n; i++) {
		const struct cx_labels *set = &sets->sets[i];
		struct cx_str name = cx_str(set->name);
		struct cx_labels twin = { 0 };

		if (!is_odd(set))
			continue;
		twin.name = cx_memdup(name.p, name.n);
		twin.name[name.n - 1]--;
		if (set_called(sets, cx_str(twin.name))) {
			free(twin.name);
			continue;
		}
		leave_out_middle(&twin, set);
		sets->sets[sets->n++] = twin;
	}
}

static int by_name(const void *a, const void *b)
{
	const struct cx_labels *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Takes the file "no-answer" out, and its labels into all sets. */
static void share_absent(struct cx_label_sets *sets)
{
	struct cx_labels none = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < sets->n; i++) {
		if (strcmp(sets->sets[i].name, no_answer) == 0)
			none = sets->sets[i];
		else
			sets->sets[n++] = sets->sets[i];
	}
	sets->n = n;
	for (size_t i = 0; i < n * none.absent.n; i++) {
		struct cx_labels *set = &sets->sets[i / none.absent.n];
		struct cx_str label =
		    cx_map_key(&none.absent, i % none.absent.n);

		if (cx_map_get(&set->points.keys, label) < 0)
			cx_map_put(&set->absent, label);
	}
	release_set(&none);
}

int cx_labels_read(
    struct cx_label_sets *sets, const char *folder, struct cx_err *err)
{
	struct cx_map names = { 0 };
	size_t *order;
	int code = cx_share_list(folder, &names, err);

	/* There is a place for a twin of each. */
	sets->sets = cx_calloc(2 * names.n, sizeof(*sets->sets));
	order = cx_map_sorted(&names);
	for (size_t i = 0; i < names.n && code == 0; i++)
		code = add_set(sets, folder, cx_map_key(&names, order[i]), err);
	if (code == 0)
		add_twins(sets);
	share_absent(sets);
	qsort(sets->sets, sets->n, sizeof(*sets->sets), by_name);
	free(order);
	cx_map_release(&names);
	return code;
}

void cx_labels_release(struct cx_label_sets *sets)
{
	for (size_t i = 0; i < sets->n; i++)
		release_set(&sets->sets[i]);
	free(sets->sets);
	*sets = (struct cx_label_sets){ 0 };
}

/* ---- those of the installation ---- */

/* For as long as the program runs: threads may use it when exit is called. */
static struct cx_label_sets installed;

static int read_installed(struct cx_err *err)
{
	struct cx_buf folder = { 0 };
	int code = cx_share_find("labels", &folder, err);

	if (code == 0)
		code = cx_err_set(err, CX_DATA,
		    "there is no folder of label sets at %s", folder.data);
	else if (code > 0)
		code = cx_labels_read(&installed, folder.data, err);
	cx_buf_release(&folder);
	if (code < 0)
		cx_labels_release(&installed);
	return code;
}

int cx_labels_installed(const struct cx_label_sets **sets, struct cx_err *err)
{
	*sets = &installed;
	return installed.n || read_installed(err) == 0 ? 0 : -1;
}

/* Without the number of points. */
static struct cx_str stem_of(const struct cx_labels *set)
{
	const char *hyphen = strrchr(set->name, '-');

	return hyphen
	           ? (struct cx_str){ set->name, (size_t)(hyphen - set->name) }
	           : cx_str(set->name);
}

static int no_set(
    const struct cx_label_sets *sets, struct cx_str name, struct cx_err *err)
{
	struct cx_str *names = cx_malloc(cx_mul(sets->n, sizeof(*names)));
	struct cx_str before = { "", 0 };
	struct cx_buf listed = { 0 };
	int near;

	for (size_t i = 0; i < sets->n; i++) {
		struct cx_str stem = stem_of(&sets->sets[i]);

		names[i] = cx_str(sets->sets[i].name);
		if (!cx_str_eq(stem, before))
			cx_buf_addf(&listed, "%s %.*s", i ? "," : "",
			    (int)stem.n, stem.p);
		before = stem;
	}
	near = cx_str_nearest(name, names, sets->n);
	cx_err_set(err, CX_USAGE,
	    "%s is not a set of labels%s%s%s (there are, each with its number "
	    "of points as in agreement-5:%.*s)",
	    cx_quote(name), near < 0 ? "" : "; did you mean ",
	    near < 0 ? "" : sets->sets[near].name, near < 0 ? "" : "?",
	    (int)listed.len, listed.data ? listed.data : "");
	cx_buf_release(&listed);
	free(names);
	return -1;
}

int cx_labels_find(const struct cx_label_sets *sets, struct cx_str name,
    const struct cx_labels **found, struct cx_err *err)
{
	*found = set_called(sets, name);
	return *found ? 0 : no_set(sets, name, err);
}

/* ---- which set a column is in ---- */

void cx_seen_add(struct cx_seen *seen, struct cx_str cell)
{
	struct cx_str trimmed = cx_str_trim(cell);
	struct cx_buf normal = { 0 };
	size_t before = seen->written.n;

	if (seen->too_many || trimmed.n == 0 ||
	    cx_map_put(&seen->written, trimmed) < before)
		return;
	cx_normal(&normal, trimmed);
	if (normal.len)
		cx_map_put(&seen->normal, cx_buf_str(&normal));
	cx_buf_release(&normal);
	seen->too_many =
	    seen->normal.n > CX_SEEN_MOST || seen->written.n > 4 * CX_SEEN_MOST;
}

void cx_seen_merge(struct cx_seen *into, const struct cx_seen *from)
{
	into->too_many |= from->too_many;
	for (size_t i = 0; i < from->written.n && !into->too_many; i++)
		cx_seen_add(into, cx_map_key(&from->written, i));
}

void cx_seen_release(struct cx_seen *seen)
{
	cx_map_release(&seen->normal);
	cx_map_release(&seen->written);
	*seen = (struct cx_seen){ 0 };
}

/*
 * How many values of the set no answer has. -1: some answer is not in it, or
 * two words have one value, for then the scale has more points than the set.
 */
static ptrdiff_t unused_points(
    const struct cx_labels *set, const struct cx_seen *seen)
{
	struct cx_map values = { 0 }, words = { 0 };
	bool inside = true;
	size_t used;

	for (size_t i = 0; i < seen->normal.n; i++) {
		struct cx_str answer = cx_map_key(&seen->normal, i);
		struct cx_str value, word;

		if (cx_map_get(&set->absent, answer) >= 0)
			continue;
		inside = cx_lookup_find(&set->points, answer, &value) &&
		         cx_lookup_find(&set->words, answer, &word);
		if (!inside)
			break;
		cx_map_put(&values, value);
		cx_map_put(&words, word);
	}
	used = values.n;
	inside &= words.n == used;
	cx_map_release(&words);
	cx_map_release(&values);
	if (!inside || used < LEAST_POINTS)
		return -1;
	return (ptrdiff_t)(set->points.values.n - used);
}

/* Whether two sets that hold all answers make the same of each. */
static bool agree(const struct cx_labels *a, const struct cx_labels *b,
    const struct cx_seen *seen)
{
	if (a->low != b->low || a->high != b->high)
		return false;
	for (size_t i = 0; i < seen->normal.n; i++) {
		struct cx_str answer = cx_map_key(&seen->normal, i);
		struct cx_str x = { "", 0 }, y = { "", 0 };

		(void)cx_lookup_find(&a->points, answer, &x);
		(void)cx_lookup_find(&b->points, answer, &y);
		if (!cx_str_eq(x, y))
			return false;
	}
	return true;
}

/* Whether some set has an answer to each of its points, and they are many. */
static bool any_complete(
    const struct cx_label_sets *sets, const struct cx_seen *seen)
{
	for (size_t i = 0; i < sets->n; i++)
		if (sets->sets[i].points.values.n >= LEAST_COMPLETE &&
		    unused_points(&sets->sets[i], seen) == 0)
			return true;
	return false;
}

enum cx_fit cx_labels_fit(const struct cx_label_sets *sets,
    const struct cx_seen *seen, const struct cx_labels **found,
    const struct cx_labels **other)
{
	ptrdiff_t most = PTRDIFF_MAX;

	*found = NULL;
	if (seen->too_many)
		return CX_FIT_NONE;
	if (any_complete(sets, seen))
		most = LEAST_LACKING - 1;
	for (size_t i = 0; i < sets->n; i++) {
		const struct cx_labels *set = &sets->sets[i];
		ptrdiff_t unused = unused_points(set, seen);

		if (unused < 0 || unused > most)
			continue;
		if (!*found) {
			*found = set;
		} else if (!agree(*found, set, seen)) {
			*other = set;
			return CX_FIT_AMBIGUOUS;
		}
	}
	return *found ? CX_FIT_ONE : CX_FIT_NONE;
}

static size_t count_points(
    const struct cx_labels *set, const struct cx_seen *seen)
{
	struct cx_map values = { 0 };
	struct cx_str value;
	size_t n;

	for (size_t i = 0; i < seen->normal.n; i++)
		if (cx_lookup_find(
		        &set->points, cx_map_key(&seen->normal, i), &value))
			cx_map_put(&values, value);
	n = values.n;
	cx_map_release(&values);
	return n;
}

static bool has_answer(const struct cx_labels *set, struct cx_str answer)
{
	struct cx_buf normal = { 0 };
	bool has;

	cx_normal(&normal, answer);
	has = cx_map_get(&set->absent, cx_buf_str(&normal)) >= 0 ||
	      cx_map_get(&set->points.keys, cx_buf_str(&normal)) >= 0;
	cx_buf_release(&normal);
	return has;
}

const struct cx_labels *cx_labels_nearest(const struct cx_label_sets *sets,
    const struct cx_seen *seen, struct cx_str *odd)
{
	const struct cx_labels *best = NULL;
	size_t most = LEAST_POINTS - 1;

	for (size_t i = 0; i < sets->n; i++) {
		size_t n = count_points(&sets->sets[i], seen);

		if (n > most) {
			best = &sets->sets[i];
			most = n;
		}
	}
	for (size_t i = 0; best && i < seen->written.n; i++) {
		*odd = cx_map_key(&seen->written, i);
		if (!has_answer(best, *odd))
			return best;
	}
	return NULL;
}
