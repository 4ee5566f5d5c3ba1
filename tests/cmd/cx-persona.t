#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The counts of explain and overlap are those of SQLite 3.40.1, the rows of
# attributes in cards are those of tests/oracles/cards.R.
. "${srcdir:-.}/tests/lib/golden.sh"
golden cx-persona
