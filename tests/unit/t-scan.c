/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The three scanners against a model that goes byte by byte: the same ends of
 * cells and rows, the same lines, and suspect where the model sees a fault.
 */
#include "libcx/base/mem.h"
#include "libcx/base/utf8.h"
#include "libcx/table/scan.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"

#include <stdlib.h>

enum { MOST = 384, BASE = 1000, NEAR = 3 };

/* ---- the model ---- */

/*
 * A fault is seen at the byte that makes it one. A byte that can only start
 * what is no character (C0, F5 and the like) may be told of at once, or with
 * the byte behind it: early has the first, late the second.
 */
struct model {
	char delimiter;
	bool tsv, inside;
	bool at_start, after_closing, after_quote, after_cr, escaped;
	int to_come; /* bytes of a character */
	unsigned char low, high;
	bool bad_lead;
	/* what was found */
	size_t n, n_ends, n_rows, lines;
	uint32_t ends[MOST], rows[MOST];
	bool early[MOST + 1], late[MOST + 1];
};

static void fault(struct model *m)
{
	m->early[m->n] = m->late[m->n] = true;
}

static void model_lead(struct model *m, unsigned char c)
{
	m->low = 0x80;
	m->high = 0xBF;
	if (c == 0xE0)
		m->low = 0xA0;
	if (c == 0xED)
		m->high = 0x9F;
	if (c == 0xF0)
		m->low = 0x90;
	if (c == 0xF4)
		m->high = 0x8F;
	m->to_come = c < 0xC2 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
	if (c >= 0x80 && c < 0xC0)
		fault(m);
	m->bad_lead = c == 0xC0 || c == 0xC1 || c > 0xF4;
	if (m->bad_lead) {
		m->early[m->n] = true;
		m->to_come = 0;
	}
}

static void model_utf8(struct model *m, unsigned char c)
{
	if (m->bad_lead)
		m->late[m->n] = true;
	m->bad_lead = false;
	if (m->to_come == 0) {
		model_lead(m, c);
	} else if (c < m->low || c > m->high) {
		fault(m);
		model_lead(m, c);
	} else {
		m->to_come--;
		m->low = 0x80;
		m->high = 0xBF;
	}
}

static void model_end(struct model *m, bool row)
{
	if (row)
		m->rows[m->n_rows++] = (uint32_t)m->n_ends;
	m->ends[m->n_ends++] = BASE + (uint32_t)m->n;
}

static void model_tsv(struct model *m, char c)
{
	bool escaped = m->escaped;

	if (escaped && !(c && strchr("tnr\\", c)))
		fault(m);
	m->escaped = c == '\\' && !escaped;
	if (c == m->delimiter || c == '\n')
		model_end(m, c == '\n');
}

static void model_csv(struct model *m, char c)
{
	bool ends = !m->inside && (c == m->delimiter || c == '\n');

	if (c == '"') {
		if (!m->inside && !m->at_start && !m->after_quote)
			fault(m);
		m->inside = !m->inside;
	} else if (m->after_closing && !ends && c != '\r') {
		fault(m);
	}
	m->after_quote = c == '"';
	m->after_closing = c == '"' && !m->inside;
	m->at_start = ends;
	if (ends)
		model_end(m, c == '\n');
}

static void model_byte(struct model *m, char c)
{
	if (m->after_cr && c != '\n')
		fault(m);
	if (c == '\0')
		fault(m);
	model_utf8(m, (unsigned char)c);
	if (m->tsv)
		model_tsv(m, c);
	else
		model_csv(m, c);
	m->after_cr = c == '\r' && !m->inside;
	m->lines += c == '\n';
	m->n++;
}

static void model_all(
    struct model *m, const char *p, size_t n, const struct model *as)
{
	memset(m, 0, sizeof(*m));
	m->delimiter = as->delimiter;
	m->tsv = as->tsv;
	m->inside = as->inside;
	m->at_start = true;
	for (size_t i = 0; i < n; i++)
		model_byte(m, p[i]);
}

/* ---- a scanner's findings ---- */

struct scanned {
	struct cx_marks marks;
	uint64_t lines;
	bool suspect[MOST / CX_SCAN_STEP]; /* by step, alike in one call */
};

