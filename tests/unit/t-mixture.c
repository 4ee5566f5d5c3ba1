/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/mem.h"
#include "libcx/model/mixture-impl.h"
#include "tests/lib/check.h"
#include "tests/lib/customers.h"
#include "tests/lib/plain-mixture.h"

#include <stdlib.h>

/*
 * The maxima that poLCA, VarSelLCM and scikit-learn reach on real data are in
 * tests/cmd/persona-maxima.t.
 */

static const struct cx_mixture_rule rule = { 20, 0, 1, 1 };

static struct cx_mixture_fit fit_table(
    const struct cx_mixture_table *table, size_t k, unsigned threads)
{
	struct cx_mixture_rule r = rule;
	struct cx_mixture_data *data;
	struct cx_mixture_fit fit = { 0 };
	struct cx_err err = { 0 };

	r.threads = threads;
	if (cx_mixture_data_new(&data, table, &err) < 0 ||
	    cx_mixture_fit(&fit, data, k, &r, &err) < 0) {
		check(false, "fit: %s: %s", err.column, err.what);
		exit(99);
	}
	cx_mixture_data_free(data);
	return fit;
}

static void read_row(
    const struct cx_mixture_table *t, size_t i, union cx_mixture_answer *row)
{
	for (size_t j = 0; j < t->n_columns; j++)
		if (t->columns[j].n_levels)
			row[j].code = t->columns[j].codes[i];
		else
			row[j].value = t->columns[j].values[i];
}

/* ---- against the plain way ---- */

static void check_parameters(const struct plain *want,
    const struct cx_mixture *got, size_t c, size_t d, const char *name)
{
	double worst = fabs(got->share[c] - want->share[d]);

	for (size_t j = 0; j < got->n_columns; j++) {
		for (size_t l = 0; l < got->n_levels[j]; l++)
			worst = fmax(worst, fabs(got->of[j][l * got->k + c] -
			                         want->p[j][l][d]));
		if (got->n_levels[j])
			continue;
		worst = fmax(worst, fabs(got->of[j][c] / want->mean[j][d] - 1));
		worst = fmax(worst,
		    fabs(got->of[j][got->k + c] / sqrt(want->var[j][d]) - 1));
	}
	check(worst < 1e-4, "%s: parameters of class %zu: %g", name, c, worst);
}

static void check_posteriors(const struct plain *want,
    const struct cx_mixture *m, size_t c, size_t d, const char *name)
{
	union cx_mixture_answer row[COLUMNS];
	double posterior[CLASSES], worst = 0;

	for (size_t i = 0; i < want->table->n_rows; i++) {
		read_row(want->table, i, row);
		cx_mixture_posterior(m, row, posterior, NULL);
		worst = fmax(worst,
		    fabs(posterior[c] - want->posterior[i * PLAIN_K + d]));
	}
	check(worst < 1e-4, "%s: posteriors of class %zu: %g", name, c, worst);
}

static double plain_entropy(const struct plain *m)
{
	double e = 0;

	for (size_t i = 0; i < m->table->n_rows; i++)
		for (size_t c = 0; c < m->k; c++) {
			double p = m->posterior[i * PLAIN_K + c];

			e -= p > 0 ? plain_weight(m->table, i) * p * log(p) : 0;
		}
	return e;
}

static void check_criteria(
    const struct plain *want, const struct cx_mixture_fit *fit, size_t p)
{
	double n = (double)want->table->n_rows, h = 0, e = plain_entropy(want);

	for (size_t c = 0; c < want->k; c++)
		h -= want->share[c] * log(want->share[c]);
	check_int((intmax_t)fit->n_parameters, (intmax_t)p, "parameters");
	check_abs(fit->aic, -2 * want->loglik + 2 * (double)p, 1e-5, "AIC");
	check_abs(
	    fit->bic, -2 * want->loglik + (double)p * log(n), 1e-5, "BIC");
	check_abs(fit->icl, fit->bic + 2 * e, 1e-2, "ICL");
	check_abs(fit->entropy_r2, 1 - e / (n * h), 1e-4, "entropy R2");
}

