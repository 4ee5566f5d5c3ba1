/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cx-persona - who the customers are: by rules, or found in the data */
#include "cmd/persona/assign.h"
#include "cmd/persona/cards.h"
#include "cmd/persona/discover.h"
#include "cmd/persona/rfm.h"
#include "cmd/persona/rules.h"
#include "libcx/cli/cli.h"

#include <stdlib.h>

static struct cx_list gates;

static const struct cx_option options[] = {
	PERSONA_RULES_OPTIONS,
	PERSONA_ASSIGN_OPTIONS,
	PERSONA_RFM_OPTIONS,
	PERSONA_DISCOVER_OPTIONS,
	PERSONA_CARDS_OPTIONS,
	CX_OPT_LIST(0, "fail-if", &gates, "CONDITION",
	    "exit 3 where true of a row of a table that is printed"),
	CX_CLI_REJECT_OPTIONS,
	CX_OPT_END,
};

/* The ways there are: exactly one is asked for. */
struct way {
	const char *option;
	bool asked;
	cx_cli_run_function *run;
};

static int explain_rules(struct cx_cli *cli, struct cx_err *err)
{
	return persona_explain_run(cli, &gates, err);
}

static struct way choose(const struct cx_cli *cli)
{
	const struct persona_rules_settings *rules = &persona_rules_settings;
	const struct persona_discover_settings *found =
	    &persona_discover_settings;
	const struct way ways[] = {
		{ "-r", rules->file != NULL,
		    rules->explain ? explain_rules : persona_rules_run },
		{ "--assign", persona_assign_settings.file != NULL,
		    persona_assign_run },
		{ "--rfm", persona_rfm_settings.asked, persona_rfm_run },
		{ "--discover", found->discover, persona_discover_run },
		/* Cards take what a model knows of its classes. */
		{ "--model", found->model && !persona_cards_settings.asked,
		    persona_classify_run },
		{ "--cards", persona_cards_settings.asked, persona_cards_run },
	};
	const struct way *way = NULL;

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		if (!ways[i].asked)
			continue;
		if (way)
			cx_cli_usage(cli, "%s and %s do not go together",
			    way->option, ways[i].option);
		way = &ways[i];
	}
	if (way)
		return *way;
	cx_cli_usage(cli,
	    "how are personas told? -r FILE, --assign FILE, --rfm, "
	    "--model FILE, --discover or --cards");
}

static void check(const struct cx_cli *cli)
{
	const struct persona_rules_settings *rules = &persona_rules_settings;

	if ((rules->overlap || rules->explain) && !rules->file)
		cx_cli_usage(cli, "--%s is about rules: -r FILE",
		    rules->overlap ? "overlap" : "explain");
	if (strcmp(persona_assign_settings.by, PERSONA_BY) != 0 &&
	    !persona_assign_settings.file && !persona_rfm_settings.asked)
		cx_cli_usage(cli, "--by is for --assign and --rfm");
	if (gates.n &&
	    (persona_assign_settings.file || persona_rfm_settings.asked ||
	        (rules->file && !rules->explain)))
		cx_cli_usage(cli, "--fail-if is about a table of personas, and "
		                  "this prints none");
	persona_rfm_check(cli);
	persona_cards_check(cli, &gates);
}

int main(int argc, char **argv)
{
	struct cx_cli cli = {
		.name = "cx-persona",
		.purpose = "Tell who the customers are: personas by rules, or "
		           "found in the data, and cards of them.",
		.options = options,
	};
	struct way way;
	int status;

	cx_cli_parse(&cli, argc, argv);
	check(&cli);
	way = choose(&cli);
	if (!persona_cards_settings.asked)
		persona_discover_check(&cli, &gates);
	status = cx_cli_run(&cli, way.run);
	persona_discover_release();
	free(gates.items);
	return status;
}
