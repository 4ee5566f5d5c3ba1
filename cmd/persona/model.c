/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/model.h"

#include "libcx/base/mem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void persona_model_init(struct persona_model *m, size_t k, size_t n_columns)
{
	*m = (struct persona_model){ 0 };
	m->mixture.k = k;
	m->mixture.n_columns = n_columns;
	m->columns = cx_calloc(n_columns, sizeof(*m->columns));
	m->classes = cx_calloc(k, sizeof(*m->classes));
	for (size_t c = 0; c < k; c++) {
		snprintf(m->classes[c].id, sizeof(m->classes[c].id), "c%u",
		    (unsigned)c + 1);
		m->classes[c].stability = NAN;
	}
}

void persona_model_release(struct persona_model *m)
{
	for (size_t j = 0; m->columns && j < m->mixture.n_columns; j++) {
		free(m->columns[j].name);
		free(m->columns[j].counts);
		cx_map_release(&m->columns[j].levels);
	}
	for (size_t c = 0; m->classes && c < m->mixture.k; c++)
		free(m->classes[c].name);
	/* Until its parameters have room a model has only sizes. */
	if (m->mixture.share)
		cx_mixture_release(&m->mixture);
	free(m->columns);
	free(m->classes);
	free(m->weight);
	*m = (struct persona_model){ 0 };
}

const char *persona_model_name(const struct persona_model *m, size_t c)
{
	return m->classes[c].name ? m->classes[c].name : m->classes[c].id;
}

static int give_name(
    struct persona_model *m, struct cx_str text, struct cx_err *err)
{
	struct cx_str name = text, id = cx_str_next(&name, '=');

	if (!name.p || cx_str_trim(name).n == 0)
		return cx_err_set(err, CX_USAGE,
		    "--name: %s is not CLASS=NAME, such as c1=Loyals",
		    cx_quote(text));
	name = cx_str_trim(name);
	for (size_t c = 0; c < m->mixture.k; c++) {
		if (!cx_str_eq(cx_str(m->classes[c].id), id))
			continue;
		free(m->classes[c].name);
		m->classes[c].name = cx_memdup(name.p, name.n);
		return 0;
	}
	return cx_err_set(err, CX_USAGE,
	    "--name: there is no class %s; there are c1 to c%zu", cx_quote(id),
	    m->mixture.k);
}

static int check_names(const struct persona_model *m, struct cx_err *err)
{
	for (size_t c = 0; c < m->mixture.k; c++)
		for (size_t d = 0; d < c; d++)
			if (strcmp(persona_model_name(m, c),
			        persona_model_name(m, d)) == 0)
				return cx_err_set(err, CX_USAGE,
				    "--name: two classes would be called %s",
				    cx_quote(cx_str(persona_model_name(m, c))));
	return 0;
}

int persona_model_give_names(
    struct persona_model *m, const struct cx_list *names, struct cx_err *err)
{
	for (size_t i = 0; i < names->n; i++)
		if (give_name(m, cx_str(names->items[i]), err) < 0)
			return -1;
	return check_names(m, err);
}
