#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The counts of explain and overlap are those of SQLite 3.40.1.
. "${srcdir:-.}/tests/lib/golden.sh"
golden cx-persona
