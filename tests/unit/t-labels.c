/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sets of labels, leading codes, patterns and normal forms. What is wanted is
 * written by hand; the labels are those seen in public surveys.
 */
#include "libcx/base/glob.h"
#include "libcx/base/normal.h"
#include "libcx/table/code.h"
#include "libcx/table/labels.h"
#include "tests/lib/check.h"

#include <stdlib.h>

/* ---- which set a column is in ---- */

struct fit {
	const char *answers; /* with | between */
	const char *set;     /* NULL: none; "A B": ambiguous */
};

static const struct fit fits[] = {
	{ "とても満足|満足|どちらでもない|不満|とても不満",
	    "ja-satisfaction-totemo-5" },
	{ "とても満足|満足|どちらでもない|不満|選択肢なし",
	    "ja-satisfaction-totemo-5" },
	{ "大いに満足|満足|普通|不満|大いに不満", "ja-satisfaction-ooini-5" },
	{ "満足|やや満足|どちらともいえない|やや不満|不満",
	    "ja-satisfaction-yaya-5" },
	{ "とても満足|やや満足|どちらともいえない|やや不満|とても不満",
	    "ja-satisfaction-totemo-yaya-5" },
	/* one label of another set, or of none */
	{ "とても満足|満足|不満足", NULL },
	{ "満足|不満|行きたい", NULL },
	/* 満足 may be 3 or 4 */
	{ "とても満足|満足|不満|とても不満",
	    "ja-satisfaction-totemo-4 ja-satisfaction-totemo-5" },
	{ "満足|やや満足|やや不満|不満",
	    "ja-satisfaction-yaya-4 ja-satisfaction-yaya-5" },
	{ "満足|不満", "ja-satisfaction-3 ja-satisfaction-dochiraka-4" },
	/* 満足 is 6 of 7 above やや満足, and not the same as it */
	{ "非常に満足|満足|やや満足|どちらともいえない|やや不満|不満|非常に不満",
	    "ja-satisfaction-yaya-7" },
	{ "極めて満足|とても満足|満足|どちらともいえない|不満|とても不満|極めて不満",
	    "ja-satisfaction-kiwamete-7" },
	{ "とてもそう思う|そう思う|ややそう思う|どちらともいえない|"
	  "ややそう思わない|そう思わない|全くそう思わない",
	    "ja-agreement-7" },
	/* two words of one value: a scale of more points than there is */
	{ "いつも|よく|ときどき|たまに|めったにない|全くない", NULL },
	{ "Excellent|Very good|Good|Fair|Poor|Very poor", NULL },
	{ "Extremely easy|Very easy|Easy|Neutral|Difficult|Very difficult|"
	  "Extremely difficult",
	    NULL },
	{ "Excellent|Very good|Good|Fair|Poor", "quality-5" },
	/* one word in two spellings */
	{ "いつも|よく|ときどき|時々|たまに|全くない|まったくない",
	    "ja-frequency-5" },
	/* a scale without a middle, or one whose middle nobody chose */
	{ "Strongly agree|Agree|Disagree|Strongly disagree",
	    "agreement-4 agreement-5" },
	{ "Strongly agree|Agree|Slightly agree|Slightly disagree|Disagree|"
	  "Strongly disagree",
	    "agreement-6 agreement-7" },
	{ "そう思う|ややそう思う|あまりそう思わない|そう思わない",
	    "ja-agreement-yaya-4 ja-agreement-yaya-5" },
	{ "Very likely|Somewhat likely|Somewhat unlikely|Very unlikely",
	    "likelihood-somewhat-4 likelihood-somewhat-5" },
	{ "Very important|Somewhat important|Not so important|"
	  "Not at all important",
	    "importance-5 importance-very-4" },
	{ "Often|Sometimes|Rarely|Never",
	    "frequency-often-4 frequency-rarely-5" },
	{ "Likely|Neutral|Unlikely", "likelihood-3 likelihood-5" },
	/* the middle, or no answer */
	{ "Strongly agree|Agree|Not sure|Disagree|Strongly disagree",
	    "agreement-4 agreement-5" },
	{ "Strongly Agree|Agree|Neither agree or disagree|Disagree|"
	  "Strongly disagree",
	    "agreement-5" },
	{ "Strongly agree|Agree|Somewhat agree|Neutral|Somewhat disagree|"
	  "Disagree|Strongly disagree",
	    "agreement-7" },
	{ "Agree|Neutral|Disagree", "agreement-3 agreement-5" },
	{ "Always|Very Often|Often|Sometimes|Never", "frequency-very-often-5" },
	{ "Never|Sometimes|Often", "frequency-often-4 frequency-rarely-5" },
	{ "Very favorably|Somewhat favorably|"
	  "Neither favorably nor unfavorably (neutral)|Unfamiliar (N/A)|"
	  "Somewhat unfavorably|Very unfavorably",
	    "favorability-5" },
	/* too few points to be a scale */
	{ "Agree", NULL },
	{ "N/A|Not applicable", NULL },
	{ "", NULL },
	{ "Yes|No", NULL },
	{ "1|2|3|4|5", NULL },
};

static const char *found_of(
    const struct cx_label_sets *sets, const char *answers, char room[128])
{
	struct cx_seen seen = { .too_many = false }, more = seen;
	const struct cx_labels *found, *other = NULL;
	struct cx_str rest = cx_str(answers);
	enum cx_fit fit;

	cx_seen_add(&more, cx_str_next(&rest, '|'));
	while (rest.p)
		cx_seen_add(&seen, cx_str_next(&rest, '|'));
	cx_seen_merge(&seen, &more);
	fit = cx_labels_fit(sets, &seen, &found, &other);
	cx_seen_release(&seen);
	cx_seen_release(&more);
	if (fit == CX_FIT_NONE)
		return NULL;
	snprintf(room, 128, "%s%s%s", found->name, fit == CX_FIT_ONE ? "" : " ",
	    fit == CX_FIT_ONE ? "" : other->name);
	return room;
}

