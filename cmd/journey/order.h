/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_JOURNEY_ORDER_H
#define CX_CMD_JOURNEY_ORDER_H

#include "libcx/base/err.h"
#include "libcx/base/map.h"

/*
 * Sees to it that no owner of --sorted comes back after others. As long as
 * names ascend (by bytes, or by length first, as numbers do), none can; until
 * they do not, nothing needs to be known of them. Besides, so many names are
 * remembered that most inputs in no order can be told about too. All zero is
 * a new one.
 */
enum { JOURNEY_REMEMBERED = 1 << 16 };
struct journey_order {
	struct cx_buf last;
	uint64_t n;
	bool not_by_bytes, not_by_length;
	struct cx_map seen; /* empty once there were too many */
};

/* Another owner starts. -1 and err when it was there, or cannot be known. */
int journey_order_next(
    struct journey_order *order, struct cx_str owner, struct cx_err *err);
void journey_order_release(struct journey_order *order);

#endif
