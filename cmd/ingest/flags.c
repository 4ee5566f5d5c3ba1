/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is flagged: by batteries, by conditions, and by what others find. */
#include "cmd/ingest/rows.h"

#include "libcx/base/mem.h"
#include "libcx/table/value.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* By bit. */
static const char *const words[N_FLAGS] = { "straight-lining", "speeder",
	"refund" };

enum { BATTERY_LEAST = 3, SAME_LEAST = 3 };

/* ---- what is asked ---- */

/* NAME of NAME=CONDITION. */
static struct cx_str name_of(const char *asked)
{
	struct cx_str rest = cx_str(asked);

	return cx_str_trim(cx_str_next(&rest, '='));
}

static struct cx_str word_of(size_t bit)
{
	return bit < N_FLAGS ? cx_str(words[bit])
	                     : name_of(ingest_asked.flags.items[bit - N_FLAGS]);
}

/* At most MOST_FLAGS. */
static size_t n_bits(void)
{
	return N_FLAGS + ingest_asked.flags.n;
}

static int check_name(size_t bit, struct cx_err *err)
{
	struct cx_str name = word_of(bit);

	if (!name.n || memchr(name.p, ';', name.n))
		return cx_err_set(err, CX_USAGE,
		    "--flag: %s is not NAME=CONDITION",
		    cx_quote(cx_str(ingest_asked.flags.items[bit - N_FLAGS])));
	for (size_t i = 0; i < bit; i++)
		if (cx_str_eq(word_of(i), name))
			return cx_err_set(err, CX_USAGE,
			    "--flag: there is a flag %s already",
			    cx_quote(name));
	return 0;
}

static int read_condition(const char *asked, struct cx_err *err)
{
	const char *equals = strchr(asked, '=');

	if (!equals)
		return cx_err_set(err, CX_USAGE,
		    "--flag: %s is not NAME=CONDITION",
		    cx_quote(cx_str(asked)));
	return cx_predicate_add(ingest_asked.conditions, cx_str(equals + 1),
	    "--flag", 1, (size_t)(equals - asked) + 2, err);
}

int ingest_flags_check(struct cx_err *err)
{
	const struct cx_list *asked = &ingest_asked.flags;

	if (asked->n > MOST_FLAGS - N_FLAGS)
		return cx_err_set(err, CX_USAGE, "--flag: more than %d",
		    MOST_FLAGS - N_FLAGS);
	if (asked->n)
		ingest_asked.conditions = cx_predicate_new();
	for (size_t i = 0; i < asked->n; i++)
		if (check_name(N_FLAGS + i, err) < 0 ||
		    read_condition(asked->items[i], err) < 0)
			return -1;
	return 0;
}

/* ---- met with the columns ---- */

/* COLUMN=N or COLUMN=N%, split at the last "=". */
static int find_speeder(struct ingest_rows *rows, struct cx_err *err)
{
	const char *text = ingest_asked.speeder;
	const char *equals = text ? strrchr(text, '=') : NULL;
	struct cx_str name = { text, equals ? (size_t)(equals - text) : 0 };
	struct cx_str bound = cx_str(equals ? equals + 1 : "");
	bool of_median = bound.n && bound.p[bound.n - 1] == '%';
	double n;

	if (!text)
		return 0;
	bound.n -= of_median;
	if (cx_value_number(bound, &n, err) < 0 || !(n > 0))
		return cx_err_set(err, CX_USAGE,
		    "--speeder: %s is not COLUMN=N or COLUMN=N%%",
		    cx_quote(cx_str(text)));
	rows->flags = true;
	rows->hold |= of_median;
	if (of_median)
		rows->least_percent = n;
	else
		rows->least = n;
	return ingest_find_column(rows, "speeder", name, &rows->duration, err);
}

static int add_to_battery(struct ingest_rows *rows,
    struct ingest_battery *battery, struct cx_str name, struct cx_err *err)
{
	size_t column;

	if (ingest_find_column(rows, "battery", name, &column, err) < 0)
		return -1;
	battery->columns = cx_realloc(battery->columns,
	    cx_mul(battery->n + 1, sizeof(*battery->columns)));
	battery->columns[battery->n++] = column;
	return 0;
}

static int find_battery(struct ingest_rows *rows,
    struct ingest_battery *battery, const char *text, struct cx_err *err)
{
	struct cx_str rest = cx_str(text);

	if (strcmp(text, "touchpoint") == 0) {
		battery->touchpoints = true;
		return ingest_need_column(
		    rows, "battery", "csat", &rows->csat, err);
	}
	while (rest.n) {
		struct cx_str name = cx_str_trim(cx_str_next(&rest, '|'));

		if (add_to_battery(rows, battery, name, err) < 0)
			return -1;
	}
	if (battery->n >= BATTERY_LEAST)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "--battery: %s is not A|B|C, three columns or more",
	    cx_quote(cx_str(text)));
}

/* That each column of the conditions is there is told before any data. */
static int find_conditions(struct ingest_rows *rows, struct cx_err *err)
{
	struct cx_test *test;

	if (!ingest_asked.conditions)
		return 0;
	rows->flags = true;
	test = cx_test_new(ingest_asked.conditions, &rows->header, err);
	cx_test_free(test);
	return test ? 0 : -1;
}

