/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/model.h"

#include "libcx/base/mem.h"
#include "libcx/table/reader.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

/* The cells of a row of the file. */
enum { ITEM, COLUMN, LEVEL, CLASS, VALUE, N_CELLS };

static const char *const cell_names[N_CELLS] = { "item", "column", "level",
	"class", "value" };

struct reading {
	struct persona_model *model;
	bool has_version;
	struct cx_str cells[N_CELLS]; /* of the row at hand */
};

static int wrong(struct cx_err *err, int cell, const char *what)
{
	cx_err_set(err, CX_DATA, "%s", what);
	cx_err_column(err, cx_str(cell_names[cell]));
	return -1;
}

/* ---- values ---- */

static int read_real(const struct reading *r, double *x, struct cx_err *err)
{
	if (cx_value_number(r->cells[VALUE], x, err) == 0)
		return 0;
	return wrong(err, VALUE, err->what);
}

static int read_count(
    const struct reading *r, uint64_t *count, struct cx_err *err)
{
	int64_t n;

	if (cx_value_whole(r->cells[VALUE], &n, err) < 0 || n < 0)
		return wrong(err, VALUE, "this is not a count");
	*count = (uint64_t)n;
	return 0;
}

static int find_column(const struct reading *r, size_t *j, struct cx_err *err)
{
	const struct persona_model *m = r->model;

	for (*j = 0; *j < m->mixture.n_columns; (*j)++)
		if (cx_str_eq(cx_str(m->columns[*j].name), r->cells[COLUMN]))
			return 0;
	return wrong(err, COLUMN, "no row with the item \"column\" named it");
}

static int find_class(const struct reading *r, size_t *c, struct cx_err *err)
{
	const struct persona_model *m = r->model;

	for (*c = 0; *c < m->mixture.k; (*c)++)
		if (cx_str_eq(cx_str(m->classes[*c].id), r->cells[CLASS]))
			return 0;
	return wrong(err, CLASS, "there is no such class");
}

/* ---- room for parameters ---- */

/* Behind the last column of a file; NaN is what has not come. */
static void make_room(struct persona_model *m)
{
	size_t k = m->mixture.k, n = m->mixture.n_columns;
	size_t *n_levels;

	if (m->mixture.share)
		return;
	n_levels = cx_malloc(cx_mul(n, sizeof(*n_levels)));
	for (size_t j = 0; j < n; j++)
		n_levels[j] = m->columns[j].levels.n;
	cx_mixture_init(&m->mixture, k, n, n_levels);
	for (size_t c = 0; c < k; c++)
		m->mixture.share[c] = NAN;
	for (size_t j = 0; j < n; j++)
		for (size_t i = 0; i < (n_levels[j] ? n_levels[j] : 2) * k; i++)
			m->mixture.of[j][i] = NAN;
	free(n_levels);
}

static int check_room(const struct reading *r, size_t *c, struct cx_err *err)
{
	if (find_class(r, c, err) < 0)
		return -1;
	make_room(r->model);
	return 0;
}

/* ---- items ---- */

static int read_version(struct reading *r, struct cx_err *err)
{
	if (!cx_str_eq(r->cells[VALUE], cx_str("1")))
		return cx_err_set(err, CX_DATA,
		    "a model of version %s; this program knows version 1",
		    cx_quote(r->cells[VALUE]));
	r->has_version = true;
	return 0;
}

static int read_classes(struct reading *r, struct cx_err *err)
{
	uint64_t k;

	if (read_count(r, &k, err) < 0)
		return -1;
	if (k < 1 || k > CX_MIXTURE_MOST_CLASSES || r->model->classes)
		return wrong(err, VALUE,
		    "this cannot be the number of "
		    "classes");
	persona_model_init(r->model, (size_t)k, 0);
	return 0;
}

static int read_rows(struct reading *r, struct cx_err *err)
{
	return read_count(r, &r->model->n_rows, err);
}

static int read_unit(struct reading *r, struct cx_err *err)
{
	char *word = cx_memdup(r->cells[VALUE].p, r->cells[VALUE].n);
	bool known = persona_unit_of(word, &r->model->fit.unit);

	free(word);
	return known ? 0 : wrong(err, VALUE, "there is no such unit");
}

static int read_weight(struct reading *r, struct cx_err *err)
{
	(void)err;
	free(r->model->weight);
	r->model->weight = cx_memdup(r->cells[COLUMN].p, r->cells[COLUMN].n);
	return 0;
}

static int read_seed(struct reading *r, struct cx_err *err)
{
	return read_real(r, &r->model->fit.seed, err);
}

static int read_starts(struct reading *r, struct cx_err *err)
{
	return read_real(r, &r->model->fit.starts, err);
}

static int read_reached(struct reading *r, struct cx_err *err)
{
	return read_real(r, &r->model->fit.reached, err);
}

static int read_loglik(struct reading *r, struct cx_err *err)
{
	return read_real(r, &r->model->fit.loglik, err);
}

static int read_bic(struct reading *r, struct cx_err *err)
{
	return read_real(r, &r->model->fit.bic, err);
}

