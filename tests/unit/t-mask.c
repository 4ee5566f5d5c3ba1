/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/mask.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"

#include <stdlib.h>

enum {
	MOST_ROWS = 6,
	MOST_COLS = 5,
	MOST_CELLS = MOST_ROWS * MOST_COLS,
	MOST_COUNTS = MOST_CELLS + MOST_ROWS + MOST_COLS + 1,
	MOST_TRIED = 8, /* masked cells */
	ALL_TOTALS = CX_MASK_ROWS | CX_MASK_COLS | CX_MASK_GRAND,
	TABLES = 40000
};

/* ---- a table and its mask ---- */

struct masked {
	struct cx_mask_table table;
	struct cx_mask_cell cells[MOST_CELLS];
	enum cx_mask_mark marks[MOST_CELLS], rows[MOST_ROWS], cols[MOST_COLS],
	    grand;
	uint64_t row_n[MOST_ROWS], col_n[MOST_COLS], grand_n;
};

/* n is rows x cols, row-major; zeros are left out. */
static struct masked mask(size_t rows, size_t cols, const uint64_t *n,
    unsigned totals, uint64_t min_n)
{
	static struct masked m;
	struct cx_mask out;

	memset(&m, 0, sizeof(m));
	m.table =
	    (struct cx_mask_table){ rows, cols, 0, m.cells, totals, min_n };
	for (size_t i = 0; i < rows * cols; i++) {
		m.row_n[i / cols] += n[i];
		m.col_n[i % cols] += n[i];
		m.grand_n += n[i];
		if (n[i])
			m.cells[m.table.n_cells++] =
			    (struct cx_mask_cell){ i / cols, i % cols, n[i] };
	}
	out = (struct cx_mask){ m.marks, m.rows, m.cols, CX_MASK_SHOWN };
	cx_mask_decide(&m.table, &out);
	m.grand = out.grand;
	return m;
}

static bool has(const struct masked *m, enum cx_mask_totals total)
{
	return (m->table.totals & total) != 0;
}

/* Marks in a row: "." shown, "s" small, "h" hidden; totals behind "|". */
static const char *marks(const struct masked *m)
{
	static const char letters[] = ".sh";
	static char text[MOST_COUNTS + 4];
	char *p = text;

	for (size_t i = 0; i < m->table.n_cells; i++)
		*p++ = letters[m->marks[i]];
	*p++ = '|';
	for (size_t r = 0; has(m, CX_MASK_ROWS) && r < m->table.n_rows; r++)
		*p++ = letters[m->rows[r]];
	*p++ = '|';
	for (size_t c = 0; has(m, CX_MASK_COLS) && c < m->table.n_cols; c++)
		*p++ = letters[m->cols[c]];
	*p++ = '|';
	if (has(m, CX_MASK_GRAND))
		*p++ = letters[m->grand];
	*p = '\0';
	return text;
}

static void expect(size_t rows, size_t cols, const uint64_t *n, unsigned totals,
    uint64_t min_n, const char *want, const char *name)
{
	struct masked m = mask(rows, cols, n, totals, min_n);

	check_str(marks(&m), want, "%s", name);
}

/* ---- lists ---- */

