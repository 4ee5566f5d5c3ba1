# SPDX-License-Identifier: GPL-3.0-or-later
#
# Small faults for C source, as scripts/mutate puts in, in an order drawn from
# a seed. Reads source files laid out by clang-format; writes
#
#	FILE <tab> LINE <tab> MUTATION <tab> the line as it then is
#
# with one fault of each line first, then the second ones, and so on. The lines
# and, of each, the faults are in random order. Runs in any awk (LC_ALL=C).
#
#	awk -f scripts/mutate.awk -v seed=N FILE...
#
#	delete	a statement that is not done
#	return	a function that ends here, with 0 if it has a value
#	negate	the condition of an if or a while
#	compare	== and !=, < and >=, > and <= for each other
#	bound	< and <=, > and >= for each other
#	sign	+ and -, += and -=, ++ and --, * and / for each other
#	logic	&& and || for each other
#	number	a constant and one more, or one less (of "return -1" only 0)
#	swap	two neighbouring arguments of a call

BEGIN {
	OFS = "\t"
	state = (seed + 1) % 2147483647
	if (state == 0)
		state = 1
	for (i = 0; i < 20; i++)
		random()

	n_pairs = 0
	pair("compare", " == ", " != ")
	pair("compare", " < ", " >= ")
	pair("compare", " > ", " <= ")
	pair("bound", " < ", " <= ")
	pair("bound", " > ", " >= ")
	pair("sign", " + ", " - ")
	pair("sign", " += ", " -= ")
	pair("sign", " * ", " / ")
	pair("sign", "++", "--")
	pair("logic", " && ", " || ")
}

# Park and Miller 1988, CACM 31(10), 1192-1201: exact in doubles.
function random() {
	state = (state * 16807) % 2147483647
	return state / 2147483647
}

function pair(kind, a, b) {
	one_way(kind, a, b)
	one_way(kind, b, a)
}

function one_way(kind, a, b) {
	kind_of[n_pairs] = kind
	from[n_pairs] = a
	to[n_pairs++] = b
}

# The line with the insides of strings, characters and comments made "_".
function masked(line, out, i, c, quote) {
	out = quote = ""
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (in_comment) {
			if (substr(line, i, 2) == "*/") {
				in_comment = 0
				out = out "_"
				i++
			}
			c = "_"
		} else if (quote != "") {
			if (c == "\\") {
				out = out "_"
				i++
				c = "_"
			} else if (c == quote) {
				quote = ""
			} else {
				c = "_"
			}
		} else if (c == "\"" || c == "'") {
			quote = c
		} else if (substr(line, i, 2) == "/*") {
			in_comment = 1
			out = out "_"
			i++
			c = "_"
		}
		out = out c
	}
	return out
}

function candidate(kind, text) {
	if (text == $0)
		return
	n_here++
	here_kind[n_here] = kind
	here_text[n_here] = text
}

# The line with what is at [at, at + n) replaced.
function put(at, n, text) {
	return substr($0, 1, at - 1) text substr($0, at + n)
}

function operators(i, at, skip) {
	for (i = 0; i < n_pairs; i++)
		for (skip = 0; at = index(substr(code, skip + 1), from[i]);
		    skip += at)
			candidate(kind_of[i],
			    put(skip + at, length(from[i]), to[i]))
}

function numbers(at, n, text) {
	for (at = 1; at <= length(code); at += n) {
		n = 1
		if (match(substr(code, at), /^[A-Za-z_][A-Za-z0-9_]*/)) {
			n = RLENGTH
			continue
		}
		if (!match(substr(code, at), /^\.?[0-9][0-9A-Za-z.]*/))
			continue
		n = RLENGTH
		text = substr(code, at, n)
		if ((text ~ /^[0-9.]+[eE]$/ || text ~ /^0[xX].*[pP]$/) &&
		    match(substr(code, at + n), /^[-+][0-9]+/))
			n += RLENGTH
		text = substr(code, at, n)
		if (code !~ /^\t+return -1;/)
			candidate("number", put(at, n, "(" text " + 1)"))
		candidate("number", put(at, n, "(" text " - 1)"))
	}
}

