/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/draft.h"

#include "libcx/base/normal.h"

#include <inttypes.h>
#include <stdlib.h>

const char *const cx_role_names[CX_N_ROLES] = { "", "id", "customer", "time",
	"nps", "csat", "comment" };

enum {
	NPS_HIGH = 10,
	FEWEST_POINTS = 3,    /* of a scale; two may be yes and no */
	LARGEST_SCALE = 11,   /* points */
	LONGEST_ID = 40,      /* characters, on average */
	SHORTEST_TEXT = 20,   /* that people write; on average */
	ODD_FACTOR = 9,       /* a code is so much above all other numbers */
	LEAST_REPEATS = 3,    /* of an answer among several, on average */
	MOST_ANSWERS = 60,    /* that a question offers */
	LEAST_SPLIT_SHARE = 5 /* one of so many cells has several answers */
};

/* What is said of a column while its draft is made. */
struct study {
	struct cx_draft *draft;
	const struct cx_facts *facts;
	const struct cx_label_sets *sets;
	struct cx_str header; /* in its normal form */
	struct cx_str written;
	bool zone_known;
	/* numbers, with the codes that are likely to be some of them */
	uint64_t n_numbers, n_odd;
	double low, high;
};

static bool says(const struct study *s, const char *const *hints, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t length = strlen(hints[i]);

		for (size_t at = 0; at + length <= s->header.n; at++)
			if (memcmp(s->header.p + at, hints[i], length) == 0)
				return true;
	}
	return false;
}

