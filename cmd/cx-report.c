/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cx-report - one page of the tables that the other programs printed */
#include "cmd/report/score.h"
#include "cmd/report/mask.h"
#include "cmd/report/report.h"
#include "cmd/report/words.h"
#include "libcx/base/mem.h"

#include <math.h>
#include <stdlib.h>

struct report_settings report_settings = { .lang = "en", .min_n = 5 };

static struct report_settings *const set = &report_settings;

static const struct cx_option options[] = {
	CX_OPT_TEXT('l', "lang", &report_settings.lang, "LANG",
	    "language of the page: en (default) or ja"),
	CX_OPT_TEXT(
	    0, "title", &report_settings.title, "TEXT", "heading of the page"),
	CX_OPT_LIST(0, "table", &report_settings.names, "NAME=FILE",
	    "read the table FILE and call it NAME"),
	CX_OPT_LIST(0, "manifest", &report_settings.manifests, "FILE",
	    "what cx-ingest --manifest wrote, for the head of the page"),
	CX_OPT_TEXT(0, "period", &report_settings.period, "TEXT",
	    "what the page covers (default: as its trends say)"),
	CX_OPT_TEXT(0, "tz", &report_settings.zone, "ZONE",
	    "whose clocks bound the periods, for the head of the page"),
	CX_OPT_TEXT(0, "as-of", &report_settings.as_of, "DAY",
	    "how far the data reach, for the head of the page"),
	CX_OPT_REAL(0, "min-n", &report_settings.min_n, "N",
	    "mask groups of fewer than N answers (default: 5)"),
	CX_OPT_END,
};

static const char *const formats[] = { "html", "md", NULL };

/* ---- tables and their names ---- */

/* The name of a file up to its first dot, hyphen or underscore. */
static struct cx_str stem(const char *file)
{
	const char *slash = strrchr(file, '/');
	struct cx_str s = cx_str(slash ? slash + 1 : file);
	size_t n = 0;

	while (n < s.n && !strchr(".-_", s.p[n]))
		n++;
	return (struct cx_str){ s.p, n };
}

/* Tables of boxes do not say what was asked; their files may. */
static const char *default_name(const struct report_table *t)
{
	static const char *const names[REPORT_N_KINDS] = {
		[REPORT_NPS] = "nps",
		[REPORT_MAP] = "name_map",
		[REPORT_FUNNEL] = "name_funnel",
		[REPORT_HANDOFFS] = "name_handoffs",
		[REPORT_EDGES] = "name_edges",
		[REPORT_PATHS] = "name_paths",
		[REPORT_GAPS] = "name_gaps",
		[REPORT_CARDS] = "name_cards",
	};
	const char *name = NULL;

	if (names[t->kind])
		return report_word(names[t->kind]);
	if (t->file)
		name = report_word_or_null(stem(t->file));
	return name ? name : report_word("box");
}

static int read_table(struct report *r, const struct cx_cli *cli,
    const char *file, struct cx_str name, struct cx_err *err)
{
	struct report_table *t = &r->tables[r->n++];

	if (report_table_read(t, cli, file, err) < 0)
		return -1;
	t->name =
	    name.n ? cx_memdup(name.p, name.n) : cx_strdup(default_name(t));
	return 0;
}

/* NAME=FILE, cut at the first "=". */
static int read_named(struct report *r, const struct cx_cli *cli,
    const char *text, struct cx_err *err)
{
	struct cx_str rest = cx_str(text), name = cx_str_next(&rest, '=');

	if (!rest.p || name.n == 0 || rest.n == 0)
		cx_cli_usage(cli, "--table: %s is not NAME=FILE",
		    cx_quote(cx_str(text)));
	return read_table(r, cli, rest.p, name, err);
}

static int read_tables(
    struct report *r, const struct cx_cli *cli, struct cx_err *err)
{
	const struct cx_str none = { "", 0 };

	r->tables =
	    cx_calloc(cli->n_files + set->names.n + 1, sizeof(*r->tables));
	for (size_t i = 0; i < set->names.n; i++)
		if (read_named(r, cli, set->names.items[i], err) < 0)
			return -1;
	for (size_t i = 0; i < cli->n_files; i++)
		if (read_table(r, cli, cli->files[i], none, err) < 0)
			return -1;
	if (cli->n_files + set->names.n)
		return 0;
	/* For its complaint about a terminal. */
	(void)cx_cli_job(cli);
	return read_table(r, cli, "-", none, err);
}

/* ---- the page ---- */

static void make_page(struct report *r)
{
	const char *title =
	    set->title ? set->title : report_word("default_title");

	cx_page_open(&r->page, &(struct cx_page_head){ .lang = set->lang,
	                           .title = cx_str(title),
	                           .generator = "cx-report",
	                           .to_content = report_word("to_content") });
	report_head(r);
	report_tiles(r);
	report_trends(r);
	report_groups(r);
	report_personas(r);
	report_maps(r);
	report_paths(r);
	report_gaps(r);
	report_definitions(r);
	cx_page_close(&r->page);
}

static void tell_namesakes(const struct cx_cli *cli, const struct report *r)
{
	const char *name = report_score_twice(r);

	if (name)
		cx_cli_note(cli,
		    "two tables of all answers are called %s on the page; "
		    "--table NAME=FILE tells them apart",
		    cx_quote(cx_str(name)));
}

static int run(struct cx_cli *cli, struct cx_err *err)
{
	struct cx_buf out = { 0 };
	struct report r = { .page.out = &out };
	int code = report_words_open(set->lang, err);

	r.page.kind =
	    cx_cli_is_format(cli, "md") ? &cx_page_markdown : &cx_page_html;
	cx_cli_once(cli, set->manifests.items, set->manifests.n);
	for (size_t i = 0; code == 0 && i < set->manifests.n; i++)
		code = report_manifest_read(
		    &r.manifest, set->manifests.items[i], err);
	if (code == 0)
		code = read_tables(&r, cli, err);
	if (code == 0) {
		report_mask_tables(r.tables, r.n, set->min_n);
		make_page(&r);
		tell_namesakes(cli, &r);
		code = cx_cli_print(cli, &out, err);
	}
	for (size_t i = 0; i < r.n; i++)
		report_table_release(&r.tables[i]);
	free(r.tables);
	report_manifest_release(&r.manifest);
	cx_buf_release(&out);
	report_words_close();
	return code;
}

int main(int argc, char **argv)
{
	struct cx_cli cli = {
		.name = "cx-report",
		.purpose = "Make one page, HTML or Markdown, of the tables "
		           "that cx programs print.",
		.options = options,
		.formats = formats,
		.prints = true,
	};
	int status;

	cx_cli_parse(&cli, argc, argv);
	if (cli.where)
		cx_cli_usage(&cli, "--where: a page shows its tables as they "
		                   "are; choose records where they are made");
	if (!(set->min_n >= 0) || set->min_n != floor(set->min_n))
		cx_cli_usage(&cli, "--min-n: a whole number, from 0");
	status = cx_cli_run(&cli, run);
	free(set->names.items);
	free(set->manifests.items);
	return status;
}
