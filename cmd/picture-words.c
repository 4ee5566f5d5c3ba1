/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/picture-words.h"

#include "cmd/report/words.h"

struct cx_journey_words picture_words_map(const char *title, const char *desc)
{
	return (struct cx_journey_words){
		.title = title ? title : report_word("name_map"),
		.desc = desc ? desc : report_word("map_alone"),
		.emotion = report_word("map_emotion"),
		.reach = report_word("map_reach"),
		.drop_off = report_word("map_drop_off"),
		.wait = report_word("map_wait"),
		.interval = report_word("interval"),
		.pain = report_word("word_pain"),
		.delight = report_word("word_delight"),
		.truth = report_word("word_truth"),
		.peak = report_word("word_peak"),
		.end = report_word("word_end"),
		.masked = report_word("masked"),
		.none = report_word("no_touchpoints"),
		.not_drawn = report_word("map_not_drawn"),
		.not_told = report_word("map_not_told"),
		.units = report_units(),
	};
}

struct cx_quadrant_words picture_words_quadrant(
    const char *title, const char *desc)
{
	return (struct cx_quadrant_words){
		.title = title ? title : report_word("quadrant_title"),
		.desc = desc ? desc : report_word("quadrant_alone"),
		.importance = report_word("col_importance"),
		.performance = report_word("col_performance"),
		.fix_first = report_word("word_fix_first"),
		.keep_up = report_word("word_keep_up"),
		.low_priority = report_word("word_low_priority"),
		.overkill = report_word("word_possible_overkill"),
		.faint = report_word("pale_importance"),
		.none = report_word("no_rows"),
	};
}

struct cx_dot_words picture_words_graph(void)
{
	return (struct cx_dot_words){
		.not_drawn = report_word("graph_not_drawn"),
		.units = report_units(),
	};
}
