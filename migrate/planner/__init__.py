"""What leaving costs and saves: pure functions from records to figures; no files, no clock, no formatting.

    tables      CSV text to records, with errors that name file, line and column
    services    what a licence gives, as services with ordered tiers
    terms       prices of contracts, and the dates at which seats can go
    offers      user groups, what each needs, and the sets of products that may cover it
    optimiser   the cheapest legal set for every group, under caps and floors, with a proved bound
    licences    what is paid, what would be paid, from which contract date, under which label
    clean_up    licences that nobody uses: candidates, counted once somebody attests to it
    residual    who keeps Office, why, with what at least, until when
    effort      minutes from stored inspections by the rule table, by unique content, spread back to departments
    costs       training, helpdesk, support and the price of the effort
    scenarios   migrating beside staying: cash by year, net, the month in which it pays back
    dependence  which rows move a number, found by changing them
    trace       from a figure to the rows behind it; explanation takes it apart for a reader
    frozen      what a plan is computed from, kept so that it can be computed again
    plan        all of it as one model, whose JSON form is published in ``data/plan.schema.json``

Money is integer cents in one currency, effort integer minutes. Every figure has a stable dotted id and names the
rows that it comes from; every total names the figures that it is the sum of.
"""
