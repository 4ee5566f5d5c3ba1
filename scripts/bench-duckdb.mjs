// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-duckdb.mjs - time DuckDB on the benchmark survey, for scripts/bench.
//
//   node bench-duckdb.mjs FILE THREADS RUNS
//
// Run it in the directory below which @duckdb/node-api is installed.  Two
// readings of the CSV file, the schema found by DuckDB and the columns given
// by hand, are run RUNS times each, in turn, after one warm-up each.  Only the
// query counts: node's start, loading the module and opening the (in-memory)
// database are left out.  Writes, tab-separated:
//
//   version  V
//   time     auto|explicit  SECONDS       the best run
//   count    SEGMENT  N  PROMOTERS  DETRACTORS

import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";

const [file, threads = "2", runs = "5"] = process.argv.slice(2);
if (file === undefined) {
	process.stderr.write("usage: bench-duckdb.mjs FILE [THREADS [RUNS]]\n");
	process.exit(2);
}

const require = createRequire(path.join(process.cwd(), "bench.js"));
const { DuckDBInstance } = require("@duckdb/node-api");

const name = "'" + path.resolve(file).replaceAll("'", "''") + "'";
const columns = "id customer time segment country channel nps csat ces " +
	"amount comment";
const types = columns.split(" ").map((c) =>
	`'${c}': '${c === "nps" ? "UTINYINT" : "VARCHAR"}'`).join(", ");
const sources = {
	auto: `read_csv(${name})`,
	explicit: `read_csv(${name}, auto_detect = false, header = true, ` +
		`delim = ',', quote = '"', escape = '"', new_line = '\\n', ` +
		`columns = {${types}})`,
};
const query = (source) => `
	SELECT segment, count(nps) AS n,
	       count(*) FILTER (WHERE nps >= 9) AS promoters,
	       count(*) FILTER (WHERE nps <= 6) AS detractors
	FROM ${source}
	GROUP BY segment
	ORDER BY segment`;

const db = await DuckDBInstance.create(":memory:", { threads });
const connection = await db.connect();
const rowsOf = async (sql) => (await connection.runAndReadAll(sql)).getRows();

const best = {};
const counts = {};
for (let run = 0; run <= Number(runs); run++)
	for (const [key, source] of Object.entries(sources)) {
		const start = process.hrtime.bigint();
		const rows = await rowsOf(query(source));
		const seconds = Number(process.hrtime.bigint() - start) / 1e9;

		if (run > 0)
			best[key] = Math.min(best[key] ?? Infinity, seconds);
		counts[key] = rows.map((row) => row.join("\t")).join("\n");
	}

if (counts.auto !== counts.explicit) {
	process.stderr.write("the two readings disagree\n");
	process.exit(1);
}

const [[version]] = await rowsOf("SELECT version()");
const out = ["version\t" + version];
for (const key of Object.keys(sources))
	out.push(`time\t${key}\t${best[key].toFixed(6)}`);
for (const line of counts.auto.split("\n"))
	out.push("count\t" + line);
process.stdout.write(out.join("\n") + "\n");