/* Bit i of calls: a new call starts behind step i. */
static struct scanned scan_all(
    const char *p, size_t n, const struct model *as, unsigned calls)
{
	size_t room = n + CX_SCAN_STEP, from = 0;
	struct scanned s = { .lines = 0 };
	struct cx_scan scan;

	s.marks.ends = cx_malloc(room * sizeof(uint32_t));
	s.marks.rows = cx_malloc(room * sizeof(uint32_t));
	cx_scan_init(&scan, as->delimiter, as->tsv);
	scan.inside = as->inside ? ~(uint64_t)0 : 0;
	for (size_t to = CX_SCAN_STEP; to <= n; to += CX_SCAN_STEP) {
		if (to < n && !(calls >> (to / CX_SCAN_STEP - 1) & 1))
			continue;
		scan.suspect = false;
		cx_scan(&scan, p + from, to - from, BASE + (uint32_t)from,
		    &s.marks);
		for (; from < to; from += CX_SCAN_STEP)
			s.suspect[from / CX_SCAN_STEP] = scan.suspect;
	}
	s.lines = scan.lines;
	return s;
}

static void release(struct scanned *s)
{
	free(s->marks.ends);
	free(s->marks.rows);
}

static bool same_marks(const struct scanned *s, const struct model *m)
{
	return s->marks.n_ends == m->n_ends && s->marks.n_rows == m->n_rows &&
	       s->lines == m->lines &&
	       memcmp(s->marks.ends, m->ends, m->n_ends * sizeof(uint32_t)) ==
	           0 &&
	       memcmp(s->marks.rows, m->rows, m->n_rows * sizeof(uint32_t)) ==
	           0;
}

/* Any fault of bytes from <= i < to. */
static bool any(const bool *faults, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (faults[i])
			return true;
	return false;
}

/*
 * No fault is missed: a record that has one lies, at least in part, in a call
 * that was suspect; for that is where the reader looks with care.
 */
static bool none_missed(const struct scanned *s, const struct model *m)
{
	size_t start = 0;

	for (size_t row = 0; row <= m->n_rows; row++) {
		size_t end =
		    row < m->n_rows ? m->ends[m->rows[row]] - BASE + 1 : m->n;

		if (any(m->late, start, end) &&
		    !any(s->suspect, start / CX_SCAN_STEP,
		        (end + CX_SCAN_STEP - 1) / CX_SCAN_STEP))
			return false;
		start = end;
	}
	return true;
}

/* Nor is there a false alarm: a suspect call has a fault, or one just before.
 */
static bool none_invented(
    const struct scanned *s, const struct model *m, unsigned calls)
{
	size_t from = 0;

	for (size_t to = CX_SCAN_STEP; to <= m->n; to += CX_SCAN_STEP) {
		if (to < m->n && !(calls >> (to / CX_SCAN_STEP - 1) & 1))
			continue;
		if (s->suspect[from / CX_SCAN_STEP] &&
		    !any(m->early, from < NEAR ? 0 : from - NEAR, to))
			return false;
		from = to;
	}
	return true;
}

static bool agrees(const char *p, const struct model *m, const struct model *as,
    unsigned calls)
{
	struct scanned s = scan_all(p, m->n, as, calls);
	bool ok = same_marks(&s, m) && none_missed(&s, m) &&
	          none_invented(&s, m, calls);

	release(&s);
	return ok;
}

/* ---- inputs ---- */

/* Pieces that a well-formed table is made of; separators come between. */
static const char *const csv_pieces[] = { "", "a", "7", "abc", "\"\"", "\"a\"",
	"\"a,b\"", "\"\n\"", "\"\r\n\"", "\"\r\"", "\"\"\"\"", "\"a\"\"b\"",
	"\"\"\"a\"\"\"", "\"\xC3\xA9\"", "\xC3\xA9", "\xE3\x81\x82",
	"\xF0\x9F\x98\x80", "\xED\x9F\xBF\xEE\x80\x80", "\xE0\xA0\x80",
	"\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", "\\", "\\n" };
static const char *const tsv_pieces[] = { "", "a", "7", "\"", "\"a\"", "a\"b",
	"\\t", "\\n", "\\r", "\\\\", "\\\\t", "\\\\\\\\\\n", "a\\\\",
	"\\\\\\\\", "\xC3\xA9", "\xE3\x81\x82", "\xF0\x9F\x98\x80",
	"\xC2\x80\xDF\xBF", "abcdefghijklmnopqrstuvwxyz0123456789" };

enum {
	CSV_PIECES = sizeof(csv_pieces) / sizeof(*csv_pieces),
	TSV_PIECES = sizeof(tsv_pieces) / sizeof(*tsv_pieces),
};

/* n bytes of a well-formed table, the last cell or character perhaps cut. */
static void well_formed(char *to, size_t n, const struct model *as)
{
	size_t at = 0;

	while (at < n) {
		const char *piece = as->tsv
		                        ? tsv_pieces[random_below(TSV_PIECES)]
		                        : csv_pieces[random_below(CSV_PIECES)];
		size_t kind = random_below(6);

		for (; *piece && at < n; piece++)
			to[at++] = *piece == ',' ? as->delimiter : *piece;
		if (kind == 0 && at < n)
			to[at++] = '\r';
		if (at < n)
			to[at++] = kind < 2 ? '\n' : as->delimiter;
	}
}

