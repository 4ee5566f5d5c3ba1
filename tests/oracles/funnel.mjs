// SPDX-License-Identifier: GPL-3.0-or-later
//
// funnel.mjs - the funnel of web sessions that tests/cmd/journey.t expects,
// by DuckDB 1.5.6.
//
//   node funnel.mjs ecom.csv.gz
//
// Run it in the directory below which @duckdb/node-api is installed. Prints
// the sessions at each of four steps and the median seconds between two, for
// the first entry and any later contact; then the sessions for the best entry
// and the very next contact, repeats of a step aside.

import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";

const require = createRequire(path.join(process.cwd(), "funnel.js"));
const { DuckDBInstance } = require("@duckdb/node-api");
const db = await DuckDBInstance.create(":memory:");
const connection = await db.connect();
const print = async (sql) => {
	for (const row of (await connection.runAndReadAll(sql)).getRows())
		console.log(row.join("\t"));
};
const name = "'" + process.argv[2].replaceAll("'", "''") + "'";

await connection.run(`CREATE TABLE e AS
	SELECT session_id AS s, event, epoch(timestamp) AS t,
	       row_number() OVER (PARTITION BY session_id
	                          ORDER BY timestamp, line) AS p
	FROM (SELECT *, row_number() OVER () AS line FROM read_csv(${name}))`);
const next = (step, event) => `
	SELECT s, min(e.p) AS p, min(e.t) AS t
	FROM e JOIN ${step} USING (s)
	WHERE event = '${event}' AND e.p > ${step}.p GROUP BY s`;
const between = (a, b) =>
	`(SELECT median(${b}.t - ${a}.t) FROM ${a} JOIN ${b} USING (s))`;
await print(`WITH
	a AS (SELECT s, min(p) AS p, min(t) AS t FROM e
	      WHERE event = 'home' GROUP BY s),
	b AS (${next("a", "product_view")}),
	c AS (${next("b", "cart")}),
	d AS (${next("c", "shipping_details")})
	SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b),
	       (SELECT count(*) FROM c), (SELECT count(*) FROM d),
	       ${between("a", "b")}, ${between("b", "c")}, ${between("c", "d")}`);
await print(`WITH
	x AS (SELECT *, lag(event) OVER (PARTITION BY s ORDER BY p) AS before
	      FROM e),
	y AS (SELECT s, event AS a,
	             lead(event, 1) OVER w AS b, lead(event, 2) OVER w AS c
	      FROM x
	      WHERE before IS DISTINCT FROM event OR
	            event NOT IN ('search', 'product_view', 'cart')
	      WINDOW w AS (PARTITION BY s ORDER BY p))
	SELECT count(DISTINCT s) FILTER (WHERE a = 'search'),
	       count(DISTINCT s) FILTER (WHERE a = 'search' AND
	                                       b = 'product_view'),
	       count(DISTINCT s) FILTER (WHERE a = 'search' AND
	                                       b = 'product_view' AND c = 'cart')
	FROM y`);