int ingest_flags_find(struct ingest_rows *rows, struct cx_err *err)
{
	const struct cx_list *asked = &ingest_asked.batteries;

	rows->batteries = cx_calloc(asked->n, sizeof(*rows->batteries));
	rows->n_batteries = asked->n;
	rows->flags |= asked->n > 0;
	for (size_t i = 0; i < asked->n; i++)
		if (find_battery(
		        rows, &rows->batteries[i], asked->items[i], err) < 0)
			return -1;
	if (find_speeder(rows, err) < 0)
		return -1;
	return find_conditions(rows, err);
}

void ingest_flags_free(struct ingest_rows *rows)
{
	for (size_t i = 0; i < rows->n_batteries; i++)
		free(rows->batteries[i].columns);
	free(rows->batteries);
}

/* ---- batteries ---- */

/* Counts answers that are alike: 0 when one differs from those before it. */
struct alike {
	struct cx_str first;
	size_t n;
	bool differs;
};

static void compare(struct alike *alike, struct cx_str cell)
{
	cell = cx_str_trim(cell);
	if (!cell.n)
		return;
	if (alike->n++ == 0)
		alike->first = cell;
	else
		alike->differs |= !cx_str_eq(alike->first, cell);
}

/* The ratings in the rows behind the first one. */
static void compare_touchpoints(const struct ingest_rows *rows,
    struct ingest_piece *p, const char *at, const char *end,
    struct alike *alike)
{
	while (at < end) {
		const char *lf = memchr(at, '\n', (size_t)(end - at));
		const char *stop = lf ? lf : end;
		size_t n = ingest_split(at, stop, p->cells, rows->csat + 1);

		if (n > rows->csat)
			compare(alike, p->cells[rows->csat]);
		at = stop + (lf != NULL);
	}
}

static bool is_straight(const struct ingest_rows *rows, struct ingest_piece *p,
    const struct ingest_battery *battery, const char *behind, const char *end)
{
	struct alike alike = { .n = 0 };

	for (size_t i = 0; i < battery->n; i++)
		compare(&alike, ingest_cell(p, battery->columns[i]));
	if (battery->touchpoints)
		compare_touchpoints(rows, p, behind, end, &alike);
	return alike.n >= SAME_LEAST && !alike.differs;
}

/* The cells of columns first: ratings of touchpoints use their room. */
static void find_straight(const struct ingest_rows *rows,
    struct ingest_piece *p, struct ingest_record *r, const char *behind,
    const char *end)
{
	for (int touchpoints = 0; touchpoints < 2; touchpoints++)
		for (size_t i = 0; i < rows->n_batteries; i++)
			if (rows->batteries[i].touchpoints == touchpoints &&
			    is_straight(
			        rows, p, &rows->batteries[i], behind, end))
				r->flags |= FLAG_STRAIGHT;
}

/* ---- conditions ---- */

/* The first row of the record, which stands in lines of TSV. */
static struct cx_row row_of(struct ingest_piece *p)
{
	const char *base = p->cells[0].p;

	for (size_t i = 0; i < p->n_cells; i++)
		p->ends[i] = (uint32_t)(p->cells[i].p + p->cells[i].n - base);
	cx_scratch_clear(&p->scratch);
	return (struct cx_row){ .base = base,
		.ends = p->ends,
		.n = (uint32_t)p->n_cells,
		.tsv = true,
		.scratch = &p->scratch };
}

static int find_true(
    struct ingest_piece *p, struct ingest_record *r, struct cx_err *err)
{
	struct cx_row row = row_of(p);

	cx_test_row(p->conditions, &row);
	for (size_t i = 0; i < ingest_asked.flags.n; i++) {
		int holds = cx_test_holds(p->conditions, i, err);

		if (holds < 0)
			return -1;
		if (holds)
			r->flags |= 1u << (N_FLAGS + i);
	}
	return 0;
}

int ingest_flag(const struct ingest_rows *rows, struct ingest_piece *p,
    struct ingest_record *r, const char *behind, const char *end,
    struct cx_err *err)
{
	if (p->conditions && find_true(p, r, err) < 0)
		return -1;
	if (rows->n_batteries)
		find_straight(rows, p, r, behind, end);
	return 0;
}

/* ---- what comes of it ---- */

void ingest_put_flags(struct cx_lines *lines, unsigned flags)
{
	struct cx_buf text = { 0 };

	for (size_t bit = 0; bit < n_bits(); bit++) {
		if (!(flags >> bit & 1))
			continue;
		if (text.len)
			cx_buf_addc(&text, ';');
		cx_buf_adds(&text, word_of(bit));
	}
	cx_lines_text(lines, cx_buf_str(&text));
	cx_buf_release(&text);
}

void ingest_count_flags(struct ingest_rows *rows, unsigned flags)
{
	for (size_t bit = 0; bit < n_bits(); bit++)
		rows->flagged[bit] += flags >> bit & 1;
}

void ingest_tell_flags(const struct ingest *ingest)
{
	const struct ingest_rows *rows = ingest->rows;
	struct cx_buf text = { 0 };

	for (size_t bit = 0; bit < n_bits(); bit++) {
		struct cx_str word = word_of(bit);

		if (rows->flagged[bit])
			cx_buf_addf(&text, "%s %.*s %" PRIu64,
			    text.len ? "," : "", (int)word.n, word.p,
			    rows->flagged[bit]);
	}
	cx_cli_note(ingest->cli, "records flagged:%.*s",
	    text.len ? (int)text.len : 2, text.len ? text.data : " 0");
	cx_buf_release(&text);
}