static void test_lists(void)
{
	static const uint64_t plain[] = { 9, 3, 20, 4, 5 },
	                      one[] = { 30, 3, 20 }, two[] = { 1, 30, 2, 20 },
	                      ties[] = { 9, 3, 9, 9 }, fours[] = { 4, 4, 20 },
	                      ones[] = { 1, 1, 1, 1, 1, 7 },
	                      tight[] = { 1, 5, 40 }, five[] = { 2, 3, 20 },
	                      none[] = { 5, 6, 0 }, alone[] = { 3, 0 },
	                      large[] = { 7 }, full[] = { 1, 1, 1, 1 };

	expect(5, 1, plain, 0, 5, ".s.s.|||", "no total: the small alone");
	expect(5, 1, plain, CX_MASK_COLS, 5, ".s.s.||.|",
	    "7 together: no more is to be hidden");
	expect(3, 1, five, CX_MASK_COLS, 5, "ss.||.|", "5 together will do");
	expect(3, 1, one, CX_MASK_COLS, 5, ".sh||.|", "the next smallest, too");
	expect(3, 1, one, CX_MASK_GRAND, 5, ".sh|||.", "a grand total counts");
	expect(3, 1, one, CX_MASK_ROWS, 5, ".s.|.s.||",
	    "row totals of a list repeat it");
	expect(4, 1, two, CX_MASK_COLS, 5, "s.sh||.|", "3 together: a third");
	expect(4, 1, ties, CX_MASK_COLS, 5, "hs..||.|", "the first of equals");
	expect(3, 1, fours, CX_MASK_COLS, 5, "ssh||.|",
	    "8 of two below 5 would be 4 and 4");
	expect(6, 1, ones, CX_MASK_COLS, 5, "sssssh||.|",
	    "5 of five above 0 would be ones");
	expect(3, 1, tight, CX_MASK_COLS, 5, "shh||.|",
	    "6 of 1 or more and 5 or more");
	expect(3, 1, none, CX_MASK_COLS, 5, "..||.|", "nothing small");
	expect(2, 1, alone, CX_MASK_COLS, 5, "s||s|", "a small total");
	expect(1, 1, large, CX_MASK_COLS, 9, "s||s|", "a small total of one");
	expect(4, 1, full, CX_MASK_COLS, 5, "hhhh||h|",
	    "4 ones below a total below 5");
	expect(5, 1, plain, CX_MASK_COLS, 1, ".....||.|", "a minimum of 1");
	expect(5, 1, plain, CX_MASK_COLS, 0, ".....||.|", "a minimum of 0");
	expect(6, 1, ones, CX_MASK_COLS, 2, "hhhhhh||.|",
	    "a minimum of 2: below it would be 1");
	expect(0, 0, NULL, ALL_TOTALS, 5, "|||.", "nothing at all");
}

/* ---- tables ---- */

static void test_tables(void)
{
	static const uint64_t corner[] = { 3, 20, 30, 21, 40, 50, 31, 51, 60 };
	static const uint64_t fours[] = { 6, 3, 6, 0, 4, 4 };
	/* two blocks of four, held together by the cell 3 alone */
	static const uint64_t bridge[] = { 4, 6, 50, 60, 6, 4, 3, 70, 80, 81, 4,
		6, 90, 91, 6, 4 };

	expect(3, 3, corner, 0, 5, "s........|||", "no totals");
	expect(3, 3, corner, CX_MASK_ROWS, 5, "sh.......|...||",
	    "row totals: the row");
	expect(3, 3, corner, CX_MASK_COLS, 5, "s..h.....||...|",
	    "column totals: the column");
	expect(3, 3, corner, ALL_TOTALS, 5, "sh.hh....|...|...|.",
	    "both: a rectangle");
	expect(4, 4, bridge, ALL_TOTALS, 5, "sh..hssh..sh..hs|....|....|.",
	    "a second cell beside a bridge");
	expect(2, 3, fours, CX_MASK_ROWS | CX_MASK_GRAND, 5, "hs.hh|..||.",
	    "less is told before a total is hidden");
}

/* ---- by linear algebra ---- */

/*
 * What a reader knows, as equations in the masked counts: each printed total
 * is the sum of its cells. A row of a has a factor for each unknown.
 */
struct equations {
	size_t n_unknown, n_rows;
	int a[MOST_ROWS + MOST_COLS + 1][MOST_COUNTS];
	bool broken;
};

/* Number of the unknown that a count is, or -1: cells, rows, cols, grand. */
struct unknowns {
	int cells[MOST_CELLS], rows[MOST_ROWS], cols[MOST_COLS], grand, n;
};