#define SAYS(study, ...)                                                       \
	says(study, (const char *const[]){ __VA_ARGS__ },                      \
	    sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void set(struct cx_buf *field, const char *text)
{
	cx_buf_clear(field);
	cx_buf_addz(field, text);
}

static void put_missing(struct study *s, const char *cell, uint64_t n)
{
	if (s->draft->missing.len)
		cx_buf_addc(&s->draft->missing, '|');
	cx_buf_addz(&s->draft->missing, cell);
	cx_buf_addf(&s->draft->note, "; %s in %" PRIu64, cell, n);
}

/* ---- codes that are no answer ---- */

static bool is_odd(const struct cx_facts *facts, double code)
{
	if (facts->n_numbers == 0)
		return false;
	if (code < 0)
		return facts->low >= 0;
	return code > ODD_FACTOR * (facts->high > 1 ? facts->high : 1);
}

static void count_numbers(struct study *s)
{
	const struct cx_facts *facts = s->facts;

	s->n_numbers = facts->n_numbers;
	s->low = facts->low;
	s->high = facts->high;
	for (int i = 0; i < CX_N_CODES; i++) {
		double code = strtod(cx_missing_codes[i], NULL);

		if (facts->codes[i] == 0)
			continue;
		if (is_odd(facts, code)) {
			s->n_odd += facts->codes[i];
			continue;
		}
		if (s->n_numbers == 0 || code < s->low)
			s->low = code;
		if (s->n_numbers == 0 || code > s->high)
			s->high = code;
		s->n_numbers += facts->codes[i];
	}
}

/* Behind the note that says what the column is. */
static void add_missing(struct study *s)
{
	for (int i = 0; i < CX_N_CODES; i++)
		if (s->facts->codes[i] &&
		    is_odd(s->facts, strtod(cx_missing_codes[i], NULL)))
			put_missing(s, cx_missing_codes[i], s->facts->codes[i]);
	for (int i = 0; i < CX_N_VOIDS; i++)
		if (s->facts->voids[i])
			put_missing(s, cx_missing_voids[i], s->facts->voids[i]);
}

/* ---- kinds of columns: whether it is one, and then its draft ---- */

static uint64_t n_answers(const struct study *s)
{
	return s->facts->n - cx_facts_voids(s->facts);
}

static bool try_blank(struct study *s)
{
	if (s->facts->n)
		return false;
	if (s->facts->blank == 0) {
		set(&s->draft->type, "text");
		set(&s->draft->note, "no records");
		return true;
	}
	set(&s->draft->type, "drop");
	set(&s->draft->note, "blank in all records");
	return true;
}

/* The order of dates, or CX_ORDER_UNKNOWN and false when nothing tells. */
static bool order_of(const struct study *s, enum cx_date_order *order)
{
	const struct cx_facts *facts = s->facts;
	uint64_t n = n_answers(s);

	*order = CX_ORDER_YMD;
	if (facts->n_dates[CX_ORDER_YMD] == n)
		return true;
	*order = CX_ORDER_UNKNOWN;
	if (facts->n_dates[CX_ORDER_MDY] == n && facts->only_mdy)
		*order = CX_ORDER_MDY;
	if (facts->n_dates[CX_ORDER_DMY] == n && facts->only_dmy)
		*order = CX_ORDER_DMY;
	return *order != CX_ORDER_UNKNOWN;
}

static bool is_date(const struct study *s)
{
	uint64_t n = n_answers(s);
	const uint64_t *dates = s->facts->n_dates;

	return n && (dates[CX_ORDER_YMD] == n || dates[CX_ORDER_MDY] == n ||
	                dates[CX_ORDER_DMY] == n);
}

static void note_order(struct study *s, enum cx_date_order order)
{
	struct cx_buf *note = &s->draft->note;
	uint64_t n = n_answers(s);

	if (order == CX_ORDER_YMD)
		cx_buf_addf(note, "%" PRIu64 " dates, year first", n);
	else if (order == CX_ORDER_DMY)
		cx_buf_addf(note, "dates, D/M by %" PRIu64 " of %" PRIu64,
		    s->facts->only_dmy, n);
	else if (order == CX_ORDER_MDY)
		cx_buf_addf(note, "dates, M/D by %" PRIu64 " of %" PRIu64,
		    s->facts->only_mdy, n);
	else
		cx_buf_addf(note,
		    "%" PRIu64 " dates, but D/M or M/D, nothing tells: make it "
		    "a time and say which in dates",
		    n);
}

static bool try_date(struct study *s)
{
	enum cx_date_order order;
	bool known, zoned;

	if (!is_date(s))
		return false;
	known = order_of(s, &order);
	zoned = s->zone_known ||
	        (order == CX_ORDER_YMD && s->facts->n_offsets == n_answers(s));
	note_order(s, order);
	set(&s->draft->type, known && zoned ? "time" : "text");
	if (known && zoned && order != CX_ORDER_YMD)
		set(&s->draft->dates, order == CX_ORDER_MDY ? "mdy" : "dmy");
	if (known && !zoned)
		cx_buf_addz(&s->draft->note,
		    "; without a zone: make it a time and name its zone, or "
		    "give --tz");
	if (known && zoned &&
	    !SAYS(s, "birth", "生年", "start", "updated", "開始", "synced"))
		s->draft->role = CX_ROLE_TIME;
	return true;
}

static bool says_nps(const struct study *s)
{
	return SAYS(s, "nps", "recommend", "おすすめ", "お薦め", "お勧め",
	           "推奨", "recomend", "recomiend", "empfehl", "recommand") &&
	       !SAYS(s, "group", "topics", "理由");
}

static bool says_satisfaction(const struct study *s)
{
	return SAYS(s, "satisf", "csat", "満足", "zufrieden") &&
	       !SAYS(s, "理由", "reason", "why");
}

static bool try_score(struct study *s)
{
	struct cx_buf *note = &s->draft->note;

	if (s->n_numbers + s->n_odd != n_answers(s) || s->n_numbers == 0 ||
	    s->facts->n_whole != s->facts->n_numbers || s->low < 0 ||
	    s->high > NPS_HIGH || s->high < FEWEST_POINTS - 1 ||
	    s->facts->distinct.hashes.n < FEWEST_POINTS)
		return false;
	set(&s->draft->type, "score");
	cx_buf_addf(note, "whole numbers from %g to %g in %" PRIu64, s->low,
	    s->high, s->n_numbers);
	if (says_nps(s) && s->high > 5) {
		s->draft->role = CX_ROLE_NPS;
		set(&s->draft->range, "0..10");
		if (s->low > 0)
			cx_buf_addz(
			    note, "; 0 never comes: is the scale 1..10?");
		return true;
	}
	if (says_satisfaction(s))
		s->draft->role = CX_ROLE_CSAT;
	cx_buf_addf(&s->draft->range, "%d..%d", s->low < 1 ? 0 : 1,
	    s->high <= 5   ? 5
	    : s->high <= 7 ? 7
	                   : NPS_HIGH);
	cx_buf_addz(note, "; is that its scale?");
	return true;
}

/* By how it is written: "CustomerID" is one, "paid" is none. */
static bool is_named_id(const struct study *s)
{
	static const char *const endings[] = { "ID", "Id", "_id", " id", "-id",
		".id", "_no", " number", "_number", "_cd", "番号", "コード" };
	struct cx_str name = s->written;

	if (cx_str_eq(name, cx_str("#")) || cx_str_eq(name, cx_str("id")))
		return true;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		size_t n = strlen(endings[i]);

		if (name.n >= n &&
		    memcmp(name.p + name.n - n, endings[i], n) == 0)
			return true;
	}
	return false;
}