# Where the bracket at "open" is closed; 0 when not on this line.
function closing(open, i, depth, c) {
	depth = 0
	for (i = open; i <= length(code); i++) {
		c = substr(code, i, 1)
		if (c ~ /[[({]/)
			depth++
		else if (c ~ /[])}]/ && --depth == 0)
			return i
	}
	return 0
}

function conditions(at, open, shut) {
	if (!match(code, /^\t+(} else )?(if|while) \(/))
		return
	open = RLENGTH
	shut = closing(open)
	if (shut)
		candidate("negate", put(open, shut - open + 1,
		    "(!" substr($0, open, shut - open + 1) ")"))
}

# Of each call on this line: its arguments, at depth one.
function swaps(at, open, shut, i, c, depth, n, start, last) {
	for (at = 1; match(substr(code, at), /[a-z0-9_]\(/); ) {
		open = at + RSTART
		at = open + 1
		shut = closing(open)
		if (!shut || match(substr(code, 1, open - 1), /sizeof$/))
			continue
		depth = n = 0
		start[0] = open + 1
		for (i = open; i <= shut; i++) {
			c = substr(code, i, 1)
			if (c ~ /[[({]/)
				depth++
			else if (c ~ /[])}]/)
				depth--
			if (depth == 0 || (depth == 1 && c == ",")) {
				last[n++] = i - 1
				start[n] = i + 2
			}
		}
		for (i = 0; i + 1 < n; i++)
			candidate("swap", put(start[i],
			    last[i + 1] - start[i] + 1,
			    substr($0, start[i + 1],
			    last[i + 1] - start[i + 1] + 1) ", " \
			    substr($0, start[i], last[i] - start[i] + 1)))
	}
}

# while (0) takes in the lines that follow, and no else goes astray.
function statements(body) {
	body = code
	sub(/^\t+/, "", body)
	if (!starts || body ~ /^(case|default|if|else|for|while|do|switch)[ :(]/)
		return
	if (body ~ /^[})]/ || body ~ /^[a-z_]+:$/ || body == "do {")
		return
	candidate("delete", put(length(code) - length(body) + 1, 0,
	    "while (0) "))
	if (in_block && value != "-")
		candidate("return", put(length(code) - length(body) + 1, 0,
		    "return" value "; "))
}

# What the function whose head this is gives back when it ends early.
function head() {
	value = " 0"
	if (code ~ /^(static )?(inline )?void [^*]*\(/) {
		value = ""
	} else if (match(code, /struct [a-z0-9_]+ [a-z0-9_]+\(/)) {
		value = substr(code, RSTART, RLENGTH)
		sub(/ [a-z0-9_]+\($/, "", value)
		value = " (" value "){ 0 }"
	}
}

function keep(order, i, at, n) {
	for (n = 1; n_here > 0; n++) {
		at = 1 + int(random() * n_here)
		i = n_out++
		# The key sorts as text: round, then a random number.
		printf "%03d %010d\t%s\t%d\t%s\t%s\n", n,
		    random() * 2147483647, FILENAME, FNR, here_kind[at],
		    here_text[at] | "sort"
		here_kind[at] = here_kind[n_here]
		here_text[at] = here_text[n_here--]
	}
}

FNR == 1 {
	in_comment = starts = in_block = 0
	value = "-"
}

{
	code = masked($0)
	n_here = 0
}

code ~ /^[a-z].*\(/ {
	head()
}

/^}/ {
	value = "-"
}

code ~ /^\t/ && code !~ /^[\t_]*$/ && !/^\t[ \t]*\*/ || \
code ~ /^(static )?(const|enum) .*[={]/ {
	if (code ~ /^\t/) {
		conditions()
		swaps()
		statements()
	}
	operators()
	numbers()
	keep()
}

# Does the next line begin a statement, and one among others?
code !~ /^[\t_]*$/ && code !~ /^#/ {
	in_block = code ~ /[;{}]_*$/
	starts = in_block || code ~ /:_*$/ || code ~ /(^|[\t ])(else|do)$/ ||
	    code ~ /^\t+(} else )?(if|while|for) \(.*\)$/
}

END {
	close("sort")
}