static int number(struct unknowns *u, bool printed, enum cx_mask_mark mark)
{
	return printed && mark != CX_MASK_SHOWN ? u->n++ : -1;
}

static struct unknowns unknowns(const struct masked *m)
{
	struct unknowns u = { 0 };

	for (size_t i = 0; i < m->table.n_cells; i++)
		u.cells[i] = number(&u, true, m->marks[i]);
	for (size_t r = 0; r < m->table.n_rows; r++)
		u.rows[r] = number(&u, has(m, CX_MASK_ROWS), m->rows[r]);
	for (size_t c = 0; c < m->table.n_cols; c++)
		u.cols[c] = number(&u, has(m, CX_MASK_COLS), m->cols[c]);
	u.grand = number(&u, has(m, CX_MASK_GRAND), m->grand);
	return u;
}

static void put(int *equation, int unknown, int factor)
{
	if (unknown >= 0)
		equation[unknown] = factor;
}

static struct equations equations(
    const struct masked *m, const struct unknowns *u)
{
	struct equations e = { .n_unknown = (size_t)u->n };
	size_t n = e.n_rows = m->table.n_rows + m->table.n_cols + 1;

	for (size_t i = 0; i < m->table.n_cells; i++) {
		size_t row = m->cells[i].row, col = m->cells[i].col;

		if (has(m, CX_MASK_ROWS))
			put(e.a[row], u->cells[i], 1);
		if (has(m, CX_MASK_COLS))
			put(e.a[m->table.n_rows + col], u->cells[i], 1);
		if (has(m, CX_MASK_GRAND))
			put(e.a[n - 1], u->cells[i], 1);
	}
	for (size_t r = 0; r < m->table.n_rows; r++)
		put(e.a[r], u->rows[r], -1);
	for (size_t c = 0; c < m->table.n_cols; c++)
		put(e.a[m->table.n_rows + c], u->cols[c], -1);
	put(e.a[n - 1], u->grand, -1);
	return e;
}

static void eliminate(struct equations *e, size_t pivot, size_t col)
{
	int sign = e->a[pivot][col];

	for (size_t j = 0; j < e->n_unknown; j++)
		e->a[pivot][j] *= sign;
	for (size_t i = 0; i < e->n_rows; i++) {
		int factor = e->a[i][col];

		for (size_t j = 0; i != pivot && j < e->n_unknown; j++)
			e->a[i][j] -= factor * e->a[pivot][j];
	}
}

static void swap_rows(struct equations *e, size_t a, size_t b)
{
	for (size_t j = 0; j < e->n_unknown; j++) {
		int x = e->a[a][j];

		e->a[a][j] = e->a[b][j];
		e->a[b][j] = x;
	}
}

/*
 * Gauss and Jordan. All in whole numbers: the equations are those of a
 * network, so every pivot is 1 or -1 (broken is set when not).
 */
static void reduce(struct equations *e)
{
	size_t rank = 0;

	for (size_t col = 0; col < e->n_unknown; col++) {
		size_t at = rank;

		while (at < e->n_rows && e->a[at][col] == 0)
			at++;
		if (at == e->n_rows)
			continue;
		e->broken |= abs(e->a[at][col]) != 1;
		swap_rows(e, rank, at);
		eliminate(e, rank++, col);
	}
}

/* Unknowns that stand alone in an equation; -1 when that cannot be told. */
static int determined(const struct masked *m)
{
	struct unknowns u = unknowns(m);
	struct equations e = equations(m, &u);
	int n = 0;

	reduce(&e);
	for (size_t i = 0; i < e.n_rows; i++) {
		int others = 0;

		for (size_t j = 0; j < e.n_unknown; j++)
			others += e.a[i][j] != 0;
		n += others == 1;
	}
	return e.broken ? -1 : n;
}

