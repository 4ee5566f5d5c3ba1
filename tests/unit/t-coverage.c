/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exact coverage of the intervals of a Net Promoter Score: for true shares of
 * detractors, passives and promoters, the probability of all the samples of n
 * whose interval holds the true score. Averaged over all shares that are
 * twentieths and sum to 1, those of 0 among them: 231 sets of shares, of
 * equal weight.
 */
#include "libcx/model/nps.h"
#include "tests/lib/check.h"

enum { LARGEST = 100, STEPS = 20, N_METHODS = 3 };
enum { N_SAMPLES = (LARGEST + 1) * (LARGEST + 2) / 2 };

static const enum cx_nps_method METHODS[N_METHODS] = { CX_NPS_WALD,
	CX_NPS_ADJUSTED_WALD, CX_NPS_SCORE };
static const char *const NAMES[N_METHODS] = { "Wald", "adjusted Wald",
	"score" };

/* A sample of n, how many orders it can come in, and its intervals. */
struct sample {
	int detractors, passives, promoters;
	double orders;
	struct cx_interval intervals[N_METHODS];
};

static struct sample samples[N_SAMPLES];

static double orders(int detractors, int passives, int promoters)
{
	return exp(lgamma(detractors + passives + promoters + 1) -
	           lgamma(detractors + 1) - lgamma(passives + 1) -
	           lgamma(promoters + 1));
}

static struct sample sample_of(int detractors, int passives, int promoters)
{
	struct sample s = { .detractors = detractors,
		.passives = passives,
		.promoters = promoters,
		.orders = orders(detractors, passives, promoters) };
	struct cx_nps nps = { (uint64_t)promoters, (uint64_t)passives,
		(uint64_t)detractors };

	for (int m = 0; m < N_METHODS; m++)
		s.intervals[m] = cx_nps_interval(&nps, 0.95, METHODS[m]);
	return s;
}

/* All samples of n; how many. */
static int enumerate(int n)
{
	int count = 0;

	for (int d = 0; d <= n; d++)
		for (int p = 0; d + p <= n; p++)
			samples[count++] = sample_of(d, n - d - p, p);
	return count;
}

/* Powers of a share in twentieths: 0^0 is 1. */
static double powers[STEPS + 1][LARGEST + 1];

static void fill_powers(void)
{
	for (int i = 0; i <= STEPS; i++)
		for (int k = 0; k <= LARGEST; k++)
			powers[i][k] = pow((double)i / STEPS, k);
}

/* Adds to held[method] the probability that its interval holds the score. */
static void add_coverage(
    int n_samples, int detractors, int promoters, double held[N_METHODS])
{
	/* A bound on the score itself holds it, however it was rounded. */
	static const double ROUNDING = 1e-10;
	double score = 100. * (promoters - detractors) / STEPS;
	int passives = STEPS - detractors - promoters;

	for (int i = 0; i < n_samples; i++) {
		const struct sample *s = &samples[i];
		double probability = s->orders *
		                     powers[detractors][s->detractors] *
		                     powers[passives][s->passives] *
		                     powers[promoters][s->promoters];

		for (int m = 0; m < N_METHODS; m++)
			if (s->intervals[m].lo <= score + ROUNDING &&
			    s->intervals[m].hi >= score - ROUNDING)
				held[m] += probability;
	}
}

struct coverage {
	double mean[N_METHODS], least[N_METHODS];
};

static struct coverage coverage(int n)
{
	struct coverage c = { { 0 }, { 1, 1, 1 } };
	int n_samples = enumerate(n), n_shares = 0;

	for (int d = 0; d <= STEPS; d++) {
		for (int p = 0; d + p <= STEPS; p++) {
			double held[N_METHODS] = { 0 };

			add_coverage(n_samples, d, p, held);
			n_shares++;
			for (int m = 0; m < N_METHODS; m++) {
				c.mean[m] += held[m];
				c.least[m] = fmin(c.least[m], held[m]);
			}
		}
	}
	for (int m = 0; m < N_METHODS; m++)
		c.mean[m] /= n_shares;
	return c;
}

/*
 * adjusted: what adjusted Wald is the default method for, to three decimals.
 * means: R 4.2.2, tests/oracles/scores.R, the same enumeration with intervals
 * of its own, to all decimals.
 */
static const struct {
	int n;
	double adjusted, means[N_METHODS];
} CASES[] = {
	{ 10, 0.952,
	    { 0.861917418604109, 0.951843612781474, 0.964776121228115 } },
	{ 20, 0.951,
	    { 0.911224860299851, 0.951358453181979, 0.958677045450777 } },
	{ 100, 0.950,
	    { 0.942426527719033, 0.950416543631756, 0.950279330088877 } },
};

int main(void)
{
	fill_powers();
	for (size_t i = 0; i < sizeof(CASES) / sizeof(*CASES); i++) {
		struct coverage c = coverage(CASES[i].n);

		check_abs(c.mean[1], CASES[i].adjusted, 0.0005,
		    "n = %d: adjusted Wald covers %.3f", CASES[i].n,
		    CASES[i].adjusted);
		for (int m = 0; m < N_METHODS; m++) {
			check_abs(c.mean[m], CASES[i].means[m], 1e-9,
			    "n = %d: mean coverage of %s", CASES[i].n,
			    NAMES[m]);
			check_note("%s: mean %.4f, least %.4f", NAMES[m],
			    c.mean[m], c.least[m]);
		}
		check(
		    c.least[0] < 0.9 && c.least[1] > 0.87 && c.least[2] > 0.91,
		    "n = %d: Wald fails where the others hold", CASES[i].n);
	}
	return check_done();
}