static void against_plain(const struct cx_mixture_table *table, size_t k,
    size_t n_parameters, const char *name)
{
	struct cx_mixture_fit fit = fit_table(table, k, 1);
	struct plain *want = cx_calloc(1, sizeof(*want));
	bool taken[PLAIN_K] = { false };

	want->posterior = cx_calloc(table->n_rows * PLAIN_K, sizeof(double));
	plain_fit(want, table, k, 6);
	check(fit.converged, "%s: converged", name);
	check_abs(fit.loglik, want->loglik, 1e-6, "%s: log-likelihood", name);
	for (size_t c = 0; c < k; c++) {
		size_t d = plain_next(want, taken);

		check_parameters(want, &fit.model, c, d, name);
		check_posteriors(want, &fit.model, c, d, name);
	}
	check_criteria(want, &fit, n_parameters);
	free(want->posterior);
	free(want);
	cx_mixture_fit_release(&fit);
}

static void test_plain(void)
{
	struct simulation s = {
		.n_rows = 300, .n_classes = 3, .clear = .8, .missing = .15
	};

	simulate(&s);
	against_plain(&s.table, 2, 1 + 2 * (13 + 4), "2 classes, missing");
	against_plain(&s.table, 3, 2 + 3 * (13 + 4), "3 classes, missing");
	s.table.weights = s.weights;
	against_plain(&s.table, 3, 2 + 3 * (13 + 4), "3 classes, weights");
	s.table.weights = NULL;
	s.table.n_columns = COLUMNS - NUMERIC;
	against_plain(&s.table, 3, 2 + 3 * 13, "categorical");
	s.table.columns += COLUMNS - NUMERIC;
	s.table.n_columns = NUMERIC;
	against_plain(&s.table, 2, 1 + 2 * 4, "numeric");
	forget(&s);
}

/* So many columns that products of probabilities underflow. */
static void test_underflow(void)
{
	enum { ROWS = 60, WIDE = 390 };
	static uint16_t codes[WIDE][ROWS];
	static struct cx_mixture_column columns[WIDE];
	struct cx_mixture_table table = { ROWS, WIDE, columns, NULL };
	struct cx_mixture_fit fit;
	double rows[2] = { 0 };

	for (size_t j = 0; j < WIDE; j++) {
		for (size_t i = 0; i < ROWS; i++)
			codes[j][i] =
			    (uint16_t)(random_below(4) ? i % 2 * 4
			                               : 1 + random_below(7));
		columns[j] =
		    (struct cx_mixture_column){ { "x", 1 }, 8, codes[j], NULL };
	}
	fit = fit_table(&table, 2, 1);
	check(isfinite(fit.loglik), "underflow: log-likelihood is finite");
	for (size_t i = 0; i < ROWS; i++) {
		union cx_mixture_answer row[WIDE];
		double posterior[2], density;

		read_row(&table, i, row);
		density =
		    cx_mixture_posterior(&fit.model, row, posterior, NULL);
		fit.loglik -= density;
		rows[i % 2] += posterior[0];
	}
	check_abs(fit.loglik, 0, 1e-6, "underflow: sum of the rows'");
	check(fabs(rows[0] - rows[1]) > ROWS / 2.0 - 1e-9,
	    "underflow: the two kinds of rows are told apart");
	cx_mixture_fit_release(&fit);
}

/* By hand: answers 1 1 have .5 * 1e-400 beside .5 * 3e-400, 2e-400 in all. */
static void test_tiny(void)
{
	static const uint16_t codes[] = { 0, 1 };
	const struct cx_mixture_column columns[] = {
		{ { "x", 1 }, 2, codes, NULL }, { { "y", 1 }, 2, codes, NULL }
	};
	struct cx_mixture_table table = { 2, 2, columns, NULL };
	static const size_t two[] = { 2, 2 };
	struct cx_mixture_data *data;
	struct cx_mixture_shape shape;
	struct cx_mixture_work work;
	struct cx_mixture_walk walk = { .work = &work };
	struct cx_mixture m;
	struct cx_err err;
	double *theta, *posterior, density;

	cx_mixture_data_new(&data, &table, &err);
	cx_mixture_init(&m, 2, 2, two);
	m.share[0] = m.share[1] = .5;
	for (size_t c = 0; c < 2; c++)
		for (size_t j = 0; j < 2; j++) {
			m.of[j][c] = 1;
			m.of[j][2 + c] = c && j ? 3e-200 : 1e-200;
		}
	cx_mixture_shape_init(&shape, data, 2);
	theta = cx_calloc(shape.size, sizeof(*theta));
	posterior = cx_calloc(shape.stride, sizeof(*posterior));
	cx_mixture_import(data, &shape, &m, theta);
	walk.theta = theta;
	cx_mixture_work_init(&work, data, &shape);
	(void)cx_mixture_walk_next(&walk, posterior);
	density = cx_mixture_walk_next(&walk, posterior);
	check_rel(density, log(2) - 400 * log(10), 1e-12, "tiny: by hand");
	check_abs(posterior[1], .75, 1e-12, "tiny: posterior by hand");
	cx_mixture_work_release(&work);
	cx_mixture_shape_release(&shape);
	cx_mixture_release(&m);
	cx_mixture_data_free(data);
	free(theta);
	free(posterior);
}

