/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/classes.h"

#include "libcx/base/mem.h"
#include "libcx/model/sum.h"

#include <math.h>
#include <stdlib.h>

/* ---- the model of a sample ---- */

static void count_levels(struct persona_model_column *to,
    const struct cx_mixture_column *column, struct cx_str *levels,
    size_t n_rows)
{
	to->counts = cx_calloc(column->n_levels, sizeof(*to->counts));
	for (size_t l = 0; l < column->n_levels; l++)
		cx_map_put(&to->levels, levels[l]);
	for (size_t i = 0; i < n_rows; i++) {
		if (column->codes[i] == CX_MIXTURE_NONE)
			continue;
		to->counts[column->codes[i]]++;
		to->answered++;
	}
}

static int by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

/* In order of size, so that the rows' order does not show. */
static void find_moments(struct persona_model_column *to,
    const struct cx_mixture_column *column, size_t n_rows)
{
	double *x = cx_malloc(cx_mul(n_rows, sizeof(*x)));
	struct cx_sum sum = { 0 }, squares = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < n_rows; i++)
		if (!isnan(column->values[i]))
			x[n++] = column->values[i];
	qsort(x, n, sizeof(*x), by_value);
	for (size_t i = 0; i < n; i++)
		cx_sum_add(&sum, x[i]);
	to->mean = cx_sum_value(&sum) / (double)n;
	for (size_t i = 0; i < n; i++)
		cx_sum_add(&squares, (x[i] - to->mean) * (x[i] - to->mean));
	to->sd = sqrt(cx_sum_value(&squares) / (double)(n - 1));
	to->answered = n;
	free(x);
}

static void read_answers(const struct cx_mixture_table *t, size_t row,
    union cx_mixture_answer *answers)
{
	for (size_t j = 0; j < t->n_columns; j++)
		if (t->columns[j].n_levels)
			answers[j].code = t->columns[j].codes[row];
		else
			answers[j].value = t->columns[j].values[row];
}

static void count_assigned(
    struct persona_model *m, const struct cx_mixture_table *t)
{
	union cx_mixture_answer *answers =
	    cx_malloc(cx_mul(t->n_columns, sizeof(*answers)));
	double posterior[CX_MIXTURE_MOST_CLASSES];

	for (size_t i = 0; i < t->n_rows; i++) {
		size_t c;

		read_answers(t, i, answers);
		cx_mixture_posterior(&m->mixture, answers, posterior, NULL);
		c = cx_mixture_choose(posterior, m->mixture.k);
		m->classes[c].assigned++;
	}
	free(answers);
}

void persona_classes_model(struct persona_model *m,
    const struct persona_table *table, struct cx_mixture_fit *fit)
{
	const struct cx_mixture_table *t = &table->table;

	persona_model_init(m, fit->model.k, fit->model.n_columns);
	m->mixture = fit->model;
	fit->model = (struct cx_mixture){ 0 };
	m->n_rows = t->n_rows;
	m->fit.starts = (double)fit->n_starts;
	m->fit.reached = (double)fit->n_reached;
	m->fit.loglik = fit->loglik;
	m->fit.bic = fit->bic;
	m->fit.entropy_r2 = fit->entropy_r2;
	for (size_t j = 0; j < t->n_columns; j++) {
		const struct cx_mixture_column *column = &t->columns[j];
		struct persona_model_column *to = &m->columns[j];

		to->name = cx_memdup(column->name.p, column->name.n);
		to->is_number = column->n_levels == 0;
		if (to->is_number)
			find_moments(to, column, t->n_rows);
		else
			count_levels(to, column, table->levels[j], t->n_rows);
		to->missing = t->n_rows - to->answered;
	}
	count_assigned(m, t);
}

/* ---- in words ---- */

/* Columns told of each class. */
enum { TOLD = 5 };

/* How far a column sets a class apart, and by which level most. */
struct trait {
	size_t column, level;
	double divergence;
};

static double overall(const struct persona_model_column *column, size_t level)
{
	return (double)column->counts[level] / (double)column->answered;
}

static struct trait trait_of_levels(
    const struct persona_model *m, size_t j, size_t c)
{
	const struct persona_model_column *column = &m->columns[j];
	struct trait trait = { .column = j };
	double most = -INFINITY;

	for (size_t l = 0; l < column->levels.n; l++) {
		double p = m->mixture.of[j][l * m->mixture.k + c];
		double term = p > 0 ? p * log(p / overall(column, l)) : 0;

		trait.divergence += term;
		if (term > most)
			trait.level = l;
		most = fmax(most, term);
	}
	return trait;
}

static struct trait trait_of_numbers(
    const struct persona_model *m, size_t j, size_t c)
{
	const double *of = m->mixture.of[j] + c;
	double ratio = of[m->mixture.k] / m->columns[j].sd;
	double off = (of[0] - m->columns[j].mean) / m->columns[j].sd;

	return (struct trait){ j, 0,
		(ratio * ratio + off * off - 1) / 2 - log(ratio) };
}

static int by_divergence(const void *x, const void *y)
{
	const struct trait *a = x, *b = y;

	if (a->divergence != b->divergence)
		return a->divergence > b->divergence ? -1 : 1;
	return (a->column > b->column) - (a->column < b->column);
}

/* Text of the data, cut short, without bytes that move a terminal. */
static void add_text(struct cx_buf *out, struct cx_str text)
{
	const char *quoted = cx_quote(text);

	cx_buf_add(out, quoted + 1, strlen(quoted) - 2);
}

static void tell_trait(const struct persona_model *m, const struct trait *trait,
    size_t c, struct cx_buf *out)
{
	const struct persona_model_column *column = &m->columns[trait->column];
	const double *of = m->mixture.of[trait->column] + c;
	size_t k = m->mixture.k;

	cx_buf_addz(out, "\n    ");
	add_text(out, cx_str(column->name));
	if (column->is_number) {
		cx_buf_addf(out, ": mean %.4g, sd %.3g (all: %.4g, %.3g)",
		    of[0], of[k], column->mean, column->sd);
		return;
	}
	cx_buf_addz(out, " = ");
	add_text(out, cx_map_key(&column->levels, trait->level));
	cx_buf_addf(out, ": %.0f%% (all: %.0f%%)", 100 * of[trait->level * k],
	    100 * overall(column, trait->level));
}

static void tell_class(
    const struct persona_model *m, size_t c, struct cx_buf *out)
{
	size_t n = m->mixture.n_columns;
	struct trait *traits = cx_malloc(cx_mul(n, sizeof(*traits)));
	const struct persona_model_class *class = &m->classes[c];

	cx_buf_addf(out, "\n%s ", class->id);
	if (class->name)
		add_text(out, cx_str(class->name));
	cx_buf_addf(out, "  %.1f%%", 100 * m->mixture.share[c]);
	if (!isnan(class->stability))
		cx_buf_addf(out, "  stability %.2f", class->stability);
	for (size_t j = 0; j < n; j++)
		traits[j] = m->columns[j].is_number ? trait_of_numbers(m, j, c)
		                                    : trait_of_levels(m, j, c);
	qsort(traits, n, sizeof(*traits), by_divergence);
	for (size_t i = 0; i < n && i < TOLD; i++)
		tell_trait(m, &traits[i], c, out);
	free(traits);
}

void persona_classes_describe(const struct persona_model *m, struct cx_buf *out)
{
	for (size_t c = 0; c < m->mixture.k; c++)
		tell_class(m, c, out);
}