static bool try_id(struct study *s)
{
	const struct cx_facts *facts = s->facts;
	bool unique = !facts->distinct.too_many &&
	              facts->distinct.hashes.n == facts->n && facts->n > 1;
	struct cx_buf *note = &s->draft->note;

	if (!is_named_id(s) || facts->n_blanks ||
	    facts->n_characters > LONGEST_ID * facts->n)
		return false;
	set(&s->draft->type, "id");
	if (SAYS(s, "customer", "client", "user", "member", "contact", "会員",
	        "顧客", "person", "cust"))
		s->draft->role = CX_ROLE_CUSTOMER;
	else if (unique && facts->blank == 0)
		s->draft->role = CX_ROLE_ID;
	if (facts->distinct.too_many)
		cx_buf_addf(
		    note, "an id; more than %d different", CX_DISTINCT_MOST);
	else if (unique)
		cx_buf_addf(note, "an id; all %" PRIu64 " different", facts->n);
	else
		cx_buf_addf(note,
		    "an id; %zu different in %" PRIu64 ", one %" PRIu32
		    " times",
		    facts->distinct.hashes.n, facts->n, facts->distinct.most);
	return true;
}

static bool try_number(struct study *s)
{
	if (s->n_numbers + s->n_odd != n_answers(s) || s->n_numbers == 0)
		return false;
	if (s->facts->distinct.hashes.n <= 2 && s->low >= 0 && s->high <= 1) {
		set(&s->draft->type, "text");
		cx_buf_addf(
		    &s->draft->note, "0 and 1 in %" PRIu64, s->n_numbers);
		return true;
	}
	set(&s->draft->type, "number");
	cx_buf_addf(&s->draft->note, "numbers from %g to %g in %" PRIu64,
	    s->low, s->high, s->n_numbers);
	return true;
}

static bool try_labels(struct study *s)
{
	const struct cx_labels *found, *other = NULL;
	struct cx_buf *note = &s->draft->note;
	enum cx_fit fit;

	if (!s->sets)
		return false;
	fit = cx_labels_fit(s->sets, &s->facts->answers, &found, &other);
	if (fit == CX_FIT_NONE)
		return false;
	if (fit == CX_FIT_AMBIGUOUS) {
		set(&s->draft->type, "text");
		cx_buf_addf(note,
		    "labels of %s and of %s: name one, label %s or label %s",
		    found->name, other->name, found->name, other->name);
		return true;
	}
	set(&s->draft->type, "label ");
	cx_buf_addz(&s->draft->type, found->name);
	cx_buf_addf(note, "labels of %s, %g to %g, in %" PRIu64, found->name,
	    found->low, found->high, s->facts->n);
	if (says_satisfaction(s))
		s->draft->role = CX_ROLE_CSAT;
	return true;
}

static bool try_coded(struct study *s)
{
	const struct cx_facts *facts = s->facts;

	if (facts->n_coded != n_answers(s) || facts->n_labelled == 0 ||
	    facts->code_high == facts->code_low ||
	    facts->code_high - facts->code_low >= LARGEST_SCALE)
		return false;
	set(&s->draft->type, "score code");
	cx_buf_addf(
	    &s->draft->range, "%d..%d", facts->code_low, facts->code_high);
	cx_buf_addf(&s->draft->note,
	    "labels that start with a number from %d to %d in %" PRIu64
	    ", numbers alone in %" PRIu64,
	    facts->code_low, facts->code_high, facts->n_labelled,
	    facts->n_coded - facts->n_labelled);
	return true;
}

static bool try_multi(struct study *s)
{
	static const char *const types[CX_N_SEPS] = { "multi ;",
		"multi newline", "multi ," };
	static const char *const words[CX_N_SEPS] = { "semicolons", "line ends",
		"commas" };
	const struct cx_facts *facts = s->facts;

	for (int i = 0; i < CX_N_SEPS && !facts->has_bar; i++) {
		size_t n = facts->parts[i].hashes.n;

		/* 10,000 is one answer. */
		if (i == CX_SEP_COMMA && facts->bare_comma)
			continue;
		if (facts->n_split[i] * LEAST_SPLIT_SHARE < facts->n ||
		    n > MOST_ANSWERS || n < FEWEST_POINTS ||
		    facts->n_parts[i] < LEAST_REPEATS * n)
			continue;
		set(&s->draft->type, types[i]);
		cx_buf_addf(&s->draft->note,
		    "several answers in %" PRIu64 " of %" PRIu64
		    " cells, with %s between; %zu different",
		    facts->n_split[i], facts->n, words[i], n);
		return true;
	}
	return false;
}

