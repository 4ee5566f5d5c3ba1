# Answers of 41 groups, the first of them half of all, each the smaller part
# of what it is compared with. Park and Miller 1988, Communications of the ACM
# 31(10), 1192-1201.
function below(n)
{
	state = state * 16807 % 2147483647
	return state % n
}

BEGIN {
	state = 20261122
	print "time\tg\tcustomer\tstratum\tsex\tage\tw\tnps"
	for (i = 0; i < 1200; i++) {
		g = below(2) ? 0 : 1 + below(40)
		customer = below(500)
		printf "2026-11-21T08:00:00Z\tg%02d\tc%d\ts%d\t%s\ta%d\t%.2f\t%d\n", g, customer,
		    customer % 3, below(5) < 2 ? "f" : "m", below(4),
		    (50 + below(300)) / 100,
		    (below(12) > g % 7) ? 6 + below(5) : below(11)
	}
}
