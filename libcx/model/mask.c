/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/mask.h"

#include "libcx/base/mem.h"
#include "libcx/model/circulation.h"

#include <stdlib.h>

/*
 * The table as a circulation: a cell flows from its row to its column, a
 * column's total from the column to the foot, the grand total from foot to
 * edge, a row's total from the edge to its row. That flow balances at each
 * node is what the totals say. A total that is not printed can be anything,
 * so its two nodes are one.
 */
struct count {
	size_t from, to;
	uint64_t n;
	enum cx_mask_mark mark;
};

/* What sums to a printed total, or is it; by node. */
struct line {
	size_t total;    /* number of its count, NONE when it is not printed */
	size_t start, n; /* its counts in numbers, the total among them */
};

struct masking {
	const struct cx_mask_table *table;
	size_t n_nodes, n_counts;
	struct count *counts; /* cells, rows, columns, grand total */
	struct line *lines;
	size_t *numbers;
	bool hides_totals;
};

static const size_t NONE = SIZE_MAX;

static bool printed(const struct cx_mask_table *t, enum cx_mask_totals total)
{
	return (t->totals & total) != 0;
}

/* ---- nodes ---- */

/* The node that row totals come from. */
static size_t edge_node(const struct cx_mask_table *t)
{
	return t->n_rows + t->n_cols;
}

/* The node that column totals go to. */
static size_t foot_node(const struct cx_mask_table *t)
{
	return edge_node(t) + printed(t, CX_MASK_GRAND);
}

static size_t row_node(const struct cx_mask_table *t, size_t row)
{
	return printed(t, CX_MASK_ROWS) ? row : edge_node(t);
}

static size_t col_node(const struct cx_mask_table *t, size_t col)
{
	return printed(t, CX_MASK_COLS) ? t->n_rows + col : foot_node(t);
}

/* ---- counts ---- */

static size_t add_count(struct masking *m, size_t from, size_t to, uint64_t n)
{
	/* "<2" would be 1. */
	enum cx_mask_mark small =
	    m->table->min_n > 2 ? CX_MASK_SMALL : CX_MASK_HIDDEN;
	bool is_small = n > 0 && n < m->table->min_n;

	m->counts[m->n_counts] =
	    (struct count){ from, to, n, is_small ? small : CX_MASK_SHOWN };
	return m->n_counts++;
}

static void add_cells(struct masking *m, uint64_t *rows, uint64_t *cols)
{
	const struct cx_mask_table *t = m->table;

	for (size_t i = 0; i < t->n_cells; i++) {
		const struct cx_mask_cell *cell = &t->cells[i];

		rows[cell->row] += cell->n;
		cols[cell->col] += cell->n;
		add_count(
		    m, row_node(t, cell->row), col_node(t, cell->col), cell->n);
	}
}

static void add_totals(
    struct masking *m, const uint64_t *rows, const uint64_t *cols)
{
	const struct cx_mask_table *t = m->table;
	size_t edge = edge_node(t), foot = foot_node(t);
	uint64_t grand = 0;

	for (size_t r = 0; r < t->n_rows; r++)
		grand += rows[r];
	for (size_t r = 0; printed(t, CX_MASK_ROWS) && r < t->n_rows; r++)
		m->lines[r].total = add_count(m, edge, r, rows[r]);
	for (size_t c = 0; printed(t, CX_MASK_COLS) && c < t->n_cols; c++) {
		size_t col = col_node(t, c);

		m->lines[col].total = add_count(m, col, foot, cols[c]);
	}
	if (printed(t, CX_MASK_GRAND))
		m->lines[edge].total = m->lines[foot].total =
		    add_count(m, foot, edge, grand);
}

static void add_counts(struct masking *m)
{
	uint64_t *rows = cx_calloc(m->table->n_rows, sizeof(*rows));
	uint64_t *cols = cx_calloc(m->table->n_cols, sizeof(*cols));

	for (size_t v = 0; v < m->n_nodes; v++)
		m->lines[v].total = NONE;
	add_cells(m, rows, cols);
	add_totals(m, rows, cols);
	free(rows);
	free(cols);
}

/* Lists the counts of each line, in their order. */
static void fill_lines(struct masking *m)
{
	size_t at = 0;

	for (size_t i = 0; i < m->n_counts; i++) {
		m->lines[m->counts[i].from].n++;
		m->lines[m->counts[i].to].n++;
	}
	for (size_t v = 0; v < m->n_nodes; v++) {
		m->lines[v].start = at;
		at += m->lines[v].n;
		m->lines[v].n = 0;
	}
	for (size_t i = 0; i < m->n_counts; i++) {
		struct line *from = &m->lines[m->counts[i].from];
		struct line *to = &m->lines[m->counts[i].to];

		m->numbers[from->start + from->n++] = i;
		m->numbers[to->start + to->n++] = i;
	}
}

