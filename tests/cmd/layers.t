#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
. "${srcdir:-.}/tests/lib/tap.sh"

"$src/scripts/check-layers"
ok "no file includes a layer of its own rank or above"

mkdir -p "$tmp/tree/scripts" "$tmp/tree/libcx/table" "$tmp/tree/libcx/model" \
	"$tmp/tree/cmd"
cp "$src/scripts/check-layers" "$tmp/tree/scripts/"
echo '#include "libcx/model/nps.h"' >"$tmp/tree/libcx/table/x.c"
echo '/* */' >"$tmp/tree/libcx/model/y.c"
echo '/* */' >"$tmp/tree/libcx/model/y.h"
echo '/* */' >"$tmp/tree/cmd/z.c"
fails 1 'table must not include model' "the check sees peers" \
	"$tmp/tree/scripts/check-layers"
tap_done
