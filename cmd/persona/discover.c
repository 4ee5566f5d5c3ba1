/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/discover.h"

#include "cmd/persona/classes.h"
#include "libcx/base/mem.h"
#include "libcx/table/sheet.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

struct persona_discover_settings persona_discover_settings = {
	.seed = PERSONA_SEED,
	.starts = -1,
	.samples = -1,
	.min_p = 0,
};

static struct persona_discover_settings *const set = &persona_discover_settings;

/*
 * Starts and samples, where users have not said how many. What many kinds of
 * rows cost more in time they need less, as chance evens out.
 */
static const struct {
	size_t starts, samples;
} usual = { CX_MIXTURE_STARTS, 50 }, large = { 20, 10 };
enum { LARGE = 5000 }; /* patterns */

/* Starts of each bootstrap sample, besides the one from the model. */
enum { SAMPLE_STARTS = 2 };

/* Open from the start: what cannot be saved need not be found. */
static struct cx_output *saved;

static const struct cx_list *gates;
static const struct cx_cli *program;
static size_t least_k = 2, most_k = 8;

/* ---- settings ---- */

const struct cx_list *persona_discover_gates(void)
{
	return gates;
}

static bool is_whole(double x, double low, double high)
{
	return x >= low && x <= high && x == floor(x);
}

/* "4" or "2:8" */
static void read_range(const struct cx_cli *cli)
{
	char *end;

	if (!set->k)
		return;
	least_k = most_k = strtoul(set->k, &end, 10);
	if (*end == ':')
		most_k = strtoul(end + 1, &end, 10);
	if (*end || set->k[strspn(set->k, "0123456789:")] || least_k < 1 ||
	    most_k < least_k || most_k > CX_MIXTURE_MOST_CLASSES)
		cx_cli_usage(cli,
		    "-k: %s is not a number of classes such as 4, or a range "
		    "such as 2:8, from 1 to %d",
		    cx_quote(cx_str(set->k)), CX_MIXTURE_MOST_CLASSES);
}

static void check_numbers(const struct cx_cli *cli)
{
	if (set->starts != -1 && !is_whole(set->starts, 1, 1e6))
		cx_cli_usage(cli, "--starts must be a whole number, 1 or more");
	if (set->samples != -1 && !is_whole(set->samples, 0, 1e6))
		cx_cli_usage(
		    cli, "--samples must be a whole number, 0 or more");
	if (!is_whole(set->most_steps, 0, 1e9))
		cx_cli_usage(cli,
		    "--max-steps must be a whole number, 1 or more; 0 is the "
		    "default");
	if (!is_whole(set->seed, 0, 0x1p53))
		cx_cli_usage(cli, "--seed must be a whole number, 0 or more");
	if (!(set->min_p >= 0 && set->min_p <= 1))
		cx_cli_usage(cli, "--min-p must lie between 0 and 1");
}

/* What only one way uses, for the others to refuse. */
static void refuse_search(const struct cx_cli *cli)
{
	if (set->columns.n || set->k || set->unit || set->weight ||
	    set->starts != -1 || set->samples != -1 || set->most_steps > 0 ||
	    set->seed != PERSONA_SEED)
		cx_cli_usage(cli, "-x, -k, -w, --unit, --starts, --max-steps, "
		                  "--samples and --seed are for --discover");
}

static void refuse_model(const struct cx_cli *cli)
{
	if (set->min_p > 0 || set->drift)
		cx_cli_usage(cli, "--min-p and --drift are for --model");
}

static void refuse_names(const struct cx_cli *cli)
{
	if (set->save || set->names.n)
		cx_cli_usage(cli, "--save and --name are for --discover and "
		                  "--model");
}