static struct masking masking_new(const struct cx_mask_table *table)
{
	size_t most = table->n_cells + table->n_rows + table->n_cols + 1;
	struct masking m = {
		.table = table,
		.n_nodes = foot_node(table) + 1,
		.counts = cx_calloc(most, sizeof(struct count)),
		.numbers = cx_calloc(most, 2 * sizeof(size_t)),
	};

	m.lines = cx_calloc(m.n_nodes, sizeof(struct line));
	m.hides_totals = true;
	add_counts(&m);
	fill_lines(&m);
	return m;
}

static void masking_release(struct masking *m)
{
	free(m->counts);
	free(m->lines);
	free(m->numbers);
}

/* ---- lines ---- */

static bool is_shown(const struct count *count)
{
	return count->mark == CX_MASK_SHOWN;
}

/* The better one to hide of two counts, either of which may be NONE. */
static size_t smaller(const struct masking *m, size_t a, size_t b)
{
	if (a == NONE || b == NONE)
		return a == NONE ? b : a;
	if (m->counts[a].n != m->counts[b].n)
		return m->counts[a].n < m->counts[b].n ? a : b;
	return a < b ? a : b;
}

/*
 * Components of nodes that cycles of masked counts hold together; NULL before
 * any are known. Hiding a count within one would make no new cycle.
 */
static bool may_hide(
    const struct masking *m, size_t number, const size_t *component)
{
	const struct count *count = &m->counts[number];

	return is_shown(count) && count->n > 0 &&
	       (m->hides_totals || number < m->table->n_cells) &&
	       (!component || component[count->from] != component[count->to]);
}

/* The smallest count to hide in the line of a node, or NONE. */
static size_t smallest(
    const struct masking *m, size_t node, const size_t *component)
{
	const struct line *line = &m->lines[node];
	size_t best = NONE;

	for (size_t i = 0; line->total != NONE && i < line->n; i++) {
		size_t number = m->numbers[line->start + i];

		if (may_hide(m, number, component))
			best = smaller(m, best, number);
	}
	return best;
}

static bool is_safe(const struct masking *m, const struct line *line)
{
	uint64_t together = 0;
	size_t masked = 0;

	for (size_t i = 0; i < line->n; i++) {
		const struct count *count =
		    &m->counts[m->numbers[line->start + i]];

		if (is_shown(count))
			continue;
		masked++;
		together += count->n;
	}
	return masked == 0 ||
	       (masked > 1 && (!is_shown(&m->counts[line->total]) ||
	                          together >= m->table->min_n));
}

/*
 * Once is enough: what is hidden later is no smaller than min_n, and a count
 * that is alone in its line can be found, which secure_values sees to.
 */
static void secure_lines(struct masking *m)
{
	for (size_t v = 0; v < m->n_nodes; v++)
		while (m->lines[v].total != NONE && !is_safe(m, &m->lines[v]))
			m->counts[smallest(m, v, NULL)].mark = CX_MASK_HIDDEN;
}

/* ---- what can be found ---- */

static struct cx_arc arc_of(const struct masking *m, const struct count *count)
{
	uint64_t min_n = m->table->min_n;
	bool hidden = count->mark == CX_MASK_HIDDEN;
	uint64_t least = hidden && count->n >= min_n ? min_n : 1;

	return (struct cx_arc){ count->from, count->to,
		hidden || count->n + 1 < min_n, count->n > least };
}

/* What can be found: numbers of counts, and by node: */
struct finding {
	size_t n, *fixed;
	size_t *component;
	size_t *size; /* of the component that has the node's number */
	size_t *ways; /* how many counts of the line may be hidden */
};

static struct finding finding_new(const struct masking *m)
{
	return (struct finding){
		0,
		cx_malloc(cx_mul(m->n_counts, sizeof(size_t))),
		cx_malloc(cx_mul(m->n_nodes, sizeof(size_t))),
		cx_malloc(cx_mul(m->n_nodes, sizeof(size_t))),
		cx_malloc(cx_mul(m->n_nodes, sizeof(size_t))),
	};
}

static void finding_release(struct finding *f)
{
	free(f->fixed);
	free(f->component);
	free(f->size);
	free(f->ways);
}

static void measure(const struct masking *m, struct finding *f)
{
	for (size_t v = 0; v < m->n_nodes; v++)
		f->size[v] = f->ways[v] = 0;
	for (size_t v = 0; v < m->n_nodes; v++)
		f->size[f->component[v]]++;
	for (size_t i = 0; i < m->n_counts; i++) {
		size_t from = m->counts[i].from, to = m->counts[i].to;

		if (!may_hide(m, i, f->component))
			continue;
		f->ways[from] += m->lines[from].total != NONE;
		f->ways[to] += m->lines[to].total != NONE;
	}
}

