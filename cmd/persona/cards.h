/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_CARDS_H
#define CX_CMD_PERSONA_CARDS_H

#include "cmd/persona/tally.h"
#include "libcx/model/mask.h"

struct persona_cards_settings {
	bool asked;
	double min_n, level;
};
extern struct persona_cards_settings persona_cards_settings;

#define PERSONA_CARDS_OPTIONS                                                  \
	CX_OPT_FLAG(0, "cards", &persona_cards_settings.asked,                 \
	    "print a card for each persona: -F md to pin on a wall"),          \
	    CX_OPT_REAL(0, "min-n", &persona_cards_settings.min_n, "N",        \
	        "mask what fewer than N records tell (default: 5)"),           \
	    CX_OPT_REAL(0, "level", &persona_cards_settings.level, "SHARE",    \
	        "coverage of the intervals (default: 0.95)")

/* What a row of a card is about, in the order of the rows. */
enum card_section {
	CARD_SIZE,
	CARD_CUSTOMERS,
	CARD_AMOUNT,
	CARD_SCORE,
	CARD_APART, /* an attribute that sets the persona apart */
	CARD_OTHER, /* one that does not */
	CARD_PATH,
	CARD_STABILITY,
	CARD_EXAMPLE,
};

/* Shares in percent; NaN where there is no such number. */
struct card_row {
	enum card_section section;
	size_t place;     /* of its persona, in the deck */
	size_t persona;   /* of the tally */
	const char *mark; /* in place of numbers that are masked, or NULL */
	struct cx_str attribute;
	struct cx_str text; /* value, where it is a text */
	double value;       /* where it is a number */
	uint64_t n;
	double share, index, lo, hi, p, p_adj;
	double effect; /* how far apart: Cohen's h or d */
	size_t order;  /* among equals */
	size_t number; /* of texts, while has_text */
	bool has_text;
};

/* The cards of a tally, row by row in their order. All zero is none. */
struct card_deck {
	struct persona_tally *tally;
	size_t *personas; /* by size, then those masked by name, then none */
	size_t n_personas;
	size_t n_shown;                          /* those that have cards */
	enum cx_mask_mark masked[CARD_PERSONAS]; /* their sizes, by persona */
	struct card_row *rows;
	size_t n, cap;
	struct cx_map paths, texts; /* that rows borrow */
};

/* model, if there is one, tells the stability of its classes. */
void card_deck_make(struct card_deck *deck, struct persona_tally *tally,
    const struct persona_model *model);
void card_deck_release(struct card_deck *deck);

/* A new row at the end, of the persona at this place. */
struct card_row *card_deck_add(
    struct card_deck *deck, enum card_section section, size_t place);

/* Sizes, which say who has a card; customers; amounts. */
void card_deck_sizes(struct card_deck *deck);
void card_deck_customers(struct card_deck *deck);
void card_deck_amounts(struct card_deck *deck);

/* Rows of attributes, tested together. */
void card_deck_attributes(struct card_deck *deck);

/* The most frequent path of each persona's customers. */
void card_deck_paths(struct card_deck *deck);

/* For each persona a record as most of its records are. */
void card_deck_examples(struct card_deck *deck);

/* Of personas that are classes of a model. */
void card_deck_stability(
    struct card_deck *deck, const struct persona_model *model);

/* n of all, as a share with its interval. */
void card_row_part(struct card_row *row, uint64_t n, uint64_t all);

/* True, and masked, where it is of fewer than --min-n, though of some. */
bool card_row_is_small(struct card_row *row, uint64_t n);

/*
 * What is masked of counts that add up to a whole that can be told from any
 * one of them: by place, those of personas without a card together behind the
 * others. The caller frees marks.
 */
struct card_marks {
	enum cx_mask_mark *marks;
	bool total; /* the whole is: no share may be told, not even of 0 */
};

/* n by number of persona. */
struct card_marks card_deck_marks(
    const struct card_deck *deck, const uint64_t *n);

/* True where the row's count is masked, or no share of it may be told. */
bool card_row_is_hidden(struct card_row *row, const struct card_marks *marks);

/* What stands in place of a number; NULL where it is shown. */
const char *card_mark(enum cx_mask_mark mark);

/* A mean and its interval. */
void card_row_mean(struct card_row *row, const struct card_numbers *numbers);

/* Cards as Markdown. */
void card_deck_print(const struct card_deck *deck, struct cx_buf *page);

/*
 * Ends the program where the options do not fit together; gates is --fail-if,
 * which stays the caller's.
 */
void persona_cards_check(const struct cx_cli *cli, const struct cx_list *gates);

/* --cards: a table of what there is to say, or cards. */
int persona_cards_run(struct cx_cli *cli, struct cx_err *err);

#endif
