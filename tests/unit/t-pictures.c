/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pictures, byte by byte as in tests/fixtures/pictures: each was looked
 * at in a browser. "t-pictures write FOLDER" draws them anew.
 */
#include "tests/lib/check.h"

#include "libcx/base/mem.h"
#include "libcx/report/journey-map.h"
#include "libcx/report/quadrant.h"

#include <stdlib.h>

static const char *folder;
static bool writing;

/* ---- expected pictures ---- */

static char *path_of(const char *name)
{
	struct cx_buf path = { 0 };

	cx_buf_addf(&path, "%s/%s.svg", folder, name);
	cx_buf_addc(&path, '\0');
	return path.data;
}

static void write_picture(const char *path, const struct cx_buf *svg)
{
	FILE *file = fopen(path, "wb");

	check(file && fwrite(svg->data, 1, svg->len, file) == svg->len &&
	          fclose(file) == 0,
	    "wrote %s", path);
}

static void compare(
    const char *path, const char *name, const struct cx_buf *svg)
{
	struct cx_buf want = { 0 };
	FILE *file = fopen(path, "rb");
	char block[4096];
	size_t n;

	check(file != NULL, "%s: there is a picture to compare", name);
	if (!file)
		return;
	while ((n = fread(block, 1, sizeof(block), file)) > 0)
		cx_buf_add(&want, block, n);
	(void)fclose(file);
	check(cx_str_eq(cx_buf_str(&want), cx_buf_str(svg)),
	    "%s: the same bytes", name);
	cx_buf_release(&want);
}

static void expect(const char *name, const struct cx_buf *svg)
{
	char *path = path_of(name);

	if (writing)
		write_picture(path, svg);
	else
		compare(path, name, svg);
	free(path);
}

/* ---- journey maps ---- */

#define STEP(who, where, what, came, e, half, lost, seconds, marked)           \
	{                                                                      \
		.persona = { who, sizeof(who) - 1 },                           \
		.stage = { where, sizeof(where) - 1 },                         \
		.touchpoint = { what, sizeof(what) - 1 }, .reach = came,       \
		.emotion = e, .emotion_lo = e - half, .emotion_hi = e + half,  \
		.drop_off = lost, .drop_off_lo = lost * .7,                    \
		.drop_off_hi = lost * 1.4, .wait = seconds, .marks = marked    \
	}

static void draw_some(const char *name, const struct cx_journey_step *steps,
    size_t n, size_t most, const struct cx_journey_words *words)
{
	struct cx_buf svg = { 0 };

	cx_journey_map_draw(&svg, &(struct cx_journey_map){ .steps = steps,
	                              .n = n,
	                              .most = most,
	                              .words = words,
	                              .alone = true });
	expect(name, &svg);
	cx_buf_release(&svg);
}

static void draw_map(const char *name, const struct cx_journey_step *steps,
    size_t n, const struct cx_journey_words *words)
{
	draw_some(name, steps, n, 0, words);
}

static void test_two_personas(void)
{
	static const struct cx_journey_step steps[] = {
		STEP("new", "awareness", "advert", .62, .2, .15, .35, 86400, 0),
		STEP("new", "consideration", "product search", .55, .7, .2, .12,
		    900, 0),
		STEP("new", "consideration", "comparison", .31, .4, .3, .2,
		    7000, 0),
		STEP("new", "purchase", "checkout", .4, -.6, .2, .26, 172800,
		    CX_JOURNEY_PAIN),
		STEP("new", "use", "delivery", .36, -1.3, .25, .08, 400000,
		    CX_JOURNEY_PAIN | CX_JOURNEY_TRUTH | CX_JOURNEY_PEAK),
		STEP("new", "support", "call centre", .12, .1, .6, .3, NAN,
		    CX_JOURNEY_END),
		STEP("loyal", "purchase", "checkout", .92, 1.1, .1, .02, 90000,
		    0),
		STEP("loyal", "use", "delivery", .9, 1.6, .12, .03, 500000,
		    CX_JOURNEY_DELIGHT | CX_JOURNEY_PEAK),
		STEP("loyal", "support", "returns", .08, .3, .7, .1, NAN, 0),
		STEP("loyal", "loyalty", "member's letter", .5, .9, .3, .05,
		    NAN, CX_JOURNEY_END),
	};

	draw_map(
	    "map-two-personas", steps, sizeof(steps) / sizeof(*steps), NULL);
}

