/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/labels.h"

#include <math.h>

/* Rings of places around a point; labels of the first touch it. */
enum { N_RINGS = 7, N_SIDES = 8, NEAR_RINGS = 1 };
static const double FIRST_GAP = 3, RING_STEP = 11;

/* Right, above right, below right, left and so on: best first (Imhof). */
static const struct {
	double x, y;
} sides[N_SIDES] = { { 1, 0 }, { 1, -1 }, { 1, 1 }, { -1, 0 }, { -1, -1 },
	{ -1, 1 }, { 0, -1 }, { 0, 1 } };

double cx_box_overlap(const struct cx_box *a, const struct cx_box *b)
{
	double width =
	    fmin(a->x + a->width, b->x + b->width) - fmax(a->x, b->x);
	double height =
	    fmin(a->y + a->height, b->y + b->height) - fmax(a->y, b->y);

	return width > 0 && height > 0 ? width * height : 0;
}

static bool is_inside(const struct cx_box *box, const struct cx_box *frame)
{
	return box->x >= frame->x && box->y >= frame->y &&
	       box->x + box->width <= frame->x + frame->width &&
	       box->y + box->height <= frame->y + frame->height;
}

/* The box of a label of this width at one of the places. */
static struct cx_box box_at(
    const struct cx_label *label, double width, double mark, int ring, int side)
{
	double away = mark + FIRST_GAP + RING_STEP * ring;
	/* On a diagonal both ways are shorter, so that corners are near. */
	bool corner = sides[side].x != 0 && sides[side].y != 0;
	double dx = corner ? away * .7 : away;
	double middle_x = label->x + sides[side].x * (dx + width / 2);
	double middle_y = label->y + sides[side].y * (dx + label->height / 2);

	return (struct cx_box){ middle_x - width / 2,
		middle_y - label->height / 2, width, label->height };
}

struct search {
	const struct cx_label *labels;
	size_t n, placed; /* how many have their box */
	const struct cx_box *frame, *obstacles;
	size_t n_obstacles;
	double mark;
};

/* The area of labels and marks that a box would cover. */
static double clash(const struct search *s, const struct cx_box *box)
{
	double area = 0;

	for (size_t i = 0; i < s->placed; i++)
		area += cx_box_overlap(box, &s->labels[i].box);
	for (size_t i = 0; i < s->n; i++) {
		const struct cx_label *other = &s->labels[i];
		struct cx_box mark = { other->x - s->mark, other->y - s->mark,
			2 * s->mark, 2 * s->mark };

		area += cx_box_overlap(box, &mark);
	}
	return area;
}

/* What a free place costs: distance first, then what lies below it. */
static double cost(
    const struct search *s, const struct cx_box *box, int ring, int side)
{
	const double per_ring = 40, per_side = 2, per_area = .5;
	double sum = ring * per_ring + side * per_side;

	for (size_t i = 0; i < s->n_obstacles; i++)
		sum += cx_box_overlap(box, &s->obstacles[i]) * per_area;
	return sum;
}

struct best {
	double clash, cost;
	int ring;
	struct cx_box box;
};

static void look(const struct search *s, const struct cx_label *label,
    double width, struct best *best)
{
	*best = (struct best){ .clash = INFINITY, .cost = INFINITY };
	for (int ring = 0; ring < N_RINGS; ring++) {
		for (int side = 0; side < N_SIDES; side++) {
			struct cx_box box =
			    box_at(label, width, s->mark, ring, side);
			double area, sum;

			if (!is_inside(&box, s->frame))
				continue;
			area = clash(s, &box);
			sum = cost(s, &box, ring, side);
			if (area < best->clash ||
			    (area == best->clash && sum < best->cost))
				*best = (struct best){ area, sum, ring, box };
		}
	}
}

static void place(const struct search *s, struct cx_label *label)
{
	struct best best;

	look(s, label, label->width, &best);
	label->is_short = best.clash > 0;
	if (label->is_short)
		look(s, label, label->least_width, &best);
	/* A frame too small for any place. */
	if (isinf(best.clash))
		best.box = box_at(label, label->least_width, s->mark, 0, 0);
	label->box = best.box;
	label->is_far = best.ring >= NEAR_RINGS;
}

void cx_labels_place(struct cx_label *labels, size_t n,
    const struct cx_box *frame, double mark, const struct cx_box *obstacles,
    size_t n_obstacles)
{
	struct search s = { .labels = labels,
		.n = n,
		.frame = frame,
		.obstacles = obstacles,
		.n_obstacles = n_obstacles,
		.mark = mark };

	for (; s.placed < n; s.placed++)
		place(&s, &labels[s.placed]);
}