static void check_discovery(const struct cx_cli *cli)
{
	refuse_model(cli);
	if (set->columns.n == 0)
		cx_cli_usage(cli, "--discover needs -x COLUMNS");
	if (set->names.n && !set->save)
		cx_cli_usage(cli, "--name is kept in the model: it needs "
		                  "--save");
	if (!persona_unit_of(set->unit, &persona_sample_rule.unit))
		cx_cli_usage(cli,
		    "--unit: %s is not response, customer-latest or "
		    "customer-first",
		    cx_quote(cx_str(set->unit)));
	persona_sample_rule.columns = &set->columns;
	persona_sample_rule.weight = set->weight;
}

static void check_model(const struct cx_cli *cli)
{
	refuse_search(cli);
	if (set->save && set->names.n == 0)
		cx_cli_usage(cli, "--model with --save gives names: it needs "
		                  "--name");
	if (set->save && (cli->n_files || set->drift || gates->n))
		cx_cli_usage(cli, "--model with --save gives names and reads "
		                  "no rows");
}

void persona_discover_check(const struct cx_cli *cli, const struct cx_list *g)
{
	gates = g;
	program = cli;
	read_range(cli);
	check_numbers(cli);
	if (set->save && strcmp(set->save, "-") == 0)
		cx_cli_usage(cli,
		    "--save needs a file; standard output holds the table");
	if (set->discover) {
		check_discovery(cli);
	} else if (set->model) {
		check_model(cli);
	} else {
		refuse_search(cli);
		refuse_model(cli);
		refuse_names(cli);
	}
}

void persona_discover_release(void)
{
	free(set->columns.items);
	free(set->names.items);
}

/* ---- fits ---- */

struct trial {
	size_t k;
	struct cx_mixture_fit fit;
};

struct trials {
	struct cx_mixture_data *data;
	struct cx_mixture_rule rule;
	struct trial items[CX_MIXTURE_MOST_CLASSES];
	size_t n, best;
};

static size_t number_of(double asked, size_t few, size_t many, size_t patterns)
{
	if (asked != -1)
		return (size_t)asked;
	return patterns > LARGE ? few : many;
}

/* Fits that cannot be are left out, as long as there is one that can. */
static int fit_all(struct trials *t, struct cx_err *err)
{
	for (size_t k = least_k; k <= most_k; k++) {
		struct trial *trial = &t->items[t->n];

		trial->k = k;
		if (cx_mixture_fit(&trial->fit, t->data, k, &t->rule, err) ==
		    0) {
			if (trial->fit.bic < t->items[t->best].fit.bic)
				t->best = t->n;
			t->n++;
		} else if (t->n) {
			cx_cli_note(program, "left out: %s", err->what);
		} else if (k == most_k) {
			return -1;
		}
	}
	return 0;
}

static void release_trials(struct trials *t)
{
	for (size_t i = 0; i < t->n; i++)
		cx_mixture_fit_release(&t->items[i].fit);
	cx_mixture_data_free(t->data);
}

static void tell_doubts(const struct trials *t)
{
	const struct cx_mixture_fit *best = &t->items[t->best].fit;
	size_t k = t->items[t->best].k;

	if (best->n_reached == 1 && best->n_starts > 1)
		cx_cli_note(program,
		    "%zu classes: one of %zu starts reached this maximum; with "
		    "more --starts there may be a higher one",
		    k, best->n_starts);
	if (t->n > 1 && t->best == t->n - 1)
		cx_cli_note(program,
		    "BIC still falls at %zu classes, the most that were tried",
		    k);
}

/* ---- the table ---- */