/* The checker itself: 3 and 4 can be found, then they cannot. */
static void test_checker(void)
{
	static const uint64_t n[] = { 3, 20, 4, 30 };
	struct masked m = mask(2, 2, n, ALL_TOTALS, 1);

	m.marks[0] = m.marks[2] = CX_MASK_SMALL;
	check_int(determined(&m), 2, "a column can be found by its rows");
	m.table.totals = CX_MASK_COLS;
	check_int(determined(&m), 0, "and not without their totals");
	m.table.totals = CX_MASK_COLS | CX_MASK_GRAND;
	m.marks[2] = CX_MASK_SHOWN;
	m.cols[0] = CX_MASK_HIDDEN;
	check_int(determined(&m), 2, "the grand total gives a column's away");
	m.grand = CX_MASK_HIDDEN;
	check_int(determined(&m), 0, "and not when it is hidden");
}

/* ---- by the rules ---- */

static bool fits(enum cx_mask_mark mark, uint64_t n, uint64_t min_n)
{
	bool is_small = n > 0 && n < min_n;

	if (mark == CX_MASK_SHOWN)
		return !is_small;
	return n > 0 && (mark == CX_MASK_HIDDEN || is_small);
}

static int wrong_marks(const struct masked *m)
{
	uint64_t min_n = m->table.min_n;
	int bad = 0;

	for (size_t i = 0; i < m->table.n_cells; i++)
		bad += !fits(m->marks[i], m->cells[i].n, min_n);
	for (size_t r = 0; has(m, CX_MASK_ROWS) && r < m->table.n_rows; r++)
		bad += !fits(m->rows[r], m->row_n[r], min_n);
	for (size_t c = 0; has(m, CX_MASK_COLS) && c < m->table.n_cols; c++)
		bad += !fits(m->cols[c], m->col_n[c], min_n);
	if (has(m, CX_MASK_GRAND))
		bad += !fits(m->grand, m->grand_n, min_n);
	return bad;
}

/* Masked cells of row and col, NONE for all of them: how many, what sum. */
static const size_t NONE = SIZE_MAX;

static bool bad_line(
    const struct masked *m, size_t row, size_t col, enum cx_mask_mark total)
{
	uint64_t sum = 0;
	int masked = total != CX_MASK_SHOWN;

	for (size_t i = 0; i < m->table.n_cells; i++) {
		const struct cx_mask_cell *cell = &m->cells[i];

		if ((row != NONE && cell->row != row) ||
		    (col != NONE && cell->col != col) ||
		    m->marks[i] == CX_MASK_SHOWN)
			continue;
		masked++;
		sum += cell->n;
	}
	if (masked == 0)
		return false;
	return masked < 2 || (total == CX_MASK_SHOWN && sum < m->table.min_n);
}

/* Totals that add up to the grand total. */
static bool bad_totals(const struct masked *m, const enum cx_mask_mark *marks,
    const uint64_t *n, size_t n_totals)
{
	uint64_t sum = 0;
	int masked = m->grand != CX_MASK_SHOWN;

	for (size_t i = 0; i < n_totals; i++) {
		masked += marks[i] != CX_MASK_SHOWN;
		sum += marks[i] != CX_MASK_SHOWN ? n[i] : 0;
	}
	return masked == 1 || (masked > 0 && m->grand == CX_MASK_SHOWN &&
	                          sum < m->table.min_n);
}

static int bad_lines(const struct masked *m)
{
	int bad = 0;

	for (size_t r = 0; has(m, CX_MASK_ROWS) && r < m->table.n_rows; r++)
		bad += bad_line(m, r, NONE, m->rows[r]);
	for (size_t c = 0; has(m, CX_MASK_COLS) && c < m->table.n_cols; c++)
		bad += bad_line(m, NONE, c, m->cols[c]);
	if (!has(m, CX_MASK_GRAND))
		return bad;
	if (has(m, CX_MASK_ROWS))
		bad += bad_totals(m, m->rows, m->row_n, m->table.n_rows);
	if (has(m, CX_MASK_COLS))
		bad += bad_totals(m, m->cols, m->col_n, m->table.n_cols);
	bad += bad_line(m, NONE, NONE, m->grand);
	return bad;
}