/* Whether there are masked counts with one possible value. */
static bool find(const struct masking *m, struct finding *f)
{
	struct cx_arc *arcs = cx_malloc(cx_mul(m->n_counts, sizeof(*arcs)));
	bool *fixed = cx_malloc(cx_mul(m->n_counts, sizeof(*fixed)));
	size_t n = 0;

	for (size_t i = 0; i < m->n_counts; i++) {
		if (is_shown(&m->counts[i]))
			continue;
		arcs[n] = arc_of(m, &m->counts[i]);
		f->fixed[n++] = i;
	}
	cx_circulation_fixed(m->n_nodes, arcs, n, fixed, f->component);
	f->n = 0;
	for (size_t i = 0; i < n; i++)
		if (fixed[i])
			f->fixed[f->n++] = f->fixed[i];
	measure(m, f);
	free(arcs);
	free(fixed);
	return f->n > 0;
}

/*
 * Of the two lines of a fixed count the one to hide something in: there must
 * be something; the less hangs together with it, and the fewer ways there
 * are, the less another choice could do.
 */
static size_t better_line(const struct finding *f, const struct count *count)
{
	size_t from = count->from, to = count->to;
	size_t from_size = f->size[f->component[from]];
	size_t to_size = f->size[f->component[to]];

	if (f->ways[from] == 0 || f->ways[to] == 0)
		return f->ways[from] == 0 ? to : from;
	if (from_size != to_size)
		return from_size < to_size ? from : to;
	return f->ways[from] <= f->ways[to] ? from : to;
}

/* The fewest ways there are in such a line, but some; NONE if none. */
static size_t fewest_ways(const struct masking *m, const struct finding *f)
{
	size_t fewest = NONE;

	for (size_t i = 0; i < f->n; i++) {
		size_t line = better_line(f, &m->counts[f->fixed[i]]);

		if (f->ways[line] > 0 && f->ways[line] < fewest)
			fewest = f->ways[line];
	}
	return fewest;
}

/* In lines with the fewest ways only, and once in each: it may do for more. */
static bool hide_beside(struct masking *m, struct finding *f)
{
	size_t fewest = fewest_ways(m, f);

	for (size_t i = 0; i < f->n; i++) {
		size_t line = better_line(f, &m->counts[f->fixed[i]]), number;

		if (f->ways[line] != fewest)
			continue;
		f->ways[line] = NONE;
		number = smallest(m, line, f->component);
		if (number != NONE)
			m->counts[number].mark = CX_MASK_HIDDEN;
	}
	return fewest != NONE;
}

/* Whether any mark told more than it does now. */
static bool tell_less(struct masking *m, const struct finding *f)
{
	bool changed = false;

	for (size_t i = 0; i < f->n; i++) {
		enum cx_mask_mark *mark = &m->counts[f->fixed[i]].mark;

		changed |= *mark == CX_MASK_SMALL;
		*mark = CX_MASK_HIDDEN;
	}
	return changed;
}

/*
 * There is one when all that is fixed is HIDDEN, as then the fixed count e is
 * one that can rise, which sends flow from u to v. Let X be what can be
 * reached from v without e; u is not in X. Of the masked counts that lead into
 * or out of X, other than e, those that lead out cannot rise, nor those that
 * lead in fall, and all are fixed. HIDDEN ones can rise, so they all lead in,
 * like e. What leads out for balance is shown.
 */
static void hide_any(struct masking *m, const struct finding *f)
{
	size_t best = NONE;

	for (size_t i = 0; i < m->n_counts; i++)
		if (may_hide(m, i, f->component))
			best = smaller(m, best, i);
	m->counts[best].mark = CX_MASK_HIDDEN;
}

static void secure_values(struct masking *m)
{
	struct finding f = finding_new(m);

	m->hides_totals = false;
	while (find(m, &f)) {
		if (hide_beside(m, &f) || tell_less(m, &f))
			continue;
		if (m->hides_totals)
			hide_any(m, &f);
		m->hides_totals = true;
	}
	finding_release(&f);
}

/* ---- the answer ---- */

static const struct count *copy_marks(
    const struct count *from, enum cx_mask_mark *to, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] = from[i].mark;
	return from + n;
}

void cx_mask_decide(const struct cx_mask_table *table, struct cx_mask *out)
{
	struct masking m = masking_new(table);
	const struct count *next;

	secure_lines(&m);
	secure_values(&m);
	next = copy_marks(m.counts, out->cells, table->n_cells);
	if (printed(table, CX_MASK_ROWS))
		next = copy_marks(next, out->rows, table->n_rows);
	if (printed(table, CX_MASK_COLS))
		next = copy_marks(next, out->cols, table->n_cols);
	if (printed(table, CX_MASK_GRAND))
		out->grand = next->mark;
	masking_release(&m);
}