static void add_columns(struct cx_sheet *sheet)
{
	cx_sheet_number_column(sheet, "k", 0, 0);
	cx_sheet_number_column(sheet, "n", 0, 0);
	cx_sheet_number_column(sheet, "loglik", 6, 1);
	cx_sheet_number_column(sheet, "loglik_z", 6, 1);
	cx_sheet_detail(sheet);
	cx_sheet_number_column(sheet, "parameters", 0, 0);
	cx_sheet_number_column(sheet, "aic", 5, 1);
	cx_sheet_number_column(sheet, "bic", 5, 1);
	cx_sheet_number_column(sheet, "icl", 5, 1);
	cx_sheet_number_column(sheet, "entropy_r2", 4, 2);
	cx_sheet_number_column(sheet, "smallest", 4, 1);
	cx_sheet_number_column(sheet, "starts", 0, 0);
	cx_sheet_detail(sheet);
	cx_sheet_number_column(sheet, "degenerate", 0, 0);
	cx_sheet_detail(sheet);
	cx_sheet_number_column(sheet, "reached", 1, 0);
	cx_sheet_number_column(sheet, "converged", 0, 0);
	cx_sheet_detail(sheet);
	cx_sheet_number_column(sheet, "best", 0, 0);
}

static int put_trial(struct cx_sheet *sheet, const struct trials *t, size_t i,
    struct cx_err *err)
{
	const struct cx_mixture_fit *f = &t->items[i].fit;

	cx_sheet_style(sheet, i == t->best ? CX_GOOD : CX_PLAIN);
	cx_sheet_count(sheet, t->items[i].k);
	cx_sheet_count(sheet, cx_mixture_data_rows(t->data));
	cx_sheet_real(sheet, f->loglik);
	cx_sheet_real(sheet, f->loglik_z);
	cx_sheet_count(sheet, f->n_parameters);
	cx_sheet_real(sheet, f->aic);
	cx_sheet_real(sheet, f->bic);
	cx_sheet_real(sheet, f->icl);
	cx_sheet_real(sheet, f->entropy_r2);
	cx_sheet_real(sheet, 100 * f->smallest);
	cx_sheet_count(sheet, f->n_starts);
	cx_sheet_count(sheet, f->n_degenerate);
	cx_sheet_real(sheet, 100 * (double)f->n_reached / (double)f->n_starts);
	cx_sheet_count(sheet, f->converged);
	cx_sheet_count(sheet, i == t->best);
	return cx_sheet_end(sheet, err);
}

static int add_gates(struct cx_sheet *sheet, struct cx_err *err)
{
	return cx_sheet_gates(sheet, gates->items, gates->n, err);
}

/* Before there is data. */
static int check_gates(struct cx_err *err)
{
	struct cx_sheet *sheet = cx_sheet_new(NULL);
	int code;

	add_columns(sheet);
	code = add_gates(sheet, err);
	cx_sheet_free(sheet);
	return code;
}

static int write_table(
    const struct trials *t, struct cx_writer *writer, struct cx_err *err)
{
	struct cx_sheet *sheet = cx_sheet_new(writer);
	int code;

	add_columns(sheet);
	code = cx_sheet_start(sheet, err);
	if (code == 0)
		code = add_gates(sheet, err);
	for (size_t i = 0; code == 0 && i < t->n; i++)
		code = put_trial(sheet, t, i, err);
	return cx_sheet_close(sheet, code, err);
}

/* ---- the model ---- */

static void find_stability(const struct trials *t, struct persona_model *model)
{
	size_t n = number_of(set->samples, large.samples, usual.samples,
	    cx_mixture_data_patterns(t->data));
	struct cx_mixture_rule rule = t->rule;
	double jaccard[CX_MIXTURE_MOST_CLASSES];

	if (n == 0)
		return;
	rule.n_starts = SAMPLE_STARTS;
	cx_mixture_stability(t->data, &model->mixture, n, &rule, jaccard);
	for (size_t c = 0; c < model->mixture.k; c++)
		model->classes[c].stability = jaccard[c];
}

static int make_model(struct trials *t, const struct persona_table *table,
    struct persona_model *model, struct cx_err *err)
{
	persona_classes_model(model, table, &t->items[t->best].fit);
	model->fit.seed = set->seed;
	model->fit.unit = persona_sample_rule.unit;
	if (set->weight)
		model->weight = cx_strdup(set->weight);
	if (persona_model_give_names(model, &set->names, err) < 0)
		return -1;
	find_stability(t, model);
	return 0;
}