/* ---- by trying ---- */

/* Values of the masked cells, and what was seen of each count in a solution. */
struct trial {
	const struct masked *m;
	uint64_t cells[MOST_CELLS], rows[MOST_ROWS], cols[MOST_COLS], grand;
	bool seen_cells[MOST_CELLS], seen_rows[MOST_ROWS], seen_cols[MOST_COLS],
	    seen_grand;
};

/* Whether a reader who knows all that marks can mean thinks it possible. */
static bool possible(
    const struct masked *m, enum cx_mask_mark mark, uint64_t n, uint64_t value)
{
	uint64_t min_n = m->table.min_n;

	if (mark == CX_MASK_SHOWN)
		return value == n;
	if (mark == CX_MASK_SMALL)
		return value >= 1 && value < min_n;
	return value >= (n >= min_n ? min_n : 1);
}

static void sum_up(struct trial *t)
{
	memset(t->rows, 0, sizeof(t->rows));
	memset(t->cols, 0, sizeof(t->cols));
	t->grand = 0;
	for (size_t i = 0; i < t->m->table.n_cells; i++) {
		t->rows[t->m->cells[i].row] += t->cells[i];
		t->cols[t->m->cells[i].col] += t->cells[i];
		t->grand += t->cells[i];
	}
}

static bool totals_possible(const struct trial *t)
{
	const struct masked *m = t->m;

	for (size_t r = 0; has(m, CX_MASK_ROWS) && r < m->table.n_rows; r++)
		if (!possible(m, m->rows[r], m->row_n[r], t->rows[r]))
			return false;
	for (size_t c = 0; has(m, CX_MASK_COLS) && c < m->table.n_cols; c++)
		if (!possible(m, m->cols[c], m->col_n[c], t->cols[c]))
			return false;
	return !has(m, CX_MASK_GRAND) ||
	       possible(m, m->grand, m->grand_n, t->grand);
}

static void note_solution(struct trial *t)
{
	sum_up(t);
	if (!totals_possible(t))
		return;
	for (size_t i = 0; i < t->m->table.n_cells; i++)
		t->seen_cells[i] |= t->cells[i] != t->m->cells[i].n;
	for (size_t r = 0; r < MOST_ROWS; r++)
		t->seen_rows[r] |= t->rows[r] != t->m->row_n[r];
	for (size_t c = 0; c < MOST_COLS; c++)
		t->seen_cols[c] |= t->cols[c] != t->m->col_n[c];
	t->seen_grand |= t->grand != t->m->grand_n;
}

/* A count that can change at all can change by 1, others by at most 1. */
static void try_from(struct trial *t, size_t i)
{
	uint64_t n;

	if (i == t->m->table.n_cells) {
		note_solution(t);
		return;
	}
	n = t->m->cells[i].n;
	for (uint64_t value = n - 1; value <= n + 1; value++) {
		t->cells[i] = value;
		if (possible(t->m, t->m->marks[i], n, value))
			try_from(t, i + 1);
	}
}

/* Masked counts that had one value only. */
static int found_by_trying(const struct masked *m)
{
	static struct trial t;
	int bad = 0;

	t = (struct trial){ .m = m };
	try_from(&t, 0);
	for (size_t i = 0; i < m->table.n_cells; i++)
		bad += m->marks[i] != CX_MASK_SHOWN && !t.seen_cells[i];
	for (size_t r = 0; has(m, CX_MASK_ROWS) && r < m->table.n_rows; r++)
		bad += m->rows[r] != CX_MASK_SHOWN && !t.seen_rows[r];
	for (size_t c = 0; has(m, CX_MASK_COLS) && c < m->table.n_cols; c++)
		bad += m->cols[c] != CX_MASK_SHOWN && !t.seen_cols[c];
	if (has(m, CX_MASK_GRAND) && m->grand != CX_MASK_SHOWN)
		bad += !t.seen_grand;
	return bad;
}