static char nasty(const struct model *as)
{
	static const char bytes[] = "\"\"\"\"\n\n\r\0aa\xC3\xA9\xE3\x81\x82\xF0"
	                            "\x9F\xED\xA0\x80\xC0\xF5\xFF\\\\\\tnr";
	size_t i = random_below(sizeof(bytes) + 1);

	return i < sizeof(bytes) - 1 ? bytes[i] : as->delimiter;
}

/* Well-formed, or with a fault or two, or with nothing but faults. */
static void any_input(char *to, size_t n, const struct model *as)
{
	size_t kind = random_below(8);

	well_formed(to, n, as);
	if (n == 0)
		return;
	if (kind == 0)
		for (size_t i = 0; i < n; i++)
			to[i] = nasty(as);
	else if (kind > 2)
		for (size_t i = 0; i < 1 + kind / 5; i++)
			to[random_below(n)] = nasty(as);
}

static struct model any_dialect(bool tsv)
{
	struct model as = { .tsv = tsv, .delimiter = '\t' };

	if (!tsv) {
		as.delimiter = ",;|x"[random_below(4)];
		as.inside = random_below(8) == 0;
	}
	return as;
}

static void test_random(const char *scanner, bool tsv)
{
	enum { ROUNDS = 20000 };
	static struct model m;
	int bad = 0;

	for (int round = 0; round < ROUNDS; round++) {
		size_t n = random_below(MOST / CX_SCAN_STEP + 1) * CX_SCAN_STEP;
		struct model as = any_dialect(tsv);
		char *p = cx_malloc(n);
		unsigned calls = (unsigned)random_below(64);

		any_input(p, n, &as);
		model_all(&m, p, n, &as);
		bad += !agrees(p, &m, &as, 0);
		bad += !agrees(p, &m, &as, ~0u);
		bad += !agrees(p, &m, &as, calls);
		free(p);
	}
	check_int(bad, 0, "%s: random %s", scanner, tsv ? "tsv" : "csv");
}

/* ---- every pair of bytes, where steps and vectors end ---- */

/* at is where the first byte stands among digits. */
static bool pair_agrees(size_t at, const unsigned char *bytes, size_t n,
    int steps, const struct model *as)
{
	char text[3 * CX_SCAN_STEP];
	static struct model m;

	memset(text, '0', sizeof(text));
	memcpy(text + at, bytes, n);
	model_all(&m, text, (size_t)steps * CX_SCAN_STEP, as);
	return agrees(text, &m, as, 0) && agrees(text, &m, as, ~0u);
}

/* TSV has its own way with these only. */
static bool is_special(unsigned char c)
{
	return memchr("\t\n\r\\\0tnr,\"", c, 10) != NULL;
}

static void test_pairs(const char *scanner, bool tsv)
{
	static const size_t places[] = { 15, 31, 62, 63 };
	struct model as = { .tsv = tsv, .delimiter = tsv ? '\t' : ',' };
	int bad = 0;

	for (unsigned v = 0; v < 0x10000; v++) {
		unsigned char bytes[4] = { (unsigned char)(v >> 8),
			(unsigned char)v, 0x80, 0xBF };

		if (tsv && !is_special(bytes[0]) && !is_special(bytes[1]))
			continue;
		for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
			bad += !pair_agrees(places[i], bytes, 2, 2, &as);
			if (bytes[0] >= 0xC0)
				bad +=
				    !pair_agrees(places[i], bytes, 4, 2, &as);
		}
	}
	check_int(
	    bad, 0, "%s: all pairs of bytes, %s", scanner, tsv ? "tsv" : "csv");
}

/* The third and fourth bytes of characters. */
static void test_continuations(const char *scanner)
{
	static const unsigned char leads[] = { 0xC3, 0xE0, 0xE1, 0xED, 0xEF,
		0xF0, 0xF1, 0xF4 };
	static const unsigned char fourths[] = { 0x80, 0xBF, 'a', '\n', 0xC3,
		0xE3, 0xF0 };
	struct model as = { .delimiter = ',' };
	int bad = 0;

	for (size_t lead = 0; lead < sizeof(leads); lead++)
		for (unsigned third = 0; third < 256; third++)
			for (size_t i = 0; i < sizeof(fourths) * 8; i++) {
				unsigned char c = leads[lead];
				unsigned char bytes[4] = { c,
					c == 0xE0 || c == 0xF0 ? 0xA0 : 0x80,
					(unsigned char)third, fourths[i / 8] };

				bad +=
				    !pair_agrees(57 + i % 8, bytes, 4, 3, &as);
			}
	check_int(bad, 0, "%s: third and fourth bytes", scanner);
}