static void test_japanese(void)
{
	static const struct cx_journey_step steps[] = {
		STEP("家族旅行", "認知", "公式ウェブサイト・SNS広告", .62, .2,
		    .15, .35, 86400, 0),
		STEP("家族旅行", "検討", "宿泊予約サイトの口コミ比較", .55, .7,
		    .2, .12, 900, 0),
		STEP("家族旅行", "購入", "予約", .4, -.6, .2, .26, 172800,
		    CX_JOURNEY_PAIN),
		STEP("家族旅行", "利用", "道の駅「三方五湖」", .36, 1.3, .25,
		    .08, 400000, CX_JOURNEY_DELIGHT | CX_JOURNEY_PEAK),
		STEP("家族旅行", "推奨", "アンケート", .12, .1, .6, .3, NAN,
		    CX_JOURNEY_END),
	};
	static const struct cx_journey_words words = {
		.title = "カスタマージャーニーマップ",
		.desc = "接点ごとの感情、到達率、離脱率",
		.emotion = "感情",
		.reach = "到達率",
		.drop_off = "離脱率",
		.wait = "次の接点まで",
		.interval = "信頼区間",
		.pain = "不満点",
		.delight = "感動点",
		.truth = "決定的瞬間",
		.peak = "ピーク",
		.end = "終わり",
		.masked = "少数",
		.none = "接点なし",
		.units = { "%s秒", "%s分", "%s時間", "%s日" },
	};

	draw_map("map-japanese", steps, sizeof(steps) / sizeof(*steps), &words);
}

/* Gaps in the curve, names that are too long, hostile or missing. */
static void test_odd(void)
{
	static const struct cx_journey_step steps[] = {
		STEP("", "a stage with a name that is far too long for it", "x",
		    1, 1.9, .3, 0, 0, CX_JOURNEY_DELIGHT),
		STEP("", "b", "<script>alert(1)</script>", 0, NAN, 0, 1, 59, 0),
		STEP("", "b",
		    "Donaudampfschifffahrtsgesellschaftskapitaenskajuete", .004,
		    -1.95, .3, .5, 61, CX_JOURNEY_PAIN | CX_JOURNEY_TRUTH),
		STEP("", "b", "\xE2\x80\xAEright to left", .5, -2, 0, NAN, NAN,
		    CX_JOURNEY_PEAK | CX_JOURNEY_END),
		{ .stage = { "c", 1 },
		    .touchpoint = { "few", 3 },
		    .channel = { "web & app", 9 },
		    .masked = true },
	};

	draw_map("map-odd", steps, sizeof(steps) / sizeof(*steps), NULL);
}

static void test_one(void)
{
	static const struct cx_journey_step step =
	    STEP("", "", "only one", 1, .4, .3, .2, NAN, 0);

	draw_map("map-one", &step, 1, NULL);
}

static void test_none(void)
{
	draw_map("map-none", NULL, 0, NULL);
}

static void test_sixty(void)
{
	enum { N = 60, STAGES = 7 };
	static const char *const stages[STAGES] = { "awareness",
		"consideration", "purchase", "use", "support", "loyalty",
		"advocacy" };
	struct cx_journey_step steps[N];
	char names[N][32];

	for (int i = 0; i < N; i++) {
		const char *stage = stages[i * i * STAGES / (N * N)];
		double e = (i * 37 % 41) / 10.0 - 2;

		snprintf(
		    names[i], sizeof(names[i]), "touchpoint number %d", i + 1);
		steps[i] = (struct cx_journey_step){ .stage = cx_str(stage),
			.touchpoint = cx_str(names[i]),
			.customers = 100 + i * 7 % 60,
			.reach = 1 / (1 + i / 9.0),
			.emotion = e,
			.emotion_lo = e - .1 - i / 80.0,
			.emotion_hi = e + .1 + i / 80.0,
			.drop_off = NAN,
			.wait = NAN,
			.marks = e < -1.5  ? CX_JOURNEY_PAIN
			         : e > 1.5 ? CX_JOURNEY_DELIGHT
			                   : 0 };
	}
	draw_map("map-sixty", steps, N, NULL);
	/* The most reached of each stage; and without a curve. */
	draw_some("map-thinned", steps, N, 3, NULL);
	for (int i = 0; i < N; i++)
		steps[i].emotion = NAN;
	draw_some("map-without-emotion", steps, N, 1, NULL);
}

/* ---- quadrants ---- */

#define POINT(rank, name, px, hx, py, hy)                                      \
	{                                                                      \
		.label = { name, sizeof(name) - 1 }, .number = rank, .x = px,  \
		.x_lo = px - hx, .x_hi = px + hx, .y = py, .y_lo = py - hy,    \
		.y_hi = py + hy                                                \
	}

static void draw_quadrant(const char *name,
    const struct cx_quadrant_panel *panels, size_t n,
    const struct cx_quadrant_words *words)
{
	struct cx_buf svg = { 0 };

	cx_quadrant_draw(&svg,
	    &(struct cx_quadrant){
	        .panels = panels, .n = n, .words = words, .alone = true });
	expect(name, &svg);
	cx_buf_release(&svg);
}