/* ---- random tables ---- */

static int masked_cells(const struct masked *m)
{
	int n = 0;

	for (size_t i = 0; i < m->table.n_cells; i++)
		n += m->marks[i] != CX_MASK_SHOWN;
	return n;
}

static struct masked random_table(unsigned totals)
{
	size_t rows = 1 + random_below(MOST_ROWS),
	       cols = 1 + random_below(MOST_COLS);
	uint64_t n[MOST_CELLS], min_n = 2 + random_below(5);
	size_t large = 2 + random_below(30), empty = random_below(4);

	for (size_t i = 0; i < rows * cols; i++)
		n[i] = random_below(6) < empty ? 0 : random_below(large);
	return mask(rows, cols, n, totals, min_n);
}

static void test_random(unsigned totals)
{
	int marked = 0, lines = 0, algebra = 0, trying = 0, tried = 0;

	for (int i = 0; i < TABLES / (ALL_TOTALS + 1); i++) {
		struct masked m = random_table(totals);

		marked += wrong_marks(&m);
		lines += bad_lines(&m);
		algebra += determined(&m) != 0;
		if (masked_cells(&m) > MOST_TRIED)
			continue;
		tried++;
		trying += found_by_trying(&m);
	}
	check_int(marked, 0, "totals %u: marks fit the counts", totals);
	check_int(lines, 0, "totals %u: no line falls short", totals);
	check_int(algebra, 0, "totals %u: linear algebra finds none", totals);
	check_int(trying, 0, "totals %u: trying finds none", totals);
	check(tried > TABLES / (ALL_TOTALS + 1) / 4,
	    "totals %u: tried %d tables", totals, tried);
}

/* Without totals no more is masked than what is small. */
static void test_no_more(void)
{
	int more = 0;

	for (int i = 0; i < TABLES / 10; i++) {
		struct masked m = random_table(0);

		for (size_t k = 0; k < m.table.n_cells; k++)
			more += m.marks[k] != CX_MASK_SHOWN &&
			        m.cells[k].n >= m.table.min_n;
	}
	check_int(more, 0, "without totals the small alone");
}

/* Many groups and periods, most of them small, at a bearable cost. */
static void test_large(void)
{
	enum { ROWS = 20000, COLS = 6 };
	struct cx_mask_cell *cells = malloc(ROWS * COLS * sizeof(*cells));
	enum cx_mask_mark *out = malloc(ROWS * COLS * sizeof(*out)), *rows,
	                  cols[COLS];
	struct cx_mask_table table = { ROWS, COLS, ROWS * COLS, cells,
		ALL_TOTALS, 5 };
	struct cx_mask mask = { out, NULL, cols, CX_MASK_SHOWN };
	int shown = 0, bad = 0;

	rows = mask.rows = malloc(ROWS * sizeof(*rows));
	for (size_t i = 0; i < ROWS * COLS; i++)
		cells[i] = (struct cx_mask_cell){ i / COLS, i % COLS,
			1 + random_below(40) };
	cx_mask_decide(&table, &mask);
	for (size_t i = 0; i < ROWS * COLS; i++) {
		shown += out[i] == CX_MASK_SHOWN;
		bad += !fits(out[i], cells[i].n, 5);
	}
	check_int(bad, 0, "a large table: marks");
	check(shown > ROWS * COLS * 4 / 5, "a large table: %d shown", shown);
	check(mask.grand == CX_MASK_SHOWN, "a large table: grand total");
	free(cells);
	free(out);
	free(rows);
}

int main(void)
{
	test_lists();
	test_tables();
	test_checker();
	for (unsigned totals = 0; totals <= ALL_TOTALS; totals++)
		test_random(totals);
	test_no_more();
	test_large();
	return check_done();
}