/* ---- recovery ---- */

static double pairs(double n)
{
	return n * (n - 1) / 2;
}

/* Adjusted Rand index: Hubert and Arabie 1985, J. Classification 2, 193. */
static double rand_index(const struct simulation *s, const struct cx_mixture *m)
{
	double both[CLASSES][CLASSES] = { { 0 } }, a[CLASSES] = { 0 },
	       b[CLASSES] = { 0 };
	double in_both = 0, in_a = 0, in_b = 0, chance;

	for (size_t i = 0; i < s->n_rows; i++) {
		union cx_mixture_answer row[COLUMNS];
		double posterior[CLASSES];
		size_t c;

		read_row(&s->table, i, row);
		cx_mixture_posterior(m, row, posterior, NULL);
		c = cx_mixture_choose(posterior, m->k);
		both[s->truth[i]][c]++;
		a[s->truth[i]]++;
		b[c]++;
	}
	for (size_t i = 0; i < CLASSES; i++) {
		in_a += pairs(a[i]);
		in_b += pairs(b[i]);
		for (size_t c = 0; c < CLASSES; c++)
			in_both += pairs(both[i][c]);
	}
	chance = in_a * in_b / pairs((double)s->n_rows);
	return (in_both - chance) / ((in_a + in_b) / 2 - chance);
}

static void test_recovery(void)
{
	struct simulation s = { .n_rows = 1500,
		.n_classes = CLASSES,
		.clear = .9,
		.missing = .05 };
	struct cx_mixture_data *data;
	struct cx_mixture_fit fit;
	struct cx_err err;
	double best = INFINITY, stable[CLASSES];
	size_t best_k = 0;

	simulate(&s);
	cx_mixture_data_new(&data, &s.table, &err);
	for (size_t k = 1; k <= 6; k++) {
		cx_mixture_fit(&fit, data, k, &rule, &err);
		best_k = fit.bic < best ? k : best_k;
		best = fmin(best, fit.bic);
		cx_mixture_fit_release(&fit);
	}
	check_int((intmax_t)best_k, CLASSES, "BIC finds the number of classes");
	cx_mixture_fit(&fit, data, CLASSES, &rule, &err);
	best = rand_index(&s, &fit.model);
	check(best >= .95, "the classes are found: adjusted Rand %.3f", best);
	/* shares 2 : 3 : 4 : 5 of 14, the largest first */
	for (size_t c = 0; c < CLASSES; c++)
		check_abs(fit.model.share[c], (double)(5 - c) / 14, .03,
		    "share of class %zu", c);
	cx_mixture_stability(data, &fit.model, 10,
	    &(struct cx_mixture_rule){ 2, 0, 1, 1 }, stable);
	for (size_t c = 0; c < CLASSES; c++)
		check(
		    stable[c] > .95, "class %zu is stable: %.3f", c, stable[c]);
	cx_mixture_fit_release(&fit);
	cx_mixture_data_free(data);
	forget(&s);
}

/* Three classes of noise are not to be relied on. */
static void test_noise(void)
{
	struct simulation s = {
		.n_rows = 500, .n_classes = 1, .clear = .5, .missing = 0
	};
	struct cx_mixture_data *data;
	struct cx_mixture_fit one, three, brief;
	struct cx_err err;
	double stable[3], least = 1;

	simulate(&s);
	cx_mixture_data_new(&data, &s.table, &err);
	cx_mixture_fit(&one, data, 1, &rule, &err);
	cx_mixture_fit(&three, data, 3, &rule, &err);
	cx_mixture_fit(
	    &brief, data, 3, &(struct cx_mixture_rule){ 20, 1, 1, 1 }, &err);
	check(
	    three.converged && !brief.converged && brief.loglik <= three.loglik,
	    "one step does not converge");
	check(one.bic < three.bic, "noise: BIC wants one class");
	check(isnan(one.entropy_r2), "one class: no entropy R2");
	cx_mixture_stability(data, &three.model, 10,
	    &(struct cx_mixture_rule){ 2, 0, 1, 1 }, stable);
	for (size_t c = 0; c < 3; c++)
		least = fmin(least, stable[c]);
	check(least < .6, "noise: a class is unstable: %.3f", least);
	cx_mixture_fit_release(&one);
	cx_mixture_fit_release(&three);
	cx_mixture_fit_release(&brief);
	cx_mixture_data_free(data);
	forget(&s);
}

