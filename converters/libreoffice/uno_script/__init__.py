"""The one place where UNO is spoken: a script run by a Python that has it, in a process of its own."""
