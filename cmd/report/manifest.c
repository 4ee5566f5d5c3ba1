/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/report/manifest.h"

#include "libcx/base/mem.h"
#include "libcx/io/input.h"
#include "libcx/table/json.h"
#include "libcx/table/value.h"

#include <stdlib.h>

/* The counts of a manifest; all but left_out must be there. */
enum { READ, KEPT, LEFT_OUT, REJECTED, DROPPED, N_COUNTS };

static const char *const names[N_COUNTS] = { "\tread", "\tkept", "\tleft_out",
	"\trejected", "\tdropped" };

struct reading {
	struct report_manifest *manifest;
	uint64_t counts[N_COUNTS];
	bool has[N_COUNTS];
};

static int read_count(struct cx_str path, struct cx_str value, uint64_t *count,
    struct cx_err *err)
{
	int64_t whole;

	if (cx_value_whole(value, &whole, err) < 0 || whole < 0)
		return cx_err_set(err, CX_DATA, "%s is not a count",
		    cx_quote(path.n ? (struct cx_str){ path.p + 1, path.n - 1 }
		                    : path));
	*count = (uint64_t)whole;
	return 0;
}

static bool starts_with(struct cx_str s, const char *start)
{
	size_t n = strlen(start);

	return s.n > n && memcmp(s.p, start, n) == 0;
}

static void add_reason(
    struct report_manifest *m, struct cx_str name, uint64_t count)
{
	size_t before = m->reasons.n, i = cx_map_put(&m->reasons, name);

	if (i == before) {
		m->counts =
		    cx_realloc(m->counts, cx_mul(i + 1, sizeof(*m->counts)));
		m->counts[i] = 0;
	}
	m->counts[i] += count;
}

static int take_reason(struct report_manifest *m, struct cx_str path,
    struct cx_str value, struct cx_err *err)
{
	uint64_t count = 0;

	if (read_count(path, value, &count, err) < 0)
		return -1;
	(void)cx_str_next(&path, '\t');
	(void)cx_str_next(&path, '\t');
	add_reason(m, path, count);
	return 0;
}

/* "\tinputs\t0\tfile" */
static bool is_input(struct cx_str path)
{
	static const char end[] = "\tfile";
	const size_t n = sizeof(end) - 1;

	return starts_with(path, "\tinputs\t") && path.n > n &&
	       memcmp(path.p + path.n - n, end, n) == 0;
}

static int take(
    void *context, struct cx_str path, struct cx_str value, struct cx_err *err)
{
	struct reading *r = context;

	for (int i = 0; i < N_COUNTS; i++) {
		if (!cx_str_eq(path, cx_str(names[i])))
			continue;
		r->has[i] = true;
		return read_count(path, value, &r->counts[i], err);
	}
	if (starts_with(path, "\trejected_by\t") ||
	    starts_with(path, "\tdropped_by\t"))
		return take_reason(r->manifest, path, value, err);
	if (is_input(path))
		cx_map_put(&r->manifest->files, value);
	return 0;
}

/* ---- the file ---- */

static int add_counts(const struct reading *r, struct cx_err *err)
{
	struct report_manifest *m = r->manifest;

	for (int i = 0; i < N_COUNTS; i++)
		if (!r->has[i] && i != LEFT_OUT)
			return cx_err_set(err, CX_DATA,
			    "this is no manifest of cx-ingest: there is no %s",
			    names[i] + 1);
	if (r->counts[READ] != r->counts[KEPT] + r->counts[LEFT_OUT] +
	                           r->counts[REJECTED] + r->counts[DROPPED])
		return cx_err_set(err, CX_DATA,
		    "what was read is not what was kept, left out, rejected "
		    "and dropped");
	m->read += r->counts[READ];
	m->kept += r->counts[KEPT];
	m->left_out += r->counts[LEFT_OUT];
	m->rejected += r->counts[REJECTED];
	m->dropped += r->counts[DROPPED];
	m->is_any = true;
	return 0;
}

static int read_all(
    struct cx_input *in, struct cx_buf *text, struct cx_err *err)
{
	enum { BLOCK = 1 << 16, MOST = 1 << 26 };
	ssize_t n;

	do {
		n = cx_input_read(in, cx_buf_reserve(text, BLOCK), BLOCK, err);
		text->len += n > 0 ? (size_t)n : 0;
		if (text->len > MOST)
			return cx_err_set(
			    err, CX_DATA, "this is too long for a manifest");
	} while (n > 0);
	return n < 0 ? -1 : 0;
}

int report_manifest_read(
    struct report_manifest *manifest, const char *path, struct cx_err *err)
{
	struct reading reading = { .manifest = manifest };
	struct cx_buf text = { 0 };
	struct cx_input *in;
	int code;

	if (cx_input_open(&in, path, err) < 0)
		return -1;
	code = read_all(in, &text, err);
	if (code == 0)
		code = cx_json_walk(cx_buf_str(&text), take, &reading, err);
	if (code == 0)
		code = add_counts(&reading, err);
	if (code < 0)
		cx_err_file(err, cx_input_name(in));
	err->reason = NULL;
	cx_input_close(in);
	cx_buf_release(&text);
	return code;
}

void report_manifest_release(struct report_manifest *manifest)
{
	cx_map_release(&manifest->files);
	cx_map_release(&manifest->reasons);
	free(manifest->counts);
}