/* Whole numbers of one normal distribution are one class, not one each. */
static void test_rounding(void)
{
	enum { ROWS = 800 };
	static double values[ROWS];
	struct cx_mixture_column column = { { "x", 1 }, 0, NULL, values };
	struct cx_mixture_table table = { ROWS, 1, &column, NULL };
	double one = 0;

	for (size_t i = 0; i < ROWS; i++)
		values[i] = round(7 + 1.2 * normal());
	for (size_t k = 1; k <= 4; k++) {
		struct cx_mixture_fit fit = fit_table(&table, k, 1);

		one = k == 1 ? fit.bic : one;
		check(fit.bic >= one, "rounded numbers: BIC of %zu classes", k);
		cx_mixture_fit_release(&fit);
	}
}

/* Two rows that are nearly one draw a class to their point. */
static void test_degenerate(void)
{
	enum { ROWS = 40 };
	static double values[ROWS];
	struct cx_mixture_column column = { { "x", 1 }, 0, NULL, values };
	struct cx_mixture_table table = { ROWS, 1, &column, NULL };
	struct cx_mixture_fit fit;
	double least = INFINITY;

	for (size_t i = 0; i < ROWS; i++)
		values[i] = normal();
	values[1] = values[0] + 1e-6;
	values[3] = values[2] + 1e-6;
	fit = fit_table(&table, 4, 1);
	check(fit.n_degenerate > 0 && fit.n_degenerate < fit.n_starts,
	    "degenerate: %zu starts are thrown away", fit.n_degenerate);
	for (size_t c = 0; c < 4; c++)
		if (fit.model.share[c] * ROWS < CX_MIXTURE_SOLID)
			least = fmin(least, fit.model.of[0][4 + c]);
	check(least > .04, "degenerate: no small class is a point: %g", least);
	cx_mixture_fit_release(&fit);
}

/* ---- what must make no difference ---- */

static bool same_fit(
    const struct cx_mixture_fit *a, const struct cx_mixture_fit *b)
{
	const struct cx_mixture *m = &a->model;
	bool same = a->loglik == b->loglik && a->bic == b->bic &&
	            a->n_reached == b->n_reached;

	for (size_t j = 0; j < m->n_columns; j++) {
		size_t n = (m->n_levels[j] ? m->n_levels[j] : 2) * m->k;

		same = same && memcmp(m->of[j], b->model.of[j],
		                   n * sizeof(double)) == 0;
	}
	return same &&
	       memcmp(m->share, b->model.share, m->k * sizeof(double)) == 0;
}

/* Rows in another order. */
static void shuffle(struct simulation *s)
{
	for (size_t i = s->n_rows - 1; i > 0; i--) {
		size_t other = random_below(i + 1);
		double w = s->weights[i];

		s->weights[i] = s->weights[other];
		s->weights[other] = w;
		for (size_t j = 0; j < COLUMNS; j++) {
			uint16_t code = s->codes[j][i];
			double value = s->values[j][i];

			s->codes[j][i] = s->codes[j][other];
			s->values[j][i] = s->values[j][other];
			s->codes[j][other] = code;
			s->values[j][other] = value;
		}
	}
}

static void test_order(void)
{
	struct simulation s = {
		.n_rows = 500, .n_classes = 3, .clear = .8, .missing = .1
	};
	struct cx_mixture_fit first, other;

	simulate(&s);
	s.table.weights = s.weights;
	first = fit_table(&s.table, 3, 1);
	other = fit_table(&s.table, 3, 3);
	check(same_fit(&first, &other), "threads make no difference");
	cx_mixture_fit_release(&other);
	shuffle(&s);
	other = fit_table(&s.table, 3, 2);
	check(same_fit(&first, &other), "nor does the order of rows");
	cx_mixture_fit_release(&other);
	for (size_t i = 0; i < s.n_rows; i++)
		s.weights[i] *= 8;
	other = fit_table(&s.table, 3, 1);
	check(same_fit(&first, &other), "nor the unit of weights");
	cx_mixture_fit_release(&first);
	cx_mixture_fit_release(&other);
	forget(&s);
}