static void write_classes(
    const struct persona_model *model, struct cx_writer *writer)
{
	struct cx_buf text = { 0 };

	persona_classes_describe(model, &text);
	cx_buf_addc(&text, '\n');
	cx_writer_footer(writer, cx_buf_str(&text));
	cx_buf_release(&text);
}

/* What fails a gate, or has not converged, is not saved. */
static int use_best(struct trials *t, const struct persona_table *table,
    struct cx_writer *writer, struct cx_err *err)
{
	struct persona_model model = { 0 };
	bool shown = cx_writer_is_table(writer);
	int code = 0;

	if (!t->items[t->best].fit.converged)
		code = cx_err_set(err, CX_GATE,
		    "the fit of %zu classes did not converge; --max-steps "
		    "allows more",
		    t->items[t->best].k);
	if (code == 0 && (shown || saved))
		code = make_model(t, table, &model, err);
	if (code == 0 && shown)
		write_classes(&model, writer);
	if (code == 0 && saved) {
		code = persona_model_write(&model, saved, err);
		saved = NULL;
	}
	persona_model_release(&model);
	return code;
}

static void tell_columns(
    const struct persona_table *table, const struct trials *t)
{
	const struct cx_mixture_table *rows = &table->table;
	struct cx_buf text = { 0 };

	for (size_t j = 0; j < rows->n_columns; j++) {
		const struct cx_mixture_column *column = &rows->columns[j];

		cx_buf_addz(&text, j ? ", " : "");
		cx_buf_addz(&text, cx_quote(column->name));
		if (column->n_levels)
			cx_buf_addf(&text, " %zu categories", column->n_levels);
		else
			cx_buf_addz(&text, " numbers");
	}
	cx_cli_note(program, "%zu rows of %zu kinds; %.*s",
	    cx_mixture_data_rows(t->data), cx_mixture_data_patterns(t->data),
	    (int)text.len, text.data);
	cx_buf_release(&text);
	if (table->n_touched)
		cx_cli_note(program,
		    "rows with a touchpoint: %" PRIu64
		    "; left out, the others are the responses",
		    table->n_touched);
	if (table->n_blank)
		cx_cli_note(program,
		    "rows without any of these answers: %" PRIu64 "; left out",
		    table->n_blank);
	if (table->n_weightless)
		cx_cli_note(program, "rows of weight 0: %" PRIu64 "; left out",
		    table->n_weightless);
}

static int search(const struct persona_table *table, struct trials *t,
    struct cx_writer *writer, struct cx_err *err)
{
	if (cx_mixture_data_new(&t->data, &table->table, err) < 0)
		return -1;
	t->rule.n_starts = number_of(set->starts, large.starts, usual.starts,
	    cx_mixture_data_patterns(t->data));
	tell_columns(table, t);
	if (fit_all(t, err) < 0)
		return -1;
	tell_doubts(t);
	if (write_table(t, writer, err) < 0)
		return -1;
	return use_best(t, table, writer, err);
}

static int report(void *total, struct cx_writer *writer, struct cx_err *err)
{
	struct trials *t = cx_calloc(1, sizeof(*t));
	struct persona_table table;
	int code = persona_table_make(&table, total, err);

	t->rule.seed = (uint64_t)set->seed;
	t->rule.most_steps = (size_t)set->most_steps;
	t->rule.threads = program->threads;
	if (code == 0)
		code = search(&table, t, writer, err);
	release_trials(t);
	persona_table_release(&table);
	free(t);
	return code;
}

int persona_discover_run(struct cx_cli *cli, struct cx_err *err)
{
	struct persona_sample sample = { 0 };
	int code = check_gates(err);

	if (code == 0 && set->save)
		code = cx_output_open(&saved, set->save, err);
	if (code == 0)
		code = cx_cli_aggregate(
		    cli, &persona_sample_fold, &sample, report, err);
	cx_output_discard(saved);
	persona_sample_release(&sample);
	return code;
}