static void make_text(struct study *s)
{
	const struct cx_facts *facts = s->facts;
	struct cx_buf *note = &s->draft->note;

	set(&s->draft->type, "text");
	if (!facts->distinct.too_many &&
	    facts->distinct.hashes.n * LEAST_REPEATS < facts->n) {
		cx_buf_addf(note, "%zu different in %" PRIu64,
		    facts->distinct.hashes.n, facts->n);
		return;
	}
	if (facts->n_characters < SHORTEST_TEXT * facts->n &&
	    !SAYS(
	        s, "comment", "意見", "感想", "コメント", "feedback", "理由")) {
		cx_buf_addf(note, "short text, mostly different, in %" PRIu64,
		    facts->n);
		return;
	}
	cx_buf_addf(note, "free text in %" PRIu64 ", %" PRIu64 " characters",
	    facts->n, facts->n ? facts->n_characters / facts->n : 0);
	if (SAYS(s, "comment", "意見", "感想", "コメント", "feedback"))
		s->draft->role = CX_ROLE_COMMENT;
}

static void note_personal(struct study *s)
{
	static const char *const words[CX_N_REDACTED] = { "",
		"e-mail addresses", "telephone numbers", "card numbers",
		"postal codes" };
	struct cx_buf *note = &s->draft->note;

	for (int i = CX_REDACT_EMAIL; i < CX_N_REDACTED; i++)
		if (s->facts->personal[i])
			cx_buf_addf(note, "; %s in %" PRIu64, words[i],
			    s->facts->personal[i]);
}

/* As a text they would be so many groups. */
static void note_spellings(struct study *s)
{
	const struct cx_facts *facts = s->facts;
	size_t n = facts->written.hashes.n - facts->keys.hashes.n;

	if (n && !facts->written.too_many &&
	    cx_str_eq(cx_buf_str(&s->draft->type), cx_str("text")))
		cx_buf_addf(&s->draft->note,
		    "; %zu differ%s from others in blanks alone: as a key they "
		    "are the same",
		    n, n == 1 ? "s" : "");
}

static bool is_text(const struct cx_draft *draft)
{
	return cx_str_eq(cx_buf_str(&draft->type), cx_str("text")) ||
	       cx_str_eq(cx_buf_str(&draft->type), cx_str("id"));
}

void cx_draft_make(struct cx_draft *draft, struct cx_str header,
    const struct cx_facts *facts, const struct cx_label_sets *sets,
    bool zone_known)
{
	struct cx_buf normal = { 0 };
	struct study s = { .draft = draft,
		.facts = facts,
		.sets = sets,
		.written = header,
		.zone_known = zone_known };

	draft->role = CX_ROLE_NONE;
	draft->chief = false;
	draft->type.len = draft->range.len = draft->missing.len = 0;
	draft->dates.len = draft->note.len = 0;
	cx_normal(&normal, header);
	s.header = cx_buf_str(&normal);
	count_numbers(&s);
	if (try_blank(&s)) {
		cx_buf_release(&normal);
		return;
	}
	if (!try_id(&s) && !try_score(&s) && !try_date(&s) && !try_number(&s) &&
	    !try_labels(&s) && !try_coded(&s) && !try_multi(&s))
		make_text(&s);
	if (facts->blank)
		cx_buf_addf(&draft->note, "; %" PRIu64 " blank", facts->blank);
	/* What a text or a set of labels says stays what it says. */
	if (!is_text(draft) && draft->type.data[0] != 'l')
		add_missing(&s);
	if (is_text(draft))
		note_personal(&s);
	note_spellings(&s);
	draft->chief = SAYS(&s, "overall", "全体", "総合") ||
	               cx_str_eq(s.header, cx_str("満足度"));
	cx_buf_release(&normal);
}

void cx_draft_release(struct cx_draft *draft)
{
	cx_buf_release(&draft->type);
	cx_buf_release(&draft->range);
	cx_buf_release(&draft->missing);
	cx_buf_release(&draft->dates);
	cx_buf_release(&draft->note);
	*draft = (struct cx_draft){ .role = CX_ROLE_NONE };
}