static void test_fits(const struct cx_label_sets *sets)
{
	for (size_t i = 0; i < sizeof(fits) / sizeof(*fits); i++) {
		char room[128];
		const char *got = found_of(sets, fits[i].answers, room);
		bool same = got && fits[i].set ? strcmp(got, fits[i].set) == 0
		                               : got == fits[i].set;

		if (!check(same, "set of %s", fits[i].answers))
			check_note("got %s", got ? got : "none");
	}
}

static void test_many(void)
{
	struct cx_seen seen = { .too_many = false };
	char answer[16];

	for (int i = 0; i < 1000; i++) {
		snprintf(answer, sizeof(answer), "a%d", i);
		cx_seen_add(&seen, cx_str(answer));
	}
	check(seen.too_many && seen.written.n < 200,
	    "free text is given up soon");
	cx_seen_release(&seen);
}

/* Each set has a whole scale, best known by its ends. */
static void test_sets(const struct cx_label_sets *sets)
{
	for (size_t i = 0; i < sets->n; i++) {
		const struct cx_labels *set = &sets->sets[i];
		size_t points = set->points.values.n;
		const char *digit = set->name + strlen(set->name) - 1;

		check(set->low == 1 && set->high == (double)points &&
		          points == (size_t)(*digit - '0'),
		    "%s has all its points", set->name);
	}
}

/* ---- leading codes ---- */

static const char *const codes[][2] = {
	{ "10 - Very likely", "10" },
	{ "0 - Not at all satisfied", "0" },
	{ "(4) Critical.", "4" },
	{ "3: 600〜1000万円", "3" },
	{ "3：600", "3" },
	{ "1 (None at all)", "1" },
	{ "8", "8" },
	{ "-1 = no answer", "-1" },
	{ "5 – Mostly other people", "5" },
	{ "1. Yes", "1" },
	{ "35 to 44 years", "" },
	{ "7.5", "" },
	{ "2-3 times", "" },
	{ "2 - 3", "2" },
	{ "5th", "" },
	{ "5+", "" },
	{ "(4 Critical", "" },
	{ "20250418", "" },
	{ "-", "" },
	{ "", "" },
	{ "満足", "" },
};

static void test_codes(void)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		check(cx_str_eq(
		          cx_code_of(cx_str(codes[i][0])), cx_str(codes[i][1])),
		    "code of \"%s\"", codes[i][0]);
}

/* ---- patterns ---- */

static const struct {
	const char *pattern, *text, *star; /* star NULL: no match */
} globs[] = {
	{ "Q1", "Q1", "" },
	{ "Q1", "Q11", NULL },
	{ "Q*", "Q11", "11" },
	{ "*_NPS_GROUP", "Q2_NPS_GROUP", "Q2" },
	{ "*_GROUP", "_GROUP_GROUP", "_GROUP" },
	{ "*", "", "" },
	{ "a*a", "a", NULL },
	{ "a*a", "aa", "" },
	{ "a*b*c", "a1b2b3c", "1" },
	{ "a*b*c", "a1c", NULL },
	{ "**x", "x", "" },
	{ "{\"ImportId\":*", "{\"ImportId\":\"QID1\"}", "\"QID1\"}" },
};

static void test_globs(void)
{
	for (size_t i = 0; i < sizeof(globs) / sizeof(*globs); i++) {
		struct cx_str star;
		bool got = cx_glob(
		    cx_str(globs[i].pattern), cx_str(globs[i].text), &star);

		check(got == (globs[i].star != NULL) &&
		          (!got || cx_str_eq(star, cx_str(globs[i].star))),
		    "%s and %s", globs[i].pattern, globs[i].text);
	}
}

/* ---- normal forms ---- */

static const char *const normals[][2] = {
	{ "Strongly  Agree ", "strongly agree" },
	{ "ＡＧＲＥＥ", "agree" },
	{ "\xEF\xBB\xBFＮ／Ａ", "n/a" },
	{ "どちらとも　いえない", "どちらとも いえない" },
	{ "don\xE2\x80\x99t know", "don't know" },
	{ "１０回目以上", "10回目以上" },
	{ "ﾊﾝｶｸ", "ハンカク" },
	{ "Stra\xC3\x9F"
	  "e",
	    "strasse" },
	{ "\xFFZ", "\xFFZ" },
	{ "\n\t", "" },
};

static void test_normals(void)
{
	struct cx_buf out = { 0 };

	for (size_t i = 0; i < sizeof(normals) / sizeof(*normals); i++) {
		cx_normal(&out, cx_str(normals[i][0]));
		check(cx_str_eq(cx_buf_str(&out), cx_str(normals[i][1])),
		    "normal form %zu", i);
	}
	cx_buf_release(&out);
}

int main(void)
{
	const char *srcdir = getenv("srcdir");
	struct cx_label_sets sets = { 0 };
	char folder[4096];
	struct cx_err err;

	snprintf(
	    folder, sizeof(folder), "%s/share/labels", srcdir ? srcdir : ".");
	if (check(cx_labels_read(&sets, folder, &err) == 0, "all sets")) {
		test_sets(&sets);
		test_fits(&sets);
	}
	cx_labels_release(&sets);
	test_many();
	test_codes();
	test_globs();
	test_normals();
	return check_done();
}
