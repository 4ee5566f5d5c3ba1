/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formats that cx-ingest knows: see ingest.h. */
#include "cmd/ingest/ingest.h"

#include "libcx/io/share.h"

#include <stdlib.h>

static int read_installed(struct ingest *ingest, struct cx_err *err)
{
	struct cx_buf folder = { 0 };
	int code = 0;

	code = cx_share_find("formats", &folder, err);
	if (code > 0)
		code = cx_exports_read(&ingest->exports, folder.data, err);
	else if (code == 0)
		cx_cli_note(ingest->cli,
		    "there is no folder of formats at %s: none is recognised",
		    folder.data);
	cx_buf_release(&folder);
	return code;
}

int ingest_read_formats(
    struct ingest *ingest, const char *folder, struct cx_err *err)
{
	const char *own = folder ? folder : getenv("CX_FORMATS");

	if (read_installed(ingest, err) < 0)
		return -1;
	if (own && *own)
		return cx_exports_read(&ingest->exports, own, err);
	return 0;
}

/* ---- --keep ---- */

static bool drops(const struct cx_codebook *book, struct cx_str name)
{
	for (size_t i = 0; i < book->n_rules; i++)
		if (book->rules[i].word == CX_RULE_DROP &&
		    cx_str_eq(cx_str(book->rules[i].note), name))
			return true;
	return false;
}

int ingest_keep(struct ingest *ingest, struct cx_str name, struct cx_err *err)
{
	bool known = drops(&ingest->book, name);

	for (size_t i = 0; i < ingest->exports.n && !known; i++)
		known = drops(&ingest->exports.list[i].book, name);
	if (!known)
		return cx_err_set(err, CX_USAGE,
		    "--keep: no rule of a format or of the codebook is called "
		    "%s",
		    cx_quote(name));
	cx_map_put(&ingest->keep, name);
	return 0;
}

/* ---- --list-formats ---- */

static void describe_drops(const struct cx_export *e, struct cx_buf *out)
{
	struct cx_map names = { 0 };

	cx_buf_clear(out);
	for (size_t i = 0; i < e->book.n_rules; i++)
		if (e->book.rules[i].word == CX_RULE_DROP)
			cx_map_put(&names, cx_str(e->book.rules[i].note));
	for (size_t i = 0; i < names.n; i++) {
		if (i)
			cx_buf_addz(out, ", ");
		cx_buf_adds(out, cx_map_key(&names, i));
	}
	cx_map_release(&names);
}

int ingest_list_formats(const struct ingest *ingest, struct cx_err *err)
{
	static const char *const columns[] = { "format", "header_rows", "drops",
		"title" };
	struct cx_lines lines = { .writer = ingest->writer };
	struct cx_buf text = { 0 };
	int code;

	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		cx_writer_column(ingest->writer, cx_str(columns[i]),
		    i == 1 ? CX_NUMBER : CX_TEXT);
	for (size_t i = 0; i < ingest->exports.n; i++) {
		const struct cx_export *e = &ingest->exports.list[i];

		describe_drops(e, &text);
		cx_lines_text(&lines, cx_str(e->name));
		cx_lines_count(&lines, cx_export_header_rows(e));
		cx_lines_text(&lines, cx_buf_str(&text));
		cx_lines_text(&lines, cx_str(cx_export_title(e)));
		cx_lines_end(&lines);
	}
	code = cx_writer_put(ingest->writer, &lines, err);
	cx_lines_release(&lines);
	cx_buf_release(&text);
	return code;
}
