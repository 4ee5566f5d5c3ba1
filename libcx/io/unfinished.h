/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_UNFINISHED_H
#define CX_IO_UNFINISHED_H

/*
 * The files that are being written and must not stay when a signal ends the
 * program. The path is borrowed until it is removed from the list.
 */
void cx_unfinished_add(const char *path);
void cx_unfinished_remove(const char *path);

/* Takes them all away. Only what a signal handler may do. */
void cx_unfinished_unlink(void);

#endif