static int read_entropy(struct reading *r, struct cx_err *err)
{
	return read_real(r, &r->model->fit.entropy_r2, err);
}

static int read_column(struct reading *r, struct cx_err *err)
{
	struct persona_model *m = r->model;
	struct cx_str name = r->cells[COLUMN], kind = r->cells[VALUE];
	struct persona_model_column column = { .mean = NAN, .sd = NAN };
	struct cx_err ignored;
	size_t j;

	if (m->mixture.share)
		return wrong(err, ITEM, "columns stand before classes");
	if (name.n == 0 || find_column(r, &j, &ignored) == 0)
		return wrong(err, COLUMN, "no name, or one that was there");
	column.is_number = cx_str_eq(kind, cx_str("number"));
	if (!column.is_number && !cx_str_eq(kind, cx_str("category")))
		return wrong(err, VALUE, "neither category nor number");
	column.name = cx_memdup(name.p, name.n);
	m->columns = cx_realloc(
	    m->columns, cx_mul(m->mixture.n_columns + 1, sizeof(column)));
	m->columns[m->mixture.n_columns++] = column;
	return 0;
}

static int read_level(struct reading *r, struct cx_err *err)
{
	struct persona_model_column *column;
	struct cx_str level = r->cells[LEVEL];
	size_t j, n;

	if (find_column(r, &j, err) < 0)
		return -1;
	column = &r->model->columns[j];
	n = column->levels.n;
	if (r->model->mixture.share)
		return wrong(err, ITEM, "columns stand before classes");
	if (column->is_number || level.n == 0 || n == CX_MIXTURE_MOST_LEVELS ||
	    cx_map_put(&column->levels, level) < n)
		return wrong(err, LEVEL, "this column has no such level");
	column->counts =
	    cx_realloc(column->counts, cx_mul(n + 1, sizeof(uint64_t)));
	if (read_count(r, &column->counts[n], err) < 0)
		return -1;
	column->answered += column->counts[n];
	return 0;
}

static int read_answered(struct reading *r, struct cx_err *err)
{
	size_t j;

	if (find_column(r, &j, err) < 0)
		return -1;
	return read_count(r, &r->model->columns[j].answered, err);
}

static int read_missing(struct reading *r, struct cx_err *err)
{
	size_t j;

	if (find_column(r, &j, err) < 0)
		return -1;
	return read_count(r, &r->model->columns[j].missing, err);
}

static int read_share(struct reading *r, struct cx_err *err)
{
	size_t c;

	if (check_room(r, &c, err) < 0)
		return -1;
	return read_real(r, &r->model->mixture.share[c], err);
}

static int read_assigned(struct reading *r, struct cx_err *err)
{
	size_t c;

	if (find_class(r, &c, err) < 0)
		return -1;
	return read_count(r, &r->model->classes[c].assigned, err);
}

static int read_stability(struct reading *r, struct cx_err *err)
{
	size_t c;

	if (find_class(r, &c, err) < 0)
		return -1;
	return read_real(r, &r->model->classes[c].stability, err);
}

static int read_name(struct reading *r, struct cx_err *err)
{
	struct cx_str name = r->cells[VALUE];
	size_t c;

	if (find_class(r, &c, err) < 0)
		return -1;
	free(r->model->classes[c].name);
	r->model->classes[c].name = cx_memdup(name.p, name.n);
	return name.n ? 0 : wrong(err, VALUE, "the name is empty");
}

static int read_prob(struct reading *r, struct cx_err *err)
{
	struct persona_model *m = r->model;
	ptrdiff_t level;
	size_t j, c;

	if (find_column(r, &j, err) < 0 || check_room(r, &c, err) < 0)
		return -1;
	level = cx_map_get(&m->columns[j].levels, r->cells[LEVEL]);
	if (level < 0)
		return wrong(err, LEVEL, "this column has no such level");
	return read_real(
	    r, &m->mixture.of[j][(size_t)level * m->mixture.k + c], err);
}

/* A mean (0) or a deviation (1), of a class or of all rows. */
static int read_moment(struct reading *r, int which, struct cx_err *err)
{
	struct persona_model *m = r->model;
	size_t j, c;

	if (find_column(r, &j, err) < 0)
		return -1;
	if (!m->columns[j].is_number)
		return wrong(err, COLUMN, "this is no column of numbers");
	if (r->cells[CLASS].n == 0)
		return read_real(
		    r, which ? &m->columns[j].sd : &m->columns[j].mean, err);
	if (check_room(r, &c, err) < 0)
		return -1;
	return read_real(
	    r, &m->mixture.of[j][(size_t)which * m->mixture.k + c], err);
}

static int read_mean(struct reading *r, struct cx_err *err)
{
	return read_moment(r, 0, err);
}

static int read_sd(struct reading *r, struct cx_err *err)
{
	return read_moment(r, 1, err);
}