/* The check of the scanners and that of the base layer are one. */
static void test_utf8(const char *scanner)
{
	static const unsigned char edges[] = { 0x41, 0x7F, 0x80, 0x8F, 0x90,
		0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF,
		0xF0, 0xF1, 0xF4, 0xF5, 0xFF };
	enum { N = sizeof(edges) };
	struct model as = { .delimiter = ',' };
	int bad = 0;

	for (size_t v = 0; v < (size_t)N * N * N * N; v++) {
		char text[2 * CX_SCAN_STEP];
		struct scanned s;

		memset(text, 'a', sizeof(text));
		for (size_t i = 0, rest = v; i < 4; i++, rest /= N)
			text[58 + v % 8 + i] = (char)edges[rest % N];
		s = scan_all(text, sizeof(text), &as, 0);
		bad += s.suspect[0] != (cx_utf8_valid((struct cx_str){ text,
		                            sizeof(text) }) != sizeof(text));
		release(&s);
	}
	check_int(bad, 0, "%s: UTF-8 as the base layer has it", scanner);
}

/* ---- counts ---- */

static void test_count(const char *scanner)
{
	enum { LONGEST = 300 };
	char text[LONGEST];
	int bad = 0;

	for (size_t n = 0; n <= LONGEST; n++) {
		struct cx_scan_counts want = { 0, 0 }, got;
		char *p = cx_malloc(n);

		for (size_t i = 0; i < n; i++) {
			p[i] = "\"\n,a\xA2\x8A"[random_below(6)];
			want.quotes += p[i] == '"';
			want.lines += p[i] == '\n';
		}
		got = cx_scan_count(p, n);
		bad += got.quotes != want.quotes || got.lines != want.lines;
		free(p);
	}
	check_int(bad, 0, "%s: quotes and lines", scanner);
	memset(text, '"', sizeof(text));
	check(cx_scan_count(text, LONGEST).quotes == LONGEST &&
	          cx_scan_count(text, LONGEST).lines == 0,
	    "%s: nothing but quotes", scanner);
	memset(text, '\n', sizeof(text));
	check(cx_scan_count(text, LONGEST).lines == LONGEST &&
	          cx_scan_count(text, LONGEST).quotes == 0,
	    "%s: nothing but lines", scanner);
}

static void test_choose(void)
{
	check_int(cx_scan_choose(cx_str("portable")), 0,
	    "the portable scanner is always there");
	check_int(cx_scan_choose(cx_str("abacus")), -1, "others are not");
	check_int(cx_scan_choose(cx_str("")), -1, "nor is the nameless one");
}

/* What is left of a character shows whether it was checked by vectors. */
static void test_chosen(const char *scanner)
{
	struct model as = { .delimiter = ',' };
	struct cx_scan scan;
	char text[CX_SCAN_STEP];
	uint32_t ends[2 * CX_SCAN_STEP], rows[2 * CX_SCAN_STEP];
	struct cx_marks marks = { .ends = ends, .rows = rows };

	memset(text, '\xE3', sizeof(text));
	cx_scan_init(&scan, as.delimiter, as.tsv);
	cx_scan(&scan, text, sizeof(text), 0, &marks);
	check((scan.utf8_need > 0) == (strcmp(scanner, "avx2") != 0) &&
	          (scan.utf8_incomplete[31] > 0) ==
	              (strcmp(scanner, "avx2") == 0),
	    "%s: this is the scanner that was chosen", scanner);
}

/* Before one is chosen the best is taken. */
static void test_best(void)
{
	struct model as = { .delimiter = ',' };
	struct scanned s;
	char text[CX_SCAN_STEP];

	memset(text, ',', sizeof(text));
	s = scan_all(text, sizeof(text), &as, 0);
	check(s.marks.n_ends == sizeof(text) && s.marks.n_rows == 0,
	    "a scanner is chosen by itself");
	release(&s);
}

int main(void)
{
	static const char *const scanners[] = { "avx2", "sse2", "portable" };

	test_best();
	test_choose();
	for (int i = 0; i < 3; i++) {
		if (cx_scan_choose(cx_str(scanners[i])) < 0) {
			check_note("no %s here", scanners[i]);
			continue;
		}
		test_chosen(scanners[i]);
		test_random(scanners[i], false);
		test_random(scanners[i], true);
		test_pairs(scanners[i], false);
		test_pairs(scanners[i], true);
		test_continuations(scanners[i]);
		test_utf8(scanners[i]);
		test_count(scanners[i]);
	}
	return check_done();
}