static void test_drivers(void)
{
	static const struct cx_quadrant_point new[] = {
		POINT(1, "delivery", 58.1, 3.2, .182, .041),
		POINT(2, "returns", 61.5, 6, .09, .052),
		POINT(3, "support", 66, 4, .121, .03),
		POINT(4, "checkout", 77.9, 2.1, .144, .035),
		POINT(5, "product search", 80.3, 2, .031, .028),
	};
	static const struct cx_quadrant_point loyal[] = {
		POINT(1, "checkout", 77.9, 2.1, .144, .035),
		POINT(2, "delivery", 78.1, 3.2, .142, .041),
		POINT(3, "returns", 78.5, 6, .139, .052),
		{ .label = { "support", 7 },
		    .number = 4,
		    .x = 66,
		    .x_lo = NAN,
		    .x_hi = NAN,
		    .y = -.01,
		    .y_lo = -.04,
		    .y_hi = .02,
		    .faint = true },
		{ .label = { "showroom: never rated", 21 },
		    .number = 5,
		    .x = NAN,
		    .y = NAN },
	};
	const struct cx_quadrant_panel panels[] = {
		{ { "new", 3 }, new, 5, NAN, NAN },
		{ { "loyal", 5 }, loyal, 5, 75, .1 },
	};

	draw_quadrant("quadrant-drivers", panels, 2, NULL);
}

static void test_quadrant_japanese(void)
{
	static const struct cx_quadrant_point points[] = {
		POINT(1, "食べ物・料理", 71.2, 1.1, .21, .02),
		POINT(2, "観光・体験", 74.8, 1.2, .2, .022),
		POINT(3, "宿泊施設", 73, 1.5, .13, .02),
		POINT(4, "買い物", 68.8, 1, .11, .018),
		POINT(5,
		    "県内での交通手段（バス・鉄道・レンタカー・タクシー）の使いやすさ",
		    59, 1.9, .07, .015),
	};
	static const struct cx_quadrant_words words = {
		.title = "重要度と満足度",
		.desc = "満足度（横軸）と重要度（縦軸）",
		.importance = "重要度",
		.performance = "満足度",
		.fix_first = "最優先で改善",
		.keep_up = "維持",
		.low_priority = "優先度低",
		.overkill = "過剰の可能性",
		.faint = "淡色：重要度が0より大きいとは言えない",
		.none = "要因なし",
	};
	const struct cx_quadrant_panel panel = { { "", 0 }, points, 5, NAN,
		NAN };

	draw_quadrant("quadrant-japanese", &panel, 1, &words);
}

static void test_crowd(void)
{
	enum { N = 60 };
	struct cx_quadrant_point points[N];
	char names[N][48];
	const struct cx_quadrant_panel panel = { { "crowd", 5 }, points, N, NAN,
		NAN };

	for (int i = 0; i < N; i++) {
		double x = 60 + (i * 29 % 53) / 3.0;
		double y = .02 + (i * 17 % 31) / 400.0;

		snprintf(names[i], sizeof(names[i]), "%s %d",
		    i % 3 ? "配送の追跡サービス" : "a driver with a long name",
		    i + 1);
		points[i] =
		    (struct cx_quadrant_point){ .label = cx_str(names[i]),
			    .number = (size_t)i + 1,
			    .x = x,
			    .x_lo = x - 1,
			    .x_hi = x + 1,
			    .y = y,
			    .y_lo = y - .005,
			    .y_hi = y + .005 };
	}
	draw_quadrant("quadrant-crowd", &panel, 1, NULL);
}

static void test_few(void)
{
	static const struct cx_quadrant_point same[] = {
		{ .label = { "one", 3 },
		    .x = 50,
		    .x_lo = NAN,
		    .x_hi = NAN,
		    .y = .1,
		    .y_lo = NAN,
		    .y_hi = NAN },
		{ .label = { "the other", 9 },
		    .x = 50,
		    .x_lo = NAN,
		    .x_hi = NAN,
		    .y = .1,
		    .y_lo = NAN,
		    .y_hi = NAN },
	};
	const struct cx_quadrant_panel panel = { { "", 0 }, same, 2, NAN, NAN };

	draw_quadrant("quadrant-same-place", &panel, 1, NULL);
	draw_quadrant("quadrant-none", NULL, 0, NULL);
}

int main(int argc, char **argv)
{
	const char *source = getenv("srcdir");
	struct cx_buf path = { 0 };

	cx_buf_addf(&path, "%s/tests/fixtures/pictures", source ? source : ".");
	cx_buf_addc(&path, '\0');
	folder = path.data;
	if (argc == 3 && strcmp(argv[1], "write") == 0) {
		writing = true;
		folder = argv[2];
	}
	test_two_personas();
	test_japanese();
	test_odd();
	test_one();
	test_none();
	test_sixty();
	test_drivers();
	test_quadrant_japanese();
	test_crowd();
	test_few();
	cx_buf_release(&path);
	return check_done();
}
