/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/rake.h"

#include "libcx/base/mem.h"
#include "libcx/model/sum.h"

#include <stdlib.h>

static size_t category_of(const struct cx_rake *rake, size_t cell, size_t m)
{
	return rake->category[cell * rake->n_margins + m];
}

static size_t most_categories(const struct cx_rake *rake)
{
	size_t most = 0;

	for (size_t m = 0; m < rake->n_margins; m++)
		if (rake->margins[m].n > most)
			most = rake->margins[m].n;
	return most;
}

/* Sums of x by the categories of margin m. */
static void sum_by(
    const struct cx_rake *rake, size_t m, const double *x, struct cx_sum *sums)
{
	for (size_t k = 0; k < rake->margins[m].n; k++)
		sums[k] = (struct cx_sum){ 0 };
	for (size_t c = 0; c < rake->n_cells; c++)
		cx_sum_add(&sums[category_of(rake, c, m)], x[c]);
}

/* ---- the factors ---- */

static double sum_of_shares(const struct cx_rake_margin *margin)
{
	struct cx_sum sum = { 0 };

	for (size_t k = 0; k < margin->n; k++)
		if (!isnan(margin->shares[k]))
			cx_sum_add(&sum, margin->shares[k]);
	return cx_sum_value(&sum);
}

static int check_category(const struct cx_rake_margin *margin, size_t k,
    double weight, struct cx_err *err)
{
	const char *label = cx_quote(margin->labels[k]);
	double share = margin->shares[k];

	if (share < 0)
		return cx_err_set(
		    err, CX_DATA, "the share of %s is negative", label);
	if (share > 0 && !(weight > 0))
		return cx_err_set(err, CX_DATA,
		    "%s has a share, but no record has it: join it with "
		    "another",
		    label);
	if (weight > 0 && isnan(share))
		return cx_err_set(
		    err, CX_DATA, "%s occurs, but has no share", label);
	if (weight > 0 && share == 0)
		return cx_err_set(
		    err, CX_DATA, "%s occurs, but its share is 0", label);
	return 0;
}

static int check_margin(const struct cx_rake_margin *margin,
    const struct cx_sum *weights, double tolerance, struct cx_err *err)
{
	double sum = sum_of_shares(margin);

	for (size_t k = 0; k < margin->n; k++)
		if (check_category(margin, k, cx_sum_value(&weights[k]), err) <
		    0)
			return -1;
	if (!(fabs(sum - 1) <= tolerance))
		return cx_err_set(
		    err, CX_DATA, "the shares sum to %.10g, not to 1", sum);
	return 0;
}

static int check(const struct cx_rake *rake, const double *base,
    double tolerance, struct cx_sum *sums, struct cx_err *err)
{
	for (size_t m = 0; m < rake->n_margins; m++) {
		const struct cx_rake_margin *margin = &rake->margins[m];

		sum_by(rake, m, base, sums);
		if (check_margin(margin, sums, tolerance, err) < 0) {
			cx_err_column(err, margin->name);
			return -1;
		}
	}
	return 0;
}

static double total(const double *x, size_t n)
{
	struct cx_sum sum = { 0 };

	for (size_t i = 0; i < n; i++)
		cx_sum_add(&sum, x[i]);
	return cx_sum_value(&sum);
}

/* Takes the weights, which sum to all, to the shares of margin m. */
static void fit_margin(const struct cx_rake *rake, size_t m, double all,
    double *weight, struct cx_sum *sums)
{
	const struct cx_rake_margin *margin = &rake->margins[m];
	double scale = all / sum_of_shares(margin);

	sum_by(rake, m, weight, sums);
	for (size_t c = 0; c < rake->n_cells; c++) {
		size_t k = category_of(rake, c, m);
		double sum = cx_sum_value(&sums[k]);

		if (sum > 0)
			weight[c] *= scale * margin->shares[k] / sum;
	}
}

static double deviation(const struct cx_rake *rake, size_t m, double all,
    const double *weight, struct cx_sum *sums)
{
	const struct cx_rake_margin *margin = &rake->margins[m];
	double shares = sum_of_shares(margin), worst = 0;

	sum_by(rake, m, weight, sums);
	for (size_t k = 0; k < margin->n; k++)
		if (margin->shares[k] > 0)
			worst = fmax(worst, fabs(cx_sum_value(&sums[k]) / all -
			                         margin->shares[k] / shares));
	return worst;
}

static struct cx_rake_fit iterate(const struct cx_rake *rake,
    const struct cx_rake_rule *rule, double *weight, struct cx_sum *sums)
{
	double all = total(weight, rake->n_cells);
	struct cx_rake_fit fit = { 0 };

	while (!fit.converged && fit.iterations < rule->max_iterations) {
		for (size_t m = 0; m < rake->n_margins; m++)
			fit_margin(rake, m, all, weight, sums);
		fit.iterations++;
		fit.deviation = 0;
		for (size_t m = 0; m < rake->n_margins; m++)
			fit.deviation = fmax(fit.deviation,
			    deviation(rake, m, all, weight, sums));
		fit.converged = fit.deviation <= rule->tolerance;
	}
	return fit;
}

int cx_rake_fit(const struct cx_rake *rake, const double *base,
    const struct cx_rake_rule *rule, double *factor, struct cx_rake_fit *fit,
    struct cx_err *err)
{
	struct cx_sum *sums = cx_calloc(most_categories(rake), sizeof(*sums));
	int status = check(rake, base, rule->share_tolerance, sums, err);

