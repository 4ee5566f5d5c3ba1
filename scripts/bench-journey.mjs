// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-journey.mjs - time DuckDB on the events of scripts/bench-journey.
//
//   node bench-journey.mjs FILE THREADS
//
// Run it in the directory below which @duckdb/node-api is installed. Only the
// query counts: node's start, loading the module and opening the (in-memory)
// database are left out. Writes the version, the seconds, the peak of resident
// memory in kB, and the edges, tab-separated, each behind its word.

import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";

const [file, threads = "2"] = process.argv.slice(2);
if (file === undefined) {
	process.stderr.write("usage: bench-journey.mjs FILE [THREADS]\n");
	process.exit(2);
}
const require = createRequire(path.join(process.cwd(), "bench.js"));
const { DuckDBInstance } = require("@duckdb/node-api");
const name = "'" + path.resolve(file).replaceAll("'", "''") + "'";
const query = `
	WITH steps AS (
		SELECT touchpoint AS a, lead(touchpoint) OVER w AS b,
		       epoch(lead(time) OVER w) - epoch(time) AS s
		FROM read_csv(${name}, delim = '\t', header = true)
		WINDOW w AS (PARTITION BY customer ORDER BY time))
	SELECT a, b, count(*) AS n, median(s) AS median
	FROM steps WHERE b IS NOT NULL GROUP BY a, b ORDER BY a, b`;

const db = await DuckDBInstance.create(":memory:", { threads });
const connection = await db.connect();
const [[version]] =
	(await connection.runAndReadAll("SELECT version()")).getRows();
const start = process.hrtime.bigint();
const rows = (await connection.runAndReadAll(query)).getRows();
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const out = [`version\t${version}`, `seconds\t${seconds.toFixed(6)}`,
	`memory\t${process.resourceUsage().maxRSS}`];
for (const [a, b, n, median] of rows)
	out.push(`edge\t${a}\t${b}\t${n}\t${median.toFixed(1)}`);
process.stdout.write(out.join("\n") + "\n");
