"""Who moves when: the organisation's own list checked and priced, and on request a proposal.

periods     half months as integers, the grain of every schedule
records     jobs, capacities and schedules
tables      the organisation's CSV tables
demand      what each department takes of trainers, developers, helpdesk and mailboxes
worth       what a department brings by the day on which it is done, after the risk of being late
check       what a list breaks, and what that costs
greedy      the baseline: one department after the other, each where it brings most
proposal    CP-SAT over the same jobs, with a bound on what any schedule could bring
binding     what keeps each department from a better date, by trying it
section     all of it as figures and as a part of the published model
"""