	if (status == 0) {
		for (size_t c = 0; c < rake->n_cells; c++)
			factor[c] = base[c];
		*fit = iterate(rake, rule, factor, sums);
		for (size_t c = 0; c < rake->n_cells; c++)
			factor[c] = base[c] > 0 ? factor[c] / base[c] : 1;
	}
	free(sums);
	return status;
}

/* ---- residuals ---- */

/*
 * By cell, sums over records that are counted or weighted: of their masses,
 * and of mass times u less p; and p itself.
 */
struct projection {
	size_t n_cells;
	double *mass, *rest, *p;
};

static struct projection projection_new(size_t n_cells)
{
	return (struct projection){
		n_cells,
		cx_calloc(n_cells, sizeof(double)),
		cx_calloc(n_cells, sizeof(double)),
		cx_calloc(n_cells, sizeof(double)),
	};
}

static void projection_release(struct projection *on)
{
	free(on->mass);
	free(on->rest);
	free(on->p);
}

/* Moves the mean rest of each category of margin m to p; the largest move. */
static double project_margin(const struct cx_rake *rake, size_t m,
    struct projection *on, struct cx_sum *mass, struct cx_sum *rest)
{
	double largest = 0;

	sum_by(rake, m, on->mass, mass);
	sum_by(rake, m, on->rest, rest);
	for (size_t c = 0; c < rake->n_cells; c++) {
		size_t k = category_of(rake, c, m);
		double move;

		if (!(cx_sum_value(&mass[k]) > 0))
			continue;
		move = cx_sum_value(&rest[k]) / cx_sum_value(&mass[k]);
		on->p[c] += move;
		on->rest[c] -= on->mass[c] * move;
		largest = fmax(largest, fabs(move));
	}
	return largest;
}

static double project_round(const struct cx_rake *rake, struct projection *on,
    struct cx_sum *mass, struct cx_sum *rest)
{
	double largest = 0;

	for (size_t m = 0; m < rake->n_margins; m++)
		largest =
		    fmax(largest, project_margin(rake, m, on, mass, rest));
	return largest;
}

static void project(const struct cx_rake_sample *sample, struct projection *on)
{
	unsigned rounds = cx_rake_rounds(sample->residuals);
	size_t most = most_categories(sample->rake);
	struct cx_sum *mass = cx_calloc(most, sizeof(*mass));
	struct cx_sum *rest = cx_calloc(most, sizeof(*rest));
	double first = project_round(sample->rake, on, mass, rest);
	double moved = first;

	for (unsigned i = 1; i < rounds && moved > first * CX_RAKE_STILL; i++)
		moved = project_round(sample->rake, on, mass, rest);
	free(mass);
	free(rest);
}

/* ---- by PSU ---- */

/* The domain's mean and sum of weights. */
struct domain {
	double mean, w;
};

static void add_part(const struct cx_rake_sample *sample,
    const struct cx_rake_part *part, struct domain domain,
    struct projection *on)
{
	bool counted = sample->residuals == CX_RAKE_BY_COUNT;
	double n = counted ? (double)part->n : part->w;
	double y = counted ? part->y : part->wy;

	on->mass[part->cell] += counted ? (double)part->n_all : part->all;
	on->rest[part->cell] += (y - domain.mean * n) / domain.w;
}

static struct domain sum_psus(const struct cx_rake_sample *sample,
    const struct cx_rake_psus *psus, double *w, double *wy)
{
	double all;

	for (size_t i = 0; i < psus->n; i++)
		w[i] = wy[i] = 0;
	for (size_t i = 0; i < psus->n_parts; i++) {
		const struct cx_rake_part *part = &psus->parts[i];
		double factor = sample->factor[part->cell];

		w[part->psu] += factor * part->w;
		wy[part->psu] += factor * part->wy;
	}
	all = total(w, psus->n);
	return (struct domain){ total(wy, psus->n) / all, all };
}

void cx_rake_psu_linearise(const struct cx_rake_sample *sample,
    const struct cx_rake_psus *psus, double *w, double *wy, double *z)
{
	struct domain domain = sum_psus(sample, psus, w, wy);
	struct projection on = projection_new(sample->rake->n_cells);

	for (size_t i = 0; i < psus->n_parts; i++)
		add_part(sample, &psus->parts[i], domain, &on);
	project(sample, &on);
	for (size_t i = 0; i < psus->n; i++)
		z[i] = 0;
	for (size_t i = 0; i < psus->n_parts; i++) {
		const struct cx_rake_part *part = &psus->parts[i];
		double u = (part->wy - domain.mean * part->w) / domain.w;

		z[part->psu] += sample->factor[part->cell] *
		                (u - on.p[part->cell] * part->all);
	}
	projection_release(&on);
}

int cx_rake_psu_mean(const struct cx_rake_sample *sample,
    const struct cx_rake_psus *psus, struct cx_design_mean *out,
    struct cx_err *err)
{
	double *w = cx_malloc(cx_mul(psus->n, sizeof(*w)));
	double *wy = cx_malloc(cx_mul(psus->n, sizeof(*wy)));
	double *z = cx_malloc(cx_mul(psus->n, sizeof(*z)));
	struct cx_design_psus domain = { psus->n, psus->stratum, w, wy };
	struct cx_design_psus all = { psus->n, psus->stratum, NULL, NULL };
	double variance;
	int status;

	cx_rake_psu_linearise(sample, psus, w, wy, z);
	status =
	    cx_design_psu_variance(sample->design, &all, z, &variance, err);
	if (status == 0)
		status = cx_design_psu_mean(sample->design, &domain, out, err);
	if (status == 0)
		out->se = sqrt(variance);
	free(w);
	free(wy);
	free(z);
	return status;
}
