/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/order.h"

static bool below(struct cx_str a, struct cx_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	return order ? order < 0 : a.n < b.n;
}

static void note_order(struct journey_order *o, struct cx_str owner)
{
	struct cx_str last = cx_buf_str(&o->last);

	o->not_by_bytes |= !below(last, owner);
	o->not_by_length |=
	    last.n > owner.n || (last.n == owner.n && !below(last, owner));
}

int journey_order_next(
    struct journey_order *o, struct cx_str owner, struct cx_err *err)
{
	if (o->n)
		note_order(o, owner);
	cx_buf_clear(&o->last);
	cx_buf_adds(&o->last, owner);
	if (o->n++ < JOURNEY_REMEMBERED) {
		if (cx_map_put(&o->seen, owner) + 1 < o->n)
			return cx_err_set(err, CX_DATA,
			    "--sorted: someone comes back after others; the "
			    "records of each must stand together");
		return 0;
	}
	cx_map_release(&o->seen);
	if (o->not_by_bytes && o->not_by_length)
		return cx_err_set(err, CX_DATA,
		    "--sorted: more than %d, and in no order, so that it "
		    "cannot be told whether the records of each stand "
		    "together; sort them, or leave --sorted out",
		    JOURNEY_REMEMBERED);
	return 0;
}

void journey_order_release(struct journey_order *o)
{
	cx_buf_release(&o->last);
	cx_map_release(&o->seen);
	*o = (struct journey_order){ 0 };
}