static const struct {
	const char *name;
	int (*read)(struct reading *r, struct cx_err *err);
} items[] = {
	{ "version", read_version },
	{ "classes", read_classes },
	{ "rows", read_rows },
	{ "unit", read_unit },
	{ "weight", read_weight },
	{ "seed", read_seed },
	{ "starts", read_starts },
	{ "reached", read_reached },
	{ "loglik", read_loglik },
	{ "bic", read_bic },
	{ "entropy_r2", read_entropy },
	{ "column", read_column },
	{ "count", read_level },
	{ "answered", read_answered },
	{ "missing", read_missing },
	{ "share", read_share },
	{ "assigned", read_assigned },
	{ "stability", read_stability },
	{ "name", read_name },
	{ "prob", read_prob },
	{ "mean", read_mean },
	{ "sd", read_sd },
};

enum { N_ITEMS = sizeof(items) / sizeof(*items), N_FIRST = 2 };

/* The version comes first, the number of classes next. */
static int read_item(struct reading *r, struct cx_err *err)
{
	for (size_t i = 0; i < N_ITEMS; i++) {
		if (!cx_str_eq(r->cells[ITEM], cx_str(items[i].name)))
			continue;
		if (i > 0 && !r->has_version)
			break;
		if (i >= N_FIRST && !r->model->classes)
			return wrong(
			    err, ITEM, "\"classes\" must stand before it");
		return items[i].read(r, err);
	}
	if (!r->has_version)
		return cx_err_set(err, CX_DATA,
		    "this is no model: it does not start with a version");
	return cx_err_set(
	    err, CX_DATA, "%s is no item of a model", cx_quote(r->cells[ITEM]));
}

/* ---- is it whole ---- */

/* How far written probabilities may sum off 1. */
static const double OFF = 1e-6;

static int not_whole(const char *name, struct cx_err *err)
{
	cx_err_set(err, CX_DATA,
	    "the model's probabilities, means or deviations are not whole");
	cx_err_column(err, cx_str(name));
	return -1;
}

/* p, n of them a stride apart, are probabilities that sum to 1. */
static bool is_distribution(const double *p, size_t n, size_t stride)
{
	double sum = 0;

	for (size_t l = 0; l < n; l++) {
		if (!(p[l * stride] >= 0))
			return false;
		sum += p[l * stride];
	}
	return fabs(sum - 1) <= OFF;
}

static bool is_column_whole(const struct persona_model *m, size_t j)
{
	const struct persona_model_column *column = &m->columns[j];
	size_t k = m->mixture.k;

	for (size_t c = 0; c < k; c++) {
		const double *of = m->mixture.of[j] + c;

		if (!column->is_number &&
		    !is_distribution(of, column->levels.n, k))
			return false;
		if (column->is_number && (isnan(of[0]) || !(of[k] > 0)))
			return false;
	}
	return !column->is_number || (!isnan(column->mean) && column->sd > 0);
}

static int check_whole(const struct persona_model *m, struct cx_err *err)
{
	if (!m->classes || !m->mixture.share || m->mixture.n_columns == 0)
		return cx_err_set(err, CX_DATA, "the model is not whole");
	if (!is_distribution(m->mixture.share, m->mixture.k, 1))
		return cx_err_set(
		    err, CX_DATA, "the shares of the classes do not sum to 1");
	for (size_t j = 0; j < m->mixture.n_columns; j++)
		if (!is_column_whole(m, j))
			return not_whole(m->columns[j].name, err);
	return 0;
}

/* ---- the file ---- */

static int read_from(struct reading *r, struct cx_reader *reader,
    const size_t *at, struct cx_err *err)
{
	const struct cx_row *row;
	int more;

	while ((more = cx_reader_next(reader, &row, err)) > 0) {
		for (int i = 0; i < N_CELLS; i++)
			r->cells[i] = cx_row_cell(row, at[i]);
		if (read_item(r, err) < 0) {
			err->line = cx_reader_line(reader);
			return -1;
		}
	}
	return more < 0 ? -1 : check_whole(r->model, err);
}

static int read_input(
    struct persona_model *m, struct cx_input *in, struct cx_err *err)
{
	struct cx_reader_options options = { .foreign = false };
	struct reading r = { .model = m };
	struct cx_reader *reader;
	size_t at[N_CELLS];
	int code = 0;

	if (cx_reader_open(&reader, in, &options, err) < 0)
		return -1;
	for (int i = 0; code == 0 && i < N_CELLS; i++)
		code = cx_header_find(cx_reader_header(reader),
		    cx_str(cell_names[i]), &at[i], err);
	if (code < 0)
		cx_err_set(err, CX_DATA,
		    "this is no model: its columns are not item, column, "
		    "level, class and value");
	if (code == 0)
		code = read_from(&r, reader, at, err);
	cx_reader_close(reader);
	return code;
}

int persona_model_read(
    struct persona_model *m, const char *path, struct cx_err *err)
{
	struct cx_input *in;
	int code;

	*m = (struct persona_model){ 0 };
	if (cx_input_open(&in, path, err) < 0)
		return -1;
	code = read_input(m, in, err);
	if (code < 0) {
		/* One bad row spoils a model. */
		err->reason = NULL;
		cx_err_file(err, path);
	}
	cx_input_close(in);
	return code;
}