/* ---- the model alone ---- */

static void test_impossible(void)
{
	static const size_t two[] = { 2, 2 };
	union cx_mixture_answer row[2] = { { .code = 0 }, { .code = 1 } };
	struct cx_mixture m;
	double posterior[2];
	bool impossible;

	cx_mixture_init(&m, 2, 2, two);
	m.share[0] = m.share[1] = .5;
	/* class 0 answers 0 0, class 1 answers 1 with anything */
	m.of[0][0] = m.of[1][0] = 1;
	m.of[0][2 + 1] = 1;
	m.of[1][1] = .25;
	m.of[1][2 + 1] = .75;
	cx_mixture_posterior(&m, row, posterior, &impossible);
	check(impossible && posterior[0] > posterior[1],
	    "impossible row: the class with the likelier rest");
	/* by hand: .5 * 1e-300 beside .5 * .75 * 1e-300 */
	check_abs(posterior[0], 1 / 1.75, 1e-12, "impossible row: by hand");
	row[0].code = CX_MIXTURE_NONE;
	cx_mixture_posterior(&m, row, posterior, &impossible);
	check(!impossible && posterior[1] == 1, "missing answer: left out");
	check_int(
	    (intmax_t)cx_mixture_choose((const double[]){ .4, .4, .2 }, 3), 0,
	    "of equals the first");
	cx_mixture_release(&m);
}

/* ---- errors ---- */

static void refuse(const struct cx_mixture_column *columns, size_t n_rows,
    size_t k, const char *column, const char *message)
{
	struct cx_mixture_table table = { n_rows, 2, columns, NULL };
	struct cx_mixture_data *data = NULL;
	struct cx_mixture_fit fit;
	struct cx_err err = { 0 };
	int code = cx_mixture_data_new(&data, &table, &err);

	if (code == 0)
		code = cx_mixture_fit(&fit, data, k, &rule, &err);
	check_int(code, -1, "refused: %s", message);
	check_str(err.what, message, "message");
	check_str(err.column, column, "column");
	check_int(err.status, CX_DATA, "status");
	cx_mixture_data_free(data);
}

static void test_errors(void)
{
	static const uint16_t good[] = { 0, 1, 0, 1 }, same[] = { 1, 1, 1, 1 },
	                      none[] = { CX_MIXTURE_NONE, CX_MIXTURE_NONE,
		                      CX_MIXTURE_NONE, CX_MIXTURE_NONE };
	static const double flat[] = { 7, NAN, 7, 7 };
	struct cx_mixture_column columns[2] = { { { "a", 1 }, 2, good, NULL },
		{ { "b", 1 }, 2, same, NULL } };
	static const double nothing[4];
	struct cx_mixture_table table = { 4, 1, columns, nothing };
	struct cx_mixture_data *data;
	struct cx_err err = { 0 };

	refuse(columns, 4, 2, "b",
	    "all answers are the same: no class differs by it");
	columns[1].codes = none;
	refuse(columns, 4, 2, "b", "no row has an answer");
	columns[1] = (struct cx_mixture_column){ { "b", 1 }, 0, NULL, flat };
	refuse(columns, 4, 2, "b",
	    "all answers are the same: no class differs by it");
	columns[1] =
	    (struct cx_mixture_column){ { "b", 1 }, 100000, good, NULL };
	refuse(columns, 4, 2, "b",
	    "100000 different answers; a categorical column has 1000 at most");
	columns[1].n_levels = 2;
	refuse(columns, 4, 3, "", "3 classes of rows that are of only 2 kinds");
	check_int(cx_mixture_data_new(&data, &table, &err), -1, "no weight");
	check_str(err.what, "no row has a weight", "no weight: message");
}

int main(void)
{
	test_plain();
	test_underflow();
	test_tiny();
	test_recovery();
	test_noise();
	test_rounding();
	test_degenerate();
	test_order();
	test_impossible();
	test_errors();
	return check_done();
}
