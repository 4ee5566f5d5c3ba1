/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What RFC 8259 has, and what it has not; results are by its grammar. */
#include "tests/lib/check.h"

#include "libcx/table/json.h"

static int add(
    void *context, struct cx_str path, struct cx_str value, struct cx_err *err)
{
	struct cx_buf *out = context;

	(void)err;
	for (size_t i = 0; i < path.n; i++)
		cx_buf_addc(out, path.p[i] == '\t' ? '.' : path.p[i]);
	cx_buf_addc(out, '=');
	cx_buf_adds(out, value);
	cx_buf_addc(out, ';');
	return 0;
}

static void expect(const char *text, const char *want)
{
	struct cx_buf out = { 0 };
	struct cx_err err;
	int code = cx_json_walk(cx_str(text), add, &out, &err);

	cx_buf_addc(&out, '\0');
	check_str(code < 0 ? err.what : out.data, want, "%s", want);
	cx_buf_release(&out);
}

static void test_values(void)
{
	expect("{}", "");
	expect(" [ ] ", "");
	expect("\"text\"", "=text;");
	expect("-12.5e+3", "=-12.5e+3;");
	expect("{\"a\": 1, \"b\": {\"c\": [true, null, {\"d\": \"x\"}]}}",
	    ".a=1;.b.c.0=true;.b.c.1=null;.b.c.2.d=x;");
	expect("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", ".0=\"\\/\b\f\n\r\t;");
	expect("[\"\\u00e9\\u65e5\\ud83d\\ude00\"]", ".0=é日😀;");
	expect("{\"日本\": \"語\"}", ".日本=語;");
	expect("{\"a\":{\"b\":1},\"c\":2}", ".a.b=1;.c=2;");
}

static void test_no_json(void)
{
	expect("", "this is no JSON: a value was expected");
	expect("{", "this is no JSON: a name was expected");
	expect("[1", "this is no JSON: a bracket is not closed");
	expect("[1,]", "this is no JSON: a value was expected");
	expect("{\"a\" 1}", "this is no JSON: a colon was expected");
	expect("01", "this is no JSON: a value was expected");
	expect("1.", "this is no JSON: a value was expected");
	expect("1e", "this is no JSON: a value was expected");
	expect("-", "this is no JSON: a value was expected");
	expect("nul", "this is no JSON: a value was expected");
	expect("1 2", "this is no JSON: there is more behind it");
	expect("\"\\x\"", "this is no JSON: an unknown escape");
	expect("\"\\ud800\"", "this is no JSON: a \\u that is no character");
	expect("\"\\ud800\\u0041\"", "this is no JSON: half a surrogate pair");
	expect("\"open", "this is no JSON: it ends in a string");
	expect("\"open\\", "this is no JSON: it ends in a string");
	expect(
	    "\"a\nb\"", "this is no JSON: a control or no UTF-8 in a string");
	expect(
	    "\"\xFF\"", "this is no JSON: a control or no UTF-8 in a string");
}

static void test_depth(void)
{
	enum { DEEP = 65 };
	char text[2 * DEEP + 1];

	memset(text, '[', DEEP);
	memset(text + DEEP, ']', DEEP);
	text[sizeof(text) - 1] = '\0';
	expect(text, "this is no JSON: it is nested too deep");
	text[sizeof(text) - 2] = '\0';
	expect(text + 1, "");
}

int main(void)
{
	test_values();
	test_no_json();
	test_depth();
	return check_done();
}
