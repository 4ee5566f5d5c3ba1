/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Postal codes with letters, and what tells a code from an amount. */
#include "libcx/table/redact-impl.h"

/*
 * A pattern: A a capital letter, 9 a digit, others themselves; "A?" would be
 * two patterns. Returns the end of what fits at i, or i.
 */
static size_t fits(const struct cx_redactor *r, size_t i, const char *pattern)
{
	size_t at = i;

	for (; *pattern; pattern++, at++) {
		char c = plain_at(r, at);
		bool good = *pattern == 'A'   ? is_upper(c)
		            : *pattern == '9' ? is_digit(c)
		                              : c == *pattern;

		if (!good)
			return i;
	}
	return at;
}

static bool is_word(char c)
{
	return is_letter(c) || is_digit(c);
}

/* No letter or digit right before and behind. */
static bool stands_alone(const struct cx_redactor *r, size_t start, size_t end)
{
	return !is_word(plain_before(r, start)) && !is_word(plain_at(r, end));
}

/* Source: Royal Mail, PAF programmer's guide: letters of the inward code. */
static size_t british(const struct cx_redactor *r, size_t i)
{
	static const char *const patterns[] = { "A9 9AA", "A99 9AA", "AA9 9AA",
		"AA99 9AA", "A9A 9AA", "AA9A 9AA" };

	for (size_t k = 0; k < sizeof(patterns) / sizeof(*patterns); k++) {
		size_t end = fits(r, i, patterns[k]);

		if (end > i && !strchr("CIKMOV", r->plain[end - 1]) &&
		    !strchr("CIKMOV", r->plain[end - 2]))
			return end;
	}
	return i;
}

/* Source: Canada Post, addressing guidelines: letters that are not used. */
static size_t canadian(const struct cx_redactor *r, size_t i)
{
	size_t end = fits(r, i, "A9A 9A9");

	if (end == i)
		end = fits(r, i, "A9A-9A9");
	if (end == i || strchr("DFIOQUWZ", r->plain[i]))
		return i;
	return strchr("DFIOQU", r->plain[i + 2]) ||
	               strchr("DFIOQU", r->plain[i + 5])
	           ? i
	           : end;
}

/* 1012 AB Amsterdam: only before a town, as 1200 PM is another thing. */
static size_t dutch(const struct cx_redactor *r, size_t i)
{
	size_t end = fits(r, i, "9999 AA");

	return end > i && r->plain[i] != '0' && fits(r, end, " A") > end &&
	               is_letter(plain_at(r, end + 2))
	           ? end
	           : i;
}

/* D-10115 Berlin: before a town too, as an article may be called so. */
static size_t with_country(const struct cx_redactor *r, size_t i)
{
	static const char *const patterns[] = { "D-99999", "F-99999", "I-99999",
		"E-99999", "A-9999", "B-9999", "CH-9999", "DK-9999", "NL-9999",
		"SE-99999", "FI-99999", "DE-99999", "FR-99999", "AT-9999",
		"BE-9999", "IT-99999", "ES-99999" };

	for (size_t k = 0; k < sizeof(patterns) / sizeof(*patterns); k++) {
		size_t n = strlen(patterns[k]);
		const char *dash = strchr(patterns[k], '-');
		size_t head = (size_t)(dash - patterns[k]);

		if (i + n <= r->n &&
		    memcmp(r->plain + i, patterns[k], head) == 0 &&
		    fits(r, i + head, dash) > i + head &&
		    fits(r, i + n, " A") > i + n)
			return i + n;
	}
	return i;
}

/* , IL 62704: the digits only; the state may stay. */
static struct found american(const struct cx_redactor *r, size_t i)
{
	static const char states[] =
	    "AL AK AZ AR CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD "
	    "ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC "
	    "SD TN TX UT VA VT WA WI WV WY ";
	struct found f = { CX_REDACT_NONE, i, i };
	size_t end = fits(r, i, "AA 99999"), before = i;
	bool known = false;

	while (before && r->plain[before - 1] == ' ')
		before--;
	if (end == i || plain_before(r, before) != ',')
		return f;
	for (const char *s = states; *s && !known; s += 3)
		known = memcmp(s, r->plain + i, 2) == 0;
	if (!known)
		return f;
	if (fits(r, end, "-9999") > end)
		end += 5;
	return (struct found){ CX_REDACT_POSTAL, i + 3, end };
}

struct found cx_redact_postal(const struct cx_redactor *r, size_t i)
{
	static size_t (*const kinds[])(const struct cx_redactor *,
	    size_t) = { british, canadian, dutch, with_country };

	for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++) {
		size_t end = kinds[k](r, i);

		if (end > i && stands_alone(r, i, end))
			return (struct found){ CX_REDACT_POSTAL, i, end };
	}
	return american(r, i);
}

/* Whether one of the words, which end in NULL, stands at p. */
static bool stands(const char *p, size_t n, const char *const *words)
{
	for (; *words; words++)
		if (n >= strlen(*words) &&
		    memcmp(p, *words, strlen(*words)) == 0)
			return true;
	return false;
}

bool cx_redact_is_code(const struct cx_redactor *r, size_t start, size_t end)
{
	/* What is counted, paid or measured: 500-1000 yen. */
	static const char *const units[] = { "円", "万", "千", "億", "人", "名",
		"個", "件", "年", "点", "回", "時", "分", "秒", "台", "本",
		"枚", "泊", "歳", "％", "%", "℃", "㎞", "㎡", "ｍ", "ヶ", "か",
		"～", "〜", NULL };
	static const char *const money[] = { "$", "¥", "￥", "€", "£", "＄",
		NULL };
	size_t last = r->at[r->n], behind = r->at[end];

	if (end < r->n && is_letter(r->plain[end]))
		return false;
	if (start &&
	    stands(r->text + r->at[start - 1], last - r->at[start - 1], money))
		return false;
	return !stands(r->text + behind, last - behind, units);
}
