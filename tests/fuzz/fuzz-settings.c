/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files that options name, of any bytes: each is read, or refused with a
 * message. Byte 0 says which.
 */
#include "tests/fuzz/file.h"

#include "cmd/gaps/gaps.h"
#include "cmd/journey/stages.h"
#include "cmd/persona/rules.h"
#include "cmd/report/manifest.h"
#include "cmd/report/table.h"
#include "cmd/score/rake.h"
#include "libcx/table/export.h"
#include "libcx/table/labels.h"
#include "libcx/table/pseudonym.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *path;

/* ---- one kind of file each ---- */

static int read_rules(struct cx_err *err)
{
	struct persona_rules rules = { 0 };
	int code = persona_rules_read(&rules, path, err);

	persona_rules_release(&rules);
	return code;
}

static int read_stages(struct cx_err *err)
{
	int code = journey_stages_read(path, err);
	struct cx_str stage = cx_str("use");
	double place;

	if (code == 0) {
		journey_stages_find(cx_str("web"), &stage);
		journey_stages_label(stage);
		if (journey_stages_place(stage, &place) && isnan(place))
			abort();
	}
	journey_stages_release();
	return code;
}

static int read_margins(struct cx_err *err)
{
	struct score_margins margins = { 0 };
	int code = score_margins_read(&margins, path, err);

	for (size_t i = 0; code == 0 && i < margins.columns.n; i++)
		for (size_t k = 0; k < margins.margins[i].values.n; k++)
			if (!(margins.margins[i].shares[k] >= 0))
				abort();
	score_margins_release(&margins);
	return code;
}

static int read_items(struct cx_err *err)
{
	int code;

	gaps_settings.items = path;
	code = gaps_plan_read(err);
	gaps_plan_release();
	return code;
}

static int read_manifest(struct cx_err *err)
{
	struct report_manifest manifest = { 0 };
	int code = report_manifest_read(&manifest, path, err);

	if (code == 0)
		code = report_manifest_read(&manifest, path, err);
	report_manifest_release(&manifest);
	return code;
}

static int read_report_table(struct cx_err *err)
{
	struct cx_cli cli = { .name = "cx-report", .threads = 1 };
	struct report_table table = { 0 };
	int code = report_table_read(&table, &cli, path, err);

	for (size_t r = 0; code == 0 && r < table.n_rows; r++)
		for (size_t c = 0; c < table.n_columns; c++) {
			(void)report_table_number(&table, r, (ptrdiff_t)c);
			(void)report_table_is_masked(
			    &table, r, (ptrdiff_t)c, 5);
		}
	report_table_release(&table);
	return code;
}

static int read_lookup(struct cx_err *err)
{
	struct cx_lookup lookup = { 0 };
	int code = cx_lookup_read(
	    &lookup, path, cx_str("alias"), cx_str("customer"), err);

	cx_lookup_release(&lookup);
	return code;
}

static int read_key(struct cx_err *err)
{
	char name[CX_PSEUDONYM_SIZE], again[CX_PSEUDONYM_SIZE];
	struct cx_pseudonym p;
	struct cx_buf room = { 0 };
	int code = cx_pseudonym_open(&p, path, err);

	if (code == 0 &&
	    (!cx_pseudonym_make(&p, cx_str("A@b.org "), &room, name) ||
	        !cx_pseudonym_make(&p, cx_str("a@B.org"), &room, again) ||
	        memcmp(name, again, sizeof(name)) != 0))
		abort();
	cx_pseudonym_close(&p);
	cx_buf_release(&room);
	return code;
}

/* ---- folders ---- */

static char folder[] = "/tmp/cx-fuzz-XXXXXX";

static void remove_folder(void)
{
	char name[64];

	snprintf(name, sizeof(name), "%s/it.tsv", folder);
	unlink(name);
	rmdir(folder);
}

/* A folder that has the file as it.tsv. */
static void make_folder(void)
{
	static bool made;
	char name[64];

	if (made)
		return;
	made = true;
	if (!mkdtemp(folder))
		abort();
	(void)atexit(remove_folder);
	snprintf(name, sizeof(name), "%s/it.tsv", folder);
	if (symlink(path, name) < 0)
		abort();
}

static int read_labels(struct cx_err *err)
{
	struct cx_label_sets sets = { 0 };
	int code;

	make_folder();
	code = cx_labels_read(&sets, folder, err);
	cx_labels_release(&sets);
	return code;
}

static int read_formats(struct cx_err *err)
{
	struct cx_exports exports = { 0 };
	int code;

	make_folder();
	code = cx_exports_read(&exports, folder, err);
	cx_exports_release(&exports);
	return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int (*const readers[])(struct cx_err * err) = { read_rules,
		read_stages, read_margins, read_items, read_manifest,
		read_report_table, read_lookup, read_key, read_labels,
		read_formats };
	struct cx_err err = { .status = CX_DONE };

	if (size == 0)
		return 0;
	path = fuzz_file((struct cx_str){ (const char *)data + 1, size - 1 });
	if (readers[data[0] % (sizeof(readers) / sizeof(*readers))](&err) < 0 &&
	    !err.what[0] && !err.poison)
		abort();
	return 0;
}
