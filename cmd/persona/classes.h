/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_CLASSES_H
#define CX_CMD_PERSONA_CLASSES_H

#include "cmd/persona/model.h"

/*
 * What a model says, made of the sample that it was found in: its columns'
 * counts and moments, and how many rows each class was assigned. The fit's
 * parameters move into the model.
 */
void persona_classes_model(struct persona_model *model,
    const struct persona_table *table, struct cx_mixture_fit *fit);

/*
 * Lines for a person: each class, and the columns that set it apart, those of
 * the largest Kullback-Leibler divergence from all rows first.
 */
void persona_classes_describe(
    const struct persona_model *model, struct cx_buf *out);

#endif
